//! The capital market: what giants are worth, and how news moves them.

mod circular;
mod news;
pub mod rules;
#[cfg(test)]
mod tests;

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{DealId, FirmId};
use crate::sim::books::Books;
use crate::sim::cause::Ledger;
use crate::sim::deal::{CapTable, Holder};
use crate::sim::fact::{Fact, Facts};
use crate::sim::regulator::Heat;
use crate::sim::setting::{Giant, Roster};
use crate::sim::treasury::Income;
use crate::sim::turn::TurnSystems;

pub use circular::{Circular, Doubt};
pub(in crate::sim) use news::lost_rights;

/// A giant on the market, $bn.
#[derive(Component, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MarketValue {
    pub value_bn: f64,
    /// What the value is made of.
    pub parts: ValueParts,
    /// Stakes in labs at their last price.
    pub stakes_bn: f64,
    /// What is left of news: it halves in two quarters.
    pub sentiment_bn: f64,
    /// Smoothed earnings a year.
    pub earnings_bn: f64,
    /// Multiple of earnings, from the opening.
    pub multiple: f64,
    /// Cash less debt at the opening: what came in or went out since is part of the value.
    pub opening_net_cash_bn: f64,
    /// A tenth of the opening value.
    pub least_bn: f64,
    /// The capacity order the market expects next, gigawatts a quarter.
    pub expected_order_gw: f64,
    /// What capital spending beyond expectation still weighs: part of sentiment.
    pub charge_bn: f64,
}

/// What a market value is made of, $bn: the parts sum to it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ValueParts {
    /// Earnings times the multiple.
    pub earnings_bn: f64,
    /// What regulatory heat takes off.
    pub heat_bn: f64,
    pub stakes_bn: f64,
    /// What is left of news.
    pub news_bn: f64,
    /// The change of cash less debt since the opening.
    pub net_cash_bn: f64,
    /// What keeps it at a tenth of the opening value.
    pub floor_bn: f64,
}

impl ValueParts {
    pub fn sum(&self) -> f64 {
        self.earnings_bn
            + self.heat_bn
            + self.stakes_bn
            + self.news_bn
            + self.net_cash_bn
            + self.floor_bn
    }
}

/// What moved a giant's market value at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum News {
    /// A lab commits itself to rent from it.
    Business(DealId),
    /// Of a deal of a rival's, what it will do without.
    TakenByRival(DealId),
    /// Exclusive rights that it gave up or lost.
    RightsLost(DealId),
    /// Capital spending beyond what was expected and no order book covers; or less of it again.
    CapitalSpending,
    /// An inquiry is opened.
    Inquiry,
    /// Circular revenue grows, or shrinks.
    CircularGrowth,
    /// Circular revenue is doubted.
    CircularDoubt,
    /// A rumour about it; or it turned out false.
    Rumour,
    /// What its press office has done for it.
    Press,
}

impl MarketValue {
    /// Moves the value by news, at once, and writes the fact down. Slight news moves it without one.
    pub fn hear(&mut self, firm: FirmId, by_bn: f64, news: News, facts: &mut Facts) {
        self.sentiment_bn += by_bn;
        self.settle();
        if by_bn.abs() >= TOLD_BN {
            facts.push(Fact::NewsMovedValue { firm, by_bn, news });
        }
    }

    /// The value of its parts, at least a tenth of the opening's.
    fn settle(&mut self) {
        self.parts.news_bn = self.sentiment_bn;
        self.parts.floor_bn = 0.0;
        self.parts.floor_bn = (self.least_bn - self.parts.sum()).max(0.0);
        self.value_bn = self.parts.sum();
    }
}

/// News that moves a value by less is not told, $bn.
const TOLD_BN: f64 = 0.5;

pub(super) fn plugin(close: &mut Schedule) {
    close.add_systems(
        (
            news::fade,
            news::hear_of_deals,
            news::hear_of_spending,
            circular::trace,
            circular::doubt,
            mark_values,
        )
            .chain()
            .in_set(TurnSystems::Appraise),
    );
}

/// Values after the quarter:
/// `multiple·earnings·(1 − 0.08·heat) + stakes + news + change of net cash`, at least a tenth of the
/// opening's.
fn mark_values(
    roster: Res<Roster>,
    books: Res<Books>,
    mut ledger: ResMut<Ledger>,
    labs: Query<&CapTable>,
    mut giants: Query<(&Giant, &Income, &Heat, &mut MarketValue)>,
) {
    for &entity in &roster.giants {
        let Ok((giant, income, heat, mut value)) = giants.get_mut(entity) else { continue };
        let holder = Holder::Seat(giant.0.seat());
        let stakes = &mut ledger.inputs.stakes_bn;
        let first = stakes.len();
        let tables = roster.labs.iter().filter_map(|&lab| labs.get(lab).ok());
        stakes.extend(tables.map(|shares| shares.worth_bn(holder)));
        value.stakes_bn = stakes[first..].iter().sum();
        value.earnings_bn = rules::smoothed_earnings(value.earnings_bn, income.operating_bn());
        let earnings_bn = value.multiple * value.earnings_bn;
        value.parts = ValueParts {
            earnings_bn,
            heat_bn: -rules::HEAT_DISCOUNT * heat.0 * earnings_bn,
            stakes_bn: value.stakes_bn,
            net_cash_bn: books.cash_bn(giant.0.seat())
                - books.debt(giant.0).bn()
                - value.opening_net_cash_bn,
            ..ValueParts::default()
        };
        value.settle();
    }
}
