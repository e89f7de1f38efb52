//! The front page of a quarter.

use std::io;

use crate::host::words::numbers::{self, gigawatts, money};
use crate::host::words::{clauses, headlines, labels, possessive};
use crate::ids::{LabId, Role, SeatId};
use crate::sim::deal::{AccessTier, Condition, Deal, Exclusivity, Staged};
use crate::sim::goals::rules::medal;
use crate::sim::view::SeatView;
use crate::units::Quarter;

use super::desk::Desk;
use super::page::Page;

/// Dates a calendar shows at most, and how far ahead it looks, quarters.
const DATES: usize = 7;
const AHEAD: u32 = 6;
/// A runway worth a date, quarters.
const SHORT_RUNWAY: f64 = 4.0;

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
        "Score {:.0}: {}{next}. {} left to play.",
        libm::floor(score),
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

fn calendar(desk: &Desk, view: &SeatView, page: &mut Page) {
    let mut dates: Vec<(Quarter, String)> = Vec::new();
    for deal in &view.deals {
        deal_dates(desk, view, deal, &mut dates);
    }
    if let Role::Giant(firm) = view.role {
        let arriving = &view.published.giants[firm.index()].arriving_gw;
        for (after, gw) in arriving.iter().enumerate().take(2).filter(|(_, gw)| **gw > 0.0) {
            let text = format!("{} of your capacity comes on line", gigawatts(*gw));
            dates.push((view.quarter.plus(after as u32), text));
        }
    }
    for (place, lab) in view.labs.iter().enumerate() {
        let runway = lab.runway_quarters.or(f64::INFINITY);
        if runway < SHORT_RUNWAY {
            let name = desk.words.lab(LabId(place as u8));
            let text =
                format!("{} cash runs out about now, under its present plan", possessive(name));
            dates.push((view.quarter.plus(runway as u32), text));
        }
    }
    dates.push((Quarter(view.level.quarters), "the last quarter; then the judgement".to_owned()));
    dates.retain(|(quarter, _)| *quarter >= view.quarter && quarter.since(view.quarter) <= AHEAD);
    dates.sort_by_key(|(quarter, _)| *quarter);
    if dates.is_empty() {
        return;
    }
    page.blank();
    page.paragraph("Calendar");
    for (quarter, text) in dates.into_iter().take(DATES) {
        page.entry(&desk.words.quarter(quarter), 5, &text);
    }
}

/// When covenants lapse and tranches fall due.
fn deal_dates(desk: &Desk, view: &SeatView, deal: &Deal, dates: &mut Vec<(Quarter, String)>) {
    let words = &desk.words;
    let (giant, lab) = (words.firm(deal.giant), words.lab(deal.lab));
    let last = |quarters: u8| Quarter((deal.signed.0 + u32::from(quarters)).saturating_sub(1));
    if deal.exclusivity_at(view.quarter) != Exclusivity::None {
        let kind = labels::exclusivity(deal.sheet.exclusivity);
        let text = format!("{} {kind} over {lab} runs out", possessive(giant));
        dates.push((last(deal.sheet.exclusivity_quarters), text));
    }
    if deal.access_at(view.quarter) != AccessTier::None {
        let tier = labels::access(deal.sheet.access);
        dates.push((
            last(deal.sheet.access_quarters),
            format!("{} {tier} access to {lab} runs out", possessive(giant)),
        ));
    }
    if deal.staged == Staged::Waiting {
        let sum = money(deal.sheet.staged());
        let (after, text) = match deal.sheet.condition {
            Condition::AfterAYear => (4, format!("{giant} owes {lab} a second {sum}")),
            other => (
                8,
                format!(
                    "{} second {sum} for {lab} lapses unless {}",
                    possessive(giant),
                    clauses::until(other)
                ),
            ),
        };
        dates.push((deal.signed.plus(after), text));
    }
}
