//! Deals in force: waivers of what stands in the way, new terms in their place, clauses given up, terms
//! ended or withheld.

use bevy_egui::egui::Ui;

use crate::host::advice::Advisor;
use crate::host::moves::{
    WaiverMatter, cost_of_ending, effect_of_loosening, is_side, renegotiated, subject_to_waiver,
    waiver_answerable, waiver_estimate, waiver_matters,
};
use crate::host::words::{clauses, facts, markets, numbers, refusals};
use crate::ids::{FirmId, Role, SeatId};
use crate::sim::deal::{Deal, LOOSENABLE, TermSheet};
use crate::sim::decision::{Decision, WaiverMove};
use crate::sim::negotiation::WaiverSide;
use crate::sim::setting::Step;
use crate::ui::screens::form::{about, act, lines, sum};
use crate::ui::screens::{Scene, table};
use crate::ui::state::Screen;
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Press};
use crate::units::Money;

pub(super) fn show(ui: &mut Ui, scene: &mut Scene) -> bool {
    if waivers(ui, scene) | new_terms(ui, scene) {
        return true;
    }
    in_force(ui, scene);
    false
}

/// Covenants in the way, and talks over them; true once the draft has been changed.
fn waivers(ui: &mut Ui, scene: &mut Scene) -> bool {
    let Role::Giant(me) = scene.desk.view.role else { return false };
    let others = (0..scene.desk.view.giants() as u8).map(FirmId).filter(|other| *other != me);
    let matters: Vec<(FirmId, WaiverMatter)> = others
        .flat_map(|other| {
            let found = waiver_matters(&scene.desk.view, me, other);
            found.into_iter().map(move |matter| (other, matter))
        })
        .collect();
    about(
        ui,
        "Waivers",
        "What a rival's deal forbids can be waived for a fee. Put terms on the table subject to the waiver, and name the fee to its holder.",
    );
    if matters.is_empty() {
        let text =
            "No rival's deal in force can stand in your way, and nobody asks you to waive one.";
        ui.say(Type::Note, ui.tokens().ink_note, text);
        return false;
    }
    let mut changed = false;
    for (other, matter) in matters {
        let id = (matter.deal.0, matter.buyer.0);
        changed |= ui.push_id(id, |ui| one_waiver(ui, scene, me, other, matter)).inner;
    }
    changed
}

fn one_waiver(
    ui: &mut Ui,
    scene: &mut Scene,
    me: FirmId,
    other: FirmId,
    matter: WaiverMatter,
) -> bool {
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    let view = &desk.view;
    let name = facts::deal_name(&desk.words, &view.deals, matter.deal);
    let who = desk.words.firm(other).to_owned();
    let talk = matter.talk(view).cloned();
    let buying = matter.buyer == me;
    ui.add_space(6.0);
    if buying && talk.is_none() && !runs_against(scene, &matter) {
        // Nothing to pay for: a line, and no fee to name.
        let name = refusals::upper_first(&name);
        let text = format!("{name}: your draft there does not run against it.");
        lines(ui, Type::Interface, tokens.ink_soft, &text);
        return false;
    }
    let desk = &*scene.desk;
    let view = &desk.view;
    ui.say(Type::RowStrong, tokens.ink, &refusals::upper_first(&name));
    if let Some(talk) = &talk {
        let fee = |side| talk.fee(side).map_or_else(|| "nothing yet".to_owned(), numbers::money);
        let text = format!(
            "{} offers {}, {} asks {}. {}{}",
            desk.words.firm(talk.buyer),
            fee(WaiverSide::Buyer),
            desk.words.firm(talk.holder),
            fee(WaiverSide::Holder),
            waiver_estimate(view, talk),
            if talk.over { "The talks are over for the quarter." } else { "" }
        );
        lines(ui, Type::Interface, tokens.ink_soft, &text);
    }
    let mut changed = false;
    if buying && talk.is_none() {
        changed = make_subject(ui, scene, &matter);
    }
    if talk.as_ref().is_some_and(|talk| talk.over) {
        return changed;
    }
    let decide = |mv| Decision::Waiver { deal: matter.deal, buyer: matter.buyer, mv };
    let answers = matches!(scene.desk.view.step, Step::Answers(_));
    if !answers {
        let mut fee = scene.state.moves.fee.unwrap_or(Money::from_bn(1.0));
        if sum(ui, "Fee", 10.0, &mut fee) {
            scene.state.moves.fee = Some(fee);
        }
        let label = match buying {
            true => format!("Offer {who} {} for it", numbers::money(fee)),
            false => format!("Ask {who} for {}", numbers::money(fee)),
        };
        act(ui, scene, &label, decide(WaiverMove::Name(fee)), "waiver");
    }
    if let Some(talk) = talk {
        let view = &scene.desk.view;
        if waiver_answerable(view, &talk) {
            let theirs = if buying { WaiverSide::Holder } else { WaiverSide::Buyer };
            let fee = talk.fee(theirs).map_or_else(String::new, numbers::money);
            let label = format!("Take the fee of {fee} with {who}");
            act(ui, scene, &label, decide(WaiverMove::Accept), "waiver");
        }
        let label = format!("Refuse {who} the waiver");
        act(ui, scene, &label, decide(WaiverMove::Refuse), "waiver");
    }
    changed
}

/// The draft with the covenant's lab as it would be, subject to the waiver; none where it does not run
/// against the covenant.
fn subject_draft(scene: &mut Scene, matter: &WaiverMatter) -> Option<(SeatId, TermSheet)> {
    let with = matter.lab_seat(&scene.desk.view)?;
    table::ensure_draft(scene, with);
    let sheet = table::draft(scene, with);
    let view = &scene.desk.view;
    let subject = view.table_with(with).and_then(|it| subject_to_waiver(view, it, sheet));
    let subject = subject.filter(|subject| subject.subject_to == Some(matter.deal))?;
    Some((with, subject))
}

fn runs_against(scene: &mut Scene, matter: &WaiverMatter) -> bool {
    subject_draft(scene, matter).is_some()
}

/// The draft with the covenant's lab, made subject to the waiver.
fn make_subject(ui: &mut Ui, scene: &mut Scene, matter: &WaiverMatter) -> bool {
    let Some((with, subject)) = subject_draft(scene, matter) else { return false };
    let sheet = table::draft(scene, with);
    let who = scene.desk.words.seat(with).to_owned();
    let label = format!("Make the draft with {who} subject to it");
    let off = (sheet == subject).then(|| "It is so already.".to_owned());
    if !Press::new(&label).height(34.0).off(off).show(ui).clicked() {
        return false;
    }
    table::change(scene, with, subject);
    scene.state.table = Some(with);
    scene.go(Screen::Table);
    true
}

/// New terms in place of those in force, as a draft.
fn new_terms(ui: &mut Ui, scene: &mut Scene) -> bool {
    if !matches!(scene.desk.view.step, Step::Offers(_)) {
        return false;
    }
    let view = &scene.desk.view;
    let found: Vec<_> = view
        .tables
        .iter()
        .filter_map(|it| Some((it.with, renegotiated(&Advisor::new(view, it.with)?)?)))
        .collect();
    if found.is_empty() {
        return false;
    }
    about(
        ui,
        "New terms",
        "Terms in force come back to the table as a draft: change what is to change. The old ones stand until the new are signed.",
    );
    for (with, sheet) in found {
        let label = format!("Renegotiate with {}", scene.desk.words.seat(with));
        if Press::new(&label).height(34.0).show(ui).clicked() {
            table::ensure_draft(scene, with);
            table::change(scene, with, sheet);
            scene.state.table = Some(with);
            scene.go(Screen::Table);
            return true;
        }
        ui.add_space(4.0);
    }
    false
}

/// One's own deals: how to end them, and what could be given up.
fn in_force(ui: &mut Ui, scene: &mut Scene) {
    let tokens = ui.tokens();
    let view = &scene.desk.view;
    let now = view.quarter;
    let deals: Vec<Deal> = view
        .deals
        .iter()
        .filter(|deal| is_side(view, deal) && deal.in_force(now))
        .copied()
        .collect();
    about(
        ui,
        "Yours in force",
        "Terms can be ended early, compute withheld and clauses given up in the plan; shares stay.",
    );
    if deals.is_empty() {
        ui.say(Type::Note, tokens.ink_note, "You have signed nothing that binds.");
    }
    let plan = scene.desk.view.step == Step::Plan;
    for deal in deals {
        ui.push_id(deal.id.0, |ui| one_deal(ui, scene, &deal, plan));
    }
}

fn one_deal(ui: &mut Ui, scene: &mut Scene, deal: &Deal, plan: bool) {
    let tokens = ui.tokens();
    let now = scene.desk.view.quarter;
    let desk = &*scene.desk;
    let name = facts::deal_name(&desk.words, &desk.view.deals, deal.id);
    let terms = clauses::sheet(&desk.words, &desk.view.deals, &deal.sheet);
    let cost = cost_of_ending(&desk.words, &desk.view, deal);
    ui.add_space(6.0);
    ui.say(Type::RowStrong, tokens.ink, &refusals::upper_first(&name));
    let held = desk.view.published.labs[deal.lab.index()].stakes[deal.giant.index()];
    let now_held = match deal.sheet.amount().is_positive() {
        true => format!(", now {} in all", numbers::share(held)),
        false => String::new(),
    };
    let text = format!("{terms}{now_held}. {cost}");
    lines(ui, Type::Interface, tokens.ink_soft, &text);
    if !plan {
        return;
    }
    let decision = Decision::Terminate { deal: deal.id };
    act(ui, scene, &format!("End the terms of {name}"), decision, "terminate");
    if let Role::Lab(_) = scene.desk.view.role
        && deal.sheet.commitment_mw > 0
    {
        let decision = Decision::Withhold { deal: deal.id };
        act(ui, scene, &format!("Withhold compute under {name}"), decision, "withhold");
    }
    if let Role::Giant(firm) = scene.desk.view.role {
        for clause in LOOSENABLE.into_iter().filter(|clause| deal.can_loosen(*clause, now)) {
            let effect = effect_of_loosening(&scene.desk.view, firm, deal, clause);
            let label = format!("Give up {}", markets::given_up(clause));
            let decision = Decision::Loosen { deal: deal.id, clause };
            act(ui, scene, &label, decision, "loosen");
            lines(ui, Type::Note, tokens.ink_note, &effect);
        }
    }
}
