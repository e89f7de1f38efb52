//! The rarer clauses a bot brings to a table, where they may add to what both gain together.

use super::package::Options;
use crate::sim::deal::appraise::{Chips, round_to};
use crate::sim::deal::brief::Brief;
use crate::sim::deal::{Instrument, TermSheet};
use crate::sim::negotiation::Side;
use crate::units::Money;

/// Points behind the lab from which a giant wants a licence for its own models.
const WEAK: f64 = 8.0;
/// Quarters of a licence, and of chips where no compute gives them a term.
const TERM: u8 = 8;
/// A revenue share is offered to labs so small that it takes most of its horizon to pay.
const SHARE_PCT: u8 = 3;
/// Where between the two sides' prices such a sheet is priced.
const BRIDGE_OPENS: f64 = 0.3;

/// All of the compute on the giant's own chips: half of it would be worth half.
pub(super) fn chips(brief: &Brief, sheet: TermSheet) -> Options {
    let quarters = match brief.giant_case.chips {
        Chips::None => return [None; 3],
        Chips::Own { .. } if sheet.commitment_mw == 0 => return [None; 3],
        Chips::Own { .. } => sheet.commitment_quarters,
        Chips::Maker { .. } => TERM,
    };
    [Some(TermSheet { own_chips_pct: 100, own_chips_quarters: quarters, ..sheet }), None, None]
}

pub(super) fn licence(brief: &Brief, sheet: TermSheet) -> Options {
    if brief.giant_case.licence_points < WEAK {
        return [None; 3];
    }
    [Some(TermSheet { licence_quarters: TERM, ..sheet }), None, None]
}

/// Where no price suits both: a note that leaves the price to the next round, or else a part of a small
/// lab's revenue beside the shares; none if even those do not.
pub(super) fn bridge(
    brief: &Brief,
    round: u32,
    rounds: u32,
    sheet: TermSheet,
) -> Option<TermSheet> {
    let note = TermSheet {
        instrument: Instrument::Convertible,
        tranche_pct: 0,
        condition: Default::default(),
        ..sheet
    };
    [Some(note), revenue_share(brief, sheet)].into_iter().flatten().find_map(|sheet| {
        let price = |side| brief.price_for(side, round, rounds, &sheet, 0.0).map(Money::bn);
        let (least, most) = (price(Side::Lab)?, price(Side::Giant)?);
        let pre_money = round_to(least + BRIDGE_OPENS * (most - least), 3);
        (least <= most).then_some(TermSheet { pre_money, ..sheet })
    })
}

fn revenue_share(brief: &Brief, sheet: TermSheet) -> Option<TermSheet> {
    let revenue_share_cap = round_to(0.2 * sheet.amount().bn(), 1);
    let quick = brief.lab_case.revenue_bn * f64::from(SHARE_PCT) > revenue_share_cap.bn();
    let shared = TermSheet { revenue_share_pct: SHARE_PCT, revenue_share_cap, ..sheet };
    (!quick && revenue_share_cap.is_positive()).then_some(shared)
}
