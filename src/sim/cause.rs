//! The causal ledger: which inputs of the rules moved in a quarter, and the fact that moved each.
//!
//! Money's causes are its postings (`books.rs`). For the rules of the market the ledger keeps each
//! input before and after, tagged with the fact the change began with; explanations are made from
//! it when somebody asks, never during play.

use bevy::prelude::Resource;
use serde::{Deserialize, Serialize};

use crate::ids::{SeatId, SegmentId};
use crate::sim::fact::{FactId, Provider};

/// An input of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Input {
    /// List price of a segment, index.
    Price(SegmentId),
    /// The best model customers can use, points from the frontier.
    Access,
    /// Room to deliver, utils.
    Room,
    /// Sales effort in a segment, utils.
    Effort(SegmentId),
    /// Appeal from happenings and answers to dilemmas, utils.
    Appeal,
    /// Labs' own compute bills, $bn a quarter.
    LabBills,
    /// Demand turned away for want of capacity, $bn a quarter.
    TurnedAway,
    /// Capability, points.
    Capability,
}

/// Whose input it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Owner {
    Provider(Provider),
    Seat(SeatId),
}

/// One input that moved.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct InputChange {
    pub owner: Owner,
    pub input: Input,
    pub before: f64,
    pub after: f64,
    /// The fact it began with; none for the ordinary course (growth, wear, common progress).
    pub fact: Option<FactId>,
}

/// The current quarter's changes, in pipeline order.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ledger {
    changes: Vec<InputChange>,
}

impl Ledger {
    /// Writes a change down; nothing if there is none.
    pub fn record(
        &mut self,
        owner: Owner,
        input: Input,
        before: f64,
        after: f64,
        fact: Option<FactId>,
    ) {
        if before != after {
            self.changes.push(InputChange { owner, input, before, after, fact });
        }
    }

    pub fn changes(&self) -> &[InputChange] {
        &self.changes
    }

    pub fn take(&mut self) -> Vec<InputChange> {
        std::mem::take(&mut self.changes)
    }
}
