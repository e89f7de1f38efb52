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
        // Problems without a place come first; the sort is stable.
        list.sort_by_key(|problem| problem.span.as_ref().map(|span| (span.start, span.end)));
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
            .without_syntax_highlighting();
        let mut report = String::new();
        match handler.render_report(&mut report, self) {
            Ok(()) => report,
            // Only an excerpt can fail: say it without.
            Err(fmt::Error) => {
                self.list.iter().map(|problem| format!("{}\n", problem.message)).collect()
            }
        }
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
    let allowed = format!("allowed: {}", one_of(known.iter().copied()));
    match nearest(found, known.iter().copied()) {
        Some(name) => format!("did you mean {}? {allowed}", quote(name)),
        None => allowed,
    }
}

/// True for characters that could make a terminal show something other than the text: control
/// characters, and the invisible ones that turn its direction or hide in a name.
pub(super) fn is_deceptive(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

fn printable(text: &str) -> String {
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
