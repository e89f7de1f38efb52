//! What lies over a screen: settings, keys, how to play, credits, the dilemma, a line to type, the
//! curtain, notices.

use bevy_egui::egui::{
    Align2, Area, Color32, Frame, Id, Key, Margin, Modal, Order, Rect, ScrollArea, Sense, Stroke,
    TextEdit, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use super::{Scene, dilemma, moves};
use crate::ui::app::Act;
use crate::ui::keys::{COMMANDS, Command, HABITS};
use crate::ui::play::sit_down;
use crate::ui::settings::{Settings, TEXT_SIZES};
use crate::ui::shelf::Shelf;
use crate::ui::state::Overlay;
use crate::ui::tokens::{Edition, FOLIO_BAR, Tokens, Type};
use crate::ui::widgets::{House, Press, blocks, segmented, unpin};

/// A card over the working area; true when it is to be closed. What it holds scrolls, its button stays.
fn card(
    ui: &Ui,
    name: &str,
    width: f32,
    commands: &[Command],
    add: impl FnOnce(&mut Ui) -> bool,
) -> bool {
    let closing = |ui: &mut Ui, _: &mut (), foot: Rect| close(ui, foot, Align2::RIGHT_BOTTOM);
    card_with(ui, (name, width), commands, &mut (), |ui, ()| add(ui), closing)
}

/// The button that closes a card, in a corner of its foot: at the left where the card has a main button.
fn close(ui: &mut Ui, foot: Rect, corner: Align2) -> bool {
    let press = Press::new("Close").key("Escape");
    press.at(ui, corner.pos_in_rect(&foot), corner).clicked()
}

/// A card with a foot of its own; both are given the same state to work on.
fn card_with<S>(
    ui: &Ui,
    (name, width): (&str, f32),
    commands: &[Command],
    state: &mut S,
    add: impl FnOnce(&mut Ui, &mut S) -> bool,
    foot: impl FnOnce(&mut Ui, &mut S, Rect) -> bool,
) -> bool {
    const FOOT: f32 = 44.0 + 12.0;
    let tokens = ui.tokens();
    let grid = ui.grid();
    let whole = ui.ctx().content_rect();
    // Between the folio and the action bar, unless the window is too low for that.
    let (above, below, pad) = match whole.height() < 520.0 {
        true => (8.0, 8.0, 12.0),
        false => (FOLIO_BAR + 12.0, grid.action_bar + 12.0, 22.0),
    };
    let width = width.min(whole.width() - 2.0 * grid.margin);
    let room = whole.height() - above - below - 2.0 * pad - FOOT;
    let frame = Frame::new()
        .fill(tokens.sheet)
        .stroke(Stroke::new(1.2, tokens.ink))
        .corner_radius(4)
        .inner_margin(Margin::symmetric(28, pad as i8));
    let id = Id::new(("card", name));
    let middle = vec2(0.0, 0.5 * (above - below));
    let shown = Modal::new(id)
        .area(Modal::default_area(id).anchor(Align2::CENTER_CENTER, middle))
        .frame(frame)
        .backdrop_color(Color32::from_black_alpha(128))
        .show(ui.ctx(), |ui| {
            ui.set_width(width - 56.0);
            let closed = ScrollArea::vertical()
                .max_height(room)
                .min_scrolled_height(room)
                .auto_shrink([false, true])
                .show(ui, |ui| {
                    ui.spacing_mut().item_spacing = vec2(0.0, 4.0);
                    add(ui, state)
                })
                .inner;
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            let (row, _) = ui.allocate_exact_size(vec2(width - 56.0, FOOT), Sense::hover());
            closed | foot(ui, state, row)
        });
    shown.inner || shown.backdrop_response.clicked() || commands.contains(&Command::Back)
}

/// Overlays over the title.
pub fn over_title(
    ui: &mut Ui,
    overlay: &Overlay,
    settings: &mut Settings,
    shelf: &Shelf,
    commands: &[Command],
) -> (bool, Option<Act>) {
    let mut act = None;
    let closed = match overlay {
        Overlay::Settings => {
            card(ui, "Settings", 620.0, commands, |ui| settings_card(ui, settings))
        }
        Overlay::Keys => card(ui, "Keys", 980.0, commands, keys_card),
        Overlay::HowTo => card(ui, "How to play", 760.0, commands, how_to_card),
        Overlay::Credits => card(ui, "Credits", 760.0, commands, credits_card),
        Overlay::Load => card(ui, "Load", 620.0, commands, |ui| {
            ui.say(Type::Section, ui.tokens().ink, "Saved games");
            ui.add_space(8.0);
            act = super::title::load_list(ui, shelf);
            false
        }),
        _ => true,
    };
    (closed, act)
}

/// Overlays over a game.
pub fn over_game(ui: &mut Ui, scene: &mut Scene) {
    let commands: Vec<Command> =
        scene.commands.iter().copied().filter(|command| *command != Command::Back).collect();
    let closed = match scene.state.overlay.clone() {
        Overlay::None => return,
        Overlay::Settings => {
            card(ui, "Settings", 620.0, &commands, |ui| settings_card(ui, scene.settings))
        }
        Overlay::Keys => card(ui, "Keys", 980.0, &commands, keys_card),
        Overlay::HowTo => card(ui, "How to play", 760.0, &commands, how_to_card),
        Overlay::Credits => card(ui, "Credits", 760.0, &commands, credits_card),
        Overlay::Dilemma => card_with(
            ui,
            ("Dilemma", 720.0),
            &commands,
            scene,
            |ui, scene| {
                dilemma::show(ui, scene);
                false
            },
            |ui, scene, foot| {
                let closed = close(ui, foot, Align2::LEFT_BOTTOM);
                closed | dilemma::give(ui, scene, foot)
            },
        ),
        Overlay::Moves => card(ui, "Moves", 860.0, &commands, |ui| moves::show(ui, scene)),
        Overlay::Line => card(ui, "A line", 820.0, &commands, |ui| line_card(ui, scene)),
        Overlay::Leave => card(ui, "Leave", 460.0, &commands, |ui| leave_card(ui, scene)),
        Overlay::Load => true,
    };
    if closed {
        scene.state.overlay = Overlay::None;
    }
}

fn heading(ui: &mut Ui, text: &str) {
    let tokens = ui.tokens();
    ui.say(Type::Section, tokens.ink, text);
    ui.rule(1.5, tokens.ink, 4.0);
}

/// A setting: its name, what it means, and a choice.
fn setting(ui: &mut Ui, name: &str, note: &str, choices: &[&str], chosen: usize) -> Option<usize> {
    let tokens = ui.tokens();
    let width = ui.available_width();
    let (rect, _) = ui.allocate_exact_size(vec2(width, 52.0), bevy_egui::egui::Sense::hover());
    let at = pos2(rect.left(), rect.center().y - 8.0);
    ui.ink(at, Align2::LEFT_CENTER, Type::RowStrong, tokens.ink, name);
    let at = pos2(rect.left(), rect.center().y + 10.0);
    ui.ink(at, Align2::LEFT_CENTER, Type::Note, tokens.ink_note, note);
    ui.hline(rect.left()..=rect.right(), rect.bottom(), 1.0, tokens.rule_soft);
    segmented(ui, rect.right_center(), Align2::RIGHT_CENTER, name, choices, chosen)
}

fn settings_card(ui: &mut Ui, settings: &mut Settings) -> bool {
    let before = settings.clone();
    heading(ui, "Settings");
    let chosen = usize::from(settings.edition == Edition::Evening);
    if let Some(place) = setting(ui, "Edition", "by day or by night", &["Paper", "Evening"], chosen)
    {
        settings.edition = [Edition::Paper, Edition::Evening][place];
    }
    let sizes: Vec<String> = TEXT_SIZES.iter().map(|size| size.to_string()).collect();
    let shown: Vec<&str> = sizes.iter().map(String::as_str).collect();
    let chosen = TEXT_SIZES.iter().position(|size| *size == settings.text).unwrap_or(2);
    if ui.available_width() > 540.0 {
        if let Some(place) = setting(ui, "Text", "per cent", &shown, chosen) {
            settings.text = TEXT_SIZES[place];
        }
    } else if let Some(place) =
        setting(ui, "Text", &format!("{}%", settings.text), &["Smaller", "Larger"], 2)
    {
        settings.text_step(place == 1);
    }
    let chosen = usize::from(settings.still);
    let note = "whether flows drift and bars drop in";
    if let Some(place) = setting(ui, "Motion", note, &["Full", "Reduced"], chosen) {
        settings.still = place == 1;
    }
    let chosen = usize::from(!settings.lessons);
    let note = "where a level has them";
    if let Some(place) = setting(ui, "Lessons", note, &["On", "Off"], chosen) {
        settings.lessons = place == 0;
    }
    let chosen = usize::from(settings.full_screen);
    if let Some(place) = setting(
        ui,
        "Screen",
        "part of the screen, or all of it",
        &["Window", "Full screen"],
        chosen,
    ) {
        settings.full_screen = place == 1;
    }
    if before != *settings {
        settings.keep();
    }
    false
}

/// Two columns where there is room: the whole list is seen at once.
fn keys_card(ui: &mut Ui) -> bool {
    let tokens = ui.tokens();
    heading(ui, "Keys");
    let rows: Vec<(&str, &str)> = COMMANDS
        .iter()
        .map(|(_, _, _, key, what)| (*key, *what))
        .chain(HABITS.iter().copied())
        .collect();
    let whole = ui.available_width();
    let columns = if whole > 760.0 { 2 } else { 1 };
    let wide = (whole - 24.0 * (columns - 1) as f32) / columns as f32;
    let most = rows.len().div_ceil(columns);
    let size = vec2(whole, 26.0 * most as f32);
    let (room, _) = ui.allocate_exact_size(size, bevy_egui::egui::Sense::hover());
    for (place, (key, what)) in rows.into_iter().enumerate() {
        let (column, row) = ((place / most) as f32, (place % most) as f32);
        let at = room.min + vec2(column * (wide + 24.0), 26.0 * row + 13.0);
        ui.ink(at, Align2::LEFT_CENTER, Type::InterfaceStrong, tokens.pen, key);
        let text = ui.clamped(Type::Interface, tokens.ink, what, wide - 116.0, 1);
        ui.lay(at + vec2(116.0, -0.5 * text.size().y), text);
    }
    false
}

const HOW_TO: &[(&str, &str)] = &[
    (
        "What it is about",
        "You run one seat: a giant with cash and a cloud, or a lab with the models everybody wants and no settled way to pay for them. Your goals stand on the front page; the score is what they add up to.",
    ),
    (
        "A quarter",
        "The paper comes first. Then talks: a few rounds of offers and answers, all seats at once. Then the plan: a handful of levers. Then the quarter closes and the window says why your number moved, cause by cause.",
    ),
    (
        "At the table",
        "Choose a lab (or a giant) on the board and open the table. Each row is a clause: yours in pen, theirs in ink, and the gap between. The right side says what the sheet is worth to you and, as far as anybody can see, to them. Suggest finds terms both might sign; What do they want? costs a round and brings three ways to a yes.",
    ),
    (
        "Ink and pen",
        "Ink is the world. Whatever is blue you may change. What you decide stays yours until you send it: Ctrl Z takes it back.",
    ),
    (
        "Numbers",
        "Hold the pointer over any number for its causes; P pins the note. Nothing is hidden in the score.",
    ),
];

fn how_to_card(ui: &mut Ui) -> bool {
    let tokens = ui.tokens();
    heading(ui, "How to play");
    for (title, text) in HOW_TO {
        ui.add_space(6.0);
        ui.say(Type::Panel, tokens.ink, title);
        ui.say(Type::Body, tokens.ink_soft, text);
    }
    ui.add_space(6.0);
    ui.say(
        Type::Body,
        tokens.ink_soft,
        "The First Term Sheet, on the shelf, teaches all of it by doing, in four quarters.",
    );
    false
}

fn credits_card(ui: &mut Ui) -> bool {
    let tokens = ui.tokens();
    heading(ui, "Credits and licences");
    ui.say(Type::Body, tokens.ink, "Term Sheet is a simulation. It is not affiliated with, or endorsed by, any firm it names; everything after a level's opening is invented. Names can be fictional, with the same numbers.");
    ui.add_space(6.0);
    ui.say(Type::Body, tokens.ink_soft, "The program may be used under the MIT or the Apache 2.0 licence. It is built on Bevy and egui; cargo tree lists every library with its licence.");
    for (name, text) in crate::ui::fonts::LICENCES {
        ui.add_space(8.0);
        ui.say(Type::Panel, tokens.ink, name);
        ui.say(Type::Note, tokens.ink_soft, text);
    }
    false
}

/// A line to type: everything the terminal game knows can be done here too.
fn line_card(ui: &mut Ui, scene: &mut Scene) -> bool {
    let tokens = ui.tokens();
    ui.say(Type::Panel, tokens.ink, "Type a command");
    let note = "Everything the terminal game knows: claim, plant, investigate, waiver, renegotiate, terminate, loosen, process, template, help …";
    ui.say(Type::Note, tokens.ink_note, note);
    let edit = TextEdit::singleline(&mut scene.state.line)
        .font(Type::Row.font())
        .hint_text("help")
        .margin(vec2(10.0, 8.0))
        .desired_width(f32::INFINITY);
    let response = ui.add(edit);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::TextEdit, true, "A command"));
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if !response.has_focus() {
        response.request_focus();
    }
    let mut closed = false;
    if entered && !scene.state.line.trim().is_empty() {
        let line = std::mem::take(&mut scene.state.line);
        if matches!(line.trim(), "quit" | "exit") {
            scene.state.overlay = Overlay::Leave;
            return false;
        }
        let (said, done) = scene.desk.type_line(&line);
        scene.state.line_said = said;
        if done {
            scene.desk.end_step();
            closed = true;
        }
    }
    ui.add_space(8.0);
    let said = scene.state.line_said.clone();
    blocks(ui, &said);
    closed
}

fn leave_card(ui: &mut Ui, scene: &mut Scene) -> bool {
    let tokens = ui.tokens();
    ui.say(Type::Section, tokens.ink, "Leave this game?");
    ui.say(
        Type::Body,
        tokens.ink_soft,
        "It is saved as it stands; Continue on the title takes it up again.",
    );
    ui.add_space(10.0);
    let mut closed = false;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing = vec2(10.0, 0.0);
        let entered = scene.pressed(Command::Main);
        if Press::primary("Save and leave").key("Enter").show(ui).clicked() || entered {
            match scene.desk.save() {
                Ok(()) => *scene.leave = true,
                Err(why) => scene.desk.notice = Some(why),
            }
            closed = true;
        }
        if Press::new("Settings").show(ui).clicked() {
            scene.state.overlay = Overlay::Settings;
        }
        if Press::new("Keys").show(ui).clicked() {
            scene.state.overlay = Overlay::Keys;
        }
    });
    closed
}

/// A sentence at the foot of the window.
pub fn notice(ui: &Ui, text: &str) {
    let tokens = ui.tokens();
    let room = ui.ctx().content_rect();
    Area::new(Id::new("notice"))
        .order(Order::Foreground)
        .pivot(Align2::CENTER_BOTTOM)
        .fixed_pos(pos2(room.center().x, room.bottom() - 80.0))
        .interactable(false)
        .show(ui.ctx(), |ui| {
            Frame::new()
                .fill(tokens.ink)
                .corner_radius(4)
                .inner_margin(Margin::symmetric(16, 10))
                .show(ui, |ui| {
                    ui.set_max_width(560.0f32.min(room.width() - 80.0));
                    ui.say(Type::Interface, tokens.page, text);
                });
        });
}

/// Something went wrong; true when it has been read.
pub fn trouble(ui: &mut Ui, text: &str, commands: &[Command]) -> bool {
    card(ui, "Trouble", 560.0, commands, |ui| {
        let tokens = ui.tokens();
        ui.say(Type::Section, tokens.ink, "That did not work");
        ui.say(Type::Body, tokens.ink_soft, text);
        false
    })
}

/// Between two people at one keyboard.
pub fn curtain(ui: &mut Ui, scene: &mut Scene, window: Rect) {
    let tokens = ui.tokens();
    // A pinned note may hold what the next one must not see.
    unpin(ui.ctx());
    ui.painter().rect_filled(window, 0, tokens.well);
    let stripe = Tokens::of(tokens.edition).rule_soft;
    let mut x = window.left();
    while x < window.right() {
        let fold = Rect::from_min_size(pos2(x, window.top()), vec2(26.0, window.height()));
        ui.painter().rect_filled(fold, 0, stripe);
        x += 52.0;
    }
    let name = scene.desk.words.seat(scene.desk.seat).to_owned();
    let card = Rect::from_center_size(window.center(), vec2(460.0, 200.0));
    ui.painter().rect_filled(card, 4, tokens.sheet);
    ui.painter().rect_stroke(
        card,
        4,
        Stroke::new(1.2, tokens.ink),
        bevy_egui::egui::StrokeKind::Inside,
    );
    let at = card.center_top() + vec2(0.0, 34.0);
    ui.ink(at, Align2::CENTER_CENTER, Type::Kicker, tokens.ink_soft, "HAND OVER TO");
    let at = card.center_top() + vec2(0.0, 76.0);
    ui.ink(at, Align2::CENTER_CENTER, Type::Screen, tokens.ink, &name);
    let at = card.center_bottom() - vec2(0.0, 44.0);
    let press = Press::primary("Sit down").key("Enter").at(ui, at, Align2::CENTER_CENTER);
    if press.clicked() || scene.pressed(Command::Main) {
        sit_down(scene);
    }
}
