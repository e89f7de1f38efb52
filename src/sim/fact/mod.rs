//! What happened, in order: the only account of a quarter that anything else may tell. `about` has whom a
//! fact concerns and who may know of it, `list` the facts of a quarter.

mod about;
mod list;

use serde::{Deserialize, Serialize};

use crate::ids::{
    CardId, DealId, DilemmaId, FirmId, HappeningId, LabId, Role, SeatId, SeatSet, SegmentId,
};
use crate::sim::capital_market::{Doubt, News};
use crate::sim::deal::{Clause, TermSheet};
use crate::sim::decision::{AccessPolicy, Because};
use crate::sim::happenings::Cast;
use crate::sim::information::{Evidence, Matter, Standing, Story};
use crate::sim::process::{Procedure, Template};
use crate::sim::regulator::{Remedy, Subject};
use crate::units::{Money, Quarter};

pub use list::{FactId, Facts};

/// A provider of cloud: a giant, or all others together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Provider {
    Giant(FirmId),
    Others,
}

impl Provider {
    /// Its place in lists of providers: giants in order, then others.
    pub fn index(self, giants: usize) -> usize {
        match self {
            Provider::Giant(firm) => firm.index(),
            Provider::Others => giants,
        }
    }
}

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Fact {
    // Talks, known to the two sides of a table only.
    OfferMade {
        from: SeatId,
        to: SeatId,
        sheet: TermSheet,
    },
    Asked {
        by: SeatId,
        of: SeatId,
    },
    RoutesShown {
        by: SeatId,
        to: SeatId,
    },
    Held {
        by: SeatId,
        from: SeatId,
        because: Because,
    },
    /// An offer so far from the other side's that it cost patience and trust.
    Insulted {
        by: SeatId,
        other: SeatId,
    },
    WalkedAway {
        by: SeatId,
        from: SeatId,
    },
    /// One side's patience with the other ran out, and closed the table.
    PatienceEnded {
        of: SeatId,
        with: SeatId,
    },
    /// An acceptance came too late: a deal signed a moment earlier stands in its way.
    AcceptanceFailed {
        by: SeatId,
        from: SeatId,
        /// The sheet that would have bound both.
        sheet: TermSheet,
        conflict: Option<DealId>,
    },
    // Waivers.
    /// Both sides agree to a sheet that waits for a waiver of this deal's covenant.
    AgreedInPrinciple {
        by: SeatId,
        with: SeatId,
        sheet: TermSheet,
        deal: DealId,
    },
    /// The talks are over and the waiver was not to be had.
    AgreementLapsed {
        by: SeatId,
        with: SeatId,
        deal: DealId,
    },
    /// The buyer of a waiver offers a fee, or the holder asks for one.
    WaiverFeeNamed {
        by: SeatId,
        to: SeatId,
        deal: DealId,
        fee: Money,
    },
    /// One side breaks the talks over a waiver off, or has had enough of trifles.
    WaiverRefused {
        by: SeatId,
        to: SeatId,
        deal: DealId,
    },

    // The lab's process, public but for bids.
    ProcessAnnounced {
        lab: LabId,
        procedure: Procedure,
    },
    TemplatePublished {
        lab: LabId,
        template: Option<Template>,
    },
    NoShopBought {
        lab: LabId,
        giant: FirmId,
        fee: Money,
    },
    /// A bid came in whose terms the lab does not see yet.
    BidSealed {
        from: SeatId,
        to: SeatId,
    },

    // Information.
    /// A claim of a rival's bid, known to the two it passed between.
    Claimed {
        by: SeatId,
        to: SeatId,
        story: Story,
    },
    /// A rumour everybody hears: a leak, or planted.
    Reported {
        story: Story,
    },
    /// Somebody of this side has talked, known to the two sides of the table.
    LeakTraced {
        by: SeatId,
        other: SeatId,
    },
    /// What was said is judged. A lie exposed is public, with its author; a rumour's author is shown
    /// in no other case.
    Judged {
        by: Option<SeatId>,
        to: Option<SeatId>,
        story: Story,
        standing: Standing,
        evidence: Evidence,
    },
    /// Due diligence, known to who made it.
    LookedInto {
        by: SeatId,
        subject: Matter,
    },

    // Deals, public at signature.
    Signed {
        deal: DealId,
        giant: FirmId,
        lab: LabId,
        sheet: TermSheet,
    },
    TranchePaid {
        deal: DealId,
        amount: Money,
    },
    TrancheLapsed {
        deal: DealId,
        amount: Money,
    },
    ExclusivityLapsed {
        deal: DealId,
        giant: FirmId,
        lab: LabId,
    },
    AccessLapsed {
        deal: DealId,
        giant: FirmId,
        lab: LabId,
    },
    // The fuller sheet: what later clauses did.
    /// A note turned into shares, in a round or when its time was up.
    NoteConverted {
        lab: LabId,
        holder: SeatId,
        amount: Money,
        shares: i64,
    },
    /// Shares a protected holder got because a round was sold below its price.
    DilutionMended {
        lab: LabId,
        holder: SeatId,
        shares: i64,
    },
    /// A holder kept its part in the round of this deal.
    ProRataTaken {
        deal: DealId,
        holder: FirmId,
        amount: Money,
    },
    WarrantsUsed {
        deal: DealId,
        amount: Money,
    },
    /// Warrants ran out with so much of them unused.
    WarrantsLapsed {
        deal: DealId,
        amount: Money,
    },
    /// A revenue share fell due that the lab had not the cash for.
    RevenueShareMissed {
        deal: DealId,
        short: Money,
    },
    /// A revenue share reached its cap.
    RevenueShareEnded {
        deal: DealId,
    },
    LicenceLapsed {
        deal: DealId,
        giant: FirmId,
        lab: LabId,
    },
    OwnChipsLapsed {
        deal: DealId,
        giant: FirmId,
        lab: LabId,
    },
    /// The holder of a deal lets one rival do what its covenants forbid.
    WaiverSold {
        deal: DealId,
        holder: FirmId,
        buyer: FirmId,
        fee: Money,
    },
    // Promises.
    /// Less was delivered or rented than promised: a breach if it goes on.
    PromiseLate {
        deal: DealId,
        what: Clause,
        by: SeatId,
    },
    /// A promise was broken, and damages paid for it.
    PromiseBroken {
        deal: DealId,
        what: Clause,
        by: SeatId,
        damages: Money,
    },
    /// One side ended a deal's covenants before their term.
    DealEnded {
        deal: DealId,
        giant: FirmId,
        lab: LabId,
        by: SeatId,
        payer: SeatId,
        fee: Money,
    },
    /// A new deal between the same two has taken an old one's place.
    Renegotiated {
        old: DealId,
        new: DealId,
    },

    // A giant's quarter.
    PriceChanged {
        firm: FirmId,
        segment: SegmentId,
        from: f64,
        to: f64,
    },
    OrderChanged {
        firm: FirmId,
        from_gw: f64,
        to_gw: f64,
    },
    ResearchChanged {
        firm: FirmId,
        from_bn: f64,
        to_bn: f64,
    },
    PushChanged {
        firm: FirmId,
        segment: Option<SegmentId>,
    },
    ChipPriceChanged {
        firm: FirmId,
        from: f64,
        to: f64,
    },
    CapacityArrived {
        provider: Provider,
        gw: f64,
    },
    /// Demand it had won and could not deliver, $bn a quarter.
    CapacityShort {
        provider: Provider,
        turned_away_bn: f64,
    },
    AccessMoved {
        firm: FirmId,
        from_points: f64,
        to_points: f64,
    },
    CapitalSpendingCut {
        firm: FirmId,
        order_gw: f64,
    },
    Borrowed {
        firm: FirmId,
        amount: Money,
    },

    // A lab's quarter.
    LabPlanChanged {
        lab: LabId,
    },
    FrontierPassed {
        by: SeatId,
        points: f64,
    },
    RunwayShort {
        lab: LabId,
        quarters: f64,
    },
    /// A lab turned customers away for want of serving compute, $bn.
    ServingShort {
        lab: LabId,
        lost_bn: f64,
    },
    /// Out of cash: a down round by investors who are no seat, at this pre-money.
    Rescued {
        lab: LabId,
        amount: Money,
        pre_money: Money,
    },
    CharterBroken {
        lab: LabId,
        independence: f64,
    },

    // A lab's people and its policy.
    TalentLeft {
        from: SeatId,
        points: f64,
        /// Where most of it went.
        to: Option<SeatId>,
    },
    CharterMended {
        lab: LabId,
        independence: f64,
    },
    AccessPolicyChanged {
        lab: LabId,
        policy: AccessPolicy,
    },

    // The world.
    OpenWeightsShock {
        points: f64,
    },
    ChipShortage {
        cost_pct: f64,
    },
    Downturn {
        quarters: u32,
    },
    DownturnOver,
    Outage {
        provider: Provider,
        utils: f64,
    },
    // What the world throws at a seat.
    /// A happening with a story of its own.
    Happened {
        happening: HappeningId,
        cast: Cast,
    },
    Answered {
        seat: SeatId,
        dilemma: DilemmaId,
        answer: u8,
        cast: Cast,
        /// Where luck decided: whether it went well.
        went_well: Option<bool>,
        /// Whether nobody answered.
        by_silence: bool,
        public: bool,
    },
    CardDealt {
        seat: SeatId,
        card: CardId,
    },
    CardPlayed {
        seat: SeatId,
        card: CardId,
        cast: Cast,
    },

    /// A giant's market value moved by news, $bn.
    NewsMovedValue {
        firm: FirmId,
        by_bn: f64,
        news: News,
    },

    // Circular money.
    /// The circular part of a giant's revenue passed a mark, 0 to 1.
    CircularRevenue {
        firm: FirmId,
        part: f64,
        /// In the quarter.
        revenue_bn: f64,
    },
    /// The market doubts what it had counted on.
    CircularDoubted {
        firm: FirmId,
        doubt: Doubt,
        by_bn: f64,
    },

    // Chips.
    /// Chips for so much of a provider's order come a quarter late.
    ChipsLate {
        provider: Provider,
        gw: f64,
    },
    /// A chip maker serves other buyers first than before.
    FavourChanged {
        firm: FirmId,
        favoured: SeatSet,
    },

    // Regulators.
    InquiryOpened {
        firm: FirmId,
        subject: Subject,
        /// The quarter it ends with.
        ends: Quarter,
    },
    InquiryCleared {
        firm: FirmId,
        subject: Subject,
    },
    RemedyImposed {
        firm: FirmId,
        remedy: Remedy,
    },
    /// A giant gave up a clause of its own accord.
    ClauseLoosened {
        deal: DealId,
        giant: FirmId,
        lab: LabId,
        clause: Clause,
    },
}

/// A seat's role spelled as a pair for tables: the giant and the lab of two seats, whichever way
/// round they are given, or nothing if they are not one of each.
pub fn giant_and_lab(one: SeatId, other: SeatId, giants: usize) -> Option<(FirmId, LabId)> {
    match (one.role(giants), other.role(giants)) {
        (Role::Giant(firm), Role::Lab(lab)) | (Role::Lab(lab), Role::Giant(firm)) => {
            Some((firm, lab))
        }
        _ => None,
    }
}
