//! Games as rows: every decision with what it made, every published figure by quarter.

use std::path::{Path, PathBuf};

use super::{NoDebrief, Report};
use crate::host::words::{decisions, labels};
use crate::ids::{FirmId, LabId, Role};

/// Heads of the two tables, units in their names.
const DECISIONS: [&str; 13] = [
    "save",
    "level",
    "seed",
    "quarter",
    "quarter_number",
    "step",
    "seat",
    "kind",
    "decision",
    "score_points",
    "score_points_without",
    "made_points",
    "signed_deal",
];
const RESULTS: [&str; 27] = [
    "save",
    "level",
    "seed",
    "quarter",
    "quarter_number",
    "seat",
    "played_here",
    "score_points",
    "cloud_share_pct",
    "win_rate_pct",
    "ai_win_rate_pct",
    "cloud_revenue_bn",
    "operating_income_bn",
    "free_cash_flow_bn",
    "cash_bn",
    "debt_bn",
    "market_value_bn",
    "stakes_bn",
    "capacity_gw",
    "utilisation_pct",
    "model_access_points",
    "heat",
    "lab_revenue_bn",
    "lab_value_bn",
    "capability_points",
    "independence_pct",
    "runway_quarters",
];

/// Writes `decisions.csv` and `results.csv` into a folder, which is made if it is not there.
pub fn write_rows(reports: &[Report], folder: &Path) -> Result<[PathBuf; 2], NoDebrief> {
    let made = std::fs::create_dir_all(folder);
    made.map_err(|error| NoDebrief::Unwritten { path: folder.to_owned(), error })?;
    let decisions = folder.join("decisions.csv");
    let results = folder.join("results.csv");
    write(&decisions, &DECISIONS, reports.iter().flat_map(decisions_of))?;
    write(&results, &RESULTS, reports.iter().flat_map(results_of))?;
    Ok([decisions, results])
}

fn write(
    path: &Path,
    heads: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
) -> Result<(), NoDebrief> {
    let failed =
        |error: csv::Error| NoDebrief::Unwritten { path: path.to_owned(), error: error.into() };
    let mut out = csv::Writer::from_path(path).map_err(failed)?;
    out.write_record(heads).map_err(failed)?;
    for row in rows {
        out.write_record(&row).map_err(failed)?;
    }
    out.flush().map_err(|error| NoDebrief::Unwritten { path: path.to_owned(), error })
}

/// A spreadsheet takes what begins so for a formula: then it gets a mark that says it is text.
fn text(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

/// What everything of a game's begins with.
fn game(report: &Report) -> Vec<String> {
    vec![text(&report.name), report.level().id.clone(), report.played.tape.seed.to_string()]
}

/// A row a decision of the seat in closed quarters, in the order they were made.
fn decisions_of(report: &Report) -> Vec<Vec<String>> {
    let (words, played) = (&report.words, &report.played);
    let steps = played.tape.steps.iter();
    let mut rows = Vec::new();
    for step in steps.filter(|step| step.quarter.0 as usize <= report.closed()) {
        for decision in &step.decisions[report.seat.index()] {
            let point = report.worth.turning_points.iter().find(|point| {
                (point.quarter, point.step) == (step.quarter, step.step)
                    && point.decision == *decision
            });
            let made = point.map(|point| point.made.clone());
            let number =
                |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value:.3}"));
            let here = (step.quarter, step.step);
            let with = decision.counterpart();
            let signed = report.own_signed().any(|deal| {
                played.signed_at(deal.id) == Some(here) && with == Some(report.other_side(deal))
            });
            let mut row = game(report);
            row.extend([
                words.quarter(step.quarter),
                step.quarter.0.to_string(),
                labels::step(step.step, report.level().talk_rounds),
                report.level().seat_key(report.seat).to_owned(),
                decisions::kind(decision).to_owned(),
                text(&decisions::phrase(words, &played.deals, decision)),
                number(made.as_ref().map(|made| made.played_points)),
                number(made.as_ref().map(|made| made.without_points)),
                number(made.as_ref().map(|made| made.points())),
                u8::from(signed).to_string(),
            ]);
            rows.push(row);
        }
    }
    rows
}

/// A row a quarter and seat, the opening first; what a seat has not is empty.
fn results_of(report: &Report) -> Vec<Vec<String>> {
    let level = report.level();
    let mut rows = Vec::new();
    for (quarter, published) in report.published().enumerate() {
        for seat in level.seat_ids() {
            let mut row = game(report);
            row.extend([
                report.quarters()[quarter].clone(),
                quarter.to_string(),
                level.seat_key(seat).to_owned(),
                u8::from(seat == report.seat).to_string(),
                format!("{:.3}", report.score_at(seat, quarter)),
            ]);
            match seat.role(level.giants.len()) {
                Role::Giant(firm) => row.extend(giant(published, firm)),
                Role::Lab(lab) => row.extend(laboratory(report, quarter, published, lab)),
            }
            rows.push(row);
        }
    }
    rows
}

fn giant(published: &crate::sim::view::Published, firm: FirmId) -> Vec<String> {
    let giant = &published.giants[firm.index()];
    let cloud = |value: f64| if giant.has_cloud { format!("{value:.4}") } else { String::new() };
    let plain = |value: f64| format!("{value:.4}");
    let mut row = vec![
        cloud(100.0 * giant.share),
        cloud(100.0 * giant.win_rate),
        cloud(100.0 * giant.ai_win_rate),
        cloud(giant.cloud_revenue_bn),
        plain(giant.operating_income_bn()),
        plain(giant.free_cash_flow_bn),
        plain(giant.cash_bn),
        plain(giant.debt_bn),
        plain(giant.value_bn),
        plain(giant.stakes_bn),
        cloud(giant.capacity_gw),
        cloud(100.0 * giant.utilisation),
        cloud(giant.access_points),
        plain(giant.heat),
    ];
    row.extend(vec![String::new(); 5]);
    row
}

fn laboratory(
    report: &Report,
    quarter: usize,
    published: &crate::sim::view::Published,
    lab: LabId,
) -> Vec<String> {
    let figures = &published.labs[lab.index()];
    let books = report.opened.lab(crate::units::Quarter(quarter as u32), lab);
    let plain = |value: f64| format!("{value:.4}");
    let mut row = vec![String::new(); 14];
    row[6] = books.map_or_else(String::new, |books| plain(books.cash_bn));
    row.extend([
        plain(figures.revenue_bn),
        plain(figures.fundamental_bn),
        plain(figures.capability_points),
        plain(100.0 * figures.independence),
        books.map_or_else(String::new, |books| plain(books.runway_quarters)),
    ]);
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_be_a_formula_is_text() {
        assert_eq!(text("=1+1"), "'=1+1");
        assert_eq!(text("@cmd"), "'@cmd");
        assert_eq!(text("an offer"), "an offer");
    }
}
