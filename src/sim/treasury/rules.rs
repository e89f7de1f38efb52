//! A giant's cash (model: *Settle*; every figure here is assumed).

/// What taxes leave of operating income.
pub const AFTER_TAX: f64 = 0.83;
/// Depreciation of cloud capacity, $bn a quarter per gigawatt: about $20bn a gigawatt over six years.
/// It is part of running costs, and no cash.
pub const DEPRECIATION_PER_GW: f64 = 0.85;
/// Part of positive free cash paid out to shareholders.
pub const PAYOUT: f64 = 0.5;
/// Turns of net debt to annual earnings above which capital spending is cut.
pub const MOST_TURNS: f64 = 10.0;
/// Quarters over which core growth fades to its long-run rate.
pub const CORE_FADE: f64 = 8.0;

/// Core growth after a quarter: an eighth of the way to where it fades to.
pub fn core_growth_after(growth: f64, fades_to: f64) -> f64 {
    growth + (fades_to - growth) / CORE_FADE
}

/// Net debt in turns of annual operating income before depreciation; 0 with net cash.
pub fn turns(debt_bn: f64, cash_bn: f64, earnings_a_quarter_bn: f64) -> f64 {
    let net = (debt_bn - cash_bn).max(0.0);
    if net == 0.0 { 0.0 } else { net / (4.0 * earnings_a_quarter_bn).max(0.01) }
}

/// Interest in a quarter, $bn: 4% a year plus 0.5% a turn of net debt over two, plus what lenders add
/// for doubts about circular money.
pub fn interest(debt_bn: f64, turns: f64, doubt: f64) -> f64 {
    let rate = 0.04 + 0.005 * (turns - 2.0).clamp(0.0, 20.0) + doubt;
    debt_bn * rate / 4.0
}

/// The order a giant can still place: all of it up to ten turns, none from twenty.
pub fn affordable_order(order_gw: f64, turns: f64) -> f64 {
    order_gw * (1.0 - (turns - MOST_TURNS) / MOST_TURNS).clamp(0.0, 1.0)
}

/// Loyalty a chip maker loses a quarter per unit of price above the opening's, and per part of orders
/// that it leaves late (assumed).
pub const CHIP_SUBSTITUTION: f64 = 0.28;
const UNSERVED: f64 = 0.05;
/// What can be shipped at the opening, against what the opening plans buy (assumed).
pub const OPENING_SUPPLY: f64 = 1.06;
/// What makers of chips can ship follows what was ordered, with this much to spare, and shrinks at most
/// by this part a quarter (assumed).
const SPARE: f64 = 1.04;
const SHRINKS: f64 = 0.08;
/// The most that what can be shipped grows by in a quarter, where the level does not say (assumed).
pub const SUPPLY_GROWTH: f64 = 0.08;
/// What a shortage leaves of chips for capacity about to come on line (assumed).
pub const LEFT_BY_SHORTAGE: f64 = 0.4;
/// A late delivery worth a fact, gigawatts.
pub const LATE_TOLD_GW: f64 = 0.02;
/// What a provider with chips of its own adds to them, part of its capacity a quarter: per unit of
/// price above the opening's, and per part of its order left late; and the most it can build on them
/// (assumed).
const OWN_FOR_PRICE: f64 = 0.06;
const OWN_FOR_LATE: f64 = 0.05;
const MOST_OWN: f64 = 0.9;

/// What can be shipped in the next quarter: a little more than was ordered, as far as works can be built
/// or closed in a quarter.
pub fn supply_after(supply_gw: f64, wanted_gw: f64, growth: f64) -> f64 {
    (SPARE * wanted_gw).clamp((1.0 - SHRINKS) * supply_gw, (1.0 + growth) * supply_gw)
}

/// The parts of what favoured buyers and all others want that can be shipped: the favoured are served
/// in full as far as supply goes, the others share what is left alike.
pub fn shipped_parts(favoured_gw: f64, others_gw: f64, supply_gw: f64) -> (f64, f64) {
    let part = |supply: f64, wanted: f64| {
        if wanted > 0.0 { (supply / wanted).clamp(0.0, 1.0) } else { 1.0 }
    };
    let favoured = part(supply_gw, favoured_gw);
    (favoured, part(supply_gw - favoured * favoured_gw, others_gw))
}

/// The part of a provider's new capacity that is built on its own chips, after a quarter. Who has none
/// cannot begin within a game.
pub fn own_chips_after(own: f64, chip_price: f64, late_part: f64) -> f64 {
    if own <= 0.0 {
        return 0.0;
    }
    let more = OWN_FOR_PRICE * (chip_price - 1.0).max(0.0) + OWN_FOR_LATE * late_part;
    (own + more).min(MOST_OWN.max(own))
}

/// A chip maker's loyal part of buyers after a quarter, within 0.2 and 1.3.
pub fn loyalty_after(loyalty: f64, price: f64, unserved: f64) -> f64 {
    let kept = 1.0 - CHIP_SUBSTITUTION * (price - 1.0) - UNSERVED * unserved;
    (loyalty * kept).clamp(0.2, 1.3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_favoured_are_served_first_and_nobody_gets_more_than_is_wanted() {
        assert_eq!(shipped_parts(2.0, 4.0, 9.0), (1.0, 1.0));
        assert_eq!(shipped_parts(2.0, 4.0, 4.0), (1.0, 0.5));
        assert_eq!(shipped_parts(2.0, 4.0, 1.0), (0.5, 0.0));
        assert_eq!(shipped_parts(0.0, 4.0, 3.0), (1.0, 0.75));
        assert_eq!(shipped_parts(2.0, 0.0, -1.0), (0.0, 1.0));
    }

    #[test]
    fn supply_follows_orders_no_faster_than_works_are_built() {
        assert!((supply_after(10.0, 10.0, 0.06) - 10.4).abs() < 1e-12);
        assert!((supply_after(10.0, 15.0, 0.06) - 10.6).abs() < 1e-12);
        assert!((supply_after(10.0, 5.0, 0.06) - 9.2).abs() < 1e-12);
    }

    #[test]
    fn dear_or_late_chips_drive_buyers_to_their_own() {
        assert_eq!(own_chips_after(0.4, 1.0, 0.0), 0.4);
        assert!(own_chips_after(0.4, 1.2, 0.0) > 0.4);
        assert!(own_chips_after(0.4, 1.0, 0.5) > 0.4);
        assert_eq!(own_chips_after(0.0, 1.6, 1.0), 0.0);
        assert_eq!(own_chips_after(0.89, 1.6, 1.0), 0.9);
    }

    #[test]
    fn dear_and_late_chips_cost_loyalty() {
        assert_eq!(loyalty_after(1.0, 1.0, 0.0), 1.0);
        assert!((loyalty_after(1.0, 1.1, 0.0) - 0.972).abs() < 1e-12);
        assert!(loyalty_after(1.0, 1.0, 0.4) < 1.0);
        assert_eq!(loyalty_after(0.2, 1.6, 1.0), 0.2);
    }

    #[test]
    fn debt_costs_four_per_cent_and_more_beyond_two_turns() {
        assert!((interest(100.0, 1.0, 0.0) - 1.0).abs() < 1e-12);
        assert!((interest(100.0, 6.0, 0.0) - 1.5).abs() < 1e-12);
        assert!((interest(100.0, 6.0, 0.02) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn oracles_debt_is_about_six_turns() {
        let turns = turns(108.0, 11.0, 4.1);
        assert!((5.0..7.0).contains(&turns), "{turns}");
    }

    #[test]
    fn beyond_ten_turns_orders_shrink_to_nothing() {
        assert_eq!(affordable_order(1.0, 9.0), 1.0);
        assert!((affordable_order(1.0, 15.0) - 0.5).abs() < 1e-12);
        assert_eq!(affordable_order(1.0, 25.0), 0.0);
    }
}
