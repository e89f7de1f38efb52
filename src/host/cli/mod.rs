//! The command line: one file a command.
//!
//! Exit codes: 0 for success, 1 with a message on stderr when something failed, 2 for wrong usage.

mod appraise;
mod branch;
mod check;
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

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::host::words::Names;
use failure::Failure;

/// A strategy game about the money behind artificial intelligence
///
/// Without a command: the shelf of levels and saved games.
#[derive(Debug, Parser)]
#[command(name = "termsheet", version, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
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
        None => terminal::front_page(Names::Real, false),
        Some(Command::Play(command)) => command.run(),
        Some(Command::Resume(command)) => command.run(),
        Some(Command::Levels(command)) => command.run(),
        Some(Command::Check(command)) => command.run(),
        Some(Command::Appraise(command)) => command.run(),
        Some(Command::Replay(command)) => command.run(),
        Some(Command::Branch(command)) => command.run(),
        Some(Command::Why(command)) => command.run(),
        Some(Command::Simulate(command)) => command.run(),
        Some(Command::Study(command)) => command.run(),
    }
}
