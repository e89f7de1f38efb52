//! The market of a quarter as one pure function: what everybody brings to it, and what comes out.
//!
//! The system that runs the market and the explanations of it call the same function, so that an
//! explanation is made of the very rules that were played.

use serde::{Deserialize, Serialize};

use super::access::access_points;
use super::rules::{self, Appeal};
use super::{CloudBusiness, CloudInputs};
use crate::ids::DealId;
use crate::level::Level;
use crate::sim::decision::MAX_SEGMENTS;
use crate::sim::fact::{FactId, Provider};

/// Numbers by segment.
pub type BySegment = [f64; MAX_SEGMENTS];

/// Labs a level has at most.
pub const MAX_LABS: usize = 3;

/// What one provider brings to the market. Demand is $bn a quarter at opening prices.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stand {
    pub provider: Provider,
    /// Installed base, and the price it pays on average.
    pub base: BySegment,
    pub paid: BySegment,
    pub xi_general: BySegment,
    pub xi_ai: BySegment,
    pub backlog: f64,
    pub capacity_gw: f64,
    /// The list price customers choose by, and the one they come to pay: the same in play.
    pub price: BySegment,
    pub list: BySegment,
    pub effort: BySegment,
    /// Points from the frontier.
    pub access: f64,
    pub room: f64,
    pub appeal: f64,
    pub leaving: f64,
    pub lab_bills: f64,
    /// Of the quarter before.
    pub lab_bills_before: f64,
    pub tags: Tags,
}

impl Stand {
    /// What a provider brings: its cloud as it stands, its inputs of the quarter, and its labs' bills of
    /// the quarter before.
    pub fn of(
        provider: Provider,
        cloud: &CloudBusiness,
        inputs: &CloudInputs,
        lab_bills_before: f64,
        tags: Tags,
    ) -> Stand {
        Stand {
            provider,
            base: by_segment(&cloud.base),
            paid: by_segment(&cloud.paid_price),
            xi_general: by_segment(&cloud.xi_general),
            xi_ai: by_segment(&cloud.xi_ai),
            backlog: cloud.backlog,
            capacity_gw: cloud.capacity_gw,
            price: inputs.price,
            list: inputs.price,
            effort: inputs.effort,
            access: inputs.access,
            room: inputs.room,
            appeal: inputs.appeal,
            leaving: inputs.leaving,
            lab_bills: inputs.lab_bills,
            lab_bills_before,
            tags,
        }
    }
}

/// The numbers of a list by segment.
fn by_segment(list: &[f64]) -> BySegment {
    let mut all = [0.0; MAX_SEGMENTS];
    all[..list.len()].copy_from_slice(list);
    all
}

/// The facts that a provider's inputs began with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Tags {
    pub price: [Option<FactId>; MAX_SEGMENTS],
    pub push: Option<FactId>,
    /// The change of plan that set the order now arriving.
    pub capacity: Option<FactId>,
    pub appeal: Option<FactId>,
    /// The latest deal that commits a lab to rent here.
    pub bills: Option<DealId>,
}

/// What the market goes by.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MarketInputs {
    /// Parts of 1 a quarter.
    pub general_growth: f64,
    pub ai_growth: f64,
    /// Whether all segments grow alike: never in play.
    pub alike: bool,
    /// Clouds in the order of giants, others last.
    pub stands: Vec<Stand>,
}

/// The models a provider's customers can use, as points from the frontier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ModelsAtHand {
    pub own: Option<f64>,
    /// By lab.
    pub labs: [Option<Resold>; MAX_LABS],
    pub open_weights: f64,
}

/// A lab's models as a provider resells them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Resold {
    /// The lab's newest, points from the frontier.
    pub gap: f64,
    /// Points by which what customers see trails it.
    pub discount: f64,
    /// The deal that gives it; none where the lab opens its models to all.
    pub deal: Option<DealId>,
}

impl ModelsAtHand {
    /// Their inclusive value, points from the frontier.
    pub fn access(&self) -> f64 {
        let resold = self.labs.iter().flatten().map(|lab| lab.gap - lab.discount);
        access_points(self.own, resold, self.open_weights, 0.0)
    }
}

impl Stand {
    fn appeal(&self, segment: usize) -> Appeal {
        Appeal {
            xi_general: self.xi_general[segment],
            xi_ai: self.xi_ai[segment],
            price: self.price[segment],
            access: self.access,
            other: self.room + self.effort[segment] + self.appeal,
        }
    }

    /// Room to deliver as customers see it: last quarter's sales over present capacity, utils.
    pub fn room_now(&self, segments: usize) -> f64 {
        let sold = (self.base[..segments].iter().sum::<f64>() + self.lab_bills_before)
            / rules::REVENUE_PER_GW;
        rules::room(sold / self.capacity_gw.max(1e-6))
    }
}

/// What a market comes to, by provider.
pub struct Cleared {
    /// New demand won, by segment, $bn.
    pub won: Vec<BySegment>,
    /// Of it, the AI flow.
    pub ai: Vec<f64>,
    /// Part of each base that stays.
    stays: Vec<BySegment>,
    /// What is delivered of new demand and backlog, and what waits.
    pub delivered: Vec<f64>,
    pub waiting: Vec<f64>,
}

/// Demand grows, chooses and is delivered.
pub fn clear(level: &Level, inputs: &MarketInputs) -> Cleared {
    let mut cleared = choose(level, inputs);
    deliver(&mut cleared, inputs, level.segments.len());
    cleared
}

impl Cleared {
    /// New demand a provider won.
    pub fn total(&self, provider: usize) -> f64 {
        self.won[provider].iter().sum()
    }

    /// The part of all that was delivered, 0 to 1.
    pub fn win_rate(&self, provider: usize) -> f64 {
        let all: f64 = self.delivered.iter().sum();
        if all > 0.0 { self.delivered[provider] / all } else { 0.0 }
    }

    /// The base after the quarter, and the price it pays.
    pub fn settled(&self, level: &Level, stand: &Stand, provider: usize) -> (BySegment, BySegment) {
        let (mut base, mut paid) = (stand.base, stand.paid);
        let total = self.total(provider);
        for (k, segment) in level.segments.iter().enumerate() {
            let kept = stand.base[k] * self.stays[provider][k];
            let mix = if total > 0.0 { self.won[provider][k] / total } else { segment.size };
            let new = self.delivered[provider] * mix;
            paid[k] = rules::average_price(kept, stand.paid[k], new, stand.list[k]);
            base[k] = kept + new;
        }
        (base, paid)
    }
}

/// Two flows of new demand choose their providers, segment by segment.
fn choose(level: &Level, inputs: &MarketInputs) -> Cleared {
    let stands = &inputs.stands;
    let (general, ai) = (inputs.general_growth, inputs.ai_growth);
    let bills: f64 = stands.iter().map(|stand| stand.lab_bills).sum();
    let bills_before: f64 = stands.iter().map(|stand| stand.lab_bills_before).sum();
    let segments = &level.segments;
    let mut kept = [0.0; MAX_SEGMENTS];
    let mut sizes = [0.0; MAX_SEGMENTS];
    let mut intensity = [0.0; MAX_SEGMENTS];
    let mut prices = [1.0; MAX_SEGMENTS];
    let mut stays = vec![[0.0; MAX_SEGMENTS]; stands.len()];
    for (k, segment) in segments.iter().enumerate() {
        let base: f64 = stands.iter().map(|stand| stand.base[k]).sum();
        let at_list: f64 = stands.iter().map(|stand| stand.base[k] * stand.price[k]).sum();
        // A segment may hold nothing but labs' bills.
        let mean: f64 =
            stands.iter().map(|stand| stand.price[k]).sum::<f64>() / stands.len() as f64;
        prices[k] = if base > 1e-9 { at_list / base } else { mean };
        let (labs, labs_before) =
            if segment.holds_labs { (bills, bills_before) } else { (0.0, 0.0) };
        kept[k] = labs;
        for (stand, stays) in stands.iter().zip(&mut stays) {
            let relative = stand.price[k] / prices[k];
            let keep = segment.keep - stand.leaving;
            stays[k] = rules::stays(keep, relative, segment.price_sensitivity);
            kept[k] += stand.base[k] * stays[k];
        }
        sizes[k] = base + labs_before;
        intensity[k] = segment.ai_intensity;
    }
    let count = segments.len();
    let mut targets = [0.0; MAX_SEGMENTS];
    if inputs.alike {
        targets = sizes.map(|size| size * (1.0 + general + ai));
    } else {
        rules::segment_targets(
            &sizes[..count],
            &intensity[..count],
            general,
            ai,
            &mut targets[..count],
        );
    }
    let ai_part = if general + ai > 0.0 { ai / (general + ai) } else { 0.0 };
    let mut cleared = Cleared {
        won: vec![[0.0; MAX_SEGMENTS]; stands.len()],
        ai: vec![0.0; stands.len()],
        stays,
        delivered: Vec::new(),
        waiting: Vec::new(),
    };
    // A segment's AI part is the market's times its intensity, against the mean over new demand.
    let new_at = |k: usize| (targets[k] - kept[k]).max(0.0);
    let all_new: f64 = (0..count).map(new_at).sum();
    let mean: f64 = (0..count).map(|k| new_at(k) * intensity[k]).sum::<f64>() / all_new.max(1e-9);
    let mut utility = vec![0.0; stands.len()];
    let mut general_part = vec![0.0; stands.len()];
    let mut ai_flow = vec![0.0; stands.len()];
    for (k, segment) in segments.iter().enumerate() {
        let new = rules::bought(targets[k] - kept[k], prices[k]);
        if new <= 0.0 {
            // Labs' bills are contracts: what shrinks is the rest.
            let labs = if segment.holds_labs { bills } else { 0.0 };
            let rest = (targets[k] - labs) / (kept[k] - labs).max(1e-9);
            cleared
                .stays
                .iter_mut()
                .for_each(|stays| stays[k] *= rest.clamp(rules::LEAST_KEPT, 1.0));
            continue;
        }
        let weight = (ai_part * segment.ai_intensity / mean.max(1e-9)).min(1.0);
        for (u, stand) in utility.iter_mut().zip(stands) {
            *u = stand.appeal(k).general(segment.price_sensitivity);
        }
        rules::softmax(&utility, &mut general_part);
        for (u, stand) in utility.iter_mut().zip(stands) {
            *u = stand.appeal(k).ai(segment.price_sensitivity);
        }
        rules::softmax(&utility, &mut ai_flow);
        for i in 0..stands.len() {
            let from_ai = new * weight * ai_flow[i];
            cleared.won[i][k] = new * (1.0 - weight) * general_part[i] + from_ai;
            cleared.ai[i] += from_ai;
        }
    }
    cleared
}

/// What of the demand won, and of the backlog, is delivered.
fn deliver(cleared: &mut Cleared, inputs: &MarketInputs, segments: usize) {
    let stands = inputs.stands.iter().enumerate();
    let wanted: Vec<f64> = stands.map(|(i, stand)| cleared.total(i) + stand.backlog).collect();
    let stands = inputs.stands.iter().zip(&cleared.stays);
    let room: Vec<f64> = stands
        .map(|(stand, stays)| {
            let bases = stand.base[..segments].iter().zip(stays);
            let kept: f64 = bases.map(|(base, part)| base * part).sum();
            let capacity = rules::FULL * stand.capacity_gw * rules::REVENUE_PER_GW;
            capacity - kept - stand.lab_bills
        })
        .collect();
    (cleared.delivered, cleared.waiting) = rules::deliver(&wanted, &room);
}
