//! A giant's levers.

use super::alone::{Alone, alone};
use super::attention::attention;
use super::line::{CHIPS, Line, choices, height, index, line, off, rows_of, track};
use crate::host::levers::{
    drafted_giant, most_order, order_notes, price_effect, push_effect, research_points,
};
use crate::host::words::numbers;
use crate::ids::{FirmId, SeatId, SegmentId};
use crate::sim::decision::{Decision, GiantPlan, PRICE_RANGE, RESEARCH_RANGE};
use crate::sim::view::{GiantFigures, Plan};
use crate::ui::screens::Scene;
use crate::ui::widgets::{House, Lever, chip_width, lever};
use bevy_egui::egui::{Rect, Ui, pos2};

/// Where the levers stand on the page, the plan that stands and the one drafted.
struct Page<'a> {
    figures: &'a GiantFigures,
    old: GiantPlan,
    plan: GiantPlan,
    margin: f32,
    width: f32,
}

pub(super) fn levers(ui: &mut Ui, scene: &mut Scene, firm: FirmId, margin: f32, width: f32) {
    let Plan::Giant(old) = scene.desk.view.plan else { return };
    let plan = drafted_giant(&scene.desk.view, &old);
    let figures = scene.desk.view.published.giants[firm.index()].clone();
    let page = Page { figures: &figures, old, plan, margin, width };
    let by_itself = [
        GiantPlan { price: plan.price, ..old },
        GiantPlan { order_gw: plan.order_gw, ..old },
        GiantPlan { research_bn: plan.research_bn, ..old },
        GiantPlan { push: plan.push, ..old },
        GiantPlan { chip_price: plan.chip_price, ..old },
        GiantPlan { favoured: plan.favoured, ..old },
    ];
    let turned = by_itself.map(|one| (one != old).then_some(Decision::Run(one)));
    let alone = alone(scene, Decision::Run(old), &turned);
    let [price, order, budget, sales, chip, first] =
        std::array::from_fn(|place| alone.get(place).and_then(Option::as_ref));
    let mut next = plan;
    let mut command = "";
    if figures.has_cloud {
        if prices(ui, scene, &page, &mut next, price) {
            command = "price";
        }
        if build(ui, scene, firm, &page, &mut next, order) {
            command = "order";
        }
    }
    if figures.opening_research_bn > 0.0 && research(ui, scene, &page, &mut next, budget) {
        command = "research";
    }
    if figures.has_cloud && push(ui, scene, &page, &mut next, sales) {
        command = "push";
    }
    if scene.desk.view.level.giants[firm.index()].chips.is_some() {
        if chips(ui, scene, &page, &mut next, chip) {
            command = "chips";
        }
        if favour(ui, scene, &page, &mut next, first) {
            command = "favour";
        }
    }
    if next != plan && !command.is_empty() {
        scene.turned(Decision::Run(next), command);
    }
    attention(ui, scene, Some(&figures), margin, width);
}

/// A change of a share, in words: the plan has room for them.
fn share_points(part: f64) -> String {
    numbers::share_change(part).replace(" pt", " points")
}

fn prices(
    ui: &mut Ui,
    scene: &mut Scene,
    page: &Page,
    next: &mut GiantPlan,
    alone: Option<&Alone>,
) -> bool {
    let segments: Vec<SegmentId> = scene.desk.view.level.segment_ids().collect();
    let chosen: Vec<SegmentId> = match scene.state.segment {
        Some(place) => segments.iter().copied().filter(|s| s.index() == place).collect(),
        None => segments.clone(),
    };
    let Some(first) = chosen.first().copied() else { return false };
    let now = next.price[first.index()];
    let same = chosen.iter().all(|segment| (next.price[segment.index()] - now).abs() < 1e-9);
    let effect = |price: &dyn Fn(SegmentId) -> f64| {
        let each = segments.iter().map(|segment| {
            price_effect(&scene.desk.view, page.figures, &[*segment], price(*segment))
        });
        each.fold((0.0, 0.0), |sum, one| (sum.0 + one.0, sum.1 + one.1))
    };
    let (won, base) = effect(&|segment| next.price[segment.index()]);
    let turned = page.plan.price != page.old.price;
    let (effect, effect_note) = match turned {
        true => (
            format!("{} of new demand", share_points(won)),
            "At once; rivals may answer.".to_owned(),
        ),
        false => {
            let (won, _) = effect(&|segment| 0.9 * next.price[segment.index()]);
            let note = format!("A tenth cheaper: {} of new demand, at once.", share_points(won));
            ("As last quarter".to_owned(), note)
        }
    };
    let named = match scene.state.segment {
        Some(place) => scene.desk.words.segment(SegmentId(place as u8)).to_owned(),
        None if same => "every segment".to_owned(),
        None => "mixed; moves all".to_owned(),
    };
    let mut names = vec!["All".to_owned()];
    names.extend(segments.iter().map(|segment| scene.desk.words.segment(*segment).to_owned()));
    let on = scene.state.segment.map_or(0, |place| place + 1);
    let widths: Vec<f32> =
        names.iter().enumerate().map(|(k, name)| chip_width(ui, name, k == on)).collect();
    let note = format!("What {named} pays, against the opening.");
    // The chips lie under all columns but the first.
    let rows = rows_of(&widths, 0.78 * page.width).len() as f32;
    let it = Line {
        title: "Price",
        note: &note,
        cost: numbers::bn_change(base),
        cost_note: "on the base",
        effect,
        effect_note,
        alone,
        strip: rows * CHIPS + if ui.grid().small { 4.0 } else { 10.0 },
    };
    let strip = it.strip;
    let (rect, columns) = line(ui, page.margin, page.width, height(ui), &it);
    let mut value = now;
    let lever_of = Lever {
        name: "Price",
        range: PRICE_RANGE,
        step: 0.01,
        neutral: 1.0,
        last: page.old.price[first.index()],
        write: &index,
        off: off(scene),
    };
    let (turned, _) = lever(ui, track(rect, &columns), &lever_of, &mut value);
    if turned {
        for segment in &chosen {
            next.price[segment.index()] = value;
        }
    }
    let top = pos2(columns.lever.0, rect.bottom() - 4.0);
    let under = Rect::from_min_max(top, pos2(rect.right(), top.y + strip - 6.0));
    let sides = (under.left(), under.right());
    let pressed = choices(ui, under, sides, scene, "Price of", &names, |place| place == on);
    if let Some(place) = pressed {
        scene.state.segment = place.checked_sub(1);
    }
    turned
}

fn build(
    ui: &mut Ui,
    scene: &Scene,
    firm: FirmId,
    page: &Page,
    next: &mut GiantPlan,
    alone: Option<&Alone>,
) -> bool {
    let (figures, old) = (page.figures, &page.old);
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
        alone,
        ..Line::default()
    };
    let (rect, columns) = line(ui, page.margin, page.width, height(ui), &it);
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
    page: &Page,
    next: &mut GiantPlan,
    alone: Option<&Alone>,
) -> bool {
    let (figures, old) = (page.figures, &page.old);
    let points = |budget: f64| numbers::points_change(research_points(figures, budget));
    let (effect, effect_note) = match page.plan.research_bn == old.research_bn {
        true => {
            let more = points(1.1 * figures.research_bn);
            let note = format!("A tenth more: {more} points of capability within a year.");
            ("As last quarter".to_owned(), note)
        }
        false => (
            format!("{} points of capability", points(next.research_bn)),
            "Within a year, beside everybody's progress.".to_owned(),
        ),
    };
    let it = Line {
        title: "Our own models",
        note: "Research, people and training runs.",
        cost: numbers::bn(next.research_bn),
        cost_note: "a quarter",
        effect,
        effect_note,
        alone,
        ..Line::default()
    };
    let (rect, columns) = line(ui, page.margin, page.width, height(ui), &it);
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
    page: &Page,
    next: &mut GiantPlan,
    alone: Option<&Alone>,
) -> bool {
    let effect = match next.push {
        None => "Spread evenly".to_owned(),
        Some(segment) => {
            let by = push_effect(&scene.desk.view, page.figures, segment);
            format!("{} of new demand", share_points(by))
        }
    };
    let it = Line {
        title: "Sales push",
        note: "Where our people spend their days. It costs no money.",
        effect,
        effect_note: "More where they go, a little less elsewhere.".to_owned(),
        alone,
        ..Line::default()
    };
    let (rect, columns) = line(ui, page.margin, page.width, height(ui), &it);
    let mut names: Vec<String> = vec!["Even".to_owned()];
    let segments: Vec<SegmentId> = scene.desk.view.level.segment_ids().collect();
    names.extend(segments.iter().map(|segment| scene.desk.words.segment(*segment).to_owned()));
    let chosen = next.push.map_or(0, |segment| segment.index() + 1);
    let sides = columns.chips();
    let on = |place| place == chosen;
    let pressed = choices(ui, rect, sides, scene, "Sales push", &names, on);
    pressed.filter(|place| *place != chosen && off(scene).is_none()).is_some_and(|place| {
        next.push = place.checked_sub(1).map(|place| segments[place]);
        true
    })
}

fn chips(
    ui: &mut Ui,
    scene: &Scene,
    page: &Page,
    next: &mut GiantPlan,
    alone: Option<&Alone>,
) -> bool {
    let (figures, old) = (page.figures, &page.old);
    let it = Line {
        title: "Chip price",
        note: "What every cloud pays us for chips.",
        cost: numbers::bn(figures.chip_sales_bn),
        cost_note: "sold last quarter",
        effect: format!("{} of buyers have stayed", numbers::share(figures.chip_loyalty)),
        effect_note:
            "Dearer chips earn at once; for each tenth, 2.8% of buyers drift away a quarter."
                .to_owned(),
        alone,
        ..Line::default()
    };
    let (rect, columns) = line(ui, page.margin, page.width, height(ui), &it);
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

fn favour(
    ui: &mut Ui,
    scene: &Scene,
    page: &Page,
    next: &mut GiantPlan,
    alone: Option<&Alone>,
) -> bool {
    let view = &scene.desk.view;
    let market = &view.published.chips;
    let it = Line {
        title: "Served first",
        note: "When chips are short, whose orders come first.",
        effect: format!("{} wanted", numbers::gigawatts(market.wanted_gw)),
        effect_note: format!(
            "{} could be shipped last quarter.",
            numbers::gigawatts(market.supply_gw)
        ),
        alone,
        ..Line::default()
    };
    let (rect, columns) = line(ui, page.margin, page.width, height(ui), &it);
    let clouds: Vec<SeatId> = (0..view.giants())
        .filter(|place| view.published.giants[*place].has_cloud)
        .map(|place| FirmId(place as u8).seat())
        .filter(|seat| *seat != view.seat)
        .collect();
    let names: Vec<String> =
        clouds.iter().map(|seat| scene.desk.words.seat(*seat).to_owned()).collect();
    let favoured = next.favoured;
    let on = |place: usize| favoured.contains(clouds[place]);
    let pressed = choices(ui, rect, columns.chips(), scene, "Served first", &names, on);
    pressed.filter(|_| off(scene).is_none()).is_some_and(|place| {
        next.favoured = match on(place) {
            true => favoured.without(clouds[place]),
            false => favoured.with(clouds[place]),
        };
        true
    })
}
