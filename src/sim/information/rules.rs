//! What is said and what is believed. All constants are *assumed* unless a source stands beside them.

use libm::{exp2, floor, log2, pow};

use super::{Record, Standing};
use crate::sim::deal::appraise::round_to;
use crate::units::Money;

/// Belief in a rumour that nobody puts a name to, before its plausibility.
pub const UNNAMED: f64 = 0.5;
/// Belief in what was verified.
const CERTAIN: f64 = 0.95;
/// What doubt leaves of belief.
const DOUBT: f64 = 0.4;
/// An exposed lie weighs as many verified claims.
const LIE_WEIGHS: f64 = 3.0;

/// The chance that due diligence finds out whether a claim is true.
pub const DILIGENCE_FINDS: f64 = 0.8;
/// Quarters that what due diligence found stays fresh, that of the inquiry included.
pub const DILIGENCE_LASTS: u32 = 4;
/// The chance that a planted rumour is traced in a quarter, and what a point of press adds.
pub const PLANT_TRACED: f64 = 0.25;
pub const PRESS_FINDS: f64 = 0.35;
/// What a point of press leaves of the harm of a leak or a rumour.
pub const PRESS_SOFTENS: f64 = 0.5;
/// What a point of press adds to a giant's market value, part of 1, as sentiment.
pub const PRESS_LIFT: f64 = 0.0005;
/// What a point of press adds to the appeal of a lab's products in the quarter, utils.
pub const PRESS_APPEAL: f64 = 0.02;

/// Trust a lab loses in the giant whose people talked.
pub const TRUST_LEAKED: f64 = -0.02;
/// What an exposed claim costs a giant: the lab's trust; and a lab: the giant's patience, which is how
/// a giant's trust shows.
pub const TRUST_LIED: f64 = -0.10;
pub const PATIENCE_LIED: u32 = 3;
/// The same for an exposed rumour, with every counterpart.
pub const TRUST_RUMOUR: f64 = -0.04;
pub const PATIENCE_RUMOUR: u32 = 1;

/// Market value moved by talks that are believed, $bn a $bn of the bid (calibration 6: Amazon +0.4%
/// of $2,400bn on talks about $10bn, +1.6% on $50bn), and the most it is, part of the value.
const TALKS_MOVE: f64 = 0.9;
const TALKS_MOVE_MOST: f64 = 0.02;
/// Market value a believed rumour of trouble costs a giant, part of 1; talent it costs a lab, points.
const TROUBLE_COSTS: f64 = 0.01;
pub const TROUBLE_TALENT: f64 = -0.15;

/// The chance that a table's talks leak in a round: a fiftieth in the first, as much more for each
/// round held, a quarter more for each other table its two sides have open.
pub fn leak_chance(round: u32, other_tables: u32) -> f64 {
    (0.02 * f64::from(round + 1) * (1.0 + 0.25 * f64::from(other_tables))).min(0.5)
}

/// The cell a sum lies in, as others hear of it: edges are powers of the square root of two, to two
/// figures. The middle of a cell is not the sum.
pub fn blurred(sum: Money) -> (Money, Money) {
    let edge = |place: f64| round_to(exp2(place / 2.0), 2);
    let mut place = floor(2.0 * log2(sum.bn().max(1e-3)));
    while edge(place) > sum {
        place -= 1.0;
    }
    while edge(place + 1.0) <= sum {
        place += 1.0;
    }
    (edge(place), edge(place + 1.0))
}

/// Belief in somebody's word, 0 to 1: `(2 + verified) / (3 + verified + 3·exposed)`.
pub fn credit(record: Record) -> f64 {
    let verified = f64::from(record.verified);
    (2.0 + verified) / (3.0 + verified + LIE_WEIGHS * f64::from(record.exposed))
}

/// How plausible a bid is, 0 to 1. In full up to three tenths of the giant's published cash, not at
/// all from the whole of it; in full at 0.6 to 1.6 of the lab's fundamental value, a tenth beyond
/// 0.3 and 3; not at all where a covenant forbids the money.
pub fn plausibility(amount_bn: f64, cash_bn: f64, price_ratio: f64, forbidden: bool) -> f64 {
    if forbidden {
        return 0.0;
    }
    let part = amount_bn / cash_bn.max(1e-6);
    let payable = ((1.0 - part) / 0.7).clamp(0.0, 1.0);
    let dear = ((3.0 - price_ratio) / 1.4).clamp(0.1, 1.0);
    let cheap = ((price_ratio - 0.3) / 0.3).clamp(0.1, 1.0);
    payable * dear.min(cheap)
}

/// How plausible a rumour of trouble is: in full where published figures look like it, else half.
pub fn trouble_plausibility(in_straits: bool) -> f64 {
    if in_straits { 1.0 } else { 0.5 }
}

/// Belief in what was said: the credit of who said it, times plausibility, as far as it is still open.
pub fn belief(credit: f64, plausibility: f64, standing: Standing) -> f64 {
    match standing {
        Standing::Unproven => credit * plausibility,
        Standing::Doubtful => DOUBT * credit * plausibility,
        Standing::Verified => CERTAIN,
        Standing::Exposed => 0.0,
    }
}

/// Whether a bid that lies on a table bears out what is said of it: at least nine tenths of the
/// amount, and a price no worse for the claimant by more than a twentieth. A lab boasts of a high
/// price, a giant of a low one.
pub fn bears_out(real: (f64, f64), said: (f64, f64), lab_says: bool) -> bool {
    let price = if lab_says { real.1 >= 0.95 * said.1 } else { real.1 <= 1.05 * said.1 };
    real.0 >= 0.9 * said.0 && price
}

/// What believed talks add to the giant's market value, $bn: `0.9·amount`, at most 2% of the value.
pub fn talks_move_bn(belief: f64, amount_bn: f64, value_bn: f64) -> f64 {
    belief * (TALKS_MOVE * amount_bn).min(TALKS_MOVE_MOST * value_bn)
}

/// What a rumour of trouble takes from a giant's market value, $bn: `belief · 1% · 0.5^press`.
pub fn trouble_move_bn(belief: f64, value_bn: f64, press: u32) -> f64 {
    -belief * TROUBLE_COSTS * value_bn * softened(press)
}

/// What press leaves of harm: `0.5^press`.
pub fn softened(press: u32) -> f64 {
    pow(PRESS_SOFTENS, f64::from(press))
}

/// The chance that a rumour or claim is cleared up in a quarter: `1 − (1 − base)·(1 − 0.35)^press`.
pub fn found_out(base: f64, press: u32) -> f64 {
    1.0 - (1.0 - base) * pow(1.0 - PRESS_FINDS, f64::from(press))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn talks_leak_more_easily_the_longer_they_last_and_the_more_people_are_in_them() {
        for (round, tables) in [(0, 0), (1, 0), (2, 3)] {
            assert!(leak_chance(round + 1, tables) > leak_chance(round, tables));
            assert!(leak_chance(round, tables + 1) > leak_chance(round, tables));
        }
        assert!((leak_chance(0, 0) - 0.02).abs() < 1e-12);
        assert!(leak_chance(40, 40) <= 0.5);
    }

    #[test]
    fn a_blurred_sum_holds_the_true_one_and_hides_where_in_its_cell_it_lies() {
        let mut dollars = 30_000_000;
        while dollars < 900_000_000_000 {
            let sum = Money(dollars);
            let (low, high) = blurred(sum);
            assert!(low <= sum && sum < high, "{sum:?} is not in {low:?}..{high:?}");
            assert!(high.bn() / low.bn() < 1.6, "{low:?}..{high:?} is wide");
            assert_eq!(blurred(low), (low, high));
            assert_eq!(blurred(Money(high.0 - 1)), (low, high));
            dollars += dollars / 7 + 13;
        }
    }

    #[test]
    fn a_lie_found_out_costs_more_belief_than_a_truth_gains() {
        let record = |verified, exposed| credit(Record { verified, exposed });
        let fresh = record(0, 0);
        assert!((fresh - 2.0 / 3.0).abs() < 1e-12);
        assert!(record(1, 0) > fresh && record(0, 1) < fresh);
        assert!(fresh - record(0, 1) > record(1, 0) - fresh);
        assert!(record(0, 2) < record(0, 1));
        assert!(record(50, 0) <= 1.0);
    }

    #[test]
    fn what_cannot_be_paid_or_is_forbidden_is_not_believed() {
        assert_eq!(plausibility(10.0, 100.0, 1.0, false), 1.0);
        assert_eq!(plausibility(120.0, 100.0, 1.0, false), 0.0);
        assert_eq!(plausibility(10.0, 100.0, 1.0, true), 0.0);
        assert!(plausibility(10.0, 100.0, 2.5, false) < 0.5);
        assert!(plausibility(10.0, 100.0, 0.4, false) < 0.5);
        assert!(plausibility(60.0, 100.0, 1.0, false) < plausibility(40.0, 100.0, 1.0, false));
    }

    #[test]
    fn belief_follows_the_standing() {
        let at = |standing| belief(0.6, 0.8, standing);
        assert!(at(Standing::Verified) > at(Standing::Unproven));
        assert!(at(Standing::Unproven) > at(Standing::Doubtful));
        assert!(at(Standing::Doubtful) > at(Standing::Exposed));
        assert_eq!(at(Standing::Exposed), 0.0);
    }

    #[test]
    fn a_lab_is_borne_out_by_a_higher_bid_and_a_giant_by_a_lower_ask() {
        assert!(bears_out((10.0, 100.0), (10.0, 100.0), true));
        assert!(bears_out((12.0, 110.0), (10.0, 100.0), true));
        assert!(!bears_out((10.0, 80.0), (10.0, 100.0), true));
        assert!(!bears_out((5.0, 100.0), (10.0, 100.0), true));
        assert!(bears_out((10.0, 80.0), (10.0, 100.0), false));
        assert!(!bears_out((10.0, 120.0), (10.0, 100.0), false));
    }

    // Calibration 6: talks about $10bn moved Amazon by 0.4%, about $50bn by 1.6%.
    #[test]
    fn believed_talks_move_a_value_as_they_moved_amazons() {
        assert!((talks_move_bn(1.0, 10.0, 2_400.0) / 2_400.0 - 0.004).abs() < 0.0005);
        assert!((talks_move_bn(1.0, 50.0, 2_400.0) / 2_400.0 - 0.016).abs() < 0.003);
        assert_eq!(talks_move_bn(0.0, 10.0, 2_400.0), 0.0);
    }

    #[test]
    fn press_halves_the_harm_and_hastens_the_truth() {
        assert_eq!(trouble_move_bn(1.0, 1_000.0, 1), trouble_move_bn(0.5, 1_000.0, 0));
        assert!(found_out(0.25, 1) > found_out(0.25, 0));
        assert!((found_out(0.0, 1) - PRESS_FINDS).abs() < 1e-12);
        assert!(found_out(1.0, 3) <= 1.0);
    }
}
