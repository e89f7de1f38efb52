//! The board: who holds whom, the seat looked at beside it, the diary below.

use bevy_egui::egui::{Align2, Rect, ScrollArea, Stroke, Ui, pos2, vec2};

use super::Scene;
use super::frame::{self, Bar};
use crate::host::advice::barred_by;
use crate::host::words::{clauses, facts, labels, numbers};
use crate::ids::{FirmId, LabId, Role, SeatId};
use crate::sim::decision::Decision;
use crate::sim::information::{Matter, Story};
use crate::sim::view::{GiantFigures, LabFigures};
use crate::ui::board::{Picture, draw, timeline};
use crate::ui::keys::Command;
use crate::ui::state::{Overlay, Screen};
use crate::ui::tokens::Type;
use crate::ui::widgets::{
    Chip, House, Press, chip, draw_mark, kicker_text, sparkline, toggle_chip,
};

/// How fast flows drift, pixels a second, and for how long after the board is opened.
const DRIFT: f64 = 24.0;
const DRIFTS_FOR: f64 = 2.0;

pub fn show(ui: &mut Ui, scene: &mut Scene, window: Rect) {
    let grid = ui.grid();
    let height = if grid.small { 68.0 } else { 102.0 };
    let (mut bar, room) = Bar::of_height(ui, window, height);
    frame::onward(ui, scene, &mut bar, if grid.small { 40.0 } else { 52.0 });
    dates(ui, scene, &bar);
    let tokens = ui.tokens();
    let panel = if grid.tiny { 0.0 } else { grid.panel(368.0) };
    let side = Rect::from_min_max(pos2(room.right() - panel, room.top()), room.max);
    let main = Rect::from_min_max(room.min, pos2(side.left(), room.bottom()));
    if grid.tiny {
        picture(ui, scene, main);
        let foot = Rect::from_min_size(
            pos2(main.left() + 12.0, main.bottom() - 44.0),
            vec2(0.5 * main.width(), 36.0),
        );
        if let Some(seat) = scene.state.selected.or_else(|| usual(scene)) {
            scene.state.selected = Some(seat);
            panel_buttons(ui, scene, foot, seat);
        }
        return;
    }
    ui.painter().rect_filled(side, 0, tokens.sheet);
    ui.vline(side.left(), side.top()..=side.bottom(), 1.2, tokens.ink);
    picture(ui, scene, main);
    beside(ui, scene, side);
}

/// The diary takes what the buttons leave.
fn dates(ui: &mut Ui, scene: &mut Scene, bar: &Bar) {
    let grid = ui.grid();
    let left = bar.rect.left() + grid.margin;
    let right = bar.rect.right() - if grid.small { 320.0 } else { 380.0 };
    let room =
        Rect::from_min_max(pos2(left, bar.rect.top() + 8.0), pos2(right, bar.rect.bottom() - 8.0));
    if room.width() > 300.0 {
        timeline(ui, room, scene.desk);
    }
}

fn picture(ui: &mut Ui, scene: &mut Scene, rect: Rect) {
    let tokens = ui.tokens();
    let grid = ui.grid();
    let at = rect.min + vec2(grid.margin, 16.0);
    let title = match grid.tiny {
        true => Rect::from_min_size(at, vec2(0.0, 0.0)),
        false => ui.ink(at, Align2::LEFT_TOP, Type::Section, tokens.ink, "Who holds whom"),
    };
    if !grid.small {
        let at = pos2(at.x, title.bottom());
        let text = "A giant's ring is its cloud share. A lab's ring is who owns it.";
        ui.ink(at, Align2::LEFT_TOP, Type::Note, tokens.ink_soft, text);
    }
    layers(ui, scene, pos2(rect.right() - 24.0, rect.top() + 32.0));
    let quarter = scene.desk.view.quarter;
    let opened = match scene.state.board_opened {
        Some((of, at)) if of == quarter => at,
        _ => {
            scene.state.board_opened = Some((quarter, scene.now));
            scene.now
        }
    };
    let since = (scene.now - opened).min(DRIFTS_FOR);
    let moving = scene.now - opened < DRIFTS_FOR && !scene.settings.still;
    let hover_id = ui.id().with("board hover");
    let hover = ui.ctx().data(|data| data.get_temp::<f64>(hover_id)).unwrap_or(0.0);
    let draft = scene.state.table.and_then(|with| {
        let (of, draft) = scene.state.drafts.get(&with)?;
        let decided = scene.desk.view.decided.iter().any(|d| d.counterpart() == Some(with));
        (*of == quarter && (!draft.earlier.is_empty() || decided)).then_some((with, draft.sheet))
    });
    let drift = if scene.settings.still { 0.0 } else { (DRIFT * (since + hover)) as f32 };
    let area = Rect::from_min_max(
        pos2(rect.left(), rect.top() + if grid.small { 36.0 } else { 46.0 }),
        pos2(rect.right(), rect.bottom() - if grid.small { 8.0 } else { 30.0 }),
    );
    let pressed = {
        let picture = Picture {
            desk: scene.desk,
            layers: scene.state.layers,
            selected: scene.state.selected,
            draft,
            drift,
        };
        ui.within(area, "board", |ui| match grid.tiny {
            false => draw(ui, area, &picture),
            // Too little room for a picture of everybody: it scrolls.
            true => {
                let size = vec2(area.width().max(720.0), area.height().max(480.0));
                let shown = ScrollArea::both().id_salt("board").auto_shrink(false).show(ui, |ui| {
                    let (rect, _) = ui.allocate_exact_size(size, bevy_egui::egui::Sense::hover());
                    draw(ui, rect, &picture)
                });
                shown.inner
            }
        })
    };
    if pressed.hovered && !scene.settings.still {
        let step = f64::from(ui.input(|input| input.stable_dt)).min(0.05);
        ui.ctx().data_mut(|data| data.insert_temp(hover_id, hover + step));
    }
    if moving || (pressed.hovered && !scene.settings.still) {
        ui.ctx().request_repaint();
    }
    if !grid.small {
        legend(ui, pos2(rect.left() + grid.margin, rect.bottom() - 20.0));
    }
    if let Some(seat) = pressed.select {
        scene.state.selected = Some(seat);
    }
    if let Some(seat) = pressed.open {
        scene.state.selected = Some(seat);
        open_table(scene, seat);
    }
}

fn layers(ui: &mut Ui, scene: &mut Scene, right: bevy_egui::egui::Pos2) {
    let mut x = right.x;
    let layers = &mut scene.state.layers;
    let list: [(&str, &mut bool); 4] = [
        ("Trust", &mut layers.trust),
        ("Cash", &mut layers.cash),
        ("Compute", &mut layers.compute),
        ("Stakes", &mut layers.stakes),
    ];
    for (name, on) in list {
        let response = toggle_chip(ui, pos2(x, right.y), Align2::RIGHT_CENTER, "Show", name, *on);
        if response.clicked() {
            *on = !*on;
        }
        x = response.rect.left() - 6.0;
    }
}

fn legend(ui: &mut Ui, at: bevy_egui::egui::Pos2) {
    let tokens = ui.tokens();
    let painter = ui.painter().clone();
    let mut x = at.x;
    let words = ["stake, width is its size", "compute", "cash", "your draft"];
    for (place, text) in words.into_iter().enumerate() {
        let (from, to) = (pos2(x, at.y), pos2(x + 26.0, at.y));
        match place {
            0 => {
                let wash = Stroke::new(7.0, tokens.rule);
                painter.line_segment([from, to], wash);
                painter.line_segment([from, to], Stroke::new(1.5, tokens.other));
            }
            1 => {
                for k in 0..3 {
                    let tip = from + vec2(8.0 + 9.0 * k as f32, 0.0);
                    let points = vec![tip + vec2(-5.0, -4.0), tip, tip + vec2(-5.0, 4.0)];
                    painter.add(bevy_egui::egui::Shape::line(
                        points,
                        Stroke::new(2.0, tokens.ink_soft),
                    ));
                }
            }
            2 => {
                for k in 0..3 {
                    painter.circle_filled(
                        from + vec2(4.0 + 10.0 * k as f32, 0.0),
                        2.7,
                        tokens.ink_soft,
                    );
                }
            }
            _ => {
                let line = [from, to];
                let dash = Stroke::new(2.2, tokens.pen);
                painter.extend(bevy_egui::egui::Shape::dashed_line(&line, dash, 8.0, 4.0));
            }
        }
        let label = pos2(to.x + 8.0, at.y);
        x = ui.ink(label, Align2::LEFT_CENTER, Type::Note, tokens.ink_soft, text).right() + 24.0;
    }
}

/// Opens the table with a seat, if there can be one.
fn open_table(scene: &mut Scene, seat: SeatId) {
    if scene.desk.view.table_with(seat).is_some() {
        scene.state.table = Some(seat);
        frame::open(scene, Screen::Table);
    }
}

/// Who is looked at first: the most urgent counterpart.
fn usual(scene: &Scene) -> Option<SeatId> {
    let view = &scene.desk.view;
    let waits = view.tables.iter().find(|table| table.theirs.offer.is_some());
    waits.or_else(|| view.tables.first()).map(|table| table.with)
}

fn beside(ui: &mut Ui, scene: &mut Scene, rect: Rect) {
    let seat = match scene.state.selected.or_else(|| usual(scene)) {
        Some(seat) => seat,
        None => return,
    };
    scene.state.selected = Some(seat);
    let pad = 24.0;
    let buttons = 62.0;
    let inner = Rect::from_min_max(
        rect.min + vec2(pad, 16.0),
        pos2(rect.right() - pad, rect.bottom() - buttons),
    );
    ui.within(inner, "beside", |ui| {
        ScrollArea::vertical().id_salt(("beside", seat.0)).auto_shrink(false).show(ui, |ui| {
            let at = ui.next_widget_position();
            let room = Rect::from_min_size(at, vec2(inner.width(), inner.height()));
            let bottom = match seat.role(scene.desk.view.giants()) {
                Role::Lab(lab) => lab_panel(ui, scene, room, lab),
                Role::Giant(firm) => giant_panel(ui, scene, room, firm),
            };
            ui.allocate_space(vec2(inner.width(), bottom - at.y));
        });
    });
    let foot = Rect::from_min_max(
        pos2(inner.left(), rect.bottom() - 56.0),
        pos2(inner.right(), rect.bottom() - 12.0),
    );
    panel_buttons(ui, scene, foot, seat);
}

fn panel_buttons(ui: &mut Ui, scene: &mut Scene, rect: Rect, seat: SeatId) {
    let giants = scene.desk.view.giants();
    let sits = scene.desk.view.table_with(seat).is_some();
    let plain = scene.state.overlay == Overlay::None;
    let look = match seat.role(giants) {
        Role::Lab(lab) if seat != scene.desk.view.seat => {
            Some(Decision::Investigate { subject: Matter::Lab(lab) })
        }
        _ => None,
    };
    let half = match (sits, look.is_some()) {
        (true, true) => 0.5 * (rect.width() - 10.0),
        _ => rect.width(),
    };
    if sits {
        let left = Rect::from_min_size(rect.min, vec2(half, rect.height()));
        let pending = !scene.desk.view.decided.is_empty();
        let press = Press::primary("Open the table");
        let press = if pending { press } else { press.key("Enter") };
        let pressed = press.fill(ui, left).clicked();
        if pressed || (plain && !pending && scene.pressed(Command::Main)) {
            open_table(scene, seat);
        }
    }
    if let Some(decision) = look {
        let right =
            Rect::from_min_size(pos2(rect.right() - half, rect.top()), vec2(half, rect.height()));
        let off = scene.desk.refused(&decision);
        let press = Press::new("Look closer").off(off);
        let press = press.tip(
            "Due diligence: a point of attention. Ranges half as wide, exact after a second look.",
        );
        if press.fill(ui, right).clicked() && scene.desk.decide(decision, "investigate") {
            scene.desk.notice =
                Some("Your people go through the books; nobody else is told.".to_owned());
        }
    }
}

fn head(ui: &mut Ui, scene: &Scene, room: Rect, seat: SeatId, kind: &str, deck: &str) -> f32 {
    let tokens = ui.tokens();
    let text = kicker_text(kind);
    let y = ui.ink(room.min, Align2::LEFT_TOP, Type::Kicker, tokens.ink_soft, &text).bottom();
    let mark = scene.desk.mark(seat);
    draw_mark(ui.painter(), mark, pos2(room.left() + 10.0, y + 17.0), 20.0, tokens.firm(mark));
    let at = pos2(room.left() + 30.0, y + 17.0);
    let name = scene.desk.words.seat(seat).to_owned();
    let y = ui.ink(at, Align2::LEFT_CENTER, Type::Section, tokens.ink, &name).bottom();
    ui.ink_in(pos2(room.left(), y), room.width(), Type::Rumour, tokens.ink_soft, deck).bottom()
        + 10.0
}

/// A figure in half the panel's width, with its course.
fn cell(
    ui: &mut Ui,
    rect: Rect,
    label: &str,
    figure: &str,
    after: &str,
    course: &[f64],
    bad: bool,
) {
    let tokens = ui.tokens();
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.0, tokens.rule);
    let at = rect.min + vec2(0.0, 5.0);
    ui.ink(at, Align2::LEFT_TOP, Type::Note, tokens.ink_soft, label);
    let colour = if bad { tokens.bad } else { tokens.ink };
    let kind = if figure.chars().count() > 9 { Type::RowStrong } else { Type::FigureSmall };
    let runs = [(kind, colour, figure), (Type::Note, tokens.ink_soft, after)];
    let galley = ui.runs(&runs, f32::INFINITY);
    let width = galley.size().x;
    ui.lay(rect.min + vec2(0.0, 22.0), galley);
    let line = Rect::from_min_max(
        pos2(rect.right() - 50.0, rect.top() + 22.0),
        pos2(rect.right() - 6.0, rect.top() + 40.0),
    );
    if rect.left() + width + 6.0 < line.left() && course.len() > 1 {
        sparkline(ui.painter(), line, course, colour);
    }
}

fn cells(ui: &mut Ui, room: Rect, top: f32, list: &[(&str, String, &str, Vec<f64>, bool)]) -> f32 {
    let gap = 20.0;
    let width = 0.5 * (room.width() - gap);
    for (place, (label, figure, after, course, bad)) in list.iter().enumerate() {
        let (row, column) = (place / 2, place % 2);
        let at = pos2(room.left() + column as f32 * (width + gap), top + 52.0 * row as f32);
        let rect = Rect::from_min_size(at, vec2(width, 52.0));
        cell(ui, rect, label, figure, after, course, *bad);
    }
    top + 52.0 * list.len().div_ceil(2) as f32 + 6.0
}

fn section(ui: &mut Ui, room: Rect, y: f32, title: &str) -> f32 {
    let tokens = ui.tokens();
    ui.hline(room.left()..=room.right(), y, 1.8, tokens.ink);
    let at = pos2(room.left(), y + 8.0);
    ui.ink(at, Align2::LEFT_TOP, Type::Kicker, tokens.ink_soft, &kicker_text(title)).bottom() + 5.0
}

fn lab_panel(ui: &mut Ui, scene: &Scene, room: Rect, lab: LabId) -> f32 {
    let desk = &*scene.desk;
    let view = &desk.view;
    let seat = view.lab_seat(lab);
    let own = &view.published.labs[lab.index()];
    let known = &view.labs[lab.index()];
    let past = desk.past();
    let course = |pick: fn(&LabFigures) -> f64| -> Vec<f64> {
        past.iter().map(|published| pick(&published.labs[lab.index()])).collect()
    };
    let runway = known.runway_quarters;
    let short = runway.or(9.0) < 4.0;
    let deck = match (short, view.published.frontier.leader == seat) {
        (true, true) => "At the frontier, and short of time.",
        (true, false) => "Short of time.",
        (false, true) => "At the frontier, with money in the bank.",
        (false, false) => "With money in the bank.",
    };
    let kind = if seat == view.seat { "Lab, yours" } else { "Lab, selected" };
    let y = head(ui, scene, room, seat, kind, deck);
    let y = cells(
        ui,
        room,
        y,
        &[
            ("Cash", numbers::known(known.cash_bn, numbers::bn), "", Vec::new(), false),
            (
                "Runway",
                numbers::known(runway, |v| format!("{v:.1}")),
                " quarters",
                Vec::new(),
                short,
            ),
            ("Revenue a quarter", numbers::bn(own.revenue_bn), "", course(|l| l.revenue_bn), false),
            ("Burn a quarter", numbers::known(known.burn_bn, numbers::bn), "", Vec::new(), false),
            (
                "Capability",
                format!("{:.0}", own.capability_points),
                " points",
                course(|l| l.capability_points),
                false,
            ),
            (
                "Independence",
                numbers::share(own.independence),
                "",
                course(|l| l.independence),
                false,
            ),
            ("Worth", numbers::bn(own.fundamental_bn), "", course(|l| l.fundamental_bn), false),
            ("Last price", numbers::bn(own.last_price_bn), "", course(|l| l.last_price_bn), false),
        ],
    );
    let y = section(ui, room, y, "Who owns it");
    let y = ownership(ui, scene, room, y, lab);
    let y = section(ui, room, y + 10.0, "Promises it has given");
    let y = promises(ui, scene, room, y, lab);
    let y = section(ui, room, y + 10.0, "Who is courting it");
    courting(ui, scene, room, y, lab)
}

fn ownership(ui: &mut Ui, scene: &Scene, room: Rect, top: f32, lab: LabId) -> f32 {
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    let view = &desk.view;
    let own = &view.published.labs[lab.index()];
    let bar = Rect::from_min_size(pos2(room.left(), top), vec2(room.width(), 14.0));
    let mut x = bar.left();
    let mut texts = Vec::new();
    let mut piece = |ui: &mut Ui, part: f64, colour| {
        let width = part as f32 * bar.width();
        let rect = Rect::from_min_size(pos2(x, bar.top()), vec2(width, bar.height()));
        ui.painter().rect_filled(rect, 0, colour);
        ui.painter().vline(rect.right(), rect.y_range(), Stroke::new(1.5, tokens.sheet));
        x = rect.right();
    };
    for (place, stake) in own.stakes.iter().enumerate().filter(|(_, stake)| **stake > 0.0005) {
        let firm = FirmId(place as u8);
        piece(ui, *stake, tokens.firm(desk.mark(firm.seat())));
        texts.push(format!("{} {}", desk.words.firm(firm), numbers::share(*stake)));
    }
    let held: f64 = own.stakes.iter().sum();
    let holders = &view.level.labs[lab.index()].other_holders;
    let sum: f64 = holders.iter().map(|(_, part)| part).sum::<f64>().max(1e-9);
    for (name, part) in holders {
        let now = (1.0 - held) * part / sum;
        piece(ui, now, tokens.rule);
        texts.push(format!("{name} {}", numbers::share(now)));
    }
    let text = texts.join(", ");
    let at = pos2(room.left(), bar.bottom() + 5.0);
    ui.ink_in(at, room.width(), Type::Note, tokens.ink_soft, &text).bottom()
}

fn promises(ui: &mut Ui, scene: &Scene, room: Rect, top: f32, lab: LabId) -> f32 {
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    let view = &desk.view;
    let mut y = top;
    let seat = view.lab_seat(lab);
    for deal in view.deals.iter().filter(|deal| deal.lab == lab && deal.in_force(view.quarter)) {
        let rented = view.published.labs[lab.index()].compute_gw[deal.giant.index()];
        for promise in deal.promises(seat, view.quarter, rented) {
            use crate::sim::deal::promise::PromiseState;
            let over = matches!(promise.state, PromiseState::Ended);
            if promise.by != seat || over {
                continue;
            }
            let mark = desk.mark(deal.giant.seat());
            draw_mark(
                ui.painter(),
                mark,
                pos2(room.left() + 7.0, y + 9.0),
                11.0,
                tokens.firm(mark),
            );
            let value = clauses::value(&desk.words, &view.deals, &deal.sheet, promise.what);
            let until = promise
                .until
                .map_or_else(String::new, |until| format!(", until {}", desk.words.quarter(until)));
            let name = format!("{}: ", clauses::name(promise.what));
            let rest = format!("{value}{until}");
            let runs = [
                (Type::NoteStrong, tokens.ink, name.as_str()),
                (Type::Note, tokens.ink_soft, rest.as_str()),
            ];
            let galley = ui.runs(&runs, room.width() - 22.0);
            y = ui.lay(pos2(room.left() + 22.0, y), galley).bottom() + 4.0;
        }
    }
    if y == top {
        let text = "None that bind it now.";
        y = ui
            .ink(pos2(room.left(), y), Align2::LEFT_TOP, Type::Note, tokens.ink_note, text)
            .bottom();
    }
    y
}

fn courting(ui: &mut Ui, scene: &Scene, room: Rect, top: f32, lab: LabId) -> f32 {
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    let view = &desk.view;
    let seat = view.lab_seat(lab);
    let mut y = top + 8.0;
    for firm in (0..view.giants()).map(|place| FirmId(place as u8)) {
        let giant = firm.seat();
        let mark = desk.mark(giant);
        let mine = giant == view.seat;
        let own = view.table_with(if view.seat == seat { giant } else { seat });
        let heard = view.hearsay.iter().rev().find_map(|said| match said.story {
            Story::Bid { giant: by, lab: of, amount, .. }
                if by == firm && of == lab && view.quarter.since(said.heard) <= 1 =>
            {
                Some(amount)
            }
            _ => None,
        });
        let known = view.seat == seat || mine;
        let offer = own
            .filter(|_| known)
            .and_then(|table| if mine { table.mine.offer } else { table.theirs.offer });
        let (text, second) = match (offer, heard) {
            (Some(sheet), _) => (
                numbers::money(sheet.amount()),
                Some(format!("at {}", numbers::money(sheet.pre_money))),
            ),
            (None, Some((low, high))) => {
                (format!("{} to {}", numbers::money(low), numbers::money(high)), None)
            }
            (None, None) => ("none seen".to_owned(), None),
        };
        if text == "none seen" && !view.published.giants[firm.index()].has_cloud {
            continue;
        }
        let (colour, kind) = match mine {
            true => (tokens.pen, Type::RowStrong),
            false => (tokens.ink, Type::Row),
        };
        draw_mark(ui.painter(), mark, pos2(room.left() + 7.0, y), 11.0, tokens.firm(mark));
        let name = match mine {
            true => "You".to_owned(),
            false => desk.words.firm(firm).to_owned(),
        };
        ui.ink(pos2(room.left() + 22.0, y), Align2::LEFT_CENTER, kind, colour, &name);
        let mut right = room.right();
        if offer.is_none() && heard.is_some() {
            right = chip(ui, pos2(right, y), Align2::RIGHT_CENTER, Chip::Rumour, "reported").left()
                - 8.0;
        }
        if let Some(second) = second {
            right =
                ui.ink(pos2(right, y), Align2::RIGHT_CENTER, Type::Note, colour, &second).left()
                    - 10.0;
        }
        let shade = match (text == "none seen", heard.is_some() && offer.is_none()) {
            (true, _) => tokens.ink_note,
            (_, true) => tokens.warn,
            _ => colour,
        };
        ui.ink(pos2(right, y), Align2::RIGHT_CENTER, Type::Note, shade, &text);
        y += 26.0;
    }
    if let Some(deal) = view.table_with(seat).and_then(|table| barred_by(view, table)) {
        let name = facts::deal_name(&desk.words, &view.deals, deal);
        let text = format!("{name} keeps your money out.");
        y = ui.ink_in(pos2(room.left(), y), room.width(), Type::Note, tokens.bad, &text).bottom();
    }
    y
}

fn giant_panel(ui: &mut Ui, scene: &Scene, room: Rect, firm: FirmId) -> f32 {
    let tokens = ui.tokens();
    let desk = &*scene.desk;
    let view = &desk.view;
    let own = &view.published.giants[firm.index()];
    let past = desk.past();
    let course = |pick: fn(&GiantFigures) -> f64| -> Vec<f64> {
        past.iter().map(|published| pick(&published.giants[firm.index()])).collect()
    };
    let character = labels::character(&view.level.giants[firm.index()].disposition);
    let mine = firm.seat() == view.seat;
    let kind = if mine { "Giant, yours" } else { "Giant, selected" };
    let deck = format!("At the table: {character} (assumed).");
    let y = head(ui, scene, room, firm.seat(), kind, &deck);
    let mut list = vec![
        ("Cash", numbers::bn(own.cash_bn), "", course(|g| g.cash_bn), false),
        ("Debt", numbers::bn(own.debt_bn), "", course(|g| g.debt_bn), false),
        ("Market value", numbers::bn(own.value_bn), "", course(|g| g.value_bn), false),
        (
            "Income a quarter",
            numbers::bn(own.operating_income_bn()),
            "",
            course(|g| g.operating_income_bn()),
            false,
        ),
    ];
    if own.has_cloud {
        list.extend([
            ("Win rate", numbers::share(own.win_rate), "", course(|g| g.win_rate), false),
            (
                "… of AI demand",
                numbers::share(own.ai_win_rate),
                "",
                course(|g| g.ai_win_rate),
                false,
            ),
            ("Cloud share", numbers::share(own.share), "", course(|g| g.share), false),
            ("Capacity", numbers::gigawatts(own.capacity_gw), "", course(|g| g.capacity_gw), false),
            ("In use", numbers::share(own.utilisation), "", course(|g| g.utilisation), false),
            (
                "Model access",
                numbers::points_change(own.access_points),
                " points",
                course(|g| g.access_points),
                false,
            ),
        ]);
    }
    list.push((
        "Regulators' heat",
        numbers::share(own.heat),
        "",
        course(|g| g.heat),
        own.heat > 0.6,
    ));
    list.push(("Stakes in labs", numbers::bn(own.stakes_bn), "", course(|g| g.stakes_bn), false));
    let y = cells(ui, room, y, &list);
    let mut y = section(ui, room, y, "Its deals");
    let deals = view.deals.iter().filter(|deal| deal.giant == firm && deal.in_force(view.quarter));
    for deal in deals {
        let terms = match deal.signed.0 {
            0 => format!("{} invested before the game", numbers::money(deal.sheet.amount())),
            _ => clauses::sheet(&desk.words, &view.deals, &deal.sheet),
        };
        let name = format!("{}: ", desk.words.lab(deal.lab));
        let runs = [
            (Type::NoteStrong, tokens.ink, name.as_str()),
            (Type::Note, tokens.ink_soft, terms.as_str()),
        ];
        let galley = ui.runs(&runs, room.width());
        y = ui.lay(pos2(room.left(), y), galley).bottom() + 5.0;
    }
    y
}
