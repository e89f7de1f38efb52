//! What the rows of the table are called, and what they mean.

use crate::host::words::{clauses, numbers};
use crate::sim::deal::Clause;

/// A value in two: the figure, and what is said about it.
pub(super) fn halves(value: &str) -> (String, String) {
    let cut = value.find(" (").or_else(|| value.find(", ")).or_else(|| value.find(" + "));
    match cut {
        Some(at) => {
            let rest = value[at..].trim_start_matches([' ', ',']).trim_matches(['(', ')']);
            (upper(&value[..at]), rest.to_owned())
        }
        None => (upper(value), String::new()),
    }
}

pub(super) fn upper(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
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

/// What a clause means, in a sentence.
pub(super) fn meaning(clause: Clause) -> &'static str {
    match clause {
        Clause::Amount => "Paid for shares: cash, and compute credits at face value.",
        Clause::PreMoney => {
            "What the lab is worth before the money: the part sold follows from it."
        }
        Clause::Instrument => {
            "Shares now, a note that turns into shares in the next round, a return with a cap, or warrants."
        }
        Clause::Tranche => "A part of the cash waits until a condition is met.",
        Clause::Board => "An observer listens; a director votes. Regulators see it.",
        Clause::Consent => {
            "Exclusivity, a director or more than a fifth for another needs the giant's consent."
        }
        Clause::ProRata => "The giant may keep its part of the lab in later rounds.",
        Clause::AntiDilution => "A later round below this price brings the giant more shares.",
        Clause::Exclusivity => "What the lab may no longer grant to others, and for how long.",
        Clause::Commitment => "Compute the lab rents from the giant by the end of the term.",
        Clause::OwnChips => "The part of that compute that runs on the giant's own chips.",
        Clause::Access => "Which models the giant's customers can use, and how soon.",
        Clause::Licence => "Quarters in which the giant may use the models as its own.",
        Clause::RevenueShare => "A part of the lab's revenue each quarter, until a cap is paid.",
        Clause::Barred => "Rivals the lab may not take money from for a year.",
        Clause::BreakFee => "What the side pays that ends the deal before its term.",
        Clause::Replaces => "The deal whose terms this sheet takes the place of.",
        Clause::Release => "Paid to the giant for what it gives up.",
        Clause::SubjectTo => "Signed only if a rival waives its covenant.",
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
