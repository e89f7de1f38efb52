//! Why a win rate moved: the inputs that moved, each with its part of the change.
//!
//! The parts are first-order: the slope of the market's choice at the mean of the win rates before
//! and after, segments weighed by size. What the slopes do not explain is a row of its own, so that
//! the rows sum to the change.

use crate::ids::FirmId;
use crate::level::Level;
use crate::sim::cause::{Input, InputChange, Owner};
use crate::sim::cloud::rules::ACCESS_WEIGHT;
use crate::sim::fact::{FactId, Provider};
use crate::sim::view::Published;

/// A cause of a change of win rate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Cause {
    pub(super) whose: Provider,
    pub(super) input: Input,
    pub(super) before: f64,
    pub(super) after: f64,
    pub(super) fact: Option<FactId>,
    /// Part of 1.
    pub(super) effect: f64,
}

/// Causes of a giant's change of win rate, its own first, the largest first; and the rest.
pub(super) fn of_win_rate(
    level: &Level,
    firm: FirmId,
    before: &Published,
    after: &Published,
    changes: &[InputChange],
) -> (Vec<Cause>, f64) {
    let market = Market { level, before, after };
    let mut causes: Vec<Cause> = changes
        .iter()
        .filter_map(|change| {
            let Owner::Provider(whose) = change.owner else { return None };
            let effect = market.effect(firm, whose, change)?;
            Some(Cause {
                whose,
                input: change.input,
                before: change.before,
                after: change.after,
                fact: change.fact,
                effect,
            })
        })
        .collect();
    let own = |cause: &Cause| cause.whose == Provider::Giant(firm);
    causes.sort_by(|one, other| {
        own(other).cmp(&own(one)).then(other.effect.abs().total_cmp(&one.effect.abs()))
    });
    let change = after.giants[firm.index()].win_rate - before.giants[firm.index()].win_rate;
    let explained: f64 = causes.iter().map(|cause| cause.effect).sum();
    (causes, change - explained)
}

struct Market<'a> {
    level: &'a Level,
    before: &'a Published,
    after: &'a Published,
}

impl Market<'_> {
    /// What a change of one provider's input does to a giant's win rate; none if it is no input of
    /// the choice.
    fn effect(&self, firm: FirmId, whose: Provider, change: &InputChange) -> Option<f64> {
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
                Input::Room | Input::Outage => change.after - change.before,
                Input::LabBills | Input::TurnedAway | Input::Capability => return None,
            };
            let mine = self.win_rate(Provider::Giant(firm), k);
            let theirs = self.win_rate(whose, k);
            let own = if whose == Provider::Giant(firm) { 1.0 } else { 0.0 };
            effect += segment.size * mine * (own - theirs) * by;
        }
        Some(effect)
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
