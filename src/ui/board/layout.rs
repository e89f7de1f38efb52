//! Where seats stand: the labs in the middle, the giants around them, the player at the lower left.

use bevy_egui::egui::{Pos2, Rect, pos2, vec2};

use crate::ids::{FirmId, LabId, Role, SeatId};
use crate::ui::desk::Desk;

/// A seat's place on the board.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    pub seat: SeatId,
    pub at: Pos2,
    pub radius: f32,
    /// With its halo, if it is the player's.
    pub reach: f32,
}

/// Places of giants, parts of the board; the first is the player's.
const GIANTS: [(f32, f32); 7] = [
    (0.14, 0.735),
    (0.135, 0.30),
    (0.86, 0.60),
    (0.86, 0.225),
    (0.50, 0.165),
    (0.86, 0.90),
    (0.30, 0.90),
];
/// The place of a giant that sells chips and has no cloud.
const CHIPS: (f32, f32) = (0.50, 0.165);
/// Places of labs.
const LABS: [&[(f32, f32)]; 4] = [
    &[(0.50, 0.58)],
    &[(0.49, 0.485), (0.615, 0.80)],
    &[(0.44, 0.47), (0.60, 0.80), (0.655, 0.40)],
    &[(0.42, 0.46), (0.58, 0.81), (0.65, 0.38), (0.36, 0.82)],
];

/// Places of labs where the player runs the first of them.
const OWN_LAB: &[(f32, f32)] = &[(0.61, 0.64), (0.42, 0.42), (0.74, 0.82), (0.38, 0.80)];

pub fn places(desk: &Desk, rect: Rect) -> Vec<Place> {
    let view = &desk.view;
    // In a low window the lowest nodes and the highest leave room for their names.
    let lift = ((400.0 - rect.height()) / 5.0).clamp(0.0, 20.0);
    let drop = ((300.0 - rect.height()) / 4.0).clamp(0.0, 12.0);
    let rect = Rect::from_min_max(rect.min + vec2(0.0, drop), rect.max - vec2(0.0, lift));
    let scale = (rect.height() / 690.0).min(rect.width() / 1_000.0).clamp(0.42, 1.5);
    let at =
        |(x, y): (f32, f32)| pos2(rect.left() + x * rect.width(), rect.top() + y * rect.height());
    let published = &view.published;
    let mut out = Vec::new();
    let own = match view.role {
        Role::Giant(firm) => Some(firm.index()),
        Role::Lab(_) => None,
    };
    let makers: Vec<usize> =
        (0..view.giants()).filter(|place| !published.giants[*place].has_cloud).collect();
    let mut slots = GIANTS.iter().filter(|slot| makers.is_empty() || **slot != CHIPS).copied();
    let mut order: Vec<usize> = own.into_iter().collect();
    order.extend((0..view.giants()).filter(|place| Some(*place) != own));
    let largest = published.giants.iter().map(|giant| giant.value_bn).fold(1.0, f64::max);
    for place in order {
        let first_maker = makers.first() == Some(&place) && Some(place) != own;
        let slot = match first_maker {
            true => CHIPS,
            false => slots.next().unwrap_or((0.3, 0.1)),
        };
        let part = (published.giants[place].value_bn / largest).sqrt() as f32;
        let radius = if first_maker { 38.0 } else { 42.0 + 26.0 * part };
        let seat = FirmId(place as u8).seat();
        out.push(place_of(view.seat, seat, at(slot), radius * scale));
    }
    let count = published.labs.len();
    let own_lab = match view.role {
        Role::Lab(lab) => Some(lab.index()),
        Role::Giant(_) => None,
    };
    let slots = match own_lab {
        Some(_) => OWN_LAB,
        None => LABS[count.clamp(1, LABS.len()) - 1],
    };
    let mut labs: Vec<usize> = own_lab.into_iter().collect();
    labs.extend((0..count).filter(|place| Some(*place) != own_lab));
    let largest = published.labs.iter().map(|lab| lab.fundamental_bn).fold(1.0, f64::max);
    for (number, place) in labs.into_iter().enumerate() {
        let lab = &published.labs[place];
        let slot = slots.get(number).copied().unwrap_or((0.5, 0.95));
        let part = (lab.fundamental_bn / largest).sqrt() as f32;
        let seat = view.lab_seat(LabId(place as u8));
        out.push(place_of(view.seat, seat, at(slot), (56.0 + 26.0 * part) * scale));
    }
    out
}

fn place_of(me: SeatId, seat: SeatId, at: Pos2, radius: f32) -> Place {
    Place { seat, at, radius, reach: if seat == me { radius + 12.0 } else { radius } }
}

pub fn of(places: &[Place], seat: SeatId) -> Option<Place> {
    places.iter().find(|place| place.seat == seat).copied()
}
