//! Claims, rumours, leaks, due diligence and attention: the same for every seat.

use termsheet::bot::Policy;
use termsheet::host::save::{Save, rebuild};
use termsheet::host::session::{Control, Session};
use termsheet::host::words::Names;
use termsheet::ids::{FirmId, LabId, SeatId};
use termsheet::sim::deal::TermSheet;
use termsheet::sim::deal::brief::{Brief, FULL_OUTLOOK};
use termsheet::sim::decision::{ATTENTION, Choice, Decision, Refusal};
use termsheet::sim::fact::Fact;
use termsheet::sim::game::Game;
use termsheet::sim::information::attention::LAB_TABLES_FREE;
use termsheet::sim::information::heard::with_hearsay;
use termsheet::sim::information::{Evidence, HearsayView, Matter, Rumour, Standing, Story, rules};
use termsheet::sim::setting::Step;
use termsheet::sim::view::Known;
use termsheet::units::Money;

use crate::games::{flagship, game, play_to_the_end, session};

const AMAZON: SeatId = SeatId(0);
const MICROSOFT: SeatId = SeatId(1);
const GOOGLE: SeatId = SeatId(2);
const NVIDIA: SeatId = SeatId(4);
const OPENAI: SeatId = SeatId(5);
const ANTHROPIC: SeatId = SeatId(6);

fn sheet(cash_bn: f64, pre_bn: f64) -> TermSheet {
    TermSheet {
        cash: Money::from_bn(cash_bn),
        pre_money: Money::from_bn(pre_bn),
        ..TermSheet::default()
    }
}

fn offer(game: &mut Game, from: SeatId, to: SeatId, cash_bn: f64, pre_bn: f64) {
    game.submit(from, Decision::Offer { to, sheet: sheet(cash_bn, pre_bn) }).expect("an offer");
}

fn claim_of(to: SeatId, rival: SeatId, amount_bn: f64, pre_bn: f64) -> Decision {
    let (amount, pre_money) = (Money::from_bn(amount_bn), Money::from_bn(pre_bn));
    Decision::Claim { to, rival, amount, pre_money }
}

fn advance_to(game: &mut Game, step: Step) {
    while game.step() != step {
        game.advance();
    }
}

/// Google has $10bn at $100bn on OpenAI's table, and OpenAI makes a claim to Amazon in round two.
fn google_bids_and_openai_claims(seed: u64, amount_bn: f64, pre_bn: f64) -> Game {
    let mut game = game(seed);
    offer(&mut game, GOOGLE, OPENAI, 10.0, 100.0);
    advance_to(&mut game, Step::Offers(1));
    game.submit(OPENAI, claim_of(AMAZON, GOOGLE, amount_bn, pre_bn)).expect("a claim");
    game.advance();
    game
}

/// What a seat last heard in this quarter from one that named itself.
fn heard_from(game: &Game, seat: SeatId, by: SeatId) -> HearsayView {
    let view = game.view(seat);
    let heard = view.hearsay.iter().rev().find(|said| said.by == Some(by) && said.to.is_some());
    *heard.expect("it was claimed")
}

fn rumours(game: &Game, seat: SeatId) -> Vec<HearsayView> {
    game.view(seat).hearsay.into_iter().filter(|said| said.to.is_none()).collect()
}

fn no_leak(seed: u64) -> bool {
    let mut game = google_bids_and_openai_claims(seed, 10.0, 100.0);
    advance_to(&mut game, Step::Plan);
    rumours(&game, NVIDIA).is_empty()
}

/// Seeds in which nothing leaks, or something does.
fn seeds(leaking: bool) -> impl Iterator<Item = u64> {
    (1..400).filter(move |&seed| no_leak(seed) != leaking)
}

#[test]
fn a_claim_is_heard_by_whom_it_is_made_to_and_nobody_else() {
    let game = google_bids_and_openai_claims(1, 10.0, 100.0);
    let said = heard_from(&game, AMAZON, OPENAI);
    assert_eq!((said.standing, said.to), (Standing::Unproven, Some(AMAZON)));
    for other in [MICROSOFT, GOOGLE, NVIDIA, ANTHROPIC] {
        assert!(game.view(other).hearsay.iter().all(|said| said.to.is_none()), "{other:?}");
        let told = game.facts(other).any(|(_, fact)| matches!(fact, Fact::Claimed { .. }));
        assert!(!told, "{other:?} knows of it");
    }
}

#[test]
fn a_claim_is_borne_out_by_a_signature_and_doubtful_without_one() {
    let seed = seeds(false).next().expect("a quiet seed");
    for signs in [true, false] {
        let mut game = google_bids_and_openai_claims(seed, 10.0, 100.0);
        let before = heard_from(&game, AMAZON, OPENAI).belief;
        if signs {
            let accept = Decision::Accept { from: GOOGLE, choice: Choice::Offer };
            game.submit(OPENAI, accept).expect("the offer stands");
        }
        advance_to(&mut game, Step::Plan);
        game.advance();
        let after = heard_from(&game, AMAZON, OPENAI);
        let verified = game.view(NVIDIA).records[OPENAI.index()].verified;
        if signs {
            assert_eq!(after.evidence, Some(Evidence::Signature));
            assert_eq!((after.standing, verified), (Standing::Verified, 1));
            assert!(after.belief > before);
        } else {
            assert_eq!(after.evidence, Some(Evidence::NoDeal));
            assert_eq!((after.standing, verified), (Standing::Doubtful, 0));
            assert!(after.belief < before && after.belief > 0.0);
        }
    }
}

#[test]
fn due_diligence_tells_a_lie_from_the_truth_more_often_than_not() {
    for (pre_bn, found) in [(100.0, Standing::Verified), (140.0, Standing::Exposed)] {
        let mut cleared_up = 0;
        for seed in seeds(false).take(30) {
            let mut game = google_bids_and_openai_claims(seed, 10.0, pre_bn);
            let look = Decision::Investigate { subject: Matter::Claim { by: OPENAI } };
            game.submit(AMAZON, look).expect("there is a claim to look into");
            game.advance();
            let said = heard_from(&game, AMAZON, OPENAI);
            assert!(said.standing == found || said.standing == Standing::Unproven);
            cleared_up += u32::from(said.standing == found);
            // What is borne out stays with who looked; a lie exposed is everybody's to know.
            let known = game.view(NVIDIA).records[OPENAI.index()].exposed > 0;
            assert_eq!(known, said.standing == Standing::Exposed);
            let told = heard_from(&game, OPENAI, OPENAI).standing;
            let expected =
                if found == Standing::Verified { Standing::Unproven } else { said.standing };
            assert_eq!(told, expected);
        }
        assert!((18..30).contains(&cleared_up), "{cleared_up} of 30");
    }
}

/// A game in which OpenAI's lie to Amazon has been exposed in round two.
fn exposed() -> Game {
    let found = seeds(false).find_map(|seed| {
        let mut game = google_bids_and_openai_claims(seed, 10.0, 140.0);
        let look = Decision::Investigate { subject: Matter::Claim { by: OPENAI } };
        game.submit(AMAZON, look).expect("there is a claim to look into");
        game.advance();
        let lie = heard_from(&game, AMAZON, OPENAI).standing == Standing::Exposed;
        lie.then_some(game)
    });
    found.expect("due diligence finds most lies")
}

#[test]
fn a_lie_has_its_price_and_the_next_word_is_believed_less() {
    let before = google_bids_and_openai_claims(1, 10.0, 140.0);
    let mut game = exposed();
    let patience =
        |game: &Game| game.view(AMAZON).table_with(OPENAI).expect("a table").mine.patience;
    assert_eq!(patience(&before) - patience(&game), rules::PATIENCE_LIED);
    assert_eq!(heard_from(&game, AMAZON, OPENAI).belief, 0.0);
    let public = game.facts(NVIDIA).any(|(_, fact)| {
        matches!(fact, Fact::Judged { by: Some(OPENAI), standing: Standing::Exposed, .. })
    });
    assert!(public, "nobody else learns of it");
    // The same plausible claim, to somebody else, a quarter later.
    let fresh = heard_from(&before, AMAZON, OPENAI).belief;
    advance_to(&mut game, Step::Plan);
    game.advance();
    game.submit(OPENAI, claim_of(MICROSOFT, GOOGLE, 10.0, 140.0)).expect("a claim");
    game.advance();
    let burnt = heard_from(&game, MICROSOFT, OPENAI).belief;
    assert!(burnt < 0.7 * fresh, "{burnt} against {fresh}");
}

#[test]
fn a_giants_lie_costs_it_the_labs_trust() {
    let trust_after = |pre_bn: f64, seed: u64| {
        let mut game = game(seed);
        offer(&mut game, ANTHROPIC, AMAZON, 5.0, 350.0);
        advance_to(&mut game, Step::Offers(1));
        game.submit(AMAZON, claim_of(OPENAI, ANTHROPIC, 5.0, pre_bn)).expect("a claim");
        game.advance();
        let look = Decision::Investigate { subject: Matter::Claim { by: AMAZON } };
        game.submit(OPENAI, look).expect("there is a claim");
        advance_to(&mut game, Step::Plan);
        let standing = heard_from(&game, OPENAI, AMAZON).standing;
        game.advance();
        let Known::Exact(trust) = game.view(OPENAI).labs[0].trust[0] else { panic!("its own") };
        (standing, trust)
    };
    let seed = (1..60).find(|&seed| trust_after(200.0, seed).0 == Standing::Exposed);
    let seed = seed.expect("due diligence finds most lies");
    let ((_, honest), (_, lied)) = (trust_after(350.0, seed), trust_after(200.0, seed));
    assert!((honest - lied + rules::TRUST_LIED).abs() < 0.03, "{honest} and {lied}");
}

#[test]
fn a_leak_shows_rivals_a_blurred_bid_and_exposes_a_lie_about_it() {
    let seed = seeds(true).next().expect("talks leak now and then");
    let mut honest = google_bids_and_openai_claims(seed, 10.0, 100.0);
    let mut lying = google_bids_and_openai_claims(seed, 10.0, 190.0);
    for game in [&mut honest, &mut lying] {
        advance_to(game, Step::Plan);
        let said = rumours(game, NVIDIA);
        let Story::Bid { giant, lab, amount, pre_money } = said[0].story else { panic!("a bid") };
        assert_eq!((giant, lab), (FirmId(2), LabId(0)));
        let (ten, hundred) = (Money::from_bn(10.0), Money::from_bn(100.0));
        assert!(amount.0 <= ten && ten < amount.1 && amount.0 < amount.1);
        assert!(pre_money.0 <= hundred && hundred < pre_money.1);
        // Nobody is told that it is a leak, or whose.
        assert_eq!((said[0].by, said[0].standing), (None, Standing::Unproven));
    }
}

#[test]
fn a_claim_about_a_table_that_leaks_is_judged_by_the_leak() {
    let mut judged = Vec::new();
    for seed in seeds(true).take(25) {
        for pre_bn in [100.0, 190.0] {
            let mut game = google_bids_and_openai_claims(seed, 10.0, pre_bn);
            advance_to(&mut game, Step::Plan);
            let said = heard_from(&game, AMAZON, OPENAI);
            if said.evidence == Some(Evidence::Leak) {
                judged.push((pre_bn, said.standing));
            }
        }
    }
    assert!(judged.contains(&(100.0, Standing::Verified)), "{judged:?}");
    assert!(judged.contains(&(190.0, Standing::Exposed)), "{judged:?}");
    assert!(!judged.contains(&(100.0, Standing::Exposed)), "{judged:?}");
    assert!(!judged.contains(&(190.0, Standing::Verified)), "{judged:?}");
}

/// Talks held for so many rounds over many seeds: in how many something leaked.
fn leaks(rounds: u32) -> usize {
    let leaked = (0..500).filter(|&seed| {
        let mut game = game(seed);
        offer(&mut game, GOOGLE, OPENAI, 10.0, 100.0);
        advance_to(&mut game, Step::Offers(1));
        for round in 1..3 {
            if round < rounds {
                offer(&mut game, GOOGLE, OPENAI, 10.0, 100.0 + 5.0 * f64::from(round));
            } else if round == rounds {
                game.submit(GOOGLE, Decision::WalkAway { from: OPENAI }).expect("it may leave");
            }
            game.advance();
            if game.step() != Step::Plan {
                game.advance();
            }
        }
        advance_to(&mut game, Step::Plan);
        !rumours(&game, NVIDIA).is_empty()
    });
    leaked.count()
}

#[test]
fn the_longer_talks_last_the_more_often_they_leak() {
    let (one, three) = (leaks(1), leaks(3));
    // A fiftieth after one round; about an eighth after three.
    assert!((2..25).contains(&one), "{one} of 500");
    assert!((35..95).contains(&three), "{three} of 500");
}

#[test]
fn what_a_seat_may_not_know_does_not_change_its_view() {
    // Another bid in the same cells, leaked or not; a claim that is true or not; how due diligence
    // of others went: Nvidia's view is the same to the letter, and Amazon's too.
    let leaking = seeds(true).next().expect("talks leak now and then");
    for seed in [1, 2, leaking] {
        let world = |bid_bn: f64, price_bn: f64| {
            let mut game = game(seed);
            offer(&mut game, GOOGLE, OPENAI, bid_bn, price_bn);
            advance_to(&mut game, Step::Offers(1));
            game.submit(OPENAI, claim_of(AMAZON, GOOGLE, 10.0, 100.0)).expect("a claim");
            let look = Decision::Investigate { subject: Matter::Lab(LabId(0)) };
            game.submit(MICROSOFT, look).expect("a look");
            advance_to(&mut game, Step::Plan);
            game
        };
        let (one, other) = (world(10.0, 100.0), world(9.5, 97.0));
        for seat in [AMAZON, NVIDIA, ANTHROPIC] {
            let views = [&one, &other].map(|game| format!("{:?}", game.view(seat)));
            assert!(views[0] == views[1], "{seat:?} sees what it may not, seed {seed}");
        }
        let truthful = world(10.0, 100.0);
        let boastful = world(10.0, 92.0);
        let quiet = |game: &Game| rumours(game, AMAZON).is_empty();
        if quiet(&truthful) && quiet(&boastful) {
            let views = [&truthful, &boastful].map(|game| format!("{:?}", game.view(AMAZON)));
            assert!(views[0] == views[1], "Amazon sees whether a claim is true, seed {seed}");
        }
    }
}

#[test]
fn a_planted_rumour_looks_like_a_leak() {
    let seed = seeds(true).next().expect("talks leak now and then");
    let mut leaked = google_bids_and_openai_claims(seed, 10.0, 100.0);
    advance_to(&mut leaked, Step::Plan);
    let mut planted = game(seed);
    let (amount, pre_money) = (Money::from_bn(10.0), Money::from_bn(100.0));
    let rumour = Rumour::Talks { giant: FirmId(2), lab: LabId(0), amount, pre_money };
    planted.submit(MICROSOFT, Decision::Plant { rumour }).expect("a rumour");
    planted.advance();
    assert_eq!(rumours(&leaked, NVIDIA), rumours(&planted, NVIDIA));
    // Its author knows it for its own.
    assert_eq!(rumours(&planted, MICROSOFT)[0].by, Some(MICROSOFT));
}

/// Microsoft speaks of trouble at Google in the first quarter; two quarters are played.
fn trouble(seed: u64, press: u32) -> Game {
    let mut game = game(seed);
    let rumour = Rumour::Trouble { of: GOOGLE };
    game.submit(MICROSOFT, Decision::Plant { rumour }).expect("a rumour");
    for _ in 0..2 {
        advance_to(&mut game, Step::Plan);
        game.submit(GOOGLE, Decision::Attend { lobbying: 0, press }).expect("attention");
        game.advance();
    }
    game
}

#[test]
fn a_rumour_moves_a_value_and_is_traced_the_sooner_the_more_the_press_is_told() {
    let value = |game: &Game, quarter: usize| game.history()[quarter].published.giants[2].value_bn;
    let mut idle = game(1);
    advance_to(&mut idle, Step::Plan);
    idle.advance();
    let standing = |seed| rumours(&trouble(seed, 0), NVIDIA)[0].standing;
    let open = (1..60).find(|&seed| standing(seed) != Standing::Exposed).expect("some stay open");
    let harmed = value(&trouble(open, 0), 0) - value(&idle, 0);
    assert!(harmed < -1.0, "a rumour of trouble moved ${harmed}bn");
    let traced = |press| {
        let found = (1..60).filter(|&seed| {
            let game = trouble(seed, press);
            let records = game.view(NVIDIA).records;
            let standing = rumours(&game, NVIDIA)[0].standing;
            assert_eq!(records[MICROSOFT.index()].exposed > 0, standing == Standing::Exposed);
            standing == Standing::Exposed
        });
        found.count()
    };
    let (silent, spoken) = (traced(0), traced(2));
    assert!(silent > 10 && spoken > silent + 10, "{silent} and {spoken} of 59");
}

#[test]
fn due_diligence_narrows_what_one_seat_knows_for_four_quarters() {
    let width = |game: &Game, seat: SeatId| match game.view(seat).labs[0].cash_bn {
        Known::Range(low, high) => high - low,
        Known::Exact(_) => 0.0,
        other => panic!("{other:?}"),
    };
    let look = Decision::Investigate { subject: Matter::Lab(LabId(0)) };
    let mut game = game(1);
    let before = width(&game, AMAZON);
    game.submit(AMAZON, look).expect("a look");
    game.advance();
    assert_eq!(width(&game, AMAZON), before / 2.0);
    assert_eq!(width(&game, MICROSOFT), before, "others see no more than they did");
    let told = game.facts(MICROSOFT).any(|(_, fact)| matches!(fact, Fact::LookedInto { .. }));
    assert!(!told, "others learn of it");
    advance_to(&mut game, Step::Plan);
    game.submit(AMAZON, look).expect("a second look");
    game.advance();
    assert_eq!(width(&game, AMAZON), 0.0, "twice is exact");
    assert_eq!(game.quote(AMAZON, &look), Err(Refusal::NothingToLearn));
    assert_eq!(game.quote(OPENAI, &look), Err(Refusal::NothingToLearn), "its own books");
    for _ in 0..3 {
        assert_eq!(width(&game, AMAZON), 0.0, "in quarter {:?}", game.quarter());
        advance_to(&mut game, Step::Plan);
        game.advance();
    }
    assert!(width(&game, AMAZON) > 0.0, "what was found has grown old");
}

#[test]
fn attention_is_one_sum_of_three_points_for_all_its_uses() {
    let mut game = game(1);
    assert_eq!(game.view(AMAZON).attention_left, ATTENTION);
    offer(&mut game, AMAZON, OPENAI, 10.0, 100.0);
    let look = Decision::Investigate { subject: Matter::Lab(LabId(0)) };
    game.submit(AMAZON, look).expect("a look");
    let rumour = Rumour::Trouble { of: GOOGLE };
    game.submit(AMAZON, Decision::Plant { rumour }).expect("a rumour");
    assert_eq!(game.view(AMAZON).attention_left, 0);
    let second = Decision::Offer { to: ANTHROPIC, sheet: sheet(5.0, 350.0) };
    let spent = Err(Refusal::AttentionSpent { left: 0 });
    assert_eq!(game.quote(AMAZON, &second), spent);
    // A better offer at the table it holds costs nothing more.
    let better = Decision::Offer { to: OPENAI, sheet: sheet(10.0, 110.0) };
    assert_eq!(game.quote(AMAZON, &better), Ok(()));
    advance_to(&mut game, Step::Plan);
    for (lobbying, press) in [(1, 0), (0, 1)] {
        let attend = Decision::Attend { lobbying, press };
        assert_eq!(game.quote(AMAZON, &attend), spent);
    }
    assert_eq!(game.quote(MICROSOFT, &Decision::Attend { lobbying: 2, press: 1 }), Ok(()));
    let much = Decision::Attend { lobbying: 2, press: 2 };
    assert_eq!(game.quote(MICROSOFT, &much), Err(Refusal::AttentionSpent { left: 3 }));
    game.advance();
    assert_eq!(game.view(AMAZON).attention_left, ATTENTION, "a new quarter");
}

#[test]
fn a_lab_holds_three_tables_free_and_pays_for_the_others() {
    let mut game = game(1);
    for (number, giant) in (0..5u8).enumerate() {
        offer(&mut game, OPENAI, SeatId(giant), 5.0, 130.0);
        let paid = (number as u32 + 1).saturating_sub(LAB_TABLES_FREE);
        assert_eq!(game.view(OPENAI).attention_left, ATTENTION - paid);
    }
}

#[test]
fn what_cannot_be_said_or_looked_into_is_refused() {
    let mut game = game(1);
    let refused = |game: &Game, seat, decision: Decision, why| {
        assert_eq!(game.quote(seat, &decision), Err(why), "{decision:?}");
    };
    refused(&game, OPENAI, claim_of(AMAZON, AMAZON, 10.0, 100.0), Refusal::NotARival);
    refused(&game, OPENAI, claim_of(AMAZON, ANTHROPIC, 10.0, 100.0), Refusal::NotARival);
    refused(&game, AMAZON, claim_of(GOOGLE, OPENAI, 10.0, 100.0), Refusal::NotACounterpart);
    refused(&game, AMAZON, claim_of(SeatId(40), OPENAI, 10.0, 100.0), Refusal::NoSuchSeat);
    let own = Decision::Plant { rumour: Rumour::Trouble { of: AMAZON } };
    refused(&game, AMAZON, own, Refusal::NotARival);
    let lab = Decision::Plant { rumour: Rumour::Trouble { of: OPENAI } };
    refused(&game, AMAZON, lab, Refusal::NotARival);
    let look = Decision::Investigate { subject: Matter::Claim { by: OPENAI } };
    refused(&game, AMAZON, look, Refusal::NoOpenClaim);
    game.submit(OPENAI, claim_of(AMAZON, GOOGLE, 10.0, 100.0)).expect("a claim");
    // Another in its place, while it is unsent; none after it.
    game.submit(OPENAI, claim_of(AMAZON, GOOGLE, 11.0, 100.0)).expect("in its place");
    assert_eq!(game.decided()[OPENAI.index()].len(), 1);
    offer(&mut game, GOOGLE, OPENAI, 10.0, 100.0);
    advance_to(&mut game, Step::Offers(1));
    refused(&game, OPENAI, claim_of(AMAZON, GOOGLE, 12.0, 100.0), Refusal::AlreadyClaimed);
}

#[test]
fn a_believed_bid_raises_what_the_lab_is_thought_to_want() {
    let alternative = |game: &Game| {
        let view = game.view(AMAZON);
        let brief = Brief::new(&view, FirmId(0), LabId(0), FULL_OUTLOOK);
        with_hearsay(&view, brief).lab_case.alternative_bn
    };
    let quiet = game(1);
    let told = google_bids_and_openai_claims(1, 10.0, 160.0);
    assert!(alternative(&told) > alternative(&quiet), "a claim counts for nothing");
    assert_eq!(alternative(&exposed()), alternative(&quiet), "an exposed lie counts");
}

#[test]
fn bots_claim_look_into_books_and_speak_to_the_press() {
    let mut seen = [false; 4];
    for seed in 1..6 {
        let mut session = session(Policy::Normal, seed);
        play_to_the_end(&mut session);
        for fact in session.game.history().iter().flat_map(|closed| &closed.facts) {
            seen[0] |= matches!(fact, Fact::Claimed { .. });
            seen[1] |= matches!(fact, Fact::LookedInto { subject: Matter::Lab(_), .. });
            seen[2] |= matches!(fact, Fact::Reported { .. });
        }
        let decided = session.steps().iter().flat_map(|record| record.decisions.iter().flatten());
        let press = |decision: &Decision| matches!(decision, Decision::Attend { press: 1.., .. });
        seen[3] |= decided.into_iter().any(press);
    }
    assert_eq!(seen, [true; 4], "claims, due diligence, rumours, press");
}

#[test]
fn money_is_neither_made_nor_lost_by_talk_and_a_save_plays_it_again() {
    let level = flagship();
    let mut controls = vec![Control::Bot(Policy::Normal); level.level.seats()];
    controls[AMAZON.index()] = Control::Human;
    let mut session = Session::new(level, controls, 3);
    let total = session.game.books().total();
    let rumour = Rumour::Trouble { of: GOOGLE };
    let sheet = sheet(8.0, 100.0);
    session.submit(AMAZON, claim_of(OPENAI, ANTHROPIC, 5.0, 300.0)).expect("a claim");
    // An offer decided before its claim and replaced after it: the record must still be legal.
    session.submit(AMAZON, Decision::Offer { to: OPENAI, sheet }).expect("an offer");
    session.submit(AMAZON, Decision::Ask { of: OPENAI }).expect("a question instead");
    session.submit(AMAZON, Decision::Plant { rumour }).expect("a rumour");
    session.finish_step();
    while session.game.step() != Step::Plan {
        session.finish_step();
    }
    session.submit(AMAZON, Decision::Attend { lobbying: 0, press: 1 }).expect("attention");
    for _ in 0..12 {
        session.finish_step();
        assert_eq!(session.game.books().total(), total);
    }
    let text = Save::of(&session, Names::Real).to_json().expect("a save");
    let loaded = rebuild(&Save::from_json(text.as_bytes()).expect("read")).expect("played again");
    assert_eq!(loaded.hashes(), session.hashes());
    assert_eq!(loaded.game.state_hash(), session.game.state_hash());
}
