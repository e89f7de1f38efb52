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
    /// The same as it is printed, so that what is printed adds up.
    pub printed: f64,
    /// What is written under it: a word, and a line or two.
    pub title: String,
    pub note: String,
    /// Whether it is the player's own doing.
    pub ours: bool,
    /// As what did something, within a sentence.
    pub doing: String,
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
    let foot = foot(ui, rect, it);
    let axis = axis_room(ui, it);
    let plot = Rect::from_min_max(
        pos2(rect.left() + axis, rect.top() + 46.0),
        pos2(rect.right(), rect.bottom() - foot),
    );
    let (mut low, mut high, mut level) = (it.from.min(it.to), it.from.max(it.to), it.from);
    for fall in it.falls {
        level += fall.by;
        low = low.min(level);
        high = high.max(level);
    }
    let span = (high - low).max(1e-6);
    // An axis that does not begin at nought is cut: bars that are totals show a zigzag.
    let from_nought = low >= 0.0 && low - 0.35 * span <= 0.0;
    let base = if from_nought { 0.0 } else { low - 0.35 * span };
    let top = high + 0.10 * span;
    let y = |value: f64| plot.bottom() - ((value - base) / (top - base)) as f32 * plot.height();
    gridlines(ui, plot, (base, top), &y, it.write);
    let count = it.falls.len() + 2;
    let pitch = plot.width() / count as f32;
    let bar = 50.0f32.min(0.66 * pitch);
    let centre = |place: usize| plot.left() + (place as f32 + 0.5) * pitch;
    ui.hline(plot.left()..=plot.right(), plot.bottom(), 1.5, tokens.ink_note);
    let cut = !from_nought;
    let first = (centre(0), bar, y(it.from));
    total(ui, plot, first, tokens.ink_soft, &(it.write)(it.from), cut);
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
        total(ui, plot, (centre(last), bar, y(it.to)), it.colour, &(it.write)(it.to), cut);
    }
    caption(ui, centre(last), plot.bottom(), pitch, it.after.0, it.after.1);
    brackets(ui, it, (rect.top() + 24.0, rect.right()), (plot.left() + pitch, pitch), bar);
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
        let on_axis = (value - base).abs() < 1e-9 * (top - base);
        if on_axis {
            let at = pos2(plot.left() - 6.0, y(value));
            ui.ink(at, Align2::RIGHT_CENTER, Type::Note, tokens.ink_note, &write(value));
        } else if value > base + 0.1 * (top - base) {
            ui.hline(plot.left()..=plot.right(), y(value), 1.0, tokens.rule_soft);
            let at = pos2(plot.left() - 6.0, y(value));
            ui.ink(at, Align2::RIGHT_CENTER, Type::Note, tokens.ink_note, &write(value));
        }
        value += step;
    }
}

fn total(
    ui: &mut Ui,
    plot: Rect,
    (x, bar, top): (f32, f32, f32),
    colour: Color32,
    text: &str,
    cut: bool,
) {
    let tokens = ui.tokens();
    let rect = Rect::from_min_max(pos2(x - 0.5 * bar, top), pos2(x + 0.5 * bar, plot.bottom()));
    ui.painter().rect_filled(rect, 0, colour);
    if cut {
        let zigzag: Vec<_> = (0..=10)
            .map(|k| {
                let x = rect.left() + rect.width() * k as f32 / 10.0;
                pos2(x, plot.bottom() - 12.0 + if k % 2 == 0 { 2.5 } else { -2.5 })
            })
            .collect();
        ui.painter().add(Shape::line(zigzag, Stroke::new(2.6, tokens.page)));
    }
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
    let figure = (it.write_change)(fall.printed);
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
        [(Type::NoteStrong, tokens.ink, title, 3), (Type::Note, tokens.ink_soft, note, 3)]
    {
        let galley = ui.galley(kind, colour, text, width);
        for row in galley.rows.iter().take(most) {
            let line = row.text();
            let rect = ui.ink(pos2(x, y), Align2::CENTER_TOP, kind, colour, line.trim());
            y = rect.bottom();
        }
    }
}

/// Our doing and the others', bracketed and summed, where they stand together. A sum wider than its
/// bracket stands over it.
fn brackets(
    ui: &mut Ui,
    it: &Cascade,
    (y, right): (f32, f32),
    (left, pitch): (f32, f32),
    bar: f32,
) {
    let tokens = ui.tokens();
    let ours = it.falls.iter().take_while(|fall| fall.ours).count();
    if ours == 0 {
        // Nothing to set apart.
        return;
    }
    let groups = [(0, ours, "our doing"), (ours, it.falls.len(), "the others")];
    let mut free = f32::NEG_INFINITY;
    for (from, to, name) in groups {
        if from >= to {
            continue;
        }
        let sum: f64 = it.falls[from..to].iter().map(|fall| fall.printed).sum();
        let colour = if sum >= 0.0 { tokens.good } else { tokens.bad };
        let start = left + (from as f32 + 0.5) * pitch - 0.5 * bar;
        let end = left + (to as f32 - 0.5) * pitch + 0.5 * bar;
        let text = format!("{name}, {}", (it.write_change)(sum));
        let stroke = Stroke::new(1.5, colour);
        let label = ui.galley(Type::NoteStrong, colour, &text, f32::INFINITY);
        let size = label.size();
        let inside = size.x + 20.0 < end - start;
        let lift = if inside { 0.0 } else { 12.0 };
        let middle = 0.5 * (start + end);
        let at = (middle - 0.5 * size.x).max(free).min(right - size.x);
        let label = ui.lay(pos2(at, y - lift - 0.5 * size.y), label);
        free = label.right() + 12.0;
        let ends = match inside {
            true => [(start, label.left() - 10.0), (end, label.right() + 10.0)],
            false => [(start, middle), (end, middle)],
        };
        for (edge, inner) in ends {
            let line = vec![pos2(edge, y + 5.0), pos2(edge, y), pos2(inner, y)];
            ui.painter().add(Shape::line(line, stroke));
        }
    }
}

/// The widest figure of the axis.
fn axis_room(ui: &Ui, it: &Cascade) -> f32 {
    let ink = ui.tokens().ink;
    let wide = [it.from, it.to]
        .map(|value| ui.galley(Type::Note, ink, &(it.write)(value), f32::INFINITY).size().x + 10.0);
    wide.into_iter().fold(36.0, f32::max)
}

/// What the captions under the bars take.
fn foot(ui: &Ui, rect: Rect, it: &Cascade) -> f32 {
    let ink = ui.tokens().ink;
    let width = (rect.width() - 44.0) / (it.falls.len() + 2) as f32 - 4.0;
    let lines = |title: &str, note: &str| {
        let rows = |kind: Type, text: &str, most: usize| {
            ui.galley(kind, ink, text, width)
                .rows
                .iter()
                .filter(|row| !row.text().trim().is_empty())
                .count()
                .min(most)
        };
        rows(Type::NoteStrong, title, 3) + rows(Type::Note, note, 3)
    };
    let all = it.falls.iter().map(|fall| lines(&fall.title, &fall.note));
    let ends = [it.before, it.after].map(|(title, note)| lines(title, note));
    let most = all.chain(ends).max().unwrap_or(1);
    12.0 + 16.0 * most as f32
}
