//! The parts of the panel beside the board: its head, its figures, its sections.

use bevy_egui::egui::{Align2, Rect, Ui, pos2, vec2};

use crate::ids::SeatId;
use crate::ui::desk::Desk;
use crate::ui::figures::Figure;
use crate::ui::screens::Scene;
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, draw_mark, kicker_text, sparkline};

pub(super) fn head(
    ui: &mut Ui,
    scene: &Scene,
    room: Rect,
    seat: SeatId,
    kind: &str,
    deck: &str,
) -> f32 {
    let tokens = ui.tokens();
    let text = kicker_text(kind);
    let y = ui.ink(room.min, Align2::LEFT_TOP, Type::Kicker, tokens.ink_soft, &text).bottom();
    let mark = scene.desk.mark(seat);
    draw_mark(ui.painter(), mark, pos2(room.left() + 10.0, y + 17.0), 20.0, tokens.firm(mark));
    let at = pos2(room.left() + 30.0, y + 17.0);
    let name = scene.desk.words.seat(seat).to_owned();
    let y = ui.ink(at, Align2::LEFT_CENTER, Type::Section, tokens.ink, &name).bottom();
    ui.ink_in(pos2(room.left(), y), room.width(), Type::Rumour, tokens.ink_soft, deck).bottom()
        + 10.0
}

/// A figure in half the panel's width, with its course.
fn cell(ui: &mut Ui, desk: &Desk, rect: Rect, figure: Figure) {
    let tokens = ui.tokens();
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.0, tokens.rule);
    let at = rect.min + vec2(0.0, 5.0);
    ui.ink(at, Align2::LEFT_TOP, Type::Note, tokens.ink_soft, figure.label());
    let written = figure.written(desk);
    let colour = if figure.is_bad(desk) { tokens.bad } else { tokens.ink };
    // One size and one line for all figures of the panel.
    let kind = if ui.grid().small { Type::RowStrong } else { Type::FigureRow };
    let line = pos2(rect.left(), rect.top() + 33.0);
    let mut end = ui.ink(line, Align2::LEFT_CENTER, kind, colour, &written).right();
    let after = figure.after();
    if !after.is_empty() {
        // Smaller letters sit on the same line a little below its middle.
        let at = pos2(end, line.y + 1.0);
        end = ui.ink(at, Align2::LEFT_CENTER, Type::Note, tokens.ink_soft, after).right();
    }
    let line = Rect::from_min_max(
        pos2(rect.right() - 50.0, rect.top() + 22.0),
        pos2(rect.right() - 6.0, rect.top() + 40.0),
    );
    let course = figure.course(desk);
    if end + 6.0 < line.left() && course.len() > 1 {
        sparkline(ui.painter(), line, &course, colour);
    }
    let id = ui.id().with(("figure", figure.label()));
    figure.tell(ui, desk, rect.shrink2(vec2(0.0, 3.0)), id);
}

/// Figures two by two.
pub(super) fn cells(ui: &mut Ui, desk: &Desk, room: Rect, top: f32, list: &[Figure]) -> f32 {
    let gap = 20.0;
    let width = 0.5 * (room.width() - gap);
    for (place, figure) in list.iter().enumerate() {
        let (row, column) = (place / 2, place % 2);
        let at = pos2(room.left() + column as f32 * (width + gap), top + 52.0 * row as f32);
        cell(ui, desk, Rect::from_min_size(at, vec2(width, 52.0)), *figure);
    }
    top + 52.0 * list.len().div_ceil(2) as f32 + 6.0
}

pub(super) fn section(ui: &mut Ui, room: Rect, y: f32, title: &str) -> f32 {
    let tokens = ui.tokens();
    ui.hline(room.left()..=room.right(), y, 1.8, tokens.ink);
    let at = pos2(room.left(), y + 8.0);
    ui.ink(at, Align2::LEFT_TOP, Type::Kicker, tokens.ink_soft, &kicker_text(title)).bottom() + 5.0
}
