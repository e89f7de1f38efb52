//! Saves: whole or absent, never half; and a bad one says what is wrong with it.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use tempfile::TempDir;
use termsheet::bot::Policy;
use termsheet::host::save::{Damage, KEPT, LoadError, Save, Saves, load, open, previous, rebuild};
use termsheet::host::session::Session;
use termsheet::host::words::Names;

use crate::games::session;

/// A game some quarters in.
fn played(steps: usize) -> Session {
    let mut session = session(Policy::Normal, 11);
    for _ in 0..steps {
        session.finish_step();
    }
    session
}

fn text() -> String {
    Save::of(&played(20), Names::Real).to_json().expect("a save can be written")
}

/// A save with something changed by hand and sealed again.
fn forged(change: impl FnOnce(&mut Value)) -> Result<Session, Damage> {
    let mut value: Value = serde_json::from_str(&text()).expect("JSON");
    change(&mut value);
    value["checksum"] = json!("");
    // Some values do not fit their field: such a file is no save at all.
    let Ok(save) = serde_json::from_value::<Save>(value) else { return Err(Damage::Checksum) };
    let sealed = save.to_json().expect("a save can be written");
    rebuild(&Save::from_json(sealed.as_bytes())?)
}

#[test]
fn a_save_read_back_is_the_save_that_was_written() {
    let save = Save::of(&played(20), Names::Fictional);
    let read = Save::from_json(save.to_json().unwrap().as_bytes()).unwrap();
    assert_eq!(Save { checksum: String::new(), ..read }, save);
}

#[test]
fn a_save_cut_short_anywhere_says_so() {
    let text = text();
    for part in 0..200 {
        let cut = text.len() * part / 200;
        match Save::from_json(&text.as_bytes()[..cut]) {
            Err(Damage::CutShort) => {}
            other => panic!("cut at byte {cut}: {other:?}"),
        }
    }
}

#[test]
fn a_changed_byte_anywhere_is_noticed() {
    let text = text();
    let save = Save::from_json(text.as_bytes()).unwrap();
    for part in 0..400 {
        let mut garbled = text.clone().into_bytes();
        let at = garbled.len() * part / 400;
        garbled[at] ^= 1 + (part % 7) as u8;
        // A number's last digit may lie beyond what a number holds: then nothing has changed.
        let unnoticed = Save::from_json(&garbled).is_ok_and(|read| read != save);
        assert!(!unnoticed, "byte {at} was changed unnoticed");
    }
}

#[test]
fn another_format_or_other_rules_take_one_sentence() {
    let text = text();
    let newer = text.replacen("\"format\":1", "\"format\":2", 1);
    let other = text.replacen("\"rules_version\":", "\"rules_version\":9", 1);
    for (changed, says) in [(newer, "format 2"), (other, "rules 9")] {
        let error = Save::from_json(changed.as_bytes()).unwrap_err();
        let sentence = error.to_string();
        assert!(sentence.contains(says) && !sentence.contains('\n'), "{sentence}");
    }
}

#[test]
fn the_last_three_saves_of_a_name_are_kept() {
    let folder = TempDir::new().unwrap();
    let saves = Saves::in_folder(folder.path().join("saves"));
    let mut session = played(0);
    for _ in 0..5 {
        session.finish_step();
        saves.write("evening", &Save::of(&session, Names::Real)).unwrap();
    }
    let steps = |file: &str| load(&folder.path().join("saves").join(file)).unwrap().steps.len();
    assert_eq!(steps("evening.json"), 5);
    assert_eq!(steps("evening.1.json"), 4);
    assert_eq!(steps("evening.2.json"), 3);
    let files = fs::read_dir(folder.path().join("saves")).unwrap().count();
    assert_eq!(files, KEPT as usize + 1, "and a copy of the newest, and nothing else");
    assert_eq!(saves.list().len(), 1);
}

#[test]
fn a_broken_save_names_the_good_one_before_it() {
    let folder = TempDir::new().unwrap();
    let saves = Saves::in_folder(folder.path());
    let mut session = played(3);
    for _ in 0..3 {
        session.finish_step();
        saves.write("evening", &Save::of(&session, Names::Real)).unwrap();
    }
    let path = folder.path().join("evening.json");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() / 2]).unwrap();
    // Its copy has the very quarter.
    let copy = folder.path().join("evening.copy.json");
    assert_eq!(fs::read(&copy).unwrap(), whole);
    let says = open(&path).err().expect("it is broken").to_string();
    assert!(says.contains(&format!("termsheet resume {}", copy.display())), "{says}");
    assert_eq!(previous(&copy), Some(folder.path().join("evening.1.json")));
    // Without one, the save before it.
    fs::remove_file(&copy).unwrap();
    let before = folder.path().join("evening.1.json");
    let says = open(&path).err().expect("it is broken").to_string();
    assert!(says.contains("cut short"), "{says}");
    assert!(says.contains(&path.display().to_string()), "{says}");
    assert!(says.contains(&format!("termsheet resume {}", before.display())), "{says}");
    // The one before may be broken too.
    fs::write(&before, "{").unwrap();
    assert_eq!(previous(&path), Some(folder.path().join("evening.2.json")));
    fs::write(folder.path().join("evening.2.json"), "").unwrap();
    assert_eq!(previous(&path), None);
    // Whatever is there, the next save is good.
    saves.write("evening", &Save::of(&session, Names::Real)).unwrap();
    assert!(open(&path).is_ok());
}

#[test]
fn what_is_no_save_says_what_it_is() {
    let folder = TempDir::new().unwrap();
    let error = |path: &Path| load(path).unwrap_err();
    let missing = folder.path().join("none.json");
    assert!(matches!(error(&missing), LoadError::Missing(_)));
    assert!(matches!(error(folder.path()), LoadError::Unreadable { .. }));
    let long = folder.path().join("long.json");
    fs::File::create(&long).unwrap().set_len((64 << 20) + 1).unwrap();
    assert!(matches!(error(&long), LoadError::TooLong(_)));
}

#[test]
fn the_newest_automatic_save_comes_first() {
    let folder = TempDir::new().unwrap();
    let saves = Saves::in_folder(folder.path());
    assert_eq!(saves.newest(), None);
    let save = Save::of(&played(1), Names::Real);
    let own = saves.write("evening", &save).unwrap();
    assert_eq!(saves.newest(), Some(own.clone()));
    let automatic = saves.write(&Saves::automatic_name("town"), &save).unwrap();
    saves.write("later", &save).unwrap();
    assert_eq!(saves.newest(), Some(automatic));
    assert_eq!(saves.find("evening"), own);
}

#[test]
fn names_that_are_no_file_names_are_refused() {
    let folder = TempDir::new().unwrap();
    let saves = Saves::in_folder(folder.path());
    let save = Save::of(&played(0), Names::Real);
    for name in ["", " ", "../evening", "a/b", "a.1", "a\\b", "nul\0", &"a".repeat(101)] {
        assert!(saves.write(name, &save).is_err(), "{name:?}");
    }
}

#[test]
fn a_forged_record_is_refused_and_nothing_panics() {
    assert!(forged(|_| {}).is_ok());
    let diverged = |damage| matches!(damage, Damage::Diverged { .. });
    assert!(forged(|save| save["seed"] = json!(12)).is_err_and(diverged));
    let seats = |damage| matches!(damage, Damage::Seats { .. });
    assert!(forged(|save| save["controls"] = json!([])).is_err_and(seats));
    assert!(forged(|save| save["pending"] = json!([])).is_err_and(seats));
    assert!(forged(|save| save["steps"][0]["decisions"] = json!([])).is_err_and(seats));
    let order = |damage| matches!(damage, Damage::OutOfStep { .. });
    assert!(forged(|save| save["steps"][0]["quarter"] = json!(3)).is_err_and(order));
    let hashes = |damage| matches!(damage, Damage::Hashes { .. });
    assert!(forged(|save| save["hashes"] = json!([])).is_err_and(hashes));
    let level = |damage| matches!(damage, Damage::Level(_) | Damage::Checksum);
    assert!(forged(|save| save["level_text"] = json!("(")).is_err_and(level));
}

/// Every number of a save's decisions, by a path to it.
fn numbers(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Number(_) => found.push(at),
        Value::Array(list) => {
            list.iter().enumerate().for_each(|(i, v)| numbers(v, format!("{at}/{i}"), found));
        }
        Value::Object(map) => {
            map.iter().for_each(|(key, v)| numbers(v, format!("{at}/{key}"), found));
        }
        _ => {}
    }
}

#[test]
fn absurd_numbers_in_decisions_are_refused_or_lead_elsewhere_and_nothing_panics() {
    let save: Value = serde_json::from_str(&text()).unwrap();
    let mut paths = Vec::new();
    numbers(&save["steps"], "/steps".to_owned(), &mut paths);
    assert!(paths.len() > 100);
    let absurd = [json!(-1), json!(0), json!(200), json!(i64::MAX), json!(i64::MIN), json!(1e300)];
    for (path, number) in paths.iter().step_by(7).zip(absurd.iter().cycle()) {
        // Most do not even fit their type; none may panic.
        let _ = forged(|save| {
            *save.pointer_mut(path).expect("a path that was found") = number.clone();
        });
    }
}
