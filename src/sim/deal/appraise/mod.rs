//! What a term sheet is worth, to either side: rows that sum to the value it decides on.
//!
//! Formulas and weights are those of the calibration (section 5.1); what is marked *assumed* has no
//! evidence in signed deals. All sums in $bn.

mod giant;
mod lab;
mod reference;

pub use giant::{Chips, GiantCase, Threat};
pub use lab::{LabCase, worth_of_a_dollar};
pub use reference::{Reference, reference, round_to, template};

use libm::{exp, log, pow};
use serde::{Deserialize, Serialize};

use crate::sim::deal::rules::capped_return;
use crate::sim::deal::{Clause, Instrument, TermSheet};

/// A row of an appraisal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Row {
    // A giant's.
    Stake,
    CommittedCompute,
    CloudDemand,
    Denial,
    Influence,
    RevenueShare,
    Licence,
    Cash,
    AlternativeUse,
    Regulation,
    // A lab's.
    Runway,
    NewCompute,
    Reach,
    Dilution,
    Control,
    LockIn,
    RevenueGiven,
    LicenceGiven,
    Distrust,
    BestAlternative,
}

/// Rows of an appraisal, at most.
pub const ROWS: usize = 10;

/// A side's appraisal of one sheet.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Appraisal {
    /// Every row of the side, in order, $bn; rows that do not apply are 0.
    pub rows: [(Row, f64); ROWS],
    /// What is paid, a staged tranche counted at its chance, $bn.
    pub effective_amount_bn: f64,
}

impl Appraisal {
    /// The value decided on: the sum of the rows, $bn.
    pub fn value(&self) -> f64 {
        self.rows.iter().map(|(_, bn)| bn).sum()
    }

    /// The clause behind the most negative row, if a clause is behind it.
    pub fn worst_clause(&self) -> Option<Clause> {
        self.rows
            .iter()
            .filter_map(|&(row, bn)| clause_behind(row).map(|clause| (clause, bn)))
            .filter(|&(_, bn)| bn < -1e-9)
            .min_by(|one, other| one.1.total_cmp(&other.1))
            .map(|(clause, _)| clause)
    }
}

fn clause_behind(row: Row) -> Option<Clause> {
    match row {
        Row::Dilution => Some(Clause::PreMoney),
        Row::Control => Some(Clause::Board),
        Row::LockIn => Some(Clause::Exclusivity),
        Row::Cash | Row::AlternativeUse => Some(Clause::Amount),
        Row::Regulation => Some(Clause::Exclusivity),
        Row::RevenueGiven => Some(Clause::RevenueShare),
        Row::LicenceGiven => Some(Clause::Licence),
        _ => None,
    }
}

/// Delay allowance: a side signs up to this part of the amount below its hold-out (calibration 5.1).
pub const DELAY_ALLOWANCE: f64 = 0.12;
/// Part of the reference surplus a side holds out for when talks begin.
pub const HOLD_OUT: f64 = 0.50;
/// Where the hold-out ends in the last round: σ of the calibration.
pub const FINAL_HOLD_OUT_GIANT: f64 = 0.40;
pub const FINAL_HOLD_OUT_LAB: f64 = 0.35;

/// The part of the reference surplus a side holds out for in a round (0 the first) of so many:
/// a straight line from [`HOLD_OUT`] to its σ in the last.
pub fn hold_out(round: u32, rounds: u32, last: f64) -> f64 {
    let gone =
        if rounds > 1 { f64::from(round.min(rounds - 1)) / f64::from(rounds - 1) } else { 1.0 };
    HOLD_OUT + (last - HOLD_OUT) * gone
}

/// The least value at which a side signs: its part of the reference surplus less the delay
/// allowance on what is paid.
pub fn signs_from(hold_out: f64, reference_surplus_bn: f64, effective_amount_bn: f64) -> f64 {
    hold_out * reference_surplus_bn.max(0.0) - DELAY_ALLOWANCE * effective_amount_bn
}

/// Outcomes of a lab five years on: multiples of its value and their chances (calibration 5.1).
const OUTCOMES: [(f64, f64); 3] = [(0.20, 8.0), (0.45, 2.5), (0.35, 0.2)];
/// What later rounds leave of a stake.
const RETENTION: f64 = 0.75;
const DISCOUNT: f64 = 1.15;

/// Value of owning a part of a lab worth `post_bn` after the money:
/// `Σ π · min(part · post · x · 0.75, cap) / 1.15⁵`, cap infinite where profit is not capped.
pub fn stake_value(part: f64, post_bn: f64, cap_bn: f64) -> f64 {
    over_outcomes(|multiple| (part * post_bn * multiple * RETENTION).min(cap_bn))
}

/// The fundamental value of a lab, $bn: `[16·RR·G4 + 0.025·heads]^0.7 · last^0.3`, where
/// `G4 = clip(1 + ½(RR/RR₄ − 1), 1.2, 3)`; run rates a year in $bn, RR₄ four quarters ago.
pub fn fundamental_value(run_rate: f64, year_ago: f64, heads: f64, last_price_bn: f64) -> f64 {
    let growth = if year_ago > 0.0 { 1.0 + 0.5 * (run_rate / year_ago - 1.0) } else { 3.0 };
    let business = 16.0 * run_rate * growth.clamp(1.2, 3.0) + 0.025 * heads;
    pow(business.max(0.1), 0.7) * pow(last_price_bn.max(0.1), 0.3)
}

/// What both sides expect a note to pay of today's fundamental value: four fifths of the next round's
/// price. A lab hopes for a better round than its investor does, and that difference is why notes are
/// written (*assumed*).
const NOTE_GIANT: f64 = 0.8 * 1.15;
pub const NOTE_LAB: f64 = 0.8 * 1.6;
/// Chance that warrants are used: that of the outcomes above today's price.
const WARRANTS_USED: f64 = 0.65;

/// What the shares of a sheet are worth, $bn, by its instrument: a stake at the sheet's price; a stake
/// at the price a note is expected to pay; profits shared up to a cap, as [`capped_return`] has it,
/// over the same outcomes; a stake in those outcomes alone that lie above today's price.
fn shares_worth(sheet: &TermSheet, amount_bn: f64, fundamental_bn: f64, note: f64) -> f64 {
    let post_bn = fundamental_bn + amount_bn;
    match sheet.instrument {
        Instrument::Preferred => {
            stake_value(expected_part(sheet, amount_bn), post_bn, f64::INFINITY)
        }
        Instrument::Convertible => {
            let pre_bn = sheet.pre_money.bn().min(note * fundamental_bn);
            stake_value(amount_bn / (pre_bn + amount_bn).max(1e-9), post_bn, f64::INFINITY)
        }
        Instrument::CappedProfit => {
            let part = expected_part(sheet, amount_bn);
            let cap = amount_bn * f64::from(sheet.profit_cap);
            over_outcomes(|multiple| {
                capped_return(post_bn * multiple * RETENTION, amount_bn, part, cap)
            })
        }
        Instrument::Warrants => {
            let stake = sheet.stake() * (fundamental_bn + sheet.amount().bn());
            over_outcomes(
                |multiple| {
                    if multiple > 1.0 { stake * multiple * RETENTION } else { 0.0 }
                },
            )
        }
    }
}

/// The expectation of something over a lab's outcomes, five years on, as of today.
fn over_outcomes(value: impl Fn(f64) -> f64) -> f64 {
    let years = DISCOUNT * DISCOUNT * DISCOUNT * DISCOUNT * DISCOUNT;
    OUTCOMES.iter().map(|(chance, multiple)| chance * value(*multiple) / years).sum()
}

/// Quarters after which a revenue share counts no more, and how much larger than now a lab's revenue
/// is taken to be on average until then (*assumed*).
const SHARE_HORIZON: f64 = 40.0;
const REVENUE_GROWN: f64 = 2.0;

/// What a revenue share comes to, $bn: `min(cap, 40·q) · yearly^(−years/2)`, where q is its part of
/// twice the lab's present revenue and the years are those until the cap is reached.
fn shared_value(sheet: &TermSheet, revenue_bn: f64, yearly: f64) -> f64 {
    if sheet.revenue_share_pct == 0 {
        return 0.0;
    }
    let cap = sheet.revenue_share_cap.bn();
    let a_quarter = f64::from(sheet.revenue_share_pct) / 100.0 * REVENUE_GROWN * revenue_bn;
    let quarters = (cap / a_quarter.max(1e-9)).min(SHARE_HORIZON);
    cap.min(a_quarter * SHARE_HORIZON) * pow(yearly, -quarters / 8.0)
}

/// A long clause counts by its quarters, up to six years: 1 is eight quarters.
fn long_weight(quarters: u8) -> f64 {
    f64::from(quarters).min(24.0) / 8.0
}

/// What is paid with a staged tranche at its chance, and warrants at theirs, $bn; and the part of it
/// that is credits.
fn effective(sheet: &TermSheet) -> (f64, f64) {
    if sheet.instrument == Instrument::Warrants {
        return (WARRANTS_USED * sheet.amount().bn(), 0.0);
    }
    let staged = sheet.condition.chance() * sheet.staged().bn();
    let paid = sheet.first_tranche().bn() + sheet.credits.bn() + staged;
    let credit_part = if paid > 0.0 { sheet.credits.bn() / paid } else { 0.0 };
    (paid, credit_part)
}

/// The part of the lab expected to change hands: what is paid over the post-money of the sheet.
fn expected_part(sheet: &TermSheet, effective_bn: f64) -> f64 {
    effective_bn / sheet.post_money().bn().max(1e-9)
}

/// A clause with a term counts in full from eight quarters on.
fn term_weight(quarters: u8) -> f64 {
    f64::from(quarters).min(8.0) / 8.0
}

/// `ln Σ e^{θ·gap} / θ` with θ = 0.25 a point: what several models are worth together, in points
/// from the frontier (calibration 2.2). Gaps of −∞ count for nothing.
pub fn inclusive_value(gaps: impl Iterator<Item = f64>) -> f64 {
    inclusive_of(gaps.map(pull).sum())
}

/// θ of the inclusive value, per point (calibration 2.2, assumed).
const THETA: f64 = 0.25;

/// What a model at this gap adds to the sum inside an inclusive value: `e^{θ·gap}`.
pub fn pull(gap: f64) -> f64 {
    exp(THETA * gap)
}

/// The inclusive value of a sum of pulls.
pub fn inclusive_of(pulls: f64) -> f64 {
    log(pulls) / THETA
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Money;

    // Calibration, section 10: F = 104 at these inputs.
    #[test]
    fn the_columns_lab_is_worth_104_billion() {
        let value = fundamental_value(2.8, 1.3, 1_700.0, 86.0);
        assert!((value - 104.0).abs() < 0.5, "{value}");
    }

    #[test]
    fn a_second_equal_model_is_worth_2_8_points() {
        let one = inclusive_value([0.0].into_iter());
        let two = inclusive_value([0.0, 0.0].into_iter());
        assert!(one.abs() < 1e-12);
        assert!((two - one - 2.7726).abs() < 1e-3, "{two}");
    }

    // theory-cases.md, VC method, in the form used here: value discounted at a rate over five years.
    #[test]
    fn a_stake_is_its_outcomes_discounted() {
        let expected = (0.2 * 8.0 + 0.45 * 2.5 + 0.35 * 0.2) * 0.75 / 2.011_357_187_5 * 10.0;
        assert!((stake_value(0.1, 100.0, f64::INFINITY) - expected).abs() < 1e-9);
        assert!(stake_value(0.1, 100.0, 5.0) < expected);
    }

    #[test]
    fn the_hold_out_concedes_in_a_straight_line() {
        assert_eq!(hold_out(0, 3, 0.35), 0.50);
        assert!((hold_out(1, 3, 0.35) - 0.425).abs() < 1e-12);
        assert!((hold_out(2, 3, 0.35) - 0.35).abs() < 1e-12);
        assert_eq!(hold_out(0, 1, 0.35), 0.35);
    }

    #[test]
    fn staged_money_counts_at_its_chance() {
        let sheet = TermSheet {
            cash: Money::from_bn(10.0),
            credits: Money::from_bn(5.0),
            tranche_pct: 40,
            condition: crate::sim::deal::Condition::AtTheFrontier,
            ..TermSheet::default()
        };
        let (paid, credit_part) = effective(&sheet);
        assert!((paid - 13.4).abs() < 1e-9);
        assert!((credit_part - 5.0 / 13.4).abs() < 1e-9);
    }
}
