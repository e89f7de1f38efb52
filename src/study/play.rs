//! One game from beginning to end with a bot in every seat.

use crate::bot::{Bot, Policy, bot_seed};
use crate::ids::SeatId;
use crate::sim::game::Game;
use crate::sim::setting::Step;

/// The policy of every seat, by seat.
pub type Table = Vec<Policy>;

/// Plays a game from where it stands to its end; `after_close` sees it after every closed quarter.
/// Returns how many decisions of bots the rules refused: a good bot has none.
pub fn play(game: &mut Game, table: &[Policy], mut after_close: impl FnMut(&Game)) -> u32 {
    let mut bots = bots(game, table);
    let mut refused = 0;
    while !game.is_over() {
        for (seat, bot) in &mut bots {
            for decision in bot.choose(&game.view(*seat)) {
                refused += u32::from(game.submit(*seat, decision).is_err());
            }
        }
        let closes = game.step() == Step::Plan;
        game.advance();
        if closes {
            after_close(game);
        }
    }
    refused
}

/// Idle seats decide nothing, so they need no bot and nobody makes them a view.
fn bots(game: &Game, table: &[Policy]) -> Vec<(SeatId, Bot)> {
    let bot = |seat, policy| Bot::new(policy, bot_seed(game.level(), seat, game.seed()));
    let seats = game.level().seat_ids().zip(table);
    seats
        .filter(|(_, policy)| **policy != Policy::Idle)
        .map(|(seat, &policy)| (seat, bot(seat, policy)))
        .collect()
}
