//! Deals: term sheets, what they are worth, covenants and cap tables; and their life after signing.

pub mod appraise;
pub mod brief;
mod cap_table;
mod clause;
mod covenant;
mod exit;
mod income;
mod keeping;
mod life;
mod loosening;
pub mod promise;
pub mod renegotiation;
mod rounds;
pub mod rules;
mod sheet;
mod systems;
pub mod waiver;

use bevy::prelude::Component;
use serde::{Deserialize, Serialize};

use crate::ids::{DealId, FirmId, LabId, SeatId};
use crate::sim::fact::FactId;
use crate::units::{Money, Quarter};

pub use cap_table::{
    CapTable, Holder, Holding, Note, OPENING_SHARES, Rights, Round, Sale, ShareChange, ShareClass,
    shares_for,
};
pub use clause::{Clause, at_least_as_good};
pub use covenant::{
    BARRED_QUARTERS, CONSENT_FREE_STAKE, LONGEST_EXCLUSIVITY, LONGEST_TERM, MAX_AMOUNT_BN,
    MAX_COMMITMENT_MW, MAX_PRE_MONEY_BN, MAX_REVENUE_SHARE_PCT, MOST_OF_PRE_MONEY, Means,
    PROFIT_CAPS, check_sheet, conflict, forbidden_through, waits_for,
};
pub use exit::{Paid, proceeds};
pub use income::{on_chips, shared_part};
pub use life::{Ended, HowEnded, Life, latest};
pub use loosening::LOOSENABLE;
pub use sheet::{AccessTier, BoardSeat, Condition, Exclusivity, Instrument, TermSheet};
pub(in crate::sim) use systems::TRUST_SIGNED;
pub use systems::{Signatory, plugin, sign, tell_changes};

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
    /// The compute the lab rented at signature, gigawatts.
    pub compute_at_signing_gw: f64,
    pub staged: Staged,
    /// What was paid for shares under its warrants so far.
    pub exercised: Money,
    /// What its revenue share has come to so far.
    pub shared: Money,
    pub life: Life,
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
    /// What it has cost so far: a tranche that was never paid was never paid.
    pub fn paid(&self) -> Money {
        match self.staged {
            Staged::None | Staged::Paid(_) => self.sheet.raised() + self.exercised,
            Staged::Waiting | Staged::Lapsed(_) => self.sheet.first_tranche() + self.sheet.credits,
        }
    }
}

#[cfg(test)]
impl Deal {
    /// A deal to test with, signed in the first quarter.
    pub(in crate::sim) fn of(giant: FirmId, lab: LabId, sheet: TermSheet) -> Deal {
        Deal {
            id: DealId(0),
            giant,
            lab,
            sheet,
            signed: Quarter(1),
            fact: None,
            class: ShareClass::Common,
            shares_before: 1,
            revenue_at_signing_bn: 1.0,
            compute_at_signing_gw: 1.0,
            staged: Staged::None,
            exercised: Money::ZERO,
            shared: Money::ZERO,
            life: Life::default(),
        }
    }
}

impl Deal {
    /// Whether its covenants have not been ended before their terms.
    pub fn binds(&self) -> bool {
        self.life.ended.is_none()
    }

    /// The seat on the lab's board it gives.
    pub fn board(&self) -> BoardSeat {
        if self.binds() { self.sheet.board } else { BoardSeat::None }
    }

    /// The exclusivity in force in a quarter. A term of n quarters holds in the quarter of signing
    /// and the n − 1 after it.
    pub fn exclusivity_at(&self, now: Quarter) -> Exclusivity {
        if self.binds() && now < self.signed.plus(u32::from(self.sheet.exclusivity_quarters)) {
            self.sheet.exclusivity
        } else {
            Exclusivity::None
        }
    }

    /// The access in force in a quarter.
    pub fn access_at(&self, now: Quarter) -> AccessTier {
        if self.binds() && now < self.signed.plus(u32::from(self.sheet.access_quarters)) {
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
        self.binds() && self.sheet.barred.contains(rival) && now < self.signed.plus(BARRED_QUARTERS)
    }

    /// Whether the giant may use the lab's models as its own.
    pub fn licence_at(&self, now: Quarter) -> bool {
        // No term is none: not even before the signature.
        let term = u32::from(self.sheet.licence_quarters);
        term > 0 && self.binds() && now < self.signed.plus(term)
    }

    /// The best access it gives in a quarter, and for how many quarters: a licence is as good as
    /// exclusive access to the one who holds it.
    pub fn best_access(&self, now: Quarter) -> (AccessTier, u32) {
        if self.licence_at(now) {
            let left = self.signed.plus(u32::from(self.sheet.licence_quarters)).since(now);
            (AccessTier::Exclusive, left)
        } else {
            (self.access_at(now), self.access_left(now))
        }
    }

    /// Points by which the models that the giant's customers see trail the lab's newest.
    pub fn discount_at(&self, now: Quarter) -> f64 {
        if self.licence_at(now) {
            AccessTier::Exclusive.discount_points()
        } else {
            self.access_at(now).discount_points()
        }
    }

    /// The part of the compute it covers that must run on the giant's chips, 0 to 1.
    pub fn chips_at(&self, now: Quarter) -> f64 {
        if self.binds() && now < self.signed.plus(u32::from(self.sheet.own_chips_quarters)) {
            f64::from(self.sheet.own_chips_pct) / 100.0
        } else {
            0.0
        }
    }

    /// Shares of this deal for so much more money, at its own price.
    fn sale(&self, amount: Money) -> Sale {
        Sale {
            holder: Holder::Seat(self.giant.seat()),
            class: self.class,
            amount,
            pre_money: self.sheet.pre_money,
            rights: systems::rights(&self.sheet),
        }
    }

    /// What its revenue share may still come to. It is owed to the cap, whoever ends the rest of the
    /// deal early, unless a new deal has taken the old one's place.
    pub fn left_to_share(&self) -> Money {
        match self.life.ended {
            Some(Ended { how: HowEnded::Replaced(_), .. }) => Money::ZERO,
            _ => self.sheet.revenue_share_cap - self.shared,
        }
    }

    /// Whether the lab needs the giant's consent for what it grants to others.
    pub fn needs_consent(&self) -> bool {
        self.binds() && self.sheet.consent
    }

    /// Megawatts the lab must rent from the giant by a quarter: a straight ramp over the first half
    /// of the term, at most eight quarters, then the full commitment until the term ends.
    pub fn committed_mw_at(&self, now: Quarter) -> f64 {
        let term = u32::from(self.sheet.commitment_quarters);
        if term == 0 || !self.binds() || now >= self.signed.plus(term) {
            return 0.0;
        }
        let ramp = if self.signed == Quarter(0) { 1 } else { (term / 2).clamp(1, 8) };
        let part = f64::from((now.since(self.signed) + 1).min(ramp)) / f64::from(ramp);
        part * f64::from(self.sheet.commitment_mw)
    }
}
