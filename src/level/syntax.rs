//! From text to a typed [`LevelFile`], or the first thing that stops it, in a designer's words.

use ron::Options;
use ron::error::{Error, Position};
use ron::extensions::Extensions;

use super::brackets::Brackets;
use super::file::LevelFile;
use super::problem::{Problem, quote, suggestion};
use super::report::unit;
use super::spans::{Spans, join};

/// Deeper than any level, shallower than any stack.
const RECURSION_LIMIT: usize = 64;

/// Reads the text. `Err` holds the first error of syntax or type: `ron` stops there.
pub(super) fn read(text: &str, spans: &Spans, brackets: &Brackets) -> Result<LevelFile, Problem> {
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
            Problem::new(format!("{} has no field {}", subject(holder), quote(&found)))
                .help(suggestion(&found, expected))
                .label("not a field")
                .at(text, span)
        }
        Error::MissingStructField { field, .. } => {
            let start = spans.nearest(path).map_or(place, |span| span.start);
            Problem::new(format!("{} lacks the field {}", subject(path), quote(field)))
                .help(format!("add `{field}: …`{}", unit(field)))
                .label("it is missing in here")
                .at(text, start..start + 1)
        }
        Error::DuplicateStructField { field, .. } => {
            let span = spans.repeated.first().map_or(place..place, |(_, span)| span.clone());
            Problem::new(format!("{} is given twice in {}", quote(field), subject(path)))
                .help("keep one of the two")
                .label("the second time")
                .at(text, span)
        }
        Error::NoSuchEnumVariant { expected, found, .. } => {
            let span = spans.value_at(path).unwrap_or(place..place);
            Problem::new(format!("{} cannot be {}", subject(path), quote(&found)))
                .help(suggestion(&found, expected))
                .label("not one of the choices")
                .at(text, span)
        }
        other => match needed(&other) {
            Some(needed) if spans.value_at(path).is_some() && !path.is_empty() => {
                let span = spans.value_at(path).unwrap_or(place..place);
                Problem::new(format!("{} must be {needed}", subject(path)))
                    .label(format!("not {needed}"))
                    .at(text, span)
            }
            _ => broken(&other, text, place, brackets),
        },
    }
}

/// What kind of value a field wants, from the error that says it is another.
fn needed(error: &Error) -> Option<String> {
    Some(match error {
        Error::ExpectedFloat | Error::FloatUnderscore => "a number, such as 12.5".into(),
        Error::ExpectedInteger
        | Error::IntegerOutOfBounds
        | Error::InvalidIntegerDigit { .. }
        | Error::UnderscoreAtBeginning => "a whole number that is not negative, such as 12".into(),
        Error::ExpectedString | Error::ExpectedByteString => "text in double quotes".into(),
        Error::ExpectedBoolean => "true or false".into(),
        Error::ExpectedArray => "a list in square brackets, such as [1, 2]".into(),
        Error::ExpectedMap => "pairs in braces, such as {\"enterprise\": 26.2}".into(),
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => {
            "fields in round brackets, such as (year: 2025, quarter: 4)".into()
        }
        Error::ExpectedIdentifier => "one of its choices, written without quotes".into(),
        Error::InvalidValueForType { expected, .. } => match expected.as_str() {
            "f64" => "a number, such as 12.5".into(),
            "u32" => "a whole number that is not negative, such as 12".into(),
            other => other.to_owned(),
        },
        _ => return None,
    })
}

/// Text that is not RON at all: unbalanced brackets first, for they are the usual cause.
fn broken(error: &Error, text: &str, place: usize, brackets: &Brackets) -> Problem {
    if let Some(problem) = brackets.problem(text) {
        return problem;
    }
    let (message, help) = match error {
        Error::Eof => ("the file ends too early", "a level is one pair of round brackets: ( … )"),
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
        Error::TrailingCharacters => {
            ("there is something after the end of the level", "nothing may follow the last bracket")
        }
        Error::InvalidEscape(_) => {
            ("this text has a backslash code that does not exist", "write a backslash as \\\\")
        }
        Error::ExpectedNamedStructLike(_) | Error::ExpectedStructLike => {
            ("a level must begin with a round bracket", "a level is one pair of them: ( … )")
        }
        Error::ExceededRecursionLimit => ("the brackets are nested too deeply", "a level needs 8"),
        _ => {
            let needed =
                needed(error).map_or_else(|| error.to_string(), |n| format!("needed: {n}"));
            return Problem::new("this cannot be read")
                .help(needed)
                .at(text, place..next_character(text, place));
        }
    };
    Problem::new(message).help(help).at(text, place..next_character(text, place))
}

/// The end of the character at a place.
fn next_character(text: &str, place: usize) -> usize {
    place + text.get(place..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8)
}

fn subject(path: &str) -> String {
    if path.is_empty() { "the level".into() } else { quote(path) }
}
