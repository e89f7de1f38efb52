//! What a draft or a plan may come to: the fan, and what the score is made of under it.

use bevy_egui::egui::{Align2, Rect, Sense, Ui, pos2, vec2};

use super::Scene;
use crate::host::words::{labels, numbers};
use crate::sim::goals::rules::{MEDALS, Medal};
use crate::study::{Band, Compared, Forecast, Tried};
use crate::ui::forecasts::Outlook;
use crate::ui::tokens::Type;
use crate::ui::widgets::{Fan, House, Tip, tip};

/// What the two futures of a fan are called.
pub struct Naming<'a> {
    pub title: &'a str,
    pub with: &'a str,
    pub without: &'a str,
}

/// Height of a row under the chart, and of the chart itself.
const ROW: f32 = 21.0;
const CHART: f32 = 126.0;

const EXPLAINED: &str = "Made from what you know, never from the game's own luck. Each is played twice under the same luck, bots in every seat: the lines are medians, the bands what four worlds in five lie between; below, the difference in the same world.";

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
    tip(ui, &response, || Tip::new("Possible worlds", "").note(EXPLAINED));
    let top = title.bottom() + 6.0;
    if let Outlook::None(why) = &found {
        let at = pos2(rect.left(), top);
        return ui.ink_in(at, rect.width(), Type::Note, tokens.ink_soft, why).bottom();
    }
    let Some(forecast) = forecast else {
        // Room is kept, so that nothing moves when it comes.
        return top + CHART + 6.0 + 4.0 * ROW;
    };
    let shown = scene.state.driver.min(forecast.drivers.len());
    let chart = Rect::from_min_size(pos2(rect.left(), top), vec2(rect.width(), CHART));
    fan(ui, scene, chart, &forecast, shown, naming, stale);
    rows(ui, scene, pos2(rect.left(), chart.bottom() + 6.0), rect.width(), &forecast, shown)
}

fn of(quarter: &crate::study::ForecastQuarter, shown: usize) -> Compared {
    match shown {
        0 => quarter.score,
        place => quarter.drivers[place - 1],
    }
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
    let measure = shown.checked_sub(1).map(|place| forecast.drivers[place]);
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
    let (with, without) = (bands(|it| it.signed), bands(|it| it.unsigned));
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

/// The score and what it is made of at the end, each with the difference; pressed, the fan shows it.
fn rows(
    ui: &mut Ui,
    scene: &mut Scene,
    at: bevy_egui::egui::Pos2,
    width: f32,
    forecast: &Forecast,
    shown: usize,
) -> f32 {
    let tokens = ui.tokens();
    let Some(last) = forecast.quarters.last() else { return at.y };
    let mut y = at.y;
    for place in 0..=forecast.drivers.len() {
        let it = of(last, place);
        let measure = place.checked_sub(1).map(|place| forecast.drivers[place]);
        let name = measure.map_or("Score", labels::measure);
        let change = |value: f64| match measure {
            Some(measure) => labels::measured_change(measure, value),
            None => numbers::points_change(value),
        };
        let row = Rect::from_min_size(pos2(at.x, y), vec2(width, ROW));
        let text = change(it.difference.median);
        let range =
            format!("{} to {}", change(it.difference.low_10pct), change(it.difference.high_90pct));
        let id = ui.id().with(("driver", place));
        let told = format!("{name}, the difference {text}, four in five {range}: show it");
        let response = ui.pressable(row, id, &told);
        if response.hovered() {
            ui.painter().rect_filled(row.expand2(vec2(4.0, 0.0)), 3, tokens.pen_wash);
        }
        let middle = row.center().y;
        let on = place == shown;
        let kind = if on { Type::NoteStrong } else { Type::Note };
        let galley = ui.galley(kind, tokens.pen, name, f32::INFINITY);
        let under = pos2(row.left(), middle - 0.5 * galley.size().y);
        let end = under.x + galley.size().x;
        ui.paint(under, galley);
        if on {
            ui.hline(under.x..=end, middle + 8.0, 1.2, tokens.pen);
        }
        let certain = it.difference.low_10pct * it.difference.high_90pct > 0.0;
        let colour = match (certain, it.difference.median > 0.0) {
            (false, _) => tokens.ink,
            (true, true) => tokens.good,
            (true, false) => tokens.bad,
        };
        let galley = ui.galley(Type::Note, tokens.ink_soft, &range, f32::INFINITY);
        let size = galley.size();
        ui.paint(pos2(row.right() - size.x, middle - 0.5 * size.y), galley);
        let galley = ui.galley(Type::RowStrong, colour, &text, f32::INFINITY);
        let size = galley.size();
        let right = row.right() - (0.4 * width).min(132.0);
        ui.paint(pos2(right - size.x, middle - 0.5 * size.y), galley);
        ui.focus_ring(&response, row, 2);
        if response.clicked() {
            scene.state.driver = place;
        }
        y = row.bottom();
    }
    y
}
