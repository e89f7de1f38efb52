//! The close: what a quarter brought, before and after, and why.

use std::io;
use std::sync::Arc;

use crate::host::words::numbers;
use crate::host::words::{bridge, facts};
use crate::ids::{FirmId, LabId, Role, SeatId};
use crate::sim::explain::Metric;
use crate::sim::fact::Fact;
use crate::sim::game::ClosedQuarter;
use crate::sim::view::{GiantFigures, LabFigures, Published, SeatView};

use super::desk::Desk;
use super::page::Page;
use super::why;

/// Whether a fact is a seat's own move, which it need not be told.
pub(super) fn own_move(fact: &Fact, seat: SeatId) -> bool {
    match fact {
        Fact::OfferMade { from: by, .. }
        | Fact::Asked { by, .. }
        | Fact::RoutesShown { by, .. }
        | Fact::Held { by, .. } => *by == seat,
        _ => false,
    }
}

/// What the last quarter closed brought a seat; nothing before the first close.
pub(super) fn last_quarter(desk: &mut Desk, seat: SeatId) -> io::Result<()> {
    let view = desk.view(seat);
    let Some((before, closed)) = last_two(desk, &view) else { return Ok(()) };
    let mut page = desk.page();
    page.heading(&format!(
        "The close of {} · {}",
        desk.words.quarter(closed.quarter),
        desk.words.seat(seat)
    ));
    match view.role {
        Role::Giant(firm) => giant(desk, &view, firm, &before, &closed, &mut page),
        Role::Lab(lab) => self::lab(desk, &view, lab, &before, &closed, &mut page),
    }
    cash(desk, &view, &closed, &mut page);
    own_facts(desk, &view, &closed, &mut page);
    desk.show(&page)
}

/// The figures before the last close, and the close.
fn last_two(desk: &Desk, view: &SeatView) -> Option<(Arc<Published>, Arc<ClosedQuarter>)> {
    let history = desk.session.game.history();
    let closed = Arc::clone(history.last()?);
    let before = match history.len().checked_sub(2) {
        Some(place) => Arc::clone(&history[place].published),
        None => Arc::clone(&desk.opening(view.seat).published),
    };
    Some((before, closed))
}

/// A figure before and after.
pub(super) fn row(
    name: &str,
    before: String,
    after: String,
    change: f64,
    by: String,
) -> Vec<String> {
    vec![name.to_owned(), before, after, numbers::marked(change, &by)]
}

fn giant(
    desk: &Desk,
    view: &SeatView,
    firm: FirmId,
    before: &Published,
    closed: &ClosedQuarter,
    page: &mut Page,
) {
    let (old, new) = (&before.giants[firm.index()], &closed.published.giants[firm.index()]);
    let share = |name: &str, pick: fn(&GiantFigures) -> f64| {
        let (old, new) = (pick(old), pick(new));
        row(
            name,
            numbers::share(old),
            numbers::share(new),
            new - old,
            numbers::share_change(new - old),
        )
    };
    let sum = |name: &str, pick: fn(&GiantFigures) -> f64| {
        let (old, new) = (pick(old), pick(new));
        row(name, numbers::bn(old), numbers::bn(new), new - old, numbers::bn_change(new - old))
    };
    let mut rows = Vec::new();
    if new.has_cloud {
        rows.push(share("Win rate of new demand", |figures| figures.win_rate));
        rows.push(share("… of AI demand", |figures| figures.ai_win_rate));
        rows.push(share("Cloud share", |figures| figures.share));
        rows.push(share("Capacity in use", |figures| figures.utilisation));
        let (was, is) = (old.access_points, new.access_points);
        let points = |value: f64| numbers::points_change(value);
        rows.push(row("Model access, points", points(was), points(is), is - was, points(is - was)));
    }
    rows.push(sum("Operating income", |figures| figures.operating_income_bn()));
    rows.push(sum("Cash", |figures| figures.cash_bn));
    rows.push(sum("Debt", |figures| figures.debt_bn));
    rows.push(sum("Market value", |figures| figures.value_bn));
    page.table(&["", "before", "after", "change"], &[1, 2], &rows);
    why::at_the_close(
        desk,
        view.seat,
        &[Metric::WinRate, Metric::Share, Metric::MarketValue],
        page,
    );
}

fn lab(
    desk: &Desk,
    view: &SeatView,
    lab: LabId,
    before: &Published,
    closed: &ClosedQuarter,
    page: &mut Page,
) {
    let (old, new) = (&before.labs[lab.index()], &closed.published.labs[lab.index()]);
    let sum = |name: &str, old: f64, new: f64| {
        row(name, numbers::bn(old), numbers::bn(new), new - old, numbers::bn_change(new - old))
    };
    let points = |name: &str, old: f64, new: f64| {
        let by = numbers::points_change(new - old);
        row(name, format!("{old:.1}"), format!("{new:.1}"), new - old, by)
    };
    let lead = |published: &Published| {
        published.labs[lab.index()].capability_points - published.best_rival_of(lab)
    };
    let gap = |value: f64| numbers::points_change(value);
    let (was, is) = (lead(before), lead(&closed.published));
    let mut rows = vec![
        sum("Revenue", old.revenue_bn, new.revenue_bn),
        points("Capability, points", old.capability_points, new.capability_points),
        row("Lead over the best rival", gap(was), gap(is), is - was, gap(is - was)),
        row(
            "Independence",
            numbers::share(old.independence),
            numbers::share(new.independence),
            new.independence - old.independence,
            numbers::share_change(new.independence - old.independence),
        ),
        sum("Fundamental value", old.fundamental_bn, new.fundamental_bn),
        row(
            "Compute rented",
            numbers::gigawatts(old.compute_total_gw()),
            numbers::gigawatts(new.compute_total_gw()),
            new.compute_total_gw() - old.compute_total_gw(),
            numbers::growth(new.compute_total_gw() / old.compute_total_gw().max(1e-9) - 1.0),
        ),
    ];
    let now = view.labs[lab.index()].runway_quarters.or(0.0);
    let was = view.own_path.and_then(|(_, before)| before);
    if let Some(was) = was.map(|path| path.outlook.runway(path.cash_bn)) {
        rows.insert(1, points("Runway, quarters", was, now));
    }
    let morale = |figures: &LabFigures| numbers::share(figures.morale);
    rows.push(row(
        "Morale of your staff",
        morale(old),
        morale(new),
        new.morale - old.morale,
        numbers::share_change(new.morale - old.morale),
    ));
    page.table(&["", "before", "after", "change"], &[1, 2], &rows);
    let explained =
        [Metric::Revenue, Metric::Burn, Metric::Runway, Metric::Capability, Metric::Independence];
    why::at_the_close(desk, view.seat, &explained, page);
}

/// Every reason cash moved; the rows sum to the change, to the dollar.
fn cash(desk: &Desk, view: &SeatView, closed: &ClosedQuarter, page: &mut Page) {
    let rows = bridge::cash(&desk.words, &view.deals, view.seat, &closed.postings);
    let change = bridge::change(view.seat, &closed.postings);
    let mut cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| vec![row.label.clone(), numbers::fine_column(row.amount.bn())])
        .collect();
    cells.push(vec!["Change of cash".to_owned(), numbers::fine_column(change.bn())]);
    page.blank();
    page.table(&["Where the cash went", "$bn"], &[1], &cells);
}

/// What the seat decided itself, or the figures, the causes and the paper say already.
fn told_elsewhere(fact: &Fact) -> bool {
    why::trivial(fact)
        || matches!(
            fact,
            Fact::OrderChanged { .. }
                | Fact::ResearchChanged { .. }
                | Fact::ChipPriceChanged { .. }
                | Fact::LabPlanChanged { .. }
                | Fact::ProcessAnnounced { .. }
                | Fact::TemplatePublished { .. }
                | Fact::AccessPolicyChanged { .. }
                | Fact::AccessMoved { .. }
                | Fact::NewsMovedValue { .. }
                | Fact::ClauseLoosened { .. }
                | Fact::Signed { .. }
        )
}

/// What happened to this seat, in the order of the pipeline.
fn own_facts(desk: &Desk, view: &SeatView, closed: &ClosedQuarter, page: &mut Page) {
    let giants = view.giants();
    let about_me = |fact: &&Fact| {
        fact.subject(giants) == Some(view.seat)
            && !own_move(fact, view.seat)
            && !told_elsewhere(fact)
    };
    let sentences: Vec<String> = closed
        .facts
        .iter()
        .filter(about_me)
        .map(|fact| facts::sentence(&desk.words, &view.deals, fact))
        .collect();
    if !sentences.is_empty() {
        page.blank();
    }
    for sentence in sentences {
        page.bullet(&sentence);
    }
}
