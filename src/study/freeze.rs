//! What a lever is worth: a player whose hand is kept off one of them.

use std::fmt;
use std::str::FromStr;

use serde::Serialize;

use super::play::Player;
use crate::level::Giant;
use crate::sim::decision::{Decision, GiantPlan};
use crate::sim::view::{Plan, SeatView};

/// A lever of a giant that a study can hold at its opening setting, or a kind of move it can forbid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hold {
    Price,
    Order,
    Research,
    Push,
    Chips,
    /// A chip maker's favoured buyers.
    Favoured,
    Lobbying,
    Loosening,
    /// Talks of one's own, paid for.
    NoShops,
    Offers,
    Questions,
    /// Accepting what others offer.
    Acceptances,
    Waivers,
    /// Ending deals before their time.
    Terminations,
    /// Answers to dilemmas: silence takes what the dilemma says it does.
    Dilemmas,
    Cards,
}

impl Hold {
    pub const ALL: [Hold; 16] = [
        Hold::Price,
        Hold::Order,
        Hold::Research,
        Hold::Push,
        Hold::Chips,
        Hold::Favoured,
        Hold::Lobbying,
        Hold::Loosening,
        Hold::NoShops,
        Hold::Offers,
        Hold::Questions,
        Hold::Acceptances,
        Hold::Waivers,
        Hold::Terminations,
        Hold::Dilemmas,
        Hold::Cards,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Hold::Price => "price",
            Hold::Order => "order",
            Hold::Research => "research",
            Hold::Push => "push",
            Hold::Chips => "chips",
            Hold::Favoured => "favoured",
            Hold::Lobbying => "lobbying",
            Hold::Loosening => "loosening",
            Hold::NoShops => "no-shops",
            Hold::Offers => "offers",
            Hold::Questions => "questions",
            Hold::Acceptances => "acceptances",
            Hold::Waivers => "waivers",
            Hold::Terminations => "terminations",
            Hold::Dilemmas => "dilemmas",
            Hold::Cards => "cards",
        }
    }

    /// Whether a giant has this lever at all.
    pub fn is_had_by(self, giant: &Giant) -> bool {
        match self {
            Hold::Price | Hold::Order | Hold::Push => giant.cloud.is_some(),
            Hold::Research => giant.models.is_some(),
            Hold::Chips | Hold::Favoured => giant.chips.is_some(),
            _ => true,
        }
    }

    /// What is left of a decision.
    fn keep(self, decision: Decision, opening: &GiantPlan) -> Option<Decision> {
        match (self, decision) {
            (Hold::Lobbying, Decision::Attend { .. })
            | (Hold::Loosening, Decision::Loosen { .. })
            | (Hold::NoShops, Decision::BuyNoShop { .. })
            | (Hold::Waivers, Decision::Waiver { .. })
            | (Hold::Terminations, Decision::Terminate { .. })
            | (Hold::Dilemmas, Decision::Answer { .. })
            | (Hold::Cards, Decision::Play { .. })
            | (Hold::Offers, Decision::Offer { .. })
            | (Hold::Questions, Decision::Ask { .. })
            | (Hold::Acceptances, Decision::Accept { .. }) => None,
            (hold, Decision::Run(plan)) => Some(Decision::Run(hold.plan(plan, opening))),
            (_, decision) => Some(decision),
        }
    }

    fn plan(self, plan: GiantPlan, opening: &GiantPlan) -> GiantPlan {
        match self {
            Hold::Price => GiantPlan { price: opening.price, ..plan },
            Hold::Order => GiantPlan { order_gw: opening.order_gw, ..plan },
            Hold::Research => GiantPlan { research_bn: opening.research_bn, ..plan },
            Hold::Push => GiantPlan { push: opening.push, ..plan },
            Hold::Chips => GiantPlan { chip_price: opening.chip_price, ..plan },
            Hold::Favoured => GiantPlan { favoured: opening.favoured, ..plan },
            _ => plan,
        }
    }
}

impl fmt::Display for Hold {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl FromStr for Hold {
    type Err = String;

    fn from_str(text: &str) -> Result<Hold, String> {
        Hold::ALL.into_iter().find(|hold| hold.name() == text).ok_or_else(|| {
            let names: Vec<&str> = Hold::ALL.iter().map(|hold| hold.name()).collect();
            format!("no lever is called \"{text}\"; there are {}", names.join(", "))
        })
    }
}

/// A player that does without one lever.
pub struct Held<P> {
    player: P,
    hold: Hold,
    /// The plan in force when it first decided.
    opening: Option<GiantPlan>,
}

/// Keeps a player's hand off a lever.
pub fn holding<P: Player>(player: P, hold: Hold) -> Held<P> {
    Held { player, hold, opening: None }
}

impl<P: Player> Player for Held<P> {
    fn choose(&mut self, view: &SeatView) -> Vec<Decision> {
        let decisions = self.player.choose(view);
        let Plan::Giant(present) = view.plan else { return decisions };
        let opening = *self.opening.get_or_insert(present);
        decisions.into_iter().filter_map(|decision| self.hold.keep(decision, &opening)).collect()
    }
}
