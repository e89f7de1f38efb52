//! Checks of waivers, renegotiations, and deals ended early.

use super::Checker;
use crate::ids::{DealId, FirmId, LabId, Role};
use crate::sim::deal::promise::settlement;
use crate::sim::deal::{Clause, Deal, MAX_AMOUNT_BN, TermSheet, latest};
use crate::sim::decision::{Decision, Refusal, SheetProblem, WaiverMove};
use crate::sim::negotiation::{WaiverOutcome, WaiverSide, WaiverTalk, Waivers};
use crate::sim::setting::Orders;
use crate::units::Money;

impl Checker<'_> {
    /// A sheet is subject to a rival's deal with the same lab, and replaces the latest deal in force
    /// between the two.
    pub(super) fn names_old_deals(
        &self,
        giant: FirmId,
        lab: LabId,
        sheet: &TermSheet,
    ) -> Result<(), Refusal> {
        if let Some(id) = sheet.subject_to
            && !self.deals().any(|deal| deal.id == id && deal.lab == lab && deal.giant != giant)
        {
            let (clause, problem) = (Clause::SubjectTo, SheetProblem::Named);
            return Err(Refusal::Clause { clause, problem });
        }
        let latest = || latest(giant, lab, self.clock.quarter, self.deals());
        if sheet.replaces.is_some() && sheet.replaces != latest() {
            let (clause, problem) = (Clause::Replaces, SheetProblem::NeedsOldDeal);
            return Err(Refusal::Clause { clause, problem });
        }
        Ok(())
    }

    /// A deal of this seat's, signed before this quarter, with covenants in force.
    fn own_deal(&self, id: DealId) -> Result<&Deal, Refusal> {
        let deal = self.deals().find(|deal| deal.id == id);
        let own = deal.filter(|deal| {
            let lab = self.setting.lab_seat(deal.lab);
            (self.seat == lab || self.seat == deal.giant.seat())
                && deal.signed < self.clock.quarter
                && deal.in_force(self.clock.quarter)
        });
        own.ok_or(Refusal::NothingInForce)
    }

    /// Ending a deal must be payable, beside the others ended in the same plan.
    pub(super) fn terminate(&self, id: DealId) -> Result<(), Refusal> {
        self.own_deal(id)?;
        let planned = self.world.resource::<Orders>().of(self.seat).iter();
        let others = planned.filter_map(|decision| match *decision {
            Decision::Terminate { deal } if deal != id => Some(deal),
            _ => None,
        });
        let cost = |id: DealId| {
            let Ok(deal) = self.own_deal(id) else { return Money::ZERO };
            let lab = self.setting.lab_seat(deal.lab);
            match settlement(deal, self.seat, lab, self.clock.quarter) {
                (payer, fee) if payer == self.seat => fee,
                _ => Money::ZERO,
            }
        };
        self.can_pay(self.seat, others.map(cost).sum::<Money>() + cost(id))
    }

    pub(super) fn withhold(&self, id: DealId) -> Result<(), Refusal> {
        let deal = self.own_deal(id)?;
        let owes = self.seat == self.setting.lab_seat(deal.lab)
            && deal.committed_mw_at(self.clock.quarter) > 0.0;
        if owes { Ok(()) } else { Err(Refusal::NothingInForce) }
    }

    /// A move of two giants over a waiver: what it is of, the buyer's cash, and the talks'
    /// own rules.
    pub(super) fn waiver(&self, id: DealId, buyer: FirmId, mv: WaiverMove) -> Result<(), Refusal> {
        let deal = self.deals().find(|deal| deal.id == id).ok_or(Refusal::NothingToWaive)?;
        if buyer.index() >= self.setting.giants()
            || !deal.can_stop(buyer.seat(), self.clock.quarter)
        {
            return Err(Refusal::NothingToWaive);
        }
        let opened = self.world.resource::<Waivers>().find(id, buyer).copied();
        let talk = opened.unwrap_or_else(|| WaiverTalk::new(id, buyer, deal.giant));
        let Role::Giant(firm) = self.setting.role(self.seat) else {
            return Err(Refusal::NotACounterpart);
        };
        let side = talk.side_of(firm).ok_or(Refusal::NotACounterpart)?;
        if let WaiverMove::Name(fee) = mv {
            let most = Money::from_bn(MAX_AMOUNT_BN);
            if !fee.is_positive() || fee > most {
                return Err(Refusal::FeeOutOfRange { most });
            }
        }
        let (_, outcome) = talk.step(side, mv)?;
        match (side, mv, outcome) {
            (WaiverSide::Buyer, WaiverMove::Name(fee), _)
            | (WaiverSide::Buyer, _, WaiverOutcome::Agreed(fee)) => self.can_pay(self.seat, fee),
            _ => Ok(()),
        }
    }
}
