//! Every level there is: the ones built into the program, then the ones in the user's folder.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rust_embed::Embed;

use super::Level;
use super::check::{MAX_BYTES, check, too_long};
use super::problem::{Problem, Problems, nearest, one_of, quote};
use super::spans::Spans;

/// The built-in levels.
#[derive(Embed)]
#[folder = "levels/"]
struct BuiltIn;

/// Where a level comes from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// Part of the program.
    BuiltIn,
    File(PathBuf),
}

/// A level of the library. One that does not load stays, with the reason.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The level's id; the file's name without its ending if the level does not load.
    pub id: String,
    /// The level's title; the file's name if the level does not load.
    pub title: String,
    pub source: Source,
    pub level: Result<Arc<Level>, Problems>,
    /// The file as written; empty if it could not be read.
    pub text: Arc<str>,
}

/// All levels, built-in ones first, each group by file name.
#[derive(Clone, Debug)]
pub struct Library {
    entries: Vec<Entry>,
}

impl Library {
    /// Loads the built-in levels, then every `*.ron` in the user's folder, if there is one.
    pub fn load(folder: Option<&Path>) -> Library {
        let mut library = Library { entries: Vec::new() };
        let mut names: Vec<_> = BuiltIn::iter().filter(|name| name.ends_with(".ron")).collect();
        names.sort();
        for name in names {
            if let Some(embedded) = BuiltIn::get(&name) {
                library.add(Entry::read(&name, Source::BuiltIn, Ok(embedded.data.into_owned())));
            }
        }
        for path in folder.map(level_files).unwrap_or_default() {
            library.add(Entry::from_path(&path));
        }
        library
    }

    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The level with this id, else the level in the file at this path.
    ///
    /// An entry that is found may still hold the problems of a level that does not load.
    pub fn find(&self, id_or_path: &str) -> Result<Entry, Problems> {
        if let Some(entry) = self.entries.iter().find(|entry| entry.id == id_or_path) {
            return Ok(entry.clone());
        }
        let path = Path::new(id_or_path);
        let means_a_file = id_or_path.ends_with(".ron") || path.components().count() > 1;
        if means_a_file || path.exists() {
            return Ok(Entry::from_path(path));
        }
        Err(Problems::one(id_or_path, self.unknown(id_or_path)))
    }

    fn unknown(&self, id: &str) -> Problem {
        let known = || self.entries.iter().map(|entry| entry.id.as_str());
        let meant = nearest(id, known())
            .map(|id| format!("did you mean {}? ", quote(id)))
            .unwrap_or_default();
        Problem::new(format!("there is no level {}", quote(id)))
            .help(format!("{meant}known: {}; or give the path of a level file", one_of(known())))
    }

    /// Adds an entry. An id belongs to the first level that has it.
    fn add(&mut self, mut entry: Entry) {
        let taken = self.entries.iter().any(|other| other.id == entry.id && other.level.is_ok());
        if taken && entry.level.is_ok() {
            let problem = Problem::new(format!("the id {} is taken", quote(&entry.id)))
                .help("another level of the library has it: change the line `id: …` of this one");
            let problem = match Spans::of(&entry.text).value_at("id") {
                Some(span) => problem.at(&entry.text, span),
                None => problem,
            };
            entry.level = Err(Problems::new(&entry.name(), &entry.text, vec![problem]));
            entry.id = entry.stem();
        }
        self.entries.push(entry);
    }
}

impl Entry {
    /// Reads and checks one level file.
    pub fn from_path(path: &Path) -> Entry {
        let name = path.display().to_string();
        Entry::read(&name, Source::File(path.to_owned()), read_file(path))
    }

    fn read(name: &str, source: Source, bytes: Result<Vec<u8>, Problem>) -> Entry {
        let text = bytes.and_then(decode);
        let (level, text) = match text {
            Ok(text) => (check(name, &text), text),
            Err(problem) => (Err(Problems::one(name, problem)), String::new()),
        };
        let stem = stem(name);
        let (id, title) = match &level {
            Ok(level) => (level.id.clone(), level.title.clone()),
            Err(_) => (stem.clone(), stem),
        };
        Entry { id, title, source, level: level.map(Arc::new), text: text.into() }
    }

    /// What reports call it.
    fn name(&self) -> String {
        match &self.source {
            Source::BuiltIn => self.id.clone(),
            Source::File(path) => path.display().to_string(),
        }
    }

    fn stem(&self) -> String {
        stem(&self.name())
    }
}

fn stem(name: &str) -> String {
    Path::new(name).file_stem().unwrap_or_default().to_string_lossy().into_owned()
}

/// The level files of a folder, by name. A folder that is not there has none.
fn level_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.filter_map(|entry| entry.ok().map(|entry| entry.path()));
    let mut files: Vec<PathBuf> =
        paths.filter(|path| path.extension().is_some_and(|ending| ending == "ron")).collect();
    files.sort();
    files
}

/// Reads a file without ever holding more than a level may have.
fn read_file(path: &Path) -> Result<Vec<u8>, Problem> {
    let about = std::fs::metadata(path).map_err(|error| unreadable(&error))?;
    if about.is_dir() {
        return Err(Problem::new("this is a folder").help("give the path of a level file"));
    }
    if !about.is_file() {
        return Err(Problem::new("this is not a regular file"));
    }
    if about.len() > MAX_BYTES as u64 {
        return Err(too_long(about.len()));
    }
    // The file may grow after its length was read.
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| unreadable(&error))?;
    file.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map_err(|error| unreadable(&error))?;
    if bytes.len() > MAX_BYTES {
        return Err(too_long(bytes.len() as u64));
    }
    Ok(bytes)
}

fn unreadable(error: &io::Error) -> Problem {
    match error.kind() {
        io::ErrorKind::NotFound => Problem::new("there is no such file"),
        io::ErrorKind::PermissionDenied => Problem::new("this file may not be read"),
        _ => Problem::new(format!("the file cannot be read: {error}")),
    }
}

fn decode(bytes: Vec<u8>) -> Result<String, Problem> {
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..good].iter().filter(|&&byte| byte == b'\n').count() + 1;
        Problem::new(format!("the file is not UTF-8 text: line {line} has a byte that is none"))
            .help("save it as UTF-8 in your editor")
    })
}
