//! Attention that is left: the regulator and the press.

use super::line::{Line, line, off};
use crate::host::words::numbers;
use crate::sim::decision::Decision;
use crate::sim::information::rules::PRESS_LIFT;
use crate::sim::view::GiantFigures;
use crate::ui::screens::Scene;
use crate::ui::widgets::split;
use bevy_egui::egui::{Rect, Ui, pos2};

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
        let effect = match (place, giant) {
            (0, Some(figures)) => (
                format!("{} points of heat", numbers::points_change(-3.0 * f64::from(given))),
                format!("Heat is {}.", numbers::share(figures.heat)),
            ),
            (_, Some(_)) => (
                format!(
                    "{} of market value",
                    numbers::growth(PRESS_LIFT * f64::from(given)).replace(".0%", "%")
                ),
                "Rumours hurt less, and are cleared up sooner.".to_owned(),
            ),
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
            effect: effect.0,
            effect_note: effect.1,
        };
        let (rect, columns) = line(ui, margin, width, 64.0, &it);
        let area = Rect::from_min_max(
            pos2(columns.lever.0, rect.top()),
            pos2(columns.lever.1, rect.bottom()),
        );
        if off(scene).is_none() {
            let value = if *place == 0 { &mut next.0 } else { &mut next.1 };
            let most = (left + *value).min(3);
            split(ui, area, name, most, value);
        }
    }
    if next != (lobbying, press) {
        let decision = Decision::Attend { lobbying: next.0, press: next.1 };
        let command = if next.0 != lobbying { "lobby" } else { "press" };
        scene.desk.decide(decision, command);
    }
}
