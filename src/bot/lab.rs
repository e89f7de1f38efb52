//! Plans of a lab.
use crate::ids::LabId;
use crate::sim::deal::brief::Outlook;
use crate::sim::decision::Decision;
use crate::sim::view::SeatView;
pub(super) fn plan(_view: &SeatView, _id: LabId, _outlook: Outlook) -> Vec<Decision> { Vec::new() }
