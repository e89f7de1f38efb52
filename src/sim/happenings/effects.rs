//! What an effect does to the world.

use bevy::prelude::*;

use super::{Cast, Chronicle, Due, Player, Spell, Weather, rules};
use crate::ids::{Role, SeatId};
use crate::level::Level;
use crate::level::deck::{Effect, EffectKind, Part};
use crate::sim::books::{Account, Books, Reason};
use crate::sim::capability::{Capability, Frontier};
use crate::sim::capital_market::MarketValue;
use crate::sim::cause::{Figure, Ledger};
use crate::sim::cloud::CloudBusiness;
use crate::sim::fact::FactId;
use crate::sim::lab::{LabBusiness, Trust};
use crate::sim::press::Press;
use crate::sim::regulator::Heat;
use crate::sim::setting::{Clock, Roster, Setting};
use crate::sim::treasury::{ChipBusiness, CoreBusiness};
use crate::sim::view::Published;
use crate::units::Money;

/// An effect as it will come to one player: per cents of cash in $bn of the last quarter's revenue.
pub fn settled(
    what: EffectKind,
    player: Player,
    level: &Level,
    published: &Published,
) -> EffectKind {
    let Player::Seat(seat) = player else { return what };
    let revenue_bn = match seat.role(level.giants.len()) {
        Role::Giant(firm) => rules::giant_revenue(&published.giants[firm.index()]),
        Role::Lab(lab) => rules::lab_revenue(&published.labs[lab.index()]),
    };
    rules::in_dollars(what, revenue_bn)
}

/// Lets effects come to the cast of a story, now or when they are due.
pub(in crate::sim) fn apply_all(
    world: &mut World,
    effects: &[Effect],
    cast: Cast,
    fact: Option<FactId>,
) {
    for effect in effects {
        apply(world, *effect, cast, fact);
    }
}

pub(super) fn apply(world: &mut World, effect: Effect, cast: Cast, fact: Option<FactId>) {
    let level = world.resource::<Setting>().level.clone();
    if effect.after > 0 {
        let at = world.resource::<Clock>().quarter.plus(effect.after);
        let published = world.resource::<Press>().0.clone();
        // What it comes to is what was shown when it was decided.
        let player = cast.player(effect.on, &level);
        let what = player.map_or(effect.what, |who| settled(effect.what, who, &level, &published));
        let effect = Effect { after: 0, what, ..effect };
        world.resource_mut::<Chronicle>().due.push(Due { at, effect, cast, fact });
        return;
    }
    if on_the_world(world, effect.what, fact) {
        return;
    }
    let published = world.resource::<Press>().0.clone();
    for player in cast.players(effect.on, &level) {
        let what = settled(effect.what, player, &level, &published);
        match player {
            Player::Nobody => {}
            Player::Others => on_a_cloud(world, player, what, fact),
            Player::Seat(seat) => on_a_seat(world, seat, &cast, what, fact),
        }
    }
}

/// Effects that fall on everybody. False if it is none of them.
fn on_the_world(world: &mut World, what: EffectKind, fact: Option<FactId>) -> bool {
    match what {
        EffectKind::OpenWeightsShock { points } => {
            let mut frontier = world.resource_mut::<Frontier>();
            let room = (frontier.points - frontier.open_weights).max(0.0);
            frontier.open_weights += points.min(room);
        }
        EffectKind::Method { points } => world.resource_mut::<Frontier>().common += points,
        EffectKind::ScalingWall { quarters } => {
            let mut weather = world.resource_mut::<Weather>();
            weather.wall = weather.wall.max(quarters);
        }
        EffectKind::Downturn { quarters, growth_pct } => {
            let mut weather = world.resource_mut::<Weather>();
            if weather.downturn == 0 {
                weather.downturn = quarters;
                weather.lost_growth = growth_pct / 100.0;
            }
        }
        EffectKind::ChipShortage { cost_pct } => {
            world.resource_mut::<Weather>().shortage = true;
            let dearer = EffectKind::OrderCost { pct: cost_pct, quarters: 1 };
            lasting(world, Player::Nobody, dearer, 1, fact);
        }
        EffectKind::OrderCost { quarters, .. } => {
            lasting(world, Player::Nobody, what, quarters, fact);
        }
        _ => return false,
    }
    true
}

/// Keeps an effect for so many quarters, this one included.
fn lasting(
    world: &mut World,
    player: Player,
    what: EffectKind,
    quarters: u32,
    fact: Option<FactId>,
) {
    let until = world.resource::<Clock>().quarter.plus(quarters - 1);
    world.resource_mut::<Chronicle>().spells.push(Spell { what, player, until, fact });
}

fn on_a_cloud(world: &mut World, player: Player, what: EffectKind, fact: Option<FactId>) {
    match what {
        EffectKind::Appeal { quarters, .. } => return lasting(world, player, what, quarters, fact),
        EffectKind::Outage { utils } => {
            let gone = EffectKind::Appeal { utils: -utils, quarters: 1 };
            return lasting(world, player, gone, 1, fact);
        }
        _ => {}
    }
    let roster = world.resource::<Roster>();
    let entity = match player {
        Player::Seat(seat) => roster.providers.get(seat.index()),
        _ => roster.providers.last(),
    };
    let Some(entity) = entity.copied() else { return };
    let Some(mut cloud) = world.get_mut::<CloudBusiness>(entity) else { return };
    match what {
        EffectKind::PaidPrice { pct } => {
            cloud.paid_price.iter_mut().for_each(|price| *price = rules::grown(*price, pct));
            let seat = match player {
                Player::Seat(seat) => Some(seat),
                _ => None,
            };
            world.resource_mut::<Ledger>().feel(seat, Figure::PaidPrice, pct, fact);
        }
        EffectKind::UnitCost { pct } => cloud.cost_index = rules::grown(cloud.cost_index, pct),
        EffectKind::Capacity { pct } => cloud.capacity_gw = rules::grown(cloud.capacity_gw, pct),
        EffectKind::Arriving { pct, quarters } => {
            let more = pct / 100.0 * cloud.capacity_gw;
            cloud.arriving_gw[quarters as usize] += more;
        }
        EffectKind::Late => cloud.arriving_gw = rules::late(cloud.arriving_gw),
        EffectKind::Sooner { quarters } => {
            cloud.arriving_gw = rules::sooner(cloud.arriving_gw, quarters);
        }
        _ => {}
    }
}

fn on_a_seat(world: &mut World, seat: SeatId, cast: &Cast, what: EffectKind, fact: Option<FactId>) {
    if let EffectKind::Cash { bn } = what {
        return pay(world, seat, bn, fact);
    }
    let role = world.resource::<Setting>().role(seat);
    match role {
        Role::Giant(firm) => {
            let entity = world.resource::<Roster>().giant(firm);
            if !on_a_giant(world, entity, seat, what, fact) {
                on_a_cloud(world, Player::Seat(seat), what, fact);
            }
        }
        Role::Lab(lab) => {
            let entity = world.resource::<Roster>().lab(lab);
            on_a_lab(world, entity, seat, cast, what, fact);
        }
    }
}

/// Below 0 the seat pays suppliers; above, customers pay it.
fn pay(world: &mut World, seat: SeatId, bn: f64, fact: Option<FactId>) {
    let amount = Money::from_bn(bn.abs());
    let cash = Account::Cash(seat);
    let (from, to) = if bn < 0.0 { (cash, Account::Suppliers) } else { (Account::Customers, cash) };
    world.resource_mut::<Books>().post_for(from, to, amount, Reason::Happening, fact);
}

/// Effects on a giant beside its cloud. False if it is none of them.
fn on_a_giant(
    world: &mut World,
    entity: Entity,
    seat: SeatId,
    what: EffectKind,
    fact: Option<FactId>,
) -> bool {
    match what {
        EffectKind::CoreRevenue { pct } => {
            if let Some(mut core) = world.get_mut::<CoreBusiness>(entity) {
                core.revenue_bn = rules::grown(core.revenue_bn, pct);
            }
        }
        EffectKind::Heat { pct } => {
            if let Some(mut heat) = world.get_mut::<Heat>(entity) {
                heat.0 = (heat.0 + pct / 100.0).clamp(0.0, 1.0);
            }
        }
        EffectKind::Sentiment { pct } => {
            if let Some(mut value) = world.get_mut::<MarketValue>(entity) {
                let by_bn = rules::sentiment(pct, value.value_bn);
                value.sentiment_bn += by_bn;
                world.resource_mut::<Ledger>().feel(Some(seat), Figure::Value, by_bn, fact);
            }
        }
        EffectKind::Loyalty { pct } => {
            if let Some(mut chips) = world.get_mut::<ChipBusiness>(entity) {
                chips.loyalty = (chips.loyalty + pct / 100.0).clamp(0.2, 1.3);
            }
        }
        EffectKind::Talent { points } => talent(world, entity, seat, points, fact),
        _ => return false,
    }
    true
}

fn talent(world: &mut World, entity: Entity, seat: SeatId, points: f64, fact: Option<FactId>) {
    if let Some(mut models) = world.get_mut::<Capability>(entity) {
        models.talent += points;
        world.resource_mut::<Ledger>().feel(Some(seat), Figure::Talent, points, fact);
    }
}

fn on_a_lab(
    world: &mut World,
    entity: Entity,
    seat: SeatId,
    cast: &Cast,
    what: EffectKind,
    fact: Option<FactId>,
) {
    match what {
        EffectKind::Talent { points } => talent(world, entity, seat, points, fact),
        EffectKind::Staff { pct } => {
            if let Some(mut business) = world.get_mut::<LabBusiness>(entity) {
                business.heads = rules::grown(business.heads, pct);
            }
        }
        EffectKind::Trust { giant, pct } => trust(world, entity, cast, giant, pct),
        EffectKind::ProductAppeal { quarters, .. } | EffectKind::Independence { quarters, .. } => {
            lasting(world, Player::Seat(seat), what, quarters, fact);
        }
        _ => {}
    }
}

fn trust(world: &mut World, lab: Entity, cast: &Cast, giant: Part, pct: f64) {
    let level = world.resource::<Setting>().level.clone();
    let Some(mut trust) = world.get_mut::<Trust>(lab) else { return };
    for player in cast.players(giant, &level) {
        if let Player::Seat(seat) = player
            && let Role::Giant(firm) = seat.role(level.giants.len())
        {
            trust.change(firm, pct / 100.0);
        }
    }
}
