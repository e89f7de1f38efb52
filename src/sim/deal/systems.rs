//! The life of a deal: signature, payment, later tranches, lapsing covenants.

use bevy::prelude::*;

use super::promise::{Breach, DAMAGES};
use super::rules::NOTE_QUARTERS;
use super::{
    AccessTier, CapTable, Clause, Condition, Deal, Exclusivity, Holder, Instrument, Life, Note,
    Rights, Sale, ShareChange, Staged, TermSheet, income, keeping, rounds,
};
use crate::ids::{DealId, FirmId, LabId, SeatId};
use crate::sim::books::{Account, Books, Reason};
use crate::sim::capability::{Capability, Frontier};
use crate::sim::fact::{Fact, Facts};
use crate::sim::lab::{LabBusiness, Trust};
use crate::sim::setting::{Clock, Roster, Setting};
use crate::sim::treasury::Income;
use crate::sim::treasury::rules::affordable_order;
use crate::sim::turn::TurnSystems;
use crate::units::{Money, Quarter};

/// Quarters a second tranche waits for its condition at most.
pub(super) const TRANCHE_WAITS: u32 = 8;
/// Points behind the frontier that still count as being at it.
const AT_THE_FRONTIER: f64 = 2.0;
/// Trust gained by a signature, and by a tranche paid when due; lost when it is not.
pub(in crate::sim) const TRUST_SIGNED: f64 = 0.04;
const TRUST_PAID: f64 = 0.03;
const TRUST_UNPAID: f64 = -0.30;

pub fn plugin(close: &mut Schedule) {
    close.add_systems(
        (
            keeping::end_deals,
            pay_reserved,
            rounds::take_pro_rata,
            pay_tranches,
            rounds::use_warrants,
            rounds::convert_due_notes,
            note_lapses,
        )
            .chain()
            .in_set(TurnSystems::Invest)
            .before(crate::sim::cloud::receive_capacity),
    );
    income::plugin(close);
    close.add_systems(keeping::hold_to_compute.in_set(TurnSystems::Promises));
}

/// The lab's side of a signature.
pub struct Signatory<'a> {
    pub shares: &'a mut CapTable,
    pub trust: &'a mut Trust,
    pub revenue_bn: f64,
    pub compute_gw: f64,
}

/// Signs a sheet that has passed every check: reserves the cash, grants the credits, issues the
/// shares of everything but a staged tranche, or writes the note.
pub fn sign(
    id: DealId,
    (giant, lab): (FirmId, LabId),
    sheet: TermSheet,
    now: Quarter,
    signatory: Signatory,
    books: &mut Books,
    facts: &mut Facts,
) -> Deal {
    let fact = facts.push(Fact::Signed { deal: id, giant, lab, sheet });
    let (cash, escrow) = (Account::Cash(giant.seat()), Account::Escrow(giant.seat()));
    books.post_for(cash, escrow, sheet.first_tranche(), Reason::Reserved, Some(fact));
    books.post_for(
        Account::CreditsOwed(giant),
        Account::Credits(lab, giant),
        sheet.credits,
        Reason::CreditsGranted,
        Some(fact),
    );
    let class = signatory.shares.new_class();
    let sale = Sale {
        holder: Holder::Seat(giant.seat()),
        class,
        amount: sheet.first_tranche() + sheet.credits,
        pre_money: sheet.pre_money,
        rights: rights(&sheet),
    };
    let shares_before = take_in(lab, sale, sheet.instrument, now, signatory.shares, facts);
    signatory.trust.change(giant, TRUST_SIGNED);
    let staged = if sheet.staged().is_zero() { Staged::None } else { Staged::Waiting };
    Deal {
        id,
        giant,
        lab,
        sheet,
        signed: now,
        fact: Some(fact),
        class,
        shares_before,
        revenue_at_signing_bn: signatory.revenue_bn,
        compute_at_signing_gw: signatory.compute_gw,
        staged,
        exercised: Money::ZERO,
        shared: Money::ZERO,
        life: Life::default(),
    }
}

/// What the shares of a sheet carry.
pub(super) fn rights(sheet: &TermSheet) -> Rights {
    Rights { most: sheet.most_returned(), protected: sheet.anti_dilution }
}

/// Puts what was paid at signature on the cap table. Returns the shares that stand for the sheet's
/// pre-money.
fn take_in(
    lab: LabId,
    sale: Sale,
    instrument: Instrument,
    now: Quarter,
    shares: &mut CapTable,
    facts: &mut Facts,
) -> i64 {
    match instrument {
        Instrument::Preferred | Instrument::CappedProfit => {
            let round = shares.sell_round(sale);
            shares.mark(sale.amount, sale.pre_money);
            tell_changes(lab, &round.changes, facts);
            return round.shares_before;
        }
        Instrument::Convertible => shares.lend(Note {
            holder: sale.holder,
            class: sale.class,
            amount: sale.amount,
            cap: sale.pre_money,
            due: now.plus(NOTE_QUARTERS),
            rights: sale.rights,
        }),
        Instrument::Warrants => {}
    }
    shares.total()
}

/// Writes down what a round did to notes and protected shares of seats.
pub fn tell_changes(lab: LabId, changes: &[ShareChange], facts: &mut Facts) {
    for change in changes {
        let Holder::Seat(holder) = change.holder else { continue };
        let shares = change.shares;
        facts.push(match change.note {
            Some(amount) => Fact::NoteConverted { lab, holder, amount, shares },
            None => Fact::DilutionMended { lab, holder, shares },
        });
    }
}

/// Cash reserved at signature reaches the lab.
fn pay_reserved(
    clock: Res<Clock>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut books: ResMut<Books>,
    deals: Query<&Deal>,
) {
    for deal in roster.deals.iter().filter_map(|&deal| deals.get(deal).ok()) {
        if deal.signed == clock.quarter {
            let (from, to) = accounts(deal, setting.lab_seat(deal.lab));
            let sum = deal.sheet.first_tranche();
            books.post_for(from, to, sum, Reason::SharesBought, deal.fact);
        }
    }
}

fn accounts(deal: &Deal, lab: SeatId) -> (Account, Account) {
    (Account::Escrow(deal.giant.seat()), Account::Cash(lab))
}

/// Second tranches are paid when their condition holds, at the price of the signature, on credit if
/// need be; they lapse after eight quarters, or when the giant has neither cash nor credit.
fn pay_tranches(
    clock: Res<Clock>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    frontier: Res<Frontier>,
    mut books: ResMut<Books>,
    mut facts: ResMut<Facts>,
    incomes: Query<&Income>,
    mut deals: Query<&mut Deal>,
    mut labs: Query<(&Capability, &LabBusiness, &mut CapTable, &mut Trust)>,
) {
    for &entity in &roster.deals {
        let Ok(mut deal) = deals.get_mut(entity) else { continue };
        let Ok((models, business, mut shares, mut trust)) = labs.get_mut(roster.lab(deal.lab))
        else {
            continue;
        };
        let age = clock.quarter.since(deal.signed);
        if deal.staged != Staged::Waiting || age == 0 {
            continue;
        }
        let met = match deal.sheet.condition {
            Condition::AfterAYear => age >= 4,
            Condition::AtTheFrontier => {
                age >= 2 && frontier.points - models.points <= AT_THE_FRONTIER
            }
            Condition::RevenueDoubled => business.revenue_bn >= 2.0 * deal.revenue_at_signing_bn,
        };
        let amount = deal.sheet.staged();
        let cash = Account::Cash(deal.giant.seat());
        // A promise is kept on credit too, by whoever still has any.
        let turns = incomes.get(roster.giant(deal.giant)).map_or(0.0, |income| income.turns);
        let can_pay = books.balance(cash) >= amount || affordable_order(1.0, turns) >= 1.0;
        if met && can_pay {
            let fact = facts.push(Fact::TranchePaid { deal: deal.id, amount });
            let to = Account::Cash(setting.lab_seat(deal.lab));
            books.post_for(cash, to, amount, Reason::SharesBought, Some(fact));
            issue_tranche(&deal, amount, &mut shares);
            trust.change(deal.giant, TRUST_PAID);
            deal.staged = Staged::Paid(clock.quarter);
        } else if met || age >= TRANCHE_WAITS {
            facts.push(Fact::TrancheLapsed { deal: deal.id, amount });
            if met {
                trust.change(deal.giant, TRUST_UNPAID);
                let (by, what) = (deal.giant.seat(), Clause::Tranche);
                deal.life.breach = Some(Breach { by, what, quarter: clock.quarter });
                // All it has, where it has not even that.
                let due = Money::from_bn(DAMAGES * amount.bn());
                let damages = due.min(books.balance(cash).max(Money::ZERO));
                let fact = facts.push(Fact::PromiseBroken { deal: deal.id, what, by, damages });
                let to = Account::Cash(setting.lab_seat(deal.lab));
                books.post_for(cash, to, damages, Reason::Damages, Some(fact));
            }
            deal.staged = Staged::Lapsed(clock.quarter);
        }
    }
}

fn issue_tranche(deal: &Deal, amount: Money, shares: &mut CapTable) {
    let sale = deal.sale(amount);
    shares.issue(sale, deal.shares_before);
}

/// Notes the covenants that no longer hold from this quarter on.
fn note_lapses(
    clock: Res<Clock>,
    roster: Res<Roster>,
    mut facts: ResMut<Facts>,
    deals: Query<&Deal>,
) {
    let (now, before) = (clock.quarter, Quarter(clock.quarter.0 - 1));
    let all = || roster.deals.iter().filter_map(|&deal| deals.get(deal).ok());
    for deal in all() {
        let &Deal { id, giant, lab, .. } = deal;
        // What a newer deal of the same two still gives has not lapsed.
        let still = |held: &dyn Fn(&Deal) -> bool| {
            all().any(|other| (other.giant, other.lab) == (giant, lab) && held(other))
        };
        if deal.exclusivity_at(before) != Exclusivity::None
            && deal.exclusivity_at(now) == Exclusivity::None
            && !still(&|other| other.exclusivity_at(now) >= deal.sheet.exclusivity)
        {
            facts.push(Fact::ExclusivityLapsed { deal: id, giant, lab });
        }
        if deal.access_at(before) != AccessTier::None
            && deal.access_at(now) == AccessTier::None
            && !still(&|other| other.best_access(now).0 >= deal.sheet.access)
        {
            facts.push(Fact::AccessLapsed { deal: id, giant, lab });
        }
        if deal.licence_at(before)
            && !deal.licence_at(now)
            && !still(&|other| other.licence_at(now))
        {
            facts.push(Fact::LicenceLapsed { deal: id, giant, lab });
        }
        if deal.chips_at(before) > 0.0
            && deal.chips_at(now) == 0.0
            && !still(&|other| other.chips_at(now) > 0.0)
        {
            facts.push(Fact::OwnChipsLapsed { deal: id, giant, lab });
        }
    }
}
