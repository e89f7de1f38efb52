//! Finding levels.

use super::failure::Failure;
use crate::host::home::Home;
use crate::host::session::LoadedLevel;
use crate::level::Library;

/// Every level there is.
pub fn library() -> Library {
    Library::load(Home::find().map(|home| home.levels()).as_deref())
}

/// The level with this id, or in the file at this path.
pub fn find(id_or_path: &str) -> Result<LoadedLevel, Failure> {
    let entry = library().find(id_or_path)?;
    Ok(LoadedLevel { level: entry.level?, text: entry.text })
}
