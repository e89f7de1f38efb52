//! Does the same seed give the same game, whatever plays it?

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::batch::{Batch, StudyError};
use super::play::{Table, play};
use crate::bot::Policy;
use crate::level::Level;
use crate::sim::game::{Game, RULES_VERSION};

/// Games that are played and compared before the next are: so many hashes are kept at once.
const AT_ONCE: u32 = 500;
/// Threads of the pooled worlds.
const THREADS: usize = 2;

/// What a comparison found. Keys are stable.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Determinism {
    pub level: String,
    pub from_seed: u64,
    pub to_seed: u64,
    pub games: u64,
    pub quarters: u64,
    /// Quarters whose hashes differ.
    pub differing: Vec<Differing>,
}

/// A quarter that came out in two ways.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Differing {
    pub seed: u64,
    pub quarter: u32,
}

/// The hash of the state after every quarter.
type Hashes = Vec<[u8; 32]>;

/// Plays every seed from one to another, both included, twice: in a fresh world on this thread, and
/// in worlds that are used again and again on two threads; and compares every quarter's hash.
pub fn determinism(
    level: &Arc<Level>,
    table: &Table,
    (from, to): (u64, u64),
    done: impl Fn() + Sync,
) -> Result<Determinism, StudyError> {
    let mut found = Determinism {
        level: level.id.clone(),
        from_seed: from,
        to_seed: to,
        ..Determinism::default()
    };
    let mut first_seed = from;
    while first_seed <= to {
        let games = u32::try_from(to - first_seed + 1).map_or(AT_ONCE, |left| left.min(AT_ONCE));
        let batch = Batch { level: Arc::clone(level), games, first_seed, threads: THREADS };
        let pooled = batch.run(
            |game, seed| {
                game.restart(seed);
                hashes(game, table)
            },
            || {},
        )?;
        for (place, pooled) in pooled.iter().enumerate() {
            let seed = first_seed + place as u64;
            let fresh = hashes(&mut Game::new(Arc::clone(level), seed), table);
            compare(seed, &fresh, pooled, &mut found);
            done();
        }
        let Some(next) = first_seed.checked_add(u64::from(games)) else { break };
        first_seed = next;
    }
    Ok(found)
}

fn hashes(game: &mut Game, table: &Table) -> Hashes {
    let mut hashes = Vec::new();
    play(game, table, |game| hashes.push(game.state_hash()));
    hashes
}

/// The games of one build, to compare with those of another. Keys are stable.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlayedHashes {
    pub rules_version: u32,
    /// The level's id.
    pub level: String,
    /// Who played, by seat.
    pub seats: Vec<Policy>,
    pub from_seed: u64,
    /// By seed, then by quarter: the first 16 hexadecimal digits of the state's hash.
    pub hashes: Vec<Vec<String>>,
}

impl PlayedHashes {
    /// Plays every seed from one to another, both included, once.
    pub fn play(
        level: &Arc<Level>,
        table: &Table,
        (from, games): (u64, u32),
        done: impl Fn() + Sync,
    ) -> Result<PlayedHashes, StudyError> {
        let batch = Batch { level: Arc::clone(level), games, first_seed: from, threads: THREADS };
        let played = |game: &mut Game, seed| {
            game.restart(seed);
            hashes(game, table).iter().map(digits).collect::<Vec<String>>()
        };
        Ok(PlayedHashes {
            rules_version: RULES_VERSION,
            level: level.id.clone(),
            seats: table.clone(),
            from_seed: from,
            hashes: batch.run(played, done)?,
        })
    }

    /// What differs from the same games played by another build.
    pub fn against(&self, other: &PlayedHashes) -> Determinism {
        let games = self.hashes.len().max(other.hashes.len()) as u64;
        let mut found = Determinism {
            level: self.level.clone(),
            from_seed: self.from_seed,
            to_seed: self.from_seed.saturating_add(games.saturating_sub(1)),
            ..Determinism::default()
        };
        let none = Vec::new();
        for (place, seed) in (0..games).zip(self.from_seed..) {
            let of = |played: &PlayedHashes| played.hashes.get(place as usize).cloned();
            let (one, two) = (of(self), of(other));
            compare(seed, one.as_ref().unwrap_or(&none), two.as_ref().unwrap_or(&none), &mut found);
        }
        found
    }
}

fn digits(hash: &[u8; 32]) -> String {
    hash[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

fn compare<H: PartialEq>(seed: u64, one: &[H], other: &[H], found: &mut Determinism) {
    found.games += 1;
    for quarter in 0..one.len().max(other.len()) {
        found.quarters += 1;
        if one.get(quarter) != other.get(quarter) {
            found.differing.push(Differing { seed, quarter: quarter as u32 + 1 });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quarter_that_came_out_otherwise_is_named() {
        let mut found = Determinism::default();
        compare(7, &[1, 2], &[1, 3], &mut found);
        compare(8, &[1, 2], &[1], &mut found);
        let differing = |seed| Differing { seed, quarter: 2 };
        assert_eq!(found.differing, [differing(7), differing(8)]);
        assert_eq!((found.games, found.quarters), (2, 4));
    }
}
