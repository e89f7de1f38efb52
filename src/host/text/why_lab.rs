//! Why a lab's revenue, burn, runway and independence moved: named parts that sum to each change.

use crate::host::words::numbers;
use crate::sim::lab::Ahead;
use crate::sim::lab::rules::{Outlook, burn, costs};
use crate::sim::view::{LabFigures, Published};

use super::page::Page;

/// A named part of a change.
pub(crate) type Part = (&'static str, f64);

/// One sentence a figure: its change, and what it is made of, the largest part first. Parts too
/// slight to be written come together at the end.
pub(super) fn tell(
    page: &mut Page,
    name: &str,
    parts: &[Part],
    slight: f64,
    write: impl Fn(f64) -> String,
) {
    let change: f64 = parts.iter().map(|(_, by)| by).sum();
    let mut told: Vec<&Part> = parts.iter().filter(|(_, by)| by.abs() >= slight).collect();
    told.sort_by(|one, other| other.1.abs().total_cmp(&one.1.abs()));
    let rest = change - told.iter().map(|(_, by)| by).sum::<f64>();
    let mut texts: Vec<String> =
        told.iter().map(|(what, by)| format!("{what} {}", write(*by))).collect();
    if rest.abs() >= slight {
        texts.push(format!("the rest {}", write(rest)));
    }
    if texts.is_empty() {
        page.paragraph(&format!("{name} {}.", write(change)));
    } else {
        page.paragraph(&format!("{name} {}: {}.", write(change), texts.join(", ")));
    }
}

/// Revenue is what its two markets turn over, times its shares of them, the part it could serve and
/// what customers pay.
pub(crate) fn revenue(lab: usize, before: &Published, after: &Published) -> Vec<Part> {
    let (old, new) = (&before.labs[lab], &after.labs[lab]);
    let (then, now) = (before.products, after.products);
    let mean = |one: f64, other: f64| 0.5 * (one + other);
    let demand = |figures: &LabFigures, published: &Published| {
        published.products.assistants * figures.assistants
            + published.products.agents * figures.agents
    };
    let (wanted_then, wanted_now) = (demand(old, before), demand(new, after));
    let served = |figures: &LabFigures, wanted: f64| {
        figures.revenue_bn / (figures.paid_price * wanted).max(1e-12)
    };
    let (served_then, served_now) = (served(old, wanted_then), served(new, wanted_now));
    // What a dollar of demand brings in: the price paid, and the part served.
    let yielded = mean(old.paid_price * served_then, new.paid_price * served_now);
    let wanted = mean(wanted_then, wanted_now);
    let assistants = mean(old.assistants, new.assistants) * (now.assistants - then.assistants);
    let agents = mean(old.agents, new.agents) * (now.agents - then.agents);
    let share_assistants =
        mean(then.assistants, now.assistants) * (new.assistants - old.assistants);
    let share_agents = mean(then.agents, now.agents) * (new.agents - old.agents);
    let price = mean(served_then, served_now) * (new.paid_price - old.paid_price);
    let service = mean(old.paid_price, new.paid_price) * (served_now - served_then);
    vec![
        ("the market for assistants", yielded * assistants),
        ("the market for agents", yielded * agents),
        ("your share of assistants", yielded * share_assistants),
        ("your share of agents", yielded * share_agents),
        ("what customers pay", wanted * price),
        ("customers served or turned away", wanted * service),
    ]
}

/// Burn is the part of the loss that takes cash; the loss is costs less revenue.
pub(crate) fn burned(old: &LabFigures, new: &LabFigures) -> Vec<Part> {
    let of = |figures: &LabFigures| {
        let costs = costs(figures.compute_total_gw(), figures.revenue_bn, figures.heads);
        let loss = costs.total_bn() - figures.revenue_bn;
        let part = if loss.abs() > 1e-9 { burn(loss) / loss } else { 1.0 };
        (costs, loss, part)
    };
    let ((then, loss_then, part_then), (now, loss_now, part_now)) = (of(old), of(new));
    let part = 0.5 * (part_then + part_now);
    vec![
        ("compute", part * (now.compute_bn - then.compute_bn)),
        ("people", part * (now.people_bn - then.people_bn)),
        ("selling", part * (now.selling_bn - then.selling_bn)),
        ("revenue", -part * (new.revenue_bn - old.revenue_bn)),
        ("the part paid in cash", 0.5 * (loss_then + loss_now) * (part_now - part_then)),
    ]
}

/// Runway follows from cash, sales, compute and people. Each gets its mean effect over every order in
/// which they could have moved (Shapley 1953), so that the parts sum to the change.
pub(crate) fn runway(before: &Ahead, now: &Ahead) -> Vec<Part> {
    const NAMES: [&str; 4] = ["cash and credits", "sales", "compute to come", "people"];
    let with = |moved: usize| {
        let from = |group: usize| if moved & (1 << group) != 0 { now } else { before };
        let outlook = Outlook {
            revenue_bn: from(1).outlook.revenue_bn,
            revenue_growth: from(1).outlook.revenue_growth,
            gigawatts: from(2).outlook.gigawatts,
            heads: from(3).outlook.heads,
            hiring: from(3).outlook.hiring,
            shared: from(1).outlook.shared,
        };
        outlook.runway(from(0).cash_bn)
    };
    let values: Vec<f64> = (0..16).map(with).collect();
    // Weights of a group joining so many others: k!(3 − k)!/4!.
    const WEIGHTS: [f64; 4] = [0.25, 1.0 / 12.0, 1.0 / 12.0, 0.25];
    let part = |group: usize| {
        let without = (0..16usize).filter(|moved| moved & (1 << group) == 0);
        let gains = without.map(|moved| {
            let others = moved.count_ones() as usize;
            WEIGHTS[others] * (values[moved | 1 << group] - values[moved])
        });
        gains.sum::<f64>()
    };
    NAMES.into_iter().enumerate().map(|(group, name)| (name, part(group))).collect()
}

/// Independence is 1 less what each tie takes.
pub(crate) fn independence(old: &LabFigures, new: &LabFigures) -> Vec<Part> {
    const NAMES: [&str; 6] = [
        "the largest stake",
        "directors",
        "exclusive rights",
        "the largest provider",
        "rescues",
        "who sells your models",
    ];
    let (then, now) = (old.ties.parts(), new.ties.parts());
    let mut parts: Vec<Part> =
        NAMES.into_iter().zip(0..6).map(|(name, tie)| (name, now[tie] - then[tie])).collect();
    let sum: f64 = parts.iter().map(|(_, by)| by).sum();
    parts.push(("at its limit", new.independence - old.independence - sum));
    parts
}

/// The four, under the figures of the close.
pub(super) fn all(
    lab: usize,
    before: &Published,
    after: &Published,
    path: Option<(Ahead, Option<Ahead>)>,
    page: &mut Page,
) {
    let (old, new) = (&before.labs[lab], &after.labs[lab]);
    page.blank();
    tell(page, "Revenue", &revenue(lab, before, after), 0.000_5, numbers::bn_change);
    tell(page, "Burn", &burned(old, new), 0.000_5, numbers::bn_change);
    if let Some((now, Some(before))) = path {
        let quarters = |by: f64| numbers::points_change(by);
        tell(page, "Runway, quarters", &runway(&before, &now), 0.05, quarters);
    }
    tell(page, "Independence", &independence(old, new), 0.000_5, numbers::share_change);
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::bot::Policy;
    use crate::host::session::{Control, LoadedLevel, Session};
    use crate::ids::SeatId;
    use crate::level::Library;

    /// The flagship's first lab after three quarters of bots: figures before, and its view.
    fn after_three_quarters() -> (Arc<Published>, crate::sim::view::SeatView) {
        let library = Library::load(None);
        let entry = library.find("ten-billion-courtship").unwrap();
        let level = entry.level.clone().unwrap();
        let controls = vec![Control::Bot(Policy::Normal); level.seats()];
        let loaded = LoadedLevel { level, text: Arc::clone(&entry.text) };
        let mut session = Session::new(loaded, controls, 5);
        while session.game.quarter().0 <= 3 {
            session.finish_step();
        }
        let before = Arc::clone(&session.game.history()[1].published);
        (before, session.game.view(SeatId(5)))
    }

    fn sum(parts: &[Part]) -> f64 {
        parts.iter().map(|(_, by)| by).sum()
    }

    #[test]
    fn the_causes_of_a_labs_quarter_sum_to_its_changes() {
        let (before, view) = after_three_quarters();
        let after = &view.published;
        let (old, new) = (&before.labs[0], &after.labs[0]);
        let moved = new.revenue_bn - old.revenue_bn;
        assert!(moved.abs() > 1e-6 && (sum(&revenue(0, &before, after)) - moved).abs() < 1e-9);
        let free = new.independence - old.independence;
        assert!((sum(&independence(old, new)) - free).abs() < 1e-12);
        let (now, then) = view.own_path.unwrap();
        let then = then.unwrap();
        let lasts = |path: &Ahead| path.outlook.runway(path.cash_bn);
        assert!((sum(&runway(&then, &now)) - (lasts(&now) - lasts(&then))).abs() < 1e-9);
        assert!((lasts(&now) - view.labs[0].runway_quarters.or(-1.0)).abs() < 1e-9);
    }
}
