//! A term sheet as one would type it.

use crate::ids::SeatId;
use crate::sim::deal::{AccessTier, BoardSeat, Exclusivity, Instrument, TermSheet};

use super::Words;
use super::labels::{access, board, condition, exclusivity, instrument};
use super::numbers::plain;

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
    if sheet.break_fee.is_positive() {
        parts.push(format!("breakfee {}", plain(sheet.break_fee.bn())));
    }
    if sheet.release.is_positive() {
        parts.push(format!("release {}", plain(sheet.release.bn())));
    }
    if !sheet.barred.is_empty() {
        let handles: Vec<String> =
            sheet.barred.iter().map(|seat: SeatId| words.handle(seat)).collect();
        parts.push(format!("bar {}", handles.join(",")));
    }
    fuller(sheet, &mut parts);
    parts.join(" ")
}

/// The clauses that few sheets have.
fn fuller(sheet: &TermSheet, parts: &mut Vec<String>) {
    match sheet.instrument {
        Instrument::Preferred => {}
        Instrument::CappedProfit => parts.push(format!("instrument capped {}", sheet.profit_cap)),
        other => parts.push(format!("instrument {}", instrument(other))),
    }
    let flags = [
        (sheet.pro_rata, "prorata"),
        (sheet.anti_dilution, "antidilution"),
        (sheet.consent, "consent"),
    ];
    parts.extend(flags.into_iter().filter(|(used, _)| *used).map(|(_, word)| word.to_owned()));
    if sheet.own_chips_pct > 0 {
        parts.push(format!("chips {} {}", sheet.own_chips_pct, sheet.own_chips_quarters));
    }
    if sheet.licence_quarters > 0 {
        parts.push(format!("licence {}", sheet.licence_quarters));
    }
    if sheet.revenue_share_pct > 0 {
        let cap = plain(sheet.revenue_share_cap.bn());
        parts.push(format!("revshare {} cap {cap}", sheet.revenue_share_pct));
    }
}
