//! Regulators: how warm they are getting to each giant.

pub mod rules;

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use crate::sim::cloud::CloudResult;
use crate::sim::cloud::rules::herfindahl;
use crate::sim::deal::{AccessTier, BoardSeat, CapTable, Deal, Holder};
use crate::sim::decision::Decision;
use crate::sim::setting::{Clock, Giant, Orders, Roster};
use crate::sim::turn::TurnSystems;

/// Regulatory heat, 0 to 1.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Heat(pub f64);

pub(super) fn plugin(close: &mut Schedule) {
    close.add_systems(take_note.in_set(TurnSystems::Regulate));
}

fn take_note(
    clock: Res<Clock>,
    roster: Res<Roster>,
    orders: Res<Orders>,
    labs: Query<&CapTable>,
    deals: Query<&Deal>,
    clouds: Query<&CloudResult>,
    mut giants: Query<(&Giant, &mut Heat)>,
) {
    let share = |&entity: &Entity| clouds.get(entity).map_or(0.0, |result| result.share);
    // The many small providers add next to nothing.
    let concentration = herfindahl(roster.giants.iter().map(share));
    for &entity in &roster.giants {
        let Ok((giant, mut heat)) = giants.get_mut(entity) else { continue };
        let held: f64 = roster
            .labs
            .iter()
            .enumerate()
            .map(|(lab, &lab_entity)| {
                let stake =
                    labs.get(lab_entity).map_or(0.0, |s| s.part(Holder::Seat(giant.0.seat())));
                let mine = roster.deals.iter().filter_map(|&deal| deals.get(deal).ok());
                let (strictness, influence) = mine
                    .filter(|deal| deal.giant == giant.0 && deal.lab.index() == lab)
                    .fold((0.0, 0.0), |so_far, deal| grip(so_far, deal, &clock));
                rules::holding_heat(stake, strictness, influence)
            })
            .sum();
        let lobbying = orders.of(giant.0.seat()).iter().find_map(|decision| match decision {
            Decision::Attend { lobbying } => Some(*lobbying),
            _ => None,
        });
        let lobbying = lobbying.unwrap_or(0);
        heat.0 = rules::heat_after(heat.0, held, share(&entity), concentration, lobbying);
    }
}

/// The tightest exclusivity and the most influence over a giant's deals with a lab.
fn grip((strictness, influence): (f64, f64), deal: &Deal, clock: &Clock) -> (f64, f64) {
    let exclusive_access =
        if deal.access_at(clock.quarter) == AccessTier::Exclusive { 0.8 } else { 0.0 };
    let board: f64 = match deal.sheet.board {
        BoardSeat::None => 0.0,
        BoardSeat::Observer => 0.3,
        BoardSeat::Director => 1.0,
    };
    let strict = deal.exclusivity_at(clock.quarter).strictness();
    (strict.max(exclusive_access).max(strictness), board.max(influence))
}
