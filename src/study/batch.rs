//! Many games over several threads, with the same results in any number of them.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rayon::ThreadPoolBuilder;

use crate::level::Level;
use crate::sim::game::Game;

/// Games of one level, one seed after another.
#[derive(Clone, Debug)]
pub struct Batch {
    pub level: Arc<Level>,
    pub games: u32,
    /// The seed of the first game; the next has the next.
    pub first_seed: u64,
    /// Worker threads; 0 means one a processor.
    pub threads: usize,
}

/// Why a study could not run.
#[derive(Debug, thiserror::Error)]
pub enum StudyError {
    #[error("the worker threads could not be started: {0}")]
    Threads(#[from] rayon::ThreadPoolBuildError),
}

impl Batch {
    /// Runs `play` once a seed and returns what it gave, by seed. A worker builds one game and uses
    /// it again and again; `done` is called after each seed, on the worker's thread.
    pub fn run<T: Send>(
        &self,
        play: impl Fn(&mut Game, u64) -> T + Sync,
        done: impl Fn() + Sync,
    ) -> Result<Vec<T>, StudyError> {
        let pool = ThreadPoolBuilder::new().num_threads(self.threads).build()?;
        let next = AtomicU32::new(0);
        let per_worker = pool.broadcast(|_| self.work(&next, &play, &done));
        let mut numbered: Vec<(u32, T)> = per_worker.into_iter().flatten().collect();
        numbered.sort_by_key(|(number, _)| *number);
        Ok(numbered.into_iter().map(|(_, result)| result).collect())
    }

    /// One worker: takes the next number until none is left.
    fn work<T>(
        &self,
        next: &AtomicU32,
        play: &(impl Fn(&mut Game, u64) -> T + Sync),
        done: &(impl Fn() + Sync),
    ) -> Vec<(u32, T)> {
        let mut game = Game::new(Arc::clone(&self.level), self.first_seed);
        let mut results = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= self.games {
                return results;
            }
            let seed = self.first_seed.wrapping_add(u64::from(number));
            results.push((number, play(&mut game, seed)));
            done();
        }
    }
}
