//! The front page: one lead, one chart titled with its finding, three numbers, what is said, the diary.

use bevy_egui::egui::{Align2, Rect, ScrollArea, Ui, pos2, vec2};

use super::Scene;
use super::frame::{self, Bar};
use crate::host::words::{bridge, briefs, possessive};
use crate::host::words::{calendar as dated, headlines, hearsay, labels, numbers, stories};
use crate::ids::{FirmId, LabId, Role};
use crate::sim::calendar;
use crate::sim::explain::Metric;
use crate::sim::goals::rules::medal;
use crate::ui::desk::Desk;
use crate::ui::state::{Overlay, Screen};
use crate::ui::tokens::Type;
use crate::ui::widgets::{
    House, LineChart, Press, Series, Tip, draw_mark, kicker_text, sparkline, text_button, tip,
};

pub fn show(ui: &mut Ui, scene: &mut Scene, window: Rect) {
    let height = if ui.grid().small { 56.0 } else { 64.0 };
    let (mut bar, room) = Bar::of_height(ui, window, height);
    let offered = scene.state.overlay == Overlay::None;
    if bar.main(ui, scene, Press::primary("To the board").key("Enter"), offered) {
        frame::open(scene, Screen::Board);
    }
    if bar.right(ui, Press::new("To the table")).clicked() {
        frame::open(scene, Screen::Table);
    }
    if bar.right(ui, Press::quiet("Records")).clicked() {
        scene.go(Screen::Records);
    }
    let line = score_line(scene.desk);
    bar.say_left(ui, &line);
    let grid = ui.grid();
    let margin = if grid.small {
        16.0
    } else if grid.wide {
        96.0
    } else {
        40.0
    };
    ui.within(room, "front", |ui| {
        ScrollArea::vertical().id_salt("front page").auto_shrink(false).show(ui, |ui| {
            let at = ui.next_widget_position();
            let width = room.width() - 2.0 * margin;
            let top = masthead(ui, scene, pos2(at.x + margin, at.y + 10.0), width);
            let side = if grid.small { 0.30 * width } else { 320.0f32.max(0.235 * width) };
            let gap = if grid.small { 20.0 } else { 52.0 };
            let main = Rect::from_min_size(
                pos2(at.x + margin, top + 14.0),
                vec2(width - side - gap, room.height()),
            );
            let lead = lead(ui, scene, main, at.y + room.height());
            let right = Rect::from_min_size(
                pos2(main.right() + gap, top + 14.0),
                vec2(side, room.height()),
            );
            let column = side_column(ui, scene, right);
            let bottom = lead.max(column).max(room.bottom() - 12.0 + (at.y - room.top()));
            ui.vline(main.right() + 0.5 * gap, main.top()..=bottom - 8.0, 1.0, ui.tokens().rule);
            ui.allocate_space(vec2(room.width(), bottom - at.y + 4.0));
        });
    });
}

fn masthead(ui: &mut Ui, scene: &Scene, at: bevy_egui::egui::Pos2, width: f32) -> f32 {
    let tokens = ui.tokens();
    let desk = &scene.desk;
    let view = &desk.view;
    let small = ui.grid().small;
    let kind = if small { Type::Judgement } else { Type::Masthead };
    let name = ui.galley(kind, tokens.ink, "The Term Sheet", f32::INFINITY);
    let centre = at.x + 0.5 * width;
    let place = pos2(centre - 0.5 * name.size().x, at.y);
    let masthead = ui.lay(place, name);
    let y = masthead.bottom() - 8.0;
    let gigawatt = format!("{} to build", numbers::bn(view.published.order_cost_per_gw_bn));
    let mood = match view.published.downturn {
        0 => "Paying up".to_owned(),
        left => format!("Cautious, for {}", numbers::count(left, "quarter")),
    };
    if !small {
        for (x, align, label, text) in [
            (at.x, Align2::LEFT_BOTTOM, "A gigawatt of compute", &gigawatt),
            (at.x + width, Align2::RIGHT_BOTTOM, "Mood of the market", &mood),
        ] {
            ui.ink(pos2(x, y - 20.0), align, Type::Note, tokens.ink_soft, label);
            ui.ink(pos2(x, y + 2.0), align, Type::Panel, tokens.ink, text);
        }
    }
    let rule = masthead.bottom() + 6.0;
    ui.hline(at.x..=at.x + width, rule, 3.0, tokens.ink);
    ui.hline(at.x..=at.x + width, rule + 4.0, 1.0, tokens.ink);
    let middle = rule + 16.0;
    let quarter = calendar_name(desk);
    let number = format!("{quarter}, no. {} of {}", view.quarter.0, view.level.quarters);
    ui.ink(pos2(at.x, middle), Align2::LEFT_CENTER, Type::Note, tokens.ink_soft, &number);
    let copy = format!("Simulation · {} copy", possessive(desk.words.seat(view.seat)));
    ui.ink(pos2(centre, middle), Align2::CENTER_CENTER, Type::NoteStrong, tokens.ink, &copy);
    let right = pos2(at.x + width, middle);
    ui.ink(right, Align2::RIGHT_CENTER, Type::Note, tokens.ink_soft, &view.level.title);
    ui.hline(at.x..=at.x + width, middle + 13.0, 1.0, tokens.ink);
    middle + 13.0
}

/// `First quarter 2026`.
fn calendar_name(desk: &Desk) -> String {
    let at = desk.view.level.opening.plus(desk.view.quarter.0);
    let name = match at.quarter {
        1 => "First",
        2 => "Second",
        3 => "Third",
        _ => "Fourth",
    };
    format!("{name} quarter {}", at.year)
}

/// A story in two: what stands over it, and the rest.
fn headed(story: &str) -> (String, String) {
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

fn lead(ui: &mut Ui, scene: &mut Scene, rect: Rect, foot: f32) -> f32 {
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    let front = headlines::page(
        &desk.words,
        &desk.view.deals,
        &desk.opening.published,
        &desk.history,
        desk.view.seat,
    );
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
        + 2.0;
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
    let bottom = (foot - 190.0).clamp(y + least, y + 560.0);
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
    let labs: Vec<String> = fillers(desk)
        .into_iter()
        .take(desk.view.labs.len())
        .map(|(title, text)| format!("{title}. {text}"))
        .collect();
    let market = format!(
        "The cloud turns over {} a quarter and grows by {}, {} of it from AI. {} has the best model, at {:.0} points; open models stand at {:.0}.",
        numbers::bn(published.market.revenue_bn),
        numbers::share(published.market.general_growth + published.market.ai_growth),
        numbers::share(published.market.ai_growth),
        desk.words.seat(published.frontier.leader),
        published.frontier.points,
        published.frontier.open_weights
    );
    format!("{market} {}", labs.join(" "))
}

/// Text under a drop capital.
fn story(ui: &mut Ui, at: bevy_egui::egui::Pos2, width: f32, text: &str) -> f32 {
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

/// The chart, titled with what it shows.
fn finding(ui: &mut Ui, desk: &Desk, rect: Rect) {
    let tokens = ui.tokens();
    let past = desk.past();
    let view = &desk.view;
    let (title, note, series, percent) = match view.role {
        Role::Giant(_) => win_rates(desk, &past),
        Role::Lab(lab) => revenues(desk, lab, &past),
    };
    let top = ui
        .ink(rect.left_top(), Align2::LEFT_TOP, Type::InterfaceStrong, tokens.ink, &title)
        .bottom();
    let top = ui.ink_in(pos2(rect.left(), top), rect.width(), Type::Note, tokens.ink_soft, &note);
    let room = Rect::from_min_max(pos2(rect.left(), top.bottom() + 2.0), rect.max);
    let values = series.iter().flat_map(|series| series.values.iter().copied());
    let (range, step) = LineChart::fitted(values, true);
    let write = |value: f64| match percent {
        true => format!("{value:.0}%"),
        false => numbers::bn(value),
    };
    let first = desk.words.quarter(past[0].quarter);
    let last = desk.words.quarter(past[past.len() - 1].quarter);
    let chart = LineChart {
        series: &series,
        range,
        step,
        write: &write,
        first: if past.len() > 1 { &first } else { "" },
        last: &last,
        goal: None,
        named: true,
    };
    if past.len() > 1 {
        chart.draw(ui, room);
    } else {
        columns(ui, room, &series, &write);
    }
}

type Finding = (String, String, Vec<Series>, bool);

fn win_rates(desk: &Desk, past: &[std::sync::Arc<crate::sim::view::Published>]) -> Finding {
    let view = &desk.view;
    let giants = view.published.giants.iter().enumerate().filter(|(_, giant)| giant.has_cloud);
    let series: Vec<Series> = giants
        .map(|(place, _)| {
            let seat = FirmId(place as u8).seat();
            Series {
                name: desk.words.seat(seat).to_owned(),
                mark: desk.mark(seat),
                values: past.iter().map(|p| 100.0 * p.giants[place].win_rate).collect(),
                mine: seat == view.seat,
            }
        })
        .collect();
    let mut order: Vec<&Series> = series.iter().collect();
    order.sort_by(|one, other| last(other).total_cmp(&last(one)));
    let mine = series.iter().find(|series| series.mine);
    let title = match (mine, order.first()) {
        (Some(mine), _) if mine.values.len() > 1 => {
            let by = last(mine) - mine.values[mine.values.len() - 2];
            let way = match by {
                b if b > 0.05 => "gains",
                b if b < -0.05 => "slips",
                _ => "holds",
            };
            format!("{} {way}", mine.name)
        }
        (_, Some(first)) => format!("{} wins most", first.name),
        _ => String::new(),
    };
    let note = "Part of new cloud demand won, %, a quarter.".to_owned();
    (title, note, series, true)
}

fn last(series: &Series) -> f64 {
    series.values.last().copied().unwrap_or(0.0)
}

fn revenues(
    desk: &Desk,
    own: LabId,
    past: &[std::sync::Arc<crate::sim::view::Published>],
) -> Finding {
    let labs = 0..desk.view.published.labs.len();
    let series: Vec<Series> = labs
        .map(|place| {
            let seat = desk.view.lab_seat(LabId(place as u8));
            Series {
                name: desk.words.seat(seat).to_owned(),
                mark: desk.mark(seat),
                values: past.iter().map(|p| p.labs[place].revenue_bn).collect(),
                mine: place == own.index(),
            }
        })
        .collect();
    let growth = {
        let lab = &desk.view.published.labs[own.index()];
        lab.revenue_bn / lab.past_revenue_bn[0].max(1e-9) - 1.0
    };
    let title = format!("Sales {} on the quarter", numbers::growth(growth));
    (title, "Revenue of the labs, $bn a quarter.".to_owned(), series, false)
}

/// One quarter alone is shown as bars.
fn columns(ui: &mut Ui, rect: Rect, series: &[Series], write: &dyn Fn(f64) -> String) {
    let tokens = ui.tokens();
    let most = series.iter().map(last).fold(1e-9, f64::max);
    let mut order: Vec<&Series> = series.iter().collect();
    order.sort_by(|one, other| last(other).total_cmp(&last(one)));
    let pitch = (rect.height() / series.len().max(1) as f32).min(62.0);
    for (place, series) in order.into_iter().enumerate() {
        let y = rect.top() + (place as f32 + 0.5) * pitch + 4.0;
        let colour = tokens.firm(series.mark);
        draw_mark(ui.painter(), series.mark, pos2(rect.left() + 8.0, y), 12.0, colour);
        let kind = if series.mine { Type::RowStrong } else { Type::Row };
        let at = pos2(rect.left() + 22.0, y);
        ui.ink(at, Align2::LEFT_CENTER, kind, tokens.ink, &series.name);
        let left = rect.left() + 128.0;
        let width = (rect.right() - 60.0 - left) * (last(series) / most) as f32;
        let bar = Rect::from_min_size(pos2(left, y - 9.0), vec2(width.max(2.0), 18.0));
        ui.painter().rect_filled(bar, 0, colour);
        let at = pos2(bar.right() + 8.0, y);
        ui.ink(at, Align2::LEFT_CENTER, kind, tokens.ink, &write(last(series)));
    }
}

/// Smaller stories in columns; the dilemma is the first of them.
fn below(ui: &mut Ui, scene: &mut Scene, rect: Rect, rest: &[(String, String)]) -> f32 {
    let tokens = ui.tokens();
    let dilemma = scene.desk.view.dilemma;
    let room = if ui.grid().small { 2 } else { 3 };
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
        let at = pos2(left(0), y + 4.0);
        let word = if super::dilemma::given(&desk.view).is_some() {
            "Change the answer"
        } else {
            "Read and answer"
        };
        let press = text_button(ui, at, Align2::LEFT_TOP, Type::InterfaceStrong, word);
        if press.clicked() {
            scene.state.overlay = Overlay::Dilemma;
        }
        bottom = bottom.max(y + 26.0);
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

fn side_column(ui: &mut Ui, scene: &mut Scene, rect: Rect) -> f32 {
    let tokens = ui.tokens();
    ui.hline(rect.left()..=rect.right(), rect.top() + 1.0, 3.0, tokens.ink);
    let mut y = ui
        .ink(
            pos2(rect.left(), rect.top() + 8.0),
            Align2::LEFT_TOP,
            Type::Panel,
            tokens.ink,
            "Three numbers for your goal",
        )
        .bottom()
        + 6.0;
    y = three_numbers(ui, scene.desk, Rect::from_min_max(pos2(rect.left(), y), rect.max));
    y = lobby(ui, scene.desk, Rect::from_min_max(pos2(rect.left(), y + 14.0), rect.max));
    diary(ui, scene, Rect::from_min_max(pos2(rect.left(), y + 14.0), rect.max))
}

/// The heaviest goals, each with its course and what it runs between.
fn three_numbers(ui: &mut Ui, desk: &Desk, rect: Rect) -> f32 {
    let tokens = ui.tokens();
    let view = &desk.view;
    let goals = view.level.goals(view.seat);
    let mut heaviest: Vec<usize> = (0..goals.len()).collect();
    heaviest.sort_by(|&one, &other| goals[other].weight.total_cmp(&goals[one].weight));
    let mut y = rect.top();
    let shown = heaviest.into_iter().take(3).collect::<Vec<_>>();
    for (number, place) in shown.iter().copied().enumerate() {
        let (goal, now) = (&goals[place], &view.score.goals[place]);
        if number > 0 {
            ui.hline(rect.left()..=rect.right(), y, 1.0, tokens.rule_soft);
        }
        y += 8.0;
        let figure = labels::measured(goal.measure, now.value);
        let large = ui.galley(Type::FigureLarge, tokens.ink, &figure, f32::INFINITY);
        let kind = if large.size().x > 130.0 { Type::Figure } else { Type::FigureLarge };
        let large = ui.galley(kind, tokens.ink, &figure, f32::INFINITY);
        let place_of = ui.lay(pos2(rect.left(), y), large);
        let mut past: Vec<f64> = vec![desk.opening.score.goals[place].value];
        past.extend(desk.history.iter().map(|c| c.scores.goals[view.seat.index()][place].value));
        let line = Rect::from_min_size(pos2(rect.left() + 2.0, y + 42.0), vec2(100.0, 16.0));
        if past.len() > 1 {
            sparkline(ui.painter(), line, &past, tokens.firm(desk.mark(view.seat)));
        }
        let x = rect.left() + 136.0;
        let width = rect.right() - x;
        let name = format!(
            "{}, full at {}",
            labels::measure(goal.measure),
            labels::measured(goal.measure, goal.full_at)
        );
        let galley = ui.galley(Type::NoteStrong, tokens.ink, &name, width);
        let mut text = ui.lay(pos2(x, y), galley).bottom();
        let moved = past.len().checked_sub(2).map(|before| now.value - past[before]);
        let note = match moved {
            Some(by) => {
                let change = labels::measured_change(goal.measure, by);
                format!("{}. Credit {}.", numbers::marked(by, &change), numbers::share(now.credit))
            }
            None => format!(
                "Counts from {}. Credit {} now.",
                labels::measured(goal.measure, goal.none_at),
                numbers::share(now.credit)
            ),
        };
        text = ui.ink_in(pos2(x, text + 1.0), width, Type::Note, tokens.ink_soft, &note).bottom();
        let whole = Rect::from_min_max(pos2(rect.left(), y), pos2(rect.right(), text));
        let id = ui.id().with(("goal", place));
        let told = ui.told(whole, id, &format!("{name}: {figure}. {note}"));
        tip(ui, &told, || {
            Tip::new(labels::measure(goal.measure), figure.clone())
                .row("no credit at", labels::measured(goal.measure, goal.none_at))
                .row("full credit at", labels::measured(goal.measure, goal.full_at))
                .row("credit now", numbers::share(now.credit))
                .row(
                    "points of the score",
                    format!("{:.1} of {:.0}", goal.weight * now.credit, goal.weight),
                )
                .note("Judged on the mean of its last quarters.")
        });
        y = place_of.bottom().max(text).max(y + 62.0) + 6.0;
    }
    y
}

/// What is said, fenced in ochre, with how far it is to be believed.
fn lobby(ui: &mut Ui, desk: &Desk, rect: Rect) -> f32 {
    let tokens = ui.tokens();
    ui.hline(rect.left()..=rect.right(), rect.top(), 2.5, tokens.warn_fill);
    let at = pos2(rect.left(), rect.top() + 6.0);
    let title = "Heard in the lobby";
    let mut y = ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, title).bottom() + 6.0;
    let view = &desk.view;
    let heard: Vec<_> = view
        .hearsay
        .iter()
        .rev()
        .filter(|said| view.quarter.since(said.heard) <= 1 && said.by != Some(view.seat))
        .take(3)
        .collect();
    if heard.is_empty() {
        let text = "Nothing that anybody would repeat.";
        return ui
            .ink_in(pos2(rect.left(), y), rect.width(), Type::Rumour, tokens.ink_soft, text)
            .bottom();
    }
    for said in heard {
        let top = y;
        let text = match (said.by, said.to) {
            (Some(by), Some(_)) => format!(
                "{} claims that {}.",
                desk.words.seat(by),
                hearsay::claim(&desk.words, by, &said.story)
            ),
            _ => format!("Reportedly {}.", hearsay::story(&desk.words, &said.story)),
        };
        let x = rect.left() + 14.0;
        y = ui.ink_in(pos2(x, y), rect.width() - 14.0, Type::Rumour, tokens.ink, &text).bottom();
        let source = match said.by {
            Some(by) if said.to.is_some() => format!("{}, at your table", desk.words.seat(by)),
            _ => "an analyst who asked not to be named".to_owned(),
        };
        let narrow = rect.width() < 280.0;
        let source = if narrow { desk.words.quarter(said.heard) } else { source };
        ui.ink(pos2(x, y + 10.0), Align2::LEFT_CENTER, Type::Note, tokens.ink_note, &source);
        for dot in 0..3 {
            let at = pos2(rect.right() - 7.0 - 14.0 * (2 - dot) as f32, y + 10.0);
            let on = said.belief > [0.08, 0.4, 0.7][dot as usize];
            if on {
                ui.painter().circle_filled(at, 4.5, tokens.warn_fill);
            }
            let stroke = bevy_egui::egui::Stroke::new(1.4, tokens.warn_fill);
            ui.painter().circle_stroke(at, 4.0, stroke);
        }
        let sure = pos2(rect.right() - 46.0, y + 10.0);
        ui.ink(sure, Align2::RIGHT_CENTER, Type::Note, tokens.ink_note, "how sure");
        y += 20.0;
        let bar = Rect::from_min_max(pos2(rect.left(), top), pos2(rect.left() + 3.0, y));
        ui.painter().rect_filled(bar, 0, tokens.warn_fill);
        let whole = Rect::from_min_max(pos2(rect.left(), top), pos2(rect.right(), y));
        let id = ui.id().with(("heard", top as i32));
        let told = ui.told(whole, id, &text);
        tip(ui, &told, || {
            Tip::new("To be believed", format!("{:.0}%", 100.0 * said.belief))
                .row("heard in", desk.words.quarter(said.heard))
                .note(hearsay::standing(said))
        });
        y += 10.0;
    }
    y
}

/// The next dates.
fn diary(ui: &mut Ui, scene: &mut Scene, rect: Rect) -> f32 {
    let tokens = ui.tokens();
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.2, tokens.ink);
    let at = pos2(rect.left(), rect.top() + 6.0);
    let mut y = ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, "The diary").bottom() + 2.0;
    let view = &scene.desk.view;
    let dates = calendar::dates(view);
    let told = dates.iter().filter(|date| {
        let room = matches!(date.event, calendar::Event::CapacityArrives { .. });
        !date.after_the_end && (!room || date.quarter == view.quarter)
    });
    for date in told.take(6) {
        let quarter = scene.desk.words.quarter(date.quarter);
        ui.ink(pos2(rect.left(), y), Align2::LEFT_TOP, Type::NoteStrong, tokens.ink, &quarter);
        let text = dated::line(&scene.desk.words, view, date);
        let width = rect.width() - 54.0;
        let galley = ui.galley(Type::Note, tokens.ink_soft, &text, width);
        y = ui.lay(pos2(rect.left() + 54.0, y), galley).bottom() + 4.0;
    }
    y + 8.0
}

/// Score, medal and quarters to go.
pub fn score_line(desk: &Desk) -> String {
    let score = desk.view.score.scaled;
    let next = match score {
        s if s < 30.0 => format!("{:.0} under bronze", 30.0 - libm::floor(s)),
        s if s < 60.0 => format!("{:.0} under silver", 60.0 - libm::floor(s)),
        s if s < 90.0 => format!("{:.0} under gold", 90.0 - libm::floor(s)),
        _ => labels::medal(medal(score)).to_owned(),
    };
    format!(
        "Score {:.0}, {next}. {} to go.",
        libm::floor(score),
        numbers::count(desk.view.quarters_left(), "quarter")
    )
}

pub fn score_tip(desk: &Desk) -> Tip {
    let view = &desk.view;
    let score = format!("{:.0} of 100", libm::floor(view.score.scaled));
    let goals = view.level.goals(view.seat).iter().zip(&view.score.goals);
    let tip = goals.fold(Tip::new("Score", score), |tip, (goal, now)| {
        let points = format!("{:.1} of {:.0}", goal.weight * now.credit, goal.weight);
        tip.row(labels::measure(goal.measure), points)
    });
    tip.note("Points of each goal; the level's scale makes the score of their sum. Bronze from 30, silver from 60, gold from 90.")
}

/// A win rate and what moved it in the last quarter.
pub fn win_rate_tip(desk: &Desk, firm: FirmId) -> Tip {
    let published = &desk.view.published;
    let rate = published.giants[firm.index()].win_rate;
    let title = format!("{}, win rate of new demand", desk.words.firm(firm));
    let tip = Tip::new(title, numbers::share(rate));
    if desk.history.is_empty() {
        return tip.note("As the level opens. After the first close its causes stand here.");
    }
    let Some(told) = desk.explain(firm.seat(), Metric::WinRate) else { return tip };
    let (mut tip, mut shown) = (tip, 0.0);
    for row in told.rows.iter().filter(|row| row.by.abs() >= 0.0005).take(5) {
        let name = if row.note.is_empty() {
            row.title.clone()
        } else {
            format!("{}: {}", row.title, row.note)
        };
        tip = tip.row(name, numbers::share_change(row.by));
        shown += row.by;
    }
    let change = told.after - told.before;
    tip = tip.row("the rest", numbers::share_change(change - shown));
    tip.note(format!("In the quarter {}.", numbers::share_change(change)))
}

/// Cash and what moved it in the last quarter.
pub fn cash_tip(desk: &Desk) -> Tip {
    let tip = Tip::new("Cash", numbers::money(desk.view.cash));
    let Some(closed) = desk.history.last() else {
        return tip.note("As the level opens.");
    };
    let mut rows = bridge::cash(&desk.words, &desk.view.deals, desk.view.seat, &closed.postings);
    rows.sort_by_key(|row| -row.amount.0.abs());
    let tip = rows
        .iter()
        .take(6)
        .fold(tip, |tip, row| tip.row(row.label.clone(), numbers::bn_change(row.amount.bn())));
    let change = bridge::change(desk.view.seat, &closed.postings);
    tip.note(format!("In the last quarter {} in all.", numbers::bn_change(change.bn())))
}
