//! How long a game takes, and its parts. Run with `cargo bench --no-default-features`.

use std::hint::black_box;
use std::sync::Arc;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use termsheet::bot::{Bot, Policy, bot_seed};
use termsheet::ids::{FirmId, LabId, SeatId};
use termsheet::level::{Level, Library};
use termsheet::sim::deal::TermSheet;
use termsheet::sim::deal::brief::{Brief, FULL_OUTLOOK};
use termsheet::sim::game::Game;
use termsheet::sim::negotiation::Side;
use termsheet::study::{Draft, Horizon, forecast, play};
use termsheet::units::Money;

fn flagship() -> Arc<Level> {
    let entry = Library::load(None).find("ten-billion-courtship").expect("it is built in");
    entry.level.expect("it loads")
}

fn new_game() -> Game {
    Game::new(flagship(), 1)
}

fn bots(game: &Game, policy: Policy) -> Vec<(SeatId, Bot)> {
    let level = game.level();
    let bot = |seat| Bot::new(policy, bot_seed(level, seat, game.seed()));
    level.seat_ids().map(|seat| (seat, bot(seat))).collect()
}

/// Plays one quarter with these bots.
fn quarter(game: &mut Game, bots: &mut [(SeatId, Bot)]) {
    let quarter = game.quarter();
    while game.quarter() == quarter && !game.is_over() {
        for (seat, bot) in bots.iter_mut() {
            for decision in bot.choose(&game.view(*seat)) {
                let _ = game.submit(*seat, decision);
            }
        }
        game.advance();
    }
}

fn quarters(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("a quarter");
    let mut idle = new_game();
    group.bench_function("all seats idle", |bench| {
        bench.iter(|| {
            if idle.is_over() {
                idle.restart(1);
            }
            quarter(&mut idle, &mut []);
        });
    });
    let opening = new_game();
    group.bench_function("talks and normal bots", |bench| {
        bench.iter_batched_ref(
            || (opening.fork(), bots(&opening, Policy::Normal)),
            |(game, bots)| quarter(game, bots),
            BatchSize::SmallInput,
        );
    });
    group.finish();
}

fn games(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("a whole game");
    group.sample_size(20);
    for policy in [Policy::Idle, Policy::Normal] {
        let mut game = new_game();
        let table = vec![policy; game.level().seats()];
        let mut seed = 0;
        group.bench_function(format!("{policy} bots"), |bench| {
            bench.iter(|| {
                seed += 1;
                game.restart(seed);
                play(&mut game, &table, |_| {})
            });
        });
    }
    group.finish();
}

/// A game half-way through, with deals and history.
fn half_way() -> Game {
    let mut game = new_game();
    let mut bots = bots(&game, Policy::Normal);
    for _ in 0..6 {
        quarter(&mut game, &mut bots);
    }
    game
}

fn states(criterion: &mut Criterion) {
    let game = half_way();
    let mut other = new_game();
    let mut group = criterion.benchmark_group("a state");
    group.bench_function("build a world", |bench| bench.iter(new_game));
    group.bench_function("fork into another world", |bench| {
        bench.iter(|| game.fork_into(&mut other));
    });
    let snapshot = game.snapshot();
    group.bench_function("capture", |bench| bench.iter(|| black_box(game.snapshot())));
    group.bench_function("restore", |bench| {
        bench.iter(|| other.restore(&snapshot, 1, Vec::new()));
    });
    group.bench_function("hash", |bench| bench.iter(|| black_box(game.state_hash())));
    group.finish();
}

fn seats(criterion: &mut Criterion) {
    let game = half_way();
    let seat = SeatId(0);
    let view = game.view(seat);
    let new_brief = || Brief::new(&view, FirmId(0), LabId(0), FULL_OUTLOOK);
    let brief = new_brief();
    let sheet = TermSheet {
        cash: Money::from_bn(10.0),
        pre_money: Money::from_bn(100.0),
        ..TermSheet::default()
    };
    let mut group = criterion.benchmark_group("a seat");
    group.bench_function("view", |bench| bench.iter(|| black_box(game.view(seat))));
    group.bench_function("brief on one table", |bench| bench.iter(|| black_box(new_brief())));
    group.bench_function("appraisal of one sheet", |bench| {
        bench.iter(|| black_box(brief.appraise(Side::Giant, black_box(&sheet))));
    });
    group.finish();
}

fn worlds(criterion: &mut Criterion) {
    let game = half_way();
    let opening = new_game();
    let mut group = criterion.benchmark_group("a possible world");
    group.sample_size(10);
    let view = game.view(SeatId(0));
    let mut world = new_game();
    let mut seed = 0;
    group.bench_function("imagine", |bench| {
        bench.iter(|| {
            seed += 1;
            world.imagine_into(&view, seed);
        });
    });
    let sheet = TermSheet {
        cash: Money::from_bn(10.0),
        pre_money: Money::from_bn(400.0),
        ..TermSheet::default()
    };
    let first = opening.view(SeatId(0));
    let draft = Draft { with: SeatId(5), sheet };
    for threads in [1, 2] {
        let horizon = Horizon { threads, ..Horizon::default() };
        group.bench_function(format!("forecast, {threads} threads"), |bench| {
            bench.iter(|| black_box(forecast(&first, draft, horizon)).is_ok());
        });
    }
    group.finish();
}

criterion_group!(benches, quarters, games, states, seats, worlds);
criterion_main!(benches);
