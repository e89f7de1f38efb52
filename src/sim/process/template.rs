//! The template sheet a lab publishes: what it asks for, and what it will not grant.

use serde::{Deserialize, Serialize};

use crate::sim::deal::{AccessTier, BoardSeat, Clause, Exclusivity, TermSheet};
use crate::units::Money;

/// A lab's asks. Sum and price are an opening; what it refuses binds both sides while it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// Money from one giant.
    pub amount: Money,
    pub pre_money: Money,
    pub refuses: Refused,
}

/// Clauses a template can refuse, each in its strict form: directors, any exclusivity, exclusive
/// access, barred investors, money that waits.
pub const REFUSABLE: [Clause; 5] =
    [Clause::Board, Clause::Exclusivity, Clause::Access, Clause::Barred, Clause::Tranche];

/// A set of refusable clauses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused(u8);

impl Refused {
    pub const NONE: Refused = Refused(0);

    /// The set with one more clause, if it is one that can be refused.
    pub fn with(self, clause: Clause) -> Refused {
        let place = REFUSABLE.iter().position(|&other| other == clause);
        place.map_or(self, |place| Refused(self.0 | 1 << place))
    }

    pub fn contains(self, clause: Clause) -> bool {
        let place = REFUSABLE.iter().position(|&other| other == clause);
        place.is_some_and(|place| self.0 & (1 << place) != 0)
    }

    pub fn iter(self) -> impl Iterator<Item = Clause> {
        REFUSABLE.into_iter().filter(move |&clause| self.contains(clause))
    }

    /// Whether a number is one of these sets: what a saved decision may hold.
    pub fn is_valid(self) -> bool {
        self.0 < 1 << REFUSABLE.len()
    }
}

/// Whether a sheet asks for a refusable clause in its strict form.
fn asks_for(sheet: &TermSheet, clause: Clause) -> bool {
    match clause {
        Clause::Board => sheet.board == BoardSeat::Director,
        Clause::Exclusivity => sheet.exclusivity != Exclusivity::None,
        Clause::Access => sheet.access == AccessTier::Exclusive,
        Clause::Barred => !sheet.barred.is_empty(),
        Clause::Tranche => sheet.tranche_pct > 0,
        _ => false,
    }
}

impl Template {
    /// The first clause of a sheet that this template refuses.
    pub fn refused_in(&self, sheet: &TermSheet) -> Option<Clause> {
        self.refuses.iter().find(|&clause| asks_for(sheet, clause))
    }

    /// A sheet without what this template refuses: the nearest setting that it grants.
    pub fn trimmed(&self, sheet: TermSheet) -> TermSheet {
        let mut trimmed = sheet;
        for clause in self.refuses.iter().filter(|&clause| asks_for(&sheet, clause)) {
            match clause {
                Clause::Board => trimmed.board = BoardSeat::Observer,
                Clause::Exclusivity => {
                    trimmed.exclusivity = Exclusivity::None;
                    trimmed.exclusivity_quarters = 0;
                }
                Clause::Access => trimmed.access = AccessTier::Early,
                Clause::Barred => trimmed.barred = Default::default(),
                Clause::Tranche => trimmed.tranche_pct = 0,
                _ => {}
            }
        }
        trimmed
    }

    /// The asks as a sheet, to be checked like one.
    pub fn sheet(&self) -> TermSheet {
        TermSheet { cash: self.amount, pre_money: self.pre_money, ..TermSheet::default() }
    }
}
