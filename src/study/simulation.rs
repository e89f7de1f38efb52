//! What a level comes to when bots play it many times.

use serde::Serialize;

use super::batch::{Batch, StudyError};
use super::play::play;
use super::summary::Spread;
use super::watch::{GameRecord, SeatRecord, Talks, Watch};
use crate::bot::Policy;
use crate::level::Level;

/// Many games in summary. Keys and units are stable: other programs read them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Simulation {
    pub level: String,
    pub games: u32,
    pub first_seed: u64,
    pub seats: Vec<SeatSummary>,
    pub deals_signed_per_game: Option<Spread>,
    pub offers_made_per_game: Option<Spread>,
    pub questions_asked_per_game: Option<Spread>,
    pub offers_held_per_game: Option<Spread>,
    pub walk_aways_per_game: Option<Spread>,
    pub insults_per_game: Option<Spread>,
    pub late_acceptances_per_game: Option<Spread>,
    pub decisions_refused_by_rules_per_game: Option<Spread>,
    pub rescues_per_game: Option<Spread>,
    pub segments: Vec<SegmentSummary>,
}

/// A seat over many games, at their end.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SeatSummary {
    pub seat: String,
    pub policy: Policy,
    pub raw_score_points: Option<Spread>,
    pub scaled_score_points: Option<Spread>,
    pub cash_bn: Option<Spread>,
    pub cloud_share_pct: Option<Spread>,
    pub win_rate_pct: Option<Spread>,
    /// The shortest of each game.
    pub least_runway_quarters: Option<Spread>,
    pub independence_pct: Option<Spread>,
    pub revenue_bn_per_quarter: Option<Spread>,
}

/// How much one segment moves: of each quarter of each game, the largest move of any giant.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SegmentSummary {
    pub segment: String,
    pub largest_win_rate_move_points_per_quarter: Option<Spread>,
    pub largest_share_move_points_per_quarter: Option<Spread>,
}

/// Plays a batch with these policies, by seat; `done` is called after each game. Records hold every
/// quarter only if asked to: they are long.
pub fn simulate(
    batch: &Batch,
    table: &[Policy],
    per_quarter: bool,
    done: impl Fn() + Sync,
) -> Result<Vec<GameRecord>, StudyError> {
    batch.run(
        |game, seed| {
            game.restart(seed);
            let mut watch = Watch::new(game, seed).per_quarter(per_quarter);
            let refused = play(game, table, |game| watch.after_close(game));
            watch.finish(game, refused)
        },
        done,
    )
}

/// Sums up the records of a batch.
pub fn summarise(batch: &Batch, table: &[Policy], games: &[GameRecord]) -> Simulation {
    let talks = |count: fn(&Talks) -> u32| {
        Spread::of(games.iter().map(|game| f64::from(count(&game.talks))))
    };
    Simulation {
        level: batch.level.id.clone(),
        games: batch.games,
        first_seed: batch.first_seed,
        seats: seats(&batch.level, table, games),
        deals_signed_per_game: talks(|talks| talks.signed),
        offers_made_per_game: talks(|talks| talks.offers),
        questions_asked_per_game: talks(|talks| talks.questions),
        offers_held_per_game: talks(|talks| talks.held),
        walk_aways_per_game: talks(|talks| talks.walked_away),
        insults_per_game: talks(|talks| talks.insults),
        late_acceptances_per_game: talks(|talks| talks.accepted_too_late),
        decisions_refused_by_rules_per_game: talks(|talks| talks.refused_by_rules),
        rescues_per_game: Spread::of(games.iter().map(|game| f64::from(game.rescues))),
        segments: segments(&batch.level, games),
    }
}

fn seats(level: &Level, table: &[Policy], games: &[GameRecord]) -> Vec<SeatSummary> {
    let seats = level.seat_ids().zip(table);
    seats
        .map(|(seat, &policy)| {
            let of = |number: fn(&SeatRecord) -> Option<f64>| {
                Spread::of(games.iter().filter_map(|game| number(&game.seats[seat.index()])))
            };
            SeatSummary {
                seat: level.seat_key(seat).to_owned(),
                policy,
                raw_score_points: of(|seat| Some(seat.raw_score)),
                scaled_score_points: of(|seat| Some(seat.scaled_score)),
                cash_bn: of(|seat| Some(seat.cash_bn)),
                cloud_share_pct: of(|seat| seat.share_pct),
                win_rate_pct: of(|seat| seat.win_rate_pct),
                least_runway_quarters: of(|seat| seat.least_runway_quarters),
                independence_pct: of(|seat| seat.independence_pct),
                revenue_bn_per_quarter: of(|seat| seat.revenue_bn),
            }
        })
        .collect()
}

fn segments(level: &Level, games: &[GameRecord]) -> Vec<SegmentSummary> {
    let named = level.segments.iter().enumerate();
    named
        .map(|(place, segment)| {
            let pooled = |moves: fn(&GameRecord) -> &Vec<Vec<f64>>| {
                Spread::of(games.iter().flat_map(move |game| moves(game)[place].iter().copied()))
            };
            SegmentSummary {
                segment: segment.id.clone(),
                largest_win_rate_move_points_per_quarter: pooled(|game| &game.win_rate_moves),
                largest_share_move_points_per_quarter: pooled(|game| &game.share_moves),
            }
        })
        .collect()
}
