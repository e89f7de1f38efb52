//! The front page of a quarter.

use std::io;

use crate::host::words::numbers;
use crate::host::words::{self, headlines, labels};
use crate::ids::SeatId;
use crate::sim::calendar::{self, Date, Event};
use crate::sim::goals::rules::medal;
use crate::sim::view::SeatView;

use super::desk::Desk;
use super::dilemma;
use super::page::Page;

/// Dates a calendar shows at most, and how far ahead it looks, quarters.
const DATES: usize = 7;
const AHEAD: u32 = 6;

pub(super) fn show(desk: &mut Desk, seat: SeatId) -> io::Result<()> {
    let view = desk.view(seat);
    let mut page = desk.page();
    page.masthead(&desk.words.quarter(view.quarter));
    let opening = desk.opening(seat).published.clone();
    let history = desk.session.game.history();
    let front = headlines::page(&desk.words, &view.deals, &opening, history, seat);
    page.headline(&front.headline);
    for (number, story) in front.stories.iter().enumerate() {
        if number == 0 { page.paragraph(story) } else { page.bullet(story) }
    }
    dilemma::on_the_front_page(desk, &view, &mut page);
    numbers_that_matter(desk, &view, &mut page);
    calendar(desk, &view, &mut page);
    desk.show(&page)
}

/// The three heaviest goals, and the score.
fn numbers_that_matter(desk: &Desk, view: &SeatView, page: &mut Page) {
    let goals = view.level.goals(view.seat);
    let mut heaviest: Vec<usize> = (0..goals.len()).collect();
    heaviest.sort_by(|&one, &other| goals[other].weight.total_cmp(&goals[one].weight));
    let rows: Vec<Vec<String>> = heaviest
        .into_iter()
        .take(3)
        .map(|place| {
            let (goal, now) = (&goals[place], &view.score.goals[place]);
            let change = before(desk, view, place).map(|before| now.value - before);
            let moved = change.map_or_else(String::new, |by| {
                numbers::marked(by, &labels::measured_change(goal.measure, by))
            });
            vec![
                labels::measure(goal.measure).to_owned(),
                labels::measured(goal.measure, now.value),
                moved,
                format!(
                    "{} to {}",
                    labels::measured(goal.measure, goal.none_at),
                    labels::measured(goal.measure, goal.full_at)
                ),
                numbers::share(now.credit),
            ]
        })
        .collect();
    page.blank();
    let who = desk.words.seat(view.seat);
    page.table(&[who, "now", "in the quarter", "credit runs from", "credit"], &[1, 4], &rows);
    page.paragraph(&score_line(view));
}

/// `Score 41 of 100: bronze. …`
pub(super) fn score_line(view: &SeatView) -> String {
    let score = view.score.scaled;
    let next = match score {
        s if s < 30.0 => ", bronze from 30",
        s if s < 60.0 => ", silver from 60",
        s if s < 90.0 => ", gold from 90",
        _ => "",
    };
    format!(
        "Score {}: {}{next}. {} left to play.",
        numbers::score(score),
        labels::medal(medal(score)),
        numbers::count(view.quarters_left(), "quarter")
    )
}

/// A goal's value a quarter ago.
fn before(desk: &Desk, view: &SeatView, place: usize) -> Option<f64> {
    let history = desk.session.game.history();
    match history.len() {
        0 => None,
        1 => Some(desk.opening(view.seat).score.goals[place].value),
        more => Some(history[more - 2].scores.goals[view.seat.index()][place].value),
    }
}

/// The next dates; those of this quarter and the next in any case.
fn calendar(desk: &Desk, view: &SeatView, page: &mut Page) {
    let dates = calendar::dates(view);
    let ahead = dates.iter().filter(|date| {
        let near = calendar::is_near(date, view.quarter);
        match date.event {
            // It stands above, with its answers.
            Event::DilemmaDue { .. } => false,
            Event::CapacityArrives { .. } => near || date.after_the_end,
            _ => date.quarter.since(view.quarter) <= AHEAD,
        }
    });
    let shown: Vec<&Date> = ahead
        .enumerate()
        .filter(|(place, date)| *place < DATES || calendar::is_near(date, view.quarter))
        .map(|(_, date)| date)
        .collect();
    if shown.is_empty() {
        return;
    }
    page.blank();
    page.paragraph("Calendar");
    for date in shown {
        let text = words::calendar::line(&desk.words, view, date);
        page.entry(&desk.words.quarter(date.quarter), 5, &text);
    }
}

/// Every date there is.
pub(super) fn dates(desk: &mut Desk, seat: SeatId) -> io::Result<()> {
    let view = desk.view(seat);
    let mut page = desk.page();
    page.heading("Dates ahead");
    for date in calendar::dates(&view) {
        let yours = date.concerns.contains(seat);
        let mark = if yours { "• " } else { "" };
        let text = format!("{mark}{}", words::calendar::line(&desk.words, &view, &date));
        page.entry(&desk.words.quarter(date.quarter), 5, &text);
    }
    page.note("• concerns you. What holds through a quarter ends with that quarter's close.");
    desk.show(&page)
}
