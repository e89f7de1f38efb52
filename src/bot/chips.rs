//! Whom a chip maker's bot serves first when chips are short.

use crate::ids::{FirmId, SeatSet};
use crate::sim::view::SeatView;

/// Part of what can be shipped from which orders are tight enough to choose.
const TIGHT: f64 = 0.98;

/// The buyer that builds most for labs the chip maker has money in, else the one that depends most on
/// its chips; nobody while there are chips for all.
pub(super) fn favoured(view: &SeatView, firm: FirmId) -> SeatSet {
    let chips = &view.published.chips;
    if chips.wanted_gw < TIGHT * chips.supply_gw {
        return SeatSet::EMPTY;
    }
    let buyers = view.published.giants.iter().enumerate().filter(|(_, giant)| giant.has_cloud);
    let worth = |buyer: usize| {
        let builds_for_mine: f64 = view
            .published
            .labs
            .iter()
            .map(|lab| {
                lab.stakes[firm.index()] * lab.fundamental_bn * lab.compute_gw[buyer]
                    / lab.compute_total_gw().max(1e-9)
            })
            .sum();
        let giant = &view.published.giants[buyer];
        builds_for_mine + (1.0 - giant.own_chips) * giant.arriving_gw[3]
    };
    let best = buyers
        .map(|(buyer, _)| (worth(buyer), FirmId(buyer as u8)))
        .max_by(|one, other| one.0.total_cmp(&other.0));
    best.map_or(SeatSet::EMPTY, |(_, buyer)| SeatSet::EMPTY.with(buyer.seat()))
}
