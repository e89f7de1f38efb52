//! What everybody may know when the quarter is over.

use std::sync::Arc;

use bevy::prelude::*;

use crate::ids::FirmId;
use crate::sim::books::{Account, Books};
use crate::sim::capability::{Capability, Frontier, Research};
use crate::sim::capital_market::rules::{circular_margin, fragility};
use crate::sim::capital_market::{Circular, MarketValue};
use crate::sim::cloud::{CloudBusiness, CloudInputs, CloudMarket, CloudResult};
use crate::sim::deal::{CapTable, Holder};
use crate::sim::decision::{GiantPlan, LabPlan};
use crate::sim::happenings::{Chronicle, Weather};
use crate::sim::lab::{Compute, LabBusiness, LabStanding, ProductShare, Products, Staff, Trust};
use crate::sim::regulator::{Heat, Scrutiny};
use crate::sim::setting::{Clock, Giant, Lab, Roster, Setting};
use crate::sim::treasury::{ChipBusiness, ChipMarket, CoreBusiness, Income};
use crate::sim::turn::TurnSystems;
use crate::sim::view::{GiantFigures, LabFigures, LabSecrets, Published};

pub(super) fn plugin(close: &mut Schedule) {
    close.add_systems(publish.in_set(TurnSystems::Publish));
}

/// A giant, as the press needs it.
type GiantRow<'a> = (
    &'a Giant,
    &'a GiantPlan,
    &'a CoreBusiness,
    &'a Income,
    (&'a MarketValue, &'a Circular),
    (&'a Heat, &'a Scrutiny),
    Option<(&'a CloudBusiness, &'a CloudInputs, &'a CloudResult)>,
    Option<&'a Capability>,
    Option<&'a Research>,
    Option<&'a ChipBusiness>,
);

/// A lab, as the press needs it.
type LabRow<'a> = (
    &'a Lab,
    &'a LabBusiness,
    &'a LabStanding,
    &'a Compute,
    &'a CapTable,
    &'a Capability,
    &'a ProductShare,
    &'a Trust,
    (&'a LabPlan, &'a Staff),
);

/// Prints the quarter's figures.
pub(super) fn publish(
    clock: Res<Clock>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    books: Res<Books>,
    market: Res<CloudMarket>,
    frontier: Res<Frontier>,
    weather: Res<Weather>,
    chips: Res<ChipMarket>,
    products: Res<Products>,
    chronicle: Res<Chronicle>,
    mut published: ResMut<Press>,
    giants: Query<GiantRow>,
    labs: Query<LabRow>,
) {
    // A shortage passes; what is published is the price without it.
    let lasting = chronicle.order_cost(clock.quarter.next());
    let calm = Weather { shortage: false, order_cost: lasting, ..*weather };
    let order_cost = |own_chips| calm.order_cost_per_gw(&setting.level, own_chips);
    let giants: Vec<GiantFigures> = roster
        .giants
        .iter()
        .filter_map(|&entity| giants.get(entity).ok())
        .map(|row| giant_figures(row, &books, order_cost))
        .collect();
    let (figures, secrets) = roster
        .labs
        .iter()
        .filter_map(|&entity| labs.get(entity).ok())
        .map(|row| lab_figures(row, &setting, &books))
        .unzip();
    published.0 = Arc::new(Published {
        quarter: clock.quarter,
        market: market.clone(),
        frontier: *frontier,
        order_cost_per_gw_bn: order_cost(0.0),
        chips: *chips,
        products: products.market_bn,
        downturn: weather.downturn,
        giants,
        labs: figures,
        secrets,
    });
}

/// The last figures printed.
#[derive(Resource, Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Press(pub Arc<Published>);

fn giant_figures(
    (
        giant,
        plan,
        core,
        income,
        (value, circular),
        (heat, scrutiny),
        cloud,
        models,
        research,
        chips,
    ): GiantRow,
    books: &Books,
    order_cost: impl Fn(f64) -> f64,
) -> GiantFigures {
    let seat = giant.0.seat();
    let arriving_gw = cloud.map_or([0.0; 4], |(cloud, ..)| cloud.arriving_gw);
    let (own_chips, late_gw) = cloud.map_or((0.0, 0.0), |(c, ..)| (c.own_chips, c.late_gw));
    let margin = circular_margin(chips.is_some());
    GiantFigures {
        has_cloud: cloud.is_some(),
        sells_chips: chips.is_some(),
        cloud_revenue_bn: cloud.map_or(0.0, |(.., result)| result.revenue_bn),
        cloud_income_bn: cloud.map_or(0.0, |(.., result)| result.operating_income_bn),
        lab_bills_bn: cloud.map_or(0.0, |(.., result)| result.lab_bills_bn),
        share: cloud.map_or(0.0, |(.., result)| result.share),
        win_rate: cloud.map_or(0.0, |(.., result)| result.win_rate),
        ai_win_rate: cloud.map_or(0.0, |(.., result)| result.ai_win_rate),
        share_by_segment: cloud
            .map_or_else(Vec::new, |(.., result)| result.share_by_segment.clone()),
        win_by_segment: cloud.map_or_else(Vec::new, |(.., result)| result.win_by_segment.clone()),
        price: plan.price,
        chip_price: plan.chip_price,
        capacity_gw: cloud.map_or(0.0, |(cloud, ..)| cloud.capacity_gw),
        arriving_gw,
        under_way_bn: (arriving_gw.iter().sum::<f64>() + late_gw) * order_cost(own_chips),
        cost_index: cloud.map_or(1.0, |(cloud, ..)| cloud.cost_index),
        utilisation: cloud.map_or(0.0, |(.., result)| result.utilisation),
        access_points: cloud.map_or(0.0, |(_, inputs, _)| inputs.access),
        own_points: models.map(|models| models.points),
        research_bn: plan.research_bn,
        opening_research_bn: research.map_or(0.0, |research| research.opening_bn),
        core_revenue_bn: core.revenue_bn,
        core_growth: core.growth,
        core_income_bn: income.core_bn,
        deal_income_bn: income.deals_bn,
        capex_bn: income.capex_bn,
        free_cash_flow_bn: income.free_cash_flow_bn,
        cash_bn: books.cash_bn(seat),
        debt_bn: books.debt(giant.0).bn(),
        value_bn: value.value_bn,
        multiple: value.multiple,
        stakes_bn: value.stakes_bn,
        value_parts: value.parts,
        heat: heat.0,
        inquiry: scrutiny.inquiry,
        interoperable_until: scrutiny.interoperable_until,
        circular_bn: circular.revenue_bn(),
        circular_part: circular.part,
        circular_pool_bn: circular.pools_bn.iter().sum(),
        fragile_bn: fragility(circular.priced_bn, margin),
        stress: circular.stress,
        order_cost_per_gw_bn: order_cost(own_chips),
        expected_order_gw: value.expected_order_gw,
        own_chips,
        late_gw,
        chip_sales_bn: chips.map_or(0.0, |chips| chips.sales_bn),
        chip_loyalty: chips.map_or(1.0, |chips| chips.loyalty),
        favoured: plan.favoured,
    }
}

fn lab_figures(
    (lab, business, standing, compute, shares, models, products, trust, (plan, staff)): LabRow,
    setting: &Setting,
    books: &Books,
) -> (LabFigures, LabSecrets) {
    let giants = setting.giants();
    let stake = |giant: usize| shares.part(Holder::Seat(crate::ids::SeatId(giant as u8)));
    let figures = LabFigures {
        revenue_bn: business.revenue_bn,
        past_revenue_bn: business.past_revenue_bn,
        heads: business.heads,
        capability_points: models.points,
        talent_points: models.talent,
        compute_gw: compute.gw.clone(),
        assistants: products.share.assistants,
        agents: products.share.agents,
        last_price_bn: shares.last_price_bn,
        fundamental_bn: standing.fundamental_bn,
        independence: standing.independence,
        serving_room: business.serving_room,
        paid_price: business.paid_price,
        stakes: (0..giants).map(stake).collect(),
        rescues: business.rescues,
        price: plan.price,
        morale: staff.morale,
        talent_change: staff.talent_change,
        access: plan.access,
        ties: standing.ties,
    };
    let seat = setting.lab_seat(lab.0);
    let firms = (0..giants as u8).map(FirmId);
    let credits_bn = firms.map(|firm| books.balance(Account::Credits(lab.0, firm)).bn()).sum();
    let secrets = LabSecrets {
        credits_bn,
        cash_bn: books.balance(Account::Cash(seat)).bn(),
        runway_quarters: standing.runway,
        planned_burn_bn: standing.planned_burn_bn,
        loss_bn: business.loss_bn,
        burn_bn: business.burn_bn,
        trust: trust.0.clone(),
        ahead: standing.ahead,
    };
    (figures, secrets)
}
