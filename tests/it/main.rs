//! One binary of tests across modules. Their names are the rules they hold.

mod games;

mod boundaries;
mod calibration;
mod clauses;
mod commands;
mod conservation;
mod determinism;
mod good_faith;
mod lesson_errors;
mod lessons;
mod level_errors;
mod levels;
mod promises;
mod saves;
mod snapshot;
mod studies;
mod study_commands;
mod terminal;
mod waivers;
