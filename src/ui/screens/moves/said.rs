//! What is said: claims to the other side of a table, rumours, and looking into either.

use bevy_egui::egui::Ui;

use crate::host::words::numbers::{self, count};
use crate::host::words::{hearsay, possessive};
use crate::ids::{FirmId, LabId, Role, SeatId};
use crate::sim::decision::Decision;
use crate::sim::information::{Matter, Rumour, Standing, rules};
use crate::sim::view::SeatView;
use crate::ui::screens::Scene;
use crate::ui::screens::form::{about, act, acts, seat, sum};
use crate::ui::tokens::Type;
use crate::ui::widgets::{Chip, House};
use crate::units::Money;

pub(super) fn show(ui: &mut Ui, scene: &mut Scene) -> bool {
    heard(ui, scene);
    diligence(ui, scene);
    claim(ui, scene);
    plant(ui, scene);
    false
}

/// What has been heard lately, and how far it is to be believed.
fn heard(ui: &mut Ui, scene: &Scene) {
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    about(ui, "Heard", "Claims made to you, rumours about, and your own.");
    if desk.view.hearsay.is_empty() {
        ui.say(Type::Note, tokens.ink_note, "No claims, no rumours.");
    }
    for said in desk.view.hearsay.iter().rev().take(6) {
        let text = match (said.by, said.to) {
            (Some(by), Some(_)) => hearsay::claim(&desk.words, by, &said.story),
            _ => hearsay::story(&desk.words, &said.story),
        };
        let word = format!("{:.0}% believed", 100.0 * said.belief);
        let (rect, _) = ui.allocate_exact_size(
            bevy_egui::egui::vec2(ui.available_width(), 28.0),
            bevy_egui::egui::Sense::hover(),
        );
        let chip = crate::ui::widgets::chip(
            ui,
            rect.right_center(),
            bevy_egui::egui::Align2::RIGHT_CENTER,
            Chip::Rumour,
            &word,
        );
        let line = format!("{text} ({}).", hearsay::standing(said));
        let galley =
            ui.clamped(Type::Interface, tokens.ink, &line, chip.left() - rect.left() - 12.0, 1);
        let at = bevy_egui::egui::pos2(rect.left(), rect.center().y - 0.5 * galley.size().y);
        ui.lay(at, galley);
    }
}

/// Due diligence: a lab's books, or a claim made to one.
fn diligence(ui: &mut Ui, scene: &mut Scene) {
    let text = format!(
        "A lab's books: ranges half as wide for {}, exact after a second look. A claim: a chance of {:.0}% to learn whether it is true. A point of attention each; nobody else is told.",
        count(rules::DILIGENCE_LASTS, "quarter"),
        100.0 * rules::DILIGENCE_FINDS
    );
    about(ui, "Due diligence", &text);
    let view = &scene.desk.view;
    let own = match view.role {
        Role::Lab(lab) => Some(lab),
        Role::Giant(_) => None,
    };
    let labs: Vec<LabId> =
        (0..view.labs.len() as u8).map(LabId).filter(|lab| Some(*lab) != own).collect();
    let claims: Vec<SeatId> = view
        .hearsay
        .iter()
        .filter(|said| said.to == Some(view.seat) && said.standing == Standing::Unproven)
        .filter_map(|said| said.by)
        .collect();
    let words = &scene.desk.words;
    let books = labs.into_iter().map(|lab| {
        let label = format!("Look into {} books", possessive(words.lab(lab)));
        (label, Decision::Investigate { subject: Matter::Lab(lab) })
    });
    let claims = claims.into_iter().map(|by| {
        let label = format!("Look into what {} claims", words.seat(by));
        (label, Decision::Investigate { subject: Matter::Claim { by } })
    });
    let moves: Vec<(String, Decision)> = books.chain(claims).collect();
    acts(ui, scene, &moves, "investigate");
}

/// Sums for a story, with what is usual to begin with.
fn sums(
    ui: &mut Ui,
    scene: &Scene,
    lab: Option<LabId>,
    named: &mut Option<(Money, Money)>,
) -> (Money, Money) {
    let worth = lab.map_or(100.0, |lab| scene.desk.view.published.labs[lab.index()].fundamental_bn);
    let usual = (Money::from_bn((0.1 * worth).round().max(1.0)), Money::from_bn(worth.round()));
    let (mut amount, mut price) = named.unwrap_or(usual);
    let turned = sum(ui, "Money", (0.5 * worth).max(1.0), &mut amount)
        | sum(ui, "Pre-money value", (2.5 * worth).max(1.0), &mut price);
    if turned {
        *named = Some((amount, price));
    }
    (amount, price)
}

/// How one's word stands.
fn own_record(view: &SeatView) -> String {
    let record = view.records[view.seat.index()];
    let believed = format!("it is believed at {:.0}%", 100.0 * rules::credit(record));
    let (borne_out, exposed) = (u32::from(record.verified), u32::from(record.exposed));
    if borne_out + exposed > 0 {
        return format!(
            "Your word has been borne out {} and exposed {}; {believed} where it is plausible.",
            count(borne_out, "time"),
            count(exposed, "time")
        );
    }
    let claimed = view.hearsay.iter().any(|said| said.by == Some(view.seat) && said.to.is_some());
    let so_far = match claimed {
        true => "None of your claims has been judged yet",
        false => "You have made no claims yet",
    };
    format!("{so_far}. Your word counts: {believed} where it is plausible.")
}

/// A claim to the other side of a table about a bid of one of its rivals.
fn claim(ui: &mut Ui, scene: &mut Scene) {
    let view = &scene.desk.view;
    let price = match view.role {
        Role::Giant(_) => format!("{:.0} points of trust", -100.0 * rules::TRUST_LIED),
        Role::Lab(_) => format!("{} of patience", count(rules::PATIENCE_LIED, "point")),
    };
    let text = format!(
        "Tell one of them what a rival of theirs has named on your other table, truly or not. {} A lie found out is public and costs {price}.",
        own_record(view)
    );
    about(ui, "Claim a rival bid", &text);
    let seats: Vec<SeatId> = view.tables.iter().map(|table| table.with).collect();
    let mut to = scene.state.moves.to.or(scene.state.table);
    seat(ui, scene, "Tell", &seats, &mut to);
    scene.state.moves.to = to;
    let Some(to) = to else { return };
    let rivals: Vec<SeatId> = seats.into_iter().filter(|seat| *seat != to).collect();
    if rivals.is_empty() {
        ui.say(Type::Note, ui.tokens().ink_note, "There is no other table to speak of.");
        return;
    }
    let mut rival = scene.state.moves.rival;
    seat(ui, scene, "A bid by", &rivals, &mut rival);
    scene.state.moves.rival = rival;
    let Some(rival) = rival else { return };
    let lab = scene.desk.view.table_with(to).map(|table| table.lab);
    let mut named = scene.state.moves.sums;
    let (amount, pre_money) = sums(ui, scene, lab, &mut named);
    scene.state.moves.sums = named;
    let label = format!("Claim it to {}", scene.desk.words.seat(to));
    act(ui, scene, &label, Decision::Claim { to, rival, amount, pre_money }, "claim");
}

/// A rumour, whose author nobody sees.
fn plant(ui: &mut Ui, scene: &mut Scene) {
    let text = format!(
        "A point of attention. Nobody sees who said it; a plausible rumour is believed at {:.0}%. A false one is traced to you with a chance of {:.0}% a quarter, and costs you trust or patience with everybody.",
        100.0 * rules::UNNAMED,
        100.0 * rules::PLANT_TRACED
    );
    about(ui, "Spread a rumour", &text);
    let view = &scene.desk.view;
    let (me, giants) = (view.seat, view.giants());
    let firms: Vec<SeatId> =
        (0..giants as u8).map(|place| FirmId(place).seat()).filter(|seat| *seat != me).collect();
    let labs: Vec<SeatId> = (0..view.labs.len() as u8)
        .map(|place| LabId(place).seat(giants))
        .filter(|seat| *seat != me)
        .collect();
    let mut rivals = match view.role {
        Role::Giant(_) => firms.clone(),
        Role::Lab(_) => labs.clone(),
    };
    let all_labs = if labs.is_empty() { vec![me] } else { labs };
    let (mut giant, mut lab) = (scene.state.moves.giant, scene.state.moves.lab);
    seat(ui, scene, "Talks of", &firms, &mut giant);
    seat(ui, scene, "with", &all_labs, &mut lab);
    (scene.state.moves.giant, scene.state.moves.lab) = (giant, lab);
    if let (Some(giant), Some(lab)) = (giant, lab)
        && let (Role::Giant(giant), Role::Lab(lab)) = (giant.role(giants), lab.role(giants))
    {
        let mut named = scene.state.moves.rumoured;
        let (amount, pre_money) =
            ui.push_id("rumour", |ui| sums(ui, scene, Some(lab), &mut named)).inner;
        scene.state.moves.rumoured = named;
        let label =
            format!("Spread talks of {} at {}", numbers::money(amount), numbers::money(pre_money));
        let rumour = Rumour::Talks { giant, lab, amount, pre_money };
        act(ui, scene, &label, Decision::Plant { rumour }, "plant");
    }
    rivals.retain(|seat| *seat != me);
    if rivals.is_empty() {
        return;
    }
    let mut of = scene.state.moves.trouble;
    seat(ui, scene, "Trouble at", &rivals, &mut of);
    scene.state.moves.trouble = of;
    if let Some(of) = of {
        let label = format!("Speak of trouble at {}", scene.desk.words.seat(of));
        act(ui, scene, &label, Decision::Plant { rumour: Rumour::Trouble { of } }, "plant");
    }
}
