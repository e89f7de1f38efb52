//! A giant's levers.

use super::attention::attention;
use super::line::{Line, choices, height, index, line, off, small_toggle, track};
use crate::host::levers::{
    drafted_giant, most_order, order_notes, price_effect, push_effect, research_points,
};
use crate::host::words::numbers;
use crate::ids::{FirmId, SegmentId};
use crate::sim::decision::{Decision, GiantPlan, PRICE_RANGE, RESEARCH_RANGE};
use crate::sim::view::{GiantFigures, Plan};
use crate::ui::screens::Scene;
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Lever, lever, toggle_chip};
use bevy_egui::egui::{Align2, Ui, pos2, vec2};

pub(super) fn levers(ui: &mut Ui, scene: &mut Scene, firm: FirmId, margin: f32, width: f32) {
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
    let notes = order_notes(figures, next.order_gw);
    let effect_note = match notes.is_empty() {
        false => notes,
        true => format!(
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
