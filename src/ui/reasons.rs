//! Why figures moved in the quarter that closed last. An explanation is some thousand runs of the rules
//! of a quarter, so it is worked out on the task pool, from a copy of the game as the close left it, and
//! kept until the next one.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use bevy::tasks::futures::check_ready;
use bevy::tasks::{AsyncComputeTaskPool, Task};

use crate::host::keeper::{Keeper, Saver};
use crate::host::session::Session;
use crate::host::words::Words;
use crate::host::words::causes::{self, Teller};
use crate::host::words::headlines::{self, FrontPage};
use crate::ids::{Role, SeatId};
use crate::sim::explain::Metric;
use crate::sim::game::Game;
use crate::sim::setting::Step;
use crate::sim::view::Published;
use crate::units::Quarter;

/// Why a figure moved in the quarter that closed last, as it is told.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    pub before: f64,
    pub after: f64,
    pub rows: Vec<ToldRow>,
}

/// One row of it, the largest first.
#[derive(Clone, Debug, PartialEq)]
pub struct ToldRow {
    pub by: f64,
    pub title: String,
    pub note: String,
    /// The same as what did something, within a sentence.
    pub doing: String,
    /// The whole row.
    pub text: String,
    pub ours: bool,
}

/// What there is to say of a figure's last change.
#[derive(Clone, Debug, PartialEq)]
pub enum Reason {
    Known(Arc<Told>),
    /// It is being worked out.
    Coming,
    /// Nothing that this seat may be told.
    None,
}

/// Who asks, whose figure, which, and in which quarter it moved.
type Question = (SeatId, SeatId, Metric, Quarter);

enum Answer {
    Made(Option<Arc<Told>>),
    Coming(Task<Option<Arc<Told>>>),
}

/// The explanations of one close.
#[derive(Default)]
pub struct Reasons {
    /// The game as the close left it; none before the first.
    past: Option<Arc<Mutex<Past>>>,
    answers: Mutex<BTreeMap<Question, Answer>>,
}

struct Past {
    game: Game,
    words: Words,
}

impl Reasons {
    /// The explanations of a game's last close, none made yet.
    pub fn of(game: &Game, words: &Words) -> Reasons {
        let past = (!game.history().is_empty())
            .then(|| Arc::new(Mutex::new(Past { game: game.fork(), words: words.clone() })));
        Reasons { past, answers: Mutex::default() }
    }

    /// Why a figure of a seat moved in a closed quarter, as far as another may know. Asks for it, where
    /// nobody has.
    pub fn ask(&self, viewer: SeatId, of: SeatId, metric: Metric, quarter: Quarter) -> Reason {
        let Some(past) = &self.past else { return Reason::None };
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        let question = (viewer, of, metric, quarter);
        let answer = answers.entry(question).or_insert_with(|| {
            let past = Arc::clone(past);
            match AsyncComputeTaskPool::try_get() {
                Some(pool) => Answer::Coming(pool.spawn(async move { work_out(&past, question) })),
                None => Answer::Made(work_out(&past, question)),
            }
        });
        answer.look();
        match answer {
            Answer::Made(Some(told)) => Reason::Known(Arc::clone(told)),
            Answer::Made(None) => Reason::None,
            Answer::Coming(_) => Reason::Coming,
        }
    }

    /// Whether anything is being worked out.
    pub fn coming(&self) -> bool {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.values_mut().for_each(Answer::look);
        answers.values().any(|answer| matches!(answer, Answer::Coming(_)))
    }

    /// Works one out at once: for whoever is on the task pool already.
    fn make(&self, question: Question) {
        let Some(past) = &self.past else { return };
        let made = Answer::Made(work_out(past, question));
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).insert(question, made);
    }
}

impl Answer {
    fn look(&mut self) {
        if let Answer::Coming(task) = self
            && let Some(made) = check_ready(task)
        {
            *self = Answer::Made(made);
        }
    }
}

/// A session after a step; after a close, its explanations; and the game itself with the quarter taken
/// up, where the session is practice that begins.
pub struct Moved {
    pub session: Box<Session>,
    pub reasons: Option<Reasons>,
    /// The papers that people find in front of them.
    pub fronts: Vec<(SeatId, FrontPage)>,
    pub aside: Option<(Box<Session>, Quarter)>,
    /// What went wrong, in a sentence.
    pub trouble: Option<String>,
}

/// Ends a step. After a close, what its telling needs is worked out at once: it opens on why.
/// The game is saved here too, where `keeper` is given: writing takes longer than a frame.
pub fn moved(
    mut session: Box<Session>,
    words: &Words,
    people: &[SeatId],
    keeper: Option<Keeper>,
    opening: &Published,
) -> Moved {
    let closes = session.game.step() == Step::Plan;
    session.finish_step();
    let reasons = closes.then(|| {
        let reasons = Reasons::of(&session.game, words);
        for &seat in people {
            let level = words.level();
            let metrics: &[Metric] = match seat.role(level.giants.len()) {
                Role::Giant(firm) if level.giants[firm.index()].cloud.is_some() => {
                    &[Metric::WinRate]
                }
                Role::Giant(_) => &[Metric::MarketValue],
                Role::Lab(_) => &[Metric::Revenue, Metric::Cash],
            };
            let closed = Quarter(session.game.history().len() as u32);
            metrics.iter().for_each(|metric| reasons.make((seat, seat, *metric, closed)));
        }
        reasons
    });
    let unsaved = keeper.filter(|_| closes).and_then(|mut keeper| keeper.autosave(&session).err());
    // What everybody could work out is worked out with the first view, and kept.
    let fronts = people.iter().map(|&seat| {
        let (view, history) = (session.game.view(seat), session.game.history());
        (seat, headlines::page(words, &view.deals, opening, history, seat))
    });
    let fronts = if closes { fronts.collect() } else { Vec::new() };
    let trouble = unsaved.map(|error| format!("The game could not be saved: {error}"));
    Moved { session, reasons, fronts, aside: None, trouble }
}

/// An explanation in words; none where there is nothing this seat may be told.
fn work_out(past: &Mutex<Past>, (viewer, of, metric, quarter): Question) -> Option<Arc<Told>> {
    let Past { game, words } = &*past.lock().unwrap_or_else(PoisonError::into_inner);
    let span = (Quarter(quarter.0.checked_sub(1)?), quarter);
    let explanation = game.explain(viewer, of, metric, span).ok()?;
    let deals = game.deals();
    let teller = Teller { words, deals: &deals, game };
    let rows = explanation.rows.iter().map(|row| {
        let (title, note) = causes::in_short(&teller, &explanation, row);
        ToldRow {
            by: row.amount,
            title,
            note,
            doing: causes::doing(&teller, &explanation, row),
            text: causes::row(&teller, &explanation, row),
            ours: of == viewer && causes::is_own(&teller, &explanation, row),
        }
    });
    let rows = rows.collect();
    Some(Arc::new(Told { before: explanation.before, after: explanation.after, rows }))
}
