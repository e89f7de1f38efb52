//! Traces: every state variable after every step, one line of JSON a step.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::session::{Control, LoadedLevel, Session, StepRecord};
use crate::bot::Policy;
use crate::ids::{FirmId, SeatId};
use crate::level::Level;
use crate::sim::books::{Account, Books};
use crate::sim::setting::Step;
use crate::sim::snapshot::{Carrier, Snapshot};

/// Plays one game with these bots and writes a line after every step: the step, what was decided in
/// it, and the state it left; after a close also what the rules went by, what happened, and the
/// postings. The first line is the opening. `docs/model.md` lists the names.
pub fn write(
    loaded: &LoadedLevel,
    table: &[Policy],
    seed: u64,
    out: &mut dyn Write,
) -> io::Result<()> {
    let controls: Vec<Control> = table.iter().map(|&policy| Control::Bot(policy)).collect();
    let mut session = Session::new(loaded.clone(), controls, seed);
    line(&session, None, out)?;
    while !session.game.is_over() {
        session.finish_step();
        let record = session.steps().last().cloned();
        line(&session, record.as_ref(), out)?;
    }
    Ok(())
}

/// The line of a session as it stands, after the step recorded; of the opening without one.
pub fn line(session: &Session, record: Option<&StepRecord>, out: &mut dyn Write) -> io::Result<()> {
    let game = &session.game;
    let level = game.level();
    let (quarter, step) = record
        .map_or((0, "opening".to_owned()), |record| (record.quarter.0, step_name(record.step)));
    let mut line = Map::new();
    let mut put = |key: &str, value: Value| line.insert(key.to_owned(), value);
    put("level", json!(level.id));
    put("seed", json!(game.seed()));
    put("quarter", json!(quarter));
    put("step", json!(step));
    if let Some(record) = record {
        let seats = level.seat_ids().zip(&record.decisions);
        let decisions = seats
            .filter(|(_, decisions)| !decisions.is_empty())
            .map(|(seat, decisions)| (level.seat_key(seat).to_owned(), json!(decisions)));
        put("decisions", decisions.collect());
        if let (Step::Plan, Some(closed)) = (record.step, game.history().last()) {
            put("inputs", json!(closed.inputs));
            put("facts", json!(closed.facts));
            put("postings", json!(closed.postings));
        }
    }
    let mut state = state(level, &game.snapshot())?;
    state.insert("books".to_owned(), books(level, game.books()));
    put("state", Value::Object(state));
    serde_json::to_writer(&mut *out, &line)?;
    out.write_all(b"\n")
}

fn step_name(step: Step) -> String {
    match step {
        Step::Offers(round) => format!("offers {round}"),
        Step::Answers(round) => format!("answers {round}"),
        Step::Plan => "close".to_owned(),
        Step::Over => "over".to_owned(),
    }
}

/// A snapshot with its numbered lists sorted under those who carry them: giants and labs by their
/// ids, all other providers as `others`, tables as `giant/lab`.
fn state(level: &Level, snapshot: &Snapshot) -> io::Result<Map<String, Value>> {
    let mut state = Map::new();
    let Value::Object(mut fields) = serde_json::to_value(snapshot)? else {
        return Ok(state);
    };
    for (name, carrier) in Snapshot::COMPONENTS {
        let Some(Value::Array(pairs)) = fields.remove(*name) else { continue };
        for pair in pairs {
            let Value::Array(pair) = pair else { continue };
            let [place, value] = &pair[..] else { continue };
            let place = place.as_u64().unwrap_or(0) as usize;
            let (group, key) = carried_by(level, *carrier, place);
            let group = state.entry(group).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(group) = group
                && let Value::Object(one) =
                    group.entry(key).or_insert_with(|| Value::Object(Map::new()))
            {
                one.insert((*name).to_owned(), value.clone());
            }
        }
    }
    state.extend(fields);
    Ok(state)
}

/// Every account and its balance, dollars.
fn books(level: &Level, books: &Books) -> Value {
    let seat = |seat: SeatId| level.seat_key(seat);
    let firm = |firm: FirmId| level.giants[firm.index()].id.as_str();
    let name = |account: Account| match account {
        Account::Cash(of) => format!("cash {}", seat(of)),
        Account::Escrow(of) => format!("escrow {}", seat(of)),
        Account::Debt(of) => format!("debt {}", firm(of)),
        Account::CreditsOwed(by) => format!("credits owed {}", firm(by)),
        Account::Credits(lab, at) => format!("credits {}/{}", firm(at), level.labs[lab.index()].id),
        Account::Customers => "customers".to_owned(),
        Account::Suppliers => "suppliers".to_owned(),
        Account::Staff => "staff".to_owned(),
        Account::Lenders => "lenders".to_owned(),
        Account::Investors => "investors".to_owned(),
        Account::Tax => "tax".to_owned(),
    };
    books.accounts().map(|(account, sum)| (name(account), json!(sum.0))).collect()
}

/// The group a numbered component belongs to, and the key of its carrier.
fn carried_by(level: &Level, carrier: Carrier, place: usize) -> (&'static str, String) {
    let giants = level.giants.len();
    match carrier {
        Carrier::Giants | Carrier::Providers if place < giants => {
            ("giants", level.giants[place].id.clone())
        }
        Carrier::Giants | Carrier::Providers => ("providers", "others".to_owned()),
        Carrier::Labs => ("labs", level.labs[place].id.clone()),
        Carrier::Tables => {
            let (giant, lab) = (&level.giants[place % giants].id, &level.labs[place / giants].id);
            ("tables", format!("{giant}/{lab}"))
        }
    }
}
