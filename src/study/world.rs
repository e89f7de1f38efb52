//! Twelve named worlds: a level with one thing about it changed.
//!
//! A strategy that is best everywhere is no choice. Each world is data: a name, and changes from one
//! short list. Sizes are assumed: large enough to be felt, within what a level file may say.

use crate::ids::SeatId;
use crate::level::deck::EffectKind;
use crate::level::{Happening, Level};
use crate::units::Money;

/// A variant of a level.
#[derive(Clone, Copy, Debug)]
pub struct World {
    pub name: &'static str,
    changes: &'static [Change],
}

/// One thing that differs from the level as written.
#[derive(Clone, Copy, Debug)]
enum Change {
    /// Factor on the growth that AI brings the cloud market, and on its cap.
    AiGrowth(f64),
    /// Methods stop improving after so many quarters.
    ScalingWall(u32),
    /// Factor on every provider's running cost.
    RunningCost(f64),
    /// A happening that surely comes in a quarter.
    Happens(u32, EffectKind),
    /// Points by which open weights stand higher.
    OpenWeights(f64),
    /// Factor on the labs' cash.
    LabCash(f64),
    /// Factor on the labs' opening trust in everybody.
    Trust(f64),
    /// Factors on the dispositions of all giants but the one studied.
    Rivals(Weights),
    /// The same for the rival with the best models of its own.
    BestRival(Weights),
}

/// Factors on a disposition.
#[derive(Clone, Copy, Debug)]
struct Weights {
    growth: f64,
    defence: f64,
    prudence: f64,
    ambition: f64,
}

const SHORTAGE: EffectKind = EffectKind::ChipShortage { cost_pct: 40.0 };
const DOWNTURN: EffectKind = EffectKind::Downturn { quarters: 5, growth_pct: 1.5 };

/// The worlds, in the order studies show them.
pub const WORLDS: [World; 12] = [
    World { name: "hot AI demand", changes: &[Change::AiGrowth(1.6)] },
    World { name: "cool AI demand", changes: &[Change::AiGrowth(0.5)] },
    World { name: "early scaling wall", changes: &[Change::ScalingWall(2)] },
    World { name: "cheap running", changes: &[Change::RunningCost(0.8)] },
    World {
        name: "chip shortage",
        changes: &[
            Change::Happens(2, SHORTAGE),
            Change::Happens(4, SHORTAGE),
            Change::Happens(6, SHORTAGE),
        ],
    },
    World { name: "downturn", changes: &[Change::Happens(3, DOWNTURN)] },
    World {
        name: "hungry rival",
        changes: &[Change::BestRival(Weights {
            growth: 1.8,
            defence: 1.8,
            prudence: 0.5,
            ambition: 1.8,
        })],
    },
    World {
        name: "prudent rivals",
        changes: &[Change::Rivals(Weights {
            growth: 0.7,
            defence: 0.7,
            prudence: 1.8,
            ambition: 0.7,
        })],
    },
    World {
        name: "jealous rivals",
        changes: &[Change::Rivals(Weights {
            growth: 1.0,
            defence: 3.0,
            prudence: 0.8,
            ambition: 1.0,
        })],
    },
    World { name: "open weights lead", changes: &[Change::OpenWeights(6.0)] },
    World { name: "tight labs", changes: &[Change::LabCash(0.4)] },
    World { name: "rich, wary labs", changes: &[Change::LabCash(4.0), Change::Trust(0.6)] },
];

impl World {
    /// The level in this world, studied from a seat.
    pub fn of(&self, level: &Level, seat: SeatId) -> Level {
        let mut changed = level.clone();
        for change in self.changes {
            change.make(&mut changed, seat);
        }
        changed
    }
}

impl Change {
    fn make(self, level: &mut Level, seat: SeatId) {
        match self {
            Change::AiGrowth(times) => {
                level.market.ai_growth_per_point *= times;
                level.market.ai_growth_cap *= times;
            }
            Change::ScalingWall(quarters) => {
                level.progress.scaling_wall_after_quarters = Some(quarters);
            }
            Change::RunningCost(times) => {
                level.market.others.cost_index *= times;
                for cloud in level.giants.iter_mut().filter_map(|giant| giant.cloud.as_mut()) {
                    cloud.cost_index *= times;
                }
            }
            Change::Happens(quarter, what) => {
                let happening = Happening::certain(what, quarter);
                level.happenings.push(happening);
            }
            Change::OpenWeights(points) => level.progress.open_weights_points += points,
            Change::LabCash(times) => {
                for lab in &mut level.labs {
                    lab.cash = Money::from_bn(lab.cash.bn() * times);
                }
            }
            Change::Trust(times) => {
                for trust in level.labs.iter_mut().flat_map(|lab| &mut lab.trust) {
                    *trust *= times;
                }
            }
            Change::Rivals(weights) => {
                for place in (0..level.giants.len()).filter(|&place| place != seat.index()) {
                    weights.bend(level, place);
                }
            }
            Change::BestRival(weights) => {
                if let Some(place) = best_rival(level, seat) {
                    weights.bend(level, place);
                }
            }
        }
    }
}

impl Weights {
    fn bend(self, level: &mut Level, place: usize) {
        let disposition = &mut level.giants[place].disposition;
        disposition.growth *= self.growth;
        disposition.defence *= self.defence;
        disposition.prudence *= self.prudence;
        disposition.ambition *= self.ambition;
    }
}

/// The giant with the best models of its own, the one studied apart; else the first other.
fn best_rival(level: &Level, seat: SeatId) -> Option<usize> {
    let points = |place: usize| {
        level.giants[place].models.map_or(f64::NEG_INFINITY, |models| models.capability_points)
    };
    (0..level.giants.len())
        .filter(|&place| place != seat.index())
        .rev()
        .max_by(|&one, &other| points(one).total_cmp(&points(other)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::level::Library;

    #[test]
    fn every_world_differs_from_the_level_and_from_every_other() {
        let level = Library::load(None).find("ten-billion-courtship").unwrap().level.unwrap();
        let worlds: Vec<Level> =
            WORLDS.iter().map(|world| world.of(&level, level.first_seat)).collect();
        for (place, world) in worlds.iter().enumerate() {
            assert_ne!(*world, *level, "{}", WORLDS[place].name);
            for (other, later) in worlds.iter().enumerate().skip(place + 1) {
                assert_ne!(world, later, "{} and {}", WORLDS[place].name, WORLDS[other].name);
            }
        }
    }

    #[test]
    fn the_seat_studied_keeps_its_disposition() {
        let level = Library::load(None).find("ten-billion-courtship").unwrap().level.unwrap();
        let seat = level.first_seat;
        for world in WORLDS {
            let changed = world.of(&level, seat);
            let place = seat.index();
            assert_eq!(changed.giants[place].disposition, level.giants[place].disposition);
        }
    }
}
