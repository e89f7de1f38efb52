//! `termsheet study determinism`: does the same seed give the same game?

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use crate::bot::Policy;
use crate::host::cli::failure::Failure;
use crate::host::cli::output::{Format, print, print_json, progress, read_file, write_file};
use crate::host::cli::{levels, seats};
use crate::level::{Level, printable};
use crate::sim::game::RULES_VERSION;
use crate::study::{Determinism, PlayedHashes, Table, determinism};

/// Does the same seed give the same game, on any thread and in a world used before?
///
/// Every seed of the range is played twice: in a fresh world on one thread, and in pooled worlds on
/// two. Every quarter's hash is compared; the command fails if any differs. Ranges can be split over
/// several runs. To compare two builds, one writes the hashes of its games, the other plays against
/// them.
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
    /// Play every seed once and write every quarter's hash to a file
    #[arg(long, value_name = "FILE", conflicts_with = "against")]
    write: Option<PathBuf>,
    /// Play the games of such a file, made by another build, and compare every quarter with it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["from", "to", "seats"])]
    against: Option<PathBuf>,
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
        if let Some(path) = &self.write {
            return write(path, &play(&level, &policies, (self.from, games))?);
        }
        let found = match &self.against {
            Some(path) => against(path, &level)?,
            None => {
                let bar = progress(games, "games");
                let found = determinism(&level, &policies, (self.from, self.to), || bar.inc(1))?;
                bar.finish_and_clear();
                found
            }
        };
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

fn play(
    level: &Arc<Level>,
    policies: &Table,
    (from, games): (u64, u32),
) -> Result<PlayedHashes, Failure> {
    let bar = progress(games, "games");
    let played = PlayedHashes::play(level, policies, (from, games), || bar.inc(1))?;
    bar.finish_and_clear();
    Ok(played)
}

fn write(path: &Path, played: &PlayedHashes) -> Result<(), Failure> {
    write_file(path, |file| Ok(serde_json::to_writer(file, played)?))?;
    let quarters: usize = played.hashes.iter().map(Vec::len).sum();
    print(&format!(
        "{}, seeds from {}: {} games, the hashes of {quarters} quarters written to {}.",
        played.level,
        played.from_seed,
        played.hashes.len(),
        path.display()
    ))
}

/// Plays the games of a file again.
fn against(path: &Path, level: &Arc<Level>) -> Result<Determinism, Failure> {
    let wrong = |what: String| Failure::message(format!("{}: {what}", path.display()));
    let other: PlayedHashes = serde_json::from_str(&read_file(path)?).map_err(|error| {
        wrong(format!("these are no hashes of games: {}", printable(&error.to_string())))
    })?;
    if other.rules_version != RULES_VERSION {
        let found = other.rules_version;
        let text = format!("played under rules {found}; this program plays rules {RULES_VERSION}");
        return Err(wrong(text));
    }
    if other.level != level.id || other.seats.len() != level.seats() {
        let text = format!("these are games of {}, not of {}", printable(&other.level), level.id);
        return Err(wrong(text));
    }
    let games = other.hashes.len() as u32;
    Ok(play(level, &other.seats, (other.from_seed, games))?.against(&other))
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
