//! What two sides could have gained together: the best terms for the same money, and how they share.

use serde::Serialize;

use super::appraisal::brief_on;
use crate::ids::{FirmId, LabId};
use crate::sim::deal::appraise::round_to;
use crate::sim::deal::brief::{Brief, within_covenants};
use crate::sim::deal::{
    AccessTier, BoardSeat, Condition, Exclusivity, Means, TermSheet, check_sheet, conflict,
};
use crate::sim::game::Game;
use crate::sim::negotiation::Side;
use crate::sim::view::SeatView;
use crate::units::Money;

/// Times the search goes through all clauses at most.
const PASSES: u32 = 4;
/// Quarters of a clause with a term, and of a commitment.
const TERM: u8 = 8;
const COMMITMENT_TERM: u8 = 12;
/// Prices on the line of the best terms, from a part of the lab's value to as many times it.
const PRICES: u32 = 97;
const PRICES_TO: f64 = 40.0;

/// What a sheet brings to either side over its best alternative, $bn.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Gains {
    pub giant_bn: f64,
    pub lab_bn: f64,
}

impl Gains {
    pub fn joint_bn(&self) -> f64 {
        self.giant_bn + self.lab_bn
    }
}

/// A signed sheet beside the best terms found for the same money.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Frontier {
    pub reached: Gains,
    /// The best terms found, at the signed price: other clauses, the same money.
    pub best: TermSheet,
    pub best_gains: Gains,
    /// The best terms at other prices, the lowest price first.
    pub line: Vec<Gains>,
    /// Where on that line the product of both gains is largest, if both gain anywhere.
    pub nash: Option<Gains>,
}

impl Frontier {
    /// What both together could have gained more, $bn.
    pub fn left_bn(&self) -> f64 {
        self.best_gains.joint_bn() - self.reached.joint_bn()
    }
}

/// A table as both sides truly stand at it: either one's own brief, and what binds both.
pub(super) struct TrueTable {
    giant: Brief,
    lab: Brief,
    giants_view: SeatView,
    labs_view: SeatView,
    firm: FirmId,
    at: LabId,
}

impl TrueTable {
    pub(super) fn of(game: &Game, firm: FirmId, lab: LabId) -> TrueTable {
        let giants_view = game.view(firm.seat());
        let labs_view = game.view(lab.seat(giants_view.giants()));
        TrueTable {
            giant: brief_on(&giants_view, firm, lab),
            lab: brief_on(&labs_view, firm, lab),
            giants_view,
            labs_view,
            firm,
            at: lab,
        }
    }

    pub(super) fn gains(&self, sheet: &TermSheet) -> Gains {
        Gains {
            giant_bn: self.giant.appraise(Side::Giant, sheet).value(),
            lab_bn: self.lab.appraise(Side::Lab, sheet).value(),
        }
    }

    /// What the giant and the lab have above the least they sign at in the last round, $bn.
    pub(super) fn margins(&self, sheet: &TermSheet) -> (f64, f64) {
        let rounds = self.rounds();
        (
            self.giant.margin(Side::Giant, rounds - 1, rounds, sheet),
            self.lab.margin(Side::Lab, rounds - 1, rounds, sheet),
        )
    }

    /// Whether the lab wants money at all.
    pub(super) fn raises(&self) -> bool {
        self.lab.lab_case.need_bn > 0.0
    }

    fn rounds(&self) -> u32 {
        self.giants_view.level.talk_rounds
    }

    /// Whether nothing forbids a sheet: not itself, no covenant, no empty purse.
    pub(super) fn is_possible(&self, sheet: &TermSheet) -> bool {
        let view = &self.labs_view;
        let means = Means::of(&view.level.giants[self.firm.index()]);
        let template = view.processes[self.at.index()].process.template;
        check_sheet(sheet, self.firm, view.giants(), means).is_ok()
            && template.is_none_or(|own| own.refused_in(sheet).is_none())
            && conflict(sheet, self.firm, self.at, view.quarter, view.deals.iter()).is_none()
            && sheet.first_tranche() <= self.giants_view.cash
    }

    /// Terms inside the zone of possible agreement: the best package for the lab's own template, at
    /// a price between both sides' last ones, as near as may be to what the lab is worth. None if there
    /// is no price both would sign at.
    pub(super) fn middle(&self) -> Option<TermSheet> {
        if !self.raises() {
            return None;
        }
        let template = self.lab.reference.sheet;
        let start = within_covenants(&self.labs_view, self.firm, self.at, template)?;
        let purse = self.giants_view.cash;
        let start = TermSheet { cash: start.cash.min(round_to(purse.bn().max(0.0), 2)), ..start };
        let sheet = self.best(start);
        let rounds = self.rounds();
        let (giant, lab) = (&self.giant, &self.lab);
        let most = giant.price_for(Side::Giant, rounds - 1, rounds, &sheet, 0.0)?.bn();
        let least = lab.price_for(Side::Lab, rounds - 1, rounds, &sheet, 0.0)?.bn();
        if least > most {
            return None;
        }
        // What the lab is worth, or the price nearest to it that leaves either side some room.
        let room = 0.05 * (most - least);
        let fair = self.lab.lab_case.fundamental_bn.clamp(least + room, most - room);
        let sheet = TermSheet { pre_money: round_to(fair, 3), ..sheet };
        let (giant, lab) = self.margins(&sheet);
        (giant >= 0.0 && lab >= 0.0 && self.is_possible(&sheet)).then_some(sheet)
    }

    /// The terms with the largest joint gain for the money of a sheet: clause by clause, keeping what
    /// is better, until nothing is.
    fn best(&self, start: TermSheet) -> TermSheet {
        let mut best = (self.gains(&start).joint_bn(), start);
        for _ in 0..PASSES {
            let before = best.0;
            for options in OPTIONS {
                for candidate in options(&self.giant, best.1) {
                    let joint = self.gains(&candidate).joint_bn();
                    if joint > best.0 + 1e-9 && self.is_possible(&candidate) {
                        best = (joint, candidate);
                    }
                }
            }
            if best.0 <= before {
                break;
            }
        }
        best.1
    }

    pub(super) fn frontier(&self, signed: &TermSheet) -> Frontier {
        let best = self.best(*signed);
        let value_bn = self.lab.lab_case.fundamental_bn;
        let priced = |step: u32| {
            let at = 2.0 * f64::from(step) / f64::from(PRICES - 1) - 1.0;
            let pre_money = Money::from_bn(value_bn * libm::pow(PRICES_TO, at));
            TermSheet { pre_money, ..best }
        };
        // Without money a price changes nothing.
        let prices = if best.amount().is_positive() { PRICES } else { 0 };
        let line: Vec<Gains> = (0..prices).map(|step| self.gains(&priced(step))).collect();
        let both = line.iter().filter(|gains| gains.giant_bn > 0.0 && gains.lab_bn > 0.0);
        let product = |gains: &Gains| gains.giant_bn * gains.lab_bn;
        let nash = both.max_by(|one, other| product(one).total_cmp(&product(other))).copied();
        Frontier { reached: self.gains(signed), best_gains: self.gains(&best), best, line, nash }
    }
}

type Options = fn(&Brief, TermSheet) -> Vec<TermSheet>;

/// Other settings of one clause each.
const OPTIONS: [Options; 10] = [
    access,
    exclusivity,
    board,
    commitment,
    credits,
    chips,
    licence,
    barred,
    tranche,
    holders_rights,
];

fn access(brief: &Brief, sheet: TermSheet) -> Vec<TermSheet> {
    if !brief.giant_case.has_cloud {
        return Vec::new();
    }
    let tiers = [AccessTier::None, AccessTier::Resale, AccessTier::Early, AccessTier::Exclusive];
    let with = |access| {
        let access_quarters = if access == AccessTier::None { 0 } else { TERM };
        TermSheet { access, access_quarters, ..sheet }
    };
    tiers.map(with).to_vec()
}

fn exclusivity(brief: &Brief, sheet: TermSheet) -> Vec<TermSheet> {
    let none = TermSheet { exclusivity: Exclusivity::None, exclusivity_quarters: 0, ..sheet };
    if !brief.giant_case.has_cloud {
        return vec![none];
    }
    let kinds = [Exclusivity::FirstRefusal, Exclusivity::SoleReseller, Exclusivity::SoleCloud];
    let with = |exclusivity| TermSheet { exclusivity, exclusivity_quarters: TERM / 2, ..sheet };
    kinds.map(with).into_iter().chain([none]).collect()
}

fn board(_: &Brief, sheet: TermSheet) -> Vec<TermSheet> {
    let seats = [BoardSeat::None, BoardSeat::Observer, BoardSeat::Director];
    seats.map(|board| TermSheet { board, ..sheet }).to_vec()
}

fn commitment(brief: &Brief, sheet: TermSheet) -> Vec<TermSheet> {
    if !brief.giant_case.has_cloud {
        return Vec::new();
    }
    let case = &brief.lab_case;
    let room = (case.planned_gw - case.compute_gw).max(0.0);
    let with = |part: f64| {
        let megawatts = (case.compute_there_gw + part * room) * 1_000.0;
        let commitment_mw = (libm::rint(megawatts / 50.0) * 50.0) as u32;
        TermSheet { commitment_mw, commitment_quarters: COMMITMENT_TERM, ..sheet }
    };
    let some = [0.25, 0.5].map(with).into_iter().filter(|sheet| sheet.commitment_mw > 0);
    some.chain([sheet.without_compute()]).collect()
}

fn credits(brief: &Brief, sheet: TermSheet) -> Vec<TermSheet> {
    if !brief.giant_case.has_cloud {
        return Vec::new();
    }
    let all = sheet.amount();
    let with = |part: f64| {
        let credits = round_to((part * all.bn()).max(1e-3), 2).min(all);
        let credits = if part > 0.0 { credits } else { Money::ZERO };
        TermSheet { credits, cash: all - credits, ..sheet }
    };
    [0.0, 0.25, 0.5].map(with).to_vec()
}

/// Compute on the giant's own chips, for as long as it is committed.
fn chips(_: &Brief, sheet: TermSheet) -> Vec<TermSheet> {
    let quarters = if sheet.commitment_mw > 0 { sheet.commitment_quarters } else { TERM };
    vec![
        TermSheet { own_chips_pct: 100, own_chips_quarters: quarters, ..sheet },
        TermSheet { own_chips_pct: 0, own_chips_quarters: 0, ..sheet },
    ]
}

fn licence(_: &Brief, sheet: TermSheet) -> Vec<TermSheet> {
    [0, TERM].map(|licence_quarters| TermSheet { licence_quarters, ..sheet }).to_vec()
}

fn barred(brief: &Brief, sheet: TermSheet) -> Vec<TermSheet> {
    [Default::default(), brief.giant_case.threat.rival]
        .map(|barred| TermSheet { barred, ..sheet })
        .to_vec()
}

fn tranche(_: &Brief, sheet: TermSheet) -> Vec<TermSheet> {
    let with = |(tranche_pct, condition)| TermSheet { tranche_pct, condition, ..sheet };
    [(0, Condition::AfterAYear), (40, Condition::AfterAYear), (40, Condition::AtTheFrontier)]
        .map(with)
        .to_vec()
}

fn holders_rights(_: &Brief, sheet: TermSheet) -> Vec<TermSheet> {
    [
        TermSheet { pro_rata: !sheet.pro_rata, ..sheet },
        TermSheet { anti_dilution: !sheet.anti_dilution, ..sheet },
        TermSheet { consent: !sheet.consent, ..sheet },
    ]
    .to_vec()
}
