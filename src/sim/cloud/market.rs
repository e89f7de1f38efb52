//! The quarter's market: demand grows, chooses, is delivered and paid.

use bevy::prelude::*;

use super::rules::{self, Appeal};
use super::{CloudBusiness, CloudInputs, CloudMarket, CloudResult};
use crate::ids::SegmentId;
use crate::sim::cause::{Input, Ledger, Owner};
use crate::sim::deal::Deal;
use crate::sim::decision::{GiantPlan, MAX_SEGMENTS};
use crate::sim::fact::{Fact, FactId, Facts, Provider};
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
    for (place, cloud, inputs, _, giant) in &mut stalls {
        let bills: f64 = roster
            .labs
            .iter()
            .filter_map(|&lab| labs.get(lab).ok())
            .map(|compute| rules::lab_bill(compute.gw[usize::from(place.0)]))
            .sum();
        let committed = roster.deals.iter().filter_map(|&deal| deals.get(deal).ok());
        let committed = committed
            .filter(|deal| deal.giant.0 == place.0 && deal.committed_mw_at(clock.quarter) > 0.0);
        let because = committed.filter_map(|deal| deal.fact).max();
        let giant = giant.map(|(giant, plan, tags)| (*giant, *plan, *tags));
        observe(cloud, inputs, giant, (bills, because), &mut ledger);
    }
    let bids: Vec<Bid> = stalls
        .iter()
        .map(|(_, cloud, inputs, result, _)| Bid {
            cloud,
            inputs,
            bills_before: result.lab_bills_bn,
        })
        .collect();
    let won = choose(level, &market, &bids);
    let delivery = fit(&bids, &won);
    drop(bids);
    market.new_demand_bn = delivery.delivered.iter().sum();
    for (number, (_, cloud, inputs, result, giant)) in stalls.iter_mut().enumerate() {
        let provider = giant.map_or(Provider::Others, |(giant, ..)| Provider::Giant(giant.0));
        settle_base(level, cloud, inputs, &won, &delivery, number);
        let turned_away = (won.total(number) - delivery.delivered[number]).max(0.0);
        ledger.record(
            Owner::Provider(provider),
            Input::TurnedAway,
            inputs.turned_away,
            turned_away,
            None,
        );
        inputs.turned_away = turned_away;
        if turned_away >= SHORT_BN {
            facts.push(Fact::CapacityShort { provider, turned_away_bn: turned_away });
        }
        publish(cloud, inputs, result, &won, &delivery, number);
    }
    share_out(level, &mut market, &mut stalls);
}

/// Takes a provider's inputs of the quarter and writes down which of them moved, and with what.
fn observe(
    cloud: &CloudBusiness,
    inputs: &mut CloudInputs,
    giant: Option<(Giant, GiantPlan, PlanFacts)>,
    (lab_bills, bills_fact): (f64, Option<FactId>),
    ledger: &mut Ledger,
) {
    let provider = giant.map_or(Provider::Others, |(giant, ..)| Provider::Giant(giant.0));
    let owner = Owner::Provider(provider);
    let sold = (cloud.base.iter().sum::<f64>() + inputs.lab_bills) / rules::REVENUE_PER_GW;
    let room = rules::room(sold / cloud.capacity_gw.max(1e-6));
    ledger.record(owner, Input::Room, inputs.room, room, cloud.arrived_fact);
    inputs.room = room;
    ledger.record(owner, Input::LabBills, inputs.lab_bills, lab_bills, bills_fact);
    inputs.lab_bills = lab_bills;
    let Some((_, plan, tags)) = giant else { return };
    for place in 0..cloud.base.len() {
        let segment = SegmentId(place as u8);
        let effort = match plan.push {
            Some(pushed) if pushed == segment => rules::PUSH,
            Some(_) => rules::PUSH_NEGLECT,
            None => 0.0,
        };
        let (old_price, old_effort) = (inputs.price[place], inputs.effort[place]);
        ledger.record(
            owner,
            Input::Price(segment),
            old_price,
            plan.price[place],
            tags.price[place],
        );
        ledger.record(owner, Input::Effort(segment), old_effort, effort, tags.push);
        inputs.price[place] = plan.price[place];
        inputs.effort[place] = effort;
    }
}

/// What one provider brings to the market.
struct Bid<'a> {
    cloud: &'a CloudBusiness,
    inputs: &'a CloudInputs,
    /// Labs' bills of the quarter before, $bn: part of the demand that grows.
    bills_before: f64,
}

impl Bid<'_> {
    fn appeal(&self, segment: usize) -> Appeal {
        Appeal {
            xi_general: self.cloud.xi_general[segment],
            xi_ai: self.cloud.xi_ai[segment],
            price: self.inputs.price[segment],
            access: self.inputs.access,
            other: self.inputs.room + self.inputs.effort[segment] + self.inputs.appeal,
        }
    }
}

/// New demand by the provider it chose.
struct Won {
    /// `[provider][segment]`, $bn.
    by_segment: Vec<[f64; MAX_SEGMENTS]>,
    /// AI flow by provider, $bn.
    ai: Vec<f64>,
    /// Part of each base that stays, `[provider][segment]`.
    stays: Vec<[f64; MAX_SEGMENTS]>,
}

impl Won {
    fn total(&self, provider: usize) -> f64 {
        self.by_segment[provider].iter().sum()
    }
}

/// Two flows of new demand choose their providers, segment by segment.
fn choose(level: &crate::level::Level, market: &CloudMarket, bids: &[Bid]) -> Won {
    let (general, ai) = (market.general_growth, market.ai_growth);
    let bills: f64 = bids.iter().map(|bid| bid.inputs.lab_bills).sum();
    let bills_before: f64 = bids.iter().map(|bid| bid.bills_before).sum();
    let segments = &level.segments;
    let mut kept = [0.0; MAX_SEGMENTS];
    let mut sizes = [0.0; MAX_SEGMENTS];
    let mut intensity = [0.0; MAX_SEGMENTS];
    let mut prices = [1.0; MAX_SEGMENTS];
    let mut stays = vec![[0.0; MAX_SEGMENTS]; bids.len()];
    for (k, segment) in segments.iter().enumerate() {
        let base: f64 = bids.iter().map(|bid| bid.cloud.base[k]).sum();
        let at_list: f64 = bids.iter().map(|bid| bid.cloud.base[k] * bid.inputs.price[k]).sum();
        let mean: f64 = bids.iter().map(|bid| bid.inputs.price[k]).sum::<f64>() / bids.len() as f64;
        // A segment may hold nothing but labs' bills.
        prices[k] = if base > 1e-9 { at_list / base } else { mean };
        let (labs, labs_before) =
            if segment.holds_labs { (bills, bills_before) } else { (0.0, 0.0) };
        kept[k] = labs;
        for (bid, stays) in bids.iter().zip(&mut stays) {
            let relative = bid.inputs.price[k] / prices[k];
            let keep = segment.keep - bid.inputs.leaving;
            stays[k] = rules::stays(keep, relative, segment.price_sensitivity);
            kept[k] += bid.cloud.base[k] * stays[k];
        }
        sizes[k] = base + labs_before;
        intensity[k] = segment.ai_intensity;
    }
    let count = segments.len();
    let mut targets = [0.0; MAX_SEGMENTS];
    rules::segment_targets(
        &sizes[..count],
        &intensity[..count],
        general,
        ai,
        &mut targets[..count],
    );
    let ai_part = if general + ai > 0.0 { ai / (general + ai) } else { 0.0 };
    let mut won =
        Won { by_segment: vec![[0.0; MAX_SEGMENTS]; bids.len()], ai: vec![0.0; bids.len()], stays };
    // A segment's AI part is the market's times its intensity, against the mean over new demand.
    let new_at = |k: usize| (targets[k] - kept[k]).max(0.0);
    let all_new: f64 = (0..count).map(new_at).sum();
    let mean: f64 = (0..count).map(|k| new_at(k) * intensity[k]).sum::<f64>() / all_new.max(1e-9);
    let mut utility = vec![0.0; bids.len()];
    let mut general_part = vec![0.0; bids.len()];
    let mut ai_flow = vec![0.0; bids.len()];
    for (k, segment) in segments.iter().enumerate() {
        let new = rules::bought(targets[k] - kept[k], prices[k]);
        if new <= 0.0 {
            // Labs' bills are contracts: what shrinks is the rest.
            let labs = if segment.holds_labs { bills } else { 0.0 };
            let rest = (targets[k] - labs) / (kept[k] - labs).max(1e-9);
            won.stays.iter_mut().for_each(|stays| stays[k] *= rest.clamp(rules::LEAST_KEPT, 1.0));
            continue;
        }
        let weight = (ai_part * segment.ai_intensity / mean.max(1e-9)).min(1.0);
        for (u, bid) in utility.iter_mut().zip(bids) {
            *u = bid.appeal(k).general(segment.price_sensitivity);
        }
        rules::softmax(&utility, &mut general_part);
        for (u, bid) in utility.iter_mut().zip(bids) {
            *u = bid.appeal(k).ai(segment.price_sensitivity);
        }
        rules::softmax(&utility, &mut ai_flow);
        for i in 0..bids.len() {
            let from_ai = new * weight * ai_flow[i];
            won.by_segment[i][k] = new * (1.0 - weight) * general_part[i] + from_ai;
            won.ai[i] += from_ai;
        }
    }
    won
}

/// What of the demand won, and of the backlog, is delivered.
struct Delivery {
    delivered: Vec<f64>,
    waiting: Vec<f64>,
}

fn fit(bids: &[Bid], won: &Won) -> Delivery {
    let wanted: Vec<f64> =
        bids.iter().enumerate().map(|(i, bid)| won.total(i) + bid.cloud.backlog).collect();
    let room: Vec<f64> = bids
        .iter()
        .zip(&won.stays)
        .map(|(bid, stays)| {
            let kept: f64 = bid.cloud.base.iter().zip(stays).map(|(base, part)| base * part).sum();
            let capacity = rules::FULL * bid.cloud.capacity_gw * rules::REVENUE_PER_GW;
            capacity - kept - bid.inputs.lab_bills
        })
        .collect();
    let (delivered, waiting) = rules::deliver(&wanted, &room);
    Delivery { delivered, waiting }
}

/// The base after the quarter, and what it pays.
fn settle_base(
    level: &crate::level::Level,
    cloud: &mut CloudBusiness,
    inputs: &CloudInputs,
    won: &Won,
    delivery: &Delivery,
    number: usize,
) {
    let total = won.total(number);
    for (k, segment) in level.segments.iter().enumerate() {
        let kept = cloud.base[k] * won.stays[number][k];
        let mix = if total > 0.0 { won.by_segment[number][k] / total } else { segment.size };
        let new = delivery.delivered[number] * mix;
        cloud.paid_price[k] = rules::average_price(kept, cloud.paid_price[k], new, inputs.price[k]);
        cloud.base[k] = kept + new;
    }
    cloud.backlog = delivery.waiting[number];
}

fn publish(
    cloud: &CloudBusiness,
    inputs: &CloudInputs,
    result: &mut CloudResult,
    won: &Won,
    delivery: &Delivery,
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
    let all: f64 = delivery.delivered.iter().sum();
    if all > 0.0 {
        result.win_rate = delivery.delivered[number] / all;
    }
    let all_ai: f64 = won.ai.iter().sum();
    if all_ai > 0.0 {
        result.ai_win_rate = won.ai[number] / all_ai;
    }
    for k in 0..cloud.base.len() {
        let of_segment: f64 = won.by_segment.iter().map(|by_segment| by_segment[k]).sum();
        if of_segment > 0.0 {
            result.win_by_segment[k] = won.by_segment[number][k] / of_segment;
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
