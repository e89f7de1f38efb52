//! What effects come to, in numbers. Pure; one line an effect.

use crate::level::deck::EffectKind;
use crate::sim::capital_market::rules::SENTIMENT_KEEP;
use crate::sim::view::{GiantFigures, LabFigures};

/// Revenue that per cents of cash are of, $bn a quarter: cloud revenue of a cloud, core revenue of
/// another giant.
pub fn giant_revenue(figures: &GiantFigures) -> f64 {
    if figures.has_cloud { figures.cloud_revenue_bn } else { figures.core_revenue_bn }
}

/// The same for a lab: all it sells.
pub fn lab_revenue(figures: &LabFigures) -> f64 {
    figures.revenue_bn
}

/// An effect with per cents of cash turned into $bn, given the revenue they are of.
pub fn in_dollars(what: EffectKind, revenue_bn: f64) -> EffectKind {
    match what {
        EffectKind::CashPct { pct } => EffectKind::Cash { bn: pct / 100.0 * revenue_bn },
        other => other,
    }
}

/// Capacity on order after the next arrival is a quarter late.
pub fn late(arriving_gw: [f64; 4]) -> [f64; 4] {
    let [first, second, third, fourth] = arriving_gw;
    [0.0, first + second, third, fourth]
}

/// Capacity on order when all of it comes so many quarters earlier; what would have come before now
/// comes now.
pub fn sooner(arriving_gw: [f64; 4], quarters: u32) -> [f64; 4] {
    let mut moved = [0.0; 4];
    for (place, gw) in arriving_gw.into_iter().enumerate() {
        moved[place.saturating_sub(quarters as usize)] += gw;
    }
    moved
}

/// Sentiment that stands in the value at the close, $bn: the fade of the close is put on beforehand.
pub fn sentiment(pct: f64, value_bn: f64) -> f64 {
    pct / 100.0 * value_bn / SENTIMENT_KEEP
}

/// A figure grown by per cents.
pub fn grown(value: f64, pct: f64) -> f64 {
    value * (1.0 + pct / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capacity_moves_in_time_and_none_is_lost() {
        let order = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(late(order), [0.0, 3.0, 3.0, 4.0]);
        assert_eq!(sooner(order, 1), [3.0, 3.0, 4.0, 0.0]);
        assert_eq!(sooner(order, 2), [6.0, 4.0, 0.0, 0.0]);
        assert_eq!(sooner(order, 3), [10.0, 0.0, 0.0, 0.0]);
    }

    #[test]
    fn per_cents_of_cash_are_of_revenue() {
        let what = in_dollars(EffectKind::CashPct { pct: -4.0 }, 30.0);
        assert_eq!(what, EffectKind::Cash { bn: -1.2 });
        assert_eq!(in_dollars(EffectKind::Late, 30.0), EffectKind::Late);
    }

    #[test]
    fn news_stands_in_full_at_the_close() {
        let after = sentiment(2.0, 500.0) * SENTIMENT_KEEP;
        assert!((after - 10.0).abs() < 1e-12);
    }
}
