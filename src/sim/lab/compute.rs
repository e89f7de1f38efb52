//! The compute a lab rents, and from whom.

use bevy::prelude::*;

use super::Compute;
use crate::ids::FirmId;
use crate::level;
use crate::sim::cloud::{CloudBusiness, CloudResult, rules as cloud};
use crate::sim::deal::{Deal, Exclusivity};
use crate::sim::decision::LabPlan;
use crate::sim::setting::{Clock, Lab, Roster, Setting};
use crate::units::Quarter;

/// Compute at the end of a quarter under a lab's level plan, gigawatts. The plan names the ends of
/// years; within a year growth is even; after the last year named it goes on as in that year.
pub fn planned_compute(lab: &level::Lab, quarter: Quarter) -> f64 {
    let opening: f64 = lab.compute_gw.iter().sum();
    let plan = &lab.compute_plan_gw;
    let Some(last) = plan.len().checked_sub(1) else { return opening };
    let year = (quarter.0.saturating_sub(1) / 4) as usize;
    let year = year.min(last);
    let start = if year == 0 { opening } else { plan[year - 1] };
    let gone = f64::from(quarter.0) - 4.0 * year as f64;
    start * libm::pow(plan[year] / start, gone / 4.0)
}

/// Compute a lab's level plan adds in a quarter, gigawatts.
pub fn planned_step(lab: &level::Lab, quarter: Quarter) -> f64 {
    planned_compute(lab, quarter) - planned_compute(lab, Quarter(quarter.0.saturating_sub(1)))
}

/// Compute a lab comes to in each of the twelve quarters from `first` on: its plan at this pace, or
/// what its deals commit it to where that is more.
pub fn compute_ahead<'a>(
    lab: &level::Lab,
    compute: &Compute,
    pace: f64,
    deals: impl Iterator<Item = &'a Deal> + Clone,
    first: Quarter,
) -> [f64; 12] {
    let mut total = compute.total();
    let mut committed_before: f64 = committed(compute, deals.clone(), Quarter(first.0 - 1));
    let mut ahead = [0.0; 12];
    for (number, each) in ahead.iter_mut().enumerate() {
        let quarter = first.plus(number as u32);
        let committed_now = committed(compute, deals.clone(), quarter);
        let step = (committed_now - committed_before).max(0.0);
        total += step.max(planned_step(lab, quarter) * pace);
        committed_before = committed_before.max(committed_now);
        *each = total;
    }
    ahead
}

/// Gigawatts that deals commit a lab to beyond what it rents now, over all giants.
fn committed<'a>(
    compute: &Compute,
    deals: impl Iterator<Item = &'a Deal> + Clone,
    quarter: Quarter,
) -> f64 {
    let giants = (0..compute.gw.len() as u8 - 1).map(FirmId);
    giants.map(|giant| committed_to(giant, compute, deals.clone(), quarter)).sum()
}

/// Gigawatts that deals with one giant commit a lab to beyond what it rents there now. Of several
/// commitments to one giant the largest counts.
fn committed_to<'a>(
    giant: FirmId,
    compute: &Compute,
    deals: impl Iterator<Item = &'a Deal>,
    quarter: Quarter,
) -> f64 {
    let most = deals
        .filter(|deal| deal.giant == giant)
        .map(|deal| deal.committed_mw_at(quarter) / 1_000.0)
        .fold(0.0, f64::max);
    (most - compute.gw[giant.index()]).max(0.0)
}

/// Each lab rents more: first what it has committed to, then where its covenants and its habits
/// send it, as far as providers have room. What giants cannot deliver, others do.
pub fn rent_compute(
    clock: Res<Clock>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    deals: Query<&Deal>,
    clouds: Query<(&CloudBusiness, &CloudResult)>,
    mut labs: Query<(&Lab, &LabPlan, &mut Compute)>,
) {
    let mut room: Vec<f64> = roster
        .providers
        .iter()
        .map(|&entity| {
            clouds.get(entity).map_or(0.0, |(cloud, result)| {
                (cloud::FULL * cloud.capacity_gw - result.sold_gw).max(0.0)
            })
        })
        .collect();
    for &entity in &roster.labs {
        let Ok((lab, plan, mut compute)) = labs.get_mut(entity) else { continue };
        let held = roster.deals.iter().filter_map(|&deal| deals.get(deal).ok());
        let held: Vec<&Deal> = held.filter(|deal| deal.lab == lab.0).collect();
        let opening = &setting.level.labs[lab.0.index()];
        let wanted = planned_step(opening, clock.quarter) * plan.pace;
        let others = setting.giants();
        // What is committed and does not fit waits for its provider; what is free goes elsewhere.
        let mut free = wanted;
        for giant in (0..others as u8).map(FirmId) {
            // What the lab withholds goes where its habits send it.
            let owed =
                held.iter().copied().filter(|deal| deal.life.withheld != Some(clock.quarter));
            let due = committed_to(giant, &compute, owed, clock.quarter);
            let fits = due.min(room[giant.index()]);
            compute.gw[giant.index()] += fits;
            room[giant.index()] -= fits;
            free -= due;
        }
        for (provider, part) in free_parts(opening, &held, clock.quarter).into_iter().enumerate() {
            let more = free.max(0.0) * part;
            let fits = if provider == others { more } else { more.min(room[provider]) };
            compute.gw[provider] += fits;
            compute.gw[others] += more - fits;
            room[provider] -= fits;
        }
    }
}

/// Where compute that is not committed goes, parts of 1 by provider: to the holder of a sole-cloud
/// covenant, else where the lab's habits send it.
fn free_parts(opening: &level::Lab, deals: &[&Deal], now: Quarter) -> Vec<f64> {
    let sole = deals.iter().find(|deal| deal.exclusivity_at(now) == Exclusivity::SoleCloud);
    match sole {
        Some(deal) => {
            let mut parts = vec![0.0; opening.new_compute.len()];
            parts[deal.giant.index()] = 1.0;
            parts
        }
        None => opening.new_compute.clone(),
    }
}
