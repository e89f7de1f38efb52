//! `termsheet study balance`: the numbers that scale a level's scores.

use clap::Args;

use super::Sample;
use super::strategies::name;
use crate::bot::Policy;
use crate::host::cli::failure::Failure;
use crate::host::cli::output::{Format, number, print, print_json, progress, table};
use crate::study::{SeatBalance, balance, balance_games};

/// What idling brings each seat, and the best known: the numbers that scale a level's scores
#[derive(Args, Debug)]
pub(super) struct BalanceArguments {
    #[command(flatten)]
    sample: Sample,
    /// The bot in all other seats
    #[arg(long, default_value_t = Policy::Normal)]
    others: Policy,
    /// Games of each contestant in each seat
    #[arg(long, default_value_t = 60, value_parser = clap::value_parser!(u32).range(1..))]
    games: u32,
}

impl BalanceArguments {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let batch = self.sample.batch(self.games)?;
        let bar = progress(balance_games(&batch), "games");
        let seats = balance(&batch, self.others, || bar.inc(1))?;
        bar.finish_and_clear();
        match self.sample.format {
            Format::Json => print_json(&seats),
            Format::Table => print(&format!(
                "{}: {} games each, seeds from {}, {} in all other seats. Median raw scores.\n\n{}",
                batch.level.id,
                self.games,
                self.sample.seed,
                self.others,
                text(&seats)
            )),
        }
    }
}

fn text(seats: &[SeatBalance]) -> String {
    let one = |seat: &SeatBalance| {
        let mut rows = table(&[seat.seat.as_str(), "raw"]);
        for standing in &seat.contestants {
            rows.add_row([name(standing.contestant), number(standing.median_raw_points)]);
        }
        format!(
            "{rows}\n\n// {} in the level; best known: {}.\nscore_scale: (idle: {:.1}, best: {:.1}),\n",
            seat.seat,
            name(seat.best_known),
            seat.idle,
            seat.best
        )
    };
    seats.iter().map(one).collect::<Vec<String>>().join("\n")
}
