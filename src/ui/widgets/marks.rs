//! Marks of firms, hatching, ticks and key caps: all drawn as lines and polygons.

use std::f32::consts::TAU;

use bevy_egui::egui::{
    Align2, Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, pos2, vec2,
};

use crate::ui::tokens::{Mark, Tokens, Type};

/// A firm's mark, about `size` wide.
pub fn draw_mark(painter: &Painter, mark: Mark, at: Pos2, size: f32, colour: Color32) {
    let r = size / 2.0;
    let none = Stroke::NONE;
    match mark {
        Mark::Triangle => {
            let points =
                vec![at + vec2(0.0, -0.95 * r), at + vec2(r, 0.8 * r), at + vec2(-r, 0.8 * r)];
            painter.add(Shape::convex_polygon(points, colour, none));
        }
        Mark::Square => {
            painter.rect_filled(Rect::from_center_size(at, vec2(1.7 * r, 1.7 * r)), 0, colour);
        }
        Mark::Disc => {
            painter.circle_filled(at, 0.95 * r, colour);
        }
        Mark::Pill => {
            let radius = (0.5 * r) as u8;
            painter.rect_filled(Rect::from_center_size(at, vec2(2.1 * r, r)), radius, colour);
        }
        Mark::Diamond => {
            let points = vec![
                at + vec2(0.0, -1.1 * r),
                at + vec2(1.1 * r, 0.0),
                at + vec2(0.0, 1.1 * r),
                at + vec2(-1.1 * r, 0.0),
            ];
            painter.add(Shape::convex_polygon(points, colour, none));
        }
        Mark::Cross => {
            let stroke = Stroke::new(0.55 * r, colour);
            let arm = 0.75 * r;
            painter.line_segment([at + vec2(-arm, -arm), at + vec2(arm, arm)], stroke);
            painter.line_segment([at + vec2(-arm, arm), at + vec2(arm, -arm)], stroke);
        }
        Mark::Hexagon => {
            let radius = 0.85 * r;
            let corner = |k: i32| {
                let angle = TAU * (k as f32 / 6.0 + 1.0 / 12.0);
                at + radius * Vec2::angled(angle)
            };
            let points: Vec<Pos2> = (0..6).map(corner).collect();
            painter.add(Shape::closed_line(points, Stroke::new((0.38 * r).max(1.6), colour)));
        }
        Mark::Ring => {
            painter.circle_stroke(at, 0.78 * r, Stroke::new((0.34 * r).max(1.5), colour));
            painter.circle_filled(at, 0.26 * r, colour);
        }
        Mark::Dash => {
            painter.rect_filled(Rect::from_center_size(at, vec2(1.6 * r, 0.4 * r)), 0, colour);
        }
    }
}

/// Lines at 45° within a rectangle, with an outline: what hurts.
pub fn hatch(painter: &Painter, rect: Rect, colour: Color32, line: f32, gap: f32) {
    if rect.width() < 0.5 || rect.height() < 0.5 {
        return;
    }
    let inner = rect.shrink(0.5);
    let step = gap * std::f32::consts::SQRT_2;
    let stroke = Stroke::new(line, colour);
    let (first, last) = (inner.left() + inner.top(), inner.right() + inner.bottom());
    let mut sum = first + 0.5 * step;
    while sum < last {
        let from = inner.left().max(sum - inner.bottom());
        let to = inner.right().min(sum - inner.top());
        if from < to {
            painter.line_segment([pos2(from, sum - from), pos2(to, sum - to)], stroke);
        }
        sum += step;
    }
    painter.rect_stroke(rect, 0, Stroke::new(1.5, colour), StrokeKind::Inside);
}

/// A tick.
pub fn tick(painter: &Painter, at: Pos2, size: f32, colour: Color32) {
    let points = vec![
        at + size * vec2(-0.5, 0.0),
        at + size * vec2(-0.12, 0.38),
        at + size * vec2(0.5, -0.4),
    ];
    painter.add(Shape::line(points, Stroke::new((size / 5.0).max(1.4), colour)));
}

/// A cross, for what is against.
pub fn cross(painter: &Painter, at: Pos2, size: f32, colour: Color32) {
    let stroke = Stroke::new((size / 5.0).max(1.4), colour);
    let arm = 0.4 * size;
    painter.line_segment([at + vec2(-arm, -arm), at + vec2(arm, arm)], stroke);
    painter.line_segment([at + vec2(-arm, arm), at + vec2(arm, -arm)], stroke);
}

/// A small padlock: firm.
pub fn padlock(painter: &Painter, at: Pos2, colour: Color32) {
    let body = Rect::from_center_size(at + vec2(0.0, 2.0), vec2(8.0, 6.5));
    painter.rect_filled(body, 1, colour);
    let points: Vec<Pos2> = (0..=8)
        .map(|k| {
            let angle = std::f32::consts::PI * (1.0 + k as f32 / 8.0);
            at + vec2(0.0, -1.0) + vec2(2.6, 3.4) * Vec2::angled(angle)
        })
        .collect();
    painter.add(Shape::line(points, Stroke::new(1.4, colour)));
}

/// How wide a key's cap is.
pub fn key_width(painter: &Painter, key: &str) -> f32 {
    match key {
        "Enter" => 20.0,
        "Ctrl Enter" => 48.0,
        text => {
            let galley =
                painter.layout_no_wrap(text.to_owned(), Type::Note.font(), Color32::PLACEHOLDER);
            galley.size().x.max(8.0) + 11.0
        }
    }
}

/// A key's cap with its left edge here; Enter is drawn as its arrow.
pub fn key_cap(painter: &Painter, left: Pos2, key: &str, colour: Color32) -> Rect {
    let rect = Rect::from_min_size(left - vec2(0.0, 10.0), vec2(key_width(painter, key), 20.0));
    let outline = Stroke::new(1.0, colour.gamma_multiply(0.75));
    painter.rect_stroke(rect, 3, outline, StrokeKind::Inside);
    if key.ends_with("Enter") {
        let c = if key == "Enter" { rect.center() } else { rect.right_center() - vec2(11.0, 0.0) };
        if key != "Enter" {
            let at = rect.left_center() + vec2(6.0, 0.0);
            painter.text(at, Align2::LEFT_CENTER, "Ctrl", Type::Note.font(), colour);
        }
        let stroke = Stroke::new(1.2, colour);
        let points = vec![c + vec2(4.0, -3.5), c + vec2(4.0, 1.0), c + vec2(-4.0, 1.0)];
        painter.add(Shape::line(points, stroke));
        let head = vec![c + vec2(-1.5, -1.5), c + vec2(-4.0, 1.0), c + vec2(-1.5, 3.5)];
        painter.add(Shape::line(head, stroke));
    } else {
        painter.text(rect.center(), Align2::CENTER_CENTER, key, Type::Note.font(), colour);
    }
    rect
}

/// Four corner brackets around what is selected.
pub fn brackets(painter: &Painter, rect: Rect, tokens: &Tokens) {
    let stroke = Stroke::new(2.0, tokens.pen);
    for (corner, x, y) in [
        (rect.left_top(), 1.0, 1.0),
        (rect.right_top(), -1.0, 1.0),
        (rect.left_bottom(), 1.0, -1.0),
        (rect.right_bottom(), -1.0, -1.0),
    ] {
        let points = vec![corner + vec2(0.0, 16.0 * y), corner, corner + vec2(16.0 * x, 0.0)];
        painter.add(Shape::line(points, stroke));
    }
}

/// The cap of the Enter key.
pub fn enter_cap(painter: &Painter, left: Pos2, colour: Color32) {
    key_cap(painter, left, "Enter", colour);
}
