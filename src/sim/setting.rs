//! What every system may lean on: the level, the clock, and where the entities are.

use std::sync::Arc;

use bevy::prelude::{Component, Entity, Resource};
use serde::{Deserialize, Serialize};

use crate::ids::{FirmId, LabId, Role, SeatId};
use crate::level::Level;
use crate::sim::decision::Decision;
use crate::sim::rng::{Purpose, Stream, key};
use crate::units::{CalendarQuarter, Quarter};

/// The level played, and the seed of its luck.
#[derive(Resource, Clone, Debug)]
pub struct Setting {
    pub level: Arc<Level>,
    pub seed: u64,
    /// Stream keys by seat, then one for all other providers.
    keys: Vec<u64>,
}

impl Setting {
    pub fn new(level: Arc<Level>, seed: u64) -> Setting {
        let mut keys: Vec<u64> = level.seat_ids().map(|seat| key(level.seat_key(seat))).collect();
        keys.push(key("others"));
        Setting { level, seed, keys }
    }

    pub fn giants(&self) -> usize {
        self.level.giants.len()
    }

    pub fn role(&self, seat: SeatId) -> Role {
        seat.role(self.giants())
    }

    pub fn lab_seat(&self, lab: LabId) -> SeatId {
        lab.seat(self.giants())
    }

    /// Luck of one actor for one purpose in the current step.
    pub fn stream(&self, clock: &Clock, purpose: Purpose, actor: SeatId) -> Stream {
        Stream::new(
            self.seed,
            clock.quarter,
            clock.step.number(),
            purpose,
            self.keys[actor.index()],
            0,
        )
    }

    /// Luck of one actor with one counterpart, in the current step.
    pub fn pair_stream(
        &self,
        clock: &Clock,
        purpose: Purpose,
        actor: SeatId,
        counterpart: SeatId,
    ) -> Stream {
        let (actor, counterpart) = (self.keys[actor.index()], self.keys[counterpart.index()]);
        let step = clock.step.number();
        Stream::new(self.seed, clock.quarter, step, purpose, actor, counterpart)
    }

    /// Luck that is nobody's own; `number` tells apart streams of the same purpose.
    pub fn world_stream(&self, clock: &Clock, purpose: Purpose, number: u64) -> Stream {
        Stream::new(self.seed, clock.quarter, clock.step.number(), purpose, 0, number)
    }

    pub fn calendar(&self, quarter: Quarter) -> CalendarQuarter {
        self.level.opening.plus(quarter.0)
    }
}

/// A step of a quarter. All seats decide in it, sealed, and then it runs for the whole world.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Step {
    /// Offers, counters and questions of a round, 0 the first.
    Offers(u32),
    /// Answers of a round.
    Answers(u32),
    /// Plans; then the close.
    Plan,
    /// The game has ended.
    Over,
}

impl Step {
    /// Counts the steps of a quarter, for streams and records.
    pub fn number(self) -> u32 {
        match self {
            Step::Offers(round) => 2 * round,
            Step::Answers(round) => 2 * round + 1,
            Step::Plan => 1_000,
            Step::Over => 1_001,
        }
    }
}

/// Where the game stands.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Clock {
    /// The quarter being played, 1 the first.
    pub quarter: Quarter,
    pub step: Step,
}

/// What each seat has decided in the current step, in the order it decided.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Orders(pub Vec<Vec<Decision>>);

impl Orders {
    pub fn of(&self, seat: SeatId) -> &[Decision] {
        &self.0[seat.index()]
    }

    /// All decisions, by seat, then in the order decided.
    pub fn iter(&self) -> impl Iterator<Item = (SeatId, &Decision)> {
        self.0.iter().enumerate().flat_map(|(seat, decisions)| {
            decisions.iter().map(move |decision| (SeatId(seat as u8), decision))
        })
    }

    pub fn clear(&mut self) {
        self.0.iter_mut().for_each(Vec::clear);
    }
}

/// A provider's place in lists of providers: giants in order, then all others as one.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ProviderIndex(pub u8);

/// Which giant an entity is.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Giant(pub FirmId);

/// Which lab an entity is.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lab(pub LabId);

/// Where a world keeps its entities, in the order of their ids. Derived, never saved.
#[derive(Resource, Clone, Debug, Default)]
pub struct Roster {
    /// Giants, then all other providers as one.
    pub providers: Vec<Entity>,
    pub giants: Vec<Entity>,
    pub labs: Vec<Entity>,
    /// By lab, then giant.
    pub tables: Vec<Entity>,
    pub deals: Vec<Entity>,
}

impl Roster {
    pub fn giant(&self, firm: FirmId) -> Entity {
        self.giants[firm.index()]
    }

    pub fn lab(&self, lab: LabId) -> Entity {
        self.labs[lab.index()]
    }

    pub fn table(&self, firm: FirmId, lab: LabId) -> Entity {
        self.tables[lab.index() * self.giants.len() + firm.index()]
    }
}
