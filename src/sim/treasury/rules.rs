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

/// Interest in a quarter, $bn: 4% a year plus 0.5% a turn of net debt over two.
pub fn interest(debt_bn: f64, turns: f64) -> f64 {
    let rate = 0.04 + 0.005 * (turns - 2.0).clamp(0.0, 20.0);
    debt_bn * rate / 4.0
}

/// The order a giant can still place: all of it up to ten turns, none from twenty.
pub fn affordable_order(order_gw: f64, turns: f64) -> f64 {
    order_gw * (1.0 - (turns - MOST_TURNS) / MOST_TURNS).clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debt_costs_four_per_cent_and_more_beyond_two_turns() {
        assert!((interest(100.0, 1.0) - 1.0).abs() < 1e-12);
        assert!((interest(100.0, 6.0) - 1.5).abs() < 1e-12);
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
