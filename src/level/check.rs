//! The checker: a level's text becomes a [`Level`], or the list of everything wrong with it.
//!
//! Size, invisible characters and bracket depth are looked at before anything is parsed. Then `ron`
//! reads the typed file and stops at its first error; once it reads, the rules run over all of it
//! and report every problem at once. Text ids become numbers in `resolve`, after that.

use super::Level;
use super::brackets::Brackets;
use super::file::{FORMAT, LevelFile};
use super::problem::{Problem, Problems, is_deceptive};
use super::report::Report;
use super::spans::Spans;
use super::{resolve, rules, seats, syntax};

/// The longest level file that is read, in bytes.
pub const MAX_BYTES: usize = 1 << 20;

/// Checks a level file's text. `source_name` is what reports call it.
pub fn check(source_name: &str, text: &str) -> Result<Level, Problems> {
    // Some editors begin a file with an invisible mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > MAX_BYTES {
        return Err(Problems::one(source_name, too_long(text.len() as u64)));
    }
    read(text).map_err(|problems| Problems::new(source_name, text, problems))
}

/// The refusal of a file of this many bytes.
pub(super) fn too_long(bytes: u64) -> Problem {
    Problem::new(format!("the file is {bytes} bytes long"))
        .help(format!("a level file has at most {MAX_BYTES} bytes (1 MiB)"))
}

fn read(text: &str) -> Result<Level, Vec<Problem>> {
    deceptive_character(text)?;
    let brackets = Brackets::of(text);
    if let Brackets::TooDeep(_) = brackets {
        return Err(brackets.problem(text).into_iter().collect());
    }
    let spans = Spans::of(text);
    format(text, &spans)?;
    let file = syntax::read(text, &spans, &brackets).map_err(|problem| vec![problem])?;
    let mut report = Report::new(text, &spans);
    run_rules(&file, &mut report);
    let problems = report.finish();
    if problems.is_empty() { Ok(resolve::level(file)) } else { Err(problems) }
}

fn run_rules(file: &LevelFile, report: &mut Report<'_>) {
    // Rules about what belongs together are only worth running on lists of a sane length.
    if rules::lengths(file, report) {
        rules::level(file, report);
        seats::giants(file, report);
        seats::labs(file, report);
    }
}

/// Refuses characters that would let the text look different from what it is.
pub(super) fn deceptive_character(text: &str) -> Result<(), Vec<Problem>> {
    match text.char_indices().find(|&(_, c)| is_deceptive(c)) {
        None => Ok(()),
        Some((at, c)) => Err(vec![
            Problem::new(format!("the file has an invisible character, U+{:04X}", u32::from(c)))
                .help("delete it; it can hide or reorder what the file says")
                .label("here, not visible")
                .at(text, at..at + c.len_utf8()),
        ]),
    }
}

/// Refuses another format before anything else: its other fields need not make sense to us.
fn format(text: &str, spans: &Spans) -> Result<(), Vec<Problem>> {
    let Some(place) = spans.value_at("format") else { return Ok(()) };
    match text.get(place.clone()).and_then(|number| number.parse::<u32>().ok()) {
        Some(found) if found != FORMAT => Err(vec![
            Problem::new(format!("this level is of format {found}"))
                .help(format!("this program reads format {FORMAT}: write `format: {FORMAT}`"))
                .label("another format")
                .at(text, place),
        ]),
        _ => Ok(()),
    }
}
