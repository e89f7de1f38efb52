//! News that is only in the figures: who wins new demand, what the market and the labs sell.

use super::{News, Topic};
use crate::host::words::Words;
use crate::host::words::numbers::{bn, gigawatts, growth, share, share_change};
use crate::ids::{FirmId, LabId};
use crate::sim::view::Published;

pub(super) fn news(words: &Words, before: &Published, now: &Published) -> Vec<News> {
    let mut news = vec![market(before, now)];
    news.extend(winner(words, before, now));
    for (place, (lab, old)) in now.labs.iter().zip(&before.labs).enumerate() {
        let lab_id = LabId(place as u8);
        let name = words.lab(lab_id);
        let by = lab.revenue_bn / old.revenue_bn.max(1e-9) - 1.0;
        let sold = bn(lab.revenue_bn);
        let way = if by < 0.0 { "slip" } else { "grow" };
        news.push(News {
            topic: Topic::LabSales,
            about: Some(words.lab_seat(lab_id)),
            weight: 13.0 + (30.0 * by.abs()).min(20.0),
            wordings: vec![
                format!("{name} sells {sold} in a quarter"),
                format!("Sales of {name} {way} to {sold}"),
                format!("{sold} in a quarter: customers of {name} {way} by {}", share(by.abs())),
            ],
            story: format!(
                "{name} takes in {sold} in the quarter ({}) and rents {}.",
                growth(by),
                gigawatts(lab.compute_total_gw())
            ),
            remark: None,
        });
    }
    news
}

/// The largest move of a win rate.
fn winner(words: &Words, before: &Published, now: &Published) -> Option<News> {
    let clouds = now.giants.iter().zip(&before.giants).enumerate();
    let moves: Vec<(FirmId, f64, f64)> = clouds
        .filter(|(_, (now, _))| now.has_cloud)
        .map(|(place, (now, before))| {
            (FirmId(place as u8), now.win_rate, now.win_rate - before.win_rate)
        })
        .collect();
    let by_size = |one: &&(FirmId, f64, f64), other: &&(FirmId, f64, f64)| {
        one.2.abs().total_cmp(&other.2.abs())
    };
    let &(firm, rate, by) = moves.iter().max_by(by_size)?;
    let (name, part) = (words.firm(firm), share(rate));
    let (slips, who) = if by < 0.0 { ("slips to", "loses") } else { ("climbs to", "wins") };
    // Who went most the other way.
    let other = moves.iter().filter(|(_, _, change)| change * by < 0.0).max_by(by_size);
    let beside = other.map(|(firm, rate, change)| {
        let way = if *change < 0.0 { "loses most" } else { "gains most" };
        format!(
            " {} {way} in return, {}, and wins {}.",
            words.firm(*firm),
            share_change(*change),
            share(*rate)
        )
    });
    Some(News {
        topic: Topic::Winner,
        about: Some(firm.seat()),
        weight: 16.0 + (400.0 * by.abs()).min(50.0),
        wordings: vec![
            format!("{name} {slips} {part} of new cloud demand"),
            format!("{name} {who} {} of new demand in a quarter", points(by)),
            format!("{} in one quarter: {name} {slips} {part}", points(by)),
            match other {
                Some((other, ..)) if by < 0.0 => {
                    format!("{} gains what {name} loses: {}", words.firm(*other), points(by))
                }
                Some((other, ..)) => {
                    format!("{name} gains {} as {} gives way", points(by), words.firm(*other))
                }
                None => format!("{part} of new demand now goes to {name}"),
            },
        ],
        story: format!(
            "{name} wins {part} of new cloud demand, {} on the quarter: the largest move of any giant.{}",
            share_change(by),
            beside.unwrap_or_default()
        ),
        remark: None,
    })
}

/// A change of a rate without its sign: 3.1 points.
fn points(by: f64) -> String {
    format!("{:.1} points", 100.0 * by.abs())
}

fn market(before: &Published, now: &Published) -> News {
    let by = now.market.revenue_bn / before.market.revenue_bn.max(1e-9) - 1.0;
    let ai = now.market.ai_growth / (now.market.ai_growth + now.market.general_growth).max(1e-9);
    let (sum, ai) = (bn(now.market.revenue_bn), share(ai));
    News {
        topic: Topic::Market,
        about: None,
        weight: 15.0,
        wordings: vec![
            format!("Cloud turns over {sum}, {} in a quarter", growth(by)),
            format!("{sum} of cloud in a quarter, and {ai} of the growth is AI"),
            format!("The cloud market moves by {} to {sum}", growth(by)),
        ],
        story: format!(
            "The cloud turns over {sum} in the quarter, {}. {ai} of its growth is AI's.",
            growth(by)
        ),
        remark: None,
    }
}
