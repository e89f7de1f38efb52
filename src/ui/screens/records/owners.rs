//! Who owns a lab: its parts round by round, and who gets what if it is sold.

use bevy_egui::egui::{Align2, Color32, Rect, Sense, Ui, pos2, vec2};

use crate::host::words::refusals::upper_first;
use crate::host::words::{labels, numbers};
use crate::ids::{LabId, SeatId};
use crate::sim::deal::{Deal, Holder, Instrument, Paid, proceeds};
use crate::ui::desk::Desk;
use crate::ui::screens::Scene;
use crate::ui::tokens::{Mark, Type};
use crate::ui::widgets::{House, Tip, draw_mark, segmented, tip};
use crate::units::Money;

/// Prices a lab may be sold at, in times what it is worth.
const SOLD_AT: [f64; 5] = [0.1, 0.25, 0.5, 1.0, 2.0];

pub(super) fn show(ui: &mut Ui, scene: &mut Scene, width: f32) {
    let labs = scene.desk.view.labs.len();
    let lab = LabId(scene.state.owned.min(labs.saturating_sub(1)) as u8);
    if labs > 1 {
        let names: Vec<String> =
            (0..labs).map(|place| scene.desk.words.lab(LabId(place as u8)).to_owned()).collect();
        let shown: Vec<&str> = names.iter().map(String::as_str).collect();
        let (rect, _) = ui.allocate_exact_size(vec2(width, 36.0), Sense::hover());
        let chosen = lab.index();
        let at = rect.left_center();
        if let Some(place) = segmented(ui, at, Align2::LEFT_CENTER, "Lab", &shown, chosen) {
            scene.state.owned = place;
        }
    }
    let desk = &*scene.desk;
    let Some(table) = desk.view.cap_table(lab) else { return };
    let mut holders: Vec<Holder> = Vec::new();
    for holder in table.holdings().iter().map(|held| held.holder) {
        if !holders.contains(&holder) {
            holders.push(holder);
        }
    }
    for note in table.notes() {
        if !holders.contains(&note.holder) {
            holders.push(note.holder);
        }
    }
    // Seats first, each in its place; the people behind the others last.
    holders.sort_by_key(|holder| match holder {
        Holder::Seat(seat) => (0, seat.0),
        Holder::Rescuers => (1, 0),
        Holder::Other(place) => (2, *place),
    });
    rounds(ui, desk, lab, &holders, width);
    sold(ui, desk, lab, &holders, width);
}

fn name(desk: &Desk, lab: LabId, holder: Holder) -> String {
    match holder {
        Holder::Seat(seat) => desk.words.seat(seat).to_owned(),
        Holder::Rescuers => "Investors of its rescue".to_owned(),
        Holder::Other(place) => {
            let others = &desk.view.level.labs[lab.index()].other_holders;
            upper_first(others.get(usize::from(place)).map_or("others", |(name, _)| name.as_str()))
        }
    }
}

fn mark(desk: &Desk, holder: Holder) -> Mark {
    match holder {
        Holder::Seat(seat) => desk.mark(seat),
        Holder::Rescuers | Holder::Other(_) => Mark::Dash,
    }
}

/// What a holder has of a lab at the end of a closed quarter; the rest is the others' by their parts.
struct Column {
    title: String,
    note: String,
    parts: Vec<f64>,
    deals: Vec<String>,
}

/// The parts at the opening, after every quarter in which they moved, and now.
fn columns(desk: &Desk, lab: LabId, holders: &[Holder]) -> Vec<Column> {
    let view = &desk.view;
    let level = &view.level.labs[lab.index()];
    let sum: f64 = level.other_holders.iter().map(|(_, part)| part).sum::<f64>().max(1e-9);
    let rescued = |at: &crate::sim::view::Published| at.labs[lab.index()].rescues > 0;
    let mut columns: Vec<Column> = Vec::new();
    for published in desk.past() {
        // Parts among the people behind the others are known now alone once there was a rescue.
        if rescued(&published) {
            break;
        }
        let stakes = &published.labs[lab.index()].stakes;
        let held: f64 = stakes.iter().sum();
        let parts: Vec<f64> = holders
            .iter()
            .map(|holder| match holder {
                Holder::Seat(SeatId(seat)) => {
                    stakes.get(usize::from(*seat)).copied().unwrap_or(0.0)
                }
                Holder::Other(place) => {
                    let part = level.other_holders.get(usize::from(*place)).map_or(0.0, |o| o.1);
                    (1.0 - held) * part / sum
                }
                Holder::Rescuers => 0.0,
            })
            .collect();
        let same = columns.last().is_some_and(|before| {
            before.parts.iter().zip(&parts).all(|(one, other)| (one - other).abs() < 5e-5)
        });
        if same {
            continue;
        }
        let deals = signed(desk, lab, published.quarter);
        let title = desk.words.quarter(published.quarter);
        let note = match deals.first() {
            _ if columns.is_empty() => "the opening".to_owned(),
            Some(_) => buyers(&deals),
            None => "shares issued".to_owned(),
        };
        columns.push(Column { title, note, parts, deals: told(deals) });
    }
    if let Some(table) = view.cap_table(lab) {
        let parts: Vec<f64> = holders.iter().map(|holder| table.part(*holder)).collect();
        let same = columns.last().is_some_and(|before| {
            before.parts.iter().zip(&parts).all(|(one, other)| (one - other).abs() < 5e-5)
        });
        if !same {
            let deals = signed(desk, lab, view.quarter);
            let note = match deals.is_empty() {
                true => "as it stands".to_owned(),
                false => buyers(&deals),
            };
            columns.push(Column { title: "Now".to_owned(), note, parts, deals: told(deals) });
        }
    }
    // The first and the latest say most.
    while columns.len() > 7 {
        columns.remove(1);
    }
    columns
}

/// Who bought in a quarter, and for how much together.
fn buyers(deals: &[(String, Money)]) -> String {
    let names: Vec<&str> = deals.iter().map(|(who, _)| who.as_str()).collect();
    let sum: Money = deals.iter().map(|(_, sum)| *sum).sum();
    format!("{} {}", names.join(", "), numbers::money(sum))
}

fn told(deals: Vec<(String, Money)>) -> Vec<String> {
    deals.into_iter().map(|(who, sum)| format!("{who} {}", numbers::money(sum))).collect()
}

/// What was signed with a lab in a quarter: with whom, and for how much.
fn signed(desk: &Desk, lab: LabId, quarter: crate::units::Quarter) -> Vec<(String, Money)> {
    let deals = desk.view.deals.iter();
    let round = |deal: &&Deal| {
        deal.lab == lab
            && deal.signed == quarter
            && deal.signed.0 > 0
            && deal.sheet.amount().is_positive()
    };
    deals
        .filter(round)
        .map(|deal| (desk.words.firm(deal.giant).to_owned(), deal.sheet.amount()))
        .collect()
}

fn rounds(ui: &mut Ui, desk: &Desk, lab: LabId, holders: &[Holder], width: f32) {
    let tokens = ui.tokens();
    let columns = columns(desk, lab, holders);
    let names = 190.0f32.min(0.3 * width);
    let pitch = ((width - names) / columns.len().max(1) as f32).min(132.0);
    let row = 26.0;
    let bars = 180.0;
    ui.add_space(8.0);
    let height = 34.0 + bars + 56.0 + row * holders.len() as f32;
    let (area, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let right = area.left() + names + pitch * columns.len() as f32;
    ui.hline(area.left()..=area.right(), area.top(), 1.5, tokens.ink);
    let at = area.min + vec2(0.0, 6.0);
    ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, "Round by round");
    let fill = |place: usize, holder: Holder| -> Color32 {
        match holder {
            Holder::Seat(seat) => tokens.firm(desk.mark(seat)),
            _ if place.is_multiple_of(2) => tokens.rule,
            _ => tokens.other,
        }
    };
    // A pale bar has a mark that can be seen.
    let shade = |holder: Holder, colour: Color32| match holder {
        Holder::Seat(_) => colour,
        _ => tokens.other,
    };
    let top = area.top() + 34.0;
    for (number, column) in columns.iter().enumerate() {
        let left = area.left() + names + pitch * number as f32;
        let bar = Rect::from_min_size(pos2(left + 8.0, top), vec2(pitch - 22.0, bars));
        let mut y = bar.bottom();
        for (place, (holder, part)) in holders.iter().zip(&column.parts).enumerate() {
            let tall = *part as f32 * bars;
            let piece = Rect::from_min_max(pos2(bar.left(), y - tall), pos2(bar.right(), y));
            ui.painter().rect_filled(piece, 0, fill(place, *holder));
            ui.hline(piece.left()..=piece.right(), piece.top(), 1.5, tokens.page);
            y -= tall;
        }
        let x = bar.right();
        let at = pos2(x, bar.bottom() + 4.0);
        ui.ink(at, Align2::RIGHT_TOP, Type::NoteStrong, tokens.ink, &column.title);
        let note = ui.clamped(Type::Note, tokens.ink_soft, &column.note, pitch - 12.0, 2);
        ui.lay(pos2(x - note.size().x, bar.bottom() + 19.0), note);
        let spoken =
            format!("{}, {}: {}", desk.words.lab(lab), column.title, column.deals.join(", "));
        let told = ui.told(bar, ui.id().with(("round", number)), &spoken);
        tip(ui, &told, || {
            let note = Tip::new(desk.words.lab(lab), column.title.clone()).unit("who owns it");
            let parts = holders.iter().zip(&column.parts).filter(|(_, part)| **part > 5e-4);
            let note = parts.fold(note, |note, (holder, part)| {
                note.row(name(desk, lab, *holder), numbers::share(*part))
            });
            note.note(column.deals.join("; "))
        });
    }
    let mut y = top + bars + 56.0;
    ui.hline(area.left()..=right, y, 1.2, tokens.ink);
    for (place, holder) in holders.iter().enumerate() {
        let middle = y + 0.5 * row;
        let at = pos2(area.left() + 8.0, middle);
        draw_mark(
            ui.painter(),
            mark(desk, *holder),
            at,
            11.0,
            shade(*holder, fill(place, *holder)),
        );
        let text = name(desk, lab, *holder);
        let text = ui.clamped(Type::Row, tokens.ink, &text, names - 30.0, 1);
        ui.lay(pos2(area.left() + 22.0, middle - 0.5 * text.size().y), text);
        for (number, column) in columns.iter().enumerate() {
            let x = area.left() + names + pitch * (number as f32 + 1.0) - 14.0;
            let part = column.parts[place];
            let before = number.checked_sub(1).map(|earlier| columns[earlier].parts[place]);
            let kind = match before {
                Some(before) if (before - part).abs() >= 5e-4 => Type::RowStrong,
                _ => Type::Row,
            };
            let text = if part < 5e-5 { "–".to_owned() } else { numbers::share(part) };
            ui.ink(pos2(x, middle), Align2::RIGHT_CENTER, kind, tokens.ink, &text);
        }
        y += row;
        ui.hline(area.left()..=right, y, 1.0, tokens.rule_soft);
    }
}

/// Who gets what if the lab is sold, in the order of their claims.
fn sold(ui: &mut Ui, desk: &Desk, lab: LabId, holders: &[Holder], width: f32) {
    let tokens = ui.tokens();
    let Some(table) = desk.view.cap_table(lab) else { return };
    let paid: Vec<Paid> = desk
        .view
        .deals
        .iter()
        .filter(|deal| deal.lab == lab && deal.signed.0 > 0 && deal.paid().is_positive())
        .map(|deal| Paid { class: deal.class, bn: deal.paid().bn() })
        .collect();
    let worth = desk.view.published.labs[lab.index()].fundamental_bn;
    let names = 190.0f32.min(0.3 * width);
    let pitch = ((width - names) / SOLD_AT.len() as f32).min(132.0);
    let row = 26.0;
    ui.add_space(14.0);
    let height = 78.0 + row * holders.len() as f32;
    let (area, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let right = area.left() + names + pitch * SOLD_AT.len() as f32;
    ui.hline(area.left()..=area.right(), area.top(), 1.5, tokens.ink);
    let at = area.min + vec2(0.0, 6.0);
    ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, "If it is sold: who gets what");
    let mut lines: Vec<Vec<f64>> = vec![Vec::new(); holders.len()];
    for (number, times) in SOLD_AT.into_iter().enumerate() {
        let price = times * worth;
        let got = proceeds(table, &paid, price);
        for (line, holder) in lines.iter_mut().zip(holders) {
            let found = got.iter().find(|(whose, _)| whose == holder);
            line.push(found.map_or(0.0, |(_, value)| *value));
        }
        let x = area.left() + names + pitch * (number as f32 + 1.0) - 14.0;
        let at = pos2(x, area.top() + 34.0);
        let text = format!("for {}", numbers::bn(price));
        ui.ink(at, Align2::RIGHT_TOP, Type::NoteStrong, tokens.ink, &text);
        let text = match times {
            1.0 => "its worth now".to_owned(),
            t if t > 1.0 => "twice its worth".to_owned(),
            t => format!("{:.0}% of its worth", 100.0 * t),
        };
        let at = pos2(x, area.top() + 50.0);
        ui.ink(at, Align2::RIGHT_TOP, Type::Note, tokens.ink_soft, &text);
    }
    let mut y = area.top() + 72.0;
    ui.hline(area.left()..=right, y, 1.2, tokens.ink);
    for (holder, line) in holders.iter().zip(&lines) {
        let middle = y + 0.5 * row;
        let mark = mark(desk, *holder);
        let at = pos2(area.left() + 8.0, middle);
        draw_mark(ui.painter(), mark, at, 11.0, tokens.firm(mark));
        let who = name(desk, lab, *holder);
        let text = ui.clamped(Type::Row, tokens.ink, &who, names - 30.0, 1);
        ui.lay(pos2(area.left() + 22.0, middle - 0.5 * text.size().y), text);
        for (number, (value, times)) in line.iter().zip(SOLD_AT).enumerate() {
            let x = area.left() + names + pitch * (number as f32 + 1.0) - 14.0;
            let part = value / (times * worth).max(1e-9);
            let text = if *value < 5e-5 { "–".to_owned() } else { numbers::bn(*value) };
            let at = pos2(x, middle);
            let rect = ui.ink(at, Align2::RIGHT_CENTER, Type::Row, tokens.ink, &text);
            let spoken = format!("{who}, sold for {}: {text}", numbers::bn(times * worth));
            let id = ui.id().with(("sold", number, middle as i32));
            let told = ui.told(rect, id, &spoken);
            tip(ui, &told, || {
                Tip::new(who.clone(), text.clone())
                    .unit(format!("of a sale for {}", numbers::bn(times * worth)))
                    .row("part of the price", numbers::share(part))
                    .row("part of the shares", numbers::share(table.part(*holder)))
                    .row(
                        "more than its part",
                        numbers::bn_change(value - table.part(*holder) * times * worth),
                    )
            });
        }
        y += row;
        ui.hline(area.left()..=right, y, 1.0, tokens.rule_soft);
    }
    order(ui, desk, lab, width);
}

/// The claims in the order in which they are paid.
fn order(ui: &mut Ui, desk: &Desk, lab: LabId, width: f32) {
    let tokens = ui.tokens();
    let Some(table) = desk.view.cap_table(lab) else { return };
    let mut claims: Vec<String> = table
        .notes()
        .iter()
        .map(|note| {
            let who = name(desk, lab, note.holder);
            format!("{who}'s note of {}", numbers::money(note.amount))
        })
        .collect();
    let mut rounds: Vec<&Deal> = desk
        .view
        .deals
        .iter()
        .filter(|deal| {
            deal.lab == lab
                && table.holdings().iter().any(|held| held.class == deal.class)
                && deal.signed.0 > 0
                && deal.paid().is_positive()
        })
        .collect();
    rounds.sort_by_key(|deal| std::cmp::Reverse(deal.class));
    claims.extend(rounds.into_iter().map(|deal| {
        let kind = match deal.sheet.instrument {
            Instrument::Convertible => "shares from its note",
            other => labels::instrument(other),
        };
        let sum = numbers::money(deal.paid());
        format!(
            "{}, {kind}, {sum} of {}",
            desk.words.firm(deal.giant),
            desk.words.quarter(deal.signed)
        )
    }));
    claims.push("all other shares, by number".to_owned());
    let text = format!(
        "In this order: {}. Notes and preferred shares take their money back first, or turn into common shares where these bring more; a capped profit ends at its cap (one times the money, no participation: assumed).",
        claims.join("; then ")
    );
    let galley = ui.galley(Type::Note, tokens.ink_soft, &text, width.min(500.0));
    let (rect, _) = ui.allocate_exact_size(galley.size() + vec2(0.0, 8.0), Sense::hover());
    ui.lay(rect.min + vec2(0.0, 6.0), galley);
}
