//! What was said, and how it stands, in words.

use crate::ids::SeatId;
use crate::sim::fact::Fact;
use crate::sim::information::{Evidence, HearsayView, Matter, Standing, Story, Use};
use crate::units::Money;

use super::numbers::money;
use super::{Words, possessive};

/// What was said, as the end of a sentence: "Google and OpenAI talk about $8bn to $11bn at …".
pub fn story(words: &Words, story: &Story) -> String {
    match *story {
        Story::Bid { giant, lab, amount, pre_money } => format!(
            "{} and {} talk about {} at {} pre-money",
            words.firm(giant),
            words.lab(lab),
            between(amount),
            between(pre_money)
        ),
        Story::Trouble { of } => match of.index() < words.level().giants.len() {
            true => format!("contracts are wobbling at {}", words.seat(of)),
            false => format!("people are about to leave {}", words.seat(of)),
        },
    }
}

/// What a seat claims, as the end of a sentence: "Google has offered it $12bn at $150bn".
pub fn claim(words: &Words, by: SeatId, said: &Story) -> String {
    match *said {
        Story::Bid { giant, lab, amount, pre_money } => {
            let sums = format!("{} at {} pre-money", between(amount), between(pre_money));
            match giant.seat() == by {
                true => format!("{} would take {sums} from it", words.lab(lab)),
                false => format!("{} has offered it {sums}", words.firm(giant)),
            }
        }
        Story::Trouble { .. } => story(words, said),
    }
}

/// A sum, or the two it lies between.
fn between((low, high): (Money, Money)) -> String {
    if low == high { money(low) } else { format!("{} to {}", money(low), money(high)) }
}

/// A fact about what was said, as a sentence.
pub fn sentence(words: &Words, fact: &Fact) -> Option<String> {
    Some(match fact {
        Fact::Claimed { by, to, story: said } => format!(
            "{} claims to {} that {}.",
            words.seat(*by),
            words.seat(*to),
            claim(words, *by, said)
        ),
        Fact::Reported { story: said } => {
            format!("Reportedly {}; nobody has confirmed it.", story(words, said))
        }
        Fact::LeakTraced { by, other } => format!(
            "The leak about the talks of {} and {} came from {}.",
            words.seat(*by),
            words.seat(*other),
            possessive(words.seat(*by)) + " side"
        ),
        Fact::Judged { by, to, story: said, standing, evidence } => {
            judged(words, (*by, *to), said, *standing, *evidence)
        }
        Fact::LookedInto { by, subject } => match subject {
            Matter::Lab(lab) => format!(
                "{} people have been through {} books; labs shows what they found.",
                possessive(words.seat(*by)),
                possessive(words.lab(*lab))
            ),
            Matter::Claim { by: claimant } => format!(
                "{} people have looked into what {} claimed.",
                possessive(words.seat(*by)),
                words.seat(*claimant)
            ),
        },
        _ => return None,
    })
}

fn judged(
    words: &Words,
    (by, to): (Option<SeatId>, Option<SeatId>),
    said: &Story,
    standing: Standing,
    evidence: Evidence,
) -> String {
    let what = match (by, to) {
        (Some(by), Some(to)) => format!(
            "{} claim to {} that {}",
            possessive(words.seat(by)),
            words.seat(to),
            claim(words, by, said)
        ),
        (Some(by), None) => {
            format!("The rumour that {}, which {} set about,", story(words, said), words.seat(by))
        }
        _ => format!("The rumour that {}", story(words, said)),
    };
    let how = judged_by(evidence);
    match standing {
        Standing::Verified => format!("{what} is borne out: {how}."),
        Standing::Exposed => format!("{what} is exposed as false: {how}."),
        Standing::Doubtful | Standing::Unproven => format!("{what} is in doubt: {how}."),
    }
}

/// What a verdict rests on.
pub fn judged_by(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Signature => "such a deal was signed",
        Evidence::NoDeal => "no such deal has come of it",
        Evidence::DueDiligence => "due diligence has looked into it",
        Evidence::Leak => "the real terms have leaked",
        Evidence::PressOffice => "those it was about have answered the press",
        Evidence::Traced => "reporters have traced it to its source",
    }
}

/// How it stands, in a word, and what that rests on.
pub fn standing(said: &HearsayView) -> String {
    let word = match said.standing {
        Standing::Unproven => "unproven",
        Standing::Verified => "verified",
        Standing::Doubtful => "doubtful",
        Standing::Exposed => "exposed",
    };
    match said.evidence {
        Some(evidence) => format!("{word}: {}", judged_by(evidence)),
        None => word.to_owned(),
    }
}

/// What attention goes to.
pub fn attention_use(what: Use) -> &'static str {
    match what {
        Use::Tables => "tables",
        Use::Waivers => "waivers",
        Use::Diligence => "due diligence",
        Use::Rumour => "rumours",
        Use::Press => "the press",
        Use::Lobbying => "lobbying",
        Use::People => "its people",
        Use::Inquiry => "an inquiry",
    }
}
