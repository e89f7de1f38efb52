//! Whether something may come now: comparisons over published figures, and what has happened.

use super::{Cast, Chronicle, Player};
use crate::ids::{FirmId, LabId, Role};
use crate::level::Level;
use crate::level::deck::{Comparison, Earlier, Figure, When};
use crate::sim::view::Published;
use crate::units::Quarter;

/// Quarters for which news is news.
pub const NEWS_QUARTERS: u32 = 4;

/// What conditions are read from.
pub struct Present<'a> {
    pub level: &'a Level,
    pub published: &'a Published,
    pub chronicle: &'a Chronicle,
    /// The quarter it would come in.
    pub quarter: Quarter,
    /// Dilemmas that count as answered, a bit each: a seat's own for a dilemma, anybody's for a
    /// happening.
    pub answered: u64,
}

impl Present<'_> {
    /// Whether every condition holds.
    pub fn holds(&self, when: &When<Earlier>, cast: &Cast) -> bool {
        when.from_quarter.is_none_or(|from| self.quarter.0 >= from)
            && when.to_quarter.is_none_or(|to| self.quarter.0 <= to)
            && when.after.is_none_or(|earlier| self.has_been(earlier))
            && when.unless.is_none_or(|earlier| !self.has_been(earlier))
            && when.news.is_none_or(|news| self.chronicle.is_news(news, self.quarter))
            && when.figures.iter().all(|one| self.compares(one, cast))
    }

    fn has_been(&self, earlier: Earlier) -> bool {
        match earlier {
            Earlier::Happening(place) => self.chronicle.times(place) > 0,
            Earlier::Dilemma(place) => place < 64 && self.answered & (1 << place) != 0,
        }
    }

    fn compares(&self, one: &Comparison, cast: &Cast) -> bool {
        let Some(value) = self.figure(one, cast) else { return false };
        one.at_least.is_none_or(|least| value >= least) && one.below.is_none_or(|most| value < most)
    }

    /// A figure in the unit of its name; none if whoever is asked has none.
    fn figure(&self, one: &Comparison, cast: &Cast) -> Option<f64> {
        let published = self.published;
        match one.what {
            Figure::FrontierPoints => return Some(published.frontier.points),
            Figure::OpenGapPoints => {
                return Some(published.frontier.points - published.frontier.open_weights);
            }
            Figure::MarketGrowthPct => {
                let market = &published.market;
                return Some(100.0 * (market.general_growth + market.ai_growth));
            }
            Figure::DownturnQuarters => return Some(f64::from(published.downturn)),
            _ => {}
        }
        let Player::Seat(seat) = cast.player(one.of, self.level)? else { return None };
        match seat.role(self.level.giants.len()) {
            Role::Giant(firm) => self.giant_figure(one.what, firm, cast),
            Role::Lab(lab) => self.lab_figure(one.what, lab),
        }
    }

    fn giant_figure(&self, figure: Figure, firm: FirmId, cast: &Cast) -> Option<f64> {
        let giant = &self.published.giants[firm.index()];
        Some(match figure {
            Figure::CloudSharePct => 100.0 * giant.share,
            Figure::WinRatePct => 100.0 * giant.win_rate,
            Figure::UtilisationPct => 100.0 * giant.utilisation,
            Figure::AccessPoints => giant.access_points,
            Figure::HeatPct => 100.0 * giant.heat,
            Figure::CashBn => giant.cash_bn,
            Figure::DebtBn => giant.debt_bn,
            Figure::IncomeBn => 4.0 * giant.operating_income_bn(),
            Figure::StakesBn => giant.stakes_bn,
            Figure::StakePct => 100.0 * self.published.labs[cast.lab?.index()].stakes[firm.index()],
            _ => return None,
        })
    }

    fn lab_figure(&self, figure: Figure, lab: LabId) -> Option<f64> {
        let figures = &self.published.labs[lab.index()];
        Some(match figure {
            Figure::RevenueBn => figures.revenue_bn,
            Figure::BehindPoints => self.published.frontier.points - figures.capability_points,
            Figure::IndependencePct => 100.0 * figures.independence,
            Figure::RunwayQuarters => self.published.secrets[lab.index()].runway_quarters,
            Figure::LargestProviderPct => {
                let most = figures.compute_gw.iter().copied().fold(0.0, f64::max);
                100.0 * most / figures.compute_total_gw().max(1e-9)
            }
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SeatId;
    use crate::level::Library;
    use crate::level::deck::{News, Part};
    use crate::sim::game::Game;

    const SEAT: [Figure; 10] = [
        Figure::CloudSharePct,
        Figure::WinRatePct,
        Figure::UtilisationPct,
        Figure::HeatPct,
        Figure::CashBn,
        Figure::DebtBn,
        Figure::IncomeBn,
        Figure::AccessPoints,
        Figure::StakesBn,
        Figure::StakePct,
    ];
    const LAB: [Figure; 5] = [
        Figure::RevenueBn,
        Figure::BehindPoints,
        Figure::IndependencePct,
        Figure::RunwayQuarters,
        Figure::LargestProviderPct,
    ];
    const WORLD: [Figure; 4] = [
        Figure::FrontierPoints,
        Figure::OpenGapPoints,
        Figure::MarketGrowthPct,
        Figure::DownturnQuarters,
    ];

    fn with_present(test: impl FnOnce(&Present<'_>, &Cast, f64)) {
        let level = Library::load(None).find("ten-billion-courtship").unwrap().level.unwrap();
        let game = Game::new(level.clone(), 1);
        let published = game.view(SeatId(0)).published;
        let mut chronicle = Chronicle::new(&level);
        chronicle.struck[1] = 1;
        chronicle.news[0] = 3;
        let present = Present {
            level: &level,
            published: &published,
            chronicle: &chronicle,
            quarter: Quarter(5),
            answered: 0b100,
        };
        let cast =
            Cast { seat: Player::Seat(SeatId(1)), giant: Some(FirmId(0)), lab: Some(LabId(0)) };
        let share = 100.0 * published.giants[1].share;
        test(&present, &cast, share);
    }

    #[test]
    fn every_figure_can_be_compared_at_its_own_value() {
        with_present(|present, cast, share| {
            let each = |figures: &[Figure], of: Part| {
                for &what in figures {
                    let bare = Comparison { what, of, at_least: None, below: None };
                    let value = present.figure(&bare, cast).expect("it has the figure");
                    assert!(value.is_finite(), "{what:?}");
                    let holds = |at_least, below| {
                        present.compares(&Comparison { at_least, below, ..bare }, cast)
                    };
                    assert!(
                        holds(Some(value), None) && holds(Some(value - 1.0), Some(value + 1.0))
                    );
                    assert!(
                        !holds(None, Some(value)) && !holds(Some(value + 0.01), None),
                        "{what:?}"
                    );
                }
            };
            each(&SEAT, Part::Seat);
            each(&SEAT, Part::Giant);
            each(&LAB, Part::Lab);
            each(&WORLD, Part::Seat);
            let of_seat = Comparison {
                what: Figure::CloudSharePct,
                of: Part::Seat,
                at_least: None,
                below: None,
            };
            assert_eq!(present.figure(&of_seat, cast), Some(share));
        });
    }

    #[test]
    fn quarters_earlier_things_and_news_are_conditions() {
        with_present(|present, cast, _| {
            let holds = |when: When<Earlier>| present.holds(&when, cast);
            assert!(holds(When::default()));
            assert!(holds(When { from_quarter: Some(5), ..When::default() }));
            assert!(!holds(When { from_quarter: Some(6), ..When::default() }));
            assert!(holds(When { to_quarter: Some(5), ..When::default() }));
            assert!(!holds(When { to_quarter: Some(4), ..When::default() }));
            let after = |after| When { after: Some(after), ..When::default() };
            let unless = |unless| When { unless: Some(unless), ..When::default() };
            for (earlier, has_been) in [
                (Earlier::Happening(1), true),
                (Earlier::Happening(0), false),
                (Earlier::Dilemma(2), true),
                (Earlier::Dilemma(3), false),
            ] {
                assert_eq!(holds(after(earlier)), has_been, "{earlier:?}");
                assert_eq!(holds(unless(earlier)), !has_been, "{earlier:?}");
            }
            let news = |news| When { news: Some(news), ..When::default() };
            assert!(holds(news(News::Signed)) && !holds(news(News::Rescued)));
        });
    }
}
