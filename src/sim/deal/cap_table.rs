//! Cap tables: who owns a lab, in whole shares.

use serde::{Deserialize, Serialize};

use crate::ids::SeatId;
use crate::units::Money;

/// Shares a lab has at the opening of a level.
pub const OPENING_SHARES: i64 = 1_000_000_000;

/// A round that sells this part of a lab sets its price (assumed).
const FULL_ROUND: f64 = 0.05;

/// Who holds shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Holder {
    Seat(SeatId),
    /// One of the level's other holders, by its place in the lab's list.
    Other(u8),
    /// Investors of a rescue round.
    Rescuers,
}

/// A class of shares. Later rounds rank before earlier ones when a lab is sold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ShareClass {
    Common,
    /// Preferred shares of the round with this number, 1 the first of the game.
    Preferred(u16),
}

/// A block of shares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    pub holder: Holder,
    pub class: ShareClass,
    pub shares: i64,
}

/// A lab's cap table.
#[derive(bevy::prelude::Component, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CapTable {
    holdings: Vec<Holding>,
    total: i64,
    rounds: u16,
    /// Price of the whole lab in the last round, $bn, after the money.
    pub last_price_bn: f64,
}

impl CapTable {
    /// Splits the opening shares by parts of 1; the largest holder takes what rounding leaves.
    pub fn opening(parts: &[(Holder, f64)], last_price_bn: f64) -> CapTable {
        let mut holdings: Vec<Holding> = parts
            .iter()
            .filter(|(_, part)| *part > 0.0)
            .map(|&(holder, part)| Holding {
                holder,
                class: ShareClass::Common,
                shares: libm::rint(part * OPENING_SHARES as f64) as i64,
            })
            .collect();
        let given: i64 = holdings.iter().map(|holding| holding.shares).sum();
        if let Some(largest) = holdings.iter_mut().max_by_key(|holding| holding.shares) {
            largest.shares += OPENING_SHARES - given;
        }
        CapTable { holdings, total: OPENING_SHARES, rounds: 0, last_price_bn }
    }

    pub fn total(&self) -> i64 {
        self.total
    }

    pub fn holdings(&self) -> &[Holding] {
        &self.holdings
    }

    /// Number of the next round's preferred shares.
    pub fn next_class(&self) -> ShareClass {
        ShareClass::Preferred(self.rounds + 1)
    }

    /// Sells new shares for `amount` when `total_before` shares stood for `pre_money`, so a later
    /// tranche is bought at the price agreed at signature. Returns the shares issued, rounded
    /// half to even.
    pub fn issue(
        &mut self,
        holder: Holder,
        class: ShareClass,
        amount: Money,
        pre_money: Money,
        total_before: i64,
    ) -> i64 {
        let shares = shares_for(amount, pre_money, total_before);
        self.total = self.total.checked_add(shares).expect("shares overflow");
        match self.holdings.iter_mut().find(|held| held.holder == holder && held.class == class) {
            Some(held) => held.shares += shares,
            None => self.holdings.push(Holding { holder, class, shares }),
        }
        if let ShareClass::Preferred(round) = class {
            self.rounds = self.rounds.max(round);
        }
        shares
    }

    /// Moves the lab's price by a round: to its post-money if it sells a twentieth of the lab or more,
    /// by less in proportion if it sells less. A small cheque at a fancy price marks little.
    pub fn mark(&mut self, amount: Money, pre_money: Money) {
        let post = (pre_money + amount).bn();
        let weight = (amount.bn() / post.max(1e-9) / FULL_ROUND).min(1.0);
        self.last_price_bn += weight * (post - self.last_price_bn);
    }

    /// The part of the lab a holder owns, 0 to 1.
    pub fn part(&self, holder: Holder) -> f64 {
        let shares: i64 =
            self.holdings.iter().filter(|held| held.holder == holder).map(|held| held.shares).sum();
        shares as f64 / self.total.max(1) as f64
    }

    /// The largest part any seat or rescuer owns: other holders are many people.
    pub fn largest_stake(&self) -> f64 {
        self.holdings
            .iter()
            .filter(|held| !matches!(held.holder, Holder::Other(_)))
            .map(|held| self.part(held.holder))
            .fold(0.0, f64::max)
    }
}

/// Whole shares that `amount` buys when `total` shares stand for `pre_money`:
/// `total · amount / pre_money`, half to even.
pub fn shares_for(amount: Money, pre_money: Money, total: i64) -> i64 {
    let (numerator, denominator) =
        (i128::from(total) * i128::from(amount.0), i128::from(pre_money.0.max(1)));
    let (whole, rest) = (numerator / denominator, numerator % denominator);
    let up = match (2 * rest).cmp(&denominator) {
        std::cmp::Ordering::Greater => 1,
        std::cmp::Ordering::Equal => whole & 1,
        std::cmp::Ordering::Less => 0,
    };
    i64::try_from(whole + up).expect("a price that makes more shares than can be counted")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_billion_at_a_hundred_buys_a_tenth_of_what_was_there() {
        assert_eq!(
            shares_for(Money::from_bn(10.0), Money::from_bn(100.0), OPENING_SHARES),
            100_000_000
        );
    }

    // theory-cases.md, deal identities: 50/840 = 5.952%; 27% × 500 = 135.
    #[test]
    fn the_identities_of_real_deals_hold() {
        let mut table = CapTable::opening(&[(Holder::Other(0), 1.0)], 500.0);
        let class = table.next_class();
        let before = table.total();
        for (seat, amount) in [(0, 50.0), (1, 60.0)] {
            table.issue(
                Holder::Seat(SeatId(seat)),
                class,
                Money::from_bn(amount),
                Money::from_bn(730.0),
                before,
            );
        }
        assert!((table.part(Holder::Seat(SeatId(0))) - 0.059_524).abs() < 1e-6);
        let sum: i64 = table.holdings().iter().map(|held| held.shares).sum();
        assert_eq!(sum, table.total());
    }

    #[test]
    fn a_small_cheque_at_a_fancy_price_marks_little() {
        let mut table = CapTable::opening(&[(Holder::Other(0), 1.0)], 100.0);
        table.mark(Money::from_bn(10.0), Money::from_bn(190.0));
        assert_eq!(table.last_price_bn, 200.0);
        table.mark(Money::from_bn(1.0), Money::from_bn(3_000.0));
        assert!(table.last_price_bn < 225.0, "{}", table.last_price_bn);
    }

    #[test]
    fn opening_parts_that_do_not_divide_still_sum() {
        let third = 1.0 / 3.0;
        let parts =
            [(Holder::Other(0), third), (Holder::Other(1), third), (Holder::Other(2), third)];
        let table = CapTable::opening(&parts, 1.0);
        assert_eq!(table.holdings().iter().map(|held| held.shares).sum::<i64>(), OPENING_SHARES);
    }
}
