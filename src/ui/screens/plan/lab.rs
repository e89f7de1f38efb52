//! A lab's levers.

use super::attention::attention;
use super::line::{Line, choices, height, index, line, off, track};
use crate::host::levers::{drafted_lab, drafted_staff, runway};
use crate::host::words::{labels, numbers};
use crate::ids::LabId;
use crate::sim::capability::rules::POINTS_PER_EFOLD;
use crate::sim::decision::{
    AccessPolicy, Decision, HIRING_RANGE, LabPlan, PACE_RANGE, PRICE_RANGE, TRAINING_RANGE,
};
use crate::sim::lab::rules::{COMPUTE_COST, PRICE_WEIGHT};
use crate::sim::lab::{morale, planned_step};
use crate::sim::view::Plan;
use crate::ui::screens::Scene;
use crate::ui::widgets::{Lever, lever, split};
use bevy_egui::egui::{Rect, Ui, pos2};

pub(super) fn levers(ui: &mut Ui, scene: &mut Scene, lab: LabId, margin: f32, width: f32) {
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
