//! What clauses bring a giant each quarter: margin on its chips, its part of a lab's revenue.

use bevy::prelude::*;

use super::promise::Breach;
use super::rules::{chip_saving, chips_sold};
use super::{Clause, Deal};
use crate::ids::{FirmId, LabId};
use crate::level::Giant as GiantLevel;
use crate::sim::books::{Account, Books, Reason};
use crate::sim::decision::GiantPlan;
use crate::sim::fact::{Fact, FactId, Facts};
use crate::sim::lab::{self, Compute, LabBusiness, Trust};
use crate::sim::setting::{Clock, Lab, Roster, Setting};
use crate::sim::treasury::Income;
use crate::sim::turn::TurnSystems;
use crate::units::{Money, Quarter};

/// A quarrel about money owed wears trust (*assumed*).
const TRUST_SHARE_MISSED: f64 = -0.03;

pub(super) fn plugin(close: &mut Schedule) {
    close.add_systems((
        run_on_chips
            .in_set(TurnSystems::Serve)
            .after(lab::rent_compute)
            .before(crate::sim::cloud::open_access),
        share_revenue.in_set(TurnSystems::LabBusiness).after(lab::pay_bills).before(lab::rescue),
    ));
}

/// The part of a lab's revenue that its deals take, those left out that have reached their caps.
pub fn shared_part<'a>(deals: impl Iterator<Item = &'a Deal>, lab: LabId) -> f64 {
    let sharing = deals.filter(|deal| deal.lab == lab && deal.left_to_share().is_positive());
    sharing.map(|deal| f64::from(deal.sheet.revenue_share_pct) / 100.0).sum()
}

/// Gigawatts of a lab on a giant's chips under one deal: its part of what is rented of a commitment,
/// or, where the giant has no cloud, of what the lab rents more than at signature.
pub fn on_chips(deal: &Deal, compute: &Compute, has_cloud: bool, now: Quarter) -> f64 {
    let part = deal.chips_at(now);
    if part == 0.0 {
        return 0.0;
    }
    let covered = if has_cloud {
        compute.gw[deal.giant.index()].min(deal.committed_mw_at(now) / 1_000.0)
    } else {
        (compute.total() - deal.compute_at_signing_gw).max(0.0)
    };
    part * covered
}

/// Compute moves onto giants' chips, and the margin on it is posted. Of several deals with one giant
/// the largest counts.
fn run_on_chips(
    clock: Res<Clock>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut books: ResMut<Books>,
    deals: Query<&Deal>,
    mut labs: Query<(&Lab, &mut Compute)>,
    mut giants: Query<(&GiantPlan, &mut Income)>,
) {
    for &entity in &roster.giants {
        if let Ok((_, mut income)) = giants.get_mut(entity) {
            income.deals_bn = 0.0;
        }
    }
    for &entity in &roster.labs {
        let Ok((lab, mut compute)) = labs.get_mut(entity) else { continue };
        let held = || {
            let all = roster.deals.iter().filter_map(|&deal| deals.get(deal).ok());
            all.filter(|deal| deal.lab == lab.0 && deal.sheet.own_chips_pct > 0)
        };
        if held().next().is_none() {
            continue;
        }
        for place in 0..setting.giants() as u8 {
            let firm = FirmId(place);
            let giant = &setting.level.giants[firm.index()];
            let mut best: (f64, Option<FactId>) = (0.0, None);
            for deal in held().filter(|deal| deal.giant == firm) {
                let gigawatts = on_chips(deal, &compute, giant.cloud.is_some(), clock.quarter);
                if gigawatts > best.0 {
                    best = (gigawatts, deal.fact);
                }
            }
            let before = std::mem::replace(&mut compute.on_chips[firm.index()], best.0);
            if best.0 == 0.0 {
                continue;
            }
            let Ok((plan, mut income)) = giants.get_mut(roster.giant(firm)) else { continue };
            let margin = margin_bn(giant, plan, before, best.0);
            income.deals_bn += margin;
            // A saving is money not paid to suppliers; a sale is a customer's.
            let from = if giant.cloud.is_some() { Account::Suppliers } else { Account::Customers };
            let cash = Account::Cash(firm.seat());
            books.post_for(from, cash, Money::from_bn(margin), Reason::ChipMargin, best.1);
        }
    }
}

/// What chips bring in a quarter, $bn: a cloud saves on all that runs on its own; a chip maker earns
/// on what was added.
fn margin_bn(giant: &GiantLevel, plan: &GiantPlan, before: f64, now: f64) -> f64 {
    match (giant.own_chips(), giant.chips) {
        (Some(own), _) => chip_saving(own.discount_pct / 100.0) * now,
        (None, Some(chips)) => {
            let part = chips.part_of_ai_capex_pct / 100.0;
            chips_sold(part) * plan.chip_price * (now - before).max(0.0)
        }
        (None, None) => 0.0,
    }
}

/// Labs pay giants their part of the quarter's revenue, up to each cap, as far as the cash is there.
fn share_revenue(
    clock: Res<Clock>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut books: ResMut<Books>,
    mut facts: ResMut<Facts>,
    mut deals: Query<&mut Deal>,
    mut labs: Query<(&mut LabBusiness, &mut Trust)>,
    mut giants: Query<&mut Income>,
) {
    for &entity in &roster.labs {
        if let Ok((mut business, _)) = labs.get_mut(entity) {
            business.shared_bn = 0.0;
        }
    }
    for &entity in &roster.deals {
        let Ok(mut deal) = deals.get_mut(entity) else { continue };
        if deal.sheet.revenue_share_pct == 0 || !deal.left_to_share().is_positive() {
            continue;
        }
        let Ok((mut business, mut trust)) = labs.get_mut(roster.lab(deal.lab)) else { continue };
        let part = f64::from(deal.sheet.revenue_share_pct) / 100.0;
        let due = Money::from_bn(part * business.revenue_bn).min(deal.left_to_share());
        let cash = Account::Cash(setting.lab_seat(deal.lab));
        let paid = due.min(books.balance(cash).max(Money::ZERO));
        let to = Account::Cash(deal.giant.seat());
        books.post_for(cash, to, paid, Reason::RevenueShare, deal.fact);
        business.shared_bn += paid.bn();
        business.loss_bn += paid.bn();
        business.burn_bn += paid.bn();
        deal.shared += paid;
        if let Ok(mut income) = giants.get_mut(roster.giant(deal.giant)) {
            income.deals_bn += paid.bn();
        }
        if paid < due {
            facts.push(Fact::RevenueShareMissed { deal: deal.id, short: due - paid });
            trust.change(deal.giant, TRUST_SHARE_MISSED);
            let (by, what) = (setting.lab_seat(deal.lab), Clause::RevenueShare);
            deal.life.breach = Some(Breach { by, what, quarter: clock.quarter });
        } else if !deal.left_to_share().is_positive() {
            facts.push(Fact::RevenueShareEnded { deal: deal.id });
        }
    }
}
