//! Units: whole dollars, quarters, and how they are counted.
//!
//! Money that is paid is a [`Money`]; everything the model estimates (an appraisal, a market value,
//! a growth rate) is an `f64` whose name carries its unit, usually `_bn`.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

use serde::{Deserialize, Serialize};

/// Whole US dollars. Arithmetic is checked: an overflow is a broken invariant and panics.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Money(pub i64);

impl Money {
    pub const ZERO: Money = Money(0);

    /// Rounds a sum in billions of dollars to whole dollars, half to even.
    ///
    /// Panics on a value that is not finite or beyond ±$9 quintillion: no rule may make one.
    #[track_caller]
    pub fn from_bn(billions: f64) -> Money {
        let dollars = libm::rint(billions * 1e9);
        assert!(dollars.is_finite() && dollars.abs() < 9.2e18, "not a sum of money: ${billions}bn");
        Money(dollars as i64)
    }

    /// This sum in billions of dollars.
    pub fn bn(self) -> f64 {
        self.0 as f64 / 1e9
    }

    pub fn is_positive(self) -> bool {
        self.0 > 0
    }

    pub fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money(self.0.checked_add(other.0).expect("money overflow"))
    }
}

impl Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        Money(self.0.checked_sub(other.0).expect("money overflow"))
    }
}

impl Neg for Money {
    type Output = Money;
    fn neg(self) -> Money {
        Money(self.0.checked_neg().expect("money overflow"))
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        *self = *self + other;
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Money) {
        *self = *self - other;
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(sums: I) -> Money {
        sums.fold(Money::ZERO, Add::add)
    }
}

/// A quarter of a game. 0 is the opening, whose end the level describes; 1 is the first one played.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Quarter(pub u32);

impl Quarter {
    pub fn next(self) -> Quarter {
        Quarter(self.0 + 1)
    }

    /// The quarter this many quarters on.
    pub fn plus(self, quarters: u32) -> Quarter {
        Quarter(self.0 + quarters)
    }

    /// Quarters from `earlier` to this one; 0 if `earlier` is later.
    pub fn since(self, earlier: Quarter) -> u32 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A quarter of the calendar, such as 4Q25.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CalendarQuarter {
    pub year: u32,
    /// 1 to 4.
    pub quarter: u32,
}

impl CalendarQuarter {
    pub fn plus(self, quarters: u32) -> CalendarQuarter {
        let count = self.year * 4 + self.quarter - 1 + quarters;
        CalendarQuarter { year: count / 4, quarter: count % 4 + 1 }
    }

    /// The end of the quarter as a calendar year with a fraction: 4Q25 is 2026.0.
    pub fn end(self) -> f64 {
        f64::from(self.year) + f64::from(self.quarter) / 4.0
    }
}

impl fmt::Display for CalendarQuarter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}Q{:02}", self.quarter, self.year % 100)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_rounds_half_to_even() {
        assert_eq!(Money::from_bn(2.5e-9), Money(2));
        assert_eq!(Money::from_bn(3.5e-9), Money(4));
        assert_eq!(Money::from_bn(10.0), Money(10_000_000_000));
        assert_eq!(Money::from_bn(-0.25).bn(), -0.25);
    }

    #[test]
    fn the_calendar_turns_at_the_year() {
        let opening = CalendarQuarter { year: 2025, quarter: 4 };
        assert_eq!(opening.to_string(), "4Q25");
        assert_eq!(opening.plus(1).to_string(), "1Q26");
        assert_eq!(opening.plus(12).to_string(), "4Q28");
        assert_eq!(opening.end(), 2026.0);
    }
}
