//! Which plain strategy is best, where, and what each lever is worth to it.

use std::sync::Arc;

use serde::Serialize;

use super::batch::{Batch, StudyError};
use super::freeze::{Hold, holding};
use super::play::{Player, Seated, bots, play_seated};
use super::summary::{Mean, Spread, median};
use super::variance::Variance;
use super::world::WORLDS;
use crate::bot::{Bot, Policy, Strategist, Strategy, bot_seed};
use crate::ids::SeatId;
use crate::sim::game::Game;

/// Where strategies meet.
#[derive(Clone, Copy, Debug)]
pub struct Contest {
    /// A giant's seat.
    pub seat: SeatId,
    /// In every other seat.
    pub others: Policy,
}

/// Who plays the seat studied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Contestant {
    Bot(Policy),
    Strategy(Strategy),
}

/// What came of a contest. Keys and units are stable: other programs read them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ContestResult {
    pub level: String,
    pub seat: String,
    pub others: Policy,
    pub games_per_cell: u32,
    pub first_seed: u64,
    /// Raw scores that stand for 0, the idle seat's median, and 100, the best median known.
    pub idle_raw_points: f64,
    pub best_raw_points: f64,
    pub best_known: Contestant,
    /// The bots in the same seat, in the level as written.
    pub bots: Vec<BotScore>,
    pub strategies: Vec<StrategyScore>,
    pub worlds: Vec<WorldResult>,
    pub variance: Variance,
}

/// A bot in the seat studied.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct BotScore {
    pub bot: Policy,
    /// 0 idle, 100 best known.
    pub score_points: Option<Spread>,
}

/// A strategy in the level as written.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct StrategyScore {
    pub strategy: Strategy,
    pub score_points: Option<Spread>,
}

/// A world: the median score of every strategy in it, in the order of [`Strategy::ALL`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WorldResult {
    pub world: &'static str,
    pub best: Strategy,
    pub median_points: Vec<f64>,
}

/// What holding one lever costs every strategy, in the order of [`Strategy::ALL`].
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct HoldResult {
    pub lever: Hold,
    /// Mean over seeds of the score lost, on the contest's scale; below 0 it gains. A mean, since many
    /// levers are used in few games.
    pub cost_points: Vec<f64>,
}

/// A strategy this good is a way to win, and a level needs so many.
pub const STRONG_POINTS: f64 = 90.0;
pub const STRONG_STRATEGIES: usize = 3;
/// Worlds in which another strategy is best than in the level as written.
pub const WORLDS_WITH_ANOTHER_BEST: usize = 3;
/// What holding any lever must cost some strategy.
pub const LEVER_POINTS: f64 = 2.0;

impl ContestResult {
    /// How many strategies are strong in the level as written.
    pub fn strong(&self) -> usize {
        let medians = self.strategies.iter().filter_map(|one| one.score_points);
        medians.filter(|score| score.median >= STRONG_POINTS).count()
    }

    /// In how many worlds another strategy is best than in the level as written.
    pub fn worlds_with_another_best(&self) -> usize {
        let median = |one: &StrategyScore| one.score_points.map_or(0.0, |score| score.median);
        let best = self
            .strategies
            .iter()
            .rev()
            .max_by(|one, other| median(one).total_cmp(&median(other)))
            .map(|one| one.strategy);
        self.worlds.iter().filter(|world| Some(world.best) != best).count()
    }

    /// Whether what a seat does explains more than luck.
    pub fn choice_beats_luck(&self) -> bool {
        self.variance.strategy + self.variance.interaction > self.variance.rest
    }
}

impl HoldResult {
    /// What the strategy that needs the lever most loses without it.
    pub fn dearest_points(&self) -> f64 {
        self.cost_points.iter().copied().fold(0.0, f64::max)
    }
}

/// How many games a contest takes, for a bar.
pub fn contest_games(games: u32) -> u32 {
    let own = 1 + BOTS.len() + Strategy::ALL.len();
    games * (own + WORLDS.len() * Strategy::ALL.len()) as u32
}

const BOTS: [Policy; 4] = [Policy::Greedy, Policy::Easy, Policy::Normal, Policy::Hard];

/// Plays every strategy in the level as written and in every world, on the same seeds; `done` is
/// called after each game.
pub fn contest(
    batch: &Batch,
    contest: Contest,
    done: impl Fn() + Sync,
) -> Result<ContestResult, StudyError> {
    let strategies = Strategy::ALL.map(Contestant::Strategy);
    let known: Vec<Contestant> = [Contestant::Bot(Policy::Idle)]
        .into_iter()
        .chain(BOTS.map(Contestant::Bot))
        .chain(strategies)
        .collect();
    let written = scores(batch, contest, &known, &done)?;
    let scale = Scale::of(&known, &written);
    let spread = |place: usize| Spread::of(written[place].iter().map(|&raw| scale.points(raw)));
    let mut worlds = Vec::new();
    let mut cells = vec![Vec::new(); strategies.len()];
    for world in WORLDS {
        let level = Arc::new(world.of(&batch.level, contest.seat));
        let there = Batch { level, ..batch.clone() };
        let raw = scores(&there, contest, &strategies, &done)?;
        let points: Vec<Vec<f64>> =
            raw.iter().map(|row| row.iter().map(|&raw| scale.points(raw)).collect()).collect();
        worlds.push(world_result(world.name, &points));
        for (cell, points) in cells.iter_mut().zip(points) {
            cell.push(points);
        }
    }
    Ok(ContestResult {
        level: batch.level.id.clone(),
        seat: batch.level.seat_key(contest.seat).to_owned(),
        others: contest.others,
        games_per_cell: batch.games,
        first_seed: batch.first_seed,
        idle_raw_points: scale.idle,
        best_raw_points: scale.best,
        best_known: scale.best_known,
        bots: BOTS
            .iter()
            .enumerate()
            .map(|(place, &bot)| BotScore { bot, score_points: spread(1 + place) })
            .collect(),
        strategies: Strategy::ALL
            .iter()
            .enumerate()
            .map(|(place, &strategy)| StrategyScore {
                strategy,
                score_points: spread(1 + BOTS.len() + place),
            })
            .collect(),
        worlds,
        variance: Variance::of(&cells),
    })
}

/// Plays every strategy with and without each lever, on the same seeds; `done` after each game.
/// `scale` is the contest's: the raw scores that stand for 0 and 100.
pub fn holds(
    batch: &Batch,
    contest: Contest,
    levers: &[Hold],
    (idle, best): (f64, f64),
    done: impl Fn() + Sync,
) -> Result<Vec<HoldResult>, StudyError> {
    let costs = batch.run(
        |game, seed| {
            let mut score = |strategy, hold| {
                let seated = Seat { contest, who: Contestant::Strategy(strategy), hold };
                let raw = seated.score(game, seed);
                done();
                raw
            };
            Strategy::ALL.map(|strategy| {
                let free = score(strategy, None);
                levers.iter().map(|&hold| free - score(strategy, Some(hold))).collect::<Vec<f64>>()
            })
        },
        || {},
    )?;
    let per_raw = 100.0 / (best - idle);
    let cost = |lever: usize, strategy: usize| {
        let lost: Vec<f64> = costs.iter().map(|seed| seed[strategy][lever]).collect();
        per_raw * Mean::of(&lost).mean
    };
    Ok(levers
        .iter()
        .enumerate()
        .map(|(place, &lever)| HoldResult {
            lever,
            cost_points: (0..Strategy::ALL.len()).map(|strategy| cost(place, strategy)).collect(),
        })
        .collect())
}

/// How many games [`holds`] takes.
pub fn hold_games(games: u32, levers: usize) -> u32 {
    games * (Strategy::ALL.len() * (1 + levers)) as u32
}

fn world_result(world: &'static str, points: &[Vec<f64>]) -> WorldResult {
    let medians: Vec<f64> = points.iter().map(|row| median(row.iter().copied())).collect();
    let best = Strategy::ALL
        .into_iter()
        .zip(&medians)
        .rev()
        .max_by(|one, other| one.1.total_cmp(other.1))
        .map_or(Strategy::StayOut, |(strategy, _)| strategy);
    WorldResult { world, best, median_points: medians }
}

/// Raw scores by contestant, then seed.
pub(super) fn scores(
    batch: &Batch,
    contest: Contest,
    who: &[Contestant],
    done: impl Fn() + Sync,
) -> Result<Vec<Vec<f64>>, StudyError> {
    let by_seed = batch.run(
        |game, seed| {
            let play = |&who: &Contestant| {
                let raw = Seat { contest, who, hold: None }.score(game, seed);
                done();
                raw
            };
            who.iter().map(play).collect::<Vec<f64>>()
        },
        || {},
    )?;
    Ok((0..who.len()).map(|place| by_seed.iter().map(|seed| seed[place]).collect()).collect())
}

/// What stands for 0 and 100.
pub(super) struct Scale {
    pub(super) idle: f64,
    pub(super) best: f64,
    pub(super) best_known: Contestant,
}

impl Scale {
    /// The first contestant is the idle seat.
    pub(super) fn of(who: &[Contestant], raw: &[Vec<f64>]) -> Scale {
        let medians = raw.iter().map(|row| median(row.iter().copied()));
        let named: Vec<(f64, Contestant)> = medians.zip(who.iter().copied()).collect();
        let idle = named[0].0;
        let best = named
            .iter()
            .skip(1)
            .max_by(|one, other| one.0.total_cmp(&other.0))
            .copied()
            .unwrap_or(named[0]);
        // A level where nothing beats idling still needs two different ends.
        Scale { idle, best: best.0.max(idle + 0.1), best_known: best.1 }
    }

    fn points(&self, raw: f64) -> f64 {
        100.0 * (raw - self.idle) / (self.best - self.idle)
    }
}

/// The seat studied, and who sits there.
struct Seat {
    contest: Contest,
    who: Contestant,
    hold: Option<Hold>,
}

impl Seat {
    /// The seat's raw score at the end of a game with this seed.
    fn score(&self, game: &mut Game, seed: u64) -> f64 {
        game.restart(seed);
        let mut table = vec![self.contest.others; game.level().seats()];
        table[self.contest.seat.index()] = Policy::Idle;
        let mut seated = bots(game, &table);
        seated.extend(self.player(game));
        // In the order of seats, as in any other game.
        seated.sort_by_key(|(seat, _)| *seat);
        play_seated(game, &mut seated, |_, _| {});
        game.view(self.contest.seat).score.raw
    }

    fn player(&self, game: &Game) -> Option<Seated> {
        let seat = self.contest.seat;
        let seed = bot_seed(game.level(), seat, game.seed());
        let player: Box<dyn Player> = match self.who {
            Contestant::Bot(Policy::Idle) => return None,
            Contestant::Bot(policy) => self.held(Bot::new(policy, seed)),
            Contestant::Strategy(strategy) => self.held(Strategist::new(strategy, seed)),
        };
        Some((seat, player))
    }

    fn held(&self, player: impl Player + 'static) -> Box<dyn Player> {
        match self.hold {
            None => Box::new(player),
            Some(hold) => Box::new(holding(player, hold)),
        }
    }
}
