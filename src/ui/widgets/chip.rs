//! Chips: a state in a word, with a sign.

use bevy_egui::egui::{
    Align2, Color32, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType,
    pos2, vec2,
};

use super::ink::House;
use super::marks::{cross, padlock, tick};
use crate::ui::tokens::{Tokens, Type};

/// What a chip says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chip {
    Open,
    Agreed,
    Firm,
    DealBreaker,
    Rumour,
    Worth,
    NotWorth,
    Plain,
}

impl Chip {
    fn look(self, tokens: &Tokens) -> (Color32, Color32, bool) {
        match self {
            Chip::Open | Chip::Plain => (Color32::TRANSPARENT, tokens.ink_soft, true),
            Chip::Agreed | Chip::Worth => (tokens.good_wash, tokens.good, false),
            Chip::Firm => (tokens.pen_wash, tokens.pen, false),
            Chip::DealBreaker | Chip::NotWorth => (tokens.bad_wash, tokens.bad, false),
            Chip::Rumour => (tokens.warn_wash, tokens.warn, false),
        }
    }

    fn has_sign(self) -> bool {
        !matches!(self, Chip::Open | Chip::Rumour | Chip::Plain)
    }
}

/// A chip with its text, placed by its left or right middle.
pub fn chip(ui: &mut Ui, at: Pos2, align: Align2, kind: Chip, text: &str) -> Rect {
    let tokens = ui.tokens();
    let (fill, ink, outlined) = kind.look(&tokens);
    let sign = if kind.has_sign() { 14.0 } else { 0.0 };
    let galley = ui.galley(Type::Note, ink, text, f32::INFINITY);
    let rect = align.anchor_size(at, vec2(galley.size().x + 16.0 + sign, 22.0));
    let painter = ui.painter().clone();
    painter.rect_filled(rect, 3, fill);
    if outlined {
        painter.rect_stroke(rect, 3, Stroke::new(1.0, tokens.rule), StrokeKind::Inside);
    }
    let mark = pos2(rect.left() + 13.0, rect.center().y);
    match kind {
        Chip::Agreed | Chip::Worth => tick(&painter, mark, 8.0, ink),
        Chip::Firm => padlock(&painter, mark, ink),
        Chip::NotWorth => cross(&painter, mark, 9.0, ink),
        Chip::DealBreaker => {
            let square = Rect::from_center_size(mark, vec2(9.0, 9.0));
            painter.rect_stroke(square, 1, Stroke::new(1.3, ink), StrokeKind::Inside);
            painter.line_segment([square.left_bottom(), square.right_top()], Stroke::new(1.3, ink));
        }
        Chip::Open | Chip::Rumour | Chip::Plain => {}
    }
    let left = rect.left() + 8.0 + sign;
    ui.lay(pos2(left, rect.center().y - 0.5 * galley.size().y), galley);
    rect
}

/// A round chip that turns something on and off in what is shown.
pub fn toggle_chip(
    ui: &mut Ui,
    at: Pos2,
    align: Align2,
    group: &str,
    label: &str,
    on: bool,
) -> Response {
    let tokens = ui.tokens();
    let ink = if on { tokens.ink } else { tokens.ink_note };
    round_chip(ui, at, align, (group, label), (on, true), (ink, tokens.rule, tokens.sheet))
}

/// A round chip that changes what one decides: in pen, unless it cannot be changed now.
pub fn choice_chip(
    ui: &mut Ui,
    at: Pos2,
    align: Align2,
    (group, label): (&str, &str),
    on: bool,
    live: bool,
) -> Response {
    let tokens = ui.tokens();
    let colours = match live {
        true => (tokens.pen, tokens.pen, tokens.pen_wash),
        false => (tokens.ink_note, tokens.rule, tokens.sheet),
    };
    round_chip(ui, at, align, (group, label), (on, live), colours)
}

/// Width of a round chip.
pub fn chip_width(ui: &Ui, label: &str, on: bool) -> f32 {
    let text = ui.galley(Type::NoteStrong, Color32::PLACEHOLDER, label, f32::INFINITY);
    text.size().x + if on { 36.0 } else { 24.0 }
}

/// Colours: of the text, the outline, and the fill where it is on.
fn round_chip(
    ui: &mut Ui,
    at: Pos2,
    align: Align2,
    (group, label): (&str, &str),
    (on, live): (bool, bool),
    (ink, outline, fill): (Color32, Color32, Color32),
) -> Response {
    let tokens = ui.tokens();
    let galley = ui.galley(Type::NoteStrong, ink, label, f32::INFINITY);
    let sign = if on { 12.0 } else { 0.0 };
    let rect = align.anchor_size(at, vec2(chip_width(ui, label, on), 28.0));
    let id = ui.id().with(("toggle", group, label));
    let response = ui.interact(rect, id, Sense::click());
    let name = if group.is_empty() { label.to_owned() } else { format!("{group}: {label}") };
    response.widget_info(|| WidgetInfo::selected(WidgetType::Checkbox, live, on, name.as_str()));
    let painter = ui.painter();
    let fill = match (on, live && response.hovered()) {
        (_, true) => tokens.pen_wash,
        (true, false) => fill,
        (false, false) => Color32::TRANSPARENT,
    };
    painter.rect_filled(rect, 14, fill);
    painter.rect_stroke(rect, 14, Stroke::new(1.0, outline), StrokeKind::Inside);
    if on {
        tick(painter, pos2(rect.left() + 15.0, rect.center().y), 8.0, ink);
    }
    let left = rect.left() + 12.0 + sign;
    ui.paint(pos2(left, rect.center().y - 0.5 * galley.size().y), galley);
    ui.focus_ring(&response, rect, 14);
    response
}
