//! The front page: one lead, one chart titled with its finding, three numbers, what is said, the diary.

mod finding;
mod lead;
mod side;
mod smaller;

use bevy_egui::egui::{Align2, Pos2, Rect, ScrollArea, Ui, pos2, vec2};

use super::Scene;
use super::frame::{self, Bar};
use crate::host::words::{labels, numbers, possessive};
use crate::sim::goals::rules::{MEDALS, medal};
use crate::ui::desk::Desk;
use crate::ui::state::{Overlay, Screen};
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Press};

pub(crate) use lead::headed;
use lead::lead;
use side::side_column;

pub fn show(ui: &mut Ui, scene: &mut Scene, window: Rect) {
    let height = if ui.grid().small { 56.0 } else { 64.0 };
    let (mut bar, room) = Bar::of_height(ui, window, height);
    let offered = scene.state.overlay == Overlay::None;
    if bar.main(ui, scene, Press::primary("To the board").key("Enter"), offered) {
        frame::open(scene, Screen::Board);
    }
    if bar.right(ui, Press::new("To the table")).clicked() {
        frame::open(scene, Screen::Table);
    }
    if bar.right(ui, Press::quiet("Records")).clicked() {
        scene.go(Screen::Records);
    }
    let line = score_line(scene.desk);
    bar.say_left(ui, &line);
    let grid = ui.grid();
    let margin = if grid.small {
        16.0
    } else if grid.wide {
        64.0
    } else {
        40.0
    };
    ui.within(room, "front", |ui| {
        ScrollArea::vertical().id_salt("front page").auto_shrink(false).show(ui, |ui| {
            let at = ui.next_widget_position();
            let width = room.width() - 2.0 * margin;
            let top = masthead(ui, scene, pos2(at.x + margin, at.y + 10.0), width);
            if grid.tiny {
                // One column: the lead, then what stands beside it elsewhere.
                let main = Rect::from_min_size(
                    pos2(at.x + margin, top + 14.0),
                    vec2(width, room.height()),
                );
                let lead = lead(ui, scene, main, at.y + room.height());
                let below =
                    Rect::from_min_size(pos2(main.left(), lead + 12.0), vec2(width, room.height()));
                let bottom = side_column(ui, scene, below);
                ui.allocate_space(vec2(room.width(), bottom - at.y + 12.0));
                return;
            }
            let side = if grid.small { 0.30 * width } else { 320.0f32.max(0.235 * width) };
            let gap = if grid.small { 20.0 } else { 52.0 };
            let main = Rect::from_min_size(
                pos2(at.x + margin, top + 14.0),
                vec2(width - side - gap, room.height()),
            );
            let lead = lead(ui, scene, main, at.y + room.height());
            let right = Rect::from_min_size(
                pos2(main.right() + gap, top + 14.0),
                vec2(side, room.height()),
            );
            let column = side_column(ui, scene, right);
            let bottom = lead.max(column).max(room.bottom() - 12.0 + (at.y - room.top()));
            ui.vline(main.right() + 0.5 * gap, main.top()..=bottom - 8.0, 1.0, ui.tokens().rule);
            ui.allocate_space(vec2(room.width(), bottom - at.y + 4.0));
        });
    });
}

fn masthead(ui: &mut Ui, scene: &Scene, at: Pos2, width: f32) -> f32 {
    let tokens = ui.tokens();
    let desk = &scene.desk;
    let view = &desk.view;
    let small = ui.grid().small;
    let kind = if small { Type::Judgement } else { Type::Masthead };
    let name = ui.galley(kind, tokens.ink, "The Term Sheet", f32::INFINITY);
    let centre = at.x + 0.5 * width;
    let place = pos2(centre - 0.5 * name.size().x, at.y);
    let masthead = ui.lay(place, name);
    let y = masthead.bottom() - 8.0;
    let gigawatt = format!("{} to build", numbers::bn(view.published.order_cost_per_gw_bn));
    let mood = match view.published.downturn {
        0 => "Paying up".to_owned(),
        left => format!("Cautious, for {}", numbers::count(left, "quarter")),
    };
    if !small {
        for (x, align, label, text) in [
            (at.x, Align2::LEFT_BOTTOM, "A gigawatt of compute", &gigawatt),
            (at.x + width, Align2::RIGHT_BOTTOM, "Mood of the market", &mood),
        ] {
            ui.ink(pos2(x, y - 20.0), align, Type::Note, tokens.ink_soft, label);
            ui.ink(pos2(x, y + 2.0), align, Type::Panel, tokens.ink, text);
        }
    }
    let rule = masthead.bottom() + 6.0;
    ui.hline(at.x..=at.x + width, rule, 3.0, tokens.ink);
    ui.hline(at.x..=at.x + width, rule + 4.0, 1.0, tokens.ink);
    let middle = rule + 16.0;
    let quarter = calendar_name(desk);
    let number = format!("{quarter}, no. {} of {}", view.quarter.0, view.level.quarters);
    ui.ink(pos2(at.x, middle), Align2::LEFT_CENTER, Type::Note, tokens.ink_soft, &number);
    let copy = format!("Simulation · {} copy", possessive(desk.words.seat(view.seat)));
    ui.ink(pos2(centre, middle), Align2::CENTER_CENTER, Type::NoteStrong, tokens.ink, &copy);
    let right = pos2(at.x + width, middle);
    ui.ink(right, Align2::RIGHT_CENTER, Type::Note, tokens.ink_soft, &view.level.title);
    ui.hline(at.x..=at.x + width, middle + 13.0, 1.0, tokens.ink);
    middle + 13.0
}

/// `First quarter 2026`.
fn calendar_name(desk: &Desk) -> String {
    let at = desk.view.level.opening.plus(desk.view.quarter.0);
    let name = match at.quarter {
        1 => "First",
        2 => "Second",
        3 => "Third",
        _ => "Fourth",
    };
    format!("{name} quarter {}", at.year)
}

/// Score, medal and quarters to go.
pub fn score_line(desk: &Desk) -> String {
    let score = desk.view.score.scaled;
    let next = match MEDALS.into_iter().find(|(_, from)| score < *from) {
        Some((next, from)) => {
            format!("{:.0} under {}", from - libm::floor(score), labels::medal(next))
        }
        None => labels::medal(medal(score)).to_owned(),
    };
    format!(
        "Score {}, {next}. {} to go.",
        numbers::score(score),
        numbers::count(desk.view.quarters_left(), "quarter")
    )
}
