//! `forecast`: what a draft may come to, signed against not signed.

use std::io;

use crate::host::advice::Advisor;
use crate::host::words::{clauses, labels, numbers, refusals};
use crate::ids::SeatId;
use crate::sim::deal::TermSheet;
use crate::sim::setting::Step;
use crate::sim::view::{SeatView, TableView};
use crate::study::{Band, Compared, Draft, Forecast, Horizon, NoForecast, forecast};

use super::command::Verb;
use super::desk::Desk;
use super::offers;
use super::page::Page;
use super::talks::named;

/// `forecast WHO`, `forecast WHO TERMS`, `forecast WHO route 2`.
pub(super) fn command(desk: &mut Desk, seat: SeatId, args: &[String]) -> io::Result<()> {
    let view = desk.view(seat);
    if view.step == Step::Plan {
        return desk.say("Nothing can be signed before the next talks: forecast is for them.");
    }
    let Some(table) = named(desk, &view, Verb::Forecast, args)? else { return Ok(()) };
    let sheet = match drafted(desk, &view, table, args.get(1..).unwrap_or_default()) {
        Ok(sheet) => sheet,
        Err(sentence) => return desk.say(&sentence),
    };
    let draft = Draft { with: table.with, sheet };
    match forecast(&view, draft, Horizon::default()) {
        Ok(found) => {
            let mut page = desk.page();
            show(desk, &view, draft, &found, &mut page);
            desk.show(&page)
        }
        Err(NoForecast::Refused(refusal)) => {
            let sentence = refusals::sentence(&desk.words, &view.deals, view.step, &refusal);
            desk.say(&sentence)
        }
        Err(error) => desk.say(&format!("There is no forecast: {error}.")),
    }
}

/// The sheet that is meant: typed, a route they have shown, mine, or theirs.
fn drafted(
    desk: &Desk,
    view: &SeatView,
    table: &TableView,
    typed: &[String],
) -> Result<TermSheet, String> {
    let handle = desk.words.handle(table.with);
    let advisor = Advisor::new(view, table.with);
    let base = offers::pending(view, table)
        .or(advisor.as_ref().and_then(Advisor::my_sheet))
        .or(advisor.as_ref().and_then(Advisor::their_sheet));
    match typed {
        [] => base.ok_or_else(|| {
            format!("No terms are on this table yet: forecast {handle} 10 at 100 tries some.")
        }),
        [word, number] if word == "route" => offers::route(table, number)
            .ok_or_else(|| format!("They have shown no such route; table {handle} lists them.")),
        typed => offers::tried(&desk.words, base, typed)?.ok_or_else(|| {
            format!("A sheet needs an amount and a price first: forecast {handle} 10 at 100.")
        }),
    }
}

fn show(desk: &Desk, view: &SeatView, draft: Draft, found: &Forecast, page: &mut Page) {
    let Some(last) = found.quarters.last() else { return };
    let who = desk.words.seat(draft.with);
    page.heading(&format!("Forecast · with {who}"));
    let sheet = clauses::sheet(&desk.words, &view.deals, &draft.sheet);
    page.paragraph(&format!("{sheet}. Whether they would sign it is another question."));
    let worlds = if found.counted == found.runs {
        format!("{} possible worlds made from what you know", found.runs)
    } else {
        format!(
            "{} of {} possible worlds made from what you know (in the others it cannot be paid)",
            found.counted, found.runs
        )
    };
    page.paragraph(&format!(
        "{worlds}, each played twice to the end of {} under the same luck, bots in every seat: once with this signed now, once with nothing signed between the two this quarter. Medians; in brackets, what four worlds in five lie between.",
        desk.words.quarter(last.quarter)
    ));
    page.blank();
    let rows: Vec<Vec<String>> = found
        .quarters
        .iter()
        .map(|each| {
            let score = &each.score;
            vec![
                desk.words.quarter(each.quarter),
                spread(&score.signed, plain),
                spread(&score.unsigned, plain),
                spread(&score.difference, change),
            ]
        })
        .collect();
    page.table(&["score", "signed", "unsigned", "difference"], &[1, 2, 3], &rows);
    page.blank();
    drivers(desk, found, page);
    let ends: Vec<String> = found
        .drivers
        .iter()
        .zip(&last.drivers)
        .map(|(&measure, Compared { signed, unsigned, .. })| {
            format!(
                "{} {} against {}",
                labels::measure(measure).to_lowercase(),
                labels::measured(measure, signed.median),
                labels::measured(measure, unsigned.median)
            )
        })
        .collect();
    page.note(&format!(
        "At the end of {}, signed against unsigned: {}.",
        desk.words.quarter(last.quarter),
        ends.join("; ")
    ));
}

/// The difference the deal makes to what the score is made of.
fn drivers(desk: &Desk, found: &Forecast, page: &mut Page) {
    let names: Vec<String> = found
        .drivers
        .iter()
        .map(|&measure| format!("{}, {}", labels::measure(measure), labels::unit(measure)))
        .collect();
    let mut header = vec!["difference"];
    header.extend(names.iter().map(String::as_str));
    let right: Vec<usize> = (1..header.len()).collect();
    let rows: Vec<Vec<String>> = found
        .quarters
        .iter()
        .map(|each| {
            let mut cells = vec![desk.words.quarter(each.quarter)];
            cells.extend(each.drivers.iter().map(|driver| spread(&driver.difference, change)));
            cells
        })
        .collect();
    page.table(&header, &right, &rows);
}

fn spread(band: &Band, write: fn(f64) -> String) -> String {
    format!("{} ({} … {})", write(band.median), write(band.low_10pct), write(band.high_90pct))
}

fn plain(value: f64) -> String {
    format!("{:.0}", libm::floor(value)).replace('-', "−")
}

/// A change with its sign, in as many figures as tell something.
fn change(value: f64) -> String {
    if value.abs() >= 99.5 { numbers::whole_change(value) } else { numbers::points_change(value) }
}
