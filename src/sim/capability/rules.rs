//! Capability on the scale of the Epoch Capabilities Index (calibration, section 3).

use libm::log;

use crate::sim::cloud::rules::LAB_PRICE_PER_GW;

/// Points per e-fold of effective compute.
pub const POINTS_PER_EFOLD: f64 = 3.16;
/// Common progress in chips and algorithms a year, e-folds: ln 1.5 + ln 3.
pub const COMMON_EFOLDS_PER_YEAR: f64 = 1.504;
/// Capability of 1.9 GW at the end of 2025, without the shift for methods.
const ANCHOR_POINTS: f64 = 142.5;
const ANCHOR_GW: f64 = 1.9;
/// Talent and method move at most this many points a quarter (assumed).
pub const TALENT_STEP: f64 = 1.0;
/// Points by which a giant's own models trail those of a lab whose licence it holds, at most (assumed).
pub const BEHIND_A_LICENCE: f64 = 1.0;
/// Standard deviation of a quarter's luck in research, points (assumed).
pub const RESEARCH_LUCK: f64 = 0.5;
/// Part of a research budget that buys compute, and the quarters over which spending turns into it.
pub const COMPUTE_PART: f64 = 0.6;
const RESEARCH_QUARTERS: f64 = 3.0;
/// Points a quarter that open weights gain beside the common progress while the frontier pulls
/// away: a seventh of the gap beyond seven points (open weights follow some months behind).
const OPEN_WEIGHTS_PULL: f64 = 1.0 / 7.0;
const OPEN_WEIGHTS_GAP: f64 = 7.0;

/// Capability before talent: `142.5 + 3.16·ln(G/1.9) + common`, G the compute that trains in GW
/// and `common` the points of common progress since the end of 2025.
pub fn capability(training_gw: f64, common_points: f64) -> f64 {
    ANCHOR_POINTS + POINTS_PER_EFOLD * log(training_gw.max(1e-4) / ANCHOR_GW) + common_points
}

/// Points everybody gains in a quarter: `(3.16·1.504 + method)/4`; `method` 0 behind a scaling wall.
pub fn common_progress(method_points_per_year: f64) -> f64 {
    (POINTS_PER_EFOLD * COMMON_EFOLDS_PER_YEAR + method_points_per_year) / 4.0
}

/// Research compute after a quarter of spending: a three-quarter average of `0.6·budget/3.25`.
pub fn research_compute(gw: f64, budget_bn: f64) -> f64 {
    gw + (compute_for(budget_bn) - gw) / RESEARCH_QUARTERS
}

/// Research compute that a budget pays for in the long run, gigawatts: `0.6·budget/3.25`.
pub fn compute_for(budget_bn: f64) -> f64 {
    COMPUTE_PART * budget_bn / LAB_PRICE_PER_GW
}

/// The budget that keeps so much research compute going, $bn a quarter.
pub fn budget_for(gw: f64) -> f64 {
    gw * LAB_PRICE_PER_GW / COMPUTE_PART
}

/// How open weights move in a quarter, given the frontier they follow.
pub fn open_weights_after(points: f64, common: f64, frontier_after: f64) -> f64 {
    let moved = points + common;
    moved + ((frontier_after - moved) - OPEN_WEIGHTS_GAP).max(0.0) * OPEN_WEIGHTS_PULL
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fitted_labs_of_2025_have_their_points() {
        // t = 2026.0: common progress since the anchor is the shift of 7.2 points a year from 2024.25.
        let shift = 7.2 * 1.75;
        assert!((capability(1.9, shift) - 155.1).abs() < 0.1);
        assert!((capability(2.4, shift) - 155.8).abs() < 0.1);
        assert!((capability(0.2, shift) - 148.0).abs() < 0.1);
    }

    #[test]
    fn doubling_compute_adds_about_two_points() {
        assert!((capability(2.0, 0.0) - capability(1.0, 0.0) - 2.19).abs() < 0.01);
    }

    #[test]
    fn standing_still_gains_twelve_points_a_year() {
        assert!((4.0 * common_progress(7.2) - 11.95).abs() < 0.01);
    }

    #[test]
    fn a_budget_that_keeps_compute_going_keeps_it() {
        assert!((research_compute(0.3, budget_for(0.3)) - 0.3).abs() < 1e-12);
        assert!(research_compute(0.3, 2.0 * budget_for(0.3)) > 0.35);
    }

    #[test]
    fn open_weights_are_pulled_along_and_never_fall() {
        assert!((open_weights_after(148.0, 3.0, 158.0) - 151.0).abs() < 1e-12);
        assert!(open_weights_after(148.0, 3.0, 172.0) > 151.0);
    }
}
