//! What a draft or a plan may come to: the fan, and what the score is made of under it.

use bevy_egui::egui::{Align2, Pos2, Rect, Sense, Ui, pos2, vec2};

use super::Scene;
use crate::host::words::{labels, numbers};
use crate::level::Measure;
use crate::sim::goals::rules::{MEDALS, Medal};
use crate::study::{Band, Compared, Forecast, ForecastQuarter, Tried};
use crate::ui::forecasts::Outlook;
use crate::ui::tokens::Type;
use crate::ui::widgets::{Fan, House, Tip, tip};

/// What the two futures of a fan are called; of a plan against itself there is one alone.
pub struct Naming<'a> {
    pub title: &'a str,
    pub with: &'a str,
    pub without: &'a str,
}

/// Height of a row under the chart, and of one whose range has a line of its own.
const ROW: f32 = 21.0;
const ROW_OF_TWO: f32 = 37.0;
/// Height of the chart, and the least of it where its rows would else be cut off.
const CHART: f32 = 126.0;
const CHART_AT_LEAST: f32 = 96.0;
/// Lines above and below the chart.
const LINES: f32 = 56.0;

const EXPLAINED: &str = "Made from what you know, never from the game's own luck. Each is played twice under the same luck, bots in every seat: the lines are medians, the bands what four worlds in five lie between; below, the difference in the same world. A median difference need not be the difference of the medians.";
const EXPLAINED_ALONE: &str = "Made from what you know, never from the game's own luck, bots in every seat: the line is the median, the band what four worlds in five lie between.";

/// Draws the forecast of what is tried; its bottom.
pub fn show(ui: &mut Ui, scene: &mut Scene, rect: Rect, tried: Tried, naming: &Naming) -> f32 {
    let tokens = ui.tokens();
    let desk = &mut *scene.desk;
    let found = match desk.busy() {
        true => Outlook::Coming,
        false => desk.forecasts.of(&desk.words, &desk.view, tried, scene.now),
    };
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.0, tokens.ink);
    let y = rect.top() + 8.0;
    let title =
        ui.ink(pos2(rect.left(), y), Align2::LEFT_TOP, Type::NoteStrong, tokens.ink, naming.title);
    let (forecast, stale) = match &found {
        Outlook::Here(forecast) => (Some(std::sync::Arc::clone(forecast)), false),
        Outlook::Coming => (desk.forecasts.last(desk.view.seat), true),
        Outlook::None(_) => (None, false),
    };
    let note = match (&found, &forecast) {
        (Outlook::Coming, _) => "playing it out …".to_owned(),
        (_, Some(forecast)) if forecast.counted < forecast.runs => {
            format!("{} of {} runs each", forecast.counted, forecast.runs)
        }
        (_, Some(forecast)) => format!("{} runs each", forecast.runs),
        _ => String::new(),
    };
    let note = ui.ink(pos2(rect.right(), y), Align2::RIGHT_TOP, Type::Note, tokens.ink_soft, &note);
    let id = ui.id().with("runs");
    let response = ui.interact(note, id, Sense::hover());
    let alone = matches!(tried, Tried::Plan { drafted, standing } if drafted == standing);
    let explained = if alone { EXPLAINED_ALONE } else { EXPLAINED };
    tip(ui, &response, || Tip::new("Possible worlds", "").note(explained));
    let top = title.bottom() + 6.0;
    if let Outlook::None(why) = &found {
        let at = pos2(rect.left(), top);
        return ui.ink_in(at, rect.width(), Type::Note, tokens.ink_soft, why).bottom();
    }
    let Some(forecast) = forecast else {
        // Room is kept, so that nothing moves when it comes.
        return top + CHART + 6.0 + 5.0 * ROW;
    };
    let left = rect.height() - LINES - ROW * (1.0 + forecast.drivers.len() as f32);
    // Where not even the least fits, it scrolls anyway.
    let high = if left < CHART_AT_LEAST { CHART } else { left.min(CHART) };
    let shown = scene.state.driver.min(forecast.drivers.len());
    let chart = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), high));
    let (title, with, without) = (naming.title, naming.with, naming.without);
    let naming = Naming { title, with, without: if alone { "" } else { without } };
    fan(ui, scene, chart, &forecast, shown, &naming, stale);
    let at = pos2(rect.left(), chart.bottom() + 6.0);
    let last = forecast.quarters.last().map_or(scene.desk.view.quarter, |it| it.quarter);
    let header = match alone {
        true => format!("at the end of {}: median, 4 in 5", scene.desk.words.quarter(last)),
        false => "difference in the same world: median, 4 in 5".to_owned(),
    };
    let header = ui.ink_in(at, rect.width(), Type::Note, tokens.ink_note, &header);
    let at = pos2(rect.left(), header.bottom() + 2.0);
    rows(ui, scene, at, rect.width(), &forecast, shown, alone)
}

/// A difference in a measure, or in the score, as the plan and the table write it.
pub fn change(measure: Option<Measure>, by: f64) -> String {
    match measure {
        Some(measure) => labels::measured_change(measure, by).replace(" pt", " points"),
        None => numbers::points_change(by),
    }
}

/// What four differences in five lie between; a unit that is a word stands beside the median alone.
pub fn change_range(measure: Option<Measure>, by: &Band) -> String {
    let bare = |value: f64| change(measure, value).replace(" points", "");
    format!("{} to {}", bare(by.low_10pct), bare(by.high_90pct))
}

/// What is looked at in forecasts: the score, or one of their drivers.
pub fn measure(forecast: &Forecast, shown: usize) -> Option<Measure> {
    shown.checked_sub(1).and_then(|place| forecast.drivers.get(place)).copied()
}

/// The numbers of what is looked at.
pub fn of(quarter: &ForecastQuarter, shown: usize) -> Compared {
    shown
        .checked_sub(1)
        .and_then(|place| quarter.drivers.get(place))
        .copied()
        .unwrap_or(quarter.score)
}

fn fan(
    ui: &mut Ui,
    scene: &Scene,
    chart: Rect,
    forecast: &Forecast,
    shown: usize,
    naming: &Naming,
    stale: bool,
) {
    let desk = &*scene.desk;
    let view = &desk.view;
    let goals = view.level.goals(view.seat);
    let measure = measure(forecast, shown);
    let goal = measure.and_then(|measure| goals.iter().position(|goal| goal.measure == measure));
    // The last six quarters and where things stand.
    let skip = desk.history.len().saturating_sub(6);
    let mut past: Vec<f64> = desk.history[skip..]
        .iter()
        .map(|closed| match goal {
            Some(goal) => closed.scores.goals[view.seat.index()][goal].value,
            None => closed.scores.scaled(&view.level, view.seat),
        })
        .collect();
    if past.is_empty() {
        past.push(match goal {
            Some(goal) => view.score.goals[goal].value,
            None => view.score.scaled,
        });
    }
    let bands = |pick: fn(Compared) -> Band| -> Vec<Band> {
        forecast.quarters.iter().map(|quarter| pick(of(quarter, shown))).collect()
    };
    let with = bands(|it| it.signed);
    let without = if naming.without.is_empty() { Vec::new() } else { bands(|it| it.unsigned) };
    let write = |value: f64| match measure {
        Some(measure) => labels::measured(measure, value),
        None => numbers::score(value),
    };
    let target =
        match goal {
            Some(goal) => Some((goals[goal].full_at, "full marks")),
            None => MEDALS.into_iter().find(|(_, from)| *from > view.score.scaled).map(
                |(medal, from)| match medal {
                    Medal::Gold => (from, "gold"),
                    Medal::Silver => (from, "silver"),
                    _ => (from, "bronze"),
                },
            ),
        };
    let last = forecast.quarters.last().map_or(view.quarter, |quarter| quarter.quarter);
    let last = desk.words.quarter(last);
    let now = desk.words.quarter(view.quarter);
    Fan {
        past: &past,
        with: &with,
        without: &without,
        names: (naming.with, naming.without),
        goal: target,
        write: &write,
        now: if desk.history.is_empty() { "now" } else { &now },
        last: &last,
        stale,
    }
    .draw(ui, chart);
}

/// The score and what it is made of at the end, each with the difference, or as it ends where nothing is
/// compared; pressed, the fan shows it.
fn rows(
    ui: &mut Ui,
    scene: &mut Scene,
    at: Pos2,
    width: f32,
    forecast: &Forecast,
    shown: usize,
    alone: bool,
) -> f32 {
    let tokens = ui.tokens();
    let Some(last) = forecast.quarters.last() else { return at.y };
    let rows: Vec<Row> = (0..=forecast.drivers.len())
        .map(|place| Row::of(measure(forecast, place), of(last, place), alone))
        .collect();
    let size =
        |ui: &Ui, kind: Type, text: &str| ui.galley(kind, tokens.ink, text, f32::INFINITY).size().x;
    let widest = |ui: &Ui, kind: Type, pick: fn(&Row) -> &str| {
        rows.iter().map(|row| size(ui, kind, pick(row))).fold(0.0, f32::max)
    };
    let names = widest(ui, Type::NoteStrong, |row| row.name);
    let texts = widest(ui, Type::RowStrong, |row| &row.text);
    let ranges = widest(ui, Type::Note, |row| &row.range);
    // Where a line is too short for all three, the range goes under the figure.
    let under = names + texts + ranges + 24.0 > width;
    let mut y = at.y;
    for (place, it) in rows.iter().enumerate() {
        let high = if under { ROW_OF_TWO } else { ROW };
        let row = Rect::from_min_size(pos2(at.x, y), vec2(width, high));
        let id = ui.id().with(("driver", place));
        let response = ui.pressable(row, id, &it.told(alone));
        if response.hovered() {
            ui.painter().rect_filled(row.expand2(vec2(4.0, 0.0)), 3, tokens.pen_wash);
        }
        let middle = row.top() + 0.5 * ROW;
        let on = place == shown;
        let kind = if on { Type::NoteStrong } else { Type::Note };
        let galley = ui.galley(kind, tokens.pen, it.name, f32::INFINITY);
        let from = pos2(row.left(), middle - 0.5 * galley.size().y);
        let end = from.x + galley.size().x;
        ui.paint(from, galley);
        if on {
            ui.hline(from.x..=end, middle + 8.0, 1.2, tokens.pen);
        }
        let colour = match it.helps {
            None => tokens.ink,
            Some(true) => tokens.good,
            Some(false) => tokens.bad,
        };
        let galley = ui.galley(Type::Note, tokens.ink_soft, &it.range, f32::INFINITY);
        let size = galley.size();
        let lower = if under { middle + 16.0 } else { middle };
        ui.paint(pos2(row.right() - size.x, lower - 0.5 * size.y), galley);
        let galley = ui.galley(Type::RowStrong, colour, &it.text, f32::INFINITY);
        let size = galley.size();
        let right = if under { row.right() } else { row.right() - ranges - 12.0 };
        ui.paint(pos2(right - size.x, middle - 0.5 * size.y), galley);
        ui.focus_ring(&response, row, 2);
        if response.clicked() {
            scene.state.driver = place;
        }
        y = row.bottom();
    }
    y
}

/// One number of a forecast as it is written.
struct Row {
    name: &'static str,
    text: String,
    range: String,
    /// Whether four in five say that it helps, or that it hurts.
    helps: Option<bool>,
}

impl Row {
    fn of(measure: Option<Measure>, it: Compared, alone: bool) -> Row {
        let name = measure.map_or("Score", labels::measure);
        if alone {
            let write = |value: f64| match measure {
                Some(measure) => labels::measured(measure, value),
                None => numbers::score(value),
            };
            let range =
                format!("{} to {}", write(it.signed.low_10pct), write(it.signed.high_90pct));
            return Row { name, text: write(it.signed.median), range, helps: None };
        }
        let certain = it.difference.low_10pct * it.difference.high_90pct > 0.0;
        Row {
            name,
            text: change(measure, it.difference.median),
            range: change_range(measure, &it.difference),
            helps: certain.then_some(it.difference.median > 0.0),
        }
    }

    fn told(&self, alone: bool) -> String {
        let Row { name, text, range, .. } = self;
        match alone {
            true => format!("{name}, at the end {text}, four in five {range}: show it"),
            false => format!("{name}, the difference {text}, four in five {range}: show it"),
        }
    }
}
