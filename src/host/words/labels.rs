//! Short names of things that have a column or a row.

use crate::level::{DispositionFile, GoalFile, Measure};
use crate::sim::deal::appraise::Row;
use crate::sim::deal::{AccessTier, BoardSeat, Condition, Exclusivity, Instrument};
use crate::sim::decision::{AccessPolicy, Lever};
use crate::sim::goals::GoalStanding;
use crate::sim::goals::rules::Medal;
use crate::sim::setting::Step;

use super::numbers;

pub fn board(seat: BoardSeat) -> &'static str {
    match seat {
        BoardSeat::None => "none",
        BoardSeat::Observer => "observer",
        BoardSeat::Director => "director",
    }
}

pub fn exclusivity(exclusivity: Exclusivity) -> &'static str {
    match exclusivity {
        Exclusivity::None => "none",
        Exclusivity::FirstRefusal => "first refusal",
        Exclusivity::SoleReseller => "sole reseller",
        Exclusivity::SoleCloud => "sole cloud",
    }
}

pub fn access(tier: AccessTier) -> &'static str {
    match tier {
        AccessTier::None => "none",
        AccessTier::Resale => "resale",
        AccessTier::Early => "early",
        AccessTier::Exclusive => "exclusive",
    }
}

/// Who may sell a lab's models.
pub fn access_policy(policy: AccessPolicy) -> &'static str {
    match policy {
        AccessPolicy::Open => "open to every cloud",
        AccessPolicy::Partners => "partners only",
        AccessPolicy::Restrained => "restrained",
    }
}

pub fn condition(condition: Condition) -> &'static str {
    match condition {
        Condition::AfterAYear => "after a year",
        Condition::AtTheFrontier => "at the frontier",
        Condition::RevenueDoubled => "revenue doubled",
    }
}

pub fn instrument(instrument: Instrument) -> &'static str {
    match instrument {
        Instrument::Preferred => "preferred",
        Instrument::Convertible => "convertible",
        Instrument::CappedProfit => "capped profit",
        Instrument::Warrants => "warrants",
    }
}

/// A row of an appraisal.
pub fn row(row: Row) -> &'static str {
    match row {
        Row::Stake => "The stake itself",
        Row::CommittedCompute => "Margin on compute and chips",
        Row::CloudDemand => "Cloud demand from the models",
        Row::Denial => "Keeping it from a rival (assumed)",
        Row::Influence => "A voice on the board (assumed)",
        Row::RevenueShare => "Part of the lab's revenue",
        Row::Licence => "Lift to its own models (assumed)",
        Row::Cash => "Cash paid",
        Row::AlternativeUse => "What else the cash could do",
        Row::Regulation => "Regulatory cost",
        Row::Runway => "Runway bought",
        Row::NewCompute => "Capability from new compute",
        Row::Reach => "Reach to the cloud's customers",
        Row::Dilution => "Shares given up",
        Row::Control => "Control given up",
        Row::LockIn => "Freedom given up",
        Row::RevenueGiven => "Revenue given up",
        Row::LicenceGiven => "A rival made of the licensee (assumed)",
        Row::Distrust => "Distrust of this partner",
        Row::BestAlternative => "Best alternative forgone",
    }
}

/// What a goal measures.
pub fn measure(measure: Measure) -> &'static str {
    match measure {
        Measure::CloudShare => "Cloud share",
        Measure::WinRate => "Win rate",
        Measure::OperatingIncome => "Income a year",
        Measure::NetCash => "Net cash",
        Measure::MarketValue => "Market value",
        Measure::ModelAccess => "Model access",
        Measure::Stakes => "Stakes in labs",
        Measure::LabRevenue => "Revenue a quarter",
        Measure::CapabilityLead => "Capability lead",
        Measure::Independence => "Independence",
        Measure::Runway => "Runway, quarters",
        Measure::LabValue => "Fundamental value",
    }
}

/// What a goal's value is where it is no single quarter's figure.
pub fn mean_of(goal: &GoalFile, standing: &GoalStanding) -> Option<String> {
    let quarters = goal.over_quarters.min(u32::from(standing.played));
    (quarters > 1).then(|| format!("mean of the last {quarters} quarters"))
}

/// The unit of a change in what a goal measures.
pub fn unit(measure: Measure) -> &'static str {
    match measure {
        Measure::CloudShare | Measure::WinRate | Measure::Independence => "pt",
        Measure::OperatingIncome
        | Measure::NetCash
        | Measure::MarketValue
        | Measure::Stakes
        | Measure::LabRevenue
        | Measure::LabValue => "$bn",
        Measure::ModelAccess | Measure::CapabilityLead => "points",
        Measure::Runway => "more",
    }
}

/// A goal's value in its own unit.
pub fn measured(measure: Measure, value: f64) -> String {
    match measure {
        Measure::CloudShare | Measure::WinRate | Measure::Independence => {
            numbers::share(value / 100.0)
        }
        Measure::OperatingIncome
        | Measure::NetCash
        | Measure::MarketValue
        | Measure::Stakes
        | Measure::LabRevenue
        | Measure::LabValue => numbers::bn(value),
        Measure::ModelAccess | Measure::CapabilityLead => numbers::points_change(value),
        Measure::Runway => format!("{value:.1}"),
    }
}

/// A change of a goal's value in its own unit.
pub fn measured_change(measure: Measure, by: f64) -> String {
    match measure {
        Measure::CloudShare | Measure::WinRate | Measure::Independence => {
            numbers::share_change(by / 100.0)
        }
        Measure::OperatingIncome
        | Measure::NetCash
        | Measure::MarketValue
        | Measure::Stakes
        | Measure::LabRevenue
        | Measure::LabValue => numbers::bn_change(by),
        Measure::ModelAccess | Measure::CapabilityLead | Measure::Runway => {
            numbers::points_change(by)
        }
    }
}

pub fn lever(lever: Lever) -> &'static str {
    match lever {
        Lever::Price => "list price",
        Lever::Order => "capacity order",
        Lever::Research => "research budget",
        Lever::Push => "sales push",
        Lever::ChipPrice => "chip price",
        Lever::Favour => "choice of buyers to serve first",
        Lever::Pace => "pace of compute",
        Lever::Training => "part of compute that trains",
        Lever::ProductPrice => "product price",
        Lever::Hiring => "change of staff",
        Lever::Fee => "fee for talks of one's own",
    }
}

/// A lever's value with its unit.
pub fn lever_value(lever: Lever, value: f64) -> String {
    match lever {
        Lever::Order => numbers::gigawatts(value),
        Lever::Research => format!("{} a quarter", numbers::bn(value)),
        Lever::Fee => numbers::bn(value),
        Lever::Training | Lever::Hiring => format!("{:.0}%", 100.0 * value),
        _ => format!("{value:.2}"),
    }
}

pub fn medal(medal: Medal) -> &'static str {
    match medal {
        Medal::None => "no medal",
        Medal::Bronze => "bronze",
        Medal::Silver => "silver",
        Medal::Gold => "gold",
    }
}

/// Where a quarter stands, for prompts.
pub fn step(step: Step, rounds: u32) -> String {
    match step {
        Step::Offers(round) => format!("offers {}/{rounds}", round + 1),
        Step::Answers(round) => format!("answers {}/{rounds}", round + 1),
        Step::Plan => "plan".to_owned(),
        Step::Over => "over".to_owned(),
    }
}

/// A giant's character in a few words, from its disposition: an assumption of the level's.
pub fn character(who: &DispositionFile) -> String {
    let appetite = who.ambition * who.growth / who.prudence.max(0.1);
    let traits = [
        (who.prudence >= 1.3, "prudent"),
        (appetite >= 1.4, "hungry"),
        (who.patience >= 12, "patient"),
        (who.patience <= 5, "impatient"),
        (who.defence >= 1.25, "guards what it has"),
        (who.memory >= 1.5, "remembers slights"),
    ];
    let known: Vec<&str> = traits.iter().filter(|(has, _)| *has).map(|(_, word)| *word).collect();
    if known.is_empty() { "even-tempered".to_owned() } else { known.join(", ") }
}
