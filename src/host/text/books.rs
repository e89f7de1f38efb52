//! The books of a seat: what was posted, and what that did to its cash.

use std::io;

use crate::host::words::{bridge, facts, numbers};
use crate::ids::{Role, SeatId};
use crate::sim::books::{Account, Posting};
use crate::sim::view::SeatView;

use super::desk::Desk;
use super::page::{Page, RowNote};

pub(super) fn books(desk: &mut Desk, seat: SeatId) -> io::Result<()> {
    let view = desk.view(seat);
    let present: Vec<Posting> = desk.session.game.books().postings().to_vec();
    let mut page = desk.page();
    let mine: Vec<&Posting> = present.iter().filter(|posting| touches(posting, &view)).collect();
    page.heading(&format!("The books, {} so far", desk.words.quarter(view.quarter)));
    if mine.is_empty() {
        page.paragraph("Nothing has been posted yet this quarter.");
    } else {
        let before = desk.session.game.history().last();
        let before = before.map_or(&[][..], |closed| &closed.postings);
        postings(desk, &view, (&mine, before), &mut page);
    }
    let history = desk.session.game.history();
    if let Some(closed) = history.last() {
        let mine: Vec<&Posting> =
            closed.postings.iter().filter(|posting| touches(posting, &view)).collect();
        page.heading(&format!("The books, {}", desk.words.quarter(closed.quarter)));
        let before = history.len().checked_sub(2).map(|place| &history[place]);
        let before = before.map_or(&[][..], |closed| &closed.postings);
        postings(desk, &view, (&mine, before), &mut page);
    }
    page.paragraph(&format!("Cash now: {}.", numbers::money(view.cash)));
    desk.show(&page)
}

/// Postings, what each does to the cash at hand, and the sum of that; what moves no cash stands apart.
/// Their notes compare them with the postings of the quarter before.
fn postings(
    desk: &Desk,
    view: &SeatView,
    (mine, before): (&[&Posting], &[Posting]),
    page: &mut Page,
) {
    let cash = Account::Cash(view.seat);
    let moved: Vec<Option<f64>> = mine
        .iter()
        .map(|posting| match (posting.from == cash, posting.to == cash) {
            (true, false) => Some(-posting.amount.bn()),
            (false, true) => Some(posting.amount.bn()),
            _ => None,
        })
        .collect();
    let bn: Vec<f64> = moved.iter().map(|by| by.unwrap_or(0.0)).collect();
    let sum: f64 = bn.iter().sum();
    // Printed so that they add up; where all is small, as they are.
    let large = bn.iter().any(|by| by.abs() >= 1.0);
    let tenths = numbers::rows_to_tenths(&bn);
    let written = |by: f64| match large {
        true => numbers::bn_tenths(by),
        false => numbers::bn_change(by),
    };
    let mut rows: Vec<Vec<String>> = mine
        .iter()
        .zip(&moved)
        .enumerate()
        .map(|(place, (posting, by))| {
            let paid = posting.from == cash;
            let shown = if large { tenths[place] } else { bn[place] };
            vec![
                bridge::plain(posting.reason, paid).to_owned(),
                bridge::account(&desk.words, posting.from),
                bridge::account(&desk.words, posting.to),
                by.map_or_else(|| numbers::money(posting.amount), |_| String::new()),
                by.map_or_else(String::new, |_| written(shown)),
            ]
        })
        .collect();
    let total = written(if large { tenths.iter().sum() } else { sum });
    let empty = String::new;
    rows.push(vec!["Change of cash".to_owned(), empty(), empty(), empty(), total]);
    page.table_with_total(&["what", "from", "to", "not cash", "cash"], &[3, 4], &rows);
    let mut notes: Vec<RowNote> =
        mine.iter().map(|posting| note(desk, view, posting, before)).collect();
    notes.push(RowNote {
        lines: Vec::new(),
        text:
            "The rows above add up to it: money moves by postings alone, and none is made or lost."
                .to_owned(),
    });
    page.noted(notes);
}

/// What a posting is, what it came to a quarter before, and the event behind it.
fn note(desk: &Desk, view: &SeatView, posting: &Posting, before: &[Posting]) -> RowNote {
    let paid = posting.from == Account::Cash(view.seat);
    let alike = |other: &&Posting| {
        (other.reason, other.from, other.to) == (posting.reason, posting.from, posting.to)
    };
    let earlier: crate::units::Money = before.iter().filter(alike).map(|other| other.amount).sum();
    let mut lines = vec![("this quarter".to_owned(), numbers::money(posting.amount))];
    lines.push(("the quarter before".to_owned(), numbers::money(earlier)));
    let mut text = bridge::meaning(posting.reason, paid).to_owned();
    let game = &desk.session.game;
    let fact = posting.fact.and_then(|id| {
        let closed = game.history().iter().find(|closed| closed.quarter == id.quarter);
        let known = closed.and_then(|closed| closed.facts.get(usize::from(id.number)).copied());
        known.or_else(|| game.facts(view.seat).find(|(of, _)| *of == id).map(|(_, fact)| *fact))
    });
    if let Some(fact) = fact.filter(|fact| fact.seen_by(view.seat)) {
        text += &format!(" {}", facts::sentence(&desk.words, &view.deals, &fact));
    }
    RowNote { lines, text }
}

/// Whether a posting touches an account of this seat.
fn touches(posting: &Posting, view: &SeatView) -> bool {
    [posting.from, posting.to].into_iter().any(|account| match (account, view.role) {
        (Account::Cash(seat) | Account::Escrow(seat), _) => seat == view.seat,
        (Account::Debt(firm) | Account::CreditsOwed(firm), Role::Giant(own)) => firm == own,
        (Account::Credits(_, firm), Role::Giant(own)) => firm == own,
        (Account::Credits(lab, _), Role::Lab(own)) => lab == own,
        _ => false,
    })
}
