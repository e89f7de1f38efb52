//! What many numbers come to: a median with its range, a mean with its error.

use serde::Serialize;

/// The middle of many numbers, and the range that holds nine tenths of them, in their own unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// A twentieth of the numbers lie below.
    pub low_5pct: f64,
    pub median: f64,
    /// A twentieth of the numbers lie above.
    pub high_95pct: f64,
}

impl Spread {
    /// The spread of some numbers; nothing if there are none.
    pub fn of(numbers: impl IntoIterator<Item = f64>) -> Option<Spread> {
        let mut sorted: Vec<f64> = numbers.into_iter().collect();
        if sorted.is_empty() {
            return None;
        }
        sorted.sort_by(f64::total_cmp);
        let at = |part| quantile(&sorted, part);
        Some(Spread { low_5pct: at(0.05), median: at(0.5), high_95pct: at(0.95) })
    }
}

/// The middle of many numbers, and the range that holds four fifths of them, in their own unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Band {
    /// A tenth of the numbers lie below.
    pub low_10pct: f64,
    pub median: f64,
    /// A tenth of the numbers lie above.
    pub high_90pct: f64,
}

impl Band {
    /// The band of some numbers; nothing if there are none.
    pub fn of(numbers: impl IntoIterator<Item = f64>) -> Option<Band> {
        let mut sorted: Vec<f64> = numbers.into_iter().collect();
        if sorted.is_empty() {
            return None;
        }
        sorted.sort_by(f64::total_cmp);
        let at = |part| quantile(&sorted, part);
        Some(Band { low_10pct: at(0.1), median: at(0.5), high_90pct: at(0.9) })
    }
}

/// The value below which a part of sorted numbers lies: between two of them, a straight line.
fn quantile(sorted: &[f64], part: f64) -> f64 {
    let place = part * (sorted.len() - 1) as f64;
    let (below, rest) = (libm::floor(place), place - libm::floor(place));
    let low = sorted[below as usize];
    let high = sorted[(below as usize + 1).min(sorted.len() - 1)];
    low + rest * (high - low)
}

/// The middle of some numbers; 0 if there are none.
pub fn median(numbers: impl IntoIterator<Item = f64>) -> f64 {
    Spread::of(numbers).map_or(0.0, |spread| spread.median)
}

/// A mean, and how far it may be from the true one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Mean {
    pub mean: f64,
    /// Standard error of the mean; 0 with fewer than two numbers.
    pub standard_error: f64,
}

impl Mean {
    /// The mean of some numbers; 0 if there are none.
    pub fn of(numbers: &[f64]) -> Mean {
        let count = numbers.len() as f64;
        if numbers.is_empty() {
            return Mean { mean: 0.0, standard_error: 0.0 };
        }
        let mean = numbers.iter().sum::<f64>() / count;
        let squares: f64 = numbers.iter().map(|number| (number - mean) * (number - mean)).sum();
        let variance = if numbers.len() > 1 { squares / (count - 1.0) } else { 0.0 };
        Mean { mean, standard_error: libm::sqrt(variance / count) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_lie_on_straight_lines_between_the_numbers() {
        let spread = Spread::of((0..=100).map(f64::from)).unwrap();
        assert_eq!((spread.low_5pct, spread.median, spread.high_95pct), (5.0, 50.0, 95.0));
        assert_eq!(Spread::of([1.0, 2.0]).unwrap().median, 1.5);
        assert_eq!(Spread::of([7.0]).unwrap().high_95pct, 7.0);
        assert_eq!(Spread::of([]), None);
    }

    #[test]
    fn the_error_of_a_mean_shrinks_with_the_root_of_the_count() {
        let mean = Mean::of(&[1.0, 3.0]);
        assert_eq!((mean.mean, mean.standard_error), (2.0, 1.0));
        assert_eq!(Mean::of(&[5.0]).standard_error, 0.0);
    }
}
