//! Term Sheet: the simulation, the negotiation and everything around them.
pub mod ids;
pub mod level;
pub mod sim;
pub mod units;
