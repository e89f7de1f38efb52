//! Writing: text in the house's type, placed or in flow, always readable by a screen reader.

use std::borrow::Cow;
use std::sync::Arc;

use bevy_egui::egui::text::{LayoutJob, TextFormat, TextWrapping};
use bevy_egui::egui::{
    Align, Align2, Color32, Context, Galley, Id, Layout, Pos2, Rect, Response, Sense, Stroke, Ui,
    UiBuilder, Vec2, WidgetInfo, WidgetType, vec2,
};

use crate::ui::tokens::{Edition, Grid, Tokens, Type};

/// Where the tokens of this pass are kept.
pub fn tokens_id() -> Id {
    Id::new("term sheet tokens")
}

/// Where is kept which of the things that only tell something had the focus last.
fn told_focus() -> Id {
    Id::new("what is told has the focus")
}

/// Whether what has the focus can be pressed: what only tells something leaves Enter to the main button.
pub fn focus_is_pressable(context: &Context) -> bool {
    let told = context.data(|data| data.get_temp::<Id>(told_focus()));
    context.memory(|memory| memory.focused()).is_some_and(|id| told != Some(id))
}

/// A run of text in one type and colour.
pub type Words<'a> = (Type, Color32, &'a str);

/// The house's additions to the toolkit's `Ui`.
pub trait House {
    fn tokens(&self) -> Tokens;
    fn grid(&self) -> Grid;
    fn galley(&self, kind: Type, colour: Color32, text: &str, width: f32) -> Arc<Galley>;
    fn runs(&self, runs: &[Words], width: f32) -> Arc<Galley>;
    /// One line at a place; what it took.
    fn ink(&mut self, at: Pos2, align: Align2, kind: Type, colour: Color32, text: &str) -> Rect;
    /// Lines of at most this width from a top left corner; what they took.
    fn ink_in(&mut self, at: Pos2, width: f32, kind: Type, colour: Color32, text: &str) -> Rect;
    /// A galley at its top left corner, told as what it says.
    fn lay(&mut self, at: Pos2, galley: Arc<Galley>) -> Rect;
    /// The same without a word to screen readers.
    fn paint(&self, at: Pos2, galley: Arc<Galley>);
    /// At most so many lines, with an ellipsis where there would be more.
    fn clamped(
        &self,
        kind: Type,
        colour: Color32,
        text: &str,
        width: f32,
        rows: usize,
    ) -> Arc<Galley>;
    /// A paragraph in flow.
    fn say(&mut self, kind: Type, colour: Color32, text: &str) -> Response;
    /// Runs of several types in one paragraph in flow.
    fn say_runs(&mut self, runs: &[Words]) -> Response;
    /// A small heading in capitals.
    fn kicker(&mut self, text: &str) -> Response;
    /// A rule across, in flow, with this much room above and below.
    fn rule(&mut self, width: f32, colour: Color32, room: f32);
    fn hline(&self, x: std::ops::RangeInclusive<f32>, y: f32, width: f32, colour: Color32);
    fn vline(&self, x: f32, y: std::ops::RangeInclusive<f32>, width: f32, colour: Color32);
    /// A part of the window to lay things out in, from top to bottom.
    fn within<R>(&mut self, rect: Rect, name: &str, add: impl FnOnce(&mut Ui) -> R) -> R;
    /// Something to press that is drawn by the caller.
    fn pressable(&mut self, rect: Rect, id: Id, name: &str) -> Response;
    /// A name for what is drawn without words; the keyboard reaches it too.
    fn told(&mut self, rect: Rect, id: Id, name: &str) -> Response;
    /// The focus ring around what has the focus.
    fn focus_ring(&self, response: &Response, rect: Rect, radius: u8);
}

fn format(kind: Type, colour: Color32) -> TextFormat {
    let (_, _, line, spacing) = kind.spec();
    TextFormat {
        font_id: kind.font(),
        color: colour,
        line_height: Some(line),
        extra_letter_spacing: spacing,
        valign: Align::Center,
        ..TextFormat::default()
    }
}

/// The same with the apostrophes and quotation marks of print.
fn printed(text: &str) -> Cow<'_, str> {
    if !text.contains('\'') {
        return Cow::Borrowed(text);
    }
    let mut before = ' ';
    let set = text.chars().map(|letter| {
        let opens = before.is_whitespace() || before == '(';
        before = letter;
        match (letter, opens) {
            ('\'', true) => '‘',
            ('\'', false) => '’',
            _ => letter,
        }
    });
    Cow::Owned(set.collect())
}

/// What a kicker prints.
pub fn kicker_text(text: &str) -> String {
    text.to_uppercase()
}

impl House for Ui {
    fn tokens(&self) -> Tokens {
        self.ctx()
            .data(|data| data.get_temp::<Tokens>(tokens_id()))
            .unwrap_or(Tokens::of(Edition::Paper))
    }

    fn grid(&self) -> Grid {
        Grid::of(self.ctx().content_rect().width())
    }

    fn galley(&self, kind: Type, colour: Color32, text: &str, width: f32) -> Arc<Galley> {
        self.runs(&[(kind, colour, text)], width)
    }

    fn runs(&self, runs: &[Words], width: f32) -> Arc<Galley> {
        let mut job = LayoutJob {
            wrap: TextWrapping { max_width: width.max(1.0), ..TextWrapping::default() },
            ..LayoutJob::default()
        };
        for (kind, colour, text) in runs {
            job.append(&printed(text), 0.0, format(*kind, *colour));
        }
        self.painter().layout_job(job)
    }

    fn ink(&mut self, at: Pos2, align: Align2, kind: Type, colour: Color32, text: &str) -> Rect {
        let galley = self.galley(kind, colour, text, f32::INFINITY);
        let rect = align.anchor_size(at, galley.size());
        self.lay(rect.min, galley)
    }

    fn ink_in(&mut self, at: Pos2, width: f32, kind: Type, colour: Color32, text: &str) -> Rect {
        let galley = self.galley(kind, colour, text, width);
        self.lay(at, galley)
    }

    fn lay(&mut self, at: Pos2, galley: Arc<Galley>) -> Rect {
        let rect = Rect::from_min_size(at, galley.size());
        if self.is_rect_visible(rect) && !galley.is_empty() {
            let id = self.id().with((at.x as i32, at.y as i32, galley.text().len()));
            let response = self.interact(rect, id, Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, galley.text()));
            self.paint(at, galley);
        }
        rect
    }

    fn paint(&self, at: Pos2, galley: Arc<Galley>) {
        // The toolkit sets a line's spare height below its letters; half of it belongs above.
        let lead = galley.job.sections.first().map_or(0.0, |section| {
            let font = &section.format.font_id;
            let natural = self.ctx().fonts_mut(|fonts| fonts.row_height(font));
            0.5 * (section.format.line_height.unwrap_or(natural) - natural)
        });
        let scale = self.pixels_per_point();
        let lead = (lead * scale).round() / scale;
        self.painter().galley(at + vec2(0.0, lead), galley, Color32::PLACEHOLDER);
    }

    fn clamped(
        &self,
        kind: Type,
        colour: Color32,
        text: &str,
        width: f32,
        rows: usize,
    ) -> Arc<Galley> {
        let wrap =
            TextWrapping { max_width: width.max(1.0), max_rows: rows, ..TextWrapping::default() };
        let mut job = LayoutJob { wrap, ..LayoutJob::default() };
        job.append(&printed(text), 0.0, format(kind, colour));
        self.painter().layout_job(job)
    }

    fn say(&mut self, kind: Type, colour: Color32, text: &str) -> Response {
        self.say_runs(&[(kind, colour, text)])
    }

    fn say_runs(&mut self, runs: &[Words]) -> Response {
        let galley = self.runs(runs, self.available_width());
        let (rect, response) = self.allocate_exact_size(galley.size(), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Label, true, galley.text()));
        if self.is_rect_visible(rect) {
            self.paint(rect.min, galley);
        }
        response
    }

    fn kicker(&mut self, text: &str) -> Response {
        let colour = self.tokens().ink_soft;
        self.say(Type::Kicker, colour, &kicker_text(text))
    }

    fn rule(&mut self, width: f32, colour: Color32, room: f32) {
        let size = vec2(self.available_width(), 2.0 * room + width);
        let (rect, _) = self.allocate_exact_size(size, Sense::hover());
        let y = rect.center().y;
        self.hline(rect.left()..=rect.right(), y, width, colour);
    }

    fn hline(&self, x: std::ops::RangeInclusive<f32>, y: f32, width: f32, colour: Color32) {
        let y = snapped(y, width, self.pixels_per_point());
        self.painter().hline(x, y, Stroke::new(width, colour));
    }

    fn vline(&self, x: f32, y: std::ops::RangeInclusive<f32>, width: f32, colour: Color32) {
        let x = snapped(x, width, self.pixels_per_point());
        self.painter().vline(x, y, Stroke::new(width, colour));
    }

    fn within<R>(&mut self, rect: Rect, name: &str, add: impl FnOnce(&mut Ui) -> R) -> R {
        let builder =
            UiBuilder::new().id_salt(name).max_rect(rect).layout(Layout::top_down(Align::Min));
        let mut child = self.new_child(builder);
        child.spacing_mut().item_spacing = Vec2::ZERO;
        add(&mut child)
    }

    fn pressable(&mut self, rect: Rect, id: Id, name: &str) -> Response {
        let response = self.interact(rect, id, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, name));
        response
    }

    fn told(&mut self, rect: Rect, id: Id, name: &str) -> Response {
        let response = self.interact(rect, id, Sense::focusable_noninteractive());
        if response.has_focus() {
            self.ctx().data_mut(|data| data.insert_temp(told_focus(), id));
        }
        response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, name));
        response
    }

    fn focus_ring(&self, response: &Response, rect: Rect, radius: u8) {
        if response.has_focus() {
            if response.gained_focus() {
                // Where it has been scrolled out of sight it comes back into it.
                response.scroll_to_me(None);
            }
            let stroke = Stroke::new(2.0, self.tokens().pen);
            let kind = bevy_egui::egui::StrokeKind::Outside;
            self.painter().rect_stroke(rect.expand(3.0), radius + 3, stroke, kind);
        }
    }
}

/// A line's middle where its edges fall on pixels.
fn snapped(at: f32, width: f32, scale: f32) -> f32 {
    let half = width / 2.0;
    ((at - half) * scale).round() / scale + half
}

/// Keeps the tokens of an edition for everything that is drawn.
pub fn remember_tokens(context: &bevy_egui::egui::Context, tokens: Tokens) {
    context.data_mut(|data| data.insert_temp(tokens_id(), tokens));
}
