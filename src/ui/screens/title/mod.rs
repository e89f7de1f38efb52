//! The title: what one may go on with, and a shelf of front pages, one a level.

mod papers;

use bevy_egui::egui::{Align2, Rect, Sense, Ui, pos2, vec2};

use crate::host::words::numbers;
use crate::ui::app::Act;
use crate::ui::keys::Command;
use crate::ui::settings::Settings;
use crate::ui::shelf::Shelf;
use crate::ui::state::Overlay;
use crate::ui::tokens::{Edition, Type};
use crate::ui::widgets::{House, text_button};

pub fn show(
    ui: &mut Ui,
    shelf: &mut Shelf,
    settings: &Settings,
    commands: &[Command],
    overlay: bool,
) -> Option<Act> {
    let window = ui.max_rect();
    let tokens = ui.tokens();
    ui.painter().rect_filled(window, 0, tokens.page);
    let small = window.width() < 1_000.0;
    let width = (0.32 * window.width()).clamp(if small { 250.0 } else { 330.0 }, 560.0);
    let left = Rect::from_min_size(window.min, vec2(width, window.height()));
    let right = Rect::from_min_max(pos2(left.right(), window.top()), window.max);
    ui.painter().rect_filled(right, 0, tokens.well);
    ui.vline(left.right(), left.y_range().min..=left.y_range().max, 1.0, tokens.rule);
    let mut act = nameplate(ui, left, shelf, settings, commands, overlay);
    let entered = !overlay && commands.contains(&Command::Main);
    if entered && shelf.saves.is_empty() {
        act = Some(Act::Choose(0));
    }
    if let Some(chosen) = papers::papers(ui, right, shelf, settings) {
        act = Some(chosen);
    }
    act
}

fn nameplate(
    ui: &mut Ui,
    rect: Rect,
    shelf: &Shelf,
    settings: &Settings,
    commands: &[Command],
    overlay: bool,
) -> Option<Act> {
    let tokens = ui.tokens();
    let pad = (0.14 * rect.width()).min(64.0);
    let (x, end) = (rect.left() + pad, rect.right() - pad);
    let width = end - x;
    let tall = rect.height() > 700.0;
    let kind = if width > 300.0 && tall { Type::Title } else { Type::Lead };
    let line = kind.spec().2;
    let mut y = rect.top() + if tall { 48.0 } else { 20.0 };
    for word in ["Term", "Sheet"] {
        ui.ink(pos2(x - 4.0, y), Align2::LEFT_TOP, kind, tokens.ink, word);
        y += line;
    }
    y += if tall { 34.0 } else { 14.0 };
    ui.hline(x..=end, y, 3.0, tokens.ink);
    ui.hline(x..=end, y + 4.0, 1.0, tokens.ink);
    ui.ink(pos2(end, y - 6.0), Align2::RIGHT_BOTTOM, Type::Kicker, tokens.ink_soft, "SIMULATION");
    y += 20.0;
    let deck =
        "The money behind the machines. Court a lab, close a quarter, and answer for every number.";
    let kind = if tall { Type::Deck } else { Type::Rumour };
    y = ui.ink_in(pos2(x, y), width, kind, tokens.ink_soft, deck).bottom();
    y += if tall { 44.0 } else { 14.0 };
    let mut act = None;
    if let Some((_, label)) = shelf.saves.first() {
        let entered = !overlay && commands.contains(&Command::Main);
        if continue_button(ui, Rect::from_min_size(pos2(x, y), vec2(width, 64.0)), label) || entered
        {
            act = Some(Act::Continue(0));
        }
        y += 64.0 + 18.0;
    }
    let edition = match settings.edition {
        Edition::Paper => "Paper",
        Edition::Evening => "Evening",
    };
    let kept = numbers::count(shelf.saves.len() as u32, "game");
    let style = format!("{edition} edition, text {}%", settings.text);
    let rows: [(&str, &str, Overlay); 4] = [
        ("Load", &kept, Overlay::Load),
        ("How to play", "five minutes", Overlay::HowTo),
        ("Settings", &style, Overlay::Settings),
        ("Credits and licences", "", Overlay::Credits),
    ];
    let pitch = if tall { 46.0 } else { 34.0 };
    // Nothing is offered that is not there.
    let first = usize::from(shelf.saves.is_empty());
    for (name, note, overlay) in rows.into_iter().skip(first) {
        let row = Rect::from_min_size(pos2(x, y), vec2(width, pitch));
        if menu_row(ui, row, name, note) {
            act = Some(Act::Overlay(overlay));
        }
        y += pitch;
    }
    let row = Rect::from_min_size(pos2(x, y), vec2(width, pitch));
    if menu_row(ui, row, "Quit", "") {
        act = Some(Act::Quit);
    }
    let foot = "A simulation, not affiliated with any firm it names. Everything after the opening is invented; nothing here is investment advice. F1 lists the keys.";
    let galley = ui.galley(Type::Note, tokens.ink_note, foot, width);
    let top = rect.bottom() - 18.0 - galley.size().y;
    if top > y + pitch {
        ui.lay(pos2(x, top), galley);
    }
    act
}

fn continue_button(ui: &mut Ui, rect: Rect, label: &str) -> bool {
    let tokens = ui.tokens();
    let id = ui.id().with("continue");
    let response = ui.pressable(rect, id, "Continue");
    let fill = match (response.is_pointer_button_down_on(), response.hovered()) {
        (true, _) => tokens.ink,
        (false, true) => tokens.faded(tokens.pen_fill, 0.92),
        (false, false) => tokens.pen_fill,
    };
    ui.painter().rect_filled(rect, 4, fill);
    let at = rect.left_top() + vec2(18.0, 12.0);
    ui.ink(at, Align2::LEFT_TOP, Type::FigureSmall, tokens.on_pen, "Continue");
    let label = ui.clamped(Type::Note, tokens.on_pen, label, rect.width() - 36.0, 1);
    ui.lay(rect.left_top() + vec2(18.0, 37.0), label);
    crate::ui::widgets::enter_cap(
        ui.painter(),
        rect.right_center() + vec2(-38.0, -8.0),
        tokens.on_pen,
    );
    ui.focus_ring(&response, rect, 4);
    response.clicked()
}

fn menu_row(ui: &mut Ui, rect: Rect, name: &str, note: &str) -> bool {
    let tokens = ui.tokens();
    let id = ui.id().with(("menu", name));
    let response = ui.pressable(rect, id, name);
    let colour = if response.hovered() { tokens.pen } else { tokens.ink };
    let kind = if rect.height() > 40.0 { Type::FigureSmall } else { Type::Row };
    let kind = if kind == Type::FigureSmall { Type::Name } else { kind };
    let galley = ui.galley(kind, colour, name, f32::INFINITY);
    ui.paint(pos2(rect.left(), rect.center().y - 0.5 * galley.size().y), galley);
    ui.ink(rect.right_center(), Align2::RIGHT_CENTER, Type::Note, tokens.ink_note, note);
    ui.hline(rect.left()..=rect.right(), rect.bottom(), 1.0, tokens.rule);
    ui.focus_ring(&response, rect.shrink2(vec2(0.0, 6.0)), 2);
    response.clicked()
}

/// The list of saves.
pub fn load_list(ui: &mut Ui, shelf: &Shelf) -> Option<Act> {
    let tokens = ui.tokens();
    if shelf.saves.is_empty() {
        ui.say(Type::Body, tokens.ink_soft, "No game has been saved yet.");
    }
    let mut act = None;
    for (place, (_, label)) in shelf.saves.iter().enumerate() {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 34.0), Sense::hover());
        ui.hline(rect.left()..=rect.right(), rect.bottom(), 1.0, tokens.rule_soft);
        ui.ink(rect.left_center(), Align2::LEFT_CENTER, Type::Row, tokens.ink, label);
        let at = rect.right_center();
        let name = format!("Open game {}", place + 1);
        let pressed = text_button(ui, at, Align2::RIGHT_CENTER, Type::InterfaceStrong, &name);
        if pressed.clicked() {
            act = Some(Act::Continue(place));
        }
    }
    act
}
