//! What a designer reads when a level's lessons are wrong.

use insta::assert_snapshot;
use termsheet::level::check;

const SMALLEST: &str = include_str!("fixtures/smallest.ron");

/// The smallest level with these lessons.
fn with(lessons: &str) -> String {
    let end = SMALLEST.rfind(')').expect("a level ends with a bracket");
    format!("{}    lessons: [\n{lessons}\n    ],\n)\n", &SMALLEST[..end])
}

fn report(lessons: &str) -> String {
    let text = with(lessons);
    check("harbour-town.ron", &text).expect_err("the level should be refused").render(false)
}

#[test]
fn a_lesson_of_a_line_is_accepted() {
    let text = with(r#"(title: "One", say: "Look at {lighthouse}.", wants: Labs)"#);
    if let Err(problems) = check("harbour-town.ron", &text) {
        panic!("{}", problems.render(false));
    }
}

#[test]
fn a_deed_that_does_not_exist_lists_those_that_do() {
    assert_snapshot!(report(r#"(title: "One", say: "Two.", wants: Lunch)"#));
}

#[test]
fn a_lesson_that_cannot_be_completed_says_why() {
    assert_snapshot!(report(
        r#"        (when: (step: Plan), title: "A", say: "B.", wants: Accept),
        (title: "A", say: "B.", wants: Close),
        (seat: "lighthouse", when: (step: Plan), title: "A", say: "B.", wants: Order),
        (when: (step: Plan), title: "A", say: "B.", wants: Chips),
        (when: (step: Plan, sees: TheirOffer), title: "A", say: "B.", wants: Goals),
        (when: (step: Offers, from_quarter: 9, from_round: 7), title: "A", say: "B.", wants: Ask),"#
    ));
}

#[test]
fn a_name_in_braces_must_be_a_seats() {
    assert_snapshot!(report(
        r#"        (seat: "nroth", title: "A", say: "Ask {lihgthouse}.", wants: Labs),
        (title: "", say: "B {north}.", try: "offer {openai} 1 at 2", wants: Labs),"#
    ));
}
