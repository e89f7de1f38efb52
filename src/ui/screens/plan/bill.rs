//! The bill, and what the score is made of.

use crate::host::levers::{burn, drafted_giant, drafted_lab, due, price_effect, runway};
use crate::host::words::{judgement, labels, numbers};
use crate::ids::{FirmId, Role};
use crate::sim::books::{Account, Reason};
use crate::sim::decision::{Decision, GiantPlan};
use crate::sim::setting::Step;
use crate::sim::view::Plan;
use crate::study::Tried;
use crate::ui::figures::goal_tip;
use crate::ui::screens::outlook::{self, Naming};
use crate::ui::screens::{Scene, front};
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Tip, double_rule, tip};
use bevy_egui::egui::{Align2, Rect, ScrollArea, Ui, pos2, vec2};

/// The bill and the score, in the panel.
pub(super) fn bill(ui: &mut Ui, scene: &mut Scene, rect: Rect) {
    let tokens = ui.tokens();
    let inner = rect.shrink2(vec2(28.0f32.min(0.07 * rect.width()), 16.0));
    ui.within(inner, "bill", |ui| {
        ScrollArea::vertical().id_salt("bill").auto_shrink(false).show(ui, |ui| {
            let at = ui.next_widget_position();
            let width = inner.width();
            let mut y =
                ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, "The bill, $bn").bottom()
                    + 2.0;
            ui.hline(at.x..=at.x + width, y, 1.2, tokens.ink);
            let rows = bill_rows(scene);
            for (place, it) in rows.iter().enumerate() {
                let figure = ui.galley(Type::Row, tokens.ink, &it.figure(), f32::INFINITY);
                let size = figure.size();
                let room = width - size.x - 16.0;
                let label = ui.galley(Type::Interface, tokens.ink, it.label, room);
                let high = label.size().y.max(size.y) + 7.0;
                ui.lay(pos2(at.x, y + 0.5 * (high - label.size().y)), label);
                ui.lay(pos2(at.x + width - size.x, y + 0.5 * (high - size.y)), figure);
                let row = Rect::from_min_size(pos2(at.x, y), vec2(width, high));
                let spoken = format!("{}: {}", it.label, it.figure());
                let told = ui.told(row, ui.id().with(("bill", place)), &spoken);
                tip(ui, &told, || Tip::new(it.label, it.figure()).unit("$bn").note(&it.why));
                y += high;
                ui.hline(at.x..=at.x + width, y, 1.0, tokens.rule_soft);
            }
            // What is shown is what is added up.
            let sum: f64 = rows.iter().map(Row::shown).sum();
            ui.hline(at.x..=at.x + width, y, 1.2, tokens.ink);
            let middle = y + 16.0;
            let label = "Cash at the close, about";
            let left = pos2(at.x, middle);
            ui.ink(left, Align2::LEFT_CENTER, Type::RowStrong, tokens.ink, label);
            let text = format!("{sum:.2}").replace('-', "−");
            ui.ink(
                pos2(at.x + width, middle),
                Align2::RIGHT_CENTER,
                Type::FigureSmall,
                tokens.ink,
                &text,
            );
            let row = Rect::from_x_y_ranges(at.x..=at.x + width, y..=middle + 14.0);
            let told = ui.told(row, ui.id().with("bill sum"), &format!("{label}: {text}"));
            tip(ui, &told, || {
                let whole = Tip::new(label, text.clone())
                    .unit("$bn")
                    .note("What the plan and last quarter say; the market answers at the close.");
                rows.iter()
                    .filter(|it| it.kind == Kind::Change)
                    .fold(whole, |tip, it| tip.cause(it.label, it.shown(), it.figure()))
            });
            double_rule(ui, at.x, at.x + width, middle + 15.0);
            y = middle + 26.0;
            let note = floor_note(scene, sum);
            y = ui.ink_in(pos2(at.x, y), width, Type::Note, tokens.ink_soft, &note).bottom() + 18.0;
            let room = |y: f32| Rect::from_min_size(pos2(at.x, y), vec2(width, 300.0));
            y = forecast(ui, scene, room(y)) + 16.0;
            y = score(ui, scene, room(y));
            ui.allocate_space(vec2(width, y - at.y + 8.0));
        });
    });
}

/// A row of the bill.
struct Row {
    label: &'static str,
    /// $bn.
    value: f64,
    kind: Kind,
    /// How it is reckoned.
    why: String,
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Start,
    Change,
    /// In the row above it: named, so that nobody looks for it.
    Named,
}

impl Row {
    fn of(label: &'static str, value: f64, why: impl Into<String>) -> Row {
        Row { label, value, kind: Kind::Change, why: why.into() }
    }

    fn shown(&self) -> f64 {
        (100.0 * self.value).round() / 100.0
    }

    fn figure(&self) -> String {
        match self.kind {
            Kind::Start => format!("{:.2}", self.value).replace('-', "−"),
            Kind::Change => numbers::fine_column(self.value),
            Kind::Named => "–".to_owned(),
        }
    }
}

/// Rows that sum to the cash one may expect, as far as it can be told from what is published.
fn bill_rows(scene: &Scene) -> Vec<Row> {
    let view = &scene.desk.view;
    let why = "What is in hand now; money set aside at a signature has left it already.";
    let start = Row { kind: Kind::Start, ..Row::of("Cash today", view.cash.bn(), why) };
    let mut rows = vec![start];
    match (view.role, view.plan) {
        (Role::Giant(firm), Plan::Giant(old)) => giant_rows(scene, firm, &old, &mut rows),
        (Role::Lab(lab), Plan::Lab(old)) => {
            let due = due(view, lab).bn();
            if due > 0.0 {
                let why = "Money of deals signed now that falls due this quarter.";
                rows.push(Row::of("Signed this quarter", due, why));
            }
            let burn = burn(view, lab, &drafted_lab(view, &old));
            let why =
                "Revenue less compute, people and the rest; the line of each lever says its part.";
            rows.push(Row::of("The business under this plan", -burn, why));
        }
        _ => {}
    }
    rows
}

fn giant_rows(scene: &Scene, firm: FirmId, old: &GiantPlan, rows: &mut Vec<Row>) {
    let view = &scene.desk.view;
    let figures = &view.published.giants[firm.index()];
    let plan = drafted_giant(view, old);
    rows.push(match usual(scene) {
        Some(usual) => Row::of(
            "The business, as last quarter",
            usual,
            "What the ordinary course brought, with tax, interest and dividends; without building, investing, borrowing, fines and fees.",
        ),
        None => Row::of(
            "Operating income, as last quarter",
            figures.operating_income_bn(),
            "Taken again as it was; what the plan changes stands in the rows below.",
        ),
    });
    if figures.opening_research_bn > 0.0 {
        let more = plan.research_bn - figures.research_bn;
        let was = numbers::bn(figures.research_bn);
        rows.push(match more.abs() > 0.005 {
            true => {
                let why = format!(
                    "{} instead of {was}, which the row above holds.",
                    numbers::bn(plan.research_bn)
                );
                Row::of("Our own models, the change", -more, why)
            }
            false => {
                let why = format!("{was} a quarter, as last quarter: the row above holds it.");
                let named = Row::of("Our own models, in the row above", 0.0, why);
                Row { kind: Kind::Named, ..named }
            }
        });
    }
    if figures.has_cloud {
        let each = numbers::bn(figures.order_cost_per_gw_bn);
        let why =
            format!("{:.2} GW at {each} a gigawatt, paid as they are ordered.", plan.order_gw);
        rows.push(Row::of("Build", -figures.order_cost_per_gw_bn * plan.order_gw, why));
        let segments = view.level.segment_ids();
        let base: f64 =
            segments.map(|s| price_effect(view, figures, &[s], plan.price[s.index()]).1).sum();
        if base.abs() > 0.005 {
            let why = "What the new prices bring from the customers there are; what is won or lost comes later.";
            rows.push(Row::of("Price, on the base", base, why));
        }
    }
}

/// What the ordinary course brought in the quarter that closed last, $bn.
fn usual(scene: &Scene) -> Option<f64> {
    let closed = scene.desk.history.last()?;
    let own = Account::Cash(scene.desk.view.seat);
    let once = |reason: Reason| {
        matches!(
            reason,
            Reason::CapitalSpending
                | Reason::Reserved
                | Reason::SharesBought
                | Reason::Borrowing
                | Reason::Fine
                | Reason::WaiverFee
                | Reason::BreakFee
                | Reason::Release
                | Reason::Damages
                | Reason::NoShopFee
                | Reason::Happening
                | Reason::RescueRound
        )
    };
    let usual = closed.postings.iter().filter(|posting| !once(posting.reason));
    let amount = usual.map(|posting| match (posting.from == own, posting.to == own) {
        (true, false) => -posting.amount.bn(),
        (false, true) => posting.amount.bn(),
        _ => 0.0,
    });
    Some(amount.sum())
}

fn floor_note(scene: &Scene, sum: f64) -> String {
    let view = &scene.desk.view;
    match view.role {
        Role::Giant(firm) => {
            let floor = view.level.giants[firm.index()].cash_floor.bn();
            let spare = sum - floor;
            let spare = match spare < 0.0 {
                true => format!("{} short of it: the firm borrows", numbers::bn(-spare)),
                false => format!("{} to spare; below it the firm borrows", numbers::bn(spare)),
            };
            let taxed = match scene.desk.history.is_empty() {
                true => "Tax, interest and dividends are not in this bill.",
                false => "Tax, interest and dividends are taken as last quarter.",
            };
            format!("The floor is {}, so {spare}. {taxed}", numbers::bn(floor))
        }
        Role::Lab(lab) => {
            let Plan::Lab(old) = view.plan else { return String::new() };
            let plan = drafted_lab(view, &old);
            format!("Under this plan the cash lasts {:.1} quarters.", runway(view, lab, &plan))
        }
    }
}

/// Every goal as a bar of its points, what they add up to, and what score that is.
fn score(ui: &mut Ui, scene: &Scene, rect: Rect) -> f32 {
    let tokens = ui.tokens();
    let view = &scene.desk.view;
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.2, tokens.ink);
    let at = rect.min + vec2(0.0, 6.0);
    let title = "What the score is made of";
    let title = ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, title);
    let at = pos2(rect.right(), title.center().y);
    ui.ink(at, Align2::RIGHT_CENTER, Type::Note, tokens.ink_soft, "points");
    let mut y = title.bottom() + 4.0;
    let of = |points: f64, weight: f64| format!("{points:.1} / {weight:.0}");
    let goals = view.level.goals(view.seat);
    let room = goals
        .iter()
        .map(|goal| of(goal.weight, goal.weight))
        .map(|text| ui.galley(Type::Row, tokens.ink, &text, f32::INFINITY).size().x)
        .fold(0.0, f32::max);
    for (place, (goal, now)) in goals.iter().zip(&view.score.goals).enumerate() {
        let name = labels::measure(goal.measure);
        let figure = labels::measured(goal.measure, now.value);
        let right = rect.right() - room - 14.0;
        let at = pos2(rect.left(), y + 9.0);
        ui.ink(at, Align2::LEFT_CENTER, Type::Interface, tokens.ink, name);
        let text = format!("{figure}, full at {}", labels::measured(goal.measure, goal.full_at));
        ui.ink(pos2(right, y + 9.0), Align2::RIGHT_CENTER, Type::Note, tokens.ink_soft, &text);
        let track =
            Rect::from_min_size(pos2(rect.left(), y + 21.0), vec2(right - rect.left(), 6.0));
        ui.painter().rect_filled(track, 0, tokens.rule_soft);
        let fill = Rect::from_min_size(track.min, vec2(track.width() * now.credit as f32, 6.0));
        ui.painter().rect_filled(fill, 0, tokens.firm(scene.desk.mark(view.seat)));
        let points = of(goal.weight * now.credit, goal.weight);
        let at = pos2(rect.right(), y + 15.0);
        ui.ink(at, Align2::RIGHT_CENTER, Type::Row, tokens.ink, &points);
        let row = Rect::from_min_max(pos2(rect.left(), y), pos2(rect.right(), y + 30.0));
        let spoken = format!("{name} {text}: {points}");
        let told = ui.told(row, ui.id().with(("goal", place)), &spoken);
        tip(ui, &told, || goal_tip(scene.desk, place));
        y += 36.0;
    }
    ui.hline(rect.left()..=rect.right(), y, 1.2, tokens.ink);
    let at = pos2(rect.left(), y + 14.0);
    ui.ink(at, Align2::LEFT_CENTER, Type::RowStrong, tokens.ink, "The goals together");
    let all: f64 = goals.iter().map(|goal| goal.weight).sum();
    let at = pos2(rect.right(), y + 14.0);
    let text = of(view.score.raw, all);
    ui.ink(at, Align2::RIGHT_CENTER, Type::RowStrong, tokens.ink, &text);
    y += 30.0;
    for text in [judgement::how_scored(view), front::score_line(scene.desk)] {
        let at = pos2(rect.left(), y);
        y = ui.ink_in(at, rect.width(), Type::Note, tokens.ink_soft, &text).bottom() + 4.0;
    }
    y
}

/// The plan as drafted against the one that stands.
fn forecast(ui: &mut Ui, scene: &mut Scene, rect: Rect) -> f32 {
    let view = &scene.desk.view;
    if view.step != Step::Plan {
        return rect.top();
    }
    let (drafted, standing) = match view.plan {
        Plan::Giant(old) => (Decision::Run(drafted_giant(view, &old)), Decision::Run(old)),
        Plan::Lab(old) => (Decision::Steer(drafted_lab(view, &old)), Decision::Steer(old)),
    };
    let naming = match drafted == standing {
        true => Naming { title: "This plan, as last quarter", with: "This", without: "" },
        false => {
            Naming { title: "This plan, or the last one again", with: "This", without: "Last" }
        }
    };
    outlook::show(ui, scene, rect, Tried::Plan { drafted, standing }, &naming)
}
