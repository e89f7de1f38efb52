//! The talks and the plan by the names of what is on the screen: a deal from a question to a signature,
//! other moves, the keyboard alone, large text.

use bevy_egui::egui::accesskit::Role;
use bevy_egui::egui::{Key, Modifiers, Rect, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::app::App;
use super::state::{Overlay, Screen};
use super::tests::{app, pass_answers, press, press_a, screen, step, window};
use crate::sim::decision::Decision;
use crate::sim::process::Procedure;
use crate::sim::setting::Step;

fn decided(harness: &mut Harness<App>) -> Vec<Decision> {
    harness.state_mut().game().unwrap().0.view.decided.clone()
}

/// Presses as a screen reader does, wherever it has been scrolled to.
fn act(harness: &mut Harness<App>, role: Role, label: &str) {
    harness.get_by_role_and_label(role, label).click_accesskit();
    harness.run_steps(3);
}

fn has(harness: &Harness<App>, part: &str) -> bool {
    harness.query_all_by_label_contains(part).next().is_some()
}

/// At the table with the first who can be talked to.
fn at_the_table(level: &str) -> Harness<'static, App> {
    let mut harness = window(app(level));
    harness.run_steps(2);
    press(&mut harness, "Board");
    press(&mut harness, "Open the table");
    assert_eq!(screen(&mut harness), Screen::Table);
    harness
}

fn to_the_plan(harness: &mut Harness<App>) {
    for _ in 0..8 {
        match step(harness) {
            Step::Plan => break,
            Step::Answers(_) => pass_answers(harness),
            _ => {
                press(harness, "Board");
                press(harness, "Leave the talks");
            }
        }
    }
    assert_eq!(step(harness), Step::Plan);
}

#[test]
fn a_quarter_goes_from_a_question_to_a_signature_a_plan_and_a_close() {
    let mut harness = at_the_table("ten-billion-courtship");
    press(&mut harness, "What do they want?");
    assert!(has(&harness, "They would sign any of these"), "no way to a yes came back");
    assert!(has(&harness, "ANSWERING YOUR QUESTION"));
    // Their terms can be read clause by clause, beside mine.
    let apart =
        harness.query_all_by_label_contains("Pre-money value: mine").next().is_some_and(|row| {
            let told = row.accesskit_node().label().unwrap_or_default();
            told.contains("theirs $") && told.ends_with("open")
        });
    assert!(apart, "their price is not read beside mine");
    press(&mut harness, "Try it: way one");
    press(&mut harness, "On to the answers");
    assert!(matches!(step(&mut harness), Step::Answers(_)));
    press(&mut harness, "Sign it: way one");
    let (desk, _) = harness.state_mut().game().unwrap();
    let seat = desk.view.seat;
    let signed = desk.view.deals.iter().filter(|deal| deal.giant.seat() == seat);
    assert_eq!(signed.filter(|deal| deal.fact.is_some()).count(), 1, "nothing was signed");
    to_the_plan(&mut harness);
    press_a(&mut harness, Role::CheckBox, "Sales push: Enterprise");
    assert!(matches!(decided(&mut harness)[..], [Decision::Run(plan)] if plan.push.is_some()));
    press(&mut harness, "Close the quarter");
    assert_eq!(screen(&mut harness), Screen::Close);
}

#[test]
fn a_change_of_the_draft_is_taken_back_and_so_is_a_decision() {
    let mut harness = at_the_table("ten-billion-courtship");
    let sheet = |harness: &mut Harness<App>| {
        let (_, state) = harness.state_mut().game().unwrap();
        let with = state.table.unwrap();
        state.drafts[&with].1.sheet
    };
    let before = sheet(&mut harness);
    harness.get_by_label_contains("Money in: mine").focus();
    harness.run_steps(2);
    harness.key_press(Key::ArrowRight);
    harness.run_steps(2);
    assert!(sheet(&mut harness).cash > before.cash);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(2);
    assert_eq!(sheet(&mut harness), before);
    press(&mut harness, "Decide, send later");
    assert_eq!(decided(&mut harness).len(), 1);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    harness.run_steps(2);
    assert!(decided(&mut harness).is_empty());
}

#[test]
fn other_moves_are_made_and_taken_back_by_name() {
    let mut harness = at_the_table("ten-billion-courtship");
    press(&mut harness, "Other moves");
    act(&mut harness, Role::Button, "Look into OpenAI's books");
    assert!(matches!(decided(&mut harness)[..], [Decision::Investigate { .. }]));
    assert!(has(&harness, "Attention: 2 of 3 left this quarter"));
    act(&mut harness, Role::Button, "Take back the last");
    assert!(decided(&mut harness).is_empty());
    act(&mut harness, Role::Button, "Claim it to OpenAI");
    let claims = decided(&mut harness);
    assert!(matches!(claims[..], [Decision::Claim { to, rival, .. }] if to != rival), "{claims:?}");
    act(&mut harness, Role::RadioButton, "Moves: Deals in force");
    assert!(has(&harness, "Yours in force") && has(&harness, "Amazon–Anthropic"));
    assert!(has(&harness, "does not run against it"));
}

#[test]
fn the_button_of_a_card_is_in_sight_however_long_the_card() {
    let mut harness = at_the_table("ten-billion-courtship");
    for size in [vec2(1_440.0, 900.0), vec2(1_024.0, 640.0), vec2(720.0, 480.0)] {
        harness.set_size(size);
        for overlay in [Overlay::Moves, Overlay::Keys, Overlay::Settings] {
            harness.state_mut().show_overlay(overlay.clone());
            harness.run_steps(3);
            let window = Rect::from_min_size(bevy_egui::egui::Pos2::ZERO, size);
            let close = harness.get_by_role_and_label(Role::Button, "Close").rect();
            assert!(window.contains_rect(close), "{overlay:?} at {size}: {close}");
        }
        harness.state_mut().show_overlay(Overlay::None);
        harness.run_steps(2);
    }
}

#[test]
fn the_advisor_does_not_put_worse_terms_in_a_better_drafts_place() {
    let mut harness = at_the_table("ten-billion-courtship");
    let draft = |harness: &mut Harness<App>| {
        let (_, state) = harness.state_mut().game().unwrap();
        let with = state.table.unwrap();
        (with, state.drafts[&with].1.sheet)
    };
    harness.key_press(Key::S);
    harness.run_steps(3);
    let (with, suggested) = draft(&mut harness);
    // The same at a lower price is worth more to us; as long as they sign it, it stays.
    let mut kept = suggested;
    let (desk, state) = harness.state_mut().game().unwrap();
    let advisor = desk.advisor(with).unwrap();
    for part in [0.99, 0.98, 0.97, 0.96] {
        let mut lower = suggested;
        lower.pre_money = crate::units::Money::from_bn(part * suggested.pre_money.bn());
        if matches!(
            advisor.reply(&lower),
            crate::host::advice::Reply::Signs | crate::host::advice::Reply::Waits
        ) {
            kept = lower;
        }
    }
    assert_ne!(kept, suggested, "they sign at no lower price");
    state.drafts.get_mut(&with).unwrap().1.change(kept, false);
    harness.key_press(Key::S);
    harness.run_steps(3);
    let after = draft(&mut harness).1;
    let (desk, _) = harness.state_mut().game().unwrap();
    let advisor = desk.advisor(with).unwrap();
    let worth = |sheet| advisor.brief.appraise(advisor.side(), sheet).value();
    assert!(worth(&after) >= worth(&kept) - 1e-9, "{kept:?} gave way to {after:?}");
}

#[test]
fn a_lab_says_how_its_talks_are_held() {
    let mut harness = window(app("playing-the-field"));
    harness.run_steps(2);
    press(&mut harness, "Table");
    press(&mut harness, "Other moves");
    act(&mut harness, Role::RadioButton, "Moves: The process");
    act(&mut harness, Role::Button, "Hold a competition");
    let convened = decided(&mut harness);
    assert!(
        matches!(convened[..], [Decision::Convene(it)] if it.procedure == Procedure::Competitive),
        "{convened:?}"
    );
    act(&mut harness, Role::CheckBox, "Refuses: directors");
    act(&mut harness, Role::Button, "Publish this template");
    let convened = decided(&mut harness);
    let [Decision::Convene(it)] = convened[..] else { panic!("{convened:?}") };
    assert_eq!(it.procedure, Procedure::Competitive, "the template changes the process");
    assert!(it.template.is_some_and(|own| own.refuses.iter().count() == 1));
}

/// Goes on with Tab until something has the focus; panics if it is never reached.
fn tab_to(harness: &mut Harness<App>, label: &str) {
    for _ in 0..160 {
        let there =
            harness.query_all_by_label(label).any(|node| node.accesskit_node().is_focused());
        if there {
            return;
        }
        harness.key_press(Key::Tab);
        harness.run_steps(2);
    }
    panic!("Tab does not lead to {label}");
}

#[test]
fn a_quarter_is_played_by_the_keyboard_alone() {
    let mut harness = window(app("ten-billion-courtship"));
    harness.run_steps(2);
    for key in [Key::Num3, Key::S] {
        harness.key_press(key);
        harness.run_steps(3);
    }
    assert_eq!(screen(&mut harness), Screen::Table);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    harness.run_steps(3);
    assert_ne!(step(&mut harness), Step::Offers(0), "the offer was not sent");
    for _ in 0..8 {
        if step(&mut harness) == Step::Plan {
            break;
        }
        // From the board the same two keys move the world on.
        harness.key_press(Key::Num2);
        harness.run_steps(3);
        harness.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
        harness.run_steps(3);
    }
    assert_eq!(step(&mut harness), Step::Plan);
    tab_to(&mut harness, "Lobbying: 1");
    harness.key_press(Key::Space);
    harness.run_steps(3);
    assert_eq!(decided(&mut harness), [Decision::Attend { lobbying: 1, press: 0 }]);
    tab_to(&mut harness, "Close the quarter");
    harness.key_press(Key::Space);
    harness.run_steps(3);
    assert_eq!(screen(&mut harness), Screen::Close);
}

/// Names and places of what can be pressed or turned.
fn pressable(harness: &Harness<App>) -> Vec<(String, Rect)> {
    let roles = [Role::Button, Role::CheckBox, Role::RadioButton, Role::Slider];
    harness
        .query_all_by(|node| roles.contains(&node.role()))
        .map(|node| (node.accesskit_node().label().unwrap_or_default(), node.rect()))
        .collect()
}

#[test]
fn what_can_be_pressed_has_a_name_and_room_at_every_size_of_text() {
    for level in ["ten-billion-courtship", "playing-the-field", "arms-dealer"] {
        let mut harness = window(app(level));
        for (size, text) in
            [((1_440.0, 900.0), 100), ((1_024.0, 640.0), 100), ((1_440.0, 900.0), 200)]
        {
            harness.set_size(vec2(size.0, size.1));
            harness.state_mut().settings.text = text;
            for (screen, overlay) in [
                (Screen::Table, Overlay::None),
                (Screen::Plan, Overlay::None),
                (Screen::Table, Overlay::Moves),
            ] {
                harness.state_mut().show_screen(screen);
                harness.state_mut().show_overlay(overlay.clone());
                harness.run_steps(4);
                let found = pressable(&harness);
                let width = size.0 * 100.0 / text as f32;
                let place = format!("{level}, {screen:?} {overlay:?}, {size:?} at {text}%");
                assert!(found.len() > 6, "{place}: only {found:?}");
                for (name, rect) in &found {
                    assert!(!name.trim().is_empty(), "{place}: something at {rect:?} has no name");
                    assert!(
                        rect.left() >= -1.0 && rect.right() <= width + 1.0,
                        "{place}: {name} is cut at {rect:?}"
                    );
                }
                // What scrolls goes on under the bar.
                let bar = size.1 * 100.0 / text as f32 - 72.0;
                let above = found.into_iter().filter(|(_, rect)| rect.bottom() < bar);
                if overlay == Overlay::None {
                    apart(&above.collect::<Vec<_>>(), &place);
                }
            }
        }
    }
}

/// Nothing that can be pressed lies on another such thing, so that no label covers another.
fn apart(found: &[(String, Rect)], place: &str) {
    for (nth, (one, at)) in found.iter().enumerate() {
        for (other, over) in &found[nth + 1..] {
            let common = at.intersect(*over);
            let deep = common.width() > 4.0 && common.height() > 8.0;
            let inside = at.contains_rect(*over) || over.contains_rect(*at);
            assert!(!deep || inside, "{place}: {one} and {other} overlap at {common:?}");
        }
    }
}

#[test]
fn what_was_sent_can_be_left_to_stand_for_another_round() {
    let mut harness = at_the_table("ten-billion-courtship");
    press(&mut harness, "Send offer");
    for _ in 0..4 {
        if matches!(step(&mut harness), Step::Offers(_)) {
            break;
        }
        pass_answers(&mut harness);
    }
    let Step::Offers(round) = step(&mut harness) else { panic!("the talks are over") };
    assert!(round > 0, "the offer was not sent");
    harness.state_mut().show_screen(Screen::Table);
    harness.run_steps(2);
    // By the keys that send: there is nothing new to send.
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    harness.run_steps(3);
    assert_ne!(step(&mut harness), Step::Offers(round), "the round does not pass");
}

#[test]
fn the_mouse_alone_finds_the_way_out_and_the_settings() {
    let mut harness = window(app("ten-billion-courtship"));
    harness.run_steps(2);
    press(&mut harness, "Menu");
    assert!(has(&harness, "Save and leave"));
    press(&mut harness, "Settings");
    assert!(has(&harness, "Evening"));
}
