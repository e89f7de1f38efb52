//! A page: lines laid out to a width, coloured last so that colour never moves anything.

use comfy_table::{Cell, CellAlignment, ContentArrangement, Table, TableComponent};
use owo_colors::OwoColorize;

/// What a line is, for those who see colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Plain,
    Heading,
    Headline,
    Quiet,
}

/// A part of a page, before it is laid out in columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Block {
    Masthead(String),
    Heading(String),
    Headline(String),
    Paragraph(String),
    Note(String),
    Bullet(String),
    /// Something to type.
    Example(String),
    Entry {
        name: String,
        text: String,
    },
    Lesson {
        title: String,
        say: String,
        example: String,
    },
    Aside(String),
    Table {
        header: Vec<String>,
        right: Vec<usize>,
        rows: Vec<Vec<String>>,
        /// Whether the last row is the sum of those above it.
        total: bool,
        /// What a note says of each row, for whoever can show notes; none, or as many as rows.
        notes: Vec<RowNote>,
    },
}

/// What there is to say of a row of a table beyond the row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct RowNote {
    /// Each with its figure.
    pub lines: Vec<(String, String)>,
    pub text: String,
}

/// Lines of text of at most `width` columns.
#[derive(Clone, Debug)]
pub(super) struct Page {
    width: usize,
    lines: Vec<(Kind, String)>,
    blocks: Vec<Block>,
}

impl Page {
    pub(super) fn new(width: usize) -> Page {
        Page { width, lines: Vec::new(), blocks: Vec::new() }
    }

    /// The same page for somebody who lays it out himself.
    #[cfg(feature = "window")]
    pub(super) fn into_blocks(self) -> Vec<Block> {
        self.blocks
    }

    pub(super) fn blank(&mut self) {
        if self.lines.last().is_some_and(|(_, line)| !line.is_empty()) {
            self.lines.push((Kind::Plain, String::new()));
        }
    }

    /// An empty line above, at the top of a page too.
    fn space(&mut self) {
        if self.lines.is_empty() {
            self.lines.push((Kind::Plain, String::new()));
        }
        self.blank();
    }

    /// The paper's name over a double rule, with something on its right.
    pub(super) fn masthead(&mut self, right: &str) {
        self.blocks.push(Block::Masthead(right.to_owned()));
        let left = "TERM SHEET — Simulation";
        let room = self.width.saturating_sub(left.chars().count() + right.chars().count());
        self.space();
        self.lines.push((Kind::Heading, "═".repeat(self.width)));
        self.lines.push((Kind::Heading, format!("{left}{}{right}", " ".repeat(room))));
        self.lines.push((Kind::Heading, "═".repeat(self.width)));
    }

    /// A heading over a single rule.
    pub(super) fn heading(&mut self, text: &str) {
        self.blocks.push(Block::Heading(text.to_owned()));
        self.space();
        let text: String = text.chars().take(self.width).collect();
        self.lines.push((Kind::Heading, text));
        self.lines.push((Kind::Heading, "─".repeat(self.width)));
    }

    pub(super) fn headline(&mut self, text: &str) {
        self.blocks.push(Block::Headline(text.to_owned()));
        self.blank();
        let capitals = text.to_uppercase();
        for line in textwrap::wrap(&capitals, self.width) {
            self.lines.push((Kind::Headline, line.into_owned()));
        }
    }

    pub(super) fn paragraph(&mut self, text: &str) {
        self.blocks.push(Block::Paragraph(text.to_owned()));
        self.wrap(Kind::Plain, text, "", "");
    }

    /// An aside, smaller in importance.
    pub(super) fn note(&mut self, text: &str) {
        self.blocks.push(Block::Note(text.to_owned()));
        self.wrap(Kind::Quiet, text, "", "");
    }

    /// What one can type; nobody who lays the page out himself is told of it.
    pub(super) fn typing(&mut self, text: &str) {
        self.wrap(Kind::Quiet, text, "", "");
    }

    pub(super) fn bullet(&mut self, text: &str) {
        self.blocks.push(Block::Bullet(text.to_owned()));
        self.wrap(Kind::Plain, text, "• ", "  ");
    }

    /// Something to type.
    pub(super) fn example(&mut self, text: &str) {
        self.blocks.push(Block::Example(text.to_owned()));
        self.wrap(Kind::Plain, text, "    ", "      ");
    }

    /// A name and its explanation, in two columns.
    pub(super) fn entry(&mut self, name: &str, column: usize, text: &str) {
        self.blocks.push(Block::Entry { name: name.to_owned(), text: text.to_owned() });
        let first = format!("  {name:<column$} ");
        let indent = " ".repeat(column + 3);
        self.wrap(Kind::Plain, text, &first, &indent);
    }

    /// A lesson, set off by a bar at its left.
    pub(super) fn lesson(&mut self, title: &str, say: &str, example: &str) {
        self.blocks.push(Block::Lesson {
            title: title.to_owned(),
            say: say.to_owned(),
            example: example.to_owned(),
        });
        self.wrap(Kind::Heading, title, "┃ Lesson · ", "┃ ");
        for paragraph in say.split('\n').filter(|paragraph| !paragraph.trim().is_empty()) {
            self.wrap(Kind::Plain, paragraph.trim(), "┃ ", "┃ ");
        }
        if !example.is_empty() {
            self.wrap(Kind::Heading, example, "┃ Try: ", "┃      ");
        }
    }

    /// What a lesson says.
    pub(super) fn aside(&mut self, text: &str) {
        self.blocks.push(Block::Aside(text.to_owned()));
        self.wrap(Kind::Plain, text, "┃ ", "┃ ");
    }

    fn wrap(&mut self, kind: Kind, text: &str, first: &str, indent: &str) {
        let options = textwrap::Options::new(self.width)
            .initial_indent(first)
            .subsequent_indent(indent)
            .word_splitter(textwrap::WordSplitter::NoHyphenation);
        for line in textwrap::wrap(text, options) {
            self.lines.push((kind, line.trim_end().to_owned()));
        }
    }

    /// A table; columns listed in `right` are figures and set to the right.
    pub(super) fn table(&mut self, header: &[&str], right: &[usize], rows: &[Vec<String>]) {
        self.tabled(header, right, rows, false);
    }

    /// The same where the last row is the sum of those above it.
    pub(super) fn table_with_total(
        &mut self,
        header: &[&str],
        right: &[usize],
        rows: &[Vec<String>],
    ) {
        self.tabled(header, right, rows, true);
    }

    /// Notes of the rows of the table before.
    pub(super) fn noted(&mut self, of_rows: Vec<RowNote>) {
        if let Some(Block::Table { notes, .. }) = self.blocks.last_mut() {
            *notes = of_rows;
        }
    }

    fn tabled(&mut self, header: &[&str], right: &[usize], rows: &[Vec<String>], total: bool) {
        self.blocks.push(Block::Table {
            header: header.iter().map(|name| (*name).to_owned()).collect(),
            right: right.to_vec(),
            rows: rows.to_vec(),
            total,
            notes: Vec::new(),
        });
        let mut table = Table::new();
        table
            .load_preset(comfy_table::presets::NOTHING)
            .set_style(TableComponent::HeaderLines, '─')
            .set_style(TableComponent::MiddleHeaderIntersections, '─')
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(self.width as u16)
            .force_no_tty();
        let cells = |row: &[String]| -> Vec<Cell> {
            let align = |place: usize| match right.contains(&place) {
                true => CellAlignment::Right,
                false => CellAlignment::Left,
            };
            row.iter()
                .enumerate()
                .map(|(place, text)| Cell::new(text).set_alignment(align(place)))
                .collect()
        };
        if header.iter().any(|name| !name.is_empty()) {
            let names: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
            table.set_header(cells(&names));
        }
        for row in rows {
            table.add_row(cells(row));
        }
        for column in table.column_iter_mut() {
            column.set_padding((0, 2));
        }
        let mut lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
        if total {
            let wide = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
            lines.insert(lines.len().saturating_sub(1), "─".repeat(wide));
        }
        self.lines.extend(lines.into_iter().map(|line| (Kind::Plain, line)));
    }

    /// The page as text, each line with its end.
    pub(super) fn render(&self, colour: bool) -> String {
        let mut text = String::new();
        for (kind, line) in &self.lines {
            text.push_str(&if colour { paint(*kind, line) } else { line.clone() });
            text.push('\n');
        }
        text
    }
}

/// Colour repeats what a sign or a place already says.
fn paint(kind: Kind, line: &str) -> String {
    match kind {
        Kind::Heading => line.bold().to_string(),
        Kind::Headline => line.bold().underline().to_string(),
        Kind::Quiet => line.dimmed().to_string(),
        Kind::Plain => {
            line.replace('▲', &"▲".cyan().to_string()).replace('▼', &"▼".yellow().to_string())
        }
    }
}
