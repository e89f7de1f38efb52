//! What the papers will say, and what the score has done.

use std::sync::Arc;

use bevy_egui::egui::{Align2, Rect, ScrollArea, Ui, pos2, vec2};

use crate::host::words::{labels, numbers};
use crate::sim::game::ClosedQuarter;
use crate::ui::screens::Scene;
use crate::ui::state::Screen;
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, double_rule, text_button};

/// What the papers will say, and what the score has done.
pub(super) fn papers(ui: &mut Ui, scene: &mut Scene, rect: Rect, closed: &Arc<ClosedQuarter>) {
    let tokens = ui.tokens();
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.2, tokens.ink);
    ui.within(rect, "papers", |ui| {
        ScrollArea::vertical().id_salt("papers").auto_shrink(false).show(ui, |ui| {
            let at = ui.next_widget_position();
            let width = rect.width() - 8.0;
            let title = "What the papers will say";
            let mut y = ui
                .ink(at + vec2(0.0, 7.0), Align2::LEFT_TOP, Type::Panel, tokens.ink, title)
                .bottom()
                + 6.0;
            let desk = &*scene.desk;
            let front = desk.front_page();
            y = ui.ink_in(pos2(at.x, y), width, Type::Story, tokens.ink, &front.headline).bottom();
            for (place, story) in front.stories.iter().take(4).enumerate() {
                if place > 0 {
                    ui.hline(at.x..=at.x + width, y + 6.0, 1.0, tokens.rule_soft);
                    y += 12.0;
                }
                y = ui
                    .ink_in(pos2(at.x, y + 2.0), width, Type::Body, tokens.ink_soft, story)
                    .bottom();
            }
            y = score(
                ui,
                scene,
                Rect::from_min_size(pos2(at.x, y + 18.0), vec2(width, 200.0)),
                closed,
            );
            if text_button(
                ui,
                pos2(at.x, y + 10.0),
                Align2::LEFT_TOP,
                Type::InterfaceStrong,
                "Why, for any number",
            )
            .clicked()
            {
                scene.state.record = 0;
                scene.go(Screen::Records);
            }
            ui.allocate_space(vec2(width, y + 40.0 - at.y));
        });
    });
}

fn score(ui: &mut Ui, scene: &Scene, rect: Rect, closed: &ClosedQuarter) -> f32 {
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    let view = &desk.view;
    let now = closed.scores.scaled(&view.level, view.seat);
    let earlier = desk.history.len().checked_sub(2).map(|place| &desk.history[place].scores);
    let before =
        earlier.map_or(desk.opening.score.scaled, |scores| scores.scaled(&view.level, view.seat));
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.2, tokens.ink);
    let title = format!("Your score, {} to {}", numbers::score(before), numbers::score(now));
    let at = rect.min + vec2(0.0, 7.0);
    let mut y = ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, &title).bottom() + 2.0;
    let mut sum = 0.0;
    for (place, goal) in view.level.goals(view.seat).iter().enumerate() {
        let is = closed.scores.goals[view.seat.index()][place];
        let was = earlier.map_or(desk.opening.score.goals[place], |scores| {
            scores.goals[view.seat.index()][place]
        });
        let by = goal.weight * (is.credit - was.credit);
        sum += by;
        let name = format!(
            "{} {}",
            labels::measure(goal.measure),
            labels::measured(goal.measure, is.value)
        );
        let middle = y + 13.0;
        ui.ink(pos2(rect.left(), middle), Align2::LEFT_CENTER, Type::Interface, tokens.ink, &name);
        let at = pos2(rect.right(), middle);
        ui.ink(at, Align2::RIGHT_CENTER, Type::Row, tokens.ink, &numbers::points_change(by));
        y += 26.0;
        ui.hline(rect.left()..=rect.right(), y, 1.0, tokens.rule_soft);
    }
    ui.hline(rect.left()..=rect.right(), y, 1.2, tokens.ink);
    let middle = y + 15.0;
    let label = "Points, this quarter";
    ui.ink(pos2(rect.left(), middle), Align2::LEFT_CENTER, Type::RowStrong, tokens.ink, label);
    let at = pos2(rect.right(), middle);
    ui.ink(at, Align2::RIGHT_CENTER, Type::RowStrong, tokens.ink, &numbers::points_change(sum));
    double_rule(ui, rect.left(), rect.right(), y + 30.0);
    y + 36.0
}
