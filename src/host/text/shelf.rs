//! The title page: what is on the shelf, and which game to begin.

use std::io::{self, BufRead, Read, Write};
use std::str::FromStr;
use std::sync::Arc;

use crate::bot::Policy;
use crate::host::words::{Names, Words, numbers};
use crate::ids::SeatId;
use crate::level::{Entry, Level, Library, printable};

use super::TextOptions;
use super::desk::LONGEST_LINE;
use super::page::Page;

/// What was chosen on the title page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    New {
        /// The level's id.
        level: String,
        /// Seats that people hold, at least one.
        seats: Vec<SeatId>,
        /// Who plays the others.
        rivals: Policy,
        names: Names,
        /// None: any.
        seed: Option<u64>,
    },
    /// A save, by its place in the list given.
    Continue(usize),
    Quit,
}

/// Shows the shelf and asks for a game. `saves` are labels, the newest first. The end of the input
/// is the same as quitting.
pub fn front_page(
    library: &Library,
    saves: &[String],
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    options: &TextOptions,
) -> io::Result<Choice> {
    let mut shelf = Shelf { library, saves, input, output, options };
    shelf.show()?;
    loop {
        let Some(line) = shelf.ask("A number, c for the newest save, or q")? else {
            return Ok(Choice::Quit);
        };
        match line.as_str() {
            "" if saves.is_empty() => return shelf.begin_first(),
            "" | "c" | "continue" if !saves.is_empty() => return Ok(Choice::Continue(0)),
            "c" | "continue" => shelf.say("There is no save yet: choose a level by its number.")?,
            "q" | "quit" => return Ok(Choice::Quit),
            typed => {
                if let Some(choice) = shelf.chosen(typed)? {
                    return Ok(choice);
                }
            }
        }
    }
}

struct Shelf<'a> {
    library: &'a Library,
    saves: &'a [String],
    input: &'a mut dyn BufRead,
    output: &'a mut dyn Write,
    options: &'a TextOptions,
}

impl Shelf<'_> {
    fn page(&self) -> Page {
        Page::new(self.options.columns())
    }

    fn print(&mut self, page: &Page) -> io::Result<()> {
        self.output.write_all(page.render(self.options.colour).as_bytes())
    }

    fn say(&mut self, text: &str) -> io::Result<()> {
        let mut page = self.page();
        page.paragraph(text);
        self.print(&page)
    }

    fn ask(&mut self, prompt: &str) -> io::Result<Option<String>> {
        loop {
            write!(self.output, "{prompt}> ")?;
            self.output.flush()?;
            let mut bytes = Vec::new();
            if (&mut *self.input).take(LONGEST_LINE).read_until(b'\n', &mut bytes)? == 0 {
                writeln!(self.output)?;
                return Ok(None);
            }
            let line = printable(String::from_utf8_lossy(&bytes).trim());
            if !self.options.interactive {
                let shown: String = line.chars().take(30).collect();
                writeln!(self.output, "{shown}")?;
            }
            if !line.starts_with('#') {
                return Ok(Some(line.to_lowercase()));
            }
        }
    }

    fn levels(&self) -> impl Iterator<Item = (&Entry, &Arc<Level>)> {
        self.library.entries().iter().filter_map(|entry| Some((entry, entry.level.as_ref().ok()?)))
    }

    fn show(&mut self) -> io::Result<()> {
        let mut page = self.page();
        page.masthead("A game of capital and models");
        page.blank();
        for (number, (_, level)) in self.levels().enumerate() {
            let words = Words::new(Arc::clone(level), self.options.names);
            page.headline(&format!("{}  {}", number + 1, level.title));
            page.paragraph(first_sentence(&level.premise));
            let lessons = if level.lessons.is_empty() { "" } else { " · with lessons" };
            page.note(&format!(
                "{} · {} · {} and {} · a newcomer plays {}{lessons}",
                level.opening.plus(1),
                numbers::count(level.quarters, "quarter"),
                numbers::count(level.giants.len() as u32, "giant"),
                numbers::count(level.labs.len() as u32, "lab"),
                words.seat(level.first_seat)
            ));
        }
        for entry in self.library.entries() {
            let Err(problems) = &entry.level else { continue };
            let first = problems.list.first().map_or("", |problem| problem.message.as_str());
            page.blank();
            page.note(&format!(
                "{} does not load: {first}. termsheet check {} shows where.",
                entry.id, entry.id
            ));
        }
        if !self.saves.is_empty() {
            page.heading("Saved games");
            for (number, label) in self.saves.iter().enumerate().take(9) {
                let key = if number == 0 { "c".to_owned() } else { format!("c{}", number + 1) };
                page.entry(&key, 3, label);
            }
        }
        page.blank();
        page.note("A simulation, not affiliated with any firm it names. Everything after the opening is invented.");
        self.print(&page)
    }

    /// Enter on an empty shelf of saves begins the first level.
    fn begin_first(&mut self) -> io::Result<Choice> {
        Ok(self.chosen("1")?.unwrap_or(Choice::Quit))
    }

    /// A level by its number or id, or a save as `c2`. None after a slip, which is said.
    fn chosen(&mut self, typed: &str) -> io::Result<Option<Choice>> {
        if let Some(number) =
            typed.strip_prefix('c').and_then(|rest| rest.trim().parse::<usize>().ok())
        {
            if (1..=self.saves.len()).contains(&number) {
                return Ok(Some(Choice::Continue(number - 1)));
            }
            self.say("There is no save of that number.")?;
            return Ok(None);
        }
        let place = typed.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let found = match place {
            Some(place) => self.levels().nth(place).map(|(_, level)| Arc::clone(level)),
            None => self
                .levels()
                .find(|(entry, _)| entry.id == typed)
                .map(|(_, level)| Arc::clone(level)),
        };
        match found {
            Some(level) => self.begin(&level).map(Some),
            None => {
                self.say("There is no level of that number or name.")?;
                Ok(None)
            }
        }
    }

    fn begin(&mut self, level: &Arc<Level>) -> io::Result<Choice> {
        let Some(names) = self.setting("Names, real or fictional [real]", Names::Real)? else {
            return Ok(Choice::Quit);
        };
        let words = Words::new(Arc::clone(level), names);
        let Some(seats) = self.seats(level, &words)? else { return Ok(Choice::Quit) };
        let Some(rivals) = self.rivals()? else { return Ok(Choice::Quit) };
        let Some(seed) = self.seed()? else { return Ok(Choice::Quit) };
        Ok(Choice::New { level: level.id.clone(), seats, rivals, names, seed })
    }

    fn setting<T: FromStr<Err = String>>(
        &mut self,
        prompt: &str,
        usual: T,
    ) -> io::Result<Option<T>> {
        let Some(line) = self.ask(prompt)? else { return Ok(None) };
        if line.is_empty() {
            return Ok(Some(usual));
        }
        match line.parse() {
            Ok(value) => Ok(Some(value)),
            Err(error) => {
                self.say(&format!("{error}; the usual is taken."))?;
                Ok(Some(usual))
            }
        }
    }

    fn seats(&mut self, level: &Level, words: &Words) -> io::Result<Option<Vec<SeatId>>> {
        let names: Vec<String> = level
            .seat_ids()
            .map(|seat| format!("{} {}", seat.index() + 1, words.seat(seat)))
            .collect();
        self.say(&format!("Seats: {}.", names.join(", ")))?;
        let usual = level.first_seat;
        let prompt = format!("Your seat, or several as 1,6 [{}]", usual.index() + 1);
        loop {
            let Some(line) = self.ask(&prompt)? else { return Ok(None) };
            if line.is_empty() {
                return Ok(Some(vec![usual]));
            }
            let mut chosen = Vec::new();
            let parts = line.split([',', ' ']).filter(|part| !part.is_empty());
            let all = parts
                .map(|part| seat_named(level, words, part))
                .inspect(|seat| chosen.extend(seat.iter().copied()))
                .all(|seat| seat.is_some());
            chosen.sort_unstable();
            chosen.dedup();
            if all && !chosen.is_empty() {
                return Ok(Some(chosen));
            }
            self.say("I know seats by their number or name, with a comma between several.")?;
        }
    }

    fn rivals(&mut self) -> io::Result<Option<Policy>> {
        self.setting("Rivals, easy, normal or hard [normal]", Policy::Normal)
    }

    /// The seed; the inner none is any.
    fn seed(&mut self) -> io::Result<Option<Option<u64>>> {
        let Some(line) = self.ask("Seed, a number [any]")? else { return Ok(None) };
        match line.parse::<u64>() {
            Ok(seed) => Ok(Some(Some(seed))),
            Err(_) => Ok(Some(None)),
        }
    }
}

/// The beginning of a premise; the front page of a game has all of it.
fn first_sentence(premise: &str) -> &str {
    let ends = premise.match_indices(['.', '?', '!']).map(|(at, _)| at + 1);
    let end = ends.into_iter().find(|&end| premise[end..].starts_with(char::is_whitespace));
    &premise[..end.unwrap_or(premise.len())]
}

fn seat_named(level: &Level, words: &Words, part: &str) -> Option<SeatId> {
    match part.parse::<usize>() {
        Ok(number) => level.seat_ids().nth(number.checked_sub(1)?),
        Err(_) => words.seat_called(part),
    }
}
