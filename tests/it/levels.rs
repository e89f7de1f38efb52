//! Every built-in level: it plays to the end, whoever plays it, and its texts keep good manners.

use termsheet::bot::Policy;
use termsheet::host::session::{Control, LoadedLevel, Session};
use termsheet::level::{Level, Library};

use crate::games::play_to_the_end;

fn built_in() -> Vec<LoadedLevel> {
    let library = Library::load(None);
    let entries = library.entries().iter().cloned();
    entries
        .map(|entry| match entry.level {
            Ok(level) => LoadedLevel { level, text: entry.text },
            Err(problems) => panic!("{}", problems.render(false)),
        })
        .collect()
}

#[test]
fn every_level_is_played_to_the_end_by_every_kind_of_bot() {
    for loaded in built_in() {
        for policy in Policy::ALL {
            for seed in 1..=3 {
                let level = &loaded.level;
                let controls = vec![Control::Bot(policy); level.seats()];
                let mut session = Session::new(loaded.clone(), controls, seed);
                play_to_the_end(&mut session);
                let about = format!("{} with {policy:?}, seed {seed}", level.id);
                assert_eq!(session.game.history().len(), level.quarters as usize, "{about}");
                for seat in level.seat_ids() {
                    let score = session.game.view(seat).score.scaled;
                    assert!(score.is_finite(), "{about}: {score}");
                }
            }
        }
    }
}

#[test]
fn every_seat_has_goals_that_differ_and_a_name_that_is_not_its_own() {
    for loaded in built_in() {
        let level = &loaded.level;
        let mut fictional: Vec<&str> = Vec::new();
        for seat in level.seat_ids() {
            let name = level.seat_name(seat);
            assert_ne!(name.real, name.fictional, "{}", level.id);
            fictional.push(&name.fictional);
            let goals = level.goals(seat);
            let measures: Vec<_> = goals.iter().map(|goal| goal.measure).collect();
            assert!(goals.len() >= 3, "{} has few goals in {}", name.real, level.id);
            assert!(
                measures.iter().collect::<std::collections::BTreeSet<_>>().len() > 2,
                "{} wants one thing only in {}",
                name.real,
                level.id
            );
        }
        let all = fictional.len();
        fictional.sort_unstable();
        fictional.dedup();
        assert_eq!(fictional.len(), all, "two seats of one name in {}", level.id);
    }
}

/// Everything a level says to a player in its own words.
fn prose(level: &Level) -> Vec<String> {
    let lessons = level.lessons.iter();
    let taught =
        lessons.flat_map(|lesson| [lesson.title.clone(), lesson.say.clone(), lesson.done.clone()]);
    std::iter::once(level.premise.clone()).chain(taught).collect()
}

/// A text without what stands in braces: ids, which become the names a player has chosen.
fn without_names(text: &str) -> String {
    let parts = text.split('{').enumerate();
    parts
        .map(|(place, part)| match part.split_once('}') {
            Some((_, rest)) if place > 0 => format!("it{rest}"),
            _ => part.to_owned(),
        })
        .collect()
}

/// Words that have a capital and name nobody; days as far as a story needed them.
const DATES: [&str; 7] =
    ["Monday", "Thursday", "Friday", "Saturday", "Sunday", "November", "December"];

// A name, of a person or of a firm, is a capital where no sentence begins.
#[test]
fn a_levels_prose_names_nobody() {
    for loaded in built_in() {
        for text in prose(&loaded.level) {
            let text = without_names(&text);
            let mut begins = true;
            for word in text.split_whitespace() {
                let letters = word.trim_start_matches(['(', '$']);
                let capital = letters.chars().next().is_some_and(char::is_uppercase);
                // I, 1Q26 and AI are no names, nor are dates.
                let known = letters.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase)
                    || DATES.iter().any(|date| letters.starts_with(date));
                assert!(begins || !capital || known, "{}: {word} in {text:?}", loaded.level.id);
                begins = word.ends_with(['.', '?', '!', ':', ')']);
            }
            assert!(!text.contains(['"', '“', '”', '„']), "{}: {text}", loaded.level.id);
        }
    }
}

#[test]
fn the_shelf_begins_with_the_level_that_teaches() {
    let library = Library::load(None);
    let first = library.entries()[0].level.as_ref().expect("it loads");
    assert_eq!(first.id, "first-term-sheet");
    assert!(!first.lessons.is_empty());
}
