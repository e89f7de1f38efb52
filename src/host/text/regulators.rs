//! Regulators: how warm they are, what they look into, what can be given up; and giving it up.

use std::io;

use crate::host::moves::effect_of_loosening;
use crate::host::words::numbers::{count, share};
use crate::host::words::{facts, markets};
use crate::ids::{FirmId, Role, SeatId};
use crate::sim::capital_market::rules::HEAT_DISCOUNT;
use crate::sim::deal::{Clause, Deal, LOOSENABLE};
use crate::sim::decision::Decision;
use crate::sim::regulator::rules::{LOBBYING, LOOSENING, inquiry_chance, remedy_chance};
use crate::sim::setting::Step;
use crate::sim::view::{GiantFigures, SeatView};
use crate::units::Quarter;

use super::desk::Desk;
use super::page::Page;

/// The screen.
pub(super) fn show(desk: &mut Desk, seat: SeatId) -> io::Result<()> {
    let view = desk.view(seat);
    let mut page = desk.page();
    page.heading(&format!("Regulators, end of {}", desk.words.quarter(view.published.quarter)));
    for (place, figures) in view.published.giants.iter().enumerate() {
        page.bullet(&standing(desk, &view, FirmId(place as u8), figures));
    }
    page.paragraph(&format!(
        "Heat goes from 0 to 100%. It rises with stakes, exclusive rights and board seats in labs, and with share of a concentrated cloud market. At full heat a value is {} lower. A point of lobbying takes {:.0} points off, a clause given up {:.0} at once and more later.",
        share(HEAT_DISCOUNT),
        100.0 * LOBBYING,
        100.0 * LOOSENING
    ));
    if let Role::Giant(firm) = view.role {
        own(desk, &view, firm, &mut page);
    }
    desk.show(&page)
}

/// One giant's standing with regulators, in a sentence or two.
fn standing(desk: &Desk, view: &SeatView, firm: FirmId, figures: &GiantFigures) -> String {
    let name = desk.words.firm(firm);
    let heat = share(figures.heat);
    let interoperable = if view.quarter < figures.interoperable_until {
        format!(
            " Its cloud has to be interoperable through {}.",
            desk.words.quarter(Quarter(figures.interoperable_until.0.saturating_sub(1)))
        )
    } else {
        String::new()
    };
    let inquiry = match figures.inquiry {
        Some(inquiry) => format!(
            "under inquiry over {}, since {}, to end in {}",
            markets::subject(&desk.words, inquiry.subject),
            desk.words.quarter(inquiry.opened),
            desk.words.quarter(inquiry.ends)
        ),
        None => format!(
            "no inquiry; the chance of one is {} a quarter",
            share(inquiry_chance(figures.heat))
        ),
    };
    format!("{name}: heat {heat}, {inquiry}.{interoperable}")
}

/// What a giant can do about it.
fn own(desk: &Desk, view: &SeatView, firm: FirmId, page: &mut Page) {
    let figures = &view.published.giants[firm.index()];
    if let Some(inquiry) = figures.inquiry {
        page.paragraph(&format!(
            "The inquiry costs you a point of attention a quarter. As things stand it ends in remedies with a chance of {}; each clause given up meanwhile with that lab lowers it by a fifth. Given up so far: {}.",
            share(remedy_chance(figures.heat, inquiry.loosened)),
            count(inquiry.loosened, "clause")
        ));
    }
    let mut any = false;
    for deal in view.deals.iter().filter(|deal| deal.giant == firm) {
        for clause in LOOSENABLE.into_iter().filter(|&c| deal.can_loosen(c, view.quarter)) {
            any = true;
            page.bullet(&format!(
                "loosen {} {}: gives up {} of {}",
                desk.words.lab(deal.lab).to_lowercase(),
                word(clause),
                markets::given_up(clause),
                facts::deal_name(&desk.words, &view.deals, deal.id)
            ));
        }
    }
    if !any {
        page.paragraph("None of your deals holds a clause that could be loosened now.");
    }
}

/// What a clause is called when it is given up.
fn word(clause: Clause) -> &'static str {
    match clause {
        Clause::Exclusivity => "exclusivity",
        Clause::Access => "access",
        Clause::Board => "board",
        Clause::Consent => "consent",
        Clause::OwnChips => "chips",
        Clause::Licence => "licence",
        _ => "bar",
    }
}

/// `loosen openai exclusivity`.
pub(super) fn loosen(desk: &mut Desk, seat: SeatId, args: &[String]) -> io::Result<()> {
    let view = desk.view(seat);
    if view.step != Step::Plan {
        return desk.say("Clauses are given up in the plan, once the talks are over.");
    }
    let Role::Giant(firm) = view.role else {
        return desk.say("Only the giant that holds a deal can give up a clause of it.");
    };
    let clause = args.get(1).and_then(|typed| {
        LOOSENABLE.into_iter().find(|&clause| {
            let name = word(clause);
            name == typed || (clause == Clause::Board && typed == "director")
        })
    });
    let lab = args.first().and_then(|typed| desk.words.seat_called(typed));
    let (Some(lab), Some(clause)) = (lab, clause) else {
        return desk.say(
            "Say whose deal and what of it: loosen WHO exclusivity, access, board, consent, chips, licence or bar. regulators lists what there is.",
        );
    };
    let held: Vec<&Deal> = view
        .deals
        .iter()
        .filter(|deal| deal.giant == firm && desk.words.lab_seat(deal.lab) == lab)
        .collect();
    let found = held.iter().find(|deal| deal.can_loosen(clause, view.quarter)).or(held.last());
    let Some(deal) = found else {
        return desk.say("You hold no deal with them.");
    };
    let effect = effect_of_loosening(&view, firm, deal, clause);
    let named = facts::deal_name(&desk.words, &view.deals, deal.id);
    if desk.decide(seat, Decision::Loosen { deal: deal.id, clause })? {
        desk.say(&format!(
            "At the close you give up {} of {named}. {effect}",
            markets::given_up(clause)
        ))?;
    }
    Ok(())
}
