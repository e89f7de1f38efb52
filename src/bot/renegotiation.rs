//! How bots renegotiate: a giant extends access before it runs out, a lab buys itself free of
//! exclusivity, where the change pays both; and who was wronged leaves a deal that costs it.

use super::process;
use crate::ids::{LabId, Role};
use crate::sim::deal::appraise::round_to;
use crate::sim::deal::brief::{Brief, within_covenants};
use crate::sim::deal::renegotiation::InForce;
use crate::sim::deal::{AccessTier, Exclusivity, TermSheet};
use crate::sim::decision::Decision;
use crate::sim::negotiation::Side;
use crate::sim::setting::Step;
use crate::sim::view::{SeatView, TableView};

/// Access is extended when it has so few quarters left, to so many (assumed).
const RUNS_OUT: u8 = 3;
const EXTENDED: u8 = 8;
/// Quarters for which a deal is left as it is (assumed).
const AT_REST: u32 = 2;
/// Least gain worth rewriting a deal, $bn (assumed).
const LEAST_BN: f64 = 0.1;
/// The part of a lab's cash it pays for a release at most (assumed).
const MOST_OF_CASH: f64 = 0.1;

/// One offer to renegotiate, in the first round, at a table where nothing else goes on.
pub(super) fn offer(view: &SeatView, briefs: &[Brief], decided: &[Decision]) -> Option<Decision> {
    if view.step != Step::Offers(0) {
        return None;
    }
    let tables = decided.iter().filter(|decision| decision.counterpart().is_some()).count();
    let waivers = decided.len() - tables;
    if matches!(view.role, Role::Giant(_)) && view.attention_left as usize <= tables + waivers {
        return None;
    }
    let busy = |table: &TableView| {
        table.open
            || table.closed_until > view.quarter
            || table.agreed.is_some()
            || !process::may_talk(view, table)
            || process::competes(view, table)
            || decided.iter().any(|decision| decision.counterpart() == Some(table.with))
    };
    let offers = view.tables.iter().zip(briefs).filter(|(table, _)| !busy(table));
    let found = offers.filter_map(|(table, brief)| {
        let held = brief.in_force?;
        let deal = view.deals.iter().find(|deal| deal.id == held.deal)?;
        if view.quarter.since(deal.signed) < AT_REST {
            return None;
        }
        let (gain, sheet) = match view.role {
            Role::Giant(_) => extension(view, brief, &held)?,
            Role::Lab(lab) => loosening(view, lab, brief, &held)?,
        };
        Some((gain, Decision::Offer { to: table.with, sheet }))
    });
    found.max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, offer)| offer)
}

fn start(brief: &Brief, held: &InForce) -> TermSheet {
    let pre_money = round_to(brief.lab_case.fundamental_bn, 3);
    TermSheet { pre_money, replaces: Some(held.deal), ..held.rest }
}

fn values(brief: &Brief, sheet: &TermSheet) -> (f64, f64) {
    (brief.appraise(Side::Giant, sheet).value(), brief.appraise(Side::Lab, sheet).value())
}

/// Access that is about to run out, for two years more.
fn extension(view: &SeatView, brief: &Brief, held: &InForce) -> Option<(f64, TermSheet)> {
    let runs_out = held.rest.access != AccessTier::None && held.rest.access_quarters <= RUNS_OUT;
    if !runs_out {
        return None;
    }
    let sheet = TermSheet { access_quarters: EXTENDED, ..start(brief, held) };
    let sheet = within_covenants(view, brief.firm, brief.lab, sheet)?;
    let (mine, theirs) = values(brief, &sheet);
    (sheet.access_quarters == EXTENDED && mine >= LEAST_BN && theirs >= 0.0)
        .then_some((mine, sheet))
}

/// Exclusivity dropped for a payment between what it is thought to cost the giant and what it frees.
fn loosening(
    view: &SeatView,
    lab: LabId,
    brief: &Brief,
    held: &InForce,
) -> Option<(f64, TermSheet)> {
    if held.rest.exclusivity == Exclusivity::None || view.seat != lab.seat(view.giants()) {
        return None;
    }
    let free =
        TermSheet { exclusivity: Exclusivity::None, exclusivity_quarters: 0, ..start(brief, held) };
    let (theirs, mine) = values(brief, &free);
    let one = TermSheet { release: crate::units::Money::from_bn(1.0), ..free };
    // What a dollar paid costs the lab: both values are straight lines in it.
    let cost = mine - values(brief, &one).1;
    let (least, most) = ((-theirs).max(0.0), mine / cost.max(1.0));
    let release = round_to(0.5 * (1.1 * least + most), 2);
    let affordable = release.bn() <= MOST_OF_CASH * view.cash.bn();
    let sheet = TermSheet { release, ..free };
    // What others hold, and what its own template refuses, may not let the rest stand as it is.
    let stands = within_covenants(view, brief.firm, lab, sheet) == Some(sheet);
    let affordable = affordable && stands;
    let (theirs, mine) = values(brief, &sheet);
    (affordable && mine >= LEAST_BN && theirs >= 0.0).then_some((mine, sheet))
}

/// Deals that somebody else has broken and that cost more than they bring are ended, which is free.
pub(super) fn leave(view: &SeatView, briefs: &[Brief]) -> Vec<Decision> {
    let wronged = |brief: &&Brief| {
        let Some(held) = brief.in_force else { return false };
        let deal = view.deals.iter().find(|deal| deal.id == held.deal);
        // The brief is of the quarter's beginning: the deal may have been replaced since.
        deal.is_some_and(|deal| {
            deal.wronged(view.seat, view.quarter)
                && deal.signed < view.quarter
                && deal.in_force(view.quarter)
        })
    };
    let costs = |brief: &&Brief| {
        let Some(held) = brief.in_force else { return false };
        let nothing = TermSheet { replaces: Some(held.deal), ..TermSheet::default() };
        brief.appraise(brief.side, &nothing).value() > LEAST_BN
    };
    let ended = briefs.iter().filter(wronged).filter(costs);
    ended.filter_map(|brief| Some(Decision::Terminate { deal: brief.in_force?.deal })).collect()
}
