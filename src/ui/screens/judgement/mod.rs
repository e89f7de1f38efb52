//! The judgement: the score as a sum, luck apart from decisions, each deal against its absence, the
//! turning points, and how everybody ended.

mod deals;
mod luck;
mod medal;
mod turning;

use bevy_egui::egui::{Align2, Rect, ScrollArea, Ui, pos2, vec2};

use super::Scene;
use super::frame::Bar;
use crate::host::words::{judgement, labels, numbers};
use crate::sim::deal::Deal;
use crate::sim::goals::rules::medal;
use crate::sim::setting::Step;
use crate::ui::state::{Overlay, Screen};
use crate::ui::tokens::Type;
use crate::ui::verdict::Stand;
use crate::ui::widgets::{House, Press, draw_mark, kicker_text};

use medal::{medal_picture, sum};

pub fn show(ui: &mut Ui, scene: &mut Scene, window: Rect) {
    let (mut bar, room) = Bar::new(ui, window);
    let plain = scene.state.overlay == Overlay::None;
    let over = scene.desk.view.step == Step::Over;
    if over {
        if bar.main(ui, scene, Press::primary("Back to the shelf").key("Enter"), plain) {
            *scene.leave = true;
        }
    } else if bar.main(ui, scene, Press::primary("Back to the board").key("Enter"), plain) {
        scene.go(Screen::Board);
    }
    if bar.right(ui, Press::new("The records")).clicked() {
        super::records::open(scene, "Quarter by quarter");
    }
    if over {
        let off = match (scene.desk.writes_debrief(), scene.desk.aside.is_some()) {
            (true, _) => Some("It is being written.".to_owned()),
            (_, true) => Some("Practice is not kept: the debrief is of the game.".to_owned()),
            _ => None,
        };
        let press = Press::new("Debrief").off(off);
        let press = press.tip("The game taken apart on a page to read and print, in your browser.");
        if bar.right(ui, press).clicked() {
            scene.desk.write_debrief();
        }
    }
    if bar.left(ui, Press::quiet("The last close")).clicked() {
        scene.go(Screen::Close);
    }
    if scene.desk.people.len() == 1 && !scene.desk.history.is_empty() {
        let press = Press::quiet("Replay from any quarter");
        let press = press.tip("Takes a closed quarter up again, as practice, under the same luck.");
        if bar.left(ui, press).clicked() {
            super::records::open(scene, "Quarter by quarter");
        }
    }
    if scene.desk.people.len() > 1 {
        others_at_the_desk(ui, scene, &mut bar);
    }
    let stand = scene.desk.verdict();
    let grid = ui.grid();
    ui.within(room.shrink2(vec2(grid.margin, 0.0)), "judgement", |ui| {
        ScrollArea::vertical().id_salt("judgement").auto_shrink(false).show(ui, |ui| {
            let at = ui.next_widget_position();
            let width = room.width() - 2.0 * grid.margin;
            let top = Rect::from_min_size(at + vec2(0.0, 16.0), vec2(width, 220.0));
            let y = head(ui, scene, top, &stand);
            let room = |y: f32| Rect::from_min_size(pos2(at.x, y), vec2(width, 300.0));
            let y = deals::deals(ui, scene, room(y + 12.0), &stand);
            let y = turning::turning_points(ui, scene, room(y + 20.0), &stand);
            let y = turning::missed(ui, scene, room(y), &stand);
            let y =
                standings(ui, scene, Rect::from_min_size(pos2(at.x, y + 20.0), vec2(width, 200.0)));
            ui.allocate_space(vec2(width, y - at.y + 12.0));
        });
    });
}

/// Everybody who played here has a judgement of their own.
fn others_at_the_desk(ui: &mut Ui, scene: &mut Scene, bar: &mut Bar) {
    for seat in scene.desk.people.clone() {
        if seat == scene.desk.seat {
            continue;
        }
        let name = scene.desk.words.seat(seat).to_owned();
        if bar.left(ui, Press::quiet(&name)).clicked() {
            scene.desk.show_seat(seat);
        }
    }
}

fn head(ui: &mut Ui, scene: &Scene, rect: Rect, stand: &Stand) -> f32 {
    let tokens = ui.tokens();
    let small = ui.grid().small;
    let view = &scene.desk.view;
    let side = (if small { 0.45 } else { 0.36 } * rect.width()).max(330.0);
    let left = Rect::from_min_max(rect.min, pos2(rect.right() - side - 40.0, rect.bottom()));
    let kicker =
        if view.step == Step::Over { "The judgement" } else { "The standing, before the end" };
    let text = kicker_text(kicker);
    let mut y =
        ui.ink(left.min, Align2::LEFT_TOP, Type::Kicker, tokens.ink_soft, &text).bottom() + 2.0;
    let title = judgement::headline(None, view.score.scaled, own_deals(scene).len());
    let deck = judgement::deck(view);
    let kind = if small { Type::Screen } else { Type::Judgement };
    y = ui.ink_in(pos2(left.left(), y), left.width(), kind, tokens.ink, &title).bottom() + 8.0;
    y = ui.ink_in(pos2(left.left(), y), left.width(), Type::Deck, tokens.ink_soft, &deck).bottom()
        + 12.0;
    let room = Rect::from_min_size(pos2(left.left(), y), vec2(left.width(), 60.0));
    y = luck::luck(ui, view, room, stand);
    let right = Rect::from_min_max(pos2(rect.right() - side, rect.top()), rect.max);
    let score = numbers::score(view.score.scaled);
    medal_picture(ui, right.min + vec2(72.0, 128.0), &score, medal(view.score.scaled));
    let sums = Rect::from_min_max(pos2(right.left() + 160.0, right.top() + 8.0), right.max);
    let bottom = sum(ui, scene, sums);
    let y = y.max(bottom).max(rect.top() + 222.0);
    ui.vline(right.left() - 20.0, rect.top()..=y - 12.0, 1.0, tokens.rule);
    y
}

fn own_deals(scene: &Scene) -> Vec<Deal> {
    let view = &scene.desk.view;
    let mine = |deal: &&Deal| {
        deal.signed.0 > 0
            && (deal.giant.seat() == view.seat || view.lab_seat(deal.lab) == view.seat)
    };
    view.deals.iter().filter(mine).copied().collect()
}

fn standings(ui: &mut Ui, scene: &Scene, rect: Rect) -> f32 {
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    let level = &desk.view.level;
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.5, tokens.ink);
    let at = rect.min + vec2(0.0, 8.0);
    let mut y =
        ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, "How everybody stands").bottom()
            + 6.0;
    let Some(closed) = desk.history.last() else { return y };
    let mut seats: Vec<_> =
        level.seat_ids().map(|seat| (closed.scores.scaled(level, seat), seat)).collect();
    seats.sort_by(|one, other| other.0.total_cmp(&one.0));
    for (score, seat) in seats {
        let middle = y + 13.0;
        let mark = desk.mark(seat);
        draw_mark(ui.painter(), mark, pos2(rect.left() + 8.0, middle), 12.0, tokens.firm(mark));
        let kind = if desk.people.contains(&seat) { Type::RowStrong } else { Type::Row };
        let at = pos2(rect.left() + 24.0, middle);
        ui.ink(at, Align2::LEFT_CENTER, kind, tokens.ink, desk.words.seat(seat));
        let track = Rect::from_min_max(
            pos2(rect.left() + 150.0, middle - 5.0),
            pos2(rect.left() + 0.7 * rect.width(), middle + 5.0),
        );
        ui.painter().rect_filled(track, 0, tokens.rule_soft);
        let part = (score / 100.0).clamp(0.0, 1.0) as f32;
        let fill = Rect::from_min_size(track.min, vec2(track.width() * part, track.height()));
        ui.painter().rect_filled(fill, 0, tokens.firm(mark));
        let text = numbers::score(score);
        let at = pos2(track.right() + 40.0, middle);
        ui.ink(at, Align2::RIGHT_CENTER, Type::RowStrong, tokens.ink, &text);
        let at = pos2(track.right() + 60.0, middle);
        ui.ink(at, Align2::LEFT_CENTER, Type::Note, tokens.ink_soft, labels::medal(medal(score)));
        y += 27.0;
    }
    let text = "Scores are on each seat's own scale. Everything after the opening is invented; no firm named here has any part in this game.";
    ui.ink_in(pos2(rect.left(), y + 4.0), rect.width(), Type::Note, tokens.ink_note, text).bottom()
}
