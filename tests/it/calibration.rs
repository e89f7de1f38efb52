//! The idle world against the calibration, and the column's world against the column.

use std::sync::Arc;

use termsheet::ids::{FirmId, LabId, SeatId};
use termsheet::level::{Level, Library, check};
use termsheet::sim::deal::brief::{Brief, FULL_OUTLOOK};
use termsheet::sim::deal::{AccessTier, TermSheet};
use termsheet::sim::game::Game;
use termsheet::sim::negotiation::Side;
use termsheet::units::Money;

fn fixture() -> Arc<Level> {
    let text = include_str!("fixtures/calibration-idle.ron");
    Arc::new(check("calibration-idle.ron", text).unwrap_or_else(|p| panic!("{}", p.render(false))))
}

fn flagship() -> Arc<Level> {
    let entry = Library::load(None).find("ten-billion-courtship").expect("built in");
    entry.level.expect("the flagship is sound")
}

/// Market revenue and a giant's share at the ends of 2025 to 2028, all seats idle.
fn idle_path(level: &Arc<Level>, seed: u64, firm: usize) -> Vec<(f64, f64)> {
    let mut game = Game::new(Arc::clone(level), seed);
    let opening = game.view(SeatId(0)).published;
    while !game.is_over() {
        game.advance();
    }
    let year_ends = game.history().iter().skip(3).step_by(4).map(|closed| &closed.published);
    std::iter::once(&opening)
        .chain(year_ends)
        .map(|figures| (figures.market.revenue_bn, 100.0 * figures.giants[firm].share))
        .collect()
}

// Calibration, section 7: Amazon idle 28.0, 26.5, 25.3, 24.4; market 119 to 297.
#[test]
fn an_idle_amazon_loses_the_share_the_calibration_says() {
    let level = fixture();
    for seed in [1, 2, 3] {
        let path = idle_path(&level, seed, 0);
        assert_eq!(path.len(), 4);
        for ((_, share), expected) in path.iter().zip([28.0, 26.5, 25.3, 24.4]) {
            assert!((share - expected).abs() < 1.0, "seed {seed}: {share:.2} for {expected}");
        }
        assert!((path[0].0 - 119.1).abs() < 0.1);
        assert!((path[3].0 / 297.0 - 1.0).abs() < 0.05, "market {:.0}", path[3].0);
    }
}

// Calibration, section 7: Microsoft ends at 20.6 with Amazon idle.
#[test]
fn microsoft_ends_where_the_calibration_says() {
    let path = idle_path(&fixture(), 1, 1);
    assert!((path[0].1 - 21.0).abs() < 0.05 && (path[3].1 - 20.6).abs() < 1.0, "{path:?}");
}

// Calibration, sections 5.2 and 10: at $100bn both sign $10bn; the giant refuses 200, the lab 50.
#[test]
fn ten_billion_at_a_hundred_is_a_serious_opening() {
    let game = Game::new(flagship(), 1);
    let (amazon, openai) = (FirmId(0), LabId(0));
    let brief = Brief::new(&game.view(SeatId(0)), amazon, openai, FULL_OUTLOOK);
    let signs = |side, pre_money_bn| {
        let sheet = TermSheet {
            cash: Money::from_bn(10.0),
            pre_money: Money::from_bn(pre_money_bn),
            access: AccessTier::Early,
            access_quarters: 8,
            ..TermSheet::default()
        };
        brief.margin(side, 2, 3, &sheet) >= 0.0
    };
    assert!(signs(Side::Giant, 100.0) && signs(Side::Lab, 100.0));
    assert!(!signs(Side::Giant, 200.0) && signs(Side::Lab, 200.0));
    assert!(signs(Side::Giant, 50.0) && !signs(Side::Lab, 50.0));
}
