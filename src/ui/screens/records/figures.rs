//! Rivals and labs: a row a seat, a column a figure, each with its note.

use bevy_egui::egui::{Align2, Sense, Ui, pos2, vec2};

use crate::host::words::{labels, listed, numbers, possessive};
use crate::ids::{FirmId, LabId, SeatId};
use crate::ui::figures::{Figure, OfGiant, OfLab};
use crate::ui::screens::Scene;
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, draw_mark};

const NAME: f32 = 130.0;
const ROW: f32 = 44.0;

pub(super) fn rivals(ui: &mut Ui, scene: &Scene, width: f32) {
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    let giants: Vec<FirmId> = (0..desk.view.giants()).map(|place| FirmId(place as u8)).collect();
    let seats: Vec<SeatId> = giants.iter().map(|firm| firm.seat()).collect();
    let tables: [(&str, &[OfGiant]); 2] = [
        (
            "Money",
            &[
                OfGiant::Value,
                OfGiant::Income,
                OfGiant::Cash,
                OfGiant::Debt,
                OfGiant::Capex,
                OfGiant::Stakes,
                OfGiant::Heat,
            ],
        ),
        (
            "The race",
            &[
                OfGiant::WinRate,
                OfGiant::AiWinRate,
                OfGiant::Share,
                OfGiant::Capacity,
                OfGiant::InUse,
                OfGiant::Access,
                OfGiant::Models,
            ],
        ),
    ];
    for (title, figures) in tables {
        let rows: Vec<Vec<Figure>> = giants
            .iter()
            .map(|firm| figures.iter().map(|what| Figure::Giant(*firm, *what)).collect())
            .collect();
        table(ui, scene, width, title, &seats, &rows);
    }
    ui.add_space(4.0);
    for (firm, giant) in giants.iter().zip(&desk.view.published.giants) {
        let disposition = &desk.view.level.giants[firm.index()].disposition;
        let mut text = format!(
            "{}: {} at the table (assumed).",
            desk.words.firm(*firm),
            labels::character(disposition)
        );
        let favoured: Vec<&str> = giant.favoured.iter().map(|seat| desk.words.seat(seat)).collect();
        if !favoured.is_empty() {
            text += &format!(" Its chips go first to {}.", listed(&favoured));
        }
        if giant.circular_bn >= 0.05 || giant.fragile_bn >= 0.05 {
            text += &format!(
                " Circular revenue {} in the quarter, {} of it all: if that is doubted its value falls by about {}.",
                numbers::bn(giant.circular_bn),
                numbers::share(giant.circular_part),
                numbers::bn(giant.fragile_bn)
            );
        }
        let galley = ui.galley(Type::Interface, tokens.ink_soft, &text, width.min(500.0));
        let (rect, _) = ui.allocate_exact_size(galley.size(), Sense::hover());
        ui.lay(rect.min, galley);
    }
}

pub(super) fn labs(ui: &mut Ui, scene: &Scene, width: f32) {
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    let labs: Vec<LabId> = (0..desk.view.labs.len()).map(|place| LabId(place as u8)).collect();
    let seats: Vec<SeatId> = labs.iter().map(|lab| desk.view.lab_seat(*lab)).collect();
    let tables: [(&str, &[OfLab]); 2] = [
        (
            "Money",
            &[
                OfLab::Revenue,
                OfLab::Burn,
                OfLab::Cash,
                OfLab::Runway,
                OfLab::Worth,
                OfLab::LastPrice,
            ],
        ),
        (
            "What it can do, and how freely",
            &[OfLab::Capability, OfLab::Compute, OfLab::Independence, OfLab::Morale],
        ),
    ];
    for (title, figures) in tables {
        let rows: Vec<Vec<Figure>> = labs
            .iter()
            .map(|lab| figures.iter().map(|what| Figure::Lab(*lab, *what)).collect())
            .collect();
        table(ui, scene, width, title, &seats, &rows);
    }
    ui.add_space(4.0);
    for lab in &labs {
        let own = &desk.view.level.labs[lab.index()];
        let access = desk.view.published.labs[lab.index()].access;
        let mut text = format!(
            "{} models: {}.",
            possessive(desk.words.lab(*lab)),
            labels::access_policy(access)
        );
        if !own.mission.is_empty() {
            text += &format!(" Its charter: {}", own.mission);
        }
        let galley = ui.galley(Type::Interface, tokens.ink_soft, &text, width.min(500.0));
        let (rect, _) = ui.allocate_exact_size(galley.size(), Sense::hover());
        ui.lay(rect.min, galley);
    }
}

fn table(
    ui: &mut Ui,
    scene: &Scene,
    width: f32,
    title: &str,
    seats: &[SeatId],
    rows: &[Vec<Figure>],
) {
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    let Some(first) = rows.first() else { return };
    let count = first.len() as f32;
    let column = ((width - NAME) / count).min(136.0);
    ui.add_space(8.0);
    let height = 44.0 + ROW * rows.len() as f32;
    let (area, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let right = area.left() + NAME + column * count;
    ui.hline(area.left()..=right, area.top(), 1.5, tokens.ink);
    let at = area.min + vec2(0.0, 6.0);
    ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, title);
    let x = |place: usize| area.left() + NAME + column * (place as f32 + 1.0);
    for (place, figure) in first.iter().enumerate() {
        let galley = ui.galley(Type::Note, tokens.ink_soft, figure.label(), column - 12.0);
        let at = pos2(x(place) - galley.size().x, area.top() + 40.0 - galley.size().y);
        ui.lay(at, galley);
    }
    ui.hline(area.left()..=right, area.top() + 43.0, 1.2, tokens.ink);
    for (number, (seat, figures)) in seats.iter().zip(rows).enumerate() {
        let top = area.top() + 44.0 + ROW * number as f32;
        let middle = top + 0.5 * ROW;
        let mark = desk.mark(*seat);
        let at = pos2(area.left() + 8.0, middle);
        draw_mark(ui.painter(), mark, at, 12.0, tokens.firm(mark));
        let kind = if *seat == desk.view.seat { Type::RowStrong } else { Type::Row };
        let at = pos2(area.left() + 22.0, middle);
        ui.ink(at, Align2::LEFT_CENTER, kind, tokens.ink, desk.words.seat(*seat));
        for (place, figure) in figures.iter().enumerate() {
            let change = figure
                .change(desk)
                .filter(|text| text.contains(['1', '2', '3', '4', '5', '6', '7', '8', '9']));
            let lift = if change.is_some() { 8.0 } else { 0.0 };
            let colour = if figure.is_bad(desk) { tokens.bad } else { tokens.ink };
            let at = pos2(x(place), middle - lift);
            let written = figure.written(desk);
            let mut rect = ui.ink(at, Align2::RIGHT_CENTER, kind, colour, &written);
            if let Some(change) = change {
                let at = pos2(x(place), middle + 9.0);
                let under = ui.ink(at, Align2::RIGHT_CENTER, Type::Note, tokens.ink_note, &change);
                rect = rect.union(under);
            }
            let id = ui.id().with((title, seat.0, place));
            figure.tell(ui, desk, rect, id);
        }
        ui.hline(area.left()..=right, top + ROW, 1.0, tokens.rule_soft);
    }
}
