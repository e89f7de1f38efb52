//! Whether a level has pace: how much moves, how long the leader is unsafe, and how much a quarter's
//! decisions matter. The bars are those of the design, measured with normal bots in all seats.

use std::sync::Arc;

use serde::Serialize;

use super::batch::{Batch, StudyError};
use super::play::{bot, bots, decide};
use super::summary::median;
use super::watch::{GameRecord, Watch};
use crate::bot::Policy;
use crate::ids::SeatId;
use crate::sim::decision::{Decision, GiantPlan, LabPlan};
use crate::sim::fact::Fact;
use crate::sim::game::{ClosedQuarter, Game};
use crate::sim::setting::Step;
use crate::sim::snapshot::Snapshot;
use crate::sim::view::Plan;

/// The bars (the design's *What must hold*), both ends allowed.
const WIN_RATE_MOVE: (f64, f64) = (2.0, 15.0);
const SHARE_MOVE: (f64, f64) = (0.2, 1.5);
const LEADER_WINS_AT_MOST_PCT: f64 = 70.0;
/// By how much idling through a quarter must move the score, and in which part of the quarters.
const QUARTER_MATTERS_POINTS: f64 = 3.0;
const QUARTERS_THAT_MATTER: f64 = 8.0 / 12.0;
const LINES: (f64, f64) = (60.0, 150.0);
/// Lines are for a game of so many quarters: longer and shorter ones are measured against their part.
const LINES_ARE_FOR_QUARTERS: f64 = 12.0;

/// What came of the study. Keys and units are stable: other programs read them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pace {
    pub level: String,
    pub seat: String,
    pub games: u32,
    pub first_seed: u64,
    pub bars: Vec<Bar>,
    /// By quarter: how far idling through it alone moves the seat's score, median of the absolute
    /// difference, points.
    pub idling_moves_points: Vec<f64>,
    pub deals_signed_per_game: f64,
    pub rescues_per_game: f64,
    pub lead_changes_per_game: f64,
    /// Of the seat, by its own word or by silence.
    pub dilemmas_answered_per_game: f64,
    /// Decisions of bots that the rules refused, in all games: 0 if bots know the rules.
    pub decisions_refused_by_rules: u32,
}

/// A figure that must lie between two ends.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bar {
    pub measure: Measured,
    pub value: f64,
    pub at_least: f64,
    pub at_most: f64,
    pub met: bool,
}

/// What a bar is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Measured {
    LargestWinRateMovePoints,
    LargestShareMovePoints,
    HalfTimeLeaderWinsPct,
    QuartersThatMatter,
    LinesOfInput,
}

impl Bar {
    fn new(measure: Measured, value: f64, (at_least, at_most): (f64, f64)) -> Bar {
        Bar { measure, value, at_least, at_most, met: (at_least..=at_most).contains(&value) }
    }
}

/// One game, as this study sees it.
struct PaceRecord {
    game: GameRecord,
    leader_at_half_time_wins: bool,
    lead_changes: u32,
    /// By quarter.
    idling_moves: Vec<f64>,
    lines: u32,
    dilemmas: u32,
}

/// Plays every game with normal bots, then again once a quarter with the seat idle in that quarter
/// alone, under the same luck; `done` is called after each seed.
pub fn pace(batch: &Batch, seat: SeatId, done: impl Fn() + Sync) -> Result<Pace, StudyError> {
    let records = batch.run(|game, seed| record(game, seat, seed), done)?;
    let level = &batch.level;
    let quarters = level.quarters as usize;
    let moves = |of: fn(&GameRecord) -> &Vec<Vec<f64>>| {
        median(records.iter().flat_map(move |record| largest_by_quarter(of(&record.game))))
    };
    let per_game = |of: fn(&PaceRecord) -> f64| {
        records.iter().map(of).sum::<f64>() / f64::from(batch.games.max(1))
    };
    let idling: Vec<f64> = (0..quarters)
        .map(|quarter| median(records.iter().map(|record| record.idling_moves[quarter])))
        .collect();
    let matter = idling.iter().filter(|moved| **moved >= QUARTER_MATTERS_POINTS).count() as f64;
    let part = f64::from(level.quarters) / LINES_ARE_FOR_QUARTERS;
    let needed = libm::ceil(QUARTERS_THAT_MATTER * quarters as f64 - 1e-9);
    let wins = 100.0 * per_game(|record| f64::from(u8::from(record.leader_at_half_time_wins)));
    let lines = median(records.iter().map(|record| f64::from(record.lines)));
    Ok(Pace {
        level: level.id.clone(),
        seat: level.seat_key(seat).to_owned(),
        games: batch.games,
        first_seed: batch.first_seed,
        bars: vec![
            Bar::new(
                Measured::LargestWinRateMovePoints,
                moves(|game| &game.win_rate_moves),
                WIN_RATE_MOVE,
            ),
            Bar::new(Measured::LargestShareMovePoints, moves(|game| &game.share_moves), SHARE_MOVE),
            Bar::new(Measured::HalfTimeLeaderWinsPct, wins, (0.0, LEADER_WINS_AT_MOST_PCT)),
            Bar::new(Measured::QuartersThatMatter, matter, (needed, quarters as f64)),
            Bar::new(Measured::LinesOfInput, lines, (LINES.0 * part, LINES.1 * part)),
        ],
        idling_moves_points: idling,
        deals_signed_per_game: per_game(|record| f64::from(record.game.talks.signed)),
        rescues_per_game: per_game(|record| f64::from(record.game.rescues)),
        lead_changes_per_game: per_game(|record| f64::from(record.lead_changes)),
        dilemmas_answered_per_game: per_game(|record| f64::from(record.dilemmas)),
        decisions_refused_by_rules: records
            .iter()
            .map(|record| record.game.talks.refused_by_rules)
            .sum(),
    })
}

/// By quarter, the largest move in any segment.
fn largest_by_quarter(by_segment: &[Vec<f64>]) -> impl Iterator<Item = f64> {
    let quarters = by_segment.first().map_or(0, Vec::len);
    (0..quarters)
        .map(move |quarter| by_segment.iter().map(|segment| segment[quarter]).fold(0.0, f64::max))
}

/// A quarter's beginning, to be played again from.
struct Beginning {
    state: Snapshot,
    history: Vec<Arc<ClosedQuarter>>,
}

impl Beginning {
    fn of(game: &Game) -> Beginning {
        Beginning { state: game.snapshot(), history: game.history().to_vec() }
    }
}

fn record(game: &mut Game, seat: SeatId, seed: u64) -> PaceRecord {
    game.restart(seed);
    let table = vec![Policy::Normal; game.level().seats()];
    let mut watch = Watch::new(game, seed);
    let mut beginnings = vec![Beginning::of(game)];
    let mut leaders = Vec::new();
    let (mut refused, mut lines) = (0, 0);
    let mut seated = bots(game, &table);
    while !game.is_over() {
        refused += decide(game, &mut seated);
        lines += typed_lines(game, seat);
        let closes = game.step() == Step::Plan;
        game.advance();
        if closes {
            watch.after_close(game);
            leaders.push(leader(game));
            if !game.is_over() {
                beginnings.push(Beginning::of(game));
            }
        }
    }
    let score = game.view(seat).score.scaled;
    let facts = game.history().iter().flat_map(|closed| &closed.facts);
    let answered = |fact: &&Fact| matches!(fact, Fact::Answered { seat: who, .. } if *who == seat);
    let dilemmas = facts.filter(answered).count() as u32;
    let record = watch.finish(game, refused);
    let half = (leaders.len() / 2).max(1) - 1;
    let idling_moves = beginnings
        .iter()
        .map(|beginning| (score_after_idling(game, beginning, seat, seed) - score).abs())
        .collect();
    PaceRecord {
        game: record,
        leader_at_half_time_wins: leaders.get(half) == leaders.last(),
        lead_changes: leaders.windows(2).filter(|pair| pair[0] != pair[1]).count() as u32,
        idling_moves,
        lines,
        dilemmas,
    }
}

/// The seat with the highest scaled score; the first of equals.
fn leader(game: &Game) -> SeatId {
    let score = |seat: &SeatId| game.view(*seat).score.scaled;
    let seats: Vec<SeatId> = game.level().seat_ids().collect();
    let best = seats.iter().rev().max_by(|one, other| score(one).total_cmp(&score(other)));
    best.copied().unwrap_or(SeatId(0))
}

/// The seat's score if it passes in all talks of one quarter, keeps its plan there, and plays on.
fn score_after_idling(game: &mut Game, from: &Beginning, seat: SeatId, seed: u64) -> f64 {
    game.restore(&from.state, seed, from.history.clone());
    let mut table = vec![Policy::Normal; game.level().seats()];
    table[seat.index()] = Policy::Idle;
    let mut seated = bots(game, &table);
    let idle_in = game.quarter();
    while !game.is_over() {
        if game.quarter() != idle_in && seated.iter().all(|(other, _)| *other != seat) {
            seated.push((seat, Box::new(bot(game, seat, Policy::Normal))));
            seated.sort_by_key(|(seat, _)| *seat);
        }
        decide(game, &mut seated);
        game.advance();
    }
    game.view(seat).score.scaled
}

/// Lines a person would type for what the seat has decided in this step: one a decision, one a lever
/// changed, and one to end a step in which anything was decided. A pass is not counted.
fn typed_lines(game: &Game, seat: SeatId) -> u32 {
    let decided = &game.decided()[seat.index()];
    if decided.is_empty() {
        return 0;
    }
    let plan = game.view(seat).plan;
    let lines = decided.iter().map(|decision| match (decision, plan) {
        (Decision::Run(new), Plan::Giant(old)) => levers_moved(&old, new),
        (Decision::Steer(new), Plan::Lab(old)) => lab_levers_moved(&old, new),
        _ => 1,
    });
    lines.sum::<u32>() + 1
}

fn levers_moved(old: &GiantPlan, new: &GiantPlan) -> u32 {
    let moved = [
        old.price != new.price,
        old.order_gw != new.order_gw,
        old.research_bn != new.research_bn,
        old.push != new.push,
        old.chip_price != new.chip_price,
        old.favoured != new.favoured,
    ];
    moved.into_iter().filter(|moved| *moved).count() as u32
}

fn lab_levers_moved(old: &LabPlan, new: &LabPlan) -> u32 {
    let moved = [
        old.pace != new.pace,
        old.training != new.training,
        old.price != new.price,
        old.hiring != new.hiring,
        old.access != new.access,
    ];
    moved.into_iter().filter(|moved| *moved).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::level::Library;

    fn flagship() -> Game {
        let level = Library::load(None).find("ten-billion-courtship").unwrap().level.unwrap();
        Game::new(level, 3)
    }

    #[test]
    fn a_quarter_played_again_with_the_same_bots_ends_the_same() {
        let mut game = flagship();
        let table = vec![Policy::Normal; game.level().seats()];
        let mut beginnings = Vec::new();
        let mut seated = bots(&game, &table);
        while !game.is_over() {
            if game.step() == Step::Offers(0) {
                beginnings.push(Beginning::of(&game));
            }
            decide(&mut game, &mut seated);
            game.advance();
        }
        let end = game.state_hash();
        for beginning in [&beginnings[3], &beginnings[9]] {
            game.restore(&beginning.state, 3, beginning.history.clone());
            super::super::play(&mut game, &table, |_| {});
            assert_eq!(game.state_hash(), end);
        }
    }

    #[test]
    fn each_lever_moved_is_a_line_and_a_pass_is_none() {
        let mut game = flagship();
        let seat = game.level().first_seat;
        assert_eq!(typed_lines(&game, seat), 0);
        while game.step() != Step::Plan {
            game.advance();
        }
        let Plan::Giant(mut plan) = game.view(seat).plan else { panic!("a giant") };
        plan.order_gw *= 0.5;
        plan.research_bn *= 1.1;
        game.submit(seat, Decision::Run(plan)).unwrap();
        game.submit(seat, Decision::Attend { lobbying: 1, press: 0 }).unwrap();
        assert_eq!(typed_lines(&game, seat), 4);
    }
}
