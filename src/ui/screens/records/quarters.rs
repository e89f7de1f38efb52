//! Quarter by quarter: the course of the score and the goals, a closed quarter taken up again, and the two
//! lines of play side by side.

use bevy_egui::egui::{Align2, Color32, Galley, Rect, Sense, Shape, Stroke, Ui, pos2, vec2};

use crate::host::words::{labels, numbers};
use crate::ids::Role;
use crate::study::{Comparison, Difference};
use crate::ui::desk::Desk;
use crate::ui::figures::{Figure, OfGiant, OfLab};
use crate::ui::practice::{Beside, Compared};
use crate::ui::screens::Scene;
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, LineChart, Press, Tip, blocks, tip};
use crate::units::Quarter;

pub(super) fn show(ui: &mut Ui, scene: &mut Scene, width: f32) {
    let tokens = ui.tokens();
    let compared = match scene.desk.beside() {
        Beside::There(compared) => Some(std::sync::Arc::clone(compared)),
        Beside::Coming(_) => {
            ui.say(
                Type::Deck,
                tokens.ink_soft,
                "The two lines of play are being set side by side …",
            );
            None
        }
        Beside::Same => {
            let text =
                "Nothing was decided otherwise in practice: the two lines of play are the same.";
            ui.say(Type::Deck, tokens.ink_soft, text);
            None
        }
        Beside::None => None,
    };
    if let Some(compared) = &compared {
        side_by_side(ui, scene.desk, compared, width);
    } else {
        charts(ui, scene.desk, None, width);
    }
    quarters(ui, scene, width);
}

/// A line of small charts: the score, then the goals.
fn charts(ui: &mut Ui, desk: &Desk, compared: Option<&Comparison>, width: f32) {
    let view = &desk.view;
    let goals = view.level.goals(view.seat);
    let columns = match width {
        wide if wide > 1_000.0 => 4,
        wide if wide > 700.0 => 3,
        wide if wide > 420.0 => 2,
        _ => 1,
    };
    let gap = 28.0;
    let pitch = (width - gap * (columns as f32 - 1.0)) / columns as f32;
    let tall = 150.0;
    let count = 1 + goals.len();
    let rows = count.div_ceil(columns);
    ui.add_space(6.0);
    let (area, _) =
        ui.allocate_exact_size(vec2(width, rows as f32 * (tall + 10.0)), Sense::hover());
    for number in 0..count {
        let at = area.min
            + vec2(
                (number % columns) as f32 * (pitch + gap),
                (number / columns) as f32 * (tall + 10.0),
            );
        let rect = Rect::from_min_size(at, vec2(pitch, tall));
        let closed = desk.history.iter();
        match number.checked_sub(1) {
            None => {
                let first = std::iter::once(desk.opening.score.scaled);
                let played =
                    first.chain(closed.map(|c| c.scores.scaled(&view.level, view.seat))).collect();
                let branch = compared
                    .map(|found| found.quarters.iter().map(|q| (q.quarter, q.score)).collect());
                let write = |value: f64| numbers::score(value);
                let change = |by: f64| numbers::points_change(by);
                twin(ui, desk, rect, ("Score", ""), (played, branch), (&write, &change));
            }
            Some(place) => {
                let measure = goals[place].measure;
                let first = std::iter::once(desk.opening.score.goals[place].value);
                let played = first
                    .chain(closed.map(|c| c.scores.goals[view.seat.index()][place].value))
                    .collect();
                let branch = compared.map(|found| {
                    found.quarters.iter().map(|q| (q.quarter, q.goals[place])).collect()
                });
                let write = |value: f64| labels::measured(measure, value);
                let change = |by: f64| labels::measured_change(measure, by);
                let now = &view.score.goals[place];
                let mean = labels::mean_of(&goals[place], now).unwrap_or_default();
                let title = (labels::measure(measure), mean.as_str());
                twin(ui, desk, rect, title, (played, branch), (&write, &change));
            }
        }
    }
}

type Line = (Vec<f64>, Option<Vec<(Quarter, Difference)>>);
type Writing<'a> = (&'a dyn Fn(f64) -> String, &'a dyn Fn(f64) -> String);

/// One figure in one or two lines of play: as played in the seat's colour, practice in dashed pen.
fn twin(
    ui: &mut Ui,
    desk: &Desk,
    rect: Rect,
    (title, what): (&str, &str),
    (played, branch): Line,
    (write, change): Writing,
) {
    let tokens = ui.tokens();
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.2, tokens.ink);
    let at = rect.min + vec2(0.0, 5.0);
    let head = ui.ink(at, Align2::LEFT_TOP, Type::InterfaceStrong, tokens.ink, title);
    // What is no quarter's own figure says so.
    let short = what.replace("mean of the last", "mean of");
    let room = rect.right() - head.right() - 10.0;
    for text in [what, short.as_str()] {
        let galley = ui.galley(Type::Note, tokens.ink_note, text, f32::INFINITY);
        if !text.is_empty() && galley.size().x <= room {
            ui.lay(pos2(head.right() + 8.0, head.center().y - 0.5 * galley.size().y), galley);
            break;
        }
    }
    let other = branch.iter().flatten().map(|(_, d)| d.branch);
    let ((low, high), _) = LineChart::fitted(played.iter().copied().chain(other), false);
    let labels = labels_of(ui, &played, branch.as_deref(), (write, change));
    let wide = |galley: &std::sync::Arc<Galley>| galley.size().x;
    let label_room = labels.iter().map(|(_, galley)| wide(galley)).fold(40.0, f32::max);
    let axis = [high, low]
        .map(|value| ui.galley(Type::Note, tokens.ink_note, &write(value), f32::INFINITY));
    let axis_room = wide(&axis[0]).max(wide(&axis[1]));
    let plot = Rect::from_min_max(
        pos2(rect.left() + axis_room + 8.0, head.bottom() + 12.0),
        pos2(rect.right() - label_room - 12.0, rect.bottom() - 22.0),
    );
    for (galley, at) in axis.into_iter().zip([plot.top(), plot.bottom()]) {
        let size = galley.size();
        ui.lay(pos2(plot.left() - 6.0 - size.x, at - 0.5 * size.y), galley);
    }
    let y = |v: f64| plot.bottom() - ((v - low) / (high - low).max(1e-9)) as f32 * plot.height();
    let last = (played.len().max(2) - 1) as f32;
    let x = |quarter: usize| plot.left() + quarter as f32 / last * plot.width();
    ui.hline(plot.left()..=plot.right(), plot.bottom(), 1.0, tokens.rule);
    ui.hline(plot.left()..=plot.right(), plot.top(), 1.0, tokens.rule_soft);
    let colour: Color32 = tokens.firm(desk.mark(desk.view.seat));
    let points: Vec<_> = played.iter().enumerate().map(|(k, v)| pos2(x(k), y(*v))).collect();
    let end = points.last().copied().unwrap_or(plot.left_bottom());
    if points.len() > 1 {
        ui.painter().add(Shape::line(points.clone(), Stroke::new(2.6, colour)));
    }
    ui.painter().circle_filled(end, 3.6, colour);
    let opening = desk.words.quarter(Quarter(0));
    let at = pos2(plot.left(), plot.bottom() + 3.0);
    if plot.width() > 84.0 {
        ui.ink(at, Align2::LEFT_TOP, Type::Note, tokens.ink_note, &opening);
    }
    let now = desk.words.quarter(Quarter(played.len() as u32 - 1));
    let at = pos2(plot.right(), plot.bottom() + 3.0);
    ui.ink(at, Align2::RIGHT_TOP, Type::Note, tokens.ink_note, &now);
    let is = played.last().copied().unwrap_or(0.0);
    let mut spoken = format!("{title}: {}", write(is));
    let unit = if what.is_empty() { "as it was played" } else { what };
    let mut note = Tip::new(title, write(is)).unit(unit);
    if let Some((line, difference)) = branch.as_ref().and_then(|b| Some((b, b.last()?.1))) {
        let first = line[0].0.0 as usize;
        let mut practice = vec![points[first - 1]];
        practice.extend(line.iter().map(|(quarter, d)| pos2(x(quarter.0 as usize), y(d.branch))));
        let tip_of = practice[practice.len() - 1];
        let stroke = Stroke::new(2.2, tokens.pen);
        ui.painter().extend(Shape::dashed_line(&practice, stroke, 6.0, 4.0));
        ui.painter().circle_filled(tip_of, 3.6, tokens.pen);
        let by = difference.whole();
        spoken += &format!("; in practice {}, {}", write(difference.branch), change(by));
        note = note
            .row("in practice", write(difference.branch))
            .cause("your doing", difference.by_the_decision, change(difference.by_the_decision))
            .cause("their answers", difference.by_the_answers, change(difference.by_the_answers))
            .change(change(by))
            .note("Your doing: what your other decisions make of it while everybody else decides as they did. Their answers: what the others add, who see the new line of play.");
    }
    beside_the_ends(ui, plot, labels, &y);
    let told = ui.told(rect.shrink(2.0), ui.id().with(("twin", title)), &spoken);
    tip(ui, &told, || note);
}

/// What stands at the ends of the lines, each with its value.
fn labels_of(
    ui: &Ui,
    played: &[f64],
    branch: Option<&[(Quarter, Difference)]>,
    (write, change): Writing,
) -> Vec<(f64, std::sync::Arc<Galley>)> {
    let tokens = ui.tokens();
    let is = played.last().copied().unwrap_or(0.0);
    let galley = |ink: Color32, text: &str| ui.galley(Type::NoteStrong, ink, text, 120.0);
    let mut labels = vec![(is, galley(tokens.ink, &write(is)))];
    if let Some((_, difference)) = branch.and_then(|branch| branch.last()) {
        let text = format!("{} ({})", write(difference.branch), change(difference.whole()));
        labels.push((difference.branch, galley(tokens.pen, &text)));
    }
    labels
}

/// Labels at the right of a plot, none over another and none below its axis.
fn beside_the_ends(
    ui: &mut Ui,
    plot: Rect,
    mut labels: Vec<(f64, std::sync::Arc<Galley>)>,
    y: &dyn Fn(f64) -> f32,
) {
    labels.sort_by(|one, other| y(one.0).total_cmp(&y(other.0)));
    let mut left: f32 = labels.iter().map(|(_, galley)| galley.size().y).sum();
    let mut least = plot.top() - 12.0;
    for (value, galley) in labels {
        let most = plot.bottom() + 8.0 - left;
        let top = (y(value) - 8.0).min(most).max(least);
        left -= galley.size().y;
        least = ui.lay(pos2(plot.right() + 9.0, top), galley).bottom();
    }
}

/// The comparison after practice.
fn side_by_side(ui: &mut Ui, desk: &Desk, compared: &Compared, width: f32) {
    let tokens = ui.tokens();
    let from = desk.words.quarter(compared.from);
    let text = format!("The game as it was played, and practice from {from}, under the same luck.");
    ui.say(Type::Deck, tokens.ink_soft, &text);
    let (line, _) = ui.allocate_exact_size(vec2(width, 20.0), Sense::hover());
    let y = line.center().y;
    let colour = tokens.firm(desk.mark(desk.view.seat));
    ui.hline(line.left()..=line.left() + 26.0, y, 2.6, colour);
    let at = pos2(line.left() + 34.0, y);
    let right =
        ui.ink(at, Align2::LEFT_CENTER, Type::Note, tokens.ink_soft, "as played").right() + 24.0;
    let dash = [pos2(right, y), pos2(right + 26.0, y)];
    ui.painter().extend(Shape::dashed_line(&dash, Stroke::new(2.2, tokens.pen), 6.0, 4.0));
    let text = "in practice; no medal";
    ui.ink(pos2(right + 34.0, y), Align2::LEFT_CENTER, Type::Note, tokens.ink_soft, text);
    charts(ui, desk, Some(&compared.found), width);
    blocks(ui, &compared.differences);
}

/// Every quarter with its figures, and a way back to it.
fn quarters(ui: &mut Ui, scene: &mut Scene, width: f32) {
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    let figures: Vec<Figure> = match desk.view.role {
        Role::Giant(firm) => {
            [OfGiant::WinRate, OfGiant::Share, OfGiant::Income, OfGiant::Cash, OfGiant::Value]
                .map(|what| Figure::Giant(firm, what))
                .to_vec()
        }
        Role::Lab(lab) => {
            [OfLab::Revenue, OfLab::Capability, OfLab::Worth, OfLab::Independence, OfLab::Compute]
                .map(|what| Figure::Lab(lab, what))
                .to_vec()
        }
    };
    let off = desk.no_practice();
    ui.add_space(10.0);
    let row = 38.0;
    let past = desk.past();
    let height = 46.0 + row * past.len() as f32;
    let (area, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    ui.hline(area.left()..=area.right(), area.top(), 1.5, tokens.ink);
    let button = 156.0;
    let first = 74.0;
    let button = if width > 820.0 { button } else { 70.0 };
    let pitch = (width - first - 62.0 - button) / figures.len() as f32;
    let x = |place: usize| area.left() + first + 62.0 + pitch * place as f32;
    let head = area.top() + 8.0;
    ui.ink(pos2(area.left(), head), Align2::LEFT_TOP, Type::Note, tokens.ink_soft, "End of");
    ui.ink(pos2(x(0), head), Align2::RIGHT_TOP, Type::Note, tokens.ink_soft, "Score");
    for (place, figure) in figures.iter().enumerate() {
        let galley = ui.clamped(Type::Note, tokens.ink_soft, figure.label(), pitch - 10.0, 1);
        ui.lay(pos2(x(place + 1) - galley.size().x, head), galley);
    }
    ui.hline(area.left()..=area.right(), area.top() + 32.0, 1.2, tokens.ink);
    let mut chosen = None;
    for (number, published) in past.iter().enumerate() {
        let middle = area.top() + 33.0 + row * (number as f32 + 0.5);
        let quarter = desk.words.quarter(published.quarter);
        let at = pos2(area.left(), middle);
        ui.ink(at, Align2::LEFT_CENTER, Type::RowStrong, tokens.ink, &quarter);
        let score = match number.checked_sub(1) {
            None => desk.opening.score.scaled,
            Some(place) => desk.history[place].scores.scaled(&desk.view.level, desk.view.seat),
        };
        let text = numbers::score(score);
        ui.ink(pos2(x(0), middle), Align2::RIGHT_CENTER, Type::Row, tokens.ink, &text);
        for (place, figure) in figures.iter().enumerate() {
            let text = figure.written_at(published);
            let at = pos2(x(place + 1), middle);
            let rect = ui.ink(at, Align2::RIGHT_CENTER, Type::Row, tokens.ink, &text);
            if number + 1 == past.len() {
                figure.tell(ui, desk, rect, ui.id().with(("now", place)));
            } else if let Some(closed) = number.checked_sub(1) {
                let spoken = format!("{}, {quarter}: {text}", figure.label());
                let told = ui.told(rect, ui.id().with(("then", number, place)), &spoken);
                tip(ui, &told, || figure.tip_in(desk, closed));
            }
        }
        if number > 0 {
            let at = pos2(area.right(), middle);
            let label = format!("Take {quarter} up again");
            let press = Press::quiet(if width > 820.0 { &label } else { &quarter }).height(30.0);
            let press = press.off(off.map(str::to_owned)).tip(
                "As practice, under the same luck: the game stays where it is, and nothing of it counts.",
            );
            if press.at(ui, at, Align2::RIGHT_CENTER).clicked() {
                chosen = Some(published.quarter);
            }
        }
        let y = area.top() + 33.0 + row * (number as f32 + 1.0);
        ui.hline(area.left()..=area.right(), y, 1.0, tokens.rule_soft);
    }
    if let Some(quarter) = chosen {
        scene.desk.take_up(quarter);
    }
}
