//! How all commands find saves, and how a game in play is saved.

use std::path::PathBuf;

use super::failure::Failure;
use crate::host::home::{HOME_VARIABLE, Home};
use crate::host::save::{LoadError, Save, Saves};
use crate::host::session::Session;

/// This user's saves.
pub fn folder() -> Result<Saves, Failure> {
    let home = Home::find().ok_or_else(|| {
        Failure::message(format!(
            "this system names no home folder to keep saves in: set {HOME_VARIABLE} to a folder"
        ))
    })?;
    Ok(Saves::in_folder(home.saves()))
}

/// The save with this name or at this path; the newest if none is named.
pub fn find(name_or_path: Option<&str>) -> Result<PathBuf, Failure> {
    let saves = folder()?;
    match name_or_path {
        Some(name) => Ok(saves.find(name)),
        None => saves.newest().ok_or_else(|| {
            Failure::message("there is no saved game yet: begin one with \"termsheet play\"")
        }),
    }
}

impl From<LoadError> for Failure {
    fn from(error: LoadError) -> Failure {
        Failure::Message(error.to_string())
    }
}

/// Saves the game in play.
pub struct Keeper {
    pub saves: Saves,
    pub fictional_names: bool,
}

impl Keeper {
    pub fn autosave(&mut self, session: &Session) -> Result<(), String> {
        let name = Saves::automatic_name(&session.level.level.id);
        self.save_as(session, &name).map(|_| ())
    }

    /// Saves under a name and says where.
    pub fn save_as(&mut self, session: &Session, name: &str) -> Result<String, String> {
        let save = Save::of(session, self.fictional_names);
        let path = self.saves.write(name, &save).map_err(|error| error.to_string())?;
        Ok(path.display().to_string())
    }
}
