//! What no game may break, whoever plays.

use serde_json::Value;
use termsheet::bot::Policy;
use termsheet::host::session::Session;
use termsheet::sim::game::Game;
use termsheet::study::play;
use termsheet::units::Money;

use crate::games::{all, game, session};

const SEEDS: [u64; 3] = [1, 2, 3];

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

/// Components of one kind in a snapshot, which has pairs of a place and a component.
fn components<'a>(state: &'a Value, kind: &str) -> impl Iterator<Item = &'a Value> {
    let list = state[kind].as_array().unwrap_or_else(|| panic!("no {kind} in the snapshot"));
    list.iter().map(|pair| &pair[1])
}

fn within_nought_and_one(what: &str, value: &Value) {
    let value = number(value);
    assert!((0.0..=1.0).contains(&value), "{what} is {value}");
}

fn check_numbers(game: &Game) {
    let text = ron::to_string(&game.snapshot()).expect("plain data");
    let odd =
        text.split(|c: char| !c.is_alphanumeric()).find(|word| matches!(*word, "NaN" | "inf"));
    assert_eq!(odd, None, "in {text}");
}

fn check_shares(state: &Value) {
    for table in components(state, "cap_tables") {
        let held: i64 = table["holdings"]
            .as_array()
            .expect("holdings")
            .iter()
            .map(|holding| {
                let shares = holding["shares"].as_i64().expect("whole shares");
                assert!(shares >= 0);
                shares
            })
            .sum();
        assert_eq!(Some(held), table["total"].as_i64());
    }
    let results: Vec<&Value> = components(state, "cloud_results").collect();
    let sum = |of: &dyn Fn(&Value) -> f64| results.iter().map(|result| of(result)).sum::<f64>();
    let segments = results[0]["share_by_segment"].as_array().map_or(0, Vec::len);
    assert!(segments > 0);
    let is_whole = |sum: f64, what: &str| assert!((sum - 1.0).abs() < 1e-9, "{what}: {sum}");
    is_whole(sum(&|result| number(&result["share"])), "shares of the market");
    for segment in 0..segments {
        let share = |result: &Value| number(&result["share_by_segment"][segment]);
        is_whole(sum(&share), "shares of a segment");
    }
}

fn check_ranges(state: &Value) {
    for standing in components(state, "standings") {
        within_nought_and_one("independence", &standing["independence"]);
        let runway = number(&standing["runway"]);
        assert!((0.0..=12.0).contains(&runway), "a runway of {runway} quarters");
    }
    for heat in components(state, "heats") {
        within_nought_and_one("heat", heat);
    }
    for trust in components(state, "trust") {
        for trust in trust.as_array().expect("trust by giant") {
            within_nought_and_one("trust", trust);
        }
    }
}

fn check(session: &Session) {
    let game = &session.game;
    check_numbers(game);
    let state = serde_json::to_value(game.snapshot()).expect("plain data");
    check_shares(&state);
    check_ranges(&state);
}

#[test]
fn money_shares_and_ranges_hold_after_every_step() {
    for seed in SEEDS {
        let mut session = session(Policy::Normal, seed);
        let total: Money = session.game.books().total();
        check(&session);
        while !session.game.is_over() {
            session.finish_step();
            assert_eq!(session.game.books().total(), total, "money was made or lost");
            check(&session);
        }
        assert!(!session.game.deals().is_empty(), "nothing was signed");
    }
}

#[test]
fn every_bot_plays_the_flagship_to_its_end_within_the_rules() {
    for policy in Policy::ALL {
        for seed in SEEDS {
            let mut game = game(seed);
            let refused = play(&mut game, &all(policy), |_| {});
            assert!(game.is_over());
            assert_eq!(refused, 0, "{policy} with seed {seed} decided what the rules refuse");
            check_numbers(&game);
        }
    }
}

#[test]
fn what_is_no_number_would_be_seen() {
    assert_eq!(ron::to_string(&[f64::NAN, f64::INFINITY]).unwrap(), "(NaN,inf)");
}
