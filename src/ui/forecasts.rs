//! Forecasts beside the window: made on the task pool while the window goes on, one at a time. What is
//! asked for again and again is made once; what nobody wants any more is stopped.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use bevy::tasks::futures::check_ready;
use bevy::tasks::{AsyncComputeTaskPool, Task};

use crate::host::words::{Words, refusals};
use crate::ids::SeatId;
use crate::sim::decision::Decision;
use crate::sim::setting::Step;
use crate::sim::view::SeatView;
use crate::study::{Band, FORECAST_RUNS, Forecast, Horizon, NoForecast, Tried, forecast_until};
use crate::units::Quarter;

/// So long a draft rests before a forecast of it begins, seconds: a lever is turned in many steps.
const RESTS: f64 = 0.35;
/// Possible worlds of what is only wanted beside something else.
const FEWER: u32 = 60;
const OFF: &str = "Forecasts are off.";
/// Forecasts that are kept.
const KEPT: usize = 12;

/// What a forecast is of, and from where.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Asked {
    seat: SeatId,
    quarter: Quarter,
    step: Step,
    tried: Tried,
    runs: u32,
}

impl Asked {
    /// The same question, from however many worlds.
    fn asks(&self, other: &Asked) -> bool {
        Asked { runs: other.runs, ..*self } == *other
    }
}

type Answer = Result<Arc<Forecast>, String>;

/// A forecast being made.
struct UnderWay {
    of: Asked,
    task: Task<Result<Forecast, NoForecast>>,
    stop: Arc<AtomicBool>,
}

/// What there is to show of a forecast.
#[derive(Clone, Debug)]
pub enum Outlook {
    /// It is being made.
    Coming,
    Here(Arc<Forecast>),
    /// There is none, and why.
    None(String),
}

pub struct Forecasts {
    /// Possible worlds of each; none are made where this is 0.
    pub runs: u32,
    kept: Vec<(Asked, Answer)>,
    /// What is asked for and not begun, and since when.
    wanted: Option<(Asked, f64)>,
    /// What was asked for beside it since it was last asked for.
    beside: Vec<Asked>,
    under_way: Option<UnderWay>,
    /// Whether anybody asked since the frame began.
    asked: bool,
}

impl Default for Forecasts {
    fn default() -> Forecasts {
        Forecasts {
            runs: FORECAST_RUNS,
            kept: Vec::new(),
            wanted: None,
            beside: Vec::new(),
            under_way: None,
            asked: false,
        }
    }
}

impl Forecasts {
    /// A frame begins. What nobody asked for in the last one is not wanted any more: a window at rest
    /// must not wait for it.
    pub fn frame(&mut self, words: &Words, view: &SeatView) {
        if !std::mem::take(&mut self.asked) {
            self.wanted = None;
            self.beside.clear();
            if let Some(going) = &self.under_way {
                going.stop.store(true, Ordering::Relaxed);
            }
        }
        self.collect(words, view);
    }

    /// What may come of something for the seat of a view; begins to work it out if that is not known.
    pub fn of(&mut self, words: &Words, view: &SeatView, tried: Tried, now: f64) -> Outlook {
        self.asked = true;
        let found = self.first(words, view, tried, now);
        let beside = std::mem::take(&mut self.beside);
        if !matches!(found, Outlook::Coming) && self.under_way.is_none() {
            let known = |asked: &Asked| self.kept.iter().any(|(of, _)| of.asks(asked));
            if let Some(next) = beside.into_iter().find(|asked| !known(asked)) {
                self.begin(next, words, view);
            }
        }
        found
    }

    /// The same from fewer worlds, of something shown beside what [`Forecasts::of`] is asked for: it is
    /// begun once that is there.
    pub fn beside(&mut self, words: &Words, view: &SeatView, tried: Tried) -> Outlook {
        self.collect(words, view);
        let asked = self.asked(view, tried, FEWER.min(self.runs));
        match self.kept.iter().find(|(of, _)| of.asks(&asked)) {
            Some((_, Ok(found))) => Outlook::Here(Arc::clone(found)),
            Some((_, Err(why))) => Outlook::None(why.clone()),
            None if self.runs == 0 => Outlook::None(OFF.to_owned()),
            None => {
                self.beside.push(asked);
                Outlook::Coming
            }
        }
    }

    fn asked(&self, view: &SeatView, tried: Tried, runs: u32) -> Asked {
        Asked { seat: view.seat, quarter: view.quarter, step: view.step, tried, runs }
    }

    fn first(&mut self, words: &Words, view: &SeatView, tried: Tried, now: f64) -> Outlook {
        let asked = self.asked(view, tried, self.runs);
        self.collect(words, view);
        if let Some((_, answer)) = self.kept.iter().find(|(of, _)| *of == asked) {
            return match answer {
                Ok(found) => Outlook::Here(Arc::clone(found)),
                Err(why) => Outlook::None(why.clone()),
            };
        }
        if self.runs == 0 {
            return Outlook::None(OFF.to_owned());
        }
        if let Some(going) = &self.under_way {
            if going.of != asked {
                going.stop.store(true, Ordering::Relaxed);
            }
        } else if let Some((_, since)) = self.wanted.filter(|(of, _)| *of == asked)
            && now - since >= RESTS
        {
            self.begin(asked, words, view);
            self.wanted = None;
            return Outlook::Coming;
        }
        let going = self.under_way.as_ref().is_some_and(|going| going.of == asked);
        if !going && self.wanted.is_none_or(|(of, _)| of != asked) {
            self.wanted = Some((asked, now));
        }
        Outlook::Coming
    }

    /// The last forecast of the same kind that is known: shown, faded, until the next is here.
    pub fn last(&self, seat: SeatId) -> Option<Arc<Forecast>> {
        let whole = |of: &Asked| of.seat == seat && of.runs == self.runs;
        let mine = self.kept.iter().rev().filter(|(of, _)| whole(of));
        mine.filter_map(|(_, answer)| answer.as_ref().ok()).next().map(Arc::clone)
    }

    /// What is known of the score at the close of this quarter under the plan as it is filed.
    pub fn of_the_plan(&self, view: &SeatView) -> Option<Band> {
        let filed = view
            .decided
            .iter()
            .rev()
            .find(|decision| matches!(decision, Decision::Run(_) | Decision::Steer(_)))?;
        let same = |of: &Asked| {
            let drafted = matches!(&of.tried, Tried::Plan { drafted, .. } if drafted == filed);
            drafted && (of.seat, of.quarter, of.step) == (view.seat, view.quarter, view.step)
        };
        let (_, answer) = self.kept.iter().rev().find(|(of, _)| same(of))?;
        let first = answer.as_ref().ok()?.quarters.first()?;
        (first.quarter == view.quarter).then_some(first.score.signed)
    }

    /// Stops whatever is being made: the world moves on.
    pub fn stop(&mut self) {
        self.wanted = None;
        self.beside.clear();
        self.kept.clear();
        if let Some(going) = self.under_way.take() {
            going.stop.store(true, Ordering::Relaxed);
            going.task.detach();
        }
    }

    /// When there will be something to see or to do, seconds.
    pub fn wakes_in(&self, now: f64) -> Option<f64> {
        if self.under_way.is_some() {
            return Some(0.05);
        }
        self.wanted.map(|(_, since)| (since + RESTS - now).max(0.01))
    }

    fn begin(&mut self, asked: Asked, words: &Words, view: &SeatView) {
        let stop = Arc::new(AtomicBool::new(false));
        // One processor is left to the window.
        let threads = bevy::tasks::available_parallelism().saturating_sub(1).max(1);
        let horizon = Horizon { runs: asked.runs, threads, ..Horizon::default() };
        let Some(pool) = AsyncComputeTaskPool::try_get() else {
            let found = forecast_until(view, asked.tried, horizon, &stop);
            self.keep(asked, found, words, view);
            return;
        };
        let (view, until) = (view.clone(), Arc::clone(&stop));
        let task = pool.spawn(async move { forecast_until(&view, asked.tried, horizon, &until) });
        self.under_way = Some(UnderWay { of: asked, task, stop });
    }

    fn collect(&mut self, words: &Words, view: &SeatView) {
        let Some(going) = &mut self.under_way else { return };
        let Some(found) = check_ready(&mut going.task) else { return };
        let of = going.of;
        self.under_way = None;
        self.keep(of, found, words, view);
    }

    fn keep(
        &mut self,
        of: Asked,
        found: Result<Forecast, NoForecast>,
        words: &Words,
        view: &SeatView,
    ) {
        let answer = match found {
            Ok(found) => Ok(Arc::new(found)),
            Err(NoForecast::Stopped) => return,
            Err(NoForecast::Refused(refusal)) => {
                Err(refusals::sentence(words, &view.deals, view.step, &refusal))
            }
            Err(error) => Err(format!("There is no forecast: {error}.")),
        };
        if self.kept.len() >= KEPT {
            self.kept.drain(..1);
        }
        self.kept.push((of, answer));
    }
}
