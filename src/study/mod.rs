//! Many games: plays them, and says what came of them as plain data. Nothing here prints.

mod batch;
mod duel;
mod play;
mod simulation;
mod summary;
mod watch;

pub use batch::{Batch, StudyError};
pub use duel::{Duel, DuelResult, duel};
pub use play::{Table, play};
pub use simulation::{SeatSummary, SegmentSummary, Simulation, simulate, summarise};
pub use summary::{Mean, Spread};
pub use watch::{GameRecord, SeatRecord, Talks};
