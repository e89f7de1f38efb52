//! Promises: who owes whom what under a deal, until when, and whether it is kept.
//!
//! Pure functions over a deal; the host shows them, bots read them, and the close acts on them.

use serde::{Deserialize, Serialize};

use super::{AccessTier, BARRED_QUARTERS, Clause, Deal, Exclusivity, Staged};
use crate::ids::{DealId, SeatId, SeatSet};
use crate::sim::lab::rules::COMPUTE_COST;
use crate::units::{Money, Quarter};

/// Quarters in a row in which compute may be short before that is a breach (*assumed*).
const GRACE: u32 = 1;
/// A shortfall below this part of what was promised is nobody's quarrel (*assumed*).
const TOLERANCE: f64 = 0.02;
/// Quarters after a breach in which the other side may end the deal without a fee.
pub const FREE_TO_END: u32 = 4;
/// Damages: this part of the price of what was not delivered, or of a tranche not paid (*assumed*).
pub const DAMAGES: f64 = 0.25;
/// What ending a deal early costs where no break fee was agreed: this part of the sum invested, and
/// of the rent of the compute still committed, over at most eight quarters (*assumed*).
const EARLY_END: f64 = 0.10;
const EARLY_END_RENT: f64 = 0.05;

/// How a promise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PromiseState {
    /// Kept so far, or for good.
    Kept,
    /// To be kept yet.
    Due,
    /// Not kept this quarter; a breach if it goes on.
    Late,
    InBreach,
    /// Its holder has waived it for these giants.
    Waived(SeatSet),
    /// Lapsed by its term, replaced or terminated.
    Ended,
}

/// One promise of a deal.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Promise {
    pub deal: DealId,
    pub what: Clause,
    pub by: SeatId,
    pub to: SeatId,
    /// The quarter it is due, or the last one in which it binds; none where it has no end.
    pub until: Option<Quarter>,
    pub state: PromiseState,
}

/// A promise not kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    pub by: SeatId,
    pub what: Clause,
    pub quarter: Quarter,
}

/// Compute short of what was promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shortfall {
    /// Whose fault: the giant has no room, or the lab withholds its demand.
    pub by: SeatId,
    pub since: Quarter,
}

/// Compute promised and not rented, gigawatts; none if it is nobody's quarrel.
pub fn shortfall_gw(committed_gw: f64, rented_gw: f64) -> Option<f64> {
    let short = committed_gw - rented_gw;
    (short > TOLERANCE * committed_gw).then_some(short)
}

/// Whether a shortfall has gone on for so long that it is a breach.
pub fn is_breach(since: Quarter, now: Quarter) -> bool {
    now.since(since) >= GRACE
}

/// Damages for a quarter's compute not delivered, $bn: `0.25 · 3.25 · GW`.
pub fn damages_bn(short_gw: f64) -> f64 {
    DAMAGES * COMPUTE_COST * short_gw
}

/// What ending a deal's covenants costs, and whom: the side that ends it pays the break fee, or
/// without one `0.10 · invested · min(left, 8)/8 + 0.05 · 3.25 · GW · min(left, 8)`, $bn. A side that
/// was wronged pays nothing, and is paid the break fee.
pub fn settlement(deal: &Deal, by: SeatId, lab: SeatId, now: Quarter) -> (SeatId, Money) {
    let other = if by == lab { deal.giant.seat() } else { lab };
    if deal.wronged(by, now) {
        return (other, deal.sheet.break_fee);
    }
    if deal.sheet.break_fee.is_positive() {
        return (by, deal.sheet.break_fee);
    }
    let left = |until: Quarter| f64::from(until.since(now).min(8));
    let invested = EARLY_END * deal.sheet.amount().bn() * left(deal.last_term_ends()) / 8.0;
    let rent_ends = deal.signed.plus(u32::from(deal.sheet.commitment_quarters));
    let gigawatts = f64::from(deal.sheet.commitment_mw) / 1_000.0;
    let rent = EARLY_END_RENT * COMPUTE_COST * gigawatts * left(rent_ends);
    (by, Money::from_bn(invested + rent))
}

impl Deal {
    /// Whether a side may end the deal without a fee, for a breach of the other's.
    pub fn wronged(&self, side: SeatId, now: Quarter) -> bool {
        self.life
            .breach
            .is_some_and(|breach| breach.by != side && now.since(breach.quarter) < FREE_TO_END)
    }

    /// Every promise of the deal, the giant's first. `lab` is the lab's seat, `rented_gw` what it
    /// rents from the giant.
    pub fn promises(&self, lab: SeatId, now: Quarter, rented_gw: f64) -> Vec<Promise> {
        let giant = self.giant.seat();
        let mut list = Vec::new();
        let mut promise = |what, by, until, state| {
            let to = if by == lab { giant } else { lab };
            list.push(Promise { deal: self.id, what, by, to, until, state });
        };
        if self.signed > Quarter(0) && self.sheet.amount().is_positive() {
            let paid = self.signed < now;
            let state = if paid { PromiseState::Kept } else { PromiseState::Due };
            promise(Clause::Amount, giant, Some(self.signed), state);
        }
        if self.staged != Staged::None {
            promise(Clause::Tranche, giant, self.tranche_due(), self.tranche_state());
        }
        if self.sheet.commitment_mw > 0 {
            let (until, short) = (self.through(self.sheet.commitment_quarters), self.life.short);
            let state = self.compute_state(now, rented_gw);
            // Both owe it: the one delivers, the other rents. Only one can fail.
            for by in [giant, lab] {
                let at_fault = short.is_none_or(|short| short.by == by);
                promise(
                    Clause::Commitment,
                    by,
                    Some(until),
                    if at_fault { state } else { PromiseState::Kept },
                );
            }
        }
        for (what, until, in_force) in self.covenants(now) {
            let broken = self
                .life
                .breach
                .is_some_and(|breach| breach.what == what && now.since(breach.quarter) <= 1);
            let state = if broken { PromiseState::InBreach } else { self.covenant_state(in_force) };
            promise(what, lab, until, state);
        }
        if self.sheet.break_fee.is_positive() {
            let state = if self.in_force(now) { PromiseState::Kept } else { PromiseState::Ended };
            let last = Quarter(self.last_term_ends().0.saturating_sub(1));
            promise(Clause::BreakFee, lab, Some(last), state);
        }
        list
    }

    fn through(&self, term: u8) -> Quarter {
        Quarter((self.signed.0 + u32::from(term)).saturating_sub(1))
    }

    /// What the lab may not do or must let the giant have: the clause, its last quarter, whether it is
    /// in force.
    fn covenants(&self, now: Quarter) -> impl Iterator<Item = (Clause, Option<Quarter>, bool)> {
        let sheet = &self.sheet;
        let barred = sheet.barred.iter().any(|rival| self.bars_at(now, rival));
        let list = [
            (
                sheet.exclusivity != Exclusivity::None,
                Clause::Exclusivity,
                Some(self.through(sheet.exclusivity_quarters)),
                self.exclusivity_at(now) != Exclusivity::None,
            ),
            (
                sheet.access != AccessTier::None,
                Clause::Access,
                Some(self.through(sheet.access_quarters)),
                self.access_at(now) != AccessTier::None,
            ),
            (
                !sheet.barred.is_empty(),
                Clause::Barred,
                Some(self.through(BARRED_QUARTERS as u8)),
                barred,
            ),
            (
                sheet.licence_quarters > 0,
                Clause::Licence,
                Some(self.through(sheet.licence_quarters)),
                self.licence_at(now),
            ),
            (
                sheet.own_chips_pct > 0,
                Clause::OwnChips,
                Some(self.through(sheet.own_chips_quarters)),
                self.chips_at(now) > 0.0,
            ),
            (
                sheet.revenue_share_pct > 0,
                Clause::RevenueShare,
                None,
                self.left_to_share().is_positive(),
            ),
            (sheet.consent, Clause::Consent, None, self.needs_consent()),
            (sheet.pro_rata, Clause::ProRata, None, true),
            (sheet.anti_dilution, Clause::AntiDilution, None, true),
            (
                sheet.board != super::BoardSeat::None,
                Clause::Board,
                None,
                self.board() != super::BoardSeat::None,
            ),
        ];
        let asked = list.into_iter().filter(|(asked, ..)| *asked);
        asked.map(|(_, what, until, in_force)| (what, until, in_force))
    }

    fn covenant_state(&self, in_force: bool) -> PromiseState {
        match in_force {
            false => PromiseState::Ended,
            true if !self.life.waived.is_empty() => PromiseState::Waived(self.life.waived),
            true => PromiseState::Kept,
        }
    }

    /// When a waiting tranche falls due at the latest.
    fn tranche_due(&self) -> Option<Quarter> {
        match (self.staged, self.sheet.condition) {
            (Staged::Paid(quarter) | Staged::Lapsed(quarter), _) => Some(quarter),
            (_, super::Condition::AfterAYear) => Some(self.signed.plus(4)),
            _ => Some(self.signed.plus(super::systems::TRANCHE_WAITS)),
        }
    }

    fn tranche_state(&self) -> PromiseState {
        let broken = self.life.breach.is_some_and(|breach| breach.what == Clause::Tranche);
        match self.staged {
            Staged::None | Staged::Paid(_) => PromiseState::Kept,
            Staged::Waiting => PromiseState::Due,
            Staged::Lapsed(_) if broken => PromiseState::InBreach,
            Staged::Lapsed(_) => PromiseState::Ended,
        }
    }

    fn compute_state(&self, now: Quarter, rented_gw: f64) -> PromiseState {
        let committed_gw = self.committed_mw_at(now) / 1_000.0;
        match self.life.short {
            _ if committed_gw <= 0.0 => PromiseState::Ended,
            Some(short) if is_breach(short.since, Quarter(now.0.saturating_sub(1))) => {
                PromiseState::InBreach
            }
            Some(_) => PromiseState::Late,
            // The ramp goes on: what this quarter asks for is rented at its close.
            None if shortfall_gw(committed_gw, rented_gw).is_some() => PromiseState::Due,
            None => PromiseState::Kept,
        }
    }
}
