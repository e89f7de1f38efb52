//! What is kept beside saves: settings of the window, medals won. Small JSON files in the user's folder;
//! one that is missing or damaged counts for nothing and is written anew.

use std::fs;
use std::io::{self, Write};

use atomic_write_file::AtomicWriteFile;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::home::Home;

/// The longest such file that is read, bytes.
const MAX_BYTES: u64 = 1 << 20;

/// What was kept under a name.
pub fn read<T: DeserializeOwned>(name: &str) -> Option<T> {
    let path = Home::find()?.folder().join(format!("{name}.json"));
    let about = fs::metadata(&path).ok()?;
    if !about.is_file() || about.len() > MAX_BYTES {
        return None;
    }
    serde_json::from_slice(&fs::read(path).ok()?).ok()
}

/// Keeps something under a name.
pub fn write<T: Serialize>(name: &str, what: &T) -> io::Result<()> {
    let Some(home) = Home::find() else { return Ok(()) };
    fs::create_dir_all(home.folder())?;
    let mut file = AtomicWriteFile::open(home.folder().join(format!("{name}.json")))?;
    file.write_all(serde_json::to_string_pretty(what).map_err(io::Error::other)?.as_bytes())?;
    file.commit()
}
