//! The quarter in the order of the pipeline.

use bevy_egui::egui::{Align2, Galley, Rect, Stroke, Ui, pos2, vec2};

use super::{STEP, STEPS};
use crate::host::words::{bridge, facts, numbers};
use crate::ids::{LabId, Role};
use crate::sim::fact::Fact;
use crate::sim::game::ClosedQuarter;
use crate::sim::view::Published;
use crate::ui::desk::Desk;
use crate::ui::screens::Scene;
use crate::ui::tokens::Type;
use crate::ui::widgets::House;

/// The quarter in the order of the pipeline.
pub(super) fn order(
    ui: &mut Ui,
    scene: &Scene,
    rect: Rect,
    before: &Published,
    closed: &ClosedQuarter,
    gone: f64,
) {
    let tokens = ui.tokens();
    ui.hline(rect.left()..=rect.right(), rect.top(), 1.2, tokens.ink);
    let at = rect.min + vec2(0.0, 7.0);
    let title = "The quarter, in order";
    let top = ui.ink(at, Align2::LEFT_TOP, Type::Panel, tokens.ink, title).bottom() + 6.0;
    let steps = steps(scene.desk, before, closed);
    let pitch = ((rect.bottom() - top - 8.0) / STEPS as f32).clamp(38.0, 118.0);
    let x = rect.left() + 11.0;
    let last = top + pitch * (steps.len() as f32 - 1.0) + 10.0;
    ui.vline(x, top + 10.0..=last, 1.6, tokens.ink);
    for (place, (name, text)) in steps.iter().enumerate() {
        let y = top + pitch * place as f32 + 10.0;
        let on = gone >= STEP * place as f64;
        let marked = place == 4;
        let radius = if marked { 7.5 } else { 4.5 };
        let colour = match (on, marked) {
            (false, _) => tokens.rule,
            (true, true) => tokens.firm(scene.desk.mark(scene.desk.view.seat)),
            (true, false) => tokens.ink,
        };
        ui.painter().circle(pos2(x, y), radius, colour, Stroke::new(2.5, tokens.page));
        if !on {
            continue;
        }
        let left = x + 20.0;
        let width = rect.right() - left;
        let at = pos2(left, y);
        ui.ink(at, Align2::LEFT_CENTER, Type::InterfaceStrong, tokens.ink, name);
        let lines = ((pitch - 32.0) / 16.0).clamp(1.0, 4.0) as usize;
        let galley = in_lines(ui, text, width, lines);
        ui.lay(pos2(left, y + 9.0), galley);
    }
}

/// A text in as many lines as there are; where it is longer, its first clause that stands alone.
fn in_lines(ui: &Ui, text: &str, width: f32, lines: usize) -> std::sync::Arc<Galley> {
    let colour = ui.tokens().ink_soft;
    let whole = ui.galley(Type::Note, colour, text, width);
    if whole.rows.len() <= lines {
        return whole;
    }
    let ends = text.rmatch_indices([':', ';', '.', ',', '(']).map(|(at, _)| text[..at].trim_end());
    let fits = |part: &&str| {
        let digits = part.ends_with(|letter: char| letter.is_ascii_digit());
        part.len() > 8 && !digits && ui.galley(Type::Note, colour, part, width).rows.len() <= lines
    };
    let words = [" into ", " and ", " at ", " for ", " with ", " of "];
    let turns = words.into_iter().filter_map(|word| text.rfind(word)).map(|at| &text[..at]);
    match ends.into_iter().find(fits).or_else(|| turns.into_iter().find(fits)) {
        Some(part) => ui.galley(Type::Note, colour, part, width),
        None => ui.clamped(Type::Note, colour, text, width, lines),
    }
}

/// The twelve steps of the close, each with the one thing it did that matters most to this seat.
fn steps(desk: &Desk, before: &Published, closed: &ClosedQuarter) -> Vec<(&'static str, String)> {
    let words = &desk.words;
    let view = &desk.view;
    let seen = || closed.facts.iter().filter(|fact| fact.seen_by(view.seat));
    let first = |pick: &dyn Fn(&Fact) -> bool| {
        seen().find(|fact| pick(fact)).map(|fact| facts::sentence(words, &view.deals, fact))
    };
    let or = |found: Option<String>, otherwise: &str| found.unwrap_or_else(|| otherwise.to_owned());
    let now = &closed.published;
    let firm = match view.role {
        Role::Giant(firm) => Some(firm),
        Role::Lab(_) => None,
    };
    let world = |fact: &Fact| {
        matches!(
            fact,
            Fact::Happened { .. }
                | Fact::OpenWeightsShock { .. }
                | Fact::ChipShortage { .. }
                | Fact::Downturn { .. }
                | Fact::DownturnOver
                | Fact::Outage { .. }
                | Fact::Answered { .. }
                | Fact::CardPlayed { .. }
        )
    };
    let plans = |fact: &Fact| {
        matches!(
            fact,
            Fact::PriceChanged { .. }
                | Fact::OrderChanged { .. }
                | Fact::ResearchChanged { .. }
                | Fact::PushChanged { .. }
                | Fact::ChipPriceChanged { .. }
                | Fact::LabPlanChanged { .. }
        )
    };
    let own = |fact: &Fact| fact.subject(view.giants()) == Some(view.seat);
    let own_plan = seen().filter(|fact| plans(fact) && own(fact)).count();
    let signed = seen().filter(|fact| matches!(fact, Fact::Signed { .. })).count();
    let invest = match signed {
        0 => or(
            first(&|f| matches!(f, Fact::TranchePaid { .. } | Fact::CapacityArrived { .. })),
            "Nobody signed.",
        ),
        count => {
            let deal = first(&|fact| matches!(fact, Fact::Signed { .. })).unwrap_or_default();
            match count {
                1 => deal,
                more => format!("{}. {deal}", numbers::count(more as u32, "signature")),
            }
        }
    };
    let train = format!(
        "The frontier {:.0} to {:.0}, {}",
        before.frontier.points,
        now.frontier.points,
        words.seat(now.frontier.leader)
    );
    let serve = match firm.filter(|firm| now.giants[firm.index()].has_cloud) {
        Some(firm) => format!(
            "New demand {}, {} of it to us",
            numbers::bn(now.market.new_demand_bn),
            numbers::share(now.giants[firm.index()].win_rate)
        ),
        None => format!("New cloud demand {}", numbers::bn(now.market.new_demand_bn)),
    };
    let lab = match view.role {
        Role::Lab(lab) => lab.index(),
        Role::Giant(_) => 0,
    };
    let business =
        format!("{} sells {}", words.lab(LabId(lab as u8)), numbers::bn(now.labs[lab].revenue_bn));
    let moved = bridge::change(view.seat, &closed.postings);
    let settle =
        format!("Cash {}, {}", numbers::bn(view.cash.bn()), numbers::bn_change(moved.bn()));
    let values = match firm {
        Some(firm) => {
            let (was, is) =
                (before.giants[firm.index()].value_bn, now.giants[firm.index()].value_bn);
            format!("{} {}", words.firm(firm), numbers::growth(is / was.max(1e-9) - 1.0))
        }
        None => {
            let (was, is) = (before.labs[lab].fundamental_bn, now.labs[lab].fundamental_bn);
            format!("Worth {} to {}", numbers::bn(was), numbers::bn(is))
        }
    };
    let heat = match firm {
        Some(firm) => {
            let (was, is) = (before.giants[firm.index()].heat, now.giants[firm.index()].heat);
            format!("Heat {:.0} to {:.0}", 100.0 * was, 100.0 * is)
        }
        None => or(
            first(&|f| matches!(f, Fact::InquiryOpened { .. } | Fact::RemedyImposed { .. })),
            "No new inquiry.",
        ),
    };
    let stories = seen().filter(|fact| matches!(fact, Fact::Reported { .. })).count();
    let front = desk.front_page();
    let told = front.stories.len() + front.further.len();
    let leaks = seen().filter(|fact| matches!(fact, Fact::LeakTraced { .. })).count();
    let published = match (told, leaks) {
        (1, 0) => "1 story".to_owned(),
        (told, 0) => format!("{told} stories"),
        (1, leaks) => format!("1 story, {}", numbers::count(leaks as u32, "leak")),
        (told, leaks) => format!("{told} stories, {}", numbers::count(leaks as u32, "leak")),
    };
    let score = closed.scores.scaled(&view.level, view.seat);
    let earlier = match desk.history.len() {
        0 | 1 => desk.opening.score.scaled,
        more => desk.history[more - 2].scores.scaled(&view.level, view.seat),
    };
    vec![
        ("Happenings", or(first(&world), "A quiet quarter.")),
        (
            "Plans",
            match own_plan {
                0 => "Ours stays as it was.".to_owned(),
                count => numbers::count(count as u32, "change") + " of ours",
            },
        ),
        ("Invest", invest),
        ("Train", train),
        ("Serve", serve),
        ("The labs' business", business),
        ("Settle", settle),
        ("Appraise", values),
        (
            "Hearsay",
            match stories {
                0 => or(first(&|f| matches!(f, Fact::Judged { .. })), "Nothing new is said."),
                count => numbers::count(count as u32, "rumour"),
            },
        ),
        ("Regulate", heat),
        ("Publish", published),
        ("Judge", format!("Score {} to {}", numbers::score(earlier), numbers::score(score))),
    ]
}
