//! Luck: seeded streams, and nothing else in the simulation is random.
//!
//! A stream belongs to one purpose of one actor (and counterpart) in one step of one quarter, so one
//! more draw here shifts nothing there, and two branches of a game share their luck.

use rand::rand_core::Rng;
use rand_pcg::Pcg64Mcg;
use rand_pcg::rand_core::SeedableRng;

use crate::units::Quarter;

/// What a stream of luck is for. The numbers are part of the rules version: never reorder them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u64)]
pub enum Purpose {
    /// Which acceptor goes first in a step of talks.
    AcceptanceOrder = 1,
    /// Whether a happening of the deck strikes.
    Happening = 2,
    /// Whom it strikes.
    HappeningTarget = 3,
    /// The luck of a team's research in a quarter.
    Research = 4,
    /// The luck of a lab's products in a quarter.
    Demand = 5,
    /// The choices of a bot that plays at random.
    Bot = 6,
    /// The temper of a bot in a game.
    Temper = 7,
    // Dilemmas and cards: 15 to 19.
    /// Which dilemma a seat is dealt.
    DilemmaDeal = 15,
    /// How an answer that luck decides turns out.
    DilemmaLuck = 16,
    /// Which card one who trails is dealt.
    CardDeal = 17,
    // Regulators: 20 to 24.
    /// Whether an inquiry into a giant is opened, and how long it takes.
    Inquiry = 20,
    /// How an inquiry ends.
    Ruling = 21,
    // Information.
    /// Whether a table's talks leak, and on whose side.
    Leak = 10,
    /// Whether due diligence finds out about a claim.
    Diligence = 11,
    /// Whether a rumour or claim is cleared up at the close.
    Verdict = 12,
    /// Whether a bot bluffs or plants a rumour.
    Bluff = 13,
    // Possible worlds.
    /// What a seat does not know, in a world made from what it knows.
    Imagined = 25,
}

/// The key of an actor in a stream: a hash (FNV-1a, 64 bits) of its id in the level, so that luck
/// depends neither on the order of the level's lists nor on display names.
pub fn key(id: &str) -> u64 {
    id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// One step of SplitMix64 (Steele, Lea, Flood 2014).
fn split_mix(state: u64) -> u64 {
    let z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The seed of a possible world's luck: never that of a game with the same seed.
pub fn imagined(seed: u64) -> u64 {
    split_mix(seed ^ key("imagined"))
}

/// A stream of luck.
pub struct Stream(Pcg64Mcg);

impl Stream {
    /// The stream for this purpose. `step` counts the steps of a quarter from 0; `actor` and
    /// `counterpart` are [`key`]s, 0 where there is none.
    pub fn new(
        seed: u64,
        quarter: Quarter,
        step: u32,
        purpose: Purpose,
        actor: u64,
        counterpart: u64,
    ) -> Stream {
        let parts = [u64::from(quarter.0), u64::from(step), purpose as u64, actor, counterpart];
        let state = parts.iter().fold(split_mix(seed), |state, part| split_mix(state ^ part));
        Stream(Pcg64Mcg::seed_from_u64(state))
    }

    /// Uniform on [0, 1): the top 53 bits of one draw.
    pub fn uniform(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
    }

    /// Standard normal, by the inverse of its distribution function at one uniform draw.
    pub fn normal(&mut self) -> f64 {
        inverse_normal(self.uniform().max(1e-16))
    }

    /// A whole number in 0..bound, from one uniform draw. `bound` is at least 1.
    pub fn below(&mut self, bound: usize) -> usize {
        ((self.uniform() * bound as f64) as usize).min(bound.saturating_sub(1))
    }
}

/// The inverse of the standard normal distribution function, by P. J. Acklam's rational
/// approximation (relative error below 1.2e-9), for `p` in (0, 1).
fn inverse_normal(p: f64) -> f64 {
    const A: [f64; 6] = [
        -3.969683028665376e1,
        2.209460984245205e2,
        -2.759285104469687e2,
        1.38357751867269e2,
        -3.066479806614716e1,
        2.506628277459239,
    ];
    const B: [f64; 5] = [
        -5.447609879822406e1,
        1.615858368580409e2,
        -1.556989798598866e2,
        6.680131188771972e1,
        -1.328068155288572e1,
    ];
    const C: [f64; 6] = [
        -7.784894002430293e-3,
        -3.223964580411365e-1,
        -2.400758277161838,
        -2.549732539343734,
        4.374664141464968,
        2.938163982698783,
    ];
    const D: [f64; 4] =
        [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416];
    let tail = |q: f64| {
        (((((C[0] * q + C[1]) * q + C[2]) * q + C[3]) * q + C[4]) * q + C[5])
            / ((((D[0] * q + D[1]) * q + D[2]) * q + D[3]) * q + 1.0)
    };
    if p < 0.02425 {
        tail((-2.0 * libm::log(p)).sqrt())
    } else if p > 1.0 - 0.02425 {
        -tail((-2.0 * libm::log(1.0 - p)).sqrt())
    } else {
        let q = p - 0.5;
        let r = q * q;
        (((((A[0] * r + A[1]) * r + A[2]) * r + A[3]) * r + A[4]) * r + A[5]) * q
            / (((((B[0] * r + B[1]) * r + B[2]) * r + B[3]) * r + B[4]) * r + 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_gives_the_same_luck_for_ever() {
        let mut stream = Stream::new(7, Quarter(3), 2, Purpose::Research, key("openai"), 0);
        let draws: Vec<u64> = (0..3).map(|_| (stream.uniform() * 1e6) as u64).collect();
        let mut again = Stream::new(7, Quarter(3), 2, Purpose::Research, key("openai"), 0);
        assert_eq!(draws, (0..3).map(|_| (again.uniform() * 1e6) as u64).collect::<Vec<_>>());
        let mut other = Stream::new(7, Quarter(3), 2, Purpose::Research, key("anthropic"), 0);
        assert_ne!(draws[0], (other.uniform() * 1e6) as u64);
    }

    #[test]
    fn the_inverse_normal_meets_its_table() {
        for (p, z) in [(0.5, 0.0), (0.975, 1.959_963_985), (0.001, -3.090_232_306)] {
            assert!((inverse_normal(p) - z).abs() < 1e-7, "{p}");
        }
    }

    #[test]
    fn uniform_draws_fill_the_unit_interval() {
        let mut stream = Stream::new(1, Quarter(1), 0, Purpose::Bot, 0, 0);
        let mean = (0..10_000).map(|_| stream.uniform()).sum::<f64>() / 1e4;
        assert!((mean - 0.5).abs() < 0.02, "{mean}");
    }
}
