//! The right of the table: what the draft is worth to us and to them, row by row, what it does to the
//! cash, what rivals bid; and the ways to a yes under the rows.

use bevy_egui::egui::{
    Align2, Rect, ScrollArea, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2, vec2,
};

use super::Scene;
use super::table::{change, draft};
use crate::host::advice::Advisor;
use crate::host::words::{clauses, hearsay, labels, numbers};
use crate::ids::{Role, SeatId};
use crate::sim::deal::TermSheet;
use crate::sim::decision::{Choice, Decision};
use crate::sim::information::Story;
use crate::sim::negotiation::Side;
use crate::sim::setting::Step;
use crate::ui::tokens::Type;
use crate::ui::widgets::{
    Chip, House, Tip, appraisal_row, chip, draw_mark, hatch, text_button, tip, total_row,
};

pub fn show(ui: &mut Ui, scene: &mut Scene, rect: Rect, with: SeatId) {
    let sheet = draft(scene, with);
    let grid = ui.grid();
    let pad = if grid.small { 14.0 } else { 24.0 };
    ui.within(rect, "worth", |ui| {
        ScrollArea::vertical().id_salt("worth").auto_shrink(false).show(ui, |ui| {
            let at = ui.next_widget_position();
            let room = Rect::from_min_size(
                at + vec2(pad, 10.0),
                vec2(rect.width() - pad - pad.min(32.0), rect.height()),
            );
            let bottom = match grid.small || rect.width() < 400.0 {
                true => tabs(ui, scene, room, with, &sheet),
                false => columns(ui, scene, room, with, &sheet),
            };
            let bottom = budget_and_bids(ui, scene, room, bottom + 18.0, with, &sheet);
            ui.allocate_space(vec2(rect.width(), bottom - at.y + 10.0));
        });
    });
}

fn heading_of(scene: &Scene, with: SeatId, mine: bool) -> (SeatId, String) {
    match mine {
        true => (scene.desk.view.seat, "Worth to us, $bn".to_owned()),
        false => (with, "To them, as far as seen".to_owned()),
    }
}

fn columns(ui: &mut Ui, scene: &Scene, room: Rect, with: SeatId, sheet: &TermSheet) -> f32 {
    let gap = 26.0;
    let width = 0.5 * (room.width() - gap);
    let tokens = ui.tokens();
    let mut bottom = room.top();
    for mine in [true, false] {
        let left = if mine { room.left() } else { room.left() + width + gap };
        let (seat, title) = heading_of(scene, with, mine);
        let mark = scene.desk.mark(seat);
        let y = room.top() + 13.0;
        draw_mark(ui.painter(), mark, pos2(left + 7.0, y), 13.0, tokens.firm(mark));
        let at = pos2(left + 20.0, y);
        ui.ink(at, Align2::LEFT_CENTER, Type::Panel, tokens.ink, &title);
        let top = y + 17.0;
        ui.hline(left..=left + width, top, 1.0, tokens.ink);
        let column = Rect::from_min_size(pos2(left, top + 3.0), vec2(width, 300.0));
        bottom = bottom.max(appraisal(ui, scene, column, with, sheet, mine));
    }
    bottom
}

/// Where there is room for one appraisal alone, tabs carry the totals.
fn tabs(ui: &mut Ui, scene: &mut Scene, room: Rect, with: SeatId, sheet: &TermSheet) -> f32 {
    let tokens = ui.tokens();
    let Some(advisor) = Advisor::new(&scene.desk.view, with) else { return room.top() };
    let value = |side: Side| advisor.brief.appraise(side, sheet).value();
    let me = advisor.side();
    let names = [
        format!("To us {}", numbers::fine_column(value(me))),
        format!("To them {}", numbers::fine_column(value(me.other()))),
    ];
    let mut x = room.left();
    for (place, name) in names.iter().enumerate() {
        let on = scene.state.appraisal == place;
        let kind = if on { Type::NoteStrong } else { Type::Note };
        let galley = ui.galley(kind, tokens.ink, name, f32::INFINITY);
        let tab = Rect::from_min_size(pos2(x, room.top()), galley.size() + vec2(0.0, 8.0));
        let id = ui.id().with(("appraisal tab", place));
        let response = ui.pressable(tab, id, name);
        ui.paint(tab.min, galley);
        if on {
            let line = Rect::from_x_y_ranges(tab.x_range(), tab.bottom() - 3.0..=tab.bottom());
            ui.painter().rect_filled(line, 0, tokens.ink);
        }
        ui.focus_ring(&response, tab, 2);
        if response.clicked() {
            scene.state.appraisal = place;
        }
        x = tab.right() + 18.0;
    }
    let top = room.top() + 26.0;
    ui.hline(room.left()..=room.right(), top, 1.0, tokens.ink);
    let column = Rect::from_min_size(pos2(room.left(), top + 3.0), vec2(room.width(), 300.0));
    appraisal(ui, scene, column, with, sheet, scene.state.appraisal == 0)
}

fn appraisal(
    ui: &mut Ui,
    scene: &Scene,
    rect: Rect,
    with: SeatId,
    sheet: &TermSheet,
    mine: bool,
) -> f32 {
    let tokens = ui.tokens();
    let Some(advisor) = Advisor::new(&scene.desk.view, with) else { return rect.top() };
    let me = advisor.side();
    let side = if mine { me } else { me.other() };
    let (one, other) =
        (advisor.brief.appraise(me, sheet), advisor.brief.appraise(me.other(), sheet));
    // Both columns share a scale.
    let all = one.rows.iter().chain(&other.rows).map(|(_, value)| value.abs());
    let scale = all.fold(0.1, f64::max);
    let appraisal = if mine { &one } else { &other };
    let mut y = rect.top();
    for (row, value) in appraisal.rows.iter().filter(|(_, value)| value.abs() >= 0.005) {
        let line = Rect::from_min_size(pos2(rect.left(), y), vec2(rect.width(), 25.0));
        let label = short_row(*row);
        y = appraisal_row(ui, line, label, *value, &numbers::fine_column(*value), scale);
        let id = ui.id().with(("row", mine, label));
        let told = ui.told(line, id, labels::row(*row));
        let figure = numbers::bn_change(*value);
        tip(ui, &told, || Tip::new(labels::row(*row), figure.clone()).note(meaning(*row)));
    }
    let value = appraisal.value();
    let bar = advisor.bar(side, sheet);
    let label = match (mine, value >= 0.0) {
        (true, true) => "We gain",
        (true, false) => "We lose",
        (false, true) => "They gain",
        (false, false) => "They lose",
    };
    let total = Rect::from_min_size(pos2(rect.left(), y + 2.0), vec2(rect.width(), 30.0));
    y = total_row(ui, total, label, &numbers::fine_column(value), value, "");
    let margin = value - bar;
    let text = match (mine, margin >= 0.0) {
        (true, true) => format!("We sign from {} this round.", numbers::fine_column(bar)),
        (true, false) => {
            format!("We sign from {}: {} short.", numbers::fine_column(bar), numbers::bn(-margin))
        }
        (false, true) => {
            format!("They sign from {}: on the estimate, yes.", numbers::fine_column(bar))
        }
        (false, false) => {
            format!("They sign from {}: {} short.", numbers::fine_column(bar), numbers::bn(-margin))
        }
    };
    let at = pos2(rect.left(), y + 6.0);
    ui.ink_in(at, rect.width(), Type::Note, tokens.ink_note, &text).bottom()
}

/// A row's name where there is little room.
fn short_row(row: crate::sim::deal::appraise::Row) -> &'static str {
    use crate::sim::deal::appraise::Row;
    match row {
        Row::Stake => "Stake, if it pays off",
        Row::CommittedCompute => "Margin on compute",
        Row::CloudDemand => "Cloud demand won",
        Row::Denial => "Denied to a rival",
        Row::Influence => "A voice",
        Row::RevenueShare => "Revenue share",
        Row::Licence => "Lift to own models",
        Row::Cash => "Cash paid",
        Row::AlternativeUse => "Cash, other uses",
        Row::Regulation => "Regulators",
        Row::Runway => "Runway bought",
        Row::NewCompute => "Compute, reach",
        Row::Reach => "Reach",
        Row::Dilution => "Dilution",
        Row::Control => "Control",
        Row::LockIn => "Lock-in",
        Row::RevenueGiven => "Revenue given",
        Row::LicenceGiven => "A rival made",
        Row::Distrust => "Distrust",
        Row::BestAlternative => "Best other bid",
    }
}

fn meaning(row: crate::sim::deal::appraise::Row) -> &'static str {
    use crate::sim::deal::appraise::Row;
    match row {
        Row::Denial | Row::Influence | Row::Licence | Row::LicenceGiven => {
            "Assumed: deals signed so far give no evidence for its size."
        }
        Row::Stake => "The shares over the lab's possible futures, five years on, as of today.",
        Row::BestAlternative => "What the lab would have instead: waiting, or a live rival bid.",
        Row::CloudDemand => "New demand that better models bring, over the quarters of access.",
        _ => "A row of the appraisal; all rows sum to the value decided on.",
    }
}

fn budget_and_bids(
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
    let y = one.max(other) + 16.0;
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
        bid(ui, desk.mark(table.with), desk.words.seat(table.with), &text, None, rect, y);
        y += 25.0;
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
        y += 25.0;
    }
    if !any {
        let at = pos2(rect.left(), y - 4.0);
        ui.ink(at, Align2::LEFT_CENTER, Type::Note, tokens.ink_note, "None seen or heard of.");
        y += 16.0;
    }
    y
}

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
    ui.ink(at, Align2::LEFT_CENTER, Type::Row, tokens.ink, name);
    let mut right = rect.right();
    let colour = if word.is_some() { tokens.warn } else { tokens.ink };
    if let Some(word) = word {
        right = chip(ui, pos2(right, y), Align2::RIGHT_CENTER, Chip::Rumour, word).left() - 8.0;
    }
    ui.ink(pos2(right, y), Align2::RIGHT_CENTER, Type::Note, colour, text);
    Rect::from_min_max(pos2(rect.left(), y - 11.0), pos2(rect.right(), y + 11.0))
}

/// What the sheet buys, and what it leaves of the lab to its other holders.
fn stake_line(ui: &mut Ui, scene: &Scene, rect: Rect, with: SeatId, sheet: &TermSheet) -> f32 {
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
    let mut legend = Vec::new();
    for (place, stake) in lab.stakes.iter().enumerate() {
        let left = stake * (1.0 - part);
        let giant = crate::ids::FirmId(place as u8);
        if *stake > 0.0005 {
            draw(ui, left, tokens.firm(desk.mark(giant.seat())), false);
            legend.push(format!("{} {}", desk.words.firm(giant), numbers::share(left)));
        }
    }
    draw(ui, part, tokens.pen, true);
    let held: f64 = lab.stakes.iter().sum();
    draw(ui, (1.0 - held) * (1.0 - part), tokens.rule, false);
    let who = desk.words.firm(table.giant);
    legend.push(format!("{who} by this sheet {}", numbers::share(part)));
    legend.push(format!("others {}", numbers::share((1.0 - held) * (1.0 - part))));
    let text = legend.join(", ");
    let at = pos2(rect.left(), bar.bottom() + 5.0);
    ui.ink_in(at, rect.width(), Type::Note, tokens.ink_soft, &text).bottom()
}

/// The ways to a yes they have shown, smallest change first.
pub fn routes(ui: &mut Ui, scene: &mut Scene, rect: Rect, with: SeatId) {
    let tokens = ui.tokens();
    let Some(table) = scene.desk.view.table_with(with).copied() else { return };
    let shown: Vec<(u8, TermSheet)> = table
        .theirs
        .routes
        .iter()
        .enumerate()
        .filter_map(|(place, sheet)| Some((place as u8, (*sheet)?)))
        .collect();
    let at = pos2(rect.left(), rect.top() + 18.0);
    let title = if shown.is_empty() { "Ways to a yes" } else { "They would sign any of these" };
    let title = ui.ink(at, Align2::LEFT_CENTER, Type::Panel, tokens.ink, title);
    if shown.is_empty() {
        let note = "ask what they want, and up to three come here";
        let at = pos2(title.right() + 12.0, title.center().y + 1.0);
        ui.ink(at, Align2::LEFT_CENTER, Type::Note, tokens.ink_note, note);
        return;
    }
    let gap = 12.0;
    let width = (rect.width() - gap * (shown.len() as f32 - 1.0)) / shown.len() as f32;
    let mine = draft(scene, with);
    for (place, (number, sheet)) in shown.iter().enumerate() {
        let card = Rect::from_min_size(
            pos2(rect.left() + place as f32 * (width + gap), rect.top() + 38.0),
            vec2(width, 84.0),
        );
        route(ui, scene, card, with, (*number, sheet), &mine);
    }
}

fn route(
    ui: &mut Ui,
    scene: &mut Scene,
    card: Rect,
    with: SeatId,
    (number, sheet): (u8, &TermSheet),
    mine: &TermSheet,
) {
    let tokens = ui.tokens();
    ui.painter().rect(card, 4, tokens.sheet, Stroke::new(1.0, tokens.rule), StrokeKind::Inside);
    let desk = &*scene.desk;
    let Some(advisor) = Advisor::new(&desk.view, with) else { return };
    let me = advisor.side();
    let names = ["Way one", "Way two", "Way three"];
    let name = names[usize::from(number).min(2)];
    let at = card.min + vec2(13.0, 10.0);
    ui.ink(at, Align2::LEFT_TOP, Type::InterfaceStrong, tokens.ink, name);
    let differs: Vec<String> = crate::sim::deal::Clause::ALL
        .into_iter()
        .filter(|clause| !clauses::agree(mine, sheet, *clause))
        .map(|clause| {
            let value = clauses::value(&desk.words, &desk.view.deals, sheet, clause);
            format!("{} {value}", clauses::name(clause).to_lowercase())
        })
        .take(3)
        .collect();
    let text = match differs.is_empty() {
        true => "as drafted".to_owned(),
        false => differs.join(", "),
    };
    let galley = ui.clamped(Type::Note, tokens.ink_soft, &text, card.width() - 26.0, 2);
    ui.lay(card.min + vec2(13.0, 27.0), galley);
    let own = advisor.brief.appraise(me, sheet).value();
    let margin = advisor.margin(me, sheet);
    let own_text = numbers::fine_column(own);
    let colour = if margin >= 0.0 { tokens.good } else { tokens.bad };
    let runs =
        [(Type::Note, tokens.ink_soft, "us "), (Type::NoteStrong, colour, own_text.as_str())];
    let galley = ui.runs(&runs, f32::INFINITY);
    ui.lay(pos2(card.left() + 13.0, card.bottom() - 22.0), galley);
    let answering = matches!(desk.view.step, Step::Answers(_));
    let word = if answering { "Sign it" } else { "Try it" };
    let label = format!("{word}: {}", name.to_lowercase());
    let decision = Decision::Accept { from: with, choice: Choice::Route(number) };
    let off = if answering { desk.refused(&decision) } else { None };
    let at = pos2(card.right() - 13.0, card.bottom() - 14.0);
    let response = text_button(ui, at, Align2::RIGHT_CENTER, Type::InterfaceStrong, word);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, off.is_none(), label.as_str()));
    if !response.clicked() {
        if let Some(why) = off {
            response.on_hover_text(why);
        }
        return;
    }
    if answering {
        if scene.desk.decide(decision, "accept") {
            scene.desk.end_step();
        }
    } else {
        change(scene, with, *sheet);
    }
}
