//! The medal, and the score as a sum of its goals.

use bevy_egui::egui::{Align2, Pos2, Rect, Shape, Stroke, Ui, Vec2, pos2, vec2};

use crate::host::words::judgement::how_scored;
use crate::host::words::worth::points;
use crate::host::words::{labels, numbers};
use crate::sim::goals::rules::Medal;
use crate::ui::figures::goal_tip;
use crate::ui::screens::Scene;
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, double_rule, tip};

pub(super) fn medal_picture(ui: &mut Ui, centre: Pos2, score: &str, medal: Medal) {
    let tokens = ui.tokens();
    let painter = ui.painter().clone();
    let ribbon = |left: f32| {
        let top = centre.y - 118.0;
        vec![
            pos2(centre.x + left, top),
            pos2(centre.x + left + 22.0, top),
            pos2(centre.x + 0.25 * left + 10.0, centre.y - 52.0),
            pos2(centre.x + 0.25 * left - 6.0, centre.y - 52.0),
        ]
    };
    if medal != Medal::None {
        painter.add(Shape::convex_polygon(ribbon(-32.0), tokens.pen_fill, Stroke::NONE));
        painter.add(Shape::convex_polygon(ribbon(10.0), tokens.pen_fill, Stroke::NONE));
    }
    let metal = match medal {
        Medal::Gold => tokens.warn_fill,
        Medal::Silver => tokens.rule,
        Medal::Bronze => tokens.faded(tokens.bad, 0.6),
        Medal::None => tokens.rule_soft,
    };
    painter.circle(centre, 58.0, metal, Stroke::new(1.8, tokens.ink_soft));
    painter.circle(centre, 46.0, tokens.sheet, Stroke::new(1.2, tokens.ink_soft));
    for k in 0..48 {
        let angle = std::f32::consts::TAU * k as f32 / 48.0;
        let way = Vec2::angled(angle);
        let line = [centre + 49.0 * way, centre + 54.0 * way];
        painter.line_segment(line, Stroke::new(1.0, tokens.ink_soft));
    }
    let at = centre - vec2(0.0, 8.0);
    ui.ink(at, Align2::CENTER_CENTER, Type::FigureLarge, tokens.ink, score);
    let at = centre + vec2(0.0, 20.0);
    ui.ink(at, Align2::CENTER_CENTER, Type::Note, tokens.ink, labels::medal(medal));
}

pub(super) fn sum(ui: &mut Ui, scene: &Scene, rect: Rect) -> f32 {
    let tokens = ui.tokens();
    let view = &scene.desk.view;
    let mut y = rect.top();
    let goals = view.level.goals(view.seat).iter().zip(&view.score.goals);
    for (place, (goal, now)) in goals.enumerate() {
        let name = format!(
            "{} {}, full at {}",
            labels::measure(goal.measure),
            labels::measured(goal.measure, now.value),
            labels::measured(goal.measure, goal.full_at)
        );
        let width = rect.width() - 74.0;
        let galley = ui.galley(Type::Interface, tokens.ink, &name, width);
        let height = galley.size().y.max(20.0) + 7.0;
        ui.lay(pos2(rect.left(), y + 3.0), galley);
        let made = format!("{:.1} / {:.0}", goal.weight * now.credit, goal.weight);
        let at = pos2(rect.right(), y + 3.0 + 10.0);
        ui.ink(at, Align2::RIGHT_CENTER, Type::RowStrong, tokens.ink, &made);
        y += height;
        let row = Rect::from_min_max(pos2(rect.left(), y - height), pos2(rect.right(), y));
        let told = ui.told(row, ui.id().with(("goal", place)), &format!("{name}: {made}"));
        tip(ui, &told, || goal_tip(scene.desk, place));
        ui.hline(rect.left()..=rect.right(), y, 1.0, tokens.rule_soft);
    }
    let all: f64 = view.level.goals(view.seat).iter().map(|goal| goal.weight).sum();
    let sums = [
        ("Points", format!("{} / {all:.0}", points(view.score.raw))),
        ("Score, on the level's scale", format!("{} / 100", numbers::score(view.score.scaled))),
    ];
    for (name, text) in sums {
        ui.hline(rect.left()..=rect.right(), y, 1.2, tokens.ink);
        let at = pos2(rect.left(), y + 16.0);
        ui.ink(at, Align2::LEFT_CENTER, Type::RowStrong, tokens.ink, name);
        let at = pos2(rect.right(), y + 16.0);
        ui.ink(at, Align2::RIGHT_CENTER, Type::RowStrong, tokens.ink, &text);
        y += 31.0;
    }
    double_rule(ui, rect.left(), rect.right(), y);
    y += 8.0;
    for text in [how_scored(view).as_str(), "Bronze 30, silver 60, gold 90."] {
        let at = pos2(rect.left(), y);
        y = ui.ink_in(at, rect.width(), Type::Note, tokens.ink_note, text).bottom();
    }
    y
}
