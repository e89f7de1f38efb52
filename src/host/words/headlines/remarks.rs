//! What an anonymous analyst adds to the story that leads: the game's own published figures, read
//! beside what happened.

use super::turn;
use crate::host::words::numbers::{bn, gigawatts, share, share_change};
use crate::host::words::{Words, possessive};
use crate::ids::{FirmId, LabId, SeatId};
use crate::sim::capital_market::News;
use crate::sim::deal::{Deal, TermSheet};
use crate::sim::fact::{Fact, Provider};
use crate::sim::game::ClosedQuarter;
use crate::sim::view::Published;

/// A change of a market value worth a remark, $bn, and one of a part of 1.
const VALUE_BN: f64 = 0.5;
const CHANGE: f64 = 0.005;

pub(super) fn on(
    words: &Words,
    deals: &[Deal],
    before: &Published,
    closed: &ClosedQuarter,
    fact: &Fact,
) -> Option<String> {
    let now = &*closed.published;
    let quarter = words.quarter(closed.quarter);
    let said = match fact {
        Fact::Signed { giant, lab, sheet, .. } => {
            of_a_deal(words, before, closed, (*giant, *lab), sheet)
        }
        Fact::Renegotiated { new, .. } => {
            let deal = deals.iter().find(|deal| deal.id == *new)?;
            of_a_deal(words, before, closed, (deal.giant, deal.lab), &deal.sheet)
        }
        Fact::DealEnded { lab, .. }
        | Fact::ExclusivityLapsed { lab, .. }
        | Fact::ClauseLoosened { lab, .. } => {
            independence(words, before, now, *lab).into_iter().collect()
        }
        Fact::Rescued { lab, .. } => {
            let rescues = now.labs[lab.index()].rescues;
            let mut said: Vec<String> =
                independence(words, before, now, *lab).into_iter().collect();
            if rescues > 1 {
                said.push(format!(
                    "An analyst counts {rescues} such rescues of {}.",
                    words.lab(*lab)
                ));
            }
            said
        }
        Fact::CharterBroken { lab, .. } | Fact::CharterMended { lab, .. } => {
            let figures = &now.labs[lab.index()];
            vec![format!(
                "Morale of its staff stands at {}, after {}.",
                share(figures.morale),
                share(before.labs[lab.index()].morale)
            )]
        }
        Fact::RunwayShort { lab, .. } => runway(words, before, now, *lab),
        Fact::FrontierPassed { by, .. } => frontier(words, before, now, *by),
        Fact::InquiryOpened { firm, .. } => {
            let figures = &now.giants[firm.index()];
            let mut said = vec![format!(
                "Regulatory heat on {} stands at {:.0} of 100.",
                words.firm(*firm),
                100.0 * figures.heat
            )];
            said.extend(value_moved(words, closed, *firm, |news| news == News::Inquiry));
            said
        }
        Fact::Downturn { .. } | Fact::DownturnOver => holders(words, now),
        Fact::ChipShortage { .. } => builders(words, now),
        Fact::Outage { provider: Provider::Giant(firm), .. } => {
            let (is, was) = (&now.giants[firm.index()], &before.giants[firm.index()]);
            vec![format!(
                "It wins {} of new demand, {} on the quarter.",
                share(is.win_rate),
                share_change(is.win_rate - was.win_rate)
            )]
        }
        Fact::CapacityShort { provider: Provider::Giant(firm), .. } => {
            let coming: f64 = now.giants[firm.index()].arriving_gw.iter().sum();
            vec![format!("{} of new capacity is on its way.", gigawatts(coming))]
        }
        Fact::RemedyImposed { firm, .. } | Fact::InquiryCleared { firm, .. } => {
            let moved = now.giants[firm.index()].value_bn - before.giants[firm.index()].value_bn;
            (moved.abs() >= VALUE_BN)
                .then(|| {
                    let way = if moved < 0.0 { "lower" } else { "higher" };
                    format!("{} ends the quarter {} {way}.", words.firm(*firm), bn(moved.abs()))
                })
                .into_iter()
                .collect()
        }
        _ => Vec::new(),
    };
    let first = said.first()?;
    let place = turn(first, &quarter) % said.len();
    said.into_iter().nth(place)
}

/// What a signature did to price, independence and market value.
fn of_a_deal(
    words: &Words,
    before: &Published,
    closed: &ClosedQuarter,
    (giant, lab): (FirmId, LabId),
    sheet: &TermSheet,
) -> Vec<String> {
    let worth_bn = before.labs[lab.index()].fundamental_bn;
    let mut said = Vec::new();
    if sheet.amount().is_positive() && sheet.is_priced() && worth_bn > 0.0 {
        let off = sheet.pre_money.bn() / worth_bn - 1.0;
        let how = match off {
            o if o.abs() < 0.05 => "about the price paid".to_owned(),
            o if o < 0.0 => format!("and the price {} below that", share(-o)),
            o => format!("and the price {} above that", share(o)),
        };
        said.push(format!(
            "An analyst who asked not to be named puts {} at {}, {how}.",
            words.lab(lab),
            bn(worth_bn)
        ));
    }
    said.extend(independence(words, before, &closed.published, lab));
    said.extend(value_moved(words, closed, giant, |news| matches!(news, News::Business(_))));
    said
}

fn independence(words: &Words, before: &Published, now: &Published, lab: LabId) -> Option<String> {
    let (is, was) = (now.labs[lab.index()].independence, before.labs[lab.index()].independence);
    ((is - was).abs() >= CHANGE).then(|| {
        format!(
            "{} ends the quarter with an independence of {}, {}.",
            words.lab(lab),
            share(is),
            share_change(is - was)
        )
    })
}

fn value_moved(
    words: &Words,
    closed: &ClosedQuarter,
    firm: FirmId,
    on: impl Fn(News) -> bool,
) -> Option<String> {
    let by: f64 = closed
        .facts
        .iter()
        .map(|fact| match fact {
            Fact::NewsMovedValue { firm: who, by_bn, news } if *who == firm && on(*news) => *by_bn,
            _ => 0.0,
        })
        .sum();
    (by.abs() >= VALUE_BN).then(|| match by < 0.0 {
        true => format!("The market takes {} off {} for it.", bn(-by), words.firm(firm)),
        false => format!("The market gives {} {} more for it.", words.firm(firm), bn(by)),
    })
}

fn runway(words: &Words, before: &Published, now: &Published, lab: LabId) -> Vec<String> {
    let (is, was) = (&now.labs[lab.index()], &before.labs[lab.index()]);
    vec![
        format!(
            "Its sales, {} in the quarter, were {} the quarter before; an analyst puts its worth at {}.",
            bn(is.revenue_bn),
            bn(was.revenue_bn),
            bn(is.fundamental_bn)
        ),
        format!(
            "An analyst expects {} suitors to know it, and to wait: it rents {} on sales of {}.",
            possessive(words.lab(lab)),
            gigawatts(is.compute_total_gw()),
            bn(is.revenue_bn)
        ),
    ]
}

fn frontier(words: &Words, before: &Published, now: &Published, by: SeatId) -> Vec<String> {
    let open = now.frontier.points - now.frontier.open_weights;
    let mut said = vec![format!("Open models are {open:.1} points behind.")];
    let old = before.frontier.leader;
    if old != by {
        said.push(format!("{} had led, at {:.1} points.", words.seat(old), before.frontier.points));
    }
    said
}

/// Who holds most of what investors think again about.
fn holders(words: &Words, now: &Published) -> Vec<String> {
    let all = now.giants.iter().enumerate();
    let most = all
        .map(|(place, giant)| (FirmId(place as u8), giant.stakes_bn))
        .max_by(|one, other| one.1.total_cmp(&other.1));
    most.filter(|(_, stakes)| *stakes > 0.0)
        .map(|(firm, stakes)| {
            format!(
                "{} has most at stake in labs: {} at their last prices.",
                words.firm(firm),
                bn(stakes)
            )
        })
        .into_iter()
        .collect()
}

/// Who has most under way when chips are short.
fn builders(words: &Words, now: &Published) -> Vec<String> {
    let most = now
        .giants
        .iter()
        .enumerate()
        .map(|(place, giant)| (FirmId(place as u8), giant.arriving_gw.iter().sum::<f64>()))
        .max_by(|one, other| one.1.total_cmp(&other.1));
    most.filter(|(_, gw)| *gw > 0.0)
        .map(|(firm, gw)| format!("{} has most under way: {}.", words.firm(firm), gigawatts(gw)))
        .into_iter()
        .collect()
}
