//! Why a figure moved: the rows of an explanation in words.

#[cfg(feature = "window")]
mod short;

use crate::ids::{DealId, Role, SeatId};
use crate::sim::books::Reason;
use crate::sim::deal::Deal;
use crate::sim::explain::{Cause, Explanation, Metric, NotExplained, Row, Through, Whose};
use crate::sim::fact::Fact;
use crate::sim::game::Game;
use crate::units::Quarter;

use super::{Words, bridge, facts, markets, numbers, possessive};

#[cfg(feature = "window")]
pub(crate) use short::{doing, in_short, is_own};

/// What the words of an explanation are drawn from: names, deals, and the facts it points to.
pub struct Teller<'a> {
    pub words: &'a Words,
    pub deals: &'a [Deal],
    pub game: &'a Game,
}

/// A metric by its name on the command line.
pub fn metric_called(word: &str) -> Option<Metric> {
    let known = Metric::ALL.into_iter().find(|metric| name(*metric) == word);
    known.or(match word {
        "win" | "winrate" | "wins" => Some(Metric::WinRate),
        "value" | "market" => Some(Metric::MarketValue),
        "models" | "points" => Some(Metric::Capability),
        "fundamental" => Some(Metric::Valuation),
        _ => None,
    })
}

/// A metric's name, as it is typed.
pub fn name(metric: Metric) -> &'static str {
    match metric {
        Metric::WinRate => "win-rate",
        Metric::Share => "share",
        Metric::Cash => "cash",
        Metric::MarketValue => "market-value",
        Metric::Capability => "capability",
        Metric::Revenue => "revenue",
        Metric::Burn => "burn",
        Metric::Runway => "runway",
        Metric::Independence => "independence",
        Metric::Valuation => "valuation",
    }
}

/// A metric in a sentence.
pub fn title(metric: Metric) -> &'static str {
    match metric {
        Metric::WinRate => "win rate",
        Metric::Share => "cloud share",
        Metric::Cash => "cash",
        Metric::MarketValue => "market value",
        Metric::Capability => "capability",
        Metric::Revenue => "revenue",
        Metric::Burn => "burn",
        Metric::Runway => "runway",
        Metric::Independence => "independence",
        Metric::Valuation => "fundamental value",
    }
}

/// The unit of the amounts of [`change`].
pub fn unit(metric: Metric) -> &'static str {
    match metric {
        Metric::WinRate | Metric::Share | Metric::Independence => "points",
        Metric::Cash | Metric::MarketValue | Metric::Revenue | Metric::Burn | Metric::Valuation => {
            "$bn"
        }
        Metric::Capability => "index points",
        Metric::Runway => "quarters",
    }
}

/// A figure of a metric.
pub fn figure(metric: Metric, value: f64) -> String {
    match metric {
        Metric::WinRate | Metric::Share | Metric::Independence => numbers::share(value),
        Metric::Cash | Metric::MarketValue | Metric::Revenue | Metric::Burn | Metric::Valuation => {
            numbers::bn(value / 1e9)
        }
        Metric::Capability | Metric::Runway => format!("{value:.1}"),
    }
}

/// An amount of a metric, signed.
pub fn change(metric: Metric, by: f64) -> String {
    let signed = |size: f64, decimals: usize| {
        let text = format!("{:.decimals$}", size.abs());
        let nothing = text.chars().all(|c| matches!(c, '0' | '.'));
        let sign = if nothing {
            ""
        } else if size < 0.0 {
            "−"
        } else {
            "+"
        };
        format!("{sign}{text}")
    };
    match metric {
        Metric::WinRate | Metric::Share | Metric::Independence => signed(100.0 * by, 2),
        Metric::Cash | Metric::MarketValue | Metric::Revenue | Metric::Burn | Metric::Valuation => {
            signed(by / 1e9, 3)
        }
        Metric::Capability | Metric::Runway => signed(by, 2),
    }
}

/// Why there is no explanation, in a sentence.
pub fn refusal(words: &Words, of: SeatId, metric: Metric, why: NotExplained) -> String {
    let who = words.seat(of);
    match why {
        NotExplained::NotClosed { closed: 0 } => {
            "No quarter has closed yet: there is nothing to explain.".to_owned()
        }
        NotExplained::NotClosed { closed } => {
            format!("Only quarters 1 to {closed} have closed.")
        }
        NotExplained::NotBefore => {
            "A quarter is compared with an earlier one: 0 is the opening.".to_owned()
        }
        NotExplained::NoSuchFigure => {
            let kind = match of.role(words.level().giants.len()) {
                Role::Giant(_) => {
                    "win-rate and share (with a cloud), cash, market-value, capability (with models of its own)"
                }
                Role::Lab(_) => "cash, capability, revenue, burn, runway, independence, valuation",
            };
            format!("{who} has no {}. It has: {kind}.", title(metric))
        }
        NotExplained::Secret => {
            format!("{} {} is its own to know.", possessive(who), title(metric))
        }
    }
}

/// What a row's cause is, for programs.
pub fn kind(cause: Cause) -> &'static str {
    match cause {
        Cause::Decision(_) => "decision",
        Cause::Deal(_) => "deal",
        Cause::Happening(_) => "happening",
        Cause::Opening => "opening",
        Cause::Market => "market",
        Cause::Undisclosed => "undisclosed",
    }
}

/// A row: the way it took, and what is behind it.
pub fn row(teller: &Teller, explanation: &Explanation, row: &Row) -> String {
    let way = way(teller, explanation, row);
    match behind(teller, explanation.quarter, row) {
        Some(cause) => format!("{way}: {cause}"),
        None => way,
    }
}

/// What is behind a row, by name; nothing where the way says it all.
pub fn behind(teller: &Teller, quarter: Quarter, row: &Row) -> Option<String> {
    match row.cause {
        Cause::Market => None,
        Cause::Opening => Some("as it was at the opening".to_owned()),
        Cause::Undisclosed => Some("nobody says why".to_owned()),
        Cause::Deal(deal) => Some(deal_name(teller, deal)),
        Cause::Decision(id) | Cause::Happening(id) => {
            let told = told(teller, row, teller.game.fact(id)?);
            Some(if id.quarter == quarter {
                told
            } else {
                format!("{told} ({})", teller.words.quarter(id.quarter))
            })
        }
    }
}

fn told(teller: &Teller, row: &Row, fact: &Fact) -> String {
    match fact {
        // The way names the lever, and the figures stand beside it.
        Fact::PriceChanged { firm, .. } if row.through == Through::Prices => {
            format!("a decision of {}", teller.words.firm(*firm))
        }
        fact => facts::sentence(teller.words, teller.deals, fact).trim_end_matches('.').to_owned(),
    }
}

fn deal_name(teller: &Teller, id: DealId) -> String {
    let Some(deal) = teller.deals.iter().find(|deal| deal.id == id) else {
        return "a deal".to_owned();
    };
    let (giant, lab) = (teller.words.firm(deal.giant), teller.words.lab(deal.lab));
    if deal.signed == Quarter(0) {
        format!("what {giant} and {lab} had agreed before")
    } else {
        format!("the deal of {giant} and {lab} ({})", teller.words.quarter(deal.signed))
    }
}

/// `Amazon's prices, 1.00 → 1.10`
fn way(teller: &Teller, explanation: &Explanation, row: &Row) -> String {
    let words = teller.words;
    let owner = |whose: Whose| match whose {
        Whose::Giant(firm) => words.firm(firm),
        Whose::Others => words.provider(crate::sim::fact::Provider::Others),
        Whose::Lab(lab) => words.lab(lab),
    };
    let of = row.whose.map_or_else(|| words.seat(explanation.of), owner);
    let whose = possessive(of);
    let moved = |write: fn(f64) -> String| match row.moved {
        Some((from, to)) => format!(", {} → {}", write(from), write(to)),
        None => String::new(),
    };
    let two: fn(f64) -> String = |value| format!("{value:.2}");
    match row.through {
        Through::Prices => format!("{whose} list prices{}", moved(two)),
        Through::SalesPush => format!("{whose} sales push"),
        Through::Resale(lab) => {
            format!("{} models at {of}{}", possessive(words.lab(lab)), access_moved(row))
        }
        Through::OwnModels => {
            format!("{whose} own models, from the frontier{}", moved(numbers::points_change))
        }
        Through::LabModels(lab) => format!(
            "How good {} models are, from the frontier{}",
            possessive(words.lab(lab)),
            moved(numbers::points_change)
        ),
        Through::OpenWeights => {
            format!("Open weights, from the frontier{}", moved(numbers::points_change))
        }
        Through::Capacity => format!("{whose} capacity{}", moved(numbers::gigawatts)),
        Through::Appeal => format!("{whose} appeal from events{}", moved(numbers::fine_column)),
        Through::LabBills => {
            let from =
                if row.whose == Some(Whose::Others) { lower_first(of) } else { of.to_owned() };
            format!("Compute that labs rent from {from}{}", moved(numbers::bn))
        }
        Through::Interoperability => format!("{of} has to let customers move"),
        Through::Preferences => "What customers thought of every cloud".to_owned(),
        Through::Demand => "Where demand grows".to_owned(),
        Through::InstalledBase => "What earlier quarters left to win and to deliver".to_owned(),
        Through::OldContracts => "Old contracts that come up to list prices".to_owned(),
        through => money_way(teller, explanation, row, through),
    }
}

fn access_moved(row: &Row) -> String {
    row.moved.map_or(String::new(), |(from, to)| {
        format!(", access {} → {}", numbers::points_change(from), numbers::points_change(to))
    })
}

fn money_way(teller: &Teller, explanation: &Explanation, row: &Row, through: Through) -> String {
    let words = teller.words;
    let from_or_to = |reason: Reason| {
        let plain = bridge::plain(reason, row.amount < 0.0);
        match (reason, row.whose) {
            (Reason::ComputeBill | Reason::SharesBought, Some(Whose::Giant(firm))) => {
                format!("{plain}, {}", words.firm(firm))
            }
            (Reason::ComputeBill | Reason::SharesBought, Some(Whose::Lab(lab))) => {
                format!("{plain}, {}", words.lab(lab))
            }
            _ => plain.to_owned(),
        }
    };
    match through {
        Through::Posting(reason) => from_or_to(reason),
        Through::NetCash(reason) => {
            format!("Cash less debt: {}", lower_first(&from_or_to(reason)))
        }
        Through::CoreBusiness => "Earnings of the core business".to_owned(),
        Through::Research => "Earnings: research beyond the opening's".to_owned(),
        Through::Cloud => "Earnings of the cloud, but for labs' bills".to_owned(),
        Through::Business => "Cash less debt: the quarter's business".to_owned(),
        Through::DealIncome => "Earnings from clauses of deals".to_owned(),
        Through::Heat => {
            let heat = row.moved.map_or(String::new(), |(from, to)| {
                format!(", {} → {}", numbers::share(from), numbers::share(to))
            });
            format!("Regulatory heat{heat}")
        }
        Through::Stake(lab) => format!("Shares of {} bought, at their cost", words.lab(lab)),
        Through::LastPrice => match row.whose {
            Some(Whose::Lab(lab)) => format!("The price of {} shares", possessive(words.lab(lab))),
            _ => "The price of the last round".to_owned(),
        },
        Through::News(news) => {
            format!("News: {}", markets::news_in_short(words, teller.deals, news))
        }
        Through::SmallNews => "Smaller news".to_owned(),
        Through::OldNews => "Earlier news fades".to_owned(),
        Through::Floor => "A tenth of the opening's value is the least".to_owned(),
        through => lab_way(words, explanation, row, through),
    }
}

fn lab_way(words: &Words, explanation: &Explanation, row: &Row, through: Through) -> String {
    let moved = |write: fn(f64) -> String| match row.moved {
        Some((from, to)) => format!(", {} → {}", write(from), write(to)),
        None => String::new(),
    };
    let two: fn(f64) -> String = |value| format!("{value:.2}");
    match through {
        Through::Compute => match row.whose {
            Some(Whose::Giant(firm)) => {
                format!("Compute at {}{}", words.firm(firm), moved(numbers::gigawatts))
            }
            Some(Whose::Lab(_)) => format!("Compute rented{}", moved(numbers::gigawatts)),
            Some(Whose::Others) => format!("Compute elsewhere{}", moved(numbers::gigawatts)),
            None => format!("Research compute{}", moved(numbers::gigawatts)),
        },
        Through::ForeignChips => {
            format!("Compute lost on chips not written for{}", moved(numbers::gigawatts))
        }
        Through::TrainingPart => format!("The part of compute that trains{}", moved(two)),
        Through::CommonProgress => "Progress in chips and methods, common to all".to_owned(),
        Through::Luck => "Luck in research".to_owned(),
        Through::Talent => "Talent that came or left".to_owned(),
        Through::Licence => "A licence to a lab's models".to_owned(),
        Through::Cash => "Cash and credits, the ordinary course".to_owned(),
        Through::Sales => format!("Sales{}", moved(numbers::bn)),
        Through::ComputeToCome => {
            format!("Compute to come, in three years{}", moved(numbers::gigawatts))
        }
        Through::People => format!("People{}", moved(|heads| format!("{heads:.0}"))),
        Through::RevenueShares => "What investors are paid of revenue".to_owned(),
        Through::LargestStake => "The largest stake".to_owned(),
        Through::Directors => "Directors of investors".to_owned(),
        Through::Consents => "Rights of consent".to_owned(),
        Through::Exclusivity => "Exclusive rights".to_owned(),
        Through::LargestProvider => "Dependence on one provider".to_owned(),
        Through::Rescues => "Rescues".to_owned(),
        Through::AccessPolicy => {
            format!("Who sells {} models", possessive(words.seat(explanation.of)))
        }
        Through::Limit => "At its limit".to_owned(),
        Through::ProductMarkets => {
            format!("The markets for its products{}", moved(numbers::bn))
        }
        Through::ProductShares => "Its shares of them".to_owned(),
        Through::ProductPrice => format!("What customers pay{}", moved(two)),
        Through::Serving => "Customers served or turned away".to_owned(),
        Through::YearAgo => "Growth over a year ago".to_owned(),
        _ => "What happened beside".to_owned(),
    }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}
