//! A brief: what a seat can work out about one table from its view.
//!
//! Its own case is exact; the other side's is an estimate from published figures, known ranges and
//! what it is known for. Bots decide by it and the player's advisor shows it: the same functions for both.

use crate::ids::{FirmId, LabId, SeatSet};
use crate::level::DispositionFile;
use crate::sim::capability::rules::BEHIND_A_LICENCE;
use crate::sim::deal::appraise::{
    Appraisal, Chips, FINAL_HOLD_OUT_GIANT, FINAL_HOLD_OUT_LAB, GiantCase, LabCase, NOTE_LAB,
    Reference, Threat, hold_out, inclusive_of, pull, reference, signs_from,
};
use crate::sim::deal::renegotiation::{self, InForce};
use crate::sim::deal::rules::{chip_saving, chips_sold};
use crate::sim::deal::{
    AccessTier, BoardSeat, CONSENT_FREE_STAKE, Instrument, TermSheet, conflict,
};
use crate::sim::decision::AccessPolicy;
use crate::sim::lab::planned_compute;
use crate::sim::lab::rules::{burn, costs};
use crate::sim::negotiation::Side;
use crate::sim::regulator::rules::burden;
use crate::sim::setting::Step;
use crate::sim::view::SeatView;
use crate::units::Money;

/// Quarters of a won customer's revenue at full sight (calibration 5.1).
const FULL_SIGHT: f64 = 25.0;
/// A rival counts as a threat when the lab's models would bring it so many points.
const THREATENING: f64 = 0.3;

/// Quarters an open policy is thought to last (assumed).
const OPEN_LASTS: u32 = 4;

/// Everything a seat weighs at one table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Brief {
    pub firm: FirmId,
    pub lab: LabId,
    /// Which side the seat is on.
    pub side: Side,
    pub giant_case: GiantCase,
    pub lab_case: LabCase,
    /// Fixed within a quarter's talks.
    pub reference: Reference,
    /// What the giant is believed to gain at another table instead, $bn.
    pub elsewhere_bn: f64,
    /// What the two could renegotiate.
    pub in_force: Option<InForce>,
}

/// How far ahead and how suspiciously a seat looks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Outlook {
    /// Quarters of the future it sums over; 8 is full sight.
    pub quarters: f64,
    /// Whether it reckons with rivals' replies at tables.
    pub rivals: bool,
    /// How far it expects rivals to follow a change of its list price, 0 to 1: the power of the change
    /// that theirs will be.
    pub followed: f64,
    /// The seat's own weights, where they are not its level's.
    pub disposition: Option<DispositionFile>,
}

/// What the player's advisor uses.
pub const FULL_OUTLOOK: Outlook =
    Outlook { quarters: 8.0, rivals: true, followed: 0.0, disposition: None };

impl Brief {
    /// The brief of a seat on the table of a giant and a lab.
    pub fn new(view: &SeatView, firm: FirmId, lab: LabId, outlook: Outlook) -> Brief {
        Brief::given(view, firm, lab, outlook, &accesses(view, lab))
    }

    /// The briefs of a seat on all its tables, in their order.
    pub fn of_tables(view: &SeatView, outlook: Outlook) -> Vec<Brief> {
        let mut of_lab: Option<(LabId, Vec<Access>)> = None;
        let mut briefs = Vec::with_capacity(view.tables.len());
        for table in &view.tables {
            // A lab's tables are all about the same models: what they bring is worked out once.
            let known = of_lab.take().filter(|(lab, _)| *lab == table.lab);
            let (lab, accesses) = known.unwrap_or_else(|| (table.lab, accesses(view, table.lab)));
            briefs.push(Brief::given(view, table.giant, lab, outlook, &accesses));
            of_lab = Some((lab, accesses));
        }
        briefs
    }

    fn given(
        view: &SeatView,
        firm: FirmId,
        lab: LabId,
        outlook: Outlook,
        accesses: &[Access],
    ) -> Brief {
        let side = if view.seat == firm.seat() { Side::Giant } else { Side::Lab };
        let giant_case = giant_case(view, firm, outlook, lab, accesses);
        let lab_case = lab_case(view, firm, lab);
        let reference = reference(&giant_case, &lab_case);
        let in_force = InForce::of(view, firm, lab);
        Brief { firm, lab, side, giant_case, lab_case, reference, elsewhere_bn: 0.0, in_force }
    }

    /// The same brief after the lab has raised so much more this quarter: its need shrinks by it. The
    /// reference stays.
    pub fn with_money_raised(mut self, raised_bn: f64) -> Brief {
        self.lab_case.need_bn -= raised_bn;
        self.lab_case.alternative_bn = self.lab_case.waiting();
        self
    }

    /// The same brief with the lab's alternative raised to a live rival bid, $bn of value to it.
    pub fn with_rival_bid(mut self, value_bn: f64) -> Brief {
        self.lab_case.alternative_bn = self.lab_case.alternative_bn.max(value_bn);
        self
    }

    pub fn appraise(&self, side: Side, sheet: &TermSheet) -> Appraisal {
        if let Some(rest) = self.replaced_by(sheet) {
            return renegotiation::change(self, side, sheet, rest);
        }
        match side {
            Side::Giant => self.giant_case.appraise(sheet),
            Side::Lab => self.lab_case.appraise(sheet),
        }
    }

    /// What is left of the deal that a sheet replaces, if it replaces the one in force.
    fn replaced_by(&self, sheet: &TermSheet) -> Option<&TermSheet> {
        let named = sheet.replaces?;
        self.in_force.as_ref().filter(|held| held.deal == named).map(|held| &held.rest)
    }

    /// The least value at which a side signs a sheet in a round. A change of terms without money is
    /// measured by nothing but itself.
    pub fn signs_from(&self, side: Side, round: u32, rounds: u32, sheet: &TermSheet) -> f64 {
        let amount = self.appraise(side, sheet).effective_amount_bn;
        let surplus = match sheet.replaces {
            Some(_) => self.reference.surplus_bn * renegotiation::scale(&self.lab_case, amount),
            None => self.reference.surplus_bn,
        };
        let (last, surplus) = match side {
            Side::Lab if sheet.replaces.is_some() => (FINAL_HOLD_OUT_LAB, surplus),
            Side::Giant => (FINAL_HOLD_OUT_GIANT, surplus),
            Side::Lab => (FINAL_HOLD_OUT_LAB, surplus * self.lab_case.scale(sheet)),
        };
        let elsewhere = if side == Side::Giant { self.elsewhere_bn } else { 0.0 };
        signs_from(hold_out(round, rounds, last), surplus, amount) + elsewhere
    }

    /// By how much a sheet's value is above (or below) what a side signs at in a round, $bn.
    pub fn margin(&self, side: Side, round: u32, rounds: u32, sheet: &TermSheet) -> f64 {
        self.appraise(side, sheet).value() - self.signs_from(side, round, rounds, sheet)
    }

    /// The pre-money at which a side's margin is exactly `margin_bn`, other clauses as they are; none
    /// if no price between a twentieth and twenty times the lab's value does it.
    ///
    /// Both appraisals are straight lines in the part sold, so two prices fix the line; of a note or a
    /// capped profit they are not, and the price is searched for.
    pub fn price_for(
        &self,
        side: Side,
        round: u32,
        rounds: u32,
        sheet: &TermSheet,
        margin_bn: f64,
    ) -> Option<Money> {
        let value = self.lab_case.fundamental_bn;
        if matches!(sheet.instrument, Instrument::Convertible | Instrument::CappedProfit) {
            return self.search_price(side, round, rounds, sheet, margin_bn);
        }
        let at = |pre_bn: f64| {
            let priced = TermSheet { pre_money: Money::from_bn(pre_bn), ..*sheet };
            (1.0 / priced.post_money().bn(), self.margin(side, round, rounds, &priced))
        };
        let ((x1, y1), (x2, y2)) = (at(value), at(2.0 * value));
        let slope = (y1 - y2) / (x1 - x2);
        let x = x1 + (margin_bn - y1) / slope;
        let pre_bn = 1.0 / x - sheet.amount().bn();
        let possible = slope != 0.0 && x > 0.0 && pre_bn > 0.05 * value && pre_bn < 20.0 * value;
        possible.then(|| Money::from_bn(pre_bn))
    }
}

/// Halvings of a searched price's range: to a thousandth of it.
const HALVINGS: u32 = 12;

impl Brief {
    /// The same by halving the range of prices: a giant's margin falls with the price, a lab's rises.
    /// Above what a lab hopes the next round to be, the cap of a note makes no difference.
    fn search_price(
        &self,
        side: Side,
        round: u32,
        rounds: u32,
        sheet: &TermSheet,
        margin_bn: f64,
    ) -> Option<Money> {
        let value = self.lab_case.fundamental_bn;
        let note = sheet.instrument == Instrument::Convertible;
        let (mut low, mut high) = (0.05 * value, if note { NOTE_LAB } else { 20.0 } * value);
        let enough = |pre_bn: f64| {
            let priced = TermSheet { pre_money: Money::from_bn(pre_bn), ..*sheet };
            self.margin(side, round, rounds, &priced) >= margin_bn
        };
        match (side, enough(low), enough(high)) {
            (Side::Giant, _, true) if note => return Some(Money::from_bn(high)),
            (Side::Giant, true, false) | (Side::Lab, false, true) => {}
            _ => return None,
        }
        for _ in 0..HALVINGS {
            let middle = libm::sqrt(low * high);
            // The giant's price is the highest that is enough, the lab's the lowest.
            if enough(middle) == (side == Side::Giant) { low = middle } else { high = middle }
        }
        Some(Money::from_bn(if side == Side::Giant { low } else { high }))
    }
}

/// The round of talks a step belongs to; the last once talks are over.
pub fn round_of(step: Step, rounds: u32) -> u32 {
    match step {
        Step::Offers(round) | Step::Answers(round) => round,
        Step::Plan | Step::Over => rounds.saturating_sub(1),
    }
}

/// Drops from a sheet what covenants in force forbid and the lab's template refuses; none if they forbid the money itself.
pub fn within_covenants(
    view: &SeatView,
    firm: FirmId,
    lab: LabId,
    sheet: TermSheet,
) -> Option<TermSheet> {
    use crate::sim::deal::{Clause, Exclusivity};
    let template = view.processes[lab.index()].process.template;
    let mut fitted = template.map_or(sheet, |own| own.trimmed(sheet));
    for _ in 0..6 {
        match conflict(&fitted, firm, lab, view.quarter, view.deals.iter()) {
            None => return Some(fitted),
            Some((_, Clause::Commitment)) => fitted = fitted.without_compute(),
            Some((_, Clause::Access)) if fitted.access == AccessTier::Exclusive => {
                fitted.access = AccessTier::Early;
            }
            Some((_, Clause::Access)) => {
                fitted.access = AccessTier::None;
                fitted.access_quarters = 0;
            }
            Some((_, Clause::Exclusivity)) => {
                fitted.exclusivity = Exclusivity::None;
                fitted.exclusivity_quarters = 0;
            }
            Some((_, Clause::Board)) => fitted.board = BoardSeat::Observer,
            Some((_, Clause::Consent)) => fitted = within_consent(fitted),
            Some(_) => return None,
        }
    }
    None
}

/// A sheet for no more of the lab than may be sold without consent.
fn within_consent(sheet: TermSheet) -> TermSheet {
    let most = CONSENT_FREE_STAKE / (1.0 - CONSENT_FREE_STAKE) * sheet.pre_money.bn();
    let part = 0.99 * most / sheet.amount().bn().max(1e-9);
    let less = |sum: Money| Money::from_bn(part * sum.bn());
    TermSheet { cash: less(sheet.cash), credits: less(sheet.credits), ..sheet }
}

fn giant_case(
    view: &SeatView,
    firm: FirmId,
    outlook: Outlook,
    lab: LabId,
    accesses: &[Access],
) -> GiantCase {
    let level = &view.level;
    let giant = &level.giants[firm.index()];
    let figures = &view.published.giants[firm.index()];
    let market = &view.published.market;
    // What a house is known for is public; its mood of the day is its own.
    let own = if view.seat == firm.seat() { outlook.disposition } else { None };
    let disposition = own.unwrap_or(giant.disposition);
    let gains = &accesses[firm.index()];
    GiantCase {
        disposition: DispositionFile {
            defence: if outlook.rivals { disposition.defence } else { 0.0 },
            ..disposition
        },
        fundamental_bn: view.published.labs[lab.index()].fundamental_bn,
        liquidity_bn: figures.cash_bn,
        invested_bn: invested(view, firm),
        has_cloud: figures.has_cloud,
        ai_flow_bn: market.revenue_bn * market.ai_growth,
        win_rate: figures.ai_win_rate,
        access_gain: gains.by_tier,
        access_held: gains.held,
        threat: threat(view, firm, accesses),
        downturn: view.published.downturn > 0,
        regulatory_burden: burden(figures.heat, figures.inquiry.is_some()),
        sight_quarters: FULL_SIGHT * outlook.quarters / 8.0,
        lab_revenue_bn: view.published.labs[lab.index()].revenue_bn,
        licence_points: figures.own_points.map_or(0.0, |own| {
            let licensed = view.published.labs[lab.index()].capability_points - BEHIND_A_LICENCE;
            (licensed - own).max(0.0)
        }),
        chips: chips(view, firm, lab),
    }
}

/// What compute on this giant's own chips brings it.
fn chips(view: &SeatView, firm: FirmId, lab: LabId) -> Chips {
    let giant = &view.level.giants[firm.index()];
    match (giant.own_chips(), giant.chips) {
        (Some(own), _) => Chips::Own { saving: chip_saving(own.discount_pct / 100.0) },
        (None, Some(chips)) => {
            let present = view.published.labs[lab.index()].compute_total_gw();
            let planned = planned_compute(&view.level.labs[lab.index()], view.quarter.plus(7));
            let sale = chips_sold(chips.part_of_ai_capex_pct / 100.0);
            Chips::Maker { sale, new_gw: (planned - present).max(0.0) }
        }
        (None, None) => Chips::None,
    }
}

/// What a giant has put into labs over the last eight quarters, this one left out, $bn.
fn invested(view: &SeatView, firm: FirmId) -> f64 {
    let of_late = view.deals.iter().filter(|deal| {
        let age = view.quarter.since(deal.signed);
        deal.giant == firm && deal.fact.is_some() && (1..=8).contains(&age)
    });
    of_late.map(|deal| deal.sheet.amount().bn()).sum()
}

/// What a lab's models would add to a giant's access.
struct Access {
    by_tier: [f64; 4],
    held: f64,
}

impl Access {
    fn of(view: &SeatView, firm: FirmId, lab: LabId) -> Access {
        let published = &view.published;
        let figures = &published.giants[firm.index()];
        if !figures.has_cloud {
            return Access { by_tier: [0.0; 4], held: 0.0 };
        }
        // Deals of the quarter under way are left out: the brief is fixed within its talks.
        let held = |other: LabId| {
            view.deals
                .iter()
                .filter(|deal| {
                    deal.giant == firm && deal.lab == other && deal.signed < view.quarter
                })
                .map(|deal| deal.best_access(view.quarter))
                .max()
                .unwrap_or_default()
                .max(open_to_all(view, other))
        };
        let frontier = published.frontier.points;
        let other_labs =
            published.labs.iter().enumerate().filter(|(place, _)| *place != lab.index());
        let licensed = other_labs.map(|(place, model)| {
            model.capability_points - held(LabId(place as u8)).0.discount_points()
        });
        let present = licensed.chain(figures.own_points).chain([published.frontier.open_weights]);
        let without: f64 = present.map(|points| pull(points - frontier)).sum();
        let newest = published.labs[lab.index()].capability_points - frontier;
        let tiers =
            [AccessTier::None, AccessTier::Resale, AccessTier::Early, AccessTier::Exclusive];
        let base = inclusive_of(without);
        let by_tier = tiers.map(|tier| match tier {
            AccessTier::None => 0.0,
            tier => inclusive_of(without + pull(newest - tier.discount_points())) - base,
        });
        let (tier, left) = held(lab);
        let held_now = by_tier[tier as usize] * f64::from(left.min(8)) / 8.0;
        Access { by_tier, held: held_now }
    }
}

/// Points of access that early access to a lab's models would add to what a giant has.
pub(super) fn early_access_of(view: &SeatView, firm: FirmId, lab: LabId) -> f64 {
    let access = Access::of(view, firm, lab);
    (access.by_tier[AccessTier::Early as usize] - access.held).max(0.0)
}

/// What every cloud has of a lab that opens its models: resale, as long as that may last.
fn open_to_all(view: &SeatView, lab: LabId) -> (AccessTier, u32) {
    match view.published.labs[lab.index()].access {
        AccessPolicy::Open => (AccessTier::Resale, OPEN_LASTS),
        _ => (AccessTier::None, 0),
    }
}

/// What a lab's models would add to each giant's access, by giant.
fn accesses(view: &SeatView, lab: LabId) -> Vec<Access> {
    (0..view.giants() as u8).map(|firm| Access::of(view, FirmId(firm), lab)).collect()
}

/// The rival that would gain most from the lab's models.
fn threat(view: &SeatView, firm: FirmId, accesses: &[Access]) -> Threat {
    let mut threat = Threat::default();
    for (place, figures) in view.published.giants.iter().enumerate() {
        let rival = FirmId(place as u8);
        if rival == firm || !figures.has_cloud {
            continue;
        }
        let access = &accesses[rival.index()];
        let gain = (access.by_tier[AccessTier::Early as usize] - access.held).max(0.0);
        if gain < THREATENING {
            continue;
        }
        threat.rivals += 1;
        if figures.ai_win_rate * gain > threat.win_rate * threat.gain {
            threat.rival = SeatSet::EMPTY.with(rival.seat());
            threat.win_rate = figures.ai_win_rate;
            threat.gain = gain;
        }
    }
    threat
}

pub(in crate::sim) fn lab_case(view: &SeatView, firm: FirmId, lab: LabId) -> LabCase {
    let figures = &view.published.labs[lab.index()];
    let known = &view.labs[lab.index()];
    let gigawatts = figures.compute_total_gw();
    let loss = costs(gigawatts, figures.revenue_bn, figures.heads).total_bn() - figures.revenue_bn;
    // Burn can be worked out from published figures where the lab's own plan is not known.
    let burn = burn(loss).max(0.0);
    let template_bn = known.burn_8_bn.or(8.0 * burn).max(0.1);
    let need_bn = template_bn - known.cash_bn.or(4.0 * burn) - known.credits_bn.or(0.0);
    let reached = view.deals.iter().any(|deal| {
        deal.giant == firm
            && deal.lab == lab
            && deal.signed < view.quarter
            && deal.access_at(view.quarter) != AccessTier::None
    });
    let mut case = LabCase {
        fundamental_bn: figures.fundamental_bn,
        runway_quarters: known.runway_quarters.or(6.0),
        need_bn,
        template_bn: template_bn.min(need_bn.max(0.1)),
        compute_gw: gigawatts,
        compute_there_gw: figures.compute_gw[firm.index()],
        planned_gw: planned_compute(&view.level.labs[lab.index()], view.quarter.plus(7))
            .max(gigawatts),
        giant_has_cloud: view.published.giants[firm.index()].has_cloud,
        reached: reached || open_to_all(view, lab).0 != AccessTier::None,
        trust: opening_trust(view, firm, lab),
        alternative_bn: 0.0,
        revenue_bn: figures.revenue_bn,
        chip_handicap: view.level.giants[firm.index()].chip_handicap(),
    };
    case.alternative_bn = case.waiting();
    case
}

/// Trust as known when the view was taken, neutral where hidden.
fn opening_trust(view: &SeatView, firm: FirmId, lab: LabId) -> f64 {
    view.labs[lab.index()].trust[firm.index()].or(0.55)
}
