//! Tooltips: what a number is, its causes, how to go on; and those that were pinned.

use bevy_egui::egui::{
    Align2, Area, Context, Frame, Id, Key, Order, Response, Stroke, Tooltip, Ui, pos2, vec2,
};

use super::button::text_button;
use super::ink::House;
use crate::ui::tokens::Type;

/// What a tooltip says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tip {
    pub title: String,
    pub figure: String,
    /// Causes, with their figures.
    pub rows: Vec<(String, String)>,
    pub note: String,
}

const WIDTH: f32 = 262.0;

impl Tip {
    pub fn new(title: impl Into<String>, figure: impl Into<String>) -> Tip {
        Tip { title: title.into(), figure: figure.into(), ..Tip::default() }
    }

    pub fn row(mut self, label: impl Into<String>, figure: impl Into<String>) -> Tip {
        self.rows.push((label.into(), figure.into()));
        self
    }

    pub fn note(mut self, note: impl Into<String>) -> Tip {
        self.note = note.into();
        self
    }

    fn show(&self, ui: &mut Ui, how_to_pin: bool) {
        let tokens = ui.tokens();
        ui.set_width(WIDTH - 28.0);
        ui.spacing_mut().item_spacing = vec2(0.0, 4.0);
        row(ui, Type::InterfaceStrong, &self.title, &self.figure);
        if !self.rows.is_empty() {
            ui.rule(1.0, tokens.rule, 3.0);
        }
        for (label, figure) in &self.rows {
            row(ui, Type::Note, label, figure);
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

fn row(ui: &mut Ui, kind: Type, label: &str, figure: &str) {
    let tokens = ui.tokens();
    let colour = if kind == Type::Note { tokens.ink_soft } else { tokens.ink };
    let width = ui.available_width();
    let value = ui.galley(Type::NoteStrong, tokens.ink, figure, f32::INFINITY);
    let text = ui.galley(kind, colour, label, width - value.size().x - 10.0);
    let (rect, _) = ui.allocate_exact_size(
        vec2(width, text.size().y.max(value.size().y)),
        bevy_egui::egui::Sense::hover(),
    );
    ui.lay(rect.min, text);
    ui.lay(pos2(rect.right() - value.size().x, rect.top() + 1.0), value);
}

fn pinned_id() -> Id {
    Id::new("pinned notes")
}

/// Shows a tooltip for what is under the pointer or has the focus; P pins it.
pub fn tip(ui: &Ui, response: &Response, make: impl FnOnce() -> Tip) {
    if !response.hovered()
        && !response.has_focus()
        && !Tooltip::should_show_tooltip(response, false)
    {
        return;
    }
    let tip = make();
    let pressed = response.hovered() && ui.input(|input| input.key_pressed(Key::P));
    if pressed && !ui.ctx().text_edit_focused() {
        ui.ctx().data_mut(|data| {
            let notes = data.get_temp_mut_or_default::<Vec<Tip>>(pinned_id());
            if !notes.contains(&tip) {
                notes.push(tip.clone());
            }
        });
    }
    response.clone().on_hover_ui(|ui| tip.show(ui, true));
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
                let tokens = ui.tokens();
                Frame::popup(ui.style())
                    .fill(tokens.sheet)
                    .stroke(Stroke::new(1.2, tokens.ink))
                    .show(ui, |ui| {
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
