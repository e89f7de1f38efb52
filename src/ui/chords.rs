//! One chord a frame. The toolkit is told of a frame's keys all at once, with the modifiers as they are at
//! its end and in no order: of a quick Ctrl Enter it hears Enter alone, of 3 and S whichever it asks for
//! first. So a frame is given the keys up to the next chord; the rest wait for the next frame, which is
//! drawn at once.

use std::collections::VecDeque;

use bevy::ecs::message::{MessageCursor, Messages};
use bevy::input::keyboard::{Key, KeyboardInput};
use bevy::prelude::{Local, Query, Res, ResMut, With};
use bevy::winit::{EventLoopProxyWrapper, WinitUserEvent};
use bevy_egui::{EguiContext, PrimaryEguiContext};

/// Holds back what comes after the first chord; runs before anything reads keys.
pub(super) fn one_chord_a_frame(
    mut keys: ResMut<Messages<KeyboardInput>>,
    mut read: Local<MessageCursor<KeyboardInput>>,
    mut waiting: Local<VecDeque<KeyboardInput>>,
    mut contexts: Query<&mut EguiContext, With<PrimaryEguiContext>>,
    proxy: Option<Res<EventLoopProxyWrapper>>,
) {
    waiting.extend(read.read(&keys).cloned());
    if waiting.is_empty() {
        return;
    }
    let typing = contexts.iter_mut().any(|mut context| context.get_mut().text_edit_focused());
    // All that is older was read in its own frame.
    keys.clear();
    keys.write_batch(first_chord(&mut waiting, typing));
    *read = keys.get_cursor_current();
    if let Some(proxy) = proxy.filter(|_| !waiting.is_empty()) {
        let _ = proxy.send_event(WinitUserEvent::WakeUp);
    }
}

/// Takes what may be told in one frame: modifiers, then keys under them; while a text is typed any number
/// of keys, else one press and its repeats.
fn first_chord(waiting: &mut VecDeque<KeyboardInput>, typing: bool) -> Vec<KeyboardInput> {
    let mut pressed: Option<Key> = None;
    let mut any = false;
    let ends = waiting.iter().position(|key| {
        if matches!(key.logical_key, Key::Shift | Key::Control | Key::Alt | Key::Super | Key::Meta)
        {
            return any;
        }
        any = true;
        if !key.state.is_pressed() {
            return false;
        }
        let another = pressed.as_ref().is_some_and(|before| *before != key.logical_key);
        pressed = Some(key.logical_key.clone());
        another && !typing
    });
    waiting.drain(..ends.unwrap_or(waiting.len())).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::VecDeque;

    use bevy::ecs::entity::Entity;
    use bevy::input::ButtonState::{self, Pressed, Released};
    use bevy::input::keyboard::{Key, KeyCode, KeyboardInput};

    use super::first_chord;

    fn keys(list: &[(Key, ButtonState)]) -> VecDeque<KeyboardInput> {
        let key = |(logical_key, state): &(Key, ButtonState)| KeyboardInput {
            key_code: KeyCode::Enter,
            logical_key: logical_key.clone(),
            state: *state,
            text: None,
            repeat: false,
            window: Entity::PLACEHOLDER,
        };
        list.iter().map(key).collect()
    }

    /// How many keys each frame is told of.
    fn frames(mut waiting: VecDeque<KeyboardInput>, typing: bool) -> Vec<usize> {
        let mut told = Vec::new();
        while !waiting.is_empty() {
            told.push(first_chord(&mut waiting, typing).len());
        }
        told
    }

    #[test]
    fn a_quick_chord_keeps_its_modifier() {
        let chord = keys(&[
            (Key::Control, Pressed),
            (Key::Enter, Pressed),
            (Key::Enter, Released),
            (Key::Control, Released),
        ]);
        assert_eq!(frames(chord.clone(), false), [3, 1]);
        assert_eq!(frames(chord, true), [3, 1]);
    }

    #[test]
    fn keys_pressed_one_after_the_other_come_in_frames_of_their_own() {
        let letter = |letter: &str| Key::Character(letter.into());
        let two = keys(&[
            (letter("3"), Pressed),
            (letter("3"), Released),
            (letter("s"), Pressed),
            (letter("s"), Released),
        ]);
        assert_eq!(frames(two.clone(), false), [2, 2]);
        assert_eq!(frames(two, true), [4], "a text is not typed letter by letter");
        let held = keys(&[(Key::Tab, Pressed), (Key::Tab, Pressed), (Key::Tab, Released)]);
        assert_eq!(frames(held, false), [3], "a key held down is one press and its repeats");
    }
}
