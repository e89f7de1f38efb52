//! The debrief: one self-contained page for a played game, or for a class of them.
//!
//! [`write`] is the way in. A page holds its typefaces, its pictures and its style, and asks nothing of
//! any host; everything in it that a person or a level wrote is escaped.

mod bars;
mod briefs;
mod charts;
mod class;
mod deals;
mod game;
mod hidden;
mod marks;
mod page;
mod points;
mod report;
mod rows;
mod trends;

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;

use crate::study::Trials;

pub use briefs::{briefs, write_briefs};
pub use report::{NoReport, Report};
pub use rows::write_rows;

/// What a debrief is made of.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The seat by its id in the level; each person's of a save if none is named.
    pub seat: Option<String>,
    /// Every game of a class in whole, and not in brief.
    pub whole: bool,
    /// The folder for the games as rows, if they are wanted.
    pub rows: Option<PathBuf>,
    pub trials: Trials,
}

/// What was written.
#[derive(Debug)]
pub struct Summary {
    pub page: PathBuf,
    pub rows: Option<[PathBuf; 2]>,
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

/// The same with options; `done` is called after each save, on any thread.
pub fn write_with(
    saves: &[PathBuf],
    page: &Path,
    options: &Options,
    done: impl Fn() + Sync,
) -> Result<Summary, NoDebrief> {
    let (reports, failed) = read(saves, options, done);
    if reports.is_empty() {
        return Err(NoDebrief::NothingToShow(failed));
    }
    write_page(page, &html(&reports, options.whole))?;
    let rows = options.rows.as_deref().map(|folder| write_rows(&reports, folder)).transpose()?;
    Ok(Summary { page: page.to_owned(), rows, games: reports.len(), failed })
}

/// Reads saves and takes their games apart; those that cannot be used, with the reason.
pub fn read(
    saves: &[PathBuf],
    options: &Options,
    done: impl Fn() + Sync,
) -> (Vec<Report>, Vec<(PathBuf, NoReport)>) {
    let (mut reports, mut failed) = (Vec::new(), Vec::new());
    for path in saves {
        match Report::of_save(path, options.seat.as_deref(), options.trials) {
            Ok(found) => reports.extend(found),
            Err(error) => failed.push((path.clone(), error)),
        }
        done();
    }
    told_apart(&mut reports, saves);
    (reports, failed)
}

/// Saves of one name from several folders go by their folder too.
fn told_apart(reports: &mut [Report], saves: &[PathBuf]) {
    let stem = |path: &PathBuf| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    for report in reports {
        let shared = saves.iter().filter(|path| stem(path).as_ref() == Some(&report.name)).count();
        let folder = report.path.parent().and_then(Path::file_name);
        if let (true, Some(folder)) = (shared > 1, folder) {
            report.name = format!("{}/{}", folder.to_string_lossy(), report.name);
        }
    }
}

/// The page of some games.
pub fn html(reports: &[Report], whole: bool) -> String {
    if let [one] = reports {
        let title = format!("{}: {}, {}", one.level().title, one.seat_name(), one.name);
        return page::document(&title, game::whole(one));
    }
    let body = maud::html! {
        (class::pages(reports))
        @for report in reports {
            @if whole { (game::whole(report)) } @else { (game::in_brief(report)) }
        }
        @if !whole { (page::foot()) }
    };
    page::document("Debrief of a class", body)
}

/// Writes a page whole or not at all.
fn write_page(path: &Path, page: &str) -> Result<(), NoDebrief> {
    let failed = |error| NoDebrief::Unwritten { path: path.to_owned(), error };
    let mut file = AtomicWriteFile::open(path).map_err(failed)?;
    file.write_all(page.as_bytes()).map_err(failed)?;
    file.commit().map_err(failed)
}
