//! The built program, as it is called.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;
use termsheet::bot::Policy;
use termsheet::host::save::{Save, Saves};
use termsheet::host::words::Names;

use crate::games::{FLAGSHIP, play_to_the_end, session};

pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

/// Runs the program with its files in a folder of its own.
pub fn termsheet(home: &Path, arguments: &[&str]) -> Ran {
    let output: Output = Command::new(env!("CARGO_BIN_EXE_termsheet"))
        .args(arguments)
        .env("TERMSHEET_HOME", home)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .stdin(Stdio::null())
        .output()
        .expect("the program starts");
    Ran {
        code: output.status.code().expect("the program ends by itself"),
        out: String::from_utf8(output.stdout).expect("text"),
        err: String::from_utf8(output.stderr).expect("text"),
    }
}

pub fn run(arguments: &[&str]) -> Ran {
    termsheet(TempDir::new().expect("a folder").path(), arguments)
}

#[test]
fn wrong_usage_exits_with_2_and_failure_with_1() {
    assert_eq!(run(&["--help"]).code, 0);
    assert_eq!(run(&["--version"]).code, 0);
    assert_eq!(run(&["no-such-command"]).code, 2);
    assert_eq!(run(&["simulate"]).code, 2);
    assert_eq!(run(&["simulate", FLAGSHIP, "--games", "0"]).code, 2);
    assert_eq!(run(&["replay", "no-such-save"]).code, 1);
    assert_eq!(run(&["resume"]).code, 1);
}

#[test]
fn an_unknown_level_is_told_what_was_meant() {
    let ran = run(&["simulate", "ten-billion-courtshp"]);
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains("did you mean `ten-billion-courtship`"), "{}", ran.err);
}

#[test]
fn an_unknown_seat_is_told_the_seats_there_are() {
    for arguments in [
        ["simulate", FLAGSHIP, "--seats", "amzon=greedy"],
        ["play", FLAGSHIP, "--seats", "amzon=human"],
        ["play", FLAGSHIP, "--seat", "amzon"],
    ] {
        let ran = run(&arguments);
        assert_eq!(ran.code, 2, "{arguments:?}");
        assert!(ran.err.contains("did you mean \"amazon\""), "{}", ran.err);
        assert!(ran.err.contains("anthropic"), "{}", ran.err);
    }
    let ran = run(&["simulate", FLAGSHIP, "--seats", "amazon=greed"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("greedy"), "{}", ran.err);
}

#[test]
fn levels_lists_the_built_in_ones() {
    let ran = run(&["levels"]);
    assert_eq!(ran.code, 0);
    assert!(ran.out.contains(FLAGSHIP), "{}", ran.out);
}

#[test]
fn check_passes_good_levels_and_points_at_what_is_wrong_with_others() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("broken.ron");
    fs::write(&path, "(format: 1, id: \"broken\", tilte: \"x\")").unwrap();
    let path = path.display().to_string();
    assert_eq!(run(&["check", FLAGSHIP]).code, 0);
    let ran = run(&["check", &path, FLAGSHIP]);
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("tilte") && ran.out.contains("broken.ron"), "{}", ran.out);
    assert!(ran.out.contains(&format!("{FLAGSHIP}: OK")), "all are checked: {}", ran.out);
}

#[test]
fn simulate_gives_json_for_other_programs() {
    let ran =
        run(&["simulate", FLAGSHIP, "--games", "3", "--seats", "amazon=idle", "--format", "json"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let value: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(value["games"], 3);
    let amazon = &value["seats"][0];
    assert_eq!((&amazon["seat"], &amazon["policy"]), (&"amazon".into(), &"idle".into()));
    assert!(amazon["raw_score_points"]["median"].is_number());
    assert!(amazon["cloud_share_pct"]["high_95pct"].is_number());
    assert!(value["segments"][0]["largest_win_rate_move_points_per_quarter"].is_object());
    let table = run(&["simulate", FLAGSHIP, "--games", "3"]);
    assert!(table.out.contains("openai") && table.out.contains("deals signed"), "{}", table.out);
}

#[test]
fn a_duel_of_a_bot_with_itself_is_a_tie() {
    let duel = ["study", "duel", FLAGSHIP, "--seat", "amazon", "--a", "normal", "--b", "normal"];
    let ran = run(&[&duel[..], &["--games", "4", "--format", "json"]].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    let value: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!((&value["ties"], &value["win_share_a"]), (&4.into(), &0.5.into()));
}

#[test]
fn replay_verifies_a_save_and_names_the_quarter_that_is_wrong() {
    let home = TempDir::new().unwrap();
    let saves = Saves::in_folder(home.path().join("saves"));
    let mut session = session(Policy::Normal, 6);
    play_to_the_end(&mut session);
    let mut save = Save::of(&session, Names::Real);
    saves.write("whole", &save).unwrap();
    let ran = termsheet(home.path(), &["replay", "whole", "--verify"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(ran.out.matches("  ok").count(), session.hashes().len(), "{}", ran.out);

    save.hashes[2] = "0".repeat(64);
    saves.write("wrong", &save).unwrap();
    let ran = termsheet(home.path(), &["replay", "wrong"]);
    assert_eq!((ran.code, ran.out.matches("mismatch").count()), (0, 1), "{}", ran.out);
    let ran = termsheet(home.path(), &["replay", "wrong", "--verify"]);
    let quarter = session.game.calendar(termsheet::units::Quarter(3)).to_string();
    assert_eq!(ran.code, 1);
    assert!(ran.err.contains(&quarter), "{}", ran.err);
}

/// Plays a whole game by lines on stdin and returns the transcript.
fn transcript(home: &Path, arguments: &[&str]) -> Ran {
    // Straight to the plan, and close; more lines than a game takes.
    let lines = "pass\nclose\n".repeat(200);
    let file = home.join("lines");
    fs::write(&file, lines).expect("a folder to write in");
    let output = Command::new(env!("CARGO_BIN_EXE_termsheet"))
        .args(arguments)
        .env("TERMSHEET_HOME", home)
        .stdin(fs::File::open(&file).expect("what was written"))
        .output()
        .expect("the program starts");
    Ran {
        code: output.status.code().expect("the program ends by itself"),
        out: String::from_utf8(output.stdout).expect("text"),
        err: String::from_utf8(output.stderr).expect("text"),
    }
}

#[test]
fn a_game_of_piped_lines_is_played_to_its_end_saved_and_verified() {
    for seat in ["amazon", "nvidia", "openai"] {
        let home = TempDir::new().unwrap();
        let play = ["play", FLAGSHIP, "--text", "--seat", seat];
        let first = transcript(home.path(), &play);
        assert_eq!((first.code, first.err.as_str()), (0, ""));
        let name = Saves::automatic_name(FLAGSHIP);
        let ran = termsheet(home.path(), &["replay", &name, "--verify"]);
        assert_eq!((ran.code, ran.out.matches("  ok").count()), (0, 12), "{}", ran.out);
        assert_eq!(transcript(home.path(), &play).out, first.out, "another transcript");
    }
}

#[test]
fn a_game_put_down_in_its_middle_is_taken_up_again() {
    let home = TempDir::new().unwrap();
    let whole = transcript(home.path(), &["play", FLAGSHIP, "--text"]);
    fs::remove_dir_all(home.path().join("saves")).unwrap();
    let ran = termsheet(home.path(), &["play", FLAGSHIP, "--text", "--seed", "1"]);
    assert_eq!(ran.code, 0, "the end of the input is no failure: {}", ran.err);
    let resumed = transcript(home.path(), &["resume", "--text"]);
    assert_eq!(resumed.code, 0, "{}", resumed.err);
    assert_eq!(resumed.out, whole.out);
}

#[test]
fn without_a_command_the_shelf_is_shown() {
    let home = TempDir::new().unwrap();
    let ran = termsheet(home.path(), &["--text"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.to_lowercase().contains("ten-billion courtship"), "{}", ran.out);
    // Where no window can open, a sentence says so, and the shelf stands at the terminal.
    if cfg!(target_os = "linux") || !cfg!(feature = "window") {
        let bare = termsheet(home.path(), &[]);
        assert_eq!((bare.code, bare.out), (0, ran.out));
        let said = bare.err.is_empty() || bare.err.contains("--text");
        assert!(said && bare.err.lines().count() <= 1, "{}", bare.err);
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let program = env!("CARGO_BIN_EXE_termsheet");
    let script = format!("set -o pipefail; '{program}' levels | true; '{program}' --help | true");
    let output = Command::new("bash").args(["-c", &script]).output().expect("bash");
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && !err.contains("panicked"), "{err}");
}
