//! What a disposition does at a table, so that a prudent rival, a hungry, a patient and an unforgiving
//! one play differently and a player can tell them apart.

use crate::ids::Role;
use crate::level::DispositionFile;
use crate::sim::view::{SeatView, TableView};

/// The part of its cash a neutral giant spends on one deal at most, on an average day.
pub(super) const MOST_OF_CASH: f64 = 0.07;
/// Quarters after a deal in which a neutral bot leaves the same table alone.
const AT_REST: f64 = 4.0;
/// Where in the zone of agreement a neutral bot opens: the part of the way from its own best price to
/// the other side's; and how much of the zone it gives up each round.
const OPENS: f64 = 0.2;
const CONCEDES: f64 = 0.2;
/// The patience of a neutral table.
const NEUTRAL_PATIENCE: f64 = 8.0;
/// Quarters a slight is remembered, and the memory from which it keeps a giant from the table.
const REMEMBERED: u32 = 2;
const UNFORGIVING: f64 = 1.5;

/// How a bot behaves at tables. All of it is assumed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Manner {
    /// The part of a giant's cash that may go into one deal: more for the ambitious, less for the
    /// prudent.
    pub most_of_cash: f64,
    /// Quarters it leaves a table alone after a deal: more for the prudent.
    pub rest: u32,
    /// Where it opens, and what it gives up each round: little of both for the patient.
    pub opens: f64,
    pub concedes: f64,
    /// How long it is out of temper with a lab that took a rival's money over its own offer.
    pub memory: f64,
    /// Rounds it looks ahead: it names the price the other side will have come to by then.
    pub foresight: u32,
    /// Whether it plays suitors against each other: waits for bids, and counts them.
    pub plays_rivals: bool,
}

impl Manner {
    /// A giant's manner; `most_of_cash` is the day's.
    pub(super) fn of(who: &DispositionFile, most_of_cash: f64) -> Manner {
        let appetite = (who.ambition * who.growth / who.prudence.max(0.1)).clamp(0.5, 2.0);
        let haste = NEUTRAL_PATIENCE / f64::from(who.patience.max(2));
        Manner {
            most_of_cash: most_of_cash * appetite,
            rest: libm::rint(AT_REST * who.prudence / who.growth.max(0.1)).clamp(2.0, 8.0) as u32,
            opens: (OPENS * haste).clamp(0.08, 0.5),
            concedes: (CONCEDES * haste).clamp(0.1, 0.35),
            memory: who.memory,
            foresight: 0,
            plays_rivals: true,
        }
    }

    /// A lab's manner; `most_of_cash` is what it thinks a giant ready to spend.
    pub(super) fn of_lab(patience: u32, most_of_cash: f64) -> Manner {
        let neutral = DispositionFile { patience, ..DispositionFile::NEUTRAL };
        Manner { most_of_cash, ..Manner::of(&neutral, most_of_cash) }
    }

    /// Whether it stays away from a table out of temper.
    pub(super) fn stays_away(&self, view: &SeatView, table: &TableView) -> bool {
        self.memory >= UNFORGIVING && slighted(view, table)
    }
}

/// Whether this table's lab has of late signed with another giant while this giant's own offer was
/// known to it, and nothing with this one.
fn slighted(view: &SeatView, table: &TableView) -> bool {
    if !matches!(view.role, Role::Giant(_)) || table.mine.last_offer.is_none() {
        return false;
    }
    let of_late = |giant| {
        view.deals.iter().any(|deal| {
            deal.lab == table.lab
                && (deal.giant == table.giant) == giant
                && deal.fact.is_some()
                && deal.signed < view.quarter
                && view.quarter.since(deal.signed) <= REMEMBERED
        })
    };
    of_late(false) && !of_late(true)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hungry_spend_more_and_come_back_sooner_than_the_prudent() {
        let hungry = DispositionFile { ambition: 1.3, prudence: 0.7, ..DispositionFile::NEUTRAL };
        let prudent = DispositionFile { prudence: 1.6, ..DispositionFile::NEUTRAL };
        let (hungry, prudent) = (Manner::of(&hungry, 0.07), Manner::of(&prudent, 0.07));
        assert!(hungry.most_of_cash > 2.0 * prudent.most_of_cash);
        assert!(hungry.rest < prudent.rest);
    }

    #[test]
    fn the_patient_open_low_and_give_way_slowly() {
        let patient = DispositionFile { patience: 16, ..DispositionFile::NEUTRAL };
        let hasty = DispositionFile { patience: 4, ..DispositionFile::NEUTRAL };
        let (patient, hasty) = (Manner::of(&patient, 0.07), Manner::of(&hasty, 0.07));
        assert!(patient.opens < hasty.opens && patient.concedes < hasty.concedes);
    }
}
