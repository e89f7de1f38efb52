//! Does the same seed give the same game, whatever plays it?

use std::sync::Arc;

use serde::Serialize;

use super::batch::{Batch, StudyError};
use super::play::{Table, play};
use crate::level::Level;
use crate::sim::game::Game;

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

fn compare(seed: u64, fresh: &Hashes, pooled: &Hashes, found: &mut Determinism) {
    found.games += 1;
    for quarter in 0..fresh.len().max(pooled.len()) {
        found.quarters += 1;
        if fresh.get(quarter) != pooled.get(quarter) {
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
        compare(7, &vec![[1; 32], [2; 32]], &vec![[1; 32], [3; 32]], &mut found);
        compare(8, &vec![[1; 32], [2; 32]], &vec![[1; 32]], &mut found);
        let differing = |seed| Differing { seed, quarter: 2 };
        assert_eq!(found.differing, [differing(7), differing(8)]);
        assert_eq!((found.games, found.quarters), (2, 4));
    }
}
