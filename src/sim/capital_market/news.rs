//! News: announcements move prices through what they change in expectation.

use bevy::prelude::*;

use super::rules::{
    HARDLY_A_CUSTOMER, MARGIN_OF_RIGHTS, MARGIN_WON, RENT_A_YEAR, SENTIMENT_KEEP, Stage,
    capital_charge, news_of_business,
};
use super::{MarketValue, News};
use crate::ids::FirmId;
use crate::sim::cloud::CloudBusiness;
use crate::sim::cloud::CloudMarket;
use crate::sim::cloud::rules::REVENUE_PER_GW;
use crate::sim::deal::{Clause, Deal};
use crate::sim::fact::Facts;
use crate::sim::happenings::Weather;
use crate::sim::lab::Compute;
use crate::sim::press::Press;
use crate::sim::setting::{Clock, Giant, Roster, Setting};
use crate::units::Quarter;

/// Old news fades.
pub(super) fn fade(roster: Res<Roster>, mut giants: Query<&mut MarketValue>) {
    for &entity in &roster.giants {
        if let Ok(mut value) = giants.get_mut(entity) {
            value.sentiment_bn *= SENTIMENT_KEEP;
            value.charge_bn *= SENTIMENT_KEEP;
        }
    }
}

/// Compute committed in this quarter's deals: business for one, and for rivals business that goes
/// elsewhere, as far as the lab would have rented from them.
pub(super) fn hear_of_deals(
    clock: Res<Clock>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    press: Res<Press>,
    mut facts: ResMut<Facts>,
    deals: Query<&Deal>,
    mut giants: Query<(&Giant, &mut MarketValue)>,
) {
    for deal in roster.deals.iter().filter_map(|&deal| deals.get(deal).ok()) {
        if deal.signed != clock.quarter || deal.sheet.commitment_mw == 0 {
            continue;
        }
        let before = &press.0.labs[deal.lab.index()];
        let rented = before.compute_gw[deal.giant.index()];
        let more = (f64::from(deal.sheet.commitment_mw) / 1_000.0 - rented).max(0.0);
        let revenue = RENT_A_YEAR * more;
        let new_customer = rented < HARDLY_A_CUSTOMER * before.compute_total_gw();
        let lag_years = f64::from((deal.sheet.commitment_quarters / 2).clamp(1, 8)) / 8.0;
        let habits = &setting.level.labs[deal.lab.index()].new_compute;
        for &entity in &roster.giants {
            let Ok((giant, mut value)) = giants.get_mut(entity) else { continue };
            let firm = giant.0;
            if firm == deal.giant {
                let by_bn =
                    news_of_business(Stage::Signed, new_customer, revenue, MARGIN_WON, lag_years);
                value.hear(firm, by_bn, News::Business(deal.id), &mut facts);
            } else if habits[firm.index()] > 0.0 {
                let lost = -habits[firm.index()] * revenue;
                let by_bn = news_of_business(Stage::Signed, true, lost, MARGIN_WON, lag_years);
                value.hear(firm, by_bn, News::TakenByRival(deal.id), &mut facts);
            }
        }
    }
}

/// Capacity ordered beyond what the market expected, as far as neither backlog nor commitments cover
/// it; building less again lifts what of that still weighs, and no more.
pub(super) fn hear_of_spending(
    setting: Res<Setting>,
    roster: Res<Roster>,
    weather: Res<Weather>,
    market: Res<CloudMarket>,
    mut facts: ResMut<Facts>,
    deals: Query<&Deal>,
    labs: Query<&Compute>,
    mut giants: Query<(&Giant, &CloudBusiness, &mut MarketValue)>,
) {
    let growth = market.general_growth + market.ai_growth;
    for &entity in &roster.giants {
        let Ok((giant, cloud, mut value)) = giants.get_mut(entity) else { continue };
        let cost = weather.order_cost_per_gw(&setting.level, cloud.own_chips);
        let order = cloud.ordered_gw;
        let more_a_year = 4.0 * (order - value.expected_order_gw);
        value.expected_order_gw = order * (1.0 + growth.max(0.0));
        let charge = if more_a_year > 0.0 {
            let promised = roster.deals.iter().filter_map(|&deal| deals.get(deal).ok());
            let promised: f64 = promised
                .filter(|deal| deal.giant == giant.0)
                .map(|deal| still_to_rent(deal, labs.get(roster.lab(deal.lab)).ok()))
                .sum();
            let covered = cloud.backlog / REVENUE_PER_GW + promised;
            capital_charge(cost * (more_a_year - covered).max(0.0))
        } else {
            -capital_charge(-cost * more_a_year).min(value.charge_bn)
        };
        value.charge_bn += charge;
        value.hear(giant.0, -charge, News::CapitalSpending, &mut facts);
    }
}

/// Gigawatts a lab has promised to rent and does not rent yet.
fn still_to_rent(deal: &Deal, compute: Option<&Compute>) -> f64 {
    let rented = compute.map_or(0.0, |compute| compute.gw[deal.giant.index()]);
    (f64::from(deal.sheet.commitment_mw) / 1_000.0 - rented).max(0.0)
}

/// What giving up a clause takes from its holder's value, $bn: of exclusive rights, what the lab rents
/// there, by how strict they were (calibration 6: Microsoft in 2026); nothing for the rest.
pub(in crate::sim) fn lost_rights(
    deal: &Deal,
    clause: Clause,
    compute: &Compute,
    now: Quarter,
) -> f64 {
    let mut left = *deal;
    left.sheet = deal.loosened(clause);
    let looser = deal.strictness_at(now) - left.strictness_at(now);
    let FirmId(firm) = deal.giant;
    let exposed = RENT_A_YEAR * compute.gw[usize::from(firm)] * looser;
    news_of_business(Stage::Signed, true, -exposed, MARGIN_OF_RIGHTS, 0.0)
}
