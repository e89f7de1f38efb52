//! Where the keyboard's focus goes, by the names of what it reaches.

use bevy_egui::egui::accesskit::{NodeId, Role};
use bevy_egui::egui::{Key, Rect, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::app::App;
use super::state::{Overlay, Screen};
use super::tests::{app, window};
use crate::sim::deal::Clause;

/// What has the focus.
#[derive(Clone, Debug)]
struct There {
    node: NodeId,
    name: String,
    rect: Rect,
}

fn focused(harness: &Harness<App>) -> Option<There> {
    let found = harness.query_all_by(|node| node.is_focused()).next()?;
    let node = found.accesskit_node();
    Some(There { node: node.locate().0, name: node.label()?, rect: found.rect() })
}

fn tab(harness: &mut Harness<App>) -> Option<There> {
    harness.key_press(Key::Tab);
    harness.run_steps(3);
    focused(harness)
}

/// Once round the screen with Tab.
fn round(harness: &mut Harness<App>) -> Vec<There> {
    let mut seen: Vec<There> = Vec::new();
    for _ in 0..300 {
        let Some(there) = tab(harness) else { continue };
        if seen.first().is_some_and(|first| first.node == there.node) {
            return seen;
        }
        seen.push(there);
    }
    panic!("Tab never comes round: {:?}", seen.last());
}

#[test]
fn tab_leads_from_a_row_into_its_editor_and_the_focus_comes_back_from_it() {
    let mut harness = window(app("ten-billion-courtship"));
    harness.run_steps(2);
    harness.state_mut().show_screen(Screen::Table);
    harness.run_steps(3);
    let row = loop {
        let there = tab(&mut harness).expect("something to press");
        if there.name.starts_with("Pre-money") {
            break there;
        }
    };
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    let first = tab(&mut harness).expect("something in the editor");
    assert_eq!(harness.state_mut().game().unwrap().1.clause, Some(Clause::PreMoney));
    assert!(first.name.starts_with("Before the money"), "{first:?} is not of the editor");
    assert_ne!(first.node, row.node);
    harness.key_press(Key::Escape);
    harness.run_steps(5);
    assert_eq!(harness.state_mut().game().unwrap().1.clause, None);
    assert_eq!(focused(&harness).map(|there| there.node), Some(row.node));
}

#[test]
fn tab_goes_over_the_page_then_the_bar_below_it_then_the_folio() {
    let mut harness = window(app("ten-billion-courtship"));
    harness.run_steps(2);
    for screen in [Screen::Front, Screen::Board, Screen::Table, Screen::Plan, Screen::Market] {
        harness.state_mut().show_screen(screen);
        harness.run_steps(3);
        super::focus::forget(&harness.ctx);
        let order = round(&mut harness);
        let part = |there: &There| match there.rect.center().y {
            y if y < 52.0 => 2,
            y if y > 900.0 - 64.0 => 1,
            _ => 0,
        };
        let parts: Vec<i32> = order.iter().map(part).collect();
        assert!(parts.is_sorted(), "{screen:?}: {order:?}");
        assert_eq!(parts.first(), Some(&0), "{screen:?} begins with the page");
        assert_eq!(parts.last(), Some(&2), "{screen:?} ends with the folio");
    }
}

#[test]
fn what_has_the_focus_is_in_sight() {
    const SMALL: Vec2 = vec2(1_024.0, 640.0);
    let mut harness = window(app("ten-billion-courtship"));
    harness.set_size(SMALL);
    harness.run_steps(2);
    for screen in [Screen::Front, Screen::Table, Screen::Plan, Screen::Market, Screen::Records] {
        harness.state_mut().show_screen(screen);
        harness.run_steps(3);
        super::focus::forget(&harness.ctx);
        for There { name, rect, .. } in round(&mut harness) {
            let sight = Rect::from_min_size(Default::default(), SMALL).expand(1.0);
            assert!(sight.contains(rect.center()), "{screen:?}: {name} at {rect}");
        }
    }
}

#[test]
fn the_focus_returns_from_what_lay_over_the_page() {
    let mut harness = window(app("ten-billion-courtship"));
    harness.run_steps(2);
    harness.state_mut().show_screen(Screen::Market);
    harness.run_steps(3);
    let before = tab(&mut harness).expect("something to read on the market");
    harness.state_mut().show_overlay(Overlay::Keys);
    harness.run_steps(3);
    let over = tab(&mut harness).expect("something to press on the card");
    assert_ne!(over.node, before.node, "the focus stayed below the card");
    harness.key_press(Key::Escape);
    harness.run_steps(3);
    assert_eq!(focused(&harness).map(|there| there.node), Some(before.node));
}

#[test]
fn rows_of_the_books_and_of_promises_say_what_is_behind_them() {
    let mut harness = window(app("ten-billion-courtship"));
    super::tests::close_quarters(&mut harness, 1);
    for (record, row, says) in [
        ("The books", "Cloud revenue", "the quarter before"),
        ("Everybody's promises", "OpenAI, early access", "owed to: Microsoft"),
    ] {
        let place = super::screens::records::place_of(record);
        let (_, state) = harness.state_mut().game().unwrap();
        state.record = place.unwrap_or_else(|| panic!("{record}"));
        harness.state_mut().show_screen(Screen::Records);
        harness.run_steps(3);
        let named = |node: &egui_kittest::Node| node.accesskit_node().label().unwrap_or_default();
        let all = harness.get_all_by_role(Role::Image);
        let found = all.into_iter().find(|node| named(node).starts_with(row));
        found.unwrap_or_else(|| panic!("{record} has no row {row}")).focus();
        harness.run_steps(3);
        let told = focused(&harness).unwrap().name;
        assert!(told.contains(says), "{record}: {told}");
    }
}
