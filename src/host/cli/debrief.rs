//! `termsheet debrief`: what a class talks about after its games.

use std::path::PathBuf;

use clap::Args;

use super::failure::Failure;
use super::output::{print, progress};
use super::saves;
use crate::host::debrief::{self, NoDebrief, NoReport, Options};
use crate::study::Trials;

/// Writes the debrief of one saved game, or of a class of them, as one page to read and print
#[derive(Args, Debug)]
pub struct Debrief {
    /// Saves, by name or path; the newest of yours if none is named
    saves: Vec<String>,
    /// The page to write
    #[arg(short, long, value_name = "FILE", default_value = "debrief.html")]
    output: PathBuf,
    /// Whose debrief, by the seat's id; each person's of a save if nothing is said
    #[arg(long)]
    seat: Option<String>,
    /// Every game of a class on pages of its own, with all it has
    #[arg(long)]
    whole: bool,
    /// Also write decisions.csv and results.csv into this folder
    #[arg(long, value_name = "FOLDER")]
    csv: Option<PathBuf>,
    /// Games of a bot in the seat under other luck, to set the score among
    #[arg(long, default_value_t = Trials::default().games)]
    games: u32,
}

impl Debrief {
    pub fn run(&self) -> Result<(), Failure> {
        let paths = match self.saves.is_empty() {
            true => vec![saves::find(None)?],
            false => {
                let folder = saves::folder();
                let find = |name: &String| match &folder {
                    Ok(folder) => folder.find(name),
                    Err(_) => PathBuf::from(name),
                };
                self.saves.iter().map(find).collect()
            }
        };
        let options = Options {
            seat: self.seat.clone(),
            whole: self.whole,
            rows: self.csv.clone(),
            trials: Trials { games: self.games, ..Trials::default() },
        };
        let bar = progress(paths.len() as u32, "saves");
        let written = debrief::write_with(&paths, &self.output, &options, || bar.inc(1));
        bar.finish_and_clear();
        let failed = match written {
            Ok(summary) => {
                let games = crate::host::words::numbers::count(summary.games as u32, "game");
                print(&format!("{games}: {}", summary.page.display()))?;
                for rows in summary.rows.iter().flatten() {
                    print(&format!("rows: {}", rows.display()))?;
                }
                summary.failed
            }
            Err(NoDebrief::NothingToShow(failed)) => failed,
            Err(error) => return Err(Failure::message(error.to_string())),
        };
        if failed.is_empty() {
            return Ok(());
        }
        let told: Vec<String> = failed.iter().map(left_out).collect();
        Err(Failure::message(told.join("\n")))
    }
}

fn left_out((path, why): &(PathBuf, NoReport)) -> String {
    format!("left out {}: {why}", path.display())
}
