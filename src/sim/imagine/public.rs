//! What everybody could work out: the parts of a game's state that follow from a level and from what
//! has been published since. Kept so that nobody has to work them out again.

use std::sync::Arc;

use bevy::prelude::World;

use crate::sim::capability::{Capability, Frontier, Research};
use crate::sim::capital_market::{Circular, MarketValue};
use crate::sim::cloud::{CloudBusiness, CloudInputs, CloudMarket, CloudResult};
use crate::sim::deal::CapTable;
use crate::sim::decision::GiantPlan;
use crate::sim::fact::FactId;
use crate::sim::happenings::{Chronicle, Weather};
use crate::sim::lab::{Compute, LabBusiness, ProductShare, Products, Staff};
use crate::sim::regulator::{Heat, Scrutiny};
use crate::sim::setting::Roster;
use crate::sim::snapshot::collect;
use crate::sim::treasury::{ChipBusiness, ChipMarket, CoreBusiness, Income};

/// Names the public components by the entities that carry them, and the public resources.
macro_rules! public_state {
    (
        components: { $($component:ident: $Component:ty, on $entities:ident;)* }
        resources: { $($resource:ident: $Resource:ty;)* }
    ) => {
        /// The public state of a game, of the last close; cap tables as of the last signature. What a
        /// lab keeps to itself, what is said at tables and what only one seat was asked is not in it.
        #[derive(Clone, Debug, PartialEq)]
        pub struct PublicState {
            $(pub(in crate::sim) $component: Vec<(u8, $Component)>,)*
            $(pub(in crate::sim) $resource: $Resource,)*
        }

        impl PublicState {
            fn copy(world: &World) -> PublicState {
                let roster = world.resource::<Roster>();
                PublicState {
                    $($component: collect(world, &roster.$entities),)*
                    $($resource: world.resource::<$Resource>().clone(),)*
                }
            }
        }
    };
}

public_state! {
    components: {
        clouds: CloudBusiness, on providers;
        cloud_inputs: CloudInputs, on providers;
        cloud_results: CloudResult, on providers;
        giant_plans: GiantPlan, on giants;
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
        businesses: LabBusiness, on labs;
        compute: Compute, on labs;
        cap_tables: CapTable, on labs;
        models: Capability, on labs;
        products: ProductShare, on labs;
        staffs: Staff, on labs;
    }
    resources: {
        market: CloudMarket;
        frontier: Frontier;
        product_markets: Products;
        weather: Weather;
        chip_market: ChipMarket;
        chronicle: Chronicle;
    }
}

impl PublicState {
    /// The public state of a world; `private` tells facts that not everybody may know of.
    pub(in crate::sim) fn of(world: &World, private: impl Fn(FactId) -> bool) -> Arc<PublicState> {
        let mut public = PublicState::copy(world);
        for (_, business) in &mut public.businesses {
            (business.loss_bn, business.burn_bn) = (0.0, 0.0);
        }
        public.chronicle.forget(private);
        Arc::new(public)
    }
}
