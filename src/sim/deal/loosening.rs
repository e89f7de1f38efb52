//! Clauses a giant can give up before their time, and what is left of the sheet then.
//!
//! A deal's sheet is what binds now; what was signed stays in the fact of its signature.

use super::{AccessTier, BoardSeat, Clause, Deal, Exclusivity, TermSheet};
use crate::ids::SeatSet;
use crate::units::Quarter;

/// Clauses that can be loosened, the strictest first: the order in which remedies take them.
pub const LOOSENABLE: [Clause; 7] = [
    Clause::Exclusivity,
    Clause::Access,
    Clause::Board,
    Clause::Consent,
    Clause::OwnChips,
    Clause::Licence,
    Clause::Barred,
];

impl Deal {
    /// Whether a clause of this deal binds in a quarter and can be loosened.
    pub fn can_loosen(&self, clause: Clause, now: Quarter) -> bool {
        match clause {
            Clause::Exclusivity => self.exclusivity_at(now) != Exclusivity::None,
            Clause::Access => self.access_at(now) == AccessTier::Exclusive,
            Clause::Board => self.board() != BoardSeat::None,
            Clause::Consent => self.needs_consent(),
            Clause::OwnChips => self.chips_at(now) > 0.0,
            Clause::Licence => self.licence_at(now),
            Clause::Barred => self.sheet.barred.iter().any(|rival| self.bars_at(now, rival)),
            _ => false,
        }
    }

    /// The sheet with a clause loosened: exclusivity gone, exclusive access early, a director an
    /// observer and an observer gone, no consent needed, no part on own chips, no licence, nobody
    /// barred.
    pub fn loosened(&self, clause: Clause) -> TermSheet {
        let mut sheet = self.sheet;
        match clause {
            Clause::Exclusivity => {
                sheet.exclusivity = Exclusivity::None;
                sheet.exclusivity_quarters = 0;
            }
            Clause::Access => sheet.access = AccessTier::Early,
            Clause::Board if sheet.board == BoardSeat::Director => {
                sheet.board = BoardSeat::Observer;
            }
            Clause::Board => sheet.board = BoardSeat::None,
            Clause::Consent => sheet.consent = false,
            Clause::OwnChips => {
                sheet.own_chips_pct = 0;
                sheet.own_chips_quarters = 0;
            }
            Clause::Licence => sheet.licence_quarters = 0,
            Clause::Barred => sheet.barred = SeatSet::EMPTY,
            _ => {}
        }
        sheet
    }

    /// How tightly it holds the lab in a quarter: its strictest exclusive right, 0 to 1. Exclusive
    /// access counts 0.8 (assumed).
    pub fn strictness_at(&self, now: Quarter) -> f64 {
        let access = if self.access_at(now) == AccessTier::Exclusive { 0.8 } else { 0.0 };
        self.exclusivity_at(now).strictness().max(access)
    }

    /// The voice it gives in the lab's affairs, 0 to 1 (assumed).
    pub fn influence(&self) -> f64 {
        let consent: f64 = if self.needs_consent() { 0.5 } else { 0.0 };
        consent.max(match self.board() {
            BoardSeat::None => 0.0,
            BoardSeat::Observer => 0.3,
            BoardSeat::Director => 1.0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{FirmId, LabId, SeatId};

    fn deal() -> Deal {
        let sheet = TermSheet {
            exclusivity: Exclusivity::SoleCloud,
            exclusivity_quarters: 6,
            access: AccessTier::Exclusive,
            access_quarters: 8,
            board: BoardSeat::Director,
            consent: true,
            own_chips_pct: 50,
            own_chips_quarters: 8,
            licence_quarters: 8,
            barred: SeatSet::EMPTY.with(SeatId(0)),
            ..TermSheet::default()
        };
        Deal::of(FirmId(1), LabId(0), sheet)
    }

    #[test]
    fn a_clause_loosened_binds_less_and_cannot_be_loosened_twice() {
        for clause in LOOSENABLE {
            let mut deal = deal();
            assert!(deal.can_loosen(clause, Quarter(2)), "{clause:?}");
            deal.sheet = deal.loosened(clause);
            if clause == Clause::Board {
                assert_eq!(deal.sheet.board, BoardSeat::Observer);
                deal.sheet = deal.loosened(clause);
            }
            assert!(!deal.can_loosen(clause, Quarter(2)), "{clause:?}");
        }
        assert!(!deal().can_loosen(Clause::PreMoney, Quarter(2)));
    }

    #[test]
    fn what_has_lapsed_cannot_be_given_up() {
        assert!(!deal().can_loosen(Clause::Exclusivity, Quarter(7)));
        assert!(!deal().can_loosen(Clause::Barred, Quarter(5)));
        assert!(deal().can_loosen(Clause::Board, Quarter(40)));
    }

    #[test]
    fn exclusive_access_grips_without_an_exclusivity() {
        let mut deal = deal();
        assert_eq!(deal.strictness_at(Quarter(1)), 1.0);
        deal.sheet = deal.loosened(Clause::Exclusivity);
        assert_eq!(deal.strictness_at(Quarter(1)), 0.8);
        deal.sheet = deal.loosened(Clause::Access);
        assert_eq!(deal.strictness_at(Quarter(1)), 0.0);
    }
}
