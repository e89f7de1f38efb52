//! The course of one table: what has been named there, and how each clause stands.

use std::sync::Arc;

use crate::host::words::clauses;
use crate::ids::SeatId;
use crate::sim::deal::{Clause, TermSheet};
use crate::sim::decision::Because;
use crate::sim::fact::Fact;
use crate::sim::game::ClosedQuarter;

/// The rows a table opens with.
pub(crate) const FIRST_ROWS: [Clause; 5] =
    [Clause::Amount, Clause::PreMoney, Clause::Access, Clause::Board, Clause::Tranche];

/// What this table has seen: their earlier terms, and why they last held.
pub(crate) struct History {
    pub(crate) their_offers: Vec<TermSheet>,
    pub(crate) because: Option<Because>,
}

impl History {
    /// What one seat's table with another has seen; `present` are the facts of this quarter.
    pub(crate) fn of<'a>(
        closed: &[Arc<ClosedQuarter>],
        present: impl Iterator<Item = &'a Fact>,
        seat: SeatId,
        with: SeatId,
    ) -> History {
        let mut history = History { their_offers: Vec::new(), because: None };
        for fact in closed.iter().flat_map(|closed| closed.facts.iter()) {
            history.note(fact, seat, with);
        }
        // Why they held is of this quarter or it is old news.
        history.because = None;
        for fact in present {
            history.note(fact, seat, with);
        }
        history
    }

    fn note(&mut self, fact: &Fact, me: SeatId, with: SeatId) {
        match fact {
            Fact::OfferMade { from, to, sheet } if *from == with && *to == me => {
                self.their_offers.push(*sheet);
                self.because = None;
            }
            Fact::Held { by, from, because } if *by == with && *from == me => {
                self.because = Some(*because);
            }
            Fact::OfferMade { from, to, .. } if *from == me && *to == with => {
                self.because = None;
            }
            _ => {}
        }
    }

    /// Whether they have repeated a clause in their last two offers.
    pub(crate) fn firm(&self, clause: Clause) -> bool {
        match self.their_offers[..] {
            [.., before, last] => clauses::agree(&before, &last, clause),
            _ => false,
        }
    }
}

/// How a clause stands between two sheets.
pub(crate) fn state(
    mine: &TermSheet,
    theirs: &TermSheet,
    clause: Clause,
    history: &History,
) -> &'static str {
    if clauses::agree(mine, theirs, clause) {
        "agreed"
    } else if history.because.is_some_and(|because| because.worst == Some(clause)) {
        "sticking"
    } else if history.firm(clause) {
        "firm"
    } else {
        "open"
    }
}

/// The same while one side alone has named terms.
pub(crate) fn state_of_one(clause: Clause, history: &History) -> &'static str {
    match history.because {
        Some(because) if because.worst == Some(clause) => "sticking",
        _ => "open",
    }
}
