//! Headlines of giants: prices, building, chips, debt.

use super::{Item, item};
use crate::host::words::numbers::{bn, gigawatts, money, share};
use crate::host::words::{Words, listed, possessive};
use crate::sim::fact::Fact;

pub(super) fn headlines(words: &Words, fact: &Fact) -> Option<Item> {
    match fact {
        Fact::OrderChanged { firm, from_gw, to_gw } => {
            let by = (to_gw / from_gw.max(0.01) - 1.0).abs().min(1.0);
            let (firm, now, then) = (words.firm(*firm), gigawatts(*to_gw), gigawatts(*from_gw));
            let way = if to_gw < from_gw { "slows its building" } else { "builds faster" };
            item(
                14.0 + 20.0 * by,
                [
                    format!("{firm} now builds {now} a quarter"),
                    format!("{firm} {way}: {now} a quarter after {then}"),
                    format!("From {then} to {now} a quarter: {firm} changes its orders"),
                ],
            )
        }
        Fact::ResearchChanged { firm, from_bn, to_bn } => {
            let by = (to_bn / from_bn.max(0.01) - 1.0).abs().min(1.0);
            let (firm, now, then) = (words.firm(*firm), bn(*to_bn), bn(*from_bn));
            let way = if to_bn < from_bn { "spends less" } else { "spends more" };
            item(
                14.0 + 20.0 * by,
                [
                    format!("{firm} puts {now} a quarter into its own models"),
                    format!("{firm} {way} on models of its own: {now} after {then}"),
                    format!("{} research budget goes from {then} to {now}", possessive(firm)),
                ],
            )
        }
        Fact::PushChanged { firm, segment: Some(segment) } => {
            let (firm, whom) = (words.firm(*firm), words.segment_in_text(*segment));
            item(
                10.0,
                [
                    format!("{firm} goes after {whom}"),
                    format!("{} sales people turn to {whom}", possessive(firm)),
                ],
            )
        }
        Fact::AccessMoved { firm, from_points, to_points } => {
            let by = to_points - from_points;
            let (firm, size) = (words.firm(*firm), format!("{:.1}", by.abs()));
            let way = if by < 0.0 { "fall behind" } else { "catch up" };
            let change = if by < 0.0 { "worse" } else { "better" };
            item(
                30.0 + by.abs(),
                [
                    format!("{} customers {way} by {size} points", possessive(firm)),
                    format!("Models on {} cloud are {size} points {change}", possessive(firm)),
                    format!("{size} points {change}: what {firm} can offer its customers"),
                ],
            )
        }
        Fact::CapitalSpendingCut { firm, order_gw } => {
            let (firm, left) = (words.firm(*firm), gigawatts(*order_gw));
            item(
                48.0,
                [
                    format!("Debt cuts {} building to {left}", possessive(firm)),
                    format!("{} lenders leave it {left} to build", possessive(firm)),
                    format!("{firm} owes too much to build more than {left}"),
                ],
            )
        }
        Fact::Borrowed { firm, amount } => {
            let (firm, sum) = (words.firm(*firm), money(*amount));
            item(
                22.0 + amount.bn().min(20.0),
                [
                    format!("{firm} borrows {sum}"),
                    format!("{firm} goes to its lenders for {sum}"),
                    format!("{sum} of new debt keeps {firm} liquid"),
                ],
            )
        }
        _ => None,
    }
}

/// Chips, halls and what comes of their want.
pub(super) fn of_halls(words: &Words, fact: &Fact) -> Option<Item> {
    match fact {
        Fact::ChipPriceChanged { firm, from, to } => {
            let by = to / from - 1.0;
            let (firm, size) = (words.firm(*firm), share(by.abs()));
            let (verb, more) = if by < 0.0 { ("cuts", "less") } else { ("raises", "more") };
            item(
                40.0 + 100.0 * by.abs(),
                [
                    format!("{firm} {verb} chip prices by {size}"),
                    format!("Chips of {firm} cost {size} {more}"),
                    format!("{size} {more} for a chip: {firm} moves its price"),
                ],
            )
        }
        Fact::ChipsLate { provider, gw } => {
            let (whose, size) = (words.provider_in_text(*provider), gigawatts(*gw));
            item(
                18.0 + (20.0 * gw).min(14.0),
                [
                    format!("Chips for {size} reach {whose} a quarter late"),
                    format!("{size} of halls at {whose} wait for chips"),
                    format!("No chips yet for {size} at {whose}"),
                ],
            )
        }
        Fact::FavourChanged { firm, favoured } => {
            let names: Vec<&str> = favoured.iter().map(|seat| words.seat(seat)).collect();
            let (firm, names) = (words.firm(*firm), listed(&names));
            match names.is_empty() {
                true => item(
                    36.0,
                    [
                        format!("{firm} serves all buyers alike"),
                        format!("No more favourites at {firm}"),
                    ],
                ),
                false => item(
                    40.0,
                    [
                        format!("{firm} puts {names} first in line"),
                        format!("Short of chips? {firm} serves {names} first"),
                        format!("{names} first: {firm} picks among its buyers"),
                    ],
                ),
            }
        }
        Fact::CapacityArrived { provider, gw } => {
            let (whose, size) = (words.provider_in_text(*provider), gigawatts(*gw));
            item(
                14.0 + (8.0 * gw).min(16.0),
                [
                    format!("{size} of new capacity goes live at {whose}"),
                    format!("Halls with {size} open at {whose}"),
                    format!("{size} more to sell at {whose}"),
                ],
            )
        }
        Fact::CapacityShort { provider, turned_away_bn } => {
            let (whose, lost) = (words.provider_in_text(*provider), bn(*turned_away_bn));
            item(
                26.0 + (4.0 * turned_away_bn).min(24.0),
                [
                    format!("Sold out: {lost} a quarter is turned away at {whose}"),
                    format!("No room at {whose} for {lost} of new custom"),
                    format!("{lost} of demand finds no machine at {whose}"),
                    format!("Halls full at {whose}; {lost} goes to rivals"),
                ],
            )
        }
        Fact::Outage { provider, .. } => {
            let whose = words.provider_in_text(*provider);
            item(
                55.0,
                [
                    format!("Lights out at {whose}, and customers look round"),
                    format!("An outage at {whose} sends customers shopping"),
                    format!("Hours of silence at {whose}"),
                    format!("Customers of {whose} learn what an outage costs"),
                ],
            )
        }
        _ => None,
    }
}
