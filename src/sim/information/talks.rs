//! What is said, leaked and looked into in a step.

use bevy::prelude::*;

use super::heard::Public;
use super::verdict::Verdicts;
use super::{Evidence, Grapevine, Hearsay, Matter, Rumour, Standing, Story, rules};
use crate::ids::{FirmId, LabId, SeatId};
use crate::sim::decision::Decision;
use crate::sim::fact::{Fact, Facts, giant_and_lab};
use crate::sim::negotiation::{Side, Table, pair_at, side_of};
use crate::sim::process::Process;
use crate::sim::rng::Purpose;
use crate::sim::setting::{Clock, Orders, Roster, Setting, Step};
use crate::units::{Money, Quarter};

impl Hearsay {
    fn new(
        by: SeatId,
        to: Option<SeatId>,
        story: Story,
        heard: Quarter,
        grounded: bool,
        plausibility: f64,
    ) -> Hearsay {
        Hearsay {
            by,
            to,
            story,
            heard,
            standing: Standing::Unproven,
            evidence: None,
            plausibility,
            grounded,
            leaked: false,
            moved_bn: 0.0,
        }
    }
}

/// Claims of rival bids reach those they are made to. A claim is true if it was when its step began.
pub(super) fn hear_claims(
    clock: Res<Clock>,
    orders: Res<Orders>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut grapevine: ResMut<Grapevine>,
    mut facts: ResMut<Facts>,
    mut tables: Query<&mut Table>,
    public: Public,
) {
    for (by, decision) in orders.iter() {
        let &Decision::Claim { to, rival, amount, pre_money } = decision else { continue };
        let giants = setting.giants();
        let Some((giant, lab)) = giant_and_lab(by, rival, giants) else { continue };
        let side = side_of(by, giants);
        let said = (amount.bn(), pre_money.bn());
        let grounded = tables.get(roster.table(giant, lab)).is_ok_and(|table| {
            let theirs = table.hand(side.other());
            let sheets = theirs.offer.iter().chain(theirs.routes.iter().flatten());
            sheets.into_iter().any(|sheet| {
                let real = (sheet.amount().bn(), sheet.pre_money.bn());
                rules::bears_out(real, said, side == Side::Lab)
            })
        });
        let story =
            Story::Bid { giant, lab, amount: (amount, amount), pre_money: (pre_money, pre_money) };
        let plausibility = public.plausibility(&story);
        let said = Hearsay::new(by, Some(to), story, clock.quarter, grounded, plausibility);
        grapevine.said.push(said);
        facts.push(Fact::Claimed { by, to, story });
        if let Some((giant, lab)) = giant_and_lab(by, to, giants)
            && let Ok(mut table) = tables.get_mut(roster.table(giant, lab))
        {
            table.attended(side);
        }
    }
}

/// Planted rumours get about.
pub(super) fn plant(
    clock: Res<Clock>,
    orders: Res<Orders>,
    roster: Res<Roster>,
    mut grapevine: ResMut<Grapevine>,
    mut facts: ResMut<Facts>,
    tables: Query<&Table>,
    public: Public,
) {
    for (by, decision) in orders.iter() {
        let &Decision::Plant { rumour } = decision else { continue };
        let (story, grounded) = match rumour {
            Rumour::Talks { giant, lab, amount, pre_money } => {
                let story = blurred(giant, lab, (amount, pre_money));
                // Who invents what happens to be so is never found out.
                let so = tables.get(roster.table(giant, lab)).is_ok_and(|table| {
                    let bid = latest_bid(table);
                    bid.is_some_and(|(_, sums)| blurred(giant, lab, sums) == story)
                });
                (story, so)
            }
            Rumour::Trouble { of } => (Story::Trouble { of }, false),
        };
        let plausibility = public.plausibility(&story);
        grapevine.said.push(Hearsay::new(by, None, story, clock.quarter, grounded, plausibility));
        facts.push(Fact::Reported { story });
    }
}

/// The younger of the two standing offers: whose it is, its amount and its price.
fn latest_bid(table: &Table) -> Option<(Side, (Money, Money))> {
    let offer = |side: Side| {
        let hand = table.hand(side);
        hand.offer.map(|sheet| (hand.offered_in, side, (sheet.amount(), sheet.pre_money)))
    };
    let (giants, labs) = (offer(Side::Giant), offer(Side::Lab));
    let younger = match (giants, labs) {
        (Some(giants), Some(labs)) => Some(if labs.0 > giants.0 { labs } else { giants }),
        (giants, labs) => giants.or(labs),
    };
    younger.map(|(_, side, sums)| (side, sums))
}

fn blurred(giant: FirmId, lab: LabId, (amount, pre_money): (Money, Money)) -> Story {
    let (amount, pre_money) = (rules::blurred(amount), rules::blurred(pre_money));
    Story::Bid { giant, lab, amount, pre_money }
}

/// Due diligence: into a lab's books, or into a claim, which it clears up more often than not.
pub(super) fn look_into(
    clock: Res<Clock>,
    orders: Res<Orders>,
    mut grapevine: ResMut<Grapevine>,
    mut verdicts: Verdicts,
) {
    for (seat, decision) in orders.iter() {
        let &Decision::Investigate { subject } = decision else { continue };
        verdicts.facts.push(Fact::LookedInto { by: seat, subject });
        match subject {
            Matter::Lab(lab) => grapevine.look_into(seat, lab, clock.quarter),
            Matter::Claim { by } => {
                let Some(place) = grapevine.open_claim(by, seat, clock.quarter) else { continue };
                let setting = &verdicts.setting;
                let luck = setting.pair_stream(&clock, Purpose::Diligence, seat, by).uniform();
                if luck >= rules::DILIGENCE_FINDS {
                    continue;
                }
                let found = grapevine.said[place];
                let standing = if found.grounded { Standing::Verified } else { Standing::Exposed };
                verdicts.pass(&mut grapevine, place, standing, Evidence::DueDiligence);
            }
        }
    }
}

/// After the answers of a round, talks may leak: rivals hear a blurred bid, and what was claimed of
/// that table is judged by it.
pub(super) fn leak(
    clock: Res<Clock>,
    mut grapevine: ResMut<Grapevine>,
    mut verdicts: Verdicts,
    public: Public,
    processes: Query<&Process>,
) {
    let Step::Answers(round) = clock.step else { return };
    let giants = verdicts.setting.giants();
    let open: Vec<bool> = verdicts
        .roster
        .tables
        .iter()
        .map(|&table| verdicts.tables.get(table).is_ok_and(|table| table.open))
        .collect();
    for place in (0..open.len()).filter(|&place| open[place]) {
        let (giant, lab) = pair_at(place, giants);
        // Sealed bids are in nobody's hands yet.
        let process = processes.get(verdicts.roster.lab(lab));
        if process
            .is_ok_and(|process| process.sealed(clock.step, verdicts.setting.level.talk_rounds))
        {
            continue;
        }
        let others = |(other, open): (usize, &bool)| {
            let (its_giant, its_lab) = pair_at(other, giants);
            *open && other != place && (its_giant == giant || its_lab == lab)
        };
        let crowd = open.iter().enumerate().filter(|&other| others(other)).count() as u32;
        let Ok(table) = verdicts.tables.get(verdicts.roster.tables[place]) else { continue };
        let Some((side, sums)) = latest_bid(table) else { continue };
        let seats = (giant.seat(), lab.seat(giants));
        let mut luck = verdicts.setting.pair_stream(&clock, Purpose::Leak, seats.0, seats.1);
        if luck.uniform() >= rules::leak_chance(round, crowd)
            || grapevine.leaked(giant, lab, clock.quarter)
        {
            continue;
        }
        let by = if luck.uniform() < 0.5 { seats.0 } else { seats.1 };
        let story = blurred(giant, lab, sums);
        let plausibility = public.plausibility(&story);
        let said = Hearsay::new(by, None, story, clock.quarter, true, plausibility);
        grapevine.said.push(Hearsay { leaked: true, ..said });
        verdicts.facts.push(Fact::Reported { story });
        let bidder = if side == Side::Giant { seats.0 } else { seats.1 };
        test_by_leak(&mut grapevine, &mut verdicts, bidder, &story, clock.quarter);
    }
}

impl Grapevine {
    fn leaked(&self, giant: FirmId, lab: LabId, now: Quarter) -> bool {
        self.said.iter().any(|said| {
            let here =
                matches!(said.story, Story::Bid { giant: g, lab: l, .. } if (g, l) == (giant, lab));
            said.leaked && said.heard == now && here
        })
    }
}

/// Claims about the bidder's offer at the table that leaked: borne out inside the range reported,
/// exposed where even its better end falls short of them.
fn test_by_leak(
    grapevine: &mut Grapevine,
    verdicts: &mut Verdicts,
    bidder: SeatId,
    leaked: &Story,
    now: Quarter,
) {
    let Story::Bid { giant, lab, amount, pre_money } = *leaked else { return };
    let giants = verdicts.setting.giants();
    for place in 0..grapevine.said.len() {
        let said = grapevine.said[place];
        let Story::Bid { giant: g, lab: l, amount: (sum, _), pre_money: (price, _) } = said.story
        else {
            continue;
        };
        let about_it = said.to.is_some() && (g, l) == (giant, lab) && said.heard == now;
        // Only of the other side's bid can a claimant boast.
        if !about_it || said.by == bidder || said.standing != Standing::Unproven {
            continue;
        }
        let lab_says = side_of(said.by, giants) == Side::Lab;
        let best_price = if lab_says { pre_money.1 } else { pre_money.0 };
        let best = (amount.1.bn(), best_price.bn());
        let standing = if rules::bears_out(best, (sum.bn(), price.bn()), lab_says) {
            Standing::Verified
        } else if said.grounded {
            // It was true when it was said; the bidder has drawn back since.
            continue;
        } else {
            Standing::Exposed
        };
        verdicts.pass(grapevine, place, standing, Evidence::Leak);
    }
}
