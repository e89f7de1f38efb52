//! Headlines of what clauses about shares and revenue did.

use super::deals::{Parties, parties};
use super::{Item, item};
use crate::host::words::numbers::{bn, money};
use crate::host::words::{Words, possessive};
use crate::sim::deal::Deal;
use crate::sim::fact::Fact;
use crate::units::Money;

pub(super) fn headlines(words: &Words, deals: &[Deal], fact: &Fact) -> Option<Item> {
    let worth = |amount: &Money, most: f64| (3.0 * amount.bn()).min(most);
    match fact {
        Fact::NoteConverted { lab, holder, amount, .. } => {
            let (lab, holder, sum) = (words.lab(*lab), words.seat(*holder), money(*amount));
            item(
                34.0 + worth(amount, 20.0),
                [
                    format!("{} {sum} note becomes shares of {lab}", possessive(holder)),
                    format!("{holder} turns from lender to owner at {lab}: {sum}"),
                    format!("{sum} owed to {holder} is now a piece of {lab}"),
                ],
            )
        }
        Fact::DilutionMended { lab, holder, shares } => {
            let (lab, holder) = (words.lab(*lab), words.seat(*holder));
            let shares = format!("{:.1}m", *shares as f64 / 1e6);
            item(
                54.0,
                [
                    format!("{lab} sells cheap and owes {holder} {shares} shares"),
                    format!("A lower price at {lab} brings {holder} {shares} shares"),
                    format!("{holder} is made whole at {lab} with {shares} shares"),
                ],
            )
        }
        Fact::ProRataTaken { deal, holder, amount } => {
            let (lab, sum) = (parties(words, deals, *deal)?.lab, money(*amount));
            let holder = words.firm(*holder);
            item(
                36.0 + worth(amount, 20.0),
                [
                    format!("{holder} pays {sum} to keep its part of {lab}"),
                    format!("{holder} will not be diluted at {lab}: {sum} more"),
                    format!("{lab} gets {sum} from {holder}, which stays in step"),
                ],
            )
        }
        Fact::WarrantsUsed { deal, amount } => {
            let (Parties { giant, lab, .. }, sum) = (parties(words, deals, *deal)?, money(*amount));
            item(
                40.0 + worth(amount, 20.0),
                [
                    format!("{giant} uses warrants and pays {sum} for {lab} at an old price"),
                    format!("{giant} calls in {sum} of {} shares", possessive(lab)),
                    format!("{lab} must sell {giant} {sum} at the price of then"),
                ],
            )
        }
        Fact::WarrantsLapsed { deal, amount } => {
            let (Parties { giant, lab, .. }, sum) = (parties(words, deals, *deal)?, money(*amount));
            item(
                32.0 + worth(amount, 12.0),
                [
                    format!("{} warrants on {sum} of {lab} lapse unused", possessive(giant)),
                    format!("{giant} lets {sum} of {lab} go by"),
                    format!("{lab} is spared {sum} of warrants that {giant} held"),
                ],
            )
        }
        Fact::RevenueShareMissed { deal, short } => {
            let (Parties { giant, lab, .. }, sum) = (parties(words, deals, *deal)?, money(*short));
            item(
                58.0 + worth(short, 15.0),
                [
                    format!("{lab} cannot pay {giant} {sum} of its sales"),
                    format!("{giant} goes without {sum} that {lab} owes it"),
                    format!("{lab} misses {sum} due to {giant}"),
                ],
            )
        }
        Fact::RevenueShareEnded { deal } => {
            let Parties { giant, lab, deal } = parties(words, deals, *deal)?;
            let cap = bn(deal.sheet.revenue_share_cap.bn());
            item(
                42.0,
                [
                    format!("{lab} has paid {giant} its {cap} and keeps its sales"),
                    format!("{giant} has had its {cap} of {} sales", possessive(lab)),
                    format!("{} sales are its own again, {cap} later", possessive(lab)),
                ],
            )
        }
        _ => None,
    }
}
