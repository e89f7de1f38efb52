//! Promises on the screen: what is owed, by whom, until when, how it stands; and deals ended early.

use std::io;

use crate::host::moves::{broken_promises, cost_of_ending, is_side, rented_gw};
use crate::host::words::refusals::upper_first;
use crate::host::words::{clauses, facts, promises as told};
use crate::ids::{DealId, SeatId};
use crate::sim::deal::Deal;
use crate::sim::deal::promise::{Promise, PromiseState};
use crate::sim::decision::Decision;
use crate::sim::setting::Step;
use crate::sim::view::SeatView;

use super::command::{Verb, name_of};
use super::desk::Desk;
use super::page::{Page, RowNote};

/// `promises` of one's own deals, `promises all` of everybody's, `promises WHO` of one seat's.
pub(super) fn show(desk: &mut Desk, seat: SeatId, args: &[String]) -> io::Result<()> {
    let view = desk.view(seat);
    let sides = |deal: &Deal| [deal.giant.seat(), deal.lab.seat(view.giants())];
    let whose = match args.first().map(String::as_str) {
        None => Some(seat),
        Some("all") => None,
        Some(word) => match desk.words.seat_called(word) {
            Some(who) => Some(who),
            None => return desk.say(
                "promises shows yours, promises all everybody's, promises WHO those of one seat.",
            ),
        },
    };
    let wanted = |deal: &&Deal| whose.is_none_or(|who| sides(deal).contains(&who));
    let mut page = desk.page();
    page.heading("Promises");
    let mut shown = 0;
    for deal in view.deals.iter().filter(wanted) {
        shown += 1;
        one_deal(desk, &view, deal, &mut page);
    }
    if shown == 0 {
        page.paragraph("There are no such deals yet.");
        page.typing("promises all shows everybody's.");
    } else {
        page.note("Late becomes a breach if it goes on for a second quarter: then damages are paid, and the other side may end the deal freely for four quarters.");
        page.typing("terminate ends a deal's terms early (help terminate).");
    }
    desk.show(&page)
}

fn one_deal(desk: &Desk, view: &SeatView, deal: &Deal, page: &mut Page) {
    let lab = deal.lab.seat(view.giants());
    let rented = rented_gw(view, deal);
    let promises = deal.promises(lab, view.quarter, rented);
    page.blank();
    page.paragraph(&format!(
        "{} (number {}){}",
        upper_first(&facts::deal_name(&desk.words, &view.deals, deal.id)),
        deal.id.0,
        ending(desk, view, deal)
    ));
    let rows: Vec<Vec<String>> = promises
        .iter()
        .map(|promise| {
            vec![
                desk.words.seat(promise.by).to_owned(),
                told::what(&desk.words, &view.deals, deal, promise, view.quarter, rented),
                promise.until.map_or_else(
                    || open_end(desk, deal, promise),
                    |until| desk.words.quarter(until),
                ),
                told::state(&desk.words, promise.state),
            ]
        })
        .collect();
    if rows.is_empty() {
        page.note("Nothing was promised beyond the money.");
    } else {
        page.table(&["owed by", "what", "through", "state"], &[], &rows);
        page.noted(promises.iter().map(|promise| note(desk, deal, promise)).collect());
    }
}

/// Who owes a promise to whom, since when, and what its state means.
fn note(desk: &Desk, deal: &Deal, promise: &Promise) -> RowNote {
    let words = &desk.words;
    let lines = vec![
        ("owed to".to_owned(), words.seat(promise.to).to_owned()),
        ("signed".to_owned(), words.quarter(deal.signed)),
    ];
    let text = format!("{} {}", clauses::meaning(promise.what), told::state_meaning(promise.state));
    RowNote { lines, text }
}

/// Until when a promise without a term holds.
fn open_end(desk: &Desk, deal: &Deal, promise: &Promise) -> String {
    match (promise.state, deal.life.ended) {
        (PromiseState::Ended, Some(ended)) => desk.words.quarter(ended.quarter),
        (PromiseState::Ended, None) => "–".to_owned(),
        _ => "no end".to_owned(),
    }
}

/// How a deal ended early, or what ending it would cost the one who looks.
fn ending(desk: &Desk, view: &SeatView, deal: &Deal) -> String {
    use crate::sim::deal::HowEnded;
    let words = &desk.words;
    match deal.life.ended {
        Some(ended) => {
            let quarter = words.quarter(ended.quarter);
            match ended.how {
                HowEnded::Replaced(new) => {
                    let new = facts::deal_name(words, &view.deals, new);
                    format!(", replaced in {quarter} by {new}")
                }
                HowEnded::Terminated(by) => format!(", ended by {} in {quarter}", words.seat(by)),
            }
        }
        None if deal.in_force(view.quarter) && is_side(view, deal) => {
            format!(". {}", cost_of_ending(&desk.words, view, deal))
        }
        None => String::new(),
    }
}

/// `terminate WHO` or `terminate 3`, by the deal's number; `withhold` likewise.
pub(super) fn end(desk: &mut Desk, seat: SeatId, verb: Verb, args: &[String]) -> io::Result<()> {
    let view = desk.view(seat);
    let command = name_of(verb);
    if view.step != Step::Plan {
        return desk
            .say("That belongs to the plan, once the talks are over: done or pass brings it.");
    }
    let Some(word) = args.first() else {
        return desk.say(&format!(
            "Which deal? {command} and its number in promises, or the name of the other side."
        ));
    };
    let meant = match word.parse::<u16>() {
        Ok(number) => view.deals.iter().find(|deal| deal.id == DealId(number)),
        Err(_) => match desk.words.seat_called(word) {
            Some(other) => latest_with(&view, other),
            None => None,
        },
    };
    let Some(deal) = meant else {
        return desk.say("No deal of yours in force is meant by that; promises numbers them.");
    };
    let decision = match verb {
        Verb::Withhold => Decision::Withhold { deal: deal.id },
        _ => Decision::Terminate { deal: deal.id },
    };
    let text = match verb {
        Verb::Withhold => format!(
            "You rent no more than now under {} this quarter; what your plan adds goes elsewhere. The first quarter short is late, the second a breach with damages.",
            facts::deal_name(&desk.words, &view.deals, deal.id)
        ),
        _ => format!(
            "The terms of {} end with the close; shares stay. {}",
            facts::deal_name(&desk.words, &view.deals, deal.id),
            cost_of_ending(&desk.words, &view, deal)
        ),
    };
    if desk.decide(seat, decision)? { desk.say(&text) } else { Ok(()) }
}

/// The latest deal in force with another seat.
fn latest_with(view: &SeatView, other: SeatId) -> Option<&Deal> {
    let sides = |deal: &Deal| [deal.giant.seat(), deal.lab.seat(view.giants())];
    view.deals.iter().rev().find(|deal| {
        sides(deal).contains(&other)
            && sides(deal).contains(&view.seat)
            && other != view.seat
            && deal.in_force(view.quarter)
    })
}

/// Promises that are late or broken, for the head of the plan.
pub(super) fn alarms(desk: &Desk, view: &SeatView, page: &mut Page) {
    for alarm in broken_promises(&desk.words, view) {
        page.bullet(&format!("{} (terminate {}).", alarm.text, alarm.deal.0));
    }
}
