//! Term Sheet: a strategy game about the money behind artificial intelligence, and its engine.
//!
//! In reading order: `units` and `ids` name things; `level` is what a designer writes; `sim` is the
//! simulation (`sim::turn` shows a whole quarter in one screen); `bot` plays any seat; `study` runs
//! many games; `host` is where people, files and prose are; `ui` is the window.

pub mod ids;
pub mod units;

pub mod level;
pub mod sim;

pub mod bot;
pub mod study;

pub mod host;

#[cfg(feature = "window")]
pub mod ui;
