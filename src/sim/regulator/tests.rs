//! Inquiries and remedies in whole games: what each does in the quarter it comes, and after.

use std::sync::Arc;

use super::*;
use crate::ids::{FirmId, LabId, SeatId};
use crate::sim::books::{Account, Reason};
use crate::sim::deal::{BoardSeat, Condition, Exclusivity, Staged, TermSheet};
use crate::sim::decision::Refusal;
use crate::sim::game::{ClosedQuarter, Game};
use crate::sim::games::{close, flagship, game, to_plan};
use crate::sim::snapshot::Snapshot;

const AMAZON: FirmId = FirmId(0);
const MICROSOFT: FirmId = FirmId(1);
const OPENAI: LabId = LabId(0);
/// Microsoft's standing deal with OpenAI, the first of the level.
const STANDING: DealId = DealId(0);

fn inquiry(subject: Subject, ends: u32) -> Scrutiny {
    let inquiry = Inquiry { subject, opened: Quarter(0), ends: Quarter(ends), loosened: 0 };
    Scrutiny { inquiry: Some(inquiry), ..Scrutiny::default() }
}

/// An opening in which an inquiry into a giant ends with the first quarter, at full heat.
fn on_trial(firm: FirmId, subject: Subject) -> impl Fn(&mut Snapshot) {
    move |state| {
        state.scrutiny[firm.index()].1 = inquiry(subject, 1);
        state.heats[firm.index()].1 = Heat(1.0);
    }
}

fn remedies(closed: &ClosedQuarter) -> Vec<Remedy> {
    let facts = closed.facts.iter();
    facts
        .filter_map(|fact| match fact {
            Fact::RemedyImposed { remedy, .. } => Some(*remedy),
            _ => None,
        })
        .collect()
}

/// The first game, over seeds, whose first quarter ends with a remedy of this kind.
fn first_with(
    change: impl Fn(&mut Snapshot),
    kind: fn(&Remedy) -> bool,
) -> (Game, Arc<ClosedQuarter>) {
    for seed in 0..200 {
        let mut game = game(seed, &change);
        let closed = close(&mut game);
        if remedies(&closed).iter().any(kind) {
            return (game, closed);
        }
    }
    panic!("no game with this remedy");
}

fn deal(game: &Game, id: DealId) -> Deal {
    game.deals()[id.index()]
}

#[test]
fn a_first_refusal_undone_lets_a_rival_promise_compute_and_lowers_the_holders_value() {
    let (game, closed) = first_with(on_trial(MICROSOFT, Subject::Lab(OPENAI)), |remedy| {
        matches!(remedy, Remedy::Undone { clause: Clause::Exclusivity, .. })
    });
    assert_eq!(deal(&game, STANDING).exclusivity_at(game.quarter()), Exclusivity::None);
    assert_eq!(game.view(SeatId(0)).deals[0].sheet.exclusivity, Exclusivity::None);
    let sheet = TermSheet {
        cash: Money::from_bn(5.0),
        pre_money: Money::from_bn(100.0),
        commitment_mw: 900,
        commitment_quarters: 12,
        ..TermSheet::default()
    };
    let labs = game.level().giants.len();
    let offer = Decision::Offer { to: SeatId(labs as u8), sheet };
    assert_eq!(game.quote(AMAZON.seat(), &offer), Ok(()));
    let untouched = Game::new(flagship(), 1);
    assert!(matches!(
        untouched.quote(AMAZON.seat(), &offer),
        Err(Refusal::Covenant { deal: STANDING, clause: Clause::Commitment, .. })
    ));
    let news = closed.facts.iter().any(|fact| {
        matches!(fact, Fact::NewsMovedValue { firm: MICROSOFT, by_bn, news: News::RightsLost(STANDING) }
            if *by_bn < -1.0)
    });
    assert!(news, "the market does not notice");
    assert!(closed.published.giants[1].heat < 0.6, "heat is not halved");
}

#[test]
fn a_director_undone_stays_as_an_observer() {
    let seated = |state: &mut Snapshot| {
        on_trial(MICROSOFT, Subject::Lab(OPENAI))(state);
        state.deals[0].sheet.board = BoardSeat::Director;
    };
    let (mut game, _) =
        first_with(seated, |remedy| matches!(remedy, Remedy::Undone { clause: Clause::Board, .. }));
    assert_eq!(deal(&game, STANDING).sheet.board, BoardSeat::Observer);
    let before = game.view(SeatId(0)).published.labs[0].independence;
    close(&mut game);
    let after = game.view(SeatId(0)).published.labs[0].independence;
    assert!(after > before + 0.05, "a vote less frees the lab: {before} to {after}");
}

#[test]
fn an_interoperable_cloud_loses_more_of_its_base_for_eight_quarters() {
    let (game, _) = first_with(on_trial(AMAZON, Subject::Cloud), |remedy| {
        matches!(remedy, Remedy::Interoperable { .. })
    });
    let share = |mut game: Game| {
        for _ in 0..4 {
            close(&mut game);
        }
        game.view(SeatId(0)).published.giants[0].share
    };
    let mut spared = game.fork();
    let mut state = spared.snapshot();
    assert_eq!(state.scrutiny[0].1.interoperable_until, Quarter(10));
    state.scrutiny[0].1.interoperable_until = Quarter(0);
    state.cloud_inputs[0].1.leaving = 0.0;
    let seed = spared.seed();
    spared.restore(&state, seed, Vec::new());
    let mut last = game.fork();
    let (bound, free) = (share(game), share(spared));
    assert!(bound < free - 0.002, "{bound} against {free}");
    while last.quarter() < Quarter(10) {
        close(&mut last);
    }
    assert_eq!(last.snapshot().cloud_inputs[0].1.leaving, 0.0, "it does not end");
}

#[test]
fn a_fine_is_a_part_of_a_years_cloud_revenue_and_is_paid_from_cash() {
    let (game, closed) = first_with(on_trial(AMAZON, Subject::Cloud), |remedy| {
        matches!(remedy, Remedy::Fined { .. })
    });
    let paid = closed.postings.iter().find(|posting| posting.reason == Reason::Fine);
    let posting = paid.expect("a posting");
    assert_eq!((posting.from, posting.to), (Account::Cash(AMAZON.seat()), Account::Tax));
    let due = rules::FINE * 4.0 * closed.published.giants[0].cloud_revenue_bn;
    assert!((posting.amount.bn() - due).abs() < 1e-6 && posting.fact.is_some());
    assert_eq!(game.books().total(), Money::ZERO);
}

/// Microsoft's standing deal with a tranche to come, or a larger commitment, and nothing else.
fn with_more_to_come(tranche: bool) -> impl Fn(&mut Snapshot) {
    move |state| {
        on_trial(MICROSOFT, Subject::Lab(OPENAI))(state);
        let deal = &mut state.deals[0];
        deal.sheet = deal.loosened(Clause::Exclusivity);
        deal.sheet.board = BoardSeat::None;
        if tranche {
            deal.sheet.tranche_pct = 40;
            deal.sheet.condition = Condition::RevenueDoubled;
            deal.revenue_at_signing_bn = 1_000.0;
            deal.staged = Staged::Waiting;
        } else {
            deal.sheet.commitment_mw = 4_000;
        }
    }
}

#[test]
fn a_tranche_stopped_is_never_paid() {
    let (mut game, closed) = first_with(with_more_to_come(true), |remedy| {
        matches!(remedy, Remedy::TrancheStopped { .. })
    });
    let stopped = remedies(&closed);
    let amount = deal(&game, STANDING).sheet.staged();
    assert_eq!(stopped, [Remedy::TrancheStopped { deal: STANDING, amount }]);
    assert_eq!(deal(&game, STANDING).staged, Staged::Lapsed(Quarter(1)));
    while !game.is_over() {
        let closed = close(&mut game);
        let paid = closed.facts.iter().any(|fact| matches!(fact, Fact::TranchePaid { .. }));
        assert!(!paid, "the tranche is paid after all");
    }
}

#[test]
fn a_commitment_stopped_asks_for_no_more_than_is_rented() {
    let (game, closed) = first_with(with_more_to_come(false), |remedy| {
        matches!(remedy, Remedy::CommitmentStopped { .. })
    });
    let rented = closed.published.labs[0].compute_gw[1];
    let due = deal(&game, STANDING).committed_mw_at(Quarter(2));
    assert!(due <= 1_000.0 * rented && due > 0.0, "{due} MW against {rented} GW");
}

#[test]
fn nothing_to_undo_ends_cleared() {
    for seed in 0..40 {
        let mut game = game(seed, |state| {
            on_trial(MICROSOFT, Subject::Lab(OPENAI))(state);
            state.deals[0].sheet = TermSheet::default();
        });
        let closed = close(&mut game);
        assert!(remedies(&closed).is_empty());
        assert!(closed.facts.iter().any(|fact| matches!(fact, Fact::InquiryCleared { .. })));
    }
}

#[test]
fn an_inquiry_takes_a_point_of_attention_until_it_ends_and_none_follows_at_once() {
    let mut game = game(3, |state| {
        state.scrutiny[1].1 = inquiry(Subject::Lab(OPENAI), 2);
        state.heats[1].1 = Heat(1.0);
    });
    assert_eq!(game.view(MICROSOFT.seat()).attention_left, 2);
    assert_eq!(game.view(AMAZON.seat()).attention_left, 3);
    close(&mut game);
    assert_eq!(game.view(MICROSOFT.seat()).attention_left, 2);
    close(&mut game);
    assert_eq!(game.view(MICROSOFT.seat()).attention_left, 3);
    for _ in 0..rules::QUIET_QUARTERS {
        close(&mut game);
        assert_eq!(game.view(MICROSOFT.seat()).attention_left, 3);
    }
}

#[test]
fn a_clause_given_up_frees_the_lab_pleases_it_and_counts_in_the_inquiry() {
    let mut game = game(1, |state| {
        state.scrutiny[1].1 = inquiry(Subject::Lab(OPENAI), 5);
        state.heats[1].1 = Heat(0.6);
    });
    let mut idle = game.fork();
    close(&mut idle);
    let loosen = Decision::Loosen { deal: STANDING, clause: Clause::Exclusivity };
    assert_eq!(game.submit(MICROSOFT.seat(), loosen), Err(Refusal::NotInThisStep));
    to_plan(&mut game);
    assert_eq!(game.submit(AMAZON.seat(), loosen), Err(Refusal::NotYourDeal(STANDING)));
    let nothing = Decision::Loosen { deal: STANDING, clause: Clause::Licence };
    let refusal = Refusal::NothingToLoosen { deal: STANDING, clause: Clause::Licence };
    assert_eq!(game.submit(MICROSOFT.seat(), nothing), Err(refusal));
    assert_eq!(game.submit(MICROSOFT.seat(), loosen), Ok(()));
    let closed = close(&mut game);
    assert!(closed.facts.iter().any(|fact| matches!(fact, Fact::ClauseLoosened { .. })));
    let (mine, theirs) = (game.snapshot(), idle.snapshot());
    assert_eq!(mine.scrutiny[1].1.inquiry.map(|inquiry| inquiry.loosened), Some(1));
    let trust = |state: &Snapshot| state.trust[0].1.0[1];
    assert!((trust(&mine) - trust(&theirs) - TRUST_LOOSENED).abs() < 1e-12);
    assert!(mine.heats[1].1.0 < theirs.heats[1].1.0 - rules::LOOSENING);
    let value = |state: &Snapshot| state.values[1].1.value_bn;
    assert!(value(&mine) < value(&theirs) - 1.0, "giving up rights costs value");
}

#[test]
fn without_heat_nobody_is_looked_into_and_with_it_somebody_is() {
    let opened = |heat: f64| {
        (0..60).filter(move |&seed| {
            let mut game = game(seed, |state| {
                state.heats[1].1 = Heat(heat);
                if heat == 0.0 {
                    state.cap_tables[0].1 = CapTable::opening(&[(Holder::Other(0), 1.0)], 86.0);
                    state.cap_tables[1].1 = CapTable::opening(&[(Holder::Other(0), 1.0)], 18.0);
                }
            });
            let closed = close(&mut game);
            closed.facts.iter().any(|fact| {
                matches!(
                    fact,
                    Fact::InquiryOpened { firm: MICROSOFT, subject: Subject::Lab(OPENAI), .. }
                )
            })
        })
    };
    assert_eq!(opened(0.0).count(), 0);
    let often = opened(0.9).count();
    assert!((5..30).contains(&often), "{often} of 60");
}

#[test]
fn the_parts_of_a_market_value_sum_to_it_in_every_quarter() {
    let mut game = game(5, on_trial(AMAZON, Subject::Cloud));
    while !game.is_over() {
        let closed = close(&mut game);
        for giant in &closed.published.giants {
            assert!((giant.value_parts.sum() - giant.value_bn).abs() < 1e-6);
        }
    }
}

#[test]
fn an_inquiry_stands_in_everybodys_calendar_with_its_end() {
    let mut game = game(1, |state| state.scrutiny[1].1 = inquiry(Subject::Lab(OPENAI), 5));
    close(&mut game);
    for seat in [AMAZON.seat(), MICROSOFT.seat()] {
        let dates = crate::sim::calendar::dates(&game.view(seat));
        let ends = dates.iter().find_map(|date| match date.event {
            crate::sim::calendar::Event::InquiryEnds { giant: MICROSOFT, .. } => Some(date.quarter),
            _ => None,
        });
        assert_eq!(ends, Some(Quarter(5)));
    }
}
