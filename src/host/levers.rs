//! The levers of a plan: how they stand, how far they go, and what a turn is expected to do, first-order
//! and from what the seat sees. The terminal and the window show the same figures.

use crate::host::words::numbers;
use crate::ids::{FirmId, LabId, SegmentId};
use crate::sim::capability::rules::POINTS_PER_EFOLD;
use crate::sim::capital_market::rules::{STRESS_ORDERS, capital_charge};
use crate::sim::cloud::rules::{PUSH, PUSH_NEGLECT, REPRICED};
use crate::sim::deal::shared_part;
use crate::sim::decision::{Decision, GiantPlan, LabPlan, MAX_ORDER};
use crate::sim::lab::rules::Outlook;
use crate::sim::lab::{Compute, compute_ahead};
use crate::sim::treasury::rules::{DEPRECIATION_PER_GW, affordable_order, turns};
use crate::sim::view::{GiantFigures, SeatView};
use crate::units::Money;

/// The plan as drafted in this step, else the one in force.
pub(crate) fn drafted_giant(view: &SeatView, old: &GiantPlan) -> GiantPlan {
    let filed = view.decided.iter().find_map(|decision| match decision {
        Decision::Run(plan) => Some(*plan),
        _ => None,
    });
    filed.unwrap_or(*old)
}

pub(crate) fn drafted_lab(view: &SeatView, old: &LabPlan) -> LabPlan {
    let filed = view.decided.iter().find_map(|decision| match decision {
        Decision::Steer(plan) => Some(*plan),
        _ => None,
    });
    filed.unwrap_or(*old)
}

/// Attention drafted for a lab's people: a retreat, and recruiting.
pub(crate) fn drafted_staff(view: &SeatView) -> (u32, u32) {
    let filed = view.decided.iter().find_map(|decision| match decision {
        Decision::Staff { retreat, recruiting } => Some((*retreat, *recruiting)),
        _ => None,
    });
    filed.unwrap_or_default()
}

/// The largest order a giant may place, gigawatts.
pub(crate) fn most_order(view: &SeatView, firm: FirmId) -> f64 {
    let opening =
        view.level.giants[firm.index()].cloud.as_ref().map_or(0.0, |cloud| cloud.order_gw);
    (MAX_ORDER * view.published.giants[firm.index()].capacity_gw).max(opening)
}

/// What an order beyond what the market expects may cost in market value at first, $bn.
pub(crate) fn order_charge(figures: &GiantFigures, order_gw: f64) -> Option<f64> {
    let more_a_year = 4.0 * figures.order_cost_per_gw_bn * (order_gw - figures.expected_order_gw);
    (more_a_year > 0.5).then(|| capital_charge(more_a_year))
}

/// An order so much below what the market expects is worth a word.
const WELL_BELOW: f64 = 0.85;

/// What is placed of an order after lenders have looked at the debt and doubts have made buyers careful,
/// gigawatts, from the figures published last; none where it is as good as all.
pub(crate) fn cut_order(figures: &GiantFigures, order_gw: f64) -> Option<f64> {
    let earnings = figures.operating_income_bn() + DEPRECIATION_PER_GW * figures.capacity_gw;
    let turns = turns(figures.debt_bn, figures.cash_bn, earnings);
    let careful = 1.0 - STRESS_ORDERS * figures.stress;
    let placed = careful * affordable_order(order_gw, turns);
    (placed < 0.98 * order_gw).then_some(placed)
}

/// What an order does beside what it costs, in sentences: cut by lenders, or marked down by the market.
pub(crate) fn order_notes(figures: &GiantFigures, order_gw: f64) -> String {
    let mut notes = Vec::new();
    if let Some(placed) = cut_order(figures, order_gw) {
        notes.push(format!(
            "Debt and doubts let about {} of it be placed.",
            numbers::gigawatts(placed)
        ));
    }
    if let Some(charge) = order_charge(figures, order_gw) {
        notes.push(format!(
            "The market did not expect so much: what backlog and promises do not cover may cost up to {} of market value at first.",
            numbers::bn(charge)
        ));
    } else if order_gw < WELL_BELOW * figures.expected_order_gw {
        notes.push(format!(
            "Below the {} the market expected: the shares may win back what spending cost them.",
            numbers::gigawatts(figures.expected_order_gw)
        ));
    }
    notes.join(" ")
}

/// Points within a year that a research budget is worth against the present one.
pub(crate) fn research_points(figures: &GiantFigures, research_bn: f64) -> f64 {
    let by = research_bn / figures.research_bn.max(1e-6);
    POINTS_PER_EFOLD * libm::log(by.max(0.05)) * 0.8
}

/// What one list price for some segments does: to the part of new demand that is won, and to the
/// revenue of the base in the first quarter, $bn.
pub(crate) fn price_effect(
    view: &SeatView,
    figures: &GiantFigures,
    chosen: &[SegmentId],
    value: f64,
) -> (f64, f64) {
    let mut won = 0.0;
    let mut base = 0.0;
    for segment in chosen {
        let k = segment.index();
        let terms = &view.level.segments[k];
        let rate = figures.win_by_segment[k];
        // Against what customers saw last quarter; a price that cannot be is refused elsewhere.
        let by = value.max(1e-3) / figures.price[k];
        won -= terms.size * terms.price_sensitivity * rate * (1.0 - rate) * libm::log(by);
        let sold = view.published.market.revenue_bn * terms.size * figures.share_by_segment[k];
        base += sold * (by - 1.0) * REPRICED;
    }
    (won, base)
}

/// What a sales push does to the part of new demand that is won, against no push.
pub(crate) fn push_effect(view: &SeatView, figures: &GiantFigures, segment: SegmentId) -> f64 {
    view.level
        .segment_ids()
        .map(|each| {
            let rate = figures.win_by_segment[each.index()];
            let effort = if each == segment { PUSH } else { PUSH_NEGLECT };
            view.level.segments[each.index()].size * rate * (1.0 - rate) * effort
        })
        .sum()
}

/// How long a lab's own cash lasts under a plan.
pub(crate) fn runway(view: &SeatView, lab: LabId, plan: &LabPlan) -> f64 {
    outlook(view, lab, plan).runway((view.cash + due(view, lab)).bn())
}

/// What a lab's business takes from its cash in the first quarter of a plan, $bn.
#[cfg(feature = "window")]
pub(crate) fn burn(view: &SeatView, lab: LabId, plan: &LabPlan) -> f64 {
    outlook(view, lab, plan).burns()[0]
}

/// What was signed in this quarter's talks: it is paid at its close.
pub(crate) fn due(view: &SeatView, lab: LabId) -> Money {
    let due = view
        .deals
        .iter()
        .filter(|deal| deal.lab == lab && deal.signed == view.quarter && deal.fact.is_some());
    due.map(|deal| deal.sheet.first_tranche()).sum()
}

fn outlook(view: &SeatView, lab: LabId, plan: &LabPlan) -> Outlook {
    let figures = &view.published.labs[lab.index()];
    let before = figures.past_revenue_bn[0].max(1e-9);
    let compute = Compute { gw: figures.compute_gw.clone(), on_chips: Vec::new() };
    let signed = view.deals.iter().filter(|deal| deal.lab == lab);
    let shared = shared_part(view.deals.iter(), lab);
    let opening = &view.level.labs[lab.index()];
    Outlook {
        revenue_bn: figures.revenue_bn,
        revenue_growth: (figures.revenue_bn / before - 1.0).clamp(-0.2, 0.6),
        gigawatts: compute_ahead(opening, &compute, plan.pace, signed, view.quarter),
        heads: figures.heads,
        hiring: plan.hiring,
        shared,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::game::Game;
    use crate::sim::games::flagship;

    #[test]
    fn an_order_says_what_lenders_and_the_market_make_of_it() {
        let view = Game::new(flagship(), 3).view(crate::ids::SeatId(0));
        let mut figures = view.published.giants[0].clone();
        let expected = figures.expected_order_gw;
        assert_eq!(cut_order(&figures, expected), None);
        assert_eq!(order_notes(&figures, expected), "");
        assert!(order_notes(&figures, 2.0 * expected).contains("up to $"));
        assert!(order_notes(&figures, 0.0).contains("win back"));
        figures.debt_bn =
            figures.cash_bn + 60.0 * (figures.operating_income_bn() + 0.85 * figures.capacity_gw);
        let placed = cut_order(&figures, expected).expect("fifteen turns of debt");
        assert!((placed / expected - 0.5).abs() < 0.02, "{placed} of {expected}");
        assert!(order_notes(&figures, expected).contains("Debt and doubts"));
    }
}
