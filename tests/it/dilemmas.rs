//! Dilemmas and cards over whole games: how often, to whom, and what stays true.

use std::collections::BTreeSet;
use std::sync::Arc;

use termsheet::bot::{Bot, Policy, bot_seed};
use termsheet::ids::{Role, SeatId};
use termsheet::level::Level;
use termsheet::sim::decision::{Decision, Refusal};
use termsheet::sim::dilemmas::rules::trailing;
use termsheet::sim::fact::Fact;
use termsheet::sim::game::Game;
use termsheet::sim::setting::Step;
use termsheet::units::Quarter;

use crate::games::{flagship_level, game};
use crate::terminal::as_amazon;

/// Plays a game with these bots, looking at every step before it runs.
fn watched(level: &Arc<Level>, policy: Policy, seed: u64, mut look: impl FnMut(&mut Game)) -> Game {
    let mut game = Game::new(Arc::clone(level), seed);
    let mut bots: Vec<Bot> =
        level.seat_ids().map(|seat| Bot::new(policy, bot_seed(level, seat, seed))).collect();
    while !game.is_over() {
        look(&mut game);
        for (seat, bot) in bots.iter_mut().enumerate() {
            let seat = SeatId(seat as u8);
            for decision in bot.choose(&game.view(seat)) {
                let answers = matches!(decision, Decision::Answer { .. } | Decision::Play { .. });
                let result = game.submit(seat, decision);
                assert!(!answers || result.is_ok(), "{decision:?}: {result:?}");
            }
        }
        game.advance();
    }
    game
}

#[test]
fn every_second_quarter_asks_every_seat_something_new_and_the_last_asks_nothing() {
    let level = flagship_level();
    for seed in 0..20 {
        let mut asked: Vec<Vec<(u32, u8)>> = vec![Vec::new(); level.seats()];
        watched(&level, Policy::Greedy, seed, |game| {
            if game.step() != Step::Offers(0) {
                return;
            }
            for seat in level.seat_ids() {
                if let Some(pending) = game.view(seat).dilemma {
                    asked[seat.index()].push((game.quarter().0, pending.dilemma.0));
                }
            }
        });
        for (seat, asked) in asked.iter().enumerate() {
            let quarters: Vec<u32> = asked.iter().map(|(quarter, _)| *quarter).collect();
            assert_eq!(quarters.first(), Some(&2), "seat {seat}, seed {seed}");
            assert!(quarters.iter().all(|quarter| *quarter < level.quarters));
            let gaps = quarters.windows(2).all(|pair| pair[1] - pair[0] <= 2);
            assert!(gaps && *quarters.last().unwrap() >= 10, "seat {seat}, seed {seed}: {asked:?}");
            let different: BTreeSet<u8> = asked.iter().map(|(_, dilemma)| *dilemma).collect();
            assert_eq!(different.len(), asked.len(), "seat {seat}, seed {seed}: {asked:?}");
        }
    }
}

#[test]
fn games_differ_in_what_is_asked() {
    let level = flagship_level();
    let mut seen = BTreeSet::new();
    for seed in 0..20 {
        let game = watched(&level, Policy::Idle, seed, |_| {});
        let asked: Vec<u8> = game
            .history()
            .iter()
            .flat_map(|closed| &closed.facts)
            .filter_map(|fact| match fact {
                Fact::Answered { seat: SeatId(0), dilemma, .. } => Some(dilemma.0),
                _ => None,
            })
            .collect();
        seen.insert(asked);
    }
    assert!(seen.len() >= 18, "{seen:?}");
}

#[test]
fn silence_gives_the_answer_it_is_said_to_give() {
    let level = flagship_level();
    let game = watched(&level, Policy::Idle, 4, |_| {});
    let mut answers = 0;
    for fact in game.history().iter().flat_map(|closed| &closed.facts) {
        if let Fact::Answered { dilemma, answer, by_silence, .. } = fact {
            assert!(by_silence);
            assert_eq!(*answer, level.dilemmas[dilemma.index()].silence);
            answers += 1;
        }
    }
    assert!(answers >= 5 * level.seats(), "{answers}");
}

#[test]
fn an_answer_is_given_once_in_any_step_and_stands() {
    let mut game = game(2);
    while game.quarter() < Quarter(2) {
        game.advance();
    }
    let seat = SeatId(0);
    let pending = game.view(seat).dilemma.expect("the second quarter asks everybody");
    let answers = flagship_level().dilemmas[pending.dilemma.index()].answers.len() as u8;
    let decide = |answer| Decision::Answer { dilemma: pending.dilemma, answer };
    assert_eq!(game.submit(seat, decide(answers)), Err(Refusal::NoSuchAnswer { answers }));
    let silent = flagship_level().dilemmas[pending.dilemma.index()].silence;
    game.submit(seat, decide(silent)).unwrap();
    game.submit(seat, decide(silent)).unwrap();
    assert_eq!(game.decided()[0].len(), 1, "a second answer in the same step replaces the first");
    game.advance();
    assert_eq!(game.view(seat).dilemma.and_then(|pending| pending.answer), Some(silent));
    assert_eq!(game.submit(seat, decide(silent)), Err(Refusal::AlreadyAnswered));
    while game.quarter() < Quarter(3) {
        game.advance();
    }
    assert_eq!(game.submit(seat, decide(silent)), Err(Refusal::NoSuchDilemma));
    let told = game.history()[1].facts.iter().any(|fact| {
        matches!(fact, Fact::Answered { seat: whose, answer, by_silence: false, .. }
            if *whose == seat && *answer == silent)
    });
    assert!(told);
}

#[test]
fn private_answers_are_read_by_nobody_else() {
    let level = flagship_level();
    let game = watched(&level, Policy::Normal, 6, |_| {});
    let mut private = 0;
    for fact in game.history().iter().flat_map(|closed| &closed.facts) {
        if let Fact::Answered { seat, dilemma, public, .. } = fact {
            assert_eq!(*public, level.dilemmas[dilemma.index()].public);
            for reader in level.seat_ids() {
                assert_eq!(fact.seen_by(reader), *public || reader == *seat);
            }
            private += u32::from(!public);
        }
    }
    assert!(private > 0);
}

#[test]
fn only_those_who_trail_hold_cards_and_each_is_played_once() {
    let level = flagship_level();
    let trail = trailing(level.seats());
    let (mut dealt, mut played) = (0, 0);
    for seed in 0..10 {
        let game = watched(&level, Policy::Normal, seed, |_| {});
        for closed in game.history() {
            let mut order: Vec<SeatId> = level.seat_ids().collect();
            let score = |seat: &SeatId| closed.scores.scaled(&level, *seat);
            order.sort_by(|one, other| score(one).total_cmp(&score(other)).then(one.cmp(other)));
            for fact in &closed.facts {
                match fact {
                    Fact::CardDealt { seat, .. } => {
                        assert!(level.cards_after.contains(&closed.quarter.0));
                        assert!(order[..trail].contains(seat), "seed {seed}: {fact:?}");
                        dealt += 1;
                    }
                    Fact::CardPlayed { .. } => played += 1,
                    _ => {}
                }
            }
        }
    }
    assert_eq!(dealt, 10 * 2 * trail, "two deals a game");
    assert!(played > dealt / 2 && played <= dealt, "{played} of {dealt}");
}

#[test]
fn a_card_is_played_in_a_plan_by_who_holds_it() {
    let mut game = game(3);
    while game.quarter() < Quarter(5) {
        game.advance();
    }
    let level = flagship_level();
    let holder = level.seat_ids().find(|seat| !game.view(*seat).cards.is_empty()).unwrap();
    let other = level.seat_ids().find(|seat| game.view(*seat).cards.is_empty()).unwrap();
    let card = game.view(holder).cards[0];
    let play = Decision::Play { card };
    assert_eq!(game.quote(holder, &play), Err(Refusal::NotInThisStep));
    while game.step() != Step::Plan {
        game.advance();
    }
    assert_eq!(game.quote(other, &play), Err(Refusal::NoSuchCard));
    game.submit(holder, play).unwrap();
    game.advance();
    assert!(game.view(holder).cards.is_empty());
    let told = game.history().last().unwrap();
    assert!(told.facts.iter().any(|fact| matches!(fact, Fact::CardPlayed { .. })));
}

#[test]
fn a_half_time_lead_is_worth_more_than_chance_and_never_everything() {
    let level = flagship_level();
    let mut kept = 0;
    for seed in 0..20 {
        let game = watched(&level, Policy::Normal, seed, |_| {});
        let leader = |quarter: usize| {
            let scores = &game.history()[quarter - 1].scores;
            let raw = |seat: &SeatId| scores.scaled(&level, *seat);
            level.seat_ids().max_by(|one, other| raw(one).total_cmp(&raw(other))).unwrap()
        };
        kept += u32::from(leader(6) == leader(12));
    }
    // Chance is one in seven seats; the design asks for seventy per cent at most.
    assert!((3..=14).contains(&kept), "{kept} of 20");
}

#[test]
fn happenings_with_a_story_strike_at_most_as_often_as_they_may() {
    let level = flagship_level();
    let mut struck = BTreeSet::new();
    for seed in 0..30 {
        let game = watched(&level, Policy::Idle, seed, |_| {});
        let mut times = vec![0; level.happenings.len()];
        for fact in game.history().iter().flat_map(|closed| &closed.facts) {
            if let Fact::Happened { happening, .. } = fact {
                times[happening.index()] += 1;
                struck.insert(happening.index());
            }
        }
        for (place, times) in times.into_iter().enumerate() {
            let most = level.happenings[place].at_most.unwrap_or(u32::MAX);
            assert!(times <= most, "{}: {times}", level.happenings[place].title);
        }
    }
    let told = level.happenings.iter().filter(|happening| !happening.plain).count();
    assert_eq!(struck.len(), told, "every story is told in some game");
}

#[test]
fn every_kind_of_seat_has_enough_to_be_asked() {
    let level = flagship_level();
    let view = |seat| game(1).view(seat);
    for seat in level.seat_ids() {
        let role = view(seat).role;
        let asked = level.dilemmas.iter().filter(|dilemma| {
            dilemma.asks.iter().any(|kind| termsheet::sim::dilemmas::is_of(&level, seat, *kind))
        });
        let least = if matches!(role, Role::Lab(_)) { 6 } else { 5 };
        assert!(asked.count() >= least, "{}", level.seat_key(seat));
    }
}

/// Whether the lines stand in the text, in this order.
fn in_order(text: &str, pieces: &[&str]) {
    let flat: String = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut rest = flat.as_str();
    for piece in pieces {
        let at = rest.find(piece).unwrap_or_else(|| panic!("{piece:?} is not next in\n{text}"));
        rest = &rest[at + piece.len()..];
    }
}

#[test]
fn a_dilemma_is_shown_answered_taken_back_and_told() {
    let script = "pass\npass\npass\npass\npass\npass\nclose\ndilemma\nchoose 9\nchoose two\nchoose 2\ndilemma\nundo\npass\npass\npass\npass\npass\npass\nanswer dilemma 1\nclose\nquit\n";
    let text = as_amazon(script).text;
    in_order(
        &text,
        &[
            "For Amazon to decide this quarter · ",
            "choose 1 and so on answers; it takes effect at the close. Saying nothing means",
            "answers: choose a number from 1",
            "Which answer? choose 2 gives the second; dilemma shows them all.",
            "Answered: ",
            "(your answer)",
            "Taken back; nobody has seen it.",
            "Still to answer: ",
            "Answered: ",
            "TERM SHEET — Simulation 3Q26",
        ],
    );
}

#[test]
fn cards_and_dates_can_be_looked_up_and_say_when_there_are_none() {
    let text = as_amazon(
        "cards\nplay complaint\ncalendar\ndilemma\nhelp dilemma\nhelp cards\nhelp calendar\nquit\n",
    )
    .text;
    in_order(
        &text,
        &[
            "Cards you hold",
            "None. After 4Q26 and 4Q27 those whose score is in the lowest third are dealt one.",
            "You hold no card.",
            "Dates ahead",
            "the last quarter; then the judgement",
            "Nothing is put to you this quarter.",
            "At least every second quarter",
            "can be played once",
            "lists every date you can know",
        ],
    );
}

#[test]
fn the_calendar_and_the_record_of_deals_name_the_same_quarter() {
    let text = as_amazon("calendar\ndeals\nquit\n").text;
    in_order(
        &text,
        &[
            "4Q26",
            "first refusal over OpenAI holds for the last time",
            "first refusal through 4Q26",
        ],
    );
}
