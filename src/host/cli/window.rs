//! Hands over to the window; where there can be none, says why in a sentence and goes to the terminal.

use std::io::{self, Write};
use std::path::PathBuf;

use super::failure::Failure;
use super::terminal;
use crate::host::session::Session;
use crate::host::words::Names;
use crate::ui::{Opening, WindowError, open};

/// The window's title, with the shelf.
pub fn front_page(pictures: Option<PathBuf>, frames: Option<PathBuf>) -> Result<(), Failure> {
    let touring = pictures.is_some();
    match open(Opening { session: None, pictures, frames }) {
        Ok(()) => Ok(()),
        Err(WindowError(why)) if touring => Err(Failure::Message(why)),
        Err(why) => {
            explain(&why);
            terminal::front_page(Names::Real, false)
        }
    }
}

/// A game at once, in the window.
pub fn play(make: impl Fn() -> Result<(Session, Names), Failure>) -> Result<(), Failure> {
    let (session, names) = make()?;
    match open(Opening { session: Some((session, names)), ..Opening::default() }) {
        Ok(()) => Ok(()),
        Err(why) => {
            explain(&why);
            let (session, names) = make()?;
            terminal::play(session, names, false)
        }
    }
}

fn explain(WindowError(why): &WindowError) {
    // Nothing is left to do if stderr is closed.
    let text = "this is the game at the terminal (--text asks for it).";
    let _ = writeln!(io::stderr(), "{why}; {text}");
}
