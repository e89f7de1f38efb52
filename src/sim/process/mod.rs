//! How a lab runs its talks: privately, as a competition of sealed best offers, or with one giant
//! alone for a fee; and the template it publishes. Everybody knows both.

mod template;

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{FirmId, LabId, Role, SeatId};
use crate::sim::books::{Account, Books, Reason};
use crate::sim::decision::{Decision, Refusal};
use crate::sim::fact::{Fact, FactId, Facts};
use crate::sim::negotiation::{self, Move, Side, Table};
use crate::sim::setting::{Clock, Lab, Orders, Roster, Setting, Step};
use crate::sim::turn::{TalkSystems, TurnSystems};
use crate::units::Money;

pub use template::{REFUSABLE, Refused, Template};

/// The most a giant may be asked for talks of its own, $bn (assumed).
pub const MOST_FEE_BN: f64 = 20.0;

/// A way to hold a quarter's talks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Procedure {
    /// Offers are seen and answered as they come.
    #[default]
    Private,
    /// Sealed best offers, opened and answered in the last round, all at once.
    Competitive,
    /// Talks with one giant alone, if it pays the fee: a no-shop. Private until it does.
    NoShop { with: FirmId, fee: Money },
}

/// What a lab decides of its process, for the talks to come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Convening {
    pub procedure: Procedure,
    pub template: Option<Template>,
}

/// A lab's process in force.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Process {
    pub procedure: Procedure,
    pub template: Option<Template>,
    /// Whether the fee of a no-shop has been paid: talks are then with that giant alone.
    pub paid: bool,
}

impl Process {
    /// The only giant the lab talks with this quarter, if it was paid for that.
    pub fn alone_with(&self) -> Option<FirmId> {
        match self.procedure {
            Procedure::NoShop { with, .. } if self.paid => Some(with),
            _ => None,
        }
    }

    /// The fee of a no-shop.
    pub fn fee(&self) -> Option<Money> {
        match self.procedure {
            Procedure::NoShop { fee, .. } => Some(fee),
            _ => None,
        }
    }

    /// Whether bids are sealed in a step: before the answers of the last round.
    pub fn sealed(&self, step: Step, rounds: u32) -> bool {
        self.procedure == Procedure::Competitive
            && match step {
                Step::Offers(_) => true,
                Step::Answers(round) => round + 1 < rounds,
                Step::Plan | Step::Over => false,
            }
    }

    /// Whether the process allows a move at one of the lab's tables.
    pub fn allows(
        &self,
        (giant, lab): (FirmId, LabId),
        side: Side,
        mv: &Move,
        step: Step,
        rounds: u32,
    ) -> Result<(), Refusal> {
        if let Some(with) = self.alone_with().filter(|&with| with != giant) {
            return Err(Refusal::TalksAlone { lab, with });
        }
        let sealed = self.sealed(step, rounds);
        let silent = match (side, mv) {
            (_, Move::WalkAway) => false,
            // A bidder bids; a lab waits until the bids are opened.
            (Side::Giant, Move::Offer(_)) => false,
            (Side::Lab, Move::Offer(_)) => self.procedure == Procedure::Competitive,
            (_, Move::Ask) => self.procedure == Procedure::Competitive,
            _ => sealed,
        };
        if silent { Err(Refusal::BidsAreSealed { lab }) } else { Ok(()) }
    }
}

pub(super) fn talk_plugin(talk: &mut Schedule) {
    talk.add_systems((
        (convene, take_fees).chain().in_set(TalkSystems::WalkAways).before(negotiation::walk_away),
        open_bids.in_set(TalkSystems::Turn).before(negotiation::turn_step),
    ));
}

pub(super) fn plugin(close: &mut Schedule) {
    close.add_systems(
        file_processes.in_set(TurnSystems::Plans).after(crate::sim::plans::file_lab_plans),
    );
}

fn convened(orders: &Orders, seat: SeatId) -> Option<Convening> {
    orders.of(seat).iter().find_map(|decision| match decision {
        Decision::Convene(convening) => Some(*convening),
        _ => None,
    })
}

/// What a lab decides in the first offers holds from then on.
fn convene(
    orders: Res<Orders>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut facts: ResMut<Facts>,
    mut labs: Query<(&Lab, &mut Process)>,
) {
    for &entity in &roster.labs {
        let Ok((lab, mut process)) = labs.get_mut(entity) else { continue };
        if let Some(new) = convened(&orders, setting.lab_seat(lab.0)) {
            announce(lab.0, new, &mut process, &mut facts);
        }
    }
}

/// What a lab decides in its plan holds for the next quarter's talks; silence repeats the process,
/// but a no-shop is for one quarter.
fn file_processes(
    orders: Res<Orders>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut facts: ResMut<Facts>,
    mut labs: Query<(&Lab, &mut Process)>,
) {
    for &entity in &roster.labs {
        let Ok((lab, mut process)) = labs.get_mut(entity) else { continue };
        if matches!(process.procedure, Procedure::NoShop { .. }) {
            process.procedure = Procedure::Private;
            process.paid = false;
        }
        if let Some(new) = convened(&orders, setting.lab_seat(lab.0)) {
            announce(lab.0, new, &mut process, &mut facts);
        }
    }
}

fn announce(lab: LabId, new: Convening, process: &mut Process, facts: &mut Facts) {
    let Convening { procedure, template } = new;
    if process.procedure != procedure {
        facts.push(Fact::ProcessAnnounced { lab, procedure });
    }
    if process.template != template {
        facts.push(Fact::TemplatePublished { lab, template });
    }
    *process = Process { procedure, template, paid: false };
}

/// Giants pay for talks of their own: every other table of the lab is shut for the quarter.
fn take_fees(
    orders: Res<Orders>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut books: ResMut<Books>,
    mut facts: ResMut<Facts>,
    mut labs: Query<&mut Process>,
    mut tables: Query<&mut Table>,
) {
    for (seat, decision) in orders.iter() {
        let &Decision::BuyNoShop { of } = decision else { continue };
        let (Role::Giant(giant), Role::Lab(lab)) = (setting.role(seat), setting.role(of)) else {
            continue;
        };
        let Ok(mut process) = labs.get_mut(roster.lab(lab)) else { continue };
        let Procedure::NoShop { with, fee } = process.procedure else { continue };
        if with != giant || process.paid || books.balance(Account::Cash(seat)) < fee {
            continue;
        }
        process.paid = true;
        let fact: FactId = facts.push(Fact::NoShopBought { lab, giant, fee });
        let (from, to) = (Account::Cash(seat), Account::Cash(of));
        books.post_for(from, to, fee, Reason::NoShopFee, Some(fact));
        for each in (0..setting.giants() as u8).map(FirmId) {
            let Ok(mut table) = tables.get_mut(roster.table(each, lab)) else { continue };
            if each == giant {
                // Talks go on though nothing has been said yet.
                table.open = true;
            } else {
                table.shut();
            }
        }
    }
}

/// The last offers are in: sealed bids become known to the lab, all at once.
fn open_bids(
    clock: Res<Clock>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut facts: ResMut<Facts>,
    labs: Query<(&Lab, &Process)>,
    tables: Query<&Table>,
) {
    if clock.step != Step::Offers(setting.level.talk_rounds - 1) {
        return;
    }
    for (lab, process) in roster.labs.iter().filter_map(|&entity| labs.get(entity).ok()) {
        if process.procedure != Procedure::Competitive {
            continue;
        }
        for giant in (0..setting.giants() as u8).map(FirmId) {
            let table = tables.get(roster.table(giant, lab.0)).ok();
            if let Some(sheet) = table.and_then(|table| table.hand(Side::Giant).offer) {
                let (from, to) = (giant.seat(), setting.lab_seat(lab.0));
                facts.push(Fact::OfferMade { from, to, sheet });
            }
        }
    }
}

#[cfg(test)]
mod tests;
