//! Stakes, compute and cash between seats: ribbons, chevrons and dots along curves.

use bevy_egui::egui::{Align2, Color32, Painter, Pos2, Rect, Sense, Shape, Stroke, Ui, Vec2, pos2};

use super::Picture;
use super::chart::Chart;
use super::curve::Curve;
use super::layout::Place;
use crate::host::words::numbers;
use crate::ids::{FirmId, LabId, SeatId};
use crate::sim::books::{Account, Reason};
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Tip, tip};

/// What an edge is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    Pair(FirmId, LabId),
    /// Chips go to every cloud; to some first.
    Chips {
        first: bool,
    },
    /// The player's draft: the part of the lab it buys.
    Draft(f32),
}

/// Everything between two seats.
#[derive(Clone, Debug)]
pub struct Edge {
    pub kind: Kind,
    pub one: SeatId,
    pub other: SeatId,
    /// How broad its ribbon is; nothing without a stake.
    pub width: f32,
    /// How far to the left of the curve its compute runs, if any does.
    pub flow: Option<f32>,
    /// Short ones first.
    pub labels: Vec<String>,
    dotted: bool,
    cash: bool,
    trust: Option<f32>,
    stake: f64,
    rented: f64,
    committed: f64,
    paid: f64,
}

impl Edge {
    fn new(kind: Kind, one: SeatId, other: SeatId) -> Edge {
        Edge {
            kind,
            one,
            other,
            width: 0.0,
            flow: None,
            labels: Vec::new(),
            dotted: false,
            cash: false,
            trust: None,
            stake: 0.0,
            rented: 0.0,
            committed: 0.0,
            paid: 0.0,
        }
    }

    /// How it would bend if nothing were in its way.
    pub fn wanted(&self, one: &Place, other: &Place) -> f32 {
        match self.kind {
            Kind::Chips { .. } if other.at.x < one.at.x => 0.10,
            Kind::Chips { .. } => -0.10,
            Kind::Draft(_) => -0.16,
            Kind::Pair(..) => bend(one, other),
        }
    }

    /// Whether something moves along it.
    pub fn flows(&self) -> bool {
        self.cash
            || (self.flow.is_some() && !self.dotted)
            || matches!(self.kind, Kind::Chips { .. })
    }

    fn beside(&self) -> f32 {
        if self.width > 0.0 { 0.5 * self.width + 10.0 } else { 0.0 }
    }

    fn told(&self, picture: &Picture) -> Tip {
        let words = &picture.desk.words;
        Tip::new(format!("{} and {}", words.seat(self.one), words.seat(self.other)), "")
            .row("stake", numbers::share(self.stake))
            .row("compute rented", numbers::gigawatts(self.rented))
            .row("compute promised", numbers::gigawatts(self.committed))
            .row("paid for shares last quarter", numbers::bn(self.paid))
    }
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

/// Every edge there is, in a fixed order.
pub fn list(picture: &Picture) -> Vec<Edge> {
    let view = &picture.desk.view;
    let mut out = chips(picture);
    for lab in (0..view.published.labs.len()).map(|place| LabId(place as u8)) {
        let firms = (0..view.giants()).map(|place| FirmId(place as u8));
        out.extend(firms.filter_map(|firm| pair(picture, firm, lab)));
    }
    if let Some((with, sheet)) = picture.draft {
        let stake = sheet.stake() as f32;
        let mut edge = Edge::new(Kind::Draft(stake), view.seat, with);
        edge.labels = vec![
            format!("Your draft: {}", numbers::money(sheet.amount())),
            format!("for {}", numbers::share(sheet.stake())),
        ];
        out.push(edge);
    }
    out
}

/// Chips go to every cloud: thin lines, those served first a little heavier.
fn chips(picture: &Picture) -> Vec<Edge> {
    let giants = &picture.desk.view.published.giants;
    let mut out = Vec::new();
    if !picture.layers.compute {
        return out;
    }
    for (maker, figures) in giants.iter().enumerate().filter(|(_, giant)| giant.sells_chips) {
        let clouds = giants.iter().enumerate().filter(|(_, giant)| giant.has_cloud);
        for (place, _) in clouds.filter(|(place, _)| *place != maker) {
            let (from, to) = (FirmId(maker as u8).seat(), FirmId(place as u8).seat());
            let first = figures.favoured.contains(to);
            out.push(Edge::new(Kind::Chips { first }, from, to));
        }
    }
    out
}

/// Everything between one giant and one lab; none where there is nothing.
fn pair(picture: &Picture, firm: FirmId, lab: LabId) -> Option<Edge> {
    let view = &picture.desk.view;
    let lab_seat = view.lab_seat(lab);
    let own = &view.published.labs[lab.index()];
    let mut edge = Edge::new(Kind::Pair(firm, lab), firm.seat(), lab_seat);
    edge.stake = own.stakes[firm.index()];
    edge.rented = own.compute_gw.get(firm.index()).copied().unwrap_or(0.0);
    edge.committed = view
        .deals
        .iter()
        .filter(|deal| deal.giant == firm && deal.lab == lab && deal.binds())
        .map(|deal| f64::from(deal.sheet.commitment_mw) / 1_000.0)
        .fold(0.0, f64::max);
    edge.paid = paid_lately(picture, firm, lab_seat);
    if edge.stake > 0.004 && picture.layers.stakes {
        edge.width = (70.0 * edge.stake as f32).max(3.0);
        edge.labels.push(format!("{} stake", numbers::share(edge.stake)));
    }
    let running = edge.rented > 0.03;
    if picture.layers.compute && (running || edge.committed > 0.05) {
        edge.dotted = !running;
        edge.flow = Some(-edge.beside());
        edge.labels.push(match running {
            true => numbers::gigawatts(edge.rented),
            false => format!("{} to come", numbers::gigawatts(edge.committed)),
        });
    }
    edge.cash = edge.paid > 0.05 && picture.layers.cash;
    if picture.layers.trust && (view.seat == firm.seat() || view.seat == lab_seat) {
        let trust = view.labs[lab.index()].trust.get(firm.index()).copied();
        edge.trust = trust.map(|trust| trust.or(0.5) as f32);
        let written = trust.map(|trust| numbers::known(trust, |value| format!("{value:.2}")));
        edge.labels.extend(written.map(|written| format!("trust {written}")));
    }
    let there = edge.cash || !edge.labels.is_empty();
    there.then_some(edge)
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

/// Ribbons and flows, under the nodes.
pub fn draw(ui: &Ui, picture: &Picture, edges: &[Edge], chart: &Chart) {
    let tokens = ui.tokens();
    let painter = ui.painter().clone();
    let free = chart.kept_free();
    let marks = Marks { painter: &painter, free: &free, chart, drift: picture.drift };
    for (edge, curve) in edges.iter().zip(&chart.curves) {
        let colour = tokens.firm(picture.desk.mark(edge.one));
        let line = |aside: f32, width: f32, colour: Color32| {
            painter.add(Shape::line(curve.points(aside), Stroke::new(width, colour)));
        };
        match edge.kind {
            Kind::Chips { first } => {
                let (width, part) = if first { (1.8, 0.9) } else { (1.0, 0.45) };
                line(0.0, width, tokens.faded(colour, part));
                let pitch = if first { 30.0 } else { 62.0 };
                marks.chevrons(edge, curve, (0.0, pitch, 3.2), Stroke::new(1.6, colour));
            }
            Kind::Draft(stake) => {
                line(0.0, (70.0 * stake).max(4.0), tokens.pen_wash);
                let stroke = Stroke::new(2.2, tokens.pen);
                painter.extend(Shape::dashed_line(&curve.points(0.0), stroke, 8.0, 5.0));
            }
            Kind::Pair(..) => {
                if edge.width > 0.0 {
                    line(0.0, edge.width, tokens.faded(colour, 0.26));
                    line(0.0, 1.5, colour);
                }
                match (edge.flow, edge.dotted) {
                    (Some(aside), false) => {
                        marks.chevrons(edge, curve, (aside, 18.0, 3.8), Stroke::new(2.0, colour));
                    }
                    (Some(aside), true) => {
                        let stroke = Stroke::new(1.4, colour);
                        painter.extend(Shape::dashed_line(&curve.points(aside), stroke, 2.0, 5.0));
                    }
                    (None, _) => {}
                }
                if edge.cash {
                    marks.dots(edge, curve, edge.beside() + 8.0, tokens.ink_soft);
                }
                if let Some(trust) = edge.trust {
                    let ink = tokens.faded(tokens.ink, 0.35);
                    line(edge.beside() + 16.0, 1.0 + 4.0 * trust, ink);
                }
            }
        }
    }
}

/// Marks that drift along a curve, and what they do not run through.
struct Marks<'a> {
    painter: &'a Painter,
    free: &'a [Rect],
    chart: &'a Chart,
    drift: f32,
}

impl Marks<'_> {
    fn kept(&self, edge: &Edge, at: Pos2) -> bool {
        let own = |place: &Place| place.seat == edge.one || place.seat == edge.other;
        let covered = |place: &Place| {
            at.distance(place.at) < if own(place) { place.radius + 4.0 } else { place.reach + 7.0 }
        };
        !self.free.iter().any(|rect| rect.contains(at)) && !self.chart.places.iter().any(covered)
    }

    /// Places every so many pixels along a curve, and the way there.
    fn along(&self, edge: &Edge, curve: &Curve, aside: f32, pitch: f32) -> Vec<(Pos2, Vec2)> {
        let length = curve.length().max(1.0);
        let count = (length / pitch) as usize;
        let offset = (self.drift % pitch) / length;
        let parts = (0..count).map(|k| (k as f32 + 0.5) * pitch / length + offset);
        let parts = parts.filter(|t| (0.03..0.97).contains(t));
        parts
            .map(|t| (curve.at(t) + aside * curve.side(t), curve.way(t)))
            .filter(|(at, way)| self.kept(edge, *at) && self.kept(edge, *at - 5.0 * *way))
            .collect()
    }

    fn chevrons(
        &self,
        edge: &Edge,
        curve: &Curve,
        (aside, pitch, wing): (f32, f32, f32),
        stroke: Stroke,
    ) {
        for (tip, way) in self.along(edge, curve, aside, pitch) {
            let side = wing * way.rot90();
            let back = tip - 5.0 * way;
            self.painter.add(Shape::line(vec![back + side, tip, back - side], stroke));
        }
    }

    fn dots(&self, edge: &Edge, curve: &Curve, aside: f32, colour: Color32) {
        for (at, _) in self.along(edge, curve, aside, 14.0) {
            self.painter.circle_filled(at, 2.7, colour);
        }
    }
}

/// Labels, over the nodes; an edge tells all about itself at its first.
pub fn labels(ui: &mut Ui, picture: &Picture, edges: &[Edge], chart: &Chart) {
    let tokens = ui.tokens();
    let words = &picture.desk.words;
    for label in &chart.labels {
        let edge = &edges[label.edge];
        let draft = matches!(edge.kind, Kind::Draft(_));
        let (fill, ink) = match draft {
            true => (tokens.pen_wash, tokens.pen),
            false => (tokens.page, tokens.ink),
        };
        ui.painter().rect_filled(label.rect, if draft { 3 } else { 0 }, fill);
        let count = label.lines.len() as f32;
        for (row, line) in label.lines.iter().enumerate() {
            let kind = if row == 0 { Type::NoteStrong } else { Type::Note };
            let y = label.rect.center().y + 16.0 * (row as f32 - 0.5 * (count - 1.0));
            ui.ink(pos2(label.rect.center().x, y), Align2::CENTER_CENTER, kind, ink, line);
        }
        if draft {
            continue;
        }
        let id = ui.id().with(("edge", edge.one.0, edge.other.0, label.first));
        let response = match label.first {
            true => {
                let all = edge.labels.join(", ");
                let name =
                    format!("{} and {}: {all}", words.seat(edge.one), words.seat(edge.other));
                ui.told(label.rect, id, &name)
            }
            false => ui.interact(label.rect, id, Sense::hover()),
        };
        tip(ui, &response, || edge.told(picture));
    }
}
