//! Bots and what is said: claims they make, rumours they set about, what they look into, and where
//! spare attention goes. Constants are *assumed*.

use crate::ids::{FirmId, Role, SeatId};
use crate::level::DispositionFile;
use crate::sim::deal::appraise::round_to;
use crate::sim::decision::Decision;
use crate::sim::information::attention::cost;
use crate::sim::information::{Matter, Rumour, Standing};
use crate::sim::rng::{Purpose, Stream};
use crate::sim::setting::Step;
use crate::sim::view::{Known, LabKnown, SeatView, TableView};
use crate::units::Money;

/// The chance that a claim is a bluff, and the factor on the price it names.
const BLUFFS: f64 = 0.12;
const BLUFF_UP: f64 = 1.2;
const BLUFF_DOWN: f64 = 0.85;
/// Ambition or defence above which a giant sets rumours about, and the chance a quarter.
const SCHEMES_FROM: f64 = 1.25;
const PLANTS: f64 = 0.08;
/// Runway that decides how a lab is met at the table, quarters.
const HUNGRY: f64 = 5.0;
/// Belief in a claim between which it is worth a look.
const WORTH_A_LOOK: (f64, f64) = (0.25, 0.85);

/// What it says and looks into beside its moves of a step of talks.
pub(super) fn speak(view: &SeatView, seed: u64, decisions: &mut Vec<Decision>) {
    match view.step {
        Step::Offers(round) if round > 0 => claim(view, seed, decisions),
        Step::Answers(_) => test_a_claim(view, decisions),
        _ => {}
    }
}

/// The best bid on its tables, told to the others it is dealing with.
fn claim(view: &SeatView, seed: u64, decisions: &mut Vec<Decision>) {
    // Terms that bring no money are nothing to boast of.
    let bids = || {
        let offers = view.tables.iter().filter_map(|table| Some((table, table.theirs.offer?)));
        offers.filter(|(_, bid)| bid.amount().is_positive())
    };
    let price = |table: &TableView, pre_money: Money| {
        let lab = &view.published.labs[table.lab.index()];
        let ratio = pre_money.bn() / lab.fundamental_bn.max(1e-6);
        if matches!(view.role, Role::Lab(_)) { ratio } else { -ratio }
    };
    let best = bids().max_by(|one, other| {
        price(one.0, one.1.pre_money).total_cmp(&price(other.0, other.1.pre_money))
    });
    let Some((bidder, bid)) = best.filter(|(_, bid)| bid.amount().is_positive()) else { return };
    let told = |with: SeatId| {
        let mut said = view.hearsay.iter();
        said.any(|said| {
            said.heard == view.quarter && said.by == Some(view.seat) && said.to == Some(with)
        })
    };
    let mut claims = Vec::new();
    for table in &view.tables {
        let dealing = decisions.iter().any(|decision| decision.counterpart() == Some(table.with));
        let behind = table
            .theirs
            .offer
            .is_some_and(|own| price(table, own.pre_money) < price(bidder, bid.pre_money));
        if table.with != bidder.with && dealing && behind && !told(table.with) {
            let pre_money = named_price(view, seed, table.with, bid.pre_money);
            let rival = bidder.with;
            claims.push(Decision::Claim { to: table.with, rival, amount: bid.amount(), pre_money });
        }
    }
    decisions.extend(claims);
}

/// The price it names: the true one, or now and then a bolder one.
fn named_price(view: &SeatView, seed: u64, to: SeatId, true_price: Money) -> Money {
    let step = view.step.number();
    let (me, to) = (u64::from(view.seat.0), u64::from(to.0) + 1);
    let luck = Stream::new(seed, view.quarter, step, Purpose::Bluff, me, to).uniform();
    let factor = if matches!(view.role, Role::Lab(_)) { BLUFF_UP } else { BLUFF_DOWN };
    if luck < BLUFFS { round_to(factor * true_price.bn(), 3) } else { true_price }
}

/// With attention to spare, a claim that might be true and might not is looked into.
fn test_a_claim(view: &SeatView, decisions: &mut Vec<Decision>) {
    let open = view.hearsay.iter().find(|said| {
        said.heard == view.quarter
            && said.to == Some(view.seat)
            && said.standing == Standing::Unproven
            && (WORTH_A_LOOK.0..WORTH_A_LOOK.1).contains(&said.belief)
    });
    let Some(by) = open.and_then(|said| said.by) else { return };
    let new_tables = view.tables.iter().filter(|table| {
        !table.mine.acted
            && decisions.iter().any(|decision| decision.counterpart() == Some(table.with))
    });
    if view.attention_left as usize > new_tables.count() {
        decisions.push(Decision::Investigate { subject: Matter::Claim { by } });
    }
}

/// Where a quarter's attention goes that its tables have left: due diligence where it would decide
/// something, seldom a rumour, then what the plan gives regulators, and the press.
pub(super) fn attend(
    view: &SeatView,
    seed: u64,
    disposition: Option<DispositionFile>,
    decisions: &mut Vec<Decision>,
) {
    let planned = decisions.iter().filter(|other| !matches!(other, Decision::Attend { .. }));
    let elsewhere: u32 = planned.map(|decision| cost(decision).total()).sum();
    let mut left = view.attention_left.saturating_sub(elsewhere);
    if left == 0 {
        return;
    }
    if let Role::Giant(firm) = view.role {
        let look = lab_to_look_into(view).map(|subject| Decision::Investigate { subject });
        let rumour = rumour(view, firm, seed, disposition).map(|rumour| Decision::Plant { rumour });
        for decision in look.into_iter().chain(rumour).take(left as usize) {
            decisions.push(decision);
            left -= 1;
        }
    }
    let mut lobbying = 0;
    decisions.retain(|decision| match decision {
        Decision::Attend { lobbying: planned, .. } => {
            lobbying = *planned;
            false
        }
        _ => true,
    });
    let lobbying = lobbying.min(left);
    decisions.push(Decision::Attend { lobbying, press: left - lobbying });
}

/// A lab it is in talks with whose figures might as well mean the one as the other.
fn lab_to_look_into(view: &SeatView) -> Option<Matter> {
    let tables =
        view.tables.iter().filter(|table| table.mine.acted && table.closed_until <= view.quarter);
    let mut labs = tables.map(|table| table.lab);
    let unsure = |known: &LabKnown| {
        let straddles = |known: Known<f64>, line: f64| match known {
            Known::Range(low, high) => low <= line && line <= high,
            Known::Sign(sign) => sign == 0,
            Known::Exact(_) | Known::Hidden => false,
        };
        straddles(known.runway_quarters, HUNGRY) || straddles(need(known), 0.0)
    };
    let lab =
        labs.find(|lab| view.diligence[lab.index()] < 2 && unsure(&view.labs[lab.index()]))?;
    Some(Matter::Lab(lab))
}

/// What a lab needs for eight quarters beyond what it has: whether it sells more of itself at all.
fn need(known: &LabKnown) -> Known<f64> {
    let ends = |known: Known<f64>| match known {
        Known::Range(low, high) => Some((low, high)),
        Known::Exact(value) => Some((value, value)),
        Known::Sign(_) | Known::Hidden => None,
    };
    match (ends(known.burn_8_bn), ends(known.cash_bn), ends(known.credits_bn)) {
        (Some(burn), Some(cash), Some(credits)) => {
            Known::Range(burn.0 - cash.1 - credits.1, burn.1 - cash.0 - credits.0)
        }
        _ => Known::Hidden,
    }
}

/// An ambitious or defensive giant now and then speaks ill of the rival that wins most.
fn rumour(
    view: &SeatView,
    firm: FirmId,
    seed: u64,
    disposition: Option<DispositionFile>,
) -> Option<Rumour> {
    let temper = disposition?;
    if temper.ambition.max(temper.defence) < SCHEMES_FROM {
        return None;
    }
    let me = u64::from(view.seat.0);
    let luck = Stream::new(seed, view.quarter, view.step.number(), Purpose::Bluff, me, 0).uniform();
    if luck >= PLANTS {
        return None;
    }
    let rivals = view
        .published
        .giants
        .iter()
        .enumerate()
        .filter(|(place, giant)| *place != firm.index() && giant.has_cloud);
    let (place, _) = rivals.max_by(|one, other| one.1.win_rate.total_cmp(&other.1.win_rate))?;
    Some(Rumour::Trouble { of: SeatId(place as u8) })
}
