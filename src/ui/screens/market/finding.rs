//! What a tab of the market shows, in a headline, and what stands over it.

use std::sync::Arc;

use super::clouds;
use crate::host::words::numbers;
use crate::ids::{FirmId, Role, SegmentId};
use crate::sim::view::Published;
use crate::ui::screens::Scene;

/// The kicker and the headline of a tab.
pub(super) fn of(scene: &Scene, past: &[Arc<Published>], tab: usize) -> (String, String) {
    let now = &scene.desk.view.published;
    match tab {
        2 => {
            let sold: f64 = now.labs.iter().map(|lab| lab.revenue_bn).sum();
            let kicker = format!(
                "The labs, {} sold in the quarter, the frontier at {:.1} points",
                numbers::bn(sold),
                now.frontier.points
            );
            (kicker, labs(scene))
        }
        3 => {
            let chips = &now.chips;
            let kicker = format!(
                "The market for chips, {} ordered, {} could be shipped",
                numbers::gigawatts(chips.wanted_gw),
                numbers::gigawatts(chips.supply_gw)
            );
            (kicker, chip_makers(scene))
        }
        tab => {
            let market = &now.market;
            let kicker = format!(
                "Cloud market, {} a quarter, up {} on the quarter",
                numbers::bn(market.revenue_bn),
                numbers::share(market.general_growth + market.ai_growth)
            );
            let title = if tab == 0 { whole(scene) } else { segments(scene, past) };
            (kicker, title)
        }
    }
}

fn labs(scene: &Scene) -> String {
    let labs = &scene.desk.view.published.labs;
    let mut order: Vec<usize> = (0..labs.len()).collect();
    order.sort_by(|one, other| {
        labs[*other].capability_points.total_cmp(&labs[*one].capability_points)
    });
    let name = |place: usize| {
        let seat = scene.desk.view.lab_seat(crate::ids::LabId(place as u8));
        scene.desk.words.seat(seat)
    };
    match order[..] {
        [] => "There are no labs".to_owned(),
        [only] => format!("{} stands at {:.1} points", name(only), labs[only].capability_points),
        [first, second, ..] => {
            let lead = labs[first].capability_points - labs[second].capability_points;
            match numbers::points_change(lead).as_str() {
                "0.0" => format!("{} and {} are level", name(first), name(second)),
                by => format!("{} leads {} by {} points", name(first), name(second), &by[1..]),
            }
        }
    }
}

fn chip_makers(scene: &Scene) -> String {
    let giants = scene.desk.view.published.giants.iter().enumerate();
    let most = giants
        .filter(|(_, giant)| giant.sells_chips)
        .max_by(|one, other| one.1.chip_sales_bn.total_cmp(&other.1.chip_sales_bn));
    match most {
        Some((place, giant)) => format!(
            "{} sells {} of chips a quarter",
            scene.desk.words.firm(FirmId(place as u8)),
            numbers::bn(giant.chip_sales_bn)
        ),
        None => "Nobody sells chips".to_owned(),
    }
}

fn whole(scene: &Scene) -> String {
    let view = &scene.desk.view;
    let giants = &view.published.giants;
    match view.role {
        Role::Giant(firm) if giants[firm.index()].has_cloud => {
            format!("We win {} of what is new", numbers::share(giants[firm.index()].win_rate))
        }
        _ => {
            let rate = |firm: &FirmId| giants[firm.index()].win_rate;
            let clouds = clouds(scene);
            let best = clouds.iter().max_by(|one, other| rate(one).total_cmp(&rate(other)));
            match best {
                Some(firm) => format!(
                    "{} wins {} of what is new",
                    scene.desk.words.firm(*firm),
                    numbers::share(rate(firm))
                ),
                None => "The market".to_owned(),
            }
        }
    }
}

/// Where one has lost share since the opening.
pub(super) struct Lost {
    /// The segment with the largest loss in points.
    pub fastest: SegmentId,
    /// The segment that makes more than half of all that was lost, weighed by what segments buy.
    pub most: Option<SegmentId>,
}

/// Where the player's own cloud has lost share; none where it has lost nowhere.
pub(super) fn lost(scene: &Scene, past: &[Arc<Published>]) -> Option<Lost> {
    let view = &scene.desk.view;
    let Role::Giant(firm) = view.role else { return None };
    let own = &view.published.giants[firm.index()];
    let opening = &past.first()?.giants[firm.index()];
    if !own.has_cloud || past.len() < 2 {
        return None;
    }
    let by: Vec<f64> = (0..view.level.segments.len())
        .map(|k| (own.share_by_segment[k] - opening.share_by_segment[k]).min(0.0))
        .collect();
    let fastest = (0..by.len()).min_by(|one, other| by[*one].total_cmp(&by[*other]))?;
    if by[fastest] > -0.002 {
        return None;
    }
    let weighed: Vec<f64> =
        by.iter().zip(&view.level.segments).map(|(by, segment)| by * segment.size).collect();
    let sum: f64 = weighed.iter().sum();
    let most = weighed.iter().position(|by| *by < 0.5 * sum).map(|k| SegmentId(k as u8));
    Some(Lost { fastest: SegmentId(fastest as u8), most })
}

fn segments(scene: &Scene, past: &[Arc<Published>]) -> String {
    let words = &scene.desk.words;
    match lost(scene, past) {
        Some(Lost { most: Some(segment), .. }) => {
            format!("Most of what we lose, we lose among {}", words.segment_in_text(segment))
        }
        Some(Lost { fastest, .. }) => {
            format!("We lose fastest among {}", words.segment_in_text(fastest))
        }
        None => whole(scene),
    }
}
