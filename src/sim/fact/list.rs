//! The facts of a quarter, in their order.

use bevy::prelude::Resource;
use serde::{Deserialize, Serialize};

use super::Fact;
use crate::units::Quarter;

/// A fact's place: its quarter and its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FactId {
    pub quarter: Quarter,
    pub number: u16,
}

/// The facts of the current quarter.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Facts {
    quarter: Quarter,
    list: Vec<Fact>,
}

impl Facts {
    /// Writes a fact down and gives it its place.
    pub fn push(&mut self, fact: Fact) -> FactId {
        let id = FactId { quarter: self.quarter, number: self.list.len() as u16 };
        self.list.push(fact);
        id
    }

    /// A fact of the current quarter.
    pub(in crate::sim) fn get(&self, id: FactId) -> Option<&Fact> {
        self.list.get(usize::from(id.number)).filter(|_| id.quarter == self.quarter)
    }

    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (FactId, &Fact)> {
        let quarter = self.quarter;
        self.list
            .iter()
            .enumerate()
            .map(move |(number, fact)| (FactId { quarter, number: number as u16 }, fact))
    }

    /// Ends the quarter: hands its facts over and begins the next one.
    pub fn turn(&mut self, next: Quarter) -> Vec<Fact> {
        self.quarter = next;
        std::mem::take(&mut self.list)
    }

    pub fn starting(quarter: Quarter) -> Facts {
        Facts { quarter, list: Vec::new() }
    }
}
