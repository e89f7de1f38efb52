//! One game from where it stands to its end, with somebody in every seat.

use crate::bot::{Bot, Policy, Strategist, bot_seed};
use crate::ids::SeatId;
use crate::sim::decision::Decision;
use crate::sim::game::Game;
use crate::sim::setting::Step;
use crate::sim::view::SeatView;

/// The policy of every seat, by seat.
pub type Table = Vec<Policy>;

/// Whoever decides for a seat in a study.
pub trait Player {
    fn choose(&mut self, view: &SeatView) -> Vec<Decision>;
}

impl Player for Bot {
    fn choose(&mut self, view: &SeatView) -> Vec<Decision> {
        Bot::choose(self, view)
    }
}

impl Player for Strategist {
    fn choose(&mut self, view: &SeatView) -> Vec<Decision> {
        Strategist::choose(self, view)
    }
}

/// A seat with somebody in it; a seat without passes.
pub(super) type Seated = (SeatId, Box<dyn Player>);

/// Plays a game from where it stands to its end; `after_close` sees it after every closed quarter.
/// Returns how many decisions of bots the rules refused: a good bot has none.
pub fn play(game: &mut Game, table: &[Policy], mut after_close: impl FnMut(&Game)) -> u32 {
    play_seated(game, &mut bots(game, table), |game, step| {
        if step == Step::Plan {
            after_close(game);
        }
    })
}

/// The same with anybody in the seats; `after_step` sees the game after every step, and which it was.
pub(super) fn play_seated(
    game: &mut Game,
    seated: &mut [Seated],
    mut after_step: impl FnMut(&Game, Step),
) -> u32 {
    let mut refused = 0;
    while !game.is_over() {
        refused += decide(game, seated);
        let step = game.step();
        game.advance();
        after_step(game, step);
    }
    refused
}

/// Everybody decides the present step. Returns how many decisions the rules refused.
pub(super) fn decide(game: &mut Game, seated: &mut [Seated]) -> u32 {
    let mut refused = 0;
    for (seat, player) in seated {
        for decision in player.choose(&game.view(*seat)) {
            refused += u32::from(game.submit(*seat, decision).is_err());
        }
    }
    refused
}

/// Idle seats decide nothing, so they need no bot and nobody makes them a view.
pub(super) fn bots(game: &Game, table: &[Policy]) -> Vec<Seated> {
    let seats = game.level().seat_ids().zip(table);
    seats
        .filter(|(_, policy)| **policy != Policy::Idle)
        .map(|(seat, &policy)| (seat, Box::new(bot(game, seat, policy)) as Box<dyn Player>))
        .collect()
}

/// A bot for a seat of a game.
pub(super) fn bot(game: &Game, seat: SeatId, policy: Policy) -> Bot {
    Bot::new(policy, bot_seed(game.level(), seat, game.seed()))
}
