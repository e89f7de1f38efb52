//! Charts: lines with direct labels, sparklines, arcs.

use bevy_egui::egui::{Align2, Color32, Painter, Pos2, Rect, Shape, Stroke, Ui, Vec2, pos2, vec2};

use super::ink::House;
use super::marks::draw_mark;
use super::tip::{Tip, tip};
use crate::ui::tokens::{Mark, Type};

/// One line of a chart.
pub struct Series {
    pub name: String,
    pub mark: Mark,
    pub values: Vec<f64>,
    /// The player's own: heavier.
    pub mine: bool,
}

/// Lines over quarters, labelled at their ends.
pub struct LineChart<'a> {
    pub series: &'a [Series],
    /// The value axis.
    pub range: (f64, f64),
    pub step: f64,
    pub write: &'a dyn Fn(f64) -> String,
    pub first: &'a str,
    pub last: &'a str,
    /// A goal to reach, with its label.
    pub goal: Option<(f64, &'a str)>,
    /// Whether names are written beside the marks.
    pub named: bool,
    /// What a line's label tells when asked, by the line's place.
    pub note: Option<&'a dyn Fn(usize) -> Tip>,
}

impl LineChart<'_> {
    /// A range around the values, and a step for its gridlines.
    pub fn fitted(values: impl Iterator<Item = f64>, from_nought: bool) -> ((f64, f64), f64) {
        let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in values {
            low = low.min(value);
            high = high.max(value);
        }
        if !low.is_finite() {
            return ((0.0, 1.0), 0.5);
        }
        if from_nought {
            low = low.min(0.0);
        }
        let span = (high - low).max(1e-3);
        let rough = span / 4.0;
        let power = libm::pow(10.0, libm::log10(rough).floor());
        let step = [1.0, 2.0, 5.0, 10.0]
            .into_iter()
            .map(|times| times * power)
            .find(|step| *step >= rough)
            .unwrap_or(power);
        (((low / step).floor() * step, (high / step).ceil() * step), step)
    }

    pub fn draw(&self, ui: &mut Ui, rect: Rect) {
        let tokens = ui.tokens();
        let (low, high) = self.range;
        let wide =
            |kind: Type, text: &str| ui.galley(kind, tokens.ink, text, f32::INFINITY).size().x;
        let label = |series: &Series| {
            let last = series.values.last().copied().unwrap_or_default();
            wide(Type::RowStrong, &self.label(series, last))
        };
        let label_room = 29.0 + self.series.iter().map(label).fold(24.0, f32::max);
        let both = wide(Type::Note, self.first) + wide(Type::Note, self.last) + 12.0;
        let axis = [low, high].map(|value| wide(Type::Note, &(self.write)(value)));
        let plot = Rect::from_min_max(
            pos2(rect.left() + axis[0].max(axis[1]) + 9.0, rect.top() + 10.0),
            pos2(rect.right() - label_room, rect.bottom() - 22.0),
        );
        let y = |value: f64| {
            plot.bottom() - ((value - low) / (high - low).max(1e-9)) as f32 * plot.height()
        };
        // Where gridlines are close, the ends alone are labelled.
        let close = plot.height() < 120.0 || plot.bottom() - y(low + self.step) < 17.0;
        let mut value = low;
        while value <= high + 1e-9 {
            let base = value <= low + 1e-9;
            let end = base || value + self.step > high + 1e-9;
            let (colour, width) =
                if base { (tokens.ink_note, 1.2) } else { (tokens.rule_soft, 1.0) };
            ui.hline(plot.left()..=plot.right(), y(value), width, colour);
            if end || !close {
                let text = (self.write)(value);
                let at = pos2(plot.left() - 8.0, y(value));
                ui.ink(at, Align2::RIGHT_CENTER, Type::Note, tokens.ink_note, &text);
            }
            value += self.step;
        }
        if let Some((goal, label)) = self.goal.filter(|(goal, _)| *goal >= low && *goal <= high) {
            let line = [pos2(plot.left(), y(goal)), pos2(plot.right(), y(goal))];
            ui.painter().extend(Shape::dashed_line(&line, Stroke::new(1.2, tokens.ink), 2.0, 4.0));
            let at = pos2(plot.left() + 2.0, y(goal) - 2.0);
            ui.ink(at, Align2::LEFT_BOTTOM, Type::Note, tokens.ink_soft, label);
        }
        let foot = plot.bottom() + 6.0;
        if self.last == self.first || both <= plot.width() {
            let at = pos2(plot.left(), foot);
            ui.ink(at, Align2::LEFT_TOP, Type::Note, tokens.ink_note, self.first);
        }
        if self.last != self.first {
            let at = pos2(plot.right(), foot);
            ui.ink(at, Align2::RIGHT_TOP, Type::Note, tokens.ink_note, self.last);
        }
        self.lines(ui, plot, &y);
    }

    /// What stands at a line's end.
    fn label(&self, series: &Series, last: f64) -> String {
        let figure = (self.write)(last);
        if self.named { format!("{} {figure}", series.name) } else { figure }
    }

    fn lines(&self, ui: &mut Ui, plot: Rect, y: &dyn Fn(f64) -> f32) {
        let tokens = ui.tokens();
        let x = |place: usize, count: usize| {
            let part = if count < 2 { 1.0 } else { place as f32 / (count - 1) as f32 };
            plot.left() + part * plot.width()
        };
        let mut order: Vec<&Series> = self.series.iter().collect();
        order.sort_by_key(|series| series.mine);
        for series in &order {
            let count = series.values.len();
            let points: Vec<Pos2> = series
                .values
                .iter()
                .enumerate()
                .map(|(place, value)| pos2(x(place, count), y(*value)))
                .collect();
            let Some(end) = points.last().copied() else { continue };
            let colour = tokens.firm(series.mark);
            let width = if series.mine { 4.0 } else { 1.9 };
            if points.len() > 1 {
                if !series.mine {
                    let halo = Stroke::new(5.0, tokens.page);
                    ui.painter().add(Shape::line(points.clone(), halo));
                }
                ui.painter().add(Shape::line(points, Stroke::new(width, colour)));
            }
            ui.painter().circle_filled(end, if series.mine { 5.0 } else { 3.0 }, colour);
        }
        self.labels(ui, plot, y);
    }

    /// Labels at the lines' ends, pushed apart where they would meet.
    fn labels(&self, ui: &mut Ui, plot: Rect, y: &dyn Fn(f64) -> f32) {
        let tokens = ui.tokens();
        let mut ends: Vec<(f32, usize, &Series, f64)> = self
            .series
            .iter()
            .enumerate()
            .filter_map(|(place, series)| {
                let last = *series.values.last()?;
                Some((y(last), place, series, last))
            })
            .collect();
        ends.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut least = plot.top() - 4.0;
        for (at, ..) in &mut ends {
            *at = at.max(least);
            least = *at + 17.0;
        }
        for (at, place, series, value) in ends {
            let colour = tokens.firm(series.mark);
            let left = plot.right() + 16.0;
            draw_mark(ui.painter(), series.mark, pos2(left, at), 11.0, colour);
            let kind = if series.mine { Type::RowStrong } else { Type::Row };
            let text = self.label(series, value);
            let rect = ui.ink(pos2(left + 11.0, at), Align2::LEFT_CENTER, kind, tokens.ink, &text);
            if self.named && self.note.is_none() {
                continue;
            }
            let id = ui.id().with(("end", &series.name, plot.left() as i32, plot.top() as i32));
            let spoken = if self.named { text } else { format!("{} {text}", series.name) };
            let told = ui.told(rect, id, &spoken);
            if let Some(note) = self.note {
                tip(ui, &told, || note(place));
            }
        }
    }
}

/// A small line without axes, its end marked.
pub fn sparkline(painter: &Painter, rect: Rect, values: &[f64], colour: Color32) {
    let (low, high) = values
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(*v), high.max(*v)));
    let span = (high - low).max(1e-9);
    let count = values.len();
    let points: Vec<Pos2> = values
        .iter()
        .enumerate()
        .map(|(place, value)| {
            let x = if count < 2 { 1.0 } else { place as f32 / (count - 1) as f32 };
            let y = if high - low < 1e-9 { 0.5 } else { ((value - low) / span) as f32 };
            rect.left_bottom() + vec2(x * rect.width(), -y * rect.height())
        })
        .collect();
    if points.len() > 1 {
        painter.add(Shape::line(points.clone(), Stroke::new(1.6, colour)));
    }
    if let Some(end) = points.last() {
        painter.circle_filled(*end, 2.8, colour);
    }
}

/// A ring's piece from one part of the circle to another, clockwise from 12 o'clock, as a polyline with
/// a point every three pixels.
pub fn arc(painter: &Painter, centre: Pos2, radius: f32, parts: (f32, f32), stroke: Stroke) {
    let (from, to) = parts;
    let length = (to - from).abs() * std::f32::consts::TAU * radius;
    let count = (length / 3.0).ceil().max(2.0) as usize;
    let points: Vec<Pos2> = (0..=count)
        .map(|k| {
            let part = from + (to - from) * k as f32 / count as f32;
            let angle = std::f32::consts::TAU * (part - 0.25);
            centre + radius * Vec2::angled(angle)
        })
        .collect();
    if (to - from).abs() >= 0.9999 {
        painter.add(Shape::closed_line(points[..count].to_vec(), stroke));
    } else {
        painter.add(Shape::line(points, stroke));
    }
}
