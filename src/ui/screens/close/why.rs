//! What the close explains: the figure, its change and the bars of the waterfall, in words.

use crate::host::words::refusals::upper_first;
use crate::host::words::{causes, numbers};
use crate::ids::Role;
use crate::sim::explain::Metric;
use crate::sim::game::ClosedQuarter;
use crate::sim::view::Published;
use crate::ui::desk::Desk;
use crate::ui::widgets::Fall;

/// The bar of whatever has none of its own.
pub(super) const THE_REST: &str = "The rest";

/// What is explained, and how.
pub(super) struct Why {
    pub(super) question: String,
    pub(super) headline: String,
    /// Over the chart, and its unit.
    pub(super) title: String,
    pub(super) unit: String,
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) falls: Vec<Fall>,
    pub(super) write: fn(f64) -> String,
    pub(super) write_change: fn(f64) -> String,
    pub(super) before: String,
    pub(super) after: String,
}

fn per_cent(value: f64) -> String {
    numbers::share(value)
}

fn change(value: f64) -> String {
    numbers::share_change(value).replace(" pt", "")
}

/// The seat's first figure, explained; none where it has nothing to tell.
pub(super) fn why(
    desk: &Desk,
    before: &Published,
    closed: &ClosedQuarter,
    most: usize,
) -> Option<Why> {
    let metric = match desk.view.role {
        Role::Giant(firm) if closed.published.giants[firm.index()].has_cloud => Metric::WinRate,
        Role::Giant(_) => Metric::MarketValue,
        Role::Lab(_) => Metric::Revenue,
    };
    let mut told = desk.explain(desk.view.seat, metric)?;
    // A lab's revenue often has one cause; its cash never.
    let mut metric = metric;
    if metric == Metric::Revenue && told.rows.len() < 4 {
        metric = Metric::Cash;
        told = desk.explain(desk.view.seat, metric)?;
    }
    let large = told.rows.iter().any(|row| row.by.abs() >= 1e9);
    // What rows are printed in, in the figure's unit: all in one, so that they add up.
    let grain = match metric {
        Metric::WinRate => 1e-3,
        _ if large => 1e8,
        _ => 1e6,
    };
    let (write, write_change, unit): (fn(f64) -> String, fn(f64) -> String, _) = match metric {
        Metric::WinRate => (per_cent, change, "points of new demand won"),
        Metric::Revenue if large => (billions, billions_change, "$bn a quarter"),
        Metric::Revenue => (billions, millions_change, "$ a quarter"),
        _ if large => (billions, billions_change, "$bn"),
        _ => (billions, millions_change, "$"),
    };
    let by = told.after - told.before;
    let slight = match metric {
        Metric::WinRate => 0.0005,
        _ => 0.004 * by.abs(),
    };
    let mut rest = by;
    let mut falls: Vec<Fall> = Vec::new();
    for row in told.rows.iter().filter(|row| row.by.abs() >= slight) {
        rest -= row.by;
        // Rows that read alike are one bar, told by the largest.
        let alike =
            |fall: &&mut Fall| fall.title == upper_first(&row.title) && fall.note == row.note;
        match falls.iter_mut().find(alike) {
            Some(fall) => fall.by += row.by,
            None => falls.push(Fall {
                by: row.by,
                printed: row.by,
                title: upper_first(&row.title),
                note: row.note.clone(),
                ours: row.ours,
                doing: row.doing.clone(),
                why: row.text.clone(),
            }),
        }
    }
    let falls = gathered(falls, rest, most, slight);
    let falls = printed(falls, grain);
    let size = match metric {
        Metric::WinRate => format!("{:.1} points", 100.0 * by.abs()),
        _ => write(by.abs()),
    };
    let flat = by.abs() < if metric == Metric::WinRate { 1e-4 } else { 1e5 };
    let (was, is) = (write(told.before), write(told.after));
    let name = match metric {
        Metric::WinRate => "win rate of new demand",
        other => causes::title(other),
    };
    Some(Why {
        question: format!("Why did our {name} move?"),
        headline: headline(if flat { 0.0 } else { by }, &size, &is, &falls),
        title: format!("From {was} to {is}, cause by cause"),
        unit: format!("{unit}; causes sum to {}", write_change(by)),
        from: told.before,
        to: told.after,
        falls,
        write,
        write_change,
        before: desk.words.quarter(before.quarter),
        after: desk.words.quarter(closed.quarter),
    })
}

/// `Up 0.6 points to 28.4%; our new capacity did the most`.
fn headline(by: f64, moved: &str, to: &str, falls: &[Fall]) -> String {
    let way = match by {
        b if b > 0.0 => "Up",
        b if b < 0.0 => "Down",
        _ => return format!("Unmoved at {to}"),
    };
    let same = |fall: &&Fall| (fall.by >= 0.0) == (by >= 0.0);
    let most =
        falls.iter().filter(same).max_by(|one, other| one.by.abs().total_cmp(&other.by.abs()));
    match most {
        Some(fall) => format!("{way} {moved} to {to}; {} did the most", fall.doing),
        None => format!("{way} {moved} to {to}"),
    }
}

/// Rows as they are printed: rounded so that they add up to the rounded change.
fn printed(mut falls: Vec<Fall>, grain: f64) -> Vec<Fall> {
    let tenths: Vec<f64> = falls.iter().map(|fall| 0.1 * fall.by / grain).collect();
    for (fall, tenth) in falls.iter_mut().zip(numbers::rows_to_tenths(&tenths)) {
        fall.printed = 10.0 * tenth * grain;
    }
    falls
}

/// Keeps the largest causes and sums the others; ours first.
fn gathered(mut falls: Vec<Fall>, rest: f64, most: usize, slight: f64) -> Vec<Fall> {
    falls.sort_by(|one, other| other.by.abs().total_cmp(&one.by.abs()));
    let mut left = rest;
    while falls.len() > most {
        left += falls.pop().map_or(0.0, |fall| fall.by);
    }
    falls.sort_by(|one, other| other.ours.cmp(&one.ours).then(other.by.total_cmp(&one.by)));
    if left.abs() < slight.max(1e-12) {
        return falls;
    }
    falls.push(Fall {
        by: left,
        printed: left,
        title: THE_REST.to_owned(),
        note: "smaller moves".to_owned(),
        ours: false,
        doing: "many small moves".to_owned(),
        why: "Smaller moves, and how they work together. The causes sum to the change.".to_owned(),
    });
    falls
}

fn billions(dollars: f64) -> String {
    numbers::bn(dollars / 1e9)
}

fn billions_change(dollars: f64) -> String {
    numbers::bn_tenths(dollars / 1e9)
}

fn millions_change(dollars: f64) -> String {
    numbers::bn_change(dollars / 1e9)
}
