//! What goes on around the table, under its rows: how the lab holds its talks, what is said of rival bids,
//! waivers under discussion, what this quarter's talks have brought.

use std::sync::Arc;

use bevy_egui::egui::{Align2, Galley, Rect, Sense, Ui, pos2, vec2};

use crate::host::dealings::History;
use crate::host::words::{facts, hearsay, numbers, process, refusals};
use crate::ids::SeatId;
use crate::sim::information::Story;
use crate::sim::negotiation::WaiverSide;
use crate::sim::process::Procedure;
use crate::ui::screens::Scene;
use crate::ui::tokens::Type;
use crate::ui::widgets::House;

/// Lines of news that are shown.
const NEWS: usize = 3;

// Points of the title, between two lines, and under the last.
const HEAD: f32 = 40.0;
const BETWEEN: f32 = 6.0;
const FOOT: f32 = 12.0;

/// What there is to say, laid out.
pub(super) struct Around {
    /// Each line with whether it is a rumour or a claim.
    lines: Vec<(bool, Arc<Galley>)>,
}

impl Around {
    pub(super) fn of(ui: &Ui, scene: &Scene, with: SeatId, width: f32) -> Around {
        let tokens = ui.tokens();
        let width = width.min(500.0);
        let lay = |text: &str| ui.galley(Type::Interface, tokens.ink_soft, text, width);
        let lines = lines(scene, with);
        Around { lines: lines.iter().map(|(rumour, text)| (*rumour, lay(text))).collect() }
    }

    /// Points that [`Around::show`] takes.
    pub(super) fn height(&self) -> f32 {
        let lines: f32 = self.lines.iter().map(|(_, galley)| galley.size().y + BETWEEN).sum();
        if self.lines.is_empty() { 0.0 } else { HEAD + lines + FOOT }
    }

    pub(super) fn show(self, ui: &mut Ui, left: f32) {
        if self.lines.is_empty() {
            return;
        }
        let tokens = ui.tokens();
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), HEAD), Sense::hover());
        let at = pos2(left, rect.bottom() - 14.0);
        ui.ink(at, Align2::LEFT_CENTER, Type::Panel, tokens.ink, "Around this table");
        for (rumour, galley) in self.lines {
            let height = galley.size().y;
            let size = vec2(ui.available_width(), height + BETWEEN);
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            let at = pos2(left, rect.top() + 5.0);
            let bar = Rect::from_min_size(at, vec2(3.0, height - 4.0));
            let colour = if rumour { tokens.warn_fill } else { tokens.rule };
            ui.painter().rect_filled(bar, 0, colour);
            ui.lay(pos2(left + 14.0, rect.top() + 3.0), galley);
        }
        ui.add_space(FOOT);
    }
}

/// Sentences, each with whether it is a rumour or a claim.
fn lines(scene: &Scene, with: SeatId) -> Vec<(bool, String)> {
    let desk = &*scene.desk;
    let view = &desk.view;
    let Some(table) = view.table_with(with) else { return Vec::new() };
    let mut lines = Vec::new();
    let standing = &view.processes[table.lab.index()];
    let plain = standing.process.procedure == Procedure::Private;
    if !plain || standing.process.template.is_some() {
        lines.push((false, process::standing(&desk.words, table.lab, standing)));
    }
    for talk in view.waivers.iter().filter(|talk| !talk.over) {
        let fee = |side| talk.fee(side).map_or_else(|| "nothing yet".to_owned(), numbers::money);
        lines.push((
            false,
            format!(
                "Waiver of {}: {} offers {}, {} asks {}.",
                facts::deal_name(&desk.words, &view.deals, talk.deal),
                desk.words.firm(talk.buyer),
                fee(WaiverSide::Buyer),
                desk.words.firm(talk.holder),
                fee(WaiverSide::Holder)
            ),
        ));
    }
    let bears = view.hearsay.iter().rev().filter(|said| {
        let about =
            matches!(said.story, Story::Bid { .. }) && said.story.about(with, view.giants());
        said.heard == view.quarter && (about || (said.by == Some(with) && said.to.is_some()))
    });
    let mut heard = Vec::new();
    for said in bears.take(NEWS) {
        heard.push(hearsay::story(&desk.words, &said.story));
        let what = match (said.by, said.to) {
            (Some(by), Some(_)) => hearsay::claim(&desk.words, by, &said.story),
            _ => hearsay::story(&desk.words, &said.story),
        };
        let standing = refusals::upper_first(&hearsay::standing(said));
        let believed = format!("to be believed to {:.0}%", 100.0 * said.belief);
        lines.push((true, format!("{}. {standing}; {believed}.", refusals::upper_first(&what))));
    }
    // What stands over the table already is not said twice.
    let history = History::of(&desk.history, desk.facts.iter(), view.seat, with);
    let said = history.because.map(|because| facts::reason(&desk.words, &view.deals, &because));
    let news = desk.news().iter().rev();
    let said_already = |news: &&String| said.iter().chain(&heard).any(|it| news.contains(it));
    let news = news.filter(|news| !said_already(news));
    for sentence in news.take(NEWS) {
        lines.push((false, sentence.clone()));
    }
    lines
}
