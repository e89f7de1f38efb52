//! Charts as inline SVG: direct labels, few gridlines, the player's line heavy and the others' light.

use maud::{Markup, html};

use super::marks::{Mark, short};

const WIDTH: f64 = 560.0;
const HEIGHT: f64 = 250.0;
const LEFT: f64 = 46.0;
const RIGHT: f64 = 152.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 26.0;
/// Least distance of two labels at the lines' ends.
const LABEL_GAP: f64 = 16.0;
/// Gridlines at most, beside the axis.
const GRID: f64 = 4.0;

/// One line of a chart: a value a quarter, the opening first.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) mark: Mark,
    pub(super) mine: bool,
    pub(super) values: Vec<f64>,
}

/// A chart over quarters.
pub(super) struct Chart {
    /// What it finds.
    pub(super) title: String,
    /// What it shows, and its unit.
    pub(super) note: String,
    pub(super) lines: Vec<Line>,
    /// The name of each quarter, the opening first.
    pub(super) quarters: Vec<String>,
    pub(super) written: fn(f64) -> String,
    /// Vertical marks: at a quarter's number, with a word.
    pub(super) events: Vec<(usize, String)>,
}

/// Where values are drawn.
struct Scale {
    low: f64,
    high: f64,
    last: f64,
}

impl Scale {
    fn of(chart: &Chart) -> Scale {
        let values = || chart.lines.iter().flat_map(|line| line.values.iter().copied());
        let low = values().fold(f64::INFINITY, f64::min);
        let high = values().fold(f64::NEG_INFINITY, f64::max);
        let room = (0.06 * (high - low)).max(1e-3 * high.abs()).max(1e-6);
        // Nought is shown where it is near.
        let low = if low >= 0.0 && low < 0.4 * high { 0.0 } else { low - room };
        let last = chart.quarters.len().saturating_sub(1).max(1) as f64;
        Scale { low, high: high + room, last }
    }

    fn x(&self, quarter: usize) -> f64 {
        LEFT + (WIDTH - LEFT - RIGHT) * quarter as f64 / self.last
    }

    fn y(&self, value: f64) -> f64 {
        TOP + (HEIGHT - TOP - BOTTOM) * (self.high - value) / (self.high - self.low)
    }

    fn ticks(&self) -> Vec<f64> {
        let step = nice((self.high - self.low) / GRID);
        let first = (self.low / step).ceil() as i64;
        let last = (self.high / step).floor() as i64;
        (first..=last).map(|tick| tick as f64 * step).collect()
    }
}

/// The next larger of 1, 2, 2.5 or 5 times a power of ten.
pub(super) fn nice(step: f64) -> f64 {
    let power = libm::pow(10.0, libm::floor(libm::log10(step.max(1e-9))));
    let fits = [1.0, 2.0, 2.5, 5.0].into_iter().find(|times| times * power >= step);
    fits.unwrap_or(10.0) * power
}

impl Chart {
    pub(super) fn draw(&self) -> Markup {
        let scale = Scale::of(self);
        let ticks = scale.ticks();
        let labels = self.labels(&scale);
        let count = self.quarters.len();
        let every = count.div_ceil(6).max(1);
        html! {
            figure class="chart" {
                figcaption { strong { (self.title) } span { (self.note) } }
                svg viewBox={ "0 0 " (WIDTH) " " (HEIGHT) } role="img" aria-label={ (self.title) ". " (self.note) } {
                    @for tick in &ticks {
                        line class="grid" x1=(short(LEFT)) x2=(short(WIDTH - RIGHT)) y1=(short(scale.y(*tick))) y2=(short(scale.y(*tick))) {}
                        text class="axis" x=(short(LEFT - 7.0)) y=(short(scale.y(*tick) + 4.0)) text-anchor="end" { (tick_label(*tick, &ticks)) }
                    }
                    line class="base" x1=(short(LEFT)) x2=(short(WIDTH - RIGHT)) y1=(short(HEIGHT - BOTTOM)) y2=(short(HEIGHT - BOTTOM)) {}
                    @for (number, name) in self.quarters.iter().enumerate() {
                        // The last is always named; one too near to it is not.
                        @if number + 1 == count || (number % every == 0 && number + every < count + usize::from(every > 1)) {
                            text class="axis" x=(short(scale.x(number))) y=(short(HEIGHT - 8.0)) text-anchor="middle" { (name) }
                        }
                    }
                    @for (quarter, word) in &self.events {
                        line class="event" x1=(short(scale.x(*quarter))) x2=(short(scale.x(*quarter))) y1=(short(TOP)) y2=(short(HEIGHT - BOTTOM)) {}
                        text class="axis" x=(short(scale.x(*quarter))) y=(short(TOP - 4.0)) text-anchor="middle" { (word) }
                    }
                    @for line in self.lines.iter().filter(|line| !line.mine).chain(self.lines.iter().filter(|line| line.mine)) {
                        @let width = if line.mine { "3.6" } else { "1.7" };
                        polyline class="halo" points=(points(&scale, &line.values)) {}
                        polyline points=(points(&scale, &line.values)) fill="none" stroke=(line.mark.colour()) stroke-width=(width) stroke-linejoin="round" stroke-linecap="round" {}
                    }
                    @for (line, y) in &labels {
                        @let value = line.values.last().copied().unwrap_or(0.0);
                        @let end = scale.x(line.values.len().saturating_sub(1));
                        @if (scale.y(value) - y).abs() > 3.0 {
                            line class="lead" x1=(short(end + 4.0)) y1=(short(scale.y(value))) x2=(short(WIDTH - RIGHT + 14.0)) y2=(short(*y)) {}
                        }
                        circle cx=(short(end)) cy=(short(scale.y(value))) r=(if line.mine { "4" } else { "2.6" }) fill=(line.mark.colour()) {}
                        (line.mark.at(WIDTH - RIGHT + 22.0, *y, 11.0))
                        text class=(if line.mine { "label mine" } else { "label" }) x=(short(WIDTH - RIGHT + 32.0)) y=(short(y + 4.2)) {
                            (shortened(&line.name)) " " tspan class="figure" { ((self.written)(value)) }
                        }
                    }
                }
            }
        }
    }

    /// Every line with the height of its label, none over another.
    fn labels(&self, scale: &Scale) -> Vec<(&Line, f64)> {
        let end = |line: &Line| scale.y(line.values.last().copied().unwrap_or(0.0));
        let mut labels: Vec<(&Line, f64)> =
            self.lines.iter().map(|line| (line, end(line))).collect();
        labels.sort_by(|one, other| one.1.total_cmp(&other.1));
        for place in 1..labels.len() {
            labels[place].1 = labels[place].1.max(labels[place - 1].1 + LABEL_GAP);
        }
        // What was pushed over the edge is pushed back.
        let mut most = HEIGHT - BOTTOM + 2.0;
        for (_, y) in labels.iter_mut().rev() {
            *y = y.min(most);
            most = *y - LABEL_GAP;
        }
        labels
    }
}

/// A name that fits beside its figure.
fn shortened(name: &str) -> String {
    const MOST: usize = 13;
    if name.chars().count() <= MOST {
        return name.to_owned();
    }
    name.chars().take(MOST - 1).chain(['…']).collect()
}

fn points(scale: &Scale, values: &[f64]) -> String {
    let written = values
        .iter()
        .enumerate()
        .map(|(quarter, value)| format!("{},{}", short(scale.x(quarter)), short(scale.y(*value))));
    written.collect::<Vec<String>>().join(" ")
}

/// A gridline's value, with as many decimals as its neighbours need.
pub(super) fn tick_label(tick: f64, ticks: &[f64]) -> String {
    let step = ticks.windows(2).map(|pair| pair[1] - pair[0]).fold(1.0, f64::min);
    let decimals = [(1.0 - 1e-9, 0), (0.1 - 1e-9, 1)].into_iter().find(|(from, _)| step >= *from);
    // Half steps need one decimal more.
    let half = (step * 10.0).fract() > 1e-6 && step < 1.0;
    let decimals = decimals.map_or(2, |(_, decimals)| decimals) + usize::from(half);
    let decimals = if step > 1.0 && step.fract() > 1e-9 { 1 } else { decimals };
    let text = format!("{tick:.decimals$}").replace('-', "−");
    if text.chars().any(|c| c.is_ascii_digit() && c != '0') { text } else { "0".to_owned() }
}
