//! The lead of the front page, and the smaller stories under it.

use bevy_egui::egui::{Align2, Pos2, Rect, Ui, pos2, vec2};

use super::finding::finding;
use crate::host::words::{briefs, numbers, stories};
use crate::ids::LabId;
use crate::ui::desk::Desk;
use crate::ui::screens::{Scene, dilemma};
use crate::ui::state::Overlay;
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, kicker_text, text_button};

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
    let galley = sizes
        .iter()
        .map(|kind| ui.galley(*kind, tokens.ink, &front.headline, rect.width()))
        .find(|galley| galley.rows.len() <= 2)
        .unwrap_or_else(|| ui.galley(Type::Screen, tokens.ink, &front.headline, rect.width()));
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
    let body = if body.is_empty() { opening_words(desk) } else { body };
    let text_bottom = story(ui, pos2(rect.left(), text_top + 4.0), text_width, &body);
    // The chart takes what the smaller stories leave.
    let least = if small { 190.0 } else { 300.0 };
    // A dilemma is to be seen whole: its button is the way to it.
    let below_it = if desk.view.dilemma.is_some() { 214.0 } else { 190.0 };
    let most = if ui.grid().wide { 760.0 } else { 560.0 };
    let bottom = (foot - below_it).clamp(y + least, y + most);
    let chart = Rect::from_min_max(pos2(chart_left, y), pos2(rect.right(), bottom));
    finding(ui, desk, chart);
    y = text_bottom.max(chart.bottom()) + 14.0;
    ui.hline(rect.left()..=rect.right(), y, 1.0, tokens.ink);
    y += 10.0;
    let mut rest: Vec<(String, String)> =
        front.stories.iter().skip(1).map(|story| headed(story)).collect();
    rest.extend(fillers(desk));
    below(ui, scene, Rect::from_min_max(pos2(rect.left(), y), rect.max), &rest)
}

/// What is always worth a column: how the labs stand, and who wins.
fn fillers(desk: &Desk) -> Vec<(String, String)> {
    let labs = (0..desk.view.labs.len()).map(|place| LabId(place as u8));
    let mut list: Vec<(String, String)> =
        labs.map(|lab| briefs::lab(&desk.words, &desk.view, lab)).collect();
    list.extend(briefs::leader(&desk.words, &desk.view));
    list
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

fn upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// What stands in the text column when the lead has said all it has to say.
fn opening_words(desk: &Desk) -> String {
    let published = &desk.view.published;
    let labs: String = fillers(desk)
        .into_iter()
        .take(desk.view.labs.len())
        .map(|(title, text)| format!("\n\u{a0}\u{a0}\u{a0}{title}. {text}"))
        .collect();
    let market = format!(
        "The cloud turns over {} a quarter and grows by {}, {:.1} points of it from AI. {} has the best model, at {:.0} points; open models stand at {:.0}.",
        numbers::bn(published.market.revenue_bn),
        numbers::share(published.market.general_growth + published.market.ai_growth),
        100.0 * published.market.ai_growth,
        desk.words.seat(published.frontier.leader),
        published.frontier.points,
        published.frontier.open_weights
    );
    format!("{market}{labs}")
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

/// Smaller stories in columns; the dilemma is the first of them.
fn below(ui: &mut Ui, scene: &mut Scene, rect: Rect, rest: &[(String, String)]) -> f32 {
    let tokens = ui.tokens();
    let dilemma = scene.desk.view.dilemma;
    let grid = ui.grid();
    let room = match (grid.small, grid.wide) {
        (true, _) => 2,
        (false, false) => 3,
        (false, true) => 4,
    };
    let count = (rest.len() + usize::from(dilemma.is_some())).clamp(1, room);
    let gap = 32.0;
    let width = (rect.width() - gap * (count as f32 - 1.0)) / count as f32;
    let mut bottom = rect.top();
    let mut place = 0;
    let left = |place: usize| rect.left() + place as f32 * (width + gap);
    if let Some(pending) = dilemma {
        let desk = &*scene.desk;
        let (title, text) = stories::dilemma(&desk.words, pending.dilemma, &pending.cast);
        let mut y = ui
            .ink(
                pos2(left(0), rect.top()),
                Align2::LEFT_TOP,
                Type::Kicker,
                tokens.pen,
                &kicker_text("Yours to decide"),
            )
            .bottom();
        y = ui.ink_in(pos2(left(0), y), width, Type::Story, tokens.ink, &title).bottom();
        y = ui.ink_in(pos2(left(0), y + 2.0), width, Type::Body, tokens.ink_soft, &text).bottom();
        // Beside the heading: it is the one thing to press, and the story may be long.
        let at = pos2(left(0) + width, rect.top() - 1.0);
        let word = if dilemma::given(&desk.view).is_some() {
            "Change the answer"
        } else {
            "Read and answer"
        };
        let press = text_button(ui, at, Align2::RIGHT_TOP, Type::InterfaceStrong, word);
        if press.clicked() {
            scene.state.overlay = Overlay::Dilemma;
        }
        bottom = bottom.max(y);
        place = 1;
    }
    for (head, text) in rest.iter().take(count - place) {
        let x = left(place);
        if place > 0 {
            ui.vline(x - 0.5 * gap, rect.top()..=rect.top() + 92.0, 1.0, tokens.rule);
        }
        let mut y = rect.top();
        if !head.is_empty() {
            y = ui.ink_in(pos2(x, y), width, Type::Story, tokens.ink, head).bottom() + 3.0;
        }
        let y = ui.ink_in(pos2(x, y), width, Type::Body, tokens.ink_soft, &upper(text)).bottom();
        bottom = bottom.max(y);
        place += 1;
    }
    bottom + 8.0
}
