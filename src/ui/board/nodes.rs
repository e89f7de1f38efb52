//! Giants and labs: a ring that says what they hold or who holds them, a mark, a figure, a name.

use bevy_egui::egui::{Align2, Rect, Sense, Stroke, Ui, WidgetInfo, WidgetType, pos2, vec2};

use super::chart::{Chart, Name, name_type};
use super::layout::Place;
use super::{Picture, Pressed};
use crate::host::words::numbers;
use crate::ids::{FirmId, LabId, Role, SeatId};
use crate::ui::figures::{Figure, OfGiant, OfLab};
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Tip, arc, brackets, draw_mark, tip};

/// Around the player's node.
const HALO: f32 = 10.0;

pub fn draw(ui: &mut Ui, picture: &Picture, chart: &Chart) -> Pressed {
    let mut pressed = Pressed::default();
    for (place, name) in chart.places.iter().zip(&chart.names) {
        node(ui, picture, &chart.places, (place, name), &mut pressed);
    }
    pressed
}

/// The tag on the player's halo.
pub fn you_tag(me: &Place) -> Rect {
    Rect::from_center_size(me.at - vec2(0.0, me.radius + HALO), vec2(38.0, 20.0))
}

/// A seat's name, and the figure under it.
pub fn named(picture: &Picture, seat: SeatId) -> (String, String) {
    (picture.desk.words.seat(seat).to_owned(), told(picture, seat).2)
}

fn node(
    ui: &mut Ui,
    picture: &Picture,
    places: &[Place],
    (place, written): (&Place, &Name),
    pressed: &mut Pressed,
) {
    let desk = picture.desk;
    let tokens = ui.tokens();
    let view = &desk.view;
    let (at, radius) = (place.at, place.radius);
    let me = place.seat == view.seat;
    let area = Rect::from_center_size(at, vec2(2.0 * radius, 2.0 * radius));
    let name = desk.words.seat(place.seat).to_owned();
    let id = ui.id().with(("node", place.seat.0));
    let response = ui.interact(area, id, Sense::click());
    let (figure, caption, below) = told(picture, place.seat);
    let spoken = format!("{name}: {figure} {caption}. {below}");
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, spoken.as_str()));
    let ring = match view.level.seat_ids().nth(place.seat.index()).map(|s| s.role(view.giants())) {
        Some(Role::Lab(_)) => 12.0,
        _ => 10.0,
    } * (radius / 68.0).clamp(0.6, 1.2);
    ui.painter().circle_filled(at, radius, tokens.sheet);
    match place.seat.role(view.giants()) {
        Role::Giant(firm) => {
            let own = &view.published.giants[firm.index()];
            let mid = radius - 0.5 * ring;
            if own.has_cloud {
                let soft = Stroke::new(ring, tokens.rule_soft);
                ui.painter().circle_stroke(at, mid, soft);
                let colour = tokens.firm(desk.mark(place.seat));
                let share = own.share as f32;
                arc(ui.painter(), at, mid, (0.0, share.max(0.004)), Stroke::new(ring, colour));
                let tick = [at - vec2(0.0, radius + 1.0), at - vec2(0.0, radius - ring - 3.0)];
                ui.painter().line_segment(tick, Stroke::new(1.6, tokens.ink));
            } else {
                ui.painter().circle_stroke(at, radius, Stroke::new(1.6, tokens.ink));
            }
        }
        Role::Lab(lab) => owners(ui, picture, places, place, lab, ring),
    }
    if me {
        ui.painter().circle_stroke(at, radius + HALO, Stroke::new(1.5, tokens.pen));
        let tag = you_tag(place);
        ui.painter().rect_filled(tag, 3, tokens.pen_fill);
        ui.ink(tag.center(), Align2::CENTER_CENTER, Type::NoteStrong, tokens.on_pen, "You");
    }
    inside(ui, picture, place, (&figure, &caption), radius);
    name_of(ui, written);
    if picture.selected == Some(place.seat) {
        let reach = 2.0 * place.reach;
        let whole = Rect::from_center_size(at, vec2(reach, reach)).union(written.rect);
        brackets(ui.painter(), whole.expand(6.0), &tokens);
    }
    ui.focus_ring(&response, area, (radius as u8).min(250));
    if response.has_focus() || response.hovered() {
        pressed.hovered |= response.hovered();
    }
    if response.double_clicked() {
        pressed.open = Some(place.seat);
    } else if response.clicked() {
        pressed.select = Some(place.seat);
    }
    tip(ui, &response, || explain(picture, place.seat));
}

/// The figure of a node, its caption, and what stands under its name.
fn told(picture: &Picture, seat: SeatId) -> (String, String, String) {
    let view = &picture.desk.view;
    match seat.role(view.giants()) {
        Role::Giant(firm) => {
            let giant = &view.published.giants[firm.index()];
            if !giant.has_cloud {
                return (
                    String::new(),
                    "chips".to_owned(),
                    format!("cash {}", numbers::bn(giant.cash_bn)),
                );
            }
            let models =
                giant.own_points.map_or_else(String::new, |points| format!(", models {points:.0}"));
            (
                numbers::share(giant.share),
                "of cloud".to_owned(),
                format!("wins {}{models}", numbers::share(giant.win_rate)),
            )
        }
        Role::Lab(lab) => {
            let own = &view.published.labs[lab.index()];
            let known = &view.labs[lab.index()];
            let runway = numbers::known(known.runway_quarters, |value| format!("{value:.1}"));
            let frontier = view.published.frontier.leader == seat;
            let caption = if frontier { "the frontier" } else { "capability" };
            (
                format!("{:.0}", own.capability_points),
                caption.to_owned(),
                format!("runway {runway} quarters"),
            )
        }
    }
}

fn inside(ui: &mut Ui, picture: &Picture, place: &Place, texts: (&str, &str), radius: f32) {
    let tokens = ui.tokens();
    let mark = picture.desk.mark(place.seat);
    let (figure, caption) = texts;
    let roomy = radius > 46.0;
    // A small node without a figure has room for its mark alone.
    let captioned = roomy || (figure.is_empty() && radius > 24.0);
    let lift = match figure.is_empty() {
        true if captioned => 8.0,
        true => 0.0,
        false => 0.36 * radius,
    };
    let at = place.at - vec2(0.0, lift);
    let size = match roomy {
        true => 18.0,
        false => (0.36 * radius).clamp(9.0, 13.0),
    };
    draw_mark(ui.painter(), mark, at, size, tokens.firm(mark));
    let kind = match roomy {
        true => Type::Figure,
        false if radius < 30.0 => Type::NoteStrong,
        false => Type::RowStrong,
    };
    let drop = if roomy { 4.0 } else { 7.0 };
    if !figure.is_empty() {
        let at = place.at + vec2(0.0, drop);
        ui.ink(at, Align2::CENTER_CENTER, kind, tokens.ink, figure);
    }
    if captioned {
        let at = place.at + vec2(0.0, if figure.is_empty() { 12.0 } else { 24.0 });
        ui.ink(at, Align2::CENTER_CENTER, Type::Note, tokens.ink_soft, caption);
    }
}

/// The name on the page's colour: no edge runs through it.
fn name_of(ui: &mut Ui, it: &Name) {
    let tokens = ui.tokens();
    ui.painter().rect_filled(it.rect, 0, tokens.page);
    let kind = name_type(ui);
    let top = ui.ink(it.rect.center_top(), Align2::CENTER_TOP, kind, tokens.ink, &it.name);
    if !it.below.is_empty() {
        let at = pos2(it.rect.center().x, top.bottom() - 2.0);
        ui.ink(at, Align2::CENTER_TOP, Type::Note, tokens.ink_soft, &it.below);
    }
}

/// A lab's ring, divided as its cap table, each giant's piece facing it.
fn owners(ui: &mut Ui, picture: &Picture, places: &[Place], place: &Place, lab: LabId, ring: f32) {
    let tokens = ui.tokens();
    let desk = picture.desk;
    let own = &desk.view.published.labs[lab.index()];
    let mid = place.radius - 0.5 * ring;
    let mut pieces: Vec<(f32, f32, bevy_egui::egui::Color32)> = own
        .stakes
        .iter()
        .enumerate()
        .filter(|(_, stake)| **stake > 0.0005)
        .map(|(giant, stake)| {
            let seat = FirmId(giant as u8).seat();
            let part = *stake as f32;
            let facing = direction(places, place, seat);
            (facing - 0.5 * part, part, tokens.firm(desk.mark(seat)))
        })
        .collect();
    pieces.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut least = f32::NEG_INFINITY;
    for (from, part, _) in &mut pieces {
        *from = from.max(least);
        least = *from + *part;
    }
    let gap = 1.5 / (std::f32::consts::TAU * mid);
    let draw = |from: f32, to: f32, colour| {
        if to - from > 0.002 {
            let span = (from + gap, (to - gap).max(from + 1.2 * gap));
            arc(ui.painter(), place.at, mid, span, Stroke::new(ring, colour));
        }
    };
    // The others share what lies between, one after the other.
    let first = pieces.first().map_or(0.6, |(from, ..)| *from);
    let mut gaps: Vec<(f32, f32)> = Vec::new();
    let mut at = first;
    for (from, part, colour) in &pieces {
        gaps.push((at, *from));
        draw(*from, from + part, *colour);
        at = from + part;
    }
    gaps.push((at, first + 1.0));
    let room: f32 = gaps.iter().map(|(from, to)| (to - from).max(0.0)).sum();
    let others = opening_holders(picture, lab);
    let shades = [tokens.other, tokens.rule];
    let (mut holder, mut left) = (0, others[0] as f32 * room);
    for (mut from, to) in gaps {
        while to - from > 1e-4 {
            let step = left.min(to - from).max(1e-4);
            draw(from, from + step, shades[holder % 2]);
            from += step;
            left -= step;
            if left <= 1e-4 && holder + 1 < others.len() {
                holder += 1;
                left = others[holder] as f32 * room;
            } else if left <= 1e-4 {
                left = 1.0;
            }
        }
    }
    if let Some((with, sheet)) = picture.draft {
        let mine = desk.view.lab_seat(lab);
        let giant = if desk.view.seat == mine { with } else { desk.view.seat };
        let concerns = with == mine || desk.view.seat == mine;
        if concerns && giant.index() < desk.view.giants() {
            let part = sheet.stake() as f32;
            let facing = direction(places, place, giant);
            let span = (facing - 0.5 * part, facing + 0.5 * part);
            arc(ui.painter(), place.at, place.radius + 6.0, span, Stroke::new(3.5, tokens.pen));
        }
    }
}

/// Where a seat stands from a node, as a part of a circle clockwise from 12 o'clock.
fn direction(places: &[Place], from: &Place, seat: SeatId) -> f32 {
    let Some(to) = super::layout::of(places, seat) else { return 0.6 };
    let way = to.at - from.at;
    (vec2(-way.y, way.x).angle() / std::f32::consts::TAU).rem_euclid(1.0)
}

/// Holders beside the giants, as parts of what giants do not hold.
fn opening_holders(picture: &Picture, lab: LabId) -> Vec<f64> {
    let holders = &picture.desk.view.level.labs[lab.index()].other_holders;
    let sum: f64 = holders.iter().map(|(_, part)| part).sum();
    match holders.is_empty() || sum <= 0.0 {
        true => vec![1.0],
        false => holders.iter().map(|(_, part)| part / sum).collect(),
    }
}

/// What a node's note says: the figure it shows, and how to go on.
fn explain(picture: &Picture, seat: SeatId) -> Tip {
    let desk = picture.desk;
    match seat.role(desk.view.giants()) {
        Role::Giant(firm) if desk.view.published.giants[firm.index()].has_cloud => {
            Figure::Giant(firm, OfGiant::Share).tip(desk)
        }
        Role::Giant(firm) => Figure::Giant(firm, OfGiant::ChipSales).tip(desk),
        Role::Lab(lab) => Figure::Lab(lab, OfLab::Capability).tip(desk),
    }
}
