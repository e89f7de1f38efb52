//! Decks as a level file writes them.

use serde::{Deserialize, Serialize};

use super::{Effect, EffectKind, When};

/// Something that may happen to the world. Either `what`, one effect with words of its own, or
/// `effects` under a `title` and a `story`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HappeningFile {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub what: Option<EffectKind>,
    /// A name for `after` and `unless`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Chance in each quarter in which its conditions hold.
    #[serde(default)]
    pub chance_pct: f64,
    /// A quarter in which it surely happens, 1 the first played, if its conditions hold.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_quarter: Option<u32>,
    /// Whether everybody knows of that quarter beforehand.
    #[serde(default)]
    pub announced: bool,
    /// How often in a game; any number if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub story: String,
    /// Who plays the parts: `leader`, `trailing`, `drawn`, `partner`, `chip-maker`, or a seat's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub giant: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lab: Option<String>,
    #[serde(default)]
    pub when: When<String>,
    #[serde(default)]
    pub effects: Vec<Effect>,
}

/// A kind of seat, for dilemmas and cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// A giant with a cloud.
    Cloud,
    /// A giant with a cloud and models of its own.
    ModelMaker,
    /// A giant that sells chips.
    ChipMaker,
    /// Any giant.
    Giant,
    Lab,
}

/// A question put to one seat.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DilemmaFile {
    pub id: String,
    pub title: String,
    pub story: String,
    /// Whom it is put to.
    pub asks: Vec<Kind>,
    /// Who plays the other parts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub giant: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lab: Option<String>,
    #[serde(default)]
    pub when: When<String>,
    /// Whether others read of the answer.
    #[serde(default = "yes")]
    pub public: bool,
    /// Two or three.
    pub answers: Vec<Answer>,
    /// The answer that silence gives, 1 the first. It may cost no cash.
    pub silence: u32,
}

/// One answer to a dilemma.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    pub title: String,
    #[serde(default)]
    pub effects: Vec<Effect>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub luck: Option<Luck>,
}

/// Where luck decides: one draw, two outcomes, both shown beforehand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Luck {
    pub chance_pct: f64,
    /// With that chance …
    #[serde(default)]
    pub well: Vec<Effect>,
    /// … and else.
    #[serde(default)]
    pub ill: Vec<Effect>,
}

/// A card for one who trails.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CardFile {
    pub id: String,
    pub title: String,
    pub story: String,
    /// Who may be dealt it.
    pub helps: Vec<Kind>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub giant: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lab: Option<String>,
    pub effects: Vec<Effect>,
}

/// Which dilemmas and cards a level plays with, beside its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeckFile {
    /// Whether it plays with the built-in deck.
    #[serde(default = "yes")]
    pub built_in: bool,
    /// Ids of the built-in deck that it leaves out.
    #[serde(default)]
    pub without: Vec<String>,
    /// Quarters after which those who trail are dealt a card.
    #[serde(default = "fourth_and_eighth")]
    pub cards_after_quarters: Vec<u32>,
}

impl Default for DeckFile {
    fn default() -> Self {
        DeckFile { built_in: true, without: Vec::new(), cards_after_quarters: fourth_and_eighth() }
    }
}

fn yes() -> bool {
    true
}

fn fourth_and_eighth() -> Vec<u32> {
    vec![4, 8]
}
