//! Whose turn it is, and what a typed line does.

use std::io;

use crate::host::words::help;
use crate::ids::{Role, SeatId};
use crate::sim::decision::Decision;
use crate::sim::setting::Step;
use crate::sim::view::TableView;

use super::command::{Line, Verb, read};
use super::desk::Desk;
use super::{
    Ended, books, branch, dilemma, forecast, goals, hearsay, judgement, lessons, levers, offers,
    paper, plan, process, promises, records, regulators, report, talks, waivers, why,
};
use crate::host::advice::barred_by;

/// What a line leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flow {
    Stay,
    StepDone,
    Leave,
    /// The game at the desk is another one now.
    Elsewhere,
}

/// How a seat's turn ended.
enum Turn {
    Done,
    Leave,
    Elsewhere,
}

/// Plays until the game is over or somebody leaves.
pub(super) fn run(desk: &mut Desk) -> io::Result<Ended> {
    'game: loop {
        if desk.practice_is_over() {
            let seat = desk.people[0];
            branch::back(desk, seat)?;
        }
        let step = desk.session.game.step();
        if step == Step::Over {
            judgement::show(desk)?;
            desk.autosave()?;
            return Ok(Ended::GameOver);
        }
        for seat in desk.people.clone() {
            if !concerns(desk, seat) {
                continue;
            }
            match turn(desk, seat)? {
                Turn::Done => {}
                Turn::Elsewhere => continue 'game,
                Turn::Leave => {
                    desk.end_practice();
                    desk.autosave()?;
                    return Ok(Ended::Quit);
                }
            }
        }
        desk.finish_step();
        if step == Step::Plan {
            desk.autosave()?;
        }
    }
}

/// Whether a seat is asked in this step. Who has nothing on a table goes straight to the plan; who
/// has left the talks is asked only for an answer.
pub(super) fn concerns(desk: &mut Desk, seat: SeatId) -> bool {
    let view = desk.view(seat);
    let left = desk.notes(seat).left_talks.clone().filter(|(quarter, _)| *quarter == view.quarter);
    // Who has left the talks is not shown the same terms twice.
    let known = |table: &TableView| {
        left.iter().flat_map(|(_, tables)| tables).any(|seen| {
            let (then, now) = (&seen.theirs, &table.theirs);
            seen.with == table.with
                && (then.offer, then.routes, then.waits_for_answer)
                    == (now.offer, now.routes, now.waits_for_answer)
        })
    };
    let addressed = view.tables.iter().any(|table| {
        let theirs = &table.theirs;
        let addressed =
            theirs.offer.is_some() || theirs.waits_for_answer || theirs.routes[0].is_some();
        addressed && !known(table) && barred_by(&view, table).is_none()
    });
    let asked = view.waivers.iter().any(|talk| crate::host::moves::waiver_answerable(&view, talk));
    let active = view.tables.iter().any(|table| table.open || table.mine.acted)
        || view.waivers.iter().any(|talk| !talk.over);
    let shut = view.tables.iter().all(|table| table.closed_until > view.quarter)
        && view.waivers.iter().all(|talk| talk.over);
    match view.step {
        Step::Offers(0) => left.is_none(),
        // In a competition of its own a lab has nothing to say before the bids are opened.
        Step::Offers(_) if process::waits_for_bids(&view) => false,
        // With every table shut for the quarter nothing is left to say.
        Step::Offers(_) if shut => false,
        Step::Offers(_) => active && left.is_none(),
        Step::Answers(_) => addressed || asked,
        Step::Plan => true,
        Step::Over => false,
    }
}

/// One seat's turn in a step.
fn turn(desk: &mut Desk, seat: SeatId) -> io::Result<Turn> {
    curtain(desk, seat)?;
    let view = desk.view(seat);
    if desk.notes(seat).paper != Some(view.quarter) {
        desk.notes(seat).paper = Some(view.quarter);
        report::last_quarter(desk, seat)?;
        paper::show(desk, seat)?;
    }
    match view.step {
        Step::Plan => plan::open(desk, seat)?,
        _ => talks::open(desk, seat)?,
    }
    loop {
        lessons::next(desk, seat)?;
        let prompt = desk.prompt(seat);
        let Some(line) = desk.read(&prompt)? else {
            desk.say("The input ends here; the game is saved.")?;
            return Ok(Turn::Leave);
        };
        let before = desk.view(seat);
        match obey(desk, seat, &line)? {
            Flow::Stay => {
                if let Line::Command(verb, _) = read(&line) {
                    lessons::note(desk, seat, verb, &before)?;
                }
            }
            Flow::StepDone => {
                lessons::step_ended(desk, seat)?;
                return Ok(Turn::Done);
            }
            Flow::Leave => return Ok(Turn::Leave),
            Flow::Elsewhere => return Ok(Turn::Elsewhere),
        }
    }
}

/// Where several people share a keyboard, each sits down behind a curtain.
fn curtain(desk: &mut Desk, seat: SeatId) -> io::Result<()> {
    if desk.people.len() < 2 {
        return Ok(());
    }
    if desk.options.interactive {
        let mut page = desk.page();
        for _ in 0..40 {
            page.example("·");
        }
        desk.show(&page)?;
    }
    let name = desk.words.seat(seat).to_owned();
    let mut page = desk.page();
    page.heading(&format!("Hand the keyboard to {name}, and press Enter"));
    desk.show(&page)?;
    desk.wait()
}

pub(super) fn obey(desk: &mut Desk, seat: SeatId, line: &str) -> io::Result<Flow> {
    let (verb, args) = match read(line) {
        Line::Empty => return Ok(Flow::Stay),
        Line::Command(verb, args) => (verb, args),
        Line::Unknown { word, meant } => {
            let shown: String = word.chars().take(24).collect();
            let meant = meant.map(|name| format!(" Did you mean {name}?")).unwrap_or_default();
            desk.say(&format!("There is no command \"{shown}\".{meant} help lists them."))?;
            return Ok(Flow::Stay);
        }
    };
    match verb {
        Verb::Done => return finish(desk, seat),
        Verb::Close if desk.is_plan() => return Ok(Flow::StepDone),
        Verb::Close => {
            desk.say("The talks come first: done sends what you decided, pass leaves the talks and goes to the plan.")?;
        }
        Verb::Pass => return pass(desk, seat),
        Verb::Quit => {
            desk.say("The game is saved as it stood when this step began.")?;
            return Ok(Flow::Leave);
        }
        Verb::Branch if branch::take_up(desk, &args)? => return Ok(Flow::Elsewhere),
        Verb::Back if branch::back(desk, seat)? => return Ok(Flow::Elsewhere),
        Verb::Branch | Verb::Back => {}
        Verb::Save => save(desk, &args)?,
        Verb::Undo => undo(desk, seat)?,
        Verb::Help => show_help(desk, seat, &args)?,
        other => act(desk, seat, other, &args)?,
    }
    Ok(Flow::Stay)
}

/// Commands that look at the game or decide something in it.
fn act(desk: &mut Desk, seat: SeatId, verb: Verb, args: &[String]) -> io::Result<()> {
    match verb {
        Verb::Offer | Verb::Change | Verb::Counter | Verb::Renegotiate => {
            offers::offer(desk, seat, verb, args)
        }
        Verb::Ask => talks::ask(desk, seat, args),
        Verb::Suggest => offers::suggest(desk, seat, args),
        Verb::Accept => talks::accept(desk, seat, args),
        Verb::Hold => talks::hold(desk, seat, args),
        Verb::Answer if args.first().is_some_and(|word| word == "dilemma") => {
            dilemma::choose(desk, seat, &args[1..])
        }
        Verb::Answer => talks::answer(desk, seat, args),
        Verb::Dilemma => dilemma::show(desk, seat),
        Verb::Choose => dilemma::choose(desk, seat, args),
        Verb::Cards => dilemma::cards(desk, seat),
        Verb::Play => dilemma::play(desk, seat, args),
        Verb::Calendar => paper::dates(desk, seat),
        Verb::Walk => talks::walk(desk, seat, args),
        Verb::Promises => promises::show(desk, seat, args),
        Verb::Terminate | Verb::Withhold => promises::end(desk, seat, verb, args),
        Verb::Waiver => waivers::command(desk, seat, args),
        Verb::Table => talks::show(desk, seat, args),
        Verb::Worth => offers::worth(desk, seat, args),
        Verb::Forecast => forecast::command(desk, seat, args),
        Verb::Price
        | Verb::Order
        | Verb::Research
        | Verb::Push
        | Verb::Lobby
        | Verb::Press
        | Verb::Chips
        | Verb::Favour
        | Verb::Pace
        | Verb::Training
        | Verb::Hire
        | Verb::Policy
        | Verb::Retreat
        | Verb::Recruit => levers::set(desk, seat, verb, args),
        Verb::Loosen => regulators::loosen(desk, seat, args),
        Verb::Regulators => regulators::show(desk, seat),
        Verb::Process => process::process(desk, seat, args),
        Verb::Template => process::template(desk, seat, args),
        Verb::Alone => process::alone(desk, seat, args),
        // Information.
        Verb::Claim => hearsay::claim(desk, seat, args),
        Verb::Plant => hearsay::plant(desk, seat, args),
        Verb::Investigate => hearsay::investigate(desk, seat, args),
        Verb::Rumours => hearsay::rumours(desk, seat),
        Verb::Plan => plan::show(desk, seat),
        Verb::Paper => paper::show(desk, seat),
        Verb::Why => why::command(desk, seat, args),
        Verb::Market => records::market(desk, seat),
        Verb::Labs => records::labs(desk, seat),
        Verb::Rivals => records::rivals(desk, seat),
        Verb::Deals => records::deals(desk, seat),
        Verb::Books => books::books(desk, seat),
        Verb::History => records::history(desk, seat),
        Verb::Goals => goals::show(desk, seat),
        Verb::Lesson => lessons::command(desk, seat, args),
        Verb::Undo
        | Verb::Done
        | Verb::Pass
        | Verb::Close
        | Verb::Help
        | Verb::Branch
        | Verb::Back
        | Verb::Save
        | Verb::Quit => Ok(()),
    }
}

fn finish(desk: &mut Desk, seat: SeatId) -> io::Result<Flow> {
    let view = desk.view(seat);
    if view.step == Step::Offers(0) && view.decided.is_empty() {
        let open = view.tables.iter().any(|table| table.open);
        if !open {
            desk.say("You put nothing on a table this round.")?;
        }
    }
    Ok(Flow::StepDone)
}

fn pass(desk: &mut Desk, seat: SeatId) -> io::Result<Flow> {
    if desk.is_plan() {
        desk.say("The talks are over already; close closes the quarter.")?;
        return Ok(Flow::Stay);
    }
    let view = desk.view(seat);
    // The answer to a dilemma goes its way all the same.
    let in_talks = |decision: &Decision| !matches!(decision, Decision::Answer { .. });
    if view.decided.iter().any(in_talks) {
        desk.say("You have decided something in this step: done sends it, undo takes it back.")?;
        return Ok(Flow::Stay);
    }
    desk.notes(seat).left_talks = Some((view.quarter, view.tables));
    desk.say("You leave this quarter's talks.")?;
    Ok(Flow::StepDone)
}

fn save(desk: &mut Desk, args: &[String]) -> io::Result<()> {
    if desk.practises() {
        return desk.say("Practice is not saved; the game is safe where you left it.");
    }
    let Some(name) = args.first() else {
        return desk
            .say("Under what name? save before-the-deal keeps this game as before-the-deal.");
    };
    let plain = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    if args.len() > 1 || name.chars().count() > 40 || !name.chars().all(plain) {
        return desk
            .say("A name is one word of letters, figures and hyphens, such as before-the-deal.");
    }
    match desk.saver.save_as(desk.session, name) {
        Ok(place) if desk.options.interactive => desk.say(&format!("Saved as {name} ({place}).")),
        Ok(_) => desk.say(&format!("Saved as {name}.")),
        Err(error) => desk.say(&format!("The game could not be saved: {error}")),
    }
}

fn undo(desk: &mut Desk, seat: SeatId) -> io::Result<()> {
    if desk.undo(seat)? {
        desk.say("Taken back; nobody has seen it.")
    } else {
        desk.say("There is nothing to take back in this step; what was sent is sent.")
    }
}

fn show_help(desk: &mut Desk, seat: SeatId, args: &[String]) -> io::Result<()> {
    let mut page = desk.page();
    if let Some(subject) = args.first() {
        let lab = matches!(desk.view(seat).role, Role::Lab(_));
        match about(subject, lab) {
            Some(paragraphs) => {
                page.heading(&format!("help {subject}"));
                for paragraph in paragraphs {
                    let text = filled(desk, seat, paragraph);
                    match (text.strip_prefix("· "), text.strip_prefix("Example: ")) {
                        (Some(item), _) => page.bullet(item),
                        (_, Some(example)) => {
                            page.paragraph("Example:");
                            page.example(example);
                        }
                        _ => page.paragraph(&text),
                    }
                }
                return desk.show(&page);
            }
            None => {
                return desk.say(&format!(
                    "There is no help on \"{}\"; help alone lists the commands.",
                    subject.chars().take(24).collect::<String>()
                ));
            }
        }
    }
    let view = desk.view(seat);
    let lab = matches!(view.role, Role::Lab(_));
    page.heading("What you can do now");
    for (name, text) in help::for_step(view.step, lab) {
        page.entry(name, 22, &filled(desk, seat, text));
    }
    page.blank();
    page.paragraph("At any time:");
    for (name, text) in help::ANY_TIME {
        page.entry(name, 22, text);
    }
    desk.show(&page)
}

/// Help with names one can type in this game: somebody to talk to, and rivals.
fn filled(desk: &Desk, seat: SeatId, text: &str) -> String {
    let view = desk.view(seat);
    let who = view.tables.first().map_or_else(String::new, |table| desk.words.handle(table.with));
    let rivals: Vec<String> = (0..view.giants() as u8)
        .map(SeatId)
        .filter(|&giant| giant != seat)
        .take(2)
        .map(|giant| desk.words.handle(giant))
        .collect();
    text.replace("{who}", &who).replace("{rivals}", &rivals.join(","))
}

/// Help on a subject, by its name or by any name of the command.
fn about(subject: &str, lab: bool) -> Option<&'static [&'static str]> {
    help::about(subject, lab).or_else(|| match read(subject) {
        Line::Command(verb, _) => help::about(super::command::name_of(verb), lab),
        _ => None,
    })
}
