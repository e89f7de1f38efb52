//! Heavy mode: a game saved and loaded at every step, in both ways there are, its hash compared each
//! time.

use std::sync::Arc;

use super::save::{Save, rebuild};
use super::session::{Control, LoadedLevel, Session, hexadecimal};
use super::words::Names;
use crate::bot::Policy;
use crate::sim::game::Game;
use crate::sim::snapshot::Snapshot;

/// A heavy game that went well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Heavy {
    /// Steps it was saved and loaded after.
    pub steps: u32,
}

/// Where a heavy game went wrong.
#[derive(Debug, thiserror::Error)]
#[error("seed {seed}, after {steps} steps: {what}")]
pub struct Astray {
    pub seed: u64,
    pub steps: u32,
    pub what: String,
}

/// Plays a game with these bots. After every step its state is encoded, decoded and restored into a
/// world that has played other games, and its save is written, read and played again; both must have
/// the hash of the game itself.
pub fn play_heavily(
    loaded: &LoadedLevel,
    table: &[Policy],
    seed: u64,
    spare: &mut Game,
) -> Result<Heavy, Astray> {
    let controls: Vec<Control> = table.iter().map(|&policy| Control::Bot(policy)).collect();
    let mut session = Session::new(loaded.clone(), controls, seed);
    let mut heavy = Heavy::default();
    while !session.game.is_over() {
        session.finish_step();
        heavy.steps += 1;
        let astray = |what: String| Astray { seed, steps: heavy.steps, what };
        let expected = hexadecimal(&session.game.state_hash());
        let restored = restored(&session.game, spare).map_err(astray)?;
        let loaded = saved_and_loaded(&session).map_err(astray)?;
        for (found, way) in [(restored, "restored from its state"), (loaded, "loaded")] {
            if found != expected {
                return Err(astray(format!("{way}, its hash is {found}, not {expected}")));
            }
        }
    }
    Ok(heavy)
}

/// The hash after the state has been encoded, decoded and put into another world.
fn restored(game: &Game, spare: &mut Game) -> Result<String, String> {
    let bytes = game.snapshot().encode();
    let state = Snapshot::decode(&bytes).map_err(|error| error.to_string())?;
    spare.restore(&state, game.seed(), game.history().to_vec());
    Ok(hexadecimal(&spare.state_hash()))
}

/// The hash after the save has been written, read and played again.
fn saved_and_loaded(session: &Session) -> Result<String, String> {
    let text = Save::of(session, Names::Real).to_json().map_err(|error| error.to_string())?;
    let save = Save::from_json(text.as_bytes()).map_err(|error| error.to_string())?;
    let again = rebuild(&save).map_err(|error| error.to_string())?;
    Ok(hexadecimal(&again.game.state_hash()))
}

/// A world to restore states of a level into.
pub fn spare_world(loaded: &LoadedLevel) -> Game {
    Game::new(Arc::clone(&loaded.level), 0)
}
