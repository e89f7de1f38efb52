//! The quarter's dilemma and the cards one holds: shown with every effect, then answered and played.

use std::io;

use crate::host::moves::cast_of_card;
use crate::host::words::effects::Reader;
use crate::host::words::{labels, nearest, numbers, stories};
use crate::ids::SeatId;
use crate::sim::decision::Decision;
use crate::sim::dilemmas::Pending;
use crate::sim::setting::Step;
use crate::sim::view::SeatView;

use super::desk::Desk;
use super::page::Page;

/// The dilemma's part of the front page.
pub(super) fn on_the_front_page(desk: &Desk, view: &SeatView, page: &mut Page) {
    let Some(pending) = view.dilemma else { return };
    let (title, story) = stories::dilemma(&desk.words, pending.dilemma, &pending.cast);
    page.blank();
    page.paragraph(&format!("For {} to decide this quarter · {title}", desk.words.seat(view.seat)));
    page.paragraph(&story);
    answers(desk, view, &pending, page);
}

fn answers(desk: &Desk, view: &SeatView, pending: &Pending, page: &mut Page) {
    let dilemma = &view.level.dilemmas[pending.dilemma.index()];
    let reader = Reader { words: &desk.words, published: &view.published, seat: view.seat };
    let given = given(view, pending);
    for (place, answer) in dilemma.answers.iter().enumerate() {
        let title = stories::told(&desk.words, &answer.title, &pending.cast);
        let effects = reader.answer(answer, &pending.cast).join(" ");
        let mark = if given == Some(place as u8) { " (your answer)" } else { "" };
        page.entry(&format!("{}", place + 1), 1, &format!("{title}{mark}. {effects}"));
    }
    match given {
        Some(_) if pending.answer.is_some() => page.note("It takes effect at the close."),
        Some(_) => page.note("It takes effect at the close; choose another number to change it."),
        None => page.note(&format!(
            "choose 1 and so on answers; it takes effect at the close. Saying nothing means {}.",
            dilemma.silence + 1
        )),
    }
}

/// The answer given so far.
fn given(view: &SeatView, pending: &Pending) -> Option<u8> {
    let now = view.decided.iter().rev().find_map(|decision| match decision {
        Decision::Answer { answer, .. } => Some(*answer),
        _ => None,
    });
    now.or(pending.answer)
}

pub(super) fn show(desk: &mut Desk, seat: SeatId) -> io::Result<()> {
    let view = desk.view(seat);
    if view.dilemma.is_none() {
        return desk.say(
            "Nothing is put to you this quarter. A dilemma comes at least every second quarter.",
        );
    }
    let mut page = desk.page();
    on_the_front_page(desk, &view, &mut page);
    desk.show(&page)
}

/// `choose 2`.
pub(super) fn choose(desk: &mut Desk, seat: SeatId, args: &[String]) -> io::Result<()> {
    let view = desk.view(seat);
    let Some(pending) = view.dilemma else {
        return desk.say("Nothing is put to you this quarter, so there is nothing to choose.");
    };
    let number = args.first().and_then(|word| word.parse::<u8>().ok());
    let Some(answer) = number.and_then(|number| number.checked_sub(1)) else {
        return desk.say("Which answer? choose 2 gives the second; dilemma shows them all.");
    };
    let decision = Decision::Answer { dilemma: pending.dilemma, answer };
    if desk.decide(seat, decision)? {
        let title = stories::answer(&desk.words, pending.dilemma, answer, &pending.cast);
        desk.say(&format!("Answered: {title}. It takes effect at the close."))?;
    }
    Ok(())
}

/// What is still open when a seat comes to its plan.
pub(super) fn reminder(desk: &Desk, view: &SeatView, page: &mut Page) {
    if let Some(pending) = view.dilemma.filter(|pending| given(view, pending).is_none()) {
        let (title, _) = stories::dilemma(&desk.words, pending.dilemma, &pending.cast);
        let silence = view.level.dilemmas[pending.dilemma.index()].silence;
        let default = stories::answer(&desk.words, pending.dilemma, silence, &pending.cast);
        page.paragraph(&format!(
            "Still to answer: {title} (dilemma shows it, choose answers it). Saying nothing means: {default}."
        ));
    }
    if !view.cards.is_empty() {
        page.paragraph(&format!(
            "You hold {}: cards shows what they do, play plays one.",
            numbers::count(view.cards.len() as u32, "card")
        ));
    }
}

pub(super) fn cards(desk: &mut Desk, seat: SeatId) -> io::Result<()> {
    let view = desk.view(seat);
    let mut page = desk.page();
    page.heading("Cards you hold");
    if view.cards.is_empty() {
        let after: Vec<String> = view
            .level
            .cards_after
            .iter()
            .map(|quarter| desk.words.quarter(crate::units::Quarter(*quarter)))
            .collect();
        page.paragraph(&match after.is_empty() {
            true => "None. This level deals no cards.".to_owned(),
            false => format!(
                "None. After {} those whose score is in the lowest third are dealt one.",
                crate::host::words::listed(&after)
            ),
        });
    }
    for card in &view.cards {
        let id = &view.level.cards[card.index()].id;
        match cast_of_card(&view, *card) {
            Some(cast) => {
                let reader =
                    Reader { words: &desk.words, published: &view.published, seat: view.seat };
                let (title, story) = stories::card(&desk.words, *card, &cast);
                let effects = reader.effects(&view.level.cards[card.index()].effects, &cast);
                page.bullet(&format!("{title}. {story} {effects} In the plan: play {id}."));
            }
            None => page.bullet(&format!("{id}: nobody is there now whom it could happen to.")),
        }
    }
    desk.show(&page)
}

/// `play complaint`.
pub(super) fn play(desk: &mut Desk, seat: SeatId, args: &[String]) -> io::Result<()> {
    let view = desk.view(seat);
    if view.cards.is_empty() {
        return desk.say("You hold no card. cards says when some are dealt.");
    }
    if view.step != Step::Plan {
        return desk.say(&format!(
            "Cards are played in the plan; this is {}.",
            labels::step(view.step, view.level.talk_rounds)
        ));
    }
    let ids = || view.cards.iter().map(|card| view.level.cards[card.index()].id.as_str());
    let word = args.first().map_or("", String::as_str);
    let found = match word {
        "" if view.cards.len() == 1 => view.cards.first(),
        "" => None,
        word => view.cards.iter().find(|card| view.level.cards[card.index()].id.starts_with(word)),
    };
    let Some(card) = found.copied() else {
        let meant = nearest(word, ids()).map(|id| format!(" Did you mean {id}?"));
        let list = ids().collect::<Vec<_>>().join(", ");
        return desk.say(&format!("Which card? You hold {list}.{}", meant.unwrap_or_default()));
    };
    if desk.decide(seat, Decision::Play { card })? {
        let title = cast_of_card(&view, card)
            .map_or_else(String::new, |cast| stories::card(&desk.words, card, &cast).0);
        desk.say(&format!("Played: {title}. It takes effect at the close."))?;
    }
    Ok(())
}
