//! The plan: lever, cost, effect on one line; the bill, and what the score is made of, beside them.

mod alone;
mod attention;
mod bill;
mod giant;
mod lab;
mod line;

use self::bill::bill;
use self::line::header;
use crate::host::moves::broken_promises;
use crate::ids::Role;
use crate::ui::screens::frame::Bar;
use crate::ui::screens::{Scene, dilemma, frame};
use crate::ui::state::Overlay;
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Press};
use bevy_egui::egui::{Rect, ScrollArea, Sense, Ui, pos2, vec2};

pub fn show(ui: &mut Ui, scene: &mut Scene, window: Rect) {
    let grid = ui.grid();
    let (mut bar, room) = Bar::new(ui, window);
    let height = if grid.small { 40.0 } else { 44.0 };
    frame::onward(ui, scene, &mut bar, height);
    if !scene.desk.view.decided.is_empty()
        && bar.left(ui, Press::quiet("Undo").key("Ctrl Z")).clicked()
    {
        scene.desk.undo();
    }
    if bar.left(ui, Press::quiet("Other moves").key("M")).clicked() {
        scene.state.overlay = Overlay::Moves;
    }
    if scene.desk.view.dilemma.is_some() {
        let given = dilemma::given(&scene.desk.view).is_some();
        let word = if given { "Your answer" } else { "A dilemma waits" };
        if bar.left(ui, Press::new(word).key("D")).clicked() {
            scene.state.overlay = Overlay::Dilemma;
        }
    }
    let tokens = ui.tokens();
    let panel = grid.panel(400.0);
    let side = Rect::from_min_max(pos2(room.right() - panel, room.top()), room.max);
    let main = Rect::from_min_max(room.min, pos2(side.left(), room.bottom()));
    ui.painter().rect_filled(side, 0, tokens.sheet);
    ui.vline(side.left(), side.top()..=side.bottom(), 1.2, tokens.ink);
    ui.within(main, "levers", |ui| {
        ScrollArea::vertical().id_salt("levers").auto_shrink(false).show(ui, |ui| {
            let width = main.width() - grid.margin - if grid.small { 14.0 } else { 32.0 };
            ui.add_space(14.0);
            let at = ui.next_widget_position();
            let rect = Rect::from_min_size(pos2(at.x + grid.margin, at.y), vec2(width, 100.0));
            header(ui, scene, rect);
            alarms(ui, scene, grid.margin, width);
            match scene.desk.view.role {
                Role::Giant(firm) => giant::levers(ui, scene, firm, grid.margin, width),
                Role::Lab(lab) => lab::levers(ui, scene, lab, grid.margin, width),
            }
            ui.add_space(16.0);
        });
    });
    bill(ui, scene, side);
}

/// Promises that are late or broken, over the levers.
fn alarms(ui: &mut Ui, scene: &Scene, margin: f32, width: f32) {
    let tokens = ui.tokens();
    for alarm in broken_promises(&scene.desk.words, &scene.desk.view) {
        let text = format!("{}.", alarm.text);
        let galley = ui.galley(Type::Interface, tokens.bad, &text, width);
        let size = vec2(width + margin, galley.size().y + 10.0);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        ui.lay(pos2(rect.left() + margin, rect.top() + 6.0), galley);
    }
}
