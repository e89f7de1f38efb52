//! The judgement of a finished game in a headline and a sentence or two.

use super::worth::points;
use super::{Words, labels, listed, numbers};
use crate::ids::SeatId;
use crate::level::GoalFile;
use crate::sim::deal::Deal;
use crate::sim::goals::rules::{Medal, medal};
use crate::sim::view::SeatView;

/// The verdict in a headline: what the seat did, and how it came out. Without a name it is told to whoever
/// sits there.
pub fn headline(name: Option<&str>, score: f64, signed: usize) -> String {
    let (own, whom) = name.map_or(("your", "you"), |name| ("its", name));
    let name = name.unwrap_or("You");
    match (medal(score), signed) {
        (Medal::Gold, 0) => format!("{name} kept {own} hands free, and it paid"),
        (Medal::Gold, _) => format!("{name} signed, and it was worth it"),
        (Medal::Silver, 0) => format!("{name} went alone, and held {own} own"),
        (Medal::Silver, _) => format!("{name} signed, and used it well"),
        (Medal::Bronze, 0) => format!("{name} watched the others sign, and kept up"),
        (Medal::Bronze, _) => format!("{name} signed, at a price"),
        (Medal::None, 0) => format!("Nobody signed with {whom}, and it shows"),
        (Medal::None, _) => format!("{name} signed, and others gained"),
    }
}

/// How the points of the goals make the score.
pub fn how_scored(view: &SeatView) -> String {
    let scale = view.level.score_scale(view.seat);
    let raw = points(view.score.raw);
    let scaled = numbers::score(view.score.scaled);
    let means = means(view);
    if (scale.idle, scale.best) == (0.0, 100.0) {
        return format!(
            "{means}The points add up to {raw}, which is a score of {scaled}: this level has no scale of its own."
        );
    }
    format!(
        "{means}The points add up to {raw}. On this level's scale {} is 0 (a seat that does nothing) and {} is 100 (the best play known), which makes {scaled}.",
        points(scale.idle),
        points(scale.best)
    )
}

/// What a goal's figure is where it is no single quarter's, with a space after it.
fn means(view: &SeatView) -> String {
    let goals = view.level.goals(view.seat).iter().zip(&view.score.goals);
    let mut means: Vec<Option<String>> =
        goals.map(|(goal, now)| labels::mean_of(goal, now)).collect();
    means.dedup();
    match means.as_slice() {
        [Some(mean)] => format!("Each figure is the {mean}. "),
        [] | [None] => String::new(),
        _ => "Some figures are means of several quarters; point at one to see. ".to_owned(),
    }
}

/// Which goal brought most and which fell furthest short.
pub fn deck(view: &SeatView) -> String {
    let goals = view.level.goals(view.seat).iter().zip(&view.score.goals);
    let mut ranked: Vec<(&GoalFile, f64)> =
        goals.map(|(goal, now)| (goal, goal.weight * now.credit)).collect();
    let gained = |ranked: &(&GoalFile, f64)| ranked.1;
    let lost = |ranked: &(&GoalFile, f64)| ranked.0.weight - ranked.1;
    ranked.sort_by(|one, other| gained(other).total_cmp(&gained(one)));
    let (Some(best), Some(worst)) =
        (ranked.first(), ranked.iter().max_by(|one, other| lost(one).total_cmp(&lost(other))))
    else {
        return String::new();
    };
    if lost(worst) < 0.5 {
        return "Every goal was met.".to_owned();
    }
    format!(
        "{} brought the most, {:.0} of {:.0} points; {} cost the most, {:.0} of {:.0}.",
        labels::measure(best.0.measure),
        gained(best),
        best.0.weight,
        labels::measure(worst.0.measure).to_lowercase(),
        lost(worst),
        worst.0.weight
    )
}

/// Whom the seat signed with, when and for how much: a sentence.
pub fn signed(words: &Words, seat: SeatId, deals: &[&Deal]) -> String {
    let name = words.seat(seat);
    if deals.is_empty() {
        return format!("{name} signed nothing.");
    }
    let told: Vec<String> = deals
        .iter()
        .map(|deal| {
            let lab = words.lab_seat(deal.lab);
            let other = words.seat(if lab == seat { deal.giant.seat() } else { lab });
            let sum = deal.sheet.amount();
            let what = match sum.is_positive() {
                true => numbers::money(sum),
                false => "new terms".to_owned(),
            };
            format!("{what} with {other} in {}", words.quarter(deal.signed))
        })
        .collect();
    format!("{name} signed {}.", listed(&told))
}
