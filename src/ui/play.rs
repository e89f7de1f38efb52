//! A frame of a game: what the world has done, the keys, the screen and what lies over it.

use bevy_egui::egui::{OpenUrl, Rect, Ui};

use super::debrief::address;
use super::desk::{Desk, Turn};
use super::focus;
use super::keys::Command;
use super::screens::{self, Scene};
use super::state::{Overlay, Screen};
use crate::sim::setting::Step;
use crate::units::Quarter;

/// A frame of a game: what the world has done, then the screen and what lies over it.
pub(super) fn game_frame(ui: &mut Ui, scene: &mut Scene, window: Rect) {
    let turn = scene.desk.poll();
    let desk = &mut *scene.desk;
    desk.forecasts.frame(&desk.words, &desk.view);
    if let Some(page) = desk.debrief_written() {
        ui.ctx().open_url(OpenUrl::new_tab(address(&page)));
    }
    if turn.is_some() {
        focus::forget(ui.ctx());
    }
    match turn {
        // Behind the curtain it is for whoever sits down.
        Some(Turn::Closed | Turn::Step) if scene.desk.curtain => {}
        Some(Turn::Closed) => {
            scene.tell_the_close();
            scene.state.drafts.clear();
        }
        Some(Turn::Over) => scene.tell_the_close(),
        Some(Turn::Step) => after_step(scene),
        Some(Turn::TakenUp) => {
            scene.state.drafts.clear();
            scene.state.table = None;
            scene.go(Screen::Front);
        }
        None => {}
    }
    if scene.desk.curtain {
        screens::overlays::curtain(ui, scene, window);
        return;
    }
    scene.state.seat = Some(scene.desk.seat);
    // In the frame of the release a lever may still turn: it is of the same drag.
    let (pressed, released) =
        ui.input(|input| (input.pointer.press_start_time(), input.pointer.any_released()));
    if !released {
        scene.state.pressed = pressed;
    }
    commands(scene);
    let room = screens::frame::folio(ui, scene, window);
    let room = screens::practice::band(ui, scene, room);
    let room = screens::lesson::band(ui, scene, room);
    match scene.state.screen {
        Screen::Front => screens::front::show(ui, scene, room),
        Screen::Board => screens::board::show(ui, scene, room),
        Screen::Table => screens::table::show(ui, scene, room),
        Screen::Plan => screens::plan::show(ui, scene, room),
        Screen::Market => screens::market::show(ui, scene, room),
        Screen::Records => screens::records::show(ui, scene, room),
        Screen::Close => screens::close::show(ui, scene, room),
        Screen::Judgement => screens::judgement::show(ui, scene, room),
    }
    screens::overlays::over_game(ui, scene);
}

/// A person sits down, with what that seat had filled in: first the close it has not seen, else whatever
/// it is asked.
pub(super) fn sit_down(scene: &mut Scene) {
    scene.desk.sit_down();
    scene.state.hand_over(scene.desk.seat);
    if scene.state.closes_told < scene.desk.history.len() {
        scene.tell_the_close();
        scene.state.drafts.clear();
    } else if matches!(scene.desk.view.step, Step::Offers(0)) {
        scene.go(Screen::Front);
    } else {
        after_step(scene);
    }
}

/// Where one looks after a step of the same quarter.
fn after_step(scene: &mut Scene) {
    scene.state.clause = None;
    match scene.desk.view.step {
        Step::Plan => scene.go(Screen::Plan),
        Step::Offers(_) | Step::Answers(_) => {
            let waiting = scene.desk.view.tables.iter().find(|table| table.theirs.asks());
            let seat = waiting.map(|table| table.with);
            let at_one = scene.state.table.is_some_and(|with| {
                scene.desk.view.table_with(with).is_some_and(|table| table.open)
            });
            if !at_one && seat.is_some() {
                scene.state.table = seat;
            }
            if at_one || seat.is_some() {
                scene.go(Screen::Table);
            }
        }
        Step::Over => scene.go(Screen::Judgement),
    }
}

/// Keys that lead somewhere from any screen of a game.
fn commands(scene: &mut Scene) {
    let covered = scene.state.overlay != Overlay::None;
    for command in scene.commands.iter().copied() {
        match command {
            Command::Front if !covered => screens::frame::open(scene, Screen::Front),
            Command::Board if !covered => screens::frame::open(scene, Screen::Board),
            Command::Table if !covered => screens::frame::open(scene, Screen::Table),
            Command::Plan if !covered => screens::frame::open(scene, Screen::Plan),
            Command::Market if !covered => screens::frame::open(scene, Screen::Market),
            Command::Records if !covered => screens::frame::open(scene, Screen::Records),
            Command::Dilemma if !covered && scene.desk.view.dilemma.is_some() => {
                scene.state.overlay = Overlay::Dilemma;
            }
            Command::Moves if !covered => scene.state.overlay = Overlay::Moves,
            Command::Keys => scene.state.overlay = Overlay::Keys,
            Command::Line => scene.state.overlay = Overlay::Line,
            Command::Save => {
                let saved = scene.desk.save();
                scene.desk.notice = Some(saved.err().unwrap_or_else(|| "Saved.".to_owned()));
            }
            Command::Undo => undo(scene),
            Command::Back => back(scene),
            _ => {}
        }
    }
}

/// A change of a draft goes first; then what was decided in this step.
fn undo(scene: &mut Scene) {
    let draft = scene.state.table.filter(|_| scene.state.screen == Screen::Table);
    if let Some((_, draft)) = draft.and_then(|with| scene.state.drafts.get_mut(&with))
        && draft.take_back()
    {
        return;
    }
    scene.desk.undo();
}

fn back(scene: &mut Scene) {
    if scene.state.overlay != Overlay::None {
        scene.state.overlay = Overlay::None;
    } else if scene.state.clause.is_some() {
        scene.state.clause = None;
    } else {
        match scene.state.screen {
            Screen::Board | Screen::Close | Screen::Judgement => {
                scene.state.overlay = Overlay::Leave;
            }
            _ => scene.go(Screen::Board),
        }
    }
}

/// A game that is over: its level and the score of whoever did best at this desk.
pub(super) fn desk_result(desk: &Desk) -> Option<(String, f64)> {
    let session = desk.session()?;
    if !session.game.is_over() || desk.view.quarter == Quarter(0) {
        return None;
    }
    if desk.aside.is_some() {
        return None;
    }
    let level = &desk.view.level;
    let closed = desk.history.last()?;
    let scores = desk.people.iter().map(|seat| closed.scores.scaled(level, *seat));
    Some((level.id.clone(), scores.fold(0.0, f64::max)))
}
