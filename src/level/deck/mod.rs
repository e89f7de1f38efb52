//! What the world throws at a seat, as data: happenings, dilemmas and cards, made of conditions and
//! effects from one vocabulary.
//!
//! Effects name a [`Part`] of the story and no seat, so that the same card fits every level. Their
//! numbers are scale-free where they can be: per cent of revenue or capacity, not dollars.

mod file;
mod parts;
mod resolve;
mod rules;

use serde::{Deserialize, Serialize};

use crate::ids::SeatId;

pub use file::{Answer, CardFile, DeckFile, DilemmaFile, HappeningFile, Kind, Luck};
pub use resolve::built_in;
pub(super) use resolve::resolve;
pub(super) use rules::{check, lengths};

/// A part in a story. Effects and conditions name one; who plays it is picked when it comes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Part {
    /// The seat it is about, or that is asked.
    #[default]
    Seat,
    /// The giant in it.
    Giant,
    /// The lab in it.
    Lab,
    /// Every provider of cloud without a seat, as one.
    Others,
    /// Every giant with a cloud.
    Clouds,
    /// Every lab.
    Labs,
}

/// What an effect does. Per cents are of the figure as it stands then.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum EffectKind {
    // Money of a seat; below 0 it pays.
    Cash {
        bn: f64,
    },
    /// Per cent of its revenue in the last quarter: cloud revenue for a cloud, core revenue for
    /// other giants, all of it for a lab.
    CashPct {
        pct: f64,
    },

    // A cloud.
    /// Appeal to new customers, utils, for so many quarters.
    Appeal {
        utils: f64,
        quarters: u32,
    },
    /// Prices its present customers pay.
    PaidPrice {
        pct: f64,
    },
    /// What running it costs.
    UnitCost {
        pct: f64,
    },
    Capacity {
        pct: f64,
    },
    /// More capacity, per cent of the present, on line after so many quarters, 0 to 3.
    Arriving {
        pct: f64,
        quarters: u32,
    },
    /// What would come on line this quarter comes a quarter later.
    Late,
    /// What is on order comes so many quarters earlier, 1 to 3.
    Sooner {
        quarters: u32,
    },

    // Any giant.
    CoreRevenue {
        pct: f64,
    },
    /// Regulatory heat, per cent points.
    Heat {
        pct: f64,
    },
    /// News: per cent of market value, half of it gone after two quarters.
    Sentiment {
        pct: f64,
    },
    /// Part of a chip maker's buyers that has not turned to other chips, per cent points.
    Loyalty {
        pct: f64,
    },

    // A lab; talent also a giant with models.
    /// Trust of the lab this is on in a giant, per cent points.
    Trust {
        giant: Part,
        pct: f64,
    },
    Talent {
        points: f64,
    },
    Staff {
        pct: f64,
    },
    /// Appeal of its products, utils, for so many quarters.
    ProductAppeal {
        utils: f64,
        quarters: u32,
    },
    /// Independence, per cent points, for so many quarters.
    Independence {
        pct: f64,
        quarters: u32,
    },

    // The world.
    /// Open weights leap by this many points, never past the frontier.
    OpenWeightsShock {
        points: f64,
    },
    /// A method that everybody learns.
    Method {
        points: f64,
    },
    /// Methods stop improving for so many quarters, this one included.
    ScalingWall {
        quarters: u32,
    },
    /// Capital turns cautious for this many quarters: stakes are worth less to investors, and the
    /// general market grows more slowly by this much a quarter.
    Downturn {
        quarters: u32,
        growth_pct: f64,
    },
    /// Capacity on order arrives a quarter later, and new orders cost this much more this quarter.
    ChipShortage {
        cost_pct: f64,
    },
    /// New orders cost this much more (or less) for so many quarters.
    OrderCost {
        pct: f64,
        quarters: u32,
    },
    /// One provider loses appeal worth this many utils for a quarter.
    Outage {
        utils: f64,
    },
}

/// An effect: what, on whom, and when.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Effect {
    #[serde(default)]
    pub on: Part,
    pub what: EffectKind,
    /// Quarters it takes to come; 0 is the close of the quarter it is decided in.
    #[serde(default)]
    pub after: u32,
}

/// A figure that conditions compare. All are published but a lab's runway, which only a dilemma of
/// its own may ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Figure {
    // A giant.
    CloudSharePct,
    WinRatePct,
    UtilisationPct,
    HeatPct,
    CashBn,
    DebtBn,
    /// Of core and cloud, a year.
    IncomeBn,
    AccessPoints,
    StakesBn,
    /// Part of the lab in the story that it owns.
    StakePct,
    // A lab.
    RevenueBn,
    /// Behind the frontier.
    BehindPoints,
    IndependencePct,
    RunwayQuarters,
    /// Part of its compute at its largest provider.
    LargestProviderPct,
    // The world; whoever it is asked of.
    FrontierPoints,
    /// The frontier above open weights.
    OpenGapPoints,
    /// Growth of the cloud market in the last quarter.
    MarketGrowthPct,
    DownturnQuarters,
}

/// A comparison of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    pub what: Figure,
    #[serde(default)]
    pub of: Part,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<f64>,
}

/// News that a condition can wait for: it happened within the last four quarters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum News {
    Signed,
    TrancheLapsed,
    Rescued,
    CharterBroken,
    FrontierPassed,
    RunwayShort,
    Outage,
    ChipShortage,
    Downturn,
    OpenWeightsShock,
    CapacityShort,
}

impl News {
    pub const ALL: [News; 11] = [
        News::Signed,
        News::TrancheLapsed,
        News::Rescued,
        News::CharterBroken,
        News::FrontierPassed,
        News::RunwayShort,
        News::Outage,
        News::ChipShortage,
        News::Downturn,
        News::OpenWeightsShock,
        News::CapacityShort,
    ];
}

/// When something may come: everything named here must hold. `Id` is a text id in a file and an
/// [`Earlier`] in a level.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct When<Id> {
    /// The first and last quarter it may come in, 1 the first played.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_quarter: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_quarter: Option<u32>,
    pub figures: Vec<Comparison>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub news: Option<News>,
    /// Another happening has struck, or another dilemma was answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<Id>,
    /// That has not happened.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unless: Option<Id>,
}

impl<Id> Default for When<Id> {
    fn default() -> Self {
        When {
            from_quarter: None,
            to_quarter: None,
            figures: Vec::new(),
            news: None,
            after: None,
            unless: None,
        }
    }
}

/// An earlier thing of the level, by its place in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earlier {
    Happening(u8),
    Dilemma(u8),
}

/// Who plays a part, once names are seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pick {
    /// The cloud with the largest share, the lab with the best model; never the seat itself.
    Leader,
    /// The cloud with the smallest share, the lab with the weakest model.
    Trailing,
    /// A provider of cloud, drawn by share.
    Drawn,
    /// The lab the seat owns most of; the giant a lab rents most from.
    Partner,
    ChipMaker,
    Is(SeatId),
}

/// The picks of a story's parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Picks {
    pub seat: Option<Pick>,
    pub giant: Option<Pick>,
    pub lab: Option<Pick>,
}

/// A happening of a level.
#[derive(Clone, Debug, PartialEq)]
pub struct Happening {
    /// Whether it is one plain effect, told in words of its own.
    pub plain: bool,
    pub title: String,
    pub story: String,
    /// 0 to 1.
    pub chance: f64,
    pub in_quarter: Option<u32>,
    pub announced: bool,
    pub at_most: Option<u32>,
    pub picks: Picks,
    pub when: When<Earlier>,
    pub effects: Vec<Effect>,
}

impl Happening {
    /// A plain effect on the world that surely comes in a quarter.
    pub fn certain(what: EffectKind, quarter: u32) -> Happening {
        Happening {
            plain: true,
            title: String::new(),
            story: String::new(),
            chance: 0.0,
            in_quarter: Some(quarter),
            announced: false,
            at_most: None,
            picks: Picks::default(),
            when: When::default(),
            effects: vec![Effect { on: Part::Seat, what, after: 0 }],
        }
    }
}

/// A dilemma of a level.
#[derive(Clone, Debug, PartialEq)]
pub struct Dilemma {
    pub id: String,
    pub title: String,
    pub story: String,
    pub asks: Vec<Kind>,
    pub picks: Picks,
    pub when: When<Earlier>,
    pub public: bool,
    pub answers: Vec<Answer>,
    /// The place of the answer that silence gives.
    pub silence: u8,
}

/// A card of a level.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    pub id: String,
    pub title: String,
    pub story: String,
    pub helps: Vec<Kind>,
    pub picks: Picks,
    pub effects: Vec<Effect>,
}
