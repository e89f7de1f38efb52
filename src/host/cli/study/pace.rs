//! `termsheet study pace`: does a level have pace?

use clap::Args;

use super::Sample;
use crate::host::cli::failure::Failure;
use crate::host::cli::output::{Format, number, print, print_json, progress, table};
use crate::host::cli::seats;
use crate::study::{Measured, Pace, pace};

/// Does a level have pace: does enough move, is the lead unsafe, does each quarter matter?
///
/// Normal bots play all seats. Every game is played again once a quarter, under the same luck, with
/// the seat studied idle in that quarter alone.
#[derive(Args, Debug)]
pub(super) struct PaceArguments {
    #[command(flatten)]
    sample: Sample,
    /// The seat whose decisions are weighed; the level's first seat where nothing is said
    #[arg(long)]
    seat: Option<String>,
    /// How many games
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..))]
    games: u32,
}

impl PaceArguments {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let batch = self.sample.batch(self.games)?;
        let seat = match &self.seat {
            Some(key) => seats::seat(&batch.level, key)?,
            None => batch.level.first_seat,
        };
        let bar = progress(self.games, "games");
        let result = pace(&batch, seat, || bar.inc(1))?;
        bar.finish_and_clear();
        match self.sample.format {
            Format::Json => print_json(&result),
            Format::Table => print(&text(&result)),
        }
    }
}

fn text(result: &Pace) -> String {
    let mut bars = table(&["bar", "found", "asked for", ""]);
    for bar in &result.bars {
        bars.add_row([
            words(bar.measure).to_owned(),
            number(bar.value),
            format!("{} to {}", number(bar.at_least), number(bar.at_most)),
            if bar.met { "met" } else { "MISSED" }.to_owned(),
        ]);
    }
    let mut quarters = table(&["idling in quarter", "moves the score by, points"]);
    for (place, moved) in result.idling_moves_points.iter().enumerate() {
        quarters.add_row([(place + 1).to_string(), number(*moved)]);
    }
    let mut rest = table(&["in a game", "mean"]);
    for (what, value) in [
        ("deals signed", result.deals_signed_per_game),
        ("rescues of labs", result.rescues_per_game),
        ("changes of the leader", result.lead_changes_per_game),
        ("dilemmas the seat answered", result.dilemmas_answered_per_game),
    ] {
        rest.add_row([what.to_owned(), number(value)]);
    }
    format!(
        "{}, {}: {} games, seeds from {}, normal bots in all seats.\n\n{bars}\n\n{quarters}\n\n{rest}\n\n\
         Decisions of bots that the rules refused: {}.",
        result.level,
        result.seat,
        result.games,
        result.first_seed,
        result.decisions_refused_by_rules,
    )
}

fn words(measure: Measured) -> &'static str {
    match measure {
        Measured::LargestWinRateMovePoints => "largest move of a win rate, points",
        Measured::LargestShareMovePoints => "largest move of a share, points",
        Measured::HalfTimeLeaderWinsPct => "half-time leaders that win, %",
        Measured::QuartersThatMatter => "quarters that matter",
        Measured::LinesOfInput => "lines of input a game",
    }
}
