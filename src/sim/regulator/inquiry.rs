//! Inquiries: opened by heat, ended cleared or in remedies.

use bevy::prelude::*;

use super::{Heat, Inquiry, Remedy, Scrutiny, Subject, hold, rules};
use crate::ids::{FirmId, LabId};
use crate::sim::books::{Account, Books, Reason};
use crate::sim::capital_market::{MarketValue, News, lost_rights};
use crate::sim::cloud::rules::herfindahl;
use crate::sim::cloud::{CloudInputs, CloudResult};
use crate::sim::deal::{CapTable, Deal, LOOSENABLE, Staged};
use crate::sim::fact::{Fact, Facts};
use crate::sim::lab::Compute;
use crate::sim::rng::Purpose;
use crate::sim::setting::{Clock, Giant, Roster, Setting};
use crate::units::{Money, Quarter};

/// Clauses that one ruling undoes at most (assumed).
const UNDONE_AT_MOST: usize = 2;

/// Ends the inquiries that are due: cleared, or in remedies.
pub(super) fn rule(
    clock: Res<Clock>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut books: ResMut<Books>,
    mut facts: ResMut<Facts>,
    labs: Query<&Compute>,
    clouds: Query<&CloudResult>,
    mut deals: Query<&mut Deal>,
    mut giants: Query<(&Giant, &mut Heat, &mut Scrutiny, &mut MarketValue)>,
) {
    for &entity in &roster.giants {
        let Ok((giant, mut heat, mut scrutiny, mut value)) = giants.get_mut(entity) else {
            continue;
        };
        let firm = giant.0;
        let Some(inquiry) = scrutiny.inquiry.filter(|inquiry| clock.quarter >= inquiry.ends) else {
            continue;
        };
        let mut luck = setting.stream(&clock, Purpose::Ruling, firm.seat());
        let guilty = luck.uniform() < rules::remedy_chance(heat.0, inquiry.loosened);
        let severe = luck.uniform() < rules::SEVERE;
        let remedied = guilty
            && match inquiry.subject {
                Subject::Lab(lab) => {
                    let mut ruling = Ruling {
                        firm,
                        lab,
                        now: clock.quarter,
                        value: &mut value,
                        facts: &mut facts,
                    };
                    labs.get(roster.lab(lab)).is_ok_and(|compute| {
                        let undone = ruling.undo(compute, &roster, &mut deals);
                        ruling.stop(severe, compute, &roster, &mut deals) || undone
                    })
                }
                Subject::Cloud => {
                    let year = clouds.get(entity).map_or(0.0, |result| 4.0 * result.revenue_bn);
                    open_up(firm, clock.quarter, &mut scrutiny, &mut facts);
                    if severe {
                        fine(firm, rules::FINE * year, &mut books, &mut facts);
                    }
                    true
                }
            };
        if !remedied {
            facts.push(Fact::InquiryCleared { firm, subject: inquiry.subject });
        }
        heat.0 *= if remedied { rules::HEAT_REMEDIED } else { rules::HEAT_CLEARED };
        scrutiny.inquiry = None;
        scrutiny.quiet_until = clock.quarter.plus(rules::QUIET_QUARTERS + 1);
    }
}

/// A ruling on a giant's hold on a lab.
struct Ruling<'a> {
    firm: FirmId,
    lab: LabId,
    now: Quarter,
    value: &'a mut MarketValue,
    facts: &'a mut Facts,
}

impl Ruling<'_> {
    /// Undoes the strictest clauses in force; whether there was any.
    fn undo(&mut self, compute: &Compute, roster: &Roster, deals: &mut Query<&mut Deal>) -> bool {
        let mut undone = 0;
        for clause in LOOSENABLE {
            for &entity in &roster.deals {
                let Ok(mut deal) = deals.get_mut(entity) else { continue };
                if undone == UNDONE_AT_MOST || !self.concerns(&deal) {
                    continue;
                }
                if deal.can_loosen(clause, self.now) {
                    let remedy = Remedy::Undone { deal: deal.id, clause };
                    self.facts.push(Fact::RemedyImposed { firm: self.firm, remedy });
                    let by_bn = lost_rights(&deal, clause, compute, self.now);
                    self.value.hear(self.firm, by_bn, News::RightsLost(deal.id), self.facts);
                    deal.sheet = deal.loosened(clause);
                    undone += 1;
                }
            }
        }
        undone > 0
    }

    /// Seldom, what is still to come is stopped: a large tranche, else a large commitment.
    fn stop(
        &mut self,
        severe: bool,
        compute: &Compute,
        roster: &Roster,
        deals: &mut Query<&mut Deal>,
    ) -> bool {
        if !severe {
            return false;
        }
        for &entity in &roster.deals {
            let Ok(mut deal) = deals.get_mut(entity) else { continue };
            if !self.concerns(&deal) {
                continue;
            }
            let amount = deal.sheet.staged();
            let rented = (1_000.0 * compute.gw[self.firm.index()]) as u32;
            let remedy = if deal.staged == Staged::Waiting && amount.bn() >= rules::LARGE_TRANCHE_BN
            {
                deal.staged = Staged::Lapsed(self.now);
                Remedy::TrancheStopped { deal: deal.id, amount }
            } else if deal.sheet.commitment_mw >= rules::LARGE_COMMITMENT_MW.max(rented + 1)
                && deal.committed_mw_at(self.now) > 0.0
            {
                deal.sheet.commitment_mw = rented.max(1);
                Remedy::CommitmentStopped { deal: deal.id, megawatts: rented.max(1) }
            } else {
                continue;
            };
            self.facts.push(Fact::RemedyImposed { firm: self.firm, remedy });
            return true;
        }
        false
    }

    fn concerns(&self, deal: &Deal) -> bool {
        deal.giant == self.firm && deal.lab == self.lab
    }
}

/// Customers must be able to leave with ease.
fn open_up(firm: FirmId, now: Quarter, scrutiny: &mut Scrutiny, facts: &mut Facts) {
    let until = now.plus(rules::INTEROPERABLE_QUARTERS + 1);
    scrutiny.interoperable_until = until;
    facts.push(Fact::RemedyImposed { firm, remedy: Remedy::Interoperable { until } });
}

fn fine(firm: FirmId, amount_bn: f64, books: &mut Books, facts: &mut Facts) {
    let amount = Money::from_bn(amount_bn);
    let fact = facts.push(Fact::RemedyImposed { firm, remedy: Remedy::Fined { amount } });
    books.post_for(Account::Cash(firm.seat()), Account::Tax, amount, Reason::Fine, Some(fact));
}

/// Opens inquiries, by chance of heat.
pub(super) fn open(
    clock: Res<Clock>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut facts: ResMut<Facts>,
    labs: Query<&CapTable>,
    deals: Query<&Deal>,
    clouds: Query<&CloudResult>,
    mut giants: Query<(&Giant, &Heat, &mut Scrutiny, &mut MarketValue)>,
) {
    for &entity in &roster.giants {
        let Ok((giant, heat, mut scrutiny, mut value)) = giants.get_mut(entity) else { continue };
        let chance = rules::inquiry_chance(heat.0);
        let quiet = scrutiny.inquiry.is_some() || clock.quarter < scrutiny.quiet_until;
        if quiet || chance <= 0.0 {
            continue;
        }
        let firm = giant.0;
        let mut luck = setting.stream(&clock, Purpose::Inquiry, firm.seat());
        if luck.uniform() >= chance {
            continue;
        }
        let ends = clock.quarter.plus(rules::inquiry_quarters(luck.uniform()));
        let share = |&of: &Entity| clouds.get(of).map_or(0.0, |result| result.share);
        let concentration = herfindahl(roster.giants.iter().map(share));
        let mut warmest = (rules::market_heat(share(&entity), concentration), Subject::Cloud);
        for lab in (0..roster.labs.len() as u8).map(LabId) {
            let held = 2.0 * hold(firm, lab, clock.quarter, &roster, &labs, &deals);
            if held > warmest.0 {
                warmest = (held, Subject::Lab(lab));
            }
        }
        let subject = warmest.1;
        scrutiny.inquiry = Some(Inquiry { subject, opened: clock.quarter, ends, loosened: 0 });
        facts.push(Fact::InquiryOpened { firm, subject, ends });
        let by_bn = -rules::OPENING_NEWS * value.value_bn;
        value.hear(firm, by_bn, News::Inquiry, &mut facts);
    }
}

/// What an order of interoperability does to a cloud from the next quarter on.
pub(super) fn free_customers(
    clock: Res<Clock>,
    roster: Res<Roster>,
    mut giants: Query<(&Scrutiny, &mut CloudInputs)>,
) {
    let next = clock.quarter.next();
    for &entity in &roster.giants {
        let Ok((scrutiny, mut inputs)) = giants.get_mut(entity) else { continue };
        inputs.leaving = if next < scrutiny.interoperable_until { rules::LEAVES } else { 0.0 };
    }
}
