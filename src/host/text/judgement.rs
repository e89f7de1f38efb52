//! The end: score, goals, deals, standings.

use std::io;

use crate::host::words::numbers::{bn, bn_change, money, share};
use crate::host::words::{clauses, labels};
use crate::ids::{Role, SeatId};
use crate::sim::deal::{Deal, Staged};
use crate::sim::goals::rules::medal;
use crate::sim::view::SeatView;
use crate::units::Money;

use super::desk::Desk;
use super::page::Page;
use super::{records, report, verdict};

/// The judgement of every person at the desk, then everybody's standing.
pub(super) fn show(desk: &mut Desk) -> io::Result<()> {
    for seat in desk.people.clone() {
        report::last_quarter(desk, seat)?;
        let view = desk.view(seat);
        let mut page = desk.page();
        page.masthead("The judgement");
        let score = view.score.scaled;
        page.headline(&format!(
            "{}: {:.0} points, {}",
            desk.words.seat(seat),
            libm::floor(score),
            labels::medal(medal(score))
        ));
        page.blank();
        records::goal_table(&view, &mut page);
        deals(desk, &view, &mut page);
        verdict::sections(desk, seat, &mut page);
        desk.show(&page)?;
    }
    let mut page = desk.page();
    page.heading("How everybody ended");
    records::standings(desk, &mut page);
    page.note("Scores are on each seat's own scale. Everything after the opening is invented; no firm named here has any part in this game.");
    desk.show(&page)
}

/// What this seat signed, and what it has come to.
fn deals(desk: &Desk, view: &SeatView, page: &mut Page) {
    let own: Vec<&Deal> = view
        .deals
        .iter()
        .filter(|deal| deal.signed.0 > 0 && party(desk, deal, view.seat))
        .collect();
    page.heading("What was signed, and what it came to");
    if own.is_empty() {
        page.paragraph("Nothing was signed.");
    }
    for deal in own {
        let lab = &view.published.labs[deal.lab.index()];
        let fair = lab.fundamental_bn;
        let at_signing = deal.sheet.post_money().bn();
        page.bullet(&format!(
            "{} and {}, {}: {}. Priced at {} after the money; the lab is worth {} now ({}).",
            desk.words.firm(deal.giant),
            desk.words.lab(deal.lab),
            desk.words.quarter(deal.signed),
            clauses::sheet(&desk.words, &view.deals, &deal.sheet),
            bn(at_signing),
            bn(fair),
            bn_change(fair - at_signing)
        ));
    }
    if let Role::Giant(firm) = view.role {
        let rows = stakes(desk, view, firm);
        if !rows.is_empty() {
            page.blank();
            page.table(
                &["stake in", "part", "paid in", "at last price", "at worth"],
                &[1, 2, 3, 4],
                &rows,
            );
        }
    }
}

fn party(desk: &Desk, deal: &Deal, seat: SeatId) -> bool {
    deal.giant.seat() == seat || desk.words.lab_seat(deal.lab) == seat
}

/// A giant's stakes, deals before the game included.
fn stakes(desk: &Desk, view: &SeatView, firm: crate::ids::FirmId) -> Vec<Vec<String>> {
    let labs = view.published.labs.iter().enumerate();
    labs.filter(|(_, lab)| lab.stakes[firm.index()] > 0.0)
        .map(|(place, lab)| {
            let part = lab.stakes[firm.index()];
            let paid: Money = view
                .deals
                .iter()
                .filter(|deal| deal.giant == firm && deal.lab.index() == place)
                .map(paid)
                .sum();
            vec![
                desk.words.lab(crate::ids::LabId(place as u8)).to_owned(),
                share(part),
                money(paid),
                bn(part * lab.last_price_bn),
                bn(part * lab.fundamental_bn),
            ]
        })
        .collect()
}

/// What a deal has cost so far: a tranche that was never paid was never paid.
fn paid(deal: &Deal) -> Money {
    match deal.staged {
        Staged::None | Staged::Paid(_) => deal.sheet.amount(),
        Staged::Waiting | Staged::Lapsed(_) => deal.sheet.first_tranche() + deal.sheet.credits,
    }
}
