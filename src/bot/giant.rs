//! A giant's plan: levers tried one after another against a closed-form outlook of its own quarter.
//!
//! The outlook carries the giant's own business forward with everybody else as published, and scores
//! the seat's goals on it. It sums over as many quarters as the policy looks ahead; capacity is judged
//! from the quarter it arrives, four quarters on, by those who look further than the next quarter.

use super::{chips, regulation};
use crate::ids::{FirmId, SegmentId};
use crate::level::{GoalFile, Measure, Segment};
use crate::sim::capability::rules::{POINTS_PER_EFOLD, compute_for, research_compute};
use crate::sim::capital_market::rules::{
    HEAT_DISCOUNT, SENTIMENT_KEEP, capital_charge, smoothed_earnings,
};
use crate::sim::cloud::rules as cloud;
use crate::sim::deal::brief::Outlook;
use crate::sim::decision::{Decision, GiantPlan, MAX_ORDER, PRICE_RANGE, RESEARCH_RANGE};
use crate::sim::goals::rules::credit;
use crate::sim::treasury::rules as treasury;
use crate::sim::view::{GiantFigures, Plan, SeatView};

/// Quarters until an order arrives.
const LEAD: u32 = 4;
/// Quarters of the outlook that are judged, its last: goals are means over so many.
const JUDGED: u32 = 4;
/// Lever settings tried, against the present one.
const PRICE_STEPS: [f64; 4] = [0.94, 0.97, 1.03, 1.06];
const ORDER_STEPS: [f64; 7] = [0.0, 0.25, 0.5, 0.75, 1.25, 1.5, 2.0];
const RESEARCH_STEPS: [f64; 4] = [0.75, 0.9, 1.1, 1.3];
const CHIP_STEPS: [f64; 4] = [0.94, 0.97, 1.03, 1.06];
/// Prices a bot stays within.
const PRICES: (f64, f64) = (0.75, 1.3);
/// Credit beyond a goal's ends counts this much, so that there is always a way up.
const BEYOND: f64 = 0.1;

pub(super) fn plan(view: &SeatView, firm: FirmId, outlook: Outlook) -> Vec<Decision> {
    let Plan::Giant(present) = view.plan else { return Vec::new() };
    let forward = Forward::new(view, firm, present, outlook);
    let mut best = (forward.score(&present), present);
    let figures = &view.published.giants[firm.index()];
    for lever in [try_orders, try_prices, try_research, try_chips] {
        for candidate in lever(&best.1.clone(), figures).into_iter().flatten() {
            let score = forward.score(&candidate);
            if score > best.0 + 1e-6 {
                best = (score, candidate);
            }
        }
    }
    let mut plan = best.1;
    plan.push = figures.has_cloud.then(|| segment_to_push(view, figures)).flatten();
    if figures.sells_chips {
        plan.favoured = chips::favoured(view, firm);
    }
    let mut decisions = Vec::new();
    if plan != present {
        decisions.push(Decision::Run(plan));
    }
    decisions.extend(regulation::decide(view, firm, outlook.rivals));
    decisions
}

/// Candidates for one lever.
type Candidates = [Option<GiantPlan>; 8];

fn candidates(settings: impl IntoIterator<Item = GiantPlan>) -> Candidates {
    let mut out = [None; 8];
    for (place, plan) in out.iter_mut().zip(settings) {
        *place = Some(plan);
    }
    out
}

fn try_orders(plan: &GiantPlan, figures: &GiantFigures) -> Candidates {
    if !figures.has_cloud {
        return [None; 8];
    }
    let most = MAX_ORDER * figures.capacity_gw;
    // What keeps pace with a market that grows by eight per cent a quarter is the natural unit.
    let unit = 0.095 * figures.capacity_gw;
    candidates(ORDER_STEPS.map(|step| {
        let order_gw = libm::rint((step * unit).min(most * 0.999) * 100.0) / 100.0;
        GiantPlan { order_gw: order_gw.min(most), ..*plan }
    }))
}

fn try_prices(plan: &GiantPlan, figures: &GiantFigures) -> Candidates {
    if !figures.has_cloud {
        return [None; 8];
    }
    candidates(PRICE_STEPS.map(|step| {
        let price = plan.price.map(|price| hundredths((price * step).clamp(PRICES.0, PRICES.1)));
        GiantPlan { price, ..*plan }
    }))
}

fn try_research(plan: &GiantPlan, figures: &GiantFigures) -> Candidates {
    let opening = figures.opening_research_bn;
    if opening == 0.0 {
        return [None; 8];
    }
    let (least, most) = (RESEARCH_RANGE.0 * opening, RESEARCH_RANGE.1 * opening);
    candidates(RESEARCH_STEPS.map(|step| GiantPlan {
        research_bn: hundredths(plan.research_bn * step).clamp(least, most),
        ..*plan
    }))
}

fn try_chips(plan: &GiantPlan, figures: &GiantFigures) -> Candidates {
    if !figures.sells_chips {
        return [None; 8];
    }
    candidates(CHIP_STEPS.map(|step| {
        let price = hundredths(plan.chip_price * step).clamp(PRICE_RANGE.0, PRICE_RANGE.1);
        GiantPlan { chip_price: price, ..*plan }
    }))
}

fn hundredths(value: f64) -> f64 {
    libm::rint(value * 100.0) / 100.0
}

/// The segment where a push wins most: the largest flow that is neither lost nor won already.
fn segment_to_push(view: &SeatView, figures: &GiantFigures) -> Option<SegmentId> {
    let gain = |segment: SegmentId| {
        let terms = &view.level.segments[segment.index()];
        let won = figures.win_by_segment.get(segment.index()).copied().unwrap_or(0.0);
        terms.size * terms.ai_intensity * won * (1.0 - won)
    };
    view.level.segment_ids().max_by(|one, other| gain(*one).total_cmp(&gain(*other)))
}

/// A giant's own business carried forward.
struct Forward<'a> {
    view: &'a SeatView,
    firm: FirmId,
    figures: &'a GiantFigures,
    goals: &'a [GoalFile],
    quarters: u32,
    /// Price sensitivity and retention of the market, means over its segments.
    sensitivity: f64,
    keep: f64,
    /// What all other providers put into the market's mean list price, by their shares.
    rivals_price: f64,
    present: GiantPlan,
    /// Its access under the present research budget.
    access: AccessPath,
    /// How far rivals come after a change of its price: the power of it that their own prices change by.
    followed: f64,
}

/// The longest outlook, quarters.
const LONGEST: usize = 12;

/// What its own research adds to its customers' access, by quarter of the outlook.
#[derive(Clone, Copy)]
struct AccessPath {
    /// Points.
    gain: [f64; LONGEST],
    /// Factor on the odds of winning a customer.
    lift: [f64; LONGEST],
}

/// What a plan's list price does, the same in every quarter of the outlook.
struct Pricing {
    /// Factor on the odds of winning a customer.
    lift: f64,
    /// Part of the base that stays.
    stays: f64,
    /// Factor on all new demand.
    bought: f64,
}

/// Shares of all other providers, each times its list price; those who are no giant charge 1.
fn rivals_price(view: &SeatView, firm: FirmId) -> f64 {
    let giants = view.published.giants.iter().enumerate();
    let premium: f64 = giants
        .filter(|(place, _)| *place != firm.index())
        .map(|(_, figures)| figures.share * (figures.price[0] - 1.0))
        .sum();
    1.0 - view.published.giants[firm.index()].share + premium
}

/// What the outlook carries from quarter to quarter, $bn and gigawatts.
struct State {
    market_bn: f64,
    base_bn: f64,
    paid_price: f64,
    capacity_gw: f64,
    core_bn: f64,
    core_growth: f64,
    net_cash_bn: f64,
    earnings_bn: f64,
    win_rate: f64,
    income_bn: f64,
    cloud_revenue_bn: f64,
    loyalty: f64,
    /// What news still weighs in its market value.
    news_bn: f64,
}

impl<'a> Forward<'a> {
    fn new(view: &'a SeatView, firm: FirmId, present: GiantPlan, outlook: Outlook) -> Forward<'a> {
        let segments = &view.level.segments;
        let mean = |of: &dyn Fn(&Segment) -> f64| -> f64 {
            segments.iter().map(|segment| segment.size * of(segment)).sum()
        };
        let sight = outlook.quarters as u32;
        let sight = if sight > 1 { sight + LEAD } else { sight };
        let figures = &view.published.giants[firm.index()];
        Forward {
            view,
            firm,
            present,
            access: access_path(view, figures, present.research_bn),
            figures,
            goals: view.level.goals(view.seat),
            quarters: sight.min(view.quarters_left()).clamp(1, LONGEST as u32),
            sensitivity: mean(&|segment| segment.price_sensitivity),
            keep: mean(&|segment| segment.keep),
            rivals_price: rivals_price(view, firm),
            followed: outlook.followed,
        }
    }

    /// The seat's goals over the last year of the outlook, credits by weight.
    fn score(&self, plan: &GiantPlan) -> f64 {
        let mut state = self.opening();
        let pricing = self.pricing(plan.price[0]);
        let access = if plan.research_bn == self.present.research_bn {
            self.access
        } else {
            access_path(self.view, self.figures, plan.research_bn)
        };
        let judged_from = self.quarters.saturating_sub(JUDGED);
        let mut score = 0.0;
        for quarter in 0..self.quarters {
            self.step(&mut state, plan, (&pricing, &access), quarter);
            if quarter >= judged_from {
                let gain = access.gain[quarter as usize];
                let credits = self.goals.iter().map(|goal| self.soft_credit(goal, &state, gain));
                score +=
                    credits.zip(self.goals).map(|(credit, goal)| credit * goal.weight).sum::<f64>();
            }
        }
        score / f64::from(self.quarters - judged_from)
    }

    fn opening(&self) -> State {
        let figures = self.figures;
        let units = figures.utilisation * figures.capacity_gw * cloud::REVENUE_PER_GW;
        State {
            market_bn: self.view.published.market.revenue_bn,
            base_bn: units,
            paid_price: if units > 0.0 { figures.cloud_revenue_bn / units } else { 1.0 },
            capacity_gw: figures.capacity_gw,
            core_bn: figures.core_revenue_bn,
            core_growth: figures.core_growth,
            net_cash_bn: self.view.cash.bn() - figures.debt_bn + figures.under_way_bn,
            earnings_bn: 4.0 * treasury::AFTER_TAX * figures.operating_income_bn(),
            win_rate: figures.win_rate,
            income_bn: figures.operating_income_bn(),
            cloud_revenue_bn: figures.cloud_revenue_bn,
            loyalty: figures.chip_loyalty,
            news_bn: figures.value_parts.news_bn,
        }
    }

    fn step(
        &self,
        state: &mut State,
        plan: &GiantPlan,
        prospects: (&Pricing, &AccessPath),
        quarter: u32,
    ) {
        let level = &self.view.level;
        let figures = self.figures;
        state.core_bn *= 1.0 + state.core_growth;
        let giant = &level.giants[self.firm.index()];
        let fades_to = giant.core.growth_fades_to_pct / 100.0;
        state.core_growth = treasury::core_growth_after(state.core_growth, fades_to);
        let above = plan.research_bn - figures.opening_research_bn;
        let mut core_income = state.core_bn * giant.core.margin_pct / 100.0 - above;
        if figures.sells_chips {
            core_income = self.chip_income(state, plan);
        }
        let cloud_income =
            if figures.has_cloud { self.cloud_step(state, plan, prospects, quarter) } else { 0.0 };
        state.income_bn = core_income + cloud_income;
        state.earnings_bn = smoothed_earnings(state.earnings_bn, state.income_bn);
        state.news_bn *= SENTIMENT_KEEP;
        if quarter == 0 {
            let more = 4.0 * (plan.order_gw - figures.expected_order_gw).max(0.0);
            state.news_bn -= capital_charge(more * figures.order_cost_per_gw_bn);
        }
        let capex = plan.order_gw * figures.order_cost_per_gw_bn;
        let depreciation = treasury::DEPRECIATION_PER_GW * state.capacity_gw;
        let debt_cost = 0.01 * figures.debt_bn;
        let free = treasury::AFTER_TAX * state.income_bn + depreciation - capex - debt_cost;
        let saved = if free > 0.0 { free * (1.0 - treasury::PAYOUT) } else { free };
        // Capacity under way counts at cost until it arrives.
        let arrived = self.arriving(plan, quarter) * self.view.published.order_cost_per_gw_bn;
        state.net_cash_bn += saved + capex - arrived;
    }

    /// Capacity that arrives in a quarter of the outlook, gigawatts.
    fn arriving(&self, plan: &GiantPlan, quarter: u32) -> f64 {
        self.figures.arriving_gw.get(quarter as usize).copied().unwrap_or(plan.order_gw)
    }

    /// What a list price does: to choices, to renewals, and, through the market's mean price with
    /// this one in it, to all new demand.
    fn pricing(&self, list: f64) -> Pricing {
        let change = list / self.figures.price[0];
        let followed = libm::pow(change, self.followed);
        let rivals = (1.0 - self.figures.share) * (followed - 1.0);
        let mean = self.rivals_price + rivals + self.figures.share * list;
        Pricing {
            lift: libm::exp(-self.sensitivity * libm::log(change / followed)),
            stays: cloud::stays(self.keep, list / mean, self.sensitivity),
            bought: cloud::bought(1.0, mean),
        }
    }

    fn cloud_step(
        &self,
        state: &mut State,
        plan: &GiantPlan,
        (pricing, access): (&Pricing, &AccessPath),
        quarter: u32,
    ) -> f64 {
        let market = &self.view.published.market;
        let growth = market.general_growth + market.ai_growth;
        let list = plan.price[0];
        let lift = pricing.lift * access.lift[quarter as usize];
        let win = self.figures.win_rate;
        state.win_rate = win * lift / (1.0 - win + win * lift);
        let leaving = 1.0 - self.keep;
        let new = state.market_bn * (growth + leaving) * pricing.bought * state.win_rate;
        state.market_bn *= 1.0 + growth;
        state.capacity_gw = state.capacity_gw * (1.0 - cloud::WEAR) + self.arriving(plan, quarter);
        let kept = state.base_bn * pricing.stays;
        let room = cloud::FULL * state.capacity_gw * cloud::REVENUE_PER_GW - kept;
        let delivered = new.min(room.max(0.0));
        state.win_rate *= if new > 0.0 { delivered / new } else { 1.0 };
        state.paid_price = cloud::average_price(kept, state.paid_price, delivered, list);
        state.base_bn = kept + delivered;
        state.cloud_revenue_bn = state.base_bn * state.paid_price;
        let sold = state.base_bn / cloud::REVENUE_PER_GW;
        state.cloud_revenue_bn
            - cloud::running_cost(self.figures.cost_index, state.capacity_gw, sold)
    }

    fn chip_income(&self, state: &mut State, plan: &GiantPlan) -> f64 {
        let giant = &self.view.level.giants[self.firm.index()];
        let follows = giant.chips.map_or(0.0, |chips| chips.follows_orders_pct / 100.0);
        state.loyalty = treasury::loyalty_after(state.loyalty, plan.chip_price, 0.0);
        let margin = giant.core.margin_pct / 100.0;
        let now = self.figures;
        let all = now.chip_sales_bn / now.chip_price / now.chip_loyalty;
        let following = (all - (1.0 - follows) * now.core_revenue_bn).max(0.0);
        let volume = state.loyalty * ((1.0 - follows) * state.core_bn + following);
        volume * (plan.chip_price - 1.0 + margin)
    }

    fn soft_credit(&self, goal: &GoalFile, state: &State, access_gain: f64) -> f64 {
        let value = match goal.measure {
            Measure::CloudShare => 100.0 * state.cloud_revenue_bn / state.market_bn,
            Measure::WinRate => 100.0 * state.win_rate,
            Measure::OperatingIncome => 4.0 * state.income_bn,
            Measure::NetCash => state.net_cash_bn,
            Measure::MarketValue => {
                let figures = self.figures;
                let earnings = figures.multiple * state.earnings_bn;
                let opening = self.view.cash.bn() - figures.debt_bn + figures.under_way_bn;
                let saved = state.net_cash_bn - opening;
                earnings * (1.0 - HEAT_DISCOUNT * figures.heat)
                    + figures.stakes_bn
                    + state.news_bn
                    + figures.value_parts.net_cash_bn
                    + saved
            }
            Measure::ModelAccess => self.figures.access_points + access_gain,
            Measure::Stakes => self.figures.stakes_bn,
            _ => 0.0,
        };
        let straight = (value - goal.none_at) / (goal.full_at - goal.none_at);
        let within = credit(goal, value);
        within + BEYOND * (straight - within).clamp(-2.0, 2.0)
    }
}

/// What a research budget adds to access: what its own model counts among those at hand. Without a
/// change of budget or a model of its own, nothing.
fn access_path(view: &SeatView, figures: &GiantFigures, research_bn: f64) -> AccessPath {
    let mut path = AccessPath { gain: [0.0; LONGEST], lift: [1.0; LONGEST] };
    let Some(own) = figures.own_points else { return path };
    if research_bn == figures.research_bn {
        return path;
    }
    let present = compute_for(figures.research_bn).max(1e-6);
    let gap = own - view.published.frontier.points - figures.access_points;
    let counts = libm::exp(0.25 * gap).min(1.0);
    let mut research_gw = compute_for(figures.research_bn);
    for (gain, lift) in path.gain.iter_mut().zip(&mut path.lift) {
        *gain = counts * POINTS_PER_EFOLD * libm::log(research_gw.max(1e-6) / present);
        *lift = libm::exp(0.7 * cloud::ACCESS_WEIGHT * *gain);
        research_gw = research_compute(research_gw, research_bn);
    }
    path
}
