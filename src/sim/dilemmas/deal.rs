//! The end of a quarter: who is asked what in the next one, and who is dealt a card.

use bevy::prelude::*;

use super::{Dilemmas, Docket, Pending, is_of, rules};
use crate::ids::{CardId, DilemmaId, SeatId};
use crate::level::Level;
use crate::sim::fact::{Fact, Facts};
use crate::sim::goals::Scores;
use crate::sim::happenings::conditions::Present;
use crate::sim::happenings::{self, Cast, Chronicle, Player, cast_around};
use crate::sim::press::Press;
use crate::sim::rng::Purpose;
use crate::sim::setting::{Clock, Setting};
use crate::sim::view::Published;
use crate::units::Quarter;

pub(super) fn note_news(clock: Res<Clock>, facts: Res<Facts>, mut chronicle: ResMut<Chronicle>) {
    happenings::note_news(&clock, &facts, &mut chronicle);
}

/// Puts next quarter's dilemmas on the desks.
pub(super) fn deal_dilemmas(
    clock: Res<Clock>,
    setting: Res<Setting>,
    press: Res<Press>,
    chronicle: Res<Chronicle>,
    mut dilemmas: ResMut<Dilemmas>,
) {
    for seat in setting.level.seat_ids() {
        let docket = &mut dilemmas.0[seat.index()];
        deal_to(seat, &clock, &setting, &press.0, &chronicle, docket);
    }
}

/// Puts next quarter's dilemma on one desk, if there is to be one.
pub(super) fn deal_to(
    seat: SeatId,
    clock: &Clock,
    setting: &Setting,
    published: &Published,
    chronicle: &Chronicle,
    docket: &mut Docket,
) {
    let level = &setting.level;
    let next = clock.quarter.next();
    let mut stream = setting.stream(clock, Purpose::DilemmaDeal, seat);
    let luck = stream.uniform();
    // Nothing to look at if the deck could be full of fitting ones and none be dealt.
    if !rules::is_dealt(next.0, docket.last_asked.0, level.quarters, usize::MAX, luck) {
        return;
    }
    let present = Present { level, published, chronicle, quarter: next, answered: docket.asked };
    let mut fitting: Vec<(DilemmaId, Cast)> = Vec::new();
    for (place, dilemma) in level.dilemmas.iter().enumerate() {
        let new = docket.asked & (1 << place) == 0;
        if !new || !dilemma.asks.iter().any(|kind| is_of(level, seat, *kind)) {
            continue;
        }
        let cast = cast_around(Player::Seat(seat), &dilemma.picks, level, published);
        if let Some(cast) = cast.filter(|cast| present.holds(&dilemma.when, cast)) {
            fitting.push((DilemmaId(place as u8), cast));
        }
    }
    if rules::is_dealt(next.0, docket.last_asked.0, level.quarters, fitting.len(), luck) {
        let (dilemma, cast) = fitting[stream.below(fitting.len())];
        docket.pending = Some(Pending { dilemma, cast, answer: None });
        docket.asked |= 1 << dilemma.0;
        docket.last_asked = next;
    }
}

/// Puts on the desks what a level opens with: of the dilemmas that may come in the first quarter and
/// in no other, the first that fits a seat. Nothing is drawn, for the opening knows no luck.
pub(in crate::sim) fn deal_opening(level: &Level, published: &Published, dilemmas: &mut Dilemmas) {
    let chronicle = Chronicle::default();
    let first = Quarter(1);
    if !rules::is_dealt(first.0, 0, level.quarters, 1, 0.0) {
        return;
    }
    for seat in level.seat_ids() {
        let present =
            Present { level, published, chronicle: &chronicle, quarter: first, answered: 0 };
        let fitting = level.dilemmas.iter().enumerate().find_map(|(place, dilemma)| {
            let opens = dilemma.when.to_quarter == Some(first.0);
            let asked = dilemma.asks.iter().any(|kind| is_of(level, seat, *kind));
            let cast = cast_around(Player::Seat(seat), &dilemma.picks, level, published);
            let cast = cast.filter(|cast| opens && asked && present.holds(&dilemma.when, cast))?;
            Some((DilemmaId(place as u8), cast))
        });
        if let Some((dilemma, cast)) = fitting {
            let docket = &mut dilemmas.0[seat.index()];
            docket.pending = Some(Pending { dilemma, cast, answer: None });
            docket.asked |= 1 << dilemma.0;
            docket.last_asked = first;
        }
    }
}

/// Deals a card to each of those who trail, after the quarters the level names.
pub(super) fn deal_cards(
    clock: Res<Clock>,
    setting: Res<Setting>,
    press: Res<Press>,
    scores: Res<Scores>,
    mut facts: ResMut<Facts>,
    mut dilemmas: ResMut<Dilemmas>,
) {
    let level = &setting.level;
    if !level.cards_after.contains(&clock.quarter.0) || clock.quarter.0 >= level.quarters {
        return;
    }
    let mut order: Vec<SeatId> = level.seat_ids().collect();
    order.sort_by(|&one, &other| {
        scores.scaled(level, one).total_cmp(&scores.scaled(level, other)).then(one.cmp(&other))
    });
    order.truncate(rules::trailing(level.seats()));
    order.sort_unstable();
    for seat in order {
        let docket = &mut dilemmas.0[seat.index()];
        let fits = |place: usize| {
            let card = &level.cards[place];
            docket.dealt & (1 << place) == 0
                && card.helps.iter().any(|kind| is_of(level, seat, *kind))
                && cast_around(Player::Seat(seat), &card.picks, level, &press.0).is_some()
        };
        let fitting: Vec<usize> = (0..level.cards.len()).filter(|&place| fits(place)).collect();
        if fitting.is_empty() {
            continue;
        }
        let luck = &mut setting.stream(&clock, Purpose::CardDeal, seat);
        let card = CardId(fitting[luck.below(fitting.len())] as u8);
        docket.hand |= 1 << card.0;
        docket.dealt |= 1 << card.0;
        facts.push(Fact::CardDealt { seat, card });
    }
}
