//! New terms in place of old ones: what ends, what stays, what it is worth.

use termsheet::bot::Policy;
use termsheet::host::session::{Control, Session};
use termsheet::ids::{DealId, FirmId, LabId, SeatId};
use termsheet::sim::books::{Account, Reason};
use termsheet::sim::deal::brief::{Brief, FULL_OUTLOOK};
use termsheet::sim::deal::{AccessTier, Clause, Exclusivity, HowEnded, TermSheet};
use termsheet::sim::decision::{Choice, Decision, Refusal, SheetProblem, WaiverMove};
use termsheet::sim::fact::Fact;
use termsheet::sim::game::Game;
use termsheet::sim::negotiation::Side;
use termsheet::units::{Money, Quarter};

use crate::games::{flagship, game};

const AMAZON: SeatId = SeatId(0);
const MICROSOFT: SeatId = SeatId(1);
const OPENAI: SeatId = SeatId(5);
/// Microsoft's deal with OpenAI, from the opening: first refusal for four quarters, early access.
const OLD: DealId = DealId(0);

fn brief(game: &Game, seat: SeatId) -> Brief {
    Brief::new(&game.view(seat), FirmId(1), LabId(0), FULL_OUTLOOK)
}

/// What is left of the old deal, in its own place.
fn as_it_is(game: &Game) -> TermSheet {
    let rest = game.deals()[0].remaining(Quarter(1));
    TermSheet { pre_money: Money::from_bn(120.0), replaces: Some(OLD), ..rest }
}

/// Without the right of first refusal, for a payment.
fn freed(game: &Game, release_bn: f64) -> TermSheet {
    TermSheet {
        exclusivity: Exclusivity::None,
        exclusivity_quarters: 0,
        release: Money::from_bn(release_bn),
        ..as_it_is(game)
    }
}

fn decide(game: &mut Game, seat: SeatId, decision: Decision) {
    game.submit(seat, decision).unwrap_or_else(|refusal| panic!("{decision:?}: {refusal:?}"));
}

fn rewrite(game: &mut Game, sheet: TermSheet) {
    decide(game, OPENAI, Decision::Offer { to: MICROSOFT, sheet });
    game.advance();
    assert!(game.deals()[0].binds(), "the old deal stands until the new one is signed");
    decide(game, MICROSOFT, Decision::Accept { from: OPENAI, choice: Choice::Offer });
    game.advance();
}

#[test]
fn new_terms_end_the_old_covenants_and_the_shares_stay() {
    let mut game = game(1);
    let total = game.books().total();
    let stake = game.view(MICROSOFT).published.labs[0].stakes[1];
    let attention = game.view(MICROSOFT).attention_left;
    let cash = |game: &Game, seat| game.books().balance(Account::Cash(seat));
    let (labs, giants) = (cash(&game, OPENAI), cash(&game, MICROSOFT));
    let sheet = freed(&game, 0.5);
    rewrite(&mut game, sheet);
    let fee = Money::from_bn(0.5);
    assert_eq!(cash(&game, OPENAI), labs - fee);
    assert_eq!(cash(&game, MICROSOFT), giants + fee);
    assert_eq!(game.books().total(), total);
    assert_eq!(game.view(MICROSOFT).attention_left, attention - 1);
    let deals = game.deals();
    let new = deals.last().expect("a new deal");
    assert_eq!(deals[0].life.ended.map(|ended| ended.how), Some(HowEnded::Replaced(new.id)));
    assert_eq!(deals[0].exclusivity_at(Quarter(1)), Exclusivity::None);
    assert_eq!(deals[0].access_at(Quarter(1)), AccessTier::None);
    assert_eq!(new.access_at(Quarter(1)), AccessTier::Early);
    let posting = game.books().postings().iter().find(|p| p.reason == Reason::Release);
    assert!(posting.is_some_and(|posting| posting.fact.is_some()));
    while game.quarter() == Quarter(1) {
        game.advance();
    }
    let after = game.view(MICROSOFT).published.labs[0].stakes[1];
    assert!((after - stake).abs() < 1e-9, "{stake} → {after}");
    let more = TermSheet {
        cash: Money::from_bn(5.0),
        pre_money: Money::from_bn(120.0),
        commitment_mw: 900,
        commitment_quarters: 12,
        ..TermSheet::default()
    };
    let offer = Decision::Offer { to: OPENAI, sheet: more };
    assert_eq!(game.quote(AMAZON, &offer), Ok(()), "the first refusal is gone");
}

#[test]
fn only_the_latest_deal_in_force_between_the_two_can_be_replaced() {
    let game = game(1);
    let refused = |seat, to, sheet| game.quote(seat, &Decision::Offer { to, sheet });
    let old = Refusal::Clause { clause: Clause::Replaces, problem: SheetProblem::NeedsOldDeal };
    let others = TermSheet { replaces: Some(DealId(1)), ..as_it_is(&game) };
    assert_eq!(refused(MICROSOFT, OPENAI, others), Err(old));
    let none = TermSheet { replaces: Some(OLD), ..as_it_is(&game) };
    assert_eq!(refused(AMAZON, OPENAI, none), Err(old));
    let unfounded = TermSheet { cash: Money::from_bn(1.0), replaces: None, ..freed(&game, 0.5) };
    let release = Refusal::Clause { clause: Clause::Release, problem: SheetProblem::NeedsOldDeal };
    assert_eq!(refused(MICROSOFT, OPENAI, unfounded), Err(release));
    let dear = freed(&game, 900.0);
    assert!(matches!(refused(OPENAI, MICROSOFT, dear), Err(Refusal::CannotPay { .. })));
}

#[test]
fn the_same_terms_again_are_worth_nothing_to_either_side() {
    let game = game(1);
    for (seat, side) in [(MICROSOFT, Side::Giant), (OPENAI, Side::Lab)] {
        let brief = brief(&game, seat);
        let appraisal = brief.appraise(side, &as_it_is(&game));
        let worth = appraisal.value();
        assert!(worth.abs() < 1e-9, "{side:?}: {worth}");
        let rows: f64 = appraisal.rows.iter().map(|(_, bn)| bn).sum();
        assert_eq!(rows, worth);
        assert!(brief.signs_from(side, 0, 3, &as_it_is(&game)).abs() < 1e-9);
    }
}

#[test]
fn freedom_is_worth_something_to_the_lab_and_its_price_goes_to_the_giant() {
    let game = game(1);
    let (giant, lab) = (brief(&game, MICROSOFT), brief(&game, OPENAI));
    let worth = |brief: &Brief, side, bn| brief.appraise(side, &freed(&game, bn)).value();
    assert!(worth(&lab, Side::Lab, 0.0) > 0.1);
    assert!(worth(&lab, Side::Lab, 1.0) < worth(&lab, Side::Lab, 0.0) - 0.8);
    let gained = worth(&giant, Side::Giant, 1.0) - worth(&giant, Side::Giant, 0.0);
    assert!((gained - 1.0).abs() < 1e-9);
    let longer = TermSheet { access_quarters: 20, ..as_it_is(&game) };
    assert!(giant.appraise(Side::Giant, &longer).value() >= 0.0);
    let shut = TermSheet { access: AccessTier::None, access_quarters: 0, ..as_it_is(&game) };
    assert!(giant.appraise(Side::Giant, &shut).value() < -0.1, "access in force is worth keeping");
}

fn flagship_with(person: SeatId, policy: Policy) -> Session {
    let level = flagship();
    let mut controls = vec![Control::Bot(policy); level.level.seats()];
    controls[person.index()] = Control::Human;
    Session::new(level, controls, 3)
}

#[test]
fn a_bot_signs_new_terms_that_help_it_and_refuses_those_that_cost_it() {
    for (generous, expected) in [(true, true), (false, false)] {
        let mut session = flagship_with(MICROSOFT, Policy::Normal);
        let base = as_it_is(&session.game);
        let sheet = if generous {
            freed(&session.game, 0.0)
        } else {
            TermSheet { exclusivity: Exclusivity::SoleCloud, exclusivity_quarters: 16, ..base }
        };
        session.submit(MICROSOFT, Decision::Offer { to: OPENAI, sheet }).unwrap();
        let steps = 2 * session.game.level().talk_rounds;
        for _ in 0..steps {
            session.finish_step();
        }
        let replaced = !session.game.deals()[0].binds();
        assert_eq!(replaced, expected, "generous: {generous}");
    }
}

#[test]
fn a_bot_sells_a_waiver_for_a_good_fee_and_asks_for_more_than_a_poor_one() {
    for (fee_bn, sold) in [(6.0, true), (0.02, false)] {
        // A lab that says nothing, lest it buys itself free of the right first.
        let level = flagship();
        let mut controls = vec![Control::Bot(Policy::Normal); level.level.seats()];
        controls[AMAZON.index()] = Control::Human;
        controls[OPENAI.index()] = Control::Bot(Policy::Idle);
        let mut session = Session::new(level, controls, 3);
        let mv = WaiverMove::Name(Money::from_bn(fee_bn));
        let bid = Decision::Waiver { deal: OLD, buyer: FirmId(0), mv };
        session.submit(AMAZON, bid).unwrap();
        session.finish_step();
        session.finish_step();
        session.finish_step();
        assert_eq!(session.game.deals()[0].life.waived.contains(AMAZON), sold, "{fee_bn}");
        let asked = session
            .game
            .facts(AMAZON)
            .any(|(_, fact)| matches!(fact, Fact::WaiverFeeNamed { by, .. } if *by == MICROSOFT));
        assert_eq!(asked, !sold);
    }
}
