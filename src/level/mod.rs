//! What a designer writes, and what the simulation reads of it.
//!
//! `file` is the text's shape, `check` turns it into a [`Level`] or a list of every problem in it,
//! `library` finds levels. Nothing here knows the simulation beyond its clause names.

mod brackets;
mod check;
mod deal;
pub mod deck;
pub mod file;
pub mod lesson;
mod library;
mod place;
mod problem;
mod report;
mod resolve;
mod rules;
mod seats;
mod spans;
mod syntax;

use crate::ids::{SeatId, SegmentId};
use crate::sim::deal::{AccessTier, BoardSeat, Exclusivity, Instrument};
use crate::units::{CalendarQuarter, Money};

pub use check::{MAX_BYTES, check};
pub use deal::{DealDraft, DealFile, check_deal, deal_from_path};
pub use deck::{Card, Dilemma, Happening};
pub use file::{
    ChipsFile, CoreFile, DispositionFile, GoalFile, InformationFile, Measure, ModelsFile, NameFile,
    OwnChipsFile, ProductsFile, ProgressFile, ScoreScaleFile,
};
pub use lesson::{Deed, Lesson, Moment, Sight, StepName};
pub use library::{Entry, Library, Source};
pub use problem::{Problem, Problems, printable};

/// A level that has been checked: names are ids, per cents are parts of 1, every number is finite.
#[derive(Clone, Debug, PartialEq)]
pub struct Level {
    pub id: String,
    pub title: String,
    /// What the first front page shouts.
    pub headline: String,
    pub premise: String,
    /// The quarter whose end the opening numbers describe.
    pub opening: CalendarQuarter,
    pub quarters: u32,
    pub talk_rounds: u32,
    pub first_seat: SeatId,
    pub information: InformationFile,
    pub market: Market,
    pub progress: ProgressFile,
    pub products: ProductsFile,
    pub segments: Vec<Segment>,
    pub giants: Vec<Giant>,
    pub labs: Vec<Lab>,
    pub lessons: Vec<Lesson>,
    /// Questions for a class after its games; `{openai}` is the name of that seat.
    pub debrief: Vec<String>,
    /// Its place on the shelf, smaller first.
    pub shelf: u32,
    pub happenings: Vec<Happening>,
    pub dilemmas: Vec<Dilemma>,
    pub cards: Vec<Card>,
    /// Quarters after which those who trail are dealt a card.
    pub cards_after: Vec<u32>,
}

/// The cloud market. Growth rates are parts of 1 per quarter.
#[derive(Clone, Debug, PartialEq)]
pub struct Market {
    pub revenue_bn: f64,
    pub general_growth: f64,
    pub general_growth_floor: f64,
    pub general_fade_quarters: f64,
    pub ai_growth_per_point: f64,
    pub ai_growth_from_points: f64,
    pub ai_growth_cap: f64,
    /// Part of cloud capital spending that buys AI capacity, 0 to 1.
    pub ai_capex: f64,
    pub others_name: String,
    pub others: Cloud,
}

/// A customer segment.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    pub id: String,
    pub name: String,
    /// Part of market revenue, 0 to 1.
    pub size: f64,
    /// Part of the base that stays a quarter, 0 to 1.
    pub keep: f64,
    pub price_sensitivity: f64,
    pub ai_intensity: f64,
    pub holds_labs: bool,
}

/// A provider's cloud business at the opening.
#[derive(Clone, Debug, PartialEq)]
pub struct Cloud {
    /// Share of each segment, 0 to 1, in the order of the segments.
    pub share: Vec<f64>,
    pub win_rate_general: f64,
    pub win_rate_ai: f64,
    pub capacity_gw: f64,
    /// Four entries, the next quarter first.
    pub arriving_gw: [f64; 4],
    pub order_gw: f64,
    pub cost_index: f64,
    pub own_chips: Option<file::OwnChipsFile>,
}

impl Cloud {
    /// Part of the capacity it orders that it builds on chips of its own, 0 to 1.
    pub fn own_chips_part(&self) -> f64 {
        self.own_chips.map_or(0.0, |chips| chips.part_pct / 100.0)
    }
}

/// A giant at the opening.
#[derive(Clone, Debug, PartialEq)]
pub struct Giant {
    pub id: String,
    pub name: NameFile,
    pub cash: Money,
    pub debt: Money,
    pub cash_floor: Money,
    pub core: CoreFile,
    pub cloud: Option<Cloud>,
    pub models: Option<ModelsFile>,
    pub chips: Option<file::ChipsFile>,
    pub value_bn: f64,
    pub disposition: DispositionFile,
    pub goals: Vec<GoalFile>,
    pub score_scale: ScoreScaleFile,
}

/// A lab at the opening.
#[derive(Clone, Debug, PartialEq)]
pub struct Lab {
    pub id: String,
    pub name: NameFile,
    pub cash: Money,
    pub run_rate_year_ago_bn: f64,
    /// Shares of the two product lines, 0 to 1.
    pub assistants: f64,
    pub agents: f64,
    pub heads: u32,
    pub last_price_bn: f64,
    pub capability_points: f64,
    /// Gigawatts by provider: giants in order, then others.
    pub compute_gw: Vec<f64>,
    pub compute_plan_gw: Vec<f64>,
    /// Where new compute comes from, parts of 1, same order as `compute_gw`.
    pub new_compute: Vec<f64>,
    /// Part of compute that trains, 0 to 1.
    pub training: f64,
    pub independence_floor: f64,
    /// What its charter says it is for; may be empty.
    pub mission: String,
    /// Stakes of seats, parts of 1, by giant.
    pub stakes: Vec<f64>,
    /// Every other holder and its part of 1; with `stakes` they sum to 1.
    pub other_holders: Vec<(String, f64)>,
    /// Trust in each giant, 0 to 1, by giant.
    pub trust: Vec<f64>,
    pub patience: u32,
    pub standing_deals: Vec<StandingDeal>,
    pub goals: Vec<GoalFile>,
    pub score_scale: ScoreScaleFile,
}

/// What remains of a deal signed before the opening.
#[derive(Clone, Debug, PartialEq)]
pub struct StandingDeal {
    pub giant: SeatId,
    pub invested: Money,
    pub board: BoardSeat,
    pub access: AccessTier,
    pub access_quarters: u32,
    pub exclusivity: Exclusivity,
    pub exclusivity_quarters: u32,
    pub commitment_mw: u32,
    pub commitment_quarters: u32,
    pub instrument: Instrument,
    pub profit_cap: u8,
    pub pro_rata: bool,
    pub anti_dilution: bool,
    pub consent: bool,
    pub revenue_share_pct: u8,
    pub revenue_share_cap: Money,
    pub licence_quarters: u32,
    pub own_chips_pct: u8,
    pub own_chips_quarters: u32,
}

impl Giant {
    /// The chips its cloud makes for itself.
    pub fn own_chips(&self) -> Option<file::OwnChipsFile> {
        self.cloud.as_ref()?.own_chips
    }

    /// Part of a gigawatt that a lab loses by running on this giant's chips, 0 to 1.
    pub fn chip_handicap(&self) -> f64 {
        let own = self.own_chips().map(|chips| chips.handicap_pct);
        own.or(self.chips.map(|chips| chips.handicap_pct)).unwrap_or(0.0) / 100.0
    }
}

impl Level {
    /// Seats at the table: every giant, then every lab.
    pub fn seats(&self) -> usize {
        self.giants.len() + self.labs.len()
    }

    pub fn seat_ids(&self) -> impl Iterator<Item = SeatId> + use<> {
        (0..self.seats() as u8).map(SeatId)
    }

    /// A seat's text id, such as "amazon".
    pub fn seat_key(&self, seat: SeatId) -> &str {
        match self.giants.get(seat.index()) {
            Some(giant) => &giant.id,
            None => &self.labs[seat.index() - self.giants.len()].id,
        }
    }

    /// A seat's names.
    pub fn seat_name(&self, seat: SeatId) -> &NameFile {
        match self.giants.get(seat.index()) {
            Some(giant) => &giant.name,
            None => &self.labs[seat.index() - self.giants.len()].name,
        }
    }

    /// The seat with this text id.
    pub fn seat_by_key(&self, key: &str) -> Option<SeatId> {
        self.seat_ids().find(|&seat| self.seat_key(seat) == key)
    }

    pub fn segment_ids(&self) -> impl Iterator<Item = SegmentId> + use<> {
        (0..self.segments.len() as u8).map(SegmentId)
    }

    pub fn goals(&self, seat: SeatId) -> &[GoalFile] {
        match self.giants.get(seat.index()) {
            Some(giant) => &giant.goals,
            None => &self.labs[seat.index() - self.giants.len()].goals,
        }
    }

    pub fn score_scale(&self, seat: SeatId) -> ScoreScaleFile {
        match self.giants.get(seat.index()) {
            Some(giant) => giant.score_scale,
            None => self.labs[seat.index() - self.giants.len()].score_scale,
        }
    }
}
