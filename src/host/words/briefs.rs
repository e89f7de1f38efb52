//! A few words on every seat as its figures stand: what fills a front page when there is little news.

use super::Words;
use super::numbers::{bn, known, share};
use crate::ids::{FirmId, LabId};
use crate::sim::view::SeatView;

/// A lab, as far as this seat sees it: what stands over it, and a sentence or two.
pub(crate) fn lab(words: &Words, view: &SeatView, lab: LabId) -> (String, String) {
    let name = words.lab(lab);
    let figures = &view.published.labs[lab.index()];
    let sight = &view.labs[lab.index()];
    let runway = known(sight.runway_quarters, |value| format!("{value:.1}"));
    let short = sight.runway_quarters.or(9.0) < 4.0;
    let title = match (short, view.published.frontier.leader == view.lab_seat(lab)) {
        (true, _) => format!("{name} has cash for {runway} quarters"),
        (false, true) => format!("{name} leads, and can wait"),
        (false, false) => format!("{name} has time to choose"),
    };
    let largest = figures.stakes.iter().enumerate().max_by(|one, other| one.1.total_cmp(other.1));
    let owner = match largest {
        Some((place, stake)) if *stake > 0.005 => {
            format!(" {} owns {} of it.", words.firm(FirmId(place as u8)), share(*stake))
        }
        _ => String::new(),
    };
    let text = format!(
        "It sells {} a quarter, is marked at {} after its last rounds, and its sales suggest it is worth about {}.{owner}",
        bn(figures.revenue_bn),
        bn(figures.last_price_bn),
        bn(figures.fundamental_bn)
    );
    (title, text)
}

/// The giant with a cloud that wins most, and how full it is.
pub(crate) fn leader(words: &Words, view: &SeatView) -> Option<(String, String)> {
    let giants = view.published.giants.iter().enumerate().filter(|(_, giant)| giant.has_cloud);
    let (place, giant) = giants.max_by(|one, other| one.1.win_rate.total_cmp(&other.1.win_rate))?;
    let name = words.firm(FirmId(place as u8));
    let title = format!("{name} wins {} of what is new", share(giant.win_rate));
    let text = format!(
        "Of AI demand it wins {}. It holds {} of the cloud, {} of its machines are in use, and it has {} in hand.",
        share(giant.ai_win_rate),
        share(giant.share),
        share(giant.utilisation),
        bn(giant.cash_bn)
    );
    Some((title, text))
}
