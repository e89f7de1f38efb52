//! `termsheet levels`, and how all commands find a level.

use clap::Args;
use comfy_table::CellAlignment;

use super::failure::Failure;
use super::output::{print, table};
use crate::host::home::Home;
use crate::host::session::LoadedLevel;
use crate::level::{Entry, Library, Source};

/// Lists the levels there are
#[derive(Args, Debug)]
pub struct Levels;

impl Levels {
    pub fn run(&self) -> Result<(), Failure> {
        let mut rows = table(&["level", "title", "seats", "quarters", "from"]);
        for column in [1, 4] {
            if let Some(column) = rows.column_mut(column) {
                column.set_cell_alignment(CellAlignment::Left);
            }
        }
        for entry in library().entries() {
            rows.add_row(row(entry));
        }
        print(&rows.to_string())
    }
}

fn row(entry: &Entry) -> [String; 5] {
    let from = match &entry.source {
        Source::BuiltIn => "built in".to_owned(),
        Source::File(path) => path.display().to_string(),
    };
    match &entry.level {
        Ok(level) => [
            entry.id.clone(),
            entry.title.clone(),
            level.seats().to_string(),
            level.quarters.to_string(),
            from,
        ],
        Err(_) => {
            let advice = "does not load: see termsheet check".to_owned();
            [entry.id.clone(), advice, String::new(), String::new(), from]
        }
    }
}

/// Every level there is.
pub fn library() -> Library {
    Library::load(Home::find().map(|home| home.levels()).as_deref())
}

/// The level with this id, or in the file at this path.
pub fn find(id_or_path: &str) -> Result<LoadedLevel, Failure> {
    let entry = library().find(id_or_path)?;
    Ok(LoadedLevel { level: entry.level?, text: entry.text })
}
