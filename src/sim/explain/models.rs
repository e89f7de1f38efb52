//! Why a team's capability moved.

use super::{Candidate, Cause, Change, Past, Through, attributed};
use crate::ids::{FirmId, LabId, Role, SeatId};
use crate::sim::capability::rules;
use crate::sim::cause::{Figure, Team};
use crate::sim::fact::{Fact, FactId, Provider};
use crate::units::Quarter;

/// What a candidate changes in a team's inputs.
enum Turn {
    /// The compute at one provider; all of a giant's.
    Compute(usize),
    Chips,
    Training,
    Common,
    Luck,
    Staff,
    /// So many points of talent at once.
    Talent(f64),
    Licence,
}

/// Capability follows from compute, the part that trains, progress common to all, talent, and any
/// licence; talent from luck, staff, and what happened.
pub(super) fn capability(past: &Past, of: SeatId, quarter: Quarter) -> Option<Change> {
    let team = |quarter: Quarter| past.inputs(quarter).teams.iter().find(|team| team.seat == of);
    let last = Quarter(quarter.0 - 1);
    let (from, to) = (team(last)?, team(quarter)?);
    let points = |quarter: Quarter| match of.role(past.giants()) {
        Role::Giant(firm) => past.published(quarter).giants[firm.index()].own_points,
        Role::Lab(lab) => Some(past.published(quarter).labs[lab.index()].capability_points),
    };
    let mut turns = compute_turns(past, from, to, quarter);
    let mut push = |through, cause, turn| turns.push((Candidate::new(through, cause), turn));
    push(Through::CommonProgress, Cause::Market, Turn::Common);
    push(Through::Luck, Cause::Market, Turn::Luck);
    push(Through::Talent, Cause::Market, Turn::Staff);
    if from.licence.is_some() || to.licence.is_some() {
        let deal = to.licence.or(from.licence).map(|licence| licence.deal);
        push(Through::Licence, past.deal(deal), Turn::Licence);
    }
    // What happened to talent between the two trainings: since the last one, and before this one.
    let moved = to.talent - from.talent;
    let mut other = moved - step(to.staff, to.luck);
    for (effects, from_last) in
        [(&past.inputs(last).effects, true), (&past.inputs(quarter).effects, false)]
    {
        let felt =
            effects.iter().filter(|felt| felt.seat == Some(of) && felt.what == Figure::Talent);
        for felt in felt {
            // Rescues come after the training of their quarter, all else before it.
            let rescue = felt.fact.and_then(|id| past.fact(id));
            let rescue = matches!(rescue, Some(Fact::Rescued { .. }));
            if rescue == from_last {
                other -= felt.by;
                let candidate = Candidate::new(Through::Talent, past.cause(felt.fact));
                turns.push((candidate, Turn::Talent(felt.by)));
            }
        }
    }
    if other.abs() > 1e-9 {
        let candidate = Candidate::new(Through::Events, Cause::Market);
        turns.push((candidate, Turn::Talent(other)));
    }
    let (candidates, turns): (Vec<Candidate>, Vec<Turn>) = turns.into_iter().unzip();
    let over = (Through::Events, Cause::Market);
    let range = (points(last)?, points(quarter)?);
    Some(attributed(&candidates, over, range, |on| worked(from, to, &turns, on)))
}

/// Compute by provider, each by the deal that commits the lab there; then chips, then training.
fn compute_turns(past: &Past, from: &Team, to: &Team, quarter: Quarter) -> Vec<(Candidate, Turn)> {
    let mut turns = Vec::new();
    let lab = match to.seat.role(past.giants()) {
        Role::Lab(lab) => Some(lab),
        Role::Giant(_) => None,
    };
    for (place, (old, new)) in from.compute_gw.iter().zip(&to.compute_gw).enumerate() {
        if old == new {
            continue;
        }
        let provider = match place == past.giants() {
            true => Provider::Others,
            false => Provider::Giant(FirmId(place as u8)),
        };
        let candidate = match lab {
            None => Candidate::new(Through::Compute, past.cause(to.fact)),
            Some(lab) => {
                // Models train on what was rented by the quarter before.
                let deal = committed(past, lab, provider, Quarter(quarter.0 - 1));
                Candidate::new(Through::Compute, deal).of(provider)
            }
        };
        turns.push((candidate.moved(*old, *new), Turn::Compute(place)));
    }
    if from.lost_gw != to.lost_gw {
        let candidate = Candidate::new(Through::ForeignChips, chips(past, lab, quarter));
        turns.push((candidate.moved(from.lost_gw, to.lost_gw), Turn::Chips));
    }
    if from.training != to.training {
        let cause = past.cause(lab.and_then(|lab| plan_changed(past, lab, quarter)));
        let candidate = Candidate::new(Through::TrainingPart, cause);
        turns.push((candidate.moved(from.training, to.training), Turn::Training));
    }
    turns
}

/// The latest deal that commits a lab to a provider in a quarter; else the lab's own plan.
fn committed(past: &Past, lab: LabId, provider: Provider, quarter: Quarter) -> Cause {
    let Provider::Giant(firm) = provider else { return Cause::Market };
    let held = past.deals.iter().rev().find(|deal| {
        (deal.giant, deal.lab) == (firm, lab)
            && deal.signed <= quarter
            && deal.sheet.commitment_mw > 0
            && quarter < deal.signed.plus(u32::from(deal.sheet.commitment_quarters))
    });
    past.deal(held.map(|deal| deal.id))
}

/// The latest deal that puts a lab's compute on a giant's chips.
fn chips(past: &Past, lab: Option<LabId>, quarter: Quarter) -> Cause {
    let held = past.deals.iter().rev().find(|deal| {
        Some(deal.lab) == lab && deal.signed < quarter && deal.sheet.own_chips_pct > 0
    });
    past.deal(held.map(|deal| deal.id))
}

/// The fact of a lab's change of plan in a quarter.
pub(super) fn plan_changed(past: &Past, lab: LabId, quarter: Quarter) -> Option<FactId> {
    past.found(quarter, |fact| matches!(fact, Fact::LabPlanChanged { lab: of } if *of == lab))
}

/// A quarter's step of talent: staff and luck, at most a point either way.
fn step(staff: f64, luck: f64) -> f64 {
    (staff + luck).clamp(-rules::TALENT_STEP, rules::TALENT_STEP)
}

/// The rule with these causes in.
fn worked(from: &Team, to: &Team, turns: &[Turn], on: &[bool]) -> f64 {
    let mut compute = from.compute_gw.clone();
    let (mut lost, mut training, mut common) = (from.lost_gw, from.training, from.common);
    let (mut luck, mut staff, mut talent) = (0.0, 0.0, from.talent);
    let mut licence = from.licence;
    for (turn, _) in turns.iter().zip(on).filter(|(_, on)| **on) {
        match *turn {
            Turn::Compute(place) => compute[place] = to.compute_gw[place],
            Turn::Chips => lost = to.lost_gw,
            Turn::Training => training = to.training,
            Turn::Common => common = to.common,
            Turn::Luck => luck = to.luck,
            Turn::Staff => staff = to.staff,
            Turn::Talent(by) => talent += by,
            Turn::Licence => licence = to.licence,
        }
    }
    let gigawatts = (compute.iter().sum::<f64>() - lost) * training;
    let own = rules::capability(gigawatts, common) + talent + step(staff, luck);
    licence.map_or(own, |licence| own.max(licence.points))
}
