//! Two giants over a waiver: what it costs, what it allows, for whom, and how long it takes.

use termsheet::ids::{DealId, FirmId, SeatId};
use termsheet::sim::books::{Account, Reason};
use termsheet::sim::deal::TermSheet;
use termsheet::sim::decision::{Choice, Decision, Refusal, WaiverMove};
use termsheet::sim::fact::Fact;
use termsheet::sim::game::Game;
use termsheet::sim::setting::Step;
use termsheet::units::Money;

use crate::games::game;

const AMAZON: SeatId = SeatId(0);
const MICROSOFT: SeatId = SeatId(1);
const GOOGLE: SeatId = SeatId(2);
const OPENAI: SeatId = SeatId(5);
/// Microsoft's right of first refusal over OpenAI's compute, 450 MW, from the opening.
const FIRST_REFUSAL: DealId = DealId(0);

/// More compute than Microsoft has: what its right forbids.
fn sheet() -> TermSheet {
    TermSheet {
        cash: Money::from_bn(5.0),
        pre_money: Money::from_bn(120.0),
        commitment_mw: 900,
        commitment_quarters: 12,
        subject_to: Some(FIRST_REFUSAL),
        ..TermSheet::default()
    }
}

fn over(buyer: SeatId, mv: WaiverMove) -> Decision {
    Decision::Waiver { deal: FIRST_REFUSAL, buyer: FirmId(buyer.0), mv }
}

fn bn(billions: f64) -> WaiverMove {
    WaiverMove::Name(Money::from_bn(billions))
}

fn decide(game: &mut Game, seat: SeatId, decision: Decision) {
    game.submit(seat, decision).unwrap_or_else(|refusal| panic!("{decision:?}: {refusal:?}"));
}

fn offer(game: &mut Game) {
    decide(game, AMAZON, Decision::Offer { to: OPENAI, sheet: sheet() });
}

fn accept(game: &mut Game) {
    decide(game, OPENAI, Decision::Accept { from: AMAZON, choice: Choice::Offer });
}

fn has_fact(game: &Game, seat: SeatId, wanted: impl Fn(&Fact) -> bool) -> bool {
    game.facts(seat).any(|(_, fact)| wanted(fact))
}

#[test]
fn terms_that_wait_for_a_waiver_are_signed_the_moment_it_is_sold() {
    let mut game = game(1);
    let total = game.books().total();
    let before = game.deals().len();
    offer(&mut game);
    game.advance();
    accept(&mut game);
    game.advance();
    assert_eq!(game.deals().len(), before, "agreed, and not yet signed");
    assert_eq!(game.view(AMAZON).table_with(OPENAI).unwrap().agreed, Some(sheet()));
    assert!(has_fact(&game, OPENAI, |fact| matches!(fact, Fact::AgreedInPrinciple { .. })));
    assert!(!has_fact(&game, GOOGLE, |fact| matches!(fact, Fact::AgreedInPrinciple { .. })));

    decide(&mut game, AMAZON, over(AMAZON, bn(1.0)));
    game.advance();
    let cash = |seat| game.books().balance(Account::Cash(seat));
    let (buyers, holders) = (cash(AMAZON), cash(MICROSOFT));
    decide(&mut game, MICROSOFT, over(AMAZON, WaiverMove::Accept));
    game.advance();
    let fee = Money::from_bn(1.0);
    assert_eq!(game.books().balance(Account::Cash(MICROSOFT)), holders + fee);
    let reserved = sheet().first_tranche();
    assert_eq!(game.books().balance(Account::Cash(AMAZON)), buyers - fee - reserved);
    assert_eq!(game.books().total(), total);
    let deals = game.deals();
    assert_eq!(deals.len(), before + 1);
    assert_eq!(deals[before].sheet, sheet());
    assert!(deals[0].life.waived.contains(AMAZON));
    let posting = game.books().postings().iter().find(|p| p.reason == Reason::WaiverFee);
    assert!(posting.is_some_and(|posting| posting.fact.is_some()));
}

#[test]
fn a_waiver_holds_for_its_buyer_alone_and_for_good() {
    let mut game = game(1);
    decide(&mut game, AMAZON, over(AMAZON, bn(1.0)));
    game.advance();
    decide(&mut game, MICROSOFT, over(AMAZON, WaiverMove::Accept));
    game.advance();
    while game.quarter().0 == 1 {
        game.advance();
    }
    let plain = TermSheet { subject_to: None, ..sheet() };
    let to_openai = Decision::Offer { to: OPENAI, sheet: plain };
    assert_eq!(game.quote(AMAZON, &to_openai), Ok(()));
    assert!(matches!(game.quote(GOOGLE, &to_openai), Err(Refusal::Covenant { .. })));
    let again = game.quote(AMAZON, &over(AMAZON, bn(1.0)));
    assert_eq!(again, Err(Refusal::NothingToWaive));
}

#[test]
fn without_a_waiver_the_agreement_lapses_with_the_talks_and_says_so() {
    let mut game = game(1);
    offer(&mut game);
    game.advance();
    accept(&mut game);
    while game.step() != Step::Plan {
        game.advance();
    }
    for seat in [AMAZON, OPENAI] {
        assert!(has_fact(&game, seat, |fact| matches!(fact, Fact::AgreementLapsed { .. })));
    }
    assert_eq!(game.view(AMAZON).table_with(OPENAI).unwrap().agreed, None);
    assert_eq!(game.books().balance(Account::Escrow(AMAZON)), Money::ZERO);
}

#[test]
fn what_is_agreed_leaves_nothing_to_say_but_goodbye() {
    let mut game = game(1);
    offer(&mut game);
    game.advance();
    accept(&mut game);
    game.advance();
    let other = TermSheet { subject_to: None, commitment_mw: 0, commitment_quarters: 0, ..sheet() };
    let refused = game.quote(AMAZON, &Decision::Offer { to: OPENAI, sheet: other });
    assert_eq!(refused, Err(Refusal::AgreedInPrinciple));
    decide(&mut game, OPENAI, Decision::WalkAway { from: AMAZON });
    game.advance();
    assert_eq!(game.view(AMAZON).table_with(OPENAI).unwrap().agreed, None);
}

#[test]
fn a_sale_in_the_same_step_as_the_yes_signs_at_once() {
    let mut game = game(1);
    offer(&mut game);
    decide(&mut game, AMAZON, over(AMAZON, bn(1.0)));
    game.advance();
    let before = game.deals().len();
    accept(&mut game);
    decide(&mut game, MICROSOFT, over(AMAZON, WaiverMove::Accept));
    game.advance();
    assert_eq!(game.deals().len(), before + 1);
}

#[test]
fn the_holder_counters_and_the_buyer_takes_it_or_leaves_it() {
    let mut game = game(1);
    offer(&mut game);
    decide(&mut game, AMAZON, over(AMAZON, bn(1.0)));
    game.advance();
    game.advance();
    decide(&mut game, MICROSOFT, over(AMAZON, bn(3.0)));
    game.advance();
    decide(&mut game, AMAZON, over(AMAZON, WaiverMove::Refuse));
    game.advance();
    assert!(has_fact(&game, MICROSOFT, |fact| matches!(fact, Fact::WaiverRefused { .. })));
    let more = game.quote(AMAZON, &over(AMAZON, bn(2.0)));
    assert_eq!(more, Err(Refusal::WaiverTalksOver));
    assert!(!game.deals()[0].life.waived.contains(AMAZON));
}

#[test]
fn a_waiver_is_between_the_holder_and_one_whom_it_stops() {
    let game = game(1);
    let strangers = game.quote(GOOGLE, &over(AMAZON, bn(1.0)));
    assert_eq!(strangers, Err(Refusal::NotACounterpart));
    let own = game.quote(MICROSOFT, &over(MICROSOFT, bn(1.0)));
    assert_eq!(own, Err(Refusal::NothingToWaive));
    let lab = game.quote(OPENAI, &over(AMAZON, bn(1.0)));
    assert_eq!(lab, Err(Refusal::NotACounterpart));
    let all_it_has = game.quote(AMAZON, &over(AMAZON, bn(900.0)));
    assert!(matches!(all_it_has, Err(Refusal::CannotPay { .. })), "{all_it_has:?}");
    let nothing = game.quote(AMAZON, &over(AMAZON, bn(0.0)));
    assert!(matches!(nothing, Err(Refusal::FeeOutOfRange { .. })));
    let early = game.quote(AMAZON, &over(AMAZON, WaiverMove::Accept));
    assert_eq!(early, Err(Refusal::NotInThisStep));
}

#[test]
fn seeking_a_waiver_costs_a_point_of_attention_and_being_asked_costs_none() {
    let mut game = game(1);
    let full = game.view(AMAZON).attention_left;
    decide(&mut game, AMAZON, over(AMAZON, bn(1.0)));
    assert_eq!(game.view(AMAZON).attention_left, full - 1);
    game.advance();
    assert_eq!(game.view(AMAZON).attention_left, full - 1);
    assert_eq!(game.view(MICROSOFT).attention_left, full);
}

#[test]
fn talks_over_a_waiver_are_seen_by_their_two_sides_alone() {
    let mut game = game(1);
    decide(&mut game, AMAZON, over(AMAZON, bn(1.0)));
    game.advance();
    assert_eq!(game.view(AMAZON).waivers.len(), 1);
    assert_eq!(game.view(MICROSOFT).waivers.len(), 1);
    assert!(game.view(GOOGLE).waivers.is_empty() && game.view(OPENAI).waivers.is_empty());
    let told = |seat| has_fact(&game, seat, |fact| matches!(fact, Fact::WaiverFeeNamed { .. }));
    assert!(told(MICROSOFT) && !told(GOOGLE) && !told(OPENAI));
}

#[test]
fn two_giants_who_haggle_for_ever_are_stopped_by_the_end_of_the_talks() {
    let mut game = game(1);
    let mut steps = 0;
    while game.step() != Step::Plan {
        let round = f64::from(game.step().number());
        let _ = game.submit(AMAZON, over(AMAZON, bn(1.0 + round)));
        let _ = game.submit(MICROSOFT, over(AMAZON, bn(20.0 - round)));
        game.advance();
        steps += 1;
        assert!(steps <= 2 * game.level().talk_rounds, "the talks do not end");
    }
    assert!(game.view(AMAZON).waivers.is_empty());
}
