//! Moves beside the draft, as far as they are the same at the terminal and in the window: waivers, terms
//! in force, a lab's process, what giving something up or ending it comes to.

use crate::host::words::{Words, clauses, facts, numbers};
use crate::ids::{CardId, DealId, FirmId, Role, SeatId};
use crate::sim::capital_market::rules::HEAT_DISCOUNT;
use crate::sim::deal::appraise::round_to;
use crate::sim::deal::brief::{Brief, FULL_OUTLOOK};
use crate::sim::deal::promise::{FREE_TO_END, PromiseState, settlement};
use crate::sim::deal::{Clause, Deal, TermSheet, conflict, waiver};
use crate::sim::decision::Decision;
use crate::sim::happenings::{Cast, Player, cast_around};
use crate::sim::negotiation::{WaiverSide, WaiverTalk};
use crate::sim::process::{Convening, Procedure};
use crate::sim::regulator::rules::{LOOSENING, holding_heat};
use crate::sim::setting::Step;
use crate::sim::view::{SeatView, TableView};

use super::advice::Advisor;

/// One covenant that one of two giants could waive for the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct WaiverMatter {
    pub(crate) deal: DealId,
    pub(crate) buyer: FirmId,
}

impl WaiverMatter {
    pub(crate) fn lab_seat(&self, view: &SeatView) -> Option<SeatId> {
        let deal = view.deals.iter().find(|deal| deal.id == self.deal)?;
        Some(deal.lab.seat(view.giants()))
    }

    /// The talks over it, if somebody has opened them this quarter.
    pub(crate) fn talk<'v>(&self, view: &'v SeatView) -> Option<&'v WaiverTalk> {
        view.waivers.iter().find(|talk| (talk.deal, talk.buyer) == (self.deal, self.buyer))
    }
}

/// All covenants between two giants, those under discussion first.
pub(crate) fn waiver_matters(view: &SeatView, me: FirmId, other: FirmId) -> Vec<WaiverMatter> {
    let stops = |deal: &Deal, holder: FirmId, buyer: FirmId| {
        deal.giant == holder && deal.can_stop(buyer.seat(), view.quarter)
    };
    let mut found: Vec<WaiverMatter> = view
        .deals
        .iter()
        .filter_map(|deal| {
            // A holder answers; it does not open.
            let asked = view.waivers.iter().any(|talk| (talk.deal, talk.buyer) == (deal.id, other));
            let buyer = if stops(deal, other, me) {
                me
            } else if stops(deal, me, other) && asked {
                other
            } else {
                return None;
            };
            Some(WaiverMatter { deal: deal.id, buyer })
        })
        .collect();
    found.sort_by_key(|matter| matter.talk(view).is_none());
    found
}

/// Whether the other side has a fee on the table.
pub(crate) fn waiver_answerable(view: &SeatView, talk: &WaiverTalk) -> bool {
    let theirs =
        if talk.buyer.seat() == view.seat { WaiverSide::Holder } else { WaiverSide::Buyer };
    !talk.over && talk.fee(theirs).is_some()
}

/// What a waiver is worth to the one who looks, as a sentence with a space after it, or nothing.
pub(crate) fn waiver_estimate(view: &SeatView, talk: &WaiverTalk) -> String {
    let Some(deal) = view.deals.iter().find(|deal| deal.id == talk.deal) else {
        return String::new();
    };
    let Role::Giant(me) = view.role else { return String::new() };
    let brief = Brief::new(view, me, deal.lab, FULL_OUTLOOK);
    if me == talk.holder {
        let loss = waiver::loss_bn(view, &brief, deal, talk.buyer);
        return format!("On the estimate you stand to lose {} by it. ", numbers::bn(loss));
    }
    let table = view.table_with(deal.lab.seat(view.giants()));
    let sheet = table.and_then(|table| table.agreed.or(table.mine.offer));
    match sheet.filter(|sheet| sheet.subject_to == Some(talk.deal)) {
        Some(sheet) => {
            let gain = waiver::gain_bn(view, &brief, &sheet);
            format!("On the estimate your terms are worth {} more with it. ", numbers::bn(gain))
        }
        None => String::new(),
    }
}

/// A sheet that waits for the waiver of whatever stands in its way; none where nothing does.
pub(crate) fn subject_to_waiver(
    view: &SeatView,
    table: &TableView,
    sheet: TermSheet,
) -> Option<TermSheet> {
    let plain = TermSheet { subject_to: None, ..sheet };
    let (deal, _) = conflict(&plain, table.giant, table.lab, view.quarter, view.deals.iter())?;
    Some(TermSheet { subject_to: Some(deal), ..plain })
}

/// What is left of the deal in force, as a sheet to change: no new money, and the lab's worth as the
/// price of any that is added.
pub(crate) fn renegotiated(advisor: &Advisor) -> Option<TermSheet> {
    let held = advisor.brief.in_force?;
    let pre_money = round_to(advisor.brief.lab_case.fundamental_bn, 3);
    Some(TermSheet { pre_money, replaces: Some(held.deal), ..held.rest })
}

/// A lab's process as drafted in this step, else the one that goes on.
pub(crate) fn drafted_process(view: &SeatView) -> Convening {
    let filed = view.decided.iter().find_map(|decision| match decision {
        Decision::Convene(convening) => Some(*convening),
        _ => None,
    });
    let Role::Lab(lab) = view.role else { return Convening::default() };
    let process = view.processes[lab.index()].process;
    let goes_on = match process.procedure {
        // A no-shop is for one quarter.
        Procedure::NoShop { .. } if view.step == Step::Plan => Procedure::Private,
        other => other,
    };
    filed.unwrap_or(Convening { procedure: goes_on, template: process.template })
}

/// Whether a seat is a side of a deal.
pub(crate) fn is_side(view: &SeatView, deal: &Deal) -> bool {
    view.seat == deal.giant.seat() || view.seat == deal.lab.seat(view.giants())
}

/// What ending a deal would cost, in a sentence.
pub(crate) fn cost_of_ending(words: &Words, view: &SeatView, deal: &Deal) -> String {
    if deal.signed == view.quarter {
        return format!("It can be ended from {} on.", words.quarter(view.quarter.next()));
    }
    let lab = deal.lab.seat(view.giants());
    let (payer, fee) = settlement(deal, view.seat, lab, view.quarter);
    match (payer == view.seat, fee.is_zero()) {
        (_, true) => "You could end it now and owe nothing.".to_owned(),
        (true, _) => format!("Ending it now would cost you {}.", numbers::money(fee)),
        (false, _) => format!(
            "You were wronged: ending it now would bring you {} from {}.",
            numbers::money(fee),
            words.seat(payer)
        ),
    }
}

/// What a lab rents of a deal's giant, gigawatts.
pub(crate) fn rented_gw(view: &SeatView, deal: &Deal) -> f64 {
    view.published.labs[deal.lab.index()].compute_gw[deal.giant.index()]
}

/// A promise that is late or was broken, of a deal of one's own.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Alarm {
    pub(crate) deal: DealId,
    pub(crate) text: String,
}

/// Promises of one's own deals that are late or were broken, without a full stop.
pub(crate) fn broken_promises(words: &Words, view: &SeatView) -> Vec<Alarm> {
    let mut found = Vec::new();
    for deal in view.deals.iter().filter(|deal| is_side(view, deal)) {
        let lab = deal.lab.seat(view.giants());
        let name = facts::deal_name(words, &view.deals, deal.id);
        for promise in deal.promises(lab, view.quarter, rented_gw(view, deal)) {
            if matches!(promise.state, PromiseState::Late) {
                let what = clauses::in_text(promise.what);
                let text = format!("{} is late with {what} under {name}", words.seat(promise.by));
                found.push(Alarm { deal: deal.id, text });
            }
        }
        if let Some(breach) = deal.life.breach.filter(|_| deal.wronged(view.seat, view.quarter)) {
            let last = words.quarter(breach.quarter.plus(FREE_TO_END - 1));
            let what = clauses::in_text(breach.what);
            let who = words.seat(breach.by);
            let text = format!(
                "{who} broke its promise of {what} under {name}: through {last} you may end it and owe nothing"
            );
            found.push(Alarm { deal: deal.id, text });
        }
    }
    found
}

/// What giving up a clause does, as far as it can be told.
pub(crate) fn effect_of_loosening(
    view: &SeatView,
    firm: FirmId,
    deal: &Deal,
    clause: Clause,
) -> String {
    let figures = &view.published.giants[firm.index()];
    let mut left = *deal;
    left.sheet = deal.loosened(clause);
    let stake = view.published.labs[deal.lab.index()].stakes[firm.index()];
    let heat =
        |deal: &Deal| holding_heat(stake, deal.strictness_at(view.quarter), deal.influence());
    let cooler = 2.0 * (heat(deal) - heat(&left)).max(0.0);
    let worth = HEAT_DISCOUNT * cooler * figures.value_parts.earnings_bn;
    format!(
        "Heat falls by {} points at once and by up to {:.0} more in time, which would be worth {} of market value; exclusive rights lost are marked down at the close.",
        numbers::points_change(100.0 * LOOSENING).trim_start_matches('+'),
        100.0 * cooler,
        numbers::bn_change(worth)
    )
}

/// Who would be in a card's story if it were played now; none if nobody fits.
pub(crate) fn cast_of_card(view: &SeatView, card: CardId) -> Option<Cast> {
    let picks = &view.level.cards[card.index()].picks;
    cast_around(Player::Seat(view.seat), picks, &view.level, &view.published)
}
