//! The quarter's dilemma and the cards one holds, with every effect before one answers.

use bevy_egui::egui::{
    Align2, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use super::Scene;
use crate::host::words::effects::Reader;
use crate::host::words::stories;
use crate::sim::decision::Decision;
use crate::sim::view::SeatView;
use crate::ui::keys::Command;
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Press};

/// The answer given so far.
pub fn given(view: &SeatView) -> Option<u8> {
    let now = view.decided.iter().rev().find_map(|decision| match decision {
        Decision::Answer { answer, .. } => Some(*answer),
        _ => None,
    });
    now.or(view.dilemma.and_then(|pending| pending.answer))
}

/// The card's contents.
pub fn show(ui: &mut Ui, scene: &mut Scene) {
    let tokens = ui.tokens();
    let Some(pending) = scene.desk.view.dilemma else {
        ui.say(
            Type::Body,
            tokens.ink_soft,
            "Nothing is put to you this quarter. A dilemma comes at least every second quarter.",
        );
        return;
    };
    let desk = &*scene.desk;
    let view = &desk.view;
    let (title, story) = stories::dilemma(&desk.words, pending.dilemma, &pending.cast);
    ui.kicker("Yours to decide this quarter");
    ui.say(Type::Section, tokens.ink, &title);
    ui.add_space(6.0);
    ui.say(Type::Body, tokens.ink, &story);
    ui.add_space(14.0);
    let dilemma = &view.level.dilemmas[pending.dilemma.index()];
    let reader = Reader { words: &desk.words, published: &view.published, seat: view.seat };
    let chosen = given(view);
    let mut answered: Option<Decision> = None;
    for (place, answer) in dilemma.answers.iter().enumerate() {
        let title = stories::told(&desk.words, &answer.title, &pending.cast);
        let effects = reader.answer(answer, &pending.cast).join(" ");
        let silent = match usize::from(dilemma.silence) == place {
            true => "\nIf you say nothing, this happens.",
            false => "",
        };
        let decision = Decision::Answer { dilemma: pending.dilemma, answer: place as u8 };
        let off = desk.refused(&decision).filter(|_| chosen != Some(place as u8));
        let text = format!("{effects}{silent}");
        if one(ui, &title, &text, chosen == Some(place as u8), off) {
            answered = Some(decision);
        }
        ui.add_space(8.0);
    }
    ui.say(
        Type::Note,
        tokens.ink_note,
        "It takes effect at the close; until then you may change it.",
    );
    if let Some(decision) = answered {
        scene.desk.decide(decision, "choose 1");
    }
}

/// The card's main button; true once the question has been answered.
pub fn give(ui: &mut Ui, scene: &Scene, foot: Rect) -> bool {
    let view = &scene.desk.view;
    if view.dilemma.is_none() {
        return false;
    }
    let chosen = given(view).is_some();
    let off = (!chosen).then(|| "Choose an answer first.".to_owned());
    let press = Press::primary("Give this answer").key("Enter").off(off);
    let pressed = press.at(ui, foot.right_bottom(), Align2::RIGHT_BOTTOM).clicked();
    // Enter on an answer chooses it and is not heard here.
    chosen && (pressed || scene.pressed(Command::Main))
}

/// One answer: its title, its effects.
pub fn one(ui: &mut Ui, title: &str, text: &str, on: bool, off: Option<String>) -> bool {
    let tokens = ui.tokens();
    let width = ui.available_width();
    let head = ui.galley(Type::Name, tokens.pen, title, width - 60.0);
    let body = ui.galley(Type::Interface, tokens.ink_soft, text, width - 60.0);
    let height = head.size().y + body.size().y + 24.0;
    let (rect, mut response) = ui.allocate_exact_size(vec2(width, height), Sense::click());
    let label = format!("{title}. {text}");
    response.widget_info(|| {
        WidgetInfo::selected(WidgetType::RadioButton, off.is_none(), on, label.as_str())
    });
    let fill = match (on, response.hovered()) {
        (true, _) | (_, true) => tokens.pen_wash,
        _ => tokens.sheet,
    };
    let stroke = if on { Stroke::new(2.0, tokens.pen) } else { Stroke::new(1.0, tokens.rule) };
    ui.painter().rect(rect, 4, fill, stroke, StrokeKind::Inside);
    let at = pos2(rect.left() + 26.0, rect.top() + 22.0);
    ui.painter().circle_stroke(at, 7.0, Stroke::new(1.8, tokens.pen));
    if on {
        ui.painter().circle_filled(at, 3.8, tokens.pen);
    }
    let top = rect.top() + 10.0;
    let bottom = head.size().y;
    ui.paint(pos2(rect.left() + 46.0, top), head);
    ui.paint(pos2(rect.left() + 46.0, top + bottom + 2.0), body);
    ui.focus_ring(&response, rect, 4);
    if let Some(why) = off {
        response = response.on_hover_text(why);
        return response.clicked() && on;
    }
    response.clicked()
}
