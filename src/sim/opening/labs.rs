//! The labs a level opens with: their business, owners, ties and products, and deals signed before.

use std::collections::BTreeSet;

use super::OPENING_HIRING;
use crate::ids::{DealId, FirmId, LabId, SeatId};
use crate::level::{self, Level};
use crate::sim::capability::Frontier;
use crate::sim::deal::appraise::fundamental_value;
use crate::sim::deal::rules::NOTE_QUARTERS;
use crate::sim::deal::{
    CapTable, Deal, Holder, Instrument, Life, Note, OPENING_SHARES, Rights, ShareClass, Staged,
    TermSheet, on_chips,
};
use crate::sim::decision::AccessPolicy;
use crate::sim::lab::{
    self, Ahead, Compute, LabBusiness, LabStanding, Lines, ProductShare, Products,
};
use crate::sim::setting::{Clock, Step};
use crate::units::{Money, Quarter};

/// Deals older than the game are signed in quarter 0; their terms count from quarter 1.
pub(super) fn standing_deals(level: &Level) -> Vec<Deal> {
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
                shares_before: OPENING_SHARES,
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

pub(super) fn product_share(share: Lines, gap: f64) -> ProductShare {
    let constant = Lines {
        assistants: lab::rules::opening_appeal(share.assistants, lab::rules::ASSISTANT_WEIGHT, gap),
        agents: lab::rules::opening_appeal(share.agents, lab::rules::AGENT_WEIGHT, gap),
    };
    ProductShare { share, constant }
}

pub(super) fn products(level: &Level, frontier: &Frontier) -> Products {
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
pub(super) struct LabParts {
    pub business: LabBusiness,
    pub standing: LabStanding,
    pub shares: CapTable,
}

pub(super) fn lab_parts(
    level: &Level,
    place: usize,
    products: &Products,
    deals: &[Deal],
) -> LabParts {
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
    let carriers: BTreeSet<FirmId> = mine
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
pub(super) fn opening_compute<'a>(
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
