//! Where every value of a level file stands in its text.
//!
//! `ron` gives typed values no positions, so a second, lossless reading of the text by `ron2` maps
//! paths such as `giants[2].cloud.share_pct.enterprise` to bytes.

use std::collections::BTreeMap;
use std::ops::Range;

use ron2::ast::{Expr, FieldsBody, MapExpr, NumberKind, StructBody, StructField, parse_document};

/// Longest path, in bytes, whose place is kept.
const LONGEST_PATH: usize = 200;

/// Positions of values and of the names they stand behind, by path.
#[derive(Debug, Default)]
pub(super) struct Spans {
    values: BTreeMap<String, Range<usize>>,
    names: BTreeMap<String, Range<usize>>,
    /// Paths given twice within one map or struct, with the second name's place.
    pub repeated: Vec<(String, Range<usize>)>,
    /// Places of numbers that are none: NaN, infinities, and digits beyond what a number can hold.
    pub not_finite: Vec<Range<usize>>,
}

impl Spans {
    /// Reads the text. What cannot be read has no positions: an error then lacks its excerpt.
    pub fn of(text: &str) -> Spans {
        let mut spans = Spans::default();
        if let Ok(document) = parse_document(text)
            && let Some(root) = &document.value
        {
            spans.value("", root);
        }
        spans
    }

    /// The value at a path.
    pub fn value_at(&self, path: &str) -> Option<Range<usize>> {
        self.values.get(path).cloned()
    }

    /// The field's name or the map's key at a path.
    pub fn name_at(&self, path: &str) -> Option<Range<usize>> {
        self.names.get(path).cloned()
    }

    /// The value at a path, else at the nearest path around it.
    pub fn nearest(&self, path: &str) -> Option<Range<usize>> {
        let mut path = path;
        loop {
            if let Some(span) = self.value_at(path) {
                return Some(span);
            }
            let end = path.rfind(['.', '['])?;
            path = &path[..end];
        }
    }

    /// Paths of values that hold no others.
    #[cfg(test)]
    pub fn leaves(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        let inner = |path: &str| {
            self.values.keys().any(|other| {
                other.len() > path.len()
                    && other.starts_with(path)
                    && other[path.len()..].starts_with(['.', '['])
            })
        };
        self.values
            .iter()
            .filter(move |(path, _)| !path.is_empty() && !inner(path))
            .map(|(path, span)| (path.as_str(), span.clone()))
    }

    fn value(&mut self, path: &str, expr: &Expr<'_>) {
        let span = expr.span();
        let bytes = span.start_offset..span.end_offset;
        match expr {
            // `Some(x)` and `x` are the same value to a designer.
            Expr::Option(option) if option.value.is_some() => {
                if let Some(inner) = &option.value {
                    self.value(path, &inner.expr);
                }
                return;
            }
            Expr::Seq(list) => {
                for (index, item) in list.items.iter().enumerate() {
                    self.value(&format!("{path}[{index}]"), &item.expr);
                }
            }
            Expr::Map(map) => self.map(path, map),
            Expr::AnonStruct(body) => self.fields(path, &body.fields),
            Expr::Struct(named) => {
                if let Some(StructBody::Fields(FieldsBody { fields, .. })) = &named.body {
                    self.fields(path, fields);
                }
            }
            Expr::Number(number) if !is_finite(&number.raw, &number.kind) => {
                self.not_finite.push(bytes.clone());
            }
            _ => {}
        }
        self.values.insert(path.to_owned(), bytes);
    }

    fn fields(&mut self, path: &str, fields: &[StructField<'_>]) {
        for field in fields {
            let place = field.name.span.start_offset..field.name.span.end_offset;
            self.entry(join(path, &field.name.name), place, &field.value);
        }
    }

    fn map(&mut self, path: &str, map: &MapExpr<'_>) {
        for entry in &map.entries {
            let span = entry.key.span();
            let place = span.start_offset..span.end_offset;
            if let Expr::String(key) = &entry.key {
                self.entry(join(path, &key.value), place, &entry.value);
            }
        }
    }

    fn entry(&mut self, path: String, name: Range<usize>, value: &Expr<'_>) {
        // No real path is this long, and a hostile one, copied to all its children, fills memory.
        if path.len() > LONGEST_PATH {
            return;
        }
        self.value(&path, value);
        if let Some(first) = self.names.insert(path.clone(), name.clone())
            && first != name
        {
            self.repeated.push((path, name));
        }
    }
}

/// A path and one more step.
pub(super) fn join(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

fn is_finite(raw: &str, kind: &NumberKind) -> bool {
    match kind {
        NumberKind::SpecialFloat => false,
        NumberKind::Integer | NumberKind::NegativeInteger => true,
        NumberKind::Float => {
            let digits = raw.trim_end_matches("f32").trim_end_matches("f64").replace('_', "");
            digits.parse::<f64>().is_ok_and(f64::is_finite)
        }
    }
}
