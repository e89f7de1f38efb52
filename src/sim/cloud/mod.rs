//! The cloud market: capacity, prices, two flows of new demand, and who wins them.

mod access;
mod clearing;
mod market;
pub mod rules;

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use crate::sim::books::{Account, Books, Reason};
use crate::sim::capital_market::Circular;
use crate::sim::capital_market::rules::STRESS_ORDERS;
use crate::sim::decision::{GiantPlan, MAX_SEGMENTS};
use crate::sim::fact::{Fact, FactId, Facts, Provider};
use crate::sim::happenings::Weather;
use crate::sim::lab;
use crate::sim::plans::PlanFacts;
use crate::sim::setting::{Giant, Roster, Setting};
use crate::sim::treasury::Income;
use crate::sim::treasury::chips::{self, ChipMarket, is_favoured};
use crate::sim::treasury::rules::affordable_order;
use crate::sim::treasury::rules::{LEFT_BY_SHORTAGE, shipped_parts};
use crate::sim::turn::TurnSystems;
use crate::units::Money;

pub(in crate::sim) use access::resold;
pub use access::{access_points, open_access};
pub use clearing::{
    BySegment, Cleared, MAX_LABS, MarketInputs, ModelsAtHand, Resold, Stand, Tags, clear,
};

/// A provider's cloud. Demand in $bn a quarter at opening prices.
#[derive(Component, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CloudBusiness {
    /// Installed base by segment.
    pub base: Vec<f64>,
    /// Price the base pays on average, by segment, index.
    pub paid_price: Vec<f64>,
    /// Mean utilities by segment, from the opening's win rates.
    pub xi_general: Vec<f64>,
    pub xi_ai: Vec<f64>,
    /// Demand won and not yet delivered.
    pub backlog: f64,
    pub capacity_gw: f64,
    /// On order, the next quarter's arrivals first.
    pub arriving_gw: [f64; 4],
    /// The facts that last changed the orders now arriving, in the same order; then that of the
    /// capacity that arrived last.
    pub order_facts: [Option<FactId>; 4],
    pub arrived_fact: Option<FactId>,
    pub cost_index: f64,
    /// What its opening plan orders each quarter, gigawatts.
    pub opening_order_gw: f64,
    /// What it ordered this quarter, and what of it waits for chips and comes a quarter late.
    pub ordered_gw: f64,
    pub late_gw: f64,
    /// Part of its new capacity that it builds on chips of its own, 0 to 1.
    pub own_chips: f64,
}

/// What the market's rules last saw of a provider.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CloudInputs {
    pub price: [f64; MAX_SEGMENTS],
    pub effort: [f64; MAX_SEGMENTS],
    /// Points from the frontier; above 0 with several good models.
    pub access: f64,
    pub room: f64,
    /// Appeal that happenings and answers give or take this quarter, utils, and the latest fact
    /// behind it.
    pub appeal: f64,
    pub appeal_fact: Option<FactId>,
    pub lab_bills: f64,
    /// Part of its base that leaves beyond the ordinary, where its cloud has to be interoperable.
    pub leaving: f64,
}

/// What a quarter brought a provider. Shares are parts of 1.
#[derive(Component, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CloudResult {
    pub revenue_bn: f64,
    /// Share of the market's revenue.
    pub share: f64,
    /// Share of new demand won, and of its AI flow.
    pub win_rate: f64,
    pub ai_win_rate: f64,
    pub win_by_segment: Vec<f64>,
    pub share_by_segment: Vec<f64>,
    pub lab_bills_bn: f64,
    pub sold_gw: f64,
    pub utilisation: f64,
    pub operating_income_bn: f64,
}

/// The market as a whole.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CloudMarket {
    pub revenue_bn: f64,
    /// Parts of 1 a quarter.
    pub general_growth: f64,
    pub ai_growth: f64,
    /// New demand of the quarter, $bn, both flows, labs' bills apart.
    pub new_demand_bn: f64,
}

/// A cut of an order worth a fact, gigawatts.
const CUT_TOLD_GW: f64 = 0.01;

pub(super) fn plugin(close: &mut Schedule) {
    close.add_systems((
        (receive_capacity, order_capacity, chips::ship).chain().in_set(TurnSystems::Invest),
        (access::open_access, market::trade)
            .chain()
            .in_set(TurnSystems::Serve)
            .after(lab::rent_compute),
    ));
}

/// Capacity wears, and what was ordered four quarters ago arrives; a chip shortage holds most of it up
/// for a quarter, except on chips of its own and where chip makers serve it first.
pub(super) fn receive_capacity(
    roster: Res<Roster>,
    weather: Res<Weather>,
    chips: Res<ChipMarket>,
    mut facts: ResMut<Facts>,
    mut clouds: Query<(&mut CloudBusiness, Option<&Giant>)>,
) {
    let (mut first, mut rest) = (0.0, 0.0);
    if weather.shortage {
        for (cloud, giant) in roster.providers.iter().filter_map(|&e| clouds.get(e).ok()) {
            let due = cloud.arriving_gw[0] * (1.0 - cloud.own_chips);
            if is_favoured(chips.favoured, giant) { first += due } else { rest += due }
        }
    }
    let parts = shipped_parts(first, rest, LEFT_BY_SHORTAGE * (first + rest));
    for &entity in &roster.providers {
        let Ok((mut cloud, giant)) = clouds.get_mut(entity) else { continue };
        if weather.shortage {
            let served = if is_favoured(chips.favoured, giant) { parts.0 } else { parts.1 };
            let held_up = cloud.arriving_gw[0] * (1.0 - cloud.own_chips) * (1.0 - served);
            cloud.arriving_gw[0] -= held_up;
            cloud.arriving_gw[1] += held_up;
        }
        let arrived = cloud.arriving_gw[0];
        cloud.arrived_fact = cloud.order_facts[0];
        cloud.order_facts.rotate_left(1);
        cloud.capacity_gw = cloud.capacity_gw * (1.0 - rules::WEAR) + arrived;
        cloud.arriving_gw.rotate_left(1);
        cloud.arriving_gw[3] = 0.0;
        if arrived > 0.0 {
            let provider = giant.map_or(Provider::Others, |giant| Provider::Giant(giant.0));
            facts.push(Fact::CapacityArrived { provider, gw: arrived });
        }
    }
}

/// Orders are paid when placed and arrive four quarters on, as far as there are chips for them. Too
/// much debt cuts them, and so do doubts about circular money.
fn order_capacity(
    roster: Res<Roster>,
    setting: Res<Setting>,
    weather: Res<Weather>,
    market: Res<CloudMarket>,
    mut books: ResMut<Books>,
    mut facts: ResMut<Facts>,
    mut clouds: Query<(
        &mut CloudBusiness,
        Option<(&Giant, &GiantPlan, &PlanFacts, &Circular, &mut Income)>,
    )>,
) {
    for &entity in &roster.providers {
        let Ok((mut cloud, giant)) = clouds.get_mut(entity) else { continue };
        let Some((giant, plan, tags, circular, mut income)) = giant else {
            // The rest of the market orders in step with demand.
            let grown = market.revenue_bn / setting.level.market.revenue_bn;
            cloud.ordered_gw = cloud.opening_order_gw * grown;
            continue;
        };
        // Doubts about circular money make buyers careful.
        let careful = 1.0 - STRESS_ORDERS * circular.stress;
        let order = careful * affordable_order(plan.order_gw, income.turns);
        if order < plan.order_gw - CUT_TOLD_GW {
            facts.push(Fact::CapitalSpendingCut { firm: giant.0, order_gw: order });
        }
        cloud.ordered_gw = order;
        cloud.order_facts[3] = tags.order;
        income.capex_bn = order * weather.order_cost_per_gw(&setting.level, cloud.own_chips);
        let paid = Money::from_bn(income.capex_bn);
        let cash = Account::Cash(giant.0.seat());
        books.post_for(cash, Account::Suppliers, paid, Reason::CapitalSpending, tags.order);
    }
}
