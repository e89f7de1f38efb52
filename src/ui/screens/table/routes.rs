//! The ways to a yes they have shown, under the rows.

use super::draft::{change, draft};
use crate::host::words::{clauses, numbers};
use crate::ids::SeatId;
use crate::sim::deal::TermSheet;
use crate::sim::decision::{Choice, Decision};
use crate::sim::setting::Step;
use crate::ui::screens::Scene;
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, text_button};
use bevy_egui::egui::{Align2, Rect, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2};

pub(super) fn routes_height(scene: &Scene, with: SeatId) -> f32 {
    let shown = scene
        .desk
        .view
        .table_with(with)
        .is_some_and(|table| table.theirs.routes.iter().any(Option::is_some));
    if shown { 134.0 } else { 44.0 }
}

/// The ways to a yes they have shown, smallest change first.
pub fn routes(ui: &mut Ui, scene: &mut Scene, rect: Rect, with: SeatId) {
    let tokens = ui.tokens();
    let Some(table) = scene.desk.view.table_with(with).copied() else { return };
    let shown: Vec<(u8, TermSheet)> = table
        .theirs
        .routes
        .iter()
        .enumerate()
        .filter_map(|(place, sheet)| Some((place as u8, (*sheet)?)))
        .collect();
    let at = pos2(rect.left(), rect.top() + 18.0);
    let title = if shown.is_empty() { "Ways to a yes" } else { "They would sign any of these" };
    let title = ui.ink(at, Align2::LEFT_CENTER, Type::Panel, tokens.ink, title);
    if shown.is_empty() {
        let note = "ask what they want, and up to three come here";
        let at = pos2(title.right() + 12.0, title.center().y + 1.0);
        ui.ink(at, Align2::LEFT_CENTER, Type::Note, tokens.ink_note, note);
        return;
    }
    let gap = 12.0;
    let width = (rect.width() - gap * (shown.len() as f32 - 1.0)) / shown.len() as f32;
    let mine = draft(scene, with);
    for (place, (number, sheet)) in shown.iter().enumerate() {
        let card = Rect::from_min_size(
            pos2(rect.left() + place as f32 * (width + gap), rect.top() + 38.0),
            vec2(width, 84.0),
        );
        route(ui, scene, card, with, (*number, sheet), &mine);
    }
}

fn route(
    ui: &mut Ui,
    scene: &mut Scene,
    card: Rect,
    with: SeatId,
    (number, sheet): (u8, &TermSheet),
    mine: &TermSheet,
) {
    let tokens = ui.tokens();
    ui.painter().rect(card, 4, tokens.sheet, Stroke::new(1.0, tokens.rule), StrokeKind::Inside);
    let desk = &*scene.desk;
    let Some(advisor) = desk.advisor(with) else { return };
    let me = advisor.side();
    let names = ["Way one", "Way two", "Way three"];
    let name = names[usize::from(number).min(2)];
    let at = card.min + vec2(13.0, 10.0);
    ui.ink(at, Align2::LEFT_TOP, Type::InterfaceStrong, tokens.ink, name);
    let differs: Vec<String> = crate::sim::deal::Clause::ALL
        .into_iter()
        .filter(|clause| !clauses::agree(mine, sheet, *clause))
        .map(|clause| {
            let value = clauses::value(&desk.words, &desk.view.deals, sheet, clause);
            format!("{} {value}", clauses::name(clause).to_lowercase())
        })
        .take(3)
        .collect();
    let text = match differs.is_empty() {
        true => "as drafted".to_owned(),
        false => differs.join(", "),
    };
    let galley = ui.clamped(Type::Note, tokens.ink_soft, &text, card.width() - 26.0, 2);
    ui.lay(card.min + vec2(13.0, 27.0), galley);
    let own = advisor.brief.appraise(me, sheet).value();
    let margin = advisor.margin(me, sheet);
    let own_text = numbers::column(own);
    let colour = if margin >= 0.0 { tokens.good } else { tokens.bad };
    let runs =
        [(Type::Note, tokens.ink_soft, "us "), (Type::NoteStrong, colour, own_text.as_str())];
    let galley = ui.runs(&runs, f32::INFINITY);
    ui.lay(pos2(card.left() + 13.0, card.bottom() - 22.0), galley);
    let answering = matches!(desk.view.step, Step::Answers(_));
    let word = if answering { "Sign it" } else { "Try it" };
    let label = format!("{word}: {}", name.to_lowercase());
    let decision = Decision::Accept { from: with, choice: Choice::Route(number) };
    let off = if answering { desk.refused(&decision) } else { None };
    let at = pos2(card.right() - 13.0, card.bottom() - 14.0);
    let response = text_button(ui, at, Align2::RIGHT_CENTER, Type::InterfaceStrong, word);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, off.is_none(), label.as_str()));
    if !response.clicked() {
        if let Some(why) = off {
            response.on_hover_text(why);
        }
        return;
    }
    if answering {
        if scene.desk.decide(decision, "accept") {
            scene.desk.end_step();
        }
    } else {
        change(scene, with, *sheet);
    }
}
