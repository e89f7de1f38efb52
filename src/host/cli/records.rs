//! Games as comma-separated rows, for a spreadsheet or a statistics program.
//!
//! Heads are stable and carry their units; a figure that a seat does not have is left empty.

use csv::Writer;

use super::failure::Failure;
use crate::bot::Policy;
use crate::level::Level;
use crate::sim::goals::rules::medal;
use crate::study::GameRecord;

/// One row a game and seat, at the end of the game.
pub fn games(level: &Level, table: &[Policy], games: &[GameRecord]) -> Result<String, Failure> {
    let goals = level.seat_ids().map(|seat| level.goals(seat).len()).max().unwrap_or(0);
    let mut rows = Writer::from_writer(Vec::new());
    let fixed = [
        "level",
        "seed",
        "seat",
        "bot",
        "raw_score_points",
        "scaled_score_points",
        "medal",
        "cash_bn",
        "cloud_share_pct",
        "win_rate_pct",
        "revenue_bn_per_quarter",
        "least_runway_quarters",
        "independence_pct",
        "deals_signed",
        "rescues",
    ];
    let heads = (1..=goals)
        .flat_map(|goal| ["measure", "value", "credit"].map(|what| format!("goal_{goal}_{what}")));
    rows.write_record(fixed.iter().map(|head| (*head).to_owned()).chain(heads))?;
    for game in games {
        for (seat, record) in level.seat_ids().zip(&game.seats) {
            let mut row = vec![
                level.id.clone(),
                game.seed.to_string(),
                level.seat_key(seat).to_owned(),
                table[seat.index()].to_string(),
                record.raw_score.to_string(),
                record.scaled_score.to_string(),
                format!("{:?}", medal(record.scaled_score)).to_lowercase(),
                record.cash_bn.to_string(),
                optional(record.share_pct),
                optional(record.win_rate_pct),
                optional(record.revenue_bn),
                optional(record.least_runway_quarters),
                optional(record.independence_pct),
                record.deals.to_string(),
                record.rescues.to_string(),
            ];
            for (goal, now) in level.goals(seat).iter().zip(&record.goals) {
                row.push(format!("{:?}", goal.measure));
                row.push(now.value.to_string());
                row.push(now.credit.to_string());
            }
            row.resize(fixed.len() + 3 * goals, String::new());
            rows.write_record(row)?;
        }
    }
    finish(rows)
}

/// One row a game, quarter and seat.
pub fn quarters(level: &Level, table: &[Policy], games: &[GameRecord]) -> Result<String, Failure> {
    let mut rows = Writer::from_writer(Vec::new());
    rows.write_record([
        "level",
        "seed",
        "quarter",
        "seat",
        "bot",
        "raw_score_points",
        "scaled_score_points",
        "cash_bn",
        "cloud_share_pct",
        "win_rate_pct",
        "operating_income_bn_per_quarter",
        "market_value_bn",
        "revenue_bn_per_quarter",
        "capability_points",
        "runway_quarters",
        "independence_pct",
        "deals_signed",
    ])?;
    for game in games {
        for (number, seats) in game.quarters.iter().enumerate() {
            for (seat, now) in level.seat_ids().zip(seats) {
                rows.write_record([
                    level.id.clone(),
                    game.seed.to_string(),
                    (number + 1).to_string(),
                    level.seat_key(seat).to_owned(),
                    table[seat.index()].to_string(),
                    now.raw_score.to_string(),
                    now.scaled_score.to_string(),
                    now.cash_bn.to_string(),
                    optional(now.share_pct),
                    optional(now.win_rate_pct),
                    optional(now.operating_income_bn),
                    optional(now.market_value_bn),
                    optional(now.revenue_bn),
                    optional(now.capability_points),
                    optional(now.runway_quarters),
                    optional(now.independence_pct),
                    now.deals.to_string(),
                ])?;
            }
        }
    }
    finish(rows)
}

fn optional(value: Option<f64>) -> String {
    value.map_or(String::new(), |value| value.to_string())
}

fn finish(rows: Writer<Vec<u8>>) -> Result<String, Failure> {
    let bytes = rows.into_inner().map_err(|error| Failure::message(error.to_string()))?;
    String::from_utf8(bytes).map_err(|error| Failure::message(error.to_string()))
}

impl From<csv::Error> for Failure {
    fn from(error: csv::Error) -> Failure {
        Failure::Message(format!("the rows cannot be written: {error}"))
    }
}
