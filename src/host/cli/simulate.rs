//! `termsheet simulate`: many games of a level with bots in all seats.

use std::fmt::Write as _;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::failure::Failure;
use super::output::{cell, print, print_json, progress, table, write_file};
use super::{levels, records, seats};
use crate::bot::Policy;
use crate::host::session::LoadedLevel;
use crate::host::{heavy, trace};
use crate::study::{Batch, SeatSummary, Simulation, simulate, summarise};

/// Plays many games with bots in all seats and prints what came of them
#[derive(Args, Debug)]
pub struct Simulate {
    /// A level's id, or the path of a level file
    level: String,
    /// How many games
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..))]
    games: u32,
    /// Seed of the first game; the next has the next
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Worker threads; 0 is one a processor. Results do not depend on it
    #[arg(long, default_value_t = 0)]
    threads: usize,
    /// Who plays a seat, such as amazon=greedy,openai=idle; normal where nothing is said
    #[arg(long, value_delimiter = ',')]
    seats: Vec<String>,
    #[arg(long, value_enum, default_value_t = Shown::Table)]
    format: Shown,
    /// With --format csv: a row a game, quarter and seat, in place of one a game and seat
    #[arg(long)]
    per_quarter: bool,
    /// Write every state variable after every step of every game to a file, one line of JSON a
    /// step; docs/model.md has the names. About 4 MB a game
    #[arg(long, value_name = "FILE", conflicts_with = "heavy")]
    trace: Option<PathBuf>,
    /// Save, load and compare the hash after every step, in place of a summary
    #[arg(long)]
    heavy: bool,
}

/// How the games are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Shown {
    /// A summary, for reading
    Table,
    /// The summary for other programs: stable keys, units in their names
    Json,
    /// Every game, comma-separated; docs/levels.md has the heads
    Csv,
}

impl Simulate {
    pub fn run(&self) -> Result<(), Failure> {
        let loaded = levels::find(&self.level)?;
        let policies = seats::policies(&loaded.level, &self.seats, Policy::Normal)?;
        let batch = Batch {
            level: Arc::clone(&loaded.level),
            games: self.games,
            first_seed: self.seed,
            threads: self.threads,
        };
        if self.per_quarter && self.format != Shown::Csv {
            let text = "error: --per-quarter is for --format csv: summaries are of whole games";
            return Err(Failure::Usage(text.to_owned()));
        }
        if self.heavy {
            return self.heavily(&loaded, &policies);
        }
        if let Some(path) = &self.trace {
            self.trace(&loaded, &policies, path)?;
        }
        let bar = progress(self.games, "games");
        let games = simulate(&batch, &policies, self.per_quarter, || bar.inc(1))?;
        bar.finish_and_clear();
        let summary = || summarise(&batch, &policies, &games);
        match self.format {
            Shown::Json => print_json(&summary()),
            Shown::Table => print(&text(&summary())),
            Shown::Csv if self.per_quarter => {
                print(&records::quarters(&batch.level, &policies, &games)?)
            }
            Shown::Csv => print(&records::games(&batch.level, &policies, &games)?),
        }
    }
}

impl Simulate {
    fn seeds(&self) -> impl Iterator<Item = u64> {
        let first = self.seed;
        (0..u64::from(self.games)).map(move |number| first.wrapping_add(number))
    }

    /// Plays every game saving and loading it after every step; fails at the first that goes astray.
    fn heavily(&self, loaded: &LoadedLevel, policies: &[Policy]) -> Result<(), Failure> {
        let mut spare = heavy::spare_world(loaded);
        let bar = progress(self.games, "games");
        let mut steps = 0;
        for seed in self.seeds() {
            let found = heavy::play_heavily(loaded, policies, seed, &mut spare);
            steps += found.map_err(|astray| Failure::message(astray.to_string()))?.steps;
            bar.inc(1);
        }
        bar.finish_and_clear();
        print(&format!(
            "{}: {} games, seeds from {}: saved and loaded after each of {steps} steps, every hash the same.",
            loaded.level.id, self.games, self.seed
        ))
    }

    /// Writes the traces of the games, which are played once more for it.
    fn trace(&self, loaded: &LoadedLevel, policies: &[Policy], path: &Path) -> Result<(), Failure> {
        let bar = progress(self.games, "traces");
        write_file(path, |file| {
            let mut out = BufWriter::new(file);
            for seed in self.seeds() {
                trace::write(loaded, policies, seed, &mut out)?;
                bar.inc(1);
            }
            out.flush()
        })?;
        bar.finish_and_clear();
        Ok(())
    }
}

fn text(summary: &Simulation) -> String {
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "{}: {} games, seeds from {}. Medians, and the range of nine tenths.\n",
        summary.level, summary.games, summary.first_seed
    );
    let _ = writeln!(text, "{}\n", giants(summary));
    let _ = writeln!(text, "{}\n", labs(summary));
    let _ = writeln!(text, "{}\n", talks(summary));
    let _ = writeln!(text, "{}", segments(summary));
    text
}

fn is_lab(seat: &SeatSummary) -> bool {
    seat.revenue_bn_per_quarter.is_some()
}

fn giants(summary: &Simulation) -> comfy_table::Table {
    let mut rows = table(&["giant", "bot", "raw", "scaled", "cash $bn", "share %", "win rate %"]);
    for seat in summary.seats.iter().filter(|seat| !is_lab(seat)) {
        rows.add_row([
            seat.seat.clone(),
            seat.policy.to_string(),
            cell(seat.raw_score_points),
            cell(seat.scaled_score_points),
            cell(seat.cash_bn),
            cell(seat.cloud_share_pct),
            cell(seat.win_rate_pct),
        ]);
    }
    rows
}

fn labs(summary: &Simulation) -> comfy_table::Table {
    let mut rows = table(&[
        "lab",
        "bot",
        "raw",
        "scaled",
        "cash $bn",
        "least runway, q",
        "independence %",
        "revenue $bn/q",
    ]);
    for seat in summary.seats.iter().filter(|seat| is_lab(seat)) {
        rows.add_row([
            seat.seat.clone(),
            seat.policy.to_string(),
            cell(seat.raw_score_points),
            cell(seat.scaled_score_points),
            cell(seat.cash_bn),
            cell(seat.least_runway_quarters),
            cell(seat.independence_pct),
            cell(seat.revenue_bn_per_quarter),
        ]);
    }
    rows
}

fn talks(summary: &Simulation) -> comfy_table::Table {
    let mut rows = table(&["in a game", "count"]);
    for (what, count) in [
        ("deals signed", summary.deals_signed_per_game),
        ("offers made", summary.offers_made_per_game),
        ("questions asked", summary.questions_asked_per_game),
        ("offers held", summary.offers_held_per_game),
        ("walked away", summary.walk_aways_per_game),
        ("insults", summary.insults_per_game),
        ("accepted too late", summary.late_acceptances_per_game),
        ("decisions the rules refused", summary.decisions_refused_by_rules_per_game),
        ("rescues of labs", summary.rescues_per_game),
    ] {
        rows.add_row([what.to_owned(), cell(count)]);
    }
    rows
}

fn segments(summary: &Simulation) -> comfy_table::Table {
    let mut rows =
        table(&["largest move of a giant in a quarter", "win rate, points", "share, points"]);
    for segment in &summary.segments {
        rows.add_row([
            segment.segment.clone(),
            cell(segment.largest_win_rate_move_points_per_quarter),
            cell(segment.largest_share_move_points_per_quarter),
        ]);
    }
    rows
}
