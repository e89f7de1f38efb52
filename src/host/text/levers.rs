//! Turning a lever of the plan, and what that is expected to do.

use std::io;

use crate::host::words::numbers::{bn, bn_change, gigawatts, points_change, share_change};
use crate::host::words::{labels, listed, refusals};
use crate::ids::{FirmId, LabId, Role, SeatId, SeatSet, SegmentId};
use crate::sim::decision::{AccessPolicy, Decision, GiantPlan, LabPlan, Lever};
use crate::sim::lab::morale;
use crate::sim::setting::Step;
use crate::sim::view::{GiantFigures, Plan, SeatView};

use super::command::Verb;
use super::desk::Desk;
use super::hearsay;
use crate::host::levers::{self, drafted_giant, drafted_lab, drafted_staff, runway};

/// Turns a lever.
pub(super) fn set(desk: &mut Desk, seat: SeatId, verb: Verb, args: &[String]) -> io::Result<()> {
    let view = desk.view(seat);
    if view.step != Step::Plan {
        return desk.say(
            "The levers are turned in the plan, once the talks are over: done or pass brings it.",
        );
    }
    let drafted = match (view.role, view.plan) {
        (Role::Lab(_), _) if matches!(verb, Verb::Retreat | Verb::Recruit) => {
            people(&view, verb, args)
        }
        (_, _) if verb == Verb::Lobby => lobby(&view, args),
        (_, _) if verb == Verb::Press => press(&view, args),
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

/// Points of attention typed.
fn points(args: &[String], example: &str) -> Result<u32, String> {
    let points = number(args, example)?;
    if points < 0.0 || points.fract() != 0.0 || points > 100.0 {
        return Err(format!("Attention is spent in whole points, such as {example}."));
    }
    Ok(points as u32)
}

fn lobby(view: &SeatView, args: &[String]) -> Drafted {
    let lobbying = points(args, "lobby 1")?;
    let effect = match lobbying {
        0 => "No attention goes to the regulator this quarter.".to_owned(),
        points => format!("{} points of heat less than otherwise.", 3 * points),
    };
    let (_, press) = hearsay::attended(view);
    Ok((Decision::Attend { lobbying, press }, effect))
}

fn press(view: &SeatView, args: &[String]) -> Drafted {
    let press = points(args, "press 1")?;
    let effect = match press {
        0 => "No attention goes to the press this quarter.".to_owned(),
        points => refusals::upper_first(&format!("{}.", hearsay::press_effect(view.role, points))),
    };
    let (lobbying, _) = hearsay::attended(view);
    Ok((Decision::Attend { lobbying, press }, effect))
}

/// `retreat 1`, `recruit 2`: attention a lab gives its people.
fn people(view: &SeatView, verb: Verb, args: &[String]) -> Drafted {
    let given = points(args, "retreat 1")?;
    let (mut retreat, mut recruiting) = drafted_staff(view);
    let effect = if verb == Verb::Retreat {
        retreat = given;
        let lift = 100.0 * morale::RETREAT * f64::from(given);
        format!("A retreat of board and staff: {lift:.0} points of morale more than otherwise.")
    } else {
        recruiting = given;
        let talent = format!("{:.2}", morale::RECRUITED * f64::from(given));
        format!("Recruiting: {talent} points of talent.")
    };
    Ok((Decision::Staff { retreat, recruiting }, effect))
}

fn policy(args: &[String]) -> Result<AccessPolicy, String> {
    match args.first().map(String::as_str) {
        Some("open") => Ok(AccessPolicy::Open),
        Some("partners" | "partner") => Ok(AccessPolicy::Partners),
        Some("restrained" | "restrain") => Ok(AccessPolicy::Restrained),
        _ => Err("policy open, policy partners or policy restrained.".to_owned()),
    }
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
            let per_gw = figures.order_cost_per_gw_bn;
            let notes = levers::order_notes(figures, plan.order_gw);
            let space = if notes.is_empty() { "" } else { " " };
            format!(
                "{} ordered for {}, on line in four quarters.{space}{notes}",
                gigawatts(plan.order_gw),
                bn(per_gw * plan.order_gw)
            )
        }
        Verb::Research => {
            plan.research_bn = number(args, "research 2")?;
            let points = levers::research_points(figures, plan.research_bn);
            format!(
                "Research at {} a quarter: about {} points within a year, beside everybody's progress.",
                bn(plan.research_bn),
                points_change(points)
            )
        }
        Verb::Favour => return favour(desk, view, plan, args),
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
        Verb::Favour => Lever::Favour,
        Verb::Pace => Lever::Pace,
        Verb::Training => Lever::Training,
        Verb::Hire | Verb::Policy | Verb::Retreat | Verb::Recruit => Lever::Hiring,
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
    for segment in &chosen {
        plan.price[segment.index()] = value;
    }
    let (won, base) = levers::price_effect(view, figures, &chosen, value);
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

/// `favour microsoft oracle`, `favour none`.
fn favour(desk: &Desk, view: &SeatView, mut plan: GiantPlan, args: &[String]) -> Drafted {
    let mut favoured = SeatSet::EMPTY;
    for word in args.iter().filter(|word| *word != "none" && *word != "nobody") {
        match desk.words.seat_called(word) {
            Some(seat) => favoured = favoured.with(seat),
            None => return Err(format!("I know nobody called \"{word}\" here.")),
        }
    }
    if args.is_empty() {
        return Err("Say whom: favour microsoft oracle, or favour none.".to_owned());
    }
    plan.favoured = favoured;
    let chips = &view.published.chips;
    let names: Vec<&str> = favoured.iter().map(|seat| desk.words.seat(seat)).collect();
    let effect = match names.is_empty() {
        true => "All buyers are served alike.".to_owned(),
        false => format!(
            "{} served first. Last quarter {} were wanted and {} could be shipped; who is not served gets the rest a quarter late, and turns to its own chips the sooner if it has any.",
            listed(&names),
            gigawatts(chips.wanted_gw),
            gigawatts(chips.supply_gw)
        ),
    };
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
    let by = levers::push_effect(view, figures, segment);
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
        Verb::Policy => {
            plan.access = policy(args)?;
            format!("Who sells your models: {}", labels::access_policy(plan.access))
        }
        other => return Err(not_yours(other)),
    };
    let effect = format!(
        "{what}; under this plan your cash lasts {:.1} quarters.",
        runway(view, lab, &plan)
    );
    Ok((Decision::Steer(plan), effect))
}
