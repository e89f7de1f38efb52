//! Changing a clause of the draft by its editor.

use super::draft::{change, draft};
use super::rows::row_id;
use super::steps::{ACCESS, BOARDS, CONDITIONS, EXCLUSIVITY, INSTRUMENTS, consistent};
use super::words::long_name;
use crate::host::words::{labels, numbers};
use crate::ids::SeatId;
use crate::sim::deal::{
    AccessTier, Clause, Exclusivity, Instrument, LONGEST_EXCLUSIVITY, LONGEST_TERM,
    MAX_REVENUE_SHARE_PCT, PROFIT_CAPS, TermSheet,
};
use crate::sim::decision::Decision;
use crate::ui::focus;
use crate::ui::screens::Scene;
use crate::ui::screens::form::{choice, number, step_of, sum};
use crate::ui::tokens::Type;
use crate::ui::widgets::{House, Press, choice_chip};
use crate::units::Money;
use bevy_egui::egui::{
    Align2, Area, Frame, Id, Margin, Order, Rect, Sense, Stroke, Ui, pos2, vec2,
};

/// The editor under a row.
pub fn editor(ui: &mut Ui, scene: &mut Scene, with: SeatId, clause: Clause, row: Rect) {
    let tokens = ui.tokens();
    let window = ui.ctx().content_rect();
    let below = row.bottom() + 8.0;
    let height = height_of(clause);
    let top =
        if below + height > window.bottom() - 70.0 { row.top() - height - 10.0 } else { below };
    let at = pos2(row.left() + 0.14 * row.width(), top.max(60.0));
    let mut sheet = draft(scene, with);
    let before = sheet;
    let area = Area::new(Id::new(("editor", with.0, long_name(clause))))
        .order(Order::Foreground)
        .fixed_pos(at)
        .show(ui.ctx(), |ui| {
            Frame::new()
                .fill(tokens.sheet)
                .stroke(Stroke::new(1.5, tokens.pen))
                .corner_radius(4)
                .shadow(bevy_egui::egui::Shadow {
                    offset: [3, 4],
                    blur: 0,
                    spread: 0,
                    color: tokens.shadow,
                })
                .inner_margin(Margin::symmetric(18, 14))
                .show(ui, |ui| {
                    ui.set_width(470.0);
                    ui.spacing_mut().item_spacing = vec2(0.0, 6.0);
                    controls(ui, scene, with, clause, &mut sheet);
                    consequence(ui, scene, with, &sheet);
                    Press::new("Done").height(32.0).show(ui).clicked()
                })
                .inner
        });
    focus::stands_open(ui.ctx(), area.response.layer_id, row_id(with, clause));
    let sheet = consistent(sheet);
    if sheet != before {
        change(scene, with, sheet);
    }
    let outside = ui.input(|input| {
        let clicked = input.pointer.any_pressed();
        clicked
            && input
                .pointer
                .interact_pos()
                .is_some_and(|at| !area.response.rect.contains(at) && !row.contains(at))
    });
    if area.inner || (outside && !bevy_egui::egui::Popup::is_any_open(ui.ctx())) {
        scene.state.clause = None;
    }
}

fn height_of(clause: Clause) -> f32 {
    match clause {
        Clause::Amount | Clause::Exclusivity | Clause::Access | Clause::Commitment => 270.0,
        Clause::Tranche | Clause::Instrument | Clause::OwnChips | Clause::RevenueShare => 260.0,
        _ => 190.0,
    }
}

fn quarters(ui: &mut Ui, name: &str, most: u8, value: &mut u8) {
    let mut number_of = f64::from(*value);
    let write = |value: f64| numbers::count(value as u32, "quarter");
    if number(ui, name, (1.0, f64::from(most)), 1.0, &mut number_of, &write) {
        *value = number_of as u8;
    }
}

fn place<T: PartialEq>(list: &[T], now: &T) -> usize {
    list.iter().position(|each| each == now).unwrap_or(0)
}

fn controls(ui: &mut Ui, scene: &Scene, with: SeatId, clause: Clause, sheet: &mut TermSheet) {
    let view = &scene.desk.view;
    let Some(table) = view.table_with(with) else { return };
    let giant = &view.published.giants[table.giant.index()];
    let worth = view.published.labs[table.lab.index()].fundamental_bn;
    match clause {
        Clause::Amount => {
            let most = (0.6 * worth).min(giant.cash_bn).max(1.0);
            sum(ui, "Cash", most, &mut sheet.cash);
            if giant.has_cloud {
                sum(ui, "Compute credits", (0.3 * worth).max(1.0), &mut sheet.credits);
            }
        }
        Clause::PreMoney => {
            let mut billions = sheet.pre_money.bn();
            let range = ((0.3 * worth).floor(), (2.5 * worth).ceil());
            let step = step_of(worth / 5.0).min(1.0);
            if number(ui, "Before the money", range, step, &mut billions, &|value| {
                numbers::bn(value)
            }) {
                sheet.pre_money = Money::from_bn(billions);
            }
        }
        Clause::Instrument => {
            let words: Vec<&str> =
                INSTRUMENTS.iter().map(|each| labels::instrument(*each)).collect();
            if let Some(chosen) = choice(ui, "", &words, place(&INSTRUMENTS, &sheet.instrument)) {
                sheet.instrument = INSTRUMENTS[chosen];
            }
            if sheet.instrument == Instrument::CappedProfit {
                let (least, most) = PROFIT_CAPS;
                let range = (f64::from(least), f64::from(most));
                let mut times = f64::from(sheet.profit_cap.max(least));
                let write = |value: f64| format!("{value:.0} times");
                if number(ui, "Capped at", range, 1.0, &mut times, &write) {
                    sheet.profit_cap = times as u8;
                }
            }
        }
        Clause::Tranche => {
            let mut part = f64::from(sheet.tranche_pct);
            let write = |value: f64| format!("{value:.0}%");
            if number(ui, "Held back", (0.0, 90.0), 5.0, &mut part, &write) {
                sheet.tranche_pct = part as u8;
            }
            let words: Vec<&str> = CONDITIONS.iter().map(|each| labels::condition(*each)).collect();
            if let Some(chosen) = choice(ui, "Until", &words, place(&CONDITIONS, &sheet.condition))
            {
                sheet.condition = CONDITIONS[chosen];
            }
        }
        Clause::Board => {
            let words: Vec<&str> = BOARDS.iter().map(|each| labels::board(*each)).collect();
            if let Some(chosen) = choice(ui, "", &words, place(&BOARDS, &sheet.board)) {
                sheet.board = BOARDS[chosen];
            }
        }
        Clause::Consent => yes_no(ui, &mut sheet.consent),
        Clause::ProRata => yes_no(ui, &mut sheet.pro_rata),
        Clause::AntiDilution => yes_no(ui, &mut sheet.anti_dilution),
        Clause::Exclusivity => {
            let words: Vec<&str> =
                EXCLUSIVITY.iter().map(|each| labels::exclusivity(*each)).collect();
            if let Some(chosen) = choice(ui, "", &words, place(&EXCLUSIVITY, &sheet.exclusivity)) {
                sheet.exclusivity = EXCLUSIVITY[chosen];
                *sheet = consistent(*sheet);
            }
            if sheet.exclusivity != Exclusivity::None {
                quarters(ui, "For", LONGEST_EXCLUSIVITY, &mut sheet.exclusivity_quarters);
            }
        }
        Clause::Access => {
            let words: Vec<&str> = ACCESS.iter().map(|each| labels::access(*each)).collect();
            if let Some(chosen) = choice(ui, "", &words, place(&ACCESS, &sheet.access)) {
                sheet.access = ACCESS[chosen];
                *sheet = consistent(*sheet);
            }
            if sheet.access != AccessTier::None {
                quarters(ui, "For", LONGEST_TERM, &mut sheet.access_quarters);
            }
        }
        Clause::Commitment => {
            let mut gigawatts = f64::from(sheet.commitment_mw) / 1_000.0;
            if number(ui, "Compute", (0.0, 6.0), 0.1, &mut gigawatts, &|value| {
                numbers::gigawatts(value)
            }) {
                sheet.commitment_mw = (gigawatts * 1_000.0).round() as u32;
                *sheet = consistent(*sheet);
            }
            if sheet.commitment_mw > 0 {
                quarters(ui, "By the end of", LONGEST_TERM, &mut sheet.commitment_quarters);
            }
        }
        Clause::OwnChips => {
            let mut part = f64::from(sheet.own_chips_pct);
            let write = |value: f64| format!("{value:.0}%");
            if number(ui, "On own chips", (0.0, 100.0), 10.0, &mut part, &write) {
                sheet.own_chips_pct = part as u8;
                *sheet = consistent(*sheet);
            }
            if sheet.own_chips_pct > 0 {
                quarters(ui, "For", LONGEST_TERM, &mut sheet.own_chips_quarters);
            }
        }
        Clause::Licence => {
            let mut term = f64::from(sheet.licence_quarters);
            let write = |value: f64| match value as u32 {
                0 => "none".to_owned(),
                more => numbers::count(more, "quarter"),
            };
            if number(ui, "Licence", (0.0, f64::from(LONGEST_TERM)), 1.0, &mut term, &write) {
                sheet.licence_quarters = term as u8;
            }
        }
        Clause::RevenueShare => {
            let mut part = f64::from(sheet.revenue_share_pct);
            let write = |value: f64| format!("{value:.0}%");
            if number(
                ui,
                "Of revenue",
                (0.0, f64::from(MAX_REVENUE_SHARE_PCT)),
                1.0,
                &mut part,
                &write,
            ) {
                sheet.revenue_share_pct = part as u8;
                *sheet = consistent(*sheet);
            }
            if sheet.revenue_share_pct > 0 {
                sum(ui, "Until paid", 40.0, &mut sheet.revenue_share_cap);
            }
        }
        Clause::Barred => rivals(ui, scene, table.giant.seat(), sheet),
        Clause::BreakFee => {
            sum(ui, "Break fee", 5.0, &mut sheet.break_fee);
        }
        Clause::Release => {
            sum(ui, "Release", 5.0, &mut sheet.release);
        }
        Clause::SubjectTo => {
            let text = "Signed only once the deal in its way is waived. Other moves asks its holder for that.";
            ui.say(Type::Note, ui.tokens().ink_soft, text);
            ui.add_space(6.0);
            if Press::new("Wait for no waiver").show(ui).clicked() {
                sheet.subject_to = None;
            }
        }
        Clause::Replaces => {
            let text = "Takes the place of a deal in force. Other moves, under Deals, offers new terms for one.";
            ui.say(Type::Note, ui.tokens().ink_soft, text);
            ui.add_space(6.0);
            if Press::new("A deal of its own").show(ui).clicked() {
                sheet.replaces = None;
            }
        }
    }
}

fn yes_no(ui: &mut Ui, value: &mut bool) {
    if let Some(chosen) = choice(ui, "", &["Not asked for", "Asked for"], usize::from(*value)) {
        *value = chosen == 1;
    }
}

fn rivals(ui: &mut Ui, scene: &Scene, own: SeatId, sheet: &mut TermSheet) {
    let view = &scene.desk.view;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 74.0), Sense::hover());
    let (mut x, mut y) = (rect.left(), rect.top() + 16.0);
    for seat in (0..view.giants() as u8).map(SeatId).filter(|seat| *seat != own) {
        let on = sheet.barred.contains(seat);
        let name = scene.desk.words.seat(seat);
        let response =
            choice_chip(ui, pos2(x, y), Align2::LEFT_CENTER, ("Not from", name), on, true);
        if response.clicked() {
            sheet.barred = if on { sheet.barred.without(seat) } else { sheet.barred.with(seat) };
        }
        x = response.rect.right() + 8.0;
        if x > rect.right() - 90.0 {
            x = rect.left();
            y += 34.0;
        }
    }
}

/// What the sheet is worth as it stands, and why it could not be sent.
fn consequence(ui: &mut Ui, scene: &Scene, with: SeatId, sheet: &TermSheet) {
    let tokens = ui.tokens();
    let Some(advisor) = scene.desk.advisor(with) else { return };
    ui.rule(1.0, tokens.rule, 3.0);
    let me = advisor.side();
    let (own, their) =
        (advisor.brief.appraise(me, sheet).value(), advisor.margin(me.other(), sheet));
    let colour = |value: f64| if value >= 0.0 { tokens.good } else { tokens.bad };
    let (own_text, their_text) = (numbers::bn_change(own), numbers::bn_change(their));
    ui.say_runs(&[
        (Type::Note, tokens.ink_soft, "worth to us "),
        (Type::NoteStrong, colour(own), &own_text),
        (Type::Note, tokens.ink_soft, "   above what they sign from "),
        (Type::NoteStrong, colour(their), &their_text),
    ]);
    let decision = Decision::Offer { to: with, sheet: consistent(*sheet) };
    if let Some(why) = scene.desk.refused(&decision) {
        ui.say(Type::Note, tokens.bad, &why);
    }
}
