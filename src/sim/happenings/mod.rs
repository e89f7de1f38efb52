//! Happenings: what the world does to everybody, and the effects that answers and cards have too.

mod cast;
pub mod conditions;
mod effects;
pub mod rules;
#[cfg(test)]
mod shown;

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::HappeningId;
use crate::level::Level;
use crate::level::deck::{Effect, EffectKind, News, Pick};
use crate::sim::cloud::CloudInputs;
use crate::sim::cloud::rules::order_cost_per_gw;
use crate::sim::decision::GiantPlan;
use crate::sim::dilemmas;
use crate::sim::fact::{Fact, FactId, Facts, Provider};
use crate::sim::press::Press;
use crate::sim::rng::Purpose;
use crate::sim::setting::{Clock, Giant, Roster, Setting};
use crate::sim::turn::TurnSystems;
use crate::units::Quarter;

pub use cast::{Cast, Player, cast_around};
pub(in crate::sim) use effects::apply_all;
pub use effects::settled;

/// The weather of the quarter: what happenings leave for the rules to see.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Weather {
    /// Whether capacity on order is held up this quarter.
    pub shortage: bool,
    /// Factor on the cost of new orders.
    pub order_cost: f64,
    /// The chip makers' price index, as planned this quarter.
    pub chip_price: f64,
    /// Quarters of a downturn left, this one included.
    pub downturn: u32,
    /// What a downturn takes from general growth, part of 1 a quarter.
    pub lost_growth: f64,
    /// Quarters of a scaling wall left, this one included.
    pub wall: u32,
}

impl Default for Weather {
    fn default() -> Self {
        Weather {
            shortage: false,
            order_cost: 1.0,
            chip_price: 1.0,
            downturn: 0,
            lost_growth: 0.0,
            wall: 0,
        }
    }
}

impl Weather {
    /// Cost of ordering a gigawatt in this quarter, $bn, for one who builds this part of it on chips
    /// of its own.
    pub fn order_cost_per_gw(&self, level: &Level, own_chips: f64) -> f64 {
        let chip_part = level
            .giants
            .iter()
            .filter_map(|giant| giant.chips)
            .map(|chips| chips.part_of_ai_capex_pct / 100.0)
            .fold(0.0, f64::max);
        self.order_cost
            * order_cost_per_gw(
                level.market.ai_capex,
                chip_part * (1.0 - own_chips),
                self.chip_price,
            )
    }
}

/// What has happened, as far as later quarters ask for it.
#[derive(Resource, Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Chronicle {
    /// How often each happening of the deck has struck.
    struck: Vec<u8>,
    /// The last quarter each kind of news was made in, in the order of [`News::ALL`]; 0 is never.
    news: [u32; News::ALL.len()],
    /// Effects on their way.
    due: Vec<Due>,
    /// Effects that last.
    spells: Vec<Spell>,
}

/// An effect on its way.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Due {
    at: Quarter,
    effect: Effect,
    cast: Cast,
    fact: Option<FactId>,
}

/// An effect that lasts until the end of a quarter.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
struct Spell {
    what: EffectKind,
    player: Player,
    until: Quarter,
    fact: Option<FactId>,
}

impl Chronicle {
    pub fn new(level: &Level) -> Chronicle {
        Chronicle { struck: vec![0; level.happenings.len()], ..Chronicle::default() }
    }

    /// Leaves out the effects of facts that not everybody knows of.
    pub(in crate::sim) fn forget(&mut self, private: impl Fn(FactId) -> bool) {
        self.due.retain(|due| !due.fact.is_some_and(&private));
        self.spells.retain(|spell| !spell.fact.is_some_and(&private));
    }

    fn times(&self, happening: u8) -> u8 {
        self.struck.get(usize::from(happening)).copied().unwrap_or(0)
    }

    /// Whether something of the kind happened in the last four quarters.
    fn is_news(&self, news: News, now: Quarter) -> bool {
        let place = News::ALL.iter().position(|one| *one == news);
        let last = place.map_or(0, |place| self.news[place]);
        last > 0 && now.0 - last <= conditions::NEWS_QUARTERS
    }

    fn of(&self, player: Player) -> impl Iterator<Item = &Spell> {
        self.spells.iter().filter(move |spell| spell.player == player)
    }

    /// Appeal that effects in force give a provider, utils, and the latest fact behind it.
    fn appeal(&self, player: Player) -> (f64, Option<FactId>) {
        self.of(player).fold((0.0, None), |(sum, fact), spell| match spell.what {
            EffectKind::Appeal { utils, .. } => (sum + utils, spell.fact.max(fact)),
            _ => (sum, fact),
        })
    }

    /// Appeal that effects in force give a lab's products, utils.
    pub fn product_appeal(&self, lab: crate::ids::SeatId) -> f64 {
        self.of(Player::Seat(lab)).fold(0.0, |sum, spell| match spell.what {
            EffectKind::ProductAppeal { utils, .. } => sum + utils,
            _ => sum,
        })
    }

    /// Independence that effects in force give a lab, part of 1, and the latest fact behind it.
    pub fn independence(&self, lab: crate::ids::SeatId) -> (f64, Option<FactId>) {
        self.of(Player::Seat(lab)).fold((0.0, None), |(sum, fact), spell| match spell.what {
            EffectKind::Independence { pct, .. } => (sum + pct / 100.0, spell.fact.max(fact)),
            _ => (sum, fact),
        })
    }

    /// Factor on the cost of orders placed in a quarter, as far as is known now.
    pub fn order_cost(&self, quarter: Quarter) -> f64 {
        let lasting = self.of(Player::Nobody).filter(|spell| spell.until >= quarter);
        lasting.fold(1.0, |factor, spell| match spell.what {
            EffectKind::OrderCost { pct, .. } => factor + pct / 100.0,
            _ => factor,
        })
    }
}

pub(super) fn plugin(close: &mut Schedule) {
    close.add_systems(what_happens.in_set(TurnSystems::Happenings));
    close.add_systems(
        read_chip_prices.in_set(TurnSystems::Plans).after(crate::sim::plans::file_giant_plans),
    );
}

/// What comes to pass at the close: the weather turns, answers and cards take effect, what is on its
/// way arrives, the deck is dealt from.
fn what_happens(world: &mut World) {
    turn_weather(world);
    dilemmas::take_effect(world);
    come_due(world);
    strike(world);
    take_stock(world);
}

/// What lasts grows older by a quarter.
fn turn_weather(world: &mut World) {
    let now = world.resource::<Clock>().quarter;
    let mut weather = world.resource_mut::<Weather>();
    let over = weather.downturn == 1;
    if over {
        weather.lost_growth = 0.0;
    }
    weather.downturn = weather.downturn.saturating_sub(1);
    weather.wall = weather.wall.saturating_sub(1);
    weather.shortage = false;
    if over {
        world.resource_mut::<Facts>().push(Fact::DownturnOver);
    }
    world.resource_mut::<Chronicle>().spells.retain(|spell| spell.until >= now);
}

/// Effects whose time has come.
fn come_due(world: &mut World) {
    let now = world.resource::<Clock>().quarter;
    let mut chronicle = world.resource_mut::<Chronicle>();
    if chronicle.due.iter().all(|due| due.at > now) {
        return;
    }
    let (arrived, waiting): (Vec<Due>, Vec<Due>) =
        chronicle.due.iter().copied().partition(|due| due.at <= now);
    chronicle.due = waiting;
    for due in arrived {
        effects::apply(world, due.effect, due.cast, due.fact);
    }
}

/// Deals this quarter's happenings: each of the level's deck strikes by its chance or its date, if
/// its conditions hold.
fn strike(world: &mut World) {
    let setting = world.resource::<Setting>();
    let (level, clock) = (setting.level.clone(), *world.resource::<Clock>());
    let answered = dilemmas::answered_by_anybody(world);
    for (number, happening) in level.happenings.iter().enumerate() {
        let setting = world.resource::<Setting>();
        let luck = setting.world_stream(&clock, Purpose::Happening, number as u64).uniform();
        let due = happening.in_quarter == Some(clock.quarter.0);
        let often = happening.at_most.is_some_and(|most| {
            u32::from(world.resource::<Chronicle>().times(number as u8)) >= most
        });
        if often || (!due && luck >= happening.chance) {
            continue;
        }
        let mut target = setting.world_stream(&clock, Purpose::HappeningTarget, number as u64);
        let published = &world.resource::<Press>().0;
        let seat = match happening.picks.seat {
            Some(pick) => {
                let luck = if pick == Pick::Drawn { target.uniform() } else { 0.0 };
                cast::struck(pick, &level, published, luck)
            }
            None => Some(Player::Nobody),
        };
        let cast = seat.and_then(|seat| cast_around(seat, &happening.picks, &level, published));
        let Some(cast) = cast else { continue };
        let present = conditions::Present {
            level: &level,
            published,
            chronicle: world.resource::<Chronicle>(),
            quarter: clock.quarter,
            answered,
        };
        if !present.holds(&happening.when, &cast) {
            continue;
        }
        let fact = if happening.plain {
            // A downturn that strikes during another does nothing.
            let told = happening.effects.first().and_then(|effect| plain_fact(effect.what, &cast));
            let idle = matches!(told, Some(Fact::Downturn { .. }))
                && world.resource::<Weather>().downturn > 0;
            if idle {
                continue;
            }
            told
        } else {
            Some(Fact::Happened { happening: HappeningId(number as u8), cast })
        };
        let fact = fact.map(|fact| world.resource_mut::<Facts>().push(fact));
        let mut chronicle = world.resource_mut::<Chronicle>();
        chronicle.struck[number] = chronicle.struck[number].saturating_add(1);
        effects::apply_all(world, &happening.effects, cast, fact);
    }
}

/// The fact of a happening that has words of its own.
fn plain_fact(what: EffectKind, cast: &Cast) -> Option<Fact> {
    Some(match what {
        EffectKind::OpenWeightsShock { points } => Fact::OpenWeightsShock { points },
        EffectKind::ChipShortage { cost_pct } => Fact::ChipShortage { cost_pct },
        EffectKind::Downturn { quarters, .. } => Fact::Downturn { quarters },
        EffectKind::Outage { utils } => {
            let provider = match cast.seat {
                Player::Seat(seat) => Provider::Giant(crate::ids::FirmId(seat.0)),
                _ => Provider::Others,
            };
            Fact::Outage { provider, utils }
        }
        _ => return None,
    })
}

/// What effects in force come to this quarter, where the rules look for it.
fn take_stock(world: &mut World) {
    let now = world.resource::<Clock>().quarter;
    let order_cost = world.resource::<Chronicle>().order_cost(now);
    world.resource_mut::<Weather>().order_cost = order_cost;
    let giants = world.resource::<Setting>().giants();
    for place in 0..=giants {
        let entity = world.resource::<Roster>().providers[place];
        let player = match place == giants {
            true => Player::Others,
            false => Player::Seat(crate::ids::FirmId(place as u8).seat()),
        };
        let (appeal, fact) = world.resource::<Chronicle>().appeal(player);
        let Some(mut inputs) = world.get_mut::<CloudInputs>(entity) else { continue };
        if inputs.appeal == appeal && inputs.appeal_fact == fact {
            continue;
        }
        inputs.appeal = appeal;
        inputs.appeal_fact = fact;
    }
}

/// Writes down what kinds of news the quarter made.
pub(super) fn note_news(clock: &Clock, facts: &Facts, chronicle: &mut Chronicle) {
    for (_, fact) in facts.iter() {
        let news = match fact {
            Fact::Signed { .. } => News::Signed,
            Fact::TrancheLapsed { .. } => News::TrancheLapsed,
            Fact::Rescued { .. } => News::Rescued,
            Fact::CharterBroken { .. } => News::CharterBroken,
            Fact::FrontierPassed { .. } => News::FrontierPassed,
            Fact::RunwayShort { .. } => News::RunwayShort,
            Fact::Outage { .. } => News::Outage,
            Fact::ChipShortage { .. } => News::ChipShortage,
            Fact::Downturn { .. } => News::Downturn,
            Fact::OpenWeightsShock { .. } => News::OpenWeightsShock,
            Fact::CapacityShort { .. } => News::CapacityShort,
            _ => continue,
        };
        if let Some(place) = News::ALL.iter().position(|one| *one == news) {
            chronicle.news[place] = clock.quarter.0;
        }
    }
}

/// The dearest chip maker sets the price everybody orders at.
fn read_chip_prices(
    setting: Res<Setting>,
    roster: Res<Roster>,
    mut weather: ResMut<Weather>,
    giants: Query<(&Giant, &GiantPlan)>,
) {
    let prices = roster.giants.iter().filter_map(|&entity| giants.get(entity).ok()).filter_map(
        |(giant, plan)| setting.level.giants[giant.0.index()].chips.map(|_| plan.chip_price),
    );
    weather.chip_price = prices
        .fold(None, |dearest: Option<f64>, price| {
            Some(dearest.map_or(price, |dearest| dearest.max(price)))
        })
        .unwrap_or(1.0);
}
