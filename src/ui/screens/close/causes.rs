//! The waterfall of causes, and the largest of them in full.

use bevy_egui::egui::{Align2, Rect, Ui, pos2, vec2};

use super::told;
use super::why::{THE_REST, Why};
use super::{BAR, STEP, STEPS};
use crate::ui::screens::Scene;
use crate::ui::tokens::Type;
use crate::ui::widgets::{Cascade, Fall, House, waterfall};

pub(super) fn causes_of(ui: &mut Ui, scene: &mut Scene, rect: Rect, why: &Why, gone: f64) {
    let tokens = ui.tokens();
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.2, tokens.ink);
    let at = rect.min + vec2(0.0, 7.0);
    let title = ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, &why.title);
    let note = ui.galley(Type::Note, tokens.ink_soft, &why.unit, f32::INFINITY);
    if title.right() + note.size().x + 20.0 < rect.right() {
        let at = pos2(rect.right() - note.size().x, title.center().y - 0.5 * note.size().y);
        ui.lay(at, note);
    }
    // What did the most comes last where there is little room, and goes first.
    let foot = match rect.height() {
        tall if tall > 520.0 => 128.0,
        tall if tall > 370.0 => 92.0,
        tall if tall > 300.0 => 30.0,
        _ => 0.0,
    };
    let chart = Rect::from_min_max(
        pos2(rect.left(), title.bottom() + 6.0),
        pos2(rect.right(), rect.bottom() - 8.0 - foot),
    );
    let shown = ((gone - STEP * STEPS as f64) / BAR).max(0.0) as f32;
    let cascade = Cascade {
        from: why.from,
        to: why.to,
        falls: &why.falls,
        before: (&why.before, "where we were"),
        after: (&why.after, "where we are"),
        write: &why.write,
        write_change: &why.write_change,
        colour: tokens.firm(scene.desk.mark(scene.desk.view.seat)),
        shown,
    };
    ui.within(chart, "waterfall", |ui| waterfall(ui, chart, &cascade));
    if foot > 0.0 {
        let area = Rect::from_min_max(pos2(rect.left(), rect.bottom() - foot), rect.max);
        foot_of(ui, scene, why, area);
    }
}

/// Under the chart: what did the most, and beside it what was told and the way back.
fn foot_of(ui: &mut Ui, scene: &mut Scene, why: &Why, area: Rect) {
    let tokens = ui.tokens();
    ui.hline(area.left()..=area.right(), area.top(), 1.0, tokens.rule);
    let beside = if area.height() > 100.0 && area.width() > 560.0 { 250.0 } else { 0.0 };
    let gap = if beside > 0.0 { 28.0 } else { 0.0 };
    let left = Rect::from_min_max(area.min, pos2(area.right() - beside - gap, area.bottom()));
    largest(ui, why, left);
    if beside > 0.0 {
        let right = Rect::from_min_max(pos2(area.right() - beside, area.top()), area.max);
        told::beside(ui, scene, right);
    }
}

/// The causes that did most, in full sentences.
fn largest(ui: &mut Ui, why: &Why, rect: Rect) {
    let tokens = ui.tokens();
    let mut y = rect.top() + 8.0;
    if rect.height() > 60.0 {
        let title = "What did the most";
        let at = pos2(rect.left(), y);
        y = ui.ink(at, Align2::LEFT_TOP, Type::InterfaceStrong, tokens.ink, title).bottom() + 2.0;
    }
    let mut falls: Vec<&Fall> = why.falls.iter().filter(|fall| fall.title != THE_REST).collect();
    falls.sort_by(|one, other| other.by.abs().total_cmp(&one.by.abs()));
    for fall in falls.into_iter().take(3) {
        let figure = format!("{}  ", (why.write_change)(fall.printed));
        let colour = if fall.by >= 0.0 { tokens.good } else { tokens.bad };
        let runs = [
            (Type::NoteStrong, colour, figure.as_str()),
            (Type::Note, tokens.ink_soft, fall.why.as_str()),
        ];
        let galley = ui.runs(&runs, rect.width());
        if y + galley.size().y > rect.bottom() + 2.0 {
            break;
        }
        y = ui.lay(pos2(rect.left(), y), galley).bottom() + 3.0;
    }
}
