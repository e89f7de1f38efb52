//! Headlines of the world: capital, regulators, what shares are worth.

use super::{Item, item};
use crate::host::words::markets::given_up_in_short;
use crate::host::words::numbers::{bn, count, gigawatts, money, share};
use crate::host::words::{Words, possessive};
use crate::ids::DealId;
use crate::sim::capital_market::{Doubt, News};
use crate::sim::deal::{Clause, Deal};
use crate::sim::fact::Fact;
use crate::sim::regulator::{Remedy, Subject};
use crate::units::Quarter;

pub(super) fn headlines(_words: &Words, fact: &Fact) -> Option<Item> {
    match fact {
        Fact::OpenWeightsShock { points } => item(
            66.0,
            [
                format!("Open models close the gap by {points:.0} points"),
                format!("Free for all, and {points:.0} points better"),
                format!("A leap of {points:.0} points that nobody can own"),
            ],
        ),
        Fact::ChipShortage { cost_pct } => item(
            84.0,
            [
                format!("Chips run short; a gigawatt costs {cost_pct:.0}% more"),
                format!("Halls stand ready, chips do not: orders cost {cost_pct:.0}% more"),
                format!("No chips before next quarter, and then {cost_pct:.0}% dearer"),
            ],
        ),
        Fact::Downturn { quarters } => {
            let long = count(*quarters, "quarter");
            item(
                92.0,
                [
                    "Capital takes fright".to_owned(),
                    format!("Investors count what they hold, and expect {long} of cold"),
                    format!("The easy money is gone, for {long} at least"),
                ],
            )
        }
        Fact::DownturnOver => item(
            60.0,
            [
                "Money comes out of hiding".to_owned(),
                "Investors find their nerve again".to_owned(),
                "The cold spell in the capital market is over".to_owned(),
            ],
        ),
        _ => None,
    }
}

/// Circular money, and market values that move on news.
pub(super) fn of_markets(words: &Words, fact: &Fact) -> Option<Item> {
    match fact {
        Fact::CircularRevenue { firm, part, revenue_bn } => {
            let (firm, part_text, sum) = (words.firm(*firm), share(*part), bn(*revenue_bn));
            item(
                40.0 + (100.0 * part).min(16.0),
                [
                    format!("{part_text} of what {firm} sells is its own money"),
                    format!("{firm} pays itself {sum} by way of its labs"),
                    format!("Round it goes: {sum} of {} sales are its own cash", possessive(firm)),
                    format!("{sum} out, {sum} in: who is {} customer?", possessive(firm)),
                ],
            )
        }
        Fact::CircularDoubted { firm, doubt, by_bn } => {
            let (firm, fall) = (words.firm(*firm), bn(by_bn.abs()));
            let why = because(words, *doubt);
            item(
                doubt_weight(*by_bn),
                [
                    format!("{} circular money unwinds {why}: {fall} gone", possessive(firm)),
                    format!("Who pays {firm} but {firm}? {fall} falls away"),
                    format!("{firm} loses {fall} of value {why}"),
                ],
            )
        }
        Fact::NewsMovedValue { firm, by_bn, news } => {
            let why = match news {
                News::Business(_) => "its new tenant",
                News::TakenByRival(_) => "a rival's deal",
                News::RightsLost(_) => "rights it has lost",
                News::CapitalSpending => "its building plans",
                News::Inquiry => "an inquiry",
                News::CircularGrowth => "growing sales to those it funds",
                News::CircularDoubt => "doubts about sales to those it funds",
                News::Rumour => "a rumour",
                News::Press => "its own account of itself",
            };
            let (firm, size) = (words.firm(*firm), bn(by_bn.abs()));
            let (way, marked) = if *by_bn < 0.0 { ("falls", "less") } else { ("rises", "more") };
            item(
                10.0 + (0.25 * by_bn.abs()).min(48.0),
                [
                    format!("{firm} {way} by {size} on {why}"),
                    format!("{size} {marked} for {firm} on {why}"),
                    format!("The market has seen {why}: {firm} {way} by {size}"),
                ],
            )
        }
        _ => None,
    }
}

/// How much a doubt about circular money matters, by the value lost, $bn.
pub(super) fn doubt_weight(by_bn: f64) -> f64 {
    58.0 + (0.3 * by_bn.abs()).min(26.0)
}

pub(super) fn because(words: &Words, doubt: Doubt) -> String {
    match doubt {
        Doubt::Downturn => "in a cautious market".to_owned(),
        Doubt::Rescue(lab) => format!("as {} is rescued", words.lab(lab)),
        Doubt::Disappointment(lab) => format!("as {} sales disappoint", possessive(words.lab(lab))),
    }
}

pub(super) fn of_regulators(words: &Words, deals: &[Deal], fact: &Fact) -> Option<Item> {
    let about = |what: &Subject| match what {
        Subject::Lab(lab) => words.lab(*lab).to_owned(),
        Subject::Cloud => "the cloud".to_owned(),
    };
    match fact {
        Fact::InquiryOpened { firm, subject, ends } => {
            let (firm, what, until) = (words.firm(*firm), about(subject), words.quarter(*ends));
            item(
                73.0,
                [
                    format!("Regulators look into {firm} and {what}"),
                    format!("{firm} and {what}: an inquiry until {until}"),
                    format!("How far does {} hold on {what} go? Regulators ask", possessive(firm)),
                    format!("{firm} must explain {what} to the regulator by {until}"),
                ],
            )
        }
        Fact::InquiryCleared { firm, subject } => {
            let (firm, what) = (words.firm(*firm), about(subject));
            item(
                61.0,
                [
                    format!("{firm} is cleared over {what}"),
                    format!("Regulators let {firm} go over {what}"),
                    format!("Nothing found: the inquiry into {firm} and {what} ends"),
                ],
            )
        }
        Fact::RemedyImposed { firm, remedy } => Some(Item {
            weight: 81.0,
            wordings: remedies(words, deals, words.firm(*firm), *remedy),
        }),
        Fact::ClauseLoosened { giant, lab, clause, .. } => {
            let (giant, lab) = (words.firm(*giant), words.lab(*lab));
            let grip = match clause {
                Clause::Board => "leaves the board of",
                Clause::Barred => "opens the door to investors in",
                _ => "loosens its hold on",
            };
            let what = given_up_in_short(*clause);
            item(
                62.0,
                [
                    format!("{giant} {grip} {lab}"),
                    format!("{giant} hands {lab} back {what}"),
                    format!("Before it is made to, {giant} gives up {what} at {lab}"),
                ],
            )
        }
        _ => None,
    }
}

fn remedies(words: &Words, deals: &[Deal], firm: &str, remedy: Remedy) -> Vec<String> {
    let lab = |id: DealId| {
        let deal = deals.iter().find(|deal| deal.id == id);
        deal.map_or("a lab", |deal| words.lab(deal.lab))
    };
    match remedy {
        Remedy::Undone { deal, clause } => vec![
            format!("Regulators loosen {} hold on {}", possessive(firm), lab(deal)),
            format!("{firm} must give {} back {}", lab(deal), given_up_in_short(clause)),
            format!(
                "Regulators strike {} from {} deal",
                given_up_in_short(clause),
                possessive(firm)
            ),
        ],
        Remedy::TrancheStopped { deal, amount } => vec![
            format!("Regulators stop {} {} for {}", possessive(firm), money(amount), lab(deal)),
            format!("{} will not get {} from {firm}: regulators say no", lab(deal), money(amount)),
        ],
        Remedy::CommitmentStopped { deal, megawatts } => {
            let size = gigawatts(f64::from(megawatts) / 1_000.0);
            vec![
                format!("Regulators cap what {} must rent from {firm} at {size}", lab(deal)),
                format!("{} owes {firm} no more than {size}, regulators rule", lab(deal)),
            ]
        }
        Remedy::Interoperable { until } => {
            let last = words.quarter(Quarter(until.0.saturating_sub(1)));
            vec![
                format!("{firm} must let its cloud customers go with ease"),
                format!("The doors of {} cloud stay open through {last}", possessive(firm)),
            ]
        }
        Remedy::Fined { amount } => vec![
            format!("{firm} is fined {}", money(amount)),
            format!("Regulators make {firm} pay {}", money(amount)),
        ],
    }
}
