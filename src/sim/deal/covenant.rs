//! Covenants: what a signed deal forbids later ones, and what is wrong with a sheet in itself.

use crate::ids::{DealId, FirmId, LabId, SeatId};
use crate::level::Giant;
use crate::sim::deal::{AccessTier, BoardSeat, Clause, Deal, Exclusivity, Instrument, TermSheet};
use crate::sim::decision::{Refusal, SheetProblem};
use crate::units::{Money, Quarter};

/// Quarters for which a lab that took a giant's money keeps away from the rivals named.
pub const BARRED_QUARTERS: u32 = 4;
/// The largest sums a sheet may name, in $bn: beyond them it is a slip of the pen.
pub const MAX_AMOUNT_BN: f64 = 1_000.0;
/// The most a round may raise, times the pre-money: nine tenths of the lab (assumed).
pub const MOST_OF_PRE_MONEY: i64 = 9;
pub const MAX_PRE_MONEY_BN: f64 = 10_000.0;
/// The largest compute commitment, in megawatts.
pub const MAX_COMMITMENT_MW: u32 = 50_000;

/// The largest part of a lab's revenue that may be shared, per cent.
pub const MAX_REVENUE_SHARE_PCT: u8 = 30;
/// A capped profit returns at least and at most so many times the money.
pub const PROFIT_CAPS: (u8, u8) = (2, 100);
/// The part of the lab that may be sold to another without the consent of one who has a right to it:
/// a fifth.
pub const CONSENT_FREE_STAKE: f64 = 0.20;

/// The longest term of a clause, in quarters; that of exclusivity is shorter.
pub const LONGEST_TERM: u8 = 40;
pub const LONGEST_EXCLUSIVITY: u8 = 20;

/// What a giant can put into a sheet beside money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Means {
    pub cloud: bool,
    /// Chips of its own: a cloud's, or a chip maker's.
    pub chips: bool,
    /// Models of its own.
    pub models: bool,
}

impl Means {
    pub fn of(giant: &Giant) -> Means {
        Means {
            cloud: giant.cloud.is_some(),
            chips: giant.chips.is_some() || giant.own_chips().is_some(),
            models: giant.models.is_some(),
        }
    }
}

/// Checks a sheet in itself: positive sums, terms where there is a clause, nothing a giant without
/// a cloud cannot give.
pub fn check_sheet(
    sheet: &TermSheet,
    giant: FirmId,
    giants: usize,
    means: Means,
) -> Result<(), Refusal> {
    use SheetProblem::{Named, NeedsCloud, NotPositive, Term, TooLarge};
    let fault = |clause, problem| Err(Refusal::Clause { clause, problem });
    let negative = sheet.cash < Money::ZERO || sheet.credits < Money::ZERO;
    // Each alone first: their sum may be no sum of money.
    let most = Money::from_bn(MAX_AMOUNT_BN);
    if sheet.cash.max(sheet.credits) > most {
        return fault(Clause::Amount, TooLarge);
    }
    // A renegotiation may move no money at all.
    if negative || (!sheet.amount().is_positive() && sheet.replaces.is_none()) {
        return fault(Clause::Amount, NotPositive);
    }
    if sheet.amount() > most {
        return fault(Clause::Amount, TooLarge);
    }
    if sheet.credits.is_positive() && !means.cloud {
        return fault(Clause::Amount, NeedsCloud);
    }
    if sheet.pre_money < Money(1_000_000) {
        return fault(Clause::PreMoney, NotPositive);
    }
    if sheet.pre_money > Money::from_bn(MAX_PRE_MONEY_BN) {
        return fault(Clause::PreMoney, TooLarge);
    }
    // In whole dollars, so that no sum is too large for the comparison.
    if sheet.amount().0 / MOST_OF_PRE_MONEY > sheet.pre_money.0 {
        return fault(Clause::Amount, TooLarge);
    }
    if sheet.tranche_pct > 90 {
        return fault(Clause::Tranche, TooLarge);
    }
    if sheet.commitment_mw > MAX_COMMITMENT_MW || sheet.commitment_quarters > LONGEST_TERM {
        return fault(Clause::Commitment, TooLarge);
    }
    check_promises(sheet)?;
    let terms = [
        (
            Clause::Exclusivity,
            sheet.exclusivity != Exclusivity::None,
            sheet.exclusivity_quarters,
            LONGEST_EXCLUSIVITY,
        ),
        (Clause::Access, sheet.access != AccessTier::None, sheet.access_quarters, LONGEST_TERM),
        (Clause::Commitment, sheet.commitment_mw > 0, sheet.commitment_quarters, LONGEST_TERM),
    ];
    for (clause, present, quarters, longest) in terms {
        if present != (quarters > 0) {
            return fault(clause, Term);
        }
        if quarters > longest {
            return fault(clause, TooLarge);
        }
    }
    let cloud_clauses = [
        (Clause::Access, sheet.access != AccessTier::None),
        (Clause::Exclusivity, sheet.exclusivity != Exclusivity::None),
        (Clause::Commitment, sheet.commitment_mw > 0),
    ];
    if let Some(&(clause, _)) = cloud_clauses.iter().find(|(_, asked)| *asked && !means.cloud) {
        return fault(clause, NeedsCloud);
    }
    let named_wrongly = sheet.barred.contains(giant.seat())
        || sheet.barred.iter().any(|seat| seat.index() >= giants);
    if named_wrongly {
        return fault(Clause::Barred, Named);
    }
    check_instrument(sheet)?;
    check_chips(sheet, means)?;
    check_income(sheet, means)
}

/// An instrument against the clauses it does not go with.
fn check_instrument(sheet: &TermSheet) -> Result<(), Refusal> {
    use SheetProblem::{NeedsCompute, NotWithInstrument, OutOfBounds};
    let fault = |clause, problem| Err(Refusal::Clause { clause, problem });
    let capped = sheet.instrument == Instrument::CappedProfit;
    let (least, most) = if capped { PROFIT_CAPS } else { (0, 0) };
    if sheet.profit_cap < least || sheet.profit_cap > most {
        return fault(Clause::Instrument, OutOfBounds { least, most });
    }
    if !sheet.is_priced() && sheet.tranche_pct > 0 {
        return fault(Clause::Tranche, NotWithInstrument);
    }
    if sheet.instrument == Instrument::Warrants {
        if sheet.credits.is_positive() {
            return fault(Clause::Amount, NotWithInstrument);
        }
        if sheet.vesting_quarters() == 0 {
            return fault(Clause::Instrument, NeedsCompute);
        }
    }
    Ok(())
}

fn check_chips(sheet: &TermSheet, means: Means) -> Result<(), Refusal> {
    use SheetProblem::{NeedsChips, NeedsCompute, Term, TooLarge};
    let fault = |problem| Err(Refusal::Clause { clause: Clause::OwnChips, problem });
    if (sheet.own_chips_pct > 0) != (sheet.own_chips_quarters > 0) {
        return fault(Term);
    }
    if sheet.own_chips_pct > 100 || sheet.own_chips_quarters > LONGEST_TERM {
        return fault(TooLarge);
    }
    if sheet.own_chips_pct > 0 && !means.chips {
        return fault(NeedsChips);
    }
    if sheet.own_chips_pct > 0 && means.cloud && sheet.commitment_mw == 0 {
        return fault(NeedsCompute);
    }
    Ok(())
}

fn check_income(sheet: &TermSheet, means: Means) -> Result<(), Refusal> {
    use SheetProblem::{NeedsCap, NeedsModels, OutOfBounds, TooLarge};
    let fault = |clause, problem| Err(Refusal::Clause { clause, problem });
    if sheet.revenue_share_pct > MAX_REVENUE_SHARE_PCT {
        let bounds = OutOfBounds { least: 0, most: MAX_REVENUE_SHARE_PCT };
        return fault(Clause::RevenueShare, bounds);
    }
    let cap = sheet.revenue_share_cap;
    if cap < Money::ZERO || (sheet.revenue_share_pct > 0) != cap.is_positive() {
        return fault(Clause::RevenueShare, NeedsCap);
    }
    if cap > Money::from_bn(MAX_AMOUNT_BN) {
        return fault(Clause::RevenueShare, TooLarge);
    }
    if sheet.licence_quarters > LONGEST_TERM {
        return fault(Clause::Licence, TooLarge);
    }
    if sheet.licence_quarters > 0 && !means.cloud && !means.models {
        return fault(Clause::Licence, NeedsModels);
    }
    Ok(())
}

/// A break fee is a part of what is paid; a release needs a deal to be released from.
fn check_promises(sheet: &TermSheet) -> Result<(), Refusal> {
    use SheetProblem::{NotPositive, TooLarge};
    let fault = |clause, problem| Err(Refusal::Clause { clause, problem });
    if sheet.break_fee < Money::ZERO {
        return fault(Clause::BreakFee, NotPositive);
    }
    if sheet.break_fee > sheet.amount() && sheet.replaces.is_none()
        || sheet.break_fee > Money::from_bn(MAX_AMOUNT_BN)
    {
        return fault(Clause::BreakFee, TooLarge);
    }
    if sheet.release < Money::ZERO {
        return fault(Clause::Release, NotPositive);
    }
    if sheet.release > Money::from_bn(MAX_AMOUNT_BN) {
        return fault(Clause::Release, TooLarge);
    }
    if sheet.release.is_positive() && sheet.replaces.is_none() {
        return fault(Clause::Release, SheetProblem::NeedsOldDeal);
    }
    Ok(())
}

/// The first covenant of a deal in force that forbids this sheet, and the clause it meets. What its
/// holder has waived for this giant, and the covenant the sheet itself is subject to, do not.
pub fn conflict<'a>(
    sheet: &TermSheet,
    giant: FirmId,
    lab: LabId,
    now: Quarter,
    deals: impl Iterator<Item = &'a Deal>,
) -> Option<(DealId, Clause)> {
    deals
        .filter(|deal| deal.lab == lab && deal.giant != giant && sheet.subject_to != Some(deal.id))
        .find_map(|deal| {
            conflict_with(sheet, giant.seat(), now, deal).map(|clause| (deal.id, clause))
        })
}

/// The last quarter in which a deal forbids this clause of a sheet, if its terms end.
pub fn forbidden_through(
    sheet: &TermSheet,
    giant: FirmId,
    now: Quarter,
    deal: &Deal,
    clause: Clause,
) -> Option<Quarter> {
    let ends = (now.0..=deal.last_term_ends().0)
        .map(Quarter)
        .find(|&quarter| conflict_with(sheet, giant.seat(), quarter, deal) != Some(clause))?;
    Some(Quarter(ends.0.saturating_sub(1)))
}

/// The covenant a sheet is subject to, while it still stands in the way, and the clause it meets.
pub fn waits_for<'a>(
    sheet: &TermSheet,
    giant: FirmId,
    now: Quarter,
    mut deals: impl Iterator<Item = &'a Deal>,
) -> Option<(DealId, Clause)> {
    let id = sheet.subject_to?;
    let deal = deals.find(|deal| deal.id == id)?;
    conflict_with(sheet, giant.seat(), now, deal).map(|clause| (id, clause))
}

fn conflict_with(sheet: &TermSheet, giant: SeatId, now: Quarter, deal: &Deal) -> Option<Clause> {
    if deal.life.waived.contains(giant) {
        return None;
    }
    let held = deal.exclusivity_at(now);
    let access_held = deal.access_at(now);
    if deal.bars_at(now, giant) {
        return Some(Clause::Amount);
    }
    if deal.needs_consent() {
        if sheet.stake() > CONSENT_FREE_STAKE {
            return Some(Clause::Consent);
        }
        if sheet.board == BoardSeat::Director {
            return Some(Clause::Board);
        }
        if sheet.exclusivity != Exclusivity::None {
            return Some(Clause::Exclusivity);
        }
    }
    if sheet.commitment_mw > 0 {
        let more_than_first =
            held == Exclusivity::FirstRefusal && sheet.commitment_mw > deal.sheet.commitment_mw;
        if held == Exclusivity::SoleCloud || more_than_first {
            return Some(Clause::Commitment);
        }
    }
    if sheet.access != AccessTier::None
        && (held == Exclusivity::SoleReseller || access_held == AccessTier::Exclusive)
    {
        return Some(Clause::Access);
    }
    if access_held != AccessTier::None {
        if sheet.access == AccessTier::Exclusive {
            return Some(Clause::Access);
        }
        if sheet.exclusivity == Exclusivity::SoleReseller {
            return Some(Clause::Exclusivity);
        }
    }
    let both_exclude = held != Exclusivity::None && held == sheet.exclusivity;
    let sole_against_first =
        held == Exclusivity::FirstRefusal && sheet.exclusivity == Exclusivity::SoleCloud;
    (both_exclude || sole_against_first).then_some(Clause::Exclusivity)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SeatSet;

    const CLOUD: Means = Means { cloud: true, chips: true, models: true };
    const FUND: Means = Means { cloud: false, chips: false, models: false };

    fn sheet() -> TermSheet {
        TermSheet {
            cash: Money::from_bn(10.0),
            pre_money: Money::from_bn(100.0),
            ..TermSheet::default()
        }
    }

    fn held_by_firm_1(sheet: TermSheet) -> Deal {
        Deal { id: DealId(3), ..Deal::of(FirmId(1), LabId(0), sheet) }
    }

    #[test]
    fn a_sheet_that_cannot_be_is_refused_by_its_clause() {
        let problems = [
            (TermSheet { cash: Money(-1), ..sheet() }, Clause::Amount),
            (TermSheet { cash: Money(i64::MAX), credits: Money(1), ..sheet() }, Clause::Amount),
            (TermSheet { pre_money: Money::ZERO, ..sheet() }, Clause::PreMoney),
            (TermSheet { tranche_pct: 95, ..sheet() }, Clause::Tranche),
            (TermSheet { access: AccessTier::Early, ..sheet() }, Clause::Access),
            (TermSheet { exclusivity_quarters: 4, ..sheet() }, Clause::Exclusivity),
            (TermSheet { barred: SeatSet::EMPTY.with(SeatId(0)), ..sheet() }, Clause::Barred),
            (TermSheet { barred: SeatSet::EMPTY.with(SeatId(6)), ..sheet() }, Clause::Barred),
        ];
        for (bad, expected) in problems {
            match check_sheet(&bad, FirmId(0), 5, CLOUD) {
                Err(Refusal::Clause { clause, .. }) => assert_eq!(clause, expected),
                other => panic!("{expected:?}: {other:?}"),
            }
        }
        assert_eq!(check_sheet(&sheet(), FirmId(0), 5, CLOUD), Ok(()));
    }

    #[test]
    fn a_fund_cannot_grant_credits() {
        let credits = TermSheet { credits: Money::from_bn(1.0), ..sheet() };
        assert!(check_sheet(&credits, FirmId(0), 5, FUND).is_err());
    }

    #[test]
    fn a_sole_cloud_blocks_compute_until_it_lapses() {
        let holder = held_by_firm_1(TermSheet {
            exclusivity: Exclusivity::SoleCloud,
            exclusivity_quarters: 4,
            ..sheet()
        });
        let wanted = TermSheet { commitment_mw: 200, commitment_quarters: 8, ..sheet() };
        let at = |quarter| {
            conflict(&wanted, FirmId(0), LabId(0), Quarter(quarter), [&holder].into_iter())
        };
        assert_eq!(at(4), Some((DealId(3), Clause::Commitment)));
        assert_eq!(at(5), None);
        assert_eq!(
            conflict(&sheet(), FirmId(0), LabId(0), Quarter(2), [&holder].into_iter()),
            None
        );
    }

    #[test]
    fn a_covenant_is_said_to_stand_as_long_as_it_does() {
        // Exclusive rights of three quarters beside access of twelve: each forbids for its own time.
        let holder = held_by_firm_1(TermSheet {
            exclusivity: Exclusivity::SoleReseller,
            exclusivity_quarters: 3,
            access: AccessTier::Early,
            access_quarters: 12,
            ..sheet()
        });
        let through = |wanted: &TermSheet| {
            let (_, clause) =
                conflict(wanted, FirmId(0), LabId(0), Quarter(1), [&holder].into_iter())?;
            forbidden_through(wanted, FirmId(0), Quarter(1), &holder, clause)
        };
        let early = TermSheet { access: AccessTier::Early, access_quarters: 4, ..sheet() };
        assert_eq!(through(&early), Some(Quarter(3)));
        assert_eq!(
            through(&TermSheet { access: AccessTier::Exclusive, ..early }),
            Some(Quarter(12))
        );
        let consent = held_by_firm_1(TermSheet { consent: true, ..sheet() });
        let director = TermSheet { board: BoardSeat::Director, ..sheet() };
        let (giant, now) = (FirmId(0), Quarter(2));
        assert_eq!(forbidden_through(&director, giant, now, &consent, Clause::Board), None);
    }

    #[test]
    fn a_barred_rival_cannot_invest_for_four_quarters() {
        let holder =
            held_by_firm_1(TermSheet { barred: SeatSet::EMPTY.with(SeatId(0)), ..sheet() });
        let at = |quarter| {
            conflict(&sheet(), FirmId(0), LabId(0), Quarter(quarter), [&holder].into_iter())
        };
        assert_eq!(at(4), Some((DealId(3), Clause::Amount)));
        assert_eq!(at(5), None);
    }

    #[test]
    fn nobody_gets_exclusive_access_to_what_another_resells() {
        let holder =
            held_by_firm_1(TermSheet { access: AccessTier::Resale, access_quarters: 8, ..sheet() });
        let wanted = TermSheet { access: AccessTier::Exclusive, access_quarters: 4, ..sheet() };
        let found = conflict(&wanted, FirmId(0), LabId(0), Quarter(2), [&holder].into_iter());
        assert_eq!(found, Some((DealId(3), Clause::Access)));
    }
}
