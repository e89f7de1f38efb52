//! `termsheet check`: are these level files good?

use clap::Args;

use super::failure::Failure;
use super::levels;
use super::output::{colour_on_stdout, print};

/// Checks level files and points at everything wrong with them
#[derive(Args, Debug)]
pub struct Check {
    /// Level ids, or paths of level files
    #[arg(required = true)]
    levels: Vec<String>,
}

impl Check {
    pub fn run(&self) -> Result<(), Failure> {
        let library = levels::library();
        let mut failed = false;
        for name in &self.levels {
            match library.find(name).and_then(|entry| entry.level) {
                Ok(level) => print(&format!("{name}: OK: {}", summary(&level)))?,
                Err(problems) => {
                    failed = true;
                    print(&problems.render(colour_on_stdout()))?;
                }
            }
        }
        if failed { Err(Failure::Said) } else { Ok(()) }
    }
}

fn summary(level: &crate::level::Level) -> String {
    let count =
        |number: usize, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
    format!(
        "\"{}\", {}, {}, {}",
        level.title,
        count(level.giants.len(), "giant"),
        count(level.labs.len(), "lab"),
        count(level.quarters as usize, "quarter")
    )
}
