//! The frame around every screen of a game: the folio above, the action bar below.

use bevy_egui::egui::{Align2, Rect, Response, Shape, Stroke, Ui, pos2, vec2};

use super::{Scene, dilemma};
use crate::host::words::numbers;
use crate::ids::Role;
use crate::sim::setting::Step;
use crate::ui::figures::{Figure, OfGiant, OfLab, score_tip};
use crate::ui::focus::{Part, lies};
use crate::ui::keys::Command;
use crate::ui::state::{Overlay, Screen};
use crate::ui::tokens::{FOLIO_BAR, Type};
use crate::ui::widgets::{House, Press, draw_mark, tip};

/// The tabs of the folio.
const TABS: [(Screen, &str); 6] = [
    (Screen::Front, "Front page"),
    (Screen::Board, "Board"),
    (Screen::Table, "Table"),
    (Screen::Plan, "Plan"),
    (Screen::Market, "Market"),
    (Screen::Records, "Records"),
];

/// Draws the folio; the room below it.
pub fn folio(ui: &mut Ui, scene: &mut Scene, window: Rect) -> Rect {
    let tokens = ui.tokens();
    let grid = ui.grid();
    let bar = Rect::from_min_size(window.min, vec2(window.width(), FOLIO_BAR));
    lies(ui.ctx(), Part::Folio, bar);
    ui.painter().rect_filled(bar, 0, tokens.page);
    ui.hline(bar.left()..=bar.right(), bar.bottom() - 0.5, 1.2, tokens.ink);
    let after = match grid.tiny {
        true => menu_mark(ui, scene, bar) + 16.0,
        false => nameplate(ui, scene, bar) + if grid.small { 18.0 } else { 36.0 },
    };
    let first_figure = figures(ui, scene, bar);
    tabs(ui, scene, bar, after, first_figure);
    Rect::from_min_max(pos2(window.left(), bar.bottom()), window.max)
}

/// Opens the way out: leaving, settings, keys.
fn menu(ui: &mut Ui, scene: &mut Scene, hit: Rect) {
    let id = ui.id().with("menu");
    let response = ui.pressable(hit, id, "Menu");
    ui.focus_ring(&response, hit.shrink2(vec2(0.0, 8.0)), 3);
    if response.on_hover_text("Leave, settings, keys").clicked() {
        scene.state.overlay = Overlay::Leave;
    }
}

/// Where there is no room for the paper's name, three lines stand for it; where they end.
fn menu_mark(ui: &mut Ui, scene: &mut Scene, bar: Rect) -> f32 {
    let (left, y) = (bar.left() + ui.grid().margin, bar.center().y);
    let pen = ui.tokens().pen;
    for line in [-5.0, 0.0, 5.0] {
        ui.hline(left..=left + 16.0, y + line, 2.0, pen);
    }
    let hit = Rect::from_x_y_ranges(left - 6.0..=left + 22.0, bar.y_range());
    menu(ui, scene, hit);
    left + 16.0
}

/// The paper's name, which opens the menu, and where the game stands; where it ends.
fn nameplate(ui: &mut Ui, scene: &mut Scene, bar: Rect) -> f32 {
    let tokens = ui.tokens();
    let grid = ui.grid();
    let y = bar.center().y;
    let name = ui.galley(Type::Story, tokens.ink, "Term Sheet", f32::INFINITY);
    let at = pos2(bar.left() + grid.margin, y - 0.5 * name.size().y - 1.0);
    let plate = ui.lay(at, name);
    // A small arrow in pen: the name can be pressed.
    let tip = pos2(plate.right() + 13.0, y + 3.0);
    let arrow = vec![tip + vec2(-5.0, -5.0), tip + vec2(5.0, -5.0), tip + vec2(0.0, 1.0)];
    ui.painter().add(Shape::convex_polygon(arrow, tokens.pen, Stroke::NONE));
    let right = tip.x + 5.0;
    let hit = Rect::from_x_y_ranges(plate.left() - 6.0..=right + 8.0, bar.y_range());
    menu(ui, scene, hit);
    ui.vline(right + 16.0, y - 17.0..=y + 17.0, 1.0, tokens.rule);
    let left = right + 32.0;
    let desk = &scene.desk;
    let quarter = desk.words.quarter(desk.view.quarter);
    let of = format!("quarter {} of {}", desk.view.quarter.0, desk.view.level.quarters);
    let of = match desk.view.step {
        Step::Over => "the game is over".to_owned(),
        _ => of,
    };
    ui.ink(pos2(left, y - 9.0), Align2::LEFT_CENTER, Type::InterfaceStrong, tokens.ink, &quarter);
    let second = if grid.small { of } else { format!("{of} · Simulation") };
    let after =
        ui.ink(pos2(left, y + 9.0), Align2::LEFT_CENTER, Type::Note, tokens.ink_soft, &second);
    // The tabs stay where they are as the numbers grow.
    let last = desk.view.level.quarters;
    let widest =
        format!("quarter {last} of {last}{}", if grid.small { "" } else { " · Simulation" });
    let room = ui.galley(Type::Note, tokens.ink_soft, &widest, f32::INFINITY).size().x;
    after.right().max(left + room)
}

fn tabs(ui: &mut Ui, scene: &mut Scene, bar: Rect, mut left: f32, room_to: f32) {
    let tokens = ui.tokens();
    let grid = ui.grid();
    let gap = if grid.tiny {
        11.0
    } else if grid.small {
        16.0
    } else {
        30.0
    };
    let waiting = scene.desk.view.tables.iter().any(|table| table.theirs.asks());
    for (screen, name) in TABS {
        let on = scene.state.screen == screen;
        let (kind, colour) = match on {
            true if grid.tiny => (Type::NoteStrong, tokens.ink),
            false if grid.tiny => (Type::Note, tokens.ink_soft),
            true => (Type::InterfaceStrong, tokens.ink),
            false => (Type::Interface, tokens.ink_soft),
        };
        let galley = ui.galley(kind, colour, name, f32::INFINITY);
        if left + galley.size().x > room_to - 8.0 {
            break;
        }
        let at = pos2(left, bar.center().y - 0.5 * galley.size().y);
        let rect = Rect::from_min_size(at, galley.size());
        let hit = Rect::from_x_y_ranges(rect.x_range().expand(6.0), bar.y_range());
        let id = ui.id().with(("tab", name));
        let response = ui.pressable(hit, id, name);
        ui.paint(at, galley);
        if on || response.hovered() {
            let line = Rect::from_x_y_ranges(
                rect.x_range(),
                bar.bottom() - if on { 4.0 } else { 2.0 }..=bar.bottom(),
            );
            ui.painter().rect_filled(line, 0, if on { tokens.ink } else { tokens.rule });
        }
        ui.focus_ring(&response, rect.expand2(vec2(4.0, 2.0)), 2);
        if screen == Screen::Table && waiting {
            ui.painter().circle_filled(pos2(rect.right() + 9.0, rect.center().y), 3.5, tokens.pen);
        }
        if response.clicked() {
            open(scene, screen);
        }
        left = rect.right() + gap;
    }
}

/// Opens a screen, and lets lessons know what a typed command would have shown.
pub fn open(scene: &mut Scene, screen: Screen) {
    scene.go(screen);
    let command = match screen {
        Screen::Front => "paper",
        Screen::Table => "table",
        Screen::Plan => "plan",
        Screen::Market => "market",
        _ => return,
    };
    scene.desk.looked_at(command);
}

/// Figures at the right of the folio; where they begin.
fn figures(ui: &mut Ui, scene: &mut Scene, bar: Rect) -> f32 {
    let tokens = ui.tokens();
    let grid = ui.grid();
    let desk = &scene.desk;
    let view = &desk.view;
    let y = bar.center().y;
    let mut right = bar.right() - grid.margin;
    if grid.width > 820.0 {
        let who = desk.words.seat(view.seat).to_owned();
        let galley = ui.galley(Type::InterfaceStrong, tokens.ink, &who, f32::INFINITY);
        let left = right - galley.size().x;
        ui.lay(pos2(left, y + 9.0 - 0.5 * galley.size().y), galley);
        let mark = desk.mark(view.seat);
        draw_mark(ui.painter(), mark, pos2(left - 12.0, y + 9.0), 12.0, tokens.firm(mark));
        ui.ink(
            pos2(left - 18.0, y - 9.0),
            Align2::LEFT_CENTER,
            Type::Note,
            tokens.ink_soft,
            "You run",
        );
        ui.vline(left - 36.0, y - 17.0..=y + 17.0, 1.0, tokens.rule);
        right = left - 56.0;
    }
    let score = numbers::score(view.score.scaled);
    let mut shown: Vec<(&str, String, &str, Option<Figure>)> = Vec::new();
    shown.push(("Score", score, " of 100", None));
    let mut figures: Vec<Figure> = Vec::new();
    match view.role {
        Role::Giant(firm) => {
            if view.published.giants[firm.index()].has_cloud {
                if !grid.small {
                    figures.push(Figure::Giant(firm, OfGiant::Share));
                }
                figures.push(Figure::Giant(firm, OfGiant::WinRate));
            }
            if !grid.small {
                figures.push(Figure::Giant(firm, OfGiant::Cash));
            }
        }
        Role::Lab(lab) => {
            figures.push(Figure::Lab(lab, OfLab::Runway));
            if !grid.small {
                figures.push(Figure::Lab(lab, OfLab::Cash));
            }
        }
    }
    for figure in figures {
        let after = if grid.small { "" } else { figure.after() };
        shown.push((figure.label(), figure.written(desk), after, Some(figure)));
    }
    let mut score_told = false;
    let most = if grid.tiny && grid.width < 700.0 { 1 } else { shown.len() };
    for (label, figure, after, of) in shown.into_iter().take(most) {
        let strong = (Type::InterfaceStrong, tokens.ink, figure.as_str());
        let galley = ui.runs(&[strong, (Type::Note, tokens.ink_soft, after)], f32::INFINITY);
        let size = galley.size();
        let rect = Rect::from_min_size(pos2(right - size.x, y + 9.0 - 0.5 * size.y), size);
        ui.lay(rect.min, galley);
        let label_rect =
            ui.ink(pos2(right, y - 9.0), Align2::RIGHT_CENTER, Type::Note, tokens.ink_soft, label);
        let whole = rect.union(label_rect);
        let id = ui.id().with(("figure", label));
        let told = ui.told(whole, id, &format!("{label}: {figure}{after}"));
        let shown = tip(ui, &told, || of.map_or_else(|| score_tip(desk), |of| of.tip(desk)));
        score_told |= shown && of.is_none();
        right = whole.left() - if grid.small { 18.0 } else { 24.0 };
    }
    if score_told {
        scene.desk.looked_at("goals");
    }
    right
}

/// The bar at the bottom: quiet things left, the main button right.
pub struct Bar {
    pub rect: Rect,
    left: f32,
    right: f32,
}

impl Bar {
    /// Draws the bar; the room above it.
    pub fn new(ui: &mut Ui, room: Rect) -> (Bar, Rect) {
        let height = ui.grid().action_bar;
        Bar::of_height(ui, room, height)
    }

    pub fn of_height(ui: &mut Ui, room: Rect, height: f32) -> (Bar, Rect) {
        let tokens = ui.tokens();
        let margin = ui.grid().margin;
        let rect = Rect::from_min_max(pos2(room.left(), room.bottom() - height), room.max);
        lies(ui.ctx(), Part::ActionBar, rect);
        ui.painter().rect_filled(rect, 0, tokens.page);
        ui.hline(rect.left()..=rect.right(), rect.top() + 0.5, 1.2, tokens.ink);
        let bar = Bar { rect, left: rect.left() + margin, right: rect.right() - margin };
        (bar, Rect::from_min_max(room.min, pos2(room.right(), rect.top())))
    }

    pub fn left(&mut self, ui: &mut Ui, button: Press) -> Response {
        let response = button.at(ui, pos2(self.left, self.rect.center().y), Align2::LEFT_CENTER);
        self.left = response.rect.right() + 12.0;
        response
    }

    pub fn right(&mut self, ui: &mut Ui, button: Press) -> Response {
        let response = button.at(ui, pos2(self.right, self.rect.center().y), Align2::RIGHT_CENTER);
        self.right = response.rect.left() - 12.0;
        response
    }

    /// The main button: Enter presses it too.
    pub fn main(&mut self, ui: &mut Ui, scene: &Scene, button: Press, on: bool) -> bool {
        let entered = on && scene.pressed(Command::Main);
        self.right(ui, button).clicked() || entered
    }

    /// A line or two at the left.
    pub fn say_left(&mut self, ui: &mut Ui, text: &str) {
        let tokens = ui.tokens();
        let width = (self.right - self.left - 16.0).max(40.0);
        let galley = ui.galley(Type::Note, tokens.ink_soft, text, width.min(520.0));
        let at = pos2(self.left, self.rect.center().y - 0.5 * galley.size().y);
        self.left = ui.lay(at, galley).right() + 16.0;
    }

    /// A line or two before the main button.
    pub fn say_right(&mut self, ui: &mut Ui, text: &str) {
        let tokens = ui.tokens();
        let lines: Vec<&str> = text.lines().collect();
        let mut y = self.rect.center().y - 8.0 * (lines.len() as f32 - 1.0);
        let mut left = self.right;
        for line in lines {
            let at = pos2(self.right, y);
            let rect = ui.ink(at, Align2::RIGHT_CENTER, Type::Note, tokens.ink_soft, line);
            left = left.min(rect.left());
            y += 16.0;
        }
        self.right = left - 16.0;
    }
}

/// Where the quarter stands, in words.
pub fn stands(scene: &Scene) -> String {
    let view = &scene.desk.view;
    let rounds = view.level.talk_rounds;
    match view.step {
        Step::Offers(round) => format!("Talks, round {} of {rounds}\nyour offers", round + 1),
        Step::Answers(round) => format!("Talks, round {} of {rounds}\nyour answers", round + 1),
        Step::Plan => "The talks are over\nplan, then close".to_owned(),
        Step::Over => "The game is over".to_owned(),
    }
}

/// The button that moves the world on, from any screen but the table.
pub fn onward(ui: &mut Ui, scene: &mut Scene, bar: &mut Bar, height: f32) {
    if scene.desk.busy() {
        let off = Some("The others decide.".to_owned());
        bar.right(ui, Press::primary("The world moves …").height(height).off(off));
        return;
    }
    let decided = !scene.desk.view.decided.is_empty();
    let step = scene.desk.view.step;
    let plain = scene.state.overlay == Overlay::None;
    // What moves the world wants two keys, so that nobody does it by the way.
    let sent = plain && scene.pressed(Command::Send);
    match step {
        Step::Offers(_) | Step::Answers(_) if decided => {
            let press = Press::primary("Send").key("Enter").height(height);
            let press = press.tip("What you decided goes out, and the world moves.");
            if bar.main(ui, scene, press, plain) || sent {
                scene.desk.end_step();
            }
        }
        Step::Offers(round) => {
            // Before the first word there is something better to do: it stays in outline.
            let press = if round > 0 { Press::primary } else { Press::new };
            let press = press("Leave the talks").key("Ctrl Enter").height(height);
            let press = press.tip(
                "No more offers of yours this quarter: on to the plan. You are still asked for answers.",
            );
            if bar.right(ui, press).clicked() || sent {
                scene.desk.leave_talks();
            }
            if round > 0 && bar.right(ui, Press::new("Pass this round")).clicked() {
                scene.desk.end_step();
            }
        }
        Step::Answers(_) => {
            let asked = scene.desk.view.tables.iter().any(|table| table.theirs.asks());
            let (word, tip) = match asked {
                true => ("Say nothing", "Their terms stand unanswered; the talks go on."),
                false => ("Hear the answers", "What was sent lies before them; now they answer."),
            };
            let press = Press::primary(word).key("Ctrl Enter").height(height).tip(tip);
            if bar.right(ui, press).clicked() || sent {
                scene.desk.end_step();
            }
        }
        Step::Plan => {
            let press = Press::primary("Close the quarter").key("Ctrl Enter").height(height);
            if bar.right(ui, press).clicked() || sent {
                close_quarter(scene);
            }
        }
        Step::Over => {
            let press = Press::primary("The judgement").key("Enter").height(height);
            if bar.main(ui, scene, press, plain) {
                scene.go(Screen::Judgement);
            }
        }
    }
    let stands = stands(scene);
    bar.say_right(ui, &stands);
}

/// Closes the quarter; a dilemma without an answer is put once more first.
fn close_quarter(scene: &mut Scene) {
    let view = &scene.desk.view;
    let waits = view.dilemma.is_some() && dilemma::given(view).is_none();
    if waits && scene.state.asked_again != Some(view.quarter) {
        scene.state.asked_again = Some(view.quarter);
        scene.state.overlay = Overlay::Dilemma;
        scene.desk.notice =
            Some("This waits for your answer. Close again to leave it at silence.".to_owned());
        return;
    }
    scene.desk.end_step();
}
