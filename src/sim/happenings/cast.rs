//! Who plays the parts of a story.

use serde::{Deserialize, Serialize};

use crate::ids::{FirmId, LabId, Role, SeatId};
use crate::level::Level;
use crate::level::deck::{Part, Pick, Picks};
use crate::sim::view::Published;

/// Whom a story is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Player {
    #[default]
    Nobody,
    Seat(SeatId),
    /// Every provider of cloud without a seat, as one.
    Others,
}

/// Who plays what in a story.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cast {
    pub seat: Player,
    pub giant: Option<FirmId>,
    pub lab: Option<LabId>,
}

impl Cast {
    /// The players of a part, in the order of seats.
    pub fn players(&self, part: Part, level: &Level) -> Vec<Player> {
        let giants = level.giants.len();
        let lab_seat = |lab: LabId| Player::Seat(lab.seat(giants));
        match part {
            Part::Seat => vec![self.seat],
            Part::Giant => self.giant.iter().map(|firm| Player::Seat(firm.seat())).collect(),
            Part::Lab => self.lab.into_iter().map(lab_seat).collect(),
            Part::Others => vec![Player::Others],
            Part::Clouds => {
                let clouds =
                    level.giants.iter().enumerate().filter(|(_, giant)| giant.cloud.is_some());
                clouds.map(|(place, _)| Player::Seat(SeatId(place as u8))).collect()
            }
            Part::Labs => (0..level.labs.len() as u8).map(|lab| lab_seat(LabId(lab))).collect(),
        }
    }

    /// The one player of a part, if it has one.
    pub fn player(&self, part: Part, level: &Level) -> Option<Player> {
        match part {
            Part::Seat => Some(self.seat).filter(|player| *player != Player::Nobody),
            Part::Giant => self.giant.map(|firm| Player::Seat(firm.seat())),
            Part::Lab => self.lab.map(|lab| Player::Seat(lab.seat(level.giants.len()))),
            Part::Others => Some(Player::Others),
            Part::Clouds | Part::Labs => None,
        }
    }
}

/// Casts a story around a player, from published figures. None if a part it needs finds nobody.
pub fn cast_around(
    seat: Player,
    picks: &Picks,
    level: &Level,
    published: &Published,
) -> Option<Cast> {
    let own = match seat {
        Player::Seat(seat) => Some(seat),
        _ => None,
    };
    let stage = Stage { level, published, own };
    let giant = match picks.giant {
        Some(pick) => Some(stage.giant(pick)?),
        None => None,
    };
    let lab = match picks.lab {
        Some(pick) => Some(stage.lab(pick)?),
        None => None,
    };
    Some(Cast { seat, giant, lab })
}

/// Whom a happening falls on. `luck` is one uniform draw, for those drawn by share.
pub fn struck(pick: Pick, level: &Level, published: &Published, luck: f64) -> Option<Player> {
    let stage = Stage { level, published, own: None };
    match pick {
        Pick::Drawn => {
            let mut left = luck;
            let clouds = published.giants.iter().enumerate();
            for (place, giant) in clouds {
                left -= giant.share;
                if left < 0.0 {
                    return Some(Player::Seat(SeatId(place as u8)));
                }
            }
            Some(Player::Others)
        }
        Pick::Is(seat) => Some(Player::Seat(seat)),
        other => stage.giant(other).map(|firm| Player::Seat(firm.seat())),
    }
}

/// What picks are made from: nobody is picked to play against themselves.
struct Stage<'a> {
    level: &'a Level,
    published: &'a Published,
    own: Option<SeatId>,
}

impl Stage<'_> {
    fn giant(&self, pick: Pick) -> Option<FirmId> {
        let clouds = || {
            let giants = self.published.giants.iter().enumerate();
            let giants = giants.map(|(place, giant)| (FirmId(place as u8), giant));
            giants.filter(|(firm, giant)| giant.has_cloud && Some(firm.seat()) != self.own)
        };
        match pick {
            // The first of equals.
            Pick::Leader => clouds()
                .reduce(|best, next| if next.1.share > best.1.share { next } else { best })
                .map(|(firm, _)| firm),
            Pick::Trailing => clouds()
                .reduce(|least, next| if next.1.share < least.1.share { next } else { least })
                .map(|(firm, _)| firm),
            Pick::ChipMaker => {
                let place = self.level.giants.iter().position(|giant| giant.chips.is_some())?;
                let firm = FirmId(place as u8);
                (Some(firm.seat()) != self.own).then_some(firm)
            }
            Pick::Partner => self.largest_landlord(),
            Pick::Is(seat) => match seat.role(self.level.giants.len()) {
                Role::Giant(firm) if Some(seat) != self.own => Some(firm),
                _ => None,
            },
            Pick::Drawn => None,
        }
    }

    /// The giant that a lab rents most from.
    fn largest_landlord(&self) -> Option<FirmId> {
        let Role::Lab(lab) = self.own?.role(self.level.giants.len()) else { return None };
        let rented = &self.published.labs[lab.index()].compute_gw;
        let giants = (0..self.level.giants.len()).filter(|&place| rented[place] > 0.0);
        giants
            .reduce(|best, next| if rented[next] > rented[best] { next } else { best })
            .map(|place| FirmId(place as u8))
    }

    fn lab(&self, pick: Pick) -> Option<LabId> {
        let count = self.level.giants.len();
        let labs = || {
            let labs = self.published.labs.iter().enumerate();
            let labs = labs.map(|(place, lab)| (LabId(place as u8), lab));
            labs.filter(|(lab, _)| Some(lab.seat(count)) != self.own)
        };
        match pick {
            Pick::Leader => labs()
                .reduce(|best, next| {
                    if next.1.capability_points > best.1.capability_points { next } else { best }
                })
                .map(|(lab, _)| lab),
            Pick::Trailing => labs()
                .reduce(|least, next| {
                    if next.1.capability_points < least.1.capability_points { next } else { least }
                })
                .map(|(lab, _)| lab),
            Pick::Partner => {
                let Role::Giant(firm) = self.own?.role(count) else { return None };
                let owned = |lab: LabId| self.published.labs[lab.index()].stakes[firm.index()];
                labs()
                    .map(|(lab, _)| lab)
                    .filter(|lab| owned(*lab) > 0.0)
                    .reduce(|best, next| if owned(next) > owned(best) { next } else { best })
            }
            Pick::Is(seat) => match seat.role(count) {
                Role::Lab(lab) if Some(seat) != self.own => Some(lab),
                _ => None,
            },
            Pick::Drawn | Pick::ChipMaker => None,
        }
    }
}
