//! What a study keeps of one game: a few numbers a seat, and nothing that grows with its record.

use crate::ids::{Role, SeatId};
use crate::sim::books::Account;
use crate::sim::fact::Fact;
use crate::sim::game::Game;
use crate::sim::goals::GoalStanding;
use crate::sim::view::{GiantFigures, Known, Published};

/// One game, in numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GameRecord {
    pub seed: u64,
    /// By seat.
    pub seats: Vec<SeatRecord>,
    pub talks: Talks,
    /// Rescue rounds of all labs.
    pub rescues: u32,
    /// By segment, then closed quarter: the largest move of any giant's win rate, points.
    pub win_rate_moves: Vec<Vec<f64>>,
    /// By segment, then closed quarter: the largest move of any giant's share, points.
    pub share_moves: Vec<Vec<f64>>,
    /// By closed quarter, then seat; empty unless asked for.
    pub quarters: Vec<Vec<SeatQuarter>>,
}

/// A seat at the end of a quarter.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SeatQuarter {
    pub raw_score: f64,
    pub scaled_score: f64,
    pub cash_bn: f64,
    /// None for a lab and for a giant without a cloud, like the next.
    pub share_pct: Option<f64>,
    pub win_rate_pct: Option<f64>,
    /// None for a lab, like the next.
    pub operating_income_bn: Option<f64>,
    pub market_value_bn: Option<f64>,
    /// None for a giant, like what follows.
    pub revenue_bn: Option<f64>,
    pub capability_points: Option<f64>,
    pub runway_quarters: Option<f64>,
    pub independence_pct: Option<f64>,
    /// Deals signed by this seat in the quarter.
    pub deals: u32,
}

/// A seat at the end of a game.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeatRecord {
    /// Points, 0 to 100.
    pub raw_score: f64,
    /// Points on the level's scale: 0 idle, 100 the best strategy known.
    pub scaled_score: f64,
    pub cash_bn: f64,
    /// Per cent; none for a lab and for a giant without a cloud.
    pub share_pct: Option<f64>,
    pub win_rate_pct: Option<f64>,
    /// The shortest runway of the game, quarters; none for a giant, like what follows.
    pub least_runway_quarters: Option<f64>,
    pub independence_pct: Option<f64>,
    /// Of the last quarter, $bn.
    pub revenue_bn: Option<f64>,
    /// Deals it signed.
    pub deals: u32,
    /// Rescue rounds; 0 for a giant.
    pub rescues: u32,
    /// Every goal's standing, in the order of the level.
    pub goals: Vec<GoalStanding>,
}

/// What was said at the tables of a game, in counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Talks {
    pub offers: u32,
    pub questions: u32,
    pub signed: u32,
    /// Offers answered by a hold.
    pub held: u32,
    pub walked_away: u32,
    pub insults: u32,
    /// Acceptances that came too late.
    pub accepted_too_late: u32,
    /// Decisions of bots that the rules refused.
    pub refused_by_rules: u32,
}

/// Watches a game and writes its record.
pub(super) struct Watch {
    record: GameRecord,
    /// Win rate and share by giant, then segment, as last published, parts of 1.
    last: Vec<(Vec<f64>, Vec<f64>)>,
    /// By seat.
    runways: Vec<f64>,
    /// Deals signed in the game, by seat, and how many of them before the present quarter.
    deals: Vec<(u32, u32)>,
    /// Whether quarters are recorded one by one.
    per_quarter: bool,
}

impl Watch {
    /// Begins before the first quarter.
    pub(super) fn new(game: &Game, seed: u64) -> Watch {
        let segments = game.level().segments.len();
        let mut watch = Watch {
            record: GameRecord {
                seed,
                win_rate_moves: vec![Vec::new(); segments],
                share_moves: vec![Vec::new(); segments],
                ..GameRecord::default()
            },
            last: by_segment(&game.view(SeatId(0)).published),
            runways: vec![f64::INFINITY; game.level().seats()],
            deals: vec![(0, 0); game.level().seats()],
            per_quarter: false,
        };
        watch.look_at_runways(game);
        watch
    }

    /// Records every quarter too.
    pub(super) fn per_quarter(self, per_quarter: bool) -> Watch {
        Watch { per_quarter, ..self }
    }

    /// After every closed quarter.
    pub(super) fn after_close(&mut self, game: &Game) {
        let Some(closed) = game.history().last() else { return };
        for fact in &closed.facts {
            self.count(fact);
        }
        let now = by_segment(&closed.published);
        for segment in 0..self.record.share_moves.len() {
            let pairs = || self.last.iter().zip(&now);
            let wins = pairs().map(|(old, new)| points(&old.0, &new.0, segment));
            let shares = pairs().map(|(old, new)| points(&old.1, &new.1, segment));
            self.record.win_rate_moves[segment].push(wins.fold(0.0, f64::max));
            self.record.share_moves[segment].push(shares.fold(0.0, f64::max));
        }
        self.last = now;
        self.look_at_runways(game);
        let giants = game.level().giants.len();
        self.deals.iter_mut().for_each(|(all, before)| *before = *all);
        for fact in &closed.facts {
            if let Fact::Signed { giant, lab, .. } = fact {
                self.deals[giant.seat().index()].0 += 1;
                self.deals[lab.seat(giants).index()].0 += 1;
            }
        }
        if self.per_quarter {
            let seats = game.level().seat_ids();
            let row = seats.map(|seat| self.quarter(game, &closed.published, seat)).collect();
            self.record.quarters.push(row);
        }
    }

    fn quarter(&self, game: &Game, published: &Published, seat: SeatId) -> SeatQuarter {
        let view = game.view(seat);
        let (all, before) = self.deals[seat.index()];
        let common = SeatQuarter {
            raw_score: view.score.raw,
            scaled_score: view.score.scaled,
            cash_bn: view.cash.bn(),
            deals: all - before,
            ..SeatQuarter::default()
        };
        match view.role {
            Role::Giant(firm) => {
                let giant = &published.giants[firm.index()];
                let pct = |part: f64| giant.has_cloud.then_some(100.0 * part);
                SeatQuarter {
                    share_pct: pct(giant.share),
                    win_rate_pct: pct(giant.win_rate),
                    operating_income_bn: Some(giant.operating_income_bn()),
                    market_value_bn: Some(giant.value_bn),
                    ..common
                }
            }
            Role::Lab(lab) => {
                let figures = &published.labs[lab.index()];
                SeatQuarter {
                    revenue_bn: Some(figures.revenue_bn),
                    capability_points: Some(figures.capability_points),
                    // A lab knows its own runway exactly.
                    runway_quarters: Some(view.labs[lab.index()].runway_quarters.or(0.0)),
                    independence_pct: Some(100.0 * figures.independence),
                    ..common
                }
            }
        }
    }

    /// At the end of the game.
    pub(super) fn finish(mut self, game: &Game, refused_by_rules: u32) -> GameRecord {
        let published = game.view(SeatId(0)).published;
        self.record.talks.refused_by_rules = refused_by_rules;
        self.record.rescues = published.labs.iter().map(|lab| lab.rescues).sum();
        let seats = game.level().seat_ids();
        self.record.seats = seats.map(|seat| self.seat(game, &published, seat)).collect();
        self.record
    }

    fn seat(&self, game: &Game, published: &Published, seat: SeatId) -> SeatRecord {
        let score = game.view(seat).score;
        let common = SeatRecord {
            raw_score: score.raw,
            scaled_score: score.scaled,
            cash_bn: game.books().balance(Account::Cash(seat)).bn(),
            deals: self.deals[seat.index()].0,
            goals: score.goals,
            ..SeatRecord::default()
        };
        match seat.role(game.level().giants.len()) {
            Role::Giant(firm) => {
                let giant = &published.giants[firm.index()];
                let pct = |part: f64| giant.has_cloud.then_some(100.0 * part);
                SeatRecord {
                    share_pct: pct(giant.share),
                    win_rate_pct: pct(giant.win_rate),
                    ..common
                }
            }
            Role::Lab(lab) => {
                let lab = &published.labs[lab.index()];
                SeatRecord {
                    least_runway_quarters: Some(self.runways[seat.index()]),
                    independence_pct: Some(100.0 * lab.independence),
                    revenue_bn: Some(lab.revenue_bn),
                    rescues: lab.rescues,
                    ..common
                }
            }
        }
    }

    fn look_at_runways(&mut self, game: &Game) {
        let giants = game.level().giants.len();
        for seat in game.level().seat_ids() {
            let Role::Lab(lab) = seat.role(giants) else { continue };
            // A lab knows its own runway exactly.
            if let Known::Exact(quarters) = game.view(seat).labs[lab.index()].runway_quarters {
                let least = &mut self.runways[seat.index()];
                *least = least.min(quarters);
            }
        }
    }

    fn count(&mut self, fact: &Fact) {
        let talks = &mut self.record.talks;
        let counter = match fact {
            Fact::OfferMade { .. } => &mut talks.offers,
            Fact::Asked { .. } => &mut talks.questions,
            Fact::Signed { .. } => &mut talks.signed,
            Fact::Held { .. } => &mut talks.held,
            Fact::WalkedAway { .. } | Fact::PatienceEnded { .. } => &mut talks.walked_away,
            Fact::Insulted { .. } => &mut talks.insults,
            Fact::AcceptanceFailed { .. } => &mut talks.accepted_too_late,
            _ => return,
        };
        *counter += 1;
    }
}

fn by_segment(published: &Published) -> Vec<(Vec<f64>, Vec<f64>)> {
    let rows =
        |giant: &GiantFigures| (giant.win_by_segment.clone(), giant.share_by_segment.clone());
    published.giants.iter().map(rows).collect()
}

/// How far one segment's entry moved, in points of per cent.
fn points(old: &[f64], new: &[f64], segment: usize) -> f64 {
    match (old.get(segment), new.get(segment)) {
        (Some(old), Some(new)) => 100.0 * (new - old).abs(),
        _ => 0.0,
    }
}
