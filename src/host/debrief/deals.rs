//! Deal by deal: terms, both sides' true appraisals, what was left on the table, was it worth it.

use maud::{Markup, html};

use super::bars::bar;
use super::marks::{Mark, short};
use super::report::Report;
use crate::host::words::worth::{self as told};
use crate::host::words::{clauses, facts, labels, numbers};
use crate::sim::deal::{Deal, TermSheet};
use crate::study::{Frontier, Gains, OpenBook, SideAppraisal};

/// Points under which a deal made no difference.
const NO_DIFFERENCE: f64 = 0.5;

pub(super) fn section(report: &Report) -> Markup {
    let signed: Vec<&Deal> = report.signed().collect();
    html! {
        section {
            h2 { "Deal by deal: was it worth it?" }
            @if signed.is_empty() { p { "Nobody signed anything." } }
            @else {
                p class="note" { "What either side thought it gained over its best alternative when it signed, from its own books. Left on the table: what the best terms found for the same money would have brought both together beyond that. Worth: the score as played less that of the same game in which the two signed nothing that quarter." }
                (summary(report, &signed))
                @for deal in report.own_signed() { (one(report, deal)) }
            }
        }
    }
}

/// The deals of the seat in a table.
pub(super) fn in_brief(report: &Report) -> Markup {
    let signed: Vec<&Deal> = report.own_signed().collect();
    html! {
        @if !signed.is_empty() {
            section { h3 { "What it signed" } (summary(report, &signed)) }
        }
    }
}

fn summary(report: &Report, signed: &[&Deal]) -> Markup {
    html! {
        div class="scroll" { table class="deals" {
            thead { tr {
                th { "Signed" } th { "Between" } th { "Terms" }
                th class="r" { "Giant's gain" } th class="r" { "Lab's gain" } th class="r" { "Left on the table" } th class="r" { "Worth, points" } th {}
            } }
            @for deal in signed {
                @let book = report.opened.book(deal.id);
                tr class=(if report.is_own(deal) && signed.iter().any(|deal| !report.is_own(deal)) { "own" } else { "" }) {
                    td class="nowrap" { (report.words.quarter(deal.signed)) }
                    td class="nowrap" { (name(report, deal)) }
                    td class="small" { (terms(report, &deal.sheet)) }
                    @if let Some(book) = book {
                        td class="r" { (numbers::bn_change(book.appraisal.giant.total_bn)) }
                        td class="r" { (numbers::bn_change(book.appraisal.lab.total_bn)) }
                        td class="r" { (left(&book.frontier)) }
                    } @else { td {} td {} td {} }
                    @if let Some(points) = worth_of(report, deal) {
                        td class="r figure" { (numbers::points_change(points)) }
                        td { (verdict(points)) }
                    } @else { td class="r" { "–" } td {} }
                }
            }
        } }
    }
}

fn name(report: &Report, deal: &Deal) -> Markup {
    let lab = report.words.lab_seat(deal.lab);
    let level = report.level();
    html! {
        (Mark::of(level, deal.giant.seat()).inline()) (report.words.firm(deal.giant))
        br;
        (Mark::of(level, lab).inline()) (report.words.lab(deal.lab))
    }
}

fn terms(report: &Report, sheet: &TermSheet) -> String {
    clauses::signed(&report.words, &report.played.deals, sheet)
}

fn left(frontier: &Frontier) -> String {
    let left = frontier.left_bn();
    if left < 0.005 { "nothing".to_owned() } else { numbers::bn(left) }
}

/// What a deal of the seat made of its score.
pub(super) fn worth_of(report: &Report, deal: &Deal) -> Option<f64> {
    let made = report.worth.deals.iter().find(|each| each.deal == deal.id);
    made.map(|each| each.made.points())
}

fn verdict(points: f64) -> Markup {
    match points {
        p if p >= NO_DIFFERENCE => html! { span class="chip good" { "Worth it" } },
        p if p <= -NO_DIFFERENCE => html! { span class="chip bad" { "Not worth it" } },
        _ => html! { span class="chip even" { "No difference" } },
    }
}

/// A deal of the seat, with both books open.
fn one(report: &Report, deal: &Deal) -> Markup {
    let Some(book) = report.opened.book(deal.id) else { return html! {} };
    let other = report.words.seat(report.other_side(deal));
    let made = report.worth.deals.iter().find(|each| each.deal == deal.id);
    html! {
        div class="deal" {
            header {
                h3 { (Mark::of(report.level(), report.other_side(deal)).inline()) (other) ", " (report.words.quarter(deal.signed)) }
                @if let Some(made) = made { span { (verdict(made.made.points())) } }
            }
            p class="terms" { (crate::host::words::refusals::upper_first(&terms(report, &deal.sheet))) "." }
            div class="grid" {
                (side(report, book, &book.appraisal.giant, report.words.firm(deal.giant)))
                (side(report, book, &book.appraisal.lab, report.words.lab(deal.lab)))
                div class="left" {
                    h4 { "What was left on the table" }
                    (plot(&book.frontier, report.words.firm(deal.giant), report.words.lab(deal.lab)))
                    (what_was_left(report, book))
                }
                div class="made" {
                    @if let Some(made) = made { p { strong { "Was it worth it? " } (told::deal_made(report.level(), report.seat, made)) } }
                    (came_to(report, deal))
                }
            }
        }
    }
}

/// One side's rows, which sum to its gain, and what it would have signed at.
fn side(report: &Report, book: &OpenBook, side: &SideAppraisal, name: &str) -> Markup {
    let both = [&book.appraisal.giant, &book.appraisal.lab];
    let rows = both.iter().flat_map(|side| side.rows.iter());
    let most = rows.map(|row| row.bn.abs()).fold(0.0, f64::max);
    let rounds = report.level().talk_rounds;
    html! {
        table {
            thead { tr { th { "What it was worth to " (name) } th {} th class="r" { "$bn" } } }
            @for row in side.rows.iter().filter(|row| row.bn != 0.0) {
                tr { td { (labels::row(row.row)) } td { (bar(row.bn, most)) } td class="r" { (numbers::fine_column(row.bn)) } }
            }
            tr class="total" { td { "Over no deal" } td {} td class="r" { (numbers::fine_column(side.total_bn)) } }
            @if let Some(first) = side.hold_out_bn.first() {
                tr class="after" { td { "It held out for, in round 1" } td {} td class="r" { (numbers::fine_column(*first)) } }
            }
            tr class="after" { td { "Its reserve, in round " (rounds) } td {} td class="r" { (numbers::fine_column(side.reserve_bn)) } }
            @if let Some(price) = side.signs_at_pre_money_bn {
                tr class="after" { td { "It just signs at, pre-money" } td {} td class="r" { (numbers::bn(price)) } }
            }
        }
    }
}

fn what_was_left(report: &Report, book: &OpenBook) -> Markup {
    let frontier = &book.frontier;
    let (reached, best) = (frontier.reached.joint_bn(), frontier.best_gains.joint_bn());
    let part = if best > 0.0 { reached.max(0.0) / best } else { 1.0 };
    html! {
        p class="note" {
            "Together they gained " strong { (numbers::bn(reached)) } " of the " strong { (numbers::bn(best)) }
            " that the best terms found for the same money would have brought (" (format!("{:.0}%", 100.0 * part)) ")."
            @if frontier.left_bn() >= 0.05 { " Those terms: " (terms(report, &frontier.best)) "." }
        }
    }
}

/// Both sides' gains: the terms signed, and what the best terms bring at every price.
fn plot(frontier: &Frontier, giant: &str, lab: &str) -> Markup {
    const SIZE: (f64, f64) = (300.0, 220.0);
    const EDGE: (f64, f64, f64, f64) = (34.0, 12.0, 14.0, 34.0);
    let reached = frontier.reached;
    let reach = frontier.best_gains.joint_bn().max(reached.joint_bn()).max(0.1);
    let best = frontier.best_gains;
    let low = |value: f64| (-0.25 * reach).min(value - 0.08 * reach).max(-2.0 * reach);
    let high = |value: f64| (1.15 * reach).max(value + 0.1 * reach).min(3.0 * reach);
    let (left, right) =
        (low(reached.giant_bn.min(best.giant_bn)), high(reached.giant_bn.max(best.giant_bn)));
    let (bottom, top) =
        (low(reached.lab_bn.min(best.lab_bn)), high(reached.lab_bn.max(best.lab_bn)));
    let x = |value: f64| EDGE.0 + (SIZE.0 - EDGE.0 - EDGE.2) * (value - left) / (right - left);
    let y = |value: f64| EDGE.1 + (SIZE.1 - EDGE.1 - EDGE.3) * (top - value) / (top - bottom);
    let inside = |gains: &Gains| {
        (left..=right).contains(&gains.giant_bn) && (bottom..=top).contains(&gains.lab_bn)
    };
    // What lies far outside would only make the page longer: the frame cuts the line.
    let far = |gains: &&Gains| gains.giant_bn.abs().max(gains.lab_bn.abs()) < 40.0 * reach;
    let line: Vec<String> = frontier
        .line
        .iter()
        .filter(far)
        .map(|gains| {
            format!("{},{}", short(x(gains.giant_bn) - EDGE.0), short(y(gains.lab_bn) - EDGE.1))
        })
        .collect();
    let frame = (SIZE.0 - EDGE.0 - EDGE.2, SIZE.1 - EDGE.1 - EDGE.3);
    let (px, py) = (x(reached.giant_bn.clamp(left, right)), y(reached.lab_bn.clamp(bottom, top)));
    let flip = px > 0.62 * SIZE.0;
    html! {
        svg viewBox={ "0 0 " (SIZE.0) " " (SIZE.1) } role="img" aria-label="Both sides' gains: the terms signed and the best found" {
            rect class="region" x=(short(x(0.0))) y=(short(EDGE.1)) width=(short((SIZE.0 - EDGE.2 - x(0.0)).max(0.0))) height=(short((y(0.0) - EDGE.1).max(0.0))) {}
            line class="base" x1=(short(EDGE.0)) x2=(short(SIZE.0 - EDGE.2)) y1=(short(y(0.0))) y2=(short(y(0.0))) {}
            line class="base" x1=(short(x(0.0))) x2=(short(x(0.0))) y1=(short(EDGE.1)) y2=(short(SIZE.1 - EDGE.3)) {}
            @if line.len() > 1 {
                svg x=(short(EDGE.0)) y=(short(EDGE.1)) width=(short(frame.0)) height=(short(frame.1)) viewBox={ "0 0 " (short(frame.0)) " " (short(frame.1)) } {
                    polyline class="best" points=(line.join(" ")) {}
                }
            }
            @if let Some(nash) = frontier.nash.filter(inside) {
                path class="best" d={ "M" (short(x(nash.giant_bn) - 4.0)) " " (short(y(nash.lab_bn) - 4.0)) "l8 8m0 -8l-8 8" } {}
                text class="axis" x=(short(x(nash.giant_bn) + 7.0)) y=(short(y(nash.lab_bn) - 5.0)) { "shared evenly" }
            }
            circle class="pen" cx=(short(px)) cy=(short(py)) r="5.5" {}
            text class="label mine" x=(short(if flip { px - 9.0 } else { px + 9.0 })) y=(short(py + 15.0)) text-anchor=(if flip { "end" } else { "start" }) { "signed" }
            text class="axis" x=(short(SIZE.0 - EDGE.2)) y=(short(SIZE.1 - 20.0)) text-anchor="end" { (giant) " gains →" }
            text class="axis" x=(short(EDGE.0)) y=(short(SIZE.1 - 6.0)) { "Green: the best terms found, at every price" }
            text class="axis" transform={ "translate(" (short(EDGE.0 - 12.0)) " " (short(EDGE.1)) ") rotate(-90)" } text-anchor="end" { (lab) " gains →" }
        }
    }
}

/// What became of a deal.
fn came_to(report: &Report, deal: &Deal) -> Markup {
    let about = report.facts().filter(|(_, fact)| facts::after_signing(fact) == Some(deal.id));
    let told: Vec<(String, String)> = about
        .map(|(quarter, fact)| {
            let sentence = facts::sentence(&report.words, &report.played.deals, fact);
            (report.words.quarter(quarter), sentence)
        })
        .collect();
    html! {
        @if !told.is_empty() {
            p class="note" { "After signing: " @for (quarter, sentence) in told { strong { (quarter) } " " (sentence) " " } }
        }
    }
}
