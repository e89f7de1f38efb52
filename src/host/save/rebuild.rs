//! Plays the record of a save again.

use std::sync::Arc;

use super::{Damage, Save};
use crate::host::session::{LoadedLevel, Session, StepRecord};
use crate::host::words::{Words, refusals};
use crate::ids::SeatId;
use crate::level::check;
use crate::sim::decision::Refusal;
use crate::sim::setting::Step;
use crate::units::{CalendarQuarter, Quarter};

/// A quarter that was played again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplayedQuarter {
    pub quarter: Quarter,
    pub calendar: CalendarQuarter,
    /// Hash of the state now, hexadecimal.
    pub hash: String,
    /// Hash in the save.
    pub recorded: String,
}

impl ReplayedQuarter {
    pub fn matches(&self) -> bool {
        self.hash == self.recorded
    }
}

/// The game of a save, to play on. Every quarter must come out as it was recorded.
pub fn rebuild(save: &Save) -> Result<Session, Damage> {
    replay(save, |quarter| {
        if quarter.matches() { Ok(()) } else { Err(Damage::Diverged { quarter: quarter.calendar }) }
    })
}

/// Plays a save's record again; `closed` is told of each quarter and may stop it.
pub fn replay(
    save: &Save,
    mut closed: impl FnMut(&ReplayedQuarter) -> Result<(), Damage>,
) -> Result<Session, Damage> {
    let mut session = begin(save)?;
    let open_from = save.steps.iter().rposition(|record| record.step == Step::Plan);
    let open_from = open_from.map_or(0, |last_close| last_close + 1);
    for (number, record) in save.steps.iter().enumerate() {
        in_step(&session, record)?;
        if number >= open_from {
            session.wake_bots();
        }
        if let Err(refusal) = session.replay_step(record) {
            return Err(refused(save, &session, &refusal));
        }
        if record.step == Step::Plan {
            closed(&replayed(save, &session, record.quarter)?)?;
        }
    }
    if save.hashes.len() != session.hashes().len() {
        return Err(hashes(save, &session));
    }
    decide_pending(save, &mut session)?;
    Ok(session)
}

/// A new game of the save's level.
fn begin(save: &Save) -> Result<Session, Damage> {
    let level = check(&save.level_id, &save.level_text).map_err(Damage::Level)?;
    let (found, expected) = (save.controls.len(), level.seats());
    if found != expected {
        return Err(Damage::Seats { found, expected });
    }
    let level = LoadedLevel { level: Arc::new(level), text: save.level_text.as_str().into() };
    Ok(Session::new(level, save.controls.clone(), save.seed))
}

/// The record must go through the steps of the game in order, with a list for every seat.
fn in_step(session: &Session, record: &StepRecord) -> Result<(), Damage> {
    let (quarter, step) = (session.game.quarter(), session.game.step());
    if (record.quarter, record.step) != (quarter, step) || step == Step::Over {
        let name = |quarter: Quarter, step: Step| format!("quarter {}, {step:?}", quarter.0);
        return Err(Damage::OutOfStep {
            found: name(record.quarter, record.step),
            expected: name(quarter, step),
        });
    }
    let (found, expected) = (record.decisions.len(), session.level.level.seats());
    if found == expected { Ok(()) } else { Err(Damage::Seats { found, expected }) }
}

fn replayed(save: &Save, session: &Session, quarter: Quarter) -> Result<ReplayedQuarter, Damage> {
    let number = session.hashes().len();
    match (session.hashes().last(), save.hashes.get(number - 1)) {
        (Some(hash), Some(recorded)) => Ok(ReplayedQuarter {
            quarter,
            calendar: session.game.calendar(quarter),
            hash: hash.clone(),
            recorded: recorded.clone(),
        }),
        _ => Err(hashes(save, session)),
    }
}

fn hashes(save: &Save, session: &Session) -> Damage {
    Damage::Hashes { found: session.hashes().len(), hashes: save.hashes.len() }
}

/// What was decided in the step under way is decided again.
fn decide_pending(save: &Save, session: &mut Session) -> Result<(), Damage> {
    let (found, expected) = (save.pending.len(), session.level.level.seats());
    if found != expected {
        return Err(Damage::Seats { found, expected });
    }
    session.wake_bots();
    for (seat, decisions) in save.pending.iter().enumerate() {
        for &decision in decisions {
            if let Err(refusal) = session.submit(SeatId(seat as u8), decision) {
                return Err(refused(save, session, &refusal));
            }
        }
    }
    Ok(())
}

fn refused(save: &Save, session: &Session, refusal: &Refusal) -> Damage {
    let game = &session.game;
    let words = Words::new(Arc::clone(game.level()), save.names);
    let why = refusals::sentence(&words, &game.deals(), game.step(), refusal);
    Damage::Refused { quarter: game.calendar(game.quarter()), why }
}
