//! The waterfall of causes: from where one was to where one is, cause by cause.

use bevy_egui::egui::{Align2, Color32, Rect, Shape, Stroke, Ui, pos2, vec2};

use super::ink::House;
use super::marks::hatch;
use super::tip::{Tip, tip};
use crate::ui::tokens::Type;

/// One bar of a waterfall.
#[derive(Clone, Debug, PartialEq)]
pub struct Fall {
    pub by: f64,
    /// What is written under it: a word, and a line or two.
    pub title: String,
    pub note: String,
    /// Whether it is the player's own doing.
    pub ours: bool,
    /// The whole story, for the tooltip.
    pub why: String,
}

/// What a waterfall shows.
pub struct Cascade<'a> {
    pub from: f64,
    pub to: f64,
    pub falls: &'a [Fall],
    pub before: (&'a str, &'a str),
    pub after: (&'a str, &'a str),
    pub write: &'a dyn Fn(f64) -> String,
    pub write_change: &'a dyn Fn(f64) -> String,
    pub colour: Color32,
    /// How many bars have dropped in, and how far the last one is.
    pub shown: f32,
}

pub fn waterfall(ui: &mut Ui, rect: Rect, it: &Cascade) {
    let tokens = ui.tokens();
    let foot = 66.0;
    let plot = Rect::from_min_max(
        pos2(rect.left() + 44.0, rect.top() + 46.0),
        pos2(rect.right(), rect.bottom() - foot),
    );
    let (mut low, mut high, mut level) = (it.from.min(it.to), it.from.max(it.to), it.from);
    for fall in it.falls {
        level += fall.by;
        low = low.min(level);
        high = high.max(level);
    }
    let span = (high - low).max(1e-6);
    // The axis is cut: bars that are totals show a zigzag.
    let base = low - 0.35 * span;
    let top = high + 0.10 * span;
    let y = |value: f64| plot.bottom() - ((value - base) / (top - base)) as f32 * plot.height();
    gridlines(ui, plot, (base, top), &y, it.write);
    let count = it.falls.len() + 2;
    let pitch = plot.width() / count as f32;
    let bar = 50.0f32.min(0.66 * pitch);
    let centre = |place: usize| plot.left() + (place as f32 + 0.5) * pitch;
    ui.hline(plot.left()..=plot.right(), plot.bottom(), 1.5, tokens.ink_note);
    total(ui, plot, (centre(0), bar), y(it.from), tokens.ink_soft, &(it.write)(it.from));
    caption(ui, centre(0), plot.bottom(), pitch, it.before.0, it.before.1);
    let mut level = it.from;
    for (place, fall) in it.falls.iter().enumerate() {
        let part = (it.shown - place as f32).clamp(0.0, 1.0);
        let next = level + fall.by;
        if part > 0.0 {
            one(ui, it, fall, place, (centre(place + 1), bar, pitch), (y(level), y(next)), part);
        }
        let join = centre(place) + 0.5 * bar..=centre(place + 1) - 0.5 * bar;
        ui.hline(join, y(level), 1.2, tokens.ink);
        caption(ui, centre(place + 1), plot.bottom(), pitch, &fall.title, &fall.note);
        level = next;
    }
    let last = count - 1;
    if it.shown >= it.falls.len() as f32 {
        let join = centre(last - 1) + 0.5 * bar..=centre(last) - 0.5 * bar;
        ui.hline(join, y(level), 1.2, tokens.ink);
        total(ui, plot, (centre(last), bar), y(it.to), it.colour, &(it.write)(it.to));
    }
    caption(ui, centre(last), plot.bottom(), pitch, it.after.0, it.after.1);
    brackets(ui, it, rect.top() + 16.0, (plot.left() + pitch, pitch), bar);
}

fn gridlines(
    ui: &mut Ui,
    plot: Rect,
    (base, top): (f64, f64),
    y: &dyn Fn(f64) -> f32,
    write: &dyn Fn(f64) -> String,
) {
    let tokens = ui.tokens();
    let ((low, _), step) = super::charts::LineChart::fitted([base, top].into_iter(), false);
    let mut value = low;
    while value < top {
        if value > base + 0.1 * (top - base) {
            ui.hline(plot.left()..=plot.right(), y(value), 1.0, tokens.rule_soft);
            let at = pos2(plot.left() - 6.0, y(value));
            ui.ink(at, Align2::RIGHT_CENTER, Type::Note, tokens.ink_note, &write(value));
        }
        value += step;
    }
}

fn total(ui: &mut Ui, plot: Rect, (x, bar): (f32, f32), top: f32, colour: Color32, text: &str) {
    let tokens = ui.tokens();
    let rect = Rect::from_min_max(pos2(x - 0.5 * bar, top), pos2(x + 0.5 * bar, plot.bottom()));
    ui.painter().rect_filled(rect, 0, colour);
    let zigzag: Vec<_> = (0..=10)
        .map(|k| {
            let x = rect.left() + rect.width() * k as f32 / 10.0;
            pos2(x, plot.bottom() - 12.0 + if k % 2 == 0 { 2.5 } else { -2.5 })
        })
        .collect();
    ui.painter().add(Shape::line(zigzag, Stroke::new(2.6, tokens.page)));
    ui.ink(pos2(x, top - 4.0), Align2::CENTER_BOTTOM, Type::FigureSmall, tokens.ink, text);
}

fn one(
    ui: &mut Ui,
    it: &Cascade,
    fall: &Fall,
    place: usize,
    (x, bar, pitch): (f32, f32, f32),
    (from, to): (f32, f32),
    part: f32,
) {
    let tokens = ui.tokens();
    let end = from + (to - from) * part;
    let rect = Rect::from_min_max(
        pos2(x - 0.5 * bar, from.min(end)),
        pos2(x + 0.5 * bar, from.max(end).max(from.min(end) + 1.5)),
    );
    let helps = fall.by >= 0.0;
    if helps {
        ui.painter().rect_filled(rect, 0, tokens.good);
    } else if rect.height() > 6.0 {
        hatch(ui.painter(), rect, tokens.bad, 2.4, 7.0 / std::f32::consts::SQRT_2);
    } else {
        ui.painter().rect_filled(rect, 0, tokens.bad);
    }
    let figure = (it.write_change)(fall.by);
    let (colour, at, align) = if helps {
        (tokens.good, pos2(x, rect.top() - 3.0), Align2::CENTER_BOTTOM)
    } else {
        (tokens.bad, pos2(x, rect.bottom() + 3.0), Align2::CENTER_TOP)
    };
    ui.ink(at, align, Type::RowStrong, colour, &figure);
    let id = ui.id().with(("fall", place));
    let area = Rect::from_center_size(rect.center(), vec2(pitch, rect.height().max(30.0)));
    let told = ui.told(area, id, &format!("{}: {figure}. {}", fall.title, fall.why));
    tip(ui, &told, || Tip::new(fall.title.clone(), figure.clone()).note(fall.why.clone()));
}

fn caption(ui: &mut Ui, x: f32, top: f32, pitch: f32, title: &str, note: &str) {
    let tokens = ui.tokens();
    let width = pitch - 4.0;
    let mut y = top + 8.0;
    for (kind, colour, text, most) in
        [(Type::NoteStrong, tokens.ink, title, 2), (Type::Note, tokens.ink_soft, note, 3)]
    {
        let galley = ui.galley(kind, colour, text, width);
        for row in galley.rows.iter().take(most) {
            let line = row.text();
            let rect = ui.ink(pos2(x, y), Align2::CENTER_TOP, kind, colour, line.trim());
            y = rect.bottom();
        }
    }
}

/// Our doing and the others', bracketed and summed, where they stand together.
fn brackets(ui: &mut Ui, it: &Cascade, y: f32, (left, pitch): (f32, f32), bar: f32) {
    let tokens = ui.tokens();
    let ours = it.falls.iter().take_while(|fall| fall.ours).count();
    if ours == 0 {
        // Nothing to set apart.
        return;
    }
    let groups = [(0, ours, "our doing"), (ours, it.falls.len(), "the others")];
    for (from, to, name) in groups {
        if from >= to {
            continue;
        }
        let sum: f64 = it.falls[from..to].iter().map(|fall| fall.by).sum();
        let colour = if sum >= 0.0 { tokens.good } else { tokens.bad };
        let start = left + (from as f32 + 0.5) * pitch - 0.5 * bar;
        let end = left + (to as f32 - 0.5) * pitch + 0.5 * bar;
        let text = format!("{name}, {}", (it.write_change)(sum));
        let middle = 0.5 * (start + end);
        let label = ui.ink(pos2(middle, y), Align2::CENTER_CENTER, Type::NoteStrong, colour, &text);
        let stroke = Stroke::new(1.5, colour);
        if label.left() - 10.0 > start {
            let line = vec![pos2(start, y + 5.0), pos2(start, y), pos2(label.left() - 10.0, y)];
            ui.painter().add(Shape::line(line, stroke));
            let line = vec![pos2(end, y + 5.0), pos2(end, y), pos2(label.right() + 10.0, y)];
            ui.painter().add(Shape::line(line, stroke));
        }
    }
}
