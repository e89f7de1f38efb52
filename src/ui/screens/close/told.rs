//! What a forecast said of the quarter when its plan was filed, against what came; and the way back to it.

use bevy_egui::egui::{Align2, Rect, Ui, pos2};

use crate::host::words::numbers;
use crate::ui::screens::Scene;
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Tip, text_button, tip};

/// Told against came where there was a forecast, and the quarter taken up again.
pub(super) fn beside(ui: &mut Ui, scene: &mut Scene, rect: Rect) {
    let mut y = rect.top() + 8.0;
    if let Some(bottom) = told(ui, scene, Rect::from_min_max(pos2(rect.left(), y), rect.max)) {
        y = bottom + 4.0;
    }
    let Some(quarter) = scene.desk.history.last().map(|closed| closed.quarter) else { return };
    if scene.desk.no_practice().is_none() {
        let text = "Take this quarter up again";
        let at = pos2(rect.left(), y);
        let press = text_button(ui, at, Align2::LEFT_TOP, Type::InterfaceStrong, text);
        if press.clicked() {
            scene.desk.take_up(quarter);
        }
        let note = "As practice, under the same luck; nothing of it counts.";
        let at = pos2(rect.left(), press.rect.bottom() + 4.0);
        let soft = ui.tokens().ink_note;
        let galley = ui.galley(Type::Note, soft, note, rect.width());
        if at.y + galley.size().y <= rect.bottom() + 2.0 {
            ui.lay(at, galley);
        }
    }
}

/// The band that was told of the score, and where it came out; where it ends.
fn told(ui: &mut Ui, scene: &Scene, rect: Rect) -> Option<f32> {
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    let closed = desk.history.last()?;
    let band = desk.told(closed.quarter)?;
    let came = closed.scores.scaled(&desk.view.level, desk.view.seat);
    let title = "What you were told, what came";
    let head = ui.ink(rect.min, Align2::LEFT_TOP, Type::InterfaceStrong, tokens.ink, title);
    let (low, high) = (band.low_10pct.min(came), band.high_90pct.max(came));
    let room = 0.15 * (high - low).max(1.0);
    let (low, high) = (low - room, high + room);
    let x = |v: f64| rect.left() + ((v - low) / (high - low)) as f32 * rect.width();
    let y = head.bottom() + 22.0;
    ui.hline(rect.left()..=rect.right(), y, 1.0, tokens.rule);
    let (from, to) = (x(band.low_10pct), x(band.high_90pct).max(x(band.low_10pct) + 2.0));
    let bar = Rect::from_min_max(pos2(from, y - 6.0), pos2(to, y + 6.0));
    ui.painter().rect_filled(bar, 0, tokens.faded(tokens.pen, 0.24));
    let tick = Rect::from_center_size(pos2(x(band.median), y), bevy_egui::egui::vec2(2.5, 14.0));
    ui.painter().rect_filled(tick, 0, tokens.pen);
    let colour = tokens.firm(desk.mark(desk.view.seat));
    ui.painter().circle_filled(pos2(x(came), y), 5.5, colour);
    let (told, was) = (numbers::score(band.median), numbers::score(came));
    let words = [
        (x(band.median), format!("told {told}"), tokens.pen),
        (x(came), format!("came {was}"), tokens.ink),
    ];
    let first = usize::from(words[1].0 < words[0].0);
    let mut free = rect.left();
    for place in [first, 1 - first] {
        let (at, text, colour) = &words[place];
        let galley = ui.galley(Type::NoteStrong, *colour, text, f32::INFINITY);
        let wide = galley.size().x;
        // Room is kept for the second of the two.
        let left = rect.right() - wide - if place == first { 78.0 } else { 0.0 };
        let left = (at - 0.5 * wide).min(left).max(free);
        free = ui.lay(pos2(left, y - 24.0), galley).right() + 10.0;
    }
    let low = numbers::score(band.low_10pct);
    let high = numbers::score(band.high_90pct);
    let note = format!("The score; four in five lay from {low} to {high}.");
    let galley = ui.galley(Type::Note, tokens.ink_soft, &note, rect.width());
    let bottom = ui.lay(pos2(rect.left(), y + 9.0), galley).bottom();
    let area = Rect::from_min_max(rect.min, pos2(rect.right(), bottom));
    let spoken = format!("{title}: the score, told {told}, between {low} and {high}; came {was}");
    let response = ui.told(area, ui.id().with("told"), &spoken);
    tip(ui, &response, || {
        Tip::new("The score", was.clone())
            .row("told, the middle", told.clone())
            .row("four worlds in five", format!("{low} to {high}"))
            .note("The forecast that stood beside the plan as it was filed.")
    });
    Some(bottom)
}
