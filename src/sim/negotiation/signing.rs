//! Signatures: acceptances in an order drawn for the step, and what an acceptance binds.

use bevy::ecs::system::{SystemParam, SystemState};
use bevy::prelude::*;

use super::{Side, Table, Waivers, pair_at, side_of};
use crate::ids::{DealId, FirmId, LabId, SeatId};
use crate::sim::books::{Account, Books, Reason};
use crate::sim::deal::{
    self, CapTable, Deal, Ended, HowEnded, Signatory, TermSheet, conflict, waits_for,
};
use crate::sim::decision::{Choice, Decision};
use crate::sim::fact::{Fact, Facts, giant_and_lab};
use crate::sim::lab::{Compute, LabBusiness, Trust};
use crate::sim::rng::Purpose;
use crate::sim::setting::{Clock, Orders, Roster, Setting};

/// One acceptance: who, of whom, which sheet.
struct Acceptance {
    by: SeatId,
    from: SeatId,
    choice: Choice,
}

/// All that a signature touches.
#[derive(SystemParam)]
pub(super) struct Signing<'w, 's> {
    clock: Res<'w, Clock>,
    setting: Res<'w, Setting>,
    roster: ResMut<'w, Roster>,
    books: ResMut<'w, Books>,
    facts: ResMut<'w, Facts>,
    waivers: ResMut<'w, Waivers>,
    commands: Commands<'w, 's>,
    deals: Query<'w, 's, &'static mut Deal>,
    tables: Query<'w, 's, &'static mut Table>,
    labs: Query<
        'w,
        's,
        (&'static mut CapTable, &'static mut Trust, &'static LabBusiness, &'static Compute),
    >,
}

/// Signs what was agreed subject to a waiver that has been sold since; then what was accepted:
/// acceptors in an order drawn for the step, each acceptor's in its own order of preference. What a
/// deal signed a moment earlier has made impossible stays unsigned.
pub(super) fn accept(orders: Res<Orders>, mut signing: Signing) {
    let acceptances = in_drawn_order(&signing.clock, &signing.setting, &orders);
    let agreed = signing.agreed();
    if acceptances.is_empty() && agreed.is_empty() {
        return;
    }
    let mut known = signing.known();
    for (pair, sheet, side) in agreed {
        if waits_for(&sheet, pair.0, signing.clock.quarter, known.iter()).is_none() {
            signing.settle(pair, sheet, side, &mut known);
        }
    }
    for Acceptance { by, from, choice } in acceptances {
        let Some(pair) = giant_and_lab(by, from, signing.setting.giants()) else { continue };
        let Ok(table) = signing.tables.get(signing.roster.table(pair.0, pair.1)) else { continue };
        let bound = binding_sheet(table, &orders, (by, from), choice, &signing.setting);
        if let Some(sheet) = bound {
            let side = side_of(by, signing.setting.giants());
            signing.settle(pair, sheet, side, &mut known);
        }
    }
}

/// Signs a sheet here and now as if a side had just said yes, or lets it wait for its waiver.
pub(in crate::sim) fn suppose_signed(world: &mut World, pair: (FirmId, LabId), sheet: TermSheet) {
    let mut state = SystemState::<Signing>::new(world);
    if let Ok(mut signing) = state.get_mut(world) {
        let mut known = signing.known();
        signing.settle(pair, sheet, Side::Lab, &mut known);
    }
    state.apply(world);
}

impl Signing<'_, '_> {
    fn known(&self) -> Vec<Deal> {
        self.roster.deals.iter().filter_map(|&deal| self.deals.get(deal).ok().copied()).collect()
    }

    /// What waits for a waiver, with the side that said yes last.
    fn agreed(&self) -> Vec<((FirmId, LabId), TermSheet, Side)> {
        let tables = self.roster.tables.iter().enumerate();
        tables
            .filter_map(|(place, &entity)| {
                let (sheet, side) = self.tables.get(entity).ok()?.agreed?;
                Some((pair_at(place, self.setting.giants()), sheet, side))
            })
            .collect()
    }

    /// Signs a sheet, lets it wait for its waiver, or says why it cannot be.
    fn settle(
        &mut self,
        (giant, lab): (FirmId, LabId),
        sheet: TermSheet,
        side: Side,
        known: &mut Vec<Deal>,
    ) {
        let now = self.clock.quarter;
        let ends = [giant.seat(), self.setting.lab_seat(lab)];
        let (by, from) = (ends[side as usize], ends[side.other() as usize]);
        let stands = conflict(&sheet, giant, lab, now, known.iter());
        let latest = || deal::latest(giant, lab, now, known.iter());
        let stale = sheet.replaces.is_some() && latest() != sheet.replaces;
        let Ok(mut table) = self.tables.get_mut(self.roster.table(giant, lab)) else { return };
        if stands.is_some() || stale || !can_pay(&self.books, giant, ends[1], &sheet) {
            table.agreed = None;
            let conflict = stands.map(|(deal, _)| deal);
            self.facts.push(Fact::AcceptanceFailed { by, from, sheet, conflict });
            return;
        }
        if let Some((deal, _)) = waits_for(&sheet, giant, now, known.iter()) {
            table.agree(side, sheet);
            self.facts.push(Fact::AgreedInPrinciple { by, with: from, sheet, deal });
            return;
        }
        table.signed(side, now);
        let parts = self.labs.get_mut(self.roster.lab(lab));
        let Ok((mut shares, mut trust, business, compute)) = parts else { return };
        let signatory = Signatory {
            shares: &mut shares,
            trust: &mut trust,
            revenue_bn: business.revenue_bn,
            compute_gw: compute.total(),
        };
        let id = DealId(known.len() as u16);
        let pair = (giant, lab);
        let signed = deal::sign(id, pair, sheet, now, signatory, &mut self.books, &mut self.facts);
        self.release(&signed, known);
        known.push(signed);
        self.roster.deals.push(self.commands.spawn(signed).id());
    }

    /// A sheet that replaces a deal ends that deal's covenants, and pays for the release.
    fn release(&mut self, signed: &Deal, known: &mut [Deal]) {
        let Some(old) = signed.sheet.replaces else { return };
        let how = HowEnded::Replaced(signed.id);
        let ended = Some(Ended { quarter: self.clock.quarter, how });
        let entity = self.roster.deals[usize::from(old.0)];
        // The old deal is of an earlier quarter: a table signs once a quarter.
        let Ok(mut deal) = self.deals.get_mut(entity) else { return };
        deal.life.ended = ended;
        known[usize::from(old.0)].life.ended = ended;
        self.waivers.close(old);
        let fact = self.facts.push(Fact::Renegotiated { old, new: signed.id });
        let from = Account::Cash(self.setting.lab_seat(signed.lab));
        let to = Account::Cash(signed.giant.seat());
        self.books.post_for(from, to, signed.sheet.release, Reason::Release, Some(fact));
    }
}

/// Whether a giant has the cash of a first tranche at hand, and the lab that of a release.
fn can_pay(books: &Books, giant: FirmId, lab: SeatId, sheet: &TermSheet) -> bool {
    books.balance(Account::Cash(giant.seat())) >= sheet.first_tranche()
        && (sheet.release.is_zero() || books.balance(Account::Cash(lab)) >= sheet.release)
}

fn in_drawn_order(clock: &Clock, setting: &Setting, orders: &Orders) -> Vec<Acceptance> {
    let mut drawn: Vec<(f64, Acceptance)> = orders
        .iter()
        .filter_map(|(by, decision)| match *decision {
            Decision::Accept { from, choice } => {
                let luck = setting.stream(clock, Purpose::AcceptanceOrder, by).uniform();
                Some((luck, Acceptance { by, from, choice }))
            }
            _ => None,
        })
        .collect();
    // Stable: one acceptor's acceptances share a draw and keep its order of preference.
    drawn.sort_by(|one, other| one.0.total_cmp(&other.0));
    drawn.into_iter().map(|(_, acceptance)| acceptance).collect()
}

/// The sheet an acceptance binds. If both sides accept at once, the older offer binds, then the lab's.
fn binding_sheet(
    table: &Table,
    orders: &Orders,
    (by, from): (SeatId, SeatId),
    choice: Choice,
    setting: &Setting,
) -> Option<TermSheet> {
    let side = side_of(by, setting.giants());
    let mine = table.hand(side.other()).sheet(choice)?;
    let returned = orders.of(from).iter().find_map(|decision| match *decision {
        Decision::Accept { from: other, choice } if other == by => Some(choice),
        _ => None,
    });
    let Some(theirs) = returned.and_then(|choice| table.hand(side).sheet(choice)) else {
        return Some(mine);
    };
    let (my_age, their_age) = (table.hand(side.other()).offered_in, table.hand(side).offered_in);
    let labs_offer = if side == Side::Giant { mine } else { theirs };
    Some(match my_age.cmp(&their_age) {
        std::cmp::Ordering::Less => mine,
        std::cmp::Ordering::Greater => theirs,
        std::cmp::Ordering::Equal => labs_offer,
    })
}
