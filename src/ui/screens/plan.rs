//! The plan: lever, cost, effect on one line; the bill, and what the score is made of, beside them.

use bevy_egui::egui::{Align2, Rect, ScrollArea, Sense, Ui, pos2, vec2};

use super::Scene;
use super::frame::{self, Bar};
use crate::host::levers::{
    drafted_giant, drafted_lab, drafted_staff, most_order, order_charge, price_effect, push_effect,
    research_points, runway,
};
use crate::host::words::{labels, numbers};
use crate::ids::{FirmId, LabId, Role, SegmentId};
use crate::sim::books::{Account, Reason};
use crate::sim::capability::rules::POINTS_PER_EFOLD;
use crate::sim::decision::{
    AccessPolicy, Decision, GiantPlan, HIRING_RANGE, LabPlan, PACE_RANGE, PRICE_RANGE,
    RESEARCH_RANGE, TRAINING_RANGE,
};
use crate::sim::information::rules::PRESS_LIFT;
use crate::sim::lab::rules::{COMPUTE_COST, PRICE_WEIGHT};
use crate::sim::lab::{morale, planned_step};
use crate::sim::setting::Step;
use crate::sim::view::{GiantFigures, Plan};
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Lever, Press, double_rule, lever, split, toggle_chip};

/// One lever on its line.
struct Line<'a> {
    title: &'a str,
    note: &'a str,
    cost: String,
    cost_note: &'a str,
    effect: String,
    effect_note: String,
}

/// Columns of the plan.
struct Columns {
    lever: (f32, f32),
    cost: f32,
    effect: f32,
    small: bool,
}

impl Columns {
    fn of(rect: Rect, small: bool) -> Columns {
        let x = |part: f32| rect.left() + part * rect.width();
        match small {
            true => Columns { lever: (x(0.20), x(0.60)), cost: x(0.74), effect: x(0.76), small },
            false => Columns { lever: (x(0.22), x(0.565)), cost: x(0.69), effect: x(0.715), small },
        }
    }
}

pub fn show(ui: &mut Ui, scene: &mut Scene, window: Rect) {
    let grid = ui.grid();
    let (mut bar, room) = Bar::new(ui, window);
    let height = if grid.small { 40.0 } else { 44.0 };
    frame::onward(ui, scene, &mut bar, height);
    if !scene.desk.view.decided.is_empty()
        && bar.left(ui, Press::quiet("Undo").key("Ctrl Z")).clicked()
    {
        scene.desk.undo();
    }
    if scene.desk.view.dilemma.is_some() {
        let given = super::dilemma::given(&scene.desk.view).is_some();
        let word = if given { "Your answer" } else { "A dilemma waits" };
        if bar.left(ui, Press::new(word).key("D")).clicked() {
            scene.state.overlay = crate::ui::state::Overlay::Dilemma;
        }
    }
    let tokens = ui.tokens();
    let panel = grid.panel(400.0);
    let side = Rect::from_min_max(pos2(room.right() - panel, room.top()), room.max);
    let main = Rect::from_min_max(room.min, pos2(side.left(), room.bottom()));
    ui.painter().rect_filled(side, 0, tokens.sheet);
    ui.vline(side.left(), side.top()..=side.bottom(), 1.2, tokens.ink);
    ui.within(main, "levers", |ui| {
        ScrollArea::vertical().id_salt("levers").auto_shrink(false).show(ui, |ui| {
            let width = main.width() - grid.margin - if grid.small { 14.0 } else { 32.0 };
            ui.add_space(14.0);
            let at = ui.next_widget_position();
            let rect = Rect::from_min_size(pos2(at.x + grid.margin, at.y), vec2(width, 100.0));
            header(ui, scene, rect);
            match scene.desk.view.role {
                Role::Giant(firm) => giant(ui, scene, firm, grid.margin, width),
                Role::Lab(lab) => self::lab(ui, scene, lab, grid.margin, width),
            }
            ui.add_space(16.0);
        });
    });
    bill(ui, scene, side);
}

fn header(ui: &mut Ui, scene: &Scene, rect: Rect) {
    let tokens = ui.tokens();
    let over = scene.desk.view.step == Step::Plan;
    let title =
        if over { "The levers for the quarter" } else { "The levers, once the talks are over" };
    let title = ui.ink(rect.min, Align2::LEFT_TOP, Type::Section, tokens.ink, title);
    let columns = Columns::of(rect, ui.grid().small);
    let y = title.bottom() + 14.0;
    ui.ink(pos2(rect.left(), y), Align2::LEFT_CENTER, Type::Note, tokens.ink_soft, "Lever");
    let runs = [
        (Type::Note, tokens.ink_soft, "Set it "),
        (Type::Note, tokens.ink_note, "(the black tick is last quarter)"),
    ];
    let galley = ui.runs(&runs, f32::INFINITY);
    ui.lay(pos2(columns.lever.0, y - 0.5 * galley.size().y), galley);
    ui.ink(pos2(columns.cost, y), Align2::RIGHT_CENTER, Type::Note, tokens.ink_soft, "Cost");
    ui.ink(
        pos2(columns.effect + 20.0, y),
        Align2::LEFT_CENTER,
        Type::Note,
        tokens.ink_soft,
        "Expected, about",
    );
    ui.hline(rect.left()..=rect.right(), y + 14.0, 1.0, tokens.rule);
    ui.allocate_space(vec2(rect.width(), y + 14.0 - rect.top()));
}

/// Room for a line; draws what is written on it. What is to be turned goes between.
fn line(ui: &mut Ui, margin: f32, width: f32, height: f32, it: &Line) -> (Rect, Columns) {
    let tokens = ui.tokens();
    let small = ui.grid().small;
    let (full, _) = ui.allocate_exact_size(vec2(width + margin, height), Sense::hover());
    let rect = Rect::from_min_size(pos2(full.left() + margin, full.top()), vec2(width, height));
    let columns = Columns::of(rect, small);
    let y = rect.center().y;
    let room = columns.lever.0 - rect.left() - 24.0;
    let name = ui.galley(Type::Story, tokens.ink, it.title, room);
    let note = ui.galley(Type::Note, tokens.ink_soft, it.note, room);
    let both = name.size().y + if small { 0.0 } else { note.size().y };
    let top = y - 0.5 * both;
    let bottom = ui.lay(pos2(rect.left(), top), name).bottom();
    if !small {
        ui.lay(pos2(rect.left(), bottom), note);
    }
    let at = pos2(columns.cost, y - if it.cost_note.is_empty() { 0.0 } else { 9.0 });
    let kind = if small { Type::RowStrong } else { Type::FigureSmall };
    ui.ink(at, Align2::RIGHT_CENTER, kind, tokens.ink, &it.cost);
    let at = pos2(columns.cost, y + 11.0);
    ui.ink(at, Align2::RIGHT_CENTER, Type::Note, tokens.ink_soft, it.cost_note);
    let x = columns.effect + 20.0;
    let width = rect.right() - x;
    let effect = ui.galley(Type::RowStrong, tokens.ink, &it.effect, width);
    let note = ui.galley(Type::Note, tokens.ink_soft, &it.effect_note, width);
    let top = y - 0.5 * (effect.size().y + note.size().y);
    let bottom = ui.lay(pos2(x, top), effect).bottom();
    ui.lay(pos2(x, bottom + 1.0), note);
    ui.hline(rect.left()..=rect.right(), rect.bottom(), 1.0, tokens.rule);
    (rect, columns)
}

fn track(rect: Rect, columns: &Columns) -> Rect {
    let height = if columns.small { 66.0 } else { 74.0 };
    Rect::from_center_size(
        pos2(0.5 * (columns.lever.0 + columns.lever.1), rect.center().y),
        vec2(columns.lever.1 - columns.lever.0, height),
    )
}

fn height(ui: &Ui) -> f32 {
    if ui.grid().small { 84.0 } else { 104.0 }
}

fn off(scene: &Scene) -> Option<String> {
    match scene.desk.view.step {
        Step::Plan if !scene.desk.busy() => None,
        _ => Some("The levers are turned once the talks of the quarter are over.".to_owned()),
    }
}

/// A price index as a per cent of the opening.
fn index(value: f64) -> String {
    let by = 100.0 * (value - 1.0);
    match by {
        b if b.abs() < 0.05 => "opening".to_owned(),
        b if b < 0.0 => format!("−{:.0}%", -b),
        b => format!("+{b:.0}%"),
    }
}

fn giant(ui: &mut Ui, scene: &mut Scene, firm: FirmId, margin: f32, width: f32) {
    let Plan::Giant(old) = scene.desk.view.plan else { return };
    let plan = drafted_giant(&scene.desk.view, &old);
    let figures = scene.desk.view.published.giants[firm.index()].clone();
    let mut next = plan;
    let mut command = "";
    if figures.has_cloud {
        if prices(ui, scene, &figures, (&old, &mut next), margin, width) {
            command = "price";
        }
        if build(ui, scene, firm, &figures, (&old, &mut next), margin, width) {
            command = "order";
        }
    }
    if figures.opening_research_bn > 0.0
        && research(ui, scene, &figures, (&old, &mut next), margin, width)
    {
        command = "research";
    }
    if figures.has_cloud && push(ui, scene, &figures, &mut next, margin, width) {
        command = "push";
    }
    if scene.desk.view.level.giants[firm.index()].chips.is_some() {
        if chips(ui, scene, &figures, (&old, &mut next), margin, width) {
            command = "chips";
        }
        if favour(ui, scene, &mut next, margin, width) {
            command = "favour";
        }
    }
    if next != plan && !command.is_empty() {
        scene.desk.decide(Decision::Run(next), command);
    }
    attention(ui, scene, Some(&figures), margin, width);
}

fn prices(
    ui: &mut Ui,
    scene: &mut Scene,
    figures: &GiantFigures,
    (old, next): (&GiantPlan, &mut GiantPlan),
    margin: f32,
    width: f32,
) -> bool {
    let segments: Vec<SegmentId> = scene.desk.view.level.segment_ids().collect();
    let chosen: Vec<SegmentId> = match scene.state.segment {
        Some(place) => segments.iter().copied().filter(|s| s.index() == place).collect(),
        None => segments.clone(),
    };
    let Some(first) = chosen.first().copied() else { return false };
    let now = next.price[first.index()];
    let same = chosen.iter().all(|segment| (next.price[segment.index()] - now).abs() < 1e-9);
    let (mut won, mut base) = (0.0, 0.0);
    for segment in &segments {
        let (by, sold) =
            price_effect(&scene.desk.view, figures, &[*segment], next.price[segment.index()]);
        won += by;
        base += sold;
    }
    let named = match scene.state.segment {
        Some(place) => scene.desk.words.segment(SegmentId(place as u8)).to_owned(),
        None if same => "every segment".to_owned(),
        None => "mixed; moves all".to_owned(),
    };
    let note = format!("What {named} pays, against the opening.");
    let it = Line {
        title: "Price",
        note: &note,
        cost: numbers::bn_change(base),
        cost_note: "on the base",
        effect: format!("{} of new demand", numbers::share_change(won)),
        effect_note: "At once; rivals may answer.".to_owned(),
    };
    let (rect, columns) = line(ui, margin, width, height(ui) + 22.0, &it);
    let mut value = now;
    let area = track(rect.translate(vec2(0.0, -12.0)), &columns);
    let lever_of = Lever {
        name: "Price",
        range: PRICE_RANGE,
        step: 0.01,
        neutral: 1.0,
        last: old.price[first.index()],
        write: &index,
        off: off(scene),
    };
    let (turned, _) = lever(ui, area, &lever_of, &mut value);
    if turned {
        for segment in &chosen {
            next.price[segment.index()] = value;
        }
    }
    let mut x = columns.lever.0;
    let y = rect.bottom() - 18.0;
    let all = scene.state.segment.is_none();
    let response = small_toggle(ui, pos2(x, y), "All", all);
    if response.clicked() {
        scene.state.segment = None;
    }
    x = response.rect.right() + 4.0;
    for segment in segments {
        let name = scene.desk.words.segment(segment).to_owned();
        let on = scene.state.segment == Some(segment.index());
        let width = ui.galley(Type::NoteStrong, ui.tokens().ink, &name, f32::INFINITY).size().x;
        if x + width + 30.0 > rect.right() {
            break;
        }
        let response = small_toggle(ui, pos2(x, y), &name, on);
        if response.clicked() {
            scene.state.segment = Some(segment.index());
        }
        x = response.rect.right() + 4.0;
    }
    turned
}

fn small_toggle(
    ui: &mut Ui,
    at: bevy_egui::egui::Pos2,
    label: &str,
    on: bool,
) -> bevy_egui::egui::Response {
    toggle_chip(ui, at, Align2::LEFT_CENTER, "Price of", label, on)
}

fn build(
    ui: &mut Ui,
    scene: &Scene,
    firm: FirmId,
    figures: &GiantFigures,
    (old, next): (&GiantPlan, &mut GiantPlan),
    margin: f32,
    width: f32,
) -> bool {
    let most = most_order(&scene.desk.view, firm);
    let per_gw = figures.order_cost_per_gw_bn;
    let charge = order_charge(figures, next.order_gw);
    let effect_note = match charge {
        Some(charge) => format!(
            "More than the market expects: up to {} of market value at first.",
            numbers::bn(charge)
        ),
        None => format!(
            "{} of {} in use.",
            numbers::share(figures.utilisation),
            numbers::gigawatts(figures.capacity_gw)
        ),
    };
    let it = Line {
        title: "Build",
        note: "Rooms, chips and power. On line in four quarters.",
        cost: numbers::bn(per_gw * next.order_gw),
        cost_note: "this quarter",
        effect: format!("{} of room in a year", numbers::gigawatts(next.order_gw)),
        effect_note,
    };
    let (rect, columns) = line(ui, margin, width, height(ui), &it);
    let lever_of = Lever {
        name: "Build",
        range: (0.0, (most * 100.0).floor() / 100.0),
        step: 0.05,
        neutral: 0.0,
        last: old.order_gw,
        write: &|value| numbers::gigawatts(value),
        off: off(scene),
    };
    lever(ui, track(rect, &columns), &lever_of, &mut next.order_gw).0
}

fn research(
    ui: &mut Ui,
    scene: &Scene,
    figures: &GiantFigures,
    (old, next): (&GiantPlan, &mut GiantPlan),
    margin: f32,
    width: f32,
) -> bool {
    let points = research_points(figures, next.research_bn);
    let it = Line {
        title: "Our own models",
        note: "Research, people and training runs.",
        cost: numbers::bn(next.research_bn),
        cost_note: "a quarter",
        effect: format!("{} points of capability", numbers::points_change(points)),
        effect_note: "Within a year, beside everybody's progress.".to_owned(),
    };
    let (rect, columns) = line(ui, margin, width, height(ui), &it);
    let lever_of = Lever {
        name: "Our own models",
        range: (
            RESEARCH_RANGE.0 * figures.opening_research_bn,
            RESEARCH_RANGE.1 * figures.opening_research_bn,
        ),
        step: 0.1,
        neutral: 0.0,
        last: old.research_bn,
        write: &|value| numbers::bn(value),
        off: off(scene),
    };
    lever(ui, track(rect, &columns), &lever_of, &mut next.research_bn).0
}

fn push(
    ui: &mut Ui,
    scene: &Scene,
    figures: &GiantFigures,
    next: &mut GiantPlan,
    margin: f32,
    width: f32,
) -> bool {
    let by = next.push.map_or(0.0, |segment| push_effect(&scene.desk.view, figures, segment));
    let it = Line {
        title: "Sales push",
        note: "Where our people spend their days.",
        cost: "$0".to_owned(),
        cost_note: "their time",
        effect: format!("{} of new demand", numbers::share_change(by)),
        effect_note: "More where they go, a little less elsewhere.".to_owned(),
    };
    let (rect, columns) = line(ui, margin, width, height(ui), &it);
    let mut names: Vec<String> = vec!["Even".to_owned()];
    let segments: Vec<SegmentId> = scene.desk.view.level.segment_ids().collect();
    names.extend(segments.iter().map(|segment| scene.desk.words.segment(*segment).to_owned()));
    let chosen = next.push.map_or(0, |segment| segment.index() + 1);
    choices(ui, rect, &columns, scene, "Sales push", &names, chosen).is_some_and(|place| {
        next.push = place.checked_sub(1).map(|place| segments[place]);
        true
    })
}

/// Round chips in as many rows as it takes; the one pressed.
fn choices(
    ui: &mut Ui,
    rect: Rect,
    columns: &Columns,
    scene: &Scene,
    group: &str,
    names: &[String],
    chosen: usize,
) -> Option<usize> {
    let (left, right) = (columns.lever.0, columns.cost - 76.0);
    let widths: Vec<f32> = names
        .iter()
        .enumerate()
        .map(|(place, name)| {
            let text = ui.galley(Type::NoteStrong, ui.tokens().ink, name, f32::INFINITY);
            text.size().x + if place == chosen { 36.0 } else { 24.0 }
        })
        .collect();
    let mut rows = vec![Vec::new()];
    let mut x = left;
    for (place, width) in widths.iter().enumerate() {
        if x + width > right && x > left {
            rows.push(Vec::new());
            x = left;
        }
        if let Some(row) = rows.last_mut() {
            row.push((place, x));
        }
        x += width + 6.0;
    }
    let mut pressed = None;
    let on = off(scene).is_none();
    for (number, row) in rows.iter().enumerate() {
        let y = rect.center().y + 34.0 * (number as f32 - 0.5 * (rows.len() as f32 - 1.0));
        for (place, x) in row {
            let response = toggle_chip(
                ui,
                pos2(*x, y),
                Align2::LEFT_CENTER,
                group,
                &names[*place],
                *place == chosen,
            );
            if on && response.clicked() && *place != chosen {
                pressed = Some(*place);
            }
        }
    }
    pressed
}

fn chips(
    ui: &mut Ui,
    scene: &Scene,
    figures: &GiantFigures,
    (old, next): (&GiantPlan, &mut GiantPlan),
    margin: f32,
    width: f32,
) -> bool {
    let it = Line {
        title: "Chip price",
        note: "What every cloud pays us for chips.",
        cost: numbers::bn(figures.chip_sales_bn),
        cost_note: "sold last quarter",
        effect: format!("{} have stayed", numbers::share(figures.chip_loyalty)),
        effect_note: "Dearer chips earn at once; buyers drift, 2.8% a quarter a tenth.".to_owned(),
    };
    let (rect, columns) = line(ui, margin, width, height(ui), &it);
    let lever_of = Lever {
        name: "Chip price",
        range: PRICE_RANGE,
        step: 0.01,
        neutral: 1.0,
        last: old.chip_price,
        write: &index,
        off: off(scene),
    };
    lever(ui, track(rect, &columns), &lever_of, &mut next.chip_price).0
}

fn favour(ui: &mut Ui, scene: &Scene, next: &mut GiantPlan, margin: f32, width: f32) -> bool {
    let market = &scene.desk.view.published.chips;
    let it = Line {
        title: "Served first",
        note: "When chips are short, whose orders come first.",
        cost: String::new(),
        cost_note: "",
        effect: format!("{} wanted", numbers::gigawatts(market.wanted_gw)),
        effect_note: format!(
            "{} could be shipped last quarter.",
            numbers::gigawatts(market.supply_gw)
        ),
    };
    let (rect, columns) = line(ui, margin, width, height(ui), &it);
    let view = &scene.desk.view;
    let clouds = view.published.giants.iter().enumerate().filter(|(_, giant)| giant.has_cloud);
    let (mut x, mut changed) = (columns.lever.0, false);
    for (place, _) in clouds {
        let seat = FirmId(place as u8).seat();
        if seat == view.seat {
            continue;
        }
        let on = next.favoured.contains(seat);
        let at = pos2(x, rect.center().y);
        let response = toggle_chip(
            ui,
            at,
            Align2::LEFT_CENTER,
            "Served first",
            scene.desk.words.seat(seat),
            on,
        );
        if response.clicked() && off(scene).is_none() {
            next.favoured = match on {
                true => next.favoured.without(seat),
                false => next.favoured.with(seat),
            };
            changed = true;
        }
        x = response.rect.right() + 6.0;
    }
    changed
}

fn lab(ui: &mut Ui, scene: &mut Scene, lab: LabId, margin: f32, width: f32) {
    let Plan::Lab(old) = scene.desk.view.plan else { return };
    let plan = drafted_lab(&scene.desk.view, &old);
    let mut next = plan;
    let figures = scene.desk.view.published.labs[lab.index()].clone();
    let lasts =
        |plan: &LabPlan| format!("{:.1} quarters of cash", runway(&scene.desk.view, lab, plan));
    let step =
        planned_step(&scene.desk.view.level.labs[lab.index()], scene.desk.view.quarter) * next.pace;
    let points = POINTS_PER_EFOLD * libm::log((next.training / old.training).max(0.05));
    let tracks = [
        (
            Line {
                title: "Pace of compute",
                note: "How fast machines are added, against the plan.",
                cost: numbers::bn(COMPUTE_COST * step),
                cost_note: "more a quarter",
                effect: lasts(&next),
                effect_note: format!("{} more compute this quarter.", numbers::gigawatts(step)),
            },
            PACE_RANGE,
            0.05,
            1.0,
        ),
        (
            Line {
                title: "Training",
                note: "The part of compute that trains; the rest serves customers.",
                cost: String::new(),
                cost_note: "",
                effect: format!("{} points of capability", numbers::points_change(points)),
                effect_note: "What serves is what can be sold.".to_owned(),
            },
            TRAINING_RANGE,
            0.01,
            TRAINING_RANGE.0,
        ),
        (
            Line {
                title: "Product price",
                note: "What customers pay, against the opening.",
                cost: String::new(),
                cost_note: "",
                effect: format!("{} on new customers", numbers::growth(-PRICE_WEIGHT * (next.price - old.price))),
                effect_note: "Dearer loses new customers, slowly; those who pay come a quarter of the way a quarter.".to_owned(),
            },
            PRICE_RANGE,
            0.01,
            1.0,
        ),
        (
            Line {
                title: "Hiring",
                note: "Change of staff this quarter.",
                cost: numbers::bn_change(figures.heads * next.hiring / 1_000.0),
                cost_note: "a quarter",
                effect: format!("{:.0} people", figures.heads * (1.0 + next.hiring)),
                effect_note: lasts(&next),
            },
            HIRING_RANGE,
            0.01,
            0.0,
        ),
    ];
    let per_cent = |value: f64| numbers::growth(value).replace(".0%", "%");
    let part = |value: f64| format!("{:.0}%", 100.0 * value);
    let times = |value: f64| format!("{value:.2}");
    let writes: [&dyn Fn(f64) -> String; 4] = [&times, &part, &index, &per_cent];
    let commands = ["pace", "training", "price", "hire"];
    let mut command = "";
    for (place, (it, range, step, neutral)) in tracks.iter().enumerate() {
        let (rect, columns) = line(ui, margin, width, height(ui), it);
        let last = [old.pace, old.training, old.price, old.hiring][place];
        let lever_of = Lever {
            name: it.title,
            range: *range,
            step: *step,
            neutral: *neutral,
            last,
            write: writes[place],
            off: off(scene),
        };
        let value = match place {
            0 => &mut next.pace,
            1 => &mut next.training,
            2 => &mut next.price,
            _ => &mut next.hiring,
        };
        if lever(ui, track(rect, &columns), &lever_of, value).0 {
            command = commands[place];
        }
    }
    if policy(ui, scene, &mut next, margin, width) {
        command = "policy";
    }
    if next != plan && !command.is_empty() {
        scene.desk.decide(Decision::Steer(next), command);
    }
    people(ui, scene, lab, margin, width);
    attention(ui, scene, None, margin, width);
}

fn policy(ui: &mut Ui, scene: &Scene, next: &mut LabPlan, margin: f32, width: f32) -> bool {
    const ALL: [AccessPolicy; 3] =
        [AccessPolicy::Open, AccessPolicy::Partners, AccessPolicy::Restrained];
    let effect = match next.access {
        AccessPolicy::Open => "More reach",
        AccessPolicy::Partners => "As signed",
        AccessPolicy::Restrained => "Fewer sales, a content staff",
    };
    let it = Line {
        title: "Who sells our models",
        note: "Every cloud, partners alone, or chosen customers.",
        cost: String::new(),
        cost_note: "",
        effect: effect.to_owned(),
        effect_note: "Open leaves no leave to resell for sale.".to_owned(),
    };
    let (rect, columns) = line(ui, margin, width, height(ui), &it);
    let names: Vec<String> =
        ALL.iter().map(|each| labels::access_policy(*each).to_owned()).collect();
    let chosen = ALL.iter().position(|each| *each == next.access).unwrap_or(1);
    choices(ui, rect, &columns, scene, "policy", &names, chosen).is_some_and(|place| {
        next.access = ALL[place];
        true
    })
}

fn people(ui: &mut Ui, scene: &mut Scene, lab: LabId, margin: f32, width: f32) {
    let (retreat, recruiting) = drafted_staff(&scene.desk.view);
    let most = scene.desk.view.attention_left + retreat + recruiting;
    let staff = scene.desk.view.published.labs[lab.index()].morale;
    let mut next = (retreat, recruiting);
    for place in 0..2 {
        let it = match place {
            0 => Line {
                title: "Retreat",
                note: "Attention for board and staff.",
                cost: format!("{}", next.0),
                cost_note: "attention",
                effect: format!(
                    "{} points of morale",
                    numbers::points_change(100.0 * morale::RETREAT * f64::from(next.0))
                ),
                effect_note: format!(
                    "Morale is {}; below {} talent leaves.",
                    numbers::share(staff),
                    numbers::share(morale::CONTENT)
                ),
            },
            _ => Line {
                title: "Recruiting",
                note: "Attention for new people.",
                cost: format!("{}", next.1),
                cost_note: "attention",
                effect: format!(
                    "{} points of talent",
                    numbers::points_change(morale::RECRUITED * f64::from(next.1))
                ),
                effect_note: String::new(),
            },
        };
        let (rect, columns) = line(ui, margin, width, 64.0, &it);
        let area = Rect::from_min_max(
            pos2(columns.lever.0, rect.top()),
            pos2(columns.lever.1, rect.bottom()),
        );
        if off(scene).is_none() {
            let value = if place == 0 { &mut next.0 } else { &mut next.1 };
            split(ui, area, it.title, most.min(3), value);
        }
    }
    if next != (retreat, recruiting) {
        let decision = Decision::Staff { retreat: next.0, recruiting: next.1 };
        scene.desk.decide(decision, "retreat");
    }
}

/// Attention that is left: the regulator and the press.
fn attention(
    ui: &mut Ui,
    scene: &mut Scene,
    giant: Option<&GiantFigures>,
    margin: f32,
    width: f32,
) {
    let (lobbying, press) = scene
        .desk
        .view
        .decided
        .iter()
        .find_map(|decision| match decision {
            Decision::Attend { lobbying, press } => Some((*lobbying, *press)),
            _ => None,
        })
        .unwrap_or_default();
    let left = scene.desk.view.attention_left;
    let mut next = (lobbying, press);
    let rows: &[usize] = if giant.is_some() { &[0, 1] } else { &[1] };
    for place in rows {
        let (given, name) = if *place == 0 { (next.0, "Lobbying") } else { (next.1, "Press") };
        let effect = match (place, giant) {
            (0, Some(figures)) => (
                format!("{} points of heat", numbers::points_change(-3.0 * f64::from(given))),
                format!("Heat is {}.", numbers::share(figures.heat)),
            ),
            (_, Some(_)) => (
                format!(
                    "{} of market value",
                    numbers::growth(PRESS_LIFT * f64::from(given)).replace(".0%", "%")
                ),
                "Rumours hurt less, and are cleared up sooner.".to_owned(),
            ),
            _ => (
                "A little more appeal".to_owned(),
                "Rumours hurt less, and are cleared up sooner.".to_owned(),
            ),
        };
        let it = Line {
            title: name,
            note: if *place == 0 {
                "Attention for the regulator."
            } else {
                "Attention for the papers."
            },
            cost: given.to_string(),
            cost_note: "attention",
            effect: effect.0,
            effect_note: effect.1,
        };
        let (rect, columns) = line(ui, margin, width, 64.0, &it);
        let area = Rect::from_min_max(
            pos2(columns.lever.0, rect.top()),
            pos2(columns.lever.1, rect.bottom()),
        );
        if off(scene).is_none() {
            let value = if *place == 0 { &mut next.0 } else { &mut next.1 };
            let most = (left + *value).min(3);
            split(ui, area, name, most, value);
        }
    }
    if next != (lobbying, press) {
        let decision = Decision::Attend { lobbying: next.0, press: next.1 };
        let command = if next.0 != lobbying { "lobby" } else { "press" };
        scene.desk.decide(decision, command);
    }
}

/// The bill and the score, in the panel.
fn bill(ui: &mut Ui, scene: &mut Scene, rect: Rect) {
    let tokens = ui.tokens();
    let inner = rect.shrink2(vec2(28.0f32.min(0.07 * rect.width()), 16.0));
    ui.within(inner, "bill", |ui| {
        ScrollArea::vertical().id_salt("bill").auto_shrink(false).show(ui, |ui| {
            let at = ui.next_widget_position();
            let width = inner.width();
            let mut y =
                ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, "The bill, $bn").bottom()
                    + 2.0;
            ui.hline(at.x..=at.x + width, y, 1.2, tokens.ink);
            let (rows, sum) = bill_rows(scene);
            for (label, value) in &rows {
                let middle = y + 13.5;
                let galley = ui.galley(Type::Interface, tokens.ink, label, width - 70.0);
                ui.lay(pos2(at.x, middle - 0.5 * galley.size().y), galley);
                let text = numbers::fine_column(*value).trim_start_matches('+').to_owned();
                let text = if rows[0].0 == *label { text } else { numbers::fine_column(*value) };
                ui.ink(
                    pos2(at.x + width, middle),
                    Align2::RIGHT_CENTER,
                    Type::Row,
                    tokens.ink,
                    &text,
                );
                y += 27.0;
                ui.hline(at.x..=at.x + width, y, 1.0, tokens.rule_soft);
            }
            ui.hline(at.x..=at.x + width, y, 1.2, tokens.ink);
            let middle = y + 16.0;
            ui.ink(
                pos2(at.x, middle),
                Align2::LEFT_CENTER,
                Type::RowStrong,
                tokens.ink,
                "Cash at the close, about",
            );
            let text = format!("{sum:.1}");
            ui.ink(
                pos2(at.x + width, middle),
                Align2::RIGHT_CENTER,
                Type::FigureSmall,
                tokens.ink,
                &text,
            );
            double_rule(ui, at.x, at.x + width, middle + 15.0);
            y = middle + 26.0;
            let note = floor_note(scene, sum);
            y = ui.ink_in(pos2(at.x, y), width, Type::Note, tokens.ink_soft, &note).bottom() + 18.0;
            ui.hline(at.x..=at.x + width, y, 1.2, tokens.ink);
            y = ui
                .ink(
                    pos2(at.x, y + 6.0),
                    Align2::LEFT_TOP,
                    Type::Panel,
                    tokens.ink,
                    "What the score is made of",
                )
                .bottom()
                + 4.0;
            y = score(ui, scene, Rect::from_min_size(pos2(at.x, y), vec2(width, 300.0)));
            ui.allocate_space(vec2(width, y - at.y + 8.0));
        });
    });
}

/// Rows that sum to the cash one may expect, as far as it can be told from what is published.
fn bill_rows(scene: &Scene) -> (Vec<(String, f64)>, f64) {
    let view = &scene.desk.view;
    let mut rows = vec![("Cash today".to_owned(), view.cash.bn())];
    let own = Account::Cash(view.seat);
    let once = |reason: Reason| {
        matches!(
            reason,
            Reason::CapitalSpending
                | Reason::Reserved
                | Reason::SharesBought
                | Reason::Borrowing
                | Reason::Fine
                | Reason::WaiverFee
                | Reason::BreakFee
                | Reason::Release
                | Reason::Damages
                | Reason::NoShopFee
                | Reason::Happening
                | Reason::RescueRound
        )
    };
    if let Some(closed) = scene.desk.history.last() {
        let usual: f64 = closed
            .postings
            .iter()
            .filter(|posting| !once(posting.reason))
            .map(|posting| match (posting.from == own, posting.to == own) {
                (true, false) => -posting.amount.bn(),
                (false, true) => posting.amount.bn(),
                _ => 0.0,
            })
            .sum();
        rows.push(("The business, as last quarter".to_owned(), usual));
    } else if let Role::Giant(firm) = view.role {
        let income = view.published.giants[firm.index()].operating_income_bn();
        rows.push(("Operating income, as last quarter".to_owned(), income));
    }
    if let (Role::Giant(firm), Plan::Giant(old)) = (view.role, view.plan) {
        let figures = &view.published.giants[firm.index()];
        let plan = drafted_giant(view, &old);
        if figures.has_cloud {
            rows.push(("Build".to_owned(), -figures.order_cost_per_gw_bn * plan.order_gw));
            let segments: Vec<SegmentId> = view.level.segment_ids().collect();
            let base: f64 = segments
                .iter()
                .map(|s| price_effect(view, figures, &[*s], plan.price[s.index()]).1)
                .sum();
            if base.abs() > 0.005 {
                rows.push(("Price, on the base".to_owned(), base));
            }
        }
        let more = plan.research_bn - figures.research_bn;
        if more.abs() > 0.005 {
            rows.push(("Our own models, the change".to_owned(), -more));
        }
    }
    if let Role::Lab(lab) = view.role {
        let due: f64 = view
            .deals
            .iter()
            .filter(|deal| deal.lab == lab && deal.signed == view.quarter && deal.fact.is_some())
            .map(|deal| deal.sheet.first_tranche().bn())
            .sum();
        if due > 0.0 {
            rows.push(("Signed this quarter".to_owned(), due));
        }
    }
    let sum = rows.iter().map(|(_, value)| value).sum();
    (rows, sum)
}

fn floor_note(scene: &Scene, sum: f64) -> String {
    let view = &scene.desk.view;
    match view.role {
        Role::Giant(firm) => {
            let floor = view.level.giants[firm.index()].cash_floor.bn();
            format!(
                "The floor is {floor:.1}, so {:.1} to spare; below it the firm borrows. Tax, interest and what is paid out come on top of a change of plan.",
                sum - floor
            )
        }
        Role::Lab(lab) => {
            let Plan::Lab(old) = view.plan else { return String::new() };
            let plan = drafted_lab(view, &old);
            format!("Under this plan the cash lasts {:.1} quarters.", runway(view, lab, &plan))
        }
    }
}

/// Every goal as a bar of its points.
fn score(ui: &mut Ui, scene: &Scene, rect: Rect) -> f32 {
    let tokens = ui.tokens();
    let view = &scene.desk.view;
    let mut y = rect.top();
    for (goal, now) in view.level.goals(view.seat).iter().zip(&view.score.goals) {
        let name = labels::measure(goal.measure);
        let figure = labels::measured(goal.measure, now.value);
        let at = pos2(rect.left(), y + 9.0);
        ui.ink(at, Align2::LEFT_CENTER, Type::Interface, tokens.ink, name);
        let text = format!("{figure}, full at {}", labels::measured(goal.measure, goal.full_at));
        let at = pos2(rect.right(), y + 9.0);
        ui.ink(at, Align2::RIGHT_CENTER, Type::Note, tokens.ink_soft, &text);
        let track = Rect::from_min_size(pos2(rect.left(), y + 21.0), vec2(rect.width(), 6.0));
        ui.painter().rect_filled(track, 0, tokens.rule_soft);
        let fill = Rect::from_min_size(track.min, vec2(track.width() * now.credit as f32, 6.0));
        ui.painter().rect_filled(fill, 0, tokens.firm(scene.desk.mark(view.seat)));
        y += 36.0;
    }
    let text = super::front::score_line(scene.desk);
    ui.ink_in(pos2(rect.left(), y + 2.0), rect.width(), Type::Note, tokens.ink_note, &text).bottom()
}
