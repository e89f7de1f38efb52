//! Two lines of play side by side.

use std::sync::Arc;

use serde::Serialize;

use super::{Branch, Change, Departure, Dropped, NoBranch, Others, Played};
use crate::ids::{FirmId, LabId, SeatId};
use crate::level::{Level, Measure};
use crate::sim::deal::TermSheet;
use crate::sim::decision::Decision;
use crate::sim::fact::Fact;
use crate::sim::game::{ClosedQuarter, Game};
use crate::units::Quarter;

/// A number as it was played and as it is in the branch. What lies between is split in two: what the
/// changed decisions do while everybody else decides as they did, and what the others' answers add.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Difference {
    pub played: f64,
    pub branch: f64,
    pub by_the_decision: f64,
    pub by_the_answers: f64,
}

impl Difference {
    pub fn whole(&self) -> f64 {
        self.branch - self.played
    }
}

/// The end of a quarter in both.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct BranchQuarter {
    pub quarter: Quarter,
    /// Scaled score, points.
    pub score: Difference,
    /// By goal of the seat, each in its measure's unit.
    pub goals: Vec<Difference>,
}

/// A deal signed in one line of play.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Signature {
    pub quarter: Quarter,
    pub giant: FirmId,
    pub lab: LabId,
    pub sheet: TermSheet,
}

/// Two lines of play of one game.
#[derive(Clone, Debug)]
pub struct Comparison {
    pub seat: SeatId,
    /// What is decided otherwise, and what was decided there.
    pub changed: Vec<(Change, Vec<Decision>)>,
    pub measures: Vec<Measure>,
    pub quarters: Vec<BranchQuarter>,
    /// Signed in the one and not, on the same terms in the same quarter, in the other.
    pub signed_played: Vec<Signature>,
    pub signed_branch: Vec<Signature>,
    /// Told of in the one and of nobody the like in the other that quarter.
    pub told_played: Vec<(Quarter, Fact)>,
    pub told_branch: Vec<(Quarter, Fact)>,
    pub dropped: Vec<Dropped>,
}

/// Plays a branch and sets it beside the played game, for one seat.
pub fn compare(
    played: &Played,
    game: &mut Game,
    departure: &Departure,
    seat: SeatId,
) -> Result<(Comparison, Branch), NoBranch> {
    let branch = played.branch(game, departure, Others::Asked)?;
    // A change may be legal only after the others' answers; then all is put down to both together.
    let held = played.branch(game, departure, Others::AsPlayed).ok();
    let held = held.map_or_else(|| branch.history.clone(), |held| held.history);
    let quarters = beside(&played.tape.level, seat, [&played.history, &held, &branch.history]);
    let (ours, theirs) = (signatures(&played.history), signatures(&branch.history));
    let told = |one: &[Arc<ClosedQuarter>], other: &[Arc<ClosedQuarter>]| {
        told_only(&played.tape.level, seat, one, other)
    };
    let comparison = Comparison {
        seat,
        changed: played.changed(departure),
        measures: played.tape.level.goals(seat).iter().map(|goal| goal.measure).collect(),
        quarters,
        signed_played: ours.iter().filter(|deal| !theirs.contains(deal)).copied().collect(),
        signed_branch: theirs.iter().filter(|deal| !ours.contains(deal)).copied().collect(),
        told_played: told(&played.history, &branch.history),
        told_branch: told(&branch.history, &played.history),
        dropped: branch.dropped.clone(),
    };
    Ok((comparison, branch))
}

/// Quarter by quarter from where they part.
fn beside(
    level: &Level,
    seat: SeatId,
    [played, held, branch]: [&[Arc<ClosedQuarter>]; 3],
) -> Vec<BranchQuarter> {
    let parted = (0..played.len())
        .find(|&place| branch.get(place).is_none_or(|other| played[place] != *other));
    let all = played.iter().zip(held).zip(branch);
    all.skip(parted.unwrap_or(played.len()))
        .map(|((played, held), branch)| {
            let of = |number: &dyn Fn(&ClosedQuarter) -> f64| {
                let (before, alone, after) = (number(played), number(held), number(branch));
                Difference {
                    played: before,
                    branch: after,
                    by_the_decision: alone - before,
                    by_the_answers: after - alone,
                }
            };
            let goals = 0..level.goals(seat).len();
            BranchQuarter {
                quarter: played.quarter,
                score: of(&|closed| closed.scores.scaled(level, seat)),
                goals: goals
                    .map(|goal| of(&|closed| closed.scores.goals[seat.index()][goal].value))
                    .collect(),
            }
        })
        .collect()
}

/// What was signed in a line of play, in order.
fn signatures(history: &[Arc<ClosedQuarter>]) -> Vec<Signature> {
    let facts = history
        .iter()
        .flat_map(|closed| closed.facts.iter().map(move |fact| (closed.quarter, fact)));
    facts
        .filter_map(|(quarter, fact)| match *fact {
            Fact::Signed { giant, lab, sheet, .. } => {
                // Numbers of deals differ from line to line.
                let sheet = TermSheet { replaces: None, subject_to: None, ..sheet };
                Some(Signature { quarter, giant, lab, sheet })
            }
            _ => None,
        })
        .collect()
}

/// Facts worth telling when two lines of play part, signatures apart.
pub fn notable(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Rescued { .. }
            | Fact::CharterBroken { .. }
            | Fact::CharterMended { .. }
            | Fact::FrontierPassed { .. }
            | Fact::RunwayShort { .. }
            | Fact::InquiryOpened { .. }
            | Fact::InquiryCleared { .. }
            | Fact::RemedyImposed { .. }
            | Fact::TranchePaid { .. }
            | Fact::TrancheLapsed { .. }
            | Fact::PromiseBroken { .. }
            | Fact::DealEnded { .. }
            | Fact::WaiverSold { .. }
            | Fact::CircularDoubted { .. }
            | Fact::CapitalSpendingCut { .. }
    )
}

/// Facts of one line that have no like in the other: none of their kind, about the same seat, that
/// quarter.
fn told_only(
    level: &Level,
    seat: SeatId,
    one: &[Arc<ClosedQuarter>],
    other: &[Arc<ClosedQuarter>],
) -> Vec<(Quarter, Fact)> {
    let giants = level.giants.len();
    let like = |a: &Fact, b: &Fact| {
        std::mem::discriminant(a) == std::mem::discriminant(b)
            && a.subject(giants) == b.subject(giants)
    };
    let mut told = Vec::new();
    for (mine, theirs) in one.iter().zip(other) {
        let facts = mine.facts.iter().filter(|fact| notable(fact) && fact.seen_by(seat));
        let new = facts.filter(|fact| !theirs.facts.iter().any(|also| like(fact, also)));
        told.extend(new.map(|fact| (mine.quarter, *fact)));
    }
    told
}
