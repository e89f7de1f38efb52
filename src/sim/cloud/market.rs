//! The quarter's market: demand grows, chooses, is delivered and paid.

use bevy::prelude::*;

use super::clearing::{Cleared, MarketInputs, Stand, Tags, clear};
use super::rules;
use super::{CloudBusiness, CloudInputs, CloudMarket, CloudResult};
use crate::ids::DealId;
use crate::sim::cause::Ledger;
use crate::sim::deal::Deal;
use crate::sim::decision::GiantPlan;
use crate::sim::fact::{Fact, Facts, Provider};
use crate::sim::happenings::Weather;
use crate::sim::lab::Compute;
use crate::sim::plans::PlanFacts;
use crate::sim::press::Press;
use crate::sim::setting::{Clock, Giant, ProviderIndex, Roster, Setting};

/// One provider, as the market sees it.
type Stall<'a> = (
    &'a ProviderIndex,
    &'a mut CloudBusiness,
    &'a mut CloudInputs,
    &'a mut CloudResult,
    Option<(&'a Giant, &'a GiantPlan, &'a PlanFacts)>,
);

/// A turned-away demand worth a fact, $bn a quarter.
const SHORT_BN: f64 = 0.2;

/// Runs the market of the quarter.
pub(super) fn trade(
    clock: Res<Clock>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    press: Res<Press>,
    weather: Res<Weather>,
    mut market: ResMut<CloudMarket>,
    mut facts: ResMut<Facts>,
    mut ledger: ResMut<Ledger>,
    labs: Query<&Compute>,
    deals: Query<&Deal>,
    mut clouds: Query<Stall>,
) {
    let mut stalls: Vec<_> = clouds.iter_mut().collect();
    stalls.sort_by_key(|(place, ..)| **place);
    let level = &setting.level;
    let terms = &level.market;
    market.general_growth = rules::general_growth(
        terms.general_growth,
        terms.general_growth_floor,
        terms.general_fade_quarters,
        clock.quarter.0 - 1,
    ) - weather.lost_growth;
    market.ai_growth = rules::ai_growth(
        terms.ai_growth_per_point,
        // Demand answers to the models of the quarter before.
        press.0.frontier.points,
        terms.ai_growth_from_points,
        terms.ai_growth_cap,
    );
    let mut stands = Vec::with_capacity(stalls.len());
    for (place, cloud, inputs, result, giant) in &mut stalls {
        let bills: f64 = roster
            .labs
            .iter()
            .filter_map(|&lab| labs.get(lab).ok())
            .map(|compute| rules::lab_bill(compute.gw[usize::from(place.0)]))
            .sum();
        let committed = roster.deals.iter().filter_map(|&deal| deals.get(deal).ok());
        let committed = committed
            .filter(|deal| deal.giant.0 == place.0 && deal.committed_mw_at(clock.quarter) > 0.0);
        let because = committed.map(|deal| deal.id).max();
        observe(cloud, inputs, giant.map(|(_, plan, _)| plan), bills);
        stands.push(stand(cloud, inputs, result.lab_bills_bn, *giant, because));
    }
    let (general_growth, ai_growth) = (market.general_growth, market.ai_growth);
    let inputs = MarketInputs { general_growth, ai_growth, alike: false, stands };
    let cleared = clear(level, &inputs);
    market.new_demand_bn = cleared.delivered.iter().sum();
    for (number, (_, cloud, seen, result, giant)) in stalls.iter_mut().enumerate() {
        let provider = giant.map_or(Provider::Others, |(giant, ..)| Provider::Giant(giant.0));
        let (base, paid) = cleared.settled(level, &inputs.stands[number], number);
        let count = cloud.base.len();
        cloud.base.copy_from_slice(&base[..count]);
        cloud.paid_price.copy_from_slice(&paid[..count]);
        cloud.backlog = cleared.waiting[number];
        let turned_away = (cleared.total(number) - cleared.delivered[number]).max(0.0);
        if turned_away >= SHORT_BN {
            facts.push(Fact::CapacityShort { provider, turned_away_bn: turned_away });
        }
        publish(cloud, seen, result, &cleared, number);
    }
    ledger.inputs.market = inputs;
    share_out(level, &mut market, &mut stalls);
}

/// A provider's stand in the market of the quarter, as its plan and the world have left it.
fn stand(
    cloud: &CloudBusiness,
    inputs: &CloudInputs,
    bills_before: f64,
    giant: Option<(&Giant, &GiantPlan, &PlanFacts)>,
    bills: Option<DealId>,
) -> Stand {
    let provider = giant.map_or(Provider::Others, |(giant, ..)| Provider::Giant(giant.0));
    let plan = giant.map_or_else(Tags::default, |(_, _, tags)| Tags {
        price: tags.price,
        push: tags.push,
        ..Tags::default()
    });
    let tags = Tags { capacity: cloud.arrived_fact, appeal: inputs.appeal_fact, bills, ..plan };
    Stand::of(provider, cloud, inputs, bills_before, tags)
}

/// Takes a provider's inputs of the quarter.
fn observe(
    cloud: &CloudBusiness,
    inputs: &mut CloudInputs,
    plan: Option<&GiantPlan>,
    lab_bills: f64,
) {
    let sold = (cloud.base.iter().sum::<f64>() + inputs.lab_bills) / rules::REVENUE_PER_GW;
    inputs.room = rules::room(sold / cloud.capacity_gw.max(1e-6));
    inputs.lab_bills = lab_bills;
    let Some(plan) = plan else { return };
    for place in 0..cloud.base.len() {
        inputs.price[place] = plan.price[place];
        inputs.effort[place] = match plan.push {
            Some(pushed) if pushed.index() == place => rules::PUSH,
            Some(_) => rules::PUSH_NEGLECT,
            None => 0.0,
        };
    }
}

fn publish(
    cloud: &CloudBusiness,
    inputs: &CloudInputs,
    result: &mut CloudResult,
    cleared: &Cleared,
    number: usize,
) {
    let units: f64 = cloud.base.iter().sum::<f64>() + inputs.lab_bills;
    let paid: f64 =
        cloud.base.iter().zip(&cloud.paid_price).map(|(base, price)| base * price).sum();
    result.revenue_bn = paid + inputs.lab_bills;
    result.lab_bills_bn = inputs.lab_bills;
    result.sold_gw = units / rules::REVENUE_PER_GW;
    result.utilisation = result.sold_gw / cloud.capacity_gw.max(1e-6);
    let cost = rules::running_cost(cloud.cost_index, cloud.capacity_gw, result.sold_gw);
    result.operating_income_bn = result.revenue_bn - cost;
    if cleared.delivered.iter().sum::<f64>() > 0.0 {
        result.win_rate = cleared.win_rate(number);
    }
    let all_ai: f64 = cleared.ai.iter().sum();
    if all_ai > 0.0 {
        result.ai_win_rate = cleared.ai[number] / all_ai;
    }
    for k in 0..cloud.base.len() {
        let of_segment: f64 = cleared.won.iter().map(|by_segment| by_segment[k]).sum();
        if of_segment > 0.0 {
            result.win_by_segment[k] = cleared.won[number][k] / of_segment;
        }
    }
}

/// Shares of revenue, once everybody's is known.
fn share_out(
    level: &crate::level::Level,
    market: &mut CloudMarket,
    stalls: &mut [(
        &ProviderIndex,
        Mut<CloudBusiness>,
        Mut<CloudInputs>,
        Mut<CloudResult>,
        Option<(&Giant, &GiantPlan, &PlanFacts)>,
    )],
) {
    market.revenue_bn = stalls.iter().map(|(_, _, _, result, _)| result.revenue_bn).sum();
    let revenue = |cloud: &CloudBusiness, inputs: &CloudInputs, k: usize| {
        let labs = if level.segments[k].holds_labs { inputs.lab_bills } else { 0.0 };
        cloud.base[k] * cloud.paid_price[k] + labs
    };
    for k in 0..level.segments.len() {
        let all: f64 = stalls.iter().map(|(_, cloud, inputs, ..)| revenue(cloud, inputs, k)).sum();
        for (_, cloud, inputs, result, _) in stalls.iter_mut() {
            result.share_by_segment[k] = revenue(cloud, inputs, k) / all.max(1e-9);
        }
    }
    for (_, _, _, result, _) in stalls.iter_mut() {
        result.share = result.revenue_bn / market.revenue_bn.max(1e-9);
    }
}
