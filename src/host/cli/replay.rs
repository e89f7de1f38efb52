//! `termsheet replay`: plays a save's record again and compares every quarter's hash.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use clap::Args;

use super::failure::Failure;
use super::output::{print, write_file};
use super::saves;
use crate::host::save::{ReplayedQuarter, damaged, load, replay};
use crate::host::trace;

/// Plays a saved game again and compares every quarter with the record
#[derive(Args, Debug)]
pub struct Replay {
    /// A save's name, or the path of a save; the newest autosave if none is named
    save: Option<String>,
    /// Fail if any quarter comes out otherwise
    #[arg(long)]
    verify: bool,
    /// Write every state variable after every step to a file, one line of JSON a step
    #[arg(long, value_name = "FILE")]
    trace: Option<PathBuf>,
}

impl Replay {
    pub fn run(&self) -> Result<(), Failure> {
        let path = saves::find(self.save.as_deref())?;
        let save = load(&path)?;
        let mut quarters: Vec<ReplayedQuarter> = Vec::new();
        let replayed = replay(&save, |quarter| {
            quarters.push(quarter.clone());
            Ok(())
        });
        print(&format!("{}, seed {}", save.level_title, save.seed))?;
        for quarter in &quarters {
            print(&line(quarter))?;
        }
        let session = replayed.map_err(|damage| damaged(&path, damage))?;
        if let Some(file) = &self.trace {
            write_file(file, |file| {
                let mut out = BufWriter::new(file);
                trace::write_played(&session, &mut out)?;
                out.flush()
            })?;
        }
        self.judge(&quarters)
    }

    fn judge(&self, quarters: &[ReplayedQuarter]) -> Result<(), Failure> {
        let wrong: Vec<String> = quarters
            .iter()
            .filter(|quarter| !quarter.matches())
            .map(|quarter| quarter.calendar.to_string())
            .collect();
        if self.verify && !wrong.is_empty() {
            let wrong = wrong.join(", ");
            return Err(Failure::message(format!("not the game that was recorded in {wrong}")));
        }
        Ok(())
    }
}

fn line(quarter: &ReplayedQuarter) -> String {
    let verdict = if quarter.matches() { "ok" } else { "mismatch" };
    let prefix: String = quarter.hash.chars().take(12).collect();
    format!("{}  {prefix}  {verdict}", quarter.calendar)
}
