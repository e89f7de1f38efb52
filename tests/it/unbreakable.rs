//! The game cannot be broken from outside: damaged files, a program killed while it saves, a disk
//! that is full, folders that are none. Each gives a clear message, and the last closed quarter is
//! there.
//!
//! The longer forms of these tests run with
//! `cargo test --release --test it -- --ignored --nocapture unbreakable`.

use std::fs;
use std::path::Path;

use tempfile::TempDir;
use termsheet::bot::Policy;
use termsheet::host::save::{Damage, Save, Saves, load, open};
use termsheet::host::session::{Control, LoadedLevel, Session};
use termsheet::host::words::Names;
use termsheet::level::check;

use crate::commands::{Ran, termsheet};
use crate::games;

const SMALLEST: &str = include_str!("fixtures/smallest.ron");

/// A game of the smallest level, this many steps in.
fn small(steps: usize) -> Session {
    let level = check("smallest", SMALLEST).expect("it loads");
    let mut controls = vec![Control::Bot(Policy::Normal); level.seats()];
    controls[0] = Control::Human;
    let level = LoadedLevel { level: level.into(), text: SMALLEST.into() };
    let mut session = Session::new(level, controls, 2);
    for _ in 0..steps {
        session.finish_step();
    }
    session
}

fn text(session: &Session) -> Vec<u8> {
    Save::of(session, Names::Real).to_json().expect("a save can be written").into_bytes()
}

/// A message of one sentence, with the way on below it if there is one, fit for a terminal.
fn clear(message: &str) -> bool {
    let control = |c: char| c.is_control() && c != '\n';
    !message.is_empty() && message.lines().count() <= 3 && !message.chars().any(control)
}

/// Every beginning of a save is refused as cut short.
fn cut_everywhere(whole: &[u8]) {
    for cut in 0..whole.len() {
        match Save::from_json(&whole[..cut]) {
            Err(Damage::CutShort) => {}
            other => panic!("cut at byte {cut}: {other:?}"),
        }
    }
}

/// A save with one bit the other way says so, or is the same save.
fn flipped(whole: &[u8], bits: impl Iterator<Item = usize>) {
    let save = Save::from_json(whole).expect("a good save");
    for bit in bits {
        let mut garbled = whole.to_vec();
        garbled[bit / 8] ^= 1 << (bit % 8);
        match Save::from_json(&garbled) {
            // A number's last digit may lie beyond what a number holds: then nothing has changed.
            Ok(read) => assert_eq!(read, save, "bit {bit} was changed unnoticed"),
            Err(damage) => assert!(clear(&damage.to_string()), "bit {bit}: {damage}"),
        }
    }
}

#[test]
fn a_save_cut_at_any_byte_or_with_any_bit_flipped_says_so() {
    let whole = text(&small(9));
    cut_everywhere(&whole);
    flipped(&whole, (0..8 * whole.len()).step_by(101));
}

#[test]
#[ignore = "minutes"]
fn a_large_save_cut_at_every_byte_and_with_every_bit_flipped_says_so() {
    let whole = text(&small(9));
    flipped(&whole, 0..8 * whole.len());
    println!("{} bits of a small save flipped, each noticed or without effect", 8 * whole.len());
    let mut session = games::session(Policy::Normal, 11);
    (0..40).for_each(|_| session.finish_step());
    let whole = text(&session);
    cut_everywhere(&whole);
    println!("a save of {} bytes cut at every byte, each noticed", whole.len());
    flipped(&whole, (0..8 * whole.len()).step_by(31));
    println!("{} bits of it flipped, each noticed or without effect", 8 * whole.len() / 31);
}

#[test]
fn whatever_happens_to_a_save_its_copy_has_the_last_closed_quarter() {
    let home = TempDir::new().expect("the file system works");
    let saves = Saves::in_folder(home.path().join("saves"));
    let session = small(9);
    let path =
        saves.write("evening", &Save::of(&session, Names::Real)).expect("the file system works");
    let whole = fs::read(&path).expect("the file system works");
    let mut damaged: Vec<Vec<u8>> =
        (0..3).map(|part| whole[..whole.len() * part / 3].into()).collect();
    // Newer formats and rules may be a flipped bit too.
    for (from, to) in
        [("\"format\":1", "\"format\":2"), ("\"rules_version\":", "\"rules_version\":9")]
    {
        damaged.push(
            String::from_utf8(whole.clone())
                .expect("the file system works")
                .replacen(from, to, 1)
                .into(),
        );
    }
    damaged.push(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec());
    damaged.push(b"\x1f\x8b\x08\0\0\0\0\0\0\x03".to_vec());
    damaged.push(b"{\"format\":\"\x1b[2J\"}".to_vec());
    damaged.push("[".repeat(100_000).into_bytes());
    damaged.push(format!("{{\"format\":{}", "[".repeat(100_000)).into_bytes());
    for damage in damaged {
        fs::write(&path, &damage).expect("the file system works");
        let ran = termsheet(home.path(), &["resume", "evening", "--text"]);
        assert_eq!(ran.code, 1, "{}", ran.err);
        assert!(clear(&ran.err), "{}", ran.err);
        let way = ran.err.trim_end().rsplit_once("termsheet resume ").expect("a way on").1;
        let (_, recovered) = open(Path::new(way)).expect("it is good");
        assert_eq!(recovered.hashes(), session.hashes());
        assert_eq!(fs::read(&path).expect("the file system works"), damage, "nothing was touched");
        assert_eq!(
            fs::read_dir(home.path().join("saves")).expect("the file system works").count(),
            2
        );
    }
}

/// A level's text with something hostile in place of one of its parts.
fn hostile(part: &str, by: &str) -> String {
    assert!(SMALLEST.contains(part));
    SMALLEST.replacen(part, by, 1)
}

#[test]
fn a_hostile_level_is_refused_in_words_that_a_terminal_can_show() {
    let deep = |bracket: &str| bracket.repeat(50_000);
    let long = "a".repeat(100_000);
    let mut levels = vec![String::new(), deep("("), deep("/*"), format!("({long}: 1)")];
    levels.push(hostile("giants: [", &format!("giants: {}", deep("["))));
    levels.push(hostile("giants: [", &format!("giants: [{}", deep("(),"))));
    levels.push(hostile("cash_bn: 100", &format!("cash_bn: {}1{}", deep("Some("), deep(")"))));
    levels.push(hostile("harbour-town", &long));
    for number in ["1e999", "NaN", "inf", "-inf", "1e30", "9223372036854775808", "-1"] {
        levels.push(hostile("cash_bn: 100", &format!("cash_bn: {number}")));
    }
    for number in ["0", "-0", "1e9", "4294967296", "1000000"] {
        levels.push(hostile("quarters: 4", &format!("quarters: {number}")));
    }
    for title in ["\u{1b}[2J", "a\u{202e}b", "a\u{200b}b", "\\u{1b}]0;x\\u{7}", "\u{9b}31m"] {
        levels.push(hostile("Harbour Town", title));
    }
    for level in levels {
        let problems = check("hostile", &level).expect_err("it is hostile");
        let shown = problems.render(false);
        assert!(!shown.chars().any(|c| c.is_control() && c != '\n'), "{shown:?}");
        assert!(shown.lines().count() < 2_000 && shown.len() < 100_000, "{} bytes", shown.len());
    }
}

#[test]
fn a_save_in_which_nobody_plays_is_played_to_its_end() {
    let home = TempDir::new().expect("the file system works");
    let mut save = Save::of(&small(3), Names::Real);
    save.controls = vec![Control::Bot(Policy::Idle); save.controls.len()];
    Saves::in_folder(home.path().join("saves"))
        .write("evening", &save)
        .expect("the file system works");
    let ran = termsheet(home.path(), &["resume", "evening", "--text"]);
    assert!(!ran.err.contains("panicked"), "{}", ran.err);
}

#[cfg(unix)]
mod by_the_system {
    use std::io::{BufRead, BufReader, Read};
    use std::process::{Command, Stdio};
    use std::thread::sleep;
    use std::time::Duration;

    use super::*;

    const PROGRAM: &str = env!("CARGO_BIN_EXE_termsheet");

    /// Runs a line of bash, in which `$0` is the program, with these lines to read.
    fn bash(home: &Path, line: &str, input: &str) -> Ran {
        fs::write(home.join("input"), input).expect("a folder to write in");
        let output = Command::new("bash")
            .args(["-c", line, PROGRAM])
            .env("TERMSHEET_HOME", home)
            .current_dir(home)
            .stdin(fs::File::open(home.join("input")).expect("what was written"))
            .output()
            .expect("bash");
        Ran {
            code: output.status.code().expect("it ends by itself"),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// A folder with the smallest level in it.
    fn with_a_level() -> TempDir {
        let home = TempDir::new().expect("the file system works");
        fs::write(home.path().join("small.ron"), SMALLEST).expect("the file system works");
        home
    }

    fn names_in(folder: &Path) -> Vec<String> {
        let entries = fs::read_dir(folder).expect("a folder");
        let name = |entry: fs::DirEntry| entry.file_name().to_string_lossy().into_owned();
        let mut names: Vec<String> =
            entries.map(|entry| name(entry.expect("the file system works"))).collect();
        names.sort();
        names
    }

    /// Times the game is saved by name in each quarter of the script.
    const SAVES_A_QUARTER: usize = 5;

    /// Kills a program that saves all the time until so many kills fell inside a write: its
    /// temporary file was still there. After each, the save is the last one or the one under way, and
    /// the next start removes the temporary file. Says how many kills it took.
    fn kill_while_saving(inside: u32) -> u32 {
        let home = with_a_level();
        let saves = home.path().join("saves");
        let quarter = "save evening\n".repeat(SAVES_A_QUARTER) + "pass\nclose\n";
        fs::write(home.path().join("lines"), quarter.repeat(4)).expect("the file system works");
        let (mut kills, mut hits) = (0, 0);
        while hits < inside {
            kills += 1;
            assert!(kills < 40 * inside, "only {hits} of {kills} kills fell inside a write");
            let mut child = Command::new(PROGRAM)
                .args(["play", "small.ron", "--text", "--seed", "1"])
                .env("TERMSHEET_HOME", home.path())
                .current_dir(home.path())
                .stdin(fs::File::open(home.path().join("lines")).expect("the file system works"))
                .stdout(Stdio::piped())
                .spawn()
                .expect("it starts");
            let mut out = BufReader::new(child.stdout.take().expect("piped"));
            let mut said = String::new();
            while !said.contains("Saved as evening.") {
                assert_ne!(out.read_line(&mut said).expect("the file system works"), 0, "{said}");
            }
            // 0 to 50 ms, in steps that do not repeat soon.
            sleep(Duration::from_micros(u64::from(kills * 7_919 % 50_000)));
            child.kill().expect("it runs");
            child.wait().expect("it ends");
            out.read_to_string(&mut said).expect("the file system works");
            let temporary = |names: Vec<String>| names.iter().any(|name| name.starts_with('.'));
            let hit = temporary(names_in(&saves));
            hits += u32::from(hit);
            let done = said.matches("Saved as evening.").count();
            let closed = load(&saves.join("evening.json")).expect("a good save").hashes.len();
            // A save that was done need not have been told of.
            let possible = [(done - 1) / SAVES_A_QUARTER, done / SAVES_A_QUARTER];
            assert!(possible.contains(&closed), "{closed} quarters closed, {done} saves done");
            if hit {
                let again = bash(home.path(), "$0 resume evening --text", "");
                assert_eq!(again.code, 0, "{}", again.err);
                assert!(!temporary(names_in(&saves)), "{:?}", names_in(&saves));
            }
        }
        kills
    }

    #[test]
    fn killed_while_saving_the_old_save_or_the_new_one_is_there() {
        kill_while_saving(3);
    }

    #[test]
    #[ignore = "minutes"]
    fn killed_a_hundred_times_while_saving_the_old_save_or_the_new_one_is_there() {
        let kills = kill_while_saving(100);
        println!("{kills} kills, 100 of them inside a write: every save was good");
    }

    /// No file may grow beyond these bytes.
    fn limited(bytes: usize, command: &str) -> String {
        format!("trap '' XFSZ; exec prlimit --fsize={bytes} -- $0 {command}")
    }

    /// A disk that is full after these bytes: the game goes on, and the save before is there.
    fn full_after(bytes: usize) {
        let home = with_a_level();
        let played = bash(home.path(), "$0 play small.ron --text --seed 1", "pass\nclose\n");
        assert_eq!(played.code, 0, "{}", played.err);
        let saves = home.path().join("saves");
        let before: Vec<(String, Vec<u8>)> = names_in(&saves)
            .into_iter()
            .map(|name| (name.clone(), fs::read(saves.join(name)).expect("the file system works")))
            .collect();
        let ran = bash(home.path(), &limited(bytes, "resume --text"), "pass\nclose\nmarket\n");
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{bytes} bytes");
        let told = ran.out.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            told.contains("The game could not be saved") && told.contains("Make room"),
            "{told}"
        );
        assert!(told.contains("offers 1/") || told.contains("4Q30"), "the game goes on: {told}");
        for (name, contents) in &before {
            assert_eq!(
                &fs::read(saves.join(name)).expect("the file system works"),
                contents,
                "{name}, {bytes} bytes"
            );
        }
        assert_eq!(names_in(&saves).len(), before.len(), "{:?}", names_in(&saves));
    }

    #[test]
    fn a_full_disk_is_told_and_leaves_the_saves_before_it() {
        [0, 1, 4_096].into_iter().for_each(full_after);
    }

    #[test]
    #[ignore = "a minute"]
    fn a_disk_full_after_any_hundred_bytes_leaves_the_saves_before_it() {
        let sizes = (0..4_900).step_by(100);
        println!("{} limits tried, the saves before untouched", sizes.clone().count());
        sizes.for_each(full_after);
    }

    #[test]
    fn a_trace_that_finds_no_room_leaves_what_was_there() {
        let home = with_a_level();
        fs::write(home.path().join("trace"), "an older trace").expect("the file system works");
        let command = "simulate small.ron --games 1 --trace trace";
        let ran = bash(home.path(), &limited(10_000, command), "");
        assert_eq!(ran.code, 1);
        assert!(
            ran.err.lines().count() == 1 && ran.err.contains("cannot be written"),
            "{}",
            ran.err
        );
        assert_eq!(
            fs::read(home.path().join("trace")).expect("the file system works"),
            b"an older trace"
        );
        assert_eq!(names_in(home.path()), ["input", "small.ron", "trace"]);
        let ran = bash(home.path(), "$0 simulate small.ron --games 1 --trace /dev/full", "");
        assert!(ran.code == 1 && ran.err.contains("/dev/full cannot be written"), "{}", ran.err);
        assert!(
            !fs::metadata("/dev/full").expect("the file system works").is_file(),
            "a device stays one"
        );
    }

    #[test]
    fn output_that_nobody_reads_or_that_finds_no_room_ends_without_a_panic() {
        let home = with_a_level();
        let play = "$0 play small.ron --text --seed 1";
        let (script, levels) = ("pass\nclose\n".repeat(4), "$0 levels");
        for (line, code) in [
            (format!("set -o pipefail; {play} | head -1"), 0),
            (format!("{play} >&-"), 0),
            (format!("{levels} >&-"), 0),
            (format!("{levels} >/dev/full"), 1),
            (format!("{levels} >/dev/full 2>/dev/full"), 1),
            ("$0 check none.ron 2>&- >&-".to_owned(), 1),
            ("$0 simulate small.ron --games 2 --format csv >/dev/full".to_owned(), 1),
        ] {
            let ran = bash(home.path(), &line, &script);
            assert_eq!(ran.code, code, "{line}: {}", ran.err);
            assert!(
                ran.err.lines().count() <= 1 && !ran.err.contains("panicked"),
                "{line}: {}",
                ran.err
            );
        }
    }

    #[test]
    fn what_is_no_regular_file_is_refused_at_once() {
        let home = with_a_level();
        assert!(
            Command::new("mkfifo")
                .arg(home.path().join("pipe"))
                .status()
                .expect("the file system works")
                .success()
        );
        let game =
            bash(home.path(), "$0 play small.ron --text --seed 1", "pass\nclose\nsave evening\n");
        assert_eq!(game.code, 0, "{}", game.err);
        for path in ["pipe", "/dev/zero"] {
            for command in [
                format!("$0 resume {path} --text"),
                format!("$0 replay {path}"),
                format!("$0 why {path} cash"),
                format!("$0 branch evening --at 1 --decisions {path}"),
                format!("$0 appraise small.ron --deal {path}"),
                format!("$0 study determinism small.ron --against {path}"),
                format!("$0 play {path} --text"),
            ] {
                let ran = bash(home.path(), &command, "");
                assert_eq!(ran.code, 1, "{command}: {} {}", ran.out, ran.err);
                assert!(
                    !ran.err.is_empty() && !ran.err.contains("panicked"),
                    "{command}: {}",
                    ran.err
                );
                assert!(ran.err.lines().count() <= 4, "{command}: {}", ran.err);
            }
        }
    }

    #[test]
    fn a_home_that_is_no_folder_is_told_once_a_quarter_and_a_relative_one_is_used() {
        let home = with_a_level();
        fs::write(home.path().join("file"), "mine").expect("the file system works");
        let lines = "pass\nclose\nsave evening\n";
        let play = |at: &str| format!("TERMSHEET_HOME={at} $0 play small.ron --text --seed 1");
        for at in ["file", "file/below", "/proc/nothing"] {
            let ran = bash(home.path(), &play(at), lines);
            assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{at}");
            // At the close, by name, and on leaving.
            assert_eq!(ran.out.matches("could not be saved").count(), 3, "{at}: {}", ran.out);
            let front = bash(home.path(), &format!("TERMSHEET_HOME={at} $0 --text"), "");
            assert_eq!((front.code, front.err.as_str()), (0, ""), "{at}");
        }
        assert_eq!(fs::read(home.path().join("file")).expect("the file system works"), b"mine");
        let ran = bash(home.path(), &play("rel/ative"), lines);
        assert_eq!((ran.code, ran.out.contains("could not be saved")), (0, false), "{}", ran.out);
        assert!(home.path().join("rel/ative/saves/evening.json").exists());
    }

    #[test]
    fn lines_without_an_end_and_bytes_that_are_no_text_are_lines_like_others() {
        let home = with_a_level();
        let junk = "head -c 10000 /dev/urandom | $0 play small.ron --text --seed 1";
        let long = "head -c 50000 /dev/zero | tr '\\0' a | $0 play small.ron --text --seed 1";
        for line in [junk, long] {
            let ran = bash(home.path(), &format!("{line} | tr -d '\\n' | tail -c 400"), "");
            assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{line}");
            let control = |c: char| c.is_control();
            assert!(!ran.out.chars().any(control), "{line}: {:?}", ran.out);
        }
    }
}
