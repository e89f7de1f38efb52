//! What a lab's staff feel, and what it does to talent. Every figure is assumed.

use libm::{exp, log};

/// Morale at which staff are content: below it talent leaves.
pub const CONTENT: f64 = 0.60;
pub const OPENING_MORALE: f64 = 0.65;
/// Part of the talent that leaves one team and arrives at another; the rest founds firms or rests.
pub const ARRIVING: f64 = 0.5;
/// Talent a point of attention to recruiting brings, points.
pub const RECRUITED: f64 = 0.05;
/// Morale a point of attention to a retreat of board and staff brings.
pub const RETREAT: f64 = 0.06;
/// Hiring beyond this in a quarter wears on those who are there.
pub const FAST_HIRING: f64 = 0.12;

/// What a lab's staff see of it in a quarter.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Feelings {
    /// Independence above the charter's floor; negative below it.
    pub slack: f64,
    pub runway: f64,
    /// Points behind the frontier.
    pub behind: f64,
    pub hiring: f64,
    /// Whether the lab keeps its models close, as its mission would have it.
    pub restrained: bool,
    /// Points of attention on a retreat.
    pub retreat: u32,
    pub charter_just_broken: bool,
    pub new_rescues: u32,
}

/// Where morale is drawn to (assumed): `0.60 + 0.5·min(slack, 0.2)`, or `+ 2.5·slack` below the
/// charter's floor; `− 0.25` with less than two quarters of cash; `− 0.02` a point behind the
/// frontier; `− 1.5·(hiring − 0.12)⁺ − 2·(−hiring)⁺`; `+ 0.05` for restraint.
pub fn morale_target(seen: &Feelings) -> f64 {
    let charter = if seen.slack < 0.0 { 2.5 * seen.slack } else { 0.5 * seen.slack.min(0.2) };
    let hunger = if seen.runway < 2.0 { 0.25 } else { 0.0 };
    let growth = 1.5 * (seen.hiring - FAST_HIRING).max(0.0) + 2.0 * (-seen.hiring).max(0.0);
    let mission = if seen.restrained { 0.05 } else { 0.0 };
    (CONTENT + charter - hunger - 0.02 * seen.behind.max(0.0) - growth + mission).clamp(0.0, 1.0)
}

/// Morale after a quarter (assumed): a third of the way to its target, `+ 0.06` a point of retreat,
/// `− 0.15` when the charter is broken and `− 0.15` a rescue.
pub fn morale_after(morale: f64, seen: &Feelings) -> f64 {
    let shock =
        0.15 * (f64::from(seen.new_rescues) + f64::from(u8::from(seen.charter_just_broken)));
    let drawn = morale + (morale_target(seen) - morale) / 3.0;
    (drawn + RETREAT * f64::from(seen.retreat) - shock).clamp(0.0, 1.0)
}

/// Talent that leaves in a quarter, points (assumed): `2·(0.60 − morale)⁺`, at most 1.
pub fn leaving(morale: f64) -> f64 {
    (2.0 * (CONTENT - morale).max(0.0)).min(1.0)
}

/// Talent that joins (or is not replaced) in a quarter, points (assumed):
/// `1.5·(hiring − 0.08)`, hiring counted to 0.15, and 0.05 a point of attention.
pub fn recruited(hiring: f64, attention: u32) -> f64 {
    1.5 * (hiring.min(0.15) - 0.08) + RECRUITED * f64::from(attention)
}

/// How strongly a team draws talent that is free (assumed): morale, times the logarithm of its cash,
/// times `e^(−0.1·points behind)`.
pub fn pull(morale: f64, cash_bn: f64, behind: f64) -> f64 {
    morale * log(1.0 + cash_bn.max(0.0)) * exp(-0.1 * behind.max(0.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(one: f64, other: f64, by: f64) -> bool {
        (one - other).abs() <= by
    }

    #[test]
    fn content_staff_stay_and_a_broken_charter_drives_talent_out() {
        let calm = Feelings { slack: 0.2, runway: 8.0, hiring: 0.08, ..Feelings::default() };
        assert_eq!(leaving(morale_after(OPENING_MORALE, &calm)), 0.0);
        let broken = Feelings { slack: -0.05, charter_just_broken: true, ..calm };
        let hurt = morale_after(OPENING_MORALE, &broken);
        assert!(near(hurt, 0.65 + (0.475 - 0.65) / 3.0 - 0.15, 1e-12), "{hurt}");
        assert!(leaving(hurt) > 0.3);
        let mended = morale_after(hurt, &Feelings { retreat: 3, ..calm });
        assert!(mended > hurt + 0.18);
    }

    #[test]
    fn morale_falls_with_hunger_haste_and_distance_from_the_frontier() {
        let calm = Feelings { slack: 0.2, runway: 8.0, hiring: 0.08, ..Feelings::default() };
        let target = morale_target(&calm);
        for worse in [
            Feelings { runway: 1.0, ..calm },
            Feelings { hiring: 0.25, ..calm },
            Feelings { hiring: -0.1, ..calm },
            Feelings { behind: 8.0, ..calm },
            Feelings { slack: 0.05, ..calm },
        ] {
            assert!(morale_target(&worse) < target, "{worse:?}");
        }
        assert!(morale_target(&Feelings { restrained: true, ..calm }) > target);
    }

    #[test]
    fn talent_goes_where_morale_cash_and_the_frontier_are() {
        assert!(pull(0.7, 10.0, 0.0) > pull(0.5, 10.0, 0.0));
        assert!(pull(0.6, 100.0, 0.0) > pull(0.6, 10.0, 0.0));
        assert!(pull(0.6, 10.0, 0.0) > pull(0.6, 10.0, 9.0));
        assert_eq!(recruited(0.08, 0), 0.0);
        assert!(recruited(0.08, 3) > 0.1 && recruited(-0.1, 0) < -0.2);
    }
}
