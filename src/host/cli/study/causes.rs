//! `termsheet study causes`: do explanations sum?

use clap::Args;

use super::Sample;
use crate::bot::Policy;
use crate::host::cli::failure::Failure;
use crate::host::cli::output::{Format, number, print, print_json, progress, table};
use crate::host::cli::seats;
use crate::host::words::causes as words;
use crate::study::{Summed, causes};

/// Do explanations sum? Every figure of every seat and quarter is explained and added up
///
/// Money must sum to the dollar, everything else within 1e-9. Fails if anything does not.
#[derive(Args, Debug)]
pub(super) struct CausesArguments {
    #[command(flatten)]
    sample: Sample,
    /// How many games
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..))]
    games: u32,
    /// Who plays a seat, such as amazon=normal; random where nothing is said
    #[arg(long, value_delimiter = ',')]
    seats: Vec<String>,
}

impl CausesArguments {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let batch = self.sample.batch(self.games)?;
        let policies = seats::policies(&batch.level, &self.seats, Policy::Random)?;
        let bar = progress(self.games, "games");
        let result = causes(&batch, &policies, || bar.inc(1))?;
        bar.finish_and_clear();
        match self.sample.format {
            Format::Json => print_json(&result)?,
            Format::Table => print(&text(&result))?,
        }
        let wrong: u64 = result.iter().map(|summed| summed.wrong).sum();
        match wrong {
            0 => Ok(()),
            wrong => Err(Failure::message(format!("{wrong} explanations do not sum"))),
        }
    }
}

fn text(result: &[Summed]) -> String {
    let heads =
        ["figure", "explanations", "rows each", "named, %", "left over, %", "largest gap", "wrong"];
    let mut rows = table(&heads);
    for summed in result {
        let each = summed.rows as f64 / summed.explanations.max(1) as f64;
        rows.add_row([
            words::title(summed.metric).to_owned(),
            summed.explanations.to_string(),
            number(each),
            number(summed.named_pct),
            format!("{:.3}", summed.left_over_pct),
            format!("{:.1e}", summed.largest_gap),
            summed.wrong.to_string(),
        ]);
    }
    rows.to_string()
}
