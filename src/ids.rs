//! Small integer names for the things of a game.
//!
//! A level's text ids ("amazon", "enterprise") become these numbers in `level/check.rs` and nowhere
//! else. Everything saved or compared holds one of these, never a Bevy `Entity`.

use serde::{Deserialize, Serialize};

/// A seat at the game: any giant or lab. Giants come first, labs after them, in the level's order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SeatId(pub u8);

/// A giant, by its place in the level's list of giants.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct FirmId(pub u8);

/// A lab, by its place in the level's list of labs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct LabId(pub u8);

/// A customer segment of the cloud market, by its place in the level's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct SegmentId(pub u8);

/// A signed deal, numbered from 0 in the order of signing; deals older than the game come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DealId(pub u16);

/// A happening, by its place in the level's deck.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct HappeningId(pub u8);

/// A dilemma, by its place in the level's deck.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct DilemmaId(pub u8);

/// A card for those who trail, by its place in the level's deck.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CardId(pub u8);

impl HappeningId {
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl DilemmaId {
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl DealId {
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl CardId {
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl FirmId {
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The giant's seat: giants sit first.
    pub fn seat(self) -> SeatId {
        SeatId(self.0)
    }
}

impl LabId {
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// The lab's seat, after all giants.
    pub fn seat(self, giants: usize) -> SeatId {
        SeatId(giants as u8 + self.0)
    }
}

impl SegmentId {
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl SeatId {
    pub fn index(self) -> usize {
        usize::from(self.0)
    }

    /// Which giant or lab sits here, in a game with this many giants.
    pub fn role(self, giants: usize) -> Role {
        if self.index() < giants {
            Role::Giant(FirmId(self.0))
        } else {
            Role::Lab(LabId(self.0 - giants as u8))
        }
    }
}

/// What a seat is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Role {
    Giant(FirmId),
    Lab(LabId),
}

/// A set of seats, at most 64 of them, small enough to travel inside a term sheet.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct SeatSet(u64);

impl SeatSet {
    pub const EMPTY: SeatSet = SeatSet(0);

    pub fn contains(self, seat: SeatId) -> bool {
        self.0 & (1 << seat.0) != 0
    }

    pub fn with(self, seat: SeatId) -> SeatSet {
        SeatSet(self.0 | (1 << seat.0))
    }

    pub fn without(self, seat: SeatId) -> SeatSet {
        SeatSet(self.0 & !(1 << seat.0))
    }

    /// Seats that are in either set.
    pub fn union(self, other: SeatSet) -> SeatSet {
        SeatSet(self.0 | other.0)
    }

    pub fn is_subset_of(self, other: SeatSet) -> bool {
        self.0 & !other.0 == 0
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// The seats in the set, in ascending order.
    pub fn iter(self) -> impl Iterator<Item = SeatId> {
        (0..64u8).filter(move |bit| self.0 & (1 << bit) != 0).map(SeatId)
    }
}

impl FromIterator<SeatId> for SeatSet {
    fn from_iter<I: IntoIterator<Item = SeatId>>(seats: I) -> Self {
        seats.into_iter().fold(SeatSet::EMPTY, SeatSet::with)
    }
}
