//! One table between a giant and a lab: a pure state machine.
//!
//! `step(table, side, move, ..)` gives the next state or a refusal. It knows nothing of cash,
//! covenants or appraisals: those are checked before a move comes here.

use bevy::prelude::Component;
use serde::{Deserialize, Serialize};

use crate::sim::deal::TermSheet;
use crate::sim::decision::{Choice, Refusal, Routes};
use crate::sim::rng::Stream;
use crate::sim::view::TableView;
use crate::units::Quarter;

/// Which end of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Side {
    Giant,
    Lab,
}

impl Side {
    pub fn other(self) -> Side {
        match self {
            Side::Giant => Side::Lab,
            Side::Lab => Side::Giant,
        }
    }

    fn at(self) -> usize {
        self as usize
    }
}

/// What one side has before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Hand {
    /// Its standing offer: binding until superseded or the quarter's talks end.
    pub offer: Option<TermSheet>,
    /// The step of the quarter the offer was made in.
    pub offered_in: u32,
    /// Its last offer, for the record, however old.
    pub last_offer: Option<TermSheet>,
    /// Whether that offer is of this quarter's talks.
    pub offered: bool,
    /// Sheets it would sign, in answer to the other side's question; as binding as an offer.
    pub routes: Routes,
    /// Whether it has asked *what do you want?* this quarter.
    pub asked: bool,
    /// Whether that question still waits for an answer.
    pub waits_for_answer: bool,
    /// Points of patience left, and what it starts with.
    pub patience: u32,
    pub full_patience: u32,
    /// Whether it made a move here this quarter: what a table costs in attention.
    pub acted: bool,
}

impl Hand {
    /// Whether something of this side's waits for the other: an offer, a question, or its routes.
    pub fn asks(&self) -> bool {
        self.offer.is_some() || self.waits_for_answer || self.routes[0].is_some()
    }

    fn new(patience: u32) -> Hand {
        Hand { patience, full_patience: patience, ..Hand::default() }
    }

    /// The sheet a choice means, if it stands.
    pub fn sheet(&self, choice: Choice) -> Option<TermSheet> {
        match choice {
            Choice::Offer => self.offer,
            Choice::Route(number) => self.routes.get(usize::from(number)).copied().flatten(),
        }
    }

    /// Whether a sheet is one this side has bound itself to.
    pub fn stands_by(&self, sheet: &TermSheet) -> bool {
        self.offer.as_ref() == Some(sheet) || self.routes.iter().flatten().any(|own| own == sheet)
    }

    /// What it has named in this quarter's talks, whether it still stands or not.
    pub fn named(&self) -> Option<TermSheet> {
        self.offer.or(self.last_offer.filter(|_| self.offered))
    }

    /// Leaves out what was offered, for somebody who may not see it yet.
    pub fn hide_offer(&mut self) {
        self.offer = None;
        self.last_offer = None;
        self.offered = false;
        self.offered_in = 0;
    }

    fn clear_standing(&mut self) {
        self.offer = None;
        self.routes = Routes::default();
        self.waits_for_answer = false;
    }
}

/// A table.
#[derive(Component, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Table {
    hands: [Hand; 2],
    /// Whether talks are under way this quarter.
    pub open: bool,
    /// The first quarter it may open again after somebody walked away.
    pub closed_until: Quarter,
    /// What both have agreed to, subject to a waiver, and the side that said yes last.
    pub agreed: Option<(TermSheet, Side)>,
}

/// A move at a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Move {
    Offer(TermSheet),
    Ask,
    Accept(Choice),
    Propose(Routes),
    Hold,
    WalkAway,
}

/// When and against what a move is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    pub quarter: Quarter,
    /// Steps of the quarter gone.
    pub step: u32,
    /// The lab's fundamental value as published: the measure of an insult.
    pub fair_pre_money_bn: f64,
    /// Nobody sees the offer yet, so it neither insults nor tries patience.
    pub sealed: bool,
}

/// What a move led to, beside the table's next state.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome {
    Continues,
    /// The offer was so far off that it cost patience, perhaps the last of it.
    Insulted {
        closed: bool,
    },
    /// The other side's patience ran out over trifles, or somebody walked away.
    Closed,
    /// A yes: this sheet is to be signed.
    Agreed(TermSheet),
}

/// Quarters a table stays shut after a walk-away.
const COOLING_QUARTERS: u32 = 2;
/// Patience an insult and a trifling change of an offer cost.
const INSULT: u32 = 3;
const TRIFLE: u32 = 1;
/// Patience that comes back each quarter.
const RECOVERY: u32 = 2;

/// Patience left, in three words.
pub(in crate::sim) fn mood(patience: u32, full: u32) -> i8 {
    match (patience * 3).checked_div(full.max(1)) {
        Some(0) => -1,
        Some(1) => 0,
        _ => 1,
    }
}

impl Table {
    pub fn new(giant_patience: u32, lab_patience: u32) -> Table {
        Table {
            hands: [Hand::new(giant_patience), Hand::new(lab_patience)],
            open: false,
            closed_until: Quarter(0),
            agreed: None,
        }
    }

    /// A table as one side sees it, the other's patience drawn from its mood: any that would show so,
    /// as likely as another. One uniform draw.
    pub(in crate::sim) fn imagined(seen: &TableView, their_full: u32, luck: &mut Stream) -> Table {
        let shows = |patience: &u32| mood(*patience, their_full) == seen.their_mood;
        // Patience is gone only where the table is shut.
        let least = u32::from(seen.closed_until == Quarter(0));
        let possible: Vec<u32> = (least..=their_full).filter(shows).collect();
        let drawn = possible.get(luck.below(possible.len().max(1)));
        let theirs = Hand {
            patience: drawn.copied().unwrap_or(least),
            full_patience: their_full,
            ..seen.theirs
        };
        let hands = match seen.side {
            Side::Giant => [seen.mine, theirs],
            Side::Lab => [theirs, seen.mine],
        };
        let agreed = seen.agreed.map(|sheet| (sheet, seen.side));
        Table { hands, open: seen.open, closed_until: seen.closed_until, agreed }
    }

    pub fn hand(&self, side: Side) -> &Hand {
        &self.hands[side.at()]
    }

    fn hand_mut(&mut self, side: Side) -> &mut Hand {
        &mut self.hands[side.at()]
    }

    /// Whether a move is possible, and where it leads.
    pub fn step(
        mut self,
        side: Side,
        mv: Move,
        moment: Moment,
    ) -> Result<(Table, Outcome), Refusal> {
        if self.closed_until > moment.quarter {
            return Err(Refusal::TableClosed { until: self.closed_until });
        }
        if self.agreed.is_some() && !matches!(mv, Move::WalkAway | Move::Hold) {
            return Err(Refusal::AgreedInPrinciple);
        }
        let outcome = match mv {
            Move::Offer(sheet) => self.offer(side, sheet, moment)?,
            Move::Ask => self.ask(side)?,
            Move::Accept(choice) => {
                let sheet = self.hand(side.other()).sheet(choice).ok_or(Refusal::NothingOnOffer)?;
                Outcome::Agreed(sheet)
            }
            Move::Propose(routes) => self.propose(side, routes)?,
            Move::Hold => {
                self.require_open()?;
                Outcome::Continues
            }
            Move::WalkAway => {
                self.require_open()?;
                self.close(moment.quarter);
                Outcome::Closed
            }
        };
        self.hand_mut(side).acted = true;
        Ok((self, outcome))
    }

    fn require_open(&self) -> Result<(), Refusal> {
        if self.open { Ok(()) } else { Err(Refusal::NoTable) }
    }

    fn offer(&mut self, side: Side, sheet: TermSheet, moment: Moment) -> Result<Outcome, Refusal> {
        if self.hand(side).offer == Some(sheet) {
            return Err(Refusal::SameAsStanding);
        }
        if self.hand(side.other()).stands_by(&sheet) {
            return Err(Refusal::AcceptInstead);
        }
        let insult = !moment.sealed && is_insult(side, &sheet, moment.fair_pre_money_bn);
        let trifle = !moment.sealed
            && self.hand(side).offer.is_some_and(|before| is_trifle(&before, &sheet));
        let hand = self.hand_mut(side);
        hand.offer = Some(sheet);
        hand.last_offer = Some(sheet);
        hand.offered = true;
        hand.offered_in = moment.step;
        self.open = true;
        let cost = if insult { INSULT } else { 0 } + if trifle { TRIFLE } else { 0 };
        let other = self.hand_mut(side.other());
        other.patience = other.patience.saturating_sub(cost);
        let closed = other.patience == 0;
        if closed {
            self.close(moment.quarter);
        }
        Ok(match (insult, closed) {
            (true, closed) => Outcome::Insulted { closed },
            (false, true) => Outcome::Closed,
            (false, false) => Outcome::Continues,
        })
    }

    fn ask(&mut self, side: Side) -> Result<Outcome, Refusal> {
        let hand = self.hand_mut(side);
        if hand.asked {
            return Err(Refusal::AlreadyAsked);
        }
        hand.asked = true;
        hand.waits_for_answer = true;
        self.open = true;
        Ok(Outcome::Continues)
    }

    fn propose(&mut self, side: Side, routes: Routes) -> Result<Outcome, Refusal> {
        self.require_open()?;
        let other = self.hand_mut(side.other());
        if !other.waits_for_answer {
            return Err(Refusal::NotAsked);
        }
        other.waits_for_answer = false;
        // Numbered from the first, without gaps.
        let mut shown = routes.into_iter().flatten();
        self.hand_mut(side).routes = [shown.next(), shown.next(), shown.next()];
        Ok(Outcome::Continues)
    }

    fn close(&mut self, now: Quarter) {
        for hand in &mut self.hands {
            hand.clear_standing();
        }
        self.agreed = None;
        self.open = false;
        self.closed_until = now.plus(COOLING_QUARTERS);
    }

    /// One side said yes to a sheet that waits for a waiver: nothing else is discussed meanwhile.
    pub fn agree(&mut self, by: Side, sheet: TermSheet) {
        for hand in &mut self.hands {
            hand.clear_standing();
        }
        self.hand_mut(by).acted = true;
        self.open = true;
        self.agreed = Some((sheet, by));
    }

    /// A side has spoken here beside its moves: the table counts as held.
    pub fn attended(&mut self, side: Side) {
        self.hand_mut(side).acted = true;
    }

    /// A side loses patience over what happened elsewhere, and keeps at least a point: only what
    /// happens at the table ends it.
    pub fn wear(&mut self, side: Side, points: u32) {
        let hand = self.hand_mut(side);
        hand.patience = hand.patience.saturating_sub(points).max(hand.patience.min(1));
    }

    /// A deal was signed here by one side's acceptance: talks between the two are over for the
    /// quarter.
    pub fn signed(&mut self, by: Side, now: Quarter) {
        for hand in &mut self.hands {
            hand.clear_standing();
        }
        self.hand_mut(by).acted = true;
        self.agreed = None;
        self.open = false;
        self.closed_until = now.next();
    }

    /// The lab has begun to talk with another giant alone: what stands here lapses.
    pub fn shut(&mut self) {
        for hand in &mut self.hands {
            hand.clear_standing();
        }
        self.open = false;
    }

    /// The two sign nothing with each other for the rest of the quarter: nobody walked away.
    pub(in crate::sim) fn rest(&mut self, now: Quarter) {
        self.shut();
        self.agreed = None;
        self.closed_until = self.closed_until.max(now.next());
    }

    /// The quarter's talks are over: offers lapse, patience recovers a little.
    pub fn end_quarter(&mut self) {
        for hand in &mut self.hands {
            hand.clear_standing();
            hand.asked = false;
            hand.acted = false;
            hand.offered = false;
            hand.patience = (hand.patience + RECOVERY).min(hand.full_patience);
        }
        self.agreed = None;
        self.open = false;
    }
}

/// An offer at less than two fifths of the lab's value, or an asking price above two and a half
/// times it.
fn is_insult(side: Side, sheet: &TermSheet, fair_pre_money_bn: f64) -> bool {
    // Where nothing is paid for shares, the price says nothing.
    if !sheet.amount().is_positive() {
        return false;
    }
    let ratio = sheet.pre_money.bn() / fair_pre_money_bn.max(1e-9);
    match side {
        Side::Giant => ratio < 0.4,
        Side::Lab => ratio > 2.5,
    }
}

/// A new offer that changes no clause and no sum by as much as one per cent.
fn is_trifle(before: &TermSheet, after: &TermSheet) -> bool {
    let near = |one: f64, other: f64| (one - other).abs() <= 0.01 * one.abs().max(other.abs());
    let sums_near = near(before.pre_money.bn(), after.pre_money.bn())
        && near(before.cash.bn(), after.cash.bn())
        && near(before.credits.bn(), after.credits.bn());
    let same_clauses = TermSheet {
        pre_money: after.pre_money,
        cash: after.cash,
        credits: after.credits,
        ..*before
    } == *after;
    sums_near && same_clauses
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Money;

    fn sheet(pre_money_bn: f64) -> TermSheet {
        TermSheet {
            cash: Money::from_bn(10.0),
            pre_money: Money::from_bn(pre_money_bn),
            ..TermSheet::default()
        }
    }

    fn at(quarter: u32, step: u32) -> Moment {
        Moment { quarter: Quarter(quarter), step, fair_pre_money_bn: 100.0, sealed: false }
    }

    fn after(table: Table, side: Side, mv: Move) -> (Table, Outcome) {
        table.step(side, mv, at(1, 0)).expect("a legal move")
    }

    #[test]
    fn an_offer_opens_the_table_and_can_be_accepted_unchanged() {
        let (table, _) = after(Table::new(8, 8), Side::Giant, Move::Offer(sheet(100.0)));
        assert!(table.open);
        let (_, outcome) = after(table, Side::Lab, Move::Accept(Choice::Offer));
        assert_eq!(outcome, Outcome::Agreed(sheet(100.0)));
    }

    #[test]
    fn nobody_accepts_what_is_not_there() {
        let table = Table::new(8, 8);
        let refused = table.step(Side::Lab, Move::Accept(Choice::Offer), at(1, 1));
        assert_eq!(refused, Err(Refusal::NothingOnOffer));
        assert_eq!(table.step(Side::Lab, Move::Hold, at(1, 1)), Err(Refusal::NoTable));
    }

    #[test]
    fn the_same_offer_twice_is_refused_and_so_is_offering_what_is_offered() {
        let (table, _) = after(Table::new(8, 8), Side::Giant, Move::Offer(sheet(100.0)));
        let again = table.step(Side::Giant, Move::Offer(sheet(100.0)), at(1, 2));
        assert_eq!(again, Err(Refusal::SameAsStanding));
        let mirrored = table.step(Side::Lab, Move::Offer(sheet(100.0)), at(1, 2));
        assert_eq!(mirrored, Err(Refusal::AcceptInstead));
    }

    #[test]
    fn a_question_is_asked_once_and_answered_with_routes_that_stand() {
        let (table, _) = after(Table::new(8, 8), Side::Giant, Move::Ask);
        assert_eq!(table.step(Side::Giant, Move::Ask, at(1, 2)), Err(Refusal::AlreadyAsked));
        let routes = [Some(sheet(120.0)), None, Some(sheet(110.0))];
        let (table, _) = after(table, Side::Lab, Move::Propose(routes));
        let (_, outcome) = after(table, Side::Giant, Move::Accept(Choice::Route(1)));
        assert_eq!(outcome, Outcome::Agreed(sheet(110.0)));
        let twice = table.step(Side::Lab, Move::Propose(routes), at(1, 3));
        assert_eq!(twice, Err(Refusal::NotAsked));
    }

    #[test]
    fn insults_wear_patience_down_until_the_table_closes() {
        let (table, outcome) = after(Table::new(8, 5), Side::Giant, Move::Offer(sheet(30.0)));
        assert_eq!(outcome, Outcome::Insulted { closed: false });
        let (table, outcome) = after(table, Side::Giant, Move::Offer(sheet(35.0)));
        assert_eq!(outcome, Outcome::Insulted { closed: true });
        let shut = table.step(Side::Giant, Move::Offer(sheet(100.0)), at(2, 0));
        assert_eq!(shut, Err(Refusal::TableClosed { until: Quarter(3) }));
        assert!(table.step(Side::Giant, Move::Offer(sheet(100.0)), at(3, 0)).is_ok());
    }

    #[test]
    fn a_trifling_change_costs_patience() {
        let (table, _) = after(Table::new(8, 8), Side::Giant, Move::Offer(sheet(100.0)));
        let (table, _) = after(table, Side::Giant, Move::Offer(sheet(100.5)));
        assert_eq!(table.hand(Side::Lab).patience, 7);
    }

    #[test]
    fn when_the_quarter_ends_offers_lapse_and_memory_stays() {
        let (mut table, _) = after(Table::new(8, 8), Side::Giant, Move::Offer(sheet(30.0)));
        table.end_quarter();
        assert_eq!(table.hand(Side::Giant).offer, None);
        assert_eq!(table.hand(Side::Giant).last_offer, Some(sheet(30.0)));
        assert_eq!(table.hand(Side::Giant).named(), None);
        assert_eq!(table.hand(Side::Lab).patience, 7);
    }
}
