//! A tour of the screens, for pictures: it plays a game by itself and writes one PNG a stop. The tests
//! of the screens start it; so can anybody who changes how something looks.

use std::collections::VecDeque;
use std::path::PathBuf;

use bevy::prelude::{Commands, Resource, Vec2, World};
use bevy::render::view::screenshot::{Screenshot, save_to_disk};
use bevy::window::{PrimaryWindow, Window};

use super::app::App;
use super::state::{Overlay, Screen};
use super::tokens::Edition;
use super::window::with_contents;
use crate::host::session::{Control, LoadedLevel, Session};
use crate::host::words::Names;
use crate::level::Library;
use crate::sim::setting::Step;
use crate::units::Quarter;

/// Frames a stop is given before its picture is taken: a window of another size has its faces drawn anew.
const SETTLE: u32 = 6;
/// How long a picture may take to be written, frames.
const PATIENCE: u32 = 200;

/// One picture.
struct Stop {
    /// Empty for a stop nobody wants a picture of.
    name: String,
    size: (f32, f32),
    edition: Edition,
    text: u32,
    go: fn(&mut App),
}

#[derive(Resource)]
pub struct Tour {
    folder: PathBuf,
    count: usize,
    stops: VecDeque<Stop>,
    /// The stop under way, frames since it was reached, and whether its picture was asked for.
    at: Option<(Stop, u32, bool)>,
}

const SIZES: [(&str, (f32, f32)); 3] =
    [("small", (1_024.0, 640.0)), ("usual", (1_440.0, 900.0)), ("wide", (2_560.0, 1_440.0))];
const EDITIONS: [(&str, Edition); 2] = [("paper", Edition::Paper), ("evening", Edition::Evening)];

/// Every screen, in the order one comes to them in a game.
const SCREENS: &[(&str, fn(&mut App))] = &[
    ("title", |_| {}),
    ("front", |app| begin(app, "ten-billion-courtship", "amazon")),
    ("board", |app| app.show_screen(Screen::Board)),
    ("table", |app| app.show_screen(Screen::Table)),
    ("table-answered", |app| {
        send_suggestion(app);
        app.show_screen(Screen::Table);
    }),
    ("moves-said", |app| moves(app, 0)),
    ("moves-deals", |app| moves(app, 1)),
    ("plan", |app| {
        app.show_overlay(Overlay::None);
        to_plan(app);
    }),
    ("plan-turned", build_less),
    ("close", close),
    ("front-second", |app| app.show_screen(Screen::Front)),
    ("market", |app| {
        for _ in 0..3 {
            quarter(app);
        }
        show_market(app, 0);
    }),
    ("market-segments", |app| show_market(app, 1)),
    ("market-labs", |app| show_market(app, 2)),
    ("board-later", |app| app.show_screen(Screen::Board)),
    ("rivals", |app| record(app, "Rivals")),
    ("owners", |app| record(app, "Who owns the labs")),
    ("promises", |app| record(app, "Everybody's promises")),
    ("books", |app| record(app, "The books")),
    ("quarters", |app| record(app, "Quarter by quarter")),
    ("practice", |app| {
        if let Some((desk, _)) = app.game() {
            desk.take_up(Quarter(4));
        }
        settle(app);
        app.show_screen(Screen::Front);
    }),
    ("side-by-side", |app| {
        close(app);
        if let Some((desk, _)) = app.game() {
            desk.end_practice();
        }
        settle(app);
        record(app, "Quarter by quarter");
    }),
    ("dilemma", |app| {
        app.show_screen(Screen::Front);
        app.show_overlay(Overlay::Dilemma);
    }),
    ("judgement", |app| {
        app.show_overlay(Overlay::None);
        while app.game().is_some_and(|(desk, _)| desk.view.step != Step::Over) {
            quarter(app);
        }
        app.show_screen(Screen::Judgement);
        weigh(app);
    }),
    ("settings", |app| app.show_overlay(Overlay::Settings)),
    ("keys", |app| app.show_overlay(Overlay::Keys)),
    ("lesson", |app| begin(app, "first-term-sheet", "amazon")),
    ("lab-front", |app| begin(app, "playing-the-field", "")),
    ("lab-board", |app| app.show_screen(Screen::Board)),
    ("lab-table", |app| app.show_screen(Screen::Table)),
    ("lab-process", |app| moves(app, 2)),
    ("lab-answered", |app| {
        app.show_overlay(Overlay::None);
        send_suggestion(app);
        app.show_screen(Screen::Table);
    }),
    ("lab-plan", to_plan),
    ("lab-close", close),
];

/// Screens at other sizes of text, small windows first.
const LARGE: &[(&str, u32, usize, Screen)] = &[
    ("front", 150, 1, Screen::Front),
    ("front", 200, 1, Screen::Front),
    ("board", 200, 0, Screen::Board),
    ("board", 200, 1, Screen::Board),
    ("table", 200, 1, Screen::Table),
    ("close", 200, 1, Screen::Close),
    ("market", 200, 1, Screen::Market),
    ("records", 200, 1, Screen::Records),
    ("plan", 80, 1, Screen::Plan),
];

fn stops() -> Vec<Stop> {
    let mut stops = Vec::new();
    for (screen, go) in SCREENS {
        let mut go: fn(&mut App) = *go;
        for (size_name, size) in SIZES {
            for (edition_name, edition) in EDITIONS {
                let name = format!("{screen}-{size_name}-{edition_name}");
                stops.push(Stop { name, size, edition, text: 100, go });
                // The screen is there; only its size and colours change.
                go = |_| {};
            }
        }
    }
    for &(name, text, size, screen) in LARGE {
        let go: fn(&mut App) = match screen {
            Screen::Front => |app| app.show_screen(Screen::Front),
            Screen::Board => |app| app.show_screen(Screen::Board),
            Screen::Table => |app| app.show_screen(Screen::Table),
            Screen::Close => |app| app.show_screen(Screen::Close),
            Screen::Market => |app| app.show_screen(Screen::Market),
            Screen::Plan => |app| app.show_screen(Screen::Plan),
            _ => |app| record(app, "Quarter by quarter"),
        };
        let (size_name, size) = SIZES[size];
        let name = format!("{name}-{size_name}-text-{text}");
        stops.push(Stop { name, size, edition: Edition::Paper, text, go });
    }
    stops
}

impl Tour {
    /// All stops, or those whose names hold one of the words in `TERMSHEET_STOPS`.
    pub fn new(folder: PathBuf) -> Tour {
        // A folder that cannot be made shows when the first picture is saved.
        let _ = std::fs::create_dir_all(&folder);
        let wanted = std::env::var("TERMSHEET_STOPS").unwrap_or_default();
        let mut stops = stops();
        if !wanted.is_empty() {
            for stop in &mut stops {
                if !wanted.split(',').any(|word| stop.name.contains(word)) {
                    stop.name.clear();
                }
            }
        }
        // Nothing is played for pictures that nobody wants.
        while stops.last().is_some_and(|stop| stop.name.is_empty()) {
            stops.pop();
        }
        Tour { folder, count: stops.len(), stops: stops.into(), at: None }
    }
}

fn show_market(app: &mut App, tab: usize) {
    app.show_screen(Screen::Market);
    if let Some((_, state)) = app.game() {
        state.market = tab;
    }
}

fn record(app: &mut App, name: &str) {
    app.show_screen(Screen::Records);
    if let Some((_, state)) = app.game() {
        state.record = super::screens::records::place_of(name).unwrap_or(0);
    }
}

/// Waits until the game has been weighed.
fn weigh(app: &mut App) {
    for _ in 0..24_000 {
        let Some((desk, _)) = app.game() else { return };
        if !matches!(desk.verdict(), super::verdict::Stand::Under(..)) {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

fn moves(app: &mut App, page: usize) {
    app.show_overlay(Overlay::Moves);
    if let Some((_, state)) = app.game() {
        state.moves.page = page;
    }
}

/// A plan with another order and other prices than the last.
fn build_less(app: &mut App) {
    use crate::sim::decision::Decision;
    use crate::sim::view::Plan;
    let Some((desk, _)) = app.game() else { return };
    if let Plan::Giant(plan) = desk.view.plan {
        let less = crate::sim::decision::GiantPlan {
            order_gw: 0.5 * plan.order_gw,
            price: plan.price.map(|price| 0.95 * price),
            ..plan
        };
        desk.decide(Decision::Run(less), "order");
    }
}

/// Begins a level in a seat, its first one if none is named.
fn begin(app: &mut App, level: &str, seat: &str) {
    let library = Library::load(None);
    let Ok(entry) = library.find(level) else { return };
    let Ok(level) = entry.level.clone() else { return };
    let seat = level.seat_by_key(seat).unwrap_or(level.first_seat);
    let control = |other| match other == seat {
        true => Control::Human,
        false => Control::Bot(crate::bot::Policy::Normal),
    };
    let controls = level.seat_ids().map(control).collect();
    let loaded = LoadedLevel { level, text: entry.text.clone() };
    app.open_session(Session::new(loaded, controls, 7), Names::Real);
}

/// Waits for the world to move.
fn settle(app: &mut App) {
    for _ in 0..4_000 {
        let Some((desk, state)) = app.game() else { return };
        if let Some(super::desk::Turn::Closed | super::desk::Turn::Over) = desk.poll() {
            state.drafts.clear();
        }
        let compares = matches!(desk.beside(), super::practice::Beside::Coming(_));
        if !desk.busy() && !compares {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
}

/// Sends the advisor's terms to the first who could sign them.
fn send_suggestion(app: &mut App) {
    use crate::host::advice::Advisor;
    use crate::sim::decision::Decision;
    let Some((desk, state)) = app.game() else { return };
    let tables: Vec<_> = desk.view.tables.iter().map(|table| table.with).collect();
    for with in tables {
        let found = Advisor::new(&desk.view, with).and_then(|advisor| advisor.suggest());
        let Some(found) = found else { continue };
        // A lowball keeps the talks going for the picture.
        let mut sheet = found.sheet;
        sheet.pre_money = crate::units::Money::from_bn(0.85 * sheet.pre_money.bn());
        if desk.decide(Decision::Offer { to: with, sheet }, "offer") {
            state.table = Some(with);
            desk.end_step();
            break;
        }
    }
    settle(app);
}

fn to_plan(app: &mut App) {
    for _ in 0..12 {
        let Some((desk, _)) = app.game() else { return };
        if matches!(desk.view.step, Step::Plan | Step::Over) {
            break;
        }
        match desk.view.decided.is_empty() && matches!(desk.view.step, Step::Offers(_)) {
            true => desk.leave_talks(),
            false => desk.end_step(),
        }
        settle(app);
    }
    app.show_screen(Screen::Plan);
}

fn close(app: &mut App) {
    to_plan(app);
    if let Some((desk, _)) = app.game() {
        desk.end_step();
    }
    settle(app);
    app.show_screen(Screen::Close);
}

/// A whole quarter in which the advisor's terms are offered once.
fn quarter(app: &mut App) {
    send_suggestion(app);
    close(app);
}

/// Whether a forecast is being made that the picture is to show.
fn forecasts(world: &mut World) -> bool {
    let mut going = false;
    with_contents(world, |app| {
        going = app.game().is_some_and(|(desk, _)| desk.forecasts.wakes_in(0.0).is_some());
    });
    going
}

/// Goes from stop to stop.
pub fn travel(world: &mut World) {
    let Some(mut tour) = world.remove_resource::<Tour>() else { return };
    // Whatever the window has to load is loaded behind its first picture.
    let settle = if tour.stops.len() + 1 >= tour.count { 40 } else { SETTLE };
    match tour.at.take() {
        None => match tour.stops.pop_front() {
            None => with_contents(world, |app| app.quit = true),
            Some(stop) => {
                with_contents(world, |app| {
                    app.settings.edition = stop.edition;
                    app.settings.text = stop.text;
                    app.settings.still = true;
                    app.settings.full_screen = false;
                    (stop.go)(app);
                });
                let mut windows =
                    world.query_filtered::<&mut Window, bevy::prelude::With<PrimaryWindow>>();
                for mut window in windows.iter_mut(world) {
                    window.resolution.set(stop.size.0, stop.size.1);
                    // Nothing is pointed at.
                    window.set_cursor_position(Some(Vec2::new(1.0, stop.size.1 - 1.0)));
                }
                if !stop.name.is_empty() {
                    tour.at = Some((stop, 0, false));
                }
            }
        },
        Some((stop, frames, false)) if frames < settle || forecasts(world) => {
            tour.at = Some((stop, frames + 1, false));
        }
        Some((stop, _, false)) => {
            let path = tour.folder.join(format!("{}.png", stop.name));
            let mut commands: Commands = world.commands();
            commands.spawn(Screenshot::primary_window()).observe(save_to_disk(path));
            world.flush();
            tour.at = Some((stop, 0, true));
        }
        Some((stop, frames, true)) => {
            let written = tour.folder.join(format!("{}.png", stop.name)).exists();
            if !written && frames < PATIENCE {
                tour.at = Some((stop, frames + 1, true));
            }
        }
    }
    world.insert_resource(tour);
}
