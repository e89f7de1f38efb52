//! Saves on disk: whole or absent, the last three of each name kept, the newest of them twice.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::rebuild::rebuild;
use super::{Damage, LoadError, MAX_BYTES, Save};
use crate::host::files;
use crate::host::session::Session;

/// How many saves of one name are kept, the copy of the newest apart.
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

    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The name a level's games are saved under by themselves.
    pub fn automatic_name(level_id: &str) -> String {
        format!("{AUTOMATIC}{level_id}")
    }

    /// Writes a save under a name and keeps the two before it.
    ///
    /// A copy is written first: if there is no room for it, nothing else is touched, and later it
    /// stands in for a newest save that was damaged. Each file is written whole or not at all, so that
    /// whenever the power fails the newest good save is there.
    pub fn write(&self, name: &str, save: &Save) -> io::Result<PathBuf> {
        check_name(name)?;
        let text = save.to_json().map_err(io::Error::other)?;
        fs::create_dir_all(&self.folder)?;
        let newest = self.path(name, 0);
        files::write(&copy_of(&newest), text.as_bytes())?;
        for age in (1..KEPT - 1).rev() {
            rename_if_there(&self.path(name, age), &self.path(name, age + 1))?;
        }
        if newest.exists() {
            files::write(&self.path(name, 1), &files::read(&newest, MAX_BYTES)?)?;
        }
        files::write(&newest, text.as_bytes())?;
        Ok(newest)
    }

    /// Removes what a program that was killed while saving has left.
    pub fn sweep(&self) {
        files::sweep(&self.folder);
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

/// Where the copy of the newest save of a name is.
fn copy_of(newest: &Path) -> PathBuf {
    newest.with_extension("copy.json")
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
    LoadError::Damaged { path: path.to_owned(), damage: Box::new(damage), previous: previous(path) }
}

/// The newest good save to take up in place of this one: its copy, else one before it.
pub fn previous(path: &Path) -> Option<PathBuf> {
    let stem = path.file_name()?.to_str()?.strip_suffix(".json")?;
    let (name, age) = match stem.rsplit_once('.') {
        Some((name, "copy")) => (name, 0),
        Some((name, age)) => (name, age.parse::<u32>().ok()?),
        None => (stem, 0),
    };
    let at = |age| path.with_file_name(file_name(name, age));
    let copy = (age == 0).then(|| copy_of(&at(0)));
    let older = (age.saturating_add(1)..KEPT).map(at);
    copy.into_iter().chain(older).find(|other| other != path && is_good(other))
}

fn is_good(path: &Path) -> bool {
    let save = read(path).ok().and_then(|text| Save::from_json(&text).ok());
    save.is_some_and(|save| rebuild(&save).is_ok())
}

/// Reads a file without ever holding more than a save may have.
fn read(path: &Path) -> Result<Vec<u8>, LoadError> {
    files::read(path, MAX_BYTES).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => LoadError::Missing(path.to_owned()),
        io::ErrorKind::FileTooLarge => LoadError::TooLong(path.to_owned()),
        _ => LoadError::Unreadable { path: path.to_owned(), error },
    })
}
