//! What labs do not publish, drawn from what a view shows of it.

use super::Dream;
use crate::ids::{FirmId, LabId};
use crate::sim::decision::LabPlan;
use crate::sim::information::known::{self, drawn};
use crate::sim::lab::{self, Ahead};
use crate::sim::rng::Purpose;
use crate::sim::view::{Known, LabSecrets};

/// How far a lab's trust in a giant may have moved from the opening's, where nothing is shown: one
/// standard deviation (assumed).
const TRUST_MOVES: f64 = 0.1;

impl Dream<'_> {
    /// A lab's secrets, of the last close. The draws come in the order of the fields of
    /// [`crate::sim::view::LabKnown`]; trust has a stream for each giant.
    pub(super) fn secrets(&self, place: usize, plan: &LabPlan) -> LabSecrets {
        let lab = LabId(place as u8);
        let shown = &self.view.labs[place];
        let seat = self.setting.lab_seat(lab);
        let mut luck = self.setting.stream(&self.clock, Purpose::Imagined, seat);
        let cash_bn = drawn(shown.cash_bn, known::CASH, &mut luck);
        let runway_quarters = drawn(shown.runway_quarters, known::RUNWAY, &mut luck);
        let credits_bn = drawn(shown.credits_bn, known::CREDITS, &mut luck);
        let burn_8_bn = drawn(shown.burn_8_bn, known::BURN_8, &mut luck);
        let burn_bn = drawn(shown.burn_bn, known::BURN, &mut luck);
        let loss_bn = drawn(shown.loss_bn, known::LOSS, &mut luck);
        let ahead = match self.view.own_path {
            Some((now, _)) if self.is_own(lab) => now,
            _ => self.path(place, plan, cash_bn + credits_bn),
        };
        let mut planned_burn_bn = ahead.outlook.burns().map(|burn| burn.max(0.0));
        if !self.is_own(lab) {
            fit(&mut planned_burn_bn, burn_8_bn);
        }
        let firms = (0..self.view.giants() as u8).map(FirmId);
        let trust = firms.map(|giant| self.drawn_trust(lab, giant)).collect();
        LabSecrets {
            cash_bn,
            credits_bn,
            runway_quarters,
            planned_burn_bn,
            loss_bn,
            burn_bn,
            trust,
            ahead,
        }
    }

    /// A lab's path from what is public of it, as it would find it itself under this plan.
    fn path(&self, place: usize, plan: &LabPlan, cash_bn: f64) -> Ahead {
        let public = &self.view.public;
        let lab = LabId(place as u8);
        let deals = self.view.deals.iter().filter(|deal| deal.lab == lab);
        let (opening, compute) = (&self.view.level.labs[place], &public.compute[place].1);
        let gigawatts = lab::compute_ahead(opening, compute, plan.pace, deals, self.view.quarter);
        let outlook = lab::outlook(&public.businesses[place].1, gigawatts, plan.hiring);
        Ahead { outlook, cash_bn }
    }

    fn drawn_trust(&self, lab: LabId, giant: FirmId) -> f64 {
        let actor = self.setting.lab_seat(lab);
        let mut luck =
            self.setting.pair_stream(&self.clock, Purpose::Imagined, actor, giant.seat());
        match self.view.labs[lab.index()].trust[giant.index()] {
            Known::Hidden => {
                let opening = self.view.level.labs[lab.index()].trust[giant.index()];
                (opening + TRUST_MOVES * luck.normal()).clamp(0.0, 1.0)
            }
            shown => drawn(shown, known::TRUST, &mut luck),
        }
    }
}

/// Scales a path so that its first eight quarters come to a sum.
fn fit(burns: &mut [f64; 12], sum_8_bn: f64) {
    let sum: f64 = burns[..8].iter().sum();
    if sum > 1e-9 {
        burns.iter_mut().for_each(|burn| *burn *= sum_8_bn.max(0.0) / sum);
    } else {
        burns.fill(sum_8_bn.max(0.0) / 8.0);
    }
}
