//! Bots: every seat that no person holds. A bot sees its own [`SeatView`] and nothing else.

mod character;
mod chips;
mod claims;
mod clauses;
mod dilemmas;
mod giant;
mod lab;
mod package;
mod process;
mod random;
mod regulation;
mod renegotiation;
mod script;
mod strategy;
mod talks;
mod waivers;
mod worth;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ids::{Role, SeatId};
use crate::level::{DispositionFile, Level};
use crate::sim::deal::brief::{Brief, Outlook};
use crate::sim::decision::Decision;
use crate::sim::information::attention::cost;
use crate::sim::rng::{Purpose, Stream, key};
use crate::sim::setting::Step;
use crate::sim::view::SeatView;
use crate::units::Quarter;
use character::{MOST_OF_CASH, Manner};

pub use script::Script;
pub use strategy::{Strategist, Strategy};

/// How far the hard bot expects rivals to follow a change of its price (measured: a little is worth
/// more than none, and a half is too much).
const FOLLOWED: f64 = 0.3;

/// How a bot plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Policy {
    /// Repeats the opening plan and passes in talks.
    Idle,
    /// Any legal decision.
    Random,
    /// The best next quarter, as if rivals stood still.
    Greedy,
    /// Looks two quarters ahead.
    Easy,
    /// Looks four quarters ahead.
    Normal,
    /// Looks five quarters ahead, and reckons with rivals that follow its prices.
    Hard,
}

impl Policy {
    pub const ALL: [Policy; 6] =
        [Policy::Idle, Policy::Random, Policy::Greedy, Policy::Easy, Policy::Normal, Policy::Hard];

    /// How far ahead it looks; none for those that do not look.
    pub fn outlook(self) -> Option<Outlook> {
        let (quarters, rivals, followed) = match self {
            Policy::Idle | Policy::Random => return None,
            Policy::Greedy => (1.0, false, 0.0),
            Policy::Easy => (2.0, true, 0.0),
            Policy::Normal => (4.0, true, 0.0),
            Policy::Hard => (5.0, true, FOLLOWED),
        };
        Some(Outlook { quarters, rivals, followed, disposition: None })
    }

    /// Rounds of talks it looks ahead.
    fn foresight(self) -> u32 {
        match self {
            Policy::Idle | Policy::Random | Policy::Greedy | Policy::Easy => 0,
            Policy::Normal | Policy::Hard => 1,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Policy::Idle => "idle",
            Policy::Random => "random",
            Policy::Greedy => "greedy",
            Policy::Easy => "easy",
            Policy::Normal => "normal",
            Policy::Hard => "hard",
        }
    }
}

impl fmt::Display for Policy {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl FromStr for Policy {
    type Err = String;

    fn from_str(text: &str) -> Result<Policy, String> {
        Policy::ALL.into_iter().find(|policy| policy.name() == text).ok_or_else(|| {
            let names: Vec<&str> = Policy::ALL.iter().map(|policy| policy.name()).collect();
            format!("no bot is called \"{text}\"; there are {}", names.join(", "))
        })
    }
}

/// What varies in a bot from game to game.
struct Temper {
    disposition: Option<DispositionFile>,
    manner: Manner,
}

/// A bot in a seat. It keeps nothing between quarters but what its view tells again.
#[derive(Clone, Debug)]
pub struct Bot {
    policy: Policy,
    /// For the luck of its own choices; never the seed of the game.
    seed: u64,
    /// Briefs of the quarter under way, fixed within its talks.
    briefs: Option<(Quarter, Vec<Brief>)>,
}

impl Bot {
    pub fn new(policy: Policy, seed: u64) -> Bot {
        Bot { policy, seed, briefs: None }
    }

    pub fn policy(&self) -> Policy {
        self.policy
    }

    /// What it decides in the present step. The same view always gives the same decisions.
    pub fn choose(&mut self, view: &SeatView) -> Vec<Decision> {
        if view.step == Step::Over {
            return Vec::new();
        }
        let Some(outlook) = self.policy.outlook() else {
            return match self.policy {
                Policy::Random => random::choose(view, self.seed),
                _ => Vec::new(),
            };
        };
        match view.step {
            Step::Plan => {
                let mut decisions = match view.role {
                    Role::Giant(firm) => giant::plan(view, firm, outlook),
                    Role::Lab(lab) => {
                        let mut decisions = lab::plan(view, lab, outlook);
                        let briefs = self.briefs(view, outlook);
                        decisions.extend(process::convene(view, lab, &briefs));
                        decisions.extend(process::care(view, lab));
                        decisions
                    }
                };
                let disposition = self.temper(view).disposition;
                decisions.extend(self.leave_broken_deals(view, outlook));
                decisions.extend(dilemmas::choose(view, disposition));
                if outlook.rivals {
                    claims::attend(view, self.seed, disposition, &mut decisions);
                }
                decisions
            }
            _ => {
                let temper = self.temper(view);
                let outlook = Outlook { disposition: temper.disposition, ..outlook };
                let briefs = self.briefs(view, outlook);
                let manner = Manner {
                    plays_rivals: outlook.rivals,
                    foresight: self.policy.foresight(),
                    ..temper.manner
                };
                let mut decisions = talks::choose(view, &briefs, manner);
                decisions.extend(waivers::choose(view, &briefs, &decisions));
                decisions.extend(renegotiation::offer(view, &briefs, &decisions));
                if outlook.rivals {
                    claims::speak(view, self.seed, &mut decisions);
                }
                within_attention(view, &mut decisions);
                decisions
            }
        }
    }

    /// Deals whose other side has broken them, where leaving pays. Seldom any: briefs are made only then.
    fn leave_broken_deals(&mut self, view: &SeatView, outlook: Outlook) -> Vec<Decision> {
        let broken = view.deals.iter().any(|deal| deal.wronged(view.seat, view.quarter));
        if !broken {
            return Vec::new();
        }
        let briefs = self.briefs(view, outlook);
        renegotiation::leave(view, &briefs)
    }

    /// What sort of day it is at the top of this giant: drawn once a game from the bot's own luck, so
    /// that the same rival is not the same in every game.
    fn temper(&self, view: &SeatView) -> Temper {
        let mut luck = Stream::new(self.seed, Quarter(0), 0, Purpose::Temper, 0, 0);
        let mut near = |value: f64, by: f64| value * (1.0 + by * (2.0 * luck.uniform() - 1.0));
        let most_of_cash = near(MOST_OF_CASH, 0.7);
        match view.role {
            Role::Lab(lab) => {
                let patience = view.level.labs[lab.index()].patience;
                Temper { disposition: None, manner: Manner::of_lab(patience, most_of_cash) }
            }
            Role::Giant(firm) => {
                let level = view.level.giants[firm.index()].disposition;
                let today = DispositionFile {
                    growth: near(level.growth, 0.3),
                    defence: near(level.defence, 0.3),
                    prudence: near(level.prudence, 0.5),
                    ambition: near(level.ambition, 0.12),
                    ..level
                };
                // The day's appetite is in the draw; the house's in its disposition.
                let manner = Manner::of(&level, most_of_cash);
                Temper { disposition: Some(today), manner }
            }
        }
    }

    /// The quarter's briefs on every table it may sit at.
    fn briefs(&mut self, view: &SeatView, outlook: Outlook) -> Vec<Brief> {
        if let Some((quarter, briefs)) = &self.briefs
            && *quarter == view.quarter
        {
            return briefs.clone();
        }
        let briefs = Brief::of_tables(view, outlook);
        self.briefs = Some((view.quarter, briefs.clone()));
        briefs
    }
}

/// Lets go of what a giant has no attention left for: the tables it sits at come before new ones.
fn within_attention(view: &SeatView, decisions: &mut Vec<Decision>) {
    if matches!(view.role, Role::Lab(_)) {
        return;
    }
    let sits_at = |decision: &Decision| {
        let with = decision.table_with();
        with.is_none_or(|seat| {
            view.tables.iter().any(|table| table.with == seat && table.mine.acted)
        })
    };
    let mut left = view.attention_left;
    let mut opened: Vec<SeatId> = Vec::new();
    decisions.sort_by_key(|decision| !sits_at(decision));
    decisions.retain(|decision| {
        let new = decision.table_with().filter(|seat| !sits_at(decision) && !opened.contains(seat));
        let price = cost(decision).total() + u32::from(new.is_some());
        let affordable = price <= left;
        if affordable {
            left -= price;
            opened.extend(new);
        }
        affordable
    });
}

/// The seed of a bot's own luck: from the game's, but not the game's.
pub fn bot_seed(level: &Level, seat: SeatId, seed: u64) -> u64 {
    seed.rotate_left(17) ^ key(level.seat_key(seat)) ^ key("bot")
}
