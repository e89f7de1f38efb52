//! The table: where they stand, then distance row by row, then worth, then consequence.

use bevy_egui::egui::{
    Align2, Id, Key, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2,
    vec2,
};

use super::Scene;
use super::frame::Bar;
use super::{table_edit, table_worth};
use crate::host::advice::{Advisor, barred_by};
use crate::host::dealings::{FIRST_ROWS, History, state, state_of_one};
use crate::host::words::{clauses, facts, numbers};
use crate::ids::{Role, SeatId};
use crate::sim::deal::{Clause, TermSheet};
use crate::sim::decision::{Choice, Decision};
use crate::sim::negotiation::Side;
use crate::sim::setting::Step;
use crate::sim::view::TableView;
use crate::ui::desk::Desk;
use crate::ui::keys::Command;
use crate::ui::state::{Draft, Overlay, Screen};
use crate::ui::tokens::Type;
use crate::ui::widgets::{
    Chip, Gap, House, Press, Tip, chip, draw_mark, gap, kicker_text, text_button, tip,
};

pub fn show(ui: &mut Ui, scene: &mut Scene, window: Rect) {
    choose_table(scene);
    let Some(with) = scene.state.table else {
        nobody(ui, scene, window);
        return;
    };
    ensure_draft(scene, with);
    let (mut bar, room) = Bar::new(ui, window);
    actions(ui, scene, &mut bar, with);
    let grid = ui.grid();
    let head = if grid.small { 76.0 } else { 108.0 };
    let panel = grid.panel(496.0);
    let width = if grid.tiny { room.width() } else { room.width() - panel };
    let top = Rect::from_min_size(room.min, vec2(width, head));
    let gauges =
        Rect::from_min_max(pos2(top.right(), room.top()), pos2(room.right(), top.bottom()));
    let tokens = ui.tokens();
    let side = Rect::from_min_max(pos2(room.right() - panel, top.bottom()), room.max);
    ui.painter().rect_filled(side, 0, tokens.sheet);
    position(ui, scene, top, with);
    if !grid.tiny {
        meters(ui, scene.desk, gauges, with);
    }
    ui.hline(room.left()..=room.right(), top.bottom(), 1.0, tokens.rule);
    let from = if grid.tiny { side.top() } else { room.top() };
    ui.vline(side.left(), from..=room.bottom(), 1.0, tokens.rule);
    let main =
        Rect::from_min_max(pos2(room.left(), top.bottom()), pos2(side.left(), room.bottom()));
    sheet(ui, scene, main, with);
    table_worth::show(ui, scene, side, with);
}

/// Sits down where somebody waits, else where talks are open, else where one could talk.
fn choose_table(scene: &mut Scene) {
    let view = &scene.desk.view;
    let known = scene.state.table.filter(|with| view.table_with(*with).is_some());
    let waits = |table: &&TableView| table.theirs.offer.is_some() || table.theirs.waits_for_answer;
    scene.state.table = known
        .or_else(|| view.tables.iter().find(waits).map(|table| table.with))
        .or_else(|| view.tables.iter().find(|table| table.open).map(|table| table.with))
        .or_else(|| view.tables.first().map(|table| table.with));
}

/// The draft of a table: mine on the table, else what is decided, else theirs, else the usual terms.
pub fn ensure_draft(scene: &mut Scene, with: SeatId) {
    let quarter = scene.desk.view.quarter;
    let fresh = scene.state.drafts.get(&with).is_some_and(|(of, _)| *of == quarter);
    if fresh {
        return;
    }
    let view = &scene.desk.view;
    let Some(advisor) = Advisor::new(view, with) else { return };
    let decided = view.decided.iter().find_map(|decision| match decision {
        Decision::Offer { to, sheet } if *to == with => Some(*sheet),
        _ => None,
    });
    let usual = || advisor.brief.reference.sheet;
    let sheet = decided
        .or(advisor.my_sheet())
        .or(advisor.their_sheet())
        .or_else(|| advisor.suggest().map(|found| found.sheet))
        .unwrap_or_else(usual);
    let draft = Draft { sheet, ..Draft::default() };
    scene.state.drafts.insert(with, (quarter, draft));
}

pub fn draft(scene: &Scene, with: SeatId) -> TermSheet {
    scene.state.drafts.get(&with).map_or_else(TermSheet::default, |(_, draft)| draft.sheet)
}

pub fn change(scene: &mut Scene, with: SeatId, sheet: TermSheet) {
    if let Some((_, draft)) = scene.state.drafts.get_mut(&with) {
        draft.change(sheet);
    }
}

fn nobody(ui: &mut Ui, scene: &mut Scene, window: Rect) {
    let (mut bar, room) = Bar::new(ui, window);
    if bar.left(ui, Press::quiet("Back to the board").key("Escape")).clicked() {
        scene.go(Screen::Board);
    }
    let tokens = ui.tokens();
    let text = "There is nobody in this game whom you could sit down with.";
    ui.ink(room.center(), Align2::CENTER_CENTER, Type::Deck, tokens.ink_soft, text);
}

/// The other side's position, as our analyst reads it.
fn position(ui: &mut Ui, scene: &mut Scene, rect: Rect, with: SeatId) {
    let tokens = ui.tokens();
    let grid = ui.grid();
    let desk = &*scene.desk;
    let Some(table) = desk.view.table_with(with) else { return };
    let mark = desk.mark(with);
    let radius = if grid.small { 20.0 } else { 31.0 };
    let centre = pos2(rect.left() + grid.margin + radius, rect.center().y);
    ui.painter().circle(centre, radius, tokens.sheet, Stroke::new(1.2, tokens.rule));
    draw_mark(ui.painter(), mark, centre, 1.25 * radius, tokens.firm(mark));
    let x = centre.x + radius + 18.0;
    let others = desk.view.tables.len().saturating_sub(1) as f32;
    let width = rect.right() - x - 20.0 - 30.0 * others;
    let (kicker, text) = said(desk, table);
    let mut y = rect.top() + if grid.small { 8.0 } else { 14.0 };
    y = ui
        .ink(pos2(x, y), Align2::LEFT_TOP, Type::Kicker, tokens.ink_soft, &kicker_text(&kicker))
        .bottom();
    let kind = if grid.small { Type::Rumour } else { Type::Quote };
    let galley = ui.galley(kind, tokens.ink, &text, width);
    let galley = match galley.size().y > rect.bottom() - y {
        true => ui.galley(Type::Rumour, tokens.ink, &text, width),
        false => galley,
    };
    let old = ui.clip_rect();
    ui.set_clip_rect(old.intersect(rect));
    ui.lay(pos2(x, y + 1.0), galley);
    ui.set_clip_rect(old);
    other_tables(ui, scene, rect, with);
}

/// Marks of the other tables, to change over.
fn other_tables(ui: &mut Ui, scene: &mut Scene, rect: Rect, with: SeatId) {
    let tokens = ui.tokens();
    let others: Vec<(SeatId, bool)> = scene
        .desk
        .view
        .tables
        .iter()
        .filter(|table| table.with != with)
        .map(|table| (table.with, table.open))
        .collect();
    let mut x = rect.right() - 22.0;
    for (seat, open) in others.into_iter().rev() {
        let mark = scene.desk.mark(seat);
        let cell = Rect::from_center_size(pos2(x, rect.top() + 18.0), vec2(24.0, 24.0));
        let name = format!("The table with {}", scene.desk.words.seat(seat));
        let id = ui.id().with(("other table", seat.0));
        let response = ui.pressable(cell, id, &name);
        let line = if open { tokens.pen } else { tokens.rule };
        ui.painter().circle(cell.center(), 12.0, tokens.sheet, Stroke::new(1.2, line));
        draw_mark(ui.painter(), mark, cell.center(), 13.0, tokens.firm(mark));
        ui.focus_ring(&response, cell, 12);
        if response.on_hover_text(name).clicked() {
            scene.state.table = Some(seat);
            scene.state.clause = None;
        }
        x -= 30.0;
    }
}

/// Over the position, and the position itself: only the anonymous analyst speaks.
fn said(desk: &Desk, table: &TableView) -> (String, String) {
    let who = desk.words.seat(table.with);
    let view = &desk.view;
    let history = History::of(&desk.history, desk.facts.iter(), view.seat, table.with);
    if let Some(sheet) = &table.agreed {
        let terms = clauses::sheet(&desk.words, &view.deals, sheet);
        return (
            format!("{who}, agreed"),
            format!("Agreed, and signed as soon as the waiver is bought: {terms}."),
        );
    }
    if let Some(deal) = barred_by(view, table) {
        let name = facts::deal_name(&desk.words, &view.deals, deal);
        return (
            format!("{who}, out of reach"),
            format!("No money may change hands here: {name} forbids it."),
        );
    }
    if table.closed_until > view.quarter {
        let until = desk.words.quarter(table.closed_until);
        return (
            format!("{who}, away"),
            format!("The table is shut, and may open again in {until}."),
        );
    }
    if table.theirs.waits_for_answer {
        return (
            format!("{who}, asking"),
            "It wants to know what you would sign. Show it your routes, or hold.".to_owned(),
        );
    }
    if let Some(because) = &history.because {
        return (
            format!("{who}, not signing yet"),
            facts::reason(&desk.words, &view.deals, because),
        );
    }
    if let Some(sheet) = &table.theirs.offer {
        let terms = clauses::sheet(&desk.words, &view.deals, sheet);
        let kicker = format!("{who}, with terms of its own");
        return (kicker, format!("An analyst who follows both reads it so: {terms}."));
    }
    if table.theirs.routes[0].is_some() {
        return (
            format!("{who}, answering your question"),
            "It would sign any of the ways shown below, unchanged.".to_owned(),
        );
    }
    let text = match (table.side, table.open) {
        (_, true) => "Your terms lie before it; it has said nothing yet.".to_owned(),
        (Side::Giant, false) => {
            let lab = &view.labs[table.lab.index()];
            let quarters = numbers::known(lab.runway_quarters, |value| format!("{value:.1}"));
            format!(
                "An analyst who asked not to be named gives it cash for {quarters} quarters. Your draft is ready to send."
            )
        }
        (Side::Lab, false) => {
            let giant = &view.published.giants[table.giant.index()];
            format!(
                "An analyst who asked not to be named counts {} of cash there. Your draft is ready to send.",
                numbers::bn(giant.cash_bn)
            )
        }
    };
    (who.to_owned(), text)
}

/// Mood, patience, trust, means: as far as anybody knows.
fn meters(ui: &mut Ui, desk: &Desk, rect: Rect, with: SeatId) {
    let tokens = ui.tokens();
    let Some(table) = desk.view.table_with(with) else { return };
    let view = &desk.view;
    let lab = &view.labs[table.lab.index()];
    let pad = if ui.grid().small { 12.0 } else { 24.0 };
    let room = rect.shrink2(vec2(pad, 0.0));
    let column = room.width() / 4.0;
    let y = room.center().y - 20.0;
    let cell = |place: usize| pos2(room.left() + place as f32 * column, y);
    let mood = match table.their_mood {
        1 => "Patient",
        0 => "Restless",
        _ => "Near the door",
    };
    // Mood: a mark on a scale of three.
    heading(ui, cell(0), "Mood");
    let left = cell(0).x;
    let line = column * 0.72;
    ui.hline(left..=left + line, y + 22.0, 1.2, tokens.other);
    for step in 0..3 {
        let x = left + line * step as f32 / 2.0;
        ui.vline(x, y + 18.0..=y + 26.0, 1.2, tokens.other);
    }
    let at = left + line * (1 - table.their_mood) as f32 / 2.0;
    ui.painter().circle_filled(pos2(at, y + 22.0), 5.0, tokens.ink);
    figure(ui, cell(0), mood, tokens.ink);
    // My own patience is mine to know.
    heading(ui, cell(1), "Our patience");
    let (left_over, full) = (table.mine.patience, table.mine.full_patience.max(1));
    let pitch = (column * 0.8 / full as f32).min(11.0);
    for point in 0..full {
        let square = Rect::from_min_size(
            pos2(cell(1).x + pitch * point as f32, y + 17.0),
            vec2(pitch - 2.5, 10.0),
        );
        if point < left_over {
            ui.painter().rect_filled(square, 2, tokens.ink);
        } else {
            let line = Stroke::new(1.0, tokens.other);
            ui.painter().rect_stroke(square, 2, line, StrokeKind::Inside);
        }
    }
    figure(ui, cell(1), &format!("{left_over} of {full}"), tokens.ink);
    // Trust.
    let trust = match view.role {
        Role::Giant(firm) => lab.trust[firm.index()],
        Role::Lab(_) => lab.trust[table.giant.index()],
    };
    let name = if table.side == Side::Giant { "Trust in you" } else { "Our trust" };
    heading(ui, cell(2), name);
    let known = numbers::known(trust, |value| format!("{value:.2}"));
    let part = trust.or(0.0) as f32;
    let track = Rect::from_min_size(pos2(cell(2).x, y + 19.0), vec2(column * 0.76, 6.0));
    ui.painter().rect_filled(track, 0, tokens.rule_soft);
    let fill = Rect::from_min_size(track.min, vec2(track.width() * part, 6.0));
    ui.painter().rect_filled(fill, 0, tokens.ink);
    figure(ui, cell(2), &known, tokens.ink);
    // Means.
    match table.side {
        Side::Giant => {
            heading(ui, cell(3), "Their runway");
            let runway = lab.runway_quarters.or(4.0);
            let pitch = (column * 0.8 / 8.0).min(11.0);
            for quarter in 0..8 {
                let square = Rect::from_min_size(
                    pos2(cell(3).x + pitch * quarter as f32, y + 17.0),
                    vec2(pitch - 2.5, 10.0),
                );
                let short = runway < 4.0;
                let on = f64::from(quarter) + 0.5 <= runway;
                let colour = if short { tokens.bad } else { tokens.ink };
                if on {
                    ui.painter().rect_filled(square, 2, colour);
                } else {
                    let line = Stroke::new(1.0, tokens.other);
                    ui.painter().rect_stroke(square, 2, line, StrokeKind::Inside);
                }
            }
            let text = numbers::known(lab.runway_quarters, |value| format!("{value:.1}"));
            let colour = if runway < 4.0 { tokens.bad } else { tokens.ink };
            figure(ui, cell(3), &format!("{text} quarters"), colour);
        }
        Side::Lab => {
            heading(ui, cell(3), "Their cash");
            let cash = view.published.giants[table.giant.index()].cash_bn;
            figure(ui, cell(3), &numbers::bn(cash), tokens.ink);
        }
    }
}

fn heading(ui: &mut Ui, at: bevy_egui::egui::Pos2, text: &str) {
    let tokens = ui.tokens();
    ui.ink(at, Align2::LEFT_CENTER, Type::Note, tokens.ink_soft, text);
}

fn figure(ui: &mut Ui, at: bevy_egui::egui::Pos2, text: &str, colour: bevy_egui::egui::Color32) {
    ui.ink(at + vec2(0.0, 44.0), Align2::LEFT_CENTER, Type::RowStrong, colour, text);
}

/// Columns of a clause row.
struct Columns {
    clause: f32,
    mine: f32,
    theirs: f32,
    gap: (f32, f32),
    distance: f32,
    state: f32,
}

impl Columns {
    fn of(rect: Rect, small: bool, tiny: bool) -> Columns {
        let (x, width) = (rect.left(), rect.width());
        let part = |part: f32| x + part * width;
        if tiny {
            return Columns {
                clause: x,
                mine: part(0.31),
                theirs: part(0.57),
                gap: (part(1.0), part(1.0)),
                distance: part(1.0),
                state: part(0.80),
            };
        }
        if small {
            return Columns {
                clause: x,
                mine: part(0.19),
                theirs: part(0.40),
                gap: (part(0.61), part(0.80)),
                distance: part(0.80),
                state: part(0.845),
            };
        }
        Columns {
            clause: x,
            mine: part(0.175),
            theirs: part(0.36),
            gap: (part(0.55), part(0.73)),
            distance: part(0.742),
            state: part(0.872),
        }
    }
}

fn sheet(ui: &mut Ui, scene: &mut Scene, rect: Rect, with: SeatId) {
    let tokens = ui.tokens();
    let grid = ui.grid();
    let inner = Rect::from_min_max(
        pos2(rect.left() + grid.margin, rect.top()),
        pos2(rect.right() - if grid.small { 14.0 } else { 26.0 }, rect.bottom()),
    );
    let columns = Columns::of(inner, grid.small, grid.tiny);
    let y = inner.top() + if grid.small { 16.0 } else { 24.0 };
    let me = scene.desk.view.seat;
    let (mine_mark, their_mark) = (scene.desk.mark(me), scene.desk.mark(with));
    ui.ink(pos2(columns.clause, y), Align2::LEFT_CENTER, Type::Note, tokens.ink_soft, "Clause");
    draw_mark(ui.painter(), mine_mark, pos2(columns.mine + 6.0, y), 12.0, tokens.pen);
    let at = pos2(columns.mine + 17.0, y);
    ui.ink(at, Align2::LEFT_CENTER, Type::Note, tokens.pen, "Mine, draft");
    let colour = tokens.firm(their_mark);
    draw_mark(ui.painter(), their_mark, pos2(columns.theirs + 6.0, y), 13.0, colour);
    let at = pos2(columns.theirs + 17.0, y);
    ui.ink(at, Align2::LEFT_CENTER, Type::Note, tokens.ink_soft, "Theirs");
    if !grid.tiny {
        ui.ink(pos2(columns.gap.0, y), Align2::LEFT_CENTER, Type::Note, tokens.ink_soft, "Gap");
    }
    ui.ink(pos2(columns.state, y), Align2::LEFT_CENTER, Type::Note, tokens.ink_soft, "State");
    let top = y + if grid.small { 13.0 } else { 18.0 };
    ui.hline(inner.left()..=inner.right(), top, 1.2, tokens.ink);
    let foot = if grid.small { 0.0 } else { routes_height(scene, with) };
    let body =
        Rect::from_min_max(pos2(rect.left(), top + 1.0), pos2(rect.right(), rect.bottom() - foot));
    ui.within(body, "clauses", |ui| {
        ScrollArea::vertical().id_salt("clauses").auto_shrink(false).show(ui, |ui| {
            rows(ui, scene, with, inner, &columns);
        });
    });
    if foot > 0.0 {
        let area = Rect::from_min_max(pos2(inner.left(), rect.bottom() - foot), inner.max);
        table_worth::routes(ui, scene, area, with);
    }
}

fn routes_height(scene: &Scene, with: SeatId) -> f32 {
    let shown = scene
        .desk
        .view
        .table_with(with)
        .is_some_and(|table| table.theirs.routes.iter().any(Option::is_some));
    if shown { 134.0 } else { 44.0 }
}

fn rows(ui: &mut Ui, scene: &mut Scene, with: SeatId, inner: Rect, columns: &Columns) {
    let tokens = ui.tokens();
    let grid = ui.grid();
    let mine = draft(scene, with);
    let desk = &*scene.desk;
    let Some(table) = desk.view.table_with(with).copied() else { return };
    let theirs = table.theirs.named().or(table.theirs.routes[0]);
    let history = History::of(&desk.history, desk.facts.iter(), desk.view.seat, with);
    let opened = scene.state.drafts.get(&with).map_or_else(Vec::new, |(_, d)| d.rows.clone());
    let used = |clause: Clause| {
        clauses::used(&mine, clause) || theirs.is_some_and(|sheet| clauses::used(&sheet, clause))
    };
    let shown: Vec<Clause> = Clause::ALL
        .into_iter()
        .filter(|clause| FIRST_ROWS.contains(clause) || used(*clause) || opened.contains(clause))
        .collect();
    let height = if grid.small { 37.0 } else { 45.0 };
    for clause in &shown {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
        let row = Rect::from_x_y_ranges(inner.x_range(), rect.y_range());
        clause_row(ui, scene, (with, &table), (*clause, &mine, theirs), &history, row, columns);
        ui.hline(row.left()..=row.right(), row.bottom(), 1.0, tokens.rule_soft);
    }
    let hidden: Vec<Clause> = Clause::ALL
        .into_iter()
        .filter(|clause| {
            !shown.contains(clause)
                && !matches!(clause, Clause::Replaces | Clause::Release | Clause::SubjectTo)
        })
        .collect();
    if !hidden.is_empty() {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 40.0), Sense::hover());
        let at = pos2(inner.left(), rect.center().y);
        let response =
            text_button(ui, at, Align2::LEFT_CENTER, Type::InterfaceStrong, "Add a clause");
        table_edit::add_menu(ui, scene, with, &response, &hidden);
    }
}

fn clause_row(
    ui: &mut Ui,
    scene: &mut Scene,
    (with, table): (SeatId, &TableView),
    (clause, mine, theirs): (Clause, &TermSheet, Option<TermSheet>),
    history: &History,
    row: Rect,
    columns: &Columns,
) {
    let tokens = ui.tokens();
    let small = ui.grid().small;
    let desk = &*scene.desk;
    let (words, deals) = (&desk.words, &desk.view.deals);
    let y = row.center().y;
    let name = clauses::name(clause);
    let (own, own_note) = halves(&clauses::value(words, deals, mine, clause));
    let id = Id::new(("clause", with.0, name));
    let response = ui.interact(row.expand2(vec2(12.0, 0.0)), id, Sense::click());
    let their_value = theirs.map(|sheet| clauses::value(words, deals, &sheet, clause));
    let standing = match theirs {
        Some(sheet) => state(mine, &sheet, clause, history),
        None => state_of_one(clause, history),
    };
    let told = format!(
        "{name}: mine {own} {own_note}, theirs {}, {standing}",
        their_value.as_deref().unwrap_or("not named")
    );
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, told.as_str()));
    let open = scene.state.clause == Some(clause);
    if open || response.hovered() || response.has_focus() {
        let area = row.expand2(vec2(12.0, -0.5));
        ui.painter().rect_filled(area, 3, tokens.sheet);
        if open || response.has_focus() {
            let line = Stroke::new(2.0, tokens.pen);
            ui.painter().rect_stroke(area, 3, line, StrokeKind::Inside);
        }
    }
    if response.has_focus() {
        ui.scroll_to_rect(row, None);
    }
    let room = columns.mine - columns.clause - 6.0;
    let galley = ui.clamped(Type::Row, tokens.ink, long_name(clause), room, 1);
    ui.lay(pos2(columns.clause, y - 0.5 * galley.size().y), galley);
    let room = columns.theirs - columns.mine - 8.0;
    two_lines(ui, (columns.mine, room), y, (&own, &own_note), tokens.pen, small, true);
    if let Some(text) = &their_value {
        let (their, their_note) = halves(text);
        let room = columns.gap.0.min(columns.state) - columns.theirs - 8.0;
        two_lines(ui, (columns.theirs, room), y, (&their, &their_note), tokens.ink, small, false);
    } else {
        ui.ink(pos2(columns.theirs, y), Align2::LEFT_CENTER, Type::Row, tokens.ink_note, "–");
    }
    let track = Rect::from_min_max(pos2(columns.gap.0, y - 8.0), pos2(columns.gap.1, y + 8.0));
    let (me, them) = (desk.mark(desk.view.seat), desk.mark(with));
    let between = table_edit::gap_of(mine, theirs.as_ref(), clause, table.side);
    if track.width() > 4.0 {
        gap(ui, track, between, me, them);
    }
    if let (Some(sheet), Gap::Apart { .. }, false) = (theirs, between, small) {
        let text = clauses::gap(mine, &sheet, clause);
        ui.ink(pos2(columns.distance, y), Align2::LEFT_CENTER, Type::Note, tokens.ink, &text);
    }
    let kind = match standing {
        "agreed" => Chip::Agreed,
        "firm" => Chip::Firm,
        "sticking" => Chip::DealBreaker,
        _ => Chip::Open,
    };
    let word = match kind {
        Chip::Agreed => "Agreed",
        Chip::Firm => "Firm",
        Chip::DealBreaker => "Sticking",
        _ => "Open",
    };
    chip(ui, pos2(columns.state, y), Align2::LEFT_CENTER, kind, word);
    if open {
        table_edit::editor(ui, scene, with, clause, row);
    }
    keyboard(ui, scene, with, clause, &response);
    if response.clicked() {
        scene.state.clause = if open { None } else { Some(clause) };
    }
    if !open {
        tip(ui, &response, || Tip::new(long_name(clause), "").note(meaning(clause)));
    }
}

/// The arrow keys turn the clause that has the focus.
fn keyboard(
    ui: &Ui,
    scene: &mut Scene,
    with: SeatId,
    clause: Clause,
    response: &bevy_egui::egui::Response,
) {
    if !response.has_focus() {
        return;
    }
    let filter = bevy_egui::egui::EventFilter {
        horizontal_arrows: true,
        ..bevy_egui::egui::EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    let by = ui.input(|input| {
        input.num_presses(Key::ArrowRight) as i32 - input.num_presses(Key::ArrowLeft) as i32
    });
    if by != 0 {
        let sheet = table_edit::stepped(&scene.desk.view, draft(scene, with), clause, by);
        change(scene, with, sheet);
    }
}

/// A value in two: the figure, and what is said about it.
fn halves(value: &str) -> (String, String) {
    let cut = value.find(" (").or_else(|| value.find(", ")).or_else(|| value.find(" + "));
    match cut {
        Some(at) => {
            let rest = value[at..].trim_start_matches([' ', ',']).trim_matches(['(', ')']);
            (upper(&value[..at]), rest.to_owned())
        }
        None => (upper(value), String::new()),
    }
}

fn upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

fn two_lines(
    ui: &mut Ui,
    (x, room): (f32, f32),
    y: f32,
    (value, note): (&str, &str),
    colour: bevy_egui::egui::Color32,
    small: bool,
    underlined: bool,
) {
    let tokens = ui.tokens();
    let kind = if underlined { Type::RowStrong } else { Type::Row };
    let both = !note.is_empty() && !small;
    let at = pos2(x, if both { y - 8.0 } else { y });
    let rect = ui.ink(at, Align2::LEFT_CENTER, kind, colour, value);
    if underlined {
        let line = [pos2(rect.left(), rect.bottom()), pos2(rect.right(), rect.bottom())];
        let dots = bevy_egui::egui::Shape::dotted_line(&line, colour, 2.6, 0.7);
        ui.painter().extend(dots);
    }
    if both {
        let note = quarters_in_words(note);
        let galley = ui.clamped(Type::Note, tokens.ink_soft, &note, room, 1);
        ui.lay(pos2(x, y + 10.0 - 0.5 * galley.size().y), galley);
    } else if !note.is_empty() && x + room - rect.right() > 34.0 {
        let left = x + room - rect.right() - 5.0;
        let galley = ui.clamped(Type::Note, tokens.ink_soft, note, left, 1);
        ui.lay(pos2(rect.right() + 5.0, y - 0.5 * galley.size().y), galley);
    }
}

/// A clause at the head of a row.
pub fn long_name(clause: Clause) -> &'static str {
    match clause {
        Clause::Amount => "Money in",
        Clause::PreMoney => "Pre-money value",
        Clause::Instrument => "Paper",
        Clause::Tranche => "Tranches",
        Clause::Commitment => "Compute from us",
        Clause::OwnChips => "On own chips",
        Clause::Access => "Model access",
        Clause::Barred => "Not from rivals",
        Clause::RevenueShare => "Revenue share",
        Clause::AntiDilution => "Anti-dilution",
        other => clauses::name(other),
    }
}

/// What a clause means, in a sentence.
fn meaning(clause: Clause) -> &'static str {
    match clause {
        Clause::Amount => "Paid for shares: cash, and compute credits at face value.",
        Clause::PreMoney => {
            "What the lab is worth before the money: the part sold follows from it."
        }
        Clause::Instrument => {
            "Shares now, a note that turns into shares in the next round, a return with a cap, or warrants."
        }
        Clause::Tranche => "A part of the cash waits until a condition is met.",
        Clause::Board => "An observer listens; a director votes. Regulators see it.",
        Clause::Consent => {
            "Exclusivity, a director or more than a fifth for another needs the giant's consent."
        }
        Clause::ProRata => "The giant may keep its part of the lab in later rounds.",
        Clause::AntiDilution => "A later round below this price brings the giant more shares.",
        Clause::Exclusivity => "What the lab may no longer grant to others, and for how long.",
        Clause::Commitment => "Compute the lab rents from the giant by the end of the term.",
        Clause::OwnChips => "The part of that compute that runs on the giant's own chips.",
        Clause::Access => "Which models the giant's customers can use, and how soon.",
        Clause::Licence => "Quarters in which the giant may use the models as its own.",
        Clause::RevenueShare => "A part of the lab's revenue each quarter, until a cap is paid.",
        Clause::Barred => "Rivals the lab may not take money from for a year.",
        Clause::BreakFee => "What the side pays that ends the deal before its term.",
        Clause::Replaces => "The deal whose terms this sheet takes the place of.",
        Clause::Release => "Paid to the giant for what it gives up.",
        Clause::SubjectTo => "Signed only if a rival waives its covenant.",
    }
}

/// Every move one can make, in the bar.
fn actions(ui: &mut Ui, scene: &mut Scene, bar: &mut Bar, with: SeatId) {
    if scene.desk.busy() {
        let off = Some("The others decide.".to_owned());
        bar.right(ui, Press::primary("The world moves …").off(off));
        return;
    }
    let plain = scene.state.overlay == Overlay::None;
    let Some(table) = scene.desk.view.table_with(with).copied() else { return };
    let small = ui.grid().small;
    let step = scene.desk.view.step;
    if !table.open && !small {
        let back = Press::quiet("Back to the board").key("Escape");
        if bar.left(ui, back).clicked() {
            scene.go(Screen::Board);
        }
    }
    if table.open {
        let decision = Decision::WalkAway { from: with };
        let off = scene.desk.refused(&decision);
        let press = Press::leave("Walk away").off(off);
        let press =
            press.tip("The table stays shut for two quarters, and some trust goes with it.");
        if bar.left(ui, press).clicked() && scene.desk.decide(decision, "walk") {
            scene.desk.notice = Some("You leave the table when you send.".to_owned());
        }
    }
    match step {
        Step::Offers(_) => offers(ui, scene, bar, (with, &table), plain),
        Step::Answers(_) => answers(ui, scene, bar, (with, &table), plain),
        _ => super::frame::onward(ui, scene, bar, if small { 40.0 } else { 44.0 }),
    }
}

fn offers(
    ui: &mut Ui,
    scene: &mut Scene,
    bar: &mut Bar,
    (with, table): (SeatId, &TableView),
    plain: bool,
) {
    let small = ui.grid().small;
    let sheet = draft(scene, with);
    let decision = Decision::Offer { to: with, sheet };
    let off = scene.desk.refused(&decision);
    let sendable = off.is_none();
    let label = if sheet.replaces.is_some() { "Send new terms" } else { "Send offer" };
    let pressed = bar.right(ui, Press::primary(label).key("Ctrl Enter").off(off.clone())).clicked();
    let send = plain && (scene.pressed(Command::Send) || scene.pressed(Command::Main));
    if (pressed || send) && sendable && scene.desk.decide(decision, "offer") {
        scene.state.clause = None;
        scene.desk.end_step();
        return;
    }
    if send && let Some(why) = off {
        scene.desk.notice = Some(why);
    }
    let rounds = scene.desk.view.level.talk_rounds;
    let round = match scene.desk.view.step {
        Step::Offers(round) => round + 1,
        _ => rounds,
    };
    let left = format!("{} of attention left", scene.desk.view.attention_left);
    bar.say_right(ui, &format!("Round {round} of {rounds}\n{left}"));
    let suggest = bar.right(ui, Press::new("Suggest").key("S")).clicked();
    if suggest || (plain && scene.pressed(Command::Suggest)) {
        suggested(scene, with);
    }
    let ask = Decision::Ask { of: with };
    let off = scene.desk.refused(&ask);
    let askable = off.is_none();
    let press = Press::new("What do they want?").key("W").off(off);
    let press = press.tip("Takes the round, and brings up to three ways to a yes.");
    let asked = bar.right(ui, press).clicked() || (plain && scene.pressed(Command::Ask));
    if asked && askable && scene.desk.decide(ask, "ask") {
        scene.desk.end_step();
        return;
    }
    if !small {
        let several = scene.desk.view.tables.len() > 1;
        if several && sendable {
            let press = Press::quiet("Put it with the rest");
            let press = press
                .tip("Keeps this offer for this round, and lets you see to another table first.");
            if bar.right(ui, press).clicked() && scene.desk.decide(decision, "offer") {
                scene.desk.notice = Some("It goes out when you send.".to_owned());
            }
        }
        let theirs = table.theirs.named();
        if let Some(theirs) = theirs.filter(|theirs| *theirs != sheet)
            && bar.right(ui, Press::quiet("Back to their last offer")).clicked()
        {
            change(scene, with, theirs);
        }
    }
}

/// The advisor's terms into the draft, with what it thinks of them.
fn suggested(scene: &mut Scene, with: SeatId) {
    let found = Advisor::new(&scene.desk.view, with).and_then(|advisor| advisor.suggest());
    let who = scene.desk.words.seat(with).to_owned();
    scene.desk.looked_at("suggest");
    let Some(found) = found else {
        scene.desk.notice = Some(format!(
            "The advisor finds nothing to offer {who}: what is in force, or the cash at hand, forbids it."
        ));
        return;
    };
    change(scene, with, found.sheet);
    scene.desk.notice = Some(if found.mine_bn >= 0.0 && found.theirs_bn >= 0.0 {
        format!("On the estimate, both you and {who} would sign this in the present round.")
    } else {
        "No terms near these would both sides sign in this round; this comes nearest.".to_owned()
    });
}

fn answers(
    ui: &mut Ui,
    scene: &mut Scene,
    bar: &mut Bar,
    (with, table): (SeatId, &TableView),
    plain: bool,
) {
    let who = scene.desk.words.seat(with).to_owned();
    if let Some(sheet) = table.theirs.offer {
        let decision = Decision::Accept { from: with, choice: Choice::Offer };
        let off = scene.desk.refused(&decision);
        let can = off.is_none();
        let label =
            if sheet.subject_to.is_some() { "Agree in principle" } else { "Sign their offer" };
        let pressed = bar.right(ui, Press::primary(label).key("Ctrl Enter").off(off)).clicked();
        let sent = plain && scene.pressed(Command::Send);
        if can && (pressed || sent) && scene.desk.decide(decision, "accept") {
            scene.desk.end_step();
            return;
        }
    }
    if table.theirs.waits_for_answer {
        let routes = Advisor::new(&scene.desk.view, with).map(|advisor| advisor.routes());
        if let Some(routes) = routes.filter(|routes| routes[0].is_some()) {
            let decision = Decision::Propose { to: with, routes };
            let off = scene.desk.refused(&decision);
            let press = Press::primary("Show them your ways").off(off);
            if bar.right(ui, press).clicked() && scene.desk.decide(decision, "answer") {
                scene.desk.end_step();
                return;
            }
        }
    }
    if table.theirs.offer.is_some() || table.theirs.routes[0].is_some() {
        let theirs = table.theirs.offer.or(table.theirs.routes[0]);
        let because = Advisor::new(&scene.desk.view, with)
            .zip(theirs)
            .map(|(advisor, sheet)| advisor.because(&sheet))
            .unwrap_or_default();
        let decision = Decision::Hold { from: with, because };
        let off = scene.desk.refused(&decision);
        let press = Press::new("Hold, and say why").off(off);
        if bar.right(ui, press).clicked() && scene.desk.decide(decision, "hold") {
            scene.desk.end_step();
            return;
        }
    }
    let press = Press::quiet("Say nothing");
    let press = press.tip("Their terms stand unanswered; the talks go on.");
    if bar.right(ui, press).clicked() {
        scene.desk.end_step();
        return;
    }
    let rounds = scene.desk.view.level.talk_rounds;
    let round = match scene.desk.view.step {
        Step::Answers(round) => round + 1,
        _ => rounds,
    };
    bar.say_right(ui, &format!("Answers, round {round} of {rounds}\nto {who}"));
}

/// `8q` written out.
fn quarters_in_words(note: &str) -> String {
    match note.strip_suffix('q').and_then(|count| count.parse::<u32>().ok()) {
        Some(count) => numbers::count(count, "quarter"),
        None => note.to_owned(),
    }
}
