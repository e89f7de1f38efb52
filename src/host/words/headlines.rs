//! The front page: a headline and stories made of what happened, and never the same headline twice.

use std::sync::Arc;

use crate::ids::{FirmId, LabId, SeatId, SegmentId};
use crate::sim::deal::{AccessTier, Condition, Deal, Exclusivity, TermSheet};
use crate::sim::fact::Fact;
use crate::sim::game::ClosedQuarter;
use crate::sim::view::Published;
use crate::units::Money;

use super::numbers::{bn, gigawatts, growth, money, share, share_change};
use super::{Words, facts, hearsay, markets, possessive};

/// What stands on a front page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FrontPage {
    pub headline: String,
    pub stories: Vec<String>,
}

/// A piece of news: how much it matters, a headline for it, and its story.
struct News {
    weight: f64,
    headline: String,
    story: String,
}

/// Stories on a page beside the one under the headline.
const STORIES: usize = 3;

/// The page printed after the last of these quarters, for a seat. Headlines of earlier pages are
/// worked out again, so that a game resumed prints what it would have printed.
pub fn page(
    words: &Words,
    deals: &[Deal],
    opening: &Published,
    closed: &[Arc<ClosedQuarter>],
    seat: SeatId,
) -> FrontPage {
    let mut used: Vec<String> = Vec::new();
    let mut latest = opening_page(words, opening);
    for (number, quarter) in closed.iter().enumerate() {
        let before = if number == 0 { opening } else { &*closed[number - 1].published };
        let mut news = gather(words, deals, before, quarter, seat);
        news.sort_by(|one, other| other.weight.total_cmp(&one.weight));
        latest = lay_out(news, &used);
        used.push(latest.headline.clone());
    }
    latest
}

fn opening_page(words: &Words, opening: &Published) -> FrontPage {
    let level = words.level();
    let leader = words.seat(opening.frontier.leader);
    let stories = vec![
        level.premise.clone(),
        format!(
            "The cloud turns over {} a quarter. {leader} has the best model, at {:.0} points; open models stand at {:.0}.",
            bn(opening.market.revenue_bn),
            opening.frontier.points,
            opening.frontier.open_weights
        ),
    ];
    FrontPage { headline: level.title.clone(), stories }
}

fn lay_out(news: Vec<News>, used: &[String]) -> FrontPage {
    let lead = news.iter().position(|item| !used.contains(&item.headline)).unwrap_or(0);
    let mut stories: Vec<String> = Vec::new();
    let mut headline = String::new();
    let mut rest = Vec::new();
    for (place, item) in news.into_iter().enumerate() {
        if place == lead {
            headline = item.headline;
            stories.push(item.story);
        } else {
            rest.push(item.story);
        }
    }
    for story in rest {
        if stories.len() <= STORIES && !stories.contains(&story) {
            stories.push(story);
        }
    }
    FrontPage { headline, stories }
}

fn gather(
    words: &Words,
    deals: &[Deal],
    before: &Published,
    closed: &ClosedQuarter,
    seat: SeatId,
) -> Vec<News> {
    let mut news: Vec<News> = closed
        .facts
        .iter()
        .filter(|fact| fact.seen_by(seat) && newsworthy(fact))
        .filter_map(|fact| {
            let (weight, headline) = headline(words, deals, fact)?;
            let mine = fact.subject(words.level().giants.len()) == Some(seat)
                || matches!(fact, Fact::Signed { lab, .. } if words.lab_seat(*lab) == seat);
            let part = matches!(fact, Fact::Signed { lab, .. } if several(&closed.facts, *lab));
            let weight = if mine {
                weight * 1.15
            } else if part {
                weight * 0.3
            } else {
                weight
            };
            Some(News { weight, headline, story: facts::sentence(words, deals, fact) })
        })
        .collect();
    news.extend(rounds(words, &closed.facts));
    news.extend(price_news(words, &closed.facts));
    news.extend(figures(words, before, &closed.published));
    news
}

/// A firm's new prices, one piece of news however many segments they are for.
fn price_news(words: &Words, facts: &[Fact]) -> Vec<News> {
    let firms = (0..words.level().giants.len()).map(|place| FirmId(place as u8));
    firms.filter_map(|firm| price_news_of(words, firm, facts)).collect()
}

fn price_news_of(words: &Words, firm: FirmId, facts: &[Fact]) -> Option<News> {
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
    let (verb, size) = (if largest.1 < 0.0 { "cuts" } else { "raises" }, share(largest.1.abs()));
    let whom = words.segment_in_text(largest.0);
    let headline = if moves.len() > 1 {
        format!("{name} {verb} its cloud prices by up to {size}")
    } else {
        format!("{name} {verb} prices to {whom} by {size}")
    };
    let each: Vec<String> = moves
        .iter()
        .map(|(segment, by)| format!("{} {}", words.segment_in_text(*segment), growth(*by)))
        .collect();
    let story = format!("{name} changes its cloud prices: {}.", super::listed(&each));
    Some(News { weight: 20.0 + 200.0 * largest.1.abs(), headline, story })
}

/// Talks stay at the table; the paper prints what is public.
fn newsworthy(fact: &Fact) -> bool {
    !matches!(
        fact,
        Fact::OfferMade { .. }
            | Fact::Asked { .. }
            | Fact::RoutesShown { .. }
            | Fact::Held { .. }
            | Fact::Insulted { .. }
            | Fact::WalkedAway { .. }
            | Fact::PatienceEnded { .. }
            | Fact::AcceptanceFailed { .. }
            | Fact::AgreedInPrinciple { .. }
            | Fact::AgreementLapsed { .. }
            | Fact::WaiverFeeNamed { .. }
            | Fact::WaiverRefused { .. }
            | Fact::Claimed { .. }
            | Fact::LeakTraced { .. }
            | Fact::LookedInto { .. }
    )
}

/// How much a fact matters, and its headline.
fn headline(words: &Words, deals: &[Deal], fact: &Fact) -> Option<(f64, String)> {
    deal_headline(words, deals, fact)
        .or_else(|| lab_headline(words, fact))
        .or_else(|| giant_headline(words, fact))
        .or_else(|| hearsay::headline(words, fact))
        .or_else(|| markets::headline(words, deals, fact))
        .or_else(|| super::stories::headline(words, fact))
}

fn deal_headline(words: &Words, deals: &[Deal], fact: &Fact) -> Option<(f64, String)> {
    let firm = |firm: &FirmId| words.firm(*firm);
    let lab = |lab: &LabId| words.lab(*lab);
    let parties = |id| {
        let deal = deals.iter().find(|deal| deal.id == id)?;
        Some((words.firm(deal.giant), words.lab(deal.lab), deal.sheet.condition))
    };
    Some(match fact {
        Fact::Signed { deal, giant, lab: with, sheet } => {
            let before =
                deals.iter().any(|old| old.id < *deal && old.giant == *giant && old.lab == *with);
            let headline = signature(words, (firm(giant), lab(with)), sheet, before);
            (85.0 + sheet.amount().bn().min(9.0), headline)
        }
        Fact::TranchePaid { deal, amount } => {
            let (giant, with, _) = parties(*deal)?;
            (60.0, format!("{giant} pays {with} a second {}", money(*amount)))
        }
        Fact::TrancheLapsed { deal, amount } => {
            let (giant, with, condition) = parties(*deal)?;
            let why = match condition {
                Condition::AfterAYear => "unpaid",
                _ => "its condition unmet",
            };
            (66.0, format!("{} {} for {with} lapses, {why}", possessive(giant), money(*amount)))
        }
        Fact::ExclusivityLapsed { giant, lab: with, .. } => {
            (58.0, format!("{} is free of {} claims", lab(with), possessive(firm(giant))))
        }
        Fact::AccessLapsed { giant, lab: with, .. } => {
            (57.0, format!("{} loses {} models", firm(giant), possessive(lab(with))))
        }
        Fact::WaiverSold { deal, holder, buyer, fee } => {
            let (_, with, _) = parties(*deal)?;
            let text = format!(
                "{} pays {} {} to let it deal with {with}",
                firm(buyer),
                firm(holder),
                money(*fee)
            );
            (78.0, text)
        }
        Fact::PromiseBroken { deal, by, damages, .. } => {
            let (giant, with, _) = parties(*deal)?;
            let other = if words.seat(*by) == giant { with } else { giant };
            (64.0, format!("{} fails {other} and pays {}", words.seat(*by), money(*damages)))
        }
        Fact::PromiseLate { deal, by, .. } => {
            let (giant, with, _) = parties(*deal)?;
            let headline = if words.seat(*by) == giant {
                format!("{with} waits for compute that {giant} promised")
            } else {
                format!("{with} rents less from {giant} than it promised")
            };
            (34.0, headline)
        }
        Fact::DealEnded { giant, lab: with, by, .. } => {
            let other = if words.seat(*by) == firm(giant) { lab(with) } else { firm(giant) };
            (82.0, format!("{} breaks with {other}", words.seat(*by)))
        }
        Fact::Renegotiated { new, .. } => {
            let (giant, with, _) = parties(*new)?;
            (70.0, format!("{giant} and {with} rewrite their deal"))
        }
        Fact::NewsMovedValue { firm: who, by_bn, .. } => {
            let way = if *by_bn < 0.0 { "falls" } else { "rises" };
            (12.0, format!("{} {way} on its new tenant", firm(who)))
        }
        _ => return None,
    })
}

/// A headline for a signature, by what is most remarkable in it.
fn signature(words: &Words, (giant, lab): (&str, &str), sheet: &TermSheet, before: bool) -> String {
    let amount = money(sheet.amount());
    if sheet.exclusivity == Exclusivity::SoleCloud {
        return format!("{giant} becomes {} only cloud for {amount}", possessive(lab));
    }
    if sheet.access == AccessTier::Exclusive {
        return format!("{giant} keeps {} models for itself, for {amount}", possessive(lab));
    }
    if !sheet.barred.is_empty() {
        let barred: Vec<&str> = sheet.barred.iter().map(|seat| words.seat(seat)).collect();
        return format!(
            "{giant} puts {amount} into {lab} and shuts out {}",
            super::listed(&barred)
        );
    }
    if sheet.commitment_mw >= 1_000 {
        let rented = gigawatts(f64::from(sheet.commitment_mw) / 1_000.0);
        return format!("{lab} takes {amount} from {giant} and rents {rented} in return");
    }
    match before {
        true => format!("{giant} adds {amount} to its bet on {lab}"),
        false => format!("{giant} takes {} of {lab} for {amount}", share(sheet.stake())),
    }
}

/// Whether a lab signs more than once among these facts: then one story tells of all.
fn several(facts: &[Fact], with: LabId) -> bool {
    facts.iter().filter(|fact| matches!(fact, Fact::Signed { lab, .. } if *lab == with)).count() > 1
}

/// A lab that signs with several giants in one quarter is one piece of news.
fn rounds(words: &Words, facts: &[Fact]) -> Vec<News> {
    let labs = (0..words.level().labs.len()).map(|place| LabId(place as u8));
    labs.filter_map(|lab| {
        let signed: Vec<(&str, Money)> = facts
            .iter()
            .filter_map(|fact| match fact {
                Fact::Signed { giant, lab: with, sheet, .. } if *with == lab => {
                    Some((words.firm(*giant), sheet.amount()))
                }
                _ => None,
            })
            .collect();
        if signed.len() < 2 {
            return None;
        }
        let name = words.lab(lab);
        let sum = money(signed.iter().map(|(_, amount)| *amount).sum());
        let names: Vec<&str> = signed.iter().map(|(giant, _)| *giant).collect();
        let parts: Vec<String> = signed
            .iter()
            .map(|(giant, amount)| format!("{} from {giant}", money(*amount)))
            .collect();
        Some(News {
            weight: 97.0,
            headline: format!("{name} raises {sum} from {}", super::listed(&names)),
            story: format!(
                "{name} sells shares to {} giants in one quarter: {}.",
                signed.len(),
                super::listed(&parts)
            ),
        })
    })
    .collect()
}

fn lab_headline(words: &Words, fact: &Fact) -> Option<(f64, String)> {
    let lab = |lab: &LabId| words.lab(*lab);
    Some(match fact {
        Fact::Rescued { lab: who, amount, .. } => {
            (88.0, format!("{} is rescued with {} at half its worth", lab(who), money(*amount)))
        }
        Fact::CharterBroken { lab: who, independence } => (
            80.0,
            format!(
                "{} is {} its own master, too little for its charter",
                lab(who),
                share(*independence)
            ),
        ),
        Fact::FrontierPassed { by, points } => {
            (75.0, format!("{} takes the lead with {points:.0} points", words.seat(*by)))
        }
        Fact::RunwayShort { lab: who, quarters } => {
            (70.0, format!("{} has cash for {quarters:.1} quarters", lab(who)))
        }
        Fact::ServingShort { lab: who, lost_bn } => {
            (24.0, format!("{} forgoes {} for want of machines", lab(who), bn(*lost_bn)))
        }
        _ => return None,
    })
}

fn giant_headline(words: &Words, fact: &Fact) -> Option<(f64, String)> {
    let firm = |firm: &FirmId| words.firm(*firm);
    Some(match fact {
        Fact::CapitalSpendingCut { firm: who, order_gw } => (
            68.0,
            format!("Debt cuts {} building to {}", possessive(firm(who)), gigawatts(*order_gw)),
        ),
        Fact::Outage { provider, .. } => {
            (55.0, format!("{} goes dark, and customers look round", words.provider(*provider)))
        }
        Fact::ChipShortage { cost_pct } => {
            (88.0, format!("Chips run short; a gigawatt costs {cost_pct:.0}% more"))
        }
        Fact::Downturn { .. } => (90.0, "Capital takes fright".to_owned()),
        Fact::DownturnOver => (60.0, "Money comes out of hiding".to_owned()),
        Fact::OpenWeightsShock { points } => {
            (65.0, format!("Open models close the gap by {points:.0} points"))
        }
        Fact::CapacityShort { provider, turned_away_bn } => (
            26.0 + turned_away_bn.min(20.0),
            format!(
                "{} is sold out and turns away {}",
                words.provider(*provider),
                bn(*turned_away_bn)
            ),
        ),
        Fact::Borrowed { firm: who, amount } => {
            (22.0 + amount.bn().min(20.0), format!("{} borrows {}", firm(who), money(*amount)))
        }
        Fact::ChipPriceChanged { firm: who, from, to } => {
            let by = to / from - 1.0;
            let verb = if by < 0.0 { "cuts" } else { "raises" };
            (
                40.0 + 100.0 * by.abs(),
                format!("{} {verb} chip prices by {}", firm(who), share(by.abs())),
            )
        }
        Fact::OrderChanged { firm: who, from_gw, to_gw } => {
            let by = (to_gw / from_gw.max(0.01) - 1.0).abs().min(1.0);
            (14.0 + 20.0 * by, format!("{} now builds {} a quarter", firm(who), gigawatts(*to_gw)))
        }
        Fact::ResearchChanged { firm: who, from_bn, to_bn } => {
            let by = (to_bn / from_bn.max(0.01) - 1.0).abs().min(1.0);
            (
                14.0 + 20.0 * by,
                format!("{} puts {} a quarter into its own models", firm(who), bn(*to_bn)),
            )
        }
        Fact::AccessMoved { firm: who, from_points, to_points } => {
            let by = to_points - from_points;
            let way = if by < 0.0 { "fall behind" } else { "catch up" };
            (
                30.0 + by.abs(),
                format!("{} customers {way} by {:.1} points", possessive(firm(who)), by.abs()),
            )
        }
        Fact::PushChanged { firm: who, segment: Some(segment) } => {
            (10.0, format!("{} goes after {}", firm(who), words.segment_in_text(*segment)))
        }
        _ => return None,
    })
}

/// News that is only in the figures: who wins new demand, what the market and the labs sell.
fn figures(words: &Words, before: &Published, now: &Published) -> Vec<News> {
    let mut news = vec![market(before, now)];
    let moves =
        now.giants.iter().zip(&before.giants).enumerate().filter(|(_, (now, _))| now.has_cloud);
    let largest = moves
        .map(|(place, (now, before))| {
            (FirmId(place as u8), now.win_rate, now.win_rate - before.win_rate)
        })
        .max_by(|one, other| one.2.abs().total_cmp(&other.2.abs()));
    if let Some((firm, rate, by)) = largest {
        let name = words.firm(firm);
        let way = if by < 0.0 { "slips to" } else { "climbs to" };
        news.push(News {
            weight: 16.0 + (300.0 * by.abs()).min(40.0),
            headline: format!("{name} {way} {} of new cloud demand", share(rate)),
            story: format!(
                "{name} wins {} of new cloud demand, {} on the quarter: the largest move of any giant.",
                share(rate),
                share_change(by)
            ),
        });
    }
    for (place, (lab, old)) in now.labs.iter().zip(&before.labs).enumerate() {
        let name = words.lab(LabId(place as u8));
        let by = lab.revenue_bn / old.revenue_bn.max(1e-9) - 1.0;
        news.push(News {
            weight: 13.0 + (20.0 * by.abs()).min(6.0),
            headline: format!("{name} sells {} in a quarter", bn(lab.revenue_bn)),
            story: format!(
                "{name} takes in {} in the quarter ({}) and rents {}.",
                bn(lab.revenue_bn),
                growth(by),
                gigawatts(lab.compute_total_gw())
            ),
        });
    }
    news
}

fn market(before: &Published, now: &Published) -> News {
    let by = now.market.revenue_bn / before.market.revenue_bn.max(1e-9) - 1.0;
    News {
        weight: 15.0,
        headline: format!(
            "Cloud turns over {}, {} in a quarter",
            bn(now.market.revenue_bn),
            growth(by)
        ),
        story: format!(
            "The cloud turns over {} in the quarter, {}. {} of it is growth from AI.",
            bn(now.market.revenue_bn),
            growth(by),
            share(
                now.market.ai_growth / (now.market.ai_growth + now.market.general_growth).max(1e-9)
            )
        ),
    }
}
