//! The window's contents: the title, or a game; what lies over it; and the commands that reach both.

use std::path::PathBuf;

use bevy_egui::egui::{self, Context, Rect, Ui, Visuals};
use serde::{Deserialize, Serialize};

use super::desk::{Desk, Turn};
use super::keys::{self, Command};
use super::screens::new_game::Setup;
use super::screens::{self, Scene};
use super::settings::Settings;
use super::state::{Overlay, Screen, State};
use super::tokens::{Edition, Tokens, Type};
use super::widgets::{House, pinned_notes, remember_tokens};
use crate::host::home::Home;
use crate::host::preferences;
use crate::host::save::{Saves, load, open};
use crate::host::session::{Control, LoadedLevel, Session, drawn_seed};
use crate::level::Library;
use crate::sim::goals::rules::{Medal, medal};
use crate::units::Quarter;

/// What a screen asks of the window.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    Title,
    /// A paper of the shelf, by its place.
    Choose(usize),
    Begin,
    /// A save, by its place in the list.
    Continue(usize),
    Overlay(Overlay),
    Quit,
}

/// What stands on the title's shelf.
pub struct Shelf {
    pub library: Library,
    pub saves: Vec<(PathBuf, String)>,
    medals: Medals,
    folder: Option<PathBuf>,
    /// When the user's levels were last written, so that a change is noticed.
    written: Option<std::time::SystemTime>,
}

/// The best medal of each level.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
struct Medals(std::collections::BTreeMap<String, f64>);

const MEDALS: &str = "medals";
const SAVES_SHOWN: usize = 12;

impl Shelf {
    pub fn load() -> Shelf {
        let folder = Home::find().map(|home| home.levels());
        let mut shelf = Shelf {
            library: Library::load(folder.as_deref()),
            saves: Vec::new(),
            medals: preferences::read(MEDALS).unwrap_or_default(),
            written: None,
            folder,
        };
        shelf.written = shelf.last_written();
        shelf.look();
        shelf
    }

    /// Reads the list of saves again.
    pub fn look(&mut self) {
        let saves = Home::find().map(|home| Saves::in_folder(home.saves()).list());
        self.saves = saves
            .unwrap_or_default()
            .into_iter()
            .take(SAVES_SHOWN)
            .map(|shelved| {
                let label = match load(&shelved.path) {
                    Ok(save) => {
                        let name =
                            if shelved.automatic { "saved by itself" } else { &shelved.name };
                        format!("{}, quarter {}: {name}", save.level_title, save.hashes.len() + 1)
                    }
                    Err(_) => format!("{}: damaged", shelved.name),
                };
                (shelved.path, label)
            })
            .collect();
    }

    /// When anything in the user's folder of levels was last written.
    fn last_written(&self) -> Option<std::time::SystemTime> {
        let entries = std::fs::read_dir(self.folder.as_ref()?).ok()?;
        entries.filter_map(|entry| entry.ok()?.metadata().ok()?.modified().ok()).max()
    }

    /// Loads the levels again if a file has changed.
    pub fn watch(&mut self) -> bool {
        let written = self.last_written();
        if written == self.written {
            return false;
        }
        self.written = written;
        self.library = Library::load(self.folder.as_deref());
        true
    }

    pub fn best(&self, level: &str) -> Medal {
        self.medals.0.get(level).map_or(Medal::None, |score| medal(*score))
    }

    fn note_score(&mut self, level: &str, score: f64) {
        let best = self.medals.0.entry(level.to_owned()).or_insert(score);
        *best = best.max(score);
        let _ = preferences::write(MEDALS, &self.medals);
    }
}

/// Where one is.
enum Stage {
    Title,
    NewGame(Setup),
    Game(Box<(Desk, State)>),
}

pub struct App {
    pub settings: Settings,
    shelf: Shelf,
    stage: Stage,
    overlay: Overlay,
    /// A sentence about something that went wrong.
    trouble: Option<String>,
    installed: bool,
    dressed: Option<(Edition, u32, bool)>,
    began: Option<f64>,
    watched: f64,
    notice_until: f64,
    pub quit: bool,
}

impl App {
    pub fn new(settings: Settings) -> App {
        App {
            settings,
            shelf: Shelf::load(),
            stage: Stage::Title,
            overlay: Overlay::None,
            trouble: None,
            installed: false,
            dressed: None,
            began: None,
            watched: 0.0,
            notice_until: 0.0,
            quit: false,
        }
    }

    /// Opens a session at once: for a game named on the command line, and for tests.
    pub fn open_session(&mut self, session: Session, names: crate::host::words::Names) {
        let resumed = !session.steps().is_empty();
        let desk = Desk::new(session, names, self.settings.lessons);
        let mut state = State::default();
        if resumed {
            state.screen = Screen::Board;
        }
        if desk.view.step == crate::sim::setting::Step::Over {
            state.screen = Screen::Judgement;
        }
        self.stage = Stage::Game(Box::new((desk, state)));
        self.overlay = Overlay::None;
    }

    /// Shows a screen at once: for pictures of every one.
    pub fn show_screen(&mut self, screen: Screen) {
        if let Stage::Game(game) = &mut self.stage {
            game.1.go(screen);
        }
    }

    pub fn show_overlay(&mut self, overlay: Overlay) {
        match &mut self.stage {
            Stage::Game(game) => game.1.overlay = overlay,
            _ => self.overlay = overlay,
        }
    }

    /// The game under way, for tests and pictures.
    pub fn game(&mut self) -> Option<(&mut Desk, &mut State)> {
        match &mut self.stage {
            Stage::Game(game) => Some((&mut game.0, &mut game.1)),
            _ => None,
        }
    }

    /// One frame.
    pub fn frame(&mut self, ui: &mut Ui) {
        let context = ui.ctx().clone();
        if !self.dress(&context) {
            // Faces are there from the next pass on.
            context.request_repaint();
            return;
        }
        let now = context.input(|input| input.time);
        self.began.get_or_insert(now);
        let mut commands = keys::pressed(&context);
        self.common(&mut commands);
        let window = ui.max_rect();
        ui.painter().rect_filled(window, 0, ui.tokens().page);
        let act = match &mut self.stage {
            Stage::Title => {
                if now - self.watched > 1.0 {
                    self.watched = now;
                    self.shelf.watch();
                }
                let covered = self.overlay != Overlay::None;
                screens::title::show(ui, &mut self.shelf, &self.settings, &commands, covered)
            }
            Stage::NewGame(setup) => {
                let entry = self.shelf.library.entries()[setup.entry].clone();
                let covered = self.overlay != Overlay::None;
                screens::new_game::show(ui, &entry, setup, &commands, covered)
            }
            Stage::Game(game) => {
                let mut leave = false;
                let (desk, state) = &mut **game;
                let mut scene = Scene {
                    desk,
                    state,
                    settings: &mut self.settings,
                    commands: &commands,
                    now,
                    leave: &mut leave,
                };
                game_frame(ui, &mut scene, window);
                let finished = desk_result(&game.0);
                if let Some((level, score)) = finished {
                    self.shelf.note_score(&level, score);
                }
                leave.then_some(Act::Title)
            }
        };
        if let Some(act) = act {
            self.act(act);
        }
        self.over_everything(ui, &commands, now);
        pinned_notes(&context);
    }

    /// Commands that mean the same everywhere.
    fn common(&mut self, commands: &mut Vec<Command>) {
        let before = self.settings.clone();
        commands.retain(|command| {
            match command {
                Command::LargerText => self.settings.text_step(true),
                Command::SmallerText => self.settings.text_step(false),
                Command::Edition => {
                    self.settings.edition = match self.settings.edition {
                        Edition::Paper => Edition::Evening,
                        Edition::Evening => Edition::Paper,
                    }
                }
                Command::Keys if !matches!(self.stage, Stage::Game(_)) => {
                    self.overlay = Overlay::Keys;
                }
                _ => return true,
            }
            false
        });
        if before != self.settings {
            self.settings.keep();
        }
    }

    fn act(&mut self, act: Act) {
        match act {
            Act::Title => {
                self.stage = Stage::Title;
                self.overlay = Overlay::None;
                self.shelf.look();
            }
            Act::Choose(place) => {
                if let Ok(level) = &self.shelf.library.entries()[place].level {
                    let settings = &self.settings;
                    let setup = Setup::of(place, level, settings.rivals, settings.names);
                    self.stage = Stage::NewGame(setup);
                }
            }
            Act::Begin => self.begin(),
            Act::Continue(place) => self.resume(place),
            Act::Overlay(overlay) => self.overlay = overlay,
            Act::Quit => self.quit = true,
        }
    }

    fn begin(&mut self) {
        let Stage::NewGame(setup) = &self.stage else { return };
        let setup = setup.clone();
        let entry = &self.shelf.library.entries()[setup.entry];
        let Ok(level) = &entry.level else { return };
        let loaded = LoadedLevel { level: level.clone(), text: entry.text.clone() };
        let control = |seat| match setup.seats.contains(&seat) {
            true => Control::Human,
            false => Control::Bot(setup.rivals),
        };
        let controls = level.seat_ids().map(control).collect();
        let seed = setup.seed.parse().unwrap_or_else(|_| drawn_seed());
        let session = Session::new(loaded, controls, seed);
        self.settings.rivals = setup.rivals;
        self.settings.names = setup.names;
        self.settings.keep();
        self.open_session(session, setup.names);
    }

    fn resume(&mut self, place: usize) {
        let Some((path, _)) = self.shelf.saves.get(place) else { return };
        match open(path) {
            Ok((save, session)) => self.open_session(session, save.names),
            Err(error) => self.trouble = Some(error.to_string()),
        }
    }

    /// What lies over everything: overlays of the title, trouble, notices.
    fn over_everything(&mut self, ui: &mut Ui, commands: &[Command], now: f64) {
        if let Some(trouble) = self.trouble.clone()
            && screens::overlays::trouble(ui, &trouble, commands)
        {
            self.trouble = None;
        }
        if self.overlay != Overlay::None {
            let overlay = self.overlay.clone();
            let (closed, act) = screens::overlays::over_title(
                ui,
                &overlay,
                &mut self.settings,
                &self.shelf,
                commands,
            );
            if closed {
                self.overlay = Overlay::None;
            }
            if let Some(act) = act {
                self.overlay = Overlay::None;
                self.act(act);
            }
        }
        if let Stage::Game(game) = &mut self.stage
            && let Some(notice) = game.0.notice.clone()
        {
            if self.notice_until == 0.0 {
                self.notice_until = now + 1.5 + 0.045 * notice.len() as f64;
            }
            screens::overlays::notice(ui, &notice);
            if now > self.notice_until {
                game.0.notice = None;
                self.notice_until = 0.0;
            }
        }
    }

    /// Whether something will change by itself, and when, seconds.
    pub fn wakes_in(&self, now: f64) -> Option<f64> {
        // The title looks now and then whether somebody has changed a level.
        let Stage::Game(game) = &self.stage else { return Some(8.0) };
        if game.0.busy() {
            return Some(0.03);
        }
        if game.0.notice.is_some() {
            return Some((self.notice_until - now).max(0.05));
        }
        None
    }

    /// Colours, type and sizes of the edition and text size chosen; false in the pass that brings the faces.
    fn dress(&mut self, context: &Context) -> bool {
        if !self.installed {
            super::fonts::install(context);
            context.options_mut(|options| {
                options.zoom_with_keyboard = false;
                options.theme_preference = egui::ThemePreference::Light;
            });
            self.installed = true;
            return false;
        }
        let wanted = (self.settings.edition, self.settings.text, self.settings.still);
        if self.dressed == Some(wanted) {
            return true;
        }
        self.dressed = Some(wanted);
        let tokens = Tokens { still: self.settings.still, ..Tokens::of(self.settings.edition) };
        remember_tokens(context, tokens);
        context.set_zoom_factor(self.settings.text as f32 / 100.0);
        context.all_styles_mut(|style| dress_style(style, &tokens));
        true
    }
}

/// What the toolkit's own widgets take from our tokens.
fn dress_style(style: &mut egui::Style, tokens: &Tokens) {
    let mut visuals = match tokens.edition {
        Edition::Paper => Visuals::light(),
        Edition::Evening => Visuals::dark(),
    };
    visuals.override_text_color = Some(tokens.ink);
    visuals.panel_fill = tokens.page;
    visuals.window_fill = tokens.sheet;
    visuals.window_stroke = egui::Stroke::new(1.2, tokens.ink);
    visuals.window_corner_radius = egui::CornerRadius::same(4);
    visuals.menu_corner_radius = egui::CornerRadius::same(4);
    let shadow = egui::Shadow { offset: [3, 4], blur: 0, spread: 0, color: tokens.shadow };
    visuals.window_shadow = shadow;
    visuals.popup_shadow = shadow;
    visuals.extreme_bg_color = tokens.sheet;
    visuals.text_edit_bg_color = Some(tokens.sheet);
    visuals.selection.bg_fill = tokens.pen_wash;
    visuals.selection.stroke = egui::Stroke::new(1.5, tokens.pen);
    visuals.hyperlink_color = tokens.pen;
    visuals.text_cursor.blink = false;
    visuals.text_cursor.stroke = egui::Stroke::new(1.5, tokens.pen);
    visuals.interact_cursor = Some(egui::CursorIcon::PointingHand);
    for (look, colour) in [
        (&mut visuals.widgets.noninteractive, tokens.rule),
        (&mut visuals.widgets.inactive, tokens.rule),
        (&mut visuals.widgets.hovered, tokens.pen),
        (&mut visuals.widgets.active, tokens.pen),
        (&mut visuals.widgets.open, tokens.pen),
    ] {
        look.bg_stroke = egui::Stroke::new(1.2, colour);
        look.corner_radius = egui::CornerRadius::same(4);
        look.bg_fill = tokens.rule;
        look.weak_bg_fill = tokens.sheet;
        look.fg_stroke = egui::Stroke::new(1.2, tokens.ink);
    }
    style.visuals = visuals;
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.25;
    style.interaction.tooltip_grace_time = 0.3;
    style.animation_time = if tokens.still { 0.0 } else { 0.09 };
    style.spacing.scroll = egui::style::ScrollStyle::thin();
    style.spacing.scroll.fade.strength = 0.0;
    style.spacing.menu_margin = egui::Margin::same(14);
    style.spacing.item_spacing = egui::vec2(8.0, 4.0);
    style.spacing.window_margin = egui::Margin::same(14);
    for font in style.text_styles.values_mut() {
        *font = Type::Interface.font();
    }
}

/// A game that is over: its level and the score of whoever did best at this desk.
fn desk_result(desk: &Desk) -> Option<(String, f64)> {
    let session = desk.session()?;
    if !session.game.is_over() || desk.view.quarter == Quarter(0) {
        return None;
    }
    let level = &desk.view.level;
    let closed = desk.history.last()?;
    let scores = desk.people.iter().map(|seat| closed.scores.scaled(level, *seat));
    Some((level.id.clone(), scores.fold(0.0, f64::max)))
}

/// A frame of a game: what the world has done, then the screen and what lies over it.
fn game_frame(ui: &mut Ui, scene: &mut Scene, window: Rect) {
    match scene.desk.poll() {
        Some(Turn::Closed) => {
            scene.go(Screen::Close);
            scene.state.close_began = Some(scene.now);
            scene.state.drafts.clear();
        }
        Some(Turn::Over) => {
            scene.go(Screen::Close);
            scene.state.close_began = Some(scene.now);
        }
        Some(Turn::Step) => after_step(scene),
        None => {}
    }
    if scene.desk.curtain {
        screens::overlays::curtain(ui, scene, window);
        return;
    }
    commands(scene);
    let room = screens::frame::folio(ui, scene, window);
    let room = screens::overlays::lesson(ui, scene, room);
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

/// Where one looks after a step of the same quarter.
fn after_step(scene: &mut Scene) {
    use crate::sim::setting::Step;
    scene.state.clause = None;
    match scene.desk.view.step {
        Step::Plan => scene.go(Screen::Plan),
        Step::Offers(_) | Step::Answers(_) => {
            let waiting = scene.desk.view.tables.iter().find(|table| {
                table.theirs.offer.is_some()
                    || table.theirs.waits_for_answer
                    || table.theirs.routes[0].is_some()
            });
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
            Command::Keys => scene.state.overlay = Overlay::Keys,
            Command::Line => scene.state.overlay = Overlay::Line,
            Command::Save => scene.desk.save(),
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
