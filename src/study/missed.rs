//! The best deal missed: terms that could have been signed and were not, each signed in a branch.

use std::sync::Arc;

use serde::Serialize;

use super::batch::{Batch, StudyError};
use super::branch::{Departure, Others, Played};
use super::frontier::TrueTable;
use super::worth::Trials;
use crate::ids::{FirmId, LabId, SeatId};
use crate::sim::deal::TermSheet;
use crate::sim::fact::giant_and_lab;
use crate::sim::game::Game;
use crate::sim::setting::Step;
use crate::units::Quarter;

/// Where terms come from that were not signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Chance {
    /// The other side had them on the table.
    OfferedToIt,
    /// The seat had them on the table; the other side held out, though they were above the least it
    /// signs at.
    OfferedByIt,
    /// Nobody named them: inside the zone of possible agreement when the quarter's talks began.
    Unnamed,
}

/// Terms that could have been signed.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Candidate {
    quarter: Quarter,
    step: Step,
    pair: (FirmId, LabId),
    sheet: TermSheet,
    chance: Chance,
    /// What the seat itself would have thought it worth, $bn.
    own_bn: f64,
}

/// A deal that was not signed, and what it would have made of the seat's score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MissedDeal {
    pub quarter: Quarter,
    /// The step it is signed in.
    pub step: Step,
    pub giant: FirmId,
    pub lab: LabId,
    pub sheet: TermSheet,
    pub chance: Chance,
    /// Scaled score, points, as played and with it.
    pub played_points: f64,
    pub with_points: f64,
    /// By goal of the seat: with it less as played, each in its measure's unit.
    pub goals: Vec<f64>,
    /// How many such deals were tried.
    pub tried: u32,
}

impl MissedDeal {
    /// What it would have gained, points.
    pub fn gain(&self) -> f64 {
        self.with_points - self.played_points
    }

    /// The branch in which it is signed.
    pub fn departure(&self) -> Departure {
        let MissedDeal { quarter, step, giant, lab, sheet, .. } = *self;
        Departure::Signed { quarter, step, giant, lab, sheet }
    }
}

/// The deal whose signature would have gained a seat most, in the same game under the same luck, with
/// everybody free to answer it. None if none of those there were would have gained anything.
pub(super) fn missed(
    played: &Played,
    seat: SeatId,
    trials: Trials,
) -> Result<Option<MissedDeal>, StudyError> {
    let mut candidates = candidates(played, seat);
    candidates.sort_by(|one, other| other.own_bn.total_cmp(&one.own_bn));
    candidates.truncate(trials.missed as usize);
    if candidates.is_empty() {
        return Ok(None);
    }
    let batch = Batch {
        level: Arc::clone(&played.tape.level),
        games: candidates.len() as u32,
        first_seed: 0,
        threads: trials.threads,
    };
    // The numbers of a batch are places in the list here, and not seeds.
    let found =
        batch.run(|game, number| tried(played, seat, game, &candidates[number as usize]), || {})?;
    let tried = found.iter().flatten().count() as u32;
    let best = found.into_iter().flatten().max_by(|one, other| one.gain().total_cmp(&other.gain()));
    Ok(best.filter(|best| best.gain() > 0.0).map(|best| MissedDeal { tried, ..best }))
}

fn tried(
    played: &Played,
    seat: SeatId,
    game: &mut Game,
    candidate: &Candidate,
) -> Option<MissedDeal> {
    let Candidate { quarter, step, pair: (giant, lab), sheet, chance, .. } = *candidate;
    let departure = Departure::Signed { quarter, step, giant, lab, sheet };
    let branch = played.branch(game, &departure, Others::Asked).ok()?;
    let (as_played, with) = (played.history.last()?, branch.history.last()?);
    let level = &played.tape.level;
    let goals = with.scores.goals[seat.index()].iter().zip(&as_played.scores.goals[seat.index()]);
    Some(MissedDeal {
        quarter,
        step,
        giant,
        lab,
        sheet,
        chance,
        played_points: as_played.scores.scaled(level, seat),
        with_points: with.scores.scaled(level, seat),
        goals: goals.map(|(with, played)| with.value - played.value).collect(),
        tried: 0,
    })
}

/// Every chance of a seat in closed quarters in which the two signed nothing.
fn candidates(played: &Played, seat: SeatId) -> Vec<Candidate> {
    let level = &played.tape.level;
    let giants = level.giants.len();
    let mut game = Game::new(Arc::clone(level), played.tape.seed);
    let mut found: Vec<Candidate> = Vec::new();
    let walked = played.walk(&mut game, |game| {
        let quarter = game.quarter();
        let talking = matches!(game.step(), Step::Offers(_) | Step::Answers(_));
        if !talking || quarter.0 as usize > played.history.len() {
            return;
        }
        for other in level.seat_ids() {
            let Some((giant, lab)) = giant_and_lab(seat, other, giants) else { continue };
            let signed = played.deals.iter().any(|deal| {
                (deal.giant, deal.lab, deal.signed) == (giant, lab, quarter) && deal.fact.is_some()
            });
            if !signed {
                look(game, (seat, other), (giant, lab), &mut found);
            }
        }
    });
    // A record that was played once can be played again.
    if walked.is_ok() { found } else { Vec::new() }
}

/// What could be signed at one table as a step begins.
fn look(
    game: &Game,
    (seat, other): (SeatId, SeatId),
    pair: (FirmId, LabId),
    found: &mut Vec<Candidate>,
) {
    let (quarter, step) = (game.quarter(), game.step());
    let table = TrueTable::of(game, pair.0, pair.1);
    let own = |sheet: &TermSheet| {
        let gains = table.gains(sheet);
        if seat == pair.0.seat() { gains.giant_bn } else { gains.lab_bn }
    };
    let mut add = |sheet: TermSheet, chance: Chance| {
        let known = found
            .iter()
            .any(|known| (known.quarter, known.pair, known.sheet) == (quarter, pair, sheet));
        if !known && sheet.subject_to.is_none() && table.is_possible(&sheet) {
            let own_bn = own(&sheet);
            found.push(Candidate { quarter, step, pair, sheet, chance, own_bn });
        }
    };
    // Either side's own view: bids may be sealed from the other.
    let hand = |of: SeatId, with: SeatId| game.view(of).table_with(with).map(|table| table.mine);
    if let Some(theirs) = hand(other, seat) {
        for sheet in theirs.offer.into_iter().chain(theirs.routes.into_iter().flatten()) {
            add(sheet, Chance::OfferedToIt);
        }
    }
    if let Some(mine) = hand(seat, other) {
        for sheet in mine.offer.into_iter().chain(mine.routes.into_iter().flatten()) {
            let (giant, lab) = table.margins(&sheet);
            let theirs = if seat == pair.0.seat() { lab } else { giant };
            let wanted = table.raises() || !sheet.amount().is_positive();
            if theirs >= 0.0 && wanted {
                add(sheet, Chance::OfferedByIt);
            }
        }
    }
    if step == Step::Offers(0) {
        table.middle().into_iter().for_each(|sheet| add(sheet, Chance::Unnamed));
    }
}
