//! How a lab holds its talks: choosing it, publishing a template, paying for talks of one's own.

use std::io;

use crate::host::moves::drafted_process;
use crate::host::words::process;
use crate::ids::{LabId, Role, SeatId};
use crate::sim::deal::Clause;
use crate::sim::decision::Decision;
use crate::sim::process::{Convening, Procedure, Refused, Template};
use crate::sim::setting::Step;
use crate::sim::view::SeatView;
use crate::units::Money;

use super::desk::Desk;
use super::page::Page;

/// What this seat should know of processes when talks open: a lab its own, a giant all that are not
/// plain private talks.
pub(super) fn notes(desk: &Desk, view: &SeatView, page: &mut Page) {
    let own = match view.role {
        Role::Lab(lab) => Some(lab),
        Role::Giant(_) => None,
    };
    for (place, standing) in view.processes.iter().enumerate() {
        let lab = LabId(place as u8);
        let process = &standing.process;
        let plain = process.procedure == Procedure::Private && process.template.is_none();
        if own.map_or(!plain, |own| own == lab) {
            page.paragraph(&process::standing(&desk.words, lab, standing));
        }
        match process.procedure {
            Procedure::NoShop { with, .. } if with.seat() == view.seat && !process.paid => {
                let handle = desk.words.handle(view.lab_seat(lab));
                page.paragraph(&format!("alone {handle} pays it and shuts the others out."));
            }
            _ => {}
        }
    }
}

/// Whether a lab holds a competition whose bids are sealed yet: it has nothing to say.
pub(super) fn waits_for_bids(view: &SeatView) -> bool {
    matches!(view.role, Role::Lab(lab)
        if view.processes[lab.index()].process.sealed(view.step, view.level.talk_rounds))
}

/// `process`, and `process private|competition|alone WHO FEE`.
pub(super) fn process(desk: &mut Desk, seat: SeatId, args: &[String]) -> io::Result<()> {
    let view = desk.view(seat);
    let Role::Lab(_) = view.role else { return show(desk, &view) };
    let Some(word) = args.first() else { return show(desk, &view) };
    let procedure = match word.as_str() {
        "private" => Procedure::Private,
        "template" => return template(desk, seat, &args[1..]),
        word if word.starts_with("compet") || word == "sealed" => Procedure::Competitive,
        "alone" | "no-shop" | "noshop" => match talks_alone(desk, &args[1..]) {
            Ok(procedure) => procedure,
            Err(sentence) => return desk.say(&sentence),
        },
        _ => {
            return desk.say(
                "process private, process competition, or process alone WHO FEE, such as process alone microsoft 0.3; template 8 at 120 says what you ask for.",
            );
        }
    };
    let drafted = drafted_process(&view);
    if desk.decide(seat, Decision::Convene(Convening { procedure, ..drafted }))? {
        let held = process::procedure(&desk.words, procedure);
        desk.say(&format!("{} {held}.", whose(&view)))?;
    }
    Ok(())
}

fn whose(view: &SeatView) -> &'static str {
    match view.step {
        Step::Plan => "Next quarter's talks:",
        _ => "This quarter's talks, on done:",
    }
}

fn talks_alone(desk: &Desk, args: &[String]) -> Result<Procedure, String> {
    let example = "such as process alone microsoft 0.3 (the fee in $bn).";
    let [who, fee] = args else { return Err(format!("With whom, and for what fee? {example}")) };
    let Some(seat) = desk.words.seat_called(who) else {
        return Err(format!("Nobody here is called \"{who}\"; {example}"));
    };
    let Role::Giant(with) = seat.role(desk.words.level().giants.len()) else {
        return Err("Talks are held with a giant.".to_owned());
    };
    match fee.trim_start_matches('$').parse::<f64>() {
        Ok(fee) if fee.is_finite() && fee.abs() < 1e4 => {
            Ok(Procedure::NoShop { with, fee: Money::from_bn(fee) })
        }
        _ => Err(format!("The fee is a number, {example}")),
    }
}

fn show(desk: &mut Desk, view: &SeatView) -> io::Result<()> {
    let mut page = desk.page();
    page.heading("How the labs hold their talks");
    for (place, standing) in view.processes.iter().enumerate() {
        page.bullet(&process::standing(&desk.words, LabId(place as u8), standing));
    }
    if let Role::Lab(_) = view.role {
        let next = process::procedure(&desk.words, drafted_process(view).procedure);
        page.paragraph(&format!("{} {next}.", whose(view)));
        page.note(
            "It is changed in the first offers, for this quarter, or in the plan, for the next.",
        );
        page.typing("help process says how.");
    }
    desk.show(&page)
}

/// `template 8 at 120 no board no exclusivity`, `template none`.
pub(super) fn template(desk: &mut Desk, seat: SeatId, args: &[String]) -> io::Result<()> {
    let view = desk.view(seat);
    if args.is_empty() {
        return show(desk, &view);
    }
    let drafted = drafted_process(&view);
    let template = match args {
        [word] if word == "none" => None,
        words => match read_template(words) {
            Ok(template) => Some(template),
            Err(sentence) => return desk.say(&sentence),
        },
    };
    if desk.decide(seat, Decision::Convene(Convening { template, ..drafted }))? {
        let text = match &template {
            Some(own) => format!("Your template: {}.", process::template(own)),
            None => "You publish no template.".to_owned(),
        };
        desk.say(&format!("{} {text}", whose(&view)))?;
    }
    Ok(())
}

fn read_template(words: &[String]) -> Result<Template, String> {
    let example = "such as template 8 at 120 no board no exclusivity.";
    let sum = |word: Option<&String>| {
        let bare = word.map(|word| word.trim_start_matches('$').trim_end_matches("bn"));
        let value = bare.and_then(|bare| bare.parse::<f64>().ok());
        value.filter(|value| value.is_finite() && value.abs() < 1e5)
    };
    let (Some(amount), Some("at"), Some(price)) =
        (sum(words.first()), words.get(1).map(String::as_str), sum(words.get(2)))
    else {
        return Err(format!("A template names a sum and a price in $bn, {example}"));
    };
    let mut refuses = Refused::NONE;
    for word in words[3..].iter().filter(|word| *word != "no" && *word != "and") {
        let clause = match word.trim_end_matches(',') {
            "board" | "directors" | "director" => Clause::Board,
            "exclusivity" => Clause::Exclusivity,
            "exclusive" | "access" => Clause::Access,
            "bar" | "barred" | "bars" => Clause::Barred,
            "tranche" | "tranches" => Clause::Tranche,
            other => {
                return Err(format!(
                    "A template can refuse board, exclusivity, exclusive (access), bar and tranche, and not \"{other}\": {example}"
                ));
            }
        };
        refuses = refuses.with(clause);
    }
    Ok(Template { amount: Money::from_bn(amount), pre_money: Money::from_bn(price), refuses })
}

/// `alone WHO`: a giant pays for talks of its own.
pub(super) fn alone(desk: &mut Desk, seat: SeatId, args: &[String]) -> io::Result<()> {
    let view = desk.view(seat);
    if let Role::Lab(_) = view.role {
        return desk.say("A lab offers talks alone with process alone WHO FEE; the giant pays.");
    }
    let offering = view.processes.iter().position(|standing| {
        matches!(standing.process.procedure, Procedure::NoShop { with, .. } if with.seat() == seat)
    });
    let named = args.first().and_then(|word| desk.words.seat_called(word));
    let of = named.or_else(|| Some(view.lab_seat(LabId(offering? as u8))));
    let Some(of) = of else {
        return desk.say("No lab has offered you talks of your own this quarter.");
    };
    if desk.decide(seat, Decision::BuyNoShop { of })? {
        let who = desk.words.seat(of).to_owned();
        desk.say(&format!(
            "You pay {who} for talks of your own, on done; nobody else talks with it this quarter."
        ))?;
    }
    Ok(())
}
