//! Where the game meets people and files: the only home of prose, files and JSON.

pub mod cli;
pub mod heavy;
pub mod home;
pub mod save;
pub mod session;
pub mod text;
pub mod trace;
pub mod words;
