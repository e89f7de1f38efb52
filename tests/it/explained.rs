//! Every move is explained: the rows sum to the change, whatever is played.

use termsheet::bot::Policy;
use termsheet::study::{Batch, SUMS_WITHIN, causes};

use crate::games::level_called;

#[test]
fn explanations_sum_for_every_figure_seat_and_quarter() {
    for (level, policy) in [
        ("ten-billion-courtship", Policy::Random),
        ("ten-billion-courtship", Policy::Normal),
        ("fifty-billion-question", Policy::Random),
    ] {
        let level = level_called(level);
        let table = vec![policy; level.seats()];
        let batch = Batch { level, games: 4, first_seed: 11, threads: 1 };
        for summed in causes(&batch, &table, || {}).expect("threads start") {
            assert!(summed.explanations > 0, "{summed:?}");
            assert_eq!(summed.wrong, 0, "{summed:?}");
            assert!(summed.largest_gap <= SUMS_WITHIN, "{summed:?}");
            // The rules, worked again, come to the figures that were played.
            assert!(summed.left_over_pct < 0.01, "{summed:?}");
        }
    }
}
