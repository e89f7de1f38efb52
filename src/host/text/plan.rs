//! The plan: levers, their range and cost, and what a turn of each is expected to do.

use std::io;

use crate::host::words::numbers::{bn, gigawatts, points_change, share, share_change};
use crate::host::words::{labels, listed};
use crate::ids::{FirmId, LabId, Role, SeatId, SeatSet, SegmentId};
use crate::sim::capability::rules::POINTS_PER_EFOLD;
use crate::sim::decision::{
    GiantPlan, HIRING_RANGE, LabPlan, Lever, PACE_RANGE, PRICE_RANGE, RESEARCH_RANGE,
    TRAINING_RANGE,
};
use crate::sim::lab::rules::PRICE_WEIGHT;
use crate::sim::lab::{morale, planned_step};
use crate::sim::setting::Step;
use crate::sim::view::{GiantFigures, Plan, SeatView};

use crate::host::levers::{
    drafted_giant, drafted_lab, drafted_staff, most_order, order_notes, runway,
};

use super::desk::Desk;
use super::dilemma;
use super::hearsay;
use super::page::Page;
use super::{promises, talks};

/// The page a plan begins with.
pub(super) fn open(desk: &mut Desk, seat: SeatId) -> io::Result<()> {
    let view = desk.view(seat);
    let mut page = desk.page();
    let who = desk.words.seat(seat).to_owned();
    page.heading(&format!("{} · plan · {who}", desk.words.quarter(view.quarter)));
    talks::news(desk, &view, false, &mut page);
    promises::alarms(desk, &view, &mut page);
    dilemma::reminder(desk, &view, &mut page);
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
    page.note(&hearsay::attention(&view));
    page.note(if view.step == Step::Plan {
        "What you leave alone stays as it is. close closes the quarter; help price and the like say more."
    } else {
        "The levers can be turned once the talks of the quarter are over."
    });
    desk.show(&page)
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
        let (least, most) = RESEARCH_RANGE;
        let [least, most] = [least, most].map(|part| part * figures.opening_research_bn);
        let tenth = POINTS_PER_EFOLD * libm::log(1.1) * 0.8;
        rows.push(vec![
            "research".into(),
            turned(old.research_bn, plan.research_bn, bn),
            format!("{} to {}", bn(least), bn(most)),
            format!("A tenth more is worth about {} points within a year", points_change(tenth)),
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
            "About a fifteenth more of what it wins there, a little less elsewhere; it costs nothing".into(),
        ]);
    }
    if view.level.giants[firm.index()].chips.is_some() {
        rows.push(vec![
            "chips".into(),
            turned(old.chip_price, plan.chip_price, |price| format!("{price:.2}")),
            range(PRICE_RANGE),
            format!(
                "Dearer chips earn more at once; buyers drift to others, 2.8% a quarter a tenth ({} have stayed), and those with chips of their own build more on them",
                share(figures.chip_loyalty)
            ),
        ]);
        let names = |set: SeatSet| {
            let names: Vec<&str> = set.iter().map(|seat| desk.words.seat(seat)).collect();
            if names.is_empty() { "nobody".to_owned() } else { listed(&names) }
        };
        let now = match old.favoured == plan.favoured {
            true => names(plan.favoured),
            false => format!("{} → {}", names(old.favoured), names(plan.favoured)),
        };
        let chips = &view.published.chips;
        rows.push(vec![
            "favour".into(),
            now,
            "any clouds, or none".into(),
            format!(
                "Served first when chips are short: {} were wanted, {} could be shipped",
                gigawatts(chips.wanted_gw),
                gigawatts(chips.supply_gw)
            ),
        ]);
    }
    let (lobbying, _) = hearsay::attended(view);
    rows.push(vec![
        "lobby".into(),
        lobbying.to_string(),
        format!("0 to {}", view.attention_left + lobbying),
        format!("Each takes 3 points off heat, which is {}", share(figures.heat)),
    ]);
    rows.push(press_row(view));
    levers(&rows, page);
}

fn press_row(view: &SeatView) -> Vec<String> {
    let (_, press) = hearsay::attended(view);
    vec![
        "press".into(),
        press.to_string(),
        format!("0 to {}", view.attention_left + press),
        format!("One point: {}", hearsay::press_effect(view.role, 1)),
    ]
}

/// A lever a line: its value and range, then what it costs and does.
fn levers(rows: &[Vec<String>], page: &mut Page) {
    for row in rows {
        if let [name, now, range, effect] = &row[..] {
            page.entry(name, 9, &format!("{now} ({range}). {effect}."));
        }
    }
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
    let most = most_order(view, firm);
    let per_gw = figures.order_cost_per_gw_bn;
    let notes = order_notes(figures, plan.order_gw);
    let marked =
        if notes.is_empty() { notes } else { format!(". {}", notes.trim_end_matches('.')) };
    let arriving: Vec<String> = figures.arriving_gw.iter().map(|gw| format!("{gw:.2}")).collect();
    vec![
        "order".into(),
        turned(old.order_gw, plan.order_gw, gigawatts),
        format!("0 to {}", gigawatts(most)),
        format!(
            "{} a gigawatt, so {} now; on line in four quarters. In use: {} of {}. Arriving, by quarter: {} GW",
            bn(per_gw),
            bn(per_gw * plan.order_gw),
            share(figures.utilisation),
            gigawatts(figures.capacity_gw),
            arriving.join(", ")
        ) + &marked,
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
                "A tenth more training compute is worth {} points; what serves is what can be sold",
                points_change(points)
            ),
        ],
        vec![
            "price".into(),
            turned(old.price, plan.price, |price| format!("{price:.2}")),
            range(PRICE_RANGE),
            format!(
                "1% dearer loses about {:.0}% of new customers, slowly; those who pay come a quarter of the way a quarter",
                PRICE_WEIGHT
            ),
        ],
        vec![
            "hire".into(),
            turned(old.hiring, plan.hiring, |part| labels::lever_value(Lever::Hiring, part)),
            format!("−{:.0} to {:.0}%", -100.0 * HIRING_RANGE.0, 100.0 * HIRING_RANGE.1),
            format!("{:.0} people, at about $1.0bn a thousand a quarter", figures.heads),
        ],
        press_row(view),
    ];
    levers(&rows, page);
    let policy = if old.access == plan.access {
        labels::access_policy(plan.access).to_owned()
    } else {
        let (was, is) = (labels::access_policy(old.access), labels::access_policy(plan.access));
        format!("{was} → {is}")
    };
    page.entry("policy", 9, &format!(
        "{policy} (open, partners, restrained). Open: each further cloud adds about 6% to what agents and API win, slowly, and leave to resell is no longer for sale; restrained: 10% less, more independence, a content staff."
    ));
    let (retreat, recruiting) = drafted_staff(view);
    page.entry("retreat", 9, &format!(
        "{retreat}; recruit {recruiting} (attention, {} left). A point of retreat lifts morale by 6 points, one of recruiting brings {:.2} points of talent. Morale is {}; below {} talent leaves.",
        view.attention_left,
        morale::RECRUITED,
        percent(figures.morale),
        percent(morale::CONTENT)
    ));
    page.paragraph(&format!(
        "Under this plan your cash lasts {:.1} quarters.",
        runway(view, lab, &plan)
    ));
}

fn percent(part: f64) -> String {
    format!("{:.0}%", 100.0 * part)
}
