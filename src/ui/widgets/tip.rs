//! Notes on numbers: what a number is, how it moved and why. They come under the pointer and with the
//! keyboard's focus, with a line to what they are about, and can be pinned.

use bevy_egui::egui::{
    Align2, Area, Context, Frame, Id, Key, LayerId, Margin, Order, Pos2, Rect, Response, Sense,
    Stroke, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use super::bars::cause_bar;
use super::button::text_button;
use super::ink::House;
use crate::ui::tokens::Type;

/// What a note says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tip {
    title: String,
    figure: String,
    /// What the figure is, in a few words.
    unit: String,
    /// Since the last quarter.
    change: String,
    rows: Vec<Line>,
    note: String,
}

/// A line of a note: a part, or a cause with its amount.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    label: String,
    figure: String,
    by: Option<f64>,
}

const WIDTH: f32 = 262.0;
const PAD: f32 = 14.0;
/// Between a note and what it is about: room for its line.
const AWAY: f32 = 16.0;

impl Tip {
    pub fn new(title: impl Into<String>, figure: impl Into<String>) -> Tip {
        Tip { title: title.into(), figure: figure.into(), ..Tip::default() }
    }

    pub fn unit(mut self, unit: impl Into<String>) -> Tip {
        self.unit = unit.into();
        self
    }

    pub fn change(mut self, change: impl Into<String>) -> Tip {
        self.change = change.into();
        self
    }

    pub fn row(mut self, label: impl Into<String>, figure: impl Into<String>) -> Tip {
        self.rows.push(Line { label: label.into(), figure: figure.into(), by: None });
        self
    }

    /// A cause, drawn as a bar as long as its amount.
    pub fn cause(mut self, label: impl Into<String>, by: f64, figure: impl Into<String>) -> Tip {
        self.rows.push(Line { label: label.into(), figure: figure.into(), by: Some(by) });
        self
    }

    pub fn note(mut self, note: impl Into<String>) -> Tip {
        self.note = note.into();
        self
    }

    /// All of it as a screen reader says it.
    pub fn spoken(&self) -> String {
        let mut text = format!("{}: {}", self.title, self.figure);
        if !self.unit.is_empty() {
            text += &format!(", {}", self.unit);
        }
        if !self.change.is_empty() {
            text += &format!("; {} since the last quarter", self.change);
        }
        for line in &self.rows {
            text += &format!("; {}: {}", line.label, line.figure);
        }
        if !self.note.is_empty() {
            text += &format!(". {}", self.note);
        }
        text
    }

    fn show(&self, ui: &mut Ui, how_to_pin: bool) {
        let tokens = ui.tokens();
        ui.set_width(WIDTH - 2.0 * PAD);
        ui.spacing_mut().item_spacing = vec2(0.0, 4.0);
        row(ui, (Type::InterfaceStrong, Type::RowStrong), &self.title, &self.figure);
        if !self.unit.is_empty() || !self.change.is_empty() {
            let change = match self.change.is_empty() {
                true => String::new(),
                false => format!("{} on the quarter", self.change),
            };
            row(ui, (Type::Note, Type::Note), &self.unit, &change);
        }
        if !self.rows.is_empty() {
            ui.rule(1.0, tokens.rule, 3.0);
        }
        let most = self.rows.iter().filter_map(|line| line.by).map(f64::abs).fold(0.0, f64::max);
        for line in &self.rows {
            match line.by {
                Some(by) => cause_bar(ui, &line.label, &line.figure, by, most),
                None => row(ui, (Type::Note, Type::NoteStrong), &line.label, &line.figure),
            }
        }
        if !self.note.is_empty() {
            ui.rule(1.0, tokens.rule, 3.0);
            ui.say(Type::Note, tokens.ink_soft, &self.note);
        }
        if how_to_pin {
            ui.say(Type::Note, tokens.pen, "P pins this note");
        }
    }
}

fn row(ui: &mut Ui, (kind, figures): (Type, Type), label: &str, figure: &str) {
    let tokens = ui.tokens();
    let shade = |kind: Type| if kind == Type::Note { tokens.ink_soft } else { tokens.ink };
    let width = ui.available_width();
    let value = ui.galley(figures, shade(figures), figure, width);
    let text = ui.galley(kind, shade(kind), label, width - value.size().x - 10.0);
    let size = vec2(width, text.size().y.max(value.size().y));
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    ui.lay(rect.min, text);
    ui.lay(pos2(rect.right() - value.size().x, rect.top()), value);
}

fn pinned_id() -> Id {
    Id::new("pinned notes")
}

fn frame(ui: &Ui) -> Frame {
    let tokens = ui.tokens();
    Frame::new()
        .fill(tokens.sheet)
        .stroke(Stroke::new(1.2, tokens.ink))
        .corner_radius(4)
        .inner_margin(Margin::same(PAD as i8))
        .shadow(ui.style().visuals.popup_shadow)
}

/// Shows the note of what is under the pointer or has the focus; P pins it. Whether it is shown.
pub fn tip(ui: &Ui, response: &Response, make: impl FnOnce() -> Tip) -> bool {
    let focused = response.has_focus();
    let pointed = response.hovered() && rested(ui, response);
    if !focused && !pointed {
        return false;
    }
    let tip = make();
    let pressed = ui.input(|input| input.key_pressed(Key::P));
    if pressed && !ui.ctx().text_edit_focused() {
        ui.ctx().data_mut(|data| {
            let notes = data.get_temp_mut_or_default::<Vec<Tip>>(pinned_id());
            if !notes.contains(&tip) {
                notes.push(tip.clone());
            }
        });
    }
    if focused {
        ui.focus_ring(response, response.rect, 2);
        if !response.sense.senses_click() {
            // What only shows a number says all of it to whoever listens.
            let spoken = tip.spoken();
            let told = || WidgetInfo::labeled(WidgetType::Image, true, spoken.as_str());
            response.widget_info(told);
        }
    }
    beside(ui, response, &tip);
    true
}

/// Whether the pointer has stayed for a moment, so that notes do not flicker behind it.
fn rested(ui: &Ui, response: &Response) -> bool {
    let id = Id::new("the pointer rests");
    let now = ui.input(|input| input.time);
    let (delay, grace) = {
        let interaction = &ui.style().interaction;
        (f64::from(interaction.tooltip_delay), interaction.tooltip_grace_time)
    };
    let since = ui.ctx().data(|data| data.get_temp::<(Id, f64, f64)>(id));
    let began = match since {
        // From one number to the next there is no wait.
        Some((of, began, _)) if of == response.id => began,
        Some((_, began, last)) if now - last < f64::from(grace) && last - began >= delay => {
            now - delay
        }
        _ => now,
    };
    ui.ctx().data_mut(|data| data.insert_temp(id, (response.id, began, now)));
    let left = began + delay - now;
    if left > 1e-6 {
        ui.ctx().request_repaint_after_secs(left as f32);
        return false;
    }
    true
}

/// The note beside what it is about, below it or above, with a line between.
fn beside(ui: &Ui, response: &Response, tip: &Tip) {
    let about = response.rect.intersect(ui.clip_rect());
    let room = ui.ctx().content_rect().shrink(8.0);
    let below = about.center().y < room.top() + 0.55 * room.height();
    let left =
        (about.center().x - 40.0).clamp(room.left(), (room.right() - WIDTH).max(room.left()));
    let (pivot, y) = match below {
        true => (Align2::LEFT_TOP, about.bottom() + AWAY),
        false => (Align2::LEFT_BOTTOM, about.top() - AWAY),
    };
    let id = Id::new(("note", response.id));
    let shown = Area::new(id)
        .order(Order::Tooltip)
        .pivot(pivot)
        .fixed_pos(pos2(left, y))
        .constrain_to(room)
        .interactable(false)
        .show(ui.ctx(), |ui| frame(ui).show(ui, |ui| tip.show(ui, true)));
    leader(ui, about, shown.response.rect, below);
}

/// The line from a note to what it is about.
fn leader(ui: &Ui, about: Rect, note: Rect, below: bool) {
    let ink = ui.tokens().ink;
    let painter = ui.ctx().layer_painter(LayerId::new(Order::Tooltip, Id::new("leader line")));
    let x = (about.center().x).clamp(note.left() + 12.0, note.right() - 12.0);
    let (from, to): (Pos2, Pos2) = match below {
        true => (pos2(about.center().x, about.bottom() + 1.0), pos2(x, note.top())),
        false => (pos2(about.center().x, about.top() - 1.0), pos2(x, note.bottom())),
    };
    painter.line_segment([from, to], Stroke::new(1.2, ink));
    painter.circle_filled(from, 2.2, ink);
}

/// Takes down every pinned note.
pub fn unpin(context: &Context) {
    context.data_mut(|data| data.remove::<Vec<Tip>>(pinned_id()));
}

/// Notes that were pinned, in the lower left corner, the latest on top.
pub fn pinned_notes(context: &Context) {
    let notes = context.data(|data| data.get_temp::<Vec<Tip>>(pinned_id())).unwrap_or_default();
    let mut closed = None;
    for (place, note) in notes.iter().enumerate() {
        let offset = 18.0 * place as f32;
        Area::new(Id::new(("pinned", place)))
            .order(Order::Foreground)
            .default_pos(
                context.content_rect().left_bottom() + vec2(24.0 + offset, -280.0 - offset),
            )
            .pivot(Align2::LEFT_TOP)
            .movable(true)
            .show(context, |ui| {
                frame(ui).show(ui, |ui| {
                    note.show(ui, false);
                    let at = ui.next_widget_position();
                    let pressed =
                        text_button(ui, at, Align2::LEFT_TOP, Type::NoteStrong, "Take it down");
                    ui.allocate_space(vec2(1.0, 16.0));
                    if pressed.clicked() {
                        closed = Some(place);
                    }
                });
            });
    }
    if let Some(place) = closed {
        context.data_mut(|data| {
            data.get_temp_mut_or_default::<Vec<Tip>>(pinned_id()).remove(place);
        });
    }
}
