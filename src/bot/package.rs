//! The package a bot brings to a table: the clauses worth most to both sides together.
//!
//! A price only moves value from one side to the other, so clauses are chosen first, by the joint
//! surplus, and the price after them.

use super::clauses;
use crate::ids::SeatSet;
use crate::sim::cloud::rules::lab_bill;
use crate::sim::deal::appraise::round_to;
use crate::sim::deal::brief::Brief;
use crate::sim::deal::{AccessTier, BoardSeat, Condition, Exclusivity, TermSheet};
use crate::sim::negotiation::Side;

/// Amounts below this are not worth a table, $bn.
const LEAST_BN: f64 = 0.2;
/// Quarters of the clauses a bot offers.
const TERM: u8 = 8;
const COMMITMENT_TERM: u8 = 12;

/// The best package for a brief, priced at the lab's fundamental value, for at most so much money;
/// none if there is nothing to gain together, or too little money.
pub(super) fn package(brief: &Brief, budget_bn: f64) -> Option<TermSheet> {
    let most = budget_bn.min(brief.reference.sheet.cash.bn());
    if most < LEAST_BN {
        return None;
    }
    let start = TermSheet { cash: round_to(most, 2), ..brief.reference.sheet };
    let mut best = (joint(brief, &start), start);
    let all: [fn(&Brief, TermSheet) -> Options; 9] = [
        access,
        exclusivity,
        board,
        commitment,
        clauses::chips,
        clauses::licence,
        credits,
        barred,
        tranche,
    ];
    for options in all {
        let sheet = best.1;
        for candidate in options(brief, sheet).into_iter().flatten() {
            let value = joint(brief, &candidate);
            if value > best.0 + 1e-9 {
                best = (value, candidate);
            }
        }
    }
    (best.0 > 0.0).then_some(best.1)
}

fn joint(brief: &Brief, sheet: &TermSheet) -> f64 {
    brief.appraise(Side::Giant, sheet).value() + brief.appraise(Side::Lab, sheet).value()
}

/// Up to three other settings of one clause.
pub(super) type Options = [Option<TermSheet>; 3];

fn access(brief: &Brief, sheet: TermSheet) -> Options {
    if !brief.giant_case.has_cloud {
        return [None; 3];
    }
    let with = |access| {
        let access_quarters = if access == AccessTier::None { 0 } else { TERM };
        Some(TermSheet { access, access_quarters, ..sheet })
    };
    [with(AccessTier::Resale), with(AccessTier::Early), with(AccessTier::Exclusive)]
}

fn exclusivity(brief: &Brief, sheet: TermSheet) -> Options {
    if !brief.giant_case.has_cloud {
        return [None; 3];
    }
    let with =
        |exclusivity| Some(TermSheet { exclusivity, exclusivity_quarters: TERM / 2, ..sheet });
    [with(Exclusivity::FirstRefusal), with(Exclusivity::SoleReseller), with(Exclusivity::SoleCloud)]
}

fn board(_: &Brief, sheet: TermSheet) -> Options {
    let with = |board| Some(TermSheet { board, ..sheet });
    [with(BoardSeat::None), with(BoardSeat::Observer), with(BoardSeat::Director)]
}

fn commitment(brief: &Brief, sheet: TermSheet) -> Options {
    if !brief.giant_case.has_cloud {
        return [None; 3];
    }
    let case = &brief.lab_case;
    let room = (case.planned_gw - case.compute_gw).max(0.0);
    let with = |part: f64| {
        let megawatts = (case.compute_there_gw + part * room) * 1_000.0;
        let commitment_mw = (libm::rint(megawatts / 50.0) * 50.0) as u32;
        (commitment_mw > 0).then_some(TermSheet {
            commitment_mw,
            commitment_quarters: COMMITMENT_TERM,
            ..sheet
        })
    };
    [with(0.25), with(0.5), None]
}

/// Credits cost the giant half and are worth four fifths to the lab, as far as it can use them.
fn credits(brief: &Brief, sheet: TermSheet) -> Options {
    if !brief.giant_case.has_cloud {
        return [None; 3];
    }
    let committed = f64::from(sheet.commitment_mw) / 1_000.0;
    let usable = brief.lab_case.compute_there_gw.max(committed);
    let usable = lab_bill(usable) * 4.0;
    let all = sheet.amount().bn();
    let with = |part: f64| {
        let credits = round_to((all * part).min(usable), 2);
        (credits.is_positive() && credits < sheet.amount()).then_some(TermSheet {
            credits,
            cash: sheet.amount() - credits,
            ..sheet
        })
    };
    [with(0.25), with(0.5), None]
}

fn barred(brief: &Brief, sheet: TermSheet) -> Options {
    let rival = brief.giant_case.threat.rival;
    let named = (rival != SeatSet::EMPTY).then_some(TermSheet { barred: rival, ..sheet });
    [named, None, None]
}

fn tranche(_: &Brief, sheet: TermSheet) -> Options {
    let staged = TermSheet { tranche_pct: 40, condition: Condition::AfterAYear, ..sheet };
    [Some(staged), None, None]
}
