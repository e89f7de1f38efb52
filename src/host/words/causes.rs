//! Causes in words: what moved a giant's win rate and its market value, and by how much.

use std::sync::Arc;

use super::numbers::{self};
use super::{Words, facts, markets, possessive};
use crate::host::causes::{Cause, Kind};
use crate::ids::FirmId;
use crate::sim::cause::{Input, InputChange, Owner};
use crate::sim::deal::Deal;
use crate::sim::fact::{Fact, FactId, Provider};
use crate::sim::game::ClosedQuarter;
use crate::sim::view::{Published, SeatView};

/// A cause under a bar: a word or two, and a few more.
#[cfg(feature = "window")]
pub(crate) fn in_short(words: &Words, cause: &Cause, own: bool) -> (String, String) {
    let who = words.provider(cause.whose);
    let title = match (cause.kind, own) {
        (Kind::Prices, true) => "Our prices".to_owned(),
        (Kind::Effort, true) => "Our sales".to_owned(),
        (Kind::Access, true) => "Our models".to_owned(),
        (Kind::Room, true) => "Our room".to_owned(),
        (Kind::Appeal, true) => "Our appeal".to_owned(),
        (_, false) => who.to_owned(),
    };
    let moved =
        |write: fn(f64) -> String| format!("{} to {}", write(cause.before), write(cause.after));
    let note = match cause.kind {
        Kind::Prices if cause.after < cause.before => "prices cut",
        Kind::Prices => "prices raised",
        Kind::Effort if cause.after > cause.before => "a sales push",
        Kind::Effort => "the push is over",
        Kind::Access => return (title, format!("access {}", moved(numbers::points_change))),
        Kind::Room if cause.after > cause.before => "more room to deliver",
        Kind::Room => "less room to deliver",
        Kind::Appeal => "events",
    };
    (title, note.to_owned())
}

/// Why what was won is not what was delivered: who turned demand away, and who no longer does.
pub(crate) fn delivery(words: &Words, own: Provider, changes: &[InputChange]) -> Option<String> {
    let moved = changes.iter().filter_map(|change| match (change.owner, change.input) {
        (Owner::Provider(whose), Input::TurnedAway) => Some((whose, change.before, change.after)),
        _ => None,
    });
    let largest =
        moved.max_by(|one, other| (one.2 - one.1).abs().total_cmp(&(other.2 - other.1).abs()));
    let (whose, before, after) = largest?;
    let who = if whose == own { "you turn" } else { words.provider(whose) };
    let turns = if whose == own { "" } else { " turns" };
    Some(format!(
        "What could be delivered: {who}{turns} away {} of new demand, after {} the quarter before",
        numbers::bn(after),
        numbers::bn(before)
    ))
}

/// `Models your customers can use −2.3 → +1.0: Amazon and OpenAI sign …`
pub(crate) fn describe(
    words: &Words,
    view: &SeatView,
    history: &[Arc<ClosedQuarter>],
    cause: &Cause,
    own: bool,
) -> String {
    let who = words.provider(cause.whose);
    let whose = if own { "Your".to_owned() } else { possessive(who) };
    let moved =
        |write: fn(f64) -> String| format!("{} → {}", write(cause.before), write(cause.after));
    let what = match cause.kind {
        Kind::Prices => format!("{whose} prices, {}", moved(|price| format!("{price:.2}"))),
        Kind::Effort => format!("{whose} sales push"),
        Kind::Access if own => {
            format!("The models your customers can use, {}", moved(numbers::points_change))
        }
        Kind::Access => {
            format!(
                "The models {} customers can use, {}",
                possessive(who),
                moved(numbers::points_change)
            )
        }
        Kind::Room => format!(
            "{whose} room to deliver, {}",
            if cause.after > cause.before { "more" } else { "less" }
        ),
        Kind::Appeal => {
            format!("{whose} appeal from events, {}", moved(numbers::fine_column))
        }
    };
    match cause.fact.and_then(|id| fact_behind(words, view, history, id)) {
        Some(reason) => format!("{what}: {reason}"),
        None => what,
    }
}

/// A fact behind a change, named by its quarter unless it is of the last one.
fn fact_behind(
    words: &Words,
    view: &SeatView,
    history: &[Arc<ClosedQuarter>],
    id: FactId,
) -> Option<String> {
    let place = id.quarter.0.checked_sub(1)? as usize;
    let fact = history.get(place)?.facts.get(usize::from(id.number))?;
    let last = history.last().map(|closed| closed.quarter);
    if !fact.seen_by(view.seat) || trivial(fact) {
        return None;
    }
    let short = match fact {
        Fact::Signed { giant, lab, .. } => {
            format!("{} signs with {}", words.firm(*giant), words.lab(*lab))
        }
        other => facts::sentence(words, &view.deals, other).trim_end_matches('.').to_owned(),
    };
    Some(if last == Some(id.quarter) {
        short
    } else {
        format!("{short} ({})", words.quarter(id.quarter))
    })
}

/// Facts that say no more than the input they moved.
pub(crate) fn trivial(fact: &Fact) -> bool {
    matches!(fact, Fact::PriceChanged { .. } | Fact::PushChanged { .. } | Fact::AccessMoved { .. })
}

/// Market value by what it is made of; the rows sum to its change.
pub(crate) fn market_value(
    words: &Words,
    deals: &[Deal],
    firm: FirmId,
    before: &Published,
    closed: &ClosedQuarter,
) -> Vec<(String, f64)> {
    let (old, new) = (&before.giants[firm.index()], &closed.published.giants[firm.index()]);
    let (was, is) = (&old.value_parts, &new.value_parts);
    let heat = format!("Regulatory heat, now {}", numbers::share(new.heat));
    let mut rows: Vec<(String, f64)> = vec![
        ("Earnings, at its multiple".to_owned(), is.earnings_bn - was.earnings_bn),
        (heat, is.heat_bn - was.heat_bn),
        ("Stakes in labs, at their last price".to_owned(), is.stakes_bn - was.stakes_bn),
        ("Cash less debt".to_owned(), is.net_cash_bn - was.net_cash_bn),
    ];
    let mut older = is.news_bn - was.news_bn;
    for fact in &closed.facts {
        if let Fact::NewsMovedValue { firm: who, by_bn, news } = fact
            && *who == firm
        {
            older -= by_bn;
            let about = markets::news_in_short(words, deals, *news);
            rows.push((format!("News: {about}"), *by_bn));
        }
    }
    rows.push(("What happened, and earlier news that fades".to_owned(), older));
    rows.push((
        "A tenth of the opening's value is the least".to_owned(),
        is.floor_bn - was.floor_bn,
    ));
    rows.retain(|(_, by_bn)| by_bn.abs() >= 0.05);
    rows.push(("Change of market value".to_owned(), new.value_bn - old.value_bn));
    rows
}
