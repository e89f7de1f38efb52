//! Deals: term sheets, what they are worth, covenants and cap tables; and their life after signing.

pub mod appraise;
pub mod brief;
mod cap_table;
mod covenant;
mod loosening;
mod sheet;
mod systems;

use bevy::prelude::Component;
use serde::{Deserialize, Serialize};

use crate::ids::{DealId, FirmId, LabId, SeatId};
use crate::sim::fact::FactId;
use crate::units::Quarter;

pub use cap_table::{CapTable, Holder, Holding, OPENING_SHARES, ShareClass, shares_for};
pub use covenant::{
    BARRED_QUARTERS, Clause, MAX_AMOUNT_BN, MAX_COMMITMENT_MW, MAX_PRE_MONEY_BN, check_sheet,
    conflict,
};
pub use loosening::LOOSENABLE;
pub use sheet::{AccessTier, BoardSeat, Condition, Exclusivity, TermSheet};
pub use systems::{Signatory, plugin, sign};

/// A deal that was signed. Its covenants lapse by themselves; the deal stays on record.
#[derive(Component, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Deal {
    pub id: DealId,
    pub giant: FirmId,
    pub lab: LabId,
    pub sheet: TermSheet,
    /// Quarter 0 for deals older than the game.
    pub signed: Quarter,
    /// The fact of its signature; none for deals older than the game.
    pub fact: Option<FactId>,
    /// The shares it buys.
    pub class: ShareClass,
    /// Shares outstanding just before it: the base of its price.
    pub shares_before: i64,
    /// The lab's quarterly revenue at signature, $bn.
    pub revenue_at_signing_bn: f64,
    pub staged: Staged,
}

/// What became of the second tranche.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Staged {
    /// There is none.
    None,
    Waiting,
    Paid(Quarter),
    Lapsed(Quarter),
}

impl Deal {
    /// The exclusivity in force in a quarter. A term of n quarters holds in the quarter of signing
    /// and the n − 1 after it.
    pub fn exclusivity_at(&self, now: Quarter) -> Exclusivity {
        if now < self.signed.plus(u32::from(self.sheet.exclusivity_quarters)) {
            self.sheet.exclusivity
        } else {
            Exclusivity::None
        }
    }

    /// The access in force in a quarter.
    pub fn access_at(&self, now: Quarter) -> AccessTier {
        if now < self.signed.plus(u32::from(self.sheet.access_quarters)) {
            self.sheet.access
        } else {
            AccessTier::None
        }
    }

    /// Quarters of access left, this one included.
    pub fn access_left(&self, now: Quarter) -> u32 {
        self.signed.plus(u32::from(self.sheet.access_quarters)).since(now)
    }

    /// Whether it keeps the lab from a rival's money.
    pub fn bars_at(&self, now: Quarter, rival: SeatId) -> bool {
        self.sheet.barred.contains(rival) && now < self.signed.plus(BARRED_QUARTERS)
    }

    /// Megawatts the lab must rent from the giant by a quarter: a straight ramp over the first half
    /// of the term, at most eight quarters, then the full commitment until the term ends.
    pub fn committed_mw_at(&self, now: Quarter) -> f64 {
        let term = u32::from(self.sheet.commitment_quarters);
        if term == 0 || now >= self.signed.plus(term) {
            return 0.0;
        }
        let ramp = if self.signed == Quarter(0) { 1 } else { (term / 2).clamp(1, 8) };
        let part = f64::from((now.since(self.signed) + 1).min(ramp)) / f64::from(ramp);
        part * f64::from(self.sheet.commitment_mw)
    }
}
