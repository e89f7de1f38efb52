//! A game's figures over its quarters, as charts.

use maud::{Markup, html};

use super::charts::{Chart, Line};
use super::marks::Mark;
use super::report::Report;
use crate::host::words::numbers;
use crate::ids::{FirmId, LabId, SeatId};
use crate::sim::view::{GiantFigures, LabFigures};

/// All charts of a game.
pub(super) fn all(report: &Report) -> Markup {
    let charts = [
        score(report),
        giants(
            report,
            "Cloud share",
            "Share of cloud revenue, per cent",
            |giant| 100.0 * giant.share,
            percent,
        ),
        giants(
            report,
            "Win rate",
            "Part of new cloud demand won, per cent",
            |giant| 100.0 * giant.win_rate,
            percent,
        ),
        values(report),
        labs(report, "Revenue", "Labs' revenue a quarter, $bn", |lab| lab.revenue_bn, dollars),
        runway(report),
        labs(report, "Capability", "Labs' best model, points", |lab| lab.capability_points, points),
        labs(
            report,
            "The price of AI",
            "What customers of each lab pay on average, the opening being 1",
            |lab| lab.paid_price,
            price,
        ),
    ];
    html! {
        section {
            h2 { "How it went" }
            p class="note" { "Every quarter's close, the opening first. " (report.seat_name()) " is the heavy line. Dotted: deals " (report.seat_name()) " signed." }
            div class="charts" { @for chart in charts { (chart.draw()) } }
        }
    }
}

/// The score alone, for a game in brief.
pub(super) fn score_only(report: &Report) -> Markup {
    score(report).draw()
}

fn score(report: &Report) -> Chart {
    let line = |seat: SeatId| {
        let values = (0..=report.closed()).map(|quarter| report.score_at(seat, quarter)).collect();
        line(report, seat, values)
    };
    let lines = report.level().seat_ids().map(line).collect();
    chart(report, "Score", "Score on each seat's own scale, points", lines, numbers::score)
}

fn giants(
    report: &Report,
    title: &str,
    note: &str,
    figure: fn(&GiantFigures) -> f64,
    written: fn(f64) -> String,
) -> Chart {
    let with_clouds =
        report.giants().filter(|firm| report.opened.opening.giants[firm.index()].has_cloud);
    let values = |firm: FirmId| {
        report.published().map(|published| figure(&published.giants[firm.index()])).collect()
    };
    let lines = with_clouds.map(|firm| line(report, firm.seat(), values(firm))).collect();
    chart(report, title, note, lines, written)
}

fn values(report: &Report) -> Chart {
    let opening = |firm: FirmId| report.opened.opening.giants[firm.index()].value_bn.max(1e-9);
    let values = |firm: FirmId| {
        let now = report.published().map(|published| published.giants[firm.index()].value_bn);
        now.map(|value| 100.0 * value / opening(firm)).collect()
    };
    let lines = report.giants().map(|firm| line(report, firm.seat(), values(firm))).collect();
    chart(report, "Market value", "Giants' market value, the opening being 100", lines, whole)
}

fn labs(
    report: &Report,
    title: &str,
    note: &str,
    figure: fn(&LabFigures) -> f64,
    written: fn(f64) -> String,
) -> Chart {
    let values = |lab: LabId| {
        report.published().map(|published| figure(&published.labs[lab.index()])).collect()
    };
    let lines = report.labs().map(|lab| line(report, report.words.lab_seat(lab), values(lab)));
    chart(report, title, note, lines.collect(), written)
}

/// Runways are looked at as far as they matter.
fn runway(report: &Report) -> Chart {
    const LONGEST: f64 = 12.0;
    let values = |lab: LabId| {
        let quarters = report.opened.labs.iter().take(report.closed() + 1);
        quarters.map(|labs| labs[lab.index()].runway_quarters.min(LONGEST)).collect()
    };
    let lines = report.labs().map(|lab| line(report, report.words.lab_seat(lab), values(lab)));
    let note = "Quarters until a lab's cash is spent, shown to 12; rivals saw ranges at most";
    chart(report, "Runway", note, lines.collect(), quarters)
}

fn line(report: &Report, seat: SeatId, values: Vec<f64>) -> Line {
    Line {
        name: report.words.seat(seat).to_owned(),
        mark: Mark::of(report.level(), seat),
        mine: seat == report.seat,
        values,
    }
}

/// A chart whose title says what it finds.
fn chart(
    report: &Report,
    title: &str,
    note: &str,
    lines: Vec<Line>,
    written: fn(f64) -> String,
) -> Chart {
    let told = lines.iter().find(|line| line.mine).map_or_else(
        || {
            let last = |line: &Line| line.values.last().copied().unwrap_or(0.0);
            let most = lines.iter().max_by(|one, other| last(one).total_cmp(&last(other)));
            most.map(|line| moved(line, written))
        },
        |line| Some(moved(line, written)),
    );
    Chart {
        title: told.map_or_else(|| title.to_owned(), |told| format!("{title}: {told}")),
        note: note.to_owned(),
        lines,
        quarters: report.quarters(),
        written,
        events: report.own_signed().map(|deal| (deal.signed.0 as usize, String::new())).collect(),
    }
}

/// `Amazon from 28.1% to 29.4%`.
fn moved(line: &Line, written: fn(f64) -> String) -> String {
    let (first, last) = (line.values.first(), line.values.last());
    match (first, last) {
        (Some(first), Some(last)) if written(*first) != written(*last) => {
            format!("{} from {} to {}", line.name, written(*first), written(*last))
        }
        (_, Some(last)) => format!("{} at {}", line.name, written(*last)),
        _ => line.name.clone(),
    }
}

fn percent(value: f64) -> String {
    numbers::share(value / 100.0)
}

fn dollars(value: f64) -> String {
    numbers::bn(value)
}

fn whole(value: f64) -> String {
    let whole = format!("{:.0}", value.abs());
    if value < 0.0 && whole != "0" { format!("−{whole}") } else { whole }
}

fn points(value: f64) -> String {
    format!("{value:.0}")
}

fn price(value: f64) -> String {
    format!("{value:.2}")
}

fn quarters(value: f64) -> String {
    if value >= 11.95 { "12 or more".to_owned() } else { format!("{value:.1}") }
}
