//! One lever on its line: name, track, cost, what it is expected to do, and what it may do by itself.

use super::alone::Alone;
use crate::sim::setting::Step;
use crate::ui::screens::Scene;
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Tip, chip_width, choice_chip, range_bar, tip};
use bevy_egui::egui::{Align2, Rect, Sense, Ui, pos2, vec2};

/// One lever on its line.
#[derive(Default)]
pub(super) struct Line<'a> {
    pub title: &'a str,
    pub note: &'a str,
    pub cost: String,
    pub cost_note: &'a str,
    pub effect: String,
    pub effect_note: String,
    /// What it may do by itself, once it is turned.
    pub alone: Option<&'a Alone>,
    /// Room under all of it, for more to turn.
    pub strip: f32,
}

/// Height of a line on which little is turned.
pub(super) const LOW: f32 = 64.0;
/// Over and under what is written.
const PAD: f32 = 10.0;
/// Between the columns of cost and effect.
const GAP: f32 = 20.0;
const BAR: f32 = 20.0;

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

impl Columns {
    /// Where chips may stand on a line that costs nothing.
    pub(super) fn chips(&self) -> (f32, f32) {
        (self.lever.0, self.effect + GAP - 16.0)
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
        (Type::Note, tokens.ink_note, "(the tick is last quarter)"),
    ];
    let galley = ui.runs(&runs, f32::INFINITY);
    ui.lay(pos2(columns.lever.0, y - 0.5 * galley.size().y), galley);
    ui.ink(pos2(columns.cost, y), Align2::RIGHT_CENTER, Type::Note, tokens.ink_soft, "Cost");
    let runs = [
        (Type::Note, tokens.ink_soft, "Expected, about "),
        (Type::Note, tokens.ink_note, "(once turned, its range)"),
    ];
    let runs = if columns.small { &runs[..1] } else { &runs[..] };
    let galley = ui.runs(runs, f32::INFINITY);
    ui.lay(pos2(columns.effect + GAP, y - 0.5 * galley.size().y), galley);
    ui.hline(rect.left()..=rect.right(), y + 14.0, 1.0, tokens.rule);
    ui.allocate_space(vec2(rect.width(), y + 14.0 - rect.top()));
}

/// Room for a line, at least as high as what is written on it, and draws that. What is to be turned goes
/// between: into the rectangle returned, which its strip lies under.
pub(super) fn line(
    ui: &mut Ui,
    margin: f32,
    width: f32,
    height: f32,
    it: &Line,
) -> (Rect, Columns) {
    let tokens = ui.tokens();
    let small = ui.grid().small;
    let at = ui.next_widget_position() + vec2(margin, 0.0);
    let columns = Columns::of(Rect::from_min_size(at, vec2(width, height)), small);
    let room = columns.lever.0 - at.x - 24.0;
    let name = ui.galley(Type::Story, tokens.ink, it.title, room);
    let note = ui.galley(Type::Note, tokens.ink_soft, if small { "" } else { it.note }, room);
    let left = name.size().y + if small { 0.0 } else { note.size().y };
    let x = columns.effect + GAP;
    let room = at.x + width - x;
    let effect = ui.galley(Type::RowStrong, tokens.ink, &it.effect, room);
    let second = ui.galley(Type::Note, tokens.ink_soft, &it.effect_note, room);
    let range = it.alone.map(|alone| ui.galley(Type::Note, tokens.ink_soft, &alone.text, room));
    let noted = !small && !it.effect_note.is_empty();
    let right = effect.size().y
        + range.as_ref().map_or(0.0, |range| BAR + range.size().y)
        + if noted { 1.0 + second.size().y } else { 0.0 };
    let height = height.max(left.max(right) + 2.0 * PAD);
    let size = vec2(width + margin, height + it.strip);
    let (full, _) = ui.allocate_exact_size(size, Sense::hover());
    let rect = Rect::from_min_size(full.min + vec2(margin, 0.0), vec2(width, height));
    let y = rect.center().y;
    let bottom = ui.lay(pos2(rect.left(), y - 0.5 * left), name).bottom();
    if !small {
        ui.lay(pos2(rect.left(), bottom), note);
    }
    let at = pos2(columns.cost, y - if it.cost_note.is_empty() { 0.0 } else { 9.0 });
    let kind = if small { Type::RowStrong } else { Type::FigureSmall };
    ui.ink(at, Align2::RIGHT_CENTER, kind, tokens.ink, &it.cost);
    let at = pos2(columns.cost, y + 11.0);
    ui.ink(at, Align2::RIGHT_CENTER, Type::Note, tokens.ink_soft, it.cost_note);
    let effect = ui.lay(pos2(x, y - 0.5 * right), effect);
    if small && !it.effect_note.is_empty() {
        // The second line has gone; it is there for who asks.
        let name = format!("{}: {}", it.title, it.effect_note);
        let told = ui.told(effect, ui.id().with(("effect", it.title)), &name);
        tip(ui, &told, || Tip::new(it.title, it.effect.clone()).note(it.effect_note.clone()));
    }
    let mut bottom = effect.bottom();
    if let (Some(alone), Some(range)) = (it.alone, range) {
        let bar = Rect::from_min_size(pos2(x, bottom), vec2(room.min(260.0), BAR));
        match alone.band {
            Some(band) => {
                let ends = (-alone.scale, alone.scale);
                range_bar(ui, bar, ends, (band.low_10pct, band.median, band.high_90pct), tokens.pen)
            }
            None => ui.hline(bar.left()..=bar.right(), bar.center().y, 1.0, tokens.rule),
        }
        bottom = ui.lay(pos2(x, bar.bottom()), range).bottom();
    }
    if noted {
        ui.lay(pos2(x, bottom + 1.0), second);
    }
    ui.hline(rect.left()..=rect.right(), full.bottom(), 1.0, tokens.rule);
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
        b if b.abs() < 0.05 => "0%".to_owned(),
        b if b < 0.0 => format!("−{:.0}%", -b),
        b => format!("+{b:.0}%"),
    }
}

/// Round chips in as many rows as it takes, of about one length, over the middle of a line; the one
/// pressed.
pub(super) fn choices(
    ui: &mut Ui,
    rect: Rect,
    (left, right): (f32, f32),
    scene: &Scene,
    group: &str,
    names: &[String],
    on: impl Fn(usize) -> bool,
) -> Option<usize> {
    let widths: Vec<f32> =
        names.iter().enumerate().map(|(place, name)| chip_width(ui, name, on(place))).collect();
    let rows = rows_of(&widths, right - left);
    let live = off(scene).is_none();
    let mut pressed = None;
    let mut place = 0;
    for (number, count) in rows.iter().enumerate() {
        let y = rect.center().y + CHIPS * (number as f32 - 0.5 * (rows.len() as f32 - 1.0));
        let mut x = left;
        for _ in 0..*count {
            let named = (group, names[place].as_str());
            let at = pos2(x, y);
            let response = choice_chip(ui, at, Align2::LEFT_CENTER, named, on(place), live);
            if response.clicked() {
                pressed = Some(place);
            }
            x += widths[place] + BETWEEN;
            place += 1;
        }
    }
    pressed
}

/// From a row of chips to the next, and from a chip to the next.
pub(super) const CHIPS: f32 = 34.0;
const BETWEEN: f32 = 6.0;

/// How many chips each row has: as few rows as fit, the longest of them as short as can be.
pub(super) fn rows_of(widths: &[f32], room: f32) -> Vec<usize> {
    let fill = |room: f32| {
        let mut rows = vec![0];
        let mut x = 0.0;
        for width in widths {
            if x + width > room && x > 0.0 {
                rows.push(0);
                x = 0.0;
            }
            if let Some(row) = rows.last_mut() {
                *row += 1;
            }
            x += width + BETWEEN;
        }
        rows
    };
    let mut best = fill(room);
    let mut room = room - 8.0;
    while room > 0.0 {
        let tighter = fill(room);
        if tighter.len() > best.len() {
            break;
        }
        best = tighter;
        room -= 8.0;
    }
    best
}

#[cfg(test)]
mod tests {
    use super::rows_of;

    #[test]
    fn chips_stand_in_as_few_rows_as_fit_and_none_alone() {
        assert_eq!(rows_of(&[60.0, 90.0, 100.0, 90.0, 80.0], 450.0), [5]);
        assert_eq!(rows_of(&[60.0, 90.0, 100.0, 90.0, 80.0], 370.0), [3, 2]);
        assert_eq!(rows_of(&[60.0], 20.0), [1]);
    }
}
