//! `termsheet study bargain`: does lowballing pay?

use clap::Args;

use super::Sample;
use crate::host::cli::failure::Failure;
use crate::host::cli::output::{Format, number, print, print_json, progress, table};
use crate::host::cli::seats;
use crate::study::{Bargain, LOWBALLER_AT_MOST, bargain};

/// Does lowballing pay? A script that lowballs, asks and signs the first answer, and one that trades
/// clauses, each against normal bots
#[derive(Args, Debug)]
pub(super) struct BargainArguments {
    #[command(flatten)]
    sample: Sample,
    /// The scripts' seat; the level's first seat where nothing is said
    #[arg(long)]
    seat: Option<String>,
    /// Games of each script
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..))]
    games: u32,
}

impl BargainArguments {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let batch = self.sample.batch(self.games)?;
        let seat = match &self.seat {
            Some(key) => seats::seat(&batch.level, key)?,
            None => batch.level.first_seat,
        };
        let bar = progress(self.games, "games");
        let result = bargain(&batch, seat, || bar.inc(1))?;
        bar.finish_and_clear();
        match self.sample.format {
            Format::Json => print_json(&result),
            Format::Table => print(&text(&result)),
        }
    }
}

fn text(result: &Bargain) -> String {
    let mut rows =
        table(&["script", "deals a game", "joint surplus, $bn", "captured, $bn", "captured, %"]);
    for script in &result.scripts {
        rows.add_row([
            script.script.to_string(),
            number(script.deals_per_game),
            number(script.joint_bn_per_game),
            number(script.captured_bn_per_game),
            script.captured_part.map_or("–".to_owned(), |part| number(100.0 * part)),
        ]);
    }
    let verdict = |met: bool| if met { "met" } else { "MISSED" };
    format!(
        "{}, {}: {} games a script, seeds from {}; normal bots across the table, rivals pass.\n\n\
         {rows}\n\n\
         The lowballer captures at most {}%: {}.\n\
         The trader is ahead by ${}bn ± {} a game: {}.",
        result.level,
        result.seat,
        result.games,
        result.first_seed,
        number(100.0 * LOWBALLER_AT_MOST),
        verdict(result.lowballer_is_held),
        number(result.trader_ahead_bn.mean),
        number(result.trader_ahead_bn.standard_error),
        verdict(result.trader_beats_lowballer),
    )
}
