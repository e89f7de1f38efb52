//! Any legal decision: the measure of what playing at all is worth.

use crate::ids::Role;
use crate::sim::deal::appraise::round_to;
use crate::sim::deal::brief::within_covenants;
use crate::sim::deal::{AccessTier, BoardSeat, TermSheet};
use crate::sim::decision::{
    AccessPolicy, Choice, Decision, GiantPlan, HIRING_RANGE, LabPlan, MAX_ORDER, PACE_RANGE,
    RESEARCH_RANGE, TRAINING_RANGE,
};
use crate::sim::rng::{Purpose, Stream};
use crate::sim::setting::Step;
use crate::sim::view::{Plan, SeatView, TableView};

/// Chance it moves at a table in a step, and that it changes its plan in a quarter.
const MOVES: f64 = 0.3;
/// Prices it draws from.
const PRICES: (f64, f64) = (0.75, 1.35);

pub(super) fn choose(view: &SeatView, seed: u64) -> Vec<Decision> {
    let step = view.step.number();
    let mut luck = Stream::new(seed, view.quarter, step, Purpose::Bot, u64::from(view.seat.0), 0);
    match view.step {
        Step::Offers(_) => {
            view.tables.iter().filter_map(|table| offer(view, table, &mut luck)).take(2).collect()
        }
        Step::Answers(_) => {
            view.tables.iter().filter_map(|table| answer(table, &mut luck)).collect()
        }
        Step::Plan => {
            let moves = luck.uniform() < 2.0 * MOVES;
            let mut decisions: Vec<Decision> =
                moves.then(|| plan(view, &mut luck)).into_iter().collect();
            decisions.extend(choice(view, &mut luck));
            decisions.extend(view.cards.first().map(|&card| Decision::Play { card }));
            decisions
        }
        Step::Over => Vec::new(),
    }
}

/// Any answer to the quarter's dilemma.
fn choice(view: &SeatView, luck: &mut Stream) -> Option<Decision> {
    let dilemma = view.dilemma?.dilemma;
    let answers = view.level.dilemmas[dilemma.index()].answers.len();
    Some(Decision::Answer { dilemma, answer: luck.below(answers) as u8 })
}

fn between(luck: &mut Stream, (low, high): (f64, f64)) -> f64 {
    low + (high - low) * luck.uniform()
}

fn offer(view: &SeatView, table: &TableView, luck: &mut Stream) -> Option<Decision> {
    if luck.uniform() >= MOVES || table.closed_until > view.quarter || table.agreed.is_some() {
        return None;
    }
    let figures = &view.published.giants[table.giant.index()];
    let lab = &view.published.labs[table.lab.index()];
    // Enough to buy most of the lab, and no more: a round has an upper end.
    let most = (0.3 * figures.cash_bn).min(3.0 * lab.fundamental_bn);
    let cash = round_to((luck.uniform() * most).max(0.1), 2);
    let pre_money = round_to(lab.fundamental_bn * between(luck, (0.5, 1.8)), 3);
    let boards = [BoardSeat::None, BoardSeat::Observer, BoardSeat::Director];
    let board = boards[luck.below(3)];
    let tiers = [AccessTier::None, AccessTier::Resale, AccessTier::Early];
    let access = if figures.has_cloud { tiers[luck.below(3)] } else { AccessTier::None };
    let access_quarters = if access == AccessTier::None { 0 } else { 4 + luck.below(8) as u8 };
    let sheet =
        TermSheet { cash, pre_money, board, access, access_quarters, ..TermSheet::default() };
    let sheet = within_covenants(view, table.giant, table.lab, sheet)?;
    Some(Decision::Offer { to: table.with, sheet })
}

fn answer(table: &TableView, luck: &mut Stream) -> Option<Decision> {
    table.theirs.offer?;
    let accepts = luck.uniform() < MOVES;
    accepts.then_some(Decision::Accept { from: table.with, choice: Choice::Offer })
}

fn plan(view: &SeatView, luck: &mut Stream) -> Decision {
    match (view.role, view.plan) {
        (Role::Giant(firm), Plan::Giant(plan)) => {
            let figures = &view.published.giants[firm.index()];
            let mut new = plan;
            if figures.has_cloud {
                new.price = plan.price.map(|_| between(luck, PRICES));
                new.order_gw = between(luck, (0.0, MAX_ORDER * figures.capacity_gw));
            }
            let opening = figures.opening_research_bn;
            let budgets = (RESEARCH_RANGE.0 * opening, RESEARCH_RANGE.1 * opening);
            new.research_bn = between(luck, budgets);
            if figures.sells_chips {
                new.chip_price = between(luck, PRICES);
            }
            Decision::Run(GiantPlan { push: None, ..new })
        }
        (_, Plan::Lab(_)) => Decision::Steer(LabPlan {
            pace: between(luck, PACE_RANGE),
            training: between(luck, TRAINING_RANGE),
            price: between(luck, PRICES),
            hiring: between(luck, HIRING_RANGE),
            access: [AccessPolicy::Open, AccessPolicy::Partners, AccessPolicy::Restrained]
                [luck.below(3)],
        }),
        (_, Plan::Giant(plan)) => Decision::Run(plan),
    }
}
