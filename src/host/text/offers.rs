//! Offers: drafting, trying out and suggesting terms.

use std::io;

use crate::host::dealings::History;
use crate::host::words::{Words, clauses, numbers};
use crate::ids::SeatId;
use crate::sim::deal::TermSheet;
use crate::sim::deal::appraise::round_to;
use crate::sim::decision::Decision;
use crate::sim::negotiation::Side;
use crate::sim::view::{SeatView, TableView};

use crate::host::advice::{Advisor, Reply, barred_by};
use crate::host::moves::renegotiated;

use super::command::Verb;
use super::desk::Desk;
use super::talks::named;
use super::{table, terms, waivers};

/// `offer`, `change` and `counter`.
pub(super) fn offer(desk: &mut Desk, seat: SeatId, verb: Verb, args: &[String]) -> io::Result<()> {
    let view = desk.view(seat);
    let Some(table) = named(desk, &view, verb, args)? else { return Ok(()) };
    let typed = args.get(1..).unwrap_or_default();
    let (typed, subject) = waivers::without_subject(&desk.words, typed);
    let drafted = drafted(desk, &view, table, verb, &typed)
        .and_then(|sheet| if subject { waivers::subject(&view, table, sheet) } else { Ok(sheet) });
    match drafted {
        Ok(sheet) => {
            let decision = Decision::Offer { to: table.with, sheet };
            if desk.decide(seat, decision)? {
                offered(desk, seat, table.with, &sheet)?;
            }
            Ok(())
        }
        Err(sentence) => desk.say(&sentence),
    }
}

/// The sheet a command means: a new one, or mine or theirs with edits.
fn drafted(
    desk: &Desk,
    view: &SeatView,
    table: &TableView,
    verb: Verb,
    typed: &[String],
) -> Result<TermSheet, String> {
    let who = desk.words.seat(table.with);
    let handle = desk.words.handle(table.with);
    let Some(advisor) = advised(desk, view, table.with) else { return Err(String::new()) };
    if verb == Verb::Offer {
        if matches!(typed, [word] if word.starts_with("sugg")) {
            let found = advisor.suggest().filter(|found| {
                found.mine_bn >= 0.0 && advisor.reply(&found.sheet) != Reply::NotSelling
            });
            return found.map(|found| found.sheet).ok_or_else(|| {
                format!("The advisor has no terms with {who} to offer; suggest {handle} says why.")
            });
        }
        let sheet = terms::edit(&desk.words, TermSheet::default(), typed)?;
        return match (sheet.amount().is_positive(), sheet.pre_money.is_positive()) {
            (true, true) => Ok(sheet),
            (false, _) => {
                Err(format!("An offer needs an amount: offer {handle} 10 at 100, in $bn."))
            }
            (true, false) => Err(format!(
                "An offer needs a price: at and the lab's worth before the money, such as offer {handle} {} at 100.",
                numbers::plain(sheet.cash.bn())
            )),
        };
    }
    if verb == Verb::Renegotiate {
        let base = renegotiated(&advisor).ok_or_else(|| {
            format!("Nothing with {who} is in force that could be renegotiated: promises lists what binds.")
        })?;
        let sheet = terms::edit(&desk.words, base, typed)?;
        return if sheet == base {
            Err(format!(
                "These are the terms in force: name what changes, such as renegotiate {handle} no exclusivity release 0.5."
            ))
        } else {
            Ok(sheet)
        };
    }
    let (base, typed) = match (verb, typed) {
        (Verb::Counter, [word, number, rest @ ..]) if word == "route" => {
            (route(table, number), rest)
        }
        (Verb::Counter, typed) => (advisor.their_sheet().or(table.theirs.routes[0]), typed),
        (_, typed) => {
            // A past quarter's terms are gone from the table, and still something to start from.
            let past = table.mine.last_offer.or(table.theirs.last_offer);
            let named = advisor.my_sheet().or(advisor.their_sheet());
            (pending(view, table).or(named).or(past), typed)
        }
    };
    let base = base.ok_or_else(|| match verb {
        Verb::Counter => format!("{who} has shown no terms to counter; make an offer of your own."),
        _ => format!("There are no terms with {who} to change yet; begin with offer {handle}."),
    })?;
    terms::edit(&desk.words, base, typed)
}

/// An offer decided in this step and not yet sent.
pub(super) fn pending(view: &SeatView, table: &TableView) -> Option<TermSheet> {
    view.decided.iter().find_map(|decision| match decision {
        Decision::Offer { to, sheet } if *to == table.with => Some(*sheet),
        _ => None,
    })
}

pub(super) fn route(table: &TableView, number: &str) -> Option<TermSheet> {
    let number: usize = number.parse().ok()?;
    table.theirs.routes.get(number.checked_sub(1)?).copied().flatten()
}

/// Terms that are tried out: with a sum and a price, what offer would put on the table with the same
/// words; else the terms there are, with these changed. None where neither is a whole sheet.
pub(super) fn tried(
    words: &Words,
    base: Option<TermSheet>,
    typed: &[String],
) -> Result<Option<TermSheet>, String> {
    let whole = |sheet: &TermSheet| {
        sheet.replaces.is_some() || sheet.amount().is_positive() && sheet.pre_money.is_positive()
    };
    let fresh = terms::edit(words, TermSheet::default(), typed)?;
    if whole(&fresh) {
        return Ok(Some(fresh));
    }
    let changed = terms::edit(words, base.unwrap_or_default(), typed)?;
    Ok(Some(changed).filter(whole))
}

/// The advisor at one table, with what they said of the terms there.
pub(super) fn advised<'v>(desk: &Desk, view: &'v SeatView, with: SeatId) -> Option<Advisor<'v>> {
    let present = desk.session.game.facts(view.seat).map(|(_, fact)| fact);
    let history = History::of(desk.session.game.history(), present, view.seat, with);
    Some(Advisor::new(view, with)?.heard(&history))
}

/// Confirms an offer, with what it is worth to either side.
fn offered(desk: &mut Desk, seat: SeatId, with: SeatId, sheet: &TermSheet) -> io::Result<()> {
    let view = desk.view(seat);
    let mut page = desk.page();
    let who = desk.words.seat(with).to_owned();
    page.paragraph(&format!(
        "To {who}, on done: {}.",
        clauses::sheet(&desk.words, &view.deals, sheet)
    ));
    if let Some(advisor) = advised(desk, &view, with) {
        page.paragraph(&verdict(&advisor, sheet, &who));
    }
    let waited = sheet.subject_to.and_then(|id| view.deals.iter().find(|deal| deal.id == id));
    if let Some(deal) = waited.filter(|deal| deal.giant.seat() != seat && with != deal.giant.seat())
    {
        let holder = deal.giant.seat();
        let talks = view.waivers.iter().any(|talk| talk.deal == deal.id && !talk.over);
        let named = view.decided.iter().any(
            |decision| matches!(decision, Decision::Waiver { deal: named, .. } if *named == deal.id),
        );
        if view.seat.index() < view.giants() && !talks && !named {
            page.paragraph(&format!(
                "Nothing is signed before {} waives: waiver {} deal {} and a fee in $bn asks for it.",
                desk.words.seat(holder),
                desk.words.handle(holder),
                deal.id.0
            ));
        }
    }
    desk.show(&page)
}

/// What a sheet is worth to me, and whether they would sign it.
pub(super) fn verdict(advisor: &Advisor, sheet: &TermSheet, who: &str) -> String {
    let own = own_verdict(advisor, sheet);
    let other = match advisor.reply(sheet) {
        Reply::Signs => format!("on the estimate {who} would sign it"),
        Reply::Waits => format!(
            "on the estimate the terms would do for {who}, which may wait for other bids until the last answers"
        ),
        Reply::NotSelling => {
            format!("on the estimate {who} has money enough for now and is not selling")
        }
        Reply::Short(by) => format!("on the estimate it is {} short for {who}", numbers::bn(by)),
    };
    format!("{own}; {other}.")
}

/// What a sheet is worth to me, and where I would sign it.
pub(super) fn own_verdict(advisor: &Advisor, sheet: &TermSheet) -> String {
    let me = advisor.side();
    format!(
        "Worth {} to you, who would sign from {} this round",
        numbers::bn_change(advisor.brief.appraise(me, sheet).value()),
        numbers::bn_change(advisor.bar(me, sheet))
    )
}

/// `worth WHO`, or `worth WHO terms` to try a change.
pub(super) fn worth(desk: &mut Desk, seat: SeatId, args: &[String]) -> io::Result<()> {
    let view = desk.view(seat);
    let Some(table) = named(desk, &view, Verb::Worth, args)? else { return Ok(()) };
    let Some(advisor) = advised(desk, &view, table.with) else { return Ok(()) };
    let typed = args.get(1..).unwrap_or_default();
    let base = pending(&view, table).or(advisor.my_sheet()).or(advisor.their_sheet());
    let mine = match typed {
        [] => base.or(Some(advisor.brief.reference.sheet)),
        typed => match tried(&desk.words, base, typed) {
            Ok(Some(sheet)) => Some(sheet),
            Ok(None) => return desk.say("A sheet needs an amount and a price before it is worth anything: worth WHO 10 at 100."),
            Err(sentence) => return desk.say(&sentence),
        },
    };
    let mut page = desk.page();
    if typed.is_empty() && base.is_none() {
        page.note(
            "No terms are on the table; these are the usual ones for such a lab, for measure.",
        );
    }
    let theirs = if typed.is_empty() { table.theirs.offer } else { None };
    let name = if typed.is_empty() && base.is_none() { "usual terms" } else { "your terms" };
    table::worth(desk, &view, &advisor, (name, mine.as_ref()), theirs.as_ref(), &mut page);
    desk.show(&page)
}

pub(super) fn suggest(desk: &mut Desk, seat: SeatId, args: &[String]) -> io::Result<()> {
    let view = desk.view(seat);
    let Some(table) = named(desk, &view, Verb::Suggest, args)? else { return Ok(()) };
    let Some(advisor) = advised(desk, &view, table.with) else { return Ok(()) };
    let (who, handle) = (desk.words.seat(table.with).to_owned(), desk.words.handle(table.with));
    if let (Some(id), true) = (barred_by(&view, table), advisor.side() == Side::Giant) {
        let holder = view.deals.iter().find(|deal| deal.id == id).map(|deal| deal.giant.seat());
        let holder = holder.map_or("its holder", |holder| desk.words.seat(holder)).to_owned();
        return desk.say(&format!(
            "A deal of {holder} keeps your money from {who}: add the word subject to an offer, and buy a waiver (help waiver)."
        ));
    }
    let Some(found) = advisor.suggest() else {
        return desk.say(&format!(
            "The advisor finds nothing to offer {who}: what is in force, or the cash at hand, forbids it."
        ));
    };
    let mut page = desk.page();
    let reply = advisor.reply(&found.sheet);
    if reply == Reply::NotSelling {
        return desk.say(&format!(
            "On the estimate {who} has money enough for now and sells no more of itself: no offer of money would do. investigate {handle} makes the estimate sharper; renegotiate {handle} changes terms in force."
        ));
    }
    if table.theirs.offer == Some(found.sheet) {
        page.paragraph(&format!("The advisor would take what {who} offers as it stands:"));
        page.example(&format!("accept {handle}"));
        page.paragraph(&format!("{}.", own_verdict(&advisor, &found.sheet)));
        return desk.show(&page);
    }
    page.paragraph(&match reply {
        Reply::Signs if found.mine_bn >= 0.0 => {
            format!("On the estimate, both you and {who} would sign this in the present round:")
        }
        Reply::Waits if found.mine_bn >= 0.0 => format!(
            "On the estimate these would do for both of you in the last answers; until then {who} may wait for other bids:"
        ),
        _ => "The advisor finds no terms near these that both would sign in this round; this comes nearest:".to_owned(),
    });
    page.example(&format!("offer {handle} {}", clauses::typed(&desk.words, &found.sheet)));
    page.paragraph(&verdict(&advisor, &found.sheet, &who));
    let later = advisor.last_price(&found.sheet).filter(|price| *price < found.sheet.pre_money);
    if let (Some(price), true) = (later, matches!(reply, Reply::Signs)) {
        page.paragraph(&format!(
            "In the last answers {} would do, on the estimate, if nobody else has signed by then.",
            numbers::money(round_to(price.bn(), 3))
        ));
    }
    page.note(&format!(
        "offer {handle} suggestion puts it on the table; worth {handle} shows the rows."
    ));
    desk.show(&page)
}
