//! The close: the quarter told in pipeline order, ending in why: a waterfall of causes.

use std::sync::Arc;

use bevy_egui::egui::{Align2, Rect, ScrollArea, Stroke, Ui, pos2, vec2};

use super::Scene;
use super::frame::{self, Bar};
use crate::host::words::{Words, bridge, causes, facts, headlines, labels, numbers};
use crate::ids::{LabId, Role};
use crate::sim::explain::Metric;
use crate::sim::fact::Fact;
use crate::sim::game::ClosedQuarter;
use crate::sim::setting::Step;
use crate::sim::view::Published;
use crate::ui::desk::Desk;
use crate::ui::keys::Command;
use crate::ui::state::{Overlay, Screen};
use crate::ui::tokens::Type;
use crate::ui::widgets::{
    Cascade, Fall, House, Press, double_rule, kicker_text, text_button, waterfall,
};

/// How long a step of the telling takes, and a bar to drop in, seconds.
const STEP: f64 = 0.25;
const BAR: f64 = 0.18;
const STEPS: usize = 12;
/// Bars of causes at most; the rest is one more.
const MOST: usize = 6;

pub fn show(ui: &mut Ui, scene: &mut Scene, window: Rect) {
    let Some(closed) = scene.desk.history.last().cloned() else {
        let text = "No quarter has closed yet: there is nothing to explain.";
        return nothing(ui, scene, window, text);
    };
    let before = scene.desk.before(scene.desk.history.len() - 1);
    // While the world moves on nothing can be asked of it.
    let Some(why) = why(scene.desk, &before, &closed) else {
        return nothing(ui, scene, window, "The world moves on …");
    };
    let gone = telling(ui, scene);
    let (mut bar, room) = Bar::new(ui, window);
    buttons(ui, scene, &mut bar);
    let grid = ui.grid();
    let tokens = ui.tokens();
    let inner = room.shrink2(vec2(grid.margin, 0.0));
    let text = kicker_text(&why.question);
    let at = inner.min + vec2(0.0, 12.0);
    let mut y = ui.ink(at, Align2::LEFT_TOP, Type::Kicker, tokens.ink_soft, &text).bottom() - 2.0;
    let kind = if grid.small { Type::Section } else { Type::Screen };
    let galley = ui.galley(kind, tokens.ink, &why.headline, inner.width());
    let galley = match galley.rows.len() {
        0..=1 => galley,
        _ => ui.galley(Type::Section, tokens.ink, &why.headline, inner.width()),
    };
    y = ui.lay(pos2(inner.left(), y), galley).bottom() + 12.0;
    let body = Rect::from_min_max(pos2(inner.left(), y), inner.max);
    let (left_width, right_width) = match grid.small {
        true => (0.0, 0.29 * body.width()),
        false => ((0.198 * body.width()).max(240.0), (0.215 * body.width()).max(270.0)),
    };
    let gap = if grid.small { 18.0 } else { 32.0 };
    let left = Rect::from_min_size(body.min, vec2(left_width, body.height()));
    let right = Rect::from_min_max(pos2(body.right() - right_width, body.top()), body.max);
    let start = if left_width > 0.0 { left.right() + gap } else { body.left() };
    let middle =
        Rect::from_min_max(pos2(start, body.top()), pos2(right.left() - gap, body.bottom()));
    if left_width > 0.0 {
        order(ui, scene, left, &before, &closed, gone);
    }
    causes_of(ui, scene, middle, &why, gone);
    papers(ui, scene, right, &closed);
}

fn nothing(ui: &mut Ui, scene: &mut Scene, window: Rect, text: &str) {
    let (mut bar, room) = Bar::new(ui, window);
    let plain = scene.state.overlay == Overlay::None;
    if bar.main(ui, scene, Press::primary("To the front page").key("Enter"), plain) {
        scene.go(Screen::Front);
    }
    let tokens = ui.tokens();
    ui.ink(room.center(), Align2::CENTER_CENTER, Type::Deck, tokens.ink_soft, text);
}

/// How far the telling has come, in steps and then in bars; all of it where nothing moves by itself.
fn telling(ui: &Ui, scene: &mut Scene) -> f64 {
    let all = 1e9;
    let Some(began) = scene.state.close_began else { return all };
    let skipped = scene.settings.still
        || scene.pressed(Command::Main)
        || ui.input(|input| {
            input.key_pressed(bevy_egui::egui::Key::Space) || input.pointer.any_pressed()
        });
    let gone = scene.now - began;
    let whole = STEP * STEPS as f64 + BAR * (MOST + 3) as f64;
    if skipped || gone > whole {
        scene.state.close_began = None;
        return all;
    }
    ui.ctx().request_repaint();
    gone
}

fn buttons(ui: &mut Ui, scene: &mut Scene, bar: &mut Bar) {
    let plain = scene.state.overlay == Overlay::None && scene.state.close_began.is_none();
    if scene.desk.view.step == Step::Over {
        if bar.main(ui, scene, Press::primary("The judgement").key("Enter"), plain) {
            scene.go(Screen::Judgement);
        }
    } else {
        let next = scene.desk.words.quarter(scene.desk.view.quarter);
        let label = format!("Read the {next} front page");
        if bar.main(ui, scene, Press::primary(&label).key("Enter"), plain) {
            frame::open(scene, Screen::Front);
        }
    }
    if bar.right(ui, Press::new("Every figure")).clicked() {
        scene.desk.looked_at("why");
        scene.state.record = 0;
        scene.go(Screen::Records);
    }
    if bar.left(ui, Press::quiet("Tell it again")).clicked() {
        scene.state.close_began = Some(scene.now);
    }
    if scene.state.close_began.is_some() {
        bar.say_left(ui, "Space or a click skips.");
    }
}

/// What is explained, and how.
struct Why {
    question: String,
    headline: String,
    /// Over the chart, and its unit.
    title: String,
    unit: String,
    from: f64,
    to: f64,
    falls: Vec<Fall>,
    write: fn(f64) -> String,
    write_change: fn(f64) -> String,
    before: String,
    after: String,
}

fn per_cent(value: f64) -> String {
    numbers::share(value)
}

fn change(value: f64) -> String {
    numbers::share_change(value).replace(" pt", "")
}

/// The seat's first figure, explained; none where it has nothing to tell.
fn why(desk: &Desk, before: &Published, closed: &ClosedQuarter) -> Option<Why> {
    let metric = match desk.view.role {
        Role::Giant(firm) if closed.published.giants[firm.index()].has_cloud => Metric::WinRate,
        Role::Giant(_) => Metric::MarketValue,
        Role::Lab(_) => Metric::Revenue,
    };
    let mut told = desk.explain(desk.view.seat, metric)?;
    // A lab's revenue often has one cause; its cash never.
    let mut metric = metric;
    if metric == Metric::Revenue && told.rows.len() < 4 {
        metric = Metric::Cash;
        told = desk.explain(desk.view.seat, metric)?;
    }
    let (write, write_change, unit): (fn(f64) -> String, fn(f64) -> String, _) = match metric {
        Metric::WinRate => (per_cent, change, "points of new demand won"),
        Metric::Revenue => (billions, billions_change, "$bn a quarter"),
        _ => (billions, billions_change, "$bn"),
    };
    let by = told.after - told.before;
    let slight = match metric {
        Metric::WinRate => 0.0005,
        _ => 0.004 * by.abs(),
    };
    let mut rest = by;
    let mut falls: Vec<Fall> = Vec::new();
    for row in told.rows.iter().filter(|row| row.by.abs() >= slight) {
        rest -= row.by;
        // Rows that read alike are one bar, told by the largest.
        let alike = |fall: &&mut Fall| fall.title == upper(&row.title) && fall.note == row.note;
        match falls.iter_mut().find(alike) {
            Some(fall) => fall.by += row.by,
            None => falls.push(Fall {
                by: row.by,
                title: upper(&row.title),
                note: row.note.clone(),
                ours: row.ours,
                why: row.text.clone(),
            }),
        }
    }
    let falls = gathered(falls, rest);
    let size = match metric {
        Metric::WinRate => format!("{:.1} points", 100.0 * by.abs()),
        _ => write(by.abs()),
    };
    let flat = by.abs() < if metric == Metric::WinRate { 1e-4 } else { 1e5 };
    let (was, is) = (write(told.before), write(told.after));
    let name = match metric {
        Metric::WinRate => "win rate of new demand",
        other => causes::title(other),
    };
    Some(Why {
        question: format!("Why did our {name} move?"),
        headline: headline(&desk.words, if flat { 0.0 } else { by }, &size, &is, &falls),
        title: format!("From {was} to {is}, cause by cause"),
        unit: format!("{unit}; causes sum to {}", write_change(by)),
        from: told.before,
        to: told.after,
        falls,
        write,
        write_change,
        before: desk.words.quarter(before.quarter),
        after: desk.words.quarter(closed.quarter),
    })
}

/// `Up 0.6 points to 28.4%, and our models did the most`.
fn headline(words: &Words, by: f64, moved: &str, to: &str, falls: &[Fall]) -> String {
    let way = match by {
        b if b > 0.0 => "Up",
        b if b < 0.0 => "Down",
        _ => return format!("Unmoved at {to}"),
    };
    let same = |fall: &&Fall| (fall.by >= 0.0) == (by >= 0.0);
    let most =
        falls.iter().filter(same).max_by(|one, other| one.by.abs().total_cmp(&other.by.abs()));
    match most {
        Some(fall) => {
            let title = lower(words, &fall.title);
            let note = if fall.note.is_empty() || fall.note.contains('→') {
                String::new()
            } else {
                format!(", {},", fall.note)
            };
            format!("{way} {moved} to {to}; {title}{note} did the most")
        }
        None => format!("{way} {moved} to {to}"),
    }
}

/// A title within a sentence: names keep their capital.
fn lower(words: &Words, title: &str) -> String {
    let level = words.level();
    let named = level.seat_ids().any(|seat| title.starts_with(words.seat(seat)));
    let mut letters = title.chars();
    match letters.next() {
        _ if title == "The rest" => "many small moves".to_owned(),
        Some(first) if !named => first.to_lowercase().collect::<String>() + letters.as_str(),
        _ => title.to_owned(),
    }
}

/// Keeps the largest causes and sums the others; ours first.
fn gathered(mut falls: Vec<Fall>, rest: f64) -> Vec<Fall> {
    falls.sort_by(|one, other| other.by.abs().total_cmp(&one.by.abs()));
    let mut left = rest;
    while falls.len() > MOST {
        left += falls.pop().map_or(0.0, |fall| fall.by);
    }
    falls.sort_by(|one, other| other.ours.cmp(&one.ours).then(other.by.total_cmp(&one.by)));
    falls.push(Fall {
        by: left,
        title: "The rest".to_owned(),
        note: "smaller moves, together".to_owned(),
        ours: false,
        why: "Smaller moves, and how they work together. The causes sum to the change.".to_owned(),
    });
    falls
}

fn billions(dollars: f64) -> String {
    numbers::bn(dollars / 1e9)
}

fn billions_change(dollars: f64) -> String {
    numbers::bn_change(dollars / 1e9)
}

fn upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}

/// The quarter in the order of the pipeline.
fn order(
    ui: &mut Ui,
    scene: &Scene,
    rect: Rect,
    before: &Published,
    closed: &ClosedQuarter,
    gone: f64,
) {
    let tokens = ui.tokens();
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.2, tokens.ink);
    let at = rect.min + vec2(0.0, 7.0);
    let title = "The quarter, in order";
    let top = ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, title).bottom() + 6.0;
    let steps = steps(scene.desk, before, closed);
    let pitch = ((rect.bottom() - top - 8.0) / STEPS as f32).clamp(38.0, 64.0);
    let x = rect.left() + 11.0;
    let last = top + pitch * (steps.len() as f32 - 1.0) + 10.0;
    ui.vline(x, top + 10.0..=last, 1.6, tokens.ink);
    for (place, (name, text)) in steps.iter().enumerate() {
        let y = top + pitch * place as f32 + 10.0;
        let on = gone >= STEP * place as f64;
        let marked = place == 4;
        let radius = if marked { 7.5 } else { 4.5 };
        let colour = match (on, marked) {
            (false, _) => tokens.rule,
            (true, true) => tokens.firm(scene.desk.mark(scene.desk.view.seat)),
            (true, false) => tokens.ink,
        };
        ui.painter().circle(pos2(x, y), radius, colour, Stroke::new(2.5, tokens.page));
        if !on {
            continue;
        }
        let left = x + 20.0;
        let width = rect.right() - left;
        let at = pos2(left, y);
        ui.ink(at, Align2::LEFT_CENTER, Type::InterfaceStrong, tokens.ink, name);
        let lines = if pitch >= 62.0 { 2 } else { 1 };
        let galley = ui.clamped(Type::Note, tokens.ink_soft, text, width, lines);
        ui.lay(pos2(left, y + 9.0), galley);
    }
}

/// The twelve steps of the close, each with the one thing it did that matters most to this seat.
fn steps(desk: &Desk, before: &Published, closed: &ClosedQuarter) -> Vec<(&'static str, String)> {
    let words = &desk.words;
    let view = &desk.view;
    let seen = || closed.facts.iter().filter(|fact| fact.seen_by(view.seat));
    let first = |pick: &dyn Fn(&Fact) -> bool| {
        seen().find(|fact| pick(fact)).map(|fact| facts::sentence(words, &view.deals, fact))
    };
    let or = |found: Option<String>, otherwise: &str| found.unwrap_or_else(|| otherwise.to_owned());
    let now = &closed.published;
    let firm = match view.role {
        Role::Giant(firm) => Some(firm),
        Role::Lab(_) => None,
    };
    let world = |fact: &Fact| {
        matches!(
            fact,
            Fact::Happened { .. }
                | Fact::OpenWeightsShock { .. }
                | Fact::ChipShortage { .. }
                | Fact::Downturn { .. }
                | Fact::DownturnOver
                | Fact::Outage { .. }
                | Fact::Answered { .. }
                | Fact::CardPlayed { .. }
        )
    };
    let plans = |fact: &Fact| {
        matches!(
            fact,
            Fact::PriceChanged { .. }
                | Fact::OrderChanged { .. }
                | Fact::ResearchChanged { .. }
                | Fact::PushChanged { .. }
                | Fact::ChipPriceChanged { .. }
                | Fact::LabPlanChanged { .. }
        )
    };
    let own = |fact: &Fact| fact.subject(view.giants()) == Some(view.seat);
    let own_plan = seen().filter(|fact| plans(fact) && own(fact)).count();
    let signed = seen().filter(|fact| matches!(fact, Fact::Signed { .. })).count();
    let invest = match signed {
        0 => or(
            first(&|f| matches!(f, Fact::TranchePaid { .. } | Fact::CapacityArrived { .. })),
            "Nobody signed.",
        ),
        count => {
            let deal = first(&|fact| matches!(fact, Fact::Signed { .. })).unwrap_or_default();
            match count {
                1 => deal,
                more => format!("{}. {deal}", numbers::count(more as u32, "signature")),
            }
        }
    };
    let train = format!(
        "The frontier {:.0} to {:.0}, {}",
        before.frontier.points,
        now.frontier.points,
        words.seat(now.frontier.leader)
    );
    let serve = match firm.filter(|firm| now.giants[firm.index()].has_cloud) {
        Some(firm) => format!(
            "New demand {}, {} of it to us",
            numbers::bn(now.market.new_demand_bn),
            numbers::share(now.giants[firm.index()].win_rate)
        ),
        None => format!("New cloud demand {}", numbers::bn(now.market.new_demand_bn)),
    };
    let lab = match view.role {
        Role::Lab(lab) => lab.index(),
        Role::Giant(_) => 0,
    };
    let business =
        format!("{} sells {}", words.lab(LabId(lab as u8)), numbers::bn(now.labs[lab].revenue_bn));
    let moved = bridge::change(view.seat, &closed.postings);
    let settle =
        format!("Cash {}, {}", numbers::bn(view.cash.bn()), numbers::bn_change(moved.bn()));
    let values = match firm {
        Some(firm) => {
            let (was, is) =
                (before.giants[firm.index()].value_bn, now.giants[firm.index()].value_bn);
            format!("{} {}", words.firm(firm), numbers::growth(is / was.max(1e-9) - 1.0))
        }
        None => {
            let (was, is) = (before.labs[lab].fundamental_bn, now.labs[lab].fundamental_bn);
            format!("Worth {} to {}", numbers::bn(was), numbers::bn(is))
        }
    };
    let heat = match firm {
        Some(firm) => {
            let (was, is) = (before.giants[firm.index()].heat, now.giants[firm.index()].heat);
            format!("Heat {} to {}", numbers::share(was), numbers::share(is))
        }
        None => or(
            first(&|f| matches!(f, Fact::InquiryOpened { .. } | Fact::RemedyImposed { .. })),
            "No new inquiry.",
        ),
    };
    let stories = seen().filter(|fact| matches!(fact, Fact::Reported { .. })).count();
    let score = closed.scores.scaled(&view.level, view.seat);
    let earlier = match desk.history.len() {
        0 | 1 => desk.opening.score.scaled,
        more => desk.history[more - 2].scores.scaled(&view.level, view.seat),
    };
    vec![
        ("Happenings", or(first(&world), "A quiet quarter.")),
        (
            "Plans",
            match own_plan {
                0 => "Ours stays as it was.".to_owned(),
                count => numbers::count(count as u32, "change") + " of ours",
            },
        ),
        ("Invest", invest),
        ("Train", train),
        ("Serve", serve),
        ("The labs' business", business),
        ("Settle", settle),
        ("Appraise", values),
        (
            "Hearsay",
            match stories {
                0 => or(first(&|f| matches!(f, Fact::Judged { .. })), "Nothing new is said."),
                count => numbers::count(count as u32, "rumour"),
            },
        ),
        ("Regulate", heat),
        ("Publish", format!("{} of facts", numbers::count(seen().count() as u32, "line"))),
        ("Judge", format!("Score {:.0} to {:.0}", libm::floor(earlier), libm::floor(score))),
    ]
}

fn causes_of(ui: &mut Ui, scene: &mut Scene, rect: Rect, why: &Why, gone: f64) {
    let tokens = ui.tokens();
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.2, tokens.ink);
    let at = rect.min + vec2(0.0, 7.0);
    let title = ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, &why.title);
    let note = ui.galley(Type::Note, tokens.ink_soft, &why.unit, f32::INFINITY);
    if title.right() + note.size().x + 20.0 < rect.right() {
        let at = pos2(rect.right() - note.size().x, title.center().y - 0.5 * note.size().y);
        ui.lay(at, note);
    }
    let foot = if rect.height() > 520.0 { 118.0 } else { 0.0 };
    let chart = Rect::from_min_max(
        pos2(rect.left(), title.bottom() + 6.0),
        pos2(rect.right(), rect.bottom() - 8.0 - foot),
    );
    let shown = ((gone - STEP * STEPS as f64) / BAR).max(0.0) as f32;
    let cascade = Cascade {
        from: why.from,
        to: why.to,
        falls: &why.falls,
        before: (&why.before, "where we were"),
        after: (&why.after, "where we are"),
        write: &why.write,
        write_change: &why.write_change,
        colour: tokens.firm(scene.desk.mark(scene.desk.view.seat)),
        shown,
    };
    ui.within(chart, "waterfall", |ui| waterfall(ui, chart, &cascade));
    if foot > 0.0 {
        let area = Rect::from_min_max(pos2(rect.left(), rect.bottom() - foot), rect.max);
        largest(ui, why, area);
    }
}

/// The causes that did most, in full sentences.
fn largest(ui: &mut Ui, why: &Why, rect: Rect) {
    let tokens = ui.tokens();
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.0, tokens.rule);
    let at = rect.min + vec2(0.0, 8.0);
    let title = "What did the most";
    let mut y =
        ui.ink(at, Align2::LEFT_TOP, Type::InterfaceStrong, tokens.ink, title).bottom() + 2.0;
    let mut falls: Vec<&Fall> = why.falls.iter().filter(|fall| fall.title != "The rest").collect();
    falls.sort_by(|one, other| other.by.abs().total_cmp(&one.by.abs()));
    for fall in falls.into_iter().take(3) {
        let figure = format!("{}  ", (why.write_change)(fall.by));
        let colour = if fall.by >= 0.0 { tokens.good } else { tokens.bad };
        let runs = [
            (Type::NoteStrong, colour, figure.as_str()),
            (Type::Note, tokens.ink_soft, fall.why.as_str()),
        ];
        let galley = ui.runs(&runs, rect.width());
        if y + galley.size().y > rect.bottom() + 2.0 {
            break;
        }
        y = ui.lay(pos2(rect.left(), y), galley).bottom() + 3.0;
    }
}

/// What the papers will say, and what the score has done.
fn papers(ui: &mut Ui, scene: &mut Scene, rect: Rect, closed: &Arc<ClosedQuarter>) {
    let tokens = ui.tokens();
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.2, tokens.ink);
    ui.within(rect, "papers", |ui| {
        ScrollArea::vertical().id_salt("papers").auto_shrink(false).show(ui, |ui| {
            let at = ui.next_widget_position();
            let width = rect.width() - 8.0;
            let title = "What the papers will say";
            let mut y = ui
                .ink(at + vec2(0.0, 7.0), Align2::LEFT_TOP, Type::Panel, tokens.ink, title)
                .bottom()
                + 6.0;
            let desk = &*scene.desk;
            let front = headlines::page(
                &desk.words,
                &desk.view.deals,
                &desk.opening.published,
                &desk.history,
                desk.view.seat,
            );
            y = ui.ink_in(pos2(at.x, y), width, Type::Story, tokens.ink, &front.headline).bottom();
            for (place, story) in front.stories.iter().take(4).enumerate() {
                if place > 0 {
                    ui.hline(at.x..=at.x + width, y + 6.0, 1.0, tokens.rule_soft);
                    y += 12.0;
                }
                y = ui
                    .ink_in(pos2(at.x, y + 2.0), width, Type::Body, tokens.ink_soft, story)
                    .bottom();
            }
            y = score(
                ui,
                scene,
                Rect::from_min_size(pos2(at.x, y + 18.0), vec2(width, 200.0)),
                closed,
            );
            if text_button(
                ui,
                pos2(at.x, y + 10.0),
                Align2::LEFT_TOP,
                Type::InterfaceStrong,
                "Why, for any number",
            )
            .clicked()
            {
                scene.state.record = 0;
                scene.go(Screen::Records);
            }
            ui.allocate_space(vec2(width, y + 40.0 - at.y));
        });
    });
}

fn score(ui: &mut Ui, scene: &Scene, rect: Rect, closed: &ClosedQuarter) -> f32 {
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    let view = &desk.view;
    let now = closed.scores.scaled(&view.level, view.seat);
    let earlier = desk.history.len().checked_sub(2).map(|place| &desk.history[place].scores);
    let before =
        earlier.map_or(desk.opening.score.scaled, |scores| scores.scaled(&view.level, view.seat));
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.2, tokens.ink);
    let title = format!("Your score, {:.0} to {:.0}", libm::floor(before), libm::floor(now));
    let at = rect.min + vec2(0.0, 7.0);
    let mut y = ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, &title).bottom() + 2.0;
    let mut sum = 0.0;
    for (place, goal) in view.level.goals(view.seat).iter().enumerate() {
        let is = closed.scores.goals[view.seat.index()][place];
        let was = earlier.map_or(desk.opening.score.goals[place], |scores| {
            scores.goals[view.seat.index()][place]
        });
        let by = goal.weight * (is.credit - was.credit);
        sum += by;
        let name = format!(
            "{} {}",
            labels::measure(goal.measure),
            labels::measured(goal.measure, is.value)
        );
        let middle = y + 13.0;
        ui.ink(pos2(rect.left(), middle), Align2::LEFT_CENTER, Type::Interface, tokens.ink, &name);
        let at = pos2(rect.right(), middle);
        ui.ink(at, Align2::RIGHT_CENTER, Type::Row, tokens.ink, &numbers::points_change(by));
        y += 26.0;
        ui.hline(rect.left()..=rect.right(), y, 1.0, tokens.rule_soft);
    }
    ui.hline(rect.left()..=rect.right(), y, 1.2, tokens.ink);
    let middle = y + 15.0;
    let label = "Points, this quarter";
    ui.ink(pos2(rect.left(), middle), Align2::LEFT_CENTER, Type::RowStrong, tokens.ink, label);
    let at = pos2(rect.right(), middle);
    ui.ink(at, Align2::RIGHT_CENTER, Type::RowStrong, tokens.ink, &numbers::points_change(sum));
    double_rule(ui, rect.left(), rect.right(), y + 30.0);
    y + 36.0
}
