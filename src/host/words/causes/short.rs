//! A cause in a few words: under the bar of a chart, and as what did something in a sentence.

use super::{Teller, lower_first, way};
use crate::host::words::{bridge, markets, possessive};
use crate::ids::Role;
use crate::sim::books::Reason;
use crate::sim::explain::{Cause, Explanation, Row, Through, Whose};
use crate::sim::fact::Provider;

/// Whether a row is the doing of the seat that is explained.
pub(crate) fn is_own(teller: &Teller, explanation: &Explanation, row: &Row) -> bool {
    let giants = teller.words.level().giants.len();
    let decided = matches!(row.cause, Cause::Decision(_) | Cause::Deal(_));
    if let Through::Posting(reason) | Through::NetCash(reason) = row.through {
        // A posting names the other side; what one pays for, one has chosen.
        let chosen = matches!(
            reason,
            Reason::Salaries
                | Reason::SellingCosts
                | Reason::CapitalSpending
                | Reason::CostsNotPaidInCash
                | Reason::Borrowing
                | Reason::Payout
        );
        let rents = reason == Reason::ComputeBill && row.amount < 0.0;
        return decided || chosen || rents;
    }
    match (row.whose, explanation.of.role(giants)) {
        (Some(Whose::Giant(one)), Role::Giant(firm)) => one == firm,
        (Some(Whose::Lab(one)), Role::Lab(lab)) => one == lab,
        (Some(_), _) => false,
        (None, _) => decided,
    }
}

/// Whose a row is, by name.
fn who<'a>(teller: &Teller<'a>, explanation: &Explanation, row: &Row) -> &'a str {
    let words = teller.words;
    match row.whose {
        Some(Whose::Giant(firm)) => words.firm(firm),
        Some(Whose::Lab(lab)) => words.lab(lab),
        Some(Whose::Others) => words.provider(Provider::Others),
        None => words.seat(explanation.of),
    }
}

/// A row under a bar of a chart: a word or two, and a few more.
pub(crate) fn in_short(teller: &Teller, explanation: &Explanation, row: &Row) -> (String, String) {
    let words = teller.words;
    let own = is_own(teller, explanation, row);
    let who = who(teller, explanation, row);
    let rises = row.moved.is_some_and(|(from, to)| to > from);
    let either = |up: &str, down: &str| if rises { up.to_owned() } else { down.to_owned() };
    let (mine, what) = match row.through {
        Through::Prices => ("Our prices", either("prices raised", "prices cut")),
        Through::SalesPush => ("Our sales", "the sales push".to_owned()),
        Through::Resale(lab) if own => {
            ("Our shelf", format!("{} models", possessive(words.lab(lab))))
        }
        Through::Resale(lab) => ("", format!("{} models", possessive(words.lab(lab)))),
        Through::OwnModels => ("Our models", "from the frontier".to_owned()),
        Through::Capacity => ("Our room", either("new capacity", "less to deliver")),
        Through::Appeal => ("Our appeal", "events".to_owned()),
        Through::LabBills => ("Lab bills", "compute labs rent".to_owned()),
        Through::LabModels(lab) => {
            return (words.lab(lab).to_owned(), either("models improve", "models fall back"));
        }
        Through::OpenWeights => {
            return ("Open weights".to_owned(), either("improve", "fall back"));
        }
        Through::Demand => return ("Demand".to_owned(), "where it grows".to_owned()),
        Through::Preferences => return ("Customers' habits".to_owned(), String::new()),
        Through::InstalledBase => return ("The base".to_owned(), "left by the past".to_owned()),
        Through::OldContracts => return ("Contracts".to_owned(), "renewed".to_owned()),
        _ => {
            let way = way(teller, explanation, row);
            // What stands in brackets is for the whole row.
            let way = way.split_once(" (").map_or(way.as_str(), |(head, _)| head);
            let (head, tail) = way.split_once([':', ',']).unwrap_or((way, ""));
            return (head.to_owned(), tail.trim().to_owned());
        }
    };
    (if own { mine.to_owned() } else { who.to_owned() }, what)
}

/// A row as what did something: `Google's new capacity`, `selling shares to Amazon`.
pub(crate) fn doing(teller: &Teller, explanation: &Explanation, row: &Row) -> String {
    let words = teller.words;
    let own = is_own(teller, explanation, row);
    let rises = row.moved.is_none_or(|(from, to)| to > from);
    let either = |up: &'static str, down: &'static str| if rises { up } else { down };
    let of = match row.whose {
        Some(Whose::Others) => lower_first(who(teller, explanation, row)),
        _ => who(teller, explanation, row).to_owned(),
    };
    let whose = if own { "our".to_owned() } else { possessive(&of) };
    match row.through {
        Through::Prices => format!("{whose} {} prices", either("higher", "lower")),
        Through::SalesPush => format!("{whose} sales push"),
        Through::Resale(lab) => {
            let models = format!("{} models", possessive(words.lab(lab)));
            if own { format!("{models} with us") } else { format!("{models} at {of}") }
        }
        Through::OwnModels => format!("{whose} own models"),
        Through::LabModels(lab) => {
            format!("{} {} models", possessive(words.lab(lab)), either("better", "weaker"))
        }
        Through::OpenWeights => either("better open models", "weaker open models").to_owned(),
        Through::Capacity => format!("{whose} {} capacity", either("new", "smaller")),
        Through::Appeal => format!("what happened to {whose} appeal"),
        Through::LabBills if own => "the compute labs rent from us".to_owned(),
        Through::LabBills => format!("the compute labs rent from {of}"),
        Through::Preferences => "customers' habits".to_owned(),
        Through::Demand => "the turn of demand".to_owned(),
        Through::InstalledBase => "what earlier quarters left".to_owned(),
        Through::OldContracts => "the renewal of old contracts".to_owned(),
        Through::Posting(reason) | Through::NetCash(reason) => paying(reason, row, &of),
        Through::Business => "the quarter's business".to_owned(),
        Through::CoreBusiness => "the core business".to_owned(),
        Through::Research => "the research budget".to_owned(),
        Through::Cloud => "the cloud's own earnings".to_owned(),
        Through::DealIncome => "clauses of deals".to_owned(),
        Through::Stake(lab) => format!("buying shares of {}", words.lab(lab)),
        Through::News(news) => markets::news_in_short(words, teller.deals, news),
        Through::OldNews => "the fading of earlier news".to_owned(),
        Through::Floor => "the floor under our value".to_owned(),
        Through::Limit => "the limit it has reached".to_owned(),
        Through::Events => "other events".to_owned(),
        _ => {
            let way = way(teller, explanation, row);
            let way = way.split_once(" (").map_or(way.as_str(), |(head, _)| head);
            // The figures stand in the chart.
            let way = match way.contains('→') {
                true => way.rsplit_once(',').map_or(way, |(head, _)| head),
                false => way,
            };
            lower_first(way)
        }
    }
}

/// A posting as what did something.
fn paying(reason: Reason, row: &Row, other: &str) -> String {
    let paid = row.amount < 0.0;
    let named = row.whose.is_some();
    match (reason, paid) {
        (Reason::SharesBought, true) if named => format!("buying shares of {other}"),
        (Reason::SharesBought, false) if named => format!("selling shares to {other}"),
        (Reason::SharesBought, true) => "buying shares".to_owned(),
        (Reason::SharesBought, false) => "selling shares".to_owned(),
        (Reason::ComputeBill, true) if named => format!("renting compute from {other}"),
        (Reason::ComputeBill, false) if named => format!("renting compute to {other}"),
        (Reason::ComputeBill, true) => "renting compute".to_owned(),
        (Reason::ComputeBill, false) => "renting compute out".to_owned(),
        (Reason::Reserved, _) => "the money set aside at signature".to_owned(),
        (Reason::CapitalSpending, _) => "ordering capacity".to_owned(),
        (Reason::CoreIncome, _) => "the core business".to_owned(),
        (Reason::Salaries, _) => "the pay of our people".to_owned(),
        (Reason::SellingCosts, _) => "the cost of selling".to_owned(),
        (Reason::CostsNotPaidInCash, _) => "paying in shares and credit".to_owned(),
        (Reason::Payout, _) => "paying shareholders".to_owned(),
        (Reason::Borrowing, _) => "borrowing".to_owned(),
        (Reason::RescueRound, _) => "the rescue round".to_owned(),
        (Reason::WaiverFee, true) => "buying a waiver".to_owned(),
        (Reason::WaiverFee, false) => "selling a waiver".to_owned(),
        (Reason::Release, _) => "the release from a deal's terms".to_owned(),
        (Reason::BreakFee, _) => "the early end of a deal".to_owned(),
        (reason, paid) => lower_first(bridge::plain(reason, paid)),
    }
}
