//! A fan: what was, and what may come with something and without it, or of one thing alone, as bands
//! around medians.

use bevy_egui::egui::{
    Align2, Color32, Mesh, Pos2, Rect, Sense, Shape, Stroke, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use super::charts::LineChart;
use super::ink::House;
use crate::study::Band;
use crate::ui::tokens::{Type, mixed};

/// What a fan shows. The two futures begin where the past ends.
pub struct Fan<'a> {
    /// Ends of quarters, the last one now.
    pub past: &'a [f64],
    pub with: &'a [Band],
    /// Empty where there is one future alone.
    pub without: &'a [Band],
    /// What the two are called at their ends.
    pub names: (&'a str, &'a str),
    /// A value to reach, and what it is called.
    pub goal: Option<(f64, &'a str)>,
    pub write: &'a dyn Fn(f64) -> String,
    /// Under the axis: now, and the last quarter.
    pub now: &'a str,
    pub last: &'a str,
    /// Another is being made: this one is pale.
    pub stale: bool,
}

/// Room for what is written at the ends.
const LABELS: f32 = 104.0;

impl Fan<'_> {
    pub fn draw(&self, ui: &mut Ui, rect: Rect) {
        let tokens = ui.tokens();
        let values = self.values();
        let (range, step) = LineChart::fitted(values.iter().copied(), false);
        let plot = Rect::from_min_max(
            pos2(rect.left() + 44.0, rect.top() + 8.0),
            pos2(rect.right() - LABELS, rect.bottom() - 20.0),
        );
        let y = |value: f64| {
            let part = (value - range.0) / (range.1 - range.0).max(1e-9);
            plot.bottom() - part as f32 * plot.height()
        };
        let mut value = range.0;
        while value <= range.1 + 1e-9 {
            ui.hline(plot.left()..=plot.right(), y(value), 1.0, tokens.rule_soft);
            let at = pos2(plot.left() - 8.0, y(value));
            let text = (self.write)(value);
            ui.ink(at, Align2::RIGHT_CENTER, Type::Note, tokens.ink_note, &text);
            value += step;
        }
        let before = self.past.len().saturating_sub(1);
        let count = before + self.with.len().max(1);
        let x = |place: usize| plot.left() + place as f32 / count as f32 * plot.width();
        let start = pos2(x(before), y(self.past.last().copied().unwrap_or(0.0)));
        let pale = if self.stale { 0.5 } else { 1.0 };
        // Opaque, so that ink does not grey what it lies over.
        let other = mixed(tokens.sheet, tokens.other, 0.26 * pale);
        let pen = mixed(tokens.sheet, tokens.pen, 0.22 * pale);
        let both = mixed(other, tokens.pen, 0.28 * pale);
        let ends = |bands: &[Band], pick: fn(&Band) -> f64| -> Vec<Pos2> {
            let points = bands.iter().enumerate();
            let points = points.map(|(k, band)| pos2(x(before + 1 + k), y(pick(band))));
            std::iter::once(start).chain(points).collect()
        };
        let lows = [self.without, self.with].map(|bands| ends(bands, |band| band.low_10pct));
        let highs = [self.without, self.with].map(|bands| ends(bands, |band| band.high_90pct));
        for (place, colour) in [other, pen].into_iter().enumerate() {
            ui.painter().add(band_of(&lows[place], &highs[place], colour));
        }
        // Down is more: the lower of two highs lies further down.
        let top: Vec<Pos2> = shared(&highs, f32::max);
        let bottom: Vec<Pos2> = shared(&lows, f32::min);
        let bottom: Vec<Pos2> =
            bottom.iter().zip(&top).map(|(low, high)| pos2(low.x, low.y.max(high.y))).collect();
        ui.painter().add(band_of(&bottom, &top, both));
        if let Some((goal, name)) = self.goal.filter(|(goal, _)| (range.0..=range.1).contains(goal))
        {
            let line = [pos2(plot.left(), y(goal)), pos2(plot.right(), y(goal))];
            ui.painter().extend(Shape::dashed_line(&line, Stroke::new(1.2, tokens.ink), 2.0, 4.0));
            let at = pos2(plot.left() + 2.0, y(goal) - 1.0);
            ui.ink(at, Align2::LEFT_BOTTOM, Type::Note, tokens.ink_soft, name);
        }
        let ink = if self.stale { tokens.ink_note } else { tokens.ink };
        if !self.without.is_empty() {
            let dashed = ends(self.without, |band| band.median);
            let stroke = Stroke::new(1.8, tokens.ink_soft);
            ui.painter().extend(Shape::dashed_line(&dashed, stroke, 5.0, 3.0));
        }
        let line = ends(self.with, |band| band.median);
        let colour = if self.stale { tokens.faded(tokens.pen, 0.5) } else { tokens.pen };
        ui.painter().add(Shape::line(line, Stroke::new(2.2, colour)));
        let past: Vec<Pos2> =
            self.past.iter().enumerate().map(|(k, value)| pos2(x(k), y(*value))).collect();
        if past.len() > 1 {
            ui.painter().add(Shape::line(past, Stroke::new(2.6, ink)));
        }
        ui.painter().circle_filled(start, 4.0, ink);
        let foot = plot.bottom() + 4.0;
        // At the opening the dot stands on the axis itself.
        let align = if before == 0 { Align2::LEFT_TOP } else { Align2::CENTER_TOP };
        ui.ink(pos2(start.x, foot), align, Type::Note, tokens.ink_note, self.now);
        ui.ink(pos2(plot.right(), foot), Align2::RIGHT_TOP, Type::Note, tokens.ink_note, self.last);
        self.labels(ui, rect, plot, &y);
        self.tell(ui, rect);
    }

    fn values(&self) -> Vec<f64> {
        let bands = self.with.iter().chain(self.without);
        let bands = bands.flat_map(|band| [band.low_10pct, band.high_90pct]);
        self.past.iter().copied().chain(bands).collect()
    }

    /// The ends of both lines, pushed apart where they would meet.
    fn labels(&self, ui: &mut Ui, rect: Rect, plot: Rect, y: &dyn Fn(f64) -> f32) {
        let tokens = ui.tokens();
        let Some(with) = self.with.last() else { return };
        let apart: f32 = 34.0;
        let Some(without) = self.without.last() else {
            let middle = y(with.median).clamp(rect.top() + 0.5 * apart, rect.bottom() - apart);
            let at = pos2(plot.right() + 8.0, middle);
            return self.label(ui, at, self.names.0, with, tokens.pen);
        };
        let mut places = [y(with.median), y(without.median)];
        let first = usize::from(places[0] > places[1]);
        let (up, down) = (first, 1 - first);
        let overlap = apart - (places[down] - places[up]);
        if overlap > 0.0 {
            places[up] -= 0.5 * overlap;
            places[down] += 0.5 * overlap;
        }
        let sink = (places[down] + 0.5 * apart - rect.bottom()).max(0.0);
        let rise = (rect.top() + 0.4 * apart - places[up]).max(0.0);
        let shift = rise - sink;
        let rows = [(self.names.0, with, tokens.pen), (self.names.1, without, tokens.ink)];
        for (place, (name, band, colour)) in rows.into_iter().enumerate() {
            let at = pos2(plot.right() + 8.0, places[place] + shift);
            self.label(ui, at, name, band, colour);
        }
    }

    fn label(&self, ui: &mut Ui, at: Pos2, name: &str, band: &Band, colour: Color32) {
        let text = format!("{name} {}", (self.write)(band.median));
        ui.ink(at - vec2(0.0, 8.0), Align2::LEFT_CENTER, Type::NoteStrong, colour, &text);
        let text = format!("{} to {}", (self.write)(band.low_10pct), (self.write)(band.high_90pct));
        let soft = ui.tokens().ink_soft;
        ui.ink(at + vec2(0.0, 7.0), Align2::LEFT_CENTER, Type::Note, soft, &text);
    }

    /// What a screen reader says.
    fn tell(&self, ui: &mut Ui, rect: Rect) {
        let Some(with) = self.with.last() else { return };
        let other = self.without.last().map_or_else(String::new, |without| {
            format!(", {} {}", self.names.1, (self.write)(without.median))
        });
        let (name, median) = (self.names.0, (self.write)(with.median));
        let text = format!("At the end of {}: {name} {median}{other}.", self.last);
        let id = ui.id().with(("fan", rect.top() as i32));
        let response = ui.interact(rect, id, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, text.as_str()));
    }
}

/// Point by point, one of two lines.
fn shared(lines: &[Vec<Pos2>; 2], pick: fn(f32, f32) -> f32) -> Vec<Pos2> {
    let pairs = lines[0].iter().zip(&lines[1]);
    pairs.map(|(one, other)| pos2(one.x, pick(one.y, other.y))).collect()
}

/// The area between two lines.
fn band_of(low: &[Pos2], high: &[Pos2], colour: Color32) -> Shape {
    let mut mesh = Mesh::default();
    for (one, other) in low.iter().zip(high) {
        mesh.colored_vertex(*one, colour);
        mesh.colored_vertex(*other, colour);
    }
    for place in 1..low.len().min(high.len()) as u32 {
        let (a, b) = (2 * place - 2, 2 * place);
        mesh.add_triangle(a, a + 1, b);
        mesh.add_triangle(a + 1, b, b + 1);
    }
    Shape::mesh(mesh)
}
