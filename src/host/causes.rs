//! Why a win rate moved: the inputs that moved, each with its part of the change.
//!
//! The parts are first-order: the slope of the market's choice at the mean of the win rates before
//! and after, segments weighed by their new demand. What the slopes do not explain is a row of its
//! own, so that the rows sum to the change.

use crate::ids::FirmId;
use crate::level::Level;
use crate::sim::cause::{Input, InputChange, Owner};
use crate::sim::cloud::rules::{ACCESS_WEIGHT, lab_bill};
use crate::sim::fact::{FactId, Provider};
use crate::sim::view::Published;

/// Inputs of the market's choice, prices and efforts of all segments together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Prices,
    Effort,
    Access,
    Room,
    Appeal,
}

/// A cause of a change of win rate: what moved, and its part of the change.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cause {
    pub(crate) whose: Provider,
    pub(crate) kind: Kind,
    /// The input before and after; of several, the one that moved most.
    pub(crate) before: f64,
    pub(crate) after: f64,
    pub(crate) fact: Option<FactId>,
    /// Part of 1.
    pub(crate) effect: f64,
}

/// A change of win rate: what moved customers' choice, what could be delivered of it, and the rest.
/// The parts sum to the change.
pub(crate) struct Split {
    /// The seat's own causes first, then the largest first.
    pub(crate) causes: Vec<Cause>,
    /// Between what was chosen and what was delivered.
    pub(crate) delivery: f64,
    pub(crate) rest: f64,
    pub(crate) change: f64,
}

/// Why a giant's win rate moved.
pub(crate) fn of_win_rate(
    level: &Level,
    firm: FirmId,
    before: &Published,
    after: &Published,
    changes: &[InputChange],
) -> Split {
    let weights = new_demand(level, before, after);
    let market = Market { level, before, after, weights: &weights };
    let mut causes: Vec<Cause> = Vec::new();
    for change in changes {
        if let Some(cause) = market.cause(firm, change) {
            add(&mut causes, cause);
        }
    }
    let own = |cause: &Cause| cause.whose == Provider::Giant(firm);
    causes.sort_by(|one, other| {
        own(other).cmp(&own(one)).then(other.effect.abs().total_cmp(&one.effect.abs()))
    });
    let rate = |published: &Published| published.giants[firm.index()].win_rate;
    let change = rate(after) - rate(before);
    let undelivered = |published: &Published| rate(published) - chosen(&weights, firm, published);
    let delivery = undelivered(after) - undelivered(before);
    let explained: f64 = causes.iter().map(|cause| cause.effect).sum();
    Split { causes, delivery, rest: change - delivery - explained, change }
}

/// The part of new demand that chose a giant, delivered or not.
fn chosen(weights: &[f64], firm: FirmId, published: &Published) -> f64 {
    let rates = &published.giants[firm.index()].win_by_segment;
    weights.iter().zip(rates).map(|(weight, rate)| weight * rate).sum()
}

/// Parts of the quarter's new demand by segment: growth, and what replaces customers who left;
/// labs' own bills apart.
fn new_demand(level: &Level, before: &Published, after: &Published) -> Vec<f64> {
    let bills = |published: &Published| -> f64 {
        published.labs.iter().map(|lab| lab_bill(lab.compute_total_gw())).sum()
    };
    let market = &after.market;
    let new = level.segments.iter().map(|segment| {
        let size = segment.size * before.market.revenue_bn;
        let growth = market.general_growth + segment.ai_intensity * market.ai_growth;
        let (held, hold) = match segment.holds_labs {
            true => (bills(before), bills(after)),
            false => (0.0, 0.0),
        };
        (size * (1.0 + growth) - segment.keep * (size - held) - hold).max(0.0)
    });
    let new: Vec<f64> = new.collect();
    let all: f64 = new.iter().sum();
    new.into_iter().map(|part| part / all.max(1e-9)).collect()
}

/// Adds a cause to what the same provider's inputs of the same kind did already.
fn add(causes: &mut Vec<Cause>, cause: Cause) {
    let same = |other: &&mut Cause| other.whose == cause.whose && other.kind == cause.kind;
    let Some(sum) = causes.iter_mut().find(same) else {
        causes.push(cause);
        return;
    };
    sum.effect += cause.effect;
    if (cause.after - cause.before).abs() > (sum.after - sum.before).abs() {
        sum.before = cause.before;
        sum.after = cause.after;
        sum.fact = cause.fact;
    }
}

fn kind_of(input: Input) -> Option<Kind> {
    match input {
        Input::Price(_) => Some(Kind::Prices),
        Input::Effort(_) => Some(Kind::Effort),
        Input::Access => Some(Kind::Access),
        Input::Room => Some(Kind::Room),
        Input::Appeal => Some(Kind::Appeal),
        _ => None,
    }
}

struct Market<'a> {
    level: &'a Level,
    before: &'a Published,
    after: &'a Published,
    /// Of segments in new demand.
    weights: &'a [f64],
}

impl Market<'_> {
    /// A change as a cause; none if it is no input of the market's choice.
    fn cause(&self, firm: FirmId, change: &InputChange) -> Option<Cause> {
        let Owner::Provider(whose) = change.owner else { return None };
        Some(Cause {
            whose,
            kind: kind_of(change.input)?,
            before: change.before,
            after: change.after,
            fact: change.fact,
            effect: self.effect(firm, whose, change),
        })
    }

    /// What a change of one provider's input does to a giant's win rate.
    fn effect(&self, firm: FirmId, whose: Provider, change: &InputChange) -> f64 {
        let mut effect = 0.0;
        for (k, segment) in self.level.segments.iter().enumerate() {
            let by = match change.input {
                Input::Price(of) if of.index() == k => {
                    -segment.price_sensitivity * libm::log(change.after / change.before)
                }
                Input::Effort(of) if of.index() == k => change.after - change.before,
                Input::Price(_) | Input::Effort(_) => 0.0,
                Input::Access => {
                    ACCESS_WEIGHT
                        * (change.after - change.before)
                        * self.ai_part(segment.ai_intensity)
                }
                Input::Room | Input::Appeal => change.after - change.before,
                Input::LabBills | Input::TurnedAway | Input::Capability => 0.0,
            };
            let mine = self.win_rate(Provider::Giant(firm), k);
            let theirs = self.win_rate(whose, k);
            let own = if whose == Provider::Giant(firm) { 1.0 } else { 0.0 };
            effect += self.weights[k] * mine * (own - theirs) * by;
        }
        effect
    }

    fn ai_part(&self, intensity: f64) -> f64 {
        let market = &self.after.market;
        let all = market.ai_growth + market.general_growth;
        if all > 0.0 { (market.ai_growth / all * intensity).min(1.0) } else { 0.0 }
    }

    /// The mean of a provider's win rates in a segment before and after.
    fn win_rate(&self, provider: Provider, k: usize) -> f64 {
        let of = |published: &Published| {
            let rate = |giant: usize| {
                published.giants[giant].win_by_segment.get(k).copied().unwrap_or(0.0)
            };
            match provider {
                Provider::Giant(firm) => rate(firm.index()),
                Provider::Others => 1.0 - (0..published.giants.len()).map(rate).sum::<f64>(),
            }
        };
        0.5 * (of(self.before) + of(self.after))
    }
}
