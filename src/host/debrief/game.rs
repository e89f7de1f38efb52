//! One game whole, or in brief.

use maud::{Markup, html};

use super::marks::Mark;
use super::report::Report;
use super::{bars, deals, hidden, page, points, trends};
use crate::host::words::worth::{self as told};
use crate::host::words::{judgement, labels, numbers};
use crate::sim::goals::rules::medal;

/// Minor items of a front page shown.
const MINOR: usize = 3;

/// A game on its own pages.
pub(super) fn whole(report: &Report) -> Markup {
    html! {
        article class="game" {
            (page::masthead(
                ("Simulation", "Debrief"),
                ("Save", &report.name),
                &dateline(report),
            ))
            (verdict(report))
            (trends::all(report))
            (points::section(report))
            (deals::section(report))
            (hidden::section(report))
            (paper(report))
            (questions(report))
            (page::foot())
        }
    }
}

/// A game among others: the judgement, its decisions and its deals.
pub(super) fn in_brief(report: &Report) -> Markup {
    html! {
        article class="game short" {
            div class="dateline" { span { (report.name) } @for part in dateline(report) { span { (part) } } }
            (verdict(report))
            section { div class="two" { (trends::score_only(report)) div { (points::in_brief(report)) } } }
            (points::missed_in_brief(report))
            (deals::in_brief(report))
        }
    }
}

fn dateline(report: &Report) -> Vec<String> {
    let quarters = report.quarters();
    let level = report.level();
    let played = match report.is_whole() {
        true => numbers::count(level.quarters, "quarter"),
        false => format!("{} of {} quarters", report.closed(), level.quarters),
    };
    let first = quarters.get(1).or(quarters.first());
    let last = quarters.last();
    let span = match (first, last) {
        (Some(first), Some(last)) => format!("{first} to {last}, {played}"),
        _ => played,
    };
    let mut parts = vec![format!("{}: {span}", level.title)];
    let who = if report.is_person { "copy" } else { "copy (a bot's)" };
    parts.push(format!("{} {who}", crate::host::words::possessive(report.seat_name())));
    parts.push(format!("Seed {}", report.played.tape.seed));
    parts
}

/// The judgement: a headline, the story in a sentence or two, the score as a sum, the ranks.
fn verdict(report: &Report) -> Markup {
    let own: Vec<_> = report.own_signed().collect();
    let score = report.score();
    let kicker = if report.is_whole() { "The judgement" } else { "The standing, before the end" };
    html! {
        section class="judgement" {
            div {
                p class="kicker" { (kicker) }
                h1 { (judgement::headline(Some(report.seat_name()), score, own.len())) }
                p class="deck" { (judgement::deck(&report.view)) }
                p {
                    (judgement::signed(&report.words, report.seat, &own)) " "
                    (numbers::ordinal(report.place())) " of " (report.level().seats()) " seats."
                }
                @if let Some(luck) = &report.worth.luck {
                    p class="luck" { (told::skill_and_luck(luck, score)) }
                }
                (ranking(report))
            }
            div class="sum" {
                (bars::medal(&numbers::score(score), labels::medal(report.medal())))
                (goals(report))
            }
        }
    }
}

fn goals(report: &Report) -> Markup {
    let level = report.level();
    let goals = level.goals(report.seat).iter().zip(&report.view.score.goals);
    let scale = level.score_scale(report.seat);
    html! {
        table {
            @for (goal, now) in goals {
                tr {
                    td {
                        (labels::measure(goal.measure)) " " span class="figure" { (labels::measured(goal.measure, now.value)) }
                        br; span class="note" { "none at " (labels::measured(goal.measure, goal.none_at)) ", all at " (labels::measured(goal.measure, goal.full_at)) }
                    }
                    td class="r figure" { (format!("{:.1}", (goal.weight * now.credit).abs())) " / " (format!("{:.0}", goal.weight)) }
                }
            }
            tr class="total" { td { "Points" } td class="r" { (format!("{:.1}", report.view.score.raw)) " / 100" } }
            tr class="after" { td colspan="2" { "On this level's scale " (format!("{:.1}", scale.idle)) " is 0 (a seat that does nothing) and " (format!("{:.1}", scale.best)) " is 100 (the best play known): a score of " (numbers::score(report.score())) ". Bronze from 30, silver from 60, gold from 90." } }
        }
    }
}

/// Everybody's score as a row of words.
fn ranking(report: &Report) -> Markup {
    html! {
        p class="note" {
            @for (place, (seat, score)) in report.ranking().into_iter().enumerate() {
                @if place > 0 { ", " }
                span class="nowrap" {
                    (Mark::of(report.level(), seat).inline())
                    @if seat == report.seat { strong { (report.words.seat(seat)) " " (numbers::score(score)) } }
                    @else { (report.words.seat(seat)) " " (numbers::score(score)) }
                    @if score >= 30.0 { " (" (labels::medal(medal(score))) ")" }
                }
            }
            ". Scores are on each seat's own scale."
        }
    }
}

/// The front pages, quarter by quarter.
fn paper(report: &Report) -> Markup {
    let quarters = report.quarters();
    html! {
        section class="pages" {
            h2 { "The paper, quarter by quarter" }
            p class="note" { "As " (report.seat_name()) " read it." }
            div class="paper" {
                @for (page, quarter) in report.pages.iter().zip(&quarters) {
                    article {
                        p class="kicker" { (quarter) }
                        h3 { (page.headline) }
                        @if let Some(lead) = page.stories.first() { p { (lead) } }
                        @if page.stories.len() > 1 {
                            ul { @for story in page.stories.iter().skip(1).take(MINOR) { li { (story) } } }
                        }
                    }
                }
            }
        }
    }
}

/// What the level asks a class.
pub(super) fn questions(report: &Report) -> Markup {
    let questions = &report.level().debrief;
    html! {
        @if !questions.is_empty() {
            section {
                h2 { "To talk about" }
                ol class="questions" { @for question in questions { li { (report.words.with_names(question)) } } }
            }
        }
    }
}
