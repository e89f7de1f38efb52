//! Who gets what when a lab is sold: a pure rule over its cap table.

use super::{CapTable, Holder, Holding, ShareClass};

/// What a class of shares was bought for, $bn: what its holders may take before others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paid {
    pub class: ShareClass,
    pub bn: f64,
}

/// What each holder gets when the whole lab is sold for a price, $bn, in the order of the cap table.
///
/// Notes are paid first, each the greater of its face and its shares at its cap. Then a class of
/// preferred shares takes back what was paid for it, the latest class first, or turns into common shares
/// where these bring more; what is left is shared by number. A capped profit returns no more than its
/// cap, and the rest goes to the others. One times the money and no participation is the usual term
/// (*assumed*: no level writes another). Opening shares are common.
pub fn proceeds(table: &CapTable, paid: &[Paid], price_bn: f64) -> Vec<(Holder, f64)> {
    let mut left = price_bn.max(0.0);
    let mut got: Vec<(Holder, f64)> = Vec::new();
    for note in table.notes() {
        let (face, cap) = (note.amount.bn(), note.cap.bn());
        let part = face.max(price_bn * face / (cap + face).max(1e-9)).min(left);
        left -= part;
        give(&mut got, note.holder, part);
    }
    let mut classes: Vec<Paid> = paid.to_vec();
    classes.sort_by_key(|paid| std::cmp::Reverse(paid.class));
    // Who takes the money back is found from the top price down: once a class would rather do that, it
    // leaves less to the others, so none of them changes its mind.
    let mut keeps: Vec<bool> = vec![false; classes.len()];
    let shares = loop {
        let shares = shared(table, &classes, &keeps, left);
        let regrets = classes.iter().enumerate().position(|(place, class)| {
            !keeps[place] && class.bn > value_of(&shares, class.class) + 1e-9
        });
        match regrets {
            Some(place) => keeps[place] = true,
            None => break shares,
        }
    };
    for (held, value) in shares {
        give(&mut got, held.holder, value);
    }
    got
}

/// What every block of shares gets, if these classes take their money back.
fn shared<'t>(
    table: &'t CapTable,
    classes: &[Paid],
    keeps: &[bool],
    mut left: f64,
) -> Vec<(&'t Holding, f64)> {
    let mut values: Vec<(&Holding, f64)> =
        table.holdings().iter().map(|held| (held, 0.0)).collect();
    let mut open: Vec<bool> = vec![true; values.len()];
    for (class, _) in classes.iter().zip(keeps).filter(|(_, keeps)| **keeps) {
        let of = |held: &Holding| held.class == class.class;
        let all: i64 =
            values.iter().filter(|(held, _)| of(held)).map(|(held, _)| held.shares).sum();
        if all == 0 {
            // Notes and warrants that have not become shares.
            continue;
        }
        let back = class.bn.min(left);
        left -= back;
        for ((held, value), open) in values.iter_mut().zip(&mut open) {
            if of(held) {
                *value = back * held.shares as f64 / all.max(1) as f64;
                *open = false;
            }
        }
    }
    // By number, until no block goes over its cap.
    loop {
        let all: i64 = values
            .iter()
            .zip(&open)
            .filter(|(_, open)| **open)
            .map(|((held, _), _)| held.shares)
            .sum();
        let mut capped = None;
        for (place, ((held, value), open)) in values.iter_mut().zip(&open).enumerate() {
            if *open {
                *value = left * held.shares as f64 / all.max(1) as f64;
                if held.most.is_positive() && *value > held.most.bn() {
                    capped = Some(place);
                }
            }
        }
        let Some(place) = capped else { return values };
        let most = values[place].0.most.bn();
        values[place].1 = most;
        open[place] = false;
        left -= most;
    }
}

fn value_of(shares: &[(&Holding, f64)], class: ShareClass) -> f64 {
    shares.iter().filter(|(held, _)| held.class == class).map(|(_, value)| value).sum()
}

fn give(got: &mut Vec<(Holder, f64)>, holder: Holder, value: f64) {
    match got.iter_mut().find(|(whose, _)| *whose == holder) {
        Some((_, sum)) => *sum += value,
        None => got.push((holder, value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SeatId;
    use crate::sim::deal::{Note, Rights, Sale};
    use crate::units::{Money, Quarter};

    const STAFF: Holder = Holder::Other(0);

    fn seat(number: u8) -> Holder {
        Holder::Seat(SeatId(number))
    }

    /// $10bn at $90bn for seat 0, then $20bn at $180bn for seat 1: a tenth each of what there was.
    fn two_rounds(most: Money) -> (CapTable, Vec<Paid>) {
        let mut table = CapTable::opening(&[(STAFF, 1.0)], 90.0);
        let mut paid = Vec::new();
        for (number, amount, pre) in [(0, 10.0, 90.0), (1, 20.0, 180.0)] {
            let class = table.new_class();
            let rights =
                Rights { most: if number == 0 { most } else { Money::ZERO }, protected: false };
            let (amount, pre_money) = (Money::from_bn(amount), Money::from_bn(pre));
            table.sell_round(Sale { holder: seat(number), class, amount, pre_money, rights });
            paid.push(Paid { class, bn: amount.bn() });
        }
        (table, paid)
    }

    fn of(got: &[(Holder, f64)], holder: Holder) -> f64 {
        got.iter().find(|(whose, _)| *whose == holder).map_or(0.0, |(_, value)| *value)
    }

    fn sums(got: &[(Holder, f64)], price: f64) {
        let sum: f64 = got.iter().map(|(_, value)| value).sum();
        assert!((sum - price).abs() < 1e-6, "{sum} of {price}");
    }

    #[test]
    fn at_a_high_price_everybody_has_their_part() {
        let (table, paid) = two_rounds(Money::ZERO);
        let got = proceeds(&table, &paid, 400.0);
        sums(&got, 400.0);
        for holder in [STAFF, seat(0), seat(1)] {
            assert!((of(&got, holder) - 400.0 * table.part(holder)).abs() < 1e-6);
        }
    }

    #[test]
    fn at_a_low_price_the_latest_money_comes_back_first() {
        let (table, paid) = two_rounds(Money::ZERO);
        let got = proceeds(&table, &paid, 25.0);
        sums(&got, 25.0);
        assert_eq!((of(&got, seat(1)), of(&got, seat(0)), of(&got, STAFF)), (20.0, 5.0, 0.0));
    }

    #[test]
    fn between_them_only_the_dear_round_takes_its_money_back() {
        let (table, paid) = two_rounds(Money::ZERO);
        let got = proceeds(&table, &paid, 150.0);
        sums(&got, 150.0);
        assert_eq!(of(&got, seat(1)), 20.0);
        assert!((of(&got, seat(0)) - 13.0).abs() < 1e-6, "a tenth of the other 130");
    }

    #[test]
    fn a_capped_profit_leaves_the_rest_to_the_others() {
        let (table, paid) = two_rounds(Money::from_bn(30.0));
        let got = proceeds(&table, &paid, 1_000.0);
        sums(&got, 1_000.0);
        assert_eq!(of(&got, seat(0)), 30.0);
        assert!(of(&got, STAFF) > 1_000.0 * table.part(STAFF));
    }

    #[test]
    fn a_note_is_paid_before_any_share() {
        let (mut table, paid) = two_rounds(Money::ZERO);
        let class = table.new_class();
        table.lend(Note {
            holder: seat(2),
            class,
            amount: Money::from_bn(5.0),
            cap: Money::from_bn(200.0),
            due: Quarter(9),
            rights: Rights::default(),
        });
        let got = proceeds(&table, &paid, 4.0);
        sums(&got, 4.0);
        assert_eq!(of(&got, seat(2)), 4.0);
    }
}
