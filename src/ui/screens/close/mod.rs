//! The close: the quarter told in pipeline order, ending in why: a waterfall of causes.

mod causes;
mod order;
mod papers;
mod told;
mod why;

use bevy_egui::egui::{Align2, Rect, Ui, pos2, vec2};

use super::Scene;
use super::frame::{self, Bar};
use crate::sim::setting::Step;
use crate::ui::keys::Command;
use crate::ui::state::{Overlay, Screen};
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Press, kicker_text};

use causes::causes_of;
use order::order;
use papers::papers;
use why::why;

/// How long a step of the telling takes, and a bar to drop in, seconds.
const STEP: f64 = 0.25;

const BAR: f64 = 0.18;

const STEPS: usize = 12;

/// Bars of causes at most; the rest is one more.
const MOST: usize = 6;
/// The same where the window is small or the text large.
const MOST_IN_LITTLE_ROOM: usize = 4;

pub fn show(ui: &mut Ui, scene: &mut Scene, window: Rect) {
    let Some(closed) = scene.desk.history.last().cloned() else {
        let text = "No quarter has closed yet: there is nothing to explain.";
        return nothing(ui, scene, window, text);
    };
    let before = scene.desk.before(scene.desk.history.len() - 1);
    let narrow = ui.grid().width < 900.0;
    let most = if narrow { MOST_IN_LITTLE_ROOM } else { MOST };
    // While the world moves on nothing can be asked of it.
    let Some(why) = why(scene.desk, &before, &closed, most) else {
        return nothing(ui, scene, window, "The world moves on …");
    };
    // The key that skips the telling does not leave the page too.
    let told = scene.state.close_began.is_none() || scene.settings.still;
    let gone = telling(ui, scene);
    let (mut bar, room) = Bar::new(ui, window);
    buttons(ui, scene, &mut bar, told);
    let grid = ui.grid();
    let tokens = ui.tokens();
    let inner = room.shrink2(vec2(grid.margin, 0.0));
    let text = kicker_text(&why.question);
    let at = inner.min + vec2(0.0, 12.0);
    let mut y = ui.ink(at, Align2::LEFT_TOP, Type::Kicker, tokens.ink_soft, &text).bottom() + 4.0;
    let kind = if grid.small { Type::Section } else { Type::Screen };
    let galley = ui.galley(kind, tokens.ink, &why.headline, inner.width());
    let galley = match galley.rows.len() {
        0..=1 => galley,
        _ => ui.galley(Type::Section, tokens.ink, &why.headline, inner.width()),
    };
    y = ui.lay(pos2(inner.left(), y), galley).bottom() + 8.0;
    let body = Rect::from_min_max(pos2(inner.left(), y), inner.max);
    let (left_width, right_width) = match grid.small {
        true => (0.0, 0.29 * body.width()),
        false => ((0.198 * body.width()).max(240.0), (0.215 * body.width()).max(270.0)),
    };
    let gap = if grid.small { 18.0 } else { 32.0 };
    let left = Rect::from_min_size(body.min, vec2(left_width, body.height()));
    let right = Rect::from_min_max(pos2(body.right() - right_width, body.top()), body.max);
    let start = if left_width > 0.0 { left.right() + gap } else { body.left() };
    let middle =
        Rect::from_min_max(pos2(start, body.top()), pos2(right.left() - gap, body.bottom()));
    if left_width > 0.0 {
        order(ui, scene, left, &before, &closed, gone);
    }
    causes_of(ui, scene, middle, &why, gone);
    papers(ui, scene, right, &closed);
}

fn nothing(ui: &mut Ui, scene: &mut Scene, window: Rect, text: &str) {
    let (mut bar, room) = Bar::new(ui, window);
    let plain = scene.state.overlay == Overlay::None;
    if bar.main(ui, scene, Press::primary("To the front page").key("Enter"), plain) {
        scene.go(Screen::Front);
    }
    let tokens = ui.tokens();
    ui.ink(room.center(), Align2::CENTER_CENTER, Type::Deck, tokens.ink_soft, text);
}

/// How far the telling has come, in steps and then in bars; all of it where nothing moves by itself.
fn telling(ui: &Ui, scene: &mut Scene) -> f64 {
    let all = 1e9;
    let Some(began) = scene.state.close_began else { return all };
    let skipped = scene.settings.still
        || scene.pressed(Command::Main)
        || ui.input(|input| {
            input.key_pressed(bevy_egui::egui::Key::Space) || input.pointer.any_pressed()
        });
    let gone = scene.now - began;
    let whole = STEP * STEPS as f64 + BAR * (MOST + 3) as f64;
    if skipped || gone > whole {
        scene.state.close_began = None;
        return all;
    }
    ui.ctx().request_repaint();
    gone
}

fn buttons(ui: &mut Ui, scene: &mut Scene, bar: &mut Bar, told: bool) {
    let plain = scene.state.overlay == Overlay::None && told;
    if scene.desk.view.step == Step::Over {
        if bar.main(ui, scene, Press::primary("The judgement").key("Enter"), plain) {
            scene.go(Screen::Judgement);
        }
    } else {
        let next = scene.desk.words.quarter(scene.desk.view.quarter);
        let label = format!("Read the {next} front page");
        if bar.main(ui, scene, Press::primary(&label).key("Enter"), plain) {
            frame::open(scene, Screen::Front);
        }
    }
    if bar.right(ui, Press::new("Every figure")).clicked() {
        scene.desk.looked_at("why");
        scene.state.record = 0;
        scene.go(Screen::Records);
    }
    if bar.left(ui, Press::quiet("Tell it again")).clicked() {
        scene.state.close_began = Some(scene.now);
    }
    if scene.state.close_began.is_some() {
        bar.say_left(ui, "Space or a click skips.");
    }
}
