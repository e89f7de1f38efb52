//! Capability: how good everybody's models are.

pub mod rules;

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::SeatId;
use crate::level::Level;
use crate::sim::cause::{Ledger, Licence, Team};
use crate::sim::deal::Deal;
use crate::sim::decision::{GiantPlan, LabPlan};
use crate::sim::fact::{Fact, Facts};
use crate::sim::happenings::Weather;
use crate::sim::lab::{Compute, Staff};
use crate::sim::plans::PlanFacts;
use crate::sim::rng::Purpose;
use crate::sim::setting::{Clock, Giant, Lab, Roster, Setting};
use crate::sim::turn::TurnSystems;

/// A team's models, a lab's or a giant's own.
#[derive(Component, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Capability {
    /// Points of the Epoch Capabilities Index.
    pub points: f64,
    /// Talent and method, points.
    pub talent: f64,
}

/// A giant's own research.
#[derive(Component, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Research {
    /// Compute it runs on, gigawatts.
    pub gw: f64,
    /// Budget that its core margin already pays for, $bn a quarter.
    pub opening_bn: f64,
}

/// The state of the art.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Frontier {
    /// The best model of any seat, points, and whose it is.
    pub points: f64,
    pub leader: SeatId,
    pub open_weights: f64,
    /// Common progress since the end of 2025, points.
    pub common: f64,
}

pub(super) fn plugin(close: &mut Schedule) {
    close.add_systems(
        (advance_common, train_labs, train_giants, move_frontier)
            .chain()
            .in_set(TurnSystems::Train),
    );
}

/// Points everybody gains in a quarter of this level: methods add to them from the quarter they came
/// up in until a scaling wall, the level's own, or while one that has happened stands.
fn common_step(level: &Level, weather: &Weather, quarters_gone: u32) -> f64 {
    let progress = &level.progress;
    let walled = weather.wall > 0
        || progress.scaling_wall_after_quarters.is_some_and(|wall| quarters_gone > wall);
    let now = level.opening.plus(quarters_gone);
    let known =
        (now.year, now.quarter) >= (progress.methods_from.year, progress.methods_from.quarter);
    rules::common_progress(if known && !walled { progress.method_points_per_year } else { 0.0 })
}

pub(super) fn advance_common(
    clock: Res<Clock>,
    setting: Res<Setting>,
    weather: Res<Weather>,
    mut frontier: ResMut<Frontier>,
) {
    frontier.common += common_step(&setting.level, &weather, clock.quarter.0);
}

fn train_labs(
    clock: Res<Clock>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    frontier: Res<Frontier>,
    mut ledger: ResMut<Ledger>,
    mut labs: Query<(&Lab, &Compute, &LabPlan, &Staff, &mut Capability)>,
) {
    for &entity in &roster.labs {
        let Ok((lab, compute, plan, staff, mut models)) = labs.get_mut(entity) else { continue };
        let seat = setting.lab_seat(lab.0);
        let opening = &setting.level.labs[lab.0.index()];
        let drift = staff.talent_change;
        let luck = setting.stream(&clock, Purpose::Research, seat).normal() * rules::RESEARCH_LUCK;
        models.talent += (drift + luck).clamp(-rules::TALENT_STEP, rules::TALENT_STEP);
        let lost = lost_on_chips(&setting, compute);
        let training = (compute.total() - lost) * plan.training / opening.training;
        models.points = rules::capability(training, frontier.common) + models.talent;
        ledger.inputs.teams.push(Team {
            seat,
            compute_gw: compute.gw.clone(),
            lost_gw: lost,
            training: plan.training / opening.training,
            common: frontier.common,
            staff: drift,
            luck,
            talent: models.talent,
            licence: None,
            fact: None,
        });
    }
}

/// Gigawatts' worth of a lab's compute lost on chips its models were not written for.
fn lost_on_chips(setting: &Setting, compute: &Compute) -> f64 {
    let giants = setting.level.giants.iter().zip(&compute.on_chips);
    giants.filter(|(_, gw)| **gw > 0.0).map(|(giant, gw)| giant.chip_handicap() * gw).sum()
}

fn train_giants(
    clock: Res<Clock>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    frontier: Res<Frontier>,
    mut ledger: ResMut<Ledger>,
    deals: Query<&Deal>,
    labs: Query<(&Lab, &Capability), Without<Giant>>,
    mut giants: Query<(&Giant, &GiantPlan, &PlanFacts, &mut Research, &mut Capability)>,
) {
    for &entity in &roster.giants {
        let Ok((giant, plan, tags, mut research, mut models)) = giants.get_mut(entity) else {
            continue;
        };
        let seat = giant.0.seat();
        let luck = setting.stream(&clock, Purpose::Research, seat).normal() * rules::RESEARCH_LUCK;
        models.talent += luck.clamp(-rules::TALENT_STEP, rules::TALENT_STEP);
        research.gw = rules::research_compute(research.gw, plan.research_bn);
        let own = rules::capability(research.gw, frontier.common) + models.talent;
        let held = roster.deals.iter().filter_map(|&deal| deals.get(deal).ok());
        let licence = held
            .filter(|deal| deal.giant == giant.0 && deal.licence_at(clock.quarter))
            .filter_map(|deal| {
                let (_, lab) = labs.get(roster.lab(deal.lab)).ok()?;
                Some(Licence { deal: deal.id, points: lab.points - rules::BEHIND_A_LICENCE })
            })
            .max_by(|one, other| one.points.total_cmp(&other.points));
        models.points = licence.map_or(own, |licence| own.max(licence.points));
        ledger.inputs.teams.push(Team {
            seat,
            compute_gw: vec![research.gw],
            lost_gw: 0.0,
            training: 1.0,
            common: frontier.common,
            staff: 0.0,
            luck,
            talent: models.talent,
            licence,
            fact: tags.research,
        });
    }
}

/// Finds the frontier and lets open weights follow it.
fn move_frontier(
    clock: Res<Clock>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    weather: Res<Weather>,
    mut frontier: ResMut<Frontier>,
    mut facts: ResMut<Facts>,
    models: Query<&Capability>,
) {
    let seats = roster.giants.iter().chain(&roster.labs).enumerate();
    let best = seats
        .filter_map(|(seat, &entity)| Some((SeatId(seat as u8), models.get(entity).ok()?.points)))
        .max_by(|one, other| one.1.total_cmp(&other.1));
    let Some((leader, points)) = best else { return };
    if leader != frontier.leader {
        facts.push(Fact::FrontierPassed { by: leader, points });
    }
    frontier.leader = leader;
    frontier.points = points;
    let step = common_step(&setting.level, &weather, clock.quarter.0);
    frontier.open_weights =
        rules::open_weights_after(frontier.open_weights, step, points).min(points);
}
