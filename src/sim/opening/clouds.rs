//! The clouds a level opens with: shares, utilities and utilisation, worked back from its figures.

use crate::level::{self, Level};
use crate::sim::capability::Frontier;
use crate::sim::cloud::{CloudBusiness, CloudInputs, CloudResult, access_points, rules};
use crate::sim::deal::Deal;
use crate::sim::decision::MAX_SEGMENTS;
use crate::units::Quarter;

/// Every provider's cloud at the opening: giants in order, then others.
pub(super) struct CloudOpening {
    pub businesses: Vec<Option<CloudBusiness>>,
    pub inputs: Vec<Option<CloudInputs>>,
    pub results: Vec<Option<CloudResult>>,
}

impl CloudOpening {
    pub fn of(level: &Level, deals: &[Deal], frontier: &Frontier) -> CloudOpening {
        let clouds: Vec<Option<&level::Cloud>> = level
            .giants
            .iter()
            .map(|giant| giant.cloud.as_ref())
            .chain([Some(&level.market.others)])
            .collect();
        let xi = mean_utilities(level, &clouds);
        let mut opening =
            CloudOpening { businesses: Vec::new(), inputs: Vec::new(), results: Vec::new() };
        for (place, cloud) in clouds.iter().enumerate() {
            let Some(cloud) = cloud else {
                opening.businesses.push(None);
                opening.inputs.push(None);
                opening.results.push(None);
                continue;
            };
            let bills: f64 =
                level.labs.iter().map(|lab| rules::lab_bill(lab.compute_gw[place])).sum();
            let segments = level.segments.iter().zip(&cloud.share);
            let base: Vec<f64> = segments
                .map(|(segment, share)| {
                    let revenue = share * segment.size * level.market.revenue_bn;
                    (revenue - if segment.holds_labs { bills } else { 0.0 }).max(0.0)
                })
                .collect();
            let revenue = base.iter().sum::<f64>() + bills;
            let sold = revenue / rules::REVENUE_PER_GW;
            let room = rules::room(sold / cloud.capacity_gw);
            let access = opening_access(level, place, deals, frontier);
            let cost = rules::running_cost(cloud.cost_index, cloud.capacity_gw, sold);
            let (general, ai) = &xi[place];
            opening.businesses.push(Some(CloudBusiness {
                paid_price: vec![1.0; base.len()],
                base,
                xi_general: general.iter().map(|xi| xi - room).collect(),
                xi_ai: ai.iter().map(|xi| xi - room - rules::ACCESS_WEIGHT * access).collect(),
                backlog: 0.0,
                capacity_gw: cloud.capacity_gw,
                arriving_gw: cloud.arriving_gw,
                order_facts: [None; 4],
                arrived_fact: None,
                cost_index: cloud.cost_index,
                opening_order_gw: cloud.order_gw,
                ordered_gw: cloud.order_gw,
                late_gw: 0.0,
                own_chips: cloud.own_chips_part(),
            }));
            opening.inputs.push(Some(CloudInputs {
                price: [1.0; MAX_SEGMENTS],
                access,
                room,
                lab_bills: bills,
                ..CloudInputs::default()
            }));
            opening.results.push(Some(CloudResult {
                revenue_bn: revenue,
                share: revenue / level.market.revenue_bn,
                win_rate: opening_win_rate(level, frontier, cloud),
                ai_win_rate: cloud.win_rate_ai,
                win_by_segment: (0..level.segments.len())
                    .map(|k| libm::exp(0.5 * (general[k] + ai[k])))
                    .collect(),
                share_by_segment: cloud.share.clone(),
                lab_bills_bn: bills,
                sold_gw: sold,
                utilisation: sold / cloud.capacity_gw,
                operating_income_bn: revenue - cost,
            }));
        }
        opening
    }
}

pub(super) fn opening_ai_growth(level: &Level, frontier: &Frontier) -> f64 {
    let market = &level.market;
    rules::ai_growth(
        market.ai_growth_per_point,
        frontier.points,
        market.ai_growth_from_points,
        market.ai_growth_cap,
    )
}

/// The win rate over both flows, weighed by their growth at the opening.
fn opening_win_rate(level: &Level, frontier: &Frontier, cloud: &level::Cloud) -> f64 {
    let ai = opening_ai_growth(level, frontier);
    let part = ai / (ai + level.market.general_growth).max(1e-9);
    (1.0 - part) * cloud.win_rate_general + part * cloud.win_rate_ai
}

/// Mean utilities by provider and segment, for both flows: win rates raked over segments
/// (calibration, section 10), then inverted (Berry 1994).
fn mean_utilities(level: &Level, clouds: &[Option<&level::Cloud>]) -> Vec<(Vec<f64>, Vec<f64>)> {
    let flow = |rate: fn(&level::Cloud) -> f64, weights: &[f64]| {
        let targets: Vec<f64> = clouds.iter().map(|cloud| cloud.map_or(0.0, rate)).collect();
        let mut matrix: Vec<Vec<f64>> = (0..level.segments.len())
            .map(|k| {
                let row = clouds.iter().zip(&targets);
                row.map(|(cloud, target)| {
                    let share = cloud.map_or(0.0, |cloud| cloud.share[k]);
                    if *target > 0.0 { target * share.max(1e-4) } else { 0.0 }
                })
                .collect()
            })
            .collect();
        rules::rake(&mut matrix, weights, &targets);
        matrix
    };
    let sizes: Vec<f64> = level.segments.iter().map(|segment| segment.size).collect();
    let ai_sizes: Vec<f64> =
        level.segments.iter().map(|segment| segment.size * segment.ai_intensity).collect();
    let general = flow(|cloud| cloud.win_rate_general, &sizes);
    let ai = flow(|cloud| cloud.win_rate_ai, &ai_sizes);
    (0..clouds.len())
        .map(|place| {
            let column = |matrix: &[Vec<f64>]| {
                matrix.iter().map(|row| rules::berry_inversion(row[place])).collect()
            };
            (column(&general), column(&ai))
        })
        .collect()
}

fn opening_access(level: &Level, place: usize, deals: &[Deal], frontier: &Frontier) -> f64 {
    let own = level.giants.get(place).and_then(|giant| giant.models).map(|m| m.capability_points);
    let held = deals
        .iter()
        .filter(|deal| deal.giant.index() == place)
        .map(|deal| level.labs[deal.lab.index()].capability_points - deal.discount_at(Quarter(1)));
    access_points(own, held, frontier.open_weights, frontier.points)
}
