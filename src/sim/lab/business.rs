//! A lab's quarter: sales, bills, burn, and what happens when cash runs out.

use bevy::prelude::*;

use super::rules::{self, Outlook, Ties};
use super::{
    Ahead, Compute, LabBusiness, LabStanding, Lines, ProductShare, Products, compute_ahead,
    tier_held,
};
use crate::ids::FirmId;
use crate::sim::books::{Account, Books, Reason};
use crate::sim::capability::{Capability, Frontier};
use crate::sim::cause::{Figure, Ledger};
use crate::sim::cloud::rules::{LAB_BILLED, softmax};
use crate::sim::deal::appraise::fundamental_value;
use crate::sim::deal::{AccessTier, BoardSeat, CapTable, Deal, Holder, Rights, Sale, tell_changes};
use crate::sim::decision::{AccessPolicy, LabPlan};
use crate::sim::fact::{Fact, Facts};
use crate::sim::happenings::Chronicle;
use crate::sim::information::press_points;
use crate::sim::information::rules::PRESS_APPEAL;
use crate::sim::rng::Purpose;
use crate::sim::setting::{Clock, Lab, Orders, Roster, Setting};
use crate::units::Money;

/// Runway below which the press speaks of it, quarters.
const SHORT_RUNWAY: f64 = 2.0;
/// Sales lost for want of machines worth a fact, $bn.
const SHORT_TOLD_BN: f64 = 0.02;
/// A rescue sells this part of the lab at this part of its fundamental value (assumed).
const RESCUE_PRICE: f64 = 0.5;
/// Quarters of burn a rescue pays for.
const RESCUE_QUARTERS: usize = 4;
/// Talent a rescue costs, points (assumed).
const RESCUE_TALENT: f64 = 2.0;

type Seller<'a> =
    (&'a Capability, &'a mut ProductShare, Option<(&'a Lab, &'a LabPlan, &'a LabBusiness)>);

/// Customers choose assistants and agents: a logit with inertia over every seller.
pub(super) fn sell_products(
    clock: Res<Clock>,
    orders: Res<Orders>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    frontier: Res<Frontier>,
    chronicle: Res<Chronicle>,
    mut products: ResMut<Products>,
    deals: Query<&Deal>,
    mut sellers: Query<Seller>,
) {
    let begin = setting.level.products.assistants_from_quarter.unwrap_or(0);
    if clock.quarter.0 >= begin {
        products.adoption = rules::bass(products.adoption);
    }
    let seats: Vec<Entity> = roster.giants.iter().chain(&roster.labs).copied().collect();
    let mut appeals = Vec::with_capacity(seats.len() + 1);
    let mut present = Vec::with_capacity(seats.len());
    let mut dearer = Lines::default();
    for &entity in &seats {
        let Ok((models, share, lab)) = sellers.get(entity) else { continue };
        let gap = models.points - frontier.points;
        let (price, reach, luck) = match lab {
            Some((lab, plan, business)) => {
                let carried = carriers(&setting, &roster, &deals, lab, plan.access, &clock);
                let extra = f64::from(carried) - f64::from(business.opening_reach);
                let seat = setting.lab_seat(lab.0);
                let luck = setting.stream(&clock, Purpose::Demand, seat).normal();
                let restraint = match plan.access {
                    AccessPolicy::Restrained => rules::RESTRAINT,
                    _ => 0.0,
                };
                let press = PRESS_APPEAL * f64::from(press_points(&orders, seat));
                let luck = luck * rules::DEMAND_LUCK + chronicle.product_appeal(seat) + press;
                (plan.price, rules::REACH * extra - restraint, luck)
            }
            None => (1.0, 0.0, 0.0),
        };
        appeals.push(lines_of_appeal(share, gap, price, reach, luck));
        present.push(entity);
        dearer.assistants += share.share.assistants * (price - 1.0);
        dearer.agents += share.share.agents * (price - 1.0);
    }
    let others_gap = frontier.open_weights - frontier.points;
    appeals.push(lines_of_appeal(&products.others, others_gap, 1.0, 0.0, 0.0));
    let (assistants, agents) = choose(&appeals);
    for (number, entity) in present.iter().enumerate() {
        if let Ok((_, mut share, _)) = sellers.get_mut(*entity) {
            move_share(&mut share.share, assistants[number], agents[number]);
        }
    }
    let last = appeals.len() - 1;
    move_share(&mut products.others.share, assistants[last], agents[last]);
    let scale = setting.level.products.scale;
    products.market_bn = Lines {
        assistants: scale
            * rules::assistants_market(products.adoption, frontier.points)
            * rules::bought(1.0 + dearer.assistants),
        agents: scale * rules::agents_market(frontier.points) * rules::bought(1.0 + dearer.agents),
    };
}

/// Clouds whose customers have the lab's models.
fn carriers(
    setting: &Setting,
    roster: &Roster,
    deals: &Query<&Deal>,
    lab: &Lab,
    policy: AccessPolicy,
    clock: &Clock,
) -> u32 {
    let signed = || roster.deals.iter().filter_map(|&deal| deals.get(deal).ok());
    let carries = |firm: FirmId| {
        let cloud = setting.level.giants[firm.index()].cloud.is_some();
        let held = tier_held((firm, lab.0), policy, signed(), clock.quarter);
        cloud && held != AccessTier::None
    };
    (0..setting.giants() as u8).map(FirmId).filter(|&firm| carries(firm)).count() as u32
}

fn lines_of_appeal(share: &ProductShare, gap: f64, price: f64, reach: f64, luck: f64) -> Lines {
    let constant = share.constant;
    Lines {
        assistants: luck
            + rules::appeal(constant.assistants, rules::ASSISTANT_WEIGHT, gap, price, 0.0),
        agents: luck + rules::appeal(constant.agents, rules::AGENT_WEIGHT, gap, price, reach),
    }
}

fn choose(appeals: &[Lines]) -> (Vec<f64>, Vec<f64>) {
    let line = |pick: fn(&Lines) -> f64| {
        let utilities: Vec<f64> = appeals.iter().map(pick).collect();
        let mut shares = vec![0.0; utilities.len()];
        softmax(&utilities, &mut shares);
        shares
    };
    (line(|lines| lines.assistants), line(|lines| lines.agents))
}

fn move_share(share: &mut Lines, assistants: f64, agents: f64) {
    share.assistants = rules::KEEP * share.assistants + (1.0 - rules::KEEP) * assistants;
    share.agents = rules::KEEP * share.agents + (1.0 - rules::KEEP) * agents;
}

/// Labs take in revenue and pay for compute, selling and people.
pub fn pay_bills(
    clock: Res<Clock>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    products: Res<Products>,
    mut books: ResMut<Books>,
    mut facts: ResMut<Facts>,
    mut labs: Query<(&Lab, &LabPlan, &Compute, &ProductShare, &mut LabBusiness)>,
) {
    for &entity in &roster.labs {
        let Ok((lab, plan, compute, share, mut business)) = labs.get_mut(entity) else { continue };
        let market = products.market_bn;
        let demand =
            market.assistants * share.share.assistants + market.agents * share.share.agents;
        let progress = libm::pow(1.0 + rules::SERVING_PROGRESS, f64::from(clock.quarter.0));
        let serving = compute.total() * (1.0 - plan.training);
        let most = serving * business.serving_yield_bn * progress;
        let revenue = demand.min(most);
        if demand > most * 1.02 && demand - most >= SHORT_TOLD_BN {
            facts.push(Fact::ServingShort { lab: lab.0, lost_bn: demand - most });
        }
        business.serving_room = most / revenue.max(1e-9);
        business.past_revenue_bn.rotate_right(1);
        business.past_revenue_bn[0] = business.revenue_bn;
        business.paid_price = rules::paid_after(business.paid_price, plan.price);
        business.revenue_bn = revenue * business.paid_price;
        business.heads *= 1.0 + plan.hiring;
        let costs = rules::costs(compute.total(), business.revenue_bn, business.heads);
        business.loss_bn = costs.total_bn() - business.revenue_bn;
        business.burn_bn = rules::burn(business.loss_bn);
        let seat = setting.lab_seat(lab.0);
        let cash = Account::Cash(seat);
        let sum = Money::from_bn;
        books.post(Account::Customers, cash, sum(business.revenue_bn), Reason::ProductRevenue);
        let deferred = business.loss_bn - business.burn_bn;
        books.post(Account::Staff, cash, sum(deferred.max(0.0)), Reason::CostsNotPaidInCash);
        books.post(cash, Account::Suppliers, sum(costs.selling_bn), Reason::SellingCosts);
        books.post(cash, Account::Staff, sum(costs.people_bn), Reason::Salaries);
        pay_compute(&mut books, lab, seat, compute);
    }
}

/// Compute is paid with credits first, as far as the provider has granted any, then in cash. What a
/// provider is not billed for (15%) goes to other suppliers.
fn pay_compute(books: &mut Books, lab: &Lab, seat: crate::ids::SeatId, compute: &Compute) {
    let others = compute.gw.len() - 1;
    for (provider, gigawatts) in compute.gw.iter().enumerate() {
        let bill = Money::from_bn(gigawatts * rules::COMPUTE_COST);
        let to_provider = if provider == others {
            Money::ZERO
        } else {
            Money::from_bn(gigawatts * rules::COMPUTE_COST * LAB_BILLED)
        };
        books.post(
            Account::Cash(seat),
            Account::Suppliers,
            bill - to_provider,
            Reason::ComputeBill,
        );
        if provider == others {
            continue;
        }
        let giant = FirmId(provider as u8);
        let credits = Account::Credits(lab.0, giant);
        let spent = books.balance(credits).min(to_provider);
        books.post(credits, Account::CreditsOwed(giant), spent, Reason::CreditsSpent);
        let in_cash = to_provider - spent;
        books.post(Account::Cash(seat), Account::Cash(giant.seat()), in_cash, Reason::ComputeBill);
    }
}

/// A lab out of cash is rescued by investors who are no seat, at a price that hurts.
pub fn rescue(
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut books: ResMut<Books>,
    mut facts: ResMut<Facts>,
    mut ledger: ResMut<Ledger>,
    mut labs: Query<(&Lab, &LabStanding, &mut LabBusiness, &mut CapTable, &mut Capability)>,
) {
    for &entity in &roster.labs {
        let Ok((lab, standing, mut business, mut shares, mut models)) = labs.get_mut(entity) else {
            continue;
        };
        let seat = setting.lab_seat(lab.0);
        let cash = Account::Cash(seat);
        let missing = -books.balance(cash);
        if missing < Money::ZERO {
            continue;
        }
        let ahead: f64 = standing.planned_burn_bn[..RESCUE_QUARTERS].iter().sum();
        let amount = missing + Money::from_bn(ahead.max(business.burn_bn).max(0.1));
        let pre_money = Money::from_bn((RESCUE_PRICE * standing.fundamental_bn).max(0.1));
        let fact = facts.push(Fact::Rescued { lab: lab.0, amount, pre_money });
        let (holder, class) = (Holder::Rescuers, shares.new_class());
        let rights = Rights::default();
        let round = shares.sell_round(Sale { holder, class, amount, pre_money, rights });
        tell_changes(lab.0, &round.changes, &mut facts);
        shares.mark(amount, pre_money);
        business.rescues += 1;
        models.talent -= RESCUE_TALENT;
        ledger.feel(Some(seat), Figure::Talent, -RESCUE_TALENT, Some(fact));
        books.post_for(Account::Investors, cash, amount, Reason::RescueRound, Some(fact));
    }
}

/// Runway, fundamental value and independence after the quarter.
pub(super) fn take_stock(
    clock: Res<Clock>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    books: Res<Books>,
    chronicle: Res<Chronicle>,
    mut facts: ResMut<Facts>,
    mut ledger: ResMut<Ledger>,
    deals: Query<&Deal>,
    mut labs: Query<(&Lab, &LabPlan, &LabBusiness, &Compute, &CapTable, &mut LabStanding)>,
) {
    for &entity in &roster.labs {
        let Ok((lab, plan, business, compute, shares, mut standing)) = labs.get_mut(entity) else {
            continue;
        };
        let opening = &setting.level.labs[lab.0.index()];
        let held = roster.deals.iter().filter_map(|&deal| deals.get(deal).ok());
        let held = held.filter(|deal| deal.lab == lab.0);
        let next = clock.quarter.next();
        let ahead = compute_ahead(opening, compute, plan.pace, held.clone(), next);
        let outlook = outlook(business, ahead, plan.hiring);
        // Credits pay compute bills as cash would.
        let giants = (0..setting.giants() as u8).map(FirmId);
        let credits: f64 = giants.map(|g| books.balance(Account::Credits(lab.0, g)).bn()).sum();
        let cash = books.cash_bn(setting.lab_seat(lab.0)) + credits;
        let before = standing.runway;
        standing.ahead = Ahead { outlook, cash_bn: cash };
        standing.runway = outlook.runway(cash);
        standing.planned_burn_bn = outlook.burns().map(|burn| burn.max(0.0));
        standing.fundamental_bn = fundamental_value(
            business.run_rate(),
            4.0 * business.past_revenue_bn[3],
            business.heads,
            shares.last_price_bn,
        );
        let ties = ties(held, &clock, compute, shares, business, plan.access);
        standing.ties = ties;
        let was_free = standing.independence >= opening.independence_floor;
        let (stirred, stirred_by) = chronicle.independence(setting.lab_seat(lab.0));
        ledger.inputs.stirred.push((stirred, stirred_by));
        standing.independence = (rules::independence(&ties) + stirred).clamp(0.0, 1.0);
        if standing.runway < SHORT_RUNWAY && before >= SHORT_RUNWAY {
            facts.push(Fact::RunwayShort { lab: lab.0, quarters: standing.runway });
        }
        if was_free && standing.independence < opening.independence_floor {
            let independence = standing.independence;
            facts.push(Fact::CharterBroken { lab: lab.0, independence });
        }
        if !was_free && standing.independence >= opening.independence_floor {
            let independence = standing.independence;
            facts.push(Fact::CharterMended { lab: lab.0, independence });
        }
    }
}

/// What the coming quarters look like from a lab's present.
pub fn outlook(business: &LabBusiness, gigawatts: [f64; 12], hiring: f64) -> Outlook {
    Outlook {
        revenue_bn: business.revenue_bn,
        revenue_growth: business.growth().clamp(-0.2, 0.6),
        gigawatts,
        heads: business.heads,
        hiring,
        shared: business.shared_bn / business.revenue_bn.max(1e-9),
    }
}

/// What ties a lab down in the quarter after this one.
pub fn ties<'a>(
    deals: impl Iterator<Item = &'a Deal>,
    clock: &Clock,
    compute: &Compute,
    shares: &CapTable,
    business: &LabBusiness,
    policy: AccessPolicy,
) -> Ties {
    let next = clock.quarter.next();
    let (mut directors, mut consents) = (0, 0);
    let mut strictness: f64 = 0.0;
    for deal in deals {
        directors += u32::from(deal.board() == BoardSeat::Director);
        consents += u32::from(deal.needs_consent());
        let access = if deal.access_at(next) == AccessTier::Exclusive { 0.8 } else { 0.0 };
        strictness = strictness.max(deal.exclusivity_at(next).strictness()).max(access);
    }
    Ties {
        largest_stake: shares.largest_stake(),
        directors,
        consents,
        strictness,
        largest_provider: compute.largest_part(),
        rescues: business.rescues,
        own_door: rules::own_door(policy),
    }
}
