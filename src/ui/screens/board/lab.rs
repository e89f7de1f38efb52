//! A lab beside the board: its figures, who owns it, what it has promised, who courts it.

use bevy_egui::egui::{Align2, Rect, Stroke, Ui, pos2, vec2};

use super::panel::{cells, head, section};
use crate::host::advice::barred_by;
use crate::host::words::{clauses, facts, numbers};
use crate::ids::{FirmId, LabId};
use crate::sim::information::Story;
use crate::ui::figures::{Figure, OfLab};
use crate::ui::screens::Scene;
use crate::ui::tokens::Type;
use crate::ui::widgets::{Chip, House, chip, draw_mark};

pub(super) fn lab_panel(ui: &mut Ui, scene: &Scene, room: Rect, lab: LabId) -> f32 {
    let desk = &*scene.desk;
    let view = &desk.view;
    let seat = view.lab_seat(lab);
    let known = &view.labs[lab.index()];
    let runway = known.runway_quarters;
    let short = runway.or(9.0) < 4.0;
    let deck = match (short, view.published.frontier.leader == seat) {
        (true, true) => "At the frontier, and short of time.",
        (true, false) => "Short of time.",
        (false, true) => "At the frontier, with money in the bank.",
        (false, false) => "With money in the bank.",
    };
    let kind = if seat == view.seat { "Lab, yours" } else { "Lab, selected" };
    let y = head(ui, scene, room, seat, kind, deck);
    let figures = [
        OfLab::Cash,
        OfLab::Runway,
        OfLab::Revenue,
        OfLab::Burn,
        OfLab::Capability,
        OfLab::Independence,
        OfLab::Worth,
        OfLab::LastPrice,
    ];
    let y = cells(ui, desk, room, y, &figures.map(|what| Figure::Lab(lab, what)));
    let y = section(ui, room, y, "Who owns it");
    let y = ownership(ui, scene, room, y, lab);
    let y = section(ui, room, y + 10.0, "Promises it has given");
    let y = promises(ui, scene, room, y, lab);
    let y = section(ui, room, y + 10.0, "Who is courting it");
    courting(ui, scene, room, y, lab)
}

fn ownership(ui: &mut Ui, scene: &Scene, room: Rect, top: f32, lab: LabId) -> f32 {
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    let view = &desk.view;
    let own = &view.published.labs[lab.index()];
    let bar = Rect::from_min_size(pos2(room.left(), top), vec2(room.width(), 14.0));
    let mut x = bar.left();
    let mut texts = Vec::new();
    let mut piece = |ui: &mut Ui, part: f64, colour| {
        let width = part as f32 * bar.width();
        let rect = Rect::from_min_size(pos2(x, bar.top()), vec2(width, bar.height()));
        ui.painter().rect_filled(rect, 0, colour);
        ui.painter().vline(rect.right(), rect.y_range(), Stroke::new(1.5, tokens.sheet));
        x = rect.right();
    };
    for (place, stake) in own.stakes.iter().enumerate().filter(|(_, stake)| **stake > 0.0005) {
        let firm = FirmId(place as u8);
        piece(ui, *stake, tokens.firm(desk.mark(firm.seat())));
        texts.push(format!("{} {}", desk.words.firm(firm), numbers::share(*stake)));
    }
    let held: f64 = own.stakes.iter().sum();
    let holders = &view.level.labs[lab.index()].other_holders;
    let sum: f64 = holders.iter().map(|(_, part)| part).sum::<f64>().max(1e-9);
    for (name, part) in holders {
        let now = (1.0 - held) * part / sum;
        piece(ui, now, tokens.rule);
        texts.push(format!("{name} {}", numbers::share(now)));
    }
    let text = texts.join(", ");
    let at = pos2(room.left(), bar.bottom() + 5.0);
    ui.ink_in(at, room.width(), Type::Note, tokens.ink_soft, &text).bottom()
}

fn promises(ui: &mut Ui, scene: &Scene, room: Rect, top: f32, lab: LabId) -> f32 {
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    let view = &desk.view;
    let mut y = top;
    let seat = view.lab_seat(lab);
    for deal in view.deals.iter().filter(|deal| deal.lab == lab && deal.in_force(view.quarter)) {
        let rented = view.published.labs[lab.index()].compute_gw[deal.giant.index()];
        for promise in deal.promises(seat, view.quarter, rented) {
            use crate::sim::deal::promise::PromiseState;
            let over = matches!(promise.state, PromiseState::Ended);
            if promise.by != seat || over {
                continue;
            }
            let mark = desk.mark(deal.giant.seat());
            draw_mark(
                ui.painter(),
                mark,
                pos2(room.left() + 7.0, y + 9.0),
                11.0,
                tokens.firm(mark),
            );
            let value = clauses::value(&desk.words, &view.deals, &deal.sheet, promise.what);
            let name = format!("{}: ", clauses::name(promise.what));
            let rest = match promise.until {
                Some(until) => {
                    format!("{} until {}", without_term(&value), desk.words.quarter(until))
                }
                None => value,
            };
            let runs = [
                (Type::NoteStrong, tokens.ink, name.as_str()),
                (Type::Note, tokens.ink_soft, rest.as_str()),
            ];
            let galley = ui.runs(&runs, room.width() - 22.0);
            y = ui.lay(pos2(room.left() + 22.0, y), galley).bottom() + 4.0;
        }
    }
    if y == top {
        let text = "None that bind it now.";
        y = ui
            .ink(pos2(room.left(), y), Align2::LEFT_TOP, Type::Note, tokens.ink_note, text)
            .bottom();
    }
    y
}

/// A clause's value without the quarters it was agreed for: the date says when it ends.
fn without_term(value: &str) -> &str {
    match value.rsplit_once(", ") {
        Some((what, term)) if term.ends_with('q') => what,
        _ => value,
    }
}

fn courting(ui: &mut Ui, scene: &Scene, room: Rect, top: f32, lab: LabId) -> f32 {
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    let view = &desk.view;
    let seat = view.lab_seat(lab);
    let mut y = top + 8.0;
    for firm in (0..view.giants()).map(|place| FirmId(place as u8)) {
        let giant = firm.seat();
        let mark = desk.mark(giant);
        let mine = giant == view.seat;
        let own = view.table_with(if view.seat == seat { giant } else { seat });
        let heard = view.hearsay.iter().rev().find_map(|said| match said.story {
            Story::Bid { giant: by, lab: of, amount, .. }
                if by == firm && of == lab && view.quarter.since(said.heard) <= 1 =>
            {
                Some(amount)
            }
            _ => None,
        });
        let known = view.seat == seat || mine;
        let offer = own
            .filter(|_| known)
            .and_then(|table| if mine { table.mine.offer } else { table.theirs.offer });
        let nothing = if mine { "no offer yet" } else { "none seen" };
        let unseen = offer.is_none() && heard.is_none();
        let (text, second) = match (offer, heard) {
            (Some(sheet), _) => (
                numbers::money(sheet.amount()),
                Some(format!("at {}", numbers::money(sheet.pre_money))),
            ),
            (None, Some((low, high))) => {
                (format!("{} to {}", numbers::money(low), numbers::money(high)), None)
            }
            (None, None) => (nothing.to_owned(), None),
        };
        if unseen && !mine && !view.published.giants[firm.index()].has_cloud {
            continue;
        }
        let (colour, kind) = match mine {
            true => (tokens.pen, Type::RowStrong),
            false => (tokens.ink, Type::Row),
        };
        draw_mark(ui.painter(), mark, pos2(room.left() + 7.0, y), 11.0, tokens.firm(mark));
        let name = match mine {
            true => "You".to_owned(),
            false => desk.words.firm(firm).to_owned(),
        };
        ui.ink(pos2(room.left() + 22.0, y), Align2::LEFT_CENTER, kind, colour, &name);
        let mut right = room.right();
        if offer.is_none() && heard.is_some() {
            right = chip(ui, pos2(right, y), Align2::RIGHT_CENTER, Chip::Rumour, "reported").left()
                - 8.0;
        }
        if let Some(second) = second {
            right =
                ui.ink(pos2(right, y), Align2::RIGHT_CENTER, Type::Note, colour, &second).left()
                    - 10.0;
        }
        let shade = match (unseen, heard.is_some() && offer.is_none()) {
            (true, _) => tokens.ink_note,
            (_, true) => tokens.warn,
            _ => colour,
        };
        ui.ink(pos2(right, y), Align2::RIGHT_CENTER, Type::Note, shade, &text);
        y += 26.0;
    }
    // Under the last line, not at the middle of the next.
    y -= 14.0;
    if let Some(deal) = view.table_with(seat).and_then(|table| barred_by(view, table)) {
        let name = facts::deal_name(&desk.words, &view.deals, deal);
        let text = format!("{name} keeps your money out.");
        y = ui.ink_in(pos2(room.left(), y), room.width(), Type::Note, tokens.bad, &text).bottom();
    }
    y
}
