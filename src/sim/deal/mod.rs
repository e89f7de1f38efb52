//! Deals: term sheets, covenants and cap tables.
mod sheet;
pub use sheet::{AccessTier, BoardSeat, Condition, Exclusivity, TermSheet};
