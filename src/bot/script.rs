//! Two scripted hands at a table, for the measure of rule 7 of good faith: what a lowballer takes who
//! asks and signs the first answer, and what one takes who trades clauses. Neither touches a lever.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::package::package;
use super::process;
use crate::sim::deal::appraise::round_to;
use crate::sim::deal::brief::{Brief, FULL_OUTLOOK, round_of, within_covenants};
use crate::sim::deal::{TermSheet, conflict};
use crate::sim::decision::{Choice, Decision, Routes};
use crate::sim::negotiation::Side;
use crate::sim::setting::Step;
use crate::sim::view::{SeatView, TableView};
use crate::units::Money;

/// A way to bargain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Script {
    /// Offers the plain template at a price just short of an insult, asks what the other side wants,
    /// and takes the first answer that is better than no deal.
    Lowballer,
    /// Offers the clauses worth most to both sides together, at a price the other side is thought
    /// just to sign at, and takes what is better for it than what it would offer.
    Trader,
}

/// Part of a giant's cash that goes into one deal at most: the same for both scripts, and what a bot
/// spends on an average day.
const MOST_OF_CASH: f64 = 0.10;
/// The lowballer's price as a part of the lab's fundamental value, from a giant's seat and from a
/// lab's: just inside what the other side takes for an insult.
const LOW: f64 = 0.45;
const HIGH: f64 = 2.4;
/// What the trader leaves the other side above what it is thought to sign at, part of the amount, and
/// how much more in each round: what it thinks of the other side is an estimate.
const LEFT_TO_THEM: f64 = 0.1;
const LEFT_EACH_ROUND: f64 = 0.05;
/// What it takes in the last round, part of what its own offer would bring: there is a next quarter.
const PATIENT: f64 = 0.5;

impl Script {
    pub const ALL: [Script; 2] = [Script::Lowballer, Script::Trader];

    pub fn name(self) -> &'static str {
        match self {
            Script::Lowballer => "lowballer",
            Script::Trader => "trader",
        }
    }

    /// What it decides in the present step; at every table where no deal of its own is a year young.
    pub fn choose(self, view: &SeatView) -> Vec<Decision> {
        let tables = view.tables.iter().filter(|table| table.closed_until <= view.quarter);
        let hands = tables.filter_map(|table| Hand::new(view, table));
        match view.step {
            Step::Offers(_) => hands.filter_map(|hand| hand.offers(self)).collect(),
            Step::Answers(_) => hands.filter_map(|hand| hand.answers(self)).collect(),
            Step::Plan | Step::Over => Vec::new(),
        }
    }
}

impl fmt::Display for Script {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl FromStr for Script {
    type Err = String;

    fn from_str(text: &str) -> Result<Script, String> {
        Script::ALL
            .into_iter()
            .find(|script| script.name() == text)
            .ok_or_else(|| format!("no script is called \"{text}\"; there are lowballer, trader"))
    }
}

/// A script at one table.
struct Hand<'a> {
    view: &'a SeatView,
    table: &'a TableView,
    brief: Brief,
    round: u32,
    rounds: u32,
}

impl<'a> Hand<'a> {
    fn new(view: &'a SeatView, table: &'a TableView) -> Option<Hand<'a>> {
        let signed = view.deals.iter().any(|deal| {
            deal.giant == table.giant
                && deal.lab == table.lab
                && deal.fact.is_some()
                && view.quarter.since(deal.signed) < 4
        });
        if signed || table.agreed.is_some() || !process::may_talk(view, table) {
            return None;
        }
        let brief = Brief::new(view, table.giant, table.lab, FULL_OUTLOOK);
        let rounds = view.level.talk_rounds;
        let selling = table.side == Side::Giant || brief.lab_case.need_bn > 0.0;
        selling.then(|| Hand { view, table, brief, round: round_of(view.step, rounds), rounds })
    }

    fn offers(&self, script: Script) -> Option<Decision> {
        let to = self.table.with;
        match script {
            // The question takes the round before the last: its answer can still be taken up.
            Script::Lowballer if self.round + 2 == self.rounds => {
                (!process::competes(self.view, self.table)).then_some(Decision::Ask { of: to })
            }
            Script::Lowballer if self.round == 0 => self.offer(self.lowball()?),
            Script::Lowballer => None,
            Script::Trader => self.offer(self.traded()?),
        }
    }

    fn offer(&self, sheet: TermSheet) -> Option<Decision> {
        let new = self.table.mine.offer != Some(sheet) && !self.table.theirs.stands_by(&sheet);
        let payable = sheet.first_tranche() <= self.giants_cash();
        (new && payable).then_some(Decision::Offer { to: self.table.with, sheet })
    }

    fn answers(&self, script: Script) -> Option<Decision> {
        let from = self.table.with;
        match script {
            Script::Lowballer => {
                let routes = self.table.theirs.routes.iter().enumerate();
                let (number, route) =
                    routes.filter_map(|(number, route)| Some((number, (*route)?))).next()?;
                let takes = self.value(&route) > 0.0 && self.possible(&route);
                takes.then_some(Decision::Accept { from, choice: Choice::Route(number as u8) })
            }
            Script::Trader => {
                let own = self.traded().map_or(0.0, |sheet| self.value(&sheet));
                let theirs = self.table.theirs.offer;
                let last = self.round + 1 == self.rounds;
                let least = if last { PATIENT * own } else { own };
                let takes =
                    theirs.is_some_and(|sheet| self.value(&sheet) > least && self.possible(&sheet));
                if takes {
                    return Some(Decision::Accept { from, choice: Choice::Offer });
                }
                let routes: Routes = [self.traded(), None, None];
                let asked = self.table.theirs.waits_for_answer && routes[0].is_some();
                asked.then_some(Decision::Propose { to: from, routes })
            }
        }
    }

    /// What a sheet is worth to this side above its best alternative, $bn.
    fn value(&self, sheet: &TermSheet) -> f64 {
        self.brief.appraise(self.table.side, sheet).value()
    }

    fn possible(&self, sheet: &TermSheet) -> bool {
        let TableView { giant, lab, .. } = *self.table;
        let held = conflict(sheet, giant, lab, self.view.quarter, self.view.deals.iter());
        held.is_none() && sheet.first_tranche() <= self.giants_cash()
    }

    fn giants_cash(&self) -> Money {
        match self.table.side {
            Side::Giant => self.view.cash,
            Side::Lab => {
                let giant = &self.view.published.giants[self.table.giant.index()];
                Money::from_bn(giant.cash_bn.max(0.0))
            }
        }
    }

    fn budget_bn(&self) -> f64 {
        self.giants_cash().bn() * MOST_OF_CASH
    }

    /// The lab's template for as much as there is to spend, at a price that only just is none.
    fn lowball(&self) -> Option<TermSheet> {
        let base = self.brief.reference.sheet;
        let cash = round_to(self.budget_bn().min(base.cash.bn()), 2);
        let part = if self.table.side == Side::Giant { LOW } else { HIGH };
        let pre_money = round_to(part * self.brief.lab_case.fundamental_bn, 3);
        self.fitted(TermSheet { cash, pre_money, ..base })
    }

    /// The package worth most to both together, at the price the other side just signs at.
    fn traded(&self) -> Option<TermSheet> {
        let sheet = self.fitted(package(&self.brief, self.budget_bn())?)?;
        let other = self.table.side.other();
        let left = LEFT_TO_THEM + LEFT_EACH_ROUND * f64::from(self.round);
        let left_bn = left * sheet.amount().bn();
        let price = self.brief.price_for(other, self.round, self.rounds, &sheet, left_bn)?;
        let sheet = TermSheet { pre_money: round_to(price.bn(), 3), ..sheet };
        (self.value(&sheet) > 0.0).then_some(sheet)
    }

    fn fitted(&self, sheet: TermSheet) -> Option<TermSheet> {
        let sheet = within_covenants(self.view, self.table.giant, self.table.lab, sheet)?;
        sheet.cash.is_positive().then_some(sheet)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_is_found_by_its_name() {
        for script in Script::ALL {
            assert_eq!(script.to_string().parse(), Ok(script));
        }
        assert!("haggler".parse::<Script>().unwrap_err().contains("lowballer"));
    }
}
