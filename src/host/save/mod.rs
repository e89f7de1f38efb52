//! Saved games: a level, a seed, and what every seat decided.
//!
//! A save holds no state of the world. To load one is to play its record again, which gives the very
//! game that was put down, its history and its causes with it, and can be checked against the hash
//! of every quarter. It takes milliseconds: the bots are not asked again. And a file that somebody
//! wrote by hand can only ask for decisions, which the rules check like any other.

mod decisions;
mod error;
mod folder;
mod rebuild;

use serde::{Deserialize, Serialize};

use crate::host::session::{Control, Session, StepRecord, hexadecimal};
use crate::host::words::Names;
use crate::ids::SeatId;
use crate::level::printable;
use crate::sim::decision::Decision;
use crate::sim::game::RULES_VERSION;

pub use decisions::{DecisionsFile, DecisionsStep};
pub use error::{Damage, LoadError};
pub use folder::{KEPT, Saves, Shelved, damaged, load, open, previous};
pub use rebuild::{ReplayedQuarter, rebuild, replay};

/// The format of save files that this program writes and reads.
pub const FORMAT: u32 = 1;

/// The longest save that is read, bytes.
pub const MAX_BYTES: u64 = 64 << 20;

/// A saved game.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Save {
    pub format: u32,
    /// The version of the program that wrote it.
    pub program: String,
    pub rules_version: u32,
    pub level_id: String,
    pub level_title: String,
    /// BLAKE3 of the level's text, hexadecimal.
    pub level_hash: String,
    /// The level as it was when the game began.
    pub level_text: String,
    pub names: Names,
    pub seed: u64,
    /// By seat.
    pub controls: Vec<Control>,
    pub steps: Vec<StepRecord>,
    /// Hash of the state after each closed quarter, hexadecimal.
    pub hashes: Vec<String>,
    /// What has been decided in the step under way, by seat.
    pub pending: Vec<Vec<Decision>>,
    /// BLAKE3 of this save's text with this field empty, hexadecimal.
    pub checksum: String,
}

/// What is read first: a save of another format need not have our other fields.
#[derive(Deserialize)]
struct Head {
    format: u32,
    rules_version: u32,
    program: String,
}

impl Save {
    /// The save of a game as it stands.
    pub fn of(session: &Session, names: Names) -> Save {
        Save {
            format: FORMAT,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            rules_version: RULES_VERSION,
            level_id: session.level.level.id.clone(),
            level_title: session.level.level.title.clone(),
            level_hash: hash(session.level.text.as_bytes()),
            level_text: session.level.text.to_string(),
            names,
            seed: session.game.seed(),
            controls: session.controls().to_vec(),
            steps: session.steps().to_vec(),
            hashes: session.hashes().to_vec(),
            pending: session.game.decided().to_vec(),
            checksum: String::new(),
        }
    }

    /// Its text, sealed with a checksum.
    pub fn to_json(&self) -> Result<String, serde_json::Error> {
        let unsealed = Save { checksum: String::new(), ..self.clone() };
        let checksum = unsealed.seal()?;
        serde_json::to_string(&Save { checksum, ..unsealed })
    }

    /// Reads a save's text. Nothing is played yet.
    pub fn from_json(text: &[u8]) -> Result<Save, Damage> {
        let head: Head = parse(text)?;
        if head.format != FORMAT {
            return Err(Damage::Format { found: head.format, program: printable(&head.program) });
        }
        if head.rules_version != RULES_VERSION {
            let program = printable(&head.program);
            return Err(Damage::Rules { found: head.rules_version, program });
        }
        let mut save: Save = parse(text)?;
        let checksum = std::mem::take(&mut save.checksum);
        if !save.seal().is_ok_and(|seal| seal == checksum) {
            return Err(Damage::Checksum);
        }
        if hash(save.level_text.as_bytes()) != save.level_hash {
            return Err(Damage::Checksum);
        }
        if [&save.level_id, &save.level_title].iter().any(|text| printable(text) != **text) {
            return Err(Damage::Foreign);
        }
        Ok(Save { checksum, ..save })
    }

    /// The checksum of this save, whose own field must be empty.
    fn seal(&self) -> Result<String, serde_json::Error> {
        Ok(hash(serde_json::to_string(self)?.as_bytes()))
    }

    /// Seats that people hold.
    pub fn people(&self) -> impl Iterator<Item = SeatId> {
        let seats = self.controls.iter().enumerate();
        seats.filter(|(_, who)| **who == Control::Human).map(|(seat, _)| SeatId(seat as u8))
    }
}

fn parse<'t, T: Deserialize<'t>>(text: &'t [u8]) -> Result<T, Damage> {
    serde_json::from_slice(text).map_err(|error| Damage::of(&error, text))
}

fn hash(bytes: &[u8]) -> String {
    hexadecimal(blake3::hash(bytes).as_bytes())
}
