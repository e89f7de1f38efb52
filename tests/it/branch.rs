//! Closed quarters taken up again: by command, in play, and at the end of a game.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;
use termsheet::bot::{Bot, Policy, bot_seed};
use termsheet::host::save::{Save, Saves};
use termsheet::host::session::{Control, Session};
use termsheet::host::words::Names;
use termsheet::ids::{DealId, SeatId};
use termsheet::sim::game::Game;
use termsheet::study::{Change, Departure, NoBranch, Others, Played, Trials, Why, compare, worth};
use termsheet::units::Quarter;

use crate::commands::termsheet;
use crate::games::flagship;
use crate::terminal::{as_amazon, idly};

const AMAZON: SeatId = SeatId(0);
const OPENAI: SeatId = SeatId(5);

/// A game in which a person sits in this seat, and decides as a normal bot would.
fn by_a_person(seat: SeatId, seed: u64) -> Session {
    let level = flagship();
    let mut controls = vec![Control::Bot(Policy::Normal); level.level.seats()];
    controls[seat.index()] = Control::Human;
    let mut person = Bot::new(Policy::Normal, bot_seed(&level.level, seat, seed));
    let mut session = Session::new(level, controls, seed);
    while !session.game.is_over() {
        for decision in person.choose(&session.game.view(seat)) {
            session.submit(seat, decision).expect("what a bot decides is legal");
        }
        session.finish_step();
    }
    session
}

fn kept(home: &Path, session: &Session) {
    let saves = Saves::in_folder(home.join("saves"));
    saves.write("whole", &Save::of(session, Names::Real)).expect("written");
}

fn silent(played: &Played, seat: SeatId, quarter: Quarter) -> Departure {
    let decided = played.decided(seat, quarter);
    let quiet = |change: Change| Change { decisions: Vec::new(), ..change };
    // Talks may end sooner where nothing is said, but the first offers and the plan always come.
    let ends = [decided.first(), decided.last()];
    Departure::Decided(ends.into_iter().flatten().cloned().map(quiet).collect())
}

#[test]
fn a_branch_that_decides_the_same_is_the_same_game() {
    for seat in [AMAZON, OPENAI] {
        let session = by_a_person(seat, 4);
        let played = Played::of(session.tape()).expect("a sound record");
        let mut game = Game::new(session.level.level.clone(), 0);
        for quarter in [1, 3, 7] {
            let same = Departure::Decided(played.decided(seat, Quarter(quarter)));
            for others in [Others::Asked, Others::AsPlayed] {
                let branch = played.branch(&mut game, &same, others);
                let branch = branch.expect("a branch");
                assert_eq!(branch.history, played.history, "{others:?}, from {quarter}");
                assert_eq!(game.state_hash(), session.game.state_hash());
                assert!(branch.dropped.is_empty());
            }
        }
    }
}

#[test]
fn a_branch_parts_from_the_game_where_something_is_decided_otherwise_and_not_before() {
    let session = by_a_person(AMAZON, 4);
    let played = Played::of(session.tape()).expect("a sound record");
    let mut game = Game::new(session.level.level.clone(), 0);
    let quiet = silent(&played, AMAZON, Quarter(3));
    let (found, branch) = compare(&played, &mut game, &quiet, AMAZON).expect("a branch");
    assert_eq!(branch.history[..2], played.history[..2]);
    assert_eq!(found.quarters[0].quarter, Quarter(3));
    assert_eq!(found.quarters.len(), 10);
    let last = found.quarters.last().expect("a quarter");
    for number in last.goals.iter().chain([&last.score]) {
        let parts = number.by_the_decision + number.by_the_answers;
        assert!((parts - number.whole()).abs() < 1e-9, "{number:?}");
    }
    assert!(found.quarters.iter().any(|each| each.score.whole() != 0.0));
}

#[test]
fn later_decisions_are_kept_only_where_they_mean_the_same() {
    let session = by_a_person(OPENAI, 4);
    let played = Played::of(session.tape()).expect("a sound record");
    let mut game = Game::new(session.level.level.clone(), 0);
    let own = played.deals.iter().find(|deal| deal.fact.is_some() && deal.lab.0 == 0);
    let deal = own.expect("the lab signed something").id;
    let branch = played.branch(&mut game, &Departure::Unsigned(deal), Others::Asked);
    let branch = branch.expect("a branch");
    let gone = &played.deals[deal.index()];
    let same = branch
        .deals
        .iter()
        .any(|other| (other.giant, other.lab, other.signed) == (gone.giant, gone.lab, gone.signed));
    assert!(!same, "the deal is signed in the branch too");
    assert!(!branch.dropped.is_empty(), "nothing depended on the deal");
    assert!(branch.dropped.iter().all(|dropped| dropped.seat == OPENAI));
    assert!(branch.dropped.iter().any(|dropped| dropped.why != Why::Unreached));
    let none = Departure::Unsigned(DealId(999));
    assert_eq!(played.branch(&mut game, &none, Others::Asked).err(), Some(NoBranch::Nothing));
}

#[test]
fn the_command_sets_a_branch_beside_the_game() {
    let home = TempDir::new().unwrap();
    kept(home.path(), &by_a_person(AMAZON, 4));
    let shown = termsheet(home.path(), &["branch", "whole", "--at", "1Q26", "--show"]);
    assert_eq!((shown.code, shown.err.as_str()), (0, ""));
    assert!(shown.out.contains("seat: \"amazon\"") && shown.out.contains("Offers(0)"));
    let file = home.path().join("decisions.ron");
    let path = file.display().to_string();
    let branch = ["branch", "whole", "--at", "1Q26", "--decisions", &path];

    fs::write(&file, &shown.out).unwrap();
    let same = termsheet(home.path(), &branch);
    assert_eq!((same.code, same.err.as_str()), (0, ""));
    assert!(same.out.contains("The two lines of play are the same."), "{}", same.out);

    fs::write(&file, "(steps: [(step: Offers(0), decisions: [])])").unwrap();
    let quiet = termsheet(home.path(), &branch);
    assert_eq!(quiet.code, 0, "{}", quiet.err);
    for words in [
        "practice, no medal",
        "Score",
        "Cloud share",
        "What differs",
        "Decided, 1Q26, offers 1/3: nothing; in the game: ",
        "4Q28",
    ] {
        assert!(quiet.out.contains(words), "{words}: {}", quiet.out);
    }
    assert!(quiet.out.lines().all(|line| line.chars().count() <= 80), "{}", quiet.out);
    let json = termsheet(home.path(), &[&branch[..], &["--format", "json"]].concat());
    let value: Value = serde_json::from_str(&json.out).expect("JSON");
    assert_eq!((&value["seat"], &value["practice"]), (&"amazon".into(), &true.into()));
    assert_eq!(value["quarters"].as_array().map(Vec::len), Some(12));
}

#[test]
fn what_cannot_be_decided_in_a_branch_is_said_in_one_sentence() {
    let home = TempDir::new().unwrap();
    kept(home.path(), &by_a_person(AMAZON, 4));
    let file = home.path().join("decisions.ron");
    let path = file.display().to_string();
    let with = |text: &str, at: &str| {
        fs::write(&file, text).unwrap();
        termsheet(home.path(), &["branch", "whole", "--at", at, "--decisions", &path])
    };
    let dear = "(steps: [(step: Offers(0), decisions: [Offer(to: 5, sheet: \
                (cash: 900000000000, pre_money: 500000000000))])])";
    let refused = with(dear, "2");
    assert_eq!((refused.code, refused.out.as_str()), (1, ""));
    assert_eq!(refused.err.lines().count(), 1, "{}", refused.err);
    assert!(refused.err.contains("2Q26") && refused.err.contains("OpenAI"), "{}", refused.err);
    let garbled = with("(steps: [(step: Offers(0), decision: [])])", "2");
    assert_eq!(garbled.code, 1);
    assert!(garbled.err.contains("decisions.ron") && garbled.err.contains("decision"));
    let late = with("(steps: [])", "4Q40");
    assert_eq!(late.code, 2);
    assert!(late.err.contains("1Q26 to 4Q28"), "{}", late.err);
    let json = with("[{\"quarter\": 1}]", "1");
    assert_eq!(json.code, 1);
    assert!(json.err.contains("missing field"), "{}", json.err);
}

#[test]
fn a_quarter_taken_up_in_play_leaves_the_game_as_it_was() {
    let lines = "pass\nclose\npass\nclose\npass\n";
    let plain = as_amazon(lines);
    let practised = as_amazon(&format!(
        "{lines}branch 1Q26\noffer openai 10 at 500 access early 8\nsave nowhere\npass\ndone\npass\npass\nclose\nback\nplan\n"
    ));
    let text = &practised.text;
    assert_eq!(practised.session.game.state_hash(), plain.session.game.state_hash());
    assert_eq!(practised.session.steps(), plain.session.steps());
    assert!(text.contains("practice, 1Q26 Amazon, offers 1/3>"), "{text}");
    assert!(text.contains("Practice is not saved"), "{text}");
    assert!(text.contains("Back in the game") && text.contains("your doing"), "{text}");
    assert!(text.contains("3Q26 Amazon, plan> plan"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80));
    let early = as_amazon("branch 1Q26\nback\nbranch\n").text;
    assert!(early.contains("No quarter has been closed yet"), "{early}");
    assert!(early.contains("You are in the game itself"), "{early}");
}

#[test]
fn practice_ends_where_the_game_stands() {
    let lines = "pass\nclose\npass\nclose\n";
    let text = as_amazon(&format!("{lines}branch 1\n{}", idly())).text;
    let practice = text.split("Back in the game").next().expect("some text");
    assert!(practice.contains("practice, 2Q26 Amazon"), "{practice}");
    assert!(!practice.contains("practice, 3Q26"), "luck still to come");
    assert_eq!(text.matches("The judgement").count(), 1, "practice brings no medal");
}

#[test]
fn a_finished_game_tells_what_made_it() {
    let session = by_a_person(AMAZON, 4);
    let played = Played::of(session.tape()).expect("a sound record");
    let trials = |threads| Trials { games: 6, missed: 6, threads };
    let found = worth(&played, AMAZON, trials(2)).expect("a study");
    assert_eq!(found, worth(&played, AMAZON, trials(1)).expect("a study"));
    let own = played.deals.iter().filter(|deal| deal.fact.is_some() && deal.giant.0 == 0);
    assert_eq!(found.deals.len(), own.count());
    let sizes: Vec<f64> =
        found.turning_points.iter().map(|point| point.made.points().abs()).collect();
    assert!(sizes.windows(2).all(|pair| pair[0] >= pair[1]) && sizes[0] > 0.0);
    let luck = found.luck.expect("a whole game");
    // The person decided as the bot does, so under this luck the bot gets the same.
    let own = session.game.view(AMAZON).score.scaled;
    assert_eq!(luck.bot_here_points, own);
    assert_eq!(luck.luck, luck.standing);
    assert!((0.0..=1.0).contains(&luck.luck));
}

#[test]
fn the_judgement_says_whether_it_was_worth_it() {
    let lines = "offer openai suggestion\ndone\naccept openai\ndone\npass\n";
    let text = as_amazon(&format!("{lines}{}", idly())).text;
    let judgement = text.split("The judgement").nth(1).expect("a judgement");
    assert!(judgement.contains("Turning points"), "{judgement}");
    assert!(judgement.contains("Skill and luck"), "{judgement}");
    assert!(judgement.contains("in the middle of 60 games"), "{judgement}");
}
