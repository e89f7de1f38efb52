//! Everything that can be pressed has a name: keys, the list of keys and buttons agree on it.

use bevy_egui::egui::{Context, Key, KeyboardShortcut, Modifiers};

use super::widgets::focus_is_pressable;

/// A named command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Command {
    Front,
    Board,
    Table,
    Plan,
    Market,
    Records,
    Dilemma,
    Moves,
    /// The screen's main button.
    Main,
    Back,
    Undo,
    Suggest,
    Ask,
    Send,
    Keys,
    Line,
    LargerText,
    SmallerText,
    Edition,
    Save,
}

/// Every command with its key and what it does, in the order of the list.
pub const COMMANDS: &[(Command, Modifiers, Key, &str, &str)] = &[
    (Command::Front, Modifiers::NONE, Key::Num1, "1", "the front page"),
    (Command::Board, Modifiers::NONE, Key::Num2, "2", "the board"),
    (Command::Table, Modifiers::NONE, Key::Num3, "3", "the table"),
    (Command::Plan, Modifiers::NONE, Key::Num4, "4", "the plan"),
    (Command::Market, Modifiers::NONE, Key::Num5, "5", "the market"),
    (Command::Records, Modifiers::NONE, Key::Num6, "6", "the records"),
    (Command::Dilemma, Modifiers::NONE, Key::D, "D", "this quarter's dilemma"),
    (Command::Moves, Modifiers::NONE, Key::M, "M", "other moves: claims, deals, process, cards"),
    (Command::Main, Modifiers::NONE, Key::Enter, "Enter", "the main button, or what has the focus"),
    (Command::Back, Modifiers::NONE, Key::Escape, "Escape", "back out"),
    (Command::Undo, Modifiers::COMMAND, Key::Z, "Ctrl Z", "take back what nobody has seen"),
    (Command::Suggest, Modifiers::NONE, Key::S, "S", "at a table: the advisor's terms"),
    (Command::Ask, Modifiers::NONE, Key::W, "W", "at a table: ask what they want"),
    (
        Command::Send,
        Modifiers::COMMAND,
        Key::Enter,
        "Ctrl Enter",
        "send, sign, close: the world moves on",
    ),
    (Command::Line, Modifiers::COMMAND, Key::K, "Ctrl K", "type any command of the terminal game"),
    (Command::Save, Modifiers::COMMAND, Key::S, "Ctrl S", "save the game"),
    (Command::LargerText, Modifiers::COMMAND, Key::Plus, "Ctrl +", "larger text"),
    (Command::SmallerText, Modifiers::COMMAND, Key::Minus, "Ctrl −", "smaller text"),
    (Command::Edition, Modifiers::COMMAND, Key::E, "Ctrl E", "the other edition, Paper or Evening"),
    (Command::Keys, Modifiers::NONE, Key::F1, "F1 or ?", "this list"),
];

/// Keys that are no commands of their own.
pub const HABITS: &[(&str, &str)] = &[
    ("Tab, Shift Tab", "from one thing to the next"),
    ("Space", "press what has the focus"),
    ("← →", "turn the lever that has the focus"),
    ("P", "over a number: pin its note"),
];

/// The commands whose keys were pressed, in no text field.
pub fn pressed(context: &Context) -> Vec<Command> {
    let typing = context.text_edit_focused();
    let focused = focus_is_pressable(context);
    let mut found = Vec::new();
    context.input_mut(|input| {
        for (command, modifiers, key, ..) in COMMANDS {
            let plain = *modifiers == Modifiers::NONE;
            let taken = match command {
                // What has the focus takes the key itself.
                Command::Main => typing || focused,
                // A text field takes back its own letters.
                Command::Undo => typing,
                Command::Back => false,
                Command::Keys => false,
                _ => plain && typing,
            };
            if !taken && input.consume_shortcut(&KeyboardShortcut::new(*modifiers, *key)) {
                found.push(*command);
            }
        }
        let asked = input.key_pressed(Key::Questionmark)
            || input.consume_shortcut(&KeyboardShortcut::new(Modifiers::SHIFT, Key::Slash));
        if asked && !typing {
            found.push(Command::Keys);
        }
        if input.consume_shortcut(&KeyboardShortcut::new(Modifiers::COMMAND, Key::Equals)) {
            found.push(Command::LargerText);
        }
    });
    found
}
