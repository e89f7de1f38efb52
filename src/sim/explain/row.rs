//! What an explanation is made of: figures, causes, the ways they take, rows.

use serde::{Deserialize, Serialize};

use crate::ids::{DealId, FirmId, LabId, SeatId};
use crate::sim::books::Reason;
use crate::sim::capital_market::News;
use crate::sim::fact::{FactId, Provider};
use crate::units::Quarter;

/// A figure that can be explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Metric {
    /// Part of new cloud demand delivered, 0 to 1: against the quarter before.
    WinRate,
    /// Part of cloud revenue, 0 to 1: against a choice of customers that would leave it as it was.
    Share,
    /// Cash, dollars.
    Cash,
    /// A giant's market value, dollars.
    MarketValue,
    /// The best models a team has made, points.
    Capability,
    /// A lab's revenue of a quarter, dollars.
    Revenue,
    /// Cash a lab burns in a quarter, dollars.
    Burn,
    /// Quarters until a lab's cash is gone.
    Runway,
    /// A lab's independence, 0 to 1.
    Independence,
    /// A lab's fundamental value, dollars.
    Valuation,
}

impl Metric {
    pub const ALL: [Metric; 10] = [
        Metric::WinRate,
        Metric::Share,
        Metric::Cash,
        Metric::MarketValue,
        Metric::Capability,
        Metric::Revenue,
        Metric::Burn,
        Metric::Runway,
        Metric::Independence,
        Metric::Valuation,
    ];

    /// Whether its amounts are dollars.
    pub fn is_money(self) -> bool {
        matches!(
            self,
            Metric::Cash | Metric::MarketValue | Metric::Revenue | Metric::Burn | Metric::Valuation
        )
    }
}

/// What a row is put down to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Cause {
    /// Somebody's decision, by the fact it made.
    Decision(FactId),
    /// A deal, from its signature to its last term.
    Deal(DealId),
    /// Something that happened.
    Happening(FactId),
    /// How things stood when the game began.
    Opening,
    /// The ordinary course: growth, wear, progress, what customers do.
    Market,
    /// Something this seat may not know of.
    Undisclosed,
}

/// The way by which a cause reached the figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Through {
    // Customers' choice of a cloud.
    Prices,
    SalesPush,
    /// A lab's models that a provider resells.
    Resale(LabId),
    /// How good a team's own models are.
    OwnModels,
    /// How good a lab's models are, for all who resell them.
    LabModels(LabId),
    OpenWeights,
    /// Room to deliver, and what could be delivered.
    Capacity,
    Appeal,
    LabBills,
    Interoperability,
    /// What customers thought of everybody at the opening.
    Preferences,
    /// Growth of demand, and of its parts.
    Demand,
    /// Installed base and backlog that earlier quarters left.
    InstalledBase,
    /// Contracts that come up to list prices of old.
    OldContracts,
    // Money.
    Posting(Reason),
    /// Cash less debt.
    NetCash(Reason),
    /// Cash less debt: what the quarter's business brought.
    Business,
    // Market value.
    CoreBusiness,
    Research,
    /// A cloud but for what labs pay.
    Cloud,
    DealIncome,
    Heat,
    Stake(LabId),
    News(News),
    SmallNews,
    OldNews,
    Floor,
    // Capability.
    Compute,
    ForeignChips,
    TrainingPart,
    CommonProgress,
    Luck,
    Talent,
    Licence,
    // A lab's runway.
    Cash,
    Sales,
    ComputeToCome,
    People,
    RevenueShares,
    // Its independence.
    LargestStake,
    Directors,
    Consents,
    Exclusivity,
    LargestProvider,
    Rescues,
    AccessPolicy,
    Limit,
    // Its valuation.
    ProductMarkets,
    ProductShares,
    ProductPrice,
    Serving,
    YearAgo,
    LastPrice,
    // What no input of its own stands for.
    Events,
}

/// Whose doing or whose business a row is, where it is one's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Whose {
    Giant(FirmId),
    Others,
    Lab(LabId),
}

impl From<Provider> for Whose {
    fn from(provider: Provider) -> Whose {
        match provider {
            Provider::Giant(firm) => Whose::Giant(firm),
            Provider::Others => Whose::Others,
        }
    }
}

/// One row of a waterfall.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    pub cause: Cause,
    pub through: Through,
    pub whose: Option<Whose>,
    /// In the metric's unit.
    pub amount: f64,
    /// What moved, before and after, where that is one number.
    pub moved: Option<(f64, f64)>,
}

/// A figure's change, and the rows that sum to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    pub metric: Metric,
    pub of: SeatId,
    /// The quarter whose close it looks at, and the one it is compared with.
    pub quarter: Quarter,
    pub since: Quarter,
    /// In the metric's unit: dollars, parts of 1, points or quarters.
    pub before: f64,
    pub after: f64,
    /// The largest first.
    pub rows: Vec<Row>,
}

impl Explanation {
    pub fn change(&self) -> f64 {
        self.after - self.before
    }

    /// By how much the rows miss the change.
    pub fn gap(&self) -> f64 {
        self.change() - self.rows.iter().map(|row| row.amount).sum::<f64>()
    }
}
