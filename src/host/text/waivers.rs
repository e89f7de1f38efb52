//! Waivers on the screen: terms that wait for one, and the talks of two giants over its fee.

use std::io;

use crate::host::words::{Words, facts, listed, numbers};
use crate::ids::{DealId, FirmId, Role, SeatId};
use crate::sim::deal::TermSheet;
use crate::sim::decision::{Decision, WaiverMove};
use crate::sim::negotiation::{WaiverSide, WaiverTalk};
use crate::sim::setting::Step;
use crate::sim::view::{SeatView, TableView};

use crate::host::moves::{
    WaiverMatter, subject_to_waiver, waiver_answerable, waiver_estimate, waiver_matters,
};

use super::desk::Desk;
use super::page::Page;
use super::quantities::sum;

/// Takes `subject`, `subject to` and `subject microsoft` out of what was typed.
pub(super) fn without_subject(words: &Words, typed: &[String]) -> (Vec<String>, bool) {
    let mut rest: Vec<String> = Vec::new();
    let mut found = false;
    let mut place = 0;
    while let Some(word) = typed.get(place) {
        place += 1;
        if !matches!(word.trim_matches(','), "subject" | "subject-to") {
            rest.push(word.clone());
            continue;
        }
        found = true;
        for filler in ["to", "a", "waiver", "by", "of"] {
            place += usize::from(typed.get(place).is_some_and(|next| next == filler));
        }
        let named = typed.get(place).and_then(|next| words.seat_called(next.trim_matches(',')));
        place += usize::from(named.is_some());
    }
    (rest, found)
}

/// A sheet that waits for the waiver of whatever stands in its way.
pub(super) fn subject(
    view: &SeatView,
    table: &TableView,
    sheet: TermSheet,
) -> Result<TermSheet, String> {
    subject_to_waiver(view, table, sheet).ok_or_else(|| {
        "Nothing in force stands in the way of these terms: leave the word subject out.".to_owned()
    })
}

/// `waiver WHO [LAB] 1.5`, `waiver WHO accept`, `waiver WHO refuse`, or `waiver` alone.
pub(super) fn command(desk: &mut Desk, seat: SeatId, args: &[String]) -> io::Result<()> {
    let view = desk.view(seat);
    let Role::Giant(me) = view.role else {
        return desk.say("A waiver is a matter between two giants: the one in whose way a deal stands, and the one that holds it.");
    };
    let Some((who, rest)) = args.split_first() else { return overview(desk, &view, me) };
    let other = match desk.words.seat_called(who).map(|seat| seat.role(view.giants())) {
        Some(Role::Giant(other)) if other != me => other,
        _ => return desk.say("Name the other giant: waiver microsoft 1.5, for one, in $bn."),
    };
    // A lab, a deal's number and the fee, in any order.
    let (mut lab, mut deal, mut moves): (Option<SeatId>, Option<DealId>, Vec<&String>) =
        (None, None, Vec::new());
    let mut typed = rest.iter();
    while let Some(word) = typed.next() {
        if word == "deal" {
            deal = typed.next().and_then(|number| number.parse().ok()).map(DealId);
        } else if let (None, Some(seat)) = (sum(word), desk.words.seat_called(word)) {
            lab = Some(seat);
        } else {
            moves.push(word);
        }
    }
    let matters = waiver_matters(&view, me, other);
    let wanted = |matter: &&WaiverMatter| {
        lab.is_none_or(|lab| matter.lab_seat(&view) == Some(lab))
            && deal.is_none_or(|deal| matter.deal == deal)
    };
    let found: Vec<&WaiverMatter> = matters.iter().filter(wanted).collect();
    let matter: &WaiverMatter = match found[..] {
        [] if !matters.is_empty() => {
            let all: Vec<&WaiverMatter> = matters.iter().collect();
            return which(desk, &view, other, &all);
        }
        [] => {
            let who = desk.words.firm(other);
            return desk.say(&format!("No deal of yours or of {who} stands in the other's way."));
        }
        [only] => only,
        // Talks under way are meant before talks that could be opened, then what own terms wait for.
        _ => match found.iter().find(|matter| {
            matter.talk(&view).is_some() || waited_for(&view).any(|deal| deal == matter.deal)
        }) {
            Some(open) => open,
            None => return which(desk, &view, other, &found),
        },
    };
    let mv = match moves.first().map(|word| word.as_str()) {
        None => return one(desk, &view, matter),
        Some("accept" | "sign" | "yes") => WaiverMove::Accept,
        Some("refuse" | "no" | "walk" | "reject") => WaiverMove::Refuse,
        Some(word) => match sum(word) {
            Some(Ok(fee)) => WaiverMove::Name(fee),
            Some(Err(sentence)) => return desk.say(&sentence),
            None => {
                return desk.say("waiver WHO and a fee in $bn, accept, or refuse: help waiver.");
            }
        },
    };
    decide(desk, &view, matter, other, mv)
}

/// Deals whose waiver this seat's own offers are subject to.
fn waited_for(view: &SeatView) -> impl Iterator<Item = DealId> {
    let standing = view.tables.iter().filter_map(|table| table.agreed.or(table.mine.offer));
    let decided = view.decided.iter().filter_map(|decision| match decision {
        Decision::Offer { sheet, .. } => Some(*sheet),
        _ => None,
    });
    standing.chain(decided).filter_map(|sheet| sheet.subject_to)
}

fn which(
    desk: &mut Desk,
    view: &SeatView,
    other: FirmId,
    found: &[&WaiverMatter],
) -> io::Result<()> {
    let deals: Vec<String> = found
        .iter()
        .map(|matter| {
            let name = facts::deal_name(&desk.words, &view.deals, matter.deal);
            format!("{name} (deal {})", matter.deal.0)
        })
        .collect();
    let handle = desk.words.handle(other.seat());
    desk.say(&format!(
        "Which deal? {} can waive {}: waiver {handle} deal {} 1.5.",
        desk.words.firm(other),
        listed(&deals),
        found.first().map_or(0, |matter| matter.deal.0)
    ))
}

fn decide(
    desk: &mut Desk,
    view: &SeatView,
    matter: &WaiverMatter,
    other: FirmId,
    mv: WaiverMove,
) -> io::Result<()> {
    let buying = matter.buyer.seat() == view.seat;
    let theirs = matter
        .talk(view)
        .and_then(|talk| talk.fee(if buying { WaiverSide::Holder } else { WaiverSide::Buyer }));
    let decision = Decision::Waiver { deal: matter.deal, buyer: matter.buyer, mv };
    if !desk.decide(view.seat, decision)? {
        return Ok(());
    }
    let who = desk.words.firm(other).to_owned();
    let name = facts::deal_name(&desk.words, &view.deals, matter.deal);
    let text = match (mv, buying) {
        (WaiverMove::Name(fee), true) => {
            format!("To {who}, on done: {} for a waiver of {name}.", numbers::money(fee))
        }
        (WaiverMove::Name(fee), false) => {
            format!("To {who}, on done: you ask {} to waive {name}.", numbers::money(fee))
        }
        (WaiverMove::Accept, _) => {
            let fee = theirs.map_or_else(String::new, numbers::money);
            format!("On done the fee of {fee} changes hands, and {name} is waived.")
        }
        (WaiverMove::Refuse, _) => format!("You end the talks with {who} over {name}, on done."),
    };
    desk.say(&text)
}

/// Talks under way, and whose covenants stand in this giant's way.
fn overview(desk: &mut Desk, view: &SeatView, me: FirmId) -> io::Result<()> {
    let mut page = desk.page();
    page.heading("Waivers");
    lines(desk, view, &mut page);
    let holders: Vec<String> = view
        .deals
        .iter()
        .filter(|deal| deal.can_stop(me.seat(), view.quarter))
        .map(|deal| facts::deal_name(&desk.words, &view.deals, deal.id))
        .collect();
    if holders.is_empty() {
        page.paragraph("No rival's deal in force can stand in your way.");
    } else {
        page.paragraph(&format!("In force, and able to stand in your way: {}.", listed(&holders)));
        page.typing("deals has the terms.");
    }
    desk.show(&page)
}

fn one(desk: &mut Desk, view: &SeatView, matter: &WaiverMatter) -> io::Result<()> {
    let mut page = desk.page();
    match matter.talk(view) {
        Some(talk) => page.paragraph(&line(desk, view, talk)),
        None => page.paragraph(&format!(
            "No talks over {} yet this quarter: name a fee in $bn to open them.",
            facts::deal_name(&desk.words, &view.deals, matter.deal)
        )),
    }
    desk.show(&page)
}

/// The talks over waivers this seat is in, a line each.
pub(super) fn lines(desk: &Desk, view: &SeatView, page: &mut Page) {
    for talk in view.waivers.iter().filter(|talk| !talk.over) {
        page.paragraph(&line(desk, view, talk));
    }
}

fn line(desk: &Desk, view: &SeatView, talk: &WaiverTalk) -> String {
    let name = facts::deal_name(&desk.words, &view.deals, talk.deal);
    let (buyer, holder) = (desk.words.firm(talk.buyer), desk.words.firm(talk.holder));
    let fee = |side| talk.fee(side).map_or_else(|| "nothing yet".to_owned(), numbers::money);
    let (bid, ask) = (fee(WaiverSide::Buyer), fee(WaiverSide::Holder));
    let other = if talk.buyer.seat() == view.seat { talk.holder } else { talk.buyer };
    let handle = desk.words.handle(other.seat());
    let next = match (waiver_answerable(view, talk), talk.over) {
        (_, true) => "The talks are over for the quarter.".to_owned(),
        (true, _) if matches!(view.step, Step::Answers(_)) => {
            format!("waiver {handle} accept, or refuse.")
        }
        _ => format!("waiver {handle} and a fee names yours in the offers step."),
    };
    let worth = waiver_estimate(view, talk);
    format!(
        "Waiver of {name} for {buyer}: {buyer} offers {bid}, {holder} asks {ask}. {worth}{next}"
    )
}
