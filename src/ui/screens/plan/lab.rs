//! A lab's levers.

use super::alone::{Alone, alone};
use super::attention::{attention, points};
use super::line::{LOW, Line, choices, height, index, line, off, track};
use crate::host::levers::{drafted_lab, drafted_staff, runway};
use crate::host::words::{labels, numbers};
use crate::ids::LabId;
use crate::sim::capability::rules::POINTS_PER_EFOLD;
use crate::sim::decision::{
    AccessPolicy, Decision, HIRING_RANGE, LabPlan, PACE_RANGE, PRICE_RANGE, TRAINING_RANGE,
};
use crate::sim::lab::rules::{COMPUTE_COST, COST_PER_THOUSAND, PRICE_WEIGHT};
use crate::sim::lab::{morale, planned_step};
use crate::sim::view::Plan;
use crate::ui::screens::Scene;
use crate::ui::widgets::{Lever, lever};
use bevy_egui::egui::Ui;

/// A lever with a track: its line, and how far it goes.
struct Track<'a> {
    line: Line<'a>,
    range: (f64, f64),
    step: f64,
    neutral: f64,
    last: f64,
    write: &'a dyn Fn(f64) -> String,
    command: &'static str,
}

/// What stands where a lever was not turned.
const AS_LAST: &str = "As last quarter";

pub(super) fn levers(ui: &mut Ui, scene: &mut Scene, lab: LabId, margin: f32, width: f32) {
    let Plan::Lab(old) = scene.desk.view.plan else { return };
    let plan = drafted_lab(&scene.desk.view, &old);
    let by_itself = [
        LabPlan { pace: plan.pace, ..old },
        LabPlan { training: plan.training, ..old },
        LabPlan { price: plan.price, ..old },
        LabPlan { hiring: plan.hiring, ..old },
        LabPlan { access: plan.access, ..old },
    ];
    let turned = by_itself.map(|one| (one != old).then_some(Decision::Steer(one)));
    let alone = alone(scene, Decision::Steer(old), &turned);
    let each = |place: usize| alone.get(place).and_then(Option::as_ref);
    let mut next = plan;
    let mut command = "";
    for (place, it) in tracks(scene, lab, &old, &plan).into_iter().enumerate() {
        let drawn = Line { alone: each(place), ..it.line };
        let (rect, columns) = line(ui, margin, width, height(ui), &drawn);
        let lever_of = Lever {
            name: drawn.title,
            range: it.range,
            step: it.step,
            neutral: it.neutral,
            last: it.last,
            write: it.write,
            off: off(scene),
        };
        let value = match place {
            0 => &mut next.pace,
            1 => &mut next.training,
            2 => &mut next.price,
            _ => &mut next.hiring,
        };
        if lever(ui, track(rect, &columns), &lever_of, value).0 {
            command = it.command;
        }
    }
    if policy(ui, scene, &mut next, each(4), margin, width) {
        command = "policy";
    }
    if next != plan && !command.is_empty() {
        scene.turned(Decision::Steer(next), command);
    }
    people(ui, scene, lab, margin, width);
    attention(ui, scene, None, margin, width);
}

/// The levers with a track, as the plan stands and as it is drafted.
fn tracks(scene: &Scene, lab: LabId, old: &LabPlan, plan: &LabPlan) -> [Track<'static>; 4] {
    let view = &scene.desk.view;
    let figures = &view.published.labs[lab.index()];
    let lasts = format!("{:.1} quarters of cash", runway(view, lab, plan));
    let step = planned_step(&view.level.labs[lab.index()], view.quarter) * plan.pace;
    let points = |by: f64| numbers::points_change(POINTS_PER_EFOLD * libm::log(by.max(0.05)));
    let heads = figures.heads * (1.0 + plan.hiring);
    [
        Track {
            line: Line {
                title: "Pace of compute",
                note: "How fast machines are added, against the plan.",
                cost: numbers::bn(COMPUTE_COST * step),
                cost_note: "more a quarter",
                effect: lasts.clone(),
                effect_note: format!("{} more compute this quarter.", numbers::gigawatts(step)),
                ..Line::default()
            },
            range: PACE_RANGE,
            step: 0.05,
            neutral: 1.0,
            last: old.pace,
            write: &|value| format!("{value:.2}"),
            command: "pace",
        },
        Track {
            line: Line {
                title: "Training",
                note: "The part of compute that trains; the rest serves customers.",
                effect: match plan.training == old.training {
                    true => AS_LAST.to_owned(),
                    false => {
                        format!("{} points of capability", points(plan.training / old.training))
                    }
                },
                effect_note: match plan.training == old.training {
                    true => format!("A tenth more: {} points of capability.", points(1.1)),
                    false => "What serves is what can be sold.".to_owned(),
                },
                ..Line::default()
            },
            range: TRAINING_RANGE,
            step: 0.01,
            neutral: TRAINING_RANGE.0,
            last: old.training,
            write: &|value| format!("{:.0}%", 100.0 * value),
            command: "training",
        },
        Track {
            line: Line {
                title: "Product price",
                note: "What customers pay, against the opening.",
                effect: match plan.price == old.price {
                    true => AS_LAST.to_owned(),
                    false => {
                        let by = -PRICE_WEIGHT * (plan.price - old.price);
                        format!("{} new customers", numbers::growth(by))
                    }
                },
                effect_note: format!(
                    "{:.0}% fewer new customers for each 1% dearer, slowly. Present customers move a quarter of the way each quarter.",
                    PRICE_WEIGHT
                ),
                ..Line::default()
            },
            range: PRICE_RANGE,
            step: 0.01,
            neutral: 1.0,
            last: old.price,
            write: &index,
            command: "price",
        },
        Track {
            line: Line {
                title: "Hiring",
                note: "Change of staff this quarter.",
                cost: numbers::bn_change(COST_PER_THOUSAND * figures.heads * plan.hiring / 1_000.0),
                cost_note: "a quarter",
                effect: format!("{} people", numbers::whole(heads)),
                effect_note: format!("{lasts}."),
                ..Line::default()
            },
            range: HIRING_RANGE,
            step: 0.01,
            neutral: 0.0,
            last: old.hiring,
            write: &|value| numbers::growth(value).replace(".0%", "%"),
            command: "hire",
        },
    ]
}

fn policy(
    ui: &mut Ui,
    scene: &Scene,
    next: &mut LabPlan,
    alone: Option<&Alone>,
    margin: f32,
    width: f32,
) -> bool {
    const ALL: [AccessPolicy; 3] =
        [AccessPolicy::Open, AccessPolicy::Partners, AccessPolicy::Restrained];
    let (effect, effect_note) = match next.access {
        AccessPolicy::Open => {
            ("More reach", "Every cloud may sell them, so no deal can grant that right.")
        }
        AccessPolicy::Partners => ("As signed", "The clouds whose deals grant that right."),
        AccessPolicy::Restrained => {
            ("Fewer sales, a content staff", "More independence, for a tenth less appeal.")
        }
    };
    let it = Line {
        title: "Who sells our models",
        note: "Every cloud, partners alone, or chosen customers.",
        effect: effect.to_owned(),
        effect_note: effect_note.to_owned(),
        alone,
        ..Line::default()
    };
    let (rect, columns) = line(ui, margin, width, height(ui), &it);
    let names: Vec<String> =
        ALL.iter().map(|each| labels::access_policy(*each).to_owned()).collect();
    let chosen = ALL.iter().position(|each| *each == next.access).unwrap_or(1);
    let on = |place| place == chosen;
    let pressed = choices(ui, rect, columns.chips(), scene, "policy", &names, on);
    pressed.filter(|place| *place != chosen && off(scene).is_none()).is_some_and(|place| {
        next.access = ALL[place];
        true
    })
}

fn people(ui: &mut Ui, scene: &mut Scene, lab: LabId, margin: f32, width: f32) {
    let (retreat, recruiting) = drafted_staff(&scene.desk.view);
    let most = scene.desk.view.attention_left + retreat + recruiting;
    let staff = scene.desk.view.published.labs[lab.index()].morale;
    let mut next = (retreat, recruiting);
    let effect = |given: u32, each: f64, of: &str| match given {
        0 => format!("A point: {} of {of}", numbers::points_change(each)),
        given => format!("{} points of {of}", numbers::points_change(each * f64::from(given))),
    };
    for place in 0..2 {
        let it = match place {
            0 => Line {
                title: "Retreat",
                note: "Attention for board and staff.",
                cost: next.0.to_string(),
                cost_note: "attention",
                effect: effect(next.0, 100.0 * morale::RETREAT, "morale"),
                effect_note: format!(
                    "Morale is {}; below {} talent leaves.",
                    numbers::share(staff),
                    numbers::share(morale::CONTENT)
                ),
                ..Line::default()
            },
            _ => Line {
                title: "Recruiting",
                note: "Attention for new people.",
                cost: next.1.to_string(),
                cost_note: "attention",
                effect: effect(next.1, morale::RECRUITED, "talent"),
                ..Line::default()
            },
        };
        let (rect, columns) = line(ui, margin, width, LOW, &it);
        let value = if place == 0 { &mut next.0 } else { &mut next.1 };
        points(ui, scene, (rect, &columns), it.title, most, value);
    }
    if next != (retreat, recruiting) {
        let decision = Decision::Staff { retreat: next.0, recruiting: next.1 };
        scene.desk.decide(decision, "retreat");
    }
}
