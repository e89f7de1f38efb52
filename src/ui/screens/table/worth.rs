//! The right of the table: what the draft is worth to us and to them, row by row.

use super::draft::draft;
use super::purse::budget_and_bids;
use super::words::{row_meaning, short_row};
use crate::host::advice::Reply;
use crate::host::dealings::History;
use crate::host::words::{labels, numbers};
use crate::ids::SeatId;
use crate::sim::deal::TermSheet;
use crate::sim::negotiation::Side;
use crate::sim::setting::Step;
use crate::study::{Draft, Tried};
use crate::ui::screens::Scene;
use crate::ui::screens::outlook::{self, Naming};
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Tip, appraisal_row, draw_mark, tip, total_row};
use bevy_egui::egui::{Align2, Rect, ScrollArea, Ui, pos2, vec2};

pub fn show(ui: &mut Ui, scene: &mut Scene, rect: Rect, with: SeatId) {
    let sheet = draft(scene, with);
    let grid = ui.grid();
    let pad = if grid.small { 14.0 } else { 24.0 };
    ui.within(rect, "worth", |ui| {
        ScrollArea::vertical().id_salt("worth").auto_shrink(false).show(ui, |ui| {
            let at = ui.next_widget_position();
            let room = Rect::from_min_size(
                at + vec2(pad, 10.0),
                vec2(rect.width() - pad - pad.min(32.0), rect.height()),
            );
            let bottom = match grid.small || rect.width() < 400.0 {
                true => tabs(ui, scene, room, with, &sheet),
                false => columns(ui, scene, room, with, &sheet),
            };
            // Where little fits, what comes of it goes before what it costs.
            let bottom = match grid.small {
                true => {
                    let bottom = forecast(ui, scene, room, bottom + 14.0, with, sheet);
                    budget_and_bids(ui, scene, room, bottom + 14.0, with, &sheet)
                }
                false => {
                    let bottom = budget_and_bids(ui, scene, room, bottom + 14.0, with, &sheet);
                    forecast(ui, scene, room, bottom + 14.0, with, sheet)
                }
            };
            ui.allocate_space(vec2(rect.width(), bottom - at.y + 10.0));
        });
    });
}

/// Signing the draft against signing nothing.
fn forecast(
    ui: &mut Ui,
    scene: &mut Scene,
    room: Rect,
    top: f32,
    with: SeatId,
    sheet: TermSheet,
) -> f32 {
    if !matches!(scene.desk.view.step, Step::Offers(_) | Step::Answers(_)) {
        return top;
    }
    let tried = Tried::Sheet(Draft { with, sheet });
    let naming = Naming { title: "If this is signed", with: "Sign", without: "Without" };
    // It ends with the panel, where the panel leaves it room.
    let high = room.bottom() - 24.0 - top;
    let rect = Rect::from_min_size(pos2(room.left(), top), vec2(room.width(), high));
    outlook::show(ui, scene, rect, tried, &naming)
}

pub(super) fn heading_of(scene: &Scene, with: SeatId, mine: bool) -> (SeatId, String) {
    match mine {
        true => (scene.desk.view.seat, "Worth to us, $bn".to_owned()),
        false => (with, "To them, as far as seen".to_owned()),
    }
}

fn columns(ui: &mut Ui, scene: &mut Scene, room: Rect, with: SeatId, sheet: &TermSheet) -> f32 {
    let gap = 26.0;
    let width = 0.5 * (room.width() - gap);
    let tokens = ui.tokens();
    let mut bottom = room.top();
    for mine in [true, false] {
        let left = if mine { room.left() } else { room.left() + width + gap };
        let (seat, title) = heading_of(scene, with, mine);
        let mark = scene.desk.mark(seat);
        let y = room.top() + 13.0;
        draw_mark(ui.painter(), mark, pos2(left + 7.0, y), 13.0, tokens.firm(mark));
        let at = pos2(left + 20.0, y);
        ui.ink(at, Align2::LEFT_CENTER, Type::Panel, tokens.ink, &title);
        let top = y + 17.0;
        ui.hline(left..=left + width, top, 1.0, tokens.ink);
        let column = Rect::from_min_size(pos2(left, top + 3.0), vec2(width, 300.0));
        bottom = bottom.max(appraisal(ui, scene, column, with, sheet, mine));
    }
    bottom
}

/// Where there is room for one appraisal alone, tabs carry the totals.
fn tabs(ui: &mut Ui, scene: &mut Scene, room: Rect, with: SeatId, sheet: &TermSheet) -> f32 {
    let tokens = ui.tokens();
    let Some(advisor) = scene.desk.advisor(with) else { return room.top() };
    let value = |side: Side| advisor.brief.appraise(side, sheet).value();
    let me = advisor.side();
    let names = [
        format!("To us {}", numbers::column(value(me))),
        format!("To them {}", numbers::column(value(me.other()))),
    ];
    let mut x = room.left();
    for (place, name) in names.iter().enumerate() {
        let on = scene.state.appraisal == place;
        let kind = if on { Type::NoteStrong } else { Type::Note };
        let galley = ui.galley(kind, tokens.ink, name, f32::INFINITY);
        let tab = Rect::from_min_size(pos2(x, room.top()), galley.size() + vec2(0.0, 8.0));
        let id = ui.id().with(("appraisal tab", place));
        let response = ui.pressable(tab, id, name);
        ui.paint(tab.min, galley);
        if on {
            let line = Rect::from_x_y_ranges(tab.x_range(), tab.bottom() - 3.0..=tab.bottom());
            ui.painter().rect_filled(line, 0, tokens.ink);
        }
        ui.focus_ring(&response, tab, 2);
        if response.clicked() {
            scene.state.appraisal = place;
        }
        x = tab.right() + 18.0;
    }
    let top = room.top() + 26.0;
    ui.hline(room.left()..=room.right(), top, 1.0, tokens.ink);
    let column = Rect::from_min_size(pos2(room.left(), top + 3.0), vec2(room.width(), 300.0));
    appraisal(ui, scene, column, with, sheet, scene.state.appraisal == 0)
}

fn appraisal(
    ui: &mut Ui,
    scene: &mut Scene,
    rect: Rect,
    with: SeatId,
    sheet: &TermSheet,
    mine: bool,
) -> f32 {
    let tokens = ui.tokens();
    let Some(advisor) = scene.desk.advisor(with) else { return rect.top() };
    let me = advisor.side();
    let side = if mine { me } else { me.other() };
    let (one, other) =
        (advisor.brief.appraise(me, sheet), advisor.brief.appraise(me.other(), sheet));
    // Both columns share a scale.
    let all = one.rows.iter().chain(&other.rows).map(|(_, value)| value.abs());
    let scale = all.fold(0.1, f64::max);
    let appraisal = if mine { &one } else { &other };
    let mut y = rect.top();
    let exact: Vec<f64> = appraisal.rows.iter().map(|(_, value)| *value).collect();
    let printed = numbers::rows_to_tenths(&exact);
    let mut row_told = false;
    let rows = appraisal.rows.iter().zip(&printed).filter(|(_, printed)| printed.abs() > 0.05);
    for ((row, value), printed) in rows {
        let line = Rect::from_min_size(pos2(rect.left(), y), vec2(rect.width(), 25.0));
        let label = short_row(*row);
        y = appraisal_row(ui, line, label, *value, &numbers::column(*printed), scale);
        let id = ui.id().with(("row", mine, label));
        let told = ui.told(line, id, labels::row(*row));
        let figure = numbers::bn_change(*value);
        let note = || Tip::new(labels::row(*row), figure.clone()).note(row_meaning(*row));
        row_told |= tip(ui, &told, note);
    }
    let value = appraisal.value();
    let bar = advisor.bar(side, sheet);
    let label = match (mine, value >= 0.0) {
        (true, true) => "We gain",
        (true, false) => "We lose",
        (false, true) => "They gain",
        (false, false) => "They lose",
    };
    let total = Rect::from_min_size(pos2(rect.left(), y + 2.0), vec2(rect.width(), 30.0));
    y = total_row(ui, total, label, &numbers::column(value), value, "");
    let from = numbers::column(bar);
    let text = match (mine, advisor.reply(sheet)) {
        (true, _) if value >= bar => format!("We sign from {from} this round."),
        (true, _) => format!("We sign from {from}: {} short.", numbers::bn(bar - value)),
        (false, Reply::Signs) if advisor.table.theirs.stands_by(sheet) => {
            "Terms of their own: they sign.".to_owned()
        }
        (false, Reply::Signs | Reply::Waits) if unmoved(scene, with, sheet) => {
            format!("From {from}: enough on our estimate, yet they decline.")
        }
        (false, Reply::Signs) => format!("They sign from {from}: enough."),
        (false, Reply::Waits) => format!("From {from}: enough, but they may wait."),
        (false, Reply::NotSelling) => "They have money enough for now.".to_owned(),
        (false, Reply::Short(by)) => format!("They sign from {from}: {} short.", numbers::bn(by)),
    };
    if row_told {
        scene.desk.looked_at("worth");
    }
    let at = pos2(rect.left(), y + 6.0);
    ui.ink_in(at, rect.width(), Type::Note, tokens.ink_note, &text).bottom()
}

/// Whether they have just declined these very terms.
pub(super) fn unmoved(scene: &Scene, with: SeatId, sheet: &TermSheet) -> bool {
    let desk = &*scene.desk;
    let lies_there = desk.view.table_with(with).and_then(|table| table.mine.offer);
    let history = History::of(&desk.history, desk.facts.iter(), desk.view.seat, with);
    lies_there == Some(*sheet) && history.because.is_some()
}
