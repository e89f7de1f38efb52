//! Regulators as a giant's bot sees them: what to give up before it is taken, and when to lobby.

use crate::ids::FirmId;
use crate::sim::capital_market::rules::{
    HEAT_DISCOUNT, MARGIN_OF_RIGHTS, RENT_A_YEAR, Stage, news_of_business,
};
use crate::sim::deal::{Clause, Deal, LOOSENABLE};
use crate::sim::decision::Decision;
use crate::sim::regulator::Subject;
use crate::sim::regulator::rules::{LOOSENING, holding_heat, remedy_chance};
use crate::sim::view::SeatView;

/// Heat below which a bot spends no attention on regulators.
const LOBBIES_FROM: f64 = 0.15;
/// Heat from which it weighs giving something up although nobody has asked.
const UNEASY: f64 = 0.45;
/// What a bot thinks clauses are worth to it, part of the lab's value: a vote on its board, a right of
/// consent, a tie by chips or licence, barred rivals (half of what they cost the lab, or as much).
const VOICE: f64 = 0.01;
const CONSENT: f64 = 0.005;
const TIE: f64 = 0.01;
const BARRED: f64 = 0.006;

/// What a giant does about regulators in its plan.
pub(super) fn decide(view: &SeatView, firm: FirmId, rivals: bool) -> Vec<Decision> {
    let figures = &view.published.giants[firm.index()];
    let mut decisions = Vec::new();
    if rivals && figures.heat > LOBBIES_FROM && view.attention_left > 0 {
        decisions.push(Decision::Attend { lobbying: view.attention_left, press: 0 });
    }
    if figures.inquiry.is_none() && figures.heat < UNEASY {
        return decisions;
    }
    let mine = view.deals.iter().filter(|deal| deal.giant == firm);
    let open = mine.flat_map(|deal| LOOSENABLE.into_iter().map(move |clause| (deal, clause)));
    let best = open
        .filter(|(deal, clause)| deal.can_loosen(*clause, view.quarter))
        .map(|(deal, clause)| (gain(view, firm, deal, clause), deal, clause))
        .filter(|(gain, ..)| *gain > 0.0)
        .max_by(|one, other| one.0.total_cmp(&other.0));
    // One clause a quarter: what the first does to heat is seen before the next.
    if let Some((_, deal, clause)) = best {
        decisions.push(Decision::Loosen { deal: deal.id, clause });
    }
    decisions
}

/// What giving up a clause now is worth against keeping it at the risk of having it undone, $bn.
fn gain(view: &SeatView, firm: FirmId, deal: &Deal, clause: Clause) -> f64 {
    let figures = &view.published.giants[firm.index()];
    let lab = &view.published.labs[deal.lab.index()];
    let mut left = *deal;
    left.sheet = deal.loosened(clause);
    let now = view.quarter;
    let stake = lab.stakes[firm.index()];
    let heat = |deal: &Deal| 2.0 * holding_heat(stake, deal.strictness_at(now), deal.influence());
    let cooler = LOOSENING + (heat(deal) - heat(&left)).max(0.0);
    let relief = HEAT_DISCOUNT * cooler.min(figures.heat) * figures.value_parts.earnings_bn;
    let looser = deal.strictness_at(now) - left.strictness_at(now);
    let exposed = RENT_A_YEAR * lab.compute_gw[firm.index()] * looser;
    let worth = news_of_business(Stage::Signed, true, exposed, MARGIN_OF_RIGHTS, 0.0)
        + match clause {
            Clause::Board => VOICE * (deal.influence() - left.influence()) * lab.fundamental_bn,
            Clause::Consent => CONSENT * lab.fundamental_bn,
            Clause::OwnChips | Clause::Licence => TIE * lab.fundamental_bn,
            Clause::Barred => BARRED * lab.fundamental_bn,
            _ => 0.0,
        };
    // What may be undone anyway is worth that much less, and giving it up spares the rest.
    let concerned = figures.inquiry.filter(|inquiry| inquiry.subject == Subject::Lab(deal.lab));
    let (undone, spared) = match concerned {
        Some(inquiry) => {
            let as_is = remedy_chance(figures.heat, inquiry.loosened);
            (as_is, as_is - remedy_chance(figures.heat - cooler, inquiry.loosened + 1))
        }
        None => (0.0, 0.0),
    };
    relief + spared * worth - (1.0 - undone) * worth
}
