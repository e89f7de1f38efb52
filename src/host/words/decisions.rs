//! What somebody decided, as a few words.

use crate::sim::deal::Deal;
use crate::sim::decision::{Choice, Decision, GiantPlan, LabPlan, WaiverMove};
use crate::sim::information::{Matter, Rumour};
use crate::sim::setting::Step;
use crate::study::Why;

use super::numbers::{bn, gigawatts, growth, money, share};
use super::{Words, clauses, labels, possessive, refusals};
use crate::ids::DealId;

/// A decision in a few words, as in *an offer to OpenAI: $10.0bn at …*.
pub fn phrase(words: &Words, deals: &[Deal], decision: &Decision) -> String {
    match *decision {
        Decision::Offer { to, sheet } => {
            let terms = clauses::sheet(words, deals, &sheet);
            format!("an offer to {}: {terms}", words.seat(to))
        }
        Decision::Ask { of } => format!("asking {} what it wants", words.seat(of)),
        Decision::Accept { from, choice } => match choice {
            Choice::Offer => format!("accepting {} terms", possessive(words.seat(from))),
            Choice::Route(number) => {
                format!("accepting {} route {}", possessive(words.seat(from)), number + 1)
            }
        },
        Decision::Propose { to, .. } => format!("showing {} routes", words.seat(to)),
        Decision::Hold { from, .. } => format!("holding with {}", words.seat(from)),
        Decision::WalkAway { from } => format!("walking away from {}", words.seat(from)),
        Decision::Waiver { deal, mv, .. } => {
            let over = deal_of(words, deals, deal);
            match mv {
                WaiverMove::Name(fee) => format!("a fee of {} for a waiver of {over}", money(fee)),
                WaiverMove::Accept => format!("accepting the fee for a waiver of {over}"),
                WaiverMove::Refuse => format!("refusing a waiver of {over}"),
            }
        }
        Decision::Terminate { deal } => format!("ending {}", deal_of(words, deals, deal)),
        Decision::Withhold { deal } => {
            format!("withholding compute under {}", deal_of(words, deals, deal))
        }
        Decision::Run(plan) => giant_plan(words, &plan),
        Decision::Steer(plan) => lab_plan(&plan),
        Decision::Convene(_) => "how the talks are held".to_owned(),
        Decision::Staff { .. } => "attention for the staff".to_owned(),
        Decision::BuyNoShop { of } => format!("paying {} for talks alone", words.seat(of)),
        Decision::Attend { lobbying, press } => {
            format!("attention: {lobbying} to lobbying, {press} to the press")
        }
        Decision::Claim { to, rival, .. } => {
            format!("a claim to {} about {}", words.seat(to), words.seat(rival))
        }
        Decision::Plant { rumour } => match rumour {
            Rumour::Talks { giant, lab, .. } => {
                format!("a rumour of talks between {} and {}", words.firm(giant), words.lab(lab))
            }
            Rumour::Trouble { of } => format!("a rumour of trouble at {}", words.seat(of)),
        },
        Decision::Investigate { subject } => match subject {
            Matter::Lab(lab) => format!("due diligence at {}", words.lab(lab)),
            Matter::Claim { by } => {
                format!("due diligence into {} claim", possessive(words.seat(by)))
            }
        },
        Decision::Loosen { deal, clause } => {
            let clause = clauses::name(clause).to_lowercase();
            format!("giving up {clause} in {}", deal_of(words, deals, deal))
        }
        Decision::Answer { dilemma, answer } => {
            let asked = words.level().dilemmas.get(dilemma.index());
            let answers = asked.map(|dilemma| &dilemma.answers);
            let given = answers.and_then(|answers| answers.get(usize::from(answer)));
            match (asked, given) {
                (Some(asked), Some(given)) => format!(
                    "the answer \"{}\" to \"{}\"",
                    uncast(words, &given.title),
                    uncast(words, &asked.title)
                ),
                _ => "an answer to a dilemma".to_owned(),
            }
        }
        Decision::Play { card } => match words.level().cards.get(card.index()) {
            Some(card) => format!("the card {}", uncast(words, &card.title)),
            None => "a card".to_owned(),
        },
    }
}

/// The kind of a decision in one word, for a column.
pub fn kind(decision: &Decision) -> &'static str {
    match decision {
        Decision::Offer { .. } => "offer",
        Decision::Ask { .. } => "ask",
        Decision::Accept { .. } => "accept",
        Decision::Propose { .. } => "propose",
        Decision::Hold { .. } => "hold",
        Decision::WalkAway { .. } => "walk_away",
        Decision::Waiver { .. } => "waiver",
        Decision::Terminate { .. } => "terminate",
        Decision::Withhold { .. } => "withhold",
        Decision::Run(_) | Decision::Steer(_) => "plan",
        Decision::Convene(_) => "convene",
        Decision::Staff { .. } => "staff",
        Decision::BuyNoShop { .. } => "no_shop",
        Decision::Attend { .. } => "attend",
        Decision::Claim { .. } => "claim",
        Decision::Plant { .. } => "plant",
        Decision::Investigate { .. } => "investigate",
        Decision::Loosen { .. } => "loosen",
        Decision::Answer { .. } => "answer",
        Decision::Play { .. } => "card",
    }
}

/// A title of the deck where nobody remembers who was cast in it.
fn uncast(words: &Words, title: &str) -> String {
    let parts = [("{giant}", "another giant"), ("{lab}", "the lab"), ("{seat}", "the seat")];
    let title = words.with_names(title);
    parts.into_iter().fold(title, |title, (part, name)| title.replace(part, name))
}

fn giant_plan(words: &Words, plan: &GiantPlan) -> String {
    let segments = words.level().segments.len();
    let mean = plan.price[..segments].iter().sum::<f64>() / segments.max(1) as f64;
    let push = plan.push.map(|segment| format!(", push {}", words.segment_in_text(segment)));
    let research = match plan.research_bn > 0.0 {
        true => format!(", research {}", bn(plan.research_bn)),
        false => String::new(),
    };
    format!(
        "a plan (prices {mean:.2} in the mean, order {}{research}{})",
        gigawatts(plan.order_gw),
        push.unwrap_or_default()
    )
}

fn lab_plan(plan: &LabPlan) -> String {
    format!(
        "a plan (pace {:.2}, training {}, price {:.2}, hiring {}, models {})",
        plan.pace,
        share(plan.training),
        plan.price,
        growth(plan.hiring),
        labels::access_policy(plan.access)
    )
}

fn deal_of(words: &Words, deals: &[Deal], id: DealId) -> String {
    match deals.iter().find(|deal| deal.id == id) {
        Some(deal) => format!(
            "the {}–{} deal of {}",
            words.firm(deal.giant),
            words.lab(deal.lab),
            words.quarter(deal.signed)
        ),
        None => "a deal".to_owned(),
    }
}

/// Why a decision was not kept in a branch.
pub fn not_kept(words: &Words, deals: &[Deal], step: Step, why: &Why) -> String {
    match why {
        Why::Refused(refusal) => refusals::sentence(words, deals, step, refusal),
        Why::OtherTerms => "Those terms are not on the table here.".to_owned(),
        Why::NoSuchDeal => "That deal was not signed here.".to_owned(),
        Why::Unreached => "The talks did not come so far here.".to_owned(),
    }
}
