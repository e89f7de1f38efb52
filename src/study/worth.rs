//! Was it worth it? A finished game against itself: without each deal, without each decision, with the
//! best deal that was missed, and with a bot in the seat under this luck and under others.

use std::sync::Arc;

use serde::Serialize;

use super::batch::{Batch, StudyError};
use super::branch::{Branch, Departure, Others, Played, TapeStep};
use super::missed::{MissedDeal, missed};
use super::play::play;
use super::summary::Band;
use crate::bot::Policy;
use crate::ids::{DealId, SeatId};
use crate::sim::deal::Deal;
use crate::sim::decision::Decision;
use crate::sim::game::ClosedQuarter;
use crate::sim::setting::Step;
use crate::units::Quarter;

/// Who sits in the seat where a person's play is measured against luck.
const MEASURE: Policy = Policy::Normal;

/// How much is tried.
#[derive(Clone, Copy, Debug)]
pub struct Trials {
    /// Games under other luck.
    pub games: u32,
    /// Deals that were not signed, those first that the seat itself would have valued most.
    pub missed: u32,
    /// Worker threads; 0 means one a processor.
    pub threads: usize,
}

impl Default for Trials {
    fn default() -> Trials {
        Trials { games: 60, missed: 60, threads: 0 }
    }
}

/// What something made of the end: with it less without it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Made {
    /// Scaled score, points, as played and without it.
    pub played_points: f64,
    pub without_points: f64,
    /// By goal of the seat, each in its measure's unit.
    pub goals: Vec<f64>,
}

impl Made {
    pub fn points(&self) -> f64 {
        self.played_points - self.without_points
    }
}

/// A deal of the seat, against the game in which those two signed nothing that quarter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DealWorth {
    pub deal: DealId,
    pub made: Made,
    /// Whether the two signed a deal later, where they had not signed this one.
    pub signed_later: bool,
}

/// A decision of the seat, against the game in which it was left out.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TurningPoint {
    pub quarter: Quarter,
    pub step: Step,
    pub decision: Decision,
    pub made: Made,
}

/// The seat's score among those of a bot in it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct SkillAndLuck {
    pub bot: Policy,
    /// Games under other luck.
    pub games: u32,
    pub bot_points: Band,
    /// The bot's score under the luck of the played game.
    pub bot_here_points: f64,
    /// Part of those games in which it gets less than under this luck: how kind this luck was.
    pub luck: f64,
    /// Part of those games in which it gets less than the seat did.
    pub standing: f64,
}

/// What a finished game says of itself, for one seat.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Worth {
    pub deals: Vec<DealWorth>,
    /// Every decision, the one that made most first.
    pub turning_points: Vec<TurningPoint>,
    pub missed: Option<MissedDeal>,
    pub luck: Option<SkillAndLuck>,
}

/// What is left out in a trial.
enum LeftOut {
    Deal(DealId),
    /// By its step of the record and its place there.
    Decision(usize, usize),
}

/// Leaves out each deal and each decision of a seat in turn, and plays on from there; then sets the
/// seat's score among a bot's.
pub fn worth(played: &Played, seat: SeatId, trials: Trials) -> Result<Worth, StudyError> {
    worth_watched(played, seat, trials, &|| {})
}

/// How many games [`worth_watched`] plays, and so how often it calls `done`.
pub fn trials(played: &Played, seat: SeatId, trials: Trials) -> u32 {
    let whole = played.history.len() >= played.tape.level.quarters as usize;
    let others = if whole && trials.games > 0 { trials.games + 1 } else { 0 };
    everything(played, seat).len() as u32 + others
}

/// Like [`worth`]; `done` is called after each game, on a worker's thread.
pub fn worth_watched(
    played: &Played,
    seat: SeatId,
    trials: Trials,
    done: &(dyn Fn() + Sync),
) -> Result<Worth, StudyError> {
    let left_out = everything(played, seat);
    let (mut deals, mut turning_points) = (Vec::new(), Vec::new());
    if !left_out.is_empty() {
        // The numbers of a batch are places in the list here, and not seeds.
        let batch = batch(played, left_out.len() as u32, trials);
        let found = batch.run(
            |game, number| {
                let departure = match left_out[number as usize] {
                    LeftOut::Deal(deal) => Departure::Unsigned(deal),
                    LeftOut::Decision(number, place) => {
                        let TapeStep { quarter, step, .. } = played.tape.steps[number];
                        Departure::Silent { quarter, step, seat, place }
                    }
                };
                played.branch(game, &departure, Others::Asked).ok()
            },
            done,
        )?;
        for (what, branch) in left_out.iter().zip(found) {
            let Some((branch, made)) = branch.and_then(|branch| {
                let made = made(played, &branch, seat)?;
                Some((branch, made))
            }) else {
                continue;
            };
            match *what {
                LeftOut::Deal(deal) => {
                    let signed_later = signed_later(&played.deals[deal.index()], &branch.deals);
                    deals.push(DealWorth { deal, made, signed_later });
                }
                LeftOut::Decision(number, place) => {
                    let TapeStep { quarter, step, ref decisions } = played.tape.steps[number];
                    let decision = decisions[seat.index()][place];
                    turning_points.push(TurningPoint { quarter, step, decision, made });
                }
            }
        }
    }
    turning_points
        .sort_by(|one, other| other.made.points().abs().total_cmp(&one.made.points().abs()));
    let missed = missed(played, seat, trials)?;
    Ok(Worth { deals, turning_points, missed, luck: skill_and_luck(played, seat, trials, done)? })
}

fn batch(played: &Played, games: u32, trials: Trials) -> Batch {
    let level = Arc::clone(&played.tape.level);
    Batch { level, games, first_seed: 0, threads: trials.threads }
}

fn everything(played: &Played, seat: SeatId) -> Vec<LeftOut> {
    let giants = played.tape.level.giants.len();
    let own = |deal: &&Deal| {
        deal.fact.is_some() && (deal.giant.seat() == seat || deal.lab.seat(giants) == seat)
    };
    let deals = played.deals.iter().filter(own).map(|deal| LeftOut::Deal(deal.id));
    let steps = played.tape.steps.iter().enumerate();
    let closed = steps.filter(|(_, step)| step.quarter.0 as usize <= played.history.len());
    let decisions = closed.flat_map(|(number, step)| {
        let places = 0..step.decisions[seat.index()].len();
        places.map(move |place| LeftOut::Decision(number, place))
    });
    deals.chain(decisions).collect()
}

fn made(played: &Played, branch: &Branch, seat: SeatId) -> Option<Made> {
    let (with, without) = (played.history.last()?, branch.history.last()?);
    let level = &played.tape.level;
    let points = |closed: &ClosedQuarter| closed.scores.scaled(level, seat);
    let goals = with.scores.goals[seat.index()].iter().zip(&without.scores.goals[seat.index()]);
    Some(Made {
        played_points: points(with),
        without_points: points(without),
        goals: goals.map(|(with, without)| with.value - without.value).collect(),
    })
}

fn signed_later(deal: &Deal, others: &[Deal]) -> bool {
    others.iter().any(|other| {
        (other.giant, other.lab) == (deal.giant, deal.lab) && other.signed > deal.signed
    })
}

/// A bot in the seat, under this luck and under others, until the played game's last quarter; where
/// people sat in other seats, bots of the same kind.
fn skill_and_luck(
    played: &Played,
    seat: SeatId,
    trials: Trials,
    done: &(dyn Fn() + Sync),
) -> Result<Option<SkillAndLuck>, StudyError> {
    let (tape, closed) = (&played.tape, played.history.len());
    // Only whole games can be set beside whole games.
    if trials.games == 0 || closed < tape.level.quarters as usize {
        return Ok(None);
    }
    let mut table: Vec<Policy> =
        tape.seats.iter().map(|policy| policy.unwrap_or(MEASURE)).collect();
    table[seat.index()] = MEASURE;
    // The first is this game's luck.
    let scores = batch(played, trials.games + 1, trials).run(
        |game, number| {
            game.restart(tape.seed.wrapping_add(number));
            play(game, &table, |_| {});
            game.view(seat).score.scaled
        },
        done,
    )?;
    let own = played.history.last().map(|closed| closed.scores.scaled(&tape.level, seat));
    let (Some(own), [here, others @ ..]) = (own, &scores[..]) else { return Ok(None) };
    let Some(bot_points) = Band::of(others.iter().copied()) else { return Ok(None) };
    Ok(Some(SkillAndLuck {
        bot: MEASURE,
        games: trials.games,
        bot_points,
        bot_here_points: *here,
        luck: part_below(others, *here),
        standing: part_below(others, own),
    }))
}

/// The part of some numbers that lie below one, equals half.
fn part_below(numbers: &[f64], one: f64) -> f64 {
    let count = |is: &dyn Fn(f64) -> bool| numbers.iter().filter(|number| is(**number)).count();
    let below = count(&|number| number < one) as f64;
    let equal = count(&|number| number == one) as f64;
    (below + equal / 2.0) / numbers.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_counts_equals_half() {
        assert_eq!(part_below(&[1.0, 2.0, 2.0, 3.0], 2.0), 0.5);
        assert_eq!(part_below(&[1.0, 2.0], 5.0), 1.0);
        assert_eq!(part_below(&[1.0, 2.0], 0.0), 0.0);
    }
}
