//! The clause grammar: words typed after `offer`, `change` or `counter`, as edits of a term sheet.
//!
//! Forgiving about order, units and filler; strict about what it cannot understand, which it says.

use super::fuller;
use super::quantities::{condition, megawatts, quarters, sum};
use crate::host::words::{Words, nearest};
use crate::ids::SeatSet;
use crate::sim::deal::{AccessTier, BoardSeat, Condition, Exclusivity, TermSheet};
use crate::units::Money;

/// A term where none is named, quarters.
pub(super) const USUAL_TERM: u8 = 8;
const USUAL_COMPUTE_TERM: u8 = 12;

const FILLERS: [&str; 18] = [
    "with", "and", "for", "of", "quarters", "quarter", "q", "in", "to", "the", "a", "an", "over",
    "plus", "money", "paid", "usd", "+",
];

const KEYWORDS: [&str; 41] = [
    "cash",
    "amount",
    "credits",
    "at",
    "pre-money",
    "valuation",
    "tranche",
    "board",
    "observer",
    "director",
    "exclusivity",
    "first-refusal",
    "sole-reseller",
    "sole-cloud",
    "compute",
    "commit",
    "access",
    "resale",
    "early",
    "exclusive",
    "bar",
    "breakfee",
    "break-fee",
    "release",
    "subject-to",
    "no",
    "none",
    "without",
    "commitment",
    "pre",
    "instrument",
    "convertible",
    "capped",
    "warrants",
    "prorata",
    "antidilution",
    "consent",
    "chips",
    "licence",
    "revshare",
    "cap",
];

/// A term sheet after the edits that these words make to it, or a sentence about what is wrong.
pub(super) fn edit(words: &Words, base: TermSheet, typed: &[String]) -> Result<TermSheet, String> {
    let tokens = tokens(typed);
    let mut reader = Reader { words, tokens: &tokens, place: 0, sheet: base };
    while let Some(word) = reader.next() {
        reader.clause(&word)?;
    }
    Ok(reader.sheet)
}

/// Splits off commas, except those of the list after `bar`, and joins spellings in two words.
fn tokens(typed: &[String]) -> Vec<String> {
    let mut tokens: Vec<String> = typed
        .iter()
        .flat_map(|word| word.split(','))
        .map(|word| word.trim_matches(|c| c == ';' || c == '.' || c == ':').to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    let pairs = [
        ("sole", "cloud"),
        ("sole", "reseller"),
        ("first", "refusal"),
        ("subject", "to"),
        ("pre", "money"),
        ("break", "fee"),
        ("after", "year"),
        ("revenue", "doubled"),
        ("revenue", "doubles"),
        ("revenue", "share"),
        ("pro", "rata"),
        ("anti", "dilution"),
        ("capped", "profit"),
        ("own", "chips"),
    ];
    let mut place = 0;
    while place + 1 < tokens.len() {
        let pair = (tokens[place].as_str(), tokens[place + 1].as_str());
        if pairs.contains(&pair) {
            let second = tokens.remove(place + 1);
            tokens[place] = format!("{}-{second}", tokens[place]);
        }
        place += 1;
    }
    tokens
}

pub(super) struct Reader<'a> {
    words: &'a Words,
    tokens: &'a [String],
    place: usize,
    pub(super) sheet: TermSheet,
}

impl Reader<'_> {
    pub(super) fn next(&mut self) -> Option<String> {
        while let Some(word) = self.tokens.get(self.place) {
            self.place += 1;
            if !FILLERS.contains(&word.as_str()) {
                return Some(word.clone());
            }
        }
        None
    }

    pub(super) fn peek(&self) -> Option<&str> {
        let rest = self.tokens.get(self.place..)?;
        rest.iter().map(String::as_str).find(|word| !FILLERS.contains(word))
    }

    fn clause(&mut self, word: &str) -> Result<(), String> {
        match word {
            "cash" | "amount" => self.sheet.cash = self.sum(word)?,
            "credits" | "credit" => self.sheet.credits = self.sum(word)?,
            "at" | "@" | "pre" | "pre-money" | "valuation" | "valued" => {
                self.sheet.pre_money = self.sum("at")?;
            }
            "tranche" => self.tranche()?,
            "board" => self.board()?,
            "observer" => self.sheet.board = BoardSeat::Observer,
            "director" => self.sheet.board = BoardSeat::Director,
            "exclusivity" => self.exclusivity()?,
            "first-refusal" | "sole-reseller" | "sole-cloud" => self.exclusivity_called(word)?,
            "compute" | "commit" | "commitment" => self.compute()?,
            "access" => self.access()?,
            "resale" | "early" | "exclusive" => self.access_called(word)?,
            "bar" | "bars" | "barring" => self.bar()?,
            "instrument" | "preferred" | "convertible" | "capped" | "warrants" => {
                self.instrument(word)?;
            }
            "prorata" | "pro-rata" => self.sheet.pro_rata = self.flag(),
            "antidilution" | "anti-dilution" => self.sheet.anti_dilution = self.flag(),
            "consent" => self.sheet.consent = self.flag(),
            "chips" | "own-chips" => self.chips()?,
            "licence" | "license" => self.licence()?,
            "revshare" | "revenue-share" => self.revenue_share()?,
            "breakfee" | "break-fee" => self.sheet.break_fee = self.sum(word)?,
            "release" => self.sheet.release = self.sum(word)?,
            // Where terms are offered, the word is taken out before it comes here.
            "subject" | "subject-to" | "waiver" => {
                return Err("Only terms that you offer can wait for a waiver: offer, change or counter WHO and the word subject.".to_owned());
            }
            "no" | "without" | "drop" => self.drop_clause()?,
            _ => match sum(word) {
                Some(sum) => self.sheet.cash = sum?,
                None => return Err(unknown(word)),
            },
        }
        Ok(())
    }

    pub(super) fn sum(&mut self, after: &str) -> Result<Money, String> {
        let typed =
            self.next().ok_or_else(|| format!("After {after} I need a sum in $bn, such as 10."))?;
        if typed == "none" || typed == "no" {
            return Ok(Money::ZERO);
        }
        sum(&typed).unwrap_or_else(|| {
            Err(format!("After {after} I need a sum in $bn, such as 10, and \"{typed}\" is none."))
        })
    }

    /// A term in quarters, if the next word is one.
    pub(super) fn term(&mut self, usual: u8) -> Result<u8, String> {
        let Some(typed) = self.peek() else { return Ok(usual) };
        let Some(quarters) = quarters(typed) else { return Ok(usual) };
        let quarters = quarters?;
        self.next();
        Ok(quarters)
    }

    fn board(&mut self) -> Result<(), String> {
        self.sheet.board = match self.next().as_deref() {
            Some("none" | "no") => BoardSeat::None,
            Some("observer") => BoardSeat::Observer,
            Some("director" | "seat") => BoardSeat::Director,
            other => return Err(choose("board", other, &["none", "observer", "director"])),
        };
        Ok(())
    }

    fn access(&mut self) -> Result<(), String> {
        match self.next() {
            Some(word) => self.access_called(&word),
            None => Err(choose("access", None, &["none", "resale", "early", "exclusive"])),
        }
    }

    fn access_called(&mut self, word: &str) -> Result<(), String> {
        let tier = match word {
            "none" | "no" => AccessTier::None,
            "resale" => AccessTier::Resale,
            "early" => AccessTier::Early,
            "exclusive" => AccessTier::Exclusive,
            // `access 12`: the same tier for another term.
            number if quarters(number).is_some() && self.sheet.access != AccessTier::None => {
                self.sheet.access_quarters = quarters(number).unwrap_or(Ok(USUAL_TERM))?;
                return Ok(());
            }
            other => {
                return Err(choose(
                    "access",
                    Some(other),
                    &["none", "resale", "early", "exclusive"],
                ));
            }
        };
        let kept = self.sheet.access_quarters;
        let usual = if kept > 0 { kept } else { USUAL_TERM };
        self.sheet.access = tier;
        self.sheet.access_quarters = if tier == AccessTier::None { 0 } else { self.term(usual)? };
        Ok(())
    }

    fn exclusivity(&mut self) -> Result<(), String> {
        match self.next() {
            Some(word) => self.exclusivity_called(&word),
            None => Err(choose("exclusivity", None, &EXCLUSIVITIES)),
        }
    }

    fn exclusivity_called(&mut self, word: &str) -> Result<(), String> {
        let kind = match word {
            "none" | "no" => Exclusivity::None,
            "first-refusal" => Exclusivity::FirstRefusal,
            "sole-reseller" => Exclusivity::SoleReseller,
            "sole-cloud" => Exclusivity::SoleCloud,
            other => return Err(choose("exclusivity", Some(other), &EXCLUSIVITIES)),
        };
        let kept = self.sheet.exclusivity_quarters;
        let usual = if kept > 0 { kept } else { USUAL_TERM };
        self.sheet.exclusivity = kind;
        self.sheet.exclusivity_quarters =
            if kind == Exclusivity::None { 0 } else { self.term(usual)? };
        Ok(())
    }

    fn compute(&mut self) -> Result<(), String> {
        let wanted = "After compute I need gigawatts and quarters, such as compute 0.5 12.";
        let typed = self.next().ok_or(wanted)?;
        let megawatts = match typed.as_str() {
            "none" | "no" => 0,
            word => megawatts(word).ok_or_else(|| format!("{wanted} I read \"{word}\"."))?,
        };
        // `0.5 gw`: a unit on its own.
        if matches!(self.peek(), Some("gw" | "mw")) {
            self.next();
        }
        let kept = self.sheet.commitment_quarters;
        let usual = if kept > 0 { kept } else { USUAL_COMPUTE_TERM };
        self.sheet.commitment_mw = megawatts;
        self.sheet.commitment_quarters = if megawatts == 0 { 0 } else { self.term(usual)? };
        Ok(())
    }

    fn tranche(&mut self) -> Result<(), String> {
        let wanted = "After tranche I need a per cent of the cash and a condition, such as tranche 40 after-a-year.";
        let typed = self.next().ok_or(wanted)?;
        if typed == "none" || typed == "no" {
            self.sheet.tranche_pct = 0;
            self.sheet.condition = Condition::default();
            return Ok(());
        }
        let number = typed.trim_end_matches('%').parse::<u8>();
        self.sheet.tranche_pct = number.map_err(|_| format!("{wanted} I read \"{typed}\"."))?;
        // `at the frontier`, `after a year`: a word that leads to the condition.
        let place = self.place;
        if matches!(self.peek(), Some("at" | "after" | "until" | "when" | "once")) {
            self.next();
        }
        match self.peek().and_then(condition) {
            Some(condition) => {
                self.next();
                self.sheet.condition = condition;
            }
            None => self.place = place,
        }
        Ok(())
    }

    fn bar(&mut self) -> Result<(), String> {
        let mut barred = SeatSet::EMPTY;
        let mut named = 0;
        while let Some(word) = self.peek().map(str::to_owned) {
            if word == "none" && named == 0 {
                self.next();
                self.sheet.barred = SeatSet::EMPTY;
                return Ok(());
            }
            let seat = self.words.seat_called(&word);
            let Some(seat) = seat.filter(|_| !KEYWORDS.contains(&word.as_str())) else { break };
            self.next();
            barred = barred.with(seat);
            named += 1;
        }
        if named == 0 {
            let found = self.peek().map(|word| format!(" \"{word}\" is none.")).unwrap_or_default();
            return Err(format!("After bar I need giants, such as bar microsoft,google.{found}"));
        }
        self.sheet.barred = barred;
        Ok(())
    }

    /// `no access`, `without board`, `drop tranche`.
    fn drop_clause(&mut self) -> Result<(), String> {
        let plain = TermSheet::default();
        let sheet = &mut self.sheet;
        let place = self.place;
        let word = self.tokens.get(place).map(String::as_str);
        match word {
            Some("credits") => sheet.credits = plain.credits,
            Some("tranche") => {
                sheet.tranche_pct = 0;
                sheet.condition = plain.condition;
            }
            Some("board" | "observer" | "director") => sheet.board = plain.board,
            Some("exclusivity" | "sole-cloud" | "sole-reseller" | "first-refusal") => {
                sheet.exclusivity = plain.exclusivity;
                sheet.exclusivity_quarters = 0;
            }
            Some("compute" | "commitment" | "commit") => {
                sheet.commitment_mw = 0;
                sheet.commitment_quarters = 0;
            }
            Some("access" | "resale" | "early" | "exclusive") => {
                sheet.access = plain.access;
                sheet.access_quarters = 0;
            }
            Some("bar" | "bars") => sheet.barred = plain.barred,
            Some("breakfee" | "break-fee") => sheet.break_fee = plain.break_fee,
            Some("release") => sheet.release = plain.release,
            Some("subject" | "subject-to" | "waiver") => sheet.subject_to = None,
            Some(other) if fuller::drop(sheet, other) => {}
            other => return Err(choose("no", other, &DROPPED)),
        }
        self.place += 1;
        Ok(())
    }
}

/// What can be taken out again.
const DROPPED: [&str; 17] = [
    "breakfee",
    "release",
    "subject",
    "credits",
    "tranche",
    "board",
    "exclusivity",
    "compute",
    "access",
    "bar",
    "instrument",
    "prorata",
    "antidilution",
    "consent",
    "chips",
    "licence",
    "revshare",
];

const EXCLUSIVITIES: [&str; 4] = ["none", "first-refusal", "sole-reseller", "sole-cloud"];

pub(super) fn choose(after: &str, found: Option<&str>, known: &[&str]) -> String {
    let found = found.map(|word| format!(", and \"{word}\" is none of these")).unwrap_or_default();
    format!("After {after} I need one of {}{found}.", known.join(", "))
}

fn unknown(word: &str) -> String {
    match nearest(word, KEYWORDS.into_iter()) {
        Some(meant) => {
            format!("I do not know the clause \"{word}\": did you mean {meant}? See help offer.")
        }
        None => format!("I do not know the clause \"{word}\": help offer lists them all."),
    }
}

#[cfg(test)]
mod tests;
