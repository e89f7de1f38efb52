//! How bots run a lab's process, and what they make of it from a giant's seat.
//!
//! A lab calls for a competition when several suitors are keen, offers talks alone when one is much
//! keener than the rest and money is short, and talks privately otherwise. In a competition there is
//! no second chance, so a giant bids the nearer to its limit the more bidders there are.

use crate::ids::{FirmId, LabId};
use crate::sim::deal::Clause;
use crate::sim::deal::appraise::round_to;
use crate::sim::deal::brief::Brief;
use crate::sim::decision::Decision;
use crate::sim::lab::morale;
use crate::sim::process::{Convening, MOST_FEE_BN, Procedure, Refused, Template};
use crate::sim::view::{SeatView, TableView};

/// A suitor counts as keen from this part of the keenest's surplus (assumed).
const KEEN: f64 = 0.6;
/// The part of a suitor's surplus a lab asks for talks alone, and the most of it a giant pays
/// (assumed).
const FEE_ASKED: f64 = 0.06;
const FEE_PAID: f64 = 0.10;
/// Runway below which a fee is worth shutting the others out, quarters.
const SHORT: f64 = 3.0;
/// Least fee worth a word, $bn.
const LEAST_FEE_BN: f64 = 0.05;
/// A lab's template asks for this much above its value.
const ASKED_ABOVE: f64 = 1.15;
/// Independence above its charter's floor below which a lab refuses what would cost more of it.
const NEAR_THE_FLOOR: f64 = 0.12;
/// Morale a lab keeps above the point where talent leaves.
const SPARE_MORALE: f64 = 0.03;
/// Where in the zone of agreement a bidder bids when it knows of no other.
const LONE_BID: f64 = 0.5;

/// The process a lab convenes for the next quarter, if it is another than the one in force.
pub(super) fn convene(view: &SeatView, lab: LabId, briefs: &[Brief]) -> Option<Decision> {
    let process = view.processes[lab.index()].process;
    let in_force = match process.procedure {
        Procedure::NoShop { .. } => Procedure::Private,
        other => other,
    };
    let procedure = best_procedure(view, lab, briefs);
    let template = template(view, lab);
    // A template that would change by little stays as it is.
    let template = match (process.template, template) {
        (Some(old), Some(new)) if old.refuses == new.refuses => {
            let moved = (new.pre_money.bn() / old.pre_money.bn() - 1.0).abs();
            Some(if moved < 0.15 { old } else { new })
        }
        (_, new) => new,
    };
    let changes = procedure != in_force || template != process.template;
    changes.then_some(Decision::Convene(Convening { procedure, template }))
}

fn best_procedure(view: &SeatView, lab: LabId, briefs: &[Brief]) -> Procedure {
    if briefs.first().is_none_or(|brief| brief.lab_case.need_bn <= 0.0) {
        return Procedure::Private;
    }
    let (mut best, mut second): ((f64, FirmId), f64) = ((0.0, FirmId(0)), 0.0);
    for brief in briefs.iter().filter(|brief| !barred(view, brief.firm, lab)) {
        let surplus = brief.reference.surplus_bn;
        if surplus > best.0 {
            second = best.0;
            best = (surplus, brief.firm);
        } else {
            second = second.max(surplus);
        }
    }
    let (surplus, with) = best;
    if second > KEEN * surplus && its_round_is_due(view, lab) {
        return Procedure::Competitive;
    }
    let runway = view.labs[lab.index()].runway_quarters.or(12.0);
    let fee = round_to((FEE_ASKED * surplus).min(MOST_FEE_BN), 2);
    if runway < SHORT && fee.bn() >= LEAST_FEE_BN {
        return Procedure::NoShop { with, fee };
    }
    Procedure::Private
}

/// A bot calls a competition at most once a year, labs in turn: between them there is talk.
fn its_round_is_due(view: &SeatView, lab: LabId) -> bool {
    (view.quarter.next().0 + 2 * u32::from(lab.0)).is_multiple_of(4)
}

fn barred(view: &SeatView, firm: FirmId, lab: LabId) -> bool {
    let next = view.quarter.next();
    view.deals.iter().any(|deal| deal.lab == lab && deal.bars_at(next, firm.seat()))
}

/// What a lab publishes: its need at a price above its value; near its charter's floor it refuses
/// what would take more of its freedom.
fn template(view: &SeatView, lab: LabId) -> Option<Template> {
    let figures = &view.published.labs[lab.index()];
    let slack = figures.independence - view.level.labs[lab.index()].independence_floor;
    let mut refuses = Refused::NONE;
    if slack < NEAR_THE_FLOOR {
        refuses = refuses.with(Clause::Board).with(Clause::Exclusivity).with(Clause::Access);
    }
    let burn = view.labs[lab.index()].burn_8_bn.or(0.0);
    (refuses != Refused::NONE && burn > 0.1).then(|| Template {
        amount: round_to(burn, 2),
        pre_money: round_to(ASKED_ABOVE * figures.fundamental_bn, 3),
        refuses,
    })
}

/// A giant pays for talks alone when the fee is small against what it hopes to gain.
pub(super) fn pays_for_talks_alone(
    view: &SeatView,
    table: &TableView,
    brief: &Brief,
) -> Option<Decision> {
    let process = &view.processes[table.lab.index()].process;
    let Procedure::NoShop { with, fee } = process.procedure else { return None };
    let rivals = f64::from(brief.giant_case.threat.rivals.max(1));
    let feared = 1.0 - libm::pow(0.7, rivals);
    let worth = FEE_PAID * brief.reference.surplus_bn.max(0.0) * (0.5 + feared);
    let pays = with == table.giant && !process.paid && fee.bn() <= worth && fee <= view.cash;
    pays.then_some(Decision::BuyNoShop { of: table.with })
}

/// Whether a seat may say anything at a table this quarter, as far as the lab's process goes.
pub(super) fn may_talk(view: &SeatView, table: &TableView) -> bool {
    let process = &view.processes[table.lab.index()].process;
    process.alone_with().is_none_or(|with| with == table.giant)
}

/// Whether a table's lab holds a competition.
pub(super) fn competes(view: &SeatView, table: &TableView) -> bool {
    view.processes[table.lab.index()].process.procedure == Procedure::Competitive
}

/// Where in the zone of agreement a sealed bid lies: of n bidders each leaves itself an n-th of what
/// it could pay, as in a first-price auction (Vickrey 1961).
pub(super) fn bid_way(view: &SeatView, table: &TableView) -> f64 {
    let known = view.processes[table.lab.index()].bidders;
    let others = known.saturating_sub(u32::from(table.mine.offer.is_some()));
    let bidders = f64::from(others + 1);
    ((bidders - 1.0) / bidders).max(LONE_BID)
}

/// What a lab's attention goes to: its people, as far as they need it, then recruiting.
pub(super) fn care(view: &SeatView, lab: LabId) -> Option<Decision> {
    let morale = view.published.labs[lab.index()].morale;
    let left = view.attention_left;
    let short = (morale::CONTENT + SPARE_MORALE - morale).max(0.0);
    let retreat = (libm::ceil(short / morale::RETREAT) as u32).min(left);
    (left > 0).then_some(Decision::Staff { retreat, recruiting: left - retreat })
}
