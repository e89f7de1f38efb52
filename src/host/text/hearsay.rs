//! Claims, rumours, due diligence and the press at the desk.

use std::io;

use crate::host::words::numbers::{count, money, share};
use crate::host::words::{hearsay, listed};
use crate::ids::{FirmId, LabId, Role, SeatId};
use crate::sim::decision::{ATTENTION, Decision};
use crate::sim::information::attention::LAB_TABLES_FREE;
use crate::sim::information::{HearsayView, Matter, Rumour, Story, Use, rules};
use crate::sim::view::SeatView;
use crate::units::Money;

use super::desk::Desk;
use super::page::Page;
use super::terms;

const HOW_TO_CLAIM: &str =
    "claim WHO RIVAL 12 at 150 tells WHO that RIVAL has named $12bn at $150bn on your other table.";
const HOW_TO_PLANT: &str = "plant GIANT LAB 12 at 150 spreads talks of the two; plant trouble RIVAL speaks of trouble there.";

/// `claim WHO RIVAL 12 at 150`.
pub(super) fn claim(desk: &mut Desk, seat: SeatId, args: &[String]) -> io::Result<()> {
    let Some((Some(to), Some(rival), sums)) = two_seats(desk, args) else {
        return desk.say(HOW_TO_CLAIM);
    };
    let (amount, pre_money) = match sums_of(desk, sums) {
        Ok(sums) => sums,
        Err(sentence) => return desk.say(&sentence),
    };
    if desk.decide(seat, Decision::Claim { to, rival, amount, pre_money })? {
        let view = desk.view(seat);
        let record = view.records[seat.index()];
        let text = format!(
            "You will tell {} that {} has named {} at {}, on done. Your word has been borne out {} and exposed {}; unproven, it is believed to {} where it is plausible. A lie found out is public and costs {}.",
            desk.words.seat(to),
            desk.words.seat(rival),
            money(amount),
            money(pre_money),
            count(u32::from(record.verified), "time"),
            count(u32::from(record.exposed), "time"),
            share(rules::credit(record)).replace(".0%", "%"),
            price_of_a_lie(view.role),
        );
        desk.say(&text)?;
    }
    Ok(())
}

fn price_of_a_lie(role: Role) -> String {
    match role {
        Role::Giant(_) => {
            format!("{:.0} points of trust of who was told", -100.0 * rules::TRUST_LIED)
        }
        Role::Lab(_) => {
            format!("{} of patience of who was told", count(rules::PATIENCE_LIED, "point"))
        }
    }
}

/// The seats of the first two words, and the words after them.
fn two_seats<'a>(
    desk: &Desk,
    args: &'a [String],
) -> Option<(Option<SeatId>, Option<SeatId>, &'a [String])> {
    let (first, rest) = args.split_first()?;
    let (second, rest) = rest.split_first()?;
    Some((desk.words.seat_called(first), desk.words.seat_called(second), rest))
}

fn sums_of(desk: &Desk, typed: &[String]) -> Result<(Money, Money), String> {
    let sheet = terms::edit(&desk.words, Default::default(), typed)?;
    Ok((sheet.amount(), sheet.pre_money))
}

/// `plant GIANT LAB 12 at 150`, or `plant trouble RIVAL`.
pub(super) fn plant(desk: &mut Desk, seat: SeatId, args: &[String]) -> io::Result<()> {
    let rumour = match args {
        [word, who] if word == "trouble" => match desk.words.seat_called(who) {
            Some(of) => Rumour::Trouble { of },
            None => return desk.say(HOW_TO_PLANT),
        },
        _ => match talks_of(desk, args) {
            Ok(rumour) => rumour,
            Err(sentence) => return desk.say(&sentence),
        },
    };
    if desk.decide(seat, Decision::Plant { rumour })? {
        let lost = match desk.view(seat).role {
            Role::Giant(_) => {
                format!("{:.0} points of every lab's trust", -100.0 * rules::TRUST_RUMOUR)
            }
            Role::Lab(_) => {
                format!("{} of every giant's patience", count(rules::PATIENCE_RUMOUR, "point"))
            }
        };
        let text = format!(
            "Set about, on done or close, for a point of attention. Nobody sees who said it; a plausible rumour is believed to {:.0}%. If it is false it is traced to you with a chance of {:.0}% a quarter, and more if those it is about give attention to the press: that costs {lost} and the belief in your word.",
            100.0 * rules::UNNAMED,
            100.0 * rules::PLANT_TRACED
        );
        desk.say(&text)?;
    }
    Ok(())
}

fn talks_of(desk: &Desk, args: &[String]) -> Result<Rumour, String> {
    let how = || HOW_TO_PLANT.to_owned();
    let (one, other, sums) = two_seats(desk, args).ok_or_else(how)?;
    let giants = desk.words.level().giants.len();
    let roles = (one.map(|one| one.role(giants)), other.map(|other| other.role(giants)));
    let (giant, lab): (FirmId, LabId) = match roles {
        (Some(Role::Giant(giant)), Some(Role::Lab(lab)))
        | (Some(Role::Lab(lab)), Some(Role::Giant(giant))) => (giant, lab),
        _ => return Err(how()),
    };
    let (amount, pre_money) = sums_of(desk, sums)?;
    Ok(Rumour::Talks { giant, lab, amount, pre_money })
}

/// `investigate LAB`, or `investigate claim WHO`.
pub(super) fn investigate(desk: &mut Desk, seat: SeatId, args: &[String]) -> io::Result<()> {
    let giants = desk.words.level().giants.len();
    let called = |word: &String| desk.words.seat_called(word);
    let (subject, effect) = match args {
        [word, who] if word == "claim" => match called(who) {
            Some(by) => (
                Matter::Claim { by },
                format!(
                    "Your people look into the claim: a chance of {:.0}% that they find out whether it is true.",
                    100.0 * rules::DILIGENCE_FINDS
                ),
            ),
            None => {
                return desk.say("Whose claim? investigate claim and a name; rumours lists them.");
            }
        },
        [who] => match called(who).map(|seat| seat.role(giants)) {
            Some(Role::Lab(lab)) => (
                Matter::Lab(lab),
                format!(
                    "Your people go through {} books: ranges half as wide for {}, exact after a second look.",
                    crate::host::words::possessive(desk.words.lab(lab)),
                    count(rules::DILIGENCE_LASTS, "quarter")
                ),
            ),
            Some(Role::Giant(_)) => {
                return desk
                    .say("A giant's figures are published; look into a lab, or into a claim.");
            }
            None => {
                return desk.say(
                    "Into what? investigate and a lab's name, or investigate claim and a name.",
                );
            }
        },
        _ => {
            return desk
                .say("Into what? investigate and a lab's name, or investigate claim and a name.");
        }
    };
    if desk.decide(seat, Decision::Investigate { subject })? {
        desk.say(&format!("{effect} It takes a point of attention; nobody else is told."))?;
    }
    Ok(())
}

/// What is decided on attention outside the talks: lobbying, press.
pub(super) fn attended(view: &SeatView) -> (u32, u32) {
    let filed = view.decided.iter().find_map(|decision| match decision {
        Decision::Attend { lobbying, press } => Some((*lobbying, *press)),
        _ => None,
    });
    filed.unwrap_or_default()
}

/// What a number of points of press do.
pub(super) fn press_effect(role: Role, points: u32) -> String {
    let points_of = f64::from(points);
    let lift = match role {
        Role::Giant(_) => {
            format!("about {:+.2}% of market value", 100.0 * rules::PRESS_LIFT * points_of)
        }
        Role::Lab(_) => {
            format!("about {:+.0}% of appeal to customers", 100.0 * rules::PRESS_APPEAL * points_of)
        }
    };
    format!(
        "{lift} this quarter; harm of rumours about you down to {:.0}%; what is said about you is cleared up with a chance of {:.0}%",
        100.0 * rules::softened(points),
        100.0 * rules::found_out(0.0, points)
    )
}

/// One line on what attention went to.
pub(super) fn attention(view: &SeatView) -> String {
    let spent: Vec<String> = Use::ALL
        .into_iter()
        .filter(|&what| view.attention.on(what) > 0)
        .map(|what| format!("{} on {}", view.attention.on(what), hearsay::attention_use(what)))
        .collect();
    let left = format!("Attention left: {} of {ATTENTION}", view.attention_left);
    let free = match view.role {
        Role::Lab(_) => format!("; your first {LAB_TABLES_FREE} tables take none"),
        Role::Giant(_) => String::new(),
    };
    if spent.is_empty() {
        format!("{left}{free}.")
    } else {
        format!("{left} ({}){free}.", listed(&spent))
    }
}

/// Everything this seat has heard or said, and how each seat's word has turned out.
pub(super) fn rumours(desk: &mut Desk, seat: SeatId) -> io::Result<()> {
    let view = desk.view(seat);
    let mut page = desk.page();
    page.heading("What is said");
    if view.hearsay.is_empty() {
        page.paragraph("Nobody has claimed anything to you, and no rumour is about.");
    }
    for said in view.hearsay.iter().rev() {
        page.bullet(&line(desk, &view, said));
    }
    let known: Vec<String> = bids_on_my_tables(desk, &view);
    if !known.is_empty() {
        page.blank();
        page.paragraph("On your own tables, as you know:");
        for bid in &known {
            page.bullet(bid);
        }
    }
    records(desk, &view, &mut page);
    page.blank();
    page.note(&attention(&view));
    page.typing(
        "investigate claim WHO looks into a claim; help claims says how belief is worked out.",
    );
    desk.show(&page)
}

/// One thing heard: when, who said it, what, how it stands and how far it is believed.
fn line(desk: &Desk, view: &SeatView, said: &HearsayView) -> String {
    let who = match (said.by, said.to) {
        (Some(by), Some(to)) if by == view.seat => format!("You to {}", desk.words.seat(to)),
        (Some(by), Some(_)) => format!("{} to you", desk.words.seat(by)),
        (Some(by), None) if by == view.seat => "From your own side".to_owned(),
        (Some(by), None) => {
            format!("A rumour of {}", crate::host::words::possessive(desk.words.seat(by)))
        }
        _ => "A rumour".to_owned(),
    };
    let what = match (said.by, said.to) {
        (Some(by), Some(_)) => hearsay::claim(&desk.words, by, &said.story),
        _ => hearsay::story(&desk.words, &said.story),
    };
    format!(
        "{} · {who}: {what}. {}; to be believed to {:.0}%.",
        desk.words.quarter(said.heard),
        crate::host::words::refusals::upper_first(&hearsay::standing(said)),
        100.0 * said.belief
    )
}

/// The bids others have on this seat's tables: known, not heard.
fn bids_on_my_tables(desk: &Desk, view: &SeatView) -> Vec<String> {
    let bids = view.tables.iter().filter_map(|table| {
        let sheet = table.theirs.offer?;
        let (amount, price) = (money(sheet.amount()), money(sheet.pre_money));
        Some(format!("{}: {amount} at {price}.", desk.words.seat(table.with)))
    });
    bids.collect()
}

fn records(desk: &Desk, view: &SeatView, page: &mut Page) {
    let told = view
        .records
        .iter()
        .enumerate()
        .filter(|(_, record)| record.verified > 0 || record.exposed > 0);
    let rows: Vec<Vec<String>> = told
        .map(|(seat, record)| {
            vec![
                desk.words.seat(SeatId(seat as u8)).to_owned(),
                record.verified.to_string(),
                record.exposed.to_string(),
                format!("{:.0}%", 100.0 * rules::credit(*record)),
            ]
        })
        .collect();
    if !rows.is_empty() {
        page.blank();
        page.table(&["whose word", "borne out", "exposed", "believed"], &[1, 2, 3], &rows);
    }
}

/// What is said this quarter of bids that bear on one table, for its screen.
pub(super) fn at_table(desk: &Desk, view: &SeatView, with: SeatId, page: &mut Page) {
    let giants = view.giants();
    let bears = |said: &&HearsayView| {
        let fresh = said.heard == view.quarter;
        let about = matches!(said.story, Story::Bid { .. }) && said.story.about(with, giants);
        fresh && (about || (said.by == Some(with) && said.to.is_some()))
    };
    for said in view.hearsay.iter().filter(bears) {
        page.bullet(&line(desk, view, said));
    }
}
