//! Eight plain strategies for a giant's seat: what studies measure a level with.
//!
//! A strategy is a few settled rules over the normal bot: which labs it talks to and for how long, which
//! clauses it wants, which levers it holds where. What it does not settle, the bot decides; so new
//! parts of the game reach strategies through the bot.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::package::package;
use super::{Bot, Policy, process};
use crate::ids::{FirmId, LabId, Role, SeatId, SeatSet};
use crate::sim::deal::appraise::round_to;
use crate::sim::deal::brief::{Brief, FULL_OUTLOOK, round_of, within_covenants};
use crate::sim::deal::{BoardSeat, Exclusivity, LOOSENABLE, TermSheet};
use crate::sim::decision::{Decision, GiantPlan, MAX_ORDER};
use crate::sim::information::attention::cost;
use crate::sim::negotiation::Side;
use crate::sim::setting::Step;
use crate::sim::view::{GiantFigures, Plan, SeatView, TableView};

/// A plain strategy of a giant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Strategy {
    /// A large stake in the leading lab, in the first quarters.
    BuyInEarly,
    /// Keeps the leading lab from the most dangerous rival.
    Deny,
    /// Its own models instead of a lab's.
    BuildYourOwn,
    /// Cheap cloud, and the capacity to deliver it.
    PriceWar,
    /// Capacity ahead of demand, and labs' compute to fill it.
    BuyCapacity,
    /// No deals and no race: the cash is kept.
    StayOut,
    /// The second lab, which is cheaper.
    CourtTheSecondLab,
    /// Deals without strings, and the regulator kept friendly.
    LoosenAndLobby,
}

/// Which labs a strategy talks to, by fundamental value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Labs {
    None,
    First,
    Second,
    Any,
}

/// What a strategy makes of the bot's sheet before it offers it.
#[derive(Clone, Copy)]
enum Wish {
    AsItIs,
    /// So many times the money, as far as the lab's template and its own cash go.
    MoreMoney(f64),
    /// First refusal and the most dangerous rival barred.
    Denial,
    /// The lab's compute.
    Compute,
    /// No exclusivity, no bar, no board seat.
    NoStrings,
}

/// What a strategy settles; where it says nothing, the bot decides.
struct Rules {
    labs: Labs,
    /// The last quarter in which it opens talks.
    courts_until: u32,
    wish: Wish,
    /// List price in every segment, 1.0 at the opening.
    price: Option<f64>,
    /// Capacity ordered, as a multiple of the level's opening order.
    order: Option<f64>,
    /// Research, as a multiple of the opening budget.
    research: Option<f64>,
    /// Whether clauses that bind a lab are given up, and spare attention goes to lobbying.
    pleases_regulators: bool,
}

const SETTLES_NOTHING: Rules = Rules {
    labs: Labs::Any,
    courts_until: u32::MAX,
    wish: Wish::AsItIs,
    price: None,
    order: None,
    research: None,
    pleases_regulators: false,
};

/// The bot under every strategy: who has a plan thinks it through.
const BASE: Policy = Policy::Hard;
/// Part of its cash a strategy puts into one deal at most (assumed).
const MOST_OF_CASH: f64 = 0.25;
/// Part of its cash it offers where the bot offers nothing, and how far it goes from the price the lab
/// is thought to accept toward the highest it would pay itself (assumed).
const OWN_PART_OF_CASH: f64 = 0.10;
const OWN_WAY: f64 = 0.35;
/// Quarters after a deal in which it opens no talks with the same lab.
const RESTS: u32 = 4;
/// Quarters of clauses a strategy adds.
const TERM: u8 = 8;

impl Strategy {
    pub const ALL: [Strategy; 8] = [
        Strategy::BuyInEarly,
        Strategy::Deny,
        Strategy::BuildYourOwn,
        Strategy::PriceWar,
        Strategy::BuyCapacity,
        Strategy::StayOut,
        Strategy::CourtTheSecondLab,
        Strategy::LoosenAndLobby,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Strategy::BuyInEarly => "buy-in-early",
            Strategy::Deny => "deny",
            Strategy::BuildYourOwn => "build-your-own",
            Strategy::PriceWar => "price-war",
            Strategy::BuyCapacity => "buy-capacity",
            Strategy::StayOut => "stay-out",
            Strategy::CourtTheSecondLab => "court-the-second-lab",
            Strategy::LoosenAndLobby => "loosen-and-lobby",
        }
    }

    /// Settings are assumed: plain versions of what the name says.
    fn rules(self) -> Rules {
        match self {
            Strategy::BuyInEarly => Rules {
                labs: Labs::First,
                courts_until: 3,
                wish: Wish::MoreMoney(2.0),
                ..SETTLES_NOTHING
            },
            Strategy::Deny => Rules { labs: Labs::First, wish: Wish::Denial, ..SETTLES_NOTHING },
            Strategy::BuildYourOwn => {
                Rules { labs: Labs::None, research: Some(1.2), ..SETTLES_NOTHING }
            }
            Strategy::PriceWar => {
                Rules { labs: Labs::None, price: Some(0.9), order: Some(1.15), ..SETTLES_NOTHING }
            }
            Strategy::BuyCapacity => {
                Rules { wish: Wish::Compute, order: Some(1.1), ..SETTLES_NOTHING }
            }
            Strategy::StayOut => Rules { labs: Labs::None, research: Some(0.7), ..SETTLES_NOTHING },
            Strategy::CourtTheSecondLab => Rules { labs: Labs::Second, ..SETTLES_NOTHING },
            Strategy::LoosenAndLobby => {
                Rules { wish: Wish::NoStrings, pleases_regulators: true, ..SETTLES_NOTHING }
            }
        }
    }
}

impl fmt::Display for Strategy {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl FromStr for Strategy {
    type Err = String;

    fn from_str(text: &str) -> Result<Strategy, String> {
        Strategy::ALL.into_iter().find(|strategy| strategy.name() == text).ok_or_else(|| {
            let names: Vec<&str> = Strategy::ALL.iter().map(|strategy| strategy.name()).collect();
            format!("no strategy is called \"{text}\"; there are {}", names.join(", "))
        })
    }
}

/// A strategy in a giant's seat.
#[derive(Clone, Debug)]
pub struct Strategist {
    strategy: Strategy,
    bot: Bot,
}

impl Strategist {
    /// `seed` is of the bot's own luck, as in [`Bot::new`].
    pub fn new(strategy: Strategy, seed: u64) -> Strategist {
        Strategist { strategy, bot: Bot::new(BASE, seed) }
    }

    /// What it decides in the present step: nothing in a lab's seat.
    pub fn choose(&mut self, view: &SeatView) -> Vec<Decision> {
        let Role::Giant(firm) = view.role else { return Vec::new() };
        let rules = self.strategy.rules();
        let mut wanted = view.clone();
        wanted.tables.retain(|table| rules.talks_to(view, table.lab));
        let decisions = self.bot.choose(&wanted);
        if view.step == Step::Plan {
            return rules.plan(view, firm, decisions);
        }
        let outlook = BASE.outlook().unwrap_or(FULL_OUTLOOK);
        let briefs = self.bot.briefs(&wanted, outlook);
        let own = wanted.tables.iter().filter(|table| {
            !decisions.iter().any(|decision| decision.counterpart() == Some(table.with))
        });
        let opened = own.filter_map(|table| rules.opens(view, &briefs, table));
        let stands = |to, sheet: &TermSheet| {
            view.table_with(to).is_some_and(|table| {
                table.mine.offer.as_ref() == Some(sheet) || table.theirs.stands_by(sheet)
            })
        };
        let wished = |decision: &Decision| match *decision {
            Decision::Offer { to, sheet } => {
                let sheet = rules.wished(view, &briefs, to, sheet).unwrap_or(sheet);
                // What it wishes may be what lies there already.
                (!stands(to, &sheet)).then_some(Decision::Offer { to, sheet })
            }
            other => Some(other),
        };
        decisions.iter().filter_map(wished).chain(opened).collect()
    }
}

impl Rules {
    fn talks_to(&self, view: &SeatView, lab: LabId) -> bool {
        let wanted = match self.labs {
            Labs::None => false,
            Labs::Any => true,
            Labs::First => rank(view, lab) == 0,
            Labs::Second => rank(view, lab) == 1,
        };
        wanted && view.quarter.0 <= self.courts_until
    }

    /// The bot's decisions with the settled levers where the strategy holds them.
    fn plan(&self, view: &SeatView, firm: FirmId, decisions: Vec<Decision>) -> Vec<Decision> {
        let Plan::Giant(present) = view.plan else { return decisions };
        let figures = &view.published.giants[firm.index()];
        let bots = decisions.iter().find_map(|decision| match decision {
            Decision::Run(plan) => Some(*plan),
            _ => None,
        });
        let opening = view.level.giants[firm.index()].cloud.as_ref().map_or(0.0, |c| c.order_gw);
        let plan = self.settled(bots.unwrap_or(present), figures, opening);
        let mut kept: Vec<Decision> =
            decisions.into_iter().filter(|other| !matches!(other, Decision::Run(_))).collect();
        if plan != present {
            kept.push(Decision::Run(plan));
        }
        if self.pleases_regulators {
            kept.retain(|other| {
                !matches!(other, Decision::Attend { .. } | Decision::Loosen { .. })
            });
            let other_uses: u32 = kept.iter().map(|decision| cost(decision).total()).sum();
            let lobbying = view.attention_left.saturating_sub(other_uses);
            if lobbying > 0 {
                kept.push(Decision::Attend { lobbying, press: 0 });
            }
            kept.extend(loosens(view, firm));
        }
        kept
    }

    fn settled(
        &self,
        mut plan: GiantPlan,
        figures: &GiantFigures,
        opening_order_gw: f64,
    ) -> GiantPlan {
        if let (Some(price), true) = (self.price, figures.has_cloud) {
            plan.price = plan.price.map(|_| price);
        }
        if let (Some(times), true) = (self.order, figures.has_cloud) {
            let most = MAX_ORDER * figures.capacity_gw;
            plan.order_gw = (libm::rint(times * opening_order_gw * 100.0) / 100.0).min(most);
        }
        if let Some(times) = self.research {
            plan.research_bn = times * figures.opening_research_bn;
        }
        plan
    }

    /// The strategy's own offer where the bot has none: it courts the labs it wants even when the bot
    /// has had its fill of them.
    fn opens(&self, view: &SeatView, briefs: &[Brief], table: &TableView) -> Option<Decision> {
        let spoken = table.mine.offer.is_some() || table.theirs.offer.is_some();
        let quiet = table.closed_until <= view.quarter && process::may_talk(view, table);
        if !matches!(view.step, Step::Offers(_)) || spoken || !quiet || rests(view, table) {
            return None;
        }
        let brief = briefs.iter().find(|brief| brief.lab == table.lab)?;
        if brief.lab_case.need_bn <= 0.0 {
            return None;
        }
        let sheet = package(brief, OWN_PART_OF_CASH * view.cash.bn())?;
        let sheet = within_covenants(view, table.giant, table.lab, sheet)?;
        let rounds = view.level.talk_rounds;
        let price = |side| brief.price_for(side, round_of(view.step, rounds), rounds, &sheet, 0.0);
        let (least, most) = (price(Side::Lab)?.bn(), price(Side::Giant)?.bn());
        if least > most {
            return None;
        }
        let pre_money = round_to(least + OWN_WAY * (most - least), 3);
        let plain = TermSheet { pre_money, ..sheet };
        let sheet = self.wished(view, briefs, table.with, plain).unwrap_or(plain);
        let payable = sheet.first_tranche() <= view.cash;
        payable.then_some(Decision::Offer { to: table.with, sheet })
    }

    /// The bot's sheet with the strategy's clauses, at the same place between what the lab is thought
    /// to accept and what the giant pays; none where no price suits both.
    fn wished(
        &self,
        view: &SeatView,
        briefs: &[Brief],
        to: SeatId,
        sheet: TermSheet,
    ) -> Option<TermSheet> {
        let table = view.table_with(to)?;
        let brief = briefs.iter().find(|brief| brief.lab == table.lab)?;
        let wished = self.wish.of(view, brief, sheet);
        let wished = within_covenants(view, table.giant, table.lab, wished)?;
        let rounds = view.level.talk_rounds;
        let round = round_of(view.step, rounds);
        let zone = |sheet: &TermSheet| {
            let price = |side| brief.price_for(side, round, rounds, sheet, 0.0);
            Some((price(Side::Lab)?.bn(), price(Side::Giant)?.bn()))
        };
        let ((least, most), (least_wished, most_wished)) = (zone(&sheet)?, zone(&wished)?);
        if least_wished > most_wished || wished.first_tranche() > view.cash {
            return None;
        }
        let way = if least < most { (sheet.pre_money.bn() - least) / (most - least) } else { 0.5 };
        let pre_bn = least_wished + way.clamp(0.0, 1.0) * (most_wished - least_wished);
        Some(TermSheet { pre_money: round_to(pre_bn, 3), ..wished })
    }
}

impl Wish {
    fn of(self, view: &SeatView, brief: &Brief, sheet: TermSheet) -> TermSheet {
        match self {
            Wish::AsItIs => sheet,
            Wish::MoreMoney(times) => {
                let budget = MOST_OF_CASH * view.cash.bn();
                let template = brief.reference.sheet.cash.bn();
                let cash = (times * sheet.cash.bn()).min(budget).min(template);
                TermSheet { cash: round_to(cash, 2).max(sheet.cash), ..sheet }
            }
            Wish::Denial => TermSheet {
                barred: brief.giant_case.threat.rival,
                exclusivity: Exclusivity::FirstRefusal.max(sheet.exclusivity),
                exclusivity_quarters: TERM,
                ..sheet
            },
            Wish::Compute => {
                let case = &brief.lab_case;
                let room = (case.planned_gw - case.compute_gw).max(0.0);
                let megawatts = (case.compute_there_gw + 0.5 * room) * 1_000.0;
                let wanted = (libm::rint(megawatts / 50.0) * 50.0) as u32;
                if !brief.giant_case.has_cloud || wanted <= sheet.commitment_mw {
                    return sheet;
                }
                TermSheet { commitment_mw: wanted, commitment_quarters: TERM, ..sheet }
            }
            Wish::NoStrings => TermSheet {
                exclusivity: Exclusivity::None,
                exclusivity_quarters: 0,
                board: sheet.board.min(BoardSeat::Observer),
                barred: SeatSet::default(),
                ..sheet
            },
        }
    }
}

/// Whether the two signed a deal in the last year.
fn rests(view: &SeatView, table: &TableView) -> bool {
    view.deals.iter().any(|deal| {
        deal.giant == table.giant
            && deal.lab == table.lab
            && deal.fact.is_some()
            && view.quarter.since(deal.signed) < RESTS
    })
}

/// Every clause of its deals that binds and can be given up.
fn loosens(view: &SeatView, firm: FirmId) -> Vec<Decision> {
    let mine = view.deals.iter().filter(|deal| deal.giant == firm);
    mine.flat_map(|deal| LOOSENABLE.into_iter().map(move |clause| (deal, clause)))
        .filter(|(deal, clause)| deal.can_loosen(*clause, view.quarter))
        .map(|(deal, clause)| Decision::Loosen { deal: deal.id, clause })
        .collect()
}

/// A lab's place by fundamental value, 0 the most valuable; ties by order in the level.
fn rank(view: &SeatView, lab: LabId) -> usize {
    let value = |place: usize| view.published.labs[place].fundamental_bn;
    let own = value(lab.index());
    (0..view.published.labs.len())
        .filter(|&other| value(other) > own || (value(other) == own && other < lab.index()))
        .count()
}
