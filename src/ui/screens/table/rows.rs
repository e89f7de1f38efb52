//! One row a clause: mine, theirs, the gap, how it stands.

use super::around::Around;
use super::draft::{change, draft};
use super::more::Shown;
use super::routes::{routes, routes_height};
use super::words::{halves, long_name, quarters_in_words};
use super::{edit, more, steps};
use crate::host::dealings::{FIRST_ROWS, History, state, state_of_one};
use crate::host::words::clauses;
use crate::ids::SeatId;
use crate::sim::deal::{Clause, TermSheet};
use crate::ui::screens::Scene;
use crate::ui::state::{Answer, Overlay};
use crate::ui::tokens::Type;
use crate::ui::widgets::{Chip, Gap, House, Tip, chip, draw_mark, gap, text_button, tip};
use bevy_egui::egui::{
    Align2, Id, Key, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, WidgetType, pos2,
    vec2,
};

/// Points of the line under the last row.
const FOOT: f32 = 44.0;

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

pub(super) fn sheet(ui: &mut Ui, scene: &mut Scene, rect: Rect, with: SeatId) {
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
    let used = ui.within(body, "clauses", |ui| {
        let list = ScrollArea::vertical().id_salt("clauses").auto_shrink(false);
        list.show(ui, |ui| rows(ui, scene, with, inner, &columns)).content_size.y
    });
    if foot > 0.0 {
        // Ways to a yes follow the rows, and stay in sight where those are many.
        let top = (body.top() + used + 8.0).min(rect.bottom() - foot);
        let area = Rect::from_min_max(pos2(inner.left(), top), inner.max);
        routes(ui, scene, area, with);
    }
}

fn rows(ui: &mut Ui, scene: &mut Scene, with: SeatId, inner: Rect, columns: &Columns) {
    let tokens = ui.tokens();
    let grid = ui.grid();
    let mine = draft(scene, with);
    let desk = &*scene.desk;
    let Some(table) = desk.view.table_with(with).copied() else { return };
    let theirs = table.theirs.named().or(table.theirs.routes[0]);
    let history = History::of(&desk.history, desk.facts.iter(), desk.view.seat, with);
    note_answer(scene, with, theirs);
    let opened = scene.state.drafts.get(&with).map_or_else(Vec::new, |(_, d)| d.rows.clone());
    let used = |clause: Clause| {
        clauses::used(&mine, clause) || theirs.is_some_and(|sheet| clauses::used(&sheet, clause))
    };
    let shown: Vec<Clause> = Clause::ALL
        .into_iter()
        .filter(|clause| FIRST_ROWS.contains(clause) || used(*clause) || opened.contains(clause))
        .collect();
    let hidden: Vec<Clause> = Clause::ALL
        .into_iter()
        .filter(|clause| {
            !shown.contains(clause)
                && !matches!(clause, Clause::Replaces | Clause::Release | Clause::SubjectTo)
        })
        .collect();
    let around = Around::of(ui, scene, with, inner.width());
    // What stands between the rows and what follows them takes a little too.
    let rest = ui.clip_rect().height() - FOOT - around.height() - 10.0;
    let (least, most) = match (grid.small, grid.wide) {
        (true, _) => (37.0, 37.0),
        (false, false) => (45.0, 58.0),
        (false, true) => (56.0, 64.0),
    };
    let count = shown.len() as f32;
    let room = vec2(inner.width(), rest - count * least);
    let in_sight = Shown::fitting(hidden.len(), room);
    // A short sheet takes the room it has; a long one is kept together.
    let other = in_sight.map_or(0.0, |shown| shown.height(hidden.len()));
    let height = ((rest - other) / count).clamp(least, most);
    for clause in &shown {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
        let row = Rect::from_x_y_ranges(inner.x_range(), rect.y_range());
        flash(ui, scene, with, *clause, row);
        clause_row(ui, scene, with, (*clause, &mine, theirs), &history, row, columns);
        ui.hline(row.left()..=row.right(), row.bottom(), 1.0, tokens.rule_soft);
    }
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), FOOT), Sense::hover());
    let mut at = pos2(inner.left(), rect.center().y);
    if in_sight.is_some() {
        let text = "Not on the sheet yet";
        at.x = ui.ink(at, Align2::LEFT_CENTER, Type::Panel, tokens.ink, text).right() + 24.0;
    } else if !hidden.is_empty() {
        let response =
            text_button(ui, at, Align2::LEFT_CENTER, Type::InterfaceStrong, "Add a clause");
        at.x = response.rect.right() + 24.0;
        more::menu(ui, scene, with, &response, &hidden);
    }
    let response = text_button(ui, at, Align2::LEFT_CENTER, Type::InterfaceStrong, "Other moves");
    let tip = "Claims, rumours and due diligence; waivers, new terms and deals in force; how the talks are held. M opens it too.";
    if response.on_hover_text(tip).clicked() {
        scene.state.overlay = Overlay::Moves;
    }
    if let Some(shown) = in_sight {
        more::in_sight(ui, scene, with, inner, (shown, &hidden));
    }
    around.show(ui, inner.left());
}

/// A clause's row, as what can have the focus.
pub(super) fn row_id(with: SeatId, clause: Clause) -> Id {
    Id::new(("clause", with.0, clauses::name(clause)))
}

fn clause_row(
    ui: &mut Ui,
    scene: &mut Scene,
    with: SeatId,
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
    let (own, own_note) = halves(&clauses::value(words, deals, mine, clause));
    let id = row_id(with, clause);
    let response = ui.interact(row.expand2(vec2(12.0, 0.0)), id, Sense::click());
    let their_value = theirs.map(|sheet| clauses::value(words, deals, &sheet, clause));
    let standing = match theirs {
        Some(sheet) => state(mine, &sheet, clause, history),
        None => state_of_one(clause, history),
    };
    let told = format!(
        "{}: mine {own} {own_note}, theirs {}, {standing}",
        long_name(clause),
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
    let between = steps::gap_of(mine, theirs.as_ref(), clause);
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
        edit::editor(ui, scene, with, clause, row);
    }
    keyboard(ui, scene, with, clause, &response);
    if response.clicked() {
        scene.state.clause = if open { None } else { Some(clause) };
    }
    if !open {
        let note = || Tip::new(long_name(clause), "").note(clauses::meaning(clause));
        if tip(ui, &response, note) {
            scene.desk.looked_at("table");
        }
    }
}

/// Takes note of terms that the other side has changed.
fn note_answer(scene: &mut Scene, with: SeatId, theirs: Option<TermSheet>) {
    let now = scene.now;
    let seen = scene
        .state
        .answers
        .entry(with)
        .or_insert_with(|| Answer { sheet: theirs, ..Answer::default() });
    if seen.sheet == theirs {
        return;
    }
    let differs = |clause: &Clause| match (&seen.sheet, &theirs) {
        (Some(before), Some(after)) => !clauses::agree(before, after, *clause),
        (None, Some(after)) => FIRST_ROWS.contains(clause) || clauses::used(after, *clause),
        (_, None) => false,
    };
    let changed = Clause::ALL.into_iter().filter(differs).collect();
    *seen = Answer { sheet: theirs, changed, at: now };
}

/// A row whose terms have just been changed over there lights up once, one row after the other.
fn flash(ui: &Ui, scene: &Scene, with: SeatId, clause: Clause, row: Rect) {
    const LASTS: f64 = 0.6;
    const APART: f64 = 0.04;
    let Some(answer) = scene.state.answers.get(&with).filter(|_| !scene.settings.still) else {
        return;
    };
    let Some(place) = answer.changed.iter().position(|changed| *changed == clause) else { return };
    let since = scene.now - answer.at - APART * place as f64;
    if since >= LASTS {
        return;
    }
    ui.ctx().request_repaint();
    if since >= 0.0 {
        let tokens = ui.tokens();
        let left = libm::pow(1.0 - since / LASTS, 3.0);
        let wash = tokens.faded(tokens.pen_wash, left as f32);
        ui.painter().rect_filled(row.expand2(vec2(12.0, -0.5)), 3, wash);
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
        let sheet = steps::stepped(draft(scene, with), clause, by);
        change(scene, with, sheet);
    }
}

pub(super) fn two_lines(
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
