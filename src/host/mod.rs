//! Where the game meets people and files: the only home of prose, files and JSON.

pub(crate) mod advice;
pub mod cli;
pub(crate) mod dealings;
pub mod debrief;
pub mod files;
pub mod heavy;
pub mod home;
pub mod keeper;
pub(crate) mod levers;
pub(crate) mod moves;
pub mod preferences;
pub mod save;
pub mod session;
pub mod text;
pub mod trace;
#[cfg(feature = "window")]
pub mod watch;
pub mod words;
