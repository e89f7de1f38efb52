//! The end: the score as a sum, what was signed and what came of it, what the leader did better.

use std::io;

use crate::host::words::judgement::how_scored;
use crate::host::words::numbers::{bn, count, money, ordinal, score, share};
use crate::host::words::{clauses, labels, listed};
use crate::ids::{FirmId, LabId, Role, SeatId};
use crate::sim::deal::{Deal, HowEnded, Staged};
use crate::sim::goals::rules::{Medal, medal};
use crate::sim::view::SeatView;
use crate::units::Money;

use super::desk::Desk;
use super::page::Page;
use super::{goals, report, verdict};

/// Goals named where the leader was better, at most.
const BETTER: usize = 3;

/// The judgement of every person at the desk, then everybody's standing.
pub(super) fn show(desk: &mut Desk) -> io::Result<()> {
    for seat in desk.people.clone() {
        report::last_quarter(desk, seat)?;
        let view = desk.view(seat);
        let mut page = desk.page();
        page.masthead("The judgement");
        page.headline(&format!(
            "{}: {} points, {}",
            desk.words.seat(seat),
            score(view.score.scaled),
            labels::medal(medal(view.score.scaled))
        ));
        place(desk, &view, &mut page);
        page.blank();
        goals::goal_table(&view, &mut page);
        page.paragraph(&how_scored(&view));
        lost_most(&view, &mut page);
        deals(desk, &view, &mut page);
        leader(desk, &view, &mut page);
        verdict::sections(desk, seat, &mut page);
        desk.show(&page)?;
    }
    let mut page = desk.page();
    page.heading("How everybody ended");
    goals::standings(desk, &mut page);
    page.note("Scores are on each seat's own scale. Everything after the opening is invented; no firm named here has any part in this game.");
    desk.show(&page)
}

/// Every seat with its score, the highest first.
fn ranking(desk: &Desk) -> Vec<(f64, SeatId)> {
    let game = &desk.session.game;
    let mut seats: Vec<(f64, SeatId)> =
        game.level().seat_ids().map(|seat| (game.view(seat).score.scaled, seat)).collect();
    seats.sort_by(|one, other| other.0.total_cmp(&one.0));
    seats
}

/// The place among all seats, and how far the next medal was.
fn place(desk: &Desk, view: &SeatView, page: &mut Page) {
    let ranking = ranking(desk);
    let place = ranking.iter().position(|(_, seat)| *seat == view.seat).unwrap_or(0) + 1;
    let own = view.score.scaled;
    let next = match medal(own) {
        Medal::None => Some(("bronze", 30.0)),
        Medal::Bronze => Some(("silver", 60.0)),
        Medal::Silver => Some(("gold", 90.0)),
        Medal::Gold => None,
    };
    let short = next.map_or_else(
        || " There is no higher medal.".to_owned(),
        |(name, from)| {
            let missing = from - libm::floor(own);
            format!(" {} short of {name}.", count(missing as u32, "point"))
        },
    );
    page.paragraph(&format!("{} of {} seats.{short}", ordinal(place), ranking.len()));
}

/// The goal that cost most of what could be had.
fn lost_most(view: &SeatView, page: &mut Page) {
    let goals = view.level.goals(view.seat).iter().zip(&view.score.goals);
    let lost = goals.map(|(goal, now)| (goal, now, goal.weight * (1.0 - now.credit)));
    let Some((goal, now, points)) = lost.max_by(|one, other| one.2.total_cmp(&other.2)) else {
        return;
    };
    if points >= 0.5 {
        page.paragraph(&format!(
            "Most was lost on {}: {:.1} of {:.0} points, at {} where {} would have been all of them.",
            labels::measure(goal.measure).to_lowercase(),
            points,
            goal.weight,
            labels::measured(goal.measure, now.value),
            labels::measured(goal.measure, goal.full_at)
        ));
    }
}

/// Where the best of the others did better: one of the same kind, whose goals compare, if any scored
/// higher; else whoever scored most.
fn leader(desk: &Desk, view: &SeatView, page: &mut Page) {
    let ranking = ranking(desk);
    let kind = |seat: SeatId| seat.index() < view.giants();
    let others = || ranking.iter().filter(|(_, seat)| *seat != view.seat);
    let same =
        others().find(|(score, seat)| kind(*seat) == kind(view.seat) && *score > view.score.scaled);
    let Some(&(best, who)) = same.or_else(|| others().next()) else { return };
    let theirs = desk.session.game.view(who);
    let name = desk.words.seat(who);
    let ahead = best > view.score.scaled;
    page.heading(&match ahead {
        true => format!("What {name} did better"),
        false => format!("How {name}, the next, fared"),
    });
    let own_goals = view.level.goals(view.seat).iter().zip(&view.score.goals);
    let mut rows: Vec<(f64, Vec<String>)> = Vec::new();
    for (goal, now) in view.level.goals(who).iter().zip(&theirs.score.goals) {
        let mine = own_goals.clone().find(|(own, _)| own.measure == goal.measure);
        let at = labels::measured(goal.measure, now.value);
        let (by, mine) = match mine {
            // Their goals may ask less of them: what was no better is not named.
            Some((_, mine))
                if ahead && (now.value - mine.value) * (goal.full_at - goal.none_at) <= 0.0 =>
            {
                continue;
            }
            Some((_, mine)) => {
                (now.credit - mine.credit, labels::measured(goal.measure, mine.value))
            }
            None => (now.credit - 1.0, "–".to_owned()),
        };
        let gained = format!("{:.1} of {:.0}", goal.weight * now.credit, goal.weight);
        rows.push((by, vec![labels::measure(goal.measure).to_owned(), at, gained, mine]));
    }
    rows.sort_by(|one, other| other.0.total_cmp(&one.0));
    rows.truncate(BETTER);
    let cells: Vec<Vec<String>> = rows.into_iter().map(|(_, cells)| cells).collect();
    if cells.is_empty() {
        page.paragraph(&format!(
            "{name} ended no higher on any goal the two of you share: its goals ask less of it."
        ));
    } else {
        let of = format!("{name}, {}", score(best));
        page.table(&[of.as_str(), "ended at", "its points", "you ended at"], &[1, 2, 3], &cells);
    }
    let signed: Vec<String> = view
        .deals
        .iter()
        .filter(|deal| deal.signed.0 > 0 && party(desk, deal, who))
        .map(|deal| {
            let other = if deal.giant.seat() == who {
                desk.words.lab(deal.lab)
            } else {
                desk.words.firm(deal.giant)
            };
            let sum = deal.sheet.amount();
            let what = if sum.is_positive() { money(sum) } else { "new terms".to_owned() };
            format!("{what} with {other} in {}", desk.words.quarter(deal.signed))
        })
        .collect();
    page.paragraph(&match signed.is_empty() {
        true => format!("{name} signed nothing."),
        false => {
            format!("{name} signed {}: {}.", count(signed.len() as u32, "deal"), listed(&signed))
        }
    });
}

/// What this seat signed, and what it has come to.
fn deals(desk: &Desk, view: &SeatView, page: &mut Page) {
    let own: Vec<&Deal> = view
        .deals
        .iter()
        .filter(|deal| deal.signed.0 > 0 && party(desk, deal, view.seat))
        .collect();
    page.heading("What was signed, and what it came to");
    if own.is_empty() {
        page.paragraph("Nothing was signed.");
    }
    for deal in own {
        page.bullet(&format!(
            "{} and {}, {}: {}. {}",
            desk.words.firm(deal.giant),
            desk.words.lab(deal.lab),
            desk.words.quarter(deal.signed),
            clauses::signed(&desk.words, &view.deals, &deal.sheet),
            outcome(desk, view, deal).join(" ")
        ));
    }
    if let Role::Giant(firm) = view.role {
        let rows = stakes(desk, view, firm);
        if !rows.is_empty() {
            page.blank();
            page.table(
                &["stake in", "part", "paid in", "at last price", "at worth"],
                &[1, 2, 3, 4, 5],
                &rows,
            );
        }
    }
}

/// What a deal came to, in sentences: its money, its promises, its price.
fn outcome(desk: &Desk, view: &SeatView, deal: &Deal) -> Vec<String> {
    let words = &desk.words;
    let mut said = Vec::new();
    match deal.staged {
        Staged::None => {}
        Staged::Waiting => {
            said.push(format!("The second {} never fell due.", money(deal.sheet.staged())));
        }
        Staged::Paid(when) => said.push(format!(
            "The second {} was paid in {}.",
            money(deal.sheet.staged()),
            words.quarter(when)
        )),
        Staged::Lapsed(when) => said.push(format!(
            "The second {} lapsed in {}.",
            money(deal.sheet.staged()),
            words.quarter(when)
        )),
    }
    if deal.exercised.is_positive() {
        said.push(format!("Warrants were used for {}.", money(deal.exercised)));
    }
    if deal.shared.is_positive() {
        said.push(format!("The revenue share brought {}.", money(deal.shared)));
    }
    if let Some(breach) = deal.life.breach {
        said.push(format!(
            "{} broke its promise of {}, last in {}.",
            words.seat(breach.by),
            clauses::in_text(breach.what),
            words.quarter(breach.quarter)
        ));
    }
    match deal.life.ended.map(|ended| (ended.how, words.quarter(ended.quarter))) {
        Some((HowEnded::Replaced(_), when)) => {
            said.push(format!("New terms replaced it in {when}."))
        }
        Some((HowEnded::Terminated(by), when)) => {
            said.push(format!("{} ended its terms in {when}.", words.seat(by)));
        }
        None => {}
    }
    if deal.sheet.amount().is_positive() {
        let worth_bn = view.published.labs[deal.lab.index()].fundamental_bn;
        let at_signing = deal.sheet.post_money().bn();
        said.push(format!(
            "Priced at {} after the money; the lab is worth {} now, {:.1} times that.",
            bn(at_signing),
            bn(worth_bn),
            worth_bn / at_signing.max(1e-9)
        ));
    }
    said
}

fn party(desk: &Desk, deal: &Deal, seat: SeatId) -> bool {
    deal.giant.seat() == seat || desk.words.lab_seat(deal.lab) == seat
}

/// A giant's stakes, deals before the game included.
fn stakes(desk: &Desk, view: &SeatView, firm: FirmId) -> Vec<Vec<String>> {
    let labs = view.published.labs.iter().enumerate();
    labs.filter(|(_, lab)| lab.stakes[firm.index()] > 0.0)
        .map(|(place, lab)| {
            let part = lab.stakes[firm.index()];
            let paid: Money = view
                .deals
                .iter()
                .filter(|deal| deal.giant == firm && deal.lab.index() == place)
                .map(Deal::paid)
                .sum();
            vec![
                desk.words.lab(LabId(place as u8)).to_owned(),
                share(part),
                money(paid),
                bn(part * lab.last_price_bn),
                bn(part * lab.fundamental_bn),
            ]
        })
        .collect()
}
