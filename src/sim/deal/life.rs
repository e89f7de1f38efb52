//! What became of a deal's covenants after signing.

use serde::{Deserialize, Serialize};

use super::promise::{Breach, Shortfall};
use super::{AccessTier, BARRED_QUARTERS, Deal, Exclusivity, TermSheet};
use crate::ids::{DealId, FirmId, LabId, SeatId, SeatSet};
use crate::units::{Money, Quarter};

/// What became of a deal's covenants after signing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Life {
    /// Giants for whom the holder has waived its covenants.
    pub waived: SeatSet,
    /// When and how its covenants ended before their terms.
    pub ended: Option<Ended>,
    /// The last quarter in which the lab withheld its demand for the compute it promised to rent.
    pub withheld: Option<Quarter>,
    /// Compute short of what was promised, at the last close.
    pub short: Option<Shortfall>,
    /// The last promise broken.
    pub breach: Option<Breach>,
}

/// An early end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    pub quarter: Quarter,
    pub how: HowEnded,
}

/// How covenants can end before their terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HowEnded {
    /// The two signed a new deal in its place.
    Replaced(DealId),
    /// One side ended it.
    Terminated(SeatId),
}

/// The latest deal of a giant and a lab whose covenants are in force: the one they can renegotiate.
pub fn latest<'a>(
    giant: FirmId,
    lab: LabId,
    now: Quarter,
    deals: impl IntoIterator<Item = &'a Deal>,
) -> Option<DealId> {
    let between = deals.into_iter().filter(|deal| deal.giant == giant && deal.lab == lab);
    between.filter(|deal| deal.in_force(now)).map(|deal| deal.id).last()
}

impl Deal {
    /// The first quarter in which none of its covenants holds any more by its terms.
    pub fn last_term_ends(&self) -> Quarter {
        let sheet = &self.sheet;
        let barred = if sheet.barred.is_empty() { 0 } else { BARRED_QUARTERS };
        let terms = [
            u32::from(sheet.exclusivity_quarters),
            u32::from(sheet.access_quarters),
            u32::from(sheet.commitment_quarters),
            u32::from(sheet.licence_quarters),
            u32::from(sheet.own_chips_quarters),
            barred,
        ];
        self.signed.plus(terms.into_iter().max().unwrap_or(0))
    }

    /// Whether a covenant with a term still holds: there is something to end or to renegotiate.
    pub fn in_force(&self, now: Quarter) -> bool {
        self.binds() && now < self.last_term_ends()
    }

    /// Whether it may stand in the way of what another giant signs with the lab.
    pub fn can_stop(&self, rival: SeatId, now: Quarter) -> bool {
        rival != self.giant.seat()
            && !self.life.waived.contains(rival)
            && (self.needs_consent()
                || self.exclusivity_at(now) != Exclusivity::None
                || self.access_at(now) != AccessTier::None
                || self.bars_at(now, rival))
    }

    /// What is left of its covenants, as a sheet without money: what a renegotiation starts from.
    pub fn remaining(&self, now: Quarter) -> TermSheet {
        let sheet = &self.sheet;
        // Deals older than the game may run longer than a sheet can say.
        let left = |term: u8, most: u32| {
            let left = self.signed.plus(u32::from(term)).since(now);
            if self.binds() { left.min(u32::from(term)).min(most) as u8 } else { 0 }
        };
        let mut rest = TermSheet {
            board: self.board(),
            consent: self.needs_consent(),
            licence_quarters: left(sheet.licence_quarters, 40),
            ..TermSheet::default()
        };
        rest.exclusivity_quarters = left(sheet.exclusivity_quarters, 20);
        rest.access_quarters = left(sheet.access_quarters, 40);
        rest.commitment_quarters = left(sheet.commitment_quarters, 40);
        if rest.exclusivity_quarters > 0 {
            rest.exclusivity = sheet.exclusivity;
        }
        if rest.access_quarters > 0 {
            rest.access = sheet.access;
        }
        if rest.commitment_quarters > 0 {
            rest.commitment_mw = sheet.commitment_mw;
        }
        rest.own_chips_quarters = left(sheet.own_chips_quarters, 40);
        if rest.own_chips_quarters > 0 {
            rest.own_chips_pct = sheet.own_chips_pct;
        }
        if self.left_to_share().is_positive() {
            rest.revenue_share_pct = sheet.revenue_share_pct;
            rest.revenue_share_cap = self.left_to_share();
        }
        if sheet.barred.iter().any(|rival| self.bars_at(now, rival)) {
            rest.barred = sheet.barred;
        }
        rest.break_fee = if self.binds() { sheet.break_fee } else { Money::ZERO };
        rest
    }
}
