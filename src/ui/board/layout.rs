//! Where seats stand: the labs in the middle, the giants around them, the player at the lower left.

use bevy_egui::egui::{Pos2, Rect, pos2};

use crate::ids::{FirmId, LabId, Role, SeatId};
use crate::ui::desk::Desk;

/// A seat's place on the board.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    pub seat: SeatId,
    pub at: Pos2,
    pub radius: f32,
}

/// Places of giants, parts of the board; the first is the player's.
const GIANTS: [(f32, f32); 7] = [
    (0.125, 0.745),
    (0.115, 0.30),
    (0.865, 0.60),
    (0.865, 0.235),
    (0.49, 0.165),
    (0.86, 0.90),
    (0.30, 0.90),
];
/// The place of a giant that sells chips and has no cloud.
const CHIPS: (f32, f32) = (0.49, 0.165);
/// Places of labs.
const LABS: [&[(f32, f32)]; 4] = [
    &[(0.49, 0.56)],
    &[(0.475, 0.515), (0.60, 0.845)],
    &[(0.44, 0.50), (0.60, 0.855), (0.655, 0.42)],
    &[(0.42, 0.48), (0.58, 0.86), (0.65, 0.40), (0.36, 0.86)],
];

/// Places of labs where the player runs the first of them.
const OWN_LAB: &[(f32, f32)] = &[(0.60, 0.60), (0.385, 0.37), (0.72, 0.87), (0.42, 0.87)];

pub fn places(desk: &Desk, rect: Rect) -> Vec<Place> {
    let view = &desk.view;
    // In a low window the lowest nodes leave room for their names.
    let lift = ((560.0 - rect.height()) / 5.0).clamp(0.0, 24.0);
    let rect = Rect::from_min_max(rect.min, rect.max - bevy_egui::egui::vec2(0.0, lift));
    let scale = (rect.height() / 700.0).min(rect.width() / 1_000.0).clamp(0.5, 1.5);
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
        out.push(Place { seat, at: at(slot), radius: radius * scale });
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
        out.push(Place { seat, at: at(slot), radius: (56.0 + 26.0 * part) * scale });
    }
    out
}

pub fn of(places: &[Place], seat: SeatId) -> Option<Place> {
    places.iter().find(|place| place.seat == seat).copied()
}
