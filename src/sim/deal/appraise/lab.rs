//! A lab's appraisal.

use libm::{exp, log};

use super::giant::{BREAK_CHANCE, control};
use super::{
    Appraisal, NOTE_LAB, Row, effective, long_weight, shared_value, shares_worth, stake_value,
    term_weight,
};
use crate::sim::capability::rules::POINTS_PER_EFOLD;
use crate::sim::deal::{AccessTier, Instrument, TermSheet};
use crate::sim::lab::rules::{BURN_PART, COMPUTE_COST};

/// All a lab needs to appraise any sheet with one giant. Money in $bn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LabCase {
    pub fundamental_bn: f64,
    /// Quarters its cash lasts under its plan.
    pub runway_quarters: f64,
    /// Money that would see it through eight quarters of its plan, beyond what it has.
    pub need_bn: f64,
    /// Eight quarters of its planned burn, or its need where that is less: the amount of its template.
    pub template_bn: f64,
    /// Compute it rents now, gigawatts.
    pub compute_gw: f64,
    /// Compute it rents from this giant now, gigawatts.
    pub compute_there_gw: f64,
    /// Compute its plan comes to in eight quarters, gigawatts.
    pub planned_gw: f64,
    pub giant_has_cloud: bool,
    /// Whether this giant's customers have its models already.
    pub reached: bool,
    /// Trust in the giant, 0 to 1.
    pub trust: f64,
    /// Value of the best it can do instead: a live rival bid, or the same money elsewhere later.
    pub alternative_bn: f64,
    /// Its revenue in a quarter.
    pub revenue_bn: f64,
    /// Part of a gigawatt it loses by running on this giant's chips.
    pub chip_handicap: f64,
}

/// Money beyond the need is worth this much in the bank.
const IDLE_MONEY: f64 = 0.90;
/// Value of a point of capability, part of the fundamental value (calibration 5.1).
const POINT: f64 = 0.016;
/// Worth of compute that is assured, against compute that is new (*assumed*).
const ASSURED: f64 = 0.3;
/// Weight of what a stake costs the present owners.
const DILUTION: f64 = 0.90;
/// Cost of full exclusivity for eight quarters, part of the fundamental value. The calibration's
/// deals bear 0.01; play needs exclusivity to be rare, as it has become (*assumed*).
const EXCLUSIVITY: f64 = 0.05;
/// Cost of one barred investor (*assumed*).
const BARRED: f64 = 0.006;

/// Weight of profits pledged up to a cap, which come before the owners' own (*assumed*).
const PLEDGED: f64 = 1.0;
/// What the right to keep a part, and protection against dilution, add to what shares cost the present
/// owners (*assumed*).
const PRO_RATA: f64 = 0.015;
const ANTI_DILUTION: f64 = 0.04;
/// Cost of a licence of eight quarters, which makes a rival of the giant, part of the fundamental
/// value (*assumed*).
const LICENCE: f64 = 0.03;
/// A lab's own discount a year on what it pays away later (*assumed*).
const PAYS_LATER: f64 = 1.15;

/// λ, the worth of a dollar to a lab with so much runway: `1.25 + e^(−R/4)`.
pub fn worth_of_a_dollar(runway_quarters: f64) -> f64 {
    1.25 + exp(-runway_quarters / 4.0)
}

impl LabCase {
    /// Appraises a sheet. Rows (calibration 5.1):
    ///
    /// - runway `λ·A(1−0.2·credit part)` up to its need, idle money beyond at 0.90
    /// - new compute, see `new_compute`; reach `0.002·F`
    /// - dilution `−0.90·stake(part)`; control `−0.02·F` a director
    /// - lock-in, by strictness and term, and `0.006·F` a barred investor (*assumed*)
    /// - distrust `−0.20·(1−trust)·A`; the best alternative.
    pub fn appraise(&self, sheet: &TermSheet) -> Appraisal {
        let (amount, credit_part) = effective(sheet);
        let value = self.fundamental_bn;
        let useful = amount * (1.0 - 0.2 * credit_part);
        // Warrants may bring money some day, and none for the need of today.
        let need = if sheet.instrument == Instrument::Warrants { 0.0 } else { self.need_bn };
        let needed = useful.min(need.max(0.0));
        let runway =
            needed * worth_of_a_dollar(self.runway_quarters) + (useful - needed) * IDLE_MONEY;
        let reach = if self.giant_has_cloud && !self.reached && sheet.access != AccessTier::None {
            0.002 * value * term_weight(sheet.access_quarters)
        } else {
            0.0
        };
        let rows = [
            (Row::Runway, runway),
            (Row::NewCompute, self.new_compute(sheet) - self.handicap(sheet)),
            (Row::Reach, reach),
            (Row::Dilution, -dilution(sheet) * shares_worth(sheet, amount, value, NOTE_LAB)),
            (Row::Control, -control(sheet) * value),
            (Row::LockIn, -self.lock_in(sheet) * value - BREAK_CHANCE * sheet.break_fee.bn()),
            (Row::RevenueGiven, -shared_value(sheet, self.revenue_bn, PAYS_LATER)),
            (Row::LicenceGiven, -LICENCE * long_weight(sheet.licence_quarters) * value),
            (Row::Distrust, -0.20 * (1.0 - self.trust) * amount),
            (Row::BestAlternative, -self.alternative_bn * self.scale(sheet)),
        ];
        Appraisal { rows, effective_amount_bn: amount }
    }

    /// The size of a deal against the lab's template, a quarter to 1: half the money leaves half the
    /// need open for others, and is measured by half the reference. A tranche counts in full: to drop
    /// it does not make the deal a larger one. Warrants raise nothing.
    pub fn scale(&self, sheet: &TermSheet) -> f64 {
        (sheet.raised().bn() / self.template_bn.max(1e-6)).clamp(0.25, 1.0)
    }

    /// Gigawatts a sheet would put on the giant's own chips.
    fn on_chips(&self, sheet: &TermSheet) -> f64 {
        let part = f64::from(sheet.own_chips_pct) / 100.0;
        if self.giant_has_cloud {
            part * f64::from(sheet.commitment_mw) / 1_000.0
        } else {
            let planned = (self.planned_gw - self.compute_gw).max(0.0);
            part * planned * long_weight(sheet.own_chips_quarters)
        }
    }

    /// Capability lost on chips its models were not written for, $bn: `0.016·3.16·loss·F`, the loss
    /// as a part of the compute it plans (*assumed*).
    fn handicap(&self, sheet: &TermSheet) -> f64 {
        if sheet.own_chips_pct == 0 {
            return 0.0;
        }
        let lost = self.chip_handicap * self.on_chips(sheet) / self.planned_gw.max(0.01);
        POINT
            * POINTS_PER_EFOLD
            * lost
            * term_weight(sheet.own_chips_quarters)
            * self.fundamental_bn
    }

    /// What committed compute is worth: `0.016·3.16·ln(1 + Δ/GW)·F` for what goes beyond the plan, less
    /// eight quarters of the burn it causes; and a part of that worth for what the plan would have
    /// rented elsewhere, now assured (*assumed*; the calibration counts all of Δ and no burn).
    fn new_compute(&self, sheet: &TermSheet) -> f64 {
        let more = (f64::from(sheet.commitment_mw) / 1_000.0 - self.compute_there_gw).max(0.0);
        let in_plan = more.min((self.planned_gw - self.compute_gw).max(0.0));
        let beyond = more - in_plan;
        let points = |gigawatts: f64, of: f64| 3.16 * log(1.0 + gigawatts / of.max(0.01));
        let gain = points(beyond, self.planned_gw) + ASSURED * points(in_plan, self.compute_gw);
        POINT * gain * self.fundamental_bn - BURN_PART * COMPUTE_COST * beyond * 8.0
    }

    /// What a sheet ties the lab to, part of its fundamental value.
    fn lock_in(&self, sheet: &TermSheet) -> f64 {
        let exclusive =
            sheet.exclusivity.strictness() * f64::from(sheet.exclusivity_quarters) / 8.0;
        let access = if sheet.access == AccessTier::Exclusive {
            0.8 * f64::from(sheet.access_quarters) / 8.0
        } else {
            0.0
        };
        let bound = f64::from(sheet.commitment_mw) / 1_000.0 / self.compute_gw.max(0.01)
            * f64::from(sheet.commitment_quarters)
            / 8.0;
        // A chip maker binds new compute as a commitment would.
        let chips = if sheet.own_chips_pct > 0 && !self.giant_has_cloud {
            self.on_chips(sheet) / self.compute_gw.max(0.01)
        } else {
            0.0
        };
        EXCLUSIVITY * (exclusive + access)
            + 0.003 * (bound + chips)
            + BARRED * f64::from(sheet.barred.len())
    }

    /// The worth of finding the template's money elsewhere, without a bid in hand (calibration
    /// 5.1): `e^(−A/0.25F)·max(0, A(λ−0.05) − 0.90·stake(A/F_post))`, A the template's amount.
    pub fn waiting(&self) -> f64 {
        let amount = self.template_bn.min(self.need_bn).max(0.0);
        let post = self.fundamental_bn + amount;
        let part = amount / post;
        let gain = amount * (worth_of_a_dollar(self.runway_quarters) - 0.05)
            - DILUTION * stake_value(part, post, f64::INFINITY);
        exp(-amount / (0.25 * self.fundamental_bn)) * gain.max(0.0)
    }
}

/// What a dollar's worth of shares costs the present owners, with the rights they carry.
fn dilution(sheet: &TermSheet) -> f64 {
    let weight = if sheet.instrument == Instrument::CappedProfit { PLEDGED } else { DILUTION };
    let kept = if sheet.pro_rata { PRO_RATA } else { 0.0 };
    let protected = if sheet.anti_dilution { ANTI_DILUTION } else { 0.0 };
    weight * (1.0 + kept + protected)
}
