//! Pages that were written as blocks, laid out in the house's type: records, help, answers.

use bevy_egui::egui::{Rect, Sense, Ui, pos2, vec2};

use super::bars::double_rule;
use super::ink::House;
use super::tip::{Tip, tip};
use crate::host::text::{Block, RowNote};
use crate::ui::tokens::Type;

/// No line of text is longer than this.
const MEASURE: f32 = 640.0;

/// Lays blocks out in flow; in two columns where there is width for both.
pub fn blocks(ui: &mut Ui, list: &[Block]) {
    let heads = list.iter().enumerate().filter(|(_, block)| matches!(block, Block::Heading(_)));
    let heads: Vec<usize> = heads.map(|(place, _)| place).filter(|place| *place > 0).collect();
    if ui.available_width() < 1_500.0 || heads.is_empty() {
        return column(ui, list, list);
    }
    // The heading nearest the middle begins the second column.
    let weight = |blocks: &[Block]| -> usize { blocks.iter().map(lines).sum() };
    let uneven = |place: &usize| weight(&list[..*place]).abs_diff(weight(&list[*place..]));
    let cut = heads.into_iter().min_by_key(uneven).unwrap_or(list.len());
    ui.spacing_mut().item_spacing.x = 48.0;
    ui.columns(2, |sides| {
        column(&mut sides[0], &list[..cut], list);
        column(&mut sides[1], &list[cut..], list);
    });
}

/// About how many lines a block takes.
fn lines(block: &Block) -> usize {
    match block {
        Block::Table { rows, .. } => rows.len() + 1,
        Block::Paragraph(text) | Block::Note(text) | Block::Bullet(text) => 1 + text.len() / 80,
        _ => 2,
    }
}

/// Blocks one below the other; `all` is the page they are of.
fn column(ui: &mut Ui, list: &[Block], all: &[Block]) {
    let tokens = ui.tokens();
    ui.spacing_mut().item_spacing = vec2(0.0, 6.0);
    for block in list {
        match block {
            Block::Masthead(_) => {}
            Block::Heading(text) => {
                ui.add_space(8.0);
                ui.rule(1.5, tokens.ink, 2.0);
                ui.say(Type::Panel, tokens.ink, text);
            }
            Block::Headline(text) => {
                ui.say(Type::Section, tokens.ink, text);
            }
            Block::Paragraph(text) => measured(ui, Type::Body, tokens.ink, text, 0.0),
            Block::Note(text) => measured(ui, Type::Note, tokens.ink_note, text, 0.0),
            Block::Bullet(text) => {
                let at = ui.next_widget_position() + vec2(4.0, 11.0);
                ui.painter().circle_filled(at, 2.5, tokens.ink_soft);
                measured(ui, Type::Body, tokens.ink, text, 16.0);
            }
            Block::Example(text) => measured(ui, Type::Row, tokens.pen, text, 16.0),
            Block::Aside(text) => measured(ui, Type::Body, tokens.ink_soft, text, 0.0),
            Block::Entry { name, text } => entry(ui, name, text),
            Block::Lesson { title, say, .. } => {
                ui.say(Type::Panel, tokens.ink, title);
                for part in say.split('\n').filter(|part| !part.trim().is_empty()) {
                    measured(ui, Type::Body, tokens.ink, part.trim(), 0.0);
                }
            }
            Block::Table { header, right, rows, total, notes } => {
                // Tables of one kind on a page keep their columns.
                let alike: Vec<&[Vec<String>]> = all
                    .iter()
                    .filter_map(|other| match other {
                        Block::Table { header: of, rows, .. } if of == header => Some(&rows[..]),
                        _ => None,
                    })
                    .collect();
                table(ui, (header, right), (rows, notes), &alike, *total);
            }
        }
    }
}

fn measured(ui: &mut Ui, kind: Type, colour: bevy_egui::egui::Color32, text: &str, indent: f32) {
    let width = (ui.available_width() - indent).min(MEASURE);
    let galley = ui.galley(kind, colour, text, width);
    let (rect, _) = ui.allocate_exact_size(galley.size() + vec2(indent, 0.0), Sense::hover());
    ui.lay(rect.min + vec2(indent, 0.0), galley);
}

fn entry(ui: &mut Ui, name: &str, text: &str) {
    let tokens = ui.tokens();
    let column = 190.0f32.min(0.35 * ui.available_width());
    let width = (ui.available_width() - column).min(MEASURE);
    let name = ui.galley(Type::RowStrong, tokens.ink, name, column - 8.0);
    let text = ui.galley(Type::Interface, tokens.ink_soft, text, width);
    let height = name.size().y.max(text.size().y) + 4.0;
    let (rect, _) = ui.allocate_exact_size(vec2(column + width, height), Sense::hover());
    ui.lay(rect.min + vec2(0.0, 1.0), name);
    ui.lay(rect.min + vec2(column, 0.0), text);
}

/// A table whose columns take what they need; the widest text column takes the rest.
fn table(
    ui: &mut Ui,
    (header, right): (&[String], &[usize]),
    (rows, notes): (&[Vec<String>], &[RowNote]),
    alike: &[&[Vec<String>]],
    total: bool,
) {
    let tokens = ui.tokens();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0).max(header.len());
    if columns == 0 {
        return;
    }
    let gap = 20.0;
    let room = ui.available_width().min(1_100.0) - gap * (columns as f32 - 1.0);
    let wish = |place: usize| {
        let cells = alike.iter().copied().flatten().filter_map(|row| row.get(place));
        let cells = cells.chain(header.get(place));
        let widths =
            cells.map(|text| ui.galley(Type::Row, tokens.ink, text, f32::INFINITY).size().x);
        widths.fold(10.0, f32::max) + 1.0
    };
    let mut widths: Vec<f32> = (0..columns).map(wish).collect();
    let over = widths.iter().sum::<f32>() - room;
    if over > 0.0 {
        let widest = (0..columns)
            .filter(|place| !right.contains(place))
            .max_by(|one, other| widths[*one].total_cmp(&widths[*other]))
            .unwrap_or(0);
        widths[widest] = (widths[widest] - over).max(120.0);
    }
    let whole = widths.iter().sum::<f32>() + gap * (columns as f32 - 1.0);
    if header.iter().any(|text| !text.is_empty()) {
        line(ui, header, right, &widths, gap, (Type::Note, tokens.ink_soft));
        let at = ui.next_widget_position();
        ui.hline(at.x..=at.x + whole, at.y - 2.0, 1.0, tokens.ink);
    }
    for (place, row) in rows.iter().enumerate() {
        let at = ui.next_widget_position();
        let sums = total && place + 1 == rows.len();
        if sums {
            ui.hline(at.x..=at.x + whole, at.y - 2.0, 1.2, tokens.ink);
        }
        let kind = if sums { Type::RowStrong } else { Type::Row };
        let shown = line(ui, row, right, &widths, gap, (kind, tokens.ink));
        if let Some(note) = notes.get(place) {
            tell(ui, shown, row, note);
        }
        let at = ui.next_widget_position();
        match sums {
            true => double_rule(ui, at.x, at.x + whole, at.y - 2.0),
            false => ui.hline(at.x..=at.x + whole, at.y - 2.0, 1.0, tokens.rule_soft),
        }
    }
    ui.add_space(4.0);
}

fn line(
    ui: &mut Ui,
    cells: &[String],
    right: &[usize],
    widths: &[f32],
    gap: f32,
    (kind, colour): (Type, bevy_egui::egui::Color32),
) -> Rect {
    let galleys: Vec<_> = cells
        .iter()
        .zip(widths)
        .map(|(text, width)| ui.galley(kind, colour, text, width + 1.0))
        .collect();
    let height = galleys.iter().map(|galley| galley.size().y).fold(0.0, f32::max) + 4.0;
    let whole = widths.iter().sum::<f32>() + gap * (widths.len() as f32 - 1.0);
    let (rect, _) = ui.allocate_exact_size(vec2(whole, height), Sense::hover());
    let mut left = rect.left();
    for (place, (galley, width)) in galleys.into_iter().zip(widths).enumerate() {
        let x = if right.contains(&place) { left + width - galley.size().x } else { left };
        let _: Rect = ui.lay(pos2(x, rect.top() + 2.0), galley);
        left += width + gap;
    }
    rect
}

/// The note of a row: its first words, its last figure, and what there is to say of it.
fn tell(ui: &mut Ui, rect: Rect, row: &[String], note: &RowNote) {
    let name = row.join(", ");
    let id = ui.id().with(("row", rect.top() as i32, &name));
    let told = ui.told(rect, id, &name);
    tip(ui, &told, || {
        let figure = row.iter().rev().find(|text| !text.is_empty()).cloned().unwrap_or_default();
        let title = row.iter().find(|text| !text.is_empty()).cloned().unwrap_or_default();
        let lines = note.lines.iter();
        let of = lines.fold(Tip::new(title, figure), |tip, (label, figure)| tip.row(label, figure));
        of.note(&note.text)
    });
}
