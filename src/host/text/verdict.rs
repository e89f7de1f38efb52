//! Was it worth it? Deals, turning points, skill and luck, when a game is over.

use crate::host::words::{decisions, labels, listed, numbers};
use crate::ids::SeatId;
use crate::level::{Level, Measure};
use crate::study::{Made, Played, SkillAndLuck, Trials, Worth, worth};

use super::branch::changed;
use super::desk::Desk;
use super::page::Page;

/// Turning points told at most, and the least a decision must have made, points.
const MOST_TOLD: usize = 5;
const WORTH_TELLING: f64 = 0.05;
/// Goals named beside a score at most.
const MOST_GOALS: usize = 3;

/// What the game says of itself for one seat. Nothing if it cannot be played again.
pub(super) fn sections(desk: &Desk, seat: SeatId, page: &mut Page) {
    let Ok(played) = Played::of(desk.session.tape()) else { return };
    let Ok(found) = worth(&played, seat, Trials::default()) else { return };
    deals(desk, &played, seat, &found, page);
    turning_points(desk, &played, &found, page);
    if let Some(luck) = &found.luck {
        skill_and_luck(luck, desk.view(seat).score.scaled, page);
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
        let later = if each.signed_later { " They sign later instead." } else { "" };
        page.bullet(&format!(
            "{} and {}, {}: {} points with it, {} without: {}.{}{later}",
            desk.words.firm(deal.giant),
            desk.words.lab(deal.lab),
            desk.words.quarter(deal.signed),
            points(each.made.played_points),
            points(each.made.without_points),
            numbers::points_change(each.made.points()),
            goals(&played.tape.level, seat, &each.made)
        ));
    }
}

/// What was made of the weightiest goals that moved.
fn goals(level: &Level, seat: SeatId, made: &Made) -> String {
    let goals = level.goals(seat);
    let mut moved: Vec<(f64, Measure, f64)> = goals
        .iter()
        .zip(&made.goals)
        .map(|(goal, &by)| {
            let range = (goal.full_at - goal.none_at).abs().max(1e-9);
            (goal.weight * by.abs() / range, goal.measure, by)
        })
        .filter(|(weight, ..)| *weight >= WORTH_TELLING)
        .collect();
    moved.sort_by(|one, other| other.0.total_cmp(&one.0));
    let told: Vec<String> = moved
        .into_iter()
        .take(MOST_GOALS)
        .map(|(_, measure, by)| {
            format!("{} {}", labels::measure(measure).to_lowercase(), changed(measure, by))
        })
        .collect();
    if told.is_empty() { String::new() } else { format!(" It made: {}.", listed(&told)) }
}

fn turning_points(desk: &Desk, played: &Played, found: &Worth, page: &mut Page) {
    let told: Vec<_> = found
        .turning_points
        .iter()
        .filter(|point| point.made.points().abs() >= WORTH_TELLING)
        .take(MOST_TOLD)
        .collect();
    if found.turning_points.is_empty() {
        return;
    }
    page.heading("Turning points");
    if told.is_empty() {
        page.paragraph("No decision of yours, left out alone, would have moved the score.");
        return;
    }
    page.note("Each of your decisions left out in turn, with everybody free to answer that; those that moved the score most.");
    let rounds = played.tape.level.talk_rounds;
    for point in told {
        page.bullet(&format!(
            "{}, {}: {}. It made {}: {} points, {} without it.",
            desk.words.quarter(point.quarter),
            labels::step(point.step, rounds),
            decisions::phrase(&desk.words, &played.deals, &point.decision),
            numbers::points_change(point.made.points()),
            points(point.made.played_points),
            points(point.made.without_points)
        ));
    }
}

fn skill_and_luck(luck: &SkillAndLuck, own: f64, page: &mut Page) {
    page.heading("Skill and luck");
    let percent = |part: f64| format!("{:.0}%", 100.0 * part);
    page.paragraph(&format!(
        "A {} bot in your seat gets {} points in the middle of {} games under other luck, four in five of them between {} and {}. Under the luck of this game it gets {}: more than in {} of those. You got {}: more than it does in {} of them.",
        luck.bot,
        points(luck.bot_points.median),
        luck.games,
        points(luck.bot_points.low_10pct),
        points(luck.bot_points.high_90pct),
        points(luck.bot_here_points),
        percent(luck.luck),
        points(own),
        percent(luck.standing)
    ));
}

fn points(value: f64) -> String {
    format!("{value:.1}").replace('-', "−")
}
