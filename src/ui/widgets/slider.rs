//! Levers: a track filled from its neutral point, a handle, the value in pen above it, and last
//! quarter as a tick of ink.

use bevy_egui::egui::{
    Align2, Event, EventFilter, Id, Key, Rect, Response, Sense, Stroke, Ui, WidgetInfo, accesskit,
    pos2, vec2,
};

use super::ink::House;
use crate::ui::tokens::Type;

/// A lever on the screen.
pub struct Lever<'a> {
    pub name: &'a str,
    pub range: (f64, f64),
    pub step: f64,
    /// Where the fill begins.
    pub neutral: f64,
    pub last: f64,
    pub write: &'a dyn Fn(f64) -> String,
    /// Why it cannot be turned now.
    pub off: Option<String>,
}

/// Draws a lever and turns it; whether it was turned.
pub fn lever(ui: &mut Ui, rect: Rect, it: &Lever, value: &mut f64) -> (bool, Response) {
    let tokens = ui.tokens();
    let (low, high) = it.range;
    let track = Rect::from_min_max(
        pos2(rect.left() + 10.0, rect.center().y - 2.0),
        pos2(rect.right() - 10.0, rect.center().y + 2.0),
    );
    let x = |value: f64| {
        let part = ((value - low) / (high - low).max(1e-9)).clamp(0.0, 1.0);
        track.left() + part as f32 * track.width()
    };
    let id = ui.id().with(("lever", it.name));
    let on = it.off.is_none();
    let sense = if on { Sense::click_and_drag() } else { Sense::hover() };
    let mut response = ui.interact(rect, id, sense);
    let before = *value;
    if on {
        turn(ui, &response, id, it, track, value);
    }
    let changed = *value != before;
    if changed {
        response.mark_changed();
    }
    let shown = *value;
    response.widget_info(|| {
        WidgetInfo::slider(on, shown, format!("{}: {}", it.name, (it.write)(shown)))
    });
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_min_numeric_value(low);
        node.set_max_numeric_value(high);
        node.set_numeric_value_step(it.step);
        node.add_action(accesskit::Action::Increment);
        node.add_action(accesskit::Action::Decrement);
        node.set_value((it.write)(shown));
    });
    let painter = ui.painter();
    painter.rect_filled(track, 2, tokens.rule);
    let pen = if on { tokens.pen } else { tokens.other };
    let (from, to) = (x(it.neutral), x(shown));
    let fill = Rect::from_x_y_ranges(from.min(to)..=from.max(to), track.y_range());
    painter.rect_filled(fill, 2, pen);
    let tick = x(it.last);
    painter.vline(
        tick,
        // Longer than the handle is high: it is seen under it, too.
        track.center().y - 13.0..=track.center().y + 13.0,
        Stroke::new(2.0, tokens.ink),
    );
    let handle = pos2(to, track.center().y);
    let fill =
        if response.dragged() || response.hovered() { tokens.pen_wash } else { tokens.sheet };
    painter.circle(handle, 9.0, fill, Stroke::new(2.5, pen));
    if response.has_focus() {
        painter.circle_stroke(handle, 14.0, Stroke::new(2.0, tokens.pen));
    }
    let above = pos2(to.clamp(rect.left() + 20.0, rect.right() - 20.0), track.top() - 12.0);
    ui.ink(above, Align2::CENTER_BOTTOM, Type::RowStrong, pen, &(it.write)(shown));
    let below = track.bottom() + 12.0;
    let inside = (0.12..0.88).contains(&((it.neutral - low) / (high - low)));
    let middle = inside.then_some((pos2(x(it.neutral), below), Align2::CENTER_TOP, it.neutral));
    let ends = [
        (pos2(track.left(), below), Align2::LEFT_TOP, low),
        (pos2(track.right(), below), Align2::RIGHT_TOP, high),
    ];
    for (at, align, value) in ends.into_iter().chain(middle) {
        ui.ink(at, align, Type::Note, tokens.ink_note, &(it.write)(value));
    }
    if let Some(why) = &it.off {
        response = response.on_hover_text(why);
    }
    (changed, response)
}

fn turn(ui: &Ui, response: &Response, id: Id, it: &Lever, track: Rect, value: &mut f64) {
    let (low, high) = it.range;
    if let Some(at) = response.interact_pointer_pos() {
        response.request_focus();
        let part = f64::from((at.x - track.left()) / track.width()).clamp(0.0, 1.0);
        *value = snapped(low + part * (high - low), it);
    }
    if response.has_focus() {
        let filter = EventFilter { horizontal_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        let (less, more) = ui.input(|input| {
            (
                input.num_presses(Key::ArrowLeft) + input.num_presses(Key::Minus),
                input.num_presses(Key::ArrowRight) + input.num_presses(Key::Plus),
            )
        });
        let by = more as f64 - less as f64;
        if by != 0.0 {
            *value = snapped(*value + by * it.step, it);
        }
    }
    ui.input(|input| {
        let steps = input.num_accesskit_action_requests(id, accesskit::Action::Increment) as f64
            - input.num_accesskit_action_requests(id, accesskit::Action::Decrement) as f64;
        if steps != 0.0 {
            *value = snapped(*value + steps * it.step, it);
        }
        for event in &input.events {
            if let Event::AccessKitActionRequest(request) = event
                && request.target_node == id.accesskit_id()
                && let Some(accesskit::ActionData::NumericValue(to)) = request.data
            {
                *value = snapped(to, it);
            }
        }
    });
}

fn snapped(value: f64, it: &Lever) -> f64 {
    let (low, high) = it.range;
    let steps = (value / it.step).round();
    // Steps are decimal: what is shown is what is meant.
    let exact = (steps * it.step * 1e6).round() / 1e6;
    exact.clamp(low, high)
}

/// A row of whole numbers to choose one from: attention, mostly. Why it cannot be chosen from now, if so.
pub fn split(
    ui: &mut Ui,
    rect: Rect,
    name: &str,
    most: u32,
    value: &mut u32,
    off: Option<&str>,
) -> bool {
    let tokens = ui.tokens();
    let mut changed = false;
    for points in 0..=most {
        let cell = Rect::from_min_size(
            pos2(rect.left() + 38.0 * points as f32, rect.center().y - 14.0),
            vec2(32.0, 28.0),
        );
        let id = ui.id().with(("points", name, points));
        let sense = if off.is_none() { Sense::click() } else { Sense::hover() };
        let mut response = ui.interact(cell, id, sense);
        let on = points == *value;
        response.widget_info(|| {
            WidgetInfo::selected(
                bevy_egui::egui::WidgetType::RadioButton,
                off.is_none(),
                on,
                format!("{name}: {points}"),
            )
        });
        let (fill, ink, outline) = match (off.is_some(), on, response.hovered()) {
            (true, true, _) => (tokens.rule, tokens.ink, tokens.rule),
            (true, false, _) => (tokens.rule_soft, tokens.ink_note, tokens.rule),
            (_, true, _) => (tokens.pen_fill, tokens.on_pen, tokens.pen),
            (_, false, true) => (tokens.pen_wash, tokens.pen, tokens.pen),
            (_, false, false) => (tokens.sheet, tokens.pen, tokens.pen),
        };
        ui.painter().rect(
            cell,
            4,
            fill,
            Stroke::new(1.2, outline),
            bevy_egui::egui::StrokeKind::Inside,
        );
        let galley = ui.galley(Type::RowStrong, ink, &points.to_string(), f32::INFINITY);
        ui.paint(cell.center() - 0.5 * galley.size(), galley);
        ui.focus_ring(&response, cell, 4);
        if response.clicked() && !on {
            *value = points;
            changed = true;
        }
        if let Some(why) = off {
            response = response.on_hover_text(why);
        }
    }
    changed
}
