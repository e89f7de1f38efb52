//! Possible worlds: made anywhere, they can be played to their end.

use termsheet::bot::Policy;
use termsheet::level::Library;
use termsheet::sim::game::Game;
use termsheet::sim::setting::Step;
use termsheet::study::play;

/// Of all steps of a game, the ones looked from; every quarter has its turn with other steps.
const EVERY: usize = 5;

#[test]
fn from_every_level_seat_and_quarter_a_world_is_made_and_played_to_its_end() {
    for entry in Library::load(None).entries() {
        let level = entry.level.clone().expect("sound");
        let mut game = Game::new(level.clone(), 21);
        let mut world = Game::new(level.clone(), 0);
        let (mut twin, mut again) = (Game::new(level.clone(), 0), Game::new(level.clone(), 0));
        let table = vec![Policy::Normal; level.seats()];
        let mut looked = vec![vec![0; level.quarters as usize + 1]; level.seats()];
        let mut step = 0;
        while !game.is_over() {
            for seat in level.seat_ids() {
                let quarter = game.quarter().0 as usize;
                let new = looked[seat.index()][quarter] == 0;
                if (step + seat.index()) % EVERY != 0 && !(new && game.step() == Step::Plan) {
                    continue;
                }
                looked[seat.index()][quarter] += 1;
                let view = game.view(seat);
                world.imagine_into(&view, step as u64);
                // What everybody can work out is the same whenever somebody first looks.
                game.fork_into(&mut twin);
                again.imagine_into(&twin.view(seat), step as u64);
                assert_eq!(world.state_hash(), again.state_hash(), "{}: {seat:?}", level.id);
                assert_eq!((world.quarter(), world.step()), (game.quarter(), game.step()));
                let whole = (step + seat.index()) % (3 * EVERY) == 0;
                let policy = if whole { Policy::Normal } else { Policy::Idle };
                let refused = play(&mut world, &vec![policy; level.seats()], |_| {});
                assert!(world.is_over(), "{}: {seat:?}, quarter {quarter}", level.id);
                assert_eq!(refused, 0, "{}: {seat:?}, quarter {quarter}", level.id);
                let score = world.view(seat).score.scaled;
                assert!(score.is_finite(), "{}: {seat:?}, quarter {quarter}", level.id);
            }
            step += 1;
            one_step(&mut game, &table);
        }
        let all = looked.iter().all(|quarters| quarters[1..].iter().all(|count| *count > 0));
        assert!(all, "{}: a quarter or a seat was left out", level.id);
    }
}

/// One step of a game with bots in its seats.
fn one_step(game: &mut Game, table: &[Policy]) {
    use termsheet::bot::{Bot, bot_seed};
    for (seat, policy) in game.level().clone().seat_ids().zip(table) {
        let mut bot = Bot::new(*policy, bot_seed(game.level(), seat, game.seed()));
        for decision in bot.choose(&game.view(seat)) {
            let _ = game.submit(seat, decision);
        }
    }
    game.advance();
}
