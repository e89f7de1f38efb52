//! The life of each clause: signed, posted each quarter, broken, ended.

use std::sync::Arc;

use termsheet::ids::{FirmId, LabId, SeatId};
use termsheet::level::{Level, check};
use termsheet::sim::books::{Posting, Reason};
use termsheet::sim::deal::promise::PromiseState;
use termsheet::sim::deal::{
    AccessTier, BoardSeat, Clause, Deal, Exclusivity, Instrument, TermSheet,
};
use termsheet::sim::decision::{Choice, Decision, Refusal};
use termsheet::sim::fact::Fact;
use termsheet::sim::game::{ClosedQuarter, Game};
use termsheet::sim::setting::Step;
use termsheet::units::Money;

use crate::games::flagship_level;

const AMAZON: FirmId = FirmId(0);
const GOOGLE: FirmId = FirmId(2);
const ORACLE: FirmId = FirmId(3);
const NVIDIA: FirmId = FirmId(4);
const OPENAI: LabId = LabId(0);
const LAB: SeatId = SeatId(5);

fn bn(billions: f64) -> Money {
    Money::from_bn(billions)
}

fn ten_at(pre_money_bn: f64) -> TermSheet {
    TermSheet { cash: bn(10.0), pre_money: bn(pre_money_bn), ..TermSheet::default() }
}

/// A game of the flagship in which nobody acts but the test.
fn game() -> Game {
    Game::new(flagship_level(), 1)
}

/// The flagship with a piece of its text changed, wherever it stands first after `after`.
fn changed(after: &str, from: &str, to: &str) -> Arc<Level> {
    let text = include_str!("../../levels/ten-billion-courtship.ron");
    let (head, tail) = text.split_once(after).expect("the place is there");
    assert!(tail.contains(from), "no {from:?} after {after:?}");
    let text = format!("{head}{after}{}", tail.replacen(from, to, 1));
    Arc::new(check("changed.ron", &text).unwrap_or_else(|p| panic!("{}", p.render(false))))
}

fn quote(game: &Game, giant: FirmId, sheet: TermSheet) -> Result<(), Refusal> {
    game.quote(giant.seat(), &Decision::Offer { to: LAB, sheet })
}

/// Offers, accepts and closes the quarter.
fn sign(game: &mut Game, giant: FirmId, sheet: TermSheet) {
    assert!(matches!(game.step(), Step::Offers(_)), "not the time for offers");
    game.submit(giant.seat(), Decision::Offer { to: LAB, sheet }).expect("a sound offer");
    game.advance();
    let accept = Decision::Accept { from: giant.seat(), choice: Choice::Offer };
    game.submit(LAB, accept).expect("a standing offer");
    game.advance();
    let deals = game.deals();
    assert!(deals.iter().any(|deal| deal.sheet == sheet && deal.giant == giant), "not signed");
    close(game);
}

/// Plays on to the next quarter, and hands over the one that closed.
fn close(game: &mut Game) -> Arc<ClosedQuarter> {
    let quarter = game.quarter();
    while game.quarter() == quarter && !game.is_over() {
        game.advance();
    }
    Arc::clone(game.history().last().expect("a quarter closed"))
}

fn last(game: &Game) -> &ClosedQuarter {
    game.history().last().expect("a quarter closed")
}

fn signed(game: &Game) -> Deal {
    *game.deals().last().expect("a deal was signed")
}

fn stake(game: &Game, giant: FirmId) -> f64 {
    game.view(giant.seat()).published.labs[OPENAI.index()].stakes[giant.index()]
}

fn posted(quarter: &ClosedQuarter, reason: Reason) -> Vec<Posting> {
    quarter.postings.iter().copied().filter(|posting| posting.reason == reason).collect()
}

fn happened(quarter: &ClosedQuarter, what: impl Fn(&Fact) -> bool) -> bool {
    quarter.facts.iter().any(what)
}

#[test]
fn a_convertible_pays_now_and_becomes_shares_in_the_next_round_of_its_size() {
    let mut game = game();
    sign(&mut game, AMAZON, TermSheet { instrument: Instrument::Convertible, ..ten_at(120.0) });
    assert_eq!(posted(last(&game), Reason::SharesBought)[0].amount, bn(10.0));
    assert_eq!(stake(&game, AMAZON), 0.0);
    let value = game.view(AMAZON.seat()).published.giants[0].stakes_bn;
    assert!(value >= 10.0, "a note counts at least at its face: {value}");
    // A tenth of the size converts nothing.
    sign(&mut game, GOOGLE, TermSheet { cash: bn(1.0), ..ten_at(100.0) });
    assert_eq!(stake(&game, AMAZON), 0.0);
    sign(&mut game, NVIDIA, ten_at(100.0));
    assert!(happened(last(&game), |fact| {
        matches!(fact, Fact::NoteConverted { holder, amount, .. }
            if *holder == AMAZON.seat() && *amount == bn(10.0))
    }));
    // At four fifths of $100bn, before the round of a tenth dilutes it.
    let expected = 10.0 / 90.0 * (1.0 - 10.0 / 110.0);
    assert!((stake(&game, AMAZON) - expected).abs() < 1e-6, "{}", stake(&game, AMAZON));
}

#[test]
fn a_note_that_meets_no_round_converts_at_its_cap_after_two_years() {
    let mut game = game();
    // Too large for a rescue to convert it.
    let note = TermSheet { instrument: Instrument::Convertible, cash: bn(25.0), ..ten_at(225.0) };
    sign(&mut game, AMAZON, note);
    let deal = signed(&game);
    while game.quarter() <= deal.signed.plus(8) {
        assert_eq!(stake(&game, AMAZON), 0.0);
        close(&mut game);
    }
    assert!(happened(last(&game), |fact| matches!(fact, Fact::NoteConverted { .. })));
    assert!(stake(&game, AMAZON) > 0.05);
}

#[test]
fn warrants_cost_nothing_now_are_used_as_compute_arrives_and_lapse_with_its_term() {
    let mut game = game();
    let warrants = TermSheet {
        instrument: Instrument::Warrants,
        commitment_mw: 300,
        commitment_quarters: 6,
        ..ten_at(60.0)
    };
    let cheap = TermSheet { commitment_mw: 0, commitment_quarters: 0, ..warrants };
    assert!(quote(&game, AMAZON, cheap).is_err(), "nothing would earn them");
    sign(&mut game, AMAZON, warrants);
    assert!(posted(last(&game), Reason::SharesBought).is_empty());
    assert_eq!(stake(&game, AMAZON), 0.0);
    let mut paid = Money::ZERO;
    let mut lapsed = None;
    for _ in 0..7 {
        let quarter = close(&mut game);
        paid += posted(&quarter, Reason::SharesBought).iter().map(|p| p.amount).sum();
        lapsed = lapsed.or(quarter.facts.iter().find_map(|fact| match fact {
            Fact::WarrantsLapsed { amount, .. } => Some(*amount),
            _ => None,
        }));
    }
    assert!(paid.is_positive() && stake(&game, AMAZON) > 0.0, "never used");
    assert_eq!(signed(&game).exercised, paid);
    assert_eq!(lapsed.unwrap_or(Money::ZERO), bn(10.0) - paid);
}

#[test]
fn warrants_above_the_last_price_are_left_to_lapse() {
    let mut game = game();
    let sheet = TermSheet {
        instrument: Instrument::Warrants,
        commitment_mw: 300,
        commitment_quarters: 3,
        ..ten_at(200.0)
    };
    sign(&mut game, AMAZON, sheet);
    for _ in 0..3 {
        close(&mut game);
    }
    let all = bn(10.0);
    assert!(happened(last(&game), |fact| {
        matches!(fact, Fact::WarrantsLapsed { amount, .. } if *amount == all)
    }));
}

#[test]
fn a_chip_makers_warrants_are_earned_by_compute_on_its_chips() {
    let mut game = game();
    let sheet = TermSheet {
        instrument: Instrument::Warrants,
        own_chips_pct: 100,
        own_chips_quarters: 8,
        ..ten_at(60.0)
    };
    sign(&mut game, NVIDIA, sheet);
    for _ in 0..4 {
        close(&mut game);
    }
    let used = signed(&game).exercised;
    assert!(used > bn(1.0) && used < bn(9.0), "{used:?} after half the term");
}

#[test]
fn a_capped_profit_is_worth_no_more_than_its_cap() {
    let mut game = game();
    let capped = TermSheet {
        instrument: Instrument::CappedProfit,
        profit_cap: 2,
        cash: bn(1.0),
        ..ten_at(100.0)
    };
    let uncapped = TermSheet { profit_cap: 0, ..capped };
    assert!(quote(&game, AMAZON, uncapped).is_err());
    sign(&mut game, ORACLE, capped);
    sign(&mut game, NVIDIA, TermSheet { cash: bn(20.0), ..ten_at(240.0) });
    sign(&mut game, GOOGLE, TermSheet { cash: bn(20.0), ..ten_at(230.0) });
    let view = game.view(ORACLE.seat());
    let worth = stake(&game, ORACLE) * view.published.labs[0].last_price_bn;
    assert!(worth > 2.0, "the price did not rise enough to tell: {worth}");
    assert!((view.published.giants[3].stakes_bn - 2.0).abs() < 1e-6);
}

#[test]
fn a_pro_rata_right_keeps_the_part_and_is_paid_for() {
    let mut game = game();
    sign(&mut game, AMAZON, TermSheet { pro_rata: true, ..ten_at(100.0) });
    let before = stake(&game, AMAZON);
    sign(&mut game, NVIDIA, ten_at(110.0));
    let taken = last(&game).facts.iter().find_map(|fact| match fact {
        Fact::ProRataTaken { holder, amount, .. } => Some((*holder, *amount)),
        _ => None,
    });
    let (holder, amount) = taken.expect("it was taken");
    assert_eq!(holder, AMAZON);
    assert!((amount.bn() - 10.0 * before).abs() < 1e-6);
    let postings = posted(last(&game), Reason::SharesBought);
    assert!(postings.iter().any(|p| p.amount == amount && p.fact.is_some()));
    // Its own purchase dilutes it a little again.
    assert!((stake(&game, AMAZON) - before).abs() < 0.01 * before);
}

#[test]
fn a_pro_rata_right_sleeps_when_the_cash_would_fall_below_the_floor() {
    let level = changed("id: \"amazon\"", "cash_floor_bn: 25", "cash_floor_bn: 4000");
    let mut game = Game::new(level, 1);
    sign(&mut game, AMAZON, TermSheet { pro_rata: true, ..ten_at(100.0) });
    sign(&mut game, NVIDIA, ten_at(110.0));
    // Borrowing up to that floor leaves none above it.
    assert!(!happened(last(&game), |fact| matches!(fact, Fact::ProRataTaken { .. })));
}

#[test]
fn protection_against_dilution_brings_shares_in_a_round_below_its_price() {
    let mut game = game();
    sign(&mut game, AMAZON, TermSheet { anti_dilution: true, ..ten_at(150.0) });
    let mut plain = Game::new(flagship_level(), 1);
    sign(&mut plain, AMAZON, ten_at(150.0));
    for game in [&mut game, &mut plain] {
        sign(game, NVIDIA, ten_at(60.0));
    }
    assert!(happened(last(&game), |fact| {
        matches!(fact, Fact::DilutionMended { holder, shares, .. }
            if *holder == AMAZON.seat() && *shares > 0)
    }));
    assert!(stake(&game, AMAZON) > stake(&plain, AMAZON));
    assert!(!happened(last(&plain), |fact| matches!(fact, Fact::DilutionMended { .. })));
}

#[test]
fn without_consent_nobody_else_gets_a_director_exclusivity_or_more_than_a_fifth() {
    let mut game = game();
    sign(&mut game, AMAZON, TermSheet { consent: true, ..ten_at(100.0) });
    let refused = |sheet| match quote(&game, NVIDIA, sheet) {
        Err(Refusal::Covenant { clause, .. }) => Some(clause),
        _ => None,
    };
    let director = TermSheet { board: BoardSeat::Director, ..ten_at(100.0) };
    assert_eq!(refused(director), Some(Clause::Board));
    assert_eq!(refused(TermSheet { cash: bn(30.0), ..ten_at(100.0) }), Some(Clause::Consent));
    assert_eq!(refused(ten_at(100.0)), None);
    let sole = TermSheet {
        exclusivity: Exclusivity::SoleReseller,
        exclusivity_quarters: 4,
        ..ten_at(100.0)
    };
    let found = quote(&game, GOOGLE, sole);
    assert!(matches!(found, Err(Refusal::Covenant { .. })), "{found:?}");
    // The holder itself may.
    assert!(quote(&game, AMAZON, director).is_ok());
}

#[test]
fn a_revenue_share_is_paid_each_quarter_until_its_cap() {
    let mut game = game();
    let sheet = TermSheet { revenue_share_pct: 10, revenue_share_cap: bn(0.2), ..ten_at(100.0) };
    sign(&mut game, AMAZON, sheet);
    let first = posted(last(&game), Reason::RevenueShare);
    let revenue = last(&game).published.labs[0].revenue_bn;
    assert_eq!(first.len(), 1);
    assert!((first[0].amount.bn() - 0.1 * revenue).abs() < 1e-6 && first[0].fact.is_some());
    let mut paid = first[0].amount;
    let mut ended = false;
    for _ in 0..4 {
        let quarter = close(&mut game);
        paid += posted(&quarter, Reason::RevenueShare).iter().map(|p| p.amount).sum();
        ended |= happened(&quarter, |fact| matches!(fact, Fact::RevenueShareEnded { .. }));
    }
    assert_eq!(paid, bn(0.2));
    assert!(ended && posted(last(&game), Reason::RevenueShare).is_empty());
}

#[test]
fn a_revenue_share_that_cannot_be_paid_is_a_breach_and_costs_trust() {
    let mut game = game();
    let sheet = TermSheet {
        cash: bn(0.01),
        revenue_share_pct: 30,
        revenue_share_cap: bn(50.0),
        ..ten_at(100.0)
    };
    sign(&mut game, AMAZON, sheet);
    let trust = |game: &Game| game.view(LAB).labs[0].trust[0].or(-1.0);
    let (mut missed, mut fell) = (0, 0);
    while !game.is_over() {
        let before = trust(&game);
        let closed = close(&mut game);
        if happened(&closed, |fact| matches!(fact, Fact::RevenueShareMissed { .. })) {
            missed += 1;
            let deal = *game.deals().last().expect("the deal");
            let promises = deal.promises(LAB, game.quarter(), 0.0);
            let share = promises.iter().find(|promise| promise.what == Clause::RevenueShare);
            assert_eq!(share.map(|promise| promise.state), Some(PromiseState::InBreach));
            assert!(deal.wronged(AMAZON.seat(), game.quarter()), "the giant may end it freely");
            // Other things may mend trust in the same quarter.
            fell += u32::from(trust(&game) < before);
        }
    }
    assert!(missed > 0, "a lab that raises nothing runs out of cash");
    assert!(fell > 0, "trust never fell in {missed} quarters");
}

#[test]
fn a_licence_lifts_a_giants_models_and_its_customers_and_ends() {
    let mut game = game();
    sign(&mut game, AMAZON, TermSheet { licence_quarters: 3, ..ten_at(100.0) });
    let mut plain = Game::new(flagship_level(), 1);
    sign(&mut plain, AMAZON, ten_at(100.0));
    let models = |game: &Game, giant: FirmId| {
        let published = game.view(giant.seat()).published;
        let giant = &published.giants[giant.index()];
        (giant.own_points.unwrap_or(0.0), giant.access_points)
    };
    let lab = |game: &Game| last(game).published.labs[0].capability_points;
    let (own, access) = models(&game, AMAZON);
    assert!(own >= lab(&game) - 1.0 - 1e-9, "{own} behind {}", lab(&game));
    assert!(access > models(&plain, AMAZON).1 + 0.5);
    close(&mut game);
    close(&mut game);
    assert!(!happened(last(&game), |fact| matches!(fact, Fact::LicenceLapsed { .. })));
    close(&mut game);
    assert!(happened(last(&game), |fact| matches!(fact, Fact::LicenceLapsed { .. })));
    let fund = TermSheet { licence_quarters: 3, ..ten_at(100.0) };
    assert!(quote(&game, NVIDIA, fund).is_err(), "it has neither customers nor models");
}

#[test]
fn compute_on_a_clouds_own_chips_saves_it_money_and_costs_the_lab_a_little_until_it_ends() {
    let compute = TermSheet { commitment_mw: 400, commitment_quarters: 4, ..ten_at(100.0) };
    let chips = TermSheet { own_chips_pct: 100, own_chips_quarters: 4, ..compute };
    let (mut game, mut plain) = (game(), Game::new(flagship_level(), 1));
    sign(&mut game, AMAZON, chips);
    sign(&mut plain, AMAZON, compute);
    for _ in 0..3 {
        close(&mut game);
        close(&mut plain);
    }
    let saved = posted(last(&game), Reason::ChipMargin);
    assert_eq!(saved.len(), 1);
    let rented = last(&game).published.labs[0].compute_gw[0].min(0.4);
    let own = game.level().giants[0].own_chips().expect("it makes chips");
    let expected = own.discount_pct / 100.0 * 0.35 * 3.25 * rented;
    assert!((saved[0].amount.bn() - expected).abs() < 1e-6, "{saved:?}");
    assert!(saved[0].fact.is_some() && posted(last(&plain), Reason::ChipMargin).is_empty());
    let points = |game: &Game| last(game).published.labs[0].capability_points;
    assert!(points(&game) < points(&plain) && points(&game) > points(&plain) - 1.0);
    let ended = close(&mut game);
    assert!(happened(&ended, |fact| matches!(fact, Fact::OwnChipsLapsed { .. })));
    assert!(posted(&ended, Reason::ChipMargin).is_empty());
    let oracle = quote(&plain, ORACLE, chips);
    assert!(matches!(oracle, Err(Refusal::Clause { clause: Clause::OwnChips, .. })), "{oracle:?}");
}

#[test]
fn a_chip_maker_sells_chips_for_all_the_labs_new_compute() {
    let mut game = game();
    sign(
        &mut game,
        NVIDIA,
        TermSheet { own_chips_pct: 50, own_chips_quarters: 8, ..ten_at(100.0) },
    );
    let margins: Money = posted(last(&game), Reason::ChipMargin).iter().map(|p| p.amount).sum();
    let after = last(&game).published.labs[0].compute_total_gw();
    let sold = 35.0 * 0.55 * 0.46 * 0.23 * 0.5 * (after - 0.6);
    assert!((margins.bn() - sold).abs() < 1e-6, "{margins:?} for {sold}");
    assert!((last(&game).published.giants[4].deal_income_bn - sold).abs() < 1e-6);
}

#[test]
fn a_due_tranche_is_paid_on_credit_if_the_cash_is_gone() {
    let level = changed("id: \"oracle\"", "cash_bn: 11", "cash_bn: 9");
    let mut game = Game::new(level, 1);
    let sheet = TermSheet { tranche_pct: 90, ..ten_at(100.0) };
    sign(&mut game, ORACLE, TermSheet { cash: bn(60.0), ..sheet });
    for _ in 0..4 {
        close(&mut game);
    }
    assert!(happened(last(&game), |fact| matches!(fact, Fact::TranchePaid { .. })));
    assert!(happened(last(&game), |fact| matches!(fact, Fact::Borrowed { .. })));
}

#[test]
fn a_level_gives_standing_deals_every_clause() {
    let from = "invested_bn: 13, // column";
    let to = "invested_bn: 13, instrument: CappedProfit, profit_cap: 7, pro_rata: true,
        anti_dilution: true, consent: true, revenue_share_pct: 20, revenue_share_cap_bn: 0.3,
        licence_quarters: 6, ";
    let mut game = Game::new(changed("standing_deals", from, to), 1);
    let view = game.view(SeatId(1));
    let deal = view.deals.iter().find(|deal| deal.lab == OPENAI).expect("it stands");
    assert!(deal.sheet.consent && deal.licence_at(view.quarter));
    assert!(view.published.giants[1].stakes_bn <= 7.0 * 13.0 + 1e-9);
    let director = TermSheet { board: BoardSeat::Director, ..ten_at(100.0) };
    assert!(quote(&game, NVIDIA, director).is_err());
    sign(&mut game, NVIDIA, ten_at(60.0));
    let facts = last(&game);
    assert!(happened(facts, |fact| matches!(fact, Fact::ProRataTaken { .. })));
    assert!(happened(facts, |fact| matches!(fact, Fact::DilutionMended { .. })));
    assert!(!posted(facts, Reason::RevenueShare).is_empty());
}

#[test]
fn what_a_newer_deal_still_gives_has_not_lapsed() {
    let early = |quarters| TermSheet {
        access: AccessTier::Early,
        access_quarters: quarters,
        ..ten_at(100.0)
    };
    let lapses = |second: TermSheet| {
        let mut game = game();
        sign(&mut game, AMAZON, early(2));
        sign(&mut game, AMAZON, second);
        let closed = close(&mut game);
        let lapsed =
            |fact: &Fact| matches!(fact, Fact::AccessLapsed { .. } | Fact::LicenceLapsed { .. });
        closed.facts.iter().filter(|fact| lapsed(fact)).count()
    };
    assert_eq!(lapses(ten_at(100.0)), 1);
    assert_eq!(lapses(early(8)), 0);
}
