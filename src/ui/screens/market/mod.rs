//! The market: who holds the cloud and who wins what is new, whole and by segment; labs; chips.

mod finding;
mod segments;

use std::sync::Arc;

use bevy_egui::egui::{Align2, Pos2, Rect, ScrollArea, Sense, Ui, pos2, vec2};

use super::Scene;
use super::frame::{self, Bar};
use crate::ids::{FirmId, LabId};
use crate::sim::fact::Provider;
use crate::sim::view::Published;
use crate::ui::figures::{Figure, OfGiant, OfLab};
use crate::ui::state::Screen;
use crate::ui::tokens::{Mark, Type};
use crate::ui::widgets::{
    House, LineChart, Press, Series, Tip, draw_mark, kicker_text, segmented, split_bar, tip,
};

const TABS: [&str; 4] = ["Whole", "By segment", "Labs", "Chips"];

pub fn show(ui: &mut Ui, scene: &mut Scene, window: Rect) {
    let (mut bar, room) = Bar::new(ui, window);
    frame::onward(ui, scene, &mut bar, 44.0);
    if bar.left(ui, Press::quiet("Back to the board").key("Escape")).clicked() {
        scene.go(Screen::Board);
    }
    let grid = ui.grid();
    let tokens = ui.tokens();
    let inner = room.shrink2(vec2(grid.margin, 14.0));
    let past = scene.desk.past();
    let (kicker, title) = finding::of(scene, &past, scene.state.market);
    let text = kicker_text(&kicker);
    let mut y = ui.ink(inner.min, Align2::LEFT_TOP, Type::Kicker, tokens.ink_soft, &text).bottom();
    let kind = if grid.small { Type::Section } else { Type::Screen };
    let tabs = 400.0;
    let above = grid.width < 1_000.0;
    let width = if above { inner.width() } else { inner.width() - tabs };
    let title = ui.galley(kind, tokens.ink, &title, width);
    y = ui.lay(pos2(inner.left(), y + 4.0), title).bottom() + 8.0;
    if above {
        // No room for both in a line.
        y += 40.0;
    }
    let at = pos2(inner.right(), y - 10.0);
    if let Some(tab) =
        segmented(ui, at, Align2::RIGHT_BOTTOM, "The market", &TABS, scene.state.market)
    {
        scene.state.market = tab;
    }
    let body = Rect::from_min_max(pos2(inner.left(), y), inner.max);
    let tab = scene.state.market;
    let tall = height(scene, tab, body);
    ui.within(body, "market", |ui| {
        let scroll = ScrollArea::vertical().id_salt(("market", tab)).auto_shrink(false);
        scroll.show(ui, |ui| {
            // Lower than this its charts would say nothing: then it scrolls.
            let (body, _) = ui.allocate_exact_size(vec2(body.width(), tall), Sense::hover());
            // The first rule is drawn whole.
            let body = body.with_min_y(body.top() + 2.0);
            match tab {
                0 => whole(ui, scene, body, &past),
                2 => labs(ui, scene, body, &past),
                3 => chips(ui, scene, body, &past),
                _ => segments::show(ui, scene, body, &past),
            }
        });
    });
}

/// Charts in a line, where there is width for so many.
fn columns(width: f32, most: usize) -> usize {
    match width {
        wide if wide >= 800.0 => most,
        wide if wide >= 520.0 => most.min(2),
        _ => 1,
    }
}

/// What a tab takes: the room there is, or what its charts need.
fn height(scene: &Scene, tab: usize, body: Rect) -> f32 {
    let of = |charts: usize, most: usize, each: f32| {
        charts.div_ceil(columns(body.width(), most)) as f32 * each
    };
    let needed = match tab {
        0 => of(3, 3, 236.0) + BARS,
        2 => of(4, 2, 190.0),
        3 => 210.0,
        _ => of(scene.desk.view.level.segments.len(), 4, 330.0) + 76.0,
    };
    body.height().max(needed)
}

/// What the bar of the whole demand takes, with its heading.
const BARS: f32 = 112.0;

fn clouds(scene: &Scene) -> Vec<FirmId> {
    let giants = scene.desk.view.published.giants.iter().enumerate();
    giants.filter(|(_, giant)| giant.has_cloud).map(|(place, _)| FirmId(place as u8)).collect()
}

fn series(
    scene: &Scene,
    past: &[Arc<Published>],
    pick: &dyn Fn(&Published, usize) -> f64,
) -> Vec<Series> {
    clouds(scene)
        .into_iter()
        .map(|firm| Series {
            name: scene.desk.words.firm(firm).to_owned(),
            mark: scene.desk.mark(firm.seat()),
            values: past.iter().map(|published| 100.0 * pick(published, firm.index())).collect(),
            mine: firm.seat() == scene.desk.view.seat,
        })
        .collect()
}

fn percent(value: f64) -> String {
    if value.fract().abs() < 1e-9 { format!("{value:.0}") } else { format!("{value:.1}") }
}

fn chart(
    ui: &mut Ui,
    scene: &Scene,
    rect: Rect,
    past: &[Arc<Published>],
    lines: &[Series],
    (range, step): ((f64, f64), f64),
    named: bool,
    note: &dyn Fn(usize) -> Tip,
) {
    let first = scene.desk.words.quarter(past[0].quarter);
    let last = scene.desk.words.quarter(past[past.len() - 1].quarter);
    let chart = LineChart {
        series: lines,
        range,
        step,
        write: &percent,
        first: &first,
        last: &last,
        goal: None,
        named,
        note: Some(note),
    };
    chart.draw(ui, rect);
}

/// One scale for all charts of a kind.
fn scale(all: &[Vec<Series>]) -> ((f64, f64), f64) {
    let values = all.iter().flatten().flat_map(|series| series.values.iter().copied());
    LineChart::fitted(values, true)
}

/// The new demand of a segment, or of the whole, in parts.
fn won(ui: &mut Ui, scene: &Scene, rect: Rect, pick: &dyn Fn(&Published, usize) -> f64) {
    let tokens = ui.tokens();
    let published = &scene.desk.view.published;
    let mut parts = Vec::new();
    let mut rest = 1.0;
    let mut own = None;
    for firm in clouds(scene) {
        let part = pick(published, firm.index());
        rest -= part;
        let mark = scene.desk.mark(firm.seat());
        if firm.seat() == scene.desk.view.seat {
            own = Some(part);
        }
        parts.push((
            part,
            tokens.firm(mark),
            tokens.on_firm(mark),
            format!("{:.0}", 100.0 * part),
            mark,
        ));
    }
    parts.push((
        rest.max(0.0),
        tokens.rule,
        tokens.ink,
        format!("{:.0}", 100.0 * rest),
        Mark::Dash,
    ));
    if let Some(own) = own {
        let text = format!("We won {:.0}%", 100.0 * own);
        ui.ink(rect.min, Align2::LEFT_TOP, Type::NoteStrong, tokens.ink, &text);
    }
    let bar = Rect::from_min_size(rect.min + vec2(0.0, 18.0), vec2(rect.width(), 28.0));
    let drawn: Vec<_> =
        parts.iter().map(|(part, fill, ink, text, _)| (*part, *fill, *ink, text.clone())).collect();
    split_bar(ui, bar, &drawn);
    let mut x = bar.left();
    for (part, fill, _, _, mark) in &parts {
        let width = *part as f32 * bar.width();
        if width > 12.0 {
            let at = pos2(x + 0.5 * width, bar.bottom() + 11.0);
            draw_mark(ui.painter(), *mark, at, 10.0, *fill);
        }
        x += width;
    }
}

fn legend(ui: &mut Ui, scene: &Scene, right: Pos2) {
    let tokens = ui.tokens();
    let others = scene.desk.words.provider(Provider::Others).to_owned();
    let mut x =
        ui.ink(right, Align2::RIGHT_CENTER, Type::Interface, tokens.ink, &others).left() - 12.0;
    draw_mark(ui.painter(), Mark::Dash, pos2(x, right.y), 10.0, tokens.other);
    x -= 26.0;
    for firm in clouds(scene).into_iter().rev() {
        let name = scene.desk.words.firm(firm).to_owned();
        let rect =
            ui.ink(pos2(x, right.y), Align2::RIGHT_CENTER, Type::Interface, tokens.ink, &name);
        let mark = scene.desk.mark(firm.seat());
        draw_mark(ui.painter(), mark, pos2(rect.left() - 12.0, right.y), 11.0, tokens.firm(mark));
        let id = ui.id().with(("legend", firm.0));
        let told = ui.told(rect, id, &name);
        tip(ui, &told, || Figure::Giant(firm, OfGiant::WinRate).tip(scene.desk));
        x = rect.left() - 32.0;
    }
}

fn whole(ui: &mut Ui, scene: &mut Scene, rect: Rect, past: &[Arc<Published>]) {
    let tokens = ui.tokens();
    let gap = 40.0;
    type Pick = fn(&Published, usize) -> f64;
    let charts: [(&str, &str, OfGiant, Pick); 3] = [
        ("Win rate of new demand, %", "the headline of the race", OfGiant::WinRate, |p, g| {
            p.giants[g].win_rate
        }),
        ("Win rate of AI demand, %", "what models decide", OfGiant::AiWinRate, |p, g| {
            p.giants[g].ai_win_rate
        }),
        ("Share of the cloud, %", "the slow consequence", OfGiant::Share, |p, g| p.giants[g].share),
    ];
    let across = columns(rect.width(), charts.len());
    let width = (rect.width() - gap * (across as f32 - 1.0)) / across as f32;
    let lines: Vec<Vec<Series>> =
        charts.iter().map(|(.., pick)| series(scene, past, pick)).collect();
    let firms = clouds(scene);
    let axis = scale(&lines);
    let pitch = (rect.height() - BARS) / charts.len().div_ceil(across) as f32;
    for (place, (title, note, what, _)) in charts.iter().enumerate() {
        let left = rect.left() + (place % across) as f32 * (width + gap);
        let top = rect.top() + (place / across) as f32 * pitch;
        ui.hline(left..=left + width, top, 1.2, tokens.ink);
        let at = pos2(left, top + 8.0);
        let title = ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, title);
        let at = pos2(left, title.bottom());
        ui.ink(at, Align2::LEFT_TOP, Type::Note, tokens.ink_soft, note);
        let area = Rect::from_min_max(
            pos2(left, title.bottom() + 22.0),
            pos2(left + width, top + pitch - 8.0),
        );
        let told = |line: usize| Figure::Giant(firms[line], *what).tip(scene.desk);
        chart(ui, scene, area, past, &lines[place], axis, true, &told);
    }
    let y = rect.bottom() - BARS + 6.0;
    ui.hline(rect.left()..=rect.right(), y, 1.2, tokens.ink);
    let area = Rect::from_min_size(pos2(rect.left(), y + 36.0), vec2(rect.width(), 60.0));
    heading(ui, scene, pos2(rect.left(), y + 8.0), rect.right());
    won(ui, scene, area, &|published, giant| published.giants[giant].win_rate);
}

/// The heading of the bars of new demand, and what their colours mean where there is room.
fn heading(ui: &mut Ui, scene: &Scene, at: Pos2, right: f32) {
    let ink = ui.tokens().ink;
    let title =
        ui.ink(at, Align2::LEFT_TOP, Type::Panel, ink, "Who won the new demand this quarter, %");
    // Marks under the bars say the same.
    if right - title.right() > 120.0 * (1 + clouds(scene).len()) as f32 {
        legend(ui, scene, pos2(right, title.center().y));
    }
}

fn labs(ui: &mut Ui, scene: &mut Scene, rect: Rect, past: &[Arc<Published>]) {
    let tokens = ui.tokens();
    type Pick = fn(&Published, usize) -> f64;
    let charts: [(&str, &str, OfLab, Pick); 4] = [
        ("Revenue", "$bn a quarter", OfLab::Revenue, |p, l| p.labs[l].revenue_bn),
        ("Capability", "points", OfLab::Capability, |p, l| p.labs[l].capability_points),
        ("Worth", "$bn, fundamental", OfLab::Worth, |p, l| p.labs[l].fundamental_bn),
        ("Independence", "%", OfLab::Independence, |p, l| 100.0 * p.labs[l].independence),
    ];
    let gap = 32.0;
    let across = columns(rect.width(), 2);
    let width = (rect.width() - gap * (across as f32 - 1.0)) / across as f32;
    let down = charts.len().div_ceil(across);
    let height = rect.height() / down as f32 - 10.0;
    let count = scene.desk.view.published.labs.len();
    for (place, (title, note, what, pick)) in charts.iter().enumerate() {
        let at = rect.min
            + vec2(
                (place % across) as f32 * (width + gap),
                (place / across) as f32 * (height + 10.0),
            );
        ui.hline(at.x..=at.x + width, at.y, 1.2, tokens.ink);
        let title = ui.ink(at + vec2(0.0, 8.0), Align2::LEFT_TOP, Type::Panel, tokens.ink, title);
        let place_of = pos2(title.right() + 10.0, title.center().y + 1.0);
        ui.ink(place_of, Align2::LEFT_CENTER, Type::Note, tokens.ink_soft, note);
        let lines: Vec<Series> = (0..count)
            .map(|lab| {
                let seat = scene.desk.view.lab_seat(LabId(lab as u8));
                Series {
                    name: scene.desk.words.seat(seat).to_owned(),
                    mark: scene.desk.mark(seat),
                    values: past.iter().map(|published| pick(published, lab)).collect(),
                    mine: seat == scene.desk.view.seat,
                }
            })
            .collect();
        let values = lines.iter().flat_map(|line| line.values.iter().copied());
        let axis = LineChart::fitted(values, place == 0);
        let area = Rect::from_min_max(
            pos2(at.x, title.bottom() + 4.0),
            pos2(at.x + width, at.y + height - 6.0),
        );
        let told = |line: usize| Figure::Lab(LabId(line as u8), *what).tip(scene.desk);
        chart(ui, scene, area, past, &lines, axis, true, &told);
    }
}

fn chips(ui: &mut Ui, scene: &mut Scene, rect: Rect, past: &[Arc<Published>]) {
    let tokens = ui.tokens();
    let makers: Vec<FirmId> = scene
        .desk
        .view
        .published
        .giants
        .iter()
        .enumerate()
        .filter(|(_, giant)| giant.sells_chips)
        .map(|(place, _)| FirmId(place as u8))
        .collect();
    if makers.is_empty() {
        let text = "Nobody in this game makes chips for sale.";
        ui.ink(rect.center(), Align2::CENTER_CENTER, Type::Deck, tokens.ink_soft, text);
        return;
    }
    let text = "What is ordered and cannot be shipped comes a quarter late.";
    let y = ui.ink_in(rect.min, rect.width(), Type::Deck, tokens.ink_soft, text).bottom() + 12.0;
    let lines: Vec<Series> = makers
        .iter()
        .map(|firm| Series {
            name: scene.desk.words.firm(*firm).to_owned(),
            mark: scene.desk.mark(firm.seat()),
            values: past.iter().map(|p| p.giants[firm.index()].chip_sales_bn).collect(),
            mine: firm.seat() == scene.desk.view.seat,
        })
        .collect();
    let values = lines.iter().flat_map(|line| line.values.iter().copied());
    let axis = LineChart::fitted(values, true);
    ui.hline(rect.left()..=rect.right(), y, 1.2, tokens.ink);
    let at = pos2(rect.left(), y + 8.0);
    let title = ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, "Chips sold, $bn a quarter");
    let area = Rect::from_min_max(pos2(rect.left(), title.bottom() + 6.0), rect.max);
    let told = |line: usize| Figure::Giant(makers[line], OfGiant::ChipSales).tip(scene.desk);
    chart(ui, scene, area, past, &lines, axis, true, &told);
}
