//! Buttons: primary, secondary, quiet, leaving.

use bevy_egui::egui::{
    Align2, Color32, Id, Pos2, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
    WidgetType, pos2, vec2,
};

use super::ink::House;
use super::marks::{key_cap, key_width};
use crate::ui::tokens::{Tokens, Type};

/// How much a button asks to be pressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Primary,
    Secondary,
    Quiet,
    /// Leaving for good.
    Leave,
}

/// A button, to be placed or shown in flow.
pub struct Press<'a> {
    label: &'a str,
    style: Style,
    key: Option<&'a str>,
    /// Why it is off.
    off: Option<String>,
    height: f32,
    tip: Option<&'a str>,
}

impl<'a> Press<'a> {
    pub fn new(label: &'a str) -> Press<'a> {
        Press { label, style: Style::Secondary, key: None, off: None, height: 40.0, tip: None }
    }

    pub fn primary(label: &'a str) -> Press<'a> {
        Press { style: Style::Primary, height: 44.0, ..Press::new(label) }
    }

    pub fn quiet(label: &'a str) -> Press<'a> {
        Press { style: Style::Quiet, ..Press::new(label) }
    }

    pub fn leave(label: &'a str) -> Press<'a> {
        Press { style: Style::Leave, ..Press::new(label) }
    }

    /// The key that does the same.
    pub fn key(mut self, key: &'a str) -> Self {
        self.key = Some(key);
        self
    }

    /// Off, with the reason, if there is one.
    pub fn off(mut self, why: Option<String>) -> Self {
        self.off = why;
        self
    }

    pub fn height(mut self, height: f32) -> Self {
        self.height = height;
        self
    }

    pub fn tip(mut self, tip: &'a str) -> Self {
        self.tip = Some(tip);
        self
    }

    fn padding(&self) -> f32 {
        if matches!(self.style, Style::Quiet | Style::Leave) { 10.0 } else { 18.0 }
    }

    pub fn size(&self, ui: &Ui) -> Vec2 {
        let label = ui.galley(Type::RowStrong, Color32::PLACEHOLDER, self.label, f32::INFINITY);
        let key = self.key.map_or(0.0, |key| 9.0 + key_width(ui.painter(), key));
        let width = label.size().x + key + 2.0 * self.padding();
        vec2(width.ceil(), self.height)
    }

    /// In flow.
    pub fn show(self, ui: &mut Ui) -> Response {
        let size = self.size(ui);
        let sense = if self.off.is_none() { Sense::click() } else { Sense::hover() };
        let (rect, response) = ui.allocate_exact_size(size, sense);
        self.draw(ui, rect, response)
    }

    /// At a place.
    pub fn at(self, ui: &mut Ui, at: Pos2, align: Align2) -> Response {
        let rect = align.anchor_size(at, self.size(ui));
        self.fill(ui, rect)
    }

    /// In a rectangle.
    pub fn fill(self, ui: &mut Ui, rect: Rect) -> Response {
        let sense = if self.off.is_none() { Sense::click() } else { Sense::hover() };
        let id = ui.id().with(("press", self.label));
        let response = ui.interact(rect, id, sense);
        self.draw(ui, rect, response)
    }

    fn draw(self, ui: &mut Ui, rect: Rect, response: Response) -> Response {
        let tokens = ui.tokens();
        let on = self.off.is_none();
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, on, self.label));
        let look = Look::of(&tokens, self.style, on, &response);
        let painter = ui.painter();
        painter.rect_filled(rect, 4, look.fill);
        painter.rect_stroke(rect, 4, look.outline, StrokeKind::Inside);
        let label = ui.galley(Type::RowStrong, look.text, self.label, f32::INFINITY);
        let key = self.key.map_or(0.0, |key| 9.0 + key_width(painter, key));
        let left = rect.center().x - 0.5 * (label.size().x + key);
        let at = pos2(left, rect.center().y - 0.5 * label.size().y);
        let after = left + label.size().x + 9.0;
        ui.paint(at, label);
        if let Some(key) = self.key {
            key_cap(painter, pos2(after, rect.center().y), key, look.text);
        }
        ui.focus_ring(&response, rect, 4);
        match (self.off, self.tip) {
            (Some(why), _) => response.on_hover_text(why),
            (None, Some(tip)) => response.on_hover_text(tip),
            (None, None) => response,
        }
    }
}

struct Look {
    fill: Color32,
    outline: Stroke,
    text: Color32,
}

impl Look {
    fn of(tokens: &Tokens, style: Style, on: bool, response: &Response) -> Look {
        let none = Stroke::NONE;
        if !on {
            let fill = match style {
                Style::Quiet | Style::Leave => Color32::TRANSPARENT,
                _ => tokens.rule_soft,
            };
            return Look { fill, outline: none, text: tokens.ink_note };
        }
        if response.is_pointer_button_down_on() {
            return Look { fill: tokens.ink, outline: none, text: tokens.page };
        }
        let hovered = response.hovered();
        match style {
            Style::Primary => {
                let fill = if hovered { darker(tokens.pen_fill) } else { tokens.pen_fill };
                Look { fill, outline: none, text: tokens.on_pen }
            }
            Style::Secondary => Look {
                fill: if hovered { tokens.pen_wash } else { tokens.sheet },
                outline: Stroke::new(1.5, tokens.pen),
                text: tokens.pen,
            },
            Style::Quiet => Look {
                fill: if hovered { tokens.pen_wash } else { Color32::TRANSPARENT },
                outline: none,
                text: tokens.pen,
            },
            Style::Leave => Look {
                fill: if hovered { tokens.bad_wash } else { Color32::TRANSPARENT },
                outline: none,
                text: tokens.bad,
            },
        }
    }
}

fn darker(colour: Color32) -> Color32 {
    let [r, g, b, a] = colour.to_array();
    let by = |value: u8| (f32::from(value) * 0.92) as u8;
    Color32::from_rgba_premultiplied(by(r), by(g), by(b), a)
}

/// A word to press, in the line's own height: a link.
pub fn text_button(ui: &mut Ui, at: Pos2, align: Align2, kind: Type, label: &str) -> Response {
    let tokens = ui.tokens();
    let galley = ui.galley(kind, tokens.pen, label, f32::INFINITY);
    let rect = align.anchor_size(at, galley.size());
    let id = ui.id().with(("text", label, rect.left() as i32, rect.top() as i32));
    let response = ui.interact(rect.expand2(vec2(2.0, 3.0)), id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, label));
    if response.hovered() {
        ui.hline(rect.left()..=rect.right(), rect.bottom() - 1.0, 1.0, tokens.pen);
    }
    ui.paint(rect.min, galley);
    ui.focus_ring(&response, rect, 2);
    response
}

/// One of several, side by side; the place pressed.
pub fn segmented(
    ui: &mut Ui,
    at: Pos2,
    align: Align2,
    name: &str,
    choices: &[&str],
    chosen: usize,
) -> Option<usize> {
    let tokens = ui.tokens();
    let widths: Vec<f32> = choices
        .iter()
        .map(|text| {
            ui.galley(Type::InterfaceStrong, tokens.pen, text, f32::INFINITY).size().x + 30.0
        })
        .collect();
    let whole = align.anchor_size(at, vec2(widths.iter().sum(), 32.0));
    ui.painter().rect_filled(whole, 4, tokens.sheet);
    let (mut left, mut pressed) = (whole.left(), None);
    for (place, (text, width)) in choices.iter().zip(&widths).enumerate() {
        let rect = Rect::from_min_size(pos2(left, whole.top()), vec2(*width, 32.0));
        let id = Id::new(("segmented", name, place));
        let response = ui.interact(rect, id, Sense::click());
        let on = place == chosen;
        response.widget_info(|| {
            WidgetInfo::selected(WidgetType::RadioButton, true, on, format!("{name}: {text}"))
        });
        let (fill, ink) = match (on, response.hovered()) {
            (true, _) => (tokens.pen_fill, tokens.on_pen),
            (false, true) => (tokens.pen_wash, tokens.pen),
            (false, false) => (Color32::TRANSPARENT, tokens.pen),
        };
        ui.painter().rect_filled(rect, 4, fill);
        let galley = ui.galley(Type::InterfaceStrong, ink, text, f32::INFINITY);
        ui.paint(rect.center() - 0.5 * galley.size(), galley);
        ui.focus_ring(&response, rect, 4);
        if response.clicked() {
            pressed = Some(place);
        }
        left += width;
    }
    ui.painter().rect_stroke(
        whole,
        4,
        Stroke::new(1.2, tokens.faded(tokens.pen, 0.9)),
        StrokeKind::Inside,
    );
    pressed
}
