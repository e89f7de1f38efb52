//! Why a decision is not possible: what, why, and what is allowed, in a sentence or two.

use crate::ids::DealId;
use crate::sim::deal::{
    Clause, Deal, LOOSENABLE, MAX_AMOUNT_BN, MAX_COMMITMENT_MW, MAX_PRE_MONEY_BN, MOST_OF_PRE_MONEY,
};
use crate::sim::decision::{Lever, Refusal, SheetProblem};
use crate::sim::setting::Step;
use crate::units::Quarter;

use super::numbers::{bn, count, gigawatts, money};
use super::{Words, clauses, facts, labels, process};

/// A refusal as a sentence. `step` is where the quarter stands.
pub fn sentence(words: &Words, deals: &[Deal], step: Step, refusal: &Refusal) -> String {
    match refusal {
        Refusal::GameOver => "The game is over: nothing more can be decided.".to_owned(),
        Refusal::NotInThisStep => not_now(step),
        Refusal::NoSuchSeat => "There is no such seat in this game.".to_owned(),
        Refusal::NotACounterpart => {
            "A table joins a giant and a lab: these two cannot sit at one.".to_owned()
        }
        Refusal::NotYourLever(lever) => not_yours(*lever),
        Refusal::OutOfRange { lever, min, max } => format!(
            "The {} may be from {} to {} here.",
            labels::lever(*lever),
            labels::lever_value(*lever, *min),
            labels::lever_value(*lever, *max)
        ),
        Refusal::AttentionSpent { left: 0 } => {
            "No attention is left for it: there are three points a quarter.".to_owned()
        }
        Refusal::AttentionSpent { left } => {
            format!("Only {} of attention is left this quarter.", count(*left, "point"))
        }
        Refusal::TableClosed { until } => format!(
            "This table is closed for now, after a signature or a walk-out; it can open again in {}.",
            words.quarter(*until)
        ),
        Refusal::NoTable => {
            "No talks are open with them this quarter: open them with an offer, or with ask.".to_owned()
        }
        Refusal::NothingOnOffer => {
            "They have nothing of that kind on the table now: an offer lapses with the quarter, a route needs a question first.".to_owned()
        }
        Refusal::AlreadyAsked => {
            "You have asked them this quarter already; one question a table and quarter is all there is.".to_owned()
        }
        Refusal::TooLateToAsk => {
            "It is too late to ask this quarter: the answer would come when the talks are over. Ask in an earlier round.".to_owned()
        }
        Refusal::NotAsked => {
            "They have not asked what you want, so there is no question to answer.".to_owned()
        }
        Refusal::SameAsStanding => "You have exactly these terms on the table already.".to_owned(),
        Refusal::AcceptInstead => {
            "They have exactly these terms on the table: accept them in the answers instead.".to_owned()
        }
        Refusal::Clause { clause, problem } => bad_clause(*clause, *problem),
        Refusal::CannotPay { needed, available } => format!(
            "The first payment would be {}, and {} is in the till: offer less, or hold part back in a tranche.",
            money(*needed),
            money(*available)
        ),
        Refusal::TalksAlone { .. }
        | Refusal::BidsAreSealed { .. }
        | Refusal::NotGranted { .. }
        | Refusal::NotYourProcess
        | Refusal::NoShopNotOnOffer { .. } => process::refusal(words, refusal).unwrap_or_default(),
        Refusal::NoSuchDilemma => {
            "Nothing of that kind has been put to you this quarter; dilemma shows what has.".to_owned()
        }
        Refusal::NoSuchAnswer { answers } => {
            format!("There are {answers} answers: choose a number from 1 to {answers}.")
        }
        Refusal::AlreadyAnswered => {
            "You have answered already this quarter, and an answer that was sent stands.".to_owned()
        }
        Refusal::AnswerTooDear { needed, available } => format!(
            "That answer costs {}, and {} is in the till: choose another.",
            money(*needed),
            money(*available)
        ),
        Refusal::NoSuchCard => "You hold no such card; cards shows what you hold.".to_owned(),
        Refusal::CardDoesNotFit => {
            "Nobody is there now to whom this card could happen; keep it for later.".to_owned()
        }
        Refusal::Covenant { deal, clause, through } => {
            covenant(words, deals, (*deal, *clause), *through)
        }
        Refusal::NotABuyer(seat) => {
            format!("{} has no cloud and buys no chips to build one.", words.seat(*seat))
        }
        Refusal::NotYourDeal(_) => {
            "Only the giant that holds a deal can give up a clause of it.".to_owned()
        }
        Refusal::NothingToLoosen { deal, clause } => format!(
            "There is nothing to give up: {} of {} {}.",
            clauses::in_text(*clause),
            facts::deal_name(words, deals, *deal),
            match clause {
                clause if LOOSENABLE.contains(clause) => "does not bind now",
                _ => "cannot be loosened (regulators lists what can)",
            }
        ),
        Refusal::NothingInForce => {
            "No terms of yours in that deal are in force that could be ended or withheld: promises lists what binds. A deal can be ended from the quarter after it was signed.".to_owned()
        }
        Refusal::AgreedInPrinciple => {
            "These terms are agreed and wait for a waiver: only walking away is left at this table. help waiver says how to get one.".to_owned()
        }
        Refusal::NothingToWaive => {
            "Nothing in that deal stands in that giant's way now: there is no waiver to talk about.".to_owned()
        }
        Refusal::NotCloser { standing } => format!(
            "Your fee of {} stands: a new one must come closer to the other side.",
            money(*standing)
        ),
        Refusal::FeeOutOfRange { most } => {
            format!("A fee must be more than nothing and at most {}.", money(*most))
        }
        Refusal::WaiverTalksOver => {
            "The talks over this waiver are over for the quarter.".to_owned()
        }
        // Information.
        Refusal::NotARival => {
            "It must be about a rival: to a lab you can claim another lab's terms, to a giant another giant's, and trouble is that of another firm of your own kind.".to_owned()
        }
        Refusal::AlreadyClaimed => {
            "You have made them one claim this quarter; a second would only weaken the first.".to_owned()
        }
        Refusal::NoOpenClaim => {
            "They have claimed nothing to you lately that is still open: rumours lists what was said.".to_owned()
        }
        Refusal::NothingToLearn => {
            "There is nothing left to find out there: you know the figures to the dollar.".to_owned()
        }
    }
}

fn not_now(step: Step) -> String {
    match step {
        Step::Offers(_) => {
            "Now is the time for offers and questions; accept, hold and answer come in the next step, plans after the talks.".to_owned()
        }
        Step::Answers(_) => {
            "Now is the time for answers: accept, hold, answer or walk. A new offer waits for the next round, plans for the end of the talks.".to_owned()
        }
        Step::Plan => {
            "The talks of this quarter are over: only the plan is open now. Offers come again next quarter.".to_owned()
        }
        Step::Over => "The game is over: nothing more can be decided.".to_owned(),
    }
}

/// Whose lever it is.
pub fn not_yours(lever: Lever) -> String {
    let whose = match lever {
        Lever::Price | Lever::Order | Lever::Push => "a giant with a cloud",
        Lever::Research => "a giant with models of its own",
        Lever::ChipPrice | Lever::Favour => "a chip maker",
        Lever::Pace | Lever::Training | Lever::ProductPrice | Lever::Hiring | Lever::Fee => "a lab",
    };
    format!("The {} is a lever of {whose}, and not of this seat.", labels::lever(lever))
}

fn covenant(
    words: &Words,
    deals: &[Deal],
    (id, clause): (DealId, Clause),
    through: Option<Quarter>,
) -> String {
    let name = facts::deal_name(words, deals, id);
    let through = through.map(|last| format!(" through {}", words.quarter(last)));
    let through = through.unwrap_or_default();
    match clause {
        Clause::Amount => {
            format!(
                "In {name} the lab promised to take none of this giant's money{through}: nothing can be signed here meanwhile."
            )
        }
        Clause::Consent => format!(
            "In {name} the lab promised to sell no more than a fifth of itself to another without consent: ask for less of it."
        ),
        _ => format!(
            "{} conflicts with {name}, which stands{through}: leave that clause out, ask for less of it, or make the offer subject to a waiver, and buy that.",
            upper_first(clauses::in_text(clause))
        ),
    }
}

fn bad_clause(clause: Clause, problem: SheetProblem) -> String {
    let name = upper_first(clauses::in_text(clause));
    match problem {
        SheetProblem::NotPositive => format!("{name} must be more than nothing."),
        SheetProblem::TooLarge => {
            format!("{name} is beyond what the rules allow: {}.", limit(clause))
        }
        SheetProblem::Term => {
            format!(
                "{name} needs a term of at least one quarter, and without it there must be none."
            )
        }
        SheetProblem::NeedsCloud => {
            format!("{name} is something only a giant with a cloud can offer or ask for.")
        }
        SheetProblem::NeedsOldDeal => {
            "Only the latest deal in force between the two can be renegotiated: deals lists what binds.".to_owned()
        }
        SheetProblem::Named if clause == Clause::SubjectTo => {
            "A sheet can wait for a waiver of a rival's deal with the same lab only.".to_owned()
        }
        SheetProblem::Named => {
            format!("{name} may name other giants only, and not the investor itself.")
        }
        SheetProblem::NeedsChips => {
            format!("{name} is something only a giant that makes chips can ask for.")
        }
        SheetProblem::NeedsModels => {
            format!("{name} is of use only to a giant with a cloud or models of its own.")
        }
        SheetProblem::NeedsCompute => format!(
            "{name} is counted in compute: commit the lab to some (compute 0.5 12), or leave it out."
        ),
        SheetProblem::NeedsCap => {
            "A revenue share needs a part and a cap, such as revshare 10 cap 5.".to_owned()
        }
        SheetProblem::NotWithInstrument => format!(
            "{name} does not go with this instrument: a note or warrants have no second tranche, and warrants are paid for in cash alone."
        ),
        SheetProblem::OutOfBounds { most: 0, .. } => {
            "Only a capped profit has a cap: instrument capped 10.".to_owned()
        }
        SheetProblem::OutOfBounds { least, most } => match clause {
            Clause::Instrument => {
                format!("A capped profit returns {least} to {most} times the money.")
            }
            _ => format!("{name} is {least} to {most} per cent."),
        },
    }
}

fn limit(clause: Clause) -> String {
    match clause {
        Clause::Amount => {
            format!(
                "at most {}, and at most {MOST_OF_PRE_MONEY} times the pre-money",
                bn(MAX_AMOUNT_BN)
            )
        }
        Clause::PreMoney => format!("at most {}", bn(MAX_PRE_MONEY_BN)),
        Clause::Tranche => "at most 90% of the cash".to_owned(),
        Clause::Commitment => {
            format!("at most {} and 40 quarters", gigawatts(f64::from(MAX_COMMITMENT_MW) / 1_000.0))
        }
        Clause::Exclusivity => "at most 20 quarters".to_owned(),
        Clause::OwnChips => "at most 100% and 40 quarters".to_owned(),
        Clause::RevenueShare => format!("at most {}", bn(MAX_AMOUNT_BN)),
        Clause::BreakFee => "at most the sum paid".to_owned(),
        Clause::Release => format!("at most {}", bn(MAX_AMOUNT_BN)),
        _ => "at most 40 quarters".to_owned(),
    }
}

/// A sentence begins with a capital.
pub fn upper_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().collect::<String>() + letters.as_str()
    })
}
