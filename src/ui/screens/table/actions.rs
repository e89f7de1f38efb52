//! Every move one can make with the draft, in the bar.

use super::draft::{change, draft};
use super::worth::unmoved;
use crate::host::advice::Reply;
use crate::host::moves::subject_to_waiver;
use crate::ids::SeatId;
use crate::sim::deal::TermSheet;
use crate::sim::decision::{Choice, Decision};
use crate::sim::negotiation::Side;
use crate::sim::setting::Step;
use crate::sim::view::TableView;
use crate::ui::keys::Command;
use crate::ui::screens::frame::Bar;
use crate::ui::screens::{Scene, frame};
use crate::ui::state::{Overlay, Screen};
use crate::ui::widgets::{House, Press};
use bevy_egui::egui::Ui;

/// Every move one can make, in the bar.
pub(super) fn actions(ui: &mut Ui, scene: &mut Scene, bar: &mut Bar, with: SeatId) {
    if scene.desk.busy() {
        let off = Some("The others decide.".to_owned());
        bar.right(ui, Press::primary("The world moves …").off(off));
        return;
    }
    let plain = scene.state.overlay == Overlay::None;
    let Some(table) = scene.desk.view.table_with(with).copied() else { return };
    let small = ui.grid().small;
    let step = scene.desk.view.step;
    if !table.open && !small {
        let back = Press::quiet("Back to the board").key("Escape");
        if bar.left(ui, back).clicked() {
            scene.go(Screen::Board);
        }
    }
    if table.open {
        let decision = Decision::WalkAway { from: with };
        let off = scene.desk.refused(&decision);
        let press = Press::leave("Walk away").off(off);
        let press =
            press.tip("The table stays shut for two quarters, and some trust goes with it.");
        if bar.left(ui, press).clicked() {
            scene.desk.decide(decision, "walk");
        }
    }
    match step {
        Step::Offers(_) => offers(ui, scene, bar, (with, &table), plain),
        Step::Answers(_) => answers(ui, scene, bar, (with, &table), plain),
        _ => frame::onward(ui, scene, bar, if small { 40.0 } else { 44.0 }),
    }
}

fn offers(
    ui: &mut Ui,
    scene: &mut Scene,
    bar: &mut Bar,
    (with, table): (SeatId, &TableView),
    plain: bool,
) {
    let small = ui.grid().small;
    if leaves(scene, with) {
        let press = Press::primary("Leave the table").key("Ctrl Enter");
        let pressed = bar.right(ui, press).clicked();
        if pressed || plain && (scene.pressed(Command::Send) || scene.pressed(Command::Main)) {
            scene.desk.end_step();
            return;
        }
        let last = scene.desk.view.decided.last().copied();
        let off = match last {
            Some(Decision::WalkAway { from }) if from == with => None,
            _ => Some("Take back what was decided after it first.".to_owned()),
        };
        if bar.right(ui, Press::new("Stay").key("Ctrl Z").off(off)).clicked() {
            scene.desk.undo();
        }
        return;
    }
    let sheet = draft(scene, with);
    let decision = Decision::Offer { to: with, sheet };
    let off = scene.desk.refused(&decision);
    let sendable = off.is_none();
    if table.theirs.stands_by(&sheet) {
        let press = Press::primary("On to the answers").key("Ctrl Enter");
        let press =
            press.tip("The draft is as they would sign it: you sign when the answers come.");
        let pressed = bar.right(ui, press).clicked();
        if pressed || plain && (scene.pressed(Command::Send) || scene.pressed(Command::Main)) {
            scene.desk.end_step();
        }
        let stands = frame::stands(scene);
        bar.say_right(ui, &stands);
        return;
    }
    if table.mine.offer == Some(sheet) {
        let press = Press::primary("Let the round pass").key("Ctrl Enter");
        let press = press.tip("These terms lie before them. Change a clause to send others.");
        let pressed = bar.right(ui, press).clicked();
        if pressed || plain && (scene.pressed(Command::Send) || scene.pressed(Command::Main)) {
            scene.desk.end_step();
            return;
        }
        round_and_attention(ui, scene, bar);
        beside_the_main(ui, scene, bar, (with, table, &sheet), plain);
        return;
    }
    let label = if sheet.replaces.is_some() { "Send new terms" } else { "Send offer" };
    let pressed = bar.right(ui, Press::primary(label).key("Ctrl Enter").off(off.clone())).clicked();
    let send = plain && (scene.pressed(Command::Send) || scene.pressed(Command::Main));
    if (pressed || send) && sendable && scene.desk.decide(decision, "offer") {
        scene.state.clause = None;
        scene.desk.end_step();
        return;
    }
    if send && let Some(why) = off {
        scene.desk.notice = Some(why);
    }
    round_and_attention(ui, scene, bar);
    if beside_the_main(ui, scene, bar, (with, table, &sheet), plain) {
        return;
    }
    if let Some(subject) = subject(scene, table, &sheet).filter(|_| !sendable) {
        let press = Press::new("Make it subject to a waiver");
        let press = press.tip("Signed only once the deal in its way is waived; M asks its holder.");
        if bar.right(ui, press).clicked() {
            change(scene, with, subject);
        }
    }
    let several = scene.desk.view.tables.len() > 1;
    // With one table it is for lessons, which look at a sheet once more before it goes.
    let taught = scene.settings.lessons && !scene.desk.lesson.is_empty();
    if !small && (several || taught) && sendable {
        let press = Press::quiet("Decide, send later");
        let press = press.tip("Keeps this offer for this round; it goes out when you send.");
        if bar.right(ui, press).clicked() && scene.desk.decide(decision, "offer") {
            scene.desk.notice = Some("It goes out when you send.".to_owned());
        }
    }
}

/// Whether it has been decided to walk away from this table.
fn leaves(scene: &Scene, with: SeatId) -> bool {
    scene.desk.view.decided.contains(&Decision::WalkAway { from: with })
}

/// Before the main button: where the talks stand.
fn round_and_attention(ui: &mut Ui, scene: &Scene, bar: &mut Bar) {
    let rounds = scene.desk.view.level.talk_rounds;
    let round = match scene.desk.view.step {
        Step::Offers(round) => round + 1,
        _ => rounds,
    };
    let left = format!("attention left: {}", scene.desk.view.attention_left);
    bar.say_right(ui, &format!("Round {round} of {rounds}\n{left}"));
}

/// The advisor, the question, their last terms; true if the question went out.
fn beside_the_main(
    ui: &mut Ui,
    scene: &mut Scene,
    bar: &mut Bar,
    (with, table, sheet): (SeatId, &TableView, &TermSheet),
    plain: bool,
) -> bool {
    let suggest = bar.right(ui, Press::new("Suggest").key("S")).clicked();
    if suggest || (plain && scene.pressed(Command::Suggest)) {
        suggested(scene, with);
    }
    let ask = Decision::Ask { of: with };
    let off = scene.desk.refused(&ask);
    let askable = off.is_none();
    let press = Press::new("What do they want?").key("W").off(off);
    let press = press.tip("Takes the round, and brings up to three ways to a yes.");
    let asked = bar.right(ui, press).clicked() || (plain && scene.pressed(Command::Ask));
    if asked && askable && scene.desk.decide(ask, "ask") {
        scene.desk.end_step();
        return true;
    }
    let theirs = table.theirs.named().filter(|theirs| theirs != sheet);
    if let Some(theirs) = theirs.filter(|_| !ui.grid().small)
        && bar.right(ui, Press::quiet("Back to their last offer")).clicked()
    {
        change(scene, with, theirs);
    }
    false
}

/// The draft made to wait for a waiver, where a rival's deal stands in its way.
fn subject(scene: &Scene, table: &TableView, sheet: &TermSheet) -> Option<TermSheet> {
    let view = &scene.desk.view;
    if table.side != Side::Giant || sheet.subject_to.is_some() {
        return None;
    }
    subject_to_waiver(view, table, *sheet)
}

/// The advisor's terms into the draft, with what it thinks of them.
fn suggested(scene: &mut Scene, with: SeatId) {
    let found = scene.desk.advisor(with).and_then(|advisor| {
        let found = advisor.suggest()?;
        Some((found, advisor.reply(&found.sheet)))
    });
    let who = scene.desk.words.seat(with).to_owned();
    scene.desk.looked_at("suggest");
    if let Some((found, reply)) = &found
        && better(scene, with, found.mine_bn, *reply)
    {
        scene.desk.notice = Some(
            "Your draft is worth more to you than the advisor's terms, and does as well."
                .to_owned(),
        );
        return;
    }
    let Some((found, reply)) = found else {
        scene.desk.notice = Some(format!(
            "The advisor finds nothing to offer {who}: what is in force, or the cash at hand, forbids it."
        ));
        return;
    };
    change(scene, with, found.sheet);
    scene.desk.notice = Some(match reply {
        Reply::NotSelling => {
            format!("On the estimate {who} has money enough for now and sells no more of itself.")
        }
        Reply::Signs if found.mine_bn >= 0.0 => {
            format!("On the estimate, both you and {who} would sign this in the present round.")
        }
        Reply::Waits if found.mine_bn >= 0.0 => format!(
            "On the estimate these would do in the last answers; until then {who} may wait for other bids."
        ),
        _ => "No terms near these would both sides sign in this round; this comes nearest."
            .to_owned(),
    });
}

/// Whether the draft is worth more to us than terms of this worth, $bn, and as likely to be signed.
fn better(scene: &Scene, with: SeatId, worth_bn: f64, reply: Reply) -> bool {
    let rank = |reply: Reply| match reply {
        Reply::Signs => 3,
        Reply::Waits => 2,
        Reply::Short(_) => 1,
        Reply::NotSelling => 0,
    };
    let sheet = draft(scene, with);
    let Some(advisor) = scene.desk.advisor(with) else { return false };
    let value = advisor.brief.appraise(advisor.side(), &sheet).value();
    let possible = scene.desk.refused(&Decision::Offer { to: with, sheet }).is_none();
    possible
        && rank(advisor.reply(&sheet)) >= rank(reply).max(2)
        && value > worth_bn.max(advisor.bar(advisor.side(), &sheet))
        && !unmoved(scene, with, &sheet)
}

fn answers(
    ui: &mut Ui,
    scene: &mut Scene,
    bar: &mut Bar,
    (with, table): (SeatId, &TableView),
    plain: bool,
) {
    let who = scene.desk.words.seat(with).to_owned();
    if let Some(sheet) = table.theirs.offer {
        let decision = Decision::Accept { from: with, choice: Choice::Offer };
        let off = scene.desk.refused(&decision);
        let can = off.is_none();
        let label =
            if sheet.subject_to.is_some() { "Agree in principle" } else { "Sign their offer" };
        let pressed = bar.right(ui, Press::primary(label).key("Ctrl Enter").off(off)).clicked();
        let sent = plain && scene.pressed(Command::Send);
        if can && (pressed || sent) && scene.desk.decide(decision, "accept") {
            scene.desk.end_step();
            return;
        }
    }
    if table.theirs.waits_for_answer {
        let routes = scene.desk.advisor(with).map(|advisor| advisor.routes());
        if let Some(routes) = routes.filter(|routes| routes[0].is_some()) {
            let decision = Decision::Propose { to: with, routes };
            let off = scene.desk.refused(&decision);
            let press = Press::primary("Show them your ways").off(off);
            if bar.right(ui, press).clicked() && scene.desk.decide(decision, "answer") {
                scene.desk.end_step();
                return;
            }
        }
    }
    if table.theirs.offer.is_some() || table.theirs.routes[0].is_some() {
        let theirs = table.theirs.offer.or(table.theirs.routes[0]);
        let because = scene
            .desk
            .advisor(with)
            .zip(theirs)
            .map(|(advisor, sheet)| advisor.because(&sheet))
            .unwrap_or_default();
        let decision = Decision::Hold { from: with, because };
        let off = scene.desk.refused(&decision);
        let press = Press::new("Hold, and say why").off(off);
        if bar.right(ui, press).clicked() && scene.desk.decide(decision, "hold") {
            scene.desk.end_step();
            return;
        }
    }
    // With nothing to answer, the way on is the main thing to press.
    let nothing = table.theirs.offer.is_none()
        && !table.theirs.waits_for_answer
        && table.theirs.routes[0].is_none();
    let pressed = match nothing {
        true => {
            let press = Press::primary("Hear the answers").key("Ctrl Enter");
            let press = press.tip("What you sent lies before them; they answer, and rivals too.");
            bar.right(ui, press).clicked() || plain && scene.pressed(Command::Send)
        }
        false => {
            let press = Press::quiet("Say nothing");
            let press = press.tip("Their terms stand unanswered; the talks go on.");
            bar.right(ui, press).clicked()
        }
    };
    if pressed {
        scene.desk.end_step();
        return;
    }
    let rounds = scene.desk.view.level.talk_rounds;
    let round = match scene.desk.view.step {
        Step::Answers(round) => round + 1,
        _ => rounds,
    };
    bar.say_right(ui, &format!("Answers, round {round} of {rounds}\nto {who}"));
}
