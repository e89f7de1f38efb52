//! The rules of good faith, 1 to 6, as laws over many games and many sheets.

use std::sync::Arc;

use proptest::prelude::*;
use termsheet::bot::Policy;
use termsheet::host::session::{Control, LoadedLevel, Session};
use termsheet::ids::{FirmId, LabId, SeatId, SeatSet};
use termsheet::level::{Level, Library};
use termsheet::sim::deal::brief::{Brief, FULL_OUTLOOK};
use termsheet::sim::deal::{
    AccessTier, BoardSeat, Exclusivity, Instrument, TermSheet, at_least_as_good,
};
use termsheet::sim::decision::{Blocker, Choice, Decision, Refusal};
use termsheet::sim::fact::Fact;
use termsheet::sim::negotiation::Side;
use termsheet::sim::setting::Step;
use termsheet::units::Money;

const AMAZON: SeatId = SeatId(0);
const OPENAI: SeatId = SeatId(5);

/// The flagship with a person in one seat and bots in all others.
fn flagship_with(person: SeatId, seed: u64) -> Session {
    let library = Library::load(None);
    let entry = library.find("ten-billion-courtship").expect("built in");
    let level = entry.level.clone().expect("the flagship is sound");
    let mut controls = vec![Control::Bot(Policy::Normal); level.seats()];
    controls[person.index()] = Control::Human;
    Session::new(LoadedLevel { level, text: Arc::clone(&entry.text) }, controls, seed)
}

fn ten_at(pre_money_bn: f64) -> TermSheet {
    TermSheet {
        cash: Money::from_bn(10.0),
        pre_money: Money::from_bn(pre_money_bn),
        access: AccessTier::Early,
        access_quarters: 8,
        ..TermSheet::default()
    }
}

/// Every sheet a bot has bound itself to at one of the person's tables.
fn standing(session: &Session, person: SeatId) -> Vec<(SeatId, Choice, TermSheet)> {
    let view = session.game.view(person);
    let tables = view.tables.iter();
    tables
        .flat_map(|table| {
            let routes = table.theirs.routes.into_iter().enumerate();
            let routes = routes.filter_map(|(n, route)| Some((Choice::Route(n as u8), route?)));
            let offer = table.theirs.offer.map(|sheet| (Choice::Offer, sheet));
            let all: Vec<_> = offer.into_iter().chain(routes).collect();
            all.into_iter().map(|(choice, sheet)| (table.with, choice, sheet))
        })
        .collect()
}

// Rule 1. Counted over all games: there are worlds in which nobody ever offers a person anything.
#[test]
fn a_side_signs_unchanged_whatever_it_has_on_the_table() {
    let mut taken_up = 0;
    for game in 0..24 {
        let mut session = flagship_with(AMAZON, 7 * game);
        for _ in 0..40 {
            let offers: bool = matches!(session.game.step(), Step::Offers(_));
            if offers && session.game.quote(AMAZON, &Decision::Ask { of: OPENAI }).is_ok() {
                session.submit(AMAZON, Decision::Ask { of: OPENAI }).unwrap();
            }
            let choices: Vec<_> = standing(&session, AMAZON)
                .into_iter()
                .map(|(from, choice, sheet)| (Decision::Accept { from, choice }, sheet))
                .filter(|(decision, _)| session.game.quote(AMAZON, decision).is_ok())
                .collect();
            let pick = game as usize % choices.len().max(1);
            if let Some((decision, sheet)) = choices.get(pick) {
                let before = session.game.deals().len();
                session.submit(AMAZON, *decision).unwrap();
                session.finish_step();
                let deals = session.game.deals();
                let mine = deals[before..].iter().find(|deal| deal.giant == FirmId(0));
                let failed = session.game.facts(AMAZON).any(
                    |(_, fact)| matches!(fact, Fact::AcceptanceFailed { by, .. } if *by == AMAZON),
                );
                // Too late is an answer as well: another acceptor was drawn first.
                assert!(failed || mine.is_some_and(|deal| deal.sheet == *sheet), "game {game}");
                taken_up += u32::from(failed || mine.is_some());
            } else {
                session.finish_step();
            }
        }
    }
    assert!(taken_up >= 24, "{taken_up} offers were taken up in 24 games");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    // Rules 2 and 3: what bots ask for can be paid and granted, and none repeats itself.
    #[test]
    fn no_offer_asks_for_what_cannot_be_and_none_is_made_twice(seed in 0u64..1_000) {
        let mut session = flagship_with(AMAZON, seed);
        while session.game.quarter().0 <= 4 {
            let quarter = session.game.quarter();
            let mut steps = 0;
            while session.game.quarter() == quarter {
                let made = session.game.decided().to_vec();
                prop_assert!(made.iter().all(Vec::is_empty));
                session.finish_step();
                steps += 1;
                prop_assert!(steps <= 2 * session.game.level().talk_rounds + 1, "talks do not end");
                let record = session.steps().last().expect("a step was played");
                for (seat, decisions) in record.decisions.iter().enumerate() {
                    for decision in decisions {
                        if let Decision::Offer { to, sheet } = decision {
                            let giant = if seat < 5 { seat } else { to.index() };
                            let cash = session.game.view(SeatId(giant as u8)).published.giants
                                [giant].cash_bn;
                            prop_assert!(sheet.first_tranche().bn() <= cash + 1e-9);
                        }
                    }
                }
            }
            let closed = session.game.history().last().expect("a quarter was closed");
            let offers: Vec<_> = closed
                .facts
                .iter()
                .filter_map(|fact| match fact {
                    Fact::OfferMade { from, to, sheet } => Some((*from, *to, *sheet)),
                    _ => None,
                })
                .collect();
            for (place, offer) in offers.iter().enumerate() {
                prop_assert!(!offers[..place].contains(offer), "made twice: {offer:?}");
            }
        }
    }

    // Rule 4: compared in one state of the table, a strictly better sheet is never less acceptable.
    #[test]
    fn a_strictly_better_sheet_is_never_less_acceptable(
        cash_bn in 0.5..60.0f64,
        pre_bn in 20.0..400.0f64,
        better_by in 0.01..200.0f64,
        board in 0usize..3,
        exclusivity in 0usize..4,
        term in 1u8..16,
        round in 0u32..3,
        credits in any::<bool>(),
    ) {
        let session = flagship_with(AMAZON, 1);
        let boards = [BoardSeat::None, BoardSeat::Observer, BoardSeat::Director];
        let exclusivities = [
            Exclusivity::None,
            Exclusivity::FirstRefusal,
            Exclusivity::SoleReseller,
            Exclusivity::SoleCloud,
        ];
        let exclusive = exclusivities[exclusivity];
        let sheet = TermSheet {
            cash: Money::from_bn(cash_bn),
            credits: Money::from_bn(if credits { cash_bn / 3.0 } else { 0.0 }),
            pre_money: Money::from_bn(pre_bn),
            board: boards[board],
            exclusivity: exclusive,
            exclusivity_quarters: if exclusive == Exclusivity::None { 0 } else { term },
            barred: SeatSet::EMPTY.with(SeatId(1)),
            ..ten_at(100.0)
        };
        let dearer = TermSheet { pre_money: Money::from_bn(pre_bn + better_by), ..sheet };
        let freer = TermSheet {
            board: BoardSeat::None,
            exclusivity: Exclusivity::None,
            exclusivity_quarters: 0,
            barred: SeatSet::EMPTY,
            ..sheet
        };
        let brief = Brief::new(&session.game.view(OPENAI), FirmId(0), LabId(0), FULL_OUTLOOK);
        let lab = |sheet: &TermSheet| brief.margin(Side::Lab, round, 3, sheet);
        prop_assert!(lab(&dearer) >= lab(&sheet) - 1e-9);
        prop_assert!(lab(&freer) >= lab(&sheet) - 1e-9);
        let brief = Brief::new(&session.game.view(AMAZON), FirmId(0), LabId(0), FULL_OUTLOOK);
        let giant = |sheet: &TermSheet| brief.margin(Side::Giant, round, 3, sheet);
        let seated = TermSheet { board: BoardSeat::Director, ..sheet };
        prop_assert!(giant(&sheet) >= giant(&dearer) - 1e-9);
        prop_assert!(giant(&seated) >= giant(&sheet) - 1e-9);
    }

    // Rule 4 for every clause: whatever the order of the deal rules calls as good or better is as
    // acceptable or more.
    #[test]
    fn the_order_of_clauses_is_the_order_of_margins(
        one in sheets(),
        steps in proptest::collection::vec(0usize..14, 1..6),
        giant in 0u8..5,
        round in 0u32..3,
    ) {
        let session = flagship_with(AMAZON, 1);
        let firm = FirmId(giant);
        let mut other = one;
        for step in steps {
            other = toward_the_giant(other, step);
        }
        prop_assert!(at_least_as_good(Side::Giant, &one, &one));
        for (side, seat) in [(Side::Giant, firm.seat()), (Side::Lab, OPENAI)] {
            let brief = Brief::new(&session.game.view(seat), firm, LabId(0), FULL_OUTLOOK);
            let margin = |sheet: &TermSheet| brief.margin(side, round, 3, sheet);
            for (better, worse) in [(&one, &other), (&other, &one)] {
                if at_least_as_good(side, better, worse) {
                    let (more, less) = (margin(better), margin(worse));
                    prop_assert!(more >= less - 1e-9, "{side:?}: {more} < {less}");
                }
            }
        }
    }

    // Rule 5, for every clause: rows sum to the value.
    #[test]
    fn rows_sum_to_the_value_whatever_the_sheet(sheet in sheets(), giant in 0u8..5) {
        let session = flagship_with(AMAZON, 1);
        let firm = FirmId(giant);
        let brief = Brief::new(&session.game.view(OPENAI), firm, LabId(0), FULL_OUTLOOK);
        for side in [Side::Giant, Side::Lab] {
            let appraisal = brief.appraise(side, &sheet);
            let rows: f64 = appraisal.rows.iter().map(|(_, bn)| bn).sum();
            prop_assert!(rows.is_finite() && (rows - appraisal.value()).abs() < 1e-9);
        }
    }

    // Rule 5: the rows shown are the value decided on.
    #[test]
    fn a_lab_signs_exactly_when_its_rows_reach_its_hold_out(pre_bn in 60.0..160.0f64) {
        let mut session = one_round_with_idle_rivals();
        let sheet = ten_at(pre_bn);
        session.submit(AMAZON, Decision::Offer { to: OPENAI, sheet }).unwrap();
        session.finish_step();
        let view = session.game.view(OPENAI);
        let outlook = Policy::Normal.outlook().expect("it looks ahead");
        let brief = Brief::new(&view, FirmId(0), LabId(0), outlook);
        let rows: f64 = brief.lab_case.appraise(&sheet).rows.iter().map(|(_, bn)| bn).sum();
        let signs = rows >= brief.signs_from(Side::Lab, 0, 1, &sheet);
        session.finish_step();
        let signed = session.game.deals().iter().any(|deal| deal.sheet == sheet);
        prop_assert_eq!(signed, signs, "rows {}", rows);
    }
}

/// Sheets of every kind.
fn sheets() -> impl Strategy<Value = TermSheet> {
    let money = (0.5..40.0f64, 20.0..400.0f64, 0u8..3, 0u8..3);
    let rights = (any::<bool>(), any::<bool>(), any::<bool>(), 0u8..30, 0.1..20.0f64);
    let terms = (0u8..20, 0u8..100, 1u8..20, 0u32..1_000);
    let kind = prop_oneof![
        Just(Instrument::Preferred),
        Just(Instrument::Convertible),
        Just(Instrument::CappedProfit),
        Just(Instrument::Warrants),
    ];
    (money, rights, terms, kind).prop_map(|(money, rights, terms, instrument)| {
        let boards = [BoardSeat::None, BoardSeat::Observer, BoardSeat::Director];
        let tiers = [AccessTier::None, AccessTier::Early, AccessTier::Exclusive];
        let capped = instrument == Instrument::CappedProfit;
        TermSheet {
            cash: Money::from_bn(money.0),
            pre_money: Money::from_bn(money.1),
            board: boards[usize::from(money.2)],
            access: tiers[usize::from(money.3)],
            access_quarters: if money.3 == 0 { 0 } else { 8 },
            instrument,
            profit_cap: if capped { 5 } else { 0 },
            pro_rata: rights.0,
            anti_dilution: rights.1,
            consent: rights.2,
            revenue_share_pct: rights.3,
            revenue_share_cap: Money::from_bn(if rights.3 > 0 { rights.4 } else { 0.0 }),
            licence_quarters: terms.0,
            own_chips_pct: terms.1,
            own_chips_quarters: if terms.1 > 0 { terms.2 } else { 0 },
            commitment_mw: terms.3,
            commitment_quarters: if terms.3 > 0 { 12 } else { 0 },
            ..TermSheet::default()
        }
    })
}

/// The sheet with one clause a step better for the giant.
fn toward_the_giant(sheet: TermSheet, step: usize) -> TermSheet {
    let longer = |quarters: u8| quarters + 3;
    match step {
        0 => TermSheet { pre_money: Money::from_bn(0.8 * sheet.pre_money.bn()), ..sheet },
        1 => TermSheet { board: BoardSeat::Director, ..sheet },
        2 => TermSheet { pro_rata: true, ..sheet },
        3 => TermSheet { anti_dilution: true, ..sheet },
        4 => TermSheet { consent: true, ..sheet },
        5 => TermSheet { revenue_share_pct: sheet.revenue_share_pct + 1, ..sheet },
        6 => TermSheet {
            revenue_share_cap: Money::from_bn(1.3 * sheet.revenue_share_cap.bn()),
            ..sheet
        },
        7 => TermSheet { licence_quarters: longer(sheet.licence_quarters), ..sheet },
        8 if sheet.own_chips_pct > 0 => {
            TermSheet { own_chips_quarters: longer(sheet.own_chips_quarters), ..sheet }
        }
        9 if sheet.own_chips_pct > 0 => {
            TermSheet { own_chips_pct: (sheet.own_chips_pct + 10).min(100), ..sheet }
        }
        10 if sheet.profit_cap > 0 => TermSheet { profit_cap: sheet.profit_cap + 4, ..sheet },
        11 => TermSheet { barred: SeatSet::EMPTY.with(SeatId(1)), ..sheet },
        12 if sheet.commitment_mw > 0 => {
            TermSheet { commitment_mw: sheet.commitment_mw + 100, ..sheet }
        }
        13 => TermSheet { access: AccessTier::Exclusive, access_quarters: 12, ..sheet },
        _ => sheet,
    }
}

/// The flagship with a single round of talks, a person as Amazon, a lab that thinks, and nobody else
/// who bids.
fn one_round_with_idle_rivals() -> Session {
    let library = Library::load(None);
    let entry = library.find("ten-billion-courtship").expect("built in");
    let flagship = entry.level.clone().expect("the flagship is sound");
    let level = Arc::new(Level { talk_rounds: 1, ..(*flagship).clone() });
    let mut controls = vec![Control::Bot(Policy::Idle); level.seats()];
    controls[AMAZON.index()] = Control::Human;
    controls[OPENAI.index()] = Control::Bot(Policy::Normal);
    Session::new(LoadedLevel { level, text: Arc::clone(&entry.text) }, controls, 1)
}

// Rule 2, from the other side: the engine refuses what cannot be paid, and says so.
#[test]
fn an_offer_beyond_the_giants_cash_is_refused_with_the_sum_it_has() {
    let session = flagship_with(AMAZON, 1);
    let sheet = TermSheet { cash: Money::from_bn(500.0), ..ten_at(100.0) };
    let refusal = session.game.quote(AMAZON, &Decision::Offer { to: OPENAI, sheet });
    let available = Money::from_bn(123.0);
    assert_eq!(refusal, Err(Refusal::CannotPay { needed: Money::from_bn(500.0), available }));
}

// Rule 6: a covenant is named as a blocker, apart from the price.
#[test]
fn a_covenant_is_named_apart_from_the_price() {
    let session = flagship_with(AMAZON, 1);
    // Microsoft's right of first refusal covers 450 MW: nobody else may be promised more.
    let sheet = TermSheet { commitment_mw: 900, commitment_quarters: 8, ..ten_at(120.0) };
    let refusal = session.game.quote(AMAZON, &Decision::Offer { to: OPENAI, sheet });
    assert!(matches!(refusal, Err(Refusal::Covenant { .. })), "{refusal:?}");
}

#[test]
fn a_lab_with_money_enough_says_so_and_does_not_haggle() {
    let mut seen = false;
    for seed in 1..=6 {
        let mut session = flagship_with(AMAZON, seed);
        while session.game.quarter().0 <= 3 {
            let offer = Decision::Offer { to: OPENAI, sheet: ten_at(130.0) };
            if session.game.quote(AMAZON, &offer).is_ok() && session.game.quarter().0 >= 2 {
                session.submit(AMAZON, offer).unwrap();
            }
            session.finish_step();
        }
        let facts = session.game.history().iter().flat_map(|closed| &closed.facts);
        seen |= facts
            .filter_map(|fact| match fact {
                Fact::Held { by, because, .. } if *by == OPENAI => Some(because),
                _ => None,
            })
            .any(|because| because.blocker == Some(Blocker::NotRaising));
    }
    assert!(seen, "no lab ever had enough");
}
