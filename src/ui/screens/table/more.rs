//! The clauses that are not on the sheet yet: in sight where there is room, else behind *Add a clause*.

use super::words::long_name;
use crate::host::words::clauses;
use crate::ids::SeatId;
use crate::sim::deal::Clause;
use crate::ui::screens::Scene;
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, text_button};
use bevy_egui::egui::{
    Align2, Popup, Rect, Response, Sense, Ui, Vec2, WidgetInfo, WidgetType, pos2, vec2,
};

const COLUMNS: usize = 3;
const GAP: f32 = 24.0;

/// How each of them is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// Its name over two lines of what it means.
    Explained,
    /// Its name; what it means is a note.
    Named,
}

impl Shown {
    /// The fullest way for which there is room; none where they have to stand behind a button.
    pub(super) fn fitting(clauses: usize, size: Vec2) -> Option<Shown> {
        let wide = (size.x - GAP * (COLUMNS - 1) as f32) / COLUMNS as f32 >= LEAST;
        let fits = |shown: &Shown| clauses > 0 && wide && shown.height(clauses) <= size.y;
        [Shown::Explained, Shown::Named].into_iter().find(fits)
    }

    /// Points that so many clauses take.
    pub(super) fn height(self, clauses: usize) -> f32 {
        clauses.div_ceil(COLUMNS) as f32 * self.cell()
    }

    fn cell(self) -> f32 {
        match self {
            Shown::Explained => 58.0,
            Shown::Named => 28.0,
        }
    }
}

/// Points of a column in which every name fits on a line.
const LEAST: f32 = 120.0;

/// Each clause by its name; pressed, it gets a row.
pub(super) fn in_sight(
    ui: &mut Ui,
    scene: &mut Scene,
    with: SeatId,
    inner: Rect,
    (shown, hidden): (Shown, &[Clause]),
) {
    let tokens = ui.tokens();
    let size = vec2(ui.available_width(), shown.height(hidden.len()));
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let width = (inner.width() - GAP * (COLUMNS - 1) as f32) / COLUMNS as f32;
    let rows = hidden.len().div_ceil(COLUMNS);
    for (place, clause) in hidden.iter().enumerate() {
        let (column, row) = ((place / rows) as f32, (place % rows) as f32);
        let at = pos2(inner.left() + column * (width + GAP), rect.top() + row * shown.cell());
        let name = long_name(*clause);
        let meaning = clauses::meaning(*clause);
        let mut response = text_button(ui, at, Align2::LEFT_TOP, Type::RowStrong, name);
        named(&response, name);
        match shown {
            Shown::Explained => {
                let galley = ui.clamped(Type::Note, tokens.ink_soft, meaning, width, 2);
                ui.lay(pos2(at.x, response.rect.bottom() - 2.0), galley);
            }
            Shown::Named => response = response.on_hover_text(meaning),
        }
        if response.clicked() {
            add(scene, with, *clause);
        }
    }
}

/// The menu behind *Add a clause*.
pub(super) fn menu(
    ui: &mut Ui,
    scene: &mut Scene,
    with: SeatId,
    button: &Response,
    hidden: &[Clause],
) {
    let tokens = ui.tokens();
    Popup::menu(button).show(|ui| {
        ui.set_width(220.0);
        ui.spacing_mut().item_spacing = vec2(0.0, 2.0);
        for clause in hidden {
            let (rect, response) =
                ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::click());
            let name = long_name(*clause);
            named(&response, name);
            if response.hovered() || response.has_focus() {
                ui.painter().rect_filled(rect.expand2(vec2(6.0, 0.0)), 3, tokens.pen_wash);
            }
            ui.ink(rect.left_center(), Align2::LEFT_CENTER, Type::Row, tokens.pen, name);
            if response.clicked() {
                add(scene, with, *clause);
                ui.close();
            }
        }
    });
}

fn named(response: &Response, name: &str) {
    let told = format!("Add {name}");
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, told.as_str()));
}

/// Opens a row for a clause, with its editor.
fn add(scene: &mut Scene, with: SeatId, clause: Clause) {
    if let Some((_, draft)) = scene.state.drafts.get_mut(&with) {
        draft.rows.push(clause);
    }
    scene.state.clause = Some(clause);
}
