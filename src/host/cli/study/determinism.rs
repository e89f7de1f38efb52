//! `termsheet study determinism`: does the same seed give the same game?

use clap::Args;

use crate::bot::Policy;
use crate::host::cli::failure::Failure;
use crate::host::cli::output::{Format, print, print_json, progress};
use crate::host::cli::{levels, seats};
use crate::study::{Determinism, determinism};

/// Does the same seed give the same game, on any thread and in a world used before?
///
/// Every seed of the range is played twice: in a fresh world on one thread, and in pooled worlds on
/// two. Every quarter's hash is compared; the command fails if any differs. Ranges can be split over
/// several runs.
#[derive(Args, Debug)]
pub(super) struct DeterminismArguments {
    /// A level's id, or the path of a level file
    level: String,
    /// The first seed
    #[arg(long, default_value_t = 1)]
    from: u64,
    /// The last seed, itself included
    #[arg(long, default_value_t = 1_000)]
    to: u64,
    /// Who plays a seat, such as amazon=normal; random where nothing is said
    #[arg(long, value_delimiter = ',')]
    seats: Vec<String>,
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

impl DeterminismArguments {
    pub(super) fn run(&self) -> Result<(), Failure> {
        if self.to < self.from {
            let text = format!("error: --to {} comes before --from {}", self.to, self.from);
            return Err(Failure::Usage(text));
        }
        let level = levels::find(&self.level)?.level;
        let policies = seats::policies(&level, &self.seats, Policy::Random)?;
        let games = u32::try_from(self.to - self.from + 1).unwrap_or(u32::MAX);
        let bar = progress(games, "games");
        let found = determinism(&level, &policies, (self.from, self.to), || bar.inc(1))?;
        bar.finish_and_clear();
        match self.format {
            Format::Json => print_json(&found)?,
            Format::Table => print(&text(&found))?,
        }
        match found.differing.len() {
            0 => Ok(()),
            some => Err(Failure::message(format!("{some} quarters came out in two ways"))),
        }
    }
}

fn text(found: &Determinism) -> String {
    let mut text = format!(
        "{}, seeds {} to {}: {} games, {} quarters compared, {} differ.",
        found.level,
        found.from_seed,
        found.to_seed,
        found.games,
        found.quarters,
        found.differing.len()
    );
    for differing in found.differing.iter().take(20) {
        text.push_str(&format!("\nseed {}, quarter {}", differing.seed, differing.quarter));
    }
    text
}
