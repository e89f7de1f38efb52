//! `termsheet study …`: questions to many games.

use std::sync::Arc;

use clap::{Args, Subcommand};

use super::failure::Failure;
use super::output::{Format, number, print, print_json, progress, table};
use super::{levels, seats};
use crate::bot::Policy;
use crate::study::{Batch, Duel, DuelResult, duel};

/// Asks a question of many games
#[derive(Args, Debug)]
pub struct Study {
    #[command(subcommand)]
    question: Question,
}

#[derive(Debug, Subcommand)]
enum Question {
    Duel(DuelArguments),
}

/// Which of two bots does better in a seat, on the same seeds?
#[derive(Args, Debug)]
struct DuelArguments {
    /// A level's id, or the path of a level file
    level: String,
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
    /// Seed of the first pair; the next has the next
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Worker threads; 0 is one a processor. Results do not depend on it
    #[arg(long, default_value_t = 0)]
    threads: usize,
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

impl Study {
    pub fn run(&self) -> Result<(), Failure> {
        match &self.question {
            Question::Duel(arguments) => arguments.run(),
        }
    }
}

impl DuelArguments {
    fn run(&self) -> Result<(), Failure> {
        let loaded = levels::find(&self.level)?;
        let seat = seats::seat(&loaded.level, &self.seat)?;
        let batch = Batch {
            level: Arc::clone(&loaded.level),
            games: self.games,
            first_seed: self.seed,
            threads: self.threads,
        };
        let bar = progress(self.games, "pairs");
        let duel_of = Duel { seat, a: self.a, b: self.b, others: self.others };
        let result = duel(&batch, duel_of, || bar.inc(1))?;
        bar.finish_and_clear();
        match self.format {
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
