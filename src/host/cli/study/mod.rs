//! `termsheet study …`: questions to many games.

mod balance;
mod bargain;
mod causes;
mod determinism;
mod duel;
mod pace;
mod strategies;

use std::sync::Arc;

use clap::{Args, Subcommand};

use super::failure::Failure;
use super::output::Format;
use super::{levels, seats};
use crate::ids::{Role, SeatId};
use crate::level::Level;
use crate::study::Batch;

/// Asks a question of many games
#[derive(Args, Debug)]
pub struct Study {
    #[command(subcommand)]
    question: Question,
}

#[derive(Debug, Subcommand)]
enum Question {
    Balance(balance::BalanceArguments),
    Bargain(bargain::BargainArguments),
    Causes(causes::CausesArguments),
    Determinism(determinism::DeterminismArguments),
    Duel(duel::DuelArguments),
    Pace(pace::PaceArguments),
    Strategies(strategies::StrategiesArguments),
}

impl Study {
    pub fn run(&self) -> Result<(), Failure> {
        match &self.question {
            Question::Balance(arguments) => arguments.run(),
            Question::Bargain(arguments) => arguments.run(),
            Question::Causes(arguments) => arguments.run(),
            Question::Determinism(arguments) => arguments.run(),
            Question::Duel(arguments) => arguments.run(),
            Question::Pace(arguments) => arguments.run(),
            Question::Strategies(arguments) => arguments.run(),
        }
    }
}

/// Which games a study plays, and how it prints.
#[derive(Args, Debug)]
struct Sample {
    /// A level's id, or the path of a level file
    level: String,
    /// Seed of the first game; the next has the next
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Worker threads; 0 is one a processor. Results do not depend on it
    #[arg(long, default_value_t = 0)]
    threads: usize,
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

impl Sample {
    fn batch(&self, games: u32) -> Result<Batch, Failure> {
        let loaded = levels::find(&self.level)?;
        Ok(Batch {
            level: Arc::clone(&loaded.level),
            games,
            first_seed: self.seed,
            threads: self.threads,
        })
    }
}

/// A giant's seat: the one named, else the level's first seat, else its first giant.
fn giants_seat(level: &Level, named: Option<&str>) -> Result<SeatId, Failure> {
    let is_giant = |seat: SeatId| matches!(seat.role(level.giants.len()), Role::Giant(_));
    match named {
        Some(key) => {
            let seat = seats::seat(level, key)?;
            if is_giant(seat) {
                return Ok(seat);
            }
            Err(Failure::Usage(format!(
                "error: \"{key}\" is a lab; this study is for a giant's seat: {}",
                giants_keys(level)
            )))
        }
        None if is_giant(level.first_seat) => Ok(level.first_seat),
        None => Ok(SeatId(0)),
    }
}

fn giants_keys(level: &Level) -> String {
    let keys: Vec<&str> = level.giants.iter().map(|giant| giant.id.as_str()).collect();
    keys.join(", ")
}
