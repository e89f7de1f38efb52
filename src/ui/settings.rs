//! What a player sets once and finds again.

use serde::{Deserialize, Serialize};

use super::tokens::Edition;
use crate::bot::Policy;
use crate::host::preferences;
use crate::host::words::Names;

/// Text sizes there are, per cent.
pub const TEXT_SIZES: [u32; 8] = [80, 90, 100, 110, 125, 150, 175, 200];

const FILE: &str = "settings";

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub edition: Edition,
    /// Per cent.
    pub text: u32,
    /// Nothing moves by itself.
    pub still: bool,
    pub names: Names,
    pub rivals: Policy,
    pub lessons: bool,
    /// The size of the window, pixels.
    pub window: (u32, u32),
    pub full_screen: bool,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            edition: Edition::Paper,
            text: 100,
            still: false,
            names: Names::Real,
            rivals: Policy::Normal,
            lessons: true,
            window: (1_440, 900),
            full_screen: false,
        }
    }
}

impl Settings {
    pub fn load() -> Settings {
        let mut settings: Settings = preferences::read(FILE).unwrap_or_default();
        let wanted = settings.text;
        settings.text = TEXT_SIZES.into_iter().min_by_key(|it| it.abs_diff(wanted)).unwrap_or(100);
        settings.window.0 = settings.window.0.clamp(640, 7_680);
        settings.window.1 = settings.window.1.clamp(400, 4_320);
        settings
    }

    /// Keeps them. A folder that cannot be written to is no reason to stop a game.
    pub fn keep(&self) {
        let _ = preferences::write(FILE, self);
    }

    /// The next text size up or down.
    pub fn text_step(&mut self, up: bool) {
        let place = TEXT_SIZES.iter().position(|size| *size >= self.text).unwrap_or(2);
        let next = if up { place + 1 } else { place.saturating_sub(1) };
        self.text = TEXT_SIZES[next.min(TEXT_SIZES.len() - 1)];
    }
}
