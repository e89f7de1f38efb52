//! Circular money in whole games: traced, priced, doubted.

use super::*;
use crate::ids::{LabId, SeatId};
use crate::sim::books::{Account, Reason};
use crate::sim::deal::TermSheet;
use crate::sim::decision::{Choice, Decision};
use crate::sim::game::{ClosedQuarter, Game};
use crate::sim::games::{close, flagship, game, to_plan};
use crate::sim::setting::Step;
use crate::sim::snapshot::Snapshot;
use crate::units::Money;

const AMAZON: FirmId = FirmId(0);
const ORACLE: FirmId = FirmId(3);
const OPENAI: LabId = LabId(0);

fn openai() -> SeatId {
    OPENAI.seat(flagship().giants.len())
}

/// An opening in which a giant has had money with OpenAI for long, and counts on it.
fn circular(firm: FirmId, pool_bn: f64, priced_bn: f64) -> impl Fn(&mut Snapshot) {
    move |state| {
        let circular = &mut state.circular[firm.index()].1;
        circular.pools_bn[0] = pool_bn;
        circular.earned_bn[0] = priced_bn / 4.0;
        circular.priced_bn = priced_bn;
    }
}

fn of(closed: &ClosedQuarter, firm: FirmId) -> &crate::sim::view::GiantFigures {
    &closed.published.giants[firm.index()]
}

/// Amazon and OpenAI sign this sheet in the first round.
fn sign(game: &mut Game, sheet: TermSheet) {
    let lab = openai();
    assert_eq!(game.submit(AMAZON.seat(), Decision::Offer { to: lab, sheet }), Ok(()));
    game.advance();
    let accept = Decision::Accept { from: AMAZON.seat(), choice: Choice::Offer };
    assert_eq!(game.submit(lab, accept), Ok(()));
    game.advance();
}

fn ten_billion(credits_bn: f64) -> TermSheet {
    TermSheet {
        cash: Money::from_bn(10.0 - credits_bn),
        credits: Money::from_bn(credits_bn),
        pre_money: Money::from_bn(100.0),
        commitment_mw: 300,
        commitment_quarters: 4,
        ..TermSheet::default()
    }
}

#[test]
fn money_put_in_comes_back_as_the_labs_bills_until_it_is_used_up() {
    for credits_bn in [0.0, 4.0] {
        let mut game = game(1, |_| {});
        sign(&mut game, ten_billion(credits_bn));
        let mut back = 0.0;
        while !game.is_over() {
            let closed = close(&mut game);
            let bills: Money = closed
                .postings
                .iter()
                .filter(|posting| {
                    let cash = posting.to == Account::Cash(AMAZON.seat())
                        && posting.from == Account::Cash(openai());
                    (posting.reason == Reason::ComputeBill && cash)
                        || (posting.reason == Reason::CreditsSpent
                            && posting.to == Account::CreditsOwed(AMAZON))
                })
                .map(|posting| posting.amount)
                .sum();
            let figures = of(&closed, AMAZON);
            assert!(figures.circular_bn <= bills.bn() + 1e-9);
            back += figures.circular_bn;
            assert!((back + figures.circular_pool_bn - 10.0).abs() < 1e-6, "money appears");
        }
        assert!(back > 2.0, "{back} came back");
    }
}

#[test]
fn who_puts_nothing_in_has_no_circular_revenue_however_large_the_bill() {
    let mut game = game(1, |_| {});
    while !game.is_over() {
        let closed = close(&mut game);
        assert!(closed.published.giants.iter().all(|giant| giant.circular_bn == 0.0));
    }
}

#[test]
fn a_chip_maker_earns_back_what_others_build_for_the_lab_it_funds() {
    let maker = flagship().giants.iter().position(|giant| giant.chips.is_some()).expect("one");
    let mut game = game(1, circular(FirmId(maker as u8), 5.0, 0.0));
    let closed = close(&mut game);
    let figures = of(&closed, FirmId(maker as u8));
    assert!(figures.circular_bn > 0.1 && figures.circular_pool_bn < 5.0);
    assert!((figures.circular_part - figures.circular_bn / figures.chip_sales_bn).abs() < 1e-9);
}

fn doubted(closed: &ClosedQuarter, firm: FirmId) -> Option<(Doubt, f64)> {
    closed.facts.iter().find_map(|fact| match *fact {
        Fact::CircularDoubted { firm: who, doubt, by_bn } if who == firm => Some((doubt, by_bn)),
        _ => None,
    })
}

#[test]
fn a_rescue_of_the_lab_takes_back_more_than_its_money_gave_and_weighs_on_credit_and_orders() {
    let broke = |state: &mut Snapshot| {
        circular(ORACLE, 8.0, 3.0)(state);
        let lab = Account::Cash(openai());
        let all = state.books.balance(lab);
        state.books.post(lab, Account::Investors, all, Reason::Payout);
        state.books.take_postings();
        state.compute[0].1.gw[3] = 0.1;
    };
    let mut game = game(1, broke);
    let closed = close(&mut game);
    let (doubt, by_bn) = doubted(&closed, ORACLE).expect("a doubt");
    assert_eq!(doubt, Doubt::Rescue(OPENAI));
    assert!(by_bn < -10.0, "{by_bn}");
    let figures = of(&closed, ORACLE);
    assert!(figures.stress > 0.0 && figures.fragile_bn < 1.0);
    // The next quarter its order is smaller than planned and its credit dearer.
    let mut state = game.snapshot();
    let ordered = |mut game: Game| {
        let closed = close(&mut game);
        let interest: Money = closed
            .postings
            .iter()
            .filter(|posting| {
                posting.reason == Reason::Interest && posting.from == Account::Cash(ORACLE.seat())
            })
            .map(|posting| posting.amount)
            .sum();
        (game.snapshot().clouds[3].1.ordered_gw, interest)
    };
    let mut calm = game.fork();
    state.circular[3].1.stress = 0.0;
    calm.restore(&state, 1, Vec::new());
    let (stressed, calm) = (ordered(game), ordered(calm));
    assert!(stressed.0 < calm.0 - 1e-3, "orders {} against {}", stressed.0, calm.0);
    assert!(stressed.1 > calm.1, "credit is no dearer");
}

#[test]
fn a_downturn_doubts_everybody_once() {
    let mut level = (*flagship()).clone();
    for happening in &mut level.happenings {
        happening.chance = 0.0;
        if matches!(happening.effects[0].what, crate::level::deck::EffectKind::Downturn { .. }) {
            happening.in_quarter = Some(1);
        }
    }
    let mut game = Game::new(std::sync::Arc::new(level), 1);
    let mut state = game.snapshot();
    circular(ORACLE, 0.0, 3.0)(&mut state);
    circular(AMAZON, 0.0, 0.0)(&mut state);
    game.restore(&state, 1, Vec::new());
    let closed = close(&mut game);
    assert_eq!(doubted(&closed, ORACLE).map(|(doubt, _)| doubt), Some(Doubt::Downturn));
    assert_eq!(doubted(&closed, AMAZON), None, "it has no circular money");
    assert_eq!(doubted(&close(&mut game), ORACLE), None, "it is doubted again");
}

#[test]
fn building_more_than_expected_costs_value_and_building_less_again_gives_no_more_than_that_back() {
    let value = |orders: &[f64]| {
        let mut game = Game::new(flagship(), 1);
        let mut values = Vec::new();
        for &order_gw in orders {
            to_plan(&mut game);
            let crate::sim::view::Plan::Giant(plan) = game.view(SeatId(0)).plan else {
                unreachable!("a giant")
            };
            let plan = crate::sim::decision::GiantPlan { order_gw, ..plan };
            assert_eq!(game.submit(SeatId(0), Decision::Run(plan)), Ok(()));
            values.push(of(&close(&mut game), AMAZON).value_parts.news_bn);
        }
        values
    };
    let opening = flagship().giants[0].cloud.as_ref().expect("a cloud").order_gw;
    let steady = value(&[opening, opening]);
    assert_eq!(steady, [0.0, 0.0]);
    let up_and_down = value(&[2.0, 0.5]);
    assert!(up_and_down[0] < -50.0 && up_and_down[1].abs() < 1e-6, "{up_and_down:?}");
    assert!(value(&[0.2, 0.0]).iter().all(|&news| news <= 1e-9), "cutting is no news of joy");
}

#[test]
fn a_deal_lifts_the_provider_and_lowers_whoever_the_lab_would_have_rented_from() {
    let mut game = game(1, |_| {});
    sign(&mut game, ten_billion(0.0));
    assert!(!matches!(game.step(), Step::Over));
    let closed = close(&mut game);
    let news = |firm: FirmId| -> f64 {
        closed
            .facts
            .iter()
            .filter_map(|fact| match fact {
                Fact::NewsMovedValue { firm: who, by_bn, .. } if *who == firm => Some(*by_bn),
                _ => None,
            })
            .sum()
    };
    assert!(news(AMAZON) > 5.0, "{}", news(AMAZON));
    assert!(news(FirmId(1)) < -1.0, "{}", news(FirmId(1)));
}
