//! Term sheets in words: a clause for a column, a sheet for a sentence.

use crate::sim::deal::{
    AccessTier, BoardSeat, Clause, Condition, Deal, Exclusivity, Instrument, TermSheet,
};

pub use super::clause_gaps::{agree, gap};
use super::labels::{access, board, condition, exclusivity, instrument};
use super::numbers::{count, gigawatts, money, share};
pub use super::typed_clauses::typed;
use super::{Words, listed};

/// A clause's name at the head of a row.
pub fn name(clause: Clause) -> &'static str {
    match clause {
        Clause::Amount => "Amount",
        Clause::PreMoney => "Pre-money",
        Clause::Tranche => "Tranche",
        Clause::Board => "Board",
        Clause::Exclusivity => "Exclusivity",
        Clause::Commitment => "Compute",
        Clause::Access => "Access",
        Clause::Barred => "Bars",
        Clause::BreakFee => "Break fee",
        Clause::Replaces => "Replaces",
        Clause::Release => "Release",
        Clause::SubjectTo => "Subject to",
        Clause::Instrument => "Instrument",
        Clause::Consent => "Consent",
        Clause::ProRata => "Pro rata",
        Clause::AntiDilution => "Dilution",
        Clause::OwnChips => "Chips",
        Clause::Licence => "Licence",
        Clause::RevenueShare => "Revenue",
    }
}

/// A clause inside a sentence.
pub fn in_text(clause: Clause) -> &'static str {
    match clause {
        Clause::Amount => "the amount",
        Clause::PreMoney => "the price",
        Clause::Tranche => "the second tranche",
        Clause::Board => "the board seat",
        Clause::Exclusivity => "exclusivity",
        Clause::Commitment => "the compute commitment",
        Clause::Access => "access to the models",
        Clause::Barred => "the bar on other investors",
        Clause::BreakFee => "the break fee",
        Clause::Replaces => "the deal it replaces",
        Clause::Release => "the payment for the release",
        Clause::SubjectTo => "the waiver it depends on",
        Clause::Instrument => "what the money buys",
        Clause::Consent => "the right of consent",
        Clause::ProRata => "the right to keep its part in later rounds",
        Clause::AntiDilution => "protection against dilution",
        Clause::OwnChips => "the part on its own chips",
        Clause::Licence => "the licence to the models",
        Clause::RevenueShare => "the revenue share",
    }
}

/// Whether a sheet makes any use of a clause.
pub fn used(sheet: &TermSheet, clause: Clause) -> bool {
    match clause {
        Clause::Amount | Clause::PreMoney => true,
        Clause::Tranche => sheet.tranche_pct > 0,
        Clause::Board => sheet.board != BoardSeat::None,
        Clause::Exclusivity => sheet.exclusivity != Exclusivity::None,
        Clause::Commitment => sheet.commitment_mw > 0,
        Clause::Access => sheet.access != AccessTier::None,
        Clause::Barred => !sheet.barred.is_empty(),
        Clause::BreakFee => sheet.break_fee.is_positive(),
        Clause::Replaces => sheet.replaces.is_some(),
        Clause::Release => sheet.release.is_positive(),
        Clause::SubjectTo => sheet.subject_to.is_some(),
        Clause::Instrument => sheet.instrument != Instrument::Preferred,
        Clause::Consent => sheet.consent,
        Clause::ProRata => sheet.pro_rata,
        Clause::AntiDilution => sheet.anti_dilution,
        Clause::OwnChips => sheet.own_chips_pct > 0,
        Clause::Licence => sheet.licence_quarters > 0,
        Clause::RevenueShare => sheet.revenue_share_pct > 0,
    }
}

/// A clause of a sheet, for a column.
pub fn value(words: &Words, deals: &[Deal], sheet: &TermSheet, clause: Clause) -> String {
    if !used(sheet, clause) {
        let unused = if clause == Clause::Instrument { "preferred" } else { "none" };
        return unused.to_owned();
    }
    let term = |what: &str, quarters: u8| format!("{what}, {quarters}q");
    match clause {
        Clause::Amount if sheet.credits.is_zero() => money(sheet.cash),
        Clause::Amount if sheet.cash.is_zero() => format!("{} credits", money(sheet.credits)),
        Clause::Amount => format!("{} + {} credits", money(sheet.cash), money(sheet.credits)),
        // Without money nothing is sold.
        Clause::PreMoney if !sheet.amount().is_positive() => money(sheet.pre_money),
        Clause::PreMoney => format!("{} ({})", money(sheet.pre_money), share(sheet.stake())),
        Clause::Tranche => format!("{}% {}", sheet.tranche_pct, condition(sheet.condition)),
        Clause::Board => board(sheet.board).to_owned(),
        Clause::Exclusivity => term(exclusivity(sheet.exclusivity), sheet.exclusivity_quarters),
        Clause::Commitment => term(&committed(sheet), sheet.commitment_quarters),
        Clause::Access => term(access(sheet.access), sheet.access_quarters),
        Clause::Barred => barred(words, sheet),
        Clause::Instrument if sheet.instrument == Instrument::CappedProfit => {
            format!("{}, {} times", instrument(sheet.instrument), sheet.profit_cap)
        }
        Clause::Instrument => instrument(sheet.instrument).to_owned(),
        Clause::Consent => "needed".to_owned(),
        Clause::ProRata => "kept".to_owned(),
        Clause::AntiDilution => "protected".to_owned(),
        Clause::OwnChips => term(&format!("{}%", sheet.own_chips_pct), sheet.own_chips_quarters),
        Clause::Licence => term("licence", sheet.licence_quarters),
        Clause::RevenueShare => {
            format!("{}% to {}", sheet.revenue_share_pct, money(sheet.revenue_share_cap))
        }
        Clause::BreakFee => money(sheet.break_fee),
        Clause::Replaces => match sheet.replaces.and_then(|id| deals.iter().find(|d| d.id == id)) {
            Some(deal) => format!("deal of {}", words.quarter(deal.signed)),
            None => "an earlier deal".to_owned(),
        },
        Clause::Release => format!("{} to the giant", money(sheet.release)),
        Clause::SubjectTo => {
            let deal = sheet.subject_to.and_then(|id| deals.iter().find(|deal| deal.id == id));
            let holder = deal.map_or("the holder", |deal| words.firm(deal.giant));
            format!("waiver by {holder}")
        }
    }
}

fn committed(sheet: &TermSheet) -> String {
    gigawatts(f64::from(sheet.commitment_mw) / 1_000.0)
}

fn barred(words: &Words, sheet: &TermSheet) -> String {
    let names: Vec<&str> = sheet.barred.iter().map(|seat| words.seat(seat)).collect();
    names.join(", ")
}

/// A sheet once it is signed: the waiver it waited for is bought.
pub fn signed(words: &Words, deals: &[Deal], sheet: &TermSheet) -> String {
    self::sheet(words, deals, &TermSheet { subject_to: None, ..*sheet })
}

/// A whole sheet in a sentence without a verb: "$10.0bn at $100.0bn pre-money (9.1%), early access
/// for 8 quarters and an observer".
pub fn sheet(words: &Words, deals: &[Deal], sheet: &TermSheet) -> String {
    let amount = value(words, deals, sheet, Clause::Amount);
    let head = if sheet.amount().is_positive() {
        format!("{amount} at {} pre-money ({})", money(sheet.pre_money), share(sheet.stake()))
    } else {
        "new terms without new money".to_owned()
    };
    let rest: Vec<String> = Clause::ALL[2..]
        .iter()
        .filter(|&&clause| used(sheet, clause))
        .map(|&clause| phrase(words, deals, sheet, clause))
        .collect();
    if rest.is_empty() {
        format!("{head}, no other terms")
    } else {
        format!("{head}, with {}", listed(&rest))
    }
}

fn phrase(words: &Words, deals: &[Deal], sheet: &TermSheet, clause: Clause) -> String {
    let over = |quarters: u8| count(u32::from(quarters), "quarter");
    match clause {
        Clause::Tranche => {
            format!("{}% of the cash held back until {}", sheet.tranche_pct, until(sheet.condition))
        }
        Clause::Board if sheet.board == BoardSeat::Director => "a director".to_owned(),
        Clause::Board => "an observer".to_owned(),
        Clause::Exclusivity => {
            format!("{} for {}", exclusivity(sheet.exclusivity), over(sheet.exclusivity_quarters))
        }
        Clause::Commitment => {
            format!("{} of compute over {}", committed(sheet), over(sheet.commitment_quarters))
        }
        Clause::Access => {
            format!("{} access for {}", access(sheet.access), over(sheet.access_quarters))
        }
        Clause::Barred => format!("no money from {}", barred(words, sheet)),
        Clause::Instrument => match sheet.instrument {
            Instrument::Preferred => "preferred shares".to_owned(),
            Instrument::Convertible => "a convertible note in place of shares".to_owned(),
            Instrument::CappedProfit => {
                format!("its return capped at {} times the money", sheet.profit_cap)
            }
            Instrument::Warrants => "warrants in place of shares".to_owned(),
        },
        Clause::Consent => "a right of consent".to_owned(),
        Clause::ProRata => "the right to keep its part".to_owned(),
        Clause::AntiDilution => "protection against dilution".to_owned(),
        Clause::OwnChips => format!(
            "{}% of {} on its own chips for {}",
            sheet.own_chips_pct,
            if sheet.commitment_mw > 0 { "that compute" } else { "the lab's new compute" },
            over(sheet.own_chips_quarters)
        ),
        Clause::Licence => format!("a licence to the models for {}", over(sheet.licence_quarters)),
        Clause::RevenueShare => format!(
            "{}% of the lab's revenue until {} is paid",
            sheet.revenue_share_pct,
            money(sheet.revenue_share_cap)
        ),
        Clause::BreakFee => format!("a break fee of {}", money(sheet.break_fee)),
        Clause::Replaces => {
            format!("the {} replaced", value(words, deals, sheet, clause))
        }
        Clause::Release => format!("{} paid to the giant for the release", money(sheet.release)),
        Clause::SubjectTo => format!("a {} first", value(words, deals, sheet, clause)),
        _ => value(words, deals, sheet, clause),
    }
}

/// When a second tranche falls due.
pub fn until(condition: Condition) -> &'static str {
    match condition {
        Condition::AfterAYear => "a year has passed",
        Condition::AtTheFrontier => "the lab is at the frontier",
        Condition::RevenueDoubled => "the lab's revenue has doubled",
    }
}

/// What a clause means, in a sentence.
pub fn meaning(clause: Clause) -> &'static str {
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
