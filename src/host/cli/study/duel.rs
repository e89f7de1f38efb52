//! `termsheet study duel`: which of two bots does better in a seat?

use clap::Args;

use super::Sample;
use crate::bot::Policy;
use crate::host::cli::failure::Failure;
use crate::host::cli::output::{Format, number, print, print_json, progress, table};
use crate::host::cli::seats;
use crate::study::{Duel, DuelResult, duel};

/// Which of two bots does better in a seat, on the same seeds?
#[derive(Args, Debug)]
pub(super) struct DuelArguments {
    #[command(flatten)]
    sample: Sample,
    /// The seat both play
    #[arg(long)]
    seat: String,
    /// One bot
    #[arg(long)]
    a: Policy,
    /// The other
    #[arg(long)]
    b: Policy,
    /// The bot in all other seats
    #[arg(long, default_value_t = Policy::Normal)]
    others: Policy,
    /// How many pairs of games
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..))]
    games: u32,
}

impl DuelArguments {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let batch = self.sample.batch(self.games)?;
        let seat = seats::seat(&batch.level, &self.seat)?;
        let bar = progress(self.games, "pairs");
        let duel_of = Duel { seat, a: self.a, b: self.b, others: self.others };
        let result = duel(&batch, duel_of, || bar.inc(1))?;
        bar.finish_and_clear();
        match self.sample.format {
            Format::Json => print_json(&result),
            Format::Table => print(&text(&result)),
        }
    }
}

fn text(result: &DuelResult) -> String {
    let mut rows = table(&["bot", "wins", "mean scaled score"]);
    for (bot, wins, score) in [
        (result.a, result.wins_a, result.mean_score_a_points),
        (result.b, result.wins_b, result.mean_score_b_points),
    ] {
        rows.add_row([bot.to_string(), wins.to_string(), number(score)]);
    }
    format!(
        "{}, {}: {} pairs of games, seeds from {}, {} in all other seats.\n\n{rows}\n\n\
         {} wins {:.1}% with ties as half ({} ties); its score is {:+.2} ± {:.2} points of {}'s.",
        result.level,
        result.seat,
        result.pairs,
        result.first_seed,
        result.others,
        result.a,
        100.0 * result.win_share_a,
        result.ties,
        result.score_difference_points.mean,
        result.score_difference_points.standard_error,
        result.b,
    )
}
