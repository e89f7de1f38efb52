//! Was it worth it? Deals, turning points, the best deal missed, skill and luck, when a game is over.

use crate::host::words::worth::{self as told, WORTH_TELLING};
use crate::ids::SeatId;
use crate::study::{Played, Trials, Worth, worth};

use super::desk::Desk;
use super::page::Page;

/// Turning points told at most.
const MOST_TOLD: usize = 5;

/// What the game says of itself for one seat. Nothing if it cannot be played again.
pub(super) fn sections(desk: &Desk, seat: SeatId, page: &mut Page) {
    let Ok(played) = Played::of(desk.session.tape()) else { return };
    let Ok(found) = worth(&played, seat, Trials::default()) else { return };
    deals(desk, &played, seat, &found, page);
    turning_points(desk, &played, &found, page);
    missed(desk, &played, seat, &found, page);
    if let Some(luck) = &found.luck {
        page.heading("Skill and luck");
        page.paragraph(&told::skill_and_luck(luck, desk.view(seat).score.scaled));
    }
}

fn deals(desk: &Desk, played: &Played, seat: SeatId, found: &Worth, page: &mut Page) {
    if found.deals.is_empty() {
        return;
    }
    page.heading("Was it worth it?");
    page.note("Each deal against the same game, under the same luck, in which the two signed nothing with each other that quarter; the others answer that, and your other decisions are kept where they can be.");
    for each in &found.deals {
        let Some(deal) = played.deals.get(each.deal.index()) else { continue };
        page.bullet(&format!(
            "{}: {}",
            told::deal_title(&desk.words, deal),
            told::deal_made(&played.tape.level, seat, each)
        ));
    }
}

fn turning_points(desk: &Desk, played: &Played, found: &Worth, page: &mut Page) {
    let shown: Vec<_> = found
        .turning_points
        .iter()
        .filter(|point| point.made.points().abs() >= WORTH_TELLING)
        .take(MOST_TOLD)
        .collect();
    if found.turning_points.is_empty() {
        return;
    }
    page.heading("Turning points");
    if shown.is_empty() {
        page.paragraph("No decision of yours, left out alone, would have moved the score.");
        return;
    }
    page.note("Each of your decisions left out in turn, with everybody free to answer that; those that moved the score most.");
    for point in shown {
        page.bullet(&format!(
            "{}. {}",
            told::decided(&desk.words, played, point),
            told::decision_made(point)
        ));
    }
}

fn missed(desk: &Desk, played: &Played, seat: SeatId, found: &Worth, page: &mut Page) {
    let Some(missed) = &found.missed else { return };
    page.heading("The best deal missed");
    page.note(&told::how_missed(missed));
    page.paragraph(&told::missed(&desk.words, played, seat, missed));
}
