//! The inputs a level opens with: what the first quarter is compared with.

use crate::ids::{FirmId, LabId};
use crate::level::Level;
use crate::sim::cause::{Inputs, Team};
use crate::sim::cloud::{MarketInputs, ModelsAtHand, Stand, Tags, resold};
use crate::sim::deal::Holder;
use crate::sim::fact::Provider;
use crate::sim::snapshot::Snapshot;
use crate::units::Quarter;

/// The inputs of quarter 0, as the rules would have seen them.
pub(in crate::sim) fn inputs(level: &Level, state: &Snapshot) -> Inputs {
    let market = MarketInputs {
        general_growth: state.market.general_growth,
        ai_growth: state.market.ai_growth,
        alike: false,
        stands: (0..state.clouds.len()).map(|place| stand(level, state, place)).collect(),
    };
    let labs = state.cap_tables.iter().map(|(_, shares)| shares);
    let firms = (0..level.giants.len() as u8).map(FirmId);
    let worth =
        |firm: FirmId| labs.clone().map(move |shares| shares.worth_bn(Holder::Seat(firm.seat())));
    Inputs {
        market,
        models: state.clouds.iter().map(|(place, _)| at_hand(level, state, *place)).collect(),
        teams: teams(level, state),
        stakes_bn: firms.flat_map(worth).collect(),
        stirred: vec![(0.0, None); level.labs.len()],
        effects: Vec::new(),
    }
}

fn stand(level: &Level, state: &Snapshot, place: usize) -> Stand {
    let (number, cloud) = &state.clouds[place];
    let (inputs, result) = (&state.cloud_inputs[place].1, &state.cloud_results[place].1);
    let provider = match usize::from(*number) < level.giants.len() {
        true => Provider::Giant(FirmId(*number)),
        false => Provider::Others,
    };
    Stand::of(provider, cloud, inputs, result.lab_bills_bn, Tags::default())
}

/// The models a provider's customers can use at the opening: standing deals count from quarter 1.
fn at_hand(level: &Level, state: &Snapshot, place: u8) -> ModelsAtHand {
    let frontier = &state.frontier;
    let own = state.own_models.iter().find(|(owner, _)| *owner == place);
    let own = own.map(|(_, models)| models.points - frontier.points);
    let open_weights = frontier.open_weights - frontier.points;
    let mut at_hand = ModelsAtHand { own, open_weights, ..ModelsAtHand::default() };
    if usize::from(place) < level.giants.len() {
        for (lab, models) in &state.models {
            let gap = models.points - frontier.points;
            let policy = state.lab_plans[usize::from(*lab)].1.access;
            let pair = (FirmId(place), LabId(*lab));
            at_hand.labs[usize::from(*lab)] =
                resold(pair, policy, state.deals.iter(), Quarter(1), gap);
        }
    }
    at_hand
}

fn teams(level: &Level, state: &Snapshot) -> Vec<Team> {
    let common = state.frontier.common;
    let team = |seat, compute_gw, talent| Team {
        seat,
        compute_gw,
        lost_gw: 0.0,
        training: 1.0,
        common,
        staff: 0.0,
        luck: 0.0,
        talent,
        licence: None,
        fact: None,
    };
    let labs = state.models.iter().zip(&state.compute).map(|((lab, models), (_, compute))| {
        team(LabId(*lab).seat(level.giants.len()), compute.gw.clone(), models.talent)
    });
    let giants =
        state.own_models.iter().zip(&state.research).map(|((firm, models), (_, research))| {
            team(FirmId(*firm).seat(), vec![research.gw], models.talent)
        });
    labs.chain(giants).collect()
}
