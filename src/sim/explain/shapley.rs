//! Who caused how much of a change: Shapley values.
//!
//! A coalition is a set of causes that have had their effect; its value is the figure with those
//! causes in force and the others as they were. A cause's part is its mean contribution over every
//! order in which the causes could have come in (Shapley 1953). The parts sum to the whole change,
//! alike causes get alike parts, and a cause that changes nothing gets nothing.

/// Causes that are weighed against each other exactly; beyond that the slight ones go together.
const MOST_GROUPS: usize = 6;

/// Each cause's part of `value(all) − value(none)`. `value` is asked for coalitions by cause.
///
/// Up to six causes get their exact Shapley values. Of more, the five that do most by themselves
/// stand alone, and the rest come in as one; among them their common part is shared out by what each
/// does by itself, and what these sums leave over by its size.
pub fn attribute(causes: usize, mut value: impl FnMut(&[bool]) -> f64) -> Vec<f64> {
    if causes <= MOST_GROUPS {
        let groups: Vec<Vec<usize>> = (0..causes).map(|cause| vec![cause]).collect();
        return of_groups(causes, &groups, &mut value);
    }
    let mut coalition = vec![false; causes];
    let none = value(&coalition);
    let mut alone = Vec::with_capacity(causes);
    for cause in 0..causes {
        coalition[cause] = true;
        alone.push(value(&coalition) - none);
        coalition[cause] = false;
    }
    let mut order: Vec<usize> = (0..causes).collect();
    order.sort_by(|&one, &other| alone[other].abs().total_cmp(&alone[one].abs()));
    let slight = order.split_off(MOST_GROUPS - 1);
    let mut groups: Vec<Vec<usize>> = order.iter().map(|&cause| vec![cause]).collect();
    groups.push(slight.clone());
    let by_group = of_groups(causes, &groups, &mut value);
    let mut parts = vec![0.0; causes];
    for (&cause, part) in order.iter().zip(&by_group) {
        parts[cause] = *part;
    }
    share_out(by_group[MOST_GROUPS - 1], &slight, &alone, &mut parts);
    parts
}

/// Shares a sum out among causes by what each does alone; what is over by the size of that.
fn share_out(sum: f64, causes: &[usize], alone: &[f64], parts: &mut [f64]) {
    let all: f64 = causes.iter().map(|&cause| alone[cause]).sum();
    let size: f64 = causes.iter().map(|&cause| alone[cause].abs()).sum();
    for &cause in causes {
        let weight = if size > 0.0 { alone[cause].abs() / size } else { 1.0 / causes.len() as f64 };
        parts[cause] = alone[cause] + (sum - all) * weight;
    }
}

/// The Shapley values of groups of causes, each of which comes in as one.
fn of_groups(
    causes: usize,
    groups: &[Vec<usize>],
    value: &mut impl FnMut(&[bool]) -> f64,
) -> Vec<f64> {
    let count = groups.len();
    let mut coalition = vec![false; causes];
    let values: Vec<f64> = (0..1usize << count)
        .map(|members| {
            for (group, causes) in groups.iter().enumerate() {
                causes.iter().for_each(|&cause| coalition[cause] = members >> group & 1 == 1);
            }
            value(&coalition)
        })
        .collect();
    let part = |group: usize| {
        let without = (0..values.len()).filter(|members| members >> group & 1 == 0);
        let gains = without.map(|members| {
            weight(members.count_ones(), count as u32)
                * (values[members | 1 << group] - values[members])
        });
        gains.sum()
    };
    (0..count).map(part).collect()
}

/// The chance that exactly these others of `players` have come in before one: `k!(n − 1 − k)!/n!`.
fn weight(before: u32, players: u32) -> f64 {
    // 1/n · 1/C(n − 1, k)
    let choose = (0..before)
        .fold(1.0, |product, step| product * f64::from(players - 1 - step) / f64::from(step + 1));
    1.0 / (f64::from(players) * choose)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn near(one: &[f64], other: &[f64]) -> bool {
        one.len() == other.len() && one.iter().zip(other).all(|(a, b)| (a - b).abs() < 1e-12)
    }

    #[test]
    fn two_causes_that_interact_share_what_neither_does_alone() {
        // Price times volume: 10 → 12 and 100 → 150. Worth 1,000 → 1,800. Price first: 200, then
        // volume 600; volume first: 500, then price 300. Means: 250 and 550.
        let worth =
            |on: &[bool]| (if on[0] { 12.0 } else { 10.0 }) * (if on[1] { 150.0 } else { 100.0 });
        assert!(near(&attribute(2, worth), &[250.0, 550.0]));
    }

    #[test]
    fn gloves_are_worth_what_their_partners_leave_them() {
        // Two right gloves and one left; a pair is worth 1. Shapley 1953: 1/6, 1/6, 2/3.
        let pairs = |on: &[bool]| f64::from(u8::from(on[2] && (on[0] || on[1])));
        assert!(near(&attribute(3, pairs), &[1.0 / 6.0, 1.0 / 6.0, 2.0 / 3.0]));
    }

    #[test]
    fn a_cause_that_changes_nothing_gets_nothing_and_twins_get_the_same() {
        let value = |on: &[bool]| match (on[0], on[2]) {
            (true, true) => 5.0,
            (true, false) | (false, true) => 1.0,
            (false, false) => 0.0,
        };
        assert!(near(&attribute(3, value), &[2.5, 0.0, 2.5]));
    }

    #[test]
    fn no_causes_have_no_parts() {
        assert!(attribute(0, |_| 7.0).is_empty());
    }

    #[test]
    fn of_many_causes_that_add_up_each_gets_its_own() {
        let sizes = [5.0, -4.0, 3.0, 0.5, 0.25, -0.125, 0.0, 2.0, -1.0];
        let sum = |on: &[bool]| {
            on.iter().zip(&sizes).map(|(on, by)| if *on { *by } else { 0.0 }).sum::<f64>()
        };
        assert!(near(&attribute(sizes.len(), sum), &sizes));
    }

    proptest! {
        #[test]
        fn the_parts_sum_to_the_change(
            sizes in prop::collection::vec(-2.0..2.0f64, 1..14),
            mix in 0.0..1.0f64,
        ) {
            // A sum, bent: the causes interact.
            let value = |on: &[bool]| {
                let sum: f64 =
                    on.iter().zip(&sizes).map(|(on, by)| if *on { *by } else { 0.0 }).sum();
                sum + mix * libm::tanh(sum * sum)
            };
            let all = vec![true; sizes.len()];
            let none = vec![false; sizes.len()];
            let parts = attribute(sizes.len(), value);
            let change = value(&all) - value(&none);
            prop_assert!((parts.iter().sum::<f64>() - change).abs() < 1e-9);
        }
    }
}
