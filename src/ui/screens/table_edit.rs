//! Changing a clause of the draft: by its editor, by the arrow keys, by opening a row for it.

use bevy_egui::egui::{
    Align2, Area, Frame, Id, Margin, Order, Popup, Rect, Response, Sense, Stroke, Ui, pos2, vec2,
};

use super::Scene;
use super::table::{change, draft, long_name};
use crate::host::advice::Advisor;
use crate::host::words::{labels, numbers};
use crate::ids::SeatId;
use crate::sim::deal::{
    AccessTier, BoardSeat, Clause, Condition, Exclusivity, Instrument, TermSheet,
};
use crate::sim::decision::Decision;
use crate::sim::negotiation::Side;
use crate::sim::view::SeatView;
use crate::ui::tokens::Type;
use crate::ui::widgets::{Gap, House, Lever, Press, lever, segmented, toggle_chip};
use crate::units::Money;

const BOARDS: [BoardSeat; 3] = [BoardSeat::None, BoardSeat::Observer, BoardSeat::Director];
const ACCESS: [AccessTier; 4] =
    [AccessTier::None, AccessTier::Resale, AccessTier::Early, AccessTier::Exclusive];
const EXCLUSIVITY: [Exclusivity; 4] = [
    Exclusivity::None,
    Exclusivity::FirstRefusal,
    Exclusivity::SoleReseller,
    Exclusivity::SoleCloud,
];
const INSTRUMENTS: [Instrument; 4] = [
    Instrument::Preferred,
    Instrument::Convertible,
    Instrument::CappedProfit,
    Instrument::Warrants,
];
const CONDITIONS: [Condition; 3] =
    [Condition::AfterAYear, Condition::AtTheFrontier, Condition::RevenueDoubled];

/// Terms that a clause opens with, quarters.
const USUAL_TERM: u8 = 8;
const USUAL_COMPUTE_TERM: u8 = 12;

/// How far apart two sheets are on a clause: 0 the same, 1 as far as may be.
fn distance(one: &TermSheet, other: &TermSheet, clause: Clause) -> f32 {
    let sums = |one: Money, other: Money| {
        let most = one.bn().abs().max(other.bn().abs()).max(1e-9);
        ((one.bn() - other.bn()).abs() / most) as f32
    };
    let steps = |one: u8, other: u8, most: f32| (f32::from(one) - f32::from(other)).abs() / most;
    match clause {
        Clause::Amount => sums(one.amount(), other.amount()),
        Clause::PreMoney => 1.6 * sums(one.pre_money, other.pre_money),
        Clause::Tranche => steps(one.tranche_pct, other.tranche_pct, 90.0).max(0.2),
        Clause::Board => steps(one.board as u8, other.board as u8, 2.0),
        Clause::Exclusivity => {
            let terms = steps(one.exclusivity_quarters, other.exclusivity_quarters, 20.0);
            steps(one.exclusivity as u8, other.exclusivity as u8, 3.0).max(terms)
        }
        Clause::Access => {
            let terms = steps(one.access_quarters, other.access_quarters, 16.0);
            steps(one.access as u8, other.access as u8, 3.0).max(terms)
        }
        Clause::Commitment => {
            let most = one.commitment_mw.max(other.commitment_mw).max(1) as f32;
            (one.commitment_mw as f32 - other.commitment_mw as f32).abs() / most
        }
        Clause::OwnChips => steps(one.own_chips_pct, other.own_chips_pct, 100.0),
        Clause::Licence => steps(one.licence_quarters, other.licence_quarters, 20.0),
        Clause::RevenueShare => steps(one.revenue_share_pct, other.revenue_share_pct, 20.0),
        Clause::BreakFee => sums(one.break_fee, other.break_fee),
        Clause::Release => sums(one.release, other.release),
        _ => 0.6,
    }
}

/// Where the two sides stand on a clause, my ideal at the left.
pub fn gap_of(mine: &TermSheet, theirs: Option<&TermSheet>, clause: Clause, _side: Side) -> Gap {
    let Some(theirs) = theirs else { return Gap::None };
    if crate::host::words::clauses::agree(mine, theirs, clause) {
        return Gap::Agreed;
    }
    let apart = distance(mine, theirs, clause).clamp(0.16, 0.88);
    Gap::Apart { mine: 0.5 - 0.5 * apart, theirs: 0.5 + 0.5 * apart }
}

/// A step that suits a sum, $bn.
fn step_of(billions: f64) -> f64 {
    match billions {
        b if b >= 200.0 => 10.0,
        b if b >= 60.0 => 5.0,
        b if b >= 20.0 => 1.0,
        b if b >= 4.0 => 0.5,
        b if b >= 1.0 => 0.1,
        _ => 0.05,
    }
}

fn stepped_sum(sum: Money, by: i32) -> Money {
    let step = step_of(sum.bn().max(0.01));
    Money::from_bn((((sum.bn() / step).round() + f64::from(by)) * step).max(0.0))
}

fn turned<T: Copy + PartialEq>(list: &[T], now: T, by: i32) -> T {
    let place = list.iter().position(|each| *each == now).unwrap_or(0) as i32;
    list[(place + by).clamp(0, list.len() as i32 - 1) as usize]
}

/// A sheet with a clause turned by so many steps.
pub fn stepped(_view: &SeatView, sheet: TermSheet, clause: Clause, by: i32) -> TermSheet {
    let mut sheet = sheet;
    let quarters = |now: u8, by: i32, most: i32| (i32::from(now) + by).clamp(0, most) as u8;
    match clause {
        Clause::Amount => sheet.cash = stepped_sum(sheet.cash, by),
        Clause::PreMoney => sheet.pre_money = stepped_sum(sheet.pre_money, by),
        Clause::Tranche => sheet.tranche_pct = quarters(sheet.tranche_pct, 10 * by, 90),
        Clause::Board => sheet.board = turned(&BOARDS, sheet.board, by),
        Clause::Exclusivity => sheet.exclusivity = turned(&EXCLUSIVITY, sheet.exclusivity, by),
        Clause::Access => sheet.access = turned(&ACCESS, sheet.access, by),
        Clause::Commitment => {
            sheet.commitment_mw = (sheet.commitment_mw as i32 + 100 * by).max(0) as u32;
        }
        Clause::OwnChips => sheet.own_chips_pct = quarters(sheet.own_chips_pct, 10 * by, 100),
        Clause::Licence => sheet.licence_quarters = quarters(sheet.licence_quarters, 4 * by, 40),
        Clause::RevenueShare => {
            sheet.revenue_share_pct = quarters(sheet.revenue_share_pct, by, 30);
        }
        Clause::Instrument => sheet.instrument = turned(&INSTRUMENTS, sheet.instrument, by),
        Clause::Consent => sheet.consent = by > 0,
        Clause::ProRata => sheet.pro_rata = by > 0,
        Clause::AntiDilution => sheet.anti_dilution = by > 0,
        Clause::BreakFee => sheet.break_fee = stepped_sum(sheet.break_fee, by),
        Clause::Release => sheet.release = stepped_sum(sheet.release, by),
        Clause::Barred | Clause::Replaces | Clause::SubjectTo => {}
    }
    consistent(sheet)
}

/// Terms where there is something that has a term, and none where there is not.
fn consistent(mut sheet: TermSheet) -> TermSheet {
    let term = |used: bool, now: u8, usual: u8| match (used, now) {
        (false, _) => 0,
        (true, 0) => usual,
        (true, now) => now,
    };
    sheet.exclusivity_quarters =
        term(sheet.exclusivity != Exclusivity::None, sheet.exclusivity_quarters, USUAL_TERM);
    sheet.access_quarters =
        term(sheet.access != AccessTier::None, sheet.access_quarters, USUAL_TERM);
    sheet.commitment_quarters =
        term(sheet.commitment_mw > 0, sheet.commitment_quarters, USUAL_COMPUTE_TERM);
    let chips_term = sheet.commitment_quarters.max(USUAL_TERM);
    sheet.own_chips_quarters = term(sheet.own_chips_pct > 0, sheet.own_chips_quarters, chips_term);
    match (sheet.instrument, sheet.profit_cap) {
        (Instrument::CappedProfit, 0) => sheet.profit_cap = 20,
        (Instrument::CappedProfit, _) => {}
        _ => sheet.profit_cap = 0,
    }
    match (sheet.revenue_share_pct, sheet.revenue_share_cap.is_zero()) {
        (0, _) => sheet.revenue_share_cap = Money::ZERO,
        (_, true) => sheet.revenue_share_cap = Money::from_bn(5.0),
        _ => {}
    }
    sheet
}

/// The menu behind *Add a clause*.
pub fn add_menu(
    ui: &mut Ui,
    scene: &mut Scene,
    with: SeatId,
    button: &Response,
    hidden: &[Clause],
) {
    let tokens = ui.tokens();
    Popup::menu(button).show(|ui| {
        ui.set_width(220.0);
        ui.spacing_mut().item_spacing = vec2(0.0, 2.0);
        for clause in hidden {
            let (rect, response) =
                ui.allocate_exact_size(vec2(ui.available_width(), 28.0), Sense::click());
            let name = long_name(*clause);
            response.widget_info(|| {
                bevy_egui::egui::WidgetInfo::labeled(
                    bevy_egui::egui::WidgetType::Button,
                    true,
                    format!("Add {name}"),
                )
            });
            if response.hovered() || response.has_focus() {
                ui.painter().rect_filled(rect.expand2(vec2(6.0, 0.0)), 3, tokens.pen_wash);
            }
            ui.ink(rect.left_center(), Align2::LEFT_CENTER, Type::Row, tokens.pen, name);
            if response.clicked() {
                if let Some((_, draft)) = scene.state.drafts.get_mut(&with) {
                    draft.rows.push(*clause);
                }
                scene.state.clause = Some(*clause);
                ui.close();
            }
        }
    });
}

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

/// A number with its track.
fn number(
    ui: &mut Ui,
    name: &str,
    range: (f64, f64),
    step: f64,
    value: &mut f64,
    write: &dyn Fn(f64) -> String,
) -> bool {
    let tokens = ui.tokens();
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 66.0), Sense::hover());
    let at = pos2(rect.left(), rect.center().y);
    ui.ink(at, Align2::LEFT_CENTER, Type::Row, tokens.ink, name);
    let track = Rect::from_min_max(pos2(rect.left() + 120.0, rect.top()), rect.max);
    let it = Lever { name, range, step, neutral: range.0, last: *value, write, off: None };
    lever(ui, track, &it, value).0
}

/// One of several words.
fn choice(ui: &mut Ui, name: &str, words: &[&str], chosen: usize) -> Option<usize> {
    let tokens = ui.tokens();
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 40.0), Sense::hover());
    if !name.is_empty() {
        ui.ink(rect.left_center(), Align2::LEFT_CENTER, Type::Row, tokens.ink, name);
    }
    segmented(ui, rect.right_center(), Align2::RIGHT_CENTER, name, words, chosen)
}

fn quarters(ui: &mut Ui, name: &str, most: f64, value: &mut u8) {
    let mut number_of = f64::from(*value);
    let write = |value: f64| numbers::count(value as u32, "quarter");
    if number(ui, name, (1.0, most), 1.0, &mut number_of, &write) {
        *value = number_of as u8;
    }
}

fn sum(ui: &mut Ui, name: &str, most: f64, value: &mut Money) {
    let mut billions = value.bn();
    let most = most.max(billions).max(0.1);
    let step = step_of(most / 4.0).min(1.0);
    if number(ui, name, (0.0, most), step, &mut billions, &|value| numbers::bn(value)) {
        *value = Money::from_bn(billions);
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
                let mut times = f64::from(sheet.profit_cap.max(2));
                let write = |value: f64| format!("{value:.0} times");
                if number(ui, "Capped at", (2.0, 100.0), 1.0, &mut times, &write) {
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
                quarters(ui, "For", 20.0, &mut sheet.exclusivity_quarters);
            }
        }
        Clause::Access => {
            let words: Vec<&str> = ACCESS.iter().map(|each| labels::access(*each)).collect();
            if let Some(chosen) = choice(ui, "", &words, place(&ACCESS, &sheet.access)) {
                sheet.access = ACCESS[chosen];
                *sheet = consistent(*sheet);
            }
            if sheet.access != AccessTier::None {
                quarters(ui, "For", 24.0, &mut sheet.access_quarters);
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
                quarters(ui, "By the end of", 40.0, &mut sheet.commitment_quarters);
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
                quarters(ui, "For", 40.0, &mut sheet.own_chips_quarters);
            }
        }
        Clause::Licence => {
            let mut term = f64::from(sheet.licence_quarters);
            let write = |value: f64| match value as u32 {
                0 => "none".to_owned(),
                more => numbers::count(more, "quarter"),
            };
            if number(ui, "Licence", (0.0, 40.0), 1.0, &mut term, &write) {
                sheet.licence_quarters = term as u8;
            }
        }
        Clause::RevenueShare => {
            let mut part = f64::from(sheet.revenue_share_pct);
            let write = |value: f64| format!("{value:.0}%");
            if number(ui, "Of revenue", (0.0, 30.0), 1.0, &mut part, &write) {
                sheet.revenue_share_pct = part as u8;
                *sheet = consistent(*sheet);
            }
            if sheet.revenue_share_pct > 0 {
                sum(ui, "Until paid", 40.0, &mut sheet.revenue_share_cap);
            }
        }
        Clause::Barred => rivals(ui, scene, table.giant.seat(), sheet),
        Clause::BreakFee => sum(ui, "Break fee", 5.0, &mut sheet.break_fee),
        Clause::Release => sum(ui, "Release", 5.0, &mut sheet.release),
        Clause::Replaces | Clause::SubjectTo => {
            let tokens = ui.tokens();
            let text = "This clause follows from the deals in force. Ctrl K takes the command renegotiate, or subject, for it.";
            ui.say(Type::Note, tokens.ink_soft, text);
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
        let response = toggle_chip(ui, pos2(x, y), Align2::LEFT_CENTER, "Not from", name, on);
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
    let Some(advisor) = Advisor::new(&scene.desk.view, with) else { return };
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
