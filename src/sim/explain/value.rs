//! Why a giant's market value moved.

use super::money::{cause, dollars_of};
use super::{Candidate, Cause, Change, Past, Row, Through, Whose, add, shapley};
use crate::ids::{FirmId, LabId};
use crate::sim::books::{Account, Reason};
use crate::sim::capital_market::News;
use crate::sim::capital_market::rules::{HEAT_DISCOUNT, SENTIMENT_KEEP};
use crate::sim::cause::Figure;
use crate::sim::fact::Fact;
use crate::sim::view::GiantFigures;
use crate::units::Quarter;

/// A value's parts, each explained: earnings and heat, which work together, by their Shapley values;
/// stakes lab by lab; net cash by its postings; news as it was told.
pub(super) fn market_value(past: &Past, firm: FirmId, quarter: Quarter) -> Change {
    let last = Quarter(quarter.0 - 1);
    let of = |quarter: Quarter| &past.published(quarter).giants[firm.index()];
    let (old, new) = (of(last), of(quarter));
    let mut rows = Vec::new();
    earnings(past, firm, quarter, &mut rows);
    stakes(past, firm, quarter, &mut rows);
    news(past, firm, quarter, &mut rows);
    net_cash(past, firm, quarter, &mut rows);
    let floor = new.value_parts.floor_bn - old.value_parts.floor_bn;
    rows.push(Candidate::new(Through::Floor, Cause::Market).row(floor));
    let (before, after) = (old.value_bn, new.value_bn);
    let left = after - before - rows.iter().map(|row| row.amount).sum::<f64>();
    if left.abs() > 1e-9 {
        rows.push(Candidate::new(Through::Events, Cause::Market).row(left));
    }
    Change { before, after, rows }
}

/// Operating income of a quarter by where it comes from, $bn: the core, research beyond the
/// opening's, the cloud but for labs' bills, labs' bills, deals.
fn income(giant: &GiantFigures) -> [f64; 5] {
    let research = giant.opening_research_bn - giant.research_bn;
    [
        giant.core_income_bn - research,
        research,
        giant.cloud_income_bn - giant.lab_bills_bn,
        giant.lab_bills_bn,
        giant.deal_income_bn,
    ]
}

/// Earnings at their multiple, less what heat takes. Each kind of income is compared with its smooth
/// past: what would have left earnings as they were.
fn earnings(past: &Past, firm: FirmId, quarter: Quarter, rows: &mut Vec<Row>) {
    let last = Quarter(quarter.0 - 1);
    let of = |quarter: Quarter| &past.published(quarter).giants[firm.index()];
    let (old, new) = (of(last), of(quarter));
    let mut smooth = income(of(Quarter(0)));
    for number in 1..quarter.0 {
        let now = income(of(Quarter(number)));
        smooth.iter_mut().zip(now).for_each(|(smooth, now)| *smooth = 0.5 * (*smooth + now));
    }
    let now = income(new);
    let stand = past
        .inputs(quarter)
        .market
        .stands
        .iter()
        .find(|stand| Whose::from(stand.provider) == Whose::Giant(firm));
    let bills = past.deal(stand.and_then(|stand| stand.tags.bills));
    let team = past.inputs(quarter).teams.iter().find(|team| team.seat == firm.seat());
    let research = past.cause(team.and_then(|team| team.fact));
    let candidates = [
        Candidate::new(Through::CoreBusiness, Cause::Market),
        Candidate::new(Through::Research, research),
        Candidate::new(Through::Cloud, Cause::Market),
        Candidate::new(Through::LabBills, bills),
        Candidate::new(Through::DealIncome, chips_or_share(past, firm, quarter)),
        Candidate::new(Through::Heat, heat(past, firm, last))
            .moved(priced_heat(old), priced_heat(new)),
    ];
    let worked = |on: &[bool]| {
        let pick = |place: usize| if on[place] { now[place] } else { smooth[place] };
        let income: f64 = (0..5).map(pick).sum();
        // Half of the smooth past is the present view already.
        let view = old.value_parts.earnings_bn
            + old.multiple * 0.5 * 4.0 * 0.83 * (income - smooth.iter().sum::<f64>());
        let heat = priced_heat(if on[5] { new } else { old });
        view * (1.0 - HEAT_DISCOUNT * heat)
    };
    let parts = shapley::attribute(candidates.len(), worked);
    rows.extend(candidates.iter().zip(parts).map(|(candidate, part)| candidate.row(part)));
    // The opening's earnings need not be those of its income.
    let sum = |giant: &GiantFigures| giant.value_parts.earnings_bn + giant.value_parts.heat_bn;
    let told = worked(&[true; 6]) - worked(&[false; 6]);
    let left = sum(new) - sum(old) - told;
    if left.abs() > 1e-9 {
        rows.push(Candidate::new(Through::CoreBusiness, Cause::Opening).row(left));
    }
}

/// The heat a market value reckons with: that of the close before, as regulators come after the market.
fn priced_heat(giant: &GiantFigures) -> f64 {
    let parts = &giant.value_parts;
    if parts.earnings_bn == 0.0 {
        0.0
    } else {
        -parts.heat_bn / (HEAT_DISCOUNT * parts.earnings_bn)
    }
}

/// The one deal behind what clauses bring, if it is one.
fn chips_or_share(past: &Past, firm: FirmId, quarter: Quarter) -> Cause {
    let cash = Account::Cash(firm.seat());
    let postings = past.closed(quarter).postings.iter();
    let brought = postings.filter(|posting| {
        posting.to == cash && matches!(posting.reason, Reason::ChipMargin | Reason::RevenueShare)
    });
    let mut causes: Vec<Cause> = brought.map(|posting| cause(past, posting)).collect();
    causes.dedup();
    if let [one] = causes[..] { one } else { Cause::Market }
}

/// What moved heat in a quarter: an inquiry, a clause given up, a deal signed; else its own course.
fn heat(past: &Past, firm: FirmId, quarter: Quarter) -> Cause {
    let about = |fact: &Fact| match *fact {
        Fact::InquiryCleared { firm: whose, .. } | Fact::RemedyImposed { firm: whose, .. } => {
            whose == firm
        }
        Fact::ClauseLoosened { giant, .. } | Fact::Signed { giant, .. } => giant == firm,
        _ => false,
    };
    if quarter.0 == 0 { Cause::Opening } else { past.cause(past.found(quarter, about)) }
}

/// Stakes lab by lab: shares bought this quarter by their deal, the rest by the lab's price.
fn stakes(past: &Past, firm: FirmId, quarter: Quarter, rows: &mut Vec<Row>) {
    let labs = past.level.labs.len();
    let of = |quarter: Quarter| {
        let all = &past.inputs(quarter).stakes_bn;
        &all[firm.index() * labs..(firm.index() + 1) * labs]
    };
    let (old, new) = (of(Quarter(quarter.0 - 1)), of(quarter));
    for lab in 0..labs {
        let lab_id = LabId(lab as u8);
        let mut left = new[lab] - old[lab];
        let (mut priced_by, mut bought) = (Cause::Market, Vec::new());
        for posting in &past.closed(quarter).postings {
            let invested = match posting.reason {
                Reason::SharesBought => {
                    posting.to == Account::Cash(lab_id.seat(past.giants()))
                        && matches!(posting.from, Account::Cash(by) | Account::Escrow(by) if by == firm.seat())
                }
                Reason::CreditsGranted => posting.to == Account::Credits(lab_id, firm),
                _ => false,
            };
            if invested {
                bought.push((cause(past, posting), posting.amount.bn()));
            }
        }
        // A round of anybody's sets the price of what one has.
        let round = past.found(quarter, |fact| match *fact {
            Fact::Signed { lab, .. } | Fact::Rescued { lab, .. } => lab == lab_id,
            _ => false,
        });
        if let Some(id) = round {
            priced_by = past.cause(Some(id));
        }
        for (cause, bn) in bought {
            add(rows, Candidate::new(Through::Stake(lab_id), cause).of(Whose::Lab(lab_id)).row(bn));
            left -= bn;
        }
        if left.abs() > 1e-9 {
            let candidate = Candidate::new(Through::LastPrice, priced_by).of(Whose::Lab(lab_id));
            add(rows, candidate.row(left));
        }
    }
}

/// What news is of: its deal, if it is about one.
fn news_cause(past: &Past, firm: FirmId, quarter: Quarter, news: News) -> Cause {
    match news {
        News::Business(deal) | News::TakenByRival(deal) | News::RightsLost(deal) => {
            Cause::Deal(deal)
        }
        News::CapitalSpending => past.cause(past.found(
            quarter,
            |fact| matches!(*fact, Fact::OrderChanged { firm: whose, .. } if whose == firm),
        )),
        News::Inquiry => past.cause(past.found(
            quarter,
            |fact| matches!(*fact, Fact::InquiryOpened { firm: whose, .. } if whose == firm),
        )),
        News::CircularDoubt => past.cause(past.found(
            quarter,
            |fact| matches!(*fact, Fact::CircularDoubted { firm: whose, .. } if whose == firm),
        )),
        News::CircularGrowth | News::Rumour | News::Press => Cause::Market,
    }
}

/// News told this quarter, what happenings did to sentiment, and older news that fades.
fn news(past: &Past, firm: FirmId, quarter: Quarter, rows: &mut Vec<Row>) {
    let parts = |quarter: Quarter| past.published(quarter).giants[firm.index()].value_parts.news_bn;
    let (old, new) = (parts(Quarter(quarter.0 - 1)), parts(quarter));
    let mut left = new - old;
    let faded = (SENTIMENT_KEEP - 1.0) * old;
    rows.push(Candidate::new(Through::OldNews, Cause::Market).row(faded));
    left -= faded;
    for felt in &past.inputs(quarter).effects {
        if felt.seat == Some(firm.seat()) && felt.what == Figure::Value {
            let by = SENTIMENT_KEEP * felt.by;
            add(rows, Candidate::new(Through::Events, past.cause(felt.fact)).row(by));
            left -= by;
        }
    }
    for fact in &past.closed(quarter).facts {
        if let Fact::NewsMovedValue { firm: whose, by_bn, news } = *fact
            && whose == firm
        {
            let cause = news_cause(past, firm, quarter, news);
            add(rows, Candidate::new(Through::News(news), cause).row(by_bn));
            left -= by_bn;
        }
    }
    rows.push(Candidate::new(Through::SmallNews, Cause::Market).row(left));
}

/// Cash less debt: deals, decisions and happenings posting by posting, then what the quarter's
/// business brought and what was paid out.
fn net_cash(past: &Past, firm: FirmId, quarter: Quarter, rows: &mut Vec<Row>) {
    let (cash, debt) = (Account::Cash(firm.seat()), Account::Debt(firm));
    for posting in &past.closed(quarter).postings {
        let bn = (dollars_of(posting, cash) + dollars_of(posting, debt)) / 1e9;
        if bn != 0.0 {
            let cause = cause(past, posting);
            let ordinary = cause == Cause::Market && posting.reason != Reason::Payout;
            let through =
                if ordinary { Through::Business } else { Through::NetCash(posting.reason) };
            add(rows, Candidate::new(through, cause).row(bn));
        }
    }
}
