//! Two sheets side by side: where they agree, and how far apart they are.

use crate::sim::deal::{Clause, TermSheet};

use super::numbers::{bn_change, gigawatts};

/// Whether two sheets agree on a clause.
pub fn agree(one: &TermSheet, other: &TermSheet, clause: Clause) -> bool {
    match clause {
        Clause::Amount => one.cash == other.cash && one.credits == other.credits,
        Clause::PreMoney => one.pre_money == other.pre_money,
        Clause::Tranche => {
            one.tranche_pct == other.tranche_pct
                && (one.tranche_pct == 0 || one.condition == other.condition)
        }
        Clause::Board => one.board == other.board,
        Clause::Exclusivity => {
            one.exclusivity == other.exclusivity
                && one.exclusivity_quarters == other.exclusivity_quarters
        }
        Clause::Commitment => {
            one.commitment_mw == other.commitment_mw
                && one.commitment_quarters == other.commitment_quarters
        }
        Clause::Access => {
            one.access == other.access && one.access_quarters == other.access_quarters
        }
        Clause::Barred => one.barred == other.barred,
        Clause::BreakFee => one.break_fee == other.break_fee,
        Clause::Replaces => one.replaces == other.replaces,
        Clause::Release => one.release == other.release,
        Clause::SubjectTo => one.subject_to == other.subject_to,
        Clause::Instrument => {
            one.instrument == other.instrument && one.profit_cap == other.profit_cap
        }
        Clause::Consent => one.consent == other.consent,
        Clause::ProRata => one.pro_rata == other.pro_rata,
        Clause::AntiDilution => one.anti_dilution == other.anti_dilution,
        Clause::OwnChips => {
            one.own_chips_pct == other.own_chips_pct
                && one.own_chips_quarters == other.own_chips_quarters
        }
        Clause::Licence => one.licence_quarters == other.licence_quarters,
        Clause::RevenueShare => {
            one.revenue_share_pct == other.revenue_share_pct
                && one.revenue_share_cap == other.revenue_share_cap
        }
    }
}

/// From my clause to theirs: a difference where there is a number, else a word.
pub fn gap(mine: &TermSheet, theirs: &TermSheet, clause: Clause) -> String {
    if agree(mine, theirs, clause) {
        return "–".to_owned();
    }
    let steps = |mine: u8, theirs: u8, terms: i32| match i32::from(theirs) - i32::from(mine) {
        0 if terms == 0 => "differs".to_owned(),
        0 => signed(terms, "q"),
        by => signed(by, if by.abs() == 1 { " step" } else { " steps" }),
    };
    let terms = |mine: u8, theirs: u8| i32::from(theirs) - i32::from(mine);
    match clause {
        Clause::Amount if mine.amount() == theirs.amount() => "mix".to_owned(),
        Clause::Amount => bn_change((theirs.amount() - mine.amount()).bn()),
        Clause::PreMoney => bn_change((theirs.pre_money - mine.pre_money).bn()),
        Clause::Tranche => match terms(mine.tranche_pct, theirs.tranche_pct) {
            0 => "condition".to_owned(),
            by => signed(by, " pt"),
        },
        Clause::Board => steps(mine.board as u8, theirs.board as u8, 0),
        Clause::Exclusivity => steps(
            mine.exclusivity as u8,
            theirs.exclusivity as u8,
            terms(mine.exclusivity_quarters, theirs.exclusivity_quarters),
        ),
        Clause::Access => steps(
            mine.access as u8,
            theirs.access as u8,
            terms(mine.access_quarters, theirs.access_quarters),
        ),
        Clause::Commitment => {
            let by = i64::from(theirs.commitment_mw) - i64::from(mine.commitment_mw);
            match by {
                0 => signed(terms(mine.commitment_quarters, theirs.commitment_quarters), "q"),
                by => {
                    let sign = if by < 0 { "−" } else { "+" };
                    format!("{sign}{}", gigawatts(by.abs() as f64 / 1_000.0))
                }
            }
        }
        Clause::OwnChips => match terms(mine.own_chips_pct, theirs.own_chips_pct) {
            0 => signed(terms(mine.own_chips_quarters, theirs.own_chips_quarters), "q"),
            by => signed(by, " pt"),
        },
        Clause::Licence => signed(terms(mine.licence_quarters, theirs.licence_quarters), "q"),
        Clause::RevenueShare => match terms(mine.revenue_share_pct, theirs.revenue_share_pct) {
            0 => bn_change((theirs.revenue_share_cap - mine.revenue_share_cap).bn()),
            by => signed(by, " pt"),
        },
        Clause::Instrument if mine.instrument == theirs.instrument => {
            signed(terms(mine.profit_cap, theirs.profit_cap), " times")
        }
        Clause::BreakFee => bn_change((theirs.break_fee - mine.break_fee).bn()),
        Clause::Release => bn_change((theirs.release - mine.release).bn()),
        Clause::Instrument
        | Clause::Consent
        | Clause::ProRata
        | Clause::AntiDilution
        | Clause::Barred
        | Clause::Replaces
        | Clause::SubjectTo => "differs".to_owned(),
    }
}

fn signed(by: i32, unit: &str) -> String {
    let sign = if by < 0 { "−" } else { "+" };
    format!("{sign}{}{unit}", by.abs())
}
