//! The cloud market: who wins new demand, at what price, and who can deliver it.
//!
//! Demand is counted in $bn a quarter at opening prices; capacity in gigawatts. Sources: the
//! calibration, sections 2.2 to 2.5.

use libm::{exp, log};

/// $bn of quarterly revenue one sold gigawatt brings at opening prices (2.5, assumed).
pub const REVENUE_PER_GW: f64 = 3.8;
/// What a lab pays for a gigawatt in a quarter, and the part of it that reaches the provider (2.2).
pub const LAB_PRICE_PER_GW: f64 = 3.25;
pub const LAB_BILLED: f64 = 0.85;
/// Weight of access in the AI flow, utils a point (2.2: 0.09, s.e. 0.05).
pub const ACCESS_WEIGHT: f64 = 0.09;
/// Weight of room to deliver, and the utilisation at which it is neither good nor bad (2.2, assumed).
pub const ROOM_WEIGHT: f64 = 0.5;
pub const EASY_UTILISATION: f64 = 0.85;
/// The part of capacity that can be sold at most (assumed).
pub const FULL: f64 = 0.97;
/// Capacity that wears out each quarter (2.5).
pub const WEAR: f64 = 0.015;
/// Cost of a gigawatt of general and of AI capacity, $bn (2.5, fitted by eye).
pub const GW_COST_GENERAL: f64 = 14.0;
pub const GW_COST_AI: f64 = 35.0;
/// Running costs, $bn a quarter: per gigawatt standing, and per gigawatt sold (2.5).
pub const COST_STANDING: f64 = 1.65;
pub const COST_SOLD: f64 = 0.60;
/// The part of the base that meets a new list price each quarter: contracts run three years.
pub const REPRICED: f64 = 1.0 / 12.0;
/// Elasticity of all new demand to the mean list price (assumed).
pub const OUTSIDE: f64 = 0.6;
/// Sales effort in the pushed segment, and what the others lose by it, utils (assumed).
pub const PUSH: f64 = 0.08;
pub const PUSH_NEGLECT: f64 = -0.02;
/// Part of undelivered demand that waits for its provider; the rest goes to rivals with room
/// (assumed).
pub const WAITS: f64 = 0.5;

/// Logit shares of utilities: `s_i = e^(u_i) / Σ e^(u_j)` (McFadden 1974), into `out`.
pub fn softmax(utilities: &[f64], out: &mut [f64]) {
    let top = utilities.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for (share, utility) in out.iter_mut().zip(utilities) {
        *share = exp(utility - top);
        sum += *share;
    }
    for share in out.iter_mut() {
        *share /= sum;
    }
}

/// Mean utilities that give these shares of a flow: `ξ_i = ln s_i` up to a constant (Berry 1994).
/// A share of nothing is read as one in a million.
pub fn berry_inversion(share: f64) -> f64 {
    log(share.max(1e-6))
}

/// Scales a matrix of segments (rows) by providers until each row sums to 1 and each provider's
/// mean, weighted by `row_weight`, is its `target` (iterative proportional fitting).
pub fn rake(matrix: &mut [Vec<f64>], row_weight: &[f64], target: &[f64]) {
    let all: f64 = row_weight.iter().sum();
    for _ in 0..200 {
        for (provider, goal) in target.iter().enumerate() {
            let mean: f64 = matrix
                .iter()
                .zip(row_weight)
                .map(|(row, weight)| row[provider] * weight / all)
                .sum();
            let factor = if mean > 0.0 { goal / mean } else { 0.0 };
            matrix.iter_mut().for_each(|row| row[provider] *= factor);
        }
        for row in matrix.iter_mut() {
            let sum: f64 = row.iter().sum();
            row.iter_mut().for_each(|share| *share /= sum);
        }
    }
}

/// General growth of the market in the quarter after `gone` quarters:
/// `b∞ + (b₀ − b∞)·e^(−gone/τ)`.
pub fn general_growth(now: f64, floor: f64, fade_quarters: f64, gone: u32) -> f64 {
    floor + (now - floor) * exp(-f64::from(gone) / fade_quarters)
}

/// AI growth: `min(cap, φ·max(0, C_F − C*))`.
pub fn ai_growth(per_point: f64, frontier: f64, from: f64, cap: f64) -> f64 {
    (per_point * (frontier - from).max(0.0)).min(cap)
}

/// What a shrinking segment keeps of its base in a quarter at least: contracts run on (assumed).
pub const LEAST_KEPT: f64 = 0.85;

/// Utils of room to deliver: `γ·ln(0.85 / utilisation)`.
pub fn room(utilisation: f64) -> f64 {
    ROOM_WEIGHT * log(EASY_UTILISATION / utilisation.clamp(0.3, 1.2))
}

/// Cost of ordering a gigawatt, $bn, with this part AI and chips at this price index.
pub fn order_cost_per_gw(ai_part: f64, chip_part: f64, chip_price: f64) -> f64 {
    let chips = 1.0 + chip_part * (chip_price - 1.0);
    (1.0 - ai_part) * GW_COST_GENERAL + ai_part * GW_COST_AI * chips
}

/// Running cost of a cloud, $bn a quarter: `κ·(1.65·K + 0.60·sold)`.
pub fn running_cost(cost_index: f64, capacity_gw: f64, sold_gw: f64) -> f64 {
    cost_index * (COST_STANDING * capacity_gw + COST_SOLD * sold_gw)
}

/// Labs' bills for so many gigawatts, as the provider's revenue, $bn a quarter.
pub fn lab_bill(gigawatts: f64) -> f64 {
    gigawatts * LAB_PRICE_PER_GW * LAB_BILLED
}

/// The price the base pays on average after a quarter: what stays meets the list price by a
/// twelfth, what is new pays it in full.
pub fn average_price(kept: f64, paid: f64, new: f64, list: f64) -> f64 {
    if kept + new <= 0.0 {
        return list;
    }
    (kept * (paid + (list - paid) * REPRICED) + new * list) / (kept + new)
}

/// The part of a base that stays a quarter. A contract in twelve is up for renewal, and as many of
/// those leave as prices above the market's drive away: `keep·(1 − (1 − r^−α)/12)`, at most all of it,
/// where `r` is the provider's list price against the segment's mean (assumed).
pub fn stays(keep: f64, relative_price: f64, price_sensitivity: f64) -> f64 {
    if relative_price == 1.0 {
        return keep;
    }
    let renewed = exp(-price_sensitivity * log(relative_price));
    (keep * (1.0 - REPRICED * (1.0 - renewed))).clamp(0.0, 1.0)
}

/// New demand at a mean list price: what is too dear is not bought from anybody, `new·P^−0.6`
/// (assumed; without an outside good prices would only ever rise).
pub fn bought(new: f64, mean_price: f64) -> f64 {
    if mean_price == 1.0 { new } else { new * exp(-OUTSIDE * log(mean_price)) }
}

/// Segments' demand after a quarter, $bn: each grows by general growth and its part of AI growth,
/// all scaled so that the total grows by their sum.
pub fn segment_targets(sizes: &[f64], intensity: &[f64], general: f64, ai: f64, out: &mut [f64]) {
    let total: f64 = sizes.iter().sum();
    for ((target, size), weight) in out.iter_mut().zip(sizes).zip(intensity) {
        *target = size * (1.0 + general + weight * ai);
    }
    let grown: f64 = out.iter().sum();
    let scale = total * (1.0 + general + ai) / grown;
    out.iter_mut().for_each(|target| *target *= scale);
}

/// The utility of a provider in a segment, price, access and the rest against the opening's.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Appeal {
    pub xi_general: f64,
    pub xi_ai: f64,
    /// List price index.
    pub price: f64,
    /// Points from the frontier.
    pub access: f64,
    /// Room, effort and outages, utils.
    pub other: f64,
}

impl Appeal {
    /// `u = ξ − α·ln price + other`
    pub fn general(&self, price_sensitivity: f64) -> f64 {
        self.xi_general - price_sensitivity * log(self.price) + self.other
    }

    /// `u = ξ_AI − α·ln price + β·access + other`
    pub fn ai(&self, price_sensitivity: f64) -> f64 {
        self.xi_ai - price_sensitivity * log(self.price) + ACCESS_WEIGHT * self.access + self.other
    }
}

/// What each provider can deliver of the demand it won. `won` and `room` are $bn a quarter at
/// opening prices. What does not fit waits by [`WAITS`] and else goes to rivals in proportion to
/// the room they have left. Returns, by provider, what is delivered and what waits.
pub fn deliver(won: &[f64], room: &[f64]) -> (Vec<f64>, Vec<f64>) {
    let mut delivered: Vec<f64> =
        won.iter().zip(room).map(|(won, room)| won.min(room.max(0.0))).collect();
    let excess: Vec<f64> = won.iter().zip(&delivered).map(|(won, fits)| won - fits).collect();
    let total_excess: f64 = excess.iter().sum();
    if total_excess <= 0.0 {
        return (delivered, excess);
    }
    let left: Vec<f64> =
        room.iter().zip(&delivered).map(|(room, used)| (room.max(0.0) - used).max(0.0)).collect();
    let all_left: f64 = left.iter().sum();
    let spilled = (total_excess * (1.0 - WAITS)).min(all_left);
    if all_left > 0.0 {
        for (delivered, left) in delivered.iter_mut().zip(&left) {
            *delivered += spilled * left / all_left;
        }
    }
    let waiting = (total_excess - spilled) / total_excess;
    (delivered, excess.into_iter().map(|excess| excess * waiting).collect())
}

/// The Herfindahl–Hirschman index of shares (parts of 1), in points.
pub fn herfindahl(shares: impl Iterator<Item = f64>) -> f64 {
    shares.map(|share| share * share * 1e4).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shares_of(utilities: &[f64]) -> Vec<f64> {
        let mut out = vec![0.0; utilities.len()];
        softmax(utilities, &mut out);
        out
    }

    fn near(one: f64, other: f64, by: f64) -> bool {
        (one - other).abs() <= by
    }

    #[test]
    fn dear_contracts_are_not_renewed_and_dear_markets_buy_less() {
        assert_eq!(stays(0.98, 1.0, 2.0), 0.98);
        assert!(stays(0.98, 1.2, 2.0) < 0.98 && stays(0.98, 1.2, 3.0) < stays(0.98, 1.2, 2.0));
        assert!(stays(0.99, 0.6, 4.0) <= 1.0);
        assert_eq!(bought(5.0, 1.0), 5.0);
        assert!(bought(5.0, 1.1) < 5.0 && bought(5.0, 0.9) > 5.0);
    }

    // theory-cases.md
    #[test]
    fn logit_shares_are_mcfaddens() {
        let expected = [0.426933, 0.258948, 0.157060, 0.157060];
        for (share, expected) in shares_of(&[1.0, 0.5, 0.0, 0.0]).iter().zip(expected) {
            assert!(near(*share, expected, 5e-7), "{share}");
        }
    }

    // theory-cases.md: own −αp(1−s), cross αps, here for utilities −α·p.
    #[test]
    fn logit_elasticities_are_own_2_1_and_cross_0_9() {
        let (alpha, price, share) = (2.0, 1.5, 0.3);
        let rest = log((1.0 - share) / share) - alpha * price;
        let step = 1e-6;
        let at = |p: f64| shares_of(&[-alpha * p, rest]);
        let (before, after) = (at(price), at(price + step));
        let elasticity = |i: usize| (after[i] - before[i]) / step * price / before[i];
        assert!(near(elasticity(0), -2.1, 1e-4));
        assert!(near(elasticity(1), 0.9, 1e-4));
    }

    // theory-cases.md
    #[test]
    fn berry_inverts_shares() {
        for (share, expected) in [(0.28, -0.278713), (0.21, -0.566395), (0.14, -0.971861)] {
            assert!(near(berry_inversion(share) - berry_inversion(0.37), expected, 5e-7));
        }
    }

    // theory-cases.md
    #[test]
    fn the_herfindahl_of_a_cloud_market_with_ten_small_rivals() {
        let shares = [0.28, 0.21, 0.14].into_iter().chain(std::iter::repeat_n(0.037, 10));
        assert!(near(herfindahl(shares), 1_557.9, 1e-6));
    }

    #[test]
    fn raking_meets_rows_and_columns() {
        let mut matrix = vec![vec![0.3, 0.7], vec![0.6, 0.4], vec![0.5, 0.5]];
        rake(&mut matrix, &[5.0, 3.0, 2.0], &[0.35, 0.65]);
        let mean = matrix[0][0] * 0.5 + matrix[1][0] * 0.3 + matrix[2][0] * 0.2;
        assert!(near(mean, 0.35, 1e-9), "{mean}");
        assert!(matrix.iter().all(|row| near(row.iter().sum::<f64>(), 1.0, 1e-12)));
    }

    #[test]
    fn growth_of_the_flagships_next_quarter_is_2_3_and_5_per_cent() {
        assert!(near(general_growth(0.023, 0.015, 10.0, 0), 0.023, 1e-12));
        assert!(near(ai_growth(0.0011, 155.0, 110.0, 0.06), 0.0495, 1e-9));
        assert_eq!(ai_growth(0.0011, 300.0, 110.0, 0.06), 0.06);
    }

    #[test]
    fn segments_grow_to_the_total() {
        let (sizes, intensity) = ([50.0, 30.0, 20.0], [0.8, 1.0, 1.45]);
        let mut out = [0.0; 3];
        segment_targets(&sizes, &intensity, 0.02, 0.05, &mut out);
        assert!(near(out.iter().sum::<f64>(), 107.0, 1e-9));
        assert!(out[2] / sizes[2] > out[0] / sizes[0]);
    }

    #[test]
    fn a_new_list_price_reaches_a_twelfth_of_the_base() {
        assert!(near(average_price(12.0, 1.0, 0.0, 0.88), 0.99, 1e-12));
        assert!(near(average_price(1.0, 1.0, 1.0, 0.5), (1.0 - 0.5 / 12.0 + 0.5) / 2.0, 1e-12));
    }

    #[test]
    fn what_cannot_be_delivered_waits_or_goes_to_those_with_room() {
        let (delivered, waiting) = deliver(&[10.0, 5.0, 5.0], &[6.0, 9.0, 5.0]);
        assert_eq!(delivered, vec![6.0, 7.0, 5.0]);
        assert_eq!(waiting, vec![2.0, 0.0, 0.0]);
    }

    #[test]
    fn aws_in_4q25_earns_35_per_cent() {
        let (revenue, cost) = (33.3, running_cost(1.0, 9.9, 8.8));
        assert!(near((revenue - cost) / revenue, 0.35, 0.005));
    }

    proptest! {
        #[test]
        fn delivery_loses_and_makes_no_demand(
            won in prop::collection::vec(0.0..50.0, 1..6),
            room in prop::collection::vec(-5.0..50.0, 6),
        ) {
            let (delivered, waiting) = deliver(&won, &room[..won.len()]);
            let after: f64 = delivered.iter().sum::<f64>() + waiting.iter().sum::<f64>();
            prop_assert!(near(after, won.iter().sum(), 1e-9));
            for (delivered, room) in delivered.iter().zip(&room) {
                prop_assert!(*delivered <= room.max(0.0) + 1e-9);
            }
        }

        #[test]
        fn raising_my_price_never_raises_my_part_of_new_demand(
            xi in prop::collection::vec(-3.0..3.0, 2..6),
            price in 0.6..1.5,
            rise in 0.001..0.5,
            alpha in 0.1..4.0,
        ) {
            let part = |price: f64| {
                let utilities: Vec<f64> = xi
                    .iter()
                    .enumerate()
                    .map(|(i, &xi)| {
                        let price = if i == 0 { price } else { 1.0 };
                        Appeal { xi_general: xi, xi_ai: xi, price, access: 0.0, other: 0.0 }.ai(alpha)
                    })
                    .collect();
                shares_of(&utilities)[0]
            };
            prop_assert!(part(price + rise) <= part(price));
        }

        #[test]
        fn better_access_never_lowers_my_part_of_new_demand(
            xi in prop::collection::vec(-3.0..3.0, 2..6),
            access in -15.0..0.0,
            gain in 0.0..10.0,
        ) {
            let part = |access: f64| {
                let utilities: Vec<f64> = xi
                    .iter()
                    .enumerate()
                    .map(|(i, &xi)| {
                        let access = if i == 0 { access } else { -3.0 };
                        Appeal { xi_general: xi, xi_ai: xi, price: 1.0, access, other: 0.0 }.ai(1.5)
                    })
                    .collect();
                shares_of(&utilities)[0]
            };
            prop_assert!(part(access + gain) >= part(access));
        }

        #[test]
        fn permuting_providers_permutes_shares(
            utilities in prop::collection::vec(-5.0..5.0, 2..8),
        ) {
            let shares = shares_of(&utilities);
            let turned: Vec<f64> = utilities.iter().rev().copied().collect();
            for (one, other) in shares.iter().zip(shares_of(&turned).iter().rev()) {
                prop_assert!(near(*one, *other, 1e-9));
            }
        }
    }
}
