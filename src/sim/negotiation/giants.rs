//! What two giants decide over waivers, carried out.

use bevy::prelude::*;

use super::waiver::{WaiverOutcome, Waivers};
use crate::ids::{DealId, FirmId, Role, SeatId};
use crate::sim::books::{Account, Books, Reason};
use crate::sim::deal::Deal;
use crate::sim::decision::{Decision, WaiverMove};
use crate::sim::fact::{Fact, Facts};
use crate::sim::setting::{Orders, Roster, Setting};
use crate::units::Money;

/// A move over a waiver, as it was decided.
struct Order {
    firm: FirmId,
    deal: DealId,
    buyer: FirmId,
    mv: WaiverMove,
}

/// What giants decided over waivers in this step, by seat.
fn orders_of(orders: &Orders, setting: &Setting) -> impl Iterator<Item = Order> {
    orders.iter().filter_map(|(seat, decision)| match (*decision, setting.role(seat)) {
        (Decision::Waiver { deal, buyer, mv }, Role::Giant(firm)) => {
            Some(Order { firm, deal, buyer, mv })
        }
        _ => None,
    })
}

/// Talks over a waiver that one side breaks off.
pub(super) fn refuse_waivers(
    orders: Res<Orders>,
    setting: Res<Setting>,
    mut waivers: ResMut<Waivers>,
    mut facts: ResMut<Facts>,
) {
    for Order { firm, deal, buyer, mv } in orders_of(&orders, &setting) {
        if mv != WaiverMove::Refuse {
            continue;
        }
        let Some(talk) = waivers.find_mut(deal, buyer) else { continue };
        let Some(side) = talk.side_of(firm) else { continue };
        if let Ok((after, _)) = talk.step(side, mv) {
            *talk = after;
            let to = talk.firm(side.other()).seat();
            facts.push(Fact::WaiverRefused { by: firm.seat(), to, deal });
        }
    }
}

/// Fees that one side has named and the other takes are paid, and the covenants of the deal no longer
/// bind for the buyer. If both take the other's fee at once, the seat before the other has its way.
pub(super) fn sell_waivers(
    orders: Res<Orders>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut waivers: ResMut<Waivers>,
    mut books: ResMut<Books>,
    mut facts: ResMut<Facts>,
    mut deals: Query<&mut Deal>,
) {
    for Order { firm, deal: id, buyer, mv } in orders_of(&orders, &setting) {
        let Some(talk) = waivers.find_mut(id, buyer).filter(|_| mv == WaiverMove::Accept) else {
            continue;
        };
        let Some(side) = talk.side_of(firm) else { continue };
        let Ok((after, WaiverOutcome::Agreed(fee))) = talk.step(side, mv) else { continue };
        let Some(&entity) = roster.deals.get(usize::from(id.0)) else { continue };
        let Ok(mut deal) = deals.get_mut(entity) else { continue };
        // Another fee paid a moment earlier may have emptied the till: then the talks stay open.
        if !can_afford(&books, buyer.seat(), fee) {
            continue;
        }
        *talk = after;
        deal.life.waived = deal.life.waived.with(buyer.seat());
        let holder = talk.holder;
        let fact = facts.push(Fact::WaiverSold { deal: id, holder, buyer, fee });
        let (from, to) = (Account::Cash(buyer.seat()), Account::Cash(holder.seat()));
        books.post_for(from, to, fee, Reason::WaiverFee, Some(fact));
    }
}

fn can_afford(books: &Books, buyer: SeatId, fee: Money) -> bool {
    books.balance(Account::Cash(buyer)) >= fee
}

/// Fees offered and asked.
pub(super) fn name_fees(
    orders: Res<Orders>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut waivers: ResMut<Waivers>,
    mut facts: ResMut<Facts>,
    deals: Query<&Deal>,
) {
    for Order { firm, deal: id, buyer, mv } in orders_of(&orders, &setting) {
        let WaiverMove::Name(fee) = mv else { continue };
        let Some(&entity) = roster.deals.get(usize::from(id.0)) else { continue };
        let Ok(deal) = deals.get(entity) else { continue };
        let talk = waivers.open(id, buyer, deal.giant);
        let Some(side) = talk.side_of(firm) else { continue };
        // A move may have become idle within the step: the waiver was sold a moment earlier.
        let Ok((after, outcome)) = talk.step(side, mv) else { continue };
        *talk = after;
        let (by, to) = (firm.seat(), talk.firm(side.other()).seat());
        facts.push(Fact::WaiverFeeNamed { by, to, deal: id, fee });
        if outcome == (WaiverOutcome::Refused { patience: true }) {
            facts.push(Fact::PatienceEnded { of: to, with: by });
            facts.push(Fact::WaiverRefused { by: to, to: by, deal: id });
        }
    }
}
