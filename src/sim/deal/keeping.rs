//! Promises at the close: deals ended early, and what is owed when compute is not there.

use bevy::prelude::*;

use super::promise::{Breach, Shortfall, damages_bn, is_breach, settlement, shortfall_gw};
use super::{Clause, Deal, Ended, HowEnded, Staged};
use crate::ids::SeatId;
use crate::sim::books::{Account, Books, Reason};
use crate::sim::decision::Decision;
use crate::sim::fact::{Fact, FactId, Facts};
use crate::sim::lab::{Compute, Trust};
use crate::sim::setting::{Clock, Orders, Roster, Setting};
use crate::units::Money;

/// What a deal ended early and a quarter of a promise not kept leave of a lab's trust: it sours the
/// two, whoever began it (*assumed*).
const TRUST_ENDED: f64 = -0.10;
const TRUST_BROKEN: f64 = -0.05;

/// Carries out what seats planned for their deals: ends them, or withholds demand from them.
pub(super) fn end_deals(
    clock: Res<Clock>,
    orders: Res<Orders>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut books: ResMut<Books>,
    mut facts: ResMut<Facts>,
    mut deals: Query<&mut Deal>,
    mut labs: Query<&mut Trust>,
) {
    let now = clock.quarter;
    for (by, decision) in orders.iter() {
        let (Decision::Terminate { deal: id } | Decision::Withhold { deal: id }) = *decision else {
            continue;
        };
        let Some(&entity) = roster.deals.get(usize::from(id.0)) else { continue };
        let Ok(mut deal) = deals.get_mut(entity) else { continue };
        if !matches!(decision, Decision::Terminate { .. }) {
            deal.life.withheld = Some(now);
            continue;
        }
        // Both sides may have ended it in the same quarter: the first has.
        if !deal.binds() {
            continue;
        }
        let lab = setting.lab_seat(deal.lab);
        let (payer, due) = settlement(&deal, by, lab, now);
        let wronged = deal.wronged(by, now);
        let fee = due.min(books.balance(Account::Cash(payer)).max(Money::ZERO));
        let fact = facts.push(Fact::DealEnded {
            deal: id,
            giant: deal.giant,
            lab: deal.lab,
            by,
            payer,
            fee,
        });
        let payee = if payer == lab { deal.giant.seat() } else { lab };
        pay(&mut books, payer, payee, fee, Reason::BreakFee, fact);
        deal.life.ended = Some(Ended { quarter: now, how: HowEnded::Terminated(by) });
        if deal.staged == Staged::Waiting {
            deal.staged = Staged::Lapsed(now);
        }
        if let (Ok(mut trust), false) = (labs.get_mut(roster.lab(deal.lab)), wronged) {
            trust.change(deal.giant, TRUST_ENDED);
        }
    }
}

fn pay(books: &mut Books, from: SeatId, to: SeatId, sum: Money, reason: Reason, fact: FactId) {
    books.post_for(Account::Cash(from), Account::Cash(to), sum, reason, Some(fact));
}

/// Compares the compute labs rent with what deals promise. A shortfall is late at first and a breach
/// if it goes on: then damages are paid each quarter, and the other side may end the deal freely.
pub(super) fn hold_to_compute(
    clock: Res<Clock>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut books: ResMut<Books>,
    mut facts: ResMut<Facts>,
    mut deals: Query<&mut Deal>,
    mut labs: Query<(&Compute, &mut Trust)>,
) {
    let now = clock.quarter;
    for &entity in &roster.deals {
        let Ok(mut deal) = deals.get_mut(entity) else { continue };
        if deal.sheet.commitment_mw == 0 || !deal.binds() {
            continue;
        }
        let Ok((compute, mut trust)) = labs.get_mut(roster.lab(deal.lab)) else { continue };
        let committed_gw = deal.committed_mw_at(now) / 1_000.0;
        let Some(short) = shortfall_gw(committed_gw, compute.gw[deal.giant.index()]) else {
            deal.life.short = None;
            continue;
        };
        let (giant, lab) = (deal.giant.seat(), setting.lab_seat(deal.lab));
        let withheld = deal.life.withheld == Some(now);
        let (by, to) = if withheld { (lab, giant) } else { (giant, lab) };
        let before = deal.life.short.filter(|short| short.by == by);
        let since = before.map_or(now, |short| short.since);
        deal.life.short = Some(Shortfall { by, since });
        let (id, what) = (deal.id, Clause::Commitment);
        if !is_breach(since, now) {
            facts.push(Fact::PromiseLate { deal: id, what, by });
            continue;
        }
        deal.life.breach = Some(Breach { by, what, quarter: now });
        let due = Money::from_bn(damages_bn(short));
        let damages = due.min(books.balance(Account::Cash(by)).max(Money::ZERO));
        let fact = facts.push(Fact::PromiseBroken { deal: id, what, by, damages });
        pay(&mut books, by, to, damages, Reason::Damages, fact);
        trust.change(deal.giant, TRUST_BROKEN);
    }
}
