//! One table on the screen: clause by clause, and what it is worth.

use crate::host::words::numbers::{known, share};
use crate::host::words::{clauses, facts, labels, numbers, possessive, refusals};
use crate::sim::deal::{BARRED_QUARTERS, Clause, TermSheet};
use crate::sim::decision::Refusal;
use crate::sim::negotiation::Side;
use crate::sim::setting::Step;
use crate::sim::view::{SeatView, TableView};
use crate::units::Quarter;

use super::desk::Desk;
use super::hearsay;
use super::offers::{advised, own_verdict, verdict};
use super::page::Page;
use crate::host::advice::{Advisor, barred_by};
use crate::host::dealings::{FIRST_ROWS, History, state, state_of_one};

/// Patience left, in a word.
pub(super) fn mood(sign: i8) -> &'static str {
    match sign {
        1 => "patient",
        0 => "restless",
        _ => "near the door",
    }
}

/// The whole screen of one table. `told`: the page says already why they hold.
pub(super) fn screen(desk: &Desk, view: &SeatView, table: &TableView, told: bool, page: &mut Page) {
    let who = desk.words.seat(table.with);
    page.heading(&format!("The table with {who}"));
    page.paragraph(&standing(view, table));
    let history = History::of(
        desk.session.game.history(),
        desk.session.game.facts(view.seat).map(|(_, fact)| fact),
        view.seat,
        table.with,
    );
    if let (Some(because), false) = (&history.because, told) {
        page.paragraph(&format!(
            "{who} holds. {}",
            facts::reason(&desk.words, &view.deals, because)
        ));
    }
    if let Some(barred) = barred(desk, view, table) {
        page.paragraph(&barred);
    }
    if let Some(sheet) = &table.agreed {
        page.paragraph(&format!(
            "Agreed, and signed as soon as the waiver is bought: {}.",
            clauses::sheet(&desk.words, &view.deals, sheet)
        ));
    }
    let advisor = advised(desk, view, table.with);
    let mine = advisor.as_ref().and_then(Advisor::my_sheet);
    let theirs = advisor.as_ref().and_then(Advisor::their_sheet);
    match (mine, theirs) {
        (None, None) if table.mine.asked => {
            page.paragraph(&format!("You asked what {who} wants: no way to a yes has been named."))
        }
        (None, None) => page.paragraph("No terms have been named this quarter."),
        // Clause by clause means little while one side alone has spoken.
        (None, Some(sheet)) if told => {
            let terms = clauses::sheet(&desk.words, &view.deals, &sheet);
            page.paragraph(&format!("{} terms: {terms}.", possessive(who)));
        }
        sheets => clause_rows(desk, view, who, sheets, &history, page),
    }
    standing_notes(table, who, page);
    hearsay::at_table(desk, view, table.with, page);
    routes(desk, view, table, advisor.as_ref(), page);
    if table.theirs.waits_for_answer {
        let handle = desk.words.handle(table.with);
        page.paragraph(&format!("{who} asks what you want: answer {handle} shows it your routes."));
    }
    if let Some(advisor) = &advisor {
        // Why they held is surer than the estimate.
        let would_do = history.because.is_some_and(|because| because.waits);
        if let Some(sheet) = mine {
            let said = if would_do && table.mine.offer == Some(sheet) {
                format!(
                    "{}; {who} is said to find them good enough, once other bids are in.",
                    own_verdict(advisor, &sheet)
                )
            } else {
                verdict(advisor, &sheet, who)
            };
            page.paragraph(&format!("Your terms: {}", lower_first(&said)));
        }
        if let Some(sheet) = theirs {
            page.paragraph(&format!(
                "Their terms: {}.",
                lower_first(&own_verdict(advisor, &sheet))
            ));
        }
        page.note(&format!("worth {} shows this row by row.", desk.words.handle(table.with)));
    }
}

/// A table as it was when it was last shown: what has changed is what a side signs from.
pub(super) fn unchanged(desk: &Desk, view: &SeatView, table: &TableView, page: &mut Page) {
    let who = desk.words.seat(table.with);
    let handle = desk.words.handle(table.with);
    page.paragraph(&format!("The table with {who} stands as it was (table {handle} shows it)."));
    let Some(advisor) = advised(desk, view, table.with) else { return };
    if let Some(sheet) = table.mine.offer {
        page.paragraph(&format!("Your terms: {}", lower_first(&verdict(&advisor, &sheet, who))));
    }
    if let Some(sheet) = table.theirs.offer {
        page.paragraph(&format!("Their terms: {}.", lower_first(&own_verdict(&advisor, &sheet))));
    }
}

/// What keeps a table's two sides from signing anything, as a sentence.
pub(super) fn barred(desk: &Desk, view: &SeatView, table: &TableView) -> Option<String> {
    let id = barred_by(view, table)?;
    let held = view.deals.iter().find(|deal| deal.id == id)?;
    let last = Quarter((held.signed.0 + BARRED_QUARTERS).saturating_sub(1));
    let refusal = Refusal::Covenant { deal: id, clause: Clause::Amount, through: Some(last) };
    Some(refusals::sentence(&desk.words, &view.deals, view.step, &refusal))
}

/// Several tables at once: what each side has named, and what theirs is worth.
pub(super) fn compare(desk: &Desk, view: &SeatView, tables: &[&TableView], page: &mut Page) {
    let rows: Vec<Vec<String>> = tables
        .iter()
        .map(|table| {
            let advisor = advised(desk, view, table.with);
            let terms = |sheet: Option<TermSheet>| {
                sheet.map_or_else(
                    || "none yet".to_owned(),
                    |sheet| clauses::sheet(&desk.words, &view.deals, &sheet),
                )
            };
            let worth = advisor.as_ref().zip(table.theirs.offer).map(|(advisor, sheet)| {
                let value = advisor.brief.appraise(advisor.side(), &sheet).value();
                (numbers::bn_change(value), numbers::bn_change(advisor.bar(advisor.side(), &sheet)))
            });
            let (value, bar) = worth.unwrap_or_else(|| ("–".to_owned(), "–".to_owned()));
            let asked = if table.theirs.waits_for_answer { "; they ask what you want" } else { "" };
            let shown = table.theirs.routes.iter().flatten().count();
            let routes = if shown > 0 {
                format!("; {} shown", numbers::count(shown as u32, "route"))
            } else {
                String::new()
            };
            let who = desk.words.seat(table.with).to_owned();
            let theirs = format!("{}{asked}{routes}", terms(table.theirs.offer));
            vec![who, theirs, value, bar, mood(table.their_mood).to_owned()]
        })
        .collect();
    page.blank();
    page.table(&["table", "their terms", "worth", "sign from", "mood"], &[2, 3], &rows);
    let first = tables.first().map_or_else(String::new, |table| desk.words.handle(table.with));
    let standing: Vec<String> = tables
        .iter()
        .filter_map(|table| {
            let sheet = table.mine.offer?;
            let who = desk.words.seat(table.with);
            Some(format!("{who} {}", clauses::sheet(&desk.words, &view.deals, &sheet)))
        })
        .collect();
    if !standing.is_empty() {
        page.paragraph(&format!(
            "Offers of yours that stand, and that each may accept: {}.",
            standing.join("; ")
        ));
    }
    page.note(&format!(
        "worth: to you; sign from: what you would sign from this round. table {first}, for one, shows it clause by clause."
    ));
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().collect::<String>() + letters.as_str()
    })
}

/// Mood, rounds left, and what is known of the lab's means.
fn standing(view: &SeatView, table: &TableView) -> String {
    let rounds = view.level.talk_rounds;
    let left = match view.step {
        Step::Offers(round) => rounds - round,
        Step::Answers(round) => rounds - round - 1,
        _ => 0,
    };
    let lab = &view.labs[table.lab.index()];
    let left = match left {
        _ if matches!(view.step, Step::Plan | Step::Over) => "the talks are over".to_owned(),
        0 => "the last answers".to_owned(),
        more => format!("{} of offers left", numbers::count(more, "round")),
    };
    let mut parts = vec![format!("Mood: {}", mood(table.their_mood)), left];
    if table.side == Side::Giant {
        parts.push(format!("cash {}", known(lab.cash_bn, numbers::bn)));
        let quarters = |value: f64| numbers::plain((value * 10.0).round() / 10.0);
        parts.push(format!("runway {} quarters", known(lab.runway_quarters, quarters)));
    } else {
        let giant = &view.published.giants[table.giant.index()];
        parts.push(format!("cash {}", numbers::bn(giant.cash_bn)));
    }
    let trust = lab.trust[table.giant.index()];
    parts.push(format!("trust {}", known(trust, |value| share(value).replace(".0%", "%"))));
    format!("{}.", parts.join(" · "))
}

fn clause_rows(
    desk: &Desk,
    view: &SeatView,
    who: &str,
    (mine, theirs): (Option<TermSheet>, Option<TermSheet>),
    history: &History,
    page: &mut Page,
) {
    let both: Vec<TermSheet> = mine.into_iter().chain(theirs).collect();
    let also = Clause::ALL.into_iter().filter(|clause| {
        !FIRST_ROWS.contains(clause) && both.iter().any(|sheet| clauses::used(sheet, *clause))
    });
    let rows: Vec<Vec<String>> = FIRST_ROWS
        .into_iter()
        .chain(also)
        .map(|clause| {
            let cell = |sheet: Option<TermSheet>| {
                sheet.map_or_else(
                    || "–".to_owned(),
                    |sheet| clauses::value(&desk.words, &view.deals, &sheet, clause),
                )
            };
            let (gap, state) = match (mine, theirs) {
                (Some(mine), Some(theirs)) => {
                    (clauses::gap(&mine, &theirs, clause), state(&mine, &theirs, clause, history))
                }
                _ => ("–".to_owned(), state_of_one(clause, history)),
            };
            vec![clauses::name(clause).to_owned(), cell(mine), cell(theirs), gap, state.to_owned()]
        })
        .collect();
    let theirs_head = format!("theirs: {who}");
    page.blank();
    page.table(&["clause", "mine", &theirs_head, "gap", "state"], &[], &rows);
}

/// Which of the sheets shown binds anybody now.
fn standing_notes(table: &TableView, who: &str, page: &mut Page) {
    let lapsed = |side: &str, offer: bool, last: bool| match (offer, last) {
        (false, true) => Some(format!("{side} terms are the last ones named and no longer stand.")),
        _ => None,
    };
    let mine = lapsed("Your", table.mine.offer.is_some(), table.mine.named().is_some());
    let theirs =
        lapsed(&possessive(who), table.theirs.offer.is_some(), table.theirs.named().is_some());
    for note in [mine, theirs].into_iter().flatten() {
        page.note(&note);
    }
}

fn routes(
    desk: &Desk,
    view: &SeatView,
    table: &TableView,
    advisor: Option<&Advisor>,
    page: &mut Page,
) {
    let shown: Vec<TermSheet> = table.theirs.routes.iter().flatten().copied().collect();
    if shown.is_empty() {
        return;
    }
    let who = desk.words.seat(table.with);
    page.paragraph(&format!("{who} would sign any of these, unchanged:"));
    for (number, sheet) in shown.iter().enumerate() {
        let terms = clauses::sheet(&desk.words, &view.deals, sheet);
        let worth = advisor.map(|advisor| format!(" {}.", own_verdict(advisor, sheet)));
        page.bullet(&format!("route {}: {terms}.{}", number + 1, worth.unwrap_or_default()));
    }
}

/// What one or two sheets are worth to either side, row by row.
pub(super) fn worth(
    desk: &Desk,
    view: &SeatView,
    advisor: &Advisor,
    mine: (&str, Option<&TermSheet>),
    theirs: Option<&TermSheet>,
    page: &mut Page,
) {
    let sheets: Vec<(&str, &TermSheet)> = [mine, ("their terms", theirs)]
        .into_iter()
        .filter_map(|(name, sheet)| sheet.map(|sheet| (name, sheet)))
        .collect();
    for (name, sheet) in &sheets {
        let terms = clauses::sheet(&desk.words, &view.deals, sheet);
        page.paragraph(&format!("{}: {terms}.", crate::host::words::refusals::upper_first(name)));
    }
    let them = desk.words.seat(advisor.table.with).to_owned();
    let me = desk.words.seat(view.seat).to_owned();
    let own = format!("to {me}, $bn");
    let estimate = format!("to {them}, $bn, an estimate");
    for (title, side) in [(own, advisor.side()), (estimate, advisor.side().other())] {
        page.blank();
        let mut header = vec![title.as_str()];
        header.extend(sheets.iter().map(|(name, _)| *name));
        let right: Vec<usize> = (1..header.len()).collect();
        page.table(&header, &right, &rows(advisor, side, &sheets));
    }
    page.note("A side signs where the value reaches what it signs from, which falls a little each round. What is marked assumed has no evidence in deals signed so far.");
}

fn rows(advisor: &Advisor, side: Side, sheets: &[(&str, &TermSheet)]) -> Vec<Vec<String>> {
    let appraisals: Vec<_> =
        sheets.iter().map(|(_, sheet)| advisor.brief.appraise(side, sheet)).collect();
    let Some(first) = appraisals.first() else { return Vec::new() };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for (place, (row, _)) in first.rows.iter().enumerate() {
        let values: Vec<f64> = appraisals.iter().map(|appraisal| appraisal.rows[place].1).collect();
        if values.iter().any(|value| value.abs() >= 0.005) {
            rows.push(line(labels::row(*row), &values));
        }
    }
    let values: Vec<f64> = appraisals.iter().map(|appraisal| appraisal.value()).collect();
    rows.push(line("Value", &values));
    let bars: Vec<f64> = sheets.iter().map(|(_, sheet)| advisor.bar(side, sheet)).collect();
    rows.push(line("Signs from, this round", &bars));
    rows
}

fn line(label: &str, values: &[f64]) -> Vec<String> {
    let mut cells = vec![label.to_owned()];
    cells.extend(values.iter().map(|value| numbers::fine_column(*value)));
    cells
}
