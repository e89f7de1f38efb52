//! The judgement: the score as a sum, each deal against what it has come to, and how everybody ended.

use bevy_egui::egui::{Align2, Pos2, Rect, ScrollArea, Shape, Stroke, Ui, Vec2, pos2, vec2};

use super::Scene;
use super::frame::Bar;
use crate::host::words::{clauses, labels, numbers};
use crate::ids::Role;
use crate::sim::deal::Deal;
use crate::sim::goals::rules::{Medal, medal};
use crate::sim::setting::Step;
use crate::ui::state::{Overlay, Screen};
use crate::ui::tokens::Type;
use crate::ui::widgets::{
    Chip, House, Press, chip, double_rule, draw_mark, kicker_text, range_bar,
};

pub fn show(ui: &mut Ui, scene: &mut Scene, window: Rect) {
    let (mut bar, room) = Bar::new(ui, window);
    let plain = scene.state.overlay == Overlay::None;
    let over = scene.desk.view.step == Step::Over;
    if over {
        if bar.main(ui, scene, Press::primary("Back to the shelf").key("Enter"), plain) {
            *scene.leave = true;
        }
    } else if bar.main(ui, scene, Press::primary("Back to the board").key("Enter"), plain) {
        scene.go(Screen::Board);
    }
    if bar.right(ui, Press::new("The records")).clicked() {
        scene.state.record = 12;
        scene.go(Screen::Records);
    }
    if bar.left(ui, Press::quiet("The last close")).clicked() {
        scene.go(Screen::Close);
    }
    if scene.desk.people.len() > 1 {
        others_at_the_desk(ui, scene, &mut bar);
    }
    let grid = ui.grid();
    ui.within(room.shrink2(vec2(grid.margin, 0.0)), "judgement", |ui| {
        ScrollArea::vertical().id_salt("judgement").auto_shrink(false).show(ui, |ui| {
            let at = ui.next_widget_position();
            let width = room.width() - 2.0 * grid.margin;
            let top = Rect::from_min_size(at + vec2(0.0, 16.0), vec2(width, 220.0));
            let y = head(ui, scene, top);
            let y = deals(ui, scene, Rect::from_min_size(pos2(at.x, y + 8.0), vec2(width, 300.0)));
            let y =
                standings(ui, scene, Rect::from_min_size(pos2(at.x, y + 16.0), vec2(width, 200.0)));
            ui.allocate_space(vec2(width, y - at.y + 12.0));
        });
    });
}

/// Everybody who played here has a judgement of their own.
fn others_at_the_desk(ui: &mut Ui, scene: &mut Scene, bar: &mut Bar) {
    for seat in scene.desk.people.clone() {
        if seat == scene.desk.seat {
            continue;
        }
        let name = scene.desk.words.seat(seat).to_owned();
        if bar.left(ui, Press::quiet(&name)).clicked() {
            scene.desk.show_seat(seat);
        }
    }
}

/// The verdict in a headline.
fn verdict(scene: &Scene) -> (String, String) {
    let view = &scene.desk.view;
    let signed = own_deals(scene).len();
    let medal = medal(view.score.scaled);
    let head = match (medal, signed) {
        (Medal::Gold, 0) => "You kept your hands free, and it paid",
        (Medal::Gold, _) => "You paid to be let in, and it was worth it",
        (Medal::Silver, 0) => "You went alone, and held your own",
        (Medal::Silver, _) => "You bought a seat, and used it well",
        (Medal::Bronze, 0) => "You watched the others sign, and kept up",
        (Medal::Bronze, _) => "You bought a seat, at a price",
        (Medal::None, 0) => "Nobody signed with you, and it shows",
        (Medal::None, _) => "You paid, and others gained",
    };
    let goals = view.level.goals(view.seat).iter().zip(&view.score.goals);
    let mut ranked: Vec<_> = goals.collect();
    ranked.sort_by(|one, other| other.1.credit.total_cmp(&one.1.credit));
    let deck = match (ranked.first(), ranked.last()) {
        (Some(best), Some(worst)) if ranked.len() > 1 => format!(
            "{} brought the most; {} fell furthest short.",
            labels::measure(best.0.measure),
            labels::measure(worst.0.measure).to_lowercase()
        ),
        _ => String::new(),
    };
    (head.to_owned(), deck)
}

fn head(ui: &mut Ui, scene: &Scene, rect: Rect) -> f32 {
    let tokens = ui.tokens();
    let small = ui.grid().small;
    let view = &scene.desk.view;
    let side = (0.36 * rect.width()).max(330.0);
    let left = Rect::from_min_max(rect.min, pos2(rect.right() - side - 40.0, rect.bottom()));
    let kicker =
        if view.step == Step::Over { "The judgement" } else { "The standing, before the end" };
    let text = kicker_text(kicker);
    let mut y =
        ui.ink(left.min, Align2::LEFT_TOP, Type::Kicker, tokens.ink_soft, &text).bottom() + 2.0;
    let (title, deck) = verdict(scene);
    let kind = if small { Type::Screen } else { Type::Judgement };
    y = ui.ink_in(pos2(left.left(), y), left.width(), kind, tokens.ink, &title).bottom() + 8.0;
    y = ui.ink_in(pos2(left.left(), y), left.width(), Type::Deck, tokens.ink_soft, &deck).bottom()
        + 12.0;
    let idle = view.level.score_scale(view.seat);
    let note = format!(
        "On this level's scale a seat that does nothing has 0 and the best play known 100. The points of the goals add up to {:.1}; {:.1} of them would be 0, {:.1} would be 100.",
        view.score.raw, idle.idle, idle.best
    );
    y = ui
        .ink_in(pos2(left.left(), y), left.width().min(620.0), Type::Note, tokens.ink_note, &note)
        .bottom();
    let right = Rect::from_min_max(pos2(rect.right() - side, rect.top()), rect.max);
    ui.vline(right.left() - 20.0, rect.top()..=rect.top() + 210.0, 1.0, tokens.rule);
    let score = libm::floor(view.score.scaled);
    medal_picture(ui, right.min + vec2(72.0, 128.0), score, medal(view.score.scaled));
    let sums = Rect::from_min_max(pos2(right.left() + 160.0, right.top() + 8.0), right.max);
    let bottom = sum(ui, scene, sums);
    y.max(bottom).max(rect.top() + 222.0)
}

fn medal_picture(ui: &mut Ui, centre: Pos2, score: f64, medal: Medal) {
    let tokens = ui.tokens();
    let painter = ui.painter().clone();
    let ribbon = |left: f32| {
        let top = centre.y - 118.0;
        vec![
            pos2(centre.x + left, top),
            pos2(centre.x + left + 22.0, top),
            pos2(centre.x + 0.25 * left + 10.0, centre.y - 52.0),
            pos2(centre.x + 0.25 * left - 6.0, centre.y - 52.0),
        ]
    };
    if medal != Medal::None {
        painter.add(Shape::convex_polygon(ribbon(-32.0), tokens.pen_fill, Stroke::NONE));
        painter.add(Shape::convex_polygon(ribbon(10.0), tokens.pen_fill, Stroke::NONE));
    }
    let metal = match medal {
        Medal::Gold => tokens.warn_fill,
        Medal::Silver => tokens.rule,
        Medal::Bronze => tokens.faded(tokens.bad, 0.6),
        Medal::None => tokens.rule_soft,
    };
    painter.circle(centre, 58.0, metal, Stroke::new(1.8, tokens.ink_soft));
    painter.circle(centre, 46.0, tokens.sheet, Stroke::new(1.2, tokens.ink_soft));
    for k in 0..48 {
        let angle = std::f32::consts::TAU * k as f32 / 48.0;
        let way = Vec2::angled(angle);
        let line = [centre + 49.0 * way, centre + 54.0 * way];
        painter.line_segment(line, Stroke::new(1.0, tokens.ink_soft));
    }
    let at = centre - vec2(0.0, 8.0);
    ui.ink(at, Align2::CENTER_CENTER, Type::FigureLarge, tokens.ink, &format!("{score:.0}"));
    let at = centre + vec2(0.0, 20.0);
    ui.ink(at, Align2::CENTER_CENTER, Type::Note, tokens.ink, labels::medal(medal));
}

fn sum(ui: &mut Ui, scene: &Scene, rect: Rect) -> f32 {
    let tokens = ui.tokens();
    let view = &scene.desk.view;
    let mut y = rect.top();
    for (goal, now) in view.level.goals(view.seat).iter().zip(&view.score.goals) {
        let name = format!(
            "{} {}, full at {}",
            labels::measure(goal.measure),
            labels::measured(goal.measure, now.value),
            labels::measured(goal.measure, goal.full_at)
        );
        let width = rect.width() - 74.0;
        let galley = ui.galley(Type::Interface, tokens.ink, &name, width);
        let height = galley.size().y.max(20.0) + 7.0;
        ui.lay(pos2(rect.left(), y + 3.0), galley);
        let points = format!("{:.1} / {:.0}", goal.weight * now.credit, goal.weight);
        let at = pos2(rect.right(), y + 3.0 + 10.0);
        ui.ink(at, Align2::RIGHT_CENTER, Type::RowStrong, tokens.ink, &points);
        y += height;
        ui.hline(rect.left()..=rect.right(), y, 1.0, tokens.rule_soft);
    }
    ui.hline(rect.left()..=rect.right(), y, 1.2, tokens.ink);
    let at = pos2(rect.left(), y + 17.0);
    ui.ink(at, Align2::LEFT_CENTER, Type::RowStrong, tokens.ink, "Score");
    let text = format!("{:.0} / 100", libm::floor(view.score.scaled));
    let at = pos2(rect.right(), y + 17.0);
    ui.ink(at, Align2::RIGHT_CENTER, Type::RowStrong, tokens.ink, &text);
    double_rule(ui, rect.left(), rect.right(), y + 33.0);
    let at = pos2(rect.left(), y + 42.0);
    ui.ink(at, Align2::LEFT_TOP, Type::Note, tokens.ink_note, "Bronze 30, silver 60, gold 90")
        .bottom()
}

fn own_deals(scene: &Scene) -> Vec<Deal> {
    let view = &scene.desk.view;
    let mine = |deal: &&Deal| {
        deal.signed.0 > 0
            && (deal.giant.seat() == view.seat || view.lab_seat(deal.lab) == view.seat)
    };
    view.deals.iter().filter(mine).copied().collect()
}

fn deals(ui: &mut Ui, scene: &Scene, rect: Rect) -> f32 {
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    let view = &desk.view;
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.5, tokens.ink);
    let at = rect.min + vec2(0.0, 8.0);
    let title =
        ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, "Deal by deal: what it has come to");
    let note = "the lab's worth now against the price paid, $bn";
    let at = pos2(rect.right(), title.center().y);
    ui.ink(at, Align2::RIGHT_CENTER, Type::Note, tokens.ink_soft, note);
    let mut y = title.bottom() + 8.0;
    let list = own_deals(scene);
    if list.is_empty() {
        let text = "Nothing was signed.";
        return ui
            .ink(pos2(rect.left(), y), Align2::LEFT_TOP, Type::Deck, tokens.ink_soft, text)
            .bottom();
    }
    let x = |part: f32| rect.left() + part * rect.width();
    for (at, text) in
        [(0.0, "Signed"), (0.08, "Deal"), (0.52, "Price paid against worth now"), (0.90, "Verdict")]
    {
        ui.ink(pos2(x(at), y), Align2::LEFT_TOP, Type::Note, tokens.ink_soft, text);
    }
    y += 22.0;
    ui.hline(rect.left()..=rect.right(), y, 1.2, tokens.ink);
    let mine_is_giant = matches!(view.role, Role::Giant(_));
    let gains: Vec<f64> = list
        .iter()
        .map(|deal| {
            let worth = view.published.labs[deal.lab.index()].fundamental_bn;
            let at_signing = deal.sheet.post_money().bn();
            let gain = deal.sheet.stake() * (worth - at_signing);
            if mine_is_giant { gain } else { -gain }
        })
        .collect();
    let most = gains.iter().map(|gain| gain.abs()).fold(0.5, f64::max) * 1.15;
    for (deal, gain) in list.iter().zip(gains) {
        let middle = y + 32.0;
        let quarter = desk.words.quarter(deal.signed);
        ui.ink(
            pos2(x(0.0), middle),
            Align2::LEFT_CENTER,
            Type::Interface,
            tokens.ink_soft,
            &quarter,
        );
        let other = if mine_is_giant { view.lab_seat(deal.lab) } else { deal.giant.seat() };
        let mark = desk.mark(other);
        draw_mark(ui.painter(), mark, pos2(x(0.08) + 7.0, middle - 11.0), 14.0, tokens.firm(mark));
        let at = pos2(x(0.08) + 22.0, middle - 11.0);
        let name = desk.words.seat(other).to_owned();
        ui.ink(at, Align2::LEFT_CENTER, Type::Name, tokens.ink, &name);
        let terms = clauses::sheet(&desk.words, &view.deals, &deal.sheet);
        let galley = ui.clamped(Type::Note, tokens.ink_soft, &terms, x(0.50) - x(0.08), 2);
        ui.lay(pos2(x(0.08), middle + 2.0), galley);
        let colour = match gain {
            g if g > 0.05 * most => tokens.good,
            g if g < -0.05 * most => tokens.bad,
            _ => tokens.ink_soft,
        };
        let bar = Rect::from_min_max(pos2(x(0.52), middle - 12.0), pos2(x(0.80), middle + 12.0));
        range_bar(ui, bar, (-most, most), (gain.min(0.0), gain, gain.max(0.0)), colour);
        let text = numbers::bn_change(gain);
        ui.ink(pos2(x(0.88), middle), Align2::RIGHT_CENTER, Type::RowStrong, tokens.ink, &text);
        let (kind, word) = match gain {
            g if g > 0.05 * most => (Chip::Worth, "Worth it"),
            g if g < -0.05 * most => (Chip::NotWorth, "Not worth it"),
            _ => (Chip::Plain, "Hard to say"),
        };
        chip(ui, pos2(x(0.90), middle), Align2::LEFT_CENTER, kind, word);
        y += 68.0;
        ui.hline(rect.left()..=rect.right(), y, 1.0, tokens.rule_soft);
    }
    let text = "The stake alone: what its part of the lab is worth above what was paid. Compute, access and denial are in your other numbers.";
    ui.ink_in(pos2(rect.left(), y + 6.0), rect.width(), Type::Note, tokens.ink_note, text).bottom()
}

fn standings(ui: &mut Ui, scene: &Scene, rect: Rect) -> f32 {
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    let level = &desk.view.level;
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.5, tokens.ink);
    let at = rect.min + vec2(0.0, 8.0);
    let mut y =
        ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, "How everybody stands").bottom()
            + 6.0;
    let Some(closed) = desk.history.last() else { return y };
    let mut seats: Vec<_> =
        level.seat_ids().map(|seat| (closed.scores.scaled(level, seat), seat)).collect();
    seats.sort_by(|one, other| other.0.total_cmp(&one.0));
    for (score, seat) in seats {
        let middle = y + 13.0;
        let mark = desk.mark(seat);
        draw_mark(ui.painter(), mark, pos2(rect.left() + 8.0, middle), 12.0, tokens.firm(mark));
        let kind = if desk.people.contains(&seat) { Type::RowStrong } else { Type::Row };
        let at = pos2(rect.left() + 24.0, middle);
        ui.ink(at, Align2::LEFT_CENTER, kind, tokens.ink, desk.words.seat(seat));
        let track = Rect::from_min_max(
            pos2(rect.left() + 150.0, middle - 5.0),
            pos2(rect.left() + 0.7 * rect.width(), middle + 5.0),
        );
        ui.painter().rect_filled(track, 0, tokens.rule_soft);
        let part = (score / 100.0).clamp(0.0, 1.0) as f32;
        let fill = Rect::from_min_size(track.min, vec2(track.width() * part, track.height()));
        ui.painter().rect_filled(fill, 0, tokens.firm(mark));
        let text = format!("{:.0}", libm::floor(score));
        let at = pos2(track.right() + 40.0, middle);
        ui.ink(at, Align2::RIGHT_CENTER, Type::RowStrong, tokens.ink, &text);
        let at = pos2(track.right() + 60.0, middle);
        ui.ink(at, Align2::LEFT_CENTER, Type::Note, tokens.ink_soft, labels::medal(medal(score)));
        y += 27.0;
    }
    let text = "Scores are on each seat's own scale. Everything after the opening is invented; no firm named here has any part in this game.";
    ui.ink_in(pos2(rect.left(), y + 4.0), rect.width(), Type::Note, tokens.ink_note, text).bottom()
}
