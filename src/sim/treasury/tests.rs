//! Chips in whole games: who is served, who waits, what the maker earns.

use super::*;
use crate::ids::{FirmId, SeatSet};
use crate::sim::decision::{Decision, Lever, Refusal};
use crate::sim::fact::Provider;
use crate::sim::game::{ClosedQuarter, Game};
use crate::sim::games::{close, flagship, game, to_plan};
use crate::sim::view::Plan;
use crate::units::Quarter;

const AMAZON: FirmId = FirmId(0);
const MICROSOFT: FirmId = FirmId(1);
const ORACLE: FirmId = FirmId(3);

fn maker() -> FirmId {
    let level = flagship();
    let place = level.giants.iter().position(|giant| giant.chips.is_some()).expect("a chip maker");
    FirmId(place as u8)
}

fn plan_of(game: &Game, firm: FirmId) -> GiantPlan {
    match game.view(firm.seat()).plan {
        Plan::Giant(plan) => plan,
        Plan::Lab(_) => unreachable!("a giant's seat"),
    }
}

fn favour(game: &mut Game, favoured: SeatSet) {
    to_plan(game);
    let plan = GiantPlan { favoured, ..plan_of(game, maker()) };
    assert_eq!(game.submit(maker().seat(), Decision::Run(plan)), Ok(()));
}

/// A game in which a third of the chips wanted cannot be shipped.
fn tight(seed: u64) -> Game {
    game(seed, |state| state.chip_market.supply_gw = 0.63 * state.chip_market.opening_gw)
}

fn late(closed: &ClosedQuarter, firm: FirmId) -> f64 {
    closed.published.giants[firm.index()].late_gw
}

#[test]
fn when_chips_are_short_the_favoured_build_on_time_and_the_others_a_quarter_late() {
    let mut alike = tight(1);
    let mut favouring = tight(1);
    favour(&mut favouring, SeatSet::EMPTY.with(MICROSOFT.seat()));
    let (alike_closed, closed) = (close(&mut alike), close(&mut favouring));
    assert!(late(&alike_closed, MICROSOFT) > 0.1);
    assert_eq!(late(&closed, MICROSOFT), 0.0);
    assert!(late(&closed, ORACLE) > late(&alike_closed, ORACLE));
    let told = closed.facts.iter().any(|fact| {
        matches!(fact, Fact::ChipsLate { provider: Provider::Giant(ORACLE), gw } if *gw > 0.02)
    });
    assert!(told, "nobody hears of it");
    // What waits arrives one quarter after the rest of its order, and none of it is lost.
    let waits = late(&closed, ORACLE);
    let on_time = closed.published.giants[ORACLE.index()].arriving_gw[3];
    let ordered = plan_of(&favouring, ORACLE).order_gw;
    assert!((waits + on_time - ordered).abs() < 1e-9);
    let mut state = favouring.snapshot();
    state.chip_market.supply_gw = 100.0;
    favouring.restore(&state, 1, Vec::new());
    let next = close(&mut favouring);
    let arriving = next.published.giants[ORACLE.index()].arriving_gw;
    assert!((arriving[3] - ordered - waits).abs() < 1e-9 && late(&next, ORACLE) == 0.0);
}

#[test]
fn a_provider_with_its_own_chips_waits_less_and_builds_more_on_them_afterwards() {
    let mut game = tight(1);
    let before = game.view(AMAZON.seat()).published.giants[AMAZON.index()].own_chips;
    let closed = close(&mut game);
    let giant = |firm: FirmId| &closed.published.giants[firm.index()];
    let part = |firm: FirmId| giant(firm).late_gw / plan_of(&game, firm).order_gw;
    assert!(part(AMAZON) < part(MICROSOFT));
    assert!(giant(AMAZON).own_chips > before && before > 0.0);
}

#[test]
fn in_a_shortage_the_favoured_get_what_is_due_first() {
    let mut level = (*flagship()).clone();
    for happening in &mut level.happenings {
        happening.chance = 0.0;
        if matches!(happening.effects[0].what, crate::level::deck::EffectKind::ChipShortage { .. })
        {
            happening.in_quarter = Some(1);
        }
    }
    let level = std::sync::Arc::new(level);
    let arrived = |favoured: SeatSet, firm: FirmId| {
        let mut game = Game::new(std::sync::Arc::clone(&level), 1);
        favour(&mut game, favoured);
        let closed = close(&mut game);
        let found = closed.facts.iter().find_map(|fact| match fact {
            Fact::CapacityArrived { provider: Provider::Giant(who), gw } if *who == firm => {
                Some(*gw)
            }
            _ => None,
        });
        found.unwrap_or(0.0)
    };
    let due = level.giants[ORACLE.index()].cloud.as_ref().expect("a cloud").arriving_gw[0];
    let (nobody, oracle) = (SeatSet::EMPTY, SeatSet::EMPTY.with(ORACLE.seat()));
    assert!((arrived(oracle, ORACLE) - due).abs() < 1e-9);
    assert!(arrived(nobody, ORACLE) < 0.5 * due);
    assert!(arrived(oracle, MICROSOFT) < arrived(nobody, MICROSOFT));
}

#[test]
fn only_a_chip_maker_favours_and_only_clouds_are_favoured() {
    let mut game = Game::new(flagship(), 1);
    to_plan(&mut game);
    let favoured = SeatSet::EMPTY.with(MICROSOFT.seat());
    let plan = GiantPlan { favoured, ..plan_of(&game, AMAZON) };
    let refusal = Refusal::NotYourLever(Lever::Favour);
    assert_eq!(game.submit(AMAZON.seat(), Decision::Run(plan)), Err(refusal));
    let itself =
        GiantPlan { favoured: SeatSet::EMPTY.with(maker().seat()), ..plan_of(&game, maker()) };
    let refusal = Refusal::NotABuyer(maker().seat());
    assert_eq!(game.submit(maker().seat(), Decision::Run(itself)), Err(refusal));
}

#[test]
fn a_chip_maker_grows_with_what_is_shipped_and_not_twice() {
    let mut game = Game::new(flagship(), 1);
    while game.quarter() <= Quarter(6) {
        close(&mut game);
    }
    let state = game.snapshot();
    let firm = maker();
    let terms = flagship().giants[firm.index()].chips.expect("chips");
    let opening = flagship().giants[firm.index()].core.revenue_bn;
    let chips = state.chips[0].1;
    let follows = terms.follows_orders_pct / 100.0;
    let core = state.cores[firm.index()].1.revenue_bn;
    let expected = ((1.0 - follows) * core + follows * opening * chips.orders) * chips.loyalty;
    assert!((chips.sales_bn - expected).abs() < 1e-9);
    assert!(chips.sales_bn < core * (1.0 - follows + follows * chips.orders), "counted twice");
}

#[test]
fn dear_chips_cost_a_cloud_without_its_own_more_for_a_gigawatt() {
    let mut game = Game::new(flagship(), 1);
    to_plan(&mut game);
    let plan = GiantPlan { chip_price: 1.3, ..plan_of(&game, maker()) };
    assert_eq!(game.submit(maker().seat(), Decision::Run(plan)), Ok(()));
    let closed = close(&mut game);
    let cost = |firm: FirmId| closed.published.giants[firm.index()].order_cost_per_gw_bn;
    assert!(cost(AMAZON) < cost(ORACLE));
    let mut calm = Game::new(flagship(), 1);
    let calm = close(&mut calm);
    assert!(cost(ORACLE) > calm.published.giants[ORACLE.index()].order_cost_per_gw_bn + 1.0);
}
