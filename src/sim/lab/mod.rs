//! Labs: the compute they rent, what they sell, what they burn, how free they are.

mod access;
mod business;
mod compute;
pub mod morale;
pub mod rules;
mod staff;
#[cfg(test)]
mod tests;

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use crate::sim::turn::TurnSystems;

pub use access::tier_held;
pub use business::{outlook, pay_bills, rescue, ties};
pub use compute::{compute_ahead, planned_compute, planned_step, rent_compute};
pub use staff::{Staff, attention_to_staff};

/// Two numbers, one a product line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Lines {
    pub assistants: f64,
    pub agents: f64,
}

/// A seller's place in the two product markets: a lab's, or a giant's own products.
#[derive(Component, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProductShare {
    /// Parts of 1.
    pub share: Lines,
    /// Constant appeal, from the opening's shares, utils.
    pub constant: Lines,
}

/// The two product markets.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Products {
    /// Part of possible users of assistants reached.
    pub adoption: f64,
    /// Revenue of each line, $bn a quarter.
    pub market_bn: Lines,
    /// All sellers who are no seat, as one that sells what open weights can do.
    pub others: ProductShare,
}

/// A lab's business.
#[derive(Component, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LabBusiness {
    pub revenue_bn: f64,
    /// Revenue of the four quarters before, the latest first, $bn.
    pub past_revenue_bn: [f64; 4],
    pub heads: f64,
    /// Operating loss of the quarter, $bn; negative is a profit.
    pub loss_bn: f64,
    /// Cash burned in the quarter, $bn.
    pub burn_bn: f64,
    /// What customers pay on average, 1.0 at the opening.
    pub paid_price: f64,
    /// What a gigawatt of serving can earn in the opening quarter, $bn.
    pub serving_yield_bn: f64,
    /// What its serving compute could earn, against what it earned.
    pub serving_room: f64,
    /// Clouds that resold its models at the opening.
    pub opening_reach: u32,
    pub rescues: u32,
    /// What investors were paid of the quarter's revenue, $bn.
    pub shared_bn: f64,
}

impl LabBusiness {
    /// Annual run rate, $bn.
    pub fn run_rate(&self) -> f64 {
        4.0 * self.revenue_bn
    }

    /// Growth of revenue over the last quarter, part of 1.
    pub fn growth(&self) -> f64 {
        self.revenue_bn / self.past_revenue_bn[0].max(1e-9) - 1.0
    }
}

/// Compute under contract by provider, gigawatts: giants in order, then others.
#[derive(Component, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compute {
    pub gw: Vec<f64>,
    /// How much of it runs on each giant's own chips, by giant.
    pub on_chips: Vec<f64>,
}

impl Compute {
    pub fn total(&self) -> f64 {
        self.gw.iter().sum()
    }

    /// The largest part at one provider that is a giant, 0 to 1.
    pub fn largest_part(&self) -> f64 {
        let giants = self.gw.len() - 1;
        self.gw[..giants].iter().copied().fold(0.0, f64::max) / self.total().max(1e-9)
    }
}

/// How a lab stands at the end of a quarter.
#[derive(Component, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LabStanding {
    /// 0 to 1.
    pub independence: f64,
    /// Quarters, 0 to 12.
    pub runway: f64,
    /// Fundamental value, $bn.
    pub fundamental_bn: f64,
    /// Burn over the coming twelve quarters of its plan, $bn, as far as positive.
    pub planned_burn_bn: [f64; 12],
    /// What its independence is made of.
    pub ties: rules::Ties,
    /// What its runway is made of.
    pub ahead: Ahead,
}

/// A lab's path from here, and what pays for it: together they give its runway.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ahead {
    pub outlook: rules::Outlook,
    /// Cash and credits, $bn.
    pub cash_bn: f64,
}

/// A lab's trust in each giant, 0 to 1, by giant.
#[derive(Component, Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trust(pub Vec<f64>);

impl Trust {
    pub fn change(&mut self, giant: crate::ids::FirmId, by: f64) {
        let trust = &mut self.0[giant.index()];
        *trust = (*trust + by).clamp(0.0, 1.0);
    }
}

pub(super) fn plugin(close: &mut Schedule) {
    close.add_systems((
        (staff::take_mood, staff::move_talent)
            .chain()
            .in_set(TurnSystems::Train)
            .before(crate::sim::capability::advance_common),
        rent_compute.in_set(TurnSystems::Serve),
        (business::sell_products, business::pay_bills, business::rescue, business::take_stock)
            .chain()
            .in_set(TurnSystems::LabBusiness),
    ));
}
