//! Deal by deal: was it worth it? Each against the same game, under the same luck, without it.

use bevy_egui::egui::{Align2, Rect, Ui, pos2, vec2};

use super::own_deals;
use crate::host::words::worth::{moved as worth_moved, points as points_of};
use crate::host::words::{clauses, labels, numbers};
use crate::ids::Role;
use crate::level::Measure;
use crate::sim::deal::Deal;
use crate::sim::view::SeatView;
use crate::study::{DealWorth, Made};
use crate::ui::screens::Scene;
use crate::ui::tokens::Type;
use crate::ui::verdict::Stand;
use crate::ui::widgets::{Chip, House, Tip, chip, draw_mark, range_bar, tip};

/// Points that a deal must make for a verdict.
const TELLS: f64 = 0.5;
const ROW: f32 = 64.0;

pub(super) fn deals(ui: &mut Ui, scene: &Scene, rect: Rect, stand: &Stand) -> f32 {
    let tokens = ui.tokens();
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.5, tokens.ink);
    let at = rect.min + vec2(0.0, 8.0);
    let title =
        ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, "Deal by deal: was it worth it?");
    let note = match stand {
        Stand::Under(done, of) if *of > 0 => format!("{done} of {of} games played"),
        Stand::Under(..) => "the game is being played again".to_owned(),
        _ => "each against the same game, under the same luck, without that signature".to_owned(),
    };
    let at = pos2(rect.right(), title.center().y);
    ui.ink(at, Align2::RIGHT_CENTER, Type::Note, tokens.ink_soft, &note);
    if let Stand::Under(done, of) = stand {
        let part = *done as f32 / (*of).max(1) as f32;
        let track = Rect::from_min_max(
            pos2(rect.right() - 180.0, title.bottom() + 1.0),
            pos2(rect.right(), title.bottom() + 4.0),
        );
        ui.painter().rect_filled(track, 0, tokens.rule_soft);
        let fill = Rect::from_min_size(track.min, vec2(part * track.width(), track.height()));
        ui.painter().rect_filled(fill, 0, tokens.ink_soft);
    }
    let mut y = title.bottom() + 10.0;
    let list = own_deals(scene);
    if list.is_empty() {
        let text = "Nothing was signed: there is nothing to weigh.";
        let at = pos2(rect.left(), y);
        return ui.ink(at, Align2::LEFT_TOP, Type::Deck, tokens.ink_soft, text).bottom();
    }
    let x = |part: f32| rect.left() + part * rect.width();
    for (at, align, text) in [
        (0.0, Align2::LEFT_TOP, "Signed"),
        (0.068, Align2::LEFT_TOP, "Deal"),
        (0.40, Align2::LEFT_TOP, "Points of the score it made"),
        (0.86, Align2::RIGHT_TOP, "What moved most"),
        (0.89, Align2::LEFT_TOP, "Verdict"),
    ] {
        ui.ink(pos2(x(at), y), align, Type::Note, tokens.ink_soft, text);
    }
    y += 22.0;
    ui.hline(rect.left()..=rect.right(), y, 1.2, tokens.ink);
    let worth = |deal: &Deal| match stand {
        Stand::Found(found) => found.worth.deals.iter().find(|each| each.deal == deal.id),
        _ => None,
    };
    let most =
        list.iter().filter_map(worth).map(|each| each.made.points().abs()).fold(2.0, f64::max)
            * 1.2;
    for deal in &list {
        let row = Rect::from_min_size(pos2(rect.left(), y), vec2(rect.width(), ROW));
        one(ui, scene, row, deal, worth(deal), most);
        y += ROW;
        ui.hline(rect.left()..=rect.right(), y, 1.0, tokens.rule_soft);
    }
    y
}

fn one(ui: &mut Ui, scene: &Scene, row: Rect, deal: &Deal, worth: Option<&DealWorth>, most: f64) {
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    let view = &desk.view;
    let x = |part: f32| row.left() + part * row.width();
    let middle = row.center().y;
    let quarter = desk.words.quarter(deal.signed);
    let at = pos2(x(0.0), middle);
    ui.ink(at, Align2::LEFT_CENTER, Type::Interface, tokens.ink_soft, &quarter);
    let other = match view.role {
        Role::Giant(_) => view.lab_seat(deal.lab),
        Role::Lab(_) => deal.giant.seat(),
    };
    let mark = desk.mark(other);
    let above = middle - 13.0;
    draw_mark(ui.painter(), mark, pos2(x(0.068) + 7.0, above), 14.0, tokens.firm(mark));
    let name = desk.words.seat(other).to_owned();
    let at = pos2(x(0.068) + 22.0, above);
    ui.ink(at, Align2::LEFT_CENTER, Type::Name, tokens.ink, &name);
    let terms = clauses::sheet(&desk.words, &view.deals, &deal.sheet);
    let galley = ui.clamped(Type::Note, tokens.ink_soft, &terms, x(0.385) - x(0.068), 2);
    ui.lay(pos2(x(0.068), middle - 1.0), galley);
    let Some(worth) = worth else {
        let at = pos2(x(0.53), middle);
        ui.ink(at, Align2::CENTER_CENTER, Type::Note, tokens.ink_note, "…");
        return;
    };
    let points = worth.made.points();
    let (colour, kind, word) = match points {
        p if p >= TELLS => (tokens.good, Chip::Worth, "Worth it"),
        p if p <= -TELLS => (tokens.bad, Chip::NotWorth, "Not worth it"),
        _ => (tokens.ink_soft, Chip::Plain, "Hard to say"),
    };
    let bar = Rect::from_min_max(pos2(x(0.40), middle - 12.0), pos2(x(0.64), middle + 12.0));
    range_bar(ui, bar, (-most, most), (points.min(0.0), points, points.max(0.0)), colour);
    let figure = numbers::points_change(points);
    let at = pos2(x(0.655), middle);
    ui.ink(at, Align2::LEFT_CENTER, Type::RowStrong, tokens.ink, &figure);
    let text = worth_moved(&view.level, view.seat, &worth.made.goals)
        .first()
        .map_or_else(|| "no goal moved".to_owned(), |(measure, by)| told(*measure, *by));
    let galley = ui.clamped(Type::Note, tokens.ink, &text, x(0.86) - x(0.70), 2);
    ui.lay(pos2(x(0.86) - galley.size().x, middle - 0.5 * galley.size().y), galley);
    chip(ui, pos2(x(0.89), middle), Align2::LEFT_CENTER, kind, word);
    let area =
        Rect::from_min_max(pos2(x(0.40), row.top() + 8.0), pos2(x(0.86), row.bottom() - 8.0));
    let name = format!("{name}, {quarter}: {figure} points. {word}");
    let response = ui.told(area, ui.id().with(("worth", deal.id.0)), &name);
    tip(ui, &response, || note(view, worth, &figure));
}

fn told(measure: Measure, by: f64) -> String {
    format!("{} {}", labels::measure(measure), labels::measured_change(measure, by))
}

/// The goals that moved most, as rows of a note.
pub(super) fn parts(tip: Tip, view: &SeatView, made: &Made) -> Tip {
    let moved = worth_moved(&view.level, view.seat, &made.goals);
    moved.into_iter().take(4).fold(tip, |tip, (measure, by)| {
        tip.row(labels::measure(measure), labels::measured_change(measure, by))
    })
}

fn note(view: &SeatView, worth: &DealWorth, figure: &str) -> Tip {
    let tip = Tip::new("What the deal made", figure)
        .unit("points of the score")
        .row("score with it", points_of(worth.made.played_points))
        .row("score without it", points_of(worth.made.without_points));
    let tip = parts(tip, view, &worth.made);
    let later = if worth.signed_later { " Without it the two sign later instead." } else { "" };
    tip.note(format!("The same game under the same luck, in which the two signed nothing with each other that quarter; the others answer that.{later}"))
}
