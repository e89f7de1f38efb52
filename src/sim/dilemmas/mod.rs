//! Dilemmas, put to one seat at a time, and cards for those who trail.

mod deal;
pub mod rules;

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{CardId, DilemmaId, Role, SeatId};
use crate::level::Level;
use crate::level::deck::{Answer, EffectKind, Kind, Part};
use crate::sim::books::{Account, Books};
use crate::sim::decision::{Decision, Refusal};
use crate::sim::fact::{Fact, Facts};
use crate::sim::happenings::{Cast, Chronicle, Player, apply_all, cast_around, settled};
use crate::sim::press::Press;
use crate::sim::rng::Purpose;
use crate::sim::setting::{Clock, Orders, Setting, Step};
use crate::sim::turn::{TalkSystems, TurnSystems};
use crate::sim::view::Published;
use crate::units::{Money, Quarter};

/// Every seat's dilemma and cards.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Dilemmas(pub(in crate::sim) Vec<Docket>);

/// What lies before one seat.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Docket {
    pub(in crate::sim) pending: Option<Pending>,
    /// Dilemmas it was asked, a bit each.
    asked: u64,
    /// The quarter it was last asked in.
    last_asked: Quarter,
    /// Cards it holds, and all it was ever dealt, a bit each.
    hand: u64,
    dealt: u64,
}

/// A dilemma before a seat.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pending {
    pub dilemma: DilemmaId,
    pub cast: Cast,
    /// The answer given in an earlier step of the quarter.
    pub answer: Option<u8>,
}

impl Dilemmas {
    pub fn new(level: &Level) -> Dilemmas {
        Dilemmas(vec![Docket::default(); level.seats()])
    }

    /// Puts the dilemmas of the first quarter before their seats.
    pub(in crate::sim) fn open(&mut self, level: &Level, published: &Published) {
        deal::deal_opening(level, published, self);
    }

    /// What lies before everybody, as one seat can think of it: its own as it is. Others' is dealt
    /// from the level's deck, as it would have been; what they were asked before nobody counts.
    pub(in crate::sim) fn imagined(
        setting: &Setting,
        published: &Published,
        chronicle: &Chronicle,
        now: Quarter,
        (seat, own): (SeatId, Docket),
    ) -> Dilemmas {
        let mut dilemmas = Dilemmas::new(&setting.level);
        if now <= Quarter(1) {
            deal::deal_opening(&setting.level, published, &mut dilemmas);
        } else {
            let clock = Clock { quarter: Quarter(now.0 - 1), step: Step::Plan };
            for other in setting.level.seat_ids().filter(|&other| other != seat) {
                let mut stream = setting.stream(&clock, Purpose::Imagined, other);
                let docket = &mut dilemmas.0[other.index()];
                let gone = stream.below(rules::PACE as usize + 1) as u32;
                docket.last_asked = Quarter(clock.quarter.0.saturating_sub(gone));
                deal::deal_to(other, &clock, setting, published, chronicle, docket);
            }
        }
        dilemmas.0[seat.index()] = own;
        dilemmas
    }

    /// What lies before a seat, and what did.
    pub(in crate::sim) fn docket(&self, seat: SeatId) -> Docket {
        self.0[seat.index()]
    }

    /// The question before a seat this quarter.
    pub fn pending(&self, seat: SeatId) -> Option<Pending> {
        self.0[seat.index()].pending
    }

    /// The cards a seat holds.
    pub fn hand(&self, seat: SeatId) -> Vec<CardId> {
        let hand = self.0[seat.index()].hand;
        (0..64u8).filter(|card| hand & (1 << card) != 0).map(CardId).collect()
    }
}

pub(super) fn plugin(talk: &mut Schedule, close: &mut Schedule) {
    talk.add_systems(note_answers.in_set(TalkSystems::Moves));
    close.add_systems(
        (deal::note_news, deal::deal_dilemmas, deal::deal_cards)
            .chain()
            .in_set(TurnSystems::Judge)
            .after(crate::sim::goals::judge)
            .before(crate::sim::goals::end_quarter),
    );
}

/// Whether a seat is of a kind.
pub fn is_of(level: &Level, seat: SeatId, kind: Kind) -> bool {
    match (seat.role(level.giants.len()), kind) {
        (Role::Lab(_), kind) => kind == Kind::Lab,
        (Role::Giant(firm), kind) => {
            let giant = &level.giants[firm.index()];
            match kind {
                Kind::Cloud => giant.cloud.is_some(),
                Kind::ModelMaker => giant.cloud.is_some() && giant.models.is_some(),
                Kind::ChipMaker => giant.chips.is_some(),
                Kind::Giant => true,
                Kind::Lab => false,
            }
        }
    }
}

/// What an answer surely costs the one who gives it, in cash, at this quarter's figures.
pub fn price(answer: &Answer, seat: SeatId, level: &Level, published: &Published) -> Money {
    let own = answer.effects.iter().filter(|effect| effect.on == Part::Seat && effect.after == 0);
    own.map(|effect| match settled(effect.what, Player::Seat(seat), level, published) {
        EffectKind::Cash { bn } if bn < 0.0 => Money::from_bn(-bn),
        _ => Money::ZERO,
    })
    .sum()
}

/// Answers given in a step of talks are kept until the close.
fn note_answers(orders: Res<Orders>, mut dilemmas: ResMut<Dilemmas>) {
    for (seat, decision) in orders.iter() {
        if let Decision::Answer { answer, .. } = *decision
            && let Some(pending) = &mut dilemmas.0[seat.index()].pending
        {
            pending.answer = Some(answer);
        }
    }
}

/// Answers and cards take effect. A dilemma nobody answered takes the answer it states for silence.
pub(super) fn take_effect(world: &mut World) {
    let level = world.resource::<Setting>().level.clone();
    for seat in level.seat_ids() {
        let played =
            world.resource::<Orders>().of(seat).iter().find_map(|decision| match decision {
                Decision::Play { card } => Some(*card),
                _ => None,
            });
        if let Some(pending) = world.resource::<Dilemmas>().pending(seat) {
            answer(world, &level, seat, pending);
        }
        if let Some(card) = played {
            play(world, &level, seat, card);
        }
    }
}

fn answer(world: &mut World, level: &Level, seat: SeatId, pending: Pending) {
    let orders = world.resource::<Orders>().of(seat).iter();
    let mut now = orders.filter_map(|decision| match decision {
        Decision::Answer { answer, .. } => Some(*answer),
        _ => None,
    });
    let given = now.next_back().or(pending.answer);
    let dilemma = &level.dilemmas[pending.dilemma.index()];
    let answer = given.unwrap_or(dilemma.silence);
    let chosen = &dilemma.answers[usize::from(answer)];
    let went_well = chosen.luck.as_ref().map(|luck| {
        let clock = world.resource::<Clock>();
        let mut stream = world.resource::<Setting>().stream(clock, Purpose::DilemmaLuck, seat);
        stream.uniform() < luck.chance_pct / 100.0
    });
    let fact = world.resource_mut::<Facts>().push(Fact::Answered {
        seat,
        dilemma: pending.dilemma,
        answer,
        cast: pending.cast,
        went_well,
        by_silence: given.is_none(),
        public: dilemma.public,
    });
    world.resource_mut::<Dilemmas>().0[seat.index()].pending = None;
    apply_all(world, &chosen.effects, pending.cast, Some(fact));
    if let (Some(luck), Some(well)) = (&chosen.luck, went_well) {
        let effects = if well { &luck.well } else { &luck.ill };
        apply_all(world, effects, pending.cast, Some(fact));
    }
}

fn play(world: &mut World, level: &Level, seat: SeatId, card: CardId) {
    let published = world.resource::<Press>().0.clone();
    let chosen = &level.cards[card.index()];
    let Some(cast) = cast_around(Player::Seat(seat), &chosen.picks, level, &published) else {
        return;
    };
    world.resource_mut::<Dilemmas>().0[seat.index()].hand &= !(1 << card.0);
    let fact = world.resource_mut::<Facts>().push(Fact::CardPlayed { seat, card, cast });
    apply_all(world, &chosen.effects, cast, Some(fact));
}

/// Dilemmas that any seat has answered, a bit each.
pub(super) fn answered_by_anybody(world: &World) -> u64 {
    let dockets = world.resource::<Dilemmas>().0.iter();
    dockets.fold(0, |bits, docket| {
        let waiting = docket.pending.map_or(0, |pending| 1 << pending.dilemma.0);
        bits | docket.asked & !waiting
    })
}

/// Whether a seat may give this answer now.
pub(super) fn check_answer(
    world: &World,
    seat: SeatId,
    dilemma: DilemmaId,
    answer: u8,
) -> Result<(), Refusal> {
    let pending = world.resource::<Dilemmas>().pending(seat);
    let pending = pending.filter(|pending| pending.dilemma == dilemma);
    let pending = pending.ok_or(Refusal::NoSuchDilemma)?;
    if pending.answer.is_some() {
        return Err(Refusal::AlreadyAnswered);
    }
    let level = &world.resource::<Setting>().level;
    let answers = &level.dilemmas[dilemma.index()].answers;
    let Some(chosen) = answers.get(usize::from(answer)) else {
        return Err(Refusal::NoSuchAnswer { answers: answers.len() as u8 });
    };
    let needed = price(chosen, seat, level, &world.resource::<Press>().0);
    let available = world.resource::<Books>().balance(Account::Cash(seat));
    if needed > available {
        return Err(Refusal::AnswerTooDear { needed, available });
    }
    Ok(())
}

/// Whether a seat may play this card now.
pub(super) fn check_card(world: &World, seat: SeatId, card: CardId) -> Result<(), Refusal> {
    let docket = &world.resource::<Dilemmas>().0[seat.index()];
    if card.0 >= 64 || docket.hand & (1 << card.0) == 0 {
        return Err(Refusal::NoSuchCard);
    }
    let level = &world.resource::<Setting>().level;
    let picks = &level.cards[card.index()].picks;
    match cast_around(Player::Seat(seat), picks, level, &world.resource::<Press>().0) {
        Some(_) => Ok(()),
        None => Err(Refusal::CardDoesNotFit),
    }
}
