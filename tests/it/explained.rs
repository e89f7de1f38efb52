//! Every move is explained: the rows sum to the change, whatever is played; and the commands that ask.

use serde_json::Value;
use tempfile::TempDir;
use termsheet::bot::Policy;
use termsheet::host::save::{Save, Saves};
use termsheet::host::words::Names;
use termsheet::study::{Batch, SUMS_WITHIN, causes};

use crate::commands::{Ran, run, termsheet};
use crate::games::{FLAGSHIP, level_called, session};

#[test]
fn explanations_sum_for_every_figure_seat_and_quarter() {
    for (level, policy) in [
        ("ten-billion-courtship", Policy::Random),
        ("ten-billion-courtship", Policy::Normal),
        ("fifty-billion-question", Policy::Random),
    ] {
        let level = level_called(level);
        let table = vec![policy; level.seats()];
        let batch = Batch { level, games: 4, first_seed: 11, threads: 1 };
        for summed in causes(&batch, &table, || {}).expect("threads start") {
            assert!(summed.explanations > 0, "{summed:?}");
            assert_eq!(summed.wrong, 0, "{summed:?}");
            assert!(summed.largest_gap <= SUMS_WITHIN, "{summed:?}");
            // The rules, worked again, come to the figures that were played.
            assert!(summed.left_over_pct < 0.01, "{summed:?}");
        }
    }
}

/// A save of four quarters of bots, in a folder of its own.
fn saved() -> TempDir {
    let mut session = session(Policy::Normal, 3);
    while session.game.quarter().0 <= 4 {
        session.finish_step();
    }
    let home = TempDir::new().expect("a folder");
    let saves = Saves::in_folder(home.path().join("saves"));
    saves.write("four", &Save::of(&session, Names::Real)).expect("a save");
    home
}

fn why(home: &TempDir, arguments: &[&str]) -> Ran {
    termsheet(home.path(), &[&["why", "four"], arguments].concat())
}

#[test]
fn a_saved_games_figures_are_explained_in_rows_that_sum() {
    let home = saved();
    for (seat, metric) in [
        ("amazon", "win-rate"),
        ("google", "share"),
        ("microsoft", "cash"),
        ("amazon", "market-value"),
        ("openai", "runway"),
        ("openai", "valuation"),
    ] {
        for more in [&["--quarter", "3"][..], &["--since", "0"]] {
            let arguments = [&[metric, "--seat", seat, "--format", "json"], more].concat();
            let ran = why(&home, &arguments);
            assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{metric}");
            let value: Value = serde_json::from_str(&ran.out).expect("JSON");
            let change = value["change"].as_f64().expect("a change");
            let rows = value["rows"].as_array().expect("rows");
            let sum: f64 = rows.iter().map(|row| row["amount"].as_f64().expect("a sum")).sum();
            assert!((sum - change).abs() <= 1e-9, "{metric}: {sum} against {change}");
            if value["unit"] == "dollars" {
                assert_eq!((sum.fract(), sum), (0.0, change));
            }
            let named = |row: &&Value| row["name"].is_string() && row["cause"] != "opening";
            assert!(rows.iter().any(|row| named(&row)), "{metric} names nobody: {}", ran.out);
        }
    }
    let table = why(&home, &["cash", "--seat", "amazon", "--quarter", "2"]);
    assert!(table.out.contains("Change of cash"), "{}", table.out);
}

#[test]
fn what_cannot_be_explained_is_said_with_what_can() {
    let home = saved();
    let unknown = why(&home, &["happiness"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.err.contains("win-rate, share, cash"), "{}", unknown.err);
    let unfit = why(&home, &["share", "--seat", "openai"]);
    assert_eq!(unfit.code, 1);
    assert!(unfit.err.contains("It has: cash, capability, revenue"), "{}", unfit.err);
    let early = why(&home, &["share", "--quarter", "9"]);
    assert_eq!(early.code, 1);
    assert!(early.err.contains("Only quarters 1 to 4"), "{}", early.err);
}

#[test]
fn sums_hashes_and_saves_are_checked_by_command() {
    let summed = run(&["study", "causes", FLAGSHIP, "--games", "2", "--format", "json"]);
    assert_eq!((summed.code, summed.err.as_str()), (0, ""));
    let summed: Value = serde_json::from_str(&summed.out).expect("JSON");
    assert!(summed.as_array().is_some_and(|all| all.iter().all(|one| one["wrong"] == 0)));
    let range = ["study", "determinism", "first-term-sheet", "--from", "7", "--to", "9"];
    let same = run(&range);
    assert_eq!((same.code, same.err.as_str()), (0, ""));
    assert!(same.out.contains("3 games, 12 quarters compared, 0 differ"), "{}", same.out);
    let backwards = run(&["study", "determinism", FLAGSHIP, "--from", "9", "--to", "7"]);
    assert_eq!(backwards.code, 2);
    let heavy = run(&["simulate", "first-term-sheet", "--games", "2", "--heavy"]);
    assert_eq!((heavy.code, heavy.err.as_str()), (0, ""));
    assert!(heavy.out.contains("every hash the same"), "{}", heavy.out);
}

#[test]
fn a_trace_is_a_file_of_lines() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("trace.jsonl");
    let file = path.display().to_string();
    let ran = run(&["simulate", "first-term-sheet", "--games", "2", "--trace", &file]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let text = std::fs::read_to_string(&path).expect("the trace");
    let lines: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let closes = lines.iter().filter(|line| line["step"] == "close").count();
    assert_eq!(closes, 8);
    assert!(lines.iter().any(|line| line["seed"] == 2));
}
