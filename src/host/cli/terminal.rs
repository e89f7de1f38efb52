//! Hands games over to the text game: its input, its output, and where it saves.

use std::io::{self, IsTerminal, Write};

use super::failure::Failure;
use super::levels;
use super::output::colour_on_stdout;
use super::play::usual_seed;
use super::saves;
use crate::host::keeper::Keeper;
use crate::host::save::open;
use crate::host::session::{Control, LoadedLevel, Session};
use crate::host::text::{self, Choice, TextOptions};
use crate::host::words::Names;
use crate::ids::SeatId;
use crate::level::Level;

/// Plays a game until it ends or the player leaves.
pub fn play(mut session: Session, names: Names, text: bool) -> Result<(), Failure> {
    let mut output = io::stdout().lock();
    writeln!(output, "Seed {}.", session.game.seed())?;
    let options = options(names, text);
    let (mut input, mut keeper) = (io::stdin().lock(), Keeper::new(names));
    text::play(&mut session, &mut input, &mut output, &mut keeper, &options)?;
    output.flush()?;
    Ok(())
}

/// Shows the shelf of levels and saves, and plays what is chosen there.
pub fn front_page(names: Names, text: bool) -> Result<(), Failure> {
    let (library, shelf) = (levels::library(), saves::shelf());
    let labels: Vec<String> = shelf.iter().map(|(_, label)| label.clone()).collect();
    let options = options(names, text);
    let choice = {
        let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
        text::front_page(&library, &labels, &mut input, &mut output, &options)?
    };
    match choice {
        Choice::Quit => Ok(()),
        Choice::Continue(number) => {
            let (path, _) = shelf.get(number).ok_or_else(|| Failure::message("no such save"))?;
            let (save, session) = open(path)?;
            play(session, save.names, text)
        }
        Choice::New { level, seats, rivals, names, seed } => {
            let entry = library.find(&level)?;
            let loaded = LoadedLevel { level: entry.level?, text: entry.text };
            let controls = controls(&loaded.level, &seats, Control::Bot(rivals));
            let seed = seed.unwrap_or_else(|| usual_seed(text));
            play(Session::new(loaded, controls, seed), names, text)
        }
    }
}

fn controls(level: &Level, people: &[SeatId], rivals: Control) -> Vec<Control> {
    let control = |seat| if people.contains(&seat) { Control::Human } else { rivals };
    level.seat_ids().map(control).collect()
}

fn options(names: Names, text: bool) -> TextOptions {
    TextOptions {
        colour: !text && colour_on_stdout(),
        width: textwrap::termwidth(),
        interactive: !text && io::stdin().is_terminal(),
        names,
    }
}
