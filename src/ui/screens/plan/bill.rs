//! The bill, and what the score is made of.

use crate::host::levers::{drafted_giant, drafted_lab, price_effect, runway};
use crate::host::words::{labels, numbers};
use crate::ids::{Role, SegmentId};
use crate::sim::books::{Account, Reason};
use crate::sim::decision::Decision;
use crate::sim::setting::Step;
use crate::sim::view::Plan;
use crate::study::Tried;
use crate::ui::screens::outlook::{self, Naming};
use crate::ui::screens::{Scene, front};
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, double_rule};
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
            let (rows, sum) = bill_rows(scene);
            for (label, value) in &rows {
                let middle = y + 13.5;
                let galley = ui.galley(Type::Interface, tokens.ink, label, width - 70.0);
                ui.lay(pos2(at.x, middle - 0.5 * galley.size().y), galley);
                let text = numbers::fine_column(*value).trim_start_matches('+').to_owned();
                let text = if rows[0].0 == *label { text } else { numbers::fine_column(*value) };
                ui.ink(
                    pos2(at.x + width, middle),
                    Align2::RIGHT_CENTER,
                    Type::Row,
                    tokens.ink,
                    &text,
                );
                y += 27.0;
                ui.hline(at.x..=at.x + width, y, 1.0, tokens.rule_soft);
            }
            ui.hline(at.x..=at.x + width, y, 1.2, tokens.ink);
            let middle = y + 16.0;
            ui.ink(
                pos2(at.x, middle),
                Align2::LEFT_CENTER,
                Type::RowStrong,
                tokens.ink,
                "Cash at the close, about",
            );
            let text = format!("{sum:.1}");
            ui.ink(
                pos2(at.x + width, middle),
                Align2::RIGHT_CENTER,
                Type::FigureSmall,
                tokens.ink,
                &text,
            );
            double_rule(ui, at.x, at.x + width, middle + 15.0);
            y = middle + 26.0;
            let note = floor_note(scene, sum);
            y = ui.ink_in(pos2(at.x, y), width, Type::Note, tokens.ink_soft, &note).bottom() + 18.0;
            let room = |y: f32| Rect::from_min_size(pos2(at.x, y), vec2(width, 300.0));
            // Where little fits, what the plan may come to goes first.
            y = match ui.grid().small {
                true => {
                    let y = forecast(ui, scene, room(y)) + 16.0;
                    score(ui, scene, room(y))
                }
                false => {
                    let y = score(ui, scene, room(y)) + 16.0;
                    forecast(ui, scene, room(y))
                }
            };
            ui.allocate_space(vec2(width, y - at.y + 8.0));
        });
    });
}

/// Rows that sum to the cash one may expect, as far as it can be told from what is published.
fn bill_rows(scene: &Scene) -> (Vec<(String, f64)>, f64) {
    let view = &scene.desk.view;
    let mut rows = vec![("Cash today".to_owned(), view.cash.bn())];
    let own = Account::Cash(view.seat);
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
    if let Some(closed) = scene.desk.history.last() {
        let usual: f64 = closed
            .postings
            .iter()
            .filter(|posting| !once(posting.reason))
            .map(|posting| match (posting.from == own, posting.to == own) {
                (true, false) => -posting.amount.bn(),
                (false, true) => posting.amount.bn(),
                _ => 0.0,
            })
            .sum();
        rows.push(("The business, as last quarter".to_owned(), usual));
    } else if let Role::Giant(firm) = view.role {
        let income = view.published.giants[firm.index()].operating_income_bn();
        rows.push(("Operating income, as last quarter".to_owned(), income));
    }
    if let (Role::Giant(firm), Plan::Giant(old)) = (view.role, view.plan) {
        let figures = &view.published.giants[firm.index()];
        let plan = drafted_giant(view, &old);
        if figures.has_cloud {
            rows.push(("Build".to_owned(), -figures.order_cost_per_gw_bn * plan.order_gw));
            let segments: Vec<SegmentId> = view.level.segment_ids().collect();
            let base: f64 = segments
                .iter()
                .map(|s| price_effect(view, figures, &[*s], plan.price[s.index()]).1)
                .sum();
            if base.abs() > 0.005 {
                rows.push(("Price, on the base".to_owned(), base));
            }
        }
        let more = plan.research_bn - figures.research_bn;
        if more.abs() > 0.005 {
            rows.push(("Our own models, the change".to_owned(), -more));
        }
    }
    if let Role::Lab(lab) = view.role {
        let due: f64 = view
            .deals
            .iter()
            .filter(|deal| deal.lab == lab && deal.signed == view.quarter && deal.fact.is_some())
            .map(|deal| deal.sheet.first_tranche().bn())
            .sum();
        if due > 0.0 {
            rows.push(("Signed this quarter".to_owned(), due));
        }
    }
    let sum = rows.iter().map(|(_, value)| value).sum();
    (rows, sum)
}

fn floor_note(scene: &Scene, sum: f64) -> String {
    let view = &scene.desk.view;
    match view.role {
        Role::Giant(firm) => {
            let floor = view.level.giants[firm.index()].cash_floor.bn();
            format!(
                "The floor is {floor:.1}, so {:.1} to spare; below it the firm borrows. Tax, interest and what is paid out come on top of a change of plan.",
                sum - floor
            )
        }
        Role::Lab(lab) => {
            let Plan::Lab(old) = view.plan else { return String::new() };
            let plan = drafted_lab(view, &old);
            format!("Under this plan the cash lasts {:.1} quarters.", runway(view, lab, &plan))
        }
    }
}

/// Every goal as a bar of its points, under a heading.
fn score(ui: &mut Ui, scene: &Scene, rect: Rect) -> f32 {
    let tokens = ui.tokens();
    let view = &scene.desk.view;
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.2, tokens.ink);
    let at = rect.min + vec2(0.0, 6.0);
    let title = "What the score is made of";
    let title = ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, title);
    let mut y = title.bottom() + 4.0;
    for (goal, now) in view.level.goals(view.seat).iter().zip(&view.score.goals) {
        let name = labels::measure(goal.measure);
        let figure = labels::measured(goal.measure, now.value);
        let at = pos2(rect.left(), y + 9.0);
        ui.ink(at, Align2::LEFT_CENTER, Type::Interface, tokens.ink, name);
        let text = format!("{figure}, full at {}", labels::measured(goal.measure, goal.full_at));
        let at = pos2(rect.right(), y + 9.0);
        ui.ink(at, Align2::RIGHT_CENTER, Type::Note, tokens.ink_soft, &text);
        let track = Rect::from_min_size(pos2(rect.left(), y + 21.0), vec2(rect.width(), 6.0));
        ui.painter().rect_filled(track, 0, tokens.rule_soft);
        let fill = Rect::from_min_size(track.min, vec2(track.width() * now.credit as f32, 6.0));
        ui.painter().rect_filled(fill, 0, tokens.firm(scene.desk.mark(view.seat)));
        y += 36.0;
    }
    let text = front::score_line(scene.desk);
    ui.ink_in(pos2(rect.left(), y + 2.0), rect.width(), Type::Note, tokens.ink_note, &text).bottom()
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
    if drafted == standing {
        let tokens = ui.tokens();
        ui.hline(rect.left()..=rect.right(), rect.top(), 1.0, tokens.ink);
        let text = "Turn a lever, and what this plan may come to against the standing one is played out here.";
        let at = rect.min + vec2(0.0, 8.0);
        return ui.ink_in(at, rect.width(), Type::Note, tokens.ink_note, text).bottom();
    }
    let naming =
        Naming { title: "This plan, or the last one again", with: "This", without: "Last" };
    outlook::show(ui, scene, rect, Tried::Plan { drafted, standing }, &naming)
}
