//! The arithmetic of instruments: notes that convert, protected prices, profits shared up to a cap.

use crate::sim::cloud::rules::{GW_COST_AI, LAB_PRICE_PER_GW};
use crate::sim::deal::shares_for;
use crate::units::Money;

/// What a note pays of the next round's price: a discount of a fifth (theory-cases, convertible note).
const NOTE_PAYS: (i64, i64) = (4, 5);
/// Quarters a note waits for a priced round; then it converts at its cap (*assumed*).
pub const NOTE_QUARTERS: u32 = 8;
/// The part of profits that goes to a capped investor until its money is back (facts, section 3: the
/// terms of 2023).
const UNTIL_RECOUPED: f64 = 0.75;

/// Chips' part of what a rented gigawatt costs its provider (*assumed*).
const CHIPS_IN_RENT: f64 = 0.35;
/// Of a chip maker's sales the margin, and the part that it would not have had anyway (calibration
/// 5.1).
const CHIP_MARGIN: f64 = 0.46;
const CHIP_INCREMENT: f64 = 0.23;

/// What a cloud saves on a gigawatt that a lab rents on its own chips, $bn a quarter:
/// `discount · 0.35 · 3.25`.
pub fn chip_saving(discount: f64) -> f64 {
    discount * CHIPS_IN_RENT * LAB_PRICE_PER_GW
}

/// What a chip maker earns on a gigawatt of a lab's new compute on its chips, $bn, once:
/// `35 · its part of AI capital spending · 0.46 · 0.23`.
pub fn chips_sold(part_of_ai_capex: f64) -> f64 {
    GW_COST_AI * part_of_ai_capex * CHIP_MARGIN * CHIP_INCREMENT
}

/// The pre-money at which a note turns into shares: its cap, or four fifths of the round's pre-money
/// where that is lower; its cap if it converts without a round.
pub fn conversion_pre_money(cap: Money, round: Option<Money>) -> Money {
    let (pays, of) = NOTE_PAYS;
    round.map_or(cap, |round| cap.min(Money(round.0 / of * pays)))
}

/// Whole shares a note of `amount` turns into when `shares` stand for those pre-moneys. Both are
/// counted before any note of the round converts.
pub fn conversion_shares(amount: Money, cap: Money, round: Option<Money>, shares: i64) -> i64 {
    shares_for(amount, conversion_pre_money(cap, round), shares)
}

/// Broad-based weighted average: the price a protected share is held at after a round below it,
/// `CP₁·(A + B)/(A + C)`. A: shares outstanding; B: what the new money would have bought at the old
/// price; C: what it buys. Dollars a share.
pub fn weighted_average_price(price: f64, outstanding: f64, raised: f64, new_shares: f64) -> f64 {
    price * (outstanding + raised / price) / (outstanding + new_shares)
}

/// What an investor with a capped profit has had when the lab has made so much in all: three quarters
/// until its money is back, then its part, up to the cap. All in one unit of money.
pub fn capped_return(profit: f64, invested: f64, part: f64, cap: f64) -> f64 {
    let recouped_at = invested / UNTIL_RECOUPED;
    let first = (UNTIL_RECOUPED * profit).min(invested);
    (first + part * (profit - recouped_at).max(0.0)).min(cap)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHARES: i64 = 8_000_000;

    fn dollars(millions: f64) -> Money {
        Money::from_bn(millions / 1_000.0)
    }

    // theory-cases.md, post-money SAFE: $.5m at a cap of $10m after the money, 8m shares.
    #[test]
    fn a_safe_owns_its_part_of_the_cap() {
        let safe = conversion_shares(dollars(0.5), dollars(9.5), Some(dollars(20.0)), SHARES);
        assert_eq!(safe, 421_053);
        // Then $5m at $20m pre-money: $2.375 a share; 4%, 20% and 76%.
        let before = SHARES + safe;
        assert!((20e6 / before as f64 - 2.375).abs() < 1e-6);
        let new = shares_for(dollars(5.0), dollars(20.0), before);
        let part = |shares: i64| shares as f64 / (before + new) as f64;
        for (shares, expected) in [(safe, 0.04), (new, 0.20), (SHARES, 0.76)] {
            assert!((part(shares) - expected).abs() < 1e-6);
        }
    }

    // theory-cases.md, convertible note: $1m at 8% simple for 18 months is $1.12m; a fifth off $1.25,
    // or the cap where it is lower.
    #[test]
    fn a_note_converts_at_the_lower_of_cap_and_discount() {
        let round = Some(dollars(10.0));
        assert_eq!(conversion_shares(dollars(1.12), dollars(12.0), round, SHARES), 1_120_000);
        assert_eq!(conversion_shares(dollars(1.12), dollars(6.0), round, SHARES), 1_493_333);
        assert_eq!(conversion_shares(dollars(1.12), dollars(6.0), None, SHARES), 1_493_333);
    }

    // theory-cases.md: $1, 10m shares, $1.5m at $.50 → .884615; 5m preferred become 5,652,174.
    #[test]
    fn a_protected_price_falls_by_the_weighted_average() {
        let price = weighted_average_price(1.0, 10e6, 1.5e6, 3e6);
        assert!((price - 0.884_615).abs() < 1e-6);
        assert!((5e6 / price - 5_652_174.0).abs() < 0.5);
    }

    // theory-cases.md, the terms of 2023: $13bn recouped at a profit of 17.333; $92bn at 178.558.
    #[test]
    fn the_waterfall_of_2023_pays_out_as_agreed() {
        let cases = [(0.0, 0.0), (10.0, 7.5), (17.333_333, 13.0), (178.558, 92.0), (500.0, 92.0)];
        for (profit, expected) in cases {
            let returned = capped_return(profit, 13.0, 0.49, 92.0);
            assert!((returned - expected).abs() < 1e-3, "{profit}: {returned}");
        }
    }
}
