//! Why a lab's revenue, burn, runway, independence and fundamental value moved.

use super::models::plan_changed;
use super::money::{cause, whose};
use super::{Candidate, Cause, Change, Past, Row, Through, Whose, attributed};
use crate::ids::{FirmId, LabId};
use crate::sim::books::Account;
use crate::sim::deal::appraise::fundamental_value;
use crate::sim::deal::{AccessTier, BoardSeat, Deal, TermSheet};
use crate::sim::fact::Fact;
use crate::sim::lab::Lines;
use crate::sim::lab::rules::{self, Outlook, Ties};
use crate::sim::view::LabFigures;
use crate::units::Quarter;

/// Runway follows from cash and credits, sales, compute to come, people and what investors are paid
/// of revenue. Money of deals comes in deal by deal.
pub(super) fn runway(past: &Past, lab: LabId, quarter: Quarter) -> Change {
    let ahead = |quarter: Quarter| past.published(quarter).secrets[lab.index()].ahead;
    let (from, to) = (ahead(Quarter(quarter.0 - 1)), ahead(quarter));
    let plan = past.cause(plan_changed(past, lab, quarter));
    let mut candidates = vec![
        Candidate::new(Through::Cash, Cause::Market).moved(from.cash_bn, to.cash_bn),
        Candidate::new(Through::Sales, Cause::Market)
            .moved(from.outlook.revenue_bn, to.outlook.revenue_bn),
        Candidate::new(Through::ComputeToCome, compute_cause(past, lab, quarter, plan))
            .moved(from.outlook.gigawatts[11], to.outlook.gigawatts[11]),
        Candidate::new(Through::People, plan).moved(from.outlook.heads, to.outlook.heads),
        Candidate::new(Through::RevenueShares, Cause::Market)
            .moved(from.outlook.shared, to.outlook.shared),
    ];
    const CASH: usize = 0;
    let cheques = cheques(past, lab, quarter);
    let named: f64 = cheques.iter().map(|row| row.amount).sum();
    let first = candidates.len();
    candidates.extend(cheques.iter().map(|row| {
        let Row { cause, through, whose, .. } = *row;
        Candidate { cause, through, whose, moved: Some((0.0, row.amount)) }
    }));
    let over = (Through::Events, Cause::Market);
    let range = (from.outlook.runway(from.cash_bn), to.outlook.runway(to.cash_bn));
    attributed(&candidates, over, range, |on| {
        let pick = |place: usize| if on[place] { &to } else { &from };
        let outlook = Outlook {
            revenue_bn: pick(1).outlook.revenue_bn,
            revenue_growth: pick(1).outlook.revenue_growth,
            gigawatts: pick(2).outlook.gigawatts,
            heads: pick(3).outlook.heads,
            hiring: pick(3).outlook.hiring,
            shared: pick(4).outlook.shared,
        };
        let mut cash = from.cash_bn;
        if on[CASH] {
            cash += to.cash_bn - from.cash_bn - named;
        }
        for (place, cheque) in cheques.iter().enumerate() {
            if on[first + place] {
                cash += cheque.amount;
            }
        }
        outlook.runway(cash)
    })
}

/// Money and credits that deals and happenings brought a lab in a quarter, $bn, by cause.
fn cheques(past: &Past, lab: LabId, quarter: Quarter) -> Vec<Row> {
    let cash = Account::Cash(lab.seat(past.giants()));
    let mut rows = Vec::new();
    for posting in &past.closed(quarter).postings {
        let holds = |account: Account| {
            account == cash || matches!(account, Account::Credits(of, _) if of == lab)
        };
        let bn = match (holds(posting.from), holds(posting.to)) {
            (true, false) => -posting.amount.bn(),
            (false, true) => posting.amount.bn(),
            _ => continue,
        };
        let cause = cause(past, posting);
        if matches!(cause, Cause::Deal(_) | Cause::Happening(_) | Cause::Decision(_)) {
            let from = match posting.from {
                Account::Cash(seat) | Account::Escrow(seat) => Some(whose(past, seat)),
                Account::CreditsOwed(firm) => Some(Whose::Giant(firm)),
                _ => None,
            };
            let through = Through::Posting(posting.reason);
            let candidate = Candidate { cause, through, whose: from, moved: None };
            super::add(&mut rows, candidate.row(bn));
        }
    }
    rows
}

/// What moved the compute a lab is to rent: a commitment signed, else its plan, else time.
fn compute_cause(past: &Past, lab: LabId, quarter: Quarter, plan: Cause) -> Cause {
    let signed = past.found(quarter, |fact| match fact {
        Fact::Signed { lab: of, sheet, .. } => *of == lab && sheet.commitment_mw > 0,
        _ => false,
    });
    signed.map_or(plan, |id| past.cause(Some(id)))
}

/// Independence is 1 less what each tie takes, and what happenings stir, within 0 and 1.
pub(super) fn independence(past: &Past, lab: LabId, quarter: Quarter) -> Change {
    let last = Quarter(quarter.0 - 1);
    let of = |quarter: Quarter| &past.published(quarter).labs[lab.index()];
    let (old, new) = (of(last), of(quarter));
    let (then, now) = (old.ties.parts(), new.ties.parts());
    let stirred = |quarter: Quarter| past.inputs(quarter).stirred[lab.index()];
    let ties = tie_causes(past, lab, quarter, &old.ties, &new.ties);
    let mut candidates: Vec<Candidate> = Vec::new();
    let mut moves: Vec<f64> = Vec::new();
    for ((through, cause), (then, now)) in ties.into_iter().zip(then.into_iter().zip(now)) {
        if then != now {
            candidates.push(Candidate::new(through, cause));
            moves.push(now - then);
        }
    }
    let ((was, by_then), (is, by_now)) = (stirred(last), stirred(quarter));
    if was != is {
        candidates.push(Candidate::new(Through::Events, past.cause(by_now.or(by_then))));
        moves.push(is - was);
    }
    let base: f64 = 1.0 + then.iter().sum::<f64>();
    let over = (Through::Limit, Cause::Market);
    attributed(&candidates, over, (old.independence, new.independence), |on| {
        let moved: f64 = moves.iter().zip(on).map(|(by, on)| if *on { *by } else { 0.0 }).sum();
        // What stirs comes on top of ties held within 0 and 1; the two limits differ only beyond.
        (base + was + moved).clamp(0.0, 1.0)
    })
}

/// Each tie with the deal or decision that moved it.
fn tie_causes(
    past: &Past,
    lab: LabId,
    quarter: Quarter,
    old: &Ties,
    new: &Ties,
) -> Vec<(Through, Cause)> {
    let signed = |meant: fn(&TermSheet) -> bool| {
        let fact = past.found(quarter, |fact| match fact {
            Fact::Signed { lab: of, sheet, .. } => *of == lab && meant(sheet),
            _ => false,
        });
        past.cause(fact)
    };
    // What a lab is freed of: given up, undone, ended, or run out.
    let freed = || {
        let fact = past.found(quarter, |fact| match *fact {
            Fact::ClauseLoosened { lab: of, .. } | Fact::DealEnded { lab: of, .. } => of == lab,
            Fact::RemedyImposed { .. } => true,
            _ => false,
        });
        match fact {
            Some(id) => past.cause(Some(id)),
            None => past.deal(run_out(past, lab, quarter).map(|deal| deal.id)),
        }
    };
    let either = |up: bool, meant: fn(&TermSheet) -> bool| if up { signed(meant) } else { freed() };
    let round = past.found(quarter, |fact| match *fact {
        Fact::Signed { lab: of, .. } | Fact::Rescued { lab: of, .. } => of == lab,
        Fact::NoteConverted { lab: of, .. } | Fact::DilutionMended { lab: of, .. } => of == lab,
        Fact::TranchePaid { deal, .. } | Fact::WarrantsUsed { deal, .. } => {
            past.deals.get(deal.index()).is_some_and(|deal| deal.lab == lab)
        }
        _ => false,
    });
    let rescued =
        past.found(quarter, |fact| matches!(*fact, Fact::Rescued { lab: of, .. } if of == lab));
    let policy = past.found(
        quarter,
        |fact| matches!(*fact, Fact::AccessPolicyChanged { lab: of, .. } if of == lab),
    );
    let exclusive =
        |sheet: &TermSheet| sheet.exclusivity_quarters > 0 || sheet.access == AccessTier::Exclusive;
    vec![
        (Through::LargestStake, past.cause(round)),
        (
            Through::Directors,
            either(new.directors > old.directors, |sheet| sheet.board == BoardSeat::Director),
        ),
        (Through::Consents, either(new.consents > old.consents, |sheet| sheet.consent)),
        (Through::Exclusivity, either(new.strictness > old.strictness, exclusive)),
        (Through::LargestProvider, largest_provider(past, lab, quarter)),
        (Through::Rescues, past.cause(rescued)),
        (Through::AccessPolicy, past.cause(policy)),
    ]
}

/// A deal whose exclusive terms hold no longer in the quarter that follows.
fn run_out<'a>(past: &'a Past, lab: LabId, quarter: Quarter) -> Option<&'a Deal> {
    let next = quarter.next();
    past.deals.iter().rev().find(|deal| {
        let ends = |quarters: u8| deal.signed.plus(u32::from(quarters)) == next;
        deal.lab == lab
            && (ends(deal.sheet.exclusivity_quarters)
                || (deal.sheet.access == AccessTier::Exclusive && ends(deal.sheet.access_quarters)))
    })
}

/// The latest deal that commits a lab to the giant it rents most from.
fn largest_provider(past: &Past, lab: LabId, quarter: Quarter) -> Cause {
    let compute = &past.published(quarter).labs[lab.index()].compute_gw[..past.giants()];
    let most = compute.iter().enumerate().max_by(|one, other| one.1.total_cmp(other.1));
    let Some((place, _)) = most else { return Cause::Market };
    let deals = past.deals.iter().rev();
    let held = deals.filter(|deal| deal.lab == lab && deal.giant == FirmId(place as u8));
    let mut held = held.filter(|deal| deal.signed <= quarter && deal.sheet.commitment_mw > 0);
    past.deal(held.next().map(|deal| deal.id))
}

/// A lab's sales in a quarter: what its revenue follows from.
#[derive(Clone, Copy)]
struct Sales {
    /// The two product markets, and the lab's shares of them.
    markets: Lines,
    shares: Lines,
    /// What customers pay, and the part of demand that could be served.
    price: f64,
    served: f64,
}

impl Sales {
    fn of(past: &Past, lab: LabId, quarter: Quarter) -> Sales {
        let published = past.published(quarter);
        let figures = &published.labs[lab.index()];
        let shares = Lines { assistants: figures.assistants, agents: figures.agents };
        let sales =
            Sales { markets: published.products, shares, price: figures.paid_price, served: 1.0 };
        Sales { served: figures.revenue_bn / sales.revenue_bn().max(1e-12), ..sales }
    }

    fn revenue_bn(&self) -> f64 {
        let Sales { markets, shares, .. } = self;
        let demand = markets.assistants * shares.assistants + markets.agents * shares.agents;
        self.price * self.served * demand
    }

    /// Those before, but for what has come in of those after.
    fn mixed(old: &Sales, new: &Sales, on: &[bool]) -> Sales {
        let pick = |place: usize| if on[place] { new } else { old };
        Sales {
            markets: pick(0).markets,
            shares: pick(1).shares,
            price: pick(2).price,
            served: pick(3).served,
        }
    }
}

/// The candidates of a lab's sales, in the order of [`Sales::mixed`].
fn sales_candidates(
    past: &Past,
    lab: LabId,
    quarter: Quarter,
    (old, new): (&Sales, &Sales),
) -> [Candidate; 4] {
    let list = |quarter: Quarter| past.published(quarter).labs[lab.index()].price;
    let raised = list(Quarter(quarter.0 - 1)) != list(quarter);
    let plan = past.cause(plan_changed(past, lab, quarter));
    let all = |lines: Lines| lines.assistants + lines.agents;
    [
        Candidate::new(Through::ProductMarkets, Cause::Market)
            .moved(all(old.markets), all(new.markets)),
        Candidate::new(Through::ProductShares, Cause::Market),
        Candidate::new(Through::ProductPrice, if raised { plan } else { Cause::Market })
            .moved(old.price, new.price),
        Candidate::new(Through::Serving, Cause::Market).moved(old.served, new.served),
    ]
}

/// Revenue is what its two markets turn over, times its shares of them, the part it could serve and
/// what customers pay.
pub(super) fn revenue(past: &Past, lab: LabId, quarter: Quarter) -> Change {
    let of = |quarter: Quarter| Sales::of(past, lab, quarter);
    let (old, new) = (of(Quarter(quarter.0 - 1)), of(quarter));
    let candidates = sales_candidates(past, lab, quarter, (&old, &new));
    let published = |quarter: Quarter| past.published(quarter).labs[lab.index()].revenue_bn;
    let range = (published(Quarter(quarter.0 - 1)), published(quarter));
    attributed(&candidates, (Through::Events, Cause::Market), range, |on| {
        Sales::mixed(&old, &new, on).revenue_bn()
    })
}

/// Burn is the part of the operating loss that takes cash, and what investors are paid of revenue.
pub(super) fn burn(past: &Past, lab: LabId, quarter: Quarter) -> Change {
    let last = Quarter(quarter.0 - 1);
    let of = |quarter: Quarter| &past.published(quarter).labs[lab.index()];
    let secret = |quarter: Quarter| &past.published(quarter).secrets[lab.index()];
    let (old, new) = (of(last), of(quarter));
    let loss = |gigawatts: f64, revenue_bn: f64, heads: f64| {
        rules::costs(gigawatts, revenue_bn, heads).total_bn() - revenue_bn
    };
    let shared = |figures: &LabFigures, quarter: Quarter| {
        let own = loss(figures.compute_total_gw(), figures.revenue_bn, figures.heads);
        secret(quarter).loss_bn - own
    };
    let (shared_then, shared_now) = (shared(old, last), shared(new, quarter));
    let plan = past.cause(plan_changed(past, lab, quarter));
    let (gw_then, gw_now) = (old.compute_total_gw(), new.compute_total_gw());
    let candidates = [
        Candidate::new(Through::Compute, Cause::Market).of(Whose::Lab(lab)).moved(gw_then, gw_now),
        Candidate::new(Through::Sales, Cause::Market).moved(old.revenue_bn, new.revenue_bn),
        Candidate::new(Through::People, plan).moved(old.heads, new.heads),
        Candidate::new(Through::RevenueShares, Cause::Market).moved(shared_then, shared_now),
    ];
    let range = (secret(last).burn_bn, secret(quarter).burn_bn);
    attributed(&candidates, (Through::Events, Cause::Market), range, |on| {
        let pick = |place: usize| if on[place] { new } else { old };
        let own = loss(pick(0).compute_total_gw(), pick(1).revenue_bn, pick(2).heads);
        rules::burn(own) + if on[3] { shared_now } else { shared_then }
    })
}

/// Fundamental value follows from revenue, revenue a year ago, staff, and the price of the last round.
pub(super) fn valuation(past: &Past, lab: LabId, quarter: Quarter) -> Change {
    let last = Quarter(quarter.0 - 1);
    let of = |quarter: Quarter| &past.published(quarter).labs[lab.index()];
    let (old, new) = (of(last), of(quarter));
    let (then, now) = (Sales::of(past, lab, last), Sales::of(past, lab, quarter));
    let plan = past.cause(plan_changed(past, lab, quarter));
    let round = past.found(quarter, |fact| match *fact {
        Fact::Signed { lab: of, .. } | Fact::Rescued { lab: of, .. } => of == lab,
        _ => false,
    });
    let mut candidates: Vec<Candidate> = sales_candidates(past, lab, quarter, (&then, &now)).into();
    candidates.extend([
        Candidate::new(Through::YearAgo, Cause::Market)
            .moved(old.past_revenue_bn[3], new.past_revenue_bn[3]),
        Candidate::new(Through::People, plan).moved(old.heads, new.heads),
        Candidate::new(Through::LastPrice, past.cause(round))
            .moved(old.last_price_bn, new.last_price_bn),
    ]);
    let over = (Through::Events, Cause::Market);
    attributed(&candidates, over, (old.fundamental_bn, new.fundamental_bn), |on| {
        let pick = |place: usize| if on[place] { new } else { old };
        let revenue = Sales::mixed(&then, &now, on).revenue_bn();
        let year_ago = pick(4).past_revenue_bn[3];
        fundamental_value(4.0 * revenue, 4.0 * year_ago, pick(5).heads, pick(6).last_price_bn)
    })
}
