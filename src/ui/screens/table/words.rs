//! What the rows of the table are called, and what they mean.

use crate::host::words::refusals::upper_first;
use crate::host::words::{clauses, numbers};
use crate::sim::deal::Clause;

/// A value in two: the figure, and what is said about it.
pub(super) fn halves(value: &str) -> (String, String) {
    let cut = value.find(" (").or_else(|| value.find(", ")).or_else(|| value.find(" + "));
    match cut {
        Some(at) => {
            let rest = value[at..].trim_start_matches([' ', ',']).trim_matches(['(', ')']);
            (upper_first(&value[..at]), rest.to_owned())
        }
        None => (upper_first(value), String::new()),
    }
}

/// `8q` written out.
pub(super) fn quarters_in_words(note: &str) -> String {
    match note.strip_suffix('q').and_then(|count| count.parse::<u32>().ok()) {
        Some(count) => numbers::count(count, "quarter"),
        None => note.to_owned(),
    }
}

/// A clause at the head of a row.
pub(super) fn long_name(clause: Clause) -> &'static str {
    match clause {
        Clause::Amount => "Money in",
        Clause::PreMoney => "Pre-money value",
        Clause::Instrument => "Paper",
        Clause::Tranche => "Tranches",
        Clause::Commitment => "Compute from us",
        Clause::OwnChips => "On own chips",
        Clause::Access => "Model access",
        Clause::Barred => "Not from rivals",
        Clause::RevenueShare => "Revenue share",
        Clause::AntiDilution => "Anti-dilution",
        other => clauses::name(other),
    }
}

/// A row's name where there is little room.
pub(super) fn short_row(row: crate::sim::deal::appraise::Row) -> &'static str {
    use crate::sim::deal::appraise::Row;
    match row {
        Row::Stake => "Stake, in time",
        Row::CommittedCompute => "On compute",
        Row::CloudDemand => "Cloud demand",
        Row::Denial => "Denied to a rival",
        Row::Influence => "A voice",
        Row::RevenueShare => "Revenue share",
        Row::Licence => "Better models",
        Row::Cash => "Cash paid",
        Row::AlternativeUse => "Cash, other uses",
        Row::Regulation => "Regulators",
        Row::Runway => "Runway bought",
        Row::NewCompute => "Compute, reach",
        Row::Reach => "Reach",
        Row::Dilution => "Dilution",
        Row::Control => "Control",
        Row::LockIn => "Lock-in",
        Row::RevenueGiven => "Revenue given",
        Row::LicenceGiven => "A rival made",
        Row::Distrust => "Distrust",
        Row::BestAlternative => "Best other bid",
    }
}

pub(super) fn row_meaning(row: crate::sim::deal::appraise::Row) -> &'static str {
    use crate::sim::deal::appraise::Row;
    match row {
        Row::Denial | Row::Influence | Row::Licence | Row::LicenceGiven => {
            "Assumed: deals signed so far give no evidence for its size."
        }
        Row::Stake => "The shares over the lab's possible futures, five years on, as of today.",
        Row::BestAlternative => "What the lab would have instead: waiting, or a live rival bid.",
        Row::CloudDemand => "New demand that better models bring, over the quarters of access.",
        _ => "A row of the appraisal; all rows sum to the value decided on.",
    }
}
