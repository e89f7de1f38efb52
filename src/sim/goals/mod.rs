//! Goals, scores, and the end of a quarter.

pub mod rules;

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{Role, SeatId};
use crate::level::{GoalFile, Level, Measure};
use crate::sim::deal::Deal;
use crate::sim::negotiation::Table;
use crate::sim::press::Press;
use crate::sim::setting::{Clock, Orders, Roster, Setting, Step};
use crate::sim::turn::TurnSystems;
use crate::sim::view::{Published, ScoreView};
use crate::units::Quarter;

/// Every seat's standing toward its goals.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// By seat, then goal.
    pub goals: Vec<Vec<GoalStanding>>,
}

/// Quarters a goal is a mean of at most.
pub const LONGEST_MEAN: usize = 4;

/// One goal of one seat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct GoalStanding {
    /// What it is judged on, in the measure's unit: the mean over the goal's quarters.
    pub value: f64,
    /// The quarters' own values, the latest first, and how many of them were played.
    pub recent: [f64; LONGEST_MEAN],
    pub played: u8,
    /// 0 to 1.
    pub credit: f64,
    /// Whether its deadline has passed and the credit stands.
    pub judged: bool,
}

impl GoalStanding {
    /// The standing after one more quarter.
    fn after(mut self, goal: &GoalFile, value: f64, judged: bool) -> GoalStanding {
        self.recent.rotate_right(1);
        self.recent[0] = value;
        self.played = (self.played + 1).min(LONGEST_MEAN as u8);
        self.value = rules::mean_of_recent(&self.recent[..self.played.into()], goal.over_quarters);
        self.credit = rules::credit(goal, self.value);
        self.judged = judged;
        self
    }
}

impl Scores {
    /// Standings as one seat can know them: its own as they are; others' as if their past quarters
    /// had been like the last one published.
    pub(in crate::sim) fn imagined(
        level: &Level,
        published: &Published,
        (seat, own): (SeatId, &ScoreView),
        now: Quarter,
    ) -> Scores {
        let closed = Quarter(now.0.saturating_sub(1));
        let guess = |other: SeatId, goal: &GoalFile| {
            let value = measure(goal.measure, other, level, published);
            GoalStanding {
                value,
                recent: [value; LONGEST_MEAN],
                played: closed.0.min(LONGEST_MEAN as u32) as u8,
                credit: rules::credit(goal, value),
                judged: closed.0 >= goal.by_quarter.unwrap_or(level.quarters),
            }
        };
        let goals = level.seat_ids().map(|other| match other == seat {
            true => own.goals.clone(),
            false => level.goals(other).iter().map(|goal| guess(other, goal)).collect(),
        });
        Scores { goals: goals.collect() }
    }

    /// A seat's raw score: its credits by their weights, 0 to 100.
    pub fn raw(&self, level: &Level, seat: SeatId) -> f64 {
        let standings = &self.goals[seat.index()];
        level.goals(seat).iter().zip(standings).map(|(goal, now)| goal.weight * now.credit).sum()
    }

    /// A seat's score on the level's scale.
    pub fn scaled(&self, level: &Level, seat: SeatId) -> f64 {
        rules::scaled(self.raw(level, seat), level.score_scale(seat))
    }
}

pub(super) fn plugin(close: &mut Schedule) {
    close.add_systems((judge, end_quarter).chain().in_set(TurnSystems::Judge));
}

/// What a goal measures, in the unit its level names.
pub fn measure(measure: Measure, seat: SeatId, level: &Level, published: &Published) -> f64 {
    match seat.role(level.giants.len()) {
        Role::Giant(firm) => published.giants[firm.index()].measure(measure),
        Role::Lab(lab) => published.measure_lab(measure, lab),
    }
}

/// Standing toward every goal at the end of a quarter; credits past their deadline are kept.
pub fn standings(
    level: &Level,
    published: &Published,
    before: &Scores,
    quarter: Quarter,
) -> Scores {
    let standing = |seat: SeatId, number: usize, goal: &GoalFile| {
        let old = before.goals.get(seat.index()).and_then(|goals| goals.get(number));
        let old = old.copied().unwrap_or_default();
        if old.judged {
            return old;
        }
        // The opening's figures are where a seat starts, and no quarter of its own.
        let old = if quarter.0 <= 1 { GoalStanding::default() } else { old };
        let value = measure(goal.measure, seat, level, published);
        old.after(goal, value, quarter.0 >= goal.by_quarter.unwrap_or(level.quarters))
    };
    let goals = level
        .seat_ids()
        .map(|seat| {
            let goals = level.goals(seat).iter().enumerate();
            goals.map(|(number, goal)| standing(seat, number, goal)).collect()
        })
        .collect();
    Scores { goals }
}

pub(super) fn judge(
    clock: Res<Clock>,
    setting: Res<Setting>,
    press: Res<Press>,
    mut scores: ResMut<Scores>,
) {
    *scores = standings(&setting.level, &press.0, &scores, clock.quarter);
}

/// Tables are cleared, and the next quarter begins, or the game ends.
pub(super) fn end_quarter(
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut clock: ResMut<Clock>,
    mut orders: ResMut<Orders>,
    mut tables: Query<&mut Table, Without<Deal>>,
) {
    for &entity in &roster.tables {
        if let Ok(mut table) = tables.get_mut(entity) {
            table.end_quarter();
        }
    }
    orders.clear();
    clock.step = if clock.quarter.0 >= setting.level.quarters {
        Step::Over
    } else {
        clock.quarter = clock.quarter.next();
        Step::Offers(0)
    };
}
