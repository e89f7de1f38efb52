//! A verdict on what was said, with all that follows for who said it.

use std::sync::Arc;

use bevy::ecs::system::SystemParam;
use bevy::prelude::*;

use super::{Evidence, Grapevine, Hearsay, Standing, rules};
use crate::ids::SeatId;
use crate::sim::fact::{Fact, Facts, giant_and_lab};
use crate::sim::lab::Trust;
use crate::sim::negotiation::{Side, Table, side_of};
use crate::sim::setting::{Roster, Setting};

/// What a verdict may touch.
#[derive(SystemParam)]
pub(super) struct Verdicts<'w, 's> {
    pub(super) setting: Res<'w, Setting>,
    pub(super) roster: Res<'w, Roster>,
    pub(super) facts: ResMut<'w, Facts>,
    labs: Query<'w, 's, &'static mut Trust>,
    pub(super) tables: Query<'w, 's, &'static mut Table>,
}

impl Verdicts<'_, '_> {
    /// Judges what was said.
    pub(super) fn pass(
        &mut self,
        grapevine: &mut Grapevine,
        place: usize,
        standing: Standing,
        evidence: Evidence,
    ) {
        let said = &mut grapevine.said[place];
        said.standing = standing;
        said.evidence = Some(evidence);
        let Hearsay { by, to, story, .. } = *said;
        let named = to.is_some() || standing == Standing::Exposed;
        let shown = named.then_some(by);
        self.facts.push(Fact::Judged { by: shown, to, story, standing, evidence });
        let record = &mut Arc::make_mut(&mut grapevine.records)[by.index()];
        match standing {
            Standing::Verified if to.is_some() => {
                record.verified = record.verified.saturating_add(1);
            }
            Standing::Exposed => {
                record.exposed = record.exposed.saturating_add(1);
                self.punish(by, to);
            }
            _ => {}
        }
    }

    /// A lie costs its author the trust of whom it was told to; a rumour, told to all, a little of
    /// everybody's.
    fn punish(&mut self, by: SeatId, to: Option<SeatId>) {
        let giants = self.setting.giants();
        let (trust_lost, patience_lost) = match to {
            Some(_) => (rules::TRUST_LIED, rules::PATIENCE_LIED),
            None => (rules::TRUST_RUMOUR, rules::PATIENCE_RUMOUR),
        };
        for other in self.setting.level.seat_ids() {
            let Some((giant, lab)) = giant_and_lab(by, other, giants) else { continue };
            if to.is_some_and(|to| to != other) {
                continue;
            }
            match side_of(by, giants) {
                Side::Giant => {
                    if let Ok(mut trust) = self.labs.get_mut(self.roster.lab(lab)) {
                        trust.change(giant, trust_lost);
                    }
                }
                Side::Lab => {
                    if let Ok(mut table) = self.tables.get_mut(self.roster.table(giant, lab)) {
                        table.wear(Side::Giant, patience_lost);
                    }
                }
            }
        }
    }
}
