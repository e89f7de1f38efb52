//! A lab's business: two product lines, costs, burn and runway (calibration, section 4).

use libm::{exp, log};
use serde::{Deserialize, Serialize};

use crate::sim::cloud::rules::LAB_PRICE_PER_GW;
use crate::sim::decision::AccessPolicy;

/// $bn a quarter of compute per gigawatt rented.
pub const COMPUTE_COST: f64 = LAB_PRICE_PER_GW;
/// Part of revenue that goes to revenue share and selling.
pub const SELLING_PART: f64 = 0.40;
/// $bn a quarter per thousand staff.
pub const COST_PER_THOUSAND: f64 = 0.975;
/// Cash burned per dollar of operating loss; the rest is pay in shares, credits and payables.
pub const BURN_PART: f64 = 0.42;
/// Inertia of a product's share from one quarter to the next.
pub const KEEP: f64 = 0.93;
/// Weight of a point of capability in choosing an assistant and an agent or API (assumed).
pub const ASSISTANT_WEIGHT: f64 = 0.04;
pub const AGENT_WEIGHT: f64 = 0.10;
/// Weight of price, utils per log point (assumed).
pub const PRICE_WEIGHT: f64 = 2.0;
/// Elasticity of a whole line's revenue in units to its mean price (assumed).
pub const OUTSIDE: f64 = 0.8;
/// Part of the way that what customers pay moves to the list price in a quarter: subscriptions and
/// contracts run on (assumed).
pub const REPRICED: f64 = 0.25;
/// Appeal each cloud that resells a lab's models adds to its agents, utils (assumed).
pub const REACH: f64 = 0.06;
/// What restraint costs the appeal of agents and API, utils (assumed).
pub const RESTRAINT: f64 = 0.10;
/// Quarterly gain in what a gigawatt of serving can earn (assumed: prices at fixed quality fall
/// faster still, but demand takes most of it).
pub const SERVING_PROGRESS: f64 = 0.10;
/// Part of its serving compute a lab uses at the opening (assumed).
pub const OPENING_LOAD: f64 = 0.70;
/// Standard deviation of a quarter's luck in demand for a lab's products, log points (assumed).
pub const DEMAND_LUCK: f64 = 0.03;
/// Independence of a lab whose models every cloud resells, and of one that sells them itself
/// (assumed).
pub const OPEN_DOOR: f64 = 0.03;
pub const OWN_DOOR: f64 = 0.05;
/// What an access policy gives back of independence.
pub fn own_door(policy: AccessPolicy) -> f64 {
    match policy {
        AccessPolicy::Open => OPEN_DOOR,
        AccessPolicy::Partners => 0.0,
        AccessPolicy::Restrained => OWN_DOOR,
    }
}

/// Runways are not looked at beyond this many quarters.
pub const LONGEST_RUNWAY: f64 = 12.0;

/// Revenue of all assistants, $bn a quarter: `2.40·F·e^(0.028(C−130))`.
pub fn assistants_market(adoption: f64, frontier: f64) -> f64 {
    2.40 * adoption * exp(0.028 * (frontier - 130.0))
}

/// Adoption after a quarter (Bass 1969): `F + (0.039 + 0.394·F)(1 − F)`.
pub fn bass(adoption: f64) -> f64 {
    bass_step(adoption, 0.039, 0.394)
}

fn bass_step(adoption: f64, innovators: f64, imitators: f64) -> f64 {
    adoption + (innovators + imitators * adoption) * (1.0 - adoption)
}

/// Revenue of all agents and API, $bn a quarter: `60/(1 + (60/0.0726 − 1)·e^(−0.173(C−130)))`.
pub fn agents_market(frontier: f64) -> f64 {
    60.0 / (1.0 + (60.0 / 0.0726 - 1.0) * exp(-0.173 * (frontier - 130.0)))
}

/// The constant appeal that gives a share at the opening: `ln s − weight·gap`.
pub fn opening_appeal(share: f64, weight: f64, gap: f64) -> f64 {
    log(share.max(1e-6)) - weight * gap
}

/// Appeal of a product: `constant + weight·gap − 1.2·ln price + reach`.
pub fn appeal(constant: f64, weight: f64, gap: f64, price: f64, reach: f64) -> f64 {
    constant + weight * gap - PRICE_WEIGHT * log(price) + reach
}

/// What is left of a line's demand at a mean list price: `P^−0.8`.
pub fn bought(mean_price: f64) -> f64 {
    exp(-OUTSIDE * log(mean_price))
}

/// What customers pay on average a quarter later, list price and present average given.
pub fn paid_after(paid: f64, list: f64) -> f64 {
    paid + REPRICED * (list - paid)
}

/// A quarter's costs, $bn: compute, selling, people.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Costs {
    pub compute_bn: f64,
    pub selling_bn: f64,
    pub people_bn: f64,
}

/// `3.25·GW + 0.40·revenue + 0.975·heads/1000`
pub fn costs(gigawatts: f64, revenue_bn: f64, heads: f64) -> Costs {
    Costs {
        compute_bn: COMPUTE_COST * gigawatts,
        selling_bn: SELLING_PART * revenue_bn,
        people_bn: COST_PER_THOUSAND * heads / 1_000.0,
    }
}

impl Costs {
    pub fn total_bn(&self) -> f64 {
        self.compute_bn + self.selling_bn + self.people_bn
    }
}

/// Cash burned in a quarter, $bn; a profit is kept whole: `0.42·loss`.
pub fn burn(loss_bn: f64) -> f64 {
    if loss_bn > 0.0 { BURN_PART * loss_bn } else { loss_bn }
}

/// What a lab's path looks like from here, quarter by quarter.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outlook {
    pub revenue_bn: f64,
    /// Growth of revenue next quarter; fades by a tenth each quarter.
    pub revenue_growth: f64,
    /// Compute in each of the coming twelve quarters.
    pub gigawatts: [f64; LONGEST_RUNWAY as usize],
    pub heads: f64,
    pub hiring: f64,
    /// Part of revenue that investors are paid.
    pub shared: f64,
}

impl Outlook {
    /// Burn in each of the coming twelve quarters, $bn.
    pub fn burns(&self) -> [f64; LONGEST_RUNWAY as usize] {
        let Outlook { mut revenue_bn, mut revenue_growth, mut heads, .. } = *self;
        let mut burns = [0.0; LONGEST_RUNWAY as usize];
        for (each, gigawatts) in burns.iter_mut().zip(self.gigawatts) {
            revenue_bn *= 1.0 + revenue_growth;
            revenue_growth *= 0.9;
            heads *= 1.0 + self.hiring;
            let loss = costs(gigawatts, revenue_bn, heads).total_bn() - revenue_bn;
            *each = burn(loss) + self.shared * revenue_bn;
        }
        burns
    }

    /// Quarters until this much cash runs out under the plan, in parts of a quarter, at most 12.
    pub fn runway(&self, cash_bn: f64) -> f64 {
        let mut left = cash_bn;
        for (quarter, burn) in self.burns().into_iter().enumerate() {
            if burn > 0.0 && burn >= left {
                return quarter as f64 + (left / burn).max(0.0);
            }
            left -= burn;
        }
        LONGEST_RUNWAY
    }
}

/// What makes a lab less than independent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ties {
    /// The largest stake of a single investor, 0 to 1.
    pub largest_stake: f64,
    /// Directors named by investors.
    pub directors: u32,
    /// Investors whose consent it needs.
    pub consents: u32,
    /// The strictest exclusivity in force, 0 to 1.
    pub strictness: f64,
    /// The part of its compute at one provider, 0 to 1.
    pub largest_provider: f64,
    /// Rescue rounds it went through.
    pub rescues: u32,
    /// What its access policy gives back: a door of its own to customers.
    pub own_door: f64,
}

/// Independence, 0 (a subsidiary in all but name) to 1 (weights assumed):
/// `1 − 0.6·stake − 0.10·directors − 0.03·consents − 0.25·strictness − 0.20·max(0, provider − 0.3)
/// − 0.15·rescues + own door`, directors and consents counted to three.
pub fn independence(ties: &Ties) -> f64 {
    (1.0 + ties.parts().iter().sum::<f64>()).clamp(0.0, 1.0)
}

impl Ties {
    /// What each tie takes from independence, in the order of the fields.
    pub fn parts(&self) -> [f64; 7] {
        [
            -0.6 * self.largest_stake,
            -0.10 * f64::from(self.directors.min(3)),
            -0.03 * f64::from(self.consents.min(3)),
            -0.25 * self.strictness,
            -0.20 * (self.largest_provider - 0.3).max(0.0),
            -0.15 * f64::from(self.rescues),
            self.own_door,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(one: f64, other: f64, by: f64) -> bool {
        (one - other).abs() <= by
    }

    // theory-cases.md: p .03, q .38, m 100: first three 3, 4.0158, 5.268488.
    #[test]
    fn adoption_is_basss() {
        let mut adoption = 0.0;
        for expected in [3.0, 4.0158, 5.268488] {
            let next = bass_step(adoption, 0.03, 0.38);
            assert!(near(100.0 * (next - adoption), expected, 1e-6), "{next}");
            adoption = next;
        }
    }

    #[test]
    fn twelve_quarters_of_adoption_reach_95_per_cent() {
        let adoption = (0..12).fold(0.0, |adoption, _| bass(adoption));
        assert!(near(adoption, 0.949, 0.002), "{adoption}");
    }

    #[test]
    fn openai_in_4q25_earns_4_95_billion() {
        let revenue = 0.75 * assistants_market(0.949, 155.0) + 0.30 * agents_market(155.0);
        assert!(near(revenue, 4.95, 0.03), "{revenue}");
    }

    // Calibration, section 4: 2025 at 1.25 GW and 3,000 heads: cost 33.2, loss 20.1, burn 8.4.
    #[test]
    fn openai_in_2025_burns_8_4_billion() {
        let year = 4.0 * costs(1.25, 13.07 / 4.0, 3_000.0).total_bn();
        assert!(near(year, 33.2, 0.1), "{year}");
        assert!(near(burn(year - 13.07), 8.4, 0.1));
    }

    #[test]
    fn the_columns_lab_loses_3_2_and_burns_1_3_a_quarter() {
        let loss = costs(0.6, 0.70, 1_700.0).total_bn() - 0.70;
        assert!(near(loss, 3.2, 0.02) && near(burn(loss), 1.34, 0.01), "{loss}");
    }

    #[test]
    fn runway_is_found_by_walking_the_plan() {
        let still = Outlook {
            revenue_bn: 1.0,
            revenue_growth: 0.0,
            gigawatts: [1.0; 12],
            heads: 1_000.0,
            hiring: 0.0,
            shared: 0.0,
        };
        let burn = still.burns()[0];
        assert!(near(still.runway(3.5 * burn), 3.5, 1e-9));
        assert!(Outlook { gigawatts: [1.3; 12], ..still }.runway(3.5 * burn) < 3.0);
        assert_eq!(still.runway(0.0), 0.0);
        assert_eq!(still.runway(1e6), 12.0);
    }

    #[test]
    fn ties_wear_independence_down() {
        assert_eq!(independence(&Ties::default()), 1.0);
        let opening = Ties {
            largest_stake: 0.27,
            strictness: 0.25,
            largest_provider: 0.75,
            ..Ties::default()
        };
        assert!(near(independence(&opening), 0.6855, 1e-9));
        assert_eq!(
            independence(&Ties {
                largest_stake: 0.9,
                directors: 9,
                consents: 9,
                strictness: 1.0,
                largest_provider: 1.0,
                rescues: 3,
                own_door: 0.0
            }),
            0.0
        );
    }
}
