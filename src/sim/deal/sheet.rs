//! The term sheet: what a giant offers a lab and what it gets for it.
//!
//! Fixed-size and `Copy`, with integers only, so that an appraisal can vary it without allocating
//! and two sheets are equal exactly when every clause is.

use serde::{Deserialize, Serialize};

use crate::ids::{DealId, SeatSet};
use crate::units::Money;

/// A seat on the lab's board.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum BoardSeat {
    #[default]
    None,
    /// May listen.
    Observer,
    /// May vote.
    Director,
}

/// What the lab may no longer grant to others.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Exclusivity {
    #[default]
    None,
    /// New compute is offered to the holder first: nobody else may be promised more of it than the
    /// holder has.
    FirstRefusal,
    /// Nobody else may resell the lab's models.
    SoleReseller,
    /// New compute is bought from the holder alone.
    SoleCloud,
}

impl Exclusivity {
    /// How strict it is, 0 to 1 (assumed).
    pub fn strictness(self) -> f64 {
        match self {
            Exclusivity::None => 0.0,
            Exclusivity::FirstRefusal => 0.25,
            Exclusivity::SoleReseller => 0.6,
            Exclusivity::SoleCloud => 1.0,
        }
    }
}

/// Which of the lab's models the giant's customers can use, and how soon.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum AccessTier {
    #[default]
    None,
    /// Resells the models some months after they appear.
    Resale,
    /// Has them early.
    Early,
    /// Has them, and no other giant gets better than none.
    Exclusive,
}

impl AccessTier {
    /// Points by which the model its customers see trails the lab's newest (calibration.md, 2.2).
    pub fn discount_points(self) -> f64 {
        match self {
            AccessTier::None => f64::INFINITY,
            AccessTier::Resale => 2.0,
            AccessTier::Early => 1.0,
            AccessTier::Exclusive => 0.0,
        }
    }
}

/// What must be true before a second tranche is paid.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Condition {
    /// Four quarters have passed.
    #[default]
    AfterAYear,
    /// The lab leads the frontier, or trails it by at most two points.
    AtTheFrontier,
    /// The lab's revenue has doubled since signature.
    RevenueDoubled,
}

impl Condition {
    /// The chance both sides give it when they appraise a sheet (assumed).
    pub fn chance(self) -> f64 {
        match self {
            Condition::AfterAYear => 0.9,
            Condition::AtTheFrontier => 0.6,
            Condition::RevenueDoubled => 0.65,
        }
    }
}

/// What the money buys.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum Instrument {
    /// Preferred shares, at the sheet's price.
    #[default]
    Preferred,
    /// A note without a price yet: it turns into shares in the next priced round, at the lower of the
    /// sheet's price and four fifths of that round's.
    Convertible,
    /// Shares whose return comes first and ends at so many times the money.
    CappedProfit,
    /// A right to buy the shares later at today's price, earned as compute is delivered.
    Warrants,
}

/// A term sheet between one giant and one lab. Clauses left out of a written one are not used.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(default, deny_unknown_fields)]
pub struct TermSheet {
    /// Dollars paid for shares, all tranches together.
    pub cash: Money,
    /// Compute credits at face value, paid for shares at signature.
    pub credits: Money,
    /// What the lab is worth before the money.
    pub pre_money: Money,
    /// Per cent of the cash that waits for the condition, 0 to 90.
    pub tranche_pct: u8,
    pub condition: Condition,
    pub board: BoardSeat,
    pub exclusivity: Exclusivity,
    /// Quarters, 1 to 20 where there is an exclusivity, else 0.
    pub exclusivity_quarters: u8,
    /// Megawatts of compute the lab will rent from the giant by the end of the term.
    pub commitment_mw: u32,
    /// Quarters, 1 to 40 where there is a commitment, else 0.
    pub commitment_quarters: u8,
    pub access: AccessTier,
    /// Quarters, 1 to 40 where there is access, else 0.
    pub access_quarters: u8,
    /// Giants the lab may not take money from for the four quarters after signing.
    pub barred: SeatSet,
    // Promises.
    /// What the side pays that ends the deal's covenants before their term; 0 for none.
    pub break_fee: Money,
    /// The deal between the same two whose covenants this sheet takes the place of.
    pub replaces: Option<DealId>,
    /// Dollars the lab pays the giant at signature for what it gives up; only where a deal is replaced.
    pub release: Money,
    /// Signed only if the holder of this deal waives its covenant.
    pub subject_to: Option<DealId>,
    pub instrument: Instrument,
    /// Times the money that a capped profit may return, 2 to 100; 0 for every other instrument.
    pub profit_cap: u8,
    /// The giant may keep its part of the lab in later rounds.
    pub pro_rata: bool,
    /// A later round below this price brings the giant more shares, by the weighted average.
    pub anti_dilution: bool,
    /// Exclusivity, a director or more than a fifth of the lab for another needs the giant's consent.
    pub consent: bool,
    /// Per cent of the lab's revenue that the giant is paid each quarter, 0 to 30.
    pub revenue_share_pct: u8,
    /// What the revenue share may come to in all.
    pub revenue_share_cap: Money,
    /// Quarters, 0 to 40, in which the giant may use the lab's models as its own.
    pub licence_quarters: u8,
    /// Per cent of the committed compute that runs on a cloud's own chips; of all the lab's new
    /// compute, wherever it is rented, on a chip maker's.
    pub own_chips_pct: u8,
    /// Quarters, 1 to 40 where there is a part on own chips, else 0.
    pub own_chips_quarters: u8,
}

impl TermSheet {
    /// Everything paid for shares: cash and credits. Of warrants, what they may come to cost.
    pub fn amount(&self) -> Money {
        self.cash + self.credits
    }

    /// What the lab is sure to raise by it, tranches included: warrants raise nothing until used.
    pub fn raised(&self) -> Money {
        if self.instrument == Instrument::Warrants { Money::ZERO } else { self.amount() }
    }

    /// Cash that waits for the condition.
    pub fn staged(&self) -> Money {
        Money(
            i64::try_from(i128::from(self.cash.0) * i128::from(self.tranche_pct) / 100)
                .unwrap_or(0),
        )
    }

    /// Cash paid at signature.
    pub fn first_tranche(&self) -> Money {
        if self.instrument == Instrument::Warrants {
            return Money::ZERO;
        }
        self.cash - self.staged()
    }

    /// Whether shares change hands at a price agreed today.
    pub fn is_priced(&self) -> bool {
        matches!(self.instrument, Instrument::Preferred | Instrument::CappedProfit)
    }

    /// The most a capped profit may return; zero where there is no cap.
    pub fn most_returned(&self) -> Money {
        if self.instrument == Instrument::CappedProfit {
            Money(self.amount().0.saturating_mul(i64::from(self.profit_cap)))
        } else {
            Money::ZERO
        }
    }

    /// The sheet without its commitment, and without what is counted in it.
    pub fn without_compute(&self) -> TermSheet {
        let mut sheet = TermSheet {
            commitment_mw: 0,
            commitment_quarters: 0,
            own_chips_pct: 0,
            own_chips_quarters: 0,
            ..*self
        };
        if sheet.instrument == Instrument::Warrants {
            sheet.instrument = Instrument::Preferred;
        }
        sheet
    }

    /// Quarters over which warrants are earned: those of the compute that earns them.
    pub fn vesting_quarters(&self) -> u8 {
        self.commitment_quarters.max(self.own_chips_quarters)
    }

    /// Pre-money plus everything paid for shares.
    pub fn post_money(&self) -> Money {
        self.pre_money + self.amount()
    }

    /// The part of the lab sold, 0 to 1.
    pub fn stake(&self) -> f64 {
        let post = self.post_money();
        if post.is_positive() { self.amount().0 as f64 / post.0 as f64 } else { 0.0 }
    }
}
