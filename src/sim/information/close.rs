//! What becomes of what was said when the quarter closes.

use bevy::prelude::*;

use super::heard::{believed, middle};
use super::verdict::Verdicts;
use super::{
    Attention, AttentionSpent, Evidence, Grapevine, Hearsay, REMEMBERED, Standing, Story, rules,
};
use crate::ids::{Role, SeatId};
use crate::level::Level;
use crate::sim::capability::Capability;
use crate::sim::capital_market::rules::SENTIMENT_KEEP;
use crate::sim::capital_market::{MarketValue, News};
use crate::sim::deal::Deal;
use crate::sim::decision::Decision;
use crate::sim::fact::{Fact, Facts};
use crate::sim::lab::Trust;
use crate::sim::negotiation::{Side, side_of};
use crate::sim::rng::Purpose;
use crate::sim::setting::{Clock, Giant, Orders, Roster, Setting};

/// Points of attention a seat gives the press this quarter.
pub fn press_points(orders: &Orders, seat: SeatId) -> u32 {
    let filed = orders.of(seat).iter().find_map(|decision| match decision {
        Decision::Attend { press, .. } => Some(*press),
        _ => None,
    });
    filed.unwrap_or(0)
}

/// This quarter's rumours move what they are about, as far as they are believed and its press office
/// leaves them; who talked pays for the leak.
pub(super) fn tell(
    clock: Res<Clock>,
    orders: Res<Orders>,
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut grapevine: ResMut<Grapevine>,
    mut facts: ResMut<Facts>,
    mut values: Query<&mut MarketValue>,
    mut labs: Query<(&mut Trust, &mut Capability)>,
) {
    let Grapevine { said, records, .. } = &mut *grapevine;
    let fresh = said.iter_mut().filter(|said| said.to.is_none() && said.heard == clock.quarter);
    for said in fresh {
        let belief = believed(said, records);
        match (said.story, said.story.subject(setting.giants())) {
            (Story::Bid { giant, lab, .. }, _) if said.leaked => {
                let sides = (giant.seat(), setting.lab_seat(lab));
                let other = if said.by == sides.0 { sides.1 } else { sides.0 };
                facts.push(Fact::LeakTraced { by: said.by, other });
                if said.by == sides.0
                    && let Ok((mut trust, _)) = labs.get_mut(roster.lab(lab))
                {
                    let spoken = press_points(&orders, said.by);
                    trust.change(giant, rules::TRUST_LEAKED * rules::softened(spoken));
                }
            }
            (Story::Trouble { of }, Role::Lab(lab)) => {
                if let Ok((_, mut models)) = labs.get_mut(roster.lab(lab)) {
                    let spoken = press_points(&orders, of);
                    models.talent += rules::TROUBLE_TALENT * belief * rules::softened(spoken);
                }
            }
            _ => {}
        }
        let Role::Giant(firm) = said.story.subject(setting.giants()) else { continue };
        let Ok(mut value) = values.get_mut(roster.giant(firm)) else { continue };
        let by_bn = move_of(&said.story, belief, value.value_bn, &orders, &setting.level);
        if by_bn != 0.0 {
            said.moved_bn = by_bn;
            value.hear(firm, by_bn, News::Rumour, &mut facts);
        }
    }
}

/// By how much a rumour moves the value of the giant it is about, $bn. Talks move who could sell the
/// lab something.
fn move_of(story: &Story, belief: f64, value_bn: f64, orders: &Orders, level: &Level) -> f64 {
    match *story {
        Story::Bid { giant, .. } => {
            let giant = &level.giants[giant.index()];
            let sells = giant.cloud.is_some() || giant.chips.is_some();
            let (amount, _) = middle(story);
            if sells { rules::talks_move_bn(belief, amount.bn(), value_bn) } else { 0.0 }
        }
        Story::Trouble { of } => rules::trouble_move_bn(belief, value_bn, press_points(orders, of)),
    }
}

/// What is still open is judged: by a signature, by press offices, by being traced, by nothing having
/// come of it.
pub(super) fn judge(
    clock: Res<Clock>,
    orders: Res<Orders>,
    mut grapevine: ResMut<Grapevine>,
    mut verdicts: Verdicts,
    deals: Query<&Deal>,
    mut values: Query<&mut MarketValue>,
) {
    for place in 0..grapevine.said.len() {
        let said = grapevine.said[place];
        let age = clock.quarter.since(said.heard);
        if age > 1 || matches!(said.standing, Standing::Verified | Standing::Exposed) {
            continue;
        }
        let roster = &verdicts.roster;
        let signed = roster.deals.iter().filter_map(|&deal| deals.get(deal).ok());
        let mut signed = signed.filter(|deal| deal.signed == clock.quarter && deal.fact.is_some());
        let verdict = if signed.any(|deal| fulfils(deal, &said, &verdicts.setting)) {
            Some((Standing::Verified, Evidence::Signature))
        } else {
            cleared_up(&clock, &orders, &verdicts.setting, &said)
                .or_else(|| came_to_nothing(&said, age))
        };
        let Some((standing, evidence)) = verdict else { continue };
        verdicts.pass(&mut grapevine, place, standing, evidence);
        if standing == Standing::Exposed
            && said.moved_bn != 0.0
            && let Role::Giant(firm) = said.story.subject(verdicts.setting.giants())
            && let Ok(mut value) = values.get_mut(verdicts.roster.giant(firm))
        {
            // As much as is left of it.
            let left_bn = said.moved_bn * libm::pow(SENTIMENT_KEEP, f64::from(age));
            value.hear(firm, -left_bn, News::Rumour, &mut verdicts.facts);
        }
    }
}

/// Whether a signature bears out what was said.
fn fulfils(deal: &Deal, said: &Hearsay, setting: &Setting) -> bool {
    let Story::Bid { giant, lab, amount, pre_money } = said.story else { return false };
    if (deal.giant, deal.lab) != (giant, lab) {
        return false;
    }
    let real = (deal.sheet.amount().bn(), deal.sheet.pre_money.bn());
    let told = (amount.0.bn(), pre_money.0.bn());
    let lab_says = side_of(said.by, setting.giants()) == Side::Lab;
    // Of a rumour no more is asked than that the two were talking.
    said.to.is_none() || rules::bears_out(real, told, lab_says)
}

/// What press offices and reporters find out in a quarter.
fn cleared_up(
    clock: &Clock,
    orders: &Orders,
    setting: &Setting,
    said: &Hearsay,
) -> Option<(Standing, Evidence)> {
    let giants = setting.giants();
    let asked =
        setting.level.seat_ids().filter(|&seat| seat != said.by && said.story.about(seat, giants));
    let press: u32 = asked.map(|seat| press_points(orders, seat)).sum();
    let planted = said.to.is_none() && !said.grounded;
    let base = if planted { rules::PLANT_TRACED } else { 0.0 };
    if press == 0 && base == 0.0 {
        return None;
    }
    let other = said.to.unwrap_or(match said.story {
        Story::Bid { lab, .. } => lab.seat(giants),
        Story::Trouble { of } => of,
    });
    let luck = setting.pair_stream(clock, Purpose::Verdict, said.by, other).uniform();
    if luck >= rules::found_out(base, press) {
        return None;
    }
    let standing = if said.grounded { Standing::Verified } else { Standing::Exposed };
    let evidence = if press > 0 { Evidence::PressOffice } else { Evidence::Traced };
    Some((standing, evidence))
}

/// A claim is doubtful when its quarter's talks end without such a deal, a rumour a quarter later.
fn came_to_nothing(said: &Hearsay, age: u32) -> Option<(Standing, Evidence)> {
    let due = age >= u32::from(said.to.is_none());
    let open = said.standing == Standing::Unproven;
    (open && due).then_some((Standing::Doubtful, Evidence::NoDeal))
}

/// What a press office does for its own house: a little for a giant's market value. What it does for
/// a lab's products is in their appeal.
pub(super) fn answer_press(
    orders: Res<Orders>,
    roster: Res<Roster>,
    mut facts: ResMut<Facts>,
    mut giants: Query<(&Giant, &mut MarketValue)>,
) {
    for &entity in &roster.giants {
        let Ok((giant, mut value)) = giants.get_mut(entity) else { continue };
        let points = press_points(&orders, giant.0.seat());
        if points > 0 {
            let by_bn = rules::PRESS_LIFT * value.value_bn * f64::from(points);
            value.hear(giant.0, by_bn, News::Press, &mut facts);
        }
    }
}

/// The quarter's attention is gone, and old stories are forgotten.
pub(super) fn tidy(
    clock: Res<Clock>,
    mut grapevine: ResMut<Grapevine>,
    mut spent: ResMut<AttentionSpent>,
) {
    let now = clock.quarter;
    grapevine.said.retain(|said| now.since(said.heard) + 1 < REMEMBERED);
    grapevine.diligence.retain(|look| look.until > now.next());
    spent.0.fill(Attention::default());
}
