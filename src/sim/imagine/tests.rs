use proptest::prelude::*;

use super::*;
use crate::level::InformationFile;
use crate::sim::deal::TermSheet;
use crate::sim::decision::{Choice, Decision};
use crate::sim::game::Game;
use crate::sim::games::{change_hidden, close, flagship, shown_the_same, to_plan};
use crate::sim::setting::Step;
use crate::sim::view::Known;

const AMAZON: SeatId = SeatId(0);
const OPENAI: SeatId = SeatId(5);

fn sheet() -> TermSheet {
    TermSheet {
        cash: Money::from_bn(8.0),
        credits: Money::from_bn(2.0),
        pre_money: Money::from_bn(400.0),
        ..TermSheet::default()
    }
}

/// A game with a few idle quarters behind it, and an offer on one table.
fn under_way(seed: u64, quarters: u32) -> Game {
    let mut game = Game::new(flagship(), seed);
    for _ in 0..quarters {
        close(&mut game);
    }
    let decision = Decision::Offer { to: OPENAI, sheet: sheet() };
    game.submit(AMAZON, decision).expect("a legal offer");
    game.advance();
    game
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_hidden_inside_its_range_does_not_matter(
        seed in 0u64..50,
        quarters in 0u32..4,
        nudges in prop::collection::vec(0.02f64..0.98, 32),
    ) {
        let game = under_way(seed, quarters);
        for seat in [AMAZON, SeatId(2), OPENAI] {
            let view = game.view(seat);
            let mut other = game.fork();
            change_hidden(&mut other, seat, &nudges);
            prop_assert_ne!(other.state_hash(), game.state_hash());
            let seen = other.view(seat);
            prop_assert!(shown_the_same(&view, &seen), "the change shows");
            prop_assert!(snapshot(&view, seed) == snapshot(&seen, seed), "another world");
        }
    }
}

#[test]
fn two_seeds_give_two_worlds_and_one_seed_gives_one() {
    let view = under_way(3, 2).view(AMAZON);
    let hash = |seed| Game::imagine(&view, seed).state_hash();
    assert_eq!(hash(1), hash(1));
    assert_ne!(hash(1), hash(2));
    let game = under_way(3, 2);
    assert_ne!(Game::imagine(&view, game.seed()).seed(), game.seed(), "its luck is its own");
}

#[test]
fn the_seat_finds_itself_where_it_was() {
    let mut game = under_way(5, 3);
    for _ in 0..6 {
        for seat in game.level().seat_ids() {
            let view = game.view(seat);
            let seen = Game::imagine(&view, 9).view(seat);
            assert!(shown_the_same(&view, &seen), "{seat:?} in {:?}", game.step());
        }
        game.advance();
    }
}

#[test]
fn every_drawn_number_lies_in_the_range_shown() {
    let view = under_way(2, 1).view(AMAZON);
    let mut drawn = Vec::new();
    for seed in 0..40 {
        let world = snapshot(&view, seed);
        for (shown, secret) in view.labs.iter().zip(&world.press.0.secrets) {
            let burn_8 = secret.planned_burn_bn[..8].iter().sum();
            let pairs = [
                (shown.cash_bn, secret.cash_bn),
                (shown.burn_bn, secret.burn_bn),
                (shown.burn_8_bn, burn_8),
                (shown.runway_quarters, secret.runway_quarters),
                (shown.trust[0], secret.trust[0]),
            ];
            for (known, value) in pairs {
                let Known::Range(low, high) = known else { panic!("{known:?}") };
                assert!(low - 1e-9 <= value && value <= high + 1e-9, "{value} in {low}..{high}");
            }
        }
        drawn.push(world.press.0.secrets[0].cash_bn);
    }
    drawn.sort_by(f64::total_cmp);
    let Known::Range(low, high) = view.labs[0].cash_bn else { panic!("a range") };
    assert!(drawn[39] - drawn[0] > 0.7 * (high - low), "the range is used");
}

/// The largest difference in the figures of all giants and labs, as a part of the true ones.
fn furthest(seen: &Game, truth: &Game) -> f64 {
    let figures = |game: &Game| {
        let published = game.view(AMAZON).published;
        let giants = published.giants.iter().flat_map(|giant| {
            let income = giant.operating_income_bn();
            [giant.cloud_revenue_bn, income, giant.capacity_gw, giant.share, giant.value_bn]
        });
        let labs = published.labs.iter().flat_map(|lab| {
            [lab.revenue_bn, lab.capability_points, lab.heads, lab.compute_total_gw()]
        });
        giants.chain(labs).collect::<Vec<f64>>()
    };
    let pairs = figures(seen).into_iter().zip(figures(truth));
    pairs.map(|(one, other)| (one - other).abs() / other.abs().max(0.01)).fold(0.0, f64::max)
}

#[test]
fn under_the_same_luck_an_idle_world_goes_as_it_does_in_truth() {
    // What others were asked is drawn anew, so nobody is asked anything; and labs' books are open.
    let mut level = flagship();
    let rules = Arc::make_mut(&mut level);
    rules.dilemmas.clear();
    rules.information = InformationFile::Full;
    let mut truth = Game::new(Arc::clone(&level), 11);
    for _ in 0..3 {
        close(&mut truth);
    }
    for seat in [AMAZON, OPENAI] {
        let mut seen = Game::new(Arc::clone(&level), 11);
        seen.restore(&snapshot(&truth.view(seat), 4), truth.seed(), Vec::new());
        let mut truth = truth.fork();
        // Labs nobody moves keep to their opening plans, which is the guess.
        for quarter in 1..=4 {
            close(&mut seen);
            close(&mut truth);
            let off = furthest(&seen, &truth);
            assert!(off < 1e-9, "{seat:?}, {quarter} quarters on: {off}");
        }
    }
}

#[test]
fn under_luck_of_its_own_a_quarter_goes_much_as_it_does_in_truth() {
    let mut truth = Game::new(flagship(), 11);
    for _ in 0..3 {
        close(&mut truth);
    }
    let view = truth.view(AMAZON);
    close(&mut truth);
    let mut off: Vec<f64> = (0..20)
        .map(|seed| {
            let mut seen = Game::imagine(&view, seed);
            close(&mut seen);
            furthest(&seen, &truth)
        })
        .collect();
    off.sort_by(f64::total_cmp);
    assert!(off[10] < 0.08, "{off:?}");
}

#[test]
fn a_deal_of_this_quarter_is_paid_for_in_every_world() {
    let mut game = under_way(6, 0);
    let accept = Decision::Accept { from: AMAZON, choice: Choice::Offer };
    game.submit(OPENAI, accept).expect("the offer stands");
    game.advance();
    let deals = game.deals().len();
    for seat in [AMAZON, SeatId(1), OPENAI] {
        let mut world = Game::imagine(&game.view(seat), 1);
        assert_eq!(world.deals().len(), deals);
        let lab = world.books().balance(Account::Cash(OPENAI));
        assert_eq!(world.books().balance(Account::Escrow(AMAZON)), sheet().cash);
        assert_eq!(world.books().balance(Account::Credits(LabId(0), FirmId(0))), sheet().credits);
        assert_eq!(world.books().total(), Money::ZERO);
        to_plan(&mut world);
        world.advance();
        assert_eq!(world.books().balance(Account::Escrow(AMAZON)), Money::ZERO);
        assert!(world.books().balance(Account::Cash(OPENAI)) > lab, "the money came");
        assert_eq!(world.books().total(), Money::ZERO);
    }
}

#[test]
fn a_signature_can_be_supposed_only_as_the_rules_allow() {
    let mut game = Game::new(flagship(), 1);
    let dear = TermSheet { cash: Money::from_bn(1_000.0), ..sheet() };
    assert!(game.suppose_signed(AMAZON, OPENAI, dear).is_err());
    let deals = game.deals().len();
    game.suppose_signed(AMAZON, OPENAI, sheet()).expect("a legal sheet");
    assert_eq!(game.deals().len(), deals + 1);
    assert!(game.suppose_signed(AMAZON, OPENAI, sheet()).is_err(), "one a quarter");
    let mut apart = Game::new(flagship(), 1);
    apart.suppose_apart(AMAZON, OPENAI).expect("two who could talk");
    assert!(apart.quote(AMAZON, &Decision::Offer { to: OPENAI, sheet: sheet() }).is_err());
    close(&mut apart);
    assert_eq!(apart.step(), Step::Offers(0));
    assert!(apart.quote(AMAZON, &Decision::Offer { to: OPENAI, sheet: sheet() }).is_ok());
}
