//! A game with people and bots in its seats, and the record a save is made of.

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::bot::{Bot, Policy, bot_seed};
use crate::ids::SeatId;
use crate::level::Level;
use crate::sim::decision::{Decision, Refusal};
use crate::sim::game::Game;
use crate::sim::setting::Step;
use crate::study::{Change, Tape, TapeStep};
use crate::units::Quarter;

/// Who decides for a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Control {
    Human,
    Bot(Policy),
}

/// What every seat decided in one step, by seat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepRecord {
    pub quarter: Quarter,
    pub step: Step,
    pub decisions: Vec<Vec<Decision>>,
}

impl StepRecord {
    /// What one seat decided in it.
    pub fn change(&self, seat: SeatId) -> Change {
        Change {
            quarter: self.quarter,
            step: self.step,
            seat,
            decisions: self.decisions[seat.index()].clone(),
        }
    }
}

/// A level as loaded: checked, and its text as it was read, for saves.
#[derive(Clone, Debug)]
pub struct LoadedLevel {
    pub level: Arc<Level>,
    pub text: Arc<str>,
}

/// A game in progress.
pub struct Session {
    pub level: LoadedLevel,
    pub game: Game,
    controls: Vec<Control>,
    bots: Vec<Option<Bot>>,
    steps: Vec<StepRecord>,
    /// Hash of the state after each close, as hexadecimal.
    hashes: Vec<String>,
}

impl Session {
    /// Begins a game; `controls` has one entry a seat.
    pub fn new(level: LoadedLevel, controls: Vec<Control>, seed: u64) -> Session {
        let game = Game::new(Arc::clone(&level.level), seed);
        let bots = controls
            .iter()
            .enumerate()
            .map(|(seat, control)| match control {
                Control::Human => None,
                Control::Bot(policy) => {
                    Some(Bot::new(*policy, bot_seed(&level.level, SeatId(seat as u8), seed)))
                }
            })
            .collect();
        Session { level, game, controls, bots, steps: Vec::new(), hashes: Vec::new() }
    }

    pub fn controls(&self) -> &[Control] {
        &self.controls
    }

    /// The record of this game, to play again in other ways.
    pub fn tape(&self) -> Tape {
        let seats = self.controls.iter().map(|control| match control {
            Control::Human => None,
            Control::Bot(policy) => Some(*policy),
        });
        let step = |record: &StepRecord| TapeStep {
            quarter: record.quarter,
            step: record.step,
            decisions: record.decisions.clone(),
        };
        Tape {
            level: Arc::clone(&self.level.level),
            seed: self.game.seed(),
            seats: seats.collect(),
            steps: self.steps.iter().map(step).collect(),
        }
    }

    /// The same game as it stood when a quarter began, with the same luck before it.
    pub fn taken_up(&self, quarter: Quarter) -> Result<Session, Refusal> {
        let mut again = Session::new(self.level.clone(), self.controls.clone(), self.game.seed());
        for record in self.steps.iter().take_while(|record| record.quarter < quarter) {
            again.replay_step(record)?;
        }
        Ok(again)
    }

    pub fn steps(&self) -> &[StepRecord] {
        &self.steps
    }

    pub fn hashes(&self) -> &[String] {
        &self.hashes
    }

    /// A person's decision for the current step.
    pub fn submit(&mut self, seat: SeatId, decision: Decision) -> Result<(), Refusal> {
        self.game.submit(seat, decision)
    }

    /// Takes back the last thing a seat decided in this step.
    pub fn undo(&mut self, seat: SeatId) -> Option<Decision> {
        self.game.withdraw(seat)
    }

    /// Ends the step: bots decide, and the step runs for the whole world.
    pub fn finish_step(&mut self) {
        for (seat, bot) in self.bots.iter_mut().enumerate() {
            let Some(bot) = bot else { continue };
            let seat = SeatId(seat as u8);
            for decision in bot.choose(&self.game.view(seat)) {
                // A bot that errs loses its move, not the game.
                let _ = self.game.submit(seat, decision);
            }
        }
        self.run_recorded();
    }

    /// Lets the bots look at the present step and forget what they would do. A game that is taken up
    /// in mid-quarter needs it: what bots note down in a quarter's talks is no part of a save.
    pub fn wake_bots(&mut self) {
        for (seat, bot) in self.bots.iter_mut().enumerate() {
            if let Some(bot) = bot {
                let _ = bot.choose(&self.game.view(SeatId(seat as u8)));
            }
        }
    }

    /// Runs a recorded step again: the decisions are those of the record, bots are not asked.
    pub fn replay_step(&mut self, record: &StepRecord) -> Result<(), Refusal> {
        for (seat, decisions) in record.decisions.iter().enumerate() {
            for decision in decisions {
                self.game.submit(SeatId(seat as u8), *decision)?;
            }
        }
        self.run_recorded();
        Ok(())
    }

    fn run_recorded(&mut self) {
        let (quarter, step) = (self.game.quarter(), self.game.step());
        let decisions = self.game.decided().to_vec();
        self.steps.push(StepRecord { quarter, step, decisions });
        self.game.advance();
        if step == Step::Plan {
            self.hashes.push(hexadecimal(&self.game.state_hash()));
        }
    }
}

/// A seed for a game for which nobody chose one, short enough to write down.
pub fn drawn_seed() -> u64 {
    // A new `RandomState` has random keys from the system.
    RandomState::new().hash_one("seed") % 1_000_000_000
}

/// Bytes as lower-case hexadecimal.
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
