//! The desk a person plays at: the game, the page in front of them, and the line they type.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Read, Write};

use crate::host::keeper::Saver;
use crate::host::session::{Control, Session};
use crate::host::words::{Words, facts, labels, refusals};
use crate::ids::SeatId;
use crate::level::printable;
use crate::sim::decision::Decision;
use crate::sim::fact::Fact;
use crate::sim::game::Game;
use crate::sim::setting::Step;
use crate::sim::view::{SeatView, TableView};
use crate::units::Quarter;

use super::TextOptions;
use super::lessons::Progress;
use super::page::Page;

/// The longest line that is read at once, bytes.
pub(super) const LONGEST_LINE: u64 = 10_000;

/// What the desk remembers of a seat between its turns. Nothing the game needs.
#[derive(Clone, Debug, Default)]
pub(super) struct Notes {
    /// The quarter whose paper it has seen.
    pub(super) paper: Option<Quarter>,
    /// The quarter whose talks it has left, and what lay on its tables then.
    pub(super) left_talks: Option<(Quarter, Vec<TableView>)>,
    /// The quarter and the tables of the last screen of talks.
    pub(super) shown: Option<(Quarter, Vec<TableView>)>,
    /// How many of a quarter's facts it has read.
    read: (Quarter, usize),
    /// What each decision of this step took the place of, for undo.
    replaced: Vec<Option<(usize, Decision)>>,
    pub(super) lessons: Progress,
}

pub(super) struct Desk<'a> {
    pub(super) session: &'a mut Session,
    input: &'a mut dyn BufRead,
    output: &'a mut dyn Write,
    pub(super) saver: &'a mut dyn Saver,
    pub(super) options: &'a TextOptions,
    pub(super) words: Words,
    /// Seats that people hold.
    pub(super) people: Vec<SeatId>,
    memory: Memory,
    /// Pages shown, where somebody lays them out himself; else they are printed.
    pub(super) shown: Option<Vec<Page>>,
}

/// What a desk remembers between two sittings at the same game.
pub(crate) struct Memory {
    /// The opening, as each seat saw it.
    opening: Vec<SeatView>,
    notes: BTreeMap<SeatId, Notes>,
    /// The game itself while a closed quarter is taken up again.
    practice: Option<Practice>,
}

/// What is put aside for practice.
struct Practice {
    game: Session,
    notes: BTreeMap<SeatId, Notes>,
    /// The quarter taken up again.
    from: Quarter,
}

impl Memory {
    pub(crate) fn of(session: &Session) -> Memory {
        let level = session.game.level().clone();
        let start = Game::new(level.clone(), session.game.seed());
        let opening = level.seat_ids().map(|seat| start.view(seat)).collect();
        Memory { opening, notes: BTreeMap::new(), practice: None }
    }

    /// The opening as a seat saw it.
    #[cfg(feature = "window")]
    pub(crate) fn opening(&self, seat: SeatId) -> &SeatView {
        &self.opening[seat.index()]
    }
}

impl<'a> Desk<'a> {
    pub(super) fn new(
        session: &'a mut Session,
        input: &'a mut dyn BufRead,
        output: &'a mut dyn Write,
        saver: &'a mut dyn Saver,
        options: &'a TextOptions,
    ) -> Desk<'a> {
        let memory = Memory::of(session);
        Desk::with_memory(session, input, output, saver, options, memory)
    }

    /// The desk of a game that has been played at before.
    pub(super) fn with_memory(
        session: &'a mut Session,
        input: &'a mut dyn BufRead,
        output: &'a mut dyn Write,
        saver: &'a mut dyn Saver,
        options: &'a TextOptions,
        memory: Memory,
    ) -> Desk<'a> {
        let words = Words::new(session.game.level().clone(), options.names);
        let seats = session.controls().iter().enumerate();
        let people = seats
            .filter(|(_, control)| **control == Control::Human)
            .map(|(seat, _)| SeatId(seat as u8))
            .collect();
        Desk { session, input, output, saver, options, words, people, memory, shown: None }
    }

    #[cfg(feature = "window")]
    pub(super) fn into_memory(self) -> Memory {
        self.memory
    }

    /// Puts the game aside and plays on in another line of it.
    pub(super) fn begin_practice(&mut self, other: Session, from: Quarter) {
        let game = std::mem::replace(self.session, other);
        let notes = std::mem::take(&mut self.memory.notes);
        self.memory.practice = Some(Practice { game, notes, from });
    }

    /// Takes the game up where it was left. The other line of play, and where it began.
    pub(super) fn end_practice(&mut self) -> Option<(Session, Quarter)> {
        let Practice { game, notes, from } = self.memory.practice.take()?;
        self.memory.notes = notes;
        Some((std::mem::replace(self.session, game), from))
    }

    /// Whether another line of the game is played.
    pub(super) fn practises(&self) -> bool {
        self.memory.practice.is_some()
    }

    /// Whether practice has come to where the game stands: further on, nobody sees its luck.
    pub(super) fn practice_is_over(&self) -> bool {
        self.memory.practice.as_ref().is_some_and(|practice| {
            self.session.game.history().len() >= practice.game.game.history().len()
        })
    }

    pub(super) fn view(&self, seat: SeatId) -> SeatView {
        self.session.game.view(seat)
    }

    pub(super) fn opening(&self, seat: SeatId) -> &SeatView {
        &self.memory.opening[seat.index()]
    }

    pub(super) fn notes(&mut self, seat: SeatId) -> &mut Notes {
        self.memory.notes.entry(seat).or_default()
    }

    pub(super) fn page(&self) -> Page {
        Page::new(self.options.columns())
    }

    pub(super) fn show(&mut self, page: &Page) -> io::Result<()> {
        match &mut self.shown {
            Some(shown) => {
                shown.push(page.clone());
                Ok(())
            }
            None => self.output.write_all(page.render(self.options.colour).as_bytes()),
        }
    }

    /// A sentence or two.
    pub(super) fn say(&mut self, text: &str) -> io::Result<()> {
        let mut page = self.page();
        page.paragraph(text);
        self.show(&page)
    }

    /// Asks for a line; none at the end of the input. What was read is shown when nobody typed it
    /// at a terminal, so that a transcript reads as a session.
    pub(super) fn read(&mut self, prompt: &str) -> io::Result<Option<String>> {
        write!(self.output, "{prompt}> ")?;
        self.output.flush()?;
        let mut bytes = Vec::new();
        if (&mut *self.input).take(LONGEST_LINE).read_until(b'\n', &mut bytes)? == 0 {
            writeln!(self.output)?;
            return Ok(None);
        }
        // Whatever is said of the line quotes it, and must not command the terminal.
        let line = printable(String::from_utf8_lossy(&bytes).replace('\t', " ").trim());
        if !self.options.interactive {
            writeln!(self.output, "{}", self.echoed(prompt, &line))?;
        }
        Ok(Some(line))
    }

    /// A line read, broken where the page ends.
    fn echoed(&self, prompt: &str, line: &str) -> String {
        let gap = " ".repeat(prompt.chars().count() + 2);
        let options = textwrap::Options::new(self.options.columns())
            .initial_indent(&gap)
            .subsequent_indent("    ")
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        let lines = textwrap::wrap(line, options);
        lines.join("\n").trim_start().to_owned()
    }

    /// Waits for a person to press Enter; a script does not wait.
    pub(super) fn wait(&mut self) -> io::Result<()> {
        self.output.flush()?;
        if self.options.interactive {
            let mut line = Vec::new();
            (&mut *self.input).take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        }
        Ok(())
    }

    /// Quotes a decision, then submits it. False, and a sentence, if it is refused.
    pub(super) fn decide(&mut self, seat: SeatId, decision: Decision) -> io::Result<bool> {
        let before = self.view(seat).decided;
        let place = before.iter().position(|earlier| decision.replaces(earlier));
        let replaced = place.map(|place| (place, before[place]));
        let result = match self.session.game.quote(seat, &decision) {
            Ok(()) => self.session.submit(seat, decision),
            refused => refused,
        };
        match result {
            Ok(()) => {
                self.notes(seat).replaced.push(replaced);
                Ok(true)
            }
            Err(refusal) => {
                let game = &self.session.game;
                let sentence =
                    refusals::sentence(&self.words, &game.deals(), game.step(), &refusal);
                self.say(&sentence)?;
                Ok(false)
            }
        }
    }

    /// Takes back the last decision of this step, and puts back what it had replaced.
    pub(super) fn undo(&mut self, seat: SeatId) -> io::Result<bool> {
        if self.session.undo(seat).is_none() {
            return Ok(false);
        }
        if let Some(Some((place, earlier))) = self.notes(seat).replaced.pop() {
            // It goes back to its place, so that the next undo takes back what was decided after it.
            let later = self.view(seat).decided.split_off(place);
            for _ in &later {
                self.session.undo(seat);
            }
            for decision in std::iter::once(earlier).chain(later) {
                // Each was legal when it was decided, and nothing has happened since.
                let _ = self.session.submit(seat, decision);
            }
        }
        Ok(true)
    }

    /// The step is over: what was decided in it can no longer be undone.
    pub(super) fn finish_step(&mut self) {
        self.forget_undo();
        self.session.finish_step();
    }

    pub(super) fn forget_undo(&mut self) {
        for notes in self.memory.notes.values_mut() {
            notes.replaced.clear();
        }
    }

    /// Facts of this quarter that the seat has not read, as sentences; its own moves left out.
    pub(super) fn unread(&mut self, view: &SeatView, but_offers: bool) -> Vec<String> {
        let (quarter, read) = self.notes(view.seat).read;
        let read = if quarter == view.quarter { read } else { 0 };
        let mut sentences = Vec::new();
        let mut count = 0;
        for (number, (_, fact)) in self.session.game.facts(view.seat).enumerate() {
            count = number + 1;
            let told = but_offers && matches!(fact, Fact::OfferMade { .. });
            if number >= read && !told && !super::report::own_move(fact, view.seat) {
                sentences.push(facts::sentence(&self.words, &view.deals, fact));
            }
        }
        self.notes(view.seat).read = (view.quarter, count);
        sentences
    }

    /// `1Q26 Amazon, offers 1/3`.
    pub(super) fn prompt(&self, seat: SeatId) -> String {
        let game = &self.session.game;
        let step = labels::step(game.step(), game.level().talk_rounds);
        let practice = if self.memory.practice.is_some() { "practice, " } else { "" };
        let quarter = self.words.quarter(game.quarter());
        format!("{practice}{quarter} {}, {step}", self.words.seat(seat))
    }

    pub(super) fn is_plan(&self) -> bool {
        self.session.game.step() == Step::Plan
    }

    pub(super) fn autosave(&mut self) -> io::Result<()> {
        // Practice leaves no trace.
        if self.memory.practice.is_some() {
            return Ok(());
        }
        if let Err(error) = self.saver.autosave(self.session) {
            self.say(&format!("The game could not be saved: {error}"))?;
        }
        Ok(())
    }
}
