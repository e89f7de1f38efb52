//! Regulators, market values and chips as a person at the terminal meets them.

use termsheet::bot::Policy;
use termsheet::host::words::Names;
use termsheet::ids::SeatId;
use termsheet::sim::deal::Exclusivity;
use termsheet::sim::view::Plan;

use crate::terminal::{Played, answer_to, played};

const MICROSOFT: usize = 1;
const NVIDIA: usize = 4;

fn seated(seat: usize, lines: &str) -> Played {
    played(&[seat], Policy::Idle, Names::Real, lines)
}

#[test]
fn a_person_can_look_up_regulators_and_give_up_a_clause() {
    let lines = "regulators\nloosen openai exclusivity\npass\nloosen openai exclusivity\nclose\n";
    let played = seated(MICROSOFT, lines);
    let screen = answer_to(&played.text, "regulators");
    assert!(screen.contains("Microsoft: heat"), "{screen}");
    assert!(
        screen.contains("loosen openai exclusivity: gives up the exclusive rights"),
        "{screen}"
    );
    assert!(played.text.contains("Clauses are given up in the plan"), "{}", played.text);
    let answer = answer_to(&played.text, "loosen openai exclusivity");
    assert!(answer.contains("At the close you give up the exclusive rights"), "{answer}");
    let deal = played.session.game.deals()[0];
    assert_eq!(deal.sheet.exclusivity, Exclusivity::None);
    assert!(played.text.contains("exclusive rights lost"), "the value is not explained");
}

#[test]
fn what_cannot_be_given_up_is_said_with_what_can() {
    let played =
        seated(MICROSOFT, "pass\nloosen openai licence\nloosen openai price\nloosen meta bar\n");
    let licence = answer_to(&played.text, "loosen openai licence");
    assert!(licence.contains("does not bind now"), "{licence}");
    let price = answer_to(&played.text, "loosen openai price");
    assert!(price.contains("exclusivity, access, board"), "{price}");
    assert!(answer_to(&played.text, "loosen meta bar").len() > 20);
}

#[test]
fn a_chip_maker_sets_its_price_and_whom_it_serves_first() {
    let lines = "pass\nchips 1.1\nfavour microsoft oracle\nfavour meta\nfavour none\n\
                 favour microsoft oracle\nplan\nclose\nmarket\nrivals\n";
    let played = seated(NVIDIA, lines);
    let answer = answer_to(&played.text, "favour microsoft oracle");
    assert!(answer.contains("Microsoft and Oracle served first"), "{answer}");
    let refused = answer_to(&played.text, "favour meta");
    assert!(!refused.contains("served first"), "{refused}");
    let Plan::Giant(plan) = played.session.game.view(SeatId(NVIDIA as u8)).plan else {
        panic!("a giant's seat")
    };
    let favoured: Vec<u8> = plan.favoured.iter().map(|seat| seat.0).collect();
    assert_eq!((plan.chip_price, favoured), (1.1, vec![1, 3]));
    assert!(answer_to(&played.text, "market").contains("could be shipped"));
}

#[test]
fn the_parts_of_a_market_value_shown_sum_to_its_change() {
    let played = seated(0, "pass\norder 1.6\nclose\nwhy\n");
    let text = played.text;
    let (_, rest) = text.rsplit_once("Why the market value moved").expect("the table");
    // A row ends with its figure, behind a gap; one that is too long goes on in the next line.
    let figure = |line: &str| -> Option<f64> {
        let (_, sum) = line.rsplit_once("  ")?;
        let size: f64 = sum.trim_start_matches(['+', '−']).parse().ok()?;
        Some(if sum.starts_with('−') { -size } else { size })
    };
    let mut parts = Vec::new();
    for line in rest.lines().skip(2) {
        let Some(value) = figure(line) else { continue };
        if line.trim_start().starts_with("Change of market value") {
            let sum: f64 = parts.iter().sum();
            assert!((sum - value).abs() < 0.0006 * (parts.len() + 1) as f64, "{sum} for {value}");
            assert!(parts.len() >= 3, "{parts:?}");
            assert!(rest.contains("Amazon orders 1.60 GW"), "{rest}");
            return;
        }
        parts.push(value);
    }
    panic!("no total");
}
