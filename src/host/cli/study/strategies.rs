//! `termsheet study strategies`: which plain strategy is best, where, and what each lever is worth.

use std::fmt::Write;

use clap::Args;
use serde::Serialize;

use super::{Sample, giants_seat};
use crate::bot::{Policy, Strategy};
use crate::host::cli::failure::Failure;
use crate::host::cli::output::{Format, cell, number, print, print_json, progress, table};
use crate::level::Giant;
use crate::study::{
    Contest, ContestResult, Contestant, Hold, HoldResult, LEVER_POINTS, STRONG_POINTS,
    STRONG_STRATEGIES, Variance, WORLDS_WITH_ANOTHER_BEST, contest, contest_games, hold_games,
    holds,
};

/// Which plain strategy is best in a giant's seat, in which world, and what is a lever worth?
///
/// Scores run from 0, the median of an idle seat, to 100, the best median known.
#[derive(Args, Debug)]
pub(super) struct StrategiesArguments {
    #[command(flatten)]
    sample: Sample,
    /// The seat studied; the level's first seat where nothing is said
    #[arg(long)]
    seat: Option<String>,
    /// The bot in all other seats
    #[arg(long, default_value_t = Policy::Normal)]
    others: Policy,
    /// Games of each strategy in each world
    #[arg(long, default_value_t = 40, value_parser = clap::value_parser!(u32).range(2..))]
    games: u32,
    /// Levers to hold at their opening setting, such as price,offers; "all" for each in turn
    #[arg(long, value_delimiter = ',')]
    freeze: Vec<String>,
}

/// Everything the command found.
#[derive(Serialize)]
struct Findings {
    #[serde(flatten)]
    contest: ContestResult,
    holds: Vec<HoldResult>,
}

impl StrategiesArguments {
    pub(super) fn run(&self) -> Result<(), Failure> {
        let batch = self.sample.batch(self.games)?;
        let seat = giants_seat(&batch.level, self.seat.as_deref())?;
        let levers = self.levers(&batch.level.giants[seat.index()])?;
        let where_ = Contest { seat, others: self.others };
        let games = contest_games(self.games)
            + if levers.is_empty() { 0 } else { hold_games(self.games, levers.len()) };
        let bar = progress(games, "games");
        let result = contest(&batch, where_, || bar.inc(1))?;
        let ends = (result.idle_raw_points, result.best_raw_points);
        let held = if levers.is_empty() {
            Vec::new()
        } else {
            holds(&batch, where_, &levers, ends, || bar.inc(1))?
        };
        bar.finish_and_clear();
        let findings = Findings { contest: result, holds: held };
        match self.sample.format {
            Format::Json => print_json(&findings),
            Format::Table => print(&text(&findings)),
        }
    }

    fn levers(&self, giant: &Giant) -> Result<Vec<Hold>, Failure> {
        if self.freeze.iter().any(|name| name == "all") {
            return Ok(Hold::ALL.into_iter().filter(|hold| hold.is_had_by(giant)).collect());
        }
        let read =
            |name: &String| name.parse().map_err(|error| Failure::Usage(format!("error: {error}")));
        self.freeze.iter().map(read).collect()
    }
}

fn text(findings: &Findings) -> String {
    let result = &findings.contest;
    let mut text = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        text,
        "{}, {}: {} games a cell, seeds from {}, {} in all other seats.\n\
         0 is the idle seat's median, {} raw; 100 the best known, {}'s, {} raw.\n\n{}\n",
        result.level,
        result.seat,
        result.games_per_cell,
        result.first_seed,
        result.others,
        number(result.idle_raw_points),
        name(result.best_known),
        number(result.best_raw_points),
        ranking(result),
    );
    let _ = writeln!(text, "Medians by world:\n\n{}\n", worlds(result));
    let _ = writeln!(text, "What the scores in these worlds vary with:\n\n{}", parts(result));
    if !findings.holds.is_empty() {
        let _ = writeln!(
            text,
            "\nPoints lost, mean over pairs of games, when a lever stays where it opened:\n\n{}",
            levers(&findings.holds)
        );
    }
    let _ = writeln!(text, "\n{}", bars(findings));
    text
}

/// What a level with choices has.
fn bars(findings: &Findings) -> comfy_table::Table {
    let result = &findings.contest;
    let mut rows = table(&["bar", "found", "asked for", ""]);
    let mut bar = |what: String, found: String, asked: String, met: bool| {
        rows.add_row([what, found, asked, if met { "met" } else { "MISSED" }.to_owned()]);
    };
    let (strong, another) = (result.strong(), result.worlds_with_another_best());
    bar(
        format!("strategies that score {STRONG_POINTS:.0} or more"),
        strong.to_string(),
        format!("{STRONG_STRATEGIES} or more"),
        strong >= STRONG_STRATEGIES,
    );
    bar(
        "worlds in which another is best".to_owned(),
        another.to_string(),
        format!("{WORLDS_WITH_ANOTHER_BEST} or more"),
        another >= WORLDS_WITH_ANOTHER_BEST,
    );
    let Variance { strategy, interaction, rest, .. } = result.variance;
    bar(
        "strategy, alone and with world, %".to_owned(),
        number(100.0 * result.variance.part(strategy + interaction)),
        format!("above luck's {}", number(100.0 * result.variance.part(rest))),
        result.choice_beats_luck(),
    );
    for hold in &findings.holds {
        let dearest = hold.dearest_points();
        bar(
            format!("holding {} costs somebody", hold.lever),
            number(dearest),
            format!("{LEVER_POINTS:.0} or more"),
            dearest >= LEVER_POINTS,
        );
    }
    rows
}

pub(super) fn name(contestant: Contestant) -> String {
    match contestant {
        Contestant::Bot(policy) => format!("the {policy} bot"),
        Contestant::Strategy(strategy) => strategy.to_string(),
    }
}

fn ranking(result: &ContestResult) -> comfy_table::Table {
    let mut rows = table(&["in the level as written", "score"]);
    let mut strategies = result.strategies.clone();
    let middle = |spread: Option<crate::study::Spread>| spread.map_or(0.0, |s| s.median);
    strategies
        .sort_by(|one, other| middle(other.score_points).total_cmp(&middle(one.score_points)));
    for strategy in strategies {
        rows.add_row([strategy.strategy.to_string(), cell(strategy.score_points)]);
    }
    for bot in &result.bots {
        rows.add_row([format!("the {} bot", bot.bot), cell(bot.score_points)]);
    }
    rows
}

/// Heads short enough for eight columns of a terminal.
fn heads(first: &str) -> Vec<String> {
    let short = |strategy: Strategy| {
        match strategy {
            Strategy::BuyInEarly => "early",
            Strategy::Deny => "deny",
            Strategy::BuildYourOwn => "own",
            Strategy::PriceWar => "price",
            Strategy::BuyCapacity => "build",
            Strategy::StayOut => "out",
            Strategy::CourtTheSecondLab => "2nd lab",
            Strategy::LoosenAndLobby => "loosen",
        }
        .to_owned()
    };
    std::iter::once(first.to_owned()).chain(Strategy::ALL.map(short)).collect()
}

fn whole(value: f64) -> String {
    let text = format!("{value:.0}");
    if text == "-0" { "0".to_owned() } else { text }
}

fn worlds(result: &ContestResult) -> comfy_table::Table {
    let heads = heads("world");
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let mut rows = table(&heads);
    for world in &result.worlds {
        let best = Strategy::ALL.iter().position(|strategy| *strategy == world.best);
        let cells = world.median_points.iter().enumerate().map(|(place, points)| {
            let star = if best == Some(place) { "*" } else { "" };
            format!("{star}{}", whole(*points))
        });
        rows.add_row(std::iter::once(world.world.to_owned()).chain(cells));
    }
    rows
}

fn parts(result: &ContestResult) -> comfy_table::Table {
    let Variance { strategy, world, interaction, rest, .. } = result.variance;
    let mut rows = table(&["source", "part of the variance, %"]);
    for (source, of) in [
        ("strategy", strategy),
        ("world", world),
        ("strategy and world together", interaction),
        ("rest: luck", rest),
    ] {
        rows.add_row([source.to_owned(), number(100.0 * result.variance.part(of))]);
    }
    rows
}

fn levers(holds: &[HoldResult]) -> comfy_table::Table {
    let heads = heads("lever held");
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let mut rows = table(&heads);
    for hold in holds {
        let cells = hold.cost_points.iter().map(|cost| format!("{cost:.1}"));
        rows.add_row(std::iter::once(hold.lever.to_string()).chain(cells));
    }
    rows
}
