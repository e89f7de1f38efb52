//! Attention: three points a quarter for every seat, not saved. Every use of it is listed here.

use bevy::prelude::{Res, ResMut, Resource, World};
use serde::{Deserialize, Serialize};

use crate::ids::{Role, SeatId};
use crate::sim::decision::{ATTENTION, Decision};
use crate::sim::fact::giant_and_lab;
use crate::sim::negotiation::{Table, Waivers, side_of};
use crate::sim::regulator::Scrutiny;
use crate::sim::setting::{Orders, Roster, Setting};

/// Tables a lab holds without a point: to raise money is its business (*assumed*).
pub const LAB_TABLES_FREE: u32 = 3;

/// What attention is spent on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Use {
    /// A point for each table a giant acts at, and for each beyond the third a lab acts at.
    Tables,
    /// A point for each waiver a giant wants for itself: to be asked for one takes none.
    Waivers,
    /// A point for a look into a lab's books, or into a claim.
    Diligence,
    /// A point for a rumour planted.
    Rumour,
    /// As many points as one likes.
    Press,
    /// As many points as one likes.
    Lobbying,
    /// A lab's retreats and recruiting: as many points as one likes.
    People,
    /// A point while an inquiry into the giant runs.
    Inquiry,
}

impl Use {
    pub const ALL: [Use; 8] = [
        Use::Tables,
        Use::Waivers,
        Use::Diligence,
        Use::Rumour,
        Use::Press,
        Use::Lobbying,
        Use::People,
        Use::Inquiry,
    ];
}

/// Points of attention by their use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attention([u32; Use::ALL.len()]);

impl Attention {
    fn of(what: Use, points: u32) -> Attention {
        let mut attention = Attention::default();
        attention.0[what as usize] = points;
        attention
    }

    pub fn on(&self, what: Use) -> u32 {
        self.0[what as usize]
    }

    pub fn total(&self) -> u32 {
        self.0.iter().fold(0, |sum, points| sum.saturating_add(*points))
    }

    /// What is left of a quarter's points.
    pub fn left(&self) -> u32 {
        ATTENTION.saturating_sub(self.total())
    }

    /// What of it was spent in steps that have run, tables, waivers and inquiries apart.
    pub(in crate::sim) fn before(&self, decided: &[Decision]) -> Attention {
        let mut spent = *self;
        for not_spent in [Use::Tables, Use::Waivers, Use::Inquiry] {
            spent.0[not_spent as usize] = 0;
        }
        for now in decided.iter().map(cost) {
            for (points, now) in spent.0.iter_mut().zip(now.0) {
                *points = points.saturating_sub(now);
            }
        }
        spent
    }

    fn add(&mut self, other: Attention) {
        for (sum, points) in self.0.iter_mut().zip(other.0) {
            *sum = sum.saturating_add(points);
        }
    }
}

/// What a decision costs beside the table it is made at.
pub fn cost(decision: &Decision) -> Attention {
    match *decision {
        Decision::Investigate { .. } => Attention::of(Use::Diligence, 1),
        Decision::Plant { .. } => Attention::of(Use::Rumour, 1),
        Decision::Attend { lobbying, press } => {
            let mut attention = Attention::of(Use::Lobbying, lobbying);
            attention.add(Attention::of(Use::Press, press));
            attention
        }
        Decision::Staff { retreat, recruiting } => {
            Attention::of(Use::People, retreat.saturating_add(recruiting))
        }
        _ => Attention::default(),
    }
}

/// Attention spent in steps of this quarter that have run, tables apart; by seat.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct AttentionSpent(pub Vec<Attention>);

impl AttentionSpent {
    pub(in crate::sim) fn none(seats: usize) -> AttentionSpent {
        AttentionSpent(vec![Attention::default(); seats])
    }
}

/// Notes what a step of talks cost its seats. The plan's costs end with its quarter.
pub(super) fn note_costs(orders: Res<Orders>, mut spent: ResMut<AttentionSpent>) {
    for (seat, decision) in orders.iter() {
        spent.0[seat.index()].add(cost(decision));
    }
}

/// A seat's attention this quarter: spent in earlier steps and decided in this one; with one more
/// decision if `new` is given, in place of what that replaces.
pub fn attention(world: &World, seat: SeatId, new: Option<&Decision>) -> Attention {
    let orders = world.resource::<Orders>().of(seat);
    let kept = || {
        let stays = |earlier: &&Decision| new.is_none_or(|new| !new.replaces(earlier));
        orders.iter().filter(stays).chain(new)
    };
    let mut sum = world.resource::<AttentionSpent>().0[seat.index()];
    for decision in kept() {
        sum.add(cost(decision));
    }
    sum.add(Attention::of(Use::Waivers, waivers_sought(world, seat, kept())));
    let setting = world.resource::<Setting>();
    let (giants, roster) = (setting.giants(), world.resource::<Roster>());
    let side = side_of(seat, giants);
    let held = setting.level.seat_ids().filter(|&other| {
        let Some((giant, lab)) = giant_and_lab(seat, other, giants) else { return false };
        let table = world.get::<Table>(roster.table(giant, lab));
        table.is_some_and(|table| table.hand(side).acted)
            || kept().any(|decision| decision.table_with() == Some(other))
    });
    let held = held.count() as u32;
    let free = match setting.role(seat) {
        Role::Giant(firm) => {
            let scrutiny = world.get::<Scrutiny>(roster.giant(firm));
            let inquiry = scrutiny.is_some_and(|scrutiny| scrutiny.inquiry.is_some());
            sum.add(Attention::of(Use::Inquiry, u32::from(inquiry)));
            0
        }
        Role::Lab(_) => LAB_TABLES_FREE,
    };
    sum.add(Attention::of(Use::Tables, held.saturating_sub(free)));
    sum
}

/// Waivers a seat wants for itself, by talks opened and by decisions of this step.
fn waivers_sought<'d>(
    world: &World,
    seat: SeatId,
    decided: impl Iterator<Item = &'d Decision>,
) -> u32 {
    let waivers = world.resource::<Waivers>();
    let new = decided.filter(|decision| {
        matches!(**decision, Decision::Waiver { deal, buyer, .. }
            if buyer.seat() == seat && waivers.find(deal, buyer).is_none())
    });
    let opened = waivers.0.iter().filter(|talk| talk.buyer.seat() == seat);
    (opened.count() + new.count()) as u32
}
