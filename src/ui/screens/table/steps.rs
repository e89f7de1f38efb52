//! A clause turned by steps, and how far apart two sheets are on it.

use crate::ui::screens::form::step_of;

use crate::sim::deal::{
    AccessTier, BoardSeat, Clause, Condition, Exclusivity, Instrument, LONGEST_TERM,
    MAX_REVENUE_SHARE_PCT, TermSheet,
};
use crate::ui::widgets::Gap;
use crate::units::Money;

pub(super) const BOARDS: [BoardSeat; 3] =
    [BoardSeat::None, BoardSeat::Observer, BoardSeat::Director];

pub(super) const ACCESS: [AccessTier; 4] =
    [AccessTier::None, AccessTier::Resale, AccessTier::Early, AccessTier::Exclusive];

pub(super) const EXCLUSIVITY: [Exclusivity; 4] = [
    Exclusivity::None,
    Exclusivity::FirstRefusal,
    Exclusivity::SoleReseller,
    Exclusivity::SoleCloud,
];

pub(super) const INSTRUMENTS: [Instrument; 4] = [
    Instrument::Preferred,
    Instrument::Convertible,
    Instrument::CappedProfit,
    Instrument::Warrants,
];

pub(super) const CONDITIONS: [Condition; 3] =
    [Condition::AfterAYear, Condition::AtTheFrontier, Condition::RevenueDoubled];

/// Terms that a clause opens with, quarters.
const USUAL_TERM: u8 = 8;

const USUAL_COMPUTE_TERM: u8 = 12;

/// How far apart two sheets are on a clause: 0 the same, 1 as far as may be.
fn distance(one: &TermSheet, other: &TermSheet, clause: Clause) -> f32 {
    let sums = |one: Money, other: Money| {
        let most = one.bn().abs().max(other.bn().abs()).max(1e-9);
        ((one.bn() - other.bn()).abs() / most) as f32
    };
    let steps = |one: u8, other: u8, most: f32| (f32::from(one) - f32::from(other)).abs() / most;
    match clause {
        Clause::Amount => sums(one.amount(), other.amount()),
        Clause::PreMoney => 1.6 * sums(one.pre_money, other.pre_money),
        Clause::Tranche => steps(one.tranche_pct, other.tranche_pct, 90.0).max(0.2),
        Clause::Board => steps(one.board as u8, other.board as u8, 2.0),
        Clause::Exclusivity => {
            let terms = steps(one.exclusivity_quarters, other.exclusivity_quarters, 20.0);
            steps(one.exclusivity as u8, other.exclusivity as u8, 3.0).max(terms)
        }
        Clause::Access => {
            let terms = steps(one.access_quarters, other.access_quarters, 16.0);
            steps(one.access as u8, other.access as u8, 3.0).max(terms)
        }
        Clause::Commitment => {
            let most = one.commitment_mw.max(other.commitment_mw).max(1) as f32;
            (one.commitment_mw as f32 - other.commitment_mw as f32).abs() / most
        }
        Clause::OwnChips => steps(one.own_chips_pct, other.own_chips_pct, 100.0),
        Clause::Licence => steps(one.licence_quarters, other.licence_quarters, 20.0),
        Clause::RevenueShare => steps(one.revenue_share_pct, other.revenue_share_pct, 20.0),
        Clause::BreakFee => sums(one.break_fee, other.break_fee),
        Clause::Release => sums(one.release, other.release),
        _ => 0.6,
    }
}

/// Where the two sides stand on a clause, my ideal at the left.
pub fn gap_of(mine: &TermSheet, theirs: Option<&TermSheet>, clause: Clause) -> Gap {
    let Some(theirs) = theirs else { return Gap::None };
    if crate::host::words::clauses::agree(mine, theirs, clause) {
        return Gap::Agreed;
    }
    let apart = distance(mine, theirs, clause).clamp(0.16, 0.88);
    Gap::Apart { mine: 0.5 - 0.5 * apart, theirs: 0.5 + 0.5 * apart }
}

fn stepped_sum(sum: Money, by: i32) -> Money {
    let step = step_of(sum.bn().max(0.01));
    Money::from_bn((((sum.bn() / step).round() + f64::from(by)) * step).max(0.0))
}

fn turned<T: Copy + PartialEq>(list: &[T], now: T, by: i32) -> T {
    let place = list.iter().position(|each| *each == now).unwrap_or(0) as i32;
    list[(place + by).clamp(0, list.len() as i32 - 1) as usize]
}

/// A sheet with a clause turned by so many steps.
pub fn stepped(sheet: TermSheet, clause: Clause, by: i32) -> TermSheet {
    let mut sheet = sheet;
    let quarters = |now: u8, by: i32, most: i32| (i32::from(now) + by).clamp(0, most) as u8;
    match clause {
        Clause::Amount => sheet.cash = stepped_sum(sheet.cash, by),
        Clause::PreMoney => sheet.pre_money = stepped_sum(sheet.pre_money, by),
        Clause::Tranche => sheet.tranche_pct = quarters(sheet.tranche_pct, 10 * by, 90),
        Clause::Board => sheet.board = turned(&BOARDS, sheet.board, by),
        Clause::Exclusivity => sheet.exclusivity = turned(&EXCLUSIVITY, sheet.exclusivity, by),
        Clause::Access => sheet.access = turned(&ACCESS, sheet.access, by),
        Clause::Commitment => {
            sheet.commitment_mw = (sheet.commitment_mw as i32 + 100 * by).max(0) as u32;
        }
        Clause::OwnChips => sheet.own_chips_pct = quarters(sheet.own_chips_pct, 10 * by, 100),
        Clause::Licence => {
            sheet.licence_quarters =
                quarters(sheet.licence_quarters, 4 * by, i32::from(LONGEST_TERM))
        }
        Clause::RevenueShare => {
            let most = i32::from(MAX_REVENUE_SHARE_PCT);
            sheet.revenue_share_pct = quarters(sheet.revenue_share_pct, by, most);
        }
        Clause::Instrument => sheet.instrument = turned(&INSTRUMENTS, sheet.instrument, by),
        Clause::Consent => sheet.consent = by > 0,
        Clause::ProRata => sheet.pro_rata = by > 0,
        Clause::AntiDilution => sheet.anti_dilution = by > 0,
        Clause::BreakFee => sheet.break_fee = stepped_sum(sheet.break_fee, by),
        Clause::Release => sheet.release = stepped_sum(sheet.release, by),
        Clause::Barred | Clause::Replaces | Clause::SubjectTo => {}
    }
    consistent(sheet)
}

/// Terms where there is something that has a term, and none where there is not.
pub(super) fn consistent(mut sheet: TermSheet) -> TermSheet {
    let term = |used: bool, now: u8, usual: u8| match (used, now) {
        (false, _) => 0,
        (true, 0) => usual,
        (true, now) => now,
    };
    sheet.exclusivity_quarters =
        term(sheet.exclusivity != Exclusivity::None, sheet.exclusivity_quarters, USUAL_TERM);
    sheet.access_quarters =
        term(sheet.access != AccessTier::None, sheet.access_quarters, USUAL_TERM);
    sheet.commitment_quarters =
        term(sheet.commitment_mw > 0, sheet.commitment_quarters, USUAL_COMPUTE_TERM);
    let chips_term = sheet.commitment_quarters.max(USUAL_TERM);
    sheet.own_chips_quarters = term(sheet.own_chips_pct > 0, sheet.own_chips_quarters, chips_term);
    match (sheet.instrument, sheet.profit_cap) {
        (Instrument::CappedProfit, 0) => sheet.profit_cap = 20,
        (Instrument::CappedProfit, _) => {}
        _ => sheet.profit_cap = 0,
    }
    match (sheet.revenue_share_pct, sheet.revenue_share_cap.is_zero()) {
        (0, _) => sheet.revenue_share_cap = Money::ZERO,
        (_, true) => sheet.revenue_share_cap = Money::from_bn(5.0),
        _ => {}
    }
    sheet
}
