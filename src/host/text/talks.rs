//! Talks: what is on the tables, and the moves made at them.

use std::io;

use crate::host::words::{clauses, facts, labels};
use crate::ids::SeatId;
use crate::sim::deal::TermSheet;
use crate::sim::decision::{Because, Choice, Decision, Routes};
use crate::sim::negotiation::Side;
use crate::sim::setting::Step;
use crate::sim::view::{SeatView, TableView};
use crate::units::Quarter;

use super::command::{Verb, name_of};
use super::desk::Desk;
use super::page::Page;
use super::{hearsay, process, table, terms, waivers};
use crate::host::advice::{Advisor, barred_by};

/// The opening page of a step of talks: news of the last step, the open tables, what to do.
pub(super) fn open(desk: &mut Desk, seat: SeatId) -> io::Result<()> {
    let view = desk.view(seat);
    let mut page = desk.page();
    let step = labels::step(view.step, view.level.talk_rounds);
    page.heading(&format!(
        "{} · {step} · {}",
        desk.words.quarter(view.quarter),
        desk.words.seat(seat)
    ));
    process::notes(desk, &view, &mut page);
    let open: Vec<&TableView> = view.tables.iter().filter(|table| table.open).collect();
    let many = open.len() > 2;
    let heard = news(desk, &view, many, &mut page);
    if many {
        table::compare(desk, &view, &open, &mut page);
    } else {
        for table in &open {
            if !heard && as_shown(desk.notes(seat).shown.as_ref(), &view, table) {
                table::unchanged(desk, &view, table, &mut page);
            } else {
                table::screen(desk, &view, table, true, &mut page);
            }
        }
    }
    desk.notes(seat).shown = Some((view.quarter, view.tables.clone()));
    if open.is_empty() {
        nobody_at_a_table(desk, &view, &mut page);
    }
    waivers::lines(desk, &view, &mut page);
    what_next(desk, &view, &mut page);
    desk.show(&page)
}

/// What this seat has learnt since it last looked, in this quarter's talks; `but_offers`: the page
/// shows the offers themselves. Says whether there was any.
pub(super) fn news(desk: &mut Desk, view: &SeatView, but_offers: bool, page: &mut Page) -> bool {
    let unread = desk.unread(view, but_offers);
    for sentence in &unread {
        page.bullet(sentence);
    }
    !unread.is_empty()
}

/// Whether the last screen of this quarter's talks showed a table just as it is.
fn as_shown(shown: Option<&(Quarter, Vec<TableView>)>, view: &SeatView, table: &TableView) -> bool {
    let before = shown
        .filter(|(quarter, _)| *quarter == view.quarter)
        .and_then(|(_, tables)| tables.iter().find(|before| before.with == table.with));
    before.is_some_and(|before| {
        let state = |table: &TableView| {
            let (mine, theirs) = (&table.mine, &table.theirs);
            let named = (mine.offer, theirs.offer, theirs.routes, table.agreed);
            (named, table.open, theirs.waits_for_answer, table.their_mood)
        };
        state(before) == state(table)
    })
}

fn nobody_at_a_table(desk: &Desk, view: &SeatView, page: &mut Page) {
    page.paragraph("You have nothing on any table.");
    let lines: Vec<Vec<String>> =
        view.tables.iter().map(|table| summary(desk, view, table)).collect();
    page.table(&["who", "type", "state", "mood"], &[], &lines);
    for table in &view.tables {
        let Some(id) = barred_by(view, table).filter(|_| matches!(view.step, Step::Offers(_)))
        else {
            continue;
        };
        let Some(deal) = view.deals.iter().find(|deal| deal.id == id) else { continue };
        if table.side == Side::Giant {
            let holder = deal.giant.seat();
            page.note(&format!(
                "{} could let you through to {}, for a fee: offer {} with your terms and the word subject, and waiver {} deal {} with the fee.",
                desk.words.seat(holder),
                desk.words.seat(table.with),
                desk.words.handle(table.with),
                desk.words.handle(holder),
                id.0
            ));
        }
    }
}

/// One line on a table.
fn summary(desk: &Desk, view: &SeatView, table: &TableView) -> Vec<String> {
    let state = if barred_by(view, table).is_some() {
        "barred by a rival's deal".to_owned()
    } else if table.closed_until > view.quarter {
        format!("closed until {}", desk.words.quarter(table.closed_until))
    } else if table.open {
        "open".to_owned()
    } else {
        "free to open".to_owned()
    };
    let who = desk.words.seat(table.with).to_owned();
    vec![who, desk.words.handle(table.with), state, table::mood(table.their_mood).to_owned()]
}

fn what_next(desk: &Desk, view: &SeatView, page: &mut Page) {
    page.blank();
    let example = view
        .tables
        .iter()
        .find(|table| table.closed_until <= view.quarter && barred_by(view, table).is_none());
    let who = example.map_or_else(|| "who".to_owned(), |table| desk.words.handle(table.with));
    let attention = format!(" {}", hearsay::attention(view));
    if process::waits_for_bids(view) {
        page.note("Giants hand in sealed bids now; you see them in the last answers. process private calls the competition off; done waits for the bids.");
        return;
    }
    page.note(&match view.step {
        Step::Offers(0) => format!(
            "To open talks: suggest {who}, ask {who}, or offer {who} and your terms (help offer). done sends what you decided; pass goes straight to the plan.{attention}"
        ),
        Step::Offers(_) => {
            format!("offer, change, counter or ask; then done. pass leaves the talks.{attention}")
        }
        _ => "accept, hold, answer or walk; then done. Saying nothing lets their terms stand unanswered.".to_owned(),
    });
}

/// The table a command's first word names; says what is wrong otherwise.
pub(super) fn named<'v>(
    desk: &mut Desk,
    view: &'v SeatView,
    verb: Verb,
    args: &[String],
) -> io::Result<Option<&'v TableView>> {
    let Some(word) = args.first() else {
        let open: Vec<&TableView> = view.tables.iter().filter(|table| table.open).collect();
        if let ([only], true) = (&open[..], verb != Verb::Offer) {
            return Ok(Some(only));
        }
        let handles: Vec<String> =
            view.tables.iter().map(|table| desk.words.handle(table.with)).collect();
        let text = format!("With whom? {} and one of {}.", name_of(verb), handles.join(", "));
        desk.say(&text)?;
        return Ok(None);
    };
    let Some(seat) = desk.words.seat_called(word) else {
        let text = unknown_seat(desk, view, word);
        desk.say(&text)?;
        return Ok(None);
    };
    match view.table_with(seat) {
        Some(table) => Ok(Some(table)),
        None if seat == view.seat => {
            desk.say("That is you: name the other side of the table.")?;
            Ok(None)
        }
        None => {
            desk.say("A table joins a giant and a lab: these two cannot sit at one.")?;
            Ok(None)
        }
    }
}

fn unknown_seat(desk: &Desk, view: &SeatView, word: &str) -> String {
    let handles: Vec<String> =
        view.tables.iter().map(|table| desk.words.handle(table.with)).collect();
    let meant = crate::host::words::nearest(word, handles.iter().map(String::as_str));
    let meant =
        meant.map(|handle| format!(": did you mean {handle}?")).unwrap_or_else(|| ".".to_owned());
    format!("Nobody here is called \"{word}\"{meant} You can talk to {}.", handles.join(", "))
}

pub(super) fn ask(desk: &mut Desk, seat: SeatId, args: &[String]) -> io::Result<()> {
    let view = desk.view(seat);
    let Some(table) = named(desk, &view, Verb::Ask, args)? else { return Ok(()) };
    if desk.decide(seat, Decision::Ask { of: table.with })? {
        let who = desk.words.seat(table.with).to_owned();
        desk.say(&format!("You will ask {who} what it wants, in place of an offer this round."))?;
    }
    Ok(())
}

pub(super) fn accept(desk: &mut Desk, seat: SeatId, args: &[String]) -> io::Result<()> {
    let view = desk.view(seat);
    let Some(table) = named(desk, &view, Verb::Accept, args)? else { return Ok(()) };
    let choice = match args.get(1..).unwrap_or_default() {
        [] if table.theirs.offer.is_none() && table.theirs.routes[0].is_some() => {
            return desk.say("They have shown routes and no offer: accept WHO route 1, 2 or 3.");
        }
        [] => Choice::Offer,
        [word, number] if word == "route" => match number.parse::<u8>() {
            Ok(number @ 1..=3) => Choice::Route(number - 1),
            _ => return desk.say("Routes are numbered 1 to 3: accept WHO route 2."),
        },
        _ => {
            return desk
                .say("accept WHO signs their offer, accept WHO route 2 one of their routes.");
        }
    };
    let sheet = table.theirs.sheet(choice);
    if desk.decide(seat, Decision::Accept { from: table.with, choice })?
        && let Some(sheet) = sheet
    {
        let who = desk.words.seat(table.with).to_owned();
        let signs = if sheet.subject_to.is_some() { "agree in principle" } else { "sign" };
        let text = format!(
            "You {signs} with {who}, on done: {}.",
            clauses::sheet(&desk.words, &view.deals, &sheet)
        );
        desk.say(&text)?;
        if let Some(own) = table.mine.offer.filter(|own| *own != sheet) {
            let (mine, theirs) = (table.mine.offered_in, table.theirs.offered_in);
            let own_binds = mine < theirs || mine == theirs && table.side == Side::Lab;
            let binds = if own_binds { "yours" } else { "theirs" };
            desk.say(&format!(
                "Your own offer stands too, {}: should {who} accept it in these same answers, {binds} binds.",
                clauses::sheet(&desk.words, &view.deals, &own)
            ))?;
        }
    }
    Ok(())
}

pub(super) fn hold(desk: &mut Desk, seat: SeatId, args: &[String]) -> io::Result<()> {
    let view = desk.view(seat);
    let Some(table) = named(desk, &view, Verb::Hold, args)? else { return Ok(()) };
    let Some(advisor) = Advisor::new(&view, table.with) else { return Ok(()) };
    let theirs = table.theirs.offer.or(table.theirs.routes[0]);
    if theirs.is_none() && matches!(view.step, Step::Answers(_)) {
        let who = desk.words.seat(table.with).to_owned();
        return desk.say(&format!("{who} has named no terms: there is nothing to hold."));
    }
    let mut because = theirs.map(|sheet| advisor.because(&sheet)).unwrap_or_default();
    if let Some(word) = args
        .get(1..)
        .and_then(|rest| rest.iter().find(|word| *word != "because" && *word != "over"))
    {
        match clause_called(word) {
            Some(clause) => because.worst = Some(clause),
            None => {
                return desk.say(&format!(
                    "I do not know the clause \"{word}\": amount, price, tranche, board, exclusivity, compute, access or bar."
                ));
            }
        }
    }
    held(desk, &view, table, because)
}

fn held(desk: &mut Desk, view: &SeatView, table: &TableView, because: Because) -> io::Result<()> {
    if desk.decide(view.seat, Decision::Hold { from: table.with, because })? {
        let who = desk.words.seat(table.with).to_owned();
        let why = facts::reason(&desk.words, &view.deals, &because);
        desk.say(&format!("You hold with {who}. What they will read: {why}"))?;
    }
    Ok(())
}

fn clause_called(word: &str) -> Option<crate::sim::deal::Clause> {
    use crate::sim::deal::Clause;
    Some(match word {
        "amount" | "cash" => Clause::Amount,
        "price" | "pre-money" | "valuation" => Clause::PreMoney,
        "tranche" => Clause::Tranche,
        "board" => Clause::Board,
        "exclusivity" => Clause::Exclusivity,
        "compute" | "commitment" => Clause::Commitment,
        "access" => Clause::Access,
        "bar" => Clause::Barred,
        _ => return None,
    })
}

/// `answer WHO`, or `answer WHO terms / terms / terms`.
pub(super) fn answer(desk: &mut Desk, seat: SeatId, args: &[String]) -> io::Result<()> {
    let view = desk.view(seat);
    let Some(table) = named(desk, &view, Verb::Answer, args)? else { return Ok(()) };
    let typed = args.get(1..).unwrap_or_default();
    let routes = match own_routes(desk, typed) {
        Ok(Some(routes)) => routes,
        Ok(None) => match Advisor::new(&view, table.with) {
            Some(advisor) => advisor.routes(),
            None => return Ok(()),
        },
        Err(sentence) => return desk.say(&sentence),
    };
    if routes[0].is_none() {
        return desk.say(
            "The advisor finds no terms you would sign with them now: name your own, or hold.",
        );
    }
    if desk.decide(seat, Decision::Propose { to: table.with, routes })? {
        let mut page = desk.page();
        page.paragraph(&format!("To {}, on done:", desk.words.seat(table.with)));
        for (number, sheet) in routes.iter().flatten().enumerate() {
            let terms = clauses::sheet(&desk.words, &view.deals, sheet);
            page.bullet(&format!("route {}: {terms}", number + 1));
        }
        desk.show(&page)?;
    }
    Ok(())
}

fn own_routes(desk: &Desk, typed: &[String]) -> Result<Option<Routes>, String> {
    if typed.is_empty() {
        return Ok(None);
    }
    let mut routes: Routes = [None; 3];
    for (number, part) in typed.split(|word| word == "/" || word == "|").enumerate() {
        let place = routes.get_mut(number).ok_or("Three routes are the most there are.")?;
        *place = Some(terms::edit(&desk.words, TermSheet::default(), part)?);
    }
    Ok(Some(routes))
}

pub(super) fn walk(desk: &mut Desk, seat: SeatId, args: &[String]) -> io::Result<()> {
    let view = desk.view(seat);
    let Some(table) = named(desk, &view, Verb::Walk, args)? else { return Ok(()) };
    if desk.decide(seat, Decision::WalkAway { from: table.with })? {
        let who = desk.words.seat(table.with).to_owned();
        let trust = if table.side == Side::Giant { ", and some trust goes with it" } else { "" };
        desk.say(&format!(
            "You leave the table with {who}, on done. It stays shut for two quarters{trust}."
        ))?;
    }
    Ok(())
}

/// `table` of everybody, or of one.
pub(super) fn show(desk: &mut Desk, seat: SeatId, args: &[String]) -> io::Result<()> {
    let view = desk.view(seat);
    let mut page = desk.page();
    if args.is_empty() {
        let open: Vec<&TableView> = view.tables.iter().filter(|table| table.open).collect();
        for table in &open {
            table::screen(desk, &view, table, false, &mut page);
        }
        if open.is_empty() {
            nobody_at_a_table(desk, &view, &mut page);
        }
        return desk.show(&page);
    }
    let Some(table) = named(desk, &view, Verb::Table, args)? else { return Ok(()) };
    table::screen(desk, &view, table, false, &mut page);
    desk.show(&page)
}
