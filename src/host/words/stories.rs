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
            let how = if *by_silence { "gives no answer, which means" } else { "answers" };
            let luck = match went_well {
                Some(true) => " It goes well.",
                Some(false) => " It does not go well.",
                None => "",
            };
            format!("{title}: {who} {how}: {}.{luck}", lower_first(&chosen))
        }
        Fact::CardDealt { card: id, .. } => {
            let card = &words.level().cards[id.index()];
            format!("You trail, and are dealt a card: {}.", lower_first(&card.title))
        }
        Fact::CardPlayed { seat, card: id, cast } => {
            let (title, story) = card(words, *id, cast);
            format!("{} plays a card: {}. {story}", words.seat(*seat), lower_first(&title))
        }
        _ => return None,
    })
}

/// How much a fact of the decks matters to the paper, and its headline.
pub fn headline(words: &Words, fact: &Fact) -> Option<(f64, String)> {
    Some(match fact {
        Fact::Happened { happening: id, cast } => (86.0, happening(words, *id, cast).0),
        Fact::Answered { seat, dilemma: id, answer: given, cast, public: true, .. } => {
            let chosen = answer(words, *id, *given, cast);
            (48.0, format!("{}: {}", words.seat(*seat), lower_first(&chosen)))
        }
        Fact::CardPlayed { seat, card: id, cast } => {
            let (title, _) = card(words, *id, cast);
            (62.0, format!("{} moves: {}", words.seat(*seat), lower_first(&title)))
        }
        _ => return None,
    })
}

/// A title inside a sentence; names keep their capital.
fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    let common = ["A ", "An ", "The "].iter().any(|word| text.starts_with(word));
    match letters.next() {
        Some(first) if common => first.to_lowercase().chain(letters).collect(),
        _ => text.to_owned(),
    }
}
