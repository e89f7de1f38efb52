//! What the draft does to the cash, what rivals bid, who would own the lab.

use crate::host::words::{hearsay, numbers};
use crate::ids::{Role, SeatId};
use crate::sim::deal::TermSheet;
use crate::sim::information::Story;
use crate::sim::negotiation::Side;
use crate::ui::screens::Scene;
use crate::ui::tokens::Type;
use crate::ui::widgets::{Chip, House, Tip, chip, draw_mark, hatch, tip};
use bevy_egui::egui::{Align2, Rect, Stroke, Ui, pos2, vec2};

pub(super) fn budget_and_bids(
    ui: &mut Ui,
    scene: &Scene,
    room: Rect,
    top: f32,
    with: SeatId,
    sheet: &TermSheet,
) -> f32 {
    let narrow = room.width() < 400.0;
    let gap = 26.0;
    let width = if narrow { room.width() } else { 0.5 * (room.width() - gap) };
    let left = Rect::from_min_size(pos2(room.left(), top), vec2(width, 80.0));
    let one = cash(ui, scene, left, with, sheet);
    let place = match narrow {
        true => pos2(room.left(), one + 16.0),
        false => pos2(room.left() + width + gap, top),
    };
    let other = bids(ui, scene, Rect::from_min_size(place, vec2(width, 80.0)), with);
    let y = one.max(other) + 10.0;
    stake_line(
        ui,
        scene,
        Rect::from_min_size(pos2(room.left(), y), vec2(room.width(), 60.0)),
        with,
        sheet,
    )
}

/// Cash before and after.
fn cash(ui: &mut Ui, scene: &Scene, rect: Rect, with: SeatId, sheet: &TermSheet) -> f32 {
    let tokens = ui.tokens();
    let view = &scene.desk.view;
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.0, tokens.ink);
    let at = rect.min + vec2(0.0, 8.0);
    ui.ink(at, Align2::LEFT_TOP, Type::NoteStrong, tokens.ink, "Cash after signing");
    let Some(table) = view.table_with(with) else { return rect.bottom() };
    let now = view.cash.bn();
    let paid = sheet.first_tranche().bn();
    let bar = Rect::from_min_size(rect.min + vec2(0.0, 32.0), vec2(rect.width() * 0.92, 10.0));
    let (before, after) = match table.side {
        Side::Giant => (now, now - paid),
        Side::Lab => (now, now + paid),
    };
    let most = before.max(after).max(1e-9);
    let x = |value: f64| bar.left() + (value / most).clamp(0.0, 1.0) as f32 * bar.width();
    let solid = Rect::from_x_y_ranges(bar.left()..=x(before.min(after)), bar.y_range());
    ui.painter().rect_filled(solid, 0, tokens.ink_soft);
    let moved = Rect::from_x_y_ranges(solid.right()..=x(most), bar.y_range());
    hatch(ui.painter(), moved, tokens.pen, 1.4, 4.0);
    let text = numbers::bn(after);
    let y = bar.bottom() + 4.0;
    ui.ink(pos2(bar.right(), y), Align2::RIGHT_TOP, Type::NoteStrong, tokens.ink, &text);
    if let Role::Giant(firm) = view.role {
        let floor = view.level.giants[firm.index()].cash_floor.bn();
        if floor > 0.0 && floor < most {
            ui.vline(x(floor), bar.top() - 4.0..=bar.bottom() + 4.0, 1.6, tokens.bad);
            let label = format!("floor {}", numbers::bn(floor));
            let at = pos2(x(floor).max(rect.left() + 40.0).min(bar.right() - 120.0), y);
            let colour = if after < floor { tokens.bad } else { tokens.ink_note };
            ui.ink(at, Align2::CENTER_TOP, Type::Note, colour, &label);
        }
    }
    y + 18.0
}

/// Rival bids known, claimed or rumoured.
fn bids(ui: &mut Ui, scene: &Scene, rect: Rect, with: SeatId) -> f32 {
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    let view = &desk.view;
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.0, tokens.ink);
    let at = rect.min + vec2(0.0, 8.0);
    ui.ink(at, Align2::LEFT_TOP, Type::NoteStrong, tokens.ink, "Rival bids");
    let mut y = rect.top() + 36.0;
    let mut any = false;
    // A lab knows the bids on its other tables.
    for table in view.tables.iter().filter(|table| table.with != with) {
        let Some(sheet) = table.theirs.offer.filter(|_| table.side == Side::Lab) else { continue };
        any = true;
        let text =
            format!("{} at {}", numbers::money(sheet.amount()), numbers::money(sheet.pre_money));
        let area =
            bid(ui, desk.mark(table.with), desk.words.seat(table.with), &text, None, rect, y);
        y = area.bottom() + 14.0;
    }
    let heard = view.hearsay.iter().rev().filter(|said| {
        said.heard == view.quarter
            && said.by != Some(view.seat)
            && matches!(said.story, Story::Bid { .. })
            && said.story.about(with, view.giants())
    });
    for said in heard.take(3) {
        let Story::Bid { giant, lab, amount, .. } = said.story else { continue };
        any = true;
        let seat = if with == giant.seat() { view.lab_seat(lab) } else { giant.seat() };
        let (low, high) = (numbers::money(amount.0), numbers::money(amount.1));
        let text = if low == high { low } else { format!("{low}–{high}") };
        let word = if said.to.is_some() { "claimed" } else { "rumour" };
        let area = bid(ui, desk.mark(seat), desk.words.seat(seat), &text, Some(word), rect, y);
        let id = ui.id().with(("bid", y as i32));
        let told = ui.told(area, id, &hearsay::story(&desk.words, &said.story));
        tip(ui, &told, || {
            Tip::new("To be believed", format!("{:.0}%", 100.0 * said.belief))
                .note(hearsay::standing(said))
        });
        y = area.bottom() + 14.0;
    }
    if !any {
        let at = pos2(rect.left(), y - 4.0);
        ui.ink(at, Align2::LEFT_CENTER, Type::Note, tokens.ink_note, "None seen or heard of.");
        y += 16.0;
    }
    y
}

/// A bidder and its bid: on one line, or where it is long on two; where they lie.
fn bid(
    ui: &mut Ui,
    mark: crate::ui::tokens::Mark,
    name: &str,
    text: &str,
    word: Option<&str>,
    rect: Rect,
    y: f32,
) -> Rect {
    let tokens = ui.tokens();
    draw_mark(ui.painter(), mark, pos2(rect.left() + 7.0, y), 11.0, tokens.firm(mark));
    let at = pos2(rect.left() + 20.0, y);
    let name = ui.ink(at, Align2::LEFT_CENTER, Type::Row, tokens.ink, name);
    let mut right = rect.right();
    let colour = if word.is_some() { tokens.warn } else { tokens.ink };
    if let Some(word) = word {
        right = chip(ui, pos2(right, y), Align2::RIGHT_CENTER, Chip::Rumour, word).left() - 8.0;
    }
    let text = ui.galley(Type::Note, colour, text, f32::INFINITY);
    let size = text.size();
    let beside = name.right() + 8.0 + size.x <= right;
    let (left, middle) = if beside { (right - size.x, y) } else { (at.x, y + 17.0) };
    ui.lay(pos2(left, middle - 0.5 * size.y), text);
    Rect::from_min_max(pos2(rect.left(), y - 11.0), pos2(rect.right(), middle + 11.0))
}

/// What the sheet buys, and what it leaves of the lab to its other holders.
pub(super) fn stake_line(
    ui: &mut Ui,
    scene: &Scene,
    rect: Rect,
    with: SeatId,
    sheet: &TermSheet,
) -> f32 {
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    let view = &desk.view;
    let Some(table) = view.table_with(with) else { return rect.top() };
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.0, tokens.ink);
    let lab = &view.published.labs[table.lab.index()];
    let part = sheet.stake();
    let title = format!("Who would own {}", desk.words.lab(table.lab));
    let at = rect.min + vec2(0.0, 8.0);
    ui.ink(at, Align2::LEFT_TOP, Type::NoteStrong, tokens.ink, &title);
    let text = format!("the sheet sells {}", numbers::share(part));
    let at = pos2(rect.right(), rect.top() + 8.0);
    ui.ink(at, Align2::RIGHT_TOP, Type::Note, tokens.ink_soft, &text);
    let bar = Rect::from_min_size(rect.min + vec2(0.0, 32.0), vec2(rect.width(), 14.0));
    let mut x = bar.left();
    let mut draw = |ui: &mut Ui, part: f64, colour, pen: bool| {
        let width = part as f32 * bar.width();
        let piece = Rect::from_min_size(pos2(x, bar.top()), vec2(width, 14.0));
        match pen {
            true => hatch(ui.painter(), piece, tokens.pen, 1.6, 4.0),
            false => {
                ui.painter().rect_filled(piece, 0, colour);
            }
        }
        ui.painter().vline(piece.right(), piece.y_range(), Stroke::new(1.5, tokens.sheet));
        x = piece.right();
    };
    // What the same seat holds already and what the sheet adds are one figure.
    let mut legend = Vec::new();
    for (place, stake) in lab.stakes.iter().enumerate() {
        let left = stake * (1.0 - part);
        let giant = crate::ids::FirmId(place as u8);
        if *stake > 0.0005 {
            draw(ui, left, tokens.firm(desk.mark(giant.seat())), false);
            if giant != table.giant {
                legend.push(format!("{} {}", desk.words.firm(giant), numbers::share(left)));
            }
        }
    }
    draw(ui, part, tokens.pen, true);
    let held: f64 = lab.stakes.iter().sum();
    draw(ui, (1.0 - held) * (1.0 - part), tokens.rule, false);
    let who = desk.words.firm(table.giant);
    let had = lab.stakes[table.giant.index()];
    let whole = had * (1.0 - part) + part;
    legend.push(match had > 0.0005 {
        true => format!("{who} {}, {} before", numbers::share(whole), numbers::share(had)),
        false => format!("{who} {}", numbers::share(whole)),
    });
    legend.push(format!("others {}", numbers::share((1.0 - held) * (1.0 - part))));
    let text = format!("{}. Holdings as the last quarter closed.", legend.join("; "));
    let at = pos2(rect.left(), bar.bottom() + 5.0);
    ui.ink_in(at, rect.width(), Type::Note, tokens.ink_soft, &text).bottom()
}
