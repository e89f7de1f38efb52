//! The diary as a line: what was signed, this quarter, what is to come.

use bevy_egui::egui::{Align2, Color32, Painter, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use crate::host::words::calendar as dated;
use crate::sim::calendar::{self, Event};
use crate::ui::desk::Desk;
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Tip, tip};
use crate::units::Quarter;

pub fn timeline(ui: &mut Ui, rect: Rect, desk: &Desk) {
    let tokens = ui.tokens();
    let view = &desk.view;
    let last = view.level.quarters;
    let y = rect.center().y + 2.0;
    let pitch = rect.width() / last as f32;
    let x = |quarter: u32| rect.left() + (quarter as f32 - 1.0) * pitch;
    let now = view.quarter.0.min(last);
    let here = Rect::from_min_max(pos2(x(now), y - 8.0), pos2(x(now) + pitch, y + 8.0));
    ui.painter().rect_filled(here, 0, tokens.pen_wash);
    ui.hline(rect.left()..=here.left(), y, 1.6, tokens.ink);
    ui.hline(here.left()..=rect.right(), y, 1.2, tokens.rule);
    for quarter in 1..=last + 1 {
        let at = x(quarter);
        let calendar = view.level.opening.plus(quarter);
        let year = calendar.quarter == 1 || quarter == 1;
        let tall = if year { 7.0 } else { 4.0 };
        let colour = if quarter <= now { tokens.ink } else { tokens.other };
        ui.vline(at, y - tall..=y + tall, 1.2, colour);
        if year && quarter <= last {
            let text = calendar.year.to_string();
            let place = pos2(at, y + 12.0);
            ui.ink(place, Align2::LEFT_TOP, Type::NoteStrong, tokens.ink_soft, &text);
        }
    }
    let text = desk.words.quarter(view.quarter);
    let at = pos2(here.center().x, here.top() - 2.0);
    let now_label = ui.ink(at, Align2::CENTER_BOTTOM, Type::NoteStrong, tokens.pen, &text);
    let mut taken: Vec<Rect> = vec![now_label.expand(6.0)];
    for deal in view.deals.iter().filter(|deal| deal.signed.0 > 0) {
        let at = pos2(x(deal.signed.0) + 0.5 * pitch, y);
        diamond(ui.painter(), at, tokens.ink, true);
        let text = format!("{}–{}", desk.words.firm(deal.giant), desk.words.lab(deal.lab));
        written(ui, at, &text, tokens.ink, &mut taken, rect);
    }
    for date in calendar::dates(view).iter().filter(|date| !date.after_the_end) {
        if date.quarter == Quarter(0) || matches!(date.event, Event::CapacityArrives { .. }) {
            continue;
        }
        let at = pos2(x(date.quarter.0) + 0.5 * pitch, y);
        let mine = date.concerns.contains(view.seat) || date.concerns.is_empty();
        let colour = if mine { tokens.pen } else { tokens.ink_soft };
        diamond(ui.painter(), at, colour, false);
        let told = dated::line(&desk.words, view, date);
        written(ui, at, short(date.event), colour, &mut taken, rect);
        let id = ui.id().with(("date", date.quarter.0, told.len()));
        let hit = Rect::from_center_size(at, vec2(16.0, 16.0));
        let quarter = desk.words.quarter(date.quarter);
        let response = ui.told(hit, id, &format!("{quarter}: {told}"));
        tip(ui, &response, || Tip::new(quarter.clone(), "").note(told.clone()));
    }
}

/// A date in a word or two.
fn short(event: Event) -> &'static str {
    match event {
        Event::ExclusivityEnds { .. } => "exclusivity ends",
        Event::AccessEnds { .. } => "access ends",
        Event::BarEnds { .. } => "a bar ends",
        Event::LicenceEnds { .. } => "licence ends",
        Event::ChipsEnd { .. } => "chips end",
        Event::CommitmentEnds { .. } => "commitment ends",
        Event::TrancheDue { .. } => "tranche due",
        Event::TrancheLapses { .. } => "tranche lapses",
        Event::CapacityArrives { .. } => "capacity",
        Event::RunwayEnds { .. } => "cash runs out",
        Event::InquiryEnds { .. } => "inquiry ends",
        Event::InteroperabilityEnds { .. } => "remedy ends",
        Event::DilemmaDue { .. } => "answer due",
        Event::Announced { .. } => "announced",
        Event::CardsDealt => "cards",
        Event::GoalJudged { .. } => "goal judged",
        Event::LastQuarter => "judgement",
    }
}

/// Writes over a mark if nothing is written there yet.
fn written(ui: &mut Ui, at: Pos2, text: &str, colour: Color32, taken: &mut Vec<Rect>, room: Rect) {
    let galley = ui.galley(Type::Note, colour, text, f32::INFINITY);
    let half = 0.5 * galley.size().x;
    let x = at.x.clamp(room.left() + half, (room.right() - half).max(room.left() + half));
    let rect = Rect::from_center_size(pos2(x, at.y - 18.0), galley.size());
    if taken.iter().any(|other| other.intersects(rect)) {
        return;
    }
    taken.push(rect.expand2(vec2(8.0, 0.0)));
    ui.lay(rect.min, galley);
}

fn diamond(painter: &Painter, at: Pos2, colour: Color32, filled: bool) {
    let r = 6.0;
    let points = vec![at - vec2(0.0, r), at + vec2(r, 0.0), at + vec2(0.0, r), at - vec2(r, 0.0)];
    match filled {
        true => painter.add(Shape::convex_polygon(points, colour, Stroke::NONE)),
        false => painter.add(Shape::closed_line(points, Stroke::new(1.8, colour))),
    };
}
