//! Beside the lead: three numbers for the goal, what is said, the diary.

use bevy_egui::egui::{Align2, Rect, Ui, pos2, vec2};

use crate::host::words::calendar as dated;
use crate::host::words::refusals::upper_first;
use crate::host::words::{hearsay, labels, numbers};
use crate::sim::calendar;
use crate::ui::desk::Desk;
use crate::ui::figures::goal_tip;
use crate::ui::screens::Scene;
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Tip, sparkline, tip};

pub(super) fn side_column(ui: &mut Ui, scene: &mut Scene, rect: Rect) -> f32 {
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
    // One size for all three.
    let figure_of =
        |place: usize| labels::measured(goals[place].measure, view.score.goals[place].value);
    let wide = shown.iter().any(|place| {
        let text = figure_of(*place);
        ui.galley(Type::FigureLarge, tokens.ink, &text, f32::INFINITY).size().x > 126.0
    });
    let kind = if wide { Type::Figure } else { Type::FigureLarge };
    for (number, place) in shown.iter().copied().enumerate() {
        let (goal, now) = (&goals[place], &view.score.goals[place]);
        if number > 0 {
            ui.hline(rect.left()..=rect.right(), y, 1.0, tokens.rule_soft);
        }
        y += 8.0;
        let figure = figure_of(place);
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
                let mean = labels::mean_of(goal, now);
                let mean =
                    mean.map_or_else(String::new, |mean| format!("{}. ", upper_first(&mean)));
                format!(
                    "{mean}{}. {:.0}% of full marks.",
                    numbers::marked(by, &change).replace(' ', "\u{a0}"),
                    100.0 * now.credit
                )
            }
            None => format!(
                "Counts from {}. {:.0}% of full marks now.",
                labels::measured(goal.measure, goal.none_at),
                100.0 * now.credit
            ),
        };
        text = ui.ink_in(pos2(x, text + 1.0), width, Type::Note, tokens.ink_soft, &note).bottom();
        let whole = Rect::from_min_max(pos2(rect.left(), y), pos2(rect.right(), text));
        let id = ui.id().with(("goal", place));
        let told = ui.told(whole, id, &format!("{name}: {figure}. {note}"));
        tip(ui, &told, || goal_tip(desk, place));
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
        let room = rect.width() - 14.0 - 46.0 - 56.0;
        let fits = |text: &String| {
            ui.galley(Type::Note, tokens.ink_note, text, f32::INFINITY).size().x < room
        };
        let source = Some(source).filter(fits).unwrap_or_else(|| desk.words.quarter(said.heard));
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
