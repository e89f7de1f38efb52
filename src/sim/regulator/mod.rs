//! Regulators: how warm they are getting to each giant, what they look into, and what comes of it.

mod inquiry;
pub mod rules;
#[cfg(test)]
mod tests;

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{DealId, FirmId, LabId};
use crate::sim::capital_market::{MarketValue, News, lost_rights};
use crate::sim::cloud::CloudResult;
use crate::sim::cloud::rules::herfindahl;
use crate::sim::deal::{CapTable, Clause, Deal, Holder};
use crate::sim::decision::Decision;
use crate::sim::fact::{Fact, Facts};
use crate::sim::lab::{Compute, Trust};
use crate::sim::setting::{Clock, Giant, Orders, Roster};
use crate::sim::turn::TurnSystems;
use crate::units::{Money, Quarter};

/// Regulatory heat, 0 to 1.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Heat(pub f64);

/// What regulators have under way against a giant.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scrutiny {
    pub inquiry: Option<Inquiry>,
    /// No inquiry is opened before this quarter.
    pub quiet_until: Quarter,
    /// Its cloud has to be interoperable until this quarter.
    pub interoperable_until: Quarter,
}

/// An inquiry under way. Its dates are public.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inquiry {
    pub subject: Subject,
    pub opened: Quarter,
    /// It ends with the close of this quarter.
    pub ends: Quarter,
    /// Clauses the giant gave up meanwhile.
    pub loosened: u32,
}

/// What an inquiry looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// A giant's hold on a lab: its stake and all its deals there.
    Lab(LabId),
    /// Its power in the cloud market.
    Cloud,
}

/// What an inquiry that was not cleared ends in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Remedy {
    /// A clause of a deal is undone.
    Undone {
        deal: DealId,
        clause: Clause,
    },
    /// A tranche that was still to come may not be paid.
    TrancheStopped {
        deal: DealId,
        amount: Money,
    },
    /// A commitment may not grow beyond what it is.
    CommitmentStopped {
        deal: DealId,
        megawatts: u32,
    },
    /// Customers must be able to leave the cloud with ease.
    Interoperable {
        until: Quarter,
    },
    Fined {
        amount: Money,
    },
}

/// Trust a lab gains in a giant that loosens its hold of its own accord (assumed).
const TRUST_LOOSENED: f64 = 0.05;

pub(super) fn plugin(close: &mut Schedule) {
    close.add_systems(
        (loosen, take_note, inquiry::rule, inquiry::open, inquiry::free_customers)
            .chain()
            .in_set(TurnSystems::Regulate),
    );
}

/// Clauses that giants give up of their own accord.
fn loosen(
    clock: Res<Clock>,
    roster: Res<Roster>,
    orders: Res<Orders>,
    mut facts: ResMut<Facts>,
    mut deals: Query<&mut Deal>,
    mut labs: Query<(&Compute, &mut Trust)>,
    mut giants: Query<(&mut Scrutiny, &mut MarketValue)>,
) {
    for (seat, decision) in orders.iter() {
        let &Decision::Loosen { deal, clause } = decision else { continue };
        let Some(Ok(mut deal)) = roster.deals.get(deal.index()).map(|&e| deals.get_mut(e)) else {
            continue;
        };
        // A remedy or a signature of this quarter may have ended it first.
        if deal.giant.seat() != seat || !deal.can_loosen(clause, clock.quarter) {
            continue;
        }
        let (id, giant, lab) = (deal.id, deal.giant, deal.lab);
        facts.push(Fact::ClauseLoosened { deal: id, giant, lab, clause });
        let Ok((compute, mut trust)) = labs.get_mut(roster.lab(lab)) else { continue };
        trust.change(giant, TRUST_LOOSENED);
        let Ok((mut scrutiny, mut value)) = giants.get_mut(roster.giant(giant)) else { continue };
        if let Some(inquiry) = &mut scrutiny.inquiry {
            inquiry.loosened += u32::from(inquiry.concerns(lab));
        }
        let by_bn = lost_rights(&deal, clause, compute, clock.quarter);
        value.hear(giant, by_bn, News::RightsLost(id), &mut facts);
        deal.sheet = deal.loosened(clause);
    }
}

impl Inquiry {
    /// Whether giving up a clause with this lab bears on it.
    fn concerns(&self, lab: LabId) -> bool {
        self.subject == Subject::Lab(lab)
    }
}

/// Heat after the quarter.
fn take_note(
    clock: Res<Clock>,
    roster: Res<Roster>,
    orders: Res<Orders>,
    labs: Query<&CapTable>,
    deals: Query<&Deal>,
    clouds: Query<&CloudResult>,
    mut giants: Query<(&Giant, &mut Heat)>,
) {
    let share = |entity: &Entity| clouds.get(*entity).map_or(0.0, |result| result.share);
    // The many small providers add next to nothing.
    let concentration = herfindahl(roster.giants.iter().map(share));
    for &entity in &roster.giants {
        let Ok((giant, mut heat)) = giants.get_mut(entity) else { continue };
        let held: f64 = (0..roster.labs.len() as u8)
            .map(|lab| hold(giant.0, LabId(lab), clock.quarter, &roster, &labs, &deals))
            .sum();
        let (mut lobbying, mut loosened) = (0, 0);
        for decision in orders.of(giant.0.seat()) {
            match decision {
                Decision::Attend { lobbying: points, .. } => lobbying = *points,
                Decision::Loosen { .. } => loosened += 1,
                _ => {}
            }
        }
        let target = rules::heat_target(held, rules::market_heat(share(&entity), concentration));
        heat.0 = rules::heat_after(heat.0, target, lobbying, loosened);
    }
}

/// The heat of a giant's hold on a lab: its stake, the tightest of its rights, its loudest voice.
fn hold(
    firm: FirmId,
    lab: LabId,
    now: Quarter,
    roster: &Roster,
    labs: &Query<&CapTable>,
    deals: &Query<&Deal>,
) -> f64 {
    let stake = labs.get(roster.lab(lab)).map_or(0.0, |s| s.part(Holder::Seat(firm.seat())));
    if stake == 0.0 {
        return 0.0;
    }
    let (mut strictness, mut influence) = (0.0_f64, 0.0_f64);
    for deal in roster.deals.iter().filter_map(|&deal| deals.get(deal).ok()) {
        if deal.giant == firm && deal.lab == lab {
            strictness = strictness.max(deal.strictness_at(now));
            influence = influence.max(deal.influence());
        }
    }
    rules::holding_heat(stake, strictness, influence)
}
