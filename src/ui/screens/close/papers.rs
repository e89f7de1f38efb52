//! What the papers will say, and what the score has done.

use std::sync::Arc;

use bevy_egui::egui::{Align2, Rect, ScrollArea, Ui, pos2, vec2};

use crate::host::words::refusals::upper_first;
use crate::host::words::{labels, numbers};
use crate::sim::game::ClosedQuarter;
use crate::ui::figures::{goal_tip, goals_moved};
use crate::ui::screens::Scene;
use crate::ui::screens::front::headed;
use crate::ui::state::Screen;
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, double_rule, text_button, tip};

/// A row of the score, and what stands around the rows.
const ROW: f32 = 26.0;
const AROUND: f32 = 132.0;
/// Stories at most: it is a front page.
const MOST: usize = 9;

/// What the papers will say, and what the score has done.
pub(super) fn papers(ui: &mut Ui, scene: &mut Scene, rect: Rect, closed: &Arc<ClosedQuarter>) {
    let tokens = ui.tokens();
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.2, tokens.ink);
    ui.within(rect, "papers", |ui| {
        ScrollArea::vertical().id_salt("papers").auto_shrink(false).show(ui, |ui| {
            let at = ui.next_widget_position();
            let width = rect.width();
            let title = "What the papers will say";
            let y = ui
                .ink(at + vec2(0.0, 7.0), Align2::LEFT_TOP, Type::Panel, tokens.ink, title)
                .bottom()
                + 6.0;
            // The score is to be seen without scrolling: stories take what it leaves.
            let goals = scene.desk.view.level.goals(scene.desk.view.seat).len();
            let room = at.y + rect.height() - AROUND - ROW * goals as f32;
            let little = ui.grid().tiny || rect.height() < 300.0;
            let mut y = stories(ui, scene, (pos2(at.x, y), width), room, little);
            let area = Rect::from_min_size(pos2(at.x, y + 16.0), vec2(width, 200.0));
            y = score(ui, scene, area, closed);
            let at_button = pos2(at.x, y + 10.0);
            let label = "Why, for any number";
            let kind = Type::InterfaceStrong;
            if text_button(ui, at_button, Align2::LEFT_TOP, kind, label).clicked() {
                scene.state.record = 0;
                scene.go(Screen::Records);
            }
            ui.allocate_space(vec2(width, y + 34.0 - at.y));
        });
    });
}

/// Stories as far as there is room, each under its headline; where they end.
fn stories(
    ui: &mut Ui,
    scene: &Scene,
    (at, width): (bevy_egui::egui::Pos2, f32),
    room: f32,
    little: bool,
) -> f32 {
    let tokens = ui.tokens();
    let front = scene.desk.front_page();
    let mut list: Vec<(String, String)> = Vec::new();
    let lead = front.stories.first().cloned().unwrap_or_default();
    list.push((front.headline.clone(), lead));
    list.extend(front.stories.iter().skip(1).chain(&front.further).map(|story| in_two(story)));
    let mut y = at.y;
    for (place, (head, text)) in list.into_iter().take(MOST).enumerate() {
        let head = ui.galley(Type::Story, tokens.ink, &head, width);
        // In little room a headline has to do.
        let text = if little { String::new() } else { text };
        let body = ui.galley(Type::Body, tokens.ink_soft, &text, width);
        let (tall, below) =
            (head.size().y, if text.is_empty() { 0.0 } else { body.size().y + 2.0 });
        let between = if place == 0 { 0.0 } else { 12.0 };
        let whole = y + between + tall + below <= room;
        let head_alone = y + between + tall <= room;
        if place > 0 && !whole && !head_alone {
            break;
        }
        if place > 0 {
            ui.hline(at.x..=at.x + width, y + 6.0, 1.0, tokens.rule_soft);
            y += between;
        }
        if !head.is_empty() {
            y = ui.lay(pos2(at.x, y), head).bottom();
        }
        if !text.is_empty() && (whole || place == 0) {
            y = ui.lay(pos2(at.x, y + 2.0), body).bottom();
        }
    }
    y
}

/// A story's headline and the rest; a long first sentence is cut where it turns.
fn in_two(story: &str) -> (String, String) {
    let (head, rest) = headed(story);
    if !head.is_empty() {
        return (head, upper_first(&rest));
    }
    match story.split_once("; ") {
        Some((head, rest)) if head.chars().count() <= 90 => (head.to_owned(), upper_first(rest)),
        _ => (story.trim_end_matches('.').to_owned(), String::new()),
    }
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
    let rows = goals_moved(desk);
    for (place, (goal, by)) in view.level.goals(view.seat).iter().zip(&rows).enumerate() {
        let is = &closed.scores.goals[view.seat.index()][place];
        let measure = labels::measure(goal.measure);
        let value = labels::measured(goal.measure, is.value);
        let middle = y + 0.5 * ROW;
        let at = pos2(rect.right(), middle);
        let by = numbers::points_change(*by);
        let figure = ui.ink(at, Align2::RIGHT_CENTER, Type::Row, tokens.ink, &by);
        let plain = format!("{measure} {value}");
        let mean = labels::mean_of(goal, is).map_or_else(String::new, |mean| format!("  {mean}"));
        let runs = [
            (Type::Interface, tokens.ink, plain.as_str()),
            (Type::Note, tokens.ink_note, mean.as_str()),
        ];
        let room = figure.left() - 8.0 - rect.left();
        let galley = ui.runs(&runs, f32::INFINITY);
        let galley = match galley.size().x <= room {
            true => galley,
            false => ui.clamped(Type::Interface, tokens.ink, &plain, room, 1),
        };
        ui.lay(pos2(rect.left(), middle - 0.5 * galley.size().y), galley);
        let row = Rect::from_min_max(pos2(rect.left(), y + 3.0), pos2(rect.right(), y + ROW - 3.0));
        let told = ui.told(row, ui.id().with(("goal", place)), &format!("{plain}{mean}: {by}"));
        tip(ui, &told, || goal_tip(desk, place));
        y += ROW;
        ui.hline(rect.left()..=rect.right(), y, 1.0, tokens.rule_soft);
    }
    ui.hline(rect.left()..=rect.right(), y, 1.2, tokens.ink);
    let middle = y + 15.0;
    let label = "This quarter";
    ui.ink(pos2(rect.left(), middle), Align2::LEFT_CENTER, Type::RowStrong, tokens.ink, label);
    let at = pos2(rect.right(), middle);
    let sum = numbers::points_change(rows.iter().sum());
    ui.ink(at, Align2::RIGHT_CENTER, Type::RowStrong, tokens.ink, &sum);
    double_rule(ui, rect.left(), rect.right(), y + 30.0);
    y + 36.0
}
