//! The diary as a line: what was signed, this quarter, what is to come.

use bevy_egui::egui::{Align2, Color32, Painter, Pos2, Rect, Shape, Stroke, Ui, pos2, vec2};

use crate::host::words::calendar as dated;
use crate::host::words::refusals::upper_first;
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
    let mut taken: Vec<Rect> = Vec::new();
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
            let year = ui.ink(place, Align2::LEFT_TOP, Type::NoteStrong, tokens.ink_soft, &text);
            taken.push(year.expand2(vec2(8.0, 0.0)));
        }
    }
    let text = desk.words.quarter(view.quarter);
    let at = pos2(here.center().x, here.top() - 2.0);
    let now_label = ui.ink(at, Align2::CENTER_BOTTOM, Type::NoteStrong, tokens.pen, &text);
    taken.push(now_label.expand(6.0));
    let mut marks = marks(desk);
    // What concerns the player finds its room first.
    let room = rect.expand2(vec2(0.0, 8.0));
    marks.sort_by_key(|mark| !mark.mine);
    for mark in marks {
        let at = pos2(x(mark.quarter) + 0.5 * pitch, y);
        let signed = mark.quarter <= now && mark.signed;
        let colour = match (mark.mine, signed) {
            (true, _) => tokens.pen,
            (false, true) => tokens.ink,
            (false, false) => tokens.ink_soft,
        };
        diamond(ui.painter(), at, colour, signed);
        written(ui, at, &mark.names, colour, &mut taken, room);
        let id = ui.id().with(("date", mark.quarter));
        let hit = Rect::from_center_size(at, vec2(16.0, 16.0));
        let quarter = desk.words.quarter(Quarter(mark.quarter));
        let told = mark.told.join(" ");
        let response = ui.told(hit, id, &format!("{quarter}: {told}"));
        tip(ui, &response, || Tip::new(quarter.clone(), "").note(told.clone()));
    }
}

/// What happened or will in one quarter: one mark, however much it is.
struct Mark {
    quarter: u32,
    /// Something in it concerns the player.
    mine: bool,
    signed: bool,
    /// In a word or two each, the player's first.
    names: Vec<String>,
    told: Vec<String>,
}

fn marks(desk: &Desk) -> Vec<Mark> {
    let view = &desk.view;
    let mut found: Vec<(u32, bool, bool, String, String)> = Vec::new();
    for deal in view.deals.iter().filter(|deal| deal.signed.0 > 0) {
        let name = format!("{}–{}", desk.words.firm(deal.giant), desk.words.lab(deal.lab));
        let mine = view.seat == deal.giant.seat() || view.seat == view.lab_seat(deal.lab);
        let told = format!("{name}: signed.");
        found.push((deal.signed.0, mine, true, name, told));
    }
    for date in calendar::dates(view).iter().filter(|date| !date.after_the_end) {
        if date.quarter == Quarter(0) || matches!(date.event, Event::CapacityArrives { .. }) {
            continue;
        }
        let mine = date.concerns.contains(view.seat) || date.concerns.is_empty();
        let told = upper_first(&dated::line(&desk.words, view, date));
        let told = if told.ends_with('.') { told } else { format!("{told}.") };
        found.push((date.quarter.0, mine, false, short(date.event).to_owned(), told));
    }
    found.sort_by_key(|(quarter, mine, ..)| (*quarter, !*mine));
    let mut out: Vec<Mark> = Vec::new();
    for (quarter, mine, signed, name, told) in found {
        let mut mark = match out.pop_if(|mark| mark.quarter == quarter) {
            Some(mark) => mark,
            None => {
                Mark { quarter, mine: false, signed: false, names: Vec::new(), told: Vec::new() }
            }
        };
        mark.mine |= mine;
        mark.signed |= signed;
        if !mark.names.contains(&name) {
            mark.names.push(name);
        }
        mark.told.push(told);
        out.push(mark);
    }
    out
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
        Event::CardsDealt => "cards dealt",
        Event::GoalJudged { .. } => "goal judged",
        Event::LastQuarter => "judgement",
    }
}

/// Writes what there is at a mark: over it, higher, or under it, wherever nothing is written yet; of
/// several the first, and how many more.
fn written(
    ui: &mut Ui,
    at: Pos2,
    names: &[String],
    colour: Color32,
    taken: &mut Vec<Rect>,
    room: Rect,
) {
    let [first, more @ ..] = names else { return };
    let text = match more.len() {
        0 => first.clone(),
        more => format!("{first} +{more}"),
    };
    let galley = ui.galley(Type::Note, colour, &text, f32::INFINITY);
    let half = 0.5 * galley.size().x;
    let x = at.x.clamp(room.left() + half, (room.right() - half).max(room.left() + half));
    for row in [-18.0, -35.0, 20.0] {
        let rect = Rect::from_center_size(pos2(x, at.y + row), galley.size());
        let inside = rect.top() >= room.top() && rect.bottom() <= room.bottom();
        if !inside || taken.iter().any(|other| other.intersects(rect)) {
            continue;
        }
        if row < -30.0 {
            ui.vline(at.x, rect.bottom() - 1.0..=at.y - 8.0, 1.0, ui.tokens().rule);
        }
        taken.push(rect.expand2(vec2(8.0, 0.0)));
        ui.lay(rect.min, galley);
        return;
    }
}

fn diamond(painter: &Painter, at: Pos2, colour: Color32, filled: bool) {
    let r = 6.0;
    let points = vec![at - vec2(0.0, r), at + vec2(r, 0.0), at + vec2(0.0, r), at - vec2(r, 0.0)];
    match filled {
        true => painter.add(Shape::convex_polygon(points, colour, Stroke::NONE)),
        false => painter.add(Shape::closed_line(points, Stroke::new(1.8, colour))),
    };
}
