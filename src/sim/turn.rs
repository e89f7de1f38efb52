//! The order of a quarter, written once.
//!
//! A mechanic's systems say `.in_set(TurnSystems::…)` or `.in_set(TalkSystems::…)`; the sets are
//! chained here and nowhere else. Two systems of one set that could disagree about their order are an
//! error when the schedule is built.

use bevy::ecs::schedule::{LogLevel, ScheduleBuildSettings, ScheduleLabel, SingleThreadedExecutor};
use bevy::prelude::{IntoScheduleConfigs, Schedule, SystemSet, World};

use crate::sim::{
    capability, capital_market, cloud, deal, dilemmas, goals, happenings, information, lab,
    negotiation, plans, press, process, regulator, treasury,
};

/// One half-step of talks: offers, or answers.
#[derive(ScheduleLabel, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct TalkRound;

/// The close of a quarter.
#[derive(ScheduleLabel, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CloseQuarter;

/// A half-step of talks, top to bottom.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TalkSystems {
    /// What is claimed, planted and looked into, as things stand when the step begins.
    Claims,
    /// Who leaves a table leaves before anybody signs.
    WalkAways,
    /// Signatures, acceptors in an order drawn for the step.
    Acceptances,
    /// Offers, questions, routes and holds.
    Moves,
    /// Talks leak.
    Leaks,
    /// The clock moves on.
    Turn,
}

/// The pipeline of the close, top to bottom.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TurnSystems {
    /// What the world does.
    Happenings,
    /// Plans take effect.
    Plans,
    /// Capacity arrives and is ordered; sums reserved are paid; tranches fall due; covenants lapse.
    Invest,
    /// Models improve.
    Train,
    /// Labs rent compute; customers choose clouds.
    Serve,
    /// What was promised is held against what was delivered.
    Promises,
    /// Labs sell, pay and burn.
    LabBusiness,
    /// Giants earn, pay and borrow.
    Settle,
    /// Market values and valuations.
    Appraise,
    /// What was said moves values, and is judged; press offices answer.
    Hearsay,
    /// Regulators take note.
    Regulate,
    /// What everybody may know.
    Publish,
    /// Goals and scores; the quarter ends.
    Judge,
}

/// Both schedules, with every mechanic's systems in them.
pub fn schedules(world: &mut World) -> (Schedule, Schedule) {
    let mut talk = Schedule::new(TalkRound);
    let mut close = Schedule::new(CloseQuarter);
    for schedule in [&mut talk, &mut close] {
        schedule.set_executor(SingleThreadedExecutor::new());
        schedule.set_build_settings(ScheduleBuildSettings {
            ambiguity_detection: LogLevel::Error,
            ..Default::default()
        });
    }
    talk.configure_sets(
        (
            TalkSystems::Claims,
            TalkSystems::WalkAways,
            TalkSystems::Acceptances,
            TalkSystems::Moves,
            TalkSystems::Leaks,
            TalkSystems::Turn,
        )
            .chain(),
    );
    close.configure_sets(
        (
            TurnSystems::Happenings,
            TurnSystems::Plans,
            TurnSystems::Invest,
            TurnSystems::Train,
            TurnSystems::Serve,
            TurnSystems::Promises,
            TurnSystems::LabBusiness,
            TurnSystems::Settle,
            TurnSystems::Appraise,
            TurnSystems::Hearsay,
            TurnSystems::Regulate,
            TurnSystems::Publish,
            TurnSystems::Judge,
        )
            .chain(),
    );
    negotiation::plugin(&mut talk);
    process::talk_plugin(&mut talk);
    information::plugin(&mut talk, &mut close);
    happenings::plugin(&mut close);
    dilemmas::plugin(&mut talk, &mut close);
    plans::plugin(&mut close);
    process::plugin(&mut close);
    cloud::plugin(&mut close);
    deal::plugin(&mut close);
    capability::plugin(&mut close);
    lab::plugin(&mut close);
    treasury::plugin(&mut close);
    capital_market::plugin(&mut close);
    regulator::plugin(&mut close);
    press::plugin(&mut close);
    goals::plugin(&mut close);
    for schedule in [&mut talk, &mut close] {
        if let Err(error) = schedule.initialize(world) {
            panic!("the order of a quarter is ambiguous: {error:?}");
        }
    }
    (talk, close)
}
