//! The lead of the front page: its headline, its text and the chart beside it.

use std::sync::Arc;

use bevy_egui::egui::{Align2, Galley, Pos2, Rect, Ui, pos2, vec2};

use super::finding::finding;
use super::smaller::Smaller;
use crate::host::words::{briefs, numbers};
use crate::ids::LabId;
use crate::ui::desk::Desk;
use crate::ui::screens::Scene;
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, kicker_text};

/// Letters under which a lead is short.
const SHORT: usize = 160;
/// Points by which a drop capital makes a text taller.
const CAPITAL: f32 = 30.0;
/// A paragraph begins with an indent.
const PARAGRAPH: &str = "\n\u{a0}\u{a0}\u{a0}";

/// A story in two: what stands over it, and the rest.
pub(crate) fn headed(story: &str) -> (String, String) {
    let end = story.match_indices([':', '.']).map(|(at, _)| at).find(|at| {
        story[at + 1..].starts_with(' ') && !story[..*at].ends_with(|c: char| c.is_ascii_digit())
    });
    match end {
        Some(at) if story[..at].chars().count() <= 74 => {
            (story[..at].to_owned(), story[at + 1..].trim().to_owned())
        }
        _ => (String::new(), story.to_owned()),
    }
}

pub(super) fn lead(ui: &mut Ui, scene: &mut Scene, rect: Rect, foot: f32) -> f32 {
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    let front = desk.front_page();
    let kicker = if desk.history.is_empty() { "Where it begins" } else { "The quarter" };
    let mut y = rect.top();
    y = ui
        .ink(
            pos2(rect.left(), y),
            Align2::LEFT_TOP,
            Type::Kicker,
            tokens.ink_soft,
            &kicker_text(kicker),
        )
        .bottom()
        + 8.0;
    let small = ui.grid().small;
    let sizes: &[Type] = match small {
        true => &[Type::Screen, Type::Section],
        false => &[Type::Lead, Type::Judgement, Type::Screen],
    };
    let galley = headline(ui, sizes, &front.headline, rect.width());
    y = ui.lay(pos2(rect.left(), y), galley).bottom() + 8.0;
    let first = front.stories.first().cloned().unwrap_or_default();
    let (deck, body) = deck_of(&first);
    if !deck.is_empty() {
        let galley = ui.galley(Type::Deck, tokens.ink_soft, &deck, rect.width());
        y = ui.lay(pos2(rect.left(), y), galley).bottom() + 10.0;
    }
    ui.hline(rect.left()..=rect.right(), y, 1.0, tokens.rule);
    y += 14.0;
    let gap = 36.0;
    let text_width = if small { 0.42 * rect.width() } else { (0.335 * rect.width()).min(560.0) };
    let chart_left = rect.left() + text_width + gap;
    let by = "By our deals desk";
    let text_top =
        ui.ink(pos2(rect.left(), y), Align2::LEFT_TOP, Type::Note, tokens.ink_soft, by).bottom();
    // A lead that has said all it has to say leaves the column to the state of the market and the labs.
    let short = body.chars().count() < SHORT;
    let mut rest: Vec<(String, String)> =
        front.stories.iter().skip(1).map(|story| headed(story)).collect();
    if !short {
        rest.extend(labs(desk));
    }
    rest.extend(briefs::leader(&desk.words, &desk.view));
    let smaller = Smaller::of(ui, desk, &rest, rect.width());
    // The chart takes what the smaller stories leave.
    let least = if small { 170.0 } else { 200.0 };
    let most = if ui.grid().wide { 760.0 } else { 560.0 };
    let bottom = (foot - smaller.height() - 36.0).clamp(y + least, y + most);
    let mut text = body;
    if short {
        for paragraph in state_of_things(desk) {
            let longer = match text.is_empty() {
                true => paragraph,
                false => format!("{text}{PARAGRAPH}{paragraph}"),
            };
            let tall = ui.galley(Type::Body, tokens.ink, &longer, text_width).size().y;
            if !text.is_empty() && text_top + tall + CAPITAL > bottom {
                break;
            }
            text = longer;
        }
    }
    let text_bottom = story(ui, pos2(rect.left(), text_top + 4.0), text_width, &text);
    let chart = Rect::from_min_max(pos2(chart_left, y), pos2(rect.right(), bottom));
    finding(ui, desk, chart);
    y = text_bottom.max(chart.bottom()) + 14.0;
    ui.hline(rect.left()..=rect.right(), y, 1.0, tokens.ink);
    smaller.show(ui, scene, pos2(rect.left(), y + 10.0)) + 8.0
}

/// A headline in the largest type in which it takes two lines at most, those of about one length.
fn headline(ui: &Ui, sizes: &[Type], text: &str, width: f32) -> Arc<Galley> {
    let ink = ui.tokens().ink;
    let lay = |kind: Type, part: f32| ui.galley(kind, ink, text, part * width);
    let last = sizes[sizes.len() - 1];
    let fits = |kind: &&Type| lay(**kind, 1.0).rows.len() <= 2;
    let kind = sizes.iter().find(fits).copied().unwrap_or(last);
    let full = lay(kind, 1.0);
    let narrower = [0.55, 0.65, 0.75, 0.85].map(|part| lay(kind, part));
    let count = full.rows.len();
    narrower.into_iter().find(|galley| galley.rows.len() == count).unwrap_or(full)
}

/// How the labs stand.
fn labs(desk: &Desk) -> impl Iterator<Item = (String, String)> + '_ {
    let labs = (0..desk.view.labs.len()).map(|place| LabId(place as u8));
    labs.map(|lab| briefs::lab(&desk.words, &desk.view, lab))
}

/// The first sentence of a text of several, and the rest.
fn deck_of(text: &str) -> (String, String) {
    let end = text.match_indices(". ").map(|(at, _)| at + 1).next();
    match end {
        Some(at) if at < 150 => (text[..at].to_owned(), text[at..].trim().to_owned()),
        _ if text.chars().count() <= 150 => (text.to_owned(), String::new()),
        _ => (String::new(), text.to_owned()),
    }
}

/// The market and the labs, in a paragraph each.
fn state_of_things(desk: &Desk) -> impl Iterator<Item = String> + '_ {
    let published = &desk.view.published;
    let market = format!(
        "The cloud turns over {} a quarter and grows by {}, {:.1} points of it from AI. {} has the best model, at {:.0} points; open models stand at {:.0}.",
        numbers::bn(published.market.revenue_bn),
        numbers::share(published.market.general_growth + published.market.ai_growth),
        100.0 * published.market.ai_growth,
        desk.words.seat(published.frontier.leader),
        published.frontier.points,
        published.frontier.open_weights
    );
    std::iter::once(market).chain(labs(desk).map(|(title, text)| format!("{title}. {text}")))
}

/// Text under a drop capital.
fn story(ui: &mut Ui, at: Pos2, width: f32, text: &str) -> f32 {
    let tokens = ui.tokens();
    let mut letters = text.chars();
    let Some(first) = letters.next().filter(|first| first.is_alphabetic()) else {
        return ui.ink_in(at, width, Type::Body, tokens.ink, text).bottom();
    };
    let capital = ui.galley(Type::Masthead, tokens.ink, &first.to_string(), f32::INFINITY);
    let indent = capital.size().x + 6.0;
    ui.paint(at + vec2(-1.0, 0.0), capital);
    // The first three lines stand beside the capital.
    let rest = letters.as_str();
    let beside = ui.galley(Type::Body, tokens.ink, rest, width - indent);
    let count: usize = beside.rows.iter().take(3).map(|row| row.text().chars().count()).sum();
    let head: String = rest.chars().take(count).collect();
    let tail: String = rest.chars().skip(count).collect();
    let galley = ui.galley(Type::Body, tokens.ink, head.trim_end(), width - indent);
    let bottom = ui.lay(at + vec2(indent, 0.0), galley).bottom();
    if tail.trim().is_empty() {
        return bottom.max(at.y + 66.0);
    }
    ui.ink_in(pos2(at.x, at.y + 66.0), width, Type::Body, tokens.ink, tail.trim_start()).bottom()
}
