//! Who may sell a lab's models: what its policy adds to what it has signed.

use crate::ids::{FirmId, LabId};
use crate::sim::deal::{AccessTier, Deal, Exclusivity};
use crate::sim::decision::AccessPolicy;
use crate::units::Quarter;

/// The tier at which a cloud's customers have a lab's models: the best of its deals; or resale where
/// the lab opens its models to every cloud and no other giant holds them for itself.
pub fn tier_held<'a>(
    (giant, lab): (FirmId, LabId),
    policy: AccessPolicy,
    deals: impl Iterator<Item = &'a Deal>,
    now: Quarter,
) -> AccessTier {
    let mut tier = AccessTier::None;
    let mut kept_for_another = false;
    for deal in deals.filter(|deal| deal.lab == lab) {
        let held = deal.access_at(now);
        if deal.giant == giant {
            tier = tier.max(held);
        } else {
            let sole = deal.exclusivity_at(now) == Exclusivity::SoleReseller;
            kept_for_another |= sole || held == AccessTier::Exclusive;
        }
    }
    let opened = policy == AccessPolicy::Open && !kept_for_another;
    if opened { tier.max(AccessTier::Resale) } else { tier }
}
