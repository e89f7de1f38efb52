//! Where labels of edges stand: on their curve or beside it, off nodes, names and one another.

use bevy_egui::egui::{Pos2, Rect, Vec2, vec2};

use super::curve::Curve;
use super::layout::Place;

/// What labels keep off.
pub struct Taken<'a> {
    pub room: Rect,
    pub places: &'a [Place],
    /// Names, tags and labels there are already.
    pub written: Vec<Rect>,
    pub curves: &'a [Curve],
}

/// Between a label and the disc of a node.
const CLEAR: f32 = 6.0;
/// What a place costs that will not do.
const BARRED: f32 = 100.0;
/// Parts of the curve that are tried.
const PARTS: [f32; 17] = [
    0.46, 0.42, 0.50, 0.38, 0.54, 0.34, 0.58, 0.30, 0.62, 0.26, 0.66, 0.22, 0.70, 0.18, 0.76, 0.14,
    0.84,
];

impl Taken<'_> {
    /// A place for a label of this size: on the curve, or as far to its left as `asides` say; none where
    /// it would lie over something.
    pub fn place(&self, own: usize, size: Vec2, asides: &[f32]) -> Option<Rect> {
        let curve = self.curves.get(own)?;
        let mut best: (f32, Option<Rect>) = (BARRED, None);
        for (turn, aside) in asides.iter().enumerate() {
            for t in PARTS {
                let side = curve.side(t);
                let half = 0.5 * (side.x.abs() * size.x + side.y.abs() * size.y);
                let off = match *aside {
                    0.0 => 0.0,
                    aside => aside + aside.signum() * half,
                };
                let rect = Rect::from_center_size(curve.at(t) + off * side, size);
                let cost = self.cost(own, rect) + 14.0 * (t - 0.46).abs() + 5.0 * turn as f32;
                if cost < best.0 {
                    best = (cost, Some(rect));
                }
            }
        }
        best.1
    }

    fn cost(&self, own: usize, rect: Rect) -> f32 {
        let near = |place: &&Place| distance(rect, place.at) < place.reach + CLEAR;
        if !self.room.contains_rect(rect)
            || self.places.iter().any(|place| near(&place))
            || self.written.iter().any(|other| other.expand(3.0).intersects(rect))
        {
            return BARRED;
        }
        let wide = rect.expand2(vec2(4.0, 3.0));
        let others = self.curves.iter().enumerate().filter(|(place, _)| *place != own);
        others
            .map(|(_, curve)| curve.samples().filter(|at| wide.contains(*at)).count())
            .sum::<usize>() as f32
            * 5.0
    }
}

/// From a point to the nearest of a rectangle.
fn distance(rect: Rect, at: Pos2) -> f32 {
    rect.clamp(at).distance(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SeatId;
    use bevy_egui::egui::pos2;

    #[test]
    fn a_label_keeps_off_nodes_and_what_is_written_or_is_left_out() {
        let place =
            |seat, x| Place { seat: SeatId(seat), at: pos2(x, 200.0), radius: 40.0, reach: 40.0 };
        let places = [place(0, 60.0), place(1, 540.0), place(2, 300.0)];
        let curves = [Curve::between(&places[0], &places[1], 0.0)];
        let room = Rect::from_min_max(pos2(0.0, 0.0), pos2(600.0, 400.0));
        let size = vec2(70.0, 20.0);
        let mut taken = Taken { room, places: &places, written: Vec::new(), curves: &curves };
        let found = taken.place(0, size, &[0.0]).expect("there is room beside the node");
        assert!(distance(found, places[2].at) >= 40.0 + CLEAR);
        taken.written.push(found);
        let other = taken.place(0, size, &[0.0]).expect("and on its other side");
        assert!(!other.intersects(found));
        taken.written.push(room);
        assert_eq!(taken.place(0, size, &[0.0]), None);
    }
}
