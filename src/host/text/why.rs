//! Why: what moved a giant's win rate and its market value.

use crate::host::words::{causes as told, markets, numbers};
use crate::ids::FirmId;
use crate::sim::fact::{Fact, Provider};
use crate::sim::game::ClosedQuarter;
use crate::sim::view::{Published, SeatView};

use super::desk::Desk;
use super::page::Page;
use crate::host::causes;

/// Causes of less than this part of 1 go into the rest, and so do those beyond so many.
const SLIGHT: f64 = 0.0005;
const MOST_CAUSES: usize = 8;

/// Why the win rate moved: causes that sum to the change.
pub(super) fn win_rate(
    desk: &Desk,
    view: &SeatView,
    firm: FirmId,
    before: &Published,
    closed: &ClosedQuarter,
    page: &mut Page,
) {
    let split = causes::of_win_rate(&view.level, firm, before, &closed.published, &closed.changes);
    let own = Provider::Giant(firm);
    let mut rest = split.rest;
    let mut rows: Vec<Vec<String>> = Vec::new();
    for cause in &split.causes {
        if cause.effect.abs() < SLIGHT || rows.len() == MOST_CAUSES {
            rest += cause.effect;
        } else {
            let history = desk.session.game.history();
            let what = told::describe(&desk.words, view, history, cause, cause.whose == own);
            rows.push(vec![what, numbers::share_change(cause.effect)]);
        }
    }
    match told::delivery(&desk.words, own, &closed.changes) {
        Some(what) if split.delivery.abs() >= SLIGHT => {
            rows.push(vec![what, numbers::share_change(split.delivery)]);
        }
        _ => rest += split.delivery,
    }
    let slight = "Smaller moves, and how they work together".to_owned();
    rows.push(vec![slight, numbers::share_change(rest)]);
    rows.push(vec!["Change of win rate".to_owned(), numbers::share_change(split.change)]);
    page.blank();
    page.table(&["Why the win rate moved, about", "points"], &[1], &rows);
}

/// Market value by what it is made of; the rows sum to its change.
pub(super) fn market_value(
    desk: &Desk,
    view: &SeatView,
    firm: FirmId,
    before: &Published,
    closed: &ClosedQuarter,
    page: &mut Page,
) {
    let rows = told::market_value(&desk.words, &view.deals, firm, before, closed);
    let rows: Vec<Vec<String>> =
        rows.into_iter().map(|(what, by_bn)| vec![what, numbers::bn_change(by_bn)]).collect();
    page.blank();
    page.table(&["Why the market value moved", "$bn"], &[1], &rows);
}
