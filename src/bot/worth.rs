//! What an effect is worth to a bot, in points of its score.
//!
//! Each effect is turned into what it does to the figures the seat's goals measure, by the end of the
//! game; goals that are full or out of reach count less. What no goal measures has a small value of
//! its own. Every constant is assumed.

use crate::ids::{FirmId, LabId, Role};
use crate::level::deck::{Effect, EffectKind, Part};
use crate::level::{DispositionFile, Measure};
use crate::sim::capital_market::rules::SENTIMENT_KEEP;
use crate::sim::cloud::rules as cloud;
use crate::sim::happenings::{Cast, Player, settled};
use crate::sim::lab::rules as lab_rules;
use crate::sim::treasury::rules::AFTER_TAX;
use crate::sim::view::{GiantFigures, LabFigures, SeatView};

/// Credit near a goal's ends counts this much less.
const FULL: f64 = 0.15;
const FAR: f64 = 0.4;
/// Points that spending all one's cash costs, beside goals.
const PURSE: f64 = 6.0;
/// Points that a per cent point of heat costs a cool giant, and how much more a hot one.
const HEAT: f64 = 0.03;
const HOTTER: f64 = 8.0;
/// Points that a per cent point of a lab's trust is worth to one who lacks its models altogether.
const TRUST: f64 = 0.05;
/// Points that a per cent of market value is worth as talk, beside goals.
const TALK: f64 = 0.10;
/// What harm to a rival is worth, part of what the same would be worth to oneself.
const HARM: f64 = 0.25;
/// Points of score a lab gives a point of talent and a per cent of staff, beside goals.
const TALENT: f64 = 0.25;
const STAFF: f64 = 0.10;
/// Runway below which cash is dear to a lab, quarters, and points a quarter of it is worth then.
const THIN: f64 = 4.0;
const THIN_QUARTER: f64 = 2.5;
/// Growth of a lab's sales that is counted on at most, a year's and until the end.
const MOST_GROWTH: f64 = 4.0;
/// Discount of what comes later, a quarter.
const LATER: f64 = 0.95;
/// Use of capacity from which room is short, and at which there is none.
const TIGHT: (f64, f64) = (0.84, 0.97);

pub(super) struct Worth<'a> {
    view: &'a SeatView,
    disposition: DispositionFile,
    /// Quarters left, this one included.
    left: f64,
}

impl<'a> Worth<'a> {
    pub(super) fn new(view: &'a SeatView, disposition: Option<DispositionFile>) -> Worth<'a> {
        let own = match view.role {
            Role::Giant(firm) => view.level.giants[firm.index()].disposition,
            Role::Lab(_) => DispositionFile::NEUTRAL,
        };
        let left = f64::from(view.quarters_left().max(1));
        Worth { view, disposition: disposition.unwrap_or(own), left }
    }

    /// Points of score that effects are worth to this seat.
    pub(super) fn of(&self, effects: &[Effect], cast: &Cast) -> f64 {
        effects.iter().map(|effect| self.one(effect, cast)).sum()
    }

    fn one(&self, effect: &Effect, cast: &Cast) -> f64 {
        if f64::from(effect.after) >= self.left {
            // It comes when the game is over.
            return 0.0;
        }
        let later = libm::pow(LATER, f64::from(effect.after));
        let level = &self.view.level;
        let player = cast.player(effect.on, level);
        let what = player.map_or(effect.what, |player| {
            settled(effect.what, player, level, &self.view.published)
        });
        let own = player == Some(Player::Seat(self.view.seat));
        let value = match (self.view.role, own) {
            (Role::Giant(firm), true) => self.to_a_giant(firm, what, cast),
            (Role::Lab(lab), true) => self.to_a_lab(lab, what),
            (Role::Giant(firm), false) => self.elsewhere(firm, what, effect.on, cast),
            (Role::Lab(lab), false) => self.around_a_lab(lab, what, effect.on, cast),
        };
        later * value
    }

    /// What a change of a measured figure is worth by the goals that measure it.
    fn points(&self, measure: Measure, change: f64) -> f64 {
        let goals = self.view.level.goals(self.view.seat).iter().zip(&self.view.score.goals);
        goals
            .filter(|(goal, standing)| goal.measure == measure && !standing.judged)
            .map(|(goal, standing)| {
                let reached = (standing.value - goal.none_at) / (goal.full_at - goal.none_at);
                let slack = match reached {
                    r if r >= 1.0 => FULL,
                    r if r <= 0.0 => FAR,
                    _ => 1.0,
                };
                slack * goal.weight * change / (goal.full_at - goal.none_at)
            })
            .sum()
    }

    /// How much of a lasting effect of so many quarters is still there at the end, and how much of
    /// the game it covers.
    fn lasts(&self, quarters: u32) -> (f64, f64) {
        let quarters = f64::from(quarters);
        (if quarters >= self.left { 1.0 } else { 0.0 }, quarters.min(self.left))
    }

    fn cash(&self, bn: f64) -> f64 {
        let purse = self.view.cash.bn().max(0.5);
        let part = (bn / purse).clamp(-2.0, 2.0);
        let dear = if part < 0.0 { part * (1.0 - part) } else { part / (1.0 + part) };
        self.points(Measure::NetCash, bn)
            + self.points(Measure::MarketValue, bn)
            + self.disposition.prudence * PURSE * dear
    }

    /// Income of so much a quarter more, $bn, kept to the end.
    fn income(&self, bn: f64) -> f64 {
        let published = match self.view.role {
            Role::Giant(firm) => &self.view.published.giants[firm.index()],
            Role::Lab(_) => return 0.0,
        };
        let earned = 0.5 * AFTER_TAX * bn * self.left;
        self.points(Measure::OperatingIncome, 4.0 * bn)
            + self.points(Measure::MarketValue, published.multiple * 4.0 * AFTER_TAX * bn)
            + self.points(Measure::NetCash, earned)
    }

    /// Part of demand won that finds no room.
    fn crowded(figures: &GiantFigures) -> f64 {
        ((figures.utilisation - TIGHT.0) / (TIGHT.1 - TIGHT.0)).clamp(0.0, 1.0)
    }

    /// Win rate moved by so much, part of 1, for so many quarters.
    fn won(&self, figures: &GiantFigures, by: f64, quarters: u32) -> f64 {
        let (at_end, covered) = self.lasts(quarters);
        let market = &self.view.published.market;
        let flow = market.general_growth + market.ai_growth + 0.01;
        let by = by * (1.0 - 0.8 * Self::crowded(figures));
        let share = by * flow * covered;
        let margin = figures.cloud_income_bn / figures.cloud_revenue_bn.max(1e-9);
        self.disposition.growth
            * (self.points(Measure::WinRate, 100.0 * by * at_end)
                + self.points(Measure::CloudShare, 100.0 * share)
                + self.income(share * market.revenue_bn * margin.clamp(0.15, 0.6)))
    }

    fn appeal(&self, figures: &GiantFigures, utils: f64, quarters: u32) -> f64 {
        let by = figures.win_rate * (1.0 - figures.win_rate) * utils;
        self.won(figures, by, quarters)
    }

    /// Capacity more, gigawatts, after so many quarters: room where it is short, cost where it is not.
    fn capacity(&self, figures: &GiantFigures, gw: f64, after: u32) -> f64 {
        let served = (self.left - f64::from(after)).max(0.0) / self.left;
        let crowded = Self::crowded(figures);
        let filled = gw * crowded * cloud::REVENUE_PER_GW;
        let share = 100.0 * filled / self.view.published.market.revenue_bn;
        let cost = cloud::running_cost(figures.cost_index, gw, gw * crowded);
        let attractive =
            0.5 * figures.win_rate * (1.0 - figures.win_rate) * gw / figures.capacity_gw.max(1e-6);
        served
            * (self.points(Measure::CloudShare, share)
                + self.income(filled - cost)
                + self.won(figures, attractive * (1.0 - crowded), self.left as u32))
    }

    fn to_a_giant(&self, firm: FirmId, what: EffectKind, cast: &Cast) -> f64 {
        let figures = &self.view.published.giants[firm.index()];
        let giant = &self.view.level.giants[firm.index()];
        match what {
            EffectKind::Cash { bn } => self.cash(bn),
            EffectKind::Appeal { utils, quarters } => self.appeal(figures, utils, quarters),
            EffectKind::PaidPrice { pct } => {
                // List prices pull what is paid back by a twelfth a quarter.
                let kept = libm::pow(11.0 / 12.0, self.left);
                let bn = pct / 100.0 * figures.cloud_revenue_bn;
                self.income(bn * kept) + self.points(Measure::NetCash, 4.0 * bn * (1.0 - kept))
            }
            EffectKind::UnitCost { pct } => {
                let cost = figures.cloud_revenue_bn - figures.cloud_income_bn;
                self.income(-pct / 100.0 * cost)
            }
            EffectKind::Capacity { pct } => {
                self.capacity(figures, pct / 100.0 * figures.capacity_gw, 0)
            }
            EffectKind::Arriving { pct, quarters } => {
                self.capacity(figures, pct / 100.0 * figures.capacity_gw, quarters)
            }
            EffectKind::Sooner { quarters } => {
                let ordered: f64 = figures.arriving_gw.iter().sum();
                let early = f64::from(quarters) / self.left;
                self.capacity(figures, ordered * early.min(1.0), 0)
            }
            EffectKind::Late => -self.capacity(figures, figures.arriving_gw[0] / self.left, 0),
            EffectKind::CoreRevenue { pct } => {
                let margin = giant.core.margin_pct / 100.0;
                self.income(pct / 100.0 * figures.core_revenue_bn * margin)
            }
            EffectKind::Heat { pct } => {
                -HEAT * pct * (1.0 + HOTTER * (figures.heat + pct / 200.0).clamp(0.0, 1.0))
            }
            EffectKind::Sentiment { pct } => {
                let at_end = libm::pow(SENTIMENT_KEEP, self.left - 1.0);
                self.disposition.ambition * TALK * pct
                    + self.points(Measure::MarketValue, pct / 100.0 * figures.value_bn * at_end)
            }
            EffectKind::Loyalty { pct } => {
                let follows = giant.chips.map_or(0.0, |chips| chips.follows_orders_pct / 100.0);
                let margin = giant.core.margin_pct / 100.0;
                self.income(pct / 100.0 * follows * figures.core_revenue_bn * margin)
            }
            EffectKind::Talent { points } => {
                let own = figures.own_points.unwrap_or(0.0);
                let gap = own - self.view.published.frontier.points - figures.access_points;
                let gain = points * libm::exp(0.25 * gap).min(1.0);
                self.points(Measure::ModelAccess, gain)
                    + self.won(figures, 0.7 * cloud::ACCESS_WEIGHT * gain * 0.2, self.left as u32)
            }
            _ => self.elsewhere(firm, what, Part::Seat, cast),
        }
    }

    /// What comes to others, or to everybody, as a giant sees it.
    fn elsewhere(&self, firm: FirmId, what: EffectKind, on: Part, cast: &Cast) -> f64 {
        let figures = &self.view.published.giants[firm.index()];
        let rival = cast.giant.map(|giant| &self.view.published.giants[giant.index()]);
        match (what, on, rival) {
            (EffectKind::Appeal { utils, quarters }, Part::Giant, Some(rival)) => {
                let lost = -figures.win_rate * rival.win_rate * utils;
                self.disposition.defence * self.won(figures, lost, quarters)
            }
            (EffectKind::Arriving { pct, quarters }, Part::Giant, Some(rival)) => {
                let gw = pct / 100.0 * rival.capacity_gw;
                let felt = figures.share * figures.has_cloud as u32 as f64;
                -HARM * felt * self.disposition.defence * self.capacity(rival, gw, quarters)
            }
            (EffectKind::Heat { pct }, Part::Giant, Some(_)) => {
                HARM * HEAT * pct * self.disposition.defence
            }
            (EffectKind::Trust { giant: Part::Seat, pct }, ..) => self.trust(figures, pct),
            (EffectKind::Talent { points }, Part::Lab, _) => self.in_lab(firm, cast, 0.02 * points),
            (EffectKind::Staff { pct }, Part::Lab, _) => self.in_lab(firm, cast, 0.003 * pct),
            (EffectKind::ProductAppeal { utils, .. }, Part::Lab, _) => {
                self.in_lab(firm, cast, 0.2 * utils)
            }
            (EffectKind::OpenWeightsShock { points }, ..) => {
                let frontier = &self.view.published.frontier;
                let open = frontier.open_weights - frontier.points;
                let gain = points * libm::exp(0.25 * (open - figures.access_points)).min(1.0);
                self.points(Measure::ModelAccess, gain)
            }
            _ => 0.0,
        }
    }

    /// Trust is worth more to one whose customers lack models, and while there is time to use it.
    fn trust(&self, figures: &GiantFigures, pct: f64) -> f64 {
        let lack = (-figures.access_points / 8.0).clamp(0.0, 1.0);
        let time = (self.left / 8.0).min(1.0);
        TRUST * pct * (0.2 + 0.8 * lack) * time * self.disposition.growth
    }

    /// A lab's value moved by this part: felt by those who own some of it.
    fn in_lab(&self, firm: FirmId, cast: &Cast, part: f64) -> f64 {
        let Some(lab) = cast.lab else { return 0.0 };
        let lab = &self.view.published.labs[lab.index()];
        let bn = lab.stakes[firm.index()] * lab.last_price_bn * part;
        self.disposition.ambition
            * (self.points(Measure::Stakes, bn) + self.points(Measure::MarketValue, bn))
    }

    fn to_a_lab(&self, lab: LabId, what: EffectKind) -> f64 {
        let figures = &self.view.published.labs[lab.index()];
        let known = &self.view.labs[lab.index()];
        let burn = (known.burn_8_bn.or(8.0) / 8.0).max(0.05);
        match what {
            EffectKind::Cash { bn } => {
                let runway = known.runway_quarters.or(THIN);
                let quarters = bn / burn;
                let thin = (THIN - runway - quarters.min(0.0)).clamp(0.0, 1.5);
                self.points(Measure::Runway, quarters)
                    + THIN_QUARTER * thin * quarters
                    + 0.5 * quarters
            }
            EffectKind::ProductAppeal { utils, quarters } => {
                let (_, covered) = self.lasts(quarters);
                let moved = 1.0 - libm::pow(lab_rules::KEEP, covered);
                let kept = libm::pow(lab_rules::KEEP, self.left - covered);
                // What was sold on the way counts as well, though no goal measures it.
                self.sales(figures, utils * moved * (0.5 + 0.5 * kept), burn)
            }
            EffectKind::Talent { points } => {
                let moved = 1.0 - libm::pow(lab_rules::KEEP, self.left);
                let sold = 0.5 * lab_rules::AGENT_WEIGHT * points * moved;
                let time = (self.left / 6.0).min(1.0);
                self.points(Measure::CapabilityLead, points)
                    + self.sales(figures, sold, burn)
                    + TALENT * points * time
            }
            EffectKind::Staff { pct } => {
                let saved = -pct / 100.0 * figures.heads / 1_000.0 * lab_rules::COST_PER_THOUSAND;
                let cash = EffectKind::Cash { bn: lab_rules::burn(saved.max(0.0)) * 2.0 };
                STAFF * pct + if saved > 0.0 { self.to_a_lab(lab, cash) } else { 0.0 }
            }
            EffectKind::Independence { pct, quarters } => {
                let (at_end, covered) = self.lasts(quarters);
                let floor = self.view.level.labs[lab.index()].independence_floor;
                let after = figures.independence + pct / 100.0;
                let broken = if after < floor { 0.25 * pct.abs() } else { 0.0 };
                self.points(Measure::Independence, pct * at_end) + 0.012 * pct * covered - broken
            }
            EffectKind::Trust { pct, .. } => self.lab_trust(lab, pct),
            _ => self.around_a_lab(lab, what, Part::Seat, &Cast::default()),
        }
    }

    /// Sales more by this part at the end, to which they grow as they did in the last year.
    fn sales(&self, figures: &LabFigures, part: f64, burn_bn: f64) -> f64 {
        let a_year = figures.revenue_bn / figures.past_revenue_bn[3].max(1e-9);
        let grown = libm::pow(a_year.clamp(1.0, MOST_GROWTH), (self.left - 1.0) / 4.0);
        let more = figures.revenue_bn * grown.min(MOST_GROWTH) * part;
        let kept = (1.0 - lab_rules::SELLING_PART) * lab_rules::BURN_PART * more;
        self.points(Measure::LabRevenue, more)
            + self.points(Measure::LabValue, 0.7 * 64.0 * more)
            + self.points(Measure::Runway, kept / burn_bn)
    }

    /// Trust in giants is worth more to a lab that must raise money soon.
    fn lab_trust(&self, lab: LabId, pct: f64) -> f64 {
        let runway = self.view.labs[lab.index()].runway_quarters.or(THIN);
        let need = (1.5 - runway / 8.0).clamp(0.3, 1.5);
        TRUST * pct * need * (self.left / 8.0).min(1.0)
    }

    /// What comes to others, or to everybody, as a lab sees it.
    fn around_a_lab(&self, lab: LabId, what: EffectKind, on: Part, cast: &Cast) -> f64 {
        let figures = &self.view.published.labs[lab.index()];
        match (what, on) {
            (EffectKind::OpenWeightsShock { points }, _) => {
                let lead = figures.capability_points - self.view.published.frontier.open_weights;
                // Sellers of open models take customers from whoever is near them.
                let sold = -0.006 * points * libm::exp(-0.1 * lead.max(0.0));
                self.sales(figures, sold, 1.0) - 0.05 * points
            }
            (EffectKind::Heat { pct }, Part::Giant) => {
                let stake = cast.giant.map_or(0.0, |giant| figures.stakes[giant.index()]);
                HARM * HEAT * pct * (1.0 - 4.0 * stake)
            }
            (EffectKind::Talent { points }, Part::Lab) => -HARM * TALENT * points,
            _ => 0.0,
        }
    }
}
