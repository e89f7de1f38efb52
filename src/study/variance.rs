//! Two-way analysis of variance: what of a score is the strategy, the world, the two together, luck.

use serde::Serialize;

/// Sums of squares of a balanced table of scores. The four parts add up to the total.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Variance {
    pub strategy: f64,
    pub world: f64,
    pub interaction: f64,
    /// Luck: what differs between seeds of the same strategy in the same world.
    pub rest: f64,
    pub total: f64,
}

impl Variance {
    /// Of scores by strategy, then world, then seed; every cell has equally many.
    ///
    /// With means `m` over what a dot stands for:
    /// `SS_strategy = W·R·Σ_s (m_s.. − m...)²`, `SS_world = S·R·Σ_w (m_.w. − m...)²`,
    /// `SS_interaction = R·Σ_sw (m_sw. − m_s.. − m_.w. + m...)²`, `SS_rest = Σ_swr (y_swr − m_sw.)²`.
    pub fn of(scores: &[Vec<Vec<f64>>]) -> Variance {
        let worlds = scores.first().map_or(0, Vec::len);
        let cells: Vec<Vec<f64>> =
            scores.iter().map(|row| row.iter().map(|cell| mean(cell)).collect()).collect();
        let rows: Vec<f64> = cells.iter().map(|row| mean(row)).collect();
        let column = |world: usize| {
            let cells: Vec<f64> = cells.iter().map(|row| row[world]).collect();
            mean(&cells)
        };
        let columns: Vec<f64> = (0..worlds).map(column).collect();
        let grand = mean(&rows);
        let seeds = scores.first().and_then(|row| row.first()).map_or(0, Vec::len) as f64;
        let interaction = cells.iter().zip(&rows).flat_map(|(row, of_row)| {
            row.iter()
                .zip(&columns)
                .map(move |(cell, of_column)| square(cell - of_row - of_column + grand))
        });
        let rest = scores.iter().zip(&cells).flat_map(|(row, means)| {
            row.iter()
                .zip(means)
                .flat_map(|(cell, mean)| cell.iter().map(move |score| square(score - mean)))
        });
        let all = scores.iter().flatten().flatten();
        let strategies = scores.len() as f64;
        Variance {
            strategy: worlds as f64
                * seeds
                * rows.iter().map(|row| square(row - grand)).sum::<f64>(),
            world: strategies
                * seeds
                * columns.iter().map(|column| square(column - grand)).sum::<f64>(),
            interaction: seeds * interaction.sum::<f64>(),
            rest: rest.sum(),
            total: all.map(|score| square(score - grand)).sum(),
        }
    }

    /// A part of the total, 0 to 1; 0 where nothing varies.
    pub fn part(&self, of: f64) -> f64 {
        if self.total > 0.0 { of / self.total } else { 0.0 }
    }
}

fn square(value: f64) -> f64 {
    value * value
}

fn mean(numbers: &[f64]) -> f64 {
    if numbers.is_empty() { 0.0 } else { numbers.iter().sum::<f64>() / numbers.len() as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    // Worked by hand: cell means 2, 6 and 4, 12; rows 4, 8; columns 3, 9; grand mean 6.
    #[test]
    fn a_small_table_comes_apart_as_by_hand() {
        let scores =
            vec![vec![vec![1.0, 3.0], vec![5.0, 7.0]], vec![vec![4.0, 4.0], vec![10.0, 14.0]]];
        let variance = Variance::of(&scores);
        assert_eq!(variance.strategy, 2.0 * 2.0 * 8.0);
        assert_eq!(variance.world, 2.0 * 2.0 * 18.0);
        assert_eq!(variance.interaction, 2.0 * 4.0);
        assert_eq!(variance.rest, 2.0 + 2.0 + 8.0);
        assert_eq!(variance.total, 124.0);
    }

    #[test]
    fn nothing_varies_in_an_even_table() {
        let variance = Variance::of(&[vec![vec![5.0; 3]; 2], vec![vec![5.0; 3]; 2]]);
        assert_eq!((variance.total, variance.part(variance.strategy)), (0.0, 0.0));
    }

    proptest! {
        #[test]
        fn the_four_parts_add_up_to_the_total(
            scores in prop::collection::vec(
                prop::collection::vec(prop::collection::vec(-50.0..150.0f64, 5), 4), 3)
        ) {
            let v = Variance::of(&scores);
            let sum = v.strategy + v.world + v.interaction + v.rest;
            prop_assert!((sum - v.total).abs() < 1e-6 * v.total.max(1.0));
        }
    }
}
