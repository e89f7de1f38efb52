//! What one seat has heard, how far it is to be believed, and what that does to a brief.

use bevy::ecs::system::SystemParam;
use bevy::prelude::{Query, Res};

use super::{Evidence, Grapevine, Hearsay, Record, Standing, Story, rules};
use crate::ids::SeatId;
use crate::sim::deal::appraise::{ROWS, Row};
use crate::sim::deal::brief::{Brief, FULL_OUTLOOK, lab_case};
use crate::sim::deal::{Deal, TermSheet, conflict};
use crate::sim::negotiation::Side;
use crate::sim::press::Press;
use crate::sim::setting::{Clock, Roster};
use crate::sim::view::{Published, SeatView};
use crate::units::{Money, Quarter};

/// What a bid elsewhere counts against a giant's deal here: it can sign both (*assumed*).
const GIANT_SIGNS_BOTH: f64 = 0.3;

/// Something said, as a seat hears it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HearsayView {
    /// Who said it: for claims, exposed rumours and one's own.
    pub by: Option<SeatId>,
    /// Who was told; none for a rumour.
    pub to: Option<SeatId>,
    pub story: Story,
    pub heard: Quarter,
    pub standing: Standing,
    pub evidence: Option<Evidence>,
    /// How far it is to be believed, 0 to 1.
    pub belief: f64,
}

/// Belief in what was said, by the record of who said it and how plausible it was.
pub(super) fn believed(said: &Hearsay, records: &[Record]) -> f64 {
    let credit = match said.to {
        Some(_) => rules::credit(records[said.by.index()]),
        None => rules::UNNAMED,
    };
    rules::belief(credit, said.plausibility, said.standing)
}

/// What everybody can judge a story by.
#[derive(SystemParam)]
pub(super) struct Public<'w, 's> {
    clock: Res<'w, Clock>,
    press: Res<'w, Press>,
    roster: Res<'w, Roster>,
    deals: Query<'w, 's, &'static Deal>,
}

impl Public<'_, '_> {
    /// How plausible a story is, 0 to 1.
    pub(super) fn plausibility(&self, story: &Story) -> f64 {
        let deals = self.roster.deals.iter().filter_map(|&deal| self.deals.get(deal).ok());
        plausibility(story, &self.press.0, deals, self.clock.quarter)
    }
}

/// How plausible a story is by published figures and covenants, 0 to 1.
pub(super) fn plausibility<'a>(
    story: &Story,
    published: &Published,
    deals: impl Iterator<Item = &'a Deal>,
    now: Quarter,
) -> f64 {
    match *story {
        Story::Bid { giant, lab, .. } => {
            let (amount, pre_money) = middle(story);
            let sheet = TermSheet { cash: amount, pre_money, ..TermSheet::default() };
            let barred = conflict(&sheet, giant, lab, now, deals).is_some();
            let cash_bn = published.giants[giant.index()].cash_bn;
            let fundamental_bn = published.labs[lab.index()].fundamental_bn;
            let ratio = pre_money.bn() / fundamental_bn.max(1e-6);
            rules::plausibility(amount.bn(), cash_bn, ratio, barred)
        }
        Story::Trouble { of } => rules::trouble_plausibility(in_straits(of, published)),
    }
}

/// Whether a seat's published figures look like trouble: a giant with more debt than cash, or hot; a
/// lab that was rescued or shrinks.
fn in_straits(seat: SeatId, published: &Published) -> bool {
    match published.giants.get(seat.index()) {
        Some(giant) => giant.debt_bn > giant.cash_bn || giant.heat > 0.3,
        None => {
            let lab = &published.labs[seat.index() - published.giants.len()];
            lab.rescues > 0 || lab.revenue_bn < lab.past_revenue_bn[0]
        }
    }
}

/// The middle of what a bid is put at.
pub fn middle(story: &Story) -> (Money, Money) {
    match *story {
        Story::Bid { amount, pre_money, .. } => {
            let half = |(low, high): (Money, Money)| Money((low.0 + high.0) / 2);
            (half(amount), half(pre_money))
        }
        Story::Trouble { .. } => (Money::ZERO, Money::ZERO),
    }
}

impl Grapevine {
    /// All a seat has heard or said, the oldest first.
    pub(in crate::sim) fn heard_by(&self, seat: SeatId) -> Vec<HearsayView> {
        let heard =
            self.said.iter().filter(|said| said.by == seat || said.to.is_none_or(|to| to == seat));
        heard
            .map(|said| {
                let mine = said.by == seat;
                let named = mine || said.to.is_some() || said.standing == Standing::Exposed;
                let mut shown = *said;
                // What due diligence bears out stays with who made it.
                if mine
                    && said.standing == Standing::Verified
                    && said.evidence == Some(Evidence::DueDiligence)
                {
                    shown.standing = Standing::Unproven;
                    shown.evidence = None;
                }
                HearsayView {
                    by: named.then_some(said.by),
                    to: said.to,
                    story: said.story,
                    heard: said.heard,
                    standing: shown.standing,
                    evidence: shown.evidence,
                    belief: believed(&shown, &self.records),
                }
            })
            .collect()
    }
}

/// A brief with what its seat has heard of bids elsewhere, as far as it believes them: a bid for the
/// lab raises the lab's alternative, a lab's terms elsewhere raise what the giant signs from.
pub fn with_hearsay(view: &SeatView, brief: Brief) -> Brief {
    let mut weighed = brief;
    for said in &view.hearsay {
        let live = said.heard == view.quarter && said.by != Some(view.seat);
        let Story::Bid { giant, lab, .. } = said.story else { continue };
        let signed = |deal: &Deal| {
            deal.signed == view.quarter
                && (deal.giant, deal.lab) == (giant, lab)
                && deal.fact.is_some()
        };
        if !live || said.belief <= 0.0 || view.deals.iter().any(signed) {
            continue;
        }
        let (amount, pre_money) = middle(&said.story);
        let sheet = TermSheet { cash: amount, pre_money, ..TermSheet::default() };
        match brief.side {
            Side::Giant if lab == brief.lab && giant != brief.firm => {
                let appraisal = lab_case(view, giant, lab).appraise(&sheet);
                let (row, alternative) = appraisal.rows[ROWS - 1];
                debug_assert_eq!(row, Row::BestAlternative);
                let worth = appraisal.value() - alternative;
                let present = brief.lab_case.alternative_bn;
                weighed =
                    weighed.with_rival_bid(present + said.belief * (worth - present).max(0.0));
            }
            Side::Lab if giant == brief.firm && lab != brief.lab => {
                let elsewhere = Brief::new(view, giant, lab, FULL_OUTLOOK);
                let worth = elsewhere.giant_case.appraise(&sheet).value();
                let counts = GIANT_SIGNS_BOTH * said.belief * worth.max(0.0);
                weighed.elsewhere_bn = weighed.elsewhere_bn.max(counts);
            }
            _ => {}
        }
    }
    weighed
}
