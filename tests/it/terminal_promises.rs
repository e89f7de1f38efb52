//! Waivers, promises and renegotiation, typed.

use termsheet::bot::Policy;
use termsheet::host::words::Names;

use crate::terminal::played;

const AMAZON: usize = 0;
const MICROSOFT: usize = 1;
const OPENAI: usize = 5;

/// Three people at one keyboard, by seat, and idle bots.
fn three(lines: &str) -> String {
    let text = played(&[AMAZON, MICROSOFT, OPENAI], Policy::Idle, Names::Real, lines).text;
    for line in text.lines() {
        assert!(line.chars().count() <= 80, "{} columns: {line}", line.chars().count());
    }
    // As one line, so that a sentence is found wherever it was broken.
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Amazon offers what Microsoft's right forbids, and both a fee for it and the terms are taken.
const WAIVED: &str = "offer openai 5 at 120 compute 0.9 12 subject\nwaiver microsoft 1\ndone\n\
                      done\ndone\nwaiver amazon accept\ndone\naccept amazon\ndone\n";

fn says(text: &str, what: &str) {
    assert!(text.contains(what), "nowhere: {what}\n{text}");
}

#[test]
fn a_waiver_is_offered_sold_and_the_deal_signed() {
    let text = three(&format!("{WAIVED}promises\nclose\nclose\npromises all\nclose\n"));
    says(&text, "To Microsoft, on done: $1.0bn for a waiver of the Microsoft–OpenAI deal");
    says(
        &text,
        "Amazon offers $1.0bn, Microsoft asks nothing yet. On the estimate you stand to lose",
    );
    says(&text, "You agree in principle with Amazon, on done");
    says(&text, "Amazon pays Microsoft $1.0bn for a waiver");
    says(&text, "Amazon and OpenAI sign: $5.0bn at $120.0bn pre-money");
    says(&text, "waived for Amazon");
}

#[test]
fn a_deal_is_ended_early_for_a_price_that_is_named_before() {
    let ended = "pass\npass\npass\nclose\nclose\nterminate microsoft\nclose\n";
    let text = three(&format!("{ended}pass\npass\npass\npromises all\nclose\nclose\nclose\n"));
    says(&text, "Ending it now would cost you $1.9bn.");
    says(&text, "OpenAI ends the terms of the Microsoft–OpenAI deal of 4Q25 early.");
    says(&text, "ended by OpenAI in 1Q26");
}

#[test]
fn a_renegotiation_starts_from_what_is_left_and_replaces_it() {
    let asks = "pass\npass\nrenegotiate microsoft no exclusivity release 0.3\ndone\n";
    let signs = "worth openai\naccept openai\ndone\nclose\nclose\nclose\n";
    let text = three(&format!("{asks}{signs}deals\n"));
    says(&text, "OpenAI asks Microsoft for new terms without new money");
    says(&text, "$300m paid to the giant for the release");
    says(&text, "takes the place of the Microsoft–OpenAI deal of 4Q25");
}

#[test]
fn what_cannot_be_is_refused_in_a_sentence_that_helps() {
    let lines = [
        ("offer openai 5 at 120 subject", "leave the word subject out"),
        ("waiver openai 1", "Name the other giant"),
        ("waiver oracle 1", "No deal of yours or of Oracle stands in the other's way"),
        ("waiver microsoft accept", "Now is the time for offers"),
        ("waiver microsoft 0", "more than nothing"),
        ("renegotiate openai no exclusivity", "Nothing with OpenAI is in force"),
        ("renegotiate anthropic", "These are the terms in force"),
        ("terminate anthropic", "That belongs to the plan"),
        ("promises nobody", "promises all everybody's"),
        ("offer openai 5 at 120 breakfee 9", "at most the sum paid"),
        ("offer openai 5 at 120 release 1", "Only the latest deal in force"),
    ];
    let typed: String = lines.iter().map(|(line, _)| format!("{line}\n")).collect();
    let text = three(&typed);
    for (line, sentence) in lines {
        says(&text, sentence);
        assert!(!sentence.is_empty(), "{line}");
    }
}
