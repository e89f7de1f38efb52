//! Why a giant's share of the cloud market moved: decisions of any age, against the choice of
//! customers that would leave every share as it was.

use super::gaps::Gaps;
use super::market::{Turn, Turned, place_of, plain_turns, turn};
use super::{Candidate, Cause, Change, Past, Through, attributed};
use crate::ids::FirmId;
use crate::sim::cause::{Figure, Inputs};
use crate::sim::cloud::{MarketInputs, Stand, clear, rules};
use crate::sim::decision::MAX_SEGMENTS;
use crate::sim::fact::{FactId, Provider};
use crate::units::Quarter;

/// Why a giant's share of revenue moved. The baseline is the choice of customers that would leave
/// every share as it was: each takes of new demand what it holds of the old, and everything grows
/// alike. What differs from the opening comes in by the fact it began with, however old; and what
/// customers thought of everybody at the opening comes in as a cause of its own.
pub(super) fn share(past: &Past, firm: FirmId, quarter: Quarter) -> Option<Change> {
    let (open, to) = (past.inputs(Quarter(0)), past.inputs(quarter));
    let place = place_of(to, firm)?;
    let level = past.level;
    let mut turns = plain_turns(past, quarter, open, to);
    // Bills are compared with those that would leave shares alone, capacity with enough of it.
    turns.retain(|(_, turned)| !matches!(turned, Turn::LabBills(_) | Turn::Capacity(_)));
    for (i, stand) in to.market.stands.iter().enumerate() {
        let bills = Candidate::new(Through::LabBills, past.deal(stand.tags.bills));
        if stand.lab_bills != 0.0 || stand.lab_bills_before != 0.0 {
            turns.push((bills.of(stand.provider), Turn::LabBills(i)));
        }
        let fact = past.cause(stand.tags.capacity);
        let capacity = Candidate::new(Through::Capacity, fact).of(stand.provider);
        turns.push((capacity, Turn::Capacity(i)));
    }
    let gaps = price_gaps(past, quarter);
    turns.extend(price_turns(past, to, &gaps));
    turns.push((Candidate::new(Through::OldContracts, Cause::Opening), Turn::OldContracts));
    turns.push((Candidate::new(Through::Preferences, Cause::Opening), Turn::Preferences));
    turns.push((Candidate::new(Through::Demand, Cause::Market), Turn::UnevenGrowth));
    let mut neutral = neutral(level.segments.len(), open, to);
    for felt in to.effects.iter().filter(|felt| felt.what == Figure::PaidPrice) {
        let provider = match felt.seat {
            Some(seat) => Provider::Giant(FirmId(seat.0)),
            None => Provider::Others,
        };
        let stands = neutral.stands.iter_mut().enumerate();
        for (i, stand) in stands.filter(|(_, stand)| stand.provider == provider) {
            let factor = 1.0 + felt.by / 100.0;
            repriced(stand, 1.0 / factor);
            let candidate = Candidate::new(Through::OldContracts, past.cause(felt.fact));
            turns.push((candidate.of(provider), Turn::PaidPrices(i, factor)));
        }
    }
    let share = |quarter: Quarter| past.published(quarter).giants[firm.index()].share;
    let (before, after) = (share(Quarter(quarter.0 - 1)), share(quarter));
    let (candidates, turns): (Vec<Candidate>, Vec<Turn>) = turns.into_iter().unzip();
    let mut market = neutral.clone();
    let mut models = open.models.clone();
    Some(attributed(&candidates, (Through::Events, Cause::Market), (before, after), |on| {
        market.clone_from(&neutral);
        models.clone_from(&open.models);
        let mut old_contracts = false;
        for (turned, _) in turns.iter().zip(on).filter(|(_, on)| **on) {
            match turned {
                Turn::Preferences => prefer(&mut market, to),
                Turn::OldContracts => old_contracts = true,
                Turn::PaidPrices(i, factor) => repriced(&mut market.stands[*i], *factor),
                Turn::Capacity(i) => bind(&mut market.stands[*i], &to.market.stands[*i]),
                Turn::PriceGap(i, by) => {
                    open_gap(&mut market.stands[*i], &to.market.stands[*i], by, &gaps[*i]);
                }
                turned => turn(&mut models, &mut market, turned, to),
            }
        }
        if old_contracts {
            come_up(&mut market, to, &gaps);
        }
        for (stand, at_hand) in market.stands.iter_mut().zip(&models) {
            stand.access = at_hand.access();
        }
        share_of(level, &market, place)
    }))
}

/// A provider's part of revenue once the market has cleared.
fn share_of(level: &crate::level::Level, market: &MarketInputs, place: usize) -> f64 {
    let cleared = clear(level, market);
    let count = level.segments.len();
    let revenue = |i: usize, stand: &Stand| {
        let (base, paid) = cleared.settled(level, stand, i);
        let sold: f64 = base[..count].iter().zip(&paid).map(|(base, price)| base * price).sum();
        sold + stand.lab_bills
    };
    let revenues = market.stands.iter().enumerate().map(|(i, stand)| revenue(i, stand));
    let all: f64 = revenues.clone().sum();
    revenues.clone().nth(place).unwrap_or(0.0) / all.max(1e-9)
}

/// Capacity that never binds, gigawatts.
const ENOUGH: f64 = 1e6;

/// The market that leaves every share as it was.
fn neutral(segments: usize, open: &Inputs, to: &Inputs) -> MarketInputs {
    let mut market = to.market.clone();
    market.alike = true;
    let growth = 1.0 + market.general_growth + market.ai_growth;
    let mut held = [0.0; MAX_SEGMENTS];
    for stand in &market.stands {
        held.iter_mut().zip(&stand.base).for_each(|(all, base)| *all += base);
    }
    for (stand, opening) in market.stands.iter_mut().zip(&open.market.stands) {
        stand.price = [1.0; MAX_SEGMENTS];
        stand.list = stand.paid;
        stand.effort = [0.0; MAX_SEGMENTS];
        stand.appeal = 0.0;
        stand.leaving = 0.0;
        stand.backlog = 0.0;
        stand.capacity_gw = ENOUGH;
        stand.room = opening.room;
        stand.lab_bills = stand.lab_bills_before * growth;
        for (k, held) in held.iter().enumerate().take(segments) {
            let part = stand.base[k] / held.max(1e-9);
            // Nothing held, nothing won: far below what anybody else has.
            let utility = libm::log(part.max(1e-300));
            stand.xi_general[k] = utility - opening.room;
            stand.xi_ai[k] = utility - opening.room - rules::ACCESS_WEIGHT * opening.access;
        }
    }
    market
}

/// What customers pay, and what is neither dearer nor cheaper to them, by a factor.
fn repriced(stand: &mut Stand, factor: f64) {
    for (paid, list) in stand.paid.iter_mut().zip(&mut stand.list) {
        let by = (factor - 1.0) * *paid;
        *paid += by;
        *list += by;
    }
}

/// Customers think of everybody what they thought at the opening.
fn prefer(market: &mut MarketInputs, to: &Inputs) {
    for (stand, real) in market.stands.iter_mut().zip(&to.market.stands) {
        stand.xi_general = real.xi_general;
        stand.xi_ai = real.xi_ai;
    }
}

/// A provider has the capacity, the room and the backlog it has.
fn bind(stand: &mut Stand, real: &Stand) {
    stand.capacity_gw = real.capacity_gw;
    stand.room = real.room;
    stand.backlog = real.backlog;
}

/// The gaps between each provider's prices and the opening's, by segment.
fn price_gaps(past: &Past, quarter: Quarter) -> Vec<Vec<Gaps>> {
    let segments = past.level.segments.len();
    let opening = &past.inputs(Quarter(0)).market.stands;
    let mut gaps = vec![vec![Gaps::default(); segments]; opening.len()];
    for number in 1..=quarter.0 {
        let before = past.inputs(Quarter(number - 1));
        let now = past.inputs(Quarter(number));
        for (i, (old, new)) in before.market.stands.iter().zip(&now.market.stands).enumerate() {
            for (k, gaps) in gaps[i].iter_mut().enumerate() {
                if old.price[k] != new.price[k] {
                    gaps.push(new.tags.price[k], new.price[k] - old.price[k]);
                }
            }
        }
    }
    gaps
}

/// One candidate for each provider and quarter whose price decisions still stand.
fn price_turns(past: &Past, to: &Inputs, gaps: &[Vec<Gaps>]) -> Vec<Turned> {
    let mut turns = Vec::new();
    for (i, segments) in gaps.iter().enumerate() {
        let provider = to.market.stands[i].provider;
        let facts = segments.iter().flat_map(|gaps| gaps.parts.iter().map(|part| part.fact));
        let mut quarters: Vec<Option<Quarter>> =
            facts.map(|fact: Option<FactId>| fact.map(|fact| fact.quarter)).collect();
        quarters.sort_unstable();
        quarters.dedup();
        for when in quarters {
            let of = |gaps: &Gaps| {
                let parts = gaps.parts.iter().filter(|part| part.fact.map(|f| f.quarter) == when);
                parts.map(|part| part.by).sum::<f64>()
            };
            let facts = segments.iter().flat_map(|gaps| gaps.parts.iter());
            let fact = facts.filter_map(|part| part.fact).filter(|f| Some(f.quarter) == when).min();
            let by: Vec<f64> = segments.iter().map(of).collect();
            let largest = by.iter().copied().max_by(|one, other| one.abs().total_cmp(&other.abs()));
            let candidate = Candidate::new(Through::Prices, past.cause(fact))
                .of(provider)
                .moved(1.0, 1.0 + largest.unwrap_or(0.0));
            turns.push((candidate, Turn::PriceGap(i, by)));
        }
    }
    turns
}

/// A decision's part of a provider's prices: what customers choose by, and what contracts come up to.
fn open_gap(stand: &mut Stand, real: &Stand, by: &[f64], gaps: &[Gaps]) {
    for (k, by) in by.iter().enumerate() {
        stand.price[k] += by;
        let total = gaps[k].total();
        if total.abs() > 1e-12 {
            stand.list[k] += by / total * (real.list[k] - real.paid[k]);
        }
    }
}

/// Contracts at prices that no decision stands behind any more come up to the list.
fn come_up(market: &mut MarketInputs, to: &Inputs, gaps: &[Vec<Gaps>]) {
    for ((stand, real), gaps) in market.stands.iter_mut().zip(&to.market.stands).zip(gaps) {
        for (k, gaps) in gaps.iter().enumerate() {
            if gaps.total().abs() <= 1e-12 {
                stand.list[k] = real.list[k];
            }
        }
    }
}
