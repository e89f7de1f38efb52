//! Stakes, compute and cash between seats: ribbons, chevrons and dots along quadratic curves.

use bevy_egui::egui::{Color32, Painter, Pos2, Rect, Shape, Stroke, Ui, Vec2, pos2, vec2};

use super::Picture;
use super::layout::{Place, of};
use crate::host::words::numbers;
use crate::ids::{FirmId, LabId, SeatId};
use crate::sim::books::{Account, Reason};
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Tip, tip};

/// A curve between the rims of two nodes.
struct Curve {
    from: Pos2,
    bend: Pos2,
    to: Pos2,
}

impl Curve {
    fn between(one: &Place, other: &Place, bend: f32) -> Curve {
        let middle = one.at + 0.5 * (other.at - one.at);
        let along = (other.at - one.at).normalized();
        let across = vec2(-along.y, along.x);
        let length = one.at.distance(other.at);
        let bend = middle + across * bend * length;
        let rim = |place: &Place, towards: Pos2| {
            place.at + (towards - place.at).normalized() * (place.radius + 5.0)
        };
        Curve { from: rim(one, bend), bend, to: rim(other, bend) }
    }

    fn at(&self, t: f32) -> Pos2 {
        let (one, two) =
            (self.from + t * (self.bend - self.from), self.bend + t * (self.to - self.bend));
        one + t * (two - one)
    }

    fn way(&self, t: f32) -> Vec2 {
        let way = (1.0 - t) * (self.bend - self.from) + t * (self.to - self.bend);
        way.normalized()
    }

    fn length(&self) -> f32 {
        let points = self.points(0.0);
        points.windows(2).map(|pair| pair[0].distance(pair[1])).sum()
    }

    /// The curve as a line, so many pixels to its left.
    fn points(&self, aside: f32) -> Vec<Pos2> {
        (0..=28)
            .map(|k| {
                let t = k as f32 / 28.0;
                let way = self.way(t);
                self.at(t) + aside * vec2(way.y, -way.x)
            })
            .collect()
    }
}

pub fn draw(ui: &mut Ui, picture: &Picture, places: &[Place]) {
    let desk = picture.desk;
    let view = &desk.view;
    chips(ui, picture, places);
    let mut labels: Vec<(Pos2, String, Tip, SeatId, SeatId)> = Vec::new();
    for lab in (0..view.published.labs.len()).map(|place| LabId(place as u8)) {
        for firm in (0..view.giants()).map(|place| FirmId(place as u8)) {
            if let Some(label) = pair(ui, picture, places, firm, lab) {
                labels.push(label);
            }
        }
    }
    draft(ui, picture, places);
    for (at, text, told, one, other) in labels {
        let rect = label(ui, at, &text);
        let id = ui.id().with(("edge", one.0, other.0));
        let name = format!("{} and {}: {text}", desk.words.seat(one), desk.words.seat(other));
        let response = ui.told(rect, id, &name);
        tip(ui, &response, || told);
    }
}

type Label = (Pos2, String, Tip, SeatId, SeatId);

/// Everything between one giant and one lab.
fn pair(
    ui: &mut Ui,
    picture: &Picture,
    places: &[Place],
    firm: FirmId,
    lab: LabId,
) -> Option<Label> {
    let tokens = ui.tokens();
    let desk = picture.desk;
    let view = &desk.view;
    let lab_seat = view.lab_seat(lab);
    let (giant, node) = (of(places, firm.seat())?, of(places, lab_seat)?);
    let own = &view.published.labs[lab.index()];
    let stake = own.stakes[firm.index()];
    let rented = own.compute_gw.get(firm.index()).copied().unwrap_or(0.0);
    let committed = view
        .deals
        .iter()
        .filter(|deal| deal.giant == firm && deal.lab == lab && deal.binds())
        .map(|deal| f64::from(deal.sheet.commitment_mw) / 1_000.0)
        .fold(0.0, f64::max);
    let paid = paid_lately(picture, firm, lab_seat);
    let curve = Curve::between(&giant, &node, bend(&giant, &node));
    let colour = tokens.firm(desk.mark(firm.seat()));
    let has_stake = stake > 0.004 && picture.layers.stakes;
    let painter = ui.painter().clone();
    let mut parts = Vec::new();
    if has_stake {
        let width = (70.0 * stake as f32).max(3.0);
        painter.add(Shape::line(curve.points(0.0), Stroke::new(width, tokens.faded(colour, 0.26))));
        painter.add(Shape::line(curve.points(0.0), Stroke::new(1.5, colour)));
        parts.push(format!("{} stake", numbers::share(stake)));
    }
    let beside = if has_stake { 35.0 * stake as f32 + 10.0 } else { 0.0 };
    if rented > 0.03 && picture.layers.compute {
        chevrons(
            &painter,
            &curve,
            beside.max(if has_stake { 12.0 } else { 0.0 }),
            colour,
            picture.drift,
        );
        parts.push(numbers::gigawatts(rented));
    } else if committed > 0.05 && picture.layers.compute {
        let dots = Shape::dashed_line(&curve.points(beside), Stroke::new(1.4, colour), 2.0, 5.0);
        painter.extend(dots);
        parts.push(format!("{} to come", numbers::gigawatts(committed)));
    }
    if paid > 0.05 && picture.layers.cash {
        dots(&painter, &curve, -(beside + 8.0), tokens.ink_soft, picture.drift);
    }
    if picture.layers.trust {
        let trust = view.labs[lab.index()].trust.get(firm.index()).copied();
        let known = view.seat == firm.seat() || view.seat == lab_seat;
        if let Some(trust) = trust.filter(|_| known) {
            let value = trust.or(0.5) as f32;
            let line = Stroke::new(1.0 + 4.0 * value, tokens.faded(tokens.ink, 0.35));
            painter.add(Shape::line(curve.points(-(beside + 16.0)), line));
            parts.push(format!("trust {}", numbers::known(trust, |v| format!("{v:.2}"))));
        }
    }
    if parts.is_empty() {
        return None;
    }
    let small = ui.grid().small;
    let text = match small {
        true => parts[0].clone(),
        false => parts.join(", "),
    };
    let title = format!("{} and {}", desk.words.firm(firm), desk.words.lab(lab));
    let told = Tip::new(title, "")
        .row("stake", numbers::share(stake))
        .row("compute rented", numbers::gigawatts(rented))
        .row("compute promised", numbers::gigawatts(committed))
        .row("paid for shares last quarter", numbers::bn(paid));
    Some((curve.at(0.46), text, told, firm.seat(), lab_seat))
}

/// Edges from the left bend down, from the right up: they stay clear of each other.
fn bend(one: &Place, other: &Place) -> f32 {
    let across = (other.at.x - one.at.x).abs();
    let down = other.at.y - one.at.y;
    match across < 60.0 {
        true => -0.22,
        false => (0.10 * (down / across.max(1.0))).clamp(-0.10, 0.10) - 0.04,
    }
}

/// What a giant paid for a lab's shares in the last quarter, $bn.
fn paid_lately(picture: &Picture, firm: FirmId, lab: SeatId) -> f64 {
    let Some(closed) = picture.desk.history.last() else { return 0.0 };
    let own = [Account::Cash(firm.seat()), Account::Escrow(firm.seat())];
    let paid = closed.postings.iter().filter(|posting| {
        posting.reason == Reason::SharesBought
            && own.contains(&posting.from)
            && posting.to == Account::Cash(lab)
    });
    paid.map(|posting| posting.amount.bn()).sum()
}

fn chevrons(painter: &Painter, curve: &Curve, aside: f32, colour: Color32, drift: f32) {
    let length = curve.length().max(1.0);
    let count = (length / 18.0) as usize;
    let offset = (drift % 18.0) / length;
    for k in 0..count {
        let t = (k as f32 + 0.5) * 18.0 / length + offset;
        if !(0.03..0.97).contains(&t) {
            continue;
        }
        let way = curve.way(t);
        let side = vec2(way.y, -way.x);
        let tip = curve.at(t) + aside * -side;
        let wing = |sign: f32| tip - 5.0 * way + sign * 3.8 * side;
        painter.add(Shape::line(vec![wing(1.0), tip, wing(-1.0)], Stroke::new(2.0, colour)));
    }
}

fn dots(painter: &Painter, curve: &Curve, aside: f32, colour: Color32, drift: f32) {
    let length = curve.length().max(1.0);
    let count = (length / 14.0) as usize;
    let offset = (drift % 14.0) / length;
    for k in 1..count {
        let t = k as f32 * 14.0 / length + offset;
        if !(0.04..0.96).contains(&t) {
            continue;
        }
        let way = curve.way(t);
        painter.circle_filled(curve.at(t) + aside * vec2(-way.y, way.x), 2.7, colour);
    }
}

fn label(ui: &mut Ui, at: Pos2, text: &str) -> Rect {
    let tokens = ui.tokens();
    let galley = ui.galley(Type::NoteStrong, tokens.ink, text, f32::INFINITY);
    let rect = Rect::from_center_size(at, galley.size() + vec2(10.0, 4.0));
    ui.painter().rect_filled(rect, 0, tokens.page);
    ui.lay(rect.min + vec2(5.0, 2.0), galley);
    rect
}

/// The player's draft is already in the picture.
fn draft(ui: &mut Ui, picture: &Picture, places: &[Place]) {
    let tokens = ui.tokens();
    let Some((with, sheet)) = picture.draft else { return };
    let me = picture.desk.view.seat;
    let (Some(one), Some(other)) = (of(places, me), of(places, with)) else { return };
    let curve = Curve::between(&one, &other, -0.16);
    let wash = Stroke::new((70.0 * sheet.stake() as f32).max(4.0), tokens.pen_wash);
    ui.painter().add(Shape::line(curve.points(0.0), wash));
    let dashes = Shape::dashed_line(&curve.points(0.0), Stroke::new(2.2, tokens.pen), 8.0, 5.0);
    ui.painter().extend(dashes);
    let lines = [
        format!("Your draft: {}", numbers::money(sheet.amount())),
        format!("for {}", numbers::share(sheet.stake())),
    ];
    let one = ui.galley(Type::NoteStrong, tokens.pen, &lines[0], f32::INFINITY);
    let two = ui.galley(Type::Note, tokens.pen, &lines[1], f32::INFINITY);
    let size = vec2(one.size().x.max(two.size().x) + 20.0, one.size().y + two.size().y + 6.0);
    let tag = Rect::from_center_size(curve.at(0.5), size);
    ui.painter().rect_filled(tag, 3, tokens.pen_wash);
    let centre = tag.center().x;
    let height = one.size().y;
    let (left_one, left_two) = (centre - 0.5 * one.size().x, centre - 0.5 * two.size().x);
    ui.lay(pos2(left_one, tag.top() + 3.0), one);
    ui.lay(pos2(left_two, tag.top() + 3.0 + height), two);
}

/// Chips go to every cloud: thin lines, those served first a little heavier.
fn chips(ui: &mut Ui, picture: &Picture, places: &[Place]) {
    let tokens = ui.tokens();
    let desk = picture.desk;
    let view = &desk.view;
    if !picture.layers.compute {
        return;
    }
    for (maker, figures) in view.published.giants.iter().enumerate().filter(|(_, g)| g.sells_chips)
    {
        let seat = FirmId(maker as u8).seat();
        let Some(from) = of(places, seat) else { continue };
        let colour = tokens.firm(desk.mark(seat));
        let clouds = view.published.giants.iter().enumerate().filter(|(_, giant)| giant.has_cloud);
        for (place, _) in clouds {
            let buyer = FirmId(place as u8).seat();
            let Some(to) = of(places, buyer).filter(|_| buyer != seat) else { continue };
            let curve = Curve::between(&from, &to, if to.at.x < from.at.x { 0.10 } else { -0.10 });
            let first = figures.favoured.contains(buyer);
            let line = Stroke::new(
                if first { 1.8 } else { 1.0 },
                tokens.faded(colour, if first { 0.9 } else { 0.45 }),
            );
            ui.painter().add(Shape::line(curve.points(0.0), line));
            arrows(ui.painter(), &curve, colour, picture.drift, first);
        }
    }
}

fn arrows(painter: &Painter, curve: &Curve, colour: Color32, drift: f32, first: bool) {
    let length = curve.length().max(1.0);
    let pitch = if first { 30.0 } else { 62.0 };
    let count = (length / pitch) as usize;
    for k in 0..count {
        let t = (k as f32 + 0.6) * pitch / length + (drift % pitch) / length;
        if !(0.04..0.96).contains(&t) {
            continue;
        }
        let way = curve.way(t);
        let side = vec2(way.y, -way.x);
        let tip = curve.at(t);
        let wing = |sign: f32| tip - 5.0 * way + sign * 3.2 * side;
        painter.add(Shape::line(vec![wing(1.0), tip, wing(-1.0)], Stroke::new(1.6, colour)));
    }
}
