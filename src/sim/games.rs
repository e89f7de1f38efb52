//! Games of the flagship to test mechanics in, their opening changed where a test needs it.

use std::sync::Arc;

use crate::ids::{LabId, SeatId};
use crate::level::{Level, Library};
use crate::sim::books::{Account, Reason};
use crate::sim::decision::Decision;
use crate::sim::game::{ClosedQuarter, Game};
use crate::sim::negotiation::{Side, pair_at};
use crate::sim::setting::Step;
use crate::sim::snapshot::Snapshot;
use crate::sim::view::{Known, SeatView};
use crate::units::Money;

pub(crate) fn flagship() -> Arc<Level> {
    let entry = Library::load(None).find("ten-billion-courtship").expect("built in");
    entry.level.expect("sound")
}

/// A game of the flagship with its opening changed.
pub(in crate::sim) fn game(seed: u64, change: impl Fn(&mut Snapshot)) -> Game {
    let mut game = Game::new(flagship(), seed);
    let mut state = game.snapshot();
    change(&mut state);
    game.restore(&state, seed, Vec::new());
    game
}

pub(in crate::sim) fn to_plan(game: &mut Game) {
    while game.step() != Step::Plan {
        game.advance();
    }
}

/// Plays the quarter to its end.
pub(crate) fn close(game: &mut Game) -> Arc<ClosedQuarter> {
    to_plan(game);
    game.advance();
    Arc::clone(game.history().last().expect("a closed quarter"))
}

/// Changes what a seat cannot know, inside what it is shown: labs' books within their ranges, what
/// only others see, plans of labs. `nudges` are parts of 1, used in turn.
pub(crate) fn change_hidden(game: &mut Game, seat: SeatId, nudges: &[f64]) {
    let view = game.view(seat);
    let mut state = game.snapshot();
    let mut turn = nudges.iter().cycle().copied();
    let mut within = |known: Known<f64>, now: f64| match (known, turn.next()) {
        (Known::Range(low, high), Some(part)) => low + part * (high - low),
        (Known::Hidden, Some(part)) => part,
        _ => now,
    };
    let giants = view.giants();
    let published = Arc::make_mut(&mut state.press.0);
    for (place, (known, secret)) in view.labs.iter().zip(&mut published.secrets).enumerate() {
        let lab = LabId(place as u8);
        if lab.seat(giants) == seat {
            continue;
        }
        let cash_bn = within(known.cash_bn, secret.cash_bn);
        let more = Money::from_bn(cash_bn - secret.cash_bn);
        let account = Account::Cash(lab.seat(giants));
        state.books.post_net(Account::Investors, account, more, Reason::Opening);
        secret.cash_bn = cash_bn;
        secret.burn_bn = within(known.burn_bn, secret.burn_bn);
        secret.loss_bn = within(known.loss_bn, secret.loss_bn);
        secret.runway_quarters = within(known.runway_quarters, secret.runway_quarters);
        let burn_8: f64 = secret.planned_burn_bn[..8].iter().sum();
        let factor = within(known.burn_8_bn, burn_8) / burn_8.max(1e-9);
        secret.planned_burn_bn.iter_mut().for_each(|burn| *burn *= factor);
        for (trust, known) in secret.trust.iter_mut().zip(&known.trust) {
            *trust = within(*known, *trust);
        }
        state.trust[place].1.0.clone_from(&secret.trust);
        let (business, standing) = (&mut state.businesses[place].1, &mut state.standings[place].1);
        (business.burn_bn, business.loss_bn) = (secret.burn_bn, secret.loss_bn);
        (standing.runway, standing.planned_burn_bn) =
            (secret.runway_quarters, secret.planned_burn_bn);
        let plan = &mut state.lab_plans[place].1;
        plan.pace = within(Known::Hidden, 0.0);
        plan.hiring = 0.2 * within(Known::Hidden, 0.0);
        plan.training = 0.3 + 0.5 * within(Known::Hidden, 0.0);
    }
    let not_mine = |place: usize| {
        let (giant, lab) = pair_at(place, giants);
        giant.seat() != seat && lab.seat(giants) != seat
    };
    for (place, table) in &mut state.tables {
        if not_mine(usize::from(*place)) {
            table.wear(Side::Giant, 1);
            table.attended(Side::Lab);
        }
    }
    for (place, orders) in state.orders.0.iter_mut().enumerate() {
        if place != seat.index() {
            orders.push(Decision::Attend { lobbying: 1, press: 1 });
        }
    }
    let (seed, history) = (game.seed(), game.history().to_vec());
    game.restore(&state, seed, history);
}

/// Whether two views show the same, luck and shared figures' secrets apart.
pub(crate) fn shown_the_same(one: &SeatView, other: &SeatView) -> bool {
    let figures = |view: &SeatView| {
        let published = &view.published;
        (published.giants.clone(), published.labs.clone(), published.market.clone())
    };
    let own = |view: &SeatView| {
        (view.cash, view.quarter, view.step, view.plan, view.decided.clone(), view.docket)
    };
    let talks = |view: &SeatView| {
        (view.tables.clone(), view.processes.clone(), view.waivers.clone(), view.attention)
    };
    figures(one) == figures(other)
        && one.labs == other.labs
        && own(one) == own(other)
        && talks(one) == talks(other)
        && one.deals == other.deals
        && one.score == other.score
        && one.cards == other.cards
        && one.diligence == other.diligence
}
