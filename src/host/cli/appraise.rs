//! `termsheet appraise`: what a deal is worth to both sides.

use std::fmt::Write;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use super::failure::Failure;
use super::levels;
use super::output::{Format, number, print, print_json, table};
use crate::host::words::{Names, Words, clauses, labels, numbers, refusals};
use crate::level::{DealDraft, deal_from_path};
use crate::sim::game::Game;
use crate::study::{Obstacle, SheetAppraisal, SideAppraisal, appraise, play_to};

/// What a deal is worth to both sides, row by row, and who would sign it
///
/// Either side is appraised from its own view. The deal is a file in RON; docs/levels.md has its
/// fields.
#[derive(Args, Debug)]
pub struct Appraise {
    /// A level's id, or the path of a level file
    level: String,
    /// The file with the deal
    #[arg(long)]
    deal: PathBuf,
    /// The giant, in place of the one the file names
    #[arg(long)]
    giant: Option<String>,
    /// The lab, in place of the one the file names
    #[arg(long)]
    lab: Option<String>,
    /// The quarter whose talks it comes to; normal bots play all seats until then
    #[arg(long, default_value_t = 1)]
    quarter: u32,
    /// Seed of the game
    #[arg(long, default_value_t = 1)]
    seed: u64,
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

impl Appraise {
    pub fn run(&self) -> Result<(), Failure> {
        let loaded = levels::find(&self.level)?;
        let level = &loaded.level;
        let draft = deal_from_path(&self.deal, level, self.giant.as_deref(), self.lab.as_deref())?;
        if !(1..=level.quarters).contains(&self.quarter) {
            return Err(Failure::Usage(format!(
                "error: --quarter is {}; this level has quarters 1 to {}",
                self.quarter, level.quarters
            )));
        }
        let mut game = Game::new(Arc::clone(level), self.seed);
        play_to(&mut game, self.seed, self.quarter);
        let found = appraise(&game, &draft);
        match self.format {
            Format::Json => print_json(&found),
            Format::Table => print(&text(&game, &draft, &found)),
        }
    }
}

fn text(game: &Game, draft: &DealDraft, found: &SheetAppraisal) -> String {
    let words = Words::new(Arc::clone(game.level()), Names::Real);
    let deals = game.deals();
    let (giant, lab) = (draft.giant.seat(), words.lab_seat(draft.lab));
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "{} and {}, {}, seed {}:\n{}.\n",
        words.seat(giant),
        words.seat(lab),
        words.quarter(game.quarter()),
        found.seed,
        clauses::sheet(&words, &deals, &draft.sheet)
    );
    for (name, side) in [(words.seat(giant), &found.giant), (words.seat(lab), &found.lab)] {
        let _ = writeln!(text, "{}\n{}\n", rows(name, side), verdict(&words, game, name, side));
    }
    let _ = writeln!(
        text,
        "Together they gain {} over no deal; the talks reckon with {} to share.",
        numbers::bn(found.joint_bn),
        numbers::bn(found.reference_surplus_bn)
    );
    if let Some(refusal) = &found.refusal {
        let sentence = refusals::sentence(&words, &deals, game.step(), refusal);
        let _ = writeln!(text, "The rules refuse the offer today: {sentence}");
    }
    text
}

fn rows(name: &str, side: &SideAppraisal) -> comfy_table::Table {
    let mut rows = table(&[&format!("what it is worth to {name}"), "$bn"]);
    for value in side.rows.iter().filter(|value| value.bn != 0.0) {
        rows.add_row([labels::row(value.row).to_owned(), number(value.bn)]);
    }
    rows.add_row(["In all, over no deal".to_owned(), number(side.total_bn)]);
    for (round, least) in side.hold_out_bn.iter().enumerate() {
        let what = match round {
            0 => "Holds out for in round 1: its aspiration".to_owned(),
            _ if round + 1 == side.hold_out_bn.len() => {
                format!("Holds out for in round {}: its reserve", round + 1)
            }
            _ => format!("Holds out for in round {}", round + 1),
        };
        rows.add_row([what, number(*least)]);
    }
    rows
}

fn verdict(words: &Words, game: &Game, name: &str, side: &SideAppraisal) -> String {
    let mut sentences = Vec::new();
    for blocker in &side.blockers {
        sentences.push(match blocker {
            Obstacle::Covenant(deal) => {
                let deals = game.deals();
                let holder = deals.iter().find(|other| other.id == *deal);
                let holder = holder.map_or("another giant", |deal| words.firm(deal.giant));
                format!("A covenant held by {holder} forbids it.")
            }
            Obstacle::Cash => "It has less cash than is paid at signature.".to_owned(),
            Obstacle::NotRaising => "It has money enough and is not raising.".to_owned(),
        });
    }
    sentences.push(match side.signs_in_round {
        Some(round) if side.blockers.is_empty() => format!("{name} signs from round {round} on."),
        Some(_) => format!("The price alone would do for {name}."),
        None => format!(
            "{name} does not sign: it is {} short in the last round.",
            numbers::bn(side.reserve_bn - side.total_bn)
        ),
    });
    if let (None, Some(price)) = (side.signs_in_round, side.signs_at_pre_money_bn) {
        sentences.push(format!("It would sign at {} pre-money.", numbers::bn(price)));
    }
    sentences.join(" ")
}
