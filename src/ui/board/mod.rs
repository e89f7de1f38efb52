//! Who holds whom: seats as nodes, stakes as ribbons, compute and cash as flows along them. Drawn with
//! the painter from a seat's view alone.

mod chart;
mod curve;
mod edges;
mod labels;
mod layout;
mod nodes;
mod rumours;
mod timeline;

use bevy_egui::egui::{Rect, Ui};

use crate::ids::SeatId;
use crate::sim::deal::TermSheet;
use crate::ui::desk::Desk;
use crate::ui::state::Layers;

pub use timeline::timeline;

/// What is drawn, beside the view itself.
pub struct Picture<'a> {
    pub desk: &'a Desk,
    pub layers: Layers,
    pub selected: Option<SeatId>,
    /// The player's draft, and with whom.
    pub draft: Option<(SeatId, TermSheet)>,
    /// How far flows have drifted, pixels.
    pub drift: f32,
}

/// What was pressed on the board.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pressed {
    pub select: Option<SeatId>,
    pub open: Option<SeatId>,
    /// Something is under the pointer: its flows move.
    pub hovered: bool,
    /// Something flows.
    pub flows: bool,
}

/// Draws the board and says what was pressed.
pub fn draw(ui: &mut Ui, rect: Rect, picture: &Picture) -> Pressed {
    let edges = edges::list(picture);
    let chart = chart::of(ui, rect, picture, &edges);
    edges::draw(ui, picture, &edges, &chart);
    let mut pressed = nodes::draw(ui, picture, &chart);
    edges::labels(ui, picture, &edges, &chart);
    rumours::draw(ui, picture, &chart);
    pressed.flows = edges.iter().any(edges::Edge::flows);
    pressed
}
