//! `termsheet play` and `termsheet resume`: a game at the terminal.

use std::io::{self, IsTerminal};

use clap::{Args, ValueEnum};

use super::failure::Failure;
use super::{levels, saves, seats, terminal};
use crate::bot::Policy;
use crate::host::save::open;
use crate::host::session::{Control, LoadedLevel, Session, drawn_seed};
use crate::host::words::Names;
use crate::level::Level;

/// How good the bots are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Difficulty {
    Easy,
    Normal,
    Hard,
}

impl Difficulty {
    fn policy(self) -> Policy {
        match self {
            Difficulty::Easy => Policy::Easy,
            Difficulty::Normal => Policy::Normal,
            Difficulty::Hard => Policy::Hard,
        }
    }
}

/// Plays a level
#[derive(Args, Debug)]
pub struct Play {
    /// A level's id, or the path of a level file; without one, you choose from the shelf
    level: Option<String>,
    /// Your seat; the level proposes one
    #[arg(long)]
    seat: Option<String>,
    /// Who plays which seat: human or a bot, such as google=human,oracle=greedy
    #[arg(long, value_delimiter = ',')]
    seats: Vec<String>,
    /// How good the bots are where --seats says nothing
    #[arg(long, value_enum, default_value_t = Difficulty::Normal)]
    difficulty: Difficulty,
    /// Seed of the game's luck; drawn if not given
    #[arg(long)]
    seed: Option<u64>,
    /// Which names companies go by
    #[arg(long, value_name = "real|fictional", default_value = "real")]
    names: Names,
    /// Plain text, line by line: for scripts and transcripts
    #[arg(long)]
    text: bool,
}

impl Play {
    pub fn run(&self) -> Result<(), Failure> {
        match &self.level {
            None => terminal::front_page(self.names, self.text),
            Some(level) => self.begin(levels::find(level)?),
        }
    }

    fn begin(&self, loaded: LoadedLevel) -> Result<(), Failure> {
        let controls = self.controls(&loaded.level)?;
        let seed = self.seed();
        #[cfg(feature = "window")]
        if in_a_window(self.text) {
            let make = || {
                let session = Session::new(loaded.clone(), controls.clone(), seed);
                Ok((session, self.names))
            };
            return super::window::play(make);
        }
        let session = Session::new(loaded, controls, seed);
        terminal::play(session, self.names, self.text)
    }

    /// People where the options say so; if they name nobody, in the level's first seat.
    fn controls(&self, level: &Level) -> Result<Vec<Control>, Failure> {
        let mut controls = seats::controls(level, &self.seats, self.difficulty.policy())?;
        match &self.seat {
            Some(key) => controls[seats::seat(level, key)?.index()] = Control::Human,
            None if controls.contains(&Control::Human) => {}
            None => controls[level.first_seat.index()] = Control::Human,
        }
        Ok(controls)
    }

    fn seed(&self) -> u64 {
        self.seed.unwrap_or_else(|| usual_seed(self.text))
    }
}

/// The seed of a game for which nobody chose one. A transcript must come out the same each time; a
/// person wants another game.
pub fn usual_seed(text: bool) -> u64 {
    if text && !io::stdin().is_terminal() {
        return 1;
    }
    drawn_seed()
}

/// Whether a game is played in the window: not where somebody pipes a script in.
#[cfg(feature = "window")]
fn in_a_window(text: bool) -> bool {
    !text && io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// Goes on with a saved game
#[derive(Args, Debug)]
pub struct Resume {
    /// A save's name, or the path of a save; the newest autosave if none is named
    save: Option<String>,
    /// Which names companies go by; those of the save if not given
    #[arg(long, value_name = "real|fictional")]
    names: Option<Names>,
    /// Plain text, line by line: for scripts and transcripts
    #[arg(long)]
    text: bool,
}

impl Resume {
    pub fn run(&self) -> Result<(), Failure> {
        let path = saves::find(self.save.as_deref())?;
        #[cfg(feature = "window")]
        if in_a_window(self.text) {
            let make = || {
                let (save, session) = open(&path)?;
                Ok((session, self.names.unwrap_or(save.names)))
            };
            return super::window::play(make);
        }
        let (save, session) = open(&path)?;
        terminal::play(session, self.names.unwrap_or(save.names), self.text)
    }
}
