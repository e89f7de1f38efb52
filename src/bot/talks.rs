//! How bots talk: offers, counters, answers and routes, from briefs alone.

use super::character::Manner;
use super::clauses;
use super::package::package;
use super::{process, waivers};
use crate::ids::Role;
use crate::sim::deal::appraise::ROWS;
use crate::sim::deal::brief::{Brief, round_of, within_covenants};
use crate::sim::deal::{AccessTier, BoardSeat, Exclusivity, TermSheet, conflict};
use crate::sim::decision::{Because, Blocker, Choice, Decision, Routes};
use crate::sim::information::heard::with_hearsay;
use crate::sim::negotiation::Side;
use crate::sim::setting::Step;
use crate::sim::view::{SeatView, TableView};
use crate::units::Money;

/// Runway below which a lab goes looking for money, quarters.
const HUNGRY: f64 = 5.0;
/// Tables a lab opens by itself in a quarter.
const COURTED: usize = 2;
/// Prices further from the lab's value than this are insults; bots do not offer them.
const POLITE: (f64, f64) = (0.5, 1.7);
/// What it asks for signing before the last round, part of its template, and the runway below which
/// it does not ask.
const WAITING: f64 = 0.3;
const DESPERATE: f64 = 2.0;
/// The part of what both gain together that a side asks for in its routes: who asks has shown a hand.
const ASPIRATION: f64 = 0.5;
/// What a live rival bid counts against another offer: a bird in the hand.
const RIVAL_BID: f64 = 0.9;

/// One table of the seat, with its brief.
struct Seatmate<'a> {
    view: &'a SeatView,
    table: &'a TableView,
    brief: Brief,
    round: u32,
    rounds: u32,
    manner: Manner,
}

pub(super) fn choose(view: &SeatView, briefs: &[Brief], manner: Manner) -> Vec<Decision> {
    let rounds = view.level.talk_rounds;
    let round = round_of(view.step, rounds);
    let mates: Vec<Seatmate> = view
        .tables
        .iter()
        .zip(briefs)
        .filter(|(table, _)| concerned(view, table) && process::may_talk(view, table))
        .map(|(table, brief)| {
            let rival_bid =
                if manner.plays_rivals { best_rival_bid(view, briefs, table) } else { 0.0 };
            let brief =
                brief.with_money_raised(raised_this_quarter(view, table)).with_rival_bid(rival_bid);
            let brief = if manner.plays_rivals { with_hearsay(view, brief) } else { brief };
            Seatmate { view, table, brief, round, rounds, manner }
        })
        .collect();
    match (view.step, view.role) {
        (Step::Offers(_), Role::Giant(_)) => {
            let alone =
                |mate: &Seatmate| process::pays_for_talks_alone(view, mate.table, &mate.brief);
            let fees = mates.iter().filter_map(alone);
            mates.iter().filter_map(Seatmate::giant_offers).chain(fees).collect()
        }
        (Step::Offers(_), Role::Lab(_)) => lab_offers(view, &mates),
        (Step::Answers(_), _) => answers(&mates),
        _ => Vec::new(),
    }
}

/// Whether there is anything to do at a table in this step.
fn concerned(view: &SeatView, table: &TableView) -> bool {
    let theirs = &table.theirs;
    let addressed = theirs.offer.is_some()
        || theirs.waits_for_answer
        || theirs.routes.iter().any(Option::is_some);
    let opens = match (view.step, view.role) {
        (Step::Offers(_), Role::Giant(_)) | (Step::Offers(0), Role::Lab(_)) => true,
        _ => addressed,
    };
    opens && table.closed_until <= view.quarter && table.agreed.is_none()
}

/// What the table's lab has raised in this quarter's talks so far, $bn.
fn raised_this_quarter(view: &SeatView, table: &TableView) -> f64 {
    let signed =
        view.deals.iter().filter(|deal| deal.signed == view.quarter && deal.fact.is_some());
    signed.filter(|deal| deal.lab == table.lab).map(|deal| deal.sheet.raised().bn()).sum()
}

/// The best live bid on the lab's other tables, $bn of value to it; 0 for a giant.
fn best_rival_bid(view: &SeatView, briefs: &[Brief], table: &TableView) -> f64 {
    if table.side == Side::Giant {
        return 0.0;
    }
    let others = view.tables.iter().zip(briefs).filter(|(other, _)| other.with != table.with);
    others
        .filter_map(|(other, brief)| {
            let sheet = other.theirs.offer?;
            let appraisal = brief.lab_case.appraise(&sheet);
            let alternative = appraisal.rows[ROWS - 1].1;
            Some(RIVAL_BID * (appraisal.value() - alternative))
        })
        .fold(0.0, f64::max)
}

/// A lab counters what is on its tables, and goes looking for money when its runway is short.
fn lab_offers(view: &SeatView, mates: &[Seatmate]) -> Vec<Decision> {
    let mut offers: Vec<Decision> = mates.iter().filter_map(Seatmate::counters).collect();
    let Role::Lab(lab) = view.role else { return offers };
    let runway = view.labs[lab.index()].runway_quarters.or(12.0);
    let first = matches!(view.step, Step::Offers(0));
    if first && runway < HUNGRY {
        let mut hopes: Vec<(f64, Decision)> =
            mates.iter().filter_map(Seatmate::asks_for_money).collect();
        hopes.sort_by(|one, other| other.0.total_cmp(&one.0));
        offers.extend(hopes.into_iter().take(COURTED).map(|(_, offer)| offer));
    }
    offers
}

/// The best sheet it would sign is accepted; other offers are held with a reason; questions are
/// answered.
fn answers(mates: &[Seatmate]) -> Vec<Decision> {
    let signable = mates.iter().enumerate().flat_map(|(place, mate)| {
        mate.on_offer().filter_map(move |(choice, sheet)| {
            let margin = mate.margin(&sheet);
            let possible = mate.blocker(&sheet).is_none();
            (margin >= mate.waits_for(&sheet) && possible).then_some((place, choice, margin))
        })
    });
    let best = signable.max_by(|one, other| one.2.total_cmp(&other.2));
    let reply = |(place, mate): (usize, &Seatmate)| match best {
        Some((chosen, choice, _)) if chosen == place => {
            Some(Decision::Accept { from: mate.table.with, choice })
        }
        _ => mate.replies(),
    };
    mates.iter().enumerate().filter_map(reply).collect()
}

impl Seatmate<'_> {
    fn side(&self) -> Side {
        self.table.side
    }

    fn margin(&self, sheet: &TermSheet) -> f64 {
        // A side accepts, unchanged, any offer of its own that still stands.
        if self.table.mine.stands_by(sheet) {
            return f64::MAX;
        }
        self.brief.margin(self.side(), self.round, self.rounds, sheet)
    }

    /// What a lab that is not hungry wants above its hold-out while other bids may still come, $bn.
    fn waits_for(&self, sheet: &TermSheet) -> f64 {
        // New terms for an old deal keep no other bidder away.
        if sheet.replaces.is_some() {
            return 0.0;
        }
        let left = f64::from(self.rounds - 1 - self.round) / f64::from(self.rounds);
        match self.side() {
            Side::Lab
                if self.manner.plays_rivals && self.brief.lab_case.runway_quarters >= DESPERATE =>
            {
                WAITING * left * self.brief.lab_case.template_bn
            }
            _ => 0.0,
        }
    }

    /// The other side's standing sheets.
    fn on_offer(&self) -> impl Iterator<Item = (Choice, TermSheet)> + use<'_> {
        let theirs = &self.table.theirs;
        let offer = theirs.offer.map(|sheet| (Choice::Offer, sheet));
        let routes =
            theirs.routes.iter().enumerate().filter_map(|(number, route)| {
                route.map(|sheet| (Choice::Route(number as u8), sheet))
            });
        offer.into_iter().chain(routes)
    }

    /// What no price can mend.
    fn blocker(&self, sheet: &TermSheet) -> Option<Blocker> {
        let TableView { giant, lab, .. } = *self.table;
        let held = conflict(sheet, giant, lab, self.view.quarter, self.view.deals.iter());
        if let Some((deal, _)) = held {
            return Some(Blocker::Covenant(deal));
        }
        if sheet.first_tranche() > self.giants_cash() {
            return Some(Blocker::Cash);
        }
        let raises = self.side() == Side::Lab && sheet.amount().is_positive();
        let not_raising = raises && self.brief.lab_case.need_bn <= 0.0;
        (not_raising && !self.table.mine.stands_by(sheet)).then_some(Blocker::NotRaising)
    }

    fn giants_cash(&self) -> Money {
        match self.side() {
            Side::Giant => self.view.cash,
            Side::Lab => Money::from_bn(
                self.view.published.giants[self.table.giant.index()].cash_bn.max(0.0),
            ),
        }
    }

    /// What the giant is thought ready to spend on one deal, $bn.
    fn budget_bn(&self) -> f64 {
        self.giants_cash().bn() * self.manner.most_of_cash
    }

    fn at_rest(&self) -> bool {
        let TableView { giant, lab, .. } = *self.table;
        self.view.deals.iter().any(|deal| {
            deal.giant == giant
                && deal.lab == lab
                && deal.fact.is_some()
                && self.view.quarter.since(deal.signed) < self.manner.rest
        })
    }

    /// The lowest price the lab and the highest price the giant are thought to sign a sheet at: its own
    /// today, the other side's as far ahead as it looks.
    fn zone(&self, sheet: &TermSheet) -> Option<(f64, f64)> {
        let today = self.round_of_answers();
        let later = (today + self.manner.foresight).min(self.rounds - 1);
        let price = |side| {
            let round = if side == self.side() { today } else { later };
            self.brief.price_for(side, round, self.rounds, sheet, 0.0)
        };
        Some((price(Side::Lab)?.bn(), price(Side::Giant)?.bn()))
    }

    /// The sheet at a price, brought within what is polite where the other side can only like that; none
    /// where it would not.
    fn priced(&self, sheet: TermSheet, pre_bn: f64) -> Option<TermSheet> {
        let value = self.brief.lab_case.fundamental_bn;
        let (least, most) = (POLITE.0 * value, POLITE.1 * value);
        let pre_bn = match self.side() {
            Side::Giant => pre_bn.min(most),
            Side::Lab => pre_bn.max(least),
        };
        let polite = pre_bn >= least && pre_bn <= most;
        let pre_money = crate::sim::deal::appraise::round_to(pre_bn, 3);
        polite.then_some(TermSheet { pre_money, ..sheet })
    }

    /// A new offer, unless it only repeats or trifles with what stands.
    fn say(&self, sheet: TermSheet) -> Option<Decision> {
        let TableView { giant, lab, mine, theirs, .. } = *self.table;
        let sheet = within_covenants(self.view, giant, lab, sheet)?;
        let near = |before: TermSheet| {
            let (old, new) = (before.pre_money.bn(), sheet.pre_money.bn());
            (old - new).abs() <= 0.015 * new
        };
        // Nor does it go back on a price that stands: it would soon name an earlier one again.
        let retreats = |before: TermSheet| {
            let dearer = match self.side() {
                Side::Giant => sheet.pre_money < before.pre_money,
                Side::Lab => sheet.pre_money > before.pre_money,
            };
            dearer && TermSheet { pre_money: sheet.pre_money, ..before } == sheet
        };
        let repeats = mine.offer.is_some_and(|before| near(before) || retreats(before))
            || theirs.stands_by(&sheet);
        let payable = sheet.first_tranche() <= self.giants_cash();
        (!repeats && payable).then_some(Decision::Offer { to: self.table.with, sheet })
    }

    /// The round whose hold-outs count: a competition is answered in the last.
    fn round_of_answers(&self) -> u32 {
        if process::competes(self.view, self.table) { self.rounds - 1 } else { self.round }
    }

    /// A giant opens, or moves its price toward the lab's.
    fn giant_offers(&self) -> Option<Decision> {
        let satisfied = self.on_offer().any(|(_, sheet)| self.margin(&sheet) >= 0.0);
        if satisfied || self.at_rest() || self.manner.stays_away(self.view, self.table) {
            return None;
        }
        let found = package(&self.brief, self.budget_bn())?;
        let left = self.rounds - 1 - self.round;
        let sheet = waivers::fitted(self.view, self.table, &self.brief, found, left)?;
        let (least, most) = self.zone(&sheet)?;
        if least > most
            && let Some(sheet) = clauses::bridge(&self.brief, self.round, self.rounds, sheet)
        {
            return self.say(sheet);
        }
        let way = if process::competes(self.view, self.table) {
            process::bid_way(self.view, self.table)
        } else {
            self.manner.opens + self.manner.concedes * f64::from(self.round)
        };
        let pre_bn = if least <= most { least + way * (most - least) } else { most };
        self.say(self.priced(sheet, pre_bn)?)
    }

    /// A lab's counter: their clauses at its price; without the strictest if no price does.
    fn counters(&self) -> Option<Decision> {
        let theirs = self.table.theirs.offer?;
        if self.margin(&theirs) >= 0.0 || self.blocker(&theirs) == Some(Blocker::NotRaising) {
            return None;
        }
        let softer = TermSheet {
            exclusivity: Exclusivity::None,
            exclusivity_quarters: 0,
            board: theirs.board.min(BoardSeat::Observer),
            access: theirs.access.min(AccessTier::Early),
            barred: Default::default(),
            ..theirs
        };
        [theirs, softer].into_iter().find_map(|sheet| {
            let (least, most) = self.zone(&sheet)?;
            let way = 1.0 - self.manner.opens - self.manner.concedes * f64::from(self.round);
            let pre_bn = if least <= most { least + way * (most - least) } else { least };
            self.say(self.priced(sheet, pre_bn)?)
        })
    }

    /// A hungry lab's own offer, and what it is thought to be worth to the giant.
    fn asks_for_money(&self) -> Option<(f64, Decision)> {
        let silent = process::competes(self.view, self.table);
        if silent || self.table.theirs.offer.is_some() || self.at_rest() {
            return None;
        }
        let sheet = package(&self.brief, self.budget_bn())?;
        let (least, most) = self.zone(&sheet)?;
        if least > most {
            return None;
        }
        let sheet = self.priced(sheet, most - self.manner.opens * (most - least))?;
        let worth = self.brief.appraise(Side::Giant, &sheet).value();
        Some((worth, self.say(sheet)?))
    }

    /// Routes if it was asked, else a hold with its reason.
    fn replies(&self) -> Option<Decision> {
        let selling = self.side() == Side::Giant || self.brief.lab_case.need_bn > 0.0;
        if self.table.theirs.waits_for_answer && selling {
            let routes = self.routes();
            if routes.iter().any(Option::is_some) {
                return Some(Decision::Propose { to: self.table.with, routes });
            }
        }
        let sheet = self.table.theirs.offer?;
        let because = self.because(&sheet);
        Some(Decision::Hold { from: self.table.with, because })
    }

    fn because(&self, sheet: &TermSheet) -> Because {
        let appraisal = self.brief.appraise(self.side(), sheet);
        let margin = self.margin(sheet);
        let short = -margin / appraisal.effective_amount_bn.max(1e-6);
        let blocker = self.blocker(sheet);
        let waits = margin >= 0.0 && blocker.is_none();
        // Where no price would do, none is blamed.
        let settled = waits || blocker == Some(Blocker::NotRaising);
        Because {
            waits,
            worst: if settled { None } else { appraisal.worst_clause() },
            blocker,
            short_by_tenths: if settled {
                0
            } else {
                libm::ceil((10.0 * short).clamp(0.0, 100.0)) as u8
            },
        }
    }

    /// Three ways to a yes at today's hold-out: another price, fewer strings, more time.
    fn routes(&self) -> Routes {
        let base = self
            .table
            .theirs
            .offer
            .or_else(|| package(&self.brief, self.budget_bn()))
            .unwrap_or(self.brief.reference.sheet);
        let fewer_strings = TermSheet {
            board: BoardSeat::None,
            exclusivity: Exclusivity::None,
            exclusivity_quarters: 0,
            barred: Default::default(),
            tranche_pct: 0,
            ..base
        };
        let more_time = TermSheet {
            access_quarters: if base.access == AccessTier::None { 0 } else { 12 },
            commitment_quarters: if base.commitment_mw == 0 { 0 } else { 16 },
            tranche_pct: base.tranche_pct.max(40),
            ..base
        };
        let mut routes = [None; 3];
        for (place, sheet) in [base, fewer_strings, more_time].into_iter().enumerate() {
            let route = self.route(sheet);
            if routes.iter().all(|earlier| *earlier != route) {
                routes[place] = route;
            }
        }
        routes
    }

    /// A sheet at its aspiration: the price that gives it its part of what the sheet is thought to be
    /// worth to both, or the one where it just signs if that is more. Rounded to its own advantage.
    fn route(&self, sheet: TermSheet) -> Option<TermSheet> {
        let TableView { giant, lab, .. } = *self.table;
        let (side, round, rounds) = (self.side(), self.round, self.rounds);
        let sheet = within_covenants(self.view, giant, lab, sheet)?;
        // What both gain together hardly depends on the price.
        let both = [Side::Giant, Side::Lab].map(|side| self.brief.appraise(side, &sheet).value());
        let signs_from = self.brief.signs_from(side, round, rounds, &sheet);
        let above = (ASPIRATION * (both[0] + both[1]) - signs_from).max(0.0);
        let nudge = if side == Side::Lab { 1.006 } else { 0.994 };
        let price = self.brief.price_for(side, round, rounds, &sheet, above)?.bn() * nudge;
        let value = self.brief.lab_case.fundamental_bn;
        // What it asks for may be rude; what it signs at is not.
        let price = match side {
            Side::Lab => price.min(0.99 * POLITE.1 * value),
            Side::Giant => price.max(1.01 * POLITE.0 * value),
        };
        let sheet = self.priced(sheet, price)?;
        let signs = self.margin(&sheet) >= 0.0;
        (signs && sheet.first_tranche() <= self.giants_cash()).then_some(sheet)
    }
}
