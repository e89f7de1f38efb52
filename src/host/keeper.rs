//! Who saves the game in play, wherever it is played.

use std::io;

use crate::host::home::{HOME_VARIABLE, Home};
use crate::host::save::{Save, Saves};
use crate::host::session::Session;
use crate::host::words::Names;

/// Where games are kept. An error is a sentence for the player.
pub trait Saver {
    fn autosave(&mut self, session: &Session) -> Result<(), String>;
    /// Saves under a name; says where.
    fn save_as(&mut self, session: &Session, name: &str) -> Result<String, String>;
}

/// Saves into this user's folder.
pub struct Keeper {
    /// None if this system has no place for saves: the game goes on all the same.
    saves: Option<Saves>,
    names: Names,
}

impl Keeper {
    pub fn new(names: Names) -> Keeper {
        let saves = Home::find().map(|home| Saves::in_folder(home.saves()));
        saves.iter().for_each(Saves::sweep);
        Keeper { saves, names }
    }
}

impl Saver for Keeper {
    fn autosave(&mut self, session: &Session) -> Result<(), String> {
        let name = Saves::automatic_name(&session.level.level.id);
        self.save_as(session, &name).map(|_| ())
    }

    fn save_as(&mut self, session: &Session, name: &str) -> Result<String, String> {
        let Some(saves) = &self.saves else { return Err(no_home()) };
        let save = Save::of(session, self.names);
        let path = saves.write(name, &save).map_err(|error| unsaved(saves, &error))?;
        Ok(path.display().to_string())
    }
}

/// Why a game was not saved, and what to do: it goes on, and what was saved before is still there.
fn unsaved(saves: &Saves, error: &io::Error) -> String {
    let folder = saves.folder().display();
    match error.kind() {
        io::ErrorKind::InvalidInput => error.to_string(),
        _ => format!(
            "{error}. Make room in {folder}, or see that it can be written to, and save again; the \
             game goes on, and the saves before are as they were."
        ),
    }
}

/// Why there is no place for saves.
pub fn no_home() -> String {
    format!("this system names no home folder to keep saves in: set {HOME_VARIABLE} to a folder")
}
