//! Words: the only home of prose. Facts, refusals, figures and clauses become text here.
//!
//! Nothing below speaks for a firm or its staff. Where an opinion is due, an anonymous analyst gives
//! it, in the third person and without quotation marks, about the game's own numbers.

pub mod bridge;
#[cfg(feature = "window")]
pub(crate) mod briefs;
pub mod calendar;
pub mod causes;
mod clause_gaps;
pub mod clauses;
pub mod decisions;
pub mod effects;
pub mod facts;
pub mod headlines;
pub mod hearsay;
pub mod help;
pub mod judgement;
pub mod labels;
pub mod markets;
pub mod numbers;
pub mod process;
pub mod promises;
pub mod refusals;
pub mod stories;
mod typed_clauses;
pub mod worth;

use std::str::FromStr;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::ids::{FirmId, LabId, SeatId, SegmentId};
use crate::level::Level;
use crate::sim::fact::Provider;
use crate::units::Quarter;

/// Which names the firms go by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Names {
    #[default]
    Real,
    Fictional,
}

impl FromStr for Names {
    type Err = String;

    fn from_str(text: &str) -> Result<Names, String> {
        match text {
            "real" => Ok(Names::Real),
            "fictional" => Ok(Names::Fictional),
            other => Err(format!("names are real or fictional, not \"{other}\"")),
        }
    }
}

/// The vocabulary of one game: its level, and the names its firms go by.
#[derive(Clone, Debug)]
pub struct Words {
    level: Arc<Level>,
    names: Names,
}

impl Words {
    pub fn new(level: Arc<Level>, names: Names) -> Words {
        Words { level, names }
    }

    pub fn level(&self) -> &Level {
        &self.level
    }

    /// A seat's name.
    pub fn seat(&self, seat: SeatId) -> &str {
        let name = self.level.seat_name(seat);
        match self.names {
            Names::Real => &name.real,
            Names::Fictional => &name.fictional,
        }
    }

    pub fn firm(&self, firm: FirmId) -> &str {
        self.seat(firm.seat())
    }

    pub fn lab(&self, lab: LabId) -> &str {
        self.seat(self.lab_seat(lab))
    }

    pub fn lab_seat(&self, lab: LabId) -> SeatId {
        lab.seat(self.level.giants.len())
    }

    pub fn provider(&self, provider: Provider) -> &str {
        match provider {
            Provider::Giant(firm) => self.firm(firm),
            Provider::Others => &self.level.market.others_name,
        }
    }

    /// The same inside a sentence: other providers are no name.
    pub fn provider_in_text(&self, provider: Provider) -> String {
        match provider {
            Provider::Giant(firm) => self.firm(firm).to_owned(),
            Provider::Others => self.level.market.others_name.to_lowercase(),
        }
    }

    pub fn segment(&self, segment: SegmentId) -> &str {
        self.level.segments.get(segment.index()).map_or("No segment", |segment| &segment.name)
    }

    /// Whether this level has such a segment: plans have room for more than every level uses.
    pub fn has_segment(&self, segment: SegmentId) -> bool {
        segment.index() < self.level.segments.len()
    }

    /// A segment's name inside a sentence: capitals stay only where a word is all capitals.
    pub fn segment_in_text(&self, segment: SegmentId) -> String {
        let name = self.segment(segment);
        match name.split(' ').next() {
            Some(first) if first.chars().count() > 1 && first.chars().all(char::is_uppercase) => {
                name.to_owned()
            }
            _ => name.to_lowercase(),
        }
    }

    /// A quarter of this level's calendar, such as 1Q26.
    pub fn quarter(&self, quarter: Quarter) -> String {
        self.level.opening.plus(quarter.0).to_string()
    }

    /// What to type for a seat: its id, or the first word of the name shown if that is another.
    pub fn handle(&self, seat: SeatId) -> String {
        match self.names {
            Names::Real => self.level.seat_key(seat).to_owned(),
            Names::Fictional => {
                let name = self.seat(seat).to_lowercase();
                name.split(' ').next().unwrap_or_default().to_owned()
            }
        }
    }

    /// A level's text with the names of seats in place of their ids in braces.
    pub fn with_names(&self, text: &str) -> String {
        self.filled(text, |seat| self.seat(seat).to_owned())
    }

    /// The same with what one types for a seat.
    pub fn with_handles(&self, text: &str) -> String {
        self.filled(text, |seat| self.handle(seat))
    }

    fn filled(&self, text: &str, name: impl Fn(SeatId) -> String) -> String {
        self.level.seat_ids().fold(text.to_owned(), |text, seat| {
            text.replace(&format!("{{{}}}", self.level.seat_key(seat)), &name(seat))
        })
    }

    /// The seat somebody means by a word: an id or the beginning of a name, if only one fits.
    pub fn seat_called(&self, word: &str) -> Option<SeatId> {
        let word = word.to_lowercase();
        if let Some(seat) = self.level.seat_by_key(&word) {
            return Some(seat);
        }
        let mut fitting = self.level.seat_ids().filter(|&seat| {
            let name = self.seat(seat).to_lowercase();
            name.starts_with(&word) || self.handle(seat).starts_with(&word)
        });
        let found = fitting.next()?;
        (word.chars().count() >= 2 && fitting.next().is_none()).then_some(found)
    }

    /// The segment somebody means by a word, by its id or any word of its name.
    pub fn segment_called(&self, word: &str) -> Option<SegmentId> {
        let word = word.to_lowercase();
        let fits = |segment: &SegmentId| {
            let segment = &self.level.segments[segment.index()];
            let name = segment.name.to_lowercase();
            segment.id.starts_with(&word)
                || name.split([' ', '-']).any(|part| part.starts_with(&word))
        };
        let mut fitting = self.level.segment_ids().filter(fits);
        let found = fitting.next()?;
        (word.chars().count() >= 2 && fitting.next().is_none()).then_some(found)
    }
}

/// `Amazon's`, `Lanternworks'`.
pub fn possessive(name: &str) -> String {
    if name.ends_with('s') { format!("{name}'") } else { format!("{name}'s") }
}

/// `one`, `one and two`, `one, two and three`.
pub fn listed<T: AsRef<str>>(items: &[T]) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

/// The known word nearest to what was typed, if it is near enough to have been meant.
pub fn nearest<'a>(typed: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    known
        .map(|word| (strsim::damerau_levenshtein(typed, word), word))
        .filter(|(distance, word)| {
            let near = (word.chars().count() / 2).clamp(1, 3);
            *distance <= near && *distance < typed.chars().count()
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}
