//! The debrief: one self-contained page for a played game, or for a class of them.
//!
//! [`write`] is the way in. A page holds its typefaces, its pictures and its style, and asks nothing of
//! any host; everything in it that a person or a level wrote is escaped.

mod bars;
mod charts;
mod deals;
mod game;
mod hidden;
mod marks;
mod page;
mod points;
mod report;
mod trends;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;

use crate::study::Trials;

pub use report::{NoReport, Report};

/// What a debrief is made of.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The seat by its id in the level; each person's of a save if none is named.
    pub seat: Option<String>,
    /// Every game of a class in whole, and not in brief.
    pub whole: bool,
    pub trials: Trials,
}

/// What was written.
#[derive(Debug)]
pub struct Summary {
    pub page: PathBuf,
    /// Games in it, one a seat that a person played.
    pub games: usize,
    /// Saves that could not be used, and why; the others are in the page.
    pub failed: Vec<(PathBuf, NoReport)>,
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum NoDebrief {
    #[error("none of the saves can be used")]
    NothingToShow(Vec<(PathBuf, NoReport)>),
    #[error("{} cannot be written: {error}", path.display())]
    Unwritten { path: PathBuf, error: io::Error },
}

/// Writes the debrief of some saves as one page, each person's game of theirs with its default trials.
pub fn write(saves: &[PathBuf], page: &Path) -> Result<Summary, NoDebrief> {
    write_with(saves, page, &Options::default(), || {})
}

/// The same with options; `done` is called after each save.
pub fn write_with(
    saves: &[PathBuf],
    page: &Path,
    options: &Options,
    done: impl Fn(),
) -> Result<Summary, NoDebrief> {
    let (reports, failed) = read(saves, options, done);
    if reports.is_empty() {
        return Err(NoDebrief::NothingToShow(failed));
    }
    write_whole(page, html(&reports, options.whole).as_bytes())?;
    Ok(Summary { page: page.to_owned(), games: reports.len(), failed })
}

/// Reads saves and takes their games apart; those that cannot be used, with the reason.
pub fn read(
    saves: &[PathBuf],
    options: &Options,
    done: impl Fn(),
) -> (Vec<Report>, Vec<(PathBuf, NoReport)>) {
    let (mut reports, mut failed) = (Vec::new(), Vec::new());
    for path in saves {
        match Report::of_save(path, options.seat.as_deref(), options.trials) {
            Ok(found) => reports.extend(found),
            Err(error) => failed.push((path.clone(), error)),
        }
        done();
    }
    (reports, failed)
}

/// The page of some games.
pub fn html(reports: &[Report], _whole: bool) -> String {
    let title = match reports {
        [one] => format!("{}: {}, {}", one.level().title, one.seat_name(), one.name),
        _ => "Debrief of a class".to_owned(),
    };
    let body = maud::html! { @for report in reports { (game::whole(report)) } };
    page::document(&title, body)
}

fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), NoDebrief> {
    let failed = |error| NoDebrief::Unwritten { path: path.to_owned(), error };
    let mut file = AtomicWriteFile::open(path).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.commit().map_err(failed)
}
