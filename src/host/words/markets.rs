//! Regulators and the capital market in words: facts, headlines, what moved a value.

use crate::sim::capital_market::{Doubt, News};
use crate::sim::deal::{Clause, Deal};
use crate::sim::fact::Fact;
use crate::sim::regulator::{Remedy, Subject};

use crate::units::Quarter;

use super::facts::deal_name;
use super::numbers::{bn, gigawatts, money, share};
use super::{Words, listed, possessive};

/// What news was about, after "on".
pub fn news(words: &Words, deals: &[Deal], news: News) -> String {
    match news {
        News::Business(deal) => deal_name(words, deals, deal),
        News::TakenByRival(deal) => {
            format!("the business that {} takes elsewhere", deal_name(words, deals, deal))
        }
        News::RightsLost(deal) => {
            format!("the rights it no longer has in {}", deal_name(words, deals, deal))
        }
        News::CapitalSpending => "its capital spending".to_owned(),
        News::Inquiry => "the inquiry opened against it".to_owned(),
        News::CircularGrowth => "revenue that its own money pays for".to_owned(),
        News::CircularDoubt => "doubts about revenue that its own money pays for".to_owned(),
        News::Rumour => "what is rumoured of it".to_owned(),
        News::Press => "what it tells the press".to_owned(),
    }
}

/// The same in a few words, for a list of parts.
pub fn news_in_short(words: &Words, deals: &[Deal], news: News) -> String {
    let with = |id| {
        deals.iter().find(|deal| deal.id == id).map_or_else(String::new, |deal| {
            format!("{}–{}", words.firm(deal.giant), words.lab(deal.lab))
        })
    };
    match news {
        News::Business(deal) => format!("business from {}", with(deal)),
        News::TakenByRival(deal) => format!("business gone with {}", with(deal)),
        News::RightsLost(_) => "exclusive rights lost".to_owned(),
        News::CapitalSpending => "capital spending nobody expected".to_owned(),
        News::Inquiry => "the inquiry".to_owned(),
        News::CircularGrowth => "revenue its own money pays for".to_owned(),
        News::CircularDoubt => "doubts about such revenue".to_owned(),
        News::Rumour => "rumours".to_owned(),
        News::Press => "the press".to_owned(),
    }
}

/// What an inquiry looks at, after "into".
pub fn subject(words: &Words, subject: Subject) -> String {
    match subject {
        Subject::Lab(lab) => format!("its hold on {}", words.lab(lab)),
        Subject::Cloud => "its weight in the cloud".to_owned(),
    }
}

/// What giving up a clause means, with the deal it is in.
pub fn given_up(clause: Clause) -> &'static str {
    match clause {
        Clause::Exclusivity => "the exclusive rights",
        Clause::Access => "the sole use of the models (early access stays)",
        Clause::Board => "its seat on the board (a director stays on as an observer)",
        Clause::Consent => "the right of consent",
        Clause::OwnChips => "the part on its own chips",
        Clause::Licence => "the licence to the models",
        Clause::Barred => "the bar on other investors",
        _ => "the clause",
    }
}

/// The same in a headline.
pub fn given_up_in_short(clause: Clause) -> &'static str {
    match clause {
        Clause::Exclusivity => "its exclusive rights",
        Clause::Access => "the sole use of the models",
        Clause::Board => "the vote on the board",
        Clause::Consent => "the right of consent",
        Clause::OwnChips => "the choice of chips",
        Clause::Licence => "the licence",
        Clause::Barred => "the bar on rivals",
        _ => "a clause",
    }
}

/// A fact about circular money or chips as a sentence.
pub fn money_and_chips(words: &Words, fact: &Fact) -> Option<String> {
    Some(match fact {
        Fact::CircularRevenue { firm, part, revenue_bn } => format!(
            "{} of {} revenue in the quarter, {}, is money that it had put into labs itself.",
            bn(*revenue_bn),
            possessive(words.firm(*firm)),
            share(*part)
        ),
        Fact::CircularDoubted { firm, doubt, by_bn } => format!(
            "{}, and the market asks how much of {} revenue will last without its own money: its value falls by {}.",
            doubt_in_text(words, *doubt),
            possessive(words.firm(*firm)),
            bn(by_bn.abs())
        ),
        Fact::ChipsLate { provider, gw } => format!(
            "Chips are short: {} of what was ordered for {} comes a quarter late.",
            gigawatts(*gw),
            words.provider_in_text(*provider)
        ),
        Fact::FavourChanged { firm, favoured } if favoured.is_empty() => {
            format!("{} serves all buyers of its chips alike.", words.firm(*firm))
        }
        Fact::FavourChanged { firm, favoured } => {
            let names: Vec<&str> = favoured.iter().map(|seat| words.seat(seat)).collect();
            format!("{} serves {} first when chips are short.", words.firm(*firm), listed(&names))
        }
        _ => return None,
    })
}

fn doubt_in_text(words: &Words, doubt: Doubt) -> String {
    match doubt {
        Doubt::Downturn => "Capital turns cautious".to_owned(),
        Doubt::Rescue(lab) => format!("{} has to be rescued", words.lab(lab)),
        Doubt::Disappointment(lab) => {
            format!("{} sales disappoint", possessive(words.lab(lab)))
        }
    }
}

/// A fact about regulators as a sentence.
pub fn regulation(words: &Words, deals: &[Deal], fact: &Fact) -> Option<String> {
    Some(match fact {
        Fact::InquiryOpened { firm, subject: what, ends } => format!(
            "Regulators open an inquiry into {} and {}; it is to end in {}. It takes a point of attention a quarter.",
            words.firm(*firm),
            subject(words, *what),
            words.quarter(*ends)
        ),
        Fact::InquiryCleared { firm, subject: what } => format!(
            "The inquiry into {} and {} ends without remedies.",
            words.firm(*firm),
            subject(words, *what)
        ),
        Fact::RemedyImposed { firm, remedy } => {
            self::remedy(words, deals, words.firm(*firm), *remedy)
        }
        Fact::ClauseLoosened { deal, giant, lab, clause } => format!(
            "{} gives up {} of {}. {} trusts it a little more, and regulators take note.",
            words.firm(*giant),
            given_up(*clause),
            deal_name(words, deals, *deal),
            words.lab(*lab)
        ),
        _ => return None,
    })
}

fn remedy(words: &Words, deals: &[Deal], firm: &str, remedy: Remedy) -> String {
    match remedy {
        Remedy::Undone { deal, clause } => format!(
            "Regulators make {firm} give up {} of {}.",
            given_up(clause),
            deal_name(words, deals, deal)
        ),
        Remedy::TrancheStopped { deal, amount } => format!(
            "Regulators stop the second tranche of {}, {}: it will not be paid.",
            deal_name(words, deals, deal),
            money(amount)
        ),
        Remedy::CommitmentStopped { deal, megawatts } => format!(
            "Regulators hold the compute promised in {} at {}: no more of it has to be rented there.",
            deal_name(words, deals, deal),
            gigawatts(f64::from(megawatts) / 1_000.0)
        ),
        Remedy::Interoperable { until } => format!(
            "{} cloud has to be interoperable through {}: customers leave it with more ease.",
            possessive(firm),
            words.quarter(Quarter(until.0.saturating_sub(1)))
        ),
        Remedy::Fined { amount } => format!("Regulators fine {firm} {}.", money(amount)),
    }
}
