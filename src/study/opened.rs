//! A played game with its books open: what no seat could see in play, for the debrief of it.

use std::sync::Arc;

use super::appraisal::{SheetAppraisal, appraise};
use super::branch::{Broken, Played};
use super::frontier::{Frontier, TrueTable};
use crate::ids::{DealId, LabId};
use crate::level::DealDraft;
use crate::sim::game::Game;
use crate::sim::information::Said;
use crate::sim::setting::Step;
use crate::sim::view::Published;
use crate::units::Quarter;

/// A deal of the game as both sides truly stood when the step of its signature began.
#[derive(Clone, Debug)]
pub struct OpenBook {
    pub deal: DealId,
    pub step: Step,
    pub appraisal: SheetAppraisal,
    pub frontier: Frontier,
}

/// A lab's own figures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LabBooks {
    pub cash_bn: f64,
    pub runway_quarters: f64,
}

/// A played game with its books open.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Every deal signed in the game, in order.
    pub books: Vec<OpenBook>,
    /// The figures of the opening, and every seat's score there, by seat.
    pub opening: Arc<Published>,
    pub opening_scores: Vec<f64>,
    /// By closed quarter, the opening first, then by lab.
    pub labs: Vec<Vec<LabBooks>>,
    /// Every claim, rumour and leak, in order.
    pub said: Vec<Said>,
}

/// Plays a game's record once more and opens its books.
pub fn opened(played: &Played) -> Result<Opened, Broken> {
    let level = &played.tape.level;
    let mut game = Game::new(Arc::clone(level), played.tape.seed);
    let mut found = Opened {
        books: Vec::new(),
        opening: game.view(level.first_seat).published,
        opening_scores: level.seat_ids().map(|seat| game.view(seat).score.scaled).collect(),
        labs: Vec::new(),
        said: Vec::new(),
    };
    played.walk(&mut game, |game| found.look(played, game))?;
    Ok(found)
}

impl Opened {
    fn look(&mut self, played: &Played, game: &Game) {
        let closed = game.history().len();
        if self.labs.len() <= closed {
            let labs = 0..game.level().labs.len() as u8;
            self.labs.push(labs.map(|lab| books_of(game, LabId(lab))).collect());
        }
        for said in game.hearsay_opened() {
            if !self.said.contains(&said) {
                self.said.push(said);
            }
        }
        let here = (game.quarter(), game.step());
        let signed = played.deals.iter().filter(|deal| played.signed_at(deal.id) == Some(here));
        for deal in signed {
            let draft = DealDraft { giant: deal.giant, lab: deal.lab, sheet: deal.sheet };
            let table = TrueTable::of(game, deal.giant, deal.lab);
            self.books.push(OpenBook {
                deal: deal.id,
                step: here.1,
                appraisal: appraise(game, &draft),
                frontier: table.frontier(&deal.sheet),
            });
        }
    }

    /// The book of a deal.
    pub fn book(&self, deal: DealId) -> Option<&OpenBook> {
        self.books.iter().find(|book| book.deal == deal)
    }

    /// A lab's figures at the close of a quarter, 0 the opening.
    pub fn lab(&self, quarter: Quarter, lab: LabId) -> Option<LabBooks> {
        self.labs.get(quarter.0 as usize)?.get(lab.index()).copied()
    }
}

fn books_of(game: &Game, lab: LabId) -> LabBooks {
    let view = game.view(lab.seat(game.level().giants.len()));
    let known = &view.labs[lab.index()];
    // A lab knows its own.
    LabBooks { cash_bn: known.cash_bn.or(0.0), runway_quarters: known.runway_quarters.or(0.0) }
}
