//! The head of the table: their position in an analyst's words, mood, patience, trust and means.

use crate::host::advice::barred_by;
use crate::host::dealings::History;
use crate::host::words::{clauses, facts, numbers};
use crate::ids::{Role, SeatId};
use crate::sim::negotiation::Side;
use crate::sim::view::TableView;
use crate::ui::desk::Desk;
use crate::ui::screens::Scene;
use crate::ui::screens::frame::Bar;
use crate::ui::state::Screen;
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Press, draw_mark, kicker_text};
use bevy_egui::egui::{Align2, Color32, Pos2, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

pub(super) fn nobody(ui: &mut Ui, scene: &mut Scene, window: Rect) {
    let (mut bar, room) = Bar::new(ui, window);
    if bar.left(ui, Press::quiet("Back to the board").key("Escape")).clicked() {
        scene.go(Screen::Board);
    }
    let tokens = ui.tokens();
    let text = "There is nobody in this game whom you could sit down with.";
    ui.ink(room.center(), Align2::CENTER_CENTER, Type::Deck, tokens.ink_soft, text);
}

/// The other side's position, as our analyst reads it.
pub(super) fn position(ui: &mut Ui, scene: &mut Scene, rect: Rect, with: SeatId) {
    let tokens = ui.tokens();
    let grid = ui.grid();
    let desk = &*scene.desk;
    let Some(table) = desk.view.table_with(with) else { return };
    let mark = desk.mark(with);
    let radius = if grid.small { 20.0 } else { 31.0 };
    let centre = pos2(rect.left() + grid.margin + radius, rect.center().y);
    ui.painter().circle(centre, radius, tokens.sheet, Stroke::new(1.2, tokens.rule));
    draw_mark(ui.painter(), mark, centre, 1.25 * radius, tokens.firm(mark));
    let x = centre.x + radius + 18.0;
    let (kicker, text) = said(desk, table);
    let y = rect.top() + if grid.small { 8.0 } else { 14.0 };
    let at = pos2(x, y);
    let kicker = kicker_text(&kicker);
    let y = ui.ink(at, Align2::LEFT_TOP, Type::Kicker, tokens.ink_soft, &kicker).bottom() + 1.0;
    let beside = other_tables(ui, scene, rect, with) - 12.0;
    speech(ui, rect, pos2(x, y), beside, &text);
}

/// What is said, in the largest type that holds all of it: beside the other tables, or under them.
fn speech(ui: &mut Ui, rect: Rect, at: Pos2, beside: f32, text: &str) {
    let tokens = ui.tokens();
    // A line of speech is read at 75 characters at most.
    let wide = |right: f32| (right - at.x).min(660.0);
    let right = rect.right() - 20.0;
    let under = at.y.max(rect.top() + OTHERS + 2.0);
    let large = if ui.grid().small { Type::Rumour } else { Type::Quote };
    let places = [
        (large, at.y, wide(beside)),
        (large, under, wide(right)),
        (Type::Rumour, at.y, wide(beside)),
        (Type::Rumour, under, wide(right)),
        (Type::Rumour, under, right - at.x),
    ];
    for (kind, top, width) in places {
        let galley = ui.galley(kind, tokens.ink, text, width);
        if top + galley.size().y <= rect.bottom() {
            ui.lay(pos2(at.x, top), galley);
            return;
        }
    }
    // Every term stands in its row as well: here it may end early, where it gets furthest.
    let line = ui.galley(Type::Rumour, tokens.ink, "x", f32::INFINITY).size().y;
    let rows = |top: f32| ((rect.bottom() - top) / line).floor().max(1.0);
    let holds = |place: &&(Type, f32, f32)| rows(place.1) * place.2;
    let room = places[2..].iter().max_by(|one, other| holds(one).total_cmp(&holds(other)));
    let Some(&(kind, top, width)) = room else { return };
    let rows = rows(top) as usize;
    let galley = ui.clamped(kind, tokens.ink, text, width, rows);
    let area = ui.lay(pos2(at.x, top), galley);
    ui.interact(area, ui.id().with("speech"), Sense::hover()).on_hover_text(text);
}

/// Points under the top of the head at which the other tables end.
const OTHERS: f32 = 36.0;

/// The other tables, to change over; where they begin.
fn other_tables(ui: &mut Ui, scene: &mut Scene, rect: Rect, with: SeatId) -> f32 {
    let tokens = ui.tokens();
    let others: Vec<(SeatId, bool)> = scene
        .desk
        .view
        .tables
        .iter()
        .filter(|table| table.with != with)
        .map(|table| (table.with, table.open))
        .collect();
    let mut x = rect.right() - 22.0;
    // In a small window what is said needs the width more than the names do.
    let named = !(ui.grid().small && others.len() > 1);
    for (seat, open) in others.into_iter().rev() {
        let mark = scene.desk.mark(seat);
        let who = scene.desk.words.seat(seat).to_owned();
        let galley = ui.galley(Type::NoteStrong, tokens.pen, &who, f32::INFINITY);
        let size = vec2(if named { galley.size().x + 36.0 } else { 30.0 }, 26.0);
        let cell = Rect::from_min_size(pos2(x - size.x, rect.top() + OTHERS - size.y), size);
        let name = format!("The table with {who}");
        let id = ui.id().with(("other table", seat.0));
        let response = ui.pressable(cell, id, &name);
        let fill = if response.hovered() { tokens.pen_wash } else { tokens.sheet };
        let line = Stroke::new(if open { 1.5 } else { 1.0 }, tokens.pen);
        ui.painter().rect(cell, 4, fill, line, StrokeKind::Inside);
        let at = pos2(cell.left() + 15.0, cell.center().y);
        draw_mark(ui.painter(), mark, at, 12.0, tokens.firm(mark));
        if named {
            ui.paint(pos2(cell.left() + 27.0, cell.center().y - 0.5 * galley.size().y), galley);
        }
        ui.focus_ring(&response, cell, 4);
        if response.on_hover_text(name).clicked() {
            scene.state.table = Some(seat);
            scene.state.clause = None;
        }
        x = cell.left() - 8.0;
    }
    x
}

/// Over the position, and the position itself: only the anonymous analyst speaks.
fn said(desk: &Desk, table: &TableView) -> (String, String) {
    let who = desk.words.seat(table.with);
    let view = &desk.view;
    let history = History::of(&desk.history, desk.facts.iter(), view.seat, table.with);
    if let Some(sheet) = &table.agreed {
        let terms = clauses::sheet(&desk.words, &view.deals, sheet);
        return (
            format!("{who}, agreed"),
            format!("Agreed, and signed as soon as the waiver is bought: {terms}."),
        );
    }
    if let Some(deal) = barred_by(view, table) {
        let name = facts::deal_name(&desk.words, &view.deals, deal);
        return (
            format!("{who}, out of reach"),
            format!("No money may change hands here: {name} forbids it."),
        );
    }
    if table.closed_until > view.quarter {
        let until = desk.words.quarter(table.closed_until);
        return (
            format!("{who}, away"),
            format!("The table is shut, and may open again in {until}."),
        );
    }
    if table.theirs.waits_for_answer {
        return (
            format!("{who}, asking"),
            "It wants to know what you would sign. Show it your routes, or hold.".to_owned(),
        );
    }
    if let Some(because) = &history.because {
        return (
            format!("{who}, not signing yet"),
            facts::reason(&desk.words, &view.deals, because),
        );
    }
    if let Some(sheet) = &table.theirs.offer {
        let terms = clauses::sheet(&desk.words, &view.deals, sheet);
        let kicker = format!("{who}, with terms of its own");
        return (kicker, format!("An analyst who follows both reads it so: {terms}."));
    }
    if table.theirs.routes[0].is_some() {
        return (
            format!("{who}, answering your question"),
            "It would sign any of the ways shown below, unchanged.".to_owned(),
        );
    }
    let text = match (table.side, table.open) {
        (_, true) if table.mine.offer.is_some() => {
            "Your terms lie before it; it has said nothing yet.".to_owned()
        }
        (_, true) => "Nothing of yours lies on the table yet.".to_owned(),
        (Side::Giant, false) => {
            let lab = &view.labs[table.lab.index()];
            let quarters = numbers::known(lab.runway_quarters, |value| format!("{value:.1}"));
            format!(
                "An analyst who asked not to be named reckons that its cash lasts {quarters} quarters. Your draft is ready to send."
            )
        }
        (Side::Lab, false) => {
            let giant = &view.published.giants[table.giant.index()];
            format!(
                "An analyst who asked not to be named counts {} of cash there. Your draft is ready to send.",
                numbers::bn(giant.cash_bn)
            )
        }
    };
    (who.to_owned(), text)
}

/// Mood, patience, trust, means: as far as anybody knows.
pub(super) fn meters(ui: &mut Ui, desk: &Desk, rect: Rect, with: SeatId) {
    let tokens = ui.tokens();
    let Some(table) = desk.view.table_with(with) else { return };
    let view = &desk.view;
    let lab = &view.labs[table.lab.index()];
    let pad = if ui.grid().small { 12.0 } else { 24.0 };
    let room = rect.shrink2(vec2(pad, 0.0));
    let column = room.width() / 4.0;
    let y = room.center().y - 20.0;
    let cell = |place: usize| pos2(room.left() + place as f32 * column, y);
    let mood = match table.their_mood {
        1 => "Patient",
        0 => "Restless",
        _ => "Near the door",
    };
    // Mood: a mark on a scale of three.
    heading(ui, cell(0), "Mood");
    let left = cell(0).x;
    let line = column * 0.72;
    ui.hline(left..=left + line, y + 22.0, 1.2, tokens.other);
    for step in 0..3 {
        let x = left + line * step as f32 / 2.0;
        ui.vline(x, y + 18.0..=y + 26.0, 1.2, tokens.other);
    }
    let at = left + line * (1 - table.their_mood) as f32 / 2.0;
    ui.painter().circle_filled(pos2(at, y + 22.0), 5.0, tokens.ink);
    figure(ui, cell(0), mood, tokens.ink);
    // My own patience is mine to know.
    heading(ui, cell(1), "Our patience");
    let (left_over, full) = (table.mine.patience, table.mine.full_patience.max(1));
    let pitch = (column * 0.8 / full as f32).min(11.0);
    for point in 0..full {
        let square = Rect::from_min_size(
            pos2(cell(1).x + pitch * point as f32, y + 17.0),
            vec2(pitch - 2.5, 10.0),
        );
        if point < left_over {
            ui.painter().rect_filled(square, 2, tokens.ink);
        } else {
            let line = Stroke::new(1.0, tokens.other);
            ui.painter().rect_stroke(square, 2, line, StrokeKind::Inside);
        }
    }
    figure(ui, cell(1), &format!("{left_over} of {full}"), tokens.ink);
    // Trust.
    let trust = match view.role {
        Role::Giant(firm) => lab.trust[firm.index()],
        Role::Lab(_) => lab.trust[table.giant.index()],
    };
    let name = if table.side == Side::Giant { "Trust in you" } else { "Our trust" };
    heading(ui, cell(2), name);
    let known = numbers::known(trust, |value| format!("{value:.2}"));
    let part = trust.or(0.0) as f32;
    let track = Rect::from_min_size(pos2(cell(2).x, y + 19.0), vec2(column * 0.76, 6.0));
    ui.painter().rect_filled(track, 0, tokens.rule_soft);
    let fill = Rect::from_min_size(track.min, vec2(track.width() * part, 6.0));
    ui.painter().rect_filled(fill, 0, tokens.ink);
    figure(ui, cell(2), &known, tokens.ink);
    // Means.
    match table.side {
        Side::Giant => {
            heading(ui, cell(3), "Their runway");
            let runway = lab.runway_quarters.or(4.0);
            let pitch = (column * 0.8 / 8.0).min(11.0);
            for quarter in 0..8 {
                let square = Rect::from_min_size(
                    pos2(cell(3).x + pitch * quarter as f32, y + 17.0),
                    vec2(pitch - 2.5, 10.0),
                );
                let short = runway < 4.0;
                let on = f64::from(quarter) + 0.5 <= runway;
                let colour = if short { tokens.bad } else { tokens.ink };
                if on {
                    ui.painter().rect_filled(square, 2, colour);
                } else {
                    let line = Stroke::new(1.0, tokens.other);
                    ui.painter().rect_stroke(square, 2, line, StrokeKind::Inside);
                }
            }
            let text = numbers::known(lab.runway_quarters, |value| format!("{value:.1}"));
            let colour = if runway < 4.0 { tokens.bad } else { tokens.ink };
            let unit = if ui.grid().small { "q" } else { "quarters" };
            figure(ui, cell(3), &format!("{text} {unit}"), colour);
        }
        Side::Lab => {
            heading(ui, cell(3), "Their cash");
            let cash = view.published.giants[table.giant.index()].cash_bn;
            figure(ui, cell(3), &numbers::bn(cash), tokens.ink);
        }
    }
}

fn heading(ui: &mut Ui, at: Pos2, text: &str) {
    let tokens = ui.tokens();
    ui.ink(at, Align2::LEFT_CENTER, Type::Note, tokens.ink_soft, text);
}

fn figure(ui: &mut Ui, at: Pos2, text: &str, colour: Color32) {
    ui.ink(at + vec2(0.0, 44.0), Align2::LEFT_CENTER, Type::RowStrong, colour, text);
}
