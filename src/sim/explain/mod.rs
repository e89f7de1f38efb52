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
mod row;
pub mod shapley;
mod share;
#[cfg(test)]
mod tests;
mod value;

use std::sync::Arc;

use crate::ids::{DealId, Role, SeatId};
use crate::level::{InformationFile, Level};
use crate::sim::cause::Inputs;
use crate::sim::deal::Deal;
use crate::sim::fact::{Fact, FactId};
use crate::sim::game::ClosedQuarter;
use crate::sim::view::Published;
use crate::units::Quarter;

pub(in crate::sim) use opening::inputs as opening_inputs;
pub use row::{Cause, Explanation, Metric, Row, Through, Whose};

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

/// Whether a seat may ask for another's figure: all but a lab's cash, burn and runway is published.
fn may_know(past: &Past, viewer: SeatId, of: SeatId, metric: Metric) -> Result<(), NotExplained> {
    let role = of.role(past.giants());
    let fits = matches!(
        (role, metric),
        (_, Metric::Cash | Metric::Capability)
            | (Role::Giant(_), Metric::WinRate | Metric::Share | Metric::MarketValue)
            | (
                Role::Lab(_),
                Metric::Revenue
                    | Metric::Burn
                    | Metric::Runway
                    | Metric::Independence
                    | Metric::Valuation
            )
    );
    if !fits {
        return Err(NotExplained::NoSuchFigure);
    }
    let secret = matches!(metric, Metric::Cash | Metric::Burn | Metric::Runway)
        && matches!(role, Role::Lab(_));
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
        (Metric::Share, Role::Giant(firm)) => share::share(past, firm, quarter),
        (Metric::MarketValue, Role::Giant(firm)) => Some(value::market_value(past, firm, quarter)),
        (Metric::Cash, _) => Some(money::cash(past, of, quarter)),
        (Metric::Capability, _) => models::capability(past, of, quarter),
        (Metric::Revenue, Role::Lab(lab)) => Some(labs::revenue(past, lab, quarter)),
        (Metric::Burn, Role::Lab(lab)) => Some(labs::burn(past, lab, quarter)),
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
