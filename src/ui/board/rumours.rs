//! What is reported, by the node it is mostly about.

use bevy_egui::egui::{Rect, Ui, pos2, vec2};

use super::Picture;
use super::chart::Chart;
use crate::host::words::{hearsay, numbers};
use crate::ids::SeatId;
use crate::sim::information::{HearsayView, Story};
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Tip, tip};

/// What was heard lately and not said by the player: the latest three, one a seat.
fn fresh<'a>(picture: &'a Picture) -> Vec<(SeatId, &'a HearsayView)> {
    let view = &picture.desk.view;
    let mut told: Vec<(SeatId, &HearsayView)> = Vec::new();
    let fresh = view.hearsay.iter().rev().filter(|said| {
        view.quarter.since(said.heard) <= 1 && said.by != Some(view.seat) && said.to.is_none()
    });
    for said in fresh.take(3) {
        let seat = match said.story {
            Story::Bid { giant, .. } => giant.seat(),
            Story::Trouble { of } => of,
        };
        if !told.iter().any(|(of, _)| *of == seat) {
            told.push((seat, said));
        }
    }
    told
}

/// By whom each stands, and what its tag says.
pub fn list(picture: &Picture, small: bool) -> Vec<(SeatId, String)> {
    let text = |said: &HearsayView| match said.story {
        Story::Bid { amount, .. } => {
            let (low, high) = (numbers::money(amount.0), numbers::money(amount.1));
            match small {
                true => format!("Reported: {low} to {high}"),
                false => format!("Reported: a bid of {low} to {high}"),
            }
        }
        Story::Trouble { .. } => "Reported: trouble".to_owned(),
    };
    fresh(picture).into_iter().map(|(seat, said)| (seat, text(said))).collect()
}

pub fn draw(ui: &mut Ui, picture: &Picture, chart: &Chart) {
    let tokens = ui.tokens();
    let words = &picture.desk.words;
    for ((seat, said), (_, text, tag)) in fresh(picture).into_iter().zip(&chart.tags) {
        ui.painter().rect_filled(*tag, 0, tokens.warn_wash);
        let bar = Rect::from_min_size(tag.min, vec2(3.0, tag.height()));
        ui.painter().rect_filled(bar, 0, tokens.warn_fill);
        let galley = ui.galley(Type::Note, tokens.warn, text, f32::INFINITY);
        ui.lay(pos2(tag.left() + 12.0, tag.center().y - 0.5 * galley.size().y), galley);
        let id = ui.id().with(("reported", seat.0));
        let story = hearsay::story(words, &said.story);
        let response = ui.told(*tag, id, &story);
        tip(ui, &response, || {
            let belief = format!("{:.0}%", 100.0 * said.belief);
            let note = format!("{story}. {}.", hearsay::standing(said));
            Tip::new("To be believed", belief).note(note)
        });
    }
}
