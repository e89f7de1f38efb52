//! The board: who holds whom, the seat looked at beside it, the diary below.

mod giant;
mod lab;
mod panel;

use bevy_egui::egui::{Align2, Pos2, Rect, ScrollArea, Stroke, Ui, pos2, vec2};

use super::Scene;
use super::frame::{self, Bar};
use crate::ids::{Role, SeatId};
use crate::sim::decision::Decision;
use crate::sim::information::Matter;
use crate::ui::board::{Picture, draw, timeline};
use crate::ui::keys::Command;
use crate::ui::state::{Overlay, Screen};
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Press, toggle_chip};

use giant::giant_panel;
use lab::lab_panel;

/// How fast flows drift, pixels a second, and for how long after the board is opened.
const DRIFT: f64 = 24.0;

const DRIFTS_FOR: f64 = 2.0;

/// Flows move this often a second: more is not seen, and every frame is a whole window.
const FRAMES: f64 = 30.0;

/// A frame that takes this long is drawn without a graphics card, seconds.
const SLOW: f64 = 0.055;

/// Flows under a pointer that rests on a node.
#[derive(Clone, Copy, Debug, Default)]
struct Hover {
    /// For how long they have moved, seconds.
    drifted: f64,
    /// When the pointer came, and when the last frame was drawn.
    since: Option<(f64, f64)>,
    /// How long a frame takes, on average.
    pace: f64,
}

impl Hover {
    /// Moves them on; whether they go on moving. Where frames are dear they rest after a while.
    fn goes_on(&mut self, now: f64, hovered: bool) -> bool {
        if !hovered {
            self.since = None;
            return false;
        }
        let Some((since, last)) = self.since else {
            self.since = Some((now, now));
            return true;
        };
        let step = now - last;
        if self.pace > SLOW && now - since > DRIFTS_FOR {
            return false;
        }
        self.since = Some((since, now));
        // A frame that the pointer's own movement brings does not make flows faster.
        self.drifted += step.clamp(0.0, 3.0 / FRAMES);
        self.pace += 0.2 * (step.min(0.5) - self.pace);
        true
    }
}

/// A picture of everybody needs this much height.
const LEAST: f32 = 264.0;

pub fn show(ui: &mut Ui, scene: &mut Scene, window: Rect) {
    let grid = ui.grid();
    if grid.tiny {
        return tiny(ui, scene, window);
    }
    let height = if grid.small { 68.0 } else { 102.0 };
    let (mut bar, room) = Bar::of_height(ui, window, height);
    frame::onward(ui, scene, &mut bar, if grid.small { 40.0 } else { 52.0 });
    dates(ui, scene, &bar);
    let tokens = ui.tokens();
    let panel = grid.panel(368.0);
    let side = Rect::from_min_max(pos2(room.right() - panel, room.top()), room.max);
    let main = Rect::from_min_max(room.min, pos2(side.left(), room.bottom()));
    ui.painter().rect_filled(side, 0, tokens.sheet);
    ui.vline(side.left(), side.top()..=side.bottom(), 1.2, tokens.ink);
    picture(ui, scene, main);
    beside(ui, scene, side);
}

/// With little room the picture takes all of it; the table of whoever is selected is opened below.
fn tiny(ui: &mut Ui, scene: &mut Scene, window: Rect) {
    let (mut bar, room) = Bar::new(ui, window);
    frame::onward(ui, scene, &mut bar, 40.0);
    if scene.state.selected.is_none() {
        scene.state.selected = usual(scene);
    }
    let seat = scene.state.selected;
    if let Some(seat) = seat.filter(|seat| scene.desk.view.table_with(*seat).is_some()) {
        let label = format!("Table with {}", scene.desk.words.seat(seat));
        let entered = entered(scene);
        if bar.left(ui, Press::new(&label)).clicked() || entered {
            open_table(scene, seat);
        }
    }
    picture(ui, scene, room);
}

/// Enter opens the table while nothing waits to be sent.
fn entered(scene: &Scene) -> bool {
    let plain = scene.state.overlay == Overlay::None && scene.desk.view.decided.is_empty();
    plain && scene.pressed(Command::Main)
}

/// The diary takes what the buttons leave.
fn dates(ui: &mut Ui, scene: &mut Scene, bar: &Bar) {
    let grid = ui.grid();
    let left = bar.rect.left() + grid.margin;
    let right = bar.rect.right() - if grid.small { 320.0 } else { 380.0 };
    let room =
        Rect::from_min_max(pos2(left, bar.rect.top() + 8.0), pos2(right, bar.rect.bottom() - 8.0));
    if room.width() > 300.0 {
        timeline(ui, room, scene.desk);
    }
}

fn picture(ui: &mut Ui, scene: &mut Scene, rect: Rect) {
    let tokens = ui.tokens();
    let grid = ui.grid();
    let at = rect.min + vec2(grid.margin, 16.0);
    let (at, kind) = match (grid.tiny, grid.small) {
        (true, _) => (pos2(at.x, rect.top() + 8.0), Type::Panel),
        (_, true) => (at, Type::Story),
        _ => (at, Type::Section),
    };
    let title = ui.ink(at, Align2::LEFT_TOP, kind, tokens.ink, "Who holds whom");
    if !grid.small {
        let at = pos2(at.x, title.bottom());
        let text = "A giant's ring is its cloud share. A lab's ring is who owns it.";
        ui.ink(at, Align2::LEFT_TOP, Type::Note, tokens.ink_soft, text);
    }
    let middle = if grid.tiny { 20.0 } else { 32.0 };
    layers(ui, scene, pos2(rect.right() - grid.margin.min(24.0), rect.top() + middle));
    let quarter = scene.desk.view.quarter;
    let opened = match scene.state.board_opened {
        Some((of, at)) if of == quarter => at,
        _ => {
            scene.state.board_opened = Some((quarter, scene.now));
            scene.now
        }
    };
    let since = (scene.now - opened).min(DRIFTS_FOR);
    let moving = scene.now - opened < DRIFTS_FOR && !scene.settings.still;
    let hover_id = ui.id().with("board hover");
    let mut hover = ui.ctx().data(|data| data.get_temp::<Hover>(hover_id)).unwrap_or_default();
    let draft = scene.state.table.and_then(|with| {
        let (of, draft) = scene.state.drafts.get(&with)?;
        let decided = scene.desk.view.decided.iter().any(|d| d.counterpart() == Some(with));
        (*of == quarter && (!draft.earlier.is_empty() || decided)).then_some((with, draft.sheet))
    });
    let drift = if scene.settings.still { 0.0 } else { (DRIFT * (since + hover.drifted)) as f32 };
    let area = Rect::from_min_max(
        pos2(rect.left(), rect.top() + if grid.small { 38.0 } else { 46.0 }),
        pos2(rect.right(), rect.bottom() - if grid.small { 4.0 } else { 30.0 }),
    );
    let pressed = {
        let picture = Picture {
            desk: scene.desk,
            layers: scene.state.layers,
            selected: scene.state.selected,
            draft,
            drift,
        };
        ui.within(area, "board", |ui| match area.height() < LEAST {
            false => draw(ui, area, &picture),
            // Too little room for a picture of everybody: it scrolls.
            true => {
                let size = vec2(area.width(), LEAST);
                let shown =
                    ScrollArea::vertical().id_salt("board").auto_shrink(false).show(ui, |ui| {
                        let (rect, _) =
                            ui.allocate_exact_size(size, bevy_egui::egui::Sense::hover());
                        draw(ui, rect, &picture)
                    });
                shown.inner
            }
        })
    };
    let hovered = pressed.hovered && pressed.flows && !scene.settings.still;
    let hovers = hover.goes_on(scene.now, hovered);
    ui.ctx().data_mut(|data| data.insert_temp(hover_id, hover));
    if (moving && pressed.flows) || hovers {
        scene.state.moves_in = Some(1.0 / FRAMES);
    }
    if !grid.small {
        legend(ui, pos2(rect.left() + grid.margin, rect.bottom() - 20.0));
    }
    if let Some(seat) = pressed.select {
        scene.state.selected = Some(seat);
        if matches!(seat.role(scene.desk.view.giants()), Role::Lab(_)) {
            scene.desk.looked_at("labs");
        }
    }
    if let Some(seat) = pressed.open {
        scene.state.selected = Some(seat);
        open_table(scene, seat);
    }
}

fn layers(ui: &mut Ui, scene: &mut Scene, right: Pos2) {
    let mut x = right.x;
    let layers = &mut scene.state.layers;
    let list: [(&str, &mut bool); 4] = [
        ("Trust", &mut layers.trust),
        ("Cash", &mut layers.cash),
        ("Compute", &mut layers.compute),
        ("Stakes", &mut layers.stakes),
    ];
    for (name, on) in list {
        let response = toggle_chip(ui, pos2(x, right.y), Align2::RIGHT_CENTER, "Show", name, *on);
        if response.clicked() {
            *on = !*on;
        }
        x = response.rect.left() - 6.0;
    }
}

fn legend(ui: &mut Ui, at: Pos2) {
    let tokens = ui.tokens();
    let painter = ui.painter().clone();
    let mut x = at.x;
    let words = ["stake, width is its size", "compute", "cash", "your draft"];
    for (place, text) in words.into_iter().enumerate() {
        let (from, to) = (pos2(x, at.y), pos2(x + 26.0, at.y));
        match place {
            0 => {
                let wash = Stroke::new(7.0, tokens.rule);
                painter.line_segment([from, to], wash);
                painter.line_segment([from, to], Stroke::new(1.5, tokens.other));
            }
            1 => {
                for k in 0..3 {
                    let tip = from + vec2(8.0 + 9.0 * k as f32, 0.0);
                    let points = vec![tip + vec2(-5.0, -4.0), tip, tip + vec2(-5.0, 4.0)];
                    painter.add(bevy_egui::egui::Shape::line(
                        points,
                        Stroke::new(2.0, tokens.ink_soft),
                    ));
                }
            }
            2 => {
                for k in 0..3 {
                    painter.circle_filled(
                        from + vec2(4.0 + 10.0 * k as f32, 0.0),
                        2.7,
                        tokens.ink_soft,
                    );
                }
            }
            _ => {
                let line = [from, to];
                let dash = Stroke::new(2.2, tokens.pen);
                painter.extend(bevy_egui::egui::Shape::dashed_line(&line, dash, 8.0, 4.0));
            }
        }
        let label = pos2(to.x + 8.0, at.y);
        x = ui.ink(label, Align2::LEFT_CENTER, Type::Note, tokens.ink_soft, text).right() + 24.0;
    }
}

/// Opens the table with a seat, if there can be one.
fn open_table(scene: &mut Scene, seat: SeatId) {
    if scene.desk.view.table_with(seat).is_some() {
        scene.state.table = Some(seat);
        frame::open(scene, Screen::Table);
    }
}

/// Who is looked at first: the most urgent counterpart.
fn usual(scene: &Scene) -> Option<SeatId> {
    let view = &scene.desk.view;
    let waits = view.tables.iter().find(|table| table.theirs.offer.is_some());
    waits.or_else(|| view.tables.first()).map(|table| table.with)
}

fn beside(ui: &mut Ui, scene: &mut Scene, rect: Rect) {
    let seat = match scene.state.selected.or_else(|| usual(scene)) {
        Some(seat) => seat,
        None => return,
    };
    scene.state.selected = Some(seat);
    let pad = 24.0;
    let (places, height) = feet(ui, scene, rect.shrink2(vec2(pad, 12.0)), seat);
    let inner = Rect::from_min_max(
        rect.min + vec2(pad, 16.0),
        pos2(rect.right() - pad, rect.bottom() - height - 20.0),
    );
    ui.within(inner, "beside", |ui| {
        ScrollArea::vertical().id_salt(("beside", seat.0)).auto_shrink(false).show(ui, |ui| {
            let at = ui.next_widget_position();
            let room = Rect::from_min_size(at, vec2(inner.width(), inner.height()));
            let bottom = match seat.role(scene.desk.view.giants()) {
                Role::Lab(lab) => lab_panel(ui, scene, room, lab),
                Role::Giant(firm) => giant_panel(ui, scene, room, firm),
            };
            ui.allocate_space(vec2(inner.width(), bottom - at.y));
        });
    });
    panel_buttons(ui, scene, places, seat);
}

const OPEN: &str = "Open the table";
const LOOK: &str = "Look closer, 1 attention";

/// What one may look into at a seat.
fn look(scene: &Scene, seat: SeatId) -> Option<Decision> {
    match seat.role(scene.desk.view.giants()) {
        Role::Lab(lab) if seat != scene.desk.view.seat => {
            Some(Decision::Investigate { subject: Matter::Lab(lab) })
        }
        _ => None,
    }
}

fn open_press(scene: &Scene) -> Press<'static> {
    let press = Press::primary(OPEN);
    if scene.desk.view.decided.is_empty() { press.key("Enter") } else { press }
}

/// Where the buttons under the panel go, side by side or one over the other, and how high they stand.
fn feet(ui: &Ui, scene: &Scene, room: Rect, seat: SeatId) -> ([Option<Rect>; 2], f32) {
    let sits = scene.desk.view.table_with(seat).is_some();
    let looks = look(scene, seat).is_some();
    let (height, gap) = (44.0, 10.0);
    let row = |from_bottom: f32, high: f32| {
        let top = room.bottom() - from_bottom - high;
        Rect::from_min_size(pos2(room.left(), top), vec2(room.width(), high))
    };
    match (sits, looks) {
        (true, true) => {
            let wants = [open_press(scene).size(ui).x, Press::new(LOOK).size(ui).x];
            let spare = room.width() - gap - wants[0] - wants[1];
            if spare < 0.0 {
                let high = if ui.grid().small { 38.0 } else { 42.0 };
                return ([Some(row(high + 8.0, high)), Some(row(0.0, high))], 2.0 * high + 8.0);
            }
            let (mut left, mut right) = (row(0.0, height), row(0.0, height));
            left.set_right(room.left() + wants[0] + 0.5 * spare);
            right.set_left(left.right() + gap);
            ([Some(left), Some(right)], height)
        }
        (true, false) => ([Some(row(0.0, height)), None], height),
        (false, true) => ([None, Some(row(0.0, height))], height),
        (false, false) => ([None, None], 0.0),
    }
}

fn panel_buttons(ui: &mut Ui, scene: &mut Scene, places: [Option<Rect>; 2], seat: SeatId) {
    let [open, closer] = places;
    if let Some(rect) = open {
        let pressed = open_press(scene).fill(ui, rect).clicked();
        if pressed || entered(scene) {
            open_table(scene, seat);
        }
    }
    if let (Some(rect), Some(decision)) = (closer, look(scene, seat)) {
        let press = Press::new(LOOK).off(scene.desk.refused(&decision));
        let press = press.tip(
            "Due diligence: a point of attention. Ranges half as wide, exact after a second look.",
        );
        if press.fill(ui, rect).clicked() && scene.desk.decide(decision, "investigate") {
            scene.desk.notice =
                Some("Your people go through the books; nobody else is told.".to_owned());
        }
    }
}
