//! Why: what moved a figure, as rows that sum to its change.
//!
//! The rules of a quarter are worked again with some of their recorded inputs as they were before
//! and some as they became; each cause gets its Shapley value over these. Money is explained by its
//! postings. All of it is made when somebody asks: no bot and no batch calls it.

mod gaps;
mod labs;
mod market;
mod models;
mod money;
mod opening;
pub mod shapley;
#[cfg(test)]
mod tests;
mod value;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::ids::{DealId, FirmId, LabId, Role, SeatId};
use crate::level::{InformationFile, Level};
use crate::sim::books::Reason;
use crate::sim::capital_market::News;
use crate::sim::cause::Inputs;
use crate::sim::deal::Deal;
use crate::sim::fact::{Fact, FactId, Provider};
use crate::sim::game::ClosedQuarter;
use crate::sim::view::Published;
use crate::units::Quarter;

pub(in crate::sim) use opening::inputs as opening_inputs;

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
    /// Quarters until a lab's cash is gone.
    Runway,
    /// A lab's independence, 0 to 1.
    Independence,
    /// A lab's fundamental value, dollars.
    Valuation,
}

impl Metric {
    pub const ALL: [Metric; 8] = [
        Metric::WinRate,
        Metric::Share,
        Metric::Cash,
        Metric::MarketValue,
        Metric::Capability,
        Metric::Runway,
        Metric::Independence,
        Metric::Valuation,
    ];

    /// Whether its amounts are dollars.
    pub fn is_money(self) -> bool {
        matches!(self, Metric::Cash | Metric::MarketValue | Metric::Valuation)
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

/// Why there is no explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotExplained {
    /// No such quarter has closed.
    NotClosed { closed: u32 },
    /// It is compared with a quarter that is not before it.
    NotBefore,
    /// This seat has no such figure.
    NoSuchFigure,
    /// The figure is the lab's own to know.
    Secret,
}

/// What explanations are made from: the opening, and every quarter closed.
pub struct Past<'a> {
    pub(in crate::sim) level: &'a Level,
    pub(in crate::sim) opening: Arc<Published>,
    pub(in crate::sim) opening_inputs: Inputs,
    pub(in crate::sim) history: &'a [Arc<ClosedQuarter>],
    pub(in crate::sim) deals: Vec<Deal>,
}

impl Past<'_> {
    fn published(&self, quarter: Quarter) -> &Published {
        match quarter.0.checked_sub(1) {
            Some(place) => &self.history[place as usize].published,
            None => &self.opening,
        }
    }

    fn inputs(&self, quarter: Quarter) -> &Inputs {
        match quarter.0.checked_sub(1) {
            Some(place) => &self.history[place as usize].inputs,
            None => &self.opening_inputs,
        }
    }

    /// A quarter that was played.
    fn closed(&self, quarter: Quarter) -> &ClosedQuarter {
        &self.history[quarter.0 as usize - 1]
    }

    fn fact(&self, id: FactId) -> Option<&Fact> {
        let place = id.quarter.0.checked_sub(1)? as usize;
        self.history.get(place)?.facts.get(usize::from(id.number))
    }

    /// What a fact is as a cause: a decision, a step in a deal's life, or something that happened.
    fn cause(&self, id: Option<FactId>) -> Cause {
        let Some(id) = id else { return Cause::Market };
        match self.fact(id) {
            None => Cause::Market,
            Some(fact) => match deal_in(fact) {
                Some(deal) => Cause::Deal(deal),
                None if is_decision(fact) => Cause::Decision(id),
                None => Cause::Happening(id),
            },
        }
    }

    fn deal(&self, deal: Option<DealId>) -> Cause {
        deal.map_or(Cause::Market, Cause::Deal)
    }

    /// The first fact of a quarter that is meant.
    fn found(&self, quarter: Quarter, meant: impl Fn(&Fact) -> bool) -> Option<FactId> {
        let place = self.closed(quarter).facts.iter().position(meant)?;
        Some(FactId { quarter, number: place as u16 })
    }

    fn giants(&self) -> usize {
        self.level.giants.len()
    }
}

/// The deal a fact is a step in the life of.
fn deal_in(fact: &Fact) -> Option<DealId> {
    match *fact {
        Fact::Signed { deal, .. }
        | Fact::TranchePaid { deal, .. }
        | Fact::TrancheLapsed { deal, .. }
        | Fact::ProRataTaken { deal, .. }
        | Fact::WarrantsUsed { deal, .. }
        | Fact::WarrantsLapsed { deal, .. }
        | Fact::RevenueShareMissed { deal, .. }
        | Fact::RevenueShareEnded { deal, .. }
        | Fact::ExclusivityLapsed { deal, .. }
        | Fact::AccessLapsed { deal, .. }
        | Fact::LicenceLapsed { deal, .. }
        | Fact::OwnChipsLapsed { deal, .. }
        | Fact::WaiverSold { deal, .. }
        | Fact::PromiseBroken { deal, .. }
        | Fact::DealEnded { deal, .. } => Some(deal),
        _ => None,
    }
}

fn is_decision(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::PriceChanged { .. }
            | Fact::OrderChanged { .. }
            | Fact::ResearchChanged { .. }
            | Fact::PushChanged { .. }
            | Fact::ChipPriceChanged { .. }
            | Fact::FavourChanged { .. }
            | Fact::LabPlanChanged { .. }
            | Fact::AccessPolicyChanged { .. }
            | Fact::ClauseLoosened { .. }
            | Fact::NoShopBought { .. }
            | Fact::Answered { .. }
            | Fact::CardPlayed { .. }
    )
}

/// Explains a figure of one seat to another, from one close to a later one: the sum of the
/// quarters between, row by row.
pub fn explain(
    past: &Past,
    viewer: SeatId,
    of: SeatId,
    metric: Metric,
    (since, quarter): (Quarter, Quarter),
) -> Result<Explanation, NotExplained> {
    let closed = past.history.len() as u32;
    if quarter.0 == 0 || quarter.0 > closed {
        return Err(NotExplained::NotClosed { closed });
    }
    if since >= quarter {
        return Err(NotExplained::NotBefore);
    }
    may_know(past, viewer, of, metric)?;
    let mut whole: Option<Explanation> = None;
    for number in since.0 + 1..=quarter.0 {
        let step = of_quarter(past, of, metric, Quarter(number))?;
        match &mut whole {
            None => whole = Some(step),
            Some(whole) => {
                whole.after = step.after;
                whole.quarter = step.quarter;
                step.rows.into_iter().for_each(|row| add(&mut whole.rows, row));
            }
        }
    }
    let mut whole = whole.ok_or(NotExplained::NotBefore)?;
    hide(past, viewer, &mut whole.rows);
    tidy(&mut whole);
    Ok(whole)
}

/// Whether a seat may ask for another's figure: all but a lab's cash and runway is published.
fn may_know(past: &Past, viewer: SeatId, of: SeatId, metric: Metric) -> Result<(), NotExplained> {
    let role = of.role(past.giants());
    let fits = match (role, metric) {
        (_, Metric::Cash | Metric::Capability) => true,
        (Role::Giant(_), Metric::WinRate | Metric::Share | Metric::MarketValue) => true,
        (Role::Lab(_), Metric::Runway | Metric::Independence | Metric::Valuation) => true,
        _ => false,
    };
    if !fits {
        return Err(NotExplained::NoSuchFigure);
    }
    let secret = matches!(metric, Metric::Cash | Metric::Runway) && matches!(role, Role::Lab(_));
    if secret && viewer != of && past.level.information != InformationFile::Full {
        return Err(NotExplained::Secret);
    }
    Ok(())
}

fn of_quarter(
    past: &Past,
    of: SeatId,
    metric: Metric,
    quarter: Quarter,
) -> Result<Explanation, NotExplained> {
    let role = of.role(past.giants());
    let change = match (metric, role) {
        (Metric::WinRate, Role::Giant(firm)) => market::win_rate(past, firm, quarter),
        (Metric::Share, Role::Giant(firm)) => market::share(past, firm, quarter),
        (Metric::MarketValue, Role::Giant(firm)) => Some(value::market_value(past, firm, quarter)),
        (Metric::Cash, _) => Some(money::cash(past, of, quarter)),
        (Metric::Capability, _) => models::capability(past, of, quarter),
        (Metric::Runway, Role::Lab(lab)) => Some(labs::runway(past, lab, quarter)),
        (Metric::Independence, Role::Lab(lab)) => Some(labs::independence(past, lab, quarter)),
        (Metric::Valuation, Role::Lab(lab)) => Some(labs::valuation(past, lab, quarter)),
        _ => None,
    };
    let Change { before, after, rows } = change.ok_or(NotExplained::NoSuchFigure)?;
    let since = Quarter(quarter.0 - 1);
    let mut explanation = Explanation { metric, of, quarter, since, before, after, rows };
    if metric.is_money() && metric != Metric::Cash {
        in_dollars(&mut explanation);
    }
    Ok(explanation)
}

/// A change worked out, before it is looked over.
struct Change {
    before: f64,
    after: f64,
    rows: Vec<Row>,
}

/// From $bn to whole dollars: each row is rounded, and what rounding leaves goes to the largest.
fn in_dollars(explanation: &mut Explanation) {
    let dollars = |bn: f64| libm::rint(bn * 1e9);
    explanation.before = dollars(explanation.before);
    explanation.after = dollars(explanation.after);
    explanation.rows.iter_mut().for_each(|row| row.amount = dollars(row.amount));
    let left = explanation.gap();
    let rows = explanation.rows.iter_mut();
    if let Some(largest) = rows.max_by(|one, other| one.amount.abs().total_cmp(&other.amount.abs()))
    {
        largest.amount += left;
    }
}

/// Adds a row to those of the same cause and way.
fn add(rows: &mut Vec<Row>, row: Row) {
    let same = |other: &&mut Row| {
        (other.cause, other.through, other.whose) == (row.cause, row.through, row.whose)
    };
    match rows.iter_mut().find(same) {
        None => rows.push(row),
        Some(sum) => {
            sum.amount += row.amount;
            sum.moved = match (sum.moved, row.moved) {
                (Some((from, _)), Some((_, to))) => Some((from, to)),
                (one, other) => one.or(other),
            };
        }
    }
}

/// Causes that a seat may not know of lose their names.
fn hide(past: &Past, viewer: SeatId, rows: &mut [Row]) {
    for row in rows {
        let (Cause::Decision(id) | Cause::Happening(id)) = row.cause else { continue };
        if past.fact(id).is_some_and(|fact| !fact.seen_by(viewer)) {
            row.cause = Cause::Undisclosed;
        }
    }
}

/// Rows of one cause together, none of nothing, the largest first.
fn tidy(explanation: &mut Explanation) {
    let mut rows = Vec::with_capacity(explanation.rows.len());
    for row in std::mem::take(&mut explanation.rows) {
        add(&mut rows, row);
    }
    rows.retain(|row| row.amount != 0.0);
    rows.sort_by(|one, other| other.amount.abs().total_cmp(&one.amount.abs()));
    explanation.rows = rows;
}

/// A cause that may come into a change or stay out of it: what it will be called, and its input
/// before and after.
struct Candidate {
    cause: Cause,
    through: Through,
    whose: Option<Whose>,
    moved: Option<(f64, f64)>,
}

impl Candidate {
    fn new(through: Through, cause: Cause) -> Candidate {
        Candidate { cause, through, whose: None, moved: None }
    }

    fn of(self, whose: impl Into<Whose>) -> Candidate {
        Candidate { whose: Some(whose.into()), ..self }
    }

    fn moved(self, from: f64, to: f64) -> Candidate {
        Candidate { moved: Some((from, to)), ..self }
    }

    fn row(&self, amount: f64) -> Row {
        let Candidate { cause, through, whose, moved } = *self;
        Row { cause, through, whose, amount, moved }
    }
}

/// Rows of candidates by their Shapley values; what the change holds beyond what `value` comes to
/// without any of them is a row of its own, `over`.
fn attributed(
    candidates: &[Candidate],
    over: (Through, Cause),
    (before, after): (f64, f64),
    mut value: impl FnMut(&[bool]) -> f64,
) -> Change {
    let parts = shapley::attribute(candidates.len(), &mut value);
    let mut rows: Vec<Row> =
        candidates.iter().zip(&parts).map(|(candidate, part)| candidate.row(*part)).collect();
    let left = after - before - parts.iter().sum::<f64>();
    if left.abs() > 1e-12 * before.abs().max(1.0) {
        rows.push(Candidate::new(over.0, over.1).row(left));
    }
    Change { before, after, rows }
}
