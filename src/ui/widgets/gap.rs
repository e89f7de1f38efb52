//! The gap between two positions on a clause: my mark, their mark, the distance between.

use bevy_egui::egui::{Rect, Shape, Ui, pos2, vec2};

use super::ink::House;
use super::marks::{draw_mark, tick};
use crate::ui::tokens::Mark;

/// Where the two sides stand between my ideal (0) and theirs (1).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gap {
    /// Nobody, or one side alone, has named anything.
    None,
    Agreed,
    Apart {
        mine: f32,
        theirs: f32,
    },
}

pub fn gap(ui: &mut Ui, rect: Rect, gap: Gap, mine: Mark, theirs: Mark) {
    let tokens = ui.tokens();
    let y = rect.center().y;
    ui.hline(rect.left()..=rect.right(), y, 1.0, tokens.rule_soft);
    let x = |part: f32| rect.left() + part.clamp(0.04, 0.96) * rect.width();
    match gap {
        Gap::None => {}
        Gap::Agreed => {
            let centre = rect.center();
            ui.painter().circle_filled(centre, 7.0, tokens.good);
            tick(ui.painter(), centre, 6.5, tokens.page);
        }
        Gap::Apart { mine: one, theirs: other } => {
            let (from, to) = (x(one), x(other));
            let bar = Rect::from_min_max(pos2(from.min(to), y - 2.0), pos2(from.max(to), y + 2.0));
            ui.painter().rect_filled(bar, 0, tokens.other);
            // A page-coloured ground keeps hollow marks clear of the bar.
            let ground = Shape::circle_filled(pos2(to, y), 8.0, tokens.page);
            ui.painter().add(ground);
            let mine_at = Rect::from_center_size(pos2(from, y), vec2(15.0, 13.0));
            ui.painter().rect_filled(mine_at, 0, tokens.page);
            draw_mark(ui.painter(), mine, pos2(from, y), 12.0, tokens.pen);
            draw_mark(ui.painter(), theirs, pos2(to, y), 14.0, tokens.firm(theirs));
        }
    }
}
