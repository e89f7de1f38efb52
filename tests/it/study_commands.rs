//! The commands that look at levels from outside: deals appraised, games as rows, a designer's own
//! folder of levels.

use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use serde_json::Value;
use tempfile::TempDir;

use crate::commands::{Ran, run, termsheet};
use crate::games::FLAGSHIP;

const SMALLEST: &str = include_str!("fixtures/smallest.ron");

/// A folder with a deal file, and the file's path.
fn deal(text: &str) -> (TempDir, String) {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("deal.ron");
    fs::write(&path, text).expect("a file");
    let path = path.display().to_string();
    (folder, path)
}

fn appraise(text: &str, more: &[&str]) -> Ran {
    let (_folder, path) = deal(text);
    run(&[&["appraise", FLAGSHIP, "--deal", &path], more].concat())
}

const COURTSHIP: &str = "(giant: \"amazon\", lab: \"openai\", cash_bn: 10, pre_money_bn: 100,
    access: Early, access_quarters: 8, board: Observer)";

#[test]
fn a_deals_rows_sum_to_what_each_side_decides_on() {
    for quarter in ["1", "4"] {
        let ran = appraise(COURTSHIP, &["--quarter", quarter, "--format", "json"]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""));
        let value: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(value["quarter"].to_string(), quarter);
        let mut joint = 0.0;
        for side in ["giant", "lab"] {
            let side = &value[side];
            let rows = side["rows"].as_array().unwrap();
            let sum: f64 = rows.iter().map(|row| row["bn"].as_f64().unwrap()).sum();
            let total = side["total_bn"].as_f64().unwrap();
            assert!((sum - total).abs() < 1e-9, "{sum} against {total}");
            let held: Vec<f64> = side["hold_out_bn"]
                .as_array()
                .unwrap()
                .iter()
                .map(|least| least.as_f64().unwrap())
                .collect();
            assert!(held.windows(2).all(|pair| pair[1] <= pair[0]), "it concedes: {held:?}");
            assert_eq!(side["reserve_bn"].as_f64(), held.last().copied());
            joint += total;
        }
        assert!((joint - value["joint_bn"].as_f64().unwrap()).abs() < 1e-9);
    }
}

#[test]
fn an_appraisal_says_who_signs_and_at_what_price_the_other_would() {
    let dear = COURTSHIP.replace("pre_money_bn: 100", "pre_money_bn: 900");
    let ran = appraise(&dear, &[]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("Amazon does not sign"), "{}", ran.out);
    assert!(ran.out.contains("It would sign at"), "{}", ran.out);
    let value: Value = serde_json::from_str(&appraise(&dear, &["--format", "json"]).out).unwrap();
    let price = value["giant"]["signs_at_pre_money_bn"].as_f64().unwrap();
    let fair = COURTSHIP.replace("pre_money_bn: 100", &format!("pre_money_bn: {:.3}", price - 0.5));
    let value: Value = serde_json::from_str(&appraise(&fair, &["--format", "json"]).out).unwrap();
    assert!(value["giant"]["signs_in_round"].is_number(), "at the price it named it signs");
}

#[test]
fn the_command_may_name_the_sides_in_place_of_the_file() {
    let plain = "(cash_bn: 2, pre_money_bn: 90)";
    let ran = appraise(plain, &["--giant", "google", "--lab", "anthropic", "--format", "json"]);
    let value: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(
        (&value["giant"]["seat"], &value["lab"]["seat"]),
        (&"google".into(), &"anthropic".into())
    );
    assert_eq!(appraise(COURTSHIP, &["--quarter", "13"]).code, 2);
}

/// The error's text, the folder's own name left out.
fn error(text: &str) -> String {
    let (_folder, path) = deal(text);
    let ran = run(&["appraise", FLAGSHIP, "--deal", &path]);
    assert_eq!(ran.code, 1, "{}", ran.out);
    ran.err.replace(&path, "deal.ron")
}

#[test]
fn a_mistake_in_a_deal_is_shown_in_its_place() {
    assert_snapshot!(error(
        "(\n    giant: \"amazn\",\n    lab: \"openai\",\n    cash_bn: -1,\n    pre_money_bn: 100,\n)"
    ));
}

#[test]
fn a_typo_in_a_deal_names_the_field_that_was_meant() {
    let error = error("(\n    giant: \"amazon\",\n    lab: \"openai\",\n    premoney_bn: 100,\n)");
    assert!(error.contains("the deal has no field `premoney_bn`"), "{error}");
    assert!(error.contains("deal.ron:4:5"), "{error}");
    assert!(error.contains("did you mean `pre_money_bn`?"), "{error}");
}

#[test]
fn a_deal_needs_two_sides_and_a_clause_its_term() {
    assert_snapshot!("a_deal_without_sides", error("(cash_bn: 10, pre_money_bn: 100)"));
    assert_snapshot!(
        "a_clause_without_its_term",
        error("(giant: \"amazon\", lab: \"openai\", cash_bn: 1, pre_money_bn: 100, access: Early)")
    );
    let nothing = error("(giant: \"amazon\", lab: \"openai\", pre_money_bn: 100)");
    assert!(nothing.contains("must be above 0"), "{nothing}");
    let no_cloud = error(
        "(giant: \"nvidia\", lab: \"openai\", cash_bn: 1, pre_money_bn: 100, \
          access: Early, access_quarters: 4)",
    );
    assert!(no_cloud.contains("has none"), "{no_cloud}");
}

/// Comma-separated text by row; none of ours needs quotes.
fn rows(text: &str) -> Vec<Vec<&str>> {
    text.lines().map(|line| line.split(',').collect()).collect()
}

#[test]
fn games_come_as_rows_with_stable_heads() {
    let csv = ["simulate", FLAGSHIP, "--games", "2", "--format", "csv"];
    let ran = run(&csv);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let table = rows(&ran.out);
    assert_eq!(
        table[0][..6],
        ["level", "seed", "seat", "bot", "raw_score_points", "scaled_score_points"]
    );
    assert_eq!(table.len(), 1 + 2 * 7, "a row a game and seat");
    assert!(table.iter().all(|row| row.len() == table[0].len()));
    let medal = table[0].iter().position(|head| *head == "medal").unwrap();
    assert!(
        table[1..].iter().all(|row| { ["none", "bronze", "silver", "gold"].contains(&row[medal]) })
    );
    // A seat's goals, weighed as the level says, are its raw score.
    let level = crate::games::flagship_level();
    let value = |place: usize, head: &str| -> f64 {
        let column = table[0].iter().position(|other| *other == head).unwrap();
        table[place][column].parse().unwrap()
    };
    let goals = level.goals(termsheet::ids::SeatId(0));
    let raw: f64 = goals
        .iter()
        .enumerate()
        .map(|(goal, file)| file.weight * value(1, &format!("goal_{}_credit", goal + 1)))
        .sum();
    assert!((raw - value(1, "raw_score_points")).abs() < 1e-9);

    let quarters = run(&[&csv[..], &["--per-quarter"]].concat());
    let by_quarter = rows(&quarters.out);
    assert_eq!(by_quarter.len(), 1 + 2 * 12 * 7, "a row a game, quarter and seat");
    assert_eq!(by_quarter[0][..4], ["level", "seed", "quarter", "seat"]);
    let last = by_quarter.iter().find(|row| row[2] == "12" && row[3] == "amazon").unwrap();
    assert_eq!(last[5], table[1][4], "the last quarter's score is the game's");
    assert_eq!(run(&["simulate", FLAGSHIP, "--per-quarter"]).code, 2);
}

fn write_level(home: &Path, name: &str, text: &str) {
    fs::create_dir_all(home.join("levels")).expect("a folder");
    fs::write(home.join("levels").join(name), text).expect("a file");
}

#[test]
fn a_designers_own_folder_stands_beside_the_built_in_levels() {
    let home = TempDir::new().unwrap();
    write_level(home.path(), "harbour.ron", SMALLEST);
    write_level(home.path(), "draft.ron", "(format: 1, id: \"draft\", tilte: \"x\")");
    let listed = termsheet(home.path(), &["levels"]);
    assert_eq!(listed.code, 0, "{}", listed.err);
    for shown in [FLAGSHIP, "harbour-town", "draft", "does not load"] {
        assert!(listed.out.contains(shown), "{shown} is not in:\n{}", listed.out);
    }
    // By its id, like a built-in one: played, studied, appraised.
    let played = termsheet(home.path(), &["simulate", "harbour-town", "--games", "2"]);
    assert_eq!((played.code, played.err.as_str()), (0, ""));
    let (_folder, path) = deal("(giant: \"north\", cash_bn: 1, pre_money_bn: 10)");
    let found = termsheet(home.path(), &["appraise", "harbour-town", "--deal", &path]);
    assert_eq!(found.code, 0, "one lab needs not be named: {}", found.err);
    let broken = termsheet(home.path(), &["simulate", "draft", "--games", "1"]);
    assert_eq!(broken.code, 1);
    assert!(broken.err.contains("tilte"), "{}", broken.err);
    let shelf = termsheet(home.path(), &[]);
    assert!(shelf.out.contains("HARBOUR TOWN"), "{}", shelf.out);
}

#[test]
fn studies_print_for_people_and_for_programs() {
    let small = ["--games", "2", "--threads", "1"];
    let pace = run(&[&["study", "pace", FLAGSHIP], &small[..]].concat());
    assert_eq!(pace.code, 0, "{}", pace.err);
    assert!(pace.out.contains("half-time leaders that win"), "{}", pace.out);
    let bargain = run(&[&["study", "bargain", FLAGSHIP], &small[..]].concat());
    assert!(bargain.out.contains("lowballer"), "{}", bargain.out);
    let ran = run(&["study", "strategies", FLAGSHIP, "--freeze", "prise"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("price"), "{}", ran.err);
    let ran = run(&["study", "strategies", FLAGSHIP, "--seat", "openai"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("amazon"), "{}", ran.err);
}

#[test]
fn the_games_of_one_build_are_compared_with_those_of_another() {
    let home = TempDir::new().unwrap();
    let file = home.path().join("hashes").display().to_string();
    let study = ["study", "determinism", "boardroom-weekend"];
    let with = |more: &[&str]| termsheet(home.path(), &[&study[..], more].concat());
    let written = with(&["--from", "7", "--to", "9", "--write", &file]);
    assert_eq!(written.code, 0, "{}", written.err);
    let same = with(&["--against", &file]);
    assert_eq!(same.code, 0, "{}", same.err);
    assert!(
        same.out.contains("seeds 7 to 9: 3 games, 12 quarters compared, 0 differ"),
        "{}",
        same.out
    );
    // A digit of the last quarter.
    let text = fs::read_to_string(&file).unwrap();
    let last = text.rfind("\"]]").unwrap() - 1;
    let digit = if &text[last..=last] == "0" { "1" } else { "0" };
    let changed = format!("{}{digit}{}", &text[..last], &text[last + 1..]);
    fs::write(&file, changed).unwrap();
    let other = with(&["--against", &file]);
    assert_eq!(other.code, 1);
    assert!(other.out.contains("1 differ.\nseed 9, quarter 4"), "{}", other.out);
    for (from, to, says) in [
        ("\"rules_version\":", "\"rules_version\":9", "rules 9"),
        ("boardroom-weekend", "elsewhere", "not of boardroom-weekend"),
        ("\"from_seed\"", "\"from\"", "no hashes of games"),
    ] {
        fs::write(&file, text.replacen(from, to, 1)).unwrap();
        let refused = with(&["--against", &file]);
        assert_eq!(refused.code, 1);
        assert!(refused.err.contains(says), "{}", refused.err);
    }
}
