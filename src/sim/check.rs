//! The one check that `quote` and `submit` share: may this seat decide this now?

mod promises;

use bevy::prelude::World;

use crate::ids::{DealId, FirmId, LabId, Role, SeatId};
use crate::sim::books::{Account, Books};
use crate::sim::capability::Research;
use crate::sim::cloud::CloudBusiness;
use crate::sim::deal::{Clause, Deal, Means, TermSheet, check_sheet, conflict, forbidden_through};
use crate::sim::decision::{
    Decision, GiantPlan, HIRING_RANGE, LabPlan, Lever, MAX_ORDER, PACE_RANGE, PRICE_RANGE,
    RESEARCH_RANGE, Refusal, TRAINING_RANGE, WaiverMove,
};
use crate::sim::dilemmas;
use crate::sim::fact::giant_and_lab;
use crate::sim::information::checks::{self, attention_lasts};
use crate::sim::lab::LabStanding;
use crate::sim::negotiation::{Moment, Move, Table, side_of};
use crate::sim::process::{Convening, MOST_FEE_BN, Procedure, Process};
use crate::sim::setting::{Clock, Orders, Roster, Setting, Step};
use crate::units::Money;

/// A game as the check reads it.
pub(super) struct Checker<'w> {
    world: &'w World,
    setting: &'w Setting,
    roster: &'w Roster,
    clock: Clock,
    seat: SeatId,
}

impl<'w> Checker<'w> {
    pub(super) fn new(world: &'w World, seat: SeatId) -> Checker<'w> {
        Checker {
            world,
            setting: world.resource::<Setting>(),
            roster: world.resource::<Roster>(),
            clock: *world.resource::<Clock>(),
            seat,
        }
    }

    /// Whether the seat may decide this in the current step.
    pub(super) fn check(&self, decision: &Decision) -> Result<(), Refusal> {
        if self.clock.step == Step::Over {
            return Err(Refusal::GameOver);
        }
        if self.seat.index() >= self.setting.level.seats() {
            return Err(Refusal::NoSuchSeat);
        }
        self.due(decision)?;
        attention_lasts(self.world, self.seat, decision)?;
        match *decision {
            Decision::Offer { to, sheet } => self.offer(to, &sheet),
            Decision::Ask { of } => {
                // The answer could not be taken up any more.
                if self.clock.step == Step::Offers(self.setting.level.talk_rounds - 1) {
                    return Err(Refusal::TooLateToAsk);
                }
                self.at_table(of, Move::Ask)
            }
            Decision::Accept { from, choice } => {
                self.at_table(from, Move::Accept(choice))?;
                let (giant, lab) = self.pair(from)?;
                let table = self.table(giant, lab)?;
                let theirs = table.hand(side_of(from, self.setting.giants()));
                let sheet = theirs.sheet(choice).ok_or(Refusal::NothingOnOffer)?;
                self.can_stand(giant, lab, &sheet)
            }
            Decision::Propose { to, routes } => {
                let (giant, lab) = self.pair(to)?;
                for sheet in routes.iter().flatten() {
                    self.sheet(giant, lab, sheet)?;
                }
                self.at_table(to, Move::Propose(routes))
            }
            Decision::Hold { from, .. } => self.at_table(from, Move::Hold),
            Decision::WalkAway { from } => self.at_table(from, Move::WalkAway),
            Decision::Waiver { deal, buyer, mv } => self.waiver(deal, buyer, mv),
            Decision::Terminate { deal } => self.terminate(deal),
            Decision::Withhold { deal } => self.withhold(deal),
            Decision::Run(plan) => self.giant_plan(&plan),
            Decision::Steer(plan) => self.lab_plan(&plan),
            Decision::Convene(convening) => self.convening(&convening),
            Decision::BuyNoShop { of } => self.no_shop(of),
            Decision::Staff { .. } => self.staff(),
            Decision::Attend { .. } => Ok(()),
            Decision::Claim { to, rival, amount, pre_money } => {
                checks::claim(self.world, self.seat, (to, rival), (amount, pre_money))
            }
            Decision::Plant { rumour } => checks::plant(self.setting, self.seat, &rumour),
            Decision::Investigate { subject } => {
                checks::investigate(self.world, self.seat, subject)
            }
            Decision::Loosen { deal, clause } => self.loosen(deal, clause),
            Decision::Answer { dilemma, answer } => {
                dilemmas::check_answer(self.world, self.seat, dilemma, answer)
            }
            Decision::Play { card } => dilemmas::check_card(self.world, self.seat, card),
        }
    }

    /// Whether this sheet could be signed with another seat in the present step, if it wanted to.
    pub(super) fn signable(&self, with: SeatId, sheet: &TermSheet) -> Result<(), Refusal> {
        if !matches!(self.clock.step, Step::Offers(_) | Step::Answers(_)) {
            return Err(Refusal::NotInThisStep);
        }
        let (giant, lab) = self.pair(with)?;
        let table = self.table(giant, lab)?;
        if table.closed_until > self.clock.quarter {
            return Err(Refusal::TableClosed { until: table.closed_until });
        }
        if let Some(alone) = self.process(lab).alone_with().filter(|&alone| alone != giant) {
            return Err(Refusal::TalksAlone { lab, with: alone });
        }
        self.sheet(giant, lab, sheet)
    }

    fn due(&self, decision: &Decision) -> Result<(), Refusal> {
        let due = match decision {
            Decision::Answer { .. } => true,
            Decision::Convene(_) => {
                matches!(self.clock.step, Step::Offers(0) | Step::Plan)
            }
            Decision::Offer { .. }
            | Decision::Ask { .. }
            | Decision::BuyNoShop { .. }
            | Decision::Claim { .. } => {
                matches!(self.clock.step, Step::Offers(_))
            }
            Decision::Plant { .. } => matches!(self.clock.step, Step::Offers(_) | Step::Plan),
            Decision::Investigate { .. } => true,
            Decision::Accept { .. } | Decision::Propose { .. } | Decision::Hold { .. } => {
                matches!(self.clock.step, Step::Answers(_))
            }
            Decision::Waiver { mv: WaiverMove::Name(_), .. } => {
                matches!(self.clock.step, Step::Offers(_))
            }
            Decision::Waiver { mv: WaiverMove::Accept, .. } => {
                matches!(self.clock.step, Step::Answers(_))
            }
            Decision::WalkAway { .. } | Decision::Waiver { mv: WaiverMove::Refuse, .. } => {
                matches!(self.clock.step, Step::Offers(_) | Step::Answers(_))
            }
            Decision::Terminate { .. }
            | Decision::Withhold { .. }
            | Decision::Run(_)
            | Decision::Steer(_)
            | Decision::Staff { .. }
            | Decision::Attend { .. }
            | Decision::Loosen { .. }
            | Decision::Play { .. } => self.clock.step == Step::Plan,
        };
        if due { Ok(()) } else { Err(Refusal::NotInThisStep) }
    }

    fn pair(&self, other: SeatId) -> Result<(FirmId, LabId), Refusal> {
        if other.index() >= self.setting.level.seats() {
            return Err(Refusal::NoSuchSeat);
        }
        giant_and_lab(self.seat, other, self.setting.giants()).ok_or(Refusal::NotACounterpart)
    }

    fn table(&self, giant: FirmId, lab: LabId) -> Result<&Table, Refusal> {
        self.world.get::<Table>(self.roster.table(giant, lab)).ok_or(Refusal::NoTable)
    }

    /// A move at a table, by the table's own rules.
    fn at_table(&self, other: SeatId, mv: Move) -> Result<(), Refusal> {
        let (giant, lab) = self.pair(other)?;
        let table = self.table(giant, lab)?;
        let giants = self.setting.giants();
        let side = side_of(self.seat, giants);
        let process = self.process(lab);
        let rounds = self.setting.level.talk_rounds;
        process.allows((giant, lab), side, &mv, self.clock.step, rounds)?;
        let standing = self.world.get::<LabStanding>(self.roster.lab(lab));
        let moment = Moment {
            quarter: self.clock.quarter,
            step: self.clock.step.number(),
            fair_pre_money_bn: standing.map_or(0.0, |standing| standing.fundamental_bn),
            sealed: process.sealed(self.clock.step, rounds),
        };
        table.step(side, mv, moment).map(|_| ())
    }

    fn offer(&self, to: SeatId, sheet: &TermSheet) -> Result<(), Refusal> {
        let (giant, lab) = self.pair(to)?;
        self.sheet(giant, lab, sheet)?;
        self.at_table(to, Move::Offer(*sheet))
    }

    /// A sheet in itself, against covenants and against the giant's cash.
    fn sheet(&self, giant: FirmId, lab: LabId, sheet: &TermSheet) -> Result<(), Refusal> {
        let level = &self.setting.level;
        let means = Means::of(&level.giants[giant.index()]);
        check_sheet(sheet, giant, self.setting.giants(), means)?;
        if let Some(clause) = self.process(lab).template.and_then(|own| own.refused_in(sheet)) {
            return Err(Refusal::NotGranted { lab, clause });
        }
        self.can_stand(giant, lab, sheet)
    }

    fn can_stand(&self, giant: FirmId, lab: LabId, sheet: &TermSheet) -> Result<(), Refusal> {
        self.names_old_deals(giant, lab, sheet)?;
        if let Some((deal, clause)) = conflict(sheet, giant, lab, self.clock.quarter, self.deals())
        {
            let held = self.deals().find(|held| held.id == deal);
            let through = held
                .and_then(|held| forbidden_through(sheet, giant, self.clock.quarter, held, clause));
            return Err(Refusal::Covenant { deal, clause, through });
        }
        self.can_pay(giant.seat(), sheet.first_tranche())?;
        self.can_pay(self.setting.lab_seat(lab), sheet.release)
    }

    fn deals(&self) -> impl Iterator<Item = &Deal> {
        self.roster.deals.iter().filter_map(|&deal| self.world.get::<Deal>(deal))
    }

    fn can_pay(&self, seat: SeatId, needed: Money) -> Result<(), Refusal> {
        let available = self.world.resource::<Books>().balance(Account::Cash(seat));
        if needed.is_positive() && needed > available {
            return Err(Refusal::CannotPay { needed, available });
        }
        Ok(())
    }

    /// A giant may give up what it holds and what binds.
    fn loosen(&self, deal: DealId, clause: Clause) -> Result<(), Refusal> {
        let held = self.roster.deals.get(deal.index()).and_then(|&e| self.world.get::<Deal>(e));
        match held {
            Some(held) if held.giant.seat() == self.seat => {
                if held.can_loosen(clause, self.clock.quarter) {
                    Ok(())
                } else {
                    Err(Refusal::NothingToLoosen { deal, clause })
                }
            }
            _ => Err(Refusal::NotYourDeal(deal)),
        }
    }

    /// A lab's process, with what the seat itself has convened in this step.
    fn process(&self, lab: LabId) -> Process {
        let entity = self.roster.lab(lab);
        let process = self.world.get::<Process>(entity).copied().unwrap_or_default();
        let own = self.setting.lab_seat(lab) == self.seat;
        let orders = self.world.resource::<Orders>();
        let convened = orders.of(self.seat).iter().find_map(|decision| match decision {
            Decision::Convene(convening) if own => Some(*convening),
            _ => None,
        });
        match convened {
            Some(Convening { procedure, template }) => Process { procedure, template, paid: false },
            None => process,
        }
    }

    fn convening(&self, convening: &Convening) -> Result<(), Refusal> {
        if matches!(self.setting.role(self.seat), Role::Giant(_)) {
            return Err(Refusal::NotYourProcess);
        }
        if let Some(template) = &convening.template {
            let giants = self.setting.giants();
            let any = Means { cloud: true, chips: true, models: true };
            check_sheet(&template.sheet(), FirmId(0), giants, any)?;
            if !template.refuses.is_valid() {
                return Err(Refusal::NotYourProcess);
            }
        }
        if let Procedure::NoShop { with, fee } = convening.procedure {
            if with.index() >= self.setting.giants() {
                return Err(Refusal::NoSuchSeat);
            }
            within(Lever::Fee, fee.bn(), (0.01, MOST_FEE_BN))?;
        }
        Ok(())
    }

    /// A lab's people have what attention is left beside the rest of the plan.
    /// Only a lab has people to look after in this way.
    fn staff(&self) -> Result<(), Refusal> {
        match self.setting.role(self.seat) {
            Role::Giant(_) => Err(Refusal::NotYourLever(Lever::Hiring)),
            Role::Lab(_) => Ok(()),
        }
    }

    fn no_shop(&self, of: SeatId) -> Result<(), Refusal> {
        let (giant, lab) = self.pair(of)?;
        if matches!(self.setting.role(self.seat), Role::Lab(_)) {
            return Err(Refusal::NotACounterpart);
        }
        let process = self.process(lab);
        let Procedure::NoShop { with, fee: needed } = process.procedure else {
            return Err(Refusal::NoShopNotOnOffer { lab });
        };
        if with != giant || process.paid {
            return Err(Refusal::NoShopNotOnOffer { lab });
        }
        let available = self.world.resource::<Books>().balance(Account::Cash(self.seat));
        if needed > available { Err(Refusal::CannotPay { needed, available }) } else { Ok(()) }
    }

    fn giant_plan(&self, plan: &GiantPlan) -> Result<(), Refusal> {
        let Role::Giant(firm) = self.setting.role(self.seat) else {
            return Err(Refusal::NotYourLever(Lever::Order));
        };
        let entity = self.roster.giant(firm);
        let cloud = self.world.get::<CloudBusiness>(entity);
        let old = self.world.get::<GiantPlan>(entity);
        let segments = self.setting.level.segments.len();
        let changed = |plan: &GiantPlan| old.is_none_or(|old| old.price != plan.price);
        match cloud {
            Some(_) => {
                for price in &plan.price {
                    within(Lever::Price, *price, PRICE_RANGE)?;
                }
            }
            None if changed(plan) => return Err(Refusal::NotYourLever(Lever::Price)),
            None => {}
        }
        let most = cloud.map_or(0.0, most_order);
        within(Lever::Order, plan.order_gw, (0.0, most))?;
        if plan.push.is_some_and(|segment| segment.index() >= segments || cloud.is_none()) {
            return Err(Refusal::NotYourLever(Lever::Push));
        }
        let research = self.world.get::<Research>(entity);
        let opening = research.map_or(0.0, |research| research.opening_bn);
        let budgets = (RESEARCH_RANGE.0 * opening, RESEARCH_RANGE.1 * opening);
        within(Lever::Research, plan.research_bn, budgets)?;
        let chips = self.setting.level.giants[firm.index()].chips.is_some();
        let prices = if chips { PRICE_RANGE } else { (1.0, 1.0) };
        within(Lever::ChipPrice, plan.chip_price, prices)?;
        if !chips && !plan.favoured.is_empty() {
            return Err(Refusal::NotYourLever(Lever::Favour));
        }
        let giants = &self.setting.level.giants;
        let buys = |seat: SeatId| giants.get(seat.index()).is_some_and(|g| g.cloud.is_some());
        match plan.favoured.iter().find(|&seat| !buys(seat)) {
            Some(seat) => Err(Refusal::NotABuyer(seat)),
            None => Ok(()),
        }
    }

    fn lab_plan(&self, plan: &LabPlan) -> Result<(), Refusal> {
        if matches!(self.setting.role(self.seat), Role::Giant(_)) {
            return Err(Refusal::NotYourLever(Lever::Pace));
        }
        within(Lever::Pace, plan.pace, PACE_RANGE)?;
        within(Lever::Training, plan.training, TRAINING_RANGE)?;
        within(Lever::ProductPrice, plan.price, PRICE_RANGE)?;
        within(Lever::Hiring, plan.hiring, HIRING_RANGE)
    }
}

/// The largest order a cloud can place in a quarter, gigawatts.
pub fn most_order(cloud: &CloudBusiness) -> f64 {
    (MAX_ORDER * cloud.capacity_gw).max(cloud.opening_order_gw)
}

/// NaN is in no range.
fn within(lever: Lever, value: f64, (min, max): (f64, f64)) -> Result<(), Refusal> {
    if value >= min && value <= max { Ok(()) } else { Err(Refusal::OutOfRange { lever, min, max }) }
}
