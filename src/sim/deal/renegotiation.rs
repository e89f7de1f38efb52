//! What a renegotiation is worth: the change against keeping the deal in force.
//!
//! Both the new terms and what is left of the old ones are appraised as if nothing else were between
//! the two; the difference, row by row, is what the sheet brings.

use super::appraise::{Appraisal, GiantCase, LabCase, Row, worth_of_a_dollar};
use super::brief::Brief;
use super::{BARRED_QUARTERS, Exclusivity, TermSheet, latest};
use crate::ids::{DealId, FirmId, LabId};
use crate::sim::negotiation::Side;
use crate::sim::view::SeatView;

/// What a dollar paid for a release is worth to a lab that has money enough, as in the runway row.
const IDLE_MONEY: f64 = 0.90;

/// The latest deal in force between a giant and a lab, and what is left of its terms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct InForce {
    pub deal: DealId,
    pub rest: TermSheet,
}

impl InForce {
    pub(super) fn of(view: &SeatView, firm: FirmId, lab: LabId) -> Option<InForce> {
        let deal = latest(firm, lab, view.quarter, &view.deals)?;
        let held = view.deals.iter().find(|held| held.id == deal)?;
        Some(InForce { deal, rest: held.remaining(view.quarter) })
    }
}

/// The part of the lab's template that a sheet pays, 0 to 1: none for a change of terms alone. So much
/// of the reference a side holds out for.
pub(super) fn scale(lab: &LabCase, effective_amount_bn: f64) -> f64 {
    (effective_amount_bn / lab.template_bn.max(1e-6)).clamp(0.0, 1.0)
}

/// Appraises a sheet that replaces a deal: its rows less those of what is left of that deal, and the
/// payment for the release.
pub(super) fn change(brief: &Brief, side: Side, sheet: &TermSheet, rest: &TermSheet) -> Appraisal {
    let (new, old) = match side {
        Side::Giant => {
            let case = GiantCase { access_held: 0.0, ..brief.giant_case };
            (case.appraise(sheet), case.appraise(rest))
        }
        Side::Lab => {
            let case = LabCase { reached: false, ..brief.lab_case };
            (case.appraise(sheet), case.appraise(rest))
        }
    };
    let mut change = new;
    for (row, before) in change.rows.iter_mut().zip(old.rows) {
        // A row of the old terms that has run for years is worth what is left of it.
        row.1 = match row.0 {
            Row::Denial => row.1 * held(sheet) - before.1 * held(rest),
            Row::BestAlternative => {
                -brief.lab_case.alternative_bn * scale(&brief.lab_case, new.effective_amount_bn)
            }
            Row::CommittedCompute => {
                row.1 - before.1 + first_call_bn(brief, sheet) - first_call_bn(brief, rest)
            }
            _ => row.1 - before.1,
        };
        let release = sheet.release.bn();
        row.1 += match row.0 {
            Row::Cash => release,
            Row::Runway if brief.lab_case.need_bn > 0.0 => {
                -release * worth_of_a_dollar(brief.lab_case.runway_quarters)
            }
            Row::Runway => -release * IDLE_MONEY,
            _ => 0.0,
        };
    }
    change
}

/// What the first call on a lab's new compute is worth to the giant that holds it, $bn: margin on what
/// the lab plans to add meanwhile, by strictness (*assumed*). A waiver of it is measured the same way.
pub(super) fn first_call_bn(brief: &Brief, sheet: &TermSheet) -> f64 {
    match sheet.exclusivity {
        Exclusivity::SoleCloud | Exclusivity::FirstRefusal => {
            let growth = (brief.lab_case.planned_gw - brief.lab_case.compute_gw).max(0.0);
            let years = f64::from(sheet.exclusivity_quarters.min(8)) / 4.0;
            brief.giant_case.committed_bn(growth, years) * sheet.exclusivity.strictness()
        }
        _ => 0.0,
    }
}

/// How long a sheet keeps rivals out or gives access, in full from eight quarters on, 0 to 1.
fn held(sheet: &TermSheet) -> f64 {
    let barred = if sheet.barred.is_empty() { 0 } else { BARRED_QUARTERS as u8 };
    let longest = sheet.exclusivity_quarters.max(sheet.access_quarters).max(barred);
    f64::from(longest.min(8)) / 8.0
}
