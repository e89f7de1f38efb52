//! Cards, for those who trail: what each does, and playing one.

use bevy_egui::egui::Ui;

use crate::host::moves::cast_of_card;
use crate::host::words::effects::Reader;
use crate::host::words::{listed, stories};
use crate::sim::decision::Decision;
use crate::ui::screens::Scene;
use crate::ui::screens::form::{about, act, lines};
use crate::ui::tokens::Type;
use crate::ui::widgets::House;
use crate::units::Quarter;

pub(super) fn show(ui: &mut Ui, scene: &mut Scene) -> bool {
    let tokens = ui.tokens();
    about(
        ui,
        "Cards",
        "Dealt to those whose score is in the lowest third. Each is played once, in a plan; everybody reads of it.",
    );
    let cards = scene.desk.view.cards.clone();
    if cards.is_empty() {
        let view = &scene.desk.view;
        let after: Vec<String> = view
            .level
            .cards_after
            .iter()
            .map(|quarter| scene.desk.words.quarter(Quarter(*quarter)))
            .collect();
        let text = match after.is_empty() {
            true => "You hold none. This level deals no cards.".to_owned(),
            false => format!("You hold none. They are dealt after {}.", listed(&after)),
        };
        ui.say(Type::Note, tokens.ink_note, &text);
    }
    for card in cards {
        let desk = &*scene.desk;
        let view = &desk.view;
        let Some(cast) = cast_of_card(view, card) else {
            let id = &view.level.cards[card.index()].id;
            let text = format!("{id}: nobody is there now whom it could happen to.");
            ui.say(Type::Note, tokens.ink_note, &text);
            continue;
        };
        let reader = Reader { words: &desk.words, published: &view.published, seat: view.seat };
        let (title, story) = stories::card(&desk.words, card, &cast);
        let effects = reader.effects(&view.level.cards[card.index()].effects, &cast);
        ui.add_space(6.0);
        ui.say(Type::Name, tokens.ink, &title);
        lines(ui, Type::Interface, tokens.ink_soft, &format!("{story} {effects}"));
        act(ui, scene, &format!("Play {title}"), Decision::Play { card }, "play");
    }
    false
}
