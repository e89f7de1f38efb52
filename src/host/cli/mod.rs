//! The command line: one file a command.
//!
//! Exit codes: 0 for success, 1 with a message on stderr when something failed, 2 for wrong usage.

mod appraise;
mod branch;
mod briefs;
mod check;
mod debrief;
mod failure;
mod levels;
mod output;
mod play;
mod records;
mod replay;
mod saves;
mod seats;
mod simulate;
mod study;
mod terminal;
mod why;
#[cfg(feature = "window")]
mod window;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::host::words::Names;
use failure::Failure;

/// A strategy game about the money behind artificial intelligence
///
/// Without a command: the window, with its shelf of levels and saved games.
#[derive(Debug, Parser)]
#[command(name = "termsheet", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Play at the terminal, without a window
    #[arg(long)]
    text: bool,
    /// Write pictures of every screen into this folder, and leave
    #[cfg(feature = "window")]
    #[arg(long, value_name = "FOLDER", hide = true)]
    pictures: Option<std::path::PathBuf>,
    /// Write the time that each frame takes into this file
    #[cfg(feature = "window")]
    #[arg(long, value_name = "FILE", hide = true)]
    frames: Option<std::path::PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Play(play::Play),
    Resume(play::Resume),
    Levels(levels::Levels),
    Check(check::Check),
    Appraise(appraise::Appraise),
    Replay(replay::Replay),
    Branch(branch::Branch),
    Why(why::Why),
    Debrief(debrief::Debrief),
    Briefs(briefs::Briefs),
    Simulate(simulate::Simulate),
    Study(study::Study),
}

/// Runs the program with the arguments it was called with.
pub fn run() -> ExitCode {
    match dispatch(&Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn dispatch(arguments: &Arguments) -> Result<(), Failure> {
    match &arguments.command {
        #[cfg(feature = "window")]
        None if !arguments.text => {
            window::front_page(arguments.pictures.clone(), arguments.frames.clone())
        }
        None => terminal::front_page(Names::Real, arguments.text),
        Some(Command::Play(command)) => command.run(),
        Some(Command::Resume(command)) => command.run(),
        Some(Command::Levels(command)) => command.run(),
        Some(Command::Check(command)) => command.run(),
        Some(Command::Appraise(command)) => command.run(),
        Some(Command::Replay(command)) => command.run(),
        Some(Command::Branch(command)) => command.run(),
        Some(Command::Why(command)) => command.run(),
        Some(Command::Debrief(command)) => command.run(),
        Some(Command::Briefs(command)) => command.run(),
        Some(Command::Simulate(command)) => command.run(),
        Some(Command::Study(command)) => command.run(),
    }
}
