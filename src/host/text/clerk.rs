//! A desk without a terminal: the same commands, news and lessons, handed over as blocks of a page.
//! The window lays them out in its own type.

use std::io::{self, Cursor};

use super::TextOptions;
use super::command::{Line, Verb, read};
use super::desk::Desk;
pub(crate) use super::desk::Memory;
use super::lessons;
use super::page::Block;
use super::turn::{self, Flow};
use crate::host::keeper::Saver;
use crate::host::session::Session;
use crate::host::words::Names;
use crate::ids::SeatId;
use crate::sim::decision::Decision;
use crate::sim::view::SeatView;

/// Columns, for what still counts in them.
const WIDTH: usize = 80;

/// Serves one game from the desk's memory of it.
pub(crate) struct Clerk {
    memory: Option<Memory>,
    options: TextOptions,
}

/// What came of a line.
pub(crate) struct Served {
    pub(crate) flow: Flow,
    pub(crate) blocks: Vec<Block>,
}

impl Clerk {
    pub(crate) fn new(session: &Session, names: Names) -> Clerk {
        let options = TextOptions { colour: false, width: WIDTH, interactive: true, names };
        Clerk { memory: Some(Memory::of(session)), options }
    }

    pub(crate) fn memory(&self) -> &Memory {
        self.memory.as_ref().expect("a clerk has its memory between two requests")
    }

    /// Sits down at the desk for one request.
    fn at_the_desk<T>(
        &mut self,
        session: &mut Session,
        request: impl FnOnce(&mut Desk) -> io::Result<T>,
    ) -> (Option<T>, Vec<Block>) {
        let (mut input, mut output) = (Cursor::new(Vec::new()), io::sink());
        let mut saver = NoSaver;
        let memory = self.memory.take().unwrap_or_else(|| Memory::of(session));
        let mut desk =
            Desk::with_memory(session, &mut input, &mut output, &mut saver, &self.options, memory);
        desk.shown = Some(Vec::new());
        let outcome = request(&mut desk).ok();
        let pages = desk.shown.take().unwrap_or_default();
        self.memory = Some(desk.into_memory());
        (outcome, pages.into_iter().flat_map(|page| page.into_blocks()).collect())
    }

    /// Does what a typed line says, and tells what it would have printed.
    pub(crate) fn obey(&mut self, session: &mut Session, seat: SeatId, line: &str) -> Served {
        let (flow, blocks) = self.at_the_desk(session, |desk| {
            // Practice is another game at the same desk, and the window saves what lies on its desk.
            if let Line::Command(Verb::Branch | Verb::Back, _) = read(line) {
                desk.say("A closed quarter is taken up again from the records, under Quarter by quarter.")?;
                return Ok(Flow::Stay);
            }
            let before = desk.view(seat);
            let flow = turn::obey(desk, seat, line)?;
            if flow == Flow::Stay
                && let Line::Command(verb, _) = read(line)
            {
                lessons::note(desk, seat, verb, &before)?;
            }
            Ok(flow)
        });
        Served { flow: flow.unwrap_or(Flow::Stay), blocks }
    }

    /// Decides; the blocks say why not.
    pub(crate) fn decide(
        &mut self,
        session: &mut Session,
        seat: SeatId,
        decision: Decision,
    ) -> Result<(), Vec<Block>> {
        match self.at_the_desk(session, |desk| desk.decide(seat, decision)) {
            (Some(true), _) => Ok(()),
            (_, blocks) => Err(blocks),
        }
    }

    /// Takes back the last decision of this step; false if there is none.
    pub(crate) fn undo(&mut self, session: &mut Session, seat: SeatId) -> bool {
        self.at_the_desk(session, |desk| desk.undo(seat)).0.unwrap_or(false)
    }

    /// Whether a seat is asked in this step.
    pub(crate) fn concerns(&mut self, session: &mut Session, seat: SeatId) -> bool {
        self.at_the_desk(session, |desk| Ok(turn::concerns(desk, seat))).0.unwrap_or(true)
    }

    /// The next lesson whose moment has come.
    pub(crate) fn lesson(&mut self, session: &mut Session, seat: SeatId) -> Vec<Block> {
        self.at_the_desk(session, |desk| lessons::next(desk, seat)).1
    }

    /// Something was done that a typed command would have done: what the lesson that waits says to it.
    pub(crate) fn did(
        &mut self,
        session: &mut Session,
        seat: SeatId,
        command: &str,
        before: &SeatView,
    ) -> Vec<Block> {
        let Line::Command(verb, _) = read(command) else { return Vec::new() };
        self.at_the_desk(session, |desk| lessons::note(desk, seat, verb, before)).1
    }

    /// What the lesson that waits says has been read: what it says to it, and the next one.
    pub(crate) fn understood(&mut self, session: &mut Session, seat: SeatId) -> Vec<Block> {
        self.at_the_desk(session, |desk| lessons::understood(desk, seat)).1
    }

    /// A seat's step is over: what the lesson that waited says to it.
    pub(crate) fn step_ended(&mut self, session: &mut Session, seat: SeatId) -> Vec<Block> {
        self.at_the_desk(session, |desk| lessons::step_ended(desk, seat)).1
    }

    /// Nothing that was decided in the step that is over can be taken back.
    pub(crate) fn forget_undo(&mut self, session: &mut Session) {
        self.at_the_desk(session, |desk| {
            desk.forget_undo();
            Ok(())
        });
    }

    /// What a seat has learnt since it last looked.
    pub(crate) fn news(&mut self, session: &mut Session, seat: SeatId) -> Vec<String> {
        let told = self.at_the_desk(session, |desk| {
            let view = desk.view(seat);
            Ok(desk.unread(&view, false))
        });
        told.0.unwrap_or_default()
    }
}

/// The window saves by itself.
struct NoSaver;

impl Saver for NoSaver {
    fn autosave(&mut self, _: &Session) -> Result<(), String> {
        Ok(())
    }

    fn save_as(&mut self, _: &Session, _: &str) -> Result<String, String> {
        Err("games are saved from the window".to_owned())
    }
}
