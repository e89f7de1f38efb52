//! Promises after signing: kept, late, broken, waived, ended; and what each costs.

use termsheet::ids::{DealId, SeatId, SeatSet};
use termsheet::sim::books::{Account, Posting, Reason};
use termsheet::sim::deal::promise::{DAMAGES, PromiseState, settlement};
use termsheet::sim::deal::{
    AccessTier, BoardSeat, Clause, Condition, Deal, Exclusivity, HowEnded, TermSheet,
};
use termsheet::sim::decision::{Choice, Decision, Refusal};
use termsheet::sim::fact::Fact;
use termsheet::sim::game::Game;
use termsheet::sim::setting::Step;
use termsheet::units::{Money, Quarter};

use crate::games::game;

const AMAZON: SeatId = SeatId(0);
const MICROSOFT: SeatId = SeatId(1);
const OPENAI: SeatId = SeatId(5);
const ANTHROPIC: SeatId = SeatId(6);
/// Microsoft's deal with OpenAI, from the opening.
const OLD: DealId = DealId(0);

fn sheet() -> TermSheet {
    TermSheet {
        cash: Money::from_bn(4.0),
        pre_money: Money::from_bn(300.0),
        access: AccessTier::Early,
        access_quarters: 8,
        break_fee: Money::from_bn(0.5),
        ..TermSheet::default()
    }
}

fn with_compute(megawatts: u32) -> TermSheet {
    TermSheet { commitment_mw: megawatts, commitment_quarters: 8, ..sheet() }
}

fn decide(game: &mut Game, seat: SeatId, decision: Decision) {
    game.submit(seat, decision).unwrap_or_else(|refusal| panic!("{decision:?}: {refusal:?}"));
}

/// Signs a sheet between Amazon and Anthropic in the present quarter's talks.
fn sign(game: &mut Game, sheet: TermSheet) -> DealId {
    decide(game, AMAZON, Decision::Offer { to: ANTHROPIC, sheet });
    game.advance();
    decide(game, ANTHROPIC, Decision::Accept { from: AMAZON, choice: Choice::Offer });
    game.advance();
    game.deals().last().expect("signed").id
}

fn to_the_plan(game: &mut Game) {
    while game.step() != Step::Plan {
        game.advance();
    }
}

fn close(game: &mut Game) {
    to_the_plan(game);
    game.advance();
}

fn deal(game: &Game, id: DealId) -> Deal {
    game.deals()[usize::from(id.0)]
}

fn posted(game: &Game, reason: Reason) -> Vec<Posting> {
    let closed = game.history().last().expect("a closed quarter");
    closed.postings.iter().filter(|posting| posting.reason == reason).copied().collect()
}

fn state(game: &Game, id: DealId, what: Clause, by: SeatId) -> PromiseState {
    let view = game.view(AMAZON);
    let deal = deal(game, id);
    let rented = view.published.labs[deal.lab.index()].compute_gw[deal.giant.index()];
    let lab = deal.lab.seat(view.giants());
    let promises = deal.promises(lab, view.quarter, rented);
    let found = promises.iter().find(|promise| promise.what == what && promise.by == by);
    found.unwrap_or_else(|| panic!("no promise of {what:?} by {by:?}")).state
}

#[test]
fn a_deal_ended_early_costs_its_break_fee_and_binds_nobody_any_more() {
    for (by, other) in [(AMAZON, ANTHROPIC), (ANTHROPIC, AMAZON)] {
        let mut game = game(1);
        let id = sign(&mut game, sheet());
        close(&mut game);
        let trust = game.view(ANTHROPIC).labs[1].trust[0].or(0.0);
        let stake = game.view(AMAZON).published.labs[1].stakes[0];
        to_the_plan(&mut game);
        decide(&mut game, by, Decision::Terminate { deal: id });
        close(&mut game);
        let fees = posted(&game, Reason::BreakFee);
        assert_eq!(fees.len(), 1);
        let (from, to) = (Account::Cash(by), Account::Cash(other));
        assert_eq!((fees[0].from, fees[0].to, fees[0].amount), (from, to, sheet().break_fee));
        assert!(fees[0].fact.is_some());
        let ended = deal(&game, id);
        assert_eq!(ended.access_at(game.quarter()), AccessTier::None);
        assert_eq!(ended.life.ended.map(|ended| ended.how), Some(HowEnded::Terminated(by)));
        assert_eq!(state(&game, id, Clause::Access, ANTHROPIC), PromiseState::Ended);
        assert!(
            (game.view(AMAZON).published.labs[1].stakes[0] - stake).abs() < 1e-9,
            "shares stay"
        );
        assert!(game.view(ANTHROPIC).labs[1].trust[0].or(0.0) < trust);
    }
}

#[test]
fn without_a_break_fee_an_early_end_costs_a_part_of_what_was_invested_and_promised() {
    let mut game = game(1);
    to_the_plan(&mut game);
    let old = deal(&game, OLD);
    let (payer, fee) = settlement(&old, OPENAI, OPENAI, Quarter(1));
    assert_eq!(payer, OPENAI);
    // A tenth of $13bn, and a twentieth of eight quarters' rent of 0.45 GW.
    let rent = 0.05 * 8.0 * 0.45 * termsheet::sim::lab::rules::COMPUTE_COST;
    assert!((fee.bn() - 1.3 - rent).abs() < 1e-6, "{fee:?}");
    let more = TermSheet { commitment_mw: 900, commitment_quarters: 8, ..sheet() };
    decide(&mut game, OPENAI, Decision::Terminate { deal: OLD });
    close(&mut game);
    assert_eq!(posted(&game, Reason::BreakFee)[0].amount, fee);
    let offer = Decision::Offer { to: OPENAI, sheet: more };
    assert_eq!(game.quote(AMAZON, &offer), Ok(()), "the first refusal is gone");
}

#[test]
fn nobody_ends_what_is_not_his_what_is_over_or_what_he_cannot_pay() {
    let mut game = game(1);
    let id = sign(&mut game, sheet());
    to_the_plan(&mut game);
    let refused = |game: &Game, seat, deal| game.quote(seat, &Decision::Terminate { deal });
    assert_eq!(refused(&game, AMAZON, OLD), Err(Refusal::NothingInForce));
    assert_eq!(refused(&game, AMAZON, DealId(99)), Err(Refusal::NothingInForce));
    assert_eq!(refused(&game, AMAZON, id), Err(Refusal::NothingInForce), "signed this quarter");
    let giants = game.quote(MICROSOFT, &Decision::Withhold { deal: OLD });
    assert_eq!(giants, Err(Refusal::NothingInForce), "a giant rents nothing");
    close(&mut game);
    to_the_plan(&mut game);
    assert_eq!(refused(&game, AMAZON, id), Ok(()));
    decide(&mut game, AMAZON, Decision::Terminate { deal: id });
    decide(&mut game, ANTHROPIC, Decision::Terminate { deal: id });
    close(&mut game);
    assert_eq!(posted(&game, Reason::BreakFee).len(), 1, "the first has ended it");
    to_the_plan(&mut game);
    assert_eq!(refused(&game, AMAZON, id), Err(Refusal::NothingInForce));
}

#[test]
fn a_giant_without_room_is_late_then_pays_and_may_be_left_without_a_fee() {
    let mut game = game(1);
    let total = game.books().total();
    let id = sign(&mut game, with_compute(30_000));
    close(&mut game);
    assert_eq!(state(&game, id, Clause::Commitment, AMAZON), PromiseState::Late);
    assert_eq!(state(&game, id, Clause::Commitment, ANTHROPIC), PromiseState::Kept);
    assert!(posted(&game, Reason::Damages).is_empty());
    close(&mut game);
    assert_eq!(state(&game, id, Clause::Commitment, AMAZON), PromiseState::InBreach);
    let paid = posted(&game, Reason::Damages);
    assert_eq!((paid[0].from, paid[0].to), (Account::Cash(AMAZON), Account::Cash(ANTHROPIC)));
    let rented = game.view(AMAZON).published.labs[1].compute_gw[0];
    let short = deal(&game, id).committed_mw_at(Quarter(2)) / 1_000.0 - rented;
    let due = DAMAGES * termsheet::sim::lab::rules::COMPUTE_COST * short;
    assert!((paid[0].amount.bn() - due).abs() < 1e-6);
    let facts = &game.history()[1].facts;
    assert!(facts.iter().any(|fact| matches!(fact, Fact::PromiseBroken { by: AMAZON, .. })));
    to_the_plan(&mut game);
    decide(&mut game, ANTHROPIC, Decision::Terminate { deal: id });
    close(&mut game);
    let fees = posted(&game, Reason::BreakFee);
    let (from, to) = (Account::Cash(AMAZON), Account::Cash(ANTHROPIC));
    assert_eq!((fees[0].from, fees[0].to, fees[0].amount), (from, to, sheet().break_fee));
    assert_eq!(game.books().total(), total);
}

#[test]
fn the_right_to_leave_without_a_fee_lasts_four_quarters() {
    let mut game = game(1);
    let id = sign(&mut game, with_compute(30_000));
    close(&mut game);
    close(&mut game);
    let broken = deal(&game, id);
    assert!(broken.wronged(ANTHROPIC, Quarter(5)) && !broken.wronged(ANTHROPIC, Quarter(6)));
    assert!(!broken.wronged(AMAZON, Quarter(5)), "who broke it was not wronged");
}

#[test]
fn a_lab_that_rents_less_than_it_promised_pays_for_it() {
    let mut game = game(1);
    let id = sign(&mut game, with_compute(1_200));
    close(&mut game);
    for expected in [PromiseState::Late, PromiseState::InBreach] {
        to_the_plan(&mut game);
        decide(&mut game, ANTHROPIC, Decision::Withhold { deal: id });
        let before = game.view(AMAZON).published.labs[1].compute_gw[0];
        close(&mut game);
        assert_eq!(state(&game, id, Clause::Commitment, ANTHROPIC), expected);
        assert_eq!(state(&game, id, Clause::Commitment, AMAZON), PromiseState::Kept);
        assert!(game.view(AMAZON).published.labs[1].compute_gw[0] < before + 0.12);
    }
    let paid = posted(&game, Reason::Damages);
    assert_eq!((paid[0].from, paid[0].to), (Account::Cash(ANTHROPIC), Account::Cash(AMAZON)));
    assert!(deal(&game, id).wronged(AMAZON, game.quarter()));
    close(&mut game);
    close(&mut game);
    assert_eq!(
        state(&game, id, Clause::Commitment, ANTHROPIC),
        PromiseState::Kept,
        "it rents again"
    );
}

#[test]
fn every_promise_of_a_deal_is_listed_with_its_state() {
    let full = TermSheet {
        cash: Money::from_bn(4.0),
        pre_money: Money::from_bn(300.0),
        tranche_pct: 50,
        condition: Condition::AfterAYear,
        board: BoardSeat::Observer,
        exclusivity: Exclusivity::FirstRefusal,
        exclusivity_quarters: 2,
        commitment_mw: 200,
        commitment_quarters: 8,
        access: AccessTier::Early,
        access_quarters: 8,
        barred: SeatSet::EMPTY.with(SeatId(3)),
        break_fee: Money::from_bn(0.1),
        ..TermSheet::default()
    };
    let mut game = game(1);
    let id = sign(&mut game, full);
    assert_eq!(state(&game, id, Clause::Amount, AMAZON), PromiseState::Due);
    close(&mut game);
    let lab_keeps =
        [Clause::Exclusivity, Clause::Access, Clause::Barred, Clause::Board, Clause::BreakFee];
    for what in lab_keeps {
        assert_eq!(state(&game, id, what, ANTHROPIC), PromiseState::Kept, "{what:?}");
    }
    assert_eq!(state(&game, id, Clause::Amount, AMAZON), PromiseState::Kept);
    assert_eq!(state(&game, id, Clause::Tranche, AMAZON), PromiseState::Due);
    close(&mut game);
    assert_eq!(state(&game, id, Clause::Exclusivity, ANTHROPIC), PromiseState::Ended);
    for _ in 0..3 {
        close(&mut game);
    }
    assert_eq!(state(&game, id, Clause::Tranche, AMAZON), PromiseState::Kept);
    assert_eq!(state(&game, id, Clause::Barred, ANTHROPIC), PromiseState::Ended);
}
