//! The lesson under way, in a band under the folio: what it says, where to do it, and a button beside.

use bevy_egui::egui::{Align2, Galley, Rect, Ui, pos2, vec2};

use super::Scene;
use crate::host::text::Block;
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Press};

/// No line of a lesson is longer.
const MEASURE: f32 = 560.0;
/// Its title's column, where there is room for one.
const HEAD: f32 = 236.0;

/// Draws the band; the room below it.
pub fn band(ui: &mut Ui, scene: &mut Scene, room: Rect) -> Rect {
    if scene.desk.lesson.is_empty() || !scene.settings.lessons {
        return room;
    }
    let tokens = ui.tokens();
    let margin = ui.grid().margin;
    let lesson = told(&scene.desk.lesson);
    let press = || Press::new("Understood").height(34.0);
    let button = press().size(ui);
    let (left, right) = (room.left() + margin + 14.0, room.right() - margin);
    let beside = right - left >= HEAD + MEASURE + 48.0 + button.x;
    let column = if beside { left + HEAD + 24.0 } else { left };
    let width = (right - column - button.x - 24.0).min(MEASURE);
    let head = ui.galley(Type::Panel, tokens.pen, &lesson.title, if beside { HEAD } else { width });
    let place = ui.galley(Type::Note, tokens.ink_soft, lesson.place, head.job.wrap.max_width);
    let after = ui.galley(Type::Rumour, tokens.ink_soft, &lesson.aside, width);
    let body = ui.galley(Type::Body, tokens.ink, &lesson.text, width);
    let high = |galley: &Galley| match galley.text().is_empty() {
        true => 0.0,
        false => galley.size().y + 2.0,
    };
    let (first, second) = (high(&head) + high(&place), high(&after) + high(&body));
    let tall = if beside { first.max(second) } else { first + second };
    let top = room.top() + 10.0;
    let band = Rect::from_min_size(room.min, vec2(room.width(), tall.max(button.y) + 20.0));
    ui.painter().rect_filled(band, 0, tokens.pen_wash);
    let bar = Rect::from_min_max(
        pos2(room.left() + margin, top),
        pos2(room.left() + margin + 3.0, band.bottom() - 10.0),
    );
    ui.painter().rect_filled(bar, 0, tokens.pen);
    // In one column the last lesson's end comes before the next one's title.
    let (mut y, mut x) = (top, column);
    if !lesson.aside.is_empty() {
        y = ui.lay(pos2(x, y), after).bottom() + 2.0;
    }
    let text_top = y;
    if beside {
        (y, x) = (top, left);
    }
    for galley in [head, place] {
        if !galley.text().is_empty() {
            y = ui.lay(pos2(x, y), galley).bottom() + 2.0;
        }
    }
    if !lesson.text.is_empty() {
        ui.lay(pos2(column, if beside { text_top } else { y }), body);
    }
    ui.hline(band.left()..=band.right(), band.bottom(), 1.0, tokens.rule);
    let at = pos2(column + width + 24.0, top + 2.0);
    if press().at(ui, at, Align2::LEFT_TOP).clicked() {
        scene.desk.understood();
    }
    Rect::from_min_max(pos2(room.left(), band.bottom()), room.max)
}

#[derive(Default)]
struct Told {
    title: String,
    text: String,
    /// Where in the window it is done.
    place: &'static str,
    /// What the last one said at its end.
    aside: String,
}

fn told(blocks: &[Block]) -> Told {
    let mut out = Told::default();
    for block in blocks {
        match block {
            Block::Lesson { title, say, example } => {
                out.title = title.clone();
                out.text = say.split('\n').map(str::trim).collect::<Vec<_>>().join(" ");
                out.place = place_of(example);
            }
            Block::Aside(said) => out.aside = said.clone(),
            _ => {}
        }
    }
    out
}

/// Lessons name what one would type; this is where the same is done by hand.
fn place_of(example: &str) -> &'static str {
    match example.split_whitespace().next().unwrap_or_default() {
        "goals" => "Point at Score, at the top right.",
        "labs" => "On the board, press a lab.",
        "suggest" => "At the table: Suggest.",
        "offer" | "change" | "counter" => "At the table, in pen; then Decide, send later.",
        "worth" => "At the table, on the right: point at a row.",
        "done" => "Send offer, at the bottom right.",
        "table" => "At the table: point at a row.",
        "hold" => "At the table: Hold, and say why.",
        "accept" => "At the table, at the bottom.",
        "ask" => "At the table: What do they want?",
        "choose" => "Key D opens the question.",
        "push" | "price" | "order" | "lobby" => "On the plan.",
        "close" => "Close the quarter, at the bottom right.",
        "rivals" => "Records, Rivals.",
        "deals" => "Records, Deals.",
        "why" => "Records, The last close.",
        "market" => "On the market.",
        _ => "",
    }
}
