//! Do explanations sum? Every figure of every quarter of many games is explained and added up.

use serde::Serialize;

use super::batch::{Batch, StudyError};
use super::play::{Table, play};
use crate::ids::SeatId;
use crate::sim::explain::{Cause, Metric, Through};
use crate::sim::game::Game;
use crate::units::Quarter;

/// Rows of a share must sum to its change within this, parts of 1, points or quarters; money to the
/// dollar.
pub const SUMS_WITHIN: f64 = 1e-9;

/// How well one figure's explanations sum.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summed {
    pub metric: Metric,
    pub explanations: u64,
    pub rows: u64,
    /// Of all that moved, the part put down to a decision, a deal or a happening by name.
    pub named_pct: f64,
    /// Of all that moved, the part no input stands for: what the rules, worked again, leave over.
    pub left_over_pct: f64,
    /// By how much the rows miss a change at most, in the figure's unit.
    pub largest_gap: f64,
    /// Explanations that miss by more than allowed.
    pub wrong: u64,
}

/// What a game's explanations come to, by metric in their order.
#[derive(Clone, Copy, Default)]
struct Tally {
    explanations: u64,
    rows: u64,
    moved: f64,
    named: f64,
    left_over: f64,
    gap: f64,
    wrong: u64,
}

/// Explains every figure of every seat and quarter of a batch's games.
pub fn causes(
    batch: &Batch,
    table: &Table,
    done: impl Fn() + Sync,
) -> Result<Vec<Summed>, StudyError> {
    let games = batch.run(
        |game, seed| {
            game.restart(seed);
            play(game, table, |_| {});
            tally(game)
        },
        done,
    )?;
    let metrics = Metric::ALL.into_iter().enumerate();
    Ok(metrics
        .map(|(place, metric)| {
            let mut all = Tally::default();
            for game in games.iter().map(|game| game[place]) {
                all.explanations += game.explanations;
                all.rows += game.rows;
                all.moved += game.moved;
                all.named += game.named;
                all.left_over += game.left_over;
                all.gap = all.gap.max(game.gap);
                all.wrong += game.wrong;
            }
            Summed {
                metric,
                explanations: all.explanations,
                rows: all.rows,
                named_pct: 100.0 * all.named / all.moved.max(1e-12),
                left_over_pct: 100.0 * all.left_over / all.moved.max(1e-12),
                largest_gap: all.gap,
                wrong: all.wrong,
            }
        })
        .collect())
}

fn tally(game: &Game) -> [Tally; Metric::ALL.len()] {
    let mut tallies = [Tally::default(); Metric::ALL.len()];
    let closed = game.history().len() as u32;
    for (metric, tally) in Metric::ALL.into_iter().zip(&mut tallies) {
        for seat in (0..game.level().seats() as u8).map(SeatId) {
            for quarter in 1..=closed {
                let span = (Quarter(quarter - 1), Quarter(quarter));
                let Ok(explanation) = game.explain(seat, seat, metric, span) else { continue };
                tally.explanations += 1;
                tally.rows += explanation.rows.len() as u64;
                for row in &explanation.rows {
                    tally.moved += row.amount.abs();
                    if (row.cause, row.through) == (Cause::Market, Through::Events) {
                        tally.left_over += row.amount.abs();
                    }
                    if !matches!(row.cause, Cause::Market | Cause::Opening) {
                        tally.named += row.amount.abs();
                    }
                }
                let gap = explanation.gap().abs();
                tally.gap = tally.gap.max(gap);
                let allowed = if metric.is_money() { 0.0 } else { SUMS_WITHIN };
                // A gap that is no number is wrong too.
                tally.wrong += u64::from(gap > allowed || gap.is_nan());
            }
        }
    }
    tallies
}
