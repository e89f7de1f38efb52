//! What happened, one sentence a fact.

use crate::ids::{DealId, SeatId};
use crate::sim::deal::Deal;
use crate::sim::decision::{AccessPolicy, Because, Blocker};
use crate::sim::fact::{Fact, Provider};

use super::numbers::{bn, gigawatts, money, points_change, share};
use super::refusals::upper_first;
use super::{Words, clauses, hearsay, markets, possessive, process, stories};

/// A fact as a sentence.
pub fn sentence(words: &Words, deals: &[Deal], fact: &Fact) -> String {
    talk(words, deals, fact)
        .or_else(|| process::fact(words, fact))
        .or_else(|| deal(words, deals, fact))
        .or_else(|| giant(words, fact))
        .or_else(|| lab(words, fact))
        .or_else(|| stories::sentence(words, fact))
        .or_else(|| hearsay::sentence(words, fact))
        .unwrap_or_else(|| world(words, deals, fact))
}

fn talk(words: &Words, deals: &[Deal], fact: &Fact) -> Option<String> {
    let seat = |seat: SeatId| words.seat(seat);
    Some(match fact {
        Fact::OfferMade { from, to, sheet } => {
            let terms = clauses::sheet(words, deals, sheet);
            match from.index() < words.level().giants.len() {
                true => format!("{} offers {} {terms}.", seat(*from), seat(*to)),
                false => format!("{} asks {} for {terms}.", seat(*from), seat(*to)),
            }
        }
        Fact::Asked { by, of } => {
            format!("{} asks {} what it would take.", seat(*by), seat(*of))
        }
        Fact::RoutesShown { by, to } => {
            format!("{} shows {} the terms it would sign.", seat(*by), seat(*to))
        }
        Fact::Held { by, from, because } => {
            format!(
                "{} does not sign with {}. {}",
                seat(*by),
                seat(*from),
                reason(words, deals, because)
            )
        }
        Fact::Insulted { by, other } => format!(
            "{} terms are so far from what {} is worth that they cost patience.",
            possessive(seat(*by)),
            worth_of(words, *by, *other)
        ),
        Fact::WalkedAway { by, from } => {
            format!("{} leaves the table with {}.", seat(*by), seat(*from))
        }
        Fact::PatienceEnded { of, with } => format!(
            "{} has had enough of {} and closes the table.",
            seat(*of),
            possessive_moves(words, *with)
        ),
        Fact::AcceptanceFailed { by, from, sheet, conflict } => {
            let why = match conflict {
                Some(deal) => format!("{} stands in the way", deal_name(words, deals, *deal)),
                None if sheet.replaces.is_some() => {
                    "the deal it was to replace, or the cash for it, is no longer there".to_owned()
                }
                None => "the cash is no longer there".to_owned(),
            };
            format!(
                "{} and {} would have signed {}, a moment too late: {why}.",
                seat(*by),
                seat(*from),
                clauses::sheet(words, deals, sheet)
            )
        }
        Fact::AgreedInPrinciple { by, with, sheet, deal } => format!(
            "{} and {} agree to {}, if {} is waived before the talks of the quarter end.",
            seat(*by),
            seat(*with),
            clauses::sheet(words, deals, sheet),
            deal_name(words, deals, *deal)
        ),
        Fact::AgreementLapsed { by, with, deal } => format!(
            "What {} and {} had agreed lapses unsigned: no waiver of {} was to be had this quarter.",
            seat(*by),
            seat(*with),
            deal_name(words, deals, *deal)
        ),
        Fact::WaiverFeeNamed { by, to, deal, fee } => {
            let holds = deals.iter().any(|held| held.id == *deal && held.giant.seat() == *by);
            let verb = if holds { "asks" } else { "offers" };
            let name = deal_name(words, deals, *deal);
            format!("{} {verb} {} {} for a waiver of {name}.", seat(*by), seat(*to), money(*fee))
        }
        Fact::WaiverRefused { by, to, deal } => format!(
            "{} ends the talks with {} over a waiver of {} for this quarter.",
            seat(*by),
            seat(*to),
            deal_name(words, deals, *deal)
        ),
        _ => return None,
    })
}

fn possessive_moves(words: &Words, seat: SeatId) -> String {
    format!("{} insults and trifles", possessive(words.seat(seat)))
}

/// The lab of a table's two seats.
fn worth_of(words: &Words, one: SeatId, other: SeatId) -> &str {
    words.seat(if one.index() < words.level().giants.len() { other } else { one })
}

/// The deal whose life after signing a fact tells of.
pub fn after_signing(fact: &Fact) -> Option<DealId> {
    match *fact {
        Fact::TranchePaid { deal, .. }
        | Fact::TrancheLapsed { deal, .. }
        | Fact::ExclusivityLapsed { deal, .. }
        | Fact::AccessLapsed { deal, .. }
        | Fact::WarrantsUsed { deal, .. }
        | Fact::WarrantsLapsed { deal, .. }
        | Fact::RevenueShareMissed { deal, .. }
        | Fact::RevenueShareEnded { deal }
        | Fact::LicenceLapsed { deal, .. }
        | Fact::OwnChipsLapsed { deal, .. }
        | Fact::WaiverSold { deal, .. }
        | Fact::PromiseLate { deal, .. }
        | Fact::PromiseBroken { deal, .. }
        | Fact::DealEnded { deal, .. }
        | Fact::ClauseLoosened { deal, .. } => Some(deal),
        Fact::Renegotiated { old, .. } => Some(old),
        _ => None,
    }
}

/// Why a side holds, as an analyst reads it.
pub fn reason(words: &Words, deals: &[Deal], because: &Because) -> String {
    let short = match because.short_by_tenths {
        0 => None,
        1..=9 => Some(format!(
            "An analyst who follows both puts the terms short by up to {}% of the sum on offer",
            10 * u32::from(because.short_by_tenths)
        )),
        _ => Some(
            "An analyst who follows both puts the terms short by as much as the whole sum or more"
                .to_owned(),
        ),
    };
    let worst = because
        .worst
        .map(|clause| format!("{} weighs most against them", clauses::in_text(clause)));
    let price = match (short, worst) {
        (Some(short), Some(worst)) => format!("{short}; {worst}."),
        (Some(short), None) => format!("{short}."),
        (None, Some(worst)) => format!("On an analyst's reading {worst}."),
        (None, None) if because.waits => {
            "An analyst who follows both says the terms would do, and that other bids are awaited \
             first."
                .to_owned()
        }
        (None, None) => String::new(),
    };
    match because.blocker {
        None if price.is_empty() => "No reason is known.".to_owned(),
        None => price,
        Some(blocker) => {
            format!("{} {price}", hard_blocker(words, deals, blocker)).trim_end().to_owned()
        }
    }
}

fn hard_blocker(words: &Words, deals: &[Deal], blocker: Blocker) -> String {
    match blocker {
        Blocker::Covenant(deal) => {
            upper_first(&format!("{} forbids it at any price.", deal_name(words, deals, deal)))
        }
        Blocker::Cash => "The cash for it is not there.".to_owned(),
        Blocker::NotRaising => {
            "It has money enough for now and is not selling more of itself.".to_owned()
        }
    }
}

/// A deal by its parties and date: "the Microsoft–OpenAI deal of 4Q25".
pub fn deal_name(words: &Words, deals: &[Deal], id: DealId) -> String {
    match deals.iter().find(|deal| deal.id == id) {
        Some(deal) => {
            let (giant, lab) = (words.firm(deal.giant), words.lab(deal.lab));
            format!("the {giant}–{lab} deal of {}", words.quarter(deal.signed))
        }
        None => "an earlier deal".to_owned(),
    }
}

fn deal(words: &Words, deals: &[Deal], fact: &Fact) -> Option<String> {
    let named = |id: &DealId| deal_name(words, deals, *id);
    Some(match fact {
        Fact::Signed { giant, lab, sheet, .. } => format!(
            "{} and {} sign: {}.",
            words.firm(*giant),
            words.lab(*lab),
            clauses::signed(words, deals, sheet)
        ),
        Fact::TranchePaid { deal, amount } => {
            format!("The second tranche of {}, {}, is paid.", named(deal), money(*amount))
        }
        Fact::TrancheLapsed { deal, amount } => {
            format!("The second tranche of {}, {}, lapses unpaid.", named(deal), money(*amount))
        }
        Fact::ExclusivityLapsed { giant, lab, .. } => format!(
            "{} exclusive rights over {} have run out.",
            possessive(words.firm(*giant)),
            words.lab(*lab)
        ),
        Fact::WaiverSold { deal, holder, buyer, fee } => format!(
            "{} pays {} {} for a waiver: {} no longer stands in its way.",
            words.firm(*buyer),
            words.firm(*holder),
            money(*fee),
            named(deal)
        ),
        Fact::PromiseLate { deal, what, by } => format!(
            "{} is late with {} under {}.",
            words.seat(*by),
            clauses::in_text(*what),
            named(deal)
        ),
        Fact::PromiseBroken { deal, what, by, damages } if damages.is_zero() => format!(
            "{} does not keep its promise of {} under {}, and has no cash for damages.",
            words.seat(*by),
            clauses::in_text(*what),
            named(deal)
        ),
        Fact::PromiseBroken { deal, what, by, damages } => format!(
            "{} does not keep its promise of {} under {}, and pays {} in damages.",
            words.seat(*by),
            clauses::in_text(*what),
            named(deal),
            money(*damages)
        ),
        Fact::DealEnded { deal, by, payer, fee, .. } => {
            let paid = if fee.is_zero() {
                "Nothing is owed for it.".to_owned()
            } else {
                format!("{} pays {} for it.", words.seat(*payer), money(*fee))
            };
            format!("{} ends the terms of {} early. {paid}", words.seat(*by), named(deal))
        }
        Fact::Renegotiated { old, new } => {
            format!("{} takes the place of {}.", upper_first(&named(new)), named(old))
        }
        Fact::AccessLapsed { giant, lab, .. } => format!(
            "{} access to {} models has run out.",
            possessive(words.firm(*giant)),
            possessive(words.lab(*lab))
        ),
        other => return fuller(words, deals, other),
    })
}

/// What the clauses did that few sheets have.
fn fuller(words: &Words, deals: &[Deal], fact: &Fact) -> Option<String> {
    let named = |id: &DealId| deal_name(words, deals, *id);
    Some(match fact {
        Fact::NoteConverted { lab, holder, amount, .. } => format!(
            "{} note of {} turns into shares of {}.",
            possessive(words.seat(*holder)),
            money(*amount),
            words.lab(*lab)
        ),
        Fact::DilutionMended { lab, holder, shares } => format!(
            "{} sells shares below an earlier price: {}, which is protected, gets {:.1}m more.",
            words.lab(*lab),
            words.seat(*holder),
            *shares as f64 / 1e6
        ),
        Fact::ProRataTaken { deal, holder, amount } => format!(
            "{} keeps its part and puts {} into the round of {}.",
            words.firm(*holder),
            money(*amount),
            named(deal)
        ),
        Fact::WarrantsUsed { deal, amount } => format!(
            "Warrants of {} are used: {} buys shares at the price of then.",
            named(deal),
            money(*amount)
        ),
        Fact::WarrantsLapsed { deal, amount } => {
            format!("Warrants of {} lapse with {} unused.", named(deal), money(*amount))
        }
        Fact::RevenueShareMissed { deal, short } => format!(
            "The lab lacks {} of the revenue share due under {}.",
            money(*short),
            named(deal)
        ),
        Fact::RevenueShareEnded { deal } => {
            format!("The revenue share of {} has reached its cap and ends.", named(deal))
        }
        Fact::LicenceLapsed { giant, lab, .. } => format!(
            "{} licence to {} models has run out.",
            possessive(words.firm(*giant)),
            possessive(words.lab(*lab))
        ),
        Fact::OwnChipsLapsed { giant, lab, .. } => format!(
            "{} no longer has to run on {} chips.",
            words.lab(*lab),
            possessive(words.firm(*giant))
        ),
        _ => return None,
    })
}

fn giant(words: &Words, fact: &Fact) -> Option<String> {
    Some(match fact {
        Fact::PriceChanged { firm, segment, from, to } => format!(
            "{} {} its prices to {} by {}.",
            words.firm(*firm),
            if to < from { "cuts" } else { "raises" },
            words.segment_in_text(*segment),
            share((to / from - 1.0).abs())
        ),
        Fact::OrderChanged { firm, from_gw, to_gw } => format!(
            "{} orders {} a quarter, {} from {}.",
            words.firm(*firm),
            gigawatts(*to_gw),
            if to_gw < from_gw { "down" } else { "up" },
            gigawatts(*from_gw)
        ),
        Fact::ResearchChanged { firm, from_bn, to_bn } => format!(
            "{} sets its research budget at {} a quarter, {} from {}.",
            words.firm(*firm),
            bn(*to_bn),
            if to_bn < from_bn { "down" } else { "up" },
            bn(*from_bn)
        ),
        Fact::PushChanged { firm, segment: Some(segment) } => format!(
            "{} sends its sales people after {}.",
            words.firm(*firm),
            words.segment_in_text(*segment)
        ),
        Fact::PushChanged { firm, segment: None } => {
            format!("{} spreads its sales people evenly again.", words.firm(*firm))
        }
        Fact::ChipPriceChanged { firm, from, to } => format!(
            "{} {} the price of its chips by {}.",
            words.firm(*firm),
            if to < from { "cuts" } else { "raises" },
            share((to / from - 1.0).abs())
        ),
        Fact::CapacityArrived { provider, gw } => {
            format!(
                "{} of new capacity comes on line at {}.",
                gigawatts(*gw),
                words.provider_in_text(*provider)
            )
        }
        Fact::CapacityShort { provider, turned_away_bn } => format!(
            "Sold out: {} a quarter of demand that was won is turned away at {}.",
            bn(*turned_away_bn),
            words.provider_in_text(*provider)
        ),
        Fact::AccessMoved { firm, from_points, to_points } => format!(
            "The best models for {} customers now stand at {} points against the frontier, from {}.",
            possessive(words.firm(*firm)),
            points_change(*to_points),
            points_change(*from_points)
        ),
        Fact::CapitalSpendingCut { firm, order_gw } => format!(
            "Debt makes {} build less: it orders {} instead of what it planned.",
            words.firm(*firm),
            gigawatts(*order_gw)
        ),
        Fact::Borrowed { firm, amount } => {
            format!(
                "{} borrows {} to keep its cash above the floor.",
                words.firm(*firm),
                money(*amount)
            )
        }
        _ => return None,
    })
}

fn lab(words: &Words, fact: &Fact) -> Option<String> {
    Some(match fact {
        Fact::LabPlanChanged { lab } => format!("{} changes its plan.", words.lab(*lab)),
        Fact::FrontierPassed { by, points } => {
            format!("{} takes the lead with a model of {points:.1} points.", words.seat(*by))
        }
        Fact::RunwayShort { lab, quarters } => {
            format!("{} has cash for {quarters:.1} quarters of its plan.", words.lab(*lab))
        }
        Fact::ServingShort { lab, lost_bn } => format!(
            "{} lacks the machines to serve its customers and forgoes {} of sales.",
            words.lab(*lab),
            bn(*lost_bn)
        ),
        Fact::Rescued { lab, amount, pre_money } => format!(
            "{} runs out of cash. Outside investors put in {} at {} pre-money, half its worth.",
            words.lab(*lab),
            money(*amount),
            money(*pre_money)
        ),
        Fact::TalentLeft { from, points, to } => {
            let to = to.map(|seat| format!(", most of it for {}", words.seat(seat)));
            format!(
                "Talent worth {points:.1} points of capability leaves {}{}.",
                words.seat(*from),
                to.unwrap_or_default()
            )
        }
        Fact::CharterMended { lab, independence } => format!(
            "{} is back above the floor of its charter, at an independence of {}.",
            words.lab(*lab),
            share(*independence)
        ),
        Fact::AccessPolicyChanged { lab, policy } => match policy {
            AccessPolicy::Open => {
                format!(
                    "{} opens its models to every cloud that will resell them.",
                    words.lab(*lab)
                )
            }
            AccessPolicy::Partners => {
                format!(
                    "{} models go to the clouds it has signed with, and no others.",
                    possessive(words.lab(*lab))
                )
            }
            AccessPolicy::Restrained => format!(
                "{} keeps its models close: partners under contract and chosen customers only.",
                words.lab(*lab)
            ),
        },
        Fact::CharterBroken { lab, independence } => format!(
            "{} independence falls to {}, below the floor of its charter; its staff take note.",
            possessive(words.lab(*lab)),
            share(*independence)
        ),
        _ => return None,
    })
}

fn world(words: &Words, deals: &[Deal], fact: &Fact) -> String {
    match fact {
        Fact::OpenWeightsShock { points } => {
            format!("Open models leap by up to {points:.0} points toward the frontier.")
        }
        Fact::Downturn { quarters } => format!(
            "Capital turns cautious: for {quarters} quarters investors count a stake at two fifths, and the market grows more slowly."
        ),
        Fact::DownturnOver => "Capital is no longer cautious.".to_owned(),
        Fact::ChipShortage { cost_pct } => format!(
            "Chips run short: capacity due this quarter comes a quarter late, and new orders cost {cost_pct:.0}% more."
        ),
        Fact::Outage { provider, .. } => {
            let whom = if *provider == Provider::Others { "them" } else { "it" };
            let whose = words.provider_in_text(*provider);
            format!("An outage at {whose} costs {whom} appeal for a quarter.")
        }
        Fact::NewsMovedValue { firm, by_bn, news } => format!(
            "The market marks {} {} by {} on {}.",
            words.firm(*firm),
            if *by_bn < 0.0 { "down" } else { "up" },
            bn(by_bn.abs()),
            markets::news(words, deals, *news)
        ),
        fact => markets::regulation(words, deals, fact)
            .or_else(|| markets::money_and_chips(words, fact))
            .unwrap_or_default(),
    }
}
