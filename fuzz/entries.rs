//! What each fuzz target does with its bytes. `tests/it/corpus.rs` of the game's own package replays
//! the corpus through the same functions.
//!
//! Whatever the bytes are, nothing may panic; what is refused must change nothing.

// Each target uses one of them.
#![allow(dead_code)]

use std::cell::RefCell;
use std::io;
use std::sync::Arc;

use termsheet::bot::Policy;
use termsheet::host::keeper::Saver;
use termsheet::host::save::{DecisionsFile, FORMAT, Save, replay};
use termsheet::host::session::{Control, LoadedLevel, Session, hexadecimal};
use termsheet::host::text::{self, TextOptions};
use termsheet::host::words::Names;
use termsheet::ids::SeatId;
use termsheet::level::{Library, check, check_deal};
use termsheet::sim::decision::Decision;
use termsheet::sim::game::{Game, RULES_VERSION};
use termsheet::sim::setting::Step;
use termsheet::sim::snapshot::Snapshot;

/// A level's text. What is accepted is played for a year.
pub fn level(data: &[u8]) {
    let Ok(text) = std::str::from_utf8(data) else { return };
    let level = match check("fuzzed", text) {
        Ok(level) => level,
        Err(problems) => return harmless(&problems.render(false)),
    };
    let policies = [Policy::Normal, Policy::Random, Policy::Greedy];
    let control = |seat: SeatId| Control::Bot(policies[seat.index() % policies.len()]);
    let controls = level.seat_ids().map(control).collect();
    let loaded = LoadedLevel { level: Arc::new(level), text: text.into() };
    let mut session = Session::new(loaded, controls, data.len() as u64);
    while !session.game.is_over() && session.hashes().len() < 4 {
        session.finish_step();
    }
}

/// A save's text, as it is, and then as a forger would seal it.
pub fn save(data: &[u8]) {
    if let Err(damage) = Save::from_json(data) {
        harmless(&damage.to_string());
    }
    let Ok(mut forged) = serde_json::from_slice::<Save>(data) else { return };
    forged.format = FORMAT;
    forged.rules_version = RULES_VERSION;
    forged.level_hash = hexadecimal(blake3::hash(forged.level_text.as_bytes()).as_bytes());
    let Ok(sealed) = forged.to_json() else { return };
    let Ok(read) = Save::from_json(sealed.as_bytes()) else { return };
    // Quarters that come out otherwise are let through, so that the rest of the record is tried too.
    match replay(&read, |_| Ok(())) {
        Err(damage) => harmless(&damage.to_string()),
        Ok(mut session) => {
            for _ in 0..4 {
                session.finish_step();
            }
        }
    }
}

/// Decisions: as a file for a branch, as a deal, as lines somebody types; or, behind a zero byte, as
/// the bytes of any decision there can be, in states of a game in play.
pub fn decision(data: &[u8]) {
    match data {
        [0, rest @ ..] => packed(rest),
        _ => {
            if let Ok(text) = std::str::from_utf8(data) {
                typed(text);
            }
        }
    }
}

/// States of one game of bots, after each of its first steps, and a world to put them into.
struct Stage {
    level: LoadedLevel,
    states: Vec<Snapshot>,
    world: Game,
}

const SEED: u64 = 5;

fn stage() -> Stage {
    let entry = Library::load(None).find("ten-billion-courtship").expect("it is built in");
    let level = LoadedLevel { level: entry.level.expect("it loads"), text: entry.text };
    let controls = vec![Control::Bot(Policy::Normal); level.level.seats()];
    let mut session = Session::new(level.clone(), controls, SEED);
    let mut states = vec![session.game.snapshot()];
    while session.hashes().len() < 3 {
        session.finish_step();
        states.push(session.game.snapshot());
    }
    Stage { level, states, world: session.game }
}

thread_local! {
    static STAGE: RefCell<Option<Stage>> = const { RefCell::new(None) };
}

fn on_stage(act: impl FnOnce(&mut Stage)) {
    STAGE.with(|kept| act(kept.borrow_mut().get_or_insert_with(stage)));
}

fn packed(data: &[u8]) {
    let [state, rest @ ..] = data else { return };
    on_stage(|stage| {
        let Stage { states, world, .. } = stage;
        world.restore(&states[usize::from(*state) % states.len()], SEED, Vec::new());
        let mut rest = rest;
        while let Ok(((seat, decision), after)) = postcard::take_from_bytes::<(u8, Decision)>(rest)
        {
            // No such seat, now and then; the last one ends the step.
            match seat {
                u8::MAX => world.advance(),
                _ => attempt(world, SeatId(seat), decision),
            }
            rest = after;
        }
        close(world);
    });
}

/// Submits a decision. What is refused must be refused by the quote as well, and change nothing.
fn attempt(game: &mut Game, seat: SeatId, decision: Decision) {
    let before = game.state_hash();
    let quoted = game.quote(seat, &decision);
    assert_eq!(game.state_hash(), before, "a quote changes nothing");
    let submitted = game.submit(seat, decision);
    assert_eq!(quoted.is_ok(), submitted.is_ok(), "a quote says what a submission would");
    if submitted.is_err() {
        assert_eq!(game.state_hash(), before, "what is refused changes nothing");
    }
}

/// Runs what was decided to the end of the quarter.
fn close(game: &mut Game) {
    let closed = game.history().len();
    while !game.is_over() && game.history().len() == closed {
        game.advance();
    }
}

fn typed(text: &str) {
    on_stage(|stage| {
        file(stage, text);
        lines(stage, text);
    });
}

fn file(stage: &mut Stage, text: &str) {
    let level = Arc::clone(&stage.level.level);
    if let Err(problems) = check_deal("fuzzed", text, &level, None, None) {
        harmless(&problems.render(false));
    }
    let seat = SeatId(0);
    let file = match DecisionsFile::read(text, &level, Some(seat)) {
        Ok(file) => file,
        Err(error) => return harmless(&error),
    };
    stage.world.restore(&stage.states[0], SEED, Vec::new());
    for step in &file.steps {
        while ![step.step, Step::Plan, Step::Over].contains(&stage.world.step()) {
            stage.world.advance();
        }
        for &decision in &step.decisions {
            attempt(&mut stage.world, seat, decision);
        }
    }
    close(&mut stage.world);
}

/// Nothing is kept.
struct Nowhere;

impl Saver for Nowhere {
    fn autosave(&mut self, _: &Session) -> Result<(), String> {
        Ok(())
    }

    fn save_as(&mut self, _: &Session, _: &str) -> Result<String, String> {
        Err("nothing is kept".to_owned())
    }
}

/// Lines read at most: fewer than a whole game takes, whose judgement plays many more games.
const LINES: usize = 20;

fn lines(stage: &mut Stage, text: &str) {
    let seats = stage.level.level.seats();
    let mut controls = vec![Control::Bot(Policy::Normal); seats];
    // A comment says so if it is a lab that plays.
    let seat = if text.starts_with("# lab") { seats - 1 } else { 0 };
    controls[seat] = Control::Human;
    let mut session = Session::new(stage.level.clone(), controls, SEED);
    // A forecast plays four hundred games.
    let quick = |line: &&str| !line.trim_start().to_lowercase().starts_with("fo");
    let script: Vec<&str> = text.lines().filter(quick).take(LINES).collect();
    let mut output = Vec::new();
    let options = TextOptions { colour: false, width: 80, interactive: false, names: Names::Real };
    let mut input = io::Cursor::new(script.join("\n"));
    text::play(&mut session, &mut input, &mut output, &mut Nowhere, &options)
        .expect("nothing can fail in memory");
    harmless(&String::from_utf8(output).expect("text"));
}

/// What is shown at a terminal must not be able to command it.
fn harmless(shown: &str) {
    let commands = |c: &char| c.is_control() && *c != '\n';
    assert_eq!(shown.chars().find(commands), None, "a control character is shown");
}
