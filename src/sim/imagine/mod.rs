//! A possible world, made from what one seat knows and from nothing else.
//!
//! What a view shows exactly is taken as it is. What it shows as a range or a word is drawn from
//! there; what it does not show at all, from what anybody would expect. All draws are keyed by the
//! seed, so that a hidden value cannot matter as long as it stays inside what is shown.

mod hidden;
mod public;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::ids::{FirmId, LabId, Role, SeatId};
use crate::sim::books::{Account, Books, Reason};
use crate::sim::capability::Capability;
use crate::sim::cause::Ledger;
use crate::sim::deal::Deal;
use crate::sim::decision::{GiantPlan, LabPlan};
use crate::sim::dilemmas::Dilemmas;
use crate::sim::fact::{Fact, Facts};
use crate::sim::goals::Scores;
use crate::sim::happenings::Chronicle;
use crate::sim::information::{AttentionSpent, Grapevine};
use crate::sim::lab::{LabStanding, Trust};
use crate::sim::negotiation::{Side, Table, Waivers, pair_at};
use crate::sim::opening::OPENING_HIRING;
use crate::sim::plans::PlanFacts;
use crate::sim::press::Press;
use crate::sim::rng::Purpose;
use crate::sim::setting::{Clock, Orders, Setting};
use crate::sim::snapshot::Snapshot;
use crate::sim::view::{LabFigures, LabSecrets, Plan, Published, SeatView};
use crate::units::Money;

pub use public::PublicState;

/// A view, and the luck of one possible world.
struct Dream<'v> {
    view: &'v SeatView,
    setting: Setting,
    clock: Clock,
}

/// The state of a possible world. The same view and seed always give the same.
pub(in crate::sim) fn snapshot(view: &SeatView, seed: u64) -> Snapshot {
    let setting = Setting::new(Arc::clone(&view.level), seed);
    let clock = Clock { quarter: view.quarter, step: view.step };
    Dream { view, setting, clock }.snapshot()
}

impl Dream<'_> {
    fn snapshot(&self) -> Snapshot {
        let (view, public) = (self.view, &*self.view.public);
        let level = &*view.level;
        let plans = self.lab_plans();
        let secrets: Vec<LabSecrets> =
            plans.iter().enumerate().map(|(place, plan)| self.secrets(place, plan)).collect();
        let books = self.books(&secrets);
        let published = Arc::new(Published { secrets, ..(*view.published).clone() });
        let chronicle = public.chronicle.clone();
        let dilemmas = self.dilemmas(&published, &chronicle);
        let mut businesses = public.businesses.clone();
        for ((_, business), secret) in businesses.iter_mut().zip(&published.secrets) {
            (business.loss_bn, business.burn_bn) = (secret.loss_bn, secret.burn_bn);
        }
        Snapshot {
            clouds: public.clouds.clone(),
            cloud_inputs: public.cloud_inputs.clone(),
            cloud_results: public.cloud_results.clone(),
            giant_plans: self.giant_plans(),
            plan_facts: numbered(level.giants.iter().map(|_| PlanFacts::default())),
            cores: public.cores.clone(),
            incomes: public.incomes.clone(),
            chips: public.chips.clone(),
            research: public.research.clone(),
            own_models: public.own_models.clone(),
            own_products: public.own_products.clone(),
            values: public.values.clone(),
            circular: public.circular.clone(),
            heats: public.heats.clone(),
            scrutiny: public.scrutiny.clone(),
            lab_plans: numbered(plans.into_iter()),
            businesses,
            standings: numbered(
                published.labs.iter().zip(&published.secrets).map(|(lab, own)| standing(lab, own)),
            ),
            compute: public.compute.clone(),
            cap_tables: public.cap_tables.clone(),
            trust: numbered(
                (0u8..).zip(&published.secrets).map(|(lab, own)| self.trust(LabId(lab), own)),
            ),
            models: self.models(),
            products: public.products.clone(),
            processes: numbered(view.processes.iter().map(|each| each.process)),
            staffs: public.staffs.clone(),
            tables: numbered((0..level.giants.len() * level.labs.len()).map(|place| {
                let (giant, lab) = pair_at(place, level.giants.len());
                self.table(giant, lab)
            })),
            deals: view.deals.clone(),
            clock: self.clock,
            orders: self.orders(),
            books,
            facts: self.facts(),
            ledger: Ledger::default(),
            market: public.market.clone(),
            frontier: public.frontier,
            product_markets: public.product_markets,
            weather: public.weather,
            chip_market: public.chip_market,
            chronicle,
            dilemmas,
            grapevine: Grapevine::imagined(view, &self.setting, &self.clock),
            attention: self.attention(),
            scores: Scores::imagined(level, &published, (view.seat, &view.score), view.quarter),
            press: Press(published),
            waivers: Waivers(view.waivers.clone()),
        }
    }

    fn is_own(&self, lab: LabId) -> bool {
        self.view.role == Role::Lab(lab)
    }

    /// Deals signed in the quarter under way.
    fn fresh(&self) -> impl Iterator<Item = &Deal> {
        let now = self.view.quarter;
        self.view.deals.iter().filter(move |deal| deal.signed == now && deal.fact.is_some())
    }

    /// Plans of giants are public when they are filed.
    fn giant_plans(&self) -> Vec<(u8, GiantPlan)> {
        let mut plans = self.view.public.giant_plans.clone();
        if let (Role::Giant(firm), Plan::Giant(own)) = (self.view.role, self.view.plan) {
            plans[firm.index()].1 = own;
        }
        plans
    }

    /// Of a lab's plan, prices and access are public; for the rest its opening plan is the guess.
    fn lab_plans(&self) -> Vec<LabPlan> {
        let labs = self.view.level.labs.iter().zip(&self.view.published.labs).enumerate();
        labs.map(|(place, (opening, figures))| match self.view.plan {
            Plan::Lab(own) if self.is_own(LabId(place as u8)) => own,
            _ => LabPlan {
                pace: 1.0,
                training: opening.training,
                price: figures.price,
                hiring: OPENING_HIRING,
                access: figures.access,
            },
        })
        .collect()
    }

    /// Talent is published with the models it made.
    fn models(&self) -> Vec<(u8, Capability)> {
        self.view.public.models.clone()
    }

    /// A lab's trust after this quarter's signatures, which everybody knows.
    fn trust(&self, lab: LabId, secrets: &LabSecrets) -> Trust {
        let mut trust = Trust(secrets.trust.clone());
        for deal in self.fresh().filter(|deal| deal.lab == lab) {
            trust.change(deal.giant, crate::sim::deal::TRUST_SIGNED);
        }
        trust
    }

    /// Everybody's money. What a giant published, less what it has bound itself to pay since; what a
    /// lab is thought to have; what the seat itself knows to the dollar.
    fn books(&self, secrets: &[LabSecrets]) -> Books {
        let (view, level) = (self.view, &*self.view.level);
        let giants = level.giants.len();
        let mut cash: Vec<Money> = view
            .published
            .giants
            .iter()
            .map(|giant| Money::from_bn(giant.cash_bn))
            .chain(secrets.iter().map(|lab| Money::from_bn(lab.cash_bn)))
            .collect();
        let mut escrow = vec![Money::ZERO; giants];
        for deal in self.fresh() {
            let (payer, lab) = (deal.giant.index(), deal.lab.seat(giants).index());
            escrow[payer] += deal.sheet.first_tranche();
            cash[payer] += deal.sheet.release - deal.sheet.first_tranche();
            cash[lab] -= deal.sheet.release;
        }
        for (place, lab) in view.processes.iter().enumerate() {
            if let (Some(payer), Some(fee)) = (lab.process.alone_with(), lab.process.fee()) {
                cash[payer.index()] -= fee;
                cash[giants + place] += fee;
            }
        }
        cash[view.seat.index()] = view.cash;
        let mut books = Books::new(giants, level.labs.len());
        for (seat, &sum) in cash.iter().enumerate() {
            let account = Account::Cash(SeatId(seat as u8));
            books.post_net(Account::Investors, account, sum, Reason::Opening);
        }
        for (place, figures) in view.published.giants.iter().enumerate() {
            let firm = FirmId(place as u8);
            let (reserved, debt) = (escrow[place], Money::from_bn(figures.debt_bn));
            books.post(Account::Investors, Account::Escrow(firm.seat()), reserved, Reason::Opening);
            books.post_net(Account::Debt(firm), Account::Investors, debt, Reason::Opening);
        }
        for (place, lab) in secrets.iter().enumerate() {
            self.credit(&mut books, LabId(place as u8), lab.credits_bn);
        }
        books.take_postings();
        // What was granted this quarter is told apart by its posting.
        for deal in self.fresh() {
            let (owed, held) =
                (Account::CreditsOwed(deal.giant), Account::Credits(deal.lab, deal.giant));
            books.post_for(owed, held, deal.sheet.credits, Reason::CreditsGranted, deal.fact);
        }
        books
    }

    /// A lab's older credits, by who granted any and how many.
    fn credit(&self, books: &mut Books, lab: LabId, credits_bn: f64) {
        let older = self.view.deals.iter().filter(|deal| {
            deal.lab == lab && deal.sheet.credits.is_positive() && deal.signed < self.view.quarter
        });
        let granted: f64 = older.clone().map(|deal| deal.sheet.credits.bn()).sum();
        for deal in older {
            let part = deal.sheet.credits.bn() / granted;
            let (owed, held) =
                (Account::CreditsOwed(deal.giant), Account::Credits(lab, deal.giant));
            let sum = Money::from_bn(part * credits_bn.max(0.0));
            books.post(owed, held, sum, Reason::Opening);
        }
    }

    /// A table: the seat's own as it sees it, the other side's patience drawn from its mood; others
    /// with nothing on them.
    fn table(&self, giant: FirmId, lab: LabId) -> Table {
        let level = &*self.view.level;
        let full =
            [level.giants[giant.index()].disposition.patience, level.labs[lab.index()].patience];
        let seen = self.view.tables.iter().find(|table| (table.giant, table.lab) == (giant, lab));
        if let Some(seen) = seen {
            let (actor, other) = (self.view.seat, seen.with);
            let mut luck = self.setting.pair_stream(&self.clock, Purpose::Imagined, actor, other);
            return Table::imagined(seen, full[seen.side.other() as usize], &mut luck);
        }
        let mut table = Table::new(full[0], full[1]);
        if self.fresh().any(|deal| (deal.giant, deal.lab) == (giant, lab)) {
            table.signed(Side::Lab, self.view.quarter);
        }
        table
    }

    fn orders(&self) -> Orders {
        let mut orders = Orders(vec![Vec::new(); self.view.level.seats()]);
        orders.0[self.view.seat.index()].clone_from(&self.view.decided);
        orders
    }

    fn attention(&self) -> AttentionSpent {
        let mut spent = AttentionSpent::none(self.view.level.seats());
        spent.0[self.view.seat.index()] = self.view.attention.before(&self.view.decided);
        spent
    }

    /// Signatures are news until the quarter is over.
    fn facts(&self) -> Facts {
        let mut facts = Facts::starting(self.view.quarter);
        for &Deal { id, giant, lab, sheet, .. } in self.fresh() {
            facts.push(Fact::Signed { deal: id, giant, lab, sheet });
        }
        facts
    }

    /// The seat's own questions and cards; what others were asked is drawn from the level's deck.
    fn dilemmas(&self, published: &Published, chronicle: &Chronicle) -> Dilemmas {
        let own = (self.view.seat, self.view.docket);
        Dilemmas::imagined(&self.setting, published, chronicle, self.view.quarter, own)
    }
}

fn standing(figures: &LabFigures, secrets: &LabSecrets) -> LabStanding {
    LabStanding {
        independence: figures.independence,
        runway: secrets.runway_quarters,
        fundamental_bn: figures.fundamental_bn,
        planned_burn_bn: secrets.planned_burn_bn,
        ties: figures.ties,
        ahead: secrets.ahead,
    }
}

fn numbered<T>(values: impl Iterator<Item = T>) -> Vec<(u8, T)> {
    (0u8..).zip(values).collect()
}
