//! The simulation.
pub mod deal;
