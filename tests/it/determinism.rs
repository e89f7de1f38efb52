//! The same level, seed and decisions give the same game.

use std::collections::BTreeSet;

use termsheet::bot::Policy;
use termsheet::host::heavy::{play_heavily, spare_world};
use termsheet::host::save::{Save, rebuild};
use termsheet::host::session::{Control, LoadedLevel, Session};
use termsheet::host::words::Names;
use termsheet::ids::SeatId;
use termsheet::level::Library;
use termsheet::sim::decision::Decision;
use termsheet::sim::setting::Step;
use termsheet::sim::view::Plan;
use termsheet::study::{Batch, determinism, simulate};

use crate::games::{all, flagship, flagship_level, game, play_to_the_end, session};

fn hashes(policy: Policy, seed: u64) -> Vec<String> {
    let mut session = session(policy, seed);
    play_to_the_end(&mut session);
    session.hashes().to_vec()
}

#[test]
fn the_same_seed_gives_the_same_hash_every_quarter() {
    for policy in [Policy::Normal, Policy::Random] {
        let first = hashes(policy, 7);
        assert_eq!(first.len(), flagship_level().quarters as usize);
        assert_eq!(first, hashes(policy, 7));
        assert_ne!(first, hashes(policy, 8));
    }
}

#[test]
fn a_game_started_over_is_the_game_a_new_world_would_give() {
    let mut reused = game(1);
    while !reused.is_over() {
        reused.advance();
    }
    reused.restart(2);
    let mut new = game(2);
    while !new.is_over() {
        assert_eq!(reused.state_hash(), new.state_hash());
        reused.advance();
        new.advance();
    }
    assert_eq!(reused.state_hash(), new.state_hash());
}

#[test]
fn one_thread_and_four_give_the_same_results() {
    let batch = |threads| Batch { level: flagship_level(), games: 12, first_seed: 3, threads };
    let records = |threads| {
        simulate(&batch(threads), &all(Policy::Normal), false, || {}).expect("threads start")
    };
    let alone = records(1);
    assert_eq!(alone.len(), 12);
    assert_eq!(alone, records(4));
}

/// Games of each level in heavy mode: twenty of those of four quarters. Longer ones take a second each,
/// so there are fewer here; `termsheet simulate LEVEL --heavy` plays any number.
fn heavy_games(quarters: u32) -> u64 {
    if quarters <= 4 { 20 } else { 2 }
}

#[test]
fn every_level_saved_and_loaded_at_every_step_keeps_its_hash() {
    for entry in Library::load(None).entries() {
        let level = entry.level.clone().expect("it loads");
        let loaded = LoadedLevel { level, text: entry.text.clone() };
        let mut spare = spare_world(&loaded);
        for seed in 0..heavy_games(loaded.level.quarters) {
            let policy = if seed % 2 == 0 { Policy::Normal } else { Policy::Random };
            let table = vec![policy; loaded.level.seats()];
            let heavy = play_heavily(&loaded, &table, seed, &mut spare);
            let steps = heavy.unwrap_or_else(|astray| panic!("{}: {astray}", entry.id)).steps;
            assert!(steps >= loaded.level.quarters, "{}: {steps} steps", entry.id);
        }
    }
}

#[test]
fn fresh_worlds_and_pooled_worlds_on_two_threads_give_every_quarter_the_same_hash() {
    for policy in [Policy::Normal, Policy::Random] {
        let found = determinism(&flagship_level(), &all(policy), (40, 51), || {});
        let found = found.expect("threads start");
        assert_eq!((found.games, found.quarters), (12, 144));
        assert_eq!(found.differing, []);
    }
}

#[test]
fn saved_and_loaded_at_every_step_the_future_is_the_same() {
    let mut original = session(Policy::Normal, 5);
    let mut saves = vec![Save::of(&original, Names::Real)];
    while !original.game.is_over() {
        original.finish_step();
        saves.push(Save::of(&original, Names::Real));
    }
    for save in saves {
        let text = save.to_json().expect("a save can be written");
        let read = Save::from_json(text.as_bytes()).expect("and read");
        let mut loaded = rebuild(&read).expect("and played on");
        play_to_the_end(&mut loaded);
        assert_eq!(loaded.hashes(), original.hashes(), "saved after {} steps", save.steps.len());
        assert_eq!(loaded.game.history(), original.game.history());
    }
}

/// A game of one person and bots, up to the plan of the first quarter, with a plan decided.
fn with_a_plan_decided() -> Session {
    let level = flagship();
    let mut controls = vec![Control::Bot(Policy::Normal); level.level.seats()];
    controls[0] = Control::Human;
    let mut session = Session::new(level, controls, 4);
    while session.game.step() != Step::Plan {
        session.finish_step();
    }
    let Plan::Giant(mut plan) = session.game.view(SeatId(0)).plan else { panic!("a giant") };
    plan.price[0] = 0.9;
    session.submit(SeatId(0), Decision::Run(plan)).expect("a legal plan");
    session
}

#[test]
fn what_a_person_has_decided_but_not_sent_is_saved_too() {
    let mut original = with_a_plan_decided();
    let mut loaded = rebuild(&Save::of(&original, Names::Real)).expect("a good save");
    assert_eq!(loaded.game.decided(), original.game.decided());
    assert_eq!(loaded.game.state_hash(), original.game.state_hash());
    original.finish_step();
    loaded.finish_step();
    assert_eq!(loaded.hashes(), original.hashes());
}

#[test]
fn a_fork_goes_its_own_way_and_leaves_the_original_untouched() {
    let original = with_a_plan_decided().game;
    let before = (original.state_hash(), original.history().len());
    let mut fork = original.fork();
    assert_eq!(fork.state_hash(), original.state_hash());
    fork.withdraw(SeatId(0));
    let mut seen = BTreeSet::new();
    while !fork.is_over() {
        fork.advance();
        seen.insert(fork.state_hash());
    }
    assert!(seen.len() > 12);
    assert_eq!(before, (original.state_hash(), original.history().len()));
    let mut second = original.fork();
    second.advance();
    assert!(!seen.contains(&second.state_hash()), "the plan made no difference");
}
