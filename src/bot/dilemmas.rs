//! How a bot answers a dilemma and plays a card: the answer whose effects are worth most, on what its
//! view shows. A person sees the same effects.

use super::worth::Worth;
use crate::ids::CardId;
use crate::level::DispositionFile;
use crate::level::deck::Answer;
use crate::sim::decision::Decision;
use crate::sim::dilemmas::price;
use crate::sim::happenings::{Cast, Player, cast_around};
use crate::sim::view::SeatView;

/// Answers and cards of a quarter, decided with the plan.
pub(super) fn choose(view: &SeatView, disposition: Option<DispositionFile>) -> Vec<Decision> {
    if view.dilemma.is_none() && view.cards.is_empty() {
        return Vec::new();
    }
    let worth = Worth::new(view, disposition);
    let mut decisions = Vec::new();
    if let Some(pending) = view.dilemma
        && pending.answer.is_none()
    {
        let answer = best_answer(view, &worth);
        decisions
            .extend(answer.map(|answer| Decision::Answer { dilemma: pending.dilemma, answer }));
    }
    let card = view.cards.iter().copied().find(|card| helps(view, &worth, *card));
    decisions.extend(card.map(|card| Decision::Play { card }));
    decisions
}

/// The answer worth most of those it can pay for.
fn best_answer(view: &SeatView, worth: &Worth<'_>) -> Option<u8> {
    let pending = view.dilemma?;
    let answers = &view.level.dilemmas[pending.dilemma.index()].answers;
    let affordable = answers
        .iter()
        .enumerate()
        .filter(|(_, answer)| price(answer, view.seat, &view.level, &view.published) <= view.cash);
    affordable
        .map(|(place, answer)| (place as u8, value(worth, answer, &pending.cast)))
        .reduce(|best, next| if next.1 > best.1 { next } else { best })
        .map(|(place, _)| place)
}

/// What an answer is worth, points of score: what is certain, and luck at its chance.
fn value(worth: &Worth<'_>, answer: &Answer, cast: &Cast) -> f64 {
    let certain = worth.of(&answer.effects, cast);
    let luck = answer.luck.as_ref().map_or(0.0, |luck| {
        let chance = luck.chance_pct / 100.0;
        chance * worth.of(&luck.well, cast) + (1.0 - chance) * worth.of(&luck.ill, cast)
    });
    certain + luck
}

fn helps(view: &SeatView, worth: &Worth<'_>, card: CardId) -> bool {
    let card = &view.level.cards[card.index()];
    let seat = Player::Seat(view.seat);
    cast_around(seat, &card.picks, &view.level, &view.published)
        .is_some_and(|cast| worth.of(&card.effects, &cast) > 0.0)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::ids::{DilemmaId, Role, SeatId};
    use crate::level::Library;
    use crate::sim::dilemmas::{Pending, is_of};
    use crate::sim::game::Game;
    use crate::sim::view::Known;
    use crate::units::{Money, Quarter};

    /// A state a seat may find itself in, by name.
    type State = (&'static str, fn(&mut SeatView));

    fn giant(view: &mut SeatView, change: impl Fn(&mut crate::sim::view::GiantFigures)) {
        if let Role::Giant(firm) = view.role {
            change(&mut Arc::make_mut(&mut view.published).giants[firm.index()]);
        }
    }

    fn lab(view: &mut SeatView, runway: f64, independence: f64) {
        if let Role::Lab(lab) = view.role {
            view.labs[lab.index()].runway_quarters = Known::Exact(runway);
            let figures = &mut Arc::make_mut(&mut view.published).labs[lab.index()];
            figures.independence = independence;
        }
    }

    const STATES: [State; 14] = [
        ("as it opens", |_| {}),
        ("short of cash", |view| {
            view.cash = Money(view.cash.0 / 20);
            lab(view, 1.5, 0.8);
        }),
        ("flush", |view| {
            view.cash = Money(view.cash.0 * 4);
            lab(view, 11.0, 0.8);
        }),
        ("comfortable", |view| {
            view.cash = Money(view.cash.0 * 2);
            lab(view, 7.0, 0.8);
        }),
        ("looked at by regulators", |view| giant(view, |figures| figures.heat = 0.2)),
        ("watched and short of cash", |view| {
            view.cash = Money(view.cash.0 / 20);
            giant(view, |figures| figures.heat = 0.7);
        }),
        ("late in the game", |view| view.quarter = Quarter(11)),
        ("late and flush", |view| {
            view.quarter = Quarter(11);
            view.cash = Money(view.cash.0 * 4);
            lab(view, 11.0, 0.4);
        }),
        ("sold out", |view| giant(view, |figures| figures.utilisation = 0.97)),
        ("half empty", |view| giant(view, |figures| figures.utilisation = 0.70)),
        ("watched by regulators", |view| giant(view, |figures| figures.heat = 0.7)),
        ("without models", |view| {
            giant(view, |figures| {
                figures.access_points = -9.0;
                figures.own_points = figures.own_points.map(|points| points + 4.0);
            });
        }),
        ("tied down", |view| lab(view, 5.0, 0.45)),
        ("tied down and short of cash", |view| {
            view.cash = Money(view.cash.0 / 20);
            lab(view, 1.5, 0.45);
        }),
    ];

    /// The answers that some seat prefers in some state.
    fn preferred(place: usize) -> Vec<(u8, String)> {
        let level = Library::load(None).find("ten-billion-courtship").unwrap().level.unwrap();
        let game = Game::new(Arc::clone(&level), 1);
        let dilemma = &level.dilemmas[place];
        let mut found: Vec<(u8, String)> = Vec::new();
        for seat in level.seat_ids() {
            if !dilemma.asks.iter().any(|kind| is_of(&level, seat, *kind)) {
                continue;
            }
            for (name, change) in STATES {
                let mut view = game.view(seat);
                change(&mut view);
                let player = Player::Seat(seat);
                let picks = &dilemma.picks;
                let Some(cast) = cast_around(player, picks, &level, &view.published) else {
                    continue;
                };
                let dilemma = DilemmaId(place as u8);
                view.dilemma = Some(Pending { dilemma, cast, answer: None });
                let worth = Worth::new(&view, None);
                let answer = best_answer(&view, &worth).unwrap();
                if !found.iter().any(|(known, _)| *known == answer) {
                    found.push((answer, format!("{}, {name}", level.seat_key(seat))));
                }
            }
        }
        found
    }

    #[test]
    fn every_answer_of_the_built_in_deck_is_right_somewhere() {
        let level = Library::load(None).find("ten-billion-courtship").unwrap().level.unwrap();
        let mut wrong = Vec::new();
        for (place, dilemma) in level.dilemmas.iter().enumerate() {
            let found = preferred(place);
            if found.len() < dilemma.answers.len() {
                wrong.push(format!("{}: only {found:?}", dilemma.id));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn a_bot_that_cannot_pay_gives_an_answer_it_can_pay_for() {
        let level = Library::load(None).find("ten-billion-courtship").unwrap().level.unwrap();
        let game = Game::new(Arc::clone(&level), 1);
        let mut view = game.view(SeatId(0));
        view.cash = Money::ZERO;
        for (place, dilemma) in level.dilemmas.iter().enumerate() {
            if !dilemma.asks.iter().any(|kind| is_of(&level, SeatId(0), *kind)) {
                continue;
            }
            let cast =
                cast_around(Player::Seat(SeatId(0)), &dilemma.picks, &level, &view.published);
            let Some(cast) = cast else { continue };
            view.dilemma = Some(Pending { dilemma: DilemmaId(place as u8), cast, answer: None });
            let answer = best_answer(&view, &Worth::new(&view, None)).unwrap();
            let chosen = &dilemma.answers[usize::from(answer)];
            assert_eq!(price(chosen, SeatId(0), &level, &view.published), Money::ZERO);
        }
    }
}
