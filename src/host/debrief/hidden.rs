//! What nobody could see in play: promises kept and broken, who said what, and whether it was true.

use maud::{Markup, html};

use super::report::Report;
use crate::host::words::{hearsay, promises, refusals};
use crate::sim::deal::Deal;
use crate::sim::deal::promise::{Promise, PromiseState};
use crate::sim::information::Said;

pub(super) fn section(report: &Report) -> Markup {
    html! {
        section {
            div class="two" {
                div { h2 { "Promises" } (kept_and_broken(report)) }
                div { h2 { "What was said, and what was true" } (said(report)) }
            }
        }
    }
}

/// Every promise of the seat's deals, its own and those made to it.
fn kept_and_broken(report: &Report) -> Markup {
    let own = report.played.deals.iter().filter(|deal| report.is_own(deal));
    let rows: Vec<(&Deal, Promise, f64)> = own
        .flat_map(|deal| {
            let rented =
                report.last_published().labs[deal.lab.index()].compute_gw[deal.giant.index()];
            let lab = report.words.lab_seat(deal.lab);
            let promises = deal.promises(lab, report.view.quarter, rented);
            promises.into_iter().map(move |promise| (deal, promise, rented))
        })
        .collect();
    let words = &report.words;
    html! {
        @if rows.is_empty() { p { (report.seat_name()) " promised nothing and was promised nothing." } }
        @else {
            p class="note" { "As they stood when the game was put down, deals older than the game among them." }
            table {
                thead { tr { th { "Deal" } th { "Owed by" } th { "What" } th { "State" } } }
                @for (deal, promise, rented) in rows {
                    tr {
                        td class="nowrap" { (words.seat(report.other_side(deal))) ", " (words.quarter(deal.signed)) }
                        td { (words.seat(promise.by)) }
                        td class="small" { (promises::what(words, &report.played.deals, deal, &promise, report.view.quarter, rented)) }
                        td { (state(report, deal, promise)) }
                    }
                }
            }
        }
    }
}

fn state(report: &Report, deal: &Deal, promise: Promise) -> Markup {
    let broken =
        deal.life.breach.filter(|breach| (breach.by, breach.what) == (promise.by, promise.what));
    let told = promises::state(&report.words, promise.state);
    match (broken, promise.state) {
        (Some(breach), _) => {
            html! { span class="chip bad" { "broken, " (report.words.quarter(breach.quarter)) } }
        }
        (None, PromiseState::Kept) => html! { span class="chip good" { (told) } },
        (None, PromiseState::InBreach | PromiseState::Late) => {
            html! { span class="chip bad" { (told) } }
        }
        _ => html! { span class="chip even" { (told) } },
    }
}

fn said(report: &Report) -> Markup {
    let said: Vec<&Said> =
        report.opened.said.iter().filter(|said| said.heard.0 as usize <= report.closed()).collect();
    let lies = said.iter().filter(|said| !said.is_true).count();
    html! {
        @if said.is_empty() { p { "Nobody claimed anything, no talks leaked, no rumour went about." } }
        @else {
            p class="note" { (said.len()) @if said.len() == 1 { " story" } @else { " stories" } ", " (lies) " of them false. Who said it and whether it was true was known to nobody else in play." }
            table {
                thead { tr { th { "When" } th { "Who, to whom" } th { "What" } th { "Truth" } } }
                @for said in said {
                    tr {
                        td class="nowrap" { (report.words.quarter(said.heard)) }
                        td class="small" { (who(report, said)) }
                        td class="small" { (what(report, said)) }
                        td { @if said.is_true { span class="chip good" { "true" } } @else { span class="chip bad" { "false" } } }
                    }
                }
            }
        }
    }
}

fn who(report: &Report, said: &Said) -> String {
    let by = report.words.seat(said.by);
    match (said.to, said.leaked) {
        (Some(to), _) => format!("{by} to {}", report.words.seat(to)),
        (None, true) => format!("leaked by {by}"),
        (None, false) => format!("planted by {by}"),
    }
}

fn what(report: &Report, said: &Said) -> String {
    let told = match said.to {
        Some(_) => hearsay::claim(&report.words, said.by, &said.story),
        None => hearsay::story(&report.words, &said.story),
    };
    refusals::upper_first(&told) + "."
}
