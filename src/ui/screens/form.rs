//! Parts of forms, in flow: numbers on a track, choices, names to pick from, and one move with its button.

use bevy_egui::egui::{Align2, Color32, Rect, Sense, Ui, pos2, vec2};

use super::Scene;
use crate::host::words::numbers;
use crate::ids::SeatId;
use crate::sim::decision::Decision;
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Lever, Press, chip_width, choice_chip, lever, segmented};
use crate::units::Money;

/// A number with its track.
pub fn number(
    ui: &mut Ui,
    name: &str,
    range: (f64, f64),
    step: f64,
    value: &mut f64,
    write: &dyn Fn(f64) -> String,
) -> bool {
    let tokens = ui.tokens();
    let width = ui.available_width().min(560.0);
    let (rect, _) = ui.allocate_exact_size(vec2(width, 66.0), Sense::hover());
    let at = pos2(rect.left(), rect.center().y);
    ui.ink(at, Align2::LEFT_CENTER, Type::Row, tokens.ink, name);
    let track = Rect::from_min_max(pos2(rect.left() + 120.0, rect.top()), rect.max);
    let it = Lever { name, range, step, neutral: range.0, last: *value, write, off: None };
    lever(ui, track, &it, value).0
}

/// A step that suits a sum, $bn.
pub fn step_of(billions: f64) -> f64 {
    match billions {
        b if b >= 200.0 => 10.0,
        b if b >= 60.0 => 5.0,
        b if b >= 20.0 => 1.0,
        b if b >= 4.0 => 0.5,
        b if b >= 1.0 => 0.1,
        _ => 0.05,
    }
}

/// A sum of money from nothing to so many billions.
pub fn sum(ui: &mut Ui, name: &str, most: f64, value: &mut Money) -> bool {
    let mut billions = value.bn();
    let most = most.max(billions).max(0.1);
    let step = step_of(most / 4.0).min(1.0);
    let turned = number(ui, name, (0.0, most), step, &mut billions, &|value| numbers::bn(value));
    if turned {
        *value = Money::from_bn(billions);
    }
    turned
}

/// One of several words.
pub fn choice(ui: &mut Ui, name: &str, words: &[&str], chosen: usize) -> Option<usize> {
    let tokens = ui.tokens();
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 40.0), Sense::hover());
    if !name.is_empty() {
        ui.ink(rect.left_center(), Align2::LEFT_CENTER, Type::Row, tokens.ink, name);
    }
    segmented(ui, rect.right_center(), Align2::RIGHT_CENTER, name, words, chosen)
}

/// Names side by side, in as many lines as they need; the one pressed.
pub fn pick(ui: &mut Ui, group: &str, names: &[&str], on: impl Fn(usize) -> bool) -> Option<usize> {
    let tokens = ui.tokens();
    let label = if group.is_empty() { 0.0 } else { 120.0 };
    let width = ui.available_width().min(760.0);
    let (mut lines, mut x) = (1, label);
    let mut places = Vec::new();
    for (place, name) in names.iter().enumerate() {
        let wide = chip_width(ui, name, on(place));
        if x + wide > width && x > label {
            lines += 1;
            x = label;
        }
        places.push((x, lines - 1));
        x += wide + 6.0;
    }
    let (rect, _) = ui.allocate_exact_size(vec2(width, 34.0 * lines as f32), Sense::hover());
    let at = pos2(rect.left(), rect.top() + 17.0);
    ui.ink(at, Align2::LEFT_CENTER, Type::Row, tokens.ink, group);
    let mut pressed = None;
    for (place, (x, line)) in places.into_iter().enumerate() {
        let at = pos2(rect.left() + x, rect.top() + 17.0 + 34.0 * line as f32);
        let named = (group, names[place]);
        let response = choice_chip(ui, at, Align2::LEFT_CENTER, named, on(place), true);
        if response.clicked() {
            pressed = Some(place);
        }
    }
    pressed
}

/// One of several seats.
pub fn seat(
    ui: &mut Ui,
    scene: &Scene,
    group: &str,
    seats: &[SeatId],
    chosen: &mut Option<SeatId>,
) {
    if chosen.is_none_or(|seat| !seats.contains(&seat)) {
        *chosen = seats.first().copied();
    }
    let names: Vec<&str> = seats.iter().map(|seat| scene.desk.words.seat(*seat)).collect();
    let now = *chosen;
    if let Some(place) = pick(ui, group, &names, |place| Some(seats[place]) == now) {
        *chosen = Some(seats[place]);
    }
}

/// A heading, and what the move under it does.
pub fn about(ui: &mut Ui, title: &str, text: &str) {
    let tokens = ui.tokens();
    ui.add_space(10.0);
    ui.rule(1.0, tokens.rule, 4.0);
    ui.say(Type::Name, tokens.ink, title);
    lines(ui, Type::Interface, tokens.ink_soft, text);
    ui.add_space(4.0);
}

/// No line of a form's text is longer.
const MEASURE: f32 = 520.0;

/// A paragraph in flow, in lines that are read at a glance.
pub fn lines(ui: &mut Ui, kind: Type, colour: Color32, text: &str) {
    let galley = ui.galley(kind, colour, text, ui.available_width().min(MEASURE));
    let (rect, _) = ui.allocate_exact_size(galley.size(), Sense::hover());
    ui.lay(rect.min, galley);
}

/// Several moves of one kind, their buttons side by side and equally wide; the reasons of those that
/// cannot be made stand under them.
pub fn acts(ui: &mut Ui, scene: &mut Scene, moves: &[(String, Decision)], command: &str) {
    let tokens = ui.tokens();
    let width = ui.available_width();
    let press = |label| Press::new(label).height(34.0);
    let widest = moves.iter().map(|(label, _)| press(label).size(ui).x).fold(0.0, f32::max);
    let columns = (((width + 10.0) / (widest + 10.0)) as usize).clamp(1, moves.len().max(1));
    ui.add_space(4.0);
    let mut reasons: Vec<(String, Color32)> = Vec::new();
    for row in moves.chunks(columns) {
        let (room, _) = ui.allocate_exact_size(vec2(width, 38.0), Sense::hover());
        for (place, (label, decision)) in row.iter().enumerate() {
            let told = told(scene, decision);
            let left = room.left() + place as f32 * (widest + 10.0);
            let rect = Rect::from_min_size(pos2(left, room.top()), vec2(widest, 34.0));
            let off = told.as_ref().map(|(why, _)| why.clone());
            if press(label).off(off).fill(ui, rect).clicked() {
                scene.desk.decide(*decision, command);
            }
            let told = told
                .map(|(why, decided)| (why, if decided { tokens.good } else { tokens.ink_note }));
            reasons.extend(told.filter(|told| !reasons.contains(told)));
        }
    }
    for (why, colour) in reasons {
        lines(ui, Type::Note, colour, &why);
    }
    ui.add_space(4.0);
}

/// Why a move's button is off, and whether because it is decided already.
fn told(scene: &Scene, decision: &Decision) -> Option<(String, bool)> {
    match scene.desk.view.decided.contains(decision) {
        true => Some(("Decided; it goes out with the rest.".to_owned(), true)),
        false => scene.desk.refused(decision).map(|why| (why, false)),
    }
}

/// The button of a move, with the reason beside it where it cannot be made; whether it was decided.
/// `command` is what one would type for it.
pub fn act(ui: &mut Ui, scene: &mut Scene, label: &str, decision: Decision, command: &str) -> bool {
    let tokens = ui.tokens();
    let told = told(scene, &decision);
    ui.add_space(4.0);
    let off = told.as_ref().map(|(why, _)| why.clone());
    let pressed = Press::new(label).height(34.0).off(off).show(ui).clicked();
    if let Some((why, decided)) = &told {
        let colour = if *decided { tokens.good } else { tokens.ink_note };
        lines(ui, Type::Note, colour, why);
    }
    ui.add_space(4.0);
    told.is_none() && pressed && scene.desk.decide(decision, command)
}
