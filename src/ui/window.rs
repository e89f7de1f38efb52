//! The window itself: Bevy's app around the contents. One camera, one egui context, redrawn only when
//! something changes.

use std::panic::{self, AssertUnwindSafe};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bevy::a11y::ActionRequest;
use bevy::ecs::system::NonSendMarker;
use bevy::input::InputSystems;
use bevy::log::{Level, LogPlugin};
use bevy::prelude::{
    App as BevyApp, AppExit, Camera2d, ClearColor, Color, Commands, Component, DefaultPlugins,
    IntoScheduleConfigs, Local, MessageReader, MessageWriter, Msaa, PluginGroup, PostUpdate,
    PreStartup, PreUpdate, Query, Res, ResMut, Resource, TaskPoolOptions, TaskPoolPlugin, Update,
    Window, WindowPlugin, With,
};
use bevy::window::{
    MonitorSelection, PresentMode, PrimaryWindow, WindowMode, WindowResizeConstraints,
    WindowResolution,
};
#[cfg(target_os = "linux")]
use bevy::winit::WINIT_WINDOWS;
use bevy::winit::{EventLoopProxyWrapper, UpdateMode, WinitSettings, WinitUserEvent};
use bevy_egui::egui::{self, LayerId, UiBuilder};
use bevy_egui::{
    EguiContexts, EguiInput, EguiInputSet, EguiPlugin, EguiPostUpdateSet, EguiPreUpdateSet,
    EguiPrimaryContextPass, EguiStartupSet, PrimaryEguiContext, update_egui_textures_system,
};
use thread_priority::{ThreadPriority, ThreadPriorityValue, set_current_thread_priority};

use super::app::App;
use super::atlas::take_changes;
use super::chords::one_chord_a_frame;
use super::settings::Settings;
use super::tokens::Tokens;
use super::tour::Tour;
use crate::host::session::Session;
use crate::host::words::Names;

/// What a window opens with.
#[derive(Default)]
pub struct Opening {
    /// A game to begin at once; else the title.
    pub session: Option<(Session, Names)>,
    /// A folder to write pictures of every screen to, and then leave.
    pub pictures: Option<std::path::PathBuf>,
    /// A file to write the time of each frame to.
    pub frames: Option<std::path::PathBuf>,
}

/// Why no window could be opened: a sentence, with what to install.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WindowError(pub String);

/// The contents, as Bevy holds them.
#[derive(Resource)]
pub(super) struct Contents(App);

/// Whether a frame has been drawn: before that, a failure means that there can be no window.
static DRAWN: AtomicBool = AtomicBool::new(false);

/// Opens the window and stays in it until it is closed.
pub fn open(opening: Opening) -> Result<(), WindowError> {
    no_display()?;
    // What the platform says when it fails before the first frame is told in a sentence of our own.
    let said = Arc::new(Mutex::new(String::new()));
    let usual = panic::take_hook();
    let heard = Arc::clone(&said);
    panic::set_hook(Box::new(move |info| {
        if DRAWN.load(Ordering::Relaxed) {
            usual(info);
        } else if let Ok(mut said) = heard.lock()
            && said.is_empty()
        {
            *said = info.to_string();
        }
    }));
    let outcome = panic::catch_unwind(AssertUnwindSafe(|| run(opening)));
    let _ = panic::take_hook();
    match outcome {
        Ok(()) => Ok(()),
        Err(cause) if DRAWN.load(Ordering::Relaxed) => panic::resume_unwind(cause),
        Err(cause) => {
            let said = said.lock().map(|said| said.clone()).unwrap_or_default();
            if is_our_own(&said) {
                eprintln!("{said}");
                panic::resume_unwind(cause);
            }
            Err(WindowError(what_is_missing(&said)))
        }
    }
}

/// Without a display there is nothing to open a window on.
fn no_display() -> Result<(), WindowError> {
    if cfg!(not(target_os = "linux")) {
        return Ok(());
    }
    let named = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if named("DISPLAY") || named("WAYLAND_DISPLAY") || named("WAYLAND_SOCKET") {
        return Ok(());
    }
    Err(WindowError(
        "There is no display here (neither DISPLAY nor WAYLAND_DISPLAY is set)".to_owned(),
    ))
}

/// A fault of this program is not the machine's.
fn is_our_own(said: &str) -> bool {
    said.contains("panicked at src/") || said.contains("FontFamily")
}

/// What to install, from what the platform said.
fn what_is_missing(said: &str) -> String {
    let has = |word: &str| said.to_lowercase().contains(word);
    let text = if has("xkbcommon") {
        "The window needs the library libxkbcommon-x11 (on Debian and Ubuntu: apt install libxkbcommon-x11-0)"
    } else if has("xcursor") || has("xi.so") || has("xrandr") || has("libx11") || has("library") {
        "The window needs the X11 client libraries (on Debian and Ubuntu: apt install libx11-6 libx11-xcb1 libxcursor1 libxi6 libxrandr2 libxkbcommon-x11-0)"
    } else if has("gpu") || has("adapter") || has("vulkan") || has("graphics") || has("surface") {
        "The window needs a Vulkan or OpenGL driver (on Debian and Ubuntu: apt install mesa-vulkan-drivers)"
    } else if has("event loop") || has("display") || has("connect") {
        "The display named in DISPLAY or WAYLAND_DISPLAY does not answer"
    } else {
        "No window could be opened"
    };
    text.to_owned()
}

fn run(opening: Opening) {
    let asked = super::meter::now();
    let settings = Settings::load();
    let tokens = Tokens::of(settings.edition);
    let (width, height) = settings.window;
    let mode = match settings.full_screen && opening.pictures.is_none() {
        true => WindowMode::BorderlessFullscreen(MonitorSelection::Current),
        false => WindowMode::Windowed,
    };
    let window = Window {
        title: "Term Sheet".to_owned(),
        name: Some("termsheet".to_owned()),
        resolution: WindowResolution::new(width, height),
        resize_constraints: WindowResizeConstraints {
            min_width: 720.0,
            min_height: 480.0,
            ..WindowResizeConstraints::default()
        },
        present_mode: PresentMode::AutoVsync,
        mode,
        ..Window::default()
    };
    let mut contents = App::new(settings);
    if let Some((session, names)) = opening.session {
        contents.open_session(session, names);
    }
    let log = LogPlugin {
        level: Level::ERROR,
        filter: "error,wgpu=off,naga=off,bevy_render=off".to_owned(),
        ..LogPlugin::default()
    };
    let mut app = BevyApp::new();
    app.add_plugins(
        DefaultPlugins
            .set(WindowPlugin { primary_window: Some(window), ..WindowPlugin::default() })
            .set(TaskPoolPlugin { task_pool_options: gives_way() })
            .set(log),
    )
    .add_plugins(EguiPlugin::default())
    .insert_resource(ClearColor(colour(tokens.page)))
    .insert_resource(quiet(None))
    .insert_resource(Contents(contents))
    .add_systems(bevy::prelude::Startup, watch_levels)
    .add_systems(PreStartup, camera.before(EguiStartupSet::InitContexts))
    .add_systems(
        PreUpdate,
        one_chord_a_frame.before(InputSystems).before(EguiInputSet::InitReading),
    )
    .add_systems(
        PreUpdate,
        (hush_modifiers, read_actions)
            .in_set(EguiPreUpdateSet::ProcessInput)
            .after(EguiInputSet::WriteEguiEvents),
    )
    .add_systems(
        PostUpdate,
        take_changes
            .in_set(EguiPostUpdateSet::PostProcessOutput)
            .before(update_egui_textures_system),
    )
    .add_systems(EguiPrimaryContextPass, frame)
    .add_systems(Update, (dress_window, wake, leave).chain());
    if let Some(folder) = opening.pictures {
        app.insert_resource(Tour::new(folder)).add_systems(Update, super::tour::travel);
    }
    if let Some(file) = opening.frames
        && let Err(error) = super::meter::attach(&mut app, &file, asked)
    {
        eprintln!("{}: {error}", file.display());
    }
    app.run();
}

/// What is worked out beside the window gives way to it: on two processors a forecast would else take
/// every other frame's time.
fn gives_way() -> TaskPoolOptions {
    let mut options = TaskPoolOptions::default();
    options.async_compute.on_thread_spawn = Some(Arc::new(|| {
        let priority = ThreadPriorityValue::try_from(25).unwrap_or_default();
        // Where the system refuses, it only is less smooth.
        let _ = set_current_thread_priority(ThreadPriority::Crossplatform(priority));
    }));
    options
}

fn colour(colour: egui::Color32) -> Color {
    let [r, g, b, _] = colour.to_array();
    Color::srgb_u8(r, g, b)
}

/// Redraws when the window has something to say, else as rarely as may be.
fn quiet(wakes_in: Option<f64>) -> WinitSettings {
    let wait = Duration::from_secs_f64(wakes_in.unwrap_or(60.0).clamp(0.015, 60.0));
    let mode = UpdateMode::Reactive {
        wait,
        react_to_device_events: false,
        react_to_user_events: true,
        react_to_window_events: true,
    };
    WinitSettings { focused_mode: mode, unfocused_mode: mode }
}

/// The levels are watched beside the window, which sleeps: a change wakes it.
fn watch_levels(mut contents: ResMut<Contents>, proxy: Option<Res<EventLoopProxyWrapper>>) {
    let Some(proxy) = proxy else { return };
    let proxy = (**proxy).clone();
    contents.0.watch_levels(move || {
        let _ = proxy.send_event(WinitUserEvent::WakeUp);
    });
}

fn camera(mut commands: Commands) {
    // Multisampling would halve the frame rate on a machine without a graphics card, and egui smooths
    // its own edges.
    commands.spawn((Camera2d, Msaa::Off));
}

/// What assistive technology asks for: bevy_egui publishes the tree but does not read actions back.
fn read_actions(
    mut requests: MessageReader<ActionRequest>,
    mut contexts: Query<&mut EguiInput, With<PrimaryEguiContext>>,
) {
    for request in requests.read() {
        for mut input in &mut contexts {
            input.events.push(egui::Event::AccessKitActionRequest(request.0.clone()));
        }
    }
}

/// The toolkit is told of the modifiers in every frame, and takes that for something to draw: only a
/// change is one.
fn hush_modifiers(
    mut last: Local<egui::Modifiers>,
    mut contexts: Query<&mut EguiInput, With<PrimaryEguiContext>>,
) {
    for mut input in &mut contexts {
        input.events.retain(|event| match event {
            egui::Event::ModifiersChanged(now) => {
                let changed = *now != *last;
                *last = *now;
                changed
            }
            _ => true,
        });
    }
}

fn frame(mut contexts: EguiContexts, mut contents: ResMut<Contents>) -> bevy::prelude::Result {
    let context = contexts.ctx_mut()?.clone();
    let builder =
        UiBuilder::new().layer_id(LayerId::background()).max_rect(context.viewport_rect());
    let mut ui = egui::Ui::new(context, egui::Id::new("window"), builder);
    contents.0.frame(&mut ui);
    DRAWN.store(true, Ordering::Relaxed);
    Ok(())
}

/// Sleeps until something will change by itself.
fn wake(
    contents: Res<Contents>,
    time: Res<bevy::prelude::Time<bevy::prelude::Real>>,
    tour: Option<Res<Tour>>,
    proxy: Option<Res<EventLoopProxyWrapper>>,
    mut again: Local<bool>,
    mut settings: ResMut<WinitSettings>,
) {
    // Letters drawn for the first time reach the picture a frame late: one more is drawn after any
    // other, or they would be missing until the next touch. It is asked for by an event, for a change
    // of how long to wait brings a frame of its own, and so no end of them.
    // Where the next frame comes soon by itself, none is added.
    let wakes_in = contents.0.wakes_in(time.elapsed_secs_f64());
    *again = !*again && wakes_in.is_none_or(|seconds| seconds > 0.1);
    if let Some(proxy) = proxy.filter(|_| *again && tour.is_none()) {
        let _ = proxy.send_event(WinitUserEvent::WakeUp);
    }
    let wanted = match tour {
        Some(_) => WinitSettings::continuous(),
        None => quiet(wakes_in),
    };
    if settings.focused_mode != wanted.focused_mode {
        *settings = wanted;
    }
}

/// Marks a window that has its icon.
#[derive(Component)]
struct HasIcon;

/// Background, mode and icon of the window; and its size, for the next time.
fn dress_window(
    mut commands: Commands,
    mut contents: ResMut<Contents>,
    mut ground: ResMut<ClearColor>,
    mut windows: Query<(bevy::prelude::Entity, &mut Window, Option<&HasIcon>), With<PrimaryWindow>>,
    _main_thread: NonSendMarker,
) {
    let page = colour(Tokens::of(contents.0.settings.edition).page);
    if ground.0 != page {
        ground.0 = page;
    }
    for (entity, mut window, icon) in &mut windows {
        let full = contents.0.settings.full_screen;
        let now = matches!(window.mode, WindowMode::BorderlessFullscreen(_));
        if full != now {
            window.mode = match full {
                true => WindowMode::BorderlessFullscreen(MonitorSelection::Current),
                false => WindowMode::Windowed,
            };
        }
        if !full {
            let scale = window.scale_factor();
            let size = ((window.width() * scale) as u32, (window.height() * scale) as u32);
            contents.0.settings.window = size;
        }
        if icon.is_none() {
            set_icon(entity);
            commands.entity(entity).insert(HasIcon);
        }
    }
}

#[cfg(target_os = "linux")]
fn set_icon(entity: bevy::prelude::Entity) {
    const SIZE: u32 = 64;
    let pixels = super::icon::pixels(SIZE);
    let Ok(icon) = winit::window::Icon::from_rgba(pixels, SIZE, SIZE) else { return };
    WINIT_WINDOWS.with_borrow(|windows| {
        if let Some(window) = windows.get_window(entity) {
            window.set_window_icon(Some(icon));
        }
    });
}

/// Elsewhere the program file itself carries the icon.
#[cfg(not(target_os = "linux"))]
fn set_icon(_: bevy::prelude::Entity) {}

fn leave(
    mut contents: ResMut<Contents>,
    mut exit: MessageWriter<AppExit>,
    mut closed: MessageReader<bevy::window::WindowCloseRequested>,
) {
    let closing = closed.read().count() > 0;
    if closing || contents.0.quit {
        contents.0.close();
    }
    if contents.0.quit {
        exit.write(AppExit::Success);
    }
}

impl Contents {
    fn app(&mut self) -> &mut App {
        &mut self.0
    }

    /// What is shown, in a word.
    pub(super) fn place(&self) -> String {
        self.0.place()
    }
}

/// The contents, for the tour.
pub(super) fn with_contents(world: &mut bevy::prelude::World, visit: impl FnOnce(&mut App)) {
    if let Some(mut contents) = world.get_resource_mut::<Contents>() {
        visit(contents.app());
    }
}
