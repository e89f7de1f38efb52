//! The reference package, which fixes what there is to share when a quarter's talks begin.

use super::{Appraisal, GiantCase, LabCase};
use crate::sim::deal::{AccessTier, BoardSeat, TermSheet};
use crate::units::Money;

/// The package two sides measure a surplus by, and both appraisals of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reference {
    pub sheet: TermSheet,
    /// Joint surplus, $bn.
    pub surplus_bn: f64,
    pub giant: Appraisal,
    pub lab: Appraisal,
}

/// The lab's own template: eight quarters of planned burn at its fundamental value, early access
/// for eight quarters, an observer.
pub fn template(giant: &GiantCase, lab: &LabCase) -> TermSheet {
    let (access, access_quarters) =
        if giant.has_cloud { (AccessTier::Early, 8) } else { (AccessTier::None, 0) };
    TermSheet {
        cash: round_to(lab.template_bn.clamp(0.1, 500.0), 2),
        pre_money: round_to(lab.fundamental_bn.clamp(0.1, 5_000.0), 3),
        access,
        access_quarters,
        board: BoardSeat::Observer,
        ..TermSheet::default()
    }
}

/// Finds the reference package: the template's amount and price, with access and board varied for
/// the largest joint surplus. Never the amount: the surplus grows with it without bound.
pub fn reference(giant: &GiantCase, lab: &LabCase) -> Reference {
    let start = template(giant, lab);
    let tiers = [AccessTier::None, AccessTier::Resale, AccessTier::Early];
    let boards = [BoardSeat::None, BoardSeat::Observer];
    let mut best = measure(start, giant, lab);
    for access in tiers.into_iter().filter(|&tier| tier == AccessTier::None || giant.has_cloud) {
        for board in boards {
            let access_quarters = if access == AccessTier::None { 0 } else { 8 };
            let sheet = TermSheet { access, access_quarters, board, ..start };
            if sheet != start {
                let found = measure(sheet, giant, lab);
                if found.surplus_bn > best.surplus_bn + 1e-12 {
                    best = found;
                }
            }
        }
    }
    best
}

fn measure(sheet: TermSheet, giant: &GiantCase, lab: &LabCase) -> Reference {
    let (giant, lab) = (giant.appraise(&sheet), lab.appraise(&sheet));
    Reference { sheet, surplus_bn: giant.value() + lab.value(), giant, lab }
}

/// Rounds $bn to so many significant figures, as people who negotiate do.
pub fn round_to(billions: f64, figures: i32) -> Money {
    let digits = figures - 1 - libm::floor(libm::log10(billions.abs().max(1e-3))) as i32;
    let scale = libm::pow(10.0, f64::from(digits));
    Money::from_bn(libm::rint(billions * scale) / scale)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_round_what_they_offer() {
        assert_eq!(round_to(10.437, 2), Money::from_bn(10.0));
        assert_eq!(round_to(104.37, 3), Money::from_bn(104.0));
        assert_eq!(round_to(0.8765, 2), Money::from_bn(0.88));
    }
}
