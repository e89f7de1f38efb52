//! The command line: one file a command.
//!
//! Exit codes: 0 for success, 1 with a message on stderr when something failed, 2 for wrong usage.

mod failure;
mod levels;
mod output;
mod seats;
mod simulate;
mod study;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use failure::Failure;

/// A strategy game about the money behind artificial intelligence.
#[derive(Debug, Parser)]
#[command(name = "termsheet", version, about, max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Simulate(simulate::Simulate),
    Study(study::Study),
}

/// Runs the program with the arguments it was called with.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match &arguments.command {
        None => Ok(()),
        Some(Command::Simulate(command)) => command.run(),
        Some(Command::Study(command)) => command.run(),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
