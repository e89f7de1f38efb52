//! What a term sheet may come to for one seat: signed against not signed, in possible worlds made from
//! what the seat knows, each played twice under the same luck. And what a plan may come to, filed
//! against the one that stands.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::Serialize;

use super::batch::{Batch, StudyError};
use super::play::{bots, decide};
use super::summary::Band;
use crate::bot::Policy;
use crate::ids::SeatId;
use crate::level::Measure;
use crate::sim::deal::TermSheet;
use crate::sim::decision::{Decision, Refusal};
use crate::sim::game::Game;
use crate::sim::setting::Step;
use crate::sim::view::SeatView;
use crate::units::Quarter;

/// Goals shown beside the score.
pub const DRIVERS: usize = 3;
/// Possible worlds, and the quarters each is played for, unless somebody says otherwise.
pub const FORECAST_RUNS: u32 = 200;
pub const FORECAST_QUARTERS: u32 = 8;

/// A sheet that is tried out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Draft {
    pub with: SeatId,
    pub sheet: TermSheet,
}

/// What is tried out, and against what.
// A handful of them live at a time, and they are compared and copied as keys.
#[allow(clippy::large_enum_variant)]
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tried {
    /// Signed now, against nothing signed between the two this quarter.
    Sheet(Draft),
    /// Filed for this quarter, against the plan that stands; later quarters are a bot's in both.
    Plan { drafted: Decision, standing: Decision },
}

/// How a forecast is made.
#[derive(Clone, Copy, Debug)]
pub struct Horizon {
    pub runs: u32,
    pub quarters: u32,
    /// In every seat, the forecaster's own too.
    pub policy: Policy,
    /// Of the possible worlds; the game's own luck is none of them.
    pub seed: u64,
    /// Worker threads; 0 means one a processor.
    pub threads: usize,
}

impl Default for Horizon {
    fn default() -> Horizon {
        Horizon {
            runs: FORECAST_RUNS,
            quarters: FORECAST_QUARTERS,
            policy: Policy::Normal,
            seed: 0,
            threads: 0,
        }
    }
}

/// A number with what is tried, without it, and the difference in the same world.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Compared {
    pub signed: Band,
    pub unsigned: Band,
    pub difference: Band,
}

/// The end of a quarter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ForecastQuarter {
    pub quarter: Quarter,
    /// The seat's scaled score, points.
    pub score: Compared,
    /// In the order of [`Forecast::drivers`], each in its measure's unit.
    pub drivers: Vec<Compared>,
}

/// What a draft may come to.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Forecast {
    /// Possible worlds asked for, and those in which the sheet could be signed.
    pub runs: u32,
    pub counted: u32,
    pub drivers: Vec<Measure>,
    pub quarters: Vec<ForecastQuarter>,
}

/// Why there is no forecast.
#[derive(Debug, thiserror::Error)]
pub enum NoForecast {
    /// The rules refuse the sheet in every possible world: the refusal of the first.
    #[error("the rules refuse this: {0:?}")]
    Refused(Refusal),
    /// Whoever asked wants it no more.
    #[error("the forecast was stopped")]
    Stopped,
    #[error(transparent)]
    Study(#[from] StudyError),
}

/// The seat's score and drivers at the end of each quarter.
type Path = Vec<Vec<f64>>;

/// Signs a draft in possible worlds, and does not sign it in the same worlds: there the two sign
/// nothing with each other this quarter. Bots play on in every seat.
pub fn forecast(view: &SeatView, draft: Draft, horizon: Horizon) -> Result<Forecast, NoForecast> {
    forecast_until(view, Tried::Sheet(draft), horizon, &AtomicBool::new(false))
}

/// The same of a sheet or a plan, until `stop` is set: within one possible world of it.
pub fn forecast_until(
    view: &SeatView,
    tried: Tried,
    horizon: Horizon,
    stop: &AtomicBool,
) -> Result<Forecast, NoForecast> {
    let drivers = main_goals(view);
    let batch = Batch {
        level: Arc::clone(&view.level),
        games: horizon.runs,
        first_seed: horizon.seed,
        threads: horizon.threads,
    };
    let one = |game: &mut Game, seed: u64| match stop.load(Ordering::Relaxed) {
        true => None,
        false => Some(pair(game, view, tried, horizon, &drivers, seed)),
    };
    let Some(pairs) = batch.run(one, || {})?.into_iter().collect::<Option<Vec<_>>>() else {
        return Err(NoForecast::Stopped);
    };
    let mut refused = None;
    let mut counted: Vec<(Path, Path)> = Vec::with_capacity(pairs.len());
    for pair in pairs {
        match pair {
            Ok(pair) => counted.push(pair),
            Err(refusal) => refused = refused.or(Some(refusal)),
        }
    }
    if let (true, Some(refusal)) = (counted.is_empty(), refused) {
        return Err(NoForecast::Refused(refusal));
    }
    let goals = view.level.goals(view.seat);
    let length = counted.first().map_or(0, |(signed, _)| signed.len());
    let quarters = (0..length)
        .filter_map(|ahead| {
            let mut columns = (0..=drivers.len()).map(|which| compared(&counted, ahead, which));
            Some(ForecastQuarter {
                quarter: view.quarter.plus(ahead as u32),
                score: columns.next()??,
                drivers: columns.collect::<Option<Vec<Compared>>>()?,
            })
        })
        .collect();
    Ok(Forecast {
        runs: horizon.runs,
        counted: counted.len() as u32,
        drivers: drivers.iter().map(|&place| goals[place].measure).collect(),
        quarters,
    })
}

/// Places of a seat's weightiest goals, the weightiest first.
fn main_goals(view: &SeatView) -> Vec<usize> {
    let goals = view.level.goals(view.seat);
    let mut places: Vec<usize> = (0..goals.len()).collect();
    places.sort_by(|&one, &other| goals[other].weight.total_cmp(&goals[one].weight));
    places.truncate(DRIVERS);
    places
}

fn compared(pairs: &[(Path, Path)], ahead: usize, which: usize) -> Option<Compared> {
    let band = |number: &dyn Fn(&(Path, Path)) -> f64| Band::of(pairs.iter().map(number));
    Some(Compared {
        signed: band(&|(signed, _)| signed[ahead][which])?,
        unsigned: band(&|(_, unsigned)| unsigned[ahead][which])?,
        difference: band(&|(signed, unsigned)| signed[ahead][which] - unsigned[ahead][which])?,
    })
}

/// One possible world, with what is tried and without it.
fn pair(
    game: &mut Game,
    view: &SeatView,
    tried: Tried,
    horizon: Horizon,
    drivers: &[usize],
    seed: u64,
) -> Result<(Path, Path), Refusal> {
    game.imagine_into(view, seed);
    let start = game.snapshot();
    let luck = game.seed();
    let seat = view.seat;
    match tried {
        Tried::Sheet(draft) => {
            game.suppose_signed(seat, draft.with, draft.sheet)?;
            let signed = path(game, seat, horizon, drivers, None)?;
            game.restore(&start, luck, Vec::new());
            game.suppose_apart(seat, draft.with)?;
            Ok((signed, path(game, seat, horizon, drivers, None)?))
        }
        Tried::Plan { drafted, standing } => {
            let filed = path(game, seat, horizon, drivers, Some(drafted))?;
            if drafted == standing {
                return Ok((filed.clone(), filed));
            }
            game.restore(&start, luck, Vec::new());
            Ok((filed, path(game, seat, horizon, drivers, Some(standing))?))
        }
    }
}

/// Whether nobody negotiates so far ahead: in the fourth quarter and each second one after it. Talks
/// take most of the time, and a deal so late moves little by the end.
fn is_quiet(ahead: usize) -> bool {
    ahead >= 3 && ahead % 2 == 1
}

/// Plays on; `plan` is filed in the first plan in place of the bot's own.
fn path(
    game: &mut Game,
    seat: SeatId,
    horizon: Horizon,
    drivers: &[usize],
    plan: Option<Decision>,
) -> Result<Path, Refusal> {
    let mut seated = bots(game, &vec![horizon.policy; game.level().seats()]);
    let mut path = Path::new();
    while !game.is_over() && path.len() < horizon.quarters as usize {
        let step = game.step();
        if step == Step::Plan || !is_quiet(path.len()) {
            decide(game, &mut seated);
        }
        if let (Step::Plan, true, Some(plan)) = (step, path.is_empty(), plan) {
            game.submit(seat, plan)?;
        }
        game.advance();
        if step == Step::Plan {
            let score = game.view(seat).score;
            let values = drivers.iter().map(|&place| score.goals[place].value);
            path.push([score.scaled].into_iter().chain(values).collect());
        }
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::deal::AccessTier;
    use crate::sim::games::{change_hidden, close, flagship};
    use crate::units::Money;

    const AMAZON: SeatId = SeatId(0);
    const OPENAI: SeatId = SeatId(5);

    fn draft() -> Draft {
        let sheet = TermSheet {
            cash: Money::from_bn(10.0),
            pre_money: Money::from_bn(400.0),
            access: AccessTier::Early,
            access_quarters: 8,
            ..TermSheet::default()
        };
        Draft { with: OPENAI, sheet }
    }

    fn short(threads: usize) -> Horizon {
        Horizon { runs: 12, quarters: 3, threads, ..Horizon::default() }
    }

    fn later() -> Game {
        let mut game = Game::new(flagship(), 3);
        close(&mut game);
        close(&mut game);
        game
    }

    #[test]
    fn a_forecast_is_the_same_on_any_number_of_threads() {
        let view = later().view(AMAZON);
        let one = forecast(&view, draft(), short(1)).expect("a forecast");
        assert_eq!(forecast(&view, draft(), short(3)).expect("a forecast"), one);
        assert_eq!((one.counted, one.quarters.len(), one.drivers.len()), (12, 3, DRIVERS));
        assert_eq!(one.quarters[0].quarter, Quarter(3));
        let other = Horizon { seed: 99, ..short(2) };
        assert_ne!(forecast(&view, draft(), other).expect("a forecast"), one);
    }

    #[test]
    fn what_the_seat_cannot_know_does_not_move_its_forecast() {
        let game = later();
        let seen = forecast(&game.view(AMAZON), draft(), short(2)).expect("a forecast");
        for nudge in [0.1, 0.45, 0.9] {
            let mut other = game.fork();
            change_hidden(&mut other, AMAZON, &[nudge, 1.0 - nudge]);
            assert_ne!(other.state_hash(), game.state_hash());
            assert_eq!(forecast(&other.view(AMAZON), draft(), short(2)).expect("one"), seen);
        }
    }

    #[test]
    fn a_dearer_deal_is_worth_less() {
        let view = later().view(AMAZON);
        let median = |pre_money_bn: f64| {
            let sheet = TermSheet { pre_money: Money::from_bn(pre_money_bn), ..draft().sheet };
            let horizon = Horizon { runs: 20, quarters: 8, ..Horizon::default() };
            let found = forecast(&view, Draft { sheet, ..draft() }, horizon).expect("one");
            found.quarters.last().expect("a quarter").score.difference.median
        };
        assert!(median(150.0) > median(1_500.0));
    }

    #[test]
    fn a_sheet_that_cannot_be_signed_has_no_forecast() {
        let view = later().view(AMAZON);
        let sheet = TermSheet { cash: Money::from_bn(900.0), ..draft().sheet };
        let refused = forecast(&view, Draft { sheet, ..draft() }, short(2));
        assert!(matches!(refused, Err(NoForecast::Refused(Refusal::CannotPay { .. }))));
    }

    #[test]
    fn a_plan_is_tried_against_the_one_that_stands() {
        let mut game = later();
        while game.step() != Step::Plan {
            game.advance();
        }
        let view = game.view(AMAZON);
        let crate::sim::view::Plan::Giant(plan) = view.plan else { panic!("a giant's seat") };
        let standing = Decision::Run(plan);
        let tried = |plan| Tried::Plan { drafted: Decision::Run(plan), standing };
        let no = AtomicBool::new(false);
        let same = forecast_until(&view, tried(plan), short(2), &no).expect("a forecast");
        assert!(same.quarters.iter().all(|each| each.score.difference.median == 0.0));
        let cut = crate::sim::decision::GiantPlan { order_gw: 0.0, ..plan };
        let other = forecast_until(&view, tried(cut), short(2), &no).expect("a forecast");
        assert_ne!(other.quarters, same.quarters, "building nothing changes nothing");
    }

    #[test]
    fn a_forecast_that_nobody_wants_stops() {
        let view = later().view(AMAZON);
        let stopped =
            forecast_until(&view, Tried::Sheet(draft()), short(2), &AtomicBool::new(true));
        assert!(matches!(stopped, Err(NoForecast::Stopped)));
    }
}
