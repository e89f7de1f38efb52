//! The state a level opens with, as a snapshot: every new game is restored from it.

mod clouds;
mod labs;

use std::sync::Arc;

use clouds::{CloudOpening, opening_ai_growth};
use labs::{LabParts, lab_parts, opening_compute, product_share, products, standing_deals};

use crate::ids::{FirmId, LabId, SeatId, SeatSet};
use crate::level::file::CalendarFile;
use crate::level::{self, Level};
use crate::sim::books::{Account, Books, Reason};
use crate::sim::capability::{self, Capability, Frontier, Research};
use crate::sim::capital_market::{Circular, MarketValue, ValueParts};
use crate::sim::cause::Ledger;
use crate::sim::cloud::{CloudMarket, CloudResult};
use crate::sim::decision::{AccessPolicy, GiantPlan, LabPlan, MAX_SEGMENTS};
use crate::sim::dilemmas::Dilemmas;
use crate::sim::fact::Facts;
use crate::sim::goals::Scores;
use crate::sim::happenings::{Chronicle, Weather};
use crate::sim::information::{Attention, AttentionSpent, Grapevine};
use crate::sim::lab::{Lines, Staff, Trust};
use crate::sim::negotiation::{Table, Waivers, pair_at};
use crate::sim::plans::PlanFacts;
use crate::sim::press::Press;
use crate::sim::process::Process;
use crate::sim::regulator::{Heat, Scrutiny};
use crate::sim::setting::{Clock, Orders, Step};
use crate::sim::snapshot::Snapshot;
use crate::sim::treasury::{ChipBusiness, ChipMarket, CoreBusiness, Income};
use crate::sim::view::Published;
use crate::units::Quarter;

/// The opening of a level. Published figures and scores are filled in by the game, which has the
/// systems for it.
pub fn snapshot(level: &Level) -> Snapshot {
    let deals = standing_deals(level);
    let frontier = frontier(level);
    let clouds = CloudOpening::of(level, &deals, &frontier);
    let products = products(level, &frontier);
    let giants = level.giants.iter().enumerate();
    let labs: Vec<LabParts> =
        (0..level.labs.len()).map(|place| lab_parts(level, place, &products, &deals)).collect();
    Snapshot {
        clouds: numbered(clouds.businesses),
        cloud_inputs: numbered(clouds.inputs),
        cloud_results: numbered(clouds.results.clone()),
        giant_plans: all(level.giants.iter().map(giant_plan)),
        plan_facts: all(level.giants.iter().map(|_| PlanFacts::default())),
        cores: all(level.giants.iter().map(|giant| CoreBusiness {
            revenue_bn: giant.core.revenue_bn,
            growth: giant.core.growth_pct / 100.0,
        })),
        incomes: all(giants.clone().map(|(place, giant)| {
            income(giant, clouds.results.get(place).and_then(Option::as_ref))
        })),
        chips: numbered(level.giants.iter().map(|giant| {
            giant.chips.map(|_| ChipBusiness {
                orders: 1.0,
                loyalty: 1.0,
                sales_bn: giant.core.revenue_bn,
            })
        })),
        research: numbered(level.giants.iter().map(|giant| {
            giant.models.map(|models| Research {
                gw: models.compute_gw,
                opening_bn: capability::rules::budget_for(models.compute_gw),
            })
        })),
        own_models: numbered(level.giants.iter().map(|giant| {
            giant.models.map(|models| Capability {
                points: models.capability_points,
                talent: models.capability_points
                    - capability::rules::capability(models.compute_gw, frontier.common),
            })
        })),
        own_products: numbered(level.giants.iter().map(|giant| {
            giant.models.map(|models| {
                let gap = models.capability_points - frontier.points;
                let share = Lines {
                    assistants: models.assistants_pct / 100.0,
                    agents: models.agents_pct / 100.0,
                };
                product_share(share, gap)
            })
        })),
        values: all(giants.map(|(place, giant)| {
            let result = clouds.results.get(place).and_then(Option::as_ref);
            market_value(level, FirmId(place as u8), giant, result, &frontier)
        })),
        circular: all(level.giants.iter().map(|_| Circular::none(level.labs.len()))),
        heats: all(level.giants.iter().map(|_| Heat::default())),
        scrutiny: all(level.giants.iter().map(|_| Scrutiny::default())),
        lab_plans: all(level.labs.iter().map(|lab| LabPlan {
            pace: 1.0,
            training: lab.training,
            price: 1.0,
            hiring: OPENING_HIRING,
            access: AccessPolicy::default(),
        })),
        businesses: all(labs.iter().map(|parts| parts.business)),
        standings: all(labs.iter().map(|parts| parts.standing)),
        compute: all(level.labs.iter().enumerate().map(|(place, lab)| {
            opening_compute(level, lab, deals.iter().filter(|deal| deal.lab.index() == place))
        })),
        cap_tables: all(labs.iter().map(|parts| parts.shares.clone())),
        trust: all(level.labs.iter().map(|lab| Trust(lab.trust.clone()))),
        models: all(level.labs.iter().map(|lab| Capability {
            points: lab.capability_points,
            talent: lab.capability_points
                - capability::rules::capability(lab.compute_gw.iter().sum(), frontier.common),
        })),
        products: all(level.labs.iter().map(|lab| {
            let gap = lab.capability_points - frontier.points;
            product_share(Lines { assistants: lab.assistants, agents: lab.agents }, gap)
        })),
        staffs: all(level.labs.iter().zip(&labs).map(|(lab, parts)| {
            Staff::opening(parts.standing.independence, lab.independence_floor)
        })),
        processes: all(level.labs.iter().map(|_| Process::default())),
        tables: all((0..level.giants.len() * level.labs.len()).map(|place| {
            let (giant, lab) = pair_at(place, level.giants.len());
            let giant = &level.giants[giant.index()];
            Table::new(giant.disposition.patience, level.labs[lab.index()].patience)
        })),
        deals,
        clock: Clock { quarter: Quarter(1), step: Step::Offers(0) },
        orders: Orders(vec![Vec::new(); level.seats()]),
        books: books(level),
        facts: Facts::starting(Quarter(1)),
        ledger: Ledger::default(),
        market: CloudMarket {
            revenue_bn: level.market.revenue_bn,
            general_growth: level.market.general_growth,
            ai_growth: opening_ai_growth(level, &frontier),
            new_demand_bn: 0.0,
        },
        frontier,
        product_markets: products,
        weather: Weather::default(),
        chip_market: ChipMarket::opening(level),
        chronicle: Chronicle::new(level),
        dilemmas: Dilemmas::new(level),
        grapevine: Grapevine::new(level.seats()),
        attention: AttentionSpent(vec![Attention::default(); level.seats()]),
        scores: Scores::default(),
        press: Press(Arc::new(Published::blank(frontier))),
        waivers: Waivers::default(),
    }
}

/// Hiring under a lab's opening plan, part of 1 a quarter: staff quintupled in two years (facts.md,
/// section 3: 770 to about 4,000), and slows.
pub(super) const OPENING_HIRING: f64 = 0.08;

fn all<T>(values: impl Iterator<Item = T>) -> Vec<(u8, T)> {
    values.enumerate().map(|(place, value)| (place as u8, value)).collect()
}

fn numbered<T>(values: impl IntoIterator<Item = Option<T>>) -> Vec<(u8, T)> {
    let values = values.into_iter().enumerate();
    values.filter_map(|(place, value)| Some((place as u8, value?))).collect()
}

fn frontier(level: &Level) -> Frontier {
    let end = level.opening.end();
    let common = capability::rules::POINTS_PER_EFOLD
        * capability::rules::COMMON_EFOLDS_PER_YEAR
        * (end - 2026.0)
        + level.progress.method_points_per_year * (end - methods_from(level)).max(0.0);
    let owns =
        level.giants.iter().enumerate().filter_map(|(place, giant)| {
            Some((SeatId(place as u8), giant.models?.capability_points))
        });
    let labs =
        level.labs.iter().enumerate().map(|(place, lab)| {
            (LabId(place as u8).seat(level.giants.len()), lab.capability_points)
        });
    let best = owns.chain(labs).max_by(|one, other| one.1.total_cmp(&other.1));
    let (leader, points) = best.unwrap_or((SeatId(0), level.progress.open_weights_points));
    Frontier { points, leader, open_weights: level.progress.open_weights_points, common }
}

/// The year, with its part gone, in which better methods came up.
fn methods_from(level: &Level) -> f64 {
    let CalendarFile { year, quarter } = level.progress.methods_from;
    f64::from(year) + f64::from(quarter - 1) / 4.0
}

fn giant_plan(giant: &level::Giant) -> GiantPlan {
    GiantPlan {
        price: [1.0; MAX_SEGMENTS],
        order_gw: giant.cloud.as_ref().map_or(0.0, |cloud| cloud.order_gw),
        research_bn: giant
            .models
            .map_or(0.0, |models| capability::rules::budget_for(models.compute_gw)),
        push: None,
        chip_price: 1.0,
        favoured: SeatSet::EMPTY,
    }
}

fn income(giant: &level::Giant, cloud: Option<&CloudResult>) -> Income {
    Income {
        core_bn: giant.core.revenue_bn * giant.core.margin_pct / 100.0,
        cloud_bn: cloud.map_or(0.0, |result| result.operating_income_bn),
        ..Income::default()
    }
}

/// The multiple is what makes the opening value out of opening earnings and stakes.
fn market_value(
    level: &Level,
    firm: FirmId,
    giant: &level::Giant,
    cloud: Option<&CloudResult>,
    frontier: &Frontier,
) -> MarketValue {
    let stakes_bn = level.labs.iter().map(|lab| lab.stakes[firm.index()] * lab.last_price_bn).sum();
    let earnings_bn = 4.0 * 0.83 * income(giant, cloud).operating_bn();
    let growth = level.market.general_growth + opening_ai_growth(level, frontier);
    let order_gw = giant.cloud.as_ref().map_or(0.0, |cloud| cloud.order_gw);
    MarketValue {
        value_bn: giant.value_bn,
        parts: ValueParts {
            earnings_bn: giant.value_bn - stakes_bn,
            stakes_bn,
            ..ValueParts::default()
        },
        expected_order_gw: order_gw * (1.0 + growth),
        charge_bn: 0.0,
        stakes_bn,
        sentiment_bn: 0.0,
        opening_net_cash_bn: (giant.cash - giant.debt).bn(),
        earnings_bn,
        multiple: (giant.value_bn - stakes_bn) / earnings_bn.max(0.1),
        least_bn: giant.value_bn / 10.0,
    }
}

fn books(level: &Level) -> Books {
    let mut books = Books::new(level.giants.len(), level.labs.len());
    for (place, giant) in level.giants.iter().enumerate() {
        let firm = FirmId(place as u8);
        let cash = Account::Cash(firm.seat());
        books.post(Account::Investors, cash, giant.cash, Reason::Opening);
        books.post(Account::Debt(firm), Account::Investors, giant.debt, Reason::Opening);
    }
    for (place, lab) in level.labs.iter().enumerate() {
        let cash = Account::Cash(LabId(place as u8).seat(level.giants.len()));
        books.post(Account::Investors, cash, lab.cash, Reason::Opening);
    }
    books.take_postings();
    books
}
