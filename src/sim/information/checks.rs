//! May this be claimed, planted, looked into? Part of the one check of `sim/check.rs`.

use bevy::prelude::World;

use super::attention::{attention, cost};
use super::{Grapevine, Matter, Rumour};
use crate::ids::{Role, SeatId};
use crate::level::InformationFile;
use crate::sim::deal::{Clause, MAX_AMOUNT_BN, MAX_PRE_MONEY_BN};
use crate::sim::decision::{ATTENTION, Decision, Refusal, SheetProblem};
use crate::sim::fact::giant_and_lab;
use crate::sim::negotiation::{Table, side_of};
use crate::sim::setting::{Clock, Roster, Setting};
use crate::units::Money;

/// Whether attention lasts for one more decision. What costs nothing more is never refused.
pub fn attention_lasts(world: &World, seat: SeatId, decision: &Decision) -> Result<(), Refusal> {
    let elsewhere = decision.table_with().is_some() || matches!(decision, Decision::Waiver { .. });
    if cost(decision).total() == 0 && !elsewhere {
        return Ok(());
    }
    let after = attention(world, seat, Some(decision)).total();
    if after <= ATTENTION {
        return Ok(());
    }
    let before = attention(world, seat, None);
    if after <= before.total() {
        return Ok(());
    }
    // What the decision replaces gives its points back.
    let own = cost(decision).total();
    let left = ATTENTION.saturating_sub(after.saturating_sub(own.max(1)));
    Err(Refusal::AttentionSpent { left })
}

/// A claim to a counterpart about the bid of one of its rivals at the claimant's own table.
pub fn claim(
    world: &World,
    seat: SeatId,
    (to, rival): (SeatId, SeatId),
    sums: (Money, Money),
) -> Result<(), Refusal> {
    let setting = world.resource::<Setting>();
    let giants = setting.giants();
    let seats = setting.level.seats();
    if to.index() >= seats || rival.index() >= seats {
        return Err(Refusal::NoSuchSeat);
    }
    let (giant, lab) = giant_and_lab(seat, to, giants).ok_or(Refusal::NotACounterpart)?;
    if rival == to || giant_and_lab(seat, rival, giants).is_none() {
        return Err(Refusal::NotARival);
    }
    sums_possible(sums)?;
    let now = world.resource::<Clock>().quarter;
    let grapevine = world.resource::<Grapevine>();
    let claimed =
        |said: &super::Hearsay| said.by == seat && said.to == Some(to) && said.heard == now;
    if grapevine.said.iter().any(claimed) {
        return Err(Refusal::AlreadyClaimed);
    }
    let table = world.get::<Table>(world.resource::<Roster>().table(giant, lab));
    match table {
        Some(table) if table.closed_until > now => {
            Err(Refusal::TableClosed { until: table.closed_until })
        }
        Some(_) => Ok(()),
        None => Err(Refusal::NoTable),
    }
}

fn sums_possible((amount, pre_money): (Money, Money)) -> Result<(), Refusal> {
    let check = |clause, sum: Money, most_bn: f64| match sum {
        sum if !sum.is_positive() => {
            Err(Refusal::Clause { clause, problem: SheetProblem::NotPositive })
        }
        sum if sum.bn() > most_bn => {
            Err(Refusal::Clause { clause, problem: SheetProblem::TooLarge })
        }
        _ => Ok(()),
    };
    check(Clause::Amount, amount, MAX_AMOUNT_BN)?;
    check(Clause::PreMoney, pre_money, MAX_PRE_MONEY_BN)
}

/// A rumour: talks of any giant with any lab, or trouble of a rival of one's own kind.
pub fn plant(setting: &Setting, seat: SeatId, rumour: &Rumour) -> Result<(), Refusal> {
    match *rumour {
        Rumour::Talks { giant, lab, amount, pre_money } => {
            let level = &setting.level;
            if giant.index() >= level.giants.len() || lab.index() >= level.labs.len() {
                return Err(Refusal::NoSuchSeat);
            }
            sums_possible((amount, pre_money))
        }
        Rumour::Trouble { of } => {
            if of.index() >= setting.level.seats() {
                return Err(Refusal::NoSuchSeat);
            }
            let giants = setting.giants();
            let same_kind = side_of(of, giants) == side_of(seat, giants);
            if of == seat || !same_kind { Err(Refusal::NotARival) } else { Ok(()) }
        }
    }
}

/// A look into a lab's books, or into a claim one has heard.
pub fn investigate(world: &World, seat: SeatId, subject: Matter) -> Result<(), Refusal> {
    let setting = world.resource::<Setting>();
    let grapevine = world.resource::<Grapevine>();
    let now = world.resource::<Clock>().quarter;
    match subject {
        Matter::Lab(lab) => {
            if lab.index() >= setting.level.labs.len() {
                return Err(Refusal::NoSuchSeat);
            }
            let known = setting.role(seat) == Role::Lab(lab)
                || setting.level.information == InformationFile::Full
                || grapevine.depth(seat, lab, now) >= 2;
            if known { Err(Refusal::NothingToLearn) } else { Ok(()) }
        }
        Matter::Claim { by } => match grapevine.open_claim(by, seat, now) {
            Some(_) => Ok(()),
            None => Err(Refusal::NoOpenClaim),
        },
    }
}
