use std::sync::Arc;

use super::*;
use crate::host::words::Names;
use crate::ids::{CardId, DealId, DilemmaId, FirmId, HappeningId, LabId, SeatSet, SegmentId};
use crate::level::{Level, Library};
use crate::sim::capital_market::{Doubt, News as MarketNews};
use crate::sim::deal::{Clause, TermSheet};
use crate::sim::decision::AccessPolicy;
use crate::sim::fact::Provider;
use crate::sim::game::Game;
use crate::sim::happenings::{Cast, Player};
use crate::sim::information::{Evidence, Standing, Story};
use crate::sim::process::{Procedure, Template};
use crate::sim::regulator::{Remedy, Subject};
use crate::units::{Money, Quarter};

const GIANT: FirmId = FirmId(0);
const OTHER: FirmId = FirmId(1);
const LAB: LabId = LabId(0);

fn level() -> Arc<Level> {
    let entry =
        Library::load(None).find("ten-billion-courtship").expect("the flagship is built in");
    entry.level.expect("the flagship loads")
}

fn sheet(cash_bn: f64) -> TermSheet {
    TermSheet {
        cash: Money::from_bn(cash_bn),
        pre_money: Money::from_bn(100.0),
        ..TermSheet::default()
    }
}

fn signed(cash_bn: f64) -> Fact {
    Fact::Signed { deal: DealId(9), giant: GIANT, lab: LAB, sheet: sheet(cash_bn) }
}

/// One of every kind that can stand on the page, with figures of the size they have in games.
fn samples(level: &Level) -> Vec<Fact> {
    let (giant, lab) = (GIANT.seat(), LAB.seat(level.giants.len()));
    let deal = DealId(0);
    let sum = Money::from_bn(1.5);
    let provider = Provider::Giant(GIANT);
    let cast = Cast { seat: Player::Seat(giant), giant: Some(OTHER), lab: Some(LAB) };
    let bid = Story::Bid { giant: GIANT, lab: LAB, amount: (sum, sum), pre_money: (sum, sum) };
    let template =
        Template { amount: sum, pre_money: Money::from_bn(90.0), refuses: Default::default() };
    let judged = |by, standing| Fact::Judged {
        by,
        to: None,
        story: bid,
        standing,
        evidence: Evidence::NoDeal,
    };
    let told = level.happenings.iter().position(|one| !one.title.is_empty());
    let happening = HappeningId(told.expect("the flagship has one with a story") as u8);
    let undone = Remedy::Undone { deal, clause: Clause::Exclusivity };
    vec![
        Fact::ProcessAnnounced { lab: LAB, procedure: Procedure::Competitive },
        Fact::ProcessAnnounced { lab: LAB, procedure: Procedure::Private },
        Fact::ProcessAnnounced { lab: LAB, procedure: Procedure::NoShop { with: GIANT, fee: sum } },
        Fact::TemplatePublished { lab: LAB, template: Some(template) },
        Fact::TemplatePublished { lab: LAB, template: None },
        Fact::NoShopBought { lab: LAB, giant: GIANT, fee: sum },
        Fact::Reported { story: bid },
        Fact::Reported { story: Story::Trouble { of: giant } },
        judged(Some(giant), Standing::Exposed),
        judged(None, Standing::Verified),
        judged(None, Standing::Doubtful),
        signed(10.0),
        Fact::Renegotiated { old: deal, new: deal },
        Fact::TranchePaid { deal, amount: sum },
        Fact::TrancheLapsed { deal, amount: sum },
        Fact::ExclusivityLapsed { deal, giant: GIANT, lab: LAB },
        Fact::AccessLapsed { deal, giant: GIANT, lab: LAB },
        Fact::NoteConverted { lab: LAB, holder: giant, amount: sum, shares: 1_000_000 },
        Fact::DilutionMended { lab: LAB, holder: giant, shares: 1_000_000 },
        Fact::ProRataTaken { deal, holder: GIANT, amount: sum },
        Fact::WarrantsUsed { deal, amount: sum },
        Fact::WarrantsLapsed { deal, amount: sum },
        Fact::RevenueShareMissed { deal, short: sum },
        Fact::RevenueShareEnded { deal },
        Fact::LicenceLapsed { deal, giant: GIANT, lab: LAB },
        Fact::OwnChipsLapsed { deal, giant: GIANT, lab: LAB },
        Fact::WaiverSold { deal, holder: GIANT, buyer: OTHER, fee: sum },
        Fact::PromiseLate { deal, what: Clause::Commitment, by: giant },
        Fact::PromiseLate { deal, what: Clause::RevenueShare, by: lab },
        Fact::PromiseBroken { deal, what: Clause::Commitment, by: lab, damages: sum },
        Fact::DealEnded { deal, giant: GIANT, lab: LAB, by: giant, payer: giant, fee: sum },
        Fact::OrderChanged { firm: GIANT, from_gw: 0.5, to_gw: 0.8 },
        Fact::ResearchChanged { firm: GIANT, from_bn: 1.0, to_bn: 2.0 },
        Fact::PushChanged { firm: GIANT, segment: Some(SegmentId(0)) },
        Fact::ChipPriceChanged { firm: GIANT, from: 1.0, to: 1.1 },
        Fact::CapacityArrived { provider, gw: 0.4 },
        Fact::CapacityShort { provider: Provider::Others, turned_away_bn: 1.2 },
        Fact::AccessMoved { firm: GIANT, from_points: -3.0, to_points: -1.0 },
        Fact::CapitalSpendingCut { firm: GIANT, order_gw: 0.3 },
        Fact::Borrowed { firm: GIANT, amount: sum },
        Fact::FrontierPassed { by: lab, points: 161.0 },
        Fact::RunwayShort { lab: LAB, quarters: 1.4 },
        Fact::ServingShort { lab: LAB, lost_bn: 0.6 },
        Fact::Rescued { lab: LAB, amount: sum, pre_money: Money::from_bn(50.0) },
        Fact::CharterBroken { lab: LAB, independence: 0.55 },
        Fact::TalentLeft { from: lab, points: 0.7, to: Some(giant) },
        Fact::CharterMended { lab: LAB, independence: 0.65 },
        Fact::AccessPolicyChanged { lab: LAB, policy: AccessPolicy::Partners },
        Fact::OpenWeightsShock { points: 2.0 },
        Fact::ChipShortage { cost_pct: 15.0 },
        Fact::Downturn { quarters: 5 },
        Fact::DownturnOver,
        Fact::Outage { provider: Provider::Others, utils: -0.2 },
        Fact::Happened { happening, cast },
        Fact::Answered {
            seat: giant,
            dilemma: DilemmaId(0),
            answer: 0,
            cast,
            went_well: None,
            by_silence: false,
            public: true,
        },
        Fact::CardPlayed { seat: giant, card: CardId(0), cast },
        Fact::NewsMovedValue { firm: GIANT, by_bn: -12.0, news: MarketNews::CapitalSpending },
        Fact::CircularRevenue { firm: GIANT, part: 0.05, revenue_bn: 1.1 },
        Fact::CircularDoubted { firm: GIANT, doubt: Doubt::Downturn, by_bn: -12.0 },
        Fact::ChipsLate { provider, gw: 0.2 },
        Fact::FavourChanged { firm: GIANT, favoured: SeatSet::EMPTY.with(giant) },
        Fact::FavourChanged { firm: GIANT, favoured: SeatSet::EMPTY },
        Fact::InquiryOpened { firm: GIANT, subject: Subject::Lab(LAB), ends: Quarter(6) },
        Fact::InquiryCleared { firm: GIANT, subject: Subject::Cloud },
        Fact::RemedyImposed { firm: GIANT, remedy: undone },
        Fact::RemedyImposed { firm: GIANT, remedy: Remedy::Fined { amount: sum } },
        Fact::ClauseLoosened { deal, giant: GIANT, lab: LAB, clause: Clause::Board },
    ]
}

#[test]
fn all_that_can_be_news_has_several_headlines_that_fit_and_a_story() {
    let level = level();
    let deals = Game::new(Arc::clone(&level), 1).deals();
    for names in [Names::Real, Names::Fictional] {
        let words = Words::new(Arc::clone(&level), names);
        for fact in samples(&level) {
            assert!(level.seat_ids().all(|seat| fact.seen_by(seat)), "{fact:?} is public");
            let item = of_fact(&words, &deals, &fact);
            let mut wordings = item.unwrap_or_else(|| panic!("{fact:?} has no headline")).wordings;
            let fitting = wordings.iter().filter(|text| text.chars().count() <= WIDEST).count();
            assert!(fitting >= 2, "{wordings:?}");
            for text in &wordings {
                let whole = !text.contains("  ") && !text.contains('{') && !text.ends_with('.');
                assert!(whole && text.starts_with(|c: char| !c.is_lowercase()), "{text}");
            }
            let all = wordings.len();
            wordings.sort();
            wordings.dedup();
            assert_eq!(wordings.len(), all, "{wordings:?}");
            let story = facts::sentence(&words, &deals, &fact);
            assert!(story.ends_with(['.', '!', '?']), "{fact:?}: {story}");
        }
    }
}

#[test]
fn what_matters_more_leads() {
    let level = level();
    let game = Game::new(Arc::clone(&level), 1);
    let (words, deals) = (Words::new(Arc::clone(&level), Names::Real), game.deals());
    let giant = GIANT.seat();
    let rescue =
        Fact::Rescued { lab: LAB, amount: Money::from_bn(4.0), pre_money: Money::from_bn(50.0) };
    let order = [
        rescue,
        Fact::Downturn { quarters: 5 },
        Fact::DealEnded {
            deal: DealId(0),
            giant: GIANT,
            lab: LAB,
            by: giant,
            payer: giant,
            fee: Money::from_bn(1.0),
        },
        signed(10.0),
        Fact::FrontierPassed { by: giant, points: 160.0 },
        Fact::InquiryOpened { firm: GIANT, subject: Subject::Cloud, ends: Quarter(6) },
        signed(1.0),
        Fact::WaiverSold { deal: DealId(0), holder: GIANT, buyer: OTHER, fee: Money::from_bn(0.3) },
        Fact::ProcessAnnounced { lab: LAB, procedure: Procedure::Competitive },
        Fact::CapacityShort { provider: Provider::Giant(GIANT), turned_away_bn: 1.0 },
        Fact::OrderChanged { firm: GIANT, from_gw: 0.5, to_gw: 0.6 },
    ];
    let weights: Vec<f64> = order
        .iter()
        .map(|fact| of_fact(&words, &deals, fact).map_or(0.0, |item| item.weight))
        .collect();
    assert!(weights.windows(2).all(|pair| pair[0] > pair[1]), "{weights:?}");
}

#[test]
fn the_same_thing_again_gets_other_words() {
    let level = level();
    let words = Words::new(Arc::clone(&level), Names::Real);
    let mut printed = Printed::default();
    let fact = Fact::Outage { provider: Provider::Giant(GIANT), utils: -0.2 };
    let mut headlines: Vec<String> = (1..=6)
        .map(|quarter| {
            let Item { weight, wordings } = of_fact(&words, &[], &fact).expect("news");
            let news = News {
                topic: Topic::Fact(discriminant(&fact)),
                about: None,
                weight,
                wordings,
                story: facts::sentence(&words, &[], &fact),
                remark: None,
            };
            let page = printed.lay_out(vec![news], &words.quarter(Quarter(quarter)));
            page.headline
        })
        .collect();
    headlines.sort();
    headlines.dedup();
    assert_eq!(headlines.len(), 6);
}
