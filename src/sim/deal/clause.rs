//! The clauses of a term sheet, and how one setting of each compares with another.

use serde::{Deserialize, Serialize};

use crate::sim::deal::{Instrument, TermSheet};
use crate::sim::negotiation::Side;

/// A clause of a term sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Clause {
    Amount,
    PreMoney,
    Instrument,
    Tranche,
    Board,
    Consent,
    ProRata,
    AntiDilution,
    Exclusivity,
    Commitment,
    OwnChips,
    Access,
    Licence,
    RevenueShare,
    Barred,
    // Promises.
    BreakFee,
    Replaces,
    Release,
    SubjectTo,
}

impl Clause {
    /// Every clause, in the order a table shows them.
    pub const ALL: [Clause; 19] = [
        Clause::Amount,
        Clause::PreMoney,
        Clause::Instrument,
        Clause::Tranche,
        Clause::Board,
        Clause::Consent,
        Clause::ProRata,
        Clause::AntiDilution,
        Clause::Exclusivity,
        Clause::Commitment,
        Clause::OwnChips,
        Clause::Access,
        Clause::Licence,
        Clause::RevenueShare,
        Clause::Barred,
        Clause::BreakFee,
        Clause::Replaces,
        Clause::Release,
        Clause::SubjectTo,
    ];
}

/// Whether one sheet is at least as good for a side as another, clause by clause: the partial order
/// by which *strictly better* is meant. Two sheets that differ in a clause without an order (the
/// amount, its parts and its tranche; the instrument; for a lab also compute and access, which give
/// and bind; for a giant exclusivity, which regulators see, and the price of a note or a capped profit) do not compare.
pub fn at_least_as_good(side: Side, one: &TermSheet, other: &TermSheet) -> bool {
    let unordered = |sheet: &TermSheet| {
        let plain = (sheet.cash, sheet.credits, sheet.tranche_pct, sheet.condition);
        (plain, sheet.instrument, sheet.subject_to, sheet.replaces)
    };
    if unordered(one) != unordered(other) {
        return false;
    }
    match side {
        Side::Giant => {
            let binding = |sheet: &TermSheet| (sheet.exclusivity, sheet.exclusivity_quarters);
            // Where a note or a cap binds, a lower price gains nothing and regulators see a larger part.
            let price_tells =
                !matches!(one.instrument, Instrument::Convertible | Instrument::CappedProfit)
                    || one.pre_money == other.pre_money;
            binding(one) == binding(other)
                && price_tells
                && gives_more(one, other)
                && one.commitment_mw >= other.commitment_mw
                && one.commitment_quarters >= other.commitment_quarters
                && one.access >= other.access
                && one.access_quarters >= other.access_quarters
        }
        Side::Lab => {
            let binding = |sheet: &TermSheet| {
                let compute = (sheet.commitment_mw, sheet.commitment_quarters);
                (compute, sheet.access, sheet.access_quarters)
            };
            binding(one) == binding(other)
                && gives_more(other, one)
                && one.exclusivity.strictness() <= other.exclusivity.strictness()
                && one.exclusivity_quarters <= other.exclusivity_quarters
        }
    }
}

/// Whether a sheet gives the giant at least as much as another in every clause that only takes from
/// the one what it gives to the other.
fn gives_more(one: &TermSheet, other: &TermSheet) -> bool {
    one.pre_money <= other.pre_money
        && one.board >= other.board
        && (one.instrument != Instrument::CappedProfit || one.profit_cap >= other.profit_cap)
        && one.pro_rata >= other.pro_rata
        && one.anti_dilution >= other.anti_dilution
        && one.consent >= other.consent
        && one.revenue_share_pct >= other.revenue_share_pct
        && one.revenue_share_cap >= other.revenue_share_cap
        && one.licence_quarters >= other.licence_quarters
        && one.own_chips_pct >= other.own_chips_pct
        && one.own_chips_quarters >= other.own_chips_quarters
        && one.break_fee >= other.break_fee
        && one.release >= other.release
        && other.barred.is_subset_of(one.barred)
}
