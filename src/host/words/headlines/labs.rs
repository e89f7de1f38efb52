//! Headlines of labs: their runway, their charter, their people, and how they hold their talks.

use super::{Item, item};
use crate::host::words::numbers::{bn, money, share};
use crate::host::words::{Words, possessive, process};
use crate::sim::decision::AccessPolicy;
use crate::sim::fact::Fact;
use crate::sim::process::Procedure;

pub(super) fn headlines(words: &Words, fact: &Fact) -> Option<Item> {
    match fact {
        Fact::FrontierPassed { by, points } => {
            let (who, points) = (words.seat(*by), format!("{points:.1}"));
            item(
                74.0,
                [
                    format!("{who} takes the lead with {points} points"),
                    format!("{who} has the best model: {points} points"),
                    format!("The frontier moves to {points}, and to {who}"),
                    format!("At {points} points, {who} passes everybody"),
                ],
            )
        }
        Fact::RunwayShort { lab, quarters } => {
            let (lab, left) = (words.lab(*lab), format!("{quarters:.1}"));
            let lasts =
                if left == "1.0" { "one quarter".to_owned() } else { format!("{left} quarters") };
            item(
                58.0 + 14.0 * (2.0 - quarters).clamp(0.0, 2.0),
                [
                    format!("{lab} has cash for {lasts}"),
                    format!("Money runs low at {lab}: {lasts} left"),
                    format!("{} clock shows {lasts}", possessive(lab)),
                    format!("{lab} must raise money within {lasts}"),
                ],
            )
        }
        Fact::ServingShort { lab, lost_bn } => {
            let (lab, lost) = (words.lab(*lab), bn(*lost_bn));
            item(
                24.0 + (8.0 * lost_bn).min(24.0),
                [
                    format!("{lab} forgoes {lost} for want of machines"),
                    format!("{lab} turns away {lost} of custom it cannot serve"),
                    format!("More customers than machines: {lab} loses {lost}"),
                    format!("{} machines are full, and {lost} goes elsewhere", possessive(lab)),
                ],
            )
        }
        Fact::Rescued { lab, amount, pre_money } => {
            let (lab, sum, price) = (words.lab(*lab), money(*amount), money(*pre_money));
            item(
                97.0,
                [
                    format!("{lab} is rescued with {sum} at half its worth"),
                    format!("Out of cash, {lab} takes {sum} at {price}"),
                    format!("Strangers save {lab} for {sum}, and take half off its price"),
                ],
            )
        }
        Fact::CharterBroken { lab, independence } => {
            let (lab, own) = (words.lab(*lab), share(*independence));
            item(
                80.0,
                [
                    format!("{lab} is {own} its own master, too little for its charter"),
                    format!("{lab} breaks its charter: {own} independent"),
                    format!("{} staff watch its independence fall to {own}", possessive(lab)),
                ],
            )
        }
        Fact::CharterMended { lab, independence } => {
            let (lab, own) = (words.lab(*lab), share(*independence));
            item(
                56.0,
                [
                    format!("{lab} is its own master again, at {own}"),
                    format!("{lab} is back within its charter: {own} independent"),
                    format!("At {own}, {} charter holds once more", possessive(lab)),
                ],
            )
        }
        Fact::TalentLeft { from, points, to } => {
            let (from, size) = (words.seat(*from), format!("{points:.1}"));
            let where_to = to.map(|to| words.seat(to));
            let last = match where_to {
                Some(to) => {
                    format!("{to} gains most of what {from} loses: {size} points of talent")
                }
                None => format!("{from} is {size} points poorer in talent"),
            };
            item(
                44.0 + (10.0 * points).min(24.0),
                [
                    format!("People leave {from}, worth {size} points"),
                    match where_to {
                        Some(to) => format!("From {from} to {to}: {size} points of talent move"),
                        None => format!("{size} points of talent walk out of {from}"),
                    },
                    last,
                ],
            )
        }
        Fact::AccessPolicyChanged { lab, policy } => policy_changed(words.lab(*lab), *policy),
        _ => None,
    }
}

fn policy_changed(lab: &str, policy: AccessPolicy) -> Option<Item> {
    match policy {
        AccessPolicy::Open => item(
            50.0,
            [
                format!("{lab} lets every cloud resell its models"),
                format!("{} models, on any cloud that wants them", possessive(lab)),
            ],
        ),
        AccessPolicy::Partners => item(
            50.0,
            [
                format!("{lab} keeps its models for those who signed"),
                format!("No contract, no models: {lab} closes its door"),
            ],
        ),
        AccessPolicy::Restrained => item(
            50.0,
            [format!("{lab} holds its models close"), format!("{lab} shows its models to the few")],
        ),
    }
}

/// How a lab holds its talks.
pub(super) fn of_process(words: &Words, fact: &Fact) -> Option<Item> {
    match fact {
        Fact::ProcessAnnounced { lab, procedure } => announced(words, words.lab(*lab), *procedure),
        Fact::TemplatePublished { lab, template: Some(own) } => {
            let lab = words.lab(*lab);
            let (sum, price) = (money(own.amount), money(own.pre_money));
            let refuses = own.refuses.iter().next().map(process::refused);
            item(
                42.0,
                [
                    format!("{lab} names its price: {sum} at {price}"),
                    format!("{} own term sheet asks {sum} at {price}", possessive(lab)),
                    match refuses {
                        Some(refused) => format!("{lab} wants {sum} at {price}, and no {refused}"),
                        None => format!("{lab} prints the terms it wants: {sum} at {price}"),
                    },
                ],
            )
        }
        Fact::TemplatePublished { lab, template: None } => {
            let lab = words.lab(*lab);
            item(
                22.0,
                [
                    format!("{lab} takes its template back"),
                    format!("{lab} no longer says what it wants"),
                ],
            )
        }
        Fact::NoShopBought { lab, giant, fee } => {
            let (lab, giant, paid) = (words.lab(*lab), words.firm(*giant), money(*fee));
            item(
                62.0 + (10.0 * fee.bn()).min(10.0),
                [
                    format!("{giant} pays {paid} to have {lab} to itself"),
                    format!("{lab} shuts its door to all but {giant}, for {paid}"),
                    format!("{paid} buys {giant} a quarter alone with {lab}"),
                ],
            )
        }
        _ => None,
    }
}

fn announced(words: &Words, lab: &str, procedure: Procedure) -> Option<Item> {
    match procedure {
        Procedure::Competitive => item(
            58.0,
            [
                format!("{lab} calls for sealed bids"),
                format!("One envelope each: {lab} opens a competition"),
                format!("{lab} sets its suitors against each other"),
                format!("Best offers, sealed, asks {lab}"),
            ],
        ),
        Procedure::NoShop { with, fee } => {
            let (giant, fee) = (words.firm(with), money(fee));
            item(
                48.0,
                [
                    format!("{lab} would talk to {giant} alone, for {fee}"),
                    format!("{lab} puts {fee} on a quarter without rivals for {giant}"),
                    format!("{giant} may have {lab} to itself, at {fee}"),
                ],
            )
        }
        Procedure::Private => item(
            20.0,
            [format!("{lab} goes back to private talks"), format!("No more sealed bids at {lab}")],
        ),
    }
}
