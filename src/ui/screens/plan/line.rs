//! One lever on its line: name, track, cost, what it is expected to do.

use crate::sim::setting::Step;
use crate::ui::screens::Scene;
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, toggle_chip};
use bevy_egui::egui::{Align2, Rect, Sense, Ui, pos2, vec2};

/// One lever on its line.
pub(super) struct Line<'a> {
    pub title: &'a str,
    pub note: &'a str,
    pub cost: String,
    pub cost_note: &'a str,
    pub effect: String,
    pub effect_note: String,
}

/// Columns of the plan.
pub(super) struct Columns {
    pub lever: (f32, f32),
    pub cost: f32,
    pub effect: f32,
    pub small: bool,
}

impl Columns {
    fn of(rect: Rect, small: bool) -> Columns {
        let x = |part: f32| rect.left() + part * rect.width();
        match small {
            true => Columns { lever: (x(0.20), x(0.60)), cost: x(0.74), effect: x(0.76), small },
            false => Columns { lever: (x(0.22), x(0.565)), cost: x(0.69), effect: x(0.715), small },
        }
    }
}

pub(super) fn header(ui: &mut Ui, scene: &Scene, rect: Rect) {
    let tokens = ui.tokens();
    let over = scene.desk.view.step == Step::Plan;
    let title =
        if over { "The levers for the quarter" } else { "The levers, once the talks are over" };
    let title = ui.ink(rect.min, Align2::LEFT_TOP, Type::Section, tokens.ink, title);
    let columns = Columns::of(rect, ui.grid().small);
    let y = title.bottom() + 14.0;
    ui.ink(pos2(rect.left(), y), Align2::LEFT_CENTER, Type::Note, tokens.ink_soft, "Lever");
    let runs = [
        (Type::Note, tokens.ink_soft, "Set it "),
        (Type::Note, tokens.ink_note, "(the black tick is last quarter)"),
    ];
    let galley = ui.runs(&runs, f32::INFINITY);
    ui.lay(pos2(columns.lever.0, y - 0.5 * galley.size().y), galley);
    ui.ink(pos2(columns.cost, y), Align2::RIGHT_CENTER, Type::Note, tokens.ink_soft, "Cost");
    ui.ink(
        pos2(columns.effect + 20.0, y),
        Align2::LEFT_CENTER,
        Type::Note,
        tokens.ink_soft,
        "Expected, about",
    );
    ui.hline(rect.left()..=rect.right(), y + 14.0, 1.0, tokens.rule);
    ui.allocate_space(vec2(rect.width(), y + 14.0 - rect.top()));
}

/// Room for a line; draws what is written on it. What is to be turned goes between.
pub(super) fn line(
    ui: &mut Ui,
    margin: f32,
    width: f32,
    height: f32,
    it: &Line,
) -> (Rect, Columns) {
    let tokens = ui.tokens();
    let small = ui.grid().small;
    let (full, _) = ui.allocate_exact_size(vec2(width + margin, height), Sense::hover());
    let rect = Rect::from_min_size(pos2(full.left() + margin, full.top()), vec2(width, height));
    let columns = Columns::of(rect, small);
    let y = rect.center().y;
    let room = columns.lever.0 - rect.left() - 24.0;
    let name = ui.galley(Type::Story, tokens.ink, it.title, room);
    let note = ui.galley(Type::Note, tokens.ink_soft, it.note, room);
    let both = name.size().y + if small { 0.0 } else { note.size().y };
    let top = y - 0.5 * both;
    let bottom = ui.lay(pos2(rect.left(), top), name).bottom();
    if !small {
        ui.lay(pos2(rect.left(), bottom), note);
    }
    let at = pos2(columns.cost, y - if it.cost_note.is_empty() { 0.0 } else { 9.0 });
    let kind = if small { Type::RowStrong } else { Type::FigureSmall };
    ui.ink(at, Align2::RIGHT_CENTER, kind, tokens.ink, &it.cost);
    let at = pos2(columns.cost, y + 11.0);
    ui.ink(at, Align2::RIGHT_CENTER, Type::Note, tokens.ink_soft, it.cost_note);
    let x = columns.effect + 20.0;
    let width = rect.right() - x;
    let effect = ui.galley(Type::RowStrong, tokens.ink, &it.effect, width);
    let note = ui.galley(Type::Note, tokens.ink_soft, &it.effect_note, width);
    let top = y - 0.5 * (effect.size().y + note.size().y);
    let bottom = ui.lay(pos2(x, top), effect).bottom();
    ui.lay(pos2(x, bottom + 1.0), note);
    ui.hline(rect.left()..=rect.right(), rect.bottom(), 1.0, tokens.rule);
    (rect, columns)
}

pub(super) fn track(rect: Rect, columns: &Columns) -> Rect {
    let height = if columns.small { 66.0 } else { 74.0 };
    Rect::from_center_size(
        pos2(0.5 * (columns.lever.0 + columns.lever.1), rect.center().y),
        vec2(columns.lever.1 - columns.lever.0, height),
    )
}

pub(super) fn height(ui: &Ui) -> f32 {
    if ui.grid().small { 84.0 } else { 104.0 }
}

pub(super) fn off(scene: &Scene) -> Option<String> {
    match scene.desk.view.step {
        Step::Plan if !scene.desk.busy() => None,
        _ => Some("The levers are turned once the talks of the quarter are over.".to_owned()),
    }
}

/// A price index as a per cent of the opening.
pub(super) fn index(value: f64) -> String {
    let by = 100.0 * (value - 1.0);
    match by {
        b if b.abs() < 0.05 => "opening".to_owned(),
        b if b < 0.0 => format!("−{:.0}%", -b),
        b => format!("+{b:.0}%"),
    }
}

/// Round chips in as many rows as it takes; the one pressed.
pub(super) fn choices(
    ui: &mut Ui,
    rect: Rect,
    columns: &Columns,
    scene: &Scene,
    group: &str,
    names: &[String],
    chosen: usize,
) -> Option<usize> {
    let (left, right) = (columns.lever.0, columns.cost - 76.0);
    let widths: Vec<f32> = names
        .iter()
        .enumerate()
        .map(|(place, name)| {
            let text = ui.galley(Type::NoteStrong, ui.tokens().ink, name, f32::INFINITY);
            text.size().x + if place == chosen { 36.0 } else { 24.0 }
        })
        .collect();
    let mut rows = vec![Vec::new()];
    let mut x = left;
    for (place, width) in widths.iter().enumerate() {
        if x + width > right && x > left {
            rows.push(Vec::new());
            x = left;
        }
        if let Some(row) = rows.last_mut() {
            row.push((place, x));
        }
        x += width + 6.0;
    }
    let mut pressed = None;
    let on = off(scene).is_none();
    for (number, row) in rows.iter().enumerate() {
        let y = rect.center().y + 34.0 * (number as f32 - 0.5 * (rows.len() as f32 - 1.0));
        for (place, x) in row {
            let response = toggle_chip(
                ui,
                pos2(*x, y),
                Align2::LEFT_CENTER,
                group,
                &names[*place],
                *place == chosen,
            );
            if on && response.clicked() && *place != chosen {
                pressed = Some(*place);
            }
        }
    }
    pressed
}

pub(super) fn small_toggle(
    ui: &mut Ui,
    at: bevy_egui::egui::Pos2,
    label: &str,
    on: bool,
) -> bevy_egui::egui::Response {
    toggle_chip(ui, at, Align2::LEFT_CENTER, "Price of", label, on)
}
