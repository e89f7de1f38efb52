//! A giant's appraisal.

use libm::pow;

use super::{
    Appraisal, NOTE_GIANT, Row, effective, expected_part, long_weight, shared_value, shares_worth,
    term_weight,
};
use crate::ids::SeatSet;
use crate::level::DispositionFile;
use crate::sim::deal::{AccessTier, BoardSeat, Exclusivity, Instrument, TermSheet};

/// All a giant needs to appraise any sheet with one lab. Money in $bn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GiantCase {
    pub disposition: DispositionFile,
    /// The lab's fundamental value.
    pub fundamental_bn: f64,
    /// Cash it can spend.
    pub liquidity_bn: f64,
    /// What it has put into labs over the last eight quarters: the next billion comes on top.
    pub invested_bn: f64,
    pub has_cloud: bool,
    /// New AI demand of the whole market, $bn a quarter.
    pub ai_flow_bn: f64,
    /// Its share of that flow, 0 to 1.
    pub win_rate: f64,
    /// Points of access each tier would bring over having no licence, in the order of the tiers.
    pub access_gain: [f64; 4],
    /// Points of access its present licence brings, weighed by the quarters it still runs.
    pub access_held: f64,
    pub threat: Threat,
    /// Whether capital is cautious: stakes then count for two fifths.
    pub downturn: bool,
    /// What regulation costs against a world where nobody looks, 1 and more.
    pub regulatory_burden: f64,
    /// Value of a customer won, in quarters of its revenue: 25 at full sight (calibration 5.1).
    pub sight_quarters: f64,
    /// The lab's revenue in a quarter.
    pub lab_revenue_bn: f64,
    /// Points by which a licence would lift its own models; 0 if it has none.
    pub licence_points: f64,
    pub chips: Chips,
}

/// What compute on a giant's own chips brings it, $bn.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Chips {
    /// It makes none.
    #[default]
    None,
    /// A cloud saves so much on a gigawatt in a quarter.
    Own { saving: f64 },
    /// A chip maker earns so much on each new gigawatt, of which the lab plans so many in eight
    /// quarters.
    Maker { sale: f64, new_gw: f64 },
}

/// What it stands to lose if its most dangerous rival signs instead.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Threat {
    /// Rivals able to sign.
    pub rivals: u32,
    /// The most dangerous one's seat, as a set that may be empty.
    pub rival: SeatSet,
    /// Its share of the AI flow, and the points of access it would gain.
    pub win_rate: f64,
    pub gain: f64,
}

/// A weight of 1.1 on every investor's stake (calibration 5.1).
const AMBITION: f64 = 1.1;
/// What a downturn leaves of a stake's worth to an investor (*assumed*).
const CAUTION: f64 = 0.4;
/// The chance both sides give an early end of a deal by the lab: what a break fee is worth to the one
/// and costs the other (*assumed*).
pub(super) const BREAK_CHANCE: f64 = 0.10;
/// Rent of a gigawatt for a year, $bn, and the part of it that is margin on new business.
const RENT_A_YEAR: f64 = 13.0;
const NEW_MARGIN: f64 = 0.12 * 0.30;
const CLOUD_MARGIN: f64 = 0.35;
const ACCESS_UTILS_PER_POINT: f64 = 0.10;
/// What is left of a note's worth for having no vote and no preference yet (*assumed*).
const NOTE_KEEPS: f64 = 0.9;
/// What the right to keep its part, and protection against dilution, add to a stake (*assumed*).
const PRO_RATA: f64 = 0.02;
const ANTI_DILUTION: f64 = 0.03;
/// What taxes leave of a revenue share.
const AFTER_TAX: f64 = 0.83;
/// Worth of a point gained by its own models for eight quarters, part of the lab's fundamental value,
/// and the most points that count (*assumed*).
const LICENCE_POINT: f64 = 0.002;
const LICENCE_MOST: f64 = 15.0;

fn tier_index(tier: AccessTier) -> usize {
    match tier {
        AccessTier::None => 0,
        AccessTier::Resale => 1,
        AccessTier::Early => 2,
        AccessTier::Exclusive => 3,
    }
}

impl GiantCase {
    /// Appraises a sheet. Rows (calibration 5.1):
    ///
    /// - stake `1.1·a·stake(part)`, by its instrument and rights, two fifths of it in a downturn;
    ///   committed compute `B·0.12·0.30·1.09^(−years/2)`, and margin on its own chips
    /// - cloud demand `0.35·N·c(1−c)·0.10·Δ·2·sight`
    /// - denial `(1−0.7^rivals)·0.35·N·c·c_r·0.10·Δ_r·4·sight·hold` (*assumed*)
    /// - influence, half of what control costs the lab (*assumed*); revenue share; licence (*assumed*)
    /// - cash `−A(1−½ credit part)`; alternative use `s(E+A) − s(E)`, where
    ///   `s(x) = −0.10·x²/L − 0.30·max(0, x−½L)` and E is what was invested of late (E *assumed*)
    /// - regulation `−0.20·A·(part + strictness)·burden`, clouds only.
    pub fn appraise(&self, sheet: &TermSheet) -> Appraisal {
        let (amount, credit_part) = effective(sheet);
        let part = expected_part(sheet, amount);
        let who = &self.disposition;
        let liquidity = self.liquidity_bn.max(0.1);
        let strain =
            |sum: f64| 0.10 * sum * sum / liquidity + 0.30 * (sum - 0.5 * liquidity).max(0.0);
        let spare = strain(self.invested_bn + amount) - strain(self.invested_bn);
        let strictness = sheet.exclusivity.strictness() * term_weight(sheet.exclusivity_quarters);
        let rows = [
            (
                Row::Stake,
                AMBITION
                    * who.ambition
                    * if self.downturn { CAUTION } else { 1.0 }
                    * rights(sheet)
                    * shares_worth(sheet, amount, self.fundamental_bn, NOTE_GIANT),
            ),
            (Row::CommittedCompute, self.committed(sheet)),
            (Row::CloudDemand, who.growth * self.demand_from(self.gain(sheet))),
            (Row::Denial, who.defence * self.denial(sheet)),
            (
                Row::Influence,
                0.5 * control(sheet) * self.fundamental_bn + BREAK_CHANCE * sheet.break_fee.bn(),
            ),
            (Row::RevenueShare, AFTER_TAX * shared_value(sheet, self.lab_revenue_bn, 1.09)),
            (Row::Licence, self.licence(sheet)),
            (Row::Cash, -amount * (1.0 - 0.5 * credit_part)),
            (Row::AlternativeUse, -who.prudence * spare),
            (
                Row::Regulation,
                if self.has_cloud {
                    -0.20 * amount * (part + strictness) * self.regulatory_burden
                } else {
                    0.0
                },
            ),
        ];
        Appraisal { rows, effective_amount_bn: amount }
    }

    /// Margin on compute the lab commits to, and on its own chips, $bn.
    fn committed(&self, sheet: &TermSheet) -> f64 {
        if sheet.commitment_mw == 0 && sheet.own_chips_pct == 0 {
            return 0.0;
        }
        let years = f64::from(sheet.commitment_quarters) / 4.0;
        let gigawatts = f64::from(sheet.commitment_mw) / 1_000.0;
        let rent = gigawatts * RENT_A_YEAR * years * NEW_MARGIN * pow(1.09, -years / 2.0);
        let part = f64::from(sheet.own_chips_pct) / 100.0;
        let chips = match self.chips {
            _ if part == 0.0 => 0.0,
            Chips::None => 0.0,
            Chips::Own { saving } => {
                let quarters = f64::from(sheet.own_chips_quarters.min(sheet.commitment_quarters));
                part * gigawatts * saving * quarters * pow(1.09, -quarters / 8.0)
            }
            Chips::Maker { sale, new_gw } => {
                part * new_gw * long_weight(sheet.own_chips_quarters) * sale
            }
        };
        rent + chips
    }

    /// What its own models gain by a licence, $bn.
    fn licence(&self, sheet: &TermSheet) -> f64 {
        if sheet.licence_quarters == 0 {
            return 0.0;
        }
        let points = self.licence_points.min(LICENCE_MOST);
        LICENCE_POINT * points * self.fundamental_bn * long_weight(sheet.licence_quarters)
    }

    /// Points of access a sheet adds to what it has.
    fn gain(&self, sheet: &TermSheet) -> f64 {
        let resold =
            self.access_gain[tier_index(sheet.access)] * term_weight(sheet.access_quarters);
        let licensed = self.access_gain[tier_index(AccessTier::Exclusive)]
            * term_weight(sheet.licence_quarters);
        (resold.max(licensed) - self.access_held).max(0.0)
    }

    /// Value of new cloud demand from points of access, $bn.
    fn demand_from(&self, points: f64) -> f64 {
        let share = self.win_rate;
        CLOUD_MARGIN
            * self.ai_flow_bn
            * share
            * (1.0 - share)
            * ACCESS_UTILS_PER_POINT
            * points
            * 2.0
            * self.sight_quarters
    }

    /// Demand it would lose to a rival with this share of the AI flow that gains so many points of
    /// access, $bn.
    fn lost_to(&self, win_rate: f64, gain: f64) -> f64 {
        CLOUD_MARGIN
            * self.ai_flow_bn
            * self.win_rate
            * win_rate
            * ACCESS_UTILS_PER_POINT
            * gain
            * 4.0
            * self.sight_quarters
    }

    /// The same as the giant weighs it: what keeping a rival out is worth to it, $bn.
    pub fn denied_bn(&self, win_rate: f64, gain: f64) -> f64 {
        self.disposition.defence * self.lost_to(win_rate, gain)
    }

    /// Margin on gigawatts rented to a lab for so many years, $bn.
    pub fn committed_bn(&self, gigawatts: f64, years: f64) -> f64 {
        gigawatts * RENT_A_YEAR * years * NEW_MARGIN
    }

    fn denial(&self, sheet: &TermSheet) -> f64 {
        let shut_out = sheet.access == AccessTier::Exclusive
            || sheet.exclusivity == Exclusivity::SoleReseller
            || (!self.threat.rival.is_empty() && self.threat.rival.is_subset_of(sheet.barred));
        let hold = if shut_out {
            1.0
        } else if self.gain(sheet) > 0.0 {
            0.5
        } else {
            return 0.0;
        };
        let chance = 1.0 - pow(0.7, f64::from(self.threat.rivals));
        chance * self.lost_to(self.threat.win_rate, self.threat.gain) * hold
    }
}

/// What rights make of a stake's worth to the one who holds it.
fn rights(sheet: &TermSheet) -> f64 {
    let note = if sheet.instrument == Instrument::Convertible { NOTE_KEEPS } else { 1.0 };
    let kept = if sheet.pro_rata { PRO_RATA } else { 0.0 };
    let protected = if sheet.anti_dilution { ANTI_DILUTION } else { 0.0 };
    note * (1.0 + kept + protected)
}

/// What a board seat and a right of consent cost the lab, part of its fundamental value (consent half
/// a director's: calibration 5.1; observer *assumed*).
pub(super) fn control(sheet: &TermSheet) -> f64 {
    let board = match sheet.board {
        BoardSeat::None => 0.0,
        BoardSeat::Observer => 0.005,
        BoardSeat::Director => 0.02,
    };
    board + if sheet.consent { 0.01 } else { 0.0 }
}
