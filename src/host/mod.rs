//! Where the game meets people and files: the only home of prose, files and JSON.

pub mod session;
