//! Other moves: everything a seat may decide beside the draft and the levers, by what it is about.

mod cards;
mod deals;
mod process;
mod said;

use bevy_egui::egui::{Align2, Sense, Ui, pos2, vec2};

use super::{Scene, form};
use crate::host::words::{decisions, hearsay};
use crate::ids::SeatId;
use crate::sim::decision::ATTENTION;
use crate::sim::information::Use;
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Press, segmented};
use crate::units::Money;

/// What is filled in on the forms.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    pub page: usize,
    pub to: Option<SeatId>,
    pub rival: Option<SeatId>,
    pub giant: Option<SeatId>,
    pub lab: Option<SeatId>,
    pub trouble: Option<SeatId>,
    /// Sums that are named: money, and the worth before it.
    pub sums: Option<(Money, Money)>,
    /// The same for a rumour.
    pub rumoured: Option<(Money, Money)>,
    pub fee: Option<Money>,
    pub alone: Option<SeatId>,
}

const PAGES: [&str; 4] = ["What is said", "Deals in force", "The process", "Cards"];

/// The card's contents; true once it is done with.
pub fn show(ui: &mut Ui, scene: &mut Scene) -> bool {
    let tokens = ui.tokens();
    ui.say(Type::Section, tokens.ink, "Other moves");
    attention(ui, scene);
    ui.add_space(6.0);
    let page = scene.state.moves.page;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 40.0), Sense::hover());
    let narrow = rect.width() < 560.0;
    let short = ["Said", "Deals", "Process", "Cards"];
    let names = if narrow { short } else { PAGES };
    let at = rect.left_center();
    if let Some(chosen) = segmented(ui, at, Align2::LEFT_CENTER, "Moves", &names, page) {
        scene.state.moves.page = chosen;
    }
    let done = match scene.state.moves.page {
        0 => said::show(ui, scene),
        1 => deals::show(ui, scene),
        2 => process::show(ui, scene),
        _ => cards::show(ui, scene),
    };
    decided(ui, scene);
    done
}

/// Attention: a square a point, and what it went to.
fn attention(ui: &mut Ui, scene: &Scene) {
    let tokens = ui.tokens();
    let view = &scene.desk.view;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    pips(ui, pos2(rect.left(), rect.center().y), view.attention_left);
    let spent: Vec<String> = Use::ALL
        .into_iter()
        .filter(|what| view.attention.on(*what) > 0)
        .map(|what| format!("{} on {}", view.attention.on(what), hearsay::attention_use(what)))
        .collect();
    let text = match spent.is_empty() {
        true => format!("Attention: {} of {ATTENTION} left this quarter", view.attention_left),
        false => format!(
            "Attention: {} of {ATTENTION} left this quarter ({})",
            view.attention_left,
            spent.join(", ")
        ),
    };
    let at = pos2(rect.left() + 60.0, rect.center().y);
    ui.ink(at, Align2::LEFT_CENTER, Type::Note, tokens.ink_soft, &text);
}

/// A square a point of attention, full while it is left; where they end.
pub fn pips(ui: &mut Ui, at: bevy_egui::egui::Pos2, left: u32) -> f32 {
    let tokens = ui.tokens();
    let mut x = at.x;
    for point in 0..ATTENTION {
        let square = bevy_egui::egui::Rect::from_min_size(pos2(x, at.y - 5.5), vec2(11.0, 11.0));
        if point < left {
            ui.painter().rect_filled(square, 2, tokens.ink);
        } else {
            let line = bevy_egui::egui::Stroke::new(1.0, tokens.other);
            ui.painter().rect_stroke(square, 2, line, bevy_egui::egui::StrokeKind::Inside);
        }
        x += 14.0;
    }
    x
}

/// What is decided in this step and not sent, with a way back.
fn decided(ui: &mut Ui, scene: &mut Scene) {
    let tokens = ui.tokens();
    if scene.desk.view.decided.is_empty() {
        return;
    }
    form::about(ui, "Decided in this step", "Nobody has seen it yet.");
    let desk = &*scene.desk;
    for decision in &desk.view.decided {
        let text = decisions::phrase(&desk.words, &desk.view.deals, decision);
        let text = crate::host::words::refusals::upper_first(&text);
        form::lines(ui, Type::Interface, tokens.ink, &text);
    }
    ui.add_space(6.0);
    if Press::new("Take back the last").height(34.0).show(ui).clicked() {
        scene.desk.undo();
    }
}
