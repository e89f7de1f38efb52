//! Was it worth it? A finished game against itself, worked out beside the window: without each deal,
//! without each decision, and with a bot in the seat under this luck and under others.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use bevy::tasks::futures::check_ready;
use bevy::tasks::{IoTaskPool, Task, available_parallelism};

use crate::host::session::Session;
use crate::ids::SeatId;
use crate::study::{Played, Tape, Trials, Worth, trials, worth_watched};

/// What was found, and the game it was found in.
pub struct Found {
    pub played: Played,
    pub worth: Worth,
}

/// One seat's judgement of the game, there or on its way.
pub struct Verdict {
    seat: SeatId,
    /// Games played so far, and of how many.
    done: Arc<AtomicU32>,
    of: Arc<AtomicU32>,
    state: Work,
}

enum Work {
    Under(Task<Option<Found>>),
    Found(Arc<Found>),
    /// The record cannot be played again.
    Nothing,
}

/// How far a judgement is.
pub enum Stand {
    Found(Arc<Found>),
    /// Games played, of how many.
    Under(u32, u32),
    Nothing,
}

impl Verdict {
    /// Begins to work it out. Steps of a world use another pool: a new game need not wait for it.
    pub fn begin(session: &Session, seat: SeatId) -> Verdict {
        let (done, of) = (Arc::new(AtomicU32::new(0)), Arc::new(AtomicU32::new(0)));
        let state = match IoTaskPool::try_get() {
            None => Work::Nothing,
            Some(pool) => {
                let (tape, done, of) = (session.tape(), Arc::clone(&done), Arc::clone(&of));
                Work::Under(pool.spawn(async move { judge(tape, seat, &done, &of) }))
            }
        };
        Verdict { seat, done, of, state }
    }

    pub fn is_for(&self, seat: SeatId) -> bool {
        self.seat == seat
    }

    pub fn stand(&mut self) -> Stand {
        if let Work::Under(task) = &mut self.state
            && let Some(found) = check_ready(task)
        {
            self.state = found.map_or(Work::Nothing, |found| Work::Found(Arc::new(found)));
        }
        match &self.state {
            Work::Found(found) => Stand::Found(Arc::clone(found)),
            Work::Under(_) => {
                Stand::Under(self.done.load(Ordering::Relaxed), self.of.load(Ordering::Relaxed))
            }
            Work::Nothing => Stand::Nothing,
        }
    }

    pub fn under_way(&self) -> bool {
        matches!(self.state, Work::Under(_))
    }
}

fn judge(tape: Tape, seat: SeatId, done: &AtomicU32, of: &AtomicU32) -> Option<Found> {
    let played = Played::of(tape).ok()?;
    // One processor is left for the window.
    let threads = available_parallelism().saturating_sub(1).max(1);
    let how = Trials { threads, ..Trials::default() };
    of.store(trials(&played, seat, how), Ordering::Relaxed);
    let count = || {
        done.fetch_add(1, Ordering::Relaxed);
    };
    let worth = worth_watched(&played, seat, how, &count).ok()?;
    Some(Found { played, worth })
}
