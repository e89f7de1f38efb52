//! Printable briefs: one sheet a seat of a level, with what that seat may know and nothing more.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use maud::{Markup, html};

use super::marks::Mark;
use super::{NoDebrief, page, write_page};
use crate::host::words::numbers::{bn, count, gigawatts, known, money, plain, share};
use crate::host::words::{
    Names, Words, calendar as dated, clauses, facts, labels, listed, refusals,
};
use crate::ids::{LabId, Role, SeatId};
use crate::level::{GoalFile, Level};
use crate::sim::calendar::{self, Date};
use crate::sim::decision::{
    ATTENTION, HIRING_RANGE, MAX_ORDER, PACE_RANGE, PRICE_RANGE, RESEARCH_RANGE, TRAINING_RANGE,
};
use crate::sim::game::Game;
use crate::sim::view::{Known, SeatView};

/// Dates and goals shown, and deals of long ago.
const WATCH: usize = 3;
const THEIR_GOALS: usize = 2;
const DEALS: usize = 5;

/// Writes the briefs of every seat of a level as one page, a sheet each.
pub fn write_briefs(level: &Arc<Level>, names: Names, page: &Path) -> Result<PathBuf, NoDebrief> {
    write_page(page, &briefs(level, names))?;
    Ok(page.to_owned())
}

/// The page of the briefs.
pub fn briefs(level: &Arc<Level>, names: Names) -> String {
    let words = Words::new(Arc::clone(level), names);
    // At the opening luck has not spoken yet: every seed begins alike.
    let game = Game::new(Arc::clone(level), 0);
    let views = level.seat_ids().map(|seat| game.view(seat));
    let body = html! { @for view in views { (sheet(&words, &view)) } };
    page::document(&format!("Briefs: {}", level.title), body)
}

fn sheet(words: &Words, view: &SeatView) -> Markup {
    let level = words.level();
    let name = words.seat(view.seat);
    let length = count(level.quarters, "quarter");
    html! {
        article class="brief" {
            (page::masthead(
                ("Simulation", "Brief"),
                ("For nobody else", "One sheet"),
                &[level.title.clone(), format!("{length} from {}", words.quarter(view.quarter))],
            ))
            h1 { (Mark::of(level, view.seat).inline()) "You run " (name) }
            p { (words.with_names(&level.premise)) }
            section { div class="two" {
                div { h3 { "What you own and owe" } (owned(words, view)) }
                div { h3 { "What you want" } (goals(view)) }
            } }
            section { div class="two" {
                div { h3 { "What you know and others do not" } (secrets(words, view)) }
                div { h3 { "Your levers, each quarter" } (levers(words, view)) }
            } }
            section { div class="two" {
                div { h3 { "Three things to watch" } (watch(words, view)) }
                div { h3 { "What the others probably want" } (others(words, view)) }
            } }
        }
    }
}

/// A table of two columns.
fn figures(rows: &[(String, String)]) -> Markup {
    html! { table { @for (what, value) in rows { tr { td { (what) } td class="right figure" { (value) } } } } }
}

fn owned(words: &Words, view: &SeatView) -> Markup {
    let row = |what: &str, value: String| (what.to_owned(), value);
    let mut rows = Vec::new();
    match view.role {
        Role::Giant(firm) => {
            let giant = &view.published.giants[firm.index()];
            rows.push(row("Cash", money(view.cash)));
            rows.push(row("Debt", bn(giant.debt_bn)));
            rows.push(row("Market value", bn(giant.value_bn)));
            rows.push(row("Operating income a quarter", bn(giant.operating_income_bn())));
            if giant.has_cloud {
                rows.push(row("Part of the cloud", share(giant.share)));
                rows.push(row("Part of new demand won", share(giant.win_rate)));
                let use_of = format!(
                    "{}, {} in use",
                    gigawatts(giant.capacity_gw),
                    share(giant.utilisation)
                );
                rows.push(row("Capacity", use_of));
            }
            for (place, lab) in view.published.labs.iter().enumerate() {
                let part = lab.stakes[firm.index()];
                if part > 0.0005 {
                    let what = format!("Part of {}", words.lab(LabId(place as u8)));
                    rows.push((what, share(part)));
                }
            }
        }
        Role::Lab(lab) => {
            let figures = &view.published.labs[lab.index()];
            rows.push(row("Cash", money(view.cash)));
            rows.push(row("Revenue a quarter", bn(figures.revenue_bn)));
            rows.push(row("Marked at", bn(figures.last_price_bn)));
            rows.push(row("Worth, on its sales", bn(figures.fundamental_bn)));
            rows.push(row("Best model, points", format!("{:.0}", figures.capability_points)));
            rows.push(row("Compute rented", gigawatts(figures.compute_total_gw())));
            rows.push(row("Independence", share(figures.independence)));
            let owners = figures.stakes.iter().enumerate().filter(|(_, part)| **part > 0.0005);
            let owners: Vec<String> = owners
                .map(|(place, part)| {
                    format!("{} {}", words.seat(SeatId(place as u8)), share(*part))
                })
                .collect();
            if !owners.is_empty() {
                rows.push(row("Owners among the seats", owners.join(", ")));
            }
        }
    }
    let own = view
        .deals
        .iter()
        .filter(|deal| deal.giant.seat() == view.seat || view.lab_seat(deal.lab) == view.seat);
    html! {
        (figures(&rows))
        @for deal in own.take(DEALS) {
            p class="note" {
                (refusals::upper_first(&facts::deal_name(words, &view.deals, deal.id))) ": "
                (clauses::signed(words, &view.deals, &deal.sheet)) "."
            }
        }
        @if let Role::Lab(lab) = view.role {
            @let mission = &view.level.labs[lab.index()].mission;
            @if !mission.is_empty() { p class="note" { "Your charter: " (words.with_names(mission)) " Under an independence of " (share(view.level.labs[lab.index()].independence_floor)) " your staff call it broken." } }
        }
    }
}

fn goals(view: &SeatView) -> Markup {
    let goals = view.level.goals(view.seat);
    let scale = view.level.score_scale(view.seat);
    html! {
        table {
            thead { tr { th { "Goal" } th class="r" { "Now" } th class="r" { "None at" } th class="r" { "All at" } th class="r" { "Points" } } }
            @for (goal, now) in goals.iter().zip(&view.score.goals) {
                tr {
                    td { (labels::measure(goal.measure)) }
                    td class="r figure" { (labels::measured(goal.measure, now.value)) }
                    td class="r" { (labels::measured(goal.measure, goal.none_at)) }
                    td class="r" { (labels::measured(goal.measure, goal.full_at)) }
                    td class="r figure" { (plain(goal.weight)) }
                }
            }
        }
        p class="note" {
            "Between none and all you get a part. A goal counts the mean of its last quarters. The points become a score on which "
            (format!("{:.0}", scale.idle)) " points are 0, as for a seat that does nothing, and " (format!("{:.0}", scale.best)) " are 100. Bronze from 30, silver from 60, gold from 90."
        }
    }
}

/// What is this seat's alone; and what it sees of others only as through a window.
fn secrets(words: &Words, view: &SeatView) -> Markup {
    let whole = |value: f64| format!("{value:.1}");
    let mut told: Vec<String> = Vec::new();
    if let Role::Lab(lab) = view.role {
        let own = &view.labs[lab.index()];
        told.push(format!("Your cash lasts {} quarters.", known(own.runway_quarters, whole)));
        told.push(format!(
            "You plan to spend {} more than you earn over the next eight quarters.",
            known(own.burn_8_bn, bn)
        ));
        let mut trust: Vec<(f64, &str)> = own
            .trust
            .iter()
            .enumerate()
            .map(|(place, trust)| (trust.or(0.5), words.seat(SeatId(place as u8))))
            .collect();
        trust.sort_by(|one, other| other.0.total_cmp(&one.0));
        let trust: Vec<String> =
            trust.iter().map(|(trust, name)| format!("{name} {:.0}", 100.0 * trust)).collect();
        told.push(format!("Your trust, of 100: {}.", listed(&trust)));
    } else {
        told.push("Your books are public at each close. Your offers, what you are asked and answer in private, and the least you would sign at are yours alone.".to_owned());
    }
    for (place, lab) in view.labs.iter().enumerate() {
        let id = LabId(place as u8);
        if view.role == Role::Lab(id) {
            continue;
        }
        let name = words.lab(id);
        told.push(match lab.runway_quarters {
            Known::Exact(quarters) => {
                format!("{name} has cash for {quarters:.1} quarters: everybody sees that.")
            }
            other => format!(
                "Of {name} you see only this: cash for {} quarters. Due diligence shows more.",
                known(other, whole)
            ),
        });
    }
    html! { ul { @for line in told { li { (line) } } } }
}

fn levers(words: &Words, view: &SeatView) -> Markup {
    let level = words.level();
    let mut told: Vec<String> = Vec::new();
    match view.role {
        Role::Giant(firm) => {
            let giant = &view.published.giants[firm.index()];
            let labs: Vec<&str> =
                (0..level.labs.len() as u8).map(|lab| words.lab(LabId(lab))).collect();
            told.push(format!("Offers to {}: money, price, access to models, compute, a seat on the board, exclusivity and more.", listed(&labs)));
            if giant.has_cloud {
                told.push(format!(
                    "List prices by customers, {} to {} times the opening's.",
                    plain(PRICE_RANGE.0),
                    plain(PRICE_RANGE.1)
                ));
                told.push(format!(
                    "Capacity: up to {} a quarter, there after four; a gigawatt costs {}.",
                    gigawatts(MAX_ORDER * giant.capacity_gw),
                    bn(giant.order_cost_per_gw_bn)
                ));
                told.push("One group of customers to push.".to_owned());
            }
            if giant.sells_chips {
                told.push(
                    "The price of chips, and whom to serve first when they are short.".to_owned(),
                );
            }
            if giant.opening_research_bn > 0.0 {
                told.push(format!(
                    "Research, {} to {} a quarter.",
                    bn(RESEARCH_RANGE.0 * giant.opening_research_bn),
                    bn(RESEARCH_RANGE.1 * giant.opening_research_bn)
                ));
            }
            told.push(format!("{ATTENTION} points of attention: open tables, due diligence, regulators, the press."));
        }
        Role::Lab(_) => {
            told.push("How talks are held: in private, as a competition of sealed bids, or with one giant alone for a fee; and what you ask of every bidder.".to_owned());
            told.push(format!(
                "The pace of compute, {} to {} times the plan.",
                plain(PACE_RANGE.0),
                plain(PACE_RANGE.1)
            ));
            told.push(format!(
                "The part of compute that trains, {} to {}; the rest serves customers.",
                share(TRAINING_RANGE.0),
                share(TRAINING_RANGE.1)
            ));
            told.push(format!(
                "The price of your products, {} to {} times the opening's.",
                plain(PRICE_RANGE.0),
                plain(PRICE_RANGE.1)
            ));
            told.push(format!(
                "Staff, {} to +{} a quarter.",
                share(HIRING_RANGE.0),
                share(HIRING_RANGE.1)
            ));
            told.push("Who may resell your models: every cloud, partners, or few.".to_owned());
            told.push(format!(
                "{ATTENTION} points of attention: tables, your own people, the press."
            ));
        }
    }
    html! { ul { @for line in told { li { (line) } } } }
}

fn watch(words: &Words, view: &SeatView) -> Markup {
    let dates = calendar::dates(view);
    let (own, others): (Vec<&Date>, Vec<&Date>) =
        dates.iter().partition(|date| date.concerns.contains(view.seat));
    // One of a kind: that a thing comes again and again is no news.
    let mut kinds = Vec::new();
    let mut shown: Vec<(String, String)> = own
        .into_iter()
        .chain(others)
        .filter(|date| {
            let kind = std::mem::discriminant(&date.event);
            let new = !kinds.contains(&kind);
            kinds.push(kind);
            new
        })
        .take(WATCH)
        .map(|date| {
            let line = refusals::upper_first(&dated::line(words, view, date));
            (words.quarter(date.quarter), line)
        })
        .collect();
    if shown.len() < WATCH {
        let leader = words.seat(view.published.frontier.leader);
        shown.push((
            "Always".to_owned(),
            format!(
                "Who has the best model: now {leader}, at {:.0} points.",
                view.published.frontier.points
            ),
        ));
    }
    html! { ul { @for (when, what) in shown { li { strong { (when) } " " (what) } } } }
}

/// What is known of the other seats: their kind, and what such a seat is judged by.
fn others(words: &Words, view: &SeatView) -> Markup {
    let level = words.level();
    let others = level.seat_ids().filter(|seat| *seat != view.seat);
    html! {
        ul {
            @for seat in others {
                li {
                    strong { (words.seat(seat)) } ": " (wants(level.goals(seat)))
                    @if let Role::Giant(firm) = seat.role(level.giants.len()) { "; " (labels::character(&level.giants[firm.index()].disposition)) }
                    "."
                }
            }
        }
    }
}

fn wants(goals: &[GoalFile]) -> String {
    let mut goals: Vec<&GoalFile> = goals.iter().collect();
    goals.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    let told: Vec<String> = goals
        .into_iter()
        .take(THEIR_GOALS)
        .map(|goal| labels::measure(goal.measure).to_lowercase())
        .collect();
    listed(&told)
}
