//! The board as it is laid out: nodes, names, curves and labels, each off the others. It is worked out
//! when something on it changes, not in every frame.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use bevy_egui::egui::{Id, Rect, Ui, pos2, vec2};

use super::curve::{Curve, Ground};
use super::edges::{Edge, Kind};
use super::labels::Taken;
use super::layout::{self, Place};
use super::{Picture, nodes, rumours};
use crate::ids::SeatId;
use crate::ui::tokens::Type;
use crate::ui::widgets::House;

/// A name and what stands under it, as they are placed.
#[derive(Clone, Debug)]
pub struct Name {
    pub name: String,
    /// Empty in small windows.
    pub below: String,
    pub rect: Rect,
}

/// A label of an edge: which, its text, and where.
#[derive(Clone, Debug)]
pub struct Label {
    pub edge: usize,
    pub lines: Vec<String>,
    pub rect: Rect,
    /// The first of its edge: it answers for the edge.
    pub first: bool,
}

#[derive(Clone, Debug, Default)]
pub struct Chart {
    pub places: Vec<Place>,
    /// By place.
    pub names: Vec<Name>,
    /// What is reported, and by whom it stands.
    pub tags: Vec<(SeatId, String, Rect)>,
    /// By edge; none where a side has no place.
    pub curves: Vec<Curve>,
    pub labels: Vec<Label>,
}

impl Chart {
    pub fn place(&self, seat: SeatId) -> Option<Place> {
        layout::of(&self.places, seat)
    }

    /// Everything that flows do not run through.
    pub fn kept_free(&self) -> Vec<Rect> {
        let names = self.names.iter().map(|name| name.rect.expand(3.0));
        let labels = self.labels.iter().map(|label| label.rect.expand(6.0));
        names.chain(labels).chain(self.tags.iter().map(|tag| tag.2.expand(4.0))).collect()
    }
}

/// The type of names.
pub fn name_type(ui: &Ui) -> Type {
    if ui.grid().small { Type::Panel } else { Type::Name }
}

/// The layout for this picture: the one kept, or a new one where something has changed.
pub fn of(ui: &mut Ui, room: Rect, picture: &Picture, edges: &[Edge]) -> Arc<Chart> {
    let places = layout::places(picture.desk, room);
    let told: Vec<(String, String)> =
        places.iter().map(|place| nodes::named(picture, place.seat)).collect();
    let reported = rumours::list(picture, ui.grid().small);
    let mut hasher = DefaultHasher::new();
    let size = [room.left(), room.top(), room.width(), room.height(), ui.pixels_per_point()];
    let nodes = places.iter().flat_map(|place| [place.at.x, place.at.y, place.radius]);
    let flows = edges.iter().flat_map(|edge| [edge.width, edge.flow.unwrap_or(-1.0)]);
    for value in size.into_iter().chain(nodes).chain(flows) {
        value.to_bits().hash(&mut hasher);
    }
    for edge in edges {
        (edge.one.0, edge.other.0, &edge.labels).hash(&mut hasher);
    }
    picture.desk.view.seat.0.hash(&mut hasher);
    told.hash(&mut hasher);
    reported.hash(&mut hasher);
    let key = hasher.finish();
    let id = Id::new("the board as it is laid out");
    if let Some((of, chart)) = ui.data(|data| data.get_temp::<(u64, Arc<Chart>)>(id))
        && of == key
    {
        return chart;
    }
    let chart = Arc::new(laid_out(ui, room, picture, edges, (places, told, reported)));
    ui.data_mut(|data| data.insert_temp(id, (key, chart.clone())));
    chart
}

type Told = (Vec<Place>, Vec<(String, String)>, Vec<(SeatId, String)>);

fn laid_out(ui: &Ui, room: Rect, picture: &Picture, edges: &[Edge], told: Told) -> Chart {
    let (places, told, reported) = told;
    let mut chart = Chart { places, ..Chart::default() };
    for (place, (name, below)) in chart.places.iter().zip(told) {
        chart.names.push(named(ui, room, picture, place, name, below));
    }
    for (seat, text) in reported {
        if let Some(place) = chart.places.iter().position(|place| place.seat == seat) {
            let rect = tagged(ui, room, &chart, place, &text);
            chart.tags.push((seat, text, rect));
        }
    }
    let mut written: Vec<Rect> = chart.names.iter().map(|name| name.rect).collect();
    written.extend(chart.tags.iter().map(|tag| tag.2));
    if let Some(me) = chart.place(picture.desk.view.seat) {
        written.push(nodes::you_tag(&me));
    }
    chart.curves = curves(room, &chart.places, &written, edges);
    chart.labels = labels(ui, room, &chart, written, edges);
    chart
}

/// The name of a giant that stands high is over it, so that its edges leave below; others are under.
fn named(
    ui: &Ui,
    room: Rect,
    picture: &Picture,
    place: &Place,
    name: String,
    below: String,
) -> Name {
    let tokens = ui.tokens();
    let below = if ui.grid().small { String::new() } else { below };
    let mut size =
        ui.galley(name_type(ui), tokens.ink, &name, f32::INFINITY).size() + vec2(8.0, 0.0);
    if !below.is_empty() {
        let second = ui.galley(Type::Note, tokens.ink_soft, &below, f32::INFINITY).size();
        size = vec2(size.x.max(second.x + 8.0), size.y + second.y - 2.0);
    }
    let me = place.seat == picture.desk.view.seat;
    let giant = place.seat.index() < picture.desk.view.giants();
    let under = place.at.y + place.reach + 5.0;
    // The player's tag sits on the halo.
    let over = place.at.y - place.reach - if me { 13.0 } else { 4.0 } - size.y;
    let fits_over = over >= room.top();
    let fits_under = under + size.y <= room.bottom();
    let high = place.at.y < room.top() + 0.66 * room.height();
    let top = match (giant && !me && high && fits_over) || !fits_under {
        true => over,
        false => under,
    };
    let half = 0.5 * size.x;
    let x = place.at.x.clamp(room.left() + half, (room.right() - half).max(room.left() + half));
    Name { name, below, rect: Rect::from_min_size(pos2(x - half, top), size) }
}

fn tagged(ui: &Ui, room: Rect, chart: &Chart, place: usize, text: &str) -> Rect {
    let width = ui.galley(Type::Note, ui.tokens().warn, text, f32::INFINITY).size().x + 22.0;
    let (node, name) = (&chart.places[place], &chart.names[place]);
    let left = (node.at.x - 0.5 * width)
        .clamp(room.left() + 8.0, (room.right() - width - 8.0).max(room.left() + 8.0));
    let under = (node.at.y + node.reach + 14.0).max(name.rect.bottom() + 4.0);
    let top = match under + 22.0 > room.bottom() {
        true => name.rect.top().min(node.at.y - node.reach) - 26.0,
        false => under,
    };
    Rect::from_min_size(pos2(left, top), vec2(width, 22.0))
}

/// The draft's curve first, then the broad ones, then the thin: who comes later gives way.
fn curves(room: Rect, places: &[Place], written: &[Rect], edges: &[Edge]) -> Vec<Curve> {
    let rank = |edge: &Edge| match edge.kind {
        Kind::Draft(_) => f32::INFINITY,
        Kind::Pair(..) => edge.width + 2.0,
        Kind::Chips { .. } => 0.0,
    };
    let mut order: Vec<usize> = (0..edges.len()).collect();
    order.sort_by(|one, other| rank(&edges[*other]).total_cmp(&rank(&edges[*one])));
    let mut found: Vec<(usize, Curve)> = Vec::new();
    for number in order {
        let edge = &edges[number];
        let ends = (layout::of(places, edge.one), layout::of(places, edge.other));
        let (Some(one), Some(other)) = ends else { continue };
        let drawn: Vec<Curve> = found.iter().map(|(_, curve)| *curve).collect();
        let ground = Ground { room, places, written, drawn: &drawn };
        let curve = Curve::clear(&one, &other, edge.wanted(&one, &other), edge.flow, &ground);
        found.push((number, curve));
    }
    found.sort_by_key(|(number, _)| *number);
    found.into_iter().map(|(_, curve)| curve).collect()
}

fn labels(ui: &Ui, room: Rect, chart: &Chart, written: Vec<Rect>, edges: &[Edge]) -> Vec<Label> {
    let tokens = ui.tokens();
    let size = |text: &str| {
        ui.galley(Type::NoteStrong, tokens.ink, text, f32::INFINITY).size() + vec2(10.0, 4.0)
    };
    let mut taken = Taken { room, places: &chart.places, written, curves: &chart.curves };
    let mut out = Vec::new();
    // The first label of every edge comes before the second of any.
    let draft = |edge: &Edge| matches!(edge.kind, Kind::Draft(_));
    for (drafts, second) in [(true, false), (false, false), (false, true)] {
        for (number, edge) in edges.iter().enumerate().filter(|(_, edge)| draft(edge) == drafts) {
            let beside = 0.5 * edge.width + 3.0;
            let flow = edge.flow.unwrap_or(0.0);
            let (lines, wants, asides) = match (drafts, second) {
                (true, _) => {
                    let widest = edge.labels.iter().map(|line| size(line).x).fold(0.0, f32::max);
                    let wants = vec2(widest + 10.0, 17.0 * edge.labels.len() as f32 + 5.0);
                    (edge.labels.clone(), wants, vec![0.0, beside, -beside])
                }
                (_, false) => {
                    let Some(text) = edge.labels.first() else { continue };
                    let text = if ui.grid().small { text.trim_end_matches(" stake") } else { text };
                    let asides = match edge.width > 0.0 {
                        true => vec![0.0, beside, -beside, flow - 9.0],
                        false => vec![0.0, 9.0, -9.0],
                    };
                    (vec![text.to_owned()], size(text), asides)
                }
                (_, true) => {
                    // In a small window an edge keeps one figure.
                    let Some(text) = edge.labels.get(1).filter(|_| !ui.grid().small) else {
                        continue;
                    };
                    // A label that did not find its place leaves none for a second.
                    if !out.iter().any(|label: &Label| label.edge == number) {
                        continue;
                    }
                    (vec![text.clone()], size(text), vec![flow + 8.0 * flow.signum()])
                }
            };
            if let Some(rect) = taken.place(number, wants, &asides) {
                taken.written.push(rect);
                out.push(Label { edge: number, lines, rect, first: !second });
            }
        }
    }
    out
}
