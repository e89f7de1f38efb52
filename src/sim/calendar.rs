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
    let kind = deal.exclusivity_at(now);
    if kind != Exclusivity::None {
        let last = through(u32::from(sheet.exclusivity_quarters));
        out.push(date(last, Event::ExclusivityEnds { giant, lab, kind }, both));
    }
    let tier = deal.access_at(now);
    if tier != AccessTier::None {
        let last = through(u32::from(sheet.access_quarters));
        out.push(date(last, Event::AccessEnds { giant, lab, tier }, both));
    }
    if sheet.commitment_mw > 0 {
        let last = through(u32::from(sheet.commitment_quarters));
        let megawatts = sheet.commitment_mw;
        out.push(date(last, Event::CommitmentEnds { giant, lab, megawatts }, both));
    }
    if !sheet.barred.is_empty() {
        let barred = sheet.barred;
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

/// Whether a date concerns a seat, or everybody.
pub fn concerns(date: &Date, seat: SeatId) -> bool {
    date.concerns.is_empty() || date.concerns.contains(seat)
}
