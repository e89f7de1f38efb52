//! The exact shape of a level file.
//!
//! Every field name carries its unit: `_bn` is billions of US dollars, `_tn` trillions, `_pct` per
//! cent, `_gw` gigawatts, `_points` points of capability (Epoch Capabilities Index). Money flows,
//! growth rates and orders are per quarter. Ids are lower-case words joined by hyphens.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::deck::{CardFile, DeckFile, DilemmaFile, HappeningFile};
use super::lesson::LessonFile;
use crate::sim::deal::{AccessTier, BoardSeat, Exclusivity, Instrument};

/// The format this program reads; a file of another format is refused.
pub const FORMAT: u32 = 1;

/// A whole level, as written by its designer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelFile {
    /// Always 1.
    pub format: u32,
    /// Unique among levels; also what `termsheet play ID` takes.
    pub id: String,
    pub title: String,
    /// What the first front page shouts; the title where there is none.
    #[serde(default)]
    pub headline: Option<String>,
    /// Two or three sentences for the front page.
    pub premise: String,
    /// The quarter whose end the opening numbers describe. The first quarter played is the next one.
    pub opening: CalendarFile,
    /// Quarters played, 1 to 40.
    pub quarters: u32,
    /// Rounds of talks a quarter, 1 to 6.
    #[serde(default = "three")]
    pub talk_rounds: u32,
    /// The seat a newcomer is offered.
    pub first_seat: String,
    /// How much a seat sees of what others do not publish.
    #[serde(default)]
    pub information: InformationFile,
    pub market: MarketFile,
    pub progress: ProgressFile,
    pub products: ProductsFile,
    pub segments: Vec<SegmentFile>,
    pub giants: Vec<GiantFile>,
    pub labs: Vec<LabFile>,
    #[serde(default)]
    pub happenings: Vec<HappeningFile>,
    #[serde(default)]
    pub deck: DeckFile,
    /// Dilemmas and cards of its own, beside the built-in deck.
    #[serde(default)]
    pub dilemmas: Vec<DilemmaFile>,
    #[serde(default)]
    pub cards: Vec<CardFile>,
    /// What a newcomer is told, and why, as it comes up.
    #[serde(default)]
    pub lessons: Vec<LessonFile>,
    /// Questions for a class to talk about after its games.
    #[serde(default)]
    pub debrief: Vec<String>,
    /// Its place on the shelf, smaller first.
    #[serde(default = "last_on_the_shelf")]
    pub shelf: u32,
}

/// Where a level stands that says nothing about it.
pub(super) const LAST_ON_THE_SHELF: u32 = 100;

fn last_on_the_shelf() -> u32 {
    LAST_ON_THE_SHELF
}

fn three() -> u32 {
    3
}

/// A calendar quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarFile {
    pub year: u32,
    /// 1 to 4.
    pub quarter: u32,
}

/// The real name of an actor and the one it goes by when real names are switched off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NameFile {
    pub real: String,
    pub fictional: String,
}

/// How much of a counterpart's private figures (runway, cash of a lab) a seat sees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum InformationFile {
    /// Everything exact.
    Full,
    /// A range of a quarter either side.
    #[default]
    Ranges,
    /// Nothing in numbers: only whether a figure is comfortable or tight.
    Signs,
}

/// The cloud market as a whole (calibration.md, section 2.2).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarketFile {
    /// Revenue of all providers in the opening quarter.
    pub revenue_bn: f64,
    /// General growth next quarter, its long-run floor, and how many quarters the fade takes.
    pub general_growth_pct: f64,
    pub general_growth_floor_pct: f64,
    pub general_fade_quarters: f64,
    /// AI growth per point of frontier capability above the threshold, and its cap.
    pub ai_growth_pct_per_point: f64,
    pub ai_growth_from_points: f64,
    pub ai_growth_cap_pct: f64,
    /// Part of capital spending on cloud that buys AI capacity.
    pub ai_capex_pct: f64,
    /// Every provider that is not a giant of this level, as one.
    pub others: OthersFile,
}

/// The rest of the market: it serves customers but sits at no table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OthersFile {
    pub name: String,
    pub cloud: CloudFile,
}

/// A cloud business.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CloudFile {
    /// Share of each segment's revenue, by segment id. Each segment sums to 100 over all providers.
    pub share_pct: BTreeMap<String, f64>,
    /// Share of new demand won, in the general and the AI flow. Each sums to 100 over providers.
    pub win_rate_general_pct: f64,
    pub win_rate_ai_pct: f64,
    pub capacity_gw: f64,
    /// Capacity on order, by the quarter it arrives, the next quarter first; at most 4.
    pub arriving_gw: Vec<f64>,
    /// Capacity ordered each quarter under the opening plan.
    pub order_gw: f64,
    /// Unit cost against Amazon's, 1.0.
    pub cost_index: f64,
    /// Chips it makes for itself, if it does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub own_chips: Option<OwnChipsFile>,
}

/// Chips a cloud makes for itself.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnChipsFile {
    /// What they cost it less than bought ones.
    pub discount_pct: f64,
    /// Part of the capacity it orders that it builds on them.
    #[serde(default)]
    pub part_pct: f64,
    /// Part of a gigawatt that a lab loses by running on them.
    #[serde(default)]
    pub handicap_pct: f64,
}

/// Progress common to all models (calibration.md, section 3).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProgressFile {
    /// Capability of the best open-weights model.
    pub open_weights_points: f64,
    /// Points a year from better methods, beside compute.
    pub method_points_per_year: f64,
    /// The quarter those methods came up in: the second of 2024 in the real world.
    #[serde(default = "methods_of_2024")]
    pub methods_from: CalendarFile,
    /// Quarters from the opening after which methods stop improving ("scaling wall").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scaling_wall_after_quarters: Option<u32>,
}

/// Calibration.md, section 3: the shift began in 2Q24.
fn methods_of_2024() -> CalendarFile {
    CalendarFile { year: 2024, quarter: 2 }
}

/// The two markets for AI products (calibration.md, section 4).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductsFile {
    /// Factor on both lines: 1 is the real world of late 2025.
    pub scale: f64,
    /// Part of all possible users of assistants reached so far.
    pub assistants_adoption_pct: f64,
    /// The quarter of play in which people begin to take up assistants; the first if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assistants_from_quarter: Option<u32>,
}

/// A customer segment of the cloud market (calibration.md, section 2.4).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SegmentFile {
    pub id: String,
    pub name: String,
    /// Part of market revenue, labs' compute included. All segments sum to 100.
    pub size_pct: f64,
    /// Part of the installed base that stays from one quarter to the next.
    pub keep_pct: f64,
    /// Price elasticity of choice, utils per log point.
    pub price_sensitivity: f64,
    /// AI part of new demand against the market's, 1.0.
    pub ai_intensity: f64,
    /// True for the one segment that labs' compute bills are counted in.
    #[serde(default)]
    pub holds_labs: bool,
}

/// A giant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GiantFile {
    pub id: String,
    pub name: NameFile,
    pub cash_bn: f64,
    pub debt_bn: f64,
    /// Cash below which it borrows.
    pub cash_floor_bn: f64,
    pub core: CoreFile,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cloud: Option<CloudFile>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub models: Option<ModelsFile>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chips: Option<ChipsFile>,
    pub value_tn: f64,
    pub disposition: DispositionFile,
    pub goals: Vec<GoalFile>,
    #[serde(default)]
    pub score_scale: ScoreScaleFile,
}

/// The business that pays for everything.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoreFile {
    pub revenue_bn: f64,
    /// Growth next quarter, and where it fades to, an eighth of the way each quarter.
    pub growth_pct: f64,
    pub growth_fades_to_pct: f64,
    pub margin_pct: f64,
}

/// A giant's own models.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ModelsFile {
    pub capability_points: f64,
    /// Compute its research runs on.
    pub compute_gw: f64,
    /// Share of the two product lines.
    pub assistants_pct: f64,
    pub agents_pct: f64,
}

/// What a chip maker sells: its core revenue follows the capacity the clouds order.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChipsFile {
    /// Part of core revenue that follows the orders of this level's providers.
    pub follows_orders_pct: f64,
    /// Part of its buyers' AI capital spending that goes to its chips.
    pub part_of_ai_capex_pct: f64,
    /// Part of a gigawatt that a lab loses by running on them: 0 for the chips models are written for.
    #[serde(default)]
    pub handicap_pct: f64,
    /// Growth a quarter of what it can ship.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supply_growth_pct: Option<f64>,
}

/// How a giant weighs what it wants, 1.0 being neutral. Assumptions, and labelled so.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DispositionFile {
    /// Weight of cloud demand won through access.
    pub growth: f64,
    /// Weight of keeping a lab from rivals.
    pub defence: f64,
    /// Weight of cash spent.
    pub prudence: f64,
    /// Weight of an upside in a stake.
    pub ambition: f64,
    /// Insults and stalls it bears at a table, in points, 2 to 20; who has much opens low and gives
    /// way slowly.
    pub patience: u32,
    /// How it takes slights: from 1.5 it stays away for half a year from a lab that took a rival's
    /// money over its own offer.
    #[serde(default = "one")]
    pub memory: f64,
}

fn one() -> f64 {
    1.0
}

impl DispositionFile {
    /// One who weighs everything as the calibration does.
    pub const NEUTRAL: DispositionFile = DispositionFile {
        growth: 1.0,
        defence: 1.0,
        prudence: 1.0,
        ambition: 1.0,
        patience: 8,
        memory: 1.0,
    };
}

/// A goal: credit grows in a straight line from `none_at` (0) to `full_at` (1), either way round.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoalFile {
    pub measure: Measure,
    pub none_at: f64,
    pub full_at: f64,
    /// Part of the score; a seat's weights sum to 100.
    pub weight: f64,
    /// The quarter it is judged in, 1 the first played; the last if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by_quarter: Option<u32>,
    /// It is judged on the mean of so many quarters, the last one included, 1 to 4: a year unless
    /// said otherwise, so that a last quarter's sale of the silver does not win a game.
    #[serde(default = "a_year")]
    pub over_quarters: u32,
}

fn a_year() -> u32 {
    4
}

/// A quantity a goal can be about. The unit is the one in its comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Measure {
    /// A giant's share of cloud revenue, per cent.
    CloudShare,
    /// A giant's share of new cloud demand, both flows, per cent.
    WinRate,
    /// Annual operating income of core and cloud, $bn.
    OperatingIncome,
    /// Cash less debt, with capacity under way counted at cost, $bn.
    NetCash,
    /// Market value, $bn.
    MarketValue,
    /// The models its customers can use, points from the frontier; above 0 with several good ones.
    ModelAccess,
    /// Stakes in labs at their last price, $bn.
    Stakes,
    /// A lab's quarterly revenue, $bn.
    LabRevenue,
    /// A lab's capability, points from the best rival's.
    CapabilityLead,
    /// A lab's independence, per cent.
    Independence,
    /// A lab's runway, quarters, at most 12.
    Runway,
    /// A lab's fundamental value, $bn.
    LabValue,
}

/// The raw scores that stand for 0 and 100, measured by a study. The default leaves scores raw.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreScaleFile {
    /// Median raw score of an idle seat.
    pub idle: f64,
    /// Raw score of the best strategy known.
    pub best: f64,
}

impl Default for ScoreScaleFile {
    fn default() -> Self {
        ScoreScaleFile { idle: 0.0, best: 100.0 }
    }
}

/// A lab.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabFile {
    pub id: String,
    pub name: NameFile,
    pub cash_bn: f64,
    /// Annual revenue run rate a year before the opening.
    pub run_rate_year_ago_bn: f64,
    /// Share of the two product lines at the opening: its revenue follows from them.
    pub assistants_pct: f64,
    pub agents_pct: f64,
    /// Staff.
    pub heads: u32,
    /// Price of the whole lab in its last round, after the money.
    pub last_price_bn: f64,
    pub capability_points: f64,
    /// Compute by provider: giants' ids, or "others".
    pub compute_gw: BTreeMap<String, f64>,
    /// Total compute at the end of each coming year, the plan its commitments follow.
    pub compute_plan_gw: Vec<f64>,
    /// Where new compute comes from, per cent by provider; its present mix if empty.
    #[serde(default)]
    pub new_compute_pct: BTreeMap<String, f64>,
    /// Part of compute that trains models; the rest serves customers.
    pub training_pct: f64,
    /// Independence below which its charter says its staff will not follow.
    pub independence_floor_pct: f64,
    /// What the charter says the lab is for, in a sentence.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub mission: String,
    /// Who owns what part: giants' ids, or any other holder by name. Sums to 100.
    pub holders_pct: BTreeMap<String, f64>,
    /// Trust in each giant, 0 to 100; 60 where absent.
    #[serde(default)]
    pub trust_pct: BTreeMap<String, f64>,
    /// Patience at a table, in points, 2 to 20.
    pub patience: u32,
    /// What giants hold from deals before the opening.
    #[serde(default)]
    pub standing_deals: Vec<StandingDealFile>,
    pub goals: Vec<GoalFile>,
    #[serde(default)]
    pub score_scale: ScoreScaleFile,
}

/// The clauses still in force of a deal signed before the opening.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StandingDealFile {
    pub giant: String,
    /// What the giant paid, for the record.
    pub invested_bn: f64,
    #[serde(default)]
    pub board: BoardSeat,
    #[serde(default)]
    pub access: AccessTier,
    #[serde(default)]
    pub access_quarters: u32,
    #[serde(default)]
    pub exclusivity: Exclusivity,
    #[serde(default)]
    pub exclusivity_quarters: u32,
    /// Compute the lab is bound to keep with this giant.
    #[serde(default)]
    pub commitment_gw: f64,
    #[serde(default)]
    pub commitment_quarters: u32,
    /// What the money bought: its shares are among `holders_pct` unless it is a convertible, whose
    /// money waits to become shares. Warrants cannot stand from before the opening.
    #[serde(default)]
    pub instrument: Instrument,
    /// Times the money that a capped profit may return, 2 to 100.
    #[serde(default)]
    pub profit_cap: u32,
    #[serde(default)]
    pub pro_rata: bool,
    #[serde(default)]
    pub anti_dilution: bool,
    #[serde(default)]
    pub consent: bool,
    #[serde(default)]
    pub revenue_share_pct: u32,
    /// What the revenue share may still come to.
    #[serde(default)]
    pub revenue_share_cap_bn: f64,
    /// Quarters in which the giant may still use the lab's models as its own.
    #[serde(default)]
    pub licence_quarters: u32,
    /// Part of the commitment (a chip maker: of the lab's new compute) that runs on its chips.
    #[serde(default)]
    pub own_chips_pct: u32,
    #[serde(default)]
    pub own_chips_quarters: u32,
}
