//! Traces: every state variable after every step, under the names of `docs/model.md`.

use std::collections::BTreeSet;

use serde_json::Value;
use termsheet::bot::Policy;
use termsheet::host::session::{Control, LoadedLevel, Session, StepRecord};
use termsheet::host::trace;
use termsheet::level::Library;

fn loaded(level: &str) -> LoadedLevel {
    let entry = Library::load(None).find(level).expect("it is built in");
    LoadedLevel { level: entry.level.expect("it loads"), text: entry.text }
}

/// The lines of one game's trace.
fn lines(level: &str, policy: Policy, seed: u64) -> Vec<Value> {
    let loaded = loaded(level);
    let table = vec![policy; loaded.level.seats()];
    let mut text = Vec::new();
    trace::write(&loaded, &table, seed, &mut text).expect("a trace");
    let text = String::from_utf8(text).expect("text");
    text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON")).collect()
}

/// Every name in lower case of a value: those of enumerations and ids of the level apart.
fn names(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                if name.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit()) {
                    found.insert(name.clone());
                }
                // What a variant holds is named where it is decided, not here.
                if name.chars().next().is_some_and(char::is_lowercase) {
                    names(value, found);
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| names(value, found)),
        _ => {}
    }
}

#[test]
fn the_models_page_names_every_variable_of_a_trace() {
    let page = std::fs::read_to_string("docs/model.md").expect("the page");
    let (_, section) = page.split_once("## 15. State variables").expect("the section");
    let named: BTreeSet<&str> = section.split('`').skip(1).step_by(2).collect();
    let mut missing = BTreeSet::new();
    for (level, policy) in
        [("ten-billion-courtship", Policy::Normal), ("first-term-sheet", Policy::Random)]
    {
        let lines = lines(level, policy, 5);
        assert!(lines.len() > 10);
        for line in lines {
            let state = line["state"].as_object().expect("a state");
            for (group, value) in state {
                let mut found = BTreeSet::new();
                match group.as_str() {
                    // Ids of the level, then names; the books name accounts; the press repeats.
                    "giants" | "labs" | "providers" | "tables" => {
                        for one in value.as_object().expect("carriers").values() {
                            names(one, &mut found);
                        }
                    }
                    "books" | "press" | "facts" | "ledger" => {}
                    _ => names(value, &mut found),
                }
                found.insert(group.clone());
                let page = |name: &String| !named.contains(name.as_str());
                missing.extend(found.into_iter().filter(page));
            }
        }
    }
    // Facts and casts are described in words.
    for told in ["number", "quarter", "seat", "giants", "labs", "providers", "tables", "depth"] {
        missing.remove(told);
    }
    assert!(missing.is_empty(), "section 15 does not name {missing:?}");
}

#[test]
fn a_trace_has_a_line_a_step_and_its_closes_tell_their_inputs_and_postings() {
    let lines = lines("first-term-sheet", Policy::Normal, 2);
    assert_eq!(lines[0]["step"], "opening");
    let closes: Vec<&Value> = lines.iter().filter(|line| line["step"] == "close").collect();
    assert_eq!(closes.len(), 4);
    for close in closes {
        let stands = close["inputs"]["market"]["stands"].as_array().expect("stands");
        let cleared: f64 = stands.iter().map(|stand| stand["lab_bills"].as_f64().unwrap()).sum();
        assert!(cleared > 0.0 && close["postings"].as_array().is_some_and(|all| all.len() > 10));
        let books = close["state"]["books"].as_object().expect("accounts");
        let sum: i64 = books.values().map(|sum| sum.as_i64().expect("dollars")).sum();
        assert_eq!(sum, 0, "money was made");
    }
}

/// The state after the close of the quarter that `docs/worked-quarter.md` works by hand.
fn worked_quarter() -> Value {
    let loaded = loaded("first-term-sheet");
    let people = vec![Control::Human; loaded.level.seats()];
    let mut session = Session::new(loaded, people, 1);
    let steps = include_str!("fixtures/worked-quarter.json");
    let steps: Vec<StepRecord> = serde_json::from_str(steps).expect("the steps");
    for step in &steps {
        session.replay_step(step).expect("legal decisions");
    }
    let mut text = Vec::new();
    trace::line(&session, session.steps().last(), &mut text).expect("a line");
    let line: Value = serde_json::from_slice(&text).expect("JSON");
    assert_eq!((&line["quarter"], &line["step"]), (&1.into(), &"close".into()));
    line["state"].clone()
}

/// The value at a path of names and places with dots between.
fn at<'a>(state: &'a Value, path: &str) -> &'a Value {
    path.split('.').fold(state, |value, part| match part.parse::<usize>() {
        Ok(place) => &value[place],
        Err(_) => &value[part],
    })
}

#[test]
fn the_quarter_worked_by_hand_is_the_quarter_of_the_trace() {
    let page = std::fs::read_to_string("docs/worked-quarter.md").expect("the page");
    let state = worked_quarter();
    let mut held = 0;
    for line in page.lines() {
        let Some((path, rest)) = line.strip_prefix("| `").and_then(|line| line.split_once("` | "))
        else {
            continue;
        };
        let written = rest.trim_end_matches(" |");
        let by_hand: f64 = written.parse().unwrap_or_else(|_| panic!("no figure in {line:?}"));
        let Some(traced) = at(&state, path).as_f64() else { panic!("no {path} in the trace") };
        let decimals = written.split_once('.').map_or(0, |(_, digits)| digits.len());
        let half = 0.501 * libm::pow(10.0, -(decimals as f64));
        assert!((traced - by_hand).abs() <= half, "{path}: {by_hand} by hand, {traced} traced");
        held += 1;
    }
    assert!(held >= 50, "{held} figures");
}
