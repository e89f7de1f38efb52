//! The window without a window: a quarter played by the names of what is on the screen.

use bevy_egui::egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};

use super::app::App;
use super::settings::Settings;
use super::state::Screen;
use crate::host::session::{Control, LoadedLevel, Session};
use crate::host::words::Names;
use crate::ids::SeatId;
use crate::level::Library;
use crate::sim::decision::Decision;
use crate::sim::setting::Step;

pub(super) fn app(level: &str) -> App {
    app_with(level, false)
}

fn app_with(level: &str, lessons: bool) -> App {
    app_of(level, 1, lessons)
}

/// With so many people in the seats of the giants, from the first seat on.
fn app_of(level: &str, people: u8, lessons: bool) -> App {
    let library = Library::load(None);
    let entry = library.find(level).unwrap();
    let level = entry.level.clone().unwrap();
    let first = level.first_seat.0;
    let control = |seat: SeatId| match (first..first + people).contains(&seat.0) {
        true => Control::Human,
        false => Control::Bot(crate::bot::Policy::Easy),
    };
    let controls = level.seat_ids().map(control).collect();
    let loaded = LoadedLevel { level: level.clone(), text: entry.text.clone() };
    let mut app = App::new(Settings { still: true, lessons, ..Settings::default() });
    app.open_session(Session::new(loaded, controls, 7), Names::Real);
    // Forecasts have a test of their own.
    app.game().unwrap().0.forecasts.runs = 0;
    app
}

pub(super) fn window(app: App) -> Harness<'static, App> {
    Harness::builder()
        .with_size(bevy_egui::egui::vec2(1_440.0, 900.0))
        .build_ui_state(|ui, app: &mut App| app.frame(ui), app)
}

pub(super) fn press(harness: &mut Harness<App>, label: &str) {
    press_a(harness, Role::Button, label);
}

pub(super) fn press_a(harness: &mut Harness<App>, role: Role, label: &str) {
    harness.get_by_role_and_label(role, label).click();
    harness.run_steps(3);
}

/// Goes on from the answers without giving one.
pub(super) fn pass_answers(harness: &mut Harness<App>) {
    let silent = harness.query_by_role_and_label(Role::Button, "Say nothing").is_some();
    press(harness, if silent { "Say nothing" } else { "Hear the answers" });
}

pub(super) fn step(harness: &mut Harness<App>) -> Step {
    harness.state_mut().game().unwrap().0.view.step
}

pub(super) fn screen(harness: &mut Harness<App>) -> Screen {
    harness.state_mut().game().unwrap().1.screen
}

#[test]
fn a_quarter_is_played_by_the_names_of_the_buttons() {
    let mut harness = window(app("ten-billion-courtship"));
    harness.run_steps(2);
    assert_eq!(screen(&mut harness), Screen::Front);
    press(&mut harness, "To the board");
    assert_eq!(screen(&mut harness), Screen::Board);
    press(&mut harness, "Open the table");
    assert_eq!(screen(&mut harness), Screen::Table);
    press(&mut harness, "Suggest");
    press(&mut harness, "Send offer");
    assert_ne!(step(&mut harness), Step::Offers(0), "the offer was not sent");
    for _ in 0..8 {
        match step(&mut harness) {
            Step::Plan => break,
            Step::Answers(_) => pass_answers(&mut harness),
            _ => {
                press(&mut harness, "Board");
                press(&mut harness, "Leave the talks");
            }
        }
    }
    assert_eq!(step(&mut harness), Step::Plan);
    assert_eq!(screen(&mut harness), Screen::Plan);
    press(&mut harness, "Close the quarter");
    assert_eq!(screen(&mut harness), Screen::Close);
    let (desk, _) = harness.state_mut().game().unwrap();
    assert_eq!(desk.history.len(), 1);
    press(&mut harness, "Read the 2Q26 front page");
    assert_eq!(screen(&mut harness), Screen::Front);
}

#[test]
fn a_lesson_goes_on_when_it_is_read_and_when_what_it_asks_is_done() {
    let mut harness = window(app_with("first-term-sheet", true));
    harness.run_steps(2);
    let says = |harness: &Harness<App>, text: &str| {
        assert!(harness.query_all_by_label_contains(text).next().is_some(), "not said: {text}");
    };
    says(&harness, "Know what you are playing for");
    press(&mut harness, "Understood");
    says(&harness, "Credit grows in a straight line");
    says(&harness, "Who needs whom?");
    press(&mut harness, "To the board");
    press(&mut harness, "OpenAI: 155 the frontier. runway 2.7 quarters");
    says(&harness, "It must raise money soon");
    says(&harness, "Find the ground both can stand on");
    press(&mut harness, "Open the table");
    press(&mut harness, "Suggest");
    says(&harness, "Open below your limit");
    press(&mut harness, "Decide, send later");
    says(&harness, "Nobody has seen it yet");
    says(&harness, "Read your own sheet from the other chair");
    press(&mut harness, "Understood");
    says(&harness, "Let the world move");
    press(&mut harness, "Send offer");
    assert_eq!(step(&mut harness), Step::Answers(0));
    assert!(harness.query_by_label("Let the world move").is_none(), "it is over");
}

#[test]
fn nobody_finds_what_another_has_filled_in() {
    let mut harness = window(app_of("ten-billion-courtship", 2, false));
    harness.run_steps(2);
    let drafts = |harness: &mut Harness<App>| {
        let (desk, state) = harness.state_mut().game().unwrap();
        (desk.seat, state.drafts.values().map(|(_, draft)| draft.sheet).collect::<Vec<_>>())
    };
    press(&mut harness, "Sit down");
    press(&mut harness, "To the board");
    press(&mut harness, "Open the table");
    press(&mut harness, "Suggest");
    let (one, written) = drafts(&mut harness);
    assert!(!written.is_empty());
    press(&mut harness, "Send offer");
    press(&mut harness, "Sit down");
    let (other, found) = drafts(&mut harness);
    assert_ne!(one, other);
    assert_eq!(found, [], "it lies before the next one");
    press(&mut harness, "Board");
    press(&mut harness, "Leave the talks");
    pass_answers(&mut harness);
    press(&mut harness, "Sit down");
    assert_eq!(drafts(&mut harness), (one, written), "and is there again for whoever wrote it");
}

#[test]
fn undo_takes_back_a_change_of_the_plan() {
    let mut harness = window(app("ten-billion-courtship"));
    harness.run_steps(2);
    press(&mut harness, "Board");
    press(&mut harness, "Leave the talks");
    assert_eq!(step(&mut harness), Step::Plan);
    press_a(&mut harness, Role::RadioButton, "Lobbying: 1");
    let decided =
        |harness: &mut Harness<App>| harness.state_mut().game().unwrap().0.view.decided.clone();
    assert_eq!(decided(&mut harness), [Decision::Attend { lobbying: 1, press: 0 }]);
    press(&mut harness, "Undo");
    assert!(decided(&mut harness).is_empty());
    // What was replaced goes back to its place: then the latest that is left is taken back.
    let desk = harness.state_mut().game().unwrap().0;
    for line in ["order 0.5", "lobby 1", "order 0.7"] {
        desk.type_line(line);
    }
    desk.undo();
    desk.undo();
    let [Decision::Run(plan)] = decided(&mut harness)[..] else { panic!("it is not the order") };
    assert_eq!(plan.order_gw, 0.5);
}

#[test]
fn a_drag_of_a_lever_is_one_step_to_take_back() {
    let mut harness = window(app("ten-billion-courtship"));
    harness.run_steps(2);
    press(&mut harness, "Board");
    press(&mut harness, "Leave the talks");
    let lever = harness.get_by_role_and_label(Role::Slider, "Build: 1.20 GW").rect();
    let at =
        |part: f32| bevy_egui::egui::pos2(lever.left() + part * lever.width(), lever.center().y);
    harness.drag_at(at(0.5));
    harness.run_steps(2);
    for part in [0.4, 0.3, 0.2] {
        harness.hover_at(at(part));
        harness.run_steps(2);
    }
    // The pointer moves in the very frame of the release.
    harness.drop_at(at(0.15));
    harness.run_steps(2);
    let order = |harness: &mut Harness<App>| {
        let decided = harness.state_mut().game().unwrap().0.view.decided.clone();
        decided.iter().rev().find_map(|decision| match decision {
            Decision::Run(plan) => Some(plan.order_gw),
            _ => None,
        })
    };
    assert!(order(&mut harness).is_some_and(|order| order < 0.7), "{:?}", order(&mut harness));
    press(&mut harness, "Undo");
    assert_eq!(order(&mut harness), None, "one step brings back what was before the drag");
}

#[test]
fn every_screen_opens_at_every_size_of_window_and_text() {
    let screens = [
        Screen::Front,
        Screen::Board,
        Screen::Table,
        Screen::Plan,
        Screen::Market,
        Screen::Records,
        Screen::Close,
        Screen::Judgement,
    ];
    for level in ["ten-billion-courtship", "playing-the-field", "arms-dealer"] {
        let mut harness = window(app(level));
        for (size, text) in
            [((1_024.0, 640.0), 100), ((1_440.0, 900.0), 200), ((2_560.0, 1_440.0), 80)]
        {
            harness.set_size(bevy_egui::egui::vec2(size.0, size.1));
            harness.state_mut().settings.text = text;
            for screen in screens {
                harness.state_mut().show_screen(screen);
                harness.run_steps(2);
                assert_eq!(self::screen(&mut harness), screen);
            }
        }
    }
}

#[test]
fn a_lever_turns_by_the_keyboard_alone() {
    let mut harness = window(app("ten-billion-courtship"));
    harness.run_steps(2);
    press(&mut harness, "Board");
    press(&mut harness, "Leave the talks");
    harness.get_by_role_and_label(Role::Slider, "Build: 1.20 GW").focus();
    harness.run_steps(2);
    harness.key_press(bevy_egui::egui::Key::ArrowRight);
    harness.run_steps(2);
    let decided = harness.state_mut().game().unwrap().0.view.decided.clone();
    let ordered = decided.iter().any(
        |decision| matches!(decision, Decision::Run(plan) if (plan.order_gw - 1.25).abs() < 1e-9),
    );
    assert!(ordered, "{decided:?}");
}

#[test]
fn the_keys_lead_to_the_screens_and_escape_leads_back() {
    use bevy_egui::egui::Key;
    let mut harness = window(app("ten-billion-courtship"));
    harness.run_steps(2);
    for (key, expected) in [
        (Key::Num2, Screen::Board),
        (Key::Num3, Screen::Table),
        (Key::Num5, Screen::Market),
        (Key::Escape, Screen::Board),
        (Key::Num1, Screen::Front),
    ] {
        harness.key_press(key);
        harness.run_steps(2);
        assert_eq!(screen(&mut harness), expected, "{key:?}");
    }
    harness.key_press(Key::F1);
    harness.run_steps(2);
    assert!(harness.query_by_label("take back what nobody has seen").is_some());
}

#[test]
fn the_shelf_shows_every_level_and_opens_one() {
    let mut harness = window(App::new(Settings::default()));
    harness.run_steps(2);
    let library = Library::load(None);
    for entry in library.entries() {
        let name = format!("Open {}", entry.title);
        assert!(harness.query_by_label(&name).is_some(), "{name} is not on the shelf");
    }
    press(&mut harness, "Open The First Term Sheet");
    press(&mut harness, "Begin");
    assert!(harness.state_mut().game().is_some());
}

#[test]
fn a_large_window_is_set_larger() {
    let mut harness = window(App::new(Settings::default()));
    for (size, zoom) in
        [((1_440.0, 900.0), 1.0), ((1_024.0, 640.0), 1.0), ((2_560.0, 1_440.0), 1.3)]
    {
        harness.state_mut().settings.text = 100;
        let now = harness.ctx.zoom_factor();
        harness.set_size(bevy_egui::egui::vec2(size.0 / now, size.1 / now));
        harness.run_steps(2);
        let zoom_now = harness.ctx.zoom_factor();
        assert!((zoom_now - zoom).abs() < 1e-3, "{size:?}: {zoom_now}");
    }
}

/// Closes quarters without deciding anything.
pub(super) fn close_quarters(harness: &mut Harness<App>, count: usize) {
    for _ in 0..count {
        let target = harness.state_mut().game().unwrap().0.history.len() + 1;
        for _ in 0..12 {
            let (desk, _) = harness.state_mut().game().unwrap();
            if desk.history.len() >= target {
                break;
            }
            match desk.view.step {
                Step::Offers(_) => desk.leave_talks(),
                _ => desk.end_step(),
            }
            harness.run_steps(1);
        }
        assert_eq!(harness.state_mut().game().unwrap().0.history.len(), target);
    }
}

#[test]
fn a_number_tells_its_causes_to_whoever_tabs_to_it() {
    let mut harness = window(app("ten-billion-courtship"));
    close_quarters(&mut harness, 1);
    harness.state_mut().show_screen(Screen::Board);
    harness.run_steps(2);
    let of = |node: &egui_kittest::Node| node.accesskit_node().label().unwrap_or_default();
    let cash = harness
        .get_all_by_role(Role::Image)
        .find(|node| of(node).starts_with("Win rate: "))
        .expect("the win rate stands in the folio");
    cash.focus();
    harness.run_steps(3);
    let told = harness.get_all_by_role(Role::Image).map(|node| of(&node));
    let told: Vec<String> = told.filter(|text| text.contains("win rate:")).collect();
    let spoken = told.iter().find(|text| text.contains("since the last quarter"));
    let spoken = spoken.unwrap_or_else(|| panic!("no causes are told: {told:?}"));
    assert!(spoken.matches(';').count() >= 3, "{spoken}");
    assert!(harness.query_by_label("P pins this note").is_some(), "no note is shown");
}

#[test]
fn whatever_can_be_pressed_has_a_name() {
    let screens = [
        Screen::Front,
        Screen::Board,
        Screen::Table,
        Screen::Plan,
        Screen::Market,
        Screen::Records,
        Screen::Close,
        Screen::Judgement,
    ];
    for level in ["ten-billion-courtship", "playing-the-field"] {
        let mut harness = window(app(level));
        close_quarters(&mut harness, 1);
        for screen in screens {
            harness.state_mut().show_screen(screen);
            harness.run_steps(2);
            let mut pressable = 0;
            for role in
                [Role::Button, Role::RadioButton, Role::CheckBox, Role::Slider, Role::TextInput]
            {
                for node in harness.query_all_by_role(role) {
                    let name = node.accesskit_node().label().unwrap_or_default();
                    pressable += 1;
                    assert!(!name.trim().is_empty(), "{screen:?}: a {role:?} has no name");
                }
            }
            assert!(pressable > 6, "{screen:?} has {pressable} things to press");
        }
    }
}

#[test]
fn practice_leaves_the_game_as_it_was_and_sets_the_two_side_by_side() {
    use super::practice::Beside;
    let mut harness = window(app("ten-billion-courtship"));
    close_quarters(&mut harness, 2);
    super::screens::records::place_of("Quarter by quarter").expect("there is such a record");
    let before = harness.state_mut().game().unwrap().0.session().unwrap().hashes().to_vec();
    harness.state_mut().show_screen(Screen::Records);
    harness.state_mut().game().unwrap().1.record =
        super::screens::records::place_of("Quarter by quarter").unwrap();
    harness.run_steps(2);
    press(&mut harness, "Take 1Q26 up again");
    let desk = harness.state_mut().game().unwrap().0;
    assert!(desk.aside.is_some());
    assert_eq!((desk.history.len(), desk.view.quarter.0), (0, 1));
    // Something that was not done in the game.
    let sent = desk.decide(Decision::Run(changed_plan(&desk.view)), "build");
    assert!(!sent, "the levers are turned after the talks");
    press(&mut harness, "Board");
    press(&mut harness, "Leave the talks");
    let desk = harness.state_mut().game().unwrap().0;
    let plan = changed_plan(&desk.view);
    assert!(desk.decide(Decision::Run(plan), "build"));
    close_quarters(&mut harness, 2);
    let desk = harness.state_mut().game().unwrap().0;
    assert!(desk.practice_is_over());
    desk.end_step();
    assert_eq!(desk.history.len(), 2, "nobody sees luck that is still to come");
    harness.run_steps(2);
    press(&mut harness, "Set the two side by side");
    let desk = harness.state_mut().game().unwrap().0;
    assert!(desk.aside.is_none());
    assert_eq!(desk.session().unwrap().hashes(), before, "the game is as it was");
    let Beside::There(compared) = desk.beside() else { panic!("nothing was compared") };
    let last = compared.found.quarters.last().expect("a quarter");
    assert_ne!(last.goals.iter().map(|goal| goal.whole().abs()).sum::<f64>(), 0.0);
    harness.run_steps(2);
    assert!(harness.query_by_label_contains("practice from 1Q26").is_some());
}

/// The plan in force with another order of capacity.
fn changed_plan(view: &crate::sim::view::SeatView) -> crate::sim::decision::GiantPlan {
    let crate::sim::view::Plan::Giant(plan) = view.plan else { panic!("a giant's plan") };
    crate::sim::decision::GiantPlan { order_gw: plan.order_gw + 0.5, ..plan }
}

#[test]
fn a_turned_lever_shows_what_it_does_alone_and_the_plan_what_it_comes_to() {
    let mut app = app("ten-billion-courtship");
    app.game().unwrap().0.forecasts.runs = 2;
    let mut harness = window(app);
    harness.run_steps(2);
    press(&mut harness, "Board");
    press(&mut harness, "Leave the talks");
    harness.run_steps(60);
    assert!(harness.query_by_label_contains("At the end of 4Q27: This").is_some());
    assert!(harness.query_by_label_contains("Cloud share, at the end").is_some());
    assert!(harness.query_by_label_contains("by 4Q27, 2 runs").is_none(), "nothing was turned");
    let desk = harness.state_mut().game().unwrap().0;
    let plan = changed_plan(&desk.view);
    assert!(desk.decide(Decision::Run(plan), "build"));
    harness.run_steps(60);
    assert!(harness.query_by_label_contains("by 4Q27, 2 runs").is_some());
    assert!(harness.query_by_label_contains("Cloud share, the difference").is_some());
    harness.state_mut().show_screen(Screen::Front);
    harness.run_steps(3);
    assert_eq!(harness.state_mut().game().unwrap().0.forecasts.wakes_in(0.0), None);
}

#[test]
fn a_draft_is_forecast_and_a_changed_one_again() {
    let mut app = app("ten-billion-courtship");
    app.game().unwrap().0.forecasts.runs = 2;
    let mut harness = window(app);
    harness.run_steps(2);
    press(&mut harness, "Board");
    press(&mut harness, "Open the table");
    let fan = |harness: &Harness<App>| {
        let found = harness.query_by_label_contains("At the end of 4Q27: Sign");
        found.map(|node| node.accesskit_node().label().unwrap_or_default().to_owned())
    };
    harness.run_steps(60);
    let first = fan(&harness).expect("a forecast of the draft");
    assert!(harness.query_by_label_contains("2 runs each").is_some());
    harness.get_by_label_contains("Cloud share, the difference").click();
    harness.run_steps(3);
    assert_ne!(fan(&harness).unwrap(), first);
}
