//! Two policies in the same seat, under the same luck.

use serde::Serialize;

use super::batch::{Batch, StudyError};
use super::play::play;
use super::summary::Mean;
use crate::bot::Policy;
use crate::ids::SeatId;
use crate::sim::game::Game;

/// Which policies meet, and where.
#[derive(Clone, Copy, Debug)]
pub struct Duel {
    pub seat: SeatId,
    pub a: Policy,
    pub b: Policy,
    /// In every other seat.
    pub others: Policy,
}

/// What came of a duel. Keys and units are stable: other programs read them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DuelResult {
    pub level: String,
    pub seat: String,
    pub a: Policy,
    pub b: Policy,
    pub others: Policy,
    /// Pairs of games, one by each policy on the same seed.
    pub pairs: u32,
    pub first_seed: u64,
    pub wins_a: u32,
    pub wins_b: u32,
    pub ties: u32,
    /// Part of pairs that a won, ties half, 0 to 1.
    pub win_share_a: f64,
    pub mean_score_a_points: f64,
    pub mean_score_b_points: f64,
    /// a's scaled score less b's, over the pairs.
    pub score_difference_points: Mean,
}

/// Plays a batch of pairs and compares the seat's scaled scores.
pub fn duel(batch: &Batch, duel: Duel, done: impl Fn() + Sync) -> Result<DuelResult, StudyError> {
    let scores = batch.run(|game, seed| pair(game, duel, seed), done)?;
    let difference: Vec<f64> = scores.iter().map(|(a, b)| a - b).collect();
    let count = |wins: fn(f64) -> bool| difference.iter().filter(|&&d| wins(d)).count() as u32;
    let (wins_a, wins_b) = (count(|d| d > 0.0), count(|d| d < 0.0));
    let ties = batch.games - wins_a - wins_b;
    let column = |pick: fn(&(f64, f64)) -> f64| {
        Mean::of(&scores.iter().map(pick).collect::<Vec<f64>>()).mean
    };
    Ok(DuelResult {
        level: batch.level.id.clone(),
        seat: batch.level.seat_key(duel.seat).to_owned(),
        a: duel.a,
        b: duel.b,
        others: duel.others,
        pairs: batch.games,
        first_seed: batch.first_seed,
        wins_a,
        wins_b,
        ties,
        win_share_a: (f64::from(wins_a) + f64::from(ties) / 2.0) / f64::from(batch.games.max(1)),
        mean_score_a_points: column(|scores| scores.0),
        mean_score_b_points: column(|scores| scores.1),
        score_difference_points: Mean::of(&difference),
    })
}

/// The seat's scaled score by a, then by b.
fn pair(game: &mut Game, duel: Duel, seed: u64) -> (f64, f64) {
    let mut table = vec![duel.others; game.level().seats()];
    let mut score_by = |policy: Policy| {
        table[duel.seat.index()] = policy;
        game.restart(seed);
        play(game, &table, |_| {});
        game.view(duel.seat).score.scaled
    };
    (score_by(duel.a), score_by(duel.b))
}
