//! Dates in words.

use crate::sim::calendar::{Date, Event};
use crate::sim::view::SeatView;

use super::numbers::{gigawatts, money};
use super::{Words, clauses, labels, listed, markets, possessive, stories};

/// What comes on a date, as a line of the calendar.
pub fn line(words: &Words, view: &SeatView, date: &Date) -> String {
    let text = event(words, view, date);
    if date.after_the_end { format!("{text} (after the end of the game)") } else { text }
}

fn event(words: &Words, view: &SeatView, date: &Date) -> String {
    let next = || words.quarter(date.quarter.next());
    match date.event {
        Event::ExclusivityEnds { giant, lab, kind } => format!(
            "{} {} over {} holds for the last time",
            possessive(words.firm(giant)),
            labels::exclusivity(kind),
            words.lab(lab)
        ),
        Event::AccessEnds { giant, lab, tier } => format!(
            "{} {} access to {} holds for the last time",
            possessive(words.firm(giant)),
            labels::access(tier),
            words.lab(lab)
        ),
        Event::BarEnds { giant, lab, barred } => {
            let barred: Vec<&str> = barred.iter().map(|seat| words.seat(seat)).collect();
            format!(
                "{} bar on money for {} from {} holds for the last time: free from {}",
                possessive(words.firm(giant)),
                words.lab(lab),
                listed(&barred),
                next()
            )
        }
        Event::LicenceEnds { giant, lab } => format!(
            "{} licence to {} models holds for the last time",
            possessive(words.firm(giant)),
            possessive(words.lab(lab))
        ),
        Event::ChipsEnd { giant, lab } => format!(
            "{} must run on {} chips for the last time",
            words.lab(lab),
            possessive(words.firm(giant))
        ),
        Event::CommitmentEnds { giant, lab, megawatts } => format!(
            "{} commitment to rent {} from {} ends",
            possessive(words.lab(lab)),
            gigawatts(f64::from(megawatts) / 1_000.0),
            words.firm(giant)
        ),
        Event::TrancheDue { giant, lab, sum } => {
            format!("{} owes {} a second {}", words.firm(giant), words.lab(lab), money(sum))
        }
        Event::TrancheLapses { giant, lab, sum, condition } => format!(
            "{} second {} for {} lapses unless {}",
            possessive(words.firm(giant)),
            money(sum),
            words.lab(lab),
            clauses::until(condition)
        ),
        Event::CapacityArrives { gw, .. } => {
            format!("{} of your capacity comes on line", gigawatts(gw))
        }
        Event::RunwayEnds { lab } => format!(
            "{} cash runs out about now, under its present plan",
            possessive(words.lab(lab))
        ),
        Event::InquiryEnds { giant, subject } => format!(
            "the inquiry into {} and {} ends",
            words.firm(giant),
            markets::subject(words, subject)
        ),
        Event::InteroperabilityEnds { giant } => {
            format!(
                "{} cloud has to be interoperable for the last time",
                possessive(words.firm(giant))
            )
        }
        Event::DilemmaDue { dilemma } => match view.dilemma {
            Some(pending) if pending.dilemma == dilemma => {
                let (title, _) = stories::dilemma(words, dilemma, &pending.cast);
                format!("your answer is due: {title}")
            }
            _ => "your answer is due".to_owned(),
        },
        Event::Announced { happening } => {
            stories::happening(words, happening, &Default::default()).0
        }
        Event::CardsDealt => "those who trail are dealt a card".to_owned(),
        Event::GoalJudged { place } => {
            let measure = view.level.goals(view.seat)[place].measure;
            format!("your goal is judged: {}", labels::measure(measure).to_lowercase())
        }
        Event::LastQuarter => "the last quarter; then the judgement".to_owned(),
    }
}
