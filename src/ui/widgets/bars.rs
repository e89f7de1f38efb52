//! Bars: appraisal rows and their accountant's total, a range on an axis, a whole split in parts.

use bevy_egui::egui::{Align2, Color32, Rect, Stroke, Ui, pos2, vec2};

use super::ink::House;
use super::marks::hatch;
use crate::ui::tokens::Type;

/// One row of an appraisal: label, bar on a common scale, figure at the right. The row's bottom.
pub fn appraisal_row(
    ui: &mut Ui,
    rect: Rect,
    label: &str,
    value: f64,
    figure: &str,
    scale: f64,
) -> f32 {
    let tokens = ui.tokens();
    let y = rect.center().y;
    let bar_room = 48.0f32.min(0.25 * rect.width());
    let bar_left = rect.right() - 54.0 - bar_room;
    let label_room = bar_left - rect.left() - 6.0;
    let galley = ui.galley(Type::Interface, tokens.ink, label, f32::INFINITY);
    let narrow = galley.size().x > label_room;
    let galley =
        if narrow { ui.galley(Type::Note, tokens.ink, label, f32::INFINITY) } else { galley };
    let at = pos2(rect.left(), y - 0.5 * galley.size().y);
    let clip = Rect::from_min_max(rect.min, pos2(bar_left - 2.0, rect.bottom()));
    let old = ui.clip_rect();
    ui.set_clip_rect(old.intersect(clip));
    ui.lay(at, galley);
    ui.set_clip_rect(old);
    let part = (value.abs() / scale.max(1e-9)).clamp(0.0, 1.0) as f32;
    let bar = Rect::from_min_size(
        pos2(bar_left, y - 4.5),
        vec2((part * bar_room).max(if value.abs() < 0.005 { 0.0 } else { 2.0 }), 9.0),
    );
    if value >= 0.0 {
        ui.painter().rect_filled(bar, 0, tokens.good);
    } else if bar.width() > 5.0 {
        hatch(ui.painter(), bar, tokens.bad, 1.2, 3.2);
    } else {
        ui.painter().rect_filled(bar, 0, tokens.bad);
    }
    ui.ink(pos2(rect.right(), y), Align2::RIGHT_CENTER, Type::Row, tokens.ink, figure);
    rect.bottom()
}

/// The total under rows: a rule above, a double rule below.
pub fn total_row(
    ui: &mut Ui,
    rect: Rect,
    label: &str,
    figure: &str,
    value: f64,
    note: &str,
) -> f32 {
    let tokens = ui.tokens();
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.2, tokens.ink);
    let y = rect.center().y;
    let galley = ui.galley(Type::RowStrong, tokens.ink, label, f32::INFINITY);
    ui.lay(pos2(rect.left(), y - 0.5 * galley.size().y), galley);
    let colour = match value {
        v if v > 0.0 => tokens.good,
        v if v < 0.0 => tokens.bad,
        _ => tokens.ink,
    };
    let note = ui.galley(Type::Note, tokens.ink_note, note, f32::INFINITY);
    let right = rect.right() - note.size().x - if note.size().x > 0.0 { 5.0 } else { 0.0 };
    ui.lay(pos2(rect.right() - note.size().x, y - 0.5 * note.size().y + 1.0), note);
    ui.ink(pos2(right, y), Align2::RIGHT_CENTER, Type::FigureSmall, colour, figure);
    double_rule(ui, rect.left(), rect.right(), rect.bottom());
    rect.bottom() + 4.0
}

/// A cause in a note: its label, a bar as long as its amount, the amount. Up is solid, down hatched;
/// whether that is good is for the reader to say.
pub fn cause_bar(ui: &mut Ui, label: &str, figure: &str, by: f64, most: f64) {
    const BAR: f32 = 40.0;
    let tokens = ui.tokens();
    let width = ui.available_width();
    let value = ui.galley(Type::NoteStrong, tokens.ink, figure, f32::INFINITY);
    let figures = value.size().x.max(48.0);
    let text = ui.galley(Type::Note, tokens.ink_soft, label, width - figures - BAR - 14.0);
    let size = vec2(width, text.size().y.max(value.size().y));
    let (rect, _) = ui.allocate_exact_size(size, bevy_egui::egui::Sense::hover());
    let part = (by.abs() / most.max(1e-12)).clamp(0.0, 1.0) as f32;
    let at = pos2(rect.right() - figures - BAR - 4.0, rect.top() + 4.0);
    let bar = Rect::from_min_size(at, vec2((part * BAR).max(2.0), 8.0));
    if by >= 0.0 || bar.width() < 5.0 {
        ui.painter().rect_filled(bar, 0, tokens.ink_soft);
    } else {
        hatch(ui.painter(), bar, tokens.ink_soft, 1.2, 3.2);
    }
    ui.lay(rect.min, text);
    ui.lay(pos2(rect.right() - value.size().x, rect.top()), value);
}

pub fn double_rule(ui: &mut Ui, left: f32, right: f32, y: f32) {
    let ink = ui.tokens().ink;
    ui.hline(left..=right, y, 1.2, ink);
    ui.hline(left..=right, y + 3.0, 1.2, ink);
}

/// A range and its middle on an axis from `low` to `high`, with a tick at nought.
pub fn range_bar(
    ui: &mut Ui,
    rect: Rect,
    (low, high): (f64, f64),
    (from, middle, to): (f64, f64, f64),
    colour: Color32,
) {
    let tokens = ui.tokens();
    let x =
        |value: f64| rect.left() + ((value - low) / (high - low).max(1e-9)) as f32 * rect.width();
    let y = rect.center().y;
    ui.hline(rect.left()..=rect.right(), y, 1.0, tokens.rule);
    let band = Rect::from_min_max(pos2(x(from), y - 6.0), pos2(x(to).max(x(from) + 2.0), y + 6.0));
    ui.painter().rect_filled(band, 0, tokens.faded(colour, 0.24));
    if low <= 0.0 && high >= 0.0 {
        ui.vline(x(0.0), y - 8.0..=y + 8.0, 1.2, tokens.ink);
    }
    let at = Rect::from_center_size(pos2(x(middle), y), vec2(3.0, 16.0));
    ui.painter().rect_filled(at, 0, colour);
}

/// A whole in parts, each with its colour and what is written in it.
pub fn split_bar(ui: &mut Ui, rect: Rect, parts: &[(f64, Color32, Color32, String)]) {
    let page = ui.tokens().page;
    let sum: f64 = parts.iter().map(|(part, ..)| part).sum();
    let mut left = rect.left();
    for (part, fill, ink, text) in parts {
        let width = (part / sum.max(1e-9)) as f32 * rect.width();
        let bar = Rect::from_min_size(pos2(left, rect.top()), vec2(width, rect.height()));
        ui.painter().rect_filled(bar, 0, *fill);
        ui.painter().vline(bar.right(), bar.y_range(), Stroke::new(1.5, page));
        let galley = ui.galley(Type::NoteStrong, *ink, text, f32::INFINITY);
        if galley.size().x + 6.0 < width {
            ui.lay(bar.center() - 0.5 * galley.size(), galley);
        }
        left += width;
    }
}
