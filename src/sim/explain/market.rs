//! Why a giant's win rate moved; and what moves customers' choice, for shares too.

use super::{Candidate, Cause, Change, Past, Through, attributed};
use crate::ids::{FirmId, LabId};
use crate::sim::cause::Inputs;
use crate::sim::cloud::{MAX_LABS, MarketInputs, ModelsAtHand, Stand, clear};
use crate::sim::fact::{Fact, FactId, Provider};
use crate::units::Quarter;

/// What a candidate changes in the market's inputs.
pub(super) enum Turn {
    Prices(usize),
    Push(usize),
    Resale(usize, usize),
    OwnModels(usize),
    LabModels(usize),
    OpenWeights,
    Capacity(usize),
    Appeal(usize),
    LabBills(usize),
    Interoperability(usize),
    Growth,
    /// What earlier quarters left.
    State,
    // For shares alone.
    Preferences,
    UnevenGrowth,
    /// A decision's part of the gap between a provider's prices and the opening's, by segment.
    PriceGap(usize, Vec<f64>),
    OldContracts,
    /// What an event did to the prices a provider's customers pay: the factor.
    PaidPrices(usize, f64),
}

pub(super) type Turned = (Candidate, Turn);

/// The place of a giant's cloud among the stands.
pub(super) fn place_of(inputs: &Inputs, firm: FirmId) -> Option<usize> {
    inputs.market.stands.iter().position(|stand| stand.provider == Provider::Giant(firm))
}

/// Of the inputs of two quarters, each provider's own that differ, whatever the baseline.
pub(super) fn plain_turns(
    past: &Past,
    quarter: Quarter,
    from: &Inputs,
    to: &Inputs,
) -> Vec<Turned> {
    let mut turns = Vec::new();
    for (i, (old, new)) in from.market.stands.iter().zip(&to.market.stands).enumerate() {
        let tags = &new.tags;
        let of = |candidate: Candidate| candidate.of(new.provider);
        if old.effort != new.effort {
            let cause = past.cause(tags.push);
            turns.push((of(Candidate::new(Through::SalesPush, cause)), Turn::Push(i)));
        }
        if old.capacity_gw != new.capacity_gw {
            let candidate = Candidate::new(Through::Capacity, past.cause(tags.capacity))
                .moved(old.capacity_gw, new.capacity_gw);
            turns.push((of(candidate), Turn::Capacity(i)));
        }
        if old.appeal != new.appeal {
            let cause = past.cause(tags.appeal.or(old.tags.appeal));
            let candidate = Candidate::new(Through::Appeal, cause).moved(old.appeal, new.appeal);
            turns.push((of(candidate), Turn::Appeal(i)));
        }
        if old.lab_bills != new.lab_bills {
            let candidate = Candidate::new(Through::LabBills, past.deal(tags.bills))
                .moved(old.lab_bills, new.lab_bills);
            turns.push((of(candidate), Turn::LabBills(i)));
        }
        if old.leaving != new.leaving {
            let remedy = (1..=quarter.0).rev().find_map(|number| {
                past.found(Quarter(number), |fact| match *fact {
                    Fact::RemedyImposed { firm, .. } => Provider::Giant(firm) == new.provider,
                    _ => false,
                })
            });
            let candidate = Candidate::new(Through::Interoperability, past.cause(remedy));
            turns.push((of(candidate), Turn::Interoperability(i)));
        }
    }
    model_turns(past, quarter, (from, to), &mut turns);
    turns
}

/// Models at hand: licences by the deal that gives or gave them, and how good the models are.
fn model_turns(
    past: &Past,
    quarter: Quarter,
    (from, to): (&Inputs, &Inputs),
    turns: &mut Vec<Turned>,
) {
    let pairs = || from.models.iter().zip(&to.models).enumerate();
    for (i, (old, new)) in pairs() {
        let stand = &to.market.stands[i];
        for lab in 0..MAX_LABS {
            let terms = |at_hand: &ModelsAtHand| {
                at_hand.labs[lab].map(|resold| (resold.discount, resold.deal))
            };
            if terms(old) != terms(new) {
                let deal = |at_hand: &ModelsAtHand| terms(at_hand).and_then(|(_, deal)| deal);
                let cause = match deal(new).or(deal(old)) {
                    Some(deal) => Cause::Deal(deal),
                    None => past.cause(opened(past, LabId(lab as u8), quarter)),
                };
                let through = Through::Resale(LabId(lab as u8));
                let candidate = Candidate::new(through, cause)
                    .of(stand.provider)
                    .moved(old.access(), new.access());
                turns.push((candidate, Turn::Resale(i, lab)));
            }
        }
        if let (Some(was), Some(is)) = (old.own, new.own)
            && was != is
        {
            let team = match stand.provider {
                Provider::Giant(firm) => to.teams.iter().find(|team| team.seat == firm.seat()),
                Provider::Others => None,
            };
            let candidate =
                Candidate::new(Through::OwnModels, past.cause(team.and_then(|t| t.fact)))
                    .of(stand.provider)
                    .moved(was, is);
            turns.push((candidate, Turn::OwnModels(i)));
        }
    }
    for lab in 0..MAX_LABS {
        let gap = |inputs: &Inputs| {
            inputs.models.iter().find_map(|at_hand| at_hand.labs[lab].map(|resold| resold.gap))
        };
        if let (Some(was), Some(is)) = (gap(from), gap(to))
            && was != is
        {
            let through = Through::LabModels(LabId(lab as u8));
            let candidate = Candidate::new(through, Cause::Market).moved(was, is);
            turns.push((candidate, Turn::LabModels(lab)));
        }
    }
    let open = |inputs: &Inputs| inputs.models.first().map(|at_hand| at_hand.open_weights);
    if let (Some(was), Some(is)) = (open(from), open(to))
        && was != is
    {
        let candidate = Candidate::new(Through::OpenWeights, Cause::Market).moved(was, is);
        turns.push((candidate, Turn::OpenWeights));
    }
}

/// The latest change of a lab's policy on who may sell its models.
fn opened(past: &Past, lab: LabId, quarter: Quarter) -> Option<FactId> {
    let quarters = (1..=quarter.0).rev().map(Quarter);
    let changed =
        |fact: &Fact| matches!(*fact, Fact::AccessPolicyChanged { lab: of, .. } if of == lab);
    quarters.into_iter().find_map(|quarter| past.found(quarter, changed))
}

/// Lets a candidate come in: what it stands for is as in `to`.
pub(super) fn turn(
    models: &mut [ModelsAtHand],
    market: &mut MarketInputs,
    turned: &Turn,
    to: &Inputs,
) {
    let new = &to.market.stands;
    let stands = &mut market.stands;
    match *turned {
        Turn::Prices(i) => {
            stands[i].price = new[i].price;
            stands[i].list = new[i].list;
        }
        Turn::Push(i) => stands[i].effort = new[i].effort,
        Turn::Resale(i, lab) => {
            // How good the lab's models are is another matter.
            let gap = models[i].labs[lab].map(|resold| resold.gap);
            models[i].labs[lab] = to.models[i].labs[lab];
            if let (Some(resold), Some(gap)) = (&mut models[i].labs[lab], gap) {
                resold.gap = gap;
            }
        }
        Turn::OwnModels(i) => models[i].own = to.models[i].own,
        Turn::LabModels(lab) => {
            let gap = to.models.iter().find_map(|one| one.labs[lab].map(|resold| resold.gap));
            for resold in models.iter_mut().filter_map(|one| one.labs[lab].as_mut()) {
                resold.gap = gap.unwrap_or(resold.gap);
            }
        }
        Turn::OpenWeights => {
            for (one, other) in models.iter_mut().zip(&to.models) {
                one.open_weights = other.open_weights;
            }
        }
        Turn::Capacity(i) => {
            stands[i].capacity_gw = new[i].capacity_gw;
            stands[i].room = new[i].room;
        }
        Turn::Appeal(i) => stands[i].appeal = new[i].appeal,
        Turn::LabBills(i) => stands[i].lab_bills = new[i].lab_bills,
        Turn::Interoperability(i) => stands[i].leaving = new[i].leaving,
        Turn::Growth => {
            market.general_growth = to.market.general_growth;
            market.ai_growth = to.market.ai_growth;
        }
        Turn::State => {
            for (one, other) in stands.iter_mut().zip(new) {
                one.base = other.base;
                one.paid = other.paid;
                one.backlog = other.backlog;
                one.lab_bills_before = other.lab_bills_before;
            }
        }
        Turn::UnevenGrowth => market.alike = false,
        Turn::Preferences | Turn::PriceGap(..) | Turn::OldContracts | Turn::PaidPrices(..) => {}
    }
}

/// Why the part of new demand that a giant delivers is another than the quarter before.
pub(super) fn win_rate(past: &Past, firm: FirmId, quarter: Quarter) -> Option<Change> {
    let (from, to) = (past.inputs(Quarter(quarter.0 - 1)), past.inputs(quarter));
    let place = place_of(to, firm)?;
    let mut turns = plain_turns(past, quarter, from, to);
    for (i, (old, new)) in from.market.stands.iter().zip(&to.market.stands).enumerate() {
        if old.price != new.price {
            let changed = (0..old.price.len()).filter(|&k| old.price[k] != new.price[k]);
            let fact = changed.clone().filter_map(|k| new.tags.price[k]).min();
            let mean = |stand: &Stand| {
                changed.clone().map(|k| stand.price[k]).sum::<f64>()
                    / changed.clone().count() as f64
            };
            let candidate = Candidate::new(Through::Prices, past.cause(fact))
                .of(new.provider)
                .moved(mean(old), mean(new));
            turns.push((candidate, Turn::Prices(i)));
        }
    }
    turns.push((Candidate::new(Through::Demand, Cause::Market), Turn::Growth));
    turns.push((Candidate::new(Through::InstalledBase, Cause::Market), Turn::State));
    let rate = |quarter: Quarter| past.published(quarter).giants[firm.index()].win_rate;
    let (before, after) = (rate(Quarter(quarter.0 - 1)), rate(quarter));
    let (candidates, turns): (Vec<Candidate>, Vec<Turn>) = turns.into_iter().unzip();
    let segments = past.level.segments.len();
    let mut market = from.market.clone();
    let mut models = from.models.clone();
    Some(attributed(&candidates, (Through::Preferences, Cause::Opening), (before, after), |on| {
        market.clone_from(&from.market);
        models.clone_from(&from.models);
        for (turned, _) in turns.iter().zip(on).filter(|(_, on)| **on) {
            turn(&mut models, &mut market, turned, to);
        }
        for (stand, at_hand) in market.stands.iter_mut().zip(&models) {
            stand.access = at_hand.access();
            stand.room = stand.room_now(segments);
        }
        clear(past.level, &market).win_rate(place)
    }))
}
