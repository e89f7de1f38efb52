//! What a designer reads when a happening, a dilemma or a card is wrong.

use insta::assert_snapshot;
use termsheet::level::check;

const SMALLEST: &str = include_str!("fixtures/smallest.ron");

/// The smallest level with more fields at its end.
fn with(fields: &str) -> String {
    let end = SMALLEST.rfind(')').expect("a level ends with a bracket");
    format!("{}{fields}\n)\n", &SMALLEST[..end])
}

fn report(fields: &str) -> String {
    check("harbour-town.ron", &with(fields)).expect_err("it should be refused").render(false)
}

const GOOD: &str = r#"    happenings: [
        (
            id: "strike",
            title: "A strike at {seat}",
            story: "People at {seat} stop work; {lab} waits.",
            seat: "leader",
            lab: "lighthouse",
            chance_pct: 10,
            at_most: 2,
            when: (
                from_quarter: 2,
                figures: [(what: UtilisationPct, at_least: 50), (what: BehindPoints, of: Lab, below: 9)],
                news: Signed,
                unless: "ballot",
            ),
            effects: [(what: Late), (on: Lab, what: Trust(giant: Seat, pct: -5), after: 1)],
        ),
    ],
    deck: (without: ["boardroom"], cards_after_quarters: [3]),
    dilemmas: [
        (
            id: "ballot",
            title: "A ballot",
            story: "The staff of {seat} vote.",
            asks: [Cloud],
            answers: [
                (title: "Give in", effects: [(what: CashPct(pct: -1))]),
                (
                    title: "Wait",
                    luck: (chance_pct: 50, ill: [(what: Appeal(utils: -0.1, quarters: 2))]),
                ),
            ],
            silence: 2,
        ),
    ],
    cards: [
        (
            id: "friends",
            title: "Friends",
            story: "Friends of {seat}.",
            helps: [Lab],
            effects: [(what: Cash(bn: 0.1))],
        ),
    ],"#;

#[test]
fn a_level_may_write_its_own_deck() {
    let level = check("harbour-town.ron", &with(GOOD)).map_err(|p| p.render(false)).unwrap();
    assert_eq!(level.happenings.len(), 1);
    let ids: Vec<&str> = level.dilemmas.iter().map(|one| one.id.as_str()).collect();
    assert!(ids.contains(&"ballot") && ids.contains(&"scarce-chips"));
    assert!(!ids.contains(&"boardroom"), "it is left out");
    assert_eq!(level.cards_after, [3]);
    let bare = check("x.ron", &with("    deck: (built_in: false),")).unwrap();
    assert!(bare.dilemmas.is_empty() && bare.cards.is_empty());
}

fn changed(from: &str, to: &str) -> String {
    assert!(GOOD.contains(from), "there is no {from:?}");
    report(&GOOD.replacen(from, to, 1))
}

#[test]
fn an_effect_must_fit_whom_it_is_on() {
    assert_snapshot!(changed("(what: Late)", "(what: Staff(pct: 3))"));
}

#[test]
fn an_effect_on_nobody_is_refused() {
    assert_snapshot!(changed("(what: Late)", "(on: Giant, what: Heat(pct: 3))"));
}

#[test]
fn a_figure_that_somebody_has_not_cannot_be_compared() {
    assert_snapshot!(changed(
        "(what: UtilisationPct, at_least: 50)",
        "(what: RunwayQuarters, of: Lab)"
    ));
}

#[test]
fn a_placeholder_for_nobody_is_refused() {
    assert_snapshot!(changed(
        "People at {seat} stop work",
        "People at {giant} stop work, {whoever}"
    ));
}

#[test]
fn who_plays_a_part_must_be_known() {
    assert_snapshot!(changed("lab: \"lighthouse\"", "lab: \"lighthuose\""));
}

#[test]
fn an_earlier_thing_must_be_known() {
    assert_snapshot!(changed("unless: \"ballot\"", "unless: \"balot\""));
}

#[test]
fn silence_may_cost_no_cash() {
    assert_snapshot!(changed("silence: 2", "silence: 1"));
}

#[test]
fn a_dilemma_has_two_or_three_answers() {
    let one = GOOD.replacen("(title: \"Give in\", effects: [(what: CashPct(pct: -1))]),", "", 1);
    assert_snapshot!(report(&one.replacen("silence: 2", "silence: 1", 1)));
}

#[test]
fn an_id_of_the_built_in_deck_is_taken() {
    assert_snapshot!(changed("id: \"ballot\"", "id: \"scarce-chips\""));
}

#[test]
fn what_is_left_out_must_be_in_the_deck() {
    assert_snapshot!(changed("without: [\"boardroom\"]", "without: [\"bored-room\"]"));
}

#[test]
fn a_happening_is_one_effect_or_a_story() {
    assert_snapshot!(report(
        "    happenings: [(what: Late, chance_pct: 5), (chance_pct: 5, title: \"T\", story: \"S\")],"
    ));
}

#[test]
fn sizes_have_their_ranges() {
    assert_snapshot!(changed("Appeal(utils: -0.1, quarters: 2)", "Appeal(utils: -9, quarters: 0)"));
}

#[test]
fn trust_is_in_a_giant() {
    assert_snapshot!(changed("Trust(giant: Seat, pct: -5)", "Trust(giant: Lab, pct: -5)"));
}
