//! What one seat may know: plain data, no prose.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::ids::{CardId, FirmId, LabId, Role, SeatId, SeatSet};
use crate::level::{Level, Measure};
use crate::sim::capability::Frontier;
use crate::sim::capital_market::ValueParts;
use crate::sim::cloud::CloudMarket;
use crate::sim::deal::{CapTable, Deal, TermSheet};
use crate::sim::decision::{AccessPolicy, Decision, GiantPlan, LabPlan, MAX_SEGMENTS};
use crate::sim::dilemmas::{Docket, Pending};
use crate::sim::happenings::Chronicle;
use crate::sim::imagine::PublicState;
use crate::sim::information::{Attention, Diligence, HearsayView, Record};
use crate::sim::lab::rules::Ties;
use crate::sim::lab::{Ahead, Lines};
use crate::sim::negotiation::{Hand, Side, WaiverTalk};
use crate::sim::process::Process;
use crate::sim::regulator::Inquiry;
use crate::sim::setting::Step;
use crate::sim::treasury::ChipMarket;
use crate::units::{Money, Quarter};

/// A number as far as a seat knows it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Known<T> {
    Exact(T),
    Range(T, T),
    /// Comfortable (1), middling (0) or tight (−1), and no number.
    Sign(i8),
    Hidden,
}

impl Known<f64> {
    /// The number, the middle of a range, or `otherwise`.
    pub fn or(self, otherwise: f64) -> f64 {
        match self {
            Known::Exact(value) => value,
            Known::Range(low, high) => (low + high) / 2.0,
            Known::Sign(_) | Known::Hidden => otherwise,
        }
    }
}

/// The figures of a quarter, as published at its close. Parts are 0 to 1, money a quarter in $bn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Published {
    /// The quarter they describe.
    pub quarter: Quarter,
    pub market: CloudMarket,
    pub frontier: Frontier,
    /// What ordering a gigawatt costs at present chip prices, $bn.
    pub order_cost_per_gw_bn: f64,
    pub chips: ChipMarket,
    /// The two product markets, $bn a quarter.
    pub products: Lines,
    /// Quarters of a downturn left.
    pub downturn: u32,
    pub giants: Vec<GiantFigures>,
    pub labs: Vec<LabFigures>,
    /// What labs do not publish, by lab: for the simulation alone, views blur it.
    pub(in crate::sim) secrets: Vec<LabSecrets>,
}

/// A giant's published figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GiantFigures {
    pub has_cloud: bool,
    pub sells_chips: bool,
    pub cloud_revenue_bn: f64,
    pub cloud_income_bn: f64,
    pub lab_bills_bn: f64,
    pub share: f64,
    pub win_rate: f64,
    pub ai_win_rate: f64,
    pub share_by_segment: Vec<f64>,
    pub win_by_segment: Vec<f64>,
    pub price: [f64; MAX_SEGMENTS],
    pub chip_price: f64,
    pub capacity_gw: f64,
    pub arriving_gw: [f64; 4],
    /// Capacity under way at what it costs to order today, $bn.
    pub under_way_bn: f64,
    pub cost_index: f64,
    pub utilisation: f64,
    /// Points from the frontier.
    pub access_points: f64,
    pub own_points: Option<f64>,
    pub research_bn: f64,
    pub opening_research_bn: f64,
    pub core_revenue_bn: f64,
    pub core_growth: f64,
    pub core_income_bn: f64,
    /// What clauses of its deals brought: chips, revenue shares.
    pub deal_income_bn: f64,
    pub capex_bn: f64,
    pub free_cash_flow_bn: f64,
    pub cash_bn: f64,
    pub debt_bn: f64,
    pub value_bn: f64,
    pub multiple: f64,
    /// What the market value is made of.
    pub value_parts: ValueParts,
    pub stakes_bn: f64,
    pub heat: f64,
    /// What regulators look into.
    pub inquiry: Option<Inquiry>,
    /// Its cloud has to be interoperable until this quarter.
    pub interoperable_until: Quarter,
    /// Circular revenue of the quarter, the part of its revenue that it is, what it put into labs and
    /// has not earned back, what would fall if it were doubted, and what a doubt left: 0 to 1.
    pub circular_bn: f64,
    pub circular_part: f64,
    pub circular_pool_bn: f64,
    pub fragile_bn: f64,
    pub stress: f64,
    /// What it pays for a gigawatt ordered, at present chip prices, $bn.
    pub order_cost_per_gw_bn: f64,
    /// The order the market expects of it, gigawatts a quarter.
    pub expected_order_gw: f64,
    /// Part of its new capacity on chips of its own, and gigawatts that wait for chips.
    pub own_chips: f64,
    pub late_gw: f64,
    /// A chip maker's sales of the quarter, the part of its buyers that has stayed with it, and whom it
    /// serves first.
    pub chip_sales_bn: f64,
    pub chip_loyalty: f64,
    pub favoured: SeatSet,
}

impl GiantFigures {
    pub fn operating_income_bn(&self) -> f64 {
        self.core_income_bn + self.cloud_income_bn + self.deal_income_bn
    }

    /// A giant's goal measured on these figures; 0 for a lab's measures.
    pub fn measure(&self, measure: Measure) -> f64 {
        match measure {
            Measure::CloudShare => 100.0 * self.share,
            Measure::WinRate => 100.0 * self.win_rate,
            Measure::OperatingIncome => 4.0 * self.operating_income_bn(),
            Measure::NetCash => self.cash_bn - self.debt_bn + self.under_way_bn,
            Measure::MarketValue => self.value_bn,
            Measure::ModelAccess => self.access_points,
            Measure::Stakes => self.stakes_bn,
            _ => 0.0,
        }
    }
}

/// A lab's published figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LabFigures {
    pub revenue_bn: f64,
    /// The four quarters before, the latest first.
    pub past_revenue_bn: [f64; 4],
    pub heads: f64,
    pub capability_points: f64,
    pub talent_points: f64,
    /// By provider: giants in order, then others.
    pub compute_gw: Vec<f64>,
    pub assistants: f64,
    pub agents: f64,
    pub last_price_bn: f64,
    pub fundamental_bn: f64,
    pub independence: f64,
    /// What its serving compute could earn, against what it earns.
    pub serving_room: f64,
    /// What customers of its products pay on average, 1.0 at the opening.
    pub paid_price: f64,
    /// By giant.
    pub stakes: Vec<f64>,
    pub rescues: u32,
    /// Of both product lines together it gets `share · market`; its list price, 1.0 at the opening.
    pub price: f64,
    pub morale: f64,
    /// Points of talent gained or lost in the quarter, luck apart.
    pub talent_change: f64,
    pub access: AccessPolicy,
    /// What its independence is made of.
    pub ties: Ties,
}

impl LabFigures {
    pub fn compute_total_gw(&self) -> f64 {
        self.compute_gw.iter().sum()
    }
}

/// What a lab keeps to itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LabSecrets {
    pub(in crate::sim) cash_bn: f64,
    pub(in crate::sim) credits_bn: f64,
    pub(in crate::sim) runway_quarters: f64,
    pub(in crate::sim) planned_burn_bn: [f64; 12],
    pub(in crate::sim) loss_bn: f64,
    pub(in crate::sim) burn_bn: f64,
    /// By giant.
    pub(in crate::sim) trust: Vec<f64>,
    pub(in crate::sim) ahead: Ahead,
}

impl Published {
    /// Figures before anything was published.
    pub(in crate::sim) fn blank(frontier: Frontier) -> Published {
        Published {
            quarter: Quarter(0),
            market: CloudMarket::default(),
            frontier,
            order_cost_per_gw_bn: 0.0,
            chips: ChipMarket::default(),
            products: Lines::default(),
            downturn: 0,
            giants: Vec::new(),
            labs: Vec::new(),
            secrets: Vec::new(),
        }
    }

    /// A lab's goal measured on these figures; 0 for a giant's measures.
    pub(in crate::sim) fn measure_lab(&self, measure: Measure, lab: LabId) -> f64 {
        let figures = &self.labs[lab.index()];
        match measure {
            Measure::LabRevenue => figures.revenue_bn,
            Measure::CapabilityLead => figures.capability_points - self.best_rival_of(lab),
            Measure::Independence => 100.0 * figures.independence,
            Measure::Runway => self.secrets[lab.index()].runway_quarters,
            Measure::LabValue => figures.fundamental_bn,
            _ => 0.0,
        }
    }

    /// The best model of any other seat, points.
    pub fn best_rival_of(&self, lab: LabId) -> f64 {
        let labs = self.labs.iter().enumerate();
        let others = labs.filter(|(place, _)| *place != lab.index());
        let points = others.map(|(_, other)| other.capability_points);
        let owns = self.giants.iter().filter_map(|giant| giant.own_points);
        points.chain(owns).fold(f64::NEG_INFINITY, f64::max)
    }
}

/// What a seat knows of a lab beyond what is published.
#[derive(Clone, Debug, PartialEq)]
pub struct LabKnown {
    pub cash_bn: Known<f64>,
    /// Compute credits in hand, at face value.
    pub credits_bn: Known<f64>,
    pub runway_quarters: Known<f64>,
    /// Burn planned over the coming eight quarters, $bn in all.
    pub burn_8_bn: Known<f64>,
    pub burn_bn: Known<f64>,
    pub loss_bn: Known<f64>,
    /// Its trust in the viewing giant; a lab sees its own in every giant.
    pub trust: Vec<Known<f64>>,
}

/// A table this seat may sit at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TableView {
    pub with: SeatId,
    pub giant: FirmId,
    pub lab: LabId,
    pub side: Side,
    pub open: bool,
    pub closed_until: Quarter,
    pub mine: Hand,
    /// Their hand; patience is theirs to know and is in `their_mood` instead.
    pub theirs: Hand,
    /// What both have agreed to, subject to a waiver.
    pub agreed: Option<TermSheet>,
    /// Part of their patience left: 1 comfortable, 0 thin, −1 nearly gone.
    pub their_mood: i8,
}

/// How a lab holds its talks this quarter, as everybody knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProcessView {
    pub process: Process,
    /// In a competition, giants with a sealed bid before the lab.
    pub bidders: u32,
}

/// A seat's plan in force.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Plan {
    Giant(GiantPlan),
    Lab(LabPlan),
}

/// A seat's score, and the standing of each goal.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreView {
    pub raw: f64,
    pub scaled: f64,
    pub goals: Vec<crate::sim::goals::GoalStanding>,
}

/// All a seat may know.
#[derive(Clone, Debug)]
pub struct SeatView {
    pub seat: SeatId,
    pub role: Role,
    pub level: Arc<Level>,
    pub quarter: Quarter,
    pub step: Step,
    /// Figures of the last closed quarter: fixed while a quarter's talks go on.
    pub published: Arc<Published>,
    /// Its own cash, now.
    pub cash: Money,
    /// By lab.
    pub labs: Vec<LabKnown>,
    /// Every deal signed so far, in order. Deals are public at signature.
    pub deals: Vec<Deal>,
    /// Every table this seat may sit at, by counterpart.
    pub tables: Vec<TableView>,
    /// A lab's own path, as its runway is found: at the last close and, where there was one, at the
    /// close before.
    pub own_path: Option<(Ahead, Option<Ahead>)>,
    /// By lab.
    pub processes: Vec<ProcessView>,
    /// Talks over waivers in which this seat wants or holds the covenant, this quarter's.
    pub waivers: Vec<WaiverTalk>,
    pub plan: Plan,
    pub attention_left: u32,
    /// The quarter's dilemma, if this seat was dealt one.
    pub dilemma: Option<Pending>,
    /// Cards it holds.
    pub cards: Vec<CardId>,
    /// What its attention is spent on this quarter, what is decided in this step included.
    pub attention: Attention,
    /// What it has heard or said of bids and trouble, the oldest first.
    pub hearsay: Vec<HearsayView>,
    /// How each seat's word has turned out, by seat.
    pub records: Arc<Vec<Record>>,
    /// How deeply it has looked into each lab's books: 0 not at all, 1 ranges halved, 2 exact.
    pub diligence: Vec<u8>,
    pub score: ScoreView,
    /// What everybody could work out, for possible worlds; it shows no more than the rest.
    pub(in crate::sim) public: Arc<PublicState>,
    /// Effects, in force or on their way, of answers it gave in private.
    pub(in crate::sim) own_effects: Option<Arc<Chronicle>>,
    /// Its looks into labs' books that are still fresh.
    pub(in crate::sim) looks: Vec<Diligence>,
    /// What it was asked and dealt so far.
    pub(in crate::sim) docket: Docket,
    /// What it has decided in this step.
    pub decided: Vec<Decision>,
}

impl SeatView {
    pub fn giants(&self) -> usize {
        self.level.giants.len()
    }

    /// The seat of a lab.
    pub fn lab_seat(&self, lab: LabId) -> SeatId {
        lab.seat(self.giants())
    }

    /// Who owns a lab, as of the last signature: everybody may know.
    pub fn cap_table(&self, lab: LabId) -> Option<&CapTable> {
        let tables = self.public.cap_tables.iter();
        tables
            .map(|(place, table)| (usize::from(*place), table))
            .find_map(|(place, table)| (place == lab.index()).then_some(table))
    }

    pub fn table_with(&self, other: SeatId) -> Option<&TableView> {
        self.tables.iter().find(|table| table.with == other)
    }

    /// Quarters left to play, this one included.
    pub fn quarters_left(&self) -> u32 {
        (self.level.quarters + 1).saturating_sub(self.quarter.0)
    }
}
