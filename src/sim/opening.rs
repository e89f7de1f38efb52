//! The state a level opens with, as a snapshot: every new game is restored from it.

use std::sync::Arc;

use crate::ids::{DealId, FirmId, LabId, SeatId, SeatSet};
use crate::level::file::CalendarFile;
use crate::level::{self, Level};
use crate::sim::books::{Account, Books, Reason};
use crate::sim::capability::{self, Capability, Frontier, Research};
use crate::sim::capital_market::{Circular, MarketValue, ValueParts};
use crate::sim::cause::Ledger;
use crate::sim::cloud::{
    CloudBusiness, CloudInputs, CloudMarket, CloudResult, access_points, rules,
};
use crate::sim::deal::appraise::fundamental_value;
use crate::sim::deal::rules::NOTE_QUARTERS;
use crate::sim::deal::{
    CapTable, Deal, Holder, Instrument, Life, Note, Rights, ShareClass, Staged, TermSheet, on_chips,
};
use crate::sim::decision::{AccessPolicy, GiantPlan, LabPlan, MAX_SEGMENTS};
use crate::sim::dilemmas::Dilemmas;
use crate::sim::fact::Facts;
use crate::sim::goals::Scores;
use crate::sim::happenings::{Chronicle, Weather};
use crate::sim::information::{Attention, AttentionSpent, Grapevine};
use crate::sim::lab::{
    self, Ahead, Compute, LabBusiness, LabStanding, Lines, ProductShare, Products, Staff, Trust,
};
use crate::sim::negotiation::{Table, Waivers, pair_at};
use crate::sim::plans::PlanFacts;
use crate::sim::press::Press;
use crate::sim::process::Process;
use crate::sim::regulator::{Heat, Scrutiny};
use crate::sim::setting::{Clock, Orders, Step};
use crate::sim::snapshot::Snapshot;
use crate::sim::treasury::{ChipBusiness, ChipMarket, CoreBusiness, Income};
use crate::sim::view::Published;
use crate::units::{Money, Quarter};

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

/// Deals older than the game are signed in quarter 0; their terms count from quarter 1.
fn standing_deals(level: &Level) -> Vec<Deal> {
    let mut deals = Vec::new();
    let term = |quarters: u32| if quarters == 0 { 0 } else { quarters.min(250) as u8 + 1 };
    for (place, lab) in level.labs.iter().enumerate() {
        for old in &lab.standing_deals {
            let sheet = TermSheet {
                cash: old.invested,
                pre_money: Money::from_bn(lab.last_price_bn),
                board: old.board,
                access: old.access,
                access_quarters: term(old.access_quarters),
                exclusivity: old.exclusivity,
                exclusivity_quarters: term(old.exclusivity_quarters),
                commitment_mw: old.commitment_mw,
                commitment_quarters: term(old.commitment_quarters),
                instrument: old.instrument,
                profit_cap: old.profit_cap,
                pro_rata: old.pro_rata,
                anti_dilution: old.anti_dilution,
                consent: old.consent,
                revenue_share_pct: old.revenue_share_pct,
                revenue_share_cap: old.revenue_share_cap,
                licence_quarters: term(old.licence_quarters),
                own_chips_pct: old.own_chips_pct,
                own_chips_quarters: term(old.own_chips_quarters),
                ..TermSheet::default()
            };
            deals.push(Deal {
                id: DealId(deals.len() as u16),
                giant: FirmId(old.giant.0),
                lab: LabId(place as u8),
                sheet,
                signed: Quarter(0),
                fact: None,
                class: ShareClass::Common,
                shares_before: crate::sim::deal::OPENING_SHARES,
                revenue_at_signing_bn: 0.0,
                compute_at_signing_gw: lab.compute_gw.iter().sum(),
                staged: Staged::None,
                exercised: Money::ZERO,
                shared: Money::ZERO,
                life: Life::default(),
            });
        }
    }
    deals
}

/// Every provider's cloud at the opening: giants in order, then others.
struct CloudOpening {
    businesses: Vec<Option<CloudBusiness>>,
    inputs: Vec<Option<CloudInputs>>,
    results: Vec<Option<CloudResult>>,
}

impl CloudOpening {
    fn of(level: &Level, deals: &[Deal], frontier: &Frontier) -> CloudOpening {
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

fn opening_ai_growth(level: &Level, frontier: &Frontier) -> f64 {
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

fn product_share(share: Lines, gap: f64) -> ProductShare {
    let constant = Lines {
        assistants: lab::rules::opening_appeal(share.assistants, lab::rules::ASSISTANT_WEIGHT, gap),
        agents: lab::rules::opening_appeal(share.agents, lab::rules::AGENT_WEIGHT, gap),
    };
    ProductShare { share, constant }
}

fn products(level: &Level, frontier: &Frontier) -> Products {
    let labs = level.labs.iter().map(|lab| (lab.assistants, lab.agents));
    let owns = level
        .giants
        .iter()
        .filter_map(|giant| giant.models)
        .map(|models| (models.assistants_pct / 100.0, models.agents_pct / 100.0));
    let (assistants, agents) =
        labs.chain(owns).fold((0.0, 0.0), |sum, share| (sum.0 + share.0, sum.1 + share.1));
    let adoption = level.products.assistants_adoption_pct / 100.0;
    let scale = level.products.scale;
    let rest = Lines { assistants: (1.0 - assistants).max(0.0), agents: (1.0 - agents).max(0.0) };
    Products {
        adoption,
        market_bn: Lines {
            assistants: scale * lab::rules::assistants_market(adoption, frontier.points),
            agents: scale * lab::rules::agents_market(frontier.points),
        },
        others: product_share(rest, frontier.open_weights - frontier.points),
    }
}

/// A lab's state that depends on more than its own lines in the level.
struct LabParts {
    business: LabBusiness,
    standing: LabStanding,
    shares: CapTable,
}

fn lab_parts(level: &Level, place: usize, products: &Products, deals: &[Deal]) -> LabParts {
    let lab = &level.labs[place];
    let id = LabId(place as u8);
    let compute = Compute { gw: lab.compute_gw.clone(), on_chips: Vec::new() };
    let revenue_bn =
        products.market_bn.assistants * lab.assistants + products.market_bn.agents * lab.agents;
    // Growth of the past year was even: its quarters lie on one line from the run rate of then.
    let ratio = libm::pow((lab.run_rate_year_ago_bn / 4.0) / revenue_bn.max(1e-9), 0.25);
    let past = |quarters: f64| revenue_bn * libm::pow(ratio, quarters);
    let costs = lab::rules::costs(compute.total(), revenue_bn, f64::from(lab.heads));
    let loss_bn = costs.total_bn() - revenue_bn;
    let serving = compute.total() * (1.0 - lab.training);
    let mine: Vec<&Deal> = deals.iter().filter(|deal| deal.lab == id).collect();
    let carriers: std::collections::BTreeSet<FirmId> = mine
        .iter()
        .filter(|deal| deal.access_at(Quarter(1)) != Default::default())
        .map(|deal| deal.giant)
        .collect();
    let business = LabBusiness {
        revenue_bn,
        past_revenue_bn: [past(1.0), past(2.0), past(3.0), past(4.0)],
        heads: f64::from(lab.heads),
        loss_bn,
        burn_bn: lab::rules::burn(loss_bn),
        paid_price: 1.0,
        serving_yield_bn: revenue_bn / (serving * lab::rules::OPENING_LOAD).max(1e-6),
        serving_room: 1.0 / lab::rules::OPENING_LOAD,
        opening_reach: carriers.len() as u32,
        rescues: 0,
        shared_bn: 0.0,
    };
    let shares = cap_table(lab, mine.iter().copied());
    let clock = Clock { quarter: Quarter(0), step: Step::Plan };
    let ahead = lab::compute_ahead(lab, &compute, 1.0, mine.iter().copied(), Quarter(1));
    let outlook = lab::outlook(&business, ahead, OPENING_HIRING);
    let policy = AccessPolicy::default();
    let ties = lab::ties(mine.into_iter(), &clock, &compute, &shares, &business, policy);
    let standing = LabStanding {
        ties,
        ahead: Ahead { outlook, cash_bn: lab.cash.bn() },
        independence: lab::rules::independence(&ties),
        runway: outlook.runway(lab.cash.bn()),
        fundamental_bn: fundamental_value(
            business.run_rate(),
            lab.run_rate_year_ago_bn,
            business.heads,
            lab.last_price_bn,
        ),
        planned_burn_bn: outlook.burns().map(|burn| burn.max(0.0)),
    };
    LabParts { business, standing, shares }
}

/// Where a lab's compute stands, and how much of it runs on giants' own chips already.
fn opening_compute<'a>(
    level: &Level,
    lab: &level::Lab,
    deals: impl Iterator<Item = &'a Deal>,
) -> Compute {
    let gw = lab.compute_gw.clone();
    let mut compute = Compute { gw, on_chips: vec![0.0; level.giants.len()] };
    for deal in deals {
        let cloud = level.giants[deal.giant.index()].cloud.is_some();
        let gigawatts = on_chips(deal, &compute, cloud, Quarter(1));
        let held = &mut compute.on_chips[deal.giant.index()];
        *held = held.max(gigawatts);
    }
    compute
}

/// Who owns a lab at the opening; what standing deals give their holders; notes not yet converted.
fn cap_table<'a>(lab: &level::Lab, deals: impl Iterator<Item = &'a Deal>) -> CapTable {
    let seats = lab
        .stakes
        .iter()
        .enumerate()
        .map(|(giant, part)| (Holder::Seat(SeatId(giant as u8)), *part));
    let others = lab
        .other_holders
        .iter()
        .enumerate()
        .map(|(place, (_, part))| (Holder::Other(place as u8), *part));
    let mut shares = CapTable::opening(&seats.chain(others).collect::<Vec<_>>(), lab.last_price_bn);
    for deal in deals {
        let holder = Holder::Seat(deal.giant.seat());
        let rights =
            Rights { most: deal.sheet.most_returned(), protected: deal.sheet.anti_dilution };
        match deal.sheet.instrument {
            Instrument::Convertible => {
                let (amount, cap) = (deal.sheet.amount(), deal.sheet.pre_money);
                let class = shares.new_class();
                let due = Quarter(NOTE_QUARTERS);
                shares.lend(Note { holder, class, amount, cap, due, rights });
            }
            _ if rights != Rights::default() => shares.grant(holder, rights),
            _ => {}
        }
    }
    shares
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
