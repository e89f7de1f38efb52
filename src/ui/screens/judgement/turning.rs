//! Turning points: each decision left out in turn, those first that moved the score most.

use bevy_egui::egui::{Align2, Rect, Ui, pos2, vec2};

use super::deals::parts;
use crate::host::words::refusals::upper_first;
use crate::host::words::worth::{self as told, WORTH_TELLING, points as points_of};
use crate::host::words::{decisions, labels, numbers};
use crate::sim::view::SeatView;
use crate::ui::screens::Scene;
use crate::ui::tokens::Type;
use crate::ui::verdict::Stand;
use crate::ui::widgets::{House, Tip, range_bar, tip};

/// Told at most.
const MOST: usize = 5;

pub(super) fn turning_points(ui: &mut Ui, scene: &Scene, rect: Rect, stand: &Stand) -> f32 {
    let tokens = ui.tokens();
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.5, tokens.ink);
    let at = rect.min + vec2(0.0, 8.0);
    let title = ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, "Turning points");
    let note = "each of your decisions left out in turn, everybody free to answer that";
    let at = pos2(rect.right(), title.center().y);
    ui.ink(at, Align2::RIGHT_CENTER, Type::Note, tokens.ink_soft, note);
    let mut y = title.bottom() + 8.0;
    let say = |ui: &mut Ui, y: f32, text: &str| {
        let at = pos2(rect.left(), y);
        ui.ink_in(at, rect.width(), Type::Deck, tokens.ink_soft, text).bottom()
    };
    let found = match stand {
        Stand::Found(found) => found,
        Stand::Under(..) => return say(ui, y, "Your decisions are being weighed …"),
        Stand::Nothing => return say(ui, y, "The game has to be over before it can be weighed."),
    };
    let shown: Vec<_> = found
        .worth
        .turning_points
        .iter()
        .filter(|point| point.made.points().abs() >= WORTH_TELLING)
        .take(MOST)
        .collect();
    if shown.is_empty() {
        return say(ui, y, "No decision of yours, left out alone, would have moved the score.");
    }
    let desk = &*scene.desk;
    let view = &desk.view;
    let most = shown.iter().map(|point| point.made.points().abs()).fold(2.0, f64::max) * 1.2;
    let x = |part: f32| rect.left() + part * rect.width();
    for (place, point) in shown.into_iter().enumerate() {
        let row = Rect::from_min_size(pos2(rect.left(), y), vec2(rect.width(), 46.0));
        let middle = row.center().y;
        let quarter = desk.words.quarter(point.quarter);
        let at = pos2(x(0.0), middle);
        ui.ink(at, Align2::LEFT_CENTER, Type::Interface, tokens.ink_soft, &quarter);
        let phrase =
            upper_first(&decisions::phrase(&desk.words, &found.played.deals, &point.decision));
        let galley = ui.clamped(Type::Interface, tokens.ink, &phrase, x(0.385) - x(0.068), 2);
        ui.lay(pos2(x(0.068), middle - 0.5 * galley.size().y), galley);
        let points = point.made.points();
        let colour = if points >= 0.0 { tokens.good } else { tokens.bad };
        let bar = Rect::from_min_max(pos2(x(0.40), middle - 12.0), pos2(x(0.64), middle + 12.0));
        range_bar(ui, bar, (-most, most), (points.min(0.0), points, points.max(0.0)), colour);
        let figure = numbers::points_change(points);
        let at = pos2(x(0.655), middle);
        ui.ink(at, Align2::LEFT_CENTER, Type::RowStrong, tokens.ink, &figure);
        let step = labels::step(point.step, view.level.talk_rounds);
        let at = pos2(x(0.70), middle);
        ui.ink(at, Align2::LEFT_CENTER, Type::Note, tokens.ink_soft, &step);
        let name = format!(
            "{}. {}",
            told::decided(&desk.words, &found.played, point),
            told::decision_made(point)
        );
        let response = ui.told(row.shrink(4.0), ui.id().with(("turning", place)), &name);
        tip(ui, &response, || {
            let tip = Tip::new("What it made", figure.clone())
                .unit("points of the score")
                .row("score with it", points_of(point.made.played_points))
                .row("score without it", points_of(point.made.without_points));
            parts(tip, view, &point.made)
        });
        y = row.bottom();
        ui.hline(rect.left()..=rect.right(), y, 1.0, tokens.rule_soft);
    }
    y
}

/// The best deal that could have been signed and was not, once it is known.
pub(super) fn missed(ui: &mut Ui, scene: &Scene, rect: Rect, stand: &Stand) -> f32 {
    let Stand::Found(found) = stand else { return rect.top() };
    let Some(missed) = &found.worth.missed else { return rect.top() };
    let tokens = ui.tokens();
    let view: &SeatView = &scene.desk.view;
    let at = rect.min + vec2(0.0, 20.0);
    ui.hline(rect.left()..=rect.right(), at.y, 1.5, tokens.ink);
    let at = at + vec2(0.0, 8.0);
    let title = ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, "The best deal missed");
    let width = rect.width().min(760.0);
    let text = told::missed(&scene.desk.words, &found.played, view.seat, missed);
    let at = pos2(rect.left(), title.bottom() + 6.0);
    let text = ui.ink_in(at, width, Type::Interface, tokens.ink, &text);
    let at = pos2(rect.left(), text.bottom() + 4.0);
    let how = told::how_missed(missed);
    ui.ink_in(at, width, Type::Note, tokens.ink_note, &how).bottom()
}
