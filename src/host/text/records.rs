//! Records one can look up at any time: market, labs, rivals, deals, books, history.

use std::io;

use crate::host::words::numbers::{self, bn, gigawatts, known, share};
use crate::host::words::{clauses, labels, listed, possessive};
use crate::ids::{FirmId, LabId, Role, SeatId};
use crate::sim::deal::{AccessTier, Deal, Exclusivity, Staged};
use crate::sim::fact::Provider;
use crate::sim::view::{GiantFigures, SeatView};

use super::desk::Desk;
use super::page::Page;

pub(super) fn market(desk: &mut Desk, seat: SeatId) -> io::Result<()> {
    let view = desk.view(seat);
    let published = &view.published;
    let mut page = desk.page();
    page.heading(&format!("The cloud market, end of {}", desk.words.quarter(published.quarter)));
    let mut rows = Vec::new();
    let (mut won, mut ai, mut held) = (1.0, 1.0, 1.0);
    for (place, figures) in published.giants.iter().enumerate().filter(|(_, g)| g.has_cloud) {
        won -= figures.win_rate;
        ai -= figures.ai_win_rate;
        held -= figures.share;
        rows.push(provider_row(desk, &view, FirmId(place as u8), figures));
    }
    let others = desk.words.provider(Provider::Others).to_owned();
    let unknown = || "–".to_owned();
    rows.push(vec![
        others,
        share(won),
        share(ai),
        share(held),
        unknown(),
        unknown(),
        unknown(),
        unknown(),
    ]);
    let header = ["", "wins", "of AI", "share", "price", "in use", "capacity", "access"];
    page.table(&header, &[1, 2, 3, 4, 5, 6, 7], &rows);
    let terms = &published.market;
    page.paragraph(&format!(
        "The market turns over {} a quarter and grows by {}, {} of it from AI. A gigawatt of new capacity costs {}. wins: part of new demand; price: mean list price; access: the best models its customers can use, points from the frontier.",
        bn(terms.revenue_bn),
        share(terms.general_growth + terms.ai_growth),
        share(terms.ai_growth),
        bn(published.order_cost_per_gw_bn)
    ));
    chips(desk, &view, &mut page);
    if published.downturn > 0 {
        page.paragraph(&format!(
            "Capital is cautious for {} more: stakes are worth less to investors, and general demand grows more slowly.",
            numbers::count(published.downturn, "quarter")
        ));
    }
    segments(desk, &view, &mut page);
    desk.show(&page)
}

/// The market for chips, where there is one.
fn chips(desk: &Desk, view: &SeatView, page: &mut Page) {
    let chips = &view.published.chips;
    if !chips.has_makers() {
        return;
    }
    let giants = view.published.giants.iter().enumerate();
    let own: Vec<String> = giants
        .filter(|(_, giant)| giant.own_chips > 0.0)
        .map(|(place, giant)| {
            format!("{} {}", desk.words.firm(FirmId(place as u8)), share(giant.own_chips))
        })
        .collect();
    let own = match own.is_empty() {
        true => String::new(),
        false => format!(" New capacity on chips of one's own: {}.", listed(&own)),
    };
    page.paragraph(&format!(
        "Chips for {} were ordered and {} could be shipped; what is short comes a quarter late.{own}",
        gigawatts(chips.wanted_gw),
        gigawatts(chips.supply_gw)
    ));
}

fn provider_row(desk: &Desk, view: &SeatView, firm: FirmId, figures: &GiantFigures) -> Vec<String> {
    let segments = view.level.segments.iter().enumerate();
    let price: f64 = segments.map(|(k, segment)| segment.size * figures.price[k]).sum();
    vec![
        desk.words.firm(firm).to_owned(),
        share(figures.win_rate),
        share(figures.ai_win_rate),
        share(figures.share),
        format!("{price:.2}"),
        share(figures.utilisation),
        gigawatts(figures.capacity_gw),
        numbers::points_change(figures.access_points),
    ]
}

/// Win rates by segment.
fn segments(desk: &Desk, view: &SeatView, page: &mut Page) {
    let names: Vec<String> =
        view.level.segment_ids().map(|segment| desk.words.segment(segment).to_owned()).collect();
    let mut header = vec!["win rate by segment"];
    header.extend(names.iter().map(String::as_str));
    let right: Vec<usize> = (1..header.len()).collect();
    let giants = view.published.giants.iter().enumerate().filter(|(_, giant)| giant.has_cloud);
    let rows: Vec<Vec<String>> = giants
        .map(|(place, giant)| {
            let mut cells = vec![desk.words.firm(FirmId(place as u8)).to_owned()];
            cells.extend(giant.win_by_segment.iter().map(|rate| share(*rate)));
            cells
        })
        .collect();
    page.blank();
    page.table(&header, &right, &rows);
}

pub(super) fn labs(desk: &mut Desk, seat: SeatId) -> io::Result<()> {
    let view = desk.view(seat);
    let mut page = desk.page();
    page.heading(&format!("The labs, end of {}", desk.words.quarter(view.published.quarter)));
    let names: Vec<String> =
        (0..view.labs.len()).map(|place| desk.words.lab(LabId(place as u8)).to_owned()).collect();
    let mut header = vec![""];
    header.extend(names.iter().map(String::as_str));
    let right: Vec<usize> = (1..header.len()).collect();
    page.table(&header, &right, &lab_rows(desk, &view));
    for (place, lab) in
        view.level.labs.iter().enumerate().filter(|(_, lab)| !lab.mission.is_empty())
    {
        let name = desk.words.lab(LabId(place as u8));
        page.bullet(&format!("{} charter: {}", possessive(name), lab.mission));
    }
    page.paragraph(&format!(
        "The frontier stands at {:.1} points ({}), open models at {:.1}. What a lab does not publish is shown as far as you know it.",
        view.published.frontier.points,
        desk.words.seat(view.published.frontier.leader),
        view.published.frontier.open_weights
    ));
    desk.show(&page)
}

fn lab_rows(desk: &Desk, view: &SeatView) -> Vec<Vec<String>> {
    let figures = &view.published.labs;
    let row = |name: &str, write: &dyn Fn(usize) -> String| {
        let mut cells = vec![name.to_owned()];
        cells.extend((0..figures.len()).map(write));
        cells
    };
    let quarters = |value: f64| format!("{value:.1}");
    let mut rows = vec![
        row("Revenue in the quarter", &|lab| bn(figures[lab].revenue_bn)),
        row("… growth on the quarter", &|lab| {
            numbers::growth(
                figures[lab].revenue_bn / figures[lab].past_revenue_bn[0].max(1e-9) - 1.0,
            )
        }),
        row("Capability, points", &|lab| format!("{:.1}", figures[lab].capability_points)),
        row("Compute rented", &|lab| gigawatts(figures[lab].compute_total_gw())),
        row("People", &|lab| format!("{:.0}", figures[lab].heads)),
        row("Fundamental value", &|lab| bn(figures[lab].fundamental_bn)),
        row("Marked at, after the money", &|lab| bn(figures[lab].last_price_bn)),
        row("Independence", &|lab| share(figures[lab].independence)),
        row("… floor of its charter", &|lab| share(view.level.labs[lab].independence_floor)),
        row("Morale of its staff", &|lab| share(figures[lab].morale)),
        row("Who sells its models", &|lab| labels::access_policy(figures[lab].access).to_owned()),
        row("Cash", &|lab| known(view.labs[lab].cash_bn, bn)),
        row("Compute credits held", &|lab| known(view.labs[lab].credits_bn, bn)),
        row("Burn in the quarter", &|lab| known(view.labs[lab].burn_bn, bn)),
        row("Runway, quarters", &|lab| known(view.labs[lab].runway_quarters, quarters)),
    ];
    for firm in (0..view.giants()).map(|place| FirmId(place as u8)) {
        let holds = figures.iter().any(|lab| lab.stakes[firm.index()] > 0.0005);
        if holds {
            let name = format!("{} owns", desk.words.firm(firm));
            rows.push(row(&name, &|lab| share(figures[lab].stakes[firm.index()])));
        }
    }
    rows
}

pub(super) fn rivals(desk: &mut Desk, seat: SeatId) -> io::Result<()> {
    let view = desk.view(seat);
    let mut page = desk.page();
    page.heading(&format!("The giants, end of {}", desk.words.quarter(view.published.quarter)));
    let rows: Vec<Vec<String>> = view
        .published
        .giants
        .iter()
        .enumerate()
        .map(|(place, giant)| {
            vec![
                desk.words.firm(FirmId(place as u8)).to_owned(),
                format!("{:.0}", giant.value_bn),
                figure(4.0 * giant.operating_income_bn()),
                figure(giant.cash_bn),
                figure(giant.debt_bn),
                figure(giant.capex_bn),
                giant.own_points.map_or_else(|| "–".to_owned(), |points| format!("{points:.1}")),
                figure(giant.stakes_bn),
                share(giant.heat),
            ]
        })
        .collect();
    let header = ["$bn", "value", "income", "cash", "debt", "capex", "models", "stakes", "heat"];
    page.table(&header, &[1, 2, 3, 4, 5, 6, 7, 8], &rows);
    page.note("income: a year; capex: capacity ordered in the quarter; models: its own, points; stakes: in labs, at the last price; heat: regulators' interest.");
    let characters: Vec<String> = view
        .level
        .giants
        .iter()
        .enumerate()
        .map(|(place, giant)| {
            let name = desk.words.firm(FirmId(place as u8));
            format!("{name} {}", labels::character(&giant.disposition))
        })
        .collect();
    page.paragraph(&format!("At the table (assumed): {}.", characters.join("; ")));
    for (place, giant) in view.published.giants.iter().enumerate() {
        if giant.circular_bn < 0.05 && giant.circular_pool_bn < 0.05 {
            continue;
        }
        let name = desk.words.firm(FirmId(place as u8));
        let careful = if giant.stress > 0.05 {
            " Doubts make its credit dearer and its orders smaller for now."
        } else {
            ""
        };
        page.bullet(&format!(
            "{name}: circular revenue {} in the quarter, {} of {}; {} of its money is still with labs. If that is doubted its value falls by about {}.{careful}",
            bn(giant.circular_bn),
            share(giant.circular_part),
            if giant.sells_chips { "its sales" } else { "its cloud" },
            bn(giant.circular_pool_bn),
            bn(giant.fragile_bn)
        ));
    }
    desk.show(&page)
}

/// A figure for a column headed $bn.
fn figure(billions: f64) -> String {
    format!("{billions:.1}").replace('-', "−")
}

pub(super) fn deals(desk: &mut Desk, seat: SeatId) -> io::Result<()> {
    let view = desk.view(seat);
    let mut page = desk.page();
    page.heading("Deals signed, and what is still promised");
    if view.deals.is_empty() {
        page.paragraph("None yet.");
    }
    for deal in &view.deals {
        let signed = if deal.signed.0 == 0 {
            "before the game".to_owned()
        } else {
            format!("in {}", desk.words.quarter(deal.signed))
        };
        let terms = if deal.signed.0 == 0 {
            format!("{} invested", numbers::money(deal.sheet.amount()))
        } else {
            clauses::signed(&desk.words, &view.deals, &deal.sheet)
        };
        page.bullet(&format!(
            "{} and {} (number {}), {signed}: {terms}. {}",
            desk.words.firm(deal.giant),
            desk.words.lab(deal.lab),
            deal.id.0,
            in_force(desk, &view, deal)
        ));
    }
    desk.show(&page)
}

/// What of a deal still binds, with dates.
fn in_force(desk: &Desk, view: &SeatView, deal: &Deal) -> String {
    let words = &desk.words;
    let through = |quarters: u8| {
        let last = (deal.signed.0 + u32::from(quarters)).saturating_sub(1);
        words.quarter(crate::units::Quarter(last))
    };
    let mut parts = Vec::new();
    let sheet = &deal.sheet;
    if deal.exclusivity_at(view.quarter) != Exclusivity::None {
        let kind = labels::exclusivity(sheet.exclusivity);
        parts.push(format!("{kind} through {}", through(sheet.exclusivity_quarters)));
    }
    if deal.access_at(view.quarter) != AccessTier::None {
        let tier = labels::access(sheet.access);
        parts.push(format!("{tier} access through {}", through(sheet.access_quarters)));
    }
    let committed = deal.committed_mw_at(view.quarter);
    if committed > 0.0 {
        parts.push(format!(
            "{} of compute now, through {}",
            gigawatts(committed / 1_000.0),
            through(sheet.commitment_quarters)
        ));
    }
    if !sheet.barred.is_empty() && deal.bars_at(view.quarter, first_barred(deal)) {
        let barred: Vec<&str> = sheet.barred.iter().map(|seat| words.seat(seat)).collect();
        let last = through(crate::sim::deal::BARRED_QUARTERS as u8);
        parts.push(format!("no money from {} through {last}", listed(&barred)));
    }
    match deal.staged {
        Staged::None => {}
        Staged::Waiting => parts.push(format!(
            "{} waits until {}",
            numbers::money(sheet.staged()),
            clauses::until(sheet.condition)
        )),
        Staged::Paid(quarter) => {
            parts.push(format!("second tranche paid in {}", words.quarter(quarter)))
        }
        Staged::Lapsed(quarter) => {
            parts.push(format!("second tranche lapsed in {}", words.quarter(quarter)))
        }
    }
    if !deal.life.waived.is_empty() {
        let rivals: Vec<&str> = deal.life.waived.iter().map(|seat| words.seat(seat)).collect();
        parts.push(format!("waived for {}", listed(&rivals)));
    }
    let board = labels::board(deal.board());
    if deal.board() != crate::sim::deal::BoardSeat::None {
        parts.push(format!("{board} on the board"));
    }
    if parts.is_empty() {
        "Nothing in it binds any more.".to_owned()
    } else {
        format!("In force: {}.", parts.join("; "))
    }
}

fn first_barred(deal: &Deal) -> SeatId {
    deal.sheet.barred.iter().next().unwrap_or(SeatId(0))
}

pub(super) fn history(desk: &mut Desk, seat: SeatId) -> io::Result<()> {
    let view = desk.view(seat);
    let mut page = desk.page();
    page.heading(&format!("Quarter by quarter · {}", desk.words.seat(seat)));
    let opening = desk.opening(seat);
    let past = std::iter::once((opening.published.clone(), opening.score.scaled)).chain(
        desk.session
            .game
            .history()
            .iter()
            .map(|closed| (closed.published.clone(), closed.scores.scaled(&view.level, seat))),
    );
    let mut rows = Vec::new();
    for (published, score) in past {
        let mut cells = vec![desk.words.quarter(published.quarter)];
        match view.role {
            Role::Giant(firm) => {
                let giant = &published.giants[firm.index()];
                cells.extend([
                    share(giant.win_rate),
                    share(giant.share),
                    share(giant.utilisation),
                    bn(giant.operating_income_bn()),
                    bn(giant.cash_bn),
                    bn(giant.debt_bn),
                    bn(giant.value_bn),
                ]);
            }
            Role::Lab(lab) => {
                let own = &published.labs[lab.index()];
                cells.extend([
                    bn(own.revenue_bn),
                    format!("{:.1}", own.capability_points),
                    gigawatts(own.compute_total_gw()),
                    format!("{:.0}", own.heads),
                    bn(own.fundamental_bn),
                    bn(own.last_price_bn),
                    share(own.independence),
                ]);
            }
        }
        cells.push(numbers::score(score));
        rows.push(cells);
    }
    let header = match view.role {
        Role::Giant(_) => {
            ["", "wins", "share", "in use", "income", "cash", "debt", "value", "score"]
        }
        Role::Lab(_) => {
            ["", "revenue", "points", "compute", "people", "worth", "price", "indep.", "score"]
        }
    };
    page.table(&header, &[1, 2, 3, 4, 5, 6, 7, 8], &rows);
    desk.show(&page)
}
