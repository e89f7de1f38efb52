//! A class of games side by side: who scored what, what each decided first, how the world came out.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::bars::{Dot, bar, counts, strip};
use super::marks::Mark;
use super::report::Report;
use super::{game, page};
use crate::host::words::worth::{self as told, WORTH_TELLING};
use crate::host::words::{clauses, labels, numbers, refusals};
use crate::ids::{FirmId, LabId, SeatId};
use crate::sim::deal::{Deal, Exclusivity};
use crate::sim::fact::Fact;
use crate::study::{TurningPoint, median};

/// The pages of each level's games: what they have in common, before any of them alone.
pub(super) fn pages(reports: &[Report]) -> Markup {
    let mut levels: BTreeMap<(&str, &str), Vec<&Report>> = BTreeMap::new();
    for report in reports {
        let level = report.level();
        levels.entry((&level.id, &level.title)).or_default().push(report);
    }
    html! { @for ((_, title), games) in levels { (level(title, games)) } }
}

fn level(title: &str, mut games: Vec<&Report>) -> Markup {
    games.sort_by(|one, other| other.score().total_cmp(&one.score()));
    let Some(first) = games.first() else { return html! {} };
    let scores = games.iter().map(|report| report.score());
    let middle = median(scores.clone());
    let (low, high) = scores.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), score| {
        (low.min(score), high.max(score))
    });
    let count = numbers::count(games.len() as u32, "game");
    let one_luck = games.iter().all(|report| report.played.tape.seed == first.played.tape.seed);
    let luck = match one_luck {
        true => format!("All under the luck of seed {}", first.played.tape.seed),
        false => "Under different luck each".to_owned(),
    };
    html! {
        article class="class" {
            (page::masthead(("Simulation", "Debrief"), ("A class", &count), &[title.to_owned(), luck]))
            section class="judgement" style="display:block" {
                p class="kicker" { "The class" }
                h1 { "From " (numbers::score(low)) " to " (numbers::score(high)) ", the middle at " (numbers::score(middle)) }
                p class="deck" { (finding(&games)) }
                (scores_strip(&games))
            }
            (table(&games))
            (first_deals(&games))
            (first_dilemmas(&games))
            (outcomes(&games))
            (game::questions(first))
        }
    }
}

/// What tells the best games from the others, in a sentence.
fn finding(games: &[&Report]) -> String {
    let middle =
        |games: &[&Report]| numbers::score(median(games.iter().map(|report| report.score())));
    let (mut some, none): (Vec<&Report>, Vec<&Report>) =
        games.iter().copied().partition(|report| report.own_signed().next().is_some());
    if !none.is_empty() && !some.is_empty() {
        return format!(
            "{} signed at least one deal and had {} in the middle; {} signed none and had {}.",
            numbers::count(some.len() as u32, "game"),
            middle(&some),
            none.len(),
            middle(&none)
        );
    }
    let first = |report: &&Report| report.own_signed().next().map(|deal| deal.signed);
    some.sort_by_key(first);
    let turn = some.get(some.len() / 2).and_then(first);
    let (early, late): (Vec<&Report>, Vec<&Report>) =
        some.iter().copied().partition(|report| first(report) < turn);
    match (early.last().and_then(first), early.is_empty() || late.is_empty()) {
        (Some(last), false) => format!(
            "{} signed for the first time by {} and had {} in the middle; {} signed later and had {}.",
            early.len(),
            games[0].words.quarter(last),
            middle(&early),
            late.len(),
            middle(&late)
        ),
        _ => games.first().map_or_else(String::new, |best| {
            format!("{}, for {}, came out first.", best.name, best.seat_name())
        }),
    }
}

fn scores_strip(games: &[&Report]) -> Markup {
    let dots: Vec<Dot> = games
        .iter()
        .map(|report| Dot {
            value: report.score(),
            name: report.name.clone(),
            mark: Mark::of(report.level(), report.seat),
        })
        .collect();
    let range = range_of(&dots, 5.0);
    html! {
        figure { figcaption { strong { "Every score" } span { "A mark a game; point at one for its name. Dotted: the middle." } } (strip(&dots, range, numbers::score)) }
    }
}

/// A range that holds all dots with some room.
fn range_of(dots: &[Dot], room: f64) -> (f64, f64) {
    let values = || dots.iter().map(|dot| dot.value);
    let low = values().fold(f64::INFINITY, f64::min);
    let high = values().fold(f64::NEG_INFINITY, f64::max);
    let room = room.max(0.06 * (high - low));
    (low - room, high + room)
}

fn table(games: &[&Report]) -> Markup {
    let most = games.iter().map(|report| report.score().abs()).fold(0.0, f64::max);
    html! {
        section {
            h2 { "Every game" }
            p class="note" { "The best and the worst decision: left out of the same game under the same luck, what they made of its score. Luck: in what part of 60 other games a bot in the seat gets less than it does under this one's luck. Standing: in what part it gets less than the student did." }
            div class="scroll" { table {
                thead { tr {
                    th { "Game" } th { "Seat" } th class="r" { "Score" } th {} th { "Medal" } th class="r" { "Deals" } th { "Best decision" } th { "Worst decision" } th class="r" { "Luck" } th class="r" { "Standing" }
                } }
                @for report in games {
                    tr {
                        td { strong { (report.name) } @if !report.is_whole() { br; span class="note" { (report.closed()) " of " (report.level().quarters) " quarters" } } }
                        td class="nowrap" { (Mark::of(report.level(), report.seat).inline()) (report.seat_name()) }
                        td class="r figure" { (numbers::score(report.score())) }
                        td { (bar(report.score(), most)) }
                        td { (medal_name(report)) }
                        td class="r" { (report.own_signed().count()) }
                        td class="small" { (decision(report, best(report))) }
                        td class="small" { (decision(report, worst(report))) }
                        @match &report.worth.luck {
                            Some(luck) => { td class="r" { (percent(luck.luck)) } td class="r" { (percent(luck.standing)) } },
                            None => { td class="r" { "–" } td class="r" { "–" } },
                        }
                    }
                }
            } }
        }
    }
}

fn medal_name(report: &Report) -> &'static str {
    match report.medal() {
        crate::sim::goals::rules::Medal::None => "–",
        medal => labels::medal(medal),
    }
}

fn percent(part: f64) -> String {
    format!("{:.0}%", 100.0 * part)
}

fn best(report: &Report) -> Option<&TurningPoint> {
    let points = report.worth.turning_points.iter();
    let helped = points.filter(|point| point.made.points() >= WORTH_TELLING);
    helped.max_by(|one, other| one.made.points().total_cmp(&other.made.points()))
}

fn worst(report: &Report) -> Option<&TurningPoint> {
    let points = report.worth.turning_points.iter();
    let hurt = points.filter(|point| point.made.points() <= -WORTH_TELLING);
    hurt.min_by(|one, other| one.made.points().total_cmp(&other.made.points()))
}

fn decision(report: &Report, point: Option<&TurningPoint>) -> Markup {
    html! {
        @match point {
            Some(point) => {
                strong { (numbers::points_change(point.made.points())) } " " (told::decided(&report.words, &report.played, point))
            },
            None => "none",
        }
    }
}

/// The first deal of each game, and what came of it.
fn first_deals(games: &[&Report]) -> Markup {
    let firsts: Vec<(&Report, Option<&Deal>)> =
        games.iter().map(|report| (*report, report.own_signed().next())).collect();
    html! {
        @if firsts.iter().any(|(_, deal)| deal.is_some()) {
            section {
                h2 { "The first signature" }
                p class="note" { "Whom each game signed with first, on which terms, and what that deal made of its score. Games that signed nothing are not here." }
                div class="scroll" { table {
                    thead { tr { th { "Game" } th { "When, with whom" } th { "Terms" } th class="r" { "Left on the table" } th class="r" { "Made, points" } th class="r" { "Score" } } }
                    @for (report, deal) in &firsts {
                        @if let Some(deal) = deal {
                            tr {
                                td { strong { (report.name) } }
                                td class="nowrap" { (Mark::of(report.level(), report.other_side(deal)).inline()) (report.words.seat(report.other_side(deal))) ", " (report.words.quarter(deal.signed)) }
                                td class="small" { (clauses::signed(&report.words, &report.played.deals, &deal.sheet)) }
                                td class="r" { (report.opened.book(deal.id).map_or_else(String::new, |book| numbers::bn(book.frontier.left_bn()))) }
                                td class="r figure" { (super::deals::worth_of(report, deal).map_or_else(|| "–".to_owned(), numbers::points_change)) }
                                td class="r figure" { (numbers::score(report.score())) }
                            }
                        }
                    }
                } }
            }
        }
    }
}

/// The first dilemma that games share: who answered what, and how they scored.
fn first_dilemmas(games: &[&Report]) -> Markup {
    // By what was asked, then answered: the games.
    let mut asked: BTreeMap<String, BTreeMap<String, Vec<&Report>>> = BTreeMap::new();
    for report in games {
        let first = report.facts().find_map(|(_, fact)| match *fact {
            Fact::Answered { seat, dilemma, answer, ref cast, .. } if seat == report.seat => {
                Some((dilemma, answer, *cast))
            }
            _ => None,
        });
        let Some((dilemma, answer, cast)) = first else { continue };
        let words = &report.words;
        let question = crate::host::words::stories::dilemma(words, dilemma, &cast).0;
        let answer = crate::host::words::stories::answer(words, dilemma, answer, &cast);
        asked.entry(question).or_default().entry(answer).or_default().push(report);
    }
    let shared: Vec<_> = asked
        .iter()
        .filter(|(_, answers)| answers.values().map(Vec::len).sum::<usize>() > 1)
        .collect();
    html! {
        @if !shared.is_empty() {
            section {
                h2 { "The first dilemma" }
                p class="note" { "The same question, put to several games; what they answered, and the scores they ended with." }
                table {
                    thead { tr { th { "Question" } th { "Answer" } th { "Games" } th class="r" { "Middle score" } } }
                    @for (question, answers) in shared {
                        @for (number, (answer, games)) in answers.iter().enumerate() {
                            tr {
                                td { @if number == 0 { strong { (question) } } }
                                td { (answer) }
                                td class="small" { (games.iter().map(|report| report.name.as_str()).collect::<Vec<_>>().join(", ")) }
                                td class="r figure" { (numbers::score(median(games.iter().map(|report| report.score())))) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// How the world came out in these games.
fn outcomes(games: &[&Report]) -> Markup {
    let Some(first) = games.first() else { return html! {} };
    html! {
        section {
            h2 { "How the world came out" }
            div class="two" {
                @for lab in first.labs() {
                    div {
                        h4 { "Who holds " (first.words.lab(lab)) " to itself at the end" }
                        (counts(&holders(games, lab)))
                        h4 { "Its largest owner among the giants" }
                        (counts(&owners(games, lab)))
                    }
                }
            }
            h4 { "Cloud shares at the end, per cent" }
            @for firm in first.giants() {
                @if first.opened.opening.giants[firm.index()].has_cloud {
                    p class="note" { (Mark::of(first.level(), firm.seat()).inline()) (first.words.firm(firm)) }
                    (strip(&shares(games, firm), shares_range(games, firm), whole))
                }
            }
        }
    }
}

fn whole(value: f64) -> String {
    format!("{value:.1}")
}

fn shares(games: &[&Report], firm: FirmId) -> Vec<Dot> {
    let dot = |report: &&Report| Dot {
        value: 100.0 * report.last_published().giants[firm.index()].share,
        name: report.name.clone(),
        mark: Mark::of(report.level(), firm.seat()),
    };
    games.iter().map(dot).collect()
}

fn shares_range(games: &[&Report], firm: FirmId) -> (f64, f64) {
    range_of(&shares(games, firm), 0.5)
}

/// Who holds an exclusivity over a lab at the end, most games first.
fn holders(games: &[&Report], lab: LabId) -> Vec<(String, usize)> {
    let holder = |report: &&Report| {
        let last = crate::units::Quarter(report.closed() as u32);
        let held = report.played.deals.iter().filter(|deal| deal.lab == lab).find_map(|deal| {
            let kind = deal.exclusivity_at(last);
            (kind != Exclusivity::None).then(|| {
                format!("{}, {}", report.words.firm(deal.giant), labels::exclusivity(kind))
            })
        });
        held.unwrap_or_else(|| "Nobody".to_owned())
    };
    counted(games.iter().map(holder))
}

fn owners(games: &[&Report], lab: LabId) -> Vec<(String, usize)> {
    let owner = |report: &&Report| {
        let stakes = report.last_published().labs[lab.index()].stakes.iter().enumerate();
        let most = stakes.max_by(|one, other| one.1.total_cmp(other.1));
        match most {
            Some((place, part)) if *part > 0.0005 => {
                report.words.seat(SeatId(place as u8)).to_owned()
            }
            _ => "None of them".to_owned(),
        }
    };
    counted(games.iter().map(owner))
}

fn counted(names: impl Iterator<Item = String>) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for name in names {
        *counts.entry(refusals::upper_first(&name)).or_default() += 1;
    }
    let mut rows: Vec<(String, usize)> = counts.into_iter().collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.1));
    rows
}
