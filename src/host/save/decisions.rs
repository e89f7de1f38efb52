//! A file of decisions for a branch: RON, or the steps of a save as JSON.

use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};

use crate::host::session::StepRecord;
use crate::ids::SeatId;
use crate::level::{Level, printable};
use crate::sim::decision::Decision;
use crate::sim::setting::Step;
use crate::study::Change;
use crate::units::Quarter;

/// What one seat decides in a quarter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionsFile {
    /// The seat's id in the level.
    #[serde(default)]
    pub seat: Option<String>,
    pub steps: Vec<DecisionsStep>,
}

/// What it decides in one step, in place of all it decided there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DecisionsStep {
    pub step: Step,
    pub decisions: Vec<Decision>,
}

fn ron() -> ron::Options {
    ron::Options::default()
        .with_default_extension(Extensions::UNWRAP_NEWTYPES | Extensions::IMPLICIT_SOME)
}

impl DecisionsFile {
    /// Reads a file's text: RON, the same as JSON, or a list of a save's steps. An error is a sentence.
    pub fn read(text: &str, level: &Level, seat: Option<SeatId>) -> Result<DecisionsFile, String> {
        // An error may quote the file.
        DecisionsFile::parse(text, level, seat).map_err(|error| printable(&error))
    }

    fn parse(text: &str, level: &Level, seat: Option<SeatId>) -> Result<DecisionsFile, String> {
        let start = text.trim_start();
        if start.starts_with('[') {
            let steps: Vec<StepRecord> =
                serde_json::from_str(text).map_err(|error| error.to_string())?;
            let seat = seat.ok_or("a list of steps names no seat: use --seat")?;
            let own = |step: StepRecord| DecisionsStep {
                step: step.step,
                decisions: step.decisions.get(seat.index()).cloned().unwrap_or_default(),
            };
            let key = level.seat_key(seat).to_owned();
            return Ok(DecisionsFile {
                seat: Some(key),
                steps: steps.into_iter().map(own).collect(),
            });
        }
        if start.starts_with('{') {
            return serde_json::from_str(text).map_err(|error| error.to_string());
        }
        ron().from_str(text).map_err(|error| error.to_string())
    }

    /// What a seat decided, as a file to change.
    pub fn of(level: &Level, seat: SeatId, decided: &[Change]) -> DecisionsFile {
        let step =
            |each: &Change| DecisionsStep { step: each.step, decisions: each.decisions.clone() };
        let seat = Some(level.seat_key(seat).to_owned());
        DecisionsFile { seat, steps: decided.iter().map(step).collect() }
    }

    /// Its text, with the numbers that stand for seats and deals explained.
    pub fn to_ron(&self, notes: &[String]) -> Result<String, ron::Error> {
        let pretty = PrettyConfig::new().depth_limit(5).struct_names(false);
        let text = ron().to_string_pretty(self, pretty)?;
        let text: String = text.lines().map(|line| shortened(line) + "\n").collect();
        let notes: String = notes.iter().map(|note| format!("// {note}\n")).collect();
        Ok(notes + &text)
    }

    /// The changes it makes to a quarter.
    pub fn changes(&self, seat: SeatId, quarter: Quarter) -> Vec<Change> {
        let change = |each: &DecisionsStep| Change {
            quarter,
            step: each.step,
            seat,
            decisions: each.decisions.clone(),
        };
        self.steps.iter().map(change).collect()
    }
}

/// A line without the clauses its sheet does not use, which need not be written.
fn shortened(line: &str) -> String {
    let line = line.replace("r#None", "None");
    let Some((before, rest)) = line.split_once("sheet: (") else { return line };
    let Some((clauses, after)) = rest.rsplit_once(')') else { return line };
    let used: Vec<&str> = clauses
        .split(", ")
        .filter(|clause| {
            let (name, value) = clause.split_once(": ").unwrap_or_default();
            // The first deal has the number 0.
            let names_a_deal = matches!(name, "replaces" | "subject_to");
            !matches!((value, names_a_deal), ("None" | "false", _) | ("0", false))
        })
        .collect();
    format!("{before}sheet: ({}){after}", used.join(", "))
}
