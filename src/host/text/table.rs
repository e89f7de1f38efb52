//! One table on the screen: clause by clause, and what it is worth.

use crate::host::words::numbers::{known, share};
use crate::host::words::{clauses, facts, labels, numbers};
use crate::ids::SeatId;
use crate::sim::deal::{Clause, TermSheet};
use crate::sim::decision::Because;
use crate::sim::fact::Fact;
use crate::sim::negotiation::Side;
use crate::sim::setting::Step;
use crate::sim::view::{SeatView, TableView};

use super::advice::Advisor;
use super::desk::Desk;
use super::page::Page;
use super::talks::verdict;

/// The rows a table opens with.
const FIRST_ROWS: [Clause; 5] =
    [Clause::Amount, Clause::PreMoney, Clause::Access, Clause::Board, Clause::Tranche];

/// Patience left, in a word.
pub(super) fn mood(sign: i8) -> &'static str {
    match sign {
        1 => "patient",
        0 => "restless",
        _ => "near the door",
    }
}

/// The whole screen of one table.
pub(super) fn screen(desk: &Desk, view: &SeatView, table: &TableView, page: &mut Page) {
    let who = desk.words.seat(table.with);
    page.heading(&format!("The table with {who}"));
    page.paragraph(&standing(view, table));
    let history = History::of(desk, view, table.with);
    if let Some(because) = &history.because {
        page.paragraph(&format!(
            "{who} holds. {}",
            facts::reason(&desk.words, &view.deals, because)
        ));
    }
    let advisor = Advisor::new(view, table.with);
    let mine = advisor.as_ref().and_then(Advisor::my_sheet);
    let theirs = advisor.as_ref().and_then(Advisor::their_sheet);
    if mine.is_some() || theirs.is_some() {
        clause_rows(desk, view, who, (mine, theirs), &history, page);
        standing_notes(table, who, page);
    } else {
        page.paragraph("No terms have been named yet.");
    }
    routes(desk, view, table, advisor.as_ref(), page);
    if table.theirs.waits_for_answer {
        let handle = desk.words.handle(table.with);
        page.paragraph(&format!("{who} asks what you want: answer {handle} shows it your routes."));
    }
    if let Some(advisor) = &advisor {
        for (label, sheet) in [("Your terms", mine), ("Their terms", theirs)] {
            if let Some(sheet) = sheet {
                page.paragraph(&format!(
                    "{label}: {}",
                    lower_first(&verdict(advisor, &sheet, who))
                ));
            }
        }
        page.note(&format!("worth {} shows this row by row.", desk.words.handle(table.with)));
    }
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

/// What this table has seen: their earlier terms, and why they last held.
struct History {
    their_offers: Vec<TermSheet>,
    because: Option<Because>,
}

impl History {
    fn of(desk: &Desk, view: &SeatView, with: SeatId) -> History {
        let mut history = History { their_offers: Vec::new(), because: None };
        let closed = desk.session.game.history().iter().flat_map(|closed| closed.facts.iter());
        let present = desk.session.game.facts(view.seat).map(|(_, fact)| fact);
        for fact in closed {
            history.note(fact, view.seat, with);
        }
        // Why they held is of this quarter or it is old news.
        history.because = None;
        for fact in present {
            history.note(fact, view.seat, with);
        }
        history
    }

    fn note(&mut self, fact: &Fact, me: SeatId, with: SeatId) {
        match fact {
            Fact::OfferMade { from, to, sheet } if *from == with && *to == me => {
                self.their_offers.push(*sheet);
                self.because = None;
            }
            Fact::Held { by, from, because } if *by == with && *from == me => {
                self.because = Some(*because);
            }
            Fact::OfferMade { from, to, .. } if *from == me && *to == with => {
                self.because = None;
            }
            _ => {}
        }
    }

    /// Whether they have repeated a clause in their last two offers.
    fn firm(&self, clause: Clause) -> bool {
        match self.their_offers[..] {
            [.., before, last] => clauses::agree(&before, &last, clause),
            _ => false,
        }
    }
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

fn state(mine: &TermSheet, theirs: &TermSheet, clause: Clause, history: &History) -> &'static str {
    if clauses::agree(mine, theirs, clause) {
        "agreed"
    } else if history.because.is_some_and(|because| because.worst == Some(clause)) {
        "sticking"
    } else if history.firm(clause) {
        "firm"
    } else {
        "open"
    }
}

fn state_of_one(clause: Clause, history: &History) -> &'static str {
    match history.because {
        Some(because) if because.worst == Some(clause) => "sticking",
        _ => "open",
    }
}

/// Which of the sheets shown binds anybody now.
fn standing_notes(table: &TableView, who: &str, page: &mut Page) {
    let lapsed = |side: &str, offer: bool, last: bool| match (offer, last) {
        (false, true) => Some(format!("{side} terms are the last ones named and no longer stand.")),
        _ => None,
    };
    let mine = lapsed("Your", table.mine.offer.is_some(), table.mine.last_offer.is_some());
    let theirs = lapsed(
        &format!("{who}'s"),
        table.theirs.offer.is_some(),
        table.theirs.last_offer.is_some(),
    );
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
        let worth = advisor.map(|advisor| {
            let value = advisor.brief.appraise(advisor.side(), sheet).value();
            let bar = advisor.bar(advisor.side(), sheet);
            format!(" Worth {} to you; bar {}.", numbers::bn_change(value), numbers::bn_change(bar))
        });
        page.bullet(&format!("route {}: {terms}.{}", number + 1, worth.unwrap_or_default()));
    }
}

/// What one or two sheets are worth to either side, row by row.
pub(super) fn worth(
    desk: &Desk,
    view: &SeatView,
    advisor: &Advisor,
    mine: Option<&TermSheet>,
    theirs: Option<&TermSheet>,
    page: &mut Page,
) {
    let sheets: Vec<(&str, &TermSheet)> = [("your terms", mine), ("their terms", theirs)]
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
    page.note("A side signs when the value reaches its bar. What is marked assumed has no evidence in deals signed so far.");
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
    rows.push(line("Bar this round", &bars));
    rows
}

fn line(label: &str, values: &[f64]) -> Vec<String> {
    let mut cells = vec![label.to_owned()];
    cells.extend(values.iter().map(|value| numbers::fine_column(*value)));
    cells
}
