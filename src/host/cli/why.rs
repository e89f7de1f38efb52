//! `termsheet why`: explains a figure of a saved game.

use clap::Args;
use serde::Serialize;

use super::failure::Failure;
use super::output::{Format, print, print_json, table};
use super::{saves, seats};
use crate::host::save::{damaged, load, rebuild};
use crate::host::words::causes::{self, Teller};
use crate::host::words::{Words, possessive};
use crate::sim::explain::{Explanation, Metric};
use crate::units::Quarter;

/// Explains why a figure of a saved game moved, in rows that sum to its change
///
/// METRIC is one of win-rate, share, cash, market-value and capability; of a lab cash, capability,
/// revenue, burn, runway, independence and valuation.
#[derive(Args, Debug)]
pub struct Why {
    /// A save's name, or the path of a save
    save: String,
    /// What to explain
    #[arg(value_parser = metric)]
    metric: Metric,
    /// The quarter whose close is explained; the last one closed where nothing is said
    #[arg(long)]
    quarter: Option<u32>,
    /// The earlier quarter it is compared with, 0 the opening; the one before where nothing is said
    #[arg(long)]
    since: Option<u32>,
    /// Whose figure; the first person's seat where nothing is said
    #[arg(long)]
    seat: Option<String>,
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

fn metric(text: &str) -> Result<Metric, String> {
    causes::metric_called(text).ok_or_else(|| {
        let names: Vec<&str> = Metric::ALL.into_iter().map(causes::name).collect();
        format!("it is one of {}", names.join(", "))
    })
}

/// An explanation for other programs. Amounts are in `unit`.
#[derive(Serialize)]
struct Told {
    level: String,
    seed: u64,
    seat: String,
    metric: Metric,
    unit: &'static str,
    since: u32,
    quarter: u32,
    before: f64,
    after: f64,
    change: f64,
    rows: Vec<ToldRow>,
}

#[derive(Serialize)]
struct ToldRow {
    /// What kind of cause it is: decision, deal, happening, opening, market or undisclosed.
    cause: &'static str,
    /// The cause by name.
    name: Option<String>,
    /// The way it took, and the cause, in words.
    text: String,
    amount: f64,
    from: Option<f64>,
    to: Option<f64>,
}

impl Why {
    pub fn run(&self) -> Result<(), Failure> {
        let path = saves::find(Some(&self.save))?;
        let save = load(&path)?;
        let session = rebuild(&save).map_err(|damage| damaged(&path, damage))?;
        let game = &session.game;
        let level = game.level();
        let person = save.people().next();
        let of = match &self.seat {
            Some(key) => seats::seat(level, key)?,
            None => person.unwrap_or(level.first_seat),
        };
        let closed = game.history().len() as u32;
        let quarter = Quarter(self.quarter.unwrap_or(closed));
        let since = Quarter(self.since.unwrap_or(quarter.0.saturating_sub(1)));
        let words = Words::new(level.clone(), save.names);
        let explained = game.explain(person.unwrap_or(of), of, self.metric, (since, quarter));
        let explanation = explained
            .map_err(|why| Failure::message(causes::refusal(&words, of, self.metric, why)))?;
        let teller = Teller { words: &words, deals: &game.deals(), game };
        match self.format {
            Format::Json => print_json(&told(&teller, &explanation)),
            Format::Table => print(&text(&teller, &explanation)),
        }
    }
}

fn told(teller: &Teller, explanation: &Explanation) -> Told {
    let game = teller.game;
    let rows = explanation.rows.iter().map(|row| ToldRow {
        cause: causes::kind(row.cause),
        name: causes::behind(teller, explanation.quarter, row),
        text: causes::row(teller, explanation, row),
        amount: row.amount,
        from: row.moved.map(|(from, _)| from),
        to: row.moved.map(|(_, to)| to),
    });
    Told {
        level: game.level().id.clone(),
        seed: game.seed(),
        seat: game.level().seat_key(explanation.of).to_owned(),
        metric: explanation.metric,
        unit: unit(explanation.metric),
        since: explanation.since.0,
        quarter: explanation.quarter.0,
        before: explanation.before,
        after: explanation.after,
        change: explanation.change(),
        rows: rows.collect(),
    }
}

fn unit(metric: Metric) -> &'static str {
    match metric {
        metric if metric.is_money() => "dollars",
        Metric::WinRate | Metric::Share | Metric::Independence => "parts of 1",
        Metric::Capability => "points",
        _ => "quarters",
    }
}

fn text(teller: &Teller, explanation: &Explanation) -> String {
    let metric = explanation.metric;
    let mut rows = table(&["why", causes::unit(metric)]);
    for row in &explanation.rows {
        rows.add_row([causes::row(teller, explanation, row), causes::change(metric, row.amount)]);
    }
    let change = causes::change(metric, explanation.change());
    rows.add_row([format!("Change of {}", causes::title(metric)), change]);
    format!(
        "{} {}, {} to {}: {} to {}\n\n{rows}",
        possessive(teller.words.seat(explanation.of)),
        causes::title(metric),
        teller.words.quarter(explanation.since),
        teller.words.quarter(explanation.quarter),
        causes::figure(metric, explanation.before),
        causes::figure(metric, explanation.after),
    )
}
