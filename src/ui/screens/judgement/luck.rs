//! Luck apart from decisions: the score against that of a bot in the seat, under this luck and others.

use bevy_egui::egui::{Align2, Rect, Ui, pos2, vec2};

use crate::host::words::numbers;
use crate::host::words::worth::skill_and_luck;
use crate::sim::view::SeatView;
use crate::ui::tokens::Type;
use crate::ui::verdict::Stand;
use crate::ui::widgets::{House, Tip, hatch, tip};

/// Pixels a point of score, at most.
const POINT: f32 = 5.0;

pub(super) fn luck(ui: &mut Ui, view: &SeatView, rect: Rect, stand: &Stand) -> f32 {
    let tokens = ui.tokens();
    let found = match stand {
        Stand::Found(found) => found.worth.luck,
        Stand::Under(..) => {
            let text = "Luck and decisions are being told apart …";
            return ui.ink_in(rect.min, rect.width(), Type::Note, tokens.ink_note, text).bottom();
        }
        Stand::Nothing => None,
    };
    let Some(luck) = found else { return rect.top() };
    let own = view.score.scaled;
    let (by_luck, by_us) =
        (luck.bot_here_points - luck.bot_points.median, own - luck.bot_here_points);
    let line = format!("Against a {} bot in your seat: ", luck.bot);
    let sum = format!("{} points", numbers::whole_change(by_luck + by_us));
    let runs =
        [(Type::Note, tokens.ink, line.as_str()), (Type::NoteStrong, tokens.ink, sum.as_str())];
    let galley = ui.runs(&runs, rect.width());
    let top = ui.lay(rect.min, galley).bottom() + 5.0;
    let middle = top + 10.0;
    // Both from nought: what hurts to the left, what helps to the right.
    let words = [
        format!("luck {}", numbers::whole_change(by_luck)),
        format!("decisions {}", numbers::whole_change(by_us)),
    ];
    let room = 0.5 * rect.width().min(560.0);
    let (hurt, help) = (by_luck.min(0.0) + by_us.min(0.0), by_luck.max(0.0) + by_us.max(0.0));
    let scale = ((0.5 * room) / (-hurt).max(help).max(1.0) as f32).min(POINT);
    let nought = rect.left() + 92.0 + scale * (-hurt) as f32;
    let (mut left, mut right) = (nought, nought);
    for (by, text) in [by_luck, by_us].into_iter().zip(&words) {
        let width = (scale * by.abs() as f32).max(1.0);
        let bar = if by < 0.0 {
            left -= width;
            Rect::from_min_size(pos2(left, middle - 9.0), vec2(width, 18.0))
        } else {
            right += width;
            Rect::from_min_size(pos2(right - width, middle - 9.0), vec2(width, 18.0))
        };
        if by < 0.0 && width > 5.0 {
            hatch(ui.painter(), bar, tokens.bad, 2.0, 5.0);
        } else {
            let colour = if by < 0.0 { tokens.bad } else { tokens.good };
            // Luck that helped is no merit: it is paler.
            let colour = if text.starts_with("luck") { tokens.faded(colour, 0.55) } else { colour };
            ui.painter().rect_filled(bar, 0, colour);
        }
    }
    ui.vline(nought, middle - 13.0..=middle + 13.0, 1.6, tokens.ink);
    let (before, after) = match (by_luck < 0.0, by_us < 0.0) {
        (true, false) => (words[0].clone(), words[1].clone()),
        (false, true) => (words[1].clone(), words[0].clone()),
        (true, true) => (words.join(", "), String::new()),
        (false, false) => (String::new(), words.join(", ")),
    };
    ui.ink(pos2(left - 8.0, middle), Align2::RIGHT_CENTER, Type::NoteStrong, tokens.ink, &before);
    let end = ui
        .ink(pos2(right + 8.0, middle), Align2::LEFT_CENTER, Type::NoteStrong, tokens.ink, &after)
        .right();
    let area = Rect::from_min_max(pos2(rect.left(), rect.top()), pos2(end, middle + 14.0));
    let told = ui.told(area, ui.id().with("luck"), &format!("{line}{sum}; {}", words.join(", ")));
    tip(ui, &told, || {
        Tip::new("Luck and decisions", sum.clone())
            .cause(
                "luck: the bot here against its middle game",
                by_luck,
                numbers::points_change(by_luck),
            )
            .cause("decisions: you against the bot here", by_us, numbers::points_change(by_us))
            .note("The bot plays your seat under this luck, and under others.")
    });
    let text = skill_and_luck(&luck, own);
    let width = rect.width().min(620.0);
    ui.ink_in(pos2(rect.left(), middle + 18.0), width, Type::Note, tokens.ink_soft, &text).bottom()
}
