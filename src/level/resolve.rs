//! A file that passed the checks becomes a [`Level`]: names become places in lists, per cents parts
//! of 1, and sums exactly 1.
//!
//! Nothing here can fail: `rules` and `seats` have refused whatever would not fit.

use std::collections::BTreeMap;

use super::deck;
use super::file::{
    CloudFile, GiantFile, GoalFile, LabFile, LevelFile, MarketFile, SegmentFile, StandingDealFile,
};
use super::lesson::{Lesson, LessonFile};
use super::rules::OTHERS;
use super::{Cloud, Giant, Lab, Level, Market, Segment, StandingDeal};
use crate::ids::SeatId;
use crate::units::{CalendarQuarter, Money};

/// Trust in a giant that the level says nothing about, per cent (assumed).
const TRUST_PCT: f64 = 60.0;

pub(super) fn level(file: LevelFile) -> Level {
    let giants: Vec<&str> = file.giants.iter().map(|giant| giant.id.as_str()).collect();
    let labs = file.labs.iter().map(|lab| lab.id.as_str());
    let seat_ids: Vec<&str> = giants.iter().copied().chain(labs).collect();
    let first_seat = SeatId(place(seat_ids.iter().copied(), &file.first_seat) as u8);
    let sums = Sums::of(&file);
    let decks = deck::resolve(&file);
    Level {
        first_seat,
        opening: CalendarQuarter { year: file.opening.year, quarter: file.opening.quarter },
        quarters: file.quarters,
        talk_rounds: file.talk_rounds,
        information: file.information,
        market: market(&file.market, &sums),
        progress: file.progress,
        products: file.products,
        segments: file.segments.iter().map(|one| segment(one, &sums)).collect(),
        giants: file.giants.iter().map(|one| giant(one, &sums)).collect(),
        labs: file.labs.iter().map(|one| lab(one, &giants)).collect(),
        lessons: lessons(&file.lessons, &file.first_seat, &seat_ids),
        debrief: file.debrief,
        shelf: file.shelf,
        happenings: decks.happenings,
        dilemmas: decks.dilemmas,
        cards: decks.cards,
        cards_after: file.deck.cards_after_quarters,
        id: file.id,
        headline: file.headline.unwrap_or_else(|| file.title.clone()),
        title: file.title,
        premise: file.premise,
    }
}

/// Where a name stands in a list that is known to have it.
fn place<'a>(names: impl IntoIterator<Item = &'a str>, name: &str) -> usize {
    let mut names = names.into_iter();
    names.position(|other| other == name).expect("checked: every name is known")
}

/// What each group of per cents sums to: 100 but for the tolerance. Dividing by it makes it exact.
struct Sums {
    segments: Vec<String>,
    size: f64,
    /// By segment.
    share: Vec<f64>,
    win_rate_general: f64,
    win_rate_ai: f64,
}

impl Sums {
    fn of(file: &LevelFile) -> Sums {
        let giants = file.giants.iter().filter_map(|giant| giant.cloud.as_ref());
        let clouds: Vec<&CloudFile> = giants.chain([&file.market.others.cloud]).collect();
        let share = |segment: &SegmentFile| {
            clouds.iter().filter_map(|cloud| cloud.share_pct.get(&segment.id)).sum()
        };
        Sums {
            segments: file.segments.iter().map(|segment| segment.id.clone()).collect(),
            size: file.segments.iter().map(|segment| segment.size_pct).sum(),
            share: file.segments.iter().map(share).collect(),
            win_rate_general: clouds.iter().map(|cloud| cloud.win_rate_general_pct).sum(),
            win_rate_ai: clouds.iter().map(|cloud| cloud.win_rate_ai_pct).sum(),
        }
    }
}

fn lessons(file: &[LessonFile], first_seat: &str, seats: &[&str]) -> Vec<Lesson> {
    let lesson = |file: &LessonFile| {
        let seat = file.seat.as_deref().unwrap_or(first_seat);
        Lesson {
            seat: SeatId(place(seats.iter().copied(), seat) as u8),
            when: file.when,
            title: file.title.clone(),
            say: file.say.clone(),
            example: file.example.clone(),
            wants: file.wants,
            done: file.done.clone(),
        }
    };
    file.iter().map(lesson).collect()
}

fn market(file: &MarketFile, sums: &Sums) -> Market {
    Market {
        revenue_bn: file.revenue_bn,
        general_growth: file.general_growth_pct / 100.0,
        general_growth_floor: file.general_growth_floor_pct / 100.0,
        general_fade_quarters: file.general_fade_quarters,
        ai_growth_per_point: file.ai_growth_pct_per_point / 100.0,
        ai_growth_from_points: file.ai_growth_from_points,
        ai_growth_cap: file.ai_growth_cap_pct / 100.0,
        ai_capex: file.ai_capex_pct / 100.0,
        others_name: file.others.name.clone(),
        others: cloud(&file.others.cloud, sums),
    }
}

fn segment(file: &SegmentFile, sums: &Sums) -> Segment {
    Segment {
        id: file.id.clone(),
        name: file.name.clone(),
        size: file.size_pct / sums.size,
        keep: file.keep_pct / 100.0,
        price_sensitivity: file.price_sensitivity,
        ai_intensity: file.ai_intensity,
        holds_labs: file.holds_labs,
    }
}

fn cloud(file: &CloudFile, sums: &Sums) -> Cloud {
    let share = |(segment, sum): (&String, &f64)| file.share_pct.get(segment).unwrap_or(&0.0) / sum;
    let arriving = |index: usize| file.arriving_gw.get(index).copied().unwrap_or(0.0);
    Cloud {
        share: sums.segments.iter().zip(&sums.share).map(share).collect(),
        win_rate_general: file.win_rate_general_pct / sums.win_rate_general,
        win_rate_ai: file.win_rate_ai_pct / sums.win_rate_ai,
        capacity_gw: file.capacity_gw,
        arriving_gw: std::array::from_fn(arriving),
        order_gw: file.order_gw,
        cost_index: file.cost_index,
        own_chips: file.own_chips,
    }
}

fn giant(file: &GiantFile, sums: &Sums) -> Giant {
    Giant {
        id: file.id.clone(),
        name: file.name.clone(),
        cash: Money::from_bn(file.cash_bn),
        debt: Money::from_bn(file.debt_bn),
        cash_floor: Money::from_bn(file.cash_floor_bn),
        core: file.core,
        cloud: file.cloud.as_ref().map(|one| cloud(one, sums)),
        models: file.models,
        chips: file.chips,
        value_bn: file.value_tn * 1000.0,
        disposition: file.disposition,
        goals: goals(&file.goals),
        score_scale: file.score_scale,
    }
}

fn goals(file: &[GoalFile]) -> Vec<GoalFile> {
    let sum: f64 = file.iter().map(|goal| goal.weight).sum();
    file.iter().map(|goal| GoalFile { weight: goal.weight / sum * 100.0, ..*goal }).collect()
}

fn lab(file: &LabFile, giants: &[&str]) -> Lab {
    let providers: Vec<&str> = giants.iter().copied().chain([OTHERS]).collect();
    let compute_gw = by_name(&file.compute_gw, &providers);
    let mix = if file.new_compute_pct.is_empty() {
        compute_gw.clone()
    } else {
        by_name(&file.new_compute_pct, &providers)
    };
    let held: f64 = file.holders_pct.values().sum();
    let others = file.holders_pct.iter().filter(|(name, _)| !giants.contains(&name.as_str()));
    let trust = |giant: &&str| file.trust_pct.get(*giant).unwrap_or(&TRUST_PCT) / 100.0;
    Lab {
        id: file.id.clone(),
        name: file.name.clone(),
        cash: Money::from_bn(file.cash_bn),
        run_rate_year_ago_bn: file.run_rate_year_ago_bn,
        assistants: file.assistants_pct / 100.0,
        agents: file.agents_pct / 100.0,
        heads: file.heads,
        last_price_bn: file.last_price_bn,
        capability_points: file.capability_points,
        new_compute: scaled(&mix, mix.iter().sum()),
        compute_gw,
        compute_plan_gw: file.compute_plan_gw.clone(),
        training: file.training_pct / 100.0,
        independence_floor: file.independence_floor_pct / 100.0,
        mission: file.mission.clone(),
        stakes: scaled(&by_name(&file.holders_pct, giants), held),
        other_holders: others.map(|(name, part)| (name.clone(), part / held)).collect(),
        trust: giants.iter().map(trust).collect(),
        patience: file.patience,
        standing_deals: file.standing_deals.iter().map(|deal| standing(deal, giants)).collect(),
        goals: goals(&file.goals),
        score_scale: file.score_scale,
    }
}

/// A map's values in the order of these names, 0 where it has none.
fn by_name(map: &BTreeMap<String, f64>, names: &[&str]) -> Vec<f64> {
    names.iter().map(|name| map.get(*name).copied().unwrap_or(0.0)).collect()
}

fn scaled(parts: &[f64], sum: f64) -> Vec<f64> {
    parts.iter().map(|part| part / sum).collect()
}

fn standing(file: &StandingDealFile, giants: &[&str]) -> StandingDeal {
    StandingDeal {
        giant: SeatId(place(giants.iter().copied(), &file.giant) as u8),
        invested: Money::from_bn(file.invested_bn),
        board: file.board,
        access: file.access,
        access_quarters: file.access_quarters,
        exclusivity: file.exclusivity,
        exclusivity_quarters: file.exclusivity_quarters,
        commitment_mw: libm::rint(file.commitment_gw * 1000.0) as u32,
        commitment_quarters: file.commitment_quarters,
        instrument: file.instrument,
        profit_cap: file.profit_cap as u8,
        pro_rata: file.pro_rata,
        anti_dilution: file.anti_dilution,
        consent: file.consent,
        revenue_share_pct: file.revenue_share_pct as u8,
        revenue_share_cap: Money::from_bn(file.revenue_share_cap_bn),
        licence_quarters: file.licence_quarters,
        own_chips_pct: file.own_chips_pct as u8,
        own_chips_quarters: file.own_chips_quarters,
    }
}

#[cfg(test)]
mod tests {
    use crate::ids::SeatId;
    use crate::level::{Level, check};
    use crate::units::Money;

    fn flagship() -> Level {
        check("flagship", include_str!("../../levels/ten-billion-courtship.ron")).unwrap()
    }

    fn sums_to_one(parts: impl IntoIterator<Item = f64>) -> bool {
        (parts.into_iter().sum::<f64>() - 1.0).abs() < 1e-12
    }

    #[test]
    fn names_become_places_and_per_cents_parts() {
        let level = flagship();
        assert_eq!(level.first_seat, SeatId(0));
        assert_eq!(level.seat_key(SeatId(5)), "openai");
        assert_eq!(level.giants[0].cash, Money(123_000_000_000));
        assert_eq!(level.giants[3].value_bn, 560.0);
        let lab = &level.labs[0];
        assert_eq!(lab.compute_gw, [0.0, 0.45, 0.01, 0.02, 0.0, 0.12]);
        assert_eq!(lab.trust, [0.55, 0.65, 0.45, 0.55, 0.6]);
        assert_eq!(lab.standing_deals[0].giant, SeatId(1));
        assert_eq!(lab.standing_deals[0].commitment_mw, 450);
    }

    #[test]
    fn whatever_must_sum_to_one_does() {
        let level = flagship();
        let clouds =
            || level.giants.iter().filter_map(|g| g.cloud.as_ref()).chain([&level.market.others]);
        for segment in level.segment_ids() {
            assert!(sums_to_one(clouds().map(|cloud| cloud.share[segment.index()])));
        }
        assert!(sums_to_one(clouds().map(|cloud| cloud.win_rate_general)));
        assert!(sums_to_one(clouds().map(|cloud| cloud.win_rate_ai)));
        assert!(sums_to_one(level.segments.iter().map(|segment| segment.size)));
        for lab in &level.labs {
            let others = lab.other_holders.iter().map(|(_, part)| *part);
            assert!(sums_to_one(lab.stakes.iter().copied().chain(others)));
            assert!(sums_to_one(lab.new_compute.iter().copied()));
        }
        for seat in level.seat_ids() {
            assert!(sums_to_one(level.goals(seat).iter().map(|goal| goal.weight / 100.0)));
        }
    }

    #[test]
    fn new_compute_follows_the_present_mix_if_nothing_is_said() {
        let text = include_str!("../../tests/it/fixtures/smallest.ron");
        let level = check("smallest", text).unwrap();
        assert_eq!(level.labs[0].new_compute, [0.0, 0.8, 0.2]);
        assert_eq!(level.labs[0].trust, [0.6, 0.6]);
        assert_eq!(level.market.others.arriving_gw, [0.0; 4]);
    }
}
