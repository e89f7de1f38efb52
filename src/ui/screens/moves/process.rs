//! How the labs hold their talks: for a lab to say, for a giant to pay.

use bevy_egui::egui::Ui;

use crate::host::moves::drafted_process;
use crate::host::words::{numbers, process};
use crate::ids::{FirmId, LabId, Role, SeatId};
use crate::sim::decision::Decision;
use crate::sim::process::{Convening, Procedure, REFUSABLE, Refused, Template};
use crate::sim::setting::Step;
use crate::ui::screens::Scene;
use crate::ui::screens::form::{about, act, lines, pick, seat, sum};
use crate::ui::tokens::Type;
use crate::ui::widgets::House;
use crate::units::Money;

pub(super) fn show(ui: &mut Ui, scene: &mut Scene) -> bool {
    about(ui, "How the labs hold their talks", "Everybody knows it.");
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    for (place, standing) in desk.view.processes.iter().enumerate() {
        let text = process::standing(&desk.words, LabId(place as u8), standing);
        lines(ui, Type::Interface, tokens.ink, &text);
    }
    match desk.view.role {
        Role::Lab(lab) => own(ui, scene, lab),
        Role::Giant(firm) => alone(ui, scene, firm),
    }
    false
}

/// Talks of one's own, where a lab has offered them.
fn alone(ui: &mut Ui, scene: &mut Scene, me: FirmId) {
    let offers: Vec<(LabId, Money)> = scene
        .desk
        .view
        .processes
        .iter()
        .enumerate()
        .filter_map(|(place, standing)| match standing.process.procedure {
            Procedure::NoShop { with, fee } if with == me && !standing.process.paid => {
                Some((LabId(place as u8), fee))
            }
            _ => None,
        })
        .collect();
    about(
        ui,
        "Talks of one's own",
        "A lab may offer to talk with you alone for a fee; paid, it shuts the others out for the quarter.",
    );
    if offers.is_empty() {
        ui.say(Type::Note, ui.tokens().ink_note, "No lab has offered you that this quarter.");
    }
    for (lab, fee) in offers {
        let name = scene.desk.words.lab(lab);
        let label = format!("Pay {name} {} for talks alone", numbers::money(fee));
        let of = scene.desk.view.lab_seat(lab);
        act(ui, scene, &label, Decision::BuyNoShop { of }, "alone");
    }
}

/// A lab's own process and template.
fn own(ui: &mut Ui, scene: &mut Scene, lab: LabId) {
    let next = scene.desk.view.step == Step::Plan;
    about(
        ui,
        if next { "Next quarter's talks" } else { "This quarter's talks" },
        "Private: offers are seen and answered as they come. Competition: sealed best offers, opened in the last answers. Alone: with one giant, if it pays the fee.",
    );
    let now = drafted_process(&scene.desk.view);
    let decide = |procedure| Decision::Convene(Convening { procedure, ..now });
    let held = process::procedure(&scene.desk.words, now.procedure);
    let ink = ui.tokens().ink;
    lines(ui, Type::Interface, ink, &format!("As it stands: {held}."));
    act(ui, scene, "Hold private talks", decide(Procedure::Private), "process private");
    act(ui, scene, "Hold a competition", decide(Procedure::Competitive), "process competition");
    let giants: Vec<SeatId> =
        (0..scene.desk.view.giants() as u8).map(|place| FirmId(place).seat()).collect();
    let mut with = scene.state.moves.alone;
    seat(ui, scene, "Alone with", &giants, &mut with);
    scene.state.moves.alone = with;
    let mut fee = scene.state.moves.fee.unwrap_or(Money::from_bn(0.3));
    if sum(ui, "Fee", 5.0, &mut fee) {
        scene.state.moves.fee = Some(fee);
    }
    if let Some(Role::Giant(with)) = with.map(|seat| seat.role(giants.len())) {
        let name = scene.desk.words.firm(with);
        let label = format!("Offer {name} talks alone for {}", numbers::money(fee));
        act(ui, scene, &label, decide(Procedure::NoShop { with, fee }), "process alone");
    }
    template(ui, scene, lab, now);
}

/// The template: what is asked for, and what is refused.
fn template(ui: &mut Ui, scene: &mut Scene, lab: LabId, now: Convening) {
    about(
        ui,
        "The template",
        "What you ask for, for all giants to see. What it refuses is off every table while it stands.",
    );
    let worth = scene.desk.view.published.labs[lab.index()].fundamental_bn;
    let usual = Template {
        amount: Money::from_bn((0.1 * worth).round().max(1.0)),
        pre_money: Money::from_bn(worth.round()),
        refuses: Refused::NONE,
    };
    let mut draft = scene.state.template.or(now.template).unwrap_or(usual);
    let before = draft;
    sum(ui, "Asks", (0.5 * worth).max(1.0), &mut draft.amount);
    sum(ui, "At", (2.5 * worth).max(1.0), &mut draft.pre_money);
    let names: Vec<&str> = REFUSABLE.iter().map(|clause| process::refused(*clause)).collect();
    let refuses = draft.refuses;
    if let Some(place) = pick(ui, "Refuses", &names, |place| refuses.contains(REFUSABLE[place])) {
        let turned = REFUSABLE[place];
        let keeps = |clause: crate::sim::deal::Clause| match clause == turned {
            true => !refuses.contains(clause),
            false => refuses.contains(clause),
        };
        let kept = REFUSABLE.into_iter().filter(|clause| keeps(*clause));
        draft.refuses = kept.fold(Refused::NONE, Refused::with);
    }
    if draft != before {
        scene.state.template = Some(draft);
    }
    let published = Decision::Convene(Convening { template: Some(draft), ..now });
    act(ui, scene, "Publish this template", published, "template");
    if now.template.is_some() {
        let without = Decision::Convene(Convening { template: None, ..now });
        act(ui, scene, "Take the template back", without, "template none");
    }
}
