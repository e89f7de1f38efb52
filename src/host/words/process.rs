//! A lab's process and template in words.

use crate::ids::LabId;
use crate::sim::deal::Clause;
use crate::sim::decision::Refusal;
use crate::sim::fact::Fact;
use crate::sim::process::{Procedure, Template};
use crate::sim::view::ProcessView;

use super::numbers::{count, money};
use super::{Words, listed, possessive};

/// `a competition of sealed best offers`, after a verb.
pub fn procedure(words: &Words, procedure: Procedure) -> String {
    match procedure {
        Procedure::Private => "private talks".to_owned(),
        Procedure::Competitive => "a competition of sealed best offers".to_owned(),
        Procedure::NoShop { with, fee } => {
            format!("talks with {} alone, for a fee of {}", words.firm(with), money(fee))
        }
    }
}

/// A clause in the form a template refuses it.
pub fn refused(clause: Clause) -> &'static str {
    match clause {
        Clause::Board => "directors",
        Clause::Exclusivity => "exclusivity",
        Clause::Access => "exclusive access",
        Clause::Barred => "barred investors",
        Clause::Tranche => "money that waits",
        _ => "other clauses",
    }
}

/// `$8.0bn at $120.0bn, without directors and exclusivity`.
pub fn template(template: &Template) -> String {
    let asks = format!("{} at {}", money(template.amount), money(template.pre_money));
    let refuses: Vec<&str> = template.refuses.iter().map(refused).collect();
    if refuses.is_empty() { asks } else { format!("{asks}, without {}", listed(&refuses)) }
}

/// How a lab holds its talks this quarter, as a sentence or two.
pub fn standing(words: &Words, lab: LabId, view: &ProcessView) -> String {
    let name = words.lab(lab);
    let process = &view.process;
    let held = match process.procedure {
        Procedure::Private => format!("{name} holds private talks."),
        Procedure::Competitive => format!(
            "{name} holds a competition: bids are sealed, opened after the last offers, and answered \
             at once. Before it now: {}.",
            count(view.bidders, "bid")
        ),
        Procedure::NoShop { with, fee } if process.paid => format!(
            "{name} talks with {} alone this quarter, for {}.",
            words.firm(with),
            money(fee)
        ),
        Procedure::NoShop { with, fee } => format!(
            "{name} would talk with {} alone for {}; until that is paid, talks are private.",
            words.firm(with),
            money(fee)
        ),
    };
    match &process.template {
        Some(own) => format!("{held} Its template: {}.", template(own)),
        None => held,
    }
}

pub(super) fn fact(words: &Words, fact: &Fact) -> Option<String> {
    Some(match fact {
        Fact::ProcessAnnounced { lab, procedure: kind } => {
            format!("{} announces {}.", words.lab(*lab), procedure(words, *kind))
        }
        Fact::TemplatePublished { lab, template: Some(own) } => {
            format!("{} publishes its template: {}.", words.lab(*lab), template(own))
        }
        Fact::TemplatePublished { lab, template: None } => {
            format!("{} takes its template back.", words.lab(*lab))
        }
        Fact::NoShopBought { lab, giant, fee } => format!(
            "{} pays {} {} for talks of its own: nobody else talks with {} this quarter.",
            words.firm(*giant),
            words.lab(*lab),
            money(*fee),
            words.lab(*lab)
        ),
        Fact::BidSealed { from, to } => {
            format!("{} hands {} a sealed bid.", words.seat(*from), words.seat(*to))
        }
        _ => return None,
    })
}

pub(super) fn refusal(words: &Words, refusal: &Refusal) -> Option<String> {
    Some(match refusal {
        Refusal::TalksAlone { lab, with } => format!(
            "{} talks with {} alone this quarter: {} paid for that. Others may come again next quarter.",
            words.lab(*lab),
            words.firm(*with),
            words.firm(*with)
        ),
        Refusal::BidsAreSealed { lab } => format!(
            "{} holds a competition this quarter: giants hand in sealed bids, and nothing else is said until they are opened in the last answers.",
            words.lab(*lab)
        ),
        Refusal::NotGranted { lab, clause } => format!(
            "{} template refuses {}: leave that out, or ask for less of it.",
            possessive(words.lab(*lab)),
            refused(*clause)
        ),
        Refusal::NotYourProcess => {
            "How talks are held is for a lab to say: private, as a competition, or with one giant alone.".to_owned()
        }
        Refusal::NoShopNotOnOffer { lab } => format!(
            "{} has not offered you talks of your own this quarter, or they are paid for already.",
            words.lab(*lab)
        ),
        _ => return None,
    })
}
