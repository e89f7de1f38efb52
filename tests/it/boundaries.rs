//! One package has no walls between its parts, so these tests are the walls.

use std::fs;
use std::path::{Path, PathBuf};

/// What the simulation may not know: windows, hosts, files, networks, clocks, threads, containers
/// without an order, and whatever hides state from a snapshot.
const NOT_IN_SIM: [&str; 22] = [
    "egui",
    "winit",
    "crate::ui",
    "crate::host",
    "crate::bot",
    "crate::study",
    "std::fs",
    "std::net",
    "std::thread",
    "std::time",
    "Instant",
    "SystemTime",
    "HashMap",
    "HashSet",
    "serde_json",
    "rayon",
    "Local<",
    "Added<",
    "Changed<",
    "RemovedComponents",
    "println!",
    "std::env",
];

const NOT_IN_LEVEL: [&str; 4] = ["crate::host", "crate::bot", "crate::study", "println!"];

/// Those that compute give data; hosts print it.
const NOT_IN_STUDY_AND_BOT: [&str; 8] =
    ["println!", "print!", "eprintln!", "eprint!", "dbg!", "stdout", "stderr", "std::fs"];

fn sources(folder: &str) -> Vec<PathBuf> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("a folder of sources") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder), &mut found);
    found.sort();
    assert!(!found.is_empty(), "no sources in {folder}");
    found
}

/// Whether a line of code, its comment apart, has this word, and not as part of a longer one.
fn mentions(line: &str, word: &str) -> bool {
    let code = line.split("//").next().unwrap_or_default();
    let joins = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(at, _)| {
        let within_before = code[..at].ends_with(joins);
        let within_after = word.ends_with(joins) && code[at + word.len()..].starts_with(joins);
        !within_before && !within_after
    })
}

fn breaches(folder: &str, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for path in sources(folder) {
        let text = fs::read_to_string(&path).expect("a source");
        for (number, line) in text.lines().enumerate() {
            for word in words.iter().filter(|word| mentions(line, word)) {
                found.push(format!("{}:{}: {word}", path.display(), number + 1));
            }
        }
    }
    found
}

#[test]
fn the_simulation_knows_no_window_host_file_clock_or_thread() {
    assert_eq!(breaches("sim", &NOT_IN_SIM), Vec::<String>::new());
}

#[test]
fn levels_know_no_host_and_no_bot() {
    assert_eq!(breaches("level", &NOT_IN_LEVEL), Vec::<String>::new());
}

#[test]
fn bots_and_rules_never_ask_why() {
    assert_eq!(breaches("bot", &["explain"]), Vec::<String>::new());
    // In the simulation only the game itself, as the way in, knows of explanations.
    let asks = breaches("sim", &["explain::explain", "Past {"]);
    let elsewhere =
        |breach: &&String| !breach.contains("sim/explain/") && !breach.contains("sim/game.rs");
    assert_eq!(asks.iter().find(elsewhere), None);
}

#[test]
fn studies_and_bots_do_not_print() {
    for folder in ["study", "bot"] {
        assert_eq!(breaches(folder, &NOT_IN_STUDY_AND_BOT), Vec::<String>::new());
    }
}

#[test]
fn a_breach_would_be_seen() {
    assert!(mentions("use std::time::Duration;", "std::time"));
    assert!(mentions("fn f(q: Query<(), Added<X>>) {", "Added<"));
    assert!(mentions("let map: HashMap<u8, u8>;", "HashMap"));
    assert!(!mentions("let instantly = 1; // Instant", "Instant"));
    assert!(!mentions("struct InstantOffer;", "Instant"));
}
