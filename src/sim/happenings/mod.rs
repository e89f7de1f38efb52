//! Happenings: what the world does to everybody.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use crate::level::{HappeningKind, Level};
use crate::sim::capability::Frontier;
use crate::sim::cause::{Input, Ledger, Owner};
use crate::sim::cloud::rules::order_cost_per_gw;
use crate::sim::cloud::{CloudInputs, CloudResult};
use crate::sim::decision::GiantPlan;
use crate::sim::fact::{Fact, Facts, Provider};
use crate::sim::rng::Purpose;
use crate::sim::setting::{Clock, Giant, Roster, Setting};
use crate::sim::turn::TurnSystems;

/// The weather of the quarter: what happenings leave for the rules to see.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weather {
    /// Whether capacity on order is held up this quarter.
    pub shortage: bool,
    /// Factor on the cost of new orders.
    pub order_cost: f64,
    /// The chip makers' price index, as planned this quarter.
    pub chip_price: f64,
    /// Quarters of a downturn left, this one included.
    pub downturn: u32,
    /// What a downturn takes from general growth, part of 1 a quarter.
    pub lost_growth: f64,
}

impl Default for Weather {
    fn default() -> Self {
        Weather { shortage: false, order_cost: 1.0, chip_price: 1.0, downturn: 0, lost_growth: 0.0 }
    }
}

impl Weather {
    /// Cost of ordering a gigawatt in this quarter, $bn, for one who builds this part of it on chips
    /// of its own.
    pub fn order_cost_per_gw(&self, level: &Level, own_chips: f64) -> f64 {
        let chip_part = level
            .giants
            .iter()
            .filter_map(|giant| giant.chips)
            .map(|chips| chips.part_of_ai_capex_pct / 100.0)
            .fold(0.0, f64::max);
        self.order_cost
            * order_cost_per_gw(
                level.market.ai_capex,
                chip_part * (1.0 - own_chips),
                self.chip_price,
            )
    }
}

pub(super) fn plugin(close: &mut Schedule) {
    close.add_systems(strike.in_set(TurnSystems::Happenings));
    close.add_systems(
        read_chip_prices.in_set(TurnSystems::Plans).after(crate::sim::plans::file_giant_plans),
    );
}

/// Deals this quarter's happenings: each of the level's deck strikes by its chance or its date.
fn strike(
    clock: Res<Clock>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut weather: ResMut<Weather>,
    mut frontier: ResMut<Frontier>,
    mut facts: ResMut<Facts>,
    mut ledger: ResMut<Ledger>,
    mut clouds: Query<(&mut CloudInputs, &CloudResult, Option<&Giant>)>,
) {
    if weather.downturn == 1 {
        weather.lost_growth = 0.0;
        facts.push(Fact::DownturnOver);
    }
    weather.downturn = weather.downturn.saturating_sub(1);
    weather.shortage = false;
    weather.order_cost = 1.0;
    for &entity in &roster.providers {
        if let Ok((mut inputs, _, giant)) = clouds.get_mut(entity) {
            let owner = Owner::Provider(giant.map_or(Provider::Others, |g| Provider::Giant(g.0)));
            ledger.record(owner, Input::Outage, inputs.outage, 0.0, inputs.outage_fact);
            inputs.outage = 0.0;
            inputs.outage_fact = None;
        }
    }
    for (number, happening) in setting.level.happenings.iter().enumerate() {
        let luck = setting.world_stream(&clock, Purpose::Happening, number as u64).uniform();
        let due = happening.in_quarter == Some(clock.quarter.0);
        if !due && luck >= happening.chance_pct / 100.0 {
            continue;
        }
        match happening.what {
            HappeningKind::OpenWeightsShock { points } => {
                let room = (frontier.points - frontier.open_weights).max(0.0);
                frontier.open_weights += points.min(room);
                facts.push(Fact::OpenWeightsShock { points });
            }
            HappeningKind::ChipShortage { cost_pct } => {
                weather.shortage = true;
                weather.order_cost = 1.0 + cost_pct / 100.0;
                facts.push(Fact::ChipShortage { cost_pct });
            }
            HappeningKind::Downturn { quarters, growth_pct } => {
                if weather.downturn == 0 {
                    weather.downturn = quarters;
                    weather.lost_growth = growth_pct / 100.0;
                    facts.push(Fact::Downturn { quarters });
                }
            }
            HappeningKind::Outage { utils } => {
                let mut stream =
                    setting.world_stream(&clock, Purpose::HappeningTarget, number as u64);
                let mut left = stream.uniform();
                let hit = roster.providers.iter().find(|&&entity| {
                    left -= clouds.get(entity).map_or(0.0, |(_, result, _)| result.share);
                    left < 0.0
                });
                let Some(Ok((mut inputs, _, giant))) = hit.map(|&e| clouds.get_mut(e)) else {
                    continue;
                };
                let provider = giant.map_or(Provider::Others, |giant| Provider::Giant(giant.0));
                inputs.outage = -utils;
                inputs.outage_fact = Some(facts.push(Fact::Outage { provider, utils }));
                let owner = Owner::Provider(provider);
                ledger.record(owner, Input::Outage, 0.0, -utils, inputs.outage_fact);
            }
        }
    }
}

/// The dearest chip maker sets the price everybody orders at.
fn read_chip_prices(
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut weather: ResMut<Weather>,
    giants: Query<(&Giant, &GiantPlan)>,
) {
    let prices = roster.giants.iter().filter_map(|&entity| giants.get(entity).ok()).filter_map(
        |(giant, plan)| setting.level.giants[giant.0.index()].chips.map(|_| plan.chip_price),
    );
    weather.chip_price = prices
        .fold(None, |dearest: Option<f64>, price| {
            Some(dearest.map_or(price, |dearest| dearest.max(price)))
        })
        .unwrap_or(1.0);
}
