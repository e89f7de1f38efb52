//! The game as text: a person types, the paper answers. Shows what a seat's view holds, sends
//! decisions, and knows no rule of the game itself.

mod books;
mod branch;
#[cfg(feature = "window")]
mod clerk;
mod command;
mod desk;
mod dilemma;
mod forecast;
mod fuller;
mod goals;
mod hearsay;
mod judgement;
mod lessons;
mod levers;
mod offers;
mod page;
mod paper;
mod plan;
mod process;
mod promises;
mod quantities;
mod records;
mod regulators;
mod report;
mod shelf;
mod table;
mod talks;
mod terms;
mod turn;
mod verdict;
mod waivers;
mod why;

use std::io::{self, BufRead, Write};

pub use crate::host::keeper::Saver;
use crate::host::session::Session;
use crate::host::words::Names;

pub use branch::comparison_text;
#[cfg(feature = "window")]
pub(crate) use branch::differences;
#[cfg(feature = "window")]
pub(crate) use clerk::Clerk;
#[cfg(feature = "window")]
pub(crate) use page::{Block, RowNote};
pub use shelf::{Choice, front_page};
#[cfg(feature = "window")]
pub(crate) use turn::Flow;

/// How text is shown.
#[derive(Clone, Debug)]
pub struct TextOptions {
    /// Whether to colour; colour is never the only sign of anything.
    pub colour: bool,
    /// Columns of the terminal; never more than 80 are used.
    pub width: usize,
    /// Whether a person sits at a terminal. If not, the commands read are shown as well.
    pub interactive: bool,
    pub names: Names,
}

impl TextOptions {
    /// Columns used.
    pub(super) fn columns(&self) -> usize {
        self.width.clamp(60, 80)
    }
}

/// How a sitting ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    Quit,
    GameOver,
}

/// Plays a session until it is over, the player quits, or the input ends. People sit in the seats
/// whose control is `Human`.
pub fn play(
    session: &mut Session,
    input: &mut dyn BufRead,
    output: &mut dyn Write,
    saver: &mut dyn Saver,
    options: &TextOptions,
) -> io::Result<Ended> {
    let mut desk = desk::Desk::new(session, input, output, saver, options);
    turn::run(&mut desk)
}
