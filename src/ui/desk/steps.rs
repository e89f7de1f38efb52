//! Steps at the desk: a seat ends its own, the world moves on the task pool, and what comes back is shown.

use std::sync::Arc;

use bevy::tasks::futures::check_ready;
use bevy::tasks::{AsyncComputeTaskPool, block_on};

use super::{Desk, Held, Turn};
use crate::host::keeper::Keeper;
use crate::host::session::Session;
use crate::ids::SeatId;
use crate::sim::setting::Step;
use crate::ui::reasons::{Moved, Reasons, moved};

impl Desk {
    /// Leaves this quarter's talks and ends the step.
    pub fn leave_talks(&mut self) {
        let (_, done) = self.type_line("pass");
        if done {
            self.end_step();
        }
    }

    /// This seat has done what it wanted in this step.
    pub fn end_step(&mut self) {
        if self.busy() || self.view.step == Step::Over {
            return;
        }
        if self.practice_is_over() {
            self.notice = Some(
                "Practice has come to where the game stands; nobody sees luck that is still to come."
                    .to_owned(),
            );
            return;
        }
        let seat = self.seat;
        let said = self.serve(|clerk, session| clerk.step_ended(session, seat)).unwrap_or_default();
        self.lesson = said;
        self.ended.push(seat);
        if !self.seat_next() {
            self.run_step();
        }
    }

    /// Seats the next person who is asked in this step.
    fn seat_next(&mut self) -> bool {
        let waiting: Vec<SeatId> =
            self.people.iter().copied().filter(|seat| !self.ended.contains(seat)).collect();
        for seat in waiting {
            let asked = self.serve(|clerk, session| clerk.concerns(session, seat));
            if asked.unwrap_or(false) {
                let moved = seat != self.seat;
                self.seat = seat;
                self.curtain = moved && self.people.len() > 1;
                if moved {
                    self.lesson.clear();
                    self.notice = None;
                }
                self.look();
                return true;
            }
            self.ended.push(seat);
        }
        false
    }

    /// Lets the world move: bots decide, and the step runs.
    fn run_step(&mut self) {
        self.step_was = self.view.step;
        if self.view.step == Step::Plan && self.aside.is_none() {
            let told = self.forecasts.of_the_plan(&self.view);
            self.told = told.map(|band| (self.seat, self.view.quarter, band));
        }
        self.forecasts.stop();
        self.serve(|clerk, session| clerk.forget_undo(session));
        let (words, people) = (self.words.clone(), self.people.clone());
        let keeper = self.aside.is_none().then(|| Keeper::new(self.names));
        let opening = Arc::clone(&self.opening.published);
        self.send_away(move |session| moved(session, &words, &people, keeper, &opening));
        self.fresh = false;
    }

    /// Lets something long be done with the session beside the window.
    pub(in crate::ui) fn send_away(
        &mut self,
        work: impl FnOnce(Box<Session>) -> Moved + Send + 'static,
    ) {
        let session = match std::mem::replace(&mut self.held, Held::Nowhere) {
            Held::Here(session) => session,
            other => {
                self.held = other;
                return;
            }
        };
        match AsyncComputeTaskPool::try_get() {
            Some(pool) => self.held = Held::Away(pool.spawn(async move { work(session) })),
            None => self.take_back(work(session)),
        }
    }

    /// Waits for the step under way.
    pub(super) fn wait(&mut self) {
        match std::mem::replace(&mut self.held, Held::Nowhere) {
            Held::Away(task) => {
                let moved = block_on(task);
                self.take_back(moved);
            }
            other => self.held = other,
        }
    }

    fn take_back(&mut self, Moved { session, reasons, fronts, aside, trouble }: Moved) {
        self.held = Held::Here(session);
        self.fronts = fronts;
        if trouble.is_some() {
            self.notice = trouble;
        }
        if let Some((game, from)) = aside {
            self.begin_practice(game, from);
            self.look();
            self.taken_up = true;
        }
        if let Some(reasons) = reasons {
            self.reasons = reasons;
        }
    }

    /// Looks whether the world has moved; what there is to show then.
    pub fn poll(&mut self) -> Option<Turn> {
        // Whatever was begun comes to its end, on whichever screen one is by then.
        self.beside();
        if let Some(verdict) = &mut self.verdict {
            verdict.stand();
        }
        if let Held::Away(task) = &mut self.held {
            let moved = check_ready(task)?;
            self.take_back(moved);
        }
        if std::mem::take(&mut self.taken_up) {
            return Some(Turn::TakenUp);
        }
        if self.fresh {
            return None;
        }
        self.fresh = true;
        self.ended.clear();
        let closed = self.step_was == Step::Plan;
        let over = self.session().is_some_and(|session| session.game.is_over());
        if over {
            self.seat = self.people.first().copied().unwrap_or(self.seat);
            self.look();
            return Some(Turn::Over);
        }
        if !self.seat_next() {
            // Nobody here is asked in this step: the world goes on.
            self.look();
            self.run_step();
            return self.poll_at_once();
        }
        self.after_step();
        Some(if closed { Turn::Closed } else { Turn::Step })
    }

    /// A step that ran at once has its answer now.
    fn poll_at_once(&mut self) -> Option<Turn> {
        if self.busy() { None } else { self.poll() }
    }

    fn after_step(&mut self) {
        self.look();
        let seat = self.seat;
        let news = self.serve(|clerk, session| clerk.news(session, seat)).unwrap_or_default();
        let known = self.news.entry(seat).or_default();
        if matches!(self.view.step, Step::Offers(0)) {
            known.clear();
        }
        known.extend(news);
        self.tell_lesson();
    }

    /// The curtain goes up.
    pub fn sit_down(&mut self) {
        self.curtain = false;
        self.after_step();
    }

    /// The game again, as it was left.
    pub(in crate::ui) fn come_back(&mut self) {
        if let Held::Here(session) = &self.held {
            self.reasons = Reasons::of(&session.game, &self.words);
        }
        self.ended.clear();
        self.change_lines();
        self.look();
    }
}
