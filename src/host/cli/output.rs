//! What commands print: tables, JSON, a bar that shows how far they are.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use clap::ValueEnum;
use comfy_table::{CellAlignment, ContentArrangement, Table, TableComponent, presets};
use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use super::failure::Failure;
use crate::host::files;
use crate::study::Spread;

/// The longest file of decisions or hashes that is read.
const MOST_READ_BYTES: u64 = 64 << 20;

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For reading.
    Table,
    /// For other programs: stable keys, units in their names.
    Json,
}

/// Whether stdout may have colour: a terminal, and nobody said no.
pub fn colour_on_stdout() -> bool {
    io::stdout().is_terminal() && !refuses_colour()
}

/// Whether stderr may have colour.
pub fn colour_on_stderr() -> bool {
    io::stderr().is_terminal() && !refuses_colour()
}

fn refuses_colour() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

/// Prints a text on stdout, and an end of line if it has none.
pub fn print(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(())
}

/// Prints a value as JSON.
pub fn print_json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| Failure::message(format!("the result cannot be written: {error}")))?;
    print(&text)
}

/// Writes a file whole or not at all.
pub fn write_file(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    files::write_with(path, fill).map_err(|error| {
        let path = path.display();
        Failure::message(format!("{path} cannot be written: {error}; nothing was changed"))
    })
}

/// Reads a text that somebody wrote by hand.
pub fn read_file(path: &Path) -> Result<String, Failure> {
    let failed = |error| Failure::message(format!("{} cannot be read: {error}", path.display()));
    let bytes = files::read(path, MOST_READ_BYTES).map_err(failed)?;
    String::from_utf8(bytes).map_err(|_| failed(io::Error::other("it is not UTF-8 text")))
}

/// An empty table with these heads; every column but the first is numbers.
pub fn table(heads: &[&str]) -> Table {
    let mut table = Table::new();
    table
        .load_preset(presets::UTF8_HORIZONTAL_ONLY)
        .remove_style(TableComponent::HorizontalLines)
        .remove_style(TableComponent::MiddleIntersections)
        .set_content_arrangement(ContentArrangement::Disabled)
        .set_header(heads);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

/// A spread in one cell: the median, then the range.
pub fn cell(spread: Option<Spread>) -> String {
    match spread {
        None => "–".to_owned(),
        Some(spread) => format!(
            "{} ({}…{})",
            number(spread.median),
            number(spread.low_5pct),
            number(spread.high_95pct)
        ),
    }
}

/// A number as long as it needs to be: no decimals from a thousand on, one from a hundred on.
pub fn number(value: f64) -> String {
    let size = value.abs();
    let decimals = if size >= 1000.0 { 0 } else { 1 + usize::from(size < 100.0) };
    let text = format!("{value:.decimals$}");
    if text.trim_start_matches('-').chars().all(|c| matches!(c, '0' | '.')) {
        return text.trim_start_matches('-').to_owned();
    }
    text
}

/// A bar on stderr, if that is a terminal.
pub fn progress(games: u32, what: &'static str) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(u64::from(games));
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:40} {pos}/{len}, {eta} left") {
        bar.set_style(style);
    }
    bar.with_message(what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_long_as_they_need_to_be() {
        assert_eq!(number(12.345), "12.35");
        assert_eq!(number(123.45), "123.5");
        assert_eq!(number(1234.5), "1234");
        assert_eq!(number(-0.001), "0.00");
        assert_eq!(cell(None), "–");
    }
}
