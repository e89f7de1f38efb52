//! Whom a fact concerns, and who may know of it.

use super::{Fact, Provider};
use crate::ids::SeatId;
use crate::sim::happenings::{Cast, Player};
use crate::sim::information::{Evidence, Standing, Story};

impl Fact {
    /// Whether a seat may know of it. Talks are private; everything else is published.
    pub fn seen_by(&self, seat: SeatId) -> bool {
        match *self {
            Fact::OfferMade { from: one, to: other, .. }
            | Fact::Asked { by: one, of: other }
            | Fact::RoutesShown { by: one, to: other }
            | Fact::Held { by: one, from: other, .. }
            | Fact::Insulted { by: one, other }
            | Fact::WalkedAway { by: one, from: other }
            | Fact::BidSealed { from: one, to: other }
            | Fact::PatienceEnded { of: one, with: other }
            | Fact::AgreedInPrinciple { by: one, with: other, .. }
            | Fact::AgreementLapsed { by: one, with: other, .. }
            | Fact::WaiverFeeNamed { by: one, to: other, .. }
            | Fact::WaiverRefused { by: one, to: other, .. }
            | Fact::AcceptanceFailed { by: one, from: other, .. }
            | Fact::Claimed { by: one, to: other, .. }
            | Fact::LeakTraced { by: one, other } => seat == one || seat == other,
            Fact::Answered { seat: whose, public, .. } => public || seat == whose,
            Fact::CardDealt { seat: whose, .. } => seat == whose,
            Fact::LookedInto { by, .. } => seat == by,
            Fact::Judged { to: Some(to), by, standing, evidence, .. } => match standing {
                Standing::Exposed => true,
                // What due diligence bears out stays with who made it.
                Standing::Verified if evidence == Evidence::DueDiligence => seat == to,
                _ => seat == to || Some(seat) == by,
            },
            _ => true,
        }
    }

    /// The one seat that knows of it, if it is an answer given in private.
    pub(in crate::sim) fn known_to_one(&self) -> Option<SeatId> {
        match *self {
            Fact::Answered { seat, public: false, .. } => Some(seat),
            _ => None,
        }
    }

    /// The seat it is mostly about, if one.
    pub fn subject(&self, giants: usize) -> Option<SeatId> {
        match *self {
            Fact::PriceChanged { firm, .. }
            | Fact::OrderChanged { firm, .. }
            | Fact::ResearchChanged { firm, .. }
            | Fact::PushChanged { firm, .. }
            | Fact::ChipPriceChanged { firm, .. }
            | Fact::AccessMoved { firm, .. }
            | Fact::CapitalSpendingCut { firm, .. }
            | Fact::Borrowed { firm, .. }
            | Fact::NewsMovedValue { firm, .. }
            | Fact::CircularRevenue { firm, .. }
            | Fact::CircularDoubted { firm, .. }
            | Fact::FavourChanged { firm, .. }
            | Fact::InquiryOpened { firm, .. }
            | Fact::InquiryCleared { firm, .. }
            | Fact::RemedyImposed { firm, .. }
            | Fact::ClauseLoosened { giant: firm, .. }
            | Fact::Signed { giant: firm, .. } => Some(firm.seat()),
            Fact::LabPlanChanged { lab }
            | Fact::RunwayShort { lab, .. }
            | Fact::ServingShort { lab, .. }
            | Fact::Rescued { lab, .. }
            | Fact::CharterBroken { lab, .. }
            | Fact::ProcessAnnounced { lab, .. }
            | Fact::TemplatePublished { lab, .. }
            | Fact::CharterMended { lab, .. }
            | Fact::AccessPolicyChanged { lab, .. }
            | Fact::NoShopBought { lab, .. } => Some(lab.seat(giants)),
            Fact::CapacityArrived { provider: Provider::Giant(firm), .. }
            | Fact::CapacityShort { provider: Provider::Giant(firm), .. }
            | Fact::ChipsLate { provider: Provider::Giant(firm), .. }
            | Fact::Outage { provider: Provider::Giant(firm), .. } => Some(firm.seat()),
            Fact::FrontierPassed { by, .. }
            | Fact::TalentLeft { from: by, .. }
            | Fact::PromiseLate { by, .. }
            | Fact::PromiseBroken { by, .. }
            | Fact::DealEnded { by, .. } => Some(by),
            Fact::WaiverSold { buyer, .. } => Some(buyer.seat()),
            Fact::Happened { cast: Cast { seat: Player::Seat(seat), .. }, .. }
            | Fact::Answered { seat, .. }
            | Fact::CardDealt { seat, .. }
            | Fact::CardPlayed { seat, .. } => Some(seat),
            Fact::Judged { by, .. } => by,
            Fact::Reported { story: Story::Bid { giant, .. } } => Some(giant.seat()),
            Fact::Reported { story: Story::Trouble { of } } => Some(of),
            _ => None,
        }
    }
}
