//! Term sheets in words: a clause for a column, a sheet for a sentence, and as one would type it.

use crate::ids::SeatId;
use crate::sim::deal::{AccessTier, BoardSeat, Clause, Condition, Deal, Exclusivity, TermSheet};

use super::labels::{access, board, condition, exclusivity};
use super::numbers::{bn_change, count, gigawatts, money, plain, share};
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
        Clause::SubjectTo => "Subject to",
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
        Clause::SubjectTo => "the waiver it depends on",
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
        Clause::SubjectTo => sheet.subject_to.is_some(),
    }
}

/// A clause of a sheet, for a column.
pub fn value(words: &Words, deals: &[Deal], sheet: &TermSheet, clause: Clause) -> String {
    if !used(sheet, clause) {
        return "none".to_owned();
    }
    let term = |what: &str, quarters: u8| format!("{what}, {quarters}q");
    match clause {
        Clause::Amount if sheet.credits.is_zero() => money(sheet.cash),
        Clause::Amount if sheet.cash.is_zero() => format!("{} credits", money(sheet.credits)),
        Clause::Amount => format!("{} + {} credits", money(sheet.cash), money(sheet.credits)),
        Clause::PreMoney => format!("{} ({})", money(sheet.pre_money), share(sheet.stake())),
        Clause::Tranche => format!("{}% {}", sheet.tranche_pct, condition(sheet.condition)),
        Clause::Board => board(sheet.board).to_owned(),
        Clause::Exclusivity => term(exclusivity(sheet.exclusivity), sheet.exclusivity_quarters),
        Clause::Commitment => term(&committed(sheet), sheet.commitment_quarters),
        Clause::Access => term(access(sheet.access), sheet.access_quarters),
        Clause::Barred => barred(words, sheet),
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
        Clause::SubjectTo => one.subject_to == other.subject_to,
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
        Clause::Barred | Clause::SubjectTo => "differs".to_owned(),
    }
}

fn signed(by: i32, unit: &str) -> String {
    let sign = if by < 0 { "−" } else { "+" };
    format!("{sign}{}{unit}", by.abs())
}

/// A whole sheet in a sentence without a verb: "$10.0bn at $100.0bn pre-money (9.1%), early access
/// for 8 quarters and an observer".
pub fn sheet(words: &Words, deals: &[Deal], sheet: &TermSheet) -> String {
    let amount = value(words, deals, sheet, Clause::Amount);
    let head =
        format!("{amount} at {} pre-money ({})", money(sheet.pre_money), share(sheet.stake()));
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

/// A sheet as one would type it after `offer`.
pub fn typed(words: &Words, sheet: &TermSheet) -> String {
    let mut parts = Vec::new();
    if sheet.cash.is_positive() {
        parts.push(plain(sheet.cash.bn()));
    }
    if sheet.credits.is_positive() {
        parts.push(format!("credits {}", plain(sheet.credits.bn())));
    }
    parts.push(format!("at {}", plain(sheet.pre_money.bn())));
    if sheet.tranche_pct > 0 {
        let condition = condition(sheet.condition).replace(' ', "-");
        parts.push(format!("tranche {} {condition}", sheet.tranche_pct));
    }
    if sheet.board != BoardSeat::None {
        parts.push(format!("board {}", board(sheet.board)));
    }
    if sheet.exclusivity != Exclusivity::None {
        let kind = exclusivity(sheet.exclusivity).replace(' ', "-");
        parts.push(format!("{kind} {}", sheet.exclusivity_quarters));
    }
    if sheet.commitment_mw > 0 {
        let gw = plain(f64::from(sheet.commitment_mw) / 1_000.0);
        parts.push(format!("compute {gw} {}", sheet.commitment_quarters));
    }
    if sheet.access != AccessTier::None {
        parts.push(format!("access {} {}", access(sheet.access), sheet.access_quarters));
    }
    if !sheet.barred.is_empty() {
        let handles: Vec<String> =
            sheet.barred.iter().map(|seat: SeatId| words.handle(seat)).collect();
        parts.push(format!("bar {}", handles.join(",")));
    }
    parts.join(" ")
}
