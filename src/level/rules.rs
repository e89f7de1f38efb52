//! The rules for a level as a whole: its lists, its market, its segments, its happenings.

use std::ops::RangeInclusive;

use super::deck;
use super::file::{CloudFile, LevelFile};
use super::lesson::{self, MOST_LESSONS};
use super::problem::{Problem, quote};
use super::report::{Report, show};

/// The provider that stands for everyone without a seat.
pub(super) const OTHERS: &str = "others";

/// $bn a quarter that a lab pays for a gigawatt, and the part of it that is billed
/// (calibration.md, 2.2).
const BILL_BN_PER_GW: f64 = 3.25 * 0.85;

pub(super) const PCT: RangeInclusive<f64> = 0.0..=100.0;
/// What a lab may lose by running on chips its models were not written for.
pub(super) const HANDICAP_PCT: RangeInclusive<f64> = 0.0..=50.0;
pub(super) const POINTS: RangeInclusive<f64> = 0.0..=400.0;
pub(super) const GROWTH_PCT: RangeInclusive<f64> = -20.0..=50.0;

/// The names a level gives, which other parts of it refer to.
pub(super) struct Names<'a> {
    pub segments: Vec<&'a str>,
    pub giants: Vec<&'a str>,
    pub labs: Vec<&'a str>,
    /// Giants with a cloud, then "others".
    pub providers: Vec<&'a str>,
}

impl<'a> Names<'a> {
    pub fn of(file: &'a LevelFile) -> Names<'a> {
        let clouds = file.giants.iter().filter(|giant| giant.cloud.is_some());
        Names {
            segments: file.segments.iter().map(|segment| segment.id.as_str()).collect(),
            giants: file.giants.iter().map(|giant| giant.id.as_str()).collect(),
            labs: file.labs.iter().map(|lab| lab.id.as_str()).collect(),
            providers: clouds.map(|giant| giant.id.as_str()).chain([OTHERS]).collect(),
        }
    }
}

/// Questions for a class that a level may have.
const MOST_QUESTIONS: usize = 12;

/// Every cloud of the level with its provider's id and its path.
fn clouds(file: &LevelFile) -> Vec<(&str, String, &CloudFile)> {
    let giants = file.giants.iter().enumerate().filter_map(|(index, giant)| {
        let cloud = giant.cloud.as_ref()?;
        Some((giant.id.as_str(), format!("giants[{index}].cloud"), cloud))
    });
    giants.chain([(OTHERS, "market.others.cloud".to_owned(), &file.market.others.cloud)]).collect()
}

/// Lists that are too long or too short. False if one is too long to go on.
pub(super) fn lengths(file: &LevelFile, report: &mut Report<'_>) -> bool {
    let mut bounded = report.length("segments", file.segments.len(), 1..=6);
    bounded &= report.length("giants", file.giants.len(), 2..=8);
    bounded &= report.length("labs", file.labs.len(), 1..=3);
    bounded &= report.length("lessons", file.lessons.len(), 0..=MOST_LESSONS);
    bounded &= report.length("debrief", file.debrief.len(), 0..=MOST_QUESTIONS);
    bounded &= deck::lengths(file, report);
    for (_, path, cloud) in clouds(file).into_iter().take(9) {
        bounded &= report.length(&format!("{path}.arriving_gw"), cloud.arriving_gw.len(), 0..=4);
        bounded &= report.length(&format!("{path}.share_pct"), cloud.share_pct.len(), 0..=12);
    }
    for (index, giant) in file.giants.iter().enumerate().take(8) {
        bounded &= report.length(&format!("giants[{index}].goals"), giant.goals.len(), 1..=8);
    }
    for (index, lab) in file.labs.iter().enumerate().take(3) {
        let path = |field: &str| format!("labs[{index}].{field}");
        bounded &= report.length(&path("goals"), lab.goals.len(), 1..=8);
        bounded &= report.length(&path("compute_gw"), lab.compute_gw.len(), 1..=12);
        bounded &= report.length(&path("compute_plan_gw"), lab.compute_plan_gw.len(), 1..=10);
        bounded &= report.length(&path("new_compute_pct"), lab.new_compute_pct.len(), 0..=12);
        bounded &= report.length(&path("holders_pct"), lab.holders_pct.len(), 1..=20);
        bounded &= report.length(&path("trust_pct"), lab.trust_pct.len(), 0..=12);
        bounded &= report.length(&path("standing_deals"), lab.standing_deals.len(), 0..=20);
    }
    bounded
}

/// Everything that is not about one seat.
pub(super) fn level(file: &LevelFile, report: &mut Report<'_>) {
    let names = Names::of(file);
    front_page(file, &names, report);
    market(file, report);
    progress_and_products(file, report);
    segments(file, report);
    for (_, path, one) in clouds(file) {
        cloud(one, &path, &names, report);
    }
    flows(file, report);
    // A misspelt segment is reported already; that its share is missing would only confuse.
    let named =
        |cloud: &CloudFile| cloud.share_pct.keys().all(|id| names.segments.contains(&id.as_str()));
    if clouds(file).iter().all(|(_, _, cloud)| named(cloud)) {
        shares(file, report);
        lab_bills(file, report);
    }
    lesson::rules(file, &names, report);
    deck::check(file, &names, report);
}

fn front_page(file: &LevelFile, names: &Names<'_>, report: &mut Report<'_>) {
    report.id("id", &file.id);
    report.text("title", &file.title, 60);
    if let Some(headline) = &file.headline {
        report.text("headline", headline, 60);
    }
    report.text("premise", &file.premise, 800);
    let seats: Vec<&str> = names.giants.iter().chain(&names.labs).copied().collect();
    for (index, question) in file.debrief.iter().enumerate() {
        let path = format!("debrief[{index}]");
        report.text(&path, question, 400);
        lesson::names_in(question, &path, &seats, report);
    }
    report.count("opening.year", file.opening.year, 1990..=2100);
    report.count("opening.quarter", file.opening.quarter, 1..=4);
    report.count("quarters", file.quarters, 1..=40);
    report.count("talk_rounds", file.talk_rounds, 1..=6);
    report.count("shelf", file.shelf, 0..=1000);
    let seats: Vec<&str> = names.giants.iter().chain(&names.labs).copied().collect();
    if !seats.contains(&file.first_seat.as_str()) {
        report.unknown_value("first_seat", "giant or lab", &file.first_seat, &seats);
    }
    report.distinct(numbered("giants", &names.giants).chain(numbered("labs", &names.labs)));
    report.distinct(numbered("segments", &names.segments));
}

fn numbered<'a>(list: &'a str, ids: &'a [&'a str]) -> impl Iterator<Item = (String, &'a str)> {
    ids.iter().enumerate().map(move |(index, id)| (format!("{list}[{index}].id"), *id))
}

fn market(file: &LevelFile, report: &mut Report<'_>) {
    let market = &file.market;
    report.number("market.revenue_bn", market.revenue_bn, 1.0..=5000.0);
    report.number("market.general_growth_pct", market.general_growth_pct, GROWTH_PCT);
    report.number("market.general_growth_floor_pct", market.general_growth_floor_pct, GROWTH_PCT);
    report.number("market.general_fade_quarters", market.general_fade_quarters, 1.0..=100.0);
    report.number("market.ai_growth_pct_per_point", market.ai_growth_pct_per_point, 0.0..=2.0);
    report.number("market.ai_growth_from_points", market.ai_growth_from_points, POINTS);
    report.number("market.ai_growth_cap_pct", market.ai_growth_cap_pct, 0.0..=50.0);
    report.number("market.ai_capex_pct", market.ai_capex_pct, PCT);
    report.text("market.others.name", &market.others.name, 40);
}

fn progress_and_products(file: &LevelFile, report: &mut Report<'_>) {
    let (progress, products) = (&file.progress, &file.products);
    report.number("progress.open_weights_points", progress.open_weights_points, POINTS);
    let methods = progress.method_points_per_year;
    report.number("progress.method_points_per_year", methods, 0.0..=50.0);
    report.count("progress.methods_from.year", progress.methods_from.year, 1990..=2100);
    report.count("progress.methods_from.quarter", progress.methods_from.quarter, 1..=4);
    if let Some(quarter) = products.assistants_from_quarter {
        report.count("products.assistants_from_quarter", quarter, 1..=100);
    }
    if let Some(quarters) = progress.scaling_wall_after_quarters {
        report.count("progress.scaling_wall_after_quarters", quarters, 0..=40);
    }
    report.number("products.scale", products.scale, 0.001..=10.0);
    report.number("products.assistants_adoption_pct", products.assistants_adoption_pct, PCT);
    for line in ["assistants_pct", "agents_pct"] {
        product_line(file, line, report);
    }
}

/// A product line's shares over everyone who has one: they may leave a rest, but not exceed it all.
fn product_line(file: &LevelFile, line: &str, report: &mut Report<'_>) {
    let part =
        |assistants: f64, agents: f64| if line == "agents_pct" { agents } else { assistants };
    let giants = file.giants.iter().filter_map(|giant| giant.models.as_ref());
    let sum: f64 = giants.map(|models| part(models.assistants_pct, models.agents_pct)).sum::<f64>()
        + file.labs.iter().map(|lab| part(lab.assistants_pct, lab.agents_pct)).sum::<f64>();
    if sum > 100.0 + 1e-9 {
        let problem = Problem::new(format!("{} of all seats sums to {}", quote(line), show(sum)))
            .help("labs and giants' own models together have at most 100; the rest is others'")
            .label("one of them");
        report.at(&format!("labs[0].{line}"), problem);
    }
}

fn segments(file: &LevelFile, report: &mut Report<'_>) {
    for (index, segment) in file.segments.iter().enumerate() {
        let path = |field: &str| format!("segments[{index}].{field}");
        report.id(&path("id"), &segment.id);
        report.text(&path("name"), &segment.name, 40);
        report.number(&path("size_pct"), segment.size_pct, 0.1..=100.0);
        report.number(&path("keep_pct"), segment.keep_pct, 50.0..=100.0);
        report.number(&path("price_sensitivity"), segment.price_sensitivity, 0.0..=10.0);
        report.number(&path("ai_intensity"), segment.ai_intensity, 0.0..=5.0);
    }
    let sizes: Vec<(&str, f64)> =
        file.segments.iter().map(|segment| (segment.id.as_str(), segment.size_pct)).collect();
    report.sum_to_100("segments[0].size_pct", "`size_pct` of all segments", &sizes);
    one_segment_holds_labs(file, report);
}

fn one_segment_holds_labs(file: &LevelFile, report: &mut Report<'_>) {
    let holding: Vec<usize> =
        (0..file.segments.len()).filter(|&index| file.segments[index].holds_labs).collect();
    match holding[..] {
        [_] => {}
        [] => report.at_name(
            "segments",
            Problem::new("no segment holds the labs")
                .help("write `holds_labs: true` in the segment that labs' compute is counted in")
                .label("in none of these"),
        ),
        [_, second, ..] => report.at(
            &format!("segments[{second}].holds_labs"),
            Problem::new(format!("{} segments hold the labs", holding.len()))
                .help("`holds_labs: true` belongs in exactly one segment")
                .label("the second of them"),
        ),
    }
}

fn cloud(cloud: &CloudFile, path: &str, names: &Names<'_>, report: &mut Report<'_>) {
    let at = |field: &str| format!("{path}.{field}");
    for (segment, &share) in &cloud.share_pct {
        let place = at(&format!("share_pct.{segment}"));
        if !names.segments.contains(&segment.as_str()) {
            report.unknown(&place, "segment", segment, &names.segments);
        }
        report.number(&place, share, PCT);
    }
    report.number(&at("win_rate_general_pct"), cloud.win_rate_general_pct, PCT);
    report.number(&at("win_rate_ai_pct"), cloud.win_rate_ai_pct, PCT);
    report.number(&at("capacity_gw"), cloud.capacity_gw, 0.01..=200.0);
    for (index, &arriving) in cloud.arriving_gw.iter().enumerate() {
        report.number(&at(&format!("arriving_gw[{index}]")), arriving, 0.0..=50.0);
    }
    report.number(&at("order_gw"), cloud.order_gw, 0.0..=50.0);
    report.number(&at("cost_index"), cloud.cost_index, 0.2..=5.0);
    if let Some(chips) = &cloud.own_chips {
        report.number(&at("own_chips.discount_pct"), chips.discount_pct, 0.0..=80.0);
        report.number(&at("own_chips.part_pct"), chips.part_pct, 0.0..=90.0);
        report.number(&at("own_chips.handicap_pct"), chips.handicap_pct, HANDICAP_PCT);
    }
}

/// Shares of each segment over all providers.
fn shares(file: &LevelFile, report: &mut Report<'_>) {
    let clouds = clouds(file);
    for (index, segment) in file.segments.iter().enumerate() {
        let share = |cloud: &CloudFile| cloud.share_pct.get(&segment.id).copied().unwrap_or(0.0);
        let parts = parts(&clouds, share);
        let what = format!("`share_pct` of segment {}", quote(&segment.id));
        report.sum_to_100(&format!("segments[{index}].id"), &what, &parts);
    }
}

/// Win rates of each flow of new demand over all providers.
fn flows(file: &LevelFile, report: &mut Report<'_>) {
    let clouds = clouds(file);
    let general = parts(&clouds, |cloud| cloud.win_rate_general_pct);
    let ai = parts(&clouds, |cloud| cloud.win_rate_ai_pct);
    for (field, parts) in [("win_rate_general_pct", general), ("win_rate_ai_pct", ai)] {
        let what = format!("`{field}` of all providers");
        report.sum_to_100(&format!("market.others.cloud.{field}"), &what, &parts);
    }
}

/// One figure of each provider, beside its id.
fn parts<'a>(
    clouds: &[(&'a str, String, &'a CloudFile)],
    figure: impl Fn(&CloudFile) -> f64,
) -> Vec<(&'a str, f64)> {
    clouds.iter().map(|(provider, _, cloud)| (*provider, figure(cloud))).collect()
}

/// What labs pay a provider is part of its revenue in the labs' segment, so it must fit inside.
fn lab_bills(file: &LevelFile, report: &mut Report<'_>) {
    let Some(segment) = file.segments.iter().find(|segment| segment.holds_labs) else { return };
    let rented = |provider: &str| -> f64 {
        file.labs.iter().filter_map(|lab| lab.compute_gw.get(provider)).sum()
    };
    for (provider, _, cloud) in clouds(file) {
        let share = cloud.share_pct.get(&segment.id).copied().unwrap_or(0.0);
        let revenue = share / 100.0 * segment.size_pct / 100.0 * file.market.revenue_bn;
        let bill = rented(provider) * BILL_BN_PER_GW;
        if bill > revenue + 1e-9 {
            let lab = file.labs.iter().position(|lab| lab.compute_gw.contains_key(provider));
            let problem = Problem::new(format!(
                "labs' compute at {} costs ${bill:.2}bn a quarter, more than its revenue of \
                 ${revenue:.2}bn in segment {}",
                quote(provider),
                quote(&segment.id),
            ))
            .help(format!(
                "at ${BILL_BN_PER_GW:.2}bn a gigawatt, {:.2} GW fit; lower it or raise the \
                 provider's share of the segment",
                revenue / BILL_BN_PER_GW
            ))
            .label("too much for its segment");
            report.at(&format!("labs[{}].compute_gw.{provider}", lab.unwrap_or(0)), problem);
        }
    }
}
