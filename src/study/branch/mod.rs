//! Another line of play: a game taken up again at a closed quarter, with something decided otherwise,
//! under the same luck. It ends where the played game stands: nobody sees luck that is still to come.

mod compare;
mod kept;
mod played;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::bot::{Bot, bot_seed};
use crate::ids::{DealId, FirmId, LabId, SeatId};
use crate::sim::deal::{Deal, TermSheet};
use crate::sim::decision::{Decision, Refusal};
use crate::sim::game::{ClosedQuarter, Game};
use crate::sim::setting::Step;
use crate::units::Quarter;

pub use compare::{BranchQuarter, Comparison, Difference, Signature, compare, notable};
pub use played::{Broken, Played, Tape, TapeStep};

/// What one seat decides in one step in place of what it decided then.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    pub quarter: Quarter,
    pub step: Step,
    pub seat: SeatId,
    pub decisions: Vec<Decision>,
}

/// Where a branch leaves the played game.
#[derive(Clone, Debug, PartialEq)]
pub enum Departure {
    /// These decisions are other ones. They must be legal.
    Decided(Vec<Change>),
    /// One decision is left out, by its place among its seat's in that step.
    Silent { quarter: Quarter, step: Step, seat: SeatId, place: usize },
    /// The two sides of a deal sign nothing with each other in the quarter they signed it in.
    Unsigned(DealId),
    /// A giant and a lab sign these terms as this step begins.
    Signed { quarter: Quarter, step: Step, giant: FirmId, lab: LabId, sheet: TermSheet },
}

/// Who decides for the bots' seats after a branch has left the played game.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Others {
    /// The bots, who see the new line of play.
    Asked,
    /// Nobody: what they decided then is decided again, where it is legal; a yes is a yes to whatever
    /// is offered.
    AsPlayed,
}

/// Why something decided in the played game is not decided in a branch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Why {
    Refused(Refusal),
    /// The terms accepted then are not on the table.
    OtherTerms,
    /// The deal meant was not signed here.
    NoSuchDeal,
    /// That step of the talks did not come.
    Unreached,
}

/// A later decision of a person that the branch could not keep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dropped {
    pub quarter: Quarter,
    pub step: Step,
    pub seat: SeatId,
    pub decision: Decision,
    pub why: Why,
}

/// A line of play from the branch's first quarter to where the played game stands.
#[derive(Clone, Debug)]
pub struct Branch {
    pub history: Vec<Arc<ClosedQuarter>>,
    pub deals: Vec<Deal>,
    pub dropped: Vec<Dropped>,
}

/// Why there is no such branch.
#[derive(Clone, Debug, PartialEq)]
pub enum NoBranch {
    /// That quarter has not been closed, or was not recorded.
    NotClosed,
    /// A changed decision is refused.
    Refused(Box<RefusedChange>),
    /// A changed decision is for a step that did not come.
    Unreached(Change),
    /// There is no such deal or decision, or the rules refuse the deal.
    Nothing,
}

/// A changed decision that the rules refuse, with the deals of that moment.
#[derive(Clone, Debug, PartialEq)]
pub struct RefusedChange {
    pub change: Change,
    pub decision: Decision,
    pub refusal: Refusal,
    pub deals: Vec<Deal>,
}

impl Departure {
    /// The step of the record it leaves at.
    fn step(&self, played: &Played) -> Result<usize, NoBranch> {
        match self {
            Departure::Decided(changes) => {
                let first = changes
                    .iter()
                    .map(|each| (each.quarter, each.step))
                    .min_by_key(|&(quarter, step)| when(quarter, step))
                    .ok_or(NoBranch::Nothing)?;
                played.first_from(first).ok_or(NoBranch::NotClosed)
            }
            Departure::Silent { quarter, step, seat, place } => {
                let number = played.number(*quarter, *step).ok_or(NoBranch::NotClosed)?;
                let decided = &played.tape.steps[number].decisions[seat.index()];
                if *place < decided.len() { Ok(number) } else { Err(NoBranch::Nothing) }
            }
            Departure::Signed { quarter, step, .. } => {
                played.number(*quarter, *step).ok_or(NoBranch::NotClosed)
            }
            Departure::Unsigned(deal) => {
                played.signed_in.get(deal).copied().ok_or(NoBranch::Nothing)
            }
        }
    }

    /// What a seat decides in a step, if that is changed.
    fn change(&self, seat: SeatId, quarter: Quarter, step: Step) -> Option<&Change> {
        let Departure::Decided(changes) = self else { return None };
        changes.iter().find(|each| (each.quarter, each.step, each.seat) == (quarter, step, seat))
    }

    fn leaves_out(&self, seat: SeatId, at: (Quarter, Step), place: usize) -> bool {
        matches!(*self, Departure::Silent { quarter, step, seat: whose, place: which }
            if (quarter, step) == at && whose == seat && which == place)
    }
}

impl Played {
    /// Plays a branch in a game of the same level. People's later decisions are kept where they are
    /// legal and mean the same; bots are asked again after the step in which the branch leaves.
    pub fn branch(
        &self,
        game: &mut Game,
        departure: &Departure,
        others: Others,
    ) -> Result<Branch, NoBranch> {
        let leaves = departure.step(self)?;
        let from = self.tape.steps[leaves].quarter;
        let start = self.starts.iter().find(|start| start.quarter == from);
        let start = start.ok_or(NoBranch::NotClosed)?;
        game.restore(&start.state, self.tape.seed, start.history.clone());
        let mut line = Line {
            played: self,
            departure,
            others,
            leaves,
            bots: self.bots(),
            dropped: Vec::new(),
            reached: BTreeSet::new(),
            changed: 0,
        };
        while !game.is_over() && game.history().len() < self.history.len() {
            line.step(game)?;
        }
        line.unreached(start.first)?;
        Ok(Branch { history: game.history().to_vec(), deals: game.deals(), dropped: line.dropped })
    }

    fn bots(&self) -> Vec<Option<Bot>> {
        let level = &self.tape.level;
        let seats = level.seat_ids().zip(&self.tape.seats);
        seats
            .map(|(seat, policy)| {
                policy.map(|policy| Bot::new(policy, bot_seed(level, seat, self.tape.seed)))
            })
            .collect()
    }
}

/// A branch being played.
struct Line<'p> {
    played: &'p Played,
    departure: &'p Departure,
    others: Others,
    /// The step of the record in which it leaves.
    leaves: usize,
    bots: Vec<Option<Bot>>,
    dropped: Vec<Dropped>,
    /// Steps of the record that came here too.
    reached: BTreeSet<usize>,
    /// Changes that were decided.
    changed: usize,
}

impl Line<'_> {
    fn step(&mut self, game: &mut Game) -> Result<(), NoBranch> {
        let at = (game.quarter(), game.step());
        let number = self.played.number(at.0, at.1);
        self.reached.extend(number);
        let left = when(at.0, at.1) > self.played.when(self.leaves);
        if let (Departure::Unsigned(deal), true) = (self.departure, number == Some(self.leaves)) {
            let deal = &self.played.deals[deal.index()];
            let lab = deal.lab.seat(self.played.tape.level.giants.len());
            // They had a table, or they could not have signed at it.
            let _ = game.suppose_apart(deal.giant.seat(), lab);
        }
        if let (&Departure::Signed { giant, lab, sheet, .. }, true) =
            (self.departure, number == Some(self.leaves))
        {
            let (lab, before) = (lab.seat(self.played.tape.level.giants.len()), game.deals().len());
            game.suppose_signed(giant.seat(), lab, sheet).map_err(|_| NoBranch::Nothing)?;
            // It may also wait for a waiver, and then it is not signed.
            if game.deals().len() == before {
                return Err(NoBranch::Nothing);
            }
        }
        for seat in self.played.tape.level.seat_ids() {
            // Bots look at every step, so that they remember the quarter's talks as they did then.
            let bot = self.bots[seat.index()].as_mut();
            let answer = bot.map(|bot| bot.choose(&game.view(seat)));
            if let Some(change) = self.departure.change(seat, at.0, at.1) {
                self.changed += 1;
                decide_all(game, change)?;
                continue;
            }
            match answer.filter(|_| left && self.others == Others::Asked) {
                Some(decisions) => {
                    for decision in decisions {
                        let _ = game.submit(seat, decision);
                    }
                }
                None => self.decide_again(game, seat, number),
            }
        }
        game.advance();
        Ok(())
    }

    /// Decides what a seat decided then, as far as it can be.
    fn decide_again(&mut self, game: &mut Game, seat: SeatId, number: Option<usize>) {
        let Some(number) = number else { return };
        let TapeStep { quarter, step, decisions } = &self.played.tape.steps[number];
        let is_person = self.bots[seat.index()].is_none();
        for (place, &decision) in decisions[seat.index()].iter().enumerate() {
            if self.departure.leaves_out(seat, (*quarter, *step), place) {
                continue;
            }
            // Who decides as it did says yes to another offer too; a person agreed to terms.
            let whatever = !is_person;
            let kept = self.played.kept(game, seat, (number, place), decision, whatever);
            let decided = kept.and_then(|same| game.submit(seat, same).map_err(Why::Refused));
            if let (Err(why), true) = (decided, is_person) {
                let (quarter, step) = (*quarter, *step);
                self.dropped.push(Dropped { quarter, step, seat, decision, why });
            }
        }
    }

    /// What was decided in steps of the talks that did not come.
    fn unreached(&mut self, first: usize) -> Result<(), NoBranch> {
        if let Departure::Decided(changes) = self.departure
            && self.changed < changes.len()
        {
            let came = |change: &&Change| {
                let number = self.played.number(change.quarter, change.step);
                number.is_some_and(|number| self.reached.contains(&number))
            };
            let missing = changes.iter().find(|change| !came(change));
            return Err(missing.map_or(NoBranch::Nothing, |c| NoBranch::Unreached(c.clone())));
        }
        let steps = self.played.tape.steps.iter().enumerate().skip(first);
        let missed = steps.filter(|(number, record)| {
            let closed = record.quarter.0 as usize <= self.played.history.len();
            closed && !self.reached.contains(number)
        });
        for (_, TapeStep { quarter, step, decisions }) in missed {
            for (seat, decided) in decisions.iter().enumerate() {
                if self.bots[seat].is_none() {
                    self.dropped.extend(decided.iter().map(|&decision| Dropped {
                        quarter: *quarter,
                        step: *step,
                        seat: SeatId(seat as u8),
                        decision,
                        why: Why::Unreached,
                    }));
                }
            }
        }
        self.dropped.sort_by_key(|dropped| when(dropped.quarter, dropped.step));
        Ok(())
    }
}

/// Orders steps by when they come.
fn when(quarter: Quarter, step: Step) -> (u32, u32) {
    (quarter.0, step.number())
}

/// Decides what is changed, all of it or nothing.
fn decide_all(game: &mut Game, change: &Change) -> Result<(), NoBranch> {
    for &decision in &change.decisions {
        if let Err(refusal) = game.submit(change.seat, decision) {
            let (change, deals) = (change.clone(), game.deals());
            let refused = RefusedChange { change, decision, refusal, deals };
            return Err(NoBranch::Refused(Box::new(refused)));
        }
    }
    Ok(())
}
