//! Why cash moved: its postings, to the dollar.

use super::{Candidate, Cause, Change, Past, Through, Whose, add};
use crate::ids::{Role, SeatId};
use crate::sim::books::{Account, Posting, Reason};
use crate::units::{Money, Quarter};

/// Every posting of a seat's cash, by reason and cause. Amounts are dollars, whole numbers all.
pub(super) fn cash(past: &Past, of: SeatId, quarter: Quarter) -> Change {
    let mut rows = Vec::new();
    let account = Account::Cash(of);
    for posting in &past.closed(quarter).postings {
        let dollars = dollars_of(posting, account);
        if dollars != 0.0 {
            let through = Through::Posting(posting.reason);
            let candidate = Candidate::new(through, cause(past, posting));
            let other = if posting.from == account { posting.to } else { posting.from };
            let candidate = match other {
                Account::Cash(seat) | Account::Escrow(seat) if seat != of => {
                    candidate.of(whose(past, seat))
                }
                _ => candidate,
            };
            add(&mut rows, candidate.row(dollars));
        }
    }
    let moved: f64 = rows.iter().map(|row| row.amount).sum();
    let before = balance(past, of, quarter);
    Change { before, after: before + moved, rows }
}

/// What a posting adds to an account, dollars.
pub(super) fn dollars_of(posting: &Posting, account: Account) -> f64 {
    match (posting.from == account, posting.to == account) {
        (true, false) => -(posting.amount.0 as f64),
        (false, true) => posting.amount.0 as f64,
        _ => 0.0,
    }
}

/// The cause of a posting. The terms of a deal as old as the game have no fact.
pub(super) fn cause(past: &Past, posting: &Posting) -> Cause {
    match (past.cause(posting.fact), posting.reason) {
        (Cause::Market, Reason::CapitalSpending) => Cause::Opening,
        (cause, _) => cause,
    }
}

pub(super) fn whose(past: &Past, seat: SeatId) -> Whose {
    match seat.role(past.giants()) {
        Role::Giant(firm) => Whose::Giant(firm),
        Role::Lab(lab) => Whose::Lab(lab),
    }
}

/// A seat's cash when the quarter began, dollars: what the level gives it, and all that was posted.
fn balance(past: &Past, of: SeatId, quarter: Quarter) -> f64 {
    let opening: Money = match of.role(past.giants()) {
        Role::Giant(firm) => past.level.giants[firm.index()].cash,
        Role::Lab(lab) => past.level.labs[lab.index()].cash,
    };
    let earlier = &past.history[..quarter.0 as usize - 1];
    let postings = earlier.iter().flat_map(|closed| &closed.postings);
    opening.0 as f64 + postings.map(|posting| dollars_of(posting, Account::Cash(of))).sum::<f64>()
}
