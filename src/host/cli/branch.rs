//! `termsheet branch`: a closed quarter of a saved game taken up again with other decisions.

use std::path::PathBuf;

use clap::Args;
use serde::Serialize;

use super::failure::Failure;
use super::output::{Format, print, print_json, read_file};
use super::{saves, seats};
use crate::host::save::{DecisionsFile, open};
use crate::host::session::Session;
use crate::host::text::comparison_text;
use crate::host::words::{Words, decisions, labels, refusals};
use crate::ids::SeatId;
use crate::sim::game::Game;
use crate::study::{
    BranchQuarter, Comparison, Departure, NoBranch, Played, RefusedChange, Signature, compare,
};
use crate::units::Quarter;

/// Takes a closed quarter of a saved game up again with other decisions, as practice
///
/// The luck is the same; the bots see the new line of play; your later decisions are kept where they
/// are legal. The branch ends where the saved game stands.
#[derive(Args, Debug)]
pub struct Branch {
    /// A save's name, or the path of a save; the newest autosave if none is named
    save: Option<String>,
    /// The quarter to take up again, by its name or number, such as 3Q26 or 3
    #[arg(long, value_name = "QUARTER")]
    at: String,
    /// The file with what is decided instead; docs/branches.md has its form
    #[arg(long, value_name = "FILE", required_unless_present = "show")]
    decisions: Option<PathBuf>,
    /// Print what was decided in that quarter, as a file of decisions to change
    #[arg(long, conflicts_with = "decisions")]
    show: bool,
    /// Whose decisions; those of the first person in the game if nobody says
    #[arg(long)]
    seat: Option<String>,
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// A branch for other programs. Keys and units are stable.
#[derive(Serialize)]
struct BranchResult<'c> {
    level: &'c str,
    seed: u64,
    seat: &'c str,
    practice: bool,
    measures: Vec<String>,
    quarters: &'c [BranchQuarter],
    signed_in_the_game_only: &'c [Signature],
    signed_in_the_branch_only: &'c [Signature],
    decisions_not_kept: usize,
}

impl Branch {
    pub fn run(&self) -> Result<(), Failure> {
        let (save, session) = open(&saves::find(self.save.as_deref())?)?;
        let words = Words::new(session.level.level.clone(), save.names);
        let quarter = self.quarter(&session, &words)?;
        let named = self.seat.as_deref().map(|key| seats::seat(&session.level.level, key));
        let named = named.transpose()?;
        let played = Played::of(session.tape()).map_err(|broken| {
            Failure::message(format!(
                "the record cannot be played again in {}",
                words.quarter(broken.quarter)
            ))
        })?;
        let usual = named.or(save.people().next());
        let Some(path) = &self.decisions else {
            let seat = usual.ok_or_else(nobody)?;
            return print(&shown(&played, &words, seat, quarter)?);
        };
        let text = read_file(path)?;
        let level = &played.tape.level;
        let file = DecisionsFile::read(&text, level, usual)
            .map_err(|error| Failure::message(format!("{}: {error}", path.display())))?;
        let in_file = file.seat.as_deref().map(|key| seats::seat(level, key)).transpose()?;
        let seat = named.or(in_file).or(usual).ok_or_else(nobody)?;
        let departure = Departure::Decided(file.changes(seat, quarter));
        let mut game = Game::new(level.clone(), played.tape.seed);
        let (found, branch) = compare(&played, &mut game, &departure, seat)
            .map_err(|none| Failure::message(explained(&words, &none)))?;
        match self.format {
            Format::Json => print_json(&result(&played, &found)),
            Format::Table => print(&comparison_text(
                &words,
                &found,
                (&played.deals, &branch.deals),
                textwrap::termwidth(),
            )),
        }
    }

    fn quarter(&self, session: &Session, words: &Words) -> Result<Quarter, Failure> {
        let closed = session.game.history().len() as u32;
        let asked = self.at.to_uppercase();
        let found = (1..=closed)
            .map(Quarter)
            .find(|quarter| words.quarter(*quarter) == asked || quarter.0.to_string() == asked);
        found.ok_or_else(|| {
            Failure::Usage(match closed {
                0 => "error: no quarter of this game has been closed yet".to_owned(),
                _ => format!(
                    "error: --at {} is no closed quarter of this game; there are {} to {}",
                    self.at,
                    words.quarter(Quarter(1)),
                    words.quarter(Quarter(closed))
                ),
            })
        })
    }
}

fn nobody() -> Failure {
    Failure::Usage("error: no person has a seat in this game: name one with --seat".to_owned())
}

/// What a seat decided in a quarter, as a file to change.
fn shown(
    played: &Played,
    words: &Words,
    seat: SeatId,
    quarter: Quarter,
) -> Result<String, Failure> {
    let level = &played.tape.level;
    let seats: Vec<String> =
        level.seat_ids().map(|seat| format!("{} {}", seat.0, level.seat_key(seat))).collect();
    let deals = played.deals.iter().filter(|deal| deal.signed < quarter);
    let deals: Vec<String> = deals
        .map(|deal| {
            let (giant, lab) = (words.firm(deal.giant), words.lab(deal.lab));
            format!("{} {giant} and {lab}, {}", deal.id.0, words.quarter(deal.signed))
        })
        .collect();
    let mut notes = vec![
        format!(
            "What {} decided in {}. Change it, and run it with --decisions.",
            words.seat(seat),
            words.quarter(quarter)
        ),
        "A step that is left out stays as it was played. Sums are whole dollars.".to_owned(),
        format!("Seats: {}.", seats.join(", ")),
    ];
    if !deals.is_empty() {
        notes.push(format!("Deals: {}.", deals.join("; ")));
    }
    DecisionsFile::of(level, seat, &played.decided(seat, quarter))
        .to_ron(&notes)
        .map_err(|error| Failure::message(format!("the decisions cannot be written: {error}")))
}

/// Why there is no branch, in a sentence.
fn explained(words: &Words, none: &NoBranch) -> String {
    let rounds = words.level().talk_rounds;
    match none {
        NoBranch::NotClosed => "that quarter has not been closed in this game".to_owned(),
        NoBranch::Nothing => "the file decides nothing".to_owned(),
        NoBranch::Unreached(change) => format!(
            "in {} the talks do not come to {} in this branch",
            words.quarter(change.quarter),
            labels::step(change.step, rounds)
        ),
        NoBranch::Refused(refused) => {
            let RefusedChange { change, decision, refusal, deals } = &**refused;
            format!(
                "in {}, {}, the rules refuse {}: {}",
                words.quarter(change.quarter),
                labels::step(change.step, rounds),
                decisions::phrase(words, deals, decision),
                refusals::sentence(words, deals, change.step, refusal)
            )
        }
    }
}

fn result<'c>(played: &'c Played, found: &'c Comparison) -> BranchResult<'c> {
    let level = &played.tape.level;
    BranchResult {
        level: &level.id,
        seed: played.tape.seed,
        seat: level.seat_key(found.seat),
        practice: true,
        measures: found.measures.iter().map(|measure| format!("{measure:?}")).collect(),
        quarters: &found.quarters,
        signed_in_the_game_only: &found.signed_played,
        signed_in_the_branch_only: &found.signed_branch,
        decisions_not_kept: found.dropped.len(),
    }
}
