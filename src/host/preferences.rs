//! What is kept beside saves: settings of the window, medals won. Small JSON files in the user's folder;
//! one that is missing or damaged counts for nothing and is written anew.

use std::fs;
use std::io;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::files;
use super::home::Home;

/// The longest such file that is read, bytes.
const MAX_BYTES: u64 = 1 << 20;

/// What was kept under a name.
pub fn read<T: DeserializeOwned>(name: &str) -> Option<T> {
    let path = Home::find()?.folder().join(format!("{name}.json"));
    serde_json::from_slice(&files::read(&path, MAX_BYTES).ok()?).ok()
}

/// Keeps something under a name.
pub fn write<T: Serialize>(name: &str, what: &T) -> io::Result<()> {
    let Some(home) = Home::find() else { return Ok(()) };
    fs::create_dir_all(home.folder())?;
    let text = serde_json::to_string_pretty(what).map_err(io::Error::other)?;
    files::write(&home.folder().join(format!("{name}.json")), text.as_bytes())
}
