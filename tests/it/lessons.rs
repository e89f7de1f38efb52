//! Lessons, as a newcomer meets them.

use std::cell::RefCell;
use std::io::{self, BufRead, Read, Write};
use std::rc::Rc;

use termsheet::bot::Policy;
use termsheet::host::keeper::Saver;
use termsheet::host::session::{Control, LoadedLevel, Session};
use termsheet::host::text::{Ended, TextOptions, play};
use termsheet::host::words::Names;
use termsheet::ids::SeatId;
use termsheet::level::Library;

struct Nowhere;

impl Saver for Nowhere {
    fn autosave(&mut self, _: &Session) -> Result<(), String> {
        Ok(())
    }

    fn save_as(&mut self, _: &Session, _: &str) -> Result<String, String> {
        Ok(String::new())
    }
}

/// A quarter that does not come.
const NEVER: u32 = 99;

/// What the game has written so far, read by the pupil as it grows.
#[derive(Clone, Default)]
struct Sheet(Rc<RefCell<Vec<u8>>>);

impl Write for Sheet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Types what a lesson proposes, once, and otherwise goes on.
struct Pupil {
    sheet: Sheet,
    seen: usize,
    line: Vec<u8>,
    /// From this quarter on.
    obeys_from: u32,
    typed: usize,
}

impl Pupil {
    fn next_line(&mut self) -> String {
        let written = self.sheet.0.borrow();
        let news = String::from_utf8_lossy(&written[self.seen..]).into_owned();
        let prompt = news.lines().last().unwrap_or_default().to_owned();
        // The level begins with a year: its quarters are the calendar's.
        let quarter = prompt.chars().next().and_then(|digit| digit.to_digit(10)).unwrap_or(0);
        let proposed = news.lines().rev().find_map(|line| line.strip_prefix("┃ Try: "));
        match proposed {
            Some(example) if quarter >= self.obeys_from => example.to_owned(),
            _ if prompt.contains("plan>") => "close".to_owned(),
            _ => "done".to_owned(),
        }
    }
}

impl Read for Pupil {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut line = self.fill_buf()?;
        line.read(buffer)
    }
}

impl BufRead for Pupil {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.line.is_empty() && self.typed < 1000 {
            let line = self.next_line();
            self.seen = self.sheet.0.borrow().len();
            self.typed += 1;
            self.line = format!("{line}\n").into_bytes();
        }
        Ok(&self.line)
    }

    fn consume(&mut self, amount: usize) {
        self.line.drain(..amount);
    }
}

fn school() -> LoadedLevel {
    let entry = Library::load(None).find("first-term-sheet").expect("it is built in");
    LoadedLevel { level: entry.level.expect("it loads"), text: entry.text }
}

struct Taught {
    text: String,
    ended: Ended,
    session: Session,
}

/// A game of the first level, with a pupil in its first seat.
fn taught(seed: u64, names: Names, obeys_from: u32) -> Taught {
    let level = school();
    let first = level.level.first_seat;
    let control = |seat| if seat == first { Control::Human } else { Control::Bot(Policy::Normal) };
    let controls = level.level.seat_ids().map(control).collect();
    let session = Session::new(level, controls, seed);
    read_aloud(session, names, obeys_from)
}

fn read_aloud(mut session: Session, names: Names, obeys_from: u32) -> Taught {
    let sheet = Sheet::default();
    let mut pupil = Pupil { sheet: sheet.clone(), seen: 0, line: Vec::new(), obeys_from, typed: 0 };
    let options = TextOptions { colour: false, width: 80, interactive: false, names };
    let ended = play(&mut session, &mut pupil, &mut sheet.clone(), &mut Nowhere, &options)
        .expect("writing to memory does not fail");
    let text = String::from_utf8(sheet.0.borrow().clone()).expect("text");
    Taught { text, ended, session }
}

/// A text in one line, so that it can be found however it was broken.
fn unbroken(text: &str) -> String {
    let words = text.lines().map(|line| line.trim_start_matches('┃').trim());
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn a_pupil_who_does_as_told_signs_a_deal_and_finishes() {
    let mut signed = 0;
    for seed in 1..=6 {
        let game = taught(seed, Names::Real, 1);
        assert_eq!(game.ended, Ended::GameOver, "seed {seed}");
        let told = game.text.matches("┃ Lesson · ").count();
        assert!((12..=40).contains(&told), "seed {seed}: {told} lessons");
        let deals = game.session.game.deals();
        signed += u32::from(deals.iter().any(|deal| deal.signed.0 > 0 && deal.giant.0 == 0));
    }
    assert!(signed >= 4, "only {signed} of 6 pupils signed");
}

#[test]
fn somebody_who_ignores_every_lesson_is_never_held_up() {
    let game = taught(1, Names::Real, NEVER);
    assert_eq!(game.ended, Ended::GameOver);
    assert!(game.text.matches("┃ Lesson · ").count() >= 4);
}

#[test]
fn every_lesson_comes_up_in_some_game() {
    let heard: String = (1..=12)
        .flat_map(|seed| [1, 2, NEVER].map(|from| unbroken(&taught(seed, Names::Real, from).text)))
        .collect();
    let level = school().level;
    let missing: Vec<&str> = level
        .lessons
        .iter()
        .map(|lesson| lesson.title.as_str())
        .filter(|title| !heard.contains(&format!("Lesson · {title}")))
        .collect();
    // Two of them wait for what others do: a rival's signature, routes that still stand in the end.
    assert!(missing.len() <= 2, "never told: {missing:?}");
}

#[test]
fn no_lesson_is_told_twice_and_none_is_wider_than_the_page() {
    let text = taught(2, Names::Real, 1).text;
    assert!(text.lines().all(|line| line.chars().count() <= 80));
    let mut titles: Vec<&str> =
        text.lines().filter(|line| line.starts_with("┃ Lesson · ")).collect();
    let all = titles.len();
    titles.sort_unstable();
    titles.dedup();
    assert_eq!(titles.len(), all);
}

#[test]
fn lessons_use_the_names_a_player_has_chosen() {
    let text = taught(1, Names::Fictional, 1).text;
    assert!(text.contains("┃ Try: offer lanternworks"));
    for name in ["Amazon", "Microsoft", "OpenAI", "openai", "{", "}"] {
        assert!(!text.contains(name), "{name} is shown");
    }
}

#[test]
fn lessons_can_be_heard_again_and_silenced() {
    let level = school();
    let first = level.level.first_seat;
    let control = |seat| if seat == first { Control::Human } else { Control::Bot(Policy::Idle) };
    let controls = level.level.seat_ids().map(control).collect();
    let mut session = Session::new(level, controls, 1);
    let mut output = Vec::new();
    let mut input =
        io::Cursor::new(b"lesson\nlesson off\ngoals\nlabs\nlesson on\ngoals\n".to_vec());
    let options = TextOptions { colour: false, width: 80, interactive: false, names: Names::Real };
    play(&mut session, &mut input, &mut output, &mut Nowhere, &options).expect("memory");
    let text = String::from_utf8(output).expect("text");
    assert_eq!(text.matches("Lesson · Know what you are playing for").count(), 2);
    let (before, after) = text.split_once("lesson on").expect("it is typed");
    assert_eq!(before.matches("┃ Lesson · ").count(), 2, "{before}");
    assert!(after.contains("┃ Lesson · Who needs whom?"), "{after}");
}

#[test]
fn a_game_taken_up_again_does_not_begin_its_lessons_anew() {
    let level = school();
    let controls = vec![Control::Human, Control::Bot(Policy::Idle), Control::Bot(Policy::Idle)];
    let mut session = Session::new(level, controls, 1);
    while session.game.quarter().0 < 2 {
        session.finish_step();
    }
    let text = read_aloud(session, Names::Real, 1).text;
    assert!(!text.contains("Lesson · Know what you are playing for"));
    assert!(text.contains("Lesson · Everything has a cause"));
}

#[test]
fn another_seat_is_not_taught() {
    let level = school();
    let control = |seat| {
        if seat == SeatId(2) { Control::Human } else { Control::Bot(Policy::Normal) }
    };
    let controls = level.level.seat_ids().map(control).collect();
    let text = read_aloud(Session::new(level, controls, 1), Names::Real, 1).text;
    assert!(!text.contains("┃ Lesson"));
}
