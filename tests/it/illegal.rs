//! Decisions nobody may make: whatever is submitted, by whomever and whenever, a refusal changes
//! nothing, and what is not refused can be run to the end of the quarter.

use std::cell::RefCell;
use std::sync::Arc;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use termsheet::bot::Policy;
use termsheet::host::session::{Control, LoadedLevel, Session};
use termsheet::ids::{CardId, DealId, DilemmaId, FirmId, LabId, SeatId, SeatSet, SegmentId};
use termsheet::level::{Level, Library};
use termsheet::sim::deal::{
    AccessTier, BoardSeat, Clause, Condition, Exclusivity, Instrument, TermSheet,
};
use termsheet::sim::decision::{
    AccessPolicy, Because, Blocker, Choice, Decision, GiantPlan, LabPlan, WaiverMove,
};
use termsheet::sim::game::Game;
use termsheet::sim::information::{Matter, Rumour};
use termsheet::sim::process::{Convening, Procedure, Template};
use termsheet::sim::snapshot::Snapshot;
use termsheet::units::Money;

/// Numbers of things: mostly ones that may exist.
fn id() -> impl Strategy<Value = u8> {
    prop_oneof![20 => 0..8_u8, 1 => Just(63), 1 => Just(64), 1 => Just(u8::MAX)]
}

fn seat() -> impl Strategy<Value = SeatId> {
    id().prop_map(SeatId)
}

fn firm() -> impl Strategy<Value = FirmId> {
    id().prop_map(FirmId)
}

fn lab() -> impl Strategy<Value = LabId> {
    id().prop_map(LabId)
}

fn deal() -> impl Strategy<Value = DealId> {
    prop_oneof![4 => 0..6_u16, 1 => Just(u16::MAX)].prop_map(DealId)
}

fn seats() -> impl Strategy<Value = SeatSet> {
    let set = prop::collection::vec((0..64_u8).prop_map(SeatId), 0..3);
    set.prop_map(SeatSet::from_iter)
}

/// Sums of money, from the sensible to what overflows when anything is added.
fn money() -> impl Strategy<Value = Money> {
    prop_oneof![
        6 => (0..200_i64).prop_map(|bn| bn * 1_000_000_000),
        1 => prop::sample::select(vec![1, -1, i64::MAX, i64::MIN, i64::MIN + 1, i64::MAX / 2]),
    ]
    .prop_map(Money)
}

/// Settings of levers, from the sensible to no numbers at all.
fn number() -> impl Strategy<Value = f64> {
    let absurd = vec![
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::MAX,
        f64::MIN,
        -0.0,
        f64::MIN_POSITIVE,
        1e30,
    ];
    let sensible = prop::sample::select(vec![0.0, 0.2, 0.7, 1.0]);
    prop_oneof![20 => sensible, 1 => prop::sample::select(absurd)]
}

fn count() -> impl Strategy<Value = u32> {
    prop_oneof![4 => 0..4_u32, 1 => Just(u32::MAX)]
}

fn clause() -> impl Strategy<Value = Clause> {
    prop::sample::select(Clause::ALL.to_vec())
}

fn sheet() -> BoxedStrategy<TermSheet> {
    use prop::sample::select;
    let access = vec![AccessTier::None, AccessTier::Early, AccessTier::Exclusive];
    let boards = vec![BoardSeat::None, BoardSeat::Observer, BoardSeat::Director];
    let exclusivities = vec![
        Exclusivity::None,
        Exclusivity::FirstRefusal,
        Exclusivity::SoleReseller,
        Exclusivity::SoleCloud,
    ];
    let instruments = vec![
        Instrument::Preferred,
        Instrument::Convertible,
        Instrument::CappedProfit,
        Instrument::Warrants,
    ];
    let sums = (money(), prop_oneof![3 => Just(Money::ZERO), 1 => money()], money());
    let promises =
        (money(), prop::option::weighted(0.2, deal()), prop::option::weighted(0.2, deal()));
    let clauses =
        (select(boards), select(access), select(exclusivities), select(instruments), seats());
    let small = || prop_oneof![4 => Just(0_u8), 2 => 1..12_u8, 1 => Just(u8::MAX)];
    let terms = prop::array::uniform9(small());
    let flags = (any::<bool>(), any::<bool>(), any::<bool>(), count());
    (sums, promises, clauses, terms, flags)
        .prop_map(|(money, promises, clauses, terms, flags)| TermSheet {
            cash: money.0,
            credits: money.1,
            pre_money: money.2,
            tranche_pct: terms[0],
            condition: Condition::default(),
            board: clauses.0,
            exclusivity: clauses.2,
            exclusivity_quarters: terms[1],
            commitment_mw: flags.3,
            commitment_quarters: terms[2],
            access: clauses.1,
            access_quarters: terms[3],
            barred: clauses.4,
            break_fee: Money(i64::from(terms[4]) * promises.0.0.signum() * 1_000_000_000),
            replaces: promises.1,
            release: if promises.1.is_some() { promises.0 } else { Money::ZERO },
            subject_to: promises.2,
            instrument: clauses.3,
            profit_cap: terms[5],
            pro_rata: flags.0,
            anti_dilution: flags.1,
            consent: flags.2,
            revenue_share_pct: terms[6],
            revenue_share_cap: if terms[6] > 0 { money.0 } else { Money::ZERO },
            licence_quarters: terms[7],
            own_chips_pct: terms[8],
            own_chips_quarters: terms[8],
        })
        .boxed()
}

/// A sheet that may well be possible.
fn plain_sheet() -> impl Strategy<Value = TermSheet> {
    (1_i64..20, 50_i64..300).prop_map(|(cash, pre_money)| TermSheet {
        cash: Money(cash * 1_000_000_000),
        pre_money: Money(pre_money * 1_000_000_000),
        ..TermSheet::default()
    })
}

fn talks() -> BoxedStrategy<Decision> {
    let choice = prop_oneof![Just(Choice::Offer), id().prop_map(Choice::Route)];
    let blocker = prop_oneof![
        deal().prop_map(Blocker::Covenant),
        Just(Blocker::Cash),
        Just(Blocker::NotRaising)
    ];
    let because = (any::<bool>(), prop::option::of(clause()), prop::option::of(blocker), id());
    let because = because.prop_map(|(waits, worst, blocker, short_by_tenths)| Because {
        waits,
        worst,
        blocker,
        short_by_tenths,
    });
    let routes = prop::array::uniform3(prop::option::of(sheet())).boxed();
    let fee = prop_oneof![
        money().prop_map(WaiverMove::Name),
        Just(WaiverMove::Accept),
        Just(WaiverMove::Refuse)
    ];
    prop_oneof![
        3 => (seat(), plain_sheet()).prop_map(|(to, sheet)| Decision::Offer { to, sheet }).boxed(),
        2 => (seat(), sheet()).prop_map(|(to, sheet)| Decision::Offer { to, sheet }).boxed(),
        3 => seat().prop_map(|of| Decision::Ask { of }),
        1 => (seat(), choice).prop_map(|(from, choice)| Decision::Accept { from, choice }),
        1 => (seat(), routes).prop_map(|(to, routes)| Decision::Propose { to, routes }).boxed(),
        1 => (seat(), because).prop_map(|(from, because)| Decision::Hold { from, because }),
        1 => seat().prop_map(|from| Decision::WalkAway { from }),
        1 => (deal(), firm(), fee).prop_map(|(deal, buyer, mv)| Decision::Waiver { deal, buyer, mv }),
        1 => seat().prop_map(|of| Decision::BuyNoShop { of }),
    ]
    .boxed()
}

fn plans() -> BoxedStrategy<Decision> {
    let push = prop::option::of(id().prop_map(SegmentId));
    let giant = (prop::array::uniform6(number()), number(), number(), push, number(), seats());
    let giant = giant.prop_map(|(price, order_gw, research_bn, push, chip_price, favoured)| {
        let plan = GiantPlan { price, order_gw, research_bn, push, chip_price, favoured };
        Decision::Run(plan)
    });
    let policies = vec![AccessPolicy::Open, AccessPolicy::Partners, AccessPolicy::Restrained];
    let policy = prop::sample::select(policies);
    let lab = (number(), number(), number(), number(), policy);
    let lab = lab.prop_map(|(pace, training, price, hiring, access)| {
        Decision::Steer(LabPlan { pace, training, price, hiring, access })
    });
    prop_oneof![
        2 => giant.boxed(),
        2 => lab.boxed(),
        1 => deal().prop_map(|deal| Decision::Terminate { deal }),
        1 => deal().prop_map(|deal| Decision::Withhold { deal }),
        1 => (count(), count()).prop_map(|(retreat, recruiting)| Decision::Staff { retreat, recruiting }),
        1 => (count(), count()).prop_map(|(lobbying, press)| Decision::Attend { lobbying, press }),
        1 => (deal(), clause()).prop_map(|(deal, clause)| Decision::Loosen { deal, clause }),
        1 => id().prop_map(|card| Decision::Play { card: CardId(card) }),
    ]
    .boxed()
}

fn beside() -> BoxedStrategy<Decision> {
    let refuses = clause().prop_map(|clause| termsheet::sim::process::Refused::NONE.with(clause));
    let template = (money(), money(), refuses).prop_map(|(amount, pre_money, refuses)| Template {
        amount,
        pre_money,
        refuses,
    });
    let procedure = prop_oneof![
        Just(Procedure::default()),
        Just(Procedure::Competitive),
        (firm(), money()).prop_map(|(with, fee)| Procedure::NoShop { with, fee })
    ];
    let convening = (procedure, prop::option::of(template))
        .prop_map(|(procedure, template)| Convening { procedure, template });
    let rumour = prop_oneof![
        (firm(), lab(), money(), money()).prop_map(|(giant, lab, amount, pre_money)| {
            Rumour::Talks { giant, lab, amount, pre_money }
        }),
        seat().prop_map(|of| Rumour::Trouble { of })
    ];
    let matter =
        prop_oneof![lab().prop_map(Matter::Lab), seat().prop_map(|by| Matter::Claim { by })];
    prop_oneof![
        convening.prop_map(Decision::Convene),
        (seat(), seat(), money(), money()).prop_map(|(to, rival, amount, pre_money)| {
            Decision::Claim { to, rival, amount, pre_money }
        }),
        rumour.prop_map(|rumour| Decision::Plant { rumour }),
        matter.prop_map(|subject| Decision::Investigate { subject }),
        (id(), id())
            .prop_map(|(dilemma, answer)| Decision::Answer { dilemma: DilemmaId(dilemma), answer }),
    ]
    .boxed()
}

fn decision() -> impl Strategy<Value = Decision> {
    prop_oneof![3 => talks(), 2 => plans(), 2 => beside()]
}

/// States of one game of bots of a level, after every step of its first year, and a world for them.
struct Stage {
    states: Vec<Snapshot>,
    world: RefCell<Game>,
}

fn stage(level: Arc<Level>, text: Arc<str>) -> Stage {
    let controls = vec![Control::Bot(Policy::Random); level.seats()];
    let mut session = Session::new(LoadedLevel { level, text }, controls, 8);
    let mut states = vec![session.game.snapshot()];
    while !session.game.is_over() && session.hashes().len() < 4 {
        session.finish_step();
        states.push(session.game.snapshot());
    }
    Stage { states, world: RefCell::new(session.game) }
}

/// Submits one decision after another in one state, then runs the quarter. Counts what was refused.
fn attempt(stage: &Stage, place: usize, decided: &[(SeatId, Decision)], refused: &mut u32) {
    let game = &mut *stage.world.borrow_mut();
    let seed = game.seed();
    game.restore(&stage.states[place % stage.states.len()], seed, Vec::new());
    for &(seat, decision) in decided {
        let before = game.state_hash();
        let quoted = game.quote(seat, &decision);
        assert_eq!(game.state_hash(), before, "a quote changes nothing");
        match game.submit(seat, decision) {
            Ok(()) => assert!(quoted.is_ok()),
            Err(refusal) => {
                // A refusal of a number that is none is not equal to itself.
                assert_eq!(format!("{quoted:?}"), format!("{:?}", Err::<(), _>(refusal)));
                assert_eq!(game.state_hash(), before, "what is refused changes nothing");
                *refused += 1;
            }
        }
    }
    let closed = game.history().len();
    while !game.is_over() && game.history().len() == closed {
        game.advance();
    }
}

/// So many cases for each level, the same ones each time.
fn on_every_level(cases: u32) -> (u32, u32) {
    let (mut tried, mut refused) = (0, 0);
    for entry in Library::load(None).entries() {
        let stage = stage(entry.level.clone().expect("it loads"), entry.text.clone());
        let config = Config { cases, failure_persistence: None, ..Config::default() };
        let luck = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        let counts = RefCell::new((0, 0));
        let decided = prop::collection::vec((seat(), decision()), 1..12);
        TestRunner::new_with_rng(config, luck)
            .run(&(any::<prop::sample::Index>(), decided), |(place, decided)| {
                let (tried, refused) = &mut *counts.borrow_mut();
                *tried += decided.len() as u32;
                attempt(&stage, place.index(stage.states.len()), &decided, refused);
                Ok(())
            })
            .unwrap_or_else(|failure| panic!("{}: {failure}", entry.id));
        let (more_tried, more_refused) = counts.into_inner();
        tried += more_tried;
        refused += more_refused;
    }
    (tried, refused)
}

#[test]
fn what_the_rules_refuse_changes_nothing_and_what_they_allow_can_be_run() {
    let (tried, refused) = on_every_level(25);
    // Not everything is nonsense: some of it must have been run.
    assert!(refused > 500 && tried - refused > 8, "{tried} tried, {refused} refused");
}

/// `cargo test --test it -- --ignored --nocapture illegal`
#[test]
#[ignore = "minutes"]
fn many_more_illegal_decisions() {
    let (tried, refused) = on_every_level(500);
    println!("{tried} decisions tried, {refused} refused, none of them changed a world");
}
