//! Headlines of what was said, and of the stories a level throws at its seats.

use super::{Item, item};
use crate::host::words::numbers::money;
use crate::host::words::{Words, listed, possessive, stories};
use crate::ids::SeatId;
use crate::sim::fact::Fact;
use crate::sim::happenings::Player;
use crate::sim::information::{Standing, Story};
use crate::units::Money;

pub(super) fn headlines(words: &Words, fact: &Fact) -> Option<Item> {
    match fact {
        Fact::Reported { story: Story::Bid { giant, lab, amount, pre_money } } => {
            let (giant, lab) = (words.firm(*giant), words.lab(*lab));
            let (sum, price) = (between(*amount), between(*pre_money));
            item(
                46.0 + amount.1.bn().min(10.0),
                [
                    format!("{giant} said to offer {lab} {sum}"),
                    format!("Reportedly at the table: {giant} and {lab}, over {sum}"),
                    format!("Talk of {sum} for {lab} from {giant}"),
                    format!("{giant} reportedly puts {lab} at {price}"),
                ],
            )
        }
        Fact::Reported { story: Story::Trouble { of } } => {
            let (who, what) = (words.seat(*of), trouble(words, *of));
            item(
                44.0,
                [
                    format!("Talk of trouble at {who}"),
                    format!("Unconfirmed: {what} at {who}"),
                    format!("Something is wrong at {who}, rumour has it"),
                    format!("Is {who} in trouble? Nobody will confirm it"),
                ],
            )
        }
        Fact::Judged { by, to, story, standing, .. } => {
            judged(words, (*by, to.is_some()), story, *standing)
        }
        _ => None,
    }
}

fn between((low, high): (Money, Money)) -> String {
    if low == high { money(low) } else { format!("{} to {}", money(low), money(high)) }
}

fn trouble(words: &Words, of: SeatId) -> &'static str {
    if of.index() < words.level().giants.len() { "contracts wobble" } else { "people leave" }
}

/// What came of something said. A claim between two seats that was no lie stays between them.
fn judged(
    words: &Words,
    (by, claim): (Option<SeatId>, bool),
    story: &Story,
    standing: Standing,
) -> Option<Item> {
    let about: Vec<&str> = match *story {
        Story::Bid { giant, lab, .. } => vec![words.firm(giant), words.lab(lab)],
        Story::Trouble { of } => vec![words.seat(of)],
    };
    let sum = match *story {
        Story::Bid { amount, .. } => between(amount),
        Story::Trouble { .. } => String::new(),
    };
    if let (Some(by), Standing::Exposed) = (by, standing) {
        let liar = words.seat(by);
        let others: Vec<&str> = about.iter().copied().filter(|name| *name != liar).collect();
        let others = listed(&others);
        let figure = if sum.is_empty() { "The trouble".to_owned() } else { format!("The {sum}") };
        let about_whom = if others.is_empty() { liar.to_owned() } else { others };
        return item(
            60.0,
            [
                format!("{liar} said what was not so about {about_whom}"),
                format!("{figure} was never there: {liar} made it up"),
                format!("{} word about {about_whom} is found false", possessive(liar)),
            ],
        );
    }
    if claim {
        return None;
    }
    let whom = listed(&about);
    match standing {
        Standing::Verified => item(
            40.0,
            [
                format!("The rumour about {whom} was true"),
                format!("So it was: what was said of {whom} is borne out"),
            ],
        ),
        Standing::Exposed => item(
            42.0,
            [
                format!("The rumour about {whom} was false"),
                format!("Nothing in it: the talk about {whom} falls apart"),
            ],
        ),
        Standing::Doubtful | Standing::Unproven => item(
            24.0,
            [
                format!("The talk about {whom} fades"),
                format!("Still no proof of the talk about {whom}"),
            ],
        ),
    }
}

/// Happenings, dilemmas answered in public, cards played.
pub(super) fn of_decks(words: &Words, fact: &Fact) -> Option<Item> {
    match fact {
        Fact::Happened { happening, cast } => {
            let (title, story) = stories::happening(words, *happening, cast);
            let talk = format!("The talk of the quarter: {}", stories::inside(words, &title));
            let mut wordings = vec![title, talk];
            wordings.extend(first_sentence(&story));
            Some(Item { weight: 86.0, wordings })
        }
        Fact::Answered { seat, dilemma, answer, cast, went_well, public: true, .. } => {
            let who = words.seat(*seat);
            let (title, _) = stories::dilemma(words, *dilemma, cast);
            let chosen = stories::answer(words, *dilemma, *answer, cast);
            let chosen = stories::inside(words, &chosen);
            let luck = match went_well {
                Some(true) => format!("Luck is with {who}, which set out to {chosen}"),
                Some(false) => format!("It was a mistake for {who} to {chosen}"),
                None => format!("{who} decides to {chosen}"),
            };
            item(44.0, [format!("{who} to {chosen}"), format!("{title}: {who} to {chosen}"), luck])
        }
        Fact::CardPlayed { seat, card, cast } => {
            let who = words.seat(*seat);
            let (title, story) = stories::card(words, *card, cast);
            let title = stories::inside(words, &title);
            let mut wordings =
                vec![format!("{who} moves: {title}"), format!("From behind, {who} plays {title}")];
            wordings.extend(first_sentence(&story));
            if let Player::Seat(other) = cast.seat
                && other != *seat
            {
                wordings.push(format!("{who} against {}: {title}", words.seat(other)));
            }
            Some(Item { weight: 52.0, wordings })
        }
        _ => None,
    }
}

/// The first sentence of a story, as a headline.
fn first_sentence(story: &str) -> Option<String> {
    let (first, rest) = story.split_once(". ")?;
    (!first.is_empty() && !rest.is_empty()).then(|| first.to_owned())
}
