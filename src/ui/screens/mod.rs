//! The screens, one file each, and what they are given.

pub mod board;
pub mod close;
pub mod dilemma;
pub mod form;
pub mod frame;
pub mod front;
pub mod judgement;
pub mod lesson;
pub mod market;
pub mod moves;
pub mod new_game;
pub mod outlook;
pub mod overlays;
pub mod plan;
pub mod practice;
pub mod records;
pub mod table;
pub mod title;

use super::desk::Desk;
use super::keys::Command;
use super::settings::Settings;
use super::state::{Screen, State};
use crate::sim::decision::Decision;

/// What a screen is given: the desk, what the window remembers, and the commands pressed.
pub struct Scene<'a> {
    pub desk: &'a mut Desk,
    pub state: &'a mut State,
    pub settings: &'a mut Settings,
    pub commands: &'a [Command],
    /// Seconds since the window opened.
    pub now: f64,
    pub leave: &'a mut bool,
}

impl Scene<'_> {
    /// Begins to tell the close of the last quarter.
    pub fn tell_the_close(&mut self) {
        self.go(Screen::Close);
        self.state.close_began = Some(self.now);
        self.state.closes_told = self.desk.history.len();
    }

    pub fn pressed(&self, command: Command) -> bool {
        self.commands.contains(&command)
    }

    /// Decides on a plan whose lever was turned; one drag is one step to take back.
    pub fn turned(&mut self, decision: Decision, command: &str) {
        if self.state.in_a_drag() {
            self.desk.retract();
        }
        self.desk.decide(decision, command);
    }

    pub fn go(&mut self, screen: Screen) {
        self.state.go(screen);
    }
}
