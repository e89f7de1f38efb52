//! Studies: the same on any number of threads, true to what they say they do.

use termsheet::bot::{Policy, Strategist, Strategy, bot_seed};
use termsheet::sim::decision::Decision;
use termsheet::sim::game::Game;
use termsheet::sim::setting::Step;
use termsheet::study::{
    Batch, Contest, Hold, Player, bargain, contest, contest_games, hold_games, holding, holds, pace,
};

use crate::games::flagship_level;

fn batch(games: u32, threads: usize) -> Batch {
    Batch { level: flagship_level(), games, first_seed: 11, threads }
}

fn amazon() -> Contest {
    Contest { seat: flagship_level().first_seat, others: Policy::Normal }
}

#[test]
fn a_contest_of_strategies_is_the_same_on_one_thread_and_on_two() {
    let count = std::sync::atomic::AtomicU32::new(0);
    let counted = || {
        count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    };
    let one = contest(&batch(2, 1), amazon(), counted).unwrap();
    let games = count.load(std::sync::atomic::Ordering::Relaxed);
    assert_eq!(games, contest_games(2), "the bar ends where the games do");
    assert_eq!(one, contest(&batch(2, 2), amazon(), || {}).unwrap());
    let variance = one.variance;
    let sum = variance.strategy + variance.world + variance.interaction + variance.rest;
    assert!((sum - variance.total).abs() < 1e-6 * variance.total);
    assert!(one.best_raw_points > one.idle_raw_points);
    assert_eq!(one.worlds.len(), 12);
}

#[test]
fn a_lever_nobody_has_costs_nothing_to_hold() {
    // Amazon sells no chips.
    let scale = (30.0, 70.0);
    let levers = [Hold::Chips, Hold::Price];
    let held = holds(&batch(2, 1), amazon(), &levers, scale, || {}).unwrap();
    assert!(held[0].cost_points.iter().all(|cost| *cost == 0.0));
    assert!(held[1].cost_points.iter().any(|cost| *cost != 0.0));
    assert_eq!(hold_games(2, 2), 2 * 8 * 3);
}

/// Plays a strategy against normal bots and shows every decision of its seat.
fn watch(player: &mut dyn Player, game: &mut Game, mut see: impl FnMut(&Game, &Decision)) {
    let seat = game.level().first_seat;
    let mut others: Vec<_> = game
        .level()
        .seat_ids()
        .filter(|other| *other != seat)
        .map(|other| {
            let seed = bot_seed(game.level(), other, game.seed());
            (other, termsheet::bot::Bot::new(Policy::Normal, seed))
        })
        .collect();
    while !game.is_over() {
        for decision in player.choose(&game.view(seat)) {
            see(game, &decision);
            game.submit(seat, decision).unwrap_or_else(|refusal| {
                panic!("the rules refuse {decision:?}: {refusal:?}");
            });
        }
        for (other, bot) in &mut others {
            for decision in bot.choose(&game.view(*other)) {
                let _ = game.submit(*other, decision);
            }
        }
        game.advance();
    }
}

fn strategist(game: &Game, strategy: Strategy) -> Strategist {
    Strategist::new(strategy, bot_seed(game.level(), game.level().first_seat, game.seed()))
}

#[test]
fn a_frozen_lever_never_moves_and_a_forbidden_move_is_never_made() {
    for hold in Hold::ALL {
        let mut game = crate::games::game(5);
        let seat = game.level().first_seat;
        let opening = match game.view(seat).plan {
            termsheet::sim::view::Plan::Giant(plan) => plan,
            termsheet::sim::view::Plan::Lab(_) => panic!("a giant's seat"),
        };
        let mut player = holding(strategist(&game, Strategy::LoosenAndLobby), hold);
        watch(&mut player, &mut game, |_, decision| match (hold, decision) {
            (Hold::Price, Decision::Run(plan)) => assert_eq!(plan.price, opening.price),
            (Hold::Order, Decision::Run(plan)) => assert_eq!(plan.order_gw, opening.order_gw),
            (Hold::Research, Decision::Run(plan)) => {
                assert_eq!(plan.research_bn, opening.research_bn);
            }
            (Hold::Push, Decision::Run(plan)) => assert_eq!(plan.push, opening.push),
            (Hold::Chips, Decision::Run(plan)) => assert_eq!(plan.chip_price, opening.chip_price),
            (Hold::Favoured, Decision::Run(plan)) => assert_eq!(plan.favoured, opening.favoured),
            (Hold::Lobbying, Decision::Attend { .. })
            | (Hold::Loosening, Decision::Loosen { .. })
            | (Hold::NoShops, Decision::BuyNoShop { .. })
            | (Hold::Waivers, Decision::Waiver { .. })
            | (Hold::Terminations, Decision::Terminate { .. })
            | (Hold::Dilemmas, Decision::Answer { .. })
            | (Hold::Cards, Decision::Play { .. })
            | (Hold::Offers, Decision::Offer { .. })
            | (Hold::Questions, Decision::Ask { .. })
            | (Hold::Acceptances, Decision::Accept { .. }) => {
                panic!("{hold} was held, yet it decided {decision:?}")
            }
            _ => {}
        });
    }
}

#[test]
fn every_strategy_stays_within_the_rules_and_does_what_its_name_says() {
    for strategy in Strategy::ALL {
        let mut game = crate::games::game(7);
        let (mut offers, mut barred) = (Vec::new(), 0);
        let (mut cheapest, mut research, mut lobbied) = (1.0f64, 0.0f64, 0);
        let mut player = strategist(&game, strategy);
        watch(&mut player, &mut game, |game, decision| match decision {
            Decision::Offer { to, sheet } => {
                offers.push((game.level().seat_key(*to).to_owned(), game.quarter().0));
                barred += sheet.barred.len();
            }
            Decision::Run(plan) => {
                cheapest = cheapest.min(plan.price[0]);
                research = research.max(plan.research_bn);
            }
            Decision::Attend { lobbying, .. } => lobbied += lobbying,
            _ => {}
        });
        let courted: std::collections::BTreeSet<&str> =
            offers.iter().map(|(lab, _)| lab.as_str()).collect();
        match strategy {
            Strategy::BuyInEarly => {
                assert!(offers.iter().all(|(lab, quarter)| lab == "openai" && *quarter <= 3));
            }
            Strategy::Deny => assert!(barred > 0, "no rival was barred"),
            Strategy::BuildYourOwn => assert!(offers.is_empty() && research > 1.0),
            Strategy::PriceWar => assert!(offers.is_empty() && cheapest < 0.95),
            Strategy::StayOut => assert!(offers.is_empty()),
            Strategy::CourtTheSecondLab => {
                assert!(courted.len() <= 1 && !courted.contains("openai"), "{courted:?}");
            }
            Strategy::LoosenAndLobby => assert!(barred == 0 && lobbied > 0),
            Strategy::BuyCapacity => {}
        }
    }
}

#[test]
fn pace_is_the_same_on_any_number_of_threads_and_has_every_bar() {
    let seat = flagship_level().first_seat;
    let one = pace(&batch(3, 1), seat, || {}).unwrap();
    assert_eq!(one, pace(&batch(3, 2), seat, || {}).unwrap());
    assert_eq!(one.bars.len(), 5);
    assert_eq!(one.idling_moves_points.len(), 12);
    assert_eq!(one.decisions_refused_by_rules, 0);
    for bar in &one.bars {
        assert_eq!(bar.met, bar.value >= bar.at_least && bar.value <= bar.at_most);
    }
}

#[test]
fn a_bargain_shares_out_what_there_is() {
    for key in ["amazon", "openai"] {
        let seat = flagship_level().seat_by_key(key).unwrap();
        let result = bargain(&batch(3, 1), seat, || {}).unwrap();
        assert_eq!(result, bargain(&batch(3, 2), seat, || {}).unwrap());
        let [low, trader] = [result.scripts[0], result.scripts[1]];
        let ahead = trader.captured_bn_per_game - low.captured_bn_per_game;
        assert!((result.trader_ahead_bn.mean - ahead).abs() < 1e-9);
        for script in result.scripts {
            if let Some(part) = script.captured_part {
                let found = script.captured_bn_per_game / script.joint_bn_per_game;
                assert!((part - found).abs() < 1e-12);
            }
        }
    }
}

#[test]
fn a_game_of_scripts_is_played_in_talks_alone() {
    let mut game = crate::games::game(2);
    let mut player = termsheet::bot::Script::Trader;
    watch(&mut player, &mut game, |game, decision| {
        assert_ne!(game.step(), Step::Plan, "{decision:?}");
    });
}
