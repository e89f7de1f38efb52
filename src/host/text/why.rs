//! Why: figures explained in rows that sum to their change.

use std::io;

use crate::host::words::causes::{self, Teller};
use crate::host::words::nearest;
use crate::ids::SeatId;
use crate::sim::explain::{Explanation, Metric};
use crate::sim::fact::Fact;
use crate::units::Quarter;

use super::desk::Desk;
use super::page::Page;
use super::report;

/// Rows of an explanation at a close, and when it is asked for.
const AT_A_CLOSE: usize = 6;
const ASKED_FOR: usize = 14;

/// Facts that say no more than the input they moved.
pub(super) fn trivial(fact: &Fact) -> bool {
    matches!(fact, Fact::PriceChanged { .. } | Fact::PushChanged { .. } | Fact::AccessMoved { .. })
}

/// `why`, `why win-rate`, `why share microsoft`, `why share since 2`, `why share all`.
pub(super) fn command(desk: &mut Desk, seat: SeatId, args: &[String]) -> io::Result<()> {
    let closed = desk.session.game.history().len() as u32;
    if closed == 0 {
        return desk.say("No quarter has closed yet: there is nothing to explain.");
    }
    let Some((word, rest)) = args.split_first() else { return report::last_quarter(desk, seat) };
    let Some(metric) = causes::metric_called(word) else {
        let names: Vec<&str> = Metric::ALL.into_iter().map(causes::name).collect();
        let meant = nearest(word, names.iter().copied());
        let meant = meant.map_or(String::new(), |name| format!(" Did you mean {name}?"));
        let known = names.join(", ");
        return desk.say(&format!("\"{word}\" is no figure.{meant} why explains: {known}."));
    };
    let mut of = seat;
    let mut most = ASKED_FOR;
    let mut since = Quarter(closed - 1);
    let mut words = rest.iter();
    while let Some(word) = words.next() {
        if word == "all" {
            most = usize::MAX;
        } else if word == "since" {
            let Some(quarter) = words.next().and_then(|number| number.parse().ok()) else {
                return desk.say("since takes the number of an earlier quarter: 0 is the opening.");
            };
            since = Quarter(quarter);
        } else if let Some(named) = desk.words.seat_called(word) {
            of = named;
        } else {
            return desk.say(&format!("There is no \"{word}\" at the game."));
        }
    }
    let game = &desk.session.game;
    match game.explain(seat, of, metric, (since, Quarter(closed))) {
        Err(why) => {
            let text = causes::refusal(&desk.words, of, metric, why);
            desk.say(&text)
        }
        Ok(explanation) => {
            let mut page = desk.page();
            let whose = crate::host::words::possessive(desk.words.seat(of));
            let title = causes::title(metric);
            page.heading(&format!(
                "Why {whose} {title} moved from {} to {}, {} to {}",
                causes::figure(metric, explanation.before),
                causes::figure(metric, explanation.after),
                desk.words.quarter(explanation.since),
                desk.words.quarter(explanation.quarter)
            ));
            waterfall(desk, &explanation, most, &mut page);
            desk.show(&page)
        }
    }
}

/// Figures of the last close, each in its largest rows.
pub(super) fn at_the_close(desk: &Desk, seat: SeatId, metrics: &[Metric], page: &mut Page) {
    let closed = desk.session.game.history().len() as u32;
    for &metric in metrics {
        let span = (Quarter(closed.saturating_sub(1)), Quarter(closed));
        if let Ok(explanation) = desk.session.game.explain(seat, seat, metric, span) {
            page.blank();
            waterfall(desk, &explanation, AT_A_CLOSE, page);
        }
    }
}

/// The rows of an explanation, the largest first; those that show as nothing, and those beyond so
/// many, come together at the end.
fn waterfall(desk: &Desk, explanation: &Explanation, most: usize, page: &mut Page) {
    let game = &desk.session.game;
    let teller = Teller { words: &desk.words, deals: &game.deals(), game };
    let metric = explanation.metric;
    let nothing = causes::change(metric, 0.0);
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut rest = 0.0;
    for row in &explanation.rows {
        let written = causes::change(metric, row.amount);
        if written == nothing || rows.len() == most {
            rest += row.amount;
        } else {
            rows.push(vec![causes::row(&teller, explanation, row), written]);
        }
    }
    let written = causes::change(metric, rest);
    if written != nothing {
        rows.push(vec!["Smaller causes together".to_owned(), written]);
    }
    let title = causes::title(metric);
    let change = causes::change(metric, explanation.change());
    rows.push(vec![format!("Change of {title}"), change]);
    let head = format!("Why the {title} moved");
    page.table(&[&head, causes::unit(metric)], &[1], &rows);
}
