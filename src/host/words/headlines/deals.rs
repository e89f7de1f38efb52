//! Headlines of deals: signatures, what becomes of their clauses, promises kept and not.

use super::{Item, item};
use crate::host::words::numbers::{count, gigawatts, money, share};
use crate::host::words::{Words, clauses, listed, possessive};
use crate::ids::{DealId, FirmId, LabId, SeatId};
use crate::sim::deal::{AccessTier, Clause, Condition, Deal, Exclusivity, Instrument, TermSheet};
use crate::sim::fact::Fact;
use crate::units::Money;

/// The two sides of a deal, by name, and the deal.
pub(super) struct Parties<'a> {
    pub(super) giant: &'a str,
    pub(super) lab: &'a str,
    pub(super) deal: &'a Deal,
}

pub(super) fn parties<'a>(words: &'a Words, deals: &'a [Deal], id: DealId) -> Option<Parties<'a>> {
    let deal = deals.iter().find(|deal| deal.id == id)?;
    Some(Parties { giant: words.firm(deal.giant), lab: words.lab(deal.lab), deal })
}

/// How much a sum put into a lab matters.
pub(super) fn weight_of(sum: Money) -> f64 {
    54.0 + 10.0 * libm::log(1.0 + sum.bn().max(0.0))
}

pub(super) fn headlines(words: &Words, deals: &[Deal], fact: &Fact) -> Option<Item> {
    let both = |giant: &FirmId, lab: &LabId| (words.firm(*giant), words.lab(*lab));
    match fact {
        Fact::Signed { deal, giant, lab, sheet } => {
            let old = deals.iter().filter(|old| old.id < *deal);
            let before = old.filter(|old| (old.giant, old.lab) == (*giant, *lab)).count();
            signature(words, both(giant, lab), sheet, before)
        }
        Fact::Renegotiated { new, .. } => {
            let Parties { giant, lab, deal } = parties(words, deals, *new)?;
            rewritten((giant, lab), &deal.sheet)
        }
        Fact::TranchePaid { deal, amount } => {
            let Parties { giant, lab, .. } = parties(words, deals, *deal)?;
            let sum = money(*amount);
            item(
                weight_of(*amount) - 8.0,
                [
                    format!("{giant} pays {lab} a second {sum}"),
                    format!("{lab} has earned it: {sum} more from {giant}"),
                    format!("The second {sum} from {giant} reaches {lab}"),
                ],
            )
        }
        Fact::TrancheLapsed { deal, amount } => {
            let Parties { giant, lab, deal } = parties(words, deals, *deal)?;
            let (why, sum) = (unmet(deal.sheet.condition), money(*amount));
            item(
                weight_of(*amount),
                [
                    format!("{} {sum} for {lab} lapses, {why}", possessive(giant)),
                    format!("{lab} will not see the second {sum} from {giant}"),
                    format!("{giant} keeps {sum} that {lab} counted on"),
                ],
            )
        }
        Fact::ExclusivityLapsed { giant, lab, .. } => {
            let (giant, lab) = both(giant, lab);
            let claims = possessive(giant);
            item(
                60.0,
                [
                    format!("{lab} is free of {claims} claims"),
                    format!("{claims} exclusive hold on {lab} runs out"),
                    format!("The door to {lab} opens as {claims} rights end"),
                ],
            )
        }
        Fact::AccessLapsed { giant, lab, .. } => {
            let (giant, lab) = both(giant, lab);
            item(
                57.0,
                [
                    format!("{giant} no longer has a claim to {} models", possessive(lab)),
                    format!("{} access to {} models runs out", possessive(giant), possessive(lab)),
                    format!("{giant} lets its access to {lab} run out"),
                ],
            )
        }
        Fact::LicenceLapsed { giant, lab, .. } => {
            let (giant, lab) = both(giant, lab);
            item(
                52.0,
                [
                    format!("{} licence to {} models ends", possessive(giant), possessive(lab)),
                    format!("{giant} may no longer use {} models as its own", possessive(lab)),
                    format!("{lab} takes its models back from {giant}"),
                ],
            )
        }
        Fact::OwnChipsLapsed { giant, lab, .. } => {
            let (giant, lab) = both(giant, lab);
            item(
                36.0,
                [
                    format!("{lab} may choose its chips again"),
                    format!("{lab} no longer has to run on {} chips", possessive(giant)),
                    format!("{} chips lose a captive buyer in {lab}", possessive(giant)),
                ],
            )
        }
        Fact::WaiverSold { deal, holder, buyer, fee } => {
            let Parties { lab, .. } = parties(words, deals, *deal)?;
            let (holder, buyer, fee_text) = (words.firm(*holder), words.firm(*buyer), money(*fee));
            item(
                58.0 + (10.0 * fee.bn()).min(10.0),
                [
                    format!("{buyer} pays {holder} {fee_text} to let it deal with {lab}"),
                    format!("{holder} steps aside at {lab} for {fee_text} from {buyer}"),
                    format!("The way to {lab} costs {buyer} {fee_text}, paid to {holder}"),
                    format!("{holder} sells {buyer} a waiver over {lab} for {fee_text}"),
                ],
            )
        }
        _ => promises(words, deals, fact),
    }
}

fn unmet(condition: Condition) -> &'static str {
    match condition {
        Condition::AfterAYear => "unpaid",
        Condition::AtTheFrontier => "too far from the frontier",
        Condition::RevenueDoubled => "its sales not doubled",
    }
}

fn promises(words: &Words, deals: &[Deal], fact: &Fact) -> Option<Item> {
    match fact {
        Fact::PromiseLate { deal, by, what } => {
            let Parties { giant, lab, deal } = parties(words, deals, *deal)?;
            late((giant, lab), deal, *what, words.seat(*by) == giant)
        }
        Fact::PromiseBroken { deal, by, what, damages } => {
            let Parties { giant, lab, .. } = parties(words, deals, *deal)?;
            let (who, other) = sides(words, *by, giant, lab);
            let (paid, what) = (money(*damages), clauses::in_text(*what));
            if damages.is_zero() {
                return item(
                    68.0,
                    [
                        format!("{who} fails {other} and has nothing to pay with"),
                        format!("No {what} for {other}, and no damages from {who}"),
                    ],
                );
            }
            item(
                62.0 + (6.0 * damages.bn()).min(12.0),
                [
                    format!("{who} fails {other} and pays {paid}"),
                    format!("{who} owes {other} {paid} over {what}"),
                    format!("A promise of {what} broken: {who} pays {other} {paid}"),
                    format!("{other} collects {paid} for what {who} did not keep"),
                ],
            )
        }
        Fact::DealEnded { giant, lab, by, payer, fee, deal } => {
            let (giant, lab) = (words.firm(*giant), words.lab(*lab));
            let (who, other) = sides(words, *by, giant, lab);
            let term =
                deals.iter().find(|old| old.id == *deal).map(|old| words.quarter(old.signed));
            let term = term.unwrap_or_default();
            let price = match fee.is_zero() {
                true => "at no cost".to_owned(),
                false => format!("and {} pays {}", words.seat(*payer), money(*fee)),
            };
            item(
                80.0 + (2.0 * fee.bn()).min(10.0),
                [
                    format!("{who} breaks with {other}, {price}"),
                    format!("{giant} and {lab} part, {price}"),
                    format!("{who} tears up the {term} deal with {other}"),
                ],
            )
        }
        _ => None,
    }
}

/// Who did it, and the other side.
fn sides<'a>(words: &'a Words, by: SeatId, giant: &'a str, lab: &'a str) -> (&'a str, &'a str) {
    if words.seat(by) == giant { (giant, lab) } else { (lab, giant) }
}

fn late((giant, lab): (&str, &str), deal: &Deal, what: Clause, by_giant: bool) -> Option<Item> {
    let promised = gigawatts(f64::from(deal.sheet.commitment_mw) / 1_000.0);
    match (what, by_giant) {
        (Clause::RevenueShare, _) => item(
            36.0,
            [
                format!("{lab} is late with what it owes {giant} of its sales"),
                format!("{giant} waits for its part of {} sales", possessive(lab)),
            ],
        ),
        (_, true) => item(
            36.0,
            [
                format!("{lab} waits for compute that {giant} promised"),
                format!("{giant} is behind with the {promised} it owes {lab}"),
                format!("Halls promised to {lab} are not ready at {giant}"),
            ],
        ),
        (_, false) => item(
            36.0,
            [
                format!("{lab} rents less from {giant} than it promised"),
                format!("{lab} falls short of the {promised} it owes {giant}"),
                format!("{giant} has halls waiting for {lab}, and no {lab}"),
            ],
        ),
    }
}

/// Headlines for a signature, by what is most remarkable in it.
fn signature(
    words: &Words,
    (giant, lab): (&str, &str),
    sheet: &TermSheet,
    before: usize,
) -> Option<Item> {
    let sum = money(sheet.amount());
    let base = weight_of(sheet.raised()) + if before == 0 { 4.0 } else { 0.0 };
    let (price, part) = (money(sheet.pre_money), share(sheet.stake()));
    if sheet.exclusivity == Exclusivity::SoleCloud {
        let term = count(u32::from(sheet.exclusivity_quarters), "quarter");
        return item(
            base + 12.0,
            [
                format!("{giant} becomes {} only cloud for {sum}", possessive(lab)),
                format!("{sum} buys {giant} all of {} machines", possessive(lab)),
                format!("{lab} ties itself to {giant} for {term} and {sum}"),
            ],
        );
    }
    if sheet.access == AccessTier::Exclusive {
        return item(
            base + 10.0,
            [
                format!("{giant} keeps {} models for itself, for {sum}", possessive(lab)),
                format!("{} models go to {giant} alone, for {sum}", possessive(lab)),
                format!("{sum} from {giant} takes {} models off the market", possessive(lab)),
            ],
        );
    }
    if !sheet.barred.is_empty() {
        let barred: Vec<&str> = sheet.barred.iter().map(|seat| words.seat(seat)).collect();
        let barred = listed(&barred);
        return item(
            base + 8.0,
            [
                format!("{giant} puts {sum} into {lab} and shuts out {barred}"),
                format!("{lab} takes {sum} from {giant}, and none from {barred}"),
                format!("{sum} from {giant} closes {} door to {barred}", possessive(lab)),
                format!("{giant} buys {part} of {lab} and bars {barred}"),
            ],
        );
    }
    if sheet.instrument == Instrument::Warrants {
        return item(
            base + 4.0,
            [
                format!("{giant} takes warrants on {sum} of {lab}"),
                format!("{lab} pays {giant} for compute in warrants, up to {sum}"),
                format!("{giant} may buy {sum} of {lab} at {price}"),
            ],
        );
    }
    let mut wordings = vec![
        format!("{giant} puts {sum} into {lab} at {price}"),
        format!("{lab} sells {part} of itself to {giant} for {sum}"),
    ];
    wordings.push(match before {
        0 => format!("{giant} takes {part} of {lab} for {sum}"),
        _ => format!("{giant} adds {sum} to its bet on {lab}"),
    });
    if sheet.commitment_mw >= 500 {
        let rented = gigawatts(f64::from(sheet.commitment_mw) / 1_000.0);
        wordings.push(format!("{lab} takes {sum} from {giant} and rents {rented} in return"));
        wordings.push(format!("{giant} pays {lab} {sum}; {lab} fills {rented} of its halls"));
    } else {
        wordings.push(format!("{lab} is worth {price} to {giant}, which buys {part}"));
    }
    Some(Item { weight: base, wordings })
}

/// New terms in place of old ones, with or without new money.
fn rewritten((giant, lab): (&str, &str), sheet: &TermSheet) -> Option<Item> {
    let sum = money(sheet.amount());
    if sheet.amount().is_positive() {
        return item(
            weight_of(sheet.raised()) + 2.0,
            [
                format!("{giant} adds {sum} and rewrites its terms with {lab}"),
                format!("New terms and {sum} for {lab} from {giant}"),
                format!("{lab} trades its old deal with {giant} for {sum} and a new one"),
            ],
        );
    }
    if sheet.release.is_positive() {
        let paid = money(sheet.release);
        return item(
            56.0 + (8.0 * sheet.release.bn()).min(12.0),
            [
                format!("{lab} pays {giant} {paid} for easier terms"),
                format!("{lab} buys itself loose from {giant} for {paid}"),
                format!("{giant} loosens its grip on {lab} for {paid}"),
            ],
        );
    }
    item(
        46.0,
        [
            format!("{giant} and {lab} rewrite their deal"),
            format!("New terms, no new money, for {giant} and {lab}"),
            format!("{lab} and {giant} go back to the table and change their terms"),
            format!("{giant} and {lab} replace a deal that had {}", aged(sheet)),
        ],
    )
}

/// What the new terms of a deal without money are chiefly about.
fn aged(sheet: &TermSheet) -> &'static str {
    if sheet.commitment_mw > 0 { "other compute in it" } else { "other terms in it" }
}
