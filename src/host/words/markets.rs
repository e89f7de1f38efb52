//! Regulators and the capital market in words: facts, headlines, what moved a value.

use crate::sim::capital_market::{Doubt, News};
use crate::sim::deal::{Clause, Deal};
use crate::sim::fact::Fact;
use crate::sim::regulator::{Remedy, Subject};

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
            "Chips are short: {} of what {} ordered come a quarter late.",
            gigawatts(*gw),
            words.provider(*provider)
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
            "{} cloud has to be interoperable until {}: customers leave it with more ease.",
            possessive(firm),
            words.quarter(until)
        ),
        Remedy::Fined { amount } => format!("Regulators fine {firm} {}.", money(amount)),
    }
}

/// How much a fact of the markets or of regulators matters, and its headline.
pub fn headline(words: &Words, deals: &[Deal], fact: &Fact) -> Option<(f64, String)> {
    let about = |what: &Subject| match what {
        Subject::Lab(lab) => words.lab(*lab).to_owned(),
        Subject::Cloud => "the cloud".to_owned(),
    };
    Some(match fact {
        Fact::InquiryOpened { firm, subject, .. } => {
            (72.0, format!("Regulators look into {} and {}", words.firm(*firm), about(subject)))
        }
        Fact::InquiryCleared { firm, subject } => {
            (62.0, format!("{} is cleared over {}", words.firm(*firm), about(subject)))
        }
        Fact::RemedyImposed { firm, remedy } => {
            (78.0, remedy_headline(words, deals, words.firm(*firm), *remedy))
        }
        Fact::ClauseLoosened { giant, lab, clause, .. } => {
            let grip = match clause {
                Clause::Board => "leaves the board of",
                Clause::Barred => "opens the door to investors in",
                _ => "loosens its hold on",
            };
            (64.0, format!("{} {grip} {}", words.firm(*giant), words.lab(*lab)))
        }
        Fact::CircularRevenue { firm, part, .. } => {
            (52.0, format!("{} of what {} sells is its own money", share(*part), words.firm(*firm)))
        }
        Fact::CircularDoubted { firm, doubt, .. } => {
            let why = match doubt {
                Doubt::Downturn => "in a cautious market".to_owned(),
                Doubt::Rescue(lab) => format!("as {} is rescued", words.lab(*lab)),
                Doubt::Disappointment(lab) => format!("on {} sales", possessive(words.lab(*lab))),
            };
            (70.0, format!("{} circular money unwinds {why}", possessive(words.firm(*firm))))
        }
        Fact::ChipsLate { provider, gw } => (
            28.0 + (40.0 * gw).min(20.0),
            format!("{} waits for chips for {}", words.provider(*provider), gigawatts(*gw)),
        ),
        Fact::FavourChanged { firm, favoured } => {
            let names: Vec<&str> = favoured.iter().map(|seat| words.seat(seat)).collect();
            let headline = match names.is_empty() {
                true => format!("{} serves all buyers alike", words.firm(*firm)),
                false => format!("{} puts {} first in line", words.firm(*firm), listed(&names)),
            };
            (40.0, headline)
        }
        Fact::NewsMovedValue { firm, by_bn, news } => {
            let why = match news {
                News::Business(_) => "its new tenant",
                News::TakenByRival(_) => "a rival's deal",
                News::RightsLost(_) => "rights it has lost",
                News::CapitalSpending => "its building plans",
                News::Inquiry => "an inquiry",
                News::CircularGrowth => "growing sales to those it funds",
                News::CircularDoubt => "doubts about sales to those it funds",
                News::Rumour => "a rumour",
                News::Press => "its own account of itself",
            };
            let way = if *by_bn < 0.0 { "falls" } else { "rises" };
            (12.0, format!("{} {way} on {why}", words.firm(*firm)))
        }
        _ => return None,
    })
}

fn remedy_headline(words: &Words, deals: &[Deal], firm: &str, remedy: Remedy) -> String {
    let lab = |id| {
        let deal = deals.iter().find(|deal| deal.id == id);
        deal.map_or("a lab", |deal| words.lab(deal.lab))
    };
    match remedy {
        Remedy::Undone { deal, .. } => {
            format!("Regulators loosen {} hold on {}", possessive(firm), lab(deal))
        }
        Remedy::TrancheStopped { deal, amount } => {
            format!("Regulators stop {} {} for {}", possessive(firm), money(amount), lab(deal))
        }
        Remedy::CommitmentStopped { deal, .. } => {
            format!("Regulators cap what {} must rent from {firm}", lab(deal))
        }
        Remedy::Interoperable { .. } => format!("{firm} must let its cloud customers go with ease"),
        Remedy::Fined { amount } => format!("{firm} is fined {}", money(amount)),
    }
}
