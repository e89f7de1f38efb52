//! What stands on the title's shelf: levels, saves, and the best medal of each level.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::host::home::Home;
use crate::host::preferences;
use crate::host::save::{Saves, load};
use crate::level::Library;
use crate::sim::goals::rules::{Medal, medal};

/// What stands on the title's shelf.
pub struct Shelf {
    pub library: Library,
    pub saves: Vec<(PathBuf, String)>,
    medals: Medals,
    folder: Option<PathBuf>,
    /// When the user's levels were last written, so that a change is noticed.
    written: Option<std::time::SystemTime>,
}

/// The best medal of each level.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
struct Medals(std::collections::BTreeMap<String, f64>);

const MEDALS: &str = "medals";

const SAVES_SHOWN: usize = 12;

impl Shelf {
    pub fn load() -> Shelf {
        let folder = Home::find().map(|home| home.levels());
        let mut shelf = Shelf {
            library: Library::load(folder.as_deref()),
            saves: Vec::new(),
            medals: preferences::read(MEDALS).unwrap_or_default(),
            written: None,
            folder,
        };
        shelf.written = shelf.last_written();
        shelf.look();
        shelf
    }

    /// Reads the list of saves again.
    pub fn look(&mut self) {
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
                        format!("{}, quarter {}: {name}", save.level_title, save.hashes.len() + 1)
                    }
                    Err(_) => format!("{}: damaged", shelved.name),
                };
                (shelved.path, label)
            })
            .collect();
    }

    /// When anything in the user's folder of levels was last written.
    fn last_written(&self) -> Option<std::time::SystemTime> {
        let entries = std::fs::read_dir(self.folder.as_ref()?).ok()?;
        entries.filter_map(|entry| entry.ok()?.metadata().ok()?.modified().ok()).max()
    }

    /// Loads the levels again if a file has changed.
    pub fn watch(&mut self) -> bool {
        let written = self.last_written();
        if written == self.written {
            return false;
        }
        self.written = written;
        self.library = Library::load(self.folder.as_deref());
        true
    }

    pub fn best(&self, level: &str) -> Medal {
        self.medals.0.get(level).map_or(Medal::None, |score| medal(*score))
    }

    pub fn note_score(&mut self, level: &str, score: f64) {
        let best = self.medals.0.entry(level.to_owned()).or_insert(score);
        *best = best.max(score);
        let _ = preferences::write(MEDALS, &self.medals);
    }
}
