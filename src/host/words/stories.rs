//! Happenings, dilemmas and cards as a level tells them, with the names of who plays the parts.

use crate::ids::{CardId, DilemmaId, HappeningId};
use crate::sim::fact::Fact;
use crate::sim::happenings::{Cast, Player};

use super::Words;
use super::refusals::upper_first;

/// A level's text with the names of its players.
pub fn told(words: &Words, text: &str, cast: &Cast) -> String {
    let seat = match cast.seat {
        Player::Seat(seat) => words.seat(seat),
        Player::Others => &words.level().market.others_name,
        Player::Nobody => "",
    };
    let giant = cast.giant.map_or("", |firm| words.firm(firm));
    let lab = cast.lab.map_or("", |lab| words.lab(lab));
    text.replace("{seat}", seat).replace("{giant}", giant).replace("{lab}", lab)
}

pub fn happening(words: &Words, id: HappeningId, cast: &Cast) -> (String, String) {
    let happening = &words.level().happenings[id.index()];
    (told(words, &happening.title, cast), told(words, &happening.story, cast))
}

pub fn dilemma(words: &Words, id: DilemmaId, cast: &Cast) -> (String, String) {
    let dilemma = &words.level().dilemmas[id.index()];
    (told(words, &dilemma.title, cast), told(words, &dilemma.story, cast))
}

/// The title of one of a dilemma's answers.
pub fn answer(words: &Words, id: DilemmaId, answer: u8, cast: &Cast) -> String {
    let dilemma = &words.level().dilemmas[id.index()];
    told(words, &dilemma.answers[usize::from(answer)].title, cast)
}

pub fn card(words: &Words, id: CardId, cast: &Cast) -> (String, String) {
    let card = &words.level().cards[id.index()];
    (told(words, &card.title, cast), told(words, &card.story, cast))
}

/// A fact of the decks as a sentence or two.
pub fn sentence(words: &Words, fact: &Fact) -> Option<String> {
    Some(match fact {
        Fact::Happened { happening: id, cast } => {
            let (title, story) = happening(words, *id, cast);
            format!("{title}: {story}")
        }
        Fact::Answered {
            seat, dilemma: id, answer: given, cast, went_well, by_silence, ..
        } => {
            let title = upper_first(&dilemma(words, *id, cast).0);
            let chosen = answer(words, *id, *given, cast);
            let who = words.seat(*seat);
            let how = if *by_silence { "says nothing, which is to" } else { "decides to" };
            let luck = match went_well {
                Some(true) => " It goes well.",
                Some(false) => " It does not go well.",
                None => "",
            };
            format!("{title}: {who} {how} {}.{luck}", inside(words, &chosen))
        }
        Fact::CardDealt { card: id, .. } => {
            let card = &words.level().cards[id.index()];
            format!("You trail, and are dealt a card: {}.", inside(words, &card.title))
        }
        Fact::CardPlayed { seat, card: id, cast } => {
            let (title, story) = card(words, *id, cast);
            format!("{} plays a card: {}. {story}", words.seat(*seat), inside(words, &title))
        }
        _ => return None,
    })
}

/// A title inside a sentence; names keep their capital.
pub fn inside(words: &Words, text: &str) -> String {
    let named = words.level().seat_ids().any(|seat| text.starts_with(words.seat(seat)));
    let mut letters = text.chars();
    match letters.next() {
        Some(first) if !named => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}
