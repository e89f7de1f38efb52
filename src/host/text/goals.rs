//! Goals and scores: a seat's own, and everybody's standing.

use std::io;

use crate::host::words::judgement::how_scored;
use crate::host::words::labels;
use crate::host::words::numbers::{score, share};
use crate::ids::SeatId;
use crate::sim::goals::rules::medal;
use crate::sim::view::SeatView;

use super::desk::Desk;
use super::page::Page;
use super::paper;

pub(super) fn show(desk: &mut Desk, seat: SeatId) -> io::Result<()> {
    let view = desk.view(seat);
    let mut page = desk.page();
    page.heading(&format!("Goals · {}", desk.words.seat(seat)));
    goal_table(&view, &mut page);
    page.paragraph(&how_scored(&view));
    page.paragraph("A goal counts the mean of its last four quarters unless it says otherwise; net cash counts capacity under way at cost. Bronze from 30, silver from 60, gold from 90.");
    page.paragraph(&paper::score_line(&view));
    desk.show(&page)
}

/// Every goal with its credit, and the points that makes.
pub(super) fn goal_table(view: &SeatView, page: &mut Page) {
    let goals = view.level.goals(view.seat);
    let rows: Vec<Vec<String>> = goals
        .iter()
        .zip(&view.score.goals)
        .map(|(goal, now)| {
            vec![
                labels::measure(goal.measure).to_owned(),
                labels::measured(goal.measure, now.value),
                labels::measured(goal.measure, goal.none_at),
                labels::measured(goal.measure, goal.full_at),
                share(now.credit),
                format!("{:.0}", goal.weight),
                format!("{:.1}", (goal.weight * now.credit).abs()),
            ]
        })
        .collect();
    let header = ["goal", "now", "none at", "full at", "credit", "weight", "points"];
    page.table(&header, &[1, 2, 3, 4, 5, 6], &rows);
}

/// Everybody's final score.
pub(super) fn standings(desk: &Desk, page: &mut Page) {
    let game = &desk.session.game;
    let level = game.level();
    let mut seats: Vec<(f64, SeatId)> =
        level.seat_ids().map(|seat| (game.view(seat).score.scaled, seat)).collect();
    seats.sort_by(|one, other| other.0.total_cmp(&one.0));
    let rows: Vec<Vec<String>> = seats
        .into_iter()
        .map(|(points, seat)| {
            let who = if desk.people.contains(&seat) { "played here" } else { "" };
            vec![
                desk.words.seat(seat).to_owned(),
                score(points),
                labels::medal(medal(points)).to_owned(),
                who.to_owned(),
            ]
        })
        .collect();
    page.table(&["seat", "score", "medal", ""], &[1], &rows);
}
