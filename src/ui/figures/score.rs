//! The score and its goals as notes.

use crate::host::words::{labels, numbers};
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
    for (number, goal) in goals.iter().enumerate() {
        let is = closed.goals[view.seat.index()][number].credit;
        let was = before.map_or(desk.opening.score.goals[number].credit, |scores| {
            scores.goals[view.seat.index()][number].credit
        });
        let by = goal.weight * (is - was);
        tip = tip.cause(labels::measure(goal.measure), by, numbers::points_change(by));
    }
    tip.change(numbers::points_change(view.score.scaled - scaled))
        .note("Points of each goal in the last quarter; the level's scale makes the score of their sum. Bronze from 30, silver from 60, gold from 90.")
}

/// One goal of the seat.
pub fn goal_tip(desk: &Desk, place: usize) -> Tip {
    let view = &desk.view;
    let (goal, now) = (&view.level.goals(view.seat)[place], &view.score.goals[place]);
    let points = format!("{:.1} of {:.0}", goal.weight * now.credit, goal.weight);
    Tip::new(labels::measure(goal.measure), labels::measured(goal.measure, now.value))
        .unit("a goal of yours")
        .row("no credit at", labels::measured(goal.measure, goal.none_at))
        .row("full credit at", labels::measured(goal.measure, goal.full_at))
        .row("credit now", numbers::share(now.credit))
        .row("points of the score", points)
        .note("Judged on the mean of its last quarters.")
}
