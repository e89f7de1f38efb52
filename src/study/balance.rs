//! What a designer needs to scale a level's scores: what idling brings each seat, and the best known.

use serde::Serialize;

use super::batch::{Batch, StudyError};
use super::strategies::{Contest, Contestant, Scale, scores};
use crate::bot::{Policy, Strategy};
use crate::ids::{Role, SeatId};

/// One seat's scale. Keys and units are stable: other programs read them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SeatBalance {
    pub seat: String,
    /// Median raw scores, the idle seat's first.
    pub contestants: Vec<Standing>,
    /// What to write in the level: `score_scale: (idle: …, best: …)`.
    pub idle: f64,
    pub best: f64,
    pub best_known: Contestant,
}

/// A contestant's median raw score in a seat.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Standing {
    pub contestant: Contestant,
    pub median_raw_points: f64,
}

const BOTS: [Policy; 5] =
    [Policy::Idle, Policy::Greedy, Policy::Easy, Policy::Normal, Policy::Hard];

/// Who is tried in a seat: every bot that plays to win, and in a giant's every plain strategy.
fn contestants(role: Role) -> Vec<Contestant> {
    let strategies = match role {
        Role::Giant(_) => Strategy::ALL.as_slice(),
        Role::Lab(_) => &[],
    };
    let bots = BOTS.into_iter().map(Contestant::Bot);
    bots.chain(strategies.iter().copied().map(Contestant::Strategy)).collect()
}

/// How many games a balance takes, for a bar.
pub fn balance_games(batch: &Batch) -> u32 {
    let giants = batch.level.giants.len();
    let seats = batch.level.seat_ids();
    batch.games * seats.map(|seat| contestants(seat.role(giants)).len() as u32).sum::<u32>()
}

/// Tries everybody in every seat against `others`, on the same seeds; `done` after each game.
pub fn balance(
    batch: &Batch,
    others: Policy,
    done: impl Fn() + Sync,
) -> Result<Vec<SeatBalance>, StudyError> {
    let giants = batch.level.giants.len();
    let one = |seat: SeatId| {
        let who = contestants(seat.role(giants));
        let raw = scores(batch, Contest { seat, others }, &who, &done)?;
        let scale = Scale::of(&who, &raw);
        let medians = raw.iter().map(|row| super::median(row.iter().copied()));
        Ok(SeatBalance {
            seat: batch.level.seat_key(seat).to_owned(),
            contestants: who
                .iter()
                .zip(medians)
                .map(|(&contestant, median_raw_points)| Standing { contestant, median_raw_points })
                .collect(),
            idle: tenths(scale.idle),
            best: tenths(scale.best),
            best_known: scale.best_known,
        })
    };
    batch.level.seat_ids().map(one).collect()
}

fn tenths(value: f64) -> f64 {
    libm::rint(10.0 * value) / 10.0
}
