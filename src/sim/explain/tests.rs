//! The named causes in situations made by hand.

use super::{Cause, Explanation, Metric, NotExplained, Row, Through, Whose};
use crate::ids::{FirmId, LabId, SeatId};
use crate::sim::deal::{AccessTier, BoardSeat, TermSheet};
use crate::sim::decision::{Choice, Decision, GiantPlan};
use crate::sim::fact::Fact;
use crate::sim::game::Game;
use crate::sim::games::{close, flagship, game, to_plan};
use crate::sim::setting::Step;
use crate::sim::view::Plan;
use crate::units::{Money, Quarter};

const AMAZON: SeatId = SeatId(0);

fn lab_seat(game: &Game) -> SeatId {
    LabId(0).seat(game.level().giants.len())
}

fn plan(game: &Game) -> GiantPlan {
    let Plan::Giant(plan) = game.view(AMAZON).plan else { panic!("a giant") };
    plan
}

fn why(game: &Game, of: SeatId, metric: Metric, quarter: u32) -> Explanation {
    let span = (Quarter(quarter - 1), Quarter(quarter));
    let explanation = game.explain(of, of, metric, span).expect("an explanation");
    assert!(explanation.gap().abs() <= 1e-9, "{explanation:?}");
    explanation
}

fn row(explanation: &Explanation, meant: impl Fn(&Row) -> bool) -> &Row {
    let found = explanation.rows.iter().find(|row| meant(row));
    found.unwrap_or_else(|| panic!("no such row in {explanation:#?}"))
}

/// Amazon and the lab sign this, by the lab's offer and Amazon's acceptance.
fn sign(game: &mut Game, sheet: TermSheet) {
    let lab = lab_seat(game);
    game.submit(lab, Decision::Offer { to: AMAZON, sheet }).expect("an offer");
    game.advance();
    assert_eq!(game.step(), Step::Answers(0));
    game.submit(AMAZON, Decision::Accept { from: lab, choice: Choice::Offer })
        .expect("an acceptance");
    game.advance();
    assert!(game.deals().iter().any(|deal| deal.fact.is_some()), "nobody signed");
}

fn ten_billion() -> TermSheet {
    TermSheet {
        cash: Money::from_bn(10.0),
        pre_money: Money::from_bn(100.0),
        access: AccessTier::Early,
        access_quarters: 8,
        board: BoardSeat::Observer,
        ..TermSheet::default()
    }
}

#[test]
fn a_price_rise_is_named_for_a_lost_win_rate() {
    let mut game = game(3, |_| {});
    close(&mut game);
    to_plan(&mut game);
    let mut dearer = plan(&game);
    dearer.price = dearer.price.map(|price| 1.1 * price);
    game.submit(AMAZON, Decision::Run(dearer)).expect("a legal plan");
    close(&mut game);
    let told = why(&game, AMAZON, Metric::WinRate, 2);
    assert!(told.change() < -0.01, "{}", told.change());
    let first = &told.rows[0];
    assert_eq!(first.through, Through::Prices);
    assert_eq!(first.whose, Some(Whose::Giant(FirmId(0))));
    assert!(first.amount < 0.0);
    let Cause::Decision(id) = first.cause else { panic!("{first:?}") };
    assert!(matches!(game.fact(id), Some(Fact::PriceChanged { firm: FirmId(0), .. })));
}

#[test]
fn an_old_price_rise_is_named_for_a_share_that_goes_on_falling() {
    let mut game = game(3, |_| {});
    to_plan(&mut game);
    let mut dearer = plan(&game);
    dearer.price = dearer.price.map(|price| 1.2 * price);
    game.submit(AMAZON, Decision::Run(dearer)).expect("a legal plan");
    for _ in 0..5 {
        close(&mut game);
    }
    let told = why(&game, AMAZON, Metric::Share, 5);
    let price = row(&told, |row| {
        row.through == Through::Prices && row.whose == Some(Whose::Giant(FirmId(0)))
    });
    let Cause::Decision(id) = price.cause else { panic!("{price:?}") };
    assert_eq!(id.quarter, Quarter(1));
    assert!(price.amount < 0.0, "{price:?}");
    // What went wrong in quarter 1 is no news of quarter 5: the win rate stands where it stood.
    let rate = why(&game, AMAZON, Metric::WinRate, 5);
    assert!(rate.rows.iter().all(|row| row.through != Through::Prices));
}

#[test]
fn a_deals_access_is_named_for_what_it_won_quarters_later() {
    let mut game = game(3, |_| {});
    sign(&mut game, ten_billion());
    let deal = game.deals().iter().find(|deal| deal.fact.is_some()).expect("a deal").id;
    for _ in 0..4 {
        close(&mut game);
    }
    let signed = why(&game, AMAZON, Metric::WinRate, 1);
    let resale = |row: &Row| {
        row.cause == Cause::Deal(deal) && matches!(row.through, Through::Resale(LabId(0)))
    };
    assert!(row(&signed, resale).amount > 0.0);
    // Three quarters later the share still gains by it, and the year's win rate owes it its rise.
    let later = why(&game, AMAZON, Metric::Share, 4);
    assert!(row(&later, resale).amount > 0.0);
    let span = (Quarter(0), Quarter(4));
    let year = game.explain(AMAZON, AMAZON, Metric::WinRate, span).expect("an explanation");
    assert!(year.gap().abs() < 1e-9);
    assert!(row(&year, resale).amount > 0.0);
}

#[test]
fn a_cheque_is_named_for_cash_to_the_dollar() {
    let mut game = game(3, |_| {});
    sign(&mut game, ten_billion());
    let deal = game.deals().iter().find(|deal| deal.fact.is_some()).expect("a deal").id;
    close(&mut game);
    let lab = lab_seat(&game);
    let paid = why(&game, AMAZON, Metric::Cash, 1);
    let cheque = row(&paid, |row| row.cause == Cause::Deal(deal));
    assert_eq!(cheque.amount, -10e9);
    assert_eq!(paid.gap(), 0.0);
    assert_eq!(paid.after, game.view(AMAZON).cash.0 as f64);
    let got = why(&game, lab, Metric::Cash, 1);
    assert_eq!(row(&got, |row| row.cause == Cause::Deal(deal)).amount, 10e9);
    assert_eq!(got.after, game.view(lab).cash.0 as f64);
    let runway = why(&game, lab, Metric::Runway, 1);
    assert!(row(&runway, |row| row.cause == Cause::Deal(deal)).amount > 0.0);
    let worth = why(&game, AMAZON, Metric::MarketValue, 1);
    let spent = row(&worth, |row| {
        row.cause == Cause::Deal(deal) && matches!(row.through, Through::NetCash(_))
    });
    let stake = row(&worth, |row| row.through == Through::Stake(LabId(0)));
    assert_eq!((spent.amount, stake.amount), (-10e9, 10e9));
    assert_eq!(worth.gap(), 0.0);
}

#[test]
fn research_money_is_named_for_better_models_and_a_new_stake_for_lost_independence() {
    let mut game = game(3, |_| {});
    sign(&mut game, TermSheet { board: BoardSeat::Director, ..ten_billion() });
    let deal = game.deals().iter().find(|deal| deal.fact.is_some()).expect("a deal").id;
    to_plan(&mut game);
    let mut keener = plan(&game);
    keener.research_bn *= 2.0;
    game.submit(AMAZON, Decision::Run(keener)).expect("a legal plan");
    close(&mut game);
    let models = why(&game, AMAZON, Metric::Capability, 1);
    let research = row(&models, |row| row.through == Through::Compute);
    assert!(research.amount > 0.0 && matches!(research.cause, Cause::Decision(_)));
    let lab = lab_seat(&game);
    let free = why(&game, lab, Metric::Independence, 1);
    let board = row(&free, |row| row.through == Through::Directors);
    assert_eq!(board.cause, Cause::Deal(deal));
    assert!((board.amount + 0.10).abs() < 1e-9, "{board:?}");
}

#[test]
fn a_labs_runway_is_its_own_to_know() {
    let mut game = game(3, |_| {});
    close(&mut game);
    let span = (Quarter(0), Quarter(1));
    let lab = lab_seat(&game);
    let full = flagship().information == crate::level::InformationFile::Full;
    let told = game.explain(AMAZON, lab, Metric::Runway, span);
    assert_eq!(told.is_ok(), full);
    if !full {
        assert_eq!(told, Err(NotExplained::Secret));
    }
    assert!(game.explain(AMAZON, lab, Metric::Independence, span).is_ok());
    let share = game.explain(AMAZON, lab, Metric::Share, span);
    assert_eq!(share, Err(NotExplained::NoSuchFigure));
    let early = game.explain(AMAZON, AMAZON, Metric::Share, (Quarter(1), Quarter(2)));
    assert_eq!(early, Err(NotExplained::NotClosed { closed: 1 }));
}
