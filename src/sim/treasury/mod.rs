//! Giants' money: the core business that pays for everything, tax, interest, debt, payout.

pub(in crate::sim) mod chips;
pub mod rules;
#[cfg(test)]
mod tests;

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use crate::sim::books::{Account, Books, Reason};
use crate::sim::capability::Research;
use crate::sim::capital_market::Circular;
use crate::sim::capital_market::rules::STRESS_INTEREST;
use crate::sim::cloud::{CloudBusiness, CloudResult};
use crate::sim::decision::GiantPlan;
use crate::sim::fact::{Fact, Facts};
use crate::sim::setting::{Giant, Roster, Setting};
use crate::sim::turn::TurnSystems;
use crate::units::Money;

pub use chips::{ChipBusiness, ChipMarket};

/// A giant's core business.
#[derive(Component, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CoreBusiness {
    pub revenue_bn: f64,
    /// Part of 1 a quarter.
    pub growth: f64,
}

/// What a quarter brought a giant, $bn.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Income {
    pub core_bn: f64,
    pub cloud_bn: f64,
    /// What clauses of its deals brought: chips, revenue shares.
    pub deals_bn: f64,
    pub capex_bn: f64,
    pub free_cash_flow_bn: f64,
    /// Net debt in turns of annual earnings.
    pub turns: f64,
}

impl Income {
    pub fn operating_bn(&self) -> f64 {
        self.core_bn + self.cloud_bn + self.deals_bn
    }
}

pub(super) fn plugin(close: &mut Schedule) {
    close.add_systems((
        chips::file_favours.in_set(TurnSystems::Plans).after(crate::sim::plans::file_giant_plans),
        (earn, settle).chain().in_set(TurnSystems::Settle),
    ));
}

/// Core businesses grow; part of a chip maker's follows what is shipped instead.
fn earn(
    roster: Res<Roster>,
    setting: Res<Setting>,
    market: Res<ChipMarket>,
    mut giants: Query<(
        &Giant,
        &GiantPlan,
        &mut CoreBusiness,
        &mut Income,
        Option<&mut ChipBusiness>,
        Option<&Research>,
        Option<&CloudResult>,
    )>,
) {
    for &entity in &roster.giants {
        let Ok((giant, plan, mut core, mut income, chips, research, cloud)) =
            giants.get_mut(entity)
        else {
            continue;
        };
        let opening = &setting.level.giants[giant.0.index()];
        core.revenue_bn *= 1.0 + core.growth;
        core.growth =
            rules::core_growth_after(core.growth, opening.core.growth_fades_to_pct / 100.0);
        let mut income_bn = core.revenue_bn * opening.core.margin_pct / 100.0;
        if let (Some(mut chips), Some(terms)) = (chips, opening.chips) {
            income_bn = chips::income(&mut chips, &core, plan, &market, (&opening.core, terms));
        }
        let above = research.map_or(0.0, |research| plan.research_bn - research.opening_bn);
        income.core_bn = income_bn - above;
        income.cloud_bn = cloud.map_or(0.0, |cloud| cloud.operating_income_bn);
    }
}

/// Cash of the quarter: `0.83·income + depreciation − capex − interest`; half of what is over is
/// paid out; below its floor a giant borrows.
fn settle(
    roster: Res<Roster>,
    setting: Res<Setting>,
    mut books: ResMut<Books>,
    mut facts: ResMut<Facts>,
    mut giants: Query<(&Giant, &mut Income, &Circular, Option<(&CloudBusiness, &CloudResult)>)>,
) {
    for &entity in &roster.giants {
        let Ok((giant, mut income, circular, cloud)) = giants.get_mut(entity) else { continue };
        let firm = giant.0;
        let cash = Account::Cash(firm.seat());
        let sum = Money::from_bn;
        let mut depreciation = 0.0;
        books.post_net(Account::Customers, cash, sum(income.core_bn), Reason::CoreIncome);
        if let Some((cloud, result)) = cloud {
            depreciation = rules::DEPRECIATION_PER_GW * cloud.capacity_gw;
            let from_customers = result.revenue_bn - result.lab_bills_bn;
            let paid_costs = result.revenue_bn - result.operating_income_bn - depreciation;
            books.post(Account::Customers, cash, sum(from_customers), Reason::CloudRevenue);
            books.post_net(cash, Account::Suppliers, sum(paid_costs), Reason::CloudCosts);
        }
        let taxed = (1.0 - rules::AFTER_TAX) * income.operating_bn().max(0.0);
        books.post(cash, Account::Tax, sum(taxed), Reason::Tax);
        let debt = books.debt(firm).bn();
        let earnings = income.operating_bn() + depreciation;
        income.turns = rules::turns(debt, books.balance(cash).bn(), earnings);
        let interest = rules::interest(debt, income.turns, STRESS_INTEREST * circular.stress);
        books.post(cash, Account::Lenders, sum(interest), Reason::Interest);
        // Compute paid for with credits is income without cash.
        let owed = Account::CreditsOwed(firm);
        let in_credits: Money = books
            .postings()
            .iter()
            .filter(|posting| posting.to == owed && posting.reason == Reason::CreditsSpent)
            .map(|posting| posting.amount)
            .sum();
        income.free_cash_flow_bn = income.operating_bn() - taxed + depreciation
            - income.capex_bn
            - interest
            - in_credits.bn();
        let payout = rules::PAYOUT * income.free_cash_flow_bn.max(0.0);
        books.post(cash, Account::Investors, sum(payout), Reason::Payout);
        let floor = setting.level.giants[firm.index()].cash_floor;
        let short = floor - books.balance(cash);
        if short.is_positive() {
            let fact = facts.push(Fact::Borrowed { firm, amount: short });
            books.post_for(Account::Debt(firm), cash, short, Reason::Borrowing, Some(fact));
        }
    }
}
