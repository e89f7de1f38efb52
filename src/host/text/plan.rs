//! The plan: levers, their range and cost, and what a turn of each is expected to do.

use std::io;

use crate::host::words::numbers::{bn, bn_change, gigawatts, points_change, share, share_change};
use crate::host::words::{labels, refusals};
use crate::ids::{FirmId, LabId, Role, SeatId, SegmentId};
use crate::sim::capability::rules::POINTS_PER_EFOLD;
use crate::sim::cloud::rules::{PUSH, PUSH_NEGLECT, REPRICED};
use crate::sim::decision::{
    Decision, GiantPlan, HIRING_RANGE, LabPlan, Lever, MAX_ORDER, MAX_RESEARCH, PACE_RANGE,
    PRICE_RANGE, TRAINING_RANGE,
};
use crate::sim::lab::rules::Outlook;
use crate::sim::lab::{Compute, compute_ahead, planned_step};
use crate::sim::setting::Step;
use crate::sim::view::{GiantFigures, Plan, SeatView};

use super::command::Verb;
use super::desk::Desk;
use super::page::Page;
use super::talks;

/// The page a plan begins with.
pub(super) fn open(desk: &mut Desk, seat: SeatId) -> io::Result<()> {
    let view = desk.view(seat);
    let mut page = desk.page();
    let who = desk.words.seat(seat).to_owned();
    page.heading(&format!("{} · plan · {who}", desk.words.quarter(view.quarter)));
    talks::news(desk, &view, &mut page);
    desk.show(&page)?;
    show(desk, seat)
}

/// The levers as they stand.
pub(super) fn show(desk: &mut Desk, seat: SeatId) -> io::Result<()> {
    let view = desk.view(seat);
    let mut page = desk.page();
    match (view.role, view.plan) {
        (Role::Giant(firm), Plan::Giant(old)) => giant(desk, &view, firm, &old, &mut page),
        (Role::Lab(lab), Plan::Lab(old)) => self::lab(desk, &view, lab, &old, &mut page),
        _ => {}
    }
    page.blank();
    page.note(if view.step == Step::Plan {
        "What you leave alone stays as it is. close closes the quarter; help price and the like say more."
    } else {
        "The levers can be turned once the talks of the quarter are over."
    });
    desk.show(&page)
}

/// The plan as drafted in this step, else the one in force.
fn drafted_giant(view: &SeatView, old: &GiantPlan) -> GiantPlan {
    let filed = view.decided.iter().find_map(|decision| match decision {
        Decision::Run(plan) => Some(*plan),
        _ => None,
    });
    filed.unwrap_or(*old)
}

fn drafted_lab(view: &SeatView, old: &LabPlan) -> LabPlan {
    let filed = view.decided.iter().find_map(|decision| match decision {
        Decision::Steer(plan) => Some(*plan),
        _ => None,
    });
    filed.unwrap_or(*old)
}

fn lobbying(view: &SeatView) -> u32 {
    let filed = view.decided.iter().find_map(|decision| match decision {
        Decision::Attend { lobbying } => Some(*lobbying),
        _ => None,
    });
    filed.unwrap_or(0)
}

/// A lever before and after, where it was turned.
fn turned(old: f64, new: f64, write: impl Fn(f64) -> String) -> String {
    if old == new { write(new) } else { format!("{} → {}", write(old), write(new)) }
}

fn giant(desk: &Desk, view: &SeatView, firm: FirmId, old: &GiantPlan, page: &mut Page) {
    let figures = &view.published.giants[firm.index()];
    let plan = drafted_giant(view, old);
    if figures.has_cloud {
        prices(desk, view, figures, old, &plan, page);
        page.blank();
    }
    let mut rows: Vec<Vec<String>> = Vec::new();
    if figures.has_cloud {
        rows.push(order_row(view, firm, figures, old, &plan));
    }
    if figures.opening_research_bn > 0.0 {
        let most = MAX_RESEARCH * figures.opening_research_bn;
        let tenth = POINTS_PER_EFOLD * libm::log(1.1) * 0.8;
        rows.push(vec![
            "research".into(),
            turned(old.research_bn, plan.research_bn, bn),
            format!("$0 to {}", bn(most)),
            format!("a tenth more is worth about {} points within a year", points_change(tenth)),
        ]);
    }
    if figures.has_cloud {
        let name = |push: Option<SegmentId>| {
            push.map_or("none".to_owned(), |segment| desk.words.segment_in_text(segment))
        };
        let now = if old.push == plan.push {
            name(plan.push)
        } else {
            format!("{} → {}", name(old.push), name(plan.push))
        };
        rows.push(vec![
            "push".into(),
            now,
            "one segment, or none".into(),
            "about a fifteenth more of what it wins there, a little less elsewhere; free".into(),
        ]);
    }
    if view.level.giants[firm.index()].chips.is_some() {
        rows.push(vec![
            "chips".into(),
            turned(old.chip_price, plan.chip_price, |price| format!("{price:.2}")),
            range(PRICE_RANGE),
            "dearer chips earn more at once; buyers drift to others, 1.2% a quarter a tenth".into(),
        ]);
    }
    rows.push(vec![
        "lobby".into(),
        lobbying(view).to_string(),
        format!("0 to {}", view.attention_left),
        format!("3 points of heat each; heat now {}", share(figures.heat)),
    ]);
    page.table(&["lever", "now", "range", "cost and effect"], &[], &rows);
}

fn range((low, high): (f64, f64)) -> String {
    format!("{low:.2} to {high:.2}")
}

fn prices(
    desk: &Desk,
    view: &SeatView,
    figures: &GiantFigures,
    old: &GiantPlan,
    plan: &GiantPlan,
    page: &mut Page,
) {
    let rows: Vec<Vec<String>> = view
        .level
        .segment_ids()
        .map(|segment| {
            let k = segment.index();
            let won = figures.win_by_segment[k];
            let terms = &view.level.segments[k];
            let cut = terms.price_sensitivity * won * (1.0 - won) * 0.01;
            vec![
                desk.words.segment(segment).to_owned(),
                turned(old.price[k], plan.price[k], |price| format!("{price:.2}")),
                share(won),
                share(figures.share_by_segment[k]),
                share_change(cut),
            ]
        })
        .collect();
    let header = ["price of", "index", "win rate", "share", "a 1% cut wins"];
    page.table(&header, &[1, 2, 3, 4], &rows);
    page.note(&format!(
        "Prices may be {}; 1.00 is the opening. New demand pays them at once, the base by a twelfth a quarter.",
        range(PRICE_RANGE)
    ));
}

fn order_row(
    view: &SeatView,
    firm: FirmId,
    figures: &GiantFigures,
    old: &GiantPlan,
    plan: &GiantPlan,
) -> Vec<String> {
    let opening =
        view.level.giants[firm.index()].cloud.as_ref().map_or(0.0, |cloud| cloud.order_gw);
    let most = (MAX_ORDER * figures.capacity_gw).max(opening);
    let per_gw = view.published.order_cost_per_gw_bn;
    let arriving: Vec<String> = figures.arriving_gw.iter().map(|gw| format!("{gw:.2}")).collect();
    vec![
        "order".into(),
        turned(old.order_gw, plan.order_gw, gigawatts),
        format!("0 to {}", gigawatts(most)),
        format!(
            "{} a gigawatt, so {} now; on line in four quarters. {} of {} in use; arriving: {}",
            bn(per_gw),
            bn(per_gw * plan.order_gw),
            share(figures.utilisation),
            gigawatts(figures.capacity_gw),
            arriving.join(", ")
        ),
    ]
}

fn lab(desk: &Desk, view: &SeatView, lab: LabId, old: &LabPlan, page: &mut Page) {
    let _ = desk;
    let figures = &view.published.labs[lab.index()];
    let plan = drafted_lab(view, old);
    let step = planned_step(&view.level.labs[lab.index()], view.quarter) * plan.pace;
    let points = POINTS_PER_EFOLD * libm::log(1.1);
    let rows = vec![
        vec![
            "pace".into(),
            turned(old.pace, plan.pace, |pace| format!("{pace:.2}")),
            range(PACE_RANGE),
            format!(
                "{} more compute this quarter, {} in all; a gigawatt costs about $3.2bn a quarter",
                gigawatts(step),
                gigawatts(figures.compute_total_gw() + step)
            ),
        ],
        vec![
            "training".into(),
            turned(old.training, plan.training, |part| labels::lever_value(Lever::Training, part)),
            format!("{:.0} to {:.0}%", 100.0 * TRAINING_RANGE.0, 100.0 * TRAINING_RANGE.1),
            format!(
                "a tenth more training compute is worth {} points; what serves is what can be sold",
                points_change(points)
            ),
        ],
        vec![
            "price".into(),
            turned(old.price, plan.price, |price| format!("{price:.2}")),
            range(PRICE_RANGE),
            "1% dearer loses about 1.2% of new customers, slowly; all pay it at once".into(),
        ],
        vec![
            "hire".into(),
            turned(old.hiring, plan.hiring, |part| labels::lever_value(Lever::Hiring, part)),
            format!("{:.0} to {:.0}%", 100.0 * HIRING_RANGE.0, 100.0 * HIRING_RANGE.1),
            format!("{:.0} people, about $1.0bn a thousand a quarter", figures.heads),
        ],
    ];
    page.table(&["lever", "now", "range", "cost and effect"], &[], &rows);
    page.paragraph(&format!(
        "Under this plan your cash lasts {:.1} quarters.",
        runway(view, lab, &plan)
    ));
}

/// How long a lab's own cash lasts under a plan.
fn runway(view: &SeatView, lab: LabId, plan: &LabPlan) -> f64 {
    let figures = &view.published.labs[lab.index()];
    let before = figures.past_revenue_bn[0].max(1e-9);
    let compute = Compute { gw: figures.compute_gw.clone() };
    let signed = view.deals.iter().filter(|deal| deal.lab == lab);
    let opening = &view.level.labs[lab.index()];
    let outlook = Outlook {
        revenue_bn: figures.revenue_bn,
        revenue_growth: (figures.revenue_bn / before - 1.0).clamp(-0.2, 0.6),
        gigawatts: compute_ahead(opening, &compute, plan.pace, signed, view.quarter),
        heads: figures.heads,
        hiring: plan.hiring,
    };
    outlook.runway(view.cash.bn())
}

/// Turns a lever.
pub(super) fn set(desk: &mut Desk, seat: SeatId, verb: Verb, args: &[String]) -> io::Result<()> {
    let view = desk.view(seat);
    if view.step != Step::Plan {
        return desk.say(
            "The levers are turned in the plan, once the talks are over: done or pass brings it.",
        );
    }
    let drafted = match (view.role, view.plan) {
        (_, _) if verb == Verb::Lobby => lobby(args),
        (Role::Giant(firm), Plan::Giant(old)) => {
            let plan = drafted_giant(&view, &old);
            giant_lever(desk, &view, firm, plan, verb, args)
        }
        (Role::Lab(lab), Plan::Lab(old)) => {
            let plan = drafted_lab(&view, &old);
            lab_lever(&view, lab, plan, verb, args)
        }
        _ => Err(String::new()),
    };
    match drafted {
        Ok((decision, effect)) => {
            if desk.decide(seat, decision)? {
                desk.say(&effect)?;
            }
            Ok(())
        }
        Err(sentence) => desk.say(&sentence),
    }
}

type Drafted = Result<(Decision, String), String>;

/// A number typed for a lever, per cent signs and units dropped.
fn number(args: &[String], example: &str) -> Result<f64, String> {
    let typed = args.last().map(String::as_str).unwrap_or_default();
    let bare = typed
        .trim_start_matches('$')
        .trim_end_matches(|c: char| c == '%' || c.is_ascii_alphabetic());
    match bare.replace('−', "-").parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        _ => Err(format!("I need a number, such as {example}.")),
    }
}

fn lobby(args: &[String]) -> Drafted {
    let points = number(args, "lobby 1")?;
    if points < 0.0 || points.fract() != 0.0 || points > 100.0 {
        return Err("Attention is spent in whole points, such as lobby 1.".to_owned());
    }
    let effect = match points as u32 {
        0 => "No attention goes to the regulator this quarter.".to_owned(),
        points => format!("{} points of heat less than otherwise.", 3 * points),
    };
    Ok((Decision::Attend { lobbying: points as u32 }, effect))
}

fn giant_lever(
    desk: &Desk,
    view: &SeatView,
    firm: FirmId,
    mut plan: GiantPlan,
    verb: Verb,
    args: &[String],
) -> Drafted {
    let figures = &view.published.giants[firm.index()];
    let effect = match verb {
        Verb::Price => return price(desk, view, figures, plan, args),
        Verb::Push => return push(desk, view, figures, plan, args),
        Verb::Order => {
            plan.order_gw = number(args, "order 1.2")?;
            let cost = view.published.order_cost_per_gw_bn * plan.order_gw;
            format!(
                "{} ordered for {}, on line in four quarters.",
                gigawatts(plan.order_gw),
                bn(cost)
            )
        }
        Verb::Research => {
            plan.research_bn = number(args, "research 2")?;
            let by = plan.research_bn / figures.research_bn.max(1e-6);
            let points = POINTS_PER_EFOLD * libm::log(by.max(0.05)) * 0.8;
            format!(
                "Research at {} a quarter: about {} points within a year, beside everybody's progress.",
                bn(plan.research_bn),
                points_change(points)
            )
        }
        Verb::Chips => {
            plan.chip_price = number(args, "chips 1.1")?;
            format!("Chips at {:.2} of their opening price.", plan.chip_price)
        }
        other => return Err(not_yours(other)),
    };
    Ok((Decision::Run(plan), effect))
}

fn not_yours(verb: Verb) -> String {
    let lever = match verb {
        Verb::Order => Lever::Order,
        Verb::Research => Lever::Research,
        Verb::Push => Lever::Push,
        Verb::Chips => Lever::ChipPrice,
        Verb::Pace => Lever::Pace,
        Verb::Training => Lever::Training,
        Verb::Hire => Lever::Hiring,
        _ => Lever::Price,
    };
    refusals::not_yours(lever)
}

fn price(
    desk: &Desk,
    view: &SeatView,
    figures: &GiantFigures,
    mut plan: GiantPlan,
    args: &[String],
) -> Drafted {
    if !figures.has_cloud {
        return Err(not_yours(Verb::Price));
    }
    let value = number(args, "price all 0.95 or price enterprise 1.02")?;
    let chosen: Vec<SegmentId> = match args {
        [_] => view.level.segment_ids().collect(),
        [word, ..] if word == "all" => view.level.segment_ids().collect(),
        [word, ..] => match desk.words.segment_called(word) {
            Some(segment) => vec![segment],
            None => return Err(no_segment(view, word)),
        },
        [] => Vec::new(),
    };
    let mut won = 0.0;
    let mut base = 0.0;
    for segment in &chosen {
        let k = segment.index();
        let terms = &view.level.segments[k];
        let rate = figures.win_by_segment[k];
        // Against what customers saw last quarter; a price that cannot be is refused below.
        let by = value.max(1e-3) / figures.price[k];
        won -= terms.size * terms.price_sensitivity * rate * (1.0 - rate) * libm::log(by);
        let sold = view.published.market.revenue_bn * terms.size * figures.share_by_segment[k];
        base += sold * (by - 1.0) * REPRICED;
        plan.price[k] = value;
    }
    let names = match chosen[..] {
        [only] => desk.words.segment(only).to_owned(),
        _ => "Every segment".to_owned(),
    };
    let effect = format!(
        "{names} at {value:.2}: about {} of new demand, and about {} a quarter from the base at first.",
        share_change(won),
        bn_change(base)
    );
    Ok((Decision::Run(plan), effect))
}

fn no_segment(view: &SeatView, word: &str) -> String {
    let ids: Vec<&str> = view.level.segments.iter().map(|segment| segment.id.as_str()).collect();
    format!("There is no segment \"{word}\": all, {}.", ids.join(", "))
}

fn push(
    desk: &Desk,
    view: &SeatView,
    figures: &GiantFigures,
    mut plan: GiantPlan,
    args: &[String],
) -> Drafted {
    if !figures.has_cloud {
        return Err(not_yours(Verb::Push));
    }
    let Some(word) = args.first() else {
        return Err(no_segment(view, "").replace(" \"\"", " to push").replace("all,", "none,"));
    };
    if word == "none" || word == "nobody" {
        plan.push = None;
        return Ok((Decision::Run(plan), "The sales people spread evenly again.".to_owned()));
    }
    let Some(segment) = desk.words.segment_called(word) else {
        return Err(no_segment(view, word).replace("all,", "none,"));
    };
    plan.push = Some(segment);
    let by: f64 = view
        .level
        .segment_ids()
        .map(|each| {
            let rate = figures.win_by_segment[each.index()];
            let effort = if each == segment { PUSH } else { PUSH_NEGLECT };
            view.level.segments[each.index()].size * rate * (1.0 - rate) * effort
        })
        .sum();
    let effect = format!(
        "The sales people go after {}: about {} of all new demand against no push.",
        desk.words.segment_in_text(segment),
        share_change(by)
    );
    Ok((Decision::Run(plan), effect))
}

fn lab_lever(
    view: &SeatView,
    lab: LabId,
    mut plan: LabPlan,
    verb: Verb,
    args: &[String],
) -> Drafted {
    let what = match verb {
        Verb::Pace => {
            plan.pace = number(args, "pace 1.2")?;
            format!("Compute grows at {:.2} of the plan", plan.pace)
        }
        Verb::Training => {
            let typed = number(args, "training 55")?;
            plan.training = if typed > 1.0 { typed / 100.0 } else { typed };
            format!("{:.0}% of compute trains", 100.0 * plan.training)
        }
        Verb::Price => {
            plan.price = number(args, "price 1.05")?;
            format!("Products at {:.2} of their opening price", plan.price)
        }
        Verb::Hire => {
            plan.hiring = number(args, "hire 8")? / 100.0;
            format!("Staff changes by {:+.0}%", 100.0 * plan.hiring)
        }
        other => return Err(not_yours(other)),
    };
    let effect = format!(
        "{what}; under this plan your cash lasts {:.1} quarters.",
        runway(view, lab, &plan)
    );
    Ok((Decision::Steer(plan), effect))
}
