//! A lab's staff: what they watch, how they feel, and where talent goes when it leaves.

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use super::morale::{self, Feelings};
use super::{LabBusiness, LabStanding};
use crate::ids::{LabId, SeatId};
use crate::sim::books::Books;
use crate::sim::capability::{Capability, Frontier};
use crate::sim::cause::{Figure, Ledger};
use crate::sim::decision::{AccessPolicy, Decision, LabPlan};
use crate::sim::fact::{Fact, Facts};
use crate::sim::setting::{Lab, Orders, Roster, Setting};

/// How a lab's staff feel, and what they did.
#[derive(Component, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Staff {
    /// 0 to 1; talent leaves below [`morale::CONTENT`].
    pub morale: f64,
    /// Points of talent gained or lost in the quarter, luck apart.
    pub talent_change: f64,
    /// Points of talent that left in the quarter.
    pub leaving: f64,
    /// Whether the charter's floor held at the last close.
    pub charter_kept: bool,
    /// Rescues already felt.
    pub rescues_felt: u32,
}

impl Staff {
    pub fn opening(independence: f64, floor: f64) -> Staff {
        Staff {
            morale: morale::OPENING_MORALE,
            talent_change: 0.0,
            leaving: 0.0,
            charter_kept: independence >= floor,
            rescues_felt: 0,
        }
    }
}

/// Talent that leaves is told of from here on, points in a quarter.
const NEWS_POINTS: f64 = 0.2;

/// Attention a lab gives its people this quarter: points on a retreat of board and staff, and on
/// recruiting.
pub fn attention_to_staff(orders: &Orders, seat: SeatId) -> (u32, u32) {
    let spent = orders.of(seat).iter().find_map(|decision| match *decision {
        Decision::Staff { retreat, recruiting } => Some((retreat, recruiting)),
        _ => None,
    });
    spent.unwrap_or_default()
}

/// Staff take note of the quarter before: morale moves, people come and people leave.
pub(super) fn take_mood(
    setting: Res<Setting>,
    roster: Res<Roster>,
    orders: Res<Orders>,
    frontier: Res<Frontier>,
    mut labs: Query<(&Lab, &LabPlan, &LabStanding, &LabBusiness, &Capability, &mut Staff)>,
) {
    for &entity in &roster.labs {
        let Ok((lab, plan, standing, business, models, mut staff)) = labs.get_mut(entity) else {
            continue;
        };
        let floor = setting.level.labs[lab.0.index()].independence_floor;
        let (retreat, recruiting) = attention_to_staff(&orders, setting.lab_seat(lab.0));
        let kept = standing.independence >= floor;
        let feelings = Feelings {
            slack: standing.independence - floor,
            runway: standing.runway,
            behind: frontier.points - models.points,
            hiring: plan.hiring,
            restrained: plan.access == AccessPolicy::Restrained,
            retreat,
            charter_just_broken: staff.charter_kept && !kept,
            new_rescues: business.rescues - staff.rescues_felt,
        };
        staff.charter_kept = kept;
        staff.rescues_felt = business.rescues;
        staff.morale = morale::morale_after(staff.morale, &feelings);
        staff.leaving = morale::leaving(staff.morale);
        staff.talent_change = morale::recruited(plan.hiring, recruiting) - staff.leaving;
    }
}

/// What leaves one team goes, in part, to the others, by how content they are, how much cash they
/// have and how near the frontier they stand.
pub(super) fn move_talent(
    setting: Res<Setting>,
    roster: Res<Roster>,
    books: Res<Books>,
    frontier: Res<Frontier>,
    mut facts: ResMut<Facts>,
    mut ledger: ResMut<Ledger>,
    mut staffs: Query<&mut Staff>,
    mut models: Query<&mut Capability>,
) {
    for (place, &left_lab) in roster.labs.iter().enumerate() {
        let left = staffs.get(left_lab).map_or(0.0, |staff| staff.leaving);
        if left <= 0.0 {
            continue;
        }
        let from = setting.lab_seat(LabId(place as u8));
        let pull = |(seat, &team): (usize, &Entity)| {
            let seat = SeatId(seat as u8);
            let own = models.get(team).ok().filter(|_| seat != from)?;
            let morale = staffs.get(team).map_or(morale::CONTENT, |staff| staff.morale);
            let behind = frontier.points - own.points;
            Some((seat, team, morale::pull(morale, books.cash_bn(seat), behind)))
        };
        let teams = roster.giants.iter().chain(&roster.labs).enumerate();
        let pulls: Vec<(SeatId, Entity, f64)> = teams.filter_map(pull).collect();
        let all: f64 = pulls.iter().map(|(.., pull)| pull).sum();
        let most = pulls.iter().max_by(|one, other| one.2.total_cmp(&other.2));
        let to = most.map(|(seat, ..)| *seat);
        for (seat, team, pull) in pulls {
            let gained = morale::ARRIVING * left * pull / all.max(1e-9);
            if let Ok(mut staff) = staffs.get_mut(team) {
                staff.talent_change += gained;
            } else if let Ok(mut own) = models.get_mut(team) {
                own.talent += gained;
                ledger.feel(Some(seat), Figure::Talent, gained, None);
            }
        }
        if left >= NEWS_POINTS {
            facts.push(Fact::TalentLeft { from, points: left, to });
        }
    }
}
