//! A new game: who sits where, how good the others are, which names, which luck.

use bevy_egui::egui::{Align2, Rect, ScrollArea, Sense, TextEdit, Ui, pos2, vec2};

use crate::bot::Policy;
use crate::host::words::{Names, Words, labels, numbers};
use crate::ids::{Role, SeatId};
use crate::level::{Entry, Level};
use crate::ui::app::Act;
use crate::ui::keys::Command;
use crate::ui::tokens::{Mark, Type};
use crate::ui::widgets::{House, Press, draw_mark, segmented};

/// What is chosen so far.
#[derive(Clone, Debug)]
pub struct Setup {
    pub seats: Vec<SeatId>,
    pub rivals: Policy,
    pub names: Names,
    /// As typed; empty for any.
    pub seed: String,
}

impl Setup {
    pub fn of(level: &Level, rivals: Policy, names: Names) -> Setup {
        Setup { seats: vec![level.first_seat], rivals, names, seed: String::new() }
    }
}

const RIVALS: [(Policy, &str, &str); 3] = [
    (Policy::Easy, "Easy", "They look two quarters ahead."),
    (Policy::Normal, "Normal", "They look four quarters ahead, and a round of talks."),
    (Policy::Hard, "Hard", "They look eight quarters ahead, and know what you could answer."),
];

pub fn show(
    ui: &mut Ui,
    entry: &Entry,
    setup: &mut Setup,
    commands: &[Command],
    overlay: bool,
) -> Option<Act> {
    let Ok(level) = &entry.level else { return Some(Act::Title) };
    let window = ui.max_rect();
    let tokens = ui.tokens();
    let grid = ui.grid();
    ui.painter().rect_filled(window, 0, tokens.page);
    let mut act = None;
    let (mut bar, room) = super::frame::Bar::new(ui, window);
    let begin = Press::primary("Begin").key("Enter");
    let off = setup.seats.is_empty().then(|| "Choose at least one seat.".to_owned());
    let ready = off.is_none();
    let pressed = bar.right(ui, begin.off(off)).clicked();
    if ready && (pressed || (!overlay && commands.contains(&Command::Main))) {
        act = Some(Act::Begin);
    }
    if bar.left(ui, Press::quiet("Back to the shelf").key("Escape")).clicked()
        || (!overlay && commands.contains(&Command::Back))
    {
        act = Some(Act::Title);
    }
    let inner = room.shrink2(vec2(grid.margin, 0.0));
    ui.within(inner, "new game", |ui| {
        ScrollArea::vertical().id_salt("new game").auto_shrink(false).show(ui, |ui| {
            ui.add_space(24.0);
            ui.kicker("A new game");
            ui.say(Type::Screen, tokens.ink, &level.title);
            ui.add_space(6.0);
            ui.rule(1.5, tokens.ink, 4.0);
            let at = ui.next_widget_position();
            let width = ui.available_width();
            let gap = 48.0;
            let left = Rect::from_min_size(at, vec2(0.42 * width, 100.0));
            let right = Rect::from_min_size(
                pos2(left.right() + gap, at.y),
                vec2(0.58 * width - gap, 100.0),
            );
            let one = premise(ui, level, left);
            let other = choices(ui, level, setup, right);
            ui.allocate_space(vec2(width, one.max(other) - at.y + 16.0));
        });
    });
    act
}

fn premise(ui: &mut Ui, level: &Level, rect: Rect) -> f32 {
    let tokens = ui.tokens();
    let y = ui
        .ink_in(rect.min + vec2(0.0, 8.0), rect.width(), Type::Body, tokens.ink, &level.premise)
        .bottom()
        + 16.0;
    let facts = [
        ("Begins", level.opening.plus(1).to_string()),
        ("Length", numbers::count(level.quarters, "quarter")),
        ("Talks a quarter", numbers::count(level.talk_rounds, "round")),
        (
            "At the table",
            format!(
                "{} and {}",
                numbers::count(level.giants.len() as u32, "giant"),
                numbers::count(level.labs.len() as u32, "lab")
            ),
        ),
    ];
    let mut y = y;
    for (name, value) in facts {
        ui.hline(rect.left()..=rect.right(), y, 1.0, tokens.rule_soft);
        let middle = y + 14.0;
        let at = pos2(rect.left(), middle);
        ui.ink(at, Align2::LEFT_CENTER, Type::Interface, tokens.ink_soft, name);
        let at = pos2(rect.right(), middle);
        ui.ink(at, Align2::RIGHT_CENTER, Type::Row, tokens.ink, &value);
        y += 28.0;
    }
    y
}

fn choices(ui: &mut Ui, level: &std::sync::Arc<Level>, setup: &mut Setup, rect: Rect) -> f32 {
    let words = Words::new(std::sync::Arc::clone(level), setup.names);
    let mut y = rect.top() + 4.0;
    y = heading(ui, rect, y, "Your seat", "several for a game on one keyboard, behind a curtain");
    let columns = if rect.width() > 560.0 { 2 } else { 1 };
    let width = (rect.width() - 16.0 * (columns as f32 - 1.0)) / columns as f32;
    for (place, seat) in level.seat_ids().enumerate() {
        let (row, column) = (place / columns, place % columns);
        let cell = Rect::from_min_size(
            pos2(rect.left() + column as f32 * (width + 16.0), y + 58.0 * row as f32),
            vec2(width, 50.0),
        );
        seat_card(ui, cell, level, &words, seat, setup);
    }
    y += 58.0 * level.seats().div_ceil(columns) as f32 + 10.0;
    let chosen = RIVALS.iter().position(|(policy, ..)| *policy == setup.rivals).unwrap_or(1);
    y = heading(ui, rect, y, "The others", RIVALS[chosen].2);
    let names: Vec<&str> = RIVALS.iter().map(|(_, name, _)| *name).collect();
    let at = pos2(rect.left(), y);
    if let Some(place) = segmented(ui, at, Align2::LEFT_TOP, "The others", &names, chosen) {
        setup.rivals = RIVALS[place].0;
    }
    y = heading(ui, rect, y + 46.0, "Names", "the numbers are the same");
    let chosen = usize::from(setup.names == Names::Fictional);
    let at = pos2(rect.left(), y);
    if let Some(place) =
        segmented(ui, at, Align2::LEFT_TOP, "Names", &["Real", "Fictional"], chosen)
    {
        setup.names = [Names::Real, Names::Fictional][place];
    }
    y = heading(
        ui,
        rect,
        y + 46.0,
        "Luck",
        "the same seed is the same luck; leave it empty for any",
    );
    let field = Rect::from_min_size(pos2(rect.left(), y), vec2(180.0, 34.0));
    let edit = TextEdit::singleline(&mut setup.seed)
        .hint_text("any")
        .char_limit(18)
        .font(Type::Row.font())
        .margin(vec2(10.0, 8.0))
        .desired_width(160.0);
    let response = ui.put(field, edit);
    response.widget_info(|| {
        bevy_egui::egui::WidgetInfo::labeled(bevy_egui::egui::WidgetType::TextEdit, true, "Seed")
    });
    setup.seed.retain(|c| c.is_ascii_digit());
    y + 50.0
}

fn heading(ui: &mut Ui, rect: Rect, y: f32, title: &str, note: &str) -> f32 {
    let tokens = ui.tokens();
    let at = pos2(rect.left(), y);
    let title = ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, title);
    let at = pos2(title.right() + 12.0, title.center().y + 1.0);
    ui.ink(at, Align2::LEFT_CENTER, Type::Note, tokens.ink_note, note);
    title.bottom() + 6.0
}

fn seat_card(
    ui: &mut Ui,
    rect: Rect,
    level: &Level,
    words: &Words,
    seat: SeatId,
    setup: &mut Setup,
) {
    let tokens = ui.tokens();
    let on = setup.seats.contains(&seat);
    let id = ui.id().with(("seat", seat.0));
    let response = ui.interact(rect, id, Sense::click());
    let name = words.seat(seat).to_owned();
    response.widget_info(|| {
        bevy_egui::egui::WidgetInfo::selected(
            bevy_egui::egui::WidgetType::Checkbox,
            true,
            on,
            format!("Seat: {name}"),
        )
    });
    let stroke = if on { (2.0, tokens.pen) } else { (1.0, tokens.rule) };
    let fill = if response.hovered() { tokens.pen_wash } else { tokens.sheet };
    ui.painter().rect(
        rect,
        4,
        fill,
        bevy_egui::egui::Stroke::new(stroke.0, stroke.1),
        bevy_egui::egui::StrokeKind::Inside,
    );
    let giants = level.giants.len();
    let mark = Mark::known(level.seat_key(seat)).unwrap_or(match seat.role(giants) {
        Role::Giant(firm) => Mark::of_giant(firm.index()),
        Role::Lab(lab) => Mark::of_lab(lab.index()),
    });
    let at = pos2(rect.left() + 24.0, rect.center().y);
    draw_mark(ui.painter(), mark, at, 18.0, tokens.firm(mark));
    let x = rect.left() + 46.0;
    let top = rect.center().y - 10.0;
    ui.ink(pos2(x, top), Align2::LEFT_CENTER, Type::RowStrong, tokens.ink, &name);
    let goals = level.goals(seat);
    let heaviest = goals.iter().max_by(|one, other| one.weight.total_cmp(&other.weight));
    let what = match seat.role(giants) {
        Role::Giant(_) => "giant",
        Role::Lab(_) => "lab",
    };
    let aim = heaviest.map_or_else(String::new, |goal| {
        format!("; above all {}", labels::measure(goal.measure).to_lowercase())
    });
    let text = format!("{what}{aim}");
    let at = pos2(x, rect.center().y + 10.0);
    ui.ink(at, Align2::LEFT_CENTER, Type::Note, tokens.ink_soft, &text);
    if seat == level.first_seat {
        let at = pos2(rect.right() - 12.0, top);
        ui.ink(at, Align2::RIGHT_CENTER, Type::Note, tokens.ink_note, "for a newcomer");
    }
    ui.focus_ring(&response, rect, 4);
    if response.clicked() {
        let several = ui.input(|input| input.modifiers.any());
        match (on, several) {
            (true, _) if setup.seats.len() > 1 => setup.seats.retain(|other| *other != seat),
            (true, _) => {}
            (false, true) => {
                setup.seats.push(seat);
                setup.seats.sort_unstable();
            }
            (false, false) => setup.seats = vec![seat],
        }
    }
    let joined = setup.seats.len() > 1 || response.hovered();
    if !on && joined {
        let text = "Ctrl adds a second player";
        response.on_hover_text(text);
    }
}
