//! The compute a lab rents, and from whom.

use bevy::prelude::*;

use super::Compute;
use crate::ids::{FirmId, LabId};
use crate::level;
use crate::sim::cloud::{CloudBusiness, CloudResult, rules as cloud};
use crate::sim::deal::{Deal, Exclusivity};
use crate::sim::decision::LabPlan;
use crate::sim::setting::{Clock, Lab, Roster, Setting};
use crate::units::Quarter;

/// Growth of a lab's compute in a quarter under its level's plan, part of 1. The plan names the ends
/// of years; within a year growth is even; after the last year named it goes on as in that year.
pub fn planned_growth(lab: &level::Lab, quarter: Quarter) -> f64 {
    let year = ((quarter.0.max(1) - 1) / 4) as usize;
    let plan = &lab.compute_plan_gw;
    let Some(last) = plan.len().checked_sub(1) else { return 0.0 };
    let year = year.min(last);
    let start = if year == 0 { lab.compute_gw.iter().sum() } else { plan[year - 1] };
    libm::pow(plan[year] / start, 0.25) - 1.0
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
        let wanted = compute.total() * planned_growth(opening, clock.quarter) * plan.pace;
        let increments =
            place(wanted, opening, &compute, &held, clock.quarter, setting.giants(), lab.0);
        let others = setting.giants();
        for (provider, more) in increments.into_iter().enumerate() {
            let fits = if provider == others { more } else { more.min(room[provider]) };
            compute.gw[provider] += fits;
            compute.gw[others] += more - fits;
            room[provider] -= fits;
        }
    }
}

/// Where new compute goes, gigawatts by provider.
fn place(
    wanted: f64,
    opening: &level::Lab,
    compute: &Compute,
    deals: &[&Deal],
    now: Quarter,
    giants: usize,
    lab: LabId,
) -> Vec<f64> {
    let mut more = vec![0.0; giants + 1];
    for giant in (0..giants as u8).map(FirmId) {
        let committed: f64 = deals
            .iter()
            .filter(|deal| deal.giant == giant && deal.lab == lab)
            .map(|deal| deal.committed_mw_at(now) / 1_000.0)
            .fold(0.0, f64::max);
        more[giant.index()] = (committed - compute.gw[giant.index()]).max(0.0);
    }
    let free = (wanted - more.iter().sum::<f64>()).max(0.0);
    let sole = deals.iter().find(|deal| deal.exclusivity_at(now) == Exclusivity::SoleCloud);
    match sole {
        Some(deal) => more[deal.giant.index()] += free,
        None => {
            for (more, part) in more.iter_mut().zip(&opening.new_compute) {
                *more += free * part;
            }
        }
    }
    more
}
