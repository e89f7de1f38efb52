//! Goals and scores.

use crate::level::{GoalFile, ScoreScaleFile};

/// Credit for a goal, 0 to 1: a straight line from `none_at` to `full_at`.
pub fn credit(goal: &GoalFile, value: f64) -> f64 {
    ((value - goal.none_at) / (goal.full_at - goal.none_at)).clamp(0.0, 1.0)
}

/// What a goal is judged on: the mean of the values of the last `over` quarters, the latest first, as
/// far as so many were played.
pub fn mean_of_recent(recent: &[f64], over: u32) -> f64 {
    let counted = &recent[..recent.len().min(over as usize)];
    counted.iter().sum::<f64>() / counted.len().max(1) as f64
}

/// A raw score on the level's scale: 0 is the median of an idle seat, 100 the best strategy known.
pub fn scaled(raw: f64, scale: ScoreScaleFile) -> f64 {
    100.0 * (raw - scale.idle) / (scale.best - scale.idle)
}

/// What a change of the raw score changes of the scaled one.
pub fn scaled_change(by: f64, scale: ScoreScaleFile) -> f64 {
    100.0 * by / (scale.best - scale.idle)
}

/// Medals by scaled score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Medal {
    None,
    Bronze,
    Silver,
    Gold,
}

/// The score each medal is had from.
pub const MEDALS: [(Medal, f64); 3] =
    [(Medal::Bronze, 30.0), (Medal::Silver, 60.0), (Medal::Gold, 90.0)];

/// The best medal a score has.
pub fn medal(score: f64) -> Medal {
    let reached = MEDALS.iter().rev().find(|(_, from)| score >= *from);
    reached.map_or(Medal::None, |(medal, _)| *medal)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::level::Measure;

    #[test]
    fn credit_runs_either_way() {
        let goal = |none_at, full_at| GoalFile {
            measure: Measure::CloudShare,
            none_at,
            full_at,
            weight: 1.0,
            by_quarter: None,
            over_quarters: 4,
        };
        assert_eq!(credit(&goal(20.0, 30.0), 25.0), 0.5);
        assert_eq!(credit(&goal(30.0, 20.0), 27.5), 0.25);
        assert_eq!(credit(&goal(20.0, 30.0), 99.0), 1.0);
    }

    #[test]
    fn a_goal_is_judged_on_the_mean_of_its_last_quarters() {
        assert_eq!(mean_of_recent(&[8.0, 4.0, 0.0], 4), 4.0);
        assert_eq!(mean_of_recent(&[8.0, 4.0, 0.0], 2), 6.0);
        assert_eq!(mean_of_recent(&[8.0, 4.0, 0.0], 1), 8.0);
    }

    #[test]
    fn the_scale_puts_idle_at_nought_and_the_best_at_a_hundred() {
        let scale = ScoreScaleFile { idle: 40.0, best: 80.0 };
        assert_eq!((scaled(40.0, scale), scaled(80.0, scale)), (0.0, 100.0));
        assert_eq!((medal(29.9), medal(95.0)), (Medal::None, Medal::Gold));
    }
}
