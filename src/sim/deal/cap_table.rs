//! Cap tables: who owns a lab, in whole shares.

use serde::{Deserialize, Serialize};

use super::rules::{conversion_shares, weighted_average_price};
use crate::ids::SeatId;
use crate::units::{Money, Quarter};

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

/// What a block of shares carries beside its part of the lab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Rights {
    /// The most it may ever return, for a capped profit; zero where there is no cap.
    pub most: Money,
    /// Whether a later round below its price brings it more shares.
    pub protected: bool,
}

/// A block of shares.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Holding {
    pub holder: Holder,
    pub class: ShareClass,
    pub shares: i64,
    /// The most it may ever return; zero where there is no cap.
    pub most: Money,
    /// Dollars a share below which a later round brings it more shares; 0 without protection.
    pub protected_price: f64,
}

/// A convertible note that has not turned into shares yet.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Note {
    pub holder: Holder,
    /// The shares it will turn into.
    pub class: ShareClass,
    pub amount: Money,
    /// The highest pre-money it converts at.
    pub cap: Money,
    /// The quarter in which it converts at its cap if no round has come.
    pub due: Quarter,
    pub rights: Rights,
}

/// New shares for money.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sale {
    pub holder: Holder,
    pub class: ShareClass,
    pub amount: Money,
    pub pre_money: Money,
    pub rights: Rights,
}

/// What a round did beside selling its own shares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShareChange {
    pub holder: Holder,
    pub shares: i64,
    /// The note that turned into them; none for shares that mend a dilution.
    pub note: Option<Money>,
}

/// A round of shares that was sold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Round {
    /// Shares outstanding just before it, converted notes included: the base of its price.
    pub shares_before: i64,
    pub changes: Vec<ShareChange>,
}

/// A lab's cap table.
#[derive(bevy::prelude::Component, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CapTable {
    holdings: Vec<Holding>,
    notes: Vec<Note>,
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
                most: Money::ZERO,
                protected_price: 0.0,
            })
            .collect();
        let given: i64 = holdings.iter().map(|holding| holding.shares).sum();
        if let Some(largest) = holdings.iter_mut().max_by_key(|holding| holding.shares) {
            largest.shares += OPENING_SHARES - given;
        }
        CapTable { holdings, notes: Vec::new(), total: OPENING_SHARES, rounds: 0, last_price_bn }
    }

    pub fn total(&self) -> i64 {
        self.total
    }

    pub fn holdings(&self) -> &[Holding] {
        &self.holdings
    }

    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// A class of its own for the shares of a new deal.
    pub fn new_class(&mut self) -> ShareClass {
        self.rounds += 1;
        ShareClass::Preferred(self.rounds)
    }

    /// Sells a round at a new price. Notes it is large enough for turn into shares first; then the
    /// round's own are issued; then those with a protected price above the round's get more.
    pub fn sell_round(&mut self, sale: Sale) -> Round {
        let mut round = Round::default();
        self.convert_notes(sale.pre_money, &mut round.changes, |note| sale.amount >= note.amount);
        round.shares_before = self.total;
        let sold = self.issue(sale, self.total);
        let outstanding = round.shares_before as f64;
        let price = sale.pre_money.0 as f64 / outstanding;
        for held in &mut self.holdings {
            if held.protected_price <= price || held.class == sale.class {
                continue;
            }
            let (old, raised) = (held.protected_price, sale.amount.0 as f64);
            held.protected_price = weighted_average_price(old, outstanding, raised, sold as f64);
            let more = held.shares as f64 * (old / held.protected_price - 1.0);
            let shares = libm::rint(more) as i64;
            held.shares += shares;
            self.total += shares;
            round.changes.push(ShareChange { holder: held.holder, shares, note: None });
        }
        round
    }

    /// Notes whose time is up convert at their caps.
    pub fn convert_due(&mut self, now: Quarter) -> Vec<ShareChange> {
        let mut changes = Vec::new();
        if self.notes.iter().any(|note| note.due <= now) {
            self.convert_notes(Money(i64::MAX), &mut changes, |note| note.due <= now);
        }
        changes
    }

    /// Turns those notes into shares, all counted against the shares before any of them.
    fn convert_notes(
        &mut self,
        round: Money,
        changes: &mut Vec<ShareChange>,
        converts: impl Fn(&Note) -> bool,
    ) {
        if !self.notes.iter().any(&converts) {
            return;
        }
        let before = self.total;
        let notes = std::mem::take(&mut self.notes);
        for note in notes {
            if !converts(&note) {
                self.notes.push(note);
                continue;
            }
            let shares = conversion_shares(note.amount, note.cap, Some(round), before);
            let price = note.amount.0 as f64 / shares.max(1) as f64;
            self.add(note.holder, note.class, shares, note.rights, price);
            changes.push(ShareChange { holder: note.holder, shares, note: Some(note.amount) });
        }
    }

    pub fn lend(&mut self, note: Note) {
        self.notes.push(note);
    }

    /// Issues new shares when `total_before` shares stood for the pre-money, so a later tranche is
    /// bought at the price agreed at signature. Returns the shares issued, rounded half to even.
    pub fn issue(&mut self, sale: Sale, total_before: i64) -> i64 {
        let shares = shares_for(sale.amount, sale.pre_money, total_before);
        let price = sale.pre_money.0 as f64 / total_before.max(1) as f64;
        self.add(sale.holder, sale.class, shares, sale.rights, price);
        shares
    }

    fn add(&mut self, holder: Holder, class: ShareClass, shares: i64, rights: Rights, price: f64) {
        self.total = self.total.checked_add(shares).expect("shares overflow");
        match self.holdings.iter_mut().find(|held| held.holder == holder && held.class == class) {
            Some(held) => held.shares += shares,
            None => self.holdings.push(Holding {
                holder,
                class,
                shares,
                most: rights.most,
                protected_price: if rights.protected { price } else { 0.0 },
            }),
        }
    }

    /// Gives rights to what a holder has from before the game.
    pub fn grant(&mut self, holder: Holder, rights: Rights) {
        let price = self.last_price_bn * 1e9 / self.total.max(1) as f64;
        for held in self.holdings.iter_mut().filter(|held| held.holder == holder) {
            held.most = rights.most;
            held.protected_price = if rights.protected { price } else { 0.0 };
        }
    }

    /// What a holder's shares and notes are worth at the last price, $bn: a block with a capped
    /// profit at most its cap, a note at least its face.
    pub fn worth_bn(&self, holder: Holder) -> f64 {
        let blocks = self.holdings.iter().filter(|held| held.holder == holder).map(|held| {
            let worth = held.shares as f64 / self.total.max(1) as f64 * self.last_price_bn;
            if held.most.is_positive() { worth.min(held.most.bn()) } else { worth }
        });
        let notes = self.notes.iter().filter(|note| note.holder == holder).map(|note| {
            let (amount, cap) = (note.amount.bn(), note.cap.bn());
            amount.max(amount / (cap + amount) * self.last_price_bn)
        });
        blocks.sum::<f64>() + notes.sum::<f64>()
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

    fn sale(table: &mut CapTable, seat: u8, amount_bn: f64, pre_bn: f64) -> Sale {
        Sale {
            holder: Holder::Seat(SeatId(seat)),
            class: table.new_class(),
            amount: Money::from_bn(amount_bn),
            pre_money: Money::from_bn(pre_bn),
            rights: Rights::default(),
        }
    }

    fn note(table: &mut CapTable, seat: u8, amount_bn: f64, cap_bn: f64) -> Note {
        Note {
            holder: Holder::Seat(SeatId(seat)),
            class: table.new_class(),
            amount: Money::from_bn(amount_bn),
            cap: Money::from_bn(cap_bn),
            due: Quarter(9),
            rights: Rights::default(),
        }
    }

    fn whole(table: &CapTable) -> bool {
        table.holdings().iter().map(|held| held.shares).sum::<i64>() == table.total()
    }

    #[test]
    fn a_note_turns_into_shares_in_the_next_round_of_its_size() {
        let mut table = CapTable::opening(&[(Holder::Other(0), 1.0)], 100.0);
        let lent = note(&mut table, 0, 5.0, 100.0);
        table.lend(lent);
        assert_eq!(table.part(lent.holder), 0.0);
        let small = sale(&mut table, 1, 1.0, 60.0);
        assert!(table.sell_round(small).changes.is_empty(), "too small a round");
        let large = sale(&mut table, 1, 10.0, 100.0);
        let before = table.total();
        let round = table.sell_round(large);
        // A fifth off $100bn is below the cap.
        assert_eq!(round.changes.len(), 1);
        assert!((round.changes[0].shares - before / 16).abs() <= 1);
        assert_eq!(round.shares_before, before + round.changes[0].shares);
        assert!(whole(&table) && table.notes().is_empty());
    }

    #[test]
    fn a_note_that_meets_no_round_converts_at_its_cap_when_due() {
        let mut table = CapTable::opening(&[(Holder::Other(0), 1.0)], 100.0);
        let lent = note(&mut table, 0, 10.0, 90.0);
        table.lend(lent);
        assert!(table.convert_due(Quarter(8)).is_empty());
        assert_eq!(table.convert_due(Quarter(9)).len(), 1);
        assert!((table.part(lent.holder) - 0.10).abs() < 1e-9);
        assert!(whole(&table));
    }

    #[test]
    fn a_down_round_brings_protected_shares_more_and_leaves_others_alone() {
        let mut table = CapTable::opening(&[(Holder::Other(0), 1.0)], 100.0);
        let protected = sale(&mut table, 0, 10.0, 100.0);
        let protected =
            Sale { rights: Rights { protected: true, ..Rights::default() }, ..protected };
        table.sell_round(protected);
        let plain = sale(&mut table, 1, 10.0, 110.0);
        assert!(table.sell_round(plain).changes.is_empty(), "no lower than before");
        let shares = |table: &CapTable, seat| {
            let held = table.holdings().iter().find(|h| h.holder == Holder::Seat(SeatId(seat)));
            held.expect("it holds shares").shares
        };
        let before = (shares(&table, 0), shares(&table, 1));
        let down = sale(&mut table, 2, 12.0, 60.0);
        let round = table.sell_round(down);
        assert_eq!(round.changes.len(), 1);
        assert!(shares(&table, 0) > before.0 && shares(&table, 1) == before.1);
        assert!(whole(&table));
    }

    #[test]
    fn a_capped_block_is_worth_no_more_than_its_cap() {
        let mut table = CapTable::opening(&[(Holder::Other(0), 1.0)], 100.0);
        let capped = sale(&mut table, 0, 10.0, 90.0);
        let most = Money::from_bn(30.0);
        table.sell_round(Sale { rights: Rights { most, protected: false }, ..capped });
        assert!((table.worth_bn(capped.holder) - 10.0).abs() < 1e-6);
        table.last_price_bn = 1_000.0;
        assert_eq!(table.worth_bn(capped.holder), 30.0);
    }

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
        let before = table.total();
        for (seat, amount) in [(0, 50.0), (1, 60.0)] {
            let sale = sale(&mut table, seat, amount, 730.0);
            table.issue(sale, before);
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
