//! The records: everything one can look up, laid out from the pages the terminal game prints.

mod figures;
mod owners;
mod quarters;

use bevy_egui::egui::{Rect, ScrollArea, Ui, pos2, vec2};

use super::Scene;
use super::frame::{self, Bar};
use crate::host::text::Block;
use crate::ui::state::{Overlay, Screen};
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Press, blocks};

/// What a record shows: the page of a command, or figures the window draws itself.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Page(&'static str),
    Rivals,
    Labs,
    Owners,
    Quarters,
}

const RECORDS: [(&str, Kind); 17] = [
    ("The last close", Kind::Page("why")),
    ("Goals and score", Kind::Page("goals")),
    ("Rivals", Kind::Rivals),
    ("Labs", Kind::Labs),
    ("Who owns the labs", Kind::Owners),
    ("Deals", Kind::Page("deals")),
    ("Our promises", Kind::Page("promises")),
    ("Everybody's promises", Kind::Page("promises all")),
    ("Waivers", Kind::Page("waiver")),
    ("How labs hold talks", Kind::Page("process")),
    ("What is said", Kind::Page("rumours")),
    ("Regulators", Kind::Page("regulators")),
    ("The books", Kind::Page("books")),
    ("Quarter by quarter", Kind::Quarters),
    ("Dates ahead", Kind::Page("calendar")),
    ("Cards", Kind::Page("cards")),
    ("What one can type", Kind::Page("help")),
];

/// Opens a record by its name.
pub fn open(scene: &mut Scene, name: &str) {
    if let Some(place) = place_of(name) {
        scene.state.record = place;
    }
    scene.go(Screen::Records);
}

/// A record's place in the list.
pub fn place_of(name: &str) -> Option<usize> {
    RECORDS.iter().position(|(record, _)| *record == name)
}

pub fn show(ui: &mut Ui, scene: &mut Scene, window: Rect) {
    let (mut bar, room) = Bar::new(ui, window);
    frame::onward(ui, scene, &mut bar, 44.0);
    if bar.left(ui, Press::quiet("Back to the board").key("Escape")).clicked() {
        scene.go(Screen::Board);
    }
    if bar.left(ui, Press::quiet("Type a command").key("Ctrl K")).clicked() {
        scene.state.overlay = Overlay::Line;
    }
    let tokens = ui.tokens();
    let grid = ui.grid();
    let width = if grid.small { 190.0 } else { 236.0 };
    let list = Rect::from_min_size(room.min, vec2(width + grid.margin, room.height()));
    ui.vline(list.right(), list.top()..=list.bottom(), 1.0, tokens.rule);
    let mut chosen = None;
    ui.within(list, "list of records", |ui| {
        ScrollArea::vertical().id_salt("list of records").auto_shrink(false).show(ui, |ui| {
            ui.add_space(16.0);
            for (place, (name, _)) in RECORDS.iter().enumerate() {
                if row(ui, list, grid.margin, name, scene.state.record == place) {
                    chosen = Some(place);
                }
            }
        });
    });
    if let Some(place) = chosen {
        scene.state.record = place;
    }
    let place = scene.state.record.min(RECORDS.len() - 1);
    let (name, kind) = RECORDS[place];
    let page = Rect::from_min_max(
        pos2(list.right() + if grid.small { 20.0 } else { 32.0 }, room.top()),
        pos2(room.right() - 4.0, room.bottom()),
    );
    let command = match kind {
        Kind::Page(command) => command,
        Kind::Rivals => "rivals",
        Kind::Labs => "labs",
        Kind::Owners => "labs",
        Kind::Quarters => "history",
    };
    scene.desk.looked_at(command);
    ui.within(page, "page of a record", |ui| {
        ScrollArea::vertical().id_salt(("record", place)).auto_shrink(false).show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, 6.0);
            ui.add_space(14.0);
            ui.say(Type::Section, tokens.ink, name);
            // One right edge for everything; the scroll bar moves in the margin.
            let width = page.width() - grid.margin + 4.0;
            ui.set_max_width(width);
            match kind {
                Kind::Page(command) => {
                    let said = said(scene, command);
                    blocks(ui, &said);
                }
                Kind::Rivals => figures::rivals(ui, scene, width),
                Kind::Labs => figures::labs(ui, scene, width),
                Kind::Owners => owners::show(ui, scene, width),
                Kind::Quarters => quarters::show(ui, scene, width),
            }
            ui.add_space(20.0);
        });
    });
}

/// The page of a command, kept until something has happened.
fn said(scene: &mut Scene, command: &str) -> Vec<Block> {
    let view = &scene.desk.view;
    let key =
        format!("{command}/{}/{:?}/{:?}/{}", view.quarter.0, view.step, view.decided, view.seat.0);
    let stale = scene.state.record_page.as_ref().is_none_or(|(of, _)| *of != key);
    if stale && !scene.desk.busy() {
        let page = scene.desk.record(command);
        scene.state.record_page = Some((key, page));
    }
    scene.state.record_page.as_ref().map(|(_, page)| page.clone()).unwrap_or_default()
}

fn row(ui: &mut Ui, list: Rect, margin: f32, name: &str, on: bool) -> bool {
    let tokens = ui.tokens();
    let (rect, _) =
        ui.allocate_exact_size(vec2(list.width(), 32.0), bevy_egui::egui::Sense::hover());
    let id = ui.id().with(("record", name));
    let response = ui.pressable(rect, id, name);
    if on {
        let bar = Rect::from_min_size(rect.min, vec2(4.0, rect.height()));
        ui.painter().rect_filled(bar, 0, tokens.ink);
    } else if response.hovered() {
        ui.painter().rect_filled(rect, 0, tokens.pen_wash);
    }
    let (kind, colour) = match on {
        true => (Type::RowStrong, tokens.ink),
        false => (Type::Row, tokens.pen),
    };
    let galley = ui.galley(kind, colour, name, f32::INFINITY);
    let at = pos2(rect.left() + margin, rect.center().y - 0.5 * galley.size().y);
    ui.paint(at, galley);
    ui.focus_ring(&response, rect.shrink(4.0), 2);
    response.clicked()
}
