//! What a decision of the played game means in a branch: other deals may have other numbers there,
//! and other terms may be on the table.

use super::{Played, Why};
use crate::ids::{DealId, SeatId};
use crate::sim::deal::{Deal, TermSheet};
use crate::sim::decision::{Choice, Decision, Routes};
use crate::sim::game::Game;

impl Played {
    /// The decision that means the same here; `at` is its step of the record and its place there.
    pub(super) fn kept(
        &self,
        game: &Game,
        seat: SeatId,
        at: (usize, usize),
        decision: Decision,
    ) -> Result<Decision, Why> {
        let deals = game.deals();
        let here = |deal: DealId| self.deal_here(&deals, deal).ok_or(Why::NoSuchDeal);
        Ok(match decision {
            Decision::Accept { from, .. } => {
                let meant = self.accepted.get(&(at.0, seat, at.1)).ok_or(Why::OtherTerms)?;
                let meant = self.sheet_here(&deals, *meant)?;
                let view = game.view(seat);
                let table = view.table_with(from).ok_or(Why::OtherTerms)?;
                let choices = [Choice::Offer, Choice::Route(0), Choice::Route(1), Choice::Route(2)];
                let same = |choice: &Choice| table.theirs.sheet(*choice) == Some(meant);
                let choice = choices.into_iter().find(same).ok_or(Why::OtherTerms)?;
                Decision::Accept { from, choice }
            }
            Decision::Offer { to, sheet } => {
                Decision::Offer { to, sheet: self.sheet_here(&deals, sheet)? }
            }
            Decision::Propose { to, routes } => {
                let mut same: Routes = [None; 3];
                for (new, sheet) in same.iter_mut().zip(routes) {
                    *new = sheet.map(|sheet| self.sheet_here(&deals, sheet)).transpose()?;
                }
                Decision::Propose { to, routes: same }
            }
            Decision::Waiver { deal, buyer, mv } => {
                Decision::Waiver { deal: here(deal)?, buyer, mv }
            }
            Decision::Terminate { deal } => Decision::Terminate { deal: here(deal)? },
            Decision::Withhold { deal } => Decision::Withhold { deal: here(deal)? },
            Decision::Loosen { deal, clause } => Decision::Loosen { deal: here(deal)?, clause },
            same => same,
        })
    }

    fn sheet_here(&self, deals: &[Deal], sheet: TermSheet) -> Result<TermSheet, Why> {
        let here = |deal: Option<DealId>| match deal {
            None => Ok(None),
            Some(deal) => self.deal_here(deals, deal).map(Some).ok_or(Why::NoSuchDeal),
        };
        let (replaces, subject_to) = (here(sheet.replaces)?, here(sheet.subject_to)?);
        Ok(TermSheet { replaces, subject_to, ..sheet })
    }

    /// The deal of a branch that the same two signed in the same quarter. Two sign at most one deal
    /// a quarter; those older than the game keep their numbers.
    fn deal_here(&self, deals: &[Deal], id: DealId) -> Option<DealId> {
        let meant = self.deals.get(id.index())?;
        if meant.signed.0 == 0 {
            return Some(id);
        }
        let same = |deal: &&Deal| {
            (deal.giant, deal.lab, deal.signed) == (meant.giant, meant.lab, meant.signed)
        };
        deals.iter().find(same).map(|deal| deal.id)
    }
}
