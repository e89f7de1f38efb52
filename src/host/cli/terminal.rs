//! Hands a game over to the terminal.

use super::failure::Failure;
use super::play::NameChoice;
use super::saves::{self, Keeper};
use crate::host::session::Session;

/// Plays a game at the terminal until it ends or the player leaves.
pub fn play(session: Session, names: NameChoice, _text: bool) -> Result<(), Failure> {
    let mut keeper =
        Keeper { saves: saves::folder()?, fictional_names: names == NameChoice::Fictional };
    keeper.autosave(&session).map_err(Failure::Message)?;
    Err(Failure::message("the game at the terminal is not there yet"))
}

/// The front page.
pub fn choose(_names: NameChoice, _text: bool) -> Result<(), Failure> {
    Err(Failure::message("the front page is not there yet"))
}
