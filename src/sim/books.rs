//! The money ledger: double entry, whole dollars.
//!
//! Money moves only by a [`Posting`] from one account to another, so the sum over all accounts
//! never changes. Accounts of the world outside (customers, lenders …) may go negative.

use bevy::prelude::Resource;
use serde::{Deserialize, Serialize};

use crate::ids::{FirmId, LabId, SeatId};
use crate::sim::fact::FactId;
use crate::units::Money;

/// Whose money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Account {
    /// Cash and securities of a giant or lab.
    Cash(SeatId),
    /// Cash reserved at signature, until it is paid.
    Escrow(SeatId),
    /// A giant's debt: negative is owed.
    Debt(FirmId),
    /// Compute credits a giant has granted and not yet delivered: negative is owed, at face value.
    CreditsOwed(FirmId),
    /// Compute credits a lab holds with a giant, at face value.
    Credits(LabId, FirmId),
    Customers,
    Suppliers,
    Staff,
    Lenders,
    /// Shareholders of the giants, and investors who are no seat.
    Investors,
    Tax,
}

/// Why money moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reason {
    Opening,
    CoreIncome,
    CloudRevenue,
    CloudCosts,
    /// Compute delivered to a lab, paid in cash.
    ComputeBill,
    /// Compute delivered against credits.
    CreditsSpent,
    CreditsGranted,
    /// A sum set aside at signature.
    Reserved,
    SharesBought,
    /// A giant's part of a lab's revenue.
    RevenueShare,
    /// What a giant's own chips earn or save on a lab's compute.
    ChipMargin,
    CapitalSpending,
    Tax,
    Interest,
    Payout,
    Borrowing,
    ProductRevenue,
    SellingCosts,
    Salaries,
    /// Costs that take no cash now: pay in shares, suppliers' credit.
    CostsNotPaidInCash,
    /// A happening, or the price of an answer to a dilemma.
    Happening,
    RescueRound,
    /// A regulator's fine.
    Fine,
    /// What a giant pays for a quarter's talks of its own.
    NoShopFee,
    // Promises.
    /// Paid for a waiver, giant to giant.
    WaiverFee,
    /// Paid by a lab for what a giant gives up in a renegotiation.
    Release,
    /// Paid by the side that ends a deal's covenants before their term.
    BreakFee,
    /// Paid by the side that did not keep a promise.
    Damages,
}

/// One movement of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    pub from: Account,
    pub to: Account,
    /// Positive.
    pub amount: Money,
    pub reason: Reason,
    /// The fact behind it, where there is one beyond the ordinary course of business.
    pub fact: Option<FactId>,
}

/// All accounts, and the current quarter's postings in order.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Books {
    giants: u8,
    labs: u8,
    balances: Vec<Money>,
    postings: Vec<Posting>,
}

impl Books {
    /// Empty books for this many giants and labs.
    pub fn new(giants: usize, labs: usize) -> Books {
        let accounts = 2 * (giants + labs) + 2 * giants + giants * labs + 6;
        Books {
            giants: giants as u8,
            labs: labs as u8,
            balances: vec![Money::ZERO; accounts],
            postings: Vec::new(),
        }
    }

    fn index(&self, account: Account) -> usize {
        let giants = usize::from(self.giants);
        let labs = usize::from(self.labs);
        let seats = giants + labs;
        let firms = 2 * seats;
        let pairs = firms + 2 * giants;
        let outside = pairs + giants * labs;
        match account {
            Account::Cash(seat) => seat.index(),
            Account::Escrow(seat) => seats + seat.index(),
            Account::Debt(firm) => firms + firm.index(),
            Account::CreditsOwed(firm) => firms + giants + firm.index(),
            Account::Credits(lab, firm) => pairs + lab.index() * giants + firm.index(),
            Account::Customers => outside,
            Account::Suppliers => outside + 1,
            Account::Staff => outside + 2,
            Account::Lenders => outside + 3,
            Account::Investors => outside + 4,
            Account::Tax => outside + 5,
        }
    }

    /// Every account and its balance.
    pub fn accounts(&self) -> impl Iterator<Item = (Account, Money)> {
        let seats = (0..self.giants + self.labs).map(SeatId);
        let firms = (0..self.giants).map(FirmId);
        let pairs = (0..self.labs)
            .flat_map(|lab| (0..self.giants).map(move |firm| (LabId(lab), FirmId(firm))));
        let outside = [
            Account::Customers,
            Account::Suppliers,
            Account::Staff,
            Account::Lenders,
            Account::Investors,
            Account::Tax,
        ];
        let all = (seats.clone().map(Account::Cash))
            .chain(seats.map(Account::Escrow))
            .chain(firms.clone().map(Account::Debt))
            .chain(firms.map(Account::CreditsOwed))
            .chain(pairs.map(|(lab, firm)| Account::Credits(lab, firm)))
            .chain(outside);
        all.map(|account| (account, self.balance(account)))
    }

    pub fn balance(&self, account: Account) -> Money {
        self.balances[self.index(account)]
    }

    /// A seat's cash in $bn.
    pub fn cash_bn(&self, seat: SeatId) -> f64 {
        self.balance(Account::Cash(seat)).bn()
    }

    /// What a giant owes, as a positive sum.
    pub fn debt(&self, firm: FirmId) -> Money {
        -self.balance(Account::Debt(firm))
    }

    /// Moves a sum. Nothing is posted for zero; a negative sum is a broken invariant.
    pub fn post(&mut self, from: Account, to: Account, amount: Money, reason: Reason) {
        self.post_for(from, to, amount, reason, None);
    }

    /// Moves a sum because of a fact.
    pub fn post_for(
        &mut self,
        from: Account,
        to: Account,
        amount: Money,
        reason: Reason,
        fact: Option<FactId>,
    ) {
        assert!(amount >= Money::ZERO, "a posting of {amount:?} from {from:?} to {to:?}");
        if amount.is_zero() {
            return;
        }
        let (source, target) = (self.index(from), self.index(to));
        self.balances[source] -= amount;
        self.balances[target] += amount;
        self.postings.push(Posting { from, to, amount, reason, fact });
    }

    /// Moves a sum that may be negative: then from `to` to `from`.
    pub fn post_net(&mut self, from: Account, to: Account, amount: Money, reason: Reason) {
        if amount < Money::ZERO {
            self.post(to, from, -amount, reason);
        } else {
            self.post(from, to, amount, reason);
        }
    }

    /// The sum over all accounts: the same after every posting.
    pub fn total(&self) -> Money {
        self.balances.iter().copied().sum()
    }

    /// The current quarter's postings, in order.
    pub fn postings(&self) -> &[Posting] {
        &self.postings
    }

    /// Closes the quarter: hands its postings over and begins an empty list.
    pub fn take_postings(&mut self) -> Vec<Posting> {
        let room = self.postings.len();
        std::mem::replace(&mut self.postings, Vec::with_capacity(room))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_account_has_a_place_of_its_own() {
        let books = Books::new(3, 2);
        let mut accounts: Vec<Account> = (0..5).map(|seat| Account::Cash(SeatId(seat))).collect();
        accounts.extend((0..5).map(|seat| Account::Escrow(SeatId(seat))));
        for firm in (0..3).map(FirmId) {
            accounts.extend([Account::Debt(firm), Account::CreditsOwed(firm)]);
            accounts.extend((0..2).map(|lab| Account::Credits(LabId(lab), firm)));
        }
        accounts.extend([Account::Customers, Account::Suppliers, Account::Staff]);
        accounts.extend([Account::Lenders, Account::Investors, Account::Tax]);
        let mut places: Vec<usize> = accounts.iter().map(|&account| books.index(account)).collect();
        places.sort_unstable();
        assert_eq!(places, (0..books.balances.len()).collect::<Vec<_>>());
    }

    #[test]
    fn a_posting_moves_money_and_makes_none() {
        let mut books = Books::new(2, 1);
        books.post(Account::Customers, Account::Cash(SeatId(0)), Money(70), Reason::CloudRevenue);
        books.post_net(
            Account::Customers,
            Account::Cash(SeatId(0)),
            Money(-20),
            Reason::CoreIncome,
        );
        assert_eq!(books.balance(Account::Cash(SeatId(0))), Money(50));
        assert_eq!(books.total(), Money::ZERO);
        assert_eq!(books.postings().len(), 2);
    }
}
