//! The note of a figure: what it is, how it moved, and why. Where causes are worked out they are the
//! largest four and the rest; else what the figure is made of, or what it goes by.

use super::{Figure, OfGiant, OfLab, Unit};
use crate::host::words::{bridge, numbers};
use crate::ids::{FirmId, LabId};
use crate::sim::explain::Metric;
use crate::sim::view::Published;
use crate::ui::desk::Desk;
use crate::ui::reasons::{Reason, Told};
use crate::ui::widgets::Tip;

/// Causes named at most.
const MOST: usize = 4;

impl Figure {
    pub fn tip(self, desk: &Desk) -> Tip {
        let seat = self.seat(desk);
        let title = format!("{}, {}", desk.words.seat(seat), in_text(self.label()));
        let tip = Tip::new(title, self.written(desk)).unit(self.meaning());
        let tip = match self.change(desk) {
            Some(change) => tip.change(change),
            None => tip,
        };
        if self.is_own_cash(desk) {
            return own_cash(tip, desk);
        }
        if desk.history.is_empty() {
            return self.parts(tip, desk).note("As the level opens: the first close explains it.");
        }
        let Some(metric) = self.metric() else { return self.parts(tip, desk) };
        match desk.reason(seat, metric) {
            Reason::Known(told) => causes(tip, &told, metric, self.unit()),
            Reason::Coming => tip.note("Why it moved is being worked out …"),
            Reason::None if self.known(desk).is_some() => self
                .parts(tip, desk)
                .note("The lab's own to know. Look closer at it, or hold a seat on its board."),
            Reason::None => self.parts(tip, desk),
        }
    }

    /// The note of an earlier quarter's figure, by the quarter's place among the closed ones.
    pub fn tip_in(self, desk: &Desk, place: usize) -> Tip {
        let (published, before) = (&desk.history[place].published, desk.before(place));
        let seat = self.seat(desk);
        let quarter = desk.words.quarter(published.quarter);
        let title = format!("{}, {}, {quarter}", desk.words.seat(seat), in_text(self.label()));
        let tip = Tip::new(title, self.written_at(published)).unit(self.meaning());
        let tip = match (self.published(published), self.published(&before)) {
            (Some(is), Some(was)) => tip.change(self.unit().change(is - was)),
            _ => tip,
        };
        let Some(metric) = self.metric() else { return tip };
        match desk.reason_in(seat, metric, published.quarter) {
            Reason::Known(told) => causes(tip, &told, metric, self.unit()),
            Reason::Coming => tip.note("Why it moved is being worked out …"),
            Reason::None => tip,
        }
    }

    /// What it is made of or goes by.
    fn parts(self, tip: Tip, desk: &Desk) -> Tip {
        match self {
            Figure::Giant(firm, what) => giant_parts(tip, desk, firm, what),
            Figure::Lab(lab, what) => lab_parts(tip, desk, lab, what),
        }
    }
}

/// The largest causes of a change, and the rest: they sum to it.
fn causes(mut tip: Tip, told: &Told, metric: Metric, unit: Unit) -> Tip {
    let scale = if metric.is_money() { 1e-9 } else { 1.0 };
    let change = scale * (told.after - told.before);
    let mut rows: Vec<(String, f64)> = Vec::new();
    for row in &told.rows {
        let name = match row.note.is_empty() {
            true => row.title.clone(),
            false => format!("{}: {}", row.title, row.note),
        };
        match rows.iter_mut().find(|(label, _)| *label == name) {
            Some((_, by)) => *by += scale * row.by,
            None => rows.push((name, scale * row.by)),
        }
    }
    rows.sort_by(|one, other| other.1.abs().total_cmp(&one.1.abs()));
    let slight = 0.004 * rows.iter().map(|(_, by)| by.abs()).fold(0.0, f64::max);
    let told_of = rows.iter().take_while(|(_, by)| by.abs() > slight).count().min(MOST);
    let mut rest = change;
    for (label, by) in rows.into_iter().take(told_of) {
        rest -= by;
        tip = tip.cause(label, by, unit.change(by));
    }
    if rest.abs() > slight.max(1e-9) {
        tip = tip.cause("the rest", rest, unit.change(rest));
    }
    tip.change(unit.change(change)).note("The causes sum to the change of the quarter.")
}

/// One's own cash: the books say why.
fn own_cash(tip: Tip, desk: &Desk) -> Tip {
    let Some(closed) = desk.history.last() else {
        return tip.note("As the level opens: the first close explains it.");
    };
    let seat = desk.view.seat;
    let mut rows = bridge::cash(&desk.words, &desk.view.deals, seat, &closed.postings);
    rows.sort_by_key(|row| -row.amount.0.abs());
    let change = bridge::change(seat, &closed.postings);
    let mut rest = change.bn();
    let mut tip = tip.change(numbers::bn_change(change.bn()));
    for row in rows.iter().take(MOST) {
        rest -= row.amount.bn();
        tip = tip.cause(row.label.clone(), row.amount.bn(), numbers::bn_change(row.amount.bn()));
    }
    if rest.abs() > 5e-4 {
        tip = tip.cause("the rest", rest, numbers::bn_change(rest));
    }
    tip.note("The postings of the last quarter. The books, under Records, have all of them.")
}

fn giant_parts(tip: Tip, desk: &Desk, firm: FirmId, what: OfGiant) -> Tip {
    let now = &desk.view.published.giants[firm.index()];
    let earlier = desk.history.len().checked_sub(1).map(|place| desk.before(place));
    let was = earlier.as_ref().map(|published| &published.giants[firm.index()]);
    // A part with its change, where there is a quarter to compare with.
    let part = |tip: Tip, label: &str, is: f64, before: Option<f64>, unit: Unit| match before {
        Some(before) => tip.cause(label, is - before, unit.change(is - before)),
        None => tip.row(label, unit.write(is)),
    };
    match what {
        OfGiant::Income => {
            let bn = Unit::Billions;
            let core = was.map(|giant| giant.core_income_bn);
            let tip = part(tip, "core business", now.core_income_bn, core, bn);
            let cloud = was.map(|giant| giant.cloud_income_bn);
            let tip = part(tip, "cloud", now.cloud_income_bn, cloud, bn);
            let deals = was.map(|giant| giant.deal_income_bn);
            part(tip, "clauses of its deals", now.deal_income_bn, deals, bn)
        }
        OfGiant::AiWinRate | OfGiant::WinRate | OfGiant::Share => {
            let access = was.map(|giant| giant.access_points);
            let tip = part(tip, "model access, points", now.access_points, access, Unit::Points);
            let used = was.map(|giant| giant.utilisation);
            let tip = part(tip, "capacity in use", now.utilisation, used, Unit::Part);
            tip.note("What customers choose by: models, price, and room. The causes of the win rate are worked out in full.")
        }
        OfGiant::Capacity => {
            let ahead = (1..).zip(now.arriving_gw).filter(|(_, gw)| *gw > 0.005);
            ahead.fold(tip, |tip, (quarters, gw)| {
                let quarter = desk.words.quarter(desk.view.published.quarter.plus(quarters));
                tip.row(format!("arrives in {quarter}"), numbers::gigawatts(gw))
            })
        }
        OfGiant::InUse => {
            let room = was.map(|giant| giant.capacity_gw);
            let tip = part(tip, "capacity", now.capacity_gw, room, Unit::Gigawatts);
            tip.note("Full clouds turn customers away; empty ones cost what they cost.")
        }
        OfGiant::Access => {
            let own = now.own_points.map_or("none".to_owned(), |points| format!("{points:.1}"));
            tip.row("own models", own)
                .row("the frontier", format!("{:.1}", desk.view.published.frontier.points))
                .note("The best models its customers can use, its own or a lab's, in points from the frontier.")
        }
        OfGiant::Heat => {
            let tip = tip.row("stakes in labs", numbers::bn(now.stakes_bn));
            let tip = tip.row("cloud share", numbers::share(now.share));
            let open = if now.inquiry.is_some() { "open" } else { "none" };
            tip.row("inquiry", open).note(
                "Grows with stakes that are exclusive and carry votes, and with concentration.",
            )
        }
        OfGiant::Stakes => stakes(tip, desk, firm, earlier.as_deref()),
        OfGiant::Capex => tip
            .row("a gigawatt costs", numbers::bn(now.order_cost_per_gw_bn))
            .row("under way", numbers::bn(now.under_way_bn)),
        OfGiant::Debt => tip
            .row("cash", numbers::bn(now.cash_bn))
            .row("free cash in the quarter", numbers::bn_change(now.free_cash_flow_bn))
            .note("It borrows when cash would fall under its floor."),
        OfGiant::ChipSales => {
            let price = was.map(|giant| giant.chip_price);
            part(tip, "list price", now.chip_price, price, Unit::Points)
                .note("What is ordered of it and could be shipped.")
        }
        OfGiant::Value => {
            let (is, before) = (&now.value_parts, was.map(|giant| &giant.value_parts));
            let bn = Unit::Billions;
            let tip = part(tip, "earnings", is.earnings_bn, before.map(|p| p.earnings_bn), bn);
            let tip = part(tip, "stakes", is.stakes_bn, before.map(|p| p.stakes_bn), bn);
            part(tip, "news", is.news_bn, before.map(|p| p.news_bn), bn)
        }
        OfGiant::Cash | OfGiant::Models => tip,
    }
}

/// A giant's stakes, by lab.
fn stakes(tip: Tip, desk: &Desk, firm: FirmId, earlier: Option<&Published>) -> Tip {
    let labs = desk.view.published.labs.iter().enumerate();
    labs.filter(|(_, lab)| lab.stakes[firm.index()] > 0.0005).fold(tip, |tip, (place, lab)| {
        let part = lab.stakes[firm.index()];
        let name = format!("{} {}", desk.words.lab(LabId(place as u8)), numbers::share(part));
        let is = part * lab.last_price_bn;
        let before = earlier.map(|published| {
            let lab = &published.labs[place];
            lab.stakes[firm.index()] * lab.last_price_bn
        });
        match before {
            Some(before) => tip.cause(name, is - before, numbers::bn_change(is - before)),
            None => tip.row(name, numbers::bn(is)),
        }
    })
}

fn lab_parts(tip: Tip, desk: &Desk, lab: LabId, what: OfLab) -> Tip {
    let now = &desk.view.published.labs[lab.index()];
    let earlier = desk.history.len().checked_sub(1).map(|place| desk.before(place));
    let was = earlier.as_ref().map(|published| &published.labs[lab.index()]);
    match what {
        OfLab::LastPrice => {
            let deals = desk.view.deals.iter().rev();
            let rounds = deals.filter(|deal| {
                deal.lab == lab && deal.signed.0 > 0 && deal.sheet.amount().is_positive()
            });
            rounds.take(3).fold(tip, |tip, deal| {
                let who = desk.words.firm(deal.giant);
                let when = desk.words.quarter(deal.signed);
                tip.row(format!("{who}, {when}"), numbers::bn(deal.sheet.post_money().bn()))
            })
        }
        OfLab::Compute => {
            let giants = (0..desk.view.giants()).map(|place| FirmId(place as u8));
            giants.fold(tip, |tip, firm| {
                let is = now.compute_gw[firm.index()];
                if is < 0.005 {
                    return tip;
                }
                match was.map(|lab| lab.compute_gw[firm.index()]) {
                    Some(before) => tip.cause(
                        desk.words.firm(firm),
                        is - before,
                        Unit::Gigawatts.change(is - before),
                    ),
                    None => tip.row(desk.words.firm(firm), numbers::gigawatts(is)),
                }
            })
        }
        OfLab::Morale => tip
            .row("talent in the quarter", numbers::points_change(now.talent_change))
            .row("independence", numbers::share(now.independence))
            .note("Staff watch the charter: a breach costs talent."),
        OfLab::Independence => {
            let floor = desk.view.level.labs[lab.index()].independence_floor;
            tip.row("floor of its charter", numbers::share(floor))
        }
        _ => tip
            .row("revenue in the quarter", numbers::bn(now.revenue_bn))
            .row("compute rented", numbers::gigawatts(now.compute_total_gw())),
    }
}

/// A label within a sentence.
fn in_text(label: &str) -> String {
    let mut letters = label.trim_start_matches(['…', ' ']).chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().collect::<String>() + letters.as_str()
    })
}
