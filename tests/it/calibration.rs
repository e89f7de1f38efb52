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
    built_in("ten-billion-courtship")
}

fn built_in(id: &str) -> Arc<Level> {
    let entry = Library::load(None).find(id).expect("built in");
    entry.level.unwrap_or_else(|problems| panic!("{}", problems.render(false)))
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

/// Market revenue and every giant's share by quarter, the opening first, all seats idle.
fn idle_quarters(level: &Arc<Level>, seed: u64) -> Vec<(f64, Vec<f64>)> {
    let mut game = Game::new(Arc::clone(level), seed);
    let opening = game.view(SeatId(0)).published;
    while !game.is_over() {
        game.advance();
    }
    let closed = game.history().iter().map(|closed| closed.published.clone());
    std::iter::once(opening)
        .chain(closed)
        .map(|figures| {
            let shares = figures.giants.iter().map(|giant| 100.0 * giant.share).collect();
            (figures.market.revenue_bn, shares)
        })
        .collect()
}

/// Asserts an idle market within a tenth of these figures and shares within these points.
fn follows(level: &str, within_points: f64, expected: &[(usize, f64, &[f64])]) {
    let level = built_in(level);
    for seed in [1, 2, 3] {
        let path = idle_quarters(&level, seed);
        for (quarter, market, shares) in expected {
            let about = format!("{}, seed {seed}, quarter {quarter}", level.id);
            let (revenue, found) = &path[*quarter];
            assert!((revenue / market - 1.0).abs() < 0.10, "{about}: {revenue:.1} for {market}");
            for (share, expected) in found.iter().zip(*shares) {
                let off = (share - expected).abs();
                assert!(off < within_points, "{about}: {share:.1} for {expected}");
            }
        }
    }
}

// F§1, Microsoft restated (calibration 2.1): 4Q20, 4Q21 and 4Q22. Seats: Microsoft, Amazon, Google.
#[test]
fn the_years_before_assistants_pass_as_they_did() {
    follows(
        "planting-the-flag",
        1.5,
        &[
            (0, 27.0, &[13.1, 32.3, 8.7]),
            (4, 37.1, &[15.2, 32.7]),
            (8, 50.7, &[15.9, 32.5]),
            (12, 61.3, &[17.4, 33.0, 11.0]),
        ],
    );
}

// F§1: 4Q24 (restated, between its neighbours) and a year later. Seats: Amazon, Microsoft, Google,
// Oracle. Google grew faster than an idle one does: 15 for 13.
#[test]
fn the_arms_dealers_first_year_passes_as_it_did() {
    follows(
        "arms-dealer",
        2.5,
        &[(0, 90.6, &[30.5, 20.0, 12.8, 3.0]), (4, 119.1, &[28.0, 21.0, 15.0, 3.0])],
    );
}

// F§1, 3Q23 to 3Q24, Microsoft restated. Seats: Microsoft, Amazon, Google.
#[test]
fn the_year_after_the_weekend_passes_as_it_did() {
    follows(
        "boardroom-weekend",
        1.7,
        &[(0, 67.7, &[17.8, 31.5, 10.7]), (4, 84.0, &[20.0, 31.0, 12.5])],
    );
}

// Calibration, section 7, with labs that may run dry: Amazon 28.0, 26.5, 25.3, 24.4; Microsoft ends at
// 20.6; the market goes from 119 to 297, on a curve between.
#[test]
fn the_winter_goes_on_as_the_calibration_says() {
    follows(
        "fifty-billion-question",
        1.5,
        &[
            (0, 119.1, &[28.0, 21.0, 15.0, 3.0]),
            (4, 166.0, &[26.5]),
            (8, 227.0, &[25.3]),
            (12, 297.0, &[24.4, 20.6]),
        ],
    );
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
