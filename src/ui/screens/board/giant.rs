//! A giant beside the board: its figures and its deals.

use bevy_egui::egui::{Rect, Ui, pos2};

use super::panel::{cells, head, section};
use crate::host::words::{clauses, labels, numbers};
use crate::ids::FirmId;
use crate::ui::figures::{Figure, OfGiant};
use crate::ui::screens::Scene;
use crate::ui::tokens::Type;
use crate::ui::widgets::House;

pub(super) fn giant_panel(ui: &mut Ui, scene: &Scene, room: Rect, firm: FirmId) -> f32 {
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    let view = &desk.view;
    let own = &view.published.giants[firm.index()];
    let character = labels::character(&view.level.giants[firm.index()].disposition);
    let mine = firm.seat() == view.seat;
    let kind = if mine { "Giant, yours" } else { "Giant, selected" };
    let deck = format!("At the table: {character} (assumed).");
    let y = head(ui, scene, room, firm.seat(), kind, &deck);
    let mut list = vec![OfGiant::Cash, OfGiant::Debt, OfGiant::Value, OfGiant::Income];
    if own.has_cloud {
        list.extend([
            OfGiant::WinRate,
            OfGiant::AiWinRate,
            OfGiant::Share,
            OfGiant::Capacity,
            OfGiant::InUse,
            OfGiant::Access,
        ]);
    }
    if own.sells_chips {
        list.push(OfGiant::ChipSales);
    }
    list.extend([OfGiant::Heat, OfGiant::Stakes]);
    let list: Vec<Figure> = list.into_iter().map(|what| Figure::Giant(firm, what)).collect();
    let y = cells(ui, desk, room, y, &list);
    let mut y = section(ui, room, y, "Its deals");
    let deals = view.deals.iter().filter(|deal| deal.giant == firm && deal.in_force(view.quarter));
    for deal in deals {
        let terms = match deal.signed.0 {
            0 => format!("{} invested before the game", numbers::money(deal.sheet.amount())),
            _ => clauses::sheet(&desk.words, &view.deals, &deal.sheet),
        };
        let name = format!("{}: ", desk.words.lab(deal.lab));
        let runs = [
            (Type::NoteStrong, tokens.ink, name.as_str()),
            (Type::Note, tokens.ink_soft, terms.as_str()),
        ];
        let galley = ui.runs(&runs, room.width());
        y = ui.lay(pos2(room.left(), y), galley).bottom() + 5.0;
    }
    y
}
