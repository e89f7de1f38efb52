//! The market by segment: who holds each, who wins what is new in it, and why where it hurts.

use std::sync::Arc;

use bevy_egui::egui::{Align2, Rect, Ui, pos2, vec2};

use super::finding::lost;
use super::{chart, clouds, columns, heading, scale, series, won};
use crate::host::words::numbers;
use crate::ids::{FirmId, Role, SegmentId};
use crate::sim::view::Published;
use crate::ui::screens::{Scene, records};
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Series, Tip, text_button};

/// What the bars under the charts take.
const BAR: f32 = 66.0;

pub(super) fn show(ui: &mut Ui, scene: &mut Scene, rect: Rect, past: &[Arc<Published>]) {
    let tokens = ui.tokens();
    let mut segments: Vec<SegmentId> = scene.desk.view.level.segment_ids().collect();
    // The largest first.
    let size = |segment: &SegmentId| scene.desk.view.level.segments[segment.index()].size;
    segments.sort_by(|one, other| size(other).total_cmp(&size(one)));
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
    let firms = clouds(scene);
    let across = columns(rect.width(), 4).min(segments.len().max(1));
    let gap = 32.0f32.min(0.02 * rect.width());
    let width = (rect.width() - gap * (across as f32 - 1.0)) / across as f32;
    let foot = why_room(ui);
    let down = segments.len().max(1).div_ceil(across);
    let one_line = down == 1;
    // In one line the bars share a heading; below each other every segment keeps its own.
    let shared = if one_line { 46.0 } else { 34.0 };
    let pitch = (rect.height() - foot - shared) / down as f32;
    if !one_line {
        let y = rect.bottom() - foot - shared;
        heading(ui, scene, pos2(rect.left(), y + 6.0), rect.right());
    }
    for (place, segment) in segments.iter().enumerate() {
        let left = rect.left() + (place % across) as f32 * (width + gap);
        let top = rect.top() + (place / across) as f32 * pitch;
        let bars = top + pitch - BAR + if one_line { 46.0 } else { 0.0 };
        let below = if one_line { bars - 46.0 } else { bars };
        let area = Rect::from_min_max(pos2(left, top), pos2(left + width, below - 6.0));
        let y = titles(ui, scene, area, past, *segment);
        let plot = Rect::from_min_max(pos2(left, y + 4.0), area.max);
        let note = |line: usize| in_segment(scene, past, firms[line], *segment);
        chart(ui, scene, plot, past, &charts[place], axis, false, &note);
        let area = Rect::from_min_size(pos2(left, bars), vec2(width, 60.0));
        won(ui, scene, area, &|published, giant| {
            published.giants[giant].win_by_segment.get(segment.index()).copied().unwrap_or(0.0)
        });
        if one_line && place == 0 {
            ui.hline(rect.left()..=rect.right(), below, 1.2, tokens.ink);
            heading(ui, scene, pos2(rect.left(), below + 8.0), rect.right());
        }
    }
    why(ui, scene, rect, past);
}

/// A segment's name, what it buys, and how we fared there; where they end.
fn titles(
    ui: &mut Ui,
    scene: &Scene,
    rect: Rect,
    past: &[Arc<Published>],
    segment: SegmentId,
) -> f32 {
    let tokens = ui.tokens();
    let (left, right) = (rect.left(), rect.right());
    ui.hline(left..=right, rect.top(), 1.2, tokens.ink);
    let name = scene.desk.words.segment(segment).to_owned();
    let at = pos2(left, rect.top() + 8.0);
    let title = ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, &name);
    let size = scene.desk.view.level.segments[segment.index()].size;
    let sold = size * scene.desk.view.published.market.revenue_bn;
    let text = format!("{} a quarter", numbers::bn(sold));
    let note = ui.galley(Type::Note, tokens.ink_soft, &text, f32::INFINITY);
    if title.right() + 12.0 + note.size().x < right {
        ui.lay(pos2(right - note.size().x, title.center().y - 0.5 * note.size().y), note);
    }
    let (head, strong, tail) = moved_line(scene, past, segment.index());
    let runs = [
        (Type::Note, tokens.ink_soft, head.as_str()),
        (Type::NoteStrong, tokens.ink, strong.as_str()),
        (Type::Note, tokens.ink_soft, tail.as_str()),
    ];
    let galley = ui.runs(&runs, right - left);
    ui.lay(pos2(left, title.bottom()), galley).bottom()
}

/// What the player's own share has done in a segment, the change apart.
fn moved_line(scene: &Scene, past: &[Arc<Published>], k: usize) -> (String, String, String) {
    let none = || (String::new(), String::new(), String::new());
    let Role::Giant(firm) = scene.desk.view.role else { return none() };
    if !scene.desk.view.published.giants[firm.index()].has_cloud {
        return none();
    }
    let share = |published: &Published| {
        published.giants[firm.index()].share_by_segment.get(k).copied().unwrap_or(0.0)
    };
    let now = past.len() - 1;
    let then = now.saturating_sub(4);
    let by = share(&past[now]) - share(&past[then]);
    let held = numbers::share(share(&past[now]));
    let span = match now - then {
        0 => return ("We hold ".to_owned(), held, ".".to_owned()),
        1 => " in a quarter.",
        2 => " in two quarters.",
        3 => " in three quarters.",
        _ => " in a year.",
    };
    let points = format!("{:.1} points", 100.0 * by.abs());
    match by {
        b if b > 0.0005 => ("We gained ".to_owned(), points, span.to_owned()),
        b if b < -0.0005 => ("We lost ".to_owned(), points, span.to_owned()),
        _ => (format!("We held our ground{span}"), String::new(), String::new()),
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

/// What the line under the bars takes.
fn why_room(ui: &Ui) -> f32 {
    if ui.grid().tiny { 0.0 } else { 34.0 }
}

/// Why the segment that hurts most does: what it chooses by, with us and with the best there is.
fn why(ui: &mut Ui, scene: &mut Scene, rect: Rect, past: &[Arc<Published>]) {
    let Some(lost) = lost(scene, past).filter(|_| why_room(ui) > 0.0) else { return };
    let Role::Giant(own) = scene.desk.view.role else { return };
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    let now = &desk.view.published;
    let segment = lost.most.unwrap_or(lost.fastest);
    let points = |firm: &FirmId| now.frontier.points + now.giants[firm.index()].access_points;
    let rivals = clouds(scene);
    let best = rivals
        .iter()
        .filter(|firm| **firm != own)
        .max_by(|one, other| points(one).total_cmp(&points(other)));
    let Some(best) = best else { return };
    let used = |firm: &FirmId| numbers::share(now.giants[firm.index()].utilisation);
    let head = format!("Why {}?  ", desk.words.segment_in_text(segment));
    let text = format!(
        "They choose by models, price and room: the best model they can run is {:.0} points with us, {:.0} with {}; {} of our machines are in use, {} of theirs.",
        points(&own),
        points(best),
        desk.words.firm(*best),
        used(&own),
        used(best)
    );
    let y = rect.bottom() - why_room(ui);
    ui.hline(rect.left()..=rect.right(), y, 1.0, tokens.rule);
    let at = pos2(rect.right(), y + 10.0);
    let press = text_button(ui, at, Align2::RIGHT_TOP, Type::InterfaceStrong, "All the causes");
    let runs = [
        (Type::NoteStrong, tokens.ink, head.as_str()),
        (Type::Note, tokens.ink_soft, text.as_str()),
    ];
    let galley = ui.runs(&runs, press.rect.left() - rect.left() - 20.0);
    ui.lay(pos2(rect.left(), y + 4.0 + if galley.rows.len() > 1 { 0.0 } else { 6.0 }), galley);
    if press.clicked() {
        records::open(scene, "The last close");
    }
}
