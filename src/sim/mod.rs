//! The simulation: no window, files, clock, threads or prose below here.
//!
//! Start with `turn` (the pipeline of a quarter) and `game` (the way in and out). One folder a
//! mechanic: `rules.rs` holds its arithmetic, `mod.rs` its components and systems.

pub mod game;
#[cfg(test)]
pub(crate) mod games;
pub mod turn;

pub mod books;
pub mod cause;
mod check;
pub mod decision;
pub mod explain;
pub mod fact;
pub mod imagine;
mod opening;
pub mod plans;
pub mod rng;
pub mod setting;
pub mod snapshot;
pub mod view;

pub mod calendar;
pub mod capability;
pub mod capital_market;
pub mod cloud;
pub mod deal;
pub mod dilemmas;
pub mod goals;
pub mod happenings;
pub mod information;
pub mod lab;
pub mod negotiation;
pub mod press;
pub mod process;
pub mod regulator;
pub mod treasury;

pub use check::most_order;
