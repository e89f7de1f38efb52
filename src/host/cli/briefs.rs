//! `termsheet briefs`: a sheet for each seat of a level.

use std::path::PathBuf;

use clap::Args;

use super::failure::Failure;
use super::levels;
use super::output::print;
use crate::host::debrief;
use crate::host::words::Names;
use crate::host::words::numbers::count;

/// Writes a printable brief for each seat of a level, a sheet of A4 each
#[derive(Args, Debug)]
pub struct Briefs {
    /// A level's id, or the path of a level file
    level: String,
    /// The page to write
    #[arg(short, long, value_name = "FILE", default_value = "briefs.html")]
    output: PathBuf,
    /// Which names companies go by
    #[arg(long, value_name = "real|fictional", default_value = "real")]
    names: Names,
}

impl Briefs {
    pub fn run(&self) -> Result<(), Failure> {
        let loaded = levels::find(&self.level)?;
        let written = debrief::write_briefs(&loaded.level, self.names, &self.output);
        let page = written.map_err(|error| Failure::message(error.to_string()))?;
        let seats = count(loaded.level.seats() as u32, "brief");
        print(&format!("{seats}: {}", page.display()))
    }
}
