//! The causal ledger: what the rules of a quarter went by, and the fact each input began with.
//!
//! Money's causes are its postings (`books.rs`). For the rules the ledger keeps their inputs as they
//! were used, quarter by quarter: the inputs before are those of the quarter before. Explanations
//! are made from them when somebody asks (`explain/`), never during play, and nothing in the rules
//! reads them.

use bevy::prelude::Resource;
use serde::{Deserialize, Serialize};

use crate::ids::SeatId;
use crate::sim::cloud::{MarketInputs, ModelsAtHand};
use crate::sim::fact::FactId;

/// What the rules of one quarter went by.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Inputs {
    /// The cloud market's.
    pub market: MarketInputs,
    /// The models each provider's customers could use: clouds in order, others last.
    pub models: Vec<ModelsAtHand>,
    /// What each team's capability came from: labs, then giants with models of their own.
    pub teams: Vec<Team>,
    /// Stakes of each giant in each lab, at the lab's last price, $bn: by giant, then lab.
    pub stakes_bn: Vec<f64>,
    /// Independence that effects in force gave each lab, part of 1, and the fact behind it.
    pub stirred: Vec<(f64, Option<FactId>)>,
    /// What happenings, answers, rescues and people on the move did to figures that have no inputs.
    pub effects: Vec<Felt>,
}

/// What a team's capability came from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Team {
    pub seat: SeatId,
    /// Compute it had: a lab's by provider, a giant's research alone. Gigawatts.
    pub compute_gw: Vec<f64>,
    /// Lost on chips that its models were not written for, gigawatts.
    pub lost_gw: f64,
    /// The part that trained, against the opening's: 1 for a giant.
    pub training: f64,
    /// Points everybody has.
    pub common: f64,
    /// Points of talent: its staff's doing, the quarter's luck, and all there is after both.
    pub staff: f64,
    pub luck: f64,
    pub talent: f64,
    /// Points a licence gave it in place of its own.
    pub licence: Option<Licence>,
    /// The fact that set its research budget.
    pub fact: Option<FactId>,
}

/// Models a giant may use as its own.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Licence {
    pub deal: crate::ids::DealId,
    pub points: f64,
}

/// What moved a figure beside its inputs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Felt {
    /// None for the providers who are no seat.
    pub seat: Option<SeatId>,
    pub what: Figure,
    pub by: f64,
    pub fact: Option<FactId>,
}

/// A figure that effects move at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Figure {
    /// Talent, points.
    Talent,
    /// Market value, $bn, before the quarter's news fades.
    Value,
    /// What a cloud's customers pay, by so many per cent.
    PaidPrice,
}

/// The current quarter's inputs, as far as it has come.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    pub(in crate::sim) inputs: Inputs,
}

impl Ledger {
    /// Writes down what an effect did to a figure.
    pub fn feel(&mut self, seat: Option<SeatId>, what: Figure, by: f64, fact: Option<FactId>) {
        if by != 0.0 {
            self.inputs.effects.push(Felt { seat, what, by, fact });
        }
    }

    /// Closes the quarter: hands its inputs over and begins an empty record.
    pub fn take(&mut self) -> Inputs {
        std::mem::take(&mut self.inputs)
    }
}
