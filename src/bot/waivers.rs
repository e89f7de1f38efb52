//! How giants buy and sell waivers: a buyer bids up to a part of what the waiver lets it sign, a
//! holder sells where the fee beats what the covenant protects.

use crate::ids::{FirmId, Role};
use crate::sim::deal::appraise::round_to;
use crate::sim::deal::brief::{Brief, round_of, within_covenants};
use crate::sim::deal::waiver::{gain_bn, loss_bn};
use crate::sim::deal::{TermSheet, conflict, waits_for};
use crate::sim::decision::{Decision, WaiverMove};
use crate::sim::negotiation::{WaiverSide, WaiverTalk};
use crate::sim::setting::Step;
use crate::sim::view::{SeatView, TableView};
use crate::units::Money;

/// A waiver is sought where it brings so much, $bn, and so much of what it is thought to cost the
/// holder (assumed).
const LEAST_GAIN_BN: f64 = 0.4;
const WORTH_THE_TALK: f64 = 1.5;
/// What a buyer bids, part of its gain, in the first round; more each round; and what it pays at most.
const BID: f64 = 0.2;
const BIDS_MORE: f64 = 0.15;
const PAYS: f64 = 0.7;
/// What a holder asks in the first round, against its loss; less each round; and what it takes.
const ASK: f64 = 2.0;
const ASKS_LESS: f64 = 0.35;
const TAKES: f64 = 1.5;
const TAKES_LESS: f64 = 0.2;
/// A new fee moves by at least this part, or the other side loses patience.
const STEP: f64 = 0.08;
/// Rounds that haggling over a waiver takes.
const ROUNDS: u32 = 2;

/// A package fitted to the covenants in force: subject to a waiver where that is worth its talk, else
/// without what is forbidden.
pub(super) fn fitted(
    view: &SeatView,
    table: &TableView,
    brief: &Brief,
    sheet: TermSheet,
    rounds_left: u32,
) -> Option<TermSheet> {
    let TableView { giant, lab, .. } = *table;
    let plain = || within_covenants(view, giant, lab, sheet);
    let Some((id, _)) = conflict(&sheet, giant, lab, view.quarter, view.deals.iter()) else {
        return plain();
    };
    let talk = view.waivers.iter().find(|talk| (talk.deal, talk.buyer) == (id, giant));
    let possible = match talk {
        Some(talk) => !talk.over,
        // The table, and the waiver.
        None => rounds_left >= ROUNDS && view.attention_left >= 2,
    };
    let subject = TermSheet { subject_to: Some(id), ..sheet };
    let subject = within_covenants(view, giant, lab, subject).filter(|subject| {
        possible && waits_for(subject, giant, view.quarter, view.deals.iter()).is_some()
    });
    let Some(subject) = subject else { return plain() };
    let deal = view.deals.iter().find(|deal| deal.id == id)?;
    let gain = gain_bn(view, brief, &subject);
    // What the holder loses is seen with the buyer's own eyes: it knows no other's case.
    let loss = loss_bn(view, brief, deal, giant);
    let worth_it = gain >= LEAST_GAIN_BN && gain >= WORTH_THE_TALK * loss;
    if worth_it { Some(subject) } else { plain() }
}

/// A giant's moves over waivers, beside what it has decided at its tables.
pub(super) fn choose(view: &SeatView, briefs: &[Brief], decided: &[Decision]) -> Vec<Decision> {
    let Role::Giant(me) = view.role else { return Vec::new() };
    let mut moves: Vec<Decision> = Vec::new();
    for (table, brief) in view.tables.iter().zip(briefs) {
        moves.extend(buys(view, table, brief, decided));
    }
    for talk in view.waivers.iter().filter(|talk| talk.holder == me && !talk.over) {
        moves.extend(sells(view, talk, briefs));
    }
    moves
}

/// What a giant has on a table, or is about to put there, subject to a waiver.
fn wanted(table: &TableView, decided: &[Decision]) -> Option<TermSheet> {
    let new = decided.iter().find_map(|decision| match *decision {
        Decision::Offer { to, sheet } if to == table.with => Some(sheet),
        _ => None,
    });
    let sheet = new.or(table.agreed).or(table.mine.offer)?;
    sheet.subject_to.is_some().then_some(sheet)
}

fn buys(
    view: &SeatView,
    table: &TableView,
    brief: &Brief,
    decided: &[Decision],
) -> Option<Decision> {
    let sheet = wanted(table, decided)?;
    let (deal, _) = waits_for(&sheet, table.giant, view.quarter, view.deals.iter())?;
    let talk = view.waivers.iter().find(|talk| (talk.deal, talk.buyer) == (deal, table.giant));
    if talk.is_some_and(|talk| talk.over) {
        return None;
    }
    let gain = gain_bn(view, brief, &sheet);
    let ask = talk.and_then(|talk| talk.fee(WaiverSide::Holder));
    let affordable = |fee: Money| fee + sheet.first_tranche() <= view.cash;
    let mv = match view.step {
        Step::Answers(_) => {
            ask.filter(|&ask| ask.bn() <= PAYS * gain && affordable(ask))?;
            WaiverMove::Accept
        }
        _ => {
            let round = round_of(view.step, view.level.talk_rounds);
            let bid = round_to((BID + BIDS_MORE * f64::from(round)) * gain, 2);
            let last = talk.and_then(|talk| talk.fee(WaiverSide::Buyer));
            let moves = last.is_none_or(|last| bid.bn() >= (1.0 + STEP) * last.bn());
            let short = ask.is_none_or(|ask| bid < ask);
            let new = talk.is_none();
            let tables = decided.iter().filter(|decision| decision.counterpart().is_some()).count();
            // Tables of earlier rounds are counted in what is left already.
            let attention = !new || view.attention_left as usize > tables;
            let possible = bid.is_positive() && moves && short && attention && affordable(bid);
            if !possible {
                return None;
            }
            WaiverMove::Name(bid)
        }
    };
    Some(Decision::Waiver { deal, buyer: table.giant, mv })
}

fn sells(view: &SeatView, talk: &WaiverTalk, briefs: &[Brief]) -> Option<Decision> {
    let deal = view.deals.iter().find(|deal| deal.id == talk.deal)?;
    let brief = briefs.iter().find(|brief| brief.lab == deal.lab)?;
    let bid = talk.fee(WaiverSide::Buyer)?;
    let loss = loss_bn(view, brief, deal, talk.buyer);
    let round = f64::from(round_of(view.step, view.level.talk_rounds));
    let takes = ((TAKES - TAKES_LESS * round) * loss).max(loss);
    let buyer: FirmId = talk.buyer;
    let mv = match view.step {
        Step::Answers(_) if bid.bn() >= takes => WaiverMove::Accept,
        Step::Answers(_) => return None,
        _ if bid.bn() >= takes => return None,
        _ => {
            let asked = round_to(((ASK - ASKS_LESS * round) * loss).max(1.02 * bid.bn()), 2);
            let last = talk.fee(WaiverSide::Holder);
            let moves = last.is_none_or(|last| asked.bn() <= (1.0 - STEP) * last.bn());
            if !moves || asked <= bid {
                return None;
            }
            WaiverMove::Name(asked)
        }
    };
    Some(Decision::Waiver { deal: talk.deal, buyer, mv })
}
