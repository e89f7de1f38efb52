//! What stands on the title's shelf: levels, saves, and the best medal of each level.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::host::home::Home;
use crate::host::preferences;
use crate::host::save::{Save, Saves, load};
use crate::host::session::LoadedLevel;
use crate::host::watch::Watch;
use crate::level::{Entry, Library, Problem, Source};
use crate::sim::goals::rules::{Medal, medal};

/// What stands on the title's shelf.
pub struct Shelf {
    pub library: Library,
    pub saves: Vec<(PathBuf, String)>,
    medals: Medals,
    watch: Option<Watch>,
    /// The last version of each file that loaded.
    good: BTreeMap<PathBuf, Entry>,
}

/// The best medal of each level.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
struct Medals(BTreeMap<String, f64>);

const MEDALS: &str = "medals";

const SAVES_SHOWN: usize = 12;

impl Shelf {
    pub fn load() -> Shelf {
        let folder = Home::find().map(|home| home.levels());
        let mut shelf = Shelf {
            library: Library::load(folder.as_deref()),
            saves: Vec::new(),
            medals: preferences::read(MEDALS).unwrap_or_default(),
            watch: None,
            good: BTreeMap::new(),
        };
        shelf.note_good();
        shelf.look();
        shelf
    }

    /// Reads the list of saves again.
    pub fn look(&mut self) {
        let library = &self.library;
        let saves = Home::find().map(|home| Saves::in_folder(home.saves()).list());
        self.saves = saves
            .unwrap_or_default()
            .into_iter()
            .take(SAVES_SHOWN)
            .map(|shelved| {
                let label = match load(&shelved.path) {
                    Ok(save) => {
                        let name =
                            if shelved.automatic { "saved by itself" } else { &shelved.name };
                        match over(library, &save) {
                            true => format!("{}, over: {name}", save.level_title),
                            false => {
                                let quarter = save.hashes.len() + 1;
                                format!("{}, quarter {quarter}: {name}", save.level_title)
                            }
                        }
                    }
                    Err(_) => format!("{}: damaged", shelved.name),
                };
                (shelved.path, label)
            })
            .collect();
    }

    /// Watches the user's folder; `wake` is called when a level has changed.
    pub fn watch(&mut self, wake: impl Fn() + Send + 'static) {
        if let Some(home) = Home::find() {
            self.watch = Some(Watch::of(home.levels(), wake));
        }
    }

    /// Takes up the levels as they are, if any has changed. A file that no longer loads keeps the last
    /// version that did.
    pub fn renew(&mut self) -> bool {
        let Some(library) = self.watch.as_ref().and_then(Watch::changed) else { return false };
        self.keep(library);
        true
    }

    fn keep(&mut self, library: Library) {
        self.library = library;
        self.note_good();
    }

    fn note_good(&mut self) {
        for entry in self.library.entries().iter().filter(|entry| entry.level.is_ok()) {
            if let Source::File(path) = &entry.source {
                self.good.insert(path.clone(), entry.clone());
            }
        }
    }

    /// What can be played of a paper: it, or the last version of it that loaded.
    pub fn playable(&self, entry: &Entry) -> Option<Entry> {
        match (&entry.level, &entry.source) {
            (Ok(_), _) => Some(entry.clone()),
            (Err(_), Source::File(path)) => self.good.get(path).cloned(),
            (Err(_), Source::BuiltIn) => None,
        }
    }

    /// What a game of a level should know of its file: a sentence, where that is no longer what it was.
    pub fn news_of(&self, level: &LoadedLevel) -> Option<String> {
        let id = &level.level.id;
        let own = |entry: &&Entry| {
            self.playable(entry).is_some_and(|playable| playable.id == *id)
                && entry.source != Source::BuiltIn
        };
        let entry = self.library.entries().iter().find(own)?;
        match &entry.level {
            _ if entry.text == level.text => None,
            Ok(_) => Some(
                "This level's file has changed. The game goes on with the version it began with; the shelf has the new one."
                    .to_owned(),
            ),
            Err(problems) => Some(format!(
                "This level's file no longer loads: {}. The game goes on with the version it began with.",
                problems.list.first().map(told).unwrap_or_default()
            )),
        }
    }

    pub fn best(&self, level: &str) -> Medal {
        self.medals.0.get(level).map_or(Medal::None, |score| medal(*score))
    }

    pub fn note_score(&mut self, level: &str, score: f64) {
        if self.medals.0.get(level).is_some_and(|best| *best >= score) {
            return;
        }
        self.medals.0.insert(level.to_owned(), score);
        let _ = preferences::write(MEDALS, &self.medals);
    }
}

/// A problem in a line: where, and what.
pub fn told(problem: &Problem) -> String {
    match (problem.line, problem.column) {
        (Some(line), Some(column)) => {
            format!("line {line}, column {column}: {}", problem.message)
        }
        _ => problem.message.clone(),
    }
}

/// Whether a saved game has come to its end, as far as its level is on the shelf.
fn over(library: &Library, save: &Save) -> bool {
    let level = library.find(&save.level_id).ok().and_then(|entry| entry.level.ok());
    level.is_some_and(|level| save.hashes.len() as u32 >= level.quarters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::level::Library;

    /// The built-in level with an id of its own, as a designer would begin.
    fn own_level() -> String {
        let library = Library::load(None);
        let entry = library.find("first-term-sheet").unwrap();
        entry.text.replacen("first-term-sheet", "my-own", 1)
    }

    #[test]
    fn a_file_that_breaks_keeps_the_version_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("mine.ron");
        std::fs::write(&path, own_level()).unwrap();
        let mut shelf = Shelf {
            library: Library::load(Some(folder.path())),
            saves: Vec::new(),
            medals: Medals::default(),
            watch: None,
            good: BTreeMap::new(),
        };
        shelf.note_good();
        let entry = shelf.library.find("my-own").unwrap();
        let level = LoadedLevel { level: entry.level.clone().unwrap(), text: entry.text.clone() };
        assert_eq!(shelf.news_of(&level), None);

        std::fs::write(&path, own_level().replacen("quarters:", "quartrs:", 1)).unwrap();
        shelf.keep(Library::load(Some(folder.path())));
        let broken = shelf.library.entries().last().unwrap().clone();
        assert!(broken.level.is_err());
        assert_eq!(shelf.playable(&broken).unwrap().id, "my-own");
        let news = shelf.news_of(&level).expect("the game is told");
        assert!(news.contains("no longer loads: line"), "{news}");

        std::fs::write(&path, own_level() + "\n// Longer.\n").unwrap();
        shelf.keep(Library::load(Some(folder.path())));
        let news = shelf.news_of(&level).expect("the game is told");
        assert!(news.contains("has changed"), "{news}");
    }
}
