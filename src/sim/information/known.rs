//! What a lab does not publish, as far as a seat knows it.

use crate::ids::Role;
use crate::level::InformationFile;
use crate::sim::rng::Stream;
use crate::sim::view::{Known, LabKnown, LabSecrets};

/// Who looks at a lab, and how deeply it has looked.
#[derive(Clone, Copy, Debug)]
pub(in crate::sim) struct Sight {
    /// The lab looks at itself.
    pub(in crate::sim) own: bool,
    pub(in crate::sim) role: Role,
    pub(in crate::sim) information: InformationFile,
    /// Due diligence: 0 none, 1 ranges halved, 2 exact.
    pub(in crate::sim) depth: u8,
}

/// What the words for a number mean: below the first it is tight, above the second comfortable; the
/// last is what nobody expects it to pass.
#[derive(Clone, Copy, Debug)]
pub(in crate::sim) struct Words {
    tight: f64,
    easy: f64,
    most: f64,
}

const fn words(tight: f64, easy: f64, most: f64) -> Words {
    Words { tight, easy, most }
}

pub(in crate::sim) const CASH: Words = words(2.0, 10.0, 40.0);
pub(in crate::sim) const CREDITS: Words = words(1.0, 6.0, 20.0);
pub(in crate::sim) const RUNWAY: Words = words(3.0, 7.0, 12.0);
pub(in crate::sim) const BURN_8: Words = words(3.0, 12.0, 40.0);
pub(in crate::sim) const BURN: Words = words(0.5, 3.0, 8.0);
pub(in crate::sim) const LOSS: Words = words(1.0, 6.0, 16.0);
pub(in crate::sim) const TRUST: Words = words(0.4, 0.6, 1.0);

/// A number that would be shown like this: itself where it is shown, else drawn evenly from its range,
/// or from what its word stands for. One uniform draw, used or not.
pub(in crate::sim) fn drawn(shown: Known<f64>, words: Words, luck: &mut Stream) -> f64 {
    let luck = luck.uniform();
    let between = |low: f64, high: f64| low + luck * (high - low);
    match shown {
        Known::Exact(value) => value,
        Known::Range(low, high) => between(low, high),
        Known::Sign(sign) if sign < 0 => between(0.0, words.tight),
        Known::Sign(0) => between(words.tight, words.easy),
        Known::Sign(_) => between(words.easy, words.most),
        Known::Hidden => between(0.0, words.most),
    }
}

/// How a number is shown.
#[derive(Clone, Copy, PartialEq)]
enum Grain {
    Exact,
    /// Ranges, each cell cut into so many.
    Cells(f64),
    Signs,
}

impl Sight {
    fn grain(self) -> Grain {
        match (self.information, self.depth) {
            _ if self.own => Grain::Exact,
            (InformationFile::Full, _) | (_, 2..) => Grain::Exact,
            (InformationFile::Ranges, 1) => Grain::Cells(2.0),
            (InformationFile::Ranges, _) | (InformationFile::Signs, 1) => Grain::Cells(1.0),
            (InformationFile::Signs, _) => Grain::Signs,
        }
    }
}

/// A lab's secrets as a seat knows them. The middle of a range is not the value: ranges are cut on a
/// fixed grid, and due diligence halves its cells.
pub(in crate::sim) fn known(secret: &LabSecrets, sight: Sight) -> LabKnown {
    let grain = sight.grain();
    let sum = |value: f64, words: Words| match grain {
        Grain::Exact => Known::Exact(value),
        Grain::Cells(parts) => {
            // Four cells from each power of two to the next: every value of a cell shows the same.
            let part = 0.25;
            let cell = part * libm::exp2(libm::floor(libm::log2(value.abs().max(part)))) / parts;
            let low = libm::floor(value / cell) * cell;
            Known::Range(low, low + cell)
        }
        Grain::Signs => sign(value, words),
    };
    let runway = match grain {
        Grain::Exact => Known::Exact(secret.runway_quarters),
        Grain::Cells(parts) => {
            let low = libm::floor(secret.runway_quarters * parts) / parts;
            Known::Range(low, (low + 1.0 / parts).min(12.0))
        }
        Grain::Signs => sign(secret.runway_quarters, RUNWAY),
    };
    let trust_in = |(giant, &trust): (usize, &f64)| match sight.role {
        Role::Giant(firm) if firm.index() != giant => Known::Hidden,
        Role::Lab(_) if !sight.own => Known::Hidden,
        _ => trust_as(grain, trust),
    };
    let burn_8: f64 = secret.planned_burn_bn[..8].iter().sum();
    LabKnown {
        cash_bn: sum(secret.cash_bn, CASH),
        runway_quarters: runway,
        credits_bn: sum(secret.credits_bn, CREDITS),
        burn_8_bn: sum(burn_8, BURN_8),
        burn_bn: sum(secret.burn_bn, BURN),
        loss_bn: sum(secret.loss_bn, LOSS),
        trust: secret.trust.iter().enumerate().map(trust_in).collect(),
    }
}

fn sign(value: f64, words: Words) -> Known<f64> {
    Known::Sign(if value < words.tight { -1 } else { i8::from(value > words.easy) })
}

fn trust_as(grain: Grain, trust: f64) -> Known<f64> {
    match grain {
        Grain::Exact => Known::Exact(trust),
        Grain::Cells(parts) => {
            let cells = 5.0 * parts;
            let low = libm::floor(trust * cells) / cells;
            Known::Range(low, (low + 1.0 / cells).min(1.0))
        }
        Grain::Signs => {
            Known::Sign(if trust < TRUST.tight { -1 } else { i8::from(trust >= TRUST.easy) })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{FirmId, SeatId};
    use crate::level::Library;
    use crate::sim::game::Game;

    fn secret(cash_bn: f64) -> LabSecrets {
        let library = Library::load(None);
        let flagship = library.find("ten-billion-courtship").expect("built in");
        let game = Game::new(flagship.level.clone().expect("sound"), 1);
        let mut secret = game.view(SeatId(0)).published.secrets[0].clone();
        (secret.cash_bn, secret.credits_bn, secret.runway_quarters) = (cash_bn, 1.3, 4.3);
        (secret.burn_bn, secret.trust) = (0.9, vec![0.55, 0.72]);
        secret
    }

    fn as_giant(information: InformationFile, depth: u8) -> Sight {
        Sight { own: false, role: Role::Giant(FirmId(1)), information, depth }
    }

    fn width(known: Known<f64>) -> f64 {
        match known {
            Known::Range(low, high) => high - low,
            Known::Exact(_) => 0.0,
            other => panic!("{other:?} is no range"),
        }
    }

    #[test]
    fn due_diligence_halves_ranges_and_twice_gives_the_number() {
        let at = |depth| known(&secret(7.3), as_giant(InformationFile::Ranges, depth));
        let (none, once, twice) = (at(0), at(1), at(2));
        let figures = |lab: &LabKnown| {
            [lab.cash_bn, lab.credits_bn, lab.runway_quarters, lab.burn_bn, lab.trust[1]]
        };
        for (before, after) in figures(&none).into_iter().zip(figures(&once)) {
            assert!((width(after) - width(before) / 2.0).abs() < 1e-9, "{before:?} {after:?}");
        }
        assert_eq!(twice.cash_bn, Known::Exact(7.3));
        assert_eq!(twice.trust[1], Known::Exact(0.72));
        // The rest of the lab's trust is none of this giant's business, however deep it looks.
        assert_eq!(twice.trust[0], Known::Hidden);
        assert_eq!(none.trust[0], Known::Hidden);
    }

    #[test]
    fn the_value_is_in_its_range_and_two_values_of_a_cell_look_the_same() {
        let secret = secret(0.0);
        for depth in [0, 1] {
            let look = |cash_bn| {
                let secret = LabSecrets { cash_bn, ..secret.clone() };
                known(&secret, as_giant(InformationFile::Ranges, depth)).cash_bn
            };
            for cash in [-3.0, 0.1, 0.9, 2.7, 7.3, 41.0] {
                let Known::Range(low, high) = look(cash) else { panic!("a range") };
                assert!(low <= cash && cash <= high, "{cash} in {low}..{high}");
            }
            assert_eq!(look(7.0001), look(7.4));
            for value in (1..400).map(|tenth| f64::from(tenth) / 10.0 + 0.05) {
                let Known::Range(low, high) = look(value) else { panic!("a range") };
                for part in [0.01, 0.5, 0.99] {
                    let other = look(low + part * (high - low));
                    assert_eq!(other, Known::Range(low, high), "{value}");
                }
            }
        }
    }

    #[test]
    fn where_a_level_shows_signs_due_diligence_shows_ranges_then_numbers() {
        let at = |depth| known(&secret(7.3), as_giant(InformationFile::Signs, depth)).cash_bn;
        assert_eq!(at(0), Known::Sign(0));
        assert!(matches!(at(1), Known::Range(..)));
        assert_eq!(at(2), Known::Exact(7.3));
    }
}
