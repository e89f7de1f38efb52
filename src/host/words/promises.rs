//! Promises in words: what is owed, and how it stands.

use super::{Words, clauses, labels, listed, numbers};
use crate::sim::deal::promise::{Promise, PromiseState};
use crate::sim::deal::{Clause, Deal};
use crate::units::Quarter;

/// What is promised. `rented` is what the lab rents from the giant, gigawatts.
pub fn what(
    words: &Words,
    deals: &[Deal],
    deal: &Deal,
    promise: &Promise,
    now: Quarter,
    rented: f64,
) -> String {
    let value = clauses::value(words, deals, &deal.sheet, promise.what);
    let sheet = &deal.sheet;
    let quarters = |number: u8| numbers::count(u32::from(number), "quarter");
    match promise.what {
        Clause::Commitment => {
            let owed = deal.committed_mw_at(now) / 1_000.0;
            let verb = if promise.by == deal.giant.seat() { "deliver" } else { "rent" };
            format!(
                "compute to {verb}: {} due by now, {} rented",
                numbers::gigawatts(owed),
                numbers::gigawatts(rented)
            )
        }
        Clause::Barred => format!("no money from {value}"),
        Clause::Access => {
            format!("{} access, {}", labels::access(sheet.access), quarters(sheet.access_quarters))
        }
        Clause::Exclusivity => format!(
            "{}, {}",
            labels::exclusivity(sheet.exclusivity),
            quarters(sheet.exclusivity_quarters)
        ),
        Clause::Licence => format!("licence to the models, {}", quarters(sheet.licence_quarters)),
        Clause::Board => format!("{value} on the board"),
        Clause::BreakFee => format!("{value} for ending it early"),
        Clause::Tranche => {
            format!("second tranche, {}", numbers::money(deal.sheet.staged()))
        }
        Clause::OwnChips if deal.sheet.commitment_mw > 0 => {
            format!("{}% of that compute on its chips", deal.sheet.own_chips_pct)
        }
        Clause::OwnChips => format!("{}% of new compute on its chips", deal.sheet.own_chips_pct),
        Clause::Amount => value,
        what => format!("{}: {value}", clauses::name(what).to_lowercase()),
    }
}

/// What that means, in a sentence.
pub fn state_meaning(state: PromiseState) -> &'static str {
    match state {
        PromiseState::Kept => "Kept so far, or for good.",
        PromiseState::Due => "To be kept yet.",
        PromiseState::Late => {
            "Not kept this quarter; a second one makes it a breach, with damages."
        }
        PromiseState::InBreach => {
            "Not kept for a second quarter: damages are due, and the other side may end the deal freely for four quarters."
        }
        PromiseState::Waived(_) => "Its holder has given it up for those named.",
        PromiseState::Ended => "Its term is over, or the deal was replaced or ended.",
    }
}

/// How a promise stands.
pub fn state(words: &Words, state: PromiseState) -> String {
    match state {
        PromiseState::Kept => "kept".to_owned(),
        PromiseState::Due => "due".to_owned(),
        PromiseState::Late => "late".to_owned(),
        PromiseState::InBreach => "in breach".to_owned(),
        PromiseState::Waived(rivals) => {
            let names: Vec<&str> = rivals.iter().map(|seat| words.seat(seat)).collect();
            format!("waived for {}", listed(&names))
        }
        PromiseState::Ended => "ended".to_owned(),
    }
}
