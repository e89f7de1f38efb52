//! `--seats amazon=greedy,openai=idle`: who plays what.

use super::failure::Failure;
use crate::bot::Policy;
use crate::host::session::Control;
use crate::ids::SeatId;
use crate::level::Level;

/// A seat by its text id.
pub fn seat(level: &Level, key: &str) -> Result<SeatId, Failure> {
    level.seat_by_key(key).ok_or_else(|| {
        let keys: Vec<&str> = level.seat_ids().map(|seat| level.seat_key(seat)).collect();
        Failure::Usage(format!(
            "error: the level \"{}\" has no seat \"{key}\"{}; its seats are {}",
            level.id,
            meant(key, &keys),
            keys.join(", ")
        ))
    })
}

fn meant(key: &str, keys: &[&str]) -> String {
    let likeness = |other: &&&str| strsim::jaro_winkler(key, other);
    match keys.iter().max_by(|one, other| likeness(one).total_cmp(&likeness(other))) {
        Some(nearest) if likeness(&nearest) > 0.75 => format!(": did you mean \"{nearest}\"?"),
        _ => String::new(),
    }
}

/// A bot for every seat: `default` but where the list says otherwise.
pub fn policies(level: &Level, list: &[String], default: Policy) -> Result<Vec<Policy>, Failure> {
    let mut policies = vec![default; level.seats()];
    for entry in list {
        let (key, policy) = split(entry)?;
        policies[seat(level, key)?.index()] =
            policy.parse().map_err(|error| Failure::Usage(format!("error: {error}")))?;
    }
    Ok(policies)
}

/// A person or a bot for every seat: `default` but where the list says otherwise.
pub fn controls(level: &Level, list: &[String], default: Policy) -> Result<Vec<Control>, Failure> {
    let mut controls = vec![Control::Bot(default); level.seats()];
    for entry in list {
        let (key, who) = split(entry)?;
        controls[seat(level, key)?.index()] = match who {
            "human" => Control::Human,
            policy => Control::Bot(policy.parse().map_err(|error| {
                Failure::Usage(format!("error: {error}; or \"human\" for a person"))
            })?),
        };
    }
    Ok(controls)
}

fn split(entry: &str) -> Result<(&str, &str), Failure> {
    entry.split_once('=').map(|(key, who)| (key.trim(), who.trim())).ok_or_else(|| {
        Failure::Usage(format!(
            "error: \"{entry}\" is not of the form seat=who, such as amazon=greedy"
        ))
    })
}
