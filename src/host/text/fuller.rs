//! The words of the clauses that few sheets have.

use super::quantities::quarters;
use super::terms::{Reader, USUAL_TERM, choose};
use crate::sim::deal::{Instrument, TermSheet};
use crate::units::Money;

const INSTRUMENTS: [&str; 4] = ["preferred", "convertible", "capped 10", "warrants"];
const CHIPS: &str =
    "After chips I need a per cent of the compute and quarters, such as chips 50 12.";
const LICENCE: &str = "After licence I need quarters, such as licence 8.";
const REVENUE_SHARE: &str = "After revshare I need a per cent of the lab's revenue and a cap in $bn, such as revshare 10 cap 5.";

impl Reader<'_> {
    /// `instrument convertible`, or the kind alone.
    pub(super) fn instrument(&mut self, word: &str) -> Result<(), String> {
        let named = if word == "instrument" { self.next() } else { Some(word.to_owned()) };
        let kind = match named.as_deref() {
            Some("preferred" | "none" | "no") => Instrument::Preferred,
            Some("convertible" | "note") => Instrument::Convertible,
            Some("capped" | "capped-profit") => Instrument::CappedProfit,
            Some("warrants" | "warrant") => Instrument::Warrants,
            other => return Err(choose("instrument", other, &INSTRUMENTS)),
        };
        self.sheet.profit_cap =
            if kind == Instrument::CappedProfit { self.profit_cap()? } else { 0 };
        self.sheet.instrument = kind;
        Ok(())
    }

    /// How many times the money a capped profit returns.
    fn profit_cap(&mut self) -> Result<u8, String> {
        let kept = self.sheet.profit_cap;
        let typed = self.peek().and_then(|word| word.trim_end_matches(['x', '×']).parse().ok());
        let times = match typed {
            Some(times) => {
                self.next();
                times
            }
            None if kept > 0 => kept,
            None => return Err("After capped I need how many times the money it returns at most, such as capped 10.".to_owned()),
        };
        if matches!(self.peek(), Some("times" | "x")) {
            self.next();
        }
        Ok(times)
    }

    /// `consent`, or `consent none`.
    pub(super) fn flag(&mut self) -> bool {
        let refused = matches!(self.peek(), Some("none" | "off"));
        if refused {
            self.next();
        }
        !refused
    }

    /// `chips 50 12`; the term is that of the compute where none is named.
    pub(super) fn chips(&mut self) -> Result<(), String> {
        let pct = self.per_cent(CHIPS)?;
        let sheet = &self.sheet;
        let known = [sheet.own_chips_quarters, sheet.commitment_quarters, USUAL_TERM];
        let usual = known.into_iter().find(|quarters| *quarters > 0).unwrap_or(USUAL_TERM);
        self.sheet.own_chips_pct = pct;
        self.sheet.own_chips_quarters = if pct == 0 { 0 } else { self.term(usual)? };
        Ok(())
    }

    pub(super) fn licence(&mut self) -> Result<(), String> {
        self.sheet.licence_quarters = match self.next().as_deref() {
            Some("none" | "no") => 0,
            Some(word) => quarters(word).ok_or(LICENCE)??,
            None => return Err(LICENCE.to_owned()),
        };
        Ok(())
    }

    /// `revshare 10 cap 5`.
    pub(super) fn revenue_share(&mut self) -> Result<(), String> {
        let pct = self.per_cent(REVENUE_SHARE)?;
        while matches!(self.peek(), Some("cap" | "until" | "capped" | "at")) {
            self.next();
        }
        let kept = self.sheet.revenue_share_cap;
        self.sheet.revenue_share_pct = pct;
        self.sheet.revenue_share_cap = match (pct, self.peek()) {
            (0, _) => Money::ZERO,
            (_, None) if kept.is_positive() => kept,
            (_, None) => return Err(REVENUE_SHARE.to_owned()),
            (_, Some(_)) => self.sum("cap")?,
        };
        Ok(())
    }

    fn per_cent(&mut self, wanted: &str) -> Result<u8, String> {
        match self.next().as_deref() {
            Some("none" | "no") => Ok(0),
            Some(word) => {
                let number = word.trim_end_matches('%').parse::<u8>();
                number.map_err(|_| format!("{wanted} I read \"{word}\"."))
            }
            None => Err(wanted.to_owned()),
        }
    }
}

/// Takes a clause out again, if this word names one of these.
pub(super) fn drop(sheet: &mut TermSheet, word: &str) -> bool {
    match word {
        "instrument" | "convertible" | "capped" | "capped-profit" | "warrants" => {
            sheet.instrument = Instrument::Preferred;
            sheet.profit_cap = 0;
        }
        "prorata" | "pro-rata" => sheet.pro_rata = false,
        "antidilution" | "anti-dilution" => sheet.anti_dilution = false,
        "consent" => sheet.consent = false,
        "chips" | "own-chips" => {
            sheet.own_chips_pct = 0;
            sheet.own_chips_quarters = 0;
        }
        "licence" | "license" => sheet.licence_quarters = 0,
        "revshare" | "revenue-share" => {
            sheet.revenue_share_pct = 0;
            sheet.revenue_share_cap = Money::ZERO;
        }
        _ => return false,
    }
    true
}
