//! From text to a typed file (a level, or another kind of file a user writes), or the first thing
//! that stops it, in a designer's words.

use ron::Options;
use ron::error::{Error, Position};
use ron::extensions::Extensions;
use serde::de::DeserializeOwned;

use super::brackets::Brackets;
use super::place::words;
use super::problem::{Problem, quote, suggestion};
use super::report::unit;
use super::spans::{Spans, join};

/// Deeper than any level, shallower than any stack.
const RECURSION_LIMIT: usize = 64;

/// Reads the text. `Err` holds the first error of syntax or type: `ron` stops there.
pub(super) fn read<File: DeserializeOwned>(
    text: &str,
    spans: &Spans,
    brackets: &Brackets,
) -> Result<File, Problem> {
    // A designer writes `cloud: (…)`, not `cloud: Some((…))`; either is read.
    let options = Options::default()
        .with_default_extension(Extensions::IMPLICIT_SOME)
        .with_recursion_limit(RECURSION_LIMIT);
    let mut reader =
        ron::de::Deserializer::from_str_with_options(text, &options).map_err(|error| {
            let place = offset(text, error.span.start);
            explain("", error.code, text, place, spans, brackets)
        })?;
    let file = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = plain_path(error.path());
        let error = reader.span_error(error.into_inner());
        explain(&path, error.code, text, offset(text, error.span.end), spans, brackets)
    })?;
    reader.end().map_err(|code| {
        let place = offset(text, reader.span_error(code.clone()).span.end);
        explain("", code, text, place, spans, brackets)
    })?;
    Ok(file)
}

/// A path as [`Spans`] writes it: without variants and the steps serde cannot name.
fn plain_path(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter().fold(String::new(), |path, segment| match segment {
        Segment::Seq { index } => format!("{path}[{index}]"),
        Segment::Map { key } => join(&path, key),
        Segment::Enum { .. } | Segment::Unknown => path,
    })
}

/// The byte at a line and column, which `ron` counts in characters.
fn offset(text: &str, position: Position) -> usize {
    let line: usize = text.split_inclusive('\n').take(position.line - 1).map(str::len).sum();
    let rest = &text[line.min(text.len())..];
    line + rest.char_indices().nth(position.col - 1).map_or(rest.len(), |(at, _)| at)
}

fn explain(
    path: &str,
    error: Error,
    text: &str,
    place: usize,
    spans: &Spans,
    brackets: &Brackets,
) -> Problem {
    match error {
        Error::NoSuchStructField { expected, found, .. } => {
            // The path may end in the unknown field itself or in what holds it.
            let holder = path
                .strip_suffix(&found)
                .map_or(path, |holder| holder.strip_suffix('.').unwrap_or(holder));
            let span = spans.name_at(&join(holder, &found)).unwrap_or(place..place);
            Problem::new(format!("{} has no field {}", words(holder, spans), quote(&found)))
                .help(suggestion(&found, expected))
                .label("not a field")
                .at(text, span)
        }
        Error::MissingStructField { field, .. } => {
            let start = spans.nearest(path).map_or(place, |span| span.start);
            Problem::new(format!("{} lacks the field {}", words(path, spans), quote(field)))
                .help(format!("add `{field}: …`{}", unit(field)))
                .label("it is missing in here")
                .at(text, start..start + 1)
        }
        Error::DuplicateStructField { field, .. } => {
            let span = spans.repeated.first().map_or(place..place, |(_, span)| span.clone());
            Problem::new(format!("{} is given twice in {}", quote(field), words(path, spans)))
                .help("keep one of the two")
                .label("the second time")
                .at(text, span)
        }
        Error::NoSuchEnumVariant { expected, found, .. } => {
            let span = spans.value_at(path).unwrap_or(place..place);
            Problem::new(format!("{} cannot be {}", words(path, spans), quote(&found)))
                .help(suggestion(&found, expected))
                .label("not one of the choices")
                .at(text, span)
        }
        other => match (needed(&other), spans.value_at(path)) {
            (Some((kind, example)), Some(span)) if !path.is_empty() => {
                Problem::new(format!("{} must be {kind}", words(path, spans)))
                    .help(example)
                    .label(format!("not {kind}"))
                    .at(text, span)
            }
            _ => broken(&other, text, place, spans.subject, brackets),
        },
    }
}

/// What kind of value a field wants, from the error that says it is another, and how that is
/// written.
fn needed(error: &Error) -> Option<(&'static str, &'static str)> {
    let number = ("a number", "write digits without quotes: 12.5");
    let whole = ("a whole number, 0 or more", "write digits without quotes or a fraction: 12");
    let text = ("text", "put it between double quotes: \"text\"");
    Some(match error {
        Error::ExpectedFloat | Error::FloatUnderscore => number,
        Error::ExpectedInteger
        | Error::IntegerOutOfBounds
        | Error::InvalidIntegerDigit { .. }
        | Error::UnderscoreAtBeginning => whole,
        Error::ExpectedString | Error::ExpectedByteString => text,
        Error::ExpectedBoolean => ("true or false", "write it without quotes: true"),
        Error::ExpectedArray => ("a list", "put it between square brackets: [1, 2]"),
        Error::ExpectedMap => ("a map", "put pairs between braces: {\"enterprise\": 26.2}"),
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => {
            ("a group of fields", "put them between round brackets: (year: 2025, quarter: 4)")
        }
        Error::ExpectedIdentifier => ("one of its choices", "write the choice without quotes"),
        Error::InvalidValueForType { expected, .. } => match expected.as_str() {
            "f64" => number,
            "u32" => whole,
            "a string" => text,
            _ => return None,
        },
        _ => return None,
    })
}

/// Text that is not RON at all: unbalanced brackets first, for they are the usual cause.
fn broken(error: &Error, text: &str, place: usize, subject: &str, brackets: &Brackets) -> Problem {
    let shape = format!("a {subject} is one pair of round brackets: ( … )");
    let begins = format!("a {subject} must begin with a round bracket");
    let pair = format!("a {subject} is one pair of them: ( … )");
    let after = format!("there is something after the end of the {subject}");
    if text.trim().is_empty() {
        return Problem::new("the file is empty").help(shape);
    }
    if let Some(problem) = brackets.problem(text) {
        return problem;
    }
    if text[place..].starts_with('.') {
        return Problem::new("this must be a whole number")
            .help("write it without a fraction: 12")
            .label("no fraction here")
            .at(text, place..next_character(text, place));
    }
    let (message, help) = match error {
        Error::Eof => ("the file ends too early", shape.as_str()),
        Error::ExpectedComma => {
            ("a comma is missing before this", "fields and list items are separated by commas")
        }
        Error::ExpectedMapColon => {
            ("a colon is missing before this", "write `name: value`, or `\"key\": value` in braces")
        }
        Error::ExpectedStringEnd => {
            ("this text has no closing quote", "text stands between two double quotes")
        }
        Error::UnclosedBlockComment => ("this comment is never closed", "close it with */"),
        Error::TrailingCharacters => (after.as_str(), "nothing may follow the last bracket"),
        Error::InvalidEscape(_) => {
            ("this text has a backslash code that does not exist", "write a backslash as \\\\")
        }
        Error::ExpectedNamedStructLike(_)
        | Error::ExpectedStructLike
        | Error::ExpectedAttribute => (begins.as_str(), pair.as_str()),
        Error::ExceededRecursionLimit => {
            ("the brackets are nested too deeply", "8 levels are enough")
        }
        _ => {
            let help = match needed(error) {
                Some((kind, example)) => format!("needed: {kind}; {example}"),
                None => error.to_string(),
            };
            return Problem::new("this cannot be read")
                .help(help)
                .at(text, place..next_character(text, place));
        }
    };
    Problem::new(message).help(help).at(text, place..next_character(text, place))
}

/// The end of the character at a place.
fn next_character(text: &str, place: usize) -> usize {
    place + text.get(place..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
}
