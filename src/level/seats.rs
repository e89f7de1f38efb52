//! The rules for one seat: giants, labs and their goals.

use super::file::{
    DispositionFile, GiantFile, GoalFile, LabFile, LevelFile, Measure, ModelsFile, NameFile,
    ScoreScaleFile, StandingDealFile,
};
use super::problem::{Problem, is_deceptive, nearest, quote};
use super::report::Report;
use super::rules::{GROWTH_PCT, HANDICAP_PCT, Names, OTHERS, PCT, POINTS};
use crate::sim::deal::{AccessTier, Exclusivity, Instrument, MAX_REVENUE_SHARE_PCT, PROFIT_CAPS};

/// What kind of seat a goal is for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Lab,
    Giant,
    GiantWithCloud,
}

pub(super) fn giants(file: &LevelFile, report: &mut Report<'_>) {
    for (index, giant) in file.giants.iter().enumerate() {
        self::giant(giant, &format!("giants[{index}]"), report);
        let kind = if giant.cloud.is_some() { Kind::GiantWithCloud } else { Kind::Giant };
        goals(&giant.goals, kind, file.quarters, &format!("giants[{index}]"), report);
        score_scale(giant.score_scale, &format!("giants[{index}].score_scale"), report);
    }
}

fn giant(giant: &GiantFile, path: &str, report: &mut Report<'_>) {
    let at = |field: &str| format!("{path}.{field}");
    seat_id(&at("id"), &giant.id, report);
    name(&giant.name, &at("name"), report);
    report.number(&at("cash_bn"), giant.cash_bn, 0.0..=5000.0);
    report.number(&at("debt_bn"), giant.debt_bn, 0.0..=5000.0);
    report.number(&at("cash_floor_bn"), giant.cash_floor_bn, 0.0..=5000.0);
    report.number(&at("core.revenue_bn"), giant.core.revenue_bn, 0.0..=2000.0);
    report.number(&at("core.growth_pct"), giant.core.growth_pct, GROWTH_PCT);
    report.number(&at("core.growth_fades_to_pct"), giant.core.growth_fades_to_pct, GROWTH_PCT);
    report.number(&at("core.margin_pct"), giant.core.margin_pct, -50.0..=90.0);
    report.number(&at("value_tn"), giant.value_tn, 0.001..=50.0);
    if let Some(models) = &giant.models {
        self::models(models, &at("models"), report);
    }
    if let Some(chips) = &giant.chips {
        report.number(&at("chips.follows_orders_pct"), chips.follows_orders_pct, PCT);
        report.number(&at("chips.part_of_ai_capex_pct"), chips.part_of_ai_capex_pct, PCT);
        report.number(&at("chips.handicap_pct"), chips.handicap_pct, HANDICAP_PCT);
        if let Some(growth) = chips.supply_growth_pct {
            report.number(&at("chips.supply_growth_pct"), growth, 0.0..=50.0);
        }
    }
    disposition(&giant.disposition, &at("disposition"), report);
}

/// "others" stands for everyone without a seat, so no seat may take the name.
fn seat_id(path: &str, id: &str, report: &mut Report<'_>) {
    report.id(path, id);
    if id == OTHERS {
        let problem = Problem::new("no seat may be called `others`")
            .help("that name stands for all providers without a seat; choose another id");
        report.at(path, problem);
    }
}

fn name(name: &NameFile, path: &str, report: &mut Report<'_>) {
    report.text(&format!("{path}.real"), &name.real, 40);
    report.text(&format!("{path}.fictional"), &name.fictional, 40);
}

fn models(models: &ModelsFile, path: &str, report: &mut Report<'_>) {
    report.number(&format!("{path}.capability_points"), models.capability_points, POINTS);
    report.number(&format!("{path}.compute_gw"), models.compute_gw, 0.001..=200.0);
    report.number(&format!("{path}.assistants_pct"), models.assistants_pct, PCT);
    report.number(&format!("{path}.agents_pct"), models.agents_pct, PCT);
}

fn disposition(disposition: &DispositionFile, path: &str, report: &mut Report<'_>) {
    let weights = [
        ("growth", disposition.growth),
        ("defence", disposition.defence),
        ("prudence", disposition.prudence),
        ("ambition", disposition.ambition),
        ("memory", disposition.memory),
    ];
    for (field, weight) in weights {
        report.number(&format!("{path}.{field}"), weight, 0.0..=3.0);
    }
    report.count(&format!("{path}.patience"), disposition.patience, 2..=20);
}

pub(super) fn labs(file: &LevelFile, report: &mut Report<'_>) {
    let names = Names::of(file);
    for (index, lab) in file.labs.iter().enumerate() {
        let path = format!("labs[{index}]");
        self::lab(lab, &path, report);
        compute(lab, &path, &names, report);
        holders(lab, &path, &names, report);
        for (giant, &trust) in &lab.trust_pct {
            let place = format!("{path}.trust_pct.{giant}");
            if !names.giants.contains(&giant.as_str()) {
                report.unknown(&place, "giant", giant, &names.giants);
            }
            report.number(&place, trust, PCT);
        }
        for (number, deal) in lab.standing_deals.iter().enumerate() {
            standing_deal(deal, &format!("{path}.standing_deals[{number}]"), &names, report);
        }
        goals(&lab.goals, Kind::Lab, file.quarters, &path, report);
        score_scale(lab.score_scale, &format!("{path}.score_scale"), report);
    }
}

fn lab(lab: &LabFile, path: &str, report: &mut Report<'_>) {
    let at = |field: &str| format!("{path}.{field}");
    seat_id(&at("id"), &lab.id, report);
    name(&lab.name, &at("name"), report);
    report.number(&at("cash_bn"), lab.cash_bn, 0.0..=5000.0);
    report.number(&at("run_rate_year_ago_bn"), lab.run_rate_year_ago_bn, 0.0..=1000.0);
    report.number(&at("assistants_pct"), lab.assistants_pct, PCT);
    report.number(&at("agents_pct"), lab.agents_pct, PCT);
    report.count(&at("heads"), lab.heads, 1..=1_000_000);
    report.number(&at("last_price_bn"), lab.last_price_bn, 0.01..=10_000.0);
    report.number(&at("capability_points"), lab.capability_points, POINTS);
    report.number(&at("training_pct"), lab.training_pct, PCT);
    report.number(&at("independence_floor_pct"), lab.independence_floor_pct, PCT);
    report.count(&at("patience"), lab.patience, 2..=20);
    if !lab.mission.is_empty() {
        report.text(&at("mission"), &lab.mission, 160);
    }
}

/// Where a lab's compute stands, how much it plans, and where new compute comes from.
fn compute(lab: &LabFile, path: &str, names: &Names<'_>, report: &mut Report<'_>) {
    for (provider, &gigawatts) in &lab.compute_gw {
        let place = format!("{path}.compute_gw.{provider}");
        self::provider(&place, provider, names, report);
        report.number(&place, gigawatts, 0.0..=200.0);
    }
    if !lab.compute_gw.is_empty() && lab.compute_gw.values().all(|&gigawatts| gigawatts == 0.0) {
        let problem = Problem::new(format!("lab {} has no compute", quote(&lab.id)))
            .help("give it at least a little, such as 0.01 GW, at one provider");
        report.at(&format!("{path}.compute_gw"), problem);
    }
    for (year, &gigawatts) in lab.compute_plan_gw.iter().enumerate() {
        report.number(&format!("{path}.compute_plan_gw[{year}]"), gigawatts, 0.001..=500.0);
    }
    for (provider, &part) in &lab.new_compute_pct {
        let place = format!("{path}.new_compute_pct.{provider}");
        self::provider(&place, provider, names, report);
        report.number(&place, part, PCT);
    }
    if !lab.new_compute_pct.is_empty() {
        let parts: Vec<(&str, f64)> =
            lab.new_compute_pct.iter().map(|(name, &part)| (name.as_str(), part)).collect();
        let what = format!("`new_compute_pct` of lab {}", quote(&lab.id));
        report.sum_to_100(&format!("{path}.new_compute_pct"), &what, &parts);
    }
}

fn provider(path: &str, provider: &str, names: &Names<'_>, report: &mut Report<'_>) {
    if names.providers.contains(&provider) {
    } else if names.giants.contains(&provider) {
        let problem = Problem::new(format!("{} has no cloud to rent from", quote(provider)))
            .help("give that giant a `cloud`, or move the compute to another provider")
            .label("has no cloud");
        report.at_name(path, problem);
    } else {
        report.unknown(path, "provider", provider, &names.providers);
    }
}

fn holders(lab: &LabFile, path: &str, names: &Names<'_>, report: &mut Report<'_>) {
    let field = format!("{path}.holders_pct");
    for (holder, &part) in &lab.holders_pct {
        let place = format!("{field}.{holder}");
        report.number(&place, part, PCT);
        if names.giants.contains(&holder.as_str()) {
            continue;
        }
        let hidden = holder.chars().any(|c| is_deceptive(c) || c.is_control());
        if holder.trim().is_empty() || holder.chars().count() > 40 || hidden {
            let problem = Problem::new("a holder's name has 1 to 40 characters, all visible")
                .help("a giant's id, or a name such as \"staff and others\"");
            report.at_name(&place, problem);
        } else if names.labs.contains(&holder.as_str()) {
            let problem = Problem::new(format!("the lab {} cannot hold shares", quote(holder)))
                .help("holders are giants, by id, or others, by any other name");
            report.at_name(&place, problem);
        } else if let Some(giant) = misspelt(holder, &names.giants) {
            let problem = Problem::new(format!("there is no giant {}", quote(holder)))
                .help(format!(
                    "did you mean {}? A holder without a seat needs a name less like it",
                    quote(giant)
                ))
                .label("almost a giant's id");
            report.at_name(&place, problem);
        }
    }
    let parts: Vec<(&str, f64)> =
        lab.holders_pct.iter().map(|(name, &part)| (name.as_str(), part)).collect();
    if !parts.is_empty() {
        let what = format!("`holders_pct` of lab {}", quote(&lab.id));
        report.sum_to_100(&field, &what, &parts);
    }
}

/// The giant's id that this holder's name is a slip of. Holders may have any name, so only a near
/// miss counts: otherwise a giant's stake would silently go to nobody.
fn misspelt<'a>(holder: &str, giants: &[&'a str]) -> Option<&'a str> {
    let giant = nearest(holder, giants.iter().copied())?;
    (strsim::damerau_levenshtein(&holder.to_lowercase(), giant) <= 2).then_some(giant)
}

fn standing_deal(deal: &StandingDealFile, path: &str, names: &Names<'_>, report: &mut Report<'_>) {
    let at = |field: &str| format!("{path}.{field}");
    if !names.giants.contains(&deal.giant.as_str()) {
        report.unknown_value(&at("giant"), "giant", &deal.giant, &names.giants);
    }
    report.number(&at("invested_bn"), deal.invested_bn, 0.0..=1000.0);
    report.number(&at("commitment_gw"), deal.commitment_gw, 0.0..=200.0);
    let clauses = [
        ("access", deal.access != AccessTier::None, deal.access_quarters, 40),
        ("exclusivity", deal.exclusivity != Exclusivity::None, deal.exclusivity_quarters, 20),
        ("commitment", deal.commitment_gw > 0.0, deal.commitment_quarters, 40),
        ("own_chips", deal.own_chips_pct > 0, deal.own_chips_quarters, 40),
    ];
    for (clause, given, quarters, longest) in clauses {
        term(clause, given, quarters, longest, path, report);
    }
    fuller_terms(deal, path, report);
    let needs_cloud = deal.commitment_gw > 0.0
        || matches!(deal.exclusivity, Exclusivity::FirstRefusal | Exclusivity::SoleCloud);
    let known = names.giants.contains(&deal.giant.as_str());
    if needs_cloud && known && !names.providers.contains(&deal.giant.as_str()) {
        let problem =
            Problem::new(format!("{} has no cloud to bind the lab to", quote(&deal.giant)))
                .help("a commitment, `FirstRefusal` and `SoleCloud` need a giant with a `cloud`")
                .label("has no cloud");
        report.at(&at("giant"), problem);
    }
}

/// Instrument, revenue share, licence and chips of a standing deal.
fn fuller_terms(deal: &StandingDealFile, path: &str, report: &mut Report<'_>) {
    let at = |field: &str| format!("{path}.{field}");
    report.count(&at("licence_quarters"), deal.licence_quarters, 0..=40);
    report.count(&at("own_chips_pct"), deal.own_chips_pct, 0..=100);
    let most = u32::from(MAX_REVENUE_SHARE_PCT);
    report.count(&at("revenue_share_pct"), deal.revenue_share_pct, 0..=most);
    report.number(&at("revenue_share_cap_bn"), deal.revenue_share_cap_bn, 0.0..=1000.0);
    if (deal.revenue_share_pct > 0) != (deal.revenue_share_cap_bn > 0.0) {
        let problem = Problem::new("a revenue share needs a part and a cap")
            .help("give both `revenue_share_pct` and `revenue_share_cap_bn`, or neither");
        let field = if deal.revenue_share_pct > 0 { "pct" } else { "cap_bn" };
        report.at(&at(&format!("revenue_share_{field}")), problem);
    }
    match deal.instrument {
        Instrument::Warrants => {
            let problem = Problem::new("warrants cannot stand from before the opening")
                .help("allowed here: `Preferred`, `Convertible`, `CappedProfit`");
            report.at(&at("instrument"), problem);
        }
        Instrument::CappedProfit => {
            let (least, most) = PROFIT_CAPS;
            let bounds = u32::from(least)..=u32::from(most);
            report.count(&at("profit_cap"), deal.profit_cap, bounds);
        }
        Instrument::Preferred | Instrument::Convertible if deal.profit_cap > 0 => {
            let problem = Problem::new("only a capped profit has a `profit_cap`")
                .help("remove it, or set `instrument: CappedProfit`");
            report.at(&at("profit_cap"), problem);
        }
        Instrument::Preferred | Instrument::Convertible => {}
    }
}

/// A clause needs a term, and a term a clause.
fn term(
    clause: &str,
    given: bool,
    quarters: u32,
    longest: u32,
    path: &str,
    report: &mut Report<'_>,
) {
    let field = format!("{clause}_quarters");
    let value = match clause {
        "commitment" => "commitment_gw",
        "own_chips" => "own_chips_pct",
        clause => clause,
    };
    if given && quarters == 0 {
        let problem = Problem::new(format!("{} has no term", quote(value)))
            .help(format!("add `{field}: …`, the quarters it still runs, 1 to {longest}"))
            .label("for how long?");
        report.at(&format!("{path}.{value}"), problem);
    } else if !given && quarters > 0 {
        let problem = Problem::new(format!("{} is given, but there is no {clause}", quote(&field)))
            .help(format!("remove it, or add `{value}: …`"))
            .label("a term of nothing");
        report.at(&format!("{path}.{field}"), problem);
    } else if given {
        report.count(&format!("{path}.{field}"), quarters, 1..=longest);
    }
}

fn goals(goals: &[GoalFile], kind: Kind, quarters: u32, seat: &str, report: &mut Report<'_>) {
    for (index, goal) in goals.iter().enumerate() {
        let at = |field: &str| format!("{seat}.goals[{index}].{field}");
        report.number(&at("none_at"), goal.none_at, -100_000.0..=100_000.0);
        report.number(&at("full_at"), goal.full_at, -100_000.0..=100_000.0);
        report.number(&at("weight"), goal.weight, 0.0..=100.0);
        if goal.none_at == goal.full_at {
            let problem = Problem::new("`none_at` and `full_at` are the same")
                .help("credit grows from the one to the other, so they must differ")
                .label("equal to `none_at`");
            report.at(&at("full_at"), problem);
        }
        report.count(&at("over_quarters"), goal.over_quarters, 1..=4);
        if let Some(quarter) = goal.by_quarter {
            report.count(&at("by_quarter"), quarter, 1..=quarters.max(1));
        }
        if !fits(goal.measure, kind) {
            let problem =
                Problem::new(format!("`{:?}` cannot be a goal of {}", goal.measure, who(kind)))
                    .help(format!("allowed here: {}", measures(kind)))
                    .label("does not fit this seat");
            report.at(&at("measure"), problem);
        }
    }
    if !goals.is_empty() {
        let labels: Vec<String> = goals.iter().map(|goal| format!("{:?}", goal.measure)).collect();
        let parts: Vec<(&str, f64)> =
            labels.iter().map(String::as_str).zip(goals.iter().map(|goal| goal.weight)).collect();
        let what = format!("`weight` of the goals of {}", report.words(seat));
        report.sum_to_100(&format!("{seat}.goals[0].weight"), &what, &parts);
    }
}

const MEASURES: [Measure; 12] = [
    Measure::CloudShare,
    Measure::WinRate,
    Measure::OperatingIncome,
    Measure::NetCash,
    Measure::MarketValue,
    Measure::ModelAccess,
    Measure::Stakes,
    Measure::LabRevenue,
    Measure::CapabilityLead,
    Measure::Independence,
    Measure::Runway,
    Measure::LabValue,
];

fn fits(measure: Measure, kind: Kind) -> bool {
    match measure {
        Measure::CloudShare | Measure::WinRate | Measure::ModelAccess => {
            kind == Kind::GiantWithCloud
        }
        Measure::OperatingIncome | Measure::NetCash | Measure::MarketValue | Measure::Stakes => {
            kind != Kind::Lab
        }
        Measure::LabRevenue
        | Measure::CapabilityLead
        | Measure::Independence
        | Measure::Runway
        | Measure::LabValue => kind == Kind::Lab,
    }
}

fn measures(kind: Kind) -> String {
    let fitting: Vec<String> = MEASURES
        .into_iter()
        .filter(|&measure| fits(measure, kind))
        .map(|measure| format!("`{measure:?}`"))
        .collect();
    fitting.join(", ")
}

fn who(kind: Kind) -> &'static str {
    match kind {
        Kind::Lab => "a lab",
        Kind::Giant => "a giant without a cloud",
        Kind::GiantWithCloud => "a giant",
    }
}

fn score_scale(scale: ScoreScaleFile, path: &str, report: &mut Report<'_>) {
    report.number(&format!("{path}.idle"), scale.idle, -1000.0..=1000.0);
    report.number(&format!("{path}.best"), scale.best, -1000.0..=1000.0);
    if scale.idle == scale.best {
        let problem = Problem::new("`idle` and `best` are the same")
            .help("they stand for scores of 0 and 100, so they must differ");
        report.at(&format!("{path}.best"), problem);
    }
}
