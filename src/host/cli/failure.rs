//! How a command fails.

use std::io;
use std::io::Write;
use std::process::ExitCode;

use crate::level::Problems;
use crate::study::StudyError;

/// Why a command ends early.
#[derive(Debug)]
pub enum Failure {
    /// Exit 1, with this on stderr.
    Message(String),
    /// The arguments do not make sense together: exit 2, with this on stderr.
    Usage(String),
    /// Exit 1; what was wrong has been said already.
    Said,
    /// Whoever read the output has gone: a quiet exit.
    NobodyListens,
}

impl Failure {
    pub fn message(text: impl Into<String>) -> Failure {
        Failure::Message(text.into())
    }

    /// Says it on stderr and gives the exit code.
    pub fn report(&self) -> ExitCode {
        let (text, code) = match self {
            Failure::Message(text) => (text.as_str(), 1),
            Failure::Usage(text) => (text.as_str(), 2),
            Failure::Said => ("", 1),
            Failure::NobodyListens => ("", 0),
        };
        if !text.is_empty() {
            // Nothing is left to do if stderr is closed too.
            let _ = writeln!(io::stderr(), "{}", text.trim_end());
        }
        ExitCode::from(code)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Failure {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Failure::NobodyListens,
            _ => Failure::Message(error.to_string()),
        }
    }
}

impl From<Problems> for Failure {
    fn from(problems: Problems) -> Failure {
        Failure::Message(problems.render(super::output::colour_on_stderr()))
    }
}

impl From<StudyError> for Failure {
    fn from(error: StudyError) -> Failure {
        Failure::Message(error.to_string())
    }
}
