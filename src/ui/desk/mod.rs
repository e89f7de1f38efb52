//! The desk in the window: a session, the seat that sits at it, and what that seat may see. Steps of
//! the world run on the task pool; until one is back, the desk shows what was seen before it.

mod steps;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use bevy::tasks::Task;

use crate::host::advice::Advisor;
use crate::host::dealings::History;
use crate::host::keeper::{Keeper, Saver};
use crate::host::session::{Control, Session};
use crate::host::text::{Block, Clerk, Flow};
use crate::host::words::headlines::{self, FrontPage};
use crate::host::words::{Names, Words, refusals};
use crate::ids::SeatId;
use crate::sim::decision::Decision;
use crate::sim::explain::Metric;
use crate::sim::fact::Fact;
use crate::sim::game::ClosedQuarter;
use crate::sim::setting::Step;
use crate::sim::view::SeatView;
use crate::study::Band;
use crate::ui::debrief::Debrief;
use crate::ui::forecasts::Forecasts;
use crate::ui::practice::{Aside, Beside};
use crate::ui::reasons::{Moved, Reason, Reasons, Told};
use crate::ui::tokens::Mark;
use crate::ui::verdict::{Stand, Verdict};
use crate::units::Quarter;

/// The session, here or away while a step runs.
pub(super) enum Held {
    Here(Box<Session>),
    Away(Task<Moved>),
    /// Only while it changes hands.
    Nowhere,
}

/// What the window has to show next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// A quarter was closed.
    Closed,
    /// The next step of the same quarter.
    Step,
    /// Practice begins.
    TakenUp,
    Over,
}

pub struct Desk {
    pub(super) held: Held,
    pub(super) clerk: Clerk,
    keeper: Keeper,
    names: Names,
    pub words: Words,
    /// Seats that people hold, and which of them have ended this step.
    pub people: Vec<SeatId>,
    ended: Vec<SeatId>,
    /// Who sits at the desk now, and what they see.
    pub seat: SeatId,
    pub view: SeatView,
    pub history: Vec<Arc<ClosedQuarter>>,
    /// Facts of this quarter that the seat may know.
    pub facts: Vec<Fact>,
    pub opening: Arc<SeatView>,
    /// Somebody else is to sit down.
    pub curtain: bool,
    /// What the lesson under way says.
    pub lesson: Vec<Block>,
    pub lessons: bool,
    /// A sentence about what just happened.
    pub notice: Option<String>,
    /// What each person has learnt in this quarter's talks, a sentence each.
    news: BTreeMap<SeatId, Vec<String>>,
    /// What drafts may come to.
    pub forecasts: Forecasts,
    /// What was told of the score when the plan was filed: who was told, of which quarter.
    told: Option<(SeatId, Quarter, Band)>,
    step_was: Step,
    fresh: bool,
    reasons: Reasons,
    /// The game while a closed quarter of it is played again, and the comparison of the last practice.
    pub aside: Option<Aside>,
    pub(super) beside: Beside,
    verdict: Option<Verdict>,
    pub(super) debrief: Debrief,
    taken_up: bool,
    /// The paper as it was printed last, once it has been asked for.
    front: OnceLock<FrontPage>,
    /// Papers made beside the window after a close, for whoever looks next.
    fronts: Vec<(SeatId, FrontPage)>,
}

impl Desk {
    pub fn new(session: Session, names: Names, lessons: bool) -> Desk {
        let words = Words::new(session.game.level().clone(), names);
        let seats = session.controls().iter().enumerate();
        let people: Vec<SeatId> = seats
            .filter(|(_, control)| **control == Control::Human)
            .map(|(seat, _)| SeatId(seat as u8))
            .collect();
        let seat = people.first().copied().unwrap_or(session.level.level.first_seat);
        let clerk = Clerk::new(&session, names);
        let view = session.game.view(seat);
        let opening = Arc::new(clerk.memory().opening(seat).clone());
        let reasons = Reasons::of(&session.game, &words);
        let mut desk = Desk {
            held: Held::Here(Box::new(session)),
            clerk,
            keeper: Keeper::new(names),
            names,
            words,
            curtain: people.len() > 1,
            people,
            ended: Vec::new(),
            seat,
            step_was: view.step,
            view,
            history: Vec::new(),
            facts: Vec::new(),
            opening,
            lesson: Vec::new(),
            lessons,
            notice: None,
            news: BTreeMap::new(),
            forecasts: Forecasts::default(),
            told: None,
            fresh: true,
            reasons,
            aside: None,
            beside: Beside::default(),
            verdict: None,
            debrief: Debrief::default(),
            taken_up: false,
            front: OnceLock::new(),
            fronts: Vec::new(),
        };
        desk.look();
        desk.tell_lesson();
        desk
    }

    pub fn session(&self) -> Option<&Session> {
        match &self.held {
            Held::Here(session) => Some(session),
            _ => None,
        }
    }

    /// Whether the world is moving.
    pub fn busy(&self) -> bool {
        !matches!(self.held, Held::Here(_))
    }

    fn serve<R>(&mut self, request: impl FnOnce(&mut Clerk, &mut Session) -> R) -> Option<R> {
        match &mut self.held {
            Held::Here(session) => Some(request(&mut self.clerk, session)),
            _ => None,
        }
    }

    /// Sees the game as it stands.
    fn look(&mut self) {
        let Held::Here(session) = &self.held else { return };
        let printed = (self.view.seat, self.history.len(), self.view.deals.len());
        self.view = session.game.view(self.seat);
        self.history = session.game.history().to_vec();
        self.facts = session.game.facts(self.seat).map(|(_, fact)| *fact).collect();
        self.opening = Arc::new(self.clerk.memory().opening(self.seat).clone());
        if printed != (self.view.seat, self.history.len(), self.view.deals.len()) {
            let seat = self.view.seat;
            let place = self.fronts.iter().position(|(of, _)| *of == seat);
            self.front = place.map_or_else(OnceLock::new, |place| {
                OnceLock::from(self.fronts.swap_remove(place).1)
            });
        }
    }

    /// What this seat has learnt in this quarter's talks, a sentence each.
    pub fn news(&self) -> &[String] {
        self.news.get(&self.seat).map_or(&[], Vec::as_slice)
    }

    /// Nothing that was made of the other line of play is shown of this one.
    pub(super) fn change_lines(&mut self) {
        self.front = OnceLock::new();
        self.fronts.clear();
        self.forecasts.stop();
        self.news.clear();
    }

    /// The paper as it was printed last.
    pub fn front_page(&self) -> &FrontPage {
        self.front.get_or_init(|| {
            let (view, opening) = (&self.view, &self.opening.published);
            headlines::page(&self.words, &view.deals, opening, &self.history, view.seat)
        })
    }

    fn tell_lesson(&mut self) {
        if !self.lessons || self.curtain || self.aside.is_some() {
            return;
        }
        let seat = self.seat;
        let told = self.serve(|clerk, session| clerk.lesson(session, seat)).unwrap_or_default();
        if !told.is_empty() {
            self.lesson = told;
        }
    }

    /// Why a decision is not possible now; none if it is.
    pub fn refused(&self, decision: &Decision) -> Option<String> {
        let Some(session) = self.session() else {
            return Some("The world is moving; a moment.".to_owned());
        };
        let refusal = session.game.quote(self.seat, decision).err()?;
        Some(refusals::sentence(&self.words, &self.view.deals, self.view.step, &refusal))
    }

    /// Decides; `command` is what one would type for it, which lessons listen to. False if refused.
    pub fn decide(&mut self, decision: Decision, command: &str) -> bool {
        let (seat, before) = (self.seat, self.view.clone());
        let Some(result) = self.serve(|clerk, session| clerk.decide(session, seat, decision))
        else {
            return false;
        };
        match result {
            Ok(()) => {
                self.look();
                self.did(command, &before);
                true
            }
            Err(blocks) => {
                self.notice = sentence_of(&blocks);
                false
            }
        }
    }

    /// Something was done that a typed command would have done.
    pub fn did(&mut self, command: &str, before: &SeatView) {
        let seat = self.seat;
        let said = self.serve(|clerk, session| clerk.did(session, seat, command, before));
        self.hear(said.unwrap_or_default());
    }

    /// Something was looked at that a typed command would have shown: a lesson may wait for it.
    pub fn looked_at(&mut self, command: &str) {
        if self.lesson.is_empty() {
            return;
        }
        let before = self.view.clone();
        self.did(command, &before);
    }

    /// The lesson has been read; the next one comes, if its moment has.
    pub fn understood(&mut self) {
        let seat = self.seat;
        self.lesson =
            self.serve(|clerk, session| clerk.understood(session, seat)).unwrap_or_default();
    }

    fn hear(&mut self, said: Vec<Block>) {
        if !said.is_empty() {
            self.lesson = said;
        }
        let waits = self.lesson.iter().any(|block| matches!(block, Block::Lesson { .. }));
        if !waits {
            let (seat, lessons) = (self.seat, self.lessons);
            let next = self.serve(|clerk, session| clerk.lesson(session, seat)).unwrap_or_default();
            if lessons {
                self.lesson.extend(next);
            }
        }
    }

    /// Takes back the last decision that nobody has seen, if there is one.
    pub fn retract(&mut self) -> bool {
        let seat = self.seat;
        self.serve(|clerk, session| clerk.undo(session, seat)).unwrap_or(false)
    }

    pub fn undo(&mut self) {
        let undone = self.retract();
        self.notice = Some(match undone {
            true => "Taken back; nobody has seen it.".to_owned(),
            false => "There is nothing to take back; what was sent is sent.".to_owned(),
        });
        self.look();
    }

    /// Does what a typed line says; what it prints, and whether it ended the seat's turn.
    pub fn type_line(&mut self, line: &str) -> (Vec<Block>, bool) {
        let seat = self.seat;
        let Some(served) = self.serve(|clerk, session| clerk.obey(session, seat, line)) else {
            return (Vec::new(), false);
        };
        self.look();
        (served.blocks, served.flow == Flow::StepDone)
    }

    /// What a record's page says.
    pub fn record(&mut self, line: &str) -> Vec<Block> {
        self.type_line(line).0
    }

    /// Saves the game as it stands.
    ///
    /// # Errors
    /// A sentence that says why nothing was saved.
    pub fn save(&mut self) -> Result<(), String> {
        let Held::Here(here) = &self.held else {
            return Err("The world is moving; a moment.".to_owned());
        };
        // Practice leaves no trace: what is kept is the game.
        let session = self.aside.as_ref().map_or(here, |aside| &aside.session);
        let saved = self.keeper.autosave(session).map(|_| ());
        saved.map_err(|error| format!("The game could not be saved: {error}"))
    }

    /// The window closes: the step under way is waited for, and the game saved.
    pub fn close(&mut self) {
        self.wait();
        if let Err(why) = self.save() {
            eprintln!("{why}");
        }
    }

    pub(super) fn names(&self) -> Names {
        self.names
    }

    /// What the finished game says of itself, for whoever sits here; begins to work it out.
    pub fn verdict(&mut self) -> Stand {
        let seat = self.seat;
        if self.view.step != Step::Over || self.aside.is_some() {
            return Stand::Nothing;
        }
        if !self.verdict.as_ref().is_some_and(|verdict| verdict.is_for(seat)) {
            let Held::Here(session) = &self.held else { return Stand::Nothing };
            self.verdict = Some(Verdict::begin(session, seat));
        }
        self.verdict.as_mut().map_or(Stand::Nothing, Verdict::stand)
    }

    /// Shows another of the seats that people hold, once the game is over.
    pub fn show_seat(&mut self, seat: SeatId) {
        if self.view.step == Step::Over {
            self.seat = seat;
            self.look();
        }
    }

    /// Why a figure of a seat moved in the quarter that closed last, as far as this seat may know.
    pub fn reason(&self, of: SeatId, metric: Metric) -> Reason {
        self.reason_in(of, metric, Quarter(self.history.len() as u32))
    }

    /// The same of an earlier quarter.
    pub fn reason_in(&self, of: SeatId, metric: Metric, quarter: Quarter) -> Reason {
        self.reasons.ask(self.seat, of, metric, quarter)
    }

    /// The same, where it is at hand.
    pub fn explain(&self, of: SeatId, metric: Metric) -> Option<Arc<Told>> {
        match self.reason(of, metric) {
            Reason::Known(told) => Some(told),
            Reason::Coming | Reason::None => None,
        }
    }

    /// What the forecast beside the plan said of the score at the end of a quarter.
    pub fn told(&self, quarter: Quarter) -> Option<Band> {
        // What was told of the game was not told of practice.
        let told = self.told.filter(|_| self.aside.is_none());
        told.filter(|(seat, of, _)| (*seat, *of) == (self.seat, quarter)).map(|told| told.2)
    }

    /// Whether something is being worked out that is not there yet.
    pub fn waits(&self) -> bool {
        self.busy()
            || self.reasons.coming()
            || self.writes_debrief()
            || matches!(self.beside, Beside::Coming(_))
            || self.verdict.as_ref().is_some_and(Verdict::under_way)
    }

    /// The advisor at one table, with what they said of the terms there.
    pub(crate) fn advisor(&self, with: SeatId) -> Option<Advisor<'_>> {
        let history = History::of(&self.history, self.facts.iter(), self.seat, with);
        Some(Advisor::new(&self.view, with)?.heard(&history))
    }

    /// A seat's mark: its own wherever it sits, else by its place.
    pub fn mark(&self, seat: SeatId) -> Mark {
        let level = &self.view.level;
        let giants = level.giants.len();
        Mark::known(level.seat_key(seat)).unwrap_or_else(|| match seat.index() {
            place if place < giants => Mark::of_giant(place),
            place => Mark::of_lab(place - giants),
        })
    }

    /// The figures before a closed quarter, by its place in history.
    pub fn before(&self, place: usize) -> Arc<crate::sim::view::Published> {
        match place.checked_sub(1) {
            Some(earlier) => Arc::clone(&self.history[earlier].published),
            None => Arc::clone(&self.opening.published),
        }
    }

    /// Figures at the opening and after every quarter since.
    pub fn past(&self) -> Vec<Arc<crate::sim::view::Published>> {
        let opening = std::iter::once(Arc::clone(&self.opening.published));
        opening.chain(self.history.iter().map(|closed| Arc::clone(&closed.published))).collect()
    }
}

/// The first sentence among blocks.
fn sentence_of(blocks: &[Block]) -> Option<String> {
    blocks.iter().find_map(|block| match block {
        Block::Paragraph(text) | Block::Note(text) | Block::Bullet(text) => Some(text.clone()),
        _ => None,
    })
}
