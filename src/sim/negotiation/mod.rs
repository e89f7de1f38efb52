//! Talks: tables between giants and labs, in sealed half-steps for the whole world.

mod table;

use bevy::prelude::*;

use crate::ids::{DealId, FirmId, LabId, Role, SeatId};
use crate::sim::books::{Account, Books};
use crate::sim::deal::{self, CapTable, Deal, Signatory, TermSheet, conflict};
use crate::sim::decision::{Choice, Decision};
use crate::sim::fact::{Fact, Facts, giant_and_lab};
use crate::sim::lab::{Compute, LabBusiness, LabStanding, Trust};
use crate::sim::process::Process;
use crate::sim::rng::Purpose;
use crate::sim::setting::{Clock, Orders, Roster, Setting, Step};
use crate::sim::turn::TalkSystems;

pub use table::{Hand, Moment, Move, Outcome, Side, Table};

/// Trust lost when a giant walks away, and by an insult.
const TRUST_WALKED: f64 = -0.04;
const TRUST_INSULTED: f64 = -0.05;

pub(super) fn plugin(talk: &mut Schedule) {
    talk.add_systems((
        walk_away.in_set(TalkSystems::WalkAways),
        accept.in_set(TalkSystems::Acceptances),
        make_moves.in_set(TalkSystems::Moves),
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

/// One acceptance: who, of whom, which sheet.
struct Acceptance {
    by: SeatId,
    from: SeatId,
    choice: Choice,
}

/// Signs what was accepted: acceptors in an order drawn for the step, each acceptor's in its own
/// order of preference. What a deal signed a moment earlier has made impossible stays unsigned.
fn accept(
    clock: Res<Clock>,
    orders: Res<Orders>,
    setting: Res<Setting>,
    mut roster: ResMut<Roster>,
    mut books: ResMut<Books>,
    mut facts: ResMut<Facts>,
    mut commands: Commands,
    deals: Query<&Deal>,
    mut tables: Query<&mut Table>,
    mut labs: Query<(&mut CapTable, &mut Trust, &LabBusiness, &Compute)>,
) {
    let acceptances = in_drawn_order(&clock, &setting, &orders);
    if acceptances.is_empty() {
        return;
    }
    let known = roster.deals.iter().filter_map(|&deal| deals.get(deal).ok().copied());
    let mut signed: Vec<Deal> = known.collect();
    for Acceptance { by, from, choice } in acceptances {
        let Some((giant, lab)) = giant_and_lab(by, from, setting.giants()) else { continue };
        let Ok(mut table) = tables.get_mut(roster.table(giant, lab)) else { continue };
        let Some(sheet) = binding_sheet(&table, &orders, (by, from), choice, &setting) else {
            continue;
        };
        let stands = conflict(&sheet, giant, lab, clock.quarter, signed.iter());
        let affordable = can_pay(&books, giant, &sheet);
        if stands.is_some() || !affordable {
            let conflict = stands.map(|(deal, _)| deal);
            facts.push(Fact::AcceptanceFailed { by, from, conflict });
            continue;
        }
        let Ok((mut shares, mut trust, business, compute)) = labs.get_mut(roster.lab(lab)) else {
            continue;
        };
        let signatory = Signatory {
            shares: &mut shares,
            trust: &mut trust,
            revenue_bn: business.revenue_bn,
            compute_gw: compute.total(),
        };
        let id = DealId(signed.len() as u16);
        let pair = (giant, lab);
        let deal = deal::sign(id, pair, sheet, clock.quarter, signatory, &mut books, &mut facts);
        signed.push(deal);
        roster.deals.push(commands.spawn(deal).id());
        table.signed(side_of(by, setting.giants()), clock.quarter);
    }
}

/// Whether a giant has the cash of a first tranche at hand.
pub fn can_pay(books: &Books, giant: FirmId, sheet: &TermSheet) -> bool {
    books.balance(Account::Cash(giant.seat())) >= sheet.first_tranche()
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
            facts.push(Fact::WalkedAway { by: other, from: seat });
        }
    }
}

/// The next step: talks end when the rounds are used up or nobody has a table open.
pub(super) fn turn_step(
    setting: Res<Setting>,
    roster: Res<Roster>,
    tables: Query<&Table>,
    mut clock: ResMut<Clock>,
    mut orders: ResMut<Orders>,
) {
    let talking =
        roster.tables.iter().any(|&table| tables.get(table).is_ok_and(|table| table.open));
    clock.step = match clock.step {
        Step::Offers(round) if talking => Step::Answers(round),
        Step::Answers(round) if talking && round + 1 < setting.level.talk_rounds => {
            Step::Offers(round + 1)
        }
        Step::Over => Step::Over,
        _ => Step::Plan,
    };
    orders.clear();
}

/// The pair of ids a table joins, for those who walk over all tables: by lab, then giant.
pub fn pair_at(place: usize, giants: usize) -> (FirmId, LabId) {
    (FirmId((place % giants) as u8), LabId((place / giants) as u8))
}
