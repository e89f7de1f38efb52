//! Covenants: what a signed deal forbids later ones, and what is wrong with a sheet in itself.

use serde::{Deserialize, Serialize};

use crate::ids::{DealId, FirmId, LabId, SeatId};
use crate::sim::deal::{AccessTier, Deal, Exclusivity, TermSheet};
use crate::sim::decision::{Refusal, SheetProblem};
use crate::units::{Money, Quarter};

/// Quarters for which a lab that took a giant's money keeps away from the rivals named.
pub const BARRED_QUARTERS: u32 = 4;
/// The largest sums a sheet may name, in $bn: beyond them it is a slip of the pen.
pub const MAX_AMOUNT_BN: f64 = 1_000.0;
pub const MAX_PRE_MONEY_BN: f64 = 10_000.0;
/// The largest compute commitment, in megawatts.
pub const MAX_COMMITMENT_MW: u32 = 50_000;

/// A clause of a term sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Clause {
    Amount,
    PreMoney,
    Tranche,
    Board,
    Exclusivity,
    Commitment,
    Access,
    Barred,
    SubjectTo,
}

impl Clause {
    /// Every clause, in the order a table shows them.
    pub const ALL: [Clause; 9] = [
        Clause::Amount,
        Clause::PreMoney,
        Clause::Tranche,
        Clause::Board,
        Clause::Exclusivity,
        Clause::Commitment,
        Clause::Access,
        Clause::Barred,
        Clause::SubjectTo,
    ];
}

/// Checks a sheet in itself: positive sums, terms where there is a clause, nothing a giant without
/// a cloud cannot give.
pub fn check_sheet(
    sheet: &TermSheet,
    giant: FirmId,
    giants: usize,
    has_cloud: bool,
) -> Result<(), Refusal> {
    use SheetProblem::{Named, NeedsCloud, NotPositive, Term, TooLarge};
    let fault = |clause, problem| Err(Refusal::Clause { clause, problem });
    let negative = sheet.cash < Money::ZERO || sheet.credits < Money::ZERO;
    // Each alone first: their sum may be no sum of money.
    let most = Money::from_bn(MAX_AMOUNT_BN);
    if sheet.cash.max(sheet.credits) > most {
        return fault(Clause::Amount, TooLarge);
    }
    if negative || !sheet.amount().is_positive() {
        return fault(Clause::Amount, NotPositive);
    }
    if sheet.amount() > most {
        return fault(Clause::Amount, TooLarge);
    }
    if sheet.credits.is_positive() && !has_cloud {
        return fault(Clause::Amount, NeedsCloud);
    }
    if sheet.pre_money < Money(1_000_000) {
        return fault(Clause::PreMoney, NotPositive);
    }
    if sheet.pre_money > Money::from_bn(MAX_PRE_MONEY_BN) {
        return fault(Clause::PreMoney, TooLarge);
    }
    if sheet.tranche_pct > 90 {
        return fault(Clause::Tranche, TooLarge);
    }
    if sheet.commitment_mw > MAX_COMMITMENT_MW || sheet.commitment_quarters > 40 {
        return fault(Clause::Commitment, TooLarge);
    }
    let terms = [
        (
            Clause::Exclusivity,
            sheet.exclusivity != Exclusivity::None,
            sheet.exclusivity_quarters,
            20,
        ),
        (Clause::Access, sheet.access != AccessTier::None, sheet.access_quarters, 40),
        (Clause::Commitment, sheet.commitment_mw > 0, sheet.commitment_quarters, 40),
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
    if let Some(&(clause, _)) = cloud_clauses.iter().find(|(_, asked)| *asked && !has_cloud) {
        return fault(clause, NeedsCloud);
    }
    let named_wrongly = sheet.barred.contains(giant.seat())
        || sheet.barred.iter().any(|seat| seat.index() >= giants);
    if named_wrongly {
        return fault(Clause::Barred, Named);
    }
    Ok(())
}

/// The first covenant of a deal in force that forbids this sheet, and the clause it meets.
pub fn conflict<'a>(
    sheet: &TermSheet,
    giant: FirmId,
    lab: LabId,
    now: Quarter,
    deals: impl Iterator<Item = &'a Deal>,
) -> Option<(DealId, Clause)> {
    deals.filter(|deal| deal.lab == lab && deal.giant != giant).find_map(|deal| {
        conflict_with(sheet, giant.seat(), now, deal).map(|clause| (deal.id, clause))
    })
}

fn conflict_with(sheet: &TermSheet, giant: SeatId, now: Quarter, deal: &Deal) -> Option<Clause> {
    let held = deal.exclusivity_at(now);
    let access_held = deal.access_at(now);
    if deal.bars_at(now, giant) {
        return Some(Clause::Amount);
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
    use crate::sim::deal::Staged;

    fn sheet() -> TermSheet {
        TermSheet {
            cash: Money::from_bn(10.0),
            pre_money: Money::from_bn(100.0),
            ..TermSheet::default()
        }
    }

    fn held_by_firm_1(sheet: TermSheet) -> Deal {
        Deal {
            id: DealId(3),
            giant: FirmId(1),
            lab: LabId(0),
            sheet,
            signed: Quarter(1),
            fact: None,
            class: crate::sim::deal::ShareClass::Common,
            shares_before: 1,
            revenue_at_signing_bn: 1.0,
            staged: Staged::None,
        }
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
            match check_sheet(&bad, FirmId(0), 5, true) {
                Err(Refusal::Clause { clause, .. }) => assert_eq!(clause, expected),
                other => panic!("{expected:?}: {other:?}"),
            }
        }
        assert_eq!(check_sheet(&sheet(), FirmId(0), 5, true), Ok(()));
    }

    #[test]
    fn a_fund_cannot_grant_credits() {
        let credits = TermSheet { credits: Money::from_bn(1.0), ..sheet() };
        assert!(check_sheet(&credits, FirmId(0), 5, false).is_err());
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
