//! Games to test with.

use std::sync::Arc;

use termsheet::bot::Policy;
use termsheet::host::session::{Control, LoadedLevel, Session};
use termsheet::level::{Level, Library};
use termsheet::sim::game::Game;

/// The level most tests play.
pub const FLAGSHIP: &str = "ten-billion-courtship";

pub fn flagship() -> LoadedLevel {
    let entry = Library::load(None).find(FLAGSHIP).expect("the flagship is built in");
    LoadedLevel { level: entry.level.expect("the flagship loads"), text: entry.text }
}

/// A built-in level.
pub fn level_called(id: &str) -> Arc<Level> {
    Library::load(None).find(id).expect("it is built in").level.expect("it loads")
}

pub fn flagship_level() -> Arc<Level> {
    flagship().level
}

/// A new game of the flagship.
pub fn game(seed: u64) -> Game {
    Game::new(flagship_level(), seed)
}

/// The same bot in every seat.
pub fn all(policy: Policy) -> Vec<Policy> {
    vec![policy; flagship_level().seats()]
}

/// A session of the flagship with the same bot in every seat.
pub fn session(policy: Policy, seed: u64) -> Session {
    let level = flagship();
    let controls = vec![Control::Bot(policy); level.level.seats()];
    Session::new(level, controls, seed)
}

pub fn play_to_the_end(session: &mut Session) {
    while !session.game.is_over() {
        session.finish_step();
    }
}
