//! Was it worth it? What deals, decisions and luck made of a score, and the best deal missed.

use super::{Words, clauses, decisions, labels, listed, numbers};
use crate::ids::SeatId;
use crate::level::{Level, Measure};
use crate::sim::deal::Deal;
use crate::study::{Chance, DealWorth, Made, MissedDeal, Played, SkillAndLuck, TurningPoint};

/// The least that is told of, points.
pub const WORTH_TELLING: f64 = 0.05;
/// Goals named beside a score at most.
const MOST_GOALS: usize = 3;

/// `Amazon and OpenAI, 2Q26`.
pub fn deal_title(words: &Words, deal: &Deal) -> String {
    format!(
        "{} and {}, {}",
        words.firm(deal.giant),
        words.lab(deal.lab),
        words.quarter(deal.signed)
    )
}

/// What a deal made of the score: a sentence or two without the deal's name.
pub fn deal_made(level: &Level, seat: SeatId, each: &DealWorth) -> String {
    let later = if each.signed_later { " They sign later instead." } else { "" };
    format!(
        "{} points with it, {} without: {}.{}{later}",
        points(each.made.played_points),
        points(each.made.without_points),
        numbers::points_change(each.made.points()),
        goals_made(level, seat, &each.made)
    )
}

fn goals_made(level: &Level, seat: SeatId, made: &Made) -> String {
    let told = goals_moved(level, seat, &made.goals);
    if told.is_empty() { String::new() } else { format!(" It made: {told}.") }
}

/// The weightiest goals that moved, and how far; empty if none did.
pub fn goals_moved(level: &Level, seat: SeatId, by: &[f64]) -> String {
    let told: Vec<String> = moved(level, seat, by)
        .into_iter()
        .take(MOST_GOALS)
        .map(|(measure, by)| {
            let by = labels::measured_change(measure, by);
            format!("{} {by}", labels::measure(measure).to_lowercase())
        })
        .collect();
    listed(&told)
}

/// The goals that moved so far that it tells, the weightiest first, and how far.
pub fn moved(level: &Level, seat: SeatId, by: &[f64]) -> Vec<(Measure, f64)> {
    let goals = level.goals(seat);
    let mut moved: Vec<(f64, Measure, f64)> = goals
        .iter()
        .zip(by)
        .map(|(goal, &by)| {
            let range = (goal.full_at - goal.none_at).abs().max(1e-9);
            (goal.weight * by.abs() / range, goal.measure, by)
        })
        .filter(|(weight, ..)| *weight >= WORTH_TELLING)
        .collect();
    moved.sort_by(|one, other| other.0.total_cmp(&one.0));
    moved.into_iter().map(|(_, measure, by)| (measure, by)).collect()
}

/// When and what was decided: `2Q26, answers 1/3: accepting OpenAI's terms`.
pub fn decided(words: &Words, played: &Played, point: &TurningPoint) -> String {
    format!(
        "{}, {}: {}",
        words.quarter(point.quarter),
        labels::step(point.step, played.tape.level.talk_rounds),
        decisions::phrase(words, &played.deals, &point.decision)
    )
}

/// What a decision made of the score.
pub fn decision_made(point: &TurningPoint) -> String {
    format!(
        "It made {}: {} points, {} without it.",
        numbers::points_change(point.made.points()),
        points(point.made.played_points),
        points(point.made.without_points)
    )
}

/// The best deal missed: whom with and when, on which terms, how it was to be had, what it would have
/// made.
pub fn missed(words: &Words, played: &Played, seat: SeatId, missed: &MissedDeal) -> String {
    format!(
        "{}, {}: {}. {} {}",
        missed_with(words, seat, missed),
        words.quarter(missed.quarter),
        clauses::sheet(words, &played.deals, &missed.sheet),
        chance(words, seat, missed),
        missed_made(&played.tape.level, seat, missed)
    )
}

/// What a missed deal would have made of the score.
pub fn missed_made(level: &Level, seat: SeatId, missed: &MissedDeal) -> String {
    let goals = goals_moved(level, seat, &missed.goals);
    let goals = match goals.is_empty() {
        true => String::new(),
        false => format!(" It would have made: {goals}."),
    };
    format!(
        "Signed, it would have brought {}: {} points in place of {}.{goals}",
        numbers::points_change(missed.gain()),
        points(missed.with_points),
        points(missed.played_points)
    )
}

/// The other side of a missed deal.
pub fn missed_with<'w>(words: &'w Words, seat: SeatId, missed: &MissedDeal) -> &'w str {
    let lab = words.lab_seat(missed.lab);
    words.seat(if seat == lab { missed.giant.seat() } else { lab })
}

/// How a missed deal was to be had.
pub fn chance(words: &Words, seat: SeatId, missed: &MissedDeal) -> String {
    let other = missed_with(words, seat, missed);
    match missed.chance {
        Chance::OfferedToIt => format!("{other} had those terms on the table."),
        Chance::OfferedByIt => format!(
            "{} had offered them, and {other} held out for more than the least it would have taken.",
            words.seat(seat)
        ),
        Chance::Unnamed => {
            "Nobody named them; they lay inside what both would have signed at when the talks began."
                .to_owned()
        }
    }
}

/// How those deals were found and tried.
pub fn how_missed(missed: &MissedDeal) -> String {
    format!(
        "Of {} that could have been signed and were not: offers that stood or were refused, and terms inside the zone of possible agreement; each signed in the same game, under the same luck, with everybody free to answer it.",
        numbers::count(missed.tried, "deal")
    )
}

/// Where a score stands among a bot's, and how kind the luck was.
pub fn skill_and_luck(luck: &SkillAndLuck, own: f64) -> String {
    let score = numbers::score;
    format!(
        "A {} bot in your seat gets {} points in the middle of {} games under other luck, four in five of them between {} and {}. Under the luck of this game it gets {}, {}. You got {}, {}.",
        luck.bot,
        score(luck.bot_points.median),
        luck.games,
        score(luck.bot_points.low_10pct),
        score(luck.bot_points.high_90pct),
        score(luck.bot_here_points),
        more_than(luck.luck),
        score(own),
        more_than(luck.standing)
    )
}

/// Where a score stands among the bot's games, from the part of them it surpasses, 0 to 1.
fn more_than(part: f64) -> String {
    match format!("{:.0}", 100.0 * part).as_str() {
        "0" => "less than in any of those".to_owned(),
        "100" => "more than in all of those".to_owned(),
        percent => format!("more than in {percent}% of those"),
    }
}

/// Points to a tenth.
pub fn points(value: f64) -> String {
    format!("{value:.1}").replace('-', "−")
}
