//! Information: due diligence, claims of rival bids, leaks and rumours, and what attention is left for.
//!
//! A claim is said to one seat at a table, a rumour to everybody, a leak is a rumour that is true.
//! Nobody is shown which rumours are leaks. What was said stands unproven until a signature, a leak,
//! due diligence, somebody's press office or time judges it; belief is one rule for all seats.

pub mod attention;
pub(super) mod checks;
mod close;
pub mod heard;
mod imagined;
pub(in crate::sim) mod known;
pub mod rules;
mod talks;
mod verdict;

use std::sync::Arc;

use bevy::prelude::{IntoScheduleConfigs, Resource, Schedule};
use serde::{Deserialize, Serialize};

use crate::ids::{FirmId, LabId, Role, SeatId};
use crate::sim::turn::{TalkSystems, TurnSystems};
use crate::units::{Money, Quarter};

pub use attention::{Attention, AttentionSpent, Use};
pub use close::press_points;
pub use heard::HearsayView;

/// Quarters that what was said is remembered, that of the saying included: one longer than it can be
/// judged, so that the verdict can be read.
const REMEMBERED: u32 = 3;

/// What was said.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Story {
    /// A bid between a giant and a lab, from the least to the most it is put at; a claim names sums,
    /// and both ends are the same.
    Bid { giant: FirmId, lab: LabId, amount: (Money, Money), pre_money: (Money, Money) },
    /// A giant or lab is in trouble: contracts wobble, people leave.
    Trouble { of: SeatId },
}

impl Story {
    /// Whether it is about a seat.
    pub fn about(&self, seat: SeatId, giants: usize) -> bool {
        match *self {
            Story::Bid { giant, lab, .. } => giant.seat() == seat || lab.seat(giants) == seat,
            Story::Trouble { of } => of == seat,
        }
    }

    /// Who is mostly in it: the giant of a bid, who is in trouble.
    fn subject(&self, giants: usize) -> Role {
        match *self {
            Story::Bid { giant, .. } => Role::Giant(giant),
            Story::Trouble { of } => of.role(giants),
        }
    }
}

/// What is planted: a story as its author tells it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum Rumour {
    Talks { giant: FirmId, lab: LabId, amount: Money, pre_money: Money },
    Trouble { of: SeatId },
}

/// How what was said stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    Unproven,
    Verified,
    Doubtful,
    Exposed,
}

/// What it was judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Evidence {
    /// Such a deal was signed.
    Signature,
    /// No such deal came of it.
    NoDeal,
    DueDiligence,
    /// The real bid leaked.
    Leak,
    /// Somebody it was about answered questions.
    PressOffice,
    /// The rumour was traced to who planted it.
    Traced,
}

/// Something said, and how it stands.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hearsay {
    /// Who said it, or on whose side somebody talked.
    by: SeatId,
    /// Who was told; none for what everybody hears.
    to: Option<SeatId>,
    story: Story,
    heard: Quarter,
    standing: Standing,
    /// What it was judged by, once it was.
    evidence: Option<Evidence>,
    /// How plausible it was when it was said, from what is published and covenants.
    plausibility: f64,
    /// Whether it is true. No view shows it.
    grounded: bool,
    /// Whether it leaked, and was not planted or claimed. No view shows it.
    leaked: bool,
    /// What it moved the market value of the giant it is about by, $bn.
    moved_bn: f64,
}

/// What was said, with what no seat may see in play: who said it, and whether it was true.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Said {
    pub by: SeatId,
    pub to: Option<SeatId>,
    pub story: Story,
    pub heard: Quarter,
    pub is_true: bool,
    /// Whether it leaked, and was not planted or claimed.
    pub leaked: bool,
}

impl Hearsay {
    fn opened(&self) -> Said {
        Said {
            by: self.by,
            to: self.to,
            story: self.story,
            heard: self.heard,
            is_true: self.grounded,
            leaked: self.leaked,
        }
    }
}

/// How a seat's word has turned out. Public.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub verified: u16,
    pub exposed: u16,
}

/// What is looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Matter {
    /// A lab's books.
    Lab(LabId),
    /// What a counterpart claimed in the present quarter or the last.
    Claim { by: SeatId },
}

/// A look into a lab's books, fresh until a quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::sim) struct Diligence {
    seat: SeatId,
    lab: LabId,
    /// 1: ranges halved; 2: exact.
    depth: u8,
    /// The first quarter it no longer counts.
    until: Quarter,
}

/// Everything said and found out, and how each seat's word has turned out.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Grapevine {
    said: Vec<Hearsay>,
    diligence: Vec<Diligence>,
    /// By seat. Views share them.
    records: Arc<Vec<Record>>,
}

impl Grapevine {
    pub fn new(seats: usize) -> Grapevine {
        Grapevine { records: Arc::new(vec![Record::default(); seats]), ..Grapevine::default() }
    }

    pub fn records(&self) -> &Arc<Vec<Record>> {
        &self.records
    }

    /// Everything remembered of what was said, with its authors and its truth.
    pub(in crate::sim) fn opened(&self) -> Vec<Said> {
        self.said.iter().map(Hearsay::opened).collect()
    }

    /// How deeply a seat has looked into a lab's books: 0 not at all, 1, 2.
    pub fn depth(&self, seat: SeatId, lab: LabId, now: Quarter) -> u8 {
        let fresh = self.diligence.iter().filter(|look| look.until > now);
        fresh
            .filter(|look| look.seat == seat && look.lab == lab)
            .map(|look| look.depth)
            .max()
            .unwrap_or(0)
    }

    /// A seat's looks into labs' books that are still fresh.
    pub(in crate::sim) fn looks_of(&self, seat: SeatId, now: Quarter) -> Vec<Diligence> {
        let own = self.diligence.iter().filter(|look| look.seat == seat && look.until > now);
        own.copied().collect()
    }

    fn look_into(&mut self, seat: SeatId, lab: LabId, now: Quarter) {
        let depth = (self.depth(seat, lab, now) + 1).min(2);
        self.diligence.retain(|look| (look.seat, look.lab) != (seat, lab));
        let until = now.plus(rules::DILIGENCE_LASTS);
        self.diligence.push(Diligence { seat, lab, depth, until });
    }

    /// The place of what one seat claimed to another in this quarter or the last, if it is open.
    fn open_claim(&self, by: SeatId, to: SeatId, now: Quarter) -> Option<usize> {
        self.said.iter().rposition(|said| {
            said.by == by
                && said.to == Some(to)
                && now.since(said.heard) <= 1
                && matches!(said.standing, Standing::Unproven | Standing::Doubtful)
        })
    }
}

pub(super) fn plugin(talk: &mut Schedule, close: &mut Schedule) {
    talk.add_systems((
        (talks::hear_claims, talks::plant, talks::look_into, attention::note_costs)
            .chain()
            .in_set(TalkSystems::Claims),
        talks::leak.in_set(TalkSystems::Leaks),
    ));
    close.add_systems(
        (
            talks::plant,
            talks::look_into,
            close::tell,
            close::judge,
            close::answer_press,
            close::tidy,
        )
            .chain()
            .in_set(TurnSystems::Hearsay),
    );
}
