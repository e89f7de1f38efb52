//! Plans take effect at the start of the close. Silence repeats last quarter's plan.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{FirmId, SegmentId};
use crate::sim::decision::{Decision, GiantPlan, LabPlan, MAX_SEGMENTS};
use crate::sim::fact::{Fact, FactId, Facts};
use crate::sim::setting::{Giant, Lab, Orders, Roster, Setting};
use crate::sim::turn::TurnSystems;

/// The facts that last changed each lever of a giant: what later effects are traced back to.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PlanFacts {
    pub price: [Option<FactId>; MAX_SEGMENTS],
    pub push: Option<FactId>,
    pub order: Option<FactId>,
    pub research: Option<FactId>,
}

pub(super) fn plugin(close: &mut Schedule) {
    close.add_systems((file_giant_plans, file_lab_plans).chain().in_set(TurnSystems::Plans));
}

pub(super) fn file_giant_plans(
    orders: Res<Orders>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut facts: ResMut<Facts>,
    mut giants: Query<(&Giant, &mut GiantPlan, &mut PlanFacts)>,
) {
    for &entity in &roster.giants {
        let Ok((giant, mut plan, mut tags)) = giants.get_mut(entity) else { continue };
        let filed = orders.of(giant.0.seat()).iter().find_map(|decision| match decision {
            Decision::Run(plan) => Some(*plan),
            _ => None,
        });
        if let Some(new) = filed {
            let segments = setting.level.segments.len();
            note_changes(giant.0, segments, &plan, &new, &mut facts, &mut tags);
            *plan = new;
        }
    }
}

fn note_changes(
    firm: FirmId,
    segments: usize,
    old: &GiantPlan,
    new: &GiantPlan,
    facts: &mut Facts,
    tags: &mut PlanFacts,
) {
    for segment in 0..segments {
        let (from, to) = (old.price[segment], new.price[segment]);
        if from != to {
            let fact = Fact::PriceChanged { firm, segment: SegmentId(segment as u8), from, to };
            tags.price[segment] = Some(facts.push(fact));
        }
    }
    if old.push != new.push {
        tags.push = Some(facts.push(Fact::PushChanged { firm, segment: new.push }));
    }
    if old.order_gw != new.order_gw {
        let fact = Fact::OrderChanged { firm, from_gw: old.order_gw, to_gw: new.order_gw };
        tags.order = Some(facts.push(fact));
    }
    if old.research_bn != new.research_bn {
        let fact = Fact::ResearchChanged { firm, from_bn: old.research_bn, to_bn: new.research_bn };
        tags.research = Some(facts.push(fact));
    }
    if old.chip_price != new.chip_price {
        facts.push(Fact::ChipPriceChanged { firm, from: old.chip_price, to: new.chip_price });
    }
    if old.favoured != new.favoured {
        facts.push(Fact::FavourChanged { firm, favoured: new.favoured });
    }
}

pub(super) fn file_lab_plans(
    orders: Res<Orders>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut facts: ResMut<Facts>,
    mut labs: Query<(&Lab, &mut LabPlan)>,
) {
    for &entity in &roster.labs {
        let Ok((lab, mut plan)) = labs.get_mut(entity) else { continue };
        let filed = orders.of(setting.lab_seat(lab.0)).iter().find_map(|decision| match decision {
            Decision::Steer(plan) => Some(*plan),
            _ => None,
        });
        if let Some(new) = filed
            && new != *plan
        {
            if plan.access != new.access {
                facts.push(Fact::AccessPolicyChanged { lab: lab.0, policy: new.access });
            }
            *plan = new;
            facts.push(Fact::LabPlanChanged { lab: lab.0 });
        }
    }
}
