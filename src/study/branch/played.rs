//! A played game, played again from its record, with a place to take it up at every quarter.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Change, Departure, when};
use crate::bot::Policy;
use crate::ids::{DealId, SeatId};
use crate::level::Level;
use crate::sim::deal::{Deal, TermSheet};
use crate::sim::decision::{Decision, Refusal};
use crate::sim::game::{ClosedQuarter, Game};
use crate::sim::setting::Step;
use crate::sim::snapshot::Snapshot;
use crate::units::Quarter;

/// What every seat decided in one step, by seat.
#[derive(Clone, Debug, PartialEq)]
pub struct TapeStep {
    pub quarter: Quarter,
    pub step: Step,
    pub decisions: Vec<Vec<Decision>>,
}

/// A game as it was decided.
#[derive(Clone, Debug)]
pub struct Tape {
    pub level: Arc<Level>,
    pub seed: u64,
    /// By seat; none where a person sat.
    pub seats: Vec<Option<Policy>>,
    pub steps: Vec<TapeStep>,
}

/// A record that cannot be played again.
#[derive(Clone, Debug, PartialEq)]
pub struct Broken {
    pub quarter: Quarter,
    pub seat: SeatId,
    pub refusal: Refusal,
}

/// The beginning of a quarter.
pub(super) struct Start {
    pub(super) quarter: Quarter,
    /// Its first step in the record.
    pub(super) first: usize,
    pub(super) state: Snapshot,
    pub(super) history: Vec<Arc<ClosedQuarter>>,
}

/// A played game, up to its last closed quarter.
pub struct Played {
    pub tape: Tape,
    pub history: Vec<Arc<ClosedQuarter>>,
    pub deals: Vec<Deal>,
    pub(super) starts: Vec<Start>,
    /// The terms of each acceptance, by step of the record, seat and place.
    pub(super) accepted: BTreeMap<(usize, SeatId, usize), TermSheet>,
    /// The step each deal of the game was signed in.
    pub(super) signed_in: BTreeMap<DealId, usize>,
}

impl Played {
    /// Plays a record again.
    pub fn of(tape: Tape) -> Result<Played, Broken> {
        let mut game = Game::new(Arc::clone(&tape.level), tape.seed);
        let (mut starts, mut accepted) = (Vec::new(), BTreeMap::new());
        let mut signed_in = BTreeMap::new();
        let mut begun = Quarter(0);
        for (number, record) in tape.steps.iter().enumerate() {
            if record.quarter != begun {
                begun = record.quarter;
                let (state, history) = (game.snapshot(), game.history().to_vec());
                starts.push(Start { quarter: begun, first: number, state, history });
            }
            for (seat, decisions) in tape.level.seat_ids().zip(&record.decisions) {
                for (place, &decision) in decisions.iter().enumerate() {
                    if let Decision::Accept { from, choice } = decision {
                        let view = game.view(seat);
                        let table = view.table_with(from);
                        let sheet = table.and_then(|table| table.theirs.sheet(choice));
                        accepted.extend(sheet.map(|sheet| ((number, seat, place), sheet)));
                    }
                    game.submit(seat, decision).map_err(|refusal| {
                        let quarter = record.quarter;
                        Broken { quarter, seat, refusal }
                    })?;
                }
            }
            let before = game.deals().len();
            game.advance();
            for deal in &game.deals()[before..] {
                signed_in.insert(deal.id, number);
            }
        }
        let history = game.history().to_vec();
        // The quarter under way is nobody's to take up again.
        starts.truncate(history.len());
        let mut deals = game.deals();
        deals.retain(|deal| deal.signed.0 as usize <= history.len());
        Ok(Played { tape, history, deals, starts, accepted, signed_in })
    }

    /// Plays the record once more, in a game of the same level: `before` sees the game as each step
    /// begins, before anybody has decided, and at last as it was left.
    pub(in crate::study) fn walk(
        &self,
        game: &mut Game,
        mut before: impl FnMut(&Game),
    ) -> Result<(), Broken> {
        game.restart(self.tape.seed);
        for TapeStep { quarter, decisions, .. } in &self.tape.steps {
            before(game);
            for (seat, decided) in self.tape.level.seat_ids().zip(decisions) {
                for &decision in decided {
                    let broken = |refusal| Broken { quarter: *quarter, seat, refusal };
                    game.submit(seat, decision).map_err(broken)?;
                }
            }
            game.advance();
        }
        before(game);
        Ok(())
    }

    /// The step a deal of the game was signed in.
    pub fn signed_at(&self, deal: DealId) -> Option<(Quarter, Step)> {
        let number = *self.signed_in.get(&deal)?;
        let step = &self.tape.steps[number];
        Some((step.quarter, step.step))
    }

    /// The step of the record with this place in the game.
    pub(super) fn number(&self, quarter: Quarter, step: Step) -> Option<usize> {
        let steps = &self.tape.steps;
        steps.binary_search_by_key(&when(quarter, step), |each| when(each.quarter, each.step)).ok()
    }

    pub(super) fn when(&self, number: usize) -> (u32, u32) {
        let step = &self.tape.steps[number];
        when(step.quarter, step.step)
    }

    /// The first step of the record at or after this place, in the same quarter.
    pub(super) fn first_from(&self, (quarter, step): (Quarter, Step)) -> Option<usize> {
        let steps = self.tape.steps.iter();
        let number = steps
            .enumerate()
            .find(|(_, each)| each.quarter == quarter && each.step.number() >= step.number())
            .map(|(number, _)| number)?;
        (quarter.0 as usize <= self.history.len()).then_some(number)
    }

    /// The steps in which a departure decides otherwise, and what was decided there.
    pub(super) fn changed(&self, departure: &Departure) -> Vec<(Change, Vec<Decision>)> {
        let Departure::Decided(changes) = departure else { return Vec::new() };
        let then = |change: &Change| {
            let number = self.number(change.quarter, change.step);
            number.map_or_else(Vec::new, |number| {
                self.tape.steps[number].decisions[change.seat.index()].clone()
            })
        };
        let both = changes.iter().map(|change| (change.clone(), then(change)));
        both.filter(|(change, then)| change.decisions != *then).collect()
    }

    /// Everything a seat decided in a closed quarter, by step.
    pub fn decided(&self, seat: SeatId, quarter: Quarter) -> Vec<Change> {
        let steps = self.tape.steps.iter().filter(|each| each.quarter == quarter);
        steps
            .map(|each| Change {
                quarter,
                step: each.step,
                seat,
                decisions: each.decisions[seat.index()].clone(),
            })
            .collect()
    }
}
