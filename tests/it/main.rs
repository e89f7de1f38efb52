//! One binary of tests across modules. Their names are the rules they hold.

mod games;

mod advice;
mod boundaries;
mod branch;
mod calibration;
mod chip_errors;
mod clauses;
mod commands;
mod conservation;
mod corpus;
mod deck_errors;
mod determinism;
mod dilemmas;
mod explained;
mod good_faith;
mod hearsay;
mod illegal;
mod imagine;
mod lesson_errors;
mod lessons;
mod level_errors;
mod levels;
mod press;
mod promises;
mod regulators;
mod renegotiation;
mod saves;
mod snapshot;
mod studies;
mod study_commands;
mod terminal;
mod terminal_promises;
mod traces;
mod unbreakable;
mod waivers;
