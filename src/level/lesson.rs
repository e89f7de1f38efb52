//! Lessons: what a newcomer is told, and why, at the moment it comes up.
//!
//! A lesson is data: a moment, a text, something to do. Whoever shows a game evaluates it from what
//! the seat sees and decides; the simulation knows nothing of it, and nothing waits for it.

use serde::{Deserialize, Serialize};

use super::file::{GiantFile, LevelFile};
use super::problem::{Problem, one_of, quote, suggestion};
use super::report::Report;
use super::rules::Names;
use crate::ids::SeatId;

/// Lessons a level may have.
pub(super) const MOST_LESSONS: usize = 40;

/// A lesson as written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LessonFile {
    /// Whom it teaches; the level's first seat if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seat: Option<String>,
    /// When it is told; at once if nothing is said.
    #[serde(default)]
    pub when: Moment,
    pub title: String,
    /// What it says, the reason included. `{openai}` is the name of that seat.
    pub say: String,
    /// What one may type; `{openai}` is what to type for that seat.
    #[serde(default, rename = "try", skip_serializing_if = "String::is_empty")]
    pub example: String,
    /// What completes it.
    pub wants: Deed,
    /// Said when it is completed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub done: String,
}

/// A lesson of a checked level.
#[derive(Clone, Debug, PartialEq)]
pub struct Lesson {
    pub seat: SeatId,
    pub when: Moment,
    pub title: String,
    pub say: String,
    pub example: String,
    pub wants: Deed,
    pub done: String,
}

/// The moment a lesson waits for. What is left out is no condition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<StepName>,
    /// Not before this quarter, 1 being the first played.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_quarter: Option<u32>,
    /// Not before this round of the quarter's talks, 1 being the first.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from_round: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sees: Option<Sight>,
}

/// A part of the quarter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StepName {
    Offers,
    Answers,
    Plan,
}

/// Something a seat has before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Sight {
    /// The other side of a table has an offer standing.
    TheirOffer,
    /// It has shown routes to a yes.
    TheirRoutes,
    /// It has asked what this seat wants.
    TheirQuestion,
    /// It has said this quarter why it does not sign.
    TheirReason,
    /// This seat has signed a deal since the game began.
    MyDeal,
    /// This seat has signed none yet.
    NoDeal,
    /// Another seat has signed one.
    RivalsDeal,
    /// Something befell the world in the quarter that was closed last.
    News,
    /// A dilemma waits for its answer.
    Dilemma,
    /// It holds a card.
    Card,
}

/// Something a seat does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deed {
    /// Goes on: whatever is typed next.
    Nothing,
    // Talks.
    Offer,
    /// An offer where the other side has one standing, or has shown routes.
    Counter,
    Ask,
    Accept,
    Hold,
    Answer,
    Walk,
    /// Ends a step of the talks, so that the world moves.
    Send,
    // Any step.
    /// Answers the quarter's dilemma.
    Choose,
    // The plan.
    Price,
    Order,
    Research,
    Push,
    Lobby,
    Chips,
    Favour,
    Loosen,
    /// Plays a card.
    Play,
    Pace,
    Training,
    Hire,
    Close,
    // Looks.
    Suggest,
    Table,
    Worth,
    Paper,
    Why,
    Market,
    Labs,
    Rivals,
    Deals,
    Books,
    History,
    Goals,
    Calendar,
    Promises,
    Regulators,
    Plan,
    Help,
}

impl Deed {
    /// The steps in which it can be done.
    fn steps(self) -> &'static [StepName] {
        use StepName::{Answers, Offers, Plan};
        match self {
            Deed::Offer | Deed::Counter | Deed::Ask => &[Offers],
            Deed::Accept | Deed::Hold | Deed::Answer => &[Answers],
            Deed::Walk | Deed::Send => &[Offers, Answers],
            Deed::Price
            | Deed::Order
            | Deed::Research
            | Deed::Push
            | Deed::Lobby
            | Deed::Chips
            | Deed::Favour
            | Deed::Loosen
            | Deed::Play
            | Deed::Pace
            | Deed::Training
            | Deed::Hire
            | Deed::Close => &[Plan],
            _ => &[Offers, Answers, Plan],
        }
    }

    /// Whether it needs a table at which terms can be had.
    pub fn is_at_a_table(self) -> bool {
        matches!(
            self,
            Deed::Offer
                | Deed::Counter
                | Deed::Ask
                | Deed::Accept
                | Deed::Hold
                | Deed::Answer
                | Deed::Walk
                | Deed::Suggest
                | Deed::Table
                | Deed::Worth
        )
    }

    /// What a giant lacks that would have to do it.
    fn missing_in(self, giant: &GiantFile) -> Option<&'static str> {
        match self {
            Deed::Price | Deed::Order | Deed::Push if giant.cloud.is_none() => Some("a cloud"),
            Deed::Research if giant.models.is_none() => Some("models of its own"),
            Deed::Chips | Deed::Favour if giant.chips.is_none() => Some("chips to sell"),
            Deed::Pace | Deed::Training | Deed::Hire => Some("the levers of a lab"),
            _ => None,
        }
    }

    /// Whether a lab has no such lever.
    fn is_a_giants(self) -> bool {
        matches!(
            self,
            Deed::Order | Deed::Research | Deed::Push | Deed::Lobby | Deed::Chips | Deed::Favour
        )
    }
}

/// The rules for lessons: they can be read, and what they wait for can come.
pub(super) fn rules(file: &LevelFile, names: &Names<'_>, report: &mut Report<'_>) {
    let seats: Vec<&str> = names.giants.iter().chain(&names.labs).copied().collect();
    for (index, lesson) in file.lessons.iter().enumerate() {
        let at = |field: &str| format!("lessons[{index}].{field}");
        report.text(&at("title"), &lesson.title, 60);
        report.text(&at("say"), &lesson.say, 900);
        if !lesson.example.is_empty() {
            report.text(&at("try"), &lesson.example, 70);
        }
        if !lesson.done.is_empty() {
            report.text(&at("done"), &lesson.done, 600);
        }
        for (field, text) in [
            ("title", &lesson.title),
            ("say", &lesson.say),
            ("try", &lesson.example),
            ("done", &lesson.done),
        ] {
            names_in(text, &at(field), &seats, report);
        }
        if let Some(quarter) = lesson.when.from_quarter {
            report.count(&at("when.from_quarter"), quarter, 1..=file.quarters.max(1));
        }
        if let Some(round) = lesson.when.from_round {
            report.count(&at("when.from_round"), round, 1..=file.talk_rounds.max(1));
        }
        let seat = lesson.seat.as_deref().unwrap_or(&file.first_seat);
        if lesson.seat.is_some() && !seats.contains(&seat) {
            report.unknown_value(&at("seat"), "giant or lab", seat, &seats);
        }
        moment(lesson, &at("when"), report);
        lever(lesson.wants, seat, file, &at("wants"), report);
    }
}

/// Names in braces that are no seat's.
pub(super) fn names_in(text: &str, path: &str, seats: &[&str], report: &mut Report<'_>) {
    for name in braced(text) {
        if !seats.contains(&name) {
            let problem = Problem::new(format!(
                "{} names {}, which is no giant or lab",
                report.words(path),
                quote(name)
            ))
            .help(format!("in braces stands a seat's id: {}", suggestion(name, seats)))
            .label("in this text");
            report.at(path, problem);
        }
    }
}

/// What stands between braces; an open brace without an end is text.
fn braced(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
}

/// A lesson is told and completed within one step, so the two must fit each other.
fn moment(lesson: &LessonFile, path: &str, report: &mut Report<'_>) {
    let steps = lesson.wants.steps();
    let wanted = format!("{:?}", lesson.wants);
    let possible: Vec<String> = steps.iter().map(|step| format!("{step:?}")).collect();
    let allowed = one_of(possible.iter().map(String::as_str));
    match lesson.when.step {
        Some(step) if !steps.contains(&step) => {
            let problem = Problem::new(format!(
                "{} cannot be done in the step {}",
                quote(&wanted),
                quote(&format!("{step:?}"))
            ))
            .help(format!("allowed for {}: {allowed}", quote(&wanted)))
            .label("too early or too late for what it wants");
            report.at(&format!("{path}.step"), problem);
        }
        None if steps.len() < 3 => {
            let problem = Problem::new(format!("{} needs a step", quote(&wanted)))
                .help(format!("write `when: (step: …)`; allowed: {allowed}"))
                .label("in which step?");
            report.at(path, problem);
        }
        _ => {}
    }
    let on_a_table = matches!(
        lesson.when.sees,
        Some(Sight::TheirOffer | Sight::TheirRoutes | Sight::TheirQuestion)
    );
    if lesson.when.from_round.is_some() && lesson.when.step == Some(StepName::Plan) {
        let problem = Problem::new("the plan has no rounds")
            .help("leave `from_round` out, or write `step: Offers` or `step: Answers`")
            .label("never comes then");
        report.at(&format!("{path}.from_round"), problem);
    }
    if on_a_table && lesson.when.step == Some(StepName::Plan) {
        let problem = Problem::new("nothing lies on a table in the plan")
            .help("offers, routes and questions end with the talks: write `step: Offers` or `step: Answers`")
            .label("never seen then");
        report.at(&format!("{path}.sees"), problem);
    }
}

/// A lesson cannot want a lever that its seat does not have.
fn lever(wants: Deed, seat: &str, file: &LevelFile, path: &str, report: &mut Report<'_>) {
    let missing = match file.giants.iter().find(|giant| giant.id == seat) {
        Some(giant) => wants.missing_in(giant),
        None if wants.is_a_giants() => Some("the levers of a giant"),
        None => None,
    };
    if let Some(missing) = missing {
        let wanted = format!("{wants:?}");
        let problem = Problem::new(format!("{} cannot do {}", quote(seat), quote(&wanted)))
            .help(format!(
                "it does not have {missing}; want something else, or teach another `seat`"
            ))
            .label("not its lever");
        report.at(path, problem);
    }
}
