//! Attention that is left: the regulator and the press.

use super::line::{Columns, LOW, Line, line, off};
use crate::host::words::numbers;
use crate::sim::decision::Decision;
use crate::sim::information::rules::PRESS_LIFT;
use crate::sim::regulator::rules::LOBBYING;
use crate::sim::view::GiantFigures;
use crate::ui::screens::Scene;
use crate::ui::widgets::split;
use bevy_egui::egui::{Rect, Ui, pos2};

/// The most attention one thing is given in a quarter.
const MOST: u32 = 3;

/// Attention that is left: the regulator and the press.
pub(super) fn attention(
    ui: &mut Ui,
    scene: &mut Scene,
    giant: Option<&GiantFigures>,
    margin: f32,
    width: f32,
) {
    let (lobbying, press) = scene
        .desk
        .view
        .decided
        .iter()
        .find_map(|decision| match decision {
            Decision::Attend { lobbying, press } => Some((*lobbying, *press)),
            _ => None,
        })
        .unwrap_or_default();
    let left = scene.desk.view.attention_left;
    let mut next = (lobbying, press);
    let rows: &[usize] = if giant.is_some() { &[0, 1] } else { &[1] };
    for place in rows {
        let (given, name) = if *place == 0 { (next.0, "Lobbying") } else { (next.1, "Press") };
        let each = f64::from(given.max(1));
        let start = if given == 0 { "A point: " } else { "" };
        let (effect, effect_note) = match (place, giant) {
            (0, Some(figures)) => (
                format!(
                    "{start}{} points of heat",
                    numbers::points_change(-100.0 * LOBBYING * each)
                ),
                format!("Heat is {:.1} points of 100.", 100.0 * figures.heat),
            ),
            (_, Some(_)) => {
                let lift = numbers::growth(PRESS_LIFT * each).replace(".0%", "%");
                let note = "Rumours hurt less, and are cleared up sooner.";
                (format!("{start}{lift} of market value"), note.to_owned())
            }
            _ => (
                "A little more appeal".to_owned(),
                "Rumours hurt less, and are cleared up sooner.".to_owned(),
            ),
        };
        let it = Line {
            title: name,
            note: if *place == 0 {
                "Attention for the regulator."
            } else {
                "Attention for the papers."
            },
            cost: given.to_string(),
            cost_note: "attention",
            effect,
            effect_note,
            ..Line::default()
        };
        let (rect, columns) = line(ui, margin, width, LOW, &it);
        let value = if *place == 0 { &mut next.0 } else { &mut next.1 };
        let most = left + *value;
        points(ui, scene, (rect, &columns), name, most, value);
    }
    if next != (lobbying, press) {
        let decision = Decision::Attend { lobbying: next.0, press: next.1 };
        let command = if next.0 != lobbying { "lobby" } else { "press" };
        scene.desk.decide(decision, command);
    }
}

/// Points of attention to choose from, in the column of levers.
pub(super) fn points(
    ui: &mut Ui,
    scene: &Scene,
    (rect, columns): (Rect, &Columns),
    name: &str,
    most: u32,
    value: &mut u32,
) {
    let (left, right) = columns.lever;
    let area = Rect::from_min_max(pos2(left, rect.top()), pos2(right, rect.bottom()));
    split(ui, area, name, most.min(MOST), value, off(scene).as_deref());
}
