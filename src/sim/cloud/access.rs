//! Access: the best models a cloud's customers can use, as one number.

use bevy::prelude::*;

use super::{CloudBusiness, CloudInputs};
use crate::ids::FirmId;
use crate::sim::capability::{Capability, Frontier};
use crate::sim::cause::{Input, Ledger, Owner};
use crate::sim::deal::appraise::inclusive_value;
use crate::sim::deal::{AccessTier, Deal};
use crate::sim::decision::LabPlan;
use crate::sim::fact::{Fact, FactId, Facts, Provider};
use crate::sim::lab::tier_held;
use crate::sim::setting::{Clock, Giant, Lab, ProviderIndex, Roster};

/// A move of access worth a fact of its own, points.
const NEWS_POINTS: f64 = 1.0;

/// Computes every provider's access anew: own models, labs' by tier, open weights as the floor.
pub fn open_access(
    clock: Res<Clock>,
    roster: Res<Roster>,
    frontier: Res<Frontier>,
    mut facts: ResMut<Facts>,
    mut ledger: ResMut<Ledger>,
    models: Query<&Capability>,
    deals: Query<&Deal>,
    labs: Query<(&Lab, &LabPlan)>,
    mut clouds: Query<(&ProviderIndex, &mut CloudInputs, Option<&Giant>), With<CloudBusiness>>,
) {
    for &entity in &roster.providers {
        let Ok((_, mut inputs, giant)) = clouds.get_mut(entity) else { continue };
        let own = models.get(entity).ok().map(|own| own.points);
        let licences = roster.deals.iter().filter_map(|&deal| deals.get(deal).ok());
        let before = inputs.access;
        let (after, fact) = match giant {
            Some(giant) => {
                let held = roster.labs.iter().filter_map(|&entity| {
                    let (lab, plan) = labs.get(entity).ok()?;
                    let pair = (giant.0, lab.0);
                    let tier = tier_held(pair, plan.access, licences.clone(), clock.quarter);
                    let own = licences.clone().filter(|deal| (deal.giant, deal.lab) == pair);
                    let least = own.map(|deal| deal.discount_at(clock.quarter));
                    let discount = least.fold(tier.discount_points(), f64::min);
                    Some(models.get(entity).ok()?.points - discount)
                });
                let access = access_points(own, held, frontier.open_weights, frontier.points);
                (access, moved_by(giant.0, before, access, inputs.access_fact, &mut facts))
            }
            None => {
                let nothing = std::iter::empty();
                (access_points(own, nothing, frontier.open_weights, frontier.points), None)
            }
        };
        let provider = giant.map_or(Provider::Others, |giant| Provider::Giant(giant.0));
        ledger.record(Owner::Provider(provider), Input::Access, before, after, fact);
        inputs.access = after;
        inputs.access_fact = fact;
    }
}

/// The inclusive value of all models at hand, points from the frontier.
pub fn access_points(
    own: Option<f64>,
    licensed: impl Iterator<Item = f64>,
    open_weights: f64,
    frontier: f64,
) -> f64 {
    let all = licensed.chain(own).chain([open_weights]);
    inclusive_value(all.map(|points| points - frontier))
}

/// The fact behind a move: this quarter's signature or lapse of a licence, else the move itself when
/// it is large, else the fact of before.
fn moved_by(
    firm: FirmId,
    before: f64,
    after: f64,
    last: Option<FactId>,
    facts: &mut Facts,
) -> Option<FactId> {
    if before == after {
        return last;
    }
    let licence = facts.iter().find_map(|(id, fact)| match fact {
        Fact::Signed { giant, sheet, .. } if *giant == firm => {
            (sheet.access != AccessTier::None || sheet.licence_quarters > 0).then_some(id)
        }
        Fact::AccessLapsed { giant, .. }
        | Fact::LicenceLapsed { giant, .. }
        | Fact::DealEnded { giant, .. }
            if *giant == firm =>
        {
            Some(id)
        }
        Fact::AccessPolicyChanged { .. } => Some(id),
        _ => None,
    });
    if (after - before).abs() < NEWS_POINTS {
        return licence.or(last);
    }
    let moved = facts.push(Fact::AccessMoved { firm, from_points: before, to_points: after });
    licence.or(Some(moved))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_weights_are_the_floor_and_a_licence_lifts_access() {
        let without = access_points(None, std::iter::empty(), 148.0, 156.0);
        let with = access_points(None, [154.0].into_iter(), 148.0, 156.0);
        assert!((without + 8.0).abs() < 1e-9);
        assert!(with > -2.0 && with < 0.0, "{with}");
    }
}
