//! What a designer reads when chips in a level file are wrong.

use termsheet::level::check;

const FLAGSHIP: &str = include_str!("../../levels/ten-billion-courtship.ron");

fn report(from: &str, to: &str) -> String {
    assert!(FLAGSHIP.contains(from), "the flagship has no {from:?}");
    let text = FLAGSHIP.replacen(from, to, 1);
    check("ten-billion-courtship.ron", &text).expect_err("refused").render(false)
}

#[test]
fn a_part_on_own_chips_out_of_range_is_refused_in_its_place() {
    let report = report("part_pct: 30", "part_pct: 130");
    assert!(report.contains("part_pct: 130"), "{report}");
    assert!(report.contains("0 to 90") || report.contains("0 and 90"), "{report}");
}

#[test]
fn a_supply_of_chips_that_grows_too_fast_is_refused_in_its_place() {
    let report =
        report("part_of_ai_capex_pct: 55,", "part_of_ai_capex_pct: 55, supply_growth_pct: 80,");
    assert!(report.contains("supply_growth_pct: 80"), "{report}");
    assert!(report.contains("0 to 50") || report.contains("0 and 50"), "{report}");
}
