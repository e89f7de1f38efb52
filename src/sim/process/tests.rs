use std::sync::Arc;

use super::*;
use crate::level::check;
use crate::sim::deal::{BoardSeat, Clause, TermSheet};
use crate::sim::decision::{Because, Choice};
use crate::sim::game::Game;

const AMAZON: SeatId = SeatId(0);
const MICROSOFT: SeatId = SeatId(1);
const OPENAI: SeatId = SeatId(5);

fn flagship() -> Game {
    let text = include_str!("../../../levels/ten-billion-courtship.ron");
    Game::new(Arc::new(check("flagship", text).unwrap()), 7)
}

fn convene(procedure: Procedure) -> Decision {
    Decision::Convene(Convening { procedure, template: None })
}

fn five_at(pre_money_bn: f64) -> TermSheet {
    TermSheet {
        cash: Money::from_bn(5.0),
        pre_money: Money::from_bn(pre_money_bn),
        ..TermSheet::default()
    }
}

fn offer(pre_money_bn: f64) -> Decision {
    Decision::Offer { to: OPENAI, sheet: five_at(pre_money_bn) }
}

/// A competition with two bids, at the answers of the first round.
fn competition() -> Game {
    let mut game = flagship();
    game.submit(OPENAI, convene(Procedure::Competitive)).unwrap();
    game.submit(AMAZON, offer(110.0)).unwrap();
    game.submit(MICROSOFT, offer(120.0)).unwrap();
    game.advance();
    game
}

#[test]
fn sealed_bids_are_in_no_view_before_the_last_answers() {
    let mut game = competition();
    while game.step() != Step::Answers(2) {
        let lab = game.view(OPENAI);
        assert!(
            lab.tables
                .iter()
                .all(|table| { table.theirs.offer.is_none() && table.theirs.last_offer.is_none() })
        );
        let tells = |seat| game.facts(seat).any(|(_, fact)| matches!(fact, Fact::OfferMade { .. }));
        assert!(!tells(OPENAI) && !tells(MICROSOFT));
        assert_eq!(game.view(MICROSOFT).processes[0].bidders, 2, "their number is known");
        game.advance();
    }
    let bids = game.view(OPENAI).tables.iter().filter(|table| table.theirs.offer.is_some()).count();
    assert_eq!(bids, 2);
    assert_eq!(game.facts(OPENAI).filter(|(_, f)| matches!(f, Fact::OfferMade { .. })).count(), 2);
}

#[test]
fn a_lab_in_a_competition_says_nothing_before_the_bids_are_opened_and_then_signs_all_it_likes() {
    let mut game = competition();
    let sealed = Err(Refusal::BidsAreSealed { lab: LabId(0) });
    let accept = |from| Decision::Accept { from, choice: Choice::Offer };
    assert_eq!(game.quote(OPENAI, &accept(AMAZON)), sealed);
    let hold = Decision::Hold { from: AMAZON, because: Because::default() };
    assert_eq!(game.quote(OPENAI, &hold), sealed);
    game.advance();
    let own = Decision::Offer { to: AMAZON, sheet: five_at(150.0) };
    assert_eq!(game.quote(OPENAI, &own), sealed);
    assert_eq!(game.quote(AMAZON, &Decision::Ask { of: OPENAI }), sealed);
    assert!(game.quote(AMAZON, &offer(115.0)).is_ok(), "a bid may be bettered");
    while game.step() != Step::Answers(2) {
        game.advance();
    }
    let before = game.deals().len();
    game.submit(OPENAI, accept(AMAZON)).unwrap();
    game.submit(OPENAI, accept(MICROSOFT)).unwrap();
    game.advance();
    assert_eq!(game.deals().len(), before + 2);
}

#[test]
fn a_sealed_bid_neither_insults_nor_tries_patience() {
    let mut game = flagship();
    game.submit(OPENAI, convene(Procedure::Competitive)).unwrap();
    let before = game.view(OPENAI).tables[0].mine.patience;
    game.submit(AMAZON, offer(10.0)).unwrap();
    game.advance();
    assert_eq!(game.view(OPENAI).tables[0].mine.patience, before);
    assert!(!game.facts(OPENAI).any(|(_, fact)| matches!(fact, Fact::Insulted { .. })));
}

#[test]
fn a_second_talk_during_a_no_shop_is_refused_by_name_and_the_fee_is_paid() {
    let mut game = flagship();
    let fee = Money::from_bn(0.3);
    game.submit(AMAZON, offer(110.0)).unwrap();
    game.submit(OPENAI, convene(Procedure::NoShop { with: FirmId(1), fee })).unwrap();
    let pay = Decision::BuyNoShop { of: OPENAI };
    assert_eq!(game.quote(MICROSOFT, &pay), Err(Refusal::NoShopNotOnOffer { lab: LabId(0) }));
    game.advance();
    // Until it is paid, talks are private.
    assert!(game.view(OPENAI).tables[0].theirs.offer.is_some());
    game.advance();
    assert_eq!(game.quote(AMAZON, &pay), Err(Refusal::NoShopNotOnOffer { lab: LabId(0) }));
    let cash = |game: &Game, seat| game.books().balance(Account::Cash(seat));
    let (had, total) = (cash(&game, OPENAI), game.books().total());
    game.submit(MICROSOFT, pay).unwrap();
    game.submit(AMAZON, offer(130.0)).unwrap();
    game.advance();
    assert_eq!(cash(&game, OPENAI) - had, fee);
    assert_eq!(game.books().total(), total);
    assert!(game.view(OPENAI).tables[0].theirs.offer.is_none(), "the other table is shut");
    game.advance();
    let alone = Err(Refusal::TalksAlone { lab: LabId(0), with: FirmId(1) });
    assert_eq!(game.quote(AMAZON, &offer(131.0)), alone);
    let court = Decision::Offer { to: AMAZON, sheet: five_at(150.0) };
    assert_eq!(game.quote(OPENAI, &court), alone);
    assert!(game.quote(MICROSOFT, &offer(105.0)).is_ok());
    let quarter = game.quarter();
    while game.quarter() == quarter {
        game.advance();
    }
    assert!(game.quote(AMAZON, &offer(110.0)).is_ok(), "a no-shop is for one quarter");
    assert_eq!(game.view(AMAZON).processes[0].process.procedure, Procedure::Private);
}

#[test]
fn a_plan_sets_the_next_quarters_process_and_silence_repeats_it() {
    let mut game = flagship();
    let play_a_quarter = |game: &mut Game, convening: Option<Decision>| {
        while game.step() != Step::Plan {
            game.advance();
        }
        if let Some(decision) = convening {
            game.submit(OPENAI, decision).unwrap();
        }
        game.advance();
    };
    play_a_quarter(&mut game, Some(convene(Procedure::Competitive)));
    let announced = |fact: &Fact| matches!(fact, Fact::ProcessAnnounced { .. });
    assert!(game.history()[0].facts.iter().any(announced));
    assert_eq!(game.view(AMAZON).processes[0].process.procedure, Procedure::Competitive);
    play_a_quarter(&mut game, None);
    assert_eq!(game.view(AMAZON).processes[0].process.procedure, Procedure::Competitive);
}

#[test]
fn what_a_template_refuses_is_off_the_table_for_both_sides() {
    let mut game = flagship();
    let refuses = Refused::NONE.with(Clause::Board);
    let template =
        Template { amount: Money::from_bn(6.0), pre_money: Money::from_bn(120.0), refuses };
    let procedure = Procedure::Private;
    game.submit(OPENAI, Decision::Convene(Convening { procedure, template: Some(template) }))
        .unwrap();
    game.advance();
    game.advance();
    let sheet = |board| TermSheet { board, ..five_at(110.0) };
    let not = Err(Refusal::NotGranted { lab: LabId(0), clause: Clause::Board });
    let ask = |board| Decision::Offer { to: OPENAI, sheet: sheet(board) };
    let grant = Decision::Offer { to: AMAZON, sheet: sheet(BoardSeat::Director) };
    assert_eq!(game.quote(AMAZON, &ask(BoardSeat::Director)), not);
    assert_eq!(game.quote(OPENAI, &grant), not);
    assert!(game.quote(AMAZON, &ask(BoardSeat::Observer)).is_ok());
    let trimmed = template.trimmed(sheet(BoardSeat::Director));
    assert_eq!(trimmed.board, BoardSeat::Observer);
    assert_eq!(game.view(AMAZON).processes[0].process.template, Some(template));
}

#[test]
fn a_giant_convenes_nothing() {
    let game = flagship();
    let refused = game.quote(AMAZON, &convene(Procedure::Competitive));
    assert_eq!(refused, Err(Refusal::NotYourProcess));
}
