//! Curves between nodes, bent so that they keep off other nodes, names and one another.

use bevy_egui::egui::{Pos2, Rect, Vec2, vec2};

use super::layout::Place;

/// A quadratic curve between the rims of two nodes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curve {
    from: Pos2,
    bend: Pos2,
    to: Pos2,
}

/// Points of a curve that are looked at where it is weighed.
const SAMPLES: usize = 24;
/// How far a curve keeps from the disc of another node, pixels.
const CLEAR: f32 = 14.0;
/// How far curves keep from each other.
const APART: f32 = 20.0;
/// The strongest bend, as a part of the distance.
const MOST: f32 = 0.42;

/// What curves keep off.
pub struct Ground<'a> {
    pub room: Rect,
    pub places: &'a [Place],
    /// Names and tags.
    pub written: &'a [Rect],
    /// Curves there are already.
    pub drawn: &'a [Curve],
}

impl Curve {
    pub fn between(one: &Place, other: &Place, bend: f32) -> Curve {
        let middle = one.at + 0.5 * (other.at - one.at);
        let along = (other.at - one.at).normalized();
        let across = vec2(-along.y, along.x);
        let bend = middle + across * bend * one.at.distance(other.at);
        let rim = |place: &Place, towards: Pos2| {
            place.at + (towards - place.at).normalized() * (place.radius + 5.0)
        };
        Curve { from: rim(one, bend), bend, to: rim(other, bend) }
    }

    pub fn at(&self, t: f32) -> Pos2 {
        let (one, two) =
            (self.from + t * (self.bend - self.from), self.bend + t * (self.to - self.bend));
        one + t * (two - one)
    }

    pub fn way(&self, t: f32) -> Vec2 {
        let way = (1.0 - t) * (self.bend - self.from) + t * (self.to - self.bend);
        way.normalized()
    }

    /// To the left of the way, looking along it.
    pub fn side(&self, t: f32) -> Vec2 {
        let way = self.way(t);
        vec2(way.y, -way.x)
    }

    pub fn length(&self) -> f32 {
        let points = self.points(0.0);
        points.windows(2).map(|pair| pair[0].distance(pair[1])).sum()
    }

    /// The curve as a line, so many pixels to its left.
    pub fn points(&self, aside: f32) -> Vec<Pos2> {
        let part = |k: usize| k as f32 / 28.0;
        (0..=28).map(|k| self.at(part(k)) + aside * self.side(part(k))).collect()
    }

    /// Points at even parts of the curve, its ends left out.
    pub fn samples(&self) -> impl Iterator<Item = Pos2> + '_ {
        (1..SAMPLES).map(|k| self.at(k as f32 / SAMPLES as f32))
    }

    /// The curve between two nodes that is least in the way: near the bend that is wanted, off other
    /// nodes and names, apart from curves drawn before it. `aside` is where its flow runs.
    pub fn clear(
        one: &Place,
        other: &Place,
        wanted: f32,
        aside: Option<f32>,
        on: &Ground,
    ) -> Curve {
        let mut best = (f32::INFINITY, Curve::between(one, other, wanted));
        for step in -20..=20_i8 {
            let bend = 0.02 * f32::from(step);
            if bend.abs() > MOST {
                continue;
            }
            let curve = Curve::between(one, other, bend);
            let off = bend - wanted;
            let cost = 80.0 * off * off + curve.cost(one, other, aside, on);
            if cost < best.0 {
                best = (cost, curve);
            }
        }
        best.1
    }

    fn cost(&self, one: &Place, other: &Place, aside: Option<f32>, on: &Ground) -> f32 {
        let mut cost = 0.0;
        let others = || on.places.iter().filter(|it| it.seat != one.seat && it.seat != other.seat);
        for k in 1..SAMPLES {
            let t = k as f32 / SAMPLES as f32;
            let centre = self.at(t);
            let flow = aside.map(|aside| centre + aside * self.side(t));
            for (at, weight) in [(Some(centre), 1.0), (flow, 0.5)] {
                let Some(at) = at else { continue };
                for place in others() {
                    let near = CLEAR - (at.distance(place.at) - place.reach);
                    cost += weight * near.clamp(0.0, 40.0) / 3.0;
                }
                let crossed = on.written.iter().filter(|rect| rect.expand(5.0).contains(at));
                cost += weight * 4.0 * crossed.count() as f32;
                if !on.room.contains(at) {
                    cost += weight * 10.0;
                }
            }
            // Curves meet at their ends; there they may be close.
            if !(4..=SAMPLES - 4).contains(&k) {
                continue;
            }
            for drawn in on.drawn {
                let near = drawn.samples().map(|at| at.distance(centre));
                let near = near.fold(f32::INFINITY, f32::min);
                cost += 1.6 * (1.0 - near / APART).max(0.0);
            }
        }
        cost
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SeatId;
    use bevy_egui::egui::pos2;

    fn place(seat: u8, x: f32, y: f32) -> Place {
        Place { seat: SeatId(seat), at: pos2(x, y), radius: 40.0, reach: 40.0 }
    }

    #[test]
    fn a_curve_goes_round_a_node_and_a_name_in_its_way() {
        let room = Rect::from_min_max(pos2(0.0, 0.0), pos2(1_000.0, 600.0));
        let places = [place(0, 100.0, 300.0), place(1, 900.0, 300.0), place(2, 500.0, 310.0)];
        let name = Rect::from_center_size(pos2(500.0, 240.0), vec2(90.0, 40.0));
        let ground = Ground { room, places: &places, written: &[name], drawn: &[] };
        let curve = Curve::clear(&places[0], &places[1], 0.0, None, &ground);
        for at in curve.samples() {
            assert!(at.distance(places[2].at) > 40.0 && !name.contains(at) && room.contains(at));
        }
        // With nothing in its way it runs as it would.
        let open = Ground { room, places: &places[..2], written: &[], drawn: &[] };
        let straight = Curve::clear(&places[0], &places[1], 0.0, None, &open);
        assert_eq!(straight, Curve::between(&places[0], &places[1], 0.0));
    }
}
