//! Rule 7 of good faith: what a scripted hand at the table captures of what there is to share.
//!
//! At every signature both sides' appraisals are taken from their own views: each knows its own case
//! exactly. A side's surplus is its appraisal's value, which counts its best alternative.

use serde::Serialize;

use super::batch::{Batch, StudyError};
use super::play::{Player, bots, play_seated};
use super::summary::Mean;
use crate::bot::{Policy, Script};
use crate::ids::{Role, SeatId};
use crate::sim::deal::Deal;
use crate::sim::deal::brief::{Brief, FULL_OUTLOOK};
use crate::sim::decision::Decision;
use crate::sim::game::Game;
use crate::sim::negotiation::Side;
use crate::sim::setting::Step;
use crate::sim::view::SeatView;

/// The most a lowballer may capture, part of the surplus (the design, rule 7).
pub const LOWBALLER_AT_MOST: f64 = 0.55;

impl Player for Script {
    fn choose(&mut self, view: &SeatView) -> Vec<Decision> {
        Script::choose(*self, view)
    }
}

/// What came of the study. Keys and units are stable: other programs read them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bargain {
    pub level: String,
    pub seat: String,
    pub games: u32,
    pub first_seed: u64,
    pub scripts: Vec<ScriptResult>,
    /// The trader's surplus less the lowballer's on the same seed, $bn a game.
    pub trader_ahead_bn: Mean,
    /// Whether the lowballer captures no more than it may.
    pub lowballer_is_held: bool,
    pub trader_beats_lowballer: bool,
}

/// One script over all games.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct ScriptResult {
    pub script: Script,
    pub deals_per_game: f64,
    /// The surplus of both sides in its deals, $bn a game.
    pub joint_bn_per_game: f64,
    /// Its own, $bn a game.
    pub captured_bn_per_game: f64,
    /// Its own part of all joint surplus, 0 to 1; none if it signed nothing worth sharing.
    pub captured_part: Option<f64>,
}

/// A game of one script: its deals, and the surplus of both sides in them, $bn.
#[derive(Clone, Copy, Debug, Default)]
struct Haul {
    deals: u32,
    own_bn: f64,
    other_bn: f64,
}

/// Plays every seed once with each script in the seat, normal bots on the other side of its tables,
/// and nobody else at them; `done` is called after each seed.
///
/// Its rivals for the same counterpart pass, so that the measure is of the two at the table.
pub fn bargain(batch: &Batch, seat: SeatId, done: impl Fn() + Sync) -> Result<Bargain, StudyError> {
    let hauls =
        batch.run(|game, seed| Script::ALL.map(|script| haul(game, seat, script, seed)), done)?;
    let games = f64::from(batch.games.max(1));
    let scripts: Vec<ScriptResult> = Script::ALL
        .into_iter()
        .enumerate()
        .map(|(place, script)| {
            let sum = |of: fn(&Haul) -> f64| hauls.iter().map(|seed| of(&seed[place])).sum::<f64>();
            let (own, other) = (sum(|haul| haul.own_bn), sum(|haul| haul.other_bn));
            ScriptResult {
                script,
                deals_per_game: sum(|haul| f64::from(haul.deals)) / games,
                joint_bn_per_game: (own + other) / games,
                captured_bn_per_game: own / games,
                captured_part: (own + other > 0.0).then(|| own / (own + other)),
            }
        })
        .collect();
    let ahead: Vec<f64> = hauls.iter().map(|[low, trade]| trade.own_bn - low.own_bn).collect();
    let ahead = Mean::of(&ahead);
    Ok(Bargain {
        level: batch.level.id.clone(),
        seat: batch.level.seat_key(seat).to_owned(),
        games: batch.games,
        first_seed: batch.first_seed,
        lowballer_is_held: scripts[0].captured_part.is_none_or(|part| part <= LOWBALLER_AT_MOST),
        trader_beats_lowballer: ahead.mean > 0.0,
        trader_ahead_bn: ahead,
        scripts,
    })
}

fn haul(game: &mut Game, seat: SeatId, script: Script, seed: u64) -> Haul {
    game.restart(seed);
    let giants = game.level().giants.len();
    let own_role = seat.role(giants);
    let faces = |other: SeatId| {
        matches!(
            (own_role, other.role(giants)),
            (Role::Giant(_), Role::Lab(_)) | (Role::Lab(_), Role::Giant(_))
        )
    };
    let policy = |other| if faces(other) { Policy::Normal } else { Policy::Idle };
    let table: Vec<Policy> = game.level().seat_ids().map(policy).collect();
    let mut seated = bots(game, &table);
    seated.push((seat, Box::new(script)));
    seated.sort_by_key(|(seat, _)| *seat);
    let mut haul = Haul::default();
    let mut seen = game.deals().len();
    play_seated(game, &mut seated, |game, step| {
        if !matches!(step, Step::Answers(_)) {
            return;
        }
        let deals = game.deals();
        for deal in &deals[seen..] {
            haul.add(game, &deals, deal, seat);
        }
        seen = deals.len();
    });
    haul
}

impl Haul {
    fn add(&mut self, game: &Game, deals: &[Deal], deal: &Deal, seat: SeatId) {
        let giants = game.level().giants.len();
        let (giant, lab) = (deal.giant.seat(), deal.lab.seat(giants));
        if seat != giant && seat != lab {
            return;
        }
        let raised: f64 = deals
            .iter()
            .filter(|other| {
                other.lab == deal.lab && other.signed == deal.signed && other.id < deal.id
            })
            .map(|other| other.sheet.amount().bn())
            .sum();
        let worth = |seat: SeatId, side: Side| {
            let brief = Brief::new(&game.view(seat), deal.giant, deal.lab, FULL_OUTLOOK);
            brief.with_money_raised(raised).appraise(side, &deal.sheet).value()
        };
        let (giants_bn, labs_bn) = (worth(giant, Side::Giant), worth(lab, Side::Lab));
        let (own, other) = if seat == giant { (giants_bn, labs_bn) } else { (labs_bn, giants_bn) };
        self.deals += 1;
        self.own_bn += own;
        self.other_bn += other;
    }
}
