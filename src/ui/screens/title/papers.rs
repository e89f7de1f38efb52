//! The shelf: a front page a level, with its best medal; a level that does not load with its problems.

use bevy_egui::egui::{
    Align2, Pos2, Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, WidgetType,
    pos2, vec2,
};

use crate::host::words::refusals::upper_first;
use crate::host::words::{Words, labels, numbers};
use crate::ids::Role;
use crate::level::{Entry, Level, Problems, Source};
use crate::sim::goals::rules::Medal;
use crate::ui::app::Act;
use crate::ui::settings::Settings;
use crate::ui::shelf::{Shelf, told};
use crate::ui::tokens::{Mark, Type};
use crate::ui::widgets::{House, draw_mark};

pub(super) fn papers(
    ui: &mut Ui,
    rect: Rect,
    shelf: &mut Shelf,
    settings: &Settings,
) -> Option<Act> {
    let tokens = ui.tokens();
    let pad = if rect.width() < 760.0 { 20.0 } else { 40.0 };
    let mut act = None;
    ui.within(rect, "shelf", |ui| {
        ScrollArea::vertical().id_salt("papers").auto_shrink(false).show(ui, |ui| {
            let origin = ui.next_widget_position();
            let width = rect.width() - 2.0 * pad;
            let x = origin.x + pad;
            ui.ink(
                pos2(x, origin.y + 26.0),
                Align2::LEFT_TOP,
                Type::Section,
                tokens.ink,
                "On the shelf",
            );
            let own =
                shelf.library.entries().iter().filter(|e| e.source != Source::BuiltIn).count();
            let count = shelf.library.entries().len();
            let text = match own {
                0 => numbers::count(count as u32, "paper"),
                own => format!("{}, {own} of your own", numbers::count(count as u32, "paper")),
            };
            let at = pos2(x + width, origin.y + 46.0);
            ui.ink(at, Align2::RIGHT_CENTER, Type::Note, tokens.ink_soft, &text);
            let entries: Vec<Entry> = shelf.library.entries().to_vec();
            let gap = 24.0;
            let most = ((width + gap) / 274.0).floor().clamp(1.0, 5.0);
            // Shelves of the same length, as high as the window lets them be.
            let rows = (entries.len().max(1) as f32 / most).ceil();
            let columns = (entries.len().max(1) as f32 / rows).ceil();
            let card = (width - gap * (columns - 1.0)) / columns;
            let height = ((rect.height() - 76.0) / rows - 45.0).clamp(384.0, 560.0);
            let mut y = origin.y + 76.0;
            for (row, line) in entries.chunks(columns as usize).enumerate() {
                let foot = y + height;
                for (place, entry) in line.iter().enumerate() {
                    let at = pos2(x + place as f32 * (card + gap), y);
                    let number = row * columns as usize + place;
                    let paper = Rect::from_min_size(at, vec2(card, height));
                    if let Some(chosen) = one_paper(ui, paper, entry, number, shelf, settings) {
                        act = Some(chosen);
                    }
                }
                let board =
                    Rect::from_min_max(pos2(rect.left(), foot), pos2(rect.right(), foot + 9.0));
                ui.painter().rect_filled(board, 0, tokens.rule);
                ui.hline(rect.left()..=rect.right(), board.bottom(), 1.5, tokens.other);
                y = foot + 45.0;
            }
            ui.allocate_space(vec2(rect.width(), y - origin.y));
        });
    });
    act
}

fn one_paper(
    ui: &mut Ui,
    rect: Rect,
    entry: &Entry,
    number: usize,
    shelf: &Shelf,
    settings: &Settings,
) -> Option<Act> {
    let tokens = ui.tokens();
    let id = ui.id().with(("paper", number));
    let response = ui.interact(rect, id, Sense::click());
    response.widget_info(|| {
        WidgetInfo::labeled(
            WidgetType::Button,
            shelf.playable(entry).is_some(),
            format!("Open {}", entry.title),
        )
    });
    // Whoever has no game yet is shown where to begin.
    let first = number == 0 && shelf.saves.is_empty();
    let chosen = first || response.hovered() || response.has_focus();
    if response.gained_focus() {
        ui.scroll_to_rect(rect.expand(20.0), None);
    }
    ui.painter().rect_filled(rect.translate(vec2(5.0, 6.0)), 0, tokens.shadow);
    ui.painter().rect_filled(rect, 0, tokens.sheet);
    let outline = match chosen && entry.level.is_ok() {
        true => Stroke::new(2.0, tokens.pen),
        false => Stroke::new(1.0, tokens.rule),
    };
    ui.painter().rect_stroke(rect, 0, outline, StrokeKind::Inside);
    let inner = rect.shrink(16.0);
    match &entry.level {
        Ok(level) => {
            paper(ui, inner, level, shelf, settings, chosen);
            (response.clicked()).then_some(Act::Choose(number))
        }
        Err(problems) => {
            let older = shelf.playable(entry).is_some();
            broken(ui, inner, &entry.title, problems, older && chosen);
            (older && response.clicked()).then_some(Act::Choose(number))
        }
    }
}

/// A level that does not load, with its problems; what there was before can still be played.
fn broken(ui: &mut Ui, rect: Rect, title: &str, problems: &Problems, older: bool) {
    let tokens = ui.tokens();
    let at = pos2(rect.center().x, rect.top());
    let name = ui.clamped(Type::Name, tokens.ink, title, rect.width(), 1);
    let top = ui.lay(pos2(at.x - 0.5 * name.size().x, at.y), name).bottom() + 6.0;
    ui.hline(rect.left()..=rect.right(), top, 2.0, tokens.bad);
    let at = pos2(rect.left(), top + 6.0);
    let head = "Does not load";
    let mut y = ui.ink_in(at, rect.width(), Type::Story, tokens.bad, head).bottom() + 4.0;
    let how = format!(
        "termsheet check {title} points at it; the shelf looks again when the file changes."
    );
    let galley = ui.galley(Type::Note, tokens.ink_note, &how, rect.width());
    let button = if older { 52.0 } else { 0.0 };
    let end = rect.bottom() - galley.size().y - button - 8.0;
    for (place, problem) in problems.list.iter().enumerate() {
        let help = problem.help.as_deref().unwrap_or_default();
        let text = format!("{}. {}", told(problem), upper_first(help));
        let rows = ((end - y) / 16.0).floor().max(0.0) as usize;
        if rows < 2 {
            let more = numbers::count((problems.list.len() - place) as u32, "problem");
            ui.ink_in(
                pos2(rect.left(), y),
                rect.width(),
                Type::Note,
                tokens.ink,
                &format!("… and {more} more."),
            );
            break;
        }
        let said =
            ui.clamped(Type::Note, tokens.ink, text.trim_end_matches(". "), rect.width(), rows);
        y = ui.lay(pos2(rect.left(), y), said).bottom() + 6.0;
    }
    let at = pos2(rect.left(), rect.bottom() - galley.size().y);
    ui.lay(at, galley);
    if older {
        let place = Rect::from_min_size(pos2(rect.left(), end + 4.0), vec2(rect.width(), 40.0));
        ui.painter().rect_stroke(place, 4, Stroke::new(1.5, tokens.pen), StrokeKind::Inside);
        let text = "Open the last version that did";
        ui.ink(place.center(), Align2::CENTER_CENTER, Type::RowStrong, tokens.pen, text);
    }
}

fn paper(ui: &mut Ui, rect: Rect, level: &Level, shelf: &Shelf, settings: &Settings, chosen: bool) {
    let tokens = ui.tokens();
    let (left, right) = (rect.left(), rect.right());
    let words = Words::new(std::sync::Arc::new(level.clone()), settings.names);
    let masthead = ui.galley(Type::Name, tokens.ink, &level.title, rect.width());
    let masthead = match masthead.rows.len() {
        1 => masthead,
        _ => ui.galley(Type::Panel, tokens.ink, &level.title, rect.width()),
    };
    let at = pos2(rect.center().x - 0.5 * masthead.size().x, rect.top() - 2.0);
    let mut y = ui.lay(at, masthead).bottom() + 4.0;
    ui.hline(left..=right, y, 2.0, tokens.ink);
    let year = level.opening.plus(1).year.to_string();
    let length = numbers::count(level.quarters, "quarter");
    ui.ink(pos2(left, y + 10.0), Align2::LEFT_CENTER, Type::Note, tokens.ink_soft, &year);
    ui.ink(pos2(right, y + 10.0), Align2::RIGHT_CENTER, Type::Note, tokens.ink_soft, &length);
    y += 20.0;
    ui.hline(left..=right, y, 1.0, tokens.ink);
    y += 8.0;
    let galley = ui.clamped(Type::Story, tokens.ink, &level.headline, rect.width(), 3);
    y = ui.lay(pos2(left, y), galley).bottom() + 8.0;
    let foot = rect.bottom() - 22.0;
    let button = 44.0;
    let text_room = foot - 12.0 - y;
    let picture_height = if rect.height() > 420.0 { 120.0 } else { 80.0 };
    if text_room > picture_height + 24.0 {
        let picture = Rect::from_min_size(pos2(left, y), vec2(rect.width(), picture_height));
        draw_picture(ui, picture, level);
        y += picture_height + 6.0;
    }
    let seat = format!("You are {}. ", words.seat(level.first_seat));
    let end = if chosen { foot - 12.0 - button - 8.0 } else { foot - 8.0 };
    let lines = ((end - y) / 22.0).floor().max(0.0) as usize;
    let text = format!("{seat}{}", level.premise);
    if lines > 0 {
        let galley = ui.clamped(Type::Body, tokens.ink_soft, &text, rect.width(), lines);
        ui.lay(pos2(left, y), galley);
    }
    if chosen {
        let place =
            Rect::from_min_size(pos2(left, foot - 12.0 - button), vec2(rect.width(), button));
        ui.painter().rect_filled(place, 4, tokens.pen_fill);
        let text = "Open this paper";
        ui.ink(place.center(), Align2::CENTER_CENTER, Type::RowStrong, tokens.on_pen, text);
    }
    ui.hline(left..=right, foot, 1.0, tokens.rule);
    let seats = format!(
        "{}, {}",
        numbers::count(level.giants.len() as u32, "giant"),
        numbers::count(level.labs.len() as u32, "lab")
    );
    let y = foot + 14.0;
    let lessons = if level.lessons.is_empty() { "" } else { " · with lessons" };
    let text = format!("{seats}{lessons}");
    ui.ink(pos2(left, y), Align2::LEFT_CENTER, Type::Note, tokens.ink_note, &text);
    let best = shelf.best(&level.id);
    medal_mark(ui, pos2(right, y), best);
}

fn medal_mark(ui: &mut Ui, right: Pos2, best: Medal) {
    let tokens = ui.tokens();
    if best == Medal::None {
        return;
    }
    let text =
        ui.ink(right, Align2::RIGHT_CENTER, Type::NoteStrong, tokens.ink, labels::medal(best));
    ui.painter().circle_stroke(
        pos2(text.left() - 9.0, right.y),
        4.5,
        Stroke::new(2.0, tokens.warn_fill),
    );
}

/// What a level is about, in a few marks of its own seats.
fn draw_picture(ui: &mut Ui, rect: Rect, level: &Level) {
    let tokens = ui.tokens();
    let giants = level.giants.len();
    let mark = |seat: usize, key: &str| {
        Mark::known(key).unwrap_or_else(|| match seat < giants {
            true => Mark::of_giant(seat),
            false => Mark::of_lab(seat - giants),
        })
    };
    let painter = ui.painter().clone();
    let first = level.first_seat;
    let middle = rect.center();
    if !level.lessons.is_empty() {
        // Three clauses, one agreed.
        for (row, (from, to)) in [(0.22, 0.62), (0.5, 0.5), (0.16, 0.74)].into_iter().enumerate() {
            let y = rect.top() + rect.height() * (0.22 + 0.28 * row as f32);
            let x = |part: f32| rect.left() + 12.0 + part * (rect.width() - 24.0);
            ui.hline(x(0.0)..=x(1.0), y, 1.0, tokens.rule_soft);
            if row == 1 {
                painter.circle_filled(pos2(x(0.5), y), 7.0, tokens.good);
                crate::ui::widgets::tick(&painter, pos2(x(0.5), y), 6.5, tokens.sheet);
                continue;
            }
            let bar = Rect::from_min_max(pos2(x(from) + 8.0, y - 2.0), pos2(x(to) - 9.0, y + 2.0));
            painter.rect_filled(bar, 0, tokens.other);
            draw_mark(&painter, Mark::Triangle, pos2(x(from), y), 13.0, tokens.pen);
            draw_mark(&painter, Mark::Hexagon, pos2(x(to), y), 15.0, tokens.firm(Mark::Hexagon));
        }
        return;
    }
    // Who has no cloud deals with everybody who has one.
    let key = match first.role(giants) {
        Role::Lab(lab) => Some(&level.labs[lab.index()].id),
        Role::Giant(firm) => {
            let giant = &level.giants[firm.index()];
            giant.cloud.is_none().then_some(&giant.id)
        }
    };
    match (key, first.role(giants)) {
        (Some(key), _) => {
            let own = mark(first.index(), key);
            draw_mark(&painter, own, middle, 36.0, tokens.firm(own));
            let others = level.giants.iter().enumerate().filter(|(_, giant)| giant.id != *key);
            let count = others.clone().count() as f32;
            for (number, (place, giant)) in others.enumerate() {
                let angle = std::f32::consts::TAU * (number as f32 + 0.5) / count;
                let at =
                    middle + vec2(0.38 * rect.width(), 0.42 * rect.height()) * Vec2::angled(angle);
                let towards = (middle - at).normalized();
                painter.line_segment(
                    [at + 12.0 * towards, middle - 24.0 * towards],
                    Stroke::new(1.4, tokens.rule),
                );
                let mark = mark(place, &giant.id);
                draw_mark(&painter, mark, at, 14.0, tokens.firm(mark));
            }
        }
        (None, Role::Giant(firm)) => shares(ui, rect, level, firm.index(), &mark),
        (None, Role::Lab(_)) => {}
    }
}

/// Who has how much of the cloud at the opening, as columns, rivals' in a tint.
fn shares(ui: &mut Ui, rect: Rect, level: &Level, own: usize, mark: &dyn Fn(usize, &str) -> Mark) {
    let tokens = ui.tokens();
    let painter = ui.painter().clone();
    let share = |place: usize| {
        let cloud = level.giants[place].cloud.as_ref();
        cloud.map(|cloud| {
            let parts = cloud.share.iter().zip(&level.segments);
            parts.map(|(share, segment)| share * segment.size).sum::<f64>()
        })
    };
    let most = (0..level.giants.len()).filter_map(share).fold(0.05, f64::max);
    let count = level.giants.len() as f32;
    let pitch = (rect.width() / count).min(70.0);
    let start = rect.center().x - 0.5 * pitch * count;
    let base = rect.bottom() - 20.0;
    ui.hline(rect.left()..=rect.right(), base, 1.2, tokens.other);
    for (place, giant) in level.giants.iter().enumerate() {
        let x = start + (place as f32 + 0.5) * pitch;
        let mark = mark(place, &giant.id);
        let colour = tokens.firm(mark);
        let tall = (share(place).unwrap_or(0.0) / most) as f32 * (rect.height() - 26.0);
        let bar =
            Rect::from_min_max(pos2(x - 0.3 * pitch, base - tall), pos2(x + 0.3 * pitch, base));
        if place == own {
            painter.rect_filled(bar, 0, colour);
        } else {
            painter.rect_filled(bar, 0, tokens.faded(colour, 0.36));
        }
        draw_mark(&painter, mark, pos2(x, base + 12.0), 12.0, colour);
    }
}
