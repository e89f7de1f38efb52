//! Any legal decision.
use crate::sim::decision::Decision;
use crate::sim::view::SeatView;
pub(super) fn choose(_view: &SeatView, _seed: u64) -> Vec<Decision> { Vec::new() }
