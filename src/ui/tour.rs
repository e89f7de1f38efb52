//! A tour of the screens, for pictures: it plays a game by itself and writes one PNG a stop. The tests
//! of the screens start it; so can anybody who changes how something looks.

use std::collections::VecDeque;
use std::path::PathBuf;

use bevy::prelude::{Commands, Resource, World};
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

/// Frames a stop is given before its picture is taken, and after.
const SETTLE: u32 = 6;

/// One picture.
struct Stop {
    name: &'static str,
    size: (f32, f32),
    edition: Edition,
    text: u32,
    go: fn(&mut App),
}

#[derive(Resource)]
pub struct Tour {
    folder: PathBuf,
    stops: VecDeque<Stop>,
    /// The stop under way, and frames since it was reached.
    at: Option<(Stop, u32, bool)>,
}

const USUAL: (f32, f32) = (1_440.0, 900.0);
const SMALL: (f32, f32) = (1_024.0, 640.0);
const WIDE: (f32, f32) = (2_560.0, 1_440.0);

fn stop(name: &'static str, go: fn(&mut App)) -> Stop {
    Stop { name, size: USUAL, edition: Edition::Paper, text: 100, go }
}

impl Tour {
    pub fn new(folder: PathBuf) -> Tour {
        let at = |size, stop: Stop| Stop { size, ..stop };
        let evening = |stop: Stop| Stop { edition: Edition::Evening, ..stop };
        let text = |text, stop: Stop| Stop { text, ..stop };
        let stops = vec![
            stop("01-title", |_| {}),
            at(SMALL, stop("01-title-small", |_| {})),
            stop("02-front", |app| begin(app, "ten-billion-courtship", "amazon")),
            stop("03-board", |app| app.show_screen(Screen::Board)),
            evening(stop("03-board-evening", |app| app.show_screen(Screen::Board))),
            at(SMALL, stop("03-board-small", |app| app.show_screen(Screen::Board))),
            at(WIDE, stop("03-board-wide", |app| app.show_screen(Screen::Board))),
            stop("04-table", |app| app.show_screen(Screen::Table)),
            at(SMALL, stop("04-table-small", |app| app.show_screen(Screen::Table))),
            stop("05-table-answered", |app| {
                send_suggestion(app);
                app.show_screen(Screen::Table);
            }),
            evening(stop("05-table-evening", |app| app.show_screen(Screen::Table))),
            stop("06-plan", to_plan),
            at(SMALL, stop("06-plan-small", |app| app.show_screen(Screen::Plan))),
            stop("07-close", close),
            at(SMALL, stop("07-close-small", |app| app.show_screen(Screen::Close))),
            stop("08-front-second", |app| app.show_screen(Screen::Front)),
            text(150, stop("08-front-large-text", |app| app.show_screen(Screen::Front))),
            stop("09-market", |app| {
                for _ in 0..3 {
                    quarter(app);
                }
                app.show_screen(Screen::Market);
                if let Some((_, state)) = app.game() {
                    state.market = 1;
                }
            }),
            evening(stop("09-market-evening", |app| app.show_screen(Screen::Market))),
            stop("10-records", |app| {
                app.show_screen(Screen::Records);
                if let Some((_, state)) = app.game() {
                    state.record = 2;
                }
            }),
            stop("11-dilemma", |app| {
                app.show_screen(Screen::Front);
                app.show_overlay(Overlay::Dilemma);
            }),
            stop("12-judgement", |app| {
                app.show_overlay(Overlay::None);
                while app.game().is_some_and(|(desk, _)| desk.view.step != Step::Over) {
                    quarter(app);
                }
                app.show_screen(Screen::Judgement);
            }),
            evening(stop("12-judgement-evening", |app| app.show_screen(Screen::Judgement))),
            stop("13-lesson", |app| begin(app, "first-term-sheet", "amazon")),
            stop("14-lab-front", |app| begin(app, "playing-the-field", "")),
            stop("14-lab-board", |app| app.show_screen(Screen::Board)),
            stop("14-lab-table", |app| app.show_screen(Screen::Table)),
            stop("14-lab-plan", to_plan),
            stop("14-lab-close", close),
            stop("15-settings", |app| app.show_overlay(Overlay::Settings)),
            stop("15-keys", |app| app.show_overlay(Overlay::Keys)),
            text(
                200,
                at(
                    SMALL,
                    stop("16-board-200", |app| {
                        app.show_overlay(Overlay::None);
                        app.show_screen(Screen::Board);
                    }),
                ),
            ),
            text(200, stop("16-table-200", |app| app.show_screen(Screen::Table))),
            text(80, stop("16-plan-80", |app| app.show_screen(Screen::Plan))),
        ];
        let wanted = std::env::var("TERMSHEET_STOPS").unwrap_or_default();
        let stops = stops
            .into_iter()
            .map(|stop| {
                let skip = !wanted.is_empty() && !wanted.split(',').any(|w| stop.name.contains(w));
                if skip { Stop { name: "", ..stop } } else { stop }
            })
            .collect();
        Tour { folder, stops, at: None }
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
        if !desk.busy() {
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

/// Goes from stop to stop.
pub fn travel(world: &mut World) {
    let Some(mut tour) = world.remove_resource::<Tour>() else { return };
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
                }
                if !stop.name.is_empty() {
                    tour.at = Some((stop, 0, false));
                }
            }
        },
        Some((stop, frames, taken)) if frames < SETTLE => {
            tour.at = Some((stop, frames + 1, taken));
        }
        Some((stop, _, false)) => {
            let path = tour.folder.join(format!("{}.png", stop.name));
            let mut commands: Commands = world.commands();
            commands.spawn(Screenshot::primary_window()).observe(save_to_disk(path));
            world.flush();
            tour.at = Some((stop, 0, true));
        }
        Some((_, _, true)) => {}
    }
    world.insert_resource(tour);
}
