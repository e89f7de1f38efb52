//! What a giant is worth on the market, and what news moves it by (calibration, section 6).

use libm::pow;

/// Half-life of news: two quarters.
pub const SENTIMENT_KEEP: f64 = 0.707_106_781_186_547_5;
/// What taxes leave, times the multiple of the day, in the price of news.
const NEWS_MULTIPLE: f64 = 0.83 * 30.0;
/// The new part of business with a customer one had already (calibration 6, assumed there).
const EXISTING_CUSTOMER: f64 = 0.3;
/// Life of equipment in years: what capital spending costs a year of earnings.
const EQUIPMENT_YEARS: f64 = 6.0;
/// Part of smoothed earnings that a quarter replaces.
const SMOOTHING: f64 = 0.5;
/// What full regulatory heat takes from a value (assumed).
pub const HEAT_DISCOUNT: f64 = 0.08;
/// Margin the market sees on business won, and on business of exclusive rights (calibration 6).
pub const MARGIN_WON: f64 = 0.25;
pub const MARGIN_OF_RIGHTS: f64 = 0.35;
/// Rent of a gigawatt for a year, $bn (facts.md, section 3).
pub const RENT_A_YEAR: f64 = 13.0;
/// A lab that rents less than this part of its compute there is a new customer (assumed).
pub const HARDLY_A_CUSTOMER: f64 = 0.02;

/// How far along news of a deal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Talks are heard of.
    Talks,
    /// Talks are well advanced.
    WellAdvanced,
    /// A letter of intent.
    Letter,
    Signed,
}

impl Stage {
    /// The chance the market gives it (calibration 6).
    pub fn chance(self) -> f64 {
        match self {
            Stage::Talks => 0.25,
            Stage::WellAdvanced => 0.4,
            Stage::Letter => 0.5,
            Stage::Signed => 0.8,
        }
    }
}

/// Earnings the market looks at, $bn a year: half the last view, half this quarter's income times 4,
/// after tax.
pub fn smoothed_earnings(before_bn: f64, operating_income_bn: f64) -> f64 {
    before_bn + SMOOTHING * (4.0 * 0.83 * operating_income_bn - before_bn)
}

/// News of business won (or lost, with a negative revenue), $bn:
/// `p·inc·(revenue a year · margin)·0.83·30·1.10^(−lag)`.
pub fn news_of_business(
    stage: Stage,
    new_customer: bool,
    revenue_a_year_bn: f64,
    margin: f64,
    lag_years: f64,
) -> f64 {
    let increment = if new_customer { 1.0 } else { EXISTING_CUSTOMER };
    stage.chance() * increment * revenue_a_year_bn * margin * NEWS_MULTIPLE * pow(1.10, -lag_years)
}

/// What capital spending that no order book covers takes from a value, $bn, for so much more of it a
/// year: `ΔI/6·0.83·30`.
pub fn capital_charge(more_a_year_bn: f64) -> f64 {
    more_a_year_bn / EQUIPMENT_YEARS * NEWS_MULTIPLE
}

/// The part of a lab's compute bill that pays for equipment (assumed).
pub const EQUIPMENT_IN_BILLS: f64 = 0.5;
/// Margin the market sees on circular revenue: on cloud, on chips (calibration 6).
const MARGIN_ON_CHIPS: f64 = 0.55;
/// Part of growth in circular revenue that the market takes for lasting news (assumed).
const EXTRAPOLATED: f64 = 0.3;
/// By how much more than it had lifted circular revenue falls when it is doubted (assumed).
const FALLS_BY: f64 = 1.5;
/// Part of a giant's revenue that is circular, from which doubts weigh in full on its credit and its
/// orders (assumed).
const FULL_STRESS_FROM: f64 = 0.20;
/// What full stress adds to interest, part of debt a year, and takes from orders (assumed).
pub const STRESS_INTEREST: f64 = 0.02;
pub const STRESS_ORDERS: f64 = 0.3;
/// Parts of revenue at which circular money is spoken of (assumed).
pub const MARKS: [f64; 3] = [0.02, 0.05, 0.10];
/// A lab disappoints when it grows at less than this part of its mean growth of the three quarters
/// before, and by at least this much less (assumed).
const DISAPPOINTS_BELOW: f64 = 0.25;
const DISAPPOINTS_BY: f64 = 0.05;
/// Quarters after a doubt in which a lab's sales raise no other (assumed).
pub const CALM_QUARTERS: u32 = 4;

/// Margin the market sees on circular revenue.
pub fn circular_margin(sells_chips: bool) -> f64 {
    if sells_chips { MARGIN_ON_CHIPS } else { MARGIN_WON }
}

/// Circular revenue the market counts on, $bn a year: half the last view, half this quarter's times 4.
pub fn priced(before_bn: f64, earned_bn: f64) -> f64 {
    before_bn + SMOOTHING * (4.0 * earned_bn - before_bn)
}

/// What growth of circular revenue adds to a value as news, $bn, for so much more of it a year; what
/// falls away takes as much again.
pub fn extrapolated(more_a_year_bn: f64, margin: f64) -> f64 {
    EXTRAPOLATED * more_a_year_bn * margin * NEWS_MULTIPLE
}

/// What a value loses when circular revenue it counted on is doubted, $bn: one and a half times what
/// that is worth at the multiple of the day.
pub fn fragility(priced_bn: f64, margin: f64) -> f64 {
    FALLS_BY * priced_bn * margin * NEWS_MULTIPLE
}

/// How hard a doubt weighs on credit and orders, 0 to 1, by the part of revenue that was circular.
pub fn stress(part: f64) -> f64 {
    (part / FULL_STRESS_FROM).min(1.0)
}

/// Whether a part rose past a mark that is spoken of.
pub fn passes_a_mark(before: f64, now: f64) -> bool {
    MARKS.iter().any(|&mark| before < mark && now >= mark)
}

/// Whether a lab's quarter is much slower than its past three, the latest first in `past`.
pub fn disappoints(revenue_bn: f64, past_bn: &[f64; 4]) -> bool {
    let [last, .., oldest] = *past_bn;
    if last <= 0.0 || oldest <= 0.0 {
        return false;
    }
    let growth = revenue_bn / last - 1.0;
    let usual = libm::cbrt(last / oldest) - 1.0;
    growth < DISAPPOINTS_BELOW * usual && growth < usual - DISAPPOINTS_BY
}

#[cfg(test)]
mod tests {
    use super::*;
    use Stage::{Letter, Signed, Talks, WellAdvanced};

    /// Half of what warrants given away are worth, and the value of what may be lost at the chance of
    /// losing it: no clause of ours gives warrants away, no happening threatens a stake.
    fn warrants_given(worth_bn: f64) -> f64 {
        0.5 * worth_bn
    }

    fn at_risk(chance: f64, stake_bn: f64, access_bn: f64) -> f64 {
        chance * (stake_bn + access_bn)
    }

    /// The table of calibration 6: event, the rule's move in $bn, the value it moves in $bn, what the
    /// calibration says in per cent. Where it names no value, stage or lag, the nearest of its day.
    #[test]
    fn the_moves_of_the_calibration_come_out() {
        let business = news_of_business;
        let moves = [
            ("Oracle's backlog", business(Signed, true, 60.0, 0.25, 2.0), 680.0, 36.0),
            (
                "AMD's warrant",
                business(Signed, true, 18.0, 0.25, 2.0) - warrants_given(26.0),
                267.0,
                22.0,
            ),
            ("Nvidia's letter", business(Letter, false, 70.0, 0.55, 1.0), 4_500.0, 2.8),
            ("Amazon's $38bn", business(Signed, true, 5.4, 0.25, 0.0), 2_400.0, 1.2),
            ("Amazon's $10bn talks", business(WellAdvanced, true, 2.5, 0.35, 0.0), 2_400.0, 0.4),
            (
                "Amazon's $50bn talks",
                business(WellAdvanced, true, 12.5, 0.25, 0.0) + at_risk(0.4, 0.0, 25.0),
                2_400.0,
                1.6,
            ),
            (
                "Microsoft on Amazon's deal",
                business(Signed, true, -0.35 * 12.5, 0.25, 0.0),
                3_000.0,
                -0.7,
            ),
            (
                "Microsoft loses exclusivity",
                business(Signed, true, -12.0, MARGIN_OF_RIGHTS, 0.0),
                3_000.0,
                -2.8,
            ),
            ("Amazon on that", business(Talks, true, 12.0, 0.35, 0.0), 2_500.0, 1.0),
            ("The lab's chief is dismissed", -at_risk(0.3, 30.0, 98.0), 2_750.0, -1.4),
            ("Amazon's capital spending", -capital_charge(53.0), 2_400.0, -9.2),
            ("Oracle's capital spending", -capital_charge(15.0), 630.0, -9.9),
        ];
        for (event, by_bn, value_bn, per_cent) in moves {
            let found = 100.0 * by_bn / value_bn;
            assert!(
                (found - per_cent).abs() < 0.06 * f64::abs(per_cent) + 0.06,
                "{event}: {found}"
            );
        }
    }

    #[test]
    fn a_customer_one_had_already_is_less_news() {
        let (old, new) = (
            news_of_business(Signed, false, 10.0, 0.25, 0.0),
            news_of_business(Signed, true, 10.0, 0.25, 0.0),
        );
        assert!((old / new - 0.3).abs() < 1e-12);
    }

    #[test]
    fn the_further_along_talks_are_the_more_they_are_worth() {
        let chances = [Talks, WellAdvanced, Letter, Signed].map(Stage::chance);
        assert!(chances.windows(2).all(|pair| pair[0] < pair[1]));
    }

    #[test]
    fn doubt_takes_more_than_circular_revenue_gave() {
        // $1bn a quarter, earned for long: worth 4·0.25·24.9 at the multiple, and lifted 0.3 of it.
        let mut counted_on = 0.0;
        for _ in 0..20 {
            counted_on = priced(counted_on, 1.0);
        }
        assert!((counted_on - 4.0).abs() < 1e-3);
        let worth = counted_on * 0.25 * 0.83 * 30.0;
        assert!((fragility(counted_on, 0.25) / worth - 1.5).abs() < 1e-9);
        assert!(extrapolated(4.0, 0.25) < worth);
    }

    #[test]
    fn a_lab_disappoints_when_it_grows_much_less_than_it_used_to() {
        let steady = [1.21, 1.1, 1.0, 0.9];
        assert!(!disappoints(1.33, &steady));
        assert!(!disappoints(1.25, &steady));
        assert!(disappoints(1.23, &steady));
        assert!(!disappoints(1.0, &[1.0, 1.0, 1.0, 1.0]), "a lab that never grew");
    }

    #[test]
    fn circular_money_is_spoken_of_as_it_passes_a_mark_and_not_on_its_way_down() {
        assert!(passes_a_mark(0.01, 0.02) && passes_a_mark(0.03, 0.12));
        assert!(!passes_a_mark(0.021, 0.04) && !passes_a_mark(0.06, 0.01));
        assert!(stress(0.05) < stress(0.10) && stress(0.9) == 1.0);
    }

    #[test]
    fn news_halves_in_two_quarters() {
        assert!((SENTIMENT_KEEP * SENTIMENT_KEEP - 0.5).abs() < 1e-12);
    }
}
