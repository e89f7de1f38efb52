//! The capital market: what giants are worth, and how news moves them.

pub mod rules;

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use crate::sim::books::Books;
use crate::sim::deal::{CapTable, Deal, Holder};
use crate::sim::fact::{Fact, Facts};
use crate::sim::regulator::Heat;
use crate::sim::setting::{Clock, Giant, Roster};
use crate::sim::treasury::Income;
use crate::sim::turn::TurnSystems;

/// A giant on the market, $bn.
#[derive(Component, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct MarketValue {
    pub value_bn: f64,
    /// Stakes in labs at their last price.
    pub stakes_bn: f64,
    pub sentiment_bn: f64,
    /// Smoothed earnings a year.
    pub earnings_bn: f64,
    /// Multiple of earnings, from the opening.
    pub multiple: f64,
    /// Cash less debt at the opening: what came in or went out since is part of the value.
    pub opening_net_cash_bn: f64,
    /// A tenth of the opening value.
    pub least_bn: f64,
}

pub(super) fn plugin(close: &mut Schedule) {
    close.add_systems((hear_news, mark_values).chain().in_set(TurnSystems::Appraise));
}

/// Announcements move prices through what they change in expectation.
fn hear_news(
    clock: Res<Clock>,
    roster: Res<Roster>,
    mut facts: ResMut<Facts>,
    deals: Query<&Deal>,
    mut giants: Query<&mut MarketValue>,
) {
    for entity in &roster.giants {
        if let Ok(mut value) = giants.get_mut(*entity) {
            value.sentiment_bn *= rules::SENTIMENT_KEEP;
        }
    }
    for deal in roster.deals.iter().filter_map(|&deal| deals.get(deal).ok()) {
        if deal.signed != clock.quarter || deal.sheet.commitment_mw == 0 {
            continue;
        }
        let revenue = f64::from(deal.sheet.commitment_mw) / 1_000.0 * 13.0;
        let by_bn = rules::news_of_business(revenue, 0.25, false, 0.0);
        if let Ok(mut value) = giants.get_mut(roster.giant(deal.giant)) {
            value.sentiment_bn += by_bn;
            facts.push(Fact::NewsMovedValue { firm: deal.giant, by_bn, deal: deal.id });
        }
    }
}

fn mark_values(
    roster: Res<Roster>,
    books: Res<Books>,
    labs: Query<&CapTable>,
    mut giants: Query<(&Giant, &Income, &Heat, &mut MarketValue)>,
) {
    for &entity in &roster.giants {
        let Ok((giant, income, heat, mut value)) = giants.get_mut(entity) else { continue };
        let holder = Holder::Seat(giant.0.seat());
        value.stakes_bn = roster
            .labs
            .iter()
            .filter_map(|&lab| labs.get(lab).ok())
            .map(|shares| shares.part(holder) * shares.last_price_bn)
            .sum();
        value.earnings_bn = rules::smoothed_earnings(value.earnings_bn, income.operating_bn());
        let net_cash = books.cash_bn(giant.0.seat()) - books.debt(giant.0).bn();
        value.value_bn = rules::market_value(
            value.multiple,
            value.earnings_bn,
            heat.0,
            value.stakes_bn,
            value.sentiment_bn + net_cash - value.opening_net_cash_bn,
            value.least_bn,
        );
    }
}
