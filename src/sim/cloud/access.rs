//! Access: the best models a cloud's customers can use, as one number.

use bevy::prelude::*;

use super::clearing::{ModelsAtHand, Resold};
use super::{CloudBusiness, CloudInputs};
use crate::ids::{FirmId, LabId};
use crate::sim::capability::{Capability, Frontier};
use crate::sim::cause::Ledger;
use crate::sim::deal::Deal;
use crate::sim::deal::appraise::inclusive_value;
use crate::sim::decision::{AccessPolicy, LabPlan};
use crate::sim::fact::{Fact, Facts};
use crate::sim::lab::tier_held;
use crate::sim::setting::{Clock, Giant, Lab, ProviderIndex, Roster};
use crate::units::Quarter;

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
    let mut all = Vec::with_capacity(roster.providers.len());
    for &entity in &roster.providers {
        let Ok((_, mut inputs, giant)) = clouds.get_mut(entity) else { continue };
        let own = models.get(entity).ok().map(|own| own.points - frontier.points);
        let open_weights = frontier.open_weights - frontier.points;
        let mut at_hand = ModelsAtHand { own, open_weights, ..ModelsAtHand::default() };
        if let Some(giant) = giant {
            for (place, &entity) in roster.labs.iter().enumerate() {
                let Ok(((lab, plan), models)) =
                    labs.get(entity).and_then(|lab| Ok((lab, models.get(entity)?)))
                else {
                    continue;
                };
                let pair = (giant.0, lab.0);
                let signed = roster.deals.iter().filter_map(|&deal| deals.get(deal).ok());
                let gap = models.points - frontier.points;
                at_hand.labs[place] = resold(pair, plan.access, signed, clock.quarter, gap);
            }
            let after = at_hand.access();
            if (after - inputs.access).abs() >= NEWS_POINTS {
                let (from_points, to_points) = (inputs.access, after);
                facts.push(Fact::AccessMoved { firm: giant.0, from_points, to_points });
            }
        }
        inputs.access = at_hand.access();
        all.push(at_hand);
    }
    ledger.inputs.models = all;
}

/// A lab's models as a giant resells them: by the best of its deals, or because the lab opens them to
/// all; nothing if neither.
pub(in crate::sim) fn resold<'a>(
    pair: (FirmId, LabId),
    policy: AccessPolicy,
    signed: impl Iterator<Item = &'a Deal> + Clone,
    now: Quarter,
    gap: f64,
) -> Option<Resold> {
    let tier = tier_held(pair, policy, signed.clone(), now);
    let own = signed.filter(|deal| (deal.giant, deal.lab) == pair);
    let best = own.map(|deal| (deal.discount_at(now), deal.id));
    let best = best.filter(|(discount, _)| discount.is_finite());
    let best = best.min_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)));
    let open = tier.discount_points();
    match best {
        Some((discount, deal)) if discount <= open => {
            Some(Resold { gap, discount, deal: Some(deal) })
        }
        _ if open.is_finite() => Some(Resold { gap, discount: open, deal: None }),
        _ => None,
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
