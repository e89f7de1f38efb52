//! What one term sheet is worth to both sides, at some point of a game between bots.

use serde::Serialize;

use super::play::{bots, decide};
use crate::bot::Policy;
use crate::ids::{DealId, FirmId, LabId, SeatId};
use crate::level::DealDraft;
use crate::sim::deal::appraise::Row;
use crate::sim::deal::brief::{Brief, FULL_OUTLOOK};
use crate::sim::deal::conflict;
use crate::sim::decision::{Decision, Refusal};
use crate::sim::game::Game;
use crate::sim::negotiation::Side;
use crate::sim::setting::Step;
use crate::sim::view::SeatView;

/// Both sides of a sheet. Keys and units are stable: other programs read them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SheetAppraisal {
    pub level: String,
    pub seed: u64,
    /// Whose talks it would come to, 1 the first.
    pub quarter: u32,
    /// The part of the lab sold, per cent.
    pub stake_pct: f64,
    pub giant: SideAppraisal,
    pub lab: SideAppraisal,
    /// What both gain together over no deal, $bn.
    pub joint_bn: f64,
    /// What the two sides think there is to share when the quarter's talks begin, $bn.
    pub reference_surplus_bn: f64,
    /// What the rules say to the giant's offer, if they refuse it.
    #[serde(skip)]
    pub refusal: Option<Refusal>,
}

/// One side of a sheet, from its own view.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SideAppraisal {
    pub seat: String,
    /// They add up to the total.
    pub rows: Vec<RowValue>,
    /// Gain over the best alternative, $bn.
    pub total_bn: f64,
    /// What it holds out for in each round of talks, $bn: the first is its aspiration.
    pub hold_out_bn: Vec<f64>,
    /// The least it signs at: the hold-out of the last round.
    pub reserve_bn: f64,
    /// The first round in which it would sign, 1 the first; none if in no round.
    pub signs_in_round: Option<u32>,
    /// The pre-money at which it would just sign in the last round, other clauses as they are.
    pub signs_at_pre_money_bn: Option<f64>,
    /// What no price can mend.
    pub blockers: Vec<Obstacle>,
}

/// A row of a side, $bn.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct RowValue {
    pub row: Row,
    pub bn: f64,
}

/// What stands in the way whatever the price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// A covenant of this deal, by its number.
    Covenant(DealId),
    /// The giant has less cash than is paid at signature.
    Cash,
    /// The lab has money enough for now.
    NotRaising,
}

impl SideAppraisal {
    /// Whether it would sign this very sheet in this quarter's talks.
    pub fn signs(&self) -> bool {
        self.blockers.is_empty() && self.signs_in_round.is_some()
    }
}

/// Lets normal bots play a new game up to the talks of a quarter.
pub fn play_to(game: &mut Game, seed: u64, quarter: u32) {
    game.restart(seed);
    let table = vec![Policy::Normal; game.level().seats()];
    let mut seated = bots(game, &table);
    while !game.is_over() && (game.quarter().0 < quarter || game.step() != Step::Offers(0)) {
        decide(game, &mut seated);
        game.advance();
    }
}

/// Appraises a sheet from both sides' own views, where the game stands.
pub fn appraise(game: &Game, draft: &DealDraft) -> SheetAppraisal {
    let giants = game.level().giants.len();
    let (giant, lab) = (draft.giant.seat(), draft.lab.seat(giants));
    let offer = Decision::Offer { to: lab, sheet: draft.sheet };
    let (giant, lab) = (side(game, draft, giant, Side::Giant), side(game, draft, lab, Side::Lab));
    SheetAppraisal {
        level: game.level().id.clone(),
        seed: game.seed(),
        quarter: game.quarter().0,
        stake_pct: 100.0 * draft.sheet.stake(),
        joint_bn: giant.0.total_bn + lab.0.total_bn,
        reference_surplus_bn: giant.1,
        refusal: game.quote(draft.giant.seat(), &offer).err(),
        giant: giant.0,
        lab: lab.0,
    }
}

/// A seat's brief on a table, what the lab has raised in this quarter's talks so far reckoned with.
pub(super) fn brief_on(view: &SeatView, giant: FirmId, lab: LabId) -> Brief {
    let signed = view
        .deals
        .iter()
        .filter(|deal| deal.lab == lab && deal.signed == view.quarter && deal.fact.is_some());
    let raised = signed.map(|deal| deal.sheet.raised().bn()).sum();
    Brief::new(view, giant, lab, FULL_OUTLOOK).with_money_raised(raised)
}

/// One side, and the surplus it reckons with.
fn side(game: &Game, draft: &DealDraft, seat: SeatId, side: Side) -> (SideAppraisal, f64) {
    let view = game.view(seat);
    let brief = brief_on(&view, draft.giant, draft.lab);
    let appraisal = brief.appraise(side, &draft.sheet);
    let rounds = view.level.talk_rounds;
    let total_bn = appraisal.value();
    let hold_out_bn: Vec<f64> =
        (0..rounds).map(|round| brief.signs_from(side, round, rounds, &draft.sheet)).collect();
    let last = rounds - 1;
    let price = brief.price_for(side, last, rounds, &draft.sheet, 0.0);
    let deals = view.deals.iter();
    let held = conflict(&draft.sheet, draft.giant, draft.lab, view.quarter, deals);
    let blockers = [
        held.map(|(deal, _)| Obstacle::Covenant(deal)),
        (side == Side::Giant && draft.sheet.first_tranche() > view.cash).then_some(Obstacle::Cash),
        (side == Side::Lab && brief.lab_case.need_bn <= 0.0).then_some(Obstacle::NotRaising),
    ];
    let found = SideAppraisal {
        seat: view.level.seat_key(seat).to_owned(),
        rows: appraisal.rows.iter().map(|&(row, bn)| RowValue { row, bn }).collect(),
        total_bn,
        reserve_bn: hold_out_bn.last().copied().unwrap_or(0.0),
        signs_in_round: hold_out_bn
            .iter()
            .position(|least| total_bn >= *least)
            .map(|round| round as u32 + 1),
        hold_out_bn,
        signs_at_pre_money_bn: price.map(|price| price.bn()),
        blockers: blockers.into_iter().flatten().collect(),
    };
    (found, brief.reference.surplus_bn)
}
