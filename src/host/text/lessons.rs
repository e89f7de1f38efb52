//! Lessons: the level's tutor looks over a newcomer's shoulder. It speaks when a lesson's moment
//! comes, notices what was done, and never stands in the way.

use std::io;

use crate::host::session::StepRecord;
use crate::ids::SeatId;
use crate::level::{Deed, Lesson, Moment, Sight, StepName};
use crate::sim::decision::Decision;
use crate::sim::fact::Fact;
use crate::sim::setting::Step;
use crate::sim::view::{SeatView, TableView};
use crate::units::Quarter;

use super::command::Verb;
use super::desk::Desk;
use crate::host::advice::barred_by;

/// How far a seat has come in its lessons.
#[derive(Clone, Debug, Default)]
pub(super) struct Progress {
    /// By lesson of the level: told, or no longer worth telling. Empty before the first look.
    past: Vec<bool>,
    /// The lesson told last and the step it was told in, until it is completed or that step is over.
    waiting: Option<(usize, Quarter, Step)>,
    /// The lesson told last, to be told again on demand.
    last: Option<usize>,
    off: bool,
}

/// Tells the next lesson whose moment has come, if none told in this step still waits.
pub(super) fn next(desk: &mut Desk, seat: SeatId) -> io::Result<()> {
    let level = desk.session.game.level().clone();
    if !level.lessons.iter().any(|lesson| lesson.seat == seat) || desk.notes(seat).lessons.off {
        return Ok(());
    }
    let view = desk.view(seat);
    if desk.notes(seat).lessons.past.is_empty() {
        let past = level.lessons.iter().map(|lesson| taken(lesson, desk.session.steps()));
        desk.notes(seat).lessons.past = past.collect();
    }
    let now = (view.quarter, view.step);
    if desk.notes(seat).lessons.waiting.is_some_and(|(_, quarter, step)| (quarter, step) == now) {
        return Ok(());
    }
    let progress = desk.notes(seat).lessons.clone();
    let found = level.lessons.iter().enumerate().position(|(place, lesson)| {
        lesson.seat == seat
            && !progress.past[place]
            && has_come(desk, &view, &lesson.when)
            && (!lesson.wants.is_at_a_table() || somebody_can_sign(&view))
    });
    let Some(place) = found else {
        desk.notes(seat).lessons.waiting = None;
        return Ok(());
    };
    let progress = &mut desk.notes(seat).lessons;
    progress.past[place] = true;
    progress.last = Some(place);
    progress.waiting = Some((place, view.quarter, view.step));
    tell(desk, &level.lessons[place])
}

/// What a command did, for the lesson that waits; `before` is the view before it.
pub(super) fn note(desk: &mut Desk, seat: SeatId, verb: Verb, before: &SeatView) -> io::Result<()> {
    let Some((place, ..)) = desk.notes(seat).lessons.waiting else { return Ok(()) };
    let lesson = desk.session.game.level().lessons[place].clone();
    let after = desk.view(seat);
    let decided = after.decided != before.decided;
    let wanted = lesson.wants;
    let counters = decided && wanted == Deed::Counter && is_a_counter(&after);
    let done = wanted == Deed::Nothing
        || counters
        || deed(verb).is_some_and(|deed| deed == wanted && (decided || only_looks(deed)));
    if !done {
        return Ok(());
    }
    desk.notes(seat).lessons.waiting = None;
    completed(desk, &lesson)
}

/// What the lesson that waits says has been read: it is over, done or not, and the next may come.
pub(super) fn understood(desk: &mut Desk, seat: SeatId) -> io::Result<()> {
    let Some((place, ..)) = desk.notes(seat).lessons.waiting.take() else { return Ok(()) };
    let lesson = desk.session.game.level().lessons[place].clone();
    // What it says at its end holds for who has looked, not for who has decided nothing.
    if only_looks(lesson.wants) {
        completed(desk, &lesson)?;
    }
    next(desk, seat)
}

/// A step of the talks, or the plan, was ended: whatever waited in it is over.
pub(super) fn step_ended(desk: &mut Desk, seat: SeatId) -> io::Result<()> {
    let Some((place, _, step)) = desk.notes(seat).lessons.waiting.take() else { return Ok(()) };
    let lesson = desk.session.game.level().lessons[place].clone();
    match lesson.wants {
        Deed::Nothing => completed(desk, &lesson),
        Deed::Close if step == Step::Plan => completed(desk, &lesson),
        Deed::Send if step != Step::Plan => completed(desk, &lesson),
        _ => Ok(()),
    }
}

fn completed(desk: &mut Desk, lesson: &Lesson) -> io::Result<()> {
    if lesson.done.is_empty() {
        return Ok(());
    }
    let text = desk.words.with_names(&lesson.done);
    let mut page = desk.page();
    page.aside(&text);
    desk.show(&page)
}

/// `lesson`, `lesson next`, `lesson off`, `lesson on`.
pub(super) fn command(desk: &mut Desk, seat: SeatId, args: &[String]) -> io::Result<()> {
    let level = desk.session.game.level().clone();
    if !level.lessons.iter().any(|lesson| lesson.seat == seat) {
        return desk.say("This level has no lessons for this seat; help lists what you can do.");
    }
    match args.first().map(String::as_str) {
        Some("next") => understood(desk, seat),
        Some("off") => {
            desk.notes(seat).lessons.off = true;
            desk.say("No more lessons; lesson on brings them back.")
        }
        Some("on") => {
            desk.notes(seat).lessons.off = false;
            desk.say("The lessons go on where they were.")
        }
        _ => match desk.notes(seat).lessons.last {
            Some(place) => tell(desk, &level.lessons[place]),
            None => desk.say("No lesson has been told yet: the first comes at its moment."),
        },
    }
}

fn tell(desk: &mut Desk, lesson: &Lesson) -> io::Result<()> {
    let title = desk.words.with_names(&lesson.title);
    let say = desk.words.with_names(&lesson.say);
    let example = desk.words.with_handles(&lesson.example);
    let mut page = desk.page();
    page.blank();
    page.lesson(&title, &say, &example);
    desk.show(&page)
}

/// Whether a game taken up again has had a lesson's moment already. What somebody sees is not
/// recorded, so lessons about that are told in any case.
fn taken(lesson: &Lesson, steps: &[StepRecord]) -> bool {
    let when = &lesson.when;
    when.sees.is_none()
        && steps.iter().any(|record| {
            record.quarter.0 >= when.from_quarter.unwrap_or(1)
                && when.from_round.is_none_or(|from| round(record.step) >= from)
                && when.step.is_none_or(|step| is_in(record.step, step))
        })
}

fn is_in(step: Step, name: StepName) -> bool {
    match name {
        StepName::Offers => matches!(step, Step::Offers(_)),
        StepName::Answers => matches!(step, Step::Answers(_)),
        StepName::Plan => step == Step::Plan,
    }
}

/// Whether there is a table that neither a walk-away nor a rival's deal has shut.
fn somebody_can_sign(view: &SeatView) -> bool {
    view.tables
        .iter()
        .any(|table| table.closed_until <= view.quarter && barred_by(view, table).is_none())
}

/// The round of talks a step belongs to, 1 the first; 0 for the plan.
fn round(step: Step) -> u32 {
    match step {
        Step::Offers(round) | Step::Answers(round) => round + 1,
        Step::Plan | Step::Over => 0,
    }
}

/// Whether a moment has come.
fn has_come(desk: &Desk, view: &SeatView, moment: &Moment) -> bool {
    moment.step.is_none_or(|step| is_in(view.step, step))
        && view.quarter.0 >= moment.from_quarter.unwrap_or(1)
        && moment.from_round.is_none_or(|from| round(view.step) >= from)
        && moment.sees.is_none_or(|sight| sees(desk, view, sight))
}

fn sees(desk: &Desk, view: &SeatView, sight: Sight) -> bool {
    let any = |of: &dyn Fn(&TableView) -> bool| view.tables.iter().any(of);
    let signed = |mine: bool| {
        view.deals.iter().any(|deal| {
            let seats = [deal.giant.seat(), desk.words.lab_seat(deal.lab)];
            deal.signed.0 > 0 && seats.contains(&view.seat) == mine
        })
    };
    match sight {
        Sight::TheirOffer => any(&|table| table.theirs.offer.is_some()),
        Sight::TheirRoutes => any(&|table| table.theirs.routes[0].is_some()),
        Sight::TheirQuestion => any(&|table| table.theirs.waits_for_answer),
        Sight::TheirReason => {
            let mut facts = desk.session.game.facts(view.seat);
            facts.any(|(_, fact)| matches!(fact, Fact::Held { from, .. } if *from == view.seat))
        }
        Sight::MyDeal => signed(true),
        Sight::NoDeal => !signed(true),
        Sight::RivalsDeal => signed(false),
        Sight::Dilemma => view.dilemma.is_some_and(|dilemma| dilemma.answer.is_none()),
        Sight::Card => !view.cards.is_empty(),
        Sight::News => {
            let closed = desk.session.game.history().last();
            closed.is_some_and(|closed| closed.facts.iter().any(befalls_the_world))
        }
    }
}

fn befalls_the_world(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::OpenWeightsShock { .. }
            | Fact::ChipShortage { .. }
            | Fact::Downturn { .. }
            | Fact::Outage { .. }
            | Fact::Happened { .. }
    )
}

/// An offer of this step to somebody who has terms of their own on the table.
fn is_a_counter(view: &SeatView) -> bool {
    view.decided.iter().any(|decision| match decision {
        Decision::Offer { to, .. } => view.table_with(*to).is_some_and(|table| {
            table.theirs.offer.is_some()
                || table.theirs.last_offer.is_some()
                || table.theirs.routes[0].is_some()
        }),
        _ => false,
    })
}

/// What a command does, if a lesson can want it.
fn deed(verb: Verb) -> Option<Deed> {
    Some(match verb {
        Verb::Offer | Verb::Change | Verb::Counter => Deed::Offer,
        Verb::Ask => Deed::Ask,
        Verb::Accept => Deed::Accept,
        Verb::Hold => Deed::Hold,
        Verb::Answer => Deed::Answer,
        Verb::Walk => Deed::Walk,
        Verb::Price => Deed::Price,
        Verb::Order => Deed::Order,
        Verb::Research => Deed::Research,
        Verb::Push => Deed::Push,
        Verb::Lobby => Deed::Lobby,
        Verb::Chips => Deed::Chips,
        Verb::Favour => Deed::Favour,
        Verb::Loosen => Deed::Loosen,
        Verb::Choose => Deed::Choose,
        Verb::Play => Deed::Play,
        Verb::Pace => Deed::Pace,
        Verb::Training => Deed::Training,
        Verb::Hire => Deed::Hire,
        Verb::Suggest => Deed::Suggest,
        Verb::Table => Deed::Table,
        Verb::Worth => Deed::Worth,
        Verb::Paper => Deed::Paper,
        Verb::Why => Deed::Why,
        Verb::Market => Deed::Market,
        Verb::Labs => Deed::Labs,
        Verb::Rivals => Deed::Rivals,
        Verb::Deals => Deed::Deals,
        Verb::Books => Deed::Books,
        Verb::History => Deed::History,
        Verb::Goals => Deed::Goals,
        Verb::Calendar => Deed::Calendar,
        Verb::Promises => Deed::Promises,
        Verb::Regulators => Deed::Regulators,
        Verb::Plan => Deed::Plan,
        Verb::Help => Deed::Help,
        _ => return None,
    })
}

/// Whether a deed changes nothing.
fn only_looks(deed: Deed) -> bool {
    matches!(
        deed,
        Deed::Suggest
            | Deed::Table
            | Deed::Worth
            | Deed::Paper
            | Deed::Why
            | Deed::Market
            | Deed::Labs
            | Deed::Rivals
            | Deed::Deals
            | Deed::Books
            | Deed::History
            | Deed::Goals
            | Deed::Calendar
            | Deed::Promises
            | Deed::Regulators
            | Deed::Plan
            | Deed::Help
    )
}
