//! Chips: who makes them sells to everybody who builds, and decides who is served first when they are
//! short.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use super::CoreBusiness;
use super::rules;
use crate::ids::SeatSet;
use crate::level::{ChipsFile, CoreFile, Level};
use crate::sim::cloud::CloudBusiness;
use crate::sim::decision::GiantPlan;
use crate::sim::fact::{Fact, Facts, Provider};
use crate::sim::happenings::Weather;
use crate::sim::setting::{Giant, Roster, Setting};

/// A chip maker's standing with its buyers.
#[derive(Component, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChipBusiness {
    /// Chips shipped against the opening's, smoothed over two quarters.
    pub orders: f64,
    /// Part of its buyers that has not turned to other chips, 1.0 at the opening.
    pub loyalty: f64,
    /// Revenue of the quarter, $bn.
    pub sales_bn: f64,
}

/// The market for chips, in gigawatts of capacity a quarter. Capacity on a provider's own chips is
/// no part of it.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ChipMarket {
    /// What the opening plans buy; 0 in a level without a chip maker.
    pub opening_gw: f64,
    /// What can be shipped.
    pub supply_gw: f64,
    /// What was ordered, and what was shipped, late orders of before included.
    pub wanted_gw: f64,
    pub shipped_gw: f64,
    /// Buyers that chip makers serve first.
    pub favoured: SeatSet,
}

impl ChipMarket {
    /// The market of a level's opening.
    pub fn opening(level: &Level) -> ChipMarket {
        let makers = level.giants.iter().filter_map(|giant| giant.chips).count();
        let giants = level.giants.iter().filter_map(|giant| giant.cloud.as_ref());
        let clouds = giants.chain([&level.market.others]);
        let bought: f64 = clouds.map(|cloud| cloud.order_gw * (1.0 - cloud.own_chips_part())).sum();
        if makers == 0 {
            return ChipMarket::default();
        }
        ChipMarket {
            opening_gw: bought,
            supply_gw: rules::OPENING_SUPPLY * bought,
            wanted_gw: bought,
            shipped_gw: bought,
            favoured: SeatSet::EMPTY,
        }
    }

    pub fn has_makers(&self) -> bool {
        self.opening_gw > 0.0
    }
}

/// Chip makers say whom they serve first.
pub(super) fn file_favours(
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut market: ResMut<ChipMarket>,
    giants: Query<(&Giant, &GiantPlan)>,
) {
    let plans = roster.giants.iter().filter_map(|&entity| giants.get(entity).ok());
    market.favoured = plans
        .filter(|(giant, _)| setting.level.giants[giant.0.index()].chips.is_some())
        .fold(SeatSet::EMPTY, |all, (_, plan)| all.union(plan.favoured));
}

/// Whether a provider is served first.
pub(in crate::sim) fn is_favoured(favoured: SeatSet, giant: Option<&Giant>) -> bool {
    giant.is_some_and(|giant| favoured.contains(giant.0.seat()))
}

/// Ships chips for what was ordered, as far as there are any: favoured buyers first, the rest alike.
/// What cannot be shipped comes a quarter late.
pub(in crate::sim) fn ship(
    setting: Res<Setting>,
    roster: Res<Roster>,
    weather: Res<Weather>,
    mut market: ResMut<ChipMarket>,
    mut facts: ResMut<Facts>,
    mut clouds: Query<(&mut CloudBusiness, Option<&Giant>)>,
) {
    if market.has_makers() {
        market.supply_gw =
            rules::supply_after(market.supply_gw, market.wanted_gw, supply_growth(&setting.level));
    }
    let (mut first, mut rest, mut late) = (0.0, 0.0, 0.0);
    for (cloud, giant) in roster.providers.iter().filter_map(|&entity| clouds.get(entity).ok()) {
        let wanted = cloud.ordered_gw * (1.0 - cloud.own_chips);
        late += cloud.late_gw;
        if is_favoured(market.favoured, giant) { first += wanted } else { rest += wanted }
    }
    let parts = if market.has_makers() {
        rules::shipped_parts(first, rest, market.supply_gw - late)
    } else {
        (1.0, 1.0)
    };
    market.wanted_gw = first + rest;
    market.shipped_gw = first * parts.0 + rest * parts.1 + late;
    for &entity in &roster.providers {
        let Ok((mut cloud, giant)) = clouds.get_mut(entity) else { continue };
        let served = if is_favoured(market.favoured, giant) { parts.0 } else { parts.1 };
        let bought = cloud.ordered_gw * (1.0 - cloud.own_chips);
        let short = bought * (1.0 - served);
        cloud.arriving_gw[3] = cloud.ordered_gw - short + cloud.late_gw;
        cloud.late_gw = short;
        cloud.own_chips = rules::own_chips_after(cloud.own_chips, weather.chip_price, 1.0 - served);
        if short >= rules::LATE_TOLD_GW {
            let provider = giant.map_or(Provider::Others, |giant| Provider::Giant(giant.0));
            facts.push(Fact::ChipsLate { provider, gw: short });
        }
    }
}

/// The fastest growth of any chip maker's works, part of 1 a quarter.
fn supply_growth(level: &Level) -> f64 {
    let makers = level.giants.iter().filter_map(|giant| giant.chips);
    let growth =
        |chips: ChipsFile| chips.supply_growth_pct.map_or(rules::SUPPLY_GROWTH, |p| p / 100.0);
    makers.map(growth).fold(0.0, f64::max)
}

/// A chip maker's income of the quarter, $bn: one part of its business grows by itself, the other
/// follows what is shipped to this level's providers.
pub(super) fn income(
    chips: &mut ChipBusiness,
    core: &CoreBusiness,
    plan: &GiantPlan,
    market: &ChipMarket,
    (opening, terms): (&CoreFile, ChipsFile),
) -> f64 {
    let shipped = market.shipped_gw / market.opening_gw.max(1e-6);
    chips.orders += 0.5 * (shipped - chips.orders);
    let unserved = 1.0 - market.shipped_gw / market.wanted_gw.max(market.shipped_gw).max(1e-6);
    chips.loyalty = rules::loyalty_after(chips.loyalty, plan.chip_price, unserved);
    let follows = terms.follows_orders_pct / 100.0;
    let steady = (1.0 - follows) * core.revenue_bn;
    let volume_bn = chips.loyalty * (steady + follows * opening.revenue_bn * chips.orders);
    chips.sales_bn = volume_bn * plan.chip_price;
    chips.sales_bn - volume_bn * (1.0 - opening.margin_pct / 100.0)
}
