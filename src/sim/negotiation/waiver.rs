//! Two giants over a waiver: a pure state machine, and the list of such talks in a quarter.
//!
//! The buyer bids, the holder asks, and each new sum must come closer to the other's: so the talks
//! end by themselves, if the rounds do not end them first.

use bevy::prelude::Resource;
use serde::{Deserialize, Serialize};

use crate::ids::{DealId, FirmId};
use crate::sim::decision::{Refusal, WaiverMove};
use crate::units::Money;

/// Patience either side brings (*assumed*).
const PATIENCE: u8 = 3;
/// A step toward the other side by less than this part of one's own fee is a trifle (*assumed*).
const TRIFLE: f64 = 0.05;

/// An end of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WaiverSide {
    Buyer,
    Holder,
}

impl WaiverSide {
    pub fn other(self) -> WaiverSide {
        match self {
            WaiverSide::Buyer => WaiverSide::Holder,
            WaiverSide::Holder => WaiverSide::Buyer,
        }
    }
}

/// Talks over one deal's covenants for one giant, in one quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WaiverTalk {
    pub deal: DealId,
    pub buyer: FirmId,
    pub holder: FirmId,
    /// Fees that stand, by side.
    fees: [Option<Money>; 2],
    patience: [u8; 2],
    /// Sold, refused, or out of patience.
    pub over: bool,
}

/// What a move led to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaiverOutcome {
    Continues,
    /// This fee is to be paid.
    Agreed(Money),
    /// Nobody sells this quarter. True: patience ran out over trifles.
    Refused {
        patience: bool,
    },
}

impl WaiverTalk {
    pub fn new(deal: DealId, buyer: FirmId, holder: FirmId) -> WaiverTalk {
        WaiverTalk { deal, buyer, holder, fees: [None; 2], patience: [PATIENCE; 2], over: false }
    }

    /// The fee a side has named.
    pub fn fee(&self, side: WaiverSide) -> Option<Money> {
        self.fees[side as usize]
    }

    /// The side a giant is on, if it is on one.
    pub fn side_of(&self, firm: FirmId) -> Option<WaiverSide> {
        match firm {
            _ if firm == self.buyer => Some(WaiverSide::Buyer),
            _ if firm == self.holder => Some(WaiverSide::Holder),
            _ => None,
        }
    }

    /// The giant on a side.
    pub fn firm(&self, side: WaiverSide) -> FirmId {
        match side {
            WaiverSide::Buyer => self.buyer,
            WaiverSide::Holder => self.holder,
        }
    }

    /// Whether a move is possible, and where it leads.
    pub fn step(
        mut self,
        side: WaiverSide,
        mv: WaiverMove,
    ) -> Result<(WaiverTalk, WaiverOutcome), Refusal> {
        if self.over {
            return Err(Refusal::WaiverTalksOver);
        }
        let outcome = match mv {
            WaiverMove::Name(fee) => self.name(side, fee)?,
            WaiverMove::Accept => {
                let fee = self.fee(side.other()).ok_or(Refusal::NothingOnOffer)?;
                WaiverOutcome::Agreed(fee)
            }
            WaiverMove::Refuse if self.fees == [None; 2] => return Err(Refusal::NoTable),
            WaiverMove::Refuse => WaiverOutcome::Refused { patience: false },
        };
        self.over = outcome != WaiverOutcome::Continues;
        Ok((self, outcome))
    }

    fn name(&mut self, side: WaiverSide, fee: Money) -> Result<WaiverOutcome, Refusal> {
        let (mine, theirs) = (self.fee(side), self.fee(side.other()));
        // Only a buyer opens: a holder does not hawk what it has promised to keep.
        if side == WaiverSide::Holder && theirs.is_none() {
            return Err(Refusal::NoTable);
        }
        let closer = |fee: Money, than: Money| match side {
            WaiverSide::Buyer => fee > than,
            WaiverSide::Holder => fee < than,
        };
        if theirs.is_some_and(|theirs| fee == theirs || closer(fee, theirs)) {
            return Err(Refusal::AcceptInstead);
        }
        if let Some(standing) = mine.filter(|&mine| !closer(fee, mine)) {
            return Err(Refusal::NotCloser { standing });
        }
        let trifle = mine.is_some_and(|mine| (fee - mine).bn().abs() < TRIFLE * mine.bn().abs());
        self.fees[side as usize] = Some(fee);
        let patience = &mut self.patience[side.other() as usize];
        *patience = patience.saturating_sub(u8::from(trifle));
        Ok(if *patience == 0 {
            WaiverOutcome::Refused { patience: true }
        } else {
            WaiverOutcome::Continues
        })
    }
}

/// The quarter's talks over waivers, in the order they were opened.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waivers(pub Vec<WaiverTalk>);

impl Waivers {
    pub fn find(&self, deal: DealId, buyer: FirmId) -> Option<&WaiverTalk> {
        self.0.iter().find(|talk| talk.deal == deal && talk.buyer == buyer)
    }

    pub(super) fn find_mut(&mut self, deal: DealId, buyer: FirmId) -> Option<&mut WaiverTalk> {
        self.0.iter_mut().find(|talk| talk.deal == deal && talk.buyer == buyer)
    }

    /// The talks over a waiver, opened if need be.
    pub(super) fn open(&mut self, deal: DealId, buyer: FirmId, holder: FirmId) -> &mut WaiverTalk {
        let place = self.0.iter().position(|talk| talk.deal == deal && talk.buyer == buyer);
        let place = place.unwrap_or_else(|| {
            self.0.push(WaiverTalk::new(deal, buyer, holder));
            self.0.len() - 1
        });
        &mut self.0[place]
    }

    /// The deal's covenants have ended: there is nothing left to waive.
    pub(super) fn close(&mut self, deal: DealId) {
        self.0.iter_mut().filter(|talk| talk.deal == deal).for_each(|talk| talk.over = true);
    }

    /// Whether two giants still talk.
    pub fn any_open(&self) -> bool {
        self.0.iter().any(|talk| !talk.over)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn talk() -> WaiverTalk {
        WaiverTalk::new(DealId(0), FirmId(0), FirmId(1))
    }

    fn bn(billions: f64) -> WaiverMove {
        WaiverMove::Name(Money::from_bn(billions))
    }

    fn after(talk: WaiverTalk, side: WaiverSide, mv: WaiverMove) -> WaiverTalk {
        talk.step(side, mv).expect("a legal move").0
    }

    #[test]
    fn a_bid_is_countered_and_the_counter_taken() {
        let talk = after(talk(), WaiverSide::Buyer, bn(1.0));
        let talk = after(talk, WaiverSide::Holder, bn(2.0));
        let (talk, outcome) = talk.step(WaiverSide::Buyer, WaiverMove::Accept).expect("legal");
        assert_eq!(outcome, WaiverOutcome::Agreed(Money::from_bn(2.0)));
        let again = talk.step(WaiverSide::Holder, WaiverMove::Accept);
        assert_eq!(again, Err(Refusal::WaiverTalksOver));
    }

    #[test]
    fn a_holder_does_not_open_and_nobody_accepts_what_is_not_named() {
        assert_eq!(talk().step(WaiverSide::Holder, bn(1.0)), Err(Refusal::NoTable));
        let early = talk().step(WaiverSide::Holder, WaiverMove::Accept);
        assert_eq!(early, Err(Refusal::NothingOnOffer));
    }

    #[test]
    fn a_fee_must_come_closer_and_stop_short_of_what_could_be_accepted() {
        let talk = after(talk(), WaiverSide::Buyer, bn(1.0));
        let talk = after(talk, WaiverSide::Holder, bn(2.0));
        let standing = Money::from_bn(1.0);
        let same = talk.step(WaiverSide::Buyer, bn(1.0));
        assert_eq!(same, Err(Refusal::NotCloser { standing }));
        assert_eq!(talk.step(WaiverSide::Buyer, bn(2.0)), Err(Refusal::AcceptInstead));
        assert_eq!(talk.step(WaiverSide::Holder, bn(0.9)), Err(Refusal::AcceptInstead));
    }

    proptest! {
        // Rule 3 of good faith: every table ends, and nothing is named twice.
        #[test]
        fn two_giants_who_never_say_yes_run_out_of_moves(
            moves in prop::collection::vec((any::<bool>(), 0.01f64..5.0), 1..300)
        ) {
            let mut now = talk();
            let mut named = Vec::new();
            for (buyer, fee) in moves {
                let side = if buyer { WaiverSide::Buyer } else { WaiverSide::Holder };
                let fee = Money::from_bn(fee);
                if let Ok((next, _)) = now.step(side, WaiverMove::Name(fee)) {
                    prop_assert!(!named.contains(&(side as u8, fee)), "named twice");
                    named.push((side as u8, fee));
                    now = next;
                }
            }
            // A step is a trifle, of which there are three a side, or moves the fee by a twentieth.
            prop_assert!(named.len() < 300);
            if let (Some(bid), Some(ask)) = (now.fee(WaiverSide::Buyer), now.fee(WaiverSide::Holder)) {
                prop_assert!(bid < ask);
            }
        }
    }
}
