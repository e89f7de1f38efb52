//! The figures of giants and labs as the window shows them: a name, a value, its course, its change since
//! the last quarter, and a note of causes. Every screen that prints one of them takes it from here.

mod notes;
mod score;

use bevy_egui::egui::{Id, Rect, Response, Ui};

use crate::host::words::numbers;
use crate::ids::{FirmId, LabId, SeatId};
use crate::sim::explain::Metric;
use crate::sim::view::{GiantFigures, Known, LabFigures, Published};
use crate::ui::desk::Desk;
use crate::ui::widgets::{House, tip};

pub use score::{goal_tip, goals_moved, score_tip};

/// A figure of a giant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfGiant {
    WinRate,
    AiWinRate,
    Share,
    Cash,
    Debt,
    Value,
    Income,
    Capacity,
    InUse,
    Capex,
    Access,
    Models,
    Heat,
    Stakes,
    ChipSales,
}

/// A figure of a lab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfLab {
    Cash,
    Runway,
    Revenue,
    Burn,
    Capability,
    Independence,
    Worth,
    LastPrice,
    Morale,
    Compute,
}

/// One figure of one seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    Giant(FirmId, OfGiant),
    Lab(LabId, OfLab),
}

/// How a figure is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Billions,
    Part,
    Points,
    Gigawatts,
    Quarters,
}

impl Unit {
    fn write(self, value: f64) -> String {
        match self {
            Unit::Billions => numbers::bn(value),
            Unit::Part => numbers::share(value),
            Unit::Points => format!("{value:.1}").replace('-', "−"),
            Unit::Gigawatts => numbers::gigawatts(value),
            Unit::Quarters => format!("{value:.1}"),
        }
    }

    fn change(self, by: f64) -> String {
        match self {
            Unit::Billions => numbers::bn_change(by),
            Unit::Part => numbers::share_change(by),
            Unit::Points | Unit::Quarters => numbers::points_change(by),
            Unit::Gigawatts => format!("{} GW", numbers::points_change(by)),
        }
    }
}

impl Figure {
    pub fn seat(self, desk: &Desk) -> SeatId {
        match self {
            Figure::Giant(firm, _) => firm.seat(),
            Figure::Lab(lab, _) => desk.view.lab_seat(lab),
        }
    }

    pub fn label(self) -> &'static str {
        match self {
            Figure::Giant(_, what) => match what {
                OfGiant::WinRate => "Win rate",
                OfGiant::AiWinRate => "… of AI demand",
                OfGiant::Share => "Cloud share",
                OfGiant::Cash => "Cash",
                OfGiant::Debt => "Debt",
                OfGiant::Value => "Market value",
                OfGiant::Income => "Income a quarter",
                OfGiant::Capacity => "Capacity",
                OfGiant::InUse => "In use",
                OfGiant::Capex => "Capacity ordered",
                OfGiant::Access => "Model access",
                OfGiant::Models => "Own models",
                OfGiant::Heat => "Regulators' heat",
                OfGiant::Stakes => "Stakes in labs",
                OfGiant::ChipSales => "Chips sold",
            },
            Figure::Lab(_, what) => match what {
                OfLab::Cash => "Cash",
                OfLab::Runway => "Runway",
                OfLab::Revenue => "Revenue a quarter",
                OfLab::Burn => "Burn a quarter",
                OfLab::Capability => "Capability",
                OfLab::Independence => "Independence",
                OfLab::Worth => "Worth",
                OfLab::LastPrice => "Marked at",
                OfLab::Morale => "Morale",
                OfLab::Compute => "Compute rented",
            },
        }
    }

    /// What it is, for whoever has not met it.
    fn meaning(self) -> &'static str {
        match self {
            Figure::Giant(_, what) => match what {
                OfGiant::WinRate => "part of new cloud demand won",
                OfGiant::AiWinRate => "part of new AI demand won",
                OfGiant::Share => "part of all cloud revenue",
                OfGiant::Cash => "after what is set aside",
                OfGiant::Debt => "borrowed when cash runs low",
                OfGiant::Value => "what the market would pay",
                OfGiant::Income => "operating income",
                OfGiant::Capacity => "compute in service",
                OfGiant::InUse => "part of capacity sold",
                OfGiant::Capex => "in the quarter",
                OfGiant::Access => "best models sold, from the frontier",
                OfGiant::Models => "capability, points",
                OfGiant::Heat => "regulators' interest",
                OfGiant::Stakes => "at the last price",
                OfGiant::ChipSales => "in the quarter",
            },
            Figure::Lab(_, what) => match what {
                OfLab::Cash => "as far as known",
                OfLab::Runway => "quarters the cash lasts",
                OfLab::Revenue => "sales in the quarter",
                OfLab::Burn => "cash gone in the quarter",
                OfLab::Capability => "the best model, points",
                OfLab::Independence => "how free it is of any one firm",
                OfLab::Worth => "fundamental value",
                OfLab::LastPrice => "by its rounds, large ones for more",
                OfLab::Morale => "of its staff",
                OfLab::Compute => "from all clouds",
            },
        }
    }

    fn unit(self) -> Unit {
        match self {
            Figure::Giant(_, what) => match what {
                OfGiant::WinRate
                | OfGiant::AiWinRate
                | OfGiant::Share
                | OfGiant::InUse
                | OfGiant::Heat => Unit::Part,
                OfGiant::Capacity => Unit::Gigawatts,
                OfGiant::Access | OfGiant::Models => Unit::Points,
                _ => Unit::Billions,
            },
            Figure::Lab(_, what) => match what {
                OfLab::Runway => Unit::Quarters,
                OfLab::Capability => Unit::Points,
                OfLab::Independence | OfLab::Morale => Unit::Part,
                OfLab::Compute => Unit::Gigawatts,
                _ => Unit::Billions,
            },
        }
    }

    /// What explains it, where causes are worked out for it.
    fn metric(self) -> Option<Metric> {
        match self {
            Figure::Giant(_, what) => match what {
                OfGiant::WinRate => Some(Metric::WinRate),
                OfGiant::Share => Some(Metric::Share),
                OfGiant::Cash => Some(Metric::Cash),
                OfGiant::Value => Some(Metric::MarketValue),
                OfGiant::Models => Some(Metric::Capability),
                _ => None,
            },
            Figure::Lab(_, what) => match what {
                OfLab::Cash => Some(Metric::Cash),
                OfLab::Runway => Some(Metric::Runway),
                OfLab::Revenue => Some(Metric::Revenue),
                OfLab::Burn => Some(Metric::Burn),
                OfLab::Capability => Some(Metric::Capability),
                OfLab::Independence => Some(Metric::Independence),
                OfLab::Worth => Some(Metric::Valuation),
                _ => None,
            },
        }
    }

    /// The figure as it was published; none where it is not.
    fn published(self, at: &Published) -> Option<f64> {
        match self {
            Figure::Giant(firm, what) => of_giant(&at.giants[firm.index()], what),
            Figure::Lab(lab, what) => of_lab(&at.labs[lab.index()], what),
        }
    }

    /// What a lab keeps to itself, as far as the seat knows it.
    fn known(self, desk: &Desk) -> Option<Known<f64>> {
        let Figure::Lab(lab, what) = self else { return None };
        let known = &desk.view.labs[lab.index()];
        match what {
            OfLab::Cash => Some(known.cash_bn),
            OfLab::Runway => Some(known.runway_quarters),
            OfLab::Burn => Some(known.burn_bn),
            _ => None,
        }
    }

    pub fn written(self, desk: &Desk) -> String {
        let unit = self.unit();
        match (self.known(desk), self.published(&desk.view.published)) {
            (Some(known), _) => numbers::known(known, |value| unit.write(value)),
            // Money moves within a quarter; one's own is known at any time.
            (None, Some(_)) if self.is_own_cash(desk) => numbers::money(desk.view.cash),
            (None, Some(value)) => unit.write(value),
            (None, None) => "–".to_owned(),
        }
    }

    /// The figure of an earlier quarter.
    pub fn written_at(self, published: &Published) -> String {
        let unit = self.unit();
        self.published(published).map_or_else(|| "–".to_owned(), |value| unit.write(value))
    }

    fn is_own_cash(self, desk: &Desk) -> bool {
        matches!(self, Figure::Giant(_, OfGiant::Cash)) && self.seat(desk) == desk.view.seat
    }

    /// What stands behind the figure where there is room.
    pub fn after(self) -> &'static str {
        match self.unit() {
            Unit::Points => " points",
            Unit::Quarters => " quarters",
            _ => "",
        }
    }

    /// Since the quarter before the last close; none at the opening, or where it is not published.
    pub fn moved(self, desk: &Desk) -> Option<f64> {
        let before = desk.before(desk.history.len().checked_sub(1)?);
        Some(self.published(&desk.view.published)? - self.published(&before)?)
    }

    pub fn change(self, desk: &Desk) -> Option<String> {
        self.moved(desk).map(|by| self.unit().change(by))
    }

    /// At the opening and after every quarter since.
    pub fn course(self, desk: &Desk) -> Vec<f64> {
        desk.past().iter().filter_map(|published| self.published(published)).collect()
    }

    /// Whether it is a sign of trouble.
    pub fn is_bad(self, desk: &Desk) -> bool {
        match self {
            Figure::Giant(firm, OfGiant::Heat) => {
                desk.view.published.giants[firm.index()].heat > 0.6
            }
            Figure::Lab(lab, OfLab::Runway) => {
                desk.view.labs[lab.index()].runway_quarters.or(9.0) < 4.0
            }
            _ => false,
        }
    }

    /// Names the place where the figure stands, for whoever points at it, tabs to it or listens.
    pub fn tell(self, ui: &mut Ui, desk: &Desk, rect: Rect, id: Id) -> Response {
        let change = self.change(desk).map_or_else(String::new, |change| format!(", {change}"));
        let name = format!(
            "{}, {}: {}{}{change}",
            desk.words.seat(self.seat(desk)),
            self.label(),
            self.written(desk),
            self.after()
        );
        let told = ui.told(rect, id, &name);
        tip(ui, &told, || self.tip(desk));
        told
    }
}

fn of_giant(giant: &GiantFigures, what: OfGiant) -> Option<f64> {
    let cloud = |value: f64| giant.has_cloud.then_some(value);
    match what {
        OfGiant::WinRate => cloud(giant.win_rate),
        OfGiant::AiWinRate => cloud(giant.ai_win_rate),
        OfGiant::Share => cloud(giant.share),
        OfGiant::Cash => Some(giant.cash_bn),
        OfGiant::Debt => Some(giant.debt_bn),
        OfGiant::Value => Some(giant.value_bn),
        OfGiant::Income => Some(giant.operating_income_bn()),
        OfGiant::Capacity => cloud(giant.capacity_gw),
        OfGiant::InUse => cloud(giant.utilisation),
        OfGiant::Capex => Some(giant.capex_bn),
        OfGiant::Access => cloud(giant.access_points),
        OfGiant::Models => giant.own_points,
        OfGiant::Heat => Some(giant.heat),
        OfGiant::Stakes => Some(giant.stakes_bn),
        OfGiant::ChipSales => giant.sells_chips.then_some(giant.chip_sales_bn),
    }
}

fn of_lab(lab: &LabFigures, what: OfLab) -> Option<f64> {
    match what {
        OfLab::Cash | OfLab::Runway | OfLab::Burn => None,
        OfLab::Revenue => Some(lab.revenue_bn),
        OfLab::Capability => Some(lab.capability_points),
        OfLab::Independence => Some(lab.independence),
        OfLab::Worth => Some(lab.fundamental_bn),
        OfLab::LastPrice => Some(lab.last_price_bn),
        OfLab::Morale => Some(lab.morale),
        OfLab::Compute => Some(lab.compute_total_gw()),
    }
}
