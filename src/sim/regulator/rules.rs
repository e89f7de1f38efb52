//! Regulators: heat from 0 (nobody looks) to 1, inquiries and how they end (facts.md, section 4: a
//! block is unlikely, an inquiry takes four to six quarters, remedies are behavioural; risk rises with
//! stake × exclusivity × influence and with concentration, and falls as terms are loosened. Weights
//! and chances assumed).

use libm::pow;

/// Part of the way heat goes to its target in a quarter.
const PACE: f64 = 0.3;
/// Heat a point of lobbying takes away.
pub const LOBBYING: f64 = 0.03;
/// Heat that a clause given up of one's own accord takes away at once (assumed).
pub const LOOSENING: f64 = 0.04;
/// Heat below which nobody opens an inquiry (assumed).
const NOTICED: f64 = 0.05;
/// Chance of an inquiry a quarter, per unit of heat above that (assumed: one or two in three years among
/// the giants of the flagship, as in 2023–25).
const OPENS: f64 = 0.60;
/// An inquiry takes four to six quarters (facts.md, section 4).
const SHORTEST: u32 = 4;
const SPREAD: usize = 3;
/// Quarters after an inquiry in which no other is opened (assumed).
pub const QUIET_QUARTERS: u32 = 4;
/// What the end of an inquiry leaves of heat: cleared, or with remedies (assumed).
pub const HEAT_CLEARED: f64 = 0.8;
pub const HEAT_REMEDIED: f64 = 0.5;
/// Part of a market value that the opening of an inquiry takes, as sentiment (assumed).
pub const OPENING_NEWS: f64 = 0.010;
/// Chance that a remedy goes beyond conduct: a block of what is still to come, or a fine (facts.md,
/// section 4: a block is unlikely; size assumed).
pub const SEVERE: f64 = 0.12;
/// A fine, part of a year's cloud revenue (facts.md, section 4: at most 10% of turnover; size
/// assumed).
pub const FINE: f64 = 0.04;
/// Part of its base that leaves a provider each quarter beyond the ordinary while its cloud has to be
/// interoperable, and for how long (assumed; facts.md, section 1: under 1% a year switch without it).
pub const LEAVES: f64 = 0.006;
pub const INTEROPERABLE_QUARTERS: u32 = 8;
/// A staged tranche ($bn) or a commitment (megawatts) large enough to be stopped (assumed).
pub const LARGE_TRANCHE_BN: f64 = 1.0;
pub const LARGE_COMMITMENT_MW: u32 = 1_000;
/// What a remedy costs against what nothing costs, in the regulation row of an appraisal (assumed).
const REMEDY_COST: f64 = 1.25;
/// Quarters ahead an appraisal looks for inquiries.
const HORIZON: f64 = 8.0;

/// What one holding in a lab adds: `stake · (0.5 + strictness) · (0.5 + influence)`.
pub fn holding_heat(stake: f64, strictness: f64, influence: f64) -> f64 {
    stake * (0.5 + strictness) * (0.5 + influence)
}

/// What a share of a concentrated market adds: `share · clip((HHI − 1000)/1500, 0, 1)`. Merger
/// guidelines call a market moderately concentrated from 1,000.
pub fn market_heat(share: f64, herfindahl: f64) -> f64 {
    share * ((herfindahl - 1_000.0) / 1_500.0).clamp(0.0, 1.0)
}

/// Where heat goes: `2·Σ holdings + market`, within 0 and 1.
pub fn heat_target(holdings: f64, market: f64) -> f64 {
    (2.0 * holdings + market).clamp(0.0, 1.0)
}

/// Heat after a quarter: three tenths of the way to its target, less lobbying and clauses given up.
pub fn heat_after(heat: f64, target: f64, lobbying: u32, loosened: u32) -> f64 {
    let cooled = LOBBYING * f64::from(lobbying) + LOOSENING * f64::from(loosened);
    (heat + PACE * (target - heat) - cooled).clamp(0.0, 1.0)
}

/// Chance that an inquiry is opened in a quarter: `0.60·(heat − 0.05)⁺`.
pub fn inquiry_chance(heat: f64) -> f64 {
    OPENS * (heat - NOTICED).max(0.0)
}

/// Quarters an inquiry takes, from a uniform draw: four, five or six alike.
pub fn inquiry_quarters(luck: f64) -> u32 {
    SHORTEST + (luck * SPREAD as f64) as u32
}

/// Chance that an inquiry ends in remedies: `0.25 + 0.90·heat − 0.20` a clause given up meanwhile,
/// within 0.02 and 0.90.
pub fn remedy_chance(heat: f64, loosened: u32) -> f64 {
    (0.25 + 0.90 * heat - 0.20 * f64::from(loosened)).clamp(0.02, 0.90)
}

/// What regulation costs a deal against a world where nobody looks: 1 at no heat, and on top one and a
/// quarter times the chance of ending in remedies within eight quarters. The calibrated row is that of no heat.
pub fn burden(heat: f64, under_inquiry: bool) -> f64 {
    let opens = if under_inquiry { 1.0 } else { 1.0 - pow(1.0 - inquiry_chance(heat), HORIZON) };
    1.0 + REMEDY_COST * opens * remedy_chance(heat, 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heat_rises_with_stake_exclusivity_and_influence() {
        let plain = holding_heat(0.1, 0.0, 0.0);
        assert!(holding_heat(0.2, 0.0, 0.0) > plain);
        assert!(holding_heat(0.1, 1.0, 0.0) > plain);
        assert!(holding_heat(0.1, 0.0, 1.0) > plain);
    }

    #[test]
    fn lobbying_and_loosening_cool_and_heat_stays_in_range() {
        let hot = heat_after(0.9, 1.0, 0, 0);
        assert!(hot <= 1.0 && heat_after(0.9, 1.0, 2, 0) < hot);
        assert!(heat_after(0.9, 1.0, 0, 1) < hot);
        assert_eq!(heat_after(0.01, 0.0, 3, 1), 0.0);
    }

    #[test]
    fn a_concentrated_market_heats_its_leader_most() {
        assert_eq!(market_heat(0.3, 900.0), 0.0);
        assert!((market_heat(0.3, 1_750.0) - 0.15).abs() < 1e-12);
        assert!(market_heat(0.3, 1_750.0) > market_heat(0.2, 1_750.0));
    }

    // facts.md, section 4.
    #[test]
    fn an_inquiry_takes_four_to_six_quarters() {
        assert_eq!([0.0, 0.34, 0.999].map(inquiry_quarters), [4, 5, 6]);
    }

    #[test]
    fn inquiries_come_with_heat_and_end_more_gently_the_more_was_given_up() {
        assert_eq!(inquiry_chance(0.05), 0.0);
        assert!((inquiry_chance(0.35) - 0.18).abs() < 1e-12);
        assert!(remedy_chance(0.5, 0) > remedy_chance(0.5, 1));
        assert!(remedy_chance(0.5, 0) > remedy_chance(0.3, 0));
        assert!((remedy_chance(1.0, 0) - 0.90).abs() < 1e-12);
        assert!((remedy_chance(0.0, 3) - 0.02).abs() < 1e-12);
    }

    #[test]
    fn the_calibrated_row_is_that_of_no_heat_and_scrutiny_costs_more() {
        assert_eq!(burden(0.0, false), 1.0);
        assert!((1.1..1.2).contains(&burden(0.14, false)), "{}", burden(0.14, false));
        assert!((1.4..1.6).contains(&burden(0.32, false)), "{}", burden(0.32, false));
        assert!(burden(0.32, true) > burden(0.32, false));
        assert!(burden(0.8, true) < 3.0);
    }
}
