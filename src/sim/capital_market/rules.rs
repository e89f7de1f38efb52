//! What a giant is worth on the market (calibration, section 6).

use libm::pow;

/// Half-life of sentiment: two quarters.
pub const SENTIMENT_KEEP: f64 = 0.707_106_781_186_547_5;
/// What taxes leave, times the multiple of the day, in the price of news.
const NEWS_MULTIPLE: f64 = 0.83 * 30.0;
/// Chance a signed deal is carried out, and the new part of business with an existing customer.
const SIGNED: f64 = 0.8;
const EXISTING_CUSTOMER: f64 = 0.3;
/// Part of smoothed earnings that a quarter replaces.
const SMOOTHING: f64 = 0.5;
/// What full regulatory heat takes from a value (assumed).
const HEAT_DISCOUNT: f64 = 0.08;

/// Earnings the market looks at, $bn a year: half the last view, half this quarter's income times 4,
/// after tax.
pub fn smoothed_earnings(before_bn: f64, operating_income_bn: f64) -> f64 {
    before_bn + SMOOTHING * (4.0 * 0.83 * operating_income_bn - before_bn)
}

/// Market value, $bn: `multiple · earnings · (1 − 0.08·heat) + stakes + other`, at least a tenth of
/// the opening value; `other` is sentiment and the change of net cash since the opening.
pub fn market_value(
    multiple: f64,
    earnings_bn: f64,
    heat: f64,
    stakes_bn: f64,
    other_bn: f64,
    least_bn: f64,
) -> f64 {
    (multiple * earnings_bn * (1.0 - HEAT_DISCOUNT * heat) + stakes_bn + other_bn).max(least_bn)
}

/// News of business, $bn: `p·inc·(revenue a year · margin)·0.83·30·1.10^(−lag)`.
pub fn news_of_business(
    revenue_a_year_bn: f64,
    margin: f64,
    new_customer: bool,
    lag_years: f64,
) -> f64 {
    let increment = if new_customer { 1.0 } else { EXISTING_CUSTOMER };
    SIGNED * increment * revenue_a_year_bn * margin * NEWS_MULTIPLE * pow(1.10, -lag_years)
}

#[cfg(test)]
mod tests {
    use super::*;

    // Calibration, section 6: $60bn a year at 25%, signed, two years off, on a value of $680bn: +36%.
    #[test]
    fn oracles_backlog_moves_it_by_36_per_cent() {
        let move_bn = news_of_business(60.0, 0.25, true, 2.0);
        assert!((move_bn / 680.0 - 0.36).abs() < 0.01, "{move_bn}");
    }

    // $38bn over seven years at 25%: +1.2% of $2.4tn.
    #[test]
    fn a_38_billion_contract_moves_amazon_by_1_2_per_cent() {
        let move_bn = news_of_business(5.4, 0.25, true, 0.0);
        assert!((move_bn / 2_400.0 - 0.012).abs() < 0.001, "{move_bn}");
    }

    #[test]
    fn sentiment_halves_in_two_quarters() {
        assert!((SENTIMENT_KEEP * SENTIMENT_KEEP - 0.5).abs() < 1e-12);
    }
}
