//! The window's contents: the title, or a game; what lies over it; and the commands that reach both.

use bevy_egui::egui::{self, Context, Ui, Vec2};

use super::desk::Desk;
use super::dress::dress_style;
use super::focus::{self, TabOrder};
use super::keys::{self, Command};
use super::play::{desk_result, game_frame};
use super::screens::new_game::Setup;
use super::screens::{self, Scene};
use super::settings::Settings;
use super::shelf::Shelf;
use super::state::{Overlay, Screen, State};
use super::tokens::{Edition, Tokens};
use super::widgets::{House, pinned_notes, remember_tokens};
use crate::host::save::open;
use crate::host::session::{Control, LoadedLevel, Session, drawn_seed};
use crate::level::Entry;

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

/// Where one is.
enum Stage {
    Title,
    NewGame(Box<(Entry, Setup)>),
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
    dressed: Option<(Edition, bool)>,
    began: Option<f64>,
    /// The notice on the screen and when it goes, seconds.
    notice: Option<(String, f64)>,
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
            notice: None,
            quit: false,
        }
    }

    /// Watches the level files; `wake` draws the next frame.
    pub fn watch_levels(&mut self, wake: impl Fn() + Send + 'static) {
        self.shelf.watch(wake);
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

    /// The window closes: what is not saved is.
    pub fn close(&mut self) {
        self.settings.keep();
        if let Stage::Game(game) = &mut self.stage {
            game.0.close();
        }
    }

    /// The game under way, for tests and pictures.
    pub fn game(&mut self) -> Option<(&mut Desk, &mut State)> {
        match &mut self.stage {
            Stage::Game(game) => Some((&mut game.0, &mut game.1)),
            _ => None,
        }
    }

    /// Whether something lies over the page.
    fn covered(&self) -> bool {
        let over_game = match &self.stage {
            Stage::Game(game) => game.0.curtain || game.1.overlay != Overlay::None,
            _ => false,
        };
        over_game || self.overlay != Overlay::None || self.trouble.is_some()
    }

    /// What is shown, in a word or two.
    pub fn place(&self) -> String {
        match &self.stage {
            Stage::Title => "Title".to_owned(),
            Stage::NewGame(_) => "NewGame".to_owned(),
            Stage::Game(game) => format!("{:?}", game.1.screen),
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
        self.renew();
        focus::frame(&context, self.covered());
        let mut commands = keys::pressed(&context);
        self.common(&mut commands);
        let window = ui.max_rect();
        ui.painter().rect_filled(window, 0, ui.tokens().page);
        let act = match &mut self.stage {
            Stage::Title => {
                let covered = self.overlay != Overlay::None;
                screens::title::show(ui, &mut self.shelf, &self.settings, &commands, covered)
            }
            Stage::NewGame(game) => {
                let covered = self.overlay != Overlay::None;
                let (entry, setup) = &mut **game;
                screens::new_game::show(ui, entry, setup, &commands, covered)
            }
            Stage::Game(game) => {
                let mut leave = false;
                let (desk, state) = &mut **game;
                state.moves_in = None;
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

    /// Takes up levels that have changed; a game of one of them is told.
    fn renew(&mut self) {
        if !self.shelf.renew() {
            return;
        }
        if let Stage::Game(game) = &mut self.stage
            && let Some(session) = game.0.session()
            && let Some(news) = self.shelf.news_of(&session.level)
        {
            game.0.notice = Some(news);
        }
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
                let entry = self.shelf.library.entries().get(place);
                if let Some(entry) = entry.and_then(|entry| self.shelf.playable(entry))
                    && let Ok(level) = &entry.level
                {
                    let settings = &self.settings;
                    let setup = Setup::of(level, settings.rivals, settings.names);
                    self.stage = Stage::NewGame(Box::new((entry, setup)));
                }
            }
            Act::Begin => self.begin(),
            Act::Continue(place) => self.resume(place),
            Act::Overlay(overlay) => self.overlay = overlay,
            Act::Quit => self.quit = true,
        }
    }

    fn begin(&mut self) {
        let Stage::NewGame(game) = &self.stage else { return };
        let (entry, setup) = (**game).clone();
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
        let said = match &self.stage {
            Stage::Game(game) => game.0.notice.as_ref(),
            _ => None,
        };
        let shown = self.notice.take().filter(|(text, _)| said == Some(text));
        self.notice = shown
            .or_else(|| said.map(|text| (text.clone(), now + 1.5 + 0.045 * text.len() as f64)));
        if let Some((text, until)) = &self.notice {
            screens::overlays::notice(ui, text);
            if now > *until
                && let Stage::Game(game) = &mut self.stage
            {
                game.0.notice = None;
            }
        }
    }

    /// Whether something will change by itself, and when, seconds.
    pub fn wakes_in(&self, now: f64) -> Option<f64> {
        let Stage::Game(game) = &self.stage else { return None };
        if game.0.waits() {
            return Some(0.03);
        }
        let notice = self.notice.as_ref().map(|(_, until)| (until - now).max(0.05));
        let soonest = [notice, game.0.forecasts.wakes_in(now), game.1.moves_in];
        soonest.into_iter().flatten().reduce(f64::min)
    }

    /// Colours, type and sizes of the edition and text size chosen; false in the pass that brings the faces.
    fn dress(&mut self, context: &Context) -> bool {
        if !self.installed {
            super::fonts::install(context);
            context.add_plugin(TabOrder);
            context.options_mut(|options| {
                options.zoom_with_keyboard = false;
                options.theme_preference = egui::ThemePreference::Light;
            });
            self.installed = true;
            return false;
        }
        let window = context.zoom_factor() * context.viewport_rect().size();
        let zoom = grown(window) * self.settings.text as f32 / 100.0;
        if (context.zoom_factor() - zoom).abs() > 1e-3 {
            context.set_zoom_factor(zoom);
        }
        let wanted = (self.settings.edition, self.settings.still);
        if self.dressed == Some(wanted) {
            return true;
        }
        self.dressed = Some(wanted);
        let tokens = Tokens { still: self.settings.still, ..Tokens::of(self.settings.edition) };
        remember_tokens(context, tokens);
        context.all_styles_mut(|style| dress_style(style, &tokens));
        true
    }
}

/// How much larger everything is set in a large window, so that type and picture fill it: by steps of a
/// tenth, for each wants its faces drawn anew.
fn grown(window: Vec2) -> f32 {
    let room = (window.x / 1_600.0).min(window.y / 940.0);
    // A wide window stays wide in the layout's own measure.
    let most = (window.x / 1_969.0).max(1.3);
    (10.0 * room.clamp(1.0, most)).floor() / 10.0
}
