//! What decided the game: turning points and the best deal missed.

use maud::{Markup, html};

use super::bars::bar;
use super::report::Report;
use crate::host::words::worth::{self as told, WORTH_TELLING};
use crate::host::words::{clauses, decisions, labels, numbers};
use crate::study::TurningPoint;

/// Turning points shown at most, and in brief.
const SHOWN: usize = 10;
const IN_BRIEF: usize = 4;

pub(super) fn section(report: &Report) -> Markup {
    let shown = told_of(report, SHOWN);
    let left = report.worth.turning_points.len();
    html! {
        section {
            h2 { "Turning points" }
            p class="note" { "Each of " (numbers::count(left as u32, "decision")) " left out in turn from the same game under the same luck, with everybody free to answer that; those that moved the score most." }
            @if shown.is_empty() { p { "No decision, left out alone, would have moved the score." } }
            @else { (table(report, &shown)) }
            (missed(report))
        }
    }
}

/// The decisions that moved the score most, and the deal missed, in few lines.
pub(super) fn in_brief(report: &Report) -> Markup {
    let shown = told_of(report, IN_BRIEF);
    html! {
        h3 { "What decided it" }
        @if shown.is_empty() { p { "No decision, left out alone, would have moved the score." } }
        @else { (table(report, &shown)) }
    }
}

/// The deal missed, in a sentence or two.
pub(super) fn missed_in_brief(report: &Report) -> Markup {
    html! {
        @if let Some(missed) = &report.worth.missed {
            p class="missed" { strong { "The best deal missed. " } (told::missed(&report.words, &report.played, report.seat, missed)) }
        }
    }
}

fn told_of(report: &Report, most: usize) -> Vec<&TurningPoint> {
    let moved = report.worth.turning_points.iter();
    moved.filter(|point| point.made.points().abs() >= WORTH_TELLING).take(most).collect()
}

fn table(report: &Report, shown: &[&TurningPoint]) -> Markup {
    let most = shown.iter().map(|point| point.made.points().abs()).fold(0.0, f64::max);
    let rounds = report.level().talk_rounds;
    html! {
        table {
            thead { tr { th { "When" } th { "Decision" } th { "What it made of the score" } th class="r" { "Points" } } }
            @for point in shown {
                tr {
                    td class="nowrap" { (report.words.quarter(point.quarter)) br; span class="note" { (labels::step(point.step, rounds)) } }
                    td { (upper(&decisions::phrase(&report.words, &report.played.deals, &point.decision))) }
                    td { (bar(point.made.points(), most)) }
                    td class="r figure" { (numbers::points_change(point.made.points())) }
                }
            }
        }
    }
}

fn upper(text: &str) -> String {
    crate::host::words::refusals::upper_first(text)
}

/// The deal that would have gained most.
fn missed(report: &Report) -> Markup {
    let Some(missed) = &report.worth.missed else {
        return html! {
            div class="callout" {
                h3 { "No better deal was missed" }
                p { "None of the deals that could have been signed and were not would have gained " (report.seat_name()) " anything." }
            }
        };
    };
    let other = told::missed_with(&report.words, report.seat, missed);
    html! {
        div class="callout" {
            p class="kicker" { "The best deal missed" }
            h3 { (other) ", " (report.words.quarter(missed.quarter)) ": " (numbers::points_change(missed.gain())) " points" }
            div class="halves" {
                p { (upper(&clauses::sheet(&report.words, &report.played.deals, &missed.sheet))) "." }
                p { (told::chance(&report.words, report.seat, missed)) " " (told::missed_made(report.level(), report.seat, missed)) }
            }
            p class="note" { (told::how_missed(missed)) }
        }
    }
}
