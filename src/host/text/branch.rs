//! Practice: a closed quarter taken up again, and the two lines of play side by side.

use std::io;

use crate::host::words::{Words, clauses, decisions, facts, labels, numbers};
use crate::ids::SeatId;
use crate::level::Measure;
use crate::sim::deal::Deal;
use crate::sim::decision::Decision;
use crate::sim::fact::Fact;
use crate::sim::game::Game;
use crate::study::{Comparison, Departure, Difference, Played, Signature, compare};
use crate::units::Quarter;

use super::desk::Desk;
use super::page::Page;

/// Facts told of one line of play at most.
const MOST_FACTS: usize = 6;
/// Decisions not kept that are told at most.
const MOST_DROPPED: usize = 6;

/// `branch 2Q26`: takes a closed quarter up again, as practice. True if the game is another now.
pub(super) fn take_up(desk: &mut Desk, args: &[String]) -> io::Result<bool> {
    if desk.practises() {
        desk.say("You are in practice already; back returns to the game.")?;
        return Ok(false);
    }
    if desk.people.len() > 1 {
        desk.say("Where several people share a keyboard nothing is taken up again: it would show what others know.")?;
        return Ok(false);
    }
    let closed = desk.session.game.history().len() as u32;
    if closed == 0 {
        desk.say("No quarter has been closed yet: branch takes one up again, as practice.")?;
        return Ok(false);
    }
    let asked = args.first().map(|word| word.to_uppercase()).unwrap_or_default();
    let found = (1..=closed)
        .map(Quarter)
        .find(|quarter| desk.words.quarter(*quarter) == asked || quarter.0.to_string() == asked);
    let Some(quarter) = found else {
        let (first, last) = (desk.words.quarter(Quarter(1)), desk.words.quarter(Quarter(closed)));
        desk.say(&format!("Which quarter? branch {last}, for one; {first} to {last} are closed."))?;
        return Ok(false);
    };
    let Ok(session) = desk.session.taken_up(quarter) else {
        desk.say("That quarter cannot be taken up again from the record.")?;
        return Ok(false);
    };
    desk.begin_practice(session, quarter);
    let last = desk.words.quarter(Quarter(closed));
    desk.say(&format!(
        "Practice: {} again, under the same luck, as far as the end of {last}. Nothing of it counts: no medal, and the game is where you left it. back returns to it and sets the two side by side.",
        desk.words.quarter(quarter)
    ))?;
    Ok(true)
}

/// `back`: returns from practice to the game, and compares.
pub(super) fn back(desk: &mut Desk, seat: SeatId) -> io::Result<bool> {
    let Some((practice, from)) = desk.end_practice() else {
        desk.say("You are in the game itself; branch takes a closed quarter up again.")?;
        return Ok(false);
    };
    let closed = practice.game.history().len() as u32;
    let changes: Vec<_> = practice
        .steps()
        .iter()
        .filter(|step| step.quarter >= from && step.quarter.0 <= closed)
        .map(|step| step.change(seat))
        .collect();
    desk.say("Back in the game, where you left it.")?;
    if changes.is_empty() {
        return Ok(true);
    }
    let Ok(played) = Played::of(desk.session.tape()) else { return Ok(true) };
    let mut game = Game::new(played.tape.level.clone(), played.tape.seed);
    if let Ok((found, branch)) = compare(&played, &mut game, &Departure::Decided(changes), seat) {
        let mut page = desk.page();
        show(&desk.words, &found, (&played.deals, &branch.deals), &mut page);
        desk.show(&page)?;
    }
    Ok(true)
}

/// A comparison as text, without colour.
pub fn comparison_text(
    words: &Words,
    found: &Comparison,
    deals: (&[Deal], &[Deal]),
    width: usize,
) -> String {
    let mut page = Page::new(width.clamp(60, 80));
    show(words, found, deals, &mut page);
    page.render(false)
}

/// What differs between the two lines, as blocks of a page: the window draws the figures itself.
#[cfg(feature = "window")]
pub(crate) fn differences(
    words: &Words,
    found: &Comparison,
    deals: (&[Deal], &[Deal]),
) -> Vec<super::page::Block> {
    let mut page = Page::new(80);
    what_differs(words, found, deals, &mut page);
    page.into_blocks()
}

fn show(words: &Words, found: &Comparison, deals: (&[Deal], &[Deal]), page: &mut Page) {
    let who = words.seat(found.seat);
    page.heading(&format!("{who}: as it was played, and the branch · practice, no medal"));
    if found.quarters.is_empty() {
        page.paragraph("The two lines of play are the same.");
        return;
    }
    let rows = |pick: &dyn Fn(usize) -> Difference,
                write: &dyn Fn(f64) -> String,
                by: &dyn Fn(f64) -> String| {
        let quarters = found.quarters.iter().enumerate();
        quarters
            .map(|(place, each)| {
                let difference = pick(place);
                vec![
                    words.quarter(each.quarter),
                    write(difference.played),
                    write(difference.branch),
                    by(difference.whole()),
                    by(difference.by_the_decision),
                    by(difference.by_the_answers),
                ]
            })
            .collect::<Vec<_>>()
    };
    let table = |title: &str, rows: &[Vec<String>], page: &mut Page| {
        page.blank();
        let header = [title, "played", "branch", "difference", "your doing", "their answers"];
        page.table(&header, &[1, 2, 3, 4, 5], rows);
    };
    let points = |value: f64| format!("{value:.1}").replace('-', "−");
    let scores = rows(&|place| found.quarters[place].score, &points, &numbers::points_change);
    table("Score", &scores, page);
    for (goal, &measure) in found.measures.iter().enumerate() {
        let written = |value| labels::measured(measure, value);
        let by = |value| changed(measure, value);
        let lines = rows(&|place| found.quarters[place].goals[goal], &written, &by);
        table(labels::measure(measure), &lines, page);
    }
    page.note("your doing: what your other decisions make of it while everybody else decides as they did; their answers: what the others' decisions add, who see the new line of play. The two sum to the difference. A goal counts as it stands: most as the mean of four quarters.");
    what_differs(words, found, deals, page);
}

/// A change in a measure, in its own unit.
pub(super) fn changed(measure: Measure, value: f64) -> String {
    match measure {
        Measure::CloudShare | Measure::WinRate | Measure::Independence => {
            numbers::share_change(value / 100.0)
        }
        Measure::OperatingIncome
        | Measure::NetCash
        | Measure::MarketValue
        | Measure::Stakes
        | Measure::LabRevenue
        | Measure::LabValue => numbers::bn_change(value),
        Measure::ModelAccess | Measure::CapabilityLead | Measure::Runway => {
            numbers::points_change(value)
        }
    }
}

fn what_differs(
    words: &Words,
    found: &Comparison,
    (played, branch): (&[Deal], &[Deal]),
    page: &mut Page,
) {
    page.heading("What differs");
    for (change, then) in &found.changed {
        page.bullet(&format!(
            "Decided, {}, {}: {}; in the game: {}.",
            words.quarter(change.quarter),
            labels::step(change.step, words.level().talk_rounds),
            all_of(words, branch, &change.decisions),
            all_of(words, played, then)
        ));
    }
    let signed = |deal: &Signature, deals: &[Deal], place: &str| {
        format!(
            "Signed {place}: {} and {}, {}: {}.",
            words.firm(deal.giant),
            words.lab(deal.lab),
            words.quarter(deal.quarter),
            clauses::sheet(words, deals, &deal.sheet)
        )
    };
    for deal in &found.signed_branch {
        page.bullet(&signed(deal, branch, "in the branch only"));
    }
    for deal in &found.signed_played {
        page.bullet(&signed(deal, played, "in the game only"));
    }
    let lines = [
        ("in the branch", &found.told_branch, branch),
        ("in the game", &found.told_played, played),
    ];
    for (place, told, deals) in lines {
        for (quarter, fact) in told.iter().take(MOST_FACTS) {
            page.bullet(&told_of(words, deals, (place, *quarter), fact));
        }
        if told.len() > MOST_FACTS {
            page.note(&format!("… and {} more {place}.", told.len() - MOST_FACTS));
        }
    }
    let same = found.signed_branch.is_empty()
        && found.signed_played.is_empty()
        && found.told_branch.is_empty()
        && found.told_played.is_empty();
    if same {
        page.paragraph("The same deals were signed in both, and nothing else of note differs.");
    }
    not_kept(words, found, (played, branch), page);
}

fn all_of(words: &Words, deals: &[Deal], decided: &[Decision]) -> String {
    let phrases: Vec<String> =
        decided.iter().map(|decision| decisions::phrase(words, deals, decision)).collect();
    if phrases.is_empty() { "nothing".to_owned() } else { phrases.join("; ") }
}

fn told_of(
    words: &Words,
    deals: &[Deal],
    (place, quarter): (&str, Quarter),
    fact: &Fact,
) -> String {
    let sentence = facts::sentence(words, deals, fact);
    format!("Only {place}, {}: {sentence}", words.quarter(quarter))
}

fn not_kept(words: &Words, found: &Comparison, deals: (&[Deal], &[Deal]), page: &mut Page) {
    if found.dropped.is_empty() {
        return;
    }
    page.blank();
    page.paragraph("Decided in the game and not kept in the branch:");
    let rounds = words.level().talk_rounds;
    for dropped in found.dropped.iter().take(MOST_DROPPED) {
        page.bullet(&format!(
            "{}, {}: {}. {}",
            words.quarter(dropped.quarter),
            labels::step(dropped.step, rounds),
            decisions::phrase(words, deals.0, &dropped.decision),
            decisions::not_kept(words, deals.1, dropped.step, &dropped.why)
        ));
    }
    if found.dropped.len() > MOST_DROPPED {
        page.note(&format!("… and {} more.", found.dropped.len() - MOST_DROPPED));
    }
}
