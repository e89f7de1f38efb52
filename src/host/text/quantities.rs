//! Quantities and conditions as people type them.

use crate::sim::deal::Condition;
use crate::units::Money;

/// A sum in $bn: `10`, `$10bn`, `500m`, `1.2tn`. None if it is no number at all.
pub(super) fn sum(word: &str) -> Option<Result<Money, String>> {
    let bare = word.trim_start_matches('$');
    let (digits, factor) =
        split_unit(bare, &[("bn", 1.0), ("b", 1.0), ("tn", 1e3), ("m", 1e-3), ("mn", 1e-3)]);
    let value = digits.parse::<f64>().ok()?;
    let billions = value * factor;
    if !(0.0..=1e5).contains(&billions) {
        return Some(Err(format!("\"{word}\" is no sum a term sheet can name.")));
    }
    Some(Ok(Money::from_bn(billions)))
}

/// Megawatts of compute: `0.5` and `0.5gw` are gigawatts, `500mw` is not.
pub(super) fn megawatts(word: &str) -> Option<u32> {
    let (digits, factor) = split_unit(word, &[("gw", 1e3), ("mw", 1.0)]);
    let factor = if digits == word { 1e3 } else { factor };
    let value = digits.parse::<f64>().ok()? * factor;
    (value.is_finite() && (0.0..=1e6).contains(&value)).then(|| libm::rint(value) as u32)
}

/// Quarters: `8`, `8q`, `2y`. None if it is no number.
pub(super) fn quarters(word: &str) -> Option<Result<u8, String>> {
    let (digits, factor) = split_unit(word, &[("q", 1.0), ("y", 4.0)]);
    let value = digits.parse::<f64>().ok()? * factor;
    let whole = value.fract() == 0.0 && (0.0..=255.0).contains(&value);
    Some(if whole {
        Ok(value as u8)
    } else {
        Err(format!("A term is a whole number of quarters, and \"{word}\" is none."))
    })
}

fn split_unit<'a>(word: &'a str, units: &[(&str, f64)]) -> (&'a str, f64) {
    let split = word.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(word.len());
    let (digits, unit) = word.split_at(split);
    match units.iter().find(|(name, _)| *name == unit) {
        Some((_, factor)) => (digits, *factor),
        None if unit.is_empty() => (word, 1.0),
        None => ("", 1.0),
    }
}

/// A condition by its name.
pub(super) fn condition(word: &str) -> Option<Condition> {
    Some(match word {
        "after-a-year" | "after-year" | "year" => Condition::AfterAYear,
        "at-the-frontier" | "frontier" | "at-frontier" => Condition::AtTheFrontier,
        "revenue-doubled" | "revenue-doubles" | "revenue" | "doubled" => Condition::RevenueDoubled,
        _ => return None,
    })
}
