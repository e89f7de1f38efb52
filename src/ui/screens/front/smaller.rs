//! The smaller stories under the lead, in columns; the dilemma is the first of them.

use std::sync::Arc;

use bevy_egui::egui::{Align2, Galley, Pos2, Ui, pos2};

use crate::host::words::refusals::upper_first;
use crate::host::words::stories;
use crate::ui::desk::Desk;
use crate::ui::screens::{Scene, dilemma};
use crate::ui::state::Overlay;
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, kicker_text, text_button};

const GAP: f32 = 32.0;
/// Points between a heading and its text.
const UNDER_HEAD: f32 = 3.0;

/// One story, laid out.
struct Column {
    kicker: Option<Arc<Galley>>,
    head: Option<Arc<Galley>>,
    text: Arc<Galley>,
}

impl Column {
    /// What stands over the text.
    fn over(&self) -> f32 {
        let tall = |part: &Option<Arc<Galley>>| part.as_ref().map_or(0.0, |it| it.size().y);
        let under = if self.head.is_some() { UNDER_HEAD } else { 0.0 };
        tall(&self.kicker) + tall(&self.head) + under
    }
}

/// As many stories as there is width for, laid out.
pub(super) struct Smaller {
    columns: Vec<Column>,
    width: f32,
}

impl Smaller {
    /// The dilemma, then the stories in their order, each with its heading.
    pub(super) fn of(ui: &Ui, desk: &Desk, rest: &[(String, String)], width: f32) -> Smaller {
        let tokens = ui.tokens();
        let grid = ui.grid();
        let room = match (grid.small, grid.wide) {
            (true, _) => 2,
            (false, false) => 3,
            (false, true) => 4,
        };
        let dilemma = desk
            .view
            .dilemma
            .map(|pending| stories::dilemma(&desk.words, pending.dilemma, &pending.cast));
        let count = (rest.len() + usize::from(dilemma.is_some())).clamp(1, room);
        let width = (width - GAP * (count as f32 - 1.0)) / count as f32;
        let kicker = dilemma.is_some().then(|| {
            let text = kicker_text("Yours to decide");
            ui.galley(Type::Kicker, tokens.pen, &text, f32::INFINITY)
        });
        let column = |kicker: Option<Arc<Galley>>, head: &str, text: &str| Column {
            kicker,
            head: (!head.is_empty()).then(|| ui.galley(Type::Story, tokens.ink, head, width)),
            text: ui.galley(Type::Body, tokens.ink_soft, &upper_first(text), width),
        };
        let first = dilemma.iter().map(|(head, text)| column(kicker.clone(), head, text));
        let others = rest.iter().map(|(head, text)| column(None, head, text));
        Smaller { columns: first.chain(others).take(count).collect(), width }
    }

    /// Points that [`Smaller::show`] takes.
    pub(super) fn height(&self) -> f32 {
        self.columns.iter().map(|it| it.over() + it.text.size().y).fold(0.0, f32::max)
    }

    /// Draws them; where they end.
    pub(super) fn show(self, ui: &mut Ui, scene: &mut Scene, at: Pos2) -> f32 {
        let tokens = ui.tokens();
        let bottom = at.y + self.height();
        for (place, column) in self.columns.into_iter().enumerate() {
            let x = at.x + place as f32 * (self.width + GAP);
            if place > 0 {
                let line = at.y..=bottom.min(at.y + 92.0);
                ui.vline(x - 0.5 * GAP, line, 1.0, tokens.rule);
            }
            let text = at.y + column.over();
            let mut y = at.y;
            if let Some(kicker) = column.kicker {
                y = ui.lay(pos2(x, y), kicker).bottom();
                answer(ui, scene, pos2(x + self.width, at.y - 1.0));
            }
            if let Some(head) = column.head {
                ui.lay(pos2(x, y), head);
            }
            ui.lay(pos2(x, text), column.text);
        }
        bottom
    }
}

/// The way to the dilemma, beside its heading: it is the one thing to press, and the story may be long.
fn answer(ui: &mut Ui, scene: &mut Scene, at: Pos2) {
    let given = dilemma::given(&scene.desk.view).is_some();
    let word = if given { "Change the answer" } else { "Read and answer" };
    let press = text_button(ui, at, Align2::RIGHT_TOP, Type::InterfaceStrong, word);
    if press.clicked() {
        scene.state.overlay = Overlay::Dilemma;
    }
}
