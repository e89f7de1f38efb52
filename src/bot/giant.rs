//! Plans of a giant.
use crate::ids::FirmId;
use crate::sim::deal::brief::Outlook;
use crate::sim::decision::Decision;
use crate::sim::view::SeatView;
pub(super) fn plan(_view: &SeatView, _id: FirmId, _outlook: Outlook) -> Vec<Decision> { Vec::new() }
