//! The table: where they stand, then distance row by row, then worth, then consequence.

mod actions;
mod around;
mod draft;
mod edit;
mod head;
mod more;
mod purse;
mod routes;
mod rows;
mod steps;
mod words;
mod worth;

pub use self::draft::{change, draft, ensure_draft};

use self::actions::actions;
use self::head::{meters, nobody, position};
use self::rows::sheet;
use crate::ids::SeatId;
use crate::sim::view::TableView;
use crate::ui::screens::Scene;
use crate::ui::screens::frame::Bar;
use crate::ui::widgets::{House, Press};
use bevy_egui::egui::{Rect, Ui, pos2, vec2};

pub fn show(ui: &mut Ui, scene: &mut Scene, window: Rect) {
    choose_table(scene);
    let Some(with) = scene.state.table else {
        nobody(ui, scene, window);
        return;
    };
    ensure_draft(scene, with);
    let (mut bar, room) = Bar::new(ui, window);
    actions(ui, scene, &mut bar, with);
    undo(ui, scene, &mut bar, with);
    let grid = ui.grid();
    let head = if grid.small { 76.0 } else { 108.0 };
    let panel = grid.panel(496.0);
    let width = if grid.tiny { room.width() } else { room.width() - panel };
    let top = Rect::from_min_size(room.min, vec2(width, head));
    let gauges =
        Rect::from_min_max(pos2(top.right(), room.top()), pos2(room.right(), top.bottom()));
    let tokens = ui.tokens();
    let side = Rect::from_min_max(pos2(room.right() - panel, top.bottom()), room.max);
    ui.painter().rect_filled(side, 0, tokens.sheet);
    position(ui, scene, top, with);
    if !grid.tiny {
        meters(ui, scene.desk, gauges, with);
    }
    ui.hline(room.left()..=room.right(), top.bottom(), 1.0, tokens.rule);
    let from = if grid.tiny { side.top() } else { room.top() };
    ui.vline(side.left(), from..=room.bottom(), 1.0, tokens.rule);
    let main =
        Rect::from_min_max(pos2(room.left(), top.bottom()), pos2(side.left(), room.bottom()));
    sheet(ui, scene, main, with);
    worth::show(ui, scene, side, with);
}

/// Sits down where somebody waits, else where talks are open, else where one could talk.
fn choose_table(scene: &mut Scene) {
    let view = &scene.desk.view;
    let known = scene.state.table.filter(|with| view.table_with(*with).is_some());
    let waits = |table: &&TableView| table.theirs.asks();
    scene.state.table = known
        .or_else(|| view.tables.iter().find(waits).map(|table| table.with))
        .or_else(|| view.tables.iter().find(|table| table.open).map(|table| table.with))
        .or_else(|| view.tables.first().map(|table| table.with));
}

/// Takes back a change of the draft, where there is one.
fn undo(ui: &mut Ui, scene: &mut Scene, bar: &mut Bar, with: SeatId) {
    let changed = scene.state.drafts.get(&with).is_some_and(|(_, draft)| !draft.earlier.is_empty());
    if ui.grid().small || !changed {
        return;
    }
    if bar.left(ui, Press::quiet("Undo").key("Ctrl Z")).clicked()
        && let Some((_, draft)) = scene.state.drafts.get_mut(&with)
    {
        draft.take_back();
    }
}
