//! A snapshot is the whole state.

use termsheet::bot::Policy;

use crate::games::{game, play_to_the_end, session};

#[test]
fn every_component_and_resource_is_saved_or_named_as_derived() {
    // Deals and tables appear as a game goes on.
    let mut session = session(Policy::Normal, 1);
    assert_eq!(session.game.unsaved_components(), Vec::<String>::new());
    play_to_the_end(&mut session);
    assert!(!session.game.deals().is_empty());
    assert_eq!(session.game.unsaved_components(), Vec::<String>::new());
}

#[test]
fn a_restored_game_is_the_game_that_was_captured() {
    let mut session = session(Policy::Normal, 2);
    for _ in 0..30 {
        session.finish_step();
    }
    let snapshot = session.game.snapshot();
    let mut other = game(99);
    other.restore(&snapshot, session.game.seed(), session.game.history().to_vec());
    assert_eq!(other.snapshot(), snapshot);
    while !other.is_over() {
        other.advance();
        session.game.advance();
        assert_eq!(other.state_hash(), session.game.state_hash());
    }
}
