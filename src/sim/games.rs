//! Games of the flagship to test mechanics in, their opening changed where a test needs it.

use std::sync::Arc;

use crate::level::{Level, Library};
use crate::sim::game::{ClosedQuarter, Game};
use crate::sim::setting::Step;
use crate::sim::snapshot::Snapshot;

pub(in crate::sim) fn flagship() -> Arc<Level> {
    let entry = Library::load(None).find("ten-billion-courtship").expect("built in");
    entry.level.expect("sound")
}

/// A game of the flagship with its opening changed.
pub(in crate::sim) fn game(seed: u64, change: impl Fn(&mut Snapshot)) -> Game {
    let mut game = Game::new(flagship(), seed);
    let mut state = game.snapshot();
    change(&mut state);
    game.restore(&state, seed, Vec::new());
    game
}

pub(in crate::sim) fn to_plan(game: &mut Game) {
    while game.step() != Step::Plan {
        game.advance();
    }
}

/// Plays the quarter to its end.
pub(in crate::sim) fn close(game: &mut Game) -> Arc<ClosedQuarter> {
    to_plan(game);
    game.advance();
    Arc::clone(game.history().last().expect("a closed quarter"))
}
