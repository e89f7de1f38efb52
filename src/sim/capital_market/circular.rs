//! Circular money: what an investor puts into a lab and earns back as its own revenue. It lifts
//! earnings now, and what it lifted falls by more when the lab, or the market, disappoints.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use super::{MarketValue, News, rules};
use crate::ids::{FirmId, LabId, SeatId};
use crate::sim::books::{Account, Books, Posting, Reason};
use crate::sim::cloud::CloudResult;
use crate::sim::fact::{Fact, Facts};
use crate::sim::lab::LabBusiness;
use crate::sim::setting::{Clock, Giant, Lab, Roster, Setting};
use crate::sim::treasury::{ChipBusiness, CoreBusiness};
use crate::units::Quarter;

/// A giant's circular money, $bn.
#[derive(Component, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Circular {
    /// By lab: what it put in and has not earned back.
    pub pools_bn: Vec<f64>,
    /// By lab: what it earned back in the quarter.
    pub earned_bn: Vec<f64>,
    /// The part of its cloud (or chip) revenue that is such money, 0 to 1.
    pub part: f64,
    /// What the market has priced as lasting, a year: what can fall.
    pub priced_bn: f64,
    /// How hard the last fall still weighs on its credit and its orders, 0 to 1.
    pub stress: f64,
    /// No lab's sales raise a doubt before this quarter.
    pub calm_until: Quarter,
}

impl Circular {
    pub fn none(labs: usize) -> Circular {
        Circular {
            pools_bn: vec![0.0; labs],
            earned_bn: vec![0.0; labs],
            part: 0.0,
            priced_bn: 0.0,
            stress: 0.0,
            calm_until: Quarter(0),
        }
    }

    /// Circular revenue of the quarter, $bn.
    pub fn revenue_bn(&self) -> f64 {
        self.earned_bn.iter().sum()
    }
}

/// Why circular money was looked at again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Doubt {
    /// A downturn began.
    Downturn,
    /// The lab had to be rescued.
    Rescue(LabId),
    /// The lab's revenue grew by much less than it had.
    Disappointment(LabId),
}

/// Follows the money: what giants put into labs in the quarter, and what of it the labs' bills brought
/// back. A sum put in counts as earned back until it is used up.
pub(super) fn trace(
    setting: Res<Setting>,
    roster: Res<Roster>,
    books: Res<Books>,
    mut facts: ResMut<Facts>,
    mut giants: Query<(
        &Giant,
        &mut Circular,
        &mut MarketValue,
        &CoreBusiness,
        Option<&CloudResult>,
        Option<&ChipBusiness>,
    )>,
) {
    let invested = books
        .postings()
        .iter()
        .any(|posting| matches!(posting.reason, Reason::SharesBought | Reason::CreditsGranted));
    for &entity in &roster.giants {
        let Ok((giant, mut circular, mut value, core, cloud, chips)) = giants.get_mut(entity)
        else {
            continue;
        };
        let firm = giant.0;
        circular.stress *= rules::SENTIMENT_KEEP;
        let part_before = circular.part;
        let earned_before = circular.revenue_bn();
        // A chip maker earns on whoever builds for the lab.
        let part_of_bills = setting.level.giants[firm.index()]
            .chips
            .map(|terms| rules::EQUIPMENT_IN_BILLS * terms.part_of_ai_capex_pct / 100.0);
        for lab in (0..roster.labs.len() as u8).map(LabId) {
            let seat = setting.lab_seat(lab);
            if invested {
                let put_in = sum(&books, |posting| is_investment(posting, firm, lab, seat));
                circular.pools_bn[lab.index()] += put_in;
            }
            let pool = circular.pools_bn[lab.index()];
            let mut earned = 0.0;
            if pool > 0.0 {
                let bills = match part_of_bills {
                    Some(part) => part * sum(&books, |posting| is_bill(posting, seat, lab, None)),
                    None => sum(&books, |posting| is_bill(posting, seat, lab, Some(firm))),
                };
                earned = bills.min(pool);
            }
            circular.earned_bn[lab.index()] = earned;
            circular.pools_bn[lab.index()] -= earned;
        }
        let earned = circular.revenue_bn();
        if earned == 0.0 && circular.priced_bn == 0.0 {
            continue;
        }
        let margin = rules::circular_margin(chips.is_some());
        let all = chips.map_or_else(
            || cloud.map_or(core.revenue_bn, |cloud| cloud.revenue_bn),
            |chips| chips.sales_bn,
        );
        circular.part = (earned / all.max(1e-6)).min(1.0);
        circular.priced_bn = rules::priced(circular.priced_bn, earned);
        let lift = rules::extrapolated(4.0 * (earned - earned_before), margin);
        value.hear(firm, lift, News::CircularGrowth, &mut facts);
        if rules::passes_a_mark(part_before, circular.part) {
            let part = circular.part;
            facts.push(Fact::CircularRevenue { firm, part, revenue_bn: earned });
        }
    }
}

/// The sum of the quarter's postings that are meant, $bn.
fn sum(books: &Books, meant: impl Fn(&Posting) -> bool) -> f64 {
    books
        .postings()
        .iter()
        .filter(|posting| meant(posting))
        .map(|posting| posting.amount.bn())
        .sum()
}

/// Whether a posting is money, or credits, of a giant for shares of a lab.
fn is_investment(posting: &Posting, firm: FirmId, lab: LabId, seat: SeatId) -> bool {
    match posting.reason {
        Reason::SharesBought => {
            posting.to == Account::Cash(seat)
                && matches!(posting.from, Account::Cash(by) | Account::Escrow(by) if by == firm.seat())
        }
        Reason::CreditsGranted => posting.to == Account::Credits(lab, firm),
        _ => false,
    }
}

/// Whether a posting is a lab's bill for compute, at one provider or at any.
fn is_bill(posting: &Posting, seat: SeatId, lab: LabId, provider: Option<FirmId>) -> bool {
    match (posting.reason, provider) {
        (Reason::ComputeBill, None) => posting.from == Account::Cash(seat),
        (Reason::ComputeBill, Some(firm)) => {
            posting.from == Account::Cash(seat) && posting.to == Account::Cash(firm.seat())
        }
        (Reason::CreditsSpent, None) => {
            matches!(posting.from, Account::Credits(of, _) if of == lab)
        }
        (Reason::CreditsSpent, Some(firm)) => posting.from == Account::Credits(lab, firm),
        _ => false,
    }
}

/// Looks at circular money again where a downturn, a rescue or a lab's sales give cause.
pub(super) fn doubt(
    clock: Res<Clock>,
    roster: Res<Roster>,
    mut facts: ResMut<Facts>,
    labs: Query<(&Lab, &LabBusiness)>,
    mut giants: Query<(&Giant, &mut Circular, &mut MarketValue, Option<&ChipBusiness>)>,
) {
    let exposed = |&entity: &Entity| {
        giants.get(entity).is_ok_and(|(_, circular, ..)| circular.priced_bn >= LEAST_PRICED_BN)
    };
    if !roster.giants.iter().any(exposed) {
        return;
    }
    let mut doubts = [None; MOST_DOUBTS];
    let mut found = 0;
    let mut add = |doubt| {
        if let Some(place) = doubts.get_mut(found) {
            *place = Some(doubt);
            found += 1;
        }
    };
    for (_, fact) in facts.iter() {
        match *fact {
            Fact::Downturn { .. } => add(Doubt::Downturn),
            Fact::Rescued { lab, .. } => add(Doubt::Rescue(lab)),
            _ => {}
        }
    }
    for (lab, business) in roster.labs.iter().filter_map(|&entity| labs.get(entity).ok()) {
        if rules::disappoints(business.revenue_bn, &business.past_revenue_bn) {
            add(Doubt::Disappointment(lab.0));
        }
    }
    for doubt in doubts.into_iter().flatten() {
        for &entity in &roster.giants {
            if let Ok((giant, mut circular, mut value, chips)) = giants.get_mut(entity) {
                let margin = rules::circular_margin(chips.is_some());
                let of_sales = matches!(doubt, Doubt::Disappointment(_));
                if of_sales && clock.quarter < circular.calm_until {
                    continue;
                }
                if fall(giant.0, doubt, margin, &mut circular, &mut value, &mut facts) {
                    circular.calm_until = clock.quarter.plus(rules::CALM_QUARTERS + 1);
                }
            }
        }
    }
}

/// A giant's circular revenue below which nobody asks, $bn a year.
const LEAST_PRICED_BN: f64 = 0.2;
/// Doubts in a quarter at most: a downturn, and for each of three labs a rescue or its sales.
const MOST_DOUBTS: usize = 7;

/// What was priced as lasting falls, by more than it had lifted; credit and orders feel it. Whether
/// there was anything to fall.
fn fall(
    firm: FirmId,
    doubt: Doubt,
    margin: f64,
    circular: &mut Circular,
    value: &mut MarketValue,
    facts: &mut Facts,
) -> bool {
    let concerned = match doubt {
        Doubt::Downturn => 1.0,
        Doubt::Rescue(lab) | Doubt::Disappointment(lab) => {
            circular.earned_bn[lab.index()] / circular.revenue_bn().max(1e-9)
        }
    };
    let doubted = concerned * circular.priced_bn;
    if doubted < LEAST_PRICED_BN {
        return false;
    }
    let by_bn = -rules::fragility(doubted, margin);
    facts.push(Fact::CircularDoubted { firm, doubt, by_bn });
    value.hear(firm, by_bn, News::CircularDoubt, facts);
    circular.stress = circular.stress.max(rules::stress(concerned * circular.part));
    // What has fallen once is not priced again until it is earned again.
    circular.priced_bn -= doubted;
    true
}
