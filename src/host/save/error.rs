//! Why a save cannot be used.

use std::io;
use std::path::PathBuf;

use serde_json::error::Category;

use super::{FORMAT, MAX_BYTES};
use crate::level::{Problems, printable};
use crate::sim::game::RULES_VERSION;
use crate::units::CalendarQuarter;

/// What is wrong with a save's contents.
#[derive(Debug, thiserror::Error)]
pub enum Damage {
    #[error("it is cut short")]
    CutShort,
    #[error("it is no saved game")]
    Foreign,
    #[error("it is garbled at line {line}, column {column}: {reason}")]
    Garbled { line: usize, column: usize, reason: String },
    #[error("it was changed after it was written: its checksum does not fit")]
    Checksum,
    #[error(
        "it is of format {found}, written by version {program}; this program reads format {FORMAT}"
    )]
    Format { found: u32, program: String },
    #[error(
        "it was played under rules {found} (version {program}); this program plays rules \
         {RULES_VERSION} and cannot go on with it"
    )]
    Rules { found: u32, program: String },
    #[error("its level does not load:\n{}", .0.render(false))]
    Level(Problems),
    #[error("it has {found} seats, its level {expected}")]
    Seats { found: usize, expected: usize },
    #[error("its record has a step of {found} where {expected} is due")]
    OutOfStep { found: String, expected: String },
    #[error("in {quarter} its record has a decision the rules refuse: {why}")]
    Refused { quarter: CalendarQuarter, why: String },
    #[error("played again, {quarter} ends otherwise than its record says")]
    Diverged { quarter: CalendarQuarter },
    #[error("its record has {found} quarters and the hashes of {hashes}")]
    Hashes { found: usize, hashes: usize },
}

impl Damage {
    /// What a text that is not the expected JSON suffers from.
    pub(super) fn of(error: &serde_json::Error, text: &[u8]) -> Damage {
        // All saves begin alike.
        if !text.is_empty() && !text.starts_with(b"{") {
            return Damage::Foreign;
        }
        let (line, column) = (error.line(), error.column());
        let mut lines = text.split(|&byte| byte == b'\n').skip(line.saturating_sub(1));
        // The end of the text may also cut a number in two.
        let at_the_end =
            lines.next().is_none_or(|last| column >= last.len() && lines.next().is_none());
        if error.classify() == Category::Eof || (error.is_syntax() && at_the_end) {
            return Damage::CutShort;
        }
        let place = format!(" at line {line} column {column}");
        let reason = printable(&error.to_string().replace(&place, ""));
        Damage::Garbled { line, column, reason }
    }
}

/// Why a save cannot be loaded.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    #[error("there is no save {}", .0.display())]
    Missing(PathBuf),
    #[error("the save {} cannot be read: {error}", path.display())]
    Unreadable { path: PathBuf, error: io::Error },
    #[error("the save {} is longer than {} MiB, the most that is read", .0.display(), MAX_BYTES >> 20)]
    TooLong(PathBuf),
    #[error("the save {} cannot be used: {damage}{}", path.display(), offer(previous.as_ref()))]
    Damaged { path: PathBuf, damage: Box<Damage>, previous: Option<PathBuf> },
}

fn offer(previous: Option<&PathBuf>) -> String {
    match previous {
        None => String::new(),
        Some(path) => {
            let is_copy = path.to_str().is_some_and(|path| path.ends_with(".copy.json"));
            format!(
                "\n{}, {}, is good: go on from it with\n  termsheet resume {}",
                if is_copy { "Its copy" } else { "The save before it" },
                path.display(),
                quoted(&path.display().to_string())
            )
        }
    }
}

/// A path as a shell takes it.
fn quoted(path: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-+:".contains(c);
    if path.chars().all(plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', "'\\''"))
    }
}
