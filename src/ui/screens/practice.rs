//! The band over every screen while a closed quarter is played again.

use bevy_egui::egui::{Align2, Rect, Ui, pos2, vec2};

use super::{Scene, records};
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Press};

/// Draws the band, if there is practice; the room below it.
pub fn band(ui: &mut Ui, scene: &mut Scene, room: Rect) -> Rect {
    let Some(aside) = &scene.desk.aside else { return room };
    let tokens = ui.tokens();
    let margin = ui.grid().margin;
    let desk = &scene.desk;
    let from = desk.words.quarter(aside.from);
    let over = desk.practice_is_over();
    let text = match over {
        true => "Here the game itself stands: nobody sees luck that is still to come.".to_owned(),
        false => format!("{from} again, under the same luck. Nothing here counts."),
    };
    let band = Rect::from_min_size(room.min, vec2(room.width(), 48.0));
    ui.painter().rect_filled(band, 0, tokens.pen_wash);
    let bar = Rect::from_min_size(band.min + vec2(margin, 10.0), vec2(3.0, 28.0));
    ui.painter().rect_filled(bar, 0, tokens.pen);
    let at = pos2(bar.right() + 11.0, band.center().y);
    let head = ui.ink(at, Align2::LEFT_CENTER, Type::Panel, tokens.pen, "Practice");
    let label = if over { "Set the two side by side" } else { "Back to the game" };
    let press = if over { Press::primary(label) } else { Press::new(label) };
    let at = pos2(band.right() - margin, band.center().y);
    let press = press.height(34.0).at(ui, at, Align2::RIGHT_CENTER);
    let left = head.right() + 16.0;
    let width = press.rect.left() - left - 12.0;
    let galley = ui.clamped(Type::Interface, tokens.ink, &text, width, 2);
    ui.lay(pos2(left, band.center().y - 0.5 * galley.size().y), galley);
    ui.hline(band.left()..=band.right(), band.bottom(), 1.0, tokens.rule);
    if press.clicked() {
        scene.desk.end_practice();
        scene.state.drafts.clear();
        scene.state.table = None;
        records::open(scene, "Quarter by quarter");
    }
    Rect::from_min_max(pos2(room.left(), band.bottom()), room.max)
}
