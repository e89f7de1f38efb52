//! Every level there is: the ones built into the program, then the ones in the user's folder.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rust_embed::Embed;

use super::Level;
use super::check::{MAX_BYTES, check, too_long};
use super::file::LAST_ON_THE_SHELF;
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

/// All levels, built-in ones first, each group by its levels' places on the shelf, then by file name.
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
        // The sort is stable: levels of one place stay in the order of their files.
        library.entries.sort_by_key(|entry| {
            let place = entry.level.as_ref().map_or(LAST_ON_THE_SHELF, |level| level.shelf);
            (entry.source != Source::BuiltIn, place)
        });
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
            .map_or("known".into(), |id| format!("did you mean {}? Known", quote(id)));
        Problem::new(format!("there is no level {}", quote(id)))
            .help(format!("{meant}: {}; or give the path of a level file", one_of(known())))
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

/// Reads a file that somebody wrote by hand.
pub(super) fn read_text(path: &Path) -> Result<String, Problem> {
    read_file(path).and_then(decode)
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

#[cfg(test)]
mod tests {
    use super::*;

    const SMALLEST: &str = include_str!("../../tests/it/fixtures/smallest.ron");

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, bytes) in files {
            std::fs::write(folder.path().join(name), bytes).unwrap();
        }
        folder
    }

    fn first_message(entry: &Entry) -> String {
        entry.level.as_ref().unwrap_err().list[0].message.clone()
    }

    #[test]
    fn every_built_in_level_loads() {
        let library = Library::load(None);
        assert!(!library.entries().is_empty());
        for entry in library.entries() {
            assert_eq!(entry.source, Source::BuiltIn);
            if let Err(problems) = &entry.level {
                panic!("{}", problems.render(false));
            }
        }
        assert!(library.find("ten-billion-courtship").unwrap().level.is_ok());
    }

    #[test]
    fn the_users_levels_follow_by_name_and_broken_ones_stay_with_their_problems() {
        let folder = folder(&[
            ("b.ron", SMALLEST.as_bytes()),
            ("a.ron", b"(format: 1"),
            ("notes.txt", b"not a level"),
            ("c.ron", b"\xff\xfe"),
        ]);
        let library = Library::load(Some(folder.path()));
        let built_in = Library::load(None).entries().len();
        let users = &library.entries()[built_in..];
        let ids: Vec<&str> = users.iter().map(|entry| entry.id.as_str()).collect();
        assert_eq!(ids, ["a", "harbour-town", "c"]);
        assert!(users[0].level.is_err());
        assert_eq!(users[1].title, "Harbour Town");
        assert!(first_message(&users[2]).contains("not UTF-8"));
    }

    #[test]
    fn a_folder_that_is_not_there_has_no_levels() {
        let library = Library::load(Some(Path::new("/nowhere/at/all")));
        assert_eq!(library.entries().len(), Library::load(None).entries().len());
    }

    #[test]
    fn an_id_belongs_to_the_first_level_that_has_it() {
        let copy = SMALLEST.replace("harbour-town", "ten-billion-courtship");
        let folder = folder(&[("copy.ron", copy.as_bytes())]);
        let library = Library::load(Some(folder.path()));
        let entry = library.find("copy").unwrap();
        assert_eq!(first_message(&entry), "the id `ten-billion-courtship` is taken");
        assert_eq!(entry.level.unwrap_err().list[0].line, Some(4));
        assert_eq!(library.find("ten-billion-courtship").unwrap().source, Source::BuiltIn);
    }

    #[test]
    fn an_unknown_id_names_the_known_ones() {
        let problems = Library::load(None).find("ten-billion-courtshp").unwrap_err();
        let help = problems.list[0].help.clone().unwrap();
        assert!(help.starts_with("did you mean `ten-billion-courtship`?"), "{help}");
    }

    #[test]
    fn a_path_finds_a_level_outside_the_library() {
        let folder = folder(&[("town.ron", SMALLEST.as_bytes())]);
        let path = folder.path().join("town.ron");
        let entry = Library::load(None).find(&path.display().to_string()).unwrap();
        assert_eq!(entry.level.unwrap().id, "harbour-town");
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let folder = folder(&[("big.ron", &vec![b' '; MAX_BYTES + 1])]);
        for (path, message) in [
            (folder.path().join("none.ron"), "there is no such file"),
            (folder.path().to_owned(), "this is a folder"),
            (folder.path().join("big.ron"), "the file is 1048577 bytes long"),
            (PathBuf::from("/dev/zero"), "this is not a regular file"),
        ] {
            assert_eq!(first_message(&Entry::from_path(&path)), message, "{}", path.display());
        }
    }
}
