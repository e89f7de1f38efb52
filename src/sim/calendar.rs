//! Dates ahead, as far as one seat can know them. A pure function of its view.

use crate::ids::{DilemmaId, FirmId, HappeningId, LabId, Role, SeatId, SeatSet};
use crate::sim::deal::{AccessTier, BARRED_QUARTERS, Condition, Deal, Exclusivity, Staged};
use crate::sim::regulator::Subject;
use crate::sim::view::SeatView;
use crate::units::{Money, Quarter};

/// A runway worth a date, quarters.
const SHORT_RUNWAY: f64 = 4.0;
/// Quarters after which a tranche that waits for a year is due, and after which any other lapses.
const YEAR: u32 = 4;
const TRANCHE_LAPSES: u32 = 8;

/// A date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Date {
    /// The quarter at whose close it comes; of something that runs out, the last it holds in.
    pub quarter: Quarter,
    pub event: Event,
    /// Whom it concerns: nobody in particular if empty.
    pub concerns: SeatSet,
    /// Whether the game is over by then.
    pub after_the_end: bool,
}

/// What comes on a date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    ExclusivityEnds {
        giant: FirmId,
        lab: LabId,
        kind: Exclusivity,
    },
    AccessEnds {
        giant: FirmId,
        lab: LabId,
        tier: AccessTier,
    },
    /// The lab may take money from these giants again.
    BarEnds {
        giant: FirmId,
        lab: LabId,
        barred: SeatSet,
    },
    LicenceEnds {
        giant: FirmId,
        lab: LabId,
    },
    ChipsEnd {
        giant: FirmId,
        lab: LabId,
    },
    CommitmentEnds {
        giant: FirmId,
        lab: LabId,
        megawatts: u32,
    },
    TrancheDue {
        giant: FirmId,
        lab: LabId,
        sum: Money,
    },
    TrancheLapses {
        giant: FirmId,
        lab: LabId,
        sum: Money,
        condition: Condition,
    },
    CapacityArrives {
        giant: FirmId,
        gw: f64,
    },
    RunwayEnds {
        lab: LabId,
    },
    /// Regulators say what they found.
    InquiryEnds {
        giant: FirmId,
        subject: Subject,
    },
    /// Its cloud no longer has to be interoperable.
    InteroperabilityEnds {
        giant: FirmId,
    },
    DilemmaDue {
        dilemma: DilemmaId,
    },
    Announced {
        happening: HappeningId,
    },
    CardsDealt,
    /// A goal with a date of its own, by its place in the seat's list.
    GoalJudged {
        place: usize,
    },
    LastQuarter,
}

/// Every date from this quarter on, the next one first; of one quarter's, those that concern the
/// seat itself first.
pub fn dates(view: &SeatView) -> Vec<Date> {
    let mut out = Vec::new();
    for deal in &view.deals {
        of_deal(view, deal, &mut out);
    }
    of_seats(view, &mut out);
    of_the_game(view, &mut out);
    out.retain(|date| date.quarter >= view.quarter);
    for date in &mut out {
        date.after_the_end = date.quarter.0 > view.level.quarters;
    }
    let foreign = |date: &Date| !date.concerns.is_empty() && !date.concerns.contains(view.seat);
    out.sort_by_key(|date| (date.quarter, foreign(date)));
    out
}

fn date(quarter: Quarter, event: Event, concerns: SeatSet) -> Date {
    Date { quarter, event, concerns, after_the_end: false }
}

/// When a deal's clauses run out and its second tranche falls due. A term of n quarters holds in the
/// quarter of signing and the n − 1 after it.
fn of_deal(view: &SeatView, deal: &Deal, out: &mut Vec<Date>) {
    let (giant, lab, sheet) = (deal.giant, deal.lab, &deal.sheet);
    let now = view.quarter;
    let both = SeatSet::EMPTY.with(giant.seat()).with(lab.seat(view.giants()));
    let through = |quarters: u32| Quarter((deal.signed.0 + quarters).saturating_sub(1));
    // A date on which a newer deal of the two still gives the same is none.
    let goes_on = |last: Quarter, held: &dyn Fn(&Deal, Quarter) -> bool| {
        view.deals.iter().any(|other| {
            other.id != deal.id
                && (other.giant, other.lab) == (giant, lab)
                && held(other, now)
                && held(other, last.next())
        })
    };
    let kind = deal.exclusivity_at(now);
    let last = through(u32::from(sheet.exclusivity_quarters));
    if kind != Exclusivity::None && !goes_on(last, &|other, at| other.exclusivity_at(at) >= kind) {
        out.push(date(last, Event::ExclusivityEnds { giant, lab, kind }, both));
    }
    let tier = deal.access_at(now);
    let last = through(u32::from(sheet.access_quarters));
    if tier != AccessTier::None && !goes_on(last, &|other, at| other.access_at(at) >= tier) {
        out.push(date(last, Event::AccessEnds { giant, lab, tier }, both));
    }
    let last = through(u32::from(sheet.licence_quarters));
    if deal.licence_at(now) && !goes_on(last, &|other, at| other.licence_at(at)) {
        out.push(date(last, Event::LicenceEnds { giant, lab }, both));
    }
    let last = through(u32::from(sheet.own_chips_quarters));
    if deal.chips_at(now) > 0.0 && !goes_on(last, &|other, at| other.chips_at(at) > 0.0) {
        out.push(date(last, Event::ChipsEnd { giant, lab }, both));
    }
    if deal.committed_mw_at(now) > 0.0 {
        let last = through(u32::from(sheet.commitment_quarters));
        let megawatts = sheet.commitment_mw;
        out.push(date(last, Event::CommitmentEnds { giant, lab, megawatts }, both));
    }
    let bars = |seat: &SeatId| deal.bars_at(now, *seat) && !deal.life.waived.contains(*seat);
    let barred: SeatSet = sheet.barred.iter().filter(bars).collect();
    if !barred.is_empty() {
        let concerns = both.union(barred);
        out.push(date(through(BARRED_QUARTERS), Event::BarEnds { giant, lab, barred }, concerns));
    }
    if deal.staged == Staged::Waiting {
        let sum = sheet.staged();
        let (after, event) = match sheet.condition {
            Condition::AfterAYear => (YEAR, Event::TrancheDue { giant, lab, sum }),
            condition => (TRANCHE_LAPSES, Event::TrancheLapses { giant, lab, sum, condition }),
        };
        out.push(date(deal.signed.plus(after), event, both));
    }
}

/// What comes to seats: capacity to the one who looks, the end of cash to labs.
fn of_seats(view: &SeatView, out: &mut Vec<Date>) {
    let own = SeatSet::EMPTY.with(view.seat);
    if let Role::Giant(giant) = view.role {
        let arriving = &view.published.giants[giant.index()].arriving_gw;
        for (after, &gw) in arriving.iter().enumerate().filter(|(_, gw)| **gw > 0.0) {
            let event = Event::CapacityArrives { giant, gw };
            out.push(date(view.quarter.plus(after as u32), event, own));
        }
    }
    for (place, figures) in view.published.giants.iter().enumerate() {
        let giant = FirmId(place as u8);
        let concerns = SeatSet::EMPTY.with(giant.seat());
        if let Some(inquiry) = figures.inquiry {
            let event = Event::InquiryEnds { giant, subject: inquiry.subject };
            out.push(date(inquiry.ends, event, concerns));
        }
        if figures.interoperable_until > view.quarter {
            let last = Quarter(figures.interoperable_until.0 - 1);
            out.push(date(last, Event::InteroperabilityEnds { giant }, concerns));
        }
    }
    for (place, known) in view.labs.iter().enumerate() {
        let lab = LabId(place as u8);
        let runway = known.runway_quarters.or(f64::INFINITY);
        if runway < SHORT_RUNWAY {
            let concerns = SeatSet::EMPTY.with(lab.seat(view.giants()));
            let when = view.quarter.plus(runway as u32);
            out.push(date(when, Event::RunwayEnds { lab }, concerns));
        }
    }
    if let Some(pending) = view.dilemma {
        out.push(date(view.quarter, Event::DilemmaDue { dilemma: pending.dilemma }, own));
    }
}

fn of_the_game(view: &SeatView, out: &mut Vec<Date>) {
    let level = &view.level;
    let nobody = SeatSet::EMPTY;
    for (place, happening) in level.happenings.iter().enumerate() {
        if let Some(quarter) = happening.in_quarter.filter(|_| happening.announced) {
            let event = Event::Announced { happening: HappeningId(place as u8) };
            out.push(date(Quarter(quarter), event, nobody));
        }
    }
    for &quarter in level.cards_after.iter().filter(|quarter| **quarter < level.quarters) {
        if !level.cards.is_empty() {
            out.push(date(Quarter(quarter), Event::CardsDealt, nobody));
        }
    }
    let own = SeatSet::EMPTY.with(view.seat);
    for (place, goal) in level.goals(view.seat).iter().enumerate() {
        if let Some(quarter) = goal.by_quarter.filter(|quarter| *quarter < level.quarters) {
            out.push(date(Quarter(quarter), Event::GoalJudged { place }, own));
        }
    }
    out.push(date(Quarter(level.quarters), Event::LastQuarter, nobody));
}

/// Whether a date is near enough to be told without being asked: this quarter's and the next one's.
pub fn is_near(date: &Date, now: Quarter) -> bool {
    date.quarter.since(now) <= 1
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::level::Library;
    use crate::level::deck::EffectKind;
    use crate::sim::deal::TermSheet;
    use crate::sim::dilemmas::Pending;
    use crate::sim::game::Game;
    use crate::sim::happenings::Cast;
    use crate::sim::regulator::Inquiry;
    use crate::sim::view::Known;

    const AMAZON: SeatId = SeatId(0);
    const LAB: LabId = LabId(0);

    fn view() -> SeatView {
        let level = Library::load(None).find("ten-billion-courtship").unwrap().level.unwrap();
        let mut view = Game::new(level, 1).view(AMAZON);
        view.deals.clear();
        view
    }

    fn quarters_of(view: &SeatView, is: impl Fn(&Event) -> bool) -> Vec<u32> {
        dates(view).iter().filter(|date| is(&date.event)).map(|date| date.quarter.0).collect()
    }

    #[test]
    fn what_runs_out_is_dated_with_the_last_quarter_it_holds_in() {
        let mut view = view();
        let sheet = TermSheet {
            exclusivity: Exclusivity::SoleCloud,
            exclusivity_quarters: 4,
            access: AccessTier::Early,
            access_quarters: 8,
            commitment_mw: 500,
            commitment_quarters: 12,
            barred: SeatSet::EMPTY.with(SeatId(1)),
            ..TermSheet::default()
        };
        let deal = Deal::of(FirmId(0), LAB, sheet);
        view.deals = vec![deal];
        for (event, last) in [
            (0, quarters_of(&view, |event| matches!(event, Event::ExclusivityEnds { .. }))),
            (1, quarters_of(&view, |event| matches!(event, Event::AccessEnds { .. }))),
            (2, quarters_of(&view, |event| matches!(event, Event::CommitmentEnds { .. }))),
            (3, quarters_of(&view, |event| matches!(event, Event::BarEnds { .. }))),
        ] {
            let last = Quarter(last[0]);
            let holds = |quarter| match event {
                0 => deal.exclusivity_at(quarter) != Exclusivity::None,
                1 => deal.access_at(quarter) != AccessTier::None,
                2 => deal.committed_mw_at(quarter) > 0.0,
                _ => deal.bars_at(quarter, SeatId(1)),
            };
            assert!(holds(last) && !holds(last.next()), "{event}: {last:?}");
        }
    }

    #[test]
    fn a_bar_is_near_a_quarter_before_its_last() {
        let mut view = view();
        let barred = SeatSet::EMPTY.with(SeatId(1));
        view.deals = vec![Deal::of(FirmId(0), LAB, TermSheet { barred, ..TermSheet::default() })];
        let bar = |view: &SeatView| {
            let all = dates(view);
            *all.iter().find(|date| matches!(date.event, Event::BarEnds { .. })).unwrap()
        };
        view.quarter = Quarter(2);
        assert!(!is_near(&bar(&view), view.quarter));
        view.quarter = Quarter(3);
        assert!(is_near(&bar(&view), view.quarter));
        assert!(bar(&view).concerns.contains(SeatId(1)));
    }

    #[test]
    fn what_a_newer_deal_or_a_waiver_has_overtaken_has_no_date() {
        let mut view = view();
        let early = |quarters| TermSheet {
            access: AccessTier::Early,
            access_quarters: quarters,
            barred: SeatSet::EMPTY.with(SeatId(1)),
            ..TermSheet::default()
        };
        let old = Deal::of(FirmId(0), LAB, early(4));
        let new = Deal { id: crate::ids::DealId(1), ..Deal::of(FirmId(0), LAB, early(8)) };
        view.deals = vec![old, new];
        let access =
            |view: &SeatView| quarters_of(view, |event| matches!(event, Event::AccessEnds { .. }));
        let bars = |view: &SeatView| {
            quarters_of(view, |event| matches!(event, Event::BarEnds { .. })).len()
        };
        assert_eq!((access(&view), bars(&view)), (vec![8], 2));
        view.deals[0].life.waived = SeatSet::EMPTY.with(SeatId(1));
        assert_eq!(bars(&view), 1);
        view.deals.pop();
        assert_eq!(access(&view), [4]);
    }

    #[test]
    fn capacity_that_comes_after_the_end_is_marked() {
        let mut view = view();
        view.quarter = Quarter(10);
        let after = |date: &&Date| matches!(date.event, Event::CapacityArrives { .. });
        let all = dates(&view);
        let flags: Vec<(u32, bool)> =
            all.iter().filter(after).map(|date| (date.quarter.0, date.after_the_end)).collect();
        assert_eq!(flags, [(10, false), (11, false), (12, false), (13, true)]);
    }

    #[test]
    fn tranches_inquiries_dilemmas_goals_and_announcements_have_their_dates() {
        let mut view = view();
        let sheet = TermSheet { tranche_pct: 40, ..TermSheet::default() };
        let year = TermSheet { condition: Condition::AfterAYear, ..sheet };
        let open = TermSheet { condition: Condition::AtTheFrontier, ..sheet };
        view.deals = [year, open]
            .map(|sheet| Deal { staged: Staged::Waiting, ..Deal::of(FirmId(0), LAB, sheet) })
            .to_vec();
        let ends = Quarter(5);
        let inquiry = Inquiry { subject: Subject::Cloud, opened: Quarter(1), ends, loosened: 0 };
        Arc::make_mut(&mut view.published).giants[1].inquiry = Some(inquiry);
        let cast = Cast::default();
        view.dilemma = Some(Pending { dilemma: DilemmaId(0), cast, answer: None });
        let level = Arc::make_mut(&mut view.level);
        level.giants[0].goals[0].by_quarter = Some(6);
        let wall = EffectKind::ScalingWall { quarters: 2 };
        let mut known = crate::level::Happening::certain(wall, 7);
        known.announced = true;
        level.happenings.push(known);
        for (is, quarter) in [
            (quarters_of(&view, |event| matches!(event, Event::TrancheDue { .. })), 5),
            (quarters_of(&view, |event| matches!(event, Event::TrancheLapses { .. })), 9),
            (quarters_of(&view, |event| matches!(event, Event::InquiryEnds { .. })), 5),
            (quarters_of(&view, |event| matches!(event, Event::DilemmaDue { .. })), 1),
            (quarters_of(&view, |event| matches!(event, Event::GoalJudged { .. })), 6),
            (quarters_of(&view, |event| matches!(event, Event::Announced { .. })), 7),
            (quarters_of(&view, |event| matches!(event, Event::LastQuarter)), 12),
        ] {
            assert_eq!(is, [quarter]);
        }
        assert_eq!(quarters_of(&view, |event| matches!(event, Event::CardsDealt)), [4, 8]);
        let all = dates(&view);
        assert!(all.windows(2).all(|pair| pair[0].quarter <= pair[1].quarter));
    }

    #[test]
    fn a_lab_that_runs_dry_soon_has_a_date() {
        let mut view = view();
        view.labs[0].runway_quarters = Known::Range(2.0, 3.0);
        view.labs[1].runway_quarters = Known::Exact(9.0);
        assert_eq!(quarters_of(&view, |event| matches!(event, Event::RunwayEnds { .. })), [3]);
    }
}
