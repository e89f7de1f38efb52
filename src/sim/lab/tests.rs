use std::sync::Arc;

use crate::ids::{FirmId, LabId, SeatId};
use crate::level::{Level, check};
use crate::sim::deal::brief::{Brief, FULL_OUTLOOK};
use crate::sim::deal::{AccessTier, TermSheet};
use crate::sim::decision::{AccessPolicy, Decision, LabPlan, Refusal};
use crate::sim::fact::Fact;
use crate::sim::game::Game;
use crate::sim::negotiation::Side;
use crate::sim::view::{LabFigures, Plan};
use crate::units::Money;

const AMAZON: SeatId = SeatId(0);
const OPENAI: SeatId = SeatId(5);

fn flagship() -> Level {
    check("flagship", include_str!("../../../levels/ten-billion-courtship.ron")).unwrap()
}

/// The lab's quarters with this decided in every plan.
fn played(level: Level, quarters: u32, plan: impl Fn(LabPlan) -> LabPlan) -> Game {
    let mut game = Game::new(Arc::new(level), 3);
    while game.quarter().0 <= quarters {
        if game.step() == crate::sim::setting::Step::Plan {
            let Plan::Lab(present) = game.view(OPENAI).plan else { panic!("a lab has a plan") };
            game.submit(OPENAI, Decision::Steer(plan(present))).unwrap();
        }
        game.advance();
    }
    game
}

fn openai(game: &Game) -> LabFigures {
    game.view(OPENAI).published.labs[0].clone()
}

#[test]
fn a_broken_charter_costs_talent_visibly_and_part_of_it_goes_to_others() {
    let mut strict = flagship();
    strict.labs[0].independence_floor = 0.85;
    let kept = played(flagship(), 4, |plan| plan);
    let broken = played(strict, 4, |plan| plan);
    let lost = openai(&kept).talent_points - openai(&broken).talent_points;
    assert!(lost > 0.5, "{lost}");
    assert!(openai(&broken).morale < openai(&kept).morale);
    let told = broken.history().iter().flat_map(|closed| &closed.facts).any(
        |fact| matches!(fact, Fact::TalentLeft { from: OPENAI, to: Some(to), .. } if *to != OPENAI),
    );
    assert!(told, "everybody hears of it");
    let rival = |game: &Game| game.view(AMAZON).published.labs[1].talent_points;
    assert!(rival(&broken) > rival(&kept));
}

#[test]
fn opening_the_models_trades_what_access_is_worth_in_deals_for_reach() {
    let with = |access| move |plan: LabPlan| LabPlan { access, ..plan };
    let partners = played(flagship(), 4, with(AccessPolicy::Partners));
    let open = played(flagship(), 4, with(AccessPolicy::Open));
    assert!(openai(&open).agents > openai(&partners).agents, "more clouds sell it");
    assert!(openai(&open).independence > openai(&partners).independence);
    let access = |game: &Game| game.view(AMAZON).published.giants[0].access_points;
    assert!(access(&open) > access(&partners), "Amazon's customers have it for nothing");
    let sheet = TermSheet {
        cash: Money::from_bn(5.0),
        pre_money: Money::from_bn(100.0),
        access: AccessTier::Resale,
        access_quarters: 8,
        ..TermSheet::default()
    };
    let access_worth = |game: &Game| {
        let brief = Brief::new(&game.view(AMAZON), FirmId(0), LabId(0), FULL_OUTLOOK);
        let free = TermSheet { access: AccessTier::None, access_quarters: 0, ..sheet };
        brief.appraise(Side::Giant, &sheet).value() - brief.appraise(Side::Giant, &free).value()
    };
    assert!(access_worth(&open) < 0.7 * access_worth(&partners));
}

#[test]
fn restraint_costs_sales_and_buys_independence_and_morale() {
    let with = |access| move |plan: LabPlan| LabPlan { access, ..plan };
    let partners = openai(&played(flagship(), 4, with(AccessPolicy::Partners)));
    let restrained = openai(&played(flagship(), 4, with(AccessPolicy::Restrained)));
    assert!(restrained.agents < partners.agents);
    assert!(restrained.independence > partners.independence);
    assert!(restrained.morale > partners.morale);
}

#[test]
fn a_labs_people_share_three_points_of_attention_with_everything_else() {
    let mut game = Game::new(Arc::new(flagship()), 3);
    while game.step() != crate::sim::setting::Step::Plan {
        game.advance();
    }
    let staff = |retreat, recruiting| Decision::Staff { retreat, recruiting };
    let too_much = game.quote(OPENAI, &staff(2, 2));
    assert!(matches!(too_much, Err(Refusal::AttentionSpent { .. })), "{too_much:?}");
    assert!(game.quote(AMAZON, &staff(1, 0)).is_err(), "giants have no charter");
    game.submit(OPENAI, staff(2, 1)).unwrap();
    game.advance();
    let cared = openai(&game);
    let alone = openai(&played(flagship(), 1, |plan| plan));
    assert!((cared.morale - alone.morale - 0.12).abs() < 1e-9);
    assert!((cared.talent_change - alone.talent_change - 0.05).abs() < 1e-9);
}
