//! Facts that are one piece of news together: a lab's round, a firm's new prices, debts that bite.

use super::{News, Topic, deals, giants, item, world};
use crate::host::words::numbers::{bn, gigawatts, growth, money, share};
use crate::host::words::refusals::upper_first;
use crate::host::words::{Words, listed};
use crate::ids::{FirmId, LabId, SegmentId};
use crate::sim::deal::{AccessTier, Exclusivity, TermSheet};
use crate::sim::fact::Fact;
use crate::units::Money;
use std::mem::discriminant;

/// Whether a fact is told with others, and so not by itself.
pub(super) fn told(facts: &[&Fact], fact: &Fact) -> bool {
    match fact {
        Fact::PriceChanged { .. } => true,
        // Told as new terms in place of the old.
        Fact::Signed { sheet, lab, .. } => {
            sheet.replaces.is_some() || (round(facts, *lab).len() > 1 && !shuts_out(sheet))
        }
        Fact::CapitalSpendingCut { .. } | Fact::CircularDoubted { .. } | Fact::ChipsLate { .. } => {
            let same = |other: &&&Fact| discriminant(**other) == discriminant(fact);
            facts.iter().filter(same).count() > 1
        }
        _ => false,
    }
}

pub(super) fn news(words: &Words, facts: &[&Fact]) -> Vec<News> {
    let labs = (0..words.level().labs.len()).map(|place| LabId(place as u8));
    let firms = (0..words.level().giants.len()).map(|place| FirmId(place as u8));
    labs.filter_map(|lab| round_news(words, lab, facts))
        .chain(firms.filter_map(|firm| price_news(words, firm, facts)))
        .chain(debts(words, facts))
        .chain(doubts(words, facts))
        .chain(late_chips(words, facts))
        .collect()
}

/// Whether a sheet keeps others away: that is a story of its own, beside the round's.
fn shuts_out(sheet: &TermSheet) -> bool {
    !sheet.barred.is_empty()
        || sheet.access == AccessTier::Exclusive
        || sheet.exclusivity == Exclusivity::SoleCloud
}

/// What giants put into a lab this quarter, new terms for old deals apart.
fn round(facts: &[&Fact], with: LabId) -> Vec<(FirmId, Money)> {
    let signed = facts.iter().filter_map(|fact| match fact {
        Fact::Signed { giant, lab, sheet, .. } if *lab == with && sheet.replaces.is_none() => {
            Some((*giant, sheet.amount()))
        }
        _ => None,
    });
    signed.collect()
}

/// A lab that signs with several giants in one quarter is one piece of news.
fn round_news(words: &Words, lab: LabId, facts: &[&Fact]) -> Option<News> {
    let signed = round(facts, lab);
    if signed.len() < 2 {
        return None;
    }
    let name = words.lab(lab);
    let total: Money = signed.iter().map(|(_, amount)| *amount).sum();
    let sum = money(total);
    let firms: Vec<&str> = signed.iter().map(|(giant, _)| words.firm(*giant)).collect();
    let largest = signed.iter().max_by_key(|(_, amount)| *amount).map(|(giant, _)| *giant)?;
    let (firms, largest) = (listed(&firms), words.firm(largest));
    let number = match signed.len() {
        2 => "Two".to_owned(),
        3 => "Three".to_owned(),
        more => format!("{more}"),
    };
    let wordings = vec![
        format!("{name} raises {sum} from {firms}"),
        format!("{number} giants, one lab: {sum} for {name}"),
        format!("{firms} put {sum} into {name}"),
        format!("{largest} leads as {name} takes {sum}"),
    ];
    let parts: Vec<String> = signed
        .iter()
        .map(|(giant, amount)| format!("{} from {}", money(*amount), words.firm(*giant)))
        .collect();
    Some(News {
        topic: Topic::Round,
        about: Some(words.lab_seat(lab)),
        weight: deals::weight_of(total) + 6.0,
        wordings,
        story: format!(
            "{name} sells shares to {} giants in one quarter: {}.",
            number.to_lowercase(),
            listed(&parts)
        ),
        remark: None,
    })
}

/// A firm's new prices, one piece of news however many segments they are for.
fn price_news(words: &Words, firm: FirmId, facts: &[&Fact]) -> Option<News> {
    let moves: Vec<(SegmentId, f64)> = facts
        .iter()
        .filter_map(|fact| match fact {
            Fact::PriceChanged { firm: who, segment, from, to }
                if *who == firm && words.has_segment(*segment) =>
            {
                Some((*segment, to / from - 1.0))
            }
            _ => None,
        })
        .collect();
    let largest =
        moves.iter().copied().max_by(|one, other| one.1.abs().total_cmp(&other.1.abs()))?;
    let name = words.firm(firm);
    let (verb, pay) = if largest.1 < 0.0 { ("cuts", "less") } else { ("raises", "more") };
    let (size, whom) = (share(largest.1.abs()), words.segment_in_text(largest.0));
    let wordings = match moves.len() {
        1 => vec![
            format!("{name} {verb} prices to {whom} by {size}"),
            format!("{size} {pay} to pay for {whom} at {name}"),
            format!("{name} moves its price to {whom} by {size}"),
        ],
        _ => vec![
            format!("{name} {verb} its cloud prices by up to {size}"),
            format!("Customers of {name} pay up to {size} {pay}"),
            format!("New price list at {name}: {whom} pay {size} {pay}"),
        ],
    };
    let each: Vec<String> = moves
        .iter()
        .map(|(segment, by)| format!("{} {}", words.segment_in_text(*segment), growth(*by)))
        .collect();
    Some(News {
        topic: Topic::Prices,
        about: Some(firm.seat()),
        weight: 20.0 + 200.0 * largest.1.abs(),
        wordings,
        story: format!("{name} changes its cloud prices: {}.", listed(&each)),
        remark: None,
    })
}

/// Several giants whose debt cuts their building.
fn debts(words: &Words, facts: &[&Fact]) -> Option<News> {
    let cut: Vec<&Fact> = facts
        .iter()
        .copied()
        .filter(|fact| matches!(fact, Fact::CapitalSpendingCut { .. }))
        .collect();
    let first = cut.first().filter(|_| cut.len() > 1)?;
    let each = cut.iter().filter_map(|fact| match fact {
        Fact::CapitalSpendingCut { firm, order_gw } => {
            Some((words.firm(*firm), gigawatts(*order_gw)))
        }
        _ => None,
    });
    let (names, parts): (Vec<&str>, Vec<String>) =
        each.map(|(name, left)| (name, format!("{name} {left}"))).unzip();
    let (names, parts) = (listed(&names), listed(&parts));
    let mut wordings = vec![
        format!("Debt stops the builders: {parts} this quarter"),
        format!("{names} owe too much to build as planned"),
    ];
    wordings.extend(giants::headlines(words, first)?.wordings);
    Some(News {
        topic: Topic::Fact(discriminant(*first)),
        about: None,
        weight: 54.0,
        wordings,
        story: format!("Debt makes {names} order less than they planned: {parts}."),
        remark: None,
    })
}

/// Several giants whose circular money is doubted.
fn doubts(words: &Words, facts: &[&Fact]) -> Option<News> {
    let doubted: Vec<(&Fact, FirmId, f64)> = facts
        .iter()
        .filter_map(|fact| match fact {
            Fact::CircularDoubted { firm, by_bn, .. } => Some((*fact, *firm, *by_bn)),
            _ => None,
        })
        .collect();
    if doubted.len() < 2 {
        return None;
    }
    let (worst, firm, by_bn) =
        *doubted.iter().max_by(|one, other| one.2.abs().total_cmp(&other.2.abs()))?;
    let parts: Vec<String> = doubted
        .iter()
        .map(|(_, firm, by)| format!("{} off {}", bn(by.abs()), words.firm(*firm)))
        .collect();
    let total: f64 = doubted.iter().map(|(.., by)| by.abs()).sum();
    let own = world::of_markets(words, worst)?.wordings;
    let together = item(
        world::doubt_weight(total),
        [
            format!("Money that goes in circles: {} of value falls away", bn(total)),
            format!("{} leads the fall as circular money is doubted", words.firm(firm)),
        ],
    )?;
    let why = match worst {
        Fact::CircularDoubted { doubt, .. } => world::because(words, *doubt),
        _ => String::new(),
    };
    Some(News {
        topic: Topic::Fact(discriminant(worst)),
        about: None,
        weight: together.weight,
        wordings: together.wordings.into_iter().chain(own).collect(),
        story: format!(
            "{}, investors ask whose revenue would last without its own money: {}.",
            upper_first(&why),
            listed(&parts)
        ),
        remark: (by_bn.abs() > 0.5 * total).then(|| {
            format!("An analyst traces more than half of it to {} alone.", words.firm(firm))
        }),
    })
}

/// Several builders whose chips come late.
fn late_chips(words: &Words, facts: &[&Fact]) -> Option<News> {
    let late: Vec<(&Fact, String, f64)> = facts
        .iter()
        .filter_map(|fact| match fact {
            Fact::ChipsLate { provider, gw } => {
                Some((*fact, words.provider_in_text(*provider), *gw))
            }
            _ => None,
        })
        .collect();
    if late.len() < 2 {
        return None;
    }
    let most = late.iter().max_by(|one, other| one.2.total_cmp(&other.2))?;
    let total: f64 = late.iter().map(|(.., gw)| gw).sum();
    let parts: Vec<String> =
        late.iter().map(|(_, whose, gw)| format!("{} for {whose}", gigawatts(*gw))).collect();
    let mut wordings = vec![
        format!("Chips for {} come late, most of them for {}", gigawatts(total), most.1),
        format!("{} of halls wait for chips", gigawatts(total)),
    ];
    wordings.extend(giants::of_halls(words, most.0)?.wordings);
    Some(News {
        topic: Topic::Fact(discriminant(most.0)),
        about: None,
        weight: 22.0 + (10.0 * total).min(18.0),
        wordings,
        story: format!("Chips are short, and come a quarter late: {}.", listed(&parts)),
        remark: None,
    })
}
