//! Saves on disk: whole or absent, the last three of each name kept.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use atomic_write_file::AtomicWriteFile;

use super::rebuild::rebuild;
use super::{Damage, LoadError, MAX_BYTES, Save};
use crate::host::session::Session;

/// How many saves of one name are kept.
pub const KEPT: u32 = 3;

/// What names of automatic saves begin with.
const AUTOMATIC: &str = "autosave-";

/// A folder of saves.
#[derive(Clone, Debug)]
pub struct Saves {
    folder: PathBuf,
}

/// A save of the folder, not yet read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelved {
    /// What it was saved as.
    pub name: String,
    pub path: PathBuf,
    pub automatic: bool,
    pub written: SystemTime,
}

impl Saves {
    /// The saves in a folder, which is made when first written to.
    pub fn in_folder(folder: impl Into<PathBuf>) -> Saves {
        Saves { folder: folder.into() }
    }

    /// The name a level's games are saved under by themselves.
    pub fn automatic_name(level_id: &str) -> String {
        format!("{AUTOMATIC}{level_id}")
    }

    /// Writes a save under a name and keeps the two before it.
    ///
    /// The newest is copied aside before it is written over, and either happens whole or not at all:
    /// whenever the power fails, the newest good save is there.
    pub fn write(&self, name: &str, save: &Save) -> io::Result<PathBuf> {
        check_name(name)?;
        let text = save.to_json().map_err(io::Error::other)?;
        fs::create_dir_all(&self.folder)?;
        let newest = self.path(name, 0);
        for age in (1..KEPT - 1).rev() {
            rename_if_there(&self.path(name, age), &self.path(name, age + 1))?;
        }
        if newest.exists() {
            write_whole(&self.path(name, 1), &fs::read(&newest)?)?;
        }
        write_whole(&newest, text.as_bytes())?;
        Ok(newest)
    }

    /// The newest save of each name, the latest written first.
    pub fn list(&self) -> Vec<Shelved> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let mut saves: Vec<Shelved> = entries.filter_map(|entry| shelved(&entry.ok()?)).collect();
        saves.sort_by(|one, other| (other.written, &one.name).cmp(&(one.written, &other.name)));
        saves
    }

    /// The latest automatic save; without one, the latest of all.
    pub fn newest(&self) -> Option<PathBuf> {
        let saves = self.list();
        saves.iter().find(|save| save.automatic).or(saves.first()).map(|save| save.path.clone())
    }

    /// The save with this name, else the file at this path.
    pub fn find(&self, name_or_path: &str) -> PathBuf {
        let named = self.path(name_or_path, 0);
        if check_name(name_or_path).is_ok() && named.exists() {
            return named;
        }
        PathBuf::from(name_or_path)
    }

    /// Where the save of this name and age is: 0 the newest.
    fn path(&self, name: &str, age: u32) -> PathBuf {
        self.folder.join(file_name(name, age))
    }
}

fn file_name(name: &str, age: u32) -> String {
    if age == 0 { format!("{name}.json") } else { format!("{name}.{age}.json") }
}

/// Names are file names on every system, without surprises: no dots, no separators.
fn check_name(name: &str) -> io::Result<()> {
    let allowed = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ' ');
    if !name.trim().is_empty() && name.len() <= 100 && name.chars().all(allowed) {
        return Ok(());
    }
    Err(io::Error::new(
        io::ErrorKind::InvalidInput,
        "a save's name has letters, digits, spaces, - and _, at most 100 of them",
    ))
}

fn rename_if_there(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = AtomicWriteFile::open(path)?;
    file.write_all(bytes)?;
    file.commit()
}

fn shelved(entry: &fs::DirEntry) -> Option<Shelved> {
    let path = entry.path();
    let name = path.file_name()?.to_str()?.strip_suffix(".json")?.to_owned();
    // Older ones have their age in the name, behind a dot.
    check_name(&name).ok()?;
    let written = entry.metadata().ok()?.modified().ok()?;
    Some(Shelved { automatic: name.starts_with(AUTOMATIC), name, path, written })
}

/// Reads a save. If its file is damaged, the error names the newest good one before it.
pub fn load(path: &Path) -> Result<Save, LoadError> {
    let text = read(path)?;
    Save::from_json(&text).map_err(|damage| damaged(path, damage))
}

/// Reads a save and brings its game back, to play on.
pub fn open(path: &Path) -> Result<(Save, Session), LoadError> {
    let save = load(path)?;
    let session = rebuild(&save).map_err(|damage| damaged(path, damage))?;
    Ok((save, session))
}

/// The error for a save that turned out to be damaged.
pub fn damaged(path: &Path, damage: Damage) -> LoadError {
    let previous = if damage.is_of_the_file() { previous(path) } else { None };
    LoadError::Damaged { path: path.to_owned(), damage: Box::new(damage), previous }
}

/// The newest save before this one that can be loaded and played on.
pub fn previous(path: &Path) -> Option<PathBuf> {
    let stem = path.file_name()?.to_str()?.strip_suffix(".json")?;
    let (name, age) = match stem.rsplit_once('.') {
        Some((name, age)) => (name, age.parse::<u32>().ok()?),
        None => (stem, 0),
    };
    let older = (age.saturating_add(1)..KEPT).map(|age| path.with_file_name(file_name(name, age)));
    older.into_iter().find(|path| is_good(path))
}

fn is_good(path: &Path) -> bool {
    let save = read(path).ok().and_then(|text| Save::from_json(&text).ok());
    save.is_some_and(|save| rebuild(&save).is_ok())
}

/// Reads a file without ever holding more than a save may have.
fn read(path: &Path) -> Result<Vec<u8>, LoadError> {
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => LoadError::Missing(path.to_owned()),
        _ => LoadError::Unreadable { path: path.to_owned(), error },
    };
    let about = fs::metadata(path).map_err(unreadable)?;
    if !about.is_file() {
        return Err(unreadable(io::Error::other("it is not a regular file")));
    }
    if about.len() > MAX_BYTES {
        return Err(LoadError::TooLong(path.to_owned()));
    }
    let mut text = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(MAX_BYTES + 1).read_to_end(&mut text).map_err(unreadable)?;
    if text.len() as u64 > MAX_BYTES {
        return Err(LoadError::TooLong(path.to_owned()));
    }
    Ok(text)
}
