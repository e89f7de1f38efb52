//! What is wrong with a level file, for a terminal (`render`) and, field by field, for a window.

use std::fmt;
use std::ops::Range;

use miette::{
    Diagnostic, GraphicalReportHandler, GraphicalTheme, LabeledSpan, NamedSource, SourceCode,
};

/// An excerpt shows whole lines; a line longer than this is not shown but only located.
const LONGEST_LINE_SHOWN: usize = 200;

/// Longest piece of the file that a message quotes.
const LONGEST_QUOTE: usize = 60;

/// Width of a rendered report, in columns.
const WIDTH: usize = 80;

/// One thing wrong with a level file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong, in one sentence.
    pub message: String,
    /// What is allowed, and what was probably meant.
    pub help: Option<String>,
    /// The bytes of the file it is about, if that is known.
    pub span: Option<Range<usize>>,
    /// Where that begins, counted in lines and characters from 1.
    pub line: Option<u32>,
    pub column: Option<u32>,
    /// The words under the arrow of an excerpt.
    pub label: String,
    shown: bool,
}

impl Problem {
    /// A problem that has no place in the text.
    pub fn new(message: impl Into<String>) -> Problem {
        Problem {
            message: message.into(),
            help: None,
            span: None,
            line: None,
            column: None,
            label: "here".into(),
            shown: false,
        }
    }

    pub fn help(mut self, help: impl Into<String>) -> Problem {
        self.help = Some(help.into());
        self
    }

    pub fn label(mut self, label: impl Into<String>) -> Problem {
        self.label = label.into();
        self
    }

    /// Puts it at these bytes of the text. A span that is not one of the text's is left out.
    pub fn at(mut self, text: &str, span: Range<usize>) -> Problem {
        let Some(before) = text.get(..span.start) else { return self };
        if text.get(span.clone()).is_none() {
            return self;
        }
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line_end = text[span.start..].find('\n').map_or(text.len(), |more| span.start + more);
        self.line = Some(before.matches('\n').count() as u32 + 1);
        self.column = Some(text[line_start..span.start].chars().count() as u32 + 1);
        self.shown = line_end - line_start <= LONGEST_LINE_SHOWN;
        // An arrow under several lines is hard to read: point at the first.
        self.span = Some(span.start..span.end.min(line_end).max(span.start));
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (Some(line), Some(column)) if !self.shown => {
                write!(out, "line {line}, column {column}: {}", self.message)
            }
            _ => out.write_str(&self.message),
        }
    }
}

impl std::error::Error for Problem {}

impl Diagnostic for Problem {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        self.help.as_ref().map(|help| Box::new(help) as Box<dyn fmt::Display>)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.span.clone().filter(|_| self.shown)?;
        let label = LabeledSpan::new(Some(self.label.clone()), span.start, span.len());
        Some(Box::new(std::iter::once(label)))
    }
}

/// Every problem found in one level file, in the order of the text.
#[derive(Clone, Debug)]
pub struct Problems {
    /// What the file is called.
    pub source_name: String,
    pub list: Vec<Problem>,
    text: NamedSource<String>,
}

impl Problems {
    pub(super) fn new(source_name: &str, text: &str, mut list: Vec<Problem>) -> Problems {
        // Problems without a place come last; the sort is stable.
        list.sort_by_key(|problem| {
            let place = problem.span.as_ref().map(|span| (span.start, span.end));
            (place.is_none(), place)
        });
        let name = printable(source_name);
        let text = NamedSource::new(&name, same_length_printable(text));
        Problems { source_name: name, list, text }
    }

    /// A single problem with no place in any text, such as a file that cannot be read.
    pub fn one(source_name: &str, problem: Problem) -> Problems {
        Problems::new(source_name, "", vec![problem])
    }

    /// The report as text for a terminal 80 columns wide.
    pub fn render(&self, color: bool) -> String {
        let theme =
            if color { GraphicalTheme::unicode() } else { GraphicalTheme::unicode_nocolor() };
        let handler = GraphicalReportHandler::new_themed(theme)
            .with_width(WIDTH)
            .with_links(false)
            .with_context_lines(1)
            .with_word_splitter(textwrap::WordSplitter::NoHyphenation)
            .without_syntax_highlighting();
        let mut report = format!("{self}\n");
        for problem in &self.list {
            let mut one = String::new();
            let placed = Placed { problem, text: &self.text };
            match handler.render_report(&mut one, &placed) {
                Ok(()) => report.extend(["\n", &one]),
                // Only an excerpt can fail: say it without.
                Err(fmt::Error) => report.extend(["\n", &problem.message, "\n"]),
            }
        }
        report
    }
}

impl fmt::Display for Problems {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.list.len() {
            1 => write!(out, "{}: 1 problem", self.source_name),
            many => write!(out, "{}: {many} problems", self.source_name),
        }
    }
}

impl std::error::Error for Problems {}

impl Diagnostic for Problems {
    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.text)
    }

    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(self.list.iter().map(|problem| problem as &dyn Diagnostic)))
    }
}

/// A problem together with the text it is about.
#[derive(Debug)]
struct Placed<'a> {
    problem: &'a Problem,
    text: &'a NamedSource<String>,
}

impl fmt::Display for Placed<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.problem.fmt(out)
    }
}

impl std::error::Error for Placed<'_> {}

impl Diagnostic for Placed<'_> {
    fn help<'a>(&'a self) -> Option<Box<dyn fmt::Display + 'a>> {
        Diagnostic::help(self.problem)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        self.problem.labels()
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(self.text)
    }
}

/// A piece of the file as it may stand in a message: in backquotes, short, and harmless.
pub(super) fn quote(piece: &str) -> String {
    let piece = printable(piece);
    match piece.char_indices().nth(LONGEST_QUOTE) {
        Some((end, _)) => format!("`{}…`", &piece[..end]),
        None => format!("`{piece}`"),
    }
}

/// "a, b or c", each in backquotes.
pub(super) fn one_of<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(quote).collect();
    match names.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => "nothing".into(),
    }
}

/// The known name that `found` was probably meant to be.
pub(super) fn nearest<'a>(
    found: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    // A name is short; measuring a long one would only cost time.
    if found.len() > LONGEST_QUOTE {
        return None;
    }
    let found = found.to_lowercase();
    let (score, name) = known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&found, &name.to_lowercase()), name))
        .fold(
            (0.0, None),
            |best, next| {
                if next.0 > best.0 { (next.0, Some(next.1)) } else { best }
            },
        );
    name.filter(|_| score >= 0.8)
}

/// "Did you mean …? Allowed: …" for a name that is not known.
pub(super) fn suggestion(found: &str, known: &[&str]) -> String {
    let allowed = one_of(known.iter().copied());
    match nearest(found, known.iter().copied()) {
        Some(name) => format!("did you mean {}? Allowed: {allowed}", quote(name)),
        None => format!("allowed: {allowed}"),
    }
}

/// True for characters that could make a terminal show something other than the text: control
/// characters, and the invisible ones that turn its direction or hide in a name.
pub(super) fn is_deceptive(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// A text with harmless characters in place of those that could command a terminal or mislead.
pub fn printable(text: &str) -> String {
    text.chars().map(|c| if is_deceptive(c) || c.is_control() { '\u{fffd}' } else { c }).collect()
}

/// Replaces deceptive characters by harmless ones of the same length in bytes, so that spans hold.
fn same_length_printable(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            c if !is_deceptive(c) && c != '\r' => c,
            '\r' => ' ',
            c if c.len_utf8() == 1 => '?',
            c if c.len_utf8() == 2 => '¿',
            _ => '\u{fffd}',
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_counted_in_lines_and_characters() {
        let text = "é: 1,\nöö: 2,\n";
        let at = text.find('2').unwrap();
        let problem = Problem::new("x").at(text, at..at + 1);
        assert_eq!((problem.line, problem.column), (Some(2), Some(5)));
    }

    #[test]
    fn a_span_outside_the_text_or_inside_a_character_is_left_out() {
        for span in [5..9, 1..2, 0..1] {
            let problem = Problem::new("x").at("éé", span);
            assert_eq!((problem.span, problem.line), (None, None));
        }
    }

    #[test]
    fn only_near_names_are_suggested() {
        assert_eq!(nearest("amazn", ["amazon", "google"]), Some("amazon"));
        assert_eq!(nearest("Ranges", ["Full", "Ranges"]), Some("Ranges"));
        assert_eq!(nearest("xyz", ["amazon", "google"]), None);
        assert_eq!(nearest(&"amazon".repeat(1000), ["amazon"]), None);
    }

    #[test]
    fn quotes_are_short_and_harmless() {
        assert_eq!(quote("a\u{1b}[31mb"), "`a\u{fffd}[31mb`");
        assert_eq!(quote(&"é".repeat(100)).chars().count(), LONGEST_QUOTE + 3);
    }

    #[test]
    fn harmless_text_keeps_its_length() {
        let text = "a\u{1b}\u{9b}\u{202e}é\r\n";
        assert_eq!(same_length_printable(text).len(), text.len());
    }

    #[test]
    fn problems_are_in_the_order_of_the_text() {
        let text = "ab";
        let list = vec![Problem::new("b").at(text, 1..2), Problem::new("a").at(text, 0..1)];
        let problems = Problems::new("x.ron", text, list);
        let messages: Vec<&str> = problems.list.iter().map(|one| one.message.as_str()).collect();
        assert_eq!(messages, ["a", "b"]);
    }
}
