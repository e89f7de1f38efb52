//! The draft of a table: what it begins with, and changing it.

use crate::ids::SeatId;
use crate::sim::deal::TermSheet;
use crate::sim::decision::Decision;
use crate::ui::screens::Scene;
use crate::ui::state::Draft;

/// The draft of a table: mine on the table, else what is decided, else theirs, else the usual terms.
pub fn ensure_draft(scene: &mut Scene, with: SeatId) {
    let quarter = scene.desk.view.quarter;
    let fresh = scene.state.drafts.get(&with).is_some_and(|(of, _)| *of == quarter);
    if fresh {
        return;
    }
    let view = &scene.desk.view;
    let Some(advisor) = scene.desk.advisor(with) else { return };
    let decided = view.decided.iter().find_map(|decision| match decision {
        Decision::Offer { to, sheet } if *to == with => Some(*sheet),
        _ => None,
    });
    let usual = || advisor.brief.reference.sheet;
    let sheet = decided
        .or(advisor.my_sheet())
        .or(advisor.their_sheet())
        .or_else(|| advisor.suggest().map(|found| found.sheet))
        .unwrap_or_else(usual);
    let draft = Draft { sheet, ..Draft::default() };
    scene.state.drafts.insert(with, (quarter, draft));
}

pub fn draft(scene: &Scene, with: SeatId) -> TermSheet {
    scene.state.drafts.get(&with).map_or_else(TermSheet::default, |(_, draft)| draft.sheet)
}

pub fn change(scene: &mut Scene, with: SeatId, sheet: TermSheet) {
    let in_a_drag = scene.state.in_a_drag();
    if let Some((_, draft)) = scene.state.drafts.get_mut(&with) {
        draft.change(sheet, in_a_drag);
    }
}
