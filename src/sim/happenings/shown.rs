//! Every effect of every answer and card does to the state what is shown beforehand, to the unit.

use std::sync::Arc;

use super::{Cast, Chronicle, Player, apply_all, cast_around, rules, settled};
use crate::ids::{FirmId, LabId, Role, SeatId};
use crate::level::deck::{Effect, EffectKind, Part, Picks};
use crate::level::{Level, Library};
use crate::sim::books::Account;
use crate::sim::capital_market::rules::SENTIMENT_KEEP;
use crate::sim::dilemmas::is_of;
use crate::sim::game::Game;
use crate::sim::snapshot::Snapshot;
use crate::units::{Money, Quarter};

fn flagship() -> Arc<Level> {
    Library::load(None).find("ten-billion-courtship").unwrap().level.unwrap()
}

fn of<T>(list: &[(u8, T)], place: usize) -> &T {
    &list.iter().find(|(at, _)| usize::from(*at) == place).expect("it has one").1
}

fn near(one: f64, other: f64) {
    assert!((one - other).abs() < 1e-9 * (1.0 + one.abs()), "{one} is not {other}");
}

/// Applies one effect to a fresh game and compares.
fn check(level: &Arc<Level>, effect: &Effect, cast: Cast) {
    let mut game = Game::new(Arc::clone(level), 1);
    let before = game.snapshot();
    apply_all(game.world_mut(), &[*effect], cast, None);
    let after = game.snapshot();
    assert_eq!(before.books.total(), after.books.total());
    if effect.after > 0 {
        let due = after.chronicle.due.first().expect("it is on its way");
        assert_eq!(due.at, Quarter(1 + effect.after));
        assert_eq!(before.books, after.books);
        return;
    }
    world_moved(&before, &after, effect.what);
    let published = &before.press.0;
    for player in cast.players(effect.on, level) {
        let what = settled(effect.what, player, level, published);
        match player {
            Player::Seat(seat) => match seat.role(level.giants.len()) {
                Role::Giant(firm) => giant_moved(&before, &after, firm, what),
                Role::Lab(lab) => lab_moved(&before, &after, lab, what, level, &cast),
            },
            Player::Others => cloud_moved(&before, &after, level.giants.len(), what),
            Player::Nobody => {}
        }
    }
}

fn cash_moved(before: &Snapshot, after: &Snapshot, seat: SeatId, bn: f64) {
    let cash = Account::Cash(seat);
    let moved = after.books.balance(cash) - before.books.balance(cash);
    let sum = Money::from_bn(bn.abs());
    assert_eq!(moved, if bn < 0.0 { -sum } else { sum });
}

fn giant_moved(before: &Snapshot, after: &Snapshot, firm: FirmId, what: EffectKind) {
    let place = firm.index();
    match what {
        EffectKind::Cash { bn } => cash_moved(before, after, firm.seat(), bn),
        EffectKind::CoreRevenue { pct } => near(
            of(&after.cores, place).revenue_bn,
            of(&before.cores, place).revenue_bn * (1.0 + pct / 100.0),
        ),
        EffectKind::Heat { pct } => near(
            of(&after.heats, place).0,
            (of(&before.heats, place).0 + pct / 100.0).clamp(0.0, 1.0),
        ),
        EffectKind::Sentiment { pct } => {
            let value = of(&before.values, place);
            let moved = of(&after.values, place).sentiment_bn - value.sentiment_bn;
            near(moved * SENTIMENT_KEEP, pct / 100.0 * value.value_bn);
        }
        EffectKind::Loyalty { pct } => near(
            of(&after.chips, place).loyalty,
            (of(&before.chips, place).loyalty + pct / 100.0).clamp(0.2, 1.3),
        ),
        EffectKind::Talent { points } => {
            near(
                of(&after.own_models, place).talent - of(&before.own_models, place).talent,
                points,
            );
        }
        other => cloud_moved(before, after, place, other),
    }
}

fn cloud_moved(before: &Snapshot, after: &Snapshot, place: usize, what: EffectKind) {
    let (old, new) = (of(&before.clouds, place), of(&after.clouds, place));
    match what {
        EffectKind::Appeal { utils, quarters } => {
            let spell = after.chronicle.spells.last().expect("it lasts");
            assert_eq!(spell.what, EffectKind::Appeal { utils, quarters });
            assert_eq!(spell.until, Quarter(quarters));
        }
        EffectKind::PaidPrice { pct } => {
            for (new, old) in new.paid_price.iter().zip(&old.paid_price) {
                near(*new, old * (1.0 + pct / 100.0));
            }
        }
        EffectKind::UnitCost { pct } => near(new.cost_index, old.cost_index * (1.0 + pct / 100.0)),
        EffectKind::Capacity { pct } => {
            near(new.capacity_gw, old.capacity_gw * (1.0 + pct / 100.0));
        }
        EffectKind::Arriving { pct, quarters } => near(
            new.arriving_gw[quarters as usize] - old.arriving_gw[quarters as usize],
            pct / 100.0 * old.capacity_gw,
        ),
        EffectKind::Late => assert_eq!(new.arriving_gw, rules::late(old.arriving_gw)),
        EffectKind::Sooner { quarters } => {
            assert_eq!(new.arriving_gw, rules::sooner(old.arriving_gw, quarters));
        }
        other => assert!(is_on_the_world(other), "{other:?} does nothing to a cloud"),
    }
}

fn lab_moved(
    before: &Snapshot,
    after: &Snapshot,
    lab: LabId,
    what: EffectKind,
    level: &Level,
    cast: &Cast,
) {
    let place = lab.index();
    let seat = lab.seat(level.giants.len());
    match what {
        EffectKind::Cash { bn } => cash_moved(before, after, seat, bn),
        EffectKind::Talent { points } => {
            near(of(&after.models, place).talent - of(&before.models, place).talent, points);
        }
        EffectKind::Staff { pct } => near(
            of(&after.businesses, place).heads,
            of(&before.businesses, place).heads * (1.0 + pct / 100.0),
        ),
        EffectKind::ProductAppeal { utils, quarters } => {
            near(after.chronicle.product_appeal(seat), utils);
            assert_eq!(after.chronicle.spells[0].until, Quarter(quarters));
        }
        EffectKind::Independence { pct, quarters } => {
            near(after.chronicle.independence(seat).0, pct / 100.0);
            assert_eq!(after.chronicle.spells[0].until, Quarter(quarters));
        }
        EffectKind::Trust { giant, pct } => {
            for player in cast.players(giant, level) {
                let Player::Seat(SeatId(firm)) = player else { continue };
                let firm = usize::from(firm);
                near(
                    of(&after.trust, place).0[firm],
                    (of(&before.trust, place).0[firm] + pct / 100.0).clamp(0.0, 1.0),
                );
            }
        }
        other => assert!(is_on_the_world(other), "{other:?} does nothing to a lab"),
    }
}

fn is_on_the_world(what: EffectKind) -> bool {
    matches!(
        what,
        EffectKind::OpenWeightsShock { .. }
            | EffectKind::Method { .. }
            | EffectKind::ScalingWall { .. }
            | EffectKind::Downturn { .. }
            | EffectKind::ChipShortage { .. }
            | EffectKind::OrderCost { .. }
    )
}

fn world_moved(before: &Snapshot, after: &Snapshot, what: EffectKind) {
    match what {
        EffectKind::OpenWeightsShock { points } => {
            let room = (before.frontier.points - before.frontier.open_weights).max(0.0);
            near(after.frontier.open_weights - before.frontier.open_weights, points.min(room));
        }
        EffectKind::Method { points } => {
            near(after.frontier.common - before.frontier.common, points);
        }
        EffectKind::ScalingWall { quarters } => assert_eq!(after.weather.wall, quarters),
        EffectKind::Downturn { quarters, growth_pct } => {
            assert_eq!(after.weather.downturn, quarters);
            near(after.weather.lost_growth, growth_pct / 100.0);
        }
        EffectKind::ChipShortage { cost_pct } => {
            assert!(after.weather.shortage);
            near(after.chronicle.order_cost(Quarter(1)), 1.0 + cost_pct / 100.0);
            near(after.chronicle.order_cost(Quarter(2)), 1.0);
        }
        EffectKind::OrderCost { pct, quarters } => {
            near(after.chronicle.order_cost(Quarter(quarters)), 1.0 + pct / 100.0);
            near(after.chronicle.order_cost(Quarter(quarters + 1)), 1.0);
        }
        _ => {}
    }
}

/// Every seat that a deck's entry could be put to, with its cast.
fn casts(
    level: &Level,
    kinds: &[crate::level::deck::Kind],
    picks: &Picks,
    game: &Game,
) -> Vec<Cast> {
    let published = game.view(SeatId(0)).published;
    let fitting =
        level.seat_ids().filter(|seat| kinds.iter().any(|kind| is_of(level, *seat, *kind)));
    fitting.filter_map(|seat| cast_around(Player::Seat(seat), picks, level, &published)).collect()
}

#[test]
fn every_answer_does_what_it_says_to_everybody_it_could_be_put_to() {
    let level = flagship();
    let game = Game::new(Arc::clone(&level), 1);
    let mut checked = 0;
    for dilemma in &level.dilemmas {
        let casts = casts(&level, &dilemma.asks, &dilemma.picks, &game);
        assert!(!casts.is_empty(), "{} is for nobody", dilemma.id);
        for cast in [casts[0], casts[casts.len() - 1]] {
            for answer in &dilemma.answers {
                let luck = answer.luck.iter().flat_map(|luck| luck.well.iter().chain(&luck.ill));
                for effect in answer.effects.iter().chain(luck) {
                    check(&level, effect, cast);
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 100, "{checked}");
}

#[test]
fn every_card_does_what_it_says() {
    let level = flagship();
    let game = Game::new(Arc::clone(&level), 1);
    for card in &level.cards {
        let casts = casts(&level, &card.helps, &card.picks, &game);
        assert!(!casts.is_empty(), "{} is for nobody", card.id);
        for effect in &card.effects {
            check(&level, effect, casts[0]);
        }
    }
}

#[test]
fn every_effect_of_the_vocabulary_does_what_it_says() {
    let level = flagship();
    let giant = Cast { seat: Player::Seat(SeatId(0)), giant: Some(FirmId(1)), lab: Some(LabId(0)) };
    let lab = Cast { seat: Player::Seat(SeatId(5)), ..giant };
    let on = |on, what| Effect { on, what, after: 0 };
    for what in [
        EffectKind::Cash { bn: 1.5 },
        EffectKind::Late,
        EffectKind::Capacity { pct: -4.0 },
        EffectKind::Method { points: 1.0 },
        EffectKind::ScalingWall { quarters: 3 },
        EffectKind::Downturn { quarters: 4, growth_pct: 1.0 },
        EffectKind::ChipShortage { cost_pct: 20.0 },
        EffectKind::OrderCost { pct: 10.0, quarters: 3 },
    ] {
        check(&level, &on(Part::Seat, what), giant);
    }
    for what in [
        EffectKind::Trust { giant: Part::Clouds, pct: -70.0 },
        EffectKind::Talent { points: -1.0 },
        EffectKind::Staff { pct: -5.0 },
    ] {
        check(&level, &on(Part::Labs, what), lab);
    }
    check(&level, &on(Part::Others, EffectKind::Capacity { pct: 2.0 }), giant);
    check(&level, &on(Part::Clouds, EffectKind::Appeal { utils: -0.1, quarters: 2 }), giant);
    check(&level, &Effect { after: 3, ..on(Part::Giant, EffectKind::Cash { bn: -1.0 }) }, giant);
}

#[test]
fn what_comes_later_comes_at_what_was_shown() {
    let level = flagship();
    let mut game = Game::new(Arc::clone(&level), 3);
    let cast = Cast { seat: Player::Seat(SeatId(0)), ..Cast::default() };
    let later = Effect { on: Part::Seat, what: EffectKind::CashPct { pct: 2.0 }, after: 1 };
    let shown = settled(later.what, cast.seat, &level, &game.view(SeatId(0)).published);
    let EffectKind::Cash { bn } = shown else { panic!("{shown:?}") };
    apply_all(game.world_mut(), &[later], cast, None);
    for quarter in 1..=2 {
        while game.quarter() == Quarter(quarter) {
            game.advance();
        }
        let paid: Vec<Money> = game.history()[quarter as usize - 1]
            .postings
            .iter()
            .filter(|posting| posting.reason == crate::sim::books::Reason::Happening)
            .filter(|posting| posting.to == Account::Cash(SeatId(0)))
            .map(|posting| posting.amount)
            .collect();
        let due = Money::from_bn(bn);
        assert_eq!(paid.contains(&due), quarter == 2, "{paid:?}");
    }
}

#[test]
fn a_chronicle_forgets_what_has_run_out() {
    let level = flagship();
    let mut game = Game::new(Arc::clone(&level), 3);
    let cast = Cast { seat: Player::Seat(SeatId(0)), ..Cast::default() };
    let what = EffectKind::Appeal { utils: 0.4, quarters: 2 };
    apply_all(game.world_mut(), &[Effect { on: Part::Seat, what, after: 0 }], cast, None);
    let mut seen = Vec::new();
    for quarter in 1..=3 {
        while game.quarter() == Quarter(quarter) {
            game.advance();
        }
        seen.push(of(&game.snapshot().cloud_inputs, 0).appeal);
        let chronicle = game.world_mut().resource::<Chronicle>();
        assert_eq!(chronicle.spells.iter().any(|spell| spell.what == what), quarter <= 2);
    }
    assert!(seen[0] >= 0.3 && seen[1] >= 0.0 && seen[2] < 0.3, "{seen:?}");
}
