//! The window: shows what a seat may see, and sends what it decides. It knows no rule of the game.
//!
//! `app` is what is shown, `screens` has one file a screen, `board` draws who holds whom, `widgets` are
//! the house's own, `tokens` its colours and type. This file wires all of it into Bevy.

mod app;
mod atlas;
mod board;
mod chords;
mod debrief;
mod desk;
mod dress;
mod figures;
mod focus;
mod fonts;
mod forecasts;
mod icon;
mod keys;
mod meter;
mod play;
mod practice;
mod reasons;
mod screens;
mod settings;
mod shelf;
mod state;
mod tokens;
mod tour;
mod verdict;
mod widgets;
mod window;

#[cfg(test)]
mod keyboard_tests;
#[cfg(test)]
mod talks_tests;
#[cfg(test)]
mod tests;

pub use window::{Opening, WindowError, open};
