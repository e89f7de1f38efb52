//! The whole state of a game as plain data: for fork, restore, save and hash.
//!
//! One list names every saved component and resource; capture and restore are made from it, so a
//! component cannot be in one and missing in the other.

use bevy::ecs::component::{ComponentId, ComponentInfo};
use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{FirmId, LabId};
use crate::sim::books::Books;
use crate::sim::capability::{Capability, Frontier, Research};
use crate::sim::capital_market::{Circular, MarketValue};
use crate::sim::cause::Ledger;
use crate::sim::cloud::{CloudBusiness, CloudInputs, CloudMarket, CloudResult};
use crate::sim::deal::{CapTable, Deal};
use crate::sim::decision::{GiantPlan, LabPlan};
use crate::sim::dilemmas::Dilemmas;
use crate::sim::fact::Facts;
use crate::sim::goals::Scores;
use crate::sim::happenings::{Chronicle, Weather};
use crate::sim::information::{AttentionSpent, Grapevine};
use crate::sim::lab::{Compute, LabBusiness, LabStanding, ProductShare, Products, Staff, Trust};
use crate::sim::negotiation::{Table, Waivers};
use crate::sim::plans::PlanFacts;
use crate::sim::press::Press;
use crate::sim::process::Process;
use crate::sim::regulator::{Heat, Scrutiny};
use crate::sim::setting::{Clock, Giant, Lab, Orders, ProviderIndex, Roster, Setting};
use crate::sim::treasury::{ChipBusiness, ChipMarket, CoreBusiness, Income};

/// Defines the snapshot: components by the list of entities that carry them, then resources.
macro_rules! snapshot {
    (
        components: { $($component:ident: $Component:ty, on $entities:ident;)* }
        resources: { $($resource:ident: $Resource:ty;)* }
    ) => {
        /// Every saved component, as pairs of a place in its list of entities and a value, sorted by
        /// place; every deal, by id; every saved resource.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub struct Snapshot {
            $(pub(in crate::sim) $component: Vec<(u8, $Component)>,)*
            pub(in crate::sim) deals: Vec<Deal>,
            $(pub(in crate::sim) $resource: $Resource,)*
        }

        impl Snapshot {
            /// The saved components by name, each with who carries it.
            pub const COMPONENTS: &[(&str, Carrier)] =
                &[$((stringify!($component), Carrier::of(stringify!($entities))),)*];

            /// Copies the state of a world.
            pub fn capture(world: &World) -> Snapshot {
                let roster = world.resource::<Roster>();
                Snapshot {
                    $($component: collect(world, &roster.$entities),)*
                    deals: roster.deals.iter().filter_map(|&e| world.get::<Deal>(e).copied()).collect(),
                    $($resource: world.resource::<$Resource>().clone(),)*
                }
            }

            /// Puts a world that [`prepare`] made for the same level into this state.
            pub fn restore(&self, world: &mut World) {
                let mut roster = world.remove_resource::<Roster>().expect("a prepared world");
                $(place(world, &roster.$entities, &self.$component);)*
                restore_deals(world, &mut roster, &self.deals);
                world.insert_resource(roster);
                $(put(world, &self.$resource);)*
            }

            /// Ids of the saved components and resources, for the test that nothing is forgotten.
            pub fn saved_ids(world: &mut World) -> Vec<ComponentId> {
                vec![
                    $(world.register_component::<$Component>(),)*
                    world.register_component::<Deal>(),
                    $(world.register_component::<$Resource>(),)*
                ]
            }
        }
    };
}

/// Who carries a component.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carrier {
    /// Giants in order, then all others as one.
    Providers,
    Giants,
    Labs,
    /// By lab, then giant.
    Tables,
}

impl Carrier {
    const fn of(entities: &str) -> Carrier {
        match entities.as_bytes() {
            b"providers" => Carrier::Providers,
            b"giants" => Carrier::Giants,
            b"labs" => Carrier::Labs,
            _ => Carrier::Tables,
        }
    }
}

snapshot! {
    components: {
        clouds: CloudBusiness, on providers;
        cloud_inputs: CloudInputs, on providers;
        cloud_results: CloudResult, on providers;
        giant_plans: GiantPlan, on giants;
        plan_facts: PlanFacts, on giants;
        cores: CoreBusiness, on giants;
        incomes: Income, on giants;
        chips: ChipBusiness, on giants;
        research: Research, on giants;
        own_models: Capability, on giants;
        own_products: ProductShare, on giants;
        values: MarketValue, on giants;
        circular: Circular, on giants;
        heats: Heat, on giants;
        scrutiny: Scrutiny, on giants;
        lab_plans: LabPlan, on labs;
        businesses: LabBusiness, on labs;
        standings: LabStanding, on labs;
        compute: Compute, on labs;
        cap_tables: CapTable, on labs;
        trust: Trust, on labs;
        models: Capability, on labs;
        products: ProductShare, on labs;
        processes: Process, on labs;
        staffs: Staff, on labs;
        tables: Table, on tables;
    }
    resources: {
        clock: Clock;
        orders: Orders;
        books: Books;
        facts: Facts;
        ledger: Ledger;
        market: CloudMarket;
        frontier: Frontier;
        product_markets: Products;
        weather: Weather;
        chip_market: ChipMarket;
        chronicle: Chronicle;
        dilemmas: Dilemmas;
        grapevine: Grapevine;
        attention: AttentionSpent;
        scores: Scores;
        press: Press;
        waivers: Waivers;
    }
}

/// Components and resources of a game's world that are not saved, because they follow from the
/// level and the snapshot.
pub fn derived_ids(world: &mut World) -> Vec<ComponentId> {
    vec![
        world.register_component::<Roster>(),
        world.register_component::<Setting>(),
        world.register_component::<Giant>(),
        world.register_component::<Lab>(),
        world.register_component::<ProviderIndex>(),
    ]
}

/// Components and resources that some entity of a world has and that are neither saved nor derived:
/// state that a fork, a save and the hash would miss. Bevy's own are left out. Bevy tells their names
/// only with its feature `debug`; their sizes it always tells.
pub(in crate::sim) fn unsaved(world: &mut World) -> Vec<String> {
    let mut known = Snapshot::saved_ids(world);
    known.extend(derived_ids(world));
    let mut bare = World::new();
    // A world keeps this for every schedule it runs.
    bare.init_resource::<Schedules>();
    let bevys_own = present(&bare);
    let found = present(world).into_iter().filter(|info| {
        !known.contains(&info.id()) && !bevys_own.iter().any(|own| own.type_id() == info.type_id())
    });
    found.map(|info| format!("{}, {} bytes", info.name(), info.layout().size())).collect()
}

/// What some entity of a world has. Resources are components too.
fn present(world: &World) -> Vec<ComponentInfo> {
    let archetypes = world.archetypes().iter().filter(|archetype| !archetype.is_empty());
    let mut ids: Vec<ComponentId> =
        archetypes.flat_map(|archetype| archetype.components().iter().copied()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().filter_map(|id| world.components().get_info(id).cloned()).collect()
}

impl Snapshot {
    /// Its bytes: one encoding a value.
    pub fn encode(&self) -> Vec<u8> {
        postcard::to_allocvec(self).expect("plain data can be encoded")
    }

    /// A state from its bytes.
    pub fn decode(bytes: &[u8]) -> Result<Snapshot, postcard::Error> {
        postcard::from_bytes(bytes)
    }

    /// The hash of this state: BLAKE3 over its encoding.
    pub fn hash(&self) -> [u8; 32] {
        *blake3::hash(&self.encode()).as_bytes()
    }
}

/// Spawns the entities of a level, without their state.
pub fn prepare(world: &mut World, giants: usize, labs: usize) {
    let mut roster = Roster::default();
    for firm in 0..giants as u8 {
        roster.giants.push(world.spawn((Giant(FirmId(firm)), ProviderIndex(firm))).id());
    }
    roster.providers = roster.giants.clone();
    roster.providers.push(world.spawn(ProviderIndex(giants as u8)).id());
    for lab in 0..labs as u8 {
        roster.labs.push(world.spawn(Lab(LabId(lab))).id());
    }
    for _ in 0..giants * labs {
        roster.tables.push(world.spawn_empty().id());
    }
    world.insert_resource(roster);
}

/// A component of each entity that has it, with the entity's place in the list.
pub(in crate::sim) fn collect<C: Component + Clone>(
    world: &World,
    entities: &[Entity],
) -> Vec<(u8, C)> {
    let present = entities.iter().enumerate();
    present.filter_map(|(place, &e)| Some((place as u8, world.get::<C>(e)?.clone()))).collect()
}

fn place<C: Component<Mutability = bevy::ecs::component::Mutable> + Clone>(
    world: &mut World,
    entities: &[Entity],
    saved: &[(u8, C)],
) {
    for (place, component) in saved {
        let entity = entities[usize::from(*place)];
        match world.get_mut::<C>(entity) {
            Some(mut present) => present.clone_from(component),
            None => {
                world.entity_mut(entity).insert(component.clone());
            }
        }
    }
}

fn put<R: Resource<Mutability = bevy::ecs::component::Mutable> + Clone>(
    world: &mut World,
    saved: &R,
) {
    match world.get_resource_mut::<R>() {
        Some(mut present) => present.clone_from(saved),
        None => world.insert_resource(saved.clone()),
    }
}

fn restore_deals(world: &mut World, roster: &mut Roster, saved: &[Deal]) {
    while roster.deals.len() > saved.len() {
        if let Some(entity) = roster.deals.pop() {
            world.despawn(entity);
        }
    }
    for (number, deal) in saved.iter().enumerate() {
        match roster.deals.get(number) {
            Some(&entity) => {
                world.entity_mut(entity).insert(*deal);
            }
            None => roster.deals.push(world.spawn(*deal).id()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Component)]
    struct Forgotten;

    #[derive(Resource)]
    struct ForgottenToo;

    #[test]
    fn a_component_or_resource_nobody_saves_is_found() {
        let mut world = World::new();
        prepare(&mut world, 2, 1);
        assert_eq!(unsaved(&mut world), Vec::<String>::new());
        world.spawn(Forgotten);
        world.insert_resource(ForgottenToo);
        assert_eq!(unsaved(&mut world).len(), 2);
    }
}
