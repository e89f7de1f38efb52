//! What was said, in a possible world: what one seat has heard, and who may have said it.

use super::heard::plausibility;
use super::{Diligence, Grapevine, Hearsay, HearsayView, Story, rules};
use crate::ids::{LabId, SeatId};
use crate::sim::rng::{Purpose, Stream};
use crate::sim::setting::{Clock, Setting};
use crate::sim::view::SeatView;
use std::sync::Arc;

impl Grapevine {
    /// What a seat has heard, as it may be: a rumour leaked, or a claim is true, with the chance that
    /// the seat believes it; whoever may have planted a rumour is as likely as another. What moved
    /// values before is left as it is.
    pub(in crate::sim) fn imagined(view: &SeatView, setting: &Setting, clock: &Clock) -> Grapevine {
        let mut luck = setting.world_stream(clock, Purpose::Imagined, 1);
        let said = view.hearsay.iter().map(|heard| said(heard, view, &mut luck)).collect();
        let until = view.quarter.plus(rules::DILIGENCE_LASTS);
        let looks = view.diligence.iter().enumerate().filter(|(_, depth)| **depth > 0);
        let look = |(place, &depth): (usize, &u8)| Diligence {
            seat: view.seat,
            lab: LabId(place as u8),
            depth,
            until,
        };
        Grapevine { said, diligence: looks.map(look).collect(), records: Arc::clone(&view.records) }
    }
}

/// Three uniform draws for each: whether it is so, whose people talked, who planted it.
fn said(heard: &HearsayView, view: &SeatView, luck: &mut Stream) -> Hearsay {
    let so = luck.uniform() < heard.belief;
    let (talked, planter) = (luck.uniform() < 0.5, luck.uniform());
    let leaked = heard.by.is_none() && so && matches!(heard.story, Story::Bid { .. });
    let by = heard.by.unwrap_or_else(|| match heard.story {
        Story::Bid { giant, .. } if leaked && talked => giant.seat(),
        Story::Bid { lab, .. } if leaked => view.lab_seat(lab),
        _ => planted_by(heard, view, planter),
    });
    Hearsay {
        by,
        to: heard.to,
        story: heard.story,
        heard: heard.heard,
        standing: heard.standing,
        evidence: heard.evidence,
        plausibility: plausibility(&heard.story, &view.published, view.deals.iter(), view.quarter),
        grounded: so,
        leaked,
        moved_bn: 0.0,
    }
}

/// Somebody else who may have planted it: of trouble, a rival of the same kind.
fn planted_by(heard: &HearsayView, view: &SeatView, luck: f64) -> SeatId {
    let giants = view.giants();
    let may = |seat: &SeatId| {
        *seat != view.seat
            && match heard.story {
                Story::Bid { .. } => true,
                Story::Trouble { of } => {
                    *seat != of && (seat.index() < giants) == (of.index() < giants)
                }
            }
    };
    let able: Vec<SeatId> = view.level.seat_ids().filter(may).collect();
    let place = ((luck * able.len() as f64) as usize).min(able.len().saturating_sub(1));
    able.get(place).copied().unwrap_or(view.seat)
}
