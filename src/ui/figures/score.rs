//! The score and its goals as notes.

use crate::host::words::{labels, numbers};
use crate::sim::goals::rules;
use crate::ui::desk::Desk;
use crate::ui::widgets::Tip;

/// The score: what each goal brings, and what it brought in the last quarter.
pub fn score_tip(desk: &Desk) -> Tip {
    let view = &desk.view;
    let goals = view.level.goals(view.seat);
    let score = format!("{} of 100", numbers::score(view.score.scaled));
    let mut tip = Tip::new("Score", score).unit("on the level's scale");
    let Some(place) = desk.history.len().checked_sub(1) else {
        for (goal, now) in goals.iter().zip(&view.score.goals) {
            let points = format!("{:.1} of {:.0}", goal.weight * now.credit, goal.weight);
            tip = tip.row(labels::measure(goal.measure), points);
        }
        return tip.note("Points of each goal. Bronze from 30, silver from 60, gold from 90.");
    };
    let closed = &desk.history[place].scores;
    let before = place.checked_sub(1).map(|earlier| &desk.history[earlier].scores);
    let scaled =
        before.map_or(desk.opening.score.scaled, |scores| scores.scaled(&view.level, view.seat));
    for (goal, by) in goals.iter().zip(goals_moved(desk)) {
        tip = tip.cause(labels::measure(goal.measure), by, numbers::points_change(by));
    }
    let by = closed.scaled(&view.level, view.seat) - scaled;
    tip.change(numbers::points_change(by)).note(
        "What each goal did to the score in the last quarter. Bronze from 30, silver from 60, gold from 90.",
    )
}

/// What each goal did to the score in the quarter that closed last, in points of the score, rounded so
/// that the rows add up to its change.
pub fn goals_moved(desk: &Desk) -> Vec<f64> {
    let view = &desk.view;
    let Some(closed) = desk.history.last() else { return Vec::new() };
    let earlier = desk.history.len().checked_sub(2).map(|place| &desk.history[place].scores);
    let scale = view.level.score_scale(view.seat);
    let goals = view.level.goals(view.seat).iter().enumerate();
    let moved: Vec<f64> = goals
        .map(|(place, goal)| {
            let is = closed.scores.goals[view.seat.index()][place].credit;
            let was = earlier.map_or(desk.opening.score.goals[place].credit, |scores| {
                scores.goals[view.seat.index()][place].credit
            });
            rules::scaled_change(goal.weight * (is - was), scale)
        })
        .collect();
    numbers::rows_to_tenths(&moved)
}

/// One goal of the seat.
pub fn goal_tip(desk: &Desk, place: usize) -> Tip {
    let view = &desk.view;
    let (goal, now) = (&view.level.goals(view.seat)[place], &view.score.goals[place]);
    let points = format!("{:.1} of {:.0}", goal.weight * now.credit, goal.weight);
    let mean = labels::mean_of(goal, now);
    Tip::new(labels::measure(goal.measure), labels::measured(goal.measure, now.value))
        .unit(mean.unwrap_or_else(|| "a goal of yours".to_owned()))
        .row("no credit at", labels::measured(goal.measure, goal.none_at))
        .row("full credit at", labels::measured(goal.measure, goal.full_at))
        .row("credit now", numbers::share(now.credit))
        .row("points of the score", points)
        .note(match goal.over_quarters {
            0 | 1 => "Judged as it stands.".to_owned(),
            most => format!("Judged on the mean of its last {most} quarters."),
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::reasons::Reason;
    use crate::ui::tests::{app, close_quarters, window};
    use crate::units::Quarter;

    #[test]
    fn goals_add_up_to_what_the_score_has_done_and_old_quarters_keep_their_causes() {
        for level in ["ten-billion-courtship", "playing-the-field"] {
            let mut harness = window(app(level));
            close_quarters(&mut harness, 2);
            let (desk, _) = harness.state_mut().game().unwrap();
            let [before, now] = [0, 1]
                .map(|place| desk.history[place].scores.scaled(&desk.view.level, desk.view.seat));
            let sum: f64 = goals_moved(desk).iter().sum();
            assert!((sum - (now - before)).abs() < 0.051, "{level}: {sum}, {}", now - before);
            let metric = crate::sim::explain::Metric::Cash;
            let [first, second] =
                [1, 2].map(|quarter| desk.reason_in(desk.seat, metric, Quarter(quarter)));
            assert_ne!(first, Reason::None);
            assert_ne!(second, Reason::None);
        }
    }
}
