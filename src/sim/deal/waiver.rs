//! What a waiver is worth: to the holder, what it stands to lose; to the buyer, what it could sign.
//!
//! Bots decide by it and the player's advisor shows it.

use super::brief::{Brief, early_access_of, within_covenants};
use super::renegotiation::first_call_bn;
use super::{AccessTier, Deal, Exclusivity, TermSheet};
use crate::ids::FirmId;
use crate::sim::negotiation::Side;
use crate::sim::view::SeatView;

/// A right that protects little is still not given away, $bn (*assumed*).
const LEAST_BN: f64 = 0.05;
/// What a right of consent is worth, part of the lab's value: as much as an observer (*assumed*).
const CONSENT: f64 = 0.005;
/// What a bar on a rival's money protects, against exclusive access (*assumed*).
const BAR: f64 = 0.5;

/// What a deal's holder expects to lose if a rival may do what the deal forbids, $bn, *assumed*:
///
/// - exclusive access, sole reseller: the denial row for this very rival, by the quarters left,
///   `defence · 0.35·N·c·c_r·0.10·Δ_r·4·sight · min(left, 8)/8`; a bar, half of it;
/// - sole cloud, first refusal: margin on the compute the lab plans to add meanwhile, by strictness,
///   `0.036·13·GW·years·strictness`;
/// - consent `0.005·F`; and at least $0.05bn.
///
/// `brief` is the holder's, with the lab of the deal.
pub fn loss_bn(view: &SeatView, brief: &Brief, deal: &Deal, rival: FirmId) -> f64 {
    let now = view.quarter;
    let rest = deal.remaining(now);
    let left = |quarters: u8| f64::from(quarters.min(8)) / 8.0;
    let denial = brief.giant_case.denied_bn(
        view.published.giants[rival.index()].ai_win_rate,
        early_access_of(view, rival, deal.lab),
    );
    let reselling = match rest.exclusivity {
        Exclusivity::SoleReseller => left(rest.exclusivity_quarters),
        _ => 0.0,
    };
    let access =
        if rest.access == AccessTier::Exclusive { left(rest.access_quarters) } else { 0.0 };
    let bar = if deal.bars_at(now, rival.seat()) { BAR } else { 0.0 };
    let compute = first_call_bn(brief, &rest);
    let consent = if rest.consent { CONSENT * brief.giant_case.fundamental_bn } else { 0.0 };
    (denial * reselling.max(access).max(bar) + compute + consent).max(LEAST_BN)
}

/// What a sheet that needs a waiver brings the buyer beyond the best it could sign without, $bn: half
/// of what both sides gain together, which is what bargaining leaves it.
pub fn gain_bn(view: &SeatView, brief: &Brief, sheet: &TermSheet) -> f64 {
    let joint = |sheet: &TermSheet| {
        brief.appraise(Side::Giant, sheet).value() + brief.appraise(Side::Lab, sheet).value()
    };
    let plain = TermSheet { subject_to: None, ..*sheet };
    let without = within_covenants(view, brief.firm, brief.lab, plain);
    let without = without.map_or(0.0, |plain| joint(&plain)).max(0.0);
    0.5 * (joint(sheet) - without).max(0.0)
}
