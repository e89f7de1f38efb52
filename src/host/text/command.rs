//! What a line means: the command and its words.

use crate::host::words::nearest;

/// A command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Offer,
    Change,
    Counter,
    Ask,
    Suggest,
    Accept,
    Hold,
    Answer,
    Walk,
    // Promises.
    Waiver,
    Renegotiate,
    Promises,
    Terminate,
    Withhold,
    Table,
    Worth,
    Forecast,
    Undo,
    Done,
    Pass,
    Price,
    Order,
    Research,
    Push,
    Lobby,
    // Information.
    Press,
    Claim,
    Plant,
    Investigate,
    Rumours,
    Chips,
    Favour,
    Loosen,
    Regulators,
    Pace,
    Training,
    Hire,
    // The lab's process.
    Process,
    Policy,
    Retreat,
    Recruit,
    Template,
    Alone,
    Dilemma,
    Choose,
    Cards,
    Play,
    Calendar,
    Close,
    Paper,
    Why,
    Market,
    Labs,
    Rivals,
    Deals,
    Books,
    History,
    Goals,
    Plan,
    Help,
    Lesson,
    Branch,
    Back,
    Save,
    Quit,
}

/// Every word that names a command; the first of a verb is its own name.
const NAMES: &[(&str, Verb)] = &[
    ("offer", Verb::Offer),
    ("change", Verb::Change),
    ("edit", Verb::Change),
    ("counter", Verb::Counter),
    ("ask", Verb::Ask),
    ("suggest", Verb::Suggest),
    ("advise", Verb::Suggest),
    ("accept", Verb::Accept),
    ("sign", Verb::Accept),
    ("hold", Verb::Hold),
    ("refuse", Verb::Hold),
    ("answer", Verb::Answer),
    ("propose", Verb::Answer),
    ("walk", Verb::Walk),
    ("leave", Verb::Walk),
    ("renegotiate", Verb::Renegotiate),
    ("promises", Verb::Promises),
    ("terminate", Verb::Terminate),
    ("end", Verb::Terminate),
    ("withhold", Verb::Withhold),
    ("waiver", Verb::Waiver),
    ("waivers", Verb::Waiver),
    ("table", Verb::Table),
    ("tables", Verb::Table),
    ("worth", Verb::Worth),
    ("value", Verb::Worth),
    ("forecast", Verb::Forecast),
    ("undo", Verb::Undo),
    ("done", Verb::Done),
    ("next", Verb::Done),
    ("send", Verb::Done),
    ("pass", Verb::Pass),
    ("skip", Verb::Pass),
    ("price", Verb::Price),
    ("prices", Verb::Price),
    ("order", Verb::Order),
    ("build", Verb::Order),
    ("research", Verb::Research),
    ("push", Verb::Push),
    ("lobby", Verb::Lobby),
    // Information.
    ("press", Verb::Press),
    ("claim", Verb::Claim),
    ("plant", Verb::Plant),
    ("investigate", Verb::Investigate),
    ("diligence", Verb::Investigate),
    ("rumours", Verb::Rumours),
    ("rumors", Verb::Rumours),
    ("claims", Verb::Rumours),
    ("chips", Verb::Chips),
    ("favour", Verb::Favour),
    ("favor", Verb::Favour),
    ("loosen", Verb::Loosen),
    ("regulators", Verb::Regulators),
    ("pace", Verb::Pace),
    ("training", Verb::Training),
    ("train", Verb::Training),
    ("hire", Verb::Hire),
    ("process", Verb::Process),
    ("policy", Verb::Policy),
    ("retreat", Verb::Retreat),
    ("recruit", Verb::Recruit),
    ("template", Verb::Template),
    ("alone", Verb::Alone),
    ("no-shop", Verb::Alone),
    ("dilemma", Verb::Dilemma),
    ("choose", Verb::Choose),
    ("cards", Verb::Cards),
    ("card", Verb::Cards),
    ("play", Verb::Play),
    ("calendar", Verb::Calendar),
    ("dates", Verb::Calendar),
    ("close", Verb::Close),
    ("paper", Verb::Paper),
    ("news", Verb::Paper),
    ("why", Verb::Why),
    ("report", Verb::Why),
    ("market", Verb::Market),
    ("labs", Verb::Labs),
    ("rivals", Verb::Rivals),
    ("deals", Verb::Deals),
    ("books", Verb::Books),
    ("history", Verb::History),
    ("goals", Verb::Goals),
    ("score", Verb::Goals),
    ("plan", Verb::Plan),
    ("help", Verb::Help),
    ("?", Verb::Help),
    ("commands", Verb::Help),
    ("lesson", Verb::Lesson),
    ("lessons", Verb::Lesson),
    ("branch", Verb::Branch),
    ("practice", Verb::Branch),
    ("back", Verb::Back),
    ("save", Verb::Save),
    ("quit", Verb::Quit),
    ("exit", Verb::Quit),
    ("bye", Verb::Quit),
];

/// A line read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Line {
    /// Nothing, or a comment.
    Empty,
    Command(Verb, Vec<String>),
    /// No command; the nearest one, if any is near.
    Unknown {
        word: String,
        meant: Option<&'static str>,
    },
}

/// Reads a line. Words are lower case, commas inside lists stay.
pub(super) fn read(line: &str) -> Line {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Line::Empty;
    }
    let mut words = line.split_whitespace().map(str::to_lowercase);
    let word = words.next().unwrap_or_default();
    match verb_called(&word) {
        Some(verb) => Line::Command(verb, words.collect()),
        None => {
            let meant = nearest(&word, NAMES.iter().map(|(name, _)| *name));
            Line::Unknown { word, meant: meant.and_then(own_name) }
        }
    }
}

/// The verb with this name, or the only one whose names begin with it.
fn verb_called(word: &str) -> Option<Verb> {
    if let Some((_, verb)) = NAMES.iter().find(|(name, _)| *name == word) {
        return Some(*verb);
    }
    if word.chars().count() < 2 {
        return None;
    }
    let mut fitting =
        NAMES.iter().filter(|(name, _)| name.starts_with(word)).map(|(_, verb)| *verb);
    let first = fitting.next()?;
    fitting.all(|other| other == first).then_some(first)
}

fn own_name(name: &'static str) -> Option<&'static str> {
    let verb = NAMES.iter().find(|(other, _)| *other == name).map(|(_, verb)| *verb)?;
    Some(name_of(verb))
}

/// A verb's own name.
pub(super) fn name_of(verb: Verb) -> &'static str {
    NAMES.iter().find(|(_, other)| *other == verb).map_or("", |(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_read_whatever_its_case_and_length() {
        let expected = Line::Command(Verb::Offer, vec!["openai".into(), "10".into()]);
        assert_eq!(read("  OFFER OpenAI 10 "), expected);
        assert_eq!(read("off OpenAI 10"), expected);
        assert_eq!(read("# offer openai 10"), Line::Empty);
    }

    #[test]
    fn an_unknown_word_brings_the_nearest_command() {
        let unknown = |word: &str, meant| Line::Unknown { word: word.into(), meant };
        assert_eq!(read("ofer openai"), unknown("ofer", Some("offer")));
        assert_eq!(read("marekt"), unknown("marekt", Some("market")));
        assert_eq!(read("xylophone"), unknown("xylophone", None));
        assert_eq!(read("p"), unknown("p", None));
    }
}
