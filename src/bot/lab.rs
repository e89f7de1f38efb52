//! A lab's plan: levers tried one after another against a closed-form outlook of its own business.

use std::array;

use crate::ids::{FirmId, LabId};
use crate::level::{GoalFile, Measure};
use crate::sim::capability::rules::POINTS_PER_EFOLD;
use crate::sim::deal::AccessTier;
use crate::sim::deal::appraise::fundamental_value;
use crate::sim::deal::brief::Outlook;
use crate::sim::decision::{
    AccessPolicy, Decision, HIRING_RANGE, LabPlan, PACE_RANGE, TRAINING_RANGE,
};
use crate::sim::goals::rules::credit;
use crate::sim::lab::{planned_compute, planned_step, rules, tier_held};
use crate::sim::view::{LabFigures, Plan, SeatView};
use crate::units::Quarter;

/// Lever settings tried.
const PACES: [f64; 7] = [0.0, 0.4, 0.7, 1.0, 1.4, 1.9, 2.5];
const TRAININGS: [f64; 4] = [0.45, 0.55, 0.65, 0.75];
const PRICES: [f64; 5] = [0.85, 0.93, 1.0, 1.08, 1.16];
const HIRINGS: [f64; 5] = [-0.05, 0.0, 0.04, 0.08, 0.12];
/// Credit beyond a goal's ends counts this much, so that there is always a way up.
const BEYOND: f64 = 0.1;
/// What a lab counts on raising in a year, part of its value.
const RAISED_A_YEAR: f64 = 0.12;
/// What running dry costs in the outlook, part of a score.
const DRY: f64 = 15.0;
/// Independence a rescue costs: the tie itself and the stake it sells.
const RESCUE_COST: f64 = 30.0;
/// Part of a lab's sales that agents and API are thought to make.
const AGENTS_PART: f64 = 0.5;
/// Part of the money raised that clouds pay for leave to resell: an open lab does without.
const RESALE_PART: f64 = 0.15;

pub(super) fn plan(view: &SeatView, lab: LabId, outlook: Outlook) -> Vec<Decision> {
    let Plan::Lab(present) = view.plan else { return Vec::new() };
    let forward = Forward::new(view, lab, outlook);
    let mut best = (forward.score(&present), present);
    let mut consider = |candidate: LabPlan| {
        let score = forward.score(&candidate);
        if score > best.0 + 1e-6 {
            best = (score, candidate);
        }
        best.1
    };
    let mut plan = present;
    for pace in PACES {
        plan = consider(LabPlan { pace: pace.clamp(PACE_RANGE.0, PACE_RANGE.1), ..plan });
    }
    for training in TRAININGS {
        let training = training.clamp(TRAINING_RANGE.0, TRAINING_RANGE.1);
        plan = consider(LabPlan { training, ..plan });
    }
    for price in PRICES {
        plan = consider(LabPlan { price, ..plan });
    }
    for hiring in HIRINGS {
        let hiring = hiring.clamp(HIRING_RANGE.0, HIRING_RANGE.1);
        plan = consider(LabPlan { hiring, ..plan });
    }
    for access in [AccessPolicy::Open, AccessPolicy::Partners, AccessPolicy::Restrained] {
        plan = consider(LabPlan { access, ..plan });
    }
    if plan == present { Vec::new() } else { vec![Decision::Steer(plan)] }
}

/// A lab's own business carried forward, everybody else as published.
struct Forward<'a> {
    view: &'a SeatView,
    lab: LabId,
    figures: &'a LabFigures,
    goals: &'a [GoalFile],
    quarters: u32,
    cash_bn: f64,
    present: LabPlan,
    /// The level's plan from this quarter on: what it adds in each quarter, gigawatts.
    planned_step: [f64; PATH],
    /// Points the level's plan has gained by the end of each quarter of the outlook, compute alone:
    /// the pace everybody is thought to keep.
    usual_gain: [f64; LONGEST],
    /// What a gigawatt of serving can do by then, against today.
    serving_progress: [f64; LONGEST],
}

/// The longest outlook, and the plan it needs to know to tell the runway at its end, quarters.
const LONGEST: usize = 8;
const PATH: usize = LONGEST + rules::LONGEST_RUNWAY as usize;

/// Where the outlook ends.
struct End {
    revenue_bn: f64,
    year_ago_bn: f64,
    heads: f64,
    points_gained: f64,
    runway: f64,
    rescues: f64,
    own_door: f64,
}

impl<'a> Forward<'a> {
    fn new(view: &'a SeatView, lab: LabId, outlook: Outlook) -> Forward<'a> {
        let present = match view.plan {
            Plan::Lab(plan) => plan,
            Plan::Giant(_) => unreachable!("a lab's view holds a lab's plan"),
        };
        let opening = &view.level.labs[lab.index()];
        let now = planned_compute(opening, Quarter(view.quarter.0.saturating_sub(1)));
        let usual_gain = |ahead: usize| {
            let then = planned_compute(opening, view.quarter.plus(ahead as u32));
            POINTS_PER_EFOLD * libm::log(then / now)
        };
        let progress = |ahead: usize| libm::pow(1.0 + rules::SERVING_PROGRESS, (ahead + 1) as f64);
        let quarters = (outlook.quarters as u32).min(view.quarters_left());
        Forward {
            planned_step: array::from_fn(|ahead| {
                planned_step(opening, view.quarter.plus(ahead as u32))
            }),
            usual_gain: array::from_fn(usual_gain),
            serving_progress: array::from_fn(progress),
            view,
            lab,
            figures: &view.published.labs[lab.index()],
            goals: view.level.goals(view.seat),
            quarters: quarters.clamp(1, LONGEST as u32),
            cash_bn: view.cash.bn() + reserved(view, lab),
            present,
        }
    }

    fn score(&self, plan: &LabPlan) -> f64 {
        let end = self.walk(plan);
        let goals: f64 =
            self.goals.iter().map(|goal| goal.weight * self.soft_credit(goal, &end)).sum();
        goals - if end.rescues > 0.0 { DRY } else { 0.0 }
    }

    /// Walks the plan: compute grows, capability with it, revenue with capability and price, cash
    /// with all of them.
    fn walk(&self, plan: &LabPlan) -> End {
        let figures = self.figures;
        let mut gigawatts = figures.compute_total_gw();
        let start = gigawatts * self.present.training;
        let mut cash = self.cash_bn;
        let mut heads = figures.heads;
        let mut revenue = figures.revenue_bn;
        let mut growth = (revenue / figures.past_revenue_bn[0].max(1e-9) - 1.0).clamp(-0.1, 0.35);
        let mut past = figures.past_revenue_bn;
        let mut gained = 0.0;
        let mut rescues = 0.0;
        let mut paid = figures.paid_price;
        // Customers follow the list price with inertia; all buyers together at once.
        let share = 0.5 * (figures.assistants + figures.agents);
        let price_change = libm::log(plan.price / self.present.price);
        let reach = self.reach(plan.access) - self.reach(self.present.access);
        let raised =
            RAISED_A_YEAR * if plan.access == AccessPolicy::Open { 1.0 - RESALE_PART } else { 1.0 };
        for ahead in 0..self.quarters as usize {
            gigawatts += self.planned_step[ahead] * plan.pace;
            heads *= 1.0 + plan.hiring;
            gained = POINTS_PER_EFOLD * libm::log(gigawatts * plan.training / start);
            let extra = 0.1 * rules::AGENT_WEIGHT * (gained - self.usual_gain[ahead]);
            past.rotate_right(1);
            past[0] = revenue;
            // Customers follow capability and price with inertia: seven per cent move a quarter.
            let moved = (1.0 - rules::KEEP) * -rules::PRICE_WEIGHT * (1.0 - share) * price_change;
            let fewer = if ahead == 0 { -rules::OUTSIDE * share * price_change } else { 0.0 };
            let now_paid = rules::paid_after(paid, plan.price);
            let moved = moved + (1.0 - rules::KEEP) * AGENTS_PART * reach;
            revenue *= (1.0 + growth) * (1.0 + extra + moved + fewer) * now_paid / paid;
            paid = now_paid;
            revenue = revenue.min(self.servable(gigawatts, plan, ahead) * paid);
            growth *= 0.9;
            let loss = rules::costs(gigawatts, revenue, heads).total_bn() - revenue;
            cash += raised / 4.0 * figures.fundamental_bn - rules::burn(loss);
            if cash < 0.0 {
                rescues += 1.0;
                cash += 4.0 * rules::burn(loss).max(0.0);
            }
        }
        let outlook = rules::Outlook {
            revenue_bn: revenue,
            revenue_growth: growth,
            gigawatts: self.compute_after(gigawatts, plan.pace),
            heads,
            hiring: plan.hiring,
            shared: crate::sim::deal::shared_part(self.view.deals.iter(), self.lab),
        };
        let runway = outlook.runway(cash + RAISED_A_YEAR * figures.fundamental_bn);
        End {
            revenue_bn: revenue,
            year_ago_bn: past[3],
            heads,
            points_gained: gained,
            runway,
            rescues,
            own_door: rules::own_door(plan.access),
        }
    }

    /// Appeal of agents under an access policy, against partners alone, utils.
    fn reach(&self, policy: AccessPolicy) -> f64 {
        let clouds = self.view.published.giants.iter().filter(|giant| giant.has_cloud).count();
        let signed = (0..clouds as u8).map(FirmId).filter(|&firm| {
            let deals = self.view.deals.iter();
            let policy = AccessPolicy::Partners;
            let tier = tier_held((firm, self.lab), policy, deals, self.view.quarter);
            tier != AccessTier::None
        });
        match policy {
            AccessPolicy::Open => rules::REACH * (clouds - signed.count()) as f64,
            AccessPolicy::Partners => 0.0,
            AccessPolicy::Restrained => -rules::RESTRAINT,
        }
    }

    /// Compute in the twelve quarters after the outlook.
    fn compute_after(&self, gigawatts: f64, pace: f64) -> [f64; rules::LONGEST_RUNWAY as usize] {
        let mut total = gigawatts;
        array::from_fn(|after| {
            total += self.planned_step[self.quarters as usize + after] * pace;
            total
        })
    }

    /// What its serving compute can carry, $bn a quarter at opening prices.
    fn servable(&self, gigawatts: f64, plan: &LabPlan, ahead: usize) -> f64 {
        let now = self.figures.compute_total_gw() * (1.0 - self.present.training);
        let serving = gigawatts * (1.0 - plan.training);
        let units = self.figures.revenue_bn / self.figures.paid_price;
        self.figures.serving_room * units * serving / now.max(1e-6) * self.serving_progress[ahead]
    }

    fn soft_credit(&self, goal: &GoalFile, end: &End) -> f64 {
        let figures = self.figures;
        let published = &self.view.published;
        let value = match goal.measure {
            Measure::LabRevenue => end.revenue_bn,
            Measure::CapabilityLead => {
                let rivals = self.usual_gain[self.quarters as usize - 1];
                figures.capability_points - published.best_rival_of(self.lab) + end.points_gained
                    - rivals
            }
            Measure::Independence => {
                let door = end.own_door - figures.ties.own_door;
                100.0 * (figures.independence + door) - RESCUE_COST * end.rescues
            }
            Measure::Runway => end.runway,
            Measure::LabValue => fundamental_value(
                4.0 * end.revenue_bn,
                4.0 * end.year_ago_bn,
                end.heads,
                figures.last_price_bn,
            ),
            _ => 0.0,
        };
        let straight = (value - goal.none_at) / (goal.full_at - goal.none_at);
        let within = credit(goal, value);
        within + BEYOND * (straight - within).clamp(-2.0, 2.0)
    }
}

/// Cash reserved for the lab by deals signed this quarter: it arrives at the close.
fn reserved(view: &SeatView, lab: LabId) -> f64 {
    let signed = view.deals.iter().filter(|deal| deal.lab == lab && deal.signed == view.quarter);
    signed.map(|deal| deal.sheet.first_tranche().bn()).sum()
}
