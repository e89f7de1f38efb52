//! What the terminal advises, and what it says of offers that stand.

use termsheet::bot::Policy;
use termsheet::host::words::Names;

use crate::terminal::{Played, as_amazon, idly, played};

const AMAZON: usize = 0;
const OPENAI: usize = 5;

/// Amazon and OpenAI at one keyboard, with nobody else stirring.
fn two(lines: &str) -> Played {
    played(&[AMAZON, OPENAI], Policy::Idle, Names::Real, lines)
}

/// A transcript as one line, so that a sentence can be looked for across line ends.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

#[test]
fn who_accepts_beside_an_offer_of_its_own_is_told_which_binds() {
    let lines = "offer openai 10 at 90\ndone\noffer amazon 10 at 120\ndone\n\
                 accept openai\ndone\naccept amazon\ndone\n";
    let game = two(lines);
    let text = flat(&game.text);
    assert!(
        text.contains("should OpenAI accept it in these same answers, theirs binds."),
        "{text}"
    );
    assert!(text.contains("should Amazon accept it in these same answers, yours binds."), "{text}");
    let signed = game.session.game.deals().into_iter().find(|deal| deal.signed.0 == 1);
    assert_eq!(signed.expect("a deal").sheet.pre_money.bn(), 120.0);
}

#[test]
fn terms_they_offer_are_taken_where_nothing_better_is_known() {
    let game = two("pass\noffer amazon 10 at 60\ndone\nsuggest openai\n");
    let text = flat(&game.text);
    assert!(text.contains("The advisor would take what OpenAI offers as it stands:"), "{text}");
}

#[test]
fn terms_of_a_past_quarter_are_not_on_the_table() {
    let lines = "offer openai 10 at 90\ndone\npass\nclose\ntable openai\nchange openai at 95\n";
    let game = played(&[AMAZON], Policy::Idle, Names::Real, lines);
    let (_, second) = game.text.split_once("2Q26 Amazon, offers 1/3> table").expect("2Q26");
    assert!(second.contains("No terms have been named this quarter."), "{second}");
    // They are still something to start from.
    assert!(second.contains("To OpenAI, on done: $10.0bn at $95.0bn"), "{second}");
}

#[test]
fn nothing_is_held_where_nothing_was_offered() {
    let game = two("offer openai 10 at 90\ndone\ndone\nhold amazon\n");
    assert!(!game.text.contains("has named no terms"), "{}", game.text);
    let game = two("ask openai\ndone\ndone\nhold amazon\n");
    assert!(flat(&game.text).contains("Amazon has named no terms"), "{}", game.text);
}

#[test]
fn the_judgement_says_where_points_went_and_who_did_better() {
    let text = flat(&as_amazon(&idly()).text);
    let (_, judged) = text.split_once("The judgement").expect("a judgement");
    for said in ["of 7 seats.", "The points add up to", "Most was lost on", "did better", "signed"]
    {
        assert!(judged.contains(said), "no {said:?} in {judged}");
    }
}

#[test]
fn terms_that_are_tried_are_those_that_would_be_offered() {
    let game = two("offer openai 10 at 90 access early 8\nworth openai 12 at 100\n");
    let text = flat(&game.text);
    let tried = "Your terms: $12.0bn at $100.0bn pre-money (10.7%), no other terms.";
    assert!(text.contains(tried), "clauses of other terms were added: {text}");
}

#[test]
fn help_is_for_the_seat_that_asks() {
    let game = two("help price\nhelp access\nhelp income\nhelp lab\ndone\nhelp price\n");
    let text = flat(&game.text);
    assert!(text.contains("sets a list price against the opening's"), "{text}");
    assert!(text.contains("Operating income is what the core business"), "{text}");
    assert!(text.contains("pace X grows compute"), "{text}");
    assert!(!text.contains("There is no help on"), "{text}");
    assert!(text.contains("sets what your products cost"), "a lab's price is another: {text}");
}
