//! What the window remembers of a game beside the game: where one looks, and drafts.

use std::collections::BTreeMap;

use crate::host::text::Block;
use crate::ids::SeatId;
use crate::sim::deal::{Clause, TermSheet};
use crate::sim::process::Template;
use crate::ui::screens::moves::Filled;
use crate::units::Quarter;

/// A screen of a game.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    #[default]
    Front,
    Board,
    Table,
    Plan,
    Market,
    Records,
    Close,
    Judgement,
}

/// What lies over a screen.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Overlay {
    #[default]
    None,
    Settings,
    Keys,
    HowTo,
    Credits,
    Dilemma,
    /// Whatever one may decide beside the draft and the levers.
    Moves,
    /// A line to type, and what the last one said.
    Line,
    /// Whether to leave the game.
    Leave,
    Load,
}

/// A sheet in the player's pen, and its earlier states.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    pub sheet: TermSheet,
    pub earlier: Vec<TermSheet>,
    /// Clauses the player has opened a row for.
    pub rows: Vec<Clause>,
}

impl Draft {
    /// Changes the sheet; the state before can be brought back. Of one drag that is the state before it.
    pub fn change(&mut self, sheet: TermSheet, in_a_drag: bool) {
        if sheet != self.sheet {
            if !in_a_drag {
                self.earlier.push(self.sheet);
            }
            self.sheet = sheet;
        }
    }

    pub fn take_back(&mut self) -> bool {
        match self.earlier.pop() {
            Some(sheet) => {
                self.sheet = sheet;
                true
            }
            None => false,
        }
    }
}

/// Terms of the other side as they were seen last, and which clauses have changed when.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    pub sheet: Option<TermSheet>,
    pub changed: Vec<Clause>,
    /// Seconds.
    pub at: f64,
}

/// Which layers of the board are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layers {
    pub stakes: bool,
    pub compute: bool,
    pub cash: bool,
    pub trust: bool,
}

impl Default for Layers {
    fn default() -> Layers {
        Layers { stakes: true, compute: true, cash: true, trust: false }
    }
}

#[derive(Clone, Debug, Default)]
pub struct State {
    /// Whose it is.
    pub seat: Option<SeatId>,
    /// What the other people at this keyboard had in front of them.
    others: BTreeMap<SeatId, State>,
    /// Closed quarters whose close this seat has been told.
    pub closes_told: usize,
    pub screen: Screen,
    pub overlay: Overlay,
    /// The seat looked at on the board.
    pub selected: Option<SeatId>,
    pub layers: Layers,
    /// When the board was opened in this quarter, seconds; flows move for a while from then on.
    pub board_opened: Option<(Quarter, f64)>,
    /// When something on the screen next moves by itself, in seconds from this frame.
    pub moves_in: Option<f64>,
    /// The table sat at.
    pub table: Option<SeatId>,
    pub drafts: BTreeMap<SeatId, (Quarter, Draft)>,
    /// What the others have named, table by table.
    pub answers: BTreeMap<SeatId, Answer>,
    /// When the pointer was pressed that is still down, and that of the last change made under it.
    pub pressed: Option<f64>,
    changed_in: Option<f64>,
    /// The clause being changed.
    pub clause: Option<Clause>,
    /// The tab of the appraisal, where there is room for one alone.
    pub appraisal: usize,
    /// What the fan of a forecast shows: the score, or one of its drivers.
    pub driver: usize,
    pub market: usize,
    pub record: usize,
    /// The lab whose owners are looked at.
    pub owned: usize,
    /// A record's page, and what it is of: which, quarter, step of the game.
    pub record_page: Option<(String, Vec<Block>)>,
    /// When the close began to be told, seconds; none once it has been skipped.
    pub close_began: Option<f64>,
    /// What is filled in among the other moves.
    pub moves: Filled,
    /// A lab's template as it is being written.
    pub template: Option<Template>,
    /// The quarter in which a dilemma without an answer was put once more at the close.
    pub asked_again: Option<Quarter>,
    pub line: String,
    pub line_said: Vec<Block>,
    /// The segment whose price is set; none for all.
    pub segment: Option<usize>,
}

impl State {
    pub fn go(&mut self, screen: Screen) {
        self.screen = screen;
        self.overlay = Overlay::None;
        self.clause = None;
    }

    /// Another person sits down: what lay in front of the one before is put away, unseen.
    pub fn hand_over(&mut self, to: SeatId) {
        if self.seat == Some(to) {
            return;
        }
        let mut others = std::mem::take(&mut self.others);
        let next = others.remove(&to).unwrap_or_default();
        let before = std::mem::replace(self, next);
        if let Some(from) = before.seat {
            others.insert(from, before);
        }
        self.others = others;
        self.seat = Some(to);
    }

    /// Something changes: whether it already changed under the same press of the pointer.
    pub fn in_a_drag(&mut self) -> bool {
        let same = self.pressed.is_some() && self.pressed == self.changed_in;
        self.changed_in = self.pressed;
        same
    }
}
