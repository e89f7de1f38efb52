//! The market: who holds the cloud and who wins what is new, whole and by segment; labs; chips.

use std::sync::Arc;

use bevy_egui::egui::{Align2, Rect, Ui, pos2, vec2};

use super::Scene;
use super::frame::{self, Bar};
use crate::host::words::numbers;
use crate::ids::{FirmId, LabId, Role, SegmentId};
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
    let market = &scene.desk.view.published.market;
    let kicker = format!(
        "Cloud market, {} a quarter, up {} on the quarter",
        numbers::bn(market.revenue_bn),
        numbers::share(market.general_growth + market.ai_growth)
    );
    let text = kicker_text(&kicker);
    let mut y = ui.ink(inner.min, Align2::LEFT_TOP, Type::Kicker, tokens.ink_soft, &text).bottom();
    let title = finding(scene, &past);
    let kind = if grid.small { Type::Section } else { Type::Screen };
    let tabs = 400.0;
    let above = grid.width < 1_000.0;
    let width = if above { inner.width() } else { inner.width() - tabs };
    let title = ui.galley(kind, tokens.ink, &title, width);
    y = ui.lay(pos2(inner.left(), y - 2.0), title).bottom() + 8.0;
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
    ui.within(body, "market", |ui| match scene.state.market {
        0 => whole(ui, scene, body, &past),
        2 => labs(ui, scene, body, &past),
        3 => chips(ui, scene, body, &past),
        _ => segments(ui, scene, body, &past),
    });
}

/// What the screen shows, in a headline.
fn finding(scene: &Scene, past: &[Arc<Published>]) -> String {
    let view = &scene.desk.view;
    let words = &scene.desk.words;
    let now = &view.published;
    match view.role {
        Role::Giant(firm) if now.giants[firm.index()].has_cloud => {
            let own = &now.giants[firm.index()];
            let opening = &past[0].giants[firm.index()];
            let moved = |k: usize| own.share_by_segment[k] - opening.share_by_segment[k];
            let worst = (0..view.level.segments.len())
                .min_by(|one, other| moved(*one).total_cmp(&moved(*other)));
            match worst.filter(|k| past.len() > 1 && moved(*k) < -0.002) {
                Some(k) => format!(
                    "Most of what we lose, we lose among {}",
                    words.segment_in_text(SegmentId(k as u8))
                ),
                None => format!("We win {} of what is new", numbers::share(own.win_rate)),
            }
        }
        _ => {
            let best = now
                .giants
                .iter()
                .enumerate()
                .max_by(|one, other| one.1.win_rate.total_cmp(&other.1.win_rate));
            let (place, giant) = match best {
                Some(found) => found,
                None => return "The market".to_owned(),
            };
            format!(
                "{} wins {} of what is new",
                words.firm(FirmId(place as u8)),
                numbers::share(giant.win_rate)
            )
        }
    }
}

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

fn segments(ui: &mut Ui, scene: &mut Scene, rect: Rect, past: &[Arc<Published>]) {
    let tokens = ui.tokens();
    let segments: Vec<_> = scene.desk.view.level.segment_ids().collect();
    let count = segments.len().max(1) as f32;
    let gap = 32.0f32.min(0.02 * rect.width());
    let width = (rect.width() - gap * (count - 1.0)) / count;
    let bars = 112.0;
    let charts: Vec<Vec<Series>> = segments
        .iter()
        .map(|segment| {
            let k = segment.index();
            series(scene, past, &|published, giant| {
                published.giants[giant].share_by_segment.get(k).copied().unwrap_or(0.0)
            })
        })
        .collect();
    let axis = scale(&charts);
    for (place, segment) in segments.iter().enumerate() {
        let left = rect.left() + place as f32 * (width + gap);
        ui.hline(left..=left + width, rect.top(), 1.2, tokens.ink);
        let name = scene.desk.words.segment(*segment).to_owned();
        let at = pos2(left, rect.top() + 8.0);
        let title = ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, &name);
        let size = scene.desk.view.level.segments[segment.index()].size;
        let sold = size * scene.desk.view.published.market.revenue_bn;
        let text = format!("{} a quarter", numbers::bn(sold));
        if title.width() + 110.0 < width {
            let at = pos2(left + width, title.center().y);
            ui.ink(at, Align2::RIGHT_CENTER, Type::Note, tokens.ink_soft, &text);
        }
        let y = title.bottom();
        let line = moved_line(scene, past, segment.index());
        ui.ink(pos2(left, y), Align2::LEFT_TOP, Type::Note, tokens.ink_soft, &line);
        let area = Rect::from_min_max(
            pos2(left, y + 22.0),
            pos2(left + width, rect.bottom() - bars - 26.0),
        );
        let firms = clouds(scene);
        let note = |line: usize| in_segment(scene, past, firms[line], *segment);
        chart(ui, scene, area, past, &charts[place], axis, false, &note);
    }
    let y = rect.bottom() - bars - 8.0;
    ui.hline(rect.left()..=rect.right(), y, 1.2, tokens.ink);
    let at = pos2(rect.left(), y + 8.0);
    let title = "Who won the new demand this quarter, %";
    ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, title);
    legend(ui, scene, pos2(rect.right(), y + 20.0));
    for (place, segment) in segments.iter().enumerate() {
        let left = rect.left() + place as f32 * (width + gap);
        let area = Rect::from_min_size(pos2(left, y + 40.0), vec2(width, 60.0));
        won(ui, scene, area, &|published, giant| {
            published.giants[giant].win_by_segment.get(segment.index()).copied().unwrap_or(0.0)
        });
    }
}

/// How a cloud stands in a segment: its share there, what it won of what is new, and since when.
fn in_segment(scene: &Scene, past: &[Arc<Published>], firm: FirmId, segment: SegmentId) -> Tip {
    let (words, k) = (&scene.desk.words, segment.index());
    let of = |published: &Published| {
        let giant = &published.giants[firm.index()];
        let part = |list: &[f64]| list.get(k).copied().unwrap_or(0.0);
        (part(&giant.share_by_segment), part(&giant.win_by_segment))
    };
    let now = past.len() - 1;
    let (share, won) = of(&past[now]);
    let title = format!("{} among {}", words.firm(firm), words.segment_in_text(segment));
    let mut told = Tip::new(title, numbers::share(share)).unit("part of what this segment buys");
    if now > 0 {
        told = told.change(numbers::share_change(share - of(&past[now - 1]).0));
    }
    told = told
        .row("won of new demand here", numbers::share(won))
        .row("share at the opening", numbers::share(of(&past[0]).0));
    let drift = if won > share { "rises" } else { "falls" };
    told.note(format!(
        "A share {drift} towards what is won of new demand. Cloud share, above, has the causes."
    ))
}

/// What the player's own share has done in a segment.
fn moved_line(scene: &Scene, past: &[Arc<Published>], k: usize) -> String {
    let Role::Giant(firm) = scene.desk.view.role else { return String::new() };
    let share = |published: &Published| {
        published.giants[firm.index()].share_by_segment.get(k).copied().unwrap_or(0.0)
    };
    let now = past.len() - 1;
    let then = now.saturating_sub(4);
    let by = share(&past[now]) - share(&past[then]);
    let span = match now - then {
        0 => return format!("We hold {}.", numbers::share(share(&past[now]))),
        1 => "in a quarter",
        2 => "in two quarters",
        3 => "in three quarters",
        _ => "in a year",
    };
    match by {
        b if b > 0.0005 => format!("We gained {:.1} points {span}.", 100.0 * b),
        b if b < -0.0005 => format!("We lost {:.1} points {span}.", -100.0 * b),
        _ => format!("We held our ground {span}."),
    }
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
    let text = own.map_or_else(String::new, |own| format!("We won {:.0}%", 100.0 * own));
    let at = rect.min;
    ui.ink(at, Align2::LEFT_TOP, Type::NoteStrong, tokens.ink, &text);
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

fn legend(ui: &mut Ui, scene: &Scene, right: bevy_egui::egui::Pos2) {
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
    let width = (rect.width() - 2.0 * gap) / 3.0;
    type Pick = fn(&Published, usize) -> f64;
    let charts: [(&str, &str, OfGiant, Pick); 3] = [
        ("Win rate of new demand, %", "the headline of the race", OfGiant::WinRate, |p, g| {
            p.giants[g].win_rate
        }),
        ("… of new AI demand, %", "what models decide", OfGiant::AiWinRate, |p, g| {
            p.giants[g].ai_win_rate
        }),
        ("Share of the cloud, %", "the slow consequence", OfGiant::Share, |p, g| p.giants[g].share),
    ];
    let lines: Vec<Vec<Series>> =
        charts.iter().map(|(.., pick)| series(scene, past, pick)).collect();
    let firms = clouds(scene);
    let axis = scale(&lines);
    for (place, (title, note, what, _)) in charts.iter().enumerate() {
        let left = rect.left() + place as f32 * (width + gap);
        ui.hline(left..=left + width, rect.top(), 1.2, tokens.ink);
        let at = pos2(left, rect.top() + 8.0);
        let title = ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, title);
        let at = pos2(left, title.bottom());
        ui.ink(at, Align2::LEFT_TOP, Type::Note, tokens.ink_soft, note);
        let area = Rect::from_min_max(
            pos2(left, title.bottom() + 22.0),
            pos2(left + width, rect.bottom() - 110.0),
        );
        let told = |line: usize| Figure::Giant(firms[line], *what).tip(scene.desk);
        chart(ui, scene, area, past, &lines[place], axis, true, &told);
    }
    let y = rect.bottom() - 96.0;
    ui.hline(rect.left()..=rect.right(), y, 1.2, tokens.ink);
    legend(ui, scene, pos2(rect.right(), y + 20.0));
    let area = Rect::from_min_size(pos2(rect.left(), y + 34.0), vec2(rect.width(), 60.0));
    won(ui, scene, area, &|published, giant| published.giants[giant].win_rate);
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
    let width = (rect.width() - gap) / 2.0;
    let height = (rect.height() - 20.0) / 2.0;
    let count = scene.desk.view.published.labs.len();
    for (place, (title, note, what, pick)) in charts.iter().enumerate() {
        let at = rect.min
            + vec2((place % 2) as f32 * (width + gap), (place / 2) as f32 * (height + 10.0));
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
    let market = scene.desk.view.published.chips;
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
    let text = format!(
        "Chips for {} were ordered and {} could be shipped; what is short comes a quarter late.",
        numbers::gigawatts(market.wanted_gw),
        numbers::gigawatts(market.supply_gw)
    );
    let y = ui.ink_in(rect.min, rect.width(), Type::Deck, tokens.ink_soft, &text).bottom() + 12.0;
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
