//! What a seat can decide, and why it may be told no.

use bevy::prelude::Component;
use serde::{Deserialize, Serialize};

use crate::ids::{CardId, DealId, DilemmaId, FirmId, LabId, SeatId, SeatSet, SegmentId};
use crate::sim::deal::{Clause, TermSheet};
use crate::sim::information::{Matter, Rumour};
use crate::sim::process::Convening;
use crate::units::{Money, Quarter};

/// Segments a level may have at most: plans are fixed-size.
pub const MAX_SEGMENTS: usize = 6;
/// Attention a seat has each quarter; its uses are in `information/attention.rs`.
pub const ATTENTION: u32 = 3;
/// Legal list prices, 1.0 being the opening price.
pub const PRICE_RANGE: (f64, f64) = (0.6, 1.6);
/// The largest capacity order in a quarter, as a part of present capacity.
pub const MAX_ORDER: f64 = 0.25;
/// Legal research budgets, as multiples of the opening one: people and machines are under contract.
pub const RESEARCH_RANGE: (f64, f64) = (0.5, 3.0);
/// Legal pace of a lab's compute plan: 1.0 is the plan its level gives.
pub const PACE_RANGE: (f64, f64) = (0.0, 2.5);
/// Legal part of a lab's compute that trains.
pub const TRAINING_RANGE: (f64, f64) = (0.2, 0.9);
/// Legal change of a lab's staff in a quarter.
pub const HIRING_RANGE: (f64, f64) = (-0.1, 0.25);

/// What a seat decides in a step.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Decision {
    /// Puts an offer on the table, opening it if need be; replaces one's own standing offer.
    Offer {
        to: SeatId,
        sheet: TermSheet,
    },
    /// *What do you want?* Takes the round.
    Ask {
        of: SeatId,
    },
    /// Signs a sheet the other side has on the table.
    Accept {
        from: SeatId,
        choice: Choice,
    },
    /// Answers a question with up to three sheets one would sign.
    Propose {
        to: SeatId,
        routes: Routes,
    },
    /// Says what stands in the way and lets the offer stand.
    Hold {
        from: SeatId,
        because: Because,
    },
    WalkAway {
        from: SeatId,
    },
    /// A move in the talks of two giants over a waiver of a deal's covenants for one of them.
    Waiver {
        deal: DealId,
        /// The giant that wants it; the other is the deal's holder.
        buyer: FirmId,
        mv: WaiverMove,
    },
    // Promises.
    /// Ends the covenants of a deal before their term; the shares stay.
    Terminate {
        deal: DealId,
    },
    /// A lab rents no more than it does of the compute a deal commits it to, this quarter.
    Withhold {
        deal: DealId,
    },
    /// A giant's plan for the quarter.
    Run(GiantPlan),
    /// A lab's plan for the quarter.
    Steer(LabPlan),
    /// How a lab holds its next talks: in the first offers for this quarter's, in the plan for the
    /// next one's.
    Convene(Convening),
    /// Attention a lab gives its people: points on a retreat of board and staff, and on recruiting.
    Staff {
        retreat: u32,
        recruiting: u32,
    },
    /// A giant pays the fee of a no-shop the lab has offered it.
    BuyNoShop {
        of: SeatId,
    },
    /// Attention spent outside the talks: on regulators, and on the press.
    Attend {
        lobbying: u32,
        press: u32,
    },

    // Information.
    /// Tells a counterpart what one of its rivals has on one's other table, truly or not.
    Claim {
        to: SeatId,
        rival: SeatId,
        amount: Money,
        pre_money: Money,
    },
    /// Sets a rumour about.
    Plant {
        rumour: Rumour,
    },
    /// Due diligence.
    Investigate {
        subject: Matter,
    },
    // Regulators.
    /// A giant gives up a clause of a deal it holds.
    Loosen {
        deal: DealId,
        clause: Clause,
    },

    // Dilemmas and cards.
    /// Answers the quarter's dilemma, in any step.
    Answer {
        dilemma: DilemmaId,
        answer: u8,
    },
    /// Plays a card, in the plan.
    Play {
        card: CardId,
    },
}

impl Decision {
    /// The counterpart of a move at a table.
    pub fn counterpart(&self) -> Option<SeatId> {
        match *self {
            Decision::Offer { to: seat, .. }
            | Decision::Ask { of: seat }
            | Decision::Accept { from: seat, .. }
            | Decision::Propose { to: seat, .. }
            | Decision::Hold { from: seat, .. }
            | Decision::WalkAway { from: seat } => Some(seat),
            Decision::Waiver { .. }
            | Decision::Terminate { .. }
            | Decision::Withhold { .. }
            | Decision::Run(_)
            | Decision::Steer(_)
            | Decision::Convene(_)
            | Decision::Staff { .. }
            | Decision::BuyNoShop { .. }
            | Decision::Attend { .. }
            | Decision::Loosen { .. }
            | Decision::Answer { .. }
            | Decision::Play { .. }
            | Decision::Claim { .. }
            | Decision::Plant { .. }
            | Decision::Investigate { .. } => None,
        }
    }

    /// The other side of the table a decision is made at, moves and what is said beside them.
    pub fn table_with(&self) -> Option<SeatId> {
        match *self {
            Decision::Claim { to, .. } => Some(to),
            _ => self.counterpart(),
        }
    }

    /// Whether this decision takes the place of an earlier one of the same step: one move a table,
    /// one claim a table, one plan, one split of attention.
    pub fn replaces(&self, earlier: &Decision) -> bool {
        match (*self, *earlier) {
            (
                Decision::Waiver { deal: one, buyer: for_one, .. },
                Decision::Waiver { deal: other, buyer: for_other, .. },
            ) => return (one, for_one) == (other, for_other),
            // What is done about a deal, one way or the other.
            (
                Decision::Terminate { deal: one } | Decision::Withhold { deal: one },
                Decision::Terminate { deal: other } | Decision::Withhold { deal: other },
            ) => return one == other,
            (Decision::Claim { to: one, .. }, Decision::Claim { to: other, .. }) => {
                return one == other;
            }
            _ => {}
        }
        match (self.counterpart(), earlier.counterpart()) {
            (Some(one), Some(other)) => one == other,
            // Any number of clauses may be given up.
            (None, None) if matches!(self, Decision::Loosen { .. }) => self == earlier,
            (None, None) if matches!(self, Decision::BuyNoShop { .. }) => self == earlier,
            (None, None) => std::mem::discriminant(self) == std::mem::discriminant(earlier),
            _ => false,
        }
    }
}

/// A move in talks over a waiver.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WaiverMove {
    /// The fee the buyer offers, or the holder asks.
    Name(Money),
    /// Takes the other side's fee.
    Accept,
    /// Ends these talks for the quarter.
    Refuse,
}

/// Up to three ways to a yes.
pub type Routes = [Option<TermSheet>; 3];

/// Which of the other side's sheets is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Choice {
    Offer,
    /// One of its routes, 0 to 2.
    Route(u8),
}

/// Why a side holds: what its appraisal is short of. Shown with every refusal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Because {
    /// It could sign, and waits for other bids while there are rounds left.
    pub waits: bool,
    /// The clause that costs it most.
    pub worst: Option<Clause>,
    /// A hard blocker, apart from the price.
    pub blocker: Option<Blocker>,
    /// How far the offer is from what it would sign today, as a part of the offered amount,
    /// rounded up to tenths; 0 when only a blocker is in the way.
    pub short_by_tenths: u8,
}

/// What no price can mend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Blocker {
    /// A covenant of a deal in force forbids it.
    Covenant(DealId),
    /// It cannot be paid.
    Cash,
    /// It has money enough for now and does not mean to sell more of itself.
    NotRaising,
}

/// A giant's levers.
#[derive(Component, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct GiantPlan {
    /// List price by segment, 1.0 at the opening; applies to new demand at once and to a twelfth
    /// of the base each quarter.
    pub price: [f64; MAX_SEGMENTS],
    /// Capacity ordered, gigawatts; irreversible, arrives after four quarters.
    pub order_gw: f64,
    /// Research budget, $bn a quarter.
    pub research_bn: f64,
    /// The segment its sales people push.
    pub push: Option<SegmentId>,
    /// A chip maker's price, 1.0 at the opening.
    pub chip_price: f64,
    /// Buyers a chip maker serves first when chips are short.
    pub favoured: SeatSet,
}

/// A lab's levers.
#[derive(Component, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LabPlan {
    /// How fast compute grows against the level's plan, 1.0.
    pub pace: f64,
    /// Part of compute that trains; the rest serves customers.
    pub training: f64,
    /// Product price, 1.0 at the opening.
    pub price: f64,
    /// Change of staff in the quarter, part of 1.
    pub hiring: f64,
    /// Who may sell its models.
    pub access: AccessPolicy,
}

/// Who may sell a lab's models, beside those it has promised them to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum AccessPolicy {
    /// Every cloud may resell them: reach, and nothing left to sell at that tier.
    Open,
    /// Only those it has signed with.
    #[default]
    Partners,
    /// Only those it has signed with, and it keeps its interface for chosen customers: fewer sales,
    /// a door of its own, and a staff that approves.
    Restrained,
}

/// A lever, for refusals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lever {
    Price,
    Order,
    Research,
    Push,
    ChipPrice,
    Favour,
    Pace,
    Training,
    ProductPrice,
    Hiring,
    /// What a lab asks for talks of one giant's own.
    Fee,
}

/// Why a decision is not possible. Everything in it is for the one who asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Refusal {
    GameOver,
    /// Talks are over, or have not come to answers, or the plan is not due yet.
    NotInThisStep,
    NoSuchSeat,
    /// A table joins a giant and a lab.
    NotACounterpart,
    /// This seat has no such lever.
    NotYourLever(Lever),
    OutOfRange {
        lever: Lever,
        min: f64,
        max: f64,
    },
    AttentionSpent {
        left: u32,
    },
    TableClosed {
        until: Quarter,
    },
    NoTable,
    NothingOnOffer,
    AlreadyAsked,
    /// In the last round an answer could not be taken up any more.
    TooLateToAsk,
    NotAsked,
    /// The same sheet stands already.
    SameAsStanding,
    /// The other side has put exactly this on the table: accept it.
    AcceptInstead,
    /// A clause is not possible in itself.
    Clause {
        clause: Clause,
        problem: SheetProblem,
    },
    CannotPay {
        needed: Money,
        available: Money,
    },
    // The lab's process.
    /// The lab talks with this giant alone this quarter: it was paid for that.
    TalksAlone {
        lab: LabId,
        with: FirmId,
    },
    /// The lab holds a competition: it makes and answers nothing before the bids are opened.
    BidsAreSealed {
        lab: LabId,
    },
    /// The lab's template refuses this clause.
    NotGranted {
        lab: LabId,
        clause: Clause,
    },
    /// Only a lab convenes talks.
    NotYourProcess,
    /// The lab has not offered this giant talks of its own, or they are paid for already.
    NoShopNotOnOffer {
        lab: LabId,
    },
    // Dilemmas and cards.
    /// No such question is before this seat now.
    NoSuchDilemma,
    /// A dilemma has so many answers.
    NoSuchAnswer {
        answers: u8,
    },
    /// An answer given in an earlier step stands.
    AlreadyAnswered,
    /// An answer costs more cash than there is.
    AnswerTooDear {
        needed: Money,
        available: Money,
    },
    /// It holds no such card.
    NoSuchCard,
    /// A part of the card's story that nobody can play now.
    CardDoesNotFit,
    // Information.
    /// A bid or trouble can only be a rival's: of the same kind as the one spoken to, and not one's own.
    NotARival,
    /// One claim a table and quarter.
    AlreadyClaimed,
    /// They have claimed nothing lately that is still open.
    NoOpenClaim,
    /// Everything there is to find is known already.
    NothingToLearn,

    /// A covenant of a deal in force forbids this clause.
    Covenant {
        deal: DealId,
        clause: Clause,
        /// The last quarter in which it does; none where it has no end.
        through: Option<Quarter>,
    },
    // Chips.
    /// Only a cloud buys chips.
    NotABuyer(SeatId),
    // Regulators.
    /// This giant holds no such deal.
    NotYourDeal(DealId),
    /// The clause binds nobody, or cannot be loosened.
    NothingToLoosen {
        deal: DealId,
        clause: Clause,
    },
    /// Nothing of that deal is in force that this seat could end or withhold.
    NothingInForce,
    // Waivers.
    /// The two have agreed, subject to a waiver: only walking away is left to them.
    AgreedInPrinciple,
    /// Nothing in this deal stands in that giant's way now.
    NothingToWaive,
    /// A fee must come closer to the other side than one's own that stands.
    NotCloser {
        standing: Money,
    },
    /// A fee must be more than nothing, and not beyond all measure.
    FeeOutOfRange {
        most: Money,
    },
    /// The talks over this waiver are over for the quarter.
    WaiverTalksOver,
}

/// What is wrong with a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetProblem {
    /// Must be positive.
    NotPositive,
    /// Above what the rules allow.
    TooLarge,
    /// A clause with a term needs one of at least a quarter; one without must have none.
    Term,
    /// Only a giant with a cloud (or chips) can offer it.
    NeedsCloud,
    /// It names the investor itself, or no giant.
    Named,
    // The fuller sheet.
    /// Only a giant that makes chips can ask for it.
    NeedsChips,
    /// Only a giant with a cloud or models of its own has a use for it.
    NeedsModels,
    /// It is counted in compute, and the sheet commits the lab to none.
    NeedsCompute,
    /// A part needs a cap in dollars, and a cap a part.
    NeedsCap,
    /// The instrument leaves no room for it.
    NotWithInstrument,
    OutOfBounds {
        least: u8,
        most: u8,
    },
    /// It needs a deal in force between the two, the latest one.
    NeedsOldDeal,
}
