//! Why: what moved a giant's win rate and its market value.

use crate::host::words::{facts, markets, numbers, possessive};
use crate::ids::FirmId;
use crate::sim::cause::{Input, InputChange, Owner};
use crate::sim::fact::{Fact, FactId, Provider};
use crate::sim::game::ClosedQuarter;
use crate::sim::view::{Published, SeatView};

use crate::host::causes::{self, Cause, Kind};
use super::desk::Desk;
use super::page::Page;

/// Causes of less than this part of 1 go into the rest, and so do those beyond so many.
const SLIGHT: f64 = 0.0005;
const MOST_CAUSES: usize = 8;

/// Why the win rate moved: causes that sum to the change.
pub(super) fn win_rate(
    desk: &Desk,
    view: &SeatView,
    firm: FirmId,
    before: &Published,
    closed: &ClosedQuarter,
    page: &mut Page,
) {
    let split = causes::of_win_rate(&view.level, firm, before, &closed.published, &closed.changes);
    let own = Provider::Giant(firm);
    let mut rest = split.rest;
    let mut rows: Vec<Vec<String>> = Vec::new();
    for cause in &split.causes {
        if cause.effect.abs() < SLIGHT || rows.len() == MOST_CAUSES {
            rest += cause.effect;
        } else {
            let what = describe(desk, view, cause, cause.whose == own);
            rows.push(vec![what, numbers::share_change(cause.effect)]);
        }
    }
    match delivery(desk, own, &closed.changes) {
        Some(what) if split.delivery.abs() >= SLIGHT => {
            rows.push(vec![what, numbers::share_change(split.delivery)]);
        }
        _ => rest += split.delivery,
    }
    let slight = "Smaller moves, and how they work together".to_owned();
    rows.push(vec![slight, numbers::share_change(rest)]);
    rows.push(vec!["Change of win rate".to_owned(), numbers::share_change(split.change)]);
    page.blank();
    page.table(&["Why the win rate moved, about", "points"], &[1], &rows);
}

/// Why what was won is not what was delivered: who turned demand away, and who no longer does.
fn delivery(desk: &Desk, own: Provider, changes: &[InputChange]) -> Option<String> {
    let moved = changes.iter().filter_map(|change| match (change.owner, change.input) {
        (Owner::Provider(whose), Input::TurnedAway) => Some((whose, change.before, change.after)),
        _ => None,
    });
    let largest =
        moved.max_by(|one, other| (one.2 - one.1).abs().total_cmp(&(other.2 - other.1).abs()));
    let (whose, before, after) = largest?;
    let who = if whose == own { "you turn" } else { desk.words.provider(whose) };
    let turns = if whose == own { "" } else { " turns" };
    Some(format!(
        "What could be delivered: {who}{turns} away {} of new demand, after {} the quarter before",
        numbers::bn(after),
        numbers::bn(before)
    ))
}

/// `Models your customers can use −2.3 → +1.0: Amazon and OpenAI sign …`
fn describe(desk: &Desk, view: &SeatView, cause: &Cause, own: bool) -> String {
    let who = desk.words.provider(cause.whose);
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
    match cause.fact.and_then(|id| fact_behind(desk, view, id)) {
        Some(reason) => format!("{what}: {reason}"),
        None => what,
    }
}

/// A fact behind a change, named by its quarter unless it is of the last one.
fn fact_behind(desk: &Desk, view: &SeatView, id: FactId) -> Option<String> {
    let place = id.quarter.0.checked_sub(1)? as usize;
    let history = desk.session.game.history();
    let fact = history.get(place)?.facts.get(usize::from(id.number))?;
    let last = history.last().map(|closed| closed.quarter);
    if !fact.seen_by(view.seat) || trivial(fact) {
        return None;
    }
    let short = match fact {
        Fact::Signed { giant, lab, .. } => {
            format!("{} signs with {}", desk.words.firm(*giant), desk.words.lab(*lab))
        }
        other => facts::sentence(&desk.words, &view.deals, other).trim_end_matches('.').to_owned(),
    };
    Some(if last == Some(id.quarter) {
        short
    } else {
        format!("{short} ({})", desk.words.quarter(id.quarter))
    })
}

/// Facts that say no more than the input they moved.
pub(super) fn trivial(fact: &Fact) -> bool {
    matches!(fact, Fact::PriceChanged { .. } | Fact::PushChanged { .. } | Fact::AccessMoved { .. })
}

/// Market value by what it is made of; the rows sum to its change.
pub(super) fn market_value(
    desk: &Desk,
    view: &SeatView,
    firm: FirmId,
    before: &Published,
    closed: &ClosedQuarter,
    page: &mut Page,
) {
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
            let about = markets::news_in_short(&desk.words, &view.deals, *news);
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
    let rows: Vec<Vec<String>> =
        rows.into_iter().map(|(what, by_bn)| vec![what, numbers::bn_change(by_bn)]).collect();
    page.blank();
    page.table(&["Why the market value moved", "$bn"], &[1], &rows);
}
