//! The one chart of the front page, titled with what it shows.

use bevy_egui::egui::{Align2, Rect, Ui, pos2, vec2};

use crate::host::words::numbers;
use crate::ids::{FirmId, LabId, Role};
use crate::ui::desk::Desk;
use crate::ui::figures::{Figure, OfGiant, OfLab};
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, LineChart, Series, draw_mark};

/// The chart, titled with what it shows.
pub(super) fn finding(ui: &mut Ui, desk: &Desk, rect: Rect) {
    let tokens = ui.tokens();
    let past = desk.past();
    let view = &desk.view;
    let Finding { title, note, series, figures, percent } = match view.role {
        Role::Giant(_) => win_rates(desk, &past),
        Role::Lab(lab) => revenues(desk, lab, &past),
    };
    let top = ui
        .ink(rect.left_top(), Align2::LEFT_TOP, Type::InterfaceStrong, tokens.ink, &title)
        .bottom();
    let top = ui.ink_in(pos2(rect.left(), top), rect.width(), Type::Note, tokens.ink_soft, note);
    let room = Rect::from_min_max(pos2(rect.left(), top.bottom() + 2.0), rect.max);
    let values = series.iter().flat_map(|series| series.values.iter().copied());
    let (range, step) = LineChart::fitted(values, true);
    let write = |value: f64| match percent {
        true if value.fract().abs() < 1e-9 => format!("{value:.0}%"),
        true => format!("{value:.1}%"),
        false => numbers::bn(value),
    };
    let note = |place: usize| figures[place].tip(desk);
    let first = desk.words.quarter(past[0].quarter);
    let last = desk.words.quarter(past[past.len() - 1].quarter);
    let chart = LineChart {
        series: &series,
        range,
        step,
        write: &write,
        first: if past.len() > 1 { &first } else { "" },
        last: &last,
        goal: None,
        named: true,
        note: Some(&note),
    };
    if past.len() > 1 {
        chart.draw(ui, room);
    } else {
        columns(ui, room, &series, &write);
    }
}

/// What the chart shows: its title, what it measures, its lines with the figures whose course they are.
struct Finding {
    title: String,
    note: &'static str,
    series: Vec<Series>,
    figures: Vec<Figure>,
    percent: bool,
}

fn win_rates(desk: &Desk, past: &[std::sync::Arc<crate::sim::view::Published>]) -> Finding {
    let view = &desk.view;
    let giants = view.published.giants.iter().enumerate();
    let clouds: Vec<usize> =
        giants.filter(|(_, giant)| giant.has_cloud).map(|(place, _)| place).collect();
    let figures =
        clouds.iter().map(|place| Figure::Giant(FirmId(*place as u8), OfGiant::WinRate)).collect();
    let series: Vec<Series> = clouds
        .into_iter()
        .map(|place| {
            let seat = FirmId(place as u8).seat();
            Series {
                name: desk.words.seat(seat).to_owned(),
                mark: desk.mark(seat),
                values: past.iter().map(|p| 100.0 * p.giants[place].win_rate).collect(),
                mine: seat == view.seat,
            }
        })
        .collect();
    let mut order: Vec<&Series> = series.iter().collect();
    order.sort_by(|one, other| last(other).total_cmp(&last(one)));
    let mine = series.iter().find(|series| series.mine);
    let title = match (mine, order.first()) {
        (Some(mine), _) if mine.values.len() > 1 => {
            let by = last(mine) - mine.values[mine.values.len() - 2];
            let way = match by {
                b if b > 0.05 => "gains",
                b if b < -0.05 => "slips",
                _ => "holds",
            };
            format!("{} {way}", mine.name)
        }
        (_, Some(first)) => format!("{} wins most", first.name),
        _ => String::new(),
    };
    let note = "Part of new cloud demand won each quarter.";
    Finding { title, note, series, figures, percent: true }
}

fn last(series: &Series) -> f64 {
    series.values.last().copied().unwrap_or(0.0)
}

fn revenues(
    desk: &Desk,
    own: LabId,
    past: &[std::sync::Arc<crate::sim::view::Published>],
) -> Finding {
    let labs = 0..desk.view.published.labs.len();
    let figures =
        labs.clone().map(|place| Figure::Lab(LabId(place as u8), OfLab::Revenue)).collect();
    let series: Vec<Series> = labs
        .map(|place| {
            let seat = desk.view.lab_seat(LabId(place as u8));
            Series {
                name: desk.words.seat(seat).to_owned(),
                mark: desk.mark(seat),
                values: past.iter().map(|p| p.labs[place].revenue_bn).collect(),
                mine: place == own.index(),
            }
        })
        .collect();
    let growth = {
        let lab = &desk.view.published.labs[own.index()];
        lab.revenue_bn / lab.past_revenue_bn[0].max(1e-9) - 1.0
    };
    let title = format!("Sales {} on the quarter", numbers::growth(growth));
    let note = "Revenue of the labs, $bn a quarter.";
    Finding { title, note, series, figures, percent: false }
}

/// One quarter alone is shown as bars.
fn columns(ui: &mut Ui, rect: Rect, series: &[Series], write: &dyn Fn(f64) -> String) {
    let tokens = ui.tokens();
    let most = series.iter().map(last).fold(1e-9, f64::max);
    let mut order: Vec<&Series> = series.iter().collect();
    order.sort_by(|one, other| last(other).total_cmp(&last(one)));
    let most_pitch = if ui.grid().wide { 120.0 } else { 62.0 };
    let pitch = (rect.height() / series.len().max(1) as f32).min(most_pitch);
    let thick = 0.29 * pitch;
    for (place, series) in order.into_iter().enumerate() {
        let y = rect.top() + (place as f32 + 0.5) * pitch + 4.0;
        let colour = tokens.firm(series.mark);
        draw_mark(ui.painter(), series.mark, pos2(rect.left() + 8.0, y), 12.0, colour);
        let kind = if series.mine { Type::RowStrong } else { Type::Row };
        let at = pos2(rect.left() + 22.0, y);
        ui.ink(at, Align2::LEFT_CENTER, kind, tokens.ink, &series.name);
        let left = rect.left() + 128.0;
        let width = (rect.right() - 60.0 - left) * (last(series) / most) as f32;
        let bar = Rect::from_min_size(pos2(left, y - 0.5 * thick), vec2(width.max(2.0), thick));
        ui.painter().rect_filled(bar, 0, colour);
        let at = pos2(bar.right() + 8.0, y);
        ui.ink(at, Align2::LEFT_CENTER, kind, tokens.ink, &write(last(series)));
    }
}
