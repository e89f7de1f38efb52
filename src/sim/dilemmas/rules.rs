//! When dilemmas and cards are dealt.

/// A dilemma comes at least every so many quarters …
pub const PACE: u32 = 2;
/// … and with this chance sooner, as long as the deck has more than the pace will need (assumed).
pub const EXTRA: f64 = 0.3;
/// The part of all seats that is thought to trail.
const TRAILING_PART: usize = 3;

/// Whether a dilemma is dealt for a quarter. `fitting` counts those whose conditions hold, `luck` is
/// one uniform draw. None is dealt for the last quarter, whose close nobody plays on from.
pub fn is_dealt(quarter: u32, last_dealt: u32, quarters: u32, fitting: usize, luck: f64) -> bool {
    if fitting == 0 || quarter >= quarters {
        return false;
    }
    let needed = (quarters - quarter).div_ceil(PACE) as usize;
    quarter - last_dealt >= PACE || (fitting > needed && luck < EXTRA)
}

/// How many seats trail: the lowest third, at least one.
pub fn trailing(seats: usize) -> usize {
    (seats / TRAILING_PART).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_second_quarter_brings_one_if_the_deck_has_one() {
        assert!(is_dealt(2, 0, 12, 1, 0.99));
        assert!(!is_dealt(2, 0, 12, 0, 0.0));
        assert!(!is_dealt(3, 2, 12, 5, 0.5));
        assert!(is_dealt(4, 2, 12, 1, 0.99));
    }

    #[test]
    fn one_comes_sooner_only_if_enough_are_left() {
        assert!(is_dealt(3, 2, 12, 6, 0.1));
        assert!(!is_dealt(3, 2, 12, 5, 0.1));
    }

    #[test]
    fn the_last_quarter_brings_none() {
        assert!(is_dealt(11, 9, 12, 1, 0.0));
        assert!(!is_dealt(12, 9, 12, 9, 0.0));
    }

    #[test]
    fn the_lowest_third_trails() {
        assert_eq!([2, 3, 5, 7, 9].map(trailing), [1, 1, 1, 2, 3]);
    }
}
