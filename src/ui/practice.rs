//! Practice: a closed quarter taken up again under the same luck, and the two lines of play set side by
//! side. The game itself is put aside meanwhile; nothing of practice is saved or counts.

use std::sync::Arc;

use bevy::tasks::futures::check_ready;
use bevy::tasks::{AsyncComputeTaskPool, Task};

use super::desk::{Desk, Held};
use super::reasons::{Moved, Reasons};
use crate::host::session::Session;
use crate::host::text::{Block, Clerk, differences};
use crate::host::words::Words;
use crate::ids::SeatId;
use crate::sim::game::Game;
use crate::study::{Change, Comparison, Departure, Played, Tape, compare};
use crate::units::Quarter;

/// The game while another line of it is played.
pub struct Aside {
    pub session: Box<Session>,
    clerk: Option<Clerk>,
    /// The quarter taken up again.
    pub from: Quarter,
}

/// Two lines of play side by side, and what differs in words.
pub struct Compared {
    pub from: Quarter,
    pub found: Comparison,
    pub differences: Vec<Block>,
}

/// The comparison of the last practice.
#[derive(Default)]
pub enum Beside {
    #[default]
    None,
    Coming(Task<Option<Compared>>),
    There(Arc<Compared>),
    /// Nothing was decided otherwise, so nothing differs.
    Same,
}

impl Desk {
    /// Why no quarter can be taken up again now; none if one can.
    pub fn no_practice(&self) -> Option<&'static str> {
        match () {
            () if self.aside.is_some() => Some("You are in practice already."),
            () if self.people.len() > 1 => {
                Some("Where several people share a keyboard it would show what others know.")
            }
            () if self.history.is_empty() => Some("No quarter has been closed yet."),
            () if self.busy() => Some("The world is moving; a moment."),
            () => None,
        }
    }

    /// Takes a closed quarter up again, as practice.
    pub fn take_up(&mut self, quarter: Quarter) {
        if self.no_practice().is_some() {
            return;
        }
        let words = self.words.clone();
        self.send_away(move |session| taken_up(session, quarter, &words));
    }

    /// Practice begins: the game was put aside.
    pub(super) fn begin_practice(&mut self, session: Box<Session>, from: Quarter) {
        let names = self.names();
        let clerk = match &self.held {
            Held::Here(other) => Some(std::mem::replace(&mut self.clerk, Clerk::new(other, names))),
            _ => None,
        };
        self.aside = Some(Aside { session, clerk, from });
        self.beside = Beside::None;
        self.lesson.clear();
        self.change_lines();
    }

    /// Whether practice has come to where the game stands: further on, nobody sees its luck.
    pub fn practice_is_over(&self) -> bool {
        let closed = self.history.len();
        self.aside.as_ref().is_some_and(|aside| closed >= aside.session.game.history().len())
    }

    /// Returns to the game, and sets the two lines side by side.
    pub fn end_practice(&mut self) {
        if self.busy() {
            return;
        }
        let Some(Aside { session, clerk, from }) = self.aside.take() else { return };
        let Held::Here(practice) = std::mem::replace(&mut self.held, Held::Here(session)) else {
            return;
        };
        if let Some(clerk) = clerk {
            self.clerk = clerk;
        }
        self.come_back();
        let closed = practice.game.history().len() as u32;
        let changes: Vec<Change> = practice
            .steps()
            .iter()
            .filter(|step| step.quarter >= from && step.quarter.0 <= closed)
            .map(|step| step.change(self.seat))
            .collect();
        let Some(session) = self.session().filter(|_| !changes.is_empty()) else {
            self.beside = Beside::Same;
            return;
        };
        let (tape, words, seat) = (session.tape(), self.words.clone(), self.seat);
        let work = move || set_beside(tape, changes, &words, seat, from);
        self.beside = match AsyncComputeTaskPool::try_get() {
            Some(pool) => Beside::Coming(pool.spawn(async move { work() })),
            None => work().map_or(Beside::Same, |compared| Beside::There(Arc::new(compared))),
        };
    }

    /// The comparison of the last practice, where there is one.
    pub fn beside(&mut self) -> &Beside {
        if let Beside::Coming(task) = &mut self.beside
            && let Some(made) = check_ready(task)
        {
            self.beside = made.map_or(Beside::Same, |made| Beside::There(Arc::new(made)));
        }
        &self.beside
    }
}

/// Plays the record again as far as the beginning of a quarter.
fn taken_up(session: Box<Session>, quarter: Quarter, words: &Words) -> Moved {
    match session.taken_up(quarter) {
        Ok(other) => Moved {
            reasons: Some(Reasons::of(&other.game, words)),
            session: Box::new(other),
            fronts: Vec::new(),
            aside: Some((session, quarter)),
            trouble: None,
        },
        Err(_) => Moved {
            session,
            reasons: None,
            fronts: Vec::new(),
            aside: None,
            trouble: Some("That quarter could not be taken up again.".to_owned()),
        },
    }
}

fn set_beside(
    tape: Tape,
    changes: Vec<Change>,
    words: &Words,
    seat: SeatId,
    from: Quarter,
) -> Option<Compared> {
    let played = Played::of(tape).ok()?;
    let mut game = Game::new(played.tape.level.clone(), played.tape.seed);
    let departure = Departure::Decided(changes);
    let (found, branch) = compare(&played, &mut game, &departure, seat).ok()?;
    if found.quarters.is_empty() {
        return None;
    }
    let differences = differences(words, &found, (&played.deals, &branch.deals));
    Some(Compared { from, found, differences })
}
