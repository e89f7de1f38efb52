//! One played game, taken apart for one of its seats: everything a page, a table or a row is made of.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::host::save::{LoadError, open};
use crate::host::session::{Control, Session};
use crate::host::words::headlines::{FrontPage, pages};
use crate::host::words::{Words, refusals};
use crate::ids::{FirmId, LabId, SeatId};
use crate::level::Level;
use crate::sim::deal::Deal;
use crate::sim::fact::Fact;
use crate::sim::goals::rules::{Medal, medal};
use crate::sim::view::{Published, SeatView};
use crate::study::{Opened, Played, StudyError, Trials, Worth, opened, worth};
use crate::units::Quarter;

/// Why there is no debrief of a save.
#[derive(Debug, thiserror::Error)]
pub enum NoReport {
    #[error(transparent)]
    Save(#[from] LoadError),
    #[error("the save {} has no closed quarter yet: there is nothing to look back on", .0.display())]
    NothingPlayed(PathBuf),
    #[error("the save {} cannot be played again: {why}", path.display())]
    Broken { path: PathBuf, why: String },
    #[error("the save {} has no seat \"{seat}\"; it has {has}", path.display())]
    NoSuchSeat { path: PathBuf, seat: String, has: String },
    #[error(transparent)]
    Study(#[from] StudyError),
}

/// A played game as one seat's debrief needs it.
pub struct Report {
    /// What the save is called.
    pub name: String,
    pub path: PathBuf,
    pub words: Words,
    pub seat: SeatId,
    /// Whether a person played it.
    pub is_person: bool,
    /// Everything the seat saw when the game was put down.
    pub view: SeatView,
    pub played: Played,
    pub opened: Opened,
    pub worth: Worth,
    /// The opening's page, then one a closed quarter.
    pub pages: Vec<FrontPage>,
}

impl Report {
    /// The debriefs of a save: one a person in it, or that of the seat asked for.
    pub fn of_save(
        path: &Path,
        seat: Option<&str>,
        trials: Trials,
    ) -> Result<Vec<Report>, NoReport> {
        let (save, session) = open(path)?;
        if session.game.history().is_empty() {
            return Err(NoReport::NothingPlayed(path.to_owned()));
        }
        let level = &session.level.level;
        let seats =
            match seat {
                Some(key) => vec![level.seat_by_key(key).ok_or_else(|| {
                    NoReport::NoSuchSeat {
                        path: path.to_owned(),
                        seat: key.to_owned(),
                        has: level
                            .seat_ids()
                            .map(|seat| level.seat_key(seat))
                            .collect::<Vec<_>>()
                            .join(", "),
                    }
                })?],
                None => match save.people().collect::<Vec<SeatId>>() {
                    people if people.is_empty() => vec![level.first_seat],
                    people => people,
                },
            };
        let words = Words::new(Arc::clone(level), save.names);
        let name = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into());
        seats
            .into_iter()
            .map(|seat| Report::of_game(&name, &words, &session, seat, trials, path))
            .collect()
    }

    fn of_game(
        name: &str,
        words: &Words,
        session: &Session,
        seat: SeatId,
        trials: Trials,
        path: &Path,
    ) -> Result<Report, NoReport> {
        let broken = |refusal: &crate::sim::decision::Refusal| NoReport::Broken {
            path: path.to_owned(),
            why: refusals::sentence(words, &[], session.game.step(), refusal),
        };
        let played = Played::of(session.tape()).map_err(|why| broken(&why.refusal))?;
        let opened = opened(&played).map_err(|why| broken(&why.refusal))?;
        let worth = worth(&played, seat, trials)?;
        let pages = pages(words, &played.deals, &opened.opening, &played.history, seat);
        Ok(Report {
            name: name.to_owned(),
            path: path.to_owned(),
            words: words.clone(),
            seat,
            is_person: session.controls().get(seat.index()) == Some(&Control::Human),
            view: session.game.view(seat),
            played,
            opened,
            worth,
            pages,
        })
    }

    pub fn level(&self) -> &Level {
        &self.played.tape.level
    }

    pub fn seat_name(&self) -> &str {
        self.words.seat(self.seat)
    }

    /// Closed quarters.
    pub fn closed(&self) -> usize {
        self.played.history.len()
    }

    pub fn is_whole(&self) -> bool {
        self.closed() == self.level().quarters as usize
    }

    /// A seat's scaled score at the close of a quarter, 0 the opening.
    pub fn score_at(&self, seat: SeatId, quarter: usize) -> f64 {
        match quarter.checked_sub(1) {
            None => self.opened.opening_scores[seat.index()],
            Some(place) => self.played.history[place].scores.scaled(self.level(), seat),
        }
    }

    pub fn score_of(&self, seat: SeatId) -> f64 {
        self.score_at(seat, self.closed())
    }

    pub fn score(&self) -> f64 {
        self.score_of(self.seat)
    }

    pub fn medal(&self) -> Medal {
        medal(self.score())
    }

    /// Every seat with its score, the highest first.
    pub fn ranking(&self) -> Vec<(SeatId, f64)> {
        let mut seats: Vec<(SeatId, f64)> =
            self.level().seat_ids().map(|seat| (seat, self.score_of(seat))).collect();
        seats.sort_by(|one, other| other.1.total_cmp(&one.1));
        seats
    }

    /// The seat's place among all, 1 the first.
    pub fn place(&self) -> usize {
        self.ranking().iter().position(|(seat, _)| *seat == self.seat).unwrap_or(0) + 1
    }

    /// What was published at the close of each quarter, the opening first.
    pub fn published(&self) -> impl Iterator<Item = &Published> {
        let closed = self.played.history.iter().map(|closed| &*closed.published);
        std::iter::once(&*self.opened.opening).chain(closed)
    }

    pub fn last_published(&self) -> &Published {
        self.played.history.last().map_or(&self.opened.opening, |closed| &closed.published)
    }

    /// The names of the quarters, the opening first.
    pub fn quarters(&self) -> Vec<String> {
        (0..=self.closed() as u32).map(|quarter| self.words.quarter(Quarter(quarter))).collect()
    }

    /// Deals signed in the game.
    pub fn signed(&self) -> impl Iterator<Item = &Deal> {
        self.played.deals.iter().filter(|deal| deal.fact.is_some())
    }

    pub fn is_own(&self, deal: &Deal) -> bool {
        deal.giant.seat() == self.seat || self.words.lab_seat(deal.lab) == self.seat
    }

    pub fn own_signed(&self) -> impl Iterator<Item = &Deal> {
        self.signed().filter(|deal| self.is_own(deal))
    }

    /// The other side of a deal of the seat's.
    pub fn other_side(&self, deal: &Deal) -> SeatId {
        let lab = self.words.lab_seat(deal.lab);
        if lab == self.seat { deal.giant.seat() } else { lab }
    }

    /// Every fact of the closed quarters, with its quarter.
    pub fn facts(&self) -> impl Iterator<Item = (Quarter, &Fact)> {
        let closed = self.played.history.iter();
        closed.flat_map(|closed| closed.facts.iter().map(move |fact| (closed.quarter, fact)))
    }

    pub fn giants(&self) -> impl Iterator<Item = FirmId> + use<> {
        (0..self.level().giants.len() as u8).map(FirmId)
    }

    pub fn labs(&self) -> impl Iterator<Item = LabId> + use<> {
        (0..self.level().labs.len() as u8).map(LabId)
    }
}
