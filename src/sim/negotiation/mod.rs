//! Talks: tables between giants and labs, in sealed half-steps for the whole world.

mod giants;
mod signing;
mod table;
mod waiver;

use bevy::prelude::*;

use crate::ids::{FirmId, LabId, Role, SeatId};
use crate::sim::decision::Decision;
use crate::sim::fact::{Fact, Facts, giant_and_lab};
use crate::sim::lab::{LabStanding, Trust};
use crate::sim::process::Process;
use crate::sim::setting::{Clock, Orders, Roster, Setting, Step};
use crate::sim::turn::TalkSystems;

pub(in crate::sim) use signing::suppose_signed;
pub(in crate::sim) use table::mood;
pub use table::{Hand, Moment, Move, Outcome, Side, Table};
pub use waiver::{WaiverOutcome, WaiverSide, WaiverTalk, Waivers};

/// Trust lost when a giant walks away, and by an insult.
const TRUST_WALKED: f64 = -0.04;
const TRUST_INSULTED: f64 = -0.05;

pub(super) fn plugin(talk: &mut Schedule) {
    talk.add_systems((
        (walk_away, giants::refuse_waivers).chain().in_set(TalkSystems::WalkAways),
        // A waiver sold in this step already helps the signatures of this step.
        (giants::sell_waivers, signing::accept).chain().in_set(TalkSystems::Acceptances),
        (make_moves, giants::name_fees).chain().in_set(TalkSystems::Moves),
        turn_step.in_set(TalkSystems::Turn),
    ));
}

/// Which end of a table a seat sits at.
pub fn side_of(seat: SeatId, giants: usize) -> Side {
    match seat.role(giants) {
        Role::Giant(_) => Side::Giant,
        Role::Lab(_) => Side::Lab,
    }
}

pub(super) fn walk_away(
    clock: Res<Clock>,
    orders: Res<Orders>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut facts: ResMut<Facts>,
    mut tables: Query<&mut Table>,
    mut labs: Query<(&LabStanding, &mut Trust)>,
) {
    for (seat, decision) in orders.iter() {
        let &Decision::WalkAway { from } = decision else { continue };
        let Some((giant, lab)) = giant_and_lab(seat, from, setting.giants()) else { continue };
        let Ok(mut table) = tables.get_mut(roster.table(giant, lab)) else { continue };
        let Ok((standing, mut trust)) = labs.get_mut(roster.lab(lab)) else { continue };
        let moment = moment(&clock, standing, false);
        let side = side_of(seat, setting.giants());
        if let Ok((after, _)) = table.step(side, Move::WalkAway, moment) {
            *table = after;
            facts.push(Fact::WalkedAway { by: seat, from });
            if side == Side::Giant {
                trust.change(giant, TRUST_WALKED);
            }
        }
    }
}

fn moment(clock: &Clock, standing: &LabStanding, sealed: bool) -> Moment {
    Moment {
        quarter: clock.quarter,
        step: clock.step.number(),
        fair_pre_money_bn: standing.fundamental_bn,
        sealed,
    }
}

/// Offers, questions, answers and holds, by seat.
fn make_moves(
    clock: Res<Clock>,
    orders: Res<Orders>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut facts: ResMut<Facts>,
    mut tables: Query<&mut Table>,
    mut labs: Query<(&LabStanding, &mut Trust, &Process)>,
) {
    for (seat, decision) in orders.iter() {
        let (mv, fact) = match *decision {
            Decision::Offer { to, sheet } => {
                (Move::Offer(sheet), Fact::OfferMade { from: seat, to, sheet })
            }
            Decision::Ask { of } => (Move::Ask, Fact::Asked { by: seat, of }),
            Decision::Propose { to, routes } => {
                (Move::Propose(routes), Fact::RoutesShown { by: seat, to })
            }
            Decision::Hold { from, because } => {
                (Move::Hold, Fact::Held { by: seat, from, because })
            }
            _ => continue,
        };
        let Some(other) = decision.counterpart() else { continue };
        let Some((giant, lab)) = giant_and_lab(seat, other, setting.giants()) else { continue };
        let Ok(mut table) = tables.get_mut(roster.table(giant, lab)) else { continue };
        let Ok((standing, mut trust, process)) = labs.get_mut(roster.lab(lab)) else { continue };
        let side = side_of(seat, setting.giants());
        let rounds = setting.level.talk_rounds;
        // The lab may have convened otherwise, or been paid to talk with another, in this very step.
        if process.allows((giant, lab), side, &mv, clock.step, rounds).is_err() {
            continue;
        }
        let sealed = process.sealed(clock.step, rounds);
        // A move may have become idle within the step: its table closed, or a deal was signed there.
        let Ok((after, outcome)) = table.step(side, mv, moment(&clock, standing, sealed)) else {
            continue;
        };
        *table = after;
        facts.push(if sealed { Fact::BidSealed { from: seat, to: other } } else { fact });
        if matches!(outcome, Outcome::Insulted { .. }) {
            facts.push(Fact::Insulted { by: seat, other });
            if side == Side::Giant {
                trust.change(giant, TRUST_INSULTED);
            }
        }
        if matches!(outcome, Outcome::Closed | Outcome::Insulted { closed: true }) {
            facts.push(Fact::PatienceEnded { of: other, with: seat });
        }
    }
}

/// The next step: talks end when the rounds are used up or nobody has a table open. What was agreed
/// subject to a waiver lapses with them.
pub(super) fn turn_step(
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut tables: Query<&mut Table>,
    mut waivers: ResMut<Waivers>,
    mut facts: ResMut<Facts>,
    mut clock: ResMut<Clock>,
    mut orders: ResMut<Orders>,
) {
    let talking = waivers.any_open()
        || roster.tables.iter().any(|&table| tables.get(table).is_ok_and(|table| table.open));
    clock.step = match clock.step {
        Step::Offers(round) if talking => Step::Answers(round),
        Step::Answers(round) if talking && round + 1 < setting.level.talk_rounds => {
            Step::Offers(round + 1)
        }
        Step::Over => Step::Over,
        _ => Step::Plan,
    };
    orders.clear();
    if clock.step != Step::Plan {
        return;
    }
    waivers.0.clear();
    for (place, &entity) in roster.tables.iter().enumerate() {
        let Ok(mut table) = tables.get_mut(entity) else { continue };
        if let Some((sheet, side)) = table.agreed.take() {
            let (giant, lab) = pair_at(place, setting.giants());
            let ends = [giant.seat(), setting.lab_seat(lab)];
            let (by, with) = (ends[side as usize], ends[side.other() as usize]);
            if let Some(deal) = sheet.subject_to {
                facts.push(Fact::AgreementLapsed { by, with, deal });
            }
        }
    }
}

/// The pair of ids a table joins, for those who walk over all tables: by lab, then giant.
pub fn pair_at(place: usize, giants: usize) -> (FirmId, LabId) {
    (FirmId((place % giants) as u8), LabId((place / giants) as u8))
}
