//! Shares bought after a signature: rights to keep one's part, warrants, notes that fall due.

use bevy::prelude::*;

use super::{CapTable, Deal, Holder, Instrument, Sale, tell_changes};
use crate::ids::FirmId;
use crate::sim::books::{Account, Books, Reason};
use crate::sim::fact::{Fact, Facts};
use crate::sim::lab::{Compute, planned_compute};
use crate::sim::setting::{Clock, Roster, Setting};
use crate::units::{Money, Quarter};

/// Whoever has a right to keep its part takes its part of each round priced this quarter, at the
/// round's price, as far as that leaves it its cash floor. What is paid at signature counts, not a
/// later tranche.
pub(super) fn take_pro_rata(
    clock: Res<Clock>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut books: ResMut<Books>,
    mut facts: ResMut<Facts>,
    deals: Query<&Deal>,
    mut labs: Query<&mut CapTable>,
) {
    let known = || roster.deals.iter().filter_map(|&deal| deals.get(deal).ok());
    for deal in known().filter(|deal| deal.signed == clock.quarter && deal.sheet.is_priced()) {
        for place in 0..setting.giants() as u8 {
            let firm = FirmId(place);
            let holds_right = |old: &Deal| {
                old.sheet.pro_rata && old.giant == firm && old.lab == deal.lab && old.id < deal.id
            };
            if firm == deal.giant || !known().any(holds_right) {
                continue;
            }
            let Ok(mut shares) = labs.get_mut(roster.lab(deal.lab)) else { continue };
            let raised = deal.sheet.first_tranche() + deal.sheet.credits;
            let amount = Money::from_bn(part_before(&shares, firm, deal) * raised.bn());
            let cash = Account::Cash(firm.seat());
            let floor = setting.level.giants[firm.index()].cash_floor;
            if !amount.is_positive() || books.balance(cash) - amount < floor {
                continue;
            }
            let fact = facts.push(Fact::ProRataTaken { deal: deal.id, holder: firm, amount });
            let lab = Account::Cash(setting.lab_seat(deal.lab));
            books.post_for(cash, lab, amount, Reason::SharesBought, Some(fact));
            let sale = Sale { holder: Holder::Seat(firm.seat()), ..deal.sale(amount) };
            shares.issue(sale, deal.shares_before);
        }
    }
}

/// The part of the lab a giant owned before a round.
fn part_before(shares: &CapTable, firm: FirmId, round: &Deal) -> f64 {
    let holder = Holder::Seat(firm.seat());
    let held = shares.holdings().iter().filter(|held| held.holder == holder);
    let before: i64 = held.filter(|held| held.class < round.class).map(|held| held.shares).sum();
    before as f64 / round.shares_before.max(1) as f64
}

/// Warrants are used as far as they are earned, when the last price is above theirs and the cash is
/// there; at the end of the term the rest lapses.
pub(super) fn use_warrants(
    clock: Res<Clock>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut books: ResMut<Books>,
    mut facts: ResMut<Facts>,
    mut deals: Query<&mut Deal>,
    mut labs: Query<(&mut CapTable, &Compute)>,
) {
    for &entity in &roster.deals {
        let Ok(mut deal) = deals.get_mut(entity) else { continue };
        let term = u32::from(deal.sheet.vesting_quarters());
        let age = clock.quarter.since(deal.signed);
        if deal.sheet.instrument != Instrument::Warrants || age == 0 || age > term {
            continue;
        }
        let left = deal.sheet.amount() - deal.exercised;
        if age == term {
            if left.is_positive() {
                facts.push(Fact::WarrantsLapsed { deal: deal.id, amount: left });
            }
            continue;
        }
        let Ok((mut shares, compute)) = labs.get_mut(roster.lab(deal.lab)) else { continue };
        let earned = earned(&deal, compute, &setting, clock.quarter);
        let amount = Money::from_bn(earned * deal.sheet.amount().bn()) - deal.exercised;
        let cash = Account::Cash(deal.giant.seat());
        let floor = setting.level.giants[deal.giant.index()].cash_floor;
        let affordable = books.balance(cash) - amount >= floor;
        if !amount.is_positive() || !in_the_money(&deal, &shares) || !affordable {
            continue;
        }
        let fact = facts.push(Fact::WarrantsUsed { deal: deal.id, amount });
        let to = Account::Cash(setting.lab_seat(deal.lab));
        books.post_for(cash, to, amount, Reason::SharesBought, Some(fact));
        shares.issue(deal.sale(amount), deal.shares_before);
        deal.exercised += amount;
    }
}

/// Whether a share was last sold for more than the warrants ask.
fn in_the_money(deal: &Deal, shares: &CapTable) -> bool {
    let last = shares.last_price_bn / shares.total().max(1) as f64;
    last > deal.sheet.pre_money.bn() / deal.shares_before.max(1) as f64
}

/// The part of warrants earned so far: compute rented against compute committed; with a chip maker,
/// compute on its chips against what the lab's plan at signature comes to over the term.
fn earned(deal: &Deal, compute: &Compute, setting: &Setting, now: Quarter) -> f64 {
    let part = if deal.sheet.commitment_mw > 0 {
        let committed = f64::from(deal.sheet.commitment_mw) / 1_000.0;
        compute.gw[deal.giant.index()].min(deal.committed_mw_at(now) / 1_000.0) / committed
    } else {
        let lab = &setting.level.labs[deal.lab.index()];
        let term = deal.signed.plus(u32::from(deal.sheet.own_chips_quarters));
        let planned = planned_compute(lab, term) - planned_compute(lab, deal.signed);
        (compute.total() - deal.compute_at_signing_gw) / planned.max(1e-3)
    };
    part.clamp(0.0, 1.0)
}

/// Notes whose time is up become shares at their caps.
pub(super) fn convert_due_notes(
    clock: Res<Clock>,
    roster: Res<Roster>,
    mut facts: ResMut<Facts>,
    mut labs: Query<(&crate::sim::setting::Lab, &mut CapTable)>,
) {
    for &entity in &roster.labs {
        let Ok((lab, mut shares)) = labs.get_mut(entity) else { continue };
        if shares.notes().is_empty() {
            continue;
        }
        let changes = shares.convert_due(clock.quarter);
        tell_changes(lab.0, &changes, &mut facts);
    }
}
