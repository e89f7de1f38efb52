//! What plays a part, and what an effect, a figure or a text needs of it.

use super::{Comparison, EffectKind, Figure, Kind, Part};
use crate::level::problem::{Problem, quote};
use crate::level::report::Report;

/// What whoever plays a part surely has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Has {
    pub seat: bool,
    pub giant: bool,
    pub cloud: bool,
    pub chips: bool,
    pub models: bool,
    pub lab: bool,
}

const NOTHING: Has =
    Has { seat: false, giant: false, cloud: false, chips: false, models: false, lab: false };
/// For a part whose player is misspelt: one problem is enough.
pub(super) const ANYTHING: Has =
    Has { seat: true, giant: true, cloud: true, chips: true, models: true, lab: true };
pub(super) const OTHERS: Has = Has { cloud: true, ..NOTHING };
pub(super) const GIANT: Has = Has { seat: true, giant: true, ..NOTHING };
pub(super) const CLOUD: Has = Has { cloud: true, ..GIANT };
pub(super) const CHIP_MAKER: Has = Has { chips: true, ..GIANT };
pub(super) const LAB: Has = Has { seat: true, lab: true, ..NOTHING };

impl Has {
    pub fn of(kind: Kind) -> Has {
        match kind {
            Kind::Cloud => CLOUD,
            Kind::ModelMaker => Has { models: true, ..CLOUD },
            Kind::ChipMaker => CHIP_MAKER,
            Kind::Giant => GIANT,
            Kind::Lab => LAB,
        }
    }

    /// What both surely have.
    pub fn and(self, other: Has) -> Has {
        Has {
            seat: self.seat && other.seat,
            giant: self.giant && other.giant,
            cloud: self.cloud && other.cloud,
            chips: self.chips && other.chips,
            models: self.models && other.models,
            lab: self.lab && other.lab,
        }
    }
}

/// The parts of one story, and what plays them.
pub(super) struct Cast {
    pub seat: Option<Has>,
    pub giant: Option<Has>,
    pub lab: Option<Has>,
    /// Whether the seat is asked itself, so that its own secrets may be looked at.
    pub asked: bool,
}

impl Cast {
    pub fn of(&self, part: Part) -> Option<Has> {
        match part {
            Part::Seat => self.seat,
            Part::Giant => self.giant,
            Part::Lab => self.lab,
            Part::Others => Some(OTHERS),
            Part::Clouds => Some(CLOUD),
            Part::Labs => Some(LAB),
        }
    }
}

/// What an effect needs of whom it is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Needs {
    Nothing,
    Seat,
    Cloud,
    Giant,
    Chips,
    Lab,
    Talent,
}

impl Needs {
    pub fn met_by(self, has: Has) -> bool {
        match self {
            Needs::Nothing => true,
            Needs::Seat => has.seat,
            Needs::Cloud => has.cloud,
            Needs::Giant => has.giant,
            Needs::Chips => has.chips,
            Needs::Lab => has.lab,
            Needs::Talent => has.lab || has.models,
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            Needs::Nothing => "nobody",
            Needs::Seat => "a giant or a lab",
            Needs::Cloud => "somebody with a cloud",
            Needs::Giant => "a giant",
            Needs::Chips => "a giant that sells chips",
            Needs::Lab => "a lab",
            Needs::Talent => "a lab, or a giant with models of its own",
        }
    }
}

pub(super) fn needs(what: &EffectKind) -> Needs {
    match what {
        EffectKind::Cash { .. } | EffectKind::CashPct { .. } => Needs::Seat,
        EffectKind::Appeal { .. }
        | EffectKind::PaidPrice { .. }
        | EffectKind::UnitCost { .. }
        | EffectKind::Capacity { .. }
        | EffectKind::Arriving { .. }
        | EffectKind::Late
        | EffectKind::Sooner { .. }
        | EffectKind::Outage { .. } => Needs::Cloud,
        EffectKind::CoreRevenue { .. } | EffectKind::Heat { .. } | EffectKind::Sentiment { .. } => {
            Needs::Giant
        }
        EffectKind::Loyalty { .. } => Needs::Chips,
        EffectKind::Trust { .. }
        | EffectKind::Staff { .. }
        | EffectKind::ProductAppeal { .. }
        | EffectKind::Independence { .. } => Needs::Lab,
        EffectKind::Talent { .. } => Needs::Talent,
        EffectKind::OpenWeightsShock { .. }
        | EffectKind::Method { .. }
        | EffectKind::ScalingWall { .. }
        | EffectKind::Downturn { .. }
        | EffectKind::ChipShortage { .. }
        | EffectKind::OrderCost { .. } => Needs::Nothing,
    }
}

/// Numbers of an effect within their ranges.
pub(super) fn ranges(what: &EffectKind, path: &str, report: &mut Report<'_>) {
    let at = |field: &str| format!("{path}.{field}");
    match *what {
        EffectKind::Cash { bn } => report.number(&at("bn"), bn, -100.0..=100.0),
        EffectKind::CashPct { pct } => report.number(&at("pct"), pct, -100.0..=100.0),
        EffectKind::Appeal { utils, quarters } | EffectKind::ProductAppeal { utils, quarters } => {
            report.number(&at("utils"), utils, -2.0..=2.0);
            report.count(&at("quarters"), quarters, 1..=12);
        }
        EffectKind::PaidPrice { pct }
        | EffectKind::UnitCost { pct }
        | EffectKind::CoreRevenue { pct }
        | EffectKind::Capacity { pct }
        | EffectKind::Staff { pct } => report.number(&at("pct"), pct, -30.0..=30.0),
        EffectKind::Arriving { pct, quarters } => {
            report.number(&at("pct"), pct, 0.0..=25.0);
            report.count(&at("quarters"), quarters, 0..=3);
        }
        EffectKind::Sooner { quarters } => report.count(&at("quarters"), quarters, 1..=3),
        EffectKind::Heat { pct } | EffectKind::Loyalty { pct } | EffectKind::Trust { pct, .. } => {
            report.number(&at("pct"), pct, -50.0..=50.0);
        }
        EffectKind::Sentiment { pct } => report.number(&at("pct"), pct, -30.0..=30.0),
        EffectKind::Talent { points } => report.number(&at("points"), points, -5.0..=5.0),
        EffectKind::Method { points } => report.number(&at("points"), points, -5.0..=5.0),
        EffectKind::Independence { pct, quarters } => {
            report.number(&at("pct"), pct, -50.0..=50.0);
            report.count(&at("quarters"), quarters, 1..=12);
        }
        EffectKind::OpenWeightsShock { points } => report.number(&at("points"), points, 0.0..=50.0),
        EffectKind::ScalingWall { quarters } => report.count(&at("quarters"), quarters, 1..=12),
        EffectKind::Downturn { quarters, growth_pct } => {
            report.count(&at("quarters"), quarters, 1..=12);
            report.number(&at("growth_pct"), growth_pct, 0.0..=10.0);
        }
        EffectKind::ChipShortage { cost_pct } => {
            report.number(&at("cost_pct"), cost_pct, 0.0..=300.0);
        }
        EffectKind::OrderCost { pct, quarters } => {
            report.number(&at("pct"), pct, -50.0..=300.0);
            report.count(&at("quarters"), quarters, 1..=12);
        }
        EffectKind::Outage { utils } => report.number(&at("utils"), utils, 0.0..=5.0),
        EffectKind::Late => {}
    }
}

/// A comparison asks for a figure that whoever it is of has, and that everybody may know.
pub(super) fn comparison(one: &Comparison, path: &str, cast: &Cast, report: &mut Report<'_>) {
    for (field, value) in [("at_least", one.at_least), ("below", one.below)] {
        if let Some(value) = value {
            report.number(&format!("{path}.{field}"), value, -100_000.0..=100_000.0);
        }
    }
    if one.at_least.is_none() && one.below.is_none() {
        let problem = Problem::new("this compares a figure with nothing")
            .help("add `at_least: …`, `below: …`, or both");
        report.at(path, problem);
    }
    let has = cast.of(one.of);
    let group = matches!(one.of, Part::Others | Part::Clouds | Part::Labs);
    let (fits, needed) = match one.what {
        Figure::CloudSharePct
        | Figure::WinRatePct
        | Figure::UtilisationPct
        | Figure::AccessPoints => {
            (has.is_some_and(|has| has.giant && has.cloud), "one giant with a cloud")
        }
        Figure::HeatPct | Figure::CashBn | Figure::DebtBn | Figure::IncomeBn | Figure::StakesBn => {
            (has.is_some_and(|has| has.giant), "one giant")
        }
        Figure::StakePct => (
            has.is_some_and(|has| has.giant) && cast.lab.is_some(),
            "one giant, and a lab in the story",
        ),
        Figure::RevenueBn
        | Figure::BehindPoints
        | Figure::IndependencePct
        | Figure::LargestProviderPct => (has.is_some_and(|has| has.lab), "one lab"),
        Figure::RunwayQuarters => (
            has.is_some_and(|has| has.lab) && cast.asked && one.of == Part::Seat,
            "the lab that is asked: nobody else knows its runway",
        ),
        Figure::FrontierPoints
        | Figure::OpenGapPoints
        | Figure::MarketGrowthPct
        | Figure::DownturnQuarters => (true, "nobody"),
    };
    if !fits || group {
        let problem =
            Problem::new(format!("`{:?}` is not a figure of `{:?}` here", one.what, one.of))
                .help(format!("it needs {needed}"))
                .label("cannot be compared");
        report.at(path, problem);
    }
}

/// A text with its placeholders: `{seat}`, `{giant}`, `{lab}`, where somebody plays the part.
pub(super) fn text(path: &str, value: &str, longest: usize, cast: &Cast, report: &mut Report<'_>) {
    report.text(path, value, longest);
    let mut left = value;
    while let Some(start) = left.find('{') {
        let end = left[start..].find('}').map_or(left.len(), |end| start + end + 1);
        let found = &left[start..end];
        let plays = match found {
            "{seat}" => cast.seat.is_some(),
            "{giant}" => cast.giant.is_some(),
            "{lab}" => cast.lab.is_some(),
            _ => false,
        };
        if !plays {
            let problem = Problem::new(format!("{} stands for nobody here", quote(found))).help(
                "texts may name `{seat}`, `{giant}` and `{lab}`, each where the story says who \
                 plays it",
            );
            report.at(path, problem);
        }
        left = &left[end..];
    }
}
