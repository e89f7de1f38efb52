//! How all commands find saves, and how a game in play is saved.

use std::path::PathBuf;

use super::failure::Failure;
use crate::host::home::Home;
use crate::host::keeper::no_home;
use crate::host::save::{LoadError, Saves, Shelved, load};

/// How many saves the front page shows.
const ON_THE_SHELF: usize = 9;

/// This user's saves.
pub fn folder() -> Result<Saves, Failure> {
    let home = Home::find().ok_or_else(|| Failure::Message(no_home()))?;
    Ok(Saves::in_folder(home.saves()))
}

/// The saves of the front page, the newest first: where each is, and what it is called there.
pub fn shelf() -> Vec<(PathBuf, String)> {
    let saves = folder().map(|saves| saves.list()).unwrap_or_default();
    saves
        .into_iter()
        .take(ON_THE_SHELF)
        .map(|shelved| (shelved.path.clone(), label(&shelved)))
        .collect()
}

fn label(shelved: &Shelved) -> String {
    let Ok(save) = load(&shelved.path) else {
        return format!("{}: damaged", shelved.name);
    };
    let quarter = save.hashes.len() + 1;
    let name = if shelved.automatic { "saved by itself" } else { &shelved.name };
    format!("{}, quarter {quarter}: {name}", save.level_title)
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
