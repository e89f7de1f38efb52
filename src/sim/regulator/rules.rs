//! Regulatory heat: 0 (nobody looks) to 1 (facts.md, section 4: risk rises with stake × exclusivity ×
//! influence and with concentration; weights assumed).

/// Part of the way heat goes to its target in a quarter.
const PACE: f64 = 0.3;
/// Heat a point of lobbying takes away.
const LOBBYING: f64 = 0.03;

/// What one holding in a lab adds: `stake · (0.5 + strictness) · (0.5 + influence)`.
pub fn holding_heat(stake: f64, strictness: f64, influence: f64) -> f64 {
    stake * (0.5 + strictness) * (0.5 + influence)
}

/// Heat after a quarter: three tenths of the way to
/// `2·Σ holdings + share · clip((HHI − 1500)/2000, 0, 1)`, less lobbying.
pub fn heat_after(heat: f64, holdings: f64, share: f64, herfindahl: f64, lobbying: u32) -> f64 {
    let concentration = share * ((herfindahl - 1_500.0) / 2_000.0).clamp(0.0, 1.0);
    let target = (2.0 * holdings + concentration).clamp(0.0, 1.0);
    (heat + PACE * (target - heat) - LOBBYING * f64::from(lobbying)).clamp(0.0, 1.0)
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
    fn lobbying_cools_and_heat_stays_in_range() {
        let hot = heat_after(0.9, 2.0, 0.5, 4_000.0, 0);
        assert!(hot <= 1.0 && heat_after(0.9, 2.0, 0.5, 4_000.0, 2) < hot);
        assert_eq!(heat_after(0.01, 0.0, 0.0, 0.0, 3), 0.0);
    }
}
